/* Diagnostics: what people wrote is wrong. They are collected, sorted by place and printed
 * once, at the edge of the program. */
#ifndef FC_BASE_DIAG_H
#define FC_BASE_DIAG_H

#include "runtime/base/buf.h"

/* A place in a source: bytes [begin, end) of source number `source`. source 0 is "nowhere". */
typedef struct fc_span {
    uint32_t source;
    uint32_t begin, end;
} fc_span;

typedef enum fc_severity { FC_ERROR, FC_WARNING, FC_ADVICE } fc_severity;

typedef struct fc_diag_note {
    fc_span at; /* the other place; source 0 when the note has none */
    fc_str text;
} fc_diag_note;

typedef struct fc_diag {
    const char *code; /* "E201" */
    fc_severity severity;
    fc_span at;
    fc_str text; /* one sentence: lower case, no full stop, the subject quoted */
    fc_str help; /* what to do; empty when there is nothing to say */
    fc_diag_note notes[4];
    size_t n_notes;
    unsigned order; /* as reported; breaks ties when sorting */
} fc_diag;

/* A text that diagnostics can point into. */
typedef struct fc_source {
    fc_str name; /* as people typed it, e.g. "forms/care-plan/form.xml" */
    fc_str bytes;
    bool private_;                 /* holds answers: never print an excerpt */
    uint32_t hide_begin, hide_end; /* the same for lines that touch these bytes */
    FC_ARRAY(uint32_t) lines;      /* byte offset of each line's start; filled on first use */
    uint32_t last, last_col; /* the place asked for last, from which the next is counted */
} fc_source;

typedef struct fc_diags {
    fc_arena *arena;
    FC_ARRAY(fc_source *) sources; /* at[0] is NULL: "nowhere" */
    FC_ARRAY(fc_diag) list;
    size_t errors, warnings;
    size_t others;     /* warnings and advice */
    size_t suppressed; /* errors beyond the limit: counted, not kept */
    fc_diag lost;      /* stands for each of those, so that a million of them cost nothing */
} fc_diags;

#define FC_DIAG_LIMIT 50 /* errors that are shown; more than this helps nobody */
#define FC_DIAG_OTHERS_LIMIT                                                                   \
    1000 /* warnings and advice that are kept: they never take the place of an error, but a    \
            hostile definition must not fill the memory with them */

fc_diags *fc_diags_new(fc_arena *a);
/* Registers a text and returns its number for spans. name and bytes are borrowed. */
uint32_t fc_diags_source(fc_diags *d, fc_str name, fc_str bytes);

/* One more of this severity would not be shown. */
bool fc_diags_full(const fc_diags *d, fc_severity s);
/* Adds a diagnostic and returns it, so that help and notes can be added; never NULL. */
fc_diag *fc_report(fc_diags *d, fc_severity s, const char *code, fc_span at, const char *fmt,
                   ...) FC_PRINTF(5, 6);
void fc_diag_help(fc_diags *d, fc_diag *g, const char *fmt, ...) FC_PRINTF(3, 4);
void fc_diag_note_at(fc_diags *d, fc_diag *g, fc_span at, const char *fmt, ...) FC_PRINTF(4, 5);

/* Line and column (both from 1; columns count characters) of a byte offset. */
void fc_source_place(fc_diags *d, uint32_t source, uint32_t offset, unsigned *line,
                     unsigned *col);
/* Prints all diagnostics, sorted by source and place:
 *   forms/x/form.xml:37:74: error[E201]: there is no field "strat" in this block
 *      37 | <field ... must="review ge strat">
 *         |                            ^^^^^
 *         = help: did you mean "start"?
 * Long lines are cut around the place. Tabs count as one column and are printed as a space. */
void fc_diags_print(fc_diags *d, fc_buf *out);

/* The same for programs (diag_data.c); no source text is in them. Columns count from 1 and an
 * end is the column behind the last character. */
/* An object with a list "diagnostics"; columns count characters. docs/diagnostics.md. */
void fc_diags_json(fc_diags *d, fc_buf *out);
/* SARIF 2.1.0; columns count UTF-16 units, which is what most readers of it expect. version is
 * that of the program, title_of gives the title of a code or NULL. */
void fc_diags_sarif(fc_diags *d, const char *version, const char *(*title_of)(const char *code),
                    fc_buf *out);
/* What every SARIF report begins with, up to its rules; and a path as a relative or absolute
 * URI reference (RFC 3986), in quotation marks: what is not certainly allowed in a segment is
 * written as %XX. */
void fc_sarif_begin(fc_buf *out, const char *version);
void fc_sarif_uri(fc_buf *out, fc_str path);
/* Puts the list in the order in which it is shown: by source and place. */
void fc_diags_sort(fc_diags *d);
/* The source of a span; NULL for nowhere. */
const fc_source *fc_diags_source_of(const fc_diags *d, fc_span at);

#endif
