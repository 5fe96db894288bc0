/* Rows of repeats that are tables: one label stands above many answers. The column is found by
 * its label in the head of the table. The row is that in which other answers of it are still
 * there; where none is, the rows are counted, and that only while as many are there as the form
 * was issued with. What does not fit is not read. */
#include "runtime/returned/labels.h"

#include <string.h>

typedef struct row {
    size_t begin, end; /* paragraphs */
    uint32_t cells;
    size_t table; /* number of it */
    bool plain;   /* its cells stand one behind the other: no table in a cell */
    bool place;   /* there is a place in it */
} row;

typedef struct heads { /* of one repeat */
    const fc_container *c;
    FC_ARRAY(const fc_node *) columns;
    size_t begin, end; /* of the list of stations */
    bool lost;         /* some place is */
    bool anchored;     /* some place is there */
    bool scattered;    /* in more than one table */
    size_t table;      /* in which they are */
    size_t head;       /* row that has its labels */
    size_t fits;       /* how many rows have them */
} heads;

typedef struct tables {
    fc_search *s;
    FC_ARRAY(row) rows;
    FC_ARRAY(heads) heads;
} tables;

#define NO_ROW SIZE_MAX

static void list_rows(tables *w)
{
    const fc_para_seen *p = w->s->r->paras.at;
    size_t table = 0;
    for (size_t i = 0; i < w->s->r->paras.n; i++) {
        if (!p[i].row) {
            table++;
            continue;
        }
        row *last = w->rows.n ? &w->rows.at[w->rows.n - 1] : NULL;
        if (last && (last->end < i || p[last->begin].row != p[i].row)) {
            bool back = last->end == i && p[i].row < p[last->begin].row;
            for (size_t k = w->rows.n; back && k > 0 && w->rows.at[k - 1].table == table; k--)
                w->rows.at[k - 1].plain = false;
            last = NULL;
            if (back)
                table++;
        }
        if (!last) {
            FC_PUSH(w->s->a, &w->rows, ((row){.begin = i, .table = table, .plain = true}));
            last = &w->rows.at[w->rows.n - 1];
        }
        last->plain &= p[i].cell >= last->cells;
        last->cells = p[i].cell;
        last->place |= p[i].place;
        last->end = i + 1;
    }
}

/* The row that a paragraph is in; NO_ROW for none. */
static size_t row_of(const tables *w, size_t para)
{
    size_t low = 0, high = w->rows.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->rows.at[middle].end <= para)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->rows.n && w->rows.at[low].begin <= para ? low : NO_ROW;
}

static fc_region cell_of(const tables *w, const row *r, size_t column)
{
    const fc_para_seen *p = w->s->r->paras.at;
    fc_region cell = {r->begin, r->begin, true};
    while (cell.begin < r->end && p[cell.begin].cell <= column)
        cell.begin++;
    cell.end = cell.begin;
    while (cell.end < r->end && p[cell.end].cell == column + 1)
        cell.end++;
    return cell;
}

static bool is_seen(const fc_station *t)
{
    return t->seen || t->partly;
}

/* ---- the head -------------------------------------------------------------------------- */

static bool is_head(const tables *w, const heads *h, const row *r)
{
    if (!r->plain || r->cells != h->columns.n || r->place)
        return false;
    for (size_t k = 0; k < h->columns.n; k++) {
        fc_region cell = cell_of(w, r, k);
        while (cell.begin < cell.end && !w->s->folded[cell.begin].n)
            cell.begin++;
        if (cell.begin == cell.end || w->s->named[cell.begin].inside ||
            !fc_names(w->s, cell.begin, h->columns.at[k]))
            return false;
    }
    return true;
}

static void look_where_it_is(const tables *w, heads *h)
{
    for (size_t i = h->begin; i < h->end; i++) {
        const fc_station *t = &w->s->list.at[i];
        h->lost |= !t->seen;
        if (!is_seen(t))
            continue;
        size_t first = row_of(w, t->first), last = row_of(w, t->last);
        if (first == NO_ROW || last == NO_ROW ||
            w->rows.at[first].table != w->rows.at[last].table) {
            h->scattered = true;
            continue;
        }
        h->scattered |= h->anchored && w->rows.at[first].table != h->table;
        h->table = w->rows.at[first].table;
        h->anchored = true;
    }
}

/* Between the questions before and behind that are there. */
static void find_head(const tables *w, heads *h)
{
    const fc_search *s = w->s;
    size_t from = 0, to = s->r->paras.n;
    for (size_t i = h->begin; i > 0 && !from; i--)
        if (s->list.at[i - 1].seen)
            from = s->list.at[i - 1].last + 1;
    for (size_t i = h->end; i < s->list.n && to == s->r->paras.n; i++)
        if (s->list.at[i].seen)
            to = s->list.at[i].first;
    for (size_t i = 0; i < w->rows.n; i++) {
        const row *r = &w->rows.at[i];
        if (r->begin < from || r->end > to || (h->anchored && r->table != h->table) ||
            !is_head(w, h, r))
            continue;
        h->fits++;
        h->head = i;
    }
}

static void list_heads(tables *w)
{
    fc_search *s = w->s;
    for (size_t i = 0; i < s->list.n;) {
        const fc_container *c = s->list.at[i].field->container;
        heads h = {.c = c, .begin = i};
        while (i < s->list.n && s->list.at[i].field->container == c)
            i++;
        h.end = i;
        if (!c->repeat || c->repeat->layout != FC_TABLE)
            continue;
        for (size_t k = 0; k < c->fields.n; k++)
            if (!c->fields.at[k]->details_of)
                FC_PUSH(s->a, &h.columns, c->fields.at[k]);
        look_where_it_is(w, &h);
        if (h.lost && !h.scattered)
            find_head(w, &h);
        FC_PUSH(s->a, &w->heads, h);
    }
}

/* ---- the rows -------------------------------------------------------------------------- */

/* How many rows of the table are rows of the repeat: those below its head of as many cells. */
static size_t count_rows(const tables *w, const heads *h, bool *places)
{
    size_t n = 0;
    *places = false;
    for (size_t i = h->head + 1; i < w->rows.n; i++, n++) {
        const row *r = &w->rows.at[i];
        if (r->table != w->rows.at[h->head].table || !r->plain || r->cells != h->columns.n)
            break;
        *places |= r->place;
    }
    return n;
}

/* For each row of the repeat the row of the document; NO_ROW where nothing says it. */
static size_t *place_rows(const tables *w, const heads *h, size_t n_seen)
{
    const fc_search *s = w->s;
    size_t n = s->places->rows[h->c->index].n;
    size_t *at = FC_NEW_N(s->a, size_t, n + 1);
    bool *used = FC_NEW_N(s->a, bool, n_seen + 1); /* by the row behind the head */
    bool counts = n_seen == n;
    for (size_t i = 0; i < n; i++)
        at[i] = NO_ROW;
    for (size_t i = h->begin; i < h->end; i++) {
        const fc_station *t = &s->list.at[i];
        if (!is_seen(t))
            continue;
        size_t first = row_of(w, t->first), last = row_of(w, t->last);
        bool fits = first == last && first > h->head && first <= h->head + n_seen &&
                    (at[t->row] == NO_ROW || at[t->row] == first);
        if (!fits || (at[t->row] == NO_ROW && used[first - h->head]))
            return NULL; /* two rows in one */
        used[first - h->head] = true;
        at[t->row] = first;
        counts &= first == h->head + 1 + t->row && !fc_found_of(s, t)->copied;
    }
    for (size_t i = 0; counts && i < n; i++)
        at[i] = h->head + 1 + i;
    return at;
}

/* In a cell the answer to a yes or no stands above the label of what follows it. */
static bool part_of_cell(const fc_search *s, const fc_node *field, fc_region *cell)
{
    const fc_node *details = field->details_of ? field : field->details;
    size_t label = 0, labels = 0;
    if (!details)
        return true;
    for (size_t i = cell->begin; i < cell->end; i++)
        if (fc_names(s, i, details)) {
            label = i;
            labels++;
        }
    if (field->details_of)
        cell->begin = label + 1;
    else
        cell->end = label;
    return labels == 1;
}

static void read_rows(tables *w, const heads *h)
{
    fc_search *s = w->s;
    bool places;
    size_t n = count_rows(w, h, &places);
    if (places && !h->anchored)
        return; /* those of another one */
    const size_t *at = place_rows(w, h, n);
    for (size_t i = h->begin; at && i < h->end; i++) {
        const fc_station *t = &s->list.at[i];
        if (t->seen || at[t->row] == NO_ROW)
            continue;
        const fc_node *of = t->field->details_of ? t->field->details_of : t->field;
        size_t column = 0;
        while (h->columns.at[column] != of)
            column++;
        fc_region cell = cell_of(w, &w->rows.at[at[t->row]], column);
        if (part_of_cell(s, t->field, &cell))
            (void)fc_lost_read(s, t, cell);
    }
}

void fc_lost_rows_find(fc_search *s)
{
    tables w = {.s = s};
    list_rows(&w);
    list_heads(&w);
    for (size_t i = 0; i < w.heads.n; i++) {
        const heads *h = &w.heads.at[i];
        bool alone = h->fits == 1;
        for (size_t k = 0; alone && k < w.heads.n; k++) {
            const heads *other = &w.heads.at[k];
            alone = k == i || h->anchored || other->anchored || !other->lost ||
                    !is_head(&w, other, &w.rows.at[h->head]);
        }
        if (alone)
            read_rows(&w, h);
    }
}
