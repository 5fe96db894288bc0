/* Inside of reading themes: what its files share. */
#ifndef FC_COMPILER_THEME_PARTS_H
#define FC_COMPILER_THEME_PARTS_H

#include "compiler/front.h"
#include "compiler/theme.h"

/* Kinds of values. */
typedef enum fc_theme_kind {
    FC_THEME_FONT,
    FC_THEME_WORDS,
    FC_THEME_POINTS,
    FC_THEME_COLOUR,
    FC_THEME_FILE
} fc_theme_kind;

/* Whether a value has to be there. */
typedef enum fc_theme_need {
    FC_THEME_ALWAYS, /* in every theme */
    FC_THEME_WITH,   /* when its element is there */
    FC_THEME_MAY     /* as people like */
} fc_theme_need;

/* What a theme says: one attribute a row. Limits of lengths are in points, those of words in
 * characters. usual stands for a value of an element that is left out; NULL: nothing does. */
typedef struct fc_theme_row {
    const char *element, *attr;
    fc_theme_kind kind;
    fc_theme_need need;
    int min, max;
    const char *usual;
} fc_theme_row;

#define FC_LOGO_WORDS_HELP "write alt=\"...\", the words that stand in the logo, or whose it is"

/* Reports what is wrong with a value. */
void fc_theme_value(fc_front *c, const fc_xattr *at, const fc_theme_row *r);
/* "595.28" in points. False: it is something else. */
bool fc_theme_points(fc_str s, double *points);

#define FC_THEME_HUES 8 /* colours of one element, at most */

typedef struct fc_theme_hue {
    const char *name; /* "accent" */
    int rgb[3];       /* 0 to 255 */
    fc_span at;       /* where it is said; nowhere when it is not the theme that says it */
    bool known;       /* rgb is a colour */
    bool own;         /* the theme says it itself, and not the one that it begins from */
    bool fixed;       /* it is no colour of the theme */
} fc_theme_hue;

/* "0B3D63". False: it is not a colour. */
bool fc_theme_colour(fc_str s, int rgb[3]);
/* Reports colours that are too much alike. Those with a "page" are for a dark screen. */
void fc_theme_contrast(fc_front *c, const fc_theme_hue *hues, size_t n);

#endif
