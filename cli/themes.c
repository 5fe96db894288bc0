/* Finding a theme and what stands beside it. */
#include "cli/making.h"
#include "runtime/base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SHEETS_MAX 64 /* files ending with .xsl in the folder of a theme; formc has fewer */

/* Where a theme that formc does not have is: the file, or theme.xml in the folder. */
static fc_str theme_path(fc_arena *a, const char *theme)
{
    struct stat st;
    if (stat(theme, &st) != 0)
        return (fc_str){0};
    size_t n = strlen(theme);
    return S_ISDIR(st.st_mode)
               ? fc_str_fmt(a, "%s%stheme.xml", theme, n && theme[n - 1] == '/' ? "" : "/")
               : fc_str_of(theme);
}

/* Where a theme stands: the folder that has theme.xml, with a slash; among our own files or
 * outside. */
typedef struct theme_place {
    fc_str folder;
    bool built_in;
} theme_place;

static fc_str path_beside(void *user, fc_arena *a, fc_str name)
{
    const theme_place *p = user;
    return fc_str_fmt(a, "%.*s%.*s", FC_ARG(p->folder), FC_ARG(name));
}

static fc_status read_beside(void *user, fc_arena *a, fc_str name, size_t max, fc_str *bytes,
                             const char **why)
{
    const theme_place *p = user;
    fc_str path = path_beside(user, a, name);
    if (!p->built_in)
        return fc_file_read(a, path.p, max, bytes, why);
    *bytes = fc_asset(path.p);
    *why = "it is not there";
    return bytes->n ? FC_OK : FC_IO;
}

static int by_letters(const void *a, const void *b)
{
    return fc_str_cmp(*(const fc_str *)a, *(const fc_str *)b);
}

/* Our own themes have none. */
static void sheets_beside(void *user, fc_arena *a, fc_theme_names *out)
{
    const theme_place *p = user;
    char names[SHEETS_MAX][256]; /* nothing of an arena between opendir and closedir */
    size_t n = 0;
    DIR *d = p->built_in ? NULL : opendir(p->folder.n ? fc_str_copy(a, p->folder).p : ".");
    if (!d)
        return;
    for (const struct dirent *e = readdir(d); e && n < SHEETS_MAX; e = readdir(d)) {
        fc_str name = fc_str_of(e->d_name);
        if (name.n < sizeof names[0] && name.p[0] != '.' && fc_str_ends(name, ".xsl"))
            memcpy(names[n++], name.p, name.n + 1);
    }
    closedir(d);
    for (size_t i = 0; i < n; i++) {
        fc_str name = fc_str_copy_z(a, names[i]);
        FC_PUSH(a, out, name);
    }
    if (n)
        qsort(out->at, out->n, sizeof *out->at, by_letters);
}

static fc_str own_theme(void *user, fc_arena *a, fc_str name)
{
    (void)user;
    bool plain = name.n && !memchr(name.p, '/', name.n);
    return plain ? fc_asset(fc_str_fmt(a, "themes/%.*s/theme.xml", FC_ARG(name)).p)
                 : (fc_str){0};
}

/* A name is looked for among our own themes first. */
fc_status fc_theme_open(fc_build *b, const char *theme)
{
    const char *why = "";
    fc_str path = fc_str_fmt(b->arena, "themes/%s/theme.xml", theme);
    fc_str bytes = own_theme(NULL, b->arena, fc_str_of(theme));
    theme_place place = {.built_in = bytes.n != 0};
    fc_theme_folder folder = {.user = &place,
                              .read = read_beside,
                              .sheets = sheets_beside,
                              .path = path_beside,
                              .own = own_theme};
    if (!place.built_in)
        path = theme_path(b->arena, theme);
    if (!path.n) {
        fc_complain("--theme %s: there is no theme of this name, and no folder or file", theme);
        return FC_USAGE;
    }
    fc_status s = bytes.n ? FC_OK : fc_file_read(b->arena, path.p, FC_THEME_MAX, &bytes, &why);
    if (s != FC_OK) {
        fc_complain("%s: %s", path.p, why);
        return s;
    }
    const char *slash = strrchr(path.p, '/');
    place.folder = fc_str_slice(path, 0, slash ? (size_t)(slash + 1 - path.p) : 0);
    s = fc_theme_read(b->arena, path, bytes, &folder, b->diags, &b->theme);
    fc_status sheets = fc_theme_sheets(b->arena, &folder, b->form, b->diags, &b->theme);
    return s > sheets ? s : sheets;
}
