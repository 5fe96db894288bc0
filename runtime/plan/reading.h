/* What the readers of a plan's XML and of its JSON share: they find the parts, this puts them
 * into the plan or reports what is wrong with them. Nothing else includes it.
 *
 * Every call gets the place of the part. No message holds an answer. Strings are borrowed and
 * have to live as long as the plan. */
#ifndef FC_PLAN_READING_H
#define FC_PLAN_READING_H

#include "runtime/plan/plan.h"

typedef struct fc_met_conflict { /* before they are put in order */
    fc_place place;
    fc_span at;
    size_t order; /* as they stand in the file */
    fc_conflict conflict;
} fc_met_conflict;

typedef struct fc_reading {
    fc_arena *a;
    fc_diags *d;
    const fc_form *form;
    fc_plan *plan;
    uint32_t source;
    fc_str bytes;
    FC_ARRAY(fc_met_conflict) conflicts;
} fc_reading;

/* What stands at the top of a plan; empty for what is not said. */
typedef struct fc_head {
    fc_str form, version, digest, id, revision, stage, synthetic;
} fc_head;

/* The two formats. FC_OK: all of it was gone through; FC_REFUSED: reported, no plan. */
FC_NODISCARD fc_status fc_read_plan_xml(fc_reading *r);
FC_NODISCARD fc_status fc_read_plan_json(fc_reading *r);

/* False when this is no plan of the form, which is reported. */
bool fc_take_head(fc_reading *r, const fc_head *h, fc_span at);
void fc_report_other_form(fc_reading *r, fc_span at);

/* Into the value space of text: newlines are LF, only white space is no answer, what XML 1.0
 * forbids is U+FFFD and *replaced true. */
fc_str fc_take_text(fc_reading *r, fc_str raw, bool *replaced);
/* An answer: its text and language, or why there is none. Row as for fc_plan_answer. */
void fc_take_answer(fc_reading *r, const fc_node *field, size_t row, fc_answer given,
                    fc_span at);
/* Why there is no answer, when the answer has been taken already. */
void fc_take_reason(fc_reading *r, const fc_node *field, size_t row, fc_str reason, fc_span at);
/* A row of a repeat; id is empty when it has none. NULL after a report. */
fc_row *fc_take_row(fc_reading *r, const fc_node *repeat, fc_str id, fc_span at);
/* A section, group, repeat, signature or question directly below node (NULL: the form). */
const fc_node *fc_find_kid(const fc_node *node, const fc_form *f, fc_str id);
void fc_report_no_question(fc_reading *r, const fc_node *in, fc_span at);

/* A side of a conflict. Takes a reason away that is not known. */
void fc_take_side(fc_reading *r, fc_answer *side, fc_span at);
/* sides: how many stored and how many visible answers were found. */
void fc_take_conflict(fc_reading *r, fc_str path, fc_answer stored, fc_answer visible,
                      const unsigned sides[2], fc_span at);
void fc_take_mark(fc_reading *r, fc_str path, fc_mark m, fc_span at);
/* n: the number of the entry as it stands. */
void fc_take_entry(fc_reading *r, fc_str n, fc_change e, fc_span at);

#endif
