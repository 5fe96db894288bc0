/* What one document leaves for the next: caches keep what they are given, within their size,
 * and a document comes out the same whatever was made before it. */
#include "output/pdf/cache.h"
#include "output/pdf/pdf.h"

#include "tests/unit/unit.h"

#define LIMIT ((size_t)64 << 20)

typedef void work(fc_arena *a, const void *with);

static void in_an_arena(work *w, const void *with)
{
    fc_arena *a = fc_arena_new(LIMIT);
    assert_non_null(a);
    if (!FC_BOUNDARY(a))
        fail_msg("memory ran out");
    w(a, with);
    fc_arena_drop(a);
}

static void what_is_kept_is_found(fc_arena *a, const void *with)
{
    (void)with;
    fc_cache *c = fc_cache_new(a, (size_t)1 << 20);
    fc_str found;
    assert_false(fc_cache_find(c, FC_S("a"), &found));
    for (unsigned i = 0; i < 5000; i++) { /* several in one list */
        char key[16], value[16];
        snprintf(key, sizeof key, "key %u", i);
        snprintf(value, sizeof value, "value %u", i);
        fc_cache_keep(c, fc_str_of(key), fc_str_of(value));
    }
    for (unsigned i = 0; i < 5000; i++) {
        char key[16], value[16];
        snprintf(key, sizeof key, "key %u", i);
        snprintf(value, sizeof value, "value %u", i);
        assert_true(fc_cache_find(c, fc_str_of(key), &found));
        assert_true(fc_str_eq_z(found, value));
    }
    assert_false(fc_cache_find(c, FC_S("key 5000"), &found));
    fc_cache_keep(c, FC_S(""), FC_S(""));
    assert_true(fc_cache_find(c, FC_S(""), &found));
    assert_int_equal(found.n, 0);
}

static void a_full_cache_keeps_no_more(fc_arena *a, const void *with)
{
    (void)with;
    char big[4000] = {0};
    fc_cache *c = fc_cache_new(a, 20000);
    fc_str found;
    unsigned kept = 0;
    for (char k = 'a'; k <= 'z'; k++) {
        fc_cache_keep(c, (fc_str){&k, 1}, (fc_str){big, sizeof big});
        kept += fc_cache_find(c, (fc_str){&k, 1}, &found);
    }
    assert_in_range(kept, 1, 4);
    fc_cache *none = fc_cache_new(a, 100); /* no room even for its lists */
    fc_cache_keep(none, FC_S("a"), FC_S("b"));
    assert_false(fc_cache_find(none, FC_S("a"), &found));
}

#define LAYOUT(words)                                                                          \
    "<document xmlns='urn:formc:layout:1' lang='en-GB' title='T' held='Held elsewhere.'>"      \
    "<page width='595.28' height='841.89' top='62' right='54' bottom='58' left='54'/>"         \
    "<style name='s' size='11' leading='15'/><answers style='s' help='s' rule='000000'/>"      \
    "<body><p style='s'>" words "</p><field name='a' label='" words "' kind='prose' "          \
    "lines='2'><value>" words "</value></field></body></document>"

/* The same words in another language, direction or company are other glyphs. */
static const char *const layouts[] = {
    LAYOUT("The office affirms the first offer."),
    LAYOUT("The office"),
    LAYOUT("\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 office 117 (first)"),
    LAYOUT("\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85"),
    LAYOUT("\xe0\xa6\x95\xe0\xa6\xbf \xe0\xa6\xac\xe0\xa6\xbe\xe0\xa6\x82\xe0\xa6\xb2"),
    LAYOUT("The office affirms the first offer."),
};
#define LAYOUTS (sizeof layouts / sizeof *layouts)

static fc_str make(fc_arena *a, const fc_pdf_faces *faces, const char *layout)
{
    fc_str bytes = {0};
    assert_int_equal(fc_pdf_make(a, faces, fc_str_of(layout), FC_S("<plan/>"), FC_S("t 1"),
                                 NULL, fc_diags_new(a), &bytes),
                     FC_OK);
    return bytes;
}

struct pair {
    const fc_pdf_faces *faces;
    const char *layout;
};

static void compare(fc_arena *a, const void *with)
{
    const struct pair *p = with;
    fc_str alone = make(a, fc_pdf_faces_open(a), p->layout),
           after = make(a, p->faces, p->layout);
    assert_true(fc_str_eq(alone, after));
}

static void documents_do_not_depend_on_those_before(fc_arena *a, const void *with)
{
    (void)with;
    const fc_pdf_faces *faces = fc_pdf_faces_open(a);
    assert_non_null(faces);
    for (size_t i = 0; i < 2 * LAYOUTS; i++)
        in_an_arena(compare, &(struct pair){faces, layouts[i % LAYOUTS]});
}

static void test_kept(void **state)
{
    (void)state;
    in_an_arena(what_is_kept_is_found, NULL);
}

static void test_full(void **state)
{
    (void)state;
    in_an_arena(a_full_cache_keeps_no_more, NULL);
}

static void test_documents(void **state)
{
    (void)state;
    in_an_arena(documents_do_not_depend_on_those_before, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
