/* The object store over libharu 2.3: the only file that includes its header. libharu's
 * low-level calls return a status and never call an error handler; every status is gathered in
 * h->failed.
 *
 * The numbers of objects are those of libharu's cross-reference table, and the file has the
 * same. libharu's own pages and streams are not used: they would bring objects that only hold
 * a length, and copy every byte. */
#include "output/pdf/haru.h"

#include "output/pdf/pack.h"

#include <hpdf.h>
#include <math.h>
#include <string.h>

/* What libharu does not hold: the bytes of a stream, or the value of an object as text. */
typedef struct given {
    enum { NOTHING, TEXT, PLAIN, DEFLATED } kind;
    fc_str bytes;
} given;

struct fc_haru {
    fc_arena *arena;
    HPDF_Doc doc;
    fc_deflater *deflater;
    FC_ARRAY(void *) loose; /* direct objects that nothing holds yet */
    FC_ARRAY(given) given;  /* by the numbers of objects */
    long pages;
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

/* Puts a new object among the indirect ones. */
static fc_pdf_obj *indirect(fc_haru *h, void *object)
{
    if (made(h, object) == NULL)
        return NULL;
    note(h, HPDF_Xref_Add(h->doc->xref, object));
    return object;
}

fc_pdf_obj *fc_pdf_object(fc_haru *h)
{
    return h->failed ? NULL : indirect(h, HPDF_Dict_New(h->doc->mmgr));
}

fc_pdf_obj *fc_pdf_place(fc_haru *h)
{
    return h->failed ? NULL : indirect(h, HPDF_Null_New(h->doc->mmgr));
}

static uint32_t number_of(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00ffffff; /* above it are flags */
}

static void give(fc_haru *h, const fc_pdf_obj *object, given what)
{
    if (h->failed)
        return;
    uint32_t number = number_of(object);
    while (h->given.n <= number)
        FC_PUSH(h->arena, &h->given, (given){0});
    h->given.at[number] = what;
}

void fc_pdf_say(fc_haru *h, fc_pdf_obj *place, fc_str value)
{
    give(h, place, (given){TEXT, fc_str_copy(h->arena, value)});
}

fc_str fc_pdf_deflate(fc_haru *h, fc_str bytes)
{
    return fc_deflate(h->deflater, bytes);
}

fc_pdf_obj *fc_pdf_deflated(fc_haru *h, fc_str bytes)
{
    fc_pdf_obj *o = fc_pdf_object(h);
    give(h, o, (given){DEFLATED, bytes});
    return o;
}

/* Below this a deflated stream is larger, or saves less than its filter entry costs. */
#define DEFLATE_FROM 160

fc_pdf_obj *fc_pdf_stream(fc_haru *h, fc_str bytes, bool deflate)
{
    if (deflate && bytes.n >= DEFLATE_FROM)
        return fc_pdf_deflated(h, fc_str_copy(h->arena, fc_pdf_deflate(h, bytes)));
    fc_pdf_obj *o = fc_pdf_object(h);
    give(h, o, (given){PLAIN, fc_str_copy(h->arena, bytes)});
    return o;
}

fc_pdf_obj *fc_pdf_image(fc_haru *h, fc_str data, unsigned width, unsigned height)
{
    fc_pdf_obj *image = fc_pdf_deflated(h, fc_str_copy(h->arena, data)), *how = fc_pdf_dict(h);
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
    fc_pdf_obj *page = fc_pdf_object(h);
    fc_pdf_put_name(h, page, "Type", "Page");
    fc_pdf_put(h, page, "Parent", (fc_pdf_obj *)(void *)h->doc->root_pages);
    fc_pdf_put(h, page, "MediaBox", fc_pdf_rect(h, 0, 0, width, height));
    if (h->failed)
        return NULL;
    void *all = made(h, HPDF_Dict_GetItem(h->doc->root_pages, "Kids", HPDF_OCLASS_ARRAY));
    fc_pdf_add(h, all, page);
    h->pages++;
    return page;
}

void fc_pdf_page_content(fc_haru *h, fc_pdf_obj *page, fc_str content, fc_pdf_obj *fonts,
                         fc_pdf_obj *pictures)
{
    fc_pdf_put(h, page, "Contents", fc_pdf_stream(h, content, true));
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

/* The bytes of a text string: ASCII is the same in PDFDocEncoding, anything else becomes
 * UTF-16BE with a mark. In the arena. */
static fc_str text_bytes(fc_haru *h, fc_str s)
{
    if (plain_ascii(s))
        return fc_str_copy(h->arena, s);
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
    return (fc_str){(const char *)u, n};
}

static void *text_string(fc_haru *h, fc_str s)
{
    if (fc_utf8_utf16_units(s) > FC_PDF_TEXT_UNITS) {
        h->failed = true;
        return NULL;
    }
    fc_str bytes = text_bytes(h, s);
    if (plain_ascii(s))
        return made(h, HPDF_String_New(h->doc->mmgr, bytes.p, NULL));
    return made(
        h, HPDF_Binary_New(h->doc->mmgr, (HPDF_BYTE *)(uintptr_t)bytes.p, (HPDF_UINT)bytes.n));
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

/* Numbers and words need a space before them, unless a delimiter is there (7.2.2). */
static void keep_apart(fc_buf *b)
{
    if (b->n != 0 && strchr("()<>[]/\n", b->p[b->n - 1]) == NULL)
        fc_buf_char(b, ' ');
}

static void write_word(fc_buf *b, const char *word)
{
    keep_apart(b);
    fc_buf_z(b, word);
}

void fc_pdf_write_number(fc_buf *b, double value)
{
    keep_apart(b);
    fc_pdf_number(b, value);
}

void fc_pdf_write_ref(fc_buf *b, const fc_pdf_obj *object)
{
    if (object == NULL)
        return; /* making it failed, and nothing will be saved */
    fc_pdf_write_number(b, number_of(object));
    fc_buf_z(b, " 0 R");
}

void fc_pdf_write_name(fc_buf *b, const char *name) /* 7.3.5 */
{
    fc_buf_char(b, '/');
    for (const char *c = name; *c != 0; c++)
        if (*c < '!' || *c > '~' || strchr("#()<>[]{}/%", *c) != NULL)
            fc_buf_fmt(b, "#%02X", (unsigned)(unsigned char)*c);
        else
            fc_buf_char(b, *c);
}

/* Any byte may stand in it, but a line's end would be read as a line feed (7.3.4.2). */
static void write_string(fc_buf *b, const char *p, size_t n)
{
    fc_buf_char(b, '(');
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '(' || p[i] == ')' || p[i] == '\\' || p[i] == '\r')
            fc_buf_char(b, '\\');
        fc_buf_char(b, p[i] == '\r' ? 'r' : p[i]);
    }
    fc_buf_char(b, ')');
}

void fc_pdf_write_text(fc_haru *h, fc_buf *b, fc_str utf8)
{
    fc_str bytes = text_bytes(h, utf8);
    write_string(b, bytes.p, bytes.n);
}

static void write_value(fc_haru *h, fc_buf *b, const void *object);

static void write_entries(fc_haru *h, fc_buf *b, const struct _HPDF_Dict_Rec *d)
{
    for (HPDF_UINT i = 0; i < d->list->count; i++) {
        HPDF_DictElement e = d->list->obj[i];
        fc_pdf_write_name(b, e->key);
        write_value(h, b, e->value);
    }
}

static void write_value(fc_haru *h, fc_buf *b, const void *object)
{
    switch (((const HPDF_Obj_Header *)object)->obj_class & HPDF_OCLASS_ANY) {
    case HPDF_OCLASS_NULL:
        write_word(b, "null");
        break;
    case HPDF_OCLASS_BOOLEAN:
        write_word(b, ((const HPDF_Boolean_Rec *)object)->value ? "true" : "false");
        break;
    case HPDF_OCLASS_NUMBER:
        fc_pdf_write_number(b, ((const HPDF_Number_Rec *)object)->value);
        break;
    case HPDF_OCLASS_REAL:
        fc_pdf_write_number(b, (double)((const HPDF_Real_Rec *)object)->value);
        break;
    case HPDF_OCLASS_NAME:
        fc_pdf_write_name(b, ((const HPDF_Name_Rec *)object)->value);
        break;
    case HPDF_OCLASS_STRING: {
        const HPDF_String_Rec *s = object;
        write_string(b, (const char *)s->value, s->len);
        break;
    }
    case HPDF_OCLASS_BINARY: {
        const HPDF_Binary_Rec *s = object;
        write_string(b, (const char *)s->value, s->len);
        break;
    }
    case HPDF_OCLASS_ARRAY: {
        const struct _HPDF_List_Rec *list = ((const HPDF_Array_Rec *)object)->list;
        fc_buf_char(b, '[');
        for (HPDF_UINT i = 0; i < list->count; i++)
            write_value(h, b, list->obj[i]);
        fc_buf_char(b, ']');
        break;
    }
    case HPDF_OCLASS_DICT:
        fc_buf_z(b, "<<");
        write_entries(h, b, object);
        fc_buf_z(b, ">>");
        break;
    case HPDF_OCLASS_PROXY:
        fc_pdf_write_ref(b, ((const HPDF_Proxy_Rec *)object)->obj);
        break;
    default:
        h->failed = true;
    }
}

static void write_object(fc_haru *h, fc_pack *p, const void *object)
{
    uint32_t number = number_of(object);
    given g = number < h->given.n ? h->given.at[number] : (given){0};
    switch (g.kind) {
    case NOTHING:
        write_value(h, fc_pack_value(p), object);
        break;
    case TEXT:
        fc_buf_str(fc_pack_value(p), g.bytes);
        break;
    case PLAIN:
    case DEFLATED:
        write_entries(h, fc_pack_stream(p), object);
        fc_pack_bytes(p, g.bytes, g.kind == DEFLATED);
        break;
    }
}

fc_status fc_haru_save(fc_haru *h, fc_str *bytes)
{
    if (!h->failed)
        note(h, HPDF_Dict_AddNumber(h->doc->root_pages, "Count", (HPDF_INT32)h->pages));
    if (h->failed || HPDF_GetError(h->doc) != HPDF_OK)
        return FC_REFUSED;
    HPDF_List entries = h->doc->xref->entries; /* the first is the head of the free ones */
    fc_pack *p = fc_pack_new(h->arena, h->deflater, entries->count - 1);
    for (HPDF_UINT i = 1; i < entries->count; i++)
        write_object(h, p, ((HPDF_XrefEntry)entries->obj[i])->obj);
    if (h->failed)
        return FC_REFUSED;
    *bytes = fc_pack_end(p, number_of(h->doc->catalog), number_of(h->doc->info));
    return FC_OK;
}
