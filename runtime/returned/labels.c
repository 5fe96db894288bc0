/* What the form prints, and what a document has beside it. Where an editor lost the place of an
 * answer, its label is still there: between those of the questions before and behind it, with
 * the answer below it or in the next cell. And text that is neither printed by the form nor in
 * a place is told. */
#include "runtime/form/words.h"
#include "runtime/returned/places.h"

#include <stdlib.h>
#include <string.h>

#define LABELS_AHEAD 8 /* labels of the next questions that end the search for one */

typedef struct printed {
    fc_arena *a;
    FC_ARRAY(fc_str) texts;    /* sorted, white space folded */
    FC_ARRAY(fc_str) patterns; /* words with a {place}, and words that an answer follows */
} printed;

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

static void know(printed *w, fc_str s)
{
    s = without_tags(w->a, s);
    if (!s.n)
        return;
    if (memchr(s.p, '{', s.n))
        FC_PUSH(w->a, &w->patterns, s);
    else
        FC_PUSH(w->a, &w->texts, s);
}

static void know_text(printed *w, const fc_text *t)
{
    for (size_t i = 0; t && i < t->paras.n; i++) {
        fc_str all = {0};
        for (size_t k = 0; k < t->paras.at[i].runs.n; k++)
            all = fc_str_fmt(w->a, "%.*s%.*s", FC_ARG(all),
                             FC_ARG(t->paras.at[i].runs.at[k].text));
        know(w, all);
    }
}

static void know_node(printed *w, const fc_node *n)
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
static void know_language(printed *w, const fc_form *f, const fc_language *g)
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

static printed what_is_printed(fc_arena *a, const fc_form *f)
{
    printed w = {.a = a};
    know(&w, f->title);
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

static bool is_printed(const printed *w, fc_str folded)
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

/* ---- places that are gone ---------------------------------------------------------------- */

/* A place in the order of the document, and the paragraphs in which it was seen. */
typedef struct station {
    const fc_node *field;
    size_t row; /* from 0 */
    bool seen;
    uint32_t first, last;
} station;

typedef FC_ARRAY(station) stations;

static void add_station(fc_arena *a, const fc_places *places, const fc_node *field, size_t row,
                        stations *out)
{
    const fc_container *c = field->container;
    const fc_found *g = &places->rows[c->index].found[row * c->fields.n + field->slot];
    FC_PUSH(a, out,
            ((station){.field = field,
                       .row = row,
                       .seen = g->has[FC_SHOWN] || g->has[FC_BOOKMARK],
                       .first = g->first_para,
                       .last = g->last_para}));
}

static void list_stations(fc_arena *a, const fc_form *f, const fc_places *places, stations *out)
{
    for (size_t i = 0; i < f->fields.n;) {
        const fc_container *c = f->fields.at[i]->container;
        if (!c->repeat) {
            add_station(a, places, f->fields.at[i++], 0, out);
            continue;
        }
        size_t n = 0; /* the fields of a repeat stand together */
        while (i + n < f->fields.n && f->fields.at[i + n]->container == c)
            n++;
        for (size_t row = 0; row < places->rows[c->index].n; row++)
            for (size_t k = 0; k < n; k++)
                add_station(a, places, f->fields.at[i + k], row, out);
        i += n;
    }
}

/* Is this the label of the field, in any language of the form, with its number or without? */
static bool is_label(fc_arena *a, const fc_form *f, const fc_node *n, fc_str folded)
{
    folded = without_colon(folded);
    fc_str key = fc_str_fmt(a, "%.*s label", FC_ARG(n->path));
    fc_str number = n->number.n ? fc_str_fmt(a, "%.*s. ", FC_ARG(n->number)) : (fc_str){0};
    if (number.n && folded.n > number.n && memcmp(folded.p, number.p, number.n) == 0)
        folded = fc_str_slice(folded, number.n, folded.n);
    if (fc_str_eq(folded, fc_str_collapse(a, n->label)))
        return true;
    for (size_t i = 0; i < f->languages.n; i++)
        for (size_t k = 0; k < f->languages.at[i].list.n; k++)
            if (fc_str_eq(f->languages.at[i].list.at[k].key, key) &&
                fc_str_eq(f->languages.at[i].list.at[k].words, folded))
                return true;
    return false;
}

/* The label of a signature's line and, behind its colon, what was typed there: where that
 * begins; 0 when this is no such line. */
static size_t in_line(fc_arena *a, const fc_form *f, const fc_node *n, fc_str text)
{
    size_t colon = 0;
    if (!n->parent || n->parent->kind != FC_SIGNATURE)
        return 0;
    while (colon < text.n && text.p[colon] != ':' && text.p[colon] != '\t')
        colon++;
    for (; colon < text.n; colon++)
        if ((text.p[colon] == ':' || text.p[colon] == '\t') &&
            is_label(a, f, n, fc_str_collapse(a, fc_str_slice(text, 0, colon))))
            break;
    return colon + 1 < text.n ? colon + 1 : 0;
}

typedef struct search {
    fc_arena *a;
    const fc_form *f;
    const fc_returned *r;
    const printed *w;
    const stations *list;
    fc_str *folded; /* by paragraph */
    bool *taken;    /* by paragraph: its text has been read as an answer */
} search;

/* The paragraph from `from` to before `to` that has the label of station i; `to` when there is
 * none, or one of the next questions comes first. */
static size_t find_label(const search *s, size_t i, size_t from, size_t to)
{
    const fc_node *n = s->list->at[i].field;
    for (size_t p = from; p < to; p++) {
        if (!s->folded[p].n)
            continue;
        if (is_label(s->a, s->f, n, s->folded[p]) ||
            in_line(s->a, s->f, n, s->r->paras.at[p].text))
            return p;
        for (size_t k = i + 1; k < s->list->n && k <= i + LABELS_AHEAD; k++)
            if (is_label(s->a, s->f, s->list->at[k].field, s->folded[p]))
                return to;
    }
    return to;
}

/* What stands behind the label: in its row of a table, or below it up to what the form prints
 * next. Hints are passed over. *end: the paragraph behind it. */
static fc_str behind_label(const search *s, size_t label, size_t to, size_t *end)
{
    const fc_para_seen *p = s->r->paras.at;
    fc_str text = {0};
    for (*end = label + 1; *end < to; (*end)++) {
        size_t i = *end;
        if (p[i].place || (p[label].row && p[i].row != p[label].row))
            break;
        if (!s->folded[i].n)
            continue;
        if (is_printed(s->w, s->folded[i])) {
            if (text.n)
                break;
            continue;
        }
        s->taken[i] = true;
        text =
            fc_str_fmt(s->a, "%.*s%s%.*s", FC_ARG(text), text.n ? "\n" : "", FC_ARG(p[i].text));
    }
    return text;
}

static void find_lost(search *s, fc_places *places)
{
    size_t from = 0, next = 0;
    for (size_t i = 0; i < s->list->n; i++) {
        const station *t = &s->list->at[i];
        if (t->seen) {
            from = t->last + 1 > from ? t->last + 1 : from;
            continue;
        }
        const fc_container *c = t->field->container;
        if (t->field->type == FC_CHOICES || (c->repeat && c->repeat->layout == FC_TABLE))
            continue;
        for (next = next > i ? next : i + 1; next < s->list->n && !s->list->at[next].seen;)
            next++;
        size_t to = next < s->list->n ? s->list->at[next].first : s->r->paras.n, end;
        size_t label = find_label(s, i, from, to);
        if (label >= to)
            continue;
        fc_str line = s->r->paras.at[label].text;
        size_t inside = in_line(s->a, s->f, t->field, line);
        fc_str text = inside ? fc_str_trim(fc_str_slice(line, inside, line.n))
                             : behind_label(s, label, to, &end);
        if (inside) {
            end = label + 1;
            s->taken[label] = true;
        }
        from = end;
        if (!text.n)
            continue;
        fc_seen *found = FC_NEW(s->a, fc_seen);
        *found = (fc_seen){.channel = FC_SHOWN, .text = text};
        fc_found *g = &places->rows[c->index].found[t->row * c->fields.n + t->field->slot];
        g->has[FC_SHOWN] = g->by_label = true;
        if (g->n < FC_VALUES_MAX)
            g->value[g->n++] = found;
        else
            g->more = true;
    }
}

/* The last question that was seen before a paragraph. */
static const station *before(const stations *list, size_t para)
{
    const station *found = NULL;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].seen && list->at[i].first <= para &&
            (!found || list->at[i].first >= found->first))
            found = &list->at[i];
    return found;
}

#define BESIDE_MAX 50 /* a document that is another one says nothing by a thousand lines */

static void find_beside(search *s, fc_places *places)
{
    const station *last = NULL;
    for (size_t i = 0; i < s->r->paras.n && places->beside.n < BESIDE_MAX; i++) {
        if (!s->folded[i].n || s->taken[i] || is_printed(s->w, s->folded[i]))
            continue;
        const station *t = before(s->list, i);
        if (places->beside.n && t == last)
            continue;
        last = t;
        FC_PUSH(s->a, &places->beside,
                ((fc_spot){.field = t ? t->field : NULL, .row = t ? t->row : 0, .choice = -1}));
    }
}

void fc_labels_look(fc_arena *a, const fc_form *f, const fc_returned *r, fc_places *places)
{
    stations list = {0};
    if (!r->paras.n)
        return;
    const printed w = what_is_printed(a, f);
    list_stations(a, f, places, &list);
    search s = {.a = a,
                .f = f,
                .r = r,
                .w = &w,
                .list = &list,
                .folded = FC_NEW_N(a, fc_str, r->paras.n),
                .taken = FC_NEW_N(a, bool, r->paras.n)};
    for (size_t i = 0; i < r->paras.n; i++)
        s.folded[i] = fc_str_collapse(a, r->paras.at[i].text);
    find_lost(&s, places);
    find_beside(&s, places);
}
