/* The command: what the verbs share. */
#ifndef FC_CLI_CLI_H
#define FC_CLI_CLI_H

#include "output/target.h"

#include <stdio.h>

typedef struct fc_verb {
    const char *name;
    const char *shape;                 /* "formc build FORM -o DIR ..." */
    const char *summary;               /* one line */
    int (*run)(int argc, char **argv); /* argv[0] is the verb; the result is the exit code */
} fc_verb;
extern const fc_verb fc_verbs[]; /* ends with a row without a name */
const fc_verb *fc_verb_find(const char *name);

int fc_cmd_check(int argc, char **argv);
int fc_cmd_build(int argc, char **argv);
int fc_cmd_fill(int argc, char **argv);
int fc_cmd_new(int argc, char **argv);
int fc_cmd_read(int argc, char **argv);
int fc_cmd_regenerate(int argc, char **argv);
int fc_cmd_set(int argc, char **argv);
int fc_cmd_validate(int argc, char **argv);
int fc_cmd_audit(int argc, char **argv);
int fc_cmd_explain(int argc, char **argv);
int fc_cmd_publish(int argc, char **argv);
int fc_cmd_test(int argc, char **argv);
int fc_cmd_translate(int argc, char **argv);
int fc_cmd_help(int argc, char **argv);

/* One option of a verb. With `value` it takes an argument, otherwise it sets `flag`. */
typedef struct fc_option {
    const char *name;   /* "--only" or "-o" */
    const char **value; /* set to the argument */
    bool *flag;         /* set to true */
    const char **list;  /* may be repeated: an array that ends with NULL ... */
    size_t list_max;    /* ... and has room for this many */
} fc_option;

/* Sorts argv into options and operands. Complains on standard error and returns false when an
 * option is unknown, repeated or lacks its argument, or when the number of operands is not
 * `operands`. "--" ends the options. */
bool fc_args_read(int argc, char **argv, const fc_option *options, size_t n_options,
                  const char **operand, size_t operands);
/* The same with from least to most operands; those left out stay as they were. */
bool fc_args_read_some(int argc, char **argv, const fc_option *options, size_t n_options,
                       const char **operand, size_t least, size_t most);

/* How diagnostics are told. */
typedef enum fc_format { FC_TELL_TEXT, FC_TELL_JSON, FC_TELL_SARIF } fc_format;
/* What --format says (NULL: text). False after a complaint. */
bool fc_format_read(const char *word, fc_format *format);

/* A form that has been compiled, with the memory it lives in. */
typedef struct fc_loaded {
    fc_arena *arena;
    fc_diags *diags; /* NULL: loading makes them */
    const fc_form *form;
    fc_str path;              /* of the definition, as people would type it */
    fc_definition definition; /* what it was compiled from */
    const char *lang;   /* set before loading: the language to speak; NULL: the form's own */
    bool every_picture; /* set before loading: as in fc_definition */
    fc_format format;   /* set by the work: how its diagnostics are told */
    bool told;          /* they have been */
} fc_loaded;

#define FC_MEMORY_MAX                                                                          \
    ((size_t)1 << 30) /* of one arena; a form of 5,000 fields takes 40 MiB                     \
                       */

/* What a verb does: with memory and diagnostics of its own, and what was asked for. */
typedef fc_status fc_work(fc_loaded *l, const void *request);
/* Does the work, tells the diagnostics and drops everything; the exit code. lang as in
 * fc_loaded. Complains when memory runs out. */
int fc_run_verb(const char *lang, fc_work *work, const void *request);
/* Tells the diagnostics now, for work that has something to say after them; once. */
void fc_tell(fc_loaded *l);

/* FORM (a folder with form.xml, a file, or "-") and the language files in the folder lang/
 * beside it, read into memory. FC_IO, FC_REFUSED after a complaint. */
FC_NODISCARD fc_status fc_read_definition(fc_loaded *l, const char *form, fc_definition *def);

/* Compiles FORM (a folder with form.xml, a file, or "-"). l is filled in all cases and has to
 * be dropped; diagnostics are not printed yet. Sets the arena's boundary nowhere: call inside
 * one. */
fc_status fc_load_form(fc_loaded *l, const char *form);

/* Prints what was found: text on standard error, the others on standard output. */
void fc_print_diags_as(fc_diags *d, fc_format format);
/* Writes b to standard output; complains when that fails. */
FC_NODISCARD fc_status fc_print(const fc_buf *b);
/* The verbs, targets and exit codes. */
void fc_print_help(FILE *to);
/* "formc: <what>: <why>" on standard error. */
void fc_complain(const char *fmt, ...) FC_PRINTF(1, 2);
/* What stands behind the name of n things: "s", or nothing for one. */
const char *fc_ending(size_t n);

#endif
