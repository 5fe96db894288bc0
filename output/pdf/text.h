/* Text as lines of glyphs: order of writing (Unicode bidirectional algorithm), line breaks
 * (Unicode line breaking) and shaping, for page text and for the answers in fields alike. */
#ifndef FC_PDF_TEXT_H
#define FC_PDF_TEXT_H

#include "output/pdf/font.h"

/* Words that are set in one way. */
typedef struct fc_span_text {
    fc_str text;
    fc_chain *fonts;
    double size;          /* points */
    uint32_t colour;      /* 0xRRGGBB */
    struct fc_link *link; /* that they are part of, or NULL: passed on to their runs */
} fc_span_text;

typedef FC_ARRAY(fc_span_text) fc_span_texts;

/* Glyphs of one font, size, colour and direction, ready to draw. */
typedef struct fc_run_set {
    const fc_font *font;
    double size;
    uint32_t colour;
    double x; /* from the start of the line, in points */
    bool rtl;
    struct fc_link *link;
    const fc_glyph *glyphs;
    size_t n;
} fc_run_set;

typedef struct fc_line_set {
    double width;              /* without white space at its end */
    bool at_right;             /* it begins at the right edge */
    FC_ARRAY(fc_run_set) runs; /* in reading order */
} fc_line_set;

typedef struct fc_text_set {
    FC_ARRAY(fc_line_set) lines;
    double leading; /* from line to line */
    double width;   /* that it was broken for */
    bool rtl;       /* the first paragraph runs from right to left */
} fc_text_set;

/* A character that no font has a picture for; printed as [U+1F600]. */
typedef struct fc_missing {
    size_t count;
    uint32_t first;
} fc_missing;

typedef struct fc_typesetter fc_typesetter;
fc_typesetter *fc_typesetter_new(fc_arena *a, fc_shaper *s, fc_str lang);

/* AUTO: each paragraph has the direction of its first strong letter, and runs from left to
 * right without one. AUTO_RTL: the same, on a page that runs from right to left: lines begin at
 * the right edge whatever is in them. */
typedef enum fc_dir { FC_DIR_LTR, FC_DIR_RTL, FC_DIR_AUTO, FC_DIR_AUTO_RTL } fc_dir;

/* Breaks spans into lines of at most width points. Line breaks of the text stand; without any
 * text there are no lines. wrap false: one line a paragraph, however long. */
fc_text_set fc_text_set_spans(fc_typesetter *t, const fc_span_text *spans, size_t n,
                              double width, double leading, fc_dir dir, bool wrap,
                              fc_missing *missing);
double fc_text_set_height(const fc_text_set *s);

/* Appends the text operators for a line whose left edge is x and whose baseline is y, in the
 * coordinates of the content stream; or those of its runs [from, to) only. */
void fc_line_draw(fc_buf *b, const fc_line_set *line, double x, double y);
void fc_line_draw_runs(fc_buf *b, const fc_line_set *line, size_t from, size_t to, double x,
                       double y);
double fc_run_width(const fc_run_set *r);
/* The baseline within a line of this leading, from its top, for a font and size. */
double fc_line_baseline(const fc_font *f, double size, double leading);

#endif
