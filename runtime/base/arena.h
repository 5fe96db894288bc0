/* Memory that is released all at once. One arena a compile, one a plan.
 *
 * Allocation never returns NULL: when memory or the arena's limit runs out it jumps to the
 * boundary that the public call set with FC_BOUNDARY. Never allocate from an arena inside a
 * callback of a foreign library: its frames must not be jumped over. */
#ifndef FC_BASE_ARENA_H
#define FC_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct fc_arena fc_arena;

/* A new arena that gives out at most limit_bytes. NULL when there is no memory. Owned. */
fc_arena *fc_arena_new(size_t limit_bytes);
/* Runs the deferred releases, last first, then frees everything. NULL is fine. */
void fc_arena_drop(fc_arena *a);

/* Zeroed memory, aligned for any type; n may be 0. Lives as long as the arena. */
void *fc_arena_alloc(fc_arena *a, size_t n);
/* count * size, checked against overflow. */
void *fc_arena_alloc_n(fc_arena *a, size_t count, size_t size);
/* Memory that grows and can be given back early, like realloc: at is what an earlier call gave
 * or NULL. NULL when there is none, with at as it was. Not zeroed; not part of the limit. What
 * is not given back by fc_arena_give_back is when the arena is dropped. */
void *fc_arena_resize(fc_arena *a, void *at, size_t n);
void fc_arena_give_back(fc_arena *a, void *at); /* NULL is fine */
/* Runs fn(handle) when the arena is dropped, or now when there is no memory to note it: for
 * handles of foreign libraries. */
void fc_arena_defer(fc_arena *a, void (*fn)(void *), void *handle);
/* Gives up: jumps to the boundary as if memory had run out. */
void fc_arena_give_up(fc_arena *a) __attribute__((noreturn));
/* Gives up when memory has run out anywhere in the program since the boundary was set, in a
 * library too (memory.h): for the end of work that libraries had a part in. */
void fc_arena_check(fc_arena *a);

/* The jump target of the arena's public call. Use: if (FC_BOUNDARY(a)) { work } else { failed }
 * A call that may be made inside another saves the outer boundary with fc_arena_boundary_save
 * and puts it back with fc_arena_boundary_restore. */
jmp_buf *fc_arena_boundary(fc_arena *a);
#define FC_BOUNDARY(a) (setjmp(*fc_arena_boundary(a)) == 0)

#define FC_NEW(a, T) ((T *)fc_arena_alloc((a), sizeof(T)))
#define FC_NEW_N(a, T, n) ((T *)fc_arena_alloc_n((a), (n), sizeof(T)))

/* A typed array that grows in an arena: FC_ARRAY(fc_node *) items; then
 * FC_PUSH(a, &items, value). The elements may move on a push. */
#define FC_ARRAY(T)                                                                            \
    struct {                                                                                   \
        T *at;                                                                                 \
        size_t n, cap;                                                                         \
    }
#define FC_PUSH(a, arr, value)                                                                 \
    ((arr)->at = fc_arena_grow((a), (arr)->at, (arr)->n, &(arr)->cap, sizeof *(arr)->at),      \
     (arr)->at[(arr)->n++] = (value))
/* Room for one more element behind n; the machinery of FC_PUSH. */
void *fc_arena_grow(fc_arena *a, void *at, size_t n, size_t *cap, size_t size);

#endif
