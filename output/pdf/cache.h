/* Things that were worked out once and are asked for again: bytes found by bytes. A cache has a
 * size that it never grows beyond; what comes later is not kept. What is found is what would
 * have been worked out, so no output depends on what a cache holds. For one thread at a time.
 */
#ifndef FC_PDF_CACHE_H
#define FC_PDF_CACHE_H

#include "runtime/base/str.h"

typedef struct fc_cache fc_cache;

/* An empty cache in the arena, of at most max bytes with all that it needs. */
fc_cache *fc_cache_new(fc_arena *a, size_t max);
/* What is kept under the key, aligned for any type; false when nothing is. It lives as long as
 * the cache. */
bool fc_cache_find(const fc_cache *c, fc_str key, fc_str *value);
/* Keeps a copy of value under a copy of key, unless the cache is full or memory ran out. The
 * key must not be in it. Never gives up. */
void fc_cache_keep(fc_cache *c, fc_str key, fc_str value);

#endif
