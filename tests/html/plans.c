/* html-plans FORM FIRST COUNT: makes COUNT plans of the form from the numbers FIRST and on, as
 * the agreement tests do, and prints each as a line of JSON: the plan as it was made, in its
 * two canonical formats, the stage and the day, and what the interpreter finds. The page's
 * script is held against them. */
#include "tests/agreement/agree.h"

#include "runtime/base/jsonwrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)256 << 20)

static const char *const severities[] = {"error", "warning", "advice"};
static const char *const reasons[] = {
    [FV_NO_REASON] = "",
    [FV_NOT_ASKED] = "not-asked",
    [FV_ASKED_UNKNOWN] = "asked-unknown",
    [FV_ASKED_DECLINED] = "asked-declined",
    [FV_NOT_APPLICABLE] = "not-applicable",
    [FV_REASON_UNKNOWN] = "unknown",
    [FV_MASKED] = "masked",
    [FV_WRONG_KIND] = "wrong-kind",
    [FV_WRONG_LENGTH] = "wrong-length",
    [FV_WRONG_CHARACTER] = "wrong-character",
    [FV_WRONG_CHECK_DIGIT] = "wrong-check-digit",
    [FV_NOT_IN_LIST] = "not-in-list",
    [FV_WRONG_SHAPE] = "wrong-shape",
    [FV_TOO_LONG] = "too-long",
};

static void put(fc_buf *b, const char *name, fc_str text)
{
    fc_buf_fmt(b, "%s\"%s\":", b->n > 1 ? "," : "", name);
    fc_json_string(b, text);
}

static void print_plan(fc_arena *a, const fc_form *f, const pools *p, unsigned n)
{
    dice d = {n};
    fc_str xml = plan_made_of(a, f, p, &d);
    unsigned stage = f->stages.n ? roll(&d, (unsigned)f->stages.n) : 0;
    fv_date as_of = day_made_of(p, &d);
    char day[11];
    fc_diags *diags = fc_diags_new(a);
    fc_plan *plan = NULL;
    fc_findings found = {0};
    fc_buf line, text;
    if (fc_plan_read(a, f, xml, FC_S("plan.xml"), diags, &plan) != FC_OK) {
        fprintf(stderr, "plan %u is not read\n", n);
        exit(1);
    }
    fc_buf_init(&line, FC_BUF_MAX);
    fc_buf_init(&text, FC_BUF_MAX);
    fv_date_write(as_of, day);
    fc_buf_char(&line, '{');
    put(&line, "made", xml);
    fc_plan_write(plan, &text);
    put(&line, "xml", fc_buf_view(&text));
    fc_buf_clear(&text);
    fc_plan_write_json(plan, &text);
    put(&line, "json", fc_buf_view(&text));
    put(&line, "day", fc_str_of(day));
    fc_buf_fmt(&line, ",\"stage\":%u,\"found\":[", stage);
    fc_plan_check(a, plan, stage, as_of, &found);
    bool some = false;
    for (size_t i = 0; i < found.n; i++) {
        const fc_finding *x = &found.at[i];
        if (x->rule->kind == FC_RULE_HUMAN)
            continue;
        const fc_str parts[] = {x->path, x->rule->id, fc_str_of(severities[x->severity]),
                                x->message, fc_str_of(reasons[x->why])};
        fc_buf_char(&line, some ? ',' : ' ');
        some = true;
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
            fc_buf_char(&line, k ? ',' : '[');
            fc_json_string(&line, parts[k]);
        }
        fc_buf_char(&line, ']');
    }
    fc_buf_z(&line, "]}\n");
    if (line.failed || text.failed)
        exit(2);
    fwrite(line.p, 1, line.n, stdout);
    fc_buf_release(&line);
    fc_buf_release(&text);
}

static bool one_plan(const fc_form *f, const pools *p, unsigned n)
{
    fc_arena *a = fc_arena_new(ARENA_MAX);
    if (!a || !FC_BOUNDARY(a))
        return false;
    print_plan(a, f, p, n);
    fc_arena_drop(a);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: html-plans FORM FIRST COUNT\n");
        return 2;
    }
    fc_arena *of_form = fc_arena_new(ARENA_MAX);
    if (!of_form || !FC_BOUNDARY(of_form))
        return 2;
    const fc_form *form = test_form(of_form, argv[1]);
    const pools *p = pools_of(of_form, form);
    unsigned first = (unsigned)strtoul(argv[2], NULL, 10);
    unsigned count = (unsigned)strtoul(argv[3], NULL, 10);
    for (unsigned n = first; n < first + count; n++)
        if (!one_plan(form, p, n))
            return 2;
    fc_arena_drop(of_form);
    return 0;
}
