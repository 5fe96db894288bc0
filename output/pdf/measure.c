/* How large boxes are. Text is set once, for the width it gets; drawing uses the same lines. */
#include "output/pdf/document.h"

#define RULE_SPACE 3.0   /* between a heading and the line below it, in points */
#define TABLE_BEFORE 4.0 /* space around tables and answer boxes */
#define TABLE_AFTER 12.0
#define BELOW_TEXT 3.0     /* what a field in a cell gets when text stands above it */
#define MARKER_SPACE 1.1   /* width of a list's marks, in type sizes */
#define CHECK_SPACE 1.9    /* that of a check box */
#define PICTURE_APART 18.0 /* between a picture and the words beside it */
#define PICTURE_AFTER 6.0
#define BALANCE_STEPS 6 /* to within a hundredth of the width */
#define BALANCE_LINES 4 /* more is no heading, and would cost */
#define ITEM_GAP 0.14   /* between items, in type sizes */

fc_dir fc_page_dir(const fc_pdf *d)
{
    return d->layout->rtl ? FC_DIR_RTL : FC_DIR_LTR;
}

double fc_page_room(const fc_pdf *d)
{
    return d->layout->page_height - d->layout->top - d->layout->bottom;
}

double fc_box_before(const fc_box *b)
{
    if (b->kind == FC_BOX_KEEP || b->kind == FC_BOX_FIGURE)
        return b->kids.n != 0 ? fc_box_before(b->kids.at[0]) : 0;
    return b->kind == FC_BOX_TABLE || b->kind == FC_BOX_FIELD ? TABLE_BEFORE
           : b->look != NULL                                  ? b->look->before
                                                              : 0;
}

double fc_box_after(const fc_box *b)
{
    if (b->kind == FC_BOX_KEEP)
        return b->kids.n != 0 ? fc_box_after(b->kids.at[b->kids.n - 1]) : 0;
    if (b->kind == FC_BOX_FIGURE)
        return PICTURE_AFTER;
    return b->kind == FC_BOX_TABLE || b->kind == FC_BOX_FIELD ? TABLE_AFTER
           : b->look != NULL                                  ? b->look->after
                                                              : 0;
}

/* A heading of several lines has them of about the same length, so that no word stands alone:
 * the least width that needs no further line. */
static void balance(fc_pdf *d, fc_box *b, double width, fc_dir dir)
{
    double low = width * 0.4, high = width;
    for (int i = 0; i < BALANCE_STEPS; i++) {
        double middle = (low + high) / 2;
        fc_text_set t = fc_set_spans(d, b->spans.at, b->spans.n, b->look, middle, 0, dir);
        if (t.lines.n <= b->text.lines.n) {
            b->text.lines.at = t.lines.at;
            high = middle;
        } else {
            low = middle;
        }
    }
}

static void measure_text(fc_pdf *d, fc_box *b, double width)
{
    double inner = width - b->look->indent;
    fc_dir dir = b->dir;
    b->text = fc_set_spans(d, b->spans.at, b->spans.n, b->look, inner, 0, dir);
    if (b->kind == FC_BOX_HEADING && b->text.lines.n > 1 && b->text.lines.n <= BALANCE_LINES)
        balance(d, b, inner, dir);
    b->height = fc_text_set_height(&b->text);
    if (b->look->rule != FC_NO_COLOUR)
        b->height += RULE_SPACE;
}

/* The words of a letterhead stand beside its picture. */
static void measure_letterhead(fc_pdf *d, fc_box *b, double width)
{
    double beside = b->alt.n != 0 ? b->picture_width + PICTURE_APART : 0;
    b->text = fc_set_spans(d, b->spans.at, b->spans.n, b->look,
                           width - b->look->indent - beside, 0, b->dir);
    double words = fc_text_set_height(&b->text);
    b->height = words > b->picture_height ? words : b->picture_height;
}

static void measure_list(fc_pdf *d, fc_box *b, double width)
{
    b->height = 0;
    for (size_t i = 0; i < b->kids.n; i++) {
        fc_box *item = b->kids.at[i];
        double mark = b->look->size * (item->field != NULL ? CHECK_SPACE : MARKER_SPACE);
        fc_span_box marker = {.face = b->look->face, .text = b->marker};
        double inner = width - b->look->indent - mark;
        item->marker_text = fc_set_spans(d, &marker, 1, b->look, mark, 0, item->dir);
        item->text =
            fc_set_spans(d, item->spans.at, item->spans.n, b->look, inner, 0, item->dir);
        item->x = mark;
        item->width = inner;
        item->height = fc_text_set_height(&item->text);
        b->height += item->height + (i + 1 < b->kids.n ? b->look->size * ITEM_GAP : 0);
        item->measured = true;
    }
}

/* The height of boxes below each other, without the space around the whole. */
static double stack_height(fc_pdf *d, fc_box *const *kids, size_t n, double width)
{
    double height = 0, after = 0;
    for (size_t i = 0; i < n; i++) {
        fc_measure(d, kids[i], width);
        if (i > 0 && kids[i]->kind == FC_BOX_FIELD && !kids[i]->field->framed)
            kids[i]->height += BELOW_TEXT;
        double before = fc_box_before(kids[i]);
        height += (i == 0 ? 0 : before > after ? before : after) + kids[i]->height;
        after = fc_box_after(kids[i]);
    }
    return height;
}

double fc_figure_words(const fc_box *b)
{
    double least = b->kids.n != 0 ? b->picture_width + PICTURE_APART : 0;
    return b->width > least ? b->width - least : 0;
}

static void measure_figure(fc_pdf *d, fc_box *b)
{
    b->words_height = stack_height(d, b->kids.at, b->kids.n, fc_figure_words(b));
    b->height = b->words_height > b->picture_height ? b->words_height : b->picture_height;
}

static void measure_table(fc_pdf *d, fc_box *b, double width)
{
    double shares = 0;
    for (size_t i = 0; i < b->columns.n; i++)
        shares += b->columns.at[i];
    b->height = 0;
    for (size_t r = 0; r < b->kids.n; r++) {
        fc_box *row = b->kids.at[r];
        size_t column = 0;
        double x = 0;
        row->height = 0;
        for (size_t c = 0; c < row->kids.n; c++) {
            fc_box *cell = row->kids.at[c];
            double w = 0;
            for (unsigned k = 0; k < cell->span && column < b->columns.n; k++)
                w += width * b->columns.at[column++] / shares;
            cell->x = x;
            cell->width = w;
            cell->pad = b->pad;
            cell->side = b->side;
            cell->height =
                stack_height(d, cell->kids.at, cell->kids.n, w - 2 * b->side) + 2 * b->pad;
            cell->measured = true;
            if (cell->height > row->height)
                row->height = cell->height;
            x += w;
        }
        row->width = width;
        row->measured = true;
        b->height += row->height;
    }
}

void fc_measure(fc_pdf *d, fc_box *b, double width)
{
    if (b->measured)
        return;
    b->measured = true;
    b->width = width;
    switch (b->kind) {
    case FC_BOX_HEADING:
    case FC_BOX_PARA:
        measure_text(d, b, width);
        break;
    case FC_BOX_LETTERHEAD:
        measure_letterhead(d, b, width);
        break;
    case FC_BOX_FIGURE:
        measure_figure(d, b);
        break;
    case FC_BOX_LIST:
        measure_list(d, b, width);
        break;
    case FC_BOX_TABLE:
        measure_table(d, b, width);
        break;
    case FC_BOX_FIELD:
        fc_field_measure(d, b, width);
        break;
    case FC_BOX_KEEP:
        b->height = stack_height(d, b->kids.at, b->kids.n, width);
        break;
    case FC_BOX_ITEM:
    case FC_BOX_ROW:
    case FC_BOX_CELL:
        break; /* measured with what they stand in */
    }
}
