/* Themes: what a look may say, and whether people can read it. */
#include "compiler/theme.h"
#include "compiler/front.h"

#include <math.h>
#include <string.h>

/* Kinds of values. */
typedef enum value_kind { WORDS, POINTS, COLOUR } value_kind;

/* What a theme says: one attribute a row. Limits of lengths are in points. */
typedef struct token_row {
    const char *element, *attr;
    value_kind kind;
    int min, max;
} token_row;

#define TYPE_MIN 6  /* smaller than this is a slip of the finger, */
#define TYPE_MAX 48 /* and with larger letters a line holds two words */
#define SIDE_MIN 18 /* printers do not reach the edge of the paper */
#define SIDE_MAX 200
#define PAPER_MIN 280  /* A6 is 298 points wide */
#define PAPER_MAX 1700 /* A2 is 1684 high */
#define TEXT_MIN 220   /* of the page between its margins: tables have four columns */

static const token_row rows[] = {
    {"font", "body", WORDS, 0, 0},
    {"font", "office", WORDS, 0, 0},
    {"size", "body", POINTS, TYPE_MIN, TYPE_MAX},
    {"size", "small", POINTS, TYPE_MIN, TYPE_MAX},
    {"size", "hint", POINTS, TYPE_MIN, TYPE_MAX},
    {"size", "title", POINTS, TYPE_MIN, TYPE_MAX},
    {"size", "h1", POINTS, TYPE_MIN, TYPE_MAX},
    {"size", "h2", POINTS, TYPE_MIN, TYPE_MAX},
    {"size", "h3", POINTS, TYPE_MIN, TYPE_MAX},
    {"office", "body", POINTS, TYPE_MIN, TYPE_MAX},
    {"office", "small", POINTS, TYPE_MIN, TYPE_MAX},
    {"office", "hint", POINTS, TYPE_MIN, TYPE_MAX},
    {"office", "title", POINTS, TYPE_MIN, TYPE_MAX},
    {"office", "h1", POINTS, TYPE_MIN, TYPE_MAX},
    {"office", "h2", POINTS, TYPE_MIN, TYPE_MAX},
    {"office", "h3", POINTS, TYPE_MIN, TYPE_MAX},
    {"colour", "text", COLOUR, 0, 0},
    {"colour", "accent", COLOUR, 0, 0},
    {"colour", "muted", COLOUR, 0, 0},
    {"colour", "rule", COLOUR, 0, 0},
    {"colour", "shade", COLOUR, 0, 0},
    {"colour", "field", COLOUR, 0, 0},
    {"page", "width", POINTS, PAPER_MIN, PAPER_MAX},
    {"page", "height", POINTS, PAPER_MIN, PAPER_MAX},
    {"page", "top", POINTS, SIDE_MIN, SIDE_MAX},
    {"page", "right", POINTS, SIDE_MIN, SIDE_MAX},
    {"page", "bottom", POINTS, SIDE_MIN, SIDE_MAX},
    {"page", "left", POINTS, SIDE_MIN, SIDE_MAX},
};
#define ROWS (sizeof rows / sizeof *rows)

/* Which colour stands on which, and how much they have to differ: WCAG 2.2, 1.4.3 for text and
 * 1.4.11 for lines that say where something is. NULL is the paper. */
static const struct {
    const char *colour, *on;
    double least;
    const char *what;
} pairs[] = {
    {"text", NULL, 4.5, "text on paper"},
    {"accent", NULL, 4.5, "headings on paper"},
    {"muted", NULL, 4.5, "hints on paper"},
    {"text", "shade", 4.5, "labels on their shade"},
    {"accent", "shade", 4.5, "heads of columns on their shade"},
    {"muted", "shade", 4.5, "hints on the shade"},
    {"rule", NULL, 3.0, "lines of tables on paper"},
    {"field", NULL, 3.0, "borders of answer boxes on paper"},
};

static const fc_xelem *find_element(const fc_xelem *root, const char *name)
{
    for (size_t i = 0; i < root->kids.n; i++) {
        const fc_xelem *x = root->kids.at[i].elem;
        if (x && fc_str_eq_z(x->name, name) && fc_str_eq_z(x->ns, FC_THEME_NS))
            return x;
    }
    return NULL;
}

/* ---- values ---- */

/* "595.28": digits, and behind a full stop up to three more. False: it is something else. */
static bool read_points(fc_str s, double *points)
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

static bool read_colour(fc_str s, int rgb[3])
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

static void check_value(fc_front *c, const fc_xattr *at, const token_row *r)
{
    double points;
    int rgb[3];
    fc_diag *g;
    if (r->kind == WORDS && !fc_str_trim(at->value).n) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at, "a font has no name");
        fc_diag_help(c->d, g, "write the name of a font, such as Arial");
    } else if (r->kind == COLOUR && !read_colour(at->value, rgb)) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at, "\"%.*s\" is not a colour",
                     FC_ARG(at->value));
        fc_diag_help(
            c->d, g,
            "write six digits and letters A to F for red, green and blue, like 0B3D63");
    } else if (r->kind == POINTS &&
               (!read_points(at->value, &points) || points < r->min || points > r->max)) {
        g = fc_wrong(c, FC_C_THEME_VALUE, at->value_at,
                     "\"%.*s\" is not a length from %d to %d", FC_ARG(at->value), r->min,
                     r->max);
        fc_diag_help(c->d, g, "write a number of points, without a unit: 11 or 595.28");
    }
}

/* ---- which elements and attributes there are ---- */

static void check_attrs(fc_front *c, const fc_xelem *x)
{
    for (size_t i = 0; i < x->n_attrs; i++) {
        const token_row *r = NULL;
        fc_names known = {.c = c};
        for (size_t k = 0; k < ROWS; k++) {
            if (!fc_str_eq_z(x->name, rows[k].element))
                continue;
            fc_names_add(&known, fc_str_of(rows[k].attr));
            if (fc_str_eq_z(x->attrs[i].name, rows[k].attr))
                r = &rows[k];
        }
        if (r) {
            check_value(c, &x->attrs[i], r);
            continue;
        }
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_ATTR, x->attrs[i].name_at,
                              "<%.*s> has no attribute \"%.*s\"", FC_ARG(x->name),
                              FC_ARG(x->attrs[i].name));
        fc_help_names(c, g, &known, x->attrs[i].name, "it has");
    }
    for (size_t k = 0; k < ROWS; k++)
        if (fc_str_eq_z(x->name, rows[k].element) && !fc_attr(x, rows[k].attr)) {
            fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<%.*s> has no \"%s\"",
                                  FC_ARG(x->name), rows[k].attr);
            fc_diag_help(c->d, g, "add %s=\"...\"; docs/restyling.md says what it is for",
                         rows[k].attr);
        }
}

static void check_root(fc_front *c, const fc_xelem *root)
{
    for (size_t i = 0; i < root->n_attrs; i++)
        if (!fc_str_eq_z(root->attrs[i].name, "name")) {
            fc_diag *g =
                fc_wrong(c, FC_C_NO_SUCH_ATTR, root->attrs[i].name_at,
                         "<theme> has no attribute \"%.*s\"", FC_ARG(root->attrs[i].name));
            fc_diag_help(c->d, g, "it has name");
        }
    const fc_xattr *name = fc_attr(root, "name");
    if (!name || !fc_str_trim(name->value).n) {
        fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, root->name_at, "<theme> has no \"name\"");
        fc_diag_help(c->d, g, "add name=\"...\", what you call this theme");
    }
}

static void check_child(fc_front *c, const fc_xelem *root, const fc_xelem *x)
{
    fc_names known = {.c = c};
    bool there = false;
    for (size_t k = 0; k < ROWS; k++) {
        if (k == 0 || strcmp(rows[k].element, rows[k - 1].element) != 0)
            fc_names_add(&known, fc_str_of(rows[k].element));
        there |= fc_str_eq_z(x->name, rows[k].element) && fc_str_eq_z(x->ns, FC_THEME_NS);
    }
    if (!there) {
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_ELEMENT, x->name_at, "a theme has no <%.*s>",
                              FC_ARG(x->name));
        fc_help_names(c, g, &known, x->name, "it has");
        return;
    }
    for (size_t i = 0; i < root->kids.n && root->kids.at[i].elem != x; i++) {
        const fc_xelem *before = root->kids.at[i].elem;
        if (before && fc_str_eq(before->name, x->name)) {
            fc_diag *g = fc_wrong(c, FC_C_ONCE, x->name_at, "<theme> may hold only one <%.*s>",
                                  FC_ARG(x->name));
            fc_diag_help(c->d, g, "keep one of them");
            return;
        }
    }
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem || fc_str_trim(x->kids.at[i].text).n) {
            fc_diag *g = fc_wrong(c, FC_C_STRAY_TEXT, x->name_at,
                                  "<%.*s> of a theme holds nothing", FC_ARG(x->name));
            fc_diag_help(c->d, g, "write what it says as attributes");
            break;
        }
    check_attrs(c, x);
}

static void check_elements(fc_front *c, const fc_xelem *root, fc_str text)
{
    for (size_t i = 0; i < root->kids.n; i++) {
        const fc_xkid *kid = &root->kids.at[i];
        if (kid->elem) {
            check_child(c, root, kid->elem);
        } else if (fc_str_trim(kid->text).n) {
            fc_diag *g = fc_wrong(c, FC_C_STRAY_TEXT, fc_source_of_text(text, root, i),
                                  "text may not stand directly in <theme>");
            fc_diag_help(c->d, g, "remove it, or make it a comment: <!-- ... -->");
        }
    }
    for (size_t k = 0; k < ROWS; k++) {
        if ((k && strcmp(rows[k].element, rows[k - 1].element) == 0) ||
            find_element(root, rows[k].element))
            continue;
        fc_diag *g =
            fc_wrong(c, FC_C_NO_CHILD, root->name_at, "<theme> has no <%s>", rows[k].element);
        fc_diag_help(c->d, g, "add <%s .../>; docs/restyling.md says what it holds",
                     rows[k].element);
    }
}

/* ---- what the values are together ---- */

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

static void check_contrast(fc_front *c, const fc_xelem *colours)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int front[3], back[3] = {255, 255, 255};
        const fc_xattr *at = fc_attr(colours, pairs[i].colour);
        const fc_xattr *on = pairs[i].on ? fc_attr(colours, pairs[i].on) : NULL;
        if (!at || !read_colour(at->value, front) || (pairs[i].on && !on) ||
            (on && !read_colour(on->value, back)))
            continue;
        double have = contrast(front, back);
        if (have >= pairs[i].least)
            continue;
        int tenths = (int)(have * 10); /* rounded down: 4.49 is not enough */
        int least = (int)(pairs[i].least * 10);
        fc_diag *g = fc_wrong(c, FC_C_CONTRAST, at->value_at,
                              "%s: the contrast is %d.%d to 1, and has to be %d.%d",
                              pairs[i].what, tenths / 10, tenths % 10, least / 10, least % 10);
        fc_diag_help(c->d, g, "make %s darker%s%s", pairs[i].colour, on ? ", or the shade" : "",
                     on ? " lighter" : "");
    }
}

static void check_paper(fc_front *c, const fc_xelem *page)
{
    static const char *const sides[2][3] = {{"width", "left", "right"},
                                            {"height", "top", "bottom"}};
    for (size_t i = 0; i < 2; i++) {
        double length[3];
        bool known = true;
        for (size_t k = 0; k < 3; k++) {
            const fc_xattr *at = fc_attr(page, sides[i][k]);
            known = known && at && read_points(at->value, &length[k]);
        }
        if (!known || length[0] - length[1] - length[2] >= TEXT_MIN)
            continue;
        fc_diag *g =
            fc_wrong(c, FC_C_THEME_VALUE, fc_attr(page, sides[i][0])->value_at,
                     "between %s and %s there is no room for text", sides[i][1], sides[i][2]);
        fc_diag_help(c->d, g, "leave at least %d points of the %s", TEXT_MIN, sides[i][0]);
    }
}

fc_status fc_theme_check(fc_arena *a, fc_str name, fc_str bytes, fc_diags *d)
{
    fc_xelem *root;
    fc_front c = {.a = a, .d = d};
    size_t before = d->errors;
    fc_str text;
    fc_status s = fc_source_read(a, name, bytes, d, &root, &c.source, &text);
    if (s != FC_OK)
        return s;
    c.text = text;
    if (!fc_str_eq_z(root->name, "theme") || !fc_str_eq_z(root->ns, FC_THEME_NS)) {
        fc_diag *g = fc_wrong(&c, FC_C_NOT_A_THEME, root->name_at,
                              "this is not a theme: it begins with <%.*s>", FC_ARG(root->name));
        fc_diag_help(d, g,
                     "a theme begins with <theme xmlns=\"" FC_THEME_NS "\" name=\"...\">");
        return FC_FOUND;
    }
    check_root(&c, root);
    check_elements(&c, root, text);
    const fc_xelem *colours = find_element(root, "colour"), *page = find_element(root, "page");
    if (colours)
        check_contrast(&c, colours);
    if (page)
        check_paper(&c, page);
    return d->errors == before ? FC_OK : FC_FOUND;
}
