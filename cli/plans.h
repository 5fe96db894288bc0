/* What the verbs that handle plans share. */
#ifndef FC_CLI_PLANS_H
#define FC_CLI_PLANS_H

#include "cli/cli.h"
#include "runtime/plan/eval.h"

/* The two ways to write a plan down. */
typedef enum fc_plan_format { FC_PLAN_XML, FC_PLAN_JSON } fc_plan_format;
/* JSON for a name that ends in .json, XML for every other one and for "-". */
fc_plan_format fc_plan_format_of(const char *path);
/* Writes the plan; complains when that fails. */
FC_NODISCARD fc_status fc_save_plan_as(const fc_plan *plan, fc_plan_format format,
                                       const char *path, bool force);
/* The same in the format of the name. */
FC_NODISCARD fc_status fc_save_plan(const fc_plan *plan, const char *path, bool force);
/* Reads YYYY-MM-DD, a day that exists. Complains with the option's name and returns false. */
bool fc_read_day(const char *option, const char *text, fv_date *day);
/* What --as-of says, which has to be there. Complains and returns false. */
bool fc_read_as_of(const char *as_of, fv_date *day);
/* What verbs that tell findings ask for: --as-of, which has to be there, and --format, text
 * when it is left out. Complains and returns false. */
bool fc_read_asked(const char *as_of, const char *format, fv_date *day, bool *json);
/* The index of a party that --party names. Complains when there is none. */
FC_NODISCARD bool fc_read_party(const fc_form *f, const char *id, size_t *party);
/* The index of a stage that --stage names. Complains when there is none. */
bool fc_read_stage(const fc_form *f, const char *id, unsigned *stage);

/* The time of an entry in a plan's history: at, or now when it is NULL; empty when the system
 * does not say. In the arena. */
fc_str fc_moment(fc_arena *a, const char *at);
/* True for "urn:uuid:" and a UUID in lower case. */
bool fc_is_plan_id(const char *id);

#endif
