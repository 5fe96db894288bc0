/* One plan of a pile, in a worker: its files are read, what came of them is checked, documents
 * are made and everything is written. What there is to say goes into a line for the ledger; no
 * answer is in it. */
#include "cli/regenerate.h"
#include "compiler/publish.h"
#include "runtime/base/digest.h"
#include "runtime/base/jsonwrite.h"
#include "runtime/plan/pin.h"
#include "runtime/plan/review.h"
#include "runtime/returned/together.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define OUTPUT_BYTES_MAX FC_BUF_MAX

/* ---- what a file is ---------------------------------------------------------------------- */

/* "D 0 1.0.0 urn:uuid:...": what look it had, why it is not read, the version and the id of its
 * plan; "-" for nothing. */
static void put_known(fc_buf *out, fc_look look, int why, fc_str version, fc_str id)
{
    fc_buf_fmt(out, "%c %d %.*s %.*s", "DPRF"[look], why,
               FC_ARG(version.n ? version : FC_S("-")), FC_ARG(id.n ? id : FC_S("-")));
}

static fc_str word_of(fc_str word, bool good)
{
    return good && !fc_str_eq_z(word, "-") ? word : (fc_str){0};
}

static bool take_known(fc_input *in, fc_str known)
{
    size_t at = 0;
    fc_str look, why, version, id;
    if (!fc_str_next_word(known, &at, &look) || !fc_str_next_word(known, &at, &why) ||
        !fc_str_next_word(known, &at, &version) || !fc_str_next_word(known, &at, &id))
        return false;
    const char *which = look.n == 1 ? strchr("DPRF", look.p[0]) : NULL;
    if (!which)
        return false;
    in->look = (fc_look)(which - "DPRF");
    in->why = 0;
    for (size_t i = 0; i < why.n && i < 3; i++)
        in->why = in->why * 10 + (why.p[i] - '0');
    if (in->why < 0 ||
        in->why >= (in->look == FC_LOOK_FAULT ? (int)FC_PILE_FAULTS : (int)FC_REFUSALS))
        return false;
    in->version = word_of(version, fc_version_good(version));
    in->id = word_of(id, true);
    return true;
}

static void look_at(fc_arena *a, fc_str bytes, fc_buf *out)
{
    fc_str version = {0}, id = {0};
    fc_look look = fc_is_plan_file(bytes) ? FC_LOOK_PLAN : FC_LOOK_DOCUMENT;
    fc_refusal why = FC_READS;
    if (look == FC_LOOK_PLAN) {
        version = fc_plan_pin(a, bytes);
        id = fc_plan_pinned_id(a, bytes);
    } else {
        fc_returned r;
        why = fc_returned_look_apart(a, bytes, &r);
        look = why == FC_READS ? look : FC_LOOK_REFUSED;
        version = r.version;
        id = r.plan;
    }
    if (!fc_version_good(version))
        version = (fc_str){0};
    id = fc_str_copy(a, id);
    if (id.n && !fc_is_plan_id(id.p))
        id = (fc_str){0};
    put_known(out, look, (int)why, version, id);
}

bool fc_input_look(fc_pile *p, size_t input, fc_buf *result)
{
    const fc_input *in = &p->inputs.at[input];
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    const char *why = "";
    fc_str bytes;
    if (!a || !FC_BOUNDARY(a)) {
        fc_arena_drop(a);
        return false;
    }
    if (in->odd || fc_file_read(a, in->path.p, FC_RETURNED_BYTES_MAX, &bytes, &why) != FC_OK) {
        fc_buf_z(result, "- ");
        put_known(result, FC_LOOK_FAULT, FC_PILE_UNOPENED, (fc_str){0}, (fc_str){0});
    } else {
        fc_str digest = fc_sha256_hex(a, bytes), before = fc_ledger_known(&p->ledger, digest);
        fc_buf_fmt(result, "%.*s ", FC_ARG(digest));
        if (before.n)
            fc_buf_str(result, before);
        else
            look_at(a, bytes, result);
    }
    fc_arena_drop(a);
    return true;
}

bool fc_input_take(fc_pile *p, size_t input, fc_str result)
{
    fc_input *in = &p->inputs.at[input];
    size_t at = 0;
    fc_str digest, all = fc_str_copy(p->arena, result);
    if (!fc_str_next_word(all, &at, &digest) || !take_known(in, fc_str_slice(all, at, all.n)))
        return false;
    in->digest = digest.n == 64 ? digest : (fc_str){0};
    /* A document of no plan yet becomes the one that its digest names. */
    bool reads = in->look == FC_LOOK_DOCUMENT || in->look == FC_LOOK_PLAN;
    if (reads && !in->id.n)
        in->id = fc_returned_id(p->arena, fc_str_fmt(p->arena, "sha256:%.*s", FC_ARG(digest)));
    return true;
}

/* ---- what there is to say ---------------------------------------------------------------- */

typedef struct product {
    fc_str name, bytes, digest;
    bool there; /* with the same bytes */
} product;

/* The work on one plan. */
typedef struct reissue {
    fc_pile *p;
    fc_pile_plan *g;
    fc_arena *a;
    fc_came_back *files;            /* sorted by digest once they are read */
    size_t *input_of;               /* of files, before they are sorted */
    size_t n;                       /* those that can be read */
    FC_ARRAY(fc_pile_fault) faults; /* of the plan */
    fc_diags *diags;                /* of making documents */
    const fc_plan *plan;            /* as it is written */
    FC_ARRAY(product) products;
    fc_review review;
    unsigned stage;
    bool found, failed, again;
} reissue;

static void indent(fc_buf *out, const char *before, fc_str text)
{
    bool start = true;
    for (size_t i = 0; i < text.n; i++) {
        if (start && text.p[i] != '\n')
            fc_buf_z(out, before);
        fc_buf_char(out, text.p[i]);
        start = text.p[i] == '\n';
    }
}

/* For people and as data. */
static void put_words(fc_buf *out, fc_json_writer *w, const fc_code_row *c)
{
    fc_str severity = fc_str_of(fc_severity_words[c->severity]);
    fc_buf_fmt(out, "    %.*s[%s]: %s\n", FC_ARG(severity), c->code, c->words);
    if (*c->help)
        fc_buf_fmt(out, "        = help: %s\n", c->help);
    fc_json_object(w, (fc_str){0});
    fc_json_put(w, FC_S("code"), fc_str_of(c->code));
    fc_json_put(w, FC_S("severity"), severity);
    fc_json_put(w, FC_S("message"), fc_str_of(c->words));
    fc_json_put_opt(w, FC_S("help"), fc_str_of(c->help));
    fc_json_end(w);
}

/* What is said of one file: how it came out, and what was told on the way. */
typedef struct said {
    fc_buf text, json;
    bool read;
} said;

static void said_open(said *s, fc_arena *a)
{
    *s = (said){0};
    fc_buf_init_in(&s->text, a, FC_BUF_MAX);
    fc_buf_init_in(&s->json, a, FC_BUF_MAX);
}

static void say_not_read(const fc_input *in, said *s)
{
    fc_json_writer w;
    fc_buf_z(&s->text, "not read\n");
    fc_json_begin(&w, &s->json);
    fc_json_array(&w, FC_S("findings"));
    /* Of one that could be read, what stopped it is told of the plan. */
    if (in->look == FC_LOOK_REFUSED)
        put_words(&s->text, &w, fc_refusal_row((fc_refusal)in->why));
    else if (in->look == FC_LOOK_FAULT)
        put_words(&s->text, &w, fc_pile_row((fc_pile_fault)in->why));
    fc_json_end(&w);
    fc_json_end(&w);
}

static void say_file(const fc_came_back *c, said *s)
{
    const fc_taken *t = &c->taken;
    fc_json_writer w;
    fc_json_begin(&w, &s->json);
    s->read = t->plan != NULL;
    if (s->read) {
        if (c->document)
            fc_buf_fmt(&s->text, "read: %zu answer%s", t->read, fc_ending(t->read));
        else
            fc_buf_fmt(&s->text, "read: a plan, %zu answer%s of it new", t->read,
                       fc_ending(t->read));
        if (t->known)
            fc_buf_fmt(&s->text, ", %zu known already", t->known);
        fc_buf_fmt(&s->text, ", %zu conflict%s, %zu place%s not found\n", t->conflicts,
                   fc_ending(t->conflicts), t->not_found, fc_ending(t->not_found));
        fc_json_put_int(&w, FC_S("read"), (long)t->read);
        fc_json_put_int(&w, FC_S("known"), (long)t->known);
        fc_json_put_int(&w, FC_S("conflicts"), (long)t->conflicts);
        fc_json_put_int(&w, FC_S("not-found"), (long)t->not_found);
    } else {
        fc_buf_z(&s->text, "not read\n");
    }
    fc_json_array(&w, FC_S("findings"));
    if (!s->read && !c->document)
        put_words(&s->text, &w, fc_pile_row(FC_PILE_HALF_PLAN));
    for (size_t i = 0; i < t->told.n; i++) {
        fc_told_text(&t->told.at[i], "    ", &s->text);
        fc_json_object(&w, (fc_str){0});
        fc_told_json(&t->told.at[i], &w);
        fc_json_end(&w);
    }
    fc_json_end(&w);
    fc_json_end(&w);
}

/* What is said of the plan. */
static void say_plan(reissue *r, said *s)
{
    const fc_form *f = r->plan ? r->plan->form : NULL;
    fc_json_writer w;
    fc_json_begin(&w, &s->json);
    if (r->plan) {
        const fc_review *v = &r->review;
        fc_buf_fmt(&s->text, "  plan %.*s: %zu error%s, %zu warning%s, %zu advice",
                   FC_ARG(r->plan->id), v->count[FC_ERROR], fc_ending(v->count[FC_ERROR]),
                   v->count[FC_WARNING], fc_ending(v->count[FC_WARNING]), v->count[FC_ADVICE]);
        if (r->stage < f->stages.n)
            fc_buf_fmt(&s->text, " at the stage \"%.*s\"", FC_ARG(f->stages.at[r->stage].id));
        fc_buf_fmt(&s->text, " on %.*s\n", FC_ARG(r->p->as_of));
    }
    fc_json_array(&w, FC_S("outputs"));
    for (size_t i = 0; i < r->products.n; i++) {
        fc_buf_fmt(&s->text, "    -> %.*s\n", FC_ARG(r->products.at[i].name));
        fc_json_put(&w, (fc_str){0}, r->products.at[i].name);
    }
    fc_json_end(&w);
    fc_json_array(&w, FC_S("findings"));
    for (size_t i = 0; i < r->faults.n; i++)
        put_words(&s->text, &w, fc_pile_row(r->faults.at[i]));
    for (size_t i = 0; r->diags && i < r->diags->list.n; i++) {
        const fc_diag *d = &r->diags->list.at[i];
        const fc_code_row said_of_it = {.code = d->code,
                                        .severity = d->severity,
                                        .words = fc_str_copy(r->a, d->text).p,
                                        .help = fc_str_copy(r->a, d->help).p};
        put_words(&s->text, &w, &said_of_it);
    }
    fc_json_end(&w);
    if (r->plan) {
        fc_buf b;
        fc_buf_init_in(&b, r->a, FC_BUF_MAX);
        fc_review_text(r->plan, &r->review, &b);
        indent(&s->text, "    ", fc_buf_view(&b));
        fc_buf_clear(&b);
        fc_review_json(r->plan, &r->review, r->stage, r->p->as_of, &b);
        fc_json_put_made(&w, FC_S("review"), fc_buf_view(&b));
    }
    fc_json_end(&w);
}

/* ---- the line ---------------------------------------------------------------------------- */

static void put(fc_buf *out, const char *before, const char *name, fc_str value)
{
    fc_buf_fmt(out, "%s\"%s\": ", before, name);
    fc_json_string(out, value);
}

static void put_source(reissue *r, const fc_input *in, const char *before, fc_buf *out)
{
    fc_buf known;
    fc_buf_init_in(&known, r->a, FC_BUF_MAX);
    put_known(&known, in->look, in->why, in->version, in->id);
    fc_buf_z(out, before);
    fc_json_string(out, in->shown);
    fc_buf_z(out, ", ");
    fc_json_string(out, in->digest);
    fc_buf_z(out, ", ");
    fc_json_string(out, fc_buf_view(&known));
}

static const fc_came_back *file_of(const reissue *r, const fc_input *in)
{
    for (size_t i = 0; i < r->n; i++) {
        fc_str file = r->files[i].file;
        if (fc_str_eq(fc_str_slice(file, sizeof "sha256:" - 1, file.n), in->digest))
            return &r->files[i];
    }
    return NULL;
}

/* Line feeds stand in strings only, where they are escaped: it is one line. */
static void put_line(reissue *r, fc_str key, fc_buf *out)
{
    const fc_pile_plan *g = r->g;
    put(out, "{", "key", r->again ? (fc_str){0} : key);
    put(out, ", ", "id", g->id);
    put(out, ", ", "name", g->name);
    fc_buf_z(out, ", \"outputs\": [");
    for (size_t i = 0; i < r->products.n; i++) {
        fc_buf_z(out, i ? ", " : "");
        fc_json_string(out, r->products.at[i].name);
        fc_buf_z(out, ", ");
        fc_json_string(out, r->products.at[i].digest);
    }
    fc_buf_z(out, "], \"sources\": [");
    for (size_t i = 0; i < g->inputs.n; i++)
        put_source(r, &r->p->inputs.at[g->inputs.at[i]], i ? ", " : "", out);
    fc_buf_z(out, "], \"files\": [");
    for (size_t i = 0; i < g->inputs.n; i++) {
        const fc_input *in = &r->p->inputs.at[g->inputs.at[i]];
        const fc_came_back *c = file_of(r, in);
        said s;
        said_open(&s, r->a);
        if (c)
            say_file(c, &s);
        else
            say_not_read(in, &s);
        put(out, i ? ", {" : "{", "digest", in->digest);
        put(out, ", ", "read", fc_str_of(s.read ? "yes" : ""));
        put(out, ", ", "text", fc_buf_view(&s.text));
        put(out, ", ", "json", fc_buf_view(&s.json));
        fc_buf_char(out, '}');
        r->found |= !c || c->status != FC_OK;
    }
    said s;
    said_open(&s, r->a);
    say_plan(r, &s);
    put(out, "], ", "text", fc_buf_view(&s.text));
    put(out, ", ", "json", fc_buf_view(&s.json));
    put(out, ", ", "plan", r->plan ? r->plan->id : (fc_str){0});
    put(out, ", ", "found", fc_str_of(r->found ? "yes" : ""));
    put(out, ", ", "failed", fc_str_of(r->failed ? "yes" : ""));
    fc_buf_z(out, "}\n");
}

/* ---- reading ----------------------------------------------------------------------------- */

static void add_fault(reissue *r, fc_pile_fault f, bool again)
{
    FC_PUSH(r->a, &r->faults, f);
    r->found |= fc_pile_row(f)->severity == FC_ERROR;
    r->failed |= f == FC_PILE_UNWRITTEN;
    r->again |= again;
}

/* False: the file is another one than it was. */
static bool read_input(reissue *r, fc_input *in)
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

static bool read_all(reissue *r, fc_plan **plan)
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

static void add_product(reissue *r, fc_str name, fc_str bytes)
{
    FC_PUSH(r->a, &r->products,
            ((product){.name = name, .bytes = bytes, .digest = fc_sha256_hex(r->a, bytes)}));
}

/* The plan as bytes, and read again from them, as the form that documents are made of: what is
 * in a document is what is in the file. */
static bool make_plan(reissue *r, const fc_plan *plan)
{
    fc_ready *ready = &r->p->ready.at[r->g->ready];
    fc_plan *again = NULL;
    fc_buf b;
    fc_buf_init_in(&b, r->a, FC_BUF_MAX);
    fc_plan_write(plan, &b);
    fc_str bytes = fc_buf_keep(&b, r->a);
    fc_buf_release(&b);
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

static bool make_documents(reissue *r)
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

/* Did this verb write what is there? */
static bool is_ours(const reissue *r, fc_str name, fc_str digest)
{
    const fc_entry *old = r->g->old;
    for (size_t i = 0; old && i + 1 < old->outputs.n; i += 2)
        if (fc_str_eq(old->outputs.at[i], name) && fc_str_eq(old->outputs.at[i + 1], digest))
            return true;
    return false;
}

/* The folders below the output folder must not lead elsewhere. */
static bool folders_are_plain(const reissue *r, fc_str name)
{
    struct stat st;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/' &&
            lstat(place_of(r->p, r->a, fc_str_slice(name, 0, i)).p, &st) == 0 &&
            !S_ISDIR(st.st_mode))
            return false;
    return true;
}

static bool may_write(reissue *r, product *f)
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

static bool write_product(reissue *r, const product *f)
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

static void write_all(reissue *r)
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
    if (written < r->products.n)
        add_fault(r, FC_PILE_UNWRITTEN, true);
    r->products.n = written;
}

/* ---- one plan ---------------------------------------------------------------------------- */

static int by_digest(const void *a, const void *b)
{
    return fc_str_cmp(*(const fc_str *)a, *(const fc_str *)b);
}

/* The digest of all that decides what comes out. */
static fc_str key_of(const reissue *r)
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

static bool is_whole(const reissue *r, fc_str key)
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

/* What is there was made from a file that is not here any more, under any name or content? */
static bool leaves_out(const reissue *r)
{
    const fc_entry *old = r->g->old;
    for (size_t i = 0; old && old->outputs.n && i + 2 < old->sources.n; i += 3) {
        bool here = false;
        for (size_t k = 0; !here && k < r->g->inputs.n; k++)
            here =
                fc_str_eq(r->p->inputs.at[r->g->inputs.at[k]].digest, old->sources.at[i + 1]);
        for (size_t k = 0; !here && k < r->p->inputs.n; k++)
            here = fc_str_eq(r->p->inputs.at[k].shown, old->sources.at[i]);
        if (!here)
            return true;
    }
    return false;
}

static void work(reissue *r)
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

static bool open(reissue *r, fc_pile *p, size_t plan)
{
    *r = (reissue){.p = p, .g = &p->plans.at[plan], .a = fc_arena_new(FC_MEMORY_MAX)};
    return r->a != NULL;
}

bool fc_plan_reissue(fc_pile *p, size_t plan, fc_buf *line)
{
    static reissue r; /* not on the stack that a jump unwinds */
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
        put_line(&r, key, line);
        fc_arena_check(r.a);
    }
    fc_arena_drop(r.a);
    return true;
}

bool fc_plan_fault(fc_pile *p, size_t plan, fc_pile_fault fault, fc_buf *line)
{
    static reissue r;
    if (!open(&r, p, plan))
        return false;
    if (!FC_BOUNDARY(r.a)) {
        fc_arena_drop(r.a);
        return false;
    }
    add_fault(&r, fault, true);
    put_line(&r, (fc_str){0}, line);
    fc_arena_drop(r.a);
    return true;
}
