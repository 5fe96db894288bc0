/* Expressions: typed trees, made by the compiler, printed as C and evaluated by the runtime.
 *
 *   expr := or            or := and ("or" and)*        and := test ("and" test)*
 *   test := "not" test | term (("eq"|"ne"|"lt"|"le"|"gt"|"ge") term)?
 *   term := path | yes | no | 'choice' | 2026-01-31 | 12 | function "(" args ")" | "(" expr ")"
 *   path := ("../")* id ("/" id)*
 *
 * Truth has three values: false, true, unknown. A comparison with a blank or unreadable answer
 * is unknown; and, or and not as in SQL. any() of no rows is false, all() of no rows is true.
 */
#ifndef FC_FORM_EXPR_H
#define FC_FORM_EXPR_H

#include "runtime/form/form.h"

typedef enum fc_expr_type {
    FC_T_TRUTH, /* what and, or, not, comparisons and answered() give */
    FC_T_TEXT,  /* line, prose and the like: only answered() and eq/ne with text take them */
    FC_T_DATE,
    FC_T_PART_DATE, /* a year, a month or a day; compared with dates, too */
    FC_T_INTERVAL,  /* a length of time: n of a unit */
    FC_T_NUMBER,    /* 64-bit integer */
    FC_T_MONEY,     /* pence */
    FC_T_YES_NO,
    FC_T_CHOICE,
    FC_T_CHOICES /* several: only answered() and chosen() take them */
} fc_expr_type;

typedef enum fc_expr_op {
    FC_X_FIELD,    /* the answer of `field`: in the row that any() or all() looks at, or in the
                      rule's row, when its container is that repeat */
    FC_X_YES_NO,   /* number is 1 for yes, 0 for no */
    FC_X_CHOICE,   /* text is the choice's id */
    FC_X_DATE,     /* number is yyyymmdd */
    FC_X_NUMBER,   /* number */
    FC_X_MONEY,    /* number of pence: pounds(n), pence(n) */
    FC_X_INTERVAL, /* number of `unit`: days(n), weeks(n), months(n), years(n) */
    FC_X_AS_OF,    /* the date given to the validator */
    FC_X_ADD_MONTHS, /* add-months(date, n): arg[0] date, arg[1] number; the corresponding day,
                        or the month's last day when there is none */
    FC_X_ADD_DAYS,   /* add-days(date, n) */
    FC_X_ANSWERED,   /* answered(path): field; true when an answer stands there, readable or not
                      */
    FC_X_CHOSEN, /* chosen(path, 'choice'): field; text is the choice's id, number its place in
                    the list; unknown unless the answer can be read */
    FC_X_MONTHS_BETWEEN, /* months-between(date, date): whole months from arg[0] to arg[1] */
    FC_X_WORDS,          /* words(text): how many stand in the answer arg[0] */
    FC_X_COUNT,          /* count(repeat): rows with an answer; field is the repeat */
    FC_X_ANY,      /* any(repeat, expr): "or" over the rows; field is the repeat, arg[0] is
                      looked at in each row that has an answer */
    FC_X_ALL,      /* all(repeat, expr): "and" over the rows */
    FC_X_EARLIEST, /* earliest(field), of a date in a repeat; unknown when there is none, or
                      when one cannot be read */
    FC_X_LATEST,   /* these five, for a path into a block (text): arg[1] is the same of the next
                      use; their rows are looked at together */
    FC_X_PART_DATE, /* the date arg[0] beside a part-date; not written, so not printed */
    FC_X_EQ,
    FC_X_NE,
    FC_X_LT,
    FC_X_LE,
    FC_X_GT,
    FC_X_GE,
    FC_X_AND,
    FC_X_OR,
    FC_X_NOT
} fc_expr_op;

typedef enum fc_unit { FC_DAYS, FC_WEEKS, FC_MONTHS, FC_YEARS } fc_unit;

struct fc_expr {
    fc_expr_op op;
    fc_expr_type type;
    fc_span at;
    const fc_expr *arg[2]; /* operands; NULL where there is none */
    const fc_node *field;  /* a field; of count(), any() and all() a repeat */
    int64_t number;
    fc_unit unit;
    fc_str text;
};

/* The type of an answer in expressions. */
fc_expr_type fc_type_in_expr(fc_type t);
/* The expression printed from the tree, fully bracketed only where needed, with full paths for
 * fields outside `scope` and bare ids inside. In the arena. */
fc_str fc_expr_print(fc_arena *a, const fc_expr *x, const fc_container *scope);

#endif
