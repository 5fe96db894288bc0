/* Compiles a definition and says what came of it, without the rest of the command.
 *
 * A language file is held against language-form.xml beside it, as the file cy.xml of that form.
 * A theme stands alone; a sheet of a theme is held against language-form.xml.
 *
 *   formcheck FILE            prints diagnostics; exit code as fc_status
 *   formcheck --expect FILE…  each file says in comments what must be reported about it:
 *                               <!-- expect LINE:COL CODE words of the message or the help -->
 *                             and nothing else may be reported. A definition without such
 *                             comments must be fine. */
#include "compiler/compile.h"
#include "compiler/theme.h"
#include "runtime/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_MAX ((size_t)256 << 20)

typedef struct expected {
    unsigned line, col;
    char code[8], words[160];
    bool met;
} expected;

#define EXPECTED_MAX 64

static size_t read_expected(fc_str bytes, expected *list)
{
    static const char mark[] = "<!-- expect ";
    size_t n = 0;
    for (size_t i = 0; i + sizeof mark < bytes.n && n < EXPECTED_MAX; i++) {
        if (memcmp(bytes.p + i, mark, sizeof mark - 1) != 0)
            continue;
        expected *e = &list[n];
        *e = (expected){0};
        if (sscanf(bytes.p + i + sizeof mark - 1, "%u:%u %7s %159[^\n]", &e->line, &e->col,
                   e->code, e->words) != 4)
            continue;
        char *end = strstr(e->words, " -->");
        if (end)
            *end = 0;
        n++;
    }
    return n;
}

static bool holds(fc_str s, const char *words)
{
    size_t n = strlen(words);
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(s.p + i, words, n) == 0)
            return true;
    return false;
}

static int compare(fc_diags *d, fc_str bytes, const char *path)
{
    static expected list[EXPECTED_MAX];
    size_t n = read_expected(bytes, list);
    int bad = 0;
    for (size_t i = 0; i < d->list.n; i++) {
        const fc_diag *g = &d->list.at[i];
        unsigned line, col;
        fc_source_place(d, g->at.source, g->at.begin, &line, &col);
        bool found = false;
        for (size_t k = 0; k < n && !found; k++) {
            expected *e = &list[k];
            found = !e->met && e->line == line && e->col == col &&
                    strcmp(e->code, g->code) == 0 &&
                    (holds(g->text, e->words) || holds(g->help, e->words));
            e->met = e->met || found;
        }
        if (found)
            continue;
        printf("%s: reported, but not expected: %u:%u %s %.*s (%.*s)\n", path, line, col,
               g->code, FC_ARG(g->text), FC_ARG(g->help));
        bad = 1;
    }
    for (size_t k = 0; k < n; k++)
        if (!list[k].met) {
            printf("%s: expected, but not reported: %u:%u %s %s\n", path, list[k].line,
                   list[k].col, list[k].code, list[k].words);
            bad = 1;
        }
    return bad;
}

static bool is_language_file(fc_str bytes)
{
    return holds(bytes, "xmlns=\"urn:formc:language:1\"");
}

static bool is_theme(fc_str bytes)
{
    return holds(bytes, "xmlns=\"" FC_THEME_NS "\"");
}

/* A form may hold an element of XSLT, too; then it is a mistake in a form. */
static bool is_sheet(fc_str bytes)
{
    return fc_str_starts(bytes, "<xsl:");
}

/* A theme's folder in which there is one sheet. */
typedef struct one_sheet {
    const char *path;
    fc_str bytes;
} one_sheet;

static void list_sheet(void *user, fc_arena *a, fc_theme_names *names)
{
    (void)user;
    FC_PUSH(a, names, FC_S("pdf.xsl"));
}

static fc_str name_sheet(void *user, fc_arena *a, fc_str name)
{
    (void)a, (void)name;
    return fc_str_of(((const one_sheet *)user)->path);
}

static fc_status read_sheet(void *user, fc_arena *a, fc_str name, size_t max, fc_str *bytes,
                            const char **why)
{
    (void)a, (void)name, (void)max, (void)why;
    *bytes = ((const one_sheet *)user)->bytes;
    return FC_OK;
}

/* language-form.xml in the folder of path. */
static fc_status read_form(fc_arena *a, const char *path, fc_str *bytes, const char **why)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash + 1 - path) : 0;
    fc_str form = fc_str_fmt(a, "%.*slanguage-form.xml", (int)n, path);
    return fc_file_read(a, form.p, (size_t)64 << 20, bytes, why);
}

/* One black point. */
#define PICTURE                                                                                \
    "\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000"                     \
    "\000\000\001\000\000\000\001\010\000\000\000\000\072\176\233\125\000"                     \
    "\000\000\012\111\104\101\124\170\234\143\140\000\000\000\002\000\001"                     \
    "\110\257\244\161\000\000\000\000\111\105\116\104\256\102\140\202"

static int one(const char *path, bool expect)
{
    fc_arena *a = fc_arena_new(MEMORY_MAX);
    if (!a)
        return FC_INTERNAL;
    volatile int result = FC_INTERNAL;
    if (FC_BOUNDARY(a)) {
        fc_str bytes;
        const char *why = "";
        fc_status status = fc_file_read(a, path, (size_t)64 << 20, &bytes, &why);
        fc_language_source language = {
            .name = fc_str_of(path), .tag = FC_S("cy"), .bytes = bytes};
        const fc_picture_source pictures[] = {
            /* what stands in the folder of the language */
            {.file = FC_S("day.png"), .bytes = FC_S("\xff\xd8\xff\xe0")},
            {.file = FC_S("large.png"), .why = "the file is larger than formc reads"},
            {.file = FC_S("dot.png"), .bytes = FC_S(PICTURE)},
            {.file = FC_S("short.png"), .bytes = FC_S("\x89PNG\r\n\x1a\n")},
        };
        for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
            FC_PUSH(a, &language.pictures, pictures[i]);
        fc_definition def = {.name = fc_str_of(path),
                             .file = FC_S("form.xml"),
                             .bytes = bytes,
                             .every_picture = true};
        one_sheet sheet = {path, bytes};
        fc_theme_folder folder = {
            .user = &sheet, .read = read_sheet, .sheets = list_sheet, .path = name_sheet};
        bool sheets = status == FC_OK && is_sheet(bytes);
        if (sheets) {
            status = read_form(a, path, &def.bytes, &why);
            def.name = FC_S("language-form.xml");
        } else if (status == FC_OK && is_language_file(bytes)) {
            def.languages = &language;
            def.n_languages = 1;
            def.name = FC_S("language-form.xml");
            status = read_form(a, path, &def.bytes, &why);
        }
        if (status != FC_OK) {
            fprintf(stderr, "%s: %s\n", path, why);
            result = (int)status;
        } else {
            fc_diags *d = fc_diags_new(a);
            const fc_form *form = NULL;
            bool theme = is_theme(bytes);
            fc_theme look = {0};
            if (sheets && fc_compile_definition(a, &def, d, &form) == FC_OK) {
                status = fc_theme_sheets(a, &folder, form, d, &look);
                form = NULL;
                theme = true;
            } else
                status = theme ? fc_theme_read(a, def.name, bytes, NULL, d, &look)
                               : fc_compile_definition(a, &def, d, &form);
            fc_buf out;
            fc_buf_init(&out, FC_BUF_MAX);
            if ((!theme && (status == FC_OK) != (form != NULL)) ||
                (status == FC_OK) != (d->errors == 0)) {
                printf("%s: status %d does not fit the model or the errors\n", path, status);
                result = FC_INTERNAL;
            } else if (expect) {
                result = compare(d, bytes, path);
            } else {
                fc_diags_print(d, &out);
                fputs(out.n ? out.p : "", stderr);
                result = (int)status;
            }
            fc_buf_release(&out);
        }
    } else {
        fprintf(stderr, "%s: more memory than %zu MiB is needed\n", path, MEMORY_MAX >> 20);
    }
    fc_arena_drop(a);
    return result;
}

int main(int argc, char **argv)
{
    bool expect = argc > 1 && strcmp(argv[1], "--expect") == 0;
    int bad = 0, first = expect ? 2 : 1;
    for (int i = first; i < argc; i++) {
        int result = one(argv[i], expect);
        bad = bad ? bad : result;
    }
    if (argc <= first) {
        fprintf(stderr, "formcheck: no file is given\n");
        return FC_USAGE;
    }
    return bad;
}
