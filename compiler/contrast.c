/* Whether the colours of a theme can be told from each other. */
#include "compiler/theme_parts.h"

#include <math.h>
#include <string.h>

/* Which colour stands on which, and how much they have to differ: WCAG 2.2, 1.4.3 for text and
 * 1.4.11 for lines that say where something is. "#..." are colours that the page for browsers
 * brings itself (styles/base/html/page.css). */
typedef struct pair {
    const char *colour, *on;
    double least;
    const char *what;
} pair;

static const pair pairs[] = {
    {"text", "page", 4.5, "text on paper"},
    {"accent", "page", 4.5, "headings on paper"},
    {"muted", "page", 4.5, "hints on paper"},
    {"text", "shade", 4.5, "labels on their shade"},
    {"accent", "shade", 4.5, "heads of columns on their shade"},
    {"muted", "shade", 4.5, "hints on the shade"},
    {"rule", "page", 3.0, "lines of tables on paper"},
    {"field", "page", 3.0, "borders of answer boxes on paper"},
    {"#C4001A", "shade", 4.5, "what is wrong, in red, on the shade"},
};

static const pair dark_pairs[] = {
    {"text", "page", 4.5, "text on the dark page"},
    {"accent", "page", 4.5, "headings on the dark page"},
    {"muted", "page", 4.5, "hints on the dark page"},
    {"text", "shade", 4.5, "text on the dark shade"},
    {"accent", "shade", 4.5, "headings on the dark shade"},
    {"muted", "shade", 4.5, "hints on the dark shade"},
    {"rule", "page", 3.0, "lines on the dark page"},
    {"field", "page", 3.0, "borders of answer boxes on the dark page"},
    {"#FF9C9C", "page", 4.5, "what is wrong, in red, on the dark page"},
    {"#FF9C9C", "shade", 4.5, "what is wrong, in red, on the dark shade"},
    {"#86E0A8", "page", 4.5, "what is done, in green, on the dark page"},
};

/* WCAG 2.2, "relative luminance". */
static double luminance(const int rgb[3])
{
    static const double share[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (size_t i = 0; i < 3; i++) {
        double v = rgb[i] / 255.0;
        sum += share[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(const int a[3], const int b[3])
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* The colour of this name. A theme without "page" is for white paper. */
static fc_theme_hue find(const fc_theme_hue *hues, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(hues[i].name, name) == 0)
            return hues[i];
    fc_theme_hue h = {.name = name, .fixed = true};
    h.known = fc_theme_colour(fc_str_of(name[0] == '#' ? name + 1 : "FFFFFF"), h.rgb);
    return h;
}

static void check_pair(fc_front *c, const pair *p, fc_theme_hue front, fc_theme_hue back,
                       bool dark)
{
    double have = contrast(front.rgb, back.rgb);
    if (have >= p->least)
        return;
    int tenths = (int)(have * 10); /* rounded down: 4.49 is not enough */
    int least = (int)(p->least * 10);
    bool at_back = front.fixed || (!front.own && back.own);
    fc_diag *g = fc_wrong(c, FC_C_CONTRAST, at_back ? back.at : front.at,
                          "%s: the contrast is %d.%d to 1, and has to be %d.%d", p->what,
                          tenths / 10, tenths % 10, least / 10, least % 10);
    const char *more = dark ? "lighter" : "darker", *less = dark ? "darker" : "lighter";
    if (front.fixed)
        fc_diag_help(c->d, g, "make %s %s", p->on, less);
    else if (back.fixed)
        fc_diag_help(c->d, g, "make %s %s", p->colour, more);
    else
        fc_diag_help(c->d, g, "make %s %s, or the %s %s", p->colour, more, p->on, less);
}

void fc_theme_contrast(fc_front *c, const fc_theme_hue *hues, size_t n)
{
    bool dark = !find(hues, n, "page").fixed;
    const pair *list = dark ? dark_pairs : pairs;
    size_t count = dark ? sizeof dark_pairs / sizeof *dark_pairs : sizeof pairs / sizeof *pairs;
    for (size_t i = 0; i < count; i++) {
        fc_theme_hue front = find(hues, n, list[i].colour), back = find(hues, n, list[i].on);
        if (front.known && back.known)
            check_pair(c, &list[i], front, back, dark);
    }
}
