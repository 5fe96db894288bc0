/* HarfBuzz: shaping, subsetting and the numbers of a font. The only file that includes it.
 *
 * The font that goes into a document is a Type 0 font with Identity-H and a CIDFontType2
 * descendant (ISO 32000-1, 9.7), with the subset of the outlines that the document uses. */
#include "output/pdf/font.h"
#include "output/target.h"

#include "output/pdf/cache.h"
#include "runtime/base/digest.h"
#include "styles/assets.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <math.h>
#include <string.h>

struct fc_face {
    hb_face_t *face;
    hb_font_t *font; /* scaled to the font's own units */
    unsigned upem;
    unsigned n_glyphs;
    double ascent, descent, cap_height, slant;
    double bbox[4];     /* in thousandths, as all lengths here but the outlines' */
    char name[64];      /* PostScript name */
    fc_cache *shapes;   /* what pieces of text look like */
    fc_cache *programs; /* subsets, compressed */
    char *latin; /* of each character below LATIN: 'y' has it, 'n' not, 0 not asked yet */
};

#define LATIN 0x250 /* most of all text is of these */

/* A form of 200 questions has about 200 kB of shapes; a document's subsets are 10 to 30 kB. */
#define SHAPES_MAX ((size_t)1 << 20)
#define PROGRAMS_MAX ((size_t)256 << 10)

/* A shaped glyph as it is kept: lengths in the face's own units. */
typedef struct shape {
    uint32_t gid;
    uint32_t from; /* the first of its characters, from the start of the run */
    int32_t advance, dx, dy;
} shape;

struct fc_shaper {
    fc_arena *arena;
    hb_buffer_t *buffer;
    fc_str tag; /* of the language */
    hb_language_t lang;
    fc_buf key, shaped; /* of the run that is being shaped */
};

/* What a character code stands for. */
typedef struct code {
    uint32_t gid;
    const uint32_t *text;
    size_t n;
    bool used;
} code;

struct fc_font {
    fc_shaper *shaper;
    const fc_face *face;
    const char *resource;
    bool plain;
    code *codes; /* by glyph number */
    bool used;
    FC_ARRAY(code) aliases; /* code = n_glyphs + index */
    fc_pdf_obj *object;
};

struct fc_chain {
    fc_shaper *shaper;
    const fc_face *faces[FC_CHAIN_MAX];
    fc_font *fonts[FC_CHAIN_MAX]; /* NULL until they are needed; the first is always there */
    size_t n;
    const char *resource;
    bool plain;
};

static void drop_face(void *p)
{
    hb_face_destroy(p);
}
static void drop_font(void *p)
{
    hb_font_destroy(p);
}
static void drop_buffer(void *p)
{
    hb_buffer_destroy(p);
}
static void drop_blob(void *p)
{
    hb_blob_destroy(p);
}

static double thousandths(const fc_face *f, double units)
{
    return units * 1000 / f->upem;
}

static int table_i16(hb_blob_t *table, unsigned at)
{
    unsigned n = 0;
    const char *p = hb_blob_get_data(table, &n);
    if (at + 2 > n)
        return 0;
    int v = ((unsigned char)p[at] << 8) | (unsigned char)p[at + 1];
    return v >= 0x8000 ? v - 0x10000 : v;
}

/* The two values that HarfBuzz has no call for: head's bounding box and OS/2's licence bits. */
static int read_tables(fc_face *f)
{
    hb_blob_t *head = hb_face_reference_table(f->face, HB_TAG('h', 'e', 'a', 'd'));
    for (unsigned i = 0; i < 4; i++)
        f->bbox[i] = thousandths(f, table_i16(head, 36 + 2 * i));
    hb_blob_destroy(head);
    hb_blob_t *os2 = hb_face_reference_table(f->face, HB_TAG('O', 'S', '/', '2'));
    int rights = table_i16(os2, 8);
    hb_blob_destroy(os2);
    return rights;
}

static bool has_table(const fc_face *f, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(f->face, tag);
    bool has = hb_blob_get_length(table) != 0;
    hb_blob_destroy(table);
    return has;
}

static bool has_letters(const fc_face *f)
{
    hb_set_t *all = hb_set_create();
    hb_face_collect_unicodes(f->face, all);
    bool has = !hb_set_is_empty(all);
    hb_set_destroy(all);
    return has;
}

/* fsType of OS/2: 0x0002 no embedding, 0x0100 no subsetting, 0x0200 bitmaps only. */
#define NO_EMBEDDING 0x0302

/* Why a font cannot be embedded, or NULL. What the outlines of CFF would need is another kind
 * of descendant font (ISO 32000-1, 9.7.4.2), in which a code cannot stand for two texts. */
static const char *why_not(fc_face *f)
{
    if (f->n_glyphs == 0 || f->upem == 0)
        return "it is not a font file that can be read (TTF or TTC)";
    if ((read_tables(f) & NO_EMBEDDING) != 0)
        return "its makers do not allow it to be embedded in documents (fsType in its OS/2 "
               "table)";
    if (has_table(f, HB_TAG('C', 'F', 'F', ' ')) || has_table(f, HB_TAG('C', 'F', 'F', '2')))
        return "it has PostScript outlines (CFF), and only TrueType outlines can be embedded; "
               "of the fonts in Debian, fonts-droid-fallback, fonts-wqy-zenhei and "
               "fonts-ipafont-gothic have these";
    if (hb_ot_var_has_data(f->face))
        return "it is a variable font; use a file of one weight";
    if (!has_table(f, HB_TAG('g', 'l', 'y', 'f')) || !has_letters(f))
        return "it has no outlines of letters";
    return NULL;
}

/* The PostScript name, of characters that stand in a PDF name as they are. */
static void read_name(fc_face *f)
{
    char name[sizeof f->name] = "";
    unsigned room = sizeof name;
    size_t n = 0;
    hb_ot_name_get_utf8(f->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &room,
                        name);
    for (const char *p = name; *p != 0; p++)
        if ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ||
            *p == '-' || *p == '_' || *p == '.')
            f->name[n++] = *p;
    if (n == 0)
        memcpy(f->name, "Font", sizeof "Font");
}

fc_face *fc_face_open(fc_arena *a, const char *asset)
{
    const char *why;
    return fc_face_open_bytes(a, fc_asset(asset), &why);
}

fc_face *fc_face_open_bytes(fc_arena *a, fc_str bytes, const char **why)
{
    fc_face *f = FC_NEW(a, fc_face);
    *why = "it has no bytes, or too many";
    if (bytes.n == 0 || bytes.n > FC_FONT_BYTES_MAX)
        return NULL;
    hb_blob_t *blob =
        hb_blob_create(bytes.p, (unsigned)bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    f->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    fc_arena_defer(a, drop_face, f->face);
    f->upem = hb_face_get_upem(f->face);
    f->n_glyphs = hb_face_get_glyph_count(f->face);
    *why = why_not(f);
    if (*why != NULL)
        return NULL;
    hb_face_make_immutable(f->face);
    f->font = hb_font_create(f->face);
    hb_font_make_immutable(f->font);
    fc_arena_defer(a, drop_font, f->font);

    hb_font_extents_t extents;
    hb_font_get_h_extents(f->font, &extents);
    f->ascent = thousandths(f, extents.ascender);
    f->descent = -thousandths(f, extents.descender);
    hb_position_t cap = 0;
    f->cap_height = hb_ot_metrics_get_position(f->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap)
                        ? thousandths(f, cap)
                        : f->ascent;
    f->slant = (double)hb_style_get_value(f->font, HB_STYLE_TAG_SLANT_ANGLE);
    f->shapes = fc_cache_new(a, SHAPES_MAX);
    f->programs = fc_cache_new(a, PROGRAMS_MAX);
    f->latin = FC_NEW_N(a, char, LATIN);
    read_name(f);
    return f;
}

static bool has_glyph(const fc_face *f, uint32_t c)
{
    hb_codepoint_t gid;
    return hb_font_get_nominal_glyph(f->font, c, &gid) && gid != 0;
}

bool fc_face_has(const fc_face *f, uint32_t c)
{
    if (c >= LATIN)
        return has_glyph(f, c);
    if (f->latin[c] == 0)
        f->latin[c] = has_glyph(f, c) ? 'y' : 'n';
    return f->latin[c] == 'y';
}

double fc_face_ascent(const fc_face *f)
{
    return f->ascent / 1000;
}
double fc_face_descent(const fc_face *f)
{
    return f->descent / 1000;
}

fc_shaper *fc_shaper_new(fc_arena *a, fc_str lang)
{
    fc_shaper *s = FC_NEW(a, fc_shaper);
    s->arena = a;
    s->buffer = hb_buffer_create();
    fc_arena_defer(a, drop_buffer, s->buffer);
    s->tag = lang;
    s->lang = hb_language_from_string(lang.p, (int)lang.n);
    fc_buf_init_in(&s->key, a, FC_BUF_MAX);
    fc_buf_init_in(&s->shaped, a, FC_BUF_MAX);
    return s;
}

fc_font *fc_font_new(fc_shaper *s, const fc_face *face, const char *resource, bool plain)
{
    fc_font *f = FC_NEW(s->arena, fc_font);
    f->shaper = s;
    f->face = face;
    f->resource = resource;
    f->plain = plain;
    f->codes = FC_NEW_N(s->arena, code, face->n_glyphs);
    return f;
}

fc_chain *fc_chain_new(fc_shaper *s, const fc_face *const *faces, size_t n,
                       const char *resource, bool plain)
{
    fc_chain *c = FC_NEW(s->arena, fc_chain);
    c->shaper = s;
    c->n = n < FC_CHAIN_MAX ? n : FC_CHAIN_MAX;
    memcpy(c->faces, faces, c->n * sizeof *c->faces);
    c->resource = resource;
    c->plain = plain;
    c->fonts[0] = fc_font_new(s, faces[0], resource, plain);
    return c;
}

fc_font *fc_chain_find(fc_chain *c, const uint32_t *text, size_t n)
{
    for (size_t i = 0; i < c->n; i++) {
        size_t has = 0;
        while (has < n && fc_face_has(c->faces[i], text[has]))
            has++;
        if (has < n)
            continue;
        if (c->fonts[i] == NULL)
            c->fonts[i] =
                fc_font_new(c->shaper, c->faces[i],
                            fc_str_fmt(c->shaper->arena, "%s%zu", c->resource, i).p, c->plain);
        return c->fonts[i];
    }
    return NULL;
}

fc_font *fc_chain_first(const fc_chain *c)
{
    return c->fonts[0];
}

fc_font *fc_chain_used(const fc_chain *c, size_t i)
{
    return c->fonts[i] != NULL && c->fonts[i]->used ? c->fonts[i] : NULL;
}

const char *fc_font_resource(const fc_font *f)
{
    return f->resource;
}
const fc_face *fc_font_face(const fc_font *f)
{
    return f->face;
}

uint32_t fc_font_script(fc_shaper *s, uint32_t c)
{
    (void)s;
    return hb_unicode_script(hb_unicode_funcs_get_default(), c);
}

bool fc_script_is_common(uint32_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
           script == HB_SCRIPT_UNKNOWN || script == HB_SCRIPT_INVALID;
}

/* Characters on both sides of a run that can change how it looks. HarfBuzz looks at five. */
#define CONTEXT 8

/* What a run's shape depends on. */
static fc_str shape_key(const fc_font *f, const uint32_t *text, size_t before, size_t n,
                        size_t after, bool rtl, uint32_t script)
{
    fc_buf *b = &f->shaper->key;
    uint32_t head[] = {(uint32_t)f->plain, (uint32_t)rtl, script, (uint32_t)before,
                       (uint32_t)after};
    fc_buf_clear(b);
    fc_buf_add(b, head, sizeof head);
    fc_buf_add(b, text, (before + n + after) * sizeof *text);
    fc_buf_str(b, f->shaper->tag);
    if (b->failed)
        fc_arena_give_up(f->shaper->arena);
    return fc_buf_view(b);
}

/* Shapes text[before, before + n), with `after` characters behind it. */
static fc_str shape_run(const fc_font *f, const uint32_t *text, size_t before, size_t n,
                        size_t after, bool rtl, uint32_t script)
{
    static const hb_feature_t plain[] = {
        {HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1},
        {HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1},
    };
    hb_buffer_t *b = f->shaper->buffer;
    hb_buffer_reset(b);
    hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES | HB_BUFFER_FLAG_BOT |
                               HB_BUFFER_FLAG_EOT);
    hb_buffer_set_cluster_level(b, rtl ? HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS
                                       : HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_add_codepoints(b, text, (int)(before + n + after), (unsigned)before, (int)n);
    hb_buffer_set_direction(b, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b,
                         fc_script_is_common(script) ? HB_SCRIPT_LATIN : (hb_script_t)script);
    hb_buffer_set_language(b, f->shaper->lang);
    hb_shape(f->face->font, b, f->plain ? plain : NULL, f->plain ? 2 : 0);
    if (!hb_buffer_allocation_successful(b))
        fc_arena_give_up(f->shaper->arena);
    unsigned count = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &count);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(b, &count);
    fc_buf *out = &f->shaper->shaped;
    fc_buf_clear(out);
    for (unsigned i = 0; i < count; i++) {
        shape s = {.gid = info[i].codepoint,
                   .from = info[i].cluster - (uint32_t)before,
                   .advance = pos[i].x_advance,
                   .dx = pos[i].x_offset,
                   .dy = pos[i].y_offset};
        fc_buf_add(out, &s, sizeof s);
    }
    if (out->failed)
        fc_arena_give_up(f->shaper->arena);
    return fc_buf_view(out);
}

/* Room for n more: no more than that the first time, for most arrays hold one run. */
static void make_room(fc_arena *a, fc_glyphs *g, size_t n)
{
    if (g->cap - g->n >= n)
        return;
    size_t cap = g->n + n > 2 * g->cap ? g->n + n : 2 * g->cap;
    fc_glyph *at = FC_NEW_N(a, fc_glyph, cap);
    if (g->n != 0)
        memcpy(at, g->at, g->n * sizeof *at);
    g->at = at;
    g->cap = cap;
}

void fc_font_shape(fc_font *f, const uint32_t *text, size_t n, size_t from, size_t to, bool rtl,
                   uint32_t script, fc_glyphs *out)
{
    size_t before = from < CONTEXT ? from : CONTEXT;
    size_t after = n - to < CONTEXT ? n - to : CONTEXT;
    const uint32_t *start = text + (from - before);
    fc_str key = shape_key(f, start, before, to - from, after, rtl, script), shapes;
    if (!fc_cache_find(f->face->shapes, key, &shapes)) {
        shapes = shape_run(f, start, before, to - from, after, rtl, script);
        fc_cache_keep(f->face->shapes, key, shapes);
    }
    make_room(f->shaper->arena, out, shapes.n / sizeof(shape));
    for (size_t at = 0; at < shapes.n; at += sizeof(shape)) {
        shape s;
        memcpy(&s, shapes.p + at, sizeof s);
        out->at[out->n++] = (fc_glyph){.gid = s.gid,
                                       .cluster = (uint32_t)from + s.from,
                                       .advance = thousandths(f->face, s.advance),
                                       .dx = thousandths(f->face, s.dx),
                                       .dy = thousandths(f->face, s.dy)};
    }
}

static bool same_text(const code *c, const uint32_t *text, size_t n)
{
    return c->n == n && (n == 0 || memcmp(c->text, text, n * sizeof *text) == 0);
}

/* The code under which a glyph stands for a text. Codes end at 65,535: beyond that the glyph's
 * own code has to do, and only copying text out of the document suffers. */
static uint32_t encode(fc_font *f, uint32_t gid, const uint32_t *text, size_t n)
{
    if (gid >= f->face->n_glyphs)
        gid = 0;
    code *own = &f->codes[gid];
    f->used = true;
    if (own->used && same_text(own, text, n))
        return gid;
    for (size_t i = 0; own->used && i < f->aliases.n; i++)
        if (f->aliases.at[i].gid == gid && same_text(&f->aliases.at[i], text, n))
            return f->face->n_glyphs + (uint32_t)i;
    uint32_t *copy = FC_NEW_N(f->shaper->arena, uint32_t, n);
    if (n != 0)
        memcpy(copy, text, n * sizeof *copy);
    code made = {.gid = gid, .text = copy, .n = n, .used = true};
    if (!own->used) {
        *own = made;
        return gid;
    }
    if (f->face->n_glyphs + f->aliases.n > 0xffff)
        return gid;
    FC_PUSH(f->shaper->arena, &f->aliases, made);
    return f->face->n_glyphs + (uint32_t)(f->aliases.n - 1);
}

static double width_of(const fc_face *f, uint32_t gid)
{
    return floor(thousandths(f, hb_font_get_glyph_h_advance(f->font, gid)) + 0.5);
}

/* Letters that a font makes of more glyphs than there are characters, as it does of a vowel
 * that stands on both sides of its consonant, read as their parts. */
#define PARTS_MAX 16
static size_t take_apart(const uint32_t *text, size_t n, uint32_t parts[PARTS_MAX])
{
    size_t made = 0;
    for (size_t i = 0; i < n; i++) {
        hb_codepoint_t base, mark;
        if (hb_unicode_decompose(hb_unicode_funcs_get_default(), text[i], &base, &mark)) {
            parts[made++] = base;
            if (mark != 0)
                parts[made++] = mark;
        } else {
            parts[made++] = text[i];
        }
    }
    return made;
}

void fc_font_encode(fc_font *f, const uint32_t *text, size_t from, size_t to, bool rtl,
                    fc_glyph *glyphs, size_t n)
{
    static const uint32_t nothing = 0x200b; /* a glyph too many still needs a text */
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && glyphs[end].cluster == glyphs[i].cluster)
            end++;
        /* The cluster's characters end where the next one in reading order begins. */
        size_t first = glyphs[i].cluster, last = to;
        if (!rtl && end < n)
            last = glyphs[end].cluster;
        else if (rtl && i > 0)
            last = glyphs[i - 1].cluster;
        if (!rtl && i == 0)
            first = from;
        if (first < from || first > last)
            first = from;
        uint32_t parts[PARTS_MAX];
        const uint32_t *chars = text + first;
        size_t n_chars = last - first;
        if (n_chars < end - i && n_chars <= PARTS_MAX / 2) {
            n_chars = take_apart(chars, n_chars, parts);
            chars = parts;
        }
        for (size_t g = i; g < end; g++) {
            uint32_t gid = glyphs[g].gid;
            size_t k = rtl ? end - 1 - g : g - i; /* in reading order */
            size_t take = k + 1 == end - i && n_chars > k ? n_chars - k : 1;
            glyphs[g].width = width_of(f->face, gid);
            glyphs[g].gid =
                k < n_chars ? encode(f, gid, chars + k, take) : encode(f, gid, &nothing, 1);
        }
        i = end;
    }
}

void fc_font_add_repertoire(fc_font *f)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        {0x20, 0x7e},     {0xa0, 0xac},     {0xae, 0x17f},    /* Latin, all of Europe */
        {0x218, 0x21b},   {0x1e80, 0x1e85}, {0x1ef2, 0x1ef3}, /* Romanian, Welsh */
        {0x384, 0x3ce},   {0x400, 0x45f},   {0x490, 0x491},   /* Greek, Cyrillic */
        {0x2010, 0x2027}, {0x2030, 0x203a}, {0x20ac, 0x20ac}, /* punctuation, euro */
        {0x2116, 0x2116}, {0x2122, 0x2122}, {0x2212, 0x2212}, /* numero, trade mark, minus */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (uint32_t c = ranges[i].from; c <= ranges[i].to; c++) {
            hb_codepoint_t gid;
            if (hb_font_get_nominal_glyph(f->face->font, c, &gid) && gid != 0)
                (void)encode(f, gid, &c, 1);
        }
}

fc_pdf_obj *fc_font_object(fc_font *f, fc_haru *h)
{
    if (f->object == NULL)
        f->object = fc_pdf_object(h);
    return f->object;
}

/* The numbers of the glyphs that the document uses, from the least. */
static fc_str used_glyphs(const fc_font *f)
{
    FC_ARRAY(uint32_t) used = {0};
    for (uint32_t g = 0; g < f->face->n_glyphs; g++)
        if (f->codes[g].used)
            FC_PUSH(f->shaper->arena, &used, g);
    return (fc_str){(const char *)used.at, used.n * sizeof *used.at};
}

/* The outlines of the used glyphs, under their own numbers, and nothing that a viewer does not
 * need: dropping GSUB also keeps HarfBuzz from adding glyphs that shaping might reach. NULL: it
 * could not be done. */
static hb_blob_t *subset(const fc_face *face, fc_str used)
{
    static const char drop[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "OS/2", "name",
                                   "post", "cmap", "DSIG", "gasp", "kern", "hdmx", "VDMX",
                                   "LTSH", "meta", "STAT", "vhea", "vmtx", "MATH"};
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    if (in == NULL)
        return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(in);
    for (size_t at = 0; at < used.n; at += sizeof(uint32_t)) {
        uint32_t g;
        memcpy(&g, used.p + at, sizeof g);
        hb_set_add(glyphs, g);
    }
    hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                      HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *tables = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof drop / sizeof *drop; i++)
        hb_set_add(tables, HB_TAG(drop[i][0], drop[i][1], drop[i][2], drop[i][3]));
    bool whole = hb_set_allocation_successful(glyphs) && hb_set_allocation_successful(tables);
    hb_face_t *out = whole ? hb_subset_or_fail(face->face, in) : NULL;
    hb_subset_input_destroy(in);
    if (out == NULL)
        return NULL;
    hb_blob_t *blob = hb_face_reference_blob(out);
    hb_face_destroy(out);
    return blob;
}

/* The font file of the used glyphs: its length, in the first bytes, and its bytes compressed.
 * Empty: it could not be made. */
static fc_str program_of(const fc_font *f, fc_haru *h, fc_str used)
{
    fc_str program = {0};
    if (fc_cache_find(f->face->programs, used, &program))
        return program;
    hb_blob_t *blob = subset(f->face, used);
    unsigned n = 0;
    const char *p = blob ? hb_blob_get_data(blob, &n) : NULL;
    if (n == 0) {
        hb_blob_destroy(blob);
        return program;
    }
    fc_arena_defer(f->shaper->arena, drop_blob, blob);
    fc_str deflated = fc_pdf_deflate(h, (fc_str){p, n});
    char *both = fc_arena_alloc(f->shaper->arena, sizeof n + deflated.n);
    memcpy(both, &n, sizeof n);
    memcpy(both + sizeof n, deflated.p, deflated.n);
    program = (fc_str){both, sizeof n + deflated.n};
    fc_cache_keep(f->face->programs, used, program);
    return program;
}

/* "ABCDEF+NotoSans-Regular": the tag differs with the glyphs (ISO 32000-1, 9.6.4). */
static fc_str base_font(const fc_font *f, fc_str used)
{
    fc_arena *a = f->shaper->arena;
    fc_str hex = fc_sha256_hex(a, used);
    char tag[7] = {0};
    for (size_t i = 0; i < 6; i++) {
        char d = hex.p[i];
        tag[i] = (char)('A' + (d <= '9' ? d - '0' : d - 'a' + 10));
    }
    return fc_str_fmt(a, "%s+%s", tag, f->face->name);
}

static const code *code_at(const fc_font *f, uint32_t c)
{
    return c < f->face->n_glyphs ? &f->codes[c] : &f->aliases.at[c - f->face->n_glyphs];
}

static uint32_t code_count(const fc_font *f)
{
    return f->face->n_glyphs + (uint32_t)f->aliases.n;
}

static void write_widths(const fc_font *f, fc_haru *h, fc_pdf_obj *cid)
{
    fc_pdf_obj *w = fc_pdf_array(h);
    fc_pdf_put(h, cid, "W", w);
    fc_pdf_obj *run = NULL;
    for (uint32_t c = 0; c < code_count(f); c++) {
        const code *k = code_at(f, c);
        if (!k->used) {
            run = NULL;
            continue;
        }
        if (run == NULL) {
            fc_pdf_add_int(h, w, c);
            run = fc_pdf_array(h);
            fc_pdf_add(h, w, run);
        }
        fc_pdf_add_int(h, run, lround(width_of(f->face, k->gid)));
    }
}

static void utf16_hex(fc_buf *b, uint32_t c)
{
    if (c >= 0x10000) {
        fc_pdf_hex(b, 0xd800 + ((c - 0x10000) >> 10));
        c = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    fc_pdf_hex(b, c);
}

/* The text map (ISO 32000-1, 9.10.3): one bfchar a code, at most 100 in a block. */
static void write_to_unicode(const fc_font *f, fc_buf *b)
{
    fc_buf_z(b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    size_t left = 0;
    for (uint32_t c = 0; c < code_count(f); c++)
        left += code_at(f, c)->used && code_at(f, c)->n != 0;
    size_t in_block = 0;
    for (uint32_t c = 0; c < code_count(f); c++) {
        const code *k = code_at(f, c);
        if (!k->used || k->n == 0)
            continue;
        if (in_block == 0) {
            in_block = left < 100 ? left : 100;
            left -= in_block;
            fc_buf_fmt(b, "%zu beginbfchar\n", in_block);
        }
        fc_buf_char(b, '<');
        fc_pdf_hex(b, c);
        fc_buf_z(b, "> <");
        for (size_t i = 0; i < k->n; i++)
            utf16_hex(b, k->text[i]);
        fc_buf_z(b, ">\n");
        if (--in_block == 0)
            fc_buf_z(b, "endbfchar\n");
    }
    fc_buf_z(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/* Where codes lead: needed only when there are aliases. */
static fc_pdf_obj *cid_to_gid(const fc_font *f, fc_haru *h)
{
    uint32_t n = code_count(f);
    char *map = fc_arena_alloc(f->shaper->arena, 2 * (size_t)n);
    for (uint32_t c = 0; c < n; c++) {
        const code *k = code_at(f, c);
        uint32_t gid = k->used ? k->gid : 0;
        map[2 * c] = (char)(gid >> 8);
        map[2 * c + 1] = (char)gid;
    }
    return fc_pdf_stream(h, (fc_str){map, 2 * (size_t)n}, true);
}

static fc_pdf_obj *write_descriptor(const fc_font *f, fc_haru *h, const char *name,
                                    fc_str program)
{
    const fc_face *face = f->face;
    unsigned n;
    memcpy(&n, program.p, sizeof n);
    fc_pdf_obj *file = fc_pdf_deflated(h, fc_str_slice(program, sizeof n, program.n));
    fc_pdf_put_int(h, file, "Length1", (long)n);
    fc_pdf_obj *d = fc_pdf_object(h);
    fc_pdf_put_name(h, d, "Type", "FontDescriptor");
    fc_pdf_put_name(h, d, "FontName", name);
    fc_pdf_put_int(h, d, "Flags", 4); /* symbolic: the encoding is the font's own */
    fc_pdf_put(h, d, "FontBBox",
               fc_pdf_rect(h, face->bbox[0], face->bbox[1], face->bbox[2], face->bbox[3]));
    fc_pdf_put_real(h, d, "ItalicAngle", face->slant);
    fc_pdf_put_real(h, d, "Ascent", face->ascent);
    fc_pdf_put_real(h, d, "Descent", -face->descent);
    fc_pdf_put_real(h, d, "CapHeight", face->cap_height);
    fc_pdf_put_int(h, d, "StemV", 80); /* required, used by no viewer for embedded outlines */
    fc_pdf_put(h, d, "FontFile2", file);
    return d;
}

bool fc_font_write(fc_font *f, fc_haru *h)
{
    fc_str used = used_glyphs(f), program = program_of(f, h, used);
    if (program.n == 0)
        return false;
    const char *name = base_font(f, used).p;

    fc_pdf_obj *cid = fc_pdf_object(h);
    fc_pdf_put_name(h, cid, "Type", "Font");
    fc_pdf_put_name(h, cid, "Subtype", "CIDFontType2");
    fc_pdf_put_name(h, cid, "BaseFont", name);
    fc_pdf_obj *system = fc_pdf_dict(h);
    fc_pdf_put_text(h, system, "Registry", FC_S("Adobe"));
    fc_pdf_put_text(h, system, "Ordering", FC_S("Identity"));
    fc_pdf_put_int(h, system, "Supplement", 0);
    fc_pdf_put(h, cid, "CIDSystemInfo", system);
    fc_pdf_put_int(h, cid, "DW", 1000);
    fc_pdf_put(h, cid, "FontDescriptor", write_descriptor(f, h, name, program));
    write_widths(f, h, cid);
    if (f->aliases.n == 0)
        fc_pdf_put_name(h, cid, "CIDToGIDMap", "Identity");
    else
        fc_pdf_put(h, cid, "CIDToGIDMap", cid_to_gid(f, h));

    fc_buf map;
    fc_buf_init_in(&map, f->shaper->arena, FC_BUF_MAX);
    write_to_unicode(f, &map);
    if (map.failed)
        fc_arena_give_up(f->shaper->arena);
    fc_pdf_obj *to_unicode = fc_pdf_stream(h, fc_buf_view(&map), true);
    fc_buf_release(&map);

    fc_pdf_obj *font = fc_font_object(f, h);
    fc_pdf_put_name(h, font, "Type", "Font");
    fc_pdf_put_name(h, font, "Subtype", "Type0");
    fc_pdf_put_name(h, font, "BaseFont", name);
    fc_pdf_put_name(h, font, "Encoding", "Identity-H");
    fc_pdf_obj *kids = fc_pdf_array(h);
    fc_pdf_add(h, kids, cid);
    fc_pdf_put(h, font, "DescendantFonts", kids);
    fc_pdf_put(h, font, "ToUnicode", to_unicode);
    return true;
}
