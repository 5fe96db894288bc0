/* What has been done, on disk: a file in the output folder with one line of JSON for a plan. A
 * line is added when all outputs of the plan are there, so that what a run did that was stopped
 * is known to the next. It holds digests, names and what was told; no answer.
 *
 * While a run is under way its first line says when it began, since that is the time of entries
 * in histories: the run that goes on with it writes the same. In the end the file is written
 * anew, by name, so that it does not say in which order the work was done. */
#include "cli/regenerate.h"
#include "runtime/base/json.h"
#include "runtime/base/jsonwrite.h"
#include "runtime/base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_MAX_BYTES ((size_t)64 << 20)
#define PIECE ((size_t)256 << 10)

static const char head[] = "{\"made-by\": \"formc regenerate\""; /* how a first line begins */

static fc_status fail(const fc_pile *p, const char *why)
{
    fc_complain("%s: %s", p->ledger.path, why);
    return FC_IO;
}

/* ---- lines ------------------------------------------------------------------------------- */

static fc_str text_of(const fc_json *object, const char *name)
{
    const fc_json *v = fc_json_member(object, name);
    return v && v->kind == FC_JSON_STRING ? v->text : (fc_str){0};
}

static bool read_json(fc_arena *a, fc_str line, const fc_json **root)
{
    uint32_t at;
    return fc_json_read(a, line, root, &at) == FC_JSON_PASSES &&
           (*root)->kind == FC_JSON_OBJECT;
}

/* Copies the texts of a list; their number has to be a multiple of `each`. */
static void take_list(fc_arena *a, const fc_json *object, const char *name, size_t each,
                      fc_texts *out)
{
    const fc_json *list = fc_json_member(object, name);
    for (const fc_json *k = list ? list->kids : NULL; k; k = k->next)
        FC_PUSH(a, out, fc_str_copy(a, k->text));
    out->n -= out->n % each;
}

static bool read_entry(fc_pile *p, fc_str line, fc_entry *e)
{
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    const fc_json *root = NULL;
    volatile bool good = false;
    if (a && FC_BOUNDARY(a)) {
        good = read_json(a, line, &root) && text_of(root, "id").n;
        if (good) {
            e->key = fc_str_copy(p->arena, text_of(root, "key"));
            e->id = fc_str_copy(p->arena, text_of(root, "id"));
            e->name = fc_str_copy(p->arena, text_of(root, "name"));
            take_list(p->arena, root, "outputs", 2, &e->outputs);
            take_list(p->arena, root, "kept", 2, &e->kept);
            take_list(p->arena, root, "sources", 3, &e->sources);
        }
    }
    fc_arena_drop(a);
    return good;
}

static bool read_head(fc_pile *p, fc_str line)
{
    if (!fc_str_starts(line, head))
        return false;
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    const fc_json *root = NULL;
    volatile bool good = false;
    if (a && FC_BOUNDARY(a)) {
        good = read_json(a, line, &root);
        if (good) {
            fc_str at = text_of(root, "at");
            p->ledger.looks = fc_str_eq_z(text_of(root, "version"), FORMC_VERSION);
            p->ledger.at = fc_is_moment(at) ? fc_str_copy(p->arena, at) : (fc_str){0};
        }
    }
    fc_arena_drop(a);
    return good;
}

static void put_head(fc_str at, fc_buf *b)
{
    fc_buf_fmt(b, "%s, \"version\": \"%s\", \"at\": ", head, FORMC_VERSION);
    fc_json_string(b, at);
    fc_buf_z(b, "}\n");
}

/* ---- opening ----------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const fc_entry *x = a, *y = b;
    int r = fc_str_cmp(x->id, y->id);
    return r ? r : (x->at > y->at) - (x->at < y->at);
}

typedef struct known {
    fc_str digest, what;
} known;

static int by_digest(const void *a, const void *b)
{
    return fc_str_cmp(((const known *)a)->digest, ((const known *)b)->digest);
}

static void sort(fc_pile *p)
{
    fc_ledger *l = &p->ledger;
    size_t kept = 0;
    if (l->entries.n)
        qsort(l->entries.at, l->entries.n, sizeof *l->entries.at, by_id);
    for (size_t i = 0; i < l->entries.n; i++) /* the last of each counts */
        if (i + 1 == l->entries.n || !fc_str_eq(l->entries.at[i].id, l->entries.at[i + 1].id))
            l->entries.at[kept++] = l->entries.at[i];
    l->entries.n = kept;
    for (size_t i = 0; l->looks && i < l->entries.n; i++) {
        const fc_entry *e = &l->entries.at[i];
        for (size_t k = 0; k < e->sources.n; k += 3)
            if (e->sources.at[k + 1].n) {
                FC_PUSH(p->arena, &l->known, e->sources.at[k + 1]);
                FC_PUSH(p->arena, &l->known, e->sources.at[k + 2]);
            }
    }
    if (l->known.n)
        qsort(l->known.at, l->known.n / 2, sizeof(known), by_digest);
}

/* Goes through the lines; what stands behind the last line feed was cut off and goes. */
static fc_status read_lines(fc_pile *p)
{
    fc_ledger *l = &p->ledger;
    fc_buf b;
    char *piece = malloc(PIECE);
    uint64_t begin = 0; /* of what is in b */
    bool first = true, ours = true;
    ssize_t n = -1;
    fc_buf_init_in(&b, p->arena, LINE_MAX_BYTES + PIECE);
    while (piece && ours && !b.failed && (n = read(l->fd, piece, PIECE)) > 0) {
        size_t from = 0;
        fc_buf_add(&b, piece, (size_t)n);
        for (const char *nl;
             !b.failed && ours && from < b.n && (nl = memchr(b.p + from, '\n', b.n - from));) {
            fc_str line = {b.p + from, (size_t)(nl - b.p) - from};
            fc_entry e = {.at = begin + from, .n = line.n};
            bool is_head = read_head(p, line);
            ours = ours && (is_head || !first);
            if (ours && !is_head && read_entry(p, line, &e))
                FC_PUSH(p->arena, &l->entries, e);
            first = false;
            from += line.n + 1;
        }
        begin += from;
        fc_str rest = fc_str_slice(fc_buf_view(&b), from, b.n);
        memmove(b.p, rest.p, rest.n);
        b.n = rest.n;
    }
    free(piece);
    bool failed = b.failed || n < 0;
    /* A first line that was cut off is the beginning of one. */
    if (first && n == 0)
        ours = fc_str_starts(
            (fc_str){head, sizeof head - 1},
            fc_str_copy(p->arena, fc_str_slice(fc_buf_view(&b), 0, sizeof head - 1)).p);
    fc_buf_release(&b);
    if (!ours) {
        fc_complain("%s: it was not made by formc; give another folder with -o", l->path);
        return FC_REFUSED;
    }
    if (failed)
        return fail(p, "it cannot be read");
    l->end = begin;
    return ftruncate(l->fd, (off_t)begin) == 0 ? FC_OK : fail(p, strerror(errno));
}

fc_status fc_ledger_open(fc_pile *p)
{
    fc_ledger *l = &p->ledger;
    struct stat st;
    size_t n = strlen(p->out);
    l->path =
        fc_arena_alloc(p->arena, n + sizeof "/regenerate.state"); /* zeroed: it has its end */
    memcpy(l->path, p->out, n);
    memcpy(l->path + n, "/regenerate.state", sizeof "/regenerate.state");
    l->fd = open(l->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    if (l->fd < 0) {
        bool link = errno == ELOOP;
        fc_complain("%s: %s", l->path,
                    link ? "it is a symbolic link; formc does not write through those"
                         : strerror(errno));
        return link ? FC_REFUSED : FC_IO;
    }
    if (fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        fc_complain("%s: it is not a regular file", l->path);
        return FC_REFUSED;
    }
    fc_status s = read_lines(p);
    l->found = l->end > 0;
    if (s == FC_OK)
        sort(p);
    return s;
}

void fc_ledger_close(fc_ledger *l)
{
    if (l->fd > 0)
        close(l->fd);
    l->fd = 0;
}

const fc_entry *fc_ledger_find(const fc_ledger *l, fc_str id)
{
    size_t low = 0, high = l->entries.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int r = fc_str_cmp(l->entries.at[middle].id, id);
        if (r == 0)
            return &l->entries.at[middle];
        if (r < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

fc_str fc_ledger_known(const fc_ledger *l, fc_str digest)
{
    const known key = {.digest = digest};
    const known *found =
        l->known.n ? bsearch(&key, l->known.at, l->known.n / 2, sizeof key, by_digest) : NULL;
    return found ? found->what : (fc_str){0};
}

/* ---- a run ------------------------------------------------------------------------------- */

static fc_status append(fc_pile *p, fc_str bytes)
{
    fc_ledger *l = &p->ledger;
    if (lseek(l->fd, (off_t)l->end, SEEK_SET) < 0 || !fc_write_all(l->fd, bytes))
        return fail(p, strerror(errno));
    l->end += bytes.n;
    return FC_OK;
}

fc_status fc_ledger_begin(fc_pile *p)
{
    fc_buf b;
    fc_buf_init_in(&b, p->arena, FC_BUF_MAX);
    put_head(p->at, &b);
    fc_status s = append(p, fc_buf_view(&b));
    fc_buf_release(&b);
    return s == FC_OK && fsync(p->ledger.fd) != 0 ? fail(p, strerror(errno)) : s;
}

fc_status fc_ledger_add(fc_pile *p, fc_str line, fc_entry *e)
{
    *e = (fc_entry){.at = p->ledger.end, .n = line.n - 1};
    if (!read_entry(p, fc_str_slice(line, 0, e->n), e))
        return FC_INTERNAL;
    return append(p, line);
}

bool fc_ledger_line(const fc_pile *p, fc_arena *a, const fc_entry *e, fc_str *line)
{
    char *bytes = fc_arena_alloc(a, e->n + 1);
    *line = (fc_str){bytes, e->n};
    return lseek(p->ledger.fd, (off_t)e->at, SEEK_SET) >= 0 &&
           fc_read_all(p->ledger.fd, bytes, e->n);
}

static int by_name(const void *a, const void *b)
{
    const fc_entry *const *x = a, *const *y = b;
    int r = fc_str_cmp((*x)->name, (*y)->name);
    return r ? r : fc_str_cmp((*x)->id, (*y)->id);
}

/* What holds now: the plans of this run, and those of earlier ones that it did not touch. */
static const fc_entry **all_entries(fc_pile *p, size_t *n)
{
    const fc_ledger *l = &p->ledger;
    const fc_entry **all = FC_NEW_N(p->arena, const fc_entry *, p->plans.n + l->entries.n);
    bool *touched = FC_NEW_N(p->arena, bool, l->entries.n);
    *n = 0;
    for (size_t i = 0; i < p->plans.n; i++) {
        const fc_pile_plan *g = &p->plans.at[i];
        if (g->old)
            touched[g->old - l->entries.at] = true;
        all[(*n)++] = &g->now;
    }
    for (size_t i = 0; i < l->entries.n; i++)
        if (!touched[i] && (l->entries.at[i].outputs.n || l->entries.at[i].kept.n))
            all[(*n)++] = &l->entries.at[i];
    if (*n)
        qsort(all, *n, sizeof *all, by_name);
    return all;
}

static bool copy_line(const fc_pile *p, const fc_entry *e, fc_writing *w)
{
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    volatile bool whole = false;
    fc_str line;
    if (a && FC_BOUNDARY(a)) {
        whole = fc_ledger_line(p, a, e, &line);
        if (whole)
            fc_writing_add(w, line);
    }
    fc_arena_drop(a);
    return whole;
}

fc_status fc_ledger_end(fc_pile *p)
{
    size_t n;
    const fc_entry **all = all_entries(p, &n);
    const char *why = "";
    fc_writing w;
    fc_buf b;
    bool whole = true;
    fc_writing_begin(&w, p->ledger.path, true);
    fc_buf_init_in(&b, p->arena, FC_BUF_MAX);
    put_head((fc_str){0}, &b);
    fc_writing_add(&w, fc_buf_view(&b));
    fc_buf_release(&b);
    for (size_t i = 0; whole && i < n; i++) {
        whole = copy_line(p, all[i], &w);
        fc_writing_add(&w, FC_S("\n"));
    }
    fc_status s = fc_writing_end(&w, whole, &why);
    fc_ledger_close(&p->ledger);
    if (!whole)
        return fail(p, "it cannot be read");
    return s == FC_OK ? s : fail(p, why);
}
