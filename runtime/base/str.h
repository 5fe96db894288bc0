/* Strings: a pointer and a length, passed by value. Text inside formc is UTF-8, checked once
 * at the border. A string that an arena made has a NUL behind it (not counted). */
#ifndef FC_BASE_STR_H
#define FC_BASE_STR_H

#include "runtime/base/arena.h"
#include "runtime/base/status.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct fc_str {
    const char *p; /* may be NULL when n is 0 */
    size_t n;      /* bytes */
} fc_str;

/* A string literal as fc_str. */
#define FC_S(lit) ((fc_str){"" lit, sizeof(lit) - 1})
/* For printf's "%.*s". */
#define FC_ARG(s) ((int)(s).n), ((s).p ? (s).p : "")

fc_str fc_str_of(const char *z); /* borrows; NULL gives the empty string */
bool fc_str_eq(fc_str a, fc_str b);
bool fc_str_eq_z(fc_str a, const char *z);
int fc_str_cmp(fc_str a, fc_str b); /* by bytes, as memcmp */
bool fc_str_starts(fc_str s, const char *prefix);
bool fc_str_ends(fc_str s, const char *suffix);
fc_str fc_str_slice(fc_str s, size_t from, size_t to);
/* Without white space (space, tab, CR, LF) at either end. */
fc_str fc_str_trim(fc_str s);
/* The next word of s at or behind *pos, between white space; *pos moves behind it. False when
 * there is none. */
bool fc_str_next_word(fc_str s, size_t *pos, fc_str *word);
/* Runs of white space become one space, none at the ends (XML's "collapse"). In the arena. */
fc_str fc_str_collapse(fc_arena *a, fc_str s);
fc_str fc_str_copy(fc_arena *a, fc_str s);
fc_str fc_str_copy_z(fc_arena *a, const char *z);
fc_str fc_str_fmt(fc_arena *a, const char *fmt, ...) FC_PRINTF(2, 3);
fc_str fc_str_vfmt(fc_arena *a, const char *fmt, va_list ap) FC_PRINTF(2, 0);

/* UTF-8. */
/* Length in bytes of the well-formed prefix of s; equals s.n when all of it is UTF-8
 * (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
size_t fc_utf8_valid(fc_str s);
/* The character at *pos, moving *pos behind it; U+FFFD and one byte on when it is damaged. */
uint32_t fc_utf8_next(fc_str s, size_t *pos);
/* Writes c to out (room for 4 bytes) and returns the number of bytes. */
size_t fc_utf8_put(char *out, uint32_t c);
size_t fc_utf8_count(fc_str s);       /* characters (code points) */
size_t fc_utf8_utf16_units(fc_str s); /* 16-bit units when written as UTF-16 */
typedef enum fc_direction { FC_NO_DIRECTION, FC_LEFT_TO_RIGHT, FC_RIGHT_TO_LEFT } fc_direction;
/* The way that the first character with a direction runs (UAX #9, rule P2): a paragraph of
 * these words runs the same way. Digits, marks and signs have none. */
fc_direction fc_utf8_direction(fc_str s);
/* True for the characters that XML 1.0 (production 2) allows. */
bool fc_xml_char(uint32_t c);
/* Length in bytes of the prefix of s that is UTF-8 made of such characters. */
size_t fc_xml_chars(fc_str s);

/* How many insertions, deletions, replacements or swaps of neighbours lead from a to b
 * (optimal string alignment), counted up to max; more gives max + 1. For "did you mean". */
size_t fc_str_distance(fc_str a, fc_str b, size_t max);

#endif
