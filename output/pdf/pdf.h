/* From layout XML to a PDF file: the part of the target that knows no form. */
#ifndef FC_PDF_PDF_H
#define FC_PDF_PDF_H

#include "output/pdf/document.h"

/* Faces, opened once and used by every document. */
typedef struct fc_pdf_faces {
    struct {
        const fc_face *at[FC_CHAIN_MAX];
        size_t n;
    } of[FC_FACE_KINDS]; /* the face of the theme, then those for other scripts */
} fc_pdf_faces;

/* NULL when a built-in font is missing or may not be embedded. */
fc_pdf_faces *fc_pdf_faces_open(fc_arena *a);
/* Adds a font file behind all others, for letters that they lack; bytes are borrowed. False:
 * *why says what is against it. */
FC_NODISCARD bool fc_pdf_faces_add(fc_arena *a, fc_pdf_faces *f, fc_str bytes,
                                   const char **why);

/* The PDF of a layout (docs/layout.md) with plan_xml attached, unless that is empty.
 * pictures: what letterheads and figures show; the logo may be NULL, and all of them. What is
 * wrong in the layout is an error in d (FC_FOUND); what a person should know about the page is
 * a warning. All memory is a's; gives up as the arena does. */
FC_NODISCARD fc_status fc_pdf_make(fc_arena *a, const fc_pdf_faces *faces, fc_str layout_xml,
                                   fc_str plan_xml, fc_str subject,
                                   const fc_pdf_pictures *pictures, fc_diags *d, fc_str *bytes);

#endif
