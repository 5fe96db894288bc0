/* interpret FORM PLAN STAGE DATE [audit]: the findings of the interpreter, or what it tells of
 * good practice, one a line, as the example prints those of the generated validator: "severity
 * path rule: message". */
#include "compiler/compile.h"
#include "runtime/base/file.h"
#include "runtime/plan/eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const severities[] = {
    [FC_ERROR] = "error", [FC_WARNING] = "warning", [FC_ADVICE] = "advice"};

static int interpret(fc_arena *a, char **argv)
{
    const bool audit = argv[5] != NULL;
    fc_diags *d = fc_diags_new(a);
    const fc_form *form = NULL;
    fc_plan *plan = NULL;
    fc_str bytes;
    const char *why;
    fc_status s = fc_file_read(a, argv[1], (size_t)64 << 20, &bytes, &why);
    if (s == FC_OK)
        s = fc_compile(a, fc_str_of(argv[1]), FC_S("form.xml"), bytes, d, &form);
    if (s == FC_OK)
        s = fc_file_read(a, argv[2], (size_t)64 << 20, &bytes, &why);
    if (s == FC_OK)
        s = fc_plan_read(a, form, bytes, fc_str_of(argv[2]), d, &plan);
    if (s != FC_OK) {
        fc_buf out;
        fc_buf_init(&out, FC_BUF_MAX);
        fc_diags_print(d, &out);
        fprintf(stderr, "%.*s", FC_ARG(fc_buf_view(&out)));
        fc_buf_release(&out);
        return (int)s;
    }
    fc_findings findings = {0};
    int stage = fc_form_stage(form, fc_str_of(argv[3]));
    (audit ? fc_plan_audit : fc_plan_check)(a, plan, stage < 0 ? 0 : (unsigned)stage,
                                            fv_date_read(fv_text_of(argv[4])), &findings);
    for (size_t i = 0; i < findings.n; i++) {
        const fc_finding *f = &findings.at[i];
        printf("%s %.*s %.*s: %.*s\n",
               f->rule->kind == FC_RULE_HUMAN ? "question" : severities[f->severity],
               FC_ARG(f->path), FC_ARG(f->rule->id), FC_ARG(f->message));
    }
    return findings.n > 0;
}

int main(int argc, char **argv)
{
    if (argc != 5 && (argc != 6 || strcmp(argv[5], "audit") != 0))
        return FC_USAGE;
    fc_arena *a = fc_arena_new((size_t)1 << 30);
    int result = FC_INTERNAL;
    if (a && FC_BOUNDARY(a))
        result = interpret(a, argv);
    fc_arena_drop(a);
    return result;
}
