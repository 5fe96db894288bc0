/* Marks on pages: content streams. Text belongs to a tag; everything else is an artifact
 * (ISO 32000-1, 14.8.2.2), which a screen reader passes over. */
#include "output/pdf/document.h"

#include <math.h>

/* Points between header or footer and the text, and at least to the edge of the paper. */
#define FURNITURE_FROM_TEXT 14
#define FURNITURE_FROM_EDGE 12
#define FURNITURE_APART 18 /* between start and end on one line */

static void drop_buf(void *b)
{
    fc_buf_release(b);
}

fc_sheet *fc_paint_sheet(fc_pdf *d)
{
    return d->sheets.at[d->sheets.n - 1];
}

void fc_paint_new_sheet(fc_pdf *d)
{
    fc_sheet *s = FC_NEW(d->arena, fc_sheet);
    fc_buf_init(&s->content, FC_BUF_MAX);
    fc_arena_defer(d->arena, drop_buf, &s->content);
    s->object = fc_pdf_page(d->haru, d->layout->page_width, d->layout->page_height);
    FC_PUSH(d->arena, &d->sheets, s);
    d->y = d->fresh = d->layout->top;
}

void fc_sheet_annotate(fc_pdf *d, fc_sheet *s, fc_pdf_obj *annotation)
{
    if (s->annotations == NULL) {
        s->annotations = fc_pdf_array(d->haru);
        fc_pdf_put(d->haru, s->object, "Annots", s->annotations);
        fc_pdf_put_name(d->haru, s->object, "Tabs", "S");
    }
    fc_pdf_add(d->haru, s->annotations, annotation);
}

static void put(fc_buf *b, double value)
{
    fc_pdf_number(b, value);
    fc_buf_char(b, ' ');
}

static void put_colour(fc_buf *b, uint32_t colour, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8)
        put(b, ((colour >> shift) & 0xff) / 255.0);
    fc_buf_z(b, operator);
    fc_buf_char(b, '\n');
}

void fc_paint_rect(fc_pdf *d, double x, double y, double w, double h, uint32_t fill,
                   uint32_t rule)
{
    if (fill == FC_NO_COLOUR && rule == FC_NO_COLOUR)
        return;
    fc_buf *b = &fc_paint_sheet(d)->content;
    fc_buf_z(b, "/Artifact BMC\nq\n");
    if (fill != FC_NO_COLOUR)
        put_colour(b, fill, "rg");
    if (rule != FC_NO_COLOUR) {
        put_colour(b, rule, "RG");
        fc_buf_z(b, "0.75 w\n");
    }
    put(b, x);
    put(b, d->layout->page_height - y - h);
    put(b, w);
    put(b, h);
    fc_buf_z(b, fill == FC_NO_COLOUR ? "re S\n" : rule == FC_NO_COLOUR ? "re f\n" : "re B\n");
    fc_buf_z(b, "Q\nEMC\n");
}

void fc_paint_rule(fc_pdf *d, double x, double y, double w, double thick, uint32_t colour)
{
    fc_paint_rect(d, x, y - thick / 2, w, thick, colour, FC_NO_COLOUR);
}

void fc_paint_arrow(fc_pdf *d, double x, double y, double size, uint32_t colour)
{
    fc_buf *b = &fc_paint_sheet(d)->content;
    double top = d->layout->page_height - y;
    fc_buf_z(b, "/Artifact BMC\nq\n");
    put_colour(b, colour, "rg");
    const double at[] = {x, top, x + size, top, x + size / 2, top - size * 0.6};
    for (int i = 0; i < 6; i += 2) {
        put(b, at[i]);
        put(b, at[i + 1]);
        fc_buf_z(b, i == 0 ? "m " : "l ");
    }
    fc_buf_z(b, "f\nQ\nEMC\n");
}

/* Marked content of the tag, or of a link in its text. */
static void begin_marked(fc_pdf *d, fc_tag *tag, fc_link *link)
{
    fc_buf *b = &fc_paint_sheet(d)->content;
    if (tag == NULL) {
        fc_buf_z(b, "/Artifact BMC\n");
        return;
    }
    fc_tag *of = link != NULL ? fc_link_tag(d, link, tag) : tag;
    fc_buf_fmt(b, "/%s <</MCID %u>> BDC\n", link != NULL ? "Link" : "P",
               fc_tag_content(d->tags, of, d->sheets.n - 1));
}

/* Behind the runs from r on that belong to the same link, or to none. */
static size_t link_end(const fc_line_set *line, size_t r)
{
    size_t end = r + 1;
    while (end < line->runs.n && line->runs.at[end].link == line->runs.at[r].link)
        end++;
    return end;
}

/* Where the words of a run stand; white space that hangs out at an end of the line is none. */
static fc_link_part part_of(const fc_pdf *d, const fc_line_set *line, size_t r, double start,
                            double y, double leading)
{
    const fc_run_set *run = &line->runs.at[r];
    double left = fmax(run->x, 0), right = fmin(run->x + fc_run_width(run), line->width);
    return (fc_link_part){.link = run->link,
                          .page = d->sheets.n - 1,
                          .x = start + left,
                          .y = y,
                          .width = right - left,
                          .height = leading};
}

void fc_paint_lines(fc_pdf *d, fc_tag *tag, const fc_text_set *text, const fc_look *look,
                    double x, double y, size_t from, size_t to)
{
    if (from >= to)
        return;
    fc_buf *b = &fc_paint_sheet(d)->content;
    double baseline =
        fc_line_baseline(fc_chain_first(d->fonts[look->face]), look->size, text->leading);
    FC_ARRAY(fc_link_part) parts = {0};
    const fc_line_set *first = &text->lines.at[from];
    fc_link *link = first->runs.n != 0 ? first->runs.at[0].link : NULL;
    begin_marked(d, tag, link);
    for (size_t i = from; i < to; i++, y += text->leading) {
        const fc_line_set *line = &text->lines.at[i];
        bool at_right = look->at_end != line->at_right;
        double start = at_right ? x + text->width - line->width : x;
        for (size_t r = 0; r < line->runs.n;) {
            size_t end = link_end(line, r);
            if (line->runs.at[r].link != link) {
                link = line->runs.at[r].link;
                fc_buf_z(b, "EMC\n");
                begin_marked(d, tag, link);
            }
            fc_line_draw_runs(b, line, r, end, start, d->layout->page_height - (y + baseline));
            for (; r < end; r++)
                if (link != NULL && tag != NULL)
                    FC_PUSH(d->arena, &parts, part_of(d, line, r, start, y, text->leading));
        }
    }
    fc_buf_z(b, "EMC\n");
    for (size_t i = 0; i < parts.n; i++)
        fc_link_part_place(d, &parts.at[i], baseline, look);
}

/* The picture among the resources; put there when it is drawn for the first time. */
static fc_str resource_of(fc_pdf *d, unsigned number)
{
    fc_str name = fc_str_fmt(d->arena, "Picture%u", number);
    if (d->drawn == NULL) {
        d->drawn = fc_pdf_object(d->haru);
        d->is_drawn = FC_NEW_N(d->arena, bool, d->pictures->of.n);
    }
    if (!d->is_drawn[number]) {
        const fc_picture *p = d->pictures->of.at[number];
        fc_str data = fc_picture_data(d->arena, p);
        fc_pdf_put(d->haru, d->drawn, name.p, fc_pdf_image(d->haru, data, p->width, p->height));
        d->is_drawn[number] = true;
    }
    return name;
}

void fc_paint_picture(fc_pdf *d, fc_tag *parent, const fc_box *b, double x, double y)
{
    double bottom = d->layout->page_height - y - b->picture_height;
    fc_buf *out = &fc_paint_sheet(d)->content;
    fc_str name = resource_of(d, b->picture);
    if (parent == NULL) {
        fc_buf_z(out, "/Artifact BMC\nq\n");
    } else {
        fc_tag *tag = fc_tag_new(d->tags, parent, "Figure");
        fc_tag_set_figure(tag, b->alt, x, bottom, x + b->picture_width,
                          bottom + b->picture_height);
        if (b->lang.n != 0)
            fc_tag_set_lang(tag, b->lang);
        fc_buf_fmt(out, "/Figure <</MCID %u>> BDC\nq\n",
                   fc_tag_content(d->tags, tag, d->sheets.n - 1));
    }
    const double at[] = {b->picture_width, 0, 0, b->picture_height, x, bottom};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        put(out, at[i]);
    fc_buf_fmt(out, "cm\n/%.*s Do\nQ\nEMC\n", FC_ARG(name));
}

static fc_str number_text(fc_pdf *d, size_t n)
{
    return fc_str_fmt(d->arena, "%zu", n);
}

fc_text_set fc_set_spans(fc_pdf *d, const fc_span_box *spans, size_t n, const fc_look *look,
                         double width, size_t page, fc_dir dir)
{
    fc_span_texts t = {0};
    fc_missing missing = {0};
    for (size_t i = 0; i < n; i++) {
        fc_str text = spans[i].kind == FC_SPAN_TEXT   ? spans[i].text
                      : spans[i].kind == FC_SPAN_PAGE ? number_text(d, page)
                                                      : number_text(d, d->sheets.n);
        fc_link *link = spans[i].link;
        FC_PUSH(d->arena, &t,
                ((fc_span_text){.text = text,
                                .fonts = d->fonts[spans[i].face],
                                .size = look->size,
                                .colour = link != NULL && link->colour != FC_NO_COLOUR
                                              ? link->colour
                                              : look->colour,
                                .link = link}));
    }
    fc_text_set s =
        fc_text_set_spans(d->setter, t.at, t.n, width, look->leading, dir, true, &missing);
    if (missing.count != 0) {
        fc_diag *g =
            fc_report(d->diags, FC_WARNING, "L103", (fc_span){0},
                      "the form's text has %zu character%s that the fonts do not have, "
                      "the first is U+%04X",
                      missing.count, missing.count == 1 ? "" : "s", (unsigned)missing.first);
        fc_diag_help(d->diags, g,
                     "the PDF prints its number instead; --font FILE adds a font that has it");
    }
    return s;
}

/* The lines of a header or footer: those of the start from 0 on, the end beside one or below.
 */
typedef struct edge {
    fc_text_set start, end, more;
    size_t n;       /* lines of the start that are drawn */
    size_t end_at;  /* the line of the end */
    size_t more_at; /* the first line of what stands below the two, and how many there are */
    size_t n_more;
    size_t height; /* lines that all take */
} edge;

/* Start and end share a line when both fit on it. Otherwise the start has the whole width, and
 * the end the last line or one of its own. Where the margin, of so many points, has no room for
 * that, the start ends with the last line that it has room for, and what stands below them
 * gets what is left. */
static edge set_edge(fc_pdf *d, const fc_line_template *t, size_t page, double margin)
{
    const fc_page_layout *l = d->layout;
    double width = l->page_width - l->left - l->right;
    double fit = floor((margin - FURNITURE_FROM_TEXT - FURNITURE_FROM_EDGE) / t->look->leading);
    size_t room = fit > 1 ? (size_t)fit : 1;
    edge e = {0};
    bool end_only = page == 0 && t->first_end;
    e.end = fc_set_spans(d, t->end.at, t->end.n, t->look, width / 2, page + 1, fc_page_dir(d));
    double taken = e.end.lines.n != 0 ? e.end.lines.at[0].width + FURNITURE_APART : 0;
    e.start = fc_set_spans(d, t->start.at, end_only ? 0 : t->start.n, t->look, width - taken,
                           page + 1, fc_page_dir(d));
    if (e.start.lines.n > 1 && taken > 0) {
        fc_text_set whole =
            fc_set_spans(d, t->start.at, t->start.n, t->look, width, page + 1, fc_page_dir(d));
        size_t last = whole.lines.n - 1;
        size_t at = whole.lines.at[last].width + taken <= width ? last : last + 1;
        if (at < room) {
            e.start = whole;
            e.end_at = at;
        }
    }
    e.n = e.start.lines.n < room ? e.start.lines.n : room;
    e.more_at = e.n > e.end_at + 1 ? e.n : e.end_at + 1;
    e.more = fc_set_spans(d, t->more.at, t->more.n, t->look, width, page + 1, fc_page_dir(d));
    size_t left = e.more_at < room ? room - e.more_at : 0;
    e.n_more = e.more.lines.n < left ? e.more.lines.n : left;
    e.height = e.more_at + e.n_more;
    return e;
}

static void furniture(fc_pdf *d, const fc_line_template *t, size_t page, bool header)
{
    if (t == NULL || t->look == NULL || (page == 0 && !t->first))
        return;
    const fc_page_layout *l = d->layout;
    double right = l->page_width - l->right, leading = t->look->leading;
    fc_buf *b = &d->sheets.at[page]->content;
    edge e = set_edge(d, t, page, header ? l->top : l->bottom);
    double y = header ? l->top - FURNITURE_FROM_TEXT - leading * (double)e.height
                      : l->page_height - l->bottom + FURNITURE_FROM_TEXT;
    double rule_y = header ? l->top - 10 : l->page_height - l->bottom + 9;
    double baseline =
        fc_line_baseline(fc_chain_first(d->fonts[t->look->face]), t->look->size, leading);
    double at = l->page_height - (y + baseline);
    fc_buf_fmt(b, "/Artifact <</Type /Pagination /Subtype /%s>> BDC\n",
               header ? "Header" : "Footer");
    if (t->rule != FC_NO_COLOUR) {
        fc_buf_z(b, "q\n");
        put_colour(b, t->rule, "RG");
        fc_buf_z(b, "0.5 w ");
        put(b, l->left);
        put(b, l->page_height - rule_y);
        fc_buf_z(b, "m ");
        put(b, right);
        put(b, l->page_height - rule_y);
        fc_buf_z(b, "l S\nQ\n");
    }
    /* Of the two on one line, what stands left comes first. */
    for (size_t i = 0; i < e.height; i++) {
        const fc_line_set *start = i < e.n          ? &e.start.lines.at[i]
                                   : i >= e.more_at ? &e.more.lines.at[i - e.more_at]
                                                    : NULL;
        const fc_line_set *end =
            i == e.end_at && e.end.lines.n != 0 ? &e.end.lines.at[0] : NULL;
        const fc_line_set *first = l->rtl ? end : start, *second = l->rtl ? start : end;
        double line_y = at - leading * (double)i;
        if (first != NULL)
            fc_line_draw(b, first, l->left, line_y);
        if (second != NULL)
            fc_line_draw(b, second, right - second->width, line_y);
    }
    fc_buf_z(b, "EMC\n");
}

void fc_paint_furniture(fc_pdf *d)
{
    for (size_t i = 0; i < d->sheets.n; i++) {
        furniture(d, d->layout->header, i, true);
        furniture(d, d->layout->footer, i, false);
    }
}
