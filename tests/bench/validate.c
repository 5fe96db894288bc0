/* What one plan costs the generated validator of the S117 form: checked in memory, read from
 * XML, and both. Each number is the least and the median of many rounds, each long enough for
 * the clock.
 *
 *     bench-validate PLAN.xml */
#include "s117_aftercare.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PLAN_MAX (1u << 20) /* bytes; the examples have about 15,000 */
#define ROUNDS 41
#define ROUND_NS 2e6 /* a round lasts at least this long */

typedef struct {
    const char *bytes;
    size_t n;
    const struct s117_aftercare *plan;
    unsigned stage;
    fv_date as_of;
    size_t findings; /* of the last check */
} work;

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static bool check_plan(work *w)
{
    fv_report report = fv_report_make(NULL, 0, NULL, NULL);
    s117_aftercare_validate(w->plan, w->stage, w->as_of, &report);
    w->findings = report.n;
    return true;
}

static bool read_plan(work *w)
{
    struct s117_aftercare *plan = NULL;
    const bool ok = s117_aftercare_read(&plan, w->bytes, w->n, NULL) == FV_READ_OK;
    s117_aftercare_release(plan);
    return ok;
}

static bool read_and_check_plan(work *w)
{
    struct s117_aftercare *plan = NULL;
    const struct s117_aftercare *before = w->plan;
    const bool ok = s117_aftercare_read(&plan, w->bytes, w->n, NULL) == FV_READ_OK;
    w->plan = plan;
    if (ok)
        check_plan(w);
    w->plan = before;
    s117_aftercare_release(plan);
    return ok;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool measure(const char *what, bool (*step)(work *), work *w)
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
    printf("%-34s %8.2f %8.2f\n", what, per_step[0], per_step[ROUNDS / 2]);
    return true;
}

int main(int argc, char **argv)
{
    static char bytes[PLAN_MAX];
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!f) {
        fputs("usage: bench-validate PLAN.xml\n", stderr);
        return 2;
    }
    work w = {.bytes = bytes, .n = fread(bytes, 1, sizeof bytes, f)};
    fclose(f);
    struct s117_aftercare *plan = NULL;
    const int stage = s117_aftercare_stage_of(fv_text_of("signed"));
    const fv_read status = s117_aftercare_read(&plan, w.bytes, w.n, NULL);
    if (status != FV_READ_OK || stage < 0) {
        fprintf(stderr, "bench-validate: the plan could not be read (%d)\n", (int)status);
        return 3;
    }
    w.plan = plan;
    w.stage = (unsigned)stage;
    w.as_of = fv_date_make(2026, 9, 1);
    printf("%-34s %8s %8s   (a plan of %zu bytes)\n", "generated validator", "min us", "med us",
           w.n);
    const bool ok = measure("check a plan in memory", check_plan, &w) &&
                    measure("read a plan from XML", read_plan, &w) &&
                    measure("read and check", read_and_check_plan, &w);
    if (ok)
        printf("%zu findings at stage \"signed\"\n", w.findings);
    s117_aftercare_release(plan);
    return ok ? 0 : 1;
}
