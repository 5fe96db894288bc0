/* Reading JSON (RFC 8259) that may come from anywhere: bounded before a library sees it, every
 * name once in its object, every value with its place. */
#ifndef FC_BASE_JSON_H
#define FC_BASE_JSON_H

#include "runtime/base/str.h"

#define FC_JSON_DEPTH_MAX                                                                      \
    32 /* a plan has 7: plan, answers, section, group, repeat, row, map                        \
        */
#define FC_JSON_VALUES_MAX                                                                     \
    1000000 /* 9,999 rows of 50 answers take half of it; each takes some 200 bytes of memory   \
             */

typedef enum fc_json_kind {
    FC_JSON_OBJECT,
    FC_JSON_ARRAY,
    FC_JSON_STRING,
    FC_JSON_OTHER /* a number, true, false or null */
} fc_json_kind;

typedef struct fc_json fc_json;
struct fc_json {
    fc_json_kind kind;
    uint32_t at;         /* byte offset of the value */
    uint32_t key_at;     /* byte offset of its name; in an array that of the value */
    fc_str key;          /* the name in an object */
    fc_str text;         /* of a string; may hold U+0000 */
    const fc_json *kids; /* the first member or item */
    const fc_json *next; /* the next one beside this */
};

typedef enum fc_json_verdict {
    FC_JSON_PASSES,
    FC_JSON_NOT_UTF8,
    FC_JSON_DEEP,  /* deeper than FC_JSON_DEPTH_MAX */
    FC_JSON_MANY,  /* more than FC_JSON_VALUES_MAX values */
    FC_JSON_TWICE, /* a name stands twice in one object */
    FC_JSON_BROKEN /* not JSON */
} fc_json_verdict;

/* True when bytes begin, behind a byte order mark and white space, with an object. */
bool fc_json_begins(fc_str bytes);
/* Reads a whole text of less than 4 GiB; a UTF-8 byte order mark at the start is passed over.
 * The values live as long as the arena. When it does not pass, *root is NULL and *at is where.
 */
FC_NODISCARD fc_json_verdict fc_json_read(fc_arena *a, fc_str bytes, const fc_json **root,
                                          uint32_t *at);
/* The verdict in words: "this is not text in UTF-8". */
const char *fc_json_verdict_words(fc_json_verdict v);
/* The member of an object, or NULL. */
const fc_json *fc_json_member(const fc_json *object, const char *key);

#endif
