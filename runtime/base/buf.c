/* Bytes that grow. */
#include "runtime/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fc_buf_init(fc_buf *b, size_t max)
{
    *b = (fc_buf){.max = max};
}

void fc_buf_init_in(fc_buf *b, fc_arena *a, size_t max)
{
    *b = (fc_buf){.max = max, .arena = a};
}

void fc_buf_release(fc_buf *b)
{
    if (b->arena)
        fc_arena_give_back(b->arena, b->p);
    else
        free(b->p);
    fc_buf_init_in(b, b->arena, b->max);
}

void fc_buf_clear(fc_buf *b)
{
    b->n = 0;
    b->failed = false;
    if (b->p)
        b->p[0] = 0;
}

/* Room for n more bytes and a NUL. */
static bool reserve(fc_buf *b, size_t n)
{
    if (b->failed)
        return false;
    if (n > b->max - b->n) {
        b->failed = true;
        return false;
    }
    if (b->p && b->cap - b->n > n)
        return true;
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->n <= n)
        cap = cap <= (SIZE_MAX >> 1) ? cap * 2 : b->n + n + 1;
    char *p = b->arena ? fc_arena_resize(b->arena, b->p, cap) : realloc(b->p, cap);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

void fc_buf_add(fc_buf *b, const void *p, size_t n)
{
    if (!reserve(b, n))
        return;
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = 0;
}

void fc_buf_str(fc_buf *b, fc_str s)
{
    fc_buf_add(b, s.p, s.n);
}

void fc_buf_z(fc_buf *b, const char *z)
{
    fc_buf_add(b, z, strlen(z));
}

void fc_buf_char(fc_buf *b, char c)
{
    if (!reserve(b, 1))
        return;
    b->p[b->n++] = c;
    b->p[b->n] = 0;
}

void fc_buf_vfmt(fc_buf *b, const char *fmt, va_list ap)
{
    if (b->failed)
        return;
    va_list again;
    va_copy(again, ap);
    /* Most texts are short and fit in what is left; the others are written a second time. */
    size_t room = b->p ? b->cap - b->n : 0;
    int n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, ap);
    if (n < 0 || !reserve(b, (size_t)n)) {
        b->failed = true;
        if (b->p)
            b->p[b->n] = 0;
    } else {
        if ((size_t)n >= room)
            vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void fc_buf_fmt(fc_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fc_buf_vfmt(b, fmt, ap);
    va_end(ap);
}

fc_str fc_buf_view(const fc_buf *b)
{
    return (fc_str){b->p, b->n};
}

fc_str fc_buf_keep(const fc_buf *b, fc_arena *a)
{
    if (b->failed)
        fc_arena_give_up(a);
    return fc_str_copy(a, fc_buf_view(b));
}

fc_str fc_buf_keep_all(fc_buf *b)
{
    if (b->failed)
        fc_arena_give_up(b->arena);
    const fc_str s = fc_buf_view(b);
    fc_buf_init_in(b, b->arena, b->max);
    return s;
}
