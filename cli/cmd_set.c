/* formc set: a decision about a plan. It enters why there is no answer, chooses a side of a
 * conflict, or moves the stage; who did it and when goes into the plan's history. */
#include "cli/published.h"
#include "runtime/plan/review.h"

#include <stdio.h>
#include <string.h>

typedef struct request {
    const char *operand[3]; /* FORM, PLAN, PATH */
    const char *absent, *keep, *stage, *by, *at, *out;
    bool force;
} request;

#define VIA FC_S("set")

static fc_status set_absent(fc_plan *p, fc_place at, const request *r, fc_change *change)
{
    fc_str reason = fc_str_of(r->absent);
    bool none = fc_str_eq_z(reason, "none");
    fc_answer *answer = fc_plan_answer_at(p, at);
    if (!none && !fc_in_list(fc_absence_reasons, reason)) {
        fc_complain("--absent: the reasons are not-asked, asked-unknown, asked-declined, "
                    "not-applicable, unknown and masked; none takes one back");
        return FC_USAGE;
    }
    if (answer->text.n) {
        fc_complain("%s: this question has an answer, which would be lost", r->operand[2]);
        return FC_REFUSED;
    }
    if (fc_plan_conflict(p, at)) {
        fc_complain("%s: there is a conflict about this question; choose with --keep first",
                    r->operand[2]);
        return FC_REFUSED;
    }
    *answer = (fc_answer){.absent = none ? FC_S("") : reason};
    change->did = FC_S("absent");
    change->to = reason;
    return FC_OK;
}

static fc_status keep_side(fc_plan *p, fc_place at, const request *r, fc_change *change)
{
    bool visible = strcmp(r->keep, "visible") == 0;
    if (!fc_plan_conflict(p, at)) {
        fc_complain("%s: there is no conflict about this question", r->operand[2]);
        return FC_REFUSED;
    }
    fc_plan_settle(p, at, visible);
    change->did = FC_S("keep");
    change->to = fc_str_of(r->keep);
    return FC_OK;
}

/* Moves the stage, unless errors stand at it on the day of the change. */
static fc_status move_stage(fc_plan *p, const request *r, fc_change *change)
{
    unsigned stage;
    fc_review v;
    if (!fc_read_stage(p->form, r->stage, &stage))
        return FC_USAGE;
    fv_date day = fv_date_read(fv_text_make(change->at.p, 10));
    fc_plan_review(p->arena, p, stage, day, &v);
    if (v.count[FC_ERROR]) {
        fc_buf b;
        fc_buf_init(&b, FC_BUF_MAX);
        fc_review_text(p, &v, &b);
        fwrite(b.n ? b.p : "", 1, b.n, stderr);
        fc_buf_release(&b);
        fc_complain("the stage stays as it is: %zu error%s at the stage \"%s\"",
                    v.count[FC_ERROR], fc_ending(v.count[FC_ERROR]), r->stage);
        return FC_FOUND;
    }
    p->stage = p->form->stages.at[stage].id;
    change->did = FC_S("stage");
    change->to = p->stage;
    return FC_OK;
}

static fc_status change_plan(fc_plan *p, const request *r)
{
    fc_place at = {0};
    fc_change change = {.at = fc_moment(p->arena, r->at), .by = fc_str_of(r->by), .via = VIA};
    if (!fc_is_author(p->form, change.by)) {
        fc_complain("--by is a party of the form, or that, \"/\" and a short name");
        return FC_USAGE;
    }
    if (!change.at.n) {
        fc_complain("the system does not say what time it is; say --at");
        return FC_IO;
    }
    if (r->operand[2]) {
        change.path = fc_str_of(r->operand[2]);
        if (!fc_plan_find(p, change.path, &at)) {
            fc_complain("%s: the plan has no such question or row", r->operand[2]);
            return FC_USAGE;
        }
    }
    /* A signature that came in with the plan stands for what came in with it. */
    fc_plan_note_marks(p, change.at, change.by, VIA);
    fc_status s = r->stage    ? move_stage(p, r, &change)
                  : r->absent ? set_absent(p, at, r, &change)
                              : keep_side(p, at, r, &change);
    if (s == FC_OK)
        fc_plan_log(p, change);
    fc_plan_look_at_marks(p);
    return s;
}

static fc_status set(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_plan *plan = NULL;
    fc_status s = fc_load_form_and_plan(l, r->operand[0], r->operand[1], &plan);
    if (s == FC_FOUND && plan)
        fc_complain("%s: nothing was changed, because not all of it could be read",
                    r->operand[1]);
    if (s == FC_OK)
        s = change_plan(plan, r);
    if (s == FC_OK)
        s = fc_save_plan(plan, r->out, r->force);
    for (size_t i = 0; s == FC_OK && i < plan->marks.n; i++)
        if (plan->marks.at[i].state == FC_MARK_STALE)
            fprintf(stderr, "%.*s: answers were changed after this was signed\n",
                    FC_ARG(plan->marks.at[i].field->path));
    return s;
}

/* Exactly one decision, with a path when it is about a question. */
static bool is_complete(const request *r)
{
    if (!!r->absent + !!r->keep + !!r->stage != 1 || !r->operand[2] != !!r->stage)
        fc_complain("say PATH --absent REASON, PATH --keep stored|visible, or --stage S");
    else if (r->keep && strcmp(r->keep, "stored") != 0 && strcmp(r->keep, "visible") != 0)
        fc_complain("--keep is stored or visible");
    else if (!r->by)
        fc_complain("say who decided: --by PARTY");
    else if (r->at && !fc_is_moment(fc_str_of(r->at)))
        fc_complain("--at is a time in UTC like 2026-01-31T10:04:00Z");
    else if (!r->out || !*r->out)
        fc_complain("say where the plan goes: -o PLAN");
    else
        return true;
    return false;
}

int fc_cmd_set(int argc, char **argv)
{
    request r = {0};
    const fc_option options[] = {
        {.name = "-o", .value = &r.out},       {.name = "--absent", .value = &r.absent},
        {.name = "--keep", .value = &r.keep},  {.name = "--stage", .value = &r.stage},
        {.name = "--by", .value = &r.by},      {.name = "--at", .value = &r.at},
        {.name = "--force", .flag = &r.force},
    };
    if (!fc_args_read_some(argc, argv, options, sizeof options / sizeof *options, r.operand, 2,
                           3) ||
        !is_complete(&r))
        return FC_USAGE;
    return fc_run_verb(NULL, set, &r);
}
