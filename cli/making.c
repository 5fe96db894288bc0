/* Making outputs: what build and fill share. */
#include "cli/making.h"
#include "runtime/base/file.h"
#include "runtime/base/xmlwrite.h"
#include "runtime/form/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ROWS_MAX 500 /* more blank rows than this is a slip of the finger */

static fc_status read_rows(fc_build *b, const char *const *rows)
{
    const fc_form *f = b->form;
    unsigned *least = FC_NEW_N(b->arena, unsigned, f->containers.n);
    for (size_t i = 0; i < f->containers.n; i++)
        if (f->containers.at[i]->repeat)
            least[i] = f->containers.at[i]->repeat->blank_rows;
    for (; *rows; rows++) {
        const char *equals = strrchr(*rows, '=');
        char *end = NULL;
        long n = equals ? strtol(equals + 1, &end, 10) : -1;
        if (!equals || end == equals + 1 || *end || n < 0 || n > ROWS_MAX) {
            fc_complain("--rows %s: say PATH=N, with N from 0 to %d", *rows, ROWS_MAX);
            return FC_USAGE;
        }
        const fc_node *repeat = fc_form_find(f, (fc_str){*rows, (size_t)(equals - *rows)});
        if (!repeat || repeat->kind != FC_REPEAT) {
            fc_complain("--rows %s: the form has no repeat of this name", *rows);
            return FC_USAGE;
        }
        if (repeat->max_rows && n > (long)repeat->max_rows) {
            fc_complain("--rows %s: the form allows at most %u rows there", *rows,
                        repeat->max_rows);
            return FC_USAGE;
        }
        least[repeat->container->index] = (unsigned)n;
    }
    b->options.blank_rows = least;
    return FC_OK;
}

/* What stylesheets say themselves (docs/programs.md). */
static fc_str words_of(const fc_form *f)
{
    fc_buf b;
    fc_xml_writer w;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_xml_begin(&w, &b);
    fc_xml_open(&w, "words");
    fc_xml_attr_z(&w, "xmlns", "urn:formc:words:1");
    for (int i = 0; i < FC_WORD_COUNT; i++) {
        fc_xml_open(&w, "word");
        fc_xml_attr_z(&w, "id", fc_word_ids[i]);
        fc_xml_put(&w, fc_words(f, (fc_word)i));
        fc_xml_close(&w);
    }
    fc_xml_close(&w);
    fc_str s = fc_buf_keep(&b, f->diags->arena);
    fc_buf_release(&b);
    return s;
}

static fc_str path_of(fc_arena *a, const char *folder, fc_str name)
{
    size_t n = strlen(folder);
    return fc_str_fmt(a, "%s%s%.*s", folder, n && folder[n - 1] == '/' ? "" : "/",
                      FC_ARG(name));
}

fc_status fc_build_open(fc_build *b, const fc_loaded *l, const char *const *rows,
                        const char *binding, const char *theme)
{
    static const char *const bindings[] = {"w15", "w", "none"};
    *b = (fc_build){.arena = l->arena, .diags = l->diags, .form = l->form};
    b->options.binding = binding ? binding : bindings[0];
    bool known = false;
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++)
        known |= strcmp(b->options.binding, bindings[i]) == 0;
    if (!known) {
        fc_complain("--binding is w15, w or none");
        return FC_USAGE;
    }
    fc_buf model;
    fc_buf_init(&model, FC_BUF_MAX);
    fc_model_write(l->form, true, &model);
    b->model_xml = fc_buf_keep(&model, l->arena);
    fc_buf_release(&model);
    b->words_xml = words_of(l->form);
    if (l->form->own_lang.n)
        b->lang = l->form->lang;
    fc_status s = fc_theme_open(b, theme ? theme : "plain");
    return s == FC_OK ? read_rows(b, rows) : s;
}

fc_status fc_build_fonts(fc_build *b, const char *const *fonts)
{
    for (; *fonts; fonts++) {
        const char *why = "";
        fc_font_file file = {.name = *fonts};
        fc_status s = fc_file_read(b->arena, *fonts, FC_FONT_BYTES_MAX, &file.bytes, &why);
        if (s != FC_OK) {
            fc_complain("%s: %s", *fonts, why);
            return s;
        }
        FC_PUSH(b->arena, &b->options.fonts, file);
    }
    return FC_OK;
}

bool fc_read_as(const char *as, fc_purpose *purpose)
{
    bool record = as && strcmp(as, "record") == 0;
    *purpose = record ? FC_TO_KEEP : FC_TO_FILL_IN;
    if (!as || record || strcmp(as, "form") == 0)
        return true;
    fc_complain("--as is form (to fill in further) or record (to read and keep)");
    return false;
}

/* Word adds a row to those that are there, so there is one. */
fc_status fc_build_repeats(fc_build *b, const char *repeat)
{
    b->options.word_rows = repeat && strcmp(repeat, "word") == 0;
    if (!b->options.word_rows) {
        if (!repeat || strcmp(repeat, "fixed") == 0)
            return FC_OK;
        fc_complain("--repeat is fixed or word");
        return FC_USAGE;
    }
    size_t n = b->form->containers.n;
    unsigned *least = FC_NEW_N(b->arena, unsigned, n);
    for (size_t i = 0; i < n; i++)
        least[i] = b->options.blank_rows[i] ? b->options.blank_rows[i] : 1;
    b->options.blank_rows = least;
    return FC_OK;
}

static fc_status write_one(fc_arena *a, const char *folder, const fc_output_file *file,
                           bool force)
{
    const char *why = "";
    fc_str path = path_of(a, folder, file->name);
    fc_str parent =
        fc_str_copy(a, fc_str_slice(path, 0, (size_t)(strrchr(path.p, '/') - path.p)));
    fc_status s = fc_dir_make(parent.p, &why);
    if (s == FC_OK)
        s = fc_file_write(path.p, file->bytes, force, &why);
    if (s != FC_OK)
        fc_complain("%s: %s", path.p, why);
    return s;
}

const fc_target *fc_target_for(const char *to, const char *out)
{
    for (size_t i = 0; fc_targets[i]; i++) {
        const fc_target *t = fc_targets[i];
        if (t->suffix &&
            (to ? strcmp(to, t->name) == 0 : fc_str_ends(fc_str_of(out), t->suffix)))
            return t;
    }
    return NULL;
}

fc_status fc_make_document(fc_loaded *l, fc_build *b, const fc_target *t, const fc_plan *plan,
                           const char *out, bool force)
{
    const char *why = "";
    void *prepared = NULL;
    fc_output_files files = {0};
    fc_status s = t->prepare ? t->prepare(b, &prepared) : FC_OK;
    if (s == FC_OK)
        s = t->make(b, prepared, plan, l->arena, &files);
    if (s != FC_OK)
        return s;
    s = fc_file_write(out, files.at[0].bytes, force, &why);
    if (s != FC_OK)
        fc_complain("%s: %s", out, why);
    else
        fc_say_language(l);
    return s;
}

fc_status fc_write_files(const char *folder, const fc_output_files *files, bool force)
{
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    if (!a)
        return FC_INTERNAL;
    volatile fc_status s = FC_OK;
    if (FC_BOUNDARY(a)) {
        for (size_t i = 0; !force && i < files->n; i++) {
            struct stat st;
            fc_str path = path_of(a, folder, files->at[i].name);
            if (lstat(path.p, &st) != 0)
                continue;
            fc_complain("%s: it is there already; --force overwrites it", path.p);
            s = FC_REFUSED;
        }
        for (size_t i = 0; s == FC_OK && i < files->n; i++)
            s = write_one(a, folder, &files->at[i], force);
    } else {
        s = FC_INTERNAL;
    }
    fc_arena_drop(a);
    return s;
}

void fc_say_language(const fc_loaded *l)
{
    const fc_form *f = l->form;
    for (size_t i = 0; f->own_lang.n && i < f->languages.n; i++) {
        const fc_language *g = &f->languages.at[i];
        if (fc_str_eq(g->tag, f->lang) && g->used < g->texts)
            fprintf(stderr, "%zu of %zu texts are in %.*s, the others in %.*s\n", g->used,
                    g->texts, FC_ARG(g->tag), FC_ARG(f->own_lang));
    }
}
