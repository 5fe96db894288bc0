/* What a theme says, value by value. */
#include "compiler/theme_parts.h"

#include <ctype.h>
#include <string.h>

/* The font that the PDF is set in: its files are built in (styles/fonts). */
#define PDF_FONT "Noto Sans"

/* "595.28": digits, and behind a full stop up to three more. False: it is something else. */
bool fc_theme_points(fc_str s, double *points)
{
    size_t whole = 0, part = 0;
    double value = 0, place = 0.1;
    bool stop = false;
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch == '.' && !stop && whole) {
            stop = true;
        } else if (ch >= '0' && ch <= '9' && !stop) {
            value = value * 10 + (ch - '0');
            whole++;
        } else if (ch >= '0' && ch <= '9') {
            value += (ch - '0') * place;
            place /= 10;
            part++;
        } else {
            return false;
        }
    }
    *points = value;
    return whole && whole <= 4 && part <= 3 && stop == (part > 0);
}

bool fc_theme_colour(fc_str s, int rgb[3])
{
    if (s.n != 6)
        return false;
    for (size_t i = 0; i < 3; i++) {
        int value = 0;
        for (size_t k = 0; k < 2; k++) {
            char ch = s.p[2 * i + k];
            if (ch >= '0' && ch <= '9')
                value = value * 16 + ch - '0';
            else if (ch >= 'A' && ch <= 'F')
                value = value * 16 + ch - 'A' + 10;
            else
                return false;
        }
        rgb[i] = value;
    }
    return true;
}

/* The name of a font stands between quotes in a style sheet. */
static bool is_font_name(fc_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if (ch < 0x80 && !isalnum(ch) && ch != ' ' && ch != '-' && ch != '.')
            return false;
    }
    return true;
}

/* A file in the theme's own folder. */
static bool is_file_name(fc_str s)
{
    if (!s.n || s.n > 100 || s.p[0] == '.')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '/' || s.p[i] == '\\' || (unsigned char)s.p[i] < 0x20)
            return false;
    return true;
}

static void check_words(fc_front *c, const fc_xattr *at, const fc_theme_row *r)
{
    fc_str s = fc_str_trim(at->value);
    size_t n = fc_utf8_count(s);
    fc_diag *g = NULL;
    bool font = r->kind == FC_THEME_FONT;
    if (n < (size_t)r->min && strcmp(r->attr, "alt") == 0) {
        g = fc_wrong(c, FC_C_LOGO_WORDS, at->value_at, "the logo's words are empty");
        fc_diag_help(c->d, g, FC_LOGO_WORDS_HELP);
    } else if (n < (size_t)r->min) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at,
                     font ? "a font has no name" : "\"%s\" is empty", r->attr);
        if (font)
            fc_diag_help(c->d, g, "write the name of a font, such as Arial");
        else
            fc_diag_help(c->d, g, "write the words, or take the whole <%s> out", r->element);
    } else if (n > (size_t)r->max) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at, "\"%s\" has %zu characters", r->attr,
                     n);
        fc_diag_help(c->d, g, "make it %d at most", r->max);
    } else if (font && !is_font_name(s)) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at, "\"%.*s\" is not the name of one font",
                     FC_ARG(s));
        fc_diag_help(c->d, g, "write letters, digits, spaces, full stops and hyphens");
    } else if (font && strcmp(r->attr, "body") == 0 && !fc_str_eq_z(s, PDF_FONT)) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at, "the PDF cannot be set in \"%.*s\"",
                     FC_ARG(s));
        fc_diag_help(c->d, g,
                     "write " PDF_FONT ", whose files formc has; the Word document's font is "
                     "office, that of the page for browsers is web");
    }
}

void fc_theme_value(fc_front *c, const fc_xattr *at, const fc_theme_row *r)
{
    double points;
    int rgb[3];
    fc_diag *g;
    if (r->kind == FC_THEME_FONT || r->kind == FC_THEME_WORDS) {
        check_words(c, at, r);
    } else if (r->kind == FC_THEME_FILE && !is_file_name(at->value)) {
        g = fc_wrong(c, FC_C_LOGO, at->value_at, "\"%.*s\" is not the name of a file here",
                     FC_ARG(at->value));
        fc_diag_help(c->d, g, "put the file into the theme's folder, and write its name only");
    } else if (r->kind == FC_THEME_COLOUR && !fc_theme_colour(at->value, rgb)) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at, "\"%.*s\" is not a colour",
                     FC_ARG(at->value));
        fc_diag_help(
            c->d, g,
            "write six digits and letters A to F for red, green and blue, like 0B3D63");
    } else if (r->kind == FC_THEME_POINTS &&
               (!fc_theme_points(at->value, &points) || points < r->min || points > r->max)) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at,
                     "\"%.*s\" is not a length from %d to %d", FC_ARG(at->value), r->min,
                     r->max);
        fc_diag_help(c->d, g, "write a number of points, without a unit: 11 or 595.28");
    }
}
