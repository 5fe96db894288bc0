/* One plan of a pile, in a worker: its files are read, what came of them is checked, documents
 * are made and everything is written. */
#include "cli/reissue.h"
#include "runtime/base/digest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define OUTPUT_BYTES_MAX FC_BUF_MAX

/* ---- reading ----------------------------------------------------------------------------- */

static void add_fault(fc_reissue *r, fc_pile_fault f, bool again)
{
    FC_PUSH(r->a, &r->faults, f);
    r->found |= fc_pile_row(f)->severity == FC_ERROR;
    r->failed |= f == FC_PILE_UNWRITTEN;
    r->again |= again;
}

/* False: the file is another one than it was. */
static bool read_input(fc_reissue *r, fc_input *in)
{
    const char *why = "";
    fc_str bytes;
    if (in->look != FC_LOOK_DOCUMENT && in->look != FC_LOOK_PLAN)
        return true;
    if (fc_file_read(r->a, in->path.p, FC_RETURNED_BYTES_MAX, &bytes, &why) != FC_OK ||
        !fc_str_eq(fc_sha256_hex(r->a, bytes), in->digest))
        return false;
    fc_came_back *c = &r->files[r->n];
    *c = (fc_came_back){.file = fc_str_fmt(r->a, "sha256:%.*s", FC_ARG(in->digest))};
    if (in->look == FC_LOOK_PLAN) {
        c->plan = bytes;
    } else {
        fc_returned *found = FC_NEW(r->a, fc_returned);
        fc_refusal why_not = fc_returned_look_apart(r->a, bytes, found);
        if (why_not != FC_READS) {
            in->look = FC_LOOK_REFUSED;
            in->why = (int)why_not;
            return true;
        }
        c->document = found;
    }
    r->n++;
    return true;
}

static bool read_all(fc_reissue *r, fc_plan **plan)
{
    const fc_ready *ready = &r->p->ready.at[r->g->ready];
    const fc_take_as as = {.at = r->p->at, .by = r->p->by};
    fc_diags *d = fc_diags_new(r->a);
    *plan = NULL;
    for (size_t i = 0; i < r->g->inputs.n; i++)
        if (!read_input(r, &r->p->inputs.at[r->g->inputs.at[i]])) {
            add_fault(r, FC_PILE_CHANGING, true);
            r->n = 0;
            return false;
        }
    if (r->n && fc_take_together(r->a, ready->form, r->files, r->n, &as, d, plan) != FC_OK)
        r->found = true;
    return *plan != NULL;
}

/* ---- making ------------------------------------------------------------------------------ */

static void add_product(fc_reissue *r, fc_str name, fc_str bytes)
{
    FC_PUSH(r->a, &r->products,
            ((fc_product){.name = name, .bytes = bytes, .digest = fc_sha256_hex(r->a, bytes)}));
}

/* The plan as bytes, and read again from them, as the form that documents are made of: what is
 * in a document is what is in the file. */
static bool make_plan(fc_reissue *r, const fc_plan *plan)
{
    fc_ready *ready = &r->p->ready.at[r->g->ready];
    fc_plan *again = NULL;
    fc_str bytes = fc_plan_written(r->a, plan);
    add_product(r, fc_str_fmt(r->a, "%.*s.xml", FC_ARG(r->g->name)), bytes);
    if (fc_plan_read(r->a, ready->build.form, bytes, FC_S("plan"), fc_diags_new(r->a),
                     &again) != FC_OK)
        return false;
    r->plan = again;
    const fc_form *f = again->form;
    r->stage = again->stage.n ? (unsigned)fc_form_stage(f, again->stage) : 0;
    fc_plan_review(r->a, again, r->stage, r->p->day, &r->review);
    r->found |= r->review.count[FC_ERROR] > 0;
    return true;
}

static bool make_documents(fc_reissue *r)
{
    fc_ready *ready = &r->p->ready.at[r->g->ready];
    r->diags = ready->build.diags = fc_diags_new(r->a);
    for (size_t i = 0; i < r->p->targets; i++) {
        const fc_target *t = r->p->target[i];
        fc_output_files files = {0};
        if (t->make(&ready->build, ready->prepared[i], r->plan, r->a, &files) != FC_OK ||
            files.n != 1)
            return false;
        add_product(r, fc_output_name(&ready->build, r->a, r->g->name, t->suffix),
                    files.at[0].bytes);
    }
    return true;
}

/* ---- writing ----------------------------------------------------------------------------- */

static fc_str place_of(const fc_pile *p, fc_arena *a, fc_str name)
{
    size_t n = strlen(p->out);
    return fc_str_fmt(a, "%s%s%.*s", p->out, n && p->out[n - 1] == '/' ? "" : "/",
                      FC_ARG(name));
}

/* The digest of what is there; empty when it is no plain file, or cannot be read. */
static fc_str digest_of(fc_arena *a, fc_str path)
{
    struct stat st;
    const char *why = "";
    fc_str bytes;
    if (lstat(path.p, &st) != 0 || !S_ISREG(st.st_mode) ||
        fc_file_read(a, path.p, OUTPUT_BYTES_MAX, &bytes, &why) != FC_OK)
        return (fc_str){0};
    return fc_sha256_hex(a, bytes);
}

/* Is this file with this digest among them? */
static bool has(const fc_texts *outputs, fc_str name, fc_str digest)
{
    for (size_t i = 0; i + 1 < outputs->n; i += 2)
        if (fc_str_eq(outputs->at[i], name) && fc_str_eq(outputs->at[i + 1], digest))
            return true;
    return false;
}

/* Did this verb write what is there? */
static bool is_ours(const fc_reissue *r, fc_str name, fc_str digest)
{
    const fc_entry *old = r->g->old;
    return old && (has(&old->outputs, name, digest) || has(&old->kept, name, digest));
}

/* The folders below the output folder must not lead elsewhere. */
static bool folders_are_plain(const fc_reissue *r, fc_str name)
{
    struct stat st;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/' &&
            lstat(place_of(r->p, r->a, fc_str_slice(name, 0, i)).p, &st) == 0 &&
            !S_ISDIR(st.st_mode))
            return false;
    return true;
}

static bool may_write(fc_reissue *r, fc_product *f)
{
    struct stat st;
    fc_str path = place_of(r->p, r->a, f->name);
    if (!folders_are_plain(r, f->name))
        return false;
    if (lstat(path.p, &st) != 0)
        return true;
    fc_str digest = digest_of(r->a, path);
    f->there = fc_str_eq(digest, f->digest);
    return S_ISREG(st.st_mode) &&
           (f->there || r->p->force || (digest.n && is_ours(r, f->name, digest)));
}

static bool write_product(fc_reissue *r, const fc_product *f)
{
    const char *why = "";
    struct stat st;
    fc_str path = place_of(r->p, r->a, f->name);
    if (f->there)
        return true;
    fc_str folder =
        fc_str_copy(r->a, fc_str_slice(path, 0, (size_t)(strrchr(path.p, '/') - path.p)));
    bool replaces = lstat(path.p, &st) == 0;
    return fc_dir_make(folder.p, &why) == FC_OK &&
           fc_file_write(path.p, f->bytes, replaces, &why) == FC_OK;
}

static void write_all(fc_reissue *r)
{
    bool free_places = true;
    for (size_t i = 0; i < r->products.n; i++)
        free_places &= may_write(r, &r->products.at[i]);
    if (!free_places) {
        add_fault(r, FC_PILE_THERE, true);
        r->products.n = 0;
        return;
    }
    size_t written = 0;
    while (written < r->products.n && write_product(r, &r->products.at[written]))
        written++;
    r->tried = written;
    if (written < r->products.n) {
        r->tried++; /* in its place, perhaps, but not flushed to disk */
        add_fault(r, FC_PILE_UNWRITTEN, true);
    }
    r->products.n = written;
}

/* ---- one plan ---------------------------------------------------------------------------- */

static int by_digest(const void *a, const void *b)
{
    return fc_str_cmp(*(const fc_str *)a, *(const fc_str *)b);
}

/* The digest of all that decides what comes out. */
static fc_str key_of(const fc_reissue *r)
{
    const fc_pile_plan *g = r->g;
    fc_str *digests = FC_NEW_N(r->a, fc_str, g->inputs.n);
    fc_buf b;
    fc_buf_init_in(&b, r->a, FC_BUF_MAX);
    if (g->outputs)
        fc_buf_fmt(&b, "%.*s\n", FC_ARG(r->p->ready.at[g->ready].settings));
    fc_buf_fmt(&b, "%.*s\n%d\n", FC_ARG(g->name), g->two_versions);
    for (size_t i = 0; i < g->inputs.n; i++)
        digests[i] = r->p->inputs.at[g->inputs.at[i]].digest;
    qsort(digests, g->inputs.n, sizeof *digests, by_digest);
    for (size_t i = 0; i < g->inputs.n; i++)
        fc_buf_fmt(&b, "%.*s\n", FC_ARG(digests[i]));
    return fc_sha256_hex(r->a, fc_buf_view(&b));
}

static bool is_whole(const fc_reissue *r, fc_str key)
{
    const fc_entry *old = r->g->old;
    if (!old || !fc_str_eq(old->key, key))
        return false;
    for (size_t i = 0; i + 1 < old->outputs.n; i += 2)
        if (!fc_str_eq(digest_of(r->a, place_of(r->p, r->a, old->outputs.at[i])),
                       old->outputs.at[i + 1]))
            return false;
    return true;
}

/* Is the i-th source of what is there among the files, under any name or content? */
static bool is_here(const fc_reissue *r, size_t i)
{
    const fc_str *source = &r->g->old->sources.at[i];
    for (size_t k = 0; k < r->g->inputs.n; k++)
        if (fc_str_eq(r->p->inputs.at[r->g->inputs.at[k]].digest, source[1]))
            return true;
    for (size_t k = 0; k < r->p->inputs.n; k++)
        if (fc_str_eq(r->p->inputs.at[k].shown, source[0]))
            return true;
    return false;
}

/* What is there was made from a file that is not here any more? */
static bool leaves_out(const fc_reissue *r)
{
    const fc_entry *old = r->g->old;
    for (size_t i = 0; old && (old->outputs.n || old->kept.n) && i + 2 < old->sources.n; i += 3)
        if (!is_here(r, i))
            return true;
    return false;
}

static void keep(fc_reissue *r, fc_str name, fc_str digest)
{
    if (has(&r->kept, name, digest))
        return;
    FC_PUSH(r->a, &r->kept, name);
    FC_PUSH(r->a, &r->kept, digest);
}

static bool is_product(const fc_reissue *r, fc_str name)
{
    for (size_t i = 0; i < r->products.n; i++)
        if (fc_str_eq(r->products.at[i].name, name))
            return true;
    return false;
}

/* What this verb wrote stays known as that, whatever became of this run, and so does what it
 * was made from: or the next one would take it for the work of others. */
static void keep_what_was(fc_reissue *r)
{
    const fc_entry *old = r->g->old;
    const bool came_off = r->plan && !r->again;
    for (size_t i = r->products.n; i < r->tried; i++)
        keep(r, r->products.at[i].name, r->products.at[i].digest);
    if (!old)
        return;
    const fc_texts *const lists[] = {&old->outputs, &old->kept};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i + 1 < lists[k]->n; i += 2)
            if (!came_off || !is_product(r, lists[k]->at[i]))
                keep(r, lists[k]->at[i], lists[k]->at[i + 1]);
    for (size_t i = 0; !came_off && i + 2 < old->sources.n; i += 3)
        for (size_t n = 0; n < 3 && !is_here(r, i); n++)
            FC_PUSH(r->a, &r->left_over, old->sources.at[i + n]);
}

static void work(fc_reissue *r)
{
    fc_plan *plan = NULL;
    if (r->g->two_versions)
        add_fault(r, FC_PILE_TWO_VERSIONS, false);
    if (!r->p->force && leaves_out(r)) {
        add_fault(r, FC_PILE_LEFT_OUT, true);
        return;
    }
    if (!read_all(r, &plan))
        return;
    if (!make_plan(r, plan) || !make_documents(r)) {
        add_fault(r, FC_PILE_UNMADE, true);
        r->products.n = 0;
        return;
    }
    write_all(r);
}

static bool open(fc_reissue *r, fc_pile *p, size_t plan)
{
    *r = (fc_reissue){.p = p, .g = &p->plans.at[plan], .a = fc_arena_new(FC_MEMORY_MAX)};
    return r->a != NULL;
}

bool fc_plan_reissue(fc_pile *p, size_t plan, fc_buf *line)
{
    static fc_reissue r; /* not on the stack that a jump unwinds */
    if (!open(&r, p, plan))
        return false;
    if (!FC_BOUNDARY(r.a)) {
        fc_arena_drop(r.a);
        return false;
    }
    fc_str key = key_of(&r);
    if (!is_whole(&r, key)) {
        r.files = FC_NEW_N(r.a, fc_came_back, r.g->inputs.n);
        work(&r);
        keep_what_was(&r);
        fc_reissue_line(&r, key, line);
        fc_arena_check(r.a);
    }
    fc_arena_drop(r.a);
    return true;
}

bool fc_plan_fault(fc_pile *p, size_t plan, fc_pile_fault fault, fc_buf *line)
{
    static fc_reissue r;
    if (!open(&r, p, plan))
        return false;
    if (!FC_BOUNDARY(r.a)) {
        fc_arena_drop(r.a);
        return false;
    }
    add_fault(&r, fault, true);
    keep_what_was(&r);
    fc_reissue_line(&r, (fc_str){0}, line);
    fc_arena_drop(r.a);
    return true;
}
