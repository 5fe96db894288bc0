/* Expressions as text again: what people see in generated code and in model.xml. Reading the
 * text back gives the same tree, but for the check of a yes-no that is worked out from a
 * condition, which nobody writes. */
#include "runtime/form/expr.h"

#include "runtime/base/buf.h"

#include <inttypes.h>

fc_expr_type fc_type_in_expr(fc_type t)
{
    switch (t) {
    case FC_DATE:
        return FC_T_DATE;
    case FC_PART_DATE:
        return FC_T_PART_DATE;
    case FC_INTERVAL:
    case FC_INTERVAL_TEXT:
        return FC_T_INTERVAL;
    case FC_INTEGER:
        return FC_T_NUMBER;
    case FC_MONEY:
        return FC_T_MONEY;
    case FC_YES_NO:
        return FC_T_YES_NO;
    case FC_CHOICE:
        return FC_T_CHOICE;
    case FC_CHOICES:
        return FC_T_CHOICES;
    default:
        return FC_T_TEXT;
    }
}

/* How tight an operator binds, and its word. 0: not an operator. */
static const struct {
    int binds;
    const char *word;
} operators[] = {
    [FC_X_FIELD] = {0, NULL}, [FC_X_EQ] = {4, "eq"},   [FC_X_NE] = {4, "ne"},
    [FC_X_LT] = {4, "lt"},    [FC_X_LE] = {4, "le"},   [FC_X_GT] = {4, "gt"},
    [FC_X_GE] = {4, "ge"},    [FC_X_AND] = {2, "and"}, [FC_X_OR] = {1, "or"},
    [FC_X_NOT] = {3, "not"},
};

static const char *const units[] = {"days", "weeks", "months", "years"};

static void print(fc_buf *b, const fc_expr *x, const fc_container *scope, int around);

static void print_field(fc_buf *b, const fc_node *f, const fc_container *scope)
{
    fc_buf_str(b, scope && scope->repeat && f->container == scope ? f->id : f->path);
}

/* As it was named: a path into a block stands for all its uses. */
static fc_str rows_of(const fc_expr *x)
{
    return x->text.n ? x->text : x->field->path;
}

static void print_call(fc_buf *b, const char *name, const fc_expr *x, const fc_container *scope)
{
    fc_buf_z(b, name);
    fc_buf_char(b, '(');
    for (int i = 0; i < 2 && x->arg[i]; i++) {
        if (i)
            fc_buf_z(b, ", ");
        print(b, x->arg[i], scope, 0);
    }
    fc_buf_char(b, ')');
}

/* around: how tight the operator outside binds; a looser one inside needs brackets. */
static void print(fc_buf *b, const fc_expr *x, const fc_container *scope, int around)
{
    switch (x->op) {
    case FC_X_FIELD:
        print_field(b, x->field, scope);
        return;
    case FC_X_YES_NO:
        fc_buf_z(b, x->number ? "yes" : "no");
        return;
    case FC_X_CHOICE:
        fc_buf_fmt(b, "'%.*s'", FC_ARG(x->text));
        return;
    case FC_X_DATE:
        fc_buf_fmt(b, "%04" PRId64 "-%02" PRId64 "-%02" PRId64, x->number / 10000,
                   x->number / 100 % 100, x->number % 100);
        return;
    case FC_X_NUMBER:
        fc_buf_fmt(b, "%" PRId64, x->number);
        return;
    case FC_X_INTERVAL:
        fc_buf_fmt(b, "%s(%" PRId64 ")", units[x->unit], x->number);
        return;
    case FC_X_MONEY:
        fc_buf_fmt(b, "%s(%" PRId64 ")", x->number % 100 ? "pence" : "pounds",
                   x->number % 100 ? x->number : x->number / 100);
        return;
    case FC_X_AS_OF:
        fc_buf_z(b, "as-of()");
        return;
    case FC_X_ADD_MONTHS:
        print_call(b, "add-months", x, scope);
        return;
    case FC_X_ADD_DAYS:
        print_call(b, "add-days", x, scope);
        return;
    case FC_X_ANSWERED:
        fc_buf_z(b, "answered(");
        print_field(b, x->field, scope);
        fc_buf_char(b, ')');
        return;
    case FC_X_PART_DATE:
        print(b, x->arg[0], scope, around);
        return;
    case FC_X_CHOSEN:
        fc_buf_z(b, "chosen(");
        print_field(b, x->field, scope);
        fc_buf_fmt(b, ", '%.*s')", FC_ARG(x->text));
        return;
    case FC_X_MONTHS_BETWEEN:
        print_call(b, "months-between", x, scope);
        return;
    case FC_X_WORDS:
        print_call(b, "words", x, scope);
        return;
    case FC_X_COUNT:
        fc_buf_fmt(b, "count(%.*s)", FC_ARG(rows_of(x)));
        return;
    case FC_X_EARLIEST:
    case FC_X_LATEST:
        fc_buf_fmt(b, "%s(%.*s)", x->op == FC_X_EARLIEST ? "earliest" : "latest",
                   FC_ARG(rows_of(x)));
        return;
    case FC_X_ANY:
    case FC_X_ALL:
        fc_buf_fmt(b, "%s(%.*s, ", x->op == FC_X_ANY ? "any" : "all", FC_ARG(rows_of(x)));
        print(b, x->arg[0], x->field->container, 0);
        fc_buf_char(b, ')');
        return;
    default:
        break;
    }
    int binds = operators[x->op].binds;
    bool brackets = binds < around;
    if (brackets)
        fc_buf_char(b, '(');
    if (x->op == FC_X_NOT) {
        fc_buf_z(b, "not ");
        print(b, x->arg[0], scope, binds);
    } else {
        /* and, or: read from the left, so the right side needs brackets for its own kind.
         * Comparisons: both sides are terms. */
        print(b, x->arg[0], scope, binds == 4 ? 5 : binds);
        fc_buf_fmt(b, " %s ", operators[x->op].word);
        print(b, x->arg[1], scope, binds + 1);
    }
    if (brackets)
        fc_buf_char(b, ')');
}

fc_str fc_expr_print(fc_arena *a, const fc_expr *x, const fc_container *scope)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    print(&b, x, scope, 0);
    fc_str text = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return text;
}
