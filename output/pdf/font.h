/* Fonts of a PDF. A face is a font file, opened once and shared by all documents; a font is a
 * face as one document uses it: which glyphs, and what text each of them stands for.
 *
 * A character code in the document is the glyph's number in the file (Identity-H), so
 * subsetting keeps the numbers. When one glyph has to stand for different texts, each further
 * text gets a code of its own behind the last glyph, and CIDToGIDMap leads it back to the
 * glyph. */
#ifndef FC_PDF_FONT_H
#define FC_PDF_FONT_H

#include "output/pdf/haru.h"

typedef struct fc_face fc_face;

/* Opens a font among the built-in files; released with the arena. NULL when it is not one that
 * can be embedded. A face keeps what it worked out for one document, up to a limit, for the
 * next: the shapes of pieces of text, and subsets. So it serves one thread at a time. */
fc_face *fc_face_open(fc_arena *a, const char *asset);
/* Opens the bytes of a TrueType font, or the first of a collection (OpenType 1.9, "Organization
 * of an OpenType font"); the bytes are borrowed. Anybody may have made them: HarfBuzz checks
 * each table. NULL: *why says in words of what cannot be embedded. */
fc_face *fc_face_open_bytes(fc_arena *a, fc_str bytes, const char **why);
bool fc_face_has(const fc_face *f, uint32_t c);
double fc_face_ascent(const fc_face *f);  /* for a font size of 1 */
double fc_face_descent(const fc_face *f); /* below the baseline, positive */

/* A shaped glyph; lengths in thousandths of the font size. */
typedef struct fc_glyph {
    uint32_t gid;     /* glyph number; after fc_font_encode: the character code */
    uint32_t cluster; /* index of its first character in the text */
    double advance;
    double dx, dy; /* where it is drawn, from the pen */
    double width;  /* what the document says its width is: rounded; set by fc_font_encode */
} fc_glyph;

typedef FC_ARRAY(fc_glyph) fc_glyphs;

typedef struct fc_font fc_font;

/* The fonts of one document share a shaper. */
typedef struct fc_shaper fc_shaper;
fc_shaper *fc_shaper_new(fc_arena *a, fc_str lang);

/* resource: the name in content streams. plain: no ligatures and no kerning, because viewers
 * that draw a field again have neither. */
fc_font *fc_font_new(fc_shaper *s, const fc_face *face, const char *resource, bool plain);
const char *fc_font_resource(const fc_font *f);
const fc_face *fc_font_face(const fc_font *f);
/* Makes the letters that people of these islands and their languages type part of the font. */
void fc_font_add_repertoire(fc_font *f);

/* Fonts that stand in for each other: the first has the letters of most words, each further
 * one those that it lacks. */
typedef struct fc_chain fc_chain;
#define FC_CHAIN_MAX 16 /* 10 are built in (make.c), the others are for --font */
/* faces[0, n) in the order in which they are asked. The first font is called `resource` in
 * content streams, the others that and their number. */
fc_chain *fc_chain_new(fc_shaper *s, const fc_face *const *faces, size_t n,
                       const char *resource, bool plain);
/* The font for a letter and its marks: the first that has all of them, made when it is first
 * needed; NULL when none has. */
fc_font *fc_chain_find(fc_chain *c, const uint32_t *text, size_t n);
fc_font *fc_chain_first(const fc_chain *c);
/* The font of the i-th face, when text is set in it; else NULL. i below FC_CHAIN_MAX. */
fc_font *fc_chain_used(const fc_chain *c, size_t i);

/* A script for shaping; characters that belong to any script take that of their neighbours. */
uint32_t fc_font_script(fc_shaper *s, uint32_t c);
bool fc_script_is_common(uint32_t script);

/* Shapes text[from, to): one direction, one script. The whole text is the context. Glyphs are
 * appended from left to right; clusters count from the beginning of text. */
void fc_font_shape(fc_font *f, const uint32_t *text, size_t n, size_t from, size_t to, bool rtl,
                   uint32_t script, fc_glyphs *out);
/* Turns glyph numbers into character codes, so that the document's text can be read back.
 * glyphs[0, n) is one run as fc_font_shape gave it for text[from, to). */
void fc_font_encode(fc_font *f, const uint32_t *text, size_t from, size_t to, bool rtl,
                    fc_glyph *glyphs, size_t n);

/* The font's object; may be put into documents' resources before it is written. */
fc_pdf_obj *fc_font_object(fc_font *f, fc_haru *h);
/* Writes subset, widths and text map once all text is set. False: it could not be subset. */
FC_NODISCARD bool fc_font_write(fc_font *f, fc_haru *h);

#endif
