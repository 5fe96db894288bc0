/* verdict-table FORM TABLE TOP [two]
 *
 * Every cell of the table, as the interpreter, the generated code (linked in) and the
 * stylesheet see it; then whether the table has rows for everything that there is: each
 * operator, each function, each type of answer with each operator it can stand at, the cells of
 * three-valued truth, the states and the reasons. What there is is read from the sources below
 * TOP and from the tables of the program, so that something new without rows fails. */
#include "tests/agreement/agree.h"

#include "runtime/base/file.h"
#include "runtime/base/xmlwrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const severities[] = {"error", "warning", "advice"};

static int failures;

#define FAIL(...) (failures++, printf(__VA_ARGS__), putchar('\n'))

static fc_str read_file(fc_arena *a, const char *path)
{
    fc_str bytes;
    const char *why = "";
    if (fc_file_read(a, path, (size_t)16 << 20, &bytes, &why) != FC_OK) {
        fprintf(stderr, "%s: %s\n", path, why);
        exit(2);
    }
    return bytes;
}

/* The part of s before the first `sign`; *s becomes what is behind it. */
static fc_str take(fc_str *s, char sign)
{
    const char *at = s->n ? memchr(s->p, sign, s->n) : NULL;
    size_t n = at ? (size_t)(at - s->p) : s->n;
    fc_str part = fc_str_slice(*s, 0, n);
    *s = fc_str_slice(*s, at ? n + 1 : n, s->n);
    return part;
}

/* ---- a row of answers, and the plan of it ---- */

typedef struct typed {
    fc_str path; /* below the section: "rows[1]/a" */
    fc_str text, absent;
} typed;

typedef FC_ARRAY(typed) answers;

static fc_str unescape(fc_arena *a, fc_str s)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], out[4];
        if (c != '\\') {
            fc_buf_char(&b, c);
            continue;
        }
        c = s.p[++i];
        if (c == 'u' || c == 'U') {
            size_t digits = c == 'u' ? 4 : 8;
            fc_str hex = fc_str_copy(a, fc_str_slice(s, i + 1, i + 1 + digits));
            fc_buf_add(&b, out, fc_utf8_put(out, (uint32_t)strtoul(hex.p, NULL, 16)));
            i += digits;
        } else {
            fc_buf_char(&b, c == 'n' ? '\n' : c == 'r' ? '\r' : ' ');
        }
    }
    fc_str t = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return t;
}

/* Writes an answer so that the parser changes nothing in it. */
static void put_answer(fc_buf *b, const answers *list, const fc_node *f, unsigned row)
{
    char path[128];
    const char *own = strchr(f->path.p, '/') + 1; /* all are in one section */
    if (row)
        snprintf(path, sizeof path, "rows[%u]/%.*s", row, FC_ARG(f->id));
    else
        snprintf(path, sizeof path, "%.*s", (int)(f->path.n - (size_t)(own - f->path.p)), own);
    for (size_t i = 0; i < list->n; i++) {
        const typed *t = &list->at[i];
        if (!fc_str_eq_z(t->path, path))
            continue;
        fc_buf_fmt(b, "<%.*s", FC_ARG(f->id));
        if (t->absent.n)
            fc_buf_fmt(b, " p:absent=\"%.*s\"", FC_ARG(t->absent));
        fc_buf_char(b, '>');
        fc_xml_text(b, t->text);
        fc_buf_fmt(b, "</%.*s>", FC_ARG(f->id));
    }
}

static void put_nodes(fc_buf *b, const answers *list, const fc_node *n, unsigned row)
{
    for (size_t i = 0; i < n->kids.n; i++) {
        const fc_node *k = n->kids.at[i];
        if (k->kind == FC_FIELD)
            put_answer(b, list, k, row);
        for (unsigned r = 1; k->kind == FC_REPEAT && r < 9; r++) {
            fc_buf_fmt(b, "<%.*s>", FC_ARG(k->id));
            put_nodes(b, list, k, r);
            fc_buf_fmt(b, "</%.*s>", FC_ARG(k->id));
        }
        if (k->kind == FC_SIGNATURE) {
            fc_buf_fmt(b, "<%.*s>", FC_ARG(k->id));
            put_nodes(b, list, k, row);
            fc_buf_fmt(b, "</%.*s>", FC_ARG(k->id));
        }
    }
}

static fc_str plan_of(fc_arena *a, const fc_form *f, const answers *list)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_buf_fmt(&b, "<%.*s xmlns=\"%.*s\" xmlns:p=\"" FC_PLAN_NS "\"><t>", FC_ARG(f->id),
               FC_ARG(f->data_ns));
    put_nodes(&b, list, f->top.at[0], 0);
    fc_buf_fmt(&b, "</t></%.*s>", FC_ARG(f->id));
    fc_str xml = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return xml;
}

/* ---- opinions: the findings as lines of the stylesheet ---- */

typedef struct opinion {
    const char *who;
    fc_str lines;
} opinion;

static const char *why_word(fv_why why)
{
    static const char *const words[] = {"",
                                        "not-asked",
                                        "asked-unknown",
                                        "asked-declined",
                                        "not-applicable",
                                        "unknown",
                                        "masked",
                                        "wrong-kind",
                                        "wrong-length",
                                        "wrong-character",
                                        "wrong-check-digit",
                                        "not-in-list",
                                        "wrong-shape",
                                        "too-long"};
    return words[why];
}

static fc_str interpreted(fc_arena *a, const fc_form *f, fc_str xml, fv_date as_of,
                          fc_plan **plan)
{
    fc_diags *d = fc_diags_new(a);
    fc_findings found = {0};
    fc_buf b;
    if (fc_plan_read(a, f, xml, FC_S("plan.xml"), d, plan) != FC_OK) {
        fprintf(stderr, "not read: %.*s\n", FC_ARG(xml));
        exit(2);
    }
    fc_plan_check(a, *plan, 0, as_of, &found);
    fc_buf_init(&b, 1 << 24);
    for (size_t i = 0; i < found.n; i++)
        fc_buf_fmt(&b, "%.*s\t%.*s\t%s\t%s\n", FC_ARG(found.at[i].path),
                   FC_ARG(found.at[i].rule->id), severities[found.at[i].severity],
                   why_word(found.at[i].why));
    fc_str lines = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return lines;
}

static fc_str generated(fc_arena *a, fc_str xml, fv_date as_of)
{
    const fv_finding *found;
    size_t n;
    fc_buf b;
    if (generated_check(xml, 0, as_of, &found, &n) != FV_READ_OK) {
        fprintf(stderr, "not read by the generated reader: %.*s\n", FC_ARG(xml));
        exit(2);
    }
    fc_buf_init(&b, 1 << 24);
    for (size_t i = 0; i < n; i++)
        fc_buf_fmt(&b, "%s\t%s\t%s\t%s\n", found[i].path, found[i].rule,
                   severities[found[i].severity], why_word(found[i].why));
    fc_str lines = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return lines;
}

/* The severity and why of the finding of a rule; false when there is none. */
static bool finding_of(fc_str lines, const char *rule, fc_str *severity, fc_str *why)
{
    while (lines.n) {
        fc_str line = take(&lines, '\n');
        take(&line, '\t');
        fc_str id = take(&line, '\t');
        *severity = take(&line, '\t');
        *why = line;
        if (fc_str_eq_z(id, rule))
            return true;
    }
    return false;
}

/* ---- columns ---- */

typedef struct column {
    fc_str text;
    int number;          /* of the expression; -1 for a rule */
    const fc_rule *rule; /* that the expression is true; or the rule */
    bool beyond;         /* XPath 1.0 has no opinion */
} column;

typedef FC_ARRAY(column) columns;

static const fc_rule *rule_of(const fc_form *f, const char *id)
{
    for (size_t i = 0; i < f->rules.n; i++)
        if (fc_str_eq_z(f->rules.at[i]->id, id))
            return f->rules.at[i];
    FAIL("there is no rule %s", id);
    return NULL;
}

/* What the opinion says in the words of a cell. */
static fc_str cell_of(fc_arena *a, const column *c, fc_str lines)
{
    fc_str severity, why;
    if (c->number >= 0) {
        bool untrue =
            finding_of(lines, fc_str_fmt(a, "t/x%d-is.must", c->number).p, &severity, &why);
        bool is_true =
            finding_of(lines, fc_str_fmt(a, "t/x%d-not.must", c->number).p, &severity, &why);
        return untrue && is_true ? FC_S("both")
               : untrue          ? FC_S("F")
               : is_true         ? FC_S("T")
                                 : FC_S("U");
    }
    fc_str id = fc_str_copy(a, c->rule->id);
    if (!finding_of(lines, id.p, &severity, &why))
        return FC_S("ok");
    if (c->rule->kind == FC_RULE_TYPE)
        return why;
    if (c->rule->kind != FC_RULE_REQUIRED)
        return why.n ? why : FC_S("fails");
    return fc_str_fmt(a, "%s%s%.*s", fc_str_eq_z(severity, "advice") ? "excused" : "missing",
                      why.n ? "/" : "", FC_ARG(why));
}

/* ---- what the table has rows for ---- */

#define OPS 64
#define TYPES 64

static unsigned seen_op[OPS]; /* verdicts of conditions with the operator, as bits */
static unsigned seen_compare[TYPES][OPS]; /* of comparisons whose left side is such a field */
static unsigned seen_answered[TYPES];
static unsigned seen_pairs[OPS];    /* and, or: 9 bits; not: 3; any, all: 9 and none */
static unsigned seen_reason[TYPES]; /* bit 0: none; bit n: the n-th reason */
static unsigned seen_state[TYPES];  /* by fv_state */
static unsigned seen_why;

static unsigned bit(unsigned n)
{
    return 1u << n;
}

static bool row_is_blank(const fc_plan *p, const fc_container *c, size_t row)
{
    for (size_t i = 0; i < c->fields.n; i++)
        if (fc_plan_answer(p, c->fields.at[i], row)->text.n)
            return false;
    return true;
}

static void look_at_rows(const fc_expr *x, const fc_plan *p, fv_date as_of)
{
    const fc_container *rows = x->field->container;
    unsigned n = 0, pair = 0;
    for (size_t i = 0; i < fc_plan_row_count(p, rows); i++)
        if (!row_is_blank(p, rows, i)) {
            unsigned one = (unsigned)fc_expr_truth(x->arg[0], p, rows, i, as_of);
            pair = n++ ? 3 * pair + one : one;
        }
    if (n == 2)
        seen_pairs[x->op] |= bit(pair);
    if (n == 0)
        seen_pairs[x->op] |= bit(9);
}

static void look_at(const fc_expr *x, const fc_plan *p, fv_date as_of)
{
    const fc_container *plan = p->form->containers.at[0];
    if (!x)
        return;
    if (x->type == FC_T_TRUTH) {
        unsigned verdict = (unsigned)fc_expr_truth(x, p, plan, 0, as_of);
        seen_op[x->op] |= bit(verdict);
        if (x->op >= FC_X_EQ && x->op <= FC_X_GE && x->arg[0]->op == FC_X_FIELD)
            seen_compare[x->arg[0]->field->type][x->op] |= bit(verdict);
        if (x->op == FC_X_ANSWERED)
            seen_answered[x->field->type] |= bit(verdict);
        if (x->op == FC_X_AND || x->op == FC_X_OR)
            seen_pairs[x->op] |= bit(3 * (unsigned)fc_expr_truth(x->arg[0], p, plan, 0, as_of) +
                                     (unsigned)fc_expr_truth(x->arg[1], p, plan, 0, as_of));
        if (x->op == FC_X_NOT)
            seen_pairs[x->op] |= bit((unsigned)fc_expr_truth(x->arg[0], p, plan, 0, as_of));
        if (x->op == FC_X_ANY || x->op == FC_X_ALL)
            look_at_rows(x, p, as_of);
    } else {
        seen_op[x->op] |= bit(0);
    }
    look_at(x->arg[0], p, as_of);
    look_at(x->arg[1], p, as_of);
}

static void look_at_states(const fc_rule *r, const fc_plan *p)
{
    fv_why why = FV_NO_REASON;
    fv_state state = fc_answer_state(r->where, fc_plan_answer(p, r->where, 0), &why);
    seen_why |= bit(why);
    seen_state[r->where->type] |= bit(state);
    if (state == FV_ABSENT && r->kind == FC_RULE_REQUIRED)
        seen_reason[r->where->type] |= bit(why);
}

/* Every operator that runtime/form/expr.h has. */
static void check_ops(fc_arena *a, const char *top)
{
    fc_str text = read_file(a, fc_str_fmt(a, "%s/runtime/form/expr.h", top).p);
    const char *at = strstr(text.p, "typedef enum fc_expr_op {");
    const char *end = at ? strstr(at, "} fc_expr_op;") : NULL;
    unsigned n = 0;
    if (!end) {
        FAIL("the operators are not where they were");
        return;
    }
    while ((at = strstr(at, "FC_X_")) && at < end) {
        size_t length = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        if (n >= OPS || !seen_op[n])
            FAIL("the table has no row with %.*s", (int)length, at);
        n++;
        at += length;
        at += strcspn(at, "\n");
    }
    if (n <= FC_X_NOT)
        FAIL("%u operators were found, which is too few", n);
}

/* Every function that the compiler knows, by the table of its parser. */
static void check_functions(fc_arena *a, const char *top, fc_str table)
{
    fc_str text = read_file(a, fc_str_fmt(a, "%s/compiler/expr_parse.c", top).p);
    const char *at = strstr(text.p, "static const function functions[] = {");
    const char *end = at ? strstr(at, "};") : NULL;
    unsigned n = 0;
    while (end && (at = strstr(at, "\n    {\"")) && at < end) {
        at += strlen("\n    {\"");
        size_t length = strcspn(at, "\"");
        if (!strstr(table.p, fc_str_fmt(a, "%.*s(", (int)length, at).p))
            FAIL("the table has no row with %.*s()", (int)length, at);
        n++;
    }
    if (n < 15)
        FAIL("%u functions were found, which is too few", n);
}

static bool is_ordered(fc_expr_type t)
{
    switch (t) {
    case FC_T_DATE:
    case FC_T_PART_DATE:
    case FC_T_INTERVAL:
    case FC_T_NUMBER:
    case FC_T_MONEY:
        return true;
    case FC_T_TRUTH:
    case FC_T_TEXT:
    case FC_T_YES_NO:
    case FC_T_CHOICE:
    case FC_T_CHOICES:
        break;
    }
    return false;
}

static void check_types(const fc_form *f)
{
    static const char *const words[] = {"eq", "ne", "lt", "le", "gt", "ge"};
    for (unsigned t = 0; t < FC_TYPE_COUNT; t++) {
        const char *name = fc_types[t].name;
        fc_expr_type type = fc_type_in_expr((fc_type)t);
        unsigned ops = is_ordered(type) ? 6 : type == FC_T_CHOICES ? 0 : 2, states;
        bool has_type_rule = false;
        for (size_t i = 0; i < f->rules.n; i++)
            has_type_rule |=
                f->rules.at[i]->kind == FC_RULE_TYPE && f->rules.at[i]->where->type == t &&
                !f->rules.at[i]->where->pattern.n && !f->rules.at[i]->where->max_length;
        for (unsigned i = 0; i < ops; i++)
            if (seen_compare[t][FC_X_EQ + i] != 7)
                FAIL("%s: \"%s\" is not in the table with true, false and unknown", name,
                     words[i]);
        if (seen_answered[t] != (bit(FV_TRUE) | bit(FV_FALSE)))
            FAIL("%s: answered() is not in the table with true and false", name);
        states = bit(FV_ABSENT) | bit(FV_PRESENT) | (has_type_rule ? bit(FV_UNREADABLE) : 0);
        if ((seen_state[t] & states) != states)
            FAIL("%s: a state of the answer is not in the table", name);
        if (seen_reason[t] != 0x7F)
            FAIL("%s: a reason for an absence is not in the table", name);
    }
    if (seen_op[FC_X_CHOSEN] != 7)
        FAIL("chosen() is not in the table with true, false and unknown");
    for (unsigned w = 0; w <= FV_TOO_LONG; w++)
        if (!(seen_why & bit(w)))
            FAIL("\"%s\" is not in the table", why_word((fv_why)w));
}

static void check_truth(void)
{
    static const fc_expr_op two[] = {FC_X_AND, FC_X_OR}, rows[] = {FC_X_ANY, FC_X_ALL};
    for (size_t i = 0; i < 2; i++) {
        if (seen_pairs[two[i]] != 0x1FF)
            FAIL("%s: not all nine cells are in the table", i ? "or" : "and");
        if (seen_pairs[rows[i]] != 0x3FF)
            FAIL("%s: not all pairs of rows, and no row, are in the table", i ? "all" : "any");
    }
    if (seen_pairs[FC_X_NOT] != 7)
        FAIL("not: not all three cells are in the table");
}

/* ---- the table ---- */

typedef struct reading {
    const fc_form *form;
    oracle *third;
    const strings *beyond;
    bool two; /* opinions, without the stylesheet */
    strings expressions;
    columns columns;
    unsigned rows, cells;
} reading;

/* A stylesheet with the rules of the columns alone: the others would take most of the time. */
static void read_columns(fc_arena *a, reading *r, fc_str line)
{
    strings ids = {0}, beyond = {0};
    fc_buf text;
    r->columns = (columns){0};
    while (line.n) {
        column c = {.text = fc_str_trim(take(&line, '|')), .number = -1};
        if (c.text.n && c.text.p[0] == '@') {
            c.rule =
                rule_of(r->form, fc_str_fmt(a, "t/%.*s", (int)c.text.n - 1, c.text.p + 1).p);
        } else {
            size_t i = 0;
            while (i < r->expressions.n && !fc_str_eq(r->expressions.at[i], c.text))
                i++;
            if (i == r->expressions.n)
                FC_PUSH(a, &r->expressions, c.text);
            c.number = (int)i;
            c.rule = rule_of(r->form, fc_str_fmt(a, "t/x%zu-is.must", i).p);
        }
        c.beyond = c.rule && is_in(r->beyond, c.rule->id);
        FC_PUSH(a, &r->columns, c);
        if (c.rule)
            FC_PUSH(a, &ids, c.rule->id);
        if (c.number >= 0)
            FC_PUSH(a, &ids, fc_str_fmt(a, "t/x%d-not.must", c.number));
    }
    if (r->two)
        return;
    oracle_drop(r->third);
    fc_buf_init(&text, FC_BUF_MAX);
    sheet_print(a, r->form, &ids, &text, &beyond);
    r->third = oracle_new(fc_buf_keep(&text, a));
    fc_buf_release(&text);
    if (!r->third)
        exit(2);
}

static void check_row(fc_arena *a, reading *r, unsigned number, fc_str line)
{
    size_t colon = line.n;
    while (colon > 0 && !(line.p[colon - 1] == ':' && line.p[colon] == ' '))
        colon--;
    fc_str left = fc_str_slice(line, 0, colon ? colon - 1 : 0);
    fc_str cells = fc_str_collapse(a, fc_str_slice(line, colon, line.n));
    answers list = {0};
    fv_date as_of = fv_date_make(2026, 6, 30);
    while (left.n) {
        fc_str one = fc_str_trim(take(&left, ';'));
        size_t n = 0;
        while (n < one.n && one.p[n] != '=' && one.p[n] != '!')
            n++;
        if (n == one.n)
            continue;
        typed t = {.path = fc_str_slice(one, 0, n)};
        fc_str value = fc_str_slice(one, n + 1, one.n);
        if (one.p[n] == '!')
            t.absent = value;
        else
            t.text = unescape(a, value);
        if (fc_str_eq_z(t.path, "as-of"))
            as_of = fv_date_read(fv_text_make(t.text.p, t.text.n));
        else
            FC_PUSH(a, &list, t);
    }
    fc_plan *plan = NULL;
    fc_str xml = plan_of(a, r->form, &list);
    size_t typed_in = 0, stand = 0;
    for (const char *at = xml.p; (at = strstr(at, "</")); at += 2)
        stand++;
    for (size_t i = 0; i < list.n; i++)
        typed_in++;
    if (stand != typed_in + 12) /* the form, its section, two signatures, eight rows */
        FAIL("line %u: one of the answers has no question", number);
    opinion by[3] = {{"the interpreter", interpreted(a, r->form, xml, as_of, &plan)},
                     {"the generated code", generated(a, xml, as_of)},
                     {"the stylesheet", {0}}};
    size_t opinions = r->two ? 2 : 3;
    if (opinions == 3)
        by[2].lines = oracle_findings(r->third, a, xml, 0, as_of);
    r->rows++;
    for (size_t c = 0; c < r->columns.n; c++) {
        const column *k = &r->columns.at[c];
        fc_str cell = take(&cells, ' ');
        r->cells++;
        for (size_t i = 0; i < opinions && k->rule; i++) {
            fc_str said = cell_of(a, k, by[i].lines);
            if (!fc_str_eq(said, cell) && !(i == 2 && k->beyond))
                FAIL("line %u: %.*s is %.*s by hand, %s says %.*s: %.*s", number,
                     FC_ARG(k->text), FC_ARG(cell), by[i].who, FC_ARG(said), FC_ARG(line));
        }
        if (k->rule && k->number >= 0)
            look_at(k->rule->must, plan, as_of);
        else if (k->rule)
            look_at_states(k->rule, plan);
    }
    if (cells.n || !r->columns.n)
        FAIL("line %u: there are more cells than columns", number);
}

static int run(fc_arena *a, char **argv, bool two)
{
    strings beyond = {0};
    fc_diags *d = fc_diags_new(a);
    const fc_form *form = NULL;
    fc_buf text;
    if (fc_compile(a, fc_str_of(argv[1]), FC_S("form.xml"), read_file(a, argv[1]), d, &form) !=
        FC_OK) {
        fc_buf_init(&text, FC_BUF_MAX);
        fc_diags_print(d, &text);
        fprintf(stderr, "%.*s", FC_ARG(fc_buf_view(&text)));
        fc_buf_release(&text);
        return 2;
    }
    fc_buf_init(&text, FC_BUF_MAX);
    sheet_print(a, form, NULL, &text, &beyond);
    fc_buf_release(&text);
    fc_str table = read_file(a, argv[2]), rest = table;
    reading r = {.form = form, .beyond = &beyond, .two = two};
    for (unsigned number = 1; rest.n; number++) {
        fc_str line = take(&rest, '\n');
        if (!fc_str_trim(line).n || line.p[0] == '#')
            continue;
        if (fc_str_starts(line, "? ")) {
            read_columns(a, &r, fc_str_slice(line, 2, line.n));
            continue;
        }
        check_row(a, &r, number, line);
    }
    check_ops(a, argv[3]);
    check_functions(a, argv[3], table);
    check_types(form);
    check_truth();
    for (size_t i = 0; i < beyond.n; i++)
        printf("beyond XPath 1.0: %.*s\n", FC_ARG(beyond.at[i]));
    if (beyond.n != 3) /* code.type, and that code eq 'AB12' and that it is not */
        FAIL("three rules were beyond XPath 1.0, now there are %zu", beyond.n);
    printf("%u rows, %u cells, %d wrong\n", r.rows, r.cells, failures);
    oracle_drop(r.third);
    return failures > 0;
}

int main(int argc, char **argv)
{
    if (argc != 4 && !(argc == 5 && strcmp(argv[4], "two") == 0)) {
        fprintf(stderr, "usage: verdict-table FORM TABLE TOP [two]\n");
        return 2;
    }
    fc_arena *a = fc_arena_new((size_t)1 << 30);
    int result = 2;
    if (a && FC_BOUNDARY(a))
        result = run(a, argv, argc == 5);
    fc_arena_drop(a);
    return result;
}
