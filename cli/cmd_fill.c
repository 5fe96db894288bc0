/* formc fill: make a document from a plan. */
#include "cli/making.h"
#include "cli/published.h"
#include "runtime/base/file.h"

#include <stdio.h>
#include <string.h>

typedef struct request {
    const char *operand[2]; /* FORM, PLAN */
    const char *out, *to, *as, *lang;
    const char *rows[FC_ROWS_OPTIONS];
    bool with_data, sign_fields, force;
} request;

/* The target that --to names, or the one whose suffix the file has. */
static const fc_target *choose_target(const request *r)
{
    if (r->to) {
        const fc_target *t = fc_target_find(r->to);
        return t && t->suffix ? t : NULL;
    }
    for (size_t i = 0; fc_targets[i]; i++)
        if (fc_targets[i]->suffix && fc_str_ends(fc_str_of(r->out), fc_targets[i]->suffix))
            return fc_targets[i];
    return NULL;
}

static bool is_record(const request *r)
{
    return r->as && strcmp(r->as, "record") == 0;
}

static fc_status fill(fc_loaded *l, const request *r, const fc_target *t)
{
    fc_build b;
    fc_plan *plan = NULL;
    const char *why = "";
    void *prepared = NULL;
    fc_output_files files = {0};

    fc_status s = fc_load_form_and_plan(l, r->operand[0], r->operand[1], &plan);
    if (s == FC_OK)
        s = fc_build_open(&b, l, r->rows, NULL);
    b.options.record = is_record(r);
    b.options.with_data = r->with_data;
    b.options.sign_fields = r->sign_fields;
    if (s == FC_OK && t->prepare)
        s = t->prepare(&b, &prepared);
    if (s == FC_OK)
        s = t->make(&b, prepared, plan, l->arena, &files);
    if (s != FC_OK)
        return s;
    s = fc_file_write(r->out, files.at[0].bytes, r->force, &why);
    if (s != FC_OK)
        fc_complain("%s: %s", r->out, why);
    else
        fc_say_language(l);
    return s;
}

static fc_status fill_once(const request *r, const fc_target *t)
{
    fc_loaded l = {.arena = fc_arena_new(FC_MEMORY_MAX), .lang = r->lang};
    if (!l.arena)
        return FC_INTERNAL;
    volatile fc_status s = FC_INTERNAL;
    if (FC_BOUNDARY(l.arena)) {
        s = fill(&l, r, t);
        fc_print_diags(l.diags);
    } else {
        fc_complain("memory ran out");
    }
    fc_arena_drop(l.arena);
    return s;
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
        {.name = "--rows", .list = r.rows, .list_max = FC_ROWS_OPTIONS},
        {.name = "--force", .flag = &r.force},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, r.operand, 2))
        return FC_USAGE;
    if (!r.out || !*r.out) {
        fc_complain("say which file to make: -o FILE");
        return FC_USAGE;
    }
    const fc_target *t = choose_target(&r);
    if (!t) {
        fc_complain("say what to make: a FILE that ends in .docx or .pdf, or --to docx or pdf");
        return FC_USAGE;
    }
    if (r.as && !is_record(&r) && strcmp(r.as, "form") != 0) {
        fc_complain("--as is form (to fill in further) or record (to read and keep)");
        return FC_USAGE;
    }
    if (is_record(&r) && !t->records) {
        fc_complain("a record can be made as a PDF: give a FILE that ends in .pdf");
        return FC_USAGE;
    }
    if (r.sign_fields && (is_record(&r) || !t->records)) {
        fc_complain("--sign-fields is for a PDF to fill in");
        return FC_USAGE;
    }
    if (r.with_data && !is_record(&r)) {
        fc_complain("--with-data is for records: a form always carries the plan");
        return FC_USAGE;
    }
    return (int)fill_once(&r, t);
}
