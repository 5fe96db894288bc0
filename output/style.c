/* Stylesheets: the only file that knows libxslt.
 *
 * Sheets come from the program itself (styles/), never from disk or network: every kind of
 * access is forbidden but reading addresses that begin with "formc:", and those are answered by
 * our own loader. So <xsl:import href="formc:common.xsl"/> brings in styles/base/common.xsl and
 * nothing else can be reached. */
#include "output/lower.h"
#include "runtime/base/memory.h"

#include <libxml/parser.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <string.h>

#define SCHEME "formc:"
#define COMPLAINT_MAX 400 /* characters kept of what libxslt says about a faulty sheet */

typedef struct complaint {
    char text[COMPLAINT_MAX];
    size_t n;
} complaint;

/* Keeps the first of libxslt's words; allocates nothing. */
static void complain(void *user, const char *fmt, ...) FC_PRINTF(2, 3);
static void complain(void *user, const char *fmt, ...)
{
    complaint *c = user;
    if (c->n + 1 >= sizeof c->text)
        return;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(c->text + c->n, sizeof c->text - c->n, fmt, ap);
    va_end(ap);
    if (n > 0)
        c->n += (size_t)n < sizeof c->text - c->n ? (size_t)n : sizeof c->text - c->n - 1;
}

#define PARSE (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

static xmlDocPtr parse(fc_str bytes, const char *name)
{
    return xmlReadMemory(bytes.p, (int)bytes.n, name, NULL, PARSE);
}

/* A sheet's strings stand in the dictionary of the sheet that imports it: libxslt compares
 * modes by address, and a template with a mode could not be overridden otherwise. */
static xmlDocPtr parse_sheet(fc_str bytes, const char *name, xmlDictPtr dict)
{
    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();
    if (!ctxt)
        return NULL;
    if (dict) {
        if (ctxt->dict)
            xmlDictFree(ctxt->dict);
        ctxt->dict = dict;
        xmlDictReference(dict);
    }
    xmlDocPtr doc = xmlCtxtReadMemory(ctxt, bytes.p, (int)bytes.n, name, NULL, PARSE);
    xmlFreeParserCtxt(ctxt);
    return doc;
}

static xmlDocPtr load_asset(const xmlChar *uri, xmlDictPtr dict, int options, void *ctxt,
                            xsltLoadType type)
{
    (void)options, (void)ctxt, (void)type;
    const char *name = (const char *)uri;
    char path[128];
    if (strncmp(name, SCHEME, strlen(SCHEME)) != 0)
        return NULL;
    int n = snprintf(path, sizeof path, "base/%s", name + strlen(SCHEME));
    if (n < 0 || (size_t)n >= sizeof path)
        return NULL;
    fc_str bytes = fc_asset(path);
    return bytes.n ? parse_sheet(bytes, name, dict) : NULL;
}

static int allow_own_scheme(xsltSecurityPrefsPtr sec, xsltTransformContextPtr ctxt,
                            const char *value)
{
    (void)sec, (void)ctxt;
    return value && strncmp(value, SCHEME, strlen(SCHEME)) == 0;
}

static xsltSecurityPrefsPtr make_security(void)
{
    xsltSecurityPrefsPtr sec = xsltNewSecurityPrefs();
    if (!sec)
        return NULL;
    xsltSetSecurityPrefs(sec, XSLT_SECPREF_READ_FILE, xsltSecurityForbid);
    xsltSetSecurityPrefs(sec, XSLT_SECPREF_WRITE_FILE, xsltSecurityForbid);
    xsltSetSecurityPrefs(sec, XSLT_SECPREF_CREATE_DIRECTORY, xsltSecurityForbid);
    xsltSetSecurityPrefs(sec, XSLT_SECPREF_WRITE_NETWORK, xsltSecurityForbid);
    xsltSetSecurityPrefs(sec, XSLT_SECPREF_READ_NETWORK, allow_own_scheme);
    return sec;
}

static void free_doc(void *doc)
{
    xmlFreeDoc(doc);
}

/* A tree that goes before its arena does; the arena has the place where it stands. */
static void free_held(void *held)
{
    xmlDocPtr *doc = held;
    xmlFreeDoc(*doc);
    *doc = NULL;
}

/* Makes a copy of the document's root the last child of the model. */
static bool add_child(xmlDocPtr model, fc_str bytes, const char *name)
{
    xmlDocPtr doc = parse(bytes, name);
    xmlNodePtr copy = doc ? xmlDocCopyNode(xmlDocGetRootElement(doc), model, 1) : NULL;
    xmlFreeDoc(doc);
    return copy && xmlAddChild(xmlDocGetRootElement(model), copy);
}

/* The model with words and theme as its last children; made once per build. */
static xmlDocPtr input_document(fc_build *b)
{
    if (b->style_input)
        return b->style_input;
    xmlDocPtr model = parse(b->model_xml, "model.xml");
    if (!model || !add_child(model, b->words_xml, "words.xml") ||
        !add_child(model, b->theme.xml, "theme.xml")) {
        xmlFreeDoc(model);
        return NULL;
    }
    b->style_input = model;
    fc_arena_defer(b->arena, free_doc, model);
    return model;
}

static void stop(void *ctxt)
{
    ((xsltTransformContextPtr)ctxt)->state = XSLT_STATE_STOPPED;
}

/* Runs the sheet; NULL when it failed, with the reason in why. */
static xmlDocPtr transform(xmlDocPtr input, const char *sheet, const char *const *params,
                           xsltSecurityPrefsPtr sec, complaint *why)
{
    char uri[128];
    snprintf(uri, sizeof uri, SCHEME "%s", sheet);
    xmlDocPtr doc = load_asset((const xmlChar *)uri, NULL, 0, NULL, XSLT_LOAD_START);
    if (!doc) {
        complain(why, "it is not there or not well-formed");
        return NULL;
    }
    xsltStylesheetPtr style = xsltParseStylesheetDoc(doc);
    if (!style || style->errors) {
        if (style)
            xsltFreeStylesheet(style);
        else
            xmlFreeDoc(doc);
        return NULL;
    }
    xmlDocPtr result = NULL;
    xsltTransformContextPtr ctxt = xsltNewTransformContext(style, input);
    if (ctxt && xsltSetCtxtSecurityPrefs(sec, ctxt) == 0) {
        xsltSetTransformErrorFunc(ctxt, why, complain);
        bool ok = true;
        for (; params && params[0]; params += 2)
            ok &= xsltQuoteOneUserParam(ctxt, (const xmlChar *)params[0],
                                        (const xmlChar *)params[1]) == 0;
        fc_memory_on_shortage(stop, ctxt);
        if (ok)
            result = xsltApplyStylesheetUser(style, input, NULL, NULL, NULL, ctxt);
        fc_memory_on_shortage(NULL, NULL);
        if (result && ctxt->state != XSLT_STATE_OK) {
            xmlFreeDoc(result);
            result = NULL;
        }
    }
    xsltFreeTransformContext(ctxt);
    xsltFreeStylesheet(style);
    return result;
}

fc_status fc_style_program(fc_build *b, const char *sheet, const char *const *params,
                           bool all_fields, const fc_program **out)
{
    *out = NULL;
    xmlDocPtr *held = FC_NEW(b->arena, xmlDocPtr);
    fc_arena_defer(b->arena, free_held, held);
    xmlDocPtr input = input_document(b);
    xsltSecurityPrefsPtr sec = make_security();
    if (!input || !sec) {
        xsltFreeSecurityPrefs(sec);
        return FC_INTERNAL;
    }
    /* These two are settings of the whole library, so they are put back afterwards. */
    complaint why = {.n = 0};
    xsltSecurityPrefsPtr sec_before = xsltGetDefaultSecurityPrefs();
    xsltSetDefaultSecurityPrefs(sec);
    xsltSetLoaderFunc(load_asset);
    xsltSetGenericErrorFunc(&why, complain);
    xmlDocPtr result = transform(input, sheet, params, sec, &why);
    xsltSetGenericErrorFunc(NULL, NULL);
    xsltSetLoaderFunc(NULL);
    xsltSetDefaultSecurityPrefs(sec_before);
    xsltFreeSecurityPrefs(sec);
    if (!result) {
        fc_arena_check(b->arena);
        fc_str words = fc_str_collapse(b->arena, (fc_str){why.text, why.n});
        fc_report(b->diags, FC_ERROR, "S001", (fc_span){0},
                  "the stylesheet %s cannot be used: %.*s", sheet, FC_ARG(words));
        return FC_FOUND;
    }
    *held = result;
    fc_arena_check(b->arena);
    fc_status s = fc_lower(b, sheet, result, all_fields, out);
    free_held(held);
    fc_arena_check(b->arena);
    return s;
}
