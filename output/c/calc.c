/* Answers that follow from others, as C: a function for each, and <ident>_work_out, which calls
 * them in an order in which each finds what it follows from. */
#include "output/c/c.h"

typedef struct calc_c {
    const fc_node *field;
    fc_str name; /* "calc_visit_end" */
    fc_c_scope scope;
} calc_c;

/* fv_work_out_date() and the like. */
static const char *const words[FC_TYPE_COUNT] = {
    [FC_DATE] = "date",      [FC_PART_DATE] = "part_date", [FC_INTERVAL] = "interval",
    [FC_INTEGER] = "number", [FC_MONEY] = "money",         [FC_YES_NO] = "yes_no",
    [FC_CHOICE] = "choice",
};

/* The function of an answer, with the place of the definition as in those of rules. */
static void print_calc(fc_c_unit *u, calc_c *c, fc_str stem, fc_buf *b)
{
    const fc_node *f = c->field;
    const fc_container *rows = f->container->repeat ? f->container : NULL;
    fc_buf *body = fc_c_buf(u->arena), *before = fc_c_buf(u->arena);
    unsigned line = 1, col = 1;
    if (f->calc->at.source)
        fc_source_place(u->form->diags, f->calc->at.source, f->calc->at.begin, &line, &col);
    c->scope = (fc_c_scope){.row = rows, .stem = stem, .before = before};
    c->name = fc_str_fmt(u->arena, "calc_%.*s", FC_ARG(stem));
    fc_str answer = fc_c_access(u, &c->scope, f);
    fc_buf_fmt(body, "fv_work_out_%s(&%.*s, ", words[f->type], FC_ARG(answer));
    if (f->calc_when)
        fc_c_expr(u, &c->scope, f->calc_when, body);
    else
        fc_buf_z(body, "FV_TRUE");
    fc_buf_z(body, ", ");
    if (f->type == FC_CHOICE)
        fc_buf_str(body, fc_c_access(u, &c->scope, f->calc->field));
    else
        fc_c_expr(u, &c->scope, f->calc, body);
    fc_buf_str(b, fc_buf_view(before));
    fc_buf_z(b, "/* ");
    fc_c_comment(b, f->path);
    fc_buf_z(b, " follows from ");
    fc_c_comment(b, fc_expr_print(u->arena, f->calc, rows));
    fc_buf_z(b, "\n * ");
    fc_c_comment(b, u->form->file);
    fc_buf_fmt(b, ":%u:%u */\n", line, col);
    size_t begin = b->n;
    fc_buf_fmt(b, "static void %.*s(", FC_ARG(c->name));
    if (c->scope.uses_plan)
        fc_buf_fmt(b, "%sstruct %.*s *plan%s", rows ? "const " : "", FC_ARG(u->ident),
                   rows ? ", " : "");
    if (rows)
        fc_buf_fmt(b, "struct %.*s *row", FC_ARG(fc_c_tag(u, rows->repeat)));
    fc_buf_char(b, ')');
    fc_c_wrap(u, b, begin);
    fc_buf_fmt(b, "\n{\n#line %u ", line);
    fc_c_literal(b, u->form->file);
    fc_buf_z(b, "\n    ");
    fc_buf_str(b, fc_buf_view(body));
    fc_buf_z(b, ");\n" FC_C_LINE_BACK "\n}\n\n");
    if (body->failed || before->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(before);
    fc_buf_release(body);
}

static void print_call(fc_c_unit *u, const calc_c *c, fc_buf *b)
{
    const fc_node *repeat = c->field->container->repeat;
    if (!repeat) {
        fc_buf_fmt(b, "    %.*s(plan);\n", FC_ARG(c->name));
        return;
    }
    fc_str list = fc_c_member(u, repeat, NULL);
    fc_buf_fmt(b,
               "    for (size_t i = 0; i < plan->%.*s.n; i++)\n"
               "        if (!blank_%.*s(&plan->%.*s.at[i]))\n"
               "            %.*s(%s&plan->%.*s.at[i]);\n",
               FC_ARG(list), FC_ARG(fc_c_tag(u, repeat)), FC_ARG(list), FC_ARG(c->name),
               c->scope.uses_plan ? "plan, " : "", FC_ARG(list));
}

void fc_c_calcs(fc_c_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    fc_c_map stems = {.arena = u->arena}; /* also of the functions of rules */
    if (!f->calcs.n)
        return;
    for (size_t i = 0; i < f->rules.n; i++)
        fc_c_map_put(&stems, f->rules.at[i]->name, (fc_str){0});
    fc_buf *calls = fc_c_buf(u->arena);
    for (size_t i = 0; i < f->calcs.n; i++) {
        calc_c c = {.field = f->calcs.at[i]};
        char *stem = fc_arena_alloc(u->arena, c.field->path.n + 1);
        for (size_t k = 0; k < c.field->path.n; k++)
            stem[k] = c.field->path.p[k] == '/' || c.field->path.p[k] == '-'
                          ? '_'
                          : c.field->path.p[k];
        if (c.field->container->repeat)
            fc_c_blank_row(u, c.field->container, b);
        print_calc(u, &c, fc_c_unique(&stems, (fc_str){stem, c.field->path.n}), b);
        print_call(u, &c, calls);
    }
    fc_buf_fmt(b, "void %.*s_work_out(struct %.*s *plan)\n{\n", FC_ARG(u->ident),
               FC_ARG(u->ident));
    fc_buf_str(b, fc_buf_view(calls));
    fc_buf_z(b, "}\n\n");
    if (calls->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(calls);
}
