/* The object store over libharu 2.3: the only file that includes its header. libharu's
 * low-level calls return a status and never call an error handler; every status is gathered in
 * h->failed. */
#include "output/pdf/haru.h"

#include "output/pdf/pack.h"

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
        d->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
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

fc_pdf_obj *fc_pdf_image(fc_haru *h, fc_str data, unsigned width, unsigned height)
{
    fc_pdf_obj *image = new_stream(h, data, true), *how = fc_pdf_dict(h);
    fc_pdf_put_name(h, image, "Type", "XObject");
    fc_pdf_put_name(h, image, "Subtype", "Image");
    fc_pdf_put_int(h, image, "Width", (long)width);
    fc_pdf_put_int(h, image, "Height", (long)height);
    fc_pdf_put_name(h, image, "ColorSpace", "DeviceRGB");
    fc_pdf_put_int(h, image, "BitsPerComponent", 8);
    fc_pdf_put_int(h, how, "Predictor", 15); /* each line says its own */
    fc_pdf_put_int(h, how, "Colors", 3);
    fc_pdf_put_int(h, how, "Columns", (long)width);
    fc_pdf_put(h, image, "DecodeParms", how);
    return image;
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

/* --- writing --- */

/* What is written is ours: libharu knows no object streams, and writes each object by itself,
 * with a line for each entry and an object for the length of each stream. */
typedef struct writer {
    fc_haru *h;
    HPDF_List entries; /* of the cross-reference table: the first is none */
    uint32_t *numbers; /* of objects in the file, by those that libharu gave; 0: not written */
    uint32_t n;
} writer;

#define OBJECT_ID 0x00ffffff /* of HPDF_Obj_Header.obj_id; above it are flags */

static void write_value(writer *w, fc_buf *b, const void *object);

/* Numbers and words need a space before them, unless a delimiter is there (7.2.2). */
static void keep_apart(fc_buf *b)
{
    if (b->n != 0 && strchr("()<>[]/\n", b->p[b->n - 1]) == NULL)
        fc_buf_char(b, ' ');
}

static void write_number(fc_buf *b, double value)
{
    keep_apart(b);
    fc_pdf_number(b, value);
}

static void write_word(fc_buf *b, const char *word)
{
    keep_apart(b);
    fc_buf_z(b, word);
}

static void write_name(fc_buf *b, const char *name) /* 7.3.5 */
{
    fc_buf_char(b, '/');
    for (const char *c = name; *c != 0; c++)
        if (*c < '!' || *c > '~' || strchr("#()<>[]{}/%", *c) != NULL)
            fc_buf_fmt(b, "#%02X", (unsigned)(unsigned char)*c);
        else
            fc_buf_char(b, *c);
}

/* Any byte may stand in it, but a line's end would be read as a line feed (7.3.4.2). */
static void write_string(fc_buf *b, const HPDF_BYTE *p, HPDF_UINT n)
{
    fc_buf_char(b, '(');
    for (HPDF_UINT i = 0; i < n; i++) {
        if (p[i] == '(' || p[i] == ')' || p[i] == '\\' || p[i] == '\r')
            fc_buf_char(b, '\\');
        fc_buf_char(b, p[i] == '\r' ? 'r' : (char)p[i]);
    }
    fc_buf_char(b, ')');
}

static void write_entries(writer *w, fc_buf *b, const struct _HPDF_Dict_Rec *d)
{
    for (HPDF_UINT i = 0; i < d->list->count; i++) {
        HPDF_DictElement e = d->list->obj[i];
        if (d->stream != NULL && strcmp(e->key, "Length") == 0)
            continue; /* fc_pack_bytes writes it */
        write_name(b, e->key);
        write_value(w, b, e->value);
    }
}

static void write_value(writer *w, fc_buf *b, const void *object)
{
    const HPDF_Obj_Header *header = object;
    switch (header->obj_class & HPDF_OCLASS_ANY) {
    case HPDF_OCLASS_NULL:
        write_word(b, "null");
        break;
    case HPDF_OCLASS_BOOLEAN:
        write_word(b, ((const HPDF_Boolean_Rec *)object)->value ? "true" : "false");
        break;
    case HPDF_OCLASS_NUMBER:
        write_number(b, ((const HPDF_Number_Rec *)object)->value);
        break;
    case HPDF_OCLASS_REAL:
        write_number(b, (double)((const HPDF_Real_Rec *)object)->value);
        break;
    case HPDF_OCLASS_NAME:
        write_name(b, ((const HPDF_Name_Rec *)object)->value);
        break;
    case HPDF_OCLASS_STRING: {
        const HPDF_String_Rec *s = object;
        write_string(b, s->value, s->len);
        break;
    }
    case HPDF_OCLASS_BINARY: {
        const HPDF_Binary_Rec *s = object;
        write_string(b, s->value, s->len);
        break;
    }
    case HPDF_OCLASS_ARRAY: {
        const struct _HPDF_List_Rec *list = ((const HPDF_Array_Rec *)object)->list;
        fc_buf_char(b, '[');
        for (HPDF_UINT i = 0; i < list->count; i++)
            write_value(w, b, list->obj[i]);
        fc_buf_char(b, ']');
        break;
    }
    case HPDF_OCLASS_DICT:
        fc_buf_z(b, "<<");
        write_entries(w, b, object);
        fc_buf_z(b, ">>");
        break;
    case HPDF_OCLASS_PROXY: {
        const HPDF_Obj_Header *to = ((const HPDF_Proxy_Rec *)object)->obj;
        write_number(b, w->numbers[to->obj_id & OBJECT_ID]);
        fc_buf_z(b, " 0 R");
        break;
    }
    default:
        w->h->failed = true;
    }
}

/* Bytes that stand in one piece: set_bytes made them so. */
static void write_stream(writer *w, fc_pack *p, HPDF_Dict d)
{
    HPDF_UINT n = 0;
    const HPDF_BYTE *bytes = NULL;
    if (d->stream->size != 0) {
        bytes = HPDF_MemStream_GetBufPtr(d->stream, 0, &n);
        if (bytes == NULL || n != d->stream->size)
            w->h->failed = true;
    }
    write_entries(w, fc_pack_stream(p), d);
    fc_pack_bytes(p, (fc_str){(const char *)bytes, n},
                  d->filter == HPDF_STREAM_FILTER_FLATE_DECODE);
}

static HPDF_Obj_Header *object_at(const writer *w, HPDF_UINT i)
{
    return ((HPDF_XrefEntry)w->entries->obj[i])->obj;
}

/* Numbers all objects but those that are only lengths of streams: no other is a number. What
 * libharu keeps back until an object is written (the counts of pages) is put in. */
static void number_objects(writer *w)
{
    for (HPDF_UINT i = 1; i < w->entries->count; i++) {
        HPDF_Obj_Header *o = object_at(w, i);
        int class = o->obj_class & HPDF_OCLASS_ANY;
        if (class == HPDF_OCLASS_NUMBER)
            continue;
        w->numbers[i] = ++w->n;
        HPDF_Dict d = class == HPDF_OCLASS_DICT ? (HPDF_Dict)(void *)o : NULL;
        if (d != NULL && d->before_write_fn != NULL)
            note(w->h, d->before_write_fn(d));
    }
}

fc_status fc_haru_save(fc_haru *h, fc_str *bytes)
{
    if (h->failed || HPDF_GetError(h->doc) != HPDF_OK)
        return FC_REFUSED;
    writer w = {.h = h, .entries = h->doc->xref->entries};
    w.numbers = FC_NEW_N(h->arena, uint32_t, w.entries->count);
    number_objects(&w);
    fc_pack *p = fc_pack_new(h->arena, h->deflater, w.n);
    for (HPDF_UINT i = 1; i < w.entries->count && !h->failed; i++) {
        if (w.numbers[i] == 0)
            continue;
        HPDF_Obj_Header *o = object_at(&w, i);
        bool dict = (o->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT;
        if (dict && ((HPDF_Dict)(void *)o)->stream != NULL)
            write_stream(&w, p, (HPDF_Dict)(void *)o);
        else
            write_value(&w, fc_pack_value(p), o);
    }
    if (h->failed)
        return FC_REFUSED;
    *bytes = fc_pack_end(p, w.numbers[h->doc->catalog->header.obj_id & OBJECT_ID],
                         w.numbers[h->doc->info->header.obj_id & OBJECT_ID]);
    return FC_OK;
}
