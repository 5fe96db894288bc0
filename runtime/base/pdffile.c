/* Reading PDF files: the only file that knows libqpdf.
 *
 * libqpdf is C++; no exception crosses its C interface. What goes wrong inside a call is noted
 * by it, and the call gives nothing back. */
#include "runtime/base/pdffile.h"

#include <limits.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

struct fc_pdf_file {
    fc_arena *arena;
    qpdf_data q;
    bool damaged;
};

static void close_file(void *data)
{
    fc_pdf_file *f = data;
    qpdf_cleanup(&f->q);
}

/* What went wrong in the last call. */
static bool went_wrong(fc_pdf_file *f)
{
    if (!qpdf_has_error(f->q))
        return false;
    (void)qpdf_get_error(f->q);
    f->damaged = true;
    return true;
}

fc_pdf_verdict fc_pdf_open(fc_arena *a, fc_str bytes, fc_pdf_file **file)
{
    fc_pdf_file *f = FC_NEW(a, fc_pdf_file);
    *f = (fc_pdf_file){.arena = a, .q = qpdf_init()};
    *file = f;
    if (!f->q)
        fc_arena_give_up(a);
    fc_arena_defer(a, close_file, f);
    qpdf_silence_errors(f->q);
    qpdf_set_suppress_warnings(f->q, QPDF_TRUE);
    if (!(qpdf_read_memory(f->q, "file", bytes.p, bytes.n, "") & QPDF_ERRORS))
        return FC_PDF_OPENS;
    enum qpdf_error_code_e why = qpdf_get_error_code(f->q, qpdf_get_error(f->q));
    fc_arena_check(a);
    return why == qpdf_e_password || why == qpdf_e_unsupported ? FC_PDF_LOCKED : FC_PDF_BROKEN;
}

fc_pdf_at fc_pdf_root(fc_pdf_file *f)
{
    qpdf_oh at = qpdf_get_root(f->q);
    return went_wrong(f) ? 0 : at;
}

fc_pdf_at fc_pdf_trailer(fc_pdf_file *f)
{
    qpdf_oh at = qpdf_get_trailer(f->q);
    return went_wrong(f) ? 0 : at;
}

bool fc_pdf_was_damaged(fc_pdf_file *f)
{
    return f->damaged || qpdf_more_warnings(f->q);
}

fc_pdf_at fc_pdf_nth_page(fc_pdf_file *f, size_t i)
{
    int n = qpdf_get_num_pages(f->q);
    if (went_wrong(f) || n < 0 || i >= (size_t)n)
        return 0;
    qpdf_oh at = qpdf_get_page_n(f->q, i);
    return went_wrong(f) ? 0 : at;
}

bool fc_pdf_has_earlier(fc_pdf_file *f)
{
    fc_pdf_at trailer = fc_pdf_trailer(f), before = fc_pdf_key(f, trailer, "/Prev");
    bool linear = qpdf_is_linearized(f->q);
    fc_pdf_drop(f, before);
    fc_pdf_drop(f, trailer);
    return !went_wrong(f) && before && !linear;
}

fc_pdf_kind fc_pdf_kind_of(fc_pdf_file *f, fc_pdf_at at)
{
    static const struct {
        enum qpdf_object_type_e type;
        fc_pdf_kind kind;
    } rows[] = {{ot_uninitialized, FC_PDF_NOTHING},
                {ot_null, FC_PDF_NOTHING},
                {ot_name, FC_PDF_NAME},
                {ot_string, FC_PDF_STRING},
                {ot_integer, FC_PDF_NUMBER},
                {ot_real, FC_PDF_NUMBER},
                {ot_array, FC_PDF_ARRAY},
                {ot_dictionary, FC_PDF_DICT},
                {ot_stream, FC_PDF_STREAM}};
    if (!at)
        return FC_PDF_NOTHING;
    enum qpdf_object_type_e type = qpdf_oh_get_type_code(f->q, at);
    if (went_wrong(f))
        return FC_PDF_NOTHING;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].type == type)
            return rows[i].kind;
    return FC_PDF_OTHER;
}

long fc_pdf_number_of(fc_pdf_file *f, fc_pdf_at at)
{
    int id = at ? qpdf_oh_get_object_id(f->q, at) : 0;
    return went_wrong(f) ? 0 : id;
}

/* The dictionary in which keys stand, that of a stream too; 0 when there is none. *own: it is a
 * handle of its own. */
static qpdf_oh dict_of(fc_pdf_file *f, fc_pdf_at at, bool *own)
{
    fc_pdf_kind kind = fc_pdf_kind_of(f, at);
    *own = kind == FC_PDF_STREAM;
    if (kind == FC_PDF_DICT)
        return at;
    qpdf_oh dict = *own ? qpdf_oh_get_dict(f->q, at) : 0;
    return went_wrong(f) ? 0 : dict;
}

fc_pdf_at fc_pdf_key(fc_pdf_file *f, fc_pdf_at at, const char *key)
{
    bool own;
    qpdf_oh dict = dict_of(f, at, &own);
    if (!dict)
        return 0;
    qpdf_oh value = qpdf_oh_get_key(f->q, dict, key);
    if (own)
        qpdf_oh_release(f->q, dict);
    if (went_wrong(f))
        return 0;
    if (fc_pdf_kind_of(f, value) != FC_PDF_NOTHING)
        return value;
    qpdf_oh_release(f->q, value);
    return 0;
}

/* In the arena, if it is UTF-8. */
static fc_str utf8(fc_pdf_file *f, const char *p, size_t n)
{
    const fc_str s = {p, n};
    return p && n && fc_utf8_valid(s) == n ? fc_str_copy(f->arena, s) : (fc_str){0};
}

void fc_pdf_keys_of(fc_pdf_file *f, fc_pdf_at at, fc_pdf_keys *out)
{
    bool own;
    qpdf_oh dict = dict_of(f, at, &own);
    *out = (fc_pdf_keys){0};
    if (!dict)
        return;
    qpdf_oh_begin_dict_key_iter(f->q, dict);
    while (qpdf_oh_dict_more_keys(f->q)) {
        const char *key = qpdf_oh_dict_next_key(f->q);
        fc_str name = key && *key ? utf8(f, key + 1, strlen(key + 1)) : (fc_str){0};
        if (name.n)
            FC_PUSH(f->arena, out, name);
    }
    if (own)
        qpdf_oh_release(f->q, dict);
    (void)went_wrong(f);
}

size_t fc_pdf_count(fc_pdf_file *f, fc_pdf_at at)
{
    if (fc_pdf_kind_of(f, at) != FC_PDF_ARRAY)
        return 0;
    int n = qpdf_oh_get_array_n_items(f->q, at);
    return went_wrong(f) || n < 0 ? 0 : (size_t)n;
}

fc_pdf_at fc_pdf_item(fc_pdf_file *f, fc_pdf_at at, size_t i)
{
    if (i > INT_MAX || i >= fc_pdf_count(f, at))
        return 0;
    qpdf_oh item = qpdf_oh_get_array_item(f->q, at, (int)i);
    return went_wrong(f) ? 0 : item;
}

fc_str fc_pdf_name(fc_pdf_file *f, fc_pdf_at at)
{
    const char *p = NULL;
    size_t n = 0;
    if (!at || !qpdf_oh_get_value_as_name(f->q, at, &p, &n) || went_wrong(f) || n < 1)
        return (fc_str){0};
    return utf8(f, p + 1, n - 1);
}

#define DAMAGED 0u /* no text has it, so it is seen that something stood there */

/* UTF-16 behind its mark, in the order of the mark's bytes. */
static fc_str from_utf16(fc_arena *a, fc_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t high = p[0] == 0xfe ? 0 : 1, n = 0;
    char *out = fc_arena_alloc_n(a, s.n / 2 + 1, 3);
    for (size_t i = 2; i < s.n; i += 2) {
        uint32_t c = i + 1 < s.n ? (uint32_t)p[i + high] << 8 | p[i + 1 - high] : DAMAGED;
        if (c >= 0xd800 && c < 0xdc00 && i + 3 < s.n) {
            uint32_t low = (uint32_t)p[i + 2 + high] << 8 | p[i + 3 - high];
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        n += fc_utf8_put(out + n, c >= 0xd800 && c < 0xe000 ? DAMAGED : c);
    }
    return (fc_str){out, n};
}

/* replaced: where a U+FFFD stands, something could not be read before. */
static fc_str from_utf8(fc_arena *a, fc_str s, bool replaced)
{
    char *out = fc_arena_alloc_n(a, s.n + 1, 3);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        uint32_t c = fc_utf8_next(s, &i);
        bool own = !replaced && fc_str_eq_z(fc_str_slice(s, from, i), "\xef\xbf\xbd");
        n += fc_utf8_put(out + n, c == 0xfffd && !own ? DAMAGED : c);
    }
    return (fc_str){out, n};
}

/* libqpdf knows PDFDocEncoding (annex D.3), and gives U+FFFD for what is not in it; of UTF-16
 * it would leave half a character out. */
static fc_str decoded(fc_pdf_file *f, qpdf_oh string)
{
    fc_str s = {0};
    s.p = qpdf_oh_get_binary_string_value(f->q, string, &s.n);
    if (s.n >= 2 && (memcmp(s.p, "\xfe\xff", 2) == 0 || memcmp(s.p, "\xff\xfe", 2) == 0))
        return from_utf16(f->arena, s);
    if (s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0)
        return from_utf8(f->arena, fc_str_slice(s, 3, s.n), false);
    s.p = qpdf_oh_get_binary_utf8_value(f->q, string, &s.n);
    return from_utf8(f->arena, s, true);
}

bool fc_pdf_text(fc_pdf_file *f, fc_pdf_at at, fc_str *text)
{
    fc_pdf_kind kind = fc_pdf_kind_of(f, at);
    fc_str bytes;
    *text = (fc_str){0};
    if (kind == FC_PDF_STRING) {
        *text = decoded(f, at);
    } else if (kind == FC_PDF_STREAM && fc_pdf_bytes(f, at, &bytes)) {
        qpdf_oh string = qpdf_oh_new_binary_string(f->q, bytes.n ? bytes.p : "", bytes.n);
        *text = decoded(f, string);
        qpdf_oh_release(f->q, string);
    } else {
        return false;
    }
    return !went_wrong(f);
}

long long fc_pdf_integer(fc_pdf_file *f, fc_pdf_at at)
{
    long long n = 0;
    if (!at || !qpdf_oh_get_value_as_longlong(f->q, at, &n) || went_wrong(f))
        return 0;
    return n;
}

bool fc_pdf_bytes(fc_pdf_file *f, fc_pdf_at at, fc_str *bytes)
{
    unsigned char *p = NULL;
    size_t n = 0;
    QPDF_BOOL unpacked = QPDF_FALSE;
    *bytes = (fc_str){0};
    if (fc_pdf_kind_of(f, at) != FC_PDF_STREAM)
        return false;
    QPDF_ERROR_CODE e =
        qpdf_oh_get_stream_data(f->q, at, qpdf_dl_generalized, &unpacked, &p, &n);
    (void)went_wrong(f);
    if (p)
        fc_arena_defer(f->arena, free, p);
    if ((e & QPDF_ERRORS) || !unpacked || n > FC_BUF_MAX)
        return false;
    *bytes = (fc_str){(const char *)p, n};
    return true;
}

void fc_pdf_drop(fc_pdf_file *f, fc_pdf_at at)
{
    if (at)
        qpdf_oh_release(f->q, at);
}
