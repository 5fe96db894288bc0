/* From the tree that a stylesheet produced to a program: everything that is the same for every
 * plan becomes literal bytes, every fx: element a place. What a stylesheet gets wrong is found
 * here, once, and not in somebody's document. docs/programs.md describes the elements. */
#include "output/lower.h"
#include "compiler/codes.h"
#include "runtime/base/xmlwrite.h"

#include <string.h>
#include <strings.h>

#define DEPTH_MAX 256

typedef struct lowering {
    fc_build *b;
    const char *sheet;
    fc_buf text;
    size_t flushed; /* bytes of text that ops cover */
    fc_program *g;
    const fc_container *rows; /* inside fx:rows: its container */
    bool further;             /* of the rows behind those where the answers are */
    bool in_lines;
    bool in_owners, in_findings;
    bool html;       /* the syntax of HTML, not of XML */
    bool *placed;    /* by ordinal - 1: the field has a place */
    uint64_t *boxes; /* by ordinal - 1: the choices of several that have one */
    unsigned depth;
    size_t errors;
} lowering;

#define PLACE_ATTRIBUTES 8

/* The attributes an fx: element may have; ends with NULL. */
typedef struct place_element {
    const char *name;
    const char *attributes[PLACE_ATTRIBUTES];
} place_element;

static const place_element place_elements[] = {
    {"value", {"field", "as", "choice", "numbers"}},
    {"attr", {"name"}},
    {"rows", {"repeat", "which", "least"}},
    {"new-row", {"repeat"}},
    {"lines", {"field", "of", "tabs"}},
    {"owners", {NULL}},
    {"findings", {NULL}},
    {"when",
     {"answered", "blank", "absent", "unreadable", "readable", "field",
      "chosen"}}, /* and those of when_too */
};

#define HTML_NS "http://www.w3.org/1999/xhtml"

static const char *const dropped_namespaces[] = {
    FC_PROGRAM_NS, "urn:formc:model:1", "urn:formc:theme:1", "urn:formc:words:1", HTML_NS};

/* Elements of HTML that have no end tag (HTML Standard, 13.1.2, void elements). */
static const char *const void_elements[] = {"area",   "base",  "br",    "col",  "embed",
                                            "hr",     "img",   "input", "link", "meta",
                                            "source", "track", "wbr",   NULL};
/* In these, text stands as it is: there is no escaping (raw text elements). */
static const char *const raw_elements[] = {"script", "style", NULL};
/* A line break behind the start tag of these is dropped by the reader. */
static const char *const line_elements[] = {"pre", "textarea", NULL};

/* In these, and in the value of an attribute, there is text and no element. */
static const char *const text_elements[] = {"title", "option", "textarea", "attr", NULL};

static void lower_children(lowering *l, xmlNodePtr first);
static void lower_place(lowering *l, xmlNodePtr n, bool in_attr);

static fc_str of_xml(const xmlChar *s)
{
    return fc_str_of((const char *)s);
}

/* What is wrong in what a stylesheet made. Where a theme has sheets for this target, it is put
 * down to them: to the place where they have the value, when one is given. */
static void report_wrong(lowering *l, fc_str value, fc_str text)
{
    fc_build *b = l->b;
    fc_span at = fc_theme_sheet_place(&b->theme, fc_str_of(l->sheet), value);
    l->errors++;
    if (!at.source) {
        fc_report(b->diags, FC_ERROR, "S101", at, "the stylesheet %s %.*s", l->sheet,
                  FC_ARG(text));
        return;
    }
    fc_diag *g = fc_report(b->diags, FC_ERROR, fc_codes[FC_C_SHEET].code, at,
                           "with this sheet, %s %.*s", l->sheet, FC_ARG(text));
    fc_diag_help(b->diags, g,
                 "docs/restyling.md says what a sheet may override, and "
                 "docs/programs.md how answers are placed");
}

static void wrong(lowering *l, const char *fmt, ...) FC_PRINTF(2, 3);
static void wrong(lowering *l, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fc_str text = fc_str_vfmt(l->b->arena, fmt, ap);
    va_end(ap);
    report_wrong(l, (fc_str){0}, text);
}

/* The same about a value, which stands in a sheet. */
static void wrong_value(lowering *l, fc_str value, const char *fmt, ...) FC_PRINTF(3, 4);
static void wrong_value(lowering *l, fc_str value, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fc_str text = fc_str_vfmt(l->b->arena, fmt, ap);
    va_end(ap);
    report_wrong(l, value, text);
}

static bool is_place(xmlNodePtr n)
{
    return n->type == XML_ELEMENT_NODE && n->ns &&
           fc_str_eq_z(of_xml(n->ns->href), FC_PROGRAM_NS);
}

static bool is_named(xmlNodePtr n, const char *name)
{
    return is_place(n) && fc_str_eq_z(of_xml(n->name), name);
}

static xmlAttrPtr find_attr(xmlNodePtr n, const char *name)
{
    for (xmlAttrPtr at = n->properties; at; at = at->next)
        if (!at->ns && strcmp((const char *)at->name, name) == 0)
            return at;
    return NULL;
}

/* An attribute's value, which lives as long as the tree. Looked up without libxml2's own calls:
 * those answer that it is not there when memory runs out. In a tree that a stylesheet made an
 * attribute holds one text; entities do not occur. */
static fc_str value_of(const lowering *l, const xmlAttr *at)
{
    fc_str s = {0};
    for (xmlNodePtr k = at->children; k; k = k->next) {
        fc_str piece = of_xml(k->content);
        s = s.n ? fc_str_fmt(l->b->arena, "%.*s%.*s", FC_ARG(s), FC_ARG(piece)) : piece;
    }
    return s;
}

/* The value of the attribute in the arena; empty when there is none. */
static fc_str attr(lowering *l, xmlNodePtr n, const char *name)
{
    xmlAttrPtr at = find_attr(n, name);
    return at ? fc_str_copy(l->b->arena, value_of(l, at)) : (fc_str){0};
}

static void flush(lowering *l)
{
    if (l->text.n > l->flushed) {
        fc_op op = {.code = FC_OP_LITERAL, .from = l->flushed, .to = l->text.n};
        FC_PUSH(l->b->arena, &l->g->ops, op);
        l->flushed = l->text.n;
    }
}

/* Adds an op that has a body and returns its index; end_body sets where the body ends. */
static size_t begin_body(lowering *l, fc_op op)
{
    flush(l);
    FC_PUSH(l->b->arena, &l->g->ops, op);
    return l->g->ops.n - 1;
}

static void end_body(lowering *l, size_t op)
{
    flush(l);
    l->g->ops.at[op].to = l->g->ops.n;
}

/* The field that attribute `name` of n names; NULL after a diagnostic. */
static const fc_node *field_of(lowering *l, xmlNodePtr n, const char *name)
{
    fc_str path = attr(l, n, name);
    const fc_node *f = fc_form_find_field(l->b->form, path);
    if (!f) {
        wrong_value(l, path, "names a field that does not exist: \"%.*s\"", FC_ARG(path));
        return NULL;
    }
    if (f->container->repeat && f->container != l->rows) {
        wrong_value(l, path, "puts \"%.*s\" outside the rows of \"%.*s\"", FC_ARG(path),
                    FC_ARG(f->container->repeat->path));
        return NULL;
    }
    return f;
}

/* The repeat that attribute `name` of n names; NULL after a diagnostic. */
static const fc_node *repeat_of(lowering *l, xmlNodePtr n, const char *name)
{
    fc_str path = attr(l, n, name);
    const fc_node *repeat = fc_form_find(l->b->form, path);
    if (repeat && repeat->kind == FC_REPEAT)
        return repeat;
    wrong_value(l, path, "names a repeat that does not exist: \"%.*s\"", FC_ARG(path));
    return NULL;
}

/* The choice of a field of several that attribute `name` of n names. False after a diagnostic.
 */
static bool choice_of(lowering *l, xmlNodePtr n, const char *name, fc_op *op)
{
    fc_str id = attr(l, n, name);
    op->choice = op->field->type == FC_CHOICES ? fc_choices_index(op->field->choices, id) : -1;
    if (op->choice < 0)
        wrong(l, "asks for the choice \"%.*s\" of \"%.*s\", which %s", FC_ARG(id),
              FC_ARG(op->field->path),
              op->field->type == FC_CHOICES ? "is not in its list" : "does not take several");
    return op->choice >= 0;
}

static void lower_value(lowering *l, xmlNodePtr n, bool in_attr)
{
    fc_op op = {.code = FC_OP_VALUE, .as = FC_AS_TEXT, .in_attr = in_attr, .choice = -1};
    fc_str as = attr(l, n, "as");
    if (as.n) {
        op.as = FC_AS_COUNT;
        for (int i = 0; i < FC_AS_COUNT; i++)
            if (fc_str_eq_z(as, fc_as_names[i]))
                op.as = (fc_as)i;
    }
    bool of_finding = op.as == FC_AS_FINDING || op.as == FC_AS_WHY || op.as == FC_AS_QUESTION ||
                      op.as == FC_AS_PART;
    bool of_review = of_finding || op.as == FC_AS_OWNERS || op.as == FC_AS_CHECKED_DAY ||
                     op.as == FC_AS_CHECKED_STAGE || op.as == FC_AS_CHECKED_PARTY;
    bool needs_field = op.as != FC_AS_ROW && op.as != FC_AS_LINE && op.as != FC_AS_PLAN_ID &&
                       op.as != FC_AS_STAGE && !of_review;
    if (op.as == FC_AS_COUNT) {
        wrong(l, "uses a format that does not exist: \"%.*s\"", FC_ARG(as));
        return;
    }
    if (op.as == FC_AS_ROW && !l->rows) {
        wrong(l, "asks for the row's number outside fx:rows");
        return;
    }
    if (op.as == FC_AS_LINE && !l->in_lines) {
        wrong(l, "asks for a line outside fx:lines");
        return;
    }
    if ((of_finding && !l->in_findings) || (op.as == FC_AS_OWNERS && !l->in_owners)) {
        wrong(l, "asks for \"%.*s\" outside fx:findings or fx:owners", FC_ARG(as));
        return;
    }
    if (needs_field && !(op.field = field_of(l, n, "field")))
        return;
    if (find_attr(n, "choice")) {
        if (op.as != FC_AS_PATH && op.as != FC_AS_KEY && op.as != FC_AS_NAME &&
            op.as != FC_AS_ID) {
            wrong(l, "gives a choice to the format \"%.*s\", which only names have",
                  FC_ARG(as));
            return;
        }
        if (!choice_of(l, n, "choice", &op))
            return;
    }
    op.html = find_attr(n, "numbers") != NULL;
    if (op.html && (!l->html || in_attr || !fc_str_eq_z(attr(l, n, "numbers"), "whole"))) {
        wrong(l, "keeps numbers whole where that is not possible");
        return;
    }
    if (op.as == FC_AS_TEXT && !l->further)
        l->placed[op.field->ordinal - 1] = true;
    flush(l);
    FC_PUSH(l->b->arena, &l->g->ops, op);
}

static void lower_attr(lowering *l, xmlNodePtr n)
{
    fc_str name = attr(l, n, "name");
    if (!name.n || xmlValidateQName((const xmlChar *)name.p, 0) != 0) {
        wrong(l, "has an fx:attr without a proper name");
        return;
    }
    fc_buf_fmt(&l->text, " %.*s=\"", FC_ARG(name));
    for (xmlNodePtr k = n->children; k; k = k->next) {
        if (k->type == XML_TEXT_NODE || k->type == XML_CDATA_SECTION_NODE)
            fc_xml_attr_value(&l->text, of_xml(k->content));
        else if (is_named(k, "value"))
            lower_place(l, k, true);
        else if (k->type == XML_ELEMENT_NODE)
            wrong(l, "puts something else than text and fx:value into fx:attr");
    }
    fc_buf_char(&l->text, '"');
}

#define LEAST_MAX 99 /* further rows: more than anybody adds in one sitting */

static bool read_least(lowering *l, xmlNodePtr n, fc_op *rows)
{
    fc_str s = attr(l, n, "least");
    bool good = rows->code == FC_OP_FURTHER && s.n > 0;
    for (size_t i = 0; i < s.n && good; i++) {
        rows->least = rows->least * 10 + (size_t)(s.p[i] - '0');
        good = s.p[i] >= '0' && s.p[i] <= '9' && rows->least <= LEAST_MAX;
    }
    if (!good)
        wrong(l,
              "has a \"least\" that is not a number from 0 to %d, or not one of further rows",
              LEAST_MAX);
    return good;
}

/* fx:rows, also of further ones, or fx:new-row: the pattern of a row that is not there yet. */
static void lower_rows(lowering *l, xmlNodePtr n, fc_opcode code)
{
    fc_op rows = {.code = code};
    if (find_attr(n, "which")) {
        rows.code = FC_OP_FURTHER;
        if (!fc_str_eq_z(attr(l, n, "which"), "further")) {
            wrong(l, "asks for rows that are something else than \"further\"");
            return;
        }
    }
    if (find_attr(n, "least") && !read_least(l, n, &rows))
        return;
    const fc_node *repeat = repeat_of(l, n, "repeat");
    if (!repeat)
        return;
    if (l->rows) {
        wrong(l, "has fx:rows inside fx:rows");
        return;
    }
    rows.container = l->rows = repeat->container;
    l->further = rows.code == FC_OP_FURTHER;
    size_t op = begin_body(l, rows);
    lower_children(l, n->children);
    end_body(l, op);
    l->rows = NULL;
    l->further = false;
}

static void lower_lines(lowering *l, xmlNodePtr n)
{
    const fc_node *f = field_of(l, n, "field");
    if (!f)
        return;
    if (l->in_lines) {
        wrong(l, "has fx:lines inside fx:lines");
        return;
    }
    bool visible = fc_str_eq_z(attr(l, n, "of"), "visible");
    if (!visible && xmlHasProp(n, (const xmlChar *)"of")) {
        wrong(l, "asks for the lines of something else than \"visible\"");
        return;
    }
    if (!visible && !l->further)
        l->placed[f->ordinal - 1] = true;
    l->in_lines = true;
    fc_op lines = {.code = FC_OP_LINES,
                   .field = f,
                   .as = visible ? FC_AS_VISIBLE : FC_AS_TEXT,
                   .tabs = fc_str_eq_z(attr(l, n, "tabs"), "yes")};
    size_t op = begin_body(l, lines);
    lower_children(l, n->children);
    end_body(l, op);
    l->in_lines = false;
}

/* fx:owners, and fx:findings inside it. */
static void lower_findings(lowering *l, xmlNodePtr n, fc_opcode code)
{
    bool *inside = code == FC_OP_OWNERS ? &l->in_owners : &l->in_findings;
    if (*inside || (code == FC_OP_FINDINGS && !l->in_owners)) {
        wrong(l,
              "has fx:%s where it cannot stand: fx:owners holds fx:findings, and neither "
              "holds itself",
              (const char *)n->name);
        return;
    }
    *inside = true;
    size_t op = begin_body(l, (fc_op){.code = code});
    lower_children(l, n->children);
    end_body(l, op);
    *inside = false;
}

/* The tests: the attribute's name, its value ("" for a field's path) and what it means. */
static const struct {
    const char *attribute, *value;
    fc_test test;
} tests[] = {
    {"answered", "", FC_WHEN_ANSWERED},
    {"blank", "", FC_WHEN_BLANK},
    {"absent", "", FC_WHEN_ABSENT},
    {"unreadable", "", FC_WHEN_UNREADABLE},
    {"readable", "", FC_WHEN_READABLE},
    {"line", "first", FC_WHEN_FIRST_LINE},
    {"line", "later", FC_WHEN_LATER_LINE},
    {"line", "tab", FC_WHEN_TAB},
    {"row", "first", FC_WHEN_FIRST_ROW},
    {"row", "later", FC_WHEN_LATER_ROW},
    {"plan", "yes", FC_WHEN_PLAN},
    {"plan", "no", FC_WHEN_NO_PLAN},
    {"stale", "", FC_WHEN_STALE},
    {"untouched", "", FC_WHEN_UNTOUCHED},
    {"conflict", "", FC_WHEN_CONFLICT},
    {"conflict-blank", "", FC_WHEN_CONFLICT_BLANK},
    {"many-lines", "", FC_WHEN_MANY_LINES},
    {"ltr", "", FC_WHEN_LTR},
    {"rtl", "", FC_WHEN_RTL},
    {"visible-ltr", "", FC_WHEN_VISIBLE_LTR},
    {"visible-rtl", "", FC_WHEN_VISIBLE_RTL},
    {"unlisted", "", FC_WHEN_UNLISTED},
    {"findings", "some", FC_WHEN_FINDINGS},
    {"findings", "none", FC_WHEN_NO_FINDINGS},
    {"finding", "error", FC_WHEN_ERROR},
    {"finding", "warning", FC_WHEN_WARNING},
    {"finding", "advice", FC_WHEN_ADVICE},
    {"finding", "why", FC_WHEN_WHY},
    {"finding", "part", FC_WHEN_PART},
    {"checked-stage", "yes", FC_WHEN_STAGE_CHECKED},
    {"checked-stage", "no", FC_WHEN_NO_STAGE_CHECKED},
    {"checked-party", "yes", FC_WHEN_ONE_PARTY},
    {"checked-party", "no", FC_WHEN_ALL_PARTIES},
    {"any-further", "yes", FC_WHEN_ANY_FURTHER},
};

/* Whether a repeat has rows, or may have more: the attribute with its path. */
static const struct {
    const char *attribute;
    fc_test test;
} row_tests[] = {
    {"rows", FC_WHEN_ROWS}, {"no-rows", FC_WHEN_NO_ROWS}, {"further", FC_WHEN_FURTHER}};

static bool read_test(lowering *l, xmlNodePtr n, fc_op *op)
{
    bool chosen = find_attr(n, "chosen") != NULL;
    if (chosen || find_attr(n, "unchosen")) {
        op->test = chosen ? FC_WHEN_CHOSEN : FC_WHEN_UNCHOSEN;
        op->text = attr(l, n, "chosen");
        op->field = field_of(l, n, "field");
        if (!op->field)
            return false;
        if (chosen && op->field->type != FC_CHOICES)
            return true;
        if (!choice_of(l, n, chosen ? "chosen" : "unchosen", op))
            return false;
        if (chosen && !l->further)
            l->boxes[op->field->ordinal - 1] |= (uint64_t)1 << op->choice;
        return true;
    }
    if (find_attr(n, "reason")) {
        op->test = FC_WHEN_REASON;
        op->text = attr(l, n, "reason");
        return (op->field = field_of(l, n, "field")) != NULL;
    }
    for (size_t i = 0; i < sizeof row_tests / sizeof *row_tests; i++)
        if (find_attr(n, row_tests[i].attribute)) {
            const fc_node *repeat = repeat_of(l, n, row_tests[i].attribute);
            op->test = row_tests[i].test;
            op->container = repeat ? repeat->container : NULL;
            return repeat != NULL;
        }
    int found = 0;
    const char *path_in = NULL;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        xmlAttrPtr at = find_attr(n, tests[i].attribute);
        fc_str v = at ? value_of(l, at) : (fc_str){0};
        if (!v.n || (tests[i].value[0] && !fc_str_eq_z(v, tests[i].value)))
            continue;
        op->test = tests[i].test;
        path_in = tests[i].value[0] ? NULL : tests[i].attribute;
        found++;
    }
    bool needs_lines = op->test == FC_WHEN_FIRST_LINE || op->test == FC_WHEN_LATER_LINE ||
                       op->test == FC_WHEN_TAB;
    bool needs_rows = op->test == FC_WHEN_FIRST_ROW || op->test == FC_WHEN_LATER_ROW;
    if (found != 1 || find_attr(n, "field")) {
        wrong(l, "has an fx:when without exactly one test that exists");
        return false;
    }
    bool needs_finding = op->test == FC_WHEN_ERROR || op->test == FC_WHEN_WARNING ||
                         op->test == FC_WHEN_ADVICE || op->test == FC_WHEN_WHY ||
                         op->test == FC_WHEN_PART;
    if (needs_finding && !l->in_findings) {
        wrong(l, "tests for a finding outside fx:findings");
        return false;
    }
    if ((needs_lines && !l->in_lines) || (needs_rows && !l->rows)) {
        wrong(l, "tests for a line or row outside fx:lines or fx:rows");
        return false;
    }
    if (!path_in)
        return true;
    if (!(op->field = field_of(l, n, path_in)))
        return false;
    if (op->test == FC_WHEN_STALE && op->field->type != FC_MARK) {
        wrong(l, "asks whether \"%.*s\" is stale, which is not a mark",
              FC_ARG(op->field->path));
        return false;
    }
    if (op->test == FC_WHEN_UNLISTED && !op->field->choices) {
        wrong(l, "asks whether \"%.*s\" is in its list, which has none",
              FC_ARG(op->field->path));
        return false;
    }
    return true;
}

/* fx:attr, or an fx:when that holds nothing else: they stand before an element's content. */
static bool is_attr_place(xmlNodePtr n)
{
    if (is_named(n, "attr"))
        return true;
    if (!is_named(n, "when") || !n->children)
        return false;
    for (xmlNodePtr k = n->children; k; k = k->next)
        if (!is_named(k, "attr"))
            return false;
    return true;
}

static void lower_when(lowering *l, xmlNodePtr n)
{
    fc_op when = {.code = FC_OP_WHEN, .choice = -1};
    if (!read_test(l, n, &when))
        return;
    size_t op = begin_body(l, when);
    if (is_attr_place(n))
        for (xmlNodePtr k = n->children; k; k = k->next)
            lower_attr(l, k);
    else
        lower_children(l, n->children);
    end_body(l, op);
}

static bool check_attributes(lowering *l, xmlNodePtr n)
{
    static const char *const when_too[] = {"unlisted",    "many-lines",    "stale",
                                           "line",        "row",           "plan",
                                           "untouched",   "conflict",      "conflict-blank",
                                           "reason",      "unchosen",      "rows",
                                           "no-rows",     "ltr",           "rtl",
                                           "visible-ltr", "visible-rtl",   "findings",
                                           "finding",     "checked-stage", "further",
                                           "any-further", "checked-party"};
    const place_element *e = NULL;
    for (size_t i = 0; i < sizeof place_elements / sizeof *place_elements; i++)
        if (fc_str_eq_z(of_xml(n->name), place_elements[i].name))
            e = &place_elements[i];
    if (!e) {
        wrong(l, "uses an element that does not exist: fx:%s", (const char *)n->name);
        return false;
    }
    for (xmlAttrPtr at = n->properties; at; at = at->next) {
        bool known = false;
        for (size_t i = 0; i < PLACE_ATTRIBUTES && e->attributes[i]; i++)
            known |= fc_str_eq_z(of_xml(at->name), e->attributes[i]);
        for (size_t i = 0;
             strcmp(e->name, "when") == 0 && i < sizeof when_too / sizeof *when_too; i++)
            known |= fc_str_eq_z(of_xml(at->name), when_too[i]);
        if (!known) {
            wrong(l, "gives fx:%s an attribute that does not exist: \"%s\"",
                  (const char *)n->name, (const char *)at->name);
            return false;
        }
    }
    return true;
}

static void lower_place(lowering *l, xmlNodePtr n, bool in_attr)
{
    if (!check_attributes(l, n))
        return;
    if (is_named(n, "value"))
        lower_value(l, n, in_attr);
    else if (is_named(n, "rows"))
        lower_rows(l, n, FC_OP_ROWS);
    else if (is_named(n, "new-row"))
        lower_rows(l, n, FC_OP_NEW_ROW);
    else if (is_named(n, "lines"))
        lower_lines(l, n);
    else if (is_named(n, "owners"))
        lower_findings(l, n, FC_OP_OWNERS);
    else if (is_named(n, "findings"))
        lower_findings(l, n, FC_OP_FINDINGS);
    else if (is_attr_place(n))
        wrong(l, "has fx:attr after other content");
    else
        lower_when(l, n);
}

static bool is_html(const lowering *l, xmlNodePtr n, const char *const *names)
{
    return l->html && fc_in_list(names, of_xml(n->name));
}

static void put_name(lowering *l, xmlNsPtr ns, const xmlChar *name)
{
    if (ns && ns->prefix && !l->html) {
        fc_buf_z(&l->text, (const char *)ns->prefix);
        fc_buf_char(&l->text, ':');
    }
    fc_buf_z(&l->text, (const char *)name);
}

static void put_namespaces(lowering *l, xmlNodePtr n)
{
    for (xmlNsPtr ns = n->nsDef; ns; ns = ns->next) {
        bool drop = false;
        for (size_t i = 0; i < sizeof dropped_namespaces / sizeof *dropped_namespaces; i++)
            drop |= ns->href && fc_str_eq_z(of_xml(ns->href), dropped_namespaces[i]);
        if (drop)
            continue;
        fc_buf_z(&l->text, ns->prefix ? " xmlns:" : " xmlns");
        if (ns->prefix)
            fc_buf_z(&l->text, (const char *)ns->prefix);
        fc_buf_z(&l->text, "=\"");
        fc_xml_attr_value(&l->text, of_xml(ns->href));
        fc_buf_char(&l->text, '"');
    }
}

/* The text of a script or of a style sheet. What would end it, or begin a comment of HTML in
 * it, cannot be escaped, so it is refused. */
static void lower_raw(lowering *l, xmlNodePtr first)
{
    static const char *const ends[] = {"</script", "</style", "<script", "<!--"};
    size_t from = l->text.n;
    for (xmlNodePtr n = first; n; n = n->next)
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            fc_buf_str(&l->text, of_xml(n->content));
        else if (n->type == XML_ELEMENT_NODE)
            wrong(l, "puts an element into a script or style");
    for (size_t i = from; i < l->text.n; i++)
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (strncasecmp(l->text.p + i, ends[k], strlen(ends[k])) == 0) {
                wrong(l, "has \"%s\" in a script or style, which would end it", ends[k]);
                return;
            }
}

static void lower_element(lowering *l, xmlNodePtr n)
{
    if (++l->depth > DEPTH_MAX) {
        wrong(l, "nests elements deeper than %d", DEPTH_MAX);
        l->depth--;
        return;
    }
    fc_buf_char(&l->text, '<');
    put_name(l, n->ns, n->name);
    put_namespaces(l, n);
    for (xmlAttrPtr at = n->properties; at; at = at->next) {
        fc_buf_char(&l->text, ' ');
        put_name(l, at->ns, at->name);
        fc_buf_z(&l->text, "=\"");
        fc_xml_attr_value(&l->text, value_of(l, at));
        fc_buf_char(&l->text, '"');
    }
    xmlNodePtr k = n->children;
    for (; k && is_attr_place(k); k = k->next) {
        if (!check_attributes(l, k))
            continue;
        if (is_named(k, "attr"))
            lower_attr(l, k);
        else
            lower_when(l, k);
    }
    if (is_html(l, n, void_elements)) {
        fc_buf_char(&l->text, '>');
        if (k)
            wrong(l, "puts something into <%s>, which has no content", (const char *)n->name);
    } else if (k || l->html) {
        fc_buf_z(&l->text, is_html(l, n, line_elements) ? ">\n" : ">");
        if (is_html(l, n, raw_elements))
            lower_raw(l, k);
        else
            lower_children(l, k);
        fc_buf_z(&l->text, "</");
        put_name(l, n->ns, n->name);
        fc_buf_char(&l->text, '>');
    } else {
        fc_buf_z(&l->text, "/>");
    }
    l->depth--;
}

/* Text of a page that runs from right to left and may hold elements. */
static bool is_right_to_left(const lowering *l, xmlNodePtr text)
{
    if (!l->html || is_html(l, text->parent, text_elements))
        return false;
    for (xmlNodePtr n = text->parent; n && n->type == XML_ELEMENT_NODE; n = n->parent) {
        xmlAttrPtr dir = xmlHasProp(n, (const xmlChar *)"dir");
        if (dir)
            return fc_str_eq_z(value_of(l, dir), "rtl");
    }
    return false;
}

static void lower_children(lowering *l, xmlNodePtr first)
{
    for (xmlNodePtr n = first; n; n = n->next) {
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            is_right_to_left(l, n) ? fc_html_text(l->b->arena, &l->text, of_xml(n->content))
                                   : fc_xml_text(&l->text, of_xml(n->content));
        else if (is_place(n))
            lower_place(l, n, false);
        else if (n->type == XML_ELEMENT_NODE)
            lower_element(l, n);
    }
}

/* A field without a place of its own has one for each of its choices, or a diagnostic. */
static void check_places(lowering *l, const fc_node *f)
{
    uint64_t boxes = l->boxes[f->ordinal - 1];
    if (!boxes) {
        wrong(l, "has no place for the answer to \"%.*s\"", FC_ARG(f->path));
        return;
    }
    for (size_t i = 0; i < f->choices->list.n; i++)
        if (!(boxes >> i & 1u))
            wrong(l, "has no place for the choice \"%.*s\" of \"%.*s\"",
                  FC_ARG(f->choices->list.at[i].id), FC_ARG(f->path));
}

fc_status fc_lower(fc_build *b, const char *sheet, xmlDocPtr doc, bool all_fields,
                   const fc_program **out)
{
    const fc_form *f = b->form;
    lowering l = {.b = b, .sheet = sheet};
    l.g = FC_NEW(b->arena, fc_program);
    l.g->form = f;
    l.placed = FC_NEW_N(b->arena, bool, f->fields.n);
    l.boxes = FC_NEW_N(b->arena, uint64_t, f->fields.n);
    fc_buf_init_in(&l.text, b->arena, FC_BUF_MAX);
    *out = NULL;
    xmlNodePtr root = xmlDocGetRootElement(doc);
    if (!root || is_place(root)) {
        wrong(&l, "does not produce a document");
        return FC_FOUND;
    }
    l.html = root->ns && fc_str_eq_z(of_xml(root->ns->href), HTML_NS);
    fc_buf_z(&l.text, l.html ? "<!DOCTYPE html>\n"
                             : "<?xml version=\"1.0\" encoding=\"UTF-8\" "
                               "standalone=\"yes\"?>\n");
    lower_children(&l, root);
    flush(&l);
    for (size_t i = 0; all_fields && i < f->fields.n; i++)
        if (!l.placed[i])
            check_places(&l, f->fields.at[i]);
    l.g->text = fc_buf_keep(&l.text, b->arena);
    fc_buf_release(&l.text);
    *out = l.g;
    return l.errors ? FC_FOUND : FC_OK;
}
