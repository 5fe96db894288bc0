/* Making outputs: what build and fill share. */
#ifndef FC_CLI_MAKING_H
#define FC_CLI_MAKING_H

#include "cli/cli.h"

#define FC_ROWS_OPTIONS 64

/* Prepares a build of the loaded form: model, theme and the options as typed. Reports what is
 * wrong with --rows on standard error (FC_USAGE). theme is a name, a folder or a file, NULL for
 * the usual one; its mistakes are diagnostics (FC_FOUND, FC_REFUSED). */
fc_status fc_build_open(fc_build *b, const fc_loaded *l, const char *const *rows,
                        const char *binding, const char *theme);

/* Sets what --repeat says: "fixed", "word" or nothing. Complains about anything else. */
FC_NODISCARD fc_status fc_build_repeats(fc_build *b, const char *repeat);

/* Reads what --as says, "form" or "record"; NULL is a form. Complains about anything else. */
FC_NODISCARD bool fc_read_as(const char *as, fc_purpose *purpose);

#define FC_FONT_OPTIONS 6 /* as many as fit behind the built-in ones */

/* Reads the files of --font into the options. Says on standard error which cannot be read. */
fc_status fc_build_fonts(fc_build *b, const char *const *fonts);

/* The target that makes such a document: the one that `to` names, or (NULL) the one whose
 * suffix the file's name ends in; NULL when there is none. */
const fc_target *fc_target_for(const char *to, const char *out);

/* Makes one document of the plan and writes it to out, whole or not at all. Complains when that
 * fails. */
FC_NODISCARD fc_status fc_make_document(fc_loaded *l, fc_build *b, const fc_target *t,
                                        const fc_plan *plan, const char *out, bool force);

/* Writes the files below folder. With force false nothing is written when one of them exists.
 */
fc_status fc_write_files(const char *folder, const fc_output_files *files, bool force);

/* Says on standard error how much of another language's document is in the form's own. */
void fc_say_language(const fc_loaded *l);

/* Reads the theme, its logo and its sheets into b. theme: as fc_build_open has it, not NULL. */
FC_NODISCARD fc_status fc_theme_open(fc_build *b, const char *theme);

#endif
