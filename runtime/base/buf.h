/* Bytes that grow, with a stated maximum. The first failure sticks: later appends do nothing,
 * and one look at `failed` at the end tells. */
#ifndef FC_BASE_BUF_H
#define FC_BASE_BUF_H

#include "runtime/base/str.h"

typedef struct fc_buf {
    char *p;         /* never NULL after the first append; always NUL behind n */
    size_t n;        /* bytes used */
    size_t cap;      /* bytes allocated */
    size_t max;      /* most bytes this buffer may hold */
    fc_arena *arena; /* that has the bytes; NULL: they are the buffer's own */
    bool failed;     /* memory ran out or max was reached; p and n hold what came before */
} fc_buf;

#define FC_BUF_MAX ((size_t)256 << 20) /* no output of ours is larger than 256 MiB */

void fc_buf_init(fc_buf *b, size_t max);
/* The same with bytes that the arena releases when nobody else does: for code that may give up
 * before it comes to fc_buf_release. */
void fc_buf_init_in(fc_buf *b, fc_arena *a, size_t max);
void fc_buf_release(fc_buf *b);
void fc_buf_clear(fc_buf *b); /* empty again, memory kept */
void fc_buf_add(fc_buf *b, const void *p, size_t n);
void fc_buf_str(fc_buf *b, fc_str s);
void fc_buf_z(fc_buf *b, const char *z);
void fc_buf_char(fc_buf *b, char c);
void fc_buf_fmt(fc_buf *b, const char *fmt, ...) FC_PRINTF(2, 3);
void fc_buf_vfmt(fc_buf *b, const char *fmt, va_list ap) FC_PRINTF(2, 0);
/* A borrowed view of the bytes. */
fc_str fc_buf_view(const fc_buf *b);
/* A copy in the arena; gives up as the arena does when the buffer had failed. */
fc_str fc_buf_keep(const fc_buf *b, fc_arena *a);
/* The bytes themselves, of a buffer in an arena, which has them from now on; gives up as
 * fc_buf_keep does. For what is large: the buffer may have twice what is used. */
fc_str fc_buf_keep_all(fc_buf *b);

#endif
