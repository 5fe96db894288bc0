/* Stylesheets: the only file that knows libxslt.
 *
 * Sheets come from the program itself (styles/) and from a theme, which has been read before:
 * every kind of access is forbidden but reading addresses that begin with "formc:", and those
 * are answered by our own loader. So <xsl:import href="formc:pdf.xsl"/> brings in
 * styles/base/pdf.xsl and nothing else can be reached. Where the theme has a sheet of this
 * name, our own sheets get that one instead; it gets ours. */
#include "compiler/codes.h"
#include "output/lower.h"
#include "runtime/base/memory.h"
#include "runtime/form/words.h"

#include <libxml/parser.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <string.h>

#define SCHEME "formc:"
#define STEPS_MAX 50000000ul /* of one sheet with a theme's: ours take 200 for a question */
#define COMPLAINT_MAX 400    /* characters kept of what libxslt says about a faulty sheet */

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

/* Where a sheet is from, in its document's _private: who asks for a further one decides which
 * it gets. */
typedef struct origin {
    const fc_build *b;
    const struct origin *all; /* two for each depth: ours, the theme's */
    size_t depth;
    bool theme;
} origin;

#define IMPORT_DEPTH 8 /* ours go down to 3; a circle ends here */

/* styles/base/<name>, or the theme's sheet in front of it. Allocates nothing of an arena. */
static xmlDocPtr load_sheet(const char *name, const origin *from, size_t depth, xmlDictPtr dict)
{
    char path[128];
    const fc_theme_sheet *s =
        from->theme ? NULL : fc_theme_sheet_find(&from->b->theme, fc_str_of(name));
    int n = snprintf(path, sizeof path, "base/%s", name);
    if (depth >= IMPORT_DEPTH || n < 0 || (size_t)n >= sizeof path)
        return NULL;
    fc_str bytes = s ? s->bytes : fc_asset(path);
    if (!s)
        snprintf(path, sizeof path, SCHEME "%s", name);
    xmlDocPtr doc = bytes.n ? parse_sheet(bytes, s ? s->path.p : path, dict) : NULL;
    if (doc)
        doc->_private = (void *)(uintptr_t)&from->all[2 * depth + (s != NULL)];
    return doc;
}

static xmlDocPtr load_asset(const xmlChar *uri, xmlDictPtr dict, int options, void *ctxt,
                            xsltLoadType type)
{
    (void)options;
    const char *name = (const char *)uri;
    xsltStylesheetPtr importer = type == XSLT_LOAD_STYLESHEET ? ctxt : NULL;
    const origin *from = importer && importer->doc ? importer->doc->_private : NULL;
    if (!from || strncmp(name, SCHEME, strlen(SCHEME)) != 0)
        return NULL;
    return load_sheet(name + strlen(SCHEME), from, from->depth + 1, dict);
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
static xmlDocPtr transform(const fc_build *b, xmlDocPtr input, const char *sheet,
                           const char *const *params, xsltSecurityPrefsPtr sec, complaint *why)
{
    origin origins[2 * IMPORT_DEPTH];
    for (size_t i = 0; i < 2 * IMPORT_DEPTH; i++)
        origins[i] = (origin){b, origins, i / 2, i % 2 == 1};
    xmlDocPtr doc = load_sheet(sheet, &origins[0], 0, NULL);
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
        if (b->theme.sheets.n) {
            ctxt->opLimit = STEPS_MAX;
            ctxt->xpathCtxt->opLimit = 10 * STEPS_MAX;
        }
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

/* What libxslt says: "runtime error: file ours/pdf.xsl line 12 element value-of", and in
 * further lines why. */
typedef struct said {
    fc_str file, element, words;
    size_t line; /* 0: it names no place */
} said;

/* The word that stands behind `before` in a line. */
static fc_str word_behind(fc_str line, const char *before, char end)
{
    for (size_t i = 0, n = strlen(before); i + n <= line.n; i++)
        if (memcmp(line.p + i, before, n) == 0) {
            size_t to = i + n;
            while (to < line.n && line.p[to] != end)
                to++;
            return fc_str_slice(line, i + n, to);
        }
    return (fc_str){0};
}

static said understand(fc_arena *a, const complaint *why)
{
    said out = {0};
    size_t told = 0;
    for (size_t from = 0, to; from < why->n; from = to + 1) {
        for (to = from; to < why->n && why->text[to] != '\n'; to++)
            ;
        fc_str line = fc_str_trim((fc_str){why->text + from, to - from});
        fc_str file = word_behind(line, " error: file ", ' ');
        fc_str number = word_behind(line, " line ", ' ');
        if (file.n && number.n && !out.line) {
            out.file = fc_str_copy(a, file);
            out.element = fc_str_copy(a, word_behind(line, " element ", ' '));
            for (size_t i = 0; i < number.n && number.p[i] >= '0' && number.p[i] <= '9'; i++)
                out.line = out.line * 10 + (size_t)(number.p[i] - '0');
        } else if (line.n && !file.n && told++ < 2) {
            out.words = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(out.words), told > 1 ? "; " : "",
                                   FC_ARG(line));
        }
    }
    return out;
}

static bool says(fc_str words, const char *end)
{
    return words.n && strstr(words.p, end) != NULL;
}

/* Why a sheet could not be used: libxslt's words, at the place in the theme's sheet that they
 * name. */
static void report_failure(const fc_build *b, const char *sheet, const complaint *why)
{
    said t = understand(b->arena, why);
    fc_span at = fc_theme_sheet_place(&b->theme, fc_str_of(sheet), (fc_str){0});
    for (size_t i = 0; t.line && i < b->theme.sheets.n; i++)
        if (fc_str_eq(b->theme.sheets.at[i].path, t.file))
            at = fc_theme_sheet_line(&b->theme.sheets.at[i], t.line, t.element);
    if (!at.source) {
        fc_report(b->diags, FC_ERROR, "S001", at, "the stylesheet %s cannot be used: %.*s",
                  sheet, FC_ARG(t.words));
        return;
    }
    bool reach = says(t.words, " refused") || says(t.words, " denied");
    fc_diag *g =
        fc_report(b->diags, FC_ERROR, fc_codes[reach ? FC_C_SHEET_REACH : FC_C_SHEET].code, at,
                  reach ? "a sheet of a theme reads and writes nothing: %.*s"
                        : "the sheet cannot be used: %.*s",
                  FC_ARG(t.words));
    fc_diag_help(b->diags, g,
                 reach ? "write what it needs into the sheet itself"
                       : "mend it here; docs/restyling.md says what a sheet may override");
}

/* What every page or document has to say about itself, whatever a theme's sheets do. */
static const struct {
    const char *sheet;
    const char *signs[2]; /* of the number of the page, and of how many there are */
    bool plan;            /* the plan's id */
    bool draft;           /* that it is a draft, when it is one */
} furniture[] = {
    {"pdf.xsl", {"<page/>", "<pages/>"}, true, true},
    {"pdf-record.xsl", {"<page/>", "<pages/>"}, true, true},
    {"docx-footer.xsl", {" PAGE ", " NUMPAGES "}, true, false},
    {"docx-document.xsl", {NULL, NULL}, false, true},
    {"docx-record.xsl", {NULL, NULL}, false, true},
    {"html.xsl", {NULL, NULL}, true, true},
};

static bool has_plan_id(const fc_program *g)
{
    for (size_t i = 0; i < g->ops.n; i++)
        if (g->ops.at[i].code == FC_OP_VALUE && g->ops.at[i].as == FC_AS_PLAN_ID)
            return true;
    return false;
}

static fc_status check_furniture(const fc_build *b, const char *sheet, const fc_program *g)
{
    fc_span at = fc_theme_sheet_place(&b->theme, fc_str_of(sheet), (fc_str){0});
    const char *missing = NULL;
    for (size_t i = 0; at.source && i < sizeof furniture / sizeof *furniture; i++) {
        if (strcmp(furniture[i].sheet, sheet) != 0)
            continue;
        for (size_t k = 0; k < 2; k++)
            if (furniture[i].signs[k] && !says(g->text, furniture[i].signs[k]))
                missing = "the number of the page, or of how many there are";
        if (furniture[i].plan && !has_plan_id(g))
            missing = "the plan's id";
        if (furniture[i].draft && fc_str_eq_z(b->form->status, "draft") &&
            !says(g->text, fc_str_copy(b->arena, fc_words(b->form, FC_WORD_DRAFT)).p))
            missing = "that it is a draft";
        if (!says(g->text, fc_str_copy(b->arena, b->form->version).p))
            missing = "the form's version";
    }
    if (!missing)
        return FC_OK;
    fc_diag *d = fc_report(b->diags, FC_ERROR, fc_codes[FC_C_SHEET].code, at,
                           "with this sheet, %s no longer says %s", sheet, missing);
    fc_diag_help(b->diags, d,
                 "leave that in: a page that somebody finds has to say what it is");
    return FC_FOUND;
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
    /* These are settings of whole libraries, so they are put back afterwards. */
    complaint why = {.n = 0};
    xsltSecurityPrefsPtr sec_before = xsltGetDefaultSecurityPrefs();
    xsltSetDefaultSecurityPrefs(sec);
    xsltSetLoaderFunc(load_asset);
    xsltSetGenericErrorFunc(&why, complain);
    xmlSetGenericErrorFunc(&why, complain);
    xmlDocPtr result = transform(b, input, sheet, params, sec, &why);
    xmlSetGenericErrorFunc(NULL, NULL);
    xsltSetGenericErrorFunc(NULL, NULL);
    xsltSetLoaderFunc(NULL);
    xsltSetDefaultSecurityPrefs(sec_before);
    xsltFreeSecurityPrefs(sec);
    if (!result) {
        fc_arena_check(b->arena);
        report_failure(b, sheet, &why);
        return FC_FOUND;
    }
    *held = result;
    fc_arena_check(b->arena);
    fc_status s = fc_lower(b, sheet, result, all_fields, out);
    free_held(held);
    fc_arena_check(b->arena);
    return s == FC_OK ? check_furniture(b, sheet, *out) : s;
}
