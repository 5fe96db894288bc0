/* The one place that prints angle brackets. */
#include "runtime/base/xmlwrite.h"
#include "runtime/base/number.h"

#include <assert.h>
#include <string.h>

/* Escapes s; in_attr adds what only attributes need. Bytes that are not XML characters come out
 * as U+FFFD, so that what we write can always be read. */
static void escape(fc_buf *b, fc_str s, bool in_attr)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        unsigned char c = (unsigned char)s.p[i];
        const char *as = NULL;
        if (c >= 0x20 && c < 0x80) {
            i++;
            if (c == '&')
                as = "&amp;";
            else if (c == '<')
                as = "&lt;";
            else if (c == '>')
                as = "&gt;";
            else if (c == '"' && in_attr)
                as = "&quot;";
        } else {
            uint32_t u = fc_utf8_next(s, &i);
            if (u == '\r')
                as = "&#13;";
            else if (u == '\n' && in_attr)
                as = "&#10;";
            else if (u == '\t' && in_attr)
                as = "&#9;";
            else if (!fc_xml_char(u) || (u == 0xFFFD && i == at + 1))
                as = "\xEF\xBF\xBD";
        }
        if (as) {
            fc_buf_add(b, s.p + from, at - from);
            fc_buf_z(b, as);
            from = i;
        }
    }
    fc_buf_add(b, s.n ? s.p + from : NULL, s.n - from);
}

void fc_xml_text(fc_buf *b, fc_str s)
{
    escape(b, s, false);
}

void fc_xml_attr_value(fc_buf *b, fc_str s)
{
    escape(b, s, true);
}

void fc_html_text(fc_arena *a, fc_buf *b, fc_str s)
{
    uint32_t *text = FC_NEW_N(a, uint32_t, s.n + 1);
    size_t *at = FC_NEW_N(a, size_t, s.n + 1), n = 0, done = 0;
    for (size_t pos = 0; pos < s.n; n++) {
        at[n] = pos;
        text[n] = fc_utf8_next(s, &pos);
    }
    at[n] = s.n;
    for (size_t i = 0; i < n;) {
        size_t from = i + (text[i] == '+'), end = fc_number_end(text, n, from);
        if (end == from) {
            i = fc_number_next(text, n, i);
            continue;
        }
        fc_xml_text(b, fc_str_slice(s, done, at[i]));
        fc_buf_z(b, "<bdo dir=\"ltr\">");
        fc_xml_text(b, fc_str_slice(s, at[i], at[end]));
        fc_buf_z(b, "</bdo>");
        done = at[end];
        i = end;
    }
    fc_xml_text(b, fc_str_slice(s, done, s.n));
}

void fc_xml_begin(fc_xml_writer *w, fc_buf *out)
{
    *w = (fc_xml_writer){.out = out};
    fc_buf_z(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

static void indent(fc_xml_writer *w)
{
    for (unsigned i = 0; i < w->depth; i++)
        fc_buf_z(w->out, "  ");
}

void fc_xml_open(fc_xml_writer *w, const char *name)
{
    assert(w->depth < sizeof w->names / sizeof *w->names);
    if (w->tag_open)
        fc_buf_char(w->out, '>');
    bool inline_ = w->depth && w->texts[w->depth - 1];
    if (!inline_) {
        if (w->depth)
            fc_buf_char(w->out, '\n');
        indent(w);
    }
    fc_buf_char(w->out, '<');
    fc_buf_z(w->out, name);
    w->names[w->depth] = name;
    w->texts[w->depth] = inline_;
    w->depth++;
    w->tag_open = true;
    w->has_text = inline_;
}

void fc_xml_attr(fc_xml_writer *w, const char *name, fc_str value)
{
    assert(w->tag_open);
    fc_buf_char(w->out, ' ');
    fc_buf_z(w->out, name);
    fc_buf_z(w->out, "=\"");
    fc_xml_attr_value(w->out, value);
    fc_buf_char(w->out, '"');
}

void fc_xml_attr_z(fc_xml_writer *w, const char *name, const char *value)
{
    fc_xml_attr(w, name, fc_str_of(value));
}

void fc_xml_attr_int(fc_xml_writer *w, const char *name, long value)
{
    fc_buf_fmt(w->out, " %s=\"%ld\"", name, value);
}

void fc_xml_attr_opt(fc_xml_writer *w, const char *name, fc_str value)
{
    if (value.n)
        fc_xml_attr(w, name, value);
}

void fc_xml_put(fc_xml_writer *w, fc_str text)
{
    if (!text.n)
        return;
    if (w->tag_open)
        fc_buf_char(w->out, '>');
    w->tag_open = false;
    w->texts[w->depth - 1] = true;
    fc_xml_text(w->out, text);
}

void fc_xml_raw(fc_xml_writer *w, fc_str xml)
{
    if (w->tag_open)
        fc_buf_char(w->out, '>');
    w->tag_open = false;
    w->texts[w->depth - 1] = true;
    fc_buf_str(w->out, xml);
}

void fc_xml_close(fc_xml_writer *w)
{
    assert(w->depth);
    w->depth--;
    if (w->tag_open) {
        fc_buf_z(w->out, "/>");
    } else {
        if (!w->texts[w->depth]) {
            fc_buf_char(w->out, '\n');
            indent(w);
        }
        fc_buf_z(w->out, "</");
        fc_buf_z(w->out, w->names[w->depth]);
        fc_buf_char(w->out, '>');
    }
    w->tag_open = false;
    if (w->depth == 0)
        fc_buf_char(w->out, '\n');
}

void fc_xml_leaf(fc_xml_writer *w, const char *name, fc_str text)
{
    fc_xml_open(w, name);
    fc_xml_put(w, text);
    fc_xml_close(w);
}
