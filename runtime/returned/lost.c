/* Places that are gone, and what stands where they were: at the label of the question, between
 * the questions before and behind it that are still there. Where a label stands more or less
 * often than its questions are asked there, nothing says which is which, and none is read. */
#include "runtime/returned/labels.h"

#include <string.h>

/* ---- what stands in a region ------------------------------------------------------------- */

static bool is_choice_of(const fc_node *field, size_t i, fc_str text)
{
    const fc_choice *c = &field->choices->list.at[i];
    bool is = fc_str_eq(c->label, text);
    for (size_t k = 0; k < c->others.n && !is; k++)
        is = fc_str_eq(c->others.at[k], text);
    return is;
}

/* Which choice these words are; -1 for none. */
static int choice_of(const fc_node *field, fc_str text)
{
    for (size_t i = 0; field->choices && i < field->choices->list.n; i++)
        if (is_choice_of(field, i, text))
            return (int)i;
    return -1;
}

static void add_found(fc_search *s, const fc_station *t, fc_str text)
{
    fc_found *g = fc_found_of(s, t);
    fc_seen *found = FC_NEW(s->a, fc_seen);
    *found = (fc_seen){.channel = FC_SHOWN, .text = text};
    g->has[FC_SHOWN] = g->by_label = true;
    if (g->n < FC_VALUES_MAX)
        g->value[g->n++] = found;
    else
        g->more = true;
}

/* The hint of a question stands before its place. */
static size_t hint_paras(const fc_node *field)
{
    return field->hint ? field->hint->paras.n : 0;
}

static bool is_label(const fc_search *s, size_t para)
{
    return s->named[para].first < s->named[para].last;
}

static size_t read_text(fc_search *s, const fc_station *t, fc_region at)
{
    const fc_para_seen *p = s->r->paras.at;
    size_t hints = hint_paras(t->field), breaks = 0, i;
    fc_buf text;
    fc_buf_init_in(&text, s->a, FC_BUF_MAX);
    for (i = at.begin; i < at.end; i++) {
        bool printed = fc_is_printed(s->printed, s->folded[i]);
        if (p[i].place)
            break;
        if (!s->folded[i].n) {
            breaks++;
            continue;
        }
        if (!text.n && printed && hints > 0) {
            hints--;
            continue;
        }
        bool choice = choice_of(t->field, s->folded[i]) >= 0;
        if (is_label(s, i) || (printed && !choice && !at.is_cell))
            break;
        if (!text.n && fc_is_empty_word(&s->empty, s->folded[i]))
            break;
        for (breaks = text.n ? breaks + 1 : 0; breaks > 0; breaks--)
            fc_buf_char(&text, '\n');
        fc_buf_add(&text, p[i].text.p, p[i].text.n);
        s->taken[i] = true;
    }
    if (text.n)
        add_found(s, t, fc_buf_keep(&text, s->a));
    fc_buf_release(&text);
    return i;
}

/* "☒ Apples", "Apples ☐", "x Apples": which choice, and whether it is ticked. */
static int box_line(const fc_node *field, fc_str folded, fc_tick *tick)
{
    size_t first = 0, last = folded.n;
    if (!folded.n)
        return -1;
    (void)fc_utf8_next(folded, &first);
    while (last > 0 && ((unsigned char)folded.p[--last] & 0xC0) == 0x80)
        continue;
    const fc_str ends[2][2] = {
        {fc_str_slice(folded, 0, first), fc_str_slice(folded, first, folded.n)},
        {fc_str_slice(folded, last, folded.n), fc_str_slice(folded, 0, last)}};
    for (int i = 0; i < 2; i++) {
        fc_str words = fc_str_trim(ends[i][1]);
        *tick = fc_tick_of(ends[i][0], FC_NO_BOX);
        bool letter = ends[i][0].n == 1; /* an x is a box only when it stands alone */
        if (*tick == FC_NO_BOX || (letter && words.n == ends[i][1].n))
            continue;
        int choice = choice_of(field, words);
        if (choice >= 0)
            return choice;
    }
    return -1;
}

static size_t read_boxes(fc_search *s, const fc_station *t, fc_region at)
{
    fc_found *g = fc_found_of(s, t);
    const fc_node *field = t->field;
    uint64_t gone = fc_all_boxes(field) & ~(g->boxes[FC_SHOWN] | g->boxes[FC_BOOKMARK]);
    uint64_t once = 0, twice = 0, ticked = 0;
    size_t hints = hint_paras(field), i, *line = FC_NEW_N(s->a, size_t, field->choices->list.n);
    for (i = at.begin; i < at.end; i++) {
        fc_tick tick;
        int choice = box_line(field, s->folded[i], &tick);
        if (choice >= 0) {
            uint64_t bit = (uint64_t)1 << choice;
            twice |= once & bit;
            once |= bit;
            ticked |= tick == FC_TICKED ? bit : 0;
            line[choice] = i;
            continue;
        }
        bool ours = choice_of(field, s->folded[i]) >= 0;
        if (!s->folded[i].n || ours)
            continue;
        if (is_label(s, i) || s->r->paras.at[i].place)
            break;
        if (fc_is_printed(s->printed, s->folded[i]) && hints > 0)
            hints--;
        else if (!at.is_cell)
            break;
    }
    once &= gone & ~twice;
    bool issued =
        !field->container->repeat || t->row < fc_plan_row_count(s->issued, field->container);
    for (size_t k = 0; k < field->choices->list.n; k++)
        if (once >> k & 1)
            s->taken[line[k]] = true;
    if (!once || (!issued && !(ticked & once)))
        return i;
    g->boxes[FC_SHOWN] |= once;
    g->ticked[FC_SHOWN] |= ticked & once;
    g->has[FC_SHOWN] = g->by_label = true;
    return i;
}

size_t fc_lost_read(fc_search *s, const fc_station *t, fc_region at)
{
    return t->field->type == FC_CHOICES ? read_boxes(s, t, at) : read_text(s, t, at);
}

/* ---- where it stands ------------------------------------------------------------------- */

static size_t behind_row(const fc_search *s, size_t para, size_t to)
{
    const fc_para_seen *p = s->r->paras.at;
    size_t i = para;
    while (i < to && p[i].row == p[para].row)
        i++;
    return i;
}

static size_t behind_cell(const fc_search *s, size_t para, size_t to)
{
    const fc_para_seen *p = s->r->paras.at;
    size_t i = para;
    while (i < to && p[i].row == p[para].row && p[i].cell == p[para].cell)
        i++;
    return i;
}

/* The place that a label belongs to: the next cell of its row, what is below it in its cell for
 * the follow-up of a yes or no, and otherwise what is below it, which may be a table of one
 * cell. */
static fc_region place_of(const fc_search *s, const fc_node *field, size_t label, size_t to)
{
    const fc_para_seen *p = s->r->paras.at;
    size_t below = label + 1, hints = hint_paras(field);
    const fc_region none = {below, below, false};
    if (p[label].row && field->details_of)
        return (fc_region){below, behind_cell(s, label, to), true};
    if (p[label].row) {
        size_t next = behind_cell(s, label, to);
        if (next == to || p[next].row != p[label].row)
            return none;
        return (fc_region){next, behind_cell(s, next, to), true};
    }
    while (below < to && !p[below].row && hints > 0 &&
           fc_is_printed(s->printed, s->folded[below])) {
        below++;
        hints--;
    }
    if (below < to && p[below].row) {
        size_t end = behind_row(s, below, to);
        bool one = behind_cell(s, below, to) == end && (end == to || !p[end].row);
        return one ? (fc_region){below, end, true} : none;
    }
    fc_region open = {label + 1, label + 1, false};
    while (open.end < to && !p[open.end].row) /* not into the next table */
        open.end++;
    return open;
}

/* Questions whose places are gone, between two that are there. */
typedef struct run {
    size_t begin, end;      /* of the list of stations */
    size_t from, to;        /* paragraphs */
    FC_ARRAY(size_t) marks; /* those of them that are labels of these questions */
} run;

/* By the ordinal of a question: how often it is asked in the run, how often one of its labels
 * stands there, and its last station. */
typedef struct tally {
    size_t asked, labels, last;
} tally;

static bool is_in_table(const fc_node *field)
{
    const fc_node *repeat = field->container->repeat;
    return repeat && repeat->layout == FC_TABLE;
}

static void count(fc_search *s, run *u, tally *of)
{
    for (size_t i = u->begin; i < u->end; i++) {
        const fc_station *t = &s->list.at[i];
        if (is_in_table(t->field))
            continue;
        of[t->field->ordinal].asked++;
        of[t->field->ordinal].last = i;
    }
    for (size_t p = u->from; p < u->to; p++) {
        bool mark = false;
        for (size_t k = s->named[p].first; k < s->named[p].last; k++) {
            const fc_node *n = s->labels.at[k].field;
            if (!of[n->ordinal].asked || !fc_names(s, p, n))
                continue;
            of[n->ordinal].labels++;
            mark = true;
        }
        if (mark)
            FC_PUSH(s->a, &u->marks, p);
    }
}

/* How often the questions are asked that this paragraph can be the label of. */
static size_t asked_at(const fc_search *s, const tally *of, size_t para)
{
    size_t n = 0;
    for (size_t k = s->named[para].first; k < s->named[para].last; k++)
        if (fc_names(s, para, s->labels.at[k].field))
            n += of[s->labels.at[k].field->ordinal].asked;
    return n;
}

/* Is it the label of a question behind station i? Then the one of i is not before it. */
static bool is_later(const fc_search *s, const tally *of, size_t para, size_t i)
{
    for (size_t k = s->named[para].first; k < s->named[para].last; k++) {
        const tally *t = &of[s->labels.at[k].field->ordinal];
        if (t->asked && t->last > i)
            return true;
    }
    return false;
}

static void find_in_run(fc_search *s, run *u, tally *of)
{
    size_t mark = 0;
    count(s, u, of);
    for (size_t i = u->begin; i < u->end; i++) {
        const fc_station *t = &s->list.at[i];
        const tally *mine = &of[t->field->ordinal];
        if (is_in_table(t->field) || !mine->labels)
            continue;
        size_t m = mark;
        while (m < u->marks.n && !fc_names(s, u->marks.at[m], t->field) &&
               !is_later(s, of, u->marks.at[m], i))
            m++;
        if (m == u->marks.n || !fc_names(s, u->marks.at[m], t->field) ||
            asked_at(s, of, u->marks.at[m]) != mine->labels)
            continue;
        size_t label = u->marks.at[m];
        mark = m + 1;
        size_t inside = s->named[label].inside;
        if (!inside) {
            (void)fc_lost_read(s, t, place_of(s, t->field, label, u->to));
            continue;
        }
        fc_str line = s->r->paras.at[label].text;
        fc_str text = fc_str_trim(fc_str_slice(line, inside, line.n));
        s->taken[label] = true;
        if (text.n && t->field->type != FC_CHOICES && !fc_is_empty_word(&s->empty, text))
            add_found(s, t, text);
    }
    for (size_t i = u->begin; i < u->end; i++) /* for the next run */
        of[s->list.at[i].field->ordinal] = (tally){0};
}

void fc_lost_find(fc_search *s)
{
    tally *of = FC_NEW_N(s->a, tally, s->f->fields.n + 1);
    size_t from = 0;
    for (size_t i = 0; i < s->list.n; i++) {
        const fc_station *t = &s->list.at[i];
        if (t->seen) {
            from = t->last + 1 > from ? t->last + 1 : from;
            continue;
        }
        run u = {.begin = i, .from = from};
        while (i < s->list.n && !s->list.at[i].seen)
            i++;
        u.end = i--;
        u.to = u.end < s->list.n ? s->list.at[u.end].first : s->r->paras.n;
        if (u.from < u.to)
            find_in_run(s, &u, of);
    }
}
