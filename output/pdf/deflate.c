/* zlib: the only file that includes it. */
#include "output/pdf/deflate.h"

#include <limits.h>
#include <zlib.h>

struct fc_deflater {
    fc_arena *arena;
    z_stream z;
    char *out;
    size_t size;
};

static void release(void *d)
{
    deflateEnd(&((fc_deflater *)d)->z);
}

fc_deflater *fc_deflater_new(fc_arena *a)
{
    fc_deflater *d = FC_NEW(a, fc_deflater);
    d->arena = a;
    if (deflateInit(&d->z, Z_DEFAULT_COMPRESSION) != Z_OK)
        fc_arena_give_up(a);
    fc_arena_defer(a, release, d);
    return d;
}

fc_str fc_deflate(fc_deflater *d, fc_str bytes)
{
    uLong most = deflateBound(&d->z, (uLong)bytes.n);
    if (bytes.n > UINT_MAX || most > UINT_MAX)
        fc_arena_give_up(d->arena);
    if (most > d->size) {
        char *p = fc_arena_resize(d->arena, d->out, most);
        if (!p)
            fc_arena_give_up(d->arena);
        d->out = p;
        d->size = most;
    }
    d->z.next_in = (z_const Bytef *)(uintptr_t)bytes.p;
    d->z.avail_in = (uInt)bytes.n;
    d->z.next_out = (Bytef *)d->out;
    d->z.avail_out = (uInt)d->size;
    /* All of it fits, so there is one step; anything else is no memory or a damaged state. */
    if (deflate(&d->z, Z_FINISH) != Z_STREAM_END)
        fc_arena_give_up(d->arena);
    fc_str s = {d->out, d->z.total_out};
    if (deflateReset(&d->z) != Z_OK)
        fc_arena_give_up(d->arena);
    return s;
}
