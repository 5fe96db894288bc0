/* What verbs take, read from their shapes, and what that means: for help, the manual page and
 * the completions of shells. */
#ifndef FC_CLI_TAKES_H
#define FC_CLI_TAKES_H

#include "cli/cli.h"

/* One thing that a verb takes. */
typedef struct fc_taken {
    fc_str option; /* "--only"; empty: an operand */
    fc_str value;  /* "TARGETS", "text|json"; empty: the option takes none */
} fc_taken;

#define FC_TAKEN_MAX 40 /* of one verb; build, the largest, has 13 */

/* What the verb's shape names, each once, in its order; the number. */
size_t fc_verb_takes(const fc_verb *v, fc_taken taken[FC_TAKEN_MAX]);

/* What the option does in this verb; NULL when nobody has written that. */
const char *fc_option_says(const fc_verb *v, fc_str option);

/* What can stand in the place of a value. */
typedef enum fc_value_kind {
    FC_VALUE_FREE, /* anything: a day, a party of the form */
    FC_VALUE_FILE, /* a file or a folder */
    FC_VALUE_FOLDER,
    FC_VALUE_WORD,     /* one of some words */
    FC_VALUE_LIST,     /* some of them, with commas between */
    FC_VALUE_WORD_FILE /* one of them, or a file or a folder */
} fc_value_kind;

/* The kind of a value as a shape has it ("TARGETS", "text|json"), and its words, with a space
 * between them, into words (may be NULL). */
fc_value_kind fc_value_kind_of(fc_str value, fc_buf *words);

/* The names that stand for something else in shapes, for the manual page. */
typedef struct fc_value_name {
    const char *name; /* "PLAN" */
    const char *says; /* NULL ends the table */
    fc_value_kind kind;
    void (*words)(fc_buf *words); /* NULL when the kind has none */
} fc_value_name;
extern const fc_value_name fc_value_names[];
/* NULL for alternatives like text|json, which say themselves what they are. */
const fc_value_name *fc_value_name_find(fc_str value);

/* Names of the themes that are built in: i counts up from 0; empty when there is none more. */
fc_str fc_theme_name(size_t i);

/* Writes the manual page formc(1), for man(7), with nothing from outside in it: no clock.
 * FC_INTERNAL after a complaint when something that a verb takes has no explanation. */
FC_NODISCARD fc_status fc_manual_write(fc_buf *out);

/* Writes the completions for a shell: bash, zsh or fish. False when it is none of these. */
bool fc_completion_write(const char *shell, fc_buf *out);

#endif
