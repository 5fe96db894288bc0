/* Setting text. Measured once over whole paragraphs, broken into lines, and then each line is
 * shaped again by itself, because letters may join differently at a break.
 *
 * Runs of a line, and the glyphs of each, are drawn in reading order, each at its own place:
 * readers that follow the tags then get right-to-left text in the order in which it is read
 * (ISO 32000-1, 14.8.2.3.3).
 */
#include "output/pdf/text.h"
#include "runtime/base/number.h"

#include <fribidi.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

/* Room that texts use one after the other while they are set: what is kept of a text is its
 * lines. */
enum room {
    ROOM_TEXT,
    ROOM_SPAN,
    ROOM_FONT,
    ROOM_TYPES,
    ROOM_LEVELS,
    ROOM_BRACKETS,
    ROOM_JOINED,
    ROOM_SCRIPTS,
    ROOM_UNITS,
    ROOM_FROM,
    ROOM_BREAKS,
    ROOM_SPLITS,
    ROOM_ADVANCE,
    ROOM_LINE_LEVELS,
    ROOM_LINE_ORDER,
    ROOM_LINE_PIECES,
    ROOM_LINE_RUNS,
    ROOMS
};
#define KEEP_ROOM 65536 /* characters; what a longer text used is given back */

struct fc_typesetter {
    fc_arena *arena;
    fc_shaper *shaper;
    UBreakIterator *lines, *clusters;
    fc_glyphs measured; /* room for a run that is only measured */
    struct {
        void *at;
        size_t bytes;
    } rooms[ROOMS];
};

/* One paragraph while it is set. All arrays have one element a character. */
typedef struct para {
    fc_typesetter *t;
    const fc_span_text *spans;
    size_t n;
    uint32_t *text;
    size_t *span;   /* index of the character's span */
    fc_font **font; /* that has the character */
    FriBidiCharType *types;
    FriBidiLevel *levels;
    bool *joined; /* it goes on with a number that is kept whole */
    uint32_t *scripts;
    double *advance; /* in points */
    bool *may_break; /* a line may end before this character */
    bool *may_split; /* a word too long for a line may be cut before this character */
    bool rtl;
} para;

static void close_iterator(void *p)
{
    ubrk_close(p);
}

fc_typesetter *fc_typesetter_new(fc_arena *a, fc_shaper *s, fc_str lang)
{
    fc_typesetter *t = FC_NEW(a, fc_typesetter);
    t->arena = a;
    t->shaper = s;
    UErrorCode e = U_ZERO_ERROR;
    const char *locale = fc_str_copy(a, lang).p;
    t->lines = ubrk_open(UBRK_LINE, locale, NULL, 0, &e);
    if (t->lines != NULL)
        fc_arena_defer(a, close_iterator, t->lines);
    t->clusters = ubrk_open(UBRK_CHARACTER, locale, NULL, 0, &e);
    if (t->clusters != NULL)
        fc_arena_defer(a, close_iterator, t->clusters);
    if (U_FAILURE(e))
        fc_arena_give_up(a);
    return t;
}

/* n elements of a size, zeroed; what was in this room before is gone. */
static void *room_for(fc_typesetter *t, enum room which, size_t n, size_t size)
{
    size_t bytes = n * size, had = t->rooms[which].bytes;
    if (bytes > had || had == 0) {
        size_t more = (bytes > 2 * had ? bytes : 2 * had) + 1;
        fc_arena_give_back(t->arena, t->rooms[which].at);
        t->rooms[which].bytes = 0;
        t->rooms[which].at = fc_arena_resize(t->arena, NULL, more);
        if (t->rooms[which].at == NULL)
            fc_arena_give_up(t->arena);
        t->rooms[which].bytes = more;
    }
    memset(t->rooms[which].at, 0, bytes);
    return t->rooms[which].at;
}

static void give_rooms_back(fc_typesetter *t)
{
    for (size_t i = 0; i < ROOMS; i++) {
        fc_arena_give_back(t->arena, t->rooms[i].at);
        t->rooms[i].at = NULL;
        t->rooms[i].bytes = 0;
    }
}

/* A character that has no picture of its own and is left out of what is drawn. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static bool is_ignorable(uint32_t c)
{
    return u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* A mark belongs to the letter before it and is drawn with the same font. */
static bool is_mark(uint32_t c)
{
    int8_t type = u_charType((UChar32)c);
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
           type == U_ENCLOSING_MARK;
}

#define SPELLED_MAX 10 /* "[U+10FFFF]" */
#define LETTER_MAX 16  /* a letter with more marks than this may get them from two fonts */

static void put(para *p, size_t index, uint32_t c, fc_font *font)
{
    p->text[p->n] = c;
    p->font[p->n] = font;
    p->span[p->n++] = index;
}

/* Appends a letter with its marks, in the first font that has all of them. What no font can
 * show is spelled. */
static void put_letter(para *p, size_t index, const uint32_t *letter, size_t n,
                       fc_missing *missing)
{
    fc_chain *fonts = p->spans[index].fonts;
    fc_font *before =
        p->n != 0 && p->span[p->n - 1] == index ? p->font[p->n - 1] : fc_chain_first(fonts);
    bool stays = n == 1 && (is_ignorable(letter[0]) ||
                            (letter[0] == ' ' && fc_face_has(fc_font_face(before), ' ')));
    fc_font *all = stays ? before : fc_chain_find(fonts, letter, n);
    for (size_t i = 0; i < n; i++) {
        fc_font *one = all != NULL               ? all
                       : is_ignorable(letter[i]) ? before
                                                 : fc_chain_find(fonts, &letter[i], 1);
        if (one != NULL) {
            put(p, index, letter[i], one);
            continue;
        }
        if (missing->count++ == 0)
            missing->first = letter[i];
        char spelled[16];
        snprintf(spelled, sizeof spelled, "[U+%04X]", (unsigned)letter[i]);
        for (const char *s = spelled; *s != 0; s++)
            put(p, index, (unsigned char)*s, fc_chain_first(fonts));
    }
}

/* Appends the characters of [from, to) of a span: a tab is a space, other control characters
 * are left out. */
static void put_span(para *p, size_t index, size_t from, size_t to, fc_missing *missing)
{
    uint32_t letter[LETTER_MAX];
    size_t n = 0;
    for (size_t pos = from; pos < to;) {
        uint32_t c = fc_utf8_next(p->spans[index].text, &pos);
        if (c == '\t' || c == 0x2028 || c == 0x2029)
            c = ' ';
        if (is_control(c))
            continue;
        if (n != 0 && (n == LETTER_MAX || !is_mark(c))) {
            put_letter(p, index, letter, n, missing);
            n = 0;
        }
        letter[n++] = c;
    }
    if (n != 0)
        put_letter(p, index, letter, n, missing);
}

/* A paragraph that runs from right to left would set the groups of a number in that order. The
 * signs between them, and a plus sign before them, are therefore taken to be part of the number
 * (UAX 9, 4.3, HL3); nor does a line of such a paragraph end between them. */
static void keep_numbers_whole(para *p)
{
    p->joined = room_for(p->t, ROOM_JOINED, p->n, sizeof *p->joined);
    for (size_t i = 0; i < p->n;) {
        bool plus = p->text[i] == '+';
        size_t from = i + plus, end = fc_number_end(p->text, p->n, from);
        if (end == from) {
            i = fc_number_next(p->text, p->n, i);
            continue;
        }
        size_t first = from + (p->text[from] == '(');
        for (size_t k = i; k < end; k++) {
            p->types[k] = p->text[first] >= 0x660 && p->text[first] <= 0x669 ? FRIBIDI_TYPE_AN
                                                                             : FRIBIDI_TYPE_EN;
            p->joined[k] = k > i;
        }
        i = end;
    }
}

static void find_levels(para *p, fc_dir dir)
{
    fc_arena *a = p->t->arena;
    p->types = room_for(p->t, ROOM_TYPES, p->n, sizeof *p->types);
    p->levels = room_for(p->t, ROOM_LEVELS, p->n, sizeof *p->levels);
    FriBidiBracketType *brackets = room_for(p->t, ROOM_BRACKETS, p->n, sizeof *brackets);
    FriBidiStrIndex n = (FriBidiStrIndex)p->n;
    fribidi_get_bidi_types(p->text, n, p->types);
    keep_numbers_whole(p);
    fribidi_get_bracket_types(p->text, n, p->types, brackets);
    FriBidiParType base = dir == FC_DIR_RTL   ? FRIBIDI_PAR_RTL
                          : dir == FC_DIR_LTR ? FRIBIDI_PAR_LTR
                                              : FRIBIDI_PAR_WLTR;
    if (fribidi_get_par_embedding_levels_ex(p->types, brackets, n, &base, p->levels) == 0)
        fc_arena_give_up(a);
    p->rtl = FRIBIDI_IS_RTL(base);
}

static void find_scripts(para *p)
{
    p->scripts = room_for(p->t, ROOM_SCRIPTS, p->n, sizeof *p->scripts);
    uint32_t last = 0;
    bool known = false;
    for (size_t i = 0; i < p->n; i++) {
        uint32_t s = fc_font_script(p->t->shaper, p->text[i]);
        if (!fc_script_is_common(s)) {
            for (size_t k = 0; !known && k < i; k++)
                p->scripts[k] = s;
            last = s;
            known = true;
        }
        p->scripts[i] = known ? last : s;
    }
}

/* Marks where ICU's iterator finds boundaries. */
static void find_boundaries(para *p, UBreakIterator *it, const UChar *text, const size_t *from,
                            size_t units, bool *marks)
{
    UErrorCode e = U_ZERO_ERROR;
    ubrk_setText(it, text, (int32_t)units, &e);
    if (U_FAILURE(e))
        fc_arena_give_up(p->t->arena);
    for (int32_t at = ubrk_first(it); at != UBRK_DONE; at = ubrk_next(it))
        if ((size_t)at < units)
            marks[from[at]] = true;
}

static void find_breaks(para *p)
{
    UChar *text = room_for(p->t, ROOM_UNITS, 2 * p->n + 1, sizeof *text);
    size_t *from = room_for(p->t, ROOM_FROM, 2 * p->n + 1, sizeof *from); /* unit -> char */
    size_t units = 0;
    for (size_t i = 0; i < p->n; i++) {
        uint32_t c = p->text[i];
        if (c >= 0x10000) {
            from[units] = i;
            text[units++] = (UChar)(0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        from[units] = i;
        text[units++] = (UChar)c;
    }
    p->may_break = room_for(p->t, ROOM_BREAKS, p->n + 1, sizeof *p->may_break);
    p->may_split = room_for(p->t, ROOM_SPLITS, p->n + 1, sizeof *p->may_split);
    find_boundaries(p, p->t->lines, text, from, units, p->may_break);
    find_boundaries(p, p->t->clusters, text, from, units, p->may_split);
    for (size_t i = 0; p->rtl && i < p->n; i++)
        p->may_break[i] = p->may_break[i] && !p->joined[i];
}

static bool same_run(const para *p, size_t i, size_t k)
{
    return p->levels[k] == p->levels[i] && p->span[k] == p->span[i] &&
           p->font[k] == p->font[i] && p->scripts[k] == p->scripts[i];
}

/* The end of the run that begins at i and ends at the latest at `end`. */
static size_t run_end(const para *p, size_t i, size_t end)
{
    size_t k = i + 1;
    while (k < end && same_run(p, i, k))
        k++;
    return k;
}

#define MEASURED_AT_ONCE 4096 /* characters: shaping takes some 200 bytes for each */

/* The end of the piece that begins at i and is measured at once: that of its run, or where a
 * line may end. */
static size_t piece_end(const para *p, size_t i)
{
    size_t most = i + MEASURED_AT_ONCE;
    /* Not farther than needed: a run may be as long as the text, and has many pieces. */
    size_t end = run_end(p, i, most < p->n ? most + 1 : p->n);
    if (end <= most)
        return end;
    for (size_t k = most; k > i; k--)
        if (p->may_break[k])
            return k;
    for (size_t k = most; k > i; k--)
        if (p->may_split[k])
            return k;
    return run_end(p, i, p->n);
}

static void measure(para *p)
{
    p->advance = room_for(p->t, ROOM_ADVANCE, p->n, sizeof *p->advance);
    fc_glyphs *glyphs = &p->t->measured;
    for (size_t i = 0; i < p->n;) {
        size_t end = piece_end(p, i);
        const fc_span_text *s = &p->spans[p->span[i]];
        glyphs->n = 0;
        fc_font_shape(p->font[i], p->text, p->n, i, end, FRIBIDI_LEVEL_IS_RTL(p->levels[i]),
                      p->scripts[i], glyphs);
        for (size_t g = 0; g < glyphs->n; g++)
            p->advance[glyphs->at[g].cluster] += glyphs->at[g].advance * s->size / 1000;
        i = end;
    }
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x2000 && c <= 0x200a && c != 0x2007);
}

/* The end of the line that begins at `from`. */
static size_t line_end(const para *p, size_t from, double width)
{
    double used = 0, solid = 0; /* solid: without white space at the end */
    size_t last = from;         /* the last place to break that was passed */
    for (size_t i = from; i < p->n; i++) {
        if (i > from && p->may_break[i])
            last = i;
        used += p->advance[i];
        if (!is_space(p->text[i]))
            solid = used;
        if (solid > width + 0.01) {
            if (last > from)
                return last;
            /* A word longer than the line is cut between letters; one letter always fits. */
            size_t k = i;
            while (k > from && !p->may_split[k])
                k--;
            if (k > from)
                return k;
            for (k = i + 1; k < p->n && !p->may_split[k];)
                k++;
            return k;
        }
    }
    return p->n;
}

/* The runs of a line in the order in which they stand, left to right, with their places. */
static void set_line(para *p, size_t from, size_t to, fc_line_set *line)
{
    fc_arena *a = p->t->arena;
    size_t n = to - from;
    FriBidiLevel *levels = room_for(p->t, ROOM_LINE_LEVELS, n, sizeof *levels);
    FriBidiStrIndex *order = room_for(p->t, ROOM_LINE_ORDER, n, sizeof *order);
    memcpy(levels, p->levels + from, n * sizeof *levels);
    for (size_t i = 0; i < n; i++)
        order[i] = (FriBidiStrIndex)i;
    if (fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, p->types + from, (FriBidiStrIndex)n, 0,
                             p->rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR, levels, NULL,
                             order) == 0)
        fc_arena_give_up(a);
    /* Rule L1 has reset white space at the end of the line: keep that for the runs. */
    memcpy(p->levels + from, levels, n * sizeof *levels);

    struct piece {
        size_t from, to;
    };
    struct {
        struct piece *at;
        size_t n;
    } visual = {.at = room_for(p->t, ROOM_LINE_PIECES, n, sizeof(struct piece))};
    for (size_t v = 0; v < n;) {
        size_t at = from + (size_t)order[v];
        size_t begin = at, end;
        if (FRIBIDI_LEVEL_IS_RTL(p->levels[at])) {
            end = at + 1;
            while (begin > from && same_run(p, begin - 1, at))
                begin--;
        } else {
            end = run_end(p, at, to);
        }
        visual.at[visual.n++] = (struct piece){begin, end};
        v += end - begin;
    }
    size_t solid_end = to;
    while (solid_end > from && is_space(p->text[solid_end - 1]))
        solid_end--;

    fc_run_set *runs = room_for(p->t, ROOM_LINE_RUNS, visual.n, sizeof *runs);
    double x = 0, trailing = 0;
    for (size_t v = 0; v < visual.n; v++) {
        size_t begin = visual.at[v].from, end = visual.at[v].to;
        const fc_span_text *s = &p->spans[p->span[begin]];
        bool rtl = FRIBIDI_LEVEL_IS_RTL(p->levels[begin]);
        fc_glyphs glyphs = {0};
        fc_font *font = p->font[begin];
        fc_font_shape(font, p->text, p->n, begin, end, rtl, p->scripts[begin], &glyphs);
        runs[v] = (fc_run_set){.font = font,
                               .size = s->size,
                               .colour = s->colour,
                               .x = x,
                               .rtl = rtl,
                               .link = s->link};
        for (size_t g = 0; g < glyphs.n; g++) {
            double w = glyphs.at[g].advance * s->size / 1000;
            x += w;
            if (glyphs.at[g].cluster >= solid_end)
                trailing += w;
        }
        fc_font_encode(font, p->text, begin, end, rtl, glyphs.at, glyphs.n);
        runs[v].glyphs = glyphs.at;
        runs[v].n = glyphs.n;
    }
    line->width = x - trailing;
    /* White space that ends a right-to-left line stands at its left: it hangs out there. */
    double shift = p->rtl ? -trailing : 0;
    line->runs.at = FC_NEW_N(a, fc_run_set, visual.n);
    line->runs.cap = visual.n;
    /* Reading order: by place in the text. */
    for (size_t done = 0; done < visual.n; done++) {
        size_t best = visual.n;
        for (size_t v = 0; v < visual.n; v++)
            if (visual.at[v].to != 0 &&
                (best == visual.n || visual.at[v].from < visual.at[best].from))
                best = v;
        visual.at[best].to = 0;
        if (runs[best].n == 0)
            continue;
        runs[best].x += shift;
        line->runs.at[line->runs.n++] = runs[best];
    }
}

/* One paragraph: the piece of the spans' text between two line breaks. */
static void set_para(para *p, double width, fc_dir dir, bool wrap, fc_text_set *out)
{
    fc_arena *a = p->t->arena;
    if (p->n == 0) {
        FC_PUSH(a, &out->lines, ((fc_line_set){.at_right = dir == FC_DIR_RTL}));
        return;
    }
    find_levels(p, dir);
    if (out->lines.n == 0)
        out->rtl = p->rtl;
    find_scripts(p);
    find_breaks(p);
    measure(p);
    for (size_t from = 0; from < p->n;) {
        size_t to = wrap ? line_end(p, from, width) : p->n;
        fc_line_set line = {.at_right = p->rtl || dir == FC_DIR_AUTO_RTL};
        set_line(p, from, to, &line);
        FC_PUSH(a, &out->lines, line);
        from = to;
    }
}

fc_text_set fc_text_set_spans(fc_typesetter *t, const fc_span_text *spans, size_t n,
                              double width, double leading, fc_dir dir, bool wrap,
                              fc_missing *missing)
{
    fc_text_set out = {.leading = leading, .width = width, .rtl = dir == FC_DIR_RTL};
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += spans[i].text.n;
    if (bytes == 0)
        return out;
    /* Room for every character spelled out. */
    size_t room = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t pos = 0; pos < spans[i].text.n;) {
            uint32_t c = fc_utf8_next(spans[i].text, &pos);
            room += is_ignorable(c) || fc_chain_find(spans[i].fonts, &c, 1) != NULL
                        ? 1
                        : SPELLED_MAX;
        }
    para p = {.t = t, .spans = spans};
    p.text = room_for(t, ROOM_TEXT, room + 1, sizeof *p.text);
    p.span = room_for(t, ROOM_SPAN, room + 1, sizeof *p.span);
    p.font = room_for(t, ROOM_FONT, room + 1, sizeof *p.font);
    for (size_t i = 0; i < n; i++)
        for (size_t from = 0; from <= spans[i].text.n;) {
            const char *nl = spans[i].text.n > from
                                 ? memchr(spans[i].text.p + from, '\n', spans[i].text.n - from)
                                 : NULL;
            size_t to = nl ? (size_t)(nl - spans[i].text.p) : spans[i].text.n;
            put_span(&p, i, from, to, missing);
            if (nl != NULL) {
                set_para(&p, width, dir, wrap, &out);
                p.text += p.n;
                p.span += p.n;
                p.font += p.n;
                p.n = 0;
            }
            from = to + 1;
        }
    set_para(&p, width, dir, wrap, &out);
    if (room > KEEP_ROOM)
        give_rooms_back(t);
    return out;
}

double fc_text_set_height(const fc_text_set *s)
{
    return (double)s->lines.n * s->leading;
}

double fc_line_baseline(const fc_font *f, double size, double leading)
{
    double up = fc_face_ascent(fc_font_face(f)) * size;
    double down = fc_face_descent(fc_font_face(f)) * size;
    return (leading - up - down) / 2 + up;
}

static void draw_run(fc_buf *b, const fc_run_set *r, double x, double y)
{
    fc_buf_fmt(b, "/%s ", fc_font_resource(r->font));
    fc_pdf_number(b, r->size);
    fc_buf_z(b, " Tf ");
    for (int shift = 16; shift >= 0; shift -= 8) {
        fc_pdf_number(b, ((r->colour >> shift) & 0xff) / 255.0);
        fc_buf_char(b, ' ');
    }
    fc_buf_z(b, "rg 1 0 0 1 ");
    fc_pdf_number(b, x);
    fc_buf_char(b, ' ');
    fc_pdf_number(b, y);
    fc_buf_z(b, " Tm [<");
    /* The pen as we mean it and as the viewer moves it by the widths in the file: the
     * difference is made good before each glyph, so that rounding does not add up. Glyphs of
     * text from right to left come from left to right, and are drawn the other way. */
    double pen = 0, viewer = 0, rise = 0;
    for (size_t i = 0; r->rtl && i < r->n; i++)
        pen += r->glyphs[i].advance;
    bool open = true;
    for (size_t i = 0; i < r->n; i++) {
        const fc_glyph *g = &r->glyphs[r->rtl ? r->n - 1 - i : i];
        if (r->rtl)
            pen -= g->advance;
        if (fabs(g->dy - rise) > 0.01) {
            fc_buf_z(b, open ? ">] TJ " : "] TJ ");
            fc_pdf_number(b, g->dy * r->size / 1000);
            fc_buf_z(b, " Ts [<");
            rise = g->dy;
            open = true;
        }
        double off = pen + g->dx - viewer;
        if (fabs(off) >= 0.5) {
            if (open)
                fc_buf_char(b, '>');
            fc_buf_char(b, ' ');
            fc_pdf_number(b, -off);
            fc_buf_z(b, " <");
            viewer += off;
            open = true;
        }
        fc_pdf_hex(b, g->gid);
        if (!r->rtl)
            pen += g->advance;
        viewer += g->width;
    }
    fc_buf_z(b, ">] TJ");
    if (rise > 0.01 || rise < -0.01)
        fc_buf_z(b, " 0 Ts");
    fc_buf_char(b, '\n');
}

void fc_line_draw_runs(fc_buf *b, const fc_line_set *line, size_t from, size_t to, double x,
                       double y)
{
    if (from >= to)
        return;
    fc_buf_z(b, "BT\n");
    for (size_t i = from; i < to; i++)
        draw_run(b, &line->runs.at[i], x + line->runs.at[i].x, y);
    fc_buf_z(b, "ET\n");
}

void fc_line_draw(fc_buf *b, const fc_line_set *line, double x, double y)
{
    fc_line_draw_runs(b, line, 0, line->runs.n, x, y);
}

double fc_run_width(const fc_run_set *r)
{
    double width = 0;
    for (size_t i = 0; i < r->n; i++)
        width += r->glyphs[i].advance * r->size / 1000;
    return width;
}
