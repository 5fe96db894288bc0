/* The object store over libharu 2.3: the only file that includes its header. libharu's
 * low-level calls return a status and never call an error handler; every status is gathered in
 * h->failed. */
#include "output/pdf/haru.h"

#include "output/pdf/deflate.h"

#include <hpdf.h>
#include <math.h>
#include <string.h>

struct fc_haru {
    fc_arena *arena;
    HPDF_Doc doc;
    fc_deflater *deflater;
    FC_ARRAY(void *) loose; /* direct objects that nothing holds yet */
    bool failed;
};

static void release(void *haru)
{
    fc_haru *h = haru;
    for (size_t i = 0; i < h->loose.n; i++)
        HPDF_Obj_Free(h->doc->mmgr, h->loose.at[i]);
    HPDF_Free(h->doc);
}

static void note(fc_haru *h, HPDF_STATUS s)
{
    if (s != HPDF_OK)
        h->failed = true;
}

static void *made(fc_haru *h, void *object)
{
    if (object == NULL)
        h->failed = true;
    return object;
}

static HPDF_Dict dict_of(fc_pdf_obj *o)
{
    return (HPDF_Dict)(void *)o;
}
static HPDF_Array array_of(fc_pdf_obj *o)
{
    return (HPDF_Array)(void *)o;
}

fc_haru *fc_haru_new(fc_arena *a)
{
    fc_haru *h = FC_NEW(a, fc_haru);
    h->arena = a;
    h->doc = HPDF_New(NULL, NULL);
    if (h->doc == NULL)
        fc_arena_give_up(a);
    fc_arena_defer(a, release, h);
    h->doc->pdf_version = HPDF_VER_17;
    h->deflater = fc_deflater_new(a);
    return h;
}

bool fc_haru_failed(const fc_haru *h)
{
    return h->failed;
}

fc_pdf_obj *fc_haru_catalog(fc_haru *h)
{
    return (fc_pdf_obj *)(void *)h->doc->catalog;
}
fc_pdf_obj *fc_haru_info(fc_haru *h)
{
    return (fc_pdf_obj *)(void *)h->doc->info;
}

/* Keeps hold of a new direct object until it is put somewhere. */
static fc_pdf_obj *loose(fc_haru *h, void *object)
{
    if (made(h, object) != NULL)
        h->loose.at[h->loose.n++] = object; /* room_for_loose was called before */
    return object;
}

static void room_for_loose(fc_haru *h)
{
    h->loose.at =
        fc_arena_grow(h->arena, h->loose.at, h->loose.n, &h->loose.cap, sizeof *h->loose.at);
}

/* From now on libharu has the object, also when it says that taking it failed. */
static void let_go(fc_haru *h, const void *object)
{
    for (size_t i = h->loose.n; i-- > 0;) /* it is one of the last */
        if (h->loose.at[i] == object) {
            h->loose.at[i] = h->loose.at[--h->loose.n];
            return;
        }
}

fc_pdf_obj *fc_pdf_dict(fc_haru *h)
{
    if (h->failed)
        return NULL;
    room_for_loose(h);
    return loose(h, HPDF_Dict_New(h->doc->mmgr));
}

fc_pdf_obj *fc_pdf_array(fc_haru *h)
{
    if (h->failed)
        return NULL;
    room_for_loose(h);
    return loose(h, HPDF_Array_New(h->doc->mmgr));
}

fc_pdf_obj *fc_pdf_object(fc_haru *h)
{
    HPDF_Dict d = h->failed ? NULL : made(h, HPDF_Dict_New(h->doc->mmgr));
    if (d == NULL)
        return NULL;
    note(h, HPDF_Xref_Add(h->doc->xref, d));
    return (fc_pdf_obj *)(void *)d;
}

/* Below this a deflated stream is larger, or saves less than its filter entry costs. */
#define DEFLATE_FROM 160

/* libharu takes /Filter out of a stream that it does not compress itself, but lets the owner
 * write at the end of the dictionary. */
static HPDF_STATUS write_filter(HPDF_Dict d, HPDF_Stream out)
{
    (void)d;
    return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\012");
}

/* The bytes of a stream. libharu would take room for 4,096 bytes, however few there are. */
static void set_bytes(fc_haru *h, HPDF_Dict d, HPDF_Stream *place, fc_str bytes, bool deflated)
{
    if (bytes.n > UINT32_MAX) {
        h->failed = true;
        return;
    }
    if (bytes.n == 0)
        return;
    HPDF_Stream s = made(h, HPDF_MemStream_New(h->doc->mmgr, (HPDF_UINT)bytes.n));
    if (s == NULL)
        return;
    HPDF_Stream_Free(d->stream);
    *place = d->stream = s;
    note(h, HPDF_Stream_Write(s, (const HPDF_BYTE *)bytes.p, (HPDF_UINT)bytes.n));
    if (deflated)
        d->write_fn = write_filter;
}

static fc_pdf_obj *new_stream(fc_haru *h, fc_str bytes, bool deflated)
{
    if (h->failed)
        return NULL;
    HPDF_Dict d = made(h, HPDF_DictStream_New(h->doc->mmgr, h->doc->xref));
    if (d == NULL)
        return NULL;
    set_bytes(h, d, &d->stream, bytes, deflated);
    return (fc_pdf_obj *)(void *)d;
}

fc_str fc_pdf_deflate(fc_haru *h, fc_str bytes)
{
    return fc_deflate(h->deflater, bytes);
}

fc_pdf_obj *fc_pdf_deflated(fc_haru *h, fc_str bytes)
{
    return new_stream(h, bytes, true);
}

fc_pdf_obj *fc_pdf_stream(fc_haru *h, fc_str bytes, bool deflate)
{
    deflate = deflate && bytes.n >= DEFLATE_FROM;
    return new_stream(h, deflate ? fc_pdf_deflate(h, bytes) : bytes, deflate);
}

fc_pdf_obj *fc_pdf_page(fc_haru *h, double width, double height)
{
    if (h->failed)
        return NULL;
    HPDF_Page page = made(h, HPDF_AddPage(h->doc));
    if (page == NULL)
        return NULL;
    fc_pdf_obj *o = (fc_pdf_obj *)(void *)page;
    fc_pdf_put(h, o, "MediaBox", fc_pdf_rect(h, 0, 0, width, height));
    return o;
}

void fc_pdf_page_content(fc_haru *h, fc_pdf_obj *page, fc_str content, fc_pdf_obj *fonts,
                         fc_pdf_obj *pictures)
{
    if (h->failed)
        return;
    HPDF_PageAttr attr = dict_of(page)->attr;
    set_bytes(h, attr->contents, &attr->stream, fc_pdf_deflate(h, content), true);
    /* libharu would name procedure sets, which are obsolete (ISO 32000-1, 14.2). */
    fc_pdf_obj *resources = fc_pdf_dict(h);
    fc_pdf_put(h, resources, "Font", fonts);
    if (pictures != NULL)
        fc_pdf_put(h, resources, "XObject", pictures);
    fc_pdf_put(h, page, "Resources", resources);
}

void fc_pdf_put(fc_haru *h, fc_pdf_obj *dict, const char *key, fc_pdf_obj *value)
{
    if (h->failed)
        return;
    let_go(h, value);
    note(h, HPDF_Dict_Add(dict_of(dict), key, value));
}

void fc_pdf_put_name(fc_haru *h, fc_pdf_obj *dict, const char *key, const char *name)
{
    if (!h->failed)
        note(h, HPDF_Dict_AddName(dict_of(dict), key, name));
}

void fc_pdf_put_int(fc_haru *h, fc_pdf_obj *dict, const char *key, long value)
{
    if (!h->failed)
        note(h, HPDF_Dict_AddNumber(dict_of(dict), key, (HPDF_INT32)value));
}

/* libharu keeps reals as float and accepts ±32767 only; a hundredth of a point is enough. */
static HPDF_REAL real_of(fc_haru *h, double value)
{
    if (!(fabs(value) < 32767)) {
        h->failed = true;
        return 0;
    }
    return (HPDF_REAL)(floor(value * 100 + 0.5) / 100);
}

void fc_pdf_put_real(fc_haru *h, fc_pdf_obj *dict, const char *key, double value)
{
    HPDF_REAL r = real_of(h, value);
    if (!h->failed)
        note(h, HPDF_Dict_AddReal(dict_of(dict), key, r));
}

void fc_pdf_put_bool(fc_haru *h, fc_pdf_obj *dict, const char *key, bool value)
{
    if (!h->failed)
        note(h, HPDF_Dict_AddBoolean(dict_of(dict), key, value));
}

static bool plain_ascii(fc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x7f || s.p[i] == 0)
            return false;
    return true;
}

/* ASCII is the same in PDFDocEncoding; anything else becomes UTF-16BE with a mark. */
static void *text_string(fc_haru *h, fc_str s)
{
    if (fc_utf8_utf16_units(s) > FC_PDF_TEXT_UNITS) {
        h->failed = true;
        return NULL;
    }
    if (plain_ascii(s))
        return made(h, HPDF_String_New(h->doc->mmgr, fc_str_copy(h->arena, s).p, NULL));
    unsigned char *u = fc_arena_alloc(h->arena, 2 + 2 * fc_utf8_utf16_units(s));
    size_t n = 0;
    u[n++] = 0xfe;
    u[n++] = 0xff;
    for (size_t pos = 0; pos < s.n;) {
        uint32_t c = fc_utf8_next(s, &pos);
        if (c >= 0x10000) {
            uint32_t high = 0xd800 + ((c - 0x10000) >> 10);
            u[n++] = (unsigned char)(high >> 8);
            u[n++] = (unsigned char)high;
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        u[n++] = (unsigned char)(c >> 8);
        u[n++] = (unsigned char)c;
    }
    return made(h, HPDF_Binary_New(h->doc->mmgr, u, (HPDF_UINT)n));
}

void fc_pdf_put_text(fc_haru *h, fc_pdf_obj *dict, const char *key, fc_str utf8)
{
    void *t = h->failed ? NULL : text_string(h, utf8);
    if (t != NULL)
        note(h, HPDF_Dict_Add(dict_of(dict), key, t));
}

void fc_pdf_add(fc_haru *h, fc_pdf_obj *array, fc_pdf_obj *value)
{
    if (h->failed)
        return;
    let_go(h, value);
    note(h, HPDF_Array_Add(array_of(array), value));
}

void fc_pdf_add_name(fc_haru *h, fc_pdf_obj *array, const char *name)
{
    if (!h->failed)
        note(h, HPDF_Array_AddName(array_of(array), name));
}

void fc_pdf_add_int(fc_haru *h, fc_pdf_obj *array, long value)
{
    if (!h->failed)
        note(h, HPDF_Array_AddNumber(array_of(array), (HPDF_INT32)value));
}

void fc_pdf_add_real(fc_haru *h, fc_pdf_obj *array, double value)
{
    HPDF_REAL r = real_of(h, value);
    if (!h->failed)
        note(h, HPDF_Array_AddReal(array_of(array), r));
}

void fc_pdf_add_null(fc_haru *h, fc_pdf_obj *array)
{
    void *n = h->failed ? NULL : made(h, HPDF_Null_New(h->doc->mmgr));
    if (n != NULL)
        note(h, HPDF_Array_Add(array_of(array), n));
}

void fc_pdf_add_text(fc_haru *h, fc_pdf_obj *array, fc_str utf8)
{
    void *t = h->failed ? NULL : text_string(h, utf8);
    if (t != NULL)
        note(h, HPDF_Array_Add(array_of(array), t));
}

fc_pdf_obj *fc_pdf_rect(fc_haru *h, double x0, double y0, double x1, double y1)
{
    fc_pdf_obj *r = fc_pdf_array(h);
    const double v[] = {x0, y0, x1, y1};
    for (size_t i = 0; i < 4; i++)
        fc_pdf_add_real(h, r, v[i]);
    return r;
}

void fc_pdf_number(fc_buf *b, double value)
{
    char text[32];
    char *end = text + sizeof text, *p = end;
    long long hundredths = llround(value * 100);
    unsigned long long left = (unsigned long long)(hundredths < 0 ? -hundredths : hundredths);
    unsigned rest = (unsigned)(left % 100);
    if (rest % 10 != 0)
        *--p = (char)('0' + rest % 10);
    if (rest != 0) {
        *--p = (char)('0' + rest / 10);
        *--p = '.';
    }
    left /= 100;
    do {
        *--p = (char)('0' + left % 10);
        left /= 10;
    } while (left != 0);
    if (hundredths < 0)
        *--p = '-';
    fc_buf_add(b, p, (size_t)(end - p));
}

void fc_pdf_hex(fc_buf *b, uint32_t v)
{
    static const char digits[] = "0123456789ABCDEF";
    const char text[] = {digits[v >> 12 & 15], digits[v >> 8 & 15], digits[v >> 4 & 15],
                         digits[v & 15]};
    fc_buf_add(b, text, sizeof text);
}

fc_status fc_haru_save(fc_haru *h, const unsigned char id[16], fc_str *bytes)
{
    unsigned char copy[16];
    memcpy(copy, id, sizeof copy);
    fc_pdf_obj *pair = fc_pdf_array(h);
    for (int i = 0; i < 2 && !h->failed; i++) {
        void *b = made(h, HPDF_Binary_New(h->doc->mmgr, copy, sizeof copy));
        if (b != NULL)
            note(h, HPDF_Array_Add(array_of(pair), b));
    }
    if (!h->failed) {
        let_go(h, pair);
        note(h, HPDF_Dict_Add(h->doc->trailer, "ID", pair));
    }
    if (h->failed || HPDF_GetError(h->doc) != HPDF_OK || HPDF_SaveToStream(h->doc) != HPDF_OK)
        return FC_REFUSED;
    HPDF_UINT32 size = HPDF_GetStreamSize(h->doc);
    char *p = fc_arena_alloc(h->arena, (size_t)size + 1);
    size_t n = 0;
    while (n < size) {
        HPDF_UINT32 part = (HPDF_UINT32)(size - n);
        HPDF_STATUS s = HPDF_ReadFromStream(h->doc, (HPDF_BYTE *)p + n, &part);
        if ((s != HPDF_OK && s != HPDF_STREAM_EOF) || part == 0)
            return FC_REFUSED;
        n += part;
    }
    *bytes = (fc_str){p, n};
    return FC_OK;
}
