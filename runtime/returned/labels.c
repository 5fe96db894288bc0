/* What the form prints, and what a document has beside it. Where an editor lost the place of an
 * answer, its label is still there (lost.c); and text that is neither printed by the form nor
 * in a place is told. */
#include "runtime/form/words.h"
#include "runtime/returned/labels.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the form prints -------------------------------------------------------------- */

/* Without the marks that a language file has in running text. */
static fc_str without_tags(fc_arena *a, fc_str s)
{
    char *p = fc_arena_alloc(a, s.n + 1);
    size_t n = 0;
    bool tag = false;
    for (size_t i = 0; i < s.n; i++) {
        tag |= s.p[i] == '<';
        if (!tag)
            p[n++] = s.p[i];
        tag &= s.p[i] != '>';
    }
    return fc_str_collapse(a, (fc_str){p, n});
}

static void know(fc_printed *w, fc_str s)
{
    s = without_tags(w->a, s);
    if (!s.n)
        return;
    if (memchr(s.p, '{', s.n))
        FC_PUSH(w->a, &w->patterns, s);
    else
        FC_PUSH(w->a, &w->texts, s);
}

static void know_text(fc_printed *w, const fc_text *t)
{
    for (size_t i = 0; t && i < t->paras.n; i++) {
        fc_str all = {0};
        for (size_t k = 0; k < t->paras.at[i].runs.n; k++)
            all = fc_str_fmt(w->a, "%.*s%.*s", FC_ARG(all),
                             FC_ARG(t->paras.at[i].runs.at[k].text));
        know(w, all);
    }
}

static void know_node(fc_printed *w, const fc_node *n)
{
    know(w, n->label);
    know(w, n->short_label);
    if (n->number.n)
        know(w, fc_str_fmt(w->a, "%.*s. %.*s", FC_ARG(n->number), FC_ARG(n->label)));
    know_text(w, n->text);
    know_text(w, n->hint);
    for (size_t i = 0; i < n->columns.n; i++)
        know(w, n->columns.at[i]);
    for (size_t i = 0; n->choices && i < n->choices->list.n; i++)
        know(w, n->choices->list.at[i].label);
    if (n->details)
        know_node(w, n->details);
    for (size_t i = 0; i < n->kids.n; i++)
        know_node(w, n->kids.at[i]);
}

/* "visit/day label" of a number "1" is printed as "1. ...". */
static void know_language(fc_printed *w, const fc_form *f, const fc_language *g)
{
    for (size_t i = 0; i < g->list.n; i++) {
        fc_str key = g->list.at[i].key, words = g->list.at[i].words;
        size_t n = 0;
        know(w, words);
        while (n < key.n && key.p[n] != ' ')
            n++;
        const fc_node *node = fc_form_find(f, fc_str_slice(key, 0, n));
        if (node && node->number.n)
            know(w, fc_str_fmt(w->a, "%.*s. %.*s", FC_ARG(node->number), FC_ARG(words)));
    }
}

static int by_bytes(const void *a, const void *b)
{
    return fc_str_cmp(*(const fc_str *)a, *(const fc_str *)b);
}

static fc_printed what_is_printed(fc_arena *a, const fc_form *f)
{
    fc_printed w = {.a = a};
    know(&w, f->title);
    for (size_t i = 0; i < f->parties.n; i++)
        know(&w, f->parties.at[i].label);
    for (size_t i = 0; i < f->top.n; i++)
        know_node(&w, f->top.at[i]);
    for (int i = 0; i < FC_WORD_COUNT; i++) {
        know(&w, fc_words(f, (fc_word)i));
        know(&w, fc_str_of(fc_word_english[i]));
    }
    for (size_t i = 0; i < f->languages.n; i++)
        know_language(&w, f, &f->languages.at[i]);
    fc_str follows = fc_words(f, FC_WORD_NOT_LISTED);
    FC_PUSH(a, &w.patterns, fc_str_fmt(a, "%.*s {answer}", FC_ARG(follows)));
    if (w.texts.n)
        qsort(w.texts.at, w.texts.n, sizeof *w.texts.at, by_bytes);
    return w;
}

/* "Version 1.0.0 · Draft" begins as "Version {version}" does. */
static bool fits_pattern(fc_str pattern, fc_str s)
{
    size_t open = 0, close = pattern.n;
    while (pattern.p[open] != '{')
        open++;
    while (close > open && pattern.p[close - 1] != '}')
        close--;
    size_t behind = pattern.n - close;
    return open + behind > 0 && s.n >= open + behind && memcmp(s.p, pattern.p, open) == 0 &&
           memcmp(s.p + s.n - behind, pattern.p + close, behind) == 0;
}

/* A label that a place follows in its line ends with a colon on paper. */
static fc_str without_colon(fc_str s)
{
    return fc_str_ends(s, ":") ? fc_str_slice(s, 0, s.n - 1) : s;
}

bool fc_is_printed(const fc_printed *w, fc_str folded)
{
    fc_str bare = without_colon(folded);
    if (w->texts.n && bsearch(&bare, w->texts.at, w->texts.n, sizeof *w->texts.at, by_bytes))
        return true;
    if (w->texts.n && bsearch(&folded, w->texts.at, w->texts.n, sizeof *w->texts.at, by_bytes))
        return true;
    for (size_t i = 0; i < w->patterns.n; i++)
        if (fits_pattern(w->patterns.at[i], folded))
            return true;
    return false;
}

/* ---- labels ------------------------------------------------------------------------------ */

static void add_label(fc_search *s, const fc_node *n, fc_str words)
{
    words = without_colon(fc_str_collapse(s->a, words));
    if (!words.n)
        return;
    FC_PUSH(s->a, &s->labels, ((fc_label){words, n}));
    if (n->number.n)
        FC_PUSH(
            s->a, &s->labels,
            ((fc_label){fc_str_fmt(s->a, "%.*s. %.*s", FC_ARG(n->number), FC_ARG(words)), n}));
}

static int by_text(const void *x, const void *y)
{
    const fc_label *a = x, *b = y;
    int order = fc_str_cmp(a->text, b->text);
    return order ? order
                 : (a->field->ordinal > b->field->ordinal) -
                       (a->field->ordinal < b->field->ordinal);
}

static void list_labels(fc_search *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->f->fields.n; i++)
        add_label(s, s->f->fields.at[i], s->f->fields.at[i]->label);
    for (size_t i = 0; i < s->f->languages.n; i++)
        for (size_t k = 0; k < s->f->languages.at[i].list.n; k++) {
            fc_str key = s->f->languages.at[i].list.at[k].key;
            if (!fc_str_ends(key, " label"))
                continue;
            const fc_node *n = fc_form_find_field(s->f, fc_str_slice(key, 0, key.n - 6));
            if (n)
                add_label(s, n, s->f->languages.at[i].list.at[k].words);
        }
    if (!s->labels.n)
        return;
    qsort(s->labels.at, s->labels.n, sizeof *s->labels.at, by_text);
    for (size_t i = 1; i < s->labels.n; i++) /* two languages may have one label */
        if (by_text(&s->labels.at[kept], &s->labels.at[i]) != 0)
            s->labels.at[++kept] = s->labels.at[i];
    s->labels.n = kept + 1;
}

static fc_named find_label(const fc_search *s, fc_str folded)
{
    size_t low = 0, high = s->labels.n;
    folded = without_colon(folded);
    while (folded.n && low < high) { /* the first that is not before it */
        size_t middle = low + (high - low) / 2;
        if (fc_str_cmp(s->labels.at[middle].text, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t last = low;
    while (folded.n && last < s->labels.n && fc_str_eq(s->labels.at[last].text, folded))
        last++;
    return (fc_named){.first = (uint32_t)low, .last = (uint32_t)last};
}

#define COLONS_MAX 8 /* a label with more of them is none */

/* The label of a signature's line and, behind its colon, what was typed there. */
static fc_named label_in_line(const fc_search *s, fc_str text)
{
    for (size_t i = 0, colons = 0; i + 1 < text.n && colons < COLONS_MAX; i++) {
        if (text.p[i] != ':' && text.p[i] != '\t')
            continue;
        fc_named found = find_label(s, fc_str_collapse(s->a, fc_str_slice(text, 0, i)));
        found.inside = (uint32_t)(i + 1);
        if (found.first < found.last)
            return found;
        colons++;
    }
    return (fc_named){0};
}

static bool is_line(const fc_node *n)
{
    return n->parent && n->parent->kind == FC_SIGNATURE;
}

bool fc_names(const fc_search *s, size_t para, const fc_node *field)
{
    const fc_named *m = &s->named[para];
    for (size_t i = m->first; i < m->last; i++)
        if (s->labels.at[i].field == field)
            return !m->inside || is_line(field);
    return false;
}

static void name_paras(fc_search *s)
{
    for (size_t i = 0; i < s->r->paras.n; i++) {
        s->folded[i] = fc_str_collapse(s->a, s->r->paras.at[i].text);
        s->named[i] = find_label(s, s->folded[i]);
        if (s->named[i].first == s->named[i].last)
            s->named[i] = label_in_line(s, s->r->paras.at[i].text);
    }
}

/* ---- places in their order --------------------------------------------------------------- */

fc_found *fc_found_of(const fc_search *s, const fc_station *t)
{
    const fc_container *c = t->field->container;
    return &s->places->rows[c->index].found[t->row * c->fields.n + t->field->slot];
}

static void add_station(fc_search *s, const fc_node *field, size_t row)
{
    fc_station t = {.field = field, .row = row};
    const fc_found *g = fc_found_of(s, &t);
    bool some = g->has[FC_SHOWN] || g->has[FC_BOOKMARK];
    t.first = g->first_para;
    t.last = g->last_para;
    t.partly = some && field->type == FC_CHOICES &&
               (g->boxes[FC_SHOWN] | g->boxes[FC_BOOKMARK]) != fc_all_boxes(field);
    t.seen = some && !t.partly;
    FC_PUSH(s->a, &s->list, t);
}

static void list_stations(fc_search *s)
{
    const fc_form *f = s->f;
    for (size_t i = 0; i < f->fields.n;) {
        const fc_container *c = f->fields.at[i]->container;
        if (!c->repeat) {
            add_station(s, f->fields.at[i++], 0);
            continue;
        }
        size_t n = 0; /* the fields of a repeat stand together */
        while (i + n < f->fields.n && f->fields.at[i + n]->container == c)
            n++;
        for (size_t row = 0; row < s->places->rows[c->index].n; row++)
            for (size_t k = 0; k < n; k++)
                add_station(s, f->fields.at[i + k], row);
        i += n;
    }
}

/* Rows that were issued and of which nothing was seen, not even in the store: as many as a form
 * is printed with. */
static void add_unseen_rows(fc_search *s)
{
    for (size_t i = 0; i < s->f->containers.n; i++) {
        const fc_container *c = s->f->containers.at[i];
        const fc_found_rows *rows = &s->places->rows[i];
        bool stored = false;
        for (size_t k = 0; k < rows->n * c->fields.n; k++)
            stored |= rows->found[k].has[FC_STORED];
        if (!c->repeat || stored)
            continue;
        size_t issued = fc_plan_row_count(s->issued, c);
        fc_places_make_rows(s->a, s->places, c,
                            issued > c->repeat->blank_rows ? issued : c->repeat->blank_rows);
    }
}

/* ---- text beside the places -------------------------------------------------------------- */

/* The last question that was seen before a paragraph. */
static const fc_station *before(const fc_search *s, size_t para)
{
    const fc_station *found = NULL;
    for (size_t i = 0; i < s->list.n; i++)
        if (s->list.at[i].seen && s->list.at[i].first <= para &&
            (!found || s->list.at[i].first >= found->first))
            found = &s->list.at[i];
    return found;
}

#define BESIDE_MAX 50 /* a document that is another one says nothing by a thousand lines */

static void find_beside(fc_search *s)
{
    const fc_station *last = NULL;
    for (size_t i = 0; i < s->r->paras.n && s->places->beside.n < BESIDE_MAX; i++) {
        if (!s->folded[i].n || s->taken[i] || fc_is_printed(s->printed, s->folded[i]))
            continue;
        const fc_station *t = before(s, i);
        if (s->places->beside.n && t == last)
            continue;
        last = t;
        FC_PUSH(s->a, &s->places->beside,
                ((fc_spot){.field = t ? t->field : NULL, .row = t ? t->row : 0, .choice = -1}));
    }
}

void fc_labels_look(fc_arena *a, const fc_form *f, const fc_returned *r, const fc_plan *issued,
                    fc_places *places)
{
    if (!r->paras.n)
        return;
    const fc_printed printed = what_is_printed(a, f);
    fc_search s = {.a = a,
                   .f = f,
                   .r = r,
                   .issued = issued,
                   .places = places,
                   .printed = &printed,
                   .folded = FC_NEW_N(a, fc_str, r->paras.n),
                   .named = FC_NEW_N(a, fc_named, r->paras.n),
                   .taken = FC_NEW_N(a, bool, r->paras.n)};
    fc_empty_words_of(a, f, &s.empty);
    list_labels(&s);
    name_paras(&s);
    add_unseen_rows(&s);
    list_stations(&s);
    fc_lost_find(&s);
    fc_lost_rows_find(&s);
    find_beside(&s);
}
