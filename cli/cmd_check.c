/* formc check: find mistakes in a definition. */
#include "cli/cli.h"

#include <stdio.h>

int fc_cmd_check(int argc, char **argv)
{
    const char *form = NULL, *word = NULL;
    const fc_option options[] = {{.name = "--format", .value = &word}};
    fc_format format;
    if (!fc_args_read(argc, argv, options, 1, &form, 1) || !fc_format_read(word, &format))
        return FC_USAGE;
    fc_loaded l = {.arena = fc_arena_new(FC_MEMORY_MAX)};
    if (!l.arena)
        return FC_INTERNAL;
    volatile fc_status s = FC_INTERNAL;
    if (FC_BOUNDARY(l.arena)) {
        s = fc_load_form(&l, form);
        fc_print_diags_as(l.diags, format);
        if (s == FC_OK)
            fprintf(stderr, "%.*s: %zu question%s, %zu rule%s, nothing wrong\n", FC_ARG(l.path),
                    l.form->fields.n, fc_ending(l.form->fields.n), l.form->rules.n,
                    fc_ending(l.form->rules.n));
    } else {
        fc_complain("memory ran out");
    }
    fc_arena_drop(l.arena);
    return (int)s;
}
