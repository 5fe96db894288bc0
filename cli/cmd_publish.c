/* formc publish: freeze a version of a form. */
#include "cli/published.h"
#include "runtime/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/changes.h"
#include "compiler/publish.h"

typedef struct frozen_file {
    const char *name;
    fc_str bytes;
} frozen_file;

typedef FC_ARRAY(frozen_file) frozen_files;

/* The last version in published/; empty when there is none. */
static fc_str last_version(fc_arena *a, fc_str published)
{
    fc_str last = {0};
    DIR *d = opendir(published.p);
    if (!d)
        return last;
    char best[FC_VERSION_MAX + 1] = "";
    for (const struct dirent *e = readdir(d); e; e = readdir(d)) {
        fc_str name = fc_str_of(e->d_name);
        if (fc_version_good(name) && (!*best || fc_version_cmp(name, fc_str_of(best)) > 0))
            memcpy(best, name.p, name.n + 1);
    }
    closedir(d);
    return *best ? fc_str_copy_z(a, best) : last;
}

static fc_str made(fc_arena *a, const fc_form *f, void (*write)(const fc_form *, fc_buf *))
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    write(f, &b);
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

static void write_model(const fc_form *f, fc_buf *out)
{
    fc_model_write(f, true, out);
}

static fc_status write_frozen(fc_arena *a, fc_str folder, const frozen_files *files)
{
    const char *why = "";
    fc_status s = fc_dir_make(folder.p, &why);
    for (size_t i = 0; s == FC_OK && i < files->n; i++) {
        fc_str path = fc_str_fmt(a, "%.*s/%s", FC_ARG(folder), files->at[i].name);
        fc_str in = fc_str_slice(path, 0, (size_t)(strrchr(path.p, '/') - path.p));
        s = fc_dir_make(fc_str_copy(a, in).p, &why); /* that of the language files */
        if (s == FC_OK)
            s = fc_file_write(path.p, files->at[i].bytes, true, &why);
    }
    if (s != FC_OK)
        fc_complain("%s: %s", folder.p, why);
    return s;
}

static void remove_frozen(fc_arena *a, fc_str folder, const frozen_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        unlink(fc_str_fmt(a, "%.*s/%s", FC_ARG(folder), files->at[i].name).p);
    for (size_t i = files->n; i-- > 0;) { /* the last stand deepest */
        fc_str path = fc_str_fmt(a, "%.*s/%s", FC_ARG(folder), files->at[i].name);
        rmdir(fc_form_folder(a, path).p);
    }
}

/* All files in a folder of another name, which then gets its own: the version is there whole,
 * or not at all. */
static fc_status freeze(fc_arena *a, fc_str published, fc_str version,
                        const frozen_files *files)
{
    fc_str folder = fc_str_fmt(a, "%.*s/%.*s", FC_ARG(published), FC_ARG(version));
    fc_str part = fc_str_fmt(a, "%.*s/.%.*s.%ld.part", FC_ARG(published), FC_ARG(version),
                             (long)getpid());
    fc_status s = write_frozen(a, part, files);
    if (s == FC_OK && rename(part.p, folder.p) != 0) {
        fc_complain("%s: %s", folder.p, strerror(errno));
        s = FC_IO;
    }
    if (s != FC_OK)
        remove_frozen(a, part, files);
    return s;
}

/* A version that is there: fine when it is this one. */
static fc_status compare_frozen(fc_arena *a, fc_str folder, fc_str version,
                                const frozen_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        const char *why = "";
        fc_str there, path = fc_str_fmt(a, "%.*s/%s", FC_ARG(folder), files->at[i].name);
        fc_status s = fc_file_read(a, path.p, FC_BUF_MAX, &there, &why);
        if (s == FC_OK && fc_str_eq(there, files->at[i].bytes))
            continue;
        fc_complain("version %.*s is published and cannot change; give this one a later "
                    "version (%s)",
                    FC_ARG(version), path.p);
        return FC_REFUSED;
    }
    fprintf(stderr, "version %.*s is published already, and this is it\n", FC_ARG(version));
    return FC_OK;
}

/* What this version changes. Nothing is written when the author has to say a word first. */
static fc_status follow(fc_loaded *l, fc_str published, fc_str last, fc_str *changes)
{
    fc_loaded before = {.arena = l->arena};
    if (fc_version_cmp(l->form->version, last) <= 0) {
        fc_complain("version %.*s is published; a new one comes after it, and this is %.*s",
                    FC_ARG(last), FC_ARG(l->form->version));
        return FC_REFUSED;
    }
    fc_str path = fc_str_fmt(l->arena, "%.*s/%.*s/form.xml", FC_ARG(published), FC_ARG(last));
    fc_status s = fc_load_form(&before, path.p);
    if (s != FC_OK) {
        fc_tell(&before);
        return s;
    }
    fc_changes_check(before.form, l->form, l->diags);
    if (l->diags->errors)
        return FC_FOUND;
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_buf_fmt(&b, "Since version %.*s:\n", FC_ARG(last));
    fc_changes_text(l->arena, before.form, l->form, &b);
    *changes = fc_buf_keep(&b, l->arena);
    fc_buf_release(&b);
    return FC_OK;
}

static fc_status publish(fc_loaded *l, const void *asked)
{
    const char *form = asked;
    fc_arena *a = l->arena;
    l->every_picture = true;
    fc_status s = fc_load_form(l, form);
    if (s != FC_OK)
        return s;
    const fc_form *f = l->form;
    if (!fc_str_eq_z(f->status, "published")) {
        fc_complain("%s: version %.*s is a draft; write status=\"published\" when it is ready",
                    l->path.p, FC_ARG(f->version));
        return FC_REFUSED;
    }
    if (!fc_version_good(f->version)) {
        fc_complain("%s: a version that names a folder has at most %d digits and dots",
                    l->path.p, FC_VERSION_MAX);
        return FC_REFUSED;
    }
    const frozen_file own[] = {
        {"form.xml", fc_diags_source_of(l->diags, f->at)->bytes},
        {"model.xml", made(a, f, write_model)},
        {"fields.tsv", made(a, f, fc_publish_fields)},
        {"ids.tsv", made(a, f, fc_publish_ids)},
        {"digest", fc_str_fmt(a, "%.*s\n", FC_ARG(f->digest))},
    };
    frozen_files files = {0};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        FC_PUSH(a, &files, own[i]);
    for (size_t i = 0; i < l->definition.n_languages; i++) {
        const fc_language_source *g = &l->definition.languages[i];
        FC_PUSH(a, &files,
                ((frozen_file){fc_str_fmt(a, "lang/%.*s.xml", FC_ARG(g->tag)).p, g->bytes}));
        for (size_t k = 0; k < g->pictures.n; k++) {
            const fc_picture_source *p = &g->pictures.at[k];
            fc_str name = fc_str_fmt(a, "lang/%.*s/%.*s", FC_ARG(g->tag), FC_ARG(p->file));
            FC_PUSH(a, &files, ((frozen_file){name.p, p->bytes}));
        }
    }
    fc_str published = fc_str_fmt(a, "%.*spublished", FC_ARG(fc_form_folder(a, l->path)));
    fc_str folder = fc_str_fmt(a, "%.*s/%.*s", FC_ARG(published), FC_ARG(f->version));
    struct stat st;
    if (lstat(folder.p, &st) == 0)
        return compare_frozen(a, folder, f->version, &files);
    fc_str last = last_version(a, published), changes = FC_S("The first version.\n");
    if (last.n)
        s = follow(l, published, last, &changes);
    if (s == FC_OK)
        s = freeze(a, published, f->version, &files);
    if (s != FC_OK)
        return s;
    fprintf(stderr, "%s  version %.*s, %.*s\n", folder.p, FC_ARG(f->version),
            FC_ARG(f->digest));
    fwrite(changes.p, 1, changes.n, stdout);
    return fflush(stdout) == 0 ? FC_OK : FC_IO;
}

int fc_cmd_publish(int argc, char **argv)
{
    const char *form = NULL;
    if (!fc_args_read(argc, argv, NULL, 0, &form, 1))
        return FC_USAGE;
    if (strcmp(form, "-") == 0) {
        fc_complain("publish needs a file or a folder, to put published/ beside it");
        return FC_USAGE;
    }
    return fc_run_verb(NULL, publish, form);
}
