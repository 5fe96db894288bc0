/* The wall around jansson. The library decides what is JSON; what it does not tell is where a
 * value stands, so a look over the bytes notes the places before. Both go through the values in
 * the same order, and jansson keeps members in the order of the text (since 2.8). */
#include "runtime/base/json.h"

#include <jansson.h>
#include <string.h>

#define BOM "\xEF\xBB\xBF"

typedef struct spot {
    uint32_t at, key_at;
} spot;

typedef struct reading {
    fc_arena *a;
    fc_str bytes;
    FC_ARRAY(spot) spots; /* of each value, in the order of the text */
    size_t used;          /* spots that have found their value */
} reading;

static size_t behind_bom(fc_str s)
{
    return fc_str_starts(s, BOM) ? sizeof BOM - 1 : 0;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t behind_white(fc_str s, size_t i)
{
    while (i < s.n && is_white(s.p[i]))
        i++;
    return i;
}

bool fc_json_begins(fc_str s)
{
    size_t i = behind_white(s, behind_bom(s));
    return i < s.n && s.p[i] == '{';
}

static size_t behind_string(fc_str s, size_t i)
{
    for (i++; i < s.n && s.p[i] != '"'; i++)
        if (s.p[i] == '\\')
            i++;
    return i < s.n ? i + 1 : s.n;
}

/* Notes where each value begins. Says nothing about whether all of it is JSON. */
static fc_json_verdict look(reading *r, size_t i, uint32_t *at)
{
    fc_str s = r->bytes;
    size_t depth = 0, key = SIZE_MAX;
    while (i < s.n) {
        size_t begin = i;
        char c = s.p[i];
        *at = (uint32_t)begin;
        if (is_white(c) || c == ',' || c == ':') {
            i++;
            continue;
        }
        if (c == '}' || c == ']') {
            depth -= depth > 0;
            i++;
            continue;
        }
        if (c == '"') {
            i = behind_string(s, i);
            size_t after = behind_white(s, i);
            if (after < s.n && s.p[after] == ':') {
                key = begin;
                continue;
            }
        } else if (c == '{' || c == '[') {
            i++;
            if (++depth > FC_JSON_DEPTH_MAX)
                return FC_JSON_DEEP;
        } else {
            while (i < s.n && !is_white(s.p[i]) && !strchr(",:{}[]\"", s.p[i]))
                i++;
            i += i == begin; /* a NUL byte: strchr finds the end of the list */
        }
        if (r->spots.n == FC_JSON_VALUES_MAX)
            return FC_JSON_MANY;
        spot found = {(uint32_t)begin, (uint32_t)(key == SIZE_MAX ? begin : key)};
        FC_PUSH(r->a, &r->spots, found);
        key = SIZE_MAX;
    }
    return FC_JSON_PASSES;
}

static fc_json *copy(reading *r, json_t *from, fc_str key);

static void copy_kids(reading *r, json_t *from, fc_json *to)
{
    const fc_json **link = &to->kids;
    if (to->kind == FC_JSON_OBJECT) {
        for (void *m = json_object_iter(from); m; m = json_object_iter_next(from, m)) {
            fc_json *kid =
                copy(r, json_object_iter_value(m), fc_str_of(json_object_iter_key(m)));
            *link = kid;
            link = &kid->next;
        }
    } else if (to->kind == FC_JSON_ARRAY) {
        for (size_t i = 0; i < json_array_size(from); i++) {
            fc_json *kid = copy(r, json_array_get(from, i), (fc_str){0});
            *link = kid;
            link = &kid->next;
        }
    }
}

static fc_json *copy(reading *r, json_t *from, fc_str key)
{
    fc_json *to = FC_NEW(r->a, fc_json);
    if (r->used == r->spots.n) /* the two do not agree: nothing can be trusted */
        fc_arena_give_up(r->a);
    spot at = r->spots.at[r->used++];
    to->at = at.at;
    to->key_at = at.key_at;
    to->key = key;
    to->kind = json_is_object(from)   ? FC_JSON_OBJECT
               : json_is_array(from)  ? FC_JSON_ARRAY
               : json_is_string(from) ? FC_JSON_STRING
                                      : FC_JSON_OTHER;
    if (to->kind == FC_JSON_STRING)
        to->text = (fc_str){json_string_value(from), json_string_length(from)};
    copy_kids(r, from, to);
    return to;
}

static void drop(void *json)
{
    json_decref(json);
}

fc_json_verdict fc_json_read(fc_arena *a, fc_str bytes, const fc_json **root, uint32_t *at)
{
    reading r = {.a = a, .bytes = bytes};
    json_error_t error;
    *root = NULL;
    size_t valid = fc_utf8_valid(bytes), begin = behind_bom(bytes);
    *at = (uint32_t)valid;
    if (valid < bytes.n)
        return FC_JSON_NOT_UTF8;
    fc_json_verdict v = look(&r, begin, at);
    if (v != FC_JSON_PASSES)
        return v;
    /* A NUL is let through so that the caller can say which answer it stands in; jansson still
     * refuses it in a name. */
    json_t *json = json_loadb(bytes.p ? bytes.p + begin : "", bytes.n - begin,
                              JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!json) { /* error.text may quote an answer */
        size_t where = begin + (error.position > 0 ? (size_t)error.position : 0);
        *at = (uint32_t)(where < bytes.n ? where : bytes.n);
        return json_error_code(&error) == json_error_duplicate_key ? FC_JSON_TWICE
                                                                   : FC_JSON_BROKEN;
    }
    fc_arena_defer(a, drop, json);
    *root = copy(&r, json, (fc_str){0});
    return FC_JSON_PASSES;
}

const char *fc_json_verdict_words(fc_json_verdict v)
{
    static const char *const words[] = {
        [FC_JSON_PASSES] = "nothing is wrong",
        [FC_JSON_NOT_UTF8] = "this is not text in UTF-8",
        [FC_JSON_DEEP] = "objects and lists stand deeper in each other than formc reads",
        [FC_JSON_MANY] = "there are more values in this file than formc reads",
        [FC_JSON_TWICE] =
            "this name stands twice in one object, so one of the two would be lost",
        [FC_JSON_BROKEN] = "this is not well-formed JSON from here on",
    };
    return words[v];
}

const fc_json *fc_json_member(const fc_json *object, const char *key)
{
    for (const fc_json *m = object->kind == FC_JSON_OBJECT ? object->kids : NULL; m;
         m = m->next)
        if (fc_str_eq_z(m->key, key))
            return m;
    return NULL;
}
