/* Reading a plan. The bytes are looked through (no DOCTYPE, bounded tags and depth), parsed by
 * libxml2, then walked beside the model: every element is found in the form or reported. No
 * message quotes an answer, and the source is marked private so that none shows an excerpt. */
#include "runtime/plan/plan.h"
#include "runtime/base/xmlguard.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define PLAN_BYTES_MAX ((size_t)32 << 20) /* a full plan of 150 questions has about 20 kB */
#define PLAN_ROWS_MAX 9999 /* a document's control ids leave four digits for rows */

typedef struct reader {
    fc_arena *a;
    fc_diags *d;
    const fc_form *form;
    fc_plan *plan;
    uint32_t source;
    fc_str bytes;
    FC_ARRAY(uint32_t) lines; /* byte offset of each line */
    size_t errors_before;
} reader;

static fc_str of_xml(const xmlChar *s)
{
    return fc_str_of((const char *)s);
}

/* libxml2 knows the line of a node; that line's first byte is the place. */
static fc_span place(reader *r, xmlNodePtr n)
{
    long line = xmlGetLineNo(n);
    size_t i = line > 0 ? (size_t)line - 1 : 0;
    uint32_t at = i < r->lines.n ? r->lines.at[i] : 0;
    while (at < r->bytes.n && (r->bytes.p[at] == ' ' || r->bytes.p[at] == '\t'))
        at++;
    return (fc_span){r->source, at, at + 1};
}

static bool in_ns(xmlNodePtr n, fc_str ns)
{
    return n->ns && fc_str_eq(of_xml(n->ns->href), ns);
}

/* An attribute of the plan namespace, copied to the arena; empty when there is none. */
static fc_str plan_attr(reader *r, xmlNodePtr n, const char *name)
{
    xmlChar *v = xmlGetNsProp(n, (const xmlChar *)name, (const xmlChar *)FC_PLAN_NS);
    fc_str s = v ? fc_str_copy(r->a, of_xml(v)) : (fc_str){0};
    xmlFree(v);
    return s;
}

/* Into the value space of text: newlines are LF, only white space is no answer. */
static fc_str value_of(reader *r, xmlNodePtr n)
{
    xmlChar *raw = xmlNodeGetContent(n);
    if (!raw)
        fc_arena_give_up(r->a);
    fc_str s = of_xml(raw);
    char *out = fc_arena_alloc(r->a, s.n + 1);
    size_t k = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\r')
            out[k++] = s.p[i];
        else if (i + 1 >= s.n || s.p[i + 1] != '\n')
            out[k++] = '\n';
    }
    xmlFree(raw);
    fc_str v = {out, k};
    return fc_str_trim(v).n ? v : (fc_str){0};
}

static const fc_node *find_kid(const fc_node *parent, const fc_form *f, fc_str id)
{
    size_t n = parent ? parent->kids.n : f->top.n;
    for (size_t i = 0; i < n; i++) {
        const fc_node *k = parent ? parent->kids.at[i] : f->top.at[i];
        if (k->id.n && fc_str_eq(k->id, id))
            return k;
        if (k->details && fc_str_eq(k->details->id, id))
            return k->details;
    }
    return NULL;
}

static bool only_white(xmlNodePtr text)
{
    return fc_str_trim(of_xml(text->content)).n == 0;
}

static void read_answer(reader *r, xmlNodePtr n, const fc_node *field, size_t row)
{
    fc_rows *rows = &r->plan->rows[field->container->index];
    fc_answer *answer = &rows->list.at[field->container->repeat ? row : 0].answers[field->slot];
    if (answer->text.n || answer->absent.n) {
        fc_report(r->d, FC_ERROR, "P110", place(r, n),
                  "the answer to \"%.*s\" stands here twice", FC_ARG(field->path));
        return;
    }
    for (xmlNodePtr k = n->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE) {
            fc_report(r->d, FC_ERROR, "P111", place(r, k),
                      "there is an element inside the answer to \"%.*s\"", FC_ARG(field->path));
            return;
        }
    answer->text = value_of(r, n);
    answer->absent = plan_attr(r, n, "absent");
    xmlChar *lang = xmlNodeGetLang(n);
    if (lang && !fc_str_eq(of_xml(lang), r->form->lang))
        answer->lang = fc_str_copy(r->a, of_xml(lang));
    xmlFree(lang);
    if (!answer->absent.n)
        return;
    if (!fc_in_list(fc_absence_reasons, answer->absent)) {
        fc_diag *g =
            fc_report(r->d, FC_ERROR, "P112", place(r, n),
                      "\"%.*s\" is absent for a reason that is not known", FC_ARG(field->path));
        fc_diag_help(r->d, g,
                     "the reasons are: not-asked, asked-unknown, asked-declined, "
                     "not-applicable, unknown, masked");
        answer->absent = (fc_str){0};
    } else if (answer->text.n) {
        fc_report(r->d, FC_ERROR, "P113", place(r, n),
                  "\"%.*s\" has both an answer and a reason for having none",
                  FC_ARG(field->path));
        answer->absent = (fc_str){0};
    }
}

/* Only a question can have a reason; one on a part of the form would be lost. */
static void refuse_reason(reader *r, xmlNodePtr n, fc_str path)
{
    if (!xmlHasNsProp(n, (const xmlChar *)"absent", (const xmlChar *)FC_PLAN_NS))
        return;
    fc_diag *g = fc_report(r->d, FC_ERROR, "P114", place(r, n),
                           "\"%.*s\" is no question, so it cannot be absent", FC_ARG(path));
    fc_diag_help(r->d, g, "say p:absent on each of its questions");
}

static void read_kids(reader *r, xmlNodePtr parent, const fc_node *node, size_t row);

static void read_row(reader *r, xmlNodePtr n, const fc_node *repeat)
{
    fc_rows *rows = &r->plan->rows[repeat->container->index];
    if (rows->list.n >= PLAN_ROWS_MAX) {
        fc_report(r->d, FC_ERROR, "P120", place(r, n), "\"%.*s\" has more than %d rows",
                  FC_ARG(repeat->path), PLAN_ROWS_MAX);
        return;
    }
    fc_str id = plan_attr(r, n, "row");
    for (size_t i = 0; id.n && i < rows->list.n; i++)
        if (fc_str_eq(rows->list.at[i].id, id)) {
            fc_report(r->d, FC_ERROR, "P121", place(r, n),
                      "two rows of \"%.*s\" have the same id", FC_ARG(repeat->path));
            return;
        }
    fc_plan_add_row(r->plan, repeat->container, id);
    read_kids(r, n, repeat, rows->list.n - 1);
}

static void read_kids(reader *r, xmlNodePtr parent, const fc_node *node, size_t row)
{
    for (xmlNodePtr n = parent->children; n; n = n->next) {
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && !only_white(n)) {
            fc_report(r->d, FC_ERROR, "P101", place(r, n), "there is text outside any answer");
            continue;
        }
        if (n->type != XML_ELEMENT_NODE || (!node && in_ns(n, FC_S(FC_PLAN_NS))))
            continue;
        const fc_node *k =
            in_ns(n, r->form->data_ns) ? find_kid(node, r->form, of_xml(n->name)) : NULL;
        if (!k) {
            fc_str path = node ? node->path : r->form->id;
            fc_report(r->d, FC_ERROR, "P102", place(r, n),
                      "there is no question of this name in \"%.*s\"", FC_ARG(path));
            continue;
        }
        if (k->kind == FC_FIELD) {
            read_answer(r, n, k, row);
            continue;
        }
        refuse_reason(r, n, k->path);
        if (k->kind == FC_REPEAT)
            read_row(r, n, k);
        else
            read_kids(r, n, k, row);
    }
}

/* An attribute without a namespace, copied to the arena; empty when there is none. */
static fc_str bare_attr(reader *r, xmlNodePtr n, const char *name)
{
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    fc_str s = v ? fc_str_copy(r->a, of_xml(v)) : (fc_str){0};
    xmlFree(v);
    return s;
}

static bool is_plan_element(xmlNodePtr n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && in_ns(n, FC_S(FC_PLAN_NS)) &&
           fc_str_eq_z(of_xml(n->name), name);
}

/* Reports what formc would not write back: an attribute or a child that is not among these. */
static void only(reader *r, xmlNodePtr n, const char *const *attributes,
                 const char *const *children)
{
    for (xmlAttrPtr at = n->properties; at; at = at->next)
        if (at->ns || !fc_in_list(attributes, of_xml(at->name)))
            fc_report(r->d, FC_ERROR, "P131", place(r, n),
                      "this part of the plan has an attribute that does not belong there");
    for (xmlNodePtr k = n->children; k; k = k->next) {
        bool text = k->type == XML_TEXT_NODE || k->type == XML_CDATA_SECTION_NODE;
        if (text ? !only_white(k)
                 : k->type == XML_ELEMENT_NODE &&
                       (!in_ns(k, FC_S(FC_PLAN_NS)) || !fc_in_list(children, of_xml(k->name))))
            fc_report(r->d, FC_ERROR, "P103", place(r, k),
                      "this is not part of what a plan keeps about itself");
    }
}

static void check_moment(reader *r, xmlNodePtr n, fc_str at)
{
    if (!fc_is_moment(at))
        fc_report(r->d, FC_ERROR, "P132", place(r, n),
                  "this has no time in UTC, like 2026-01-31T10:04:00Z");
}

static void check_author(reader *r, xmlNodePtr n, fc_str by)
{
    if (!fc_is_author(r->form, by))
        fc_report(r->d, FC_ERROR, "P133", place(r, n),
                  "this was done by nobody who is a party of the form");
}

static bool is_digest(fc_str s)
{
    if (s.n != 7 + 64 || !fc_str_starts(s, "sha256:"))
        return false;
    for (size_t i = 7; i < s.n; i++)
        if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
            return false;
    return true;
}

static void check_digest(reader *r, xmlNodePtr n, fc_str digest)
{
    if (!is_digest(digest))
        fc_report(r->d, FC_ERROR, "P134", place(r, n),
                  "this has no digest, which is sha256: and 64 digits");
}

static fc_answer read_side(reader *r, xmlNodePtr n)
{
    static const char *const attributes[] = {"absent", NULL};
    fc_answer side = {.absent = bare_attr(r, n, "absent")};
    xmlChar *lang = xmlNodeGetLang(n);
    if (lang && !fc_str_eq(of_xml(lang), r->form->lang))
        side.lang = fc_str_copy(r->a, of_xml(lang));
    xmlFree(lang);
    side.text = value_of(r, n);
    for (xmlAttrPtr at = n->properties; at; at = at->next)
        if (at->ns ? !fc_str_eq_z(of_xml(at->ns->href), "http://www.w3.org/XML/1998/namespace")
                   : !fc_in_list(attributes, of_xml(at->name)))
            fc_report(r->d, FC_ERROR, "P131", place(r, n),
                      "this part of the plan has an attribute that does not belong there");
    for (xmlNodePtr k = n->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE)
            fc_report(r->d, FC_ERROR, "P111", place(r, k),
                      "there is an element inside a side of this conflict");
    if (side.absent.n && (side.text.n || !fc_in_list(fc_absence_reasons, side.absent)))
        fc_report(r->d, FC_ERROR, "P112", place(r, n),
                  "a side of this conflict is absent for a reason that is not known");
    return side;
}

static void read_conflict(reader *r, xmlNodePtr n)
{
    static const char *const attributes[] = {"path", NULL}, *const children[] = {
                                                                "stored", "visible", NULL};
    fc_place at;
    fc_conflict c = {0};
    unsigned sides = 0;
    only(r, n, attributes, children);
    if (!fc_plan_find(r->plan, bare_attr(r, n, "path"), &at)) {
        fc_report(r->d, FC_ERROR, "P135", place(r, n),
                  "this names an answer or row that is not in the plan");
        return;
    }
    c.field = at.field;
    if (at.field->container->repeat)
        c.row = r->plan->rows[at.field->container->index].list.at[at.row].id;
    for (xmlNodePtr k = n->children; k; k = k->next) {
        if (is_plan_element(k, "stored")) {
            c.stored = read_side(r, k);
            sides += 1;
        } else if (is_plan_element(k, "visible")) {
            c.visible = read_side(r, k);
            sides += 0x100;
        }
    }
    if (sides != 0x101)
        fc_report(r->d, FC_ERROR, "P136", place(r, n),
                  "a conflict has one stored and one visible answer");
    else if (!fc_plan_add_conflict(r->plan, c))
        fc_report(r->d, FC_ERROR, "P110", place(r, n),
                  "the conflict about \"%.*s\" stands here twice", FC_ARG(c.field->path));
}

static void read_mark(reader *r, xmlNodePtr n)
{
    static const char *const attributes[] = {"path", "at", "by", "own", "covers", NULL},
                             *const children[] = {NULL};
    fc_place at;
    only(r, n, attributes, children);
    if (!fc_plan_find(r->plan, bare_attr(r, n, "path"), &at) || at.field->type != FC_MARK) {
        fc_report(r->d, FC_ERROR, "P135", place(r, n),
                  "this names no mark of the form's signatures");
        return;
    }
    fc_mark m = {.field = at.field,
                 .at = bare_attr(r, n, "at"),
                 .by = bare_attr(r, n, "by"),
                 .own = bare_attr(r, n, "own"),
                 .covers = bare_attr(r, n, "covers")};
    check_moment(r, n, m.at);
    check_author(r, n, m.by);
    check_digest(r, n, m.own);
    check_digest(r, n, m.covers);
    if (fc_plan_mark(r->plan, m.field)) {
        fc_report(r->d, FC_ERROR, "P110", place(r, n), "what \"%.*s\" covers stands here twice",
                  FC_ARG(m.field->path));
        return;
    }
    FC_PUSH(r->a, &r->plan->marks, m);
    for (size_t i = r->plan->marks.n - 1; i > 0; i--) {
        fc_mark before = r->plan->marks.at[i - 1];
        if (before.field->ordinal < m.field->ordinal)
            break;
        r->plan->marks.at[i - 1] = m;
        r->plan->marks.at[i] = before;
    }
}

static void read_entry(reader *r, xmlNodePtr n)
{
    static const char *const attributes[] = {"n",   "at",   "by", "via", "file",
                                             "did", "path", "to", NULL},
                             *const children[] = {NULL};
    only(r, n, attributes, children);
    fc_change e = {.at = bare_attr(r, n, "at"),
                   .by = bare_attr(r, n, "by"),
                   .via = bare_attr(r, n, "via"),
                   .file = bare_attr(r, n, "file"),
                   .did = bare_attr(r, n, "did"),
                   .path = bare_attr(r, n, "path"),
                   .to = bare_attr(r, n, "to")};
    check_moment(r, n, e.at);
    check_author(r, n, e.by);
    if (e.file.n)
        check_digest(r, n, e.file);
    if (!fc_in_list(fc_plan_deeds, e.did))
        fc_report(r->d, FC_ERROR, "P137", place(r, n),
                  "this entry of the history does not say what was done");
    if (!fc_str_eq(bare_attr(r, n, "n"), fc_str_fmt(r->a, "%zu", r->plan->history.n + 1)))
        fc_report(r->d, FC_ERROR, "P138", place(r, n),
                  "the entries of the history are not counted 1, 2, 3 and so on: one is "
                  "missing or was moved");
    FC_PUSH(r->a, &r->plan->history, e);
}

/* What a plan keeps about itself: the parts, in this order, and what each consists of. */
static const struct {
    const char *name, *child;
    void (*read)(reader *r, xmlNodePtr n);
} parts[] = {{"conflicts", "conflict", read_conflict},
             {"marks", "mark", read_mark},
             {"history", "entry", read_entry}};

#define PARTS (sizeof parts / sizeof *parts)

static void read_part(reader *r, xmlNodePtr n, size_t part)
{
    static const char *const no_attributes[] = {NULL};
    const char *const children[] = {parts[part].child, NULL};
    only(r, n, no_attributes, children);
    for (xmlNodePtr k = n->children; k; k = k->next)
        if (is_plan_element(k, parts[part].child))
            parts[part].read(r, k);
}

static void read_parts(reader *r, xmlNodePtr root)
{
    bool seen[PARTS] = {0};
    for (xmlNodePtr n = root->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || !in_ns(n, FC_S(FC_PLAN_NS)))
            continue;
        size_t i = 0;
        while (i < PARTS && !is_plan_element(n, parts[i].name))
            i++;
        if (i == PARTS || seen[i]) {
            fc_report(r->d, FC_ERROR, "P103", place(r, n),
                      i == PARTS ? "this element is not part of a plan"
                                 : "this part of the plan stands here twice");
            continue;
        }
        seen[i] = true;
        read_part(r, n, i);
    }
    fc_plan_look_at_marks(r->plan);
}

static bool read_root(reader *r, xmlNodePtr root)
{
    const fc_form *f = r->form;
    fc_str form = plan_attr(r, root, "form");
    if (!in_ns(root, f->data_ns) || !fc_str_eq(of_xml(root->name), f->id) ||
        (form.n && !fc_str_eq(form, f->id))) {
        fc_report(r->d, FC_ERROR, "P003", place(r, root),
                  "this is not a plan of the form \"%.*s\"", FC_ARG(f->id));
        return false;
    }
    refuse_reason(r, root, f->id);
    fc_plan *p = r->plan;
    fc_str version = plan_attr(r, root, "version");
    if (version.n && !fc_str_eq(version, f->version)) {
        fc_diag *g = fc_report(r->d, FC_ERROR, "P004", place(r, root),
                               "this plan was made with version \"%.*s\" of the form, and this "
                               "is version \"%.*s\"",
                               FC_ARG(version), FC_ARG(f->version));
        fc_diag_help(r->d, g, "use the definition of that version");
        return false;
    }
    fc_str digest = plan_attr(r, root, "definition");
    if (digest.n && !fc_str_eq(digest, f->digest))
        fc_report(r->d, fc_str_eq_z(f->status, "draft") ? FC_ADVICE : FC_ERROR, "P005",
                  place(r, root), "the form's definition has changed since this plan was made");
    if (digest.n)
        p->digest = digest;
    p->id = plan_attr(r, root, "id");
    p->revision = plan_attr(r, root, "revision");
    p->stage = plan_attr(r, root, "stage");
    if (p->stage.n && fc_form_stage(f, p->stage) < 0) {
        fc_report(r->d, FC_ERROR, "P006", place(r, root),
                  "the stage of this plan is not one of the form's stages");
        p->stage = (fc_str){0};
    }
    p->synthetic = fc_str_eq_z(plan_attr(r, root, "synthetic"), "yes");
    return true;
}

static void free_doc(void *doc)
{
    xmlFreeDoc(doc);
}

fc_status fc_plan_read(fc_arena *a, const fc_form *f, fc_str bytes, fc_str name, fc_diags *d,
                       fc_plan **plan)
{
    reader r = {.a = a, .d = d, .form = f, .bytes = bytes, .errors_before = d->errors};
    *plan = NULL;
    r.source = fc_diags_source(d, name, bytes);
    d->sources.at[r.source]->private_ = true;
    size_t at = 0;
    if (bytes.n > PLAN_BYTES_MAX) {
        fc_report(d, FC_ERROR, "P001", (fc_span){r.source, 0, 0},
                  "this file is larger than formc reads as a plan");
        return FC_REFUSED;
    }
    fc_xml_guard_verdict v = fc_xml_guard(bytes, &at);
    if (v != FC_XML_PASSES) {
        fc_report(d, FC_ERROR, "P001", (fc_span){r.source, (uint32_t)at, (uint32_t)at + 1},
                  "%s", fc_xml_guard_words(v));
        return FC_REFUSED;
    }
    FC_PUSH(a, &r.lines, 0u);
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == '\n')
            FC_PUSH(a, &r.lines, (uint32_t)(i + 1));

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
        size_t i = line > 0 && (size_t)line <= r.lines.n ? (size_t)line - 1 : 0;
        fc_report(d, FC_ERROR, "P002", (fc_span){r.source, r.lines.at[i], r.lines.at[i]},
                  "this is not well-formed XML from here on");
        return FC_REFUSED;
    }
    fc_arena_defer(a, free_doc, doc);
    r.plan = fc_plan_new(a, f);
    r.plan->digest = (fc_str){0};
    xmlNodePtr root = xmlDocGetRootElement(doc);
    if (!read_root(&r, root))
        return FC_REFUSED;
    read_kids(&r, root, NULL, 0);
    read_parts(&r, root);
    *plan = r.plan;
    return d->errors > r.errors_before ? FC_FOUND : FC_OK;
}
