/* The model itself as an output: what stylesheets see, for people who write them. */
#include "output/target.h"

static fc_status make(fc_build *b, void *prepared, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files)
{
    (void)prepared, (void)plan;
    fc_output_file file = {fc_output_name(b, a, FC_S("model"), ".xml"), b->model_xml,
                           "the form with everything resolved"};
    FC_PUSH(a, files, file);
    return FC_OK;
}

const fc_target fc_target_model = {
    .name = "model",
    .summary = "the form with everything resolved, as XML",
    .make = make,
};
