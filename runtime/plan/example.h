/* Running the examples of a form: are the findings those that each says, and which rules does
 * none of them try? */
#ifndef FC_PLAN_EXAMPLE_H
#define FC_PLAN_EXAMPLE_H

#include "runtime/plan/eval.h"

/* What the examples of a form tried, by the index of each rule in form->rules. */
typedef struct fc_coverage {
    bool *broken; /* an example expected a finding of it, and there was one */
    bool *held;   /* it was definitely true where an example expected no finding of it */
} fc_coverage;

/* Nothing tried yet. In the arena. */
fc_coverage fc_coverage_new(fc_arena *a, const fc_form *f);

/* Puts the answers of e into p, a plan of its form: a blank, or what e->plan holds. A row that
 * a number names is made when it is not there. What cannot be done is reported in d. */
void fc_example_apply(fc_plan *p, const fc_example *e, fc_diags *d);

/* Checks p, which e was applied to, and reports in d each expectation that was not met; never
 * with an answer. True when all were met. */
bool fc_example_run(fc_arena *a, const fc_plan *p, const fc_example *e, fc_coverage *coverage,
                    fc_diags *d);

typedef struct fc_coverage_count {
    size_t rules, broken, held;
    size_t people; /* questions for a person, which no example needs to try */
} fc_coverage_count;

/* Counts the rules that an author wrote, one of a block once, and reports each that no example
 * breaks, or none satisfies, as a warning; not when there are errors in d, which may be why.
 * Rules that follow from a type count when the type is the form's own. */
fc_coverage_count fc_coverage_report(const fc_form *f, const fc_coverage *coverage,
                                     fc_diags *d);

#endif
