/* The report on a pile: what became of each file and each plan, from the lines of the ledger,
 * in the order of the files' names. It is written piece by piece: it may be long. */
#include "cli/regenerate.h"
#include "runtime/base/json.h"
#include "runtime/base/jsonwrite.h"

#include <stdio.h>
#include <string.h>

#define FILES 2 /* report.txt, report.json */

typedef struct tally {
    size_t files, read, same, refused, plans, found, failed;
} tally;

typedef struct reporter {
    fc_pile *p;
    fc_writing out[FILES];
    size_t printed; /* which of them goes to standard output, too */
    bool print_failed;
    tally sum;
    fc_buf text, json; /* what is still to be written */
    fc_json_writer w;
} reporter;

static void write_out(reporter *r, size_t which, fc_buf *b)
{
    fc_writing_add(&r->out[which], fc_buf_view(b));
    if (which == r->printed)
        r->print_failed |= fwrite(b->n ? b->p : "", 1, b->n, stdout) != b->n;
    fc_buf_clear(b);
}

static void flush(reporter *r)
{
    write_out(r, 0, &r->text);
    write_out(r, 1, &r->json);
}

static fc_str text_of(const fc_json *object, const char *name)
{
    const fc_json *v = object ? fc_json_member(object, name) : NULL;
    return v ? v->text : (fc_str){0};
}

/* What the line says of a file with this digest; of one that could not be read, the only one.
 */
static const fc_json *file_in(const fc_json *line, fc_str digest)
{
    const fc_json *files = fc_json_member(line, "files");
    for (const fc_json *f = files ? files->kids : NULL; f; f = f->next)
        if (fc_str_eq(text_of(f, "digest"), digest))
            return f;
    return NULL;
}

static void put_file(reporter *r, const fc_json *line, const fc_input *in)
{
    const fc_json *said = file_in(line, in->digest);
    bool read = text_of(said, "read").n;
    r->sum.files++;
    if (in->same)
        r->sum.same++;
    else if (read)
        r->sum.read++;
    else
        r->sum.refused++;
    fc_json_object(&r->w, (fc_str){0});
    fc_json_put(&r->w, FC_S("file"), in->shown);
    fc_json_put_bool(&r->w, FC_S("read"), read);
    fc_json_put_opt(&r->w, FC_S("plan"), text_of(line, "plan"));
    if (in->same) {
        fc_str other = r->p->inputs.at[in->same - 1].shown;
        fc_buf_fmt(&r->text, "%.*s: %s[%s]: %s\n    (%.*s)\n", FC_ARG(in->shown), "advice",
                   fc_pile_row(FC_PILE_SAME)->code, fc_pile_row(FC_PILE_SAME)->words,
                   FC_ARG(other));
        fc_json_put(&r->w, FC_S("same-as"), other);
    } else {
        fc_buf_fmt(&r->text, "%.*s: %.*s", FC_ARG(in->shown), FC_ARG(text_of(said, "text")));
        fc_json_put_made(&r->w, FC_S("reading"), text_of(said, "json"));
    }
    fc_json_end(&r->w);
}

/* The files of one plan stand together, at the place of the first. */
static void put_files(reporter *r, const fc_json *line, size_t plan)
{
    const fc_pile_plan *g = &r->p->plans.at[plan];
    for (size_t i = 0; i < g->inputs.n; i++)
        put_file(r, line, &r->p->inputs.at[g->inputs.at[i]]);
    for (size_t i = 0; i < g->copies.n; i++)
        put_file(r, line, &r->p->inputs.at[g->copies.at[i]]);
    fc_buf_str(&r->text, text_of(line, "text"));
    r->sum.found += text_of(line, "found").n != 0;
    r->sum.failed += text_of(line, "failed").n != 0;
    r->sum.plans += text_of(line, "plan").n != 0;
}

static void put_plan(reporter *r, const fc_json *line, size_t plan)
{
    if (r->p->plans.at[plan].outputs)
        fc_json_put_made(&r->w, (fc_str){0}, text_of(line, "json"));
}

static bool with_line(reporter *r, size_t plan,
                      void (*put)(reporter *r, const fc_json *line, size_t plan))
{
    fc_arena *a = fc_arena_new(FC_MEMORY_MAX);
    volatile bool good = false;
    fc_str bytes;
    uint32_t at;
    const fc_json *line = NULL;
    if (a && FC_BOUNDARY(a)) {
        good = fc_ledger_line(r->p, a, &r->p->plans.at[plan].now, &bytes) &&
               fc_json_read(a, bytes, &line, &at) == FC_JSON_PASSES;
        if (good)
            put(r, line, plan);
    }
    fc_arena_drop(a);
    flush(r);
    return good;
}

static void put_sum(reporter *r)
{
    const tally *t = &r->sum;
    fc_buf_fmt(&r->text, "%zu file%s: %zu read", t->files, fc_ending(t->files), t->read);
    if (t->same)
        fc_buf_fmt(&r->text, ", %zu the same as another", t->same);
    fc_buf_fmt(&r->text, ", %zu not read; %zu plan%s; something to look at in %zu\n",
               t->refused, t->plans, fc_ending(t->plans), t->found);
    fc_json_object(&r->w, FC_S("sum"));
    fc_json_put_int(&r->w, FC_S("files"), (long)t->files);
    fc_json_put_int(&r->w, FC_S("read"), (long)t->read);
    fc_json_put_int(&r->w, FC_S("same"), (long)t->same);
    fc_json_put_int(&r->w, FC_S("not-read"), (long)t->refused);
    fc_json_put_int(&r->w, FC_S("plans"), (long)t->plans);
    fc_json_put_int(&r->w, FC_S("to-look-at"), (long)t->found);
    fc_json_end(&r->w);
}

static bool put_all(reporter *r)
{
    const fc_form *f = r->p->ready.at[0].form;
    bool good = true;
    fc_json_begin(&r->w, &r->json);
    fc_json_put(&r->w, FC_S("form"), f->id);
    fc_json_put(&r->w, FC_S("as-of"), r->p->as_of);
    fc_json_array(&r->w, FC_S("files"));
    for (size_t i = 0; good && i < r->p->plans.n; i++)
        good = with_line(r, i, put_files);
    fc_json_end(&r->w);
    fc_json_array(&r->w, FC_S("plans"));
    for (size_t i = 0; good && i < r->p->plans.n; i++)
        good = with_line(r, i, put_plan);
    fc_json_end(&r->w);
    put_sum(r);
    fc_json_end(&r->w);
    flush(r);
    return good && !r->text.failed && !r->json.failed;
}

fc_status fc_pile_report(fc_pile *p, bool json, bool *found, bool *failed)
{
    static const char *const names[FILES] = {"report.txt", "report.json"};
    reporter r = {.p = p, .printed = json ? 1 : 0};
    fc_status s = FC_OK;
    fc_buf_init_in(&r.text, p->arena, FC_BUF_MAX);
    fc_buf_init_in(&r.json, p->arena, FC_BUF_MAX);
    fc_str path[FILES];
    for (size_t i = 0; i < FILES; i++) {
        path[i] = fc_str_fmt(p->arena, "%s/%s", p->out, names[i]);
        fc_writing_begin(&r.out[i], path[i].p, true);
    }
    bool whole = put_all(&r);
    for (size_t i = 0; i < FILES; i++) {
        const char *why = "";
        fc_status ended = fc_writing_end(&r.out[i], whole, &why);
        if (ended != FC_OK)
            fc_complain("%s: %s", path[i].p, why);
        s = s == FC_OK ? ended : s;
    }
    if (r.print_failed || fflush(stdout) != 0) {
        fc_complain("standard output: it cannot be written");
        s = FC_IO;
    }
    fc_buf_release(&r.text);
    fc_buf_release(&r.json);
    *found = r.sum.found > 0;
    *failed = r.sum.failed > 0;
    return s == FC_OK && !whole ? FC_IO : s;
}
