/* From a definition to the model. */
#ifndef FC_COMPILER_COMPILE_H
#define FC_COMPILER_COMPILE_H

#include "runtime/form/form.h"
#include "runtime/form/expr.h"

/* A picture of a language, from the folder lang/<tag>. */
typedef struct fc_picture_source {
    fc_str file; /* "who.png" */
    fc_str bytes;
    const char *why; /* what is against it, when it could not be read; else NULL */
} fc_picture_source;

/* A language file: translations of a form (docs/language.md). */
typedef struct fc_language_source {
    fc_str name; /* what people typed, for messages */
    fc_str tag;  /* the language, from the file's name: "cy" */
    fc_str bytes;
    FC_ARRAY(fc_picture_source) pictures; /* by name */
} fc_language_source;

/* A definition and what stands beside it. */
typedef struct fc_definition {
    fc_str name, file, bytes;            /* as for fc_compile */
    const fc_language_source *languages; /* by tag */
    size_t n_languages;
    fc_str lang;        /* the language to speak; empty: the definition's own */
    bool every_picture; /* look into those of the other languages, too: it takes time */
} fc_definition;

/* Compiles a definition with its language files. As fc_compile; and FC_USAGE when the form does
 * not speak def->lang, with *form as in its own language. The model has one digest in all
 * languages. */
FC_NODISCARD fc_status fc_compile_definition(fc_arena *a, const fc_definition *def, fc_diags *d,
                                             const fc_form **form);

/* Brings a language file up to date, or begins one: every text of the form in its order, with
 * the translations that there are; the earlier words of those that have changed; at the end,
 * under <obsolete>, translations of what is no longer there. lang is its tag; the file is the
 * one among def->languages, if any. FC_OK; FC_FOUND: the definition or the file has mistakes;
 * FC_REFUSED: something in the file would be lost (reported in d). */
typedef struct fc_translation_count {
    size_t texts, missing, stale, obsolete;
} fc_translation_count;
FC_NODISCARD fc_status fc_language_update(fc_arena *a, const fc_definition *def, fc_str lang,
                                          fc_diags *d, fc_buf *out,
                                          fc_translation_count *count);

/* Compiles the definition. name is what people typed (for messages), bytes the file as read,
 * file its name relative to the form's folder (for #line). Every mistake is reported in d.
 * FC_OK: *form is complete (warnings may have been reported); FC_FOUND: there were errors and
 * *form is NULL; FC_REFUSED: not readable as a definition (not XML, a DOCTYPE, beyond a limit):
 * reported in d as well. */
FC_NODISCARD fc_status fc_compile(fc_arena *a, fc_str name, fc_str file, fc_str bytes,
                                  fc_diags *d, const fc_form **form);

/* An answer with an NHS number that could be somebody's: one outside the range 999. */
bool fc_example_real_person(const fc_node *field, fc_str answer);

/* The canonical resolved model as XML (docs/model.md): what stylesheets see and what the digest
 * covers. with_digest false leaves the attribute out. */
void fc_model_write(const fc_form *f, bool with_digest, fc_buf *out);

#endif
