/* From the tree that a stylesheet produced to a program. Inside output/ only. */
#ifndef FC_OUTPUT_LOWER_H
#define FC_OUTPUT_LOWER_H

#include "output/target.h"

#include <libxml/tree.h>

/* Lowers doc. sheet names the stylesheet in diagnostics. all_fields: see fc_style_program.
 * FC_OK or FC_FOUND. doc is only read. */
FC_NODISCARD fc_status fc_lower(fc_build *b, const char *sheet, xmlDocPtr doc, bool all_fields,
                                const fc_program **out);

#endif
