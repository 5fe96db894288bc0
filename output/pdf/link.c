/* Words that lead to another place of the document: link annotations (ISO 32000-1, 12.5.6.5)
 * with an element Link in the structure (14.8.4.4.2). A link may lead forward, so that the
 * annotations are made when every box has its place. */
#include "output/pdf/document.h"

#include <math.h>

#define ABOVE 4.0     /* points of the page that are seen above a place */
#define BELOW 0.13    /* from the baseline to the line below the words, in type sizes */
#define THICK 0.06    /* of that line, in type sizes */
#define CLOSE_BY 0.05 /* points between pieces of one line that are one */

void fc_place_coming(fc_pdf *d, fc_box *b)
{
    if (b->id.n != 0 && !d->repeating)
        FC_PUSH(d->arena, &d->coming, b);
}

void fc_place_is(fc_pdf *d, double y)
{
    for (size_t i = 0; i < d->coming.n; i++) {
        d->coming.at[i]->page = d->sheets.n - 1;
        d->coming.at[i]->y = y;
    }
    d->coming.n = 0;
}

fc_tag *fc_link_tag(fc_pdf *d, fc_link *l, fc_tag *parent)
{
    if (l->tag == NULL)
        l->tag = fc_tag_new(d->tags, parent, "Link");
    return l->tag;
}

/* Pieces of a line that stand beside each other are one, whatever is set bold among them. */
static bool joins(const fc_link_part *a, const fc_link_part *b)
{
    return a->link == b->link && a->page == b->page && a->y == b->y &&
           (fabs(a->x + a->width - b->x) < CLOSE_BY || fabs(b->x + b->width - a->x) < CLOSE_BY);
}

void fc_link_part_place(fc_pdf *d, const fc_link_part *part, double baseline,
                        const fc_look *look)
{
    if (part->width <= 0)
        return;
    fc_paint_rule(d, part->x, part->y + baseline + look->size * BELOW, part->width,
                  look->size * THICK,
                  part->link->colour != FC_NO_COLOUR ? part->link->colour : look->colour);
    fc_link_part *last = d->links.n != 0 ? &d->links.at[d->links.n - 1] : NULL;
    if (last == NULL || !joins(last, part)) {
        FC_PUSH(d->arena, &d->links, *part);
        return;
    }
    last->x = fmin(last->x, part->x);
    last->width += part->width;
}

fc_pdf_obj *fc_destination(fc_pdf *d, size_t page, double y)
{
    fc_haru *h = d->haru;
    fc_pdf_obj *dest = fc_pdf_array(h);
    fc_pdf_add(h, dest, d->sheets.at[page]->object);
    fc_pdf_add_name(h, dest, "XYZ");
    fc_pdf_add_real(h, dest, d->layout->left);
    fc_pdf_add_real(h, dest, d->layout->page_height - y + ABOVE);
    fc_pdf_add_null(h, dest);
    return dest;
}

/* The corners of each part, the upper ones first: the order that viewers expect, which is not
 * that of table 173. */
static fc_pdf_obj *corners(fc_pdf *d, const fc_link_part *parts, size_t n)
{
    fc_haru *h = d->haru;
    fc_pdf_obj *list = fc_pdf_array(h);
    for (size_t i = 0; i < n; i++) {
        const fc_link_part *p = &parts[i];
        double top = d->layout->page_height - p->y, bottom = top - p->height;
        const double at[] = {p->x, top,    p->x + p->width, top,
                             p->x, bottom, p->x + p->width, bottom};
        for (size_t k = 0; k < 8; k++)
            fc_pdf_add_real(h, list, at[k]);
    }
    return list;
}

/* One annotation for the parts of a link on one page. */
static void write_link(fc_pdf *d, const fc_link_part *parts, size_t n)
{
    fc_haru *h = d->haru;
    const fc_link_part *p = parts;
    const fc_link *l = p->link;
    fc_sheet *sheet = d->sheets.at[p->page];
    double left = p->x, right = p->x + p->width, top = p->y, bottom = p->y + p->height;
    for (size_t i = 1; i < n; i++) {
        left = fmin(left, parts[i].x);
        right = fmax(right, parts[i].x + parts[i].width);
        top = fmin(top, parts[i].y);
        bottom = fmax(bottom, parts[i].y + parts[i].height);
    }
    double height = d->layout->page_height;
    fc_pdf_obj *o = fc_pdf_object(h), *border = fc_pdf_array(h);
    fc_pdf_put_name(h, o, "Type", "Annot");
    fc_pdf_put_name(h, o, "Subtype", "Link");
    fc_pdf_put(h, o, "Rect", fc_pdf_rect(h, left, height - bottom, right, height - top));
    if (n > 1)
        fc_pdf_put(h, o, "QuadPoints", corners(d, parts, n));
    for (int i = 0; i < 3; i++)
        fc_pdf_add_int(h, border, 0);
    fc_pdf_put(h, o, "Border", border);
    fc_pdf_put_int(h, o, "F", 4); /* printed: PDF/A wants it of every annotation */
    fc_pdf_put(h, o, "P", sheet->object);
    fc_pdf_put_text(h, o, "Contents", l->words);
    fc_pdf_put(h, o, "Dest", fc_destination(d, l->target->page, l->target->y));
    fc_sheet_annotate(d, sheet, o);
    fc_tag_annotation(d->tags, l->tag, p->page, o);
}

void fc_links_write(fc_pdf *d)
{
    for (size_t i = 0, end; i < d->links.n; i = end) {
        const fc_link_part *p = &d->links.at[i];
        for (end = i + 1; end < d->links.n && d->links.at[end].link == p->link &&
                          d->links.at[end].page == p->page;)
            end++;
        write_link(d, p, end - i);
    }
}
