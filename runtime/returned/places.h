/* From what was seen in a file to the places of the form. Nothing else includes it but the
 * files of this room. */
#ifndef FC_RETURNED_PLACES_H
#define FC_RETURNED_PLACES_H

#include "runtime/plan/plan.h"
#include "runtime/returned/returned.h"

/* A place as documents number them. */
typedef struct fc_spot {
    const fc_node *field; /* NULL: none of the form */
    size_t row;           /* from 1; 0 outside repeats */
    int choice;           /* of the box of one of several choices; -1 for none */
} fc_spot;

/* What a name in a file stands for: "crisis/sign[2]/warning", "crisis.sign.2.warning",
 * "f12_2". */
fc_spot fc_spot_of_path(const fc_form *f, fc_arena *a, fc_str path);
fc_spot fc_spot_of_key(const fc_form *f, fc_arena *a, fc_str key);
fc_spot fc_spot_of_name(const fc_form *f, fc_str name);

#define FC_VALUES_MAX 6

/* Everything that was seen of one answer. */
typedef struct fc_found {
    const fc_seen *value[FC_VALUES_MAX]; /* those that say something different */
    unsigned n;
    bool more;                    /* there were more than these */
    bool contested;               /* its names are those of different questions */
    bool has[FC_CHANNELS];        /* seen there */
    uint64_t boxes[FC_CHANNELS];  /* of several choices: those that were seen ... */
    uint64_t ticked[FC_CHANNELS]; /* ... and those of them that are ticked */
    uint64_t unsure;              /* boxes about which one channel says two things */
    unsigned with;
    uint32_t first_para, last_para; /* in which it is shown */
    bool by_label;                  /* no place of it was seen: what stands at its label */
    bool copied;                    /* of a row that was copied: no bookmark came with it */
} fc_found;

/* The rows of one container as the document has them; found[row * fields + slot], row from 0.
 */
typedef struct fc_found_rows {
    size_t n;
    fc_found *found;
} fc_found_rows;

typedef struct fc_places {
    fc_found_rows *rows;      /* by container index */
    FC_ARRAY(fc_spot) beside; /* text in no place: behind which question; row from 0 */
    size_t outside;           /* things of ours that are at no place of the form */
} fc_places;

/* trust_names: the file's numbers are those of this form. In the arena. */
void fc_places_find(fc_arena *a, const fc_form *f, const fc_returned *r, bool trust_names,
                    fc_places *out);

/* Makes at least so many rows of a container; new ones are empty. */
void fc_places_make_rows(fc_arena *a, fc_places *places, const fc_container *c, size_t rows);
/* The boxes of a field of several choices, as a set. */
uint64_t fc_all_boxes(const fc_node *field);

/* Finds what stands at the labels of questions whose places are gone, and text that is in no
 * place and is nothing that the form prints. Adds both to places. issued: the plan that the
 * document was made from. */
void fc_labels_look(fc_arena *a, const fc_form *f, const fc_returned *r, const fc_plan *issued,
                    fc_places *places);

/* ---- typed.c ---- */

/* The texts that stand in places nobody has filled in, in every language of the form. */
typedef struct fc_empty_words {
    FC_ARRAY(fc_str) list;
} fc_empty_words;
void fc_empty_words_of(fc_arena *a, const fc_form *f, fc_empty_words *out);
/* What a field says whose answer is too long for it. */
void fc_held_words_of(fc_arena *a, const fc_form *f, fc_empty_words *out);
bool fc_is_empty_word(const fc_empty_words *w, fc_str text);

/* Into the value space: newlines are LF, white space alone is nothing. In the arena. */
fc_str fc_clean_text(fc_arena *a, fc_str text);
/* An answer as somebody typed it, or as a store has it, in its stored form where it can be read
 * as the field's type, otherwise as it is. date is what a date control keeps beside its text.
 */
fc_str fc_stored_form(fc_arena *a, const fc_node *field, fc_str text, fc_str date,
                      fc_channel channel);
/* The ids of a set of choices, as plans keep them. */
fc_str fc_set_text(fc_arena *a, const fc_node *field, uint64_t set);
/* The same but for white space, which editors lose. */
bool fc_same_but_space(fc_str a, fc_str b);

#endif
