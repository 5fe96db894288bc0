/* Which kind of file this is, by its content, and why it is not read when it is not. */
#include "runtime/returned/returned.h"
#include "runtime/base/apart.h"
#include "runtime/base/json.h"
#include "runtime/base/package.h"
#include "runtime/returned/docx.h"
#include "runtime/returned/pdf.h"

#include <string.h>

#define LOOK_MEMORY ((size_t)400 << 20) /* of an arena, below the limit of the process */

static bool begins(fc_str s, const char *with, size_t n)
{
    return s.n >= n && memcmp(s.p, with, n) == 0;
}

static bool is_zip(fc_str s)
{
    return begins(s, "PK\3\4", 4) || begins(s, "PK\5\6", 4);
}

static bool is_ole(fc_str s)
{
    return begins(s, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
}

static bool is_pdf(fc_str s)
{
    s = fc_str_slice(s, 0, s.n < 1024 ? s.n : 1024);
    for (size_t i = 0; i + 5 <= s.n; i++)
        if (memcmp(s.p + i, "%PDF-", 5) == 0)
            return true;
    return false;
}

/* OLE is what .doc, .xls and .ppt are made of, and what an encrypted .docx is wrapped in. Which
 * it is say the names of its streams, as UTF-16 ([MS-OFFCRYPTO] 2.3.4, [MS-DOC] 2.1); they
 * begin at even places. */
static bool has_stream(fc_str bytes, const char *name, size_t n)
{
    for (size_t i = 0; i + n <= bytes.n; i += 2)
        if (memcmp(bytes.p + i, name, n) == 0)
            return true;
    return false;
}

static fc_refusal look_at_ole(fc_arena *a, fc_str bytes, fc_returned *out)
{
    static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e",
                      word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";
    (void)a, (void)out;
    if (has_stream(bytes, locked, sizeof locked))
        return FC_LOCKED;
    return has_stream(bytes, word, sizeof word) ? FC_OLD_WORD : FC_OTHER_OFFICE;
}

static fc_str without_bom(fc_str s)
{
    return begins(s, "\xEF\xBB\xBF", 3) ? fc_str_slice(s, 3, s.n) : s;
}

/* In any case, as HTML's names are (HTML 13.1.1, 13.1.2). */
static bool begins_in_any_case(fc_str s, const char *with)
{
    for (size_t i = 0; with[i]; i++) {
        char c = i < s.n ? s.p[i] : '\0';
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != with[i])
            return false;
    }
    return true;
}

/* Words somewhere in a text; "=" at the end of a line joins it with the next one (RFC
 * 2045, 6.7), as in a page that a browser saved as a single file. */
static bool holds(fc_str s, const char *words)
{
    for (size_t i = 0; i < s.n; i++) {
        size_t at = i, n = 0;
        while (words[n] && at < s.n) {
            if (s.n - at > 2 && memcmp(s.p + at, "=\r\n", 3) == 0)
                at += 3;
            else if (s.p[at++] != words[n++])
                break;
            else if (!words[n])
                return true;
        }
    }
    return false;
}

static bool is_html(fc_str s)
{
    s = fc_str_trim(without_bom(s));
    if (begins_in_any_case(s, "<!doctype html"))
        return true;
    size_t end = 0;
    while (end < s.n && s.p[end] != '>')
        end++;
    /* A form may have the id "html". */
    return begins_in_any_case(s, "<html") && !holds(fc_str_slice(s, 0, end), "urn:formc:");
}

/* A page that a browser saved with everything that belongs to it, as an e-mail is made. */
static bool is_saved_page(fc_str s)
{
    return fc_str_starts(s, "From: <Saved by ") || fc_str_starts(s, "MIME-Version: ");
}

static bool is_page(fc_str s)
{
    return is_html(s) || is_saved_page(s);
}

/* What people type into a page is nowhere in its file, not even when the browser saved it: to
 * read the answers that it was issued with would pass over theirs in silence. */
static fc_refusal look_at_page(fc_arena *a, fc_str bytes, fc_returned *out)
{
    (void)a, (void)out;
    return holds(bytes, "formc-form") ? FC_PAGE : FC_NO_FORMAT;
}

static const struct {
    bool (*is)(fc_str bytes);
    fc_refusal (*look)(fc_arena *a, fc_str bytes, fc_returned *out);
} formats[] = {{is_zip, fc_docx_look},
               {is_ole, look_at_ole},
               {is_page, look_at_page},
               {is_pdf, fc_pdf_look}};

bool fc_is_plan_file(fc_str bytes)
{
    bytes = without_bom(bytes);
    return fc_json_begins(bytes) || (fc_str_starts(fc_str_trim(bytes), "<") && !is_html(bytes));
}

fc_refusal fc_returned_look(fc_arena *a, fc_str bytes, fc_returned *out)
{
    *out = (fc_returned){0};
    if (bytes.n > FC_PACKAGE_BYTES_MAX)
        return FC_TOO_LARGE;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].is(bytes))
            return formats[i].look(a, bytes, out);
    return FC_NO_FORMAT;
}

fc_tick fc_tick_of(fc_str text, fc_tick otherwise)
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
    return fc_str_eq_z(glyph, "\xE2\x98\x90") ? FC_UNTICKED : otherwise;
}

/* ---- in a process of its own ---------------------------------------------------------- */

/* The first byte of what comes back is the refusal. */
static bool look(void *data, fc_buf *result)
{
    const fc_str *bytes = data;
    fc_arena *a = fc_arena_new(LOOK_MEMORY);
    if (!a)
        return false;
    if (!FC_BOUNDARY(a)) {
        fc_arena_drop(a);
        return false;
    }
    fc_returned r;
    fc_refusal why = fc_returned_look(a, *bytes, &r);
    fc_buf_char(result, (char)why);
    if (why == FC_READS)
        fc_returned_pack(&r, result);
    /* The process ends, and its memory with it: to give that back takes a tenth of the time. */
    return true;
}

fc_refusal fc_returned_look_apart(fc_arena *a, fc_str bytes, fc_returned *out)
{
    fc_buf b;
    *out = (fc_returned){0};
    fc_buf_init_in(&b, a, FC_APART_RESULT_MAX);
    if (!fc_apart(look, &bytes, &b) || !b.n) {
        fc_buf_release(&b);
        return FC_DIED;
    }
    fc_str packed = fc_buf_keep_all(&b);
    unsigned why = (unsigned char)packed.p[0];
    if (why >= FC_REFUSALS)
        return FC_DIED;
    if (why == FC_READS && !fc_returned_unpack(a, fc_str_slice(packed, 1, packed.n), out))
        return FC_DIED;
    return (fc_refusal)why;
}
