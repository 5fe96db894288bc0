/* Patterns in other languages. A pattern that the compiler has taken is well-formed
 * (docs/language.md, type), so this goes from sign to sign. */
#include "output/schema/schema.h"

/* A letter behind a backslash: what it is outside and inside a class. NULL: as it is. Only
 * these differ: ECMA's \s takes more spaces than ours, XML Schema's \d and \w more scripts. */
typedef struct letter {
    char name;
    const char *outside[2], *inside[2]; /* by dialect */
} letter;

#define LAST "\xF4\x8F\xBF\xBF" /* U+10FFFF */

static const letter letters[] = {
    {'d', {NULL, "[0-9]"}, {NULL, "0-9"}},
    {'D', {NULL, "[^0-9]"}, {NULL, "\\t\\n\\r -/:-" LAST}},
    {'w', {NULL, "[0-9A-Za-z_]"}, {NULL, "0-9A-Za-z_"}},
    {'W', {NULL, "[^0-9A-Za-z_]"}, {NULL, "\\t\\n\\r -/:-@\\[-\\^`{-" LAST}},
    {'s', {"[ \\t\\n\\r]", NULL}, {" \\t\\n\\r", NULL}},
    {'S', {"[^ \\t\\n\\r]", NULL}, {"\\0-\\x08\\x0b\\x0c\\x0e-\\x1f!-" LAST, NULL}},
    {'n', {NULL, NULL}, {NULL, NULL}},
    {'t', {NULL, NULL}, {NULL, NULL}},
};

static const letter *find_letter(uint32_t c)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (c == (unsigned char)letters[i].name)
            return &letters[i];
    return NULL;
}

static void put_char(fc_buf *out, uint32_t c)
{
    char utf8[4];
    fc_buf_add(out, utf8, fc_utf8_put(utf8, c));
}

/* A sign that stands for itself. */
static void put_sign(fc_buf *out, uint32_t c, fc_dialect dialect, bool in_class)
{
    const char *signs = in_class ? "\\[]^-" : "\\|.?*+(){}[]^";
    for (; *signs; signs++)
        if (c == (unsigned char)*signs)
            fc_buf_char(out, '\\');
    if (c == '$' && dialect == FC_ECMA && !in_class)
        fc_buf_char(out, '\\');
    put_char(out, c);
}

/* What stands behind a backslash. */
static void put_escaped(fc_buf *out, uint32_t c, fc_dialect dialect, bool in_class)
{
    const letter *l = find_letter(c);
    const char *as = !l ? NULL : in_class ? l->inside[dialect] : l->outside[dialect];
    if (!l)
        put_sign(out, c, dialect, in_class);
    else if (as)
        fc_buf_z(out, as);
    else
        fc_buf_fmt(out, "\\%c", (char)c);
}

/* A class, from behind its "[" to its "]". */
static size_t put_class(fc_buf *out, fc_str p, size_t i, fc_dialect dialect)
{
    fc_buf_char(out, '[');
    if (i < p.n && p.p[i] == '^') {
        fc_buf_char(out, '^');
        i++;
    }
    for (bool may_range = false; i < p.n && p.p[i] != ']';) {
        uint32_t c = fc_utf8_next(p, &i);
        if (c == '-' && may_range && i < p.n && p.p[i] != ']') { /* between two ends */
            fc_buf_char(out, '-');
            c = fc_utf8_next(p, &i);
            may_range = false;
        } else {
            may_range = true;
        }
        if (c == '\\' && i < p.n) {
            c = fc_utf8_next(p, &i);
            may_range = may_range && !find_letter(c);
            put_escaped(out, c, dialect, true);
        } else {
            put_sign(out, c, dialect, true);
        }
    }
    fc_buf_char(out, ']');
    return i + 1;
}

void fc_put_pattern(fc_buf *out, fc_str p, fc_dialect dialect)
{
    for (size_t i = 0; i < p.n;) {
        uint32_t c = fc_utf8_next(p, &i);
        if (c == '\\' && i < p.n)
            put_escaped(out, fc_utf8_next(p, &i), dialect, false);
        else if (c == '[')
            i = put_class(out, p, i, dialect);
        else if (c == '.')
            fc_buf_z(out, "[^\\n\\r]");
        else if (c == '(')
            fc_buf_z(out, dialect == FC_ECMA ? "(?:" : "(");
        else
            put_char(out, c); /* itself, or |)?*+{m,n} */
    }
}
