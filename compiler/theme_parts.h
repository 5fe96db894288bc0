/* Inside of reading themes: what its files share. */
#ifndef FC_COMPILER_THEME_PARTS_H
#define FC_COMPILER_THEME_PARTS_H

#include "compiler/front.h"
#include "compiler/theme.h"

#define FC_THEME_HUES 8 /* colours of one element, at most */

typedef struct fc_theme_hue {
    const char *name; /* "accent" */
    int rgb[3];       /* 0 to 255 */
    fc_span at;       /* where it is said; nowhere when it is not the theme that says it */
    bool known;       /* rgb is a colour */
    bool fixed;       /* it is no colour of the theme */
} fc_theme_hue;

/* "0B3D63". False: it is not a colour. */
bool fc_theme_colour(fc_str s, int rgb[3]);
/* Reports colours that are too much alike. Those with a "page" are for a dark screen. */
void fc_theme_contrast(fc_front *c, const fc_theme_hue *hues, size_t n);

#endif
