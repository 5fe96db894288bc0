/* Themes: what a look may say, and whether people can read it. */
#include "compiler/theme_parts.h"
#include "runtime/base/xmlwrite.h"

#include <ctype.h>
#include <string.h>

/* Kinds of values. */
typedef enum value_kind { FONT, WORDS, POINTS, COLOUR } value_kind;

/* Whether a value has to be there. */
typedef enum value_need {
    ALWAYS, /* in every theme */
    WITH,   /* when its element is there */
    MAY     /* as people like */
} value_need;

/* What a theme says: one attribute a row. Limits of lengths are in points, those of words in
 * characters. What stands for a value of an element that is left out; NULL: nothing does. */
typedef struct token_row {
    const char *element, *attr;
    value_kind kind;
    value_need need;
    int min, max;
    const char *usual;
} token_row;

#define TYPE_MIN 6  /* smaller than this is a slip of the finger, */
#define TYPE_MAX 48 /* and with larger letters a line holds two words */
#define SIDE_MIN 18 /* printers do not reach the edge of the paper */
#define SIDE_MAX 200
#define PAPER_MIN 280  /* A6 is 298 points wide */
#define PAPER_MAX 1700 /* A2 is 1684 high */
#define TEXT_MIN 220   /* of the page between its margins: tables have four columns */
#define NAME_MAX 60    /* of fonts: the longest in Debian have 40 letters */
#define LINE_MAX 200   /* two lines at the foot of a page */

static const token_row rows[] = {
    {"font", "body", FONT, ALWAYS, 1, NAME_MAX, NULL},
    {"font", "office", FONT, ALWAYS, 1, NAME_MAX, NULL},
    {"font", "web", FONT, MAY, 1, NAME_MAX, NULL},
    {"size", "body", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "small", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "hint", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "title", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "h1", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "h2", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "h3", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "body", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "small", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "hint", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "title", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "h1", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "h2", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "h3", POINTS, ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"colour", "text", COLOUR, ALWAYS, 0, 0, NULL},
    {"colour", "accent", COLOUR, ALWAYS, 0, 0, NULL},
    {"colour", "muted", COLOUR, ALWAYS, 0, 0, NULL},
    {"colour", "rule", COLOUR, ALWAYS, 0, 0, NULL},
    {"colour", "shade", COLOUR, ALWAYS, 0, 0, NULL},
    {"colour", "field", COLOUR, ALWAYS, 0, 0, NULL},
    {"page", "width", POINTS, ALWAYS, PAPER_MIN, PAPER_MAX, NULL},
    {"page", "height", POINTS, ALWAYS, PAPER_MIN, PAPER_MAX, NULL},
    {"page", "top", POINTS, ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"page", "right", POINTS, ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"page", "bottom", POINTS, ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"page", "left", POINTS, ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"organisation", "name", WORDS, WITH, 1, LINE_MAX, NULL},
    {"header", "text", WORDS, WITH, 1, LINE_MAX, NULL},
    {"footer", "text", WORDS, WITH, 1, LINE_MAX, NULL},
    {"dark", "page", COLOUR, WITH, 0, 0, "16191D"},
    {"dark", "text", COLOUR, WITH, 0, 0, "ECEFF1"},
    {"dark", "accent", COLOUR, WITH, 0, 0, "9ECBFF"},
    {"dark", "muted", COLOUR, WITH, 0, 0, "B4BEC8"},
    {"dark", "rule", COLOUR, WITH, 0, 0, "76838F"},
    {"dark", "shade", COLOUR, WITH, 0, 0, "22282F"},
    {"dark", "field", COLOUR, WITH, 0, 0, "98A5B1"},
};
#define ROWS (sizeof rows / sizeof *rows)

/* The font that the PDF is set in: its files are built in (styles/fonts). */
#define PDF_FONT "Noto Sans"

static bool begins_element(size_t row)
{
    return row == 0 || strcmp(rows[row].element, rows[row - 1].element) != 0;
}

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

static void check_words(fc_front *c, const fc_xattr *at, const token_row *r)
{
    fc_str s = fc_str_trim(at->value);
    size_t n = fc_utf8_count(s);
    fc_diag *g = NULL;
    bool font = r->kind == FONT;
    if (n < (size_t)r->min) {
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

static void check_value(fc_front *c, const fc_xattr *at, const token_row *r)
{
    double points;
    int rgb[3];
    fc_diag *g;
    if (r->kind == FONT || r->kind == WORDS) {
        check_words(c, at, r);
    } else if (r->kind == COLOUR && !fc_theme_colour(at->value, rgb)) {
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
        if (fc_str_eq_z(x->name, rows[k].element) && rows[k].need != MAY &&
            !fc_attr(x, rows[k].attr)) {
            fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<%.*s> has no \"%s\"",
                                  FC_ARG(x->name), rows[k].attr);
            fc_diag_help(c->d, g, "add %s=\"...\"; docs/restyling.md says what it is for",
                         rows[k].attr);
        }
}

static void check_root(fc_front *c, const fc_xelem *root)
{
    for (size_t i = 0; i < root->n_attrs; i++)
        if (!fc_str_eq_z(root->attrs[i].name, "name") &&
            !fc_str_eq_z(root->attrs[i].name, "lang")) {
            fc_diag *g =
                fc_wrong(c, FC_C_NO_SUCH_ATTR, root->attrs[i].name_at,
                         "<theme> has no attribute \"%.*s\"", FC_ARG(root->attrs[i].name));
            fc_diag_help(c->d, g, "it has name and lang");
        }
    const fc_xattr *name = fc_attr(root, "name"), *lang = fc_attr(root, "lang");
    if (!name || !fc_str_trim(name->value).n) {
        fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, root->name_at, "<theme> has no \"name\"");
        fc_diag_help(c->d, g, "add name=\"...\", what you call this theme");
    }
    if (lang && !fc_is_language(lang->value)) {
        fc_diag *g = fc_wrong(c, FC_C_THEME_VALUE, lang->value_at, "\"%.*s\" is not a language",
                              FC_ARG(lang->value));
        fc_diag_help(c->d, g, "write the tag of a language, such as en-GB or cy");
    }
}

static void check_child(fc_front *c, const fc_xelem *root, const fc_xelem *x)
{
    fc_names known = {.c = c};
    bool there = false;
    for (size_t k = 0; k < ROWS; k++) {
        if (begins_element(k))
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
        if (rows[k].need != ALWAYS || !begins_element(k) || find_element(root, rows[k].element))
            continue;
        fc_diag *g =
            fc_wrong(c, FC_C_NO_CHILD, root->name_at, "<theme> has no <%s>", rows[k].element);
        fc_diag_help(c->d, g, "add <%s .../>; docs/restyling.md says what it holds",
                     rows[k].element);
    }
}

/* ---- what the values are together ---- */

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

/* ---- what stylesheets get ---- */

/* The theme with what stands for elements that were left out, words without white space at
 * their ends, and the direction of its language. */
static fc_str canonical(fc_front *c, const fc_xelem *root)
{
    fc_buf b;
    fc_xml_writer w;
    fc_buf_init_in(&b, c->a, FC_BUF_MAX);
    fc_xml_begin(&w, &b);
    fc_xml_open(&w, "theme");
    fc_xml_attr_z(&w, "xmlns", FC_THEME_NS);
    fc_xml_attr(&w, "name", fc_attr_value(root, "name"));
    fc_str lang = fc_attr_value(root, "lang");
    if (lang.n) {
        fc_xml_attr(&w, "lang", lang);
        fc_xml_attr_z(&w, "dir", fc_lang_is_rtl(lang) ? "rtl" : "ltr");
    }
    for (size_t k = 0; k < ROWS;) {
        size_t from = k;
        const fc_xelem *x = find_element(root, rows[k].element);
        if (x || rows[k].usual)
            fc_xml_open(&w, rows[k].element);
        for (; k < ROWS && (k == from || !begins_element(k)); k++) {
            const fc_xattr *at = x ? fc_attr(x, rows[k].attr) : NULL;
            if (at)
                fc_xml_attr(&w, rows[k].attr, fc_attr_words(c, x, rows[k].attr));
            else if (!x && rows[k].usual)
                fc_xml_attr_z(&w, rows[k].attr, rows[k].usual);
        }
        if (x || rows[from].usual)
            fc_xml_close(&w);
    }
    fc_xml_close(&w);
    fc_str s = fc_buf_keep(&b, c->a);
    fc_buf_release(&b);
    return s;
}

/* A colour of <colour> or <dark>; the usual one where that was left out. */
static fc_theme_hue hue_of(const fc_xelem *x, const token_row *r)
{
    fc_theme_hue h = {.name = r->attr};
    const fc_xattr *at = x ? fc_attr(x, r->attr) : NULL;
    fc_str s = at ? at->value : x || !r->usual ? (fc_str){0} : fc_str_of(r->usual);
    h.known = fc_theme_colour(s, h.rgb);
    h.at = at ? at->value_at : (fc_span){0};
    return h;
}

static void check_colours(fc_front *c, const fc_xelem *root, const char *element)
{
    fc_theme_hue hues[FC_THEME_HUES];
    size_t n = 0;
    for (size_t k = 0; k < ROWS; k++)
        if (strcmp(rows[k].element, element) == 0)
            hues[n++] = hue_of(find_element(root, element), &rows[k]);
    fc_theme_contrast(c, hues, n);
}

fc_status fc_theme_read(fc_arena *a, fc_str name, fc_str bytes, fc_diags *d, fc_theme *out)
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
    check_colours(&c, root, "colour");
    check_colours(&c, root, "dark");
    const fc_xelem *page = find_element(root, "page");
    if (page)
        check_paper(&c, page);
    if (d->errors != before)
        return FC_FOUND;
    out->xml = canonical(&c, root);
    out->header = find_element(root, "header") != NULL;
    return FC_OK;
}
