/* The body of a Word document (ECMA-376 part 1, clause 17) as one stream of text, in which
 * controls and bookmarks are ranges. So nested controls, bookmarks whose ends an editor moved
 * and text that was typed beside a control all come out of the same few lines, and the time is
 * linear in the size of the file.
 *
 * What counts is what a person sees: text that was struck or moved away by tracked changes,
 * field codes and the alternatives of mc:AlternateContent that are not taken are not in it. */
#include "runtime/returned/docx.h"
#include "runtime/returned/xml.h"

#include <stdlib.h>
#include <string.h>

typedef enum el {
    EL_OTHER,
    EL_P,
    EL_T,
    EL_BREAK,
    EL_TAB,
    EL_HYPHEN,
    EL_SOFT_HYPHEN,
    EL_SYMBOL,
    EL_STRUCK, /* text of tracked changes that is no longer there */
    EL_PUT_IN, /* text of tracked changes that is new */
    EL_UNSEEN, /* field codes, phonetic guides, properties of paragraphs and tables */
    EL_PICTURE,
    EL_RUN_PROPS,
    EL_HIDDEN,
    EL_COMMENT,
    EL_ROW,
    EL_CONTROL,
    EL_CONTROL_PROPS,
    EL_CONTENT,
    EL_TAG,
    EL_BINDING,
    EL_PLACEHOLDER,
    EL_DATE,
    EL_CHECKBOX,
    EL_CHECKED,
    EL_ITEM,
    EL_SECTION, /* a control round other controls */
    EL_MARK_START,
    EL_MARK_END,
    EL_ALTERNATE,
    EL_CHOICE,
    EL_FALLBACK
} el;

enum { NS_W, NS_W14, NS_W15, NS_MC, NS_MATH, NS_COUNT };

static const char *const spaces[NS_COUNT][2] = {
    {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
     "http://purl.oclc.org/ooxml/wordprocessingml/main"},
    {"http://schemas.microsoft.com/office/word/2010/wordml", ""},
    {"http://schemas.microsoft.com/office/word/2012/wordml", ""},
    {"http://schemas.openxmlformats.org/markup-compatibility/2006", ""},
    {"http://schemas.openxmlformats.org/officeDocument/2006/math",
     "http://purl.oclc.org/ooxml/officeDocument/math"}};

static const struct {
    unsigned char ns;
    const char *name;
    el el;
} names[] = {
    {NS_W, "p", EL_P},
    {NS_W, "t", EL_T},
    {NS_MATH, "t", EL_T},
    {NS_W, "br", EL_BREAK},
    {NS_W, "cr", EL_BREAK},
    {NS_W, "tab", EL_TAB},
    {NS_W, "ptab", EL_TAB},
    {NS_W, "noBreakHyphen", EL_HYPHEN},
    {NS_W, "softHyphen", EL_SOFT_HYPHEN},
    {NS_W, "sym", EL_SYMBOL},
    {NS_W, "del", EL_STRUCK},
    {NS_W, "moveFrom", EL_STRUCK},
    {NS_W, "delText", EL_STRUCK},
    {NS_W, "ins", EL_PUT_IN},
    {NS_W, "moveTo", EL_PUT_IN},
    {NS_W, "instrText", EL_UNSEEN},
    {NS_W, "delInstrText", EL_UNSEEN},
    {NS_W, "rt", EL_UNSEEN},
    {NS_W, "pPr", EL_UNSEEN},
    {NS_W, "tblPr", EL_UNSEEN},
    {NS_W, "tblGrid", EL_UNSEEN},
    {NS_W, "trPr", EL_UNSEEN},
    {NS_W, "tcPr", EL_UNSEEN},
    {NS_W, "sectPr", EL_UNSEEN},
    {NS_W, "drawing", EL_PICTURE},
    {NS_W, "pict", EL_PICTURE},
    {NS_W, "object", EL_PICTURE},
    {NS_W, "rPr", EL_RUN_PROPS},
    {NS_W, "vanish", EL_HIDDEN},
    {NS_W, "commentReference", EL_COMMENT},
    {NS_W, "commentRangeStart", EL_COMMENT},
    {NS_W, "tr", EL_ROW},
    {NS_W, "sdt", EL_CONTROL},
    {NS_W, "sdtPr", EL_CONTROL_PROPS},
    {NS_W, "sdtEndPr", EL_UNSEEN},
    {NS_W, "sdtContent", EL_CONTENT},
    {NS_W, "tag", EL_TAG},
    {NS_W, "dataBinding", EL_BINDING},
    {NS_W15, "dataBinding", EL_BINDING},
    {NS_W, "showingPlcHdr", EL_PLACEHOLDER},
    {NS_W, "date", EL_DATE},
    {NS_W14, "checkbox", EL_CHECKBOX},
    {NS_W14, "checked", EL_CHECKED},
    {NS_W15, "repeatingSectionItem", EL_ITEM},
    {NS_W15, "repeatingSection", EL_SECTION},
    {NS_W, "group", EL_SECTION},
    {NS_W, "bookmarkStart", EL_MARK_START},
    {NS_W, "bookmarkEnd", EL_MARK_END},
    {NS_MC, "AlternateContent", EL_ALTERNATE},
    {NS_MC, "Choice", EL_CHOICE},
    {NS_MC, "Fallback", EL_FALLBACK},
};

#define DEPTH_MAX 256       /* what the guard lets through */
#define CONTROLS_MAX 200000 /* a form of 5,000 fields with all its rows has far fewer */
#define IDENTITY_MAX 1024   /* bytes of a tag, path or name of ours */
#define CACHED 256

typedef struct piece { /* in the stream `words` */
    uint32_t at, n;
} piece;

typedef struct control {
    piece tag, xpath, date;
    size_t begin, end;    /* of its text in the stream */
    uint32_t first, last; /* numbers of its first and last element, for what it is round */
    uint32_t row;
    fc_tick tick;
    bool placeholder, is_box, is_item, is_round_others, closed;
} control;

typedef struct bookmark {
    piece name, id;
    size_t begin, end;
    uint32_t first, last, row;
    bool closed;
} bookmark;

typedef struct bookmark_end {
    piece id;
    size_t at;
    uint32_t number;
} bookmark_end;

typedef struct para {
    size_t end; /* it begins where the one before ends */
    uint32_t row;
} para;

typedef struct remark {
    size_t at;
    unsigned with;
} remark;

typedef struct open_element {
    el el;
    bool taken;       /* AlternateContent: an alternative was */
    uint32_t row;     /* before this one */
    uint32_t control; /* EL_CONTROL: its number */
} open_element;

typedef struct body {
    fc_buf text, words;                               /* what is shown; tags and names */
    fc_buf controls, bookmarks, ends, remarks, paras; /* arrays of the structs above */
    open_element open[DEPTH_MAX + 1];
    size_t depth;
    size_t skip;     /* inside something that does not count: how deep */
    size_t after_p;  /* the end of the stream behind the last paragraph */
    uint32_t number; /* elements so far */
    uint32_t row, rows;
    size_t row_depth;
    bool in_text, after_text, too_much; /* after_text: a w:t has just ended */
    struct {
        const char *local, *uri;
        el el;
    } cache[CACHED]; /* names are the same pointers throughout a walk */
} body;

static void release(void *data)
{
    body *b = data;
    fc_buf *const all[] = {&b->text, &b->words,   &b->controls, &b->bookmarks,
                           &b->ends, &b->remarks, &b->paras};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        fc_buf_release(all[i]);
}

static el find_el(const char *local, const char *uri)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, local) == 0 && (strcmp(spaces[names[i].ns][0], uri) == 0 ||
                                                  strcmp(spaces[names[i].ns][1], uri) == 0))
            return names[i].el;
    return EL_OTHER;
}

static el element(body *b, const char *local, const char *uri)
{
    size_t k = ((uintptr_t)local >> 2 ^ (uintptr_t)uri >> 5) % CACHED;
    if (b->cache[k].local != local || b->cache[k].uri != uri) {
        b->cache[k].el = find_el(local, uri);
        b->cache[k].local = local;
        b->cache[k].uri = uri;
    }
    return b->cache[k].el;
}

static piece keep(body *b, fc_str s)
{
    piece p = {(uint32_t)b->words.n, (uint32_t)s.n};
    if (s.n > IDENTITY_MAX)
        return (piece){0}; /* none of ours */
    fc_buf_add(&b->words, s.p, s.n);
    return p;
}

static fc_str word(const body *b, piece p)
{
    return (fc_str){b->words.p ? b->words.p + p.at : "", p.n};
}

static void remark_here(body *b, unsigned with)
{
    const remark r = {b->text.n, with};
    fc_buf_add(&b->remarks, &r, sizeof r);
}

/* The control whose properties or content we are in. */
static control *current(body *b)
{
    for (size_t i = b->depth; i-- > 0;)
        if (b->open[i].el == EL_CONTROL)
            return b->open[i].control < b->controls.n / sizeof(control)
                       ? (control *)(void *)b->controls.p + b->open[i].control
                       : NULL;
    return NULL;
}

static bool is_on(fc_str value)
{
    return !fc_str_eq_z(value, "0") && !fc_str_eq_z(value, "false") &&
           !fc_str_eq_z(value, "off");
}

static void put_symbol(body *b, const fc_walk_attrs *attrs)
{
    char utf8[4], hex[9];
    fc_str s = fc_walk_attr(attrs, "char");
    if (!s.n || s.n >= sizeof hex)
        return;
    memcpy(hex, s.p, s.n);
    hex[s.n] = '\0';
    unsigned long c = strtoul(hex, NULL, 16);
    remark_here(b, FC_WITH_SYMBOL);
    if (c <= 0x10FFFF && fc_xml_char((uint32_t)c))
        fc_buf_add(&b->text, utf8, fc_utf8_put(utf8, (uint32_t)c));
}

static void start_control(body *b)
{
    const control c = {.first = b->number, .begin = b->text.n, .end = b->text.n, .row = b->row};
    b->open[b->depth - 1].control = (uint32_t)(b->controls.n / sizeof c);
    b->too_much |= b->controls.n / sizeof c >= CONTROLS_MAX;
    if (!b->too_much)
        fc_buf_add(&b->controls, &c, sizeof c);
}

/* "f12" or "f12_2": the others are the business of editors and of people. */
static bool is_ours(fc_str name)
{
    size_t i = 1, digits = 0, parts = 1;
    if (!name.n || name.n > 24 || name.p[0] != 'f')
        return false;
    for (; i < name.n; i++) {
        if (name.p[i] >= '0' && name.p[i] <= '9')
            digits++;
        else if (name.p[i] == '_' && digits && parts++ == 1)
            digits = 0;
        else
            return false;
    }
    return digits > 0;
}

static void start_bookmark(body *b, const fc_walk_attrs *attrs)
{
    bookmark m = {.first = b->number, .begin = b->text.n, .row = b->row};
    if (!is_ours(fc_walk_attr(attrs, "name")))
        return;
    m.name = keep(b, fc_walk_attr(attrs, "name"));
    m.id = keep(b, fc_walk_attr(attrs, "id"));
    b->too_much |= b->bookmarks.n / sizeof m >= CONTROLS_MAX;
    if (!b->too_much)
        fc_buf_add(&b->bookmarks, &m, sizeof m);
}

static void end_bookmark(body *b, const fc_walk_attrs *attrs)
{
    bookmark_end e = {.at = b->text.n, .number = b->number};
    e.id = keep(b, fc_walk_attr(attrs, "id"));
    b->too_much |= b->ends.n / sizeof e >= CONTROLS_MAX;
    if (!b->too_much)
        fc_buf_add(&b->ends, &e, sizeof e);
}

/* What a control says about itself. */
static void property(body *b, el e, const fc_walk_attrs *attrs)
{
    control *c = current(b);
    if (!c)
        return;
    if (e == EL_TAG)
        c->tag = keep(b, fc_walk_attr(attrs, "val"));
    else if (e == EL_BINDING && !c->xpath.n)
        c->xpath = keep(b, fc_walk_attr(attrs, "xpath"));
    else if (e == EL_PLACEHOLDER)
        c->placeholder = is_on(fc_walk_attr(attrs, "val"));
    else if (e == EL_DATE)
        c->date = keep(b, fc_str_slice(fc_walk_attr(attrs, "fullDate"), 0, 10));
    else if (e == EL_CHECKBOX)
        c->is_box = true;
    else if (e == EL_CHECKED)
        c->tick = is_on(fc_walk_attr(attrs, "val")) ? FC_TICKED : FC_UNTICKED;
    else if (e == EL_ITEM)
        c->is_item = c->is_round_others = true;
    else if (e == EL_SECTION)
        c->is_round_others = true;
}

static bool in_props(const body *b)
{
    for (size_t i = b->depth; i-- > 0;) {
        if (b->open[i].el == EL_CONTROL_PROPS)
            return true;
        if (b->open[i].el == EL_CONTENT || b->open[i].el == EL_P)
            return false;
    }
    return false;
}

/* A row of a table, or an item of a repeating section, which may be more than one row. */
static void start_row(body *b)
{
    b->row = ++b->rows;
}

static void start_content(body *b)
{
    control *c = current(b);
    if (!c)
        return;
    c->begin = b->text.n;
    if (c->is_item) {
        start_row(b);
        b->row_depth = b->depth;
    }
}

static void on_start(void *data, const char *local, const char *uri, const fc_walk_attrs *attrs)
{
    body *b = data;
    b->number++;
    if (b->skip > 0) {
        b->skip++;
        return;
    }
    el e = element(b, local, uri);
    if (e == EL_T && b->after_text)
        remark_here(b, FC_WITH_LOST_BREAK);
    b->after_text = false;
    el in = b->depth ? b->open[b->depth - 1].el : EL_OTHER;
    if (in == EL_RUN_PROPS) {
        if (e == EL_HIDDEN && is_on(fc_walk_attr(attrs, "val")))
            remark_here(b, FC_WITH_HIDDEN);
        b->skip = 1;
        return;
    }
    if (e == EL_STRUCK)
        remark_here(b, FC_WITH_CHANGES);
    if (e == EL_PICTURE)
        remark_here(b, FC_WITH_PICTURE);
    bool passed_over = (e == EL_CHOICE || e == EL_FALLBACK) && in == EL_ALTERNATE &&
                       b->open[b->depth - 1].taken;
    if (e == EL_STRUCK || e == EL_UNSEEN || e == EL_PICTURE || passed_over ||
        b->depth > DEPTH_MAX) {
        b->skip = 1;
        return;
    }
    if (in == EL_ALTERNATE)
        b->open[b->depth - 1].taken = true;
    b->open[b->depth++] = (open_element){.el = e, .row = b->row};
    switch (e) {
    case EL_T:
        b->in_text = true;
        break;
    case EL_BREAK:
        fc_buf_char(&b->text, '\n');
        break;
    case EL_TAB:
        fc_buf_char(&b->text, '\t');
        break;
    case EL_HYPHEN:
        fc_buf_z(&b->text, "\xE2\x80\x91");
        break;
    case EL_SOFT_HYPHEN:
        fc_buf_z(&b->text, "\xC2\xAD");
        break;
    case EL_SYMBOL:
        put_symbol(b, attrs);
        break;
    case EL_PUT_IN:
        remark_here(b, FC_WITH_CHANGES);
        break;
    case EL_COMMENT:
        remark_here(b, FC_WITH_COMMENT);
        break;
    case EL_ROW:
        if (!b->row_depth)
            start_row(b);
        break;
    case EL_CONTROL:
        start_control(b);
        break;
    case EL_CONTENT:
        start_content(b);
        break;
    case EL_MARK_START:
        start_bookmark(b, attrs);
        break;
    case EL_MARK_END:
        end_bookmark(b, attrs);
        break;
    default:
        if (in_props(b))
            property(b, e, attrs);
        break;
    }
}

static void end_control(body *b, uint32_t number)
{
    if (b->too_much || b->text.failed || b->controls.failed)
        return;
    control *c = (control *)(void *)b->controls.p + number;
    c->last = ++b->number;
    c->closed = true;
    c->end = b->text.n;
    if (c->end > c->begin && c->end == b->after_p)
        c->end--; /* the end of a paragraph is the end of a line, not a line of its own */
}

static void on_end(void *data)
{
    body *b = data;
    if (b->skip > 0) {
        b->skip--;
        return;
    }
    open_element o = b->open[--b->depth];
    /* LibreOffice 7 ends a w:t where text has a line feed and begins another; nobody else does.
     */
    b->after_text = o.el == EL_T;
    if (o.el == EL_T)
        b->in_text = false;
    if (o.el == EL_P) {
        fc_buf_char(&b->text, '\n');
        b->after_p = b->text.n;
        const para p = {b->text.n, b->row};
        fc_buf_add(&b->paras, &p, sizeof p);
    }
    if (o.el == EL_CONTROL)
        end_control(b, o.control);
    if (b->row_depth == b->depth + 1)
        b->row_depth = 0;
    if (o.el == EL_ROW || o.el == EL_CONTENT)
        b->row = o.row;
}

static void on_text(void *data, const char *p, size_t n)
{
    body *b = data;
    if (b->in_text && b->skip == 0)
        fc_buf_add(&b->text, p, n);
}

/* ---- what was found ------------------------------------------------------------------ */

#define COUNT(buf, T) ((buf).n / sizeof(T))
#define ITEMS(buf, T) ((T *)(void *)(buf).p)

/* qsort cannot be told whose words these are; reading is one at a time. */
static const body *sorted;

static int by_id(const void *x, const void *y)
{
    const bookmark *a = x, *b = y;
    int order = fc_str_cmp(word(sorted, a->id), word(sorted, b->id));
    return order ? order : (a->first > b->first) - (a->first < b->first);
}

static int ends_by_id(const void *x, const void *y)
{
    const bookmark_end *a = x, *b = y;
    int order = fc_str_cmp(word(sorted, a->id), word(sorted, b->id));
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static int by_first(const void *x, const void *y)
{
    const bookmark *a = x, *b = y;
    return (a->first > b->first) - (a->first < b->first);
}

/* Gives each bookmark the first end of its id behind its start (17.13.6). */
static void close_bookmarks(body *b)
{
    size_t n = COUNT(b->bookmarks, bookmark), n_ends = COUNT(b->ends, bookmark_end), k = 0;
    bookmark *m = ITEMS(b->bookmarks, bookmark);
    bookmark_end *e = ITEMS(b->ends, bookmark_end);
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

static unsigned remarks_in(const body *b, size_t begin, size_t end)
{
    const remark *r = ITEMS(b->remarks, remark);
    size_t low = 0, high = COUNT(b->remarks, remark);
    unsigned with = 0;
    while (low < high) { /* the first at or behind begin */
        size_t middle = low + (high - low) / 2;
        if (r[middle].at < begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < COUNT(b->remarks, remark) && r[i].at <= end && with != 31; i++)
        with |= r[i].with;
    return with;
}

static fc_str shown_text(fc_arena *a, const body *b, size_t begin, size_t end)
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
static const bookmark *mark_of(const body *b, const control *c, size_t *from, bool *others)
{
    const bookmark *m = ITEMS(b->bookmarks, bookmark), *found = NULL;
    size_t n = COUNT(b->bookmarks, bookmark);
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

static fc_tick ticked(fc_str text, fc_tick said)
{
    static const char *const on[] = {"\xE2\x98\x92",
                                     "\xE2\x98\x91",
                                     "\xE2\x9C\x93",
                                     "\xE2\x9C\x94",
                                     "\xE2\x9C\x97",
                                     "\xE2\x9C\x98",
                                     "x",
                                     "X",
                                     NULL};
    fc_str glyph = fc_str_trim(text);
    for (size_t i = 0; on[i]; i++)
        if (fc_str_eq_z(glyph, on[i]))
            return FC_TICKED;
    return fc_str_eq_z(glyph, "\xE2\x98\x90") ? FC_UNTICKED : said;
}

/* The first paragraph that ends behind this byte of the stream. */
static uint32_t para_at(const body *b, size_t at)
{
    const para *p = ITEMS(b->paras, para);
    size_t low = 0, high = COUNT(b->paras, para);
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
static void collect_paras(fc_arena *a, const body *b, fc_returned *out)
{
    const control *c = ITEMS(b->controls, control);
    const bookmark *m = ITEMS(b->bookmarks, bookmark);
    size_t ci = 0, mi = 0, inside = 0; /* inside: the end of all ranges that have begun */
    size_t nc = COUNT(b->controls, control), nm = COUNT(b->bookmarks, bookmark), at = 0;
    for (size_t i = 0; i < COUNT(b->paras, para); i++) {
        const para *p = ITEMS(b->paras, para) + i;
        fc_para_seen s = {.row = p->row, .place = inside > at};
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

/* Where the text of a bookmark ends. LibreOffice 7 writes the control of a text once more for
 * each part of it in another script, one behind the other and each with the whole text at its
 * end: then the first of them is the text. */
static size_t end_of_text(const body *b, const bookmark *m, size_t *from)
{
    const control *c = ITEMS(b->controls, control), *first = NULL;
    size_t n = COUNT(b->controls, control), end = 0;
    while (*from < n && c[*from].begin < m->begin)
        (*from)++;
    for (size_t i = *from; i < n && c[i].begin < m->end; i++) {
        if (!c[i].closed || c[i].end > m->end)
            continue;
        if (!first) {
            first = &c[i];
            end = first->end;
            continue;
        }
        size_t whole = first->end - first->begin;
        if (!whole || c[i].begin != end || c[i].end - c[i].begin < whole ||
            memcmp(b->text.p + c[i].end - whole, b->text.p + first->begin, whole) != 0)
            return m->end;
        end = c[i].end;
    }
    return first && end == m->end ? first->end : m->end;
}

static void collect(fc_arena *a, body *b, fc_returned *out)
{
    size_t from = 0, from_control = 0;
    close_bookmarks(b);
    const control *c = ITEMS(b->controls, control);
    for (size_t i = 0; i < COUNT(b->controls, control); i++, c++) {
        if (c->is_round_others)
            continue; /* also when there is one answer only in it */
        /* LibreOffice puts controls of its own making round several paragraphs: a place never
         * holds other places, and without a tag the bookmark says all there is to know. */
        bool others = false;
        const bookmark *m = c->closed ? mark_of(b, c, &from, &others) : NULL;
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
        s.tick = ticked(s.text, c->is_box ? c->tick : FC_NO_BOX);
        FC_PUSH(a, &out->seen, s);
    }
    const bookmark *m = ITEMS(b->bookmarks, bookmark);
    for (size_t i = 0; i < COUNT(b->bookmarks, bookmark); i++, m++) {
        bool holds_next = i + 1 < COUNT(b->bookmarks, bookmark) && m[1].closed &&
                          m[1].last < m->last &&
                          !fc_str_eq(word(b, m[1].name), word(b, m->name));
        if (!m->closed || holds_next)
            continue;
        size_t end = end_of_text(b, m, &from_control);
        fc_seen s = {.channel = FC_BOOKMARK,
                     .name = fc_str_copy(a, word(b, m->name)),
                     .text = shown_text(a, b, m->begin, end),
                     .with = remarks_in(b, m->begin, end),
                     .row = m->row,
                     .para = para_at(b, m->begin)};
        s.tick = ticked(s.text, FC_NO_BOX);
        FC_PUSH(a, &out->seen, s);
    }
    collect_paras(a, b, out);
    const remark *r = ITEMS(b->remarks, remark);
    for (size_t i = 0; i < COUNT(b->remarks, remark); i++) {
        out->about |= r[i].with & FC_WITH_CHANGES ? FC_FILE_CHANGES : 0u;
        out->about |= r[i].with & FC_WITH_COMMENT ? FC_FILE_COMMENTS : 0u;
    }
}

fc_refusal fc_docx_body(fc_arena *a, fc_str document, fc_returned *out)
{
    static const fc_walk walk = {on_start, on_end, on_text};
    body *b = FC_NEW(a, body);
    fc_buf *const all[] = {&b->text, &b->words,   &b->controls, &b->bookmarks,
                           &b->ends, &b->remarks, &b->paras};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        fc_buf_init(all[i], FC_BUF_MAX);
    fc_arena_defer(a, release, b);
    fc_walk_verdict v = fc_xml_walk(a, document, &walk, b);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->failed)
            fc_arena_give_up(a);
    if (v != FC_WALKED)
        return v == FC_WALK_REFUSED ? FC_DOCTYPE : FC_BROKEN;
    if (b->too_much || b->text.n > FC_RETURNED_TEXT_MAX)
        return FC_TOO_LARGE;
    collect(a, b, out);
    return FC_READS;
}
