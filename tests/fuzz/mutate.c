/* Changes inputs by what they consist of: elements, attributes and texts of XML, words and
 * signs of an expression, or objects, dictionaries and values of a PDF. Bytes at random hardly
 * ever leave these well-formed; these changes mostly do, so that what lies behind the parser is
 * reached. One time in eight libFuzzer changes bytes all the same. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t na, const uint8_t *b, size_t nb,
                                 uint8_t *out, size_t max, unsigned seed);

#define PARTS_MAX 4096
#define BYTES_MAX 65536

typedef enum part_kind {
    OPEN,
    CLOSE,
    EMPTY,
    OTHER
} part_kind; /* OTHER: text, a word, a sign, a value */

typedef struct part {
    part_kind kind;
    size_t from, to;
} part;

typedef struct input {
    char bytes[BYTES_MAX];
    size_t n;
    part parts[PARTS_MAX];
    size_t n_parts;
    uint32_t dice;
} input;

static unsigned roll(input *x, size_t below)
{
    x->dice ^= x->dice << 13; /* xorshift32 (Marsaglia 2003) */
    x->dice ^= x->dice >> 17;
    x->dice ^= x->dice << 5;
    return below ? (unsigned)(x->dice % below) : 0;
}

static const char *one_of(input *x, const char *const *list)
{
    size_t n = 0;
    while (list[n])
        n++;
    return list[roll(x, n)];
}

/* ---- Parts ----------------------------------------------------------------------------- */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_' || c == ':' || c == '.' || c == '/';
}

static size_t behind_tag(const input *x, size_t i)
{
    char quote = 0;
    for (; i < x->n; i++) {
        char c = x->bytes[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return x->n;
}

static part xml_part(const input *x, size_t i)
{
    part p = {OTHER, i, i + 1};
    if (x->bytes[i] == '<') {
        p.to = behind_tag(x, i);
        char second = i + 1 < x->n ? x->bytes[i + 1] : 0;
        p.kind = second == '/'                                            ? CLOSE
                 : second == '!' || second == '?'                         ? OTHER
                 : x->bytes[p.to - 1] == '>' && x->bytes[p.to - 2] == '/' ? EMPTY
                                                                          : OPEN;
    } else {
        while (p.to < x->n && x->bytes[p.to] != '<')
            p.to++;
    }
    return p;
}

static part word_part(const input *x, size_t i)
{
    part p = {OTHER, i, i + 1};
    if (is_name_char(x->bytes[i]))
        while (p.to < x->n && is_name_char(x->bytes[p.to]))
            p.to++;
    return p;
}

static bool begins(const input *x, size_t i, const char *z)
{
    return x->n - i >= strlen(z) && memcmp(x->bytes + i, z, strlen(z)) == 0;
}

/* A string in brackets (ISO 32000-1, 7.3.4.2), or one in hexadecimal digits. */
static size_t behind_string(const input *x, size_t i)
{
    bool hex = x->bytes[i] == '<';
    for (size_t depth = 0; i < x->n; i++) {
        char c = x->bytes[i];
        if (c == '\\' && !hex)
            i++;
        else if (c == (hex ? '<' : '('))
            depth++;
        else if (c == (hex ? '>' : ')') && --depth == 0)
            return i + 1;
    }
    return x->n;
}

/* White space belongs to what stands before it. */
static part pdf_part(const input *x, size_t i)
{
    static const struct {
        const char *begins;
        part_kind kind;
    } rows[] = {{"<<", OPEN}, {">>", CLOSE}, {"[", OPEN}, {"]", CLOSE}, {"endobj", CLOSE}};
    static const struct {
        const char *follows;
        part_kind kind;
    } numbers[] = {{" 0 obj", OPEN}, {" 0 R", OTHER}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (begins(x, i, rows[k].begins))
            return (part){rows[k].kind, i, i + strlen(rows[k].begins)};
    if (x->bytes[i] == '(' || x->bytes[i] == '<')
        return (part){OTHER, i, behind_string(x, i)};
    part p = word_part(x, i);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if (x->bytes[i] >= '0' && x->bytes[i] <= '9' && begins(x, p.to, numbers[k].follows))
            return (part){numbers[k].kind, i, p.to + strlen(numbers[k].follows)};
    return p;
}

static void split(input *x)
{
    static part (*const part_of[])(const input *x, size_t i) = {
        [FUZZ_WORDS] = word_part, [FUZZ_XML] = xml_part, [FUZZ_PDF] = pdf_part};
    fuzz_kind kind = fuzz_language_here.kind;
    x->n_parts = 0;
    for (size_t i = 0; i < x->n && x->n_parts < PARTS_MAX;) {
        part p = part_of[kind](x, i);
        x->parts[x->n_parts++] = p;
        i = p.to;
        while (kind == FUZZ_PDF && i < x->n && (x->bytes[i] == ' ' || x->bytes[i] == '\n'))
            i++;
    }
}

/* The part behind the element, or the single part, that begins with part i. */
static size_t behind_element(const input *x, size_t i)
{
    size_t depth = 0;
    for (size_t k = i; k < x->n_parts; k++) {
        if (x->parts[k].kind == OPEN)
            depth++;
        else if (x->parts[k].kind == CLOSE && depth > 0)
            depth--;
        if (depth == 0)
            return k + 1;
    }
    return x->n_parts;
}

/* The bytes from one part to another; behind the last part is the end. */
static size_t offset_of(const input *x, size_t i)
{
    return i < x->n_parts ? x->parts[i].from : x->n;
}

/* A place of a whole element or part: not the root, unless there is nothing else. */
static void some_element(input *x, size_t *from, size_t *to)
{
    size_t i = x->n_parts > 2 ? 1 + roll(x, x->n_parts - 1) : roll(x, x->n_parts);
    while (i > 0 && x->parts[i].kind == CLOSE)
        i--;
    *from = offset_of(x, i);
    *to = offset_of(x, behind_element(x, i));
}

/* Replaces the bytes [from, to). Nothing happens when there is no room. */
static void put(input *x, size_t from, size_t to, const char *p, size_t n)
{
    if (x->n - (to - from) + n > BYTES_MAX)
        return;
    memmove(x->bytes + from + n, x->bytes + to, x->n - to);
    if (n)
        memcpy(x->bytes + from, p, n);
    x->n = x->n - (to - from) + n;
}

static void put_z(input *x, size_t from, size_t to, const char *z)
{
    put(x, from, to, z, strlen(z));
}

/* ---- Changes --------------------------------------------------------------------------- */

static void delete_element(input *x)
{
    size_t from, to;
    some_element(x, &from, &to);
    put(x, from, to, NULL, 0);
}

static void copy_element(input *x, bool move)
{
    static char copy[BYTES_MAX];
    size_t from, to, n;
    some_element(x, &from, &to);
    n = to - from;
    memcpy(copy, x->bytes + from, n);
    if (move) {
        put(x, from, to, NULL, 0);
        split(x);
    }
    size_t at = offset_of(x, 1 + roll(x, x->n_parts));
    put(x, at, at, copy, n);
}

static void insert_piece(input *x)
{
    size_t at = offset_of(x, 1 + roll(x, x->n_parts));
    put_z(x, at, at, one_of(x, fuzz_language_here.pieces));
}

/* The text, or word, at or behind a place picked by chance. */
static const part *some_text(input *x)
{
    size_t begin = roll(x, x->n_parts);
    for (size_t i = 0; i < x->n_parts; i++) {
        const part *p = &x->parts[(begin + i) % x->n_parts];
        if (p->kind == OTHER)
            return p;
    }
    return NULL;
}

static void change_text(input *x)
{
    const part *p = some_text(x);
    if (p)
        put_z(x, p->from, p->to, one_of(x, fuzz_language_here.words));
}

/* What stands at one place at another, too. */
static void share_text(input *x)
{
    static char copy[4096];
    const part *from = some_text(x), *to = some_text(x);
    if (!from || from->to - from->from > sizeof copy)
        return;
    size_t n = from->to - from->from;
    memcpy(copy, x->bytes + from->from, n);
    put(x, to->from, to->to, copy, n);
}

static void mutate_range(input *x, size_t from, size_t to)
{
    static char copy[4096];
    size_t n = to - from < sizeof copy / 2 ? to - from : sizeof copy / 2;
    memcpy(copy, x->bytes + from, n);
    n = LLVMFuzzerMutate((uint8_t *)copy, n, n + 16);
    put(x, from, to, copy, n);
}

static void mutate_text(input *x)
{
    const part *p = some_text(x);
    if (p)
        mutate_range(x, p->from, p->to);
}

typedef struct attribute {
    size_t from, value, value_end, to; /* from: the white space before the name */
} attribute;

/* An attribute of a tag picked by chance. */
static bool some_attribute(input *x, attribute *out)
{
    size_t begin = roll(x, x->n_parts), seen = 0;
    for (size_t k = 0; k < x->n_parts && !seen; k++) {
        const part *p = &x->parts[(begin + k) % x->n_parts];
        if (p->kind != OPEN && p->kind != EMPTY)
            continue;
        for (size_t i = p->from; i < p->to; i++) {
            char quote = x->bytes[i];
            if (quote != '"' && quote != '\'')
                continue;
            attribute a = {.value = i + 1, .value_end = i + 1};
            while (a.value_end < p->to && x->bytes[a.value_end] != quote)
                a.value_end++;
            if (a.value_end == p->to)
                break;
            a.to = i = a.value_end + 1;
            a.from = a.value - 1;
            while (a.from > p->from && x->bytes[a.from - 1] != ' ' &&
                   x->bytes[a.from - 1] != '\n')
                a.from--;
            if (a.from > p->from)
                a.from--;
            if (roll(x, ++seen) == 0)
                *out = a;
        }
    }
    return seen > 0;
}

static void change_attribute(input *x)
{
    attribute a;
    if (!some_attribute(x, &a))
        return;
    switch (roll(x, 4)) {
    case 0:
        put(x, a.from, a.to, NULL, 0);
        break;
    case 1:
        mutate_range(x, a.value, a.value_end);
        break;
    default:
        put_z(x, a.value, a.value_end, one_of(x, fuzz_language_here.words));
    }
}

/* The value of one attribute to another: most names in a form name something else in it. */
static void share_value(input *x)
{
    static char value[4096];
    attribute a, b;
    if (!some_attribute(x, &a) || !some_attribute(x, &b))
        return;
    size_t n = b.value_end - b.value;
    if (n > sizeof value)
        return;
    memcpy(value, x->bytes + b.value, n);
    put(x, a.value, a.value_end, value, n);
}

static void add_attribute(input *x)
{
    size_t begin = roll(x, x->n_parts);
    for (size_t k = 0; k < x->n_parts; k++) {
        const part *p = &x->parts[(begin + k) % x->n_parts];
        if (p->kind != OPEN && p->kind != EMPTY)
            continue;
        size_t at = p->from + 1;
        while (at < p->to && is_name_char(x->bytes[at]))
            at++;
        put_z(x, at, at, "\"");
        put_z(x, at, at, one_of(x, fuzz_language_here.words));
        put_z(x, at, at, "=\"");
        put_z(x, at, at, one_of(x, fuzz_language_here.words));
        put_z(x, at, at, " ");
        return;
    }
}

static void change(input *x)
{
    split(x);
    if (x->n_parts == 0) {
        put_z(x, 0, x->n, one_of(x, fuzz_language_here.pieces));
        return;
    }
    static const unsigned changes[] = {[FUZZ_WORDS] = 7, [FUZZ_XML] = 14, [FUZZ_PDF] = 9};
    unsigned what = roll(x, changes[fuzz_language_here.kind]);
    if (fuzz_language_here.kind == FUZZ_PDF && what >= 7) {
        share_text(x);
        return;
    }
    switch (what) {
    case 0:
        delete_element(x);
        break;
    case 1:
        copy_element(x, false);
        break;
    case 2:
        copy_element(x, true);
        break;
    case 3:
        insert_piece(x);
        break;
    case 4:
    case 5:
        change_text(x);
        break;
    case 6:
        mutate_text(x);
        break;
    case 7:
    case 8:
        add_attribute(x);
        break;
    case 9:
    case 10:
        share_value(x);
        break;
    default:
        change_attribute(x);
    }
}

/* ---- What libFuzzer calls -------------------------------------------------------------- */

static input here;

static void take(const uint8_t *data, size_t n, unsigned seed)
{
    here.n = n < BYTES_MAX ? n : BYTES_MAX;
    if (here.n)
        memcpy(here.bytes, data, here.n);
    here.dice = seed * 2654435761u + 1; /* never 0, of which nothing would come */
}

static size_t give(uint8_t *out, size_t max)
{
    size_t n = here.n < max ? here.n : max;
    memcpy(out, here.bytes, n);
    return n;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
    take(data, size, seed);
    if (roll(&here, 8) == 0 || size > BYTES_MAX)
        return LLVMFuzzerMutate(data, size, max);
    for (unsigned n = 1 + roll(&here, 4); n > 0; n--)
        change(&here);
    return give(data, max);
}

/* An element or piece of b somewhere in a. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t na, const uint8_t *b, size_t nb,
                                 uint8_t *out, size_t max, unsigned seed)
{
    static char copy[BYTES_MAX];
    size_t from = 0, to = 0, n;
    take(b, nb, seed);
    split(&here);
    if (here.n_parts)
        some_element(&here, &from, &to);
    n = to - from;
    memcpy(copy, here.bytes + from, n);
    take(a, na, seed + 1);
    split(&here);
    size_t at = offset_of(&here, 1 + roll(&here, here.n_parts));
    put(&here, at, at, copy, n);
    return give(out, max);
}
