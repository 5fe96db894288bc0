/* Reading a plan's XML. The bytes are looked through (no DOCTYPE, bounded tags and depth),
 * parsed by libxml2, then walked beside the model: every element is found in the form or
 * reported. No message quotes an answer, and the source is marked private so that none shows an
 * excerpt. */
#include "runtime/plan/reading.h"
#include "runtime/base/xmlguard.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#define XML_NS "http://www.w3.org/XML/1998/namespace"

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

static fc_str keep(reader *x, xmlChar *v)
{
    fc_str s = v ? fc_str_copy(x->r->a, of_xml(v)) : (fc_str){0};
    xmlFree(v);
    return s;
}

/* An attribute of the plan namespace, copied to the arena; empty when there is none. */
static fc_str plan_attr(reader *x, xmlNodePtr n, const char *name)
{
    return keep(x, xmlGetNsProp(n, (const xmlChar *)name, (const xmlChar *)FC_PLAN_NS));
}

/* An attribute without a namespace, copied to the arena; empty when there is none. */
static fc_str bare_attr(reader *x, xmlNodePtr n, const char *name)
{
    return keep(x, xmlGetNoNsProp(n, (const xmlChar *)name));
}

static fc_str value_of(reader *x, xmlNodePtr n)
{
    bool replaced = false;
    xmlChar *raw = xmlNodeGetContent(n);
    if (!raw)
        fc_arena_give_up(x->r->a);
    fc_str v = fc_take_text(x->r, of_xml(raw), &replaced);
    xmlFree(raw);
    return v;
}

static bool is_text(xmlNodePtr n)
{
    return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
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
    fc_answer given = {.text = value_of(x, n),
                       .absent = plan_attr(x, n, "absent"),
                       .lang = keep(x, xmlNodeGetLang(n))};
    fc_take_answer(x->r, field, row, given, place(x, n));
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
            read_answer(x, n, k, row);
            continue;
        }
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
    fc_answer side = {.text = value_of(x, n),
                      .absent = bare_attr(x, n, "absent"),
                      .lang = keep(x, xmlNodeGetLang(n))};
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
    refuse_reason(x, root, f->id);
    return fc_take_head(x->r, &h, place(x, root));
}

static void free_doc(void *doc)
{
    xmlFreeDoc(doc);
}

fc_status fc_read_plan_xml(fc_reading *r)
{
    reader x = {.r = r};
    fc_str bytes = r->bytes;
    size_t at = 0;
    fc_xml_guard_verdict v = fc_xml_guard(bytes, &at);
    if (v != FC_XML_PASSES) {
        fc_report(r->d, FC_ERROR, "P001", (fc_span){r->source, (uint32_t)at, (uint32_t)at + 1},
                  "%s", fc_xml_guard_words(v));
        return FC_REFUSED;
    }
    FC_PUSH(r->a, &x.lines, 0u);
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == '\n')
            FC_PUSH(r->a, &x.lines, (uint32_t)(i + 1));

    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();
    if (!ctxt)
        return FC_INTERNAL;
    /* Whatever the declaration says, what is read are the bytes that were looked through. */
    xmlDocPtr doc =
        xmlCtxtReadMemory(ctxt, bytes.p, (int)bytes.n, NULL, NULL,
                          XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                              XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
    int line = ctxt->lastError.line;
    xmlFreeParserCtxt(ctxt);
    if (!doc) {
        size_t i = line > 0 && (size_t)line <= x.lines.n ? (size_t)line - 1 : 0;
        fc_report(r->d, FC_ERROR, "P002", (fc_span){r->source, x.lines.at[i], x.lines.at[i]},
                  "this is not well-formed XML from here on");
        return FC_REFUSED;
    }
    fc_arena_defer(r->a, free_doc, doc);
    xmlNodePtr root = xmlDocGetRootElement(doc);
    if (!read_root(&x, root))
        return FC_REFUSED;
    read_kids(&x, root, NULL, 0);
    read_parts(&x, root);
    return FC_OK;
}
