/* Themes: the look of documents (docs/restyling.md). */
#ifndef FC_COMPILER_THEME_H
#define FC_COMPILER_THEME_H

#include "runtime/base/diag.h"

#define FC_THEME_NS "urn:formc:theme:1"
#define FC_THEME_MAX ((size_t)64 << 10) /* bytes; a theme has less than one KiB */

typedef struct fc_theme {
    fc_str xml;  /* for stylesheets: with what stands for everything that was left out */
    bool header; /* it has words for the top of each page */
} fc_theme;

/* Reads and checks a theme: everything that stylesheets take from it is there and means
 * something, the colours can be told from each other (WCAG 2.2, 1.4.3 and 1.4.11), and the page
 * has room for text. name as people typed it. bytes are borrowed and must live as long as d;
 * out is in a. FC_OK; FC_FOUND or FC_REFUSED: reported in d, and out is as it was. */
FC_NODISCARD fc_status fc_theme_read(fc_arena *a, fc_str name, fc_str bytes, fc_diags *d,
                                     fc_theme *out);

#endif
