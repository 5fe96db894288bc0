/* What came back: a file that people filled in, as it was found, before anybody decides what it
 * means. A format only looks; it knows no form. What is made of it is in take.h.
 *
 * A file is told apart by its content, never by its name. A new format is a row in the table in
 * returned.c: how it is recognised and how it is looked through. */
#ifndef FC_RETURNED_RETURNED_H
#define FC_RETURNED_RETURNED_H

#include "runtime/base/buf.h"
#include "runtime/returned/codes.h"

/* Where an answer stands in a file. The same answer stands in each. */
typedef enum fc_channel {
    FC_STORED,   /* as data: the store of a Word document, the value of a PDF's field */
    FC_SHOWN,    /* as people see it: a control, a place on a PDF's page */
    FC_BOOKMARK, /* as people see it: between the two ends of a bookmark */
    FC_CHANNELS
} fc_channel;

/* What else is there where an answer stands. */
enum {
    FC_WITH_CHANGES = 1, /* changes are tracked: what was put in counts, what was struck not */
    FC_WITH_COMMENT = 2,
    FC_WITH_HIDDEN = 4,      /* text that is not shown */
    FC_WITH_PICTURE = 8,     /* a picture, or something else that is no text */
    FC_WITH_SYMBOL = 16,     /* a sign of a font of its own */
    FC_WITH_LOST_BREAK = 32, /* a trace of a line break that LibreOffice lost, or of more
                                text between its copies of an answer */
    FC_WITH_RICH = 64,       /* rich text that says something else */
    FC_WITH_FORBIDDEN = 128  /* a character that no plan can keep; it is U+FFFD here */
};

typedef enum fc_tick { FC_NO_BOX, FC_UNTICKED, FC_TICKED } fc_tick;

/* One place of an answer. Which question it is of, the file says in up to three ways; any may
 * be empty, and none is to be believed alone. */
typedef struct fc_seen {
    fc_channel channel;
    fc_str path; /* "crisis/sign[2]/warning" */
    fc_str key;  /* "crisis.sign.2.warning" */
    fc_str name; /* "f12_2" */
    fc_str text; /* UTF-8, newlines are LF; a text of several lines may have lost its breaks */
    fc_str date; /* what a date control keeps beside its text: YYYY-MM-DD; may be empty */
    fc_tick tick;
    bool placeholder; /* says of itself that nobody has filled it in */
    unsigned with;    /* FC_WITH_... */
    uint32_t row;     /* which row of a table or repeating section it is in; 0: none */
    uint32_t para;    /* the paragraph that it begins in; of what is shown */
} fc_seen;

/* A paragraph of the document, for what is told of text beside the places, and for places that
 * an editor lost. */
typedef struct fc_para_seen {
    fc_str text;   /* what stands outside all places */
    uint32_t row;  /* of a table; 0: none */
    uint32_t cell; /* in that row, from 1 */
    bool place;    /* there is a place in it */
} fc_para_seen;

/* What is told about the file as a whole; a set. */
enum {
    FC_FILE_MACROS = 1,          /* programs are in it */
    FC_FILE_TEMPLATE = 2,        /* it is a template, not a document */
    FC_FILE_REMOTE = 4,          /* it points to a template, picture or object outside */
    FC_FILE_EMBEDDED = 8,        /* other files are in it */
    FC_FILE_COMMENTS = 16,       /* there are comments */
    FC_FILE_CHANGES = 32,        /* changes are tracked */
    FC_FILE_NO_STORE = 64,       /* the store is gone or damaged */
    FC_FILE_NO_BASE = 128,       /* what it was issued with is gone */
    FC_FILE_TWO_PLANS = 256,     /* its parts say that they are of different plans or forms */
    FC_FILE_LIBREOFFICE = 512,   /* LibreOffice saved it */
    FC_FILE_FIELDS = 1 << 10,    /* its places are fields: an empty one holds nothing */
    FC_FILE_FLATTENED = 1 << 11, /* its fields were made part of the pages */
    FC_FILE_REPAIRED = 1 << 12,  /* it is damaged; what can be read was */
    FC_FILE_EARLIER = 1 << 13,   /* what it was before it was saved last is still in it */
    FC_FILE_SIGNED = 1 << 14,    /* signed, and changed afterwards ... */
    FC_FILE_SIGNED_WHOLE = 1 << 15, /* ... but there is also a signature of all of it */
    FC_FILE_XFA = 1 << 16,          /* a form of another kind is in it, too */
    FC_FILE_SCRIPTS = 1 << 17,      /* programs of a PDF */
    FC_FILE_OVERLAID = 1 << 18      /* notes, text or drawings lie over the pages */
};

typedef struct fc_returned {
    fc_str via; /* "docx", "pdf": how the history calls the way it came */
    fc_str form, version, digest, plan; /* as the file says; may be empty */
    fc_str issued;                      /* the plan that it was issued with, as XML */
    unsigned about;                     /* FC_FILE_... */
    FC_ARRAY(fc_seen) seen;             /* in the order of the document */
    FC_ARRAY(fc_para_seen) paras;
} fc_returned;

/* Why a file is not read at all. fc_refusal_row has the words. */
typedef enum fc_refusal {
    FC_READS,
    FC_NO_FORMAT,    /* nothing that formc reads */
    FC_OLD_WORD,     /* .doc */
    FC_LOCKED,       /* a password */
    FC_OPEN_TEXT,    /* .odt */
    FC_OTHER_OFFICE, /* a spreadsheet or presentation */
    FC_PDF_PRINTED,  /* no fields: pages of text */
    FC_BROKEN,       /* damaged */
    FC_TOO_LARGE,    /* beyond a limit */
    FC_BAD_NAMES,    /* parts of one name, or names that lead out */
    FC_DOCTYPE,      /* a document type declaration, or XML that a parser would choke on */
    FC_DIED,         /* reading it was stopped: too long, too much memory, or a fault */
    FC_PDF_SCANNED,  /* no fields: pictures of pages */
    FC_PDF_RECORD,   /* no fields: a record that formc made */
    FC_PDF_XFA,      /* another kind of PDF form */
    FC_PAGE,         /* the page for browsers itself, not what was saved from it */
    FC_REFUSALS
} fc_refusal;

const fc_code_row *fc_refusal_row(fc_refusal r);

/* What a sign says that stands for a box: U+2610 is one, U+2612 and an x are ticked ones. Other
 * texts say what `otherwise` says. */
fc_tick fc_tick_of(fc_str text, fc_tick otherwise);

/* True for a plan as XML or JSON: those are read by fc_plan_read. */
bool fc_is_plan_file(fc_str bytes);

/* Looks through a file, in this process. In the arena; bytes are borrowed. */
FC_NODISCARD fc_refusal fc_returned_look(fc_arena *a, fc_str bytes, fc_returned *out);
/* The same in a process of its own with limits on time and memory, since the file may come from
 * anywhere. The result is checked again before it is believed. */
FC_NODISCARD fc_refusal fc_returned_look_apart(fc_arena *a, fc_str bytes, fc_returned *out);

/* For the way between the two processes. */
void fc_returned_pack(const fc_returned *r, fc_buf *out);
/* False when this is not what fc_returned_pack wrote. Texts borrow from bytes. */
bool fc_returned_unpack(fc_arena *a, fc_str bytes, fc_returned *out);

#endif
