/* An arena is a list of blocks: small requests are cut from the newest, large ones get a block
 * of their own. Dropping it runs the deferred releases, last first, and frees the blocks.
 * Built with -DFC_ARENA_MALLOC every request is a block of its own, so that the address
 * sanitizer and valgrind see each object. */
#include "runtime/base/arena.h"

#include "runtime/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 << 10) /* a form of 200 fields needs a handful of these */
#define ALIGN _Alignof(max_align_t)

typedef struct block {
    struct block *next;
    size_t used, size;
    max_align_t bytes[];
} block;

/* Memory that its owner resizes and gives back; in a ring with the arena's own. */
typedef struct ring {
    struct ring *next, *before;
} ring;

typedef struct loose {
    ring in;
    max_align_t bytes[];
} loose;

typedef struct deferred {
    struct deferred *next;
    void (*fn)(void *);
    void *handle;
} deferred;

struct fc_arena {
    block *blocks;
    deferred *deferred;
    ring loose;
    size_t total, limit;
    unsigned long shortages; /* that there had been when the boundary was set */
    jmp_buf boundary;
};

fc_arena *fc_arena_new(size_t limit_bytes)
{
    fc_arena *a = calloc(1, sizeof *a);
    if (a) {
        a->shortages = fc_memory_shortages();
        a->limit = limit_bytes;
        a->loose.next = a->loose.before = &a->loose;
    }
    return a;
}

void fc_arena_drop(fc_arena *a)
{
    if (!a)
        return;
    for (deferred *d = a->deferred; d; d = d->next)
        d->fn(d->handle);
    while (a->loose.next != &a->loose)
        fc_arena_give_back(a, ((loose *)a->loose.next)->bytes);
    for (block *b = a->blocks; b;) {
        block *next = b->next;
        free(b);
        b = next;
    }
    free(a);
}

void fc_arena_give_up(fc_arena *a)
{
    longjmp(a->boundary, 1);
}

jmp_buf *fc_arena_boundary(fc_arena *a)
{
    a->shortages = fc_memory_shortages();
    return &a->boundary;
}

static bool is_short(const fc_arena *a)
{
    return fc_memory_shortages() != a->shortages;
}

void fc_arena_check(fc_arena *a)
{
    if (is_short(a))
        fc_arena_give_up(a);
}

/* NULL when memory or the limit runs out, or memory has run out elsewhere. */
static block *add_block(fc_arena *a, size_t size)
{
    if (size > a->limit - a->total)
        return NULL;
    block *b = calloc(1, sizeof *b + size);
    if (!b || is_short(a)) {
        free(b);
        return NULL;
    }
    b->size = size;
    a->total += size;
    return b;
}

static void *try_alloc(fc_arena *a, size_t n)
{
    if (n > a->limit)
        return NULL;
    n = n ? (n + ALIGN - 1) & ~(ALIGN - 1) : ALIGN;
#ifdef FC_ARENA_MALLOC
    const size_t small = 0;
#else
    const size_t small = BLOCK_SIZE / 4;
#endif
    if (n > small) {
        /* Behind the newest block, so that what is left of that one stays in use. */
        block *b = add_block(a, n);
        if (!b)
            return NULL;
        b->used = n;
        if (a->blocks) {
            b->next = a->blocks->next;
            a->blocks->next = b;
        } else {
            a->blocks = b;
        }
        return b->bytes;
    }
    block *b = a->blocks;
    if (!b || b->size - b->used < n) {
        b = add_block(a, BLOCK_SIZE);
        if (!b)
            return NULL;
        b->next = a->blocks;
        a->blocks = b;
    }
    void *p = (char *)b->bytes + b->used;
    b->used += n;
    return p;
}

void *fc_arena_alloc(fc_arena *a, size_t n)
{
    void *p = try_alloc(a, n);
    if (!p)
        fc_arena_give_up(a);
    return p;
}

void *fc_arena_alloc_n(fc_arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        fc_arena_give_up(a);
    return fc_arena_alloc(a, count * size);
}

static loose *loose_of(void *at)
{
    return (loose *)(void *)((char *)at - offsetof(loose, bytes));
}

void *fc_arena_resize(fc_arena *a, void *at, size_t n)
{
    if (n > SIZE_MAX - sizeof(loose))
        return NULL;
    loose *old = at ? loose_of(at) : NULL;
    if (is_short(a))
        return NULL;
    loose *l = realloc(old, sizeof *l + n);
    if (!l)
        return NULL;
    if (!old)
        l->in = (ring){&a->loose, a->loose.before};
    l->in.next->before = l->in.before->next = &l->in; /* it may have moved */
    return l->bytes;
}

void fc_arena_give_back(fc_arena *a, void *at)
{
    (void)a; /* which ring it leaves is in it */
    if (!at)
        return;
    loose *l = loose_of(at);
    l->in.next->before = l->in.before;
    l->in.before->next = l->in.next;
    free(l);
}

void fc_arena_defer(fc_arena *a, void (*fn)(void *), void *handle)
{
    deferred *d = try_alloc(a, sizeof *d);
    if (!d) { /* nobody else knows of the handle */
        fn(handle);
        fc_arena_give_up(a);
    }
    d->fn = fn;
    d->handle = handle;
    d->next = a->deferred;
    a->deferred = d;
}

void *fc_arena_grow(fc_arena *a, void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    size_t more = *cap ? *cap * 2 : 8;
    void *p = fc_arena_alloc_n(a, more, size);
    if (n)
        memcpy(p, at, n * size);
    *cap = more;
    return p;
}
