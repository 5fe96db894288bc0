/* The good-practice page of a plan: what its form's rules of good practice find, and the
 * questions that a person has to answer, by topic. It is advice to a reviewer: nothing on it
 * stands in the way of a stage, and nothing is counted or scored. */
#ifndef FC_PLAN_AUDIT_H
#define FC_PLAN_AUDIT_H

#include "runtime/plan/eval.h"

typedef struct fc_look { /* where to look */
    const fc_node *node; /* a field, signature, repeat, use or section */
    size_t row;          /* counts from 0 in the rows of the repeat that node is a field of */
    fc_str path;         /* "health/medication/action[icb-1]/intervention" */
} fc_look;

/* One finding, or one set of answers about which a question is put. */
typedef struct fc_audit_case {
    const fc_rule *rule;
    FC_ARRAY(fc_look) places; /* side by side; a finding has one */
} fc_audit_case;

typedef struct fc_audit_item {
    const fc_rule *rule; /* the first of those that share its id; its message says what */
    FC_ARRAY(fc_audit_case) cases;
} fc_audit_item;
typedef FC_ARRAY(fc_audit_item) fc_audit_items;

typedef struct fc_audit_topic {
    const fc_topic *topic;
    fc_audit_items found;     /* by the tool */
    fc_audit_items questions; /* for people: FC_RULE_HUMAN */
} fc_audit_topic;

typedef struct fc_audit {
    FC_ARRAY(fc_audit_topic) topics;  /* in the order of the form; each says something */
    FC_ARRAY(const fc_topic *) quiet; /* those that have nothing to say about this plan */
    size_t n_found, n_questions;
} fc_audit;

/* Makes the page at the stage (an index of form->stages) and on a day. In the arena. */
void fc_audit_make(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of, fc_audit *out);

/* The page for people. as_of as YYYY-MM-DD. Answers stand in it only when show_answers. */
void fc_audit_text(const fc_plan *p, const fc_audit *audit, unsigned stage, fc_str as_of,
                   bool show_answers, fc_buf *out);
/* The same as one JSON object. */
void fc_audit_json(const fc_plan *p, const fc_audit *audit, unsigned stage, fc_str as_of,
                   bool show_answers, fc_buf *out);

#endif
