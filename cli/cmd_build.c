/* formc build: make the outputs of a form, once or on every save. */
#include "cli/making.h"
#include "compiler/changes.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define WATCH_MS 200 /* how often the definition is looked at; a person does not notice it */

typedef struct request {
    const char *form, *folder, *only, *binding, *repeat, *lang, *theme;
    const char *rows[FC_ROWS_OPTIONS], *fonts[FC_FONT_OPTIONS + 1];
    fc_format format;
    bool sign_fields, force, watch;
} request;

static bool is_wanted(const char *only, const char *name)
{
    if (!only)
        return true;
    size_t n = strlen(name);
    for (const char *p = only;; p++) {
        size_t len = strcspn(p, ",");
        if (len == n && strncmp(p, name, n) == 0)
            return true;
        p += len;
        if (!*p)
            return false;
    }
}

/* Complains about a name in --only that is no target. */
static bool check_only(const char *only)
{
    for (const char *p = only; p && *p;) {
        size_t len = strcspn(p, ",");
        bool found = false;
        for (size_t i = 0; fc_targets[i]; i++)
            found |=
                strlen(fc_targets[i]->name) == len && !strncmp(fc_targets[i]->name, p, len);
        if (!found) {
            fc_complain("--only: there is no target \"%.*s\"; see formc help", (int)len, p);
            return false;
        }
        p += len + (p[len] == ',');
    }
    return true;
}

static fc_status make_all(fc_build *b, const char *only, fc_output_files *files)
{
    fc_plan *blank = fc_plan_new(b->arena, b->form);
    fc_status worst = FC_OK;
    for (size_t i = 0; fc_targets[i]; i++) {
        const fc_target *t = fc_targets[i];
        void *prepared = NULL;
        if (!is_wanted(only, t->name))
            continue;
        fc_status s = t->prepare ? t->prepare(b, &prepared) : FC_OK;
        if (s == FC_OK)
            s = t->make(b, prepared, blank, b->arena, files);
        if (s > worst)
            worst = s;
    }
    return worst;
}

static fc_status build(fc_loaded *l, const request *r, fc_output_files *files)
{
    fc_build b;
    fc_status s = fc_load_form(l, r->form);
    if (s == FC_OK)
        s = fc_build_open(&b, l, r->rows, r->binding, r->theme);
    if (s == FC_OK)
        s = fc_build_repeats(&b, r->repeat);
    b.options.sign_fields = r->sign_fields;
    if (s == FC_OK)
        s = fc_build_fonts(&b, r->fonts);
    if (s == FC_OK)
        s = make_all(&b, r->only, files);
    if (s == FC_OK && l->diags->errors)
        s = FC_FOUND;
    return s;
}

static fc_status build_once(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    fc_output_files files = {0};
    l->format = r->format;
    fc_status s = build(l, r, &files);
    fc_tell(l);
    if (s == FC_OK)
        s = fc_write_files(r->folder, &files, r->force);
    for (size_t i = 0; s == FC_OK && i < files.n; i++)
        fprintf(stderr, "%s/%.*s  %s\n", r->folder, FC_ARG(files.at[i].name), files.at[i].what);
    if (s == FC_OK)
        fc_say_language(l);
    return s;
}

/* One line for the first mistake: the loop of edit, check and look wants no more. */
static void say_first(fc_diags *d)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_diags_print(d, &b);
    fc_str all = fc_buf_view(&b);
    const char *nl = all.n ? memchr(all.p, '\n', all.n) : NULL;
    fprintf(stderr, "%.*s", (int)(nl ? nl - all.p : (long)all.n), all.n ? all.p : "");
    if (d->errors > 1)
        fprintf(stderr, " (and %zu more; formc check shows all)", d->errors - 1);
    fputc('\n', stderr);
    fc_buf_release(&b);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static long milliseconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - then->tv_sec) * 1000 + (now.tv_nsec - then->tv_nsec) / 1000000;
}

/* Builds again; *kept is the last form that was fine, replaced when this one is. */
static void rebuild(const request *r, fc_loaded *kept)
{
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    fc_loaded l = {.arena = fc_arena_new(FC_MEMORY_MAX), .lang = r->lang};
    if (!l.arena || !FC_BOUNDARY(l.arena)) {
        fc_complain("memory ran out");
        fc_arena_drop(l.arena);
        return;
    }
    fc_output_files files = {0};
    fc_status s = build(&l, r, &files);
    if (s == FC_OK)
        s = fc_write_files(r->folder, &files, true);
    if (s != FC_OK) {
        if (l.diags->list.n)
            say_first(l.diags);
        fc_arena_drop(l.arena);
        return;
    }
    fc_str what = kept->form ? fc_changes_line(l.arena, kept->form, l.form)
                             : fc_str_fmt(l.arena, "%zu question%s", l.form->fields.n,
                                          fc_ending(l.form->fields.n));
    fprintf(stderr, "built in %ld ms: %.*s\n", milliseconds_since(&start), FC_ARG(what));
    fc_arena_drop(kept->arena);
    *kept = l;
}

/* The files that a build is made from: the definition, and the language file that is spoken. */
typedef struct watched {
    char path[4096];
    struct stat last;
} watched;

/* Has it changed since it was asked last? While an editor replaces a file there may be none for
 * a moment. */
static bool has_changed(watched *w)
{
    struct stat st;
    if (stat(w->path, &st) != 0 || same_file(&st, &w->last))
        return false;
    w->last = st;
    return true;
}

static fc_status watch(const request *r)
{
    fc_loaded kept = {0};
    watched form = {.path = ""}, language = {.path = ""};
    struct stat st;
    bool folder = stat(r->form, &st) == 0 && S_ISDIR(st.st_mode);
    int n = snprintf(form.path, sizeof form.path, "%s%s", r->form, folder ? "/form.xml" : "");
    const char *slash = strrchr(form.path, '/');
    int m =
        snprintf(language.path, sizeof language.path, "%.*slang/%s.xml",
                 slash ? (int)(slash + 1 - form.path) : 0, form.path, r->lang ? r->lang : "");
    if (n < 0 || (size_t)n >= sizeof form.path || m < 0 || (size_t)m >= sizeof language.path) {
        fc_complain("the name of the form is too long");
        return FC_USAGE;
    }
    fprintf(stderr, "watching %s; Ctrl-C ends it\n", form.path);
    for (;;) {
        bool first = has_changed(&form), second = r->lang && has_changed(&language);
        if (first || second)
            rebuild(r, &kept);
        struct timespec pause = {0, WATCH_MS * 1000000L};
        nanosleep(&pause, NULL);
    }
}

int fc_cmd_build(int argc, char **argv)
{
    request r = {0};
    const char *format = NULL;
    const fc_option options[] = {
        {.name = "-o", .value = &r.folder},
        {.name = "--only", .value = &r.only},
        {.name = "--lang", .value = &r.lang},
        {.name = "--theme", .value = &r.theme},
        {.name = "--rows", .list = r.rows, .list_max = FC_ROWS_OPTIONS},
        {.name = "--font", .list = r.fonts, .list_max = FC_FONT_OPTIONS + 1},
        {.name = "--binding", .value = &r.binding},
        {.name = "--repeat", .value = &r.repeat},
        {.name = "--sign-fields", .flag = &r.sign_fields},
        {.name = "--format", .value = &format},
        {.name = "--force", .flag = &r.force},
        {.name = "--watch", .flag = &r.watch},
    };
    if (!fc_args_read(argc, argv, options, sizeof options / sizeof *options, &r.form, 1))
        return FC_USAGE;
    if (!r.folder || !*r.folder) {
        fc_complain("say where the outputs go: -o DIR");
        return FC_USAGE;
    }
    if (!check_only(r.only) || !fc_format_read(format, &r.format))
        return FC_USAGE;
    if (r.watch && strcmp(r.form, "-") == 0) {
        fc_complain("--watch needs a file or a folder");
        return FC_USAGE;
    }
    if (r.watch && r.format != FC_TELL_TEXT) {
        fc_complain("--watch talks to people: --format text");
        return FC_USAGE;
    }
    return r.watch ? (int)watch(&r) : fc_run_verb(r.lang, build_once, &r);
}
