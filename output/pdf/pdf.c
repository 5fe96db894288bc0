/* The target "pdf": a fillable, tagged PDF. */
#include "output/pdf/pdf.h"

#include "output/target.h"
#include "runtime/plan/eval.h"

#include <string.h>

typedef struct prepared {
    const fc_pdf_faces *faces;
    const fc_program *program;
    fc_pdf_pictures pictures;
} prepared;

/* The fonts of --font, behind the built-in ones. */
static fc_status add_fonts(fc_build *b, fc_pdf_faces *faces)
{
    for (size_t i = 0; i < b->options.fonts.n; i++) {
        const fc_font_file *file = &b->options.fonts.at[i];
        const char *why = "";
        if (fc_pdf_faces_add(b->arena, faces, file->bytes, &why))
            continue;
        fc_report(b->diags, FC_ERROR, "L108", (fc_span){0}, "%s cannot be used as a font: %s",
                  file->name, why);
        return FC_REFUSED;
    }
    return FC_OK;
}

static const char *sheet_of(const fc_build *b)
{
    static const char *const sheets[FC_PURPOSES] = {[FC_TO_FILL_IN] = "pdf.xsl",
                                                    [FC_TO_KEEP] = "pdf-record.xsl",
                                                    [FC_TO_COMPLETE] = "pdf-missing.xsl"};
    return sheets[b->options.purpose];
}

static fc_status prepare(fc_build *b, void **out)
{
    prepared *p = FC_NEW(b->arena, prepared);
    fc_pdf_faces *faces = fc_pdf_faces_open(b->arena);
    if (faces == NULL) {
        fc_arena_check(b->arena);
        return FC_INTERNAL;
    }
    fc_status s = add_fonts(b, faces);
    if (s != FC_OK)
        return s;
    p->faces = faces;
    FC_PUSH(b->arena, &p->pictures.of, b->theme.logo);
    for (size_t i = 0; i < b->form->pictures.n; i++)
        FC_PUSH(b->arena, &p->pictures.of, &b->form->pictures.at[i].picture);
    *out = p;
    static const char *const sign[] = {"sign-fields", "yes", NULL};
    return fc_style_program(b, sheet_of(b), b->options.sign_fields ? sign : NULL,
                            b->options.purpose != FC_TO_COMPLETE, &p->program);
}

/* What is wrong in a layout is put down to the sheets of the theme, when it has some: ours make
 * layouts that can be set. */
static void blame_sheets(fc_build *b, size_t from)
{
    fc_span at = fc_theme_sheet_place(&b->theme, fc_str_of(sheet_of(b)), (fc_str){0});
    for (size_t i = from; at.source != 0 && i < b->diags->list.n; i++) {
        fc_diag *g = &b->diags->list.at[i];
        if (g->severity != FC_ERROR || strcmp(g->code, "L101") != 0 || g->at.source != 0)
            continue;
        g->at = at;
        fc_diag_help(b->diags, g, "docs/layout.md says what a sheet for the PDF may write");
    }
}

static void drop_buf(void *b)
{
    fc_buf_release(b);
}

static fc_status make(fc_build *b, void *state, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files)
{
    const prepared *p = state;
    fc_buf *layout = FC_NEW(a, fc_buf), *data = FC_NEW(a, fc_buf);
    fc_buf_init(layout, FC_BUF_MAX);
    fc_buf_init(data, FC_BUF_MAX);
    fc_arena_defer(a, drop_buf, layout);
    fc_arena_defer(a, drop_buf, data);
    static const char *const what[FC_PURPOSES] = {
        [FC_TO_FILL_IN] = "the form as a PDF to fill in or print",
        [FC_TO_KEEP] = "the record as a PDF",
        [FC_TO_COMPLETE] = "what is still missing, as a PDF"};
    const fc_purpose purpose = b->options.purpose;
    const unsigned *rows = b->options.blank_rows;
    if (purpose == FC_TO_KEEP) /* the rows that are there */
        rows = FC_NEW_N(a, unsigned, b->form->containers.n);
    fc_program_run(p->program, fc_plan_shown(a, plan), rows, layout);
    if (purpose == FC_TO_FILL_IN || b->options.with_data)
        fc_plan_write(plan, data);
    if (layout->failed || data->failed)
        fc_arena_give_up(a);
    fc_output_file f = {.name = fc_output_name(b, a, b->form->id, ".pdf"),
                        .what = what[purpose]};
    fc_str subject = fc_str_fmt(a, "%.*s %.*s", FC_ARG(b->form->id), FC_ARG(b->form->version));
    size_t said = b->diags->list.n;
    fc_status s = fc_pdf_make(a, p->faces, fc_buf_view(layout), fc_buf_view(data), subject,
                              &p->pictures, b->diags, &f.bytes);
    if (s == FC_OK)
        FC_PUSH(a, files, f);
    else
        blame_sheets(b, said);
    return s;
}

const fc_target fc_target_pdf = {
    .name = "pdf",
    .suffix = ".pdf",
    .summary = "a fillable, tagged PDF",
    .records = true,
    .prepare = prepare,
    .make = make,
};
