/* Expressions as C over the generated structs. Every function that is called stands in
 * runtime/fv.h; the interpreter in runtime/plan/eval.c calls the same ones. */
#include "output/c/c.h"

fc_str fc_c_access(const fc_c_unit *u, fc_c_scope *s, const fc_node *field)
{
    const fc_node *top = NULL; /* what the pointer points to */
    const char *pointer = "plan";
    if (s->row && field->container == s->row) {
        top = s->row->repeat;
        pointer = "row";
        s->uses_row = true;
    } else if (s->group && fc_c_inside(field, s->group)) {
        top = s->group;
        pointer = "group";
        s->uses_group = true;
    } else {
        s->uses_plan = true;
    }
    fc_str path = fc_c_member(u, field, top);
    return fc_str_fmt(u->arena, "%s->%.*s", pointer, FC_ARG(path));
}

static const char *const ops[] = {
    [FC_X_EQ] = "FV_EQ", [FC_X_NE] = "FV_NE", [FC_X_LT] = "FV_LT",
    [FC_X_LE] = "FV_LE", [FC_X_GT] = "FV_GT", [FC_X_GE] = "FV_GE"};

static void print_call(const fc_c_unit *u, fc_c_scope *s, const char *function,
                       const fc_expr *x, fc_buf *b)
{
    fc_buf_fmt(b, "%s(", function);
    fc_c_expr(u, s, x->arg[0], b);
    if (x->op >= FC_X_EQ && x->op <= FC_X_GE)
        fc_buf_fmt(b, ", %s", ops[x->op]);
    if (x->arg[1]) {
        fc_buf_z(b, ", ");
        fc_c_expr(u, s, x->arg[1], b);
    }
    fc_buf_char(b, ')');
}

/* Choices: a field and one of its list, two fields, or two of a list. */
static void print_choices(const fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b)
{
    const fc_expr *left = x->arg[0], *right = x->arg[1];
    if (left->op != FC_X_FIELD) { /* eq and ne read the same in both directions */
        left = x->arg[1];
        right = x->arg[0];
    }
    if (left->op != FC_X_FIELD) {
        bool same = fc_str_eq(left->text, right->text);
        fc_buf_z(b, same == (x->op == FC_X_EQ) ? "FV_TRUE" : "FV_FALSE");
        return;
    }
    fc_str access = fc_c_access(u, s, left->field);
    if (right->op == FC_X_FIELD) {
        fc_str other = fc_c_access(u, s, right->field);
        fc_buf_fmt(b, "fv_compare_choices(%.*s, %s, %.*s)", FC_ARG(access), ops[x->op],
                   FC_ARG(other));
        return;
    }
    fc_str key = fc_str_fmt(u->arena, "%.*s/%.*s", FC_ARG(left->field->choices->id),
                            FC_ARG(right->text));
    const fc_str *constant = fc_c_map_find(&u->choices, key);
    fc_str name = constant ? *constant : FC_S("FV_SOMETHING_ELSE");
    fc_buf_fmt(b, "fv_compare_choice(%.*s, %s, %.*s)", FC_ARG(access), ops[x->op],
               FC_ARG(name));
}

static void print_number(int64_t n, fc_buf *b)
{
    if (n == INT64_MIN) /* has no literal of its own */
        fc_buf_z(b, "INT64_MIN");
    else
        fc_buf_fmt(b, "%lld", (long long)n);
}

static void print_field(const fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b)
{
    fc_str access = fc_c_access(u, s, x->field);
    if (x->type == FC_T_TEXT || x->type == FC_T_CHOICE)
        fc_buf_fmt(b, "fv_text_if(%.*s.state, %.*s.text)", FC_ARG(access), FC_ARG(access));
    else
        fc_buf_fmt(b, "%.*s.value", FC_ARG(access));
}

void fc_c_expr(const fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b)
{
    static const char *const units[] = {"FV_DAYS", "FV_WEEKS", "FV_MONTHS", "FV_YEARS"};
    static const char *const compare[] = {
        [FC_T_TRUTH] = "fv_compare_truths",   [FC_T_TEXT] = "fv_compare_texts",
        [FC_T_DATE] = "fv_compare_dates",     [FC_T_INTERVAL] = "fv_compare_intervals",
        [FC_T_NUMBER] = "fv_compare_numbers", [FC_T_YES_NO] = "fv_compare_truths",
        [FC_T_CHOICE] = "fv_compare_choices",
    };
    switch (x->op) {
    case FC_X_FIELD:
        print_field(u, s, x, b);
        return;
    case FC_X_YES_NO:
        fc_buf_z(b, x->number ? "FV_TRUE" : "FV_FALSE");
        return;
    case FC_X_CHOICE: /* beside a text; beside a choice print_choices has taken it */
        fc_buf_z(b, "fv_text_of(");
        fc_c_literal(b, x->text);
        fc_buf_char(b, ')');
        return;
    case FC_X_DATE:
        fc_buf_fmt(b, "fv_date_make(%d, %d, %d)", (int)(x->number / 10000),
                   (int)(x->number / 100 % 100), (int)(x->number % 100));
        return;
    case FC_X_NUMBER:
        fc_buf_z(b, "fv_number_of(");
        print_number(x->number, b);
        fc_buf_char(b, ')');
        return;
    case FC_X_INTERVAL:
        fc_buf_z(b, "fv_interval_make(");
        print_number(x->number, b);
        fc_buf_fmt(b, ", %s)", units[x->unit]);
        return;
    case FC_X_AS_OF:
        s->uses_as_of = true;
        fc_buf_z(b, "as_of");
        return;
    case FC_X_ADD_MONTHS:
        print_call(u, s, "fv_add_months", x, b);
        return;
    case FC_X_ADD_DAYS:
        print_call(u, s, "fv_add_days", x, b);
        return;
    case FC_X_ANSWERED:
        fc_buf_fmt(b, "fv_answered(%.*s.state)", FC_ARG(fc_c_access(u, s, x->field)));
        return;
    case FC_X_EQ:
    case FC_X_NE:
    case FC_X_LT:
    case FC_X_LE:
    case FC_X_GT:
    case FC_X_GE:
        if (x->arg[0]->type == FC_T_CHOICE && x->arg[1]->type == FC_T_CHOICE)
            print_choices(u, s, x, b);
        else
            print_call(u, s, compare[x->arg[0]->type], x, b);
        return;
    case FC_X_AND:
        print_call(u, s, "fv_and", x, b);
        return;
    case FC_X_OR:
        print_call(u, s, "fv_or", x, b);
        return;
    case FC_X_NOT:
        print_call(u, s, "fv_not", x, b);
        return;
    }
}
