/* Arena, strings, buffers, XML writing, the guard and digests. */
#include "tests/unit/unit.h"

#include "runtime/base/digest.h"
#include "runtime/base/xmlguard.h"
#include "runtime/base/xmlwrite.h"

static void note_release(void *handle)
{
    char **at = handle;
    *(*at)++ = 'x';
}

struct ordered {
    char **end;
    char mark;
};

static void write_mark(void *handle)
{
    struct ordered *o = handle;
    *(*o->end)++ = o->mark;
}

static void arena_releases_last_first(void **state)
{
    (void)state;
    char text[4] = {0}, *end = text;
    struct ordered one = {&end, '1'}, two = {&end, '2'};
    fc_arena *a = fc_arena_new(1 << 20);
    assert_non_null(a);
    assert_true(FC_BOUNDARY(a));
    fc_arena_defer(a, write_mark, &one);
    fc_arena_defer(a, write_mark, &two);
    fc_arena_drop(a);
    assert_string_equal(text, "21");
}

static void arena_gives_zeroed_aligned_memory(void **state)
{
    fc_arena *a = *state;
    for (size_t n = 0; n < 70000; n = n * 3 + 1) {
        unsigned char *p = fc_arena_alloc(a, n);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAB, n);
    }
}

static void arena_jumps_at_its_limit_and_still_releases(void **state)
{
    (void)state;
    char text[4] = {0}, *end = text;
    fc_arena *a = fc_arena_new(200000);
    assert_non_null(a);
    volatile int times = 0, jumped = 0;
    if (FC_BOUNDARY(a)) {
        fc_arena_defer(a, note_release, &end);
        for (;;) {
            fc_arena_alloc(a, 1000);
            times++;
        }
    } else {
        jumped = 1;
    }
    assert_int_equal(jumped, 1);
    assert_in_range(times, 100, 200);
    fc_arena_drop(a);
    assert_string_equal(text, "x");
}

static void arena_refuses_sizes_that_overflow(void **state)
{
    (void)state;
    fc_arena *a = fc_arena_new(1 << 20);
    assert_non_null(a);
    volatile int jumped = 0;
    if (FC_BOUNDARY(a))
        fc_arena_alloc_n(a, SIZE_MAX / 2, 4);
    else
        jumped = 1;
    assert_int_equal(jumped, 1);
    fc_arena_drop(a);
}

static void array_keeps_its_elements_while_growing(void **state)
{
    FC_ARRAY(int) xs = {0};
    for (int i = 0; i < 1000; i++)
        FC_PUSH((fc_arena *)*state, &xs, i);
    assert_int_equal(xs.n, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(xs.at[i], i);
}

static void utf8_follows_rfc_3629(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n, valid;
    } rows[] = {
        {"abc", 3, 3},
        {"\xC3\xA9", 2, 2},
        {"\xE2\x82\xAC", 3, 3},
        {"\xF0\x9F\x98\x80", 4, 4},
        {"\xC0\x80", 2, 0},
        {"\xE0\x80\x80", 3, 0},
        {"\xED\xA0\x80", 3, 0},
        {"\xF4\x90\x80\x80", 4, 0},
        {"\xF4\x8F\xBF\xBF", 4, 4},
        {"a\xC3", 2, 1},
        {"\x80", 1, 0},
        {"\xFF", 1, 0},
        {"\xF0\x8F\xBF\xBF", 4, 0},
        {"\xEF\xBF\xBF", 3, 3},
        {"", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fc_utf8_valid((fc_str){rows[i].bytes, rows[i].n}), rows[i].valid);
}

static void utf8_put_and_next_are_inverse(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c += 7) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char room[4];
        size_t n = fc_utf8_put(room, c), at = 0;
        assert_int_equal(fc_utf8_valid((fc_str){room, n}), n);
        assert_int_equal(fc_utf8_next((fc_str){room, n}, &at), c);
        assert_int_equal(at, n);
    }
}

static void utf8_counts_units_as_utf16_does(void **state)
{
    (void)state;
    fc_str s = FC_S("a\xC5\xB5\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_int_equal(fc_utf8_count(s), 4);
    assert_int_equal(fc_utf8_utf16_units(s), 5);
}

static void distance_counts_a_swap_as_one(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t d;
    } rows[] = {
        {"start", "strat", 1}, {"icb", "ibc", 1},     {"", "abc", 3},           {"abc", "", 3},
        {"abc", "abc", 0},     {"abc", "abd", 1},     {"kitten", "sitting", 3}, {"ab", "ba", 1},
        {"a", "b", 1},         {"field", "feild", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fc_str_distance(fc_str_of(rows[i].a), fc_str_of(rows[i].b), 5),
                         rows[i].d);
    assert_int_equal(fc_str_distance(FC_S("abcdef"), FC_S("uvwxyz"), 2), 3);
}

static void collapse_folds_white_space(void **state)
{
    assert_str(fc_str_collapse(*state, FC_S("  a \n\t b  ")), "a b");
    assert_str(fc_str_collapse(*state, FC_S(" \n ")), "");
    assert_str(fc_str_trim(FC_S(" \ta b\r\n")), "a b");
}

static void words_stand_between_white_space(void **state)
{
    (void)state;
    fc_str word;
    size_t pos = 0;
    fc_str s = FC_S(" good:L39\r\n\tlaw ");
    assert_true(fc_str_next_word(s, &pos, &word));
    assert_str(word, "good:L39");
    assert_int_equal(pos, 9);
    assert_true(fc_str_next_word(s, &pos, &word));
    assert_str(word, "law");
    assert_false(fc_str_next_word(s, &pos, &word));
    assert_false(fc_str_next_word(s, &pos, &word));
    pos = 0;
    assert_false(fc_str_next_word((fc_str){0}, &pos, &word));
}

static void buffer_stops_at_its_maximum(void **state)
{
    (void)state;
    fc_buf b;
    fc_buf_init(&b, 10);
    fc_buf_z(&b, "12345");
    assert_false(b.failed);
    fc_buf_z(&b, "678901");
    assert_true(b.failed);
    fc_buf_char(&b, 'x');
    assert_int_equal(b.n, 5);
    assert_string_equal(b.p, "12345");
    fc_buf_clear(&b);
    fc_buf_z(&b, "1234567890");
    assert_false(b.failed);
    fc_buf_release(&b);
}

static void xml_is_escaped(void **state)
{
    fc_arena *a = *state;
    fc_buf b;
    fc_buf_init(&b, 1000);
    fc_xml_text(&b, FC_S("a<b>&\"'\r\n\t\x01]]>\xFF"));
    assert_str(fc_buf_view(&b), "a&lt;b&gt;&amp;\"'&#13;\n\t\xEF\xBF\xBD]]&gt;\xEF\xBF\xBD");
    fc_buf_clear(&b);
    fc_xml_attr_value(&b, FC_S("\"<\n\t\r'"));
    assert_str(fc_buf_view(&b), "&quot;&lt;&#10;&#9;&#13;'");
    fc_buf_clear(&b);
    fc_xml_text(&b, FC_S("\xEF\xBF\xBD kept, \xEF\xBF\xBF not"));
    assert_str(fc_buf_view(&b), "\xEF\xBF\xBD kept, \xEF\xBF\xBD not");
    (void)fc_buf_keep(&b, a);
    fc_buf_release(&b);
}

static void xml_writer_adds_no_space_to_text(void **state)
{
    (void)state;
    fc_buf b;
    fc_buf_init(&b, 1000);
    fc_xml_writer w;
    fc_xml_begin(&w, &b);
    fc_xml_open(&w, "a");
    fc_xml_attr_z(&w, "x", "1");
    fc_xml_leaf(&w, "b", FC_S(" text "));
    fc_xml_open(&w, "p");
    fc_xml_put(&w, FC_S("one "));
    fc_xml_leaf(&w, "em", FC_S("two"));
    fc_xml_put(&w, FC_S("."));
    fc_xml_close(&w);
    fc_xml_leaf(&w, "c", (fc_str){0});
    fc_xml_close(&w);
    assert_str(fc_buf_view(&b), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<a x=\"1\">\n"
                                "  <b> text </b>\n"
                                "  <p>one <em>two</em>.</p>\n"
                                "  <c/>\n"
                                "</a>\n");
    fc_buf_release(&b);
}

static void guard_sees_what_a_parser_would_choke_on(void **state)
{
    fc_arena *a = *state;
    size_t at = 0;
    assert_int_equal(fc_xml_guard(FC_S("\xEF\xBB\xBF<a b='>'/><!-- <!DOCTYPE --><a><![CDATA[<!"
                                       "DOCTYPE]]></a>"),
                                  &at),
                     FC_XML_PASSES);
    assert_int_equal(fc_xml_guard(FC_S("<?xml version='1.0'?>\n<!DOCTYPE a><a/>"), &at),
                     FC_XML_DOCTYPE);
    assert_int_equal(at, 22);
    assert_int_equal(fc_xml_guard(FC_S("<a>\xC3(</a>"), &at), FC_XML_NOT_UTF8);
    assert_int_equal(at, 3);
    assert_int_equal(fc_xml_guard(FC_S("<a>\x00</a>"), &at), FC_XML_NOT_UTF8);
    char *tag = fc_arena_alloc(a, FC_XML_TAG_MAX + 100);
    memset(tag, 'a', FC_XML_TAG_MAX + 99);
    tag[0] = '<';
    assert_int_equal(fc_xml_guard(fc_str_of(tag), &at), FC_XML_LONG_TAG);
    char *deep = fc_arena_alloc(a, 3 * (FC_XML_DEPTH_MAX + 1) + 1);
    for (int i = 0; i <= FC_XML_DEPTH_MAX; i++)
        memcpy(deep + 3 * i, "<a>", 3);
    assert_int_equal(fc_xml_guard((fc_str){deep, 3 * FC_XML_DEPTH_MAX}, &at), FC_XML_PASSES);
    assert_int_equal(fc_xml_guard(fc_str_of(deep), &at), FC_XML_DEEP);
}

/* Text is looked through in steps of eight bytes: one that XML cannot hold is seen at every
 * place of such a step, and all others pass there. */
static void one_byte_is_seen_wherever_it_stands(void **state)
{
    (void)state;
    for (unsigned v = 0; v < 256; v++)
        for (size_t n = 1; n <= 24; n++)
            for (size_t i = 0; i < n; i++) {
                char text[24];
                memset(text, 'a', n);
                text[i] = (char)v;
                bool fine = v == '\t' || v == '\n' || v == '\r' || (v >= 0x20 && v < 0x80);
                assert_int_equal(fc_xml_chars((fc_str){text, n}), fine ? n : i);
            }
}

static void quoted_ends_of_tags_are_passed_over(void **state)
{
    size_t at = 0;
    (void)state;
    /* Where a quote is never closed, nothing of what follows is a tag. */
    assert_int_equal(fc_xml_guard(FC_S("<a b='\">' c=\"'>\"><!DOCTYPE a>"), &at),
                     FC_XML_DOCTYPE);
    assert_int_equal(at, 17);
    assert_int_equal(fc_xml_guard(FC_S("<a b='><!DOCTYPE a>"), &at), FC_XML_PASSES);
    assert_int_equal(fc_xml_guard(FC_S("<a b='"), &at), FC_XML_PASSES);
    assert_int_equal(fc_xml_guard(FC_S("<"), &at), FC_XML_PASSES);
}

static void digests_are_those_of_fips_180(void **state)
{
    assert_str(fc_sha256_hex(*state, FC_S("abc")),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_str(fc_sha256_hex(*state, (fc_str){0}),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    fc_str id = fc_uuid_from(*state, FC_S("abc"));
    assert_str(id, "ba7816bf-8f01-8fea-8141-40de5dae2223");
}

/* What nobody gives back is given back with the arena: the sanitizers would tell. */
static void an_arena_keeps_buffers_that_were_left(void **state)
{
    fc_arena *a = fc_arena_new(1 << 20);
    fc_buf left, released;
    (void)state;
    assert_non_null(a);
    fc_buf_init_in(&left, a, 1 << 20);
    fc_buf_init_in(&released, a, 1 << 20);
    for (int i = 0; i < 5000; i++) {
        fc_buf_z(&released, "more ");
        fc_buf_z(&left, "and more ");
    }
    assert_int_equal(left.n, 45000);
    fc_buf_release(&released);
    fc_buf_z(&released, "again");
    assert_str(fc_buf_view(&released), "again");
    fc_str kept = fc_buf_keep_all(&released);
    fc_buf_z(&released, "a new one");
    assert_str(kept, "again");
    assert_str(fc_buf_view(&released), "a new one");
    fc_arena_drop(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_releases_last_first),
        TEST(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_jumps_at_its_limit_and_still_releases),
        cmocka_unit_test(arena_refuses_sizes_that_overflow),
        TEST(array_keeps_its_elements_while_growing),
        cmocka_unit_test(utf8_follows_rfc_3629),
        cmocka_unit_test(utf8_put_and_next_are_inverse),
        cmocka_unit_test(utf8_counts_units_as_utf16_does),
        cmocka_unit_test(distance_counts_a_swap_as_one),
        TEST(collapse_folds_white_space),
        TEST(words_stand_between_white_space),
        cmocka_unit_test(buffer_stops_at_its_maximum),
        TEST(xml_is_escaped),
        cmocka_unit_test(xml_writer_adds_no_space_to_text),
        TEST(guard_sees_what_a_parser_would_choke_on),
        cmocka_unit_test(one_byte_is_seen_wherever_it_stands),
        cmocka_unit_test(quoted_ends_of_tags_are_passed_over),
        TEST(digests_are_those_of_fips_180),
        cmocka_unit_test(an_arena_keeps_buffers_that_were_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
