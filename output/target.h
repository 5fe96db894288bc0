/* What a form can be made into. A target is one row of fc_targets; nothing else knows their
 * names. Targets read a const model and give files in memory; the command writes them. */
#ifndef FC_OUTPUT_TARGET_H
#define FC_OUTPUT_TARGET_H

#include "compiler/compile.h"
#include "compiler/theme.h"
#include "runtime/program/program.h"
#include "styles/assets.h"

typedef struct fc_output_file {
    fc_str name; /* relative to the output folder: "care-plan.docx", "c/fv.h" */
    fc_str bytes;
    const char *what; /* one line for people: "the form for Word" */
} fc_output_file;

typedef FC_ARRAY(fc_output_file) fc_output_files;

#define FC_FONT_BYTES_MAX                                                                      \
    ((size_t)64 << 20) /* the largest in Debian, of four scripts, has 20 MiB */

typedef struct fc_font_file { /* --font */
    const char *name;         /* as typed, for messages */
    fc_str bytes;
} fc_font_file;

/* What is made of a plan, and of a blank. */
typedef enum fc_purpose {
    FC_TO_FILL_IN, /* the form */
    FC_TO_KEEP,    /* a record: a finished document to read */
    FC_TO_COMPLETE /* what the plan's review says is missing (plan->review) */
} fc_purpose;
#define FC_PURPOSES 3

typedef struct fc_options {
    fc_purpose purpose;
    const unsigned *blank_rows;   /* --rows: by container index; NULL for the definition's */
    const char *binding;          /* DOCX: "w15" (default), "w" or "none" */
    bool word_rows;               /* DOCX: Word itself adds rows to repeats that are tables */
    bool sign_fields;             /* PDF: places for digital signatures beside the marks */
    bool with_data;               /* a record carries the plan */
    FC_ARRAY(fc_font_file) fonts; /* PDF: asked for letters that the built-in fonts lack */
} fc_options;

/* One build: everything that depends only on form, theme and options. */
typedef struct fc_build {
    fc_arena *arena; /* lives as long as the process needs the form */
    fc_diags *diags;
    const fc_form *form;
    fc_str model_xml; /* the canonical model */
    fc_theme theme;
    fc_str words_xml; /* formc's own words, in the form's language (docs/language.md) */
    fc_str lang;      /* --lang: part of the files' names; empty for the form's own language */
    fc_options options;
    void *style_input; /* output/style.c: the model and theme as one tree, made on first use */
} fc_build;

typedef struct fc_target {
    const char *name;    /* "docx", for --only */
    const char *suffix;  /* of the one file that fill writes: ".docx"; NULL: cannot be filled */
    const char *summary; /* "a fillable Word document" */
    bool records;        /* makes records, too */
    /* Work that is done once: run stylesheets, lower them, load fonts. *prepared lives in
     * b->arena. NULL when there is none. */
    fc_status (*prepare)(fc_build *b, void **prepared);
    /* The files of one plan (a blank is a plan without answers). Files and scratch in a. */
    fc_status (*make)(fc_build *b, void *prepared, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files);
} fc_target;

extern const fc_target fc_target_model, fc_target_c, fc_target_docx, fc_target_pdf,
    fc_target_html;
extern const fc_target fc_target_rng, fc_target_schema;
extern const fc_target *const fc_targets[]; /* ends with NULL */
const fc_target *fc_target_find(const char *name);

/* The name of an output file: "care-plan.docx", in another language "care-plan.cy.docx". */
fc_str fc_output_name(const fc_build *b, fc_arena *a, fc_str stem, const char *suffix);

/* Runs the stylesheet styles/base/<sheet> over the model with the theme and lowers the result
 * to a program. params: pairs name, value (strings), ended by NULL; may be NULL. A stylesheet
 * that names a field that does not exist, or puts a repeat's field outside the repeat, is a
 * diagnostic. all_fields: every field of the form must have a place in it (FC_OP_VALUE with as
 * text), else that is a diagnostic too. FC_OK or FC_FOUND. */
FC_NODISCARD fc_status fc_style_program(fc_build *b, const char *sheet,
                                        const char *const *params, bool all_fields,
                                        const fc_program **out);

#endif
