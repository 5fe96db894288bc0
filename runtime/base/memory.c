/* malloc and its family for the whole program, its libraries too: glibc's own, which these
 * names stand before ("Replacing malloc" in its manual), and a reserve for when that has no
 * more. The reserve is given back as a whole, when the last piece of it is. */
#include "runtime/base/memory.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static atomic_ulong shortages;
static void (*_Atomic stop)(void *);
static void *_Atomic stop_user;

unsigned long fc_memory_shortages(void)
{
    return atomic_load(&shortages);
}

void fc_memory_on_shortage(void (*fn)(void *), void *user)
{
    atomic_store(&stop, NULL);
    atomic_store(&stop_user, user);
    atomic_store(&stop, fn);
}

#ifndef FC_MEMORY_OURS

bool fc_memory_is_ours(void)
{
    return false;
}

size_t fc_memory_reserved(void)
{
    return 0;
}

#else

#include <malloc.h> /* malloc_usable_size */

/* Where memory comes from: glibc's malloc by the names that it keeps for replacements. A test
 * puts its own here. */
#ifndef FC_MEMORY_BELOW
#define FC_MEMORY_BELOW __libc_
#endif
#define JOIN(a, b) a##b
#define JOIN_VALUES(a, b) JOIN(a, b)
#define BELOW(name) JOIN_VALUES(FC_MEMORY_BELOW, name)
void *BELOW(malloc)(size_t n);
void *BELOW(calloc)(size_t count, size_t n);
void *BELOW(realloc)(void *p, size_t n);
void BELOW(free)(void *p);

/* What libraries may still need between the first shortage and the end of what they do: the
 * largest stylesheet takes nearly 4 MiB to read and compile. Untouched, it costs nothing. */
#ifndef FC_MEMORY_RESERVE
#define FC_MEMORY_RESERVE 8388608
#endif
#define RESERVE ((size_t)FC_MEMORY_RESERVE)

typedef struct piece {
    struct piece *before; /* the one below it */
    size_t size;
    bool taken;
    max_align_t bytes[];
} piece;

static _Alignas(max_align_t) char reserve[RESERVE];
static piece *top; /* under `busy`, as all of the reserve; NULL: it is untouched */
static atomic_flag busy = ATOMIC_FLAG_INIT;

bool fc_memory_is_ours(void)
{
    return true;
}

static bool is_reserve(const void *p)
{
    return (uintptr_t)p >= (uintptr_t)reserve && (uintptr_t)p < (uintptr_t)reserve + RESERVE;
}

static piece *piece_of(void *p)
{
    return (piece *)(void *)((char *)p - offsetof(piece, bytes));
}

static void lock(void)
{
    while (atomic_flag_test_and_set_explicit(&busy, memory_order_acquire))
        ;
}

static void unlock(void)
{
    atomic_flag_clear_explicit(&busy, memory_order_release);
}

/* Where the piece above p begins. */
static char *end_of(piece *p)
{
    const size_t align = _Alignof(max_align_t);
    return p ? (char *)p->bytes + ((p->size + align - 1) & ~(align - 1)) : reserve;
}

/* Notes the shortage; n bytes of the reserve, not cleared, or NULL. */
static void *from_reserve(size_t n)
{
    atomic_fetch_add(&shortages, 1);
    void (*fn)(void *) = atomic_exchange(&stop, NULL);
    if (fn)
        fn(atomic_load(&stop_user));
    void *p = NULL;
    lock();
    char *free_from = end_of(top);
    const size_t left =
        RESERVE - (size_t)(free_from - reserve); /* a multiple of the alignment */
    if (left > sizeof(piece) && n <= left - sizeof(piece)) {
        piece *at = (piece *)(void *)free_from;
        *at = (piece){.before = top, .size = n, .taken = true};
        top = at;
        p = at->bytes;
    }
    unlock();
    if (!p)
        errno = ENOMEM;
    return p;
}

static void give_back(void *p)
{
    lock();
    piece_of(p)->taken = false;
    while (top && !top->taken)
        top = top->before;
    unlock();
}

size_t fc_memory_reserved(void)
{
    size_t n = 0;
    lock();
    for (const piece *p = top; p; p = p->before)
        n += p->taken;
    unlock();
    return n;
}

/* The names that stand before glibc's: visible to the libraries. */
#define REPLACEMENT __attribute__((visibility("default")))
REPLACEMENT void *malloc(size_t n);
REPLACEMENT void *calloc(size_t count, size_t n);
REPLACEMENT void *realloc(void *p, size_t n);
REPLACEMENT void free(void *p);

void *malloc(size_t n)
{
    void *p = BELOW(malloc)(n);
    return p ? p : from_reserve(n);
}

void *calloc(size_t count, size_t n)
{
    void *p = BELOW(calloc)(count, n);
    if (p)
        return p;
    p = from_reserve(n && count > SIZE_MAX / n ? SIZE_MAX : count * n);
    return p ? memset(p, 0, count * n) : NULL;
}

void free(void *p)
{
    if (p && is_reserve(p))
        give_back(p);
    else
        BELOW(free)(p);
}

void *realloc(void *p, size_t n)
{
    if (!p)
        return malloc(n);
    if (!is_reserve(p)) {
        void *q = BELOW(realloc)(p, n);
        if (q || n == 0)
            return q;
    }
    size_t old = is_reserve(p) ? piece_of(p)->size : malloc_usable_size(p);
    void *q = is_reserve(p) ? malloc(n) : from_reserve(n);
    if (q) {
        memcpy(q, p, old < n ? old : n);
        free(p);
    }
    return q;
}

#endif
