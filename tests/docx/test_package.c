/* The archive writer: the same bytes every time, and entries that are kept from a base. */
#include "runtime/base/package.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define LOCAL_HEADER 30 /* bytes before the name of an entry (APPNOTE 4.3.7) */

static const fc_entry three[] = {
    {.name = "[Content_Types].xml", .bytes = {"<Types/>", 8}, .keep = true},
    {.name = "word/document.xml", .bytes = {"<a>first</a>", 12}},
    {.name = "word/styles.xml", .bytes = {"<s/>", 4}, .keep = true},
};

static unsigned le16(const char *p)
{
    return (unsigned)(unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

static void same_entries_same_bytes(void **state)
{
    (void)state;
    fc_buf a, b;
    fc_buf_init(&a, FC_BUF_MAX);
    fc_buf_init(&b, FC_BUF_MAX);
    assert_int_equal(fc_package_write((fc_str){0}, three, 3, &a), FC_OK);
    assert_int_equal(fc_package_write((fc_str){0}, three, 3, &b), FC_OK);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    fc_buf_release(&a);
    fc_buf_release(&b);
}

static void first_entry_is_first_without_time_and_extras(void **state)
{
    (void)state;
    fc_buf a;
    fc_buf_init(&a, FC_BUF_MAX);
    assert_int_equal(fc_package_write((fc_str){0}, three, 3, &a), FC_OK);
    assert_memory_equal(a.p, "PK\003\004", 4);
    assert_int_equal(le16(a.p + 10), 0);  /* time */
    assert_int_equal(le16(a.p + 12), 33); /* date: 1980-01-01 */
    assert_int_equal(le16(a.p + 28), 0);  /* extra fields */
    assert_int_equal(le16(a.p + 26), strlen(three[0].name));
    assert_memory_equal(a.p + LOCAL_HEADER, three[0].name, strlen(three[0].name));
    fc_buf_release(&a);
}

static void kept_entries_come_from_the_base(void **state)
{
    (void)state;
    fc_buf base, once, twice;
    fc_buf_init(&base, FC_BUF_MAX);
    fc_buf_init(&once, FC_BUF_MAX);
    fc_buf_init(&twice, FC_BUF_MAX);
    assert_int_equal(fc_package_write((fc_str){0}, three, 3, &base), FC_OK);
    fc_entry changed[3];
    memcpy(changed, three, sizeof changed);
    changed[0].bytes = changed[2].bytes = (fc_str){0}; /* not looked at: kept */
    changed[1].bytes = FC_S("<a>another text that is longer</a>");
    assert_int_equal(fc_package_write(fc_buf_view(&base), changed, 3, &once), FC_OK);
    assert_int_equal(fc_package_write(fc_buf_view(&base), changed, 3, &twice), FC_OK);
    assert_int_equal(once.n, twice.n);
    assert_memory_equal(once.p, twice.p, once.n);
    /* the kept entry stands there as it stood in the base, header and data */
    size_t head = LOCAL_HEADER + strlen(three[0].name);
    assert_memory_equal(once.p, base.p, head);
    assert_true(once.n != base.n);
    fc_buf_release(&base);
    fc_buf_release(&once);
    fc_buf_release(&twice);
}

static void two_entries_of_one_name_are_our_own_fault(void **state)
{
    (void)state;
    const fc_entry twins[] = {three[0], three[0]};
    fc_buf a;
    fc_buf_init(&a, FC_BUF_MAX);
    assert_int_equal(fc_package_write((fc_str){0}, twins, 2, &a), FC_INTERNAL);
    assert_int_equal(a.n, 0);
    fc_buf_release(&a);
}

static void a_full_buffer_is_told(void **state)
{
    (void)state;
    fc_buf a;
    fc_buf_init(&a, 64);
    assert_int_equal(fc_package_write((fc_str){0}, three, 3, &a), FC_INTERNAL);
    fc_buf_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_entries_same_bytes),
        cmocka_unit_test(first_entry_is_first_without_time_and_extras),
        cmocka_unit_test(kept_entries_come_from_the_base),
        cmocka_unit_test(two_entries_of_one_name_are_our_own_fault),
        cmocka_unit_test(a_full_buffer_is_told),
    };
    return cmocka_run_group_tests_name("docx package", tests, NULL, NULL);
}
