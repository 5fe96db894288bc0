/* What went out against what came back. */
#include "tests/reading/round.h"

#include "runtime/plan/answer.h"

#include <stdio.h>
#include <stdlib.h>

unsigned long round_number;

void round_fail(const char *what, fc_str where)
{
    fprintf(stderr, "plan %lu: %s: %.*s\n", round_number, what, FC_ARG(where));
    exit(1);
}

/* In its stored form when it can be read; worked out here a second time. */
static fc_str expected(fc_arena *a, const fc_node *f, fc_str text)
{
    char room[32] = "";
    fv_text t = fv_text_make(text.p, text.n);
    if (f->type == FC_DATE)
        fv_date_write(fv_date_read(t), room);
    else if (f->type == FC_PART_DATE)
        fv_part_date_write(fv_part_date_read(t), room);
    else if (f->type == FC_MONEY)
        fv_money_write(fv_money_read(t), room);
    else if (f->type == FC_CHOICES) {
        uint64_t set = fc_answer_set(f, text);
        fc_str s = {0};
        for (size_t i = 0; i < f->choices->list.n; i++)
            if (set >> i & 1u)
                s = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(s), s.n ? " " : "",
                               FC_ARG(f->choices->list.at[i].id));
        return s; /* one in words has no box */
    }
    return room[0] ? fc_str_copy_z(a, room) : text;
}

/* The answer that came back is the one that went out. */
static bool came_back(fc_arena *a, const fc_node *f, fc_str went, fc_str came)
{
    if (fc_str_eq(came, expected(a, f, went)))
        return true;
    if (!f->choices || f->type == FC_CHOICES)
        return false;
    /* A choice in words or with other white space is the same choice. */
    const fc_choice *c = fc_choices_find(f->choices, came);
    const fc_answer one = {.text = came}, other = {.text = went};
    fv_why why;
    return c && fc_answer_state(f, &one, &why) == FV_PRESENT &&
           fc_answer_state(f, &other, &why) == FV_PRESENT;
}

static bool row_is_blank(const fc_container *c, const fc_plan *p, size_t row, fc_arena *a)
{
    for (size_t k = 0; k < c->fields.n; k++)
        if (expected(a, c->fields.at[k], fc_plan_answer(p, c->fields.at[k], row)->text).n)
            return false;
    return true;
}

void round_compare(fc_arena *a, const fc_plan *went, const fc_plan *came, const char *how)
{
    const fc_form *f = went->form;
    for (size_t i = 0; i < f->containers.n; i++) {
        const fc_container *c = f->containers.at[i];
        size_t rows = c->repeat ? fc_plan_row_count(went, c) : 1, at = 0;
        for (size_t row = 0; row < rows; row++) {
            if (c->repeat && row_is_blank(c, went, row, a))
                continue;
            for (size_t k = 0; k < c->fields.n; k++) {
                const fc_node *n = c->fields.at[k];
                if (!came_back(a, n, fc_plan_answer(went, n, row)->text,
                               fc_plan_answer(came, n, at)->text))
                    round_fail(fc_str_fmt(a, "%s: [%.*s] came back as [%.*s]", how,
                                          FC_ARG(fc_plan_answer(went, n, row)->text),
                                          FC_ARG(fc_plan_answer(came, n, at)->text))
                                   .p,
                               n->path);
            }
            at++;
        }
        if (c->repeat && at != fc_plan_row_count(came, c))
            round_fail("the number of rows", c->repeat->path);
    }
}
