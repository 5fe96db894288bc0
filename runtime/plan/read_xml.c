/* Reading a plan's XML. The bytes are looked through (no DOCTYPE, bounded tags and depth),
 * parsed by libxml2, then walked beside the model: every element is found in the form or
 * reported. No message quotes an answer, and the source is marked private so that none shows an
 * excerpt. */
#include "runtime/plan/reading.h"
#include "runtime/base/xmlguard.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define XML_NS ((const char *)XML_XML_NAMESPACE)

typedef struct reader {
    fc_reading *r;
    FC_ARRAY(uint32_t) lines; /* byte offset of each line */
} reader;

static fc_str of_xml(const xmlChar *s)
{
    return fc_str_of((const char *)s);
}

/* libxml2 knows the line of a node; that line's first byte is the place. */
static fc_span place(reader *x, xmlNodePtr n)
{
    long line = xmlGetLineNo(n);
    size_t i = line > 0 ? (size_t)line - 1 : 0;
    fc_str bytes = x->r->bytes;
    uint32_t at = i < x->lines.n ? x->lines.at[i] : 0;
    while (at < bytes.n && (bytes.p[at] == ' ' || bytes.p[at] == '\t'))
        at++;
    return (fc_span){x->r->source, at, at + 1};
}

static bool in_ns(xmlNodePtr n, fc_str ns)
{
    return n->ns && fc_str_eq(of_xml(n->ns->href), ns);
}

static bool is_text(const xmlNode *n)
{
    return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

/* The text of these nodes in the arena. libxml2 has functions for this, but theirs is memory
 * that would be lost when the arena gives up, and they cut the text short when there is none.
 */
static fc_str text_of(fc_arena *a, const xmlNode *first)
{
    size_t n = 0;
    for (const xmlNode *t = first; t; t = t->next)
        if (is_text(t))
            n += of_xml(t->content).n;
    char *p = fc_arena_alloc(a, n + 1);
    fc_str text = {p, n};
    for (const xmlNode *t = first; t; t = t->next)
        if (is_text(t)) {
            fc_str piece = of_xml(t->content);
            memcpy(p, piece.p, piece.n);
            p += piece.n;
        }
    return text;
}

/* An attribute (ns NULL: without a namespace), in the arena; empty when there is none. */
static fc_str attr_of(reader *x, xmlNodePtr n, const char *name, const char *ns)
{
    const xmlAttr *at = xmlHasNsProp(n, (const xmlChar *)name, (const xmlChar *)ns);
    return at ? text_of(x->r->a, at->children) : (fc_str){0};
}

static fc_str plan_attr(reader *x, xmlNodePtr n, const char *name)
{
    return attr_of(x, n, name, FC_PLAN_NS);
}

static fc_str bare_attr(reader *x, xmlNodePtr n, const char *name)
{
    return attr_of(x, n, name, NULL);
}

/* The language of an element: its own or that of what is around it. */
static fc_str lang_of(reader *x, xmlNodePtr n)
{
    for (; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        if (xmlHasNsProp(n, (const xmlChar *)"lang", XML_XML_NAMESPACE))
            return attr_of(x, n, "lang", XML_NS);
    return (fc_str){0};
}

static fc_str value_of(reader *x, xmlNodePtr n)
{
    bool replaced = false;
    return fc_take_text(x->r, text_of(x->r->a, n->children), &replaced);
}

static bool only_white(xmlNodePtr text)
{
    return fc_str_trim(of_xml(text->content)).n == 0;
}

static void read_answer(reader *x, xmlNodePtr n, const fc_node *field, size_t row)
{
    for (xmlNodePtr k = n->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE) {
            fc_report(x->r->d, FC_ERROR, "P111", place(x, k),
                      "there is an element inside the answer to \"%.*s\"", FC_ARG(field->path));
            return;
        }
    fc_answer given = {
        .text = value_of(x, n), .absent = plan_attr(x, n, "absent"), .lang = lang_of(x, n)};
    fc_take_answer(x->r, field, row, given, place(x, n));
}

/* Reports an attribute that formc would not write back: one that is neither in the plan's
 * namespace and among these, nor a declaration of the language. */
static void only_plan_attrs(reader *x, xmlNodePtr n, const char *const *names)
{
    for (const xmlAttr *at = n->properties; at; at = at->next) {
        fc_str name = of_xml(at->name), ns = at->ns ? of_xml(at->ns->href) : (fc_str){0};
        if (fc_str_eq_z(ns, FC_PLAN_NS) ? fc_in_list(names, name)
                                        : fc_str_eq_z(ns, XML_NS) && fc_str_eq_z(name, "lang"))
            continue;
        fc_diag *g = fc_report(x->r->d, FC_ERROR, "P131", place(x, n),
                               "this part of the plan has an attribute that does not belong "
                               "there");
        fc_diag_help(x->r->d, g,
                     "attributes of a plan are in its own namespace: p:absent, p:row");
    }
}

/* Only a question can have a reason; one on a part of the form would be lost. */
static void refuse_reason(reader *x, xmlNodePtr n, fc_str path)
{
    if (!xmlHasNsProp(n, (const xmlChar *)"absent", (const xmlChar *)FC_PLAN_NS))
        return;
    fc_diag *g = fc_report(x->r->d, FC_ERROR, "P114", place(x, n),
                           "\"%.*s\" is no question, so it cannot be absent", FC_ARG(path));
    fc_diag_help(x->r->d, g, "say p:absent on each of its questions");
}

/* Attributes in the plan's namespace, by what has them. P114 tells of a reason in the wrong
 * place. */
static const char *const root_attrs[] = {"form",     "version",   "definition", "id", "stage",
                                         "revision", "synthetic", "absent",     NULL},
                         *const part_attrs[] = {"absent", NULL},
                         *const row_attrs[] = {"row", "absent", NULL},
                         *const answer_attrs[] = {"absent", NULL};

static void read_kids(reader *x, xmlNodePtr parent, const fc_node *node, size_t row);

static void read_row(reader *x, xmlNodePtr n, const fc_node *repeat)
{
    if (fc_take_row(x->r, repeat, plan_attr(x, n, "row"), place(x, n)))
        read_kids(x, n, repeat, fc_plan_row_count(x->r->plan, repeat->container) - 1);
}

static void read_kids(reader *x, xmlNodePtr parent, const fc_node *node, size_t row)
{
    for (xmlNodePtr n = parent->children; n; n = n->next) {
        if (is_text(n) && !only_white(n)) {
            fc_report(x->r->d, FC_ERROR, "P101", place(x, n),
                      "there is text outside any answer");
            continue;
        }
        if (n->type != XML_ELEMENT_NODE || (!node && in_ns(n, FC_S(FC_PLAN_NS))))
            continue;
        const fc_node *k = in_ns(n, x->r->form->data_ns)
                               ? fc_find_kid(node, x->r->form, of_xml(n->name))
                               : NULL;
        if (!k) {
            fc_report_no_question(x->r, node, place(x, n));
            continue;
        }
        if (k->kind == FC_FIELD) {
            only_plan_attrs(x, n, answer_attrs);
            read_answer(x, n, k, row);
            continue;
        }
        only_plan_attrs(x, n, k->kind == FC_REPEAT ? row_attrs : part_attrs);
        refuse_reason(x, n, k->path);
        if (k->kind == FC_REPEAT)
            read_row(x, n, k);
        else
            read_kids(x, n, k, row);
    }
}

static bool is_plan_element(xmlNodePtr n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && in_ns(n, FC_S(FC_PLAN_NS)) &&
           fc_str_eq_z(of_xml(n->name), name);
}

/* Reports what formc would not write back: an attribute or a child that is not among these. */
static void only(reader *x, xmlNodePtr n, const char *const *attributes,
                 const char *const *children)
{
    for (xmlAttrPtr at = n->properties; at; at = at->next)
        if (at->ns || !fc_in_list(attributes, of_xml(at->name)))
            fc_report(x->r->d, FC_ERROR, "P131", place(x, n),
                      "this part of the plan has an attribute that does not belong there");
    for (xmlNodePtr k = n->children; k; k = k->next) {
        if (is_text(k)
                ? !only_white(k)
                : k->type == XML_ELEMENT_NODE &&
                      (!in_ns(k, FC_S(FC_PLAN_NS)) || !fc_in_list(children, of_xml(k->name))))
            fc_report(x->r->d, FC_ERROR, "P103", place(x, k),
                      "this is not part of what a plan keeps about itself");
    }
}

static fc_answer read_side(reader *x, xmlNodePtr n)
{
    static const char *const attributes[] = {"absent", NULL};
    fc_answer side = {
        .text = value_of(x, n), .absent = bare_attr(x, n, "absent"), .lang = lang_of(x, n)};
    for (xmlAttrPtr at = n->properties; at; at = at->next)
        if (at->ns ? !fc_str_eq_z(of_xml(at->ns->href), XML_NS)
                   : !fc_in_list(attributes, of_xml(at->name)))
            fc_report(x->r->d, FC_ERROR, "P131", place(x, n),
                      "this part of the plan has an attribute that does not belong there");
    for (xmlNodePtr k = n->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE)
            fc_report(x->r->d, FC_ERROR, "P111", place(x, k),
                      "there is an element inside a side of this conflict");
    fc_take_side(x->r, &side, place(x, n));
    return side;
}

static void read_conflict(reader *x, xmlNodePtr n)
{
    static const char *const attributes[] = {"path", NULL}, *const children[] = {
                                                                "stored", "visible", NULL};
    fc_answer stored = {0}, visible = {0};
    unsigned sides[2] = {0};
    only(x, n, attributes, children);
    for (xmlNodePtr k = n->children; k; k = k->next) {
        if (is_plan_element(k, "stored")) {
            stored = read_side(x, k);
            sides[0]++;
        } else if (is_plan_element(k, "visible")) {
            visible = read_side(x, k);
            sides[1]++;
        }
    }
    fc_take_conflict(x->r, bare_attr(x, n, "path"), stored, visible, sides, place(x, n));
}

static void read_mark(reader *x, xmlNodePtr n)
{
    static const char *const attributes[] = {"path", "at", "by", "own", "covers", NULL},
                             *const children[] = {NULL};
    only(x, n, attributes, children);
    fc_mark m = {.at = bare_attr(x, n, "at"),
                 .by = bare_attr(x, n, "by"),
                 .own = bare_attr(x, n, "own"),
                 .covers = bare_attr(x, n, "covers")};
    fc_take_mark(x->r, bare_attr(x, n, "path"), m, place(x, n));
}

static void read_entry(reader *x, xmlNodePtr n)
{
    static const char *const attributes[] = {"n",   "at",   "by", "via", "file",
                                             "did", "path", "to", NULL},
                             *const children[] = {NULL};
    only(x, n, attributes, children);
    fc_change e = {.at = bare_attr(x, n, "at"),
                   .by = bare_attr(x, n, "by"),
                   .via = bare_attr(x, n, "via"),
                   .file = bare_attr(x, n, "file"),
                   .did = bare_attr(x, n, "did"),
                   .path = bare_attr(x, n, "path"),
                   .to = bare_attr(x, n, "to")};
    fc_take_entry(x->r, bare_attr(x, n, "n"), e, place(x, n));
}

/* What a plan keeps about itself: the parts, in this order, and what each consists of. */
static const struct {
    const char *name, *child;
    void (*read)(reader *x, xmlNodePtr n);
} parts[] = {{"conflicts", "conflict", read_conflict},
             {"marks", "mark", read_mark},
             {"history", "entry", read_entry}};

#define PARTS (sizeof parts / sizeof *parts)

static void read_part(reader *x, xmlNodePtr n, size_t part)
{
    static const char *const no_attributes[] = {NULL};
    const char *const children[] = {parts[part].child, NULL};
    only(x, n, no_attributes, children);
    for (xmlNodePtr k = n->children; k; k = k->next)
        if (is_plan_element(k, parts[part].child))
            parts[part].read(x, k);
}

static void read_parts(reader *x, xmlNodePtr root)
{
    bool seen[PARTS] = {0};
    for (xmlNodePtr n = root->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || !in_ns(n, FC_S(FC_PLAN_NS)))
            continue;
        size_t i = 0;
        while (i < PARTS && !is_plan_element(n, parts[i].name))
            i++;
        if (i == PARTS || seen[i]) {
            fc_report(x->r->d, FC_ERROR, "P103", place(x, n),
                      i == PARTS ? "this element is not part of a plan"
                                 : "this part of the plan stands here twice");
            continue;
        }
        seen[i] = true;
        read_part(x, n, i);
    }
}

static bool read_root(reader *x, xmlNodePtr root)
{
    const fc_form *f = x->r->form;
    fc_head h = {.form = plan_attr(x, root, "form"),
                 .version = plan_attr(x, root, "version"),
                 .digest = plan_attr(x, root, "definition"),
                 .id = plan_attr(x, root, "id"),
                 .revision = plan_attr(x, root, "revision"),
                 .stage = plan_attr(x, root, "stage"),
                 .synthetic = plan_attr(x, root, "synthetic")};
    if (!in_ns(root, f->data_ns) || !fc_str_eq(of_xml(root->name), f->id)) {
        fc_report_other_form(x->r, place(x, root));
        return false;
    }
    only_plan_attrs(x, root, root_attrs);
    refuse_reason(x, root, f->id);
    return fc_take_head(x->r, &h, place(x, root));
}

typedef struct foreign {
    xmlParserCtxtPtr ctxt;
    xmlDocPtr doc;
    int line; /* of the last thing libxml2 had to say */
    bool no_memory;
} foreign;

static void foreign_release(void *handle)
{
    foreign *f = handle;
    xmlFreeDoc(f->doc);
    xmlFreeParserCtxt(f->ctxt);
}

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *e)
#else
static void on_error(void *data, xmlError *e)
#endif
{
    foreign *f = data;
    f->line = e->line;
    f->no_memory = f->no_memory || e->code == XML_ERR_NO_MEMORY;
}

/* Reads the bytes. Everything that libxml2 has to say comes to on_error: what it would print,
 * and does print when memory runs out whatever it was told, quotes the text. */
static void parse(foreign *f, fc_str bytes)
{
    xmlStructuredErrorFunc func = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(f, on_error);
    f->ctxt = xmlNewParserCtxt();
    f->no_memory = f->no_memory || !f->ctxt;
    /* UTF-8, whatever the file says of itself: what was looked through is what is read. */
    if (f->ctxt)
        f->doc = xmlCtxtReadMemory(f->ctxt, bytes.p, (int)bytes.n, NULL, NULL,
                                   XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES |
                                       XML_PARSE_IGNORE_ENC);
    f->no_memory = f->no_memory || (!f->doc && f->ctxt->errNo == XML_ERR_OK);
    xmlSetStructuredErrorFunc(context, func);
}

fc_status fc_read_plan_xml(fc_reading *r)
{
    reader x = {.r = r};
    fc_str bytes = r->bytes;
    size_t at = 0;
    fc_xml_guard_verdict v = fc_xml_guard(bytes, &at);
    if (v != FC_XML_PASSES) {
        fc_diag *g = fc_report(r->d, FC_ERROR, "P001",
                               (fc_span){r->source, (uint32_t)at, (uint32_t)at + 1}, "%s",
                               fc_xml_guard_words(v));
        if (v == FC_XML_DOCTYPE)
            fc_diag_help(
                r->d, g,
                "if this is a page for browsers: its button \"Save the plan\" gives the "
                "plan");
        return FC_REFUSED;
    }
    FC_PUSH(r->a, &x.lines, 0u);
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == '\n')
            FC_PUSH(r->a, &x.lines, (uint32_t)(i + 1));

    foreign *f = FC_NEW(r->a, foreign);
    fc_arena_defer(r->a, foreign_release, f);
    parse(f, bytes);
    if (f->no_memory)
        fc_arena_give_up(r->a);
    if (!f->doc) {
        size_t i = f->line > 0 && (size_t)f->line <= x.lines.n ? (size_t)f->line - 1 : 0;
        fc_report(r->d, FC_ERROR, "P002", (fc_span){r->source, x.lines.at[i], x.lines.at[i]},
                  "this is not well-formed XML from here on");
        return FC_REFUSED;
    }
    xmlNodePtr root = xmlDocGetRootElement(f->doc);
    if (!read_root(&x, root))
        return FC_REFUSED;
    read_kids(&x, root, NULL, 0);
    read_parts(&x, root);
    return FC_OK;
}
