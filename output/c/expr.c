/* Expressions as C over the generated structs. Every function that is called stands in
 * runtime/fv.h; the interpreter in runtime/plan/eval.c calls the same ones. */
#include "output/c/c.h"

fc_str fc_c_access(const fc_c_unit *u, fc_c_scope *s, const fc_node *field)
{
    const fc_node *top = NULL; /* what the pointer points to */
    const char *pointer = "plan";
    bool answer = field->kind == FC_FIELD; /* or a repeat: all of its rows */
    if (answer && s->each && field->container == s->each) {
        top = s->each->repeat;
        pointer = "each";
    } else if (answer && s->row && field->container == s->row) {
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

static void print_call(fc_c_unit *u, fc_c_scope *s, const char *function, const fc_expr *x,
                       fc_buf *b)
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

/* The constant of a list's choice. */
static fc_str constant_of(const fc_c_unit *u, const fc_choices *list, fc_str id)
{
    fc_str key = fc_str_fmt(u->arena, "%.*s/%.*s", FC_ARG(list->id), FC_ARG(id));
    const fc_str *constant = fc_c_map_find(&u->choices, key);
    return constant ? *constant : FC_S("FV_SOMETHING_ELSE");
}

/* Choices: a field and one of its list, two fields, or two of a list. */
static void print_choices(fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b)
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
    fc_str name = constant_of(u, left->field->choices, right->text);
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

static void print_field(fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b)
{
    fc_str access = fc_c_access(u, s, x->field);
    if (x->type == FC_T_TEXT || x->type == FC_T_CHOICE)
        fc_buf_fmt(b, "fv_text_if(%.*s.state, %.*s.text)", FC_ARG(access), FC_ARG(access));
    else
        fc_buf_fmt(b, "%.*s.value", FC_ARG(access));
}

void fc_c_params(const fc_c_unit *u, const fc_c_scope *s, fc_buf *b)
{
    const char *sep = "";
    if (s->uses_plan) {
        fc_buf_fmt(b, "const struct %.*s *plan", FC_ARG(u->ident));
        sep = ", ";
    }
    if (s->uses_group) {
        fc_buf_fmt(b, "%sconst struct %.*s *group", sep, FC_ARG(fc_c_tag(u, s->group)));
        sep = ", ";
    }
    if (s->uses_row) {
        fc_buf_fmt(b, "%sconst struct %.*s *row", sep, FC_ARG(fc_c_tag(u, s->row->repeat)));
        sep = ", ";
    }
    if (s->uses_as_of) {
        fc_buf_fmt(b, "%sfv_date as_of", sep);
        sep = ", ";
    }
    if (!*sep)
        fc_buf_z(b, "void");
}

static void print_args(const fc_c_scope *s, fc_buf *b)
{
    const char *sep = "";
    static const char *const names[] = {"plan", "group", "row", "as_of"};
    const bool used[] = {s->uses_plan, s->uses_group, s->uses_row, s->uses_as_of};
    for (size_t i = 0; i < 4; i++)
        if (used[i]) {
            fc_buf_fmt(b, "%s%s", sep, names[i]);
            sep = ", ";
        }
}

void fc_c_blank_row(fc_c_unit *u, const fc_container *c, fc_buf *b)
{
    fc_str tag = fc_c_tag(u, c->repeat);
    if (fc_c_map_find(&u->blank, tag))
        return;
    fc_c_map_put(&u->blank, tag, tag);
    fc_buf_fmt(b,
               "/* True for a row without any answer: nobody has begun it. */\n"
               "static bool blank_%.*s(const struct %.*s *row)\n{\n    return ",
               FC_ARG(tag), FC_ARG(tag));
    for (size_t i = 0; i < c->fields.n; i++) {
        fc_str name = fc_c_member(u, c->fields.at[i], c->repeat);
        bool calc = c->fields.at[i]->calc != NULL;
        fc_buf_fmt(b, "%s%srow->%.*s.state == FV_ABSENT", i ? " &&\n           " : "",
                   calc ? "(" : "", FC_ARG(name));
        if (calc)
            fc_buf_fmt(b, " || row->%.*s.why == FV_WORKED_OUT)", FC_ARG(name));
    }
    fc_buf_z(b, ";\n}\n\n");
}

/* The loop over the rows of one repeat, which adds them to `all`. */
static void print_loop(fc_c_unit *u, fc_c_scope *in, const fc_expr *x, fc_buf *b)
{
    const fc_container *rows = x->field->container;
    fc_str tag = fc_c_tag(u, rows->repeat);
    fc_c_blank_row(u, rows, in->before);
    in->each = rows;
    fc_str list = fc_c_access(u, in, rows->repeat);
    fc_buf_fmt(b,
               "    for (size_t i = 0; i < %.*s.n; i++) {\n"
               "        const struct %.*s *each = &%.*s.at[i];\n"
               "        if (!blank_%.*s(each))\n            ",
               FC_ARG(list), FC_ARG(tag), FC_ARG(list), FC_ARG(tag));
    if (x->op == FC_X_ANY || x->op == FC_X_ALL) {
        fc_buf_fmt(b, "all = fv_%s(all, ", x->op == FC_X_ANY ? "or" : "and");
        fc_c_expr(u, in, x->arg[0], b);
        fc_buf_char(b, ')');
    } else if (x->op == FC_X_COUNT) {
        fc_buf_z(b, "all.value++");
    } else {
        fc_str date = fc_c_access(u, in, x->field);
        fc_buf_fmt(b, "fv_see_date(&all, %.*s.value, %.*s.state != FV_ABSENT)", FC_ARG(date),
                   FC_ARG(date));
    }
    fc_buf_z(b, ";\n    }\n");
}

/* count(repeat), any(repeat, expr) and the like: a function of their own with the loop, which
 * is printed to s->before, and a call of it. */
static void print_over_rows(fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b)
{
    static const struct {
        const char *word, *type, *all, *result;
    } kinds[] = {
        [FC_X_COUNT] = {"count", "fv_number", "fv_number all = fv_number_of(0)", "all"},
        [FC_X_ANY] = {"any", "fv_truth", "fv_truth all = FV_FALSE", "all"},
        [FC_X_ALL] = {"all", "fv_truth", "fv_truth all = FV_TRUE", "all"},
        [FC_X_EARLIEST] = {"earliest", "fv_date", "fv_dates all = fv_no_dates()",
                           "fv_earliest(all)"},
        [FC_X_LATEST] = {"latest", "fv_date", "fv_dates all = fv_no_dates()", "fv_latest(all)"},
    };
    fc_c_scope in = {.row = s->row, .group = s->group, .stem = s->stem, .before = s->before};
    fc_buf *loops = fc_c_buf(u->arena);
    in.n_before = s->n_before;
    for (const fc_expr *use = x; use; use = use->arg[1])
        print_loop(u, &in, use, loops);
    s->n_before = in.n_before;
    fc_str name =
        fc_str_fmt(u->arena, "%s_%.*s_%u", kinds[x->op].word, FC_ARG(s->stem), ++s->n_before);
    fc_buf_z(s->before, "/* ");
    fc_c_comment(s->before, fc_expr_print(u->arena, x, s->row));
    fc_buf_z(s->before, " */\n");
    size_t begin = s->before->n;
    fc_buf_fmt(s->before, "static %s %.*s(", kinds[x->op].type, FC_ARG(name));
    fc_c_params(u, &in, s->before);
    fc_buf_char(s->before, ')');
    fc_c_wrap(u, s->before, begin);
    fc_buf_fmt(s->before, "\n{\n    %s;\n", kinds[x->op].all);
    fc_buf_str(s->before, fc_buf_view(loops));
    fc_buf_fmt(s->before, "    return %s;\n}\n\n", kinds[x->op].result);
    if (loops->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(loops);
    fc_buf_fmt(b, "%.*s(", FC_ARG(name));
    print_args(&in, b);
    fc_buf_char(b, ')');
    s->uses_plan |= in.uses_plan;
    s->uses_group |= in.uses_group;
    s->uses_row |= in.uses_row;
    s->uses_as_of |= in.uses_as_of;
}

void fc_c_expr(fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b)
{
    static const char *const units[] = {"FV_DAYS", "FV_WEEKS", "FV_MONTHS", "FV_YEARS"};
    static const char *const compare[] = {
        [FC_T_TRUTH] = "fv_compare_truths",       [FC_T_TEXT] = "fv_compare_texts",
        [FC_T_DATE] = "fv_compare_dates",         [FC_T_PART_DATE] = "fv_compare_part_dates",
        [FC_T_INTERVAL] = "fv_compare_intervals", [FC_T_NUMBER] = "fv_compare_numbers",
        [FC_T_MONEY] = "fv_compare_money",        [FC_T_YES_NO] = "fv_compare_truths",
        [FC_T_CHOICE] = "fv_compare_choices",     [FC_T_CHOICES] = NULL, /* never compared */
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
    case FC_X_MONEY:
        fc_buf_z(b, "fv_money_of(");
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
    case FC_X_PART_DATE:
        print_call(u, s, "fv_part_date_of", x, b);
        return;
    case FC_X_MONTHS_BETWEEN:
        print_call(u, s, "fv_months_between", x, b);
        return;
    case FC_X_WORDS:
        print_call(u, s, "fv_words", x, b);
        return;
    case FC_X_ANSWERED:
        fc_buf_fmt(b, "fv_answered(%.*s.state)", FC_ARG(fc_c_access(u, s, x->field)));
        return;
    case FC_X_CHOSEN: {
        fc_str access = fc_c_access(u, s, x->field);
        fc_str name = constant_of(u, x->field->choices, x->text);
        fc_buf_fmt(b, "fv_chosen(%.*s, %.*s)", FC_ARG(access), FC_ARG(name));
        return;
    }
    case FC_X_COUNT:
    case FC_X_ANY:
    case FC_X_ALL:
    case FC_X_EARLIEST:
    case FC_X_LATEST:
        print_over_rows(u, s, x, b);
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
