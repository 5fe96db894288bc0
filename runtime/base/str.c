/* Strings and UTF-8. */
#include "runtime/base/str.h"

#include <stdio.h>
#include <string.h>

fc_str fc_str_of(const char *z)
{
    return (fc_str){z, z ? strlen(z) : 0};
}

bool fc_str_eq(fc_str a, fc_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool fc_str_eq_z(fc_str a, const char *z)
{
    return fc_str_eq(a, fc_str_of(z));
}

int fc_str_cmp(fc_str a, fc_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool fc_str_starts(fc_str s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && (n == 0 || memcmp(s.p, prefix, n) == 0);
}

bool fc_str_ends(fc_str s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.n >= n && (n == 0 || memcmp(s.p + s.n - n, suffix, n) == 0);
}

fc_str fc_str_slice(fc_str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from >= to)
        return (fc_str){s.p, 0};
    return (fc_str){s.p + from, to - from};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

fc_str fc_str_trim(fc_str s)
{
    while (s.n && is_space(s.p[0]))
        s.p++, s.n--;
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool fc_str_next_word(fc_str s, size_t *pos, fc_str *word)
{
    size_t begin = *pos;
    while (begin < s.n && is_space(s.p[begin]))
        begin++;
    size_t end = begin;
    while (end < s.n && !is_space(s.p[end]))
        end++;
    *pos = end;
    *word = fc_str_slice(s, begin, end);
    return word->n > 0;
}

fc_str fc_str_collapse(fc_arena *a, fc_str s)
{
    s = fc_str_trim(s);
    char *out = fc_arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_space(s.p[i]))
            out[n++] = s.p[i];
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    return (fc_str){out, n};
}

fc_str fc_str_copy(fc_arena *a, fc_str s)
{
    char *p = fc_arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (fc_str){p, s.n};
}

fc_str fc_str_copy_z(fc_arena *a, const char *z)
{
    return fc_str_copy(a, fc_str_of(z));
}

fc_str fc_str_vfmt(fc_arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n < 0) {
        va_end(again);
        fc_arena_give_up(a);
    }
    char *p = fc_arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (fc_str){p, (size_t)n};
}

fc_str fc_str_fmt(fc_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fc_str s = fc_str_vfmt(a, fmt, ap);
    va_end(ap);
    return s;
}

/* Length of the well-formed sequence at s (RFC 3629 section 4), or 0. */
static size_t utf8_sequence(const unsigned char *s, size_t n)
{
    if (n == 0)
        return 0;
    unsigned char c = s[0];
    if (c < 0x80)
        return 1;
    if (c < 0xC2 || c > 0xF4)
        return 0;
    size_t len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (n < len)
        return 0;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

size_t fc_utf8_valid(fc_str s)
{
    size_t i = 0;
    while (i < s.n) {
        size_t len = utf8_sequence((const unsigned char *)s.p + i, s.n - i);
        if (!len)
            break;
        i += len;
    }
    return i;
}

uint32_t fc_utf8_next(fc_str s, size_t *pos)
{
    const unsigned char *p = (const unsigned char *)s.p + *pos;
    size_t len = utf8_sequence(p, s.n - *pos);
    if (len == 0) {
        (*pos)++;
        return 0xFFFD;
    }
    *pos += len;
    if (len == 1)
        return p[0];
    uint32_t c = p[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (p[i] & 0x3Fu);
    return c;
}

size_t fc_utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char)((0xF00u >> len & 0xFF) | c);
    return len;
}

size_t fc_utf8_count(fc_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; n++)
        fc_utf8_next(s, &i);
    return n;
}

/* Characters without a direction, and those that run from right to left (Unicode, Bidi_Class
 * and its defaults for blocks), in the order of their numbers. All others run from left to
 * right. */
static const struct {
    uint32_t from, to;
    fc_direction direction;
} directions[] = {
    {0x00, 0x40, FC_NO_DIRECTION},        {0x5B, 0x60, FC_NO_DIRECTION},
    {0x7B, 0xA9, FC_NO_DIRECTION},        {0xAB, 0xB4, FC_NO_DIRECTION},
    {0xB6, 0xB9, FC_NO_DIRECTION},        {0xBB, 0xBF, FC_NO_DIRECTION},
    {0xD7, 0xD7, FC_NO_DIRECTION},        {0xF7, 0xF7, FC_NO_DIRECTION},
    {0x2B9, 0x2BA, FC_NO_DIRECTION},      {0x2C2, 0x2CF, FC_NO_DIRECTION},
    {0x300, 0x36F, FC_NO_DIRECTION},      {0x590, 0x5FF, FC_RIGHT_TO_LEFT},
    {0x600, 0x607, FC_NO_DIRECTION},      {0x608, 0x65F, FC_RIGHT_TO_LEFT},
    {0x660, 0x66C, FC_NO_DIRECTION},      {0x66D, 0x6DC, FC_RIGHT_TO_LEFT},
    {0x6DD, 0x6DD, FC_NO_DIRECTION},      {0x6DE, 0x6EF, FC_RIGHT_TO_LEFT},
    {0x6F0, 0x6F9, FC_NO_DIRECTION},      {0x6FA, 0x8FF, FC_RIGHT_TO_LEFT},
    {0x2000, 0x200D, FC_NO_DIRECTION},    {0x200F, 0x200F, FC_RIGHT_TO_LEFT},
    {0x2010, 0x2070, FC_NO_DIRECTION},    {0x2074, 0x207E, FC_NO_DIRECTION},
    {0x2080, 0x208E, FC_NO_DIRECTION},    {0x20A0, 0x2101, FC_NO_DIRECTION},
    {0x2190, 0x2335, FC_NO_DIRECTION},    {0x237B, 0x249B, FC_NO_DIRECTION},
    {0x24EA, 0x27FF, FC_NO_DIRECTION},    {0x2900, 0x2BFF, FC_NO_DIRECTION},
    {0x2E00, 0x3004, FC_NO_DIRECTION},    {0x3008, 0x3020, FC_NO_DIRECTION},
    {0xFB1D, 0xFDFF, FC_RIGHT_TO_LEFT},   {0xFE00, 0xFE6F, FC_NO_DIRECTION},
    {0xFE70, 0xFEFE, FC_RIGHT_TO_LEFT},   {0xFEFF, 0xFEFF, FC_NO_DIRECTION},
    {0xFF01, 0xFF20, FC_NO_DIRECTION},    {0xFFE0, 0xFFFF, FC_NO_DIRECTION},
    {0x10800, 0x10FFF, FC_RIGHT_TO_LEFT}, {0x1E800, 0x1EFFF, FC_RIGHT_TO_LEFT},
    {0x1F000, 0x1F10F, FC_NO_DIRECTION},  {0x1F300, 0x1FBFF, FC_NO_DIRECTION},
    {0xE0000, 0xE0FFF, FC_NO_DIRECTION},
};

static fc_direction direction_of(uint32_t c)
{
    size_t low = 0, high = sizeof directions / sizeof *directions;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > directions[middle].to)
            low = middle + 1;
        else if (c < directions[middle].from)
            high = middle;
        else
            return directions[middle].direction;
    }
    return FC_LEFT_TO_RIGHT;
}

fc_direction fc_utf8_direction(fc_str s)
{
    fc_direction d = FC_NO_DIRECTION;
    for (size_t i = 0; i < s.n && d == FC_NO_DIRECTION;)
        d = direction_of(fc_utf8_next(s, &i));
    return d;
}

size_t fc_utf8_utf16_units(fc_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;)
        n += fc_utf8_next(s, &i) > 0xFFFF ? 2 : 1;
    return n;
}

bool fc_xml_char(uint32_t c)
{
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* Eight bytes that are all between 0x20 and 0x7F: most of any text. */
static bool is_plain(const char *p)
{
    const uint64_t high = 0x8080808080808080u, space = 0x2020202020202020u;
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    /* Where no byte is above 0x7F, taking 0x20 from each with its highest bit set borrows from
     * no other byte, and clears that bit of those that are below. */
    return !(eight & high) && (((eight | high) - space) & high) == high;
}

size_t fc_xml_chars(fc_str s)
{
    for (size_t i = 0; i < s.n;) {
        if (s.n - i >= 8 && is_plain(s.p + i)) {
            i += 8;
            continue;
        }
        unsigned char first = (unsigned char)s.p[i];
        size_t at = i;
        if (first >= 0x20 && first < 0x80) {
            i++;
            continue;
        }
        uint32_t c = fc_utf8_next(s, &i);
        if (!fc_xml_char(c) || (c == 0xFFFD && i - at == 1))
            return at;
    }
    return s.n;
}

#define DISTANCE_MAX 64 /* longer words are never taken for each other */

size_t fc_str_distance(fc_str a, fc_str b, size_t max)
{
    if (a.n > DISTANCE_MAX || b.n > DISTANCE_MAX)
        return fc_str_eq(a, b) ? 0 : max + 1;
    /* Three rows of the usual table: two steps back is what a swap of neighbours needs. */
    size_t rows[3][DISTANCE_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t best = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b.n] <= max ? last[b.n] : max + 1;
}
