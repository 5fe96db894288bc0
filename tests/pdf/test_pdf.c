/* Layout XML to PDF: what is refused, what is told, that hostile words do no harm, and that the
 * same layout gives the same bytes. What other people's readers find in a PDF is in
 * document.py. */
#define _GNU_SOURCE /* memmem */
#include "output/pdf/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <libdeflate.h>

#define HEAD                                                                                   \
    "<document xmlns='urn:formc:layout:1' lang='en-GB' title='T' held='Held elsewhere.'>"      \
    "<page width='595.28' height='841.89' top='62' right='54' bottom='58' left='54'/>"         \
    "<style name='s' size='11' leading='15'/>"                                                 \
    "<style name='k' size='11' leading='15' keep='next' before='4'/>"                          \
    "<answers style='s' help='s' rule='000000'/>"
#define TAIL "</document>"
#define BODY(b) HEAD "<body>" b "</body>" TAIL
#define ONE(value)                                                                             \
    BODY("<h level='1' style='k'>One</h><field name='a.b' label='One' kind='prose' lines='2'>" \
         "<value>" value "</value></field>")

typedef struct made {
    fc_status status;
    fc_arena *arena;
    fc_str bytes;
    fc_diags *diags;
} made;

static void make_in(fc_arena *a, fc_str xml, made *m)
{
    m->diags = fc_diags_new(a);
    const fc_pdf_faces *faces = fc_pdf_faces_open(a);
    assert_non_null(faces);
    m->status =
        fc_pdf_make(a, faces, xml, FC_S("<plan/>"), FC_S("t 1"), NULL, m->diags, &m->bytes);
}

/* False: memory ran out, as it should with a small limit. */
static bool guarded(fc_arena *a, const fc_str *xml, made *m)
{
    if (!FC_BOUNDARY(a))
        return false;
    make_in(a, *xml, m);
    return true;
}

/* NULL arena in the result: memory ran out. */
static made make_within(fc_str xml, size_t limit)
{
    made m = {.arena = fc_arena_new(limit)};
    assert_non_null(m.arena);
    if (guarded(m.arena, &xml, &m))
        return m;
    fc_arena_drop(m.arena);
    return (made){0};
}

static made make(const char *xml)
{
    made m = make_within(fc_str_of(xml), (size_t)256 << 20);
    assert_non_null(m.arena);
    return m;
}

static size_t occurrences(fc_str s, const char *word)
{
    size_t n = strlen(word), count = 0;
    for (size_t i = 0; i + n <= s.n; i++)
        count += memcmp(s.p + i, word, n) == 0;
    return count;
}

static size_t entry(const char *dict, const char *key)
{
    return strtoul(strstr(dict, key) + strlen(key), NULL, 10);
}

/* What is in the object streams of the file. */
static fc_str unpacked(const made *m)
{
    fc_buf all;
    fc_buf_init_in(&all, m->arena, FC_BUF_MAX);
    static char out[1 << 22];
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    assert_non_null(d);
    for (const char *p = m->bytes.p, *end = p + m->bytes.n;
         (p = memmem(p, (size_t)(end - p), "/Type/ObjStm", 12)) != NULL; p++) {
        size_t n = 0;
        const char *bytes = strstr(p, "stream\n") + 7;
        assert_int_equal(
            libdeflate_zlib_decompress(d, bytes, entry(p, "/Length "), out, sizeof out, &n),
            LIBDEFLATE_SUCCESS);
        size_t first = entry(p, "/First ");
        fc_buf_add(&all, out + first, n - first);
    }
    libdeflate_free_decompressor(d);
    assert_false(all.failed || all.n == 0);
    return fc_buf_view(&all);
}

/* The same without its strings. */
static fc_str syntax(const made *m)
{
    fc_str s = unpacked(m);
    char *out = fc_arena_alloc(m->arena, s.n);
    size_t n = 0;
    bool within = false;
    for (size_t i = 0; i < s.n; i++) {
        if (within && s.p[i] == '\\')
            i++;
        else if (s.p[i] == '(' || s.p[i] == ')')
            within = s.p[i] == '(';
        else if (!within)
            out[n++] = s.p[i];
    }
    return (fc_str){out, n};
}

static bool told(const made *m, const char *code)
{
    for (size_t i = 0; i < m->diags->list.n; i++)
        if (strcmp(m->diags->list.at[i].code, code) == 0)
            return true;
    return false;
}

static void same_layout_same_bytes(void **state)
{
    (void)state;
    made a = make(ONE("x")), b = make(ONE("x")), c = make(ONE("y"));
    assert_int_equal(a.status, FC_OK);
    assert_int_equal(a.diags->list.n, 0);
    assert_memory_equal(a.bytes.p, "%PDF-1.7", 8);
    assert_int_equal(a.bytes.n, b.bytes.n);
    assert_memory_equal(a.bytes.p, b.bytes.p, a.bytes.n);
    assert_true(a.bytes.n != c.bytes.n || memcmp(a.bytes.p, c.bytes.p, a.bytes.n) != 0);
    fc_arena_drop(a.arena);
    fc_arena_drop(b.arena);
    fc_arena_drop(c.arena);
}

static void what_is_wrong_in_a_layout_is_told(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "<document/>",
        "<document xmlns='urn:formc:layout:1'>",
        "<document xmlns='urn:formc:layout:1'><body/></document>",
        BODY("<h level='1' style='nowhere'>x</h>"),
        BODY("<p style='s'>x<field name='a' label='l'/></p>"),
        BODY("<item>x</item>"),
        BODY("words outside"),
        BODY("<field label='no name'/>"),
        BODY("<field name='a' label='l' kind='tick'/>"),
        BODY("<field name='a' label='l'><p style='s'>x</p></field>"),
        BODY("<field name='a' label='l' lines='x'/>"),
        BODY("<table columns=''><row><cell/></row></table>"),
        BODY("<table columns='1 1'><row><cell/></row></table>"),
        BODY("<table columns='1 2 3 4 5 6 7 8 9 10 11 12 13'/>"),
        BODY("<table columns='1' rule='red'/>"),
        BODY("<field name='a' label='l'/><field name='a' label='l'/>"),
        BODY("<check name='a' label='l' value='v'>x</check>"),
        BODY("<list style='s'><check label='l' value='v'>x</check></list>"),
        BODY("<list style='s'><check name='a' value='v'>x</check></list>"),
        BODY("<list style='s'><check name='a' label='l'>x</check></list>"),
        BODY("<list style='s'><check name='a' label='l' value='Off'>x</check></list>"),
        BODY("<list style='s'><check name='a' label='l' value='a/b'>x</check></list>"),
        BODY("<list style='s'><check name='a' label='l' value='v'>x</check>"
             "<check name='a' label='l' value='w'>x</check></list>"),
        BODY("<field name='a' label='l'/><field name='a.b' label='l'/>"),
        HEAD "<page width='100' height='100'/><body/>" TAIL,
        HEAD "<page width='595' height='842' top='800' bottom='58'/><body/>" TAIL,
        HEAD "<page width='595' height='842' left='-60'/><body/>" TAIL,
        HEAD "<style name='x' size='900'/><body/>" TAIL,
        HEAD "<style name='x' size='0'/><body/>" TAIL,
        HEAD "<style name='x' indent='300'/><body/>" TAIL,
        HEAD "<style name='x' before='-1'/><body/>" TAIL,
        HEAD "<page width='595' height='260' top='58' bottom='58'/>"
             "<style name='x' size='70' leading='145'/><body/>" TAIL,
        HEAD "<style name='x' size='40' leading='49'/><header style='x'/><body/>" TAIL,
        HEAD "<style name='x' size='40' leading='49'/><footer style='x'/><body/>" TAIL,
        BODY("<table columns='1 999'><row><cell/><cell/></row></table>"),
        BODY("<table columns='0 0'><row><cell/><cell/></row></table>"),
        BODY("<table columns='1' pad='400'><row><cell/></row></table>"),
        BODY("<table columns='1' side='-1'><row><cell/></row></table>"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        made m = make(bad[i]);
        if (m.status != FC_FOUND || m.diags->errors == 0)
            fail_msg("layout %zu was not refused", i);
        assert_int_equal(m.bytes.n, 0);
        fc_arena_drop(m.arena);
    }
}

/* Text that has troubled PDF writers, line breakers and shapers. */
static const char *const hostile[] = {
    "",
    " ",
    "\xf0\x9f\x87\xac\xf0\x9f\x87\xa7 "
    "\xf0\x9f\x91\xa9\xf0\x9f\x8f\xbd\xe2\x80\x8d\xf0\x9f\x9a\x92",
    "\xef\xbf\xbd", /* U+FFFD */
    "a\xe2\x80\xae"
    "dcba\xe2\x80\xac"
    "e",                                            /* an override of the direction */
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d (1) abc",     /* Hebrew, which the font does not have */
    "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 12 \xd8\xb3", /* Arabic */
    "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81 \xcc\x81",   /* marks without end, and without a base */
    "\xc2\xad\xe2\x80\x8b\xe2\x81\xa0\xef\xb8\x8f", /* nothing but characters that do not show
                                                     */
    ") Tj ET Q endstream endobj (\\) &lt;&lt; /JS (x) &gt;&gt;",
    "office ffi \xef\xac\x83 \xc3\xa9\xc4\xb3\xc7\xb0\xe1\xba\xbf \xc5\xb5 \xc5\xb7",
    "\n\n\n",
    "tab\there \xe2\x80\xa8 and \xe2\x80\xa9 there",
};

static void hostile_words_do_no_harm(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        fc_buf b;
        fc_buf_init(&b, FC_BUF_MAX);
        fc_buf_fmt(
            &b,
            BODY("<h level='1' style='k'>%s</h><p style='s'>%s</p>"
                 "<list style='s' marker='%s'><item>%s</item></list>"
                 "<table columns='1 1'><row header='yes'><cell head='column' span='2'>"
                 "<p style='s'>%s</p></cell></row><row><cell/><cell>"
                 "<field name='a' label='x%s' kind='open-choice' help='%s'>"
                 "<option value='v'>%s</option><value>%s</value></field></cell></row>"
                 "</table><field name='b' label='y' kind='prose'><value>%s</value></field>"),
            hostile[i], hostile[i], hostile[i], hostile[i], hostile[i], hostile[i], hostile[i],
            hostile[i], hostile[i], hostile[i]);
        made m = make_within(fc_buf_view(&b), (size_t)256 << 20);
        fc_buf_release(&b);
        assert_non_null(m.arena);
        if (m.status != FC_OK)
            fail_msg("text %zu gave status %d", i, (int)m.status);
        /* No word of an answer or a label becomes PDF syntax. */
        assert_int_equal(occurrences(syntax(&m), "/JS"), 0);
        assert_int_equal(occurrences(unpacked(&m), "/JS") != 0,
                         strstr(hostile[i], "/JS") != NULL);
        fc_arena_drop(m.arena);
    }
}

static void missing_characters_are_told_and_not_quoted(void **state)
{
    (void)state;
    made m = make(ONE("secret \xf0\x9f\x98\x80"));
    assert_int_equal(m.status, FC_OK);
    assert_true(told(&m, "L104"));
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_print(m.diags, &b);
    assert_int_equal(occurrences(fc_buf_view(&b), "secret"), 0);
    assert_int_equal(occurrences(fc_buf_view(&b), "a.b"), 1);
    fc_buf_release(&b);
    fc_arena_drop(m.arena);
}

static void put_many(fc_buf *b, const char *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fc_buf_z(b, words);
}

static void long_answers_grow_scroll_and_are_held(void **state)
{
    (void)state;
    static const struct {
        size_t words;
        bool clipped, held;
    } cases[] = {
        {40, false, false}, {1500, true, false}, {3199, true, false}, {3201, false, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fc_buf b;
        fc_buf_init(&b, FC_BUF_MAX);
        fc_buf_z(&b, HEAD "<body><field name='a' label='l' kind='prose' lines='3'><value>");
        put_many(&b, "word ", cases[i].words);
        fc_buf_z(&b, "</value></field></body>" TAIL);
        made m = make_within(fc_buf_view(&b), (size_t)256 << 20);
        fc_buf_release(&b);
        assert_non_null(m.arena);
        assert_int_equal(m.status, FC_OK);
        assert_int_equal(told(&m, "L106"), cases[i].clipped);
        assert_int_equal(told(&m, "L105"), cases[i].held);
        assert_int_equal(occurrences(unpacked(&m), "(Held elsewhere.)"), cases[i].held);
        fc_arena_drop(m.arena);
    }
}

/* A row, a paragraph, a list item and a word that are taller than a page go on on the next. */
static void what_is_taller_than_a_page_is_continued(void **state)
{
    (void)state;
    static const char *const open[] = {
        "<p style='s'>", "<list style='s' marker='-'><item>",
        "<table columns='1 1'><row header='yes'><cell/><cell/></row><row><cell><p "
        "style='s'>x</p>"
        "</cell><cell><p style='s'>",
        "<keep><h level='1' style='k'>x</h><p style='s'>",
        "<table columns='1' keep='yes'><row header='yes'><cell head='column'><p style='s'>"};
    static const char *const close[] = {
        "</p>", "</item></list>", "</p></cell></row></table>", "</p></keep>",
        "</p></cell></row><row><cell><p style='s'>x</p></cell></row></table>"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        for (int glued = 0; glued < 2; glued++) {
            fc_buf b;
            fc_buf_init(&b, FC_BUF_MAX);
            fc_buf_z(&b, HEAD "<body><p style='k'>Before.</p>");
            fc_buf_z(&b, open[i]);
            put_many(&b, glued ? "wordwordword" : "word word word ", 2000);
            fc_buf_z(&b, close[i]);
            fc_buf_z(&b, "</body>" TAIL);
            made m = make_within(fc_buf_view(&b), (size_t)256 << 20);
            fc_buf_release(&b);
            assert_non_null(m.arena);
            assert_int_equal(m.status, FC_OK);
            size_t pages = occurrences(unpacked(&m), "/MediaBox");
            if (pages < 5 || pages > 20)
                fail_msg("layout %zu has %zu pages", i, pages);
            fc_arena_drop(m.arena);
        }
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    fc_str xml = FC_S(
        BODY("<h level='1' style='k'>One</h><list style='s' marker='-'><item>x</item></list>"
             "<table columns='1 1'><row><cell><p style='s'>a</p></cell><cell><field name='a.b' "
             "label='One' kind='prose'><value>words</value></field></cell></row></table>"));
    size_t failures = 0;
    for (size_t limit = (size_t)16 << 10; limit < (size_t)2 << 20; limit += (size_t)24 << 10) {
        made m = make_within(xml, limit);
        if (m.arena == NULL)
            failures++;
        else
            fc_arena_drop(m.arena);
    }
    assert_in_range(failures, 3, 80);
}

typedef struct setting {
    fc_arena *arena;
    fc_shaper *shaper;
    fc_typesetter *setter;
    fc_chain *fonts;
} setting;

/* No boundary: 64 MiB are plenty for a few lines. */
static setting open_setting(void)
{
    setting s = {.arena = fc_arena_new((size_t)64 << 20)};
    assert_non_null(s.arena);
    fc_face *face = fc_face_open(s.arena, "fonts/NotoSans-Regular.ttf");
    assert_non_null(face);
    s.shaper = fc_shaper_new(s.arena, FC_S("en-GB"));
    s.setter = fc_typesetter_new(s.arena, s.shaper, FC_S("en-GB"));
    const fc_face *const faces[] = {face};
    s.fonts = fc_chain_new(s.shaper, faces, 1, "R", false);
    return s;
}

static fc_text_set set(setting *s, const char *text, double width)
{
    fc_missing missing = {0};
    fc_span_text span = {.text = fc_str_of(text), .fonts = s->fonts, .size = 10};
    return fc_text_set_spans(s->setter, &span, 1, width, 14, FC_DIR_LTR, true, &missing);
}

static size_t glyph_count(const fc_text_set *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->lines.n; i++)
        for (size_t r = 0; r < t->lines.at[i].runs.n; r++)
            n += t->lines.at[i].runs.at[r].n;
    return n;
}

static void lines_fit_and_nothing_is_lost(void **state)
{
    (void)state;
    setting s = open_setting();
    static const char text[] =
        "Every word of this stands on one of the lines, Llanfairpwllgwyngyll "
        "is cut when it has to be, and none of them is too long.";
    for (double width = 8; width < 400; width += 7) {
        fc_text_set t = set(&s, text, width);
        assert_int_equal(glyph_count(&t), sizeof text - 1);
        for (size_t i = 0; i < t.lines.n; i++)
            if (t.lines.at[i].width > width + 0.02 && t.lines.at[i].runs.at[0].n > 2)
                fail_msg("a line of %d points in %d", (int)t.lines.at[i].width, (int)width);
    }
    assert_int_equal(set(&s, "", 100).lines.n, 0);
    assert_int_equal(set(&s, "a\n\nb", 100).lines.n, 3);
    assert_int_equal(set(&s, "a b", 1000).lines.n, 1);
    fc_arena_drop(s.arena);
}

/* An accent is never cut from its letter, whatever the width. */
static void letters_are_not_cut_from_their_marks(void **state)
{
    (void)state;
    setting s = open_setting();
    fc_text_set t = set(&s, "x\xcc\x83x\xcc\x83x\xcc\x83x\xcc\x83", 1);
    assert_int_equal(t.lines.n, 4);
    fc_arena_drop(s.arena);
}

/* Where the glyph of the first character with this index is drawn, from the line's start. */
static double place(const fc_line_set *line, uint32_t cluster)
{
    for (size_t r = 0; r < line->runs.n; r++) {
        const fc_run_set *run = &line->runs.at[r];
        double x = run->x;
        for (size_t g = 0; g < run->n; g++) {
            if (run->glyphs[g].cluster == cluster)
                return x;
            x += run->glyphs[g].advance * run->size / 1000;
        }
    }
    fail();
    return 0;
}

/* In a paragraph from right to left a telephone number keeps its order; a list of small numbers
 * is set from right to left, as UAX 9 has it. */
static void long_numbers_keep_their_order(void **state)
{
    (void)state;
    setting s = open_setting();
    fc_missing missing = {0};
    static const struct {
        const char *text;
        uint32_t first, second; /* characters of two groups */
        bool in_order;
    } rows[] = {
        {"07700 900123", 0, 6, true},       {"+44 7700 900123", 1, 4, true},
        {"020-7946-0123", 0, 4, true},      {"999 000 0018", 0, 4, true},
        {"12 15 20", 0, 3, false},          {"5 6 7 8 9 1 2 3 4", 0, 2, false},
        {"2026 07700 900123", 5, 11, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_span_text span = {.text = fc_str_of(rows[i].text), .fonts = s.fonts, .size = 10};
        fc_text_set t =
            fc_text_set_spans(s.setter, &span, 1, 1000, 14, FC_DIR_RTL, true, &missing);
        assert_int_equal(t.lines.n, 1);
        bool in_order =
            place(&t.lines.at[0], rows[i].first) < place(&t.lines.at[0], rows[i].second);
        if (in_order != rows[i].in_order)
            fail_msg("%s", rows[i].text);
    }
    fc_arena_drop(s.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_numbers_keep_their_order),
        cmocka_unit_test(same_layout_same_bytes),
        cmocka_unit_test(what_is_wrong_in_a_layout_is_told),
        cmocka_unit_test(hostile_words_do_no_harm),
        cmocka_unit_test(missing_characters_are_told_and_not_quoted),
        cmocka_unit_test(long_answers_grow_scroll_and_are_held),
        cmocka_unit_test(what_is_taller_than_a_page_is_continued),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(lines_fit_and_nothing_is_lost),
        cmocka_unit_test(letters_are_not_cut_from_their_marks),
    };
    return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
