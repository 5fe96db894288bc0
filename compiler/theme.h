/* Themes: the look of documents (docs/restyling.md). */
#ifndef FC_COMPILER_THEME_H
#define FC_COMPILER_THEME_H

#include "runtime/base/diag.h"

#define FC_THEME_NS "urn:formc:theme:1"
#define FC_THEME_MAX ((size_t)64 << 10) /* bytes; a theme has less than one KiB */

/* Checks a theme: everything that stylesheets take from it is there and means something, the
 * colours can be told from each other (WCAG 2.2, 1.4.3 and 1.4.11), and the page has room for
 * text. name as people typed it. bytes are borrowed and must live as long as d. FC_OK; FC_FOUND
 * or FC_REFUSED: reported in d. */
FC_NODISCARD fc_status fc_theme_check(fc_arena *a, fc_str name, fc_str bytes, fc_diags *d);

#endif
