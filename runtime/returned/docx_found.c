/* What is made of the stream of a document: which control and which bookmark has which text. */
#include "runtime/returned/docx_body.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(buf, T) ((buf).n / sizeof(T))
#define ITEMS(buf, T) ((T *)(void *)(buf).p)

static fc_str word(const fc_docx_stream *b, fc_docx_piece p)
{
    return (fc_str){b->words.p ? b->words.p + p.at : "", p.n};
}

/* qsort cannot be told whose words these are; reading is one at a time. */
static const fc_docx_stream *sorted;

static int by_id(const void *x, const void *y)
{
    const fc_docx_bookmark *a = x, *b = y;
    int order = fc_str_cmp(word(sorted, a->id), word(sorted, b->id));
    return order ? order : (a->first > b->first) - (a->first < b->first);
}

static int ends_by_id(const void *x, const void *y)
{
    const fc_docx_end *a = x, *b = y;
    int order = fc_str_cmp(word(sorted, a->id), word(sorted, b->id));
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static int by_first(const void *x, const void *y)
{
    const fc_docx_bookmark *a = x, *b = y;
    return (a->first > b->first) - (a->first < b->first);
}

/* Gives each bookmark the first end of its id behind its start (17.13.6). */
static void close_bookmarks(fc_docx_stream *b)
{
    size_t n = COUNT(b->bookmarks, fc_docx_bookmark), n_ends = COUNT(b->ends, fc_docx_end),
           k = 0;
    fc_docx_bookmark *m = ITEMS(b->bookmarks, fc_docx_bookmark);
    fc_docx_end *e = ITEMS(b->ends, fc_docx_end);
    if (!n || !n_ends)
        return;
    sorted = b;
    qsort(m, n, sizeof *m, by_id);
    qsort(e, n_ends, sizeof *e, ends_by_id);
    for (size_t i = 0; i < n; i++) {
        while (k < n_ends) {
            int order = fc_str_cmp(word(b, e[k].id), word(b, m[i].id));
            if (order > 0 || (order == 0 && e[k].number > m[i].first))
                break;
            k++;
        }
        if (k == n_ends || !fc_str_eq(word(b, e[k].id), word(b, m[i].id)))
            continue;
        m[i].end = e[k].at;
        m[i].last = e[k].number;
        m[i].closed = true;
        if (m[i].end > m[i].begin && b->text.p[m[i].end - 1] == '\n' && m[i].end == b->after_p)
            m[i].end--;
    }
    qsort(m, n, sizeof *m, by_first);
}

enum { /* all that a walk remarks */
       REMARKS = FC_WITH_CHANGES | FC_WITH_COMMENT | FC_WITH_HIDDEN | FC_WITH_PICTURE |
                 FC_WITH_SYMBOL | FC_WITH_LOST_BREAK
};

static unsigned remarks_in(const fc_docx_stream *b, size_t begin, size_t end)
{
    const fc_docx_remark *r = ITEMS(b->remarks, fc_docx_remark);
    size_t low = 0, high = COUNT(b->remarks, fc_docx_remark);
    unsigned with = 0;
    while (low < high) { /* the first at or behind begin */
        size_t middle = low + (high - low) / 2;
        if (r[middle].at < begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low;
         i < COUNT(b->remarks, fc_docx_remark) && r[i].at <= end && with != REMARKS; i++)
        with |= r[i].with;
    return with;
}

static fc_str shown_text(fc_arena *a, const fc_docx_stream *b, size_t begin, size_t end)
{
    return end > begin ? fc_str_copy(a, (fc_str){b->text.p + begin, end - begin}) : (fc_str){0};
}

/* "/f:answers[1]/f:who.name[1]": the name of the last step without its prefix and number. */
static fc_str last_step(fc_str xpath)
{
    size_t begin = xpath.n, end;
    while (begin > 0 && xpath.p[begin - 1] != '/' && xpath.p[begin - 1] != ':')
        begin--;
    for (end = begin; end < xpath.n && xpath.p[end] != '[';)
        end++;
    return fc_str_slice(xpath, begin, end);
}

/* Which bookmark is round a control, or in it, where LibreOffice moves its start; *others: it
 * shares elements with more than one. Both lists are in the order of the document. */
static const fc_docx_bookmark *mark_of(const fc_docx_stream *b, const fc_docx_control *c,
                                       size_t *from, bool *others)
{
    const fc_docx_bookmark *m = ITEMS(b->bookmarks, fc_docx_bookmark), *found = NULL;
    size_t n = COUNT(b->bookmarks, fc_docx_bookmark);
    *others = false;
    while (*from < n && (!m[*from].closed || m[*from].last < c->first))
        (*from)++;
    for (size_t i = *from; i < n && m[i].first <= c->last; i++) {
        if (!m[i].closed || m[i].last < c->first)
            continue;
        *others |= found && !fc_str_eq(word(b, found->name), word(b, m[i].name));
        if (!found || m[i].last - m[i].first < found->last - found->first)
            found = &m[i];
    }
    return found;
}

/* The first paragraph that ends behind this byte of the stream. */
static uint32_t para_at(const fc_docx_stream *b, size_t at)
{
    const fc_docx_para *p = ITEMS(b->paras, fc_docx_para);
    size_t low = 0, high = COUNT(b->paras, fc_docx_para);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* The paragraphs without what stands in places: the ranges of controls and of bookmarks. */
static void collect_paras(fc_arena *a, const fc_docx_stream *b, fc_returned *out)
{
    const fc_docx_control *c = ITEMS(b->controls, fc_docx_control);
    const fc_docx_bookmark *m = ITEMS(b->bookmarks, fc_docx_bookmark);
    size_t ci = 0, mi = 0, inside = 0; /* inside: the end of all ranges that have begun */
    size_t nc = COUNT(b->controls, fc_docx_control), nm = COUNT(b->bookmarks, fc_docx_bookmark),
           at = 0;
    for (size_t i = 0; i < COUNT(b->paras, fc_docx_para); i++) {
        const fc_docx_para *p = ITEMS(b->paras, fc_docx_para) + i;
        fc_para_seen s = {.row = p->row, .cell = p->cell, .place = inside > at};
        char *text = fc_arena_alloc(a, p->end - at + 1);
        for (; at < p->end; at++) {
            for (; ci < nc && c[ci].begin <= at; ci++)
                if (c[ci].closed && (c[ci].tag.n || c[ci].xpath.n)) {
                    s.place = true;
                    inside = c[ci].end > inside ? c[ci].end : inside;
                }
            for (; mi < nm && m[mi].begin <= at; mi++)
                if (m[mi].closed) {
                    s.place = true;
                    inside = m[mi].end > inside ? m[mi].end : inside;
                }
            if (at >= inside)
                text[s.text.n++] = b->text.p[at];
        }
        s.text.p = text;
        s.text = fc_str_trim(s.text);
        FC_PUSH(a, &out->paras, s);
    }
}

static fc_str control_text(const fc_docx_stream *b, const fc_docx_control *c)
{
    return (fc_str){b->text.p + c->begin, c->end - c->begin};
}

static bool holds(fc_str s, fc_str part)
{
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (memcmp(s.p + i, part.p, part.n) == 0)
            return true;
    return false;
}

/* LibreOffice 7 writes the control of a text once more for each part of it in another script,
 * one behind the other and each with the whole text at its end: then the first of them is the
 * text. Is c, which begins where the one before it ended, such a one? *more: what it has in
 * front of the text. */
static bool says_again(const fc_docx_stream *b, const fc_docx_control *first,
                       const fc_docx_control *c, fc_str *more)
{
    const fc_str whole = control_text(b, first), text = control_text(b, c);
    if (!whole.n || text.n < whole.n)
        return false;
    *more = fc_str_slice(text, 0, text.n - whole.n);
    return memcmp(text.p + more->n, whole.p, whole.n) == 0;
}

/* The same of a control that stands for itself, in no bookmark: what it has in front has to be
 * a part of the text, as LibreOffice puts it there. People may have typed anything else. */
static bool is_repeated(const fc_docx_stream *b, const fc_docx_control *first,
                        const fc_docx_control *c)
{
    fc_str more;
    return fc_str_eq(word(b, first->tag), word(b, c->tag)) &&
           fc_str_eq(word(b, first->xpath), word(b, c->xpath)) &&
           says_again(b, first, c, &more) && holds(control_text(b, first), more);
}

/* Where the text of a bookmark ends. After LibreOffice has saved twice, what its copies have in
 * front need not be a part of the text; so it may have been typed there, and *odd is set. */
static size_t end_of_text(const fc_docx_stream *b, const fc_docx_bookmark *m, size_t *from,
                          bool *odd)
{
    const fc_docx_control *c = ITEMS(b->controls, fc_docx_control), *first = NULL;
    size_t n = COUNT(b->controls, fc_docx_control), end = 0;
    fc_str more;
    bool strange = false;
    *odd = false;
    while (*from < n && c[*from].begin < m->begin)
        (*from)++;
    for (size_t i = *from; i < n && c[i].begin < m->end; i++) {
        if (!c[i].closed || c[i].end > m->end)
            continue;
        if (!first)
            first = &c[i];
        else if (c[i].begin != end || !says_again(b, first, &c[i], &more))
            return m->end;
        else
            strange |= !holds(control_text(b, first), more);
        end = c[i].end;
    }
    *odd = strange && end == m->end;
    return first && end == m->end ? first->end : m->end;
}

void fc_docx_collect(fc_arena *a, fc_docx_stream *b, fc_returned *out)
{
    size_t from = 0, from_control = 0;
    close_bookmarks(b);
    const fc_docx_control *c = ITEMS(b->controls, fc_docx_control), *first = NULL;
    size_t end_of_last = 0;
    for (size_t i = 0; i < COUNT(b->controls, fc_docx_control); i++, c++) {
        if (c->is_round_others)
            continue; /* also when there is one answer only in it */
        if (first && c->closed && c->begin == end_of_last && is_repeated(b, first, c)) {
            end_of_last = c->end;
            continue;
        }
        first = c->closed ? c : NULL;
        end_of_last = c->end;
        /* LibreOffice puts controls of its own making round several paragraphs: a place never
         * holds other places, and without a tag the bookmark says all there is to know. */
        bool others = false;
        const fc_docx_bookmark *m = c->closed ? mark_of(b, c, &from, &others) : NULL;
        if (!c->closed || others || (!c->tag.n && !c->xpath.n))
            continue;
        fc_seen s = {.channel = FC_SHOWN,
                     .path = fc_str_copy(a, word(b, c->tag)),
                     .key = fc_str_copy(a, last_step(word(b, c->xpath))),
                     .name = m ? fc_str_copy(a, word(b, m->name)) : (fc_str){0},
                     .text = shown_text(a, b, c->begin, c->end),
                     .date = fc_str_copy(a, word(b, c->date)),
                     .placeholder = c->placeholder,
                     .with = remarks_in(b, c->begin, c->end),
                     .row = c->row,
                     .para = para_at(b, c->begin)};
        s.tick = fc_tick_of(s.text, c->is_box ? c->tick : FC_NO_BOX);
        FC_PUSH(a, &out->seen, s);
    }
    const fc_docx_bookmark *m = ITEMS(b->bookmarks, fc_docx_bookmark);
    for (size_t i = 0; i < COUNT(b->bookmarks, fc_docx_bookmark); i++, m++) {
        bool holds_next = i + 1 < COUNT(b->bookmarks, fc_docx_bookmark) && m[1].closed &&
                          m[1].last < m->last &&
                          !fc_str_eq(word(b, m[1].name), word(b, m->name));
        if (!m->closed || holds_next)
            continue;
        bool odd;
        size_t end = end_of_text(b, m, &from_control, &odd);
        fc_seen s = {.channel = FC_BOOKMARK,
                     .name = fc_str_copy(a, word(b, m->name)),
                     .text = shown_text(a, b, m->begin, end),
                     .with = remarks_in(b, m->begin, end) | (odd ? FC_WITH_LOST_BREAK : 0u),
                     .row = m->row,
                     .para = para_at(b, m->begin)};
        s.tick = fc_tick_of(s.text, FC_NO_BOX);
        FC_PUSH(a, &out->seen, s);
    }
    collect_paras(a, b, out);
    const fc_docx_remark *r = ITEMS(b->remarks, fc_docx_remark);
    for (size_t i = 0; i < COUNT(b->remarks, fc_docx_remark); i++) {
        out->about |= r[i].with & FC_WITH_CHANGES ? FC_FILE_CHANGES : 0u;
        out->about |= r[i].with & FC_WITH_COMMENT ? FC_FILE_COMMENTS : 0u;
    }
}
