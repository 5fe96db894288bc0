/* What every verb needs around its work: memory, a boundary for when there is no more of it,
 * and telling what was found. */
#include "cli/cli.h"

void fc_tell(fc_loaded *l)
{
    if (!l->told)
        fc_print_diags_as(l->diags, l->format);
    l->told = true;
}

int fc_run_verb(const char *lang, fc_work *work, const void *request)
{
    volatile fc_status s = FC_INTERNAL;
    fc_loaded l = {.arena = fc_arena_new(FC_MEMORY_MAX), .lang = lang};
    if (l.arena && FC_BOUNDARY(l.arena)) {
        l.diags = fc_diags_new(l.arena);
        s = work(&l, request);
        fc_tell(&l);
    } else {
        fc_complain("memory ran out");
    }
    fc_arena_drop(l.arena);
    return (int)s;
}
