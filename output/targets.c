/* The table of targets. */
#include "output/target.h"

#include <string.h>

const fc_target *const fc_targets[] = {
    &fc_target_c,   &fc_target_docx,   &fc_target_pdf,   &fc_target_html,
    &fc_target_rng, &fc_target_schema, &fc_target_model, NULL};

const fc_target *fc_target_find(const char *name)
{
    for (size_t i = 0; fc_targets[i]; i++)
        if (strcmp(fc_targets[i]->name, name) == 0)
            return fc_targets[i];
    return NULL;
}

fc_str fc_output_name(const fc_build *b, fc_arena *a, fc_str stem, const char *suffix)
{
    return fc_str_fmt(a, "%.*s%s%.*s%s", FC_ARG(stem), b->lang.n ? "." : "", FC_ARG(b->lang),
                      suffix);
}
