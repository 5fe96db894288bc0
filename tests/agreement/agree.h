/* Three opinions about plans: what generated C says, what the interpreter says, and what an
 * XSLT stylesheet says whose semantics were written a second time, in XPath 1.0. */
#ifndef FC_TESTS_AGREE_H
#define FC_TESTS_AGREE_H

#include "compiler/compile.h"
#include "runtime/plan/eval.h"

typedef FC_ARRAY(fc_str) strings;

/* ---- the form; what cannot be read or compiled ends the program, with a word why ---- */

/* The bytes of a file, in the arena. */
fc_str test_file(fc_arena *a, const char *path);
void print_diags(fc_diags *d);
/* The form with the language files beside it, lang/xx.xml. */
const fc_form *test_form(fc_arena *a, const char *path);

/* ---- the stylesheet ---- */

bool is_in(const strings *list, fc_str s);
/* Prints the rules of a form (those with these ids; NULL: all) as a stylesheet that includes
 * semantics.xsl. `beyond` gets the ids of the rules that XPath 1.0 cannot express; they are not
 * in it. */
void sheet_print(fc_arena *a, const fc_form *f, const strings *only, fc_buf *out,
                 strings *beyond);

typedef struct oracle oracle;
/* Compiles a printed stylesheet; NULL: it says why to standard error. */
oracle *oracle_new(fc_str sheet);
/* The findings on a plan, one a line: path, rule, severity, why, a tab between. In the arena.
 */
fc_str oracle_findings(oracle *o, fc_arena *a, fc_str plan, unsigned stage, fv_date as_of);
void oracle_drop(oracle *o);

/* ---- plans made from a number ---- */

typedef struct dice {
    uint64_t state;
} dice;

unsigned roll(dice *d, unsigned below);

/* What a form compares answers with: dates, numbers, lengths of time and texts. */
typedef struct pools pools;
const pools *pools_of(fc_arena *a, const fc_form *f);
/* The XML of a plan: values at the borders of every type and of the form's rules, blank answers
 * of every kind, absences, and the ways in which XML can write one text. */
fc_str plan_made_of(fc_arena *a, const fc_form *f, const pools *p, dice *d);
fv_date day_made_of(const pools *p, dice *d);

/* ---- the generated code ---- */

/* Reads and checks a plan; the findings stand until the next call. */
fv_read generated_check(fc_str plan, unsigned stage, fv_date as_of, const fv_finding **found,
                        size_t *n);

#endif
