/* The rules of a form applied to a plan: the interpreter of the expressions that generated C
 * carries as code. Both read answers with runtime/fv.h, so they cannot read them differently.
 */
#ifndef FC_PLAN_EVAL_H
#define FC_PLAN_EVAL_H

#include "runtime/form/expr.h"
#include "runtime/fv.h"
#include "runtime/plan/plan.h"

typedef struct fc_finding {
    fc_str path; /* "health/medication/action[icb-1]/review" */
    const fc_rule *rule;
    fc_severity severity;
    fc_str message; /* holds no answer */
    fv_why why;     /* of an answer that cannot be read, or of an absence */
    size_t row;     /* counts from 0 in the rows of rule->scope */
} fc_finding;

typedef FC_ARRAY(fc_finding) fc_findings;

/* Checks a plan at a stage (an index of form->stages) and on a day; rules of later stages are
 * left out. What is worked out counts as answered. Findings come in the order of the rules;
 * those of a repeat row by row. A row without any answer is not looked at. In the arena. */
void fc_plan_check(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of,
                   fc_findings *findings);

/* The same for good practice: what its rules find, and the questions for a person that are put
 * (FC_RULE_HUMAN). Their severity is advice; nothing of it stands in the way of a stage. */
void fc_plan_audit(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of,
                   fc_findings *findings);

/* The plan with what follows from its answers put where there is none: what rules and documents
 * see. Nothing that was given is overwritten, not even a reason for having no answer. The plan
 * itself stays as it is, since only what was given is kept. In the arena; the plan itself when
 * its form works nothing out. */
const fc_plan *fc_plan_worked_out(fc_arena *a, const fc_plan *p);
/* The plan as a document shows it: worked out, but for a blank, whose places are all for the
 * pen: "none yet" would be worked out from nothing. */
const fc_plan *fc_plan_shown(fc_arena *a, const fc_plan *p);

/* The state of one answer, and why it is absent or cannot be read (FV_NO_REASON: nothing
 * said). */
fv_state fc_answer_state(const fc_node *field, const fc_answer *answer, fv_why *why);

/* The choices of an answer of the type FC_CHOICES: bit i is the list's choice i. None when it
 * is absent or cannot be read, and for other types. */
uint64_t fc_answer_set(const fc_node *field, fc_str stored);

/* The value of an expression, for tests and tools: its truth when it has one, else
 * FV_UNKNOWN. row counts from 0 in the rows of scope. */
fv_truth fc_expr_truth(const fc_expr *x, const fc_plan *p, const fc_container *scope,
                       size_t row, fv_date as_of);

#endif
