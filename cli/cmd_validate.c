/* formc validate: what there is to say about a plan at a stage and on a day. */
#include "cli/making.h"
#include "cli/published.h"
#include "runtime/plan/review.h"

#include <stdio.h>

typedef struct request {
    const char *operand[2]; /* FORM, PLAN */
    const char *stage, *party, *as_of, *lang, *out, *to, *theme;
    fv_date day;
    fc_format format;
    bool strict, force;
    const fc_target *target; /* of the page that says what is missing; NULL: none is made */
} request;

static fc_status print_review(const fc_plan *p, const fc_review *v, unsigned stage,
                              const request *r)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    switch (r->format) {
    case FC_TELL_TEXT:
        fc_review_text(p, v, &b);
        break;
    case FC_TELL_JSON:
        fc_review_json(p, v, stage, fc_str_of(r->as_of), &b);
        break;
    case FC_TELL_SARIF:
        fc_review_sarif(p, v, FORMC_VERSION, fc_str_of(r->operand[1]), &b);
        break;
    }
    fc_status s = fc_print(&b);
    fc_buf_release(&b);
    return s;
}

/* The page that says what is missing and whose job it is. */
static fc_status make_page(fc_loaded *l, fc_plan *p, const fc_review *v, const request *r)
{
    const char *const no_rows[] = {NULL};
    fc_build b;
    fc_status s = fc_build_open(&b, l, no_rows, NULL, r->theme);
    if (s != FC_OK)
        return s;
    b.options.purpose = FC_TO_COMPLETE;
    p->review = v;
    return fc_make_document(l, &b, r->target, p, r->out, r->force);
}

static fc_status validate(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_plan *plan = NULL;
    unsigned stage = 0;
    size_t party = 0;
    fc_status s = fc_load_form_and_plan(l, r->operand[0], r->operand[1], &plan);
    if (!plan)
        return s;
    const fc_form *f = l->form;
    if (r->stage && !fc_read_stage(f, r->stage, &stage))
        return FC_USAGE;
    if (r->party && !fc_read_party(f, r->party, &party))
        return FC_USAGE;
    if (!r->stage && plan->stage.n)
        stage = (unsigned)fc_form_stage(f, plan->stage);
    fc_review v;
    fc_plan_review(l->arena, plan, stage, r->day, &v);
    if (r->party)
        fc_review_keep(l->arena, f, &v, party);
    fc_status printed =
        r->target ? make_page(l, plan, &v, r) : print_review(plan, &v, stage, r);
    if (printed != FC_OK)
        return printed;
    fprintf(stderr, "%s: %zu error%s, %zu warning%s, %zu advice", r->operand[1],
            v.count[FC_ERROR], fc_ending(v.count[FC_ERROR]), v.count[FC_WARNING],
            fc_ending(v.count[FC_WARNING]), v.count[FC_ADVICE]);
    if (stage < f->stages.n)
        fprintf(stderr, " at the stage \"%.*s\"", FC_ARG(f->stages.at[stage].id));
    fprintf(stderr, " on %s", r->as_of);
    if (r->party)
        fprintf(stderr, ", for %s", r->party);
    fputc('\n', stderr);
    bool found = v.count[FC_ERROR] || (r->strict && v.count[FC_WARNING]);
    return s == FC_OK && found ? FC_FOUND : s;
}

int fc_cmd_validate(int argc, char **argv)
{
    request r = {0};
    const char *format = NULL;
    const fc_option options[] = {
        {.name = "--stage", .value = &r.stage}, {.name = "--party", .value = &r.party},
        {.name = "--as-of", .value = &r.as_of}, {.name = "--lang", .value = &r.lang},
        {.name = "--format", .value = &format}, {.name = "--strict", .flag = &r.strict},
        {.name = "-o", .value = &r.out},        {.name = "--to", .value = &r.to},
        {.name = "--theme", .value = &r.theme}, {.name = "--force", .flag = &r.force},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, r.operand, 2))
        return FC_USAGE;
    if (!fc_read_as_of(r.as_of, &r.day) || !fc_format_read(format, &r.format))
        return FC_USAGE;
    if (r.out && format) {
        fc_complain("--format is for what is printed: leave it out or leave out -o");
        return FC_USAGE;
    }
    if (!r.out && (r.to || r.theme || r.force)) {
        fc_complain(
            "--to, --theme and --force are for a page: say which file to make, -o FILE");
        return FC_USAGE;
    }
    if (r.out && !(r.target = fc_target_for(r.to, r.out))) {
        fc_complain("say what to make: a FILE that ends in .docx, .pdf or .html, or --to docx, "
                    "pdf or html");
        return FC_USAGE;
    }
    return fc_run_verb(r.lang, validate, &r);
}
