/* What the verbs that handle plans share. */
#ifndef FC_CLI_PLANS_H
#define FC_CLI_PLANS_H

#include "cli/cli.h"
#include "runtime/plan/eval.h"

/* Reads the plan from path ("-" is standard input) for the loaded form. FC_FOUND: there were
 * faults, *plan holds what could be read; FC_REFUSED: *plan is NULL. */
FC_NODISCARD fc_status fc_load_plan(fc_loaded *l, const char *path, fc_plan **plan);
/* Writes the plan; complains when that fails. */
FC_NODISCARD fc_status fc_save_plan(const fc_plan *plan, const char *path, bool force);
/* Reads YYYY-MM-DD, a day that exists. Complains with the option's name and returns false. */
bool fc_read_day(const char *option, const char *text, fv_date *day);
/* The index of a stage that --stage names. Complains when there is none. */
bool fc_read_stage(const fc_form *f, const char *id, unsigned *stage);

#endif
