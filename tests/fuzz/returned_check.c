#include "tests/fuzz/returned.h"

#include "runtime/returned/places.h"

#include <string.h>

static fc_plan *again(fc_arena *a, const fc_form *f, fc_str xml)
{
    fc_plan *p = NULL;
    fc_diags *d = fc_diags_new(a);
    HOLDS(fc_plan_read(a, f, xml, FC_S("plan"), d, &p) == FC_OK);
    return p;
}

static void check_pack(fc_arena *a, const fc_returned *r)
{
    fc_buf one, two;
    fc_returned back;
    fc_buf_init_in(&one, a, FC_BUF_MAX);
    fc_buf_init_in(&two, a, FC_BUF_MAX);
    fc_returned_pack(r, &one);
    HOLDS(fc_returned_unpack(a, fc_buf_view(&one), &back));
    fc_returned_pack(&back, &two);
    HOLDS(fc_str_eq(fc_buf_view(&one), fc_buf_view(&two)));
    fc_buf_release(&one);
    fc_buf_release(&two);
}

/* Only labels and paths of the form, row ids of ours and fixed words: told twice, of a file
 * whose texts are others, it is the same; here: it has no control characters. */
static void check_told(fc_arena *a, const fc_taken *t)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    fc_taken_text(a, t, FC_S("file"), &b);
    fc_taken_summary(t, FC_S("file"), &b);
    fc_taken_json(a, t, FC_S("file"), FC_READS, &b);
    HOLDS(!b.failed && fc_utf8_valid(fc_buf_view(&b)) == b.n);
    for (size_t i = 0; i < b.n; i++)
        HOLDS((unsigned char)b.p[i] >= 0x20 || b.p[i] == '\n');
    fc_buf_release(&b);
}

/* Nothing is silently empty: of a question outside repeats that nothing in the file names,
 * something is told, or of the file that its fields are gone. */
static void check_not_silent(fc_arena *a, const fc_form *f, const fc_returned *r,
                             const fc_taken *t)
{
    const fc_container *c = f->containers.at[0]; /* all that stands outside repeats */
    bool *met = FC_NEW_N(a, bool, c->fields.n);
    for (size_t i = 0; i < r->seen.n; i++) {
        const fc_seen *s = &r->seen.at[i];
        const fc_spot spots[] = {fc_spot_of_name(f, s->name), fc_spot_of_key(f, a, s->key),
                                 fc_spot_of_path(f, a, s->path)};
        for (size_t k = 0; k < sizeof spots / sizeof *spots; k++)
            if (spots[k].field && spots[k].field->container == c)
                met[spots[k].field->slot] = true;
    }
    for (size_t i = 0; i < t->told.n; i++) {
        const fc_told *g = &t->told.at[i];
        if (g->kind == FC_TOLD_FLATTENED)
            return;
        if (g->field && g->field->container == c)
            met[g->field->slot] = true;
    }
    for (size_t i = 0; i < c->fields.n; i++)
        HOLDS(met[i]);
}

static void check(fc_arena *a, void *with)
{
    const returned_input *in = with;
    const fc_form *f = in->form;
    fc_returned r = {.via = FC_S("docx")};
    fc_taken t;
    fc_refusal why = in->look(a, in->bytes, &r);
    HOLDS(why < FC_REFUSALS);
    if (why != FC_READS)
        return;
    check_pack(a, &r);
    r.form = f->id;
    r.version = f->version;
    r.digest = f->digest;
    r.about &= ~(unsigned)FC_FILE_TWO_PLANS;
    r.plan = (fc_str){0};
    fc_plan *blank = fc_plan_new(a, f);
    if (!r.issued.n || (r.about & FC_FILE_NO_BASE)) {
        r.issued = fc_plan_written(a, blank);
        r.about &= ~(unsigned)FC_FILE_NO_BASE;
    }
    const fc_take_as as = {
        .at = FC_S("2026-01-31T10:00:00Z"),
        .by = f->parties.at[0].id,
        .file = FC_S("sha256:00000000000000000000000000000000000000000000000000000000000000"
                     "00")};
    fc_status s = fc_returned_take(a, f, &r, NULL, &as, &t);
    HOLDS((s == FC_REFUSED) == (t.plan == NULL));
    check_told(a, &t);
    if (!t.plan)
        return;
    check_not_silent(a, f, &r, &t);
    fc_str once = fc_plan_written(a, t.plan);
    fc_plan *plan = again(a, f, once);
    HOLDS(fc_str_eq(once, fc_plan_written(a, plan)));
    s = fc_returned_take(a, f, &r, plan, &as, &t);
    HOLDS(s != FC_REFUSED ? !t.changed : true);
    HOLDS(fc_str_eq(once, fc_plan_written(a, plan)));
}

void returned_check(returned_input *in)
{
    fuzz_run(check, in);
}
