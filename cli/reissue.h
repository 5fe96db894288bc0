/* The work on one plan of a pile: what the parts that do it and tell of it share. */
#ifndef FC_CLI_REISSUE_H
#define FC_CLI_REISSUE_H

#include "cli/regenerate.h"
#include "runtime/plan/review.h"
#include "runtime/returned/together.h"

typedef struct fc_product {
    fc_str name, bytes, digest;
    bool there; /* with the same bytes */
} fc_product;

/* The work on one plan. */
typedef struct fc_reissue {
    fc_pile *p;
    fc_pile_plan *g;
    fc_arena *a;
    fc_came_back *files;            /* sorted by digest once they are read */
    size_t n;                       /* those that can be read */
    FC_ARRAY(fc_pile_fault) faults; /* of the plan */
    fc_diags *diags;                /* of making documents */
    const fc_plan *plan;            /* as it is written */
    FC_ARRAY(fc_product) products;
    size_t tried;  /* how many of them may be on disk, also when one could not be written */
    fc_texts kept; /* as in fc_entry: of earlier runs, and of this one when it failed */
    fc_texts left_over; /* sources, as in fc_entry, of what is kept */
    fc_review review;
    unsigned stage;
    bool found, failed, again;
} fc_reissue;

/* ---- said.c */
/* Everything there is to say of the plan and its files as one line for the ledger, with the
 * key: the digest of what decided it. r->found: there is something to look at in a file. */
void fc_reissue_line(fc_reissue *r, fc_str key, fc_buf *out);

#endif
