/* What changed between two versions of a form, in words. Questions are compared by their path,
 * which is what lasts; what is left over (notes, titles, themes of sections) is "wording". */
#include "compiler/changes.h"
#include "compiler/front.h"
#include "runtime/form/expr.h"

#include "runtime/base/buf.h"

#include <stdlib.h>

#define NAMES_SHOWN 3 /* a line for people: the rest is counted */

typedef struct tally {
    const char *one, *many; /* "question added", "questions added" */
    size_t n;
    fc_str names[NAMES_SHOWN];
} tally;

enum {
    ADDED,
    REMOVED,
    RETYPED,
    RELABELLED,
    HINTS,
    RESHAPED,
    OWNERS,
    COVERS,
    SENSITIVITY,
    RULES,
    REVIEW,
    TALLIES
};

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

/* ---- who completes, what is signed, what needs care ----------------------------------------
 */

static void add_word(fc_arena *a, fc_str *list, const char *before, fc_str word)
{
    *list = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(*list), list->n ? before : "", FC_ARG(word));
}

static fc_str owners_of(fc_arena *a, const fc_form *f, const fc_node *n)
{
    fc_str s = {0}, with = {0};
    for (size_t i = 0; i < f->parties.n; i++) {
        if (n->owners >> i & 1)
            add_word(a, &s, " ", f->parties.at[i].id);
        if (n->with >> i & 1)
            add_word(a, &with, " ", f->parties.at[i].id);
    }
    if (n->jointly)
        add_word(a, &s, ", ", FC_S("jointly"));
    if (with.n)
        add_word(a, &s, ", ", fc_str_fmt(a, "with %.*s", FC_ARG(with)));
    return s.n ? s : FC_S("nobody named");
}

static fc_str covers_of(fc_arena *a, const fc_form *f, const fc_node *n)
{
    (void)f;
    fc_str s = {0};
    for (size_t i = 0; i < n->covers.n; i++)
        add_word(a, &s, " ", n->covers.at[i]->path);
    return s.n ? s : FC_S("nothing");
}

static fc_str sensitivity_of(fc_arena *a, const fc_form *f, const fc_node *n)
{
    (void)a;
    fc_str s = fc_sensitivity_of(f, n);
    return s.n ? s : FC_S("nothing said");
}

/* What a part of a form hands down to what is inside it. A change is told where it begins. */
typedef struct handed_down {
    int tally;
    const char *heading;
    fc_str (*of)(fc_arena *, const fc_form *, const fc_node *);
} handed_down;

static const handed_down kept_of_parts[] = {
    {OWNERS, "Who completes a part:", owners_of},
    {COVERS, "What a signature stands for:", covers_of},
    {SENSITIVITY, "What needs care in copies:", sensitivity_of},
};
#define KEPT (sizeof kept_of_parts / sizeof *kept_of_parts)

/* Does n say something else than it did, and not because of what is around it? */
static bool says_other(fc_arena *a, const handed_down *k, const fc_form *before,
                       const fc_form *now, const fc_node *n, fc_str *was, fc_str *is)
{
    const fc_node *old = fc_form_find(before, n->path);
    if (!old)
        return false;
    *was = k->of(a, before, old);
    *is = k->of(a, now, n);
    if (fc_str_eq(*was, *is))
        return false;
    return !n->parent || !old->parent || !fc_str_eq(k->of(a, before, old->parent), *was) ||
           !fc_str_eq(k->of(a, now, n->parent), *is);
}

static fc_str expression(fc_arena *a, const fc_rule *r)
{
    fc_str must = r->must ? fc_expr_print(a, r->must, r->scope) : (fc_str){0};
    fc_str when = r->when ? fc_expr_print(a, r->when, r->scope) : (fc_str){0};
    fc_str places = {0};
    for (size_t i = 0; i < r->places.n; i++)
        add_word(a, &places, " ", r->places.at[i]->path);
    return fc_str_fmt(a, "%.*s|%.*s|%d|%u|%.*s|%.*s", FC_ARG(must), FC_ARG(when),
                      (int)r->severity, r->stage, FC_ARG(r->message_text), FC_ARG(places));
}

/* The rule of another version: the one at the same place, when several share the id. */
static const fc_rule *find_rule(const fc_form *f, const fc_rule *r)
{
    const fc_rule *found = NULL;
    for (size_t i = 0; i < f->rules.n; i++) {
        const fc_rule *x = f->rules.at[i];
        if (!fc_str_eq(x->id, r->id))
            continue;
        if (x->where && r->where && fc_str_eq(x->where->path, r->where->path))
            return x;
        found = found ? found : x;
    }
    return found;
}

/* A rule that nobody wrote: it follows from a question's type, or from a repeat. */
static bool follows(const fc_rule *r)
{
    return r->kind == FC_RULE_TYPE || r->made;
}

static void compare_rules(fc_arena *a, tally *t, const fc_form *before, const fc_form *now)
{
    for (size_t i = 0; i < now->rules.n; i++) {
        const fc_rule *is = now->rules.at[i], *was = find_rule(before, is);
        if (!follows(is) && (!was || !fc_str_eq(expression(a, was), expression(a, is))))
            count(&t[is->kind == FC_RULE_HUMAN ? REVIEW : RULES], is->id);
    }
    for (size_t i = 0; i < before->rules.n; i++)
        if (!follows(before->rules.at[i]) && !find_rule(now, before->rules.at[i]))
            count(&t[before->rules.at[i]->kind == FC_RULE_HUMAN ? REVIEW : RULES],
                  before->rules.at[i]->id);
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
        [OWNERS] = {.one = "part completed by others", .many = "parts completed by others"},
        [COVERS] = {.one = "signature that stands for other sections",
                    .many = "signatures that stand for other sections"},
        [SENSITIVITY] = {.one = "sensitivity", .many = "sensitivities"},
        [RULES] = {.one = "rule", .many = "rules"},
        [REVIEW] = {.one = "question for a reviewer", .many = "questions for a reviewer"},
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
    for (size_t k = 0; k < KEPT; k++)
        for (size_t i = 0; i < now->by_path.n; i++) {
            fc_str was, is;
            if (says_other(a, &kept_of_parts[k], before, now, now->by_path.at[i], &was, &is))
                count(&t[kept_of_parts[k].tally], now->by_path.at[i]->path);
        }
    compare_rules(a, t, before, now);

    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
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

/* ---- migrations ---------------------------------------------------------------------------
 */

static const fc_migration *find_migration(const fc_form *f, fc_migration_kind kind,
                                          fc_str field)
{
    for (size_t i = 0; i < f->migrations.n; i++)
        if (f->migrations.at[i].kind == kind && fc_str_eq(f->migrations.at[i].field, field))
            return &f->migrations.at[i];
    return NULL;
}

void fc_check_migrations(fc_front *c)
{
    const fc_xelem *list = fc_child(c->root, FC_EL_MIGRATIONS);
    for (size_t i = 0; list && i < list->kids.n; i++) {
        const fc_xelem *x = list->kids.at[i].elem;
        if (!x ||
            (x->kind != FC_EL_RENAME && x->kind != FC_EL_RETIRE && x->kind != FC_EL_RETYPE))
            continue;
        const char *name = x->kind == FC_EL_RENAME ? "from" : "field";
        fc_migration m = {.at = fc_attr_at(x, name),
                          .field = fc_attr_value(x, name),
                          .to = fc_attr_value(x, "to"),
                          .because = fc_attr_value(x, "because")};
        m.kind = x->kind == FC_EL_RENAME   ? FC_RENAME
                 : x->kind == FC_EL_RETIRE ? FC_RETIRE
                                           : FC_RETYPE;
        bool there = fc_form_find_field(c->f, m.field) != NULL;
        if (m.kind == FC_RENAME && m.to.n && !fc_form_find_field(c->f, m.to)) {
            fc_names n = {.c = c};
            for (size_t k = 0; !fc_enough(c) && k < c->f->fields.n; k++)
                fc_names_add(&n, c->f->fields.at[k]->path);
            fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_PATH, fc_attr_at(x, "to"),
                                  "there is no question \"%.*s\"", FC_ARG(m.to));
            fc_help_names(c, g, &n, m.to, "the questions are:");
        }
        if (m.field.n && there != (m.kind == FC_RETYPE)) {
            fc_diag *g = fc_wrong(c, FC_C_MIGRATION, m.at, "the form %s the question \"%.*s\"",
                                  there ? "still has" : "does not have", FC_ARG(m.field));
            fc_diag_help(c->d, g,
                         m.kind == FC_RETYPE
                             ? "<retype> is about a question that is there, with another type"
                             : "<rename> and <retire> are about a question that has gone");
        }
        for (size_t k = 0; k < c->f->migrations.n; k++)
            if (m.field.n && fc_str_eq(c->f->migrations.at[k].field, m.field)) {
                fc_diag *g =
                    fc_wrong(c, FC_C_MIGRATION, m.at,
                             "there is already a migration of \"%.*s\"", FC_ARG(m.field));
                fc_diag_note_at(c->d, g, c->f->migrations.at[k].at, "it stands here");
                fc_diag_help(c->d, g, "a question has one; delete the other");
            }
        FC_PUSH(c->a, &c->f->migrations, m);
    }
}

/* What the question of an earlier version is now: itself, or what it was renamed to. */
static const fc_node *successor(const fc_form *now, const fc_node *was)
{
    const fc_migration *m = find_migration(now, FC_RENAME, was->path);
    return fc_form_find_field(now, m ? m->to : was->path);
}

/* What the question of this version was: itself, or what was renamed to it. */
static const fc_node *predecessor(const fc_form *before, const fc_form *now, const fc_node *is)
{
    for (size_t i = 0; i < now->migrations.n; i++) {
        const fc_migration *m = &now->migrations.at[i];
        const fc_node *was = m->kind == FC_RENAME && fc_str_eq(m->to, is->path)
                                 ? fc_form_find_field(before, m->field)
                                 : NULL;
        if (was)
            return was;
    }
    return fc_form_find_field(before, is->path);
}

/* Answers of the one are not answers of the other. */
static bool is_retyped(const fc_node *was, const fc_node *is)
{
    return was->type != is->type || !was->container->repeat != !is->container->repeat;
}

static void report_gone(fc_diags *d, const fc_form *before, const fc_form *now,
                        const fc_node *was)
{
    fc_diag *g = fc_report(d, FC_ERROR, fc_codes[FC_C_GONE].code, now->at,
                           "the question \"%.*s\" was in version %.*s and has gone; answers "
                           "already given would be lost",
                           FC_ARG(was->path), FC_ARG(before->version));
    const fc_node *like = NULL;
    for (size_t i = 0; i < now->fields.n && !like; i++) {
        const fc_node *is = now->fields.at[i];
        if (fc_str_eq(is->full_label, was->full_label) && is->type == was->type &&
            !fc_form_find_field(before, is->path))
            like = is;
    }
    if (like)
        fc_diag_note_at(d, g, like->id_at,
                        "if it is this question, add <rename from=\"%.*s\" to=\"%.*s\"/> to "
                        "<migrations>",
                        FC_ARG(was->path), FC_ARG(like->path));
    fc_diag_help(d, g,
                 "if it is no longer asked, add <retire field=\"%.*s\" because=\"...\"/> to "
                 "<migrations>",
                 FC_ARG(was->path));
}

void fc_changes_check(const fc_form *before, const fc_form *now, fc_diags *d)
{
    for (size_t i = 0; i < before->fields.n; i++) {
        const fc_node *was = before->fields.at[i], *is = successor(now, was);
        if (!is && !find_migration(now, FC_RETIRE, was->path)) {
            report_gone(d, before, now, was);
        } else if (is && is_retyped(was, is) && !find_migration(now, FC_RETYPE, is->path)) {
            bool type = was->type != is->type;
            fc_diag *g =
                fc_report(d, FC_ERROR, fc_codes[FC_C_RETYPED].code, is->at,
                          "the answer to \"%.*s\" was %s in version %.*s, and is now %s",
                          FC_ARG(is->path),
                          type                     ? fc_types[was->type].in_words
                          : was->container->repeat ? "one in each row"
                                                   : "given once",
                          FC_ARG(before->version),
                          type                    ? fc_types[is->type].in_words
                          : is->container->repeat ? "one in each row"
                                                  : "given once");
            fc_diag_help(d, g,
                         "give the new question a new id, or add <retype field=\"%.*s\" "
                         "because=\"...\"/> to <migrations>",
                         FC_ARG(is->path));
        }
    }
}

/* ---- a change note ------------------------------------------------------------------------
 */

/* Starts a paragraph before its first line. */
static void head(fc_buf *out, bool *begun, const char *words)
{
    if (!*begun)
        fc_buf_fmt(out, "%s\n", words);
    *begun = true;
}

static void text_added(const fc_form *before, const fc_form *now, fc_buf *out)
{
    bool begun = false;
    for (size_t i = 0; i < now->fields.n; i++) {
        const fc_node *is = now->fields.at[i];
        if (predecessor(before, now, is))
            continue;
        head(out, &begun, "New questions:");
        fc_buf_fmt(out, "  %.*s: %.*s\n", FC_ARG(is->path), FC_ARG(is->full_label));
    }
}

static void text_removed(const fc_form *before, const fc_form *now, fc_buf *out)
{
    bool begun = false;
    for (size_t i = 0; i < before->fields.n; i++) {
        const fc_node *was = before->fields.at[i];
        if (successor(now, was))
            continue;
        const fc_migration *m = find_migration(now, FC_RETIRE, was->path);
        head(out, &begun, "Questions that are no longer asked:");
        fc_buf_fmt(out, "  %.*s: %.*s%s%.*s\n", FC_ARG(was->path), FC_ARG(was->full_label),
                   m ? ", because " : "", FC_ARG(m ? m->because : (fc_str){0}));
    }
}

static void text_renamed(const fc_form *before, const fc_form *now, fc_buf *out)
{
    bool begun = false;
    for (size_t i = 0; i < now->migrations.n; i++) {
        const fc_migration *m = &now->migrations.at[i];
        if (m->kind != FC_RENAME || !fc_form_find_field(before, m->field))
            continue;
        head(out, &begun, "Questions with another id:");
        fc_buf_fmt(out, "  %.*s is now %.*s\n", FC_ARG(m->field), FC_ARG(m->to));
    }
}

/* The choices of `in` that are not in `out_of`, behind the words. */
static void only_in(fc_buf *out, const char *words, const fc_choices *in,
                    const fc_choices *out_of)
{
    bool begun = false;
    for (size_t i = 0; i < in->list.n; i++) {
        if (fc_choices_find(out_of, in->list.at[i].id))
            continue;
        fc_buf_fmt(out, "%s%s%.*s", begun ? ", " : "; ", begun ? "" : words,
                   FC_ARG(in->list.at[i].id));
        begun = true;
    }
}

/* Which choices are no longer there (plans may have chosen them), and which are new. */
static void text_choices(const fc_node *was, const fc_node *is, fc_buf *out)
{
    fc_buf_fmt(out, "  %.*s: other choices", FC_ARG(is->path));
    if (!was->choices || !is->choices)
        return;
    only_in(out, "gone: ", was->choices, is->choices);
    only_in(out, "new: ", is->choices, was->choices);
}

static void text_retyped(const fc_form *before, const fc_form *now, fc_buf *out)
{
    bool begun = false;
    for (size_t i = 0; i < now->fields.n; i++) {
        const fc_node *is = now->fields.at[i], *was = predecessor(before, now, is);
        if (!was || (!is_retyped(was, is) && same_choices(was->choices, is->choices)))
            continue;
        const fc_migration *m = find_migration(now, FC_RETYPE, is->path);
        head(out, &begun, "Questions with another kind of answer:");
        if (was->type != is->type)
            fc_buf_fmt(out, "  %.*s: was %s, is %s", FC_ARG(is->path),
                       fc_types[was->type].in_words, fc_types[is->type].in_words);
        else if (is_retyped(was, is))
            fc_buf_fmt(out, "  %.*s: %s", FC_ARG(is->path),
                       is->container->repeat ? "now one in each row" : "no longer in rows");
        else
            text_choices(was, is, out);
        fc_buf_fmt(out, "%s%.*s\n", m ? ", because " : "",
                   FC_ARG(m ? m->because : (fc_str){0}));
    }
}

static void text_reworded(fc_arena *a, const fc_form *before, const fc_form *now, fc_buf *out)
{
    bool begun = false;
    for (size_t i = 0; i < now->fields.n; i++) {
        const fc_node *is = now->fields.at[i], *was = predecessor(before, now, is);
        if (!was)
            continue;
        fc_str h = was->hint ? fc_text_plain(a, was->hint) : (fc_str){0};
        fc_str k = is->hint ? fc_text_plain(a, is->hint) : (fc_str){0};
        bool label = !fc_str_eq(was->label, is->label) || !fc_str_eq(was->number, is->number);
        if (label || !fc_str_eq(h, k))
            head(out, &begun, "Questions in other words:");
        if (label)
            fc_buf_fmt(out, "  %.*s: was \"%.*s%s%.*s\", is \"%.*s%s%.*s\"\n", FC_ARG(is->path),
                       FC_ARG(was->number), was->number.n ? " " : "", FC_ARG(was->label),
                       FC_ARG(is->number), is->number.n ? " " : "", FC_ARG(is->label));
        if (!fc_str_eq(h, k))
            fc_buf_fmt(out, "  %.*s: the hint\n", FC_ARG(is->path));
    }
}

static void text_kept(fc_arena *a, const handed_down *k, const fc_form *before,
                      const fc_form *now, fc_buf *out)
{
    bool begun = false;
    for (size_t i = 0; i < now->by_path.n; i++) {
        const fc_node *n = now->by_path.at[i];
        fc_str was, is;
        if (!says_other(a, k, before, now, n, &was, &is))
            continue;
        head(out, &begun, k->heading);
        fc_buf_fmt(out, "  %.*s: was %.*s; is %.*s\n", FC_ARG(n->path), FC_ARG(was),
                   FC_ARG(is));
    }
}

/* The kinds of rules that people tell apart. */
enum { CHECKS, PRACTICE, QUESTIONS };

static int sort_of(const fc_rule *r)
{
    if (r->kind == FC_RULE_HUMAN)
        return QUESTIONS;
    return r->topic && r->topic->audit ? PRACTICE : CHECKS;
}

/* What has changed in the rules of one sort. One that is of another sort now is new there, and
 * gone here. */
static void text_rules(fc_arena *a, const fc_form *before, const fc_form *now, int sort,
                       const char *heading, fc_buf *out)
{
    bool begun = false;
    fc_str last = {0}; /* rules of a block's repeat share their id, and stand together */
    for (size_t i = 0; i < now->rules.n; i++) {
        const fc_rule *is = now->rules.at[i], *was = find_rule(before, is);
        if (was && sort_of(was) != sort)
            was = NULL;
        if (follows(is) || sort_of(is) != sort || fc_str_eq(is->id, last) ||
            (was && fc_str_eq(expression(a, was), expression(a, is))))
            continue;
        last = is->id;
        head(out, &begun, heading);
        fc_buf_fmt(out, "  %.*s: %s\n", FC_ARG(is->id), was ? "changed" : "new");
    }
    for (size_t i = 0; i < before->rules.n; i++) {
        const fc_rule *was = before->rules.at[i], *is = find_rule(now, was);
        if (follows(was) || sort_of(was) != sort || fc_str_eq(was->id, last) ||
            (is && sort_of(is) == sort))
            continue;
        last = was->id;
        head(out, &begun, heading);
        fc_buf_fmt(out, "  %.*s: gone\n", FC_ARG(was->id));
    }
}

static const fc_language *find_language(const fc_form *f, fc_str tag)
{
    for (size_t i = 0; i < f->languages.n; i++)
        if (fc_str_eq(f->languages.at[i].tag, tag))
            return &f->languages.at[i];
    return NULL;
}

static int by_key(const void *a, const void *b)
{
    return fc_str_cmp(((const fc_translated *)a)->key, ((const fc_translated *)b)->key);
}

static fc_translated *by_keys(fc_arena *a, const fc_language *l)
{
    size_t n = l ? l->list.n : 0;
    fc_translated *list = FC_NEW_N(a, fc_translated, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = l->list.at[i];
    if (n)
        qsort(list, n, sizeof *list, by_key);
    return list;
}

/* Translations that are new, gone or other words: both lists side by side. */
static void text_translated(fc_arena *a, const fc_language *was, const fc_language *is,
                            fc_buf *out)
{
    const fc_translated *x = by_keys(a, was), *y = by_keys(a, is);
    size_t n = was ? was->list.n : 0, m = is ? is->list.n : 0;
    bool begun = false;
    fc_str tag = is ? is->tag : was->tag;
    fc_str words = fc_str_fmt(a, "Translations into %.*s:", FC_ARG(tag));
    for (size_t i = 0, k = 0; i < n || k < m;) {
        int r = i == n ? 1 : k == m ? -1 : fc_str_cmp(x[i].key, y[k].key);
        bool same = r == 0 && fc_str_eq(x[i].words, y[k].words);
        if (!same) {
            head(out, &begun, words.p);
            fc_buf_fmt(out, "  %.*s: %s\n", FC_ARG(r > 0 ? y[k].key : x[i].key),
                       r < 0   ? "gone"
                       : r > 0 ? "new"
                               : "in other words");
        }
        i += r <= 0;
        k += r >= 0;
    }
}

static void text_languages(fc_arena *a, const fc_form *before, const fc_form *now, fc_buf *out)
{
    for (size_t i = 0; i < now->languages.n; i++) {
        const fc_language *is = &now->languages.at[i];
        const fc_language *was = find_language(before, is->tag);
        if (was)
            text_translated(a, was, is, out);
        else
            fc_buf_fmt(out, "A language more: %.*s, %zu of %zu texts\n", FC_ARG(is->tag),
                       is->used, is->texts);
    }
    for (size_t i = 0; i < before->languages.n; i++)
        if (!find_language(now, before->languages.at[i].tag))
            fc_buf_fmt(out, "A language less: %.*s\n", FC_ARG(before->languages.at[i].tag));
}

void fc_changes_text(fc_arena *a, const fc_form *before, const fc_form *now, fc_buf *out)
{
    size_t begin = out->n;
    text_added(before, now, out);
    text_removed(before, now, out);
    text_renamed(before, now, out);
    text_retyped(before, now, out);
    text_reworded(a, before, now, out);
    for (size_t k = 0; k < KEPT; k++)
        text_kept(a, &kept_of_parts[k], before, now, out);
    text_rules(a, before, now, CHECKS, "Rules:", out);
    text_rules(a, before, now, PRACTICE, "Good practice, told by audit:", out);
    text_rules(a, before, now, QUESTIONS, "Questions for a reviewer:", out);
    text_languages(a, before, now, out);
    if (out->n == begin)
        fc_buf_z(out, "No question or rule has changed.\n");
}
