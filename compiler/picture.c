/* Pictures: the only file that knows libpng.
 *
 * A picture comes from outside. The file is walked through first, and libpng gets only the
 * chunks that make up the picture: what is usually attacked (text, profiles, times) never
 * reaches it, and nothing is taken apart before its size is known. What goes into documents is
 * made anew from the pixels, so that the same picture gives the same bytes and nothing travels
 * along: no place, no camera, no program's data behind the end. */
#include "compiler/picture.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

#define PNG_SIGN "\x89PNG\r\n\x1a\n"
#define SIGN_LEN 8
#define CHUNK_FRAME 12 /* length, type and check sum of a chunk */
#define CHUNKS_MAX                                                                             \
    10000       /* programs write data in pieces of 8 KiB, the eldest in smaller ones */
#define LEVEL 9 /* made once a build */

/* The critical chunks and transparency. */
static const char *const kept[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};

static const struct {
    const char *sign;
    size_t n;
    const char *why, *help;
} others[] = {
    {"\xff\xd8\xff", 3, "it is a JPEG picture", "save it as PNG"},
    {"GIF8", 4, "it is a GIF picture", "save it as PNG"},
    {"RIFF", 4, "it is a WebP picture", "save it as PNG"},
    {"BM", 2, "it is a BMP picture", "save it as PNG"},
    {"II*", 3, "it is a TIFF picture", "save it as PNG"},
    {"MM\0*", 4, "it is a TIFF picture", "save it as PNG"},
    {"%PDF", 4, "it is a PDF", "save it as PNG, about 800 pixels wide"},
};

static uint32_t number(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

/* SVG is text: its element stands behind a declaration and comments. */
static bool is_svg(fc_str s)
{
    size_t n = s.n < 1024 ? s.n : 1024;
    for (size_t i = 0; i + 4 <= n; i++)
        if (memcmp(s.p + i, "<svg", 4) == 0)
            return true;
    return false;
}

static fc_status refuse(const char **why, const char **help, const char *said,
                        const char *to_do)
{
    *why = said;
    *help = to_do;
    return FC_REFUSED;
}

static fc_status refuse_kind(fc_str s, const char **why, const char **help)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (s.n >= others[i].n && memcmp(s.p, others[i].sign, others[i].n) == 0)
            return refuse(why, help, others[i].why, others[i].help);
    if (is_svg(s))
        return refuse(why, help, "it is an SVG picture, which formc does not draw",
                      "save it as PNG, about 800 pixels wide, on white: a drawing program "
                      "exports it");
    return refuse(why, help, "it is not a PNG picture", "save it as PNG");
}

#define DAMAGED(said) refuse(why, help, said, "save it as PNG once more, and look at it")

/* What libpng reads from or writes to: n bytes, of which the first `at` are done. */
typedef struct stream {
    char *p;
    size_t n, at;
    bool full; /* there was no room for what was written */
} stream;

static void keep(stream *to, const char *p, size_t n)
{
    memcpy(to->p + to->at, p, n);
    to->at += n;
}

/* Walks through the chunks, copies those that are kept and reads the size. out has room for s.
 */
static fc_status pick(fc_str s, stream *out, fc_picture *p, const char **why, const char **help)
{
    size_t at = SIGN_LEN, chunks = 0;
    bool data = false;
    keep(out, s.p, SIGN_LEN);
    for (;; chunks++) {
        if (s.n - at < CHUNK_FRAME || chunks == CHUNKS_MAX)
            return DAMAGED("the file breaks off");
        uint32_t n = number(s.p + at);
        const char *type = s.p + at + 4;
        if (n > s.n - at - CHUNK_FRAME)
            return DAMAGED("the file breaks off");
        if ((chunks == 0) != (memcmp(type, "IHDR", 4) == 0) || (chunks == 0 && n != 13))
            return DAMAGED("it is damaged");
        if (chunks == 0) {
            p->width = number(s.p + at + 8);
            p->height = number(s.p + at + 12);
            if (p->width < 1 || p->height < 1)
                return DAMAGED("it is damaged");
            if (p->width > FC_PICTURE_SIDE_MAX || p->height > FC_PICTURE_SIDE_MAX ||
                p->width * p->height > FC_PICTURE_PIXELS_MAX)
                return refuse(why, help, "it has too many pixels",
                              "save it smaller: about 800 pixels wide are sharp on paper");
        }
        if (memcmp(type, "acTL", 4) == 0)
            return refuse(why, help, "it moves", "save one picture of it as PNG");
        data = data || memcmp(type, "IDAT", 4) == 0;
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            if (memcmp(type, kept[i], 4) == 0)
                keep(out, s.p + at, n + CHUNK_FRAME);
        if (memcmp(type, "IEND", 4) == 0)
            return data ? FC_OK : DAMAGED("there is no picture in it");
        at += n + CHUNK_FRAME;
    }
}

static void take(png_structp png, png_bytep to, size_t n)
{
    stream *s = png_get_io_ptr(png);
    if (n > s->n - s->at)
        png_error(png, "");
    memcpy(to, s->p + s->at, n);
    s->at += n;
}

static void give(png_structp png, png_bytep from, size_t n)
{
    stream *s = png_get_io_ptr(png);
    if (n > s->n - s->at) {
        s->full = true;
        png_error(png, "");
    }
    memcpy(s->p + s->at, from, n);
    s->at += n;
}

static void give_nothing(png_structp png)
{
    (void)png;
}

static void on_error(png_structp png, png_const_charp what)
{
    (void)what;
    longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp what)
{
    (void)png, (void)what;
}

/* Decodes into rows of RGBA, four bytes a pixel. Allocates nothing in an arena: what libpng
 * holds would be lost. */
static bool decode(stream *s, png_bytepp lines)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return false;
    }
    png_set_user_limits(png, FC_PICTURE_SIDE_MAX, FC_PICTURE_SIDE_MAX);
    png_set_read_fn(png, s, take);
    png_read_info(png, info);
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    png_read_image(png, lines);
    png_read_end(png, NULL);
    png_destroy_read_struct(&png, &info, NULL);
    return true;
}

static bool encode(stream *s, const fc_picture *p, const unsigned char *rgb)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_set_write_fn(png, s, give, give_nothing);
    png_set_compression_level(png, LEVEL);
    png_set_IHDR(png, info, p->width, p->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (size_t y = 0; y < p->height; y++)
        png_write_row(png, rgb + y * p->width * 3);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}

/* Puts the pixels on white, three bytes each in the place of four: paper is white, and in dark
 * colours a picture keeps its ground. */
static void flatten(unsigned char *rgba, size_t pixels)
{
    unsigned char *rgb = rgba;
    for (size_t i = 0; i < pixels; i++) {
        unsigned alpha = rgba[4 * i + 3];
        for (size_t k = 0; k < 3; k++)
            rgb[3 * i + k] =
                (unsigned char)((rgba[4 * i + k] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

/* Memory that is given back before the arena is dropped: pixels take much more than the file.
 */
static void *borrow(fc_arena *a, size_t n)
{
    void *p = fc_arena_resize(a, NULL, n);
    if (!p)
        fc_arena_give_up(a);
    return p;
}

static fc_status read_pixels(fc_arena *a, stream chunks, fc_picture *p, const char **why,
                             const char **help)
{
    size_t pixels = (size_t)p->width * p->height;
    png_bytepp lines = FC_NEW_N(a, png_bytep, p->height);
    unsigned char *rgba = borrow(a, pixels * 4);
    stream out = {.p = borrow(a, FC_PICTURE_BYTES_MAX), .n = FC_PICTURE_BYTES_MAX};
    fc_status s = FC_OK;
    for (size_t y = 0; y < p->height; y++)
        lines[y] = rgba + y * p->width * 4;
    if (!decode(&(stream){.p = chunks.p, .n = chunks.at}, lines)) {
        s = DAMAGED("it is damaged");
    } else {
        flatten(rgba, pixels);
        if (encode(&out, p, rgba))
            p->png = fc_str_copy(a, (fc_str){out.p, out.at});
        else if (out.full)
            s = refuse(why, help, "it is too detailed",
                       "save it smaller, or with fewer colours");
        else
            fc_arena_give_up(a);
    }
    fc_arena_give_back(a, out.p);
    fc_arena_give_back(a, rgba);
    return s;
}

fc_status fc_picture_read(fc_arena *a, fc_str bytes, fc_picture *out, const char **why,
                          const char **help)
{
    if (bytes.n < SIGN_LEN || memcmp(bytes.p, PNG_SIGN, SIGN_LEN) != 0)
        return refuse_kind(bytes, why, help);
    fc_picture p = {0};
    stream chunks = {.p = fc_arena_alloc(a, bytes.n), .n = bytes.n};
    fc_status s = pick(bytes, &chunks, &p, why, help);
    if (s == FC_OK)
        s = read_pixels(a, chunks, &p, why, help);
    fc_arena_check(a);
    if (s == FC_OK)
        *out = p;
    return s;
}

fc_str fc_picture_data(fc_arena *a, const fc_picture *p)
{
    stream out = {.p = fc_arena_alloc(a, p->png.n), .n = p->png.n};
    for (size_t at = SIGN_LEN; at + CHUNK_FRAME <= p->png.n;) {
        size_t n = number(p->png.p + at);
        if (memcmp(p->png.p + at + 4, "IDAT", 4) == 0)
            keep(&out, p->png.p + at + 8, n);
        at += n + CHUNK_FRAME;
    }
    return (fc_str){out.p, out.at};
}
