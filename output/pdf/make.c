/* A PDF from layout XML. */
#include "output/pdf/pdf.h"

#include <string.h>

/* The files of each kind in the order in which they are asked for a letter. An italic of other
 * scripts than ours is not a thing that they have. */
#define SCRIPTS(weight)                                                                        \
    "fonts/NotoSansArabic-" weight ".ttf", "fonts/NotoSansHebrew-" weight ".ttf",              \
        "fonts/NotoSansDevanagari-" weight ".ttf", "fonts/NotoSansBengali-" weight ".ttf",     \
        "fonts/NotoSansGurmukhi-" weight ".ttf", "fonts/NotoSansGujarati-" weight ".ttf",      \
        "fonts/NotoSansTamil-" weight ".ttf", "fonts/NotoSansMath-Regular.ttf",                \
        "fonts/NotoSansSymbols2-Regular.ttf"
static const char *const files[FC_FACE_KINDS][FC_CHAIN_MAX] = {
    [FC_REGULAR] = {"fonts/NotoSans-Regular.ttf", SCRIPTS("Regular")},
    [FC_BOLD] = {"fonts/NotoSans-Bold.ttf", SCRIPTS("Bold")},
    [FC_ITALIC] = {"fonts/NotoSans-Italic.ttf", SCRIPTS("Regular")}};

fc_pdf_faces *fc_pdf_faces_open(fc_arena *a)
{
    fc_pdf_faces *f = FC_NEW(a, fc_pdf_faces);
    for (size_t kind = 0; kind < FC_FACE_KINDS; kind++)
        for (size_t i = 0; i < FC_CHAIN_MAX && files[kind][i] != NULL; i++) {
            const fc_face *face = NULL;
            for (size_t k = 0; k < kind && face == NULL; k++) /* one file is opened once */
                if (i < f->of[k].n && strcmp(files[k][i], files[kind][i]) == 0)
                    face = f->of[k].at[i];
            if (face == NULL)
                face = fc_face_open(a, files[kind][i]);
            if (face == NULL)
                return NULL;
            f->of[kind].at[f->of[kind].n++] = face;
        }
    return f;
}

bool fc_pdf_faces_add(fc_arena *a, fc_pdf_faces *f, fc_str bytes, const char **why)
{
    *why = "there are too many fonts";
    if (f->of[FC_REGULAR].n == FC_CHAIN_MAX)
        return false;
    const fc_face *face = fc_face_open_bytes(a, bytes, why);
    if (face == NULL)
        return false;
    for (size_t kind = 0; kind < FC_FACE_KINDS; kind++)
        f->of[kind].at[f->of[kind].n++] = face;
    return true;
}

static void open_fonts(fc_pdf *d, const fc_pdf_faces *faces)
{
    static const char *const names[FC_FACE_KINDS] = {"R", "B", "I"};
    d->shaper = fc_shaper_new(d->arena, d->layout->lang);
    d->setter = fc_typesetter_new(d->arena, d->shaper, d->layout->lang);
    for (size_t i = 0; i < FC_FACE_KINDS; i++)
        d->fonts[i] = fc_chain_new(d->shaper, faces->of[i].at, faces->of[i].n, names[i], false);
    d->field_fonts = fc_chain_new(d->shaper, faces->of[FC_REGULAR].at, faces->of[FC_REGULAR].n,
                                  FC_FIELD_FONT_NAME, true);
}

/* Subsets, once all text is set. */
static bool write_fonts(fc_pdf *d)
{
    for (size_t kind = 0; kind <= FC_FACE_KINDS; kind++)
        for (size_t i = 0; i < FC_CHAIN_MAX; i++) {
            fc_font *f =
                fc_chain_used(kind < FC_FACE_KINDS ? d->fonts[kind] : d->field_fonts, i);
            if (f != NULL && !fc_font_write(f, d->haru))
                return false;
        }
    return true;
}

static void write_pages(fc_pdf *d)
{
    fc_haru *h = d->haru;
    fc_pdf_obj *fonts = fc_pdf_object(h);
    for (size_t kind = 0; kind < FC_FACE_KINDS; kind++)
        for (size_t i = 0; i < FC_CHAIN_MAX; i++) {
            fc_font *f = fc_chain_used(d->fonts[kind], i);
            if (f != NULL)
                fc_pdf_put(h, fonts, fc_font_resource(f), fc_font_object(f, h));
        }
    fc_pdf_obj **pages = FC_NEW_N(d->arena, fc_pdf_obj *, d->sheets.n);
    for (size_t i = 0; i < d->sheets.n; i++) {
        fc_sheet *s = d->sheets.at[i];
        if (s->content.failed)
            fc_arena_give_up(d->arena);
        pages[i] = s->object;
        fc_pdf_page_content(h, s->object, fc_buf_view(&s->content), fonts, d->drawn);
    }
    fc_tags_write(d->tags, h, pages, d->sheets.n);
}

/* What the store cannot hold, and is not put in groups: nobody fills in or reads so much. */
static void too_large(fc_diags *diags)
{
    fc_diag *g = fc_report(diags, FC_ERROR, "L109", (fc_span){0},
                           "the document is larger than a PDF that formc can make");
    fc_diag_help(diags, g,
                 "a PDF has at most 32,767 pages, answer places whose names begin alike, and "
                 "choices in a list, and 32,000 characters in a label or heading: make several "
                 "documents of it");
}

fc_status fc_pdf_make(fc_arena *a, const fc_pdf_faces *faces, fc_str layout_xml,
                      fc_str plan_xml, fc_str subject, const fc_pdf_pictures *pictures,
                      fc_diags *diags, fc_str *bytes)
{
    fc_pdf *d = FC_NEW(a, fc_pdf);
    d->arena = a;
    d->diags = diags;
    static const fc_pdf_pictures none;
    d->pictures = pictures = pictures != NULL ? pictures : &none;
    d->layout = fc_layout_read(a, layout_xml, diags);
    if (d->layout == NULL)
        return FC_FOUND;
    if (d->layout->logo && (pictures->of.n == 0 || pictures->of.at[0] == NULL)) {
        fc_report(diags, FC_ERROR, "L101", (fc_span){0},
                  "the page layout has a letterhead with a picture, and the theme has none");
        return FC_FOUND;
    }
    if (d->layout->pictures != 0 && d->layout->pictures >= pictures->of.n) {
        fc_report(diags, FC_ERROR, "L101", (fc_span){0},
                  "the page layout has a picture that the form does not have");
        return FC_FOUND;
    }
    d->haru = fc_haru_new(a);
    open_fonts(d, faces);
    d->tags = fc_tags_new(a);
    fc_flow(d);
    fc_links_write(d);
    if (d->fields.n != 0)
        fc_font_add_repertoire(fc_chain_first(d->field_fonts));
    if (!fc_fields_write(d)) {
        fc_report(diags, FC_ERROR, "L102", (fc_span){0},
                  "the page layout gives two answer places the same name");
        return FC_FOUND;
    }
    write_pages(d);
    fc_outline_write(d);
    if (!write_fonts(d)) {
        fc_arena_check(a);
        return FC_INTERNAL;
    }
    fc_pdf_meta meta = {.title = d->layout->title,
                        .lang = d->layout->lang,
                        .subject = subject,
                        .plan_xml = plan_xml,
                        .profile = "sRGB.icc"};
    fc_meta_write(d, &meta);
    fc_status s = fc_haru_save(d->haru, bytes);
    fc_arena_check(a);
    if (s == FC_REFUSED)
        too_large(diags);
    return s;
}
