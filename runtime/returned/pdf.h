/* Reading a PDF. Nothing else includes it. */
#ifndef FC_RETURNED_PDF_H
#define FC_RETURNED_PDF_H

#include "runtime/base/pdffile.h"
#include "runtime/returned/returned.h"

/* What the plan in a record is called (output/pdf/meta.c); that of a form is called otherwise.
 */
#define FC_PDF_RECORD_DATA "The plan that this record was made from"

fc_refusal fc_pdf_look(fc_arena *a, fc_str bytes, fc_returned *out);

/* The fields of the file (ISO 32000-1, 12.7), added to out->seen and out->about. n: how many
 * there are, of whatever kind. */
fc_refusal fc_pdf_fields(fc_arena *a, fc_pdf_file *f, size_t file_bytes, fc_returned *out,
                         size_t *n);

#endif
