/* What is made of a file that came back: each place of the form is compared three ways, with
 * what the file was issued with, with what its store holds and with what it shows. The form
 * says which places there are; the file is only believed where its words agree
 * (docs/reading.md). */
#ifndef FC_RETURNED_TAKE_H
#define FC_RETURNED_TAKE_H

#include "runtime/base/jsonwrite.h"
#include "runtime/plan/plan.h"
#include "runtime/returned/codes.h"
#include "runtime/returned/returned.h"

/* How it came out, for one place or the whole file. Codes: runtime/returned/codes.c. */
typedef enum fc_told_kind {
    FC_TOLD_CONFLICT,    /* two different answers; both are in the plan */
    FC_TOLD_NOT_FOUND,   /* the place is gone; the answer was kept as it was issued */
    FC_TOLD_UNKEPT,      /* an answer that could not be kept: a conflict stands there */
    FC_TOLD_OUTSIDE,     /* a place that the form does not have */
    FC_TOLD_CONTESTED,   /* its names are those of different questions */
    FC_TOLD_SPACES,      /* only white space differs from what was issued */
    FC_TOLD_PLACEHOLDER, /* marked as not filled in, but filled in */
    FC_TOLD_CHANGES,     /* tracked changes in the answer */
    FC_TOLD_COMMENT,     /* a comment on the answer */
    FC_TOLD_HIDDEN,      /* hidden text in the answer */
    FC_TOLD_PICTURE,     /* a picture in the answer, which is not read */
    FC_TOLD_SYMBOL,      /* a sign of a font of its own */
    FC_TOLD_NEW_ROW,     /* a row that the issued form did not have */
    FC_TOLD_BY_LABEL,    /* its place is gone; it was found below or beside its label */
    FC_TOLD_BESIDE,      /* text outside the places, behind this question */
    FC_TOLD_UNREADABLE,  /* kept as typed: not readable as its type */
    FC_TOLD_LOST_BREAK,  /* an editor has lost line breaks of the answer */
    FC_TOLD_BOXES_GONE,  /* some boxes of an answer; the others were read */
    FC_TOLD_MORE,        /* more than two answers: a conflict holds two of them */
    FC_TOLD_RICH,        /* rich text that says something else than the answer */
    FC_TOLD_FORBIDDEN,   /* a character that a plan cannot keep */
    FC_TOLD_OTHER_FORM,
    FC_TOLD_OTHER_VERSION,
    FC_TOLD_OTHER_DIGEST,
    FC_TOLD_OTHER_PLAN,
    FC_TOLD_TWO_PLANS,
    FC_TOLD_NO_IDENTITY,
    FC_TOLD_NO_BASE_OF_PLAN,
    FC_TOLD_NO_BASE,
    FC_TOLD_NO_STORE,
    FC_TOLD_BAD_BASE,
    FC_TOLD_MACROS,
    FC_TOLD_TEMPLATE,
    FC_TOLD_REMOTE,
    FC_TOLD_EMBEDDED,
    FC_TOLD_LIBREOFFICE, /* answers came in through LibreOffice, which loses line breaks */
    FC_TOLD_FLATTENED,
    FC_TOLD_REPAIRED,
    FC_TOLD_EARLIER,
    FC_TOLD_SIGNED, /* and changed afterwards */
    FC_TOLD_XFA,
    FC_TOLD_SCRIPTS,
    FC_TOLD_OVERLAID,
    FC_TOLD_KINDS
} fc_told_kind;

typedef struct fc_told {
    fc_told_kind kind;
    const fc_node *field; /* NULL: the file as a whole */
    size_t row;           /* of the document, from 1; 0 outside repeats */
    fc_str path;          /* as plans name it; empty for the whole file */
} fc_told;

typedef struct fc_taken {
    fc_plan *plan;    /* the result; NULL when the file was refused */
    size_t read;      /* answers that changed the plan */
    size_t known;     /* changed ones that the plan has already */
    size_t conflicts; /* new ones */
    size_t not_found;
    bool changed; /* the plan is another one than before */
    FC_ARRAY(fc_told) told;
} fc_taken;

/* Who read it, and when. */
typedef struct fc_take_as {
    fc_str at, by; /* as in an entry of the history */
    fc_str file;   /* "sha256:..." of the file */
    fc_str id;     /* for a blank; empty: made from the file's digest */
    fc_str rows;   /* what the ids of new rows begin with; empty: who read it */
} fc_take_as;

/* Compares and applies. into: the plan that is changed; NULL: a new one, the plan that the file
 * was issued with. FC_OK; FC_FOUND: conflicts, or answers that could not be kept or found;
 * FC_REFUSED: told why, no plan. A plan of which nothing came in anew is left as it was. */
FC_NODISCARD fc_status fc_returned_take(fc_arena *a, const fc_form *f, const fc_returned *r,
                                        fc_plan *into, const fc_take_as *as, fc_taken *out);
/* The same for a plan that came back as XML or JSON: given, in the arena of into, and not to be
 * used afterwards. It does not say what it was issued with. So what the plan lacks comes in,
 * and where the two differ there is a conflict (take_plan.c). */
FC_NODISCARD fc_status fc_plan_take(fc_arena *a, fc_plan *given, fc_plan *into,
                                    const fc_take_as *as, fc_taken *out);
/* FC_FOUND when an error is told, else FC_OK. */
FC_NODISCARD fc_status fc_taken_status(const fc_taken *out);

/* The id of the plan that a blank becomes: made from the file's digest, "sha256:...", so the
 * same file gives the same id. In the arena. */
fc_str fc_returned_id(fc_arena *a, fc_str file);
/* That, unless somebody has said another one. */
fc_str fc_returned_id_for(fc_arena *a, const fc_take_as *as);

const fc_code_row *fc_told_row(fc_told_kind k);

/* One finding, one or two lines, each behind `before`. No answer is in it. */
void fc_told_text(const fc_told *t, const char *before, fc_buf *out);
/* Its members, into the object that is open. */
void fc_told_json(const fc_told *t, fc_json_writer *w);
/* The findings, one or two lines each. name is that of the file. No answer is in them. */
void fc_taken_text(fc_arena *a, const fc_taken *t, fc_str name, fc_buf *out);
/* The line that sums up: "41 answers read, 2 conflicts, 1 place not found". */
void fc_taken_summary(const fc_taken *t, fc_str name, fc_buf *out);
/* Both as one JSON object. */
void fc_taken_json(fc_arena *a, const fc_taken *t, fc_str name, fc_refusal refused,
                   fc_buf *out);

#endif
