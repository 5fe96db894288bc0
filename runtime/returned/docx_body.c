/* The body of a Word document (ECMA-376 part 1, clause 17) as one stream of text, in which
 * controls and bookmarks are ranges. So nested controls, bookmarks whose ends an editor moved
 * and text that was typed beside a control all come out of the same few lines, and the time is
 * linear in the size of the file.
 *
 * What counts is what a person sees: text that was struck or moved away by tracked changes,
 * field codes and the alternatives of mc:AlternateContent that are not taken are not in it. */
#include "runtime/returned/docx_body.h"
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
    EL_CELL,
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
    {NS_W, "tc", EL_CELL},
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

typedef struct open_element {
    el el;
    bool taken;         /* AlternateContent: an alternative was */
    uint32_t row, cell; /* before this one */
    uint32_t control;   /* EL_CONTROL: its number */
} open_element;

typedef struct body {
    fc_docx_stream s;
    open_element open[DEPTH_MAX + 1];
    size_t depth;
    size_t skip;                     /* inside something that does not count: how deep */
    uint32_t number;                 /* elements so far */
    uint32_t row, rows, cell, cells; /* cells: of this row so far */
    size_t row_depth;
    bool in_text, after_text, too_much; /* after_text: a w:t has just ended */
    struct {
        const char *local, *uri;
        el el;
    } cache[CACHED]; /* names are the same pointers throughout a walk */
} body;

enum { STREAMS = 7 };

static void streams(body *b, fc_buf *all[STREAMS])
{
    fc_docx_stream *s = &b->s;
    fc_buf *const list[STREAMS] = {&s->text, &s->words,   &s->controls, &s->bookmarks,
                                   &s->ends, &s->remarks, &s->paras};
    memcpy(all, list, sizeof list);
}

static void release(void *data)
{
    fc_buf *all[STREAMS];
    streams(data, all);
    for (size_t i = 0; i < STREAMS; i++)
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

static fc_docx_piece keep(body *b, fc_str s)
{
    fc_docx_piece p = {(uint32_t)b->s.words.n, (uint32_t)s.n};
    if (s.n > IDENTITY_MAX)
        return (fc_docx_piece){0}; /* none of ours */
    fc_buf_add(&b->s.words, s.p, s.n);
    return p;
}

static void remark_here(body *b, unsigned with)
{
    const fc_docx_remark r = {b->s.text.n, with};
    fc_buf_add(&b->s.remarks, &r, sizeof r);
}

/* The control whose properties or content we are in. */
static fc_docx_control *current(body *b)
{
    for (size_t i = b->depth; i-- > 0;)
        if (b->open[i].el == EL_CONTROL)
            return b->open[i].control < b->s.controls.n / sizeof(fc_docx_control)
                       ? (fc_docx_control *)(void *)b->s.controls.p + b->open[i].control
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
        fc_buf_add(&b->s.text, utf8, fc_utf8_put(utf8, (uint32_t)c));
}

static void start_control(body *b)
{
    const fc_docx_control c = {
        .first = b->number, .begin = b->s.text.n, .end = b->s.text.n, .row = b->row};
    b->open[b->depth - 1].control = (uint32_t)(b->s.controls.n / sizeof c);
    b->too_much |= b->s.controls.n / sizeof c >= CONTROLS_MAX;
    if (!b->too_much)
        fc_buf_add(&b->s.controls, &c, sizeof c);
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
    fc_docx_bookmark m = {.first = b->number, .begin = b->s.text.n, .row = b->row};
    if (!is_ours(fc_walk_attr(attrs, "name")))
        return;
    m.name = keep(b, fc_walk_attr(attrs, "name"));
    m.id = keep(b, fc_walk_attr(attrs, "id"));
    b->too_much |= b->s.bookmarks.n / sizeof m >= CONTROLS_MAX;
    if (!b->too_much)
        fc_buf_add(&b->s.bookmarks, &m, sizeof m);
}

static void end_bookmark(body *b, const fc_walk_attrs *attrs)
{
    fc_docx_end e = {.at = b->s.text.n, .number = b->number};
    e.id = keep(b, fc_walk_attr(attrs, "id"));
    b->too_much |= b->s.ends.n / sizeof e >= CONTROLS_MAX;
    if (!b->too_much)
        fc_buf_add(&b->s.ends, &e, sizeof e);
}

/* What a control says about itself. */
static void property(body *b, el e, const fc_walk_attrs *attrs)
{
    fc_docx_control *c = current(b);
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
    fc_docx_control *c = current(b);
    if (!c)
        return;
    c->begin = b->s.text.n;
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
    b->open[b->depth++] = (open_element){.el = e, .row = b->row, .cell = b->cell};
    switch (e) {
    case EL_T:
        b->in_text = true;
        break;
    case EL_BREAK:
        fc_buf_char(&b->s.text, '\n');
        break;
    case EL_TAB:
        fc_buf_char(&b->s.text, '\t');
        break;
    case EL_HYPHEN:
        fc_buf_z(&b->s.text, "\xE2\x80\x91");
        break;
    case EL_SOFT_HYPHEN:
        fc_buf_z(&b->s.text, "\xC2\xAD");
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
        b->cell = b->cells = 0;
        break;
    case EL_CELL:
        b->cell = ++b->cells;
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
    if (b->too_much || b->s.text.failed || b->s.controls.failed)
        return;
    fc_docx_control *c = (fc_docx_control *)(void *)b->s.controls.p + number;
    c->last = ++b->number;
    c->closed = true;
    c->end = b->s.text.n;
    if (c->end > c->begin && c->end == b->s.after_p)
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
        fc_buf_char(&b->s.text, '\n');
        b->s.after_p = b->s.text.n;
        const fc_docx_para p = {b->s.text.n, b->row, b->row ? b->cell : 0};
        fc_buf_add(&b->s.paras, &p, sizeof p);
    }
    if (o.el == EL_CONTROL)
        end_control(b, o.control);
    if (b->row_depth == b->depth + 1)
        b->row_depth = 0;
    if (o.el == EL_ROW || o.el == EL_CONTENT)
        b->row = o.row;
    if (o.el == EL_CELL)
        b->cell = 0;
    if (o.el == EL_ROW) /* perhaps of a table in a cell */
        b->cell = b->cells = o.cell;
}

static void on_text(void *data, const char *p, size_t n)
{
    body *b = data;
    if (b->in_text && b->skip == 0)
        fc_buf_add(&b->s.text, p, n);
}

fc_refusal fc_docx_body(fc_arena *a, fc_str document, fc_returned *out)
{
    static const fc_walk walk = {on_start, on_end, on_text};
    body *b = FC_NEW(a, body);
    fc_buf *all[STREAMS];
    streams(b, all);
    for (size_t i = 0; i < STREAMS; i++)
        fc_buf_init(all[i], FC_BUF_MAX);
    fc_arena_defer(a, release, b);
    fc_walk_verdict v = fc_xml_walk(a, document, &walk, b);
    for (size_t i = 0; i < STREAMS; i++)
        if (all[i]->failed)
            fc_arena_give_up(a);
    if (v != FC_WALKED)
        return v == FC_WALK_REFUSED ? FC_DOCTYPE : FC_BROKEN;
    if (b->too_much || b->s.text.n > FC_RETURNED_TEXT_MAX)
        return FC_TOO_LARGE;
    fc_docx_collect(a, &b->s, out);
    return FC_READS;
}
