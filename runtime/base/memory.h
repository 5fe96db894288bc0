/* What is known when memory runs out.
 *
 * A library may go on without the piece that it got no memory for and say nothing, or end the
 * program: libxslt leaves text out, HarfBuzz keeps an empty table for ever. Therefore the
 * program gives all its libraries their memory itself (memory.c). When there is none it notes
 * that, and hands out a reserve, so that the library comes to an end; what was made is then
 * thrown away by the next who asks for memory from an arena, or by fc_arena_check. */
#ifndef FC_BASE_MEMORY_H
#define FC_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* How often there was no memory since the program began. */
unsigned long fc_memory_shortages(void);
/* Calls fn(user) at the next shortage, once, in the middle of an allocation: it may not
 * allocate. fn NULL: no longer. For telling a library that runs for long to stop. */
void fc_memory_on_shortage(void (*fn)(void *), void *user);
/* False in a program that leaves memory to the C library (built without glibc, or with a
 * sanitizer): then no shortage is ever noted. */
bool fc_memory_is_ours(void);
/* How many pieces of the reserve are in use. A library's global state can be among them. */
size_t fc_memory_reserved(void);

#endif
