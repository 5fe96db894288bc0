/* The files of a pile: which there are, which belong together, what their outputs are called.
 */
#include "cli/regenerate.h"
#include "runtime/base/digest.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/publish.h"

#define FILES_MAX 1000000
#define DEPTH_MAX 32 /* folders in folders */
#define STEM_MAX                                                                               \
    180 /* bytes of an output's name without its ending: the system takes 255, and a temporary \
           file has a longer one */

/* ---- finding ----------------------------------------------------------------------------- */

typedef struct finder {
    fc_pile *p;
    struct stat out; /* the output folder */
    bool has_out;
    bool inside; /* an operand is the output folder */
} finder;

static fc_str join(fc_arena *a, fc_str folder, const char *name)
{
    bool slash = folder.n && folder.p[folder.n - 1] != '/';
    return fc_str_fmt(a, "%.*s%s%s", FC_ARG(folder), slash ? "/" : "", name);
}

/* May stand on a line of a terminal: no control, nothing that turns the direction. */
static bool is_plain(uint32_t c)
{
    return c >= 0x20 && c != 0xFFFD && !(c >= 0x7F && c < 0xA0) &&
           !(c >= 0x200E && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202E) &&
           !(c >= 0x2066 && c <= 0x2069);
}

/* In UTF-8, with "_" for every character that is not plain. */
static fc_str printable(fc_arena *a, fc_str s)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        bool plain = is_plain(fc_utf8_next(s, &at));
        fc_buf_str(&b, plain ? fc_str_slice(s, from, at) : FC_S("_"));
    }
    fc_str made = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return made;
}

static void add(finder *f, fc_str path, fc_str name, bool odd)
{
    if (f->p->inputs.n < FILES_MAX)
        FC_PUSH(f->p->arena, &f->p->inputs,
                ((fc_input){.path = path,
                            .shown = printable(f->p->arena, path),
                            .name = name,
                            .odd = odd}));
}

/* What the system and Word keep for themselves: hidden files, and who has a document open. */
static int is_for_us(const struct dirent *e)
{
    return e->d_name[0] != '.' && strncmp(e->d_name, "~$", 2) != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_out(const finder *f, const struct stat *st)
{
    return f->has_out && st->st_dev == f->out.st_dev && st->st_ino == f->out.st_ino;
}

static bool walk(finder *f, fc_str path, fc_str name, unsigned depth)
{
    struct dirent **list = NULL;
    int n = depth < DEPTH_MAX ? scandir(path.p, &list, is_for_us, by_bytes) : -1;
    fc_arena *a = f->p->arena;
    for (int i = 0; i < n; i++) {
        struct stat st;
        fc_str at = join(a, path, list[i]->d_name), below = join(a, name, list[i]->d_name);
        bool known = lstat(at.p, &st) == 0;
        free(list[i]);
        if (known && S_ISDIR(st.st_mode)) {
            if (!is_out(f, &st) && !walk(f, at, below, depth + 1))
                add(f, at, below, true);
            continue;
        }
        /* A link to a file is one; a link to a folder is not followed, it may lead round. */
        add(f, at, below, !known || stat(at.p, &st) != 0 || !S_ISREG(st.st_mode));
    }
    free(list);
    return n >= 0;
}

static int by_name(const void *a, const void *b)
{
    const fc_input *x = a, *y = b;
    int r = fc_str_cmp(x->name, y->name);
    return r ? r : fc_str_cmp(x->path, y->path);
}

static fc_status find_operand(finder *f, const char *operand)
{
    struct stat st;
    fc_arena *a = f->p->arena;
    fc_str path = fc_str_copy_z(a, operand);
    if (lstat(operand, &st) != 0) {
        fc_complain("%s: there is no such file or folder", operand);
        return FC_IO;
    }
    bool known = stat(operand, &st) == 0; /* else a link that leads nowhere */
    if (!known || !S_ISDIR(st.st_mode)) {
        const char *slash = strrchr(operand, '/');
        add(f, path, fc_str_copy_z(a, slash ? slash + 1 : operand),
            !known || !S_ISREG(st.st_mode));
        return FC_OK;
    }
    if (is_out(f, &st)) {
        fc_complain(
            "%s: it is the folder that -o names; give one for what comes in and another "
            "for what goes out",
            operand);
        return FC_USAGE;
    }
    if (!walk(f, path, (fc_str){0}, 0)) {
        fc_complain("%s: the folder cannot be read", operand);
        return FC_IO;
    }
    return FC_OK;
}

fc_status fc_pile_find(fc_pile *p, const char *const *operands)
{
    finder f = {.p = p};
    fc_status s = FC_OK;
    f.has_out = stat(p->out, &f.out) == 0;
    for (; s == FC_OK && *operands; operands++)
        s = find_operand(&f, *operands);
    if (s != FC_OK)
        return s;
    if (p->inputs.n >= FILES_MAX) {
        fc_complain("there are more than %d files: give fewer at a time", FILES_MAX - 1);
        return FC_REFUSED;
    }
    if (p->inputs.n)
        qsort(p->inputs.at, p->inputs.n, sizeof *p->inputs.at, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < p->inputs.n; i++) /* the same path twice is one file */
        if (!i || !fc_str_eq(p->inputs.at[i].path, p->inputs.at[i - 1].path))
            p->inputs.at[kept++] = p->inputs.at[i];
    p->inputs.n = kept;
    return FC_OK;
}

/* ---- what belongs together --------------------------------------------------------------- */

/* An input, and what it is sorted by. */
typedef struct sorted {
    fc_str id, version;
    size_t input;
} sorted;

static int by_plan(const void *a, const void *b)
{
    const sorted *x = a, *y = b;
    int r = fc_str_cmp(x->id, y->id);
    r = r ? r : fc_str_cmp(x->version, y->version);
    return r ? r : (x->input > y->input) - (x->input < y->input);
}

static int by_first(const void *a, const void *b)
{
    const fc_pile_plan *x = a, *y = b;
    return (x->inputs.at[0] > y->inputs.at[0]) - (x->inputs.at[0] < y->inputs.at[0]);
}

static void add_input(fc_pile *p, fc_pile_plan *g, size_t input)
{
    fc_input *in = &p->inputs.at[input];
    for (size_t i = 0; i < g->inputs.n; i++)
        if (in->digest.n && fc_str_eq(p->inputs.at[g->inputs.at[i]].digest, in->digest)) {
            in->same = g->inputs.at[i] + 1;
            FC_PUSH(p->arena, &g->copies, input);
            return;
        }
    FC_PUSH(p->arena, &g->inputs, input);
}

void fc_pile_sort(fc_pile *p)
{
    sorted *all = FC_NEW_N(p->arena, sorted, p->inputs.n);
    for (size_t i = 0; i < p->inputs.n; i++) {
        const fc_input *in = &p->inputs.at[i];
        fc_str own = in->digest.n ? in->digest : in->path;
        all[i] = (sorted){in->id.n ? in->id : own, in->version, i};
    }
    if (p->inputs.n)
        qsort(all, p->inputs.n, sizeof *all, by_plan);
    for (size_t i = 0; i < p->inputs.n; i++) {
        const fc_input *in = &p->inputs.at[all[i].input];
        bool same_id = i && fc_str_eq(all[i].id, all[i - 1].id);
        bool same = same_id && fc_str_eq(all[i].version, all[i - 1].version);
        if (!same) {
            fc_pile_plan g = {.id = all[i].id, .two_versions = same_id};
            if (same_id)
                p->plans.at[p->plans.n - 1].two_versions = true;
            g.outputs = in->look == FC_LOOK_DOCUMENT || in->look == FC_LOOK_PLAN;
            FC_PUSH(p->arena, &p->plans, g);
        }
        add_input(p, &p->plans.at[p->plans.n - 1], all[i].input);
    }
    for (size_t i = 0; i < p->plans.n; i++) {
        fc_pile_plan *g = &p->plans.at[i];
        if (g->two_versions)
            g->id = fc_str_fmt(p->arena, "%.*s %.*s", FC_ARG(g->id),
                               FC_ARG(p->inputs.at[g->inputs.at[0]].version));
    }
    if (p->plans.n)
        qsort(p->plans.at, p->plans.n, sizeof *p->plans.at, by_first);
}

/* ---- names ------------------------------------------------------------------------------- */

/* The name of a file without what it ends in, as printable; each part of it not too long. */
static fc_str stem_of(fc_arena *a, fc_str name)
{
    size_t base = 0, dot;
    name = printable(a, name);
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/')
            base = i + 1;
    for (dot = name.n; dot > base + 1 && name.p[dot - 1] != '.'; dot--)
        ;
    if (dot > base + 1)
        name = fc_str_slice(name, 0, dot - 1);
    size_t n = name.n - base < STEM_MAX ? name.n : base + STEM_MAX;
    while (n < name.n && n > base && (name.p[n] & 0xC0) == 0x80)
        n--; /* not within a character */
    return fc_str_copy(a, fc_str_slice(name, 0, n));
}

typedef struct named {
    fc_str folded; /* in small letters */
    size_t plan;
} named;

static int by_folded(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int r = fc_str_cmp(x->folded, y->folded);
    return r ? r : (x->plan > y->plan) - (x->plan < y->plan);
}

static fc_str fold(fc_arena *a, fc_str s)
{
    char *p = fc_arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 'a' - 'A') : s.p[i];
    return (fc_str){p, s.n};
}

/* Where several plans would have one name, each gets so many digits behind it that tell them
 * apart: of the digest of what it is, so that they do not depend on the others. One that had
 * its name before keeps it. */
static void tell_apart(fc_pile *p, size_t digits)
{
    named *all = FC_NEW_N(p->arena, named, p->plans.n);
    for (size_t i = 0; i < p->plans.n; i++)
        all[i] = (named){fold(p->arena, p->plans.at[i].name), i};
    if (p->plans.n)
        qsort(all, p->plans.n, sizeof *all, by_folded);
    for (size_t i = 0; i < p->plans.n; i++) {
        fc_pile_plan *g = &p->plans.at[all[i].plan];
        bool twice = (i && fc_str_eq(all[i].folded, all[i - 1].folded)) ||
                     (i + 1 < p->plans.n && fc_str_eq(all[i].folded, all[i + 1].folded));
        if (!twice || !g->outputs || (g->old && fc_str_eq(g->old->name, g->name)))
            continue;
        g->name = fc_str_fmt(p->arena, "%.*s-%.*s", FC_ARG(g->name),
                             FC_ARG(fc_str_slice(fc_sha256_hex(p->arena, g->id), 0, digits)));
    }
}

void fc_pile_name(fc_pile *p)
{
    for (size_t i = 0; i < p->plans.n; i++) {
        fc_pile_plan *g = &p->plans.at[i];
        g->old = fc_ledger_find(&p->ledger, g->id);
        g->name = g->old && g->old->name.n
                      ? g->old->name
                      : stem_of(p->arena, p->inputs.at[g->inputs.at[0]].name);
        if (!g->outputs)
            g->name = (fc_str){0};
    }
    tell_apart(p, 8);
    tell_apart(p, 40);
}

/* ---- what was left ----------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return fc_str_cmp(*(const fc_str *)a, *(const fc_str *)b);
}

/* The stem in ".stem.docx.1234.part", the name of a file that was being written (file.c). */
static fc_str stem_of_part(fc_str name)
{
    static const char suffix[] = ".part";
    if (!fc_str_starts(name, ".") || !fc_str_ends(name, suffix))
        return (fc_str){0};
    size_t end = name.n - (sizeof suffix - 1), n = end; /* behind the digits */
    while (n && name.p[n - 1] >= '0' && name.p[n - 1] <= '9')
        n--;
    if (n == end || !n || name.p[n - 1] != '.')
        return (fc_str){0};
    for (n--; n && name.p[n - 1] != '.'; n--) /* what the output's name ends in */
        ;
    return n > 1 ? fc_str_slice(name, 1, n - 1) : (fc_str){0};
}

/* In one folder: the parts whose stems are among ours, which are sorted. */
static void sweep_folder(const fc_pile *p, fc_str folder, const fc_texts *stems)
{
    struct dirent **list = NULL;
    fc_str path = join(p->arena, fc_str_of(p->out), folder.n ? folder.p : ".");
    int n = scandir(path.p, &list, NULL, by_bytes);
    for (int i = 0; i < n; i++) {
        fc_str stem = stem_of_part(fc_str_of(list[i]->d_name));
        bool ours = false;
        while (stem.n && !ours) { /* "stem", or "stem.cy" in another language */
            ours = bsearch(&stem, stems->at, stems->n, sizeof stem, by_text) != NULL;
            do
                stem.n--;
            while (stem.n && stem.p[stem.n] != '.');
        }
        if (ours)
            unlink(join(p->arena, path, list[i]->d_name).p);
        free(list[i]);
    }
    free(list);
}

/* The name's folder and what stands behind it. */
static void split(fc_arena *a, fc_str name, fc_str *folder, fc_str *stem)
{
    size_t n = name.n;
    while (n && name.p[n - 1] != '/')
        n--;
    *folder = fc_str_copy(a, fc_str_slice(name, 0, n ? n - 1 : 0));
    *stem = fc_str_slice(name, n, name.n);
}

void fc_pile_sweep(fc_pile *p)
{
    fc_texts stems = {0}, folders = {0};
    FC_PUSH(p->arena, &stems, FC_S("report"));
    FC_PUSH(p->arena, &stems, FC_S("regenerate"));
    FC_PUSH(p->arena, &folders, FC_S(""));
    for (size_t i = 0; i < p->plans.n; i++) {
        fc_str folder, stem;
        split(p->arena, p->plans.at[i].name, &folder, &stem);
        FC_PUSH(p->arena, &stems, stem);
        FC_PUSH(p->arena, &folders, folder);
    }
    qsort(stems.at, stems.n, sizeof *stems.at, by_text);
    qsort(folders.at, folders.n, sizeof *folders.at, by_text);
    for (size_t i = 0; i < folders.n; i++)
        if (!i || !fc_str_eq(folders.at[i], folders.at[i - 1]))
            sweep_folder(p, folders.at[i], &stems);
}
