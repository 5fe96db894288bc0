/* formc check: find mistakes in a definition. */
#include "cli/cli.h"

#include <stdio.h>

typedef struct request {
    const char *form;
    fc_format format;
} request;

static fc_status check(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    l->format = r->format;
    l->every_picture = true;
    fc_status s = fc_load_form(l, r->form);
    fc_tell(l);
    if (s == FC_OK)
        fprintf(stderr, "%.*s: %zu question%s, %zu rule%s, nothing wrong\n", FC_ARG(l->path),
                l->form->fields.n, fc_ending(l->form->fields.n), l->form->rules.n,
                fc_ending(l->form->rules.n));
    return s;
}

int fc_cmd_check(int argc, char **argv)
{
    request r = {0};
    const char *format = NULL;
    const fc_option options[] = {{.name = "--format", .value = &format}};
    if (!fc_args_read(argc, argv, options, 1, &r.form, 1) || !fc_format_read(format, &r.format))
        return FC_USAGE;
    return fc_run_verb(NULL, check, &r);
}
