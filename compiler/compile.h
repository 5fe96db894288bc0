/* From a definition to the model. */
#ifndef FC_COMPILER_COMPILE_H
#define FC_COMPILER_COMPILE_H

#include "runtime/form/form.h"
#include "runtime/form/expr.h"

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
