/* Objects go into streams of PACKED objects each, in the order in which they come. */
#include "output/pdf/pack.h"
#include "runtime/base/digest.h"

#include <string.h>

/* Objects of one stream. More compress better; a viewer unpacks the whole stream for each. */
#define PACKED 200

typedef struct place {  /* a row of the cross-reference stream (table 18) */
    unsigned char type; /* 1: in the file, 2: in an object stream */
    uint32_t at;        /* the offset, or the number of the object stream */
    uint32_t index;     /* in the object stream */
} place;

struct fc_pack {
    fc_arena *arena;
    fc_deflater *deflater;
    fc_buf out;
    fc_buf values; /* of the object stream that is open */
    struct {
        uint32_t number;
        size_t at; /* in values */
    } packed[PACKED];
    uint32_t n_packed;
    uint32_t next;   /* the number of the object that comes */
    uint32_t stream; /* the number of the open object stream: behind all objects */
    place *places;   /* by number; the first is the head of the free ones */
    size_t n_places;
};

fc_pack *fc_pack_new(fc_arena *a, fc_deflater *d, uint32_t objects)
{
    fc_pack *p = FC_NEW(a, fc_pack);
    p->arena = a;
    p->deflater = d;
    p->next = 1;
    p->stream = objects + 1;
    /* Behind the objects come the object streams and the cross-reference stream. */
    p->n_places = 1 + (size_t)objects + (objects + PACKED - 1) / PACKED + 1;
    p->places = FC_NEW_N(a, place, p->n_places);
    fc_buf_init_in(&p->out, a, FC_BUF_MAX);
    fc_buf_init_in(&p->values, a, FC_BUF_MAX);
    /* The second line says that the file is not text (7.5.2). */
    fc_buf_z(&p->out, "%PDF-1.7\n%\xb7\xbe\xad\xaa\n");
    return p;
}

static void begin(fc_pack *p, uint32_t number)
{
    p->places[number] = (place){.type = 1, .at = (uint32_t)p->out.n};
    fc_buf_fmt(&p->out, "%u 0 obj\n<<", (unsigned)number);
}

static void add_bytes(fc_pack *p, fc_str bytes, bool deflated)
{
    fc_buf_fmt(&p->out, "/Length %zu%s>>\nstream\n", bytes.n,
               deflated ? "/Filter/FlateDecode" : "");
    fc_buf_str(&p->out, bytes);
    fc_buf_z(&p->out, "\nendstream\nendobj\n");
}

fc_buf *fc_pack_stream(fc_pack *p)
{
    begin(p, p->next++);
    return &p->out;
}

void fc_pack_bytes(fc_pack *p, fc_str bytes, bool deflated)
{
    add_bytes(p, bytes, deflated);
}

static void give_up_if_failed(const fc_pack *p, const fc_buf *b)
{
    if (b->failed)
        fc_arena_give_up(p->arena);
}

/* Writes the open object stream: numbers and offsets, then the values. */
static void close_values(fc_pack *p)
{
    if (p->n_packed == 0)
        return;
    fc_buf all;
    fc_buf_init_in(&all, p->arena, FC_BUF_MAX);
    for (uint32_t i = 0; i < p->n_packed; i++)
        fc_buf_fmt(&all, "%u %zu ", (unsigned)p->packed[i].number, p->packed[i].at);
    size_t first = all.n;
    fc_buf_str(&all, fc_buf_view(&p->values));
    give_up_if_failed(p, &p->values);
    give_up_if_failed(p, &all);
    begin(p, p->stream++);
    fc_buf_fmt(&p->out, "/Type/ObjStm/N %u/First %zu", (unsigned)p->n_packed, first);
    add_bytes(p, fc_deflate(p->deflater, fc_buf_view(&all)), true);
    fc_buf_release(&all);
    fc_buf_clear(&p->values);
    p->n_packed = 0;
}

fc_buf *fc_pack_value(fc_pack *p)
{
    if (p->n_packed == PACKED)
        close_values(p);
    if (p->n_packed != 0)
        fc_buf_char(&p->values, '\n');
    p->places[p->next] = (place){.type = 2, .at = p->stream, .index = p->n_packed};
    p->packed[p->n_packed].number = p->next++;
    p->packed[p->n_packed++].at = p->values.n;
    return &p->values;
}

static unsigned char *put_bytes(unsigned char *to, uint32_t v, size_t n)
{
    for (size_t i = n; i-- > 0; v >>= 8)
        to[i] = (unsigned char)v;
    return to + n;
}

/* The rows, each as what is added to the row above (predictor 12, 7.4.4.4): rows are like their
 * neighbours, so that this compresses to a fraction. */
#define AT_BYTES 4
#define ROW (1 + AT_BYTES + 1)
static fc_str rows(const fc_pack *p)
{
    _Static_assert(PACKED <= 256, "an index is one byte");
    unsigned char *all = fc_arena_alloc_n(p->arena, p->n_places, 1 + ROW), *to = all;
    unsigned char above[ROW] = {0}, row[ROW];
    for (size_t i = 0; i < p->n_places; i++) {
        const place *w = &p->places[i];
        put_bytes(put_bytes(put_bytes(row, w->type, 1), w->at, AT_BYTES), w->index, 1);
        *to++ = 2; /* as the row above */
        for (size_t k = 0; k < ROW; k++)
            *to++ = (unsigned char)(row[k] - above[k]);
        memcpy(above, row, ROW);
    }
    return (fc_str){(const char *)all, p->n_places * (1 + ROW)};
}

fc_str fc_pack_end(fc_pack *p, uint32_t root, uint32_t info)
{
    close_values(p);
    give_up_if_failed(p, &p->out);
    size_t at = p->out.n;
    /* The file's id (14.4): of all that is in it, so that the same content has the same. */
    const char *id = fc_sha256_hex(p->arena, fc_buf_view(&p->out)).p;
    begin(p, p->stream);
    p->n_places = p->stream + 1; /* fewer object streams came than could have */
    fc_buf_fmt(&p->out,
               "/Type/XRef/Size %zu/W[1 %d 1]/Root %u 0 R/Info %u 0 R/ID[<%.32s><%.32s>]"
               "/DecodeParms<</Predictor 12/Columns %d>>",
               p->n_places, AT_BYTES, (unsigned)root, (unsigned)info, id, id, ROW);
    add_bytes(p, fc_deflate(p->deflater, rows(p)), true);
    fc_buf_fmt(&p->out, "startxref\n%zu\n%%%%EOF\n", at);
    give_up_if_failed(p, &p->out);
    return fc_buf_view(&p->out);
}
