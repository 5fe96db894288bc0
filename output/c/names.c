/* Names and text of generated C. Ids of a form are the only text that becomes an identifier;
 * everything else becomes escaped bytes. */
#include "output/c/c.h"

#include <string.h>

static size_t hash(fc_str s)
{
    uint32_t h = 2166136261u; /* FNV-1a; only for finding, never seen in output */
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

/* The entry of key, or the free one where it would stand. */
static struct fc_c_entry *entry(const fc_c_map *m, fc_str key)
{
    size_t i = hash(key) & (m->room - 1);
    while (m->at[i].used && !fc_str_eq(m->at[i].key, key))
        i = (i + 1) & (m->room - 1);
    return &m->at[i];
}

const fc_str *fc_c_map_find(const fc_c_map *m, fc_str key)
{
    struct fc_c_entry *e = m->room ? entry(m, key) : NULL;
    return e && e->used ? &e->value : NULL;
}

void fc_c_map_put(fc_c_map *m, fc_str key, fc_str value)
{
    if (2 * (m->n + 1) > m->room) {
        fc_c_map old = *m;
        m->room = old.room ? 2 * old.room : 64;
        m->at = FC_NEW_N(m->arena, struct fc_c_entry, m->room);
        for (size_t i = 0; i < old.room; i++)
            if (old.at[i].used)
                *entry(m, old.at[i].key) = old.at[i];
    }
    struct fc_c_entry *e = entry(m, key);
    m->n += !e->used;
    *e = (struct fc_c_entry){key, value, true};
}

/* Keywords of C11 and C++20 (with the words for operators), macros that compilers and system
 * headers define in small letters, and the names of headers and of our own header, because a
 * form's id also names files. */
static const char *const reserved[] = {"alignas",
                                       "alignof",
                                       "and",
                                       "and_eq",
                                       "asm",
                                       "assert",
                                       "auto",
                                       "bitand",
                                       "bitor",
                                       "bool",
                                       "break",
                                       "case",
                                       "catch",
                                       "char",
                                       "class",
                                       "co_await",
                                       "co_return",
                                       "co_yield",
                                       "compl",
                                       "complex",
                                       "concept",
                                       "const",
                                       "const_cast",
                                       "consteval",
                                       "constexpr",
                                       "constinit",
                                       "continue",
                                       "decltype",
                                       "default",
                                       "delete",
                                       "do",
                                       "double",
                                       "dynamic_cast",
                                       "else",
                                       "enum",
                                       "errno",
                                       "explicit",
                                       "export",
                                       "extern",
                                       "false",
                                       "far",
                                       "float",
                                       "for",
                                       "friend",
                                       "fv",
                                       "goto",
                                       "i386",
                                       "if",
                                       "imaginary",
                                       "inline",
                                       "int",
                                       "interface",
                                       "limits",
                                       "linux",
                                       "long",
                                       "mutable",
                                       "namespace",
                                       "near",
                                       "new",
                                       "noexcept",
                                       "noreturn",
                                       "not",
                                       "not_eq",
                                       "nullptr",
                                       "offsetof",
                                       "operator",
                                       "or",
                                       "or_eq",
                                       "pascal",
                                       "private",
                                       "protected",
                                       "public",
                                       "register",
                                       "reinterpret_cast",
                                       "requires",
                                       "restrict",
                                       "return",
                                       "setjmp",
                                       "short",
                                       "signed",
                                       "sizeof",
                                       "small",
                                       "static",
                                       "static_assert",
                                       "static_cast",
                                       "stdbool",
                                       "stddef",
                                       "stderr",
                                       "stdin",
                                       "stdint",
                                       "stdio",
                                       "stdlib",
                                       "stdout",
                                       "string",
                                       "struct",
                                       "sun",
                                       "switch",
                                       "template",
                                       "this",
                                       "thread_local",
                                       "throw",
                                       "time",
                                       "true",
                                       "try",
                                       "typedef",
                                       "typeid",
                                       "typename",
                                       "typeof",
                                       "typeof_unqual",
                                       "union",
                                       "unix",
                                       "unsigned",
                                       "using",
                                       "vax",
                                       "virtual",
                                       "void",
                                       "volatile",
                                       "while",
                                       "xor",
                                       "xor_eq"};

/* A word of the list; or what may be a type of fv.h or of C: in C++ a member may not have the
 * name of a type that its struct uses. */
static bool is_reserved(fc_str name)
{
    size_t low = 0, high = sizeof reserved / sizeof *reserved;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = fc_str_cmp(name, fc_str_of(reserved[mid]));
        if (order == 0)
            return true;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return fc_str_starts(name, "fv_") || fc_str_ends(name, "_t");
}

fc_str fc_c_name(fc_arena *a, fc_str id)
{
    fc_str name = fc_c_piece(a, id);
    /* no id ends in "-", so the name with "_" behind it is free */
    return is_reserved(name) ? fc_str_fmt(a, "%.*s_", FC_ARG(name)) : name;
}

fc_str fc_c_piece(fc_arena *a, fc_str id)
{
    char *s = fc_arena_alloc(a, id.n + 1);
    for (size_t i = 0; i < id.n; i++)
        s[i] = id.p[i] == '-' ? '_' : id.p[i];
    return (fc_str){s, id.n};
}

fc_str fc_c_constant(fc_arena *a, fc_str id)
{
    char *s = fc_arena_alloc(a, id.n + 1);
    for (size_t i = 0; i < id.n; i++)
        s[i] = id.p[i] == '-'                     ? '_'
               : id.p[i] >= 'a' && id.p[i] <= 'z' ? (char)(id.p[i] - 'a' + 'A')
                                                  : id.p[i];
    return (fc_str){s, id.n};
}

fc_str fc_c_unique(fc_c_map *given, fc_str wanted)
{
    fc_str name = wanted;
    for (unsigned n = 2; fc_c_map_find(given, name); n++)
        name = fc_str_fmt(given->arena, "%.*s_%u", FC_ARG(wanted), n);
    fc_c_map_put(given, name, (fc_str){0});
    return name;
}

static bool in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void fc_c_literal(fc_buf *b, fc_str s)
{
    fc_buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (letter_or_digit(s.p[i]) || in(s.p[i], " .,:;()'-_/"))
            fc_buf_char(b, s.p[i]);
        else
            fc_buf_fmt(b, "\\%03o", (unsigned)(unsigned char)s.p[i]);
    }
    fc_buf_char(b, '"');
}

void fc_c_comment(fc_buf *b, fc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        fc_buf_char(b, letter_or_digit(s.p[i]) || in(s.p[i], " _'().,:/-") ? s.p[i] : '.');
}

static void drop_buf(void *b)
{
    fc_buf_release(b);
}

fc_buf *fc_c_buf(fc_arena *a)
{
    fc_buf *b = FC_NEW(a, fc_buf);
    fc_buf_init(b, FC_BUF_MAX);
    fc_arena_defer(a, drop_buf, b);
    return b;
}

#define LITERAL_MAX 4000 /* C11 5.2.4.1 promises 4095 characters in a literal, not more */

void fc_c_text(fc_c_unit *u, fc_buf *b, fc_str s)
{
    if (s.n <= LITERAL_MAX) {
        fc_c_literal(b, s);
        return;
    }
    unsigned n = ++u->n_long_texts;
    fc_buf_fmt(u->long_texts, "static const char long_text_%u[] = {", n);
    for (size_t i = 0; i < s.n; i++)
        fc_buf_fmt(u->long_texts, "%s'\\%03o',", i % 12 ? " " : "\n    ",
                   (unsigned)(unsigned char)s.p[i]);
    fc_buf_z(u->long_texts, "\n    '\\000'};\n\n");
    fc_buf_fmt(b, "long_text_%u", n);
}

#define COLUMNS 96 /* as our own code */

void fc_c_wrap(fc_c_unit *u, fc_buf *b, size_t begin)
{
    fc_str s = fc_str_copy(u->arena, (fc_str){b->p + begin, b->n - begin});
    size_t indent = 0, line = 0; /* bytes before the bracket; where the line begins in s */
    while (indent < s.n && s.p[indent] != '(')
        indent++;
    if (b->failed || s.n <= COLUMNS)
        return;
    b->n = begin;
    for (size_t last = 0, i = 0; i < s.n; i++) {
        size_t before = line ? indent + 1 : 0; /* spaces in front of the line */
        if (i - line + before >= COLUMNS && last > line) {
            fc_buf_add(b, s.p + line, last - line);
            fc_buf_fmt(b, "\n%*s", (int)indent + 1, "");
            line = last + 1;
        }
        if (s.p[i] == ' ' && i > 0 && s.p[i - 1] == ',')
            last = i;
    }
    fc_buf_add(b, s.p + line, s.n - line);
}
