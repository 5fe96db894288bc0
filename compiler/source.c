/* Bytes -> a tree of elements with exact positions.
 *
 * Three steps. `check_bytes` looks at the file as bytes: size, encoding, characters. `scan`
 * walks over it once as XML is written (tags, comments, references) without building anything
 * but a table of start tags; it refuses a document type declaration and whatever is beyond a
 * limit before libxml2 sees a byte, and it knows the common slips well enough to say in plain
 * words what is wrong and where. `parse` gives the text to libxml2, which has the last word on
 * what is well-formed, and `graft` walks its tree and the table of start tags side by side. */
#include "compiler/source.h"
#include "compiler/codes.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <string.h>

const fc_code_info fc_codes[FC_CODE_COUNT] = {
#define FC_CODE_ROW(name, code, title) {code, title},
    FC_CODES(FC_CODE_ROW)
#undef FC_CODE_ROW
};

const char *fc_code_title(const char *code)
{
    for (size_t i = 0; i < FC_CODE_COUNT; i++)
        if (strcmp(fc_codes[i].code, code) == 0)
            return fc_codes[i].title;
    return NULL;
}

typedef struct tag_attr {
    uint32_t name, name_end, value, value_end;
} tag_attr;

typedef struct tag {     /* a start tag */
    uint32_t begin, end; /* "<" and behind ">" */
    uint32_t name, name_end;
    uint32_t close; /* behind the end tag */
    uint32_t first_attr, n_attrs;
} tag;

typedef struct scanner {
    fc_arena *a;
    fc_diags *d;
    uint32_t source;
    fc_str s;
    size_t pos;
    FC_ARRAY(tag) tags;
    FC_ARRAY(tag_attr) attrs;
    uint32_t open[FC_DEPTH_MAX]; /* indices of the tags that are open */
    unsigned depth;
    bool bad; /* something was reported */
    bool root_ended;
} scanner;

static fc_span span_of(uint32_t source, size_t begin, size_t end)
{
    return (fc_span){source, (uint32_t)begin, (uint32_t)end};
}

static fc_span here(const scanner *c, size_t begin, size_t end)
{
    if (end > c->s.n)
        end = c->s.n;
    if (begin > end)
        begin = end;
    return span_of(c->source, begin, end);
}

#define REPORT(c, what, at, ...)                                                               \
    ((c)->bad = true,                                                                          \
     fc_report((c)->d, FC_ERROR, fc_codes[FC_C_##what].code, (at), __VA_ARGS__))
#define HELP(c, g, ...) fc_diag_help((c)->d, (g), __VA_ARGS__)

/* ---- bytes --------------------------------------------------------------------------------
 */

/* C0 and C1 controls and DEL have no business in a form and are invisible in an editor; U+FFFE
 * and U+FFFF are no characters (XML 1.0, production 2). */
static bool allowed_char(uint32_t ch)
{
    if (ch == 0x7f || (ch >= 0x80 && ch < 0xa0))
        return false;
    return fc_xml_char(ch);
}

static bool check_bytes(scanner *c)
{
    fc_str s = c->s;
    if (s.n == 0) {
        REPORT(c, EMPTY_FILE, here(c, 0, 0), "the file is empty");
        return false;
    }
    const unsigned char *u = (const unsigned char *)s.p;
    bool utf16 =
        s.n >= 2 && ((u[0] == 0xff && u[1] == 0xfe) || (u[0] == 0xfe && u[1] == 0xff) ||
                     (u[0] == '<' && u[1] == 0) || (u[0] == 0 && u[1] == '<'));
    if (utf16) {
        fc_diag *g = REPORT(c, ENCODING, here(c, 0, 0), "the file is written in UTF-16");
        HELP(c, g, "save it as UTF-8: most editors offer this under \"save as\"");
        return false;
    }
    size_t good = fc_utf8_valid(s);
    for (size_t i = 0; i < good;) {
        unsigned char b = (unsigned char)s.p[i];
        if (b >= 0x20 && b < 0x7f) {
            i++;
            continue;
        }
        size_t begin = i;
        uint32_t ch = fc_utf8_next(s, &i);
        if (allowed_char(ch))
            continue;
        fc_diag *g = REPORT(c, CONTROL, here(c, begin, i),
                            "the character U+%04X may not stand in a definition", (unsigned)ch);
        HELP(c, g, "it cannot be seen in most editors; delete it, or type the line again");
        return false;
    }
    if (good < s.n) {
        fc_diag *g = REPORT(c, NOT_UTF8, here(c, good, good + 1),
                            "this is not UTF-8: byte 0x%02X does not belong here", u[good]);
        HELP(c, g, "save the file as UTF-8: most editors offer this under \"save as\"");
        return false;
    }
    return true;
}

/* ---- scanning -----------------------------------------------------------------------------
 */

static bool is_space(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

/* Characters that end a name. What a name may hold is for libxml2 to say. */
static bool ends_name(char ch)
{
    return is_space(ch) || ch == '/' || ch == '>' || ch == '=' || ch == '<' || ch == '"' ||
           ch == '\'' || ch == '&';
}

static bool starts_name(char ch)
{
    unsigned char u = (unsigned char)ch;
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_' || u == ':' ||
           u >= 0x80;
}

static bool at_text(const scanner *c, size_t pos, const char *z)
{
    size_t n = strlen(z);
    return c->s.n - pos >= n && memcmp(c->s.p + pos, z, n) == 0;
}

/* The offset of z at or behind pos; s.n when there is none. */
static size_t find(const scanner *c, size_t pos, const char *z)
{
    for (; pos < c->s.n; pos++) {
        const char *p = memchr(c->s.p + pos, z[0], c->s.n - pos);
        if (!p)
            break;
        pos = (size_t)(p - c->s.p);
        if (at_text(c, pos, z))
            return pos;
    }
    return c->s.n;
}

static fc_str piece(const scanner *c, size_t begin, size_t end)
{
    return (fc_str){c->s.p + begin, end - begin};
}

static fc_str tag_name(const scanner *c, const tag *t)
{
    return piece(c, t->name, t->name_end);
}

static const struct {
    const char *name;
    char means;
} entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};

/* The character of the reference that begins at pos ("&"), and where it ends. 0 when there is
 * none; *end is then where the name would end. */
static uint32_t reference(fc_str s, size_t pos, size_t limit, size_t *end)
{
    size_t i = pos + 1;
    if (i < limit && s.p[i] == '#') {
        bool hex = ++i < limit && s.p[i] == 'x';
        if (hex)
            i++;
        uint32_t value = 0;
        size_t digits = 0;
        for (; i < limit && digits < 9; i++, digits++) {
            char ch = s.p[i];
            uint32_t digit;
            if (ch >= '0' && ch <= '9')
                digit = (uint32_t)(ch - '0');
            else if (hex && ((ch >= 'a' && ch <= 'f') || (ch >= 'A' && ch <= 'F')))
                digit = (uint32_t)((ch | 0x20) - 'a') + 10;
            else
                break;
            value = value * (hex ? 16u : 10u) + digit;
        }
        *end = i;
        if (digits == 0 || i >= limit || s.p[i] != ';' || !allowed_char(value))
            return 0;
        *end = i + 1;
        return value;
    }
    while (i < limit && !ends_name(s.p[i]) && s.p[i] != ';')
        i++;
    *end = i;
    if (i >= limit || s.p[i] != ';')
        return 0;
    for (size_t k = 0; k < sizeof entities / sizeof *entities; k++)
        if (fc_str_eq_z((fc_str){s.p + pos + 1, i - pos - 1}, entities[k].name)) {
            *end = i + 1;
            return (uint32_t)entities[k].means;
        }
    return 0;
}

/* Looks at every "&" of a piece of text or of an attribute's value. */
static void scan_references(scanner *c, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        const char *p = memchr(c->s.p + i, '&', end - i);
        if (!p)
            return;
        i = (size_t)(p - c->s.p);
        size_t behind;
        if (reference(c->s, i, end, &behind)) {
            i = behind - 1;
            continue;
        }
        bool closed = behind < end && c->s.p[behind] == ';' && behind > i + 1;
        if (closed && behind - i <= FC_XML_NAME_MAX) {
            fc_str name = piece(c, i, behind + 1);
            fc_diag *g = REPORT(c, ENTITY, here(c, i, behind + 1),
                                "XML does not know the character \"%.*s\"", FC_ARG(name));
            if (name.n > 2 && name.p[1] == '#')
                HELP(c, g, "this number is no character that a definition may hold");
            else
                HELP(c, g,
                     "type the character itself; only &amp; &lt; &gt; &quot; and &apos; have "
                     "names");
            i = behind;
        } else {
            fc_diag *g =
                REPORT(c, AMPERSAND, here(c, i, i + 1), "\"&\" has a special meaning in XML");
            HELP(c, g, "write \"&amp;\" instead of \"&\"");
        }
    }
}

/* A value that runs over the end of its line or tag: most likely the quote at its end is
 * missing. Reported at the opening quote. */
static bool missing_quote(scanner *c, const tag_attr *at)
{
    fc_str name = piece(c, at->name, at->name_end);
    fc_diag *g =
        REPORT(c, QUOTE, here(c, at->name, at->value),
               "the quote at the end of the value of \"%.*s\" is missing", FC_ARG(name));
    HELP(c, g, "write %.*s=\"...\"", FC_ARG(name));
    return false;
}

/* S? "=" S? quoted, behind the attribute's name. */
static bool scan_value(scanner *c, tag_attr *at)
{
    fc_str name = piece(c, at->name, at->name_end);
    size_t i = at->name_end;
    while (i < c->s.n && is_space(c->s.p[i]))
        i++;
    if (i >= c->s.n || c->s.p[i] != '=') {
        fc_diag *g = REPORT(c, QUOTE, here(c, at->name, at->name_end), "\"%.*s\" has no value",
                            FC_ARG(name));
        HELP(c, g, "write %.*s=\"...\"", FC_ARG(name));
        return false;
    }
    i++;
    while (i < c->s.n && is_space(c->s.p[i]))
        i++;
    if (i >= c->s.n || (c->s.p[i] != '"' && c->s.p[i] != '\'')) {
        fc_diag *g = REPORT(c, QUOTE, here(c, at->name, i),
                            "the value of \"%.*s\" does not stand in quotes", FC_ARG(name));
        HELP(c, g, "write %.*s=\"...\"", FC_ARG(name));
        return false;
    }
    char quote = c->s.p[i];
    at->value = (uint32_t)(i + 1);
    const char *close = memchr(c->s.p + at->value, quote, c->s.n - at->value);
    size_t end = close ? (size_t)(close - c->s.p) : c->s.n;
    at->value_end = (uint32_t)end;
    for (i = at->value; i < end && c->s.p[i] != '<'; i++)
        ;
    if (i < end) {
        /* "<" in a value. When a ">" or the end of the line stands before it, the value was
         * meant to end earlier. */
        fc_str before = piece(c, at->value, i);
        if (memchr(before.p, '>', before.n) || memchr(before.p, '\n', before.n))
            return missing_quote(c, at);
        fc_diag *g = REPORT(c, LESS_THAN, here(c, i, i + 1),
                            "\"<\" may not stand in the value of an attribute");
        HELP(c, g, "write \"&lt;\"; in an expression, write \"lt\" or \"le\"");
        if (!close)
            return false;
    } else if (!close) {
        return missing_quote(c, at);
    }
    scan_references(c, at->value, at->value_end);
    c->pos = end + 1;
    return true;
}

static bool name_fits(scanner *c, size_t begin, size_t end)
{
    if (end - begin <= FC_XML_NAME_MAX)
        return true;
    REPORT(c, LONG_TAG, here(c, begin, begin + 20), "a name has more than %d bytes",
           FC_XML_NAME_MAX);
    return false;
}

/* A start tag; pos is at its "<". */
static bool scan_start(scanner *c)
{
    tag t = {.begin = (uint32_t)c->pos, .name = (uint32_t)c->pos + 1};
    t.first_attr = (uint32_t)c->attrs.n;
    size_t i = t.name;
    while (i < c->s.n && !ends_name(c->s.p[i]))
        i++;
    t.name_end = (uint32_t)i;
    if (!name_fits(c, t.name, t.name_end))
        return false;
    fc_str name = tag_name(c, &t);
    if (c->root_ended) {
        fc_diag *g = REPORT(c, OUTSIDE, here(c, t.begin, t.name_end),
                            "<%.*s> stands behind the end of the form", FC_ARG(name));
        HELP(c, g, "a definition is one element; move this inside it");
        return false;
    }
    if (c->depth >= FC_DEPTH_MAX) {
        REPORT(c, TOO_DEEP, here(c, t.begin, t.name_end),
               "elements nest more than %d deep here", FC_DEPTH_MAX);
        return false;
    }
    if (c->tags.n >= FC_ELEMENTS_MAX) {
        REPORT(c, TOO_MANY, here(c, t.begin, t.name_end), "there are more than %u elements",
               FC_ELEMENTS_MAX);
        return false;
    }
    bool empty = false;
    for (;;) {
        size_t before = i;
        while (i < c->s.n && is_space(c->s.p[i]))
            i++;
        bool spaced = i > before;
        if (i - t.begin > FC_START_TAG_MAX) {
            REPORT(c, LONG_TAG, here(c, t.begin, t.name_end),
                   "the start tag of <%.*s> is longer than %u KiB", FC_ARG(name),
                   (unsigned)(FC_START_TAG_MAX >> 10));
            return false;
        }
        if (i >= c->s.n || c->s.p[i] == '<') {
            fc_diag *g = REPORT(c, UNCLOSED, here(c, t.begin, t.name_end),
                                "the tag <%.*s has no \">\" at its end", FC_ARG(name));
            HELP(c, g, "end it with \">\", or with \"/>\" when it holds nothing");
            return false;
        }
        if (c->s.p[i] == '>') {
            i++;
            break;
        }
        if (c->s.p[i] == '/' && i + 1 < c->s.n && c->s.p[i + 1] == '>') {
            empty = true;
            i += 2;
            break;
        }
        if (!spaced && t.n_attrs > 0) {
            const tag_attr *last = &c->attrs.at[c->attrs.n - 1];
            if (last->value_end > last->value && c->s.p[last->value_end - 1] == '=')
                return missing_quote(c, last); /* id="a label="b": a name is in the value */
            spaced = starts_name(c->s.p[i]);
            if (spaced) {
                fc_str attr = piece(c, last->name, last->name_end);
                fc_diag *g =
                    REPORT(c, QUOTE, here(c, i, i + 1),
                           "there is no space between the value of \"%.*s\" and what follows",
                           FC_ARG(attr));
                HELP(c, g,
                     "put a space there; if the quote belongs to the value, write it as "
                     "\"&quot;\"");
            }
        }
        if (!spaced || !starts_name(c->s.p[i])) {
            fc_diag *g = REPORT(c, NOT_XML, here(c, i, i + 1),
                                "this does not belong in the tag <%.*s>", FC_ARG(name));
            HELP(c, g, "a tag holds attributes, each written name=\"value\"");
            return false;
        }
        tag_attr at = {.name = (uint32_t)i};
        while (i < c->s.n && !ends_name(c->s.p[i]))
            i++;
        at.name_end = (uint32_t)i;
        if (!name_fits(c, at.name, at.name_end) || !scan_value(c, &at))
            return false;
        i = c->pos;
        fc_str attr = piece(c, at.name, at.name_end);
        for (uint32_t k = 0; k < t.n_attrs; k++) {
            const tag_attr *other = &c->attrs.at[t.first_attr + k];
            if (!fc_str_eq(attr, piece(c, other->name, other->name_end)))
                continue;
            fc_diag *g =
                REPORT(c, TWICE, here(c, at.name, at.name_end),
                       "<%.*s> has the attribute \"%.*s\" twice", FC_ARG(name), FC_ARG(attr));
            fc_diag_note_at(c->d, g, here(c, other->name, other->name_end), "first given here");
            HELP(c, g, "delete one of the two");
            break;
        }
        if (t.n_attrs >= FC_ATTRS_MAX) {
            REPORT(c, MANY_ATTRS, here(c, t.begin, t.name_end),
                   "<%.*s> has more than %d attributes", FC_ARG(name), FC_ATTRS_MAX);
            return false;
        }
        t.n_attrs++;
        FC_PUSH(c->a, &c->attrs, at);
    }
    t.end = t.close = (uint32_t)i;
    c->pos = i;
    FC_PUSH(c->a, &c->tags, t);
    if (!empty)
        c->open[c->depth++] = (uint32_t)(c->tags.n - 1);
    else if (c->depth == 0)
        c->root_ended = true;
    return true;
}

static bool scan_end(scanner *c)
{
    size_t begin = c->pos, i = begin + 2;
    while (i < c->s.n && !ends_name(c->s.p[i]))
        i++;
    fc_str name = piece(c, begin + 2, i);
    if (!name_fits(c, begin + 2, i))
        return false;
    size_t name_end = i;
    while (i < c->s.n && is_space(c->s.p[i]))
        i++;
    if (i >= c->s.n || c->s.p[i] != '>') {
        REPORT(c, NOT_XML, here(c, begin, name_end), "the end tag </%.*s has no \">\"",
               FC_ARG(name));
        return false;
    }
    if (c->depth == 0) {
        fc_diag *g =
            REPORT(c, END_TAG, here(c, begin, i + 1),
                   "</%.*s> closes nothing: everything is closed already", FC_ARG(name));
        HELP(c, g, "delete it, or find the element that was closed too early");
        return false;
    }
    tag *t = &c->tags.at[c->open[c->depth - 1]];
    fc_str open = tag_name(c, t);
    if (fc_str_eq(open, name)) {
        t->close = (uint32_t)(i + 1);
        c->pos = i + 1;
        c->depth--;
        c->root_ended = c->depth == 0;
        return true;
    }
    bool outer = false;
    for (unsigned k = 0; k + 1 < c->depth; k++)
        outer = outer || fc_str_eq(tag_name(c, &c->tags.at[c->open[k]]), name);
    fc_diag *g = outer
                     ? REPORT(c, END_TAG, here(c, begin, i + 1),
                              "<%.*s> is not closed before </%.*s>", FC_ARG(open), FC_ARG(name))
                     : REPORT(c, END_TAG, here(c, begin, i + 1),
                              "</%.*s> does not close <%.*s>", FC_ARG(name), FC_ARG(open));
    fc_diag_note_at(c->d, g, here(c, t->begin, t->name_end), "<%.*s> begins here",
                    FC_ARG(open));
    if (outer)
        HELP(c, g, "put </%.*s> before this place, or end its tag with \"/>\"", FC_ARG(open));
    else
        HELP(c, g, "write </%.*s> here, or delete this end tag", FC_ARG(open));
    return false;
}

/* The XML declaration, when there is one: version 1.0, UTF-8. */
static bool scan_declaration(scanner *c)
{
    if (!at_text(c, 0, "<?xml") || c->s.n < 6 || !is_space(c->s.p[5]))
        return true;
    size_t end = find(c, 0, "?>");
    size_t i = find(c, 0, "encoding");
    if (i < end) {
        i += strlen("encoding");
        while (i < end && (is_space(c->s.p[i]) || c->s.p[i] == '='))
            i++;
        char quote = i < end ? c->s.p[i] : 0;
        size_t begin = i + 1, k = begin;
        while (k < end && c->s.p[k] != quote)
            k++;
        fc_str name = piece(c, begin < end ? begin : end, k < end ? k : end);
        static const char *const fine[] = {"utf-8", "utf8", "us-ascii", "ascii"};
        bool known = quote != '"' && quote != '\''; /* ill-formed: left to the parser */
        for (size_t f = 0; f < sizeof fine / sizeof *fine && !known; f++) {
            known = name.n == strlen(fine[f]);
            for (size_t x = 0; known && x < name.n; x++) {
                char ch = name.p[x];
                known = (char)(ch >= 'A' && ch <= 'Z' ? ch + 32 : ch) == fine[f][x];
            }
        }
        if (!known) {
            fc_diag *g = REPORT(c, ENCODING, here(c, begin, k),
                                "the file says that it is written in \"%.*s\"",
                                FC_ARG(fc_str_slice(name, 0, name.n < 40 ? name.n : 40)));
            HELP(c, g, "save it as UTF-8 and write encoding=\"UTF-8\"");
            return false;
        }
    }
    return true;
}

/* What begins with "<!" or "<?" at pos. */
static bool scan_markup(scanner *c)
{
    static const struct {
        const char *open, *close, *what;
    } rows[] = {{"<!--", "-->", "comment"},
                {"<![CDATA[", "]]>", "CDATA section"},
                {"<?", "?>", "processing instruction"}};
    size_t begin = c->pos;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        if (!at_text(c, begin, rows[k].open))
            continue;
        size_t from = begin + strlen(rows[k].open);
        size_t end = find(c, from, rows[k].close);
        if (end >= c->s.n) {
            fc_diag *g =
                REPORT(c, UNCLOSED, here(c, begin, from), "this %s never ends", rows[k].what);
            HELP(c, g, "end it with \"%s\"", rows[k].close);
            return false;
        }
        if (k == 0) {
            size_t dashes = find(c, from, "--");
            if (dashes < end) {
                fc_diag *g = REPORT(c, NOT_XML, here(c, dashes, dashes + 2),
                                    "\"--\" may not stand inside a comment");
                HELP(c, g, "use a single dash");
            }
        } else if (k == 1 && c->depth == 0) {
            REPORT(c, OUTSIDE, here(c, begin, from), "text stands outside the form");
            return false;
        }
        c->pos = end + strlen(rows[k].close);
        return true;
    }
    static const char doctype[] = "<!DOCTYPE";
    bool is_doctype = c->s.n - begin >= sizeof doctype - 1;
    for (size_t k = 2; is_doctype && k < sizeof doctype - 1; k++)
        is_doctype = (c->s.p[begin + k] & ~0x20) == doctype[k];
    if (is_doctype) {
        fc_diag *g = REPORT(c, DOCTYPE, here(c, begin, begin + sizeof doctype - 1),
                            "a document type declaration may not stand in a definition");
        HELP(c, g, "delete everything from \"<!DOCTYPE\" to its \">\"");
    } else {
        REPORT(c, NOT_XML, here(c, begin, begin + 2), "\"<!\" does not begin anything here");
    }
    return false;
}

/* Text up to the next "<". */
static bool scan_text(scanner *c)
{
    size_t begin = c->pos;
    const char *p = memchr(c->s.p + begin, '<', c->s.n - begin);
    size_t end = p ? (size_t)(p - c->s.p) : c->s.n;
    c->pos = end;
    if (c->depth > 0) {
        scan_references(c, begin, end);
        return true;
    }
    for (size_t i = begin; i < end; i++)
        if (!is_space(c->s.p[i])) {
            size_t stop = i;
            while (stop < end && c->s.p[stop] != '\n' && c->s.p[stop] != '\r')
                stop++;
            fc_diag *g = REPORT(c, OUTSIDE, here(c, i, stop),
                                c->root_ended ? "text stands behind the end of the form"
                                              : "text stands before the beginning of the form");
            HELP(c, g, "a definition is one element; delete the text or move it inside");
            return false;
        }
    return true;
}

static bool scan(scanner *c)
{
    if (!scan_declaration(c))
        return false;
    while (c->pos < c->s.n) {
        bool ok;
        char next = c->pos + 1 < c->s.n ? c->s.p[c->pos + 1] : 0;
        if (c->s.p[c->pos] != '<') {
            ok = scan_text(c);
        } else if (next == '!' || next == '?') {
            ok = scan_markup(c);
        } else if (next == '/') {
            ok = scan_end(c);
        } else if (starts_name(next)) {
            ok = scan_start(c);
        } else {
            fc_diag *g = REPORT(c, LESS_THAN, here(c, c->pos, c->pos + 1),
                                "\"<\" has a special meaning in XML");
            HELP(c, g, "write \"&lt;\" instead of \"<\"");
            c->pos++;
            ok = true;
        }
        if (!ok)
            return false;
    }
    if (c->depth > 0) {
        const tag *t = &c->tags.at[c->open[c->depth - 1]];
        fc_str name = tag_name(c, t);
        fc_diag *g = REPORT(c, UNCLOSED, here(c, t->begin, t->name_end),
                            "<%.*s> is never closed", FC_ARG(name));
        HELP(c, g, "the file ends before </%.*s>", FC_ARG(name));
    } else if (c->tags.n == 0 && !c->bad) {
        REPORT(c, NOT_A_FORM, here(c, 0, 0), "there is no element in this file");
    }
    return !c->bad;
}

/* ---- libxml2 ------------------------------------------------------------------------------
 */

/* The first thing libxml2 complains about. Filled in its callback: plain memory, no arena. */
typedef struct complaint {
    bool any, no_memory;
    int code;
    size_t at;
    char text[200];
} complaint;

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *e)
#else
static void on_error(void *data, xmlError *e)
#endif
{
    xmlParserCtxt *ctxt = data;
    complaint *k = ctxt->_private;
    k->no_memory = k->no_memory || e->code == XML_ERR_NO_MEMORY;
    if (k->any || e->level < XML_ERR_ERROR)
        return;
    k->any = true;
    k->code = e->code;
    long consumed = xmlByteConsumed(ctxt);
    k->at = consumed > 0 ? (size_t)consumed : 0;
    if (e->message) {
        size_t n = strlen(e->message);
        if (n >= sizeof k->text)
            n = sizeof k->text - 1;
        for (size_t i = 0; i < n; i++)
            k->text[i] = e->message[i] >= ' ' ? e->message[i] : ' ';
        k->text[n] = 0;
    }
}

/* What libxml2 says without a parser: only when memory runs out. It would be printed. */
#if LIBXML_VERSION >= 21200
static void on_other_error(void *data, const xmlError *e)
#else
static void on_other_error(void *data, xmlError *e)
#endif
{
    complaint *k = data;
    k->no_memory = k->no_memory || e->code == XML_ERR_NO_MEMORY;
}

typedef struct foreign {
    xmlParserCtxt *ctxt;
    xmlDoc *doc;
} foreign;

static void foreign_release(void *handle)
{
    foreign *f = handle;
    xmlFreeDoc(f->doc);
    xmlFreeParserCtxt(f->ctxt);
    f->doc = NULL;
    f->ctxt = NULL;
}

static bool parse(scanner *c, foreign *f)
{
    complaint k = {0};
    xmlInitParser();
    xmlStructuredErrorFunc func = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&k, on_other_error);
    f->ctxt = xmlNewParserCtxt();
    if (f->ctxt) {
        f->ctxt->_private = &k;
        f->ctxt->sax->serror = on_error;
        f->doc = xmlCtxtReadMemory(f->ctxt, c->s.p, (int)c->s.n, NULL, NULL,
                                   XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC);
        f->ctxt->_private = NULL;
        k.no_memory = k.no_memory || (!f->doc && !k.any);
    }
    xmlSetStructuredErrorFunc(context, func);
    if (!f->ctxt || k.no_memory || f->ctxt->errNo == XML_ERR_NO_MEMORY)
        fc_arena_give_up(c->a);
    if (k.any || !f->doc || !f->ctxt->wellFormed) {
        /* The text is libxml2's own and may quote the file: cut to well-formed UTF-8. */
        fc_str text = fc_str_of(k.text);
        text.n = fc_utf8_valid(text);
        text = fc_str_trim(fc_str_copy(c->a, text));
        fc_diag *g =
            k.code == XML_NS_ERR_UNDEFINED_NAMESPACE
                ? REPORT(c, NOT_XML, here(c, k.at, k.at + 1), "there is a colon in a name here")
                : REPORT(c, NOT_XML, here(c, k.at, k.at + 1), "this is not well-formed XML");
        if (k.code == XML_NS_ERR_UNDEFINED_NAMESPACE)
            HELP(c, g,
                 "no name of a definition but xml:lang has one: take away what stands "
                 "before it, and the colon");
        else
            HELP(c, g, "the XML library says: %.*s", FC_ARG(text));
        return false;
    }
    return true;
}

/* The text of an attribute: one text node or several. */
static fc_str attr_value(fc_arena *a, const xmlAttr *attr)
{
    size_t n = 0;
    for (const xmlNode *t = attr->children; t; t = t->next)
        n += t->content ? strlen((const char *)t->content) : 0;
    char *p = fc_arena_alloc(a, n + 1);
    fc_str value = {p, n};
    for (const xmlNode *t = attr->children; t; t = t->next)
        if (t->content) {
            size_t k = strlen((const char *)t->content);
            memcpy(p, t->content, k);
            p += k;
        }
    return value;
}

static fc_str local_name(fc_str name)
{
    const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
    return colon ? fc_str_slice(name, (size_t)(colon + 1 - name.p), name.n) : name;
}

typedef struct grafting {
    scanner *c;
    size_t next; /* the next start tag */
    fc_str ns;   /* the namespace seen last: elements share one copy */
} grafting;

/* The scanner and the parser disagree. Nothing of ours is then to be trusted. */
static fc_xelem *torn(grafting *g, size_t at)
{
    if (!g->c->bad)
        REPORT(g->c, NOT_XML, here(g->c, at, at + 1),
               "this place can be read in two ways, so it is not read at all");
    return NULL;
}

/* The element as a tree of ours. Recursion is bounded by FC_DEPTH_MAX. */
static fc_xelem *graft(grafting *g, const xmlNode *node, fc_xelem *parent)
{
    scanner *c = g->c;
    if (g->next >= c->tags.n)
        return torn(g, c->s.n);
    const tag *t = &c->tags.at[g->next++];
    fc_xelem *x = FC_NEW(c->a, fc_xelem);
    x->name = local_name(tag_name(c, t));
    if (!fc_str_eq_z(x->name, (const char *)node->name))
        return torn(g, t->begin);
    x->kind = -1;
    x->parent = parent;
    x->at = here(c, t->begin, t->end);
    x->name_at = here(c, t->name, t->name_end);
    x->end = t->close;
    if (node->ns && node->ns->href) {
        if (!fc_str_eq_z(g->ns, (const char *)node->ns->href))
            g->ns = fc_str_copy_z(c->a, (const char *)node->ns->href);
        x->ns = g->ns;
    }
    x->attrs = FC_NEW_N(c->a, fc_xattr, t->n_attrs);
    const xmlAttr *attr = node->properties;
    for (uint32_t i = 0; i < t->n_attrs; i++) {
        const tag_attr *at = &c->attrs.at[t->first_attr + i];
        fc_str name = piece(c, at->name, at->name_end);
        if (fc_str_eq_z(name, "xmlns") || fc_str_starts(name, "xmlns:"))
            continue;
        if (!attr || !fc_str_eq_z(local_name(name), (const char *)attr->name))
            return torn(g, at->name);
        x->attrs[x->n_attrs++] = (fc_xattr){.name = name,
                                            .value = attr_value(c->a, attr),
                                            .name_at = here(c, at->name, at->name_end),
                                            .value_at = here(c, at->value, at->value_end)};
        attr = attr->next;
    }
    if (attr)
        return torn(g, t->begin);
    for (const xmlNode *k = node->children; k; k = k->next) {
        fc_xkid kid = {0};
        if (k->type == XML_ELEMENT_NODE) {
            kid.elem = graft(g, k, x);
            if (!kid.elem)
                return NULL;
        } else if (k->type == XML_TEXT_NODE || k->type == XML_CDATA_SECTION_NODE) {
            kid.text = fc_str_copy_z(c->a, (const char *)k->content);
        } else {
            continue; /* comments and processing instructions mean nothing to us */
        }
        FC_PUSH(c->a, &x->kids, kid);
    }
    return x;
}

/* Answers of examples are in no message: from the first <examples> or <example> to the last
 * </examples>, lines are not shown. Found in the bytes as they are, so that it also holds for a
 * file that is no XML; what is not closed reaches to the end. */
static void hide_examples(fc_source *s)
{
    static const char word[] = "example";
    for (size_t i = 1; i + sizeof word <= s->bytes.n; i++) {
        if (memcmp(s->bytes.p + i, word, sizeof word - 1) != 0)
            continue;
        size_t begin = i; /* behind "<" or "</", before a prefix */
        while (begin > 1 && i - begin < FC_XML_NAME_MAX && !ends_name(s->bytes.p[begin - 1]))
            begin--;
        if (s->bytes.p[begin - 1] == '/' && s->bytes.p[i + sizeof word - 1] == 's') {
            s->hide_end = (uint32_t)(i + sizeof word);
        } else if (s->bytes.p[begin - 1] == '<') {
            if (!s->hide_end)
                s->hide_begin = (uint32_t)i;
            s->hide_end = (uint32_t)s->bytes.n;
        }
    }
}

fc_status fc_source_read(fc_arena *a, fc_str name, fc_str bytes, fc_diags *d, fc_xelem **root,
                         uint32_t *source, fc_str *text)
{
    *root = NULL;
    if (bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0)
        bytes = fc_str_slice(bytes, 3, bytes.n);
    *text = bytes;
    bool large = bytes.n > FC_DEFINITION_MAX;
    scanner c = {.a = a, .d = d, .s = large ? (fc_str){0} : bytes};
    c.source = *source = fc_diags_source(d, name, c.s);
    hide_examples(d->sources.at[c.source]);
    if (large) {
        REPORT(&c, TOO_LARGE, here(&c, 0, 0), "the file is larger than %u MiB",
               (unsigned)(FC_DEFINITION_MAX >> 20));
        return FC_REFUSED;
    }
    if (!check_bytes(&c) || !scan(&c))
        return FC_REFUSED;
    foreign *f = FC_NEW(a, foreign);
    fc_arena_defer(a, foreign_release, f);
    if (!parse(&c, f))
        return FC_REFUSED;
    grafting g = {.c = &c};
    fc_xelem *x = graft(&g, xmlDocGetRootElement(f->doc), NULL);
    if (x && g.next != c.tags.n)
        x = torn(&g, c.tags.at[g.next].begin);
    foreign_release(f);
    *root = x;
    return x ? FC_OK : FC_REFUSED;
}

fc_span fc_source_in_attr(fc_str text, const fc_xattr *attr, size_t from, size_t to)
{
    /* Walks the value as written, counting the bytes it decodes to: a reference is one
     * character, a line end (CR LF is one) or a tab is one space (XML 1.0, 2.11 and 3.3.3).
     * References and CR LF are longer than what they stand for, so a value as long as it was
     * written has none, and its bytes stand one to one. */
    fc_span at = attr->value_at;
    if (attr->value.n == at.end - at.begin && from < attr->value.n)
        return span_of(at.source, at.begin + from,
                       at.begin + (to < from            ? from
                                   : to < attr->value.n ? to
                                                        : attr->value.n));
    size_t begin = at.end, end = at.end, decoded = 0;
    for (size_t i = at.begin; i < at.end;) {
        if (decoded <= from)
            begin = i;
        size_t n = 1, next = i + 1;
        if (text.p[i] == '&') {
            uint32_t ch = reference(text, i, at.end, &next);
            char out[4];
            n = ch ? fc_utf8_put(out, ch) : 1;
        } else if (text.p[i] == '\r' && next < at.end && text.p[next] == '\n') {
            next++;
        }
        decoded += n;
        i = next;
        if (decoded >= to) {
            end = i;
            break;
        }
    }
    if (from >= decoded)
        begin = end = at.end;
    return span_of(at.source, begin, end < begin ? begin : end);
}

fc_span fc_source_of_text(fc_str text, const fc_xelem *x, size_t i)
{
    size_t pos = x->at.end;
    for (size_t k = 0; k < i; k++)
        if (x->kids.at[k].elem)
            pos = x->kids.at[k].elem->end;
    scanner c = {.s = text};
    while (pos < text.n) {
        if (is_space(text.p[pos]))
            pos++;
        else if (at_text(&c, pos, "<!--"))
            pos = find(&c, pos, "-->") + 3;
        else if (at_text(&c, pos, "<?"))
            pos = find(&c, pos, "?>") + 2;
        else
            break;
    }
    size_t end = pos;
    while (end < text.n && text.p[end] != '<' && text.p[end] != '\n' && text.p[end] != '\r')
        end++;
    return span_of(x->at.source, pos, end);
}
