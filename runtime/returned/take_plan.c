/* A plan that came back as a plan: as XML or JSON, above all from the page for browsers. What
 * it was made from is not in it, so two answers that differ are a conflict, whichever is the
 * later one. */
#include "runtime/plan/answer.h"
#include "runtime/returned/take.h"

typedef struct taking {
    fc_plan *given, *into;
    const fc_take_as *as;
    fc_taken *out;
} taking;

static bool has_some(const fc_answer *a)
{
    return a->text.n || a->absent.n;
}

static bool same_answer(const fc_answer *a, const fc_answer *b)
{
    return fc_str_eq(a->text, b->text) && fc_str_eq(a->absent, b->absent);
}

/* Before the first change: a signature that came in earlier stands for what came in with it. */
static void begin_change(taking *t)
{
    if (!t->out->changed)
        fc_plan_note_marks(t->into, t->as->at, t->as->by, FC_S("plan"));
    t->out->changed = true;
}

static void log_change(taking *t, const char *did, fc_str to, fc_str path)
{
    fc_plan_log(t->into, (fc_change){.at = t->as->at,
                                     .by = t->as->by,
                                     .via = FC_S("plan"),
                                     .file = t->as->file,
                                     .did = fc_str_of(did),
                                     .path = path,
                                     .to = to});
}

static void tell(taking *t, fc_told_kind kind, fc_place at, fc_str path)
{
    size_t row = at.field->container->repeat ? at.row + 1 : 0;
    FC_PUSH(t->into->arena, &t->out->told, ((fc_told){kind, at.field, row, path}));
}

static void add_conflict(taking *t, fc_place at, fc_conflict c, fc_str path)
{
    const fc_conflict *there = fc_plan_conflict(t->into, at);
    if (there && same_answer(&there->stored, &c.stored) &&
        same_answer(&there->visible, &c.visible))
        return; /* read before */
    if (there) {
        tell(t, FC_TOLD_UNKEPT, at, path);
        return;
    }
    begin_change(t);
    fc_plan_add_conflict(t->into, c);
    log_change(t, "conflict", (fc_str){0}, path);
    t->out->conflicts++;
    tell(t, FC_TOLD_CONFLICT, at, path);
}

static void take_answer(taking *t, fc_place at, const fc_answer *its, fc_str row)
{
    fc_answer mine = *fc_plan_answer(t->into, at.field, at.row);
    fc_str path = fc_plan_path(t->into->arena, at.field, row);
    if (same_answer(&mine, its)) {
        t->out->known += its->text.n > 0;
        return;
    }
    if (has_some(&mine)) {
        bool nothing =
            !has_some(its) && !fc_plan_had_answer(t->given, t->given->history.n, path);
        if (!nothing && !fc_str_eq_z(its->absent, "masked")) /* that is a copy without it */
            add_conflict(t, at, (fc_conflict){at.field, row, mine, *its}, path);
        return;
    }
    if (fc_plan_conflict(t->into, at)) {
        tell(t, FC_TOLD_UNKEPT, at, path);
        return;
    }
    begin_change(t);
    *fc_plan_answer_at(t->into, at) = *its;
    log_change(t, its->text.n ? "set" : "absent", its->absent, path);
    t->out->read++;
    if (its->text.n && !fc_answer_readable(at.field, its->text))
        tell(t, FC_TOLD_UNREADABLE, at, path);
}

/* The row with this id; false: there is none, and *row is that of the next one. */
static bool find_row(const fc_plan *p, const fc_container *c, fc_str id, size_t *row)
{
    const fc_rows *rows = &p->rows[c->index];
    for (*row = 0; *row < rows->list.n; (*row)++)
        if (fc_str_eq(rows->list.at[*row].id, id))
            return true;
    return false;
}

static bool row_has_some(const fc_plan *p, const fc_container *c, size_t row)
{
    for (size_t k = 0; k < c->fields.n; k++)
        if (has_some(fc_plan_answer(p, c->fields.at[k], row)))
            return true;
    return false;
}

static void take_row(taking *t, const fc_container *c, size_t there)
{
    size_t row = 0;
    fc_str id = c->repeat ? t->given->rows[c->index].list.at[there].id : (fc_str){0};
    if (c->repeat && !find_row(t->into, c, id, &row)) {
        if (!row_has_some(t->given, c, there))
            return;
        begin_change(t);
        fc_plan_add_row(t->into, c, id);
    }
    for (size_t k = 0; k < c->fields.n; k++)
        take_answer(t, (fc_place){c->fields.at[k], row},
                    fc_plan_answer(t->given, c->fields.at[k], there), id);
}

static size_t times_settled(const fc_plan *p, fc_str path)
{
    size_t n = 0;
    for (size_t i = 0; i < p->history.n; i++)
        n +=
            fc_str_eq(p->history.at[i].path, path) && fc_str_eq_z(p->history.at[i].did, "keep");
    return n;
}

/* Its conflicts hold answers, too; unless somebody has chosen since. */
static void take_conflict(taking *t, const fc_conflict *c)
{
    fc_place at;
    fc_str path = fc_plan_path(t->into->arena, c->field, c->row);
    if (fc_conflict_place(t->into, c, &at) &&
        times_settled(t->into, path) <= times_settled(t->given, path))
        add_conflict(t, at, *c, path);
}

fc_status fc_plan_take(fc_arena *a, fc_plan *given, fc_plan *into, const fc_take_as *as,
                       fc_taken *out)
{
    const fc_form *f = given->form;
    taking t = {given, into, as, out};
    *out = (fc_taken){0};
    if (!into) {
        if (!given->id.n)
            given->id = fc_returned_id_for(a, as);
        out->plan = given;
        return FC_OK;
    }
    if (given->id.n && !fc_str_eq(given->id, into->id)) {
        FC_PUSH(a, &out->told, ((fc_told){.kind = FC_TOLD_OTHER_PLAN}));
        return FC_REFUSED;
    }
    for (size_t i = 0; i < f->containers.n; i++) {
        const fc_container *c = f->containers.at[i];
        for (size_t row = 0; row < (c->repeat ? fc_plan_row_count(given, c) : 1); row++)
            take_row(&t, c, row);
    }
    for (size_t i = 0; i < given->conflicts.n; i++)
        take_conflict(&t, &given->conflicts.at[i]);
    if (out->changed) {
        fc_plan_note_marks(into, as->at, as->by, FC_S("plan"));
        fc_plan_look_at_marks(into);
    }
    out->plan = into;
    return fc_taken_status(out);
}
