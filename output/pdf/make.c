/* A PDF from layout XML. */
#include "output/pdf/pdf.h"

#include "runtime/base/digest.h"

const fc_pdf_faces *fc_pdf_faces_open(fc_arena *a)
{
    static const char *const files[FC_FACE_KINDS] = {
        "fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf", "fonts/NotoSans-Italic.ttf"};
    fc_pdf_faces *f = FC_NEW(a, fc_pdf_faces);
    for (size_t i = 0; i < FC_FACE_KINDS; i++) {
        f->at[i] = fc_face_open(a, files[i]);
        if (f->at[i] == NULL)
            return NULL;
    }
    return f;
}

static void open_fonts(fc_pdf *d, const fc_pdf_faces *faces)
{
    static const char *const names[FC_FACE_KINDS] = {"R", "B", "I"};
    d->shaper = fc_shaper_new(d->arena, d->layout->lang);
    d->setter = fc_typesetter_new(d->arena, d->shaper, d->layout->lang);
    for (size_t i = 0; i < FC_FACE_KINDS; i++)
        d->fonts[i] = fc_font_new(d->shaper, faces->at[i], names[i], false);
    d->field_font = fc_font_new(d->shaper, faces->at[FC_REGULAR], FC_FIELD_FONT_NAME, true);
    fc_font_add_repertoire(d->field_font);
}

static void write_pages(fc_pdf *d)
{
    fc_haru *h = d->haru;
    fc_pdf_obj *fonts = fc_pdf_object(h);
    for (size_t i = 0; i < FC_FACE_KINDS; i++)
        if (fc_font_is_used(d->fonts[i]))
            fc_pdf_put(h, fonts, fc_font_resource(d->fonts[i]), fc_font_object(d->fonts[i], h));
    fc_pdf_obj **pages = FC_NEW_N(d->arena, fc_pdf_obj *, d->sheets.n);
    for (size_t i = 0; i < d->sheets.n; i++) {
        fc_sheet *s = d->sheets.at[i];
        if (s->content.failed)
            fc_arena_give_up(d->arena);
        pages[i] = s->object;
        fc_pdf_page_content(h, s->object, fc_buf_view(&s->content), fonts);
    }
    fc_tags_write(d->tags, h, pages, d->sheets.n);
}

/* The file's id: the same content has the same (ISO 32000-1, 14.4). */
static void make_id(fc_arena *a, fc_str layout, fc_str plan, unsigned char id[16])
{
    fc_str both = fc_str_fmt(a, "%.*s %.*s", FC_ARG(fc_sha256_hex(a, layout)),
                             FC_ARG(fc_sha256_hex(a, plan)));
    fc_str hex = fc_sha256_hex(a, both);
    for (size_t i = 0; i < 16; i++) {
        unsigned v = 0;
        for (size_t k = 0; k < 2; k++) {
            char c = hex.p[2 * i + k];
            v = v * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        id[i] = (unsigned char)v;
    }
}

fc_status fc_pdf_make(fc_arena *a, const fc_pdf_faces *faces, fc_str layout_xml,
                      fc_str plan_xml, fc_str subject, fc_diags *diags, fc_str *bytes)
{
    fc_pdf *d = FC_NEW(a, fc_pdf);
    d->arena = a;
    d->diags = diags;
    d->layout = fc_layout_read(a, layout_xml, diags);
    if (d->layout == NULL)
        return FC_FOUND;
    d->haru = fc_haru_new(a);
    open_fonts(d, faces);
    d->tags = fc_tags_new(a);
    fc_flow(d);
    if (!fc_fields_write(d)) {
        fc_report(diags, FC_ERROR, "L102", (fc_span){0},
                  "the page layout gives two answer places the same name");
        return FC_FOUND;
    }
    write_pages(d);
    fc_outline_write(d);
    for (size_t i = 0; i < FC_FACE_KINDS; i++)
        if (fc_font_is_used(d->fonts[i]) && !fc_font_write(d->fonts[i], d->haru))
            return FC_INTERNAL;
    if (!fc_font_write(d->field_font, d->haru))
        return FC_INTERNAL;
    fc_pdf_meta meta = {.title = d->layout->title,
                        .lang = d->layout->lang,
                        .subject = subject,
                        .plan_xml = plan_xml,
                        .profile = "sRGB.icc"};
    fc_meta_write(d, &meta);
    unsigned char id[16];
    make_id(a, layout_xml, plan_xml, id);
    return fc_haru_save(d->haru, id, bytes);
}
