/* What there is to say of a plan and its files, for people and as data, as the line of the
 * ledger from which the report is made. No answer is in it. */
#include "cli/reissue.h"
#include "runtime/base/jsonwrite.h"

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
static void say_plan(fc_reissue *r, said *s)
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

static void put_source(fc_reissue *r, const fc_input *in, const char *before, fc_buf *out)
{
    fc_buf known;
    fc_buf_init_in(&known, r->a, FC_BUF_MAX);
    fc_input_known(in, &known);
    fc_buf_z(out, before);
    fc_json_string(out, in->shown);
    fc_buf_z(out, ", ");
    fc_json_string(out, in->digest);
    fc_buf_z(out, ", ");
    fc_json_string(out, fc_buf_view(&known));
}

static void put_texts(const fc_texts *t, const char *before, fc_buf *out)
{
    for (size_t i = 0; i < t->n; i++) {
        fc_buf_z(out, i ? ", " : before);
        fc_json_string(out, t->at[i]);
    }
}

static const fc_came_back *file_of(const fc_reissue *r, const fc_input *in)
{
    for (size_t i = 0; i < r->n; i++) {
        fc_str file = r->files[i].file;
        if (fc_str_eq(fc_str_slice(file, sizeof "sha256:" - 1, file.n), in->digest))
            return &r->files[i];
    }
    return NULL;
}

/* Line feeds stand in strings only, where they are escaped: it is one line. */
void fc_reissue_line(fc_reissue *r, fc_str key, fc_buf *out)
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
    if (r->kept.n) {
        fc_buf_z(out, "], \"kept\": [");
        put_texts(&r->kept, "", out);
    }
    fc_buf_z(out, "], \"sources\": [");
    for (size_t i = 0; i < g->inputs.n; i++)
        put_source(r, &r->p->inputs.at[g->inputs.at[i]], i ? ", " : "", out);
    put_texts(&r->left_over, ", ", out);
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
