/* libdeflate: the only file that includes it. */
#include "output/pdf/deflate.h"

#include <libdeflate.h>

#define LEVEL 6 /* 7 takes half as long again for the last half per cent */

struct fc_deflater {
    fc_arena *arena;
    struct libdeflate_compressor *compressor;
    char *out;
    size_t size;
};

static void release(void *compressor)
{
    libdeflate_free_compressor(compressor);
}

fc_deflater *fc_deflater_new(fc_arena *a)
{
    fc_deflater *d = FC_NEW(a, fc_deflater);
    d->arena = a;
    d->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!d->compressor)
        fc_arena_give_up(a);
    fc_arena_defer(a, release, d->compressor);
    return d;
}

fc_str fc_deflate(fc_deflater *d, fc_str bytes)
{
    size_t most = libdeflate_zlib_compress_bound(d->compressor, bytes.n);
    if (most > d->size) {
        char *p = fc_arena_resize(d->arena, d->out, most);
        if (!p)
            fc_arena_give_up(d->arena);
        d->out = p;
        d->size = most;
    }
    size_t n = libdeflate_zlib_compress(d->compressor, bytes.p, bytes.n, d->out, d->size);
    if (n == 0) /* it did not fit, which it always does */
        fc_arena_give_up(d->arena);
    return (fc_str){d->out, n};
}
