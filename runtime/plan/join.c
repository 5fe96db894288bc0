/* Two states of one plan made into one.
 *
 * Their histories begin alike up to where the two went apart. What a history says behind that
 * was done to this state only: an answer that was changed in one of the two alone is the later
 * one. All other differences are conflicts, and an answer that one of the two lacks is taken.
 */
#include "runtime/plan/join.h"

#include <string.h>

typedef struct joining {
    fc_plan *into, *other;
    size_t apart; /* the first entry that their histories do not share */
    const fc_change *as;
    fc_joined *out;
} joining;

static bool same_change(const fc_change *x, const fc_change *y)
{
    return fc_str_eq(x->at, y->at) && fc_str_eq(x->by, y->by) && fc_str_eq(x->via, y->via) &&
           fc_str_eq(x->file, y->file) && fc_str_eq(x->did, y->did) &&
           fc_str_eq(x->path, y->path) && fc_str_eq(x->to, y->to);
}

/* Has this state alone an entry there, of a conflict or of what ends one? */
static bool was_touched(const joining *j, const fc_plan *p, fc_str path)
{
    for (size_t i = j->apart; i < p->history.n; i++)
        if (fc_str_eq(p->history.at[i].path, path) &&
            !fc_str_eq_z(p->history.at[i].did, "mark"))
            return true;
    return false;
}

/* Has this state alone another answer there? A conflict leaves the answer as it was: were it
 * taken for a later one, the third answer to a question would be lost. */
static bool was_changed(const joining *j, const fc_plan *p, fc_str path)
{
    for (size_t i = j->apart; i < p->history.n; i++)
        if (fc_str_eq(p->history.at[i].path, path) &&
            !fc_str_eq_z(p->history.at[i].did, "mark") &&
            !fc_str_eq_z(p->history.at[i].did, "conflict"))
            return true;
    return false;
}

static bool has_some(const fc_answer *a)
{
    return a->text.n || a->absent.n;
}

static bool same_answer(const fc_answer *a, const fc_answer *b)
{
    return fc_str_eq(a->text, b->text) && fc_str_eq(a->absent, b->absent);
}

static void add_conflict(joining *j, fc_conflict c, fc_str path)
{
    fc_arena *a = j->into->arena;
    if (!fc_plan_add_conflict(j->into, c)) {
        FC_PUSH(a, &j->out->unkept, path);
        return;
    }
    fc_change e = *j->as;
    e.did = FC_S("conflict");
    e.path = path;
    fc_plan_log(j->into, e);
    FC_PUSH(a, &j->out->doubt, path);
}

/* An answer that came in: who brought it, unless the other history says that. */
static void note_came(joining *j, const fc_answer *its, fc_str path)
{
    fc_change e = *j->as;
    e.did = its->text.n ? FC_S("set") : FC_S("absent");
    e.to = its->absent;
    e.path = path;
    FC_PUSH(j->into->arena, &j->out->came, e);
}

/* One of the two lacks what both had when they went apart. */
static bool was_taken_out(const joining *j, const fc_answer *lacks, fc_str path)
{
    return !has_some(lacks) && fc_plan_had_answer(j->into, j->apart, path);
}

static void join_answer(joining *j, fc_place here, size_t there, fc_str row)
{
    fc_answer *mine = fc_plan_answer_at(j->into, here);
    const fc_answer *its = fc_plan_answer(j->other, here.field, there);
    if (same_answer(mine, its))
        return;
    fc_str path = fc_plan_path(j->into->arena, here.field, row);
    bool mine_later = was_changed(j, j->into, path), its_later = was_changed(j, j->other, path);
    bool one_is_later = mine_later != its_later;
    bool taken_out = was_taken_out(j, mine, path) || was_taken_out(j, its, path);
    if (one_is_later ? mine_later : !has_some(its) && !taken_out)
        return;
    const fc_conflict *open = fc_plan_conflict(j->into, here);
    if (!open && (one_is_later || (!has_some(mine) && !taken_out))) {
        if (!its_later)
            note_came(j, its, path);
        *mine = *its;
        j->out->taken++;
        return;
    }
    if (!open || !same_answer(&open->visible, its)) /* else both are there already */
        add_conflict(j, (fc_conflict){here.field, row, *mine, *its}, path);
}

/* The row of `into` that has this id; it is made when there is none. */
static size_t row_of(joining *j, const fc_container *c, fc_str id)
{
    const fc_rows *rows = &j->into->rows[c->index];
    for (size_t i = 0; i < rows->list.n; i++)
        if (fc_str_eq(rows->list.at[i].id, id))
            return i;
    fc_plan_add_row(j->into, c, id);
    return fc_plan_row_count(j->into, c) - 1;
}

static void join_answers(joining *j)
{
    const fc_form *f = j->into->form;
    for (size_t i = 0; i < f->containers.n; i++) {
        const fc_container *c = f->containers.at[i];
        size_t n = c->repeat ? fc_plan_row_count(j->other, c) : 1;
        for (size_t there = 0; there < n; there++) {
            fc_str id = c->repeat ? j->other->rows[c->index].list.at[there].id : (fc_str){0};
            size_t row = c->repeat ? row_of(j, c, id) : 0;
            for (size_t k = 0; k < c->fields.n; k++)
                join_answer(j, (fc_place){c->fields.at[k], row}, there, id);
        }
    }
}

/* Conflicts that both had and somebody has ended in the other state alone. */
static void join_decisions(joining *j)
{
    for (size_t i = j->into->conflicts.n; i-- > 0;) {
        const fc_conflict *c = &j->into->conflicts.at[i];
        fc_str path = fc_plan_path(j->into->arena, c->field, c->row);
        fc_place here, there;
        if (!fc_conflict_place(j->into, c, &here) || !fc_conflict_place(j->other, c, &there) ||
            fc_plan_conflict(j->other, there) || was_touched(j, j->into, path) ||
            !was_changed(j, j->other, path))
            continue;
        fc_plan_settle(j->into, here, false);
        *fc_plan_answer_at(j->into, here) = *fc_plan_answer(j->other, there.field, there.row);
        j->out->taken++;
    }
}

static void join_conflicts(joining *j)
{
    for (size_t i = 0; i < j->other->conflicts.n; i++) {
        const fc_conflict *c = &j->other->conflicts.at[i];
        fc_place at;
        if (!fc_conflict_place(j->into, c, &at))
            continue; /* its row is gone in both */
        const fc_conflict *mine = fc_plan_conflict(j->into, at);
        fc_str path = fc_plan_path(j->into->arena, c->field, c->row);
        bool known = mine && same_answer(&mine->stored, &c->stored) &&
                     same_answer(&mine->visible, &c->visible);
        /* Somebody has chosen here since. */
        bool settled =
            !mine && was_touched(j, j->into, path) && !was_touched(j, j->other, path);
        if (!known && !settled)
            add_conflict(j, *c, path);
    }
}

/* What the other history says behind the place where the two went apart. */
static void join_history(joining *j)
{
    size_t n = j->into->history.n;
    for (size_t i = j->apart; i < j->other->history.n; i++) {
        const fc_change *e = &j->other->history.at[i];
        size_t k = j->apart;
        while (k < n && !same_change(&j->into->history.at[k], e))
            k++;
        if (k == n)
            fc_plan_log(j->into, *e);
    }
}

/* A mark goes with the signature that it was noted for. */
static void join_marks(joining *j)
{
    fc_plan *p = j->into;
    fc_plan_look_at_marks(p);
    for (size_t i = 0; i < j->other->marks.n; i++) {
        const fc_mark *its = &j->other->marks.at[i];
        size_t at = 0;
        while (at < p->marks.n && p->marks.at[at].field->ordinal < its->field->ordinal)
            at++;
        if (at < p->marks.n && p->marks.at[at].field == its->field) {
            if (p->marks.at[at].state == FC_MARK_OTHER)
                p->marks.at[at] = *its;
            continue;
        }
        FC_PUSH(p->arena, &p->marks, *its);
        memmove(&p->marks.at[at + 1], &p->marks.at[at],
                (p->marks.n - 1 - at) * sizeof *p->marks.at);
        p->marks.at[at] = *its;
    }
    fc_plan_look_at_marks(p);
}

/* The stage that only one of the two was moved to; else the earlier one, which promises less.
 */
static void join_stage(joining *j)
{
    fc_plan *p = j->into;
    bool mine_later = false, its_later = false;
    if (!p->stage.n || !j->other->stage.n) {
        p->stage = p->stage.n ? p->stage : j->other->stage;
        return;
    }
    for (size_t i = j->apart; i < p->history.n; i++)
        mine_later |= fc_str_eq_z(p->history.at[i].did, "stage");
    for (size_t i = j->apart; i < j->other->history.n; i++)
        its_later |= fc_str_eq_z(j->other->history.at[i].did, "stage");
    bool earlier = fc_form_stage(p->form, j->other->stage) < fc_form_stage(p->form, p->stage);
    if (mine_later != its_later ? its_later : earlier)
        p->stage = j->other->stage;
}

static void note_marks(fc_plan *p, const fc_change *as)
{
    fc_plan_note_marks(p, as->at, as->by, as->via);
}

void fc_plan_join(fc_plan *into, fc_plan *other, const fc_change *as, fc_joined *out)
{
    joining j = {.into = into, .other = other, .as = as, .out = out};
    *out = (fc_joined){0};
    while (j.apart < into->history.n && j.apart < other->history.n &&
           same_change(&into->history.at[j.apart], &other->history.at[j.apart]))
        j.apart++;
    join_stage(&j);
    /* Each signature stands for the plan that it came in with. */
    note_marks(into, as);
    note_marks(other, as);
    join_decisions(&j);
    join_answers(&j);
    join_conflicts(&j);
    join_history(&j);
    join_marks(&j);
    into->synthetic |= other->synthetic;
}
