/* Boxes onto pages, from top to bottom. A heading stays with what follows, a row on one page, a
 * paragraph leaves or takes at least two lines, and what is taller than a page is continued. */
#include "output/pdf/document.h"

#define ITEM_GAP 0.14 /* as measured */
#define HAIR 1.5      /* between a cell's lines and its field */
#define FIT 0.05      /* points that rounding may cost */

static double page_width(const fc_pdf *d)
{
    return d->layout->page_width - d->layout->left - d->layout->right;
}

static double page_end(const fc_pdf *d)
{
    return d->layout->page_height - d->layout->bottom;
}
static bool at_top(const fc_pdf *d)
{
    return d->y <= d->layout->top + FIT;
}
static bool fits(const fc_pdf *d, double height)
{
    return d->y + height <= page_end(d) + FIT;
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
    fc_tag *tag = text_tag(d, b, parent);
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
    fc_tag *l = list->tag;
    if (l == NULL) {
        l = tag_of(d, list, parent, "L");
        if (list->marker.n != 0)
            fc_tag_set_bullets(l);
    }
    const fc_look *look = list->look;
    double mark_x = item->rtl ? x + item->width : x + look->indent;
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
    double text_x = item->rtl ? x : x + look->indent + item->x;
    fc_paint_lines(d, item->tag, &item->text, look, text_x, y, from, to);
}

/* --- what is needed on a page before something may begin there --- */

static double need(const fc_pdf *d, fc_box *const *kids, size_t i, size_t n);

/* The least of a text box that may stand at the foot of a page: two lines, or all of three. */
static double least_lines(const fc_box *b)
{
    return b->text.lines.n <= 3 ? b->height : 2 * b->text.leading;
}

static double need_table(const fc_pdf *d, const fc_box *b)
{
    if (b->keep && b->height <= fc_page_room(d))
        return b->height;
    double height = 0;
    for (size_t r = 0; r < b->kids.n; r++) {
        height += b->kids.at[r]->height;
        if (!b->kids.at[r]->header && !b->kids.at[r]->keep_next)
            break;
    }
    return height;
}

static bool keeps_next(const fc_box *b)
{
    return (b->kind == FC_BOX_HEADING || b->kind == FC_BOX_PARA || b->kind == FC_BOX_LIST) &&
           b->look->keep_next;
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
        return height + (b->kids.n != 0 ? b->kids.at[0]->height : 0);
    case FC_BOX_TABLE:
        return height + need_table(d, b);
    case FC_BOX_KEEP:
        return height + (b->height <= room || b->kids.n == 0
                             ? b->height
                             : need(d, b->kids.at, 0, b->kids.n));
    default:
        return height + b->height;
    }
}

/* --- placing --- */

static void place_text(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    size_t n = b->text.lines.n, from = 0;
    double leading = b->text.leading;
    while (from < n) {
        size_t room = (size_t)((page_end(d) + FIT - d->y) / leading);
        size_t to = from + room < n ? from + room : n;
        if (to < n && n - to < 2 && to > from + 2)
            to--; /* no single line on the next page */
        if (to == from) {
            if (at_top(d))
                to = from + 1;
            else {
                fc_paint_new_sheet(d);
                continue;
            }
        }
        draw_lines(d, b, parent, x, d->y, from, to);
        d->y += (double)(to - from) * leading;
        from = to;
        if (from < n)
            fc_paint_new_sheet(d);
    }
    d->y += b->height - (double)n * leading;
}

static void place_list(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    for (size_t i = 0; i < b->kids.n; i++) {
        fc_box *item = b->kids.at[i];
        size_t n = item->text.lines.n, from = 0;
        if (!fits(d, item->height) && !at_top(d))
            fc_paint_new_sheet(d);
        while (from < n) {
            size_t room = (size_t)((page_end(d) + FIT - d->y) / item->text.leading);
            size_t to = from + room < n ? from + room : n;
            if (to == from)
                to = from + 1;
            draw_item(d, b, item, parent, x, d->y, from, to);
            d->y += (double)(to - from) * item->text.leading;
            from = to;
            if (from < n)
                fc_paint_new_sheet(d);
        }
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
            if (draw)
                fc_field_place(d, b, tag, x - across, y + used - up, width + 2 * across,
                               h + up + down);
            used += h;
            first = false;
            continue;
        }
        bool list = b->kind == FC_BOX_LIST;
        for (size_t n_items = list ? b->kids.n : 1; c->item < n_items; c->item++, c->line = 0) {
            fc_box *t = list ? b->kids.at[c->item] : b;
            size_t n = t->text.lines.n;
            double leading = t->text.leading;
            double space = c->line != 0 ? 0 : c->item == 0 ? gap : b->look->size * ITEM_GAP;
            double left = room + FIT - used - space;
            size_t lines = left > 0 ? (size_t)(left / leading) : 0;
            if (lines > n - c->line)
                lines = n - c->line;
            if (lines == 0 && n != 0) {
                if (!(force && first))
                    return used;
                lines = 1;
            }
            used += space;
            if (draw && list)
                draw_item(d, b, t, tag, x, y + used, c->line, c->line + lines);
            else if (draw)
                draw_lines(d, t, tag, x, y + used, c->line, c->line + lines);
            used += (double)lines * leading;
            c->line += lines;
            first = false;
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

/* A row on this page, or as much of it as fits, and the rest on the next ones. */
static void place_row(fc_pdf *d, const fc_box *table, fc_box *row, fc_tag *parent, double x)
{
    fc_tag *tag = tag_of(d, row, parent, "TR");
    cursor *at = FC_NEW_N(d->arena, cursor, row->kids.n);
    double pad = table->pad;
    for (bool more = true; more;) {
        double room = page_end(d) - d->y - 2 * pad, used = 0;
        bool whole = fits(d, row->height), force = at_top(d);
        more = false;
        for (size_t c = 0; c < row->kids.n; c++) {
            cursor copy = at[c];
            double u = cell_part(d, row->kids.at[c], NULL, &copy, 0, 0, room, false, force, 0);
            used = u > used ? u : used;
            more = more || copy.kid < row->kids.at[c]->kids.n;
        }
        bool from_start = true;
        for (size_t c = 0; c < row->kids.n; c++)
            from_start = from_start && at[c].kid == 0 && at[c].item == 0 && at[c].line == 0;
        double height = whole && from_start ? row->height : used + 2 * pad;
        draw_frames(d, table, row, x, height);
        for (size_t c = 0; c < row->kids.n; c++) {
            fc_box *cell = row->kids.at[c];
            cell_part(d, cell, cell_tag(d, cell, tag), &at[c],
                      x + cell_x(d, row, cell) + table->side, d->y + pad, room, true, force,
                      height - 2 * pad);
        }
        d->y += height;
        if (more)
            fc_paint_new_sheet(d);
    }
}

/* The header rows again, on a further page: not read out a second time. */
static void repeat_header(fc_pdf *d, const fc_box *table, double x)
{
    for (size_t r = 0; r < table->kids.n && table->kids.at[r]->header; r++) {
        const fc_box *row = table->kids.at[r];
        draw_frames(d, table, row, x, row->height);
        for (size_t c = 0; c < row->kids.n; c++) {
            const fc_box *cell = row->kids.at[c];
            double y = d->y + table->pad;
            for (size_t k = 0; k < cell->kids.n; k++) {
                const fc_box *b = cell->kids.at[k];
                if (b->kind != FC_BOX_PARA)
                    continue;
                fc_paint_lines(d, NULL, &b->text, b->look,
                               x + cell_x(d, row, cell) + table->side, y, 0, b->text.lines.n);
                y += b->height;
            }
        }
        d->y += row->height;
    }
}

static void place_table(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    fc_tag *table = tag_of(d, b, parent, "Table");
    size_t headers = 0;
    double header_height = 0;
    while (headers < b->kids.n && b->kids.at[headers]->header)
        header_height += b->kids.at[headers++]->height;
    fc_tag *head = headers != 0 ? fc_tag_new(d->tags, table, "THead") : NULL;
    fc_tag *body =
        headers != 0 && headers < b->kids.n ? fc_tag_new(d->tags, table, "TBody") : table;
    for (size_t r = 0; r < b->kids.n; r++) {
        fc_box *row = b->kids.at[r];
        double room = fc_page_room(d), height = row->height;
        for (size_t k = r; b->kids.at[k]->keep_next && k + 1 < b->kids.n; k++)
            height += b->kids.at[k + 1]->height;
        if (height > room)
            height = row->height;
        /* A row taller than a page begins where it is; others begin where they fit. */
        if (!fits(d, height) && !at_top(d) && height <= room) {
            fc_paint_new_sheet(d);
            if (r > headers && header_height + row->height <= room)
                repeat_header(d, b, x);
        }
        place_row(d, b, row, r < headers ? head : body, x);
    }
}

static void place(fc_pdf *d, fc_box *b, fc_tag *parent, double x)
{
    switch (b->kind) {
    case FC_BOX_HEADING:
    case FC_BOX_PARA:
        place_text(d, b, parent, x);
        break;
    case FC_BOX_LIST:
        place_list(d, b, parent, x);
        break;
    case FC_BOX_TABLE:
        place_table(d, b, parent, x);
        break;
    case FC_BOX_FIELD:
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
        double least = need(d, kids, i, n);
        if (!at_top(d) && !fits(d, gap + least) &&
            (least <= fc_page_room(d) || kids[i]->kind != FC_BOX_TABLE)) {
            fc_paint_new_sheet(d);
            gap = 0;
        }
        d->y += gap;
        if (kids[i]->kind == FC_BOX_KEEP)
            place_stack(d, kids[i]->kids.at, kids[i]->kids.n, parent, x, width);
        else
            place(d, kids[i], parent, x);
        after = fc_box_after(kids[i]);
    }
}

void fc_flow(fc_pdf *d)
{
    const fc_page_layout *l = d->layout;
    fc_paint_new_sheet(d);
    place_stack(d, l->body.at, l->body.n, fc_tags_document(d->tags), l->left,
                l->page_width - l->left - l->right);
    fc_paint_furniture(d);
}
