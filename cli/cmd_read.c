/* formc read: a plan from a file that came back. The file may come from anywhere, so it is
 * looked through in a process of its own; what was found there is compared with what the form
 * and the plan say, here. */
#include "cli/published.h"
#include "runtime/base/digest.h"
#include "runtime/base/file.h"
#include "runtime/plan/pin.h"
#include "runtime/returned/take.h"

#include <stdio.h>
#include <string.h>

#define FILE_BYTES_MAX ((size_t)50 << 20) /* of a file that came back; FC_PACKAGE_BYTES_MAX */

typedef struct request {
    const char *operand[2]; /* FORM, FILE */
    const char *into, *by, *at, *id, *out, *format;
    bool json, force;
} request;

/* What there is to say: findings and a summary, as text on standard error or as JSON. */
static fc_status report(fc_loaded *l, const request *r, const fc_taken *t, fc_refusal refused)
{
    fc_buf b;
    fc_str name = fc_str_of(r->operand[1]);
    fc_status s = FC_OK;
    fc_buf_init(&b, FC_BUF_MAX);
    if (r->json) {
        fc_taken_json(l->arena, t, name, refused, &b);
        s = fc_print(&b);
    } else {
        if (refused != FC_READS)
            fc_buf_fmt(&b, "%s: error[%s]: %s\n    = help: %s\n", r->operand[1],
                       fc_refusal_row(refused)->code, fc_refusal_row(refused)->words,
                       fc_refusal_row(refused)->help);
        fc_taken_text(l->arena, t, name, &b);
        if (t->plan)
            fc_taken_summary(t, name, &b);
        fwrite(b.n ? b.p : "", 1, b.n, stderr);
    }
    fc_buf_release(&b);
    return s;
}

/* The form, of the version that the file or the plan is of, and the plan to read into. */
static fc_status load(fc_loaded *l, const request *r, fc_str version, fc_plan **into)
{
    fc_status s;
    if (!r->into)
        return fc_load_form_of(l, r->operand[0], version);
    s = fc_load_form_and_plan(l, r->operand[0], r->into, into);
    if (s == FC_FOUND && *into)
        fc_complain("%s: nothing was changed, because not all of it could be read", r->into);
    return s;
}

static fc_status check_author(const fc_loaded *l, const request *r)
{
    if (fc_is_author(l->form, fc_str_of(r->by)))
        return FC_OK;
    fc_complain("--by is a party of the form, or that, \"/\" and a short name");
    return FC_USAGE;
}

static fc_status take(fc_loaded *l, const request *r, fc_str bytes, const fc_take_as *as,
                      fc_taken *t, fc_refusal *refused)
{
    fc_returned found;
    fc_plan *into = NULL, *given = NULL;
    bool plan_file = fc_is_plan_file(bytes);
    *refused = plan_file ? FC_READS : fc_returned_look_apart(l->arena, bytes, &found);
    if (*refused != FC_READS)
        return FC_REFUSED;
    fc_status s = load(l, r, plan_file ? fc_plan_pin(l->arena, bytes) : found.version, &into);
    if (s == FC_OK)
        s = check_author(l, r);
    if (s != FC_OK)
        return s;
    if (!plan_file)
        return fc_returned_take(l->arena, l->form, &found, into, as, t);
    s = fc_plan_read(l->arena, l->form, bytes, fc_str_of(r->operand[1]), l->diags, &given);
    return s == FC_OK ? fc_plan_take(l->arena, given, into, as, t) : s;
}

static fc_status read_file(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    const char *why = "";
    fc_str bytes;
    fc_taken t = {0};
    fc_refusal refused = FC_READS;
    fc_status s = fc_file_read(l->arena, r->operand[1], FILE_BYTES_MAX, &bytes, &why);
    if (s != FC_OK) {
        fc_complain("%s: %s", r->operand[1], why);
        return s;
    }
    const fc_take_as as = {
        .at = fc_moment(l->arena, r->at),
        .by = fc_str_of(r->by),
        .file = fc_str_fmt(l->arena, "sha256:%.*s", FC_ARG(fc_sha256_hex(l->arena, bytes))),
        .id = fc_str_of(r->id)};
    if (!as.at.n) {
        fc_complain("the system does not say what time it is; say --at");
        return FC_IO;
    }
    s = take(l, r, bytes, &as, &t, &refused);
    fc_status told = s == FC_USAGE ? FC_OK : report(l, r, &t, refused);
    if (t.plan) {
        fc_status saved = fc_save_plan(t.plan, r->out, r->force);
        s = saved != FC_OK ? saved : s;
    }
    return told != FC_OK ? told : s;
}

static bool is_complete(request *r)
{
    fc_format format;
    if (!r->by)
        fc_complain("say who returned it: --by PARTY");
    else if (r->at && !fc_is_moment(fc_str_of(r->at)))
        fc_complain("--at is a time in UTC like 2026-01-31T10:04:00Z");
    else if (r->id && !fc_is_plan_id(r->id))
        fc_complain("--id is urn:uuid: and a UUID in lower case");
    else if (r->id && r->into)
        fc_complain("--id is for a new plan: one that is read into has its id");
    else if (!r->out || !*r->out)
        fc_complain("say where the plan goes: -o PLAN");
    else if (r->format && strcmp(r->format, "json") != 0 && strcmp(r->format, "text") != 0)
        fc_complain("--format is text or json");
    else if (r->format && strcmp(r->format, "json") == 0 && strcmp(r->out, "-") == 0)
        fc_complain("--format json goes to standard output: give the plan a file with -o");
    else {
        r->json = fc_format_read(r->format, &format) && format == FC_TELL_JSON;
        return true;
    }
    return false;
}

int fc_cmd_read(int argc, char **argv)
{
    request r = {0};
    const fc_option options[] = {
        {.name = "-o", .value = &r.out},       {.name = "--into", .value = &r.into},
        {.name = "--by", .value = &r.by},      {.name = "--at", .value = &r.at},
        {.name = "--id", .value = &r.id},      {.name = "--format", .value = &r.format},
        {.name = "--force", .flag = &r.force},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, r.operand, 2) ||
        !is_complete(&r))
        return FC_USAGE;
    return fc_run_verb(NULL, read_file, &r);
}
