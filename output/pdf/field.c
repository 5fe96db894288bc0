/* Answer places: their size, their look on the page, and the form fields (ISO 32000-1, 12.7).
 *
 * The box is drawn on the page and the field itself has neither border nor background, because
 * viewers draw a field again when someone types, and not all of them keep its frame. */
#include "output/pdf/document.h"

#include <stdlib.h>
#include <string.h>

#define INSET 4.5        /* from the field's edge to the text, in points */
#define TOP 3.0          /* from the top of a field of several lines to its text */
#define BOTTOM 3.5       /* least height of a baseline above the field's lower edge */
#define ARROW 7.0        /* width of the arrow of a list */
#define ARROW_SPACE 18.0 /* what it takes from the text */
#define MARK_HEIGHT 24.0 /* room for a pen above a signature's rule */
#define CHECK_SIZE 1.15  /* of a check box, in type sizes */
#define HOLD_UNITS                                                                             \
    16000 /* longer answers make viewers slow and some cut them: they are held                 \
           */

/* Field flags (ISO 32000-1, tables 221, 228 and 230). */
#define FLAG_READ_ONLY (1 << 0)
#define FLAG_MULTILINE (1 << 12)
#define FLAG_COMBO (1 << 17)
#define FLAG_EDIT (1 << 18)
#define AT_RIGHT 2         /* Q: text begins at the right edge (table 222) */
#define SIGNATURES_EXIST 1 /* table 219 */

static bool is_list(const fc_field_box *f)
{
    return f->kind == FC_FIELD_CHOICE || f->kind == FC_FIELD_OPEN_CHOICE;
}

static bool is_multiline(const fc_field_box *f)
{
    return f->kind == FC_FIELD_PROSE || f->grown;
}

/* What the field shows: the answer, or that it is held elsewhere. */
static fc_str shown(const fc_pdf *d, const fc_field_box *f)
{
    return f->held ? d->layout->held : f->shown;
}

static fc_text_set set_answer(fc_pdf *d, const fc_field_box *f, double width, bool wrap,
                              fc_missing *missing)
{
    const fc_look *look = d->layout->answer;
    fc_span_text span = {.text = shown(d, f),
                         .fonts = d->field_fonts,
                         .size = look->size,
                         .colour = look->colour};
    return fc_text_set_spans(d->setter, &span, 1, width, look->leading,
                             f->shown.n == 0  ? fc_page_dir(d)
                             : d->layout->rtl ? FC_DIR_AUTO_RTL
                                              : FC_DIR_AUTO,
                             wrap, missing);
}

static void warn(fc_pdf *d, const char *code, const fc_field_box *f, const char *what,
                 const char *help)
{
    fc_diag *g =
        fc_report(d->diags, FC_WARNING, code, (fc_span){0}, "%s: %.*s", what, FC_ARG(f->name));
    fc_diag_help(d->diags, g, "%s", help);
}

/* Viewers that draw a field again do so with the first font and without joining letters. */
static bool needs_shaping(const fc_pdf *d, const fc_field_box *f)
{
    for (size_t i = 0; i < f->text.lines.n; i++)
        for (size_t r = 0; r < f->text.lines.at[i].runs.n; r++)
            if (f->text.lines.at[i].runs.at[r].font != fc_chain_first(d->field_fonts))
                return true;
    return false;
}

void fc_field_measure(fc_pdf *d, fc_box *b, double width)
{
    fc_field_box *f = b->field;
    const fc_look *look = d->layout->answer;
    if (f->framed)
        b->width = width *= f->width;
    double inner = width - (f->framed ? 2 * INSET : 0) - (is_list(f) ? ARROW_SPACE : 0);
    fc_missing missing = {0};
    f->held = fc_utf8_utf16_units(f->shown) > HOLD_UNITS ||
              fc_utf8_utf16_units(f->stored) > HOLD_UNITS;
    f->text = set_answer(d, f, inner, f->kind == FC_FIELD_PROSE, &missing);
    if (!is_multiline(f) && !is_list(f) && f->text.lines.n != 0 &&
        (f->text.lines.n > 1 || f->text.lines.at[0].width > inner)) {
        f->grown = true;
        missing = (fc_missing){0};
        f->text = set_answer(d, f, inner, true, &missing);
    }
    if (missing.count != 0)
        warn(d, "L104", f, "the fonts do not have all characters of the answer",
             "the PDF prints the numbers of these characters; the answer itself is kept; "
             "--font FILE adds a font that has them");
    f->shaped = !f->held && needs_shaping(d, f);
    if (f->shaped)
        warn(d, "L107", f, "the answer is in letters that not every viewer can draw again",
             "it is shown as it should be until somebody types in the field; what is stored "
             "stays right");
    if (f->held)
        warn(d, "L105", f, "the answer is too long for a form field",
             "the field says so; the whole answer is in the attached plan");
    double lines = f->lines;
    if ((double)f->text.lines.n > lines)
        lines = (double)f->text.lines.n;
    b->height = f->kind == FC_FIELD_MARK ? MARK_HEIGHT + (lines - 1) * look->leading
                                         : lines * look->leading;
    if (f->framed)
        b->height += 2 * INSET;
    /* Nothing is taller than a page: there the text scrolls on the screen. A cell's padding and
     * a repeated header row are taken into account. */
    double most = fc_page_room(d) * (f->framed ? 1 : 0.85);
    if (b->height > most) {
        b->height = most;
        f->clipped = true;
        warn(d, "L106", f, "the answer does not fit on paper",
             "the field scrolls on the screen; the whole answer is in the attached plan");
    }
    if (is_list(f) && f->text.lines.n != 0 && f->text.lines.at[0].width > inner)
        warn(d, "L106", f, "the answer does not fit on paper",
             "the field scrolls on the screen; the whole answer is in the attached plan");
}

/* The first baseline within a field of height h, from its top. */
static double first_baseline(const fc_pdf *d, const fc_field_box *f, double h)
{
    const fc_look *look = d->layout->answer;
    double line = fc_line_baseline(fc_chain_first(d->field_fonts), look->size, look->leading);
    if (is_multiline(f))
        return TOP + line;
    if (f->kind == FC_FIELD_MARK)
        return h - look->leading + line - 2;
    return (h - look->leading) / 2 + line;
}

/* A form XObject with these marks. There are as many as fields, and nothing of them is in an
 * object stream: what need not be said is left out. */
static fc_pdf_obj *form_object(fc_pdf *d, fc_buf *b, double w, double h, fc_pdf_obj *resources)
{
    fc_haru *haru = d->haru;
    fc_pdf_obj *x = b->failed ? NULL : fc_pdf_stream(haru, fc_buf_view(b), true);
    bool failed = b->failed;
    fc_buf_release(b);
    if (failed)
        fc_arena_give_up(d->arena);
    fc_pdf_put_name(haru, x, "Subtype", "Form");
    fc_pdf_put(haru, x, "BBox", fc_pdf_rect(haru, 0, 0, w, h));
    fc_pdf_put(haru, x, "Resources", resources);
    return x;
}

/* Each field has an appearance of its own, also where two are the same: programs that fill in
 * forms write into the one that is there. What they draw with is one for all. */
static fc_pdf_obj *appearance(fc_pdf *d, const fc_field_box *f, double w, double h)
{
    fc_buf b;
    fc_buf_init_in(&b, d->arena, FC_BUF_MAX);
    fc_buf_z(&b, "/Tx BMC\n");
    if (f->text.lines.n != 0) {
        double inner = w - 2 * INSET - (is_list(f) ? ARROW_SPACE : 0);
        double arrow = is_list(f) && d->layout->rtl ? ARROW_SPACE : 0;
        fc_buf_z(&b, "q\n1 1 ");
        fc_pdf_number(&b, w - 2);
        fc_buf_char(&b, ' ');
        fc_pdf_number(&b, h - 2);
        fc_buf_z(&b, " re W n\n");
        double y = h - first_baseline(d, f, h);
        for (size_t i = 0; i < f->text.lines.n; i++) {
            const fc_line_set *line = &f->text.lines.at[i];
            if (i > 0 && y - (double)i * f->text.leading < BOTTOM)
                break; /* only whole lines: the rest scrolls on the screen */
            double x = INSET + arrow + (line->at_right ? inner - line->width : 0);
            fc_line_draw(&b, line, x, y - (double)i * f->text.leading);
        }
        fc_buf_z(&b, "Q\n");
    }
    fc_buf_z(&b, "EMC\n");
    if (d->answers == NULL)
        d->answers = fc_pdf_object(d->haru);
    return form_object(d, &b, w, h, d->answers);
}

static fc_str default_appearance(fc_pdf *d)
{
    const fc_look *look = d->layout->answer;
    fc_buf b;
    fc_buf_init_in(&b, d->arena, 256);
    fc_buf_z(&b, "/" FC_FIELD_FONT_NAME " ");
    fc_pdf_number(&b, look->size);
    fc_buf_z(&b, " Tf ");
    for (int shift = 16; shift >= 0; shift -= 8) {
        fc_pdf_number(&b, ((look->colour >> shift) & 0xff) / 255.0);
        fc_buf_char(&b, ' ');
    }
    fc_buf_z(&b, "rg");
    bool failed = b.failed;
    fc_str s = failed ? (fc_str){0} : fc_buf_keep(&b, d->arena);
    fc_buf_release(&b);
    if (failed)
        fc_arena_give_up(d->arena);
    return s;
}

/* Options as [value, label]; the first is empty, so that a choice can be taken back. */
static void put_options(fc_pdf *d, const fc_field_box *f, fc_pdf_obj *w)
{
    fc_haru *h = d->haru;
    fc_pdf_obj *list = fc_pdf_array(h);
    fc_pdf_put(h, w, "Opt", list);
    for (size_t i = 0; i <= f->options.n; i++) {
        fc_pdf_obj *pair = fc_pdf_array(h);
        fc_pdf_add(h, list, pair);
        fc_pdf_add_text(h, pair, i == 0 ? FC_S("") : f->options.at[i - 1].value);
        fc_pdf_add_text(h, pair, i == 0 ? FC_S(" ") : f->options.at[i - 1].label);
    }
}

/* The field and its widget in one dictionary, on the last page; its name and parent follow in
 * fc_fields_write. */
static fc_pdf_obj *new_widget(fc_pdf *d, const fc_field_box *f, const char *type, double x,
                              double y, double w, double h)
{
    fc_haru *haru = d->haru;
    fc_sheet *sheet = fc_paint_sheet(d);
    fc_pdf_obj *o = fc_pdf_object(haru);
    double bottom = d->layout->page_height - y - h;
    fc_pdf_put_name(haru, o, "Type", "Annot");
    fc_pdf_put_name(haru, o, "Subtype", "Widget");
    fc_pdf_put(haru, o, "Rect", fc_pdf_rect(haru, x, bottom, x + w, bottom + h));
    fc_pdf_put_int(haru, o, "F", 4); /* printed */
    fc_pdf_put(haru, o, "P", sheet->object);
    fc_pdf_put_name(haru, o, "FT", type);
    fc_pdf_put_text(
        haru, o, "TU",
        f->shaped && d->layout->shaped.n != 0
            ? fc_str_fmt(d->arena, "%.*s. %.*s", FC_ARG(f->label), FC_ARG(d->layout->shaped))
            : f->label);
    fc_pdf_obj *style = fc_pdf_dict(haru);
    fc_pdf_put_int(haru, style, "W", 0);
    fc_pdf_put(haru, o, "BS", style);
    fc_sheet_annotate(d, sheet, o);
    return o;
}

/* Puts the widget below a Form element of its own, and the field on the list of all. */
static void tag_widget(fc_pdf *d, const fc_field_box *f, fc_tag *parent, fc_pdf_obj *widget)
{
    fc_tag *form = fc_tag_new(d->tags, parent, "Form");
    if (f->lang.n != 0)
        fc_tag_set_lang(form, f->lang);
    fc_tag_annotation(d->tags, form, d->sheets.n - 1, widget);
    FC_PUSH(d->arena, &d->fields, ((fc_placed_field){f, widget}));
}

static fc_pdf_obj *add_widget(fc_pdf *d, const fc_field_box *f, double x, double y, double w,
                              double h)
{
    fc_haru *haru = d->haru;
    bool sign = f->kind == FC_FIELD_SIGNATURE;
    fc_pdf_obj *o = new_widget(d, f, sign ? "Sig" : is_list(f) ? "Ch" : "Tx", x, y, w, h);
    long flags = (f->held ? FLAG_READ_ONLY : 0) | (is_multiline(f) ? FLAG_MULTILINE : 0) |
                 (is_list(f) ? FLAG_COMBO : 0) |
                 (f->kind == FC_FIELD_OPEN_CHOICE ? FLAG_EDIT : 0);
    if (flags != 0)
        fc_pdf_put_int(haru, o, "Ff", flags);
    if (!sign)
        fc_pdf_put_text(haru, o, "DA", default_appearance(d));
    if (!sign && d->layout->rtl)
        fc_pdf_put_int(haru, o, "Q", AT_RIGHT);
    fc_str value = sign         ? (fc_str){0}
                   : f->held    ? d->layout->held
                   : is_list(f) ? f->stored
                                : f->shown;
    if (value.n != 0)
        fc_pdf_put_text(haru, o, "V", value);
    if (f->max_length != 0 && !sign && !is_list(f) && !f->held &&
        fc_utf8_utf16_units(value) <= f->max_length)
        fc_pdf_put_int(haru, o, "MaxLen", (long)f->max_length);
    if (is_list(f))
        put_options(d, f, o);
    fc_pdf_obj *looks = fc_pdf_dict(haru);
    fc_pdf_put(haru, looks, "N", appearance(d, f, w, h));
    fc_pdf_put(haru, o, "AP", looks);
    return o;
}

/* The two appearances of a check box (12.7.4.2.3): a tick, drawn as a path because a symbol
 * font would have to be embedded, and nothing. All boxes of one size share them. */
static void make_checks(fc_pdf *d, double size)
{
    static const double tick[] = {0.2, 0.5, 0.42, 0.26, 0.82, 0.8}; /* of the box's side */
    fc_buf b;
    if (d->checks.on != NULL && d->checks.size == size)
        return;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_buf_z(&b, "q\n0 0 0 RG 1 J 1 j ");
    fc_pdf_number(&b, size * 0.13);
    fc_buf_z(&b, " w\n");
    for (int i = 0; i < 6; i += 2) {
        fc_pdf_number(&b, size * tick[i]);
        fc_buf_char(&b, ' ');
        fc_pdf_number(&b, size * tick[i + 1]);
        fc_buf_z(&b, i == 0 ? " m " : " l ");
    }
    fc_buf_z(&b, "S\nQ\n");
    d->checks.on = form_object(d, &b, size, size, fc_pdf_dict(d->haru));
    fc_buf_init(&b, 16);
    fc_buf_z(&b, "q\nQ\n");
    d->checks.off = form_object(d, &b, size, size, fc_pdf_dict(d->haru));
    d->checks.size = size;
}

void fc_check_place(fc_pdf *d, const fc_field_box *f, fc_tag *parent, double x, double y,
                    double space, const fc_look *look)
{
    fc_haru *h = d->haru;
    double size = look->size * CHECK_SIZE;
    /* Level with the capitals of the line: their middle is about a third above the baseline. */
    double top =
        y + fc_line_baseline(fc_chain_first(d->fonts[look->face]), look->size, look->leading) -
        look->size * 0.36 - size / 2;
    if (d->layout->rtl)
        x += space - size;
    fc_paint_rect(d, x, top, size, size, d->layout->box_fill, d->layout->box_rule);
    fc_pdf_obj *o = new_widget(d, f, "Btn", x, top, size, size);
    const char *value = fc_str_copy(d->arena, f->stored).p;
    const char *state = f->on ? value : "Off";
    fc_pdf_put_name(h, o, "V", state);
    fc_pdf_put_name(h, o, "AS", state);
    make_checks(d, size);
    fc_pdf_obj *states = fc_pdf_dict(h), *looks = fc_pdf_dict(h);
    fc_pdf_put(h, states, value, d->checks.on);
    fc_pdf_put(h, states, "Off", d->checks.off);
    fc_pdf_put(h, looks, "N", states);
    fc_pdf_put(h, o, "AP", looks);
    tag_widget(d, f, parent, o);
}

/* Help for pen and paper, small and grey at the end of an empty place. */
static void draw_help(fc_pdf *d, const fc_field_box *f, double x, double y, double w, double h)
{
    const fc_look *look = d->layout->help;
    fc_span_box span = {.face = look->face, .text = f->help};
    fc_text_set t = fc_set_spans(d, &span, 1, look, w, 0, fc_page_dir(d));
    if (t.lines.n != 1 || t.lines.at[0].width > w * 0.7)
        return;
    double at = d->layout->rtl ? x + INSET : x + w - INSET - t.lines.at[0].width;
    double line =
        fc_line_baseline(fc_chain_first(d->fonts[look->face]), look->size, look->leading);
    double top = y + first_baseline(d, f, h) - line;
    t.width = t.lines.at[0].width;
    fc_paint_lines(d, NULL, &t, look, at, top, 0, 1);
}

void fc_field_place(fc_pdf *d, const fc_box *b, fc_tag *parent, double x, double y, double w,
                    double h)
{
    const fc_field_box *f = b->field;
    const fc_page_layout *l = d->layout;
    if (f->kind == FC_FIELD_SIGNATURE && !f->framed)
        fc_paint_rect(d, x + INSET, y + INSET, w - 2 * INSET, h - 2 * INSET, FC_NO_COLOUR,
                      l->help->colour);
    if (f->kind == FC_FIELD_MARK)
        fc_paint_rule(d, x + INSET, y + h - 3, w - 2 * INSET, 0.75, l->box_rule);
    else if (f->framed)
        fc_paint_rect(d, x, y, w, h, l->box_fill, l->box_rule);
    if (is_list(f))
        fc_paint_arrow(d, l->rtl ? x + INSET : x + w - INSET - ARROW, y + h / 2 - 2, ARROW,
                       l->help->colour);
    else if (f->help.n != 0 && f->text.lines.n == 0)
        draw_help(d, f, x, y, w, h);
    double in = f->framed ? 1 : 0;
    tag_widget(d, f, parent, add_widget(d, f, x + in, y + in, w - 2 * in, h - 2 * in));
}

/* --- the tree of names: "a.b.c" is the field c below b below a --- */

typedef struct name_node name_node;
struct name_node {
    fc_str name;
    fc_pdf_obj *object;
    size_t first; /* its first field in reading order */
    bool field;
    FC_ARRAY(name_node *) kids;
};

typedef struct named {
    fc_str name;
    size_t index;
} named;

/* Names in an order in which those with a common beginning stand together. */
static int by_name(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int c = fc_str_cmp(x->name, y->name);
    return c != 0 ? c : x->index < y->index ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
    const name_node *x = *(name_node *const *)a, *y = *(name_node *const *)b;
    return x->first < y->first ? -1 : x->first > y->first;
}

static void write_names(fc_haru *h, name_node *n, fc_pdf_obj *parent, fc_pdf_obj *list)
{
    if (n->kids.n != 0)
        qsort(n->kids.at, n->kids.n, sizeof *n->kids.at, by_place);
    for (size_t i = 0; i < n->kids.n; i++) {
        name_node *k = n->kids.at[i];
        if (!k->field)
            k->object = fc_pdf_object(h);
        fc_pdf_put_text(h, k->object, "T", k->name);
        if (parent != NULL)
            fc_pdf_put(h, k->object, "Parent", parent);
        fc_pdf_add(h, list, k->object);
        if (!k->field) {
            fc_pdf_obj *kids = fc_pdf_array(h);
            fc_pdf_put(h, k->object, "Kids", kids);
            write_names(h, k, k->object, kids);
        }
    }
}

#define NAME_DEPTH 16 /* parts of a name; paths of a form have at most 6 */

/* The tree below root. False when a name stands twice, or is also the beginning of another. */
static bool build_names(fc_pdf *d, name_node *root)
{
    size_t n = d->fields.n;
    named *order = FC_NEW_N(d->arena, named, n);
    for (size_t i = 0; i < n; i++)
        order[i] = (named){d->fields.at[i].field->name, i};
    if (n != 0)
        qsort(order, n, sizeof *order, by_name);
    name_node *path[NAME_DEPTH + 1] = {root};
    for (size_t i = 0; i < n; i++) {
        fc_str rest = order[i].name;
        for (size_t depth = 0;; depth++) {
            if (depth == NAME_DEPTH)
                return false;
            const char *dot = rest.n != 0 ? memchr(rest.p, '.', rest.n) : NULL;
            fc_str part = dot ? fc_str_slice(rest, 0, (size_t)(dot - rest.p)) : rest;
            name_node *up = path[depth];
            name_node *k = up->kids.n != 0 ? up->kids.at[up->kids.n - 1] : NULL;
            if (k == NULL || !fc_str_eq(k->name, part)) {
                k = FC_NEW(d->arena, name_node);
                k->name = part;
                k->first = order[i].index;
                FC_PUSH(d->arena, &up->kids, k);
            } else if (dot == NULL || k->field) {
                return false;
            }
            if (order[i].index < k->first)
                k->first = order[i].index;
            if (dot == NULL) {
                k->field = true;
                k->object = d->fields.at[order[i].index].widget;
                break;
            }
            path[depth + 1] = k;
            rest = fc_str_slice(rest, part.n + 1, rest.n);
        }
    }
    return true;
}

/* The fonts that answers are drawn with: of those for other scripts the ones in use. */
static void write_answers(fc_pdf *d)
{
    if (d->answers == NULL)
        return;
    fc_haru *h = d->haru;
    fc_pdf_obj *fonts = fc_pdf_dict(h);
    for (size_t i = 0; i < FC_CHAIN_MAX; i++) {
        fc_font *font =
            i == 0 ? fc_chain_first(d->field_fonts) : fc_chain_used(d->field_fonts, i);
        if (font != NULL)
            fc_pdf_put(h, fonts, fc_font_resource(font), fc_font_object(font, h));
    }
    fc_pdf_put(h, d->answers, "Font", fonts);
}

bool fc_fields_write(fc_pdf *d)
{
    name_node root = {0};
    if (!build_names(d, &root))
        return false;
    if (d->fields.n == 0)
        return true;
    write_answers(d);
    fc_haru *h = d->haru;
    fc_pdf_obj *form = fc_pdf_object(h), *list = fc_pdf_array(h);
    fc_pdf_put(h, form, "Fields", list);
    write_names(h, &root, NULL, list);
    fc_pdf_obj *resources = fc_pdf_dict(h), *fonts = fc_pdf_dict(h);
    fc_pdf_put(h, fonts, FC_FIELD_FONT_NAME, fc_font_object(fc_chain_first(d->field_fonts), h));
    fc_pdf_put(h, resources, "Font", fonts);
    fc_pdf_put(h, form, "DR", resources);
    fc_pdf_put_text(h, form, "DA", default_appearance(d));
    for (size_t i = 0; i < d->fields.n; i++)
        if (d->fields.at[i].field->kind == FC_FIELD_SIGNATURE) {
            fc_pdf_put_int(h, form, "SigFlags", SIGNATURES_EXIST);
            break;
        }
    fc_pdf_put(h, fc_haru_catalog(h), "AcroForm", form);
    return true;
}
