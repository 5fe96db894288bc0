/* What the verbs that handle plans share. */
#ifndef FC_CLI_PLANS_H
#define FC_CLI_PLANS_H

#include "cli/cli.h"
#include "runtime/plan/eval.h"

/* Writes the plan; complains when that fails. */
FC_NODISCARD fc_status fc_save_plan(const fc_plan *plan, const char *path, bool force);
/* Reads YYYY-MM-DD, a day that exists. Complains with the option's name and returns false. */
bool fc_read_day(const char *option, const char *text, fv_date *day);
/* The index of a stage that --stage names. Complains when there is none. */
bool fc_read_stage(const fc_form *f, const char *id, unsigned *stage);

#endif
