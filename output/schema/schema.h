/* The shape of a plan, for tools that know JSON Schema or RELAX NG: which parts it may have,
 * and what a readable answer looks like. Conditions between answers stay with the validator. */
#ifndef FC_OUTPUT_SCHEMA_H
#define FC_OUTPUT_SCHEMA_H

#include "output/target.h"

/* What the stored form of a readable answer looks like. */
typedef enum fc_shape_kind {
    FC_SHAPE_TEXT, /* any text */
    FC_SHAPE_TYPE, /* the pattern of a built-in type */
    FC_SHAPE_OWN,  /* a pattern or a greatest length of the form's own */
    FC_SHAPE_ONE,  /* one of a list of choices */
    FC_SHAPE_MANY  /* several of one, their ids with a space between */
} fc_shape_kind;

typedef struct fc_shape {
    fc_shape_kind kind;
    fc_str pattern;      /* formc's language of patterns; empty for none */
    unsigned max_length; /* in characters; 0 for none */
    bool open;           /* any other text is an answer, too */
} fc_shape;

fc_shape fc_shape_of(const fc_node *field);
/* The pattern of a built-in type, or NULL when any text can be one. */
const char *fc_shape_pattern(fc_type type);

/* Shapes of what is no answer, as patterns. */
#define FC_SHAPE_DIGEST "sha256:[0-9a-f]{64}"
#define FC_SHAPE_ID "urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
#define FC_SHAPE_MOMENT                                                                        \
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[01][0-9]:[0-5][0-9]:[0-5][0-9]Z|"                             \
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T2[0-3]:[0-5][0-9]:[0-5][0-9]Z"
#define FC_SHAPE_ROW "[A-Za-z0-9_.\\-]+"
#define FC_SHAPE_COUNT "[1-9][0-9]*"
/* The path of an answer in a plan, with the row's id in a repeat. In the arena. */
fc_str fc_shape_place(fc_arena *a, const fc_form *f);
/* A party of the form, with or without a name of its choice. In the arena. */
fc_str fc_shape_author(fc_arena *a, const fc_form *f);

/* Writes a pattern of formc's, without anchors, as a regular expression of ECMA-262 with the
 * flag u (JSON Schema 2020-12 core 6.4), or of XML Schema (part 2, appendix F). */
typedef enum fc_dialect { FC_ECMA, FC_XSD } fc_dialect;
void fc_put_pattern(fc_buf *out, fc_str pattern, fc_dialect dialect);

/* True when an answer can stand somewhere below the node. */
bool fc_has_answers(const fc_node *n);

#endif
