/* The one place that prints JSON. */
#include "runtime/base/jsonwrite.h"

#include <assert.h>

/* RFC 8259 section 7 asks for " \ and below U+0020. The others: C1 controls and marks that turn
 * the direction of a line steer terminals, U+2028 and U+2029 end a line in JavaScript. */
static bool is_escaped(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

void fc_json_string(fc_buf *b, fc_str s)
{
    size_t from = 0;
    fc_buf_char(b, '"');
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = (unsigned char)s.p[i];
        if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
            i++;
            continue;
        }
        c = fc_utf8_next(s, &i);
        bool damaged = c == 0xFFFD && i - at == 1;
        if (c != '"' && c != '\\' && !damaged && !is_escaped(c))
            continue;
        fc_buf_add(b, s.p + from, at - from);
        from = i;
        if (c == '"' || c == '\\')
            fc_buf_fmt(b, "\\%c", (char)c);
        else if (c == '\n' || c == '\t')
            fc_buf_z(b, c == '\n' ? "\\n" : "\\t");
        else
            fc_buf_fmt(b, "\\u%04x", (unsigned)c);
    }
    if (s.n)
        fc_buf_add(b, s.p + from, s.n - from);
    fc_buf_char(b, '"');
}

static void open(fc_json_writer *w, const char *brackets)
{
    assert(w->depth < sizeof w->close);
    fc_buf_char(w->out, brackets[0]);
    w->close[w->depth] = brackets[1];
    w->has_some[w->depth] = false;
    w->depth++;
}

/* The line and name of the next member or item. */
static void next(fc_json_writer *w, fc_str name)
{
    bool *has_some = &w->has_some[w->depth - 1];
    fc_buf_z(w->out, *has_some ? ",\n" : "\n");
    *has_some = true;
    for (unsigned i = 0; i < w->depth; i++)
        fc_buf_z(w->out, "  ");
    if (!name.p)
        return;
    fc_json_string(w->out, name);
    fc_buf_z(w->out, ": ");
}

void fc_json_begin(fc_json_writer *w, fc_buf *out)
{
    *w = (fc_json_writer){.out = out};
    open(w, "{}");
}

void fc_json_object(fc_json_writer *w, fc_str name)
{
    next(w, name);
    open(w, "{}");
}

void fc_json_array(fc_json_writer *w, fc_str name)
{
    next(w, name);
    open(w, "[]");
}

void fc_json_put(fc_json_writer *w, fc_str name, fc_str value)
{
    next(w, name);
    fc_json_string(w->out, value);
}

void fc_json_put_opt(fc_json_writer *w, fc_str name, fc_str value)
{
    if (value.n)
        fc_json_put(w, name, value);
}

void fc_json_put_int(fc_json_writer *w, fc_str name, long value)
{
    next(w, name);
    fc_buf_fmt(w->out, "%ld", value);
}

void fc_json_put_bool(fc_json_writer *w, fc_str name, bool value)
{
    next(w, name);
    fc_buf_z(w->out, value ? "true" : "false");
}

void fc_json_put_made(fc_json_writer *w, fc_str name, fc_str object)
{
    next(w, name);
    object = fc_str_trim(object);
    for (size_t i = 0; i < object.n; i++) {
        fc_buf_char(w->out, object.p[i]);
        /* No string holds a line feed: it is escaped there. */
        for (unsigned k = 0; object.p[i] == '\n' && k < w->depth; k++)
            fc_buf_z(w->out, "  ");
    }
}

void fc_json_end(fc_json_writer *w)
{
    w->depth--;
    if (w->has_some[w->depth]) {
        fc_buf_char(w->out, '\n');
        for (unsigned i = 0; i < w->depth; i++)
            fc_buf_z(w->out, "  ");
    }
    fc_buf_char(w->out, w->close[w->depth]);
    if (w->depth == 0)
        fc_buf_char(w->out, '\n');
}
