/* Layout XML -> boxes (docs/layout.md). The XML comes from a stylesheet and a plan's answers:
 * its shape is checked, because a theme may bring a stylesheet of its own. */
#include "output/pdf/layout.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 12        /* the vocabulary nests 6 deep */
#define MAX_COLUMNS 12      /* narrower columns cannot be read on paper */
#define MAX_LINES 40        /* what fits on a page, with a heading */
#define PAD_MAX 72.0        /* points: an inch is more than any cell needs */
#define COLUMN_LEAST 12.0   /* points inside a column: a letter or two */
#define INDENT_SHARE 0.5    /* of the text's width: the rest is for words */
#define FURNITURE_SPACE 14  /* points between header or footer and the text, as drawn */
#define LINK_WORDS_MAX 4096 /* bytes: what a screen reader says of a link */
#define CHECK_VALUE_MAX 64  /* bytes: the name of a state; a PDF name ends at 127 */

typedef struct reader {
    fc_arena *arena;
    fc_diags *diags;
    fc_page_layout *out;
    size_t errors;
} reader;

static void drop_xml(void *doc)
{
    xmlFreeDoc(doc);
}

static void wrong(reader *r, const xmlNode *n, const char *what)
{
    r->errors++;
    fc_report(r->diags, FC_ERROR, "L101", (fc_span){0}, "the page layout has %s in \"%s\"",
              what, n != NULL && n->name != NULL ? (const char *)n->name : "document");
}

static bool is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && n->ns != NULL &&
           strcmp((const char *)n->ns->href, FC_LAYOUT_NS) == 0 &&
           strcmp((const char *)n->name, name) == 0;
}

static fc_str content(reader *r, const xmlNode *n)
{
    fc_str s = {0};
    xmlChar *z = xmlNodeGetContent(n);
    if (z == NULL)
        fc_arena_give_up(r->arena);
    /* Freed before the arena may give up: measure first. */
    size_t len = strlen((const char *)z);
    fc_buf b;
    fc_buf_init_in(&b, r->arena, len + 1);
    fc_buf_add(&b, z, len);
    xmlFree(z);
    bool failed = b.failed;
    if (!failed)
        s = fc_buf_keep(&b, r->arena);
    fc_buf_release(&b);
    if (failed)
        fc_arena_give_up(r->arena);
    return s;
}

/* Attributes are single text nodes: the tree was made without entities. */
static fc_str attr(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
        if (a->ns == NULL && strcmp((const char *)a->name, name) == 0 && a->children != NULL)
            return fc_str_of((const char *)a->children->content);
    return (fc_str){0};
}

static bool flag(const xmlNode *n, const char *name)
{
    return fc_str_eq_z(attr(n, name), "yes");
}

/* A number with at most a few decimals, without the locale. */
static double number(reader *r, const xmlNode *n, const char *name, double none)
{
    fc_str s = fc_str_trim(attr(n, name));
    if (s.n == 0)
        return none;
    double v = 0, scale = 1;
    bool point = false, minus = s.p[0] == '-';
    for (size_t i = minus; i < s.n; i++) {
        char c = s.p[i];
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9' && v < 1e6) {
            v = v * 10 + (c - '0');
            scale *= point ? 10 : 1;
        } else if (!(point && c >= '0' && c <= '9')) {
            wrong(r, n, "a number that cannot be read");
            return none;
        }
    }
    v /= scale;
    return minus ? -v : v;
}

static unsigned count(reader *r, const xmlNode *n, const char *name, unsigned none,
                      unsigned max)
{
    double v = number(r, n, name, none);
    return v < 0 ? 0 : v > max ? max : (unsigned)v;
}

static uint32_t colour(reader *r, const xmlNode *n, const char *name, uint32_t none)
{
    fc_str s = attr(n, name);
    if (s.n == 0)
        return none;
    uint32_t v = 0;
    bool good = s.n == 6;
    for (size_t i = 0; i < s.n && good; i++) {
        char c = s.p[i];
        unsigned d = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                     : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                     : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                                            : 16;
        good = d < 16;
        v = v * 16 + d;
    }
    if (!good)
        wrong(r, n, "a colour that is not RRGGBB");
    return good ? v : none;
}

static fc_str copy_attr(reader *r, const xmlNode *n, const char *name)
{
    return fc_str_copy(r->arena, attr(n, name));
}

/* The place of a word in a list, or 0 with an error. An absent attribute is the first. */
static int word(reader *r, const xmlNode *n, const char *name, const char *const *words)
{
    fc_str s = attr(n, name);
    for (int i = 0; words[i] != NULL; i++)
        if (fc_str_eq_z(s, words[i]))
            return i;
    if (s.n != 0)
        wrong(r, n, "an attribute with an unknown word");
    return 0;
}

static const char *const faces[] = {"regular", "bold", "italic", NULL};

static const fc_look *look(reader *r, const xmlNode *n, const char *name)
{
    fc_str s = attr(n, name);
    for (size_t i = 0; i < r->out->looks.n; i++)
        if (fc_str_eq(r->out->looks.at[i]->name, s))
            return r->out->looks.at[i];
    wrong(r, n, s.n != 0 ? "a style that is not defined" : "no style");
    return r->out->looks.n != 0 ? r->out->looks.at[0] : NULL;
}

static void read_look(reader *r, const xmlNode *n)
{
    fc_look *k = FC_NEW(r->arena, fc_look);
    k->name = copy_attr(r, n, "name");
    k->face = (fc_face_kind)word(r, n, "face", faces);
    k->size = number(r, n, "size", 11);
    if (!(k->size >= 4 && k->size <= 72)) {
        wrong(r, n, "a type size that is not between 4 and 72");
        k->size = 11;
    }
    k->leading = number(r, n, "leading", k->size * 1.4);
    if (!(k->leading >= k->size)) {
        wrong(r, n, "a line lower than its type");
        k->leading = k->size * 1.4;
    }
    k->colour = colour(r, n, "colour", 0);
    k->before = number(r, n, "before", 0);
    k->after = number(r, n, "after", 0);
    k->indent = number(r, n, "indent", 0);
    k->keep_next = fc_str_eq_z(attr(n, "keep"), "next");
    k->at_end = fc_str_eq_z(attr(n, "align"), "end");
    k->rule = colour(r, n, "rule", FC_NO_COLOUR);
    FC_PUSH(r->arena, &r->out->looks, k);
}

typedef FC_ARRAY(fc_span_box) span_array;

static fc_link *read_link(reader *r, const xmlNode *n)
{
    fc_link *l = FC_NEW(r->arena, fc_link);
    l->to = copy_attr(r, n, "to");
    l->colour = colour(r, n, "colour", FC_NO_COLOUR);
    FC_PUSH(r->arena, &r->out->links, l);
    return l;
}

/* What a screen reader says of the link: its words, the white space folded like that of text.
 */
static void finish_link(reader *r, const xmlNode *n, fc_link *l, const span_array *spans,
                        size_t from)
{
    size_t bytes = 0;
    for (size_t i = from; i < spans->n; i++)
        bytes += spans->at[i].text.n;
    char *p = fc_arena_alloc(r->arena, bytes + 1);
    size_t len = 0;
    for (size_t i = from; i < spans->n; i++) {
        memcpy(p + len, spans->at[i].text.p, spans->at[i].text.n);
        len += spans->at[i].text.n;
    }
    l->words = fc_str_trim((fc_str){p, len});
    if (l->words.n == 0 || l->words.n > LINK_WORDS_MAX)
        wrong(r, n, "a link without words, or with too many");
}

/* Text with <b>, <i>, <a>, <page/> and <pages/>. White space is folded as in HTML, across runs;
 * space NULL: it is kept, and line breaks stand. link: that the words are part of, or NULL. */
static void read_spans(reader *r, const xmlNode *n, fc_face_kind face, fc_link *link,
                       span_array *out, bool *space, unsigned depth)
{
    for (const xmlNode *k = n->children; k != NULL; k = k->next) {
        if (k->type == XML_TEXT_NODE || k->type == XML_CDATA_SECTION_NODE) {
            fc_str raw = fc_str_of((const char *)k->content);
            char *p = fc_arena_alloc(r->arena, raw.n + 1);
            size_t len = 0;
            for (size_t i = 0; i < raw.n; i++) {
                char c = raw.p[i];
                bool white = c == ' ' || c == '\t' || c == '\n' || c == '\r';
                if (space == NULL) {
                    p[len++] = c;
                    continue;
                }
                if (!white || !*space)
                    p[len++] = white ? ' ' : c;
                *space = white;
            }
            if (len != 0)
                FC_PUSH(r->arena, out, ((fc_span_box){FC_SPAN_TEXT, face, {p, len}, link}));
        } else if (is(k, "b") && depth < MAX_DEPTH) {
            read_spans(r, k, FC_BOLD, link, out, space, depth + 1);
        } else if (is(k, "i") && depth < MAX_DEPTH) {
            read_spans(r, k, FC_ITALIC, link, out, space, depth + 1);
        } else if (is(k, "a") && link == NULL && depth < MAX_DEPTH) {
            fc_link *l = read_link(r, k);
            size_t from = out->n;
            read_spans(r, k, face, l, out, space, depth + 1);
            finish_link(r, k, l, out, from);
        } else if (is(k, "page") || is(k, "pages")) {
            fc_span_kind kind = is(k, "page") ? FC_SPAN_PAGE : FC_SPAN_PAGES;
            FC_PUSH(r->arena, out, ((fc_span_box){kind, face, {0}, link}));
            if (space != NULL)
                *space = false;
        } else if (k->type == XML_ELEMENT_NODE) {
            wrong(r, k, "an element that does not belong in text");
        }
    }
}

static span_array spans_of(reader *r, const xmlNode *n, fc_face_kind face, bool kept)
{
    span_array s = {0};
    bool space = true; /* none at the beginning */
    read_spans(r, n, face, NULL, &s, kept ? NULL : &space, 0);
    if (kept)
        return s;
    while (s.n != 0 && s.at[s.n - 1].kind == FC_SPAN_TEXT) {
        fc_str *t = &s.at[s.n - 1].text;
        if (t->n != 0 && t->p[t->n - 1] == ' ')
            t->n--;
        if (t->n != 0)
            break;
        s.n--;
    }
    return s;
}

static void take_spans(fc_box *b, span_array s)
{
    b->spans.at = s.at;
    b->spans.n = s.n;
    b->spans.cap = s.cap;
}

static void read_field(reader *r, const xmlNode *n, fc_box *b)
{
    static const char *const kinds[] = {"text",        "prose", "date",      "choice",
                                        "open-choice", "mark",  "signature", NULL};
    fc_field_box *f = FC_NEW(r->arena, fc_field_box);
    b->field = f;
    f->kind = (fc_field_kind)word(r, n, "kind", kinds);
    f->name = copy_attr(r, n, "name");
    f->label = copy_attr(r, n, "label");
    f->help = copy_attr(r, n, "help");
    f->lang = copy_attr(r, n, "lang");
    f->lines = count(r, n, "lines", 1, MAX_LINES);
    if (f->lines == 0)
        f->lines = 1;
    f->width = count(r, n, "width", 100, 100) / 100.0;
    if (f->width < 0.1)
        f->width = 1;
    f->max_length = count(r, n, "max-length", 0, 1000000);
    if (f->name.n == 0 || f->label.n == 0)
        wrong(r, n, "no name or no label");
    bool stored = false;
    for (const xmlNode *k = n->children; k != NULL; k = k->next) {
        if (is(k, "option")) {
            fc_option o = {copy_attr(r, k, "value"), content(r, k)};
            FC_PUSH(r->arena, &f->options, o);
        } else if (is(k, "value")) {
            f->shown = content(r, k);
        } else if (is(k, "stored")) {
            f->stored = content(r, k);
            stored = true;
        } else if (k->type == XML_ELEMENT_NODE) {
            wrong(r, k, "an element that does not belong in a field");
        }
    }
    if (!stored)
        f->stored = f->shown;
}

/* An item with a check box before its words. */
static void read_check(reader *r, const xmlNode *n, fc_box *b)
{
    fc_field_box *f = FC_NEW(r->arena, fc_field_box);
    b->field = f;
    f->kind = FC_FIELD_CHECK;
    f->name = copy_attr(r, n, "name");
    f->label = copy_attr(r, n, "label");
    f->stored = copy_attr(r, n, "value");
    f->on = flag(n, "on");
    bool good = f->stored.n > 0 && f->stored.n <= CHECK_VALUE_MAX;
    for (size_t i = 0; i < f->stored.n; i++) {
        char c = f->stored.p[i];
        good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
    if (f->name.n == 0 || f->label.n == 0 || !good)
        wrong(r, n, "no name, no label or no value");
}

static double text_width(const fc_page_layout *l)
{
    return l->page_width - l->left - l->right;
}

static double text_height(const fc_page_layout *l)
{
    return l->page_height - l->top - l->bottom;
}

/* A picture may be half as wide as the text, and must leave room for the rest of a page. False:
 * the box has none. */
static bool read_picture(reader *r, const xmlNode *n, fc_box *b)
{
    b->alt = copy_attr(r, n, "alt");
    b->picture_width = number(r, n, "width", 0);
    b->picture_height = number(r, n, "height", 0);
    bool picture = b->picture_width != 0 || b->picture_height != 0;
    if (picture != (b->alt.n != 0))
        wrong(r, n, "a picture without words, or words without a picture");
    if (picture && !(b->picture_width > 0 && b->picture_height > 0 &&
                     b->picture_width <= text_width(r->out) / 2 + 1 &&
                     b->picture_height <= text_height(r->out) / 2))
        wrong(r, n, "a picture that is too large for the page");
    return picture;
}

static void read_letterhead(reader *r, const xmlNode *n, fc_box *b)
{
    bool logo = read_picture(r, n, b);
    r->out->logo = r->out->logo || logo;
}

#define PICTURES_MAX 100000 /* more than a form can have */

static void read_figure(reader *r, const xmlNode *n, fc_box *b)
{
    if (!read_picture(r, n, b))
        wrong(r, n, "a figure without a picture");
    b->picture = count(r, n, "picture", 1, PICTURES_MAX);
    if (b->picture > r->out->pictures)
        r->out->pictures = b->picture;
}

static void read_table(reader *r, const xmlNode *n, fc_box *b)
{
    b->rule = colour(r, n, "rule", FC_NO_COLOUR);
    b->pad = number(r, n, "pad", 4);
    b->side = number(r, n, "side", b->pad);
    b->keep = flag(n, "keep");
    fc_str s = attr(n, "columns");
    for (size_t i = 0; i < s.n;) {
        double v = 0;
        size_t from = i;
        while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && v < 10000)
            v = v * 10 + (s.p[i++] - '0');
        if (i == from && s.p[i] != ' ')
            break;
        if (i > from && v > 0)
            FC_PUSH(r->arena, &b->columns, v);
        while (i < s.n && s.p[i] == ' ')
            i++;
    }
    if (b->columns.n == 0 || b->columns.n > MAX_COLUMNS) {
        wrong(r, n, "no columns, or too many");
        b->columns.n = 0;
        FC_PUSH(r->arena, &b->columns, 1.0);
    }
    if (!(b->pad >= 0 && b->pad <= PAD_MAX && b->side >= 0 && b->side <= PAD_MAX)) {
        wrong(r, n, "a space inside cells that is not between 0 and 72");
        b->pad = b->side = 4;
    }
    double shares = 0, least = b->columns.at[0];
    for (size_t i = 0; i < b->columns.n; i++) {
        shares += b->columns.at[i];
        least = b->columns.at[i] < least ? b->columns.at[i] : least;
    }
    if (text_width(r->out) * least / shares - 2 * b->side < COLUMN_LEAST)
        wrong(r, n, "a column without room for a word");
}

/* No empty place in the table is higher than that. */
static void lower_fields(fc_box *b, unsigned lines)
{
    if (b->field != NULL && b->field->lines > lines)
        b->field->lines = lines;
    for (size_t i = 0; i < b->kids.n; i++)
        lower_fields(b->kids.at[i], lines);
}

static void read_row(reader *r, const xmlNode *n, const fc_box *table, fc_box *row)
{
    row->header = flag(n, "header");
    row->keep_next = fc_str_eq_z(attr(n, "keep"), "next");
    unsigned columns = 0;
    for (size_t i = 0; i < row->kids.n; i++)
        columns += row->kids.at[i]->span;
    if (columns != table->columns.n)
        wrong(r, n, "cells that do not fill the columns");
}

/* Which elements stand in which. */
typedef enum place {
    IN_BODY = 1,
    IN_LIST = 2,
    IN_TABLE = 4,
    IN_ROW = 8,
    IN_CELL = 16,
    IN_FIGURE = 32
} place;
static const struct element {
    const char *name;
    fc_box_kind kind;
    unsigned where; /* places it may stand in */
    unsigned holds; /* place it is; 0: text, or nothing */
    bool styled;
} elements[] = {
    {"h", FC_BOX_HEADING, IN_BODY | IN_FIGURE, 0, true},
    {"letterhead", FC_BOX_LETTERHEAD, IN_BODY, 0, true},
    {"p", FC_BOX_PARA, IN_BODY | IN_CELL | IN_FIGURE, 0, true},
    {"list", FC_BOX_LIST, IN_BODY | IN_CELL | IN_FIGURE, IN_LIST, true},
    {"figure", FC_BOX_FIGURE, IN_BODY | IN_CELL, IN_FIGURE, false},
    {"item", FC_BOX_ITEM, IN_LIST, 0, false},
    {"check", FC_BOX_ITEM, IN_LIST, 0, false},
    {"table", FC_BOX_TABLE, IN_BODY, IN_TABLE, false},
    {"row", FC_BOX_ROW, IN_TABLE, IN_ROW, false},
    {"cell", FC_BOX_CELL, IN_ROW, IN_CELL, false},
    {"field", FC_BOX_FIELD, IN_BODY | IN_CELL, 0, false},
    {"keep", FC_BOX_KEEP, IN_BODY, IN_BODY, false},
};

static fc_box *read_box(reader *r, const xmlNode *n, place where, fc_box *parent,
                        unsigned depth);

typedef FC_ARRAY(fc_box *) box_array;

static box_array read_kids(reader *r, const xmlNode *n, place where, fc_box *parent,
                           unsigned depth)
{
    box_array kids = {0};
    for (const xmlNode *k = n->children; k != NULL; k = k->next) {
        if (k->type == XML_ELEMENT_NODE) {
            fc_box *b = read_box(r, k, where, parent, depth);
            if (b != NULL)
                FC_PUSH(r->arena, &kids, b);
        } else if (k->type == XML_TEXT_NODE &&
                   fc_str_trim(fc_str_of((const char *)k->content)).n != 0) {
            wrong(r, n, "text outside a paragraph");
        }
    }
    return kids;
}

static fc_box *read_box(reader *r, const xmlNode *n, place where, fc_box *parent,
                        unsigned depth)
{
    const struct element *e = NULL;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (is(n, elements[i].name) && (elements[i].where & where) != 0)
            e = &elements[i];
    if (e == NULL || depth > MAX_DEPTH) {
        wrong(r, n, "an element where it does not belong");
        return NULL;
    }
    fc_box *b = FC_NEW(r->arena, fc_box);
    b->kind = e->kind;
    b->id = copy_attr(r, n, "id");
    if (b->id.n != 0)
        FC_PUSH(r->arena, &r->out->places, b);
    b->lang = copy_attr(r, n, "lang");
    static const char *const dirs[] = {"", "ltr", "rtl", "auto", NULL};
    static const fc_dir ways[] = {FC_DIR_LTR, FC_DIR_LTR, FC_DIR_RTL, FC_DIR_AUTO};
    int dir = attr(n, "dir").n ? word(r, n, "dir", dirs) : 0;
    b->dir = dir ? ways[dir] : r->out->rtl ? FC_DIR_RTL : FC_DIR_LTR;
    if (b->dir == FC_DIR_AUTO && r->out->rtl)
        b->dir = FC_DIR_AUTO_RTL;
    b->rtl =
        b->dir == FC_DIR_AUTO || b->dir == FC_DIR_AUTO_RTL ? r->out->rtl : b->dir == FC_DIR_RTL;
    b->rule = b->fill = FC_NO_COLOUR;
    b->look = e->styled ? look(r, n, "style") : parent != NULL ? parent->look : NULL;
    switch (e->kind) {
    case FC_BOX_HEADING:
        b->level = count(r, n, "level", 1, 6);
        b->outline = !fc_str_eq_z(attr(n, "outline"), "no");
        static const char *const pages[] = {"", "new", NULL};
        b->new_page = attr(n, "page").n != 0 && word(r, n, "page", pages) == 1;
        break;
    case FC_BOX_LETTERHEAD:
        read_letterhead(r, n, b);
        break;
    case FC_BOX_FIGURE:
        read_figure(r, n, b);
        break;
    case FC_BOX_LIST:
        b->marker = copy_attr(r, n, "marker");
        break;
    case FC_BOX_TABLE:
        read_table(r, n, b);
        break;
    case FC_BOX_CELL: {
        static const char *const heads[] = {"no", "column", "row", NULL};
        int head = word(r, n, "head", heads);
        b->head_column = head == 1;
        b->head_row = head == 2;
        b->fill = colour(r, n, "fill", FC_NO_COLOUR);
        b->span = count(r, n, "span", 1, MAX_COLUMNS);
        break;
    }
    case FC_BOX_FIELD:
        read_field(r, n, b);
        b->field->framed = where == IN_BODY;
        break;
    case FC_BOX_ITEM:
        if (is(n, "check"))
            read_check(r, n, b);
        break;
    default:
        break;
    }
    if (e->holds != 0) {
        box_array kids = read_kids(r, n, (place)e->holds, b, depth + 1);
        b->kids.at = kids.at;
        b->kids.n = kids.n;
        b->kids.cap = kids.cap;
    } else if (e->kind != FC_BOX_FIELD && b->look != NULL) {
        take_spans(b, spans_of(r, n, b->look->face, fc_str_eq_z(attr(n, "space"), "keep")));
    }
    if (e->kind == FC_BOX_FIGURE && where == IN_CELL && b->kids.n != 0)
        wrong(r, n, "something beside a picture in a cell");
    if (e->kind == FC_BOX_ROW && parent != NULL)
        read_row(r, n, parent, b);
    if (e->kind == FC_BOX_TABLE && attr(n, "lines").n != 0)
        lower_fields(b, count(r, n, "lines", 1, MAX_LINES));
    return b;
}

static fc_line_template *read_line(reader *r, const xmlNode *n)
{
    fc_line_template *t = FC_NEW(r->arena, fc_line_template);
    t->look = look(r, n, "style");
    t->rule = colour(r, n, "rule", FC_NO_COLOUR);
    static const char *const firsts[] = {"yes", "no", "end", NULL};
    int first = word(r, n, "first", firsts);
    t->first = first != 1;
    t->first_end = first == 2;
    for (const xmlNode *k = n->children; k != NULL && t->look != NULL; k = k->next) {
        bool start = is(k, "start"), end = is(k, "end");
        if (!start && !end && !is(k, "more"))
            continue;
        size_t links = r->out->links.n;
        span_array s = spans_of(r, k, t->look->face, false);
        if (r->out->links.n != links)
            wrong(r, k, "a link where nothing is read out");
        for (size_t i = 0; i < s.n; i++)
            if (start)
                FC_PUSH(r->arena, &t->start, s.at[i]);
            else if (end)
                FC_PUSH(r->arena, &t->end, s.at[i]);
            else
                FC_PUSH(r->arena, &t->more, s.at[i]);
    }
    return t;
}

static void read_page(reader *r, const xmlNode *n)
{
    fc_page_layout *l = r->out;
    l->page_width = number(r, n, "width", 595.28);
    l->page_height = number(r, n, "height", 841.89);
    l->top = number(r, n, "top", 62);
    l->right = number(r, n, "right", 54);
    l->bottom = number(r, n, "bottom", 58);
    l->left = number(r, n, "left", 54);
    /* A page must have room for a line of text; PDF ends at 14,400 points. */
    if (!(l->page_width <= 14400 && l->page_height <= 14400 && l->top >= 0 && l->right >= 0 &&
          l->bottom >= 0 && l->left >= 0 && text_width(l) >= 144 && text_height(l) >= 144)) {
        wrong(r, n, "a page without room");
        l->page_width = 595.28;
        l->page_height = 841.89;
        l->top = l->right = l->bottom = l->left = 54;
    }
}

/* What can only be looked at when page and styles are known: whether words fit on the page. */
static void check_room(reader *r, const xmlNode *root)
{
    const fc_page_layout *l = r->out;
    for (size_t i = 0; i < l->looks.n; i++) {
        const fc_look *k = l->looks.at[i];
        if (k->leading > text_height(l))
            wrong(r, root, "a style with a line taller than the page");
        if (!(k->indent >= 0 && k->indent <= INDENT_SHARE * text_width(l)))
            wrong(r, root, "a style with an indent that leaves no room");
        if (!(k->before >= 0 && k->after >= 0))
            wrong(r, root, "a style with a space below 0");
    }
    if (l->header != NULL && l->header->look != NULL &&
        l->header->look->leading + FURNITURE_SPACE > l->top)
        wrong(r, root, "a header without room above the text");
    if (l->footer != NULL && l->footer->look != NULL &&
        l->footer->look->leading + FURNITURE_SPACE > l->bottom)
        wrong(r, root, "a footer without room below the text");
}

static int by_id(const void *a, const void *b)
{
    return fc_str_cmp((*(fc_box *const *)a)->id, (*(fc_box *const *)b)->id);
}

/* Every link leads to a place that there is once. */
static void find_targets(reader *r, const xmlNode *root)
{
    fc_page_layout *l = r->out;
    if (l->places.n != 0)
        qsort(l->places.at, l->places.n, sizeof *l->places.at, by_id);
    for (size_t i = 1; i < l->places.n; i++)
        if (fc_str_eq(l->places.at[i - 1]->id, l->places.at[i]->id))
            wrong(r, root, "two places with one id");
    for (size_t i = 0; i < l->links.n; i++) {
        const fc_box key = {.id = l->links.at[i]->to}, *at = &key;
        fc_box *const *found = l->places.n == 0 ? NULL
                                                : bsearch(&at, l->places.at, l->places.n,
                                                          sizeof *l->places.at, by_id);
        if (found == NULL)
            wrong(r, root, "a link to a place that is not there");
        else
            l->links.at[i]->target = *found;
    }
}

static void read_document(reader *r, const xmlNode *root)
{
    fc_page_layout *l = r->out;
    l->lang = copy_attr(r, root, "lang");
    l->title = copy_attr(r, root, "title");
    l->held = copy_attr(r, root, "held");
    l->shaped = copy_attr(r, root, "shaped");
    l->rtl = fc_str_eq_z(attr(root, "dir"), "rtl");
    read_page(r, root);
    for (const xmlNode *n = root->children; n != NULL; n = n->next) {
        if (is(n, "page")) {
            read_page(r, n);
        } else if (is(n, "style")) {
            read_look(r, n);
        } else if (is(n, "answers")) {
            l->answer = look(r, n, "style");
            l->help = look(r, n, "help");
            l->box_rule = colour(r, n, "rule", 0);
            l->box_fill = colour(r, n, "fill", FC_NO_COLOUR);
        } else if (is(n, "header")) {
            l->header = read_line(r, n);
        } else if (is(n, "footer")) {
            l->footer = read_line(r, n);
        } else if (is(n, "body")) {
            box_array kids = read_kids(r, n, IN_BODY, NULL, 0);
            l->body.at = kids.at;
            l->body.n = kids.n;
            l->body.cap = kids.cap;
        } else if (n->type == XML_ELEMENT_NODE) {
            wrong(r, n, "an unknown element");
        }
    }
    if (l->looks.n == 0 || l->answer == NULL || l->help == NULL)
        wrong(r, root, "no styles");
    check_room(r, root);
    find_targets(r, root);
}

fc_page_layout *fc_layout_read(fc_arena *a, fc_str xml, fc_diags *d)
{
    reader r = {.arena = a, .diags = d, .out = FC_NEW(a, fc_page_layout)};
    if (xml.n > FC_BUF_MAX) {
        wrong(&r, NULL, "too many bytes");
        return NULL;
    }
    /* Our own program made these bytes: they have no DOCTYPE, and answers may be long. */
    xmlDoc *doc = xmlReadMemory(xml.p, (int)xml.n, NULL, "UTF-8",
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                    XML_PARSE_HUGE);
    if (doc == NULL) {
        wrong(&r, NULL, "XML that cannot be read");
        return NULL;
    }
    fc_arena_defer(a, drop_xml, doc);
    const xmlNode *root = xmlDocGetRootElement(doc);
    if (root == NULL || !is(root, "document")) {
        wrong(&r, root, "no document element");
        return NULL;
    }
    read_document(&r, root);
    return r.errors == 0 ? r.out : NULL;
}
