/* Round trips: what the files of the program share. */
#ifndef FC_TESTS_ROUND_H
#define FC_TESTS_ROUND_H

#include "cli/making.h"
#include "runtime/returned/take.h"
#include "tests/agreement/agree.h"

/* One plan on its way. */
typedef struct trip {
    fc_arena *a; /* of this plan */
    const fc_form *f;
    fc_build *build;
    const struct format *formats; /* prepared; ended by a row without a target */
    fc_str blank;                 /* the XML of a plan without answers */
    fc_take_as as;
} trip;

typedef struct format {
    const fc_target *target;
    void *prepared;
} format;

/* ---- round_plans.c ---- */

/* The plan of a number, as the agreement tests make it; but one answer in eight is any text of
 * the value space: characters of all scripts and kinds, line breaks and white space anywhere.
 * In the arena. */
fc_plan *round_plan(fc_arena *a, const fc_form *f, const pools *p, unsigned long number);
/* NULL: it is no plan of the form. */
fc_plan *round_read(fc_arena *a, const fc_form *f, fc_str bytes);

/* ---- round_compare.c ---- */

/* Ends the program with the number of the plan, what is wrong and where. */
FC_NORETURN void round_fail(const char *what, fc_str where);
extern unsigned long round_number;

/* Every answer that went out came back, as it was or, where it can be read as its type, in its
 * stored form; and no other row. how: for the message. */
void round_compare(fc_arena *a, const fc_plan *went, const fc_plan *came, const char *how);

#endif
