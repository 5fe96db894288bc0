/* What there is to say about a plan, put into the order of the form. */
#include "runtime/plan/review.h"
#include "runtime/form/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const fc_severity_words[FC_ADVICE + 1] = {"error", "warning", "advice"};

/* Where a remark stands: fields of a repeat go row by row. */
typedef struct sort_key {
    unsigned outer; /* place in the form of the repeat, or of the node itself */
    size_t row;
    unsigned inner; /* place in the form of the node */
    size_t order;   /* as found */
    fc_remark remark;
} sort_key;

typedef struct counter {
    const fc_node *wanted;
    unsigned n, found;
} counter;

static void count_nodes(counter *c, fc_node *const *kids, size_t n)
{
    for (size_t i = 0; i < n && !c->found; i++) {
        c->n++;
        if (kids[i] == c->wanted)
            c->found = c->n;
        if (kids[i]->details) {
            c->n++;
            if (kids[i]->details == c->wanted)
                c->found = c->n;
        }
        count_nodes(c, kids[i]->kids.at, kids[i]->kids.n);
    }
}

/* The node's number in document order, from 1. */
static unsigned place_in_form(const fc_form *f, const fc_node *node)
{
    counter c = {.wanted = node};
    count_nodes(&c, f->top.at, f->top.n);
    return c.found;
}

static const fc_node *repeat_of(const fc_node *n)
{
    while (n && n->kind != FC_REPEAT)
        n = n->parent;
    return n;
}

/* The row that a finding's path names: "a/b[id]/c", or "a/b[2]/c" for a row without an id that
 * fits. */
static size_t row_in(const fc_plan *p, const fc_node *repeat, fc_str path)
{
    if (path.n <= repeat->path.n || path.p[repeat->path.n] != '[')
        return 0;
    size_t from = repeat->path.n + 1, to = from;
    while (to < path.n && path.p[to] != ']')
        to++;
    fc_str id = fc_str_slice(path, from, to);
    const fc_rows *rows = &p->rows[repeat->container->index];
    for (size_t i = 0; i < rows->list.n; i++)
        if (fc_str_eq(rows->list.at[i].id, id))
            return i;
    size_t n = 0;
    for (size_t i = 0; i < id.n && id.p[i] >= '0' && id.p[i] <= '9' && n < rows->list.n; i++)
        n = 10 * n + (size_t)(id.p[i] - '0');
    return n && n <= rows->list.n ? n - 1 : 0;
}

static int compare_keys(const void *x, const void *y)
{
    const sort_key *a = x, *b = y;
    if (a->outer != b->outer)
        return a->outer < b->outer ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->inner != b->inner)
        return a->inner < b->inner ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void sort(fc_arena *a, const fc_plan *p, fc_review *r)
{
    sort_key *keys = FC_NEW_N(a, sort_key, r->list.n);
    for (size_t i = 0; i < r->list.n; i++) {
        const fc_remark *m = &r->list.at[i];
        const fc_node *repeat = repeat_of(m->where);
        keys[i] = (sort_key){.outer = place_in_form(p->form, repeat ? repeat : m->where),
                             .row = m->row,
                             .inner = place_in_form(p->form, m->where),
                             .order = i,
                             .remark = *m};
    }
    if (r->list.n)
        qsort(keys, r->list.n, sizeof *keys, compare_keys);
    for (size_t i = 0; i < r->list.n; i++)
        r->list.at[i] = keys[i].remark;
}

static void add(fc_arena *a, fc_review *r, fc_remark m)
{
    FC_PUSH(a, &r->list, m);
    r->count[m.severity]++;
}

static void add_conflicts(fc_arena *a, const fc_plan *p, fc_review *out)
{
    for (size_t i = 0; i < p->conflicts.n; i++) {
        const fc_conflict *c = &p->conflicts.at[i];
        fc_place at;
        fc_remark m = {.path = fc_plan_path(a, c->field, c->row),
                       .where = c->field,
                       .row = fc_conflict_place(p, c, &at) ? at.row : 0,
                       .rule = FC_S("plan.conflict"),
                       .severity = FC_ERROR,
                       .message = fc_words(p->form, FC_WORD_CONFLICT)};
        add(a, out, m);
    }
}

static void add_marks(fc_arena *a, const fc_plan *p, fc_review *out)
{
    for (size_t i = 0; i < p->marks.n; i++)
        if (p->marks.at[i].state == FC_MARK_STALE) {
            const fc_node *field = p->marks.at[i].field;
            fc_remark m = {.path = field->path,
                           .where = field,
                           .rule = FC_S("plan.stale-mark"),
                           .severity = FC_WARNING,
                           .message = fc_words(p->form, FC_WORD_SIGN_AGAIN)};
            add(a, out, m);
        }
}

/* fv_why_words in the form's language. */
static fc_str why_words(const fc_form *f, fv_why why)
{
    switch (why) {
    case FV_WRONG_LENGTH:
        return fc_words(f, FC_WORD_WRONG_LENGTH);
    case FV_WRONG_CHARACTER:
        return fc_words(f, FC_WORD_WRONG_CHARACTER);
    case FV_WRONG_CHECK_DIGIT:
        return fc_words(f, FC_WORD_WRONG_CHECK_DIGIT);
    case FV_NOT_IN_LIST:
        return fc_words(f, FC_WORD_NOT_IN_LIST);
    case FV_WRONG_SHAPE:
        return fc_words(f, FC_WORD_WRONG_SHAPE);
    case FV_TOO_LONG:
        return fc_words(f, FC_WORD_TOO_LONG);
    default:
        return fc_str_of(fv_why_words(why)); /* a reason that has no words yet, or none */
    }
}

bool fc_remark_is_for(const fc_remark *m, const fc_owners *o)
{
    return m->where->owners == o->set && m->where->jointly == o->jointly;
}

static void list_owners(fc_arena *a, const fc_form *f, fc_review *r)
{
    for (size_t i = 0; i < r->list.n; i++) {
        const fc_remark *m = &r->list.at[i];
        bool listed = false;
        for (size_t k = 0; k < r->owners.n && !listed; k++)
            listed = fc_remark_is_for(m, &r->owners.at[k]);
        if (listed)
            continue;
        fc_owners o = {.set = m->where->owners,
                       .jointly = m->where->jointly,
                       .words = fc_words_for(a, f, m->where->owners, m->where->jointly)};
        if (!o.words.n)
            o.words = fc_words(f, FC_WORD_MISSING_FOR_ANYBODY);
        FC_PUSH(a, &r->owners, o);
    }
}

void fc_plan_review(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of,
                    fc_review *out)
{
    fc_findings found = {0};
    *out = (fc_review){.as_of = as_of};
    if (stage < p->form->stages.n)
        out->stage = p->form->stages.at[stage].label;
    fc_plan_check(a, p, stage, as_of, &found);
    for (size_t i = 0; i < found.n; i++) {
        const fc_finding *f = &found.at[i];
        const fc_node *repeat = repeat_of(f->rule->where);
        fc_remark m = {.path = f->path,
                       .where = f->rule->where,
                       .row = repeat ? row_in(p, repeat, f->path) : 0,
                       .rule = f->rule->id,
                       .severity = f->severity,
                       .message = f->message,
                       .why = why_words(p->form, f->why)};
        add(a, out, m);
    }
    add_conflicts(a, p, out);
    add_marks(a, p, out);
    sort(a, p, out);
    list_owners(a, p->form, out);
}

void fc_review_keep(fc_arena *a, const fc_form *f, fc_review *r, size_t party)
{
    fc_review kept = {.stage = r->stage, .party = &f->parties.at[party], .as_of = r->as_of};
    for (size_t i = 0; i < r->list.n; i++) {
        fc_party_set owners = r->list.at[i].where->owners;
        if (!owners || owners >> party & 1)
            add(a, &kept, r->list.at[i]);
    }
    list_owners(a, f, &kept);
    *r = kept;
}

fc_str fc_remark_label(const fc_remark *m)
{
    return m->where->full_label.n ? m->where->full_label : m->where->label;
}

fc_str fc_remark_question(fc_arena *a, const fc_form *f, const fc_remark *m)
{
    fc_str label = fc_remark_label(m);
    char row[24];
    if (!repeat_of(m->where) || m->where->kind == FC_REPEAT)
        return label;
    snprintf(row, sizeof row, "%zu", m->row + 1);
    const fc_str pairs[] = {FC_S("label"), label, FC_S("row"), fc_str_of(row), {0}};
    return fc_words_fill(a, fc_words(f, FC_WORD_IN_ROW), pairs);
}

fc_str fc_remark_part(fc_arena *a, const fc_remark *m)
{
    const fc_node *part = m->where->parent;
    while (part && part->parent)
        part = part->parent;
    if (!part)
        return (fc_str){0};
    fc_str title = part->label;
    if (part->number.n)
        title = fc_str_fmt(a, "%.*s. %.*s", FC_ARG(part->number), FC_ARG(part->label));
    /* a full label may begin with it */
    fc_str label = fc_remark_label(m);
    bool said = label.n >= title.n && memcmp(label.p, title.p, title.n) == 0;
    return said ? (fc_str){0} : title;
}

void fc_review_text(const fc_plan *p, const fc_review *r, fc_buf *out)
{
    for (size_t i = 0; i < r->list.n; i++) {
        const fc_remark *m = &r->list.at[i];
        fc_str label = fc_remark_label(m);
        fc_buf_fmt(out, "%s: %.*s", fc_severity_words[m->severity], FC_ARG(m->path));
        if (label.n)
            fc_buf_fmt(out, " (%.*s)", FC_ARG(label));
        fc_buf_fmt(out, "\n    %.*s", FC_ARG(m->message));
        if (m->why.n)
            fc_buf_fmt(out, " (%.*s)", FC_ARG(m->why));
        fc_buf_char(out, '\n');
        fc_str owners = fc_words_for(p->arena, p->form, m->where->owners, m->where->jointly);
        if (owners.n)
            fc_buf_fmt(out, "    %.*s\n", FC_ARG(owners));
    }
}
