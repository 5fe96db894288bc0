/* The codes of what can be wrong with a plan as a file, and what each is about. P0: the file
 * and what it says about itself; P10 to P12: answers and rows; P13: conflicts, marks and
 * history. What is wrong with the answers is found by the form's rules, which have names of
 * their own. A code is for ever. */
#ifndef FC_PLAN_CODES_H
#define FC_PLAN_CODES_H

typedef struct fc_plan_code {
    const char *code;  /* "P114" */
    const char *title; /* what it is about, in a few words */
} fc_plan_code;

/* In the order of the codes; ends with a row of NULL. */
extern const fc_plan_code fc_plan_codes[];
/* The title of a code as people type it; NULL when there is none. */
const char *fc_plan_code_title(const char *code);

#endif
