/* Published versions of a form: which one a plan belongs to. */
#include "cli/published.h"
#include "runtime/base/file.h"
#include "runtime/plan/pin.h"

#include <string.h>
#include <sys/stat.h>

#include "compiler/publish.h"

#define PLAN_BYTES_MAX ((size_t)32 << 20) /* what the reader takes, too */

fc_str fc_form_folder(fc_arena *a, fc_str definition)
{
    size_t n = definition.n;
    while (n > 0 && definition.p[n - 1] != '/')
        n--;
    return fc_str_copy(a, fc_str_slice(definition, 0, n));
}

fc_str fc_published(fc_arena *a, const char *form, fc_str version)
{
    struct stat st;
    if (!fc_version_good(version) || strcmp(form, "-") == 0)
        return (fc_str){0};
    fc_str folder = fc_form_folder(a, fc_str_of(form));
    if (stat(form, &st) == 0 && S_ISDIR(st.st_mode))
        folder = fc_str_fmt(a, "%s/", form);
    fc_str path = fc_str_fmt(a, "%.*spublished/%.*s/form.xml", FC_ARG(folder), FC_ARG(version));
    return stat(path.p, &st) == 0 ? path : (fc_str){0};
}

fc_status fc_load_form_of(fc_loaded *l, const char *form, fc_str version)
{
    fc_str frozen = fc_published(l->arena, form, version);
    return fc_load_form(l, frozen.n ? frozen.p : form);
}

fc_status fc_load_form_and_plan(fc_loaded *l, const char *form, const char *path,
                                fc_plan **plan)
{
    const char *why = "";
    fc_str bytes;
    *plan = NULL;
    if (!l->diags)
        l->diags = fc_diags_new(l->arena);
    fc_status s = fc_file_read(l->arena, path, PLAN_BYTES_MAX, &bytes, &why);
    if (s != FC_OK) {
        fc_complain("%s: %s", path, why);
        return s;
    }
    s = fc_load_form_of(l, form, fc_plan_pin(l->arena, bytes));
    if (s != FC_OK)
        return s;
    return fc_plan_read(l->arena, l->form, bytes, fc_str_of(path), l->diags, plan);
}
