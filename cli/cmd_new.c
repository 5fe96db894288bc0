/* formc new: an empty plan with an id of its own. */
#include "cli/plans.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

typedef struct request {
    const char *form, *out, *id;
    bool force;
} request;

/* A random UUID (RFC 9562, version 4). One of two things that are not the same each time; --id
 * replaces it. */
static fc_status make_id(fc_arena *a, fc_str *id)
{
    unsigned char r[16];
    ssize_t n;
    do
        n = getrandom(r, sizeof r, 0);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof r) {
        fc_complain("the system gives no random number for the plan's id; say --id");
        return FC_IO;
    }
    r[6] = (unsigned char)((r[6] & 0x0F) | 0x40);
    r[8] = (unsigned char)((r[8] & 0x3F) | 0x80);
    *id = fc_str_fmt(a,
                     "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
                     "%02x%02x%02x%02x%02x%02x",
                     r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11],
                     r[12], r[13], r[14], r[15]);
    return FC_OK;
}

static fc_status make_plan(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_status s = fc_load_form(l, r->form);
    if (s != FC_OK)
        return s;
    fc_plan *p = fc_plan_new(l->arena, l->form);
    if (r->id)
        p->id = fc_str_of(r->id);
    else if ((s = make_id(l->arena, &p->id)) != FC_OK)
        return s;
    if (l->form->stages.n)
        p->stage = l->form->stages.at[0].id;
    return fc_save_plan(p, r->out, r->force);
}

int fc_cmd_new(int argc, char **argv)
{
    request r = {0};
    const fc_option options[] = {
        {.name = "-o", .value = &r.out},
        {.name = "--id", .value = &r.id},
        {.name = "--force", .flag = &r.force},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, &r.form, 1))
        return FC_USAGE;
    if (!r.out || !*r.out) {
        fc_complain("say where the plan goes: -o PLAN");
        return FC_USAGE;
    }
    if (r.id && !fc_is_plan_id(r.id)) {
        fc_complain("--id is urn:uuid: and a UUID in lower case");
        return FC_USAGE;
    }
    return fc_run_verb(NULL, make_plan, &r);
}
