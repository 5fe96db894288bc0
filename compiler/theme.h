/* Themes: the look of documents (docs/restyling.md). */
#ifndef FC_COMPILER_THEME_H
#define FC_COMPILER_THEME_H

#include "compiler/picture.h"
#include "runtime/form/form.h"

#define FC_THEME_NS "urn:formc:theme:1"
#define FC_THEME_MAX ((size_t)64 << 10) /* bytes; a theme has less than one KiB */

typedef FC_ARRAY(fc_str) fc_theme_names;

/* Where a theme stands. */
typedef struct fc_theme_folder {
    void *user;
    /* A file that stands beside theme.xml, of at most max bytes. FC_OK; else *why says what is
     * against it. */
    fc_status (*read)(void *user, fc_arena *a, fc_str name, size_t max, fc_str *bytes,
                      const char **why);
    /* The names of the files beside it that end with ".xsl", in the order of their letters. */
    void (*sheets)(void *user, fc_arena *a, fc_theme_names *names);
    /* What people would call a file beside it. */
    fc_str (*path)(void *user, fc_arena *a, fc_str name);
    /* theme.xml of a theme that formc has; empty when there is none of this name. */
    fc_str (*own)(void *user, fc_arena *a, fc_str name);
} fc_theme_folder;

#define FC_SHEET_BYTES_MAX ((size_t)1 << 20) /* the largest of formc's own has 60 KiB */

/* A stylesheet that stands in front of one of formc's own. */
typedef struct fc_theme_sheet {
    fc_str name;     /* "pdf.xsl", as the one that it stands in front of */
    fc_str path;     /* as people would type it */
    fc_str bytes;    /* without a byte order mark */
    uint32_t source; /* for places in it */
    const struct fc_xelem *root;
} fc_theme_sheet;

typedef struct fc_theme {
    fc_str xml;             /* for stylesheets: with what stands for everything left out */
    fc_str from;            /* the theme of formc's that it begins from; may be empty */
    bool header;            /* it has words for the top of each page */
    const fc_picture *logo; /* or NULL */
    FC_ARRAY(fc_theme_sheet) sheets;
} fc_theme;

/* Reads and checks a theme: everything that stylesheets take from it is there and means
 * something, the colours can be told from each other (WCAG 2.2, 1.4.3 and 1.4.11), the page has
 * room for text, and its logo is a picture. name as people typed it. bytes are borrowed and
 * must live as long as d; out is in a. folder NULL: what stands elsewhere is not looked at.
 * FC_OK; FC_FOUND or FC_REFUSED: reported in d. */
FC_NODISCARD fc_status fc_theme_read(fc_arena *a, fc_str name, fc_str bytes,
                                     const fc_theme_folder *folder, fc_diags *d, fc_theme *out);

/* Reads the sheets beside a theme into out, for this form: each is well-formed, takes in
 * nothing but sheets of formc's, and is called like one. FC_OK; else reported in d. */
FC_NODISCARD fc_status fc_theme_sheets(fc_arena *a, const fc_theme_folder *folder,
                                       const fc_form *f, fc_diags *d, fc_theme *out);
/* The theme's sheet of this name, or NULL. */
const fc_theme_sheet *fc_theme_sheet_find(const fc_theme *t, fc_str name);
/* Where the theme's sheets for the target of `sheet` have this value of an attribute; else
 * where the one of that name begins, or another for the same target; nowhere when there is
 * none. */
fc_span fc_theme_sheet_place(const fc_theme *t, fc_str sheet, fc_str value);
/* The name of an element in a line of a sheet, counted from 1; the line when it is not there.
 */
fc_span fc_theme_sheet_line(const fc_theme_sheet *s, size_t line, fc_str element);

#endif
