/* formc audit: the good-practice page of a plan. */
#include "cli/published.h"
#include "runtime/plan/audit.h"

#include <stdio.h>

typedef struct request {
    const char *operand[2]; /* FORM, PLAN */
    const char *stage, *as_of, *format, *lang;
    fv_date day;
    bool json, show_answers;
} request;

/* Advice is no error: the result is that of reading. */
static fc_status audit(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_plan *plan = NULL;
    unsigned stage = 0;
    fc_status s = fc_load_form_and_plan(l, r->operand[0], r->operand[1], &plan);
    if (!plan)
        return s;
    if (r->stage && !fc_read_stage(l->form, r->stage, &stage))
        return FC_USAGE;
    if (!r->stage && plan->stage.n)
        stage = (unsigned)fc_form_stage(l->form, plan->stage);
    fc_audit page;
    fc_buf b;
    fc_audit_make(l->arena, plan, stage, r->day, &page);
    fc_buf_init(&b, FC_BUF_MAX);
    (r->json ? fc_audit_json : fc_audit_text)(plan, &page, stage, fc_str_of(r->as_of),
                                              r->show_answers, &b);
    fc_status printed = fc_print(&b);
    fc_buf_release(&b);
    if (printed != FC_OK)
        return printed;
    fprintf(stderr, "%s: %zu finding%s, %zu question%s for a person on %s\n", r->operand[1],
            page.n_found, fc_ending(page.n_found), page.n_questions,
            fc_ending(page.n_questions), r->as_of);
    return s;
}

int fc_cmd_audit(int argc, char **argv)
{
    request r = {0};
    const fc_option options[] = {
        {.name = "--stage", .value = &r.stage},
        {.name = "--as-of", .value = &r.as_of},
        {.name = "--format", .value = &r.format},
        {.name = "--lang", .value = &r.lang},
        {.name = "--show-answers", .flag = &r.show_answers},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, r.operand, 2))
        return FC_USAGE;
    if (!fc_read_asked(r.as_of, r.format, &r.day, &r.json))
        return FC_USAGE;
    return fc_run_verb(r.lang, audit, &r);
}
