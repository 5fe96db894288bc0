/* Published versions of a form: the folder published/ beside its definition. */
#ifndef FC_CLI_PUBLISHED_H
#define FC_CLI_PUBLISHED_H

#include "cli/plans.h"

/* The form's folder with a "/" behind it, or "" for the one we are in. In the arena. */
fc_str fc_form_folder(fc_arena *a, fc_str definition);

/* The frozen definition of a version beside FORM; empty when there is none. In the arena. */
fc_str fc_published(fc_arena *a, const char *form, fc_str version);

/* Loads the published version of the form when there is one beside FORM, otherwise FORM itself.
 * l as fc_load_form leaves it. */
FC_NODISCARD fc_status fc_load_form_of(fc_loaded *l, const char *form, fc_str version);

/* Reads the plan at path ("-" is standard input) together with the form that it is a plan of:
 * the published version that it pins when there is one beside FORM, otherwise FORM itself. l
 * as fc_load_form leaves it, *plan as fc_plan_read; *plan is NULL when the form could not be
 * used. */
FC_NODISCARD fc_status fc_load_form_and_plan(fc_loaded *l, const char *form, const char *path,
                                             fc_plan **plan);

#endif
