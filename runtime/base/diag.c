/* Diagnostics: collecting, sorting, printing. */
#include "runtime/base/diag.h"

#include <stdlib.h>
#include <string.h>

#define EXCERPT_WIDTH 96 /* characters of a source line that are shown; longer ones are cut */

fc_diags *fc_diags_new(fc_arena *a)
{
    fc_diags *d = FC_NEW(a, fc_diags);
    d->arena = a;
    FC_PUSH(a, &d->sources, NULL);
    return d;
}

/* The character at *i, moving *i behind it, as it may be shown: one that could steer a terminal
 * (controls, line ends, directions) is a space, a damaged one U+FFFD. Returns its bytes. */
static size_t safe_char(char safe[4], fc_str s, size_t *i)
{
    uint32_t c = fc_utf8_next(s, i);
    bool steers = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
                  (c >= 0x2066 && c <= 0x2069);
    return fc_utf8_put(safe, steers ? ' ' : c);
}

/* A text of a diagnostic: one line, whatever the names in it are made of. */
static fc_str make_text(fc_diags *d, const char *fmt, va_list ap) FC_PRINTF(2, 0);
static fc_str make_text(fc_diags *d, const char *fmt, va_list ap)
{
    fc_str s = fc_str_vfmt(d->arena, fmt, ap);
    size_t from = 0; /* what is plain ASCII needs no second look */
    while (from < s.n && s.p[from] >= 0x20 && s.p[from] < 0x7F)
        from++;
    if (from == s.n)
        return s;
    char *out = fc_arena_alloc(d->arena, 3 * s.n + 1); /* U+FFFD has 3 bytes */
    size_t n = from;
    memcpy(out, s.p, from);
    for (size_t i = from; i < s.n;)
        n += safe_char(out + n, s, &i);
    return (fc_str){out, n};
}

uint32_t fc_diags_source(fc_diags *d, fc_str name, fc_str bytes)
{
    fc_source *s = FC_NEW(d->arena, fc_source);
    s->name = name;
    s->bytes = bytes;
    FC_PUSH(d->arena, &d->sources, s);
    return (uint32_t)(d->sources.n - 1);
}

bool fc_diags_full(const fc_diags *d, fc_severity s)
{
    return s == FC_ERROR ? d->errors >= FC_DIAG_LIMIT : d->others >= FC_DIAG_OTHERS_LIMIT;
}

fc_diag *fc_report(fc_diags *d, fc_severity severity, const char *code, fc_span at,
                   const char *fmt, ...)
{
    bool full = fc_diags_full(d, severity);
    d->errors += severity == FC_ERROR;
    d->warnings += severity == FC_WARNING;
    d->others += severity != FC_ERROR;
    fc_diag g = {.code = code, .severity = severity, .at = at, .order = (unsigned)d->list.n};
    if (full) {
        /* Counted, not kept: the caller may still add help to it. */
        d->suppressed += severity == FC_ERROR;
        d->lost = g;
        return &d->lost;
    }
    va_list ap;
    va_start(ap, fmt);
    g.text = make_text(d, fmt, ap);
    va_end(ap);
    FC_PUSH(d->arena, &d->list, g);
    return &d->list.at[d->list.n - 1];
}

void fc_diag_help(fc_diags *d, fc_diag *g, const char *fmt, ...)
{
    if (g == &d->lost)
        return;
    va_list ap;
    va_start(ap, fmt);
    g->help = make_text(d, fmt, ap);
    va_end(ap);
}

void fc_diag_note_at(fc_diags *d, fc_diag *g, fc_span at, const char *fmt, ...)
{
    if (g == &d->lost || g->n_notes == sizeof g->notes / sizeof *g->notes)
        return;
    va_list ap;
    va_start(ap, fmt);
    g->notes[g->n_notes++] = (fc_diag_note){at, make_text(d, fmt, ap)};
    va_end(ap);
}

static fc_source *find_source(const fc_diags *d, uint32_t source)
{
    return source < d->sources.n ? d->sources.at[source] : NULL;
}

const fc_source *fc_diags_source_of(const fc_diags *d, fc_span at)
{
    return find_source(d, at.source);
}

/* The index of the line that holds offset. */
static size_t find_line(fc_diags *d, fc_source *s, uint32_t offset)
{
    if (!s->lines.n) {
        FC_PUSH(d->arena, &s->lines, 0u);
        for (size_t i = 0; i < s->bytes.n; i++)
            if (s->bytes.p[i] == '\n')
                FC_PUSH(d->arena, &s->lines, (uint32_t)(i + 1));
    }
    size_t low = 0, high = s->lines.n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (s->lines.at[mid] <= offset)
            low = mid;
        else
            high = mid;
    }
    return low;
}

void fc_source_place(fc_diags *d, uint32_t source, uint32_t offset, unsigned *line,
                     unsigned *col)
{
    *line = *col = 1;
    fc_source *s = find_source(d, source);
    if (!s)
        return;
    size_t n = find_line(d, s, offset);
    *line = (unsigned)n + 1;
    /* Most callers go through a text in order; a text may be one very long line. */
    bool on = s->last_col && s->last >= s->lines.at[n] && s->last <= offset;
    uint32_t from = on ? s->last : s->lines.at[n];
    *col =
        (unsigned)fc_utf8_count(fc_str_slice(s->bytes, from, offset)) + (on ? s->last_col : 1);
    s->last = offset;
    s->last_col = *col;
}

static int by_place(const void *a, const void *b)
{
    const fc_diag *x = a, *y = b;
    if (x->at.source != y->at.source)
        return x->at.source < y->at.source ? -1 : 1;
    if (x->at.begin != y->at.begin)
        return x->at.begin < y->at.begin ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* The characters [from, to) of a line, each made safe to show. */
static void print_chars(fc_buf *out, fc_str line, size_t from, size_t to)
{
    char safe[4];
    size_t i = 0;
    for (size_t n = 0; i < line.n && n < to; n++) {
        size_t k = safe_char(safe, line, &i);
        if (n >= from)
            fc_buf_add(out, safe, k);
    }
}

static void print_excerpt(fc_diags *d, fc_buf *out, fc_span at)
{
    fc_source *s = find_source(d, at.source);
    if (!s || s->private_ || !s->bytes.n)
        return;
    size_t n = find_line(d, s, at.begin);
    uint32_t begin = s->lines.at[n];
    uint32_t end = n + 1 < s->lines.n ? s->lines.at[n + 1] : (uint32_t)s->bytes.n;
    if (begin < s->hide_end && end > s->hide_begin)
        return;
    fc_str line = fc_str_slice(s->bytes, begin, end);
    while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
        line.n--;
    size_t length = fc_utf8_count(line);
    size_t col = fc_utf8_count(fc_str_slice(s->bytes, begin, at.begin));
    if (col > length)
        col = length;
    uint32_t stop = at.end < at.begin ? at.begin : at.end;
    if (stop > begin + line.n)
        stop = (uint32_t)(begin + line.n);
    size_t width = stop > at.begin ? fc_utf8_count(fc_str_slice(s->bytes, at.begin, stop)) : 1;
    if (!width)
        width = 1;
    /* Cut a long line so that the place stands in it with some text on both sides. */
    size_t from = 0, to = length;
    if (length > EXCERPT_WIDTH) {
        size_t lead = width < EXCERPT_WIDTH / 2 ? EXCERPT_WIDTH / 2 - width / 2 : 8;
        from = col > lead ? col - lead : 0;
        if (from + EXCERPT_WIDTH > length)
            from = length - EXCERPT_WIDTH;
        to = from + EXCERPT_WIDTH;
    }
    if (width > EXCERPT_WIDTH)
        width = EXCERPT_WIDTH;
    unsigned line_no = (unsigned)n + 1;
    fc_buf_fmt(out, "%5u | %s", line_no, from ? "..." : "");
    print_chars(out, line, from, to);
    fc_buf_fmt(out, "%s\n      | %s%*s", to < length ? "..." : "", from ? "   " : "",
               (int)(col - from), "");
    for (size_t i = 0; i < width; i++)
        fc_buf_char(out, '^');
    fc_buf_char(out, '\n');
}

static void print_place(fc_diags *d, fc_buf *out, fc_span at)
{
    fc_source *s = find_source(d, at.source);
    if (!s)
        return;
    unsigned line, col;
    fc_source_place(d, at.source, at.begin, &line, &col);
    fc_buf_fmt(out, "%.*s:%u:%u: ", FC_ARG(s->name), line, col);
}

void fc_diags_sort(fc_diags *d)
{
    if (d->list.n)
        qsort(d->list.at, d->list.n, sizeof *d->list.at, by_place);
}

void fc_diags_print(fc_diags *d, fc_buf *out)
{
    static const char *const names[] = {"error", "warning", "advice"};
    fc_diags_sort(d);
    for (size_t i = 0; i < d->list.n; i++) {
        const fc_diag *g = &d->list.at[i];
        print_place(d, out, g->at);
        fc_buf_fmt(out, "%s[%s]: %.*s\n", names[g->severity], g->code, FC_ARG(g->text));
        print_excerpt(d, out, g->at);
        for (size_t k = 0; k < g->n_notes; k++) {
            fc_buf_z(out, "      = note: ");
            fc_span at = g->notes[k].at;
            if (at.source != g->at.source) {
                print_place(d, out, at); /* in another file */
            } else if (find_source(d, at.source)) {
                unsigned line, col;
                fc_source_place(d, at.source, at.begin, &line, &col);
                fc_buf_fmt(out, "line %u: ", line);
            }
            fc_buf_fmt(out, "%.*s\n", FC_ARG(g->notes[k].text));
        }
        if (g->help.n)
            fc_buf_fmt(out, "      = help: %.*s\n", FC_ARG(g->help));
    }
    if (d->suppressed)
        fc_buf_fmt(out, "and %zu more; mend these first\n", d->suppressed);
}
