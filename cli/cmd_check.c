/* formc check: find mistakes in a definition. */
#include "cli/cli.h"

#include <stdio.h>

int fc_cmd_check(int argc, char **argv)
{
    const char *form = NULL;
    if (!fc_args_read(argc, argv, NULL, 0, &form, 1))
        return FC_USAGE;
    fc_loaded l = {.arena = fc_arena_new(FC_MEMORY_MAX)};
    if (!l.arena)
        return FC_INTERNAL;
    volatile fc_status s = FC_INTERNAL;
    if (FC_BOUNDARY(l.arena)) {
        s = fc_load_form(&l, form);
        fc_print_diags(l.diags);
        if (s == FC_OK)
            fprintf(stderr, "%.*s: %zu questions, %zu rules, nothing wrong\n", FC_ARG(l.path),
                    l.form->fields.n, l.form->rules.n);
    } else {
        fc_complain("memory ran out");
    }
    fc_arena_drop(l.arena);
    return (int)s;
}
