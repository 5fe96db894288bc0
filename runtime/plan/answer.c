/* How one answer is read and shown. */
#include "runtime/plan/answer.h"

#include <stdio.h>

/* Reads YYYY-MM-DD, a day that exists. */
static bool read_iso(fc_str s, int *y, int *m, int *d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    int v[3] = {0};
    static const int from[] = {0, 5, 8}, to[] = {4, 7, 10};
    for (int i = 0; i < 3; i++)
        for (int k = from[i]; k < to[i]; k++) {
            if (s.p[k] < '0' || s.p[k] > '9')
                return false;
            v[i] = v[i] * 10 + (s.p[k] - '0');
        }
    bool leap = (v[0] % 4 == 0 && v[0] % 100 != 0) || v[0] % 400 == 0;
    if (v[0] < 1 || v[1] < 1 || v[1] > 12 || v[2] < 1 ||
        v[2] > days[v[1] - 1] + (v[1] == 2 && leap))
        return false;
    *y = v[0], *m = v[1], *d = v[2];
    return true;
}

fc_str fc_answer_shown(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX])
{
    int y, m, d;
    if (field->type == FC_DATE && read_iso(stored, &y, &m, &d)) {
        int n = snprintf(room, FC_SHOWN_MAX, "%02d/%02d/%04d", d, m, y);
        return (fc_str){room, (size_t)n};
    }
    const fc_choice *c = field->choices ? fc_choices_find(field->choices, stored) : NULL;
    return c ? c->label : stored;
}

fc_str fc_answer_date(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX])
{
    int y, m, d;
    if (field->type != FC_DATE || !read_iso(stored, &y, &m, &d))
        return (fc_str){0};
    int n = snprintf(room, FC_SHOWN_MAX, "%04d-%02d-%02d", y, m, d);
    return (fc_str){room, (size_t)n};
}

bool fc_answer_readable(const fc_node *field, fc_str stored)
{
    int y, m, d;
    if (!stored.n)
        return true;
    if (field->type == FC_DATE)
        return read_iso(stored, &y, &m, &d);
    if (field->choices && !field->choices->open)
        return fc_choices_find(field->choices, stored) != NULL;
    return true;
}
