/* A document as a program: literal pieces and places. Made once per form and theme from what a
 * stylesheet produced, run once per plan; a blank is the same program run with no answers.
 *
 * The marked places a stylesheet writes (namespace urn:formc:program:1, prefix fx) are
 * described in docs/programs.md. */
#ifndef FC_PROGRAM_PROGRAM_H
#define FC_PROGRAM_PROGRAM_H

#include "runtime/plan/plan.h"

#define FC_PROGRAM_NS "urn:formc:program:1"

typedef enum fc_as {               /* how a place prints; the same order as fc_as_names */
                     FC_AS_TEXT,   /* the answer as people read it */
                     FC_AS_STORED, /* the answer as stored */
                     FC_AS_DATE,   /* a readable date as YYYY-MM-DD, else nothing */
                     FC_AS_DAY,    /* of a readable date: 31 */
                     FC_AS_MONTH,  /* 1 */
                     FC_AS_YEAR,   /* 2026 */
                     FC_AS_PATH,   /* the field's path with row numbers from 1:
                                      crisis/sign[2]/warning */
                     FC_AS_KEY,    /* the same as an XML name: crisis.sign.2.warning */
                     FC_AS_NAME,   /* a short identifier from the ordinal: f12, f12_2 */
                     FC_AS_ID,   /* a number, unique to field and row: ordinal * 10000 + row (0
                                    outside repeats) */
                     FC_AS_ROW,  /* number of the current row, from 1; needs no field */
                     FC_AS_LINE, /* the current line, inside each line; needs no field */
                     FC_AS_PLAN_ID, /* the plan's id, or nothing; needs no field */
                     FC_AS_STAGE,   /* the words of the plan's stage; needs no field */
                     FC_AS_VISIBLE, /* of a conflict: the answer that a document showed, as
                                       people read it */
                     /* of the plan's review; none needs a field */
                     FC_AS_CHECKED_DAY,   /* the day it was checked for: 31/01/2026 */
                     FC_AS_CHECKED_STAGE, /* the words of the stage, or nothing */
                     FC_AS_CHECKED_PARTY, /* the party whose findings alone are shown, or
                                             nothing */
                     FC_AS_OWNERS,        /* inside owners: whose findings these are */
                     FC_AS_FINDING,       /* inside findings: what is wrong and what to do */
                     FC_AS_WHY,           /* and more about it, or nothing */
                     FC_AS_QUESTION,      /* the question that it is about, with its row */
                     FC_AS_PART,          /* the section that this is in */
                     FC_AS_COUNT
} fc_as;
extern const char *const fc_as_names[FC_AS_COUNT];

typedef enum fc_opcode {
    FC_OP_LITERAL, /* bytes [from, to) of the program's text */
    FC_OP_VALUE,   /* field, as; escaped for text or for an attribute */
    FC_OP_ROWS,    /* once for each row of `container`: as many as the plan has, at least
                      blank_rows; body up to `to` */
    FC_OP_FURTHER, /* once for each row that may come behind those: up to the most that the
                      repeat may have, `least` of them or as many as its blank rows */
    FC_OP_NEW_ROW, /* once, as a row without answers that has the number 0 */
    FC_OP_LINES, /* once for each line of the field's answer (as: FC_AS_TEXT) or of a conflict's
                    other one (FC_AS_VISIBLE), as people read it; body up to `to` */
    FC_OP_OWNERS,   /* once for all who own a finding of the plan's review; body up to `to` */
    FC_OP_FINDINGS, /* once for each finding of theirs; body up to `to` */
    FC_OP_WHEN      /* skip to `to` unless the test holds */
} fc_opcode;

typedef enum fc_test {
    FC_WHEN_ANSWERED,       /* the field has an answer */
    FC_WHEN_BLANK,          /* it has none */
    FC_WHEN_ABSENT,         /* it has a reason for having none */
    FC_WHEN_REASON,         /* its reason is `text` */
    FC_WHEN_UNTOUCHED,      /* it has neither an answer nor a reason */
    FC_WHEN_CONFLICT,       /* two answers to it stand beside each other */
    FC_WHEN_CONFLICT_BLANK, /* and the one that a document showed is none */
    FC_WHEN_CHOSEN,         /* the field's stored answer is `text`; of several choices: the one
                               `choice` is among them */
    FC_WHEN_UNCHOSEN,   /* the field takes several choices, and `choice` is not among them */
    FC_WHEN_UNREADABLE, /* there is an answer, but not of the field's type */
    FC_WHEN_UNLISTED,   /* there is an answer, but it is not the id of a choice of its list */
    FC_WHEN_READABLE,   /* there is an answer of the field's type */
    FC_WHEN_STALE,      /* the field is a mark, and what it covers has changed since */
    FC_WHEN_LTR,        /* so does the answer's first letter, or it has none */
    FC_WHEN_RTL,
    FC_WHEN_VISIBLE_LTR, /* and that of a conflict's other answer */
    FC_WHEN_VISIBLE_RTL,
    FC_WHEN_MANY_LINES, /* the answer has more than one line */
    FC_WHEN_FIRST_LINE, /* inside each line */
    FC_WHEN_LATER_LINE,
    FC_WHEN_TAB,       /* the piece of a line stands behind a tab */
    FC_WHEN_FIRST_ROW, /* inside each row */
    FC_WHEN_LATER_ROW,
    FC_WHEN_ROWS, /* `container` has a row in the plan */
    FC_WHEN_NO_ROWS,
    FC_WHEN_FURTHER,     /* `container` may have rows behind those that FC_OP_ROWS prints */
    FC_WHEN_ANY_FURTHER, /* one of the form's repeats may */
    FC_WHEN_PLAN,        /* the plan has an id */
    FC_WHEN_NO_PLAN,
    FC_WHEN_FINDINGS, /* the plan's review has findings */
    FC_WHEN_NO_FINDINGS,
    FC_WHEN_ERROR, /* inside findings: this one is an error */
    FC_WHEN_WARNING,
    FC_WHEN_ADVICE,
    FC_WHEN_WHY,           /* there is more about it */
    FC_WHEN_PART,          /* it is about something inside a section */
    FC_WHEN_STAGE_CHECKED, /* the plan was checked for a stage */
    FC_WHEN_NO_STAGE_CHECKED,
    FC_WHEN_ONE_PARTY, /* the findings are those of one party */
    FC_WHEN_ALL_PARTIES,
    FC_WHEN_COUNT
} fc_test;

typedef struct fc_op {
    fc_opcode code;
    fc_as as;
    fc_test test;
    bool in_attr;
    bool html; /* value: numbers in it are kept whole, with elements of HTML */
    const fc_node *field;
    int choice; /* of the field's list, when the place is that of one of several choices; or -1
                 */
    const fc_container *container;
    bool tabs;       /* lines: tabs part them, too */
    size_t least;    /* further rows, where the repeat has fewer blank ones */
    size_t from, to; /* literal: bytes; others: to is the index of the op behind the body */
    fc_str text;
} fc_op;

typedef struct fc_program {
    const fc_form *form;
    fc_str text; /* all literal bytes */
    FC_ARRAY(fc_op) ops;
} fc_program;

/* Appends the document to out. blank_rows[c] overrides the rows a repeat shows at least, by
 * container index; NULL takes the definition's. Cannot fail but by out->failed. */
void fc_program_run(const fc_program *g, const fc_plan *plan, const unsigned *blank_rows,
                    fc_buf *out);

/* The place names, for outputs made without a program (the C field table, reports). choice is
 * -1 for the field itself; for the place of one of several choices, its index in the list. */
fc_str fc_field_path(fc_arena *a, const fc_node *field, size_t row_from_1, int choice);
fc_str fc_field_key(fc_arena *a, const fc_node *field, size_t row_from_1, int choice);
fc_str fc_field_name(fc_arena *a, const fc_node *field, size_t row_from_1, int choice);

#endif
