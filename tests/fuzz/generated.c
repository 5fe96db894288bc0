/* Any bytes as a plan, read by the reader that is generated for the kitchen-sink form and by
 * fc_plan_read. What the one reads, the other reads, and the same findings follow; but the
 * generated reader looks at answers only, not at what a plan keeps about itself. */
#include "tests/fuzz/fuzz.h"

#include "form_default.h"

#include <string.h>

static const fc_form *form;

typedef struct reading {
    fc_str bytes;
    struct form_default *plan;
    fv_read result;
} reading;

/* Faults of what a plan keeps about itself, of its stage and of the form's version: not looked
 * at by the generated reader. */
static bool beyond_answers(const fc_diag *g)
{
    static const char *const codes[] = {"P005", "P006", "P007", "P103", "P131", "P132", "P133",
                                        "P134", "P135", "P136", "P137", "P138", NULL};
    return fc_in_list(codes, fc_str_of(g->code)) || strstr(g->text.p, "conflict") ||
           strstr(g->text.p, "covers");
}

static bool fault_of_answers(const fc_diags *d)
{
    for (size_t i = 0; i < d->list.n; i++)
        if (d->list.at[i].severity == FC_ERROR && !beyond_answers(&d->list.at[i]))
            return true;
    return false;
}

#define FINDINGS_MAX 4096

static void same_findings(fc_arena *a, const fc_plan *p, const struct form_default *q)
{
    static fv_finding at[FINDINGS_MAX];
    static const fv_severity severities[] = {
        [FC_ERROR] = FV_ERROR, [FC_WARNING] = FV_WARNING, [FC_ADVICE] = FV_ADVICE};
    for (unsigned stage = 0; stage < form->stages.n; stage++) {
        fc_findings found = {0};
        fv_report report = fv_report_make(at, FINDINGS_MAX, NULL, NULL);
        fc_plan_check(a, p, stage, fv_date_make(2026, 6, 30), &found);
        form_default_validate(q, stage, fv_date_make(2026, 6, 30), &report);
        size_t n = report.n;
        HOLDS(n == found.n);
        for (size_t i = 0; i < n && i < FINDINGS_MAX; i++) {
            HOLDS(fc_str_eq_z(found.at[i].rule->id, at[i].rule));
            HOLDS(fc_str_eq_z(found.at[i].path, at[i].path));
            HOLDS(severities[found.at[i].severity] == at[i].severity);
            HOLDS(fc_str_eq_z(found.at[i].message, at[i].message));
        }
    }
}

static void compare(fc_arena *a, void *with)
{
    reading *r = with;
    fc_diags *d = fc_diags_new(a);
    fc_plan *p = NULL;
    fc_status s = fc_plan_read(a, form, r->bytes, FC_S("plan.xml"), d, &p);
    if (s == FC_OK)
        HOLDS(r->result == FV_READ_OK);
    if (r->result == FV_READ_OK)
        HOLDS(s != FC_REFUSED && !fault_of_answers(d));
    if (r->result == FV_READ_OK && p)
        same_findings(a, p, r->plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    reading r = {.bytes = {(const char *)data, n}};
    unsigned long line = 0;
    if (!form)
        form = fuzz_form(FUZZ_FORM);
    r.result = form_default_read(&r.plan, r.bytes.p, n, &line);
    HOLDS((r.result == FV_READ_OK) == (r.plan != NULL));
    HOLDS(fv_read_words(r.result)[0]);
    fuzz_run(compare, &r);
    form_default_release(r.plan);
    return 0;
}
