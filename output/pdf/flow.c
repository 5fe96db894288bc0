/* Boxes onto pages, from top to bottom. A heading stays with what follows, a row on one page; a
 * text that is split leaves at least two lines on either page, and what is taller than a page
 * is continued. */
#include "output/pdf/document.h"

#define ITEM_GAP 0.14 /* as measured */
#define HAIR 1.5      /* between a cell's lines and its field */
/* What is taller than this share of a page is not kept on one: the page before would be too
 * empty. */
#define KEEP_SHARE (2.0 / 3)
#define FIT 0.05 /* points that rounding may cost */

static double page_width(const fc_pdf *d)
{
    return d->layout->page_width - d->layout->left - d->layout->right;
}

static double page_end(const fc_pdf *d)
{
    return d->layout->page_height - d->layout->bottom;
}
/* Nothing of the page's own stands above: a further page would have no more room. */
static bool at_top(const fc_pdf *d)
{
    return d->y <= d->fresh + FIT;
}
static bool fits(const fc_pdf *d, double height)
{
    return d->y + height <= page_end(d) + FIT;
}

#define LEAST_LINES 2 /* of a text that is split, before and behind the end of a page */

/* How many of the n lines that are left of a text stand in `room` points. 0: none, the page
 * ends before them. begun: some stand on the page before. force: there is no better page, at
 * least one line has to stand here. */
static size_t lines_here(double room, double leading, size_t n, bool begun, bool force)
{
    double fit = (room + FIT) / leading;
    if (fit >= (double)n)
        return n;
    size_t lines = fit > 0 ? (size_t)fit : 0, most = lines;
    if (n - lines < LEAST_LINES)
        lines = n > LEAST_LINES ? n - LEAST_LINES : 0;
    if (lines < LEAST_LINES && !begun)
        lines = 0;
    if (lines == 0 && force)
        return most != 0 ? most : 1;
    return lines;
}

static fc_tag *tag_of(fc_pdf *d, fc_box *b, fc_tag *parent, const char *type)
{
    if (b->tag == NULL) {
        b->tag = fc_tag_new(d->tags, parent, type);
        if (b->lang.n != 0)
            fc_tag_set_lang(b->tag, b->lang);
    }
    return b->tag;
}

static const char *const heading_tags[] = {"H1", "H1", "H2", "H3", "H4", "H5", "H6"};

/* The tag of a box with text; for an item, the one that holds its words. */
static fc_tag *text_tag(fc_pdf *d, fc_box *b, fc_tag *parent)
{
    if (b->kind == FC_BOX_HEADING)
        return tag_of(d, b, parent, heading_tags[b->level <= 6 ? b->level : 6]);
    if (b->kind == FC_BOX_PARA)
        return tag_of(d, b, parent, "P");
    return b->tag; /* an item: made with its mark */
}

/* The start edge is the left one, or the right one of text that runs from right to left. */
static double start_x(const fc_box *b, double x)
{
    return b->rtl ? x : x + b->look->indent;
}

/* Lines [from, to) of a text box at the current place. */
static void draw_lines(fc_pdf *d, fc_box *b, fc_tag *parent, double x, double y, size_t from,
                       size_t to)
{
    fc_tag *tag = d->repeating ? NULL : text_tag(d, b, parent);
    fc_place_is(d, y);
    if (from == 0 && b->kind == FC_BOX_HEADING)
        FC_PUSH(d->arena, &d->headings, ((fc_placed_heading){b, d->sheets.n - 1, y}));
    fc_paint_lines(d, tag, &b->text, b->look, start_x(b, x), y, from, to);
    if (to == b->text.lines.n && b->look->rule != FC_NO_COLOUR)
        fc_paint_rule(d, x, y + (double)(to - from) * b->text.leading + 2, b->width, 1,
                      b->look->rule);
}

static void draw_item(fc_pdf *d, fc_box *list, fc_box *item, fc_tag *parent, double x, double y,
                      size_t from, size_t to)
{
    const fc_look *look = list->look;
    double mark_x = item->rtl ? x + item->width : x + look->indent;
    double text_x = item->rtl ? x : x + look->indent + item->x;
    if (d->repeating) {
        if (from == 0)
            fc_paint_lines(d, NULL, &item->marker_text, look, mark_x, y, 0,
                           item->marker_text.lines.n);
        fc_paint_lines(d, NULL, &item->text, look, text_x, y, from, to);
        return;
    }
    fc_place_is(d, y);
    fc_tag *l = list->tag;
    if (l == NULL) {
        l = tag_of(d, list, parent, "L");
        if (list->marker.n != 0)
            fc_tag_set_bullets(l);
    }
    if (item->tag == NULL) {
        fc_tag *li = fc_tag_new(d->tags, l, "LI");
        if (item->lang.n != 0)
            fc_tag_set_lang(li, item->lang);
        if (item->marker_text.lines.n != 0)
            fc_paint_lines(d, fc_tag_new(d->tags, li, "Lbl"), &item->marker_text, look, mark_x,
                           y, 0, item->marker_text.lines.n);
        item->tag = fc_tag_new(d->tags, li, "LBody");
        if (item->field != NULL)
            fc_check_place(d, item->field, item->tag, mark_x, y, item->x, look);
    }
    fc_paint_lines(d, item->tag, &item->text, look, text_x, y, from, to);
}

/* --- what is needed on a page before something may begin there --- */

static double need(const fc_pdf *d, fc_box *const *kids, size_t i, size_t n);

/* The least of a text box that may stand at the foot of a page: two lines, or all of three. */
static double least_lines(const fc_box *b)
{
    return b->text.lines.n < 2 * LEAST_LINES ? b->height : LEAST_LINES * b->text.leading;
}

static double need_table(const fc_pdf *d, const fc_box *b)
{
    double height = 0, room = fc_page_room(d);
    if (b->keep && b->height <= room * KEEP_SHARE)
        return b->height;
    for (size_t r = 0; r < b->kids.n && height <= room; r++) {
        height += b->kids.at[r]->height;
        if (!b->kids.at[r]->header && !b->kids.at[r]->keep_next)
            break;
    }
    return height;
}

static bool keeps_next(const fc_box *b)
{
    return b->kind == FC_BOX_FIGURE ||
           ((b->kind == FC_BOX_HEADING || b->kind == FC_BOX_PARA || b->kind == FC_BOX_LIST) &&
            b->look->keep_next);
}

/* From box i on: the boxes that stay together, and the least of the one that ends them. */
static double need(const fc_pdf *d, fc_box *const *kids, size_t i, size_t n)
{
    double height = 0, room = fc_page_room(d);
    for (; i + 1 < n && keeps_next(kids[i]) && height <= room; i++) {
        double before = fc_box_before(kids[i + 1]), after = fc_box_after(kids[i]);
        height += kids[i]->height + (before > after ? before : after);
    }
    const fc_box *b = kids[i];
    switch (b->kind) {
    case FC_BOX_PARA:
        return height + least_lines(b);
    case FC_BOX_LIST:
        return height + (b->kids.n != 0 ? least_lines(b->kids.at[0]) : 0);
    case FC_BOX_TABLE:
        return height + need_table(d, b);
    case FC_BOX_KEEP:
        return height + (b->height <= room * KEEP_SHARE || b->kids.n == 0
                             ? b->height
                             : need(d, b->kids.at, 0, b->kids.n));
    default:
        return height + b->height;
    }
}

/* --- placing --- */

/* The lines of a paragraph, a heading or an item of `list`. */
static void place_lines(fc_pdf *d, fc_box *list, fc_box *b, fc_tag *parent, double x)
{
    double leading = b->text.leading;
    for (size_t n = b->text.lines.n, from = 0; from < n;) {
        size_t lines = lines_here(page_end(d) - d->y, leading, n - from, from != 0, at_top(d));
        if (lines != 0 && list != NULL)
            draw_item(d, list, b, parent, x, d->y, from, from + lines);
        else if (lines != 0)
            draw_lines(d, b, parent, x, d->y, from, from + lines);
        d->y += (double)lines * leading;
        from += lines;
        if (from < n)
            fc_paint_new_sheet(d);
    }
    d->y += b->height - (double)b->text.lines.n * leading;
}

static void place_list(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    for (size_t i = 0; i < b->kids.n; i++) {
        fc_place_coming(d, b->kids.at[i]);
        place_lines(d, b, b->kids.at[i], parent, x);
        if (i + 1 < b->kids.n)
            d->y += b->look->size * ITEM_GAP;
    }
}

/* Where the drawing of a cell has come to: a box of it, and a line of that box; for a list the
 * box is followed by the item. */
typedef struct cursor {
    size_t kid, item, line;
} cursor;

/* Draws, or with draw false only measures, the boxes of a cell from *c on, in `room` points
 * from y on. Moves *c and returns the height used. fill: the height that the last field
 * stretches to, or 0. */
static double cell_part(fc_pdf *d, fc_box *cell, fc_tag *tag, cursor *c, double x, double y,
                        double room, bool draw, bool force, double fill)
{
    double used = 0, after = 0;
    double width = cell->width - 2 * cell->side;
    bool first = true;
    for (; c->kid < cell->kids.n; c->kid++) {
        fc_box *b = cell->kids.at[c->kid];
        double before = fc_box_before(b);
        double gap = first ? 0 : before > after ? before : after;
        after = fc_box_after(b);
        if (b->kind == FC_BOX_FIELD) {
            double h = b->height;
            if (used + gap + h > room + FIT && !(force && first))
                return used;
            used += gap;
            bool last = c->kid + 1 == cell->kids.n;
            /* A single line stays level with its label. */
            bool stretch = b->field->kind == FC_FIELD_PROSE || b->field->grown ||
                           b->field->kind == FC_FIELD_MARK;
            if (last && stretch && fill > used + h)
                h = fill - used;
            /* The field takes the cell's padding too, but for a hair beside the rules. */
            double across = cell->side - HAIR, grow = cell->pad - HAIR;
            double up = c->kid == 0 ? grow : 0, down = last ? grow : 0;
            if (draw && !d->repeating) {
                fc_place_coming(d, b);
                fc_place_is(d, y + used - up);
                fc_field_place(d, b, tag, x - across, y + used - up, width + 2 * across,
                               h + up + down);
            }
            used += h;
            first = false;
            continue;
        }
        if (b->kind == FC_BOX_FIGURE) {
            if (used + gap + b->height > room + FIT && !(force && first))
                return used;
            used += gap;
            if (draw) {
                fc_place_is(d, y + used);
                fc_paint_picture(d, d->repeating ? NULL : tag, b,
                                 b->rtl ? x + width - b->picture_width : x, y + used);
            }
            used += b->height;
            first = false;
            continue;
        }
        bool list = b->kind == FC_BOX_LIST;
        if (draw)
            fc_place_coming(d, b);
        for (size_t n_items = list ? b->kids.n : 1; c->item < n_items; c->item++, c->line = 0) {
            fc_box *t = list ? b->kids.at[c->item] : b;
            size_t n = t->text.lines.n;
            double leading = t->text.leading;
            double space = c->line != 0 ? 0 : c->item == 0 ? gap : b->look->size * ITEM_GAP;
            size_t lines = lines_here(room - used - space, leading, n - c->line, c->line != 0,
                                      force && first);
            if (lines == 0 && n != 0)
                return used;
            used += space;
            if (draw)
                fc_place_coming(d, t);
            if (draw && list)
                draw_item(d, b, t, tag, x, y + used, c->line, c->line + lines);
            else if (draw)
                draw_lines(d, t, tag, x, y + used, c->line, c->line + lines);
            used += (double)lines * leading;
            c->line += lines;
            first = first && n == 0;
            if (c->line < n)
                return used;
        }
        c->item = c->line = 0;
    }
    return used;
}

static double cell_x(const fc_pdf *d, const fc_box *row, const fc_box *cell)
{
    return d->layout->rtl ? row->width - cell->x - cell->width : cell->x;
}

/* Frames of a row at the current place. */
static void draw_frames(fc_pdf *d, const fc_box *table, const fc_box *row, double x, double h)
{
    fc_place_is(d, d->y);
    for (size_t c = 0; c < row->kids.n; c++) {
        const fc_box *cell = row->kids.at[c];
        fc_paint_rect(d, x + cell_x(d, row, cell), d->y, cell->width, h, cell->fill,
                      table->rule);
    }
}

static fc_tag *cell_tag(fc_pdf *d, fc_box *cell, fc_tag *row)
{
    if (cell->tag != NULL)
        return cell->tag;
    fc_tag *g = tag_of(d, cell, row, cell->head_column || cell->head_row ? "TH" : "TD");
    if (cell->head_column || cell->head_row)
        fc_tag_set_scope(g, cell->head_column ? "Column" : "Row");
    fc_tag_set_columns(g, cell->span);
    return g;
}

static void new_sheet_of_table(fc_pdf *d, const fc_box *table, double x, size_t headers,
                               double least);

/* The least that a row which goes on on a new page should find room for there. */
static double least_part(const fc_box *row)
{
    double least = 0;
    for (size_t c = 0; c < row->kids.n; c++) {
        const fc_box *cell = row->kids.at[c];
        for (size_t k = 0; k < cell->kids.n; k++) {
            const fc_box *b = cell->kids.at[k];
            double part = b->kind == FC_BOX_FIELD || b->kind == FC_BOX_FIGURE ? b->height
                          : b->kind == FC_BOX_PARA                            ? least_lines(b)
                          : b->kids.n != 0 ? least_lines(b->kids.at[0])
                                           : 0;
            least = part > least ? part : least;
        }
    }
    return least;
}

/* A row on this page, or as much of it as fits, and the rest on the next ones. headers: the
 * rows to be repeated there. */
static void place_row(fc_pdf *d, const fc_box *table, fc_box *row, fc_tag *parent, double x,
                      size_t headers)
{
    fc_tag *tag = tag_of(d, row, parent, "TR");
    cursor *at = FC_NEW_N(d->arena, cursor, row->kids.n);
    fc_place_coming(d, row);
    for (size_t c = 0; c < row->kids.n; c++)
        fc_place_coming(d, row->kids.at[c]);
    double pad = table->pad;
    bool begun = false;
    for (bool more = true; more;) {
        double room = page_end(d) - d->y - 2 * pad, used = 0;
        bool whole = fits(d, row->height) && !begun, force = at_top(d);
        more = false;
        for (size_t c = 0; c < row->kids.n; c++) {
            cursor copy = at[c];
            double u = cell_part(d, row->kids.at[c], NULL, &copy, 0, 0, room, false, force, 0);
            used = u > used ? u : used;
            more = more || copy.kid < row->kids.at[c]->kids.n;
        }
        if (more && used <= 0 && !force) { /* no frame around nothing */
            new_sheet_of_table(d, table, x, headers, least_part(row) + 2 * pad);
            continue;
        }
        double height = whole ? row->height : used + 2 * pad;
        draw_frames(d, table, row, x, height);
        for (size_t c = 0; c < row->kids.n; c++) {
            fc_box *cell = row->kids.at[c];
            cell_part(d, cell, cell_tag(d, cell, tag), &at[c],
                      x + cell_x(d, row, cell) + table->side, d->y + pad, room, true, force,
                      height - 2 * pad);
        }
        d->y += height;
        begun = true;
        if (more)
            new_sheet_of_table(d, table, x, headers, least_part(row) + 2 * pad);
    }
}

/* The header rows again: not read out a second time, and not when the page would have no room
 * for `least` points below them. */
static void new_sheet_of_table(fc_pdf *d, const fc_box *table, double x, size_t headers,
                               double least)
{
    double height = 0;
    fc_paint_new_sheet(d);
    for (size_t r = 0; r < headers; r++)
        height += table->kids.at[r]->height;
    if (headers == 0 || height + least > fc_page_room(d))
        return;
    d->repeating = true;
    for (size_t r = 0; r < headers; r++) {
        const fc_box *row = table->kids.at[r];
        draw_frames(d, table, row, x, row->height);
        for (size_t c = 0; c < row->kids.n; c++) {
            cursor from = {0};
            cell_part(d, row->kids.at[c], NULL, &from,
                      x + cell_x(d, row, row->kids.at[c]) + table->side, d->y + table->pad,
                      row->height, true, true, 0);
        }
        d->y += row->height;
    }
    d->repeating = false;
    d->fresh = d->y;
}

static void place_table(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    fc_tag *table = tag_of(d, b, parent, "Table");
    size_t headers = 0;
    while (headers < b->kids.n && b->kids.at[headers]->header)
        headers++;
    /* A body is needed beside a head (14.8.4.3.4). */
    bool parted = headers != 0 && headers < b->kids.n;
    fc_tag *head = parted ? fc_tag_new(d->tags, table, "THead") : table;
    fc_tag *body = parted ? fc_tag_new(d->tags, table, "TBody") : table;
    for (size_t r = 0; r < b->kids.n; r++) {
        fc_box *row = b->kids.at[r];
        double room = fc_page_room(d), height = row->height;
        for (size_t k = r; b->kids.at[k]->keep_next && k + 1 < b->kids.n && height <= room; k++)
            height += b->kids.at[k + 1]->height;
        if (height > room)
            height = row->height;
        /* A row taller than a page begins where it is; others begin where they fit. */
        size_t repeated = r < headers ? 0 : headers;
        if (!fits(d, height) && !at_top(d) && height <= room)
            new_sheet_of_table(d, b, x, repeated, row->height);
        place_row(d, b, row, r < headers ? head : body, x, repeated);
    }
}

/* The picture at the end of the line, its words in the middle of its height. */
static void place_letterhead(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    bool rtl = d->layout->rtl, picture = b->alt.n != 0;
    double words = fc_text_set_height(&b->text);
    double start = rtl && picture ? x + b->width - b->text.width : x;
    if (b->text.lines.n != 0)
        fc_paint_lines(d, tag_of(d, b, parent, "P"), &b->text, b->look, start_x(b, start),
                       d->y + (b->height - words) / 2, 0, b->text.lines.n);
    if (picture)
        fc_paint_picture(d, parent, b, rtl ? x : x + b->width - b->picture_width,
                         d->y + (b->height - b->picture_height) / 2);
    d->y += b->height;
}

static void place_stack(fc_pdf *d, fc_box *const *kids, size_t n, fc_tag *parent, double x,
                        double width);

/* The picture at the start, and in the middle of its height what stands beside it. That goes on
 * on a new page only where it is taller than one. */
static void place_figure(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    double top = d->y, words = fc_figure_words(b);
    size_t sheets = d->sheets.n;
    fc_place_is(d, top);
    fc_paint_picture(d, parent, b, b->rtl ? x + b->width - b->picture_width : x, top);
    if (b->words_height < b->height)
        d->y += (b->height - b->words_height) / 2;
    place_stack(d, b->kids.at, b->kids.n, parent, b->rtl ? x : x + b->width - words, words);
    if (d->sheets.n == sheets)
        d->y = top + b->height;
}

static void place(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    fc_place_coming(d, b);
    switch (b->kind) {
    case FC_BOX_HEADING:
    case FC_BOX_PARA:
        place_lines(d, NULL, b, parent, x);
        break;
    case FC_BOX_LETTERHEAD:
        place_letterhead(d, b, parent, x);
        break;
    case FC_BOX_FIGURE:
        place_figure(d, b, parent, x);
        break;
    case FC_BOX_LIST:
        place_list(d, b, parent, x);
        break;
    case FC_BOX_TABLE:
        place_table(d, b, parent, x);
        break;
    case FC_BOX_FIELD:
        fc_place_is(d, d->y);
        fc_field_place(d, b, fc_tag_new(d->tags, parent, "P"),
                       d->layout->rtl ? x + page_width(d) - b->width : x, d->y, b->width,
                       b->height);
        d->y += b->height;
        break;
    default:
        break;
    }
}

static void place_stack(fc_pdf *d, fc_box *const *kids, size_t n, fc_tag *parent, double x,
                        double width)
{
    double after = 0;
    for (size_t i = 0; i < n; i++)
        fc_measure(d, kids[i], width);
    for (size_t i = 0; i < n; i++) {
        double before = fc_box_before(kids[i]);
        /* The space before the first box was left by whoever placed the group. */
        double gap = i == 0 || at_top(d) ? 0 : before > after ? before : after;
        double least = need(d, kids, i, n), room = fc_page_room(d);
        if (least > room) /* what cannot stay together: each box for itself */
            least = need(d, kids, i, i + 1);
        bool crowded =
            !fits(d, gap + least) && (least <= room || kids[i]->kind != FC_BOX_TABLE);
        if (!at_top(d) && (crowded || kids[i]->new_page)) {
            fc_paint_new_sheet(d);
            gap = 0;
        }
        d->y += gap;
        if (kids[i]->kind == FC_BOX_KEEP) {
            fc_place_coming(d, kids[i]);
            place_stack(d, kids[i]->kids.at, kids[i]->kids.n, parent, x, width);
        } else {
            place(d, kids[i], parent, x);
        }
        after = fc_box_after(kids[i]);
    }
}

void fc_flow(fc_pdf *d)
{
    const fc_page_layout *l = d->layout;
    fc_paint_new_sheet(d);
    place_stack(d, l->body.at, l->body.n, fc_tags_document(d->tags), l->left,
                l->page_width - l->left - l->right);
    fc_place_is(d, d->y); /* what makes no mark, at the end of the document */
    fc_paint_furniture(d);
}
