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
    fc_str text;     /* stored form; empty when there is no answer */
    fc_str absent;   /* why there is none: a reason's code, or empty */
    fc_str lang;     /* xml:lang of the answer; empty for the form's */
    bool worked_out; /* nobody gave it: it follows from others (fc_plan_worked_out) */
} fc_answer;

typedef struct fc_row {
    fc_str id; /* "icb-1": given once, kept for ever; empty for the plan's own row */
    fc_answer *answers;
} fc_row;

typedef struct fc_rows {
    FC_ARRAY(fc_row) list;
    size_t numbered; /* the last number that made an id: "row-<n>" */
} fc_rows;

/* Two answers that came in for one question: the one in the plan and the one that a document
 * shows. The plan keeps the first until a person chooses. */
typedef struct fc_conflict {
    const fc_node *field;
    fc_str row; /* the row's id in a repeat, else empty */
    fc_answer stored, visible;
} fc_conflict;

typedef enum fc_mark_state {
    FC_MARK_FRESH, /* what the mark covers is as it was */
    FC_MARK_STALE, /* an answer that it covers has changed */
    FC_MARK_OTHER  /* the signature itself is another one, so nothing is known yet */
} fc_mark_state;

/* What a signature's mark stood for when formc first saw it. */
typedef struct fc_mark {
    const fc_node *field; /* the FC_MARK field; field->parent is the signature */
    fc_str at, by;        /* as in an entry */
    fc_str own;           /* digest of the signature's own answers */
    fc_str covers;        /* digest of the answers in the sections that it covers */
    fc_mark_state state;  /* as of fc_plan_look_at_marks */
} fc_mark;

/* One change of the plan. Entries are only ever added; none holds an answer. */
typedef struct fc_change {
    fc_str at;   /* "2026-02-01T10:04:00Z" */
    fc_str by;   /* a party's id, or that, "/" and a name of its choice: "icb/nurse-a" */
    fc_str via;  /* the way it came: "set", "docx", "pdf" */
    fc_str file; /* digest of the file it came from; may be empty */
    fc_str did;  /* what was done: one of fc_plan_deeds */
    fc_str path; /* to which answer; empty for the whole plan */
    fc_str to;   /* the reason, the side or the stage; may be empty */
} fc_change;

typedef struct fc_plan {
    fc_arena *arena;
    const fc_form *form;
    fc_str id;      /* "urn:uuid:..."; empty for a blank */
    fc_str version; /* the pins as the plan states them */
    fc_str digest;
    fc_str stage;
    fc_str revision;
    bool synthetic;                  /* invented people, for tests and examples */
    fc_rows *rows;                   /* by container index; rows[0] holds exactly one */
    FC_ARRAY(fc_conflict) conflicts; /* in the order of the form */
    FC_ARRAY(fc_mark) marks;         /* in the order of the form */
    FC_ARRAY(fc_change) history;     /* entry n is at[n - 1] */
    const struct fc_review *review;  /* for a document that says what is missing; else NULL */
} fc_plan;

#define FC_PLAN_NS "urn:formc:plan:1" /* attributes and history of a plan */

/* A plan with no answers and no id. In the arena. */
fc_plan *fc_plan_new(fc_arena *a, const fc_form *f);

/* Reads a plan, XML or JSON: a text that begins with "{" is JSON. Faults of the plan are
 * reported in d against its source, and never quote an answer. FC_OK; FC_FOUND: there were
 * errors, the plan holds what was readable; FC_REFUSED: not a plan of this form, or beyond a
 * limit. */
FC_NODISCARD fc_status fc_plan_read(fc_arena *a, const fc_form *f, fc_str bytes, fc_str name,
                                    fc_diags *d, fc_plan **plan);
/* Writes the canonical XML. Reading that back and writing it again gives the same bytes. */
void fc_plan_write(const fc_plan *p, fc_buf *out);
/* The same in an arena; gives up where a buffer would have failed. */
fc_str fc_plan_written(fc_arena *a, const fc_plan *p);
/* The same as canonical JSON (docs/plans.md). Both hold all of the plan. */
void fc_plan_write_json(const fc_plan *p, fc_buf *out);

/* The answer of a field; row counts from 0 and is ignored for fields of the plan itself.
 * Never NULL: a row that does not exist reads as blank. */
const fc_answer *fc_plan_answer(const fc_plan *p, const fc_node *field, size_t row);
size_t fc_plan_row_count(const fc_plan *p, const fc_container *c);
/* Appends a row to a repeat and returns it; its id is made when id is empty. */
fc_row *fc_plan_add_row(fc_plan *p, const fc_container *c, fc_str id);
bool fc_plan_is_blank(const fc_plan *p); /* no answer anywhere */

/* Where an answer is: a field, and a row of its repeat. */
typedef struct fc_place {
    const fc_node *field;
    size_t row;
} fc_place;

/* The place that a path with row ids names: "who/name", "what/tool[m-7]/item". False when the
 * form has no such question, or the plan no such row. */
bool fc_plan_find(const fc_plan *p, fc_str path, fc_place *place);
/* The path of a place, with the row's id. In the arena. */
fc_str fc_plan_path(fc_arena *a, const fc_node *field, fc_str row_id);
/* The answer at a place that exists, to be changed. */
fc_answer *fc_plan_answer_at(fc_plan *p, fc_place place);

extern const char *const fc_absence_reasons[]; /* ends with NULL */
extern const char *const fc_plan_deeds[];      /* ends with NULL */
bool fc_in_list(const char *const *list, fc_str word);
/* True for a moment in UTC: "2026-02-01T10:04:00Z". */
bool fc_is_moment(fc_str s);
/* True for a party of the form, with or without a name of its choice behind "/". */
bool fc_is_author(const fc_form *f, fc_str by);

/* Adds an entry to the history. The strings are borrowed. */
void fc_plan_log(fc_plan *p, fc_change e);
/* Did the first so many entries of the history leave an answer there? Where there is none now,
 * somebody has taken it out without an entry, as the page for browsers does. */
bool fc_plan_had_answer(const fc_plan *p, size_t entries, fc_str path);
/* The conflict at a place, or NULL; the place is also given by fc_conflict_place (false when
 * its row is gone). */
const fc_conflict *fc_plan_conflict(const fc_plan *p, fc_place place);
bool fc_conflict_place(const fc_plan *p, const fc_conflict *c, fc_place *place);
/* Below 0 when a stands before b in the order of the form, rows of one repeat one after the
 * other; 0 for the same place. */
int fc_place_order(const fc_place *a, const fc_place *b);
/* Adds a conflict in its order. False when the place has one already. */
bool fc_plan_add_conflict(fc_plan *p, fc_conflict c);
/* Ends the conflict at a place by taking one side as the answer. */
void fc_plan_settle(fc_plan *p, fc_place place, bool take_visible);

/* Notes for each mark that has been typed and is not noted yet what it covers, with an entry in
 * the history for each. Call it before changing anything. */
void fc_plan_note_marks(fc_plan *p, fc_str at, fc_str by, fc_str via);
/* Works out the state of each noted mark; reading a plan does so, too. */
void fc_plan_look_at_marks(fc_plan *p);
/* The noted mark of a field, or NULL. */
const fc_mark *fc_plan_mark(const fc_plan *p, const fc_node *field);
/* True when an answer that the mark covers has changed since it was noted. */
bool fc_plan_mark_is_stale(const fc_plan *p, const fc_node *field);
/* "sha256:" and the digest of the answers below these nodes, as they stand in the canonical
 * plan (docs/plans.md has the exact bytes). In the arena. */
fc_str fc_plan_digest_of(fc_arena *a, const fc_plan *p, const fc_node *const *nodes, size_t n);

#endif
