/* Looking for answers by the words of the form: what a paragraph is the label of, and which
 * places are gone. Nothing else includes it but labels.c and lost*.c. */
#ifndef FC_RETURNED_LABELS_H
#define FC_RETURNED_LABELS_H

#include "runtime/returned/places.h"

typedef struct fc_printed {
    fc_arena *a;
    FC_ARRAY(fc_str) texts;    /* sorted, white space folded */
    FC_ARRAY(fc_str) patterns; /* words with a {place}, and words that an answer follows */
} fc_printed;

bool fc_is_printed(const fc_printed *w, fc_str folded);

/* A label of a question, in any language of the form, with its number or without. */
typedef struct fc_label {
    fc_str text; /* white space folded, without a colon at its end */
    const fc_node *field;
} fc_label;

/* What a paragraph is the label of: labels.at[first] to before last, which have one text. */
typedef struct fc_named {
    uint32_t first, last;
    uint32_t inside; /* the label is the beginning of a line: where what follows it begins */
} fc_named;

/* A place in the order of the document. */
typedef struct fc_station {
    const fc_node *field;
    size_t row;           /* from 0 */
    bool seen;            /* all of it: of several choices, every box */
    bool partly;          /* some of its boxes */
    uint32_t first, last; /* the paragraphs in which it was seen */
} fc_station;

typedef struct fc_search {
    fc_arena *a;
    const fc_form *f;
    const fc_returned *r;
    const fc_plan *issued;
    fc_places *places;
    const fc_printed *printed;
    fc_empty_words empty;
    FC_ARRAY(fc_label) labels; /* sorted by text */
    FC_ARRAY(fc_station) list;
    fc_str *folded;  /* by paragraph: white space folded */
    fc_named *named; /* by paragraph */
    bool *taken;     /* by paragraph: its text has been read as an answer */
} fc_search;

/* Paragraphs from `begin` to before `end`. */
typedef struct fc_region {
    size_t begin, end;
    bool is_cell; /* it is the place of this answer and of nothing else: a cell */
} fc_region;

/* True when the paragraph is a label of this question. */
bool fc_names(const fc_search *s, size_t para, const fc_node *field);
/* The places of one question. */
fc_found *fc_found_of(const fc_search *s, const fc_station *t);
/* Reads what stands in the region as the answer; returns the paragraph behind it. */
size_t fc_lost_read(fc_search *s, const fc_station *t, fc_region at);

/* Questions with a label of their own. */
void fc_lost_find(fc_search *s);
/* Rows of repeats that are tables: found by the label above and the row. */
void fc_lost_rows_find(fc_search *s);

#endif
