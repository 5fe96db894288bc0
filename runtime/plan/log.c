/* What a plan keeps about itself: places in it, conflicts, what marks cover, the history. */
#include "runtime/plan/plan.h"
#include "runtime/fv.h"

#include <string.h>

const char *const fc_absence_reasons[] = {
    "not-asked", "asked-unknown", "asked-declined", "not-applicable", "unknown", "masked",
    NULL};

const char *const fc_plan_deeds[] = {"set",   "absent", "conflict", "keep",
                                     "stage", "mark",   NULL};

#define PSEUDONYM_MAX 64 /* of the name behind a party's id */

bool fc_in_list(const char *const *list, fc_str word)
{
    for (; *list; list++)
        if (fc_str_eq_z(word, *list))
            return true;
    return false;
}

bool fc_is_moment(fc_str s)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    char day[11];
    if (s.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (shape[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != shape[i])
            return false;
    fv_date_write(fv_date_read(fv_text_make(s.p, 10)), day);
    return memcmp(day, s.p, 10) == 0 && memcmp(s.p + 11, "24", 2) < 0 && s.p[14] < '6' &&
           s.p[17] < '6';
}

bool fc_is_author(const fc_form *f, fc_str by)
{
    size_t n = 0;
    while (n < by.n && by.p[n] != '/')
        n++;
    if (fc_form_party(f, fc_str_slice(by, 0, n)) < 0)
        return false;
    if (n == by.n)
        return true;
    for (size_t i = n + 1; i < by.n; i++) {
        char c = by.p[i];
        if (!fv_is_letter(c) && !fv_is_digit(c) && c != '-' && c != '_' && c != '.')
            return false;
    }
    return by.n - n - 1 > 0 && by.n - n - 1 <= PSEUDONYM_MAX;
}

/* ---- Places -------------------------------------------------------------------------- */

bool fc_plan_find(const fc_plan *p, fc_str path, fc_place *place)
{
    size_t open = 0, close;
    while (open < path.n && path.p[open] != '[')
        open++;
    *place = (fc_place){0};
    if (open == path.n) {
        place->field = fc_form_find_field(p->form, path);
        return place->field && !place->field->container->repeat;
    }
    for (close = open; close < path.n && path.p[close] != ']';)
        close++;
    const fc_node *repeat = fc_form_find(p->form, fc_str_slice(path, 0, open));
    if (close == path.n || !repeat || repeat->kind != FC_REPEAT)
        return false;
    fc_str id = fc_str_slice(path, open + 1, close),
           rest = fc_str_slice(path, close + 1, path.n);
    const fc_container *c = repeat->container;
    for (size_t i = 0; i < c->fields.n; i++) {
        fc_str full = c->fields.at[i]->path;
        if (fc_str_eq(fc_str_slice(full, repeat->path.n, full.n), rest))
            place->field = c->fields.at[i];
    }
    const fc_rows *rows = &p->rows[c->index];
    for (place->row = 0; place->row < rows->list.n; place->row++)
        if (fc_str_eq(rows->list.at[place->row].id, id))
            return place->field != NULL;
    return false;
}

fc_str fc_plan_path(fc_arena *a, const fc_node *field, fc_str row_id)
{
    const fc_node *repeat = field->container->repeat;
    if (!repeat)
        return field->path;
    size_t split = repeat->path.n;
    return fc_str_fmt(a, "%.*s[%.*s]%.*s", FC_ARG(repeat->path), FC_ARG(row_id),
                      FC_ARG(fc_str_slice(field->path, split, field->path.n)));
}

fc_answer *fc_plan_answer_at(fc_plan *p, fc_place at)
{
    const fc_container *c = at.field->container;
    return &p->rows[c->index].list.at[c->repeat ? at.row : 0].answers[at.field->slot];
}

/* ---- Conflicts ----------------------------------------------------------------------- */

bool fc_conflict_place(const fc_plan *p, const fc_conflict *c, fc_place *place)
{
    *place = (fc_place){c->field, 0};
    if (!c->field->container->repeat)
        return true;
    const fc_rows *rows = &p->rows[c->field->container->index];
    for (; place->row < rows->list.n; place->row++)
        if (fc_str_eq(rows->list.at[place->row].id, c->row))
            return true;
    return false;
}

/* The index of the conflict at this place, or conflicts.n. */
static size_t conflict_at(const fc_plan *p, fc_place at)
{
    fc_place place;
    size_t i = 0;
    for (; i < p->conflicts.n; i++)
        if (fc_conflict_place(p, &p->conflicts.at[i], &place) && place.field == at.field &&
            place.row == (at.field->container->repeat ? at.row : 0))
            break;
    return i;
}

const fc_conflict *fc_plan_conflict(const fc_plan *p, fc_place place)
{
    size_t i = conflict_at(p, place);
    return i < p->conflicts.n ? &p->conflicts.at[i] : NULL;
}

int fc_place_order(const fc_place *a, const fc_place *b)
{
    bool together = a->field->container == b->field->container && a->field->container->repeat;
    if (together && a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->field->ordinal > b->field->ordinal) - (a->field->ordinal < b->field->ordinal);
}

bool fc_plan_add_conflict(fc_plan *p, fc_conflict c)
{
    fc_place place, other;
    if (!fc_conflict_place(p, &c, &place) || conflict_at(p, place) < p->conflicts.n)
        return false;
    FC_PUSH(p->arena, &p->conflicts, c);
    for (size_t i = p->conflicts.n - 1; i > 0; i--) {
        fc_conflict before = p->conflicts.at[i - 1];
        if (!fc_conflict_place(p, &before, &other) || fc_place_order(&place, &other) > 0)
            break;
        p->conflicts.at[i - 1] = p->conflicts.at[i];
        p->conflicts.at[i] = before;
    }
    return true;
}

void fc_plan_settle(fc_plan *p, fc_place place, bool take_visible)
{
    size_t i = conflict_at(p, place);
    if (i == p->conflicts.n)
        return;
    const fc_conflict *c = &p->conflicts.at[i];
    *fc_plan_answer_at(p, place) = take_visible ? c->visible : c->stored;
    p->conflicts.n--;
    memmove(&p->conflicts.at[i], &p->conflicts.at[i + 1],
            (p->conflicts.n - i) * sizeof *p->conflicts.at);
}

/* ---- History and marks --------------------------------------------------------------- */

void fc_plan_log(fc_plan *p, fc_change e)
{
    FC_PUSH(p->arena, &p->history, e);
}

bool fc_plan_had_answer(const fc_plan *p, size_t entries, fc_str path)
{
    for (size_t i = entries; i-- > 0;) {
        const fc_change *e = &p->history.at[i];
        if (fc_str_eq(e->path, path) && !fc_str_eq_z(e->did, "mark") &&
            !fc_str_eq_z(e->did, "conflict"))
            return fc_str_eq_z(e->did, "set") || fc_str_eq_z(e->did, "keep");
    }
    return false;
}

static fc_str own_digest(const fc_plan *p, const fc_node *mark)
{
    const fc_node *signature = mark->parent;
    return fc_plan_digest_of(p->arena, p, &signature, 1);
}

static fc_str covered_digest(const fc_plan *p, const fc_node *mark)
{
    const fc_node *signature = mark->parent;
    return fc_plan_digest_of(p->arena, p, signature->covers.at, signature->covers.n);
}

const fc_mark *fc_plan_mark(const fc_plan *p, const fc_node *field)
{
    for (size_t i = 0; i < p->marks.n; i++)
        if (p->marks.at[i].field == field)
            return &p->marks.at[i];
    return NULL;
}

bool fc_plan_mark_is_stale(const fc_plan *p, const fc_node *field)
{
    const fc_mark *m = fc_plan_mark(p, field);
    return m && m->state == FC_MARK_STALE;
}

void fc_plan_look_at_marks(fc_plan *p)
{
    for (size_t i = 0; i < p->marks.n; i++) {
        fc_mark *m = &p->marks.at[i];
        if (!fc_str_eq(m->own, own_digest(p, m->field)))
            m->state = FC_MARK_OTHER;
        else if (!fc_str_eq(m->covers, covered_digest(p, m->field)))
            m->state = FC_MARK_STALE;
        else
            m->state = FC_MARK_FRESH;
    }
}

void fc_plan_note_marks(fc_plan *p, fc_str at, fc_str by, fc_str via)
{
    const fc_form *f = p->form;
    fc_mark *old = p->marks.at;
    size_t n_old = p->marks.n;
    fc_plan_look_at_marks(p);
    p->marks.at = NULL;
    p->marks.n = p->marks.cap = 0;
    for (size_t i = 0; i < f->fields.n; i++) { /* so that they are in the order of the form */
        const fc_node *field = f->fields.at[i];
        if (field->type != FC_MARK || !field->parent->covers.n ||
            !fc_plan_answer(p, field, 0)->text.n)
            continue;
        fc_mark m = {.field = field, .at = at, .by = by, .state = FC_MARK_OTHER};
        for (size_t k = 0; k < n_old; k++)
            if (old[k].field == field && old[k].state != FC_MARK_OTHER)
                m = old[k];
        if (m.state == FC_MARK_OTHER) {
            m.own = own_digest(p, field);
            m.covers = covered_digest(p, field);
            m.state = FC_MARK_FRESH;
            fc_plan_log(
                p,
                (fc_change){
                    .at = at, .by = by, .via = via, .did = FC_S("mark"), .path = field->path});
        }
        FC_PUSH(p->arena, &p->marks, m);
    }
}
