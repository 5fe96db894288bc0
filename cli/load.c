/* Loading a form: its definition and the language files beside it. */
#include "cli/cli.h"
#include "compiler/picture.h"
#include "runtime/base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FORM_BYTES_MAX ((size_t)8 << 20) /* the S117 form has about 60 kB */
#define LANGUAGES_MAX 64                 /* language files of one form */
#define PICTURES_MAX 256 /* in the folder of a language; a form may show 200 different ones */

static fc_str form_path(fc_arena *a, const char *form)
{
    struct stat st;
    size_t n = strlen(form);
    if (strcmp(form, "-") != 0 && stat(form, &st) == 0 && S_ISDIR(st.st_mode))
        return fc_str_fmt(a, "%s%sform.xml", form, n && form[n - 1] == '/' ? "" : "/");
    return fc_str_copy_z(a, form);
}

static int by_tag(const void *a, const void *b)
{
    const fc_language_source *x = a, *y = b;
    return fc_str_cmp(x->tag, y->tag);
}

static int by_file(const void *a, const void *b)
{
    const fc_picture_source *x = a, *y = b;
    return fc_str_cmp(x->file, y->file);
}

typedef FC_ARRAY(fc_language_source) sources;
typedef FC_ARRAY(fc_str) names;

/* The names in a folder that end with suffix, at most max. */
static names find_names(fc_arena *a, fc_str folder, const char *suffix, size_t max)
{
    char found[PICTURES_MAX][256]; /* nothing of an arena between opendir and closedir */
    size_t n = 0;
    names out = {0};
    DIR *d = opendir(fc_str_copy(a, folder).p);
    if (!d)
        return out;
    for (const struct dirent *e = readdir(d); e && n < max; e = readdir(d)) {
        fc_str name = fc_str_of(e->d_name);
        if (name.n > strlen(suffix) && name.n < sizeof found[0] && name.p[0] != '.' &&
            fc_str_ends(name, suffix))
            memcpy(found[n++], name.p, name.n + 1);
    }
    closedir(d);
    for (size_t i = 0; i < n; i++) {
        fc_str name = fc_str_copy_z(a, found[i]);
        FC_PUSH(a, &out, name);
    }
    return out;
}

/* The files lang/<tag>.xml, by tag; without their bytes. */
static void find_languages(fc_arena *a, fc_str folder, sources *out)
{
    static const char suffix[] = ".xml";
    names found =
        find_names(a, fc_str_fmt(a, "%.*slang", FC_ARG(folder)), suffix, LANGUAGES_MAX);
    for (size_t i = 0; i < found.n; i++) {
        fc_str name = found.at[i];
        fc_language_source s = {.name = fc_str_fmt(a, "%.*slang/%s", FC_ARG(folder), name.p),
                                .tag = fc_str_slice(name, 0, name.n - strlen(suffix))};
        FC_PUSH(a, out, s);
    }
    if (out->n)
        qsort(out->at, out->n, sizeof *out->at, by_tag);
}

/* The pictures in lang/<tag>. What cannot be read is told when something wants to show it. */
static void find_pictures(fc_arena *a, fc_str folder, fc_language_source *s)
{
    fc_str place = fc_str_fmt(a, "%.*slang/%.*s", FC_ARG(folder), FC_ARG(s->tag));
    names found = find_names(a, place, ".png", PICTURES_MAX);
    for (size_t i = 0; i < found.n; i++) {
        fc_picture_source p = {.file = found.at[i]};
        fc_str path = fc_str_fmt(a, "%.*s/%.*s", FC_ARG(place), FC_ARG(p.file));
        if (fc_file_read(a, path.p, FC_PICTURE_BYTES_MAX, &p.bytes, &p.why) == FC_OK)
            p.why = NULL;
        FC_PUSH(a, &s->pictures, p);
    }
    if (s->pictures.n)
        qsort(s->pictures.at, s->pictures.n, sizeof *s->pictures.at, by_file);
}

static fc_status read_bytes(fc_arena *a, fc_str path, fc_str *bytes)
{
    const char *why = "";
    fc_status s = fc_file_read(a, path.p, FORM_BYTES_MAX, bytes, &why);
    if (s != FC_OK)
        fc_complain("%s: %s", path.p, why);
    return s;
}

fc_status fc_read_definition(fc_loaded *l, const char *form, fc_definition *def)
{
    fc_arena *a = l->arena;
    l->path = form_path(a, form);
    const char *slash = strrchr(l->path.p, '/');
    *def = (fc_definition){.name = l->path,
                           .file = fc_str_of(slash ? slash + 1 : l->path.p),
                           .lang = fc_str_of(l->lang)};
    fc_status status = read_bytes(a, l->path, &def->bytes);
    sources languages = {0};
    fc_str folder = fc_str_slice(l->path, 0, l->path.n - def->file.n);
    if (strcmp(form, "-") != 0)
        find_languages(a, folder, &languages);
    for (size_t i = 0; status == FC_OK && i < languages.n; i++) {
        find_pictures(a, folder, &languages.at[i]);
        status = read_bytes(a, languages.at[i].name, &languages.at[i].bytes);
    }
    def->every_picture = l->every_picture;
    def->languages = languages.at;
    def->n_languages = languages.n;
    return status;
}

fc_status fc_load_form(fc_loaded *l, const char *form)
{
    if (!l->diags)
        l->diags = fc_diags_new(l->arena);
    fc_status s = fc_read_definition(l, form, &l->definition);
    if (s != FC_OK)
        return s;
    s = fc_compile_definition(l->arena, &l->definition, l->diags, &l->form);
    if (s == FC_USAGE) {
        fc_str known = l->form->lang;
        for (size_t i = 0; i < l->form->languages.n; i++)
            if (!fc_str_eq(l->form->languages.at[i].tag, l->form->lang))
                known = fc_str_fmt(l->arena, "%.*s, %.*s", FC_ARG(known),
                                   FC_ARG(l->form->languages.at[i].tag));
        fc_complain("--lang %s: the form does not speak it; it speaks %.*s", l->lang,
                    FC_ARG(known));
    }
    return s;
}
