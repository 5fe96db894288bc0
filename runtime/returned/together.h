/* Several files that came back of one plan: each is compared with what it was issued with, and
 * all that came in anew goes into one plan; where two say different things, both are kept
 * (docs/office.md). */
#ifndef FC_RETURNED_TOGETHER_H
#define FC_RETURNED_TOGETHER_H

#include "runtime/returned/take.h"

/* One of the files: a document, or a plan as XML or JSON. */
typedef struct fc_came_back {
    fc_str file; /* "sha256:..." */
    const fc_returned *document;
    fc_str plan; /* the bytes of a plan; when document is NULL */
    fc_status status;
    fc_taken taken; /* what was made of it; taken.plan is the plan of all */
} fc_came_back;

/* Reads n files, of which no two are the same; their order does not matter, but for the time
 * and author of entries (as.at, as.by) nothing else does. One alone is read as fc_returned_take
 * and fc_plan_take do. d: faults of plans. *plan: what became of them; NULL when every file was
 * refused. FC_OK, or FC_FOUND when something has to be looked at: conflicts, places not found,
 * a file that was refused. */
FC_NODISCARD fc_status fc_take_together(fc_arena *a, const fc_form *f, fc_came_back *files,
                                        size_t n, const fc_take_as *as, fc_diags *d,
                                        fc_plan **plan);

#endif
