/* formc fill: make a document from a plan, or the plan itself as XML or JSON. */
#include "cli/making.h"
#include "cli/published.h"

#include <stdio.h>
#include <string.h>

typedef struct request {
    const char *operand[2]; /* FORM, PLAN */
    const char *out, *to, *as, *lang, *theme, *binding, *repeat;
    const char *rows[FC_ROWS_OPTIONS], *fonts[FC_FONT_OPTIONS + 1];
    bool with_data, sign_fields, force;
    fc_purpose purpose;
    /* What is made: a document by a target, or the plan itself in one of its formats. */
    const fc_target *target; /* NULL: the plan itself */
    fc_plan_format format;
} request;

static const struct {
    const char *name, *suffix;
    fc_plan_format format;
} plan_formats[] = {{"xml", ".xml", FC_PLAN_XML}, {"json", ".json", FC_PLAN_JSON}};

/* What --to names, or what the file's name ends in; false when that is neither. */
static bool choose_product(request *r)
{
    fc_str out = fc_str_of(r->out);
    r->target = fc_target_for(r->to, r->out);
    if (r->target)
        return true;
    for (size_t i = 0; i < sizeof plan_formats / sizeof *plan_formats; i++) {
        r->format = plan_formats[i].format;
        if (r->to ? strcmp(r->to, plan_formats[i].name) == 0
                  : fc_str_ends(out, plan_formats[i].suffix))
            return true;
    }
    return false;
}

static fc_status make_document(fc_loaded *l, const request *r, const fc_target *t,
                               const fc_plan *plan)
{
    fc_build b;
    fc_status s = fc_build_open(&b, l, r->rows, r->binding, r->theme);
    if (s == FC_OK)
        s = fc_build_repeats(&b, r->repeat);
    b.options.purpose = r->purpose;
    b.options.with_data = r->with_data;
    b.options.sign_fields = r->sign_fields;
    if (s == FC_OK)
        s = fc_build_fonts(&b, r->fonts);
    return s == FC_OK ? fc_make_document(l, &b, t, plan, r->out, r->force) : s;
}

static fc_status fill(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_plan *plan = NULL;
    fc_status s = fc_load_form_and_plan(l, r->operand[0], r->operand[1], &plan);
    if (s != FC_OK)
        return s;
    return r->target ? make_document(l, r, r->target, plan)
                     : fc_save_plan_as(plan, r->format, r->out, r->force);
}

int fc_cmd_fill(int argc, char **argv)
{
    request r = {0};
    const fc_option options[] = {
        {.name = "-o", .value = &r.out},
        {.name = "--to", .value = &r.to},
        {.name = "--as", .value = &r.as},
        {.name = "--with-data", .flag = &r.with_data},
        {.name = "--sign-fields", .flag = &r.sign_fields},
        {.name = "--lang", .value = &r.lang},
        {.name = "--theme", .value = &r.theme},
        {.name = "--binding", .value = &r.binding},
        {.name = "--repeat", .value = &r.repeat},
        {.name = "--rows", .list = r.rows, .list_max = FC_ROWS_OPTIONS},
        {.name = "--font", .list = r.fonts, .list_max = FC_FONT_OPTIONS + 1},
        {.name = "--force", .flag = &r.force},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, r.operand, 2))
        return FC_USAGE;
    if (!r.out || !*r.out) {
        fc_complain("say which file to make: -o FILE");
        return FC_USAGE;
    }
    if (!choose_product(&r)) {
        fc_complain(
            "say what to make: a FILE that ends in .docx, .pdf, .html, .xml or .json, or "
            "--to docx, pdf, html, xml or json");
        return FC_USAGE;
    }
    if (!fc_read_as(r.as, &r.purpose))
        return FC_USAGE;
    bool record = r.purpose == FC_TO_KEEP;
    if (record && !(r.target && r.target->records)) {
        fc_complain(
            "a record can be made for Word or as a PDF: give a FILE that ends in .docx or "
            ".pdf");
        return FC_USAGE;
    }
    if (r.sign_fields && (record || r.target != &fc_target_pdf)) {
        fc_complain("--sign-fields is for a PDF to fill in");
        return FC_USAGE;
    }
    if (r.fonts[0] && r.target != &fc_target_pdf) {
        fc_complain("--font is for a PDF: give a FILE that ends in .pdf");
        return FC_USAGE;
    }
    if ((r.binding || r.repeat) && (record || r.target != &fc_target_docx)) {
        fc_complain("--binding and --repeat are for a Word form to fill in");
        return FC_USAGE;
    }
    if (r.with_data && !record) {
        fc_complain("--with-data is for records: a form always carries the plan");
        return FC_USAGE;
    }
    if (!r.target && (r.rows[0] || r.as || r.theme)) {
        fc_complain("--rows, --as and --theme are for documents");
        return FC_USAGE;
    }
    return fc_run_verb(r.lang, fill, &r);
}
