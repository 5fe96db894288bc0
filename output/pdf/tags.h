/* The logical structure of a document (ISO 32000-1, 14.7 and 14.8): elements, the content on
 * pages that belongs to them, and the way back from content to element. Kept as a tree of ours
 * while the pages are drawn and written into the file at the end. */
#ifndef FC_PDF_TAGS_H
#define FC_PDF_TAGS_H

#include "output/pdf/haru.h"

typedef struct fc_tag fc_tag;
typedef struct fc_tags fc_tags;

/* An empty tree with the element Document. */
fc_tags *fc_tags_new(fc_arena *a);
fc_tag *fc_tags_document(fc_tags *t);

/* A new last child. type is a literal: "P", "H1", "Table" ... */
fc_tag *fc_tag_new(fc_tags *t, fc_tag *parent, const char *type);
void fc_tag_set_lang(fc_tag *g, fc_str lang);
void fc_tag_set_scope(fc_tag *g, const char *scope); /* TH: "Column" or "Row" */
void fc_tag_set_columns(fc_tag *g, unsigned span);   /* TH and TD: columns it takes */
/* Figure: what it shows, in words, and where it stands on its page, in points from the lower
 * left corner (ISO 32000-1, 14.9.3 and Table 344). */
void fc_tag_set_figure(fc_tag *g, fc_str alt, double x0, double y0, double x1, double y1);
void fc_tag_set_bullets(fc_tag *g); /* L: a list with marks */

/* Content of page number `page` (from 0) that belongs to the element: its MCID there. */
unsigned fc_tag_content(fc_tags *t, fc_tag *g, size_t page);
/* An annotation that the element stands for. */
void fc_tag_annotation(fc_tags *t, fc_tag *g, size_t page, fc_pdf_obj *annotation);

/* Writes StructTreeRoot and ParentTree; pages: the page objects by number. */
void fc_tags_write(fc_tags *t, fc_haru *h, fc_pdf_obj *const *pages, size_t n_pages);
/* The element's object, for bookmarks; NULL before fc_tags_write. */
fc_pdf_obj *fc_tag_object(const fc_tag *g);

#endif
