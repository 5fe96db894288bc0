/* A PDF while it is made: what the parts of the writer share. */
#ifndef FC_PDF_DOCUMENT_H
#define FC_PDF_DOCUMENT_H

#include "compiler/picture.h"
#include "output/pdf/layout.h"
#include "output/pdf/tags.h"

/* What a document may show: number 0 is the logo of the theme, the others are pictures of the
 * form. NULL where there is none. */
typedef struct fc_pdf_pictures {
    FC_ARRAY(const fc_picture *) of;
} fc_pdf_pictures;

typedef struct fc_sheet { /* a page */
    fc_buf content;
    fc_pdf_obj *object;
    fc_pdf_obj *annotations; /* array, or NULL */
} fc_sheet;

typedef struct fc_placed_heading {
    const fc_box *box;
    size_t page;
    double y; /* from the top */
} fc_placed_heading;

typedef struct fc_link_part { /* of a line, from its top left corner */
    fc_link *link;
    size_t page;
    double x, y, width, height;
} fc_link_part;

typedef struct fc_placed_field {
    const fc_field_box *field;
    fc_pdf_obj *widget;
} fc_placed_field;

typedef struct fc_pdf {
    fc_arena *arena;
    fc_haru *haru;
    fc_diags *diags;
    const fc_page_layout *layout;
    fc_shaper *shaper;
    fc_typesetter *setter;
    fc_chain *fonts[FC_FACE_KINDS];
    fc_chain *field_fonts; /* the first is the one that answers are typed in */
    fc_tags *tags;
    FC_ARRAY(fc_sheet *) sheets;
    FC_ARRAY(fc_placed_heading) headings;
    FC_ARRAY(fc_box *) coming; /* with an id: their place is where the next mark is made */
    FC_ARRAY(fc_link_part) links;
    FC_ARRAY(fc_placed_field) fields;
    struct fc_check_looks { /* of check boxes of one size; NULL until there is one */
        double size;
        fc_pdf_obj *on, *off;
    } checks;
    const fc_pdf_pictures *pictures;
    fc_pdf_obj *drawn;   /* resources: those pictures that are drawn; NULL: none yet */
    bool *is_drawn;      /* by number */
    fc_pdf_obj *answers; /* resources of what is drawn in fields, once there is one */
    double y;            /* the place on the last page where the next box goes, from the top */
    double fresh;   /* where its first box went: below header rows that are repeated on it */
    bool repeating; /* what is drawn was drawn before: page furniture without tags or fields */
} fc_pdf;

/* The resource name of the font that answers are typed in. Chrome's PDF viewer takes an
 * embedded font for a field to be an ANSI one, and draws every letter beyond that from another
 * font or not at all, unless the resource is named like a symbol font. Other viewers ignore the
 * name. */
#define FC_FIELD_FONT_NAME "Wingdings"

/* paint.c: marks on the last page. Lengths from the top left corner. */
fc_sheet *fc_paint_sheet(fc_pdf *d); /* the last page */
void fc_sheet_annotate(fc_pdf *d, fc_sheet *s, fc_pdf_obj *annotation);
void fc_paint_new_sheet(fc_pdf *d);
void fc_paint_rect(fc_pdf *d, double x, double y, double w, double h, uint32_t fill,
                   uint32_t rule);
void fc_paint_rule(fc_pdf *d, double x, double y, double w, double thick, uint32_t colour);
void fc_paint_arrow(fc_pdf *d, double x, double y, double size, uint32_t colour);
/* Lines [from, to) of a text that belongs to tag; tag NULL: it is page furniture. */
void fc_paint_lines(fc_pdf *d, fc_tag *tag, const fc_text_set *text, const fc_look *look,
                    double x, double y, size_t from, size_t to);
/* The picture of a letterhead or figure, with its words; parent NULL: as page furniture. */
void fc_paint_picture(fc_pdf *d, fc_tag *parent, const fc_box *b, double x, double y);
/* Header and footer of all pages. */
void fc_paint_furniture(fc_pdf *d);
/* dir: auto falls back to the document's. */
fc_text_set fc_set_spans(fc_pdf *d, const fc_span_box *spans, size_t n, const fc_look *look,
                         double width, size_t page, fc_dir dir);

/* measure.c: sizes. width: what the box may take. */
void fc_measure(fc_pdf *d, fc_box *b, double width);
double fc_figure_words(const fc_box *b); /* width of what stands beside its picture */
double fc_box_before(const fc_box *b);
double fc_box_after(const fc_box *b);
fc_dir fc_page_dir(const fc_pdf *d);
double fc_page_room(const fc_pdf *d); /* height between header and footer */

/* flow.c: boxes onto pages. */
void fc_flow(fc_pdf *d);

/* link.c: words that lead to another place. */
/* The box begins where the next mark is made, which is at y of the last page. */
void fc_place_coming(fc_pdf *d, fc_box *b);
void fc_place_is(fc_pdf *d, double y);
/* The element of a link in a text that belongs to parent. */
fc_tag *fc_link_tag(fc_pdf *d, fc_link *l, fc_tag *parent);
/* Words of a link on one line of the last page: where they lead from, and a line below them.
 * Outside marked content. */
void fc_link_part_place(fc_pdf *d, const fc_link_part *part, double baseline,
                        const fc_look *look);
/* The annotations, when all boxes have their places. Before the tags are written. */
void fc_links_write(fc_pdf *d);
/* An array for Dest: y points from the top of a page, whatever the zoom. */
fc_pdf_obj *fc_destination(fc_pdf *d, size_t page, double y);

/* field.c: answer places. */
void fc_field_measure(fc_pdf *d, fc_box *b, double width);
/* Draws the place and adds the form field. The rectangle is the field's own. */
void fc_field_place(fc_pdf *d, const fc_box *b, fc_tag *parent, double x, double y, double w,
                    double h);
/* Draws a check box, its field with it, before a line of text whose top is y. It stands at the
 * start of the space from x on. */
void fc_check_place(fc_pdf *d, const fc_field_box *f, fc_tag *parent, double x, double y,
                    double space, const fc_look *look);
/* The AcroForm dictionary with all placed fields. False: two fields have one name. */
FC_NODISCARD bool fc_fields_write(fc_pdf *d);

/* meta.c: what the document says about itself. */
typedef struct fc_pdf_meta {
    fc_str title, lang, subject;
    fc_str plan_xml;     /* attached as data; empty: none */
    const char *profile; /* path of the colour profile among the assets */
} fc_pdf_meta;
void fc_meta_write(fc_pdf *d, const fc_pdf_meta *m);
void fc_outline_write(fc_pdf *d);

#endif
