/* The codes of what can be said about a file that came back. */
#ifndef FC_RETURNED_CODES_H
#define FC_RETURNED_CODES_H

#include "runtime/base/diag.h"

/* "R301", how bad it is, what it is about in a few words, what is wrong, and what to do. */
typedef struct fc_code_row {
    const char *code;
    fc_severity severity;
    const char *title, *words, *help;
} fc_code_row;

/* What can be said about a file, or a plan, among many that are issued afresh. */
typedef enum fc_pile_fault {
    FC_PILE_UNOPENED,     /* the file cannot be opened or read from the disk */
    FC_PILE_STOPPED,      /* the work on it was stopped */
    FC_PILE_CHANGING,     /* it was changed while formc was at work */
    FC_PILE_SAME,         /* the same bytes as another file */
    FC_PILE_HALF_PLAN,    /* a plan of which not everything can be read */
    FC_PILE_TWO_VERSIONS, /* files of one plan are of two versions of the form */
    FC_PILE_LEFT_OUT,     /* what is there was made from a file that is not among these */
    FC_PILE_THERE,        /* an output that would overwrite what somebody else made */
    FC_PILE_UNWRITTEN,    /* an output that could not be written */
    FC_PILE_UNMADE,       /* a document that could not be made */
    FC_PILE_FAULTS
} fc_pile_fault;

const fc_code_row *fc_pile_row(fc_pile_fault f);

/* The i-th code in their order, from 0, and what it is about in a few words; false behind the
 * last one. */
bool fc_returned_code(size_t i, const char **code, const char **title);

#endif
