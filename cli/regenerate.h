/* formc regenerate: what its files share. The way of a pile:
 *
 *   pile.c    finds the files; each is looked at by a worker: its digest, and which plan it is
 *             of. Files of one plan are put together, and each plan gets a name.
 *   looked.c  in a worker, one file: what it is.
 *   reissue.c in a worker, one plan: reads its files, checks, makes documents, writes them;
 *   said.c    and what there is to say of it.
 *   ledger.c  what has been done, on disk, so that it is not done twice.
 *   tally.c   the report.
 */
#ifndef FC_CLI_REGENERATE_H
#define FC_CLI_REGENERATE_H

#include "cli/published.h"
#include "runtime/base/file.h"
#include "runtime/returned/codes.h"
#include "runtime/returned/returned.h"

#define FC_RETURNED_BYTES_MAX ((size_t)50 << 20) /* of a file; FC_PACKAGE_BYTES_MAX */
#define FC_PILE_TARGETS 3                        /* those that fill can make */

/* What is known of a file before it is read. */
typedef enum fc_look { FC_LOOK_DOCUMENT, FC_LOOK_PLAN, FC_LOOK_REFUSED, FC_LOOK_FAULT } fc_look;

typedef struct fc_input {
    fc_str path;  /* as typed, or below a folder as typed */
    fc_str shown; /* the same, printable and in UTF-8 */
    fc_str name;  /* the same below its folder: outputs are named after it */
    bool odd;     /* not a file: a link that leads nowhere, a pipe */
    fc_look look;
    int why;            /* fc_refusal or fc_pile_fault */
    fc_str digest;      /* 64 hexadecimal digits; empty when it could not be read */
    fc_str version, id; /* of its plan; empty when it does not say */
    size_t same;        /* the input that has the same bytes, + 1; 0: none */
} fc_input;

/* A version of the form, ready to make documents. */
typedef struct fc_ready {
    fc_str path;         /* of the definition; empty: FORM itself */
    const fc_form *form; /* as files are read */
    fc_build build;      /* as documents are made: in the language of --lang */
    void *prepared[FC_PILE_TARGETS];
    fc_str settings; /* digest of all that decides what comes out, but the files */
} fc_ready;

typedef FC_ARRAY(fc_str) fc_texts;

/* What the ledger says of a plan. All of it without an answer. */
typedef struct fc_entry {
    fc_str key; /* digest of everything that decided what came out; empty: not all went well */
    fc_str id, name;
    fc_texts outputs; /* name, digest, name, digest */
    fc_texts kept; /* the same of what else of the plan was written, and may still be there */
    fc_texts sources; /* path as shown, digest, what was known of it: three each */
    uint64_t at;      /* where its line begins in the file ... */
    size_t n;         /* ... and its bytes */
} fc_entry;

typedef struct fc_pile_plan {
    fc_str id;               /* of the plan; for a file of no plan its digest or path */
    FC_ARRAY(size_t) inputs; /* in the order of their names, none twice */
    FC_ARRAY(size_t) copies; /* those with the same bytes as one of these */
    size_t ready;            /* which version of the form */
    fc_str name;             /* of its outputs, without what they end in */
    bool two_versions;       /* another one has the same id */
    bool outputs;            /* false: nothing can be made, its one file is not read */
    const fc_entry *old;     /* what the ledger says; NULL: nothing */
    fc_entry now;            /* how it came out */
} fc_pile_plan;

typedef struct fc_ledger {
    char *path;
    int fd;
    uint64_t end;
    bool found; /* it was there */
    bool looks; /* what it knows of files may be believed: the same formc wrote it */
    fc_str at;  /* the time of a run that did not come to its end; empty: none */
    FC_ARRAY(fc_entry) entries; /* by id, one each */
    fc_texts known;             /* digest of a file, what was known of it: by digest */
} fc_ledger;

typedef struct fc_pile {
    fc_arena *arena;
    const char *out; /* the folder */
    FC_ARRAY(fc_input) inputs;
    FC_ARRAY(fc_pile_plan) plans;
    FC_ARRAY(fc_ready) ready;
    fc_ledger ledger;
    fc_str at, by, as_of;
    fv_date day;
    const fc_target *target[FC_PILE_TARGETS];
    size_t targets;
    bool force;
} fc_pile;

/* ---- pile.c */
/* Finds the files of the operands (files and folders), in the order of their names; what is in
 * the output folder is none of them. Complains and FC_IO: one is not there. */
FC_NODISCARD fc_status fc_pile_find(fc_pile *p, const char *const *operands);
/* Puts files of one plan together, after they have been looked at. */
void fc_pile_sort(fc_pile *p);
/* Names the plans; no two names differ in capital letters only. */
void fc_pile_name(fc_pile *p);
/* Takes away what a run that was killed left half written beside the outputs. */
void fc_pile_sweep(fc_pile *p);

/* ---- looked.c */
/* In a worker. What is known of the file: read into the input by fc_input_take. False: memory
 * ran out, as with all four. */
bool fc_input_look(fc_pile *p, size_t input, fc_buf *result);
bool fc_input_take(fc_pile *p, size_t input, fc_str result);
/* The same but for the digest, as the ledger keeps it. */
void fc_input_known(const fc_input *in, fc_buf *out);

/* ---- reissue.c */
/* In a worker: the line for the ledger, or nothing when all is as the ledger says. */
bool fc_plan_reissue(fc_pile *p, size_t plan, fc_buf *line);
/* The line of a plan about which there is one thing to say. */
bool fc_plan_fault(fc_pile *p, size_t plan, fc_pile_fault fault, fc_buf *line);

/* ---- ledger.c */
/* Opens the ledger of the folder and reads it. Complains: FC_REFUSED when it is none of ours,
 * FC_IO. */
FC_NODISCARD fc_status fc_ledger_open(fc_pile *p);
/* Says that a run begins. */
FC_NODISCARD fc_status fc_ledger_begin(fc_pile *p);
/* Adds the line of a plan, and reads it into the entry. */
FC_NODISCARD fc_status fc_ledger_add(fc_pile *p, fc_str line, fc_entry *e);
/* The line of an entry, in the arena. */
FC_NODISCARD bool fc_ledger_line(const fc_pile *p, fc_arena *a, const fc_entry *e,
                                 fc_str *line);
/* Writes the ledger anew, by name, and closes it. */
FC_NODISCARD fc_status fc_ledger_end(fc_pile *p);
void fc_ledger_close(fc_ledger *l);
/* The entry with this id; the last one counts. NULL: none. */
const fc_entry *fc_ledger_find(const fc_ledger *l, fc_str id);
/* What is known of a file with this digest; empty: nothing. */
fc_str fc_ledger_known(const fc_ledger *l, fc_str digest);

/* ---- tally.c */
/* Writes report.txt and report.json into the folder and prints one of them; *found: there are
 * errors or conflicts; *failed: an output could not be written. */
FC_NODISCARD fc_status fc_pile_report(fc_pile *p, bool json, bool *found, bool *failed);

#endif
