/* Expressions as JavaScript. Every function that is called stands in
 * styles/base/html/values.js and means the same as its namesake in runtime/fv.h. */
#include "output/html/html.h"

void fc_html_access(fc_html_unit *u, const fc_node *field, fc_buf *b)
{
    const fc_container *c = field->container;
    const char *from = u->each && c == u->each ? "each" : u->row && c == u->row ? "row" : NULL;
    fc_str path = field->path;
    if (from)
        path = fc_str_slice(path, c->repeat->path.n + 1, path.n);
    fc_buf_fmt(b, "%s[", from ? from : "plan");
    fc_html_literal(u->arena, b, path);
    fc_buf_char(b, ']');
}

static void put_op(fc_buf *b, fc_expr_op op)
{
    static const char *const ops[] = {[FC_X_EQ] = "eq", [FC_X_NE] = "ne", [FC_X_LT] = "lt",
                                      [FC_X_LE] = "le", [FC_X_GT] = "gt", [FC_X_GE] = "ge"};
    fc_buf_fmt(b, "\"%s\"", ops[op]);
}

static void put_call(fc_html_unit *u, const char *function, const fc_expr *x, fc_buf *b)
{
    fc_buf_fmt(b, "%s(", function);
    fc_html_expr(u, x->arg[0], b);
    if (x->op >= FC_X_EQ && x->op <= FC_X_GE) {
        fc_buf_z(b, ", ");
        put_op(b, x->op);
    }
    if (x->arg[1]) {
        fc_buf_z(b, ", ");
        fc_html_expr(u, x->arg[1], b);
    }
    fc_buf_char(b, ')');
}

/* Choices: a field and one of its list, two fields, or two of a list. */
static void put_choices(fc_html_unit *u, const fc_expr *x, fc_buf *b)
{
    const fc_expr *left = x->arg[0], *right = x->arg[1];
    if (left->op != FC_X_FIELD) { /* eq and ne read the same in both directions */
        left = x->arg[1];
        right = x->arg[0];
    }
    if (left->op != FC_X_FIELD) {
        bool same = fc_str_eq(left->text, right->text);
        fc_buf_z(b, same == (x->op == FC_X_EQ) ? "true" : "false");
        return;
    }
    bool two = right->op == FC_X_FIELD;
    fc_buf_z(b, two ? "compareChoices(" : "compareChoice(");
    fc_html_access(u, left->field, b);
    fc_buf_z(b, ", ");
    put_op(b, x->op);
    fc_buf_z(b, ", ");
    if (two)
        fc_html_access(u, right->field, b);
    else
        fc_html_literal(u->arena, b, right->text);
    fc_buf_char(b, ')');
}

/* any(), all(), earliest() and the like over the rows of one repeat. */
static void put_one_repeat(fc_html_unit *u, const fc_expr *x, const char *word, fc_buf *b)
{
    const fc_container *rows = x->field->container;
    fc_buf_fmt(b, "%s(plan._rows[", word);
    fc_html_literal(u->arena, b, rows->repeat->path);
    fc_buf_char(b, ']');
    if (x->op == FC_X_ANY || x->op == FC_X_ALL) {
        fc_html_unit in = *u;
        in.each = rows;
        fc_buf_z(b, ", each => ");
        fc_html_expr(&in, x->arg[0], b);
    }
    fc_buf_char(b, ')');
}

/* Dates of several repeats are looked at together: [rows, rows, ...].flat(). */
static void put_dates(fc_html_unit *u, const fc_expr *x, fc_buf *b)
{
    const fc_container *rows = x->field->container;
    fc_buf_fmt(b, "%s([", x->op == FC_X_EARLIEST ? "earliest" : "latest");
    for (const fc_expr *use = x; use; use = use->arg[1]) {
        fc_buf_z(b, use == x ? "plan._rows[" : ", plan._rows[");
        fc_html_literal(u->arena, b, use->field->container->repeat->path);
        fc_buf_char(b, ']');
    }
    fc_buf_z(b, "].flat(), ");
    fc_html_literal(u->arena, b,
                    fc_str_slice(x->field->path, rows->repeat->path.n + 1, x->field->path.n));
    fc_buf_char(b, ')');
}

/* The functions that look at all rows of a repeat, or of that repeat in each use of a block. */
static void put_over_rows(fc_html_unit *u, const fc_expr *x, fc_buf *b)
{
    size_t uses = 0;
    if (x->op == FC_X_EARLIEST || x->op == FC_X_LATEST) {
        put_dates(u, x, b);
        return;
    }
    for (const fc_expr *use = x; use; use = use->arg[1], uses++)
        if (use->arg[1])
            fc_buf_z(b, x->op == FC_X_ANY ? "or(" : x->op == FC_X_ALL ? "and(" : "(");
    for (const fc_expr *use = x; use; use = use->arg[1]) {
        if (use != x)
            fc_buf_z(b, x->op == FC_X_COUNT ? " + " : ", ");
        put_one_repeat(u, use,
                       x->op == FC_X_ANY   ? "any"
                       : x->op == FC_X_ALL ? "all"
                                           : "count",
                       b);
        if (use != x)
            fc_buf_char(b, ')');
    }
}

void fc_html_expr(fc_html_unit *u, const fc_expr *x, fc_buf *b)
{
    static const char *const units[] = {"days", "weeks", "months", "years"};
    static const char *const compare[] = {
        [FC_T_TRUTH] = "compare",
        [FC_T_TEXT] = "compareTexts",
        [FC_T_DATE] = "compare",
        [FC_T_PART_DATE] = "comparePartDates",
        [FC_T_INTERVAL] = "compareIntervals",
        [FC_T_NUMBER] = "compare",
        [FC_T_MONEY] = "compare",
        [FC_T_YES_NO] = "compare",
        [FC_T_CHOICE] = "compareChoices",
        [FC_T_CHOICES] = NULL, /* never compared */
    };
    switch (x->op) {
    case FC_X_FIELD:
        if (x->type == FC_T_TEXT || x->type == FC_T_CHOICE) {
            fc_buf_z(b, "textIf(");
            fc_html_access(u, x->field, b);
            fc_buf_char(b, ')');
        } else {
            fc_html_access(u, x->field, b);
            fc_buf_z(b, ".value");
        }
        return;
    case FC_X_YES_NO:
        fc_buf_z(b, x->number ? "true" : "false");
        return;
    case FC_X_CHOICE: /* beside a text; beside a choice put_choices has taken it */
        fc_html_literal(u->arena, b, x->text);
        return;
    case FC_X_DATE:
        fc_buf_fmt(b, "makeDate(%d, %d, %d)", (int)(x->number / 10000),
                   (int)(x->number / 100 % 100), (int)(x->number % 100));
        return;
    case FC_X_NUMBER:
    case FC_X_MONEY:
        fc_buf_fmt(b, "%lldn", (long long)x->number);
        return;
    case FC_X_INTERVAL:
        fc_buf_fmt(b, "interval(%lldn, \"%s\")", (long long)x->number, units[x->unit]);
        return;
    case FC_X_AS_OF:
        fc_buf_z(b, "asOf");
        return;
    case FC_X_ADD_MONTHS:
        put_call(u, "addMonths", x, b);
        return;
    case FC_X_ADD_DAYS:
        put_call(u, "addDays", x, b);
        return;
    case FC_X_PART_DATE:
        put_call(u, "partDateOf", x, b);
        return;
    case FC_X_MONTHS_BETWEEN:
        put_call(u, "monthsBetween", x, b);
        return;
    case FC_X_WORDS:
        put_call(u, "words", x, b);
        return;
    case FC_X_ANSWERED:
        fc_buf_z(b, "answered(");
        fc_html_access(u, x->field, b);
        fc_buf_char(b, ')');
        return;
    case FC_X_CHOSEN:
        fc_buf_z(b, "chosen(");
        fc_html_access(u, x->field, b);
        fc_buf_z(b, ", ");
        fc_html_literal(u->arena, b, x->text);
        fc_buf_char(b, ')');
        return;
    case FC_X_COUNT:
    case FC_X_ANY:
    case FC_X_ALL:
    case FC_X_EARLIEST:
    case FC_X_LATEST:
        put_over_rows(u, x, b);
        return;
    case FC_X_EQ:
    case FC_X_NE:
    case FC_X_LT:
    case FC_X_LE:
    case FC_X_GT:
    case FC_X_GE:
        if (x->arg[0]->type == FC_T_CHOICE && x->arg[1]->type == FC_T_CHOICE)
            put_choices(u, x, b);
        else
            put_call(u, compare[x->arg[0]->type], x, b);
        return;
    case FC_X_AND:
        put_call(u, "and", x, b);
        return;
    case FC_X_OR:
        put_call(u, "or", x, b);
        return;
    case FC_X_NOT:
        put_call(u, "not", x, b);
        return;
    }
}
