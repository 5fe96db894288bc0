/* formc test: run the examples of a form. */
#include "cli/plans.h"
#include "runtime/base/file.h"
#include "runtime/plan/example.h"
#include "runtime/plan/pin.h"

#include <stdio.h>
#include <string.h>

#include "compiler/codes.h"

#define EXAMPLE_BYTES_MAX ((size_t)32 << 20) /* what the reader takes */

typedef struct request {
    const char *form;
    fc_format format;
    bool strict;
} request;

/* What is wrong with a plan is told once, however many examples begin with it. */
static bool told_before(const fc_form *f, const fc_example *e)
{
    for (const fc_example *x = f->examples.at; x < e; x++)
        if (fc_str_eq(x->plan, e->plan))
            return true;
    return false;
}

/* The form as one of the version that a plan names: examples try the definition as it stands,
 * and need not be touched when its version changes. */
static const fc_form *as_of_version(const fc_form *f, fc_str version, fc_arena *a)
{
    fc_form *same = FC_NEW(a, fc_form);
    *same = *f;
    if (version.n)
        same->version = version;
    same->status = FC_S("draft");
    return same;
}

/* The plan file of an example, read for one run of it. NULL: reported. */
static fc_plan *open_plan(fc_loaded *l, const fc_example *e, fc_arena *a)
{
    const char *slash = strrchr(l->path.p, '/'), *why = "";
    int folder = slash ? (int)(slash - l->path.p + 1) : 0;
    fc_str path = fc_str_fmt(a, "%.*s%.*s", folder, l->path.p, FC_ARG(e->plan));
    fc_str bytes;
    fc_plan *p = NULL;
    if (fc_file_read(a, path.p, EXAMPLE_BYTES_MAX, &bytes, &why) != FC_OK) {
        if (told_before(l->form, e))
            return NULL;
        fc_report(l->diags, FC_ERROR, fc_codes[FC_C_EXPECTATION].code, e->plan_at,
                  "the plan of the example \"%.*s\" cannot be read: %s", FC_ARG(e->id), why);
        return NULL;
    }
    fc_diags *own = fc_diags_new(a); /* faults of the plan are told in one line */
    const fc_form *form = as_of_version(l->form, fc_plan_pin(a, bytes), a);
    fc_status s = fc_plan_read(a, form, bytes, path, own, &p);
    if (s != FC_OK) {
        if (told_before(l->form, e))
            return NULL;
        fc_diag *g =
            fc_report(l->diags, FC_ERROR, fc_codes[FC_C_EXPECTATION].code, e->plan_at,
                      "the plan of the example \"%.*s\" is not a plan of this form: %.*s",
                      FC_ARG(e->id), FC_ARG(own->list.n ? own->list.at[0].text : FC_S("")));
        fc_diag_help(l->diags, g, "formc validate says all that is wrong with it");
        return NULL;
    }
    return p;
}

/* A plan in the form's folder is seen by everyone who has the form. */
static bool is_about_nobody(fc_loaded *l, const fc_example *e, const fc_plan *p)
{
    const char *code = fc_codes[FC_C_REAL_PERSON].code;
    bool told = told_before(l->form, e);
    if (!p->synthetic) {
        if (told)
            return false;
        fc_diag *g = fc_report(l->diags, FC_ERROR, code, e->plan_at,
                               "the plan of the example \"%.*s\" does not say that it is "
                               "invented",
                               FC_ARG(e->id));
        fc_diag_help(l->diags, g,
                     "if it is, write synthetic=\"yes\" in the plan's first line; a plan of a "
                     "real person must not be here");
        return false;
    }
    for (size_t i = 0; i < l->form->fields.n; i++) {
        const fc_node *f = l->form->fields.at[i];
        for (size_t row = 0; row < fc_plan_row_count(p, f->container); row++)
            if (fc_example_real_person(f, fc_plan_answer(p, f, row)->text)) {
                if (told)
                    return false;
                fc_diag *g = fc_report(l->diags, FC_ERROR, code, e->plan_at,
                                       "the plan of the example \"%.*s\" has an NHS number in "
                                       "\"%.*s\" that may be somebody's",
                                       FC_ARG(e->id), FC_ARG(f->path));
                fc_diag_help(l->diags, g, "use one that begins with 999, like 9990000018");
                return false;
            }
    }
    return true;
}

/* Plans and findings of one example live in an arena of their own. */
static bool run_one(fc_loaded *l, const fc_example *e, fc_coverage *coverage)
{
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    if (!a)
        fc_arena_give_up(l->arena);
    volatile bool met = false, whole = false;
    if (FC_BOUNDARY(a)) {
        fc_plan *p = e->plan.n ? open_plan(l, e, a) : fc_plan_new(a, l->form);
        size_t before = l->diags->errors;
        if (p && (!e->plan.n || is_about_nobody(l, e, p))) {
            fc_example_apply(p, e, l->diags);
            met = fc_example_run(a, p, e, coverage, l->diags) && l->diags->errors == before;
        }
        whole = true;
    }
    fc_arena_drop(a);
    if (!whole)
        fc_arena_give_up(l->arena);
    return met;
}

static fc_status test(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    l->format = r->format;
    fc_status s = fc_load_form(l, r->form);
    if (s != FC_OK)
        return s;
    const fc_form *f = l->form;
    fc_coverage coverage = fc_coverage_new(l->arena, f);
    size_t met = 0;
    for (size_t i = 0; i < f->examples.n; i++)
        met += run_one(l, &f->examples.at[i], &coverage);
    fc_coverage_count n = fc_coverage_report(f, &coverage, l->diags);
    fprintf(stderr,
            "%.*s: %zu example%s, %zu as expected; %zu rule%s, %zu of them broken and %zu "
            "satisfied by an example",
            FC_ARG(l->path), f->examples.n, fc_ending(f->examples.n), met, n.rules,
            fc_ending(n.rules), n.broken, n.held);
    if (n.people)
        fprintf(stderr, "; %zu question%s for people", n.people, fc_ending(n.people));
    fputc('\n', stderr);
    return l->diags->errors || (r->strict && l->diags->warnings) ? FC_FOUND : FC_OK;
}

int fc_cmd_test(int argc, char **argv)
{
    request r = {0};
    const char *format = NULL;
    const fc_option options[] = {
        {.name = "--format", .value = &format},
        {.name = "--strict", .flag = &r.strict},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, &r.form, 1) ||
        !fc_format_read(format, &r.format))
        return FC_USAGE;
    return fc_run_verb(NULL, test, &r);
}
