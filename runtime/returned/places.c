/* From the names that a file gives its places to the places of the form. Three names say where
 * an answer is: when they agree, it is there; when they do not, somebody changed them, and
 * nothing that is there is taken without asking. */
#include "runtime/returned/places.h"

#include <string.h>

#define ROWS_MAX 9999 /* as many as a plan can have */

static const fc_spot nowhere = {.choice = -1};

/* Digits alone, up to ROWS_MAX; 0 for anything else. */
static size_t number_of(fc_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || n > 10000000)
            return 0;
        n = n * 10 + (size_t)(s.p[i] - '0');
    }
    return n;
}

/* The field or box that a path without its row names. */
static fc_spot spot(const fc_form *f, fc_str path, size_t row)
{
    fc_spot s = {.field = fc_form_find_field(f, path), .row = row, .choice = -1};
    if (!s.field) {
        size_t n = path.n;
        while (n > 0 && path.p[n - 1] != '/')
            n--;
        s.field = n ? fc_form_find_field(f, fc_str_slice(path, 0, n - 1)) : NULL;
        if (s.field && s.field->type == FC_CHOICES)
            s.choice = fc_choices_index(s.field->choices, fc_str_slice(path, n, path.n));
        if (s.choice < 0)
            return nowhere;
    } else if (s.field->type == FC_CHOICES) {
        return nowhere; /* it has boxes, no place of its own */
    }
    return (s.field->container->repeat != NULL) == (row > 0) && row <= ROWS_MAX ? s : nowhere;
}

fc_spot fc_spot_of_path(const fc_form *f, fc_arena *a, fc_str path)
{
    size_t open = 0, close, row;
    while (open < path.n && path.p[open] != '[')
        open++;
    if (open == path.n)
        return spot(f, path, 0);
    for (close = open; close < path.n && path.p[close] != ']';)
        close++;
    row = number_of(fc_str_slice(path, open + 1, close));
    if (!row || close == path.n)
        return nowhere;
    return spot(f,
                fc_str_fmt(a, "%.*s%.*s", FC_ARG(fc_str_slice(path, 0, open)),
                           FC_ARG(fc_str_slice(path, close + 1, path.n))),
                row);
}

/* No id begins with a digit, so a step of digits is the row. */
fc_spot fc_spot_of_key(const fc_form *f, fc_arena *a, fc_str key)
{
    char *p = fc_arena_alloc(a, key.n + 1);
    size_t n = 0, row = 0;
    for (size_t i = 0, end; i < key.n; i = end + 1) {
        for (end = i; end < key.n && key.p[end] != '.';)
            end++;
        size_t digits = number_of(fc_str_slice(key, i, end));
        if (digits) {
            row = digits;
            continue;
        }
        if (n)
            p[n++] = '/';
        memcpy(p + n, key.p + i, end - i);
        n += end - i;
    }
    return spot(f, (fc_str){p, n}, row);
}

fc_spot fc_spot_of_name(const fc_form *f, fc_str name)
{
    size_t line = 0;
    if (!fc_str_starts(name, "f"))
        return nowhere;
    while (line < name.n && name.p[line] != '_')
        line++;
    size_t number = number_of(fc_str_slice(name, 1, line));
    fc_spot s = {.row = line < name.n ? number_of(fc_str_slice(name, line + 1, name.n)) : 0,
                 .choice = -1};
    if (number >= 1 && number <= f->fields.n) {
        s.field = f->fields.at[number - 1];
        if (s.field->type == FC_CHOICES)
            return nowhere;
    }
    for (size_t i = 0; !s.field && i < f->fields.n; i++) {
        const fc_node *n = f->fields.at[i];
        if (n->type == FC_CHOICES && number >= n->first_box &&
            number < n->first_box + n->choices->list.n) {
            s.field = n;
            s.choice = (int)(number - n->first_box);
        }
    }
    return s.field && (s.field->container->repeat != NULL) == (s.row > 0) && s.row <= ROWS_MAX
               ? s
               : nowhere;
}

/* ---- which place is it? --------------------------------------------------------------- */

static bool same_spot(fc_spot a, fc_spot b)
{
    return a.field == b.field && a.row == b.row && a.choice == b.choice;
}

/* The numbers of the form first, then the place in the store, then the tag: what people and
 * programs change least. */
static fc_spot where(const fc_form *f, fc_arena *a, const fc_seen *s, bool trust_names,
                     bool *contested)
{
    const fc_spot by[3] = {trust_names && s->name.n ? fc_spot_of_name(f, s->name) : nowhere,
                           s->key.n ? fc_spot_of_key(f, a, s->key) : nowhere,
                           s->path.n ? fc_spot_of_path(f, a, s->path) : nowhere};
    fc_spot found = nowhere;
    *contested = false;
    for (size_t i = 0; i < 3; i++) {
        if (!by[i].field)
            continue;
        if (!found.field)
            found = by[i];
        else if (!same_spot(found, by[i]))
            *contested = true;
    }
    return found;
}

/* ---- all places ----------------------------------------------------------------------- */

typedef struct met {
    const fc_seen *seen;
    fc_spot at;
    bool contested;
} met;

typedef struct finder {
    fc_arena *a;
    const fc_form *f;
    fc_places *out;
    FC_ARRAY(met) met;
} finder;

uint64_t fc_all_boxes(const fc_node *field)
{
    size_t n = field->choices ? field->choices->list.n : 0;
    return n >= 64 ? UINT64_MAX : ((uint64_t)1 << n) - 1;
}

void fc_places_make_rows(fc_arena *a, fc_places *places, const fc_container *c, size_t rows)
{
    fc_found_rows *r = &places->rows[c->index];
    if (rows <= r->n)
        return;
    fc_found *more = FC_NEW_N(a, fc_found, rows * c->fields.n);
    if (r->n)
        memcpy(more, r->found, r->n * c->fields.n * sizeof *more);
    *r = (fc_found_rows){rows, more};
}

static void make_rows(finder *w, const fc_container *c, size_t rows)
{
    fc_places_make_rows(w->a, w->out, c, rows);
}

static fc_found *found_at(finder *w, const fc_node *field, size_t row_from_0)
{
    const fc_container *c = field->container;
    return &w->out->rows[c->index].found[row_from_0 * c->fields.n + field->slot];
}

static void add_box(fc_found *g, const met *m)
{
    uint64_t bit = (uint64_t)1 << m->at.choice;
    fc_channel c = m->seen->channel;
    bool on = m->seen->tick == FC_TICKED;
    if (m->seen->tick == FC_NO_BOX)
        return; /* something else stands there: as good as gone */
    if (g->boxes[c] & bit && !(g->ticked[c] & bit) != !on)
        g->unsure |= bit;
    g->boxes[c] |= bit;
    if (on)
        g->ticked[c] |= bit;
    g->has[c] = true;
}

static bool says_the_same(const fc_seen *a, const fc_seen *b)
{
    return a->channel == b->channel && a->placeholder == b->placeholder &&
           fc_str_eq(a->text, b->text) && fc_str_eq(a->date, b->date);
}

static void add_value(fc_found *g, const met *m)
{
    g->has[m->seen->channel] = true;
    for (unsigned i = 0; i < g->n; i++)
        if (says_the_same(g->value[i], m->seen))
            return;
    if (g->n < FC_VALUES_MAX)
        g->value[g->n++] = m->seen;
    else
        g->more = true;
}

static void add(finder *w, const met *m, size_t row_from_0)
{
    fc_found *g = found_at(w, m->at.field, row_from_0);
    g->with |= m->seen->with;
    if (m->seen->channel != FC_STORED) {
        bool first = !g->has[FC_SHOWN] && !g->has[FC_BOOKMARK];
        if (first || m->seen->para < g->first_para)
            g->first_para = m->seen->para;
        if (first || m->seen->para > g->last_para)
            g->last_para = m->seen->para;
    }
    g->contested |= m->contested;
    if (m->at.choice >= 0)
        add_box(g, m);
    else
        add_value(g, m);
}

/* A row that people copied has the tags and titles of the one that it was copied from, in
 * another row of the table, and no bookmarks: editors leave those where they were. */
typedef struct copy {
    const fc_container *container;
    size_t of; /* row, from 1 */
    size_t nth;
    size_t to; /* row from 0 that it becomes */
} copy;

typedef FC_ARRAY(copy) copies;

typedef struct home { /* where the original of a place stands, and its copies so far */
    uint32_t row, last;
    size_t copies;
    bool known;
} home;

/* The row that the nth copy of row `of` becomes. */
static size_t copy_row(finder *w, copies *all, const fc_container *c, size_t of, size_t nth)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].container == c && all->at[i].of == of && all->at[i].nth == nth)
            return all->at[i].to;
    size_t to = w->out->rows[c->index].n;
    make_rows(w, c, to + 1);
    FC_PUSH(w->a, all, ((copy){c, of, nth, to}));
    return to;
}

/* The table rows in which bookmarks of a repeat's row stand; those of other rows are copies. */
static home *find_homes(finder *w, size_t *offset)
{
    size_t n = 0;
    for (size_t i = 0; i < w->f->containers.n; i++) {
        offset[i] = n;
        n += w->out->rows[i].n * w->f->containers.at[i]->fields.n;
    }
    home *homes = FC_NEW_N(w->a, home, n + 1);
    for (int pass = 0; pass < 2; pass++) /* with a bookmark first, then the first one */
        for (size_t i = 0; i < w->met.n; i++) {
            const met *m = &w->met.at[i];
            if (m->seen->channel != FC_SHOWN || !m->at.row || (pass == 0 && !m->seen->name.n))
                continue;
            const fc_container *c = m->at.field->container;
            home *h =
                &homes[offset[c->index] + (m->at.row - 1) * c->fields.n + m->at.field->slot];
            if (!h->known)
                *h = (home){.row = m->seen->row, .known = true};
        }
    return homes;
}

void fc_places_find(fc_arena *a, const fc_form *f, const fc_returned *r, bool trust_names,
                    fc_places *out)
{
    finder w = {.a = a, .f = f, .out = out};
    *out = (fc_places){.rows = FC_NEW_N(a, fc_found_rows, f->containers.n)};
    make_rows(&w, f->containers.at[0], 1);
    for (size_t i = 0; i < r->seen.n; i++) {
        met m = {.seen = &r->seen.at[i]};
        m.at = where(f, a, m.seen, trust_names, &m.contested);
        if (!m.at.field || m.at.row > r->seen.n) {
            out->outside += m.seen->channel == FC_SHOWN;
            continue;
        }
        make_rows(&w, m.at.field->container, m.at.row ? m.at.row : 1);
        FC_PUSH(a, &w.met, m);
    }
    size_t *offset = FC_NEW_N(a, size_t, f->containers.n);
    home *homes = find_homes(&w, offset);
    copies all = {0};
    for (size_t i = 0; i < w.met.n; i++) {
        const met *m = &w.met.at[i];
        const fc_container *c = m->at.field->container;
        size_t row = m->at.row ? m->at.row - 1 : 0;
        if (m->seen->channel == FC_SHOWN && m->at.row && !m->seen->name.n) {
            home *h = &homes[offset[c->index] + row * c->fields.n + m->at.field->slot];
            if (h->known && h->row != m->seen->row) {
                h->copies += h->last != m->seen->row;
                h->last = m->seen->row;
                row = copy_row(&w, &all, c, m->at.row, h->copies);
            }
        }
        add(&w, m, row);
        if (m->at.row && row != m->at.row - 1)
            found_at(&w, m->at.field, row)->copied = true;
    }
}
