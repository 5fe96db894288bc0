/* How one answer is read and shown. What can be read is decided by runtime/fv.h, the same code
 * that the generated validators use. */
#include "runtime/plan/answer.h"
#include "runtime/plan/eval.h"

#include <stdio.h>

static fv_text fv(fc_str s)
{
    return fv_text_make(s.p, s.n);
}

fc_str fc_answer_date(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX])
{
    if (field->type != FC_DATE)
        return (fc_str){0};
    fv_date_write(fv_date_read(fv(stored)), room);
    return fc_str_of(room);
}

fc_str fc_answer_shown(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX])
{
    /* Only the stored form is rewritten; a date in other words stays as it was typed. */
    if (stored.n && fc_str_eq(fc_answer_date(field, stored, room), stored)) {
        fv_date d = fv_date_read(fv(stored));
        int n = snprintf(room, FC_SHOWN_MAX, "%02d/%02d/%04d", d.day, d.month, (int)d.year);
        return (fc_str){room, (size_t)n};
    }
    const fc_choice *c = field->choices ? fc_choices_find(field->choices, stored) : NULL;
    return c ? c->label : stored;
}

bool fc_answer_readable(const fc_node *field, fc_str stored)
{
    fv_why why;
    const fc_answer answer = {.text = stored};
    return fc_answer_state(field, &answer, &why) != FV_UNREADABLE;
}
