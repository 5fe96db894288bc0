/* Themes: what a look may say, and whether people can read it. */
#include "compiler/theme_parts.h"
#include "runtime/base/digest.h"
#include "runtime/base/xmlwrite.h"
#include "runtime/plan/plan.h"

#include <string.h>

#define TYPE_MIN 6  /* smaller than this is a slip of the finger, */
#define TYPE_MAX 48 /* and with larger letters a line holds two words */
#define SIDE_MIN 18 /* printers do not reach the edge of the paper */
#define SIDE_MAX 200
#define PAPER_MIN 280  /* A6 is 298 points wide */
#define PAPER_MAX 1700 /* A2 is 1684 high */
#define TEXT_MIN 220   /* of the page between its margins: tables have four columns */
#define NAME_MAX 60    /* of fonts: the longest in Debian have 40 letters */
#define LOGO_MIN 12    /* of a logo's height: that of a line */
#define LOGO_MAX 120   /* more is a poster */
#define LINE_MAX 200   /* two lines at the foot of a page */

static const fc_theme_row rows[] = {
    {"font", "body", FC_THEME_FONT, FC_THEME_ALWAYS, 1, NAME_MAX, NULL},
    {"font", "office", FC_THEME_FONT, FC_THEME_ALWAYS, 1, NAME_MAX, NULL},
    {"font", "web", FC_THEME_FONT, FC_THEME_MAY, 1, NAME_MAX, NULL},
    {"size", "body", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "small", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "hint", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "title", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "h1", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "h2", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"size", "h3", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "body", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "small", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "hint", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "title", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "h1", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "h2", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"office", "h3", FC_THEME_POINTS, FC_THEME_ALWAYS, TYPE_MIN, TYPE_MAX, NULL},
    {"colour", "text", FC_THEME_COLOUR, FC_THEME_ALWAYS, 0, 0, NULL},
    {"colour", "accent", FC_THEME_COLOUR, FC_THEME_ALWAYS, 0, 0, NULL},
    {"colour", "muted", FC_THEME_COLOUR, FC_THEME_ALWAYS, 0, 0, NULL},
    {"colour", "rule", FC_THEME_COLOUR, FC_THEME_ALWAYS, 0, 0, NULL},
    {"colour", "shade", FC_THEME_COLOUR, FC_THEME_ALWAYS, 0, 0, NULL},
    {"colour", "field", FC_THEME_COLOUR, FC_THEME_ALWAYS, 0, 0, NULL},
    {"page", "width", FC_THEME_POINTS, FC_THEME_ALWAYS, PAPER_MIN, PAPER_MAX, NULL},
    {"page", "height", FC_THEME_POINTS, FC_THEME_ALWAYS, PAPER_MIN, PAPER_MAX, NULL},
    {"page", "top", FC_THEME_POINTS, FC_THEME_ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"page", "right", FC_THEME_POINTS, FC_THEME_ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"page", "bottom", FC_THEME_POINTS, FC_THEME_ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"page", "left", FC_THEME_POINTS, FC_THEME_ALWAYS, SIDE_MIN, SIDE_MAX, NULL},
    {"organisation", "name", FC_THEME_WORDS, FC_THEME_WITH, 1, LINE_MAX, NULL},
    {"logo", "file", FC_THEME_FILE, FC_THEME_WITH, 0, 0, NULL},
    {"logo", "alt", FC_THEME_WORDS, FC_THEME_WITH, 1, LINE_MAX, NULL},
    {"logo", "height", FC_THEME_POINTS, FC_THEME_WITH, LOGO_MIN, LOGO_MAX, NULL},
    {"header", "text", FC_THEME_WORDS, FC_THEME_WITH, 1, LINE_MAX, NULL},
    {"footer", "text", FC_THEME_WORDS, FC_THEME_WITH, 1, LINE_MAX, NULL},
    {"dark", "page", FC_THEME_COLOUR, FC_THEME_WITH, 0, 0, "16191D"},
    {"dark", "text", FC_THEME_COLOUR, FC_THEME_WITH, 0, 0, "ECEFF1"},
    {"dark", "accent", FC_THEME_COLOUR, FC_THEME_WITH, 0, 0, "9ECBFF"},
    {"dark", "muted", FC_THEME_COLOUR, FC_THEME_WITH, 0, 0, "B4BEC8"},
    {"dark", "rule", FC_THEME_COLOUR, FC_THEME_WITH, 0, 0, "76838F"},
    {"dark", "shade", FC_THEME_COLOUR, FC_THEME_WITH, 0, 0, "22282F"},
    {"dark", "field", FC_THEME_COLOUR, FC_THEME_WITH, 0, 0, "98A5B1"},
};
#define ROWS (sizeof rows / sizeof *rows)

/* A theme while it is read. */
typedef struct theming {
    fc_front c;
    const fc_xelem *root;
    const fc_xelem *base; /* the theme of formc's that it begins from, or NULL */
} theming;

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

static bool has(const theming *t, const char *element)
{
    return find_element(t->root, element) || (t->base && find_element(t->base, element));
}

/* What the theme says, or else the one that it begins from; NULL: nothing. */
static const fc_xattr *value(const theming *t, const char *element, const char *attr)
{
    const fc_xelem *x = find_element(t->root, element);
    const fc_xattr *at = x ? fc_attr(x, attr) : NULL;
    if (!at && t->base && (x = find_element(t->base, element)))
        at = fc_attr(x, attr);
    return at;
}

/* ---- which elements and attributes there are ---- */

static void check_attrs(theming *t, const fc_xelem *x)
{
    fc_front *c = &t->c;
    for (size_t i = 0; i < x->n_attrs; i++) {
        const fc_theme_row *r = NULL;
        fc_names known = {.c = c};
        for (size_t k = 0; k < ROWS; k++) {
            if (!fc_str_eq_z(x->name, rows[k].element))
                continue;
            fc_names_add(&known, fc_str_of(rows[k].attr));
            if (fc_str_eq_z(x->attrs[i].name, rows[k].attr))
                r = &rows[k];
        }
        if (r) {
            fc_theme_value(c, &x->attrs[i], r);
            continue;
        }
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_ATTR, x->attrs[i].name_at,
                              "<%.*s> has no attribute \"%.*s\"", FC_ARG(x->name),
                              FC_ARG(x->attrs[i].name));
        fc_help_names(c, g, &known, x->attrs[i].name, "it has");
    }
    for (size_t k = 0; k < ROWS; k++) {
        const fc_theme_row *r = &rows[k];
        if (!fc_str_eq_z(x->name, r->element) || r->need == FC_THEME_MAY ||
            value(t, r->element, r->attr))
            continue;
        if (strcmp(r->attr, "alt") == 0) {
            fc_diag *g = fc_wrong(c, FC_C_LOGO_WORDS, x->name_at,
                                  "the logo has no words for people who do not see it");
            fc_diag_help(c->d, g, FC_LOGO_WORDS_HELP);
            continue;
        }
        fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<%.*s> has no \"%s\"",
                              FC_ARG(x->name), r->attr);
        fc_diag_help(c->d, g, "add %s=\"...\"; docs/restyling.md says what it is for", r->attr);
    }
}

static void check_root(fc_front *c, const fc_xelem *root)
{
    static const char *const known[] = {"name", "from", "lang", NULL};
    for (size_t i = 0; i < root->n_attrs; i++)
        if (!fc_in_list(known, root->attrs[i].name)) {
            fc_diag *g =
                fc_wrong(c, FC_C_NO_SUCH_ATTR, root->attrs[i].name_at,
                         "<theme> has no attribute \"%.*s\"", FC_ARG(root->attrs[i].name));
            fc_diag_help(c->d, g, "it has name, from and lang");
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

static void check_child(theming *t, const fc_xelem *x)
{
    fc_front *c = &t->c;
    const fc_xelem *root = t->root;
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
    check_attrs(t, x);
}

static void check_elements(theming *t)
{
    fc_front *c = &t->c;
    const fc_xelem *root = t->root;
    for (size_t i = 0; i < root->kids.n; i++) {
        const fc_xkid *kid = &root->kids.at[i];
        if (kid->elem) {
            check_child(t, kid->elem);
        } else if (fc_str_trim(kid->text).n) {
            fc_diag *g = fc_wrong(c, FC_C_STRAY_TEXT, fc_source_of_text(c->text, root, i),
                                  "text may not stand directly in <theme>");
            fc_diag_help(c->d, g, "remove it, or make it a comment: <!-- ... -->");
        }
    }
    for (size_t k = 0; k < ROWS; k++) {
        if (rows[k].need != FC_THEME_ALWAYS || !begins_element(k) || has(t, rows[k].element))
            continue;
        fc_diag *g =
            fc_wrong(c, FC_C_NO_CHILD, root->name_at, "<theme> has no <%s>", rows[k].element);
        fc_diag_help(c->d, g,
                     "add <%s .../>, which docs/restyling.md describes, or from=\"plain\" to "
                     "<theme>: what is left out is then as it is there",
                     rows[k].element);
    }
}

/* ---- what the values are together ---- */

static void check_paper(theming *t)
{
    fc_front *c = &t->c;
    static const char *const sides[2][3] = {{"width", "left", "right"},
                                            {"height", "top", "bottom"}};
    for (size_t i = 0; i < 2; i++) {
        double length[3];
        bool known = true;
        for (size_t k = 0; k < 3; k++) {
            const fc_xattr *at = value(t, "page", sides[i][k]);
            known = known && at && fc_theme_points(at->value, &length[k]);
        }
        if (!known || length[0] - length[1] - length[2] >= TEXT_MIN)
            continue;
        fc_diag *g =
            fc_wrong(c, FC_C_THEME_VALUE, value(t, "page", sides[i][0])->value_at,
                     "between %s and %s there is no room for text", sides[i][1], sides[i][2]);
        fc_diag_help(c->d, g, "leave at least %d points of the %s", TEXT_MIN, sides[i][0]);
    }
}

/* A colour of <colour> or <dark>; the usual one where that was left out. */
static fc_theme_hue hue_of(const theming *t, const fc_theme_row *r)
{
    fc_theme_hue h = {.name = r->attr};
    const fc_xattr *at = value(t, r->element, r->attr);
    fc_str s = at                                ? at->value
               : has(t, r->element) || !r->usual ? (fc_str){0}
                                                 : fc_str_of(r->usual);
    h.known = fc_theme_colour(s, h.rgb);
    h.at = at ? at->value_at : (fc_span){0};
    h.own = at && at->value_at.source == t->c.source;
    return h;
}

static void check_colours(theming *t, const char *element)
{
    fc_theme_hue hues[FC_THEME_HUES];
    size_t n = 0;
    for (size_t k = 0; k < ROWS; k++)
        if (strcmp(rows[k].element, element) == 0)
            hues[n++] = hue_of(t, &rows[k]);
    fc_theme_contrast(&t->c, hues, n);
}

/* ---- the logo ---- */

#define LOGO_SHARE 0.5 /* of the width of the text: the rest is for the organisation's name */

/* The width in points, of a height in points. */
static double logo_width(const fc_picture *p, double height)
{
    return height * p->width / p->height;
}

static void read_logo(theming *t, const fc_theme_folder *folder, fc_theme *out)
{
    fc_front *c = &t->c;
    const fc_xattr *file = value(t, "logo", "file"), *at = value(t, "logo", "height");
    const char *why = "", *help = "put the picture into the theme's folder";
    double height, width, left, right;
    fc_str bytes;
    fc_picture *p = FC_NEW(c->a, fc_picture);
    if (!file || !folder)
        return;
    fc_status s = folder->read(folder->user, c->a, fc_str_trim(file->value),
                               FC_PICTURE_BYTES_MAX, &bytes, &why);
    if (s == FC_OK)
        s = fc_picture_read(c->a, bytes, p, &why, &help);
    if (s != FC_OK) {
        fc_diag *g = fc_wrong(c, FC_C_LOGO, file->value_at, "%.*s cannot be the logo: %s",
                              FC_ARG(file->value), why);
        fc_diag_help(c->d, g, "%s", help);
        return;
    }
    const fc_xattr *wide = value(t, "page", "width"), *begin = value(t, "page", "left"),
                   *end = value(t, "page", "right");
    if (!at || !wide || !begin || !end || !fc_theme_points(at->value, &height) ||
        !fc_theme_points(wide->value, &width) || !fc_theme_points(begin->value, &left) ||
        !fc_theme_points(end->value, &right))
        return;
    double most = (width - left - right) * LOGO_SHARE;
    if (logo_width(p, height) > most) {
        fc_diag *g =
            fc_wrong(c, FC_C_LOGO, at->value_at, "at this height the logo is %d points wide",
                     (int)logo_width(p, height));
        fc_diag_help(c->d, g, "make height %d or less: it may be half as wide as the text",
                     (int)(height * most / logo_width(p, height)));
        return;
    }
    out->logo = p;
}

/* ---- what stylesheets get ---- */

static void put_logo(fc_front *c, fc_xml_writer *w, const fc_picture *p, const fc_xattr *at)
{
    double height = 0;
    if (!fc_theme_points(at->value, &height))
        return;
    fc_xml_attr(w, "width", fc_str_fmt(c->a, "%.2f", logo_width(p, height)));
    fc_xml_attr(w, "png", fc_base64(c->a, p->png));
}

/* The theme with what stands for everything that was left out, words without white space at
 * their ends, and the direction of its language. */
static fc_str canonical(theming *t, const fc_theme *out)
{
    fc_front *c = &t->c;
    fc_buf b;
    fc_xml_writer w;
    fc_buf_init_in(&b, c->a, FC_BUF_MAX);
    fc_xml_begin(&w, &b);
    fc_xml_open(&w, "theme");
    fc_xml_attr_z(&w, "xmlns", FC_THEME_NS);
    fc_xml_attr(&w, "name", fc_attr_value(t->root, "name"));
    fc_str lang = fc_attr_value(t->root, "lang");
    if (lang.n) {
        fc_xml_attr(&w, "lang", lang);
        fc_xml_attr_z(&w, "dir", fc_lang_is_rtl(lang) ? "rtl" : "ltr");
    }
    for (size_t k = 0; k < ROWS;) {
        const char *element = rows[k].element;
        bool there = has(t, element), usual = !there && rows[k].usual;
        if (there || usual)
            fc_xml_open(&w, element);
        for (size_t from = k; k < ROWS && (k == from || !begins_element(k)); k++) {
            const fc_xattr *at = value(t, element, rows[k].attr);
            if (at)
                fc_xml_attr(&w, rows[k].attr, fc_words_of(c, at->value));
            else if (usual)
                fc_xml_attr_z(&w, rows[k].attr, rows[k].usual);
        }
        if (out->logo && strcmp(element, "logo") == 0)
            put_logo(c, &w, out->logo, value(t, "logo", "height"));
        if (there || usual)
            fc_xml_close(&w);
    }
    fc_xml_close(&w);
    fc_str s = fc_buf_keep(&b, c->a);
    fc_buf_release(&b);
    return s;
}

/* ---- reading ---- */

static fc_status read_tree(fc_front *c, fc_str name, fc_str bytes, const fc_xelem **root)
{
    fc_xelem *x;
    fc_status s = fc_source_read(c->a, name, bytes, c->d, &x, &c->source, &c->text);
    if (s != FC_OK)
        return s;
    *root = x;
    if (fc_str_eq_z(x->name, "theme") && fc_str_eq_z(x->ns, FC_THEME_NS))
        return FC_OK;
    fc_diag *g = fc_wrong(c, FC_C_NOT_A_THEME, x->name_at,
                          "this is not a theme: it begins with <%.*s>", FC_ARG(x->name));
    fc_diag_help(c->d, g, "a theme begins with <theme xmlns=\"" FC_THEME_NS "\" name=\"...\">");
    return FC_FOUND;
}

/* The theme that this one begins from. */
static fc_status read_base(theming *t, const fc_theme_folder *folder, fc_theme *out)
{
    fc_front *c = &t->c, base = {.a = c->a, .d = c->d};
    const fc_xattr *from = fc_attr(t->root, "from");
    if (!from || !folder)
        return FC_OK;
    fc_str name = fc_str_trim(from->value), bytes = folder->own(folder->user, c->a, name);
    if (!bytes.n) {
        fc_diag *g = fc_wrong(c, FC_C_THEME_VALUE, from->value_at,
                              "formc has no theme \"%.*s\"", FC_ARG(name));
        fc_diag_help(c->d, g,
                     "it has plain, large-print, nhs-like and council-like; a theme of yours "
                     "begins from one of these");
        return FC_FOUND;
    }
    out->from = fc_str_copy(c->a, name);
    return read_tree(&base, fc_str_fmt(c->a, "themes/%.*s/theme.xml", FC_ARG(name)), bytes,
                     &t->base);
}

fc_status fc_theme_read(fc_arena *a, fc_str name, fc_str bytes, const fc_theme_folder *folder,
                        fc_diags *d, fc_theme *out)
{
    theming t = {.c = {.a = a, .d = d}};
    size_t before = d->errors;
    *out = (fc_theme){0};
    fc_status s = read_tree(&t.c, name, bytes, &t.root);
    if (s == FC_OK)
        s = read_base(&t, folder, out);
    if (s != FC_OK)
        return s;
    check_root(&t.c, t.root);
    check_elements(&t);
    check_colours(&t, "colour");
    check_colours(&t, "dark");
    check_paper(&t);
    if (d->errors == before)
        read_logo(&t, folder, out);
    if (d->errors != before)
        return FC_FOUND;
    out->xml = canonical(&t, out);
    out->header = has(&t, "header");
    return FC_OK;
}
