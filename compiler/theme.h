/* Themes: the look of documents (docs/restyling.md). */
#ifndef FC_COMPILER_THEME_H
#define FC_COMPILER_THEME_H

#include "compiler/picture.h"
#include "runtime/base/diag.h"

#define FC_THEME_NS "urn:formc:theme:1"
#define FC_THEME_MAX ((size_t)64 << 10) /* bytes; a theme has less than one KiB */

/* Where a theme stands. */
typedef struct fc_theme_folder {
    void *user;
    /* A file that stands beside theme.xml, of at most max bytes. FC_OK; else *why says what is
     * against it. */
    fc_status (*read)(void *user, fc_arena *a, fc_str name, size_t max, fc_str *bytes,
                      const char **why);
    /* theme.xml of a theme that formc has; empty when there is none of this name. */
    fc_str (*own)(void *user, fc_arena *a, fc_str name);
} fc_theme_folder;

typedef struct fc_theme {
    fc_str xml;             /* for stylesheets: with what stands for everything left out */
    fc_str from;            /* the theme of formc's that it begins from; may be empty */
    bool header;            /* it has words for the top of each page */
    const fc_picture *logo; /* or NULL */
} fc_theme;

/* Reads and checks a theme: everything that stylesheets take from it is there and means
 * something, the colours can be told from each other (WCAG 2.2, 1.4.3 and 1.4.11), the page has
 * room for text, and its logo is a picture. name as people typed it. bytes are borrowed and
 * must live as long as d; out is in a. folder NULL: what stands elsewhere is not looked at.
 * FC_OK; FC_FOUND or FC_REFUSED: reported in d. */
FC_NODISCARD fc_status fc_theme_read(fc_arena *a, fc_str name, fc_str bytes,
                                     const fc_theme_folder *folder, fc_diags *d, fc_theme *out);

#endif
