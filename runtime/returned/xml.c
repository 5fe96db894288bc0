/* XML of a returned file, by libxml2's SAX: nothing of it is kept. */
#include "runtime/returned/xml.h"
#include "runtime/base/xmlguard.h"

#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

/* Elements of one part. The walk keeps nothing of them, so that only time is at stake: a
 * document of 32 MiB could not have more. */
#define PARTS_MAX ((size_t)8 << 20)

typedef struct walker {
    const fc_walk *walk;
    void *data;
    bool no_memory;
} walker;

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int n_ns, const xmlChar **ns, int n_attrs, int n_defaulted,
                     const xmlChar **attrs)
{
    walker *w = ctx;
    const fc_walk_attrs a = {attrs, n_attrs > 0 ? (size_t)n_attrs : 0};
    (void)prefix, (void)n_ns, (void)ns, (void)n_defaulted;
    w->walk->start(w->data, (const char *)local, uri ? (const char *)uri : "", &a);
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    walker *w = ctx;
    (void)local, (void)prefix, (void)uri;
    w->walk->end(w->data);
}

static void on_text(void *ctx, const xmlChar *p, int n)
{
    walker *w = ctx;
    w->walk->text(w->data, (const char *)p, (size_t)n);
}

#if LIBXML_VERSION >= 21200
static void on_error(void *ctx, const xmlError *e)
#else
static void on_error(void *ctx, xmlError *e)
#endif
{
    walker *w = ctx;
    w->no_memory = w->no_memory || e->code == XML_ERR_NO_MEMORY;
}

fc_str fc_walk_attr(const fc_walk_attrs *attrs, const char *local)
{
    for (size_t i = 0; i < attrs->n; i++) {
        const unsigned char **at = attrs->at + 5 * i;
        if (strcmp((const char *)at[0], local) == 0)
            return (fc_str){(const char *)at[3], (size_t)(at[4] - at[3])};
    }
    return (fc_str){0};
}

/* UTF-16 as UTF-8; anything else as it is. A lone surrogate becomes a byte that no UTF-8 has,
 * so that the guard refuses it. */
static fc_str as_utf8(fc_arena *a, fc_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    bool marked =
        s.n >= 2 && ((p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0xFF && p[1] == 0xFE));
    bool bare = s.n >= 4 && ((p[0] == 0 && p[1] == '<') || (p[0] == '<' && p[1] == 0));
    if (!marked && !bare)
        return s;
    size_t high = p[0] == 0xFE || p[0] == 0 ? 0 : 1, n = 0;
    char *out = fc_arena_alloc_n(a, s.n / 2 + 1, 3);
    for (size_t i = marked ? 2 : 0; i + 1 < s.n; i += 2) {
        uint32_t c = (uint32_t)p[i + high] << 8 | p[i + 1 - high];
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < s.n) {
            uint32_t low = (uint32_t)p[i + 2 + high] << 8 | p[i + 3 - high];
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c >= 0xD800 && c < 0xE000)
            out[n++] = (char)0xFF;
        else
            n += fc_utf8_put(out + n, c);
    }
    return (fc_str){out, n};
}

/* Text that has no namespace at all would otherwise be walked over in silence. */
static bool parse(walker *w, fc_str bytes)
{
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = sax.ignorableWhitespace = sax.cdataBlock = on_text;
    xmlParserCtxtPtr c = xmlNewParserCtxt();
    if (!c) {
        w->no_memory = true;
        return false;
    }
    xmlSAXHandler *own = c->sax;
    c->sax = &sax;
    c->userData = w;
    xmlDocPtr doc = xmlCtxtReadMemory(c, bytes.p, (int)bytes.n, NULL, NULL,
                                      XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
    bool fine = c->wellFormed && c->errNo == XML_ERR_OK;
    w->no_memory = w->no_memory || c->errNo == XML_ERR_NO_MEMORY;
    xmlFreeDoc(doc);
    c->sax = own;
    xmlFreeParserCtxt(c);
    return fine;
}

fc_walk_verdict fc_xml_walk(fc_arena *a, fc_str bytes, const fc_walk *walk, void *data)
{
    size_t at = 0;
    bytes = as_utf8(a, bytes);
    if (!bytes.n || bytes.n > INT_MAX)
        return FC_WALK_BROKEN;
    fc_xml_guard_verdict v = fc_xml_guard_within(bytes, PARTS_MAX, &at);
    if (v != FC_XML_PASSES)
        return v == FC_XML_NOT_UTF8 ? FC_WALK_BROKEN : FC_WALK_REFUSED;
    walker w = {.walk = walk, .data = data};
    xmlStructuredErrorFunc func = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&w, on_error);
    bool fine = parse(&w, bytes);
    xmlSetStructuredErrorFunc(context, func);
    if (w.no_memory)
        fc_arena_give_up(a);
    return fine ? FC_WALKED : FC_WALK_BROKEN;
}
