/* The parts of reading a Word document. Nothing else includes it. */
#ifndef FC_RETURNED_DOCX_H
#define FC_RETURNED_DOCX_H

#include "runtime/returned/returned.h"

/* Bytes of all that a document shows, and of all that its store holds. A plan may have 32 MiB,
 * and may have to keep an answer three times: its own and both sides of a conflict. */
#define FC_RETURNED_TEXT_MAX ((size_t)8 << 20)

/* What a part of the package comes to; FC_READS when all is well. */
fc_refusal fc_docx_look(fc_arena *a, fc_str bytes, fc_returned *out);
/* The body: controls, bookmarks and what stands in them, added to out->seen. */
fc_refusal fc_docx_body(fc_arena *a, fc_str document, fc_returned *out);

#endif
