/* What one plan of the S117 form costs, from its bytes to findings: the validator that formc
 * generates, formc itself, and ajv with the JSON Schema that formc generates, in one run. Each
 * number is the least and the median of many rounds, each long enough for the clock.
 *
 *     bench-validate [PLAN.xml PLAN.json] */
#include "s117_aftercare.h"

#include "compiler/compile.h"
#include "runtime/base/file.h"
#include "runtime/plan/eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* BENCH_FORM, BENCH_XML, BENCH_JSON, BENCH_SCHEMA and BENCH_AJV come from the build. */

#define BYTES_MAX ((size_t)1 << 20) /* of a file; the examples have about 15,000 */
#define MEMORY_MAX ((size_t)64 << 20)
#define ROUNDS 41
#define ROUND_NS 2e6 /* a round lasts at least this long */

typedef struct {
    fc_str xml, json;
    const fc_form *form;
    const struct s117_aftercare *plan;
    unsigned stage;
    fv_date as_of;
    size_t findings; /* of the last check */
} work;

typedef struct {
    double least, median; /* microseconds */
} cost;

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* ---- The generated validator --------------------------------------------------------- */

static bool check_plan(work *w)
{
    fv_report report = fv_report_make(NULL, 0, NULL, NULL);
    s117_aftercare_validate(w->plan, w->stage, w->as_of, &report);
    w->findings = report.n;
    return true;
}

static bool read_and_check_plan(work *w)
{
    struct s117_aftercare *plan = NULL;
    const struct s117_aftercare *before = w->plan;
    const bool ok = s117_aftercare_read(&plan, w->xml.p, w->xml.n, NULL) == FV_READ_OK;
    w->plan = plan;
    if (ok)
        check_plan(w);
    w->plan = before;
    s117_aftercare_release(plan);
    return ok;
}

/* ---- formc itself -------------------------------------------------------------------- */

static bool interpret(fc_arena *a, work *w, fc_str bytes)
{
    fc_plan *plan = NULL;
    fc_findings found = {0};
    if (fc_plan_read(a, w->form, bytes, FC_S("plan"), fc_diags_new(a), &plan) != FC_OK)
        return false;
    fc_plan_check(a, plan, w->stage, w->as_of, &found);
    w->findings = found.n;
    return true;
}

static bool in_an_arena(work *w, fc_str bytes)
{
    fc_arena *a = fc_arena_new(MEMORY_MAX);
    const bool ok = a && FC_BOUNDARY(a) && interpret(a, w, bytes);
    fc_arena_drop(a);
    return ok;
}

static bool interpret_xml(work *w)
{
    return in_an_arena(w, w->xml);
}

static bool interpret_json(work *w)
{
    return in_an_arena(w, w->json);
}

/* ---- Measuring ----------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool measure(bool (*step)(work *), work *w, cost *c)
{
    double per_step[ROUNDS];
    size_t steps = 1;
    for (int round = 0; round < ROUNDS;) {
        const double start = now_ns();
        for (size_t i = 0; i < steps; i++)
            if (!step(w))
                return false;
        const double spent = now_ns() - start;
        if (spent < ROUND_NS)
            steps *= 2;
        else
            per_step[round++] = spent / (double)steps / 1e3;
    }
    qsort(per_step, ROUNDS, sizeof *per_step, by_size);
    *c = (cost){per_step[0], per_step[ROUNDS / 2]};
    return true;
}

typedef struct {
    cost check, parse, both;
} ajv_costs;

static bool measure_ajv(const char *json, ajv_costs *costs)
{
    char command[4096];
    snprintf(command, sizeof command, "node '%s' '%s' '%s'", BENCH_AJV, BENCH_SCHEMA, json);
    FILE *f = popen(command, "r");
    if (!f)
        return false;
    const int n = fscanf(f, "check %lf %lf parse %lf %lf both %lf %lf", &costs->check.least,
                         &costs->check.median, &costs->parse.least, &costs->parse.median,
                         &costs->both.least, &costs->both.median);
    return pclose(f) == 0 && n == 6;
}

/* The ratio is that of the least: how many times as long ajv takes for the same step. Other
 * work on the machine moves the medians, not the least. */
static void print_row(const char *what, cost c, cost ajv)
{
    printf("%-46s %9.2f %9.2f %10.2f\n", what, c.least, c.median, ajv.least / c.least);
}

static bool load(fc_arena *a, const char *path, fc_str *bytes)
{
    const char *why = "";
    if (fc_file_read(a, path, BYTES_MAX, bytes, &why) == FC_OK)
        return true;
    fprintf(stderr, "bench-validate: %s: %s\n", path, why);
    return false;
}

static bool run(fc_arena *a, const char *xml, const char *json)
{
    work w = {.as_of = fv_date_make(2026, 9, 1)};
    struct s117_aftercare *plan = NULL;
    fc_str form;
    ajv_costs ajv;
    cost c[4];
    const int stage = s117_aftercare_stage_of(fv_text_of("signed"));
    if (!load(a, xml, &w.xml) || !load(a, json, &w.json) || !load(a, BENCH_FORM, &form))
        return false;
    if (fc_compile(a, FC_S("form.xml"), FC_S("form.xml"), form, fc_diags_new(a), &w.form) !=
            FC_OK ||
        s117_aftercare_read(&plan, w.xml.p, w.xml.n, NULL) != FV_READ_OK || stage < 0) {
        fprintf(stderr, "bench-validate: the form or the plan could not be read\n");
        return false;
    }
    w.plan = plan;
    w.stage = (unsigned)stage;
    if (!measure_ajv(json, &ajv)) {
        fprintf(stderr, "bench-validate: ajv did not run: it needs node, and npm ci --prefix "
                        "tests/node\n");
        return false;
    }
    const bool ok = measure(check_plan, &w, &c[0]) && measure(read_and_check_plan, &w, &c[1]) &&
                    measure(interpret_xml, &w, &c[2]) && measure(interpret_json, &w, &c[3]);
    s117_aftercare_release(plan);
    if (!ok)
        return false;
    printf("%-46s %9s %9s %10s\n", "one plan, microseconds", "min", "median", "ajv/this");
    print_row("generated C: check a plan in memory", c[0], ajv.check);
    print_row("ajv: check parsed JSON", ajv.check, ajv.check);
    print_row("generated C: XML to findings", c[1], ajv.both);
    print_row("formc itself: XML to findings", c[2], ajv.both);
    print_row("formc itself: JSON to findings", c[3], ajv.both);
    print_row("ajv: JSON to a verdict", ajv.both, ajv.both);
    print_row("  of which JSON.parse", ajv.parse, ajv.both);
    printf("%zu bytes of XML, %zu of JSON; %zu findings at stage \"signed\"\n", w.xml.n,
           w.json.n, w.findings);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 1 && argc != 3) {
        fputs("usage: bench-validate [PLAN.xml PLAN.json]\n", stderr);
        return 2;
    }
    fc_arena *a = fc_arena_new(MEMORY_MAX);
    const bool ok = a && FC_BOUNDARY(a) &&
                    run(a, argc == 3 ? argv[1] : BENCH_XML, argc == 3 ? argv[2] : BENCH_JSON);
    fc_arena_drop(a);
    return ok ? 0 : 1;
}
