/* What reading a file came to, in words for an office and in JSON for machines. */
#include "runtime/base/jsonwrite.h"
#include "runtime/plan/review.h"
#include "runtime/returned/take.h"

/* "Nearest relative, row 2 (person/nearest-relative)". */
static void put_place(const fc_told *t, fc_buf *out)
{
    fc_str label = t->field->full_label.n ? t->field->full_label : t->field->label;
    fc_buf_fmt(out, "%.*s", FC_ARG(label));
    if (t->row)
        fc_buf_fmt(out, ", row %zu", t->row);
    fc_buf_fmt(out, " (%.*s)", FC_ARG(t->path));
}

/* The line that says it, and what to do. */
static void put_told(const fc_told *s, fc_buf *out)
{
    fc_buf_fmt(out, "%s[%s]: ", fc_severity_words[fc_told_row(s->kind)->severity],
               fc_told_row(s->kind)->code);
    if (s->field) {
        put_place(s, out);
        fc_buf_z(out, ": ");
    }
    fc_buf_fmt(out, "%s\n", fc_told_row(s->kind)->words);
}

static void put_help(const fc_told *s, const char *before, fc_buf *out)
{
    const char *help = fc_told_row(s->kind)->help;
    if (*help)
        fc_buf_fmt(out, "%s    = help: %s\n", before, help);
}

void fc_told_text(const fc_told *t, const char *before, fc_buf *out)
{
    fc_buf_z(out, before);
    put_told(t, out);
    put_help(t, before, out);
}

void fc_taken_text(fc_arena *a, const fc_taken *t, fc_str name, fc_buf *out)
{
    (void)a;
    for (size_t i = 0; i < t->told.n; i++) {
        fc_buf_fmt(out, "%.*s: ", FC_ARG(name));
        put_told(&t->told.at[i], out);
        put_help(&t->told.at[i], "", out);
    }
}

static const char *ending(size_t n)
{
    return n == 1 ? "" : "s";
}

void fc_taken_summary(const fc_taken *t, fc_str name, fc_buf *out)
{
    fc_buf_fmt(out, "%.*s: %zu answer%s read", FC_ARG(name), t->read, ending(t->read));
    if (t->known)
        fc_buf_fmt(out, ", %zu that the plan had already", t->known);
    fc_buf_fmt(out, ", %zu conflict%s, %zu place%s not found\n", t->conflicts,
               ending(t->conflicts), t->not_found, ending(t->not_found));
}

void fc_told_json(const fc_told *s, fc_json_writer *w)
{
    fc_json_put(w, FC_S("code"), fc_str_of(fc_told_row(s->kind)->code));
    fc_json_put(w, FC_S("severity"),
                fc_str_of(fc_severity_words[fc_told_row(s->kind)->severity]));
    fc_json_put_opt(w, FC_S("path"), s->path);
    if (s->field)
        fc_json_put_opt(w, FC_S("label"), s->field->label);
    if (s->row)
        fc_json_put_int(w, FC_S("row"), (long)s->row);
    fc_json_put(w, FC_S("message"), fc_str_of(fc_told_row(s->kind)->words));
    fc_json_put_opt(w, FC_S("help"), fc_str_of(fc_told_row(s->kind)->help));
}

void fc_taken_json(fc_arena *a, const fc_taken *t, fc_str name, fc_refusal refused, fc_buf *out)
{
    fc_json_writer w;
    (void)a;
    fc_json_begin(&w, out);
    fc_json_put(&w, FC_S("file"), name);
    fc_json_put_bool(&w, FC_S("refused"), !t->plan);
    fc_json_put_bool(&w, FC_S("changed"), t->changed);
    fc_json_put_int(&w, FC_S("read"), (long)t->read);
    fc_json_put_int(&w, FC_S("known"), (long)t->known);
    fc_json_put_int(&w, FC_S("conflicts"), (long)t->conflicts);
    fc_json_put_int(&w, FC_S("not-found"), (long)t->not_found);
    fc_json_array(&w, FC_S("findings"));
    if (refused != FC_READS) {
        fc_json_object(&w, (fc_str){0});
        fc_json_put(&w, FC_S("code"), fc_str_of(fc_refusal_row(refused)->code));
        fc_json_put(&w, FC_S("severity"), FC_S("error"));
        fc_json_put(&w, FC_S("message"), fc_str_of(fc_refusal_row(refused)->words));
        fc_json_put_opt(&w, FC_S("help"), fc_str_of(fc_refusal_row(refused)->help));
        fc_json_end(&w);
    }
    for (size_t i = 0; i < t->told.n; i++) {
        fc_json_object(&w, (fc_str){0});
        fc_told_json(&t->told.at[i], &w);
        fc_json_end(&w);
    }
    fc_json_end(&w);
    fc_json_end(&w);
}
