/* What changed between two versions of a form, in words. Questions are compared by their path,
 * which is what lasts; what is left over (notes, titles, themes of sections) is "wording". */
#include "compiler/changes.h"
#include "runtime/form/expr.h"

#include "runtime/base/buf.h"

#define NAMES_SHOWN 3 /* a line for people: the rest is counted */

typedef struct tally {
    const char *one, *many; /* "question added", "questions added" */
    size_t n;
    fc_str names[NAMES_SHOWN];
} tally;

enum { ADDED, REMOVED, RETYPED, RELABELLED, HINTS, RESHAPED, RULES, TALLIES };

static void count(tally *t, fc_str name)
{
    if (t->n < NAMES_SHOWN)
        t->names[t->n] = name;
    t->n++;
}

static bool same_choices(const fc_choices *x, const fc_choices *y)
{
    if (!x || !y)
        return x == y;
    if (x->list.n != y->list.n || x->open != y->open)
        return false;
    for (size_t i = 0; i < x->list.n; i++)
        if (!fc_str_eq(x->list.at[i].id, y->list.at[i].id) ||
            !fc_str_eq(x->list.at[i].label, y->list.at[i].label))
            return false;
    return true;
}

static void compare_fields(fc_arena *a, tally *t, const fc_node *was, const fc_node *is)
{
    if (was->type != is->type || !same_choices(was->choices, is->choices))
        count(&t[RETYPED], is->path);
    if (!fc_str_eq(was->label, is->label) || !fc_str_eq(was->number, is->number))
        count(&t[RELABELLED], is->path);
    fc_str h = was->hint ? fc_text_plain(a, was->hint) : (fc_str){0};
    fc_str k = is->hint ? fc_text_plain(a, is->hint) : (fc_str){0};
    if (!fc_str_eq(h, k))
        count(&t[HINTS], is->path);
    const fc_node *r = was->container->repeat, *s = is->container->repeat;
    bool rows = r && s && (r->blank_rows != s->blank_rows || r->max_rows != s->max_rows);
    if (was->lines != is->lines || rows)
        count(&t[RESHAPED], is->path);
}

static fc_str expression(fc_arena *a, const fc_rule *r)
{
    fc_str must = r->must ? fc_expr_print(a, r->must, r->scope) : (fc_str){0};
    fc_str when = r->when ? fc_expr_print(a, r->when, r->scope) : (fc_str){0};
    return fc_str_fmt(a, "%.*s|%.*s|%d|%u|%.*s", FC_ARG(must), FC_ARG(when), (int)r->severity,
                      r->stage, FC_ARG(r->message_text));
}

static const fc_rule *find_rule(const fc_form *f, fc_str id)
{
    for (size_t i = 0; i < f->rules.n; i++)
        if (fc_str_eq(f->rules.at[i]->id, id))
            return f->rules.at[i];
    return NULL;
}

/* Rules that were written by the author: type rules follow from the questions. */
static void compare_rules(fc_arena *a, tally *t, const fc_form *before, const fc_form *now)
{
    for (size_t i = 0; i < now->rules.n; i++) {
        const fc_rule *is = now->rules.at[i], *was = find_rule(before, is->id);
        if (is->kind != FC_RULE_TYPE &&
            (!was || !fc_str_eq(expression(a, was), expression(a, is))))
            count(&t[RULES], is->id);
    }
    for (size_t i = 0; i < before->rules.n; i++)
        if (before->rules.at[i]->kind != FC_RULE_TYPE &&
            !find_rule(now, before->rules.at[i]->id))
            count(&t[RULES], before->rules.at[i]->id);
}

fc_str fc_changes_line(fc_arena *a, const fc_form *before, const fc_form *now)
{
    if (fc_str_eq(before->digest, now->digest))
        return FC_S("no change");
    tally t[TALLIES] = {
        [ADDED] = {.one = "question added", .many = "questions added"},
        [REMOVED] = {.one = "question gone", .many = "questions gone"},
        [RETYPED] = {.one = "question with another type",
                     .many = "questions with another type"},
        [RELABELLED] = {.one = "label", .many = "labels"},
        [HINTS] = {.one = "hint", .many = "hints"},
        [RESHAPED] = {.one = "answer space", .many = "answer spaces"},
        [RULES] = {.one = "rule", .many = "rules"},
    };
    for (size_t i = 0; i < now->fields.n; i++) {
        const fc_node *is = now->fields.at[i], *was = fc_form_find_field(before, is->path);
        if (was)
            compare_fields(a, t, was, is);
        else
            count(&t[ADDED], is->path);
    }
    for (size_t i = 0; i < before->fields.n; i++)
        if (!fc_form_find_field(now, before->fields.at[i]->path))
            count(&t[REMOVED], before->fields.at[i]->path);
    compare_rules(a, t, before, now);

    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    for (int i = 0; i < TALLIES; i++) {
        if (!t[i].n)
            continue;
        fc_buf_fmt(&b, "%s%zu %s: ", b.n ? "; " : "", t[i].n,
                   t[i].n == 1 ? t[i].one : t[i].many);
        for (size_t k = 0; k < t[i].n && k < NAMES_SHOWN; k++)
            fc_buf_fmt(&b, "%s%.*s", k ? ", " : "", FC_ARG(t[i].names[k]));
        if (t[i].n > NAMES_SHOWN)
            fc_buf_z(&b, " ...");
    }
    fc_str line = b.n ? fc_buf_keep(&b, a) : FC_S("wording");
    fc_buf_release(&b);
    return line;
}
