/* A table of lists. Entries come from the arena's memory that can be had without giving up. */
#include "output/pdf/cache.h"

#include <string.h>

#define BUCKETS 1024 /* a form of 200 questions has some 1,000 pieces of text */

typedef struct entry {
    struct entry *next;
    uint32_t hash;
    size_t n_key, n_value;
    max_align_t bytes[]; /* the value, then the key */
} entry;

struct fc_cache {
    fc_arena *arena;
    size_t left;
    entry **buckets; /* NULL until something is kept */
};

fc_cache *fc_cache_new(fc_arena *a, size_t max)
{
    fc_cache *c = FC_NEW(a, fc_cache);
    c->arena = a;
    c->left = max;
    return c;
}

static uint32_t hash_of(fc_str key) /* FNV-1a */
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 16777619u;
    return h;
}

bool fc_cache_find(const fc_cache *c, fc_str key, fc_str *value)
{
    uint32_t hash = hash_of(key);
    const entry *e = c->buckets ? c->buckets[hash % BUCKETS] : NULL;
    for (; e; e = e->next) {
        const char *bytes = (const char *)e->bytes;
        if (e->hash != hash || e->n_key != key.n ||
            memcmp(bytes + e->n_value, key.p, key.n) != 0)
            continue;
        *value = (fc_str){bytes, e->n_value};
        return true;
    }
    return false;
}

static bool has_buckets(fc_cache *c)
{
    const size_t n = BUCKETS * sizeof *c->buckets;
    if (c->buckets || n > c->left)
        return c->buckets != NULL;
    c->buckets = fc_arena_resize(c->arena, NULL, n);
    if (!c->buckets)
        return false;
    for (size_t i = 0; i < BUCKETS; i++)
        c->buckets[i] = NULL;
    c->left -= n;
    return true;
}

void fc_cache_keep(fc_cache *c, fc_str key, fc_str value)
{
    size_t n = sizeof(entry) + key.n + value.n;
    entry *e = has_buckets(c) && n <= c->left ? fc_arena_resize(c->arena, NULL, n) : NULL;
    if (!e)
        return;
    uint32_t hash = hash_of(key);
    entry **bucket = &c->buckets[hash % BUCKETS];
    *e = (entry){.next = *bucket, .hash = hash, .n_key = key.n, .n_value = value.n};
    char *bytes = (char *)e->bytes;
    if (value.n)
        memcpy(bytes, value.p, value.n);
    if (key.n)
        memcpy(bytes + value.n, key.p, key.n);
    *bucket = e;
    c->left -= n;
}
