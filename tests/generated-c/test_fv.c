/* runtime/fv.h against verdicts written by hand. */
#include "runtime/fv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static fv_text text(const char *z)
{
    return fv_text_of(z);
}

static fv_date day(const char *z)
{
    return fv_date_read(fv_text_of(z));
}

static void dates_are_read(void **state)
{
    static const struct {
        const char *typed, *read;
    } table[] = {
        {"2026-01-31", "2026-01-31"},
        {"3/2/2026", "2026-02-03"},
        {"03-02-2026", "2026-02-03"},
        {"27 3 2007", "2007-03-27"},
        {"27.3.2007", "2007-03-27"},
        {"6 August 2018", "2018-08-06"},
        {"6 AUG 2018", "2018-08-06"},
        {"6aug2018", "2018-08-06"},
        {"6-Aug-2018", "2018-08-06"},
        {"6 Aug. 2018", "2018-08-06"},
        {"6 August, 2018", "2018-08-06"},
        {"6th August 2018", "2018-08-06"},
        {"1st Sept 2018", "2018-09-01"},
        {"2nd may 2018", "2018-05-02"},
        {"3 / 2 / 2026", "2026-02-03"},
        {"  3/2/2026\n", "2026-02-03"},
        {"3\xC2\xA0"
         "August\xC2\xA0"
         "2026",
         "2026-08-03"},
        {"3\xE2\x80\x93"
         "2\xE2\x80\x93"
         "2026",
         "2026-02-03"},
        {"\xE2\x80\x8B"
         "3/2/2026",
         "2026-02-03"},
        {"29/2/2024", "2024-02-29"},
        {"29/2/2000", "2000-02-29"},
        {"31/12/9999", "9999-12-31"},
        /* never month first */
        {"12/31/2026", ""},
        {"August 6 2018", ""},
        /* no such day */
        {"29/2/2023", ""},
        {"29/2/1900", ""},
        {"31/4/2026", ""},
        {"0/1/2026", ""},
        {"1/0/2026", ""},
        {"1/13/2026", ""},
        {"2026-02-30", ""},
        {"2026-13-01", ""},
        /* two-digit years and other lengths */
        {"3/2/26", ""},
        {"3/2/0026", ""},
        {"3/2/20266", ""},
        {"2026-2-3", ""},
        {"2026/02/03", ""},
        {"26-02-03", ""},
        /* mixed or missing signs, and more than a date */
        {"3/2-2026", ""},
        {"3//2/2026", ""},
        {"322026", ""},
        {"3/2/2026 or so", ""},
        {"2026-01-31T00:00", ""},
        {"3/2", ""},
        {"August 2018", ""},
        {"6 Au 2018", ""},
        {"6 Augustus 2018", ""},
        {"next week", ""},
        {"\xD9\xA3/\xD9\xA2/2026", ""}, /* digits of other scripts */
        {"2026", ""},
        {"-1/2/2026", ""},
        {"", ""},
        {"/", ""},
        {"1234567890123456789012345678901234567890123456789012345678901234567890", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char out[11];
        fv_date_write(day(table[i].typed), out);
        if (strcmp(out, table[i].read) != 0)
            fail_msg("\"%s\": read as \"%s\", not \"%s\"", table[i].typed, out, table[i].read);
    }
}

static void months_are_added_by_one_rule(void **state)
{
    static const struct {
        const char *from;
        int n;
        const char *to;
    } table[] = {
        {"2026-01-31", 1, "2026-02-28"},
        {"2024-01-31", 1, "2024-02-29"},
        {"2026-01-31", 2, "2026-03-31"},
        {"2026-01-31", 3, "2026-04-30"},
        {"2012-03-31", 3, "2012-06-30"},
        {"2024-02-29", 12, "2025-02-28"},
        {"2024-02-29", 48, "2028-02-29"},
        {"2025-02-28", 12, "2026-02-28"},
        {"2026-12-31", 2, "2027-02-28"},
        {"2026-11-30", 1, "2026-12-30"},
        {"2026-12-01", 1, "2027-01-01"},
        {"2026-03-31", -1, "2026-02-28"},
        {"2026-01-15", -1, "2025-12-15"},
        {"2026-01-15", 0, "2026-01-15"},
        {"9999-12-01", 1, ""},
        {"1000-01-01", -11988, "0001-01-01"},
        {"1000-01-01", -11989, ""},
        {"2026-01-01", 999999999, ""},
        {"no date", 1, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char out[11];
        fv_date_write(fv_add_months(day(table[i].from), fv_number_of(table[i].n)), out);
        if (strcmp(out, table[i].to) != 0)
            fail_msg("%s + %d months: %s, not %s", table[i].from, table[i].n, out, table[i].to);
    }
    assert_false(fv_date_known(fv_add_months(day("2026-01-01"), fv_no_number())));
}

static void days_are_added(void **state)
{
    static const struct {
        const char *from;
        int n;
        const char *to;
    } table[] = {
        {"2026-02-28", 1, "2026-03-01"},
        {"2024-02-28", 1, "2024-02-29"},
        {"2024-02-29", 365, "2025-02-28"},
        {"1900-02-28", 1, "1900-03-01"},
        {"2000-02-28", 1, "2000-02-29"},
        {"2026-01-01", -1, "2025-12-31"},
        {"2026-01-01", 36524, "2126-01-01"},
        {"2026-06-15", 0, "2026-06-15"},
        {"9999-12-31", 1, ""},
        {"1000-01-01", -364877, "0001-01-01"},
        {"1000-01-01", -364878, ""},
        {"no date", 1, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char out[11];
        fv_date_write(fv_add_days(day(table[i].from), fv_number_of(table[i].n)), out);
        if (strcmp(out, table[i].to) != 0)
            fail_msg("%s + %d days: %s, not %s", table[i].from, table[i].n, out, table[i].to);
    }
    /* Every day of 400 years has a number of its own, one more than the day before. */
    fv_date d = day("1700-01-01");
    for (int64_t n = fv_day_number(d); d.year < 2101; n++) {
        fv_date back = fv_date_of_day_number(n), next = fv_add_days(d, fv_number_of(1));
        assert_int_equal(fv_day_number(d), n);
        assert_int_equal(fv_compare_dates(back, FV_EQ, d), FV_TRUE);
        if (d.day < fv_days_in_month(d.year, d.month))
            assert_int_equal(next.day, d.day + 1);
        else
            assert_int_equal(next.day, 1);
        d = next;
    }
}

static void dates_are_compared(void **state)
{
    (void)state;
    fv_date a = day("2026-01-31"), b = day("2026-02-01"), none = fv_no_date();
    assert_int_equal(fv_compare_dates(a, FV_LT, b), FV_TRUE);
    assert_int_equal(fv_compare_dates(a, FV_LE, a), FV_TRUE);
    assert_int_equal(fv_compare_dates(a, FV_GT, b), FV_FALSE);
    assert_int_equal(fv_compare_dates(b, FV_GE, a), FV_TRUE);
    assert_int_equal(fv_compare_dates(a, FV_EQ, b), FV_FALSE);
    assert_int_equal(fv_compare_dates(a, FV_NE, b), FV_TRUE);
    assert_int_equal(fv_compare_dates(day("2025-12-31"), FV_LT, a), FV_TRUE);
    for (int op = FV_EQ; op <= FV_GE; op++) {
        assert_int_equal(fv_compare_dates(a, (fv_op)op, none), FV_UNKNOWN);
        assert_int_equal(fv_compare_dates(none, (fv_op)op, a), FV_UNKNOWN);
        assert_int_equal(fv_compare_dates(none, (fv_op)op, none), FV_UNKNOWN);
    }
    assert_int_equal(fv_compare_dates(fv_date_of_number(20260131), FV_EQ, a), FV_TRUE);
    assert_false(fv_date_known(fv_date_of_number(20260230)));
}

static void part_dates_are_read(void **state)
{
    static const struct {
        const char *typed, *read, *first, *last;
    } table[] = {
        {"1987", "1987", "1987-01-01", "1987-12-31"},
        {" 1987\n", "1987", "1987-01-01", "1987-12-31"},
        {"1987-05", "1987-05", "1987-05-01", "1987-05-31"},
        {"1987\xE2\x80\x93"
         "05",
         "1987-05", "1987-05-01", "1987-05-31"},
        {"05/1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"5/1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"5-1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"5.1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"5 1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"5 / 1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"May 1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"may1987", "1987-05", "1987-05-01", "1987-05-31"},
        {"Sept. 1987", "1987-09", "1987-09-01", "1987-09-30"},
        {"February, 2000", "2000-02", "2000-02-01", "2000-02-29"},
        {"February 1900", "1900-02", "1900-02-01", "1900-02-28"},
        {"2000-12", "2000-12", "2000-12-01", "2000-12-31"},
        {"17/5/1987", "1987-05-17", "1987-05-17", "1987-05-17"},
        {"17 May 1987", "1987-05-17", "1987-05-17", "1987-05-17"},
        {"1987-05-17", "1987-05-17", "1987-05-17", "1987-05-17"},
        {"9999", "9999", "9999-01-01", "9999-12-31"},
        {"1000", "1000", "1000-01-01", "1000-12-31"},
        /* never a guess */
        {"87", "", "", ""},
        {"0987", "", "", ""},
        {"0987-05", "", "", ""},
        {"19870", "", "", ""},
        {"13/1987", "", "", ""},
        {"0/1987", "", "", ""},
        {"1987-13", "", "", ""},
        {"1987-00", "", "", ""},
        {"1987-5", "", "", ""},
        {"1987/05", "", "", ""},
        {"1987 05", "", "", ""},
        {"1987 May", "", "", ""},
        {"5/87", "", "", ""},
        {"5,1987", "", "", ""},
        {"51987", "", "", ""},
        {"005/1987", "", "", ""},
        {"Ma 1987", "", "", ""},
        {"May 1987?", "", "", ""},
        {"30/2/1987", "", "", ""},
        {"about 1987", "", "", ""},
        {"1987s", "", "", ""},
        {"the war", "", "", ""},
        {"", "", "", ""},
        {" ", "", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        fv_part_date d = fv_part_date_read(text(table[i].typed));
        char written[11], first[11], last[11];
        fv_part_date_write(d, written);
        fv_date_write(d.first, first);
        fv_date_write(d.last, last);
        if (strcmp(written, table[i].read) != 0 || strcmp(first, table[i].first) != 0 ||
            strcmp(last, table[i].last) != 0)
            fail_msg("\"%s\": \"%s\" %s %s", table[i].typed, written, first, last);
        if (written[0] != '\0') { /* what is written reads the same again */
            fv_part_date again = fv_part_date_read(text(written));
            assert_int_equal(fv_compare_dates(again.first, FV_EQ, d.first), FV_TRUE);
            assert_int_equal(fv_compare_dates(again.last, FV_EQ, d.last), FV_TRUE);
        }
    }
}

/* By what is certain. eq lt le gt ge, T for true, F for false, ? for unknown. */
static void part_dates_are_compared(void **state)
{
    static const struct {
        const char *a, *b, *verdicts;
    } table[] = {
        {"1987", "1988-01-01", "FTTFF"},
        {"1987", "1987-12-31", "??TF?"},
        {"1987", "1987-06-01", "?????"},
        {"1987", "1987-01-01", "?F??T"},
        {"1987", "1986-12-31", "FFFTT"},
        {"1987", "1987", "?????"},
        {"1987", "1988", "FTTFF"},
        {"1987-05", "1987", "?????"},
        {"1987-05", "1987-06", "FTTFF"},
        {"1987-05", "1987-05", "?????"},
        {"1987-05", "1987-05-31", "??TF?"},
        {"1987-05", "1987-05-01", "?F??T"},
        {"1987-05-17", "1987-05-17", "TFTFT"},
        {"1987-05-17", "1987-05-18", "FTTFF"},
        {"1987-05-17", "1987", "?????"},
        {"", "1987", "?????"},
        {"1987", "", "?????"},
        {"1987-05-31", "1987-05", "?F??T"},
    };
    static const fv_op ops[] = {FV_EQ, FV_LT, FV_LE, FV_GT, FV_GE};
    static const char letters[] = "?FT";
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++)
        for (size_t k = 0; k < COUNT(ops); k++) {
            fv_part_date a = fv_part_date_read(text(table[i].a));
            fv_part_date b = fv_part_date_read(text(table[i].b));
            char is = letters[fv_compare_part_dates(a, ops[k], b)];
            if (is != table[i].verdicts[k])
                fail_msg("%s %s, operator %zu: %c", table[i].a, table[i].b, k, is);
            if (ops[k] == FV_EQ) /* ne is always the other one */
                assert_int_equal(fv_compare_part_dates(a, FV_NE, b),
                                 fv_not(fv_compare_part_dates(a, FV_EQ, b)));
        }
}

static void truth_has_three_values(void **state)
{
    static const fv_truth U = FV_UNKNOWN, F = FV_FALSE, T = FV_TRUE;
    /* rows and columns: unknown, false, true */
    const fv_truth and_[3][3] = {{U, F, U}, {F, F, F}, {U, F, T}};
    const fv_truth or_[3][3] = {{U, U, T}, {U, F, T}, {T, T, T}};
    const fv_truth not_[3] = {U, T, F};
    const fv_truth eq[3][3] = {{U, U, U}, {U, T, F}, {U, F, T}};
    const fv_truth ne[3][3] = {{U, U, U}, {U, F, T}, {U, T, F}};
    (void)state;
    for (int a = 0; a < 3; a++) {
        assert_int_equal(fv_not((fv_truth)a), not_[a]);
        for (int b = 0; b < 3; b++) {
            fv_truth x = (fv_truth)a, y = (fv_truth)b;
            assert_int_equal(fv_and(x, y), and_[a][b]);
            assert_int_equal(fv_or(x, y), or_[a][b]);
            assert_int_equal(fv_compare_truths(x, FV_EQ, y), eq[a][b]);
            assert_int_equal(fv_compare_truths(x, FV_NE, y), ne[a][b]);
        }
    }
    assert_int_equal(fv_must(F).outcome, FV_FAILED);
    assert_int_equal(fv_must(T).outcome, FV_PASSED);
    assert_int_equal(fv_must(U).outcome, FV_PASSED);
}

static void numbers_are_read(void **state)
{
    static const struct {
        const char *typed;
        bool known;
        int64_t value;
    } table[] = {
        {"0", true, 0},
        {" 12 ", true, 12},
        {"+7", true, 7},
        {"-7", true, -7},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1.5", false, 0},
        {"1,200", false, 0},
        {"1 200", false, 0},
        {"0x10", false, 0},
        {"twelve", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        fv_number n = fv_number_read(text(table[i].typed));
        if (n.known != table[i].known || n.value != table[i].value)
            fail_msg("\"%s\" is read wrongly", table[i].typed);
    }
    assert_int_equal(fv_compare_numbers(fv_number_of(2), FV_LT, fv_number_of(10)), FV_TRUE);
    assert_int_equal(fv_compare_numbers(fv_number_of(2), FV_EQ, fv_no_number()), FV_UNKNOWN);
}

static void money_is_read(void **state)
{
    static const struct {
        const char *typed, *kept;
    } table[] = {
        {"1234.50", "1234.50"},
        {"1234.5", "1234.50"},
        {"1234", "1234.00"},
        {"1,234", "1234.00"},
        {"1,234.50", "1234.50"},
        {"12,345,678.90", "12345678.90"},
        {"\xC2\xA3"
         "1,234.50",
         "1234.50"},
        {"\xC2\xA3 1,234.50 ", "1234.50"},
        {"\xC2\xA3\xC2\xA0"
         "12",
         "12.00"},
        {"0", "0.00"},
        {"0.07", "0.07"},
        {"-0.07", "-0.07"},
        {"-\xC2\xA3"
         "20",
         "-20.00"},
        {"\xC2\xA3-20", "-20.00"},
        {"\xE2\x88\x92"
         "20.5",
         "-20.50"},
        {"-0", "0.00"},
        {"007", "7.00"},
        {"999,999,999,999.99", "999999999999.99"},
        {"-999999999999.99", "-999999999999.99"},
        /* never a guess */
        {"1000000000000", ""},
        {"1,23", ""},
        {"1.234", ""},
        {"1.234,50", ""},
        {"1 234.50", ""},
        {"12,34,567", ""},
        {"1234,567", ""},
        {",123", ""},
        {"1,,234", ""},
        {"1,234,", ""},
        {"1,234,.50", ""},
        {"12.", ""},
        {".50", ""},
        {"12.345", ""},
        {"12.5.0", ""},
        {"12,5.00", ""},
        {"\xC2\xA3", ""},
        {"-", ""},
        {"--5", ""},
        {"\xC2\xA3\xC2\xA3"
         "5",
         ""},
        {"5-", ""},
        {"5\xC2\xA3", ""},
        {"$5", ""},
        {"\xE2\x82\xAC"
         "5",
         ""},
        {"\x02"
         "5",
         ""},
        {"+5", ""},
        {"50p", ""},
        {"5k", ""},
        {"1e3", ""},
        {"five pounds", ""},
        {"", ""},
        {" ", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char kept[FV_MONEY_ROOM], again[FV_MONEY_ROOM];
        fv_money_write(fv_money_read(text(table[i].typed)), kept);
        if (strcmp(kept, table[i].kept) != 0)
            fail_msg("\"%s\": \"%s\"", table[i].typed, kept);
        fv_money_write(fv_money_read(text(kept)), again);
        assert_string_equal(kept, again);
    }
}

static void intervals_are_read(void **state)
{
    static const struct {
        const char *typed;
        int n; /* 0: not a length of time */
        fv_unit unit;
    } table[] = {
        {"every 4 weeks", 4, FV_WEEKS},
        {"12 months", 12, FV_MONTHS},
        {"1 month", 1, FV_MONTHS},
        {"monthly", 1, FV_MONTHS},
        {"Weekly", 1, FV_WEEKS},
        {"daily", 1, FV_DAYS},
        {"fortnightly", 2, FV_WEEKS},
        {"every fortnight", 2, FV_WEEKS},
        {"quarterly", 3, FV_MONTHS},
        {"annually", 1, FV_YEARS},
        {"yearly", 1, FV_YEARS},
        {"every year", 1, FV_YEARS},
        {"every week", 1, FV_WEEKS},
        {"every other week", 2, FV_WEEKS},
        {"every two weeks", 2, FV_WEEKS},
        {"every twelve months", 12, FV_MONTHS},
        {"6 monthly", 6, FV_MONTHS},
        {"six-monthly", 6, FV_MONTHS},
        {"6-monthly", 6, FV_MONTHS},
        {"once a month", 1, FV_MONTHS},
        {"once every 6 months", 6, FV_MONTHS},
        {"P12M", 12, FV_MONTHS},
        {"P1Y", 1, FV_YEARS},
        {"P4W", 4, FV_WEEKS},
        {"P30D", 30, FV_DAYS},
        {"  Every  4\xC2\xA0weeks ", 4, FV_WEEKS},
        {"P1Y6M", 0, FV_DAYS},
        {"PT12M", 0, FV_DAYS},
        {"P0M", 0, FV_DAYS},
        {"P12", 0, FV_DAYS},
        {"P999999D", 0, FV_DAYS},
        {"0 weeks", 0, FV_DAYS},
        {"every", 0, FV_DAYS},
        {"12", 0, FV_DAYS},
        {"4 quarterly", 0, FV_DAYS},
        {"two", 0, FV_DAYS},
        {"other week", 0, FV_DAYS},
        {"every 4 weeks or sooner", 0, FV_DAYS},
        {"when needed", 0, FV_DAYS},
        {"twice a week", 0, FV_DAYS},
        {"1.5 years", 0, FV_DAYS},
        {"", 0, FV_DAYS},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        fv_interval v = fv_interval_read(text(table[i].typed));
        if (v.known != (table[i].n > 0) || v.n != table[i].n || v.unit != table[i].unit)
            fail_msg("\"%s\" is read as %d of unit %d", table[i].typed, (int)v.n, (int)v.unit);
    }
}

static void intervals_are_compared(void **state)
{
    static const struct {
        int n;
        fv_unit unit;
        fv_op op;
        int m;
        fv_unit other;
        fv_truth verdict;
    } table[] = {
        {4, FV_WEEKS, FV_EQ, 28, FV_DAYS, FV_TRUE},
        {4, FV_WEEKS, FV_LT, 29, FV_DAYS, FV_TRUE},
        {12, FV_MONTHS, FV_EQ, 1, FV_YEARS, FV_TRUE},
        {13, FV_MONTHS, FV_LE, 1, FV_YEARS, FV_FALSE},
        {12, FV_MONTHS, FV_LE, 12, FV_MONTHS, FV_TRUE},
        /* a month has 28 to 31 days */
        {27, FV_DAYS, FV_LT, 1, FV_MONTHS, FV_TRUE},
        {28, FV_DAYS, FV_LT, 1, FV_MONTHS, FV_UNKNOWN},
        {28, FV_DAYS, FV_LE, 1, FV_MONTHS, FV_TRUE},
        {28, FV_DAYS, FV_GT, 1, FV_MONTHS, FV_FALSE},
        {30, FV_DAYS, FV_LE, 1, FV_MONTHS, FV_UNKNOWN},
        {30, FV_DAYS, FV_EQ, 1, FV_MONTHS, FV_UNKNOWN},
        {30, FV_DAYS, FV_NE, 1, FV_MONTHS, FV_UNKNOWN},
        {31, FV_DAYS, FV_GE, 1, FV_MONTHS, FV_TRUE},
        {31, FV_DAYS, FV_LT, 1, FV_MONTHS, FV_FALSE},
        {32, FV_DAYS, FV_GT, 1, FV_MONTHS, FV_TRUE},
        {32, FV_DAYS, FV_EQ, 1, FV_MONTHS, FV_FALSE},
        {32, FV_DAYS, FV_NE, 1, FV_MONTHS, FV_TRUE},
        /* two months 59 to 62; a year 365 or 366 */
        {58, FV_DAYS, FV_LT, 2, FV_MONTHS, FV_TRUE},
        {8, FV_WEEKS, FV_LT, 2, FV_MONTHS, FV_TRUE},
        {63, FV_DAYS, FV_GT, 2, FV_MONTHS, FV_TRUE},
        {52, FV_WEEKS, FV_LE, 12, FV_MONTHS, FV_TRUE},
        {53, FV_WEEKS, FV_LE, 12, FV_MONTHS, FV_FALSE},
        {365, FV_DAYS, FV_LE, 12, FV_MONTHS, FV_TRUE},
        {366, FV_DAYS, FV_LE, 1, FV_YEARS, FV_UNKNOWN},
        {367, FV_DAYS, FV_LE, 1, FV_YEARS, FV_FALSE},
        {1, FV_YEARS, FV_GE, 365, FV_DAYS, FV_TRUE},
        {1, FV_YEARS, FV_GT, 365, FV_DAYS, FV_UNKNOWN},
        {0, FV_DAYS, FV_EQ, 0, FV_MONTHS, FV_TRUE},
        {-1, FV_DAYS, FV_LT, 1, FV_MONTHS, FV_UNKNOWN},
        {100001, FV_DAYS, FV_LT, 1, FV_MONTHS, FV_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        fv_interval a = fv_interval_make(table[i].n, table[i].unit);
        fv_interval b = fv_interval_make(table[i].m, table[i].other);
        if (fv_compare_intervals(a, table[i].op, b) != table[i].verdict)
            fail_msg("row %zu of the table", i);
    }
    assert_int_equal(
        fv_compare_intervals(fv_no_interval(), FV_LT, fv_interval_make(1, FV_DAYS)),
        FV_UNKNOWN);
}

/* The bounds hold for every day of 400 years and up to ten years. */
static void months_are_counted_by_the_same_rule(void **state)
{
    static const struct {
        const char *from, *to;
        int n;
    } table[] = {
        {"2026-01-31", "2026-01-31", 0},  {"2026-01-31", "2026-02-27", 0},
        {"2026-01-31", "2026-02-28", 1},  {"2024-01-31", "2024-02-28", 0},
        {"2024-01-31", "2024-02-29", 1},  {"2026-01-31", "2026-03-30", 1},
        {"2026-01-31", "2026-03-31", 2},  {"2026-01-15", "2027-01-14", 11},
        {"2026-01-15", "2027-01-15", 12}, {"2024-02-29", "2025-02-28", 12},
        {"2026-03-31", "2026-02-28", -1}, {"2026-03-31", "2026-03-01", 0},
        {"2026-04-30", "2026-01-31", -3}, {"0001-01-01", "9999-12-31", 119987},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        fv_number n = fv_months_between(day(table[i].from), day(table[i].to));
        assert_true(n.known);
        if (n.value != table[i].n)
            fail_msg("%s to %s: %d", table[i].from, table[i].to, (int)n.value);
    }
    assert_false(fv_months_between(fv_no_date(), day("2026-01-31")).known);
    assert_false(fv_months_between(day("2026-01-31"), fv_no_date()).known);
    /* any two days: n months on is not after, n + 1 months on is */
    for (int i = 0; i < 1500; i++) {
        fv_date from = fv_add_days(day("2023-11-20"), fv_number_of(i));
        for (int k = 0; k < 70; k++) {
            fv_date to = fv_add_days(from, fv_number_of(k));
            fv_number n = fv_months_between(from, to);
            assert_int_not_equal(fv_compare_dates(fv_add_months(from, n), FV_LE, to), FV_FALSE);
            n.value++;
            assert_int_not_equal(fv_compare_dates(fv_add_months(from, n), FV_GT, to), FV_FALSE);
        }
    }
}

static void words_are_counted(void **state)
{
    static const struct {
        const char *text;
        int n;
    } table[] = {{"one", 1},
                 {" one  two\n\tthree ", 3},
                 {"it's well-known", 2},
                 {"one\xC2\xA0two\xE2\x80\x83three", 3},
                 {"\xC3\xA9\xE3\x80\x80\xC3\xA9", 2},
                 {"\xE4\xB8\x80\xE4\xBA\x8C", 1}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(fv_words(fv_text_of(table[i].text)).value, table[i].n);
    assert_false(fv_words(fv_text_of("")).known);
    assert_false(fv_words(fv_text_of(" \n")).known);
}

/* "" is a day that nobody gave, "?" one that cannot be read. */
static void first_and_last_of_many_days(void **state)
{
    static const struct {
        const char *days[4];
        const char *first, *last;
    } table[] = {
        {{0}, "", ""},
        {{"", ""}, "", ""},
        {{"2026-01-31"}, "2026-01-31", "2026-01-31"},
        {{"2026-02-01", "", "2026-01-31", "2025-12-31"}, "2025-12-31", "2026-02-01"},
        {{"2026-02-01", "2026-02-03", "2026-02-02"}, "2026-02-01", "2026-02-03"},
        {{"?"}, "", ""},
        {{"2026-02-01", "?", "2026-02-02"}, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        fv_dates all = fv_no_dates();
        for (size_t k = 0; k < 4 && table[i].days[k]; k++) {
            fv_text t = fv_text_of(table[i].days[k]);
            fv_see_date(&all, fv_date_read(t), t.n > 0);
        }
        const char *want[] = {table[i].first, table[i].last};
        fv_date found[] = {fv_earliest(all), fv_latest(all)};
        for (size_t k = 0; k < 2; k++) {
            fv_date d = fv_date_read(fv_text_of(want[k]));
            assert_int_equal(found[k].year, d.year);
            assert_int_equal(found[k].month, d.month);
            assert_int_equal(found[k].day, d.day);
        }
    }
}

static void month_bounds_are_true(void **state)
{
    (void)state;
    for (int m = 1; m <= 120; m += m < 14 ? 1 : 7) {
        int64_t least, most, seen_least = 100000, seen_most = 0;
        fv_interval_days(fv_interval_make(m, FV_MONTHS), &least, &most);
        for (fv_date d = day("1880-01-01"); d.year < 2110;
             d = fv_add_days(d, fv_number_of(1))) {
            int64_t n = fv_day_number(fv_add_months(d, fv_number_of(m))) - fv_day_number(d);
            seen_least = n < seen_least ? n : seen_least;
            seen_most = n > seen_most ? n : seen_most;
        }
        assert_true(least <= seen_least && seen_most <= most);
        if (m <= 12) { /* and no wider than they must be */
            assert_int_equal(least, seen_least);
            assert_int_equal(most, seen_most);
        }
    }
}

static void nhs_numbers_are_checked(void **state)
{
    static const struct {
        const char *typed;
        fv_why why;
        const char *digits;
    } table[] = {
        {"9434765919", FV_NO_REASON, "9434765919"},
        {"943 476 5919", FV_NO_REASON, "9434765919"},
        {"943-476-5919", FV_NO_REASON, "9434765919"},
        {" 943\xE2\x80\x91"
         "476\xC2\xA0"
         "5919 ",
         FV_NO_REASON, "9434765919"},
        {"4505577104", FV_NO_REASON, "4505577104"},
        {"4010232137", FV_NO_REASON, "4010232137"},
        {"9990000018", FV_NO_REASON, "9990000018"},
        {"9434765918", FV_WRONG_CHECK_DIGIT, ""},
        {"9434765191", FV_WRONG_CHECK_DIGIT, ""},
        {"9991234567", FV_WRONG_CHECK_DIGIT, ""},
        {"9876543210", FV_NO_REASON, "9876543210"},
        {"9876543214", FV_WRONG_CHECK_DIGIT, ""},
        {"9876544321", FV_WRONG_CHECK_DIGIT, ""},
        {"943476591", FV_WRONG_LENGTH, ""},
        {"94347659190", FV_WRONG_LENGTH, ""},
        {"", FV_WRONG_LENGTH, ""},
        {"943476591O", FV_WRONG_CHARACTER, ""},
        {"943.476.5919", FV_WRONG_CHARACTER, ""},
        {"QQ123456C", FV_WRONG_CHARACTER, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        char digits[11];
        fv_why why = fv_nhs_number_read(text(table[i].typed), digits);
        if (why != table[i].why || strcmp(digits, table[i].digits) != 0)
            fail_msg("\"%s\": %d", table[i].typed, (int)why);
    }
    /* 6 by weight 2 is 12: the check would be 10, so no tenth digit fits. */
    int fits = 0;
    for (char c = '0'; c <= '9'; c++) {
        char n[] = "000000006?", digits[11];
        n[9] = c;
        fits += fv_nhs_number_read(text(n), digits) == FV_NO_REASON;
    }
    assert_int_equal(fits, 0);
}

static void patterns_fit(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool fits;
    } table[] = {
        {"", "", true},
        {"", "a", false},
        {"abc", "abc", true},
        {"abc", "ab", false},
        {"abc", "abcd", false},
        {"a.c", "axc", true},
        {"a.c",
         "a\xC3\xA9"
         "c",
         true},
        {"a.c", "a\nc", false},
        {"[A-Za-z0-9/\\-]{3,20}", "LA/12-3", true},
        {"[A-Za-z0-9/\\-]{3,20}", "LA", false},
        {"[A-Za-z0-9/\\-]{3,20}", "LA 12", false},
        {"[A-Za-z0-9/\\-]{3,20}", "12345678901234567890", true},
        {"[A-Za-z0-9/\\-]{3,20}", "123456789012345678901", false},
        {"[^0-9]+", "abc", true},
        {"[^0-9]+", "ab1", false},
        {"[-a]", "-", true},
        {"[a-]", "-", true},
        {"[a-c]", "d", false},
        {"[\\d\\s]+", "1 2", true},
        {"\\d{4}", "2026", true},
        {"\\d{4}", "20260", false},
        {"\\d{2,}", "1", false},
        {"\\d{2,}", "123456", true},
        {"\\w+", "a_B9", true},
        {"\\w+", "a-b", false},
        {"\\D\\S\\W", "a.!", true},
        {"a\\.b\\/c\\-d\\\\", "a.b/c-d\\", true},
        {"a?b*c+", "c", true},
        {"a?b*c+", "abbbcc", true},
        {"a?b*c+", "aac", false},
        {"(ab)+", "ababab", true},
        {"(ab)+", "aba", false},
        {"(ab){2,3}", "ab", false},
        {"(ab){2,3}", "ababab", true},
        {"(ab){2,3}", "abababab", false},
        {"a{0,2}", "", true},
        {"a{0,2}", "aa", true},
        {"a{0,2}", "aaa", false},
        {"cat|dog|bird", "dog", true},
        {"cat|dog|bird", "bird", true},
        {"cat|dog|bird", "catdog", false},
        {"(a|b)*c", "abbac", true},
        {"(a|)b", "b", true},
        {"(a*)*b", "aaab", true},
        {"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", "SW1A 1AA", true},
        {"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", "M11AE", true},
        {"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", "SW1A 1A", false},
        {"[\xC3\xA0-\xC3\xBF]+", "\xC3\xA9\xC3\xA8", true},
        {"[\xC3\xA0-\xC3\xBF]+", "e", false},
        /* none of the language: fits nothing */
        {"[a", "a", false},
        {"[]", "", false},
        {"[z-a]", "a", false},
        {"(a", "a", false},
        {"a)", "a", false},
        {"*a", "a", false},
        {"a**", "a", false},
        {"a{2", "aa", false},
        {"a{3,2}", "aaa", false},
        {"a{,2}", "a", false},
        {"^a$", "a", false},
        {"\\b", "b", false},
        {"a\\", "a", false},
        {".{0,5000}", "a", false},
        {"((((((((((((((((((((a))))))))))))))))))))", "a", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++)
        if (fv_pattern_fits(text(table[i].pattern), text(table[i].text)) != table[i].fits)
            fail_msg("\"%s\" with \"%s\"", table[i].pattern, table[i].text);
}

/* What takes a backtracking matcher 2^n steps: this ends, so time does not grow that way. */
static void patterns_take_linear_time(void **state)
{
    static char many[100001];
    (void)state;
    memset(many, 'a', sizeof many - 1);
    assert_false(fv_pattern_fits(text("(a*)*b"), text(many)));
    assert_false(fv_pattern_fits(text("(a|a)*b"), text(many)));
    assert_true(fv_pattern_fits(text("(a?a?)*"), text(many)));
}

static void answers_are_read(void **state)
{
    static const fv_choice list[] = {{"s3", "Section 3"}, {"s37", "Section 37"}};
    static const struct {
        fv_kind kind;
        const char *typed, *pattern;
        size_t max;
        bool open;
        fv_state state;
        fv_why why;
    } table[] = {
        {FV_KIND_TEXT, "some", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_TEXT, " \n\t", NULL, 0, false, FV_ABSENT, FV_NOT_ASKED},
        {FV_KIND_TEXT, "", NULL, 0, false, FV_ABSENT, FV_NOT_ASKED},
        {FV_KIND_TEXT, "abc", NULL, 3, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_TEXT, "abcd", NULL, 3, false, FV_UNREADABLE, FV_TOO_LONG},
        {FV_KIND_TEXT, "\xC3\xA9\xC3\xA9\xC3\xA9", NULL, 3, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_TEXT, " A1 ", "[A-Z][0-9]", 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_TEXT, "1A", "[A-Z][0-9]", 0, false, FV_UNREADABLE, FV_WRONG_SHAPE},
        {FV_KIND_DATE, "31/1/2026", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_DATE, "soon", NULL, 0, false, FV_UNREADABLE, FV_WRONG_KIND},
        {FV_KIND_DATE, " ", NULL, 0, false, FV_ABSENT, FV_NOT_ASKED},
        {FV_KIND_PART_DATE, "May 1987", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_PART_DATE, "in May", NULL, 0, false, FV_UNREADABLE, FV_WRONG_KIND},
        {FV_KIND_PART_DATE, " ", NULL, 0, false, FV_ABSENT, FV_NOT_ASKED},
        {FV_KIND_NHS_NUMBER, "943 476 5919", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_NHS_NUMBER, "943 476 5918", NULL, 0, false, FV_UNREADABLE,
         FV_WRONG_CHECK_DIGIT},
        {FV_KIND_NHS_NUMBER, "", NULL, 0, false, FV_ABSENT, FV_NOT_ASKED},
        {FV_KIND_INTERVAL, "monthly", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_INTERVAL, "when needed", NULL, 0, false, FV_UNREADABLE, FV_WRONG_KIND},
        {FV_KIND_INTERVAL_TEXT, "when needed", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_NUMBER, "12", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_NUMBER, "a dozen", NULL, 0, false, FV_UNREADABLE, FV_WRONG_KIND},
        {FV_KIND_MONEY, "1,234.5", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_MONEY, "a fiver", NULL, 0, false, FV_UNREADABLE, FV_WRONG_KIND},
        {FV_KIND_MONEY, "", NULL, 0, false, FV_ABSENT, FV_NOT_ASKED},
        {FV_KIND_YES_NO, "Yes", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_YES_NO, "no", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_YES_NO, "maybe", NULL, 0, false, FV_UNREADABLE, FV_WRONG_KIND},
        {FV_KIND_CHOICE, "s37", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_CHOICE, "Section  37", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_CHOICE, "s4", NULL, 0, false, FV_UNREADABLE, FV_NOT_IN_LIST},
        {FV_KIND_CHOICE, "s4", NULL, 0, true, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_CHOICE, "", NULL, 0, true, FV_ABSENT, FV_NOT_ASKED},
        {FV_KIND_CHOICES, "s37", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_CHOICES, "s37 s3", NULL, 0, false, FV_PRESENT, FV_NO_REASON},
        {FV_KIND_CHOICES, "s3, s37", NULL, 0, false, FV_UNREADABLE, FV_NOT_IN_LIST},
        {FV_KIND_CHOICES, "Section 37", NULL, 0, false, FV_UNREADABLE, FV_NOT_IN_LIST},
        {FV_KIND_CHOICES, " \n", NULL, 0, false, FV_ABSENT, FV_NOT_ASKED},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        union { /* every answer begins alike */
            fv_text_answer text;
            fv_nhs_number_answer nhs;
            fv_date_answer date;
            fv_part_date_answer part_date;
            fv_interval_answer interval;
            fv_number_answer number;
            fv_money_answer money;
            fv_yes_no_answer yes_no;
            fv_choice_answer choice;
            fv_choices_answer choices;
        } a;
        memset(&a, 0, sizeof a);
        fv_field f = {"p",  "l", "t",           "",   "", table[i].kind, -1, 0,
                      list, 2,   table[i].open, NULL, 0,  NULL,          0};
        f.pattern = table[i].pattern;
        f.max_length = table[i].max;
        fv_answer_read(&a, &f, text(table[i].typed), FV_NOT_ASKED);
        if (a.text.state != table[i].state || a.text.why != table[i].why)
            fail_msg("row %zu (\"%s\"): %d %d", i, table[i].typed, (int)a.text.state,
                     (int)a.text.why);
        if (a.text.state == FV_ABSENT)
            assert_int_equal(a.text.text.n, 0);
        else
            assert_int_equal(a.text.text.n, strlen(table[i].typed));
    }
}

static void choices_are_compared(void **state)
{
    (void)state;
    fv_choice_answer s3 = {{"s3", 2}, FV_PRESENT, FV_NO_REASON, 0}, s37 = s3, other, same, none;
    s37.value = 1;
    other = s3;
    other.value = FV_SOMETHING_ELSE;
    other.text = text("Section 48");
    same = other;
    same.text = text(" Section  48");
    none = s3;
    none.state = FV_ABSENT;
    assert_int_equal(fv_compare_choice(s3, FV_EQ, 0), FV_TRUE);
    assert_int_equal(fv_compare_choice(s3, FV_NE, 0), FV_FALSE);
    assert_int_equal(fv_compare_choice(s3, FV_EQ, 1), FV_FALSE);
    assert_int_equal(fv_compare_choice(other, FV_EQ, 1), FV_FALSE);
    assert_int_equal(fv_compare_choice(none, FV_NE, 1), FV_UNKNOWN);
    assert_int_equal(fv_compare_choices(s3, FV_EQ, s37), FV_FALSE);
    assert_int_equal(fv_compare_choices(s3, FV_EQ, s3), FV_TRUE);
    assert_int_equal(fv_compare_choices(other, FV_EQ, same), FV_TRUE);
    assert_int_equal(fv_compare_choices(other, FV_NE, s3), FV_TRUE);
    assert_int_equal(fv_compare_choices(other, FV_NE, none), FV_UNKNOWN);
    assert_int_equal(fv_compare_texts(text("a  b"), FV_EQ, text(" a b\n")), FV_TRUE);
    assert_int_equal(fv_compare_texts(text("a b"), FV_NE, text("ab")), FV_TRUE);
    assert_int_equal(fv_compare_texts(text("a b"), FV_EQ, text(" ")), FV_UNKNOWN);
}

static void several_choices_are_a_set(void **state)
{
    static fv_choice list[FV_CHOICES_MAX + 1];
    static char ids[FV_CHOICES_MAX + 1][4];
    static const struct {
        const char *typed;
        fv_state state;
        uint64_t set;
    } table[] = {
        {"c00", FV_PRESENT, 1},
        {"c01 c00", FV_PRESENT, 3},
        {"  c02\n\tc00  c02\r\n", FV_PRESENT, 5},
        {"c63 c31", FV_PRESENT, (uint64_t)1 << 63 | (uint64_t)1 << 31},
        {"c64", FV_UNREADABLE, 0}, /* more than a set can hold */
        {"c00 C01", FV_UNREADABLE, 0},
        {"c00c01", FV_UNREADABLE, 0},
        {"c00;c01", FV_UNREADABLE, 0},
        {"c00 \xC2\xA0", FV_UNREADABLE, 0},
        {"", FV_ABSENT, 0},
        {" \t\n", FV_ABSENT, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(list); i++) {
        ids[i][0] = 'c';
        ids[i][1] = (char)('0' + i / 10);
        ids[i][2] = (char)('0' + i % 10);
        list[i].id = list[i].label = ids[i];
    }
    fv_field f = {"p",   "l",  "t", "",   "", FV_KIND_CHOICES, -1, 0, list, COUNT(list),
                  false, NULL, 0,   NULL, 0};
    for (size_t i = 0; i < COUNT(table); i++) {
        fv_choices_answer a;
        memset(&a, 0xFF, sizeof a);
        fv_answer_read(&a, &f, text(table[i].typed), FV_NO_REASON);
        if (a.state != table[i].state || a.value != table[i].set)
            fail_msg("row %zu (\"%s\"): %d %llx", i, table[i].typed, (int)a.state,
                     (unsigned long long)a.value);
        for (int c = 0; c < FV_CHOICES_MAX; c++)
            assert_int_equal(fv_chosen(a, c), a.state != FV_PRESENT    ? FV_UNKNOWN
                                              : table[i].set >> c & 1u ? FV_TRUE
                                                                       : FV_FALSE);
    }
}

static void required_looks_at_reasons(void **state)
{
    static const struct {
        fv_truth when;
        fv_state state;
        const char *reason;
        fv_outcome outcome;
    } table[] = {
        {FV_TRUE, FV_PRESENT, "", FV_PASSED},
        {FV_TRUE, FV_UNREADABLE, "", FV_PASSED},
        {FV_TRUE, FV_ABSENT, "", FV_FAILED},
        {FV_TRUE, FV_ABSENT, "not-asked", FV_FAILED},
        {FV_TRUE, FV_ABSENT, "unknown", FV_FAILED},
        {FV_TRUE, FV_ABSENT, "masked", FV_FAILED},
        {FV_TRUE, FV_ABSENT, "nonsense", FV_FAILED},
        {FV_TRUE, FV_ABSENT, "asked-unknown", FV_EXCUSED},
        {FV_TRUE, FV_ABSENT, "asked-declined", FV_EXCUSED},
        {FV_TRUE, FV_ABSENT, "not-applicable", FV_EXCUSED},
        {FV_FALSE, FV_ABSENT, "", FV_PASSED},
        {FV_UNKNOWN, FV_ABSENT, "", FV_PASSED},
        {FV_UNKNOWN, FV_ABSENT, "asked-declined", FV_PASSED},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        fv_why why = fv_absence_read(text(table[i].reason));
        if (fv_required(table[i].when, table[i].state, why).outcome != table[i].outcome)
            fail_msg("row %zu of the table", i);
    }
}

static int seen;
static void count_finding(void *user, const fv_finding *f)
{
    (void)user;
    seen += f->path[0] != '\0';
}

static void findings_are_reported(void **state)
{
    static const fv_rule plain = {"a/b.must", "a/b", 0, "No.", FV_WARNING, 1};
    static const fv_rule in_row = {"a/r/b.must", "a/r/b", 3, "No.", FV_ERROR, 0};
    fv_finding at[3];
    fv_report r = fv_report_make(at, 3, count_finding, NULL);
    (void)state;
    seen = 0;
    fv_say(&r, 1, &plain, fv_must(FV_TRUE));
    fv_say(&r, 0, &plain, fv_must(FV_FALSE)); /* not from this stage on */
    assert_int_equal(r.n, 0);
    fv_say(&r, 1, &plain, fv_must(FV_FALSE));
    fv_say_row(&r, 1, &in_row, fv_must(FV_FALSE), text("icb-1"), 0);
    fv_say_row(&r, 1, &in_row, fv_required(FV_TRUE, FV_ABSENT, FV_ASKED_DECLINED), text("a]b"),
               11);
    fv_say_row(&r, 2, &in_row, fv_must(FV_FALSE), text(""), 0); /* no room, but counted */
    assert_int_equal(r.n, 4);
    assert_int_equal(seen, 4);
    assert_string_equal(at[0].path, "a/b");
    assert_int_equal(at[0].severity, FV_WARNING);
    assert_string_equal(at[0].rule, "a/b.must");
    assert_string_equal(at[0].message, "No.");
    assert_string_equal(at[1].path, "a/r[icb-1]/b");
    assert_string_equal(at[2].path, "a/r[12]/b");
    assert_int_equal(at[2].severity, FV_ADVICE);
    assert_int_equal(at[2].why, FV_ASKED_DECLINED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(months_are_added_by_one_rule),
        cmocka_unit_test(days_are_added),
        cmocka_unit_test(dates_are_compared),
        cmocka_unit_test(first_and_last_of_many_days),
        cmocka_unit_test(months_are_counted_by_the_same_rule),
        cmocka_unit_test(words_are_counted),
        cmocka_unit_test(part_dates_are_read),
        cmocka_unit_test(part_dates_are_compared),
        cmocka_unit_test(truth_has_three_values),
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(money_is_read),
        cmocka_unit_test(intervals_are_read),
        cmocka_unit_test(intervals_are_compared),
        cmocka_unit_test(month_bounds_are_true),
        cmocka_unit_test(nhs_numbers_are_checked),
        cmocka_unit_test(patterns_fit),
        cmocka_unit_test(patterns_take_linear_time),
        cmocka_unit_test(answers_are_read),
        cmocka_unit_test(choices_are_compared),
        cmocka_unit_test(several_choices_are_a_set),
        cmocka_unit_test(required_looks_at_reasons),
        cmocka_unit_test(findings_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
