/* Three ways: what a file was issued with, what its store holds, what it shows. What only one
 * of the last two changed is the answer; what both changed differently is a conflict; what
 * nobody changed stays as it was, byte for byte. Then the same once more against the plan,
 * which may have changed since. */
#include "runtime/returned/take.h"
#include "runtime/base/digest.h"
#include "runtime/plan/answer.h"
#include "runtime/plan/eval.h"
#include "runtime/returned/places.h"

#include <string.h>

typedef enum outcome { AS_ISSUED, CHANGED, TWO_ANSWERS, NOT_FOUND } outcome;

typedef struct judged {
    const fc_node *field;
    size_t row; /* from 0 */
    outcome outcome;
    fc_answer issued; /* what was given, not what was worked out */
    fc_str text;      /* the new answer; of two, what the document shows ... */
    fc_str stored;    /* ... and what its store holds */
    bool sides;       /* `stored` is one of two; else the other one is the plan's */
    const fc_found *found;
    bool spaces, placeholder;
    bool boxes_gone; /* some of its boxes; the others were read */
    bool more;       /* than two answers: a conflict has no room for the others */
} judged;

typedef struct taker {
    fc_arena *a;
    const fc_form *f;
    const fc_take_as *as;
    fc_str via;
    fc_taken *out;
    fc_plan *base;        /* what it was issued with */
    const fc_plan *shown; /* the same as a document shows it */
    fc_plan *plan;        /* what is changed */
    fc_places places;
    fc_empty_words empty, held;
    bool flattened; /* that is told once, not at each place */
    FC_ARRAY(judged) judged;
} taker;

static void tell(taker *t, fc_told_kind kind, const fc_node *field, size_t row, fc_str path)
{
    FC_PUSH(t->a, &t->out->told, ((fc_told){kind, field, row, path}));
}

static void tell_file(fc_arena *a, fc_taken *out, fc_told_kind kind)
{
    FC_PUSH(a, &out->told, ((fc_told){.kind = kind}));
}

/* ---- one place ----------------------------------------------------------------------- */

/* What a value says; `same` when that is what was issued. */
typedef struct said {
    fc_str text;
    fc_channel channel;
    bool same, spaces;
} said;

/* A text as it stood in the document when it was issued? */
static bool as_issued(const taker *t, const judged *j, fc_str text, fc_channel channel)
{
    char room[FC_SHOWN_MAX];
    fc_str issued = fc_plan_answer(t->shown, j->field, j->row)->text;
    fc_str shown = fc_answer_shown(j->field, issued, room);
    if (channel != FC_STORED)
        return fc_str_eq(text, shown);
    return fc_str_eq(text, issued) ||
           ((j->field->type == FC_PART_DATE || j->field->type == FC_MONEY) &&
            fc_str_eq(text, shown));
}

static said what_it_says(taker *t, judged *j, const fc_seen *v)
{
    fc_str issued = fc_plan_answer(t->shown, j->field, j->row)->text;
    said s = {.text = fc_clean_text(t->a, v->text), .channel = v->channel};
    if (as_issued(t, j, s.text, v->channel) && !(v->placeholder && s.text.n && !issued.n)) {
        s.text = issued;
        s.same = true;
        return s;
    }
    if (fc_is_empty_word(&t->empty, s.text))
        s.text = (fc_str){0};
    else if (v->placeholder && s.text.n)
        j->placeholder = true;
    if (issued.n && fc_is_empty_word(&t->held, s.text)) {
        s.text = issued; /* too long for a field, which says so */
        s.same = true;
        return s;
    }
    s.spaces = s.text.n && issued.n && v->channel != FC_STORED && !fc_str_eq(s.text, issued);
    fc_str date = fc_str_eq(v->date, issued) ? (fc_str){0} : v->date;
    char room[FC_SHOWN_MAX];
    s.spaces = s.spaces && fc_same_but_space(s.text, fc_answer_shown(j->field, issued, room));
    s.text = fc_stored_form(t->a, j->field, s.text, date, v->channel);
    s.same = fc_str_eq(s.text, issued) || (!s.text.n && !j->issued.text.n);
    return s;
}

/* A bookmark that has the control and nothing else says what the control says. What stands in
 * it beside a placeholder was typed there. */
static said beside_placeholder(taker *t, said s)
{
    for (size_t i = 0; i < t->empty.list.n; i++) {
        fc_str w = t->empty.list.at[i];
        if (s.same || !w.n || s.text.n <= w.n)
            continue;
        if (memcmp(s.text.p, w.p, w.n) == 0)
            s.text = fc_str_slice(s.text, w.n, s.text.n);
        else if (memcmp(s.text.p + s.text.n - w.n, w.p, w.n) == 0)
            s.text = fc_str_slice(s.text, 0, s.text.n - w.n);
        else
            continue;
        s.text = fc_clean_text(t->a, s.text);
        break;
    }
    return s;
}

/* Two bookmarks of one name, of which one has the answer as it was issued: an editor tore the
 * answer apart, and what is new is beside it, not instead of it. */
static bool is_torn(const said *says, unsigned n)
{
    bool issued = false, other = false;
    for (unsigned i = 0; i < n; i++) {
        bool shown = says[i].channel == FC_BOOKMARK && says[i].text.n;
        issued |= shown && says[i].same;
        other |= shown && !says[i].same;
    }
    return issued && other;
}

static void decide(judged *j, said *says, unsigned n)
{
    const said *changed[FC_VALUES_MAX] = {0};
    unsigned k = 0;
    for (unsigned i = 0; i < n; i++) {
        bool again = says[i].same, stored = false;
        for (unsigned m = 0; m < n; m++)
            stored |= says[m].channel == FC_STORED && fc_str_eq(says[m].text, says[i].text);
        if (!again && says[i].spaces && !stored) {
            j->spaces = again = true; /* an editor lost it, nobody changed it */
        }
        for (unsigned m = 0; m < k; m++)
            again |= fc_str_eq(changed[m]->text, says[i].text);
        if (!again)
            changed[k++] = &says[i];
    }
    if (!k)
        return;
    j->outcome = k == 1 && !j->found->more && !is_torn(says, n) ? CHANGED : TWO_ANSWERS;
    j->text = changed[0]->text;
    j->more = k > 2 || j->found->more;
    if (j->outcome == TWO_ANSWERS) {
        const said *one = changed[0], *other = changed[k > 1 ? 1 : 0];
        j->sides = k > 1;
        j->stored = one->text;
        j->text = other->text;
    }
}

static void judge_value(taker *t, judged *j)
{
    const fc_found *g = j->found;
    said says[FC_VALUES_MAX];
    unsigned n = 0;
    bool has_control = g->has[FC_SHOWN];
    for (fc_channel c = FC_STORED; c < FC_CHANNELS; c++)
        for (unsigned i = 0; i < g->n; i++) {
            if (g->value[i]->channel != c)
                continue;
            said s = what_it_says(t, j, g->value[i]);
            if (c == FC_BOOKMARK && has_control)
                s = beside_placeholder(t, s);
            says[n++] = s;
        }
    decide(j, says, n);
}

/* What one channel says is ticked. A box that the page has lost as a control but not as a
 * bookmark, or the other way round, is as it is seen there; one that is nowhere as issued. */
static uint64_t ticked_in(const fc_found *g, fc_channel c, uint64_t issued)
{
    uint64_t known = g->boxes[c], set = g->ticked[c] & known;
    if (c != FC_STORED) {
        fc_channel other = c == FC_SHOWN ? FC_BOOKMARK : FC_SHOWN;
        set |= g->ticked[other] & g->boxes[other] & ~known;
        known |= g->boxes[other];
    }
    return set | (issued & ~known);
}

static void judge_boxes(taker *t, judged *j)
{
    const fc_found *g = j->found;
    fc_str issued_text = fc_plan_answer(t->shown, j->field, j->row)->text;
    uint64_t issued = fc_answer_set(j->field, issued_text), sets[FC_CHANNELS] = {0};
    uint64_t seen = g->boxes[FC_SHOWN] | g->boxes[FC_BOOKMARK];
    unsigned changed = 0;
    fc_channel which = FC_STORED;
    for (fc_channel c = FC_STORED; c < FC_CHANNELS; c++) {
        sets[c] = ticked_in(g, c, issued);
        if (sets[c] == issued || (changed && sets[c] == sets[which]))
            continue;
        changed++;
        if (changed == 1)
            which = c;
        else if (changed == 2) {
            j->stored = fc_set_text(t->a, j->field, sets[which]);
            j->text = fc_set_text(t->a, j->field, sets[c]);
        }
    }
    if (changed == 1) {
        j->outcome = CHANGED;
        j->text = fc_set_text(t->a, j->field, sets[which]);
    }
    if (changed > 1 || g->unsure) {
        j->outcome = TWO_ANSWERS;
        j->sides = changed > 1;
        j->more = changed > 2;
        if (changed <= 1)
            j->text = fc_set_text(t->a, j->field, sets[FC_SHOWN]);
    }
    /* An answer in words that no box has: people saw it, and ticked something beside it. */
    if (j->outcome == CHANGED && issued_text.n && !issued)
        j->outcome = TWO_ANSWERS;
    if (j->outcome == AS_ISSUED && seen != fc_all_boxes(j->field))
        j->outcome = NOT_FOUND;
    else if (j->outcome == CHANGED && which != FC_STORED)
        j->boxes_gone = seen != fc_all_boxes(j->field);
}

static void judge(taker *t, const fc_node *field, size_t row)
{
    const fc_found_rows *rows = &t->places.rows[field->container->index];
    const fc_container *c = field->container;
    static const fc_found nothing;
    judged j = {.field = field, .row = row, .found = &nothing};
    if (row < rows->n)
        j.found = &rows->found[row * c->fields.n + field->slot];
    j.issued = *fc_plan_answer(t->base, field, row);
    bool printed = !c->repeat || row < fc_plan_row_count(t->base, c);
    bool seen = j.found->has[FC_SHOWN] || j.found->has[FC_BOOKMARK];
    if (field->type == FC_CHOICES && field->choices)
        judge_boxes(t, &j);
    else
        judge_value(t, &j);
    if (j.outcome == AS_ISSUED && !seen)
        j.outcome = NOT_FOUND;
    if (j.outcome == NOT_FOUND && !printed)
        j.outcome = AS_ISSUED; /* a spare row, and nothing is known of it */
    if (j.outcome == CHANGED && j.found->contested)
        j.outcome = TWO_ANSWERS;
    FC_PUSH(t->a, &t->judged, j);
}

static void judge_all(taker *t)
{
    for (size_t i = 0; i < t->f->containers.n; i++) {
        const fc_container *c = t->f->containers.at[i];
        size_t rows = c->repeat ? fc_plan_row_count(t->base, c) : 1;
        if (t->places.rows[i].n > rows)
            rows = t->places.rows[i].n;
        for (size_t row = 0; row < rows; row++)
            for (size_t k = 0; k < c->fields.n; k++)
                judge(t, c->fields.at[k], row);
    }
}

/* ---- the plan ------------------------------------------------------------------------ */

static const fc_row *find_row(const fc_plan *p, const fc_container *c, fc_str id, size_t *at)
{
    const fc_rows *rows = &p->rows[c->index];
    for (*at = 0; *at < rows->list.n; (*at)++)
        if (fc_str_eq(rows->list.at[*at].id, id))
            return &rows->list.at[*at];
    return NULL;
}

#define AUTHOR_MAX 48 /* bytes of --by in a row's id, which has 64 at most */

/* A row that was not issued: its id is who filled it in and its number in the document, so that
 * the same file read twice gives the same row. */
static fc_str new_row_id(taker *t, const fc_container *c, size_t row)
{
    size_t n = row + 1, at;
    fc_str by = fc_str_copy(t->a, t->as->rows.n ? t->as->rows : t->as->by);
    char *p = fc_arena_alloc(t->a, by.n + 1);
    for (size_t i = 0; i < by.n; i++)
        p[i] = by.p[i] == '/' ? '.' : by.p[i];
    fc_str who = fc_str_slice((fc_str){p, by.n}, 0, AUTHOR_MAX);
    fc_str id;
    do
        id = fc_str_fmt(t->a, "%.*s-%zu", FC_ARG(who), n++);
    while (find_row(t->base, c, id, &at));
    return id;
}

static fc_str row_id(taker *t, const judged *j)
{
    const fc_container *c = j->field->container;
    if (!c->repeat)
        return (fc_str){0};
    if (j->row < fc_plan_row_count(t->base, c))
        return t->base->rows[c->index].list.at[j->row].id;
    return new_row_id(t, c, j->row);
}

static void log_change(taker *t, const char *did, fc_str path)
{
    fc_plan_log(t->plan, (fc_change){.at = t->as->at,
                                     .by = t->as->by,
                                     .via = t->via,
                                     .file = t->as->file,
                                     .did = fc_str_of(did),
                                     .path = path});
}

/* Before the first change: a signature that came in earlier stands for what came in with it. */
static void begin_change(taker *t)
{
    if (!t->out->changed)
        fc_plan_note_marks(t->plan, t->as->at, t->as->by, t->via);
    t->out->changed = true;
}

static void add_conflict(taker *t, const judged *j, fc_place at, fc_str row, fc_answer stored,
                         fc_answer visible, fc_str path)
{
    const fc_conflict *there = fc_plan_conflict(t->plan, at);
    if (there && fc_str_eq(there->visible.text, visible.text) &&
        fc_str_eq(there->stored.text, stored.text)) {
        t->out->known++; /* read before */
        return;
    }
    if (there) {
        tell(t, FC_TOLD_UNKEPT, j->field, j->row + (j->field->container->repeat != NULL), path);
        return;
    }
    begin_change(t);
    fc_plan_add_conflict(t->plan, (fc_conflict){j->field, row, stored, visible});
    log_change(t, "conflict", path);
    t->out->conflicts++;
    tell(t, FC_TOLD_CONFLICT, j->field, j->row + (j->field->container->repeat != NULL), path);
}

static bool same_answer(const fc_answer *a, const fc_answer *b)
{
    return fc_str_eq(a->text, b->text) && fc_str_eq(a->absent, b->absent);
}

static void apply(taker *t, const judged *j)
{
    const fc_container *c = j->field->container;
    fc_str row = row_id(t, j), path = fc_plan_path(t->a, j->field, row);
    fc_place at = {j->field, 0};
    if (c->repeat && !find_row(t->plan, c, row, &at.row)) {
        begin_change(t);
        fc_plan_add_row(t->plan, c, row);
        at.row = fc_plan_row_count(t->plan, c) - 1;
        if (j->found->copied)
            tell(t, FC_TOLD_NEW_ROW, c->repeat, j->row + 1,
                 fc_str_fmt(t->a, "%.*s[%.*s]", FC_ARG(c->repeat->path), FC_ARG(row)));
    }
    fc_answer *now = fc_plan_answer_at(t->plan, at);
    fc_answer fresh = {.text = j->text, .lang = j->text.n ? now->lang : (fc_str){0}};
    fc_answer stored = *now;
    if (j->outcome == TWO_ANSWERS) {
        if (j->sides)
            stored = (fc_answer){.text = j->stored, .lang = now->lang};
        if (fc_str_eq(stored.text, fresh.text) && !stored.absent.n)
            t->out->known++;
        else
            add_conflict(t, j, at, row, stored, fresh, path);
        return;
    }
    if (fc_str_eq(now->text, j->text) && (j->text.n || !now->absent.n)) {
        t->out->known++;
        return;
    }
    if (!same_answer(now, &j->issued)) {
        add_conflict(t, j, at, row, stored, fresh, path);
        return;
    }
    if (fc_plan_conflict(t->plan, at)) {
        tell(t, FC_TOLD_UNKEPT, j->field, j->row + (c->repeat != NULL), path);
        return;
    }
    begin_change(t);
    *fc_plan_answer_at(t->plan, at) = fresh;
    log_change(t, "set", path);
    t->out->read++;
}

/* What is told beside what was done. */
static void tell_beside(taker *t, const judged *j)
{
    static const struct {
        unsigned with;
        fc_told_kind kind;
    } rows[] = {{FC_WITH_CHANGES, FC_TOLD_CHANGES}, {FC_WITH_COMMENT, FC_TOLD_COMMENT},
                {FC_WITH_HIDDEN, FC_TOLD_HIDDEN},   {FC_WITH_PICTURE, FC_TOLD_PICTURE},
                {FC_WITH_SYMBOL, FC_TOLD_SYMBOL},   {FC_WITH_LOST_BREAK, FC_TOLD_LOST_BREAK},
                {FC_WITH_RICH, FC_TOLD_RICH},       {FC_WITH_FORBIDDEN, FC_TOLD_FORBIDDEN}};
    size_t row = j->row + (j->field->container->repeat != NULL);
    bool news = j->found->with || j->found->by_label || j->found->contested || j->spaces ||
                j->placeholder || j->more || j->outcome == NOT_FOUND || j->outcome == CHANGED;
    if (!news)
        return;
    fc_str path = fc_plan_path(t->a, j->field, row_id(t, j));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (j->found->with & rows[i].with)
            tell(t, rows[i].kind, j->field, row, path);
    if (j->found->contested)
        tell(t, FC_TOLD_CONTESTED, j->field, row, path);
    if (j->found->by_label)
        tell(t, FC_TOLD_BY_LABEL, j->field, row, path);
    if (j->spaces && j->outcome == AS_ISSUED)
        tell(t, FC_TOLD_SPACES, j->field, row, path);
    if (j->placeholder)
        tell(t, FC_TOLD_PLACEHOLDER, j->field, row, path);
    if (j->more)
        tell(t, FC_TOLD_MORE, j->field, row, path);
    if (j->boxes_gone) {
        t->out->not_found++;
        tell(t, FC_TOLD_BOXES_GONE, j->field, row, path);
    }
    if (j->outcome == NOT_FOUND) {
        t->out->not_found++;
        if (!t->flattened)
            tell(t, FC_TOLD_NOT_FOUND, j->field, row, path);
    }
    if (j->outcome == CHANGED && !fc_answer_readable(j->field, j->text))
        tell(t, FC_TOLD_UNREADABLE, j->field, row, path);
}

static void apply_all(taker *t)
{
    for (size_t i = 0; i < t->judged.n; i++) {
        const judged *j = &t->judged.at[i];
        if (j->outcome == CHANGED || j->outcome == TWO_ANSWERS)
            apply(t, j);
        tell_beside(t, j);
    }
    if (!t->out->changed)
        return;
    fc_plan_note_marks(t->plan, t->as->at, t->as->by, t->via);
    fc_plan_look_at_marks(t->plan);
}

static void tell_text_beside(taker *t)
{
    for (size_t i = 0; i < t->places.beside.n; i++) {
        fc_spot at = t->places.beside.at[i];
        if (!at.field) {
            tell_file(t->a, t->out, FC_TOLD_BESIDE);
            continue;
        }
        const judged j = {.field = at.field, .row = at.row};
        tell(t, FC_TOLD_BESIDE, at.field, at.row + (at.field->container->repeat != NULL),
             fc_plan_path(t->a, at.field, row_id(t, &j)));
    }
}

fc_status fc_taken_status(const fc_taken *out)
{
    for (size_t i = 0; i < out->told.n; i++)
        if (fc_told_row(out->told.at[i].kind)->severity == FC_ERROR)
            return FC_FOUND;
    return FC_OK;
}

/* ---- the file as a whole --------------------------------------------------------------- */

static fc_status refuse(fc_arena *a, fc_taken *out, fc_told_kind why)
{
    tell_file(a, out, why);
    out->plan = NULL;
    return FC_REFUSED;
}

/* The plan that it was issued with; a blank where that is not known. False: refused. */
static bool find_base(fc_arena *a, const fc_form *f, const fc_returned *r, bool into,
                      fc_plan **base, fc_taken *out)
{
    fc_diags *d = fc_diags_new(a);
    *base = NULL;
    if (!(r->about & FC_FILE_NO_BASE)) {
        fc_status s = fc_plan_read(a, f, r->issued, FC_S("issued"), d, base);
        if (s == FC_OK)
            return true;
        if (!into) {
            (void)refuse(a, out, FC_TOLD_BAD_BASE);
            return false;
        }
    } else if ((r->plan.n || r->about & FC_FILE_FIELDS) && !into) {
        (void)refuse(a, out, FC_TOLD_NO_BASE_OF_PLAN);
        return false;
    }
    tell_file(a, out, FC_TOLD_NO_BASE);
    *base = fc_plan_new(a, f);
    return true;
}

static void tell_about(fc_arena *a, const fc_returned *r, fc_taken *out)
{
    static const struct {
        unsigned about;
        fc_told_kind kind;
    } rows[] = {{FC_FILE_NO_STORE, FC_TOLD_NO_STORE}, {FC_FILE_MACROS, FC_TOLD_MACROS},
                {FC_FILE_TEMPLATE, FC_TOLD_TEMPLATE}, {FC_FILE_REMOTE, FC_TOLD_REMOTE},
                {FC_FILE_EMBEDDED, FC_TOLD_EMBEDDED}, {FC_FILE_FLATTENED, FC_TOLD_FLATTENED},
                {FC_FILE_REPAIRED, FC_TOLD_REPAIRED}, {FC_FILE_EARLIER, FC_TOLD_EARLIER},
                {FC_FILE_XFA, FC_TOLD_XFA},           {FC_FILE_SCRIPTS, FC_TOLD_SCRIPTS},
                {FC_FILE_OVERLAID, FC_TOLD_OVERLAID}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (r->about & rows[i].about)
            tell_file(a, out, rows[i].kind);
    if (r->about & FC_FILE_SIGNED && !(r->about & FC_FILE_SIGNED_WHOLE))
        tell_file(a, out, FC_TOLD_SIGNED);
}

fc_str fc_returned_id(fc_arena *a, fc_str file)
{
    return fc_str_fmt(
        a, "urn:uuid:%.*s",
        FC_ARG(fc_uuid_from(a, fc_str_fmt(a, "formc returned %.*s", FC_ARG(file)))));
}

fc_str fc_returned_id_for(fc_arena *a, const fc_take_as *as)
{
    return as->id.n ? as->id : fc_returned_id(a, as->file);
}

/* Which form and plan it says it is of; FC_TOLD_KINDS when that fits. */
static fc_told_kind misfit(const fc_form *f, const fc_returned *r, const fc_plan *into)
{
    if (r->about & FC_FILE_TWO_PLANS)
        return FC_TOLD_TWO_PLANS;
    if (!r->form.n)
        return FC_TOLD_NO_IDENTITY;
    if (!fc_str_eq(r->form, f->id))
        return FC_TOLD_OTHER_FORM;
    if (!fc_str_eq(r->version, f->version))
        return FC_TOLD_OTHER_VERSION;
    if (into && r->plan.n && !fc_str_eq(r->plan, into->id))
        return FC_TOLD_OTHER_PLAN;
    if (r->digest.n && !fc_str_eq(r->digest, f->digest) && !fc_str_eq_z(f->status, "draft"))
        return FC_TOLD_OTHER_VERSION;
    return FC_TOLD_KINDS;
}

fc_status fc_returned_take(fc_arena *a, const fc_form *f, const fc_returned *r, fc_plan *into,
                           const fc_take_as *as, fc_taken *out)
{
    taker t = {.a = a, .f = f, .as = as, .via = r->via, .out = out};
    t.flattened = r->about & FC_FILE_FLATTENED;
    *out = (fc_taken){0};
    tell_about(a, r, out);
    fc_told_kind why = misfit(f, r, into);
    if (why != FC_TOLD_KINDS)
        return refuse(a, out, why);
    bool same_digest = fc_str_eq(r->digest, f->digest);
    if (!same_digest && r->digest.n)
        tell_file(a, out, FC_TOLD_OTHER_DIGEST);
    if (!find_base(a, f, r, into != NULL, &t.base, out))
        return FC_REFUSED;
    t.plan = into ? into : t.base;
    if (!into) { /* what it was issued with has to stay as it was while we compare */
        fc_diags *d = fc_diags_new(a);
        if (r->about & FC_FILE_NO_BASE)
            t.base = fc_plan_new(a, f);
        else if (fc_plan_read(a, f, r->issued, FC_S("issued"), d, &t.base) != FC_OK)
            return refuse(a, out, FC_TOLD_BAD_BASE);
    }
    t.shown = fc_plan_shown(a, t.base);
    if (r->about & FC_FILE_FIELDS)
        fc_held_words_of(a, f, &t.held);
    else
        fc_empty_words_of(a, f, &t.empty);
    fc_places_find(a, f, r, same_digest, &t.places);
    fc_labels_look(a, f, r, t.base, &t.places);
    if (t.places.outside)
        tell_file(a, out, FC_TOLD_OUTSIDE);
    judge_all(&t);
    tell_text_beside(&t);
    if (!into && !t.plan->id.n)
        t.plan->id = fc_returned_id_for(a, as);
    if (!into && !t.plan->stage.n && f->stages.n)
        t.plan->stage = f->stages.at[0].id;
    apply_all(&t);
    if (r->about & FC_FILE_LIBREOFFICE && out->read)
        tell_file(a, out, FC_TOLD_LIBREOFFICE);
    out->plan = t.plan;
    return fc_taken_status(out);
}
