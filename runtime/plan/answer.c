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

/* "-1234.50", as it is kept, as "-£1,234.50". */
static fc_str show_money(fc_str kept, char room[FC_SHOWN_MAX])
{
    fc_str below = fc_str_starts(kept, "-") ? FC_S("-") : (fc_str){0};
    size_t n = (size_t)snprintf(room, FC_SHOWN_MAX, "%.*s\xc2\xa3", FC_ARG(below));
    for (size_t i = below.n; i < kept.n; i++) {
        room[n++] = kept.p[i];
        size_t behind = kept.n - i - 1; /* digits of pence and their point included */
        if (behind > 3 && behind % 3 == 0)
            room[n++] = ',';
    }
    return (fc_str){room, n};
}

fc_str fc_answer_shown(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX])
{
    const char *p = stored.p;
    room[0] = '\0';
    if (field->type == FC_DATE)
        fv_date_write(fv_date_read(fv(stored)), room);
    else if (field->type == FC_PART_DATE)
        fv_part_date_write(fv_part_date_read(fv(stored)), room);
    /* Only the stored form is rewritten; a date in other words stays as it was typed. */
    if (stored.n > 4 && fc_str_eq_z(stored, room)) {
        int n = stored.n == 10 ? snprintf(room, FC_SHOWN_MAX, "%.2s/%.2s/%.4s", p + 8, p + 5, p)
                               : snprintf(room, FC_SHOWN_MAX, "%.2s/%.4s", p + 5, p);
        return (fc_str){room, (size_t)n};
    }
    if (field->type == FC_MONEY) {
        char kept[FV_MONEY_ROOM];
        fv_money_write(fv_money_read(fv(stored)), kept);
        return stored.n && fc_str_eq_z(stored, kept) ? show_money(stored, room) : stored;
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
