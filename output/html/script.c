/* The script of a page: the form and its rules, one function a rule, between the parts that are
 * the same for every form (styles/base/html/). */
#include "output/html/html.h"
#include "runtime/base/jsonwrite.h"
#include "runtime/form/words.h"

#include <string.h>

static void drop_buf(void *b)
{
    fc_buf_release(b);
}

fc_buf *fc_html_buf(fc_arena *a)
{
    fc_buf *b = FC_NEW(a, fc_buf);
    fc_buf_init(b, FC_BUF_MAX);
    fc_arena_defer(a, drop_buf, b);
    return b;
}

void fc_html_json(fc_buf *b, fc_str json)
{
    size_t from = 0;
    for (size_t i = 0; i < json.n; i++)
        if (json.p[i] == '<') { /* only in strings: JSON has no other use for it */
            fc_buf_add(b, json.p + from, i - from);
            fc_buf_z(b, "\\u003c");
            from = i + 1;
        }
    if (json.n)
        fc_buf_add(b, json.p + from, json.n - from);
}

void fc_html_literal(fc_arena *a, fc_buf *b, fc_str s)
{
    fc_buf text;
    fc_buf_init_in(&text, a, FC_BUF_MAX);
    fc_json_string(&text, s);
    fc_html_json(b, fc_buf_view(&text));
    b->failed |= text.failed;
    fc_buf_release(&text);
}

/* Text for the inside of a comment: what could end the comment or the script is a dot. */
static void put_comment(fc_buf *b, fc_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || (c && strchr(" _'().,:/-", c));
        fc_buf_char(b, plain ? c : '.');
    }
}

/* , "name": "text"; nothing for an empty text. */
static void put_text(fc_html_unit *u, fc_buf *b, const char *name, fc_str text)
{
    if (!text.n)
        return;
    fc_buf_fmt(b, ", %s: ", name);
    fc_html_literal(u->arena, b, text);
}

static void put_list(fc_html_unit *u, const fc_choices *list, fc_buf *b)
{
    fc_buf_z(b, "    ");
    fc_html_literal(u->arena, b, list->id);
    fc_buf_fmt(b, ": {open: %s, choices: [", list->open ? "true" : "false");
    for (size_t i = 0; i < list->list.n; i++) {
        const fc_choice *c = &list->list.at[i];
        fc_buf_z(b, "\n      {id: ");
        fc_html_literal(u->arena, b, c->id);
        put_text(u, b, "label", c->label);
        for (size_t k = 0; k < c->others.n; k++) {
            fc_buf_z(b, k ? ", " : ", others: [");
            fc_html_literal(u->arena, b, c->others.at[k]);
        }
        fc_buf_z(b, c->others.n ? "]}," : "},");
    }
    fc_buf_z(b, "\n    ]},\n");
}

/* The lists that fields have, each once, in the order of the fields. */
static void put_lists(fc_html_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    FC_ARRAY(const fc_choices *) seen = {0};
    fc_buf_z(b, "  lists: {\n");
    for (size_t i = 0; i < f->fields.n; i++) {
        const fc_choices *list = f->fields.at[i]->choices;
        size_t k = 0;
        while (k < seen.n && seen.at[k] != list)
            k++;
        if (!list || k < seen.n)
            continue;
        FC_PUSH(u->arena, &seen, list);
        put_list(u, list, b);
    }
    fc_buf_z(b, "  },\n");
}

static void put_nodes(fc_html_unit *u, fc_node *const *kids, size_t n, unsigned depth,
                      fc_buf *b);

static void put_node(fc_html_unit *u, const fc_node *n, unsigned depth, fc_buf *b)
{
    static const char *const kinds[] = {[FC_SECTION] = "section",
                                        [FC_GROUP] = "group",
                                        [FC_REPEAT] = "repeat",
                                        [FC_SIGNATURE] = "signature",
                                        [FC_FIELD] = "field"};
    fc_buf_fmt(b, "%*s{kind: \"%s\"", (int)depth * 2, "", kinds[n->kind]);
    put_text(u, b, "id", n->id);
    put_text(u, b, "path", n->path);
    put_text(u, b, "label", n->full_label.n ? n->full_label : n->label);
    if (n->kind == FC_FIELD) {
        fc_buf_fmt(b, ", type: \"%s\"", fc_types[n->type].name);
        if (n->choices)
            put_text(u, b, "choices", n->choices->id);
        put_text(u, b, "pattern", n->pattern);
        if (n->max_length)
            fc_buf_fmt(b, ", max: %u", n->max_length);
        fc_buf_z(b, "},\n");
        if (n->details)
            put_node(u, n->details, depth, b);
        return;
    }
    if (n->kind == FC_REPEAT)
        fc_buf_fmt(b, ", min: %u, max: %u", n->min_rows, n->max_rows);
    for (size_t i = 0; i < n->covers.n; i++) {
        fc_buf_z(b, i ? ", " : ", covers: [");
        fc_html_literal(u->arena, b, n->covers.at[i]->path);
    }
    if (n->covers.n)
        fc_buf_char(b, ']');
    fc_buf_z(b, ", kids: [\n");
    put_nodes(u, n->kids.at, n->kids.n, depth + 1, b);
    fc_buf_fmt(b, "%*s]},\n", (int)depth * 2, "");
}

static void put_nodes(fc_html_unit *u, fc_node *const *kids, size_t n, unsigned depth,
                      fc_buf *b)
{
    for (size_t i = 0; i < n; i++)
        if (kids[i]->kind <= FC_FIELD)
            put_node(u, kids[i], depth, b);
}

/* What the page says by itself; the stylesheet has the other words. */
static const fc_word said[] = {FC_WORD_SAID_UNKNOWN,
                               FC_WORD_SAID_DECLINED,
                               FC_WORD_SAID_NOT_APPLICABLE,
                               FC_WORD_CONFLICT,
                               FC_WORD_SIGN_AGAIN,
                               FC_WORD_WRONG_LENGTH,
                               FC_WORD_WRONG_CHARACTER,
                               FC_WORD_WRONG_CHECK_DIGIT,
                               FC_WORD_NOT_IN_LIST,
                               FC_WORD_WRONG_SHAPE,
                               FC_WORD_TOO_LONG,
                               FC_WORD_IN_ROW,
                               FC_WORD_ROW,
                               FC_WORD_OTHER_ANSWER,
                               FC_WORD_NO_ANSWER,
                               FC_WORD_NOT_LISTED,
                               FC_WORD_STALE,
                               FC_WORD_PLAN,
                               FC_WORD_HTML_WORKED_OUT,
                               FC_WORD_HTML_ERROR,
                               FC_WORD_HTML_ERROR_TITLE,
                               FC_WORD_HTML_WARNING,
                               FC_WORD_HTML_ADVICE,
                               FC_WORD_HTML_REMOVE_ROW,
                               FC_WORD_HTML_WHY_NOT,
                               FC_WORD_HTML_NO_REASON,
                               FC_WORD_HTML_UNREADABLE,
                               FC_WORD_HTML_CLEAR,
                               FC_WORD_WHY_NOT_ASKED,
                               FC_WORD_WHY_ASKED_UNKNOWN,
                               FC_WORD_WHY_ASKED_DECLINED,
                               FC_WORD_WHY_NOT_APPLICABLE,
                               FC_WORD_WHY_UNKNOWN,
                               FC_WORD_WHY_MASKED,
                               FC_WORD_HTML_PROBLEM,
                               FC_WORD_HTML_REMARKS,
                               FC_WORD_HTML_FINE,
                               FC_WORD_HTML_WRONG_DAY,
                               FC_WORD_HTML_OPENED,
                               FC_WORD_HTML_EXTRA,
                               FC_WORD_HTML_CHANGED,
                               FC_WORD_HTML_SAVED,
                               FC_WORD_HTML_UNSAVED,
                               FC_WORD_HTML_REPLACE,
                               FC_WORD_HTML_OTHER_FORMAT,
                               FC_WORD_HTML_NOT_PLAN,
                               FC_WORD_HTML_OTHER_FORM,
                               FC_WORD_HTML_OTHER_VERSION,
                               FC_WORD_HTML_CANNOT_KEEP,
                               FC_WORD_HTML_ANSWERED,
                               FC_WORD_HTML_MISSING,
                               FC_WORD_HTML_DONE,
                               FC_WORD_HTML_NOT_STARTED};

static void put_form(fc_html_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    const struct {
        const char *name;
        fc_str text;
    } head[] = {{"version", f->version},
                {"status", f->status},
                {"digest", f->digest},
                {"ns", f->data_ns},
                {"lang", f->lang}};
    fc_buf_z(b, "const form = {\n  id: ");
    fc_html_literal(u->arena, b, f->id);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_text(u, b, head[i].name, head[i].text);
    fc_buf_z(b, ",\n  stages: [");
    for (size_t i = 0; i < f->stages.n; i++) {
        fc_buf_z(b, i ? ", {id: " : "{id: ");
        fc_html_literal(u->arena, b, f->stages.at[i].id);
        put_text(u, b, "label", f->stages.at[i].label);
        fc_buf_char(b, '}');
    }
    fc_buf_z(b, "],\n  words: {\n");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        fc_buf_fmt(b, "    \"%s\": ", fc_word_ids[said[i]]);
        fc_html_literal(u->arena, b, fc_words(f, said[i]));
        fc_buf_z(b, ",\n");
    }
    fc_buf_z(b, "  },\n");
    put_lists(u, b);
    fc_buf_z(b, "  tree: [\n");
    put_nodes(u, f->top.at, f->top.n, 2, b);
    fc_buf_z(b, "  ],\n};\n\n");
}

/* ---- rules ---- */

/* The function's body and the name it was given, for rules that share one. */
typedef struct shared {
    fc_str body, name;
} shared;

typedef FC_ARRAY(shared) shareds;

static void put_condition(fc_html_unit *u, const fc_expr *when, fc_buf *b)
{
    if (when)
        fc_html_expr(u, when, b);
    else
        fc_buf_z(b, "true");
}

static fc_str body_of(fc_html_unit *u, const fc_rule *r)
{
    fc_buf *b = fc_html_buf(u->arena);
    switch (r->kind) {
    case FC_RULE_TYPE:
        fc_buf_z(b, "readable(");
        fc_html_access(u, r->where, b);
        break;
    case FC_RULE_REQUIRED:
    case FC_RULE_ASKED:
        fc_buf_z(b, r->kind == FC_RULE_ASKED ? "asked(" : "required(");
        put_condition(u, r->when, b);
        fc_buf_z(b, ", ");
        fc_html_access(u, r->where, b);
        break;
    case FC_RULE_MUST:
        fc_buf_z(b, "must(");
        fc_html_expr(u, r->must, b);
        break;
    case FC_RULE_HUMAN: /* not among those that are checked */
        break;
    }
    fc_buf_char(b, ')');
    return fc_buf_keep(b, u->arena);
}

static void put_place(fc_html_unit *u, fc_span at, fc_buf *b)
{
    unsigned line = 1, col = 1;
    if (at.source)
        fc_source_place(u->form->diags, at.source, at.begin, &line, &col);
    put_comment(b, u->form->file);
    fc_buf_fmt(b, ":%u:%u", line, col);
}

/* The rule's function, unless one with the same body is there: rules of a block differ in
 * nothing when they look at their own row alone. Its name. */
static fc_str put_rule(fc_html_unit *u, const fc_rule *r, shareds *known, fc_buf *b)
{
    u->row = r->scope->repeat ? r->scope : NULL;
    fc_str body = body_of(u, r);
    for (size_t i = 0; i < known->n; i++)
        if (fc_str_eq(known->at[i].body, body))
            return known->at[i].name;
    shared s = {body, fc_str_fmt(u->arena, "rule_%.*s", FC_ARG(r->name))};
    FC_PUSH(u->arena, known, s);
    fc_buf_z(b, "/* ");
    put_comment(b, r->id);
    const fc_expr *x = r->must ? r->must : r->when;
    if (x) {
        fc_buf_z(b, ": ");
        put_comment(b, fc_expr_print(u->arena, x, r->scope));
    }
    fc_buf_z(b, " - ");
    put_place(u, r->at, b);
    fc_buf_fmt(b, " */\nconst %.*s = (plan, row, asOf) => %.*s;\n", FC_ARG(s.name),
               FC_ARG(body));
    return s.name;
}

static void put_rules(fc_html_unit *u, fc_buf *b)
{
    static const char *const kinds[] = {[FC_RULE_TYPE] = "type",
                                        [FC_RULE_REQUIRED] = "required",
                                        [FC_RULE_MUST] = "must",
                                        [FC_RULE_ASKED] = "asked"};
    static const char *const severities[] = {"error", "warning", "advice"};
    const fc_form *f = u->form;
    shareds known = {0};
    fc_buf *table = fc_html_buf(u->arena);
    for (size_t i = 0; i < f->n_checks; i++) {
        const fc_rule *r = f->rules.at[i];
        if (r->kind == FC_RULE_HUMAN)
            continue;
        fc_str name = put_rule(u, r, &known, b);
        fc_buf_z(table, "  {id: ");
        fc_html_literal(u->arena, table, r->id);
        fc_buf_fmt(table, ", kind: \"%s\"", kinds[r->kind]);
        put_text(u, table, "where", r->where->path);
        if (r->scope->repeat)
            put_text(u, table, "rows", r->scope->repeat->path);
        fc_buf_fmt(table, ", severity: \"%s\", stage: %u,\n    test: %.*s",
                   severities[r->severity], r->stage, FC_ARG(name));
        put_text(u, table, "message", r->message_text);
        fc_buf_z(table, "},\n");
    }
    fc_buf_z(b, "\nconst rules = [\n");
    fc_buf_str(b, fc_buf_view(table));
    fc_buf_z(b, "];\n\n");
    b->failed |= table->failed;
}

/* When parts of the form are asked: what the page shows and hides. */
static void put_conditions(fc_html_unit *u, fc_node *const *kids, size_t n, fc_buf *b)
{
    for (size_t i = 0; i < n; i++) {
        const fc_node *k = kids[i];
        const fc_node *const both[] = {k, k->details};
        for (size_t d = 0; d < 2; d++) {
            if (!both[d] || !both[d]->asked)
                continue;
            /* A repeat is asked as a whole, so that its container is not yet its row. */
            u->row = both[d]->kind == FC_FIELD && both[d]->container->repeat
                         ? both[d]->container
                         : NULL;
            fc_buf_z(b, "  {path: ");
            fc_html_literal(u->arena, b, both[d]->path);
            fc_buf_z(b, ", when: (plan, row) => ");
            fc_html_expr(u, both[d]->asked, b);
            fc_buf_z(b, "},\n");
        }
        put_conditions(u, k->kids.at, k->kids.n, b);
    }
}

/* An answer that follows from others, as the text that would be stored. */
static void put_calc(fc_html_unit *u, const fc_node *f, fc_buf *b)
{
    static const char *const writers[] = {
        [FC_T_DATE] = "writeDate",   [FC_T_PART_DATE] = "writePartDate",
        [FC_T_MONEY] = "writeMoney", [FC_T_NUMBER] = "writeNumber",
        [FC_T_TRUTH] = "writeYesNo", [FC_T_YES_NO] = "writeYesNo",
        [FC_T_CHOICES] = NULL,
    };
    u->row = f->container->repeat ? f->container : NULL;
    fc_buf_z(b, "  /* ");
    put_comment(b, fc_expr_print(u->arena, f->calc, f->container));
    fc_buf_z(b, " - ");
    put_place(u, f->calc->at, b);
    fc_buf_z(b, " */\n  {path: ");
    fc_html_literal(u->arena, b, f->path);
    if (f->calc_when) {
        fc_buf_z(b, ", when: (plan, row) => ");
        fc_html_expr(u, f->calc_when, b);
    }
    fc_buf_z(b, ", text: (plan, row) => ");
    if (f->calc->type == FC_T_INTERVAL || f->calc->type == FC_T_CHOICE) {
        fc_buf_z(b, f->calc->type == FC_T_CHOICE ? "writeChoice(" : "writeInterval(");
        fc_html_access(u, f->calc->field, b);
    } else {
        fc_buf_fmt(b, "%s(", writers[f->calc->type]);
        fc_html_expr(u, f->calc, b);
    }
    fc_buf_z(b, ")},\n");
}

/* A part of the script that is the same for every form, behind its first line of comment. */
static void put_asset(fc_buf *b, const char *name)
{
    fc_buf_str(b, fc_asset(name));
    fc_buf_char(b, '\n');
}

fc_str fc_html_script(fc_arena *a, const fc_form *f)
{
    fc_html_unit u = {.arena = a, .form = f};
    fc_buf *b = fc_html_buf(a);
    put_asset(b, "base/html/values.js");
    put_form(&u, b);
    put_rules(&u, b);
    fc_buf_z(b, "const conditions = [\n");
    put_conditions(&u, f->top.at, f->top.n, b);
    fc_buf_z(b, "];\n\nconst calcs = [\n");
    for (size_t i = 0; i < f->calcs.n; i++)
        put_calc(&u, f->calcs.at[i], b);
    fc_buf_z(b, "];\n\n");
    put_asset(b, "base/html/plan.js");
    put_asset(b, "base/html/page.js");
    return fc_buf_keep(b, a);
}
