/* Everything there is to say about a plan at a stage and on a day, in the order of the form:
 * what `validate` prints and what stands in the way of a stage. */
#ifndef FC_PLAN_REVIEW_H
#define FC_PLAN_REVIEW_H

#include "runtime/plan/eval.h"

typedef struct fc_remark {
    fc_str path;          /* "health/medication/action[icb-1]/review" */
    const fc_node *where; /* the field, or the section, that it is about */
    size_t row;           /* counts from 0 in where's repeat; 0 outside repeats */
    fc_str rule;          /* the rule's id, or "plan.<what>" for what the plan itself tells */
    fc_severity severity;
    fc_str message; /* what is wrong, then what to do; holds no answer */
    fc_str why;     /* more about an answer that cannot be read; empty for nothing */
} fc_remark;

/* Whose remarks are: all that have to do with the same sections' owners. */
typedef struct fc_owners {
    fc_party_set set;
    bool jointly;
    fc_str words; /* "For: ..." */
} fc_owners;

typedef struct fc_review {
    FC_ARRAY(fc_remark) list;
    FC_ARRAY(fc_owners) owners;  /* each once, in the order of their first remarks */
    size_t count[FC_ADVICE + 1]; /* by severity */
    fc_str stage;                /* the words of the stage; empty when the form has none */
    const fc_party *party;       /* whose remarks these are; NULL: everybody's */
    fv_date as_of;
} fc_review;

/* The word of a severity: "error". */
extern const char *const fc_severity_words[FC_ADVICE + 1];

/* Checks the plan at the stage (an index of form->stages). In the arena. */
void fc_plan_review(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of,
                    fc_review *out);
/* Leaves what is for the party (an index of form->parties): what it completes alone or with
 * others, and what is nobody's in particular. In the arena. */
void fc_review_keep(fc_arena *a, const fc_form *f, fc_review *r, size_t party);
/* The full label of what a remark is about; may be empty. */
fc_str fc_remark_label(const fc_remark *m);
/* The question of a remark for people, with its row; and the part of the form that it is in,
 * empty when there is none or the question says it. In the arena. */
fc_str fc_remark_question(fc_arena *a, const fc_form *f, const fc_remark *m);
fc_str fc_remark_part(fc_arena *a, const fc_remark *m);
/* Whether the remark is theirs. */
bool fc_remark_is_for(const fc_remark *m, const fc_owners *o);
/* What the review says, for people: three lines a remark, owners named. */
void fc_review_text(const fc_plan *p, const fc_review *r, fc_buf *out);
/* The same as one JSON object. as_of as YYYY-MM-DD. */
void fc_review_json(const fc_plan *p, const fc_review *r, unsigned stage, fc_str as_of,
                    fc_buf *out);
/* The same as SARIF 2.1.0: name is the plan's file, as typed; version is formc's. */
void fc_review_sarif(const fc_plan *p, const fc_review *r, const char *version, fc_str name,
                     fc_buf *out);

#endif
