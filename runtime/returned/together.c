/* Several files of one plan.
 *
 * First, what they were issued with: the states of the plan that they carry are joined, the one
 * that has been through most first. Then each document is read into that, which compares three
 * ways. Both in the order of digests, so that the order of the files does not matter. */
#include "runtime/returned/together.h"
#include "runtime/base/digest.h"
#include "runtime/plan/join.h"

#include <stdlib.h>

#define ROWS_DIGEST                                                                            \
    8 /* hexadecimal digits of a file's digest in the ids of rows that it added */

/* A state of the plan that one of the files carries. */
typedef struct state {
    fc_plan *plan;
    fc_came_back *from;
    fc_str digest; /* of the canonical plan */
} state;

typedef FC_ARRAY(state) states;

static int by_file(const void *a, const void *b)
{
    const fc_came_back *x = a, *y = b;
    return fc_str_cmp(x->file, y->file);
}

static int by_history(const void *a, const void *b)
{
    const state *x = a, *y = b;
    size_t n = x->plan->history.n, m = y->plan->history.n;
    return n != m ? (n < m) - (n > m) : fc_str_cmp(x->digest, y->digest);
}

static fc_take_as as_of(fc_arena *a, const fc_take_as *as, const fc_came_back *c, bool several)
{
    static const size_t scheme = sizeof "sha256:" - 1;
    fc_take_as of = *as;
    of.file = c->file;
    if (several) /* two files may both have filled in the third row */
        of.rows =
            fc_str_fmt(a, "%.*s.%.*s", FC_ARG(fc_str_slice(as->by, 0, 48 - 1 - ROWS_DIGEST)),
                       FC_ARG(fc_str_slice(c->file, scheme, scheme + ROWS_DIGEST)));
    return of;
}

static fc_status take_alone(fc_arena *a, const fc_form *f, fc_came_back *c,
                            const fc_take_as *as, fc_diags *d)
{
    fc_plan *given = NULL;
    const fc_take_as of = as_of(a, as, c, false);
    if (c->document)
        return fc_returned_take(a, f, c->document, NULL, &of, &c->taken);
    c->taken = (fc_taken){0};
    if (fc_plan_read(a, f, c->plan, FC_S("plan"), d, &given) != FC_OK)
        return FC_REFUSED;
    return fc_plan_take(a, given, NULL, &of, &c->taken);
}

/* Refused alone, but not when there is a plan to read it into? */
static bool lacks_its_base(const fc_came_back *c)
{
    bool lacks = false;
    for (size_t i = 0; i < c->taken.told.n; i++) {
        fc_told_kind k = c->taken.told.at[i].kind;
        lacks |= k == FC_TOLD_NO_BASE_OF_PLAN || k == FC_TOLD_BAD_BASE;
    }
    return c->document && lacks;
}

static void add_state(fc_arena *a, fc_came_back *c, fc_plan *plan, states *all)
{
    state s = {plan, c, fc_sha256_hex(a, fc_plan_written(a, plan))};
    for (size_t i = 0; i < all->n; i++)
        if (fc_str_eq(all->at[i].digest, s.digest))
            return;
    FC_PUSH(a, all, s);
}

/* What a file carries of the plan, if anything. */
static void find_state(fc_arena *a, const fc_form *f, fc_came_back *c, states *all)
{
    fc_plan *p = NULL;
    fc_diags *d = fc_diags_new(a);
    fc_str bytes = c->document ? c->document->issued : c->plan;
    if (c->document && c->document->about & FC_FILE_NO_BASE)
        return;
    if (fc_plan_read(a, f, bytes, FC_S("plan"), d, &p) != FC_OK)
        return;
    if (!p->id.n && !c->document)
        p->id = fc_returned_id(a, c->file);
    if (p->id.n)
        add_state(a, c, p, all);
}

static void tell_paths(fc_arena *a, fc_plan *p, fc_taken *t, const fc_str *paths, size_t n,
                       fc_told_kind kind)
{
    for (size_t i = 0; i < n; i++) {
        fc_place at;
        bool found = fc_plan_find(p, paths[i], &at);
        FC_PUSH(a, &t->told,
                ((fc_told){.kind = kind,
                           .field = found ? at.field : NULL,
                           .row = found && at.field->container->repeat ? at.row + 1 : 0,
                           .path = paths[i]}));
    }
}

/* The states of the plan made into one; NULL when no file carries any. What is in doubt is told
 * of the file that the later one came from. */
static fc_plan *join_states(fc_arena *a, states *all, const fc_take_as *as)
{
    if (!all->n)
        return NULL;
    qsort(all->at, all->n, sizeof *all->at, by_history);
    fc_plan *p = all->at[0].plan;
    FC_ARRAY(fc_change) came = {0};
    for (size_t i = 1; i < all->n; i++) {
        fc_came_back *c = all->at[i].from;
        const fc_change e = {.at = as->at,
                             .by = as->by,
                             .via = c->document ? c->document->via : FC_S("plan"),
                             .file = c->file};
        fc_joined j;
        fc_plan_join(p, all->at[i].plan, &e, &j);
        c->taken.read += j.taken;
        c->taken.conflicts += j.doubt.n;
        c->taken.changed |= j.taken || j.doubt.n;
        for (size_t k = 0; k < j.came.n; k++)
            FC_PUSH(a, &came, j.came.at[k]);
        tell_paths(a, p, &c->taken, j.doubt.at, j.doubt.n, FC_TOLD_CONFLICT);
        tell_paths(a, p, &c->taken, j.unkept.at, j.unkept.n, FC_TOLD_UNKEPT);
        if (j.doubt.n || j.unkept.n)
            c->status = FC_FOUND;
    }
    for (size_t k = 0; k < came.n; k++)
        fc_plan_log(p, came.at[k]);
    return p;
}

/* Reads a document into the plan; what joining has told stays in front. */
static void take_into(fc_arena *a, const fc_form *f, fc_came_back *c, fc_plan *into,
                      const fc_take_as *as)
{
    const fc_taken before = c->taken;
    const fc_take_as of = as_of(a, as, c, true);
    fc_taken t;
    fc_status s = fc_returned_take(a, f, c->document, into, &of, &t);
    c->taken = t;
    c->taken.told.at = NULL;
    c->taken.told.n = c->taken.told.cap = 0;
    c->taken.read += before.read;
    c->taken.conflicts += before.conflicts;
    c->taken.changed |= before.changed;
    for (size_t i = 0; i < before.told.n; i++)
        FC_PUSH(a, &c->taken.told, before.told.at[i]);
    for (size_t i = 0; i < t.told.n; i++)
        FC_PUSH(a, &c->taken.told, t.told.at[i]);
    c->status = s != FC_OK ? s : c->status;
}

static fc_plan *take_several(fc_arena *a, const fc_form *f, fc_came_back *files, size_t n,
                             const fc_take_as *as, fc_diags *d)
{
    states all = {0};
    for (size_t i = 0; i < n; i++) {
        fc_came_back *c = &files[i];
        c->status = take_alone(a, f, c, as, d);
        if (c->status == FC_REFUSED && !lacks_its_base(c))
            continue;
        if (c->status != FC_REFUSED)
            find_state(a, f, c, &all);
        c->status = FC_OK;
        c->taken = (fc_taken){0};
    }
    fc_plan *p = join_states(a, &all, as);
    for (size_t i = 0; i < n; i++) {
        fc_came_back *c = &files[i];
        if (c->status == FC_REFUSED)
            continue;
        if (p && c->document)
            take_into(a, f, c, p, as);
        else if (!p) {
            c->status = take_alone(a, f, c, as, d);
            p = c->taken.plan;
        }
        c->taken.plan = c->status == FC_REFUSED ? NULL : p;
    }
    return p;
}

fc_status fc_take_together(fc_arena *a, const fc_form *f, fc_came_back *files, size_t n,
                           const fc_take_as *as, fc_diags *d, fc_plan **plan)
{
    fc_status s = FC_OK;
    *plan = NULL;
    qsort(files, n, sizeof *files, by_file);
    if (n == 1) {
        files[0].status = take_alone(a, f, &files[0], as, d);
        *plan = files[0].taken.plan;
    } else {
        *plan = take_several(a, f, files, n, as, d);
    }
    for (size_t i = 0; i < n; i++)
        s = files[i].status != FC_OK ? FC_FOUND : s;
    return s;
}
