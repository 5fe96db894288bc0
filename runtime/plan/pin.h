/* Which version of a form a plan was made with, and its id, looked up before the form is known.
 */
#ifndef FC_PLAN_PIN_H
#define FC_PLAN_PIN_H

#include "runtime/base/str.h"

/* The version that the plan states, in the arena; empty when it states none or cannot be read:
 * reading it with the form will say what is wrong. */
fc_str fc_plan_pin(fc_arena *a, fc_str bytes);
/* The same for the plan's id. */
fc_str fc_plan_pinned_id(fc_arena *a, fc_str bytes);

#endif
