/* formc validate: what there is to say about a plan at a stage and on a day. */
#include "cli/published.h"
#include "runtime/plan/review.h"

#include <stdio.h>

typedef struct request {
    const char *operand[2]; /* FORM, PLAN */
    const char *stage, *as_of, *format, *lang;
    fv_date day;
    bool strict, json;
} request;

static fc_status print_review(const fc_plan *p, const fc_review *v, unsigned stage,
                              const request *r)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    if (r->json)
        fc_review_json(p, v, stage, fc_str_of(r->as_of), &b);
    else
        fc_review_text(p, v, &b);
    fc_status s = fc_print(&b);
    fc_buf_release(&b);
    return s;
}

static fc_status validate(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_plan *plan = NULL;
    unsigned stage = 0;
    fc_status s = fc_load_form_and_plan(l, r->operand[0], r->operand[1], &plan);
    if (!plan)
        return s;
    const fc_form *f = l->form;
    if (r->stage && !fc_read_stage(f, r->stage, &stage))
        return FC_USAGE;
    if (!r->stage && plan->stage.n)
        stage = (unsigned)fc_form_stage(f, plan->stage);
    fc_review v;
    fc_plan_review(l->arena, plan, stage, r->day, &v);
    fc_status printed = print_review(plan, &v, stage, r);
    if (printed != FC_OK)
        return printed;
    fprintf(stderr, "%s: %zu error%s, %zu warning%s, %zu advice", r->operand[1],
            v.count[FC_ERROR], fc_ending(v.count[FC_ERROR]), v.count[FC_WARNING],
            fc_ending(v.count[FC_WARNING]), v.count[FC_ADVICE]);
    if (stage < f->stages.n)
        fprintf(stderr, " at the stage \"%.*s\"", FC_ARG(f->stages.at[stage].id));
    fprintf(stderr, " on %s\n", r->as_of);
    bool found = v.count[FC_ERROR] || (r->strict && v.count[FC_WARNING]);
    return s == FC_OK && found ? FC_FOUND : s;
}

int fc_cmd_validate(int argc, char **argv)
{
    request r = {0};
    const fc_option options[] = {
        {.name = "--stage", .value = &r.stage},  {.name = "--as-of", .value = &r.as_of},
        {.name = "--lang", .value = &r.lang},    {.name = "--format", .value = &r.format},
        {.name = "--strict", .flag = &r.strict},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, r.operand, 2))
        return FC_USAGE;
    if (!fc_read_asked(r.as_of, r.format, &r.day, &r.json))
        return FC_USAGE;
    return fc_run_verb(r.lang, validate, &r);
}
