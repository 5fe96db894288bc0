/* A completed plan in memory. */
#include "runtime/plan/plan.h"

#include <string.h>

fc_plan *fc_plan_new(fc_arena *a, const fc_form *f)
{
    fc_plan *p = FC_NEW(a, fc_plan);
    p->arena = a;
    p->form = f;
    p->version = f->version;
    p->digest = f->digest;
    p->rows = FC_NEW_N(a, fc_rows, f->containers.n);
    fc_plan_add_row(p, f->containers.at[0], (fc_str){0});
    return p;
}

static bool has_row_id(const fc_rows *rows, fc_str id)
{
    for (size_t i = 0; i < rows->list.n; i++)
        if (fc_str_eq(rows->list.at[i].id, id))
            return true;
    return false;
}

fc_row *fc_plan_add_row(fc_plan *p, const fc_container *c, fc_str id)
{
    fc_rows *rows = &p->rows[c->index];
    if (c->repeat && !id.n) {
        /* Never below the last one, so that ids that are taken are met once, not by each row.
         */
        if (rows->numbered < rows->list.n)
            rows->numbered = rows->list.n;
        do
            id = fc_str_fmt(p->arena, "row-%zu", ++rows->numbered);
        while (has_row_id(rows, id));
    }
    fc_row row = {.id = id, .answers = FC_NEW_N(p->arena, fc_answer, c->fields.n)};
    FC_PUSH(p->arena, &rows->list, row);
    return &rows->list.at[rows->list.n - 1];
}

const fc_answer *fc_plan_answer(const fc_plan *p, const fc_node *field, size_t row)
{
    static const fc_answer blank;
    const fc_rows *rows = &p->rows[field->container->index];
    if (!field->container->repeat)
        row = 0;
    return row < rows->list.n ? &rows->list.at[row].answers[field->slot] : &blank;
}

size_t fc_plan_row_count(const fc_plan *p, const fc_container *c)
{
    return p->rows[c->index].list.n;
}

bool fc_plan_is_blank(const fc_plan *p)
{
    for (size_t c = 0; c < p->form->containers.n; c++) {
        const fc_rows *rows = &p->rows[c];
        for (size_t r = 0; r < rows->list.n; r++)
            for (size_t i = 0; i < p->form->containers.at[c]->fields.n; i++)
                if (rows->list.at[r].answers[i].text.n || rows->list.at[r].answers[i].absent.n)
                    return false;
    }
    return true;
}
