/* A completed plan in memory: the answers of one person's form, in rows.
 *
 *   plan.root is the one row of containers[0]; plan.rows[c] are the rows of container c.
 *   row.answers[slot] is the answer of container.fields[slot].
 *
 * Text is kept exactly as it came, within the value space: newlines are LF, only-white-space
 * is empty, characters that XML 1.0 forbids have become U+FFFD; dates, yes/no and choices that
 * could be read are kept in their stored form (2026-01-31, yes, s3), others as typed. */
#ifndef FC_PLAN_PLAN_H
#define FC_PLAN_PLAN_H

#include "runtime/form/form.h"

typedef struct fc_answer {
    fc_str text;   /* stored form; empty when there is no answer */
    fc_str absent; /* why there is none: a reason's code, or empty */
    fc_str lang;   /* xml:lang of the answer; empty for the form's */
} fc_answer;

typedef struct fc_row {
    fc_str id; /* "icb-1": given once, kept for ever; empty for the plan's own row */
    fc_answer *answers;
} fc_row;

typedef struct fc_rows {
    FC_ARRAY(fc_row) list;
} fc_rows;

typedef struct fc_plan {
    fc_arena *arena;
    const fc_form *form;
    fc_str id;      /* "urn:uuid:..."; empty for a blank */
    fc_str version; /* the pins as the plan states them */
    fc_str digest;
    fc_str stage;
    fc_str revision;
    bool synthetic; /* invented people, for tests and examples */
    fc_rows *rows;  /* by container index; rows[0] holds exactly one */
    fc_str history; /* the history element as it came, canonical bytes; empty for none */
} fc_plan;

#define FC_PLAN_NS "urn:formc:plan:1" /* attributes and history of a plan */

/* A plan with no answers and no id. In the arena. */
fc_plan *fc_plan_new(fc_arena *a, const fc_form *f);

/* Reads a plan (canonical XML). Faults of the plan are reported in d against its source, and
 * never quote an answer. FC_OK; FC_FOUND: there were errors, the plan holds what was readable;
 * FC_REFUSED: not a plan of this form, or beyond a limit. */
FC_NODISCARD fc_status fc_plan_read(fc_arena *a, const fc_form *f, fc_str bytes, fc_str name,
                                    fc_diags *d, fc_plan **plan);
/* Writes the canonical XML. Reading that back and writing it again gives the same bytes. */
void fc_plan_write(const fc_plan *p, fc_buf *out);

/* The answer of a field; row counts from 0 and is ignored for fields of the plan itself.
 * Never NULL: a row that does not exist reads as blank. */
const fc_answer *fc_plan_answer(const fc_plan *p, const fc_node *field, size_t row);
size_t fc_plan_row_count(const fc_plan *p, const fc_container *c);
/* Appends a row to a repeat and returns it; its id is made when id is empty. */
fc_row *fc_plan_add_row(fc_plan *p, const fc_container *c, fc_str id);
bool fc_plan_is_blank(const fc_plan *p); /* no answer anywhere */

#endif
