/* What a file of a pile is: its digest, and the plan and version that it is of. A worker looks;
 * what it found comes back as a line, and stands so in the ledger, too. */
#include "cli/regenerate.h"
#include "runtime/base/digest.h"
#include "runtime/plan/pin.h"
#include "runtime/returned/take.h"

#include <string.h>

#include "compiler/publish.h"

/* "D 0 1.0.0 urn:uuid:...": what look it had, why it is not read, the version and the id of its
 * plan; "-" for nothing. */
static void put_known(fc_buf *out, fc_look look, int why, fc_str version, fc_str id)
{
    fc_buf_fmt(out, "%c %d %.*s %.*s", "DPRF"[look], why,
               FC_ARG(version.n ? version : FC_S("-")), FC_ARG(id.n ? id : FC_S("-")));
}

void fc_input_known(const fc_input *in, fc_buf *out)
{
    put_known(out, in->look, in->why, in->version, in->id);
}

static fc_str word_of(fc_str word, bool good)
{
    return good && !fc_str_eq_z(word, "-") ? word : (fc_str){0};
}

static bool take_known(fc_input *in, fc_str known)
{
    size_t at = 0;
    fc_str look, why, version, id;
    if (!fc_str_next_word(known, &at, &look) || !fc_str_next_word(known, &at, &why) ||
        !fc_str_next_word(known, &at, &version) || !fc_str_next_word(known, &at, &id))
        return false;
    const char *which = look.n == 1 ? strchr("DPRF", look.p[0]) : NULL;
    if (!which)
        return false;
    in->look = (fc_look)(which - "DPRF");
    in->why = 0;
    for (size_t i = 0; i < why.n && i < 3; i++)
        in->why = in->why * 10 + (why.p[i] - '0');
    if (in->why < 0 ||
        in->why >= (in->look == FC_LOOK_FAULT ? (int)FC_PILE_FAULTS : (int)FC_REFUSALS))
        return false;
    in->version = word_of(version, fc_version_good(version));
    in->id = word_of(id, true);
    return true;
}

static void look_at(fc_arena *a, fc_str bytes, fc_buf *out)
{
    fc_str version = {0}, id = {0};
    fc_look look = fc_is_plan_file(bytes) ? FC_LOOK_PLAN : FC_LOOK_DOCUMENT;
    fc_refusal why = FC_READS;
    if (look == FC_LOOK_PLAN) {
        version = fc_plan_pin(a, bytes);
        id = fc_plan_pinned_id(a, bytes);
    } else {
        fc_returned r;
        why = fc_returned_look_apart(a, bytes, &r);
        look = why == FC_READS ? look : FC_LOOK_REFUSED;
        version = r.version;
        id = r.plan;
    }
    if (!fc_version_good(version))
        version = (fc_str){0};
    id = fc_str_copy(a, id);
    if (id.n && !fc_is_plan_id(id.p))
        id = (fc_str){0};
    put_known(out, look, (int)why, version, id);
}

bool fc_input_look(fc_pile *p, size_t input, fc_buf *result)
{
    const fc_input *in = &p->inputs.at[input];
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    const char *why = "";
    fc_str bytes;
    if (!a || !FC_BOUNDARY(a)) {
        fc_arena_drop(a);
        return false;
    }
    if (in->odd || fc_file_read(a, in->path.p, FC_RETURNED_BYTES_MAX, &bytes, &why) != FC_OK) {
        fc_buf_z(result, "- ");
        put_known(result, FC_LOOK_FAULT, FC_PILE_UNOPENED, (fc_str){0}, (fc_str){0});
    } else {
        fc_str digest = fc_sha256_hex(a, bytes), before = fc_ledger_known(&p->ledger, digest);
        fc_buf_fmt(result, "%.*s ", FC_ARG(digest));
        if (before.n)
            fc_buf_str(result, before);
        else
            look_at(a, bytes, result);
    }
    fc_arena_drop(a);
    return true;
}

bool fc_input_take(fc_pile *p, size_t input, fc_str result)
{
    fc_input *in = &p->inputs.at[input];
    size_t at = 0;
    fc_str digest, all = fc_str_copy(p->arena, result);
    if (!fc_str_next_word(all, &at, &digest) || !take_known(in, fc_str_slice(all, at, all.n)))
        return false;
    in->digest = digest.n == 64 ? digest : (fc_str){0};
    /* A document of no plan yet becomes the one that its digest names. */
    bool reads = in->look == FC_LOOK_DOCUMENT || in->look == FC_LOOK_PLAN;
    if (reads && !in->id.n)
        in->id = fc_returned_id(p->arena, fc_str_fmt(p->arena, "sha256:%.*s", FC_ARG(digest)));
    return true;
}
