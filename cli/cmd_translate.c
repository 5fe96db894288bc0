/* formc translate: begin a language file of a form, or bring it up to date. */
#include "cli/published.h"
#include "runtime/base/file.h"

#include <stdio.h>
#include <string.h>

typedef struct request {
    const char *form, *lang, *out;
    bool force;
} request;

static fc_status write_file(const fc_loaded *l, const request *r, const fc_buf *bytes)
{
    const char *why = "";
    fc_str folder = fc_form_folder(l->arena, l->path);
    fc_str path = r->out ? fc_str_of(r->out)
                         : fc_str_fmt(l->arena, "%.*slang/%s.xml", FC_ARG(folder), r->lang);
    fc_status s = FC_OK;
    if (!r->out) {
        fc_str where = fc_str_fmt(l->arena, "%.*slang", FC_ARG(folder));
        s = fc_dir_make(where.p, &why);
    }
    /* In its own place it replaces what it was made from, of which nothing is lost. */
    if (s == FC_OK)
        s = fc_file_write(path.p, fc_buf_view(bytes), r->force || !r->out, &why);
    if (s != FC_OK)
        fc_complain("%s: %s", path.p, why);
    return s;
}

static fc_status translate(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_definition def;
    fc_translation_count n;
    fc_buf out;
    fc_status s = fc_read_definition(l, r->form, &def);
    if (s != FC_OK)
        return s;
    fc_buf_init(&out, FC_BUF_MAX);
    s = fc_language_update(l->arena, &def, fc_str_of(r->lang), l->diags, &out, &n);
    if (s == FC_USAGE)
        fc_complain("--lang %s is not the shape of a language, like cy or en-GB", r->lang);
    if (s == FC_OK)
        s = write_file(l, r, &out);
    fc_buf_release(&out);
    if (s == FC_OK)
        fprintf(stderr,
                "%s: %zu texts, %zu not translated, %zu to look at again, %zu obsolete\n",
                r->lang, n.texts, n.missing, n.stale, n.obsolete);
    return s;
}

int fc_cmd_translate(int argc, char **argv)
{
    request r = {0};
    const fc_option options[] = {
        {.name = "--lang", .value = &r.lang},
        {.name = "-o", .value = &r.out},
        {.name = "--force", .flag = &r.force},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, &r.form, 1))
        return FC_USAGE;
    if (!r.lang) {
        fc_complain("say into which language: --lang TAG");
        return FC_USAGE;
    }
    if (strcmp(r.form, "-") == 0 && !r.out) {
        fc_complain("translate needs a file or a folder, to put lang/ beside it, or -o FILE");
        return FC_USAGE;
    }
    return fc_run_verb(NULL, translate, &r);
}
