/* What generated C sees: answers, dates, lengths of time, three-valued truth, findings.
 *
 * This header is all that the checking part of a generated validator needs. It has no
 * allocation, no input or output, no locale and no state; it reads as C11 and as C++17. The
 * interpreter of formc uses the same functions, so that there is one way to read an answer.
 *
 * Text is UTF-8, a pointer and a length. Nothing here keeps a pointer longer than the answer
 * that was given to it. */
#ifndef FV_H
#define FV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Changes when generated code and this header no longer fit together. */
#define FV_ABI 2

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Text --------------------------------------------------------------------------- */

typedef struct fv_text {
    const char *p; /* may be NULL when n is 0 */
    size_t n;      /* bytes */
} fv_text;

static inline fv_text fv_text_make(const char *p, size_t n)
{
    fv_text t;
    t.p = p;
    t.n = n;
    return t;
}

/* The text of a string that ends in NUL. */
static inline fv_text fv_text_of(const char *z)
{
    size_t n = 0;
    while (z != NULL && z[n] != '\0')
        n++;
    return fv_text_make(z, n);
}

/* White space as XML has it. */
static inline bool fv_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline fv_text fv_trim(fv_text t)
{
    while (t.n > 0 && fv_is_space(t.p[0]))
        t = fv_text_make(t.p + 1, t.n - 1);
    while (t.n > 0 && fv_is_space(t.p[t.n - 1]))
        t.n--;
    return t;
}

/* Byte for byte the same. */
static inline bool fv_same(fv_text a, fv_text b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (a.p[i] != b.p[i])
            return false;
    return true;
}

/* The same when runs of white space count as one space and those at the ends do not count. */
static inline bool fv_same_folded(fv_text a, fv_text b)
{
    a = fv_trim(a);
    b = fv_trim(b);
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n) {
        if (fv_is_space(a.p[i]) && fv_is_space(b.p[k])) {
            while (fv_is_space(a.p[i]))
                i++;
            while (fv_is_space(b.p[k]))
                k++;
        } else if (a.p[i++] != b.p[k++]) {
            return false;
        }
    }
    return i == a.n && k == b.n;
}

/* The character at *at, moving *at behind it; U+FFFD and one byte on when it is damaged. */
static inline uint32_t fv_char_at(fv_text t, size_t *at)
{
    static const uint32_t least[4] = {0, 0x80, 0x800, 0x10000};
    size_t i = (*at)++;
    uint32_t c = (unsigned char)t.p[i];
    size_t more = c < 0x80                ? 0
                  : c >= 0xC2 && c < 0xE0 ? 1
                  : c >= 0xE0 && c < 0xF0 ? 2
                  : c >= 0xF0 && c < 0xF5 ? 3
                                          : 4;
    if (more == 0)
        return c;
    if (more == 4 || t.n - i <= more)
        return 0xFFFD;
    c &= 0x3Fu >> more;
    for (size_t k = 1; k <= more; k++) {
        uint32_t next = (unsigned char)t.p[i + k];
        if ((next & 0xC0u) != 0x80u)
            return 0xFFFD;
        c = (c << 6) | (next & 0x3Fu);
    }
    if (c < least[more] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 0xFFFD;
    *at = i + more + 1;
    return c;
}

/* Characters (code points), not bytes. */
static inline size_t fv_length(fv_text t)
{
    size_t n = 0;
    for (size_t at = 0; at < t.n; n++)
        fv_char_at(t, &at);
    return n;
}

/* White space: that of ASCII, and the spaces of Unicode that people type or paste. */
static inline bool fv_is_wide_space(uint32_t u)
{
    return u == 0x20 || (u >= 0x09 && u <= 0x0D) || u == 0xA0 || (u >= 0x2000 && u <= 0x200A) ||
           u == 0x202F || u == 0x205F || u == 0x3000;
}

/* A short answer made plain, to be read as a number, date or length of time: lower case, every
 * space a ' ', every dash a '-', one space at most between other characters, none at the ends,
 * invisible characters gone (copy and paste brings them), a pound sign FV_POUND; any other
 * character that is not ASCII becomes FV_STRANGE. */
#define FV_PLAIN_MAX 64 /* no number, date or length of time needs more characters */
#define FV_STRANGE '\x01'
#define FV_POUND '\x02'
typedef struct fv_plain {
    char c[FV_PLAIN_MAX + 1]; /* ends in NUL */
    size_t n;
    bool too_long; /* there was more */
} fv_plain;

static inline fv_plain fv_make_plain(fv_text t)
{
    fv_plain out;
    bool space = false;
    out.n = 0;
    out.too_long = false;
    for (size_t at = 0; at < t.n;) {
        uint32_t u = fv_char_at(t, &at);
        char c = u > 0x20 && u < 0x7F ? (char)u : FV_STRANGE;
        if (u == 0xAD || (u >= 0x200B && u <= 0x200F) || (u >= 0x202A && u <= 0x202E) ||
            (u >= 0x2060 && u <= 0x2069) || u == 0xFEFF)
            continue;
        if (fv_is_wide_space(u)) {
            space = out.n > 0;
            continue;
        }
        if ((u >= 0x2010 && u <= 0x2015) || u == 0x2212)
            c = '-';
        if (u == 0xA3)
            c = FV_POUND;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (out.n + (space ? 2u : 1u) > FV_PLAIN_MAX) {
            out.too_long = true;
            break;
        }
        if (space)
            out.c[out.n++] = ' ';
        space = false;
        out.c[out.n++] = c;
    }
    out.c[out.n] = '\0';
    return out;
}

static inline bool fv_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool fv_is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* ---- Truth -------------------------------------------------------------------------- */

/* and, or and not as in SQL. A comparison with an answer that is blank or cannot be read is
 * unknown. */
typedef enum fv_truth { FV_UNKNOWN = 0, FV_FALSE = 1, FV_TRUE = 2 } fv_truth;

static inline fv_truth fv_truth_of(bool b)
{
    return b ? FV_TRUE : FV_FALSE;
}

static inline fv_truth fv_and(fv_truth a, fv_truth b)
{
    if (a == FV_FALSE || b == FV_FALSE)
        return FV_FALSE;
    return a == FV_TRUE && b == FV_TRUE ? FV_TRUE : FV_UNKNOWN;
}

static inline fv_truth fv_or(fv_truth a, fv_truth b)
{
    if (a == FV_TRUE || b == FV_TRUE)
        return FV_TRUE;
    return a == FV_FALSE && b == FV_FALSE ? FV_FALSE : FV_UNKNOWN;
}

static inline fv_truth fv_not(fv_truth a)
{
    return a == FV_UNKNOWN ? FV_UNKNOWN : a == FV_TRUE ? FV_FALSE : FV_TRUE;
}

/* The operators of comparisons. */
typedef enum fv_op { FV_EQ, FV_NE, FV_LT, FV_LE, FV_GT, FV_GE } fv_op;

/* What `order` (negative, 0 or positive, as from a comparison) says to op. */
static inline fv_truth fv_holds(int order, fv_op op)
{
    switch (op) {
    case FV_EQ:
        return fv_truth_of(order == 0);
    case FV_NE:
        return fv_truth_of(order != 0);
    case FV_LT:
        return fv_truth_of(order < 0);
    case FV_LE:
        return fv_truth_of(order <= 0);
    case FV_GT:
        return fv_truth_of(order > 0);
    case FV_GE:
        return fv_truth_of(order >= 0);
    }
    return FV_UNKNOWN;
}

/* FV_EQ and FV_NE between truths; yes is true and no is false. */
static inline fv_truth fv_compare_truths(fv_truth a, fv_op op, fv_truth b)
{
    if (a == FV_UNKNOWN || b == FV_UNKNOWN)
        return FV_UNKNOWN;
    return fv_holds((int)a - (int)b, op);
}

/* ---- Whole numbers ------------------------------------------------------------------ */

typedef struct fv_number {
    int64_t value;
    bool known; /* false: blank, or could not be read */
} fv_number;

static inline fv_number fv_number_of(int64_t value)
{
    fv_number n;
    n.value = value;
    n.known = true;
    return n;
}

static inline fv_number fv_no_number(void)
{
    fv_number n;
    n.value = 0;
    n.known = false;
    return n;
}

static inline fv_truth fv_compare_numbers(fv_number a, fv_op op, fv_number b)
{
    if (!a.known || !b.known)
        return FV_UNKNOWN;
    return fv_holds(a.value < b.value ? -1 : a.value > b.value, op);
}

/* Two values of which only the least and the most that they can be are known: what is the same
 * for all that they can be; unknown where it is not. */
static inline fv_truth fv_compare_ranges(int64_t a_least, int64_t a_most, fv_op op,
                                         int64_t b_least, int64_t b_most)
{
    if (a_most < b_least)
        return fv_holds(-1, op);
    if (a_least > b_most)
        return fv_holds(1, op);
    if (a_least == b_most && a_most == b_least)
        return fv_holds(0, op);
    if ((op == FV_LE && a_most <= b_least) || (op == FV_GE && a_least >= b_most))
        return FV_TRUE;
    if ((op == FV_LT && a_least >= b_most) || (op == FV_GT && a_most <= b_least))
        return FV_FALSE;
    return FV_UNKNOWN;
}

/* Digits, with a sign or without, that fit into 64 bits; nothing else. */
static inline fv_number fv_number_read(fv_text t)
{
    fv_plain s = fv_make_plain(t);
    size_t i = s.c[0] == '-' || s.c[0] == '+' ? 1 : 0;
    int64_t v = 0;
    if (s.too_long || i == s.n)
        return fv_no_number();
    for (; i < s.n; i++) {
        if (!fv_is_digit(s.c[i]))
            return fv_no_number();
        int digit = s.c[i] - '0';
        if (v < (INT64_MIN + digit) / 10)
            return fv_no_number();
        v = v * 10 - digit; /* the negative side has one number more */
    }
    if (s.c[0] == '-')
        return fv_number_of(v);
    return v == INT64_MIN ? fv_no_number() : fv_number_of(-v);
}

/* ---- Dates -------------------------------------------------------------------------- */

/* A day of the Gregorian calendar, of the years 1 to 9999. month 0 is "no date". */
typedef struct fv_date {
    int32_t year;
    uint8_t month; /* 1 to 12 */
    uint8_t day;   /* 1 to 31 */
} fv_date;

static inline fv_date fv_no_date(void)
{
    fv_date d;
    d.year = 0;
    d.month = 0;
    d.day = 0;
    return d;
}

static inline bool fv_date_known(fv_date d)
{
    return d.month != 0;
}

static inline bool fv_leap_year(int64_t y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static inline int fv_days_in_month(int64_t y, int month)
{
    static const unsigned char days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && fv_leap_year(y) ? 29 : days[month];
}

/* The day, or no date when there is no such day. */
static inline fv_date fv_date_make(int64_t year, int64_t month, int64_t day)
{
    fv_date d = fv_no_date();
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > fv_days_in_month(year, (int)month))
        return d;
    d.year = (int32_t)year;
    d.month = (uint8_t)month;
    d.day = (uint8_t)day;
    return d;
}

/* As written in an expression: yyyymmdd. */
static inline fv_date fv_date_of_number(int64_t yyyymmdd)
{
    return fv_date_make(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
}

static inline fv_truth fv_compare_dates(fv_date a, fv_op op, fv_date b)
{
    if (!fv_date_known(a) || !fv_date_known(b))
        return FV_UNKNOWN;
    if (a.year != b.year)
        return fv_holds(a.year < b.year ? -1 : 1, op);
    return fv_holds(a.month != b.month ? (int)a.month - (int)b.month : (int)a.day - (int)b.day,
                    op);
}

/* Days since 0000-03-01: years that begin in March have their leap day at the end. */
static inline int64_t fv_day_number(fv_date d)
{
    int64_t y = d.month > 2 ? d.year : d.year - 1;
    int64_t m = d.month > 2 ? d.month - 3 : d.month + 9;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d.day - 1;
}

static inline fv_date fv_date_of_day_number(int64_t n)
{
    int64_t y, rest, m;
    if (n < 0 || n > 3652364) /* beyond 9999-12-31, with room */
        return fv_no_date();
    y = (10000 * n + 14780) / 3652425;
    rest = n - (365 * y + y / 4 - y / 100 + y / 400);
    if (rest < 0) {
        y--;
        rest = n - (365 * y + y / 4 - y / 100 + y / 400);
    }
    m = (100 * rest + 52) / 3060;
    return fv_date_make(m < 10 ? y : y + 1, m < 10 ? m + 3 : m - 9,
                        rest - (m * 306 + 5) / 10 + 1);
}

/* The corresponding day n months on, or the month's last day when it has none:
 * 31 January + 1 month is 28 or 29 February. */
static inline fv_date fv_add_months(fv_date d, fv_number n)
{
    int64_t months, year;
    int month, last;
    if (!fv_date_known(d) || !n.known || n.value > 120000 || n.value < -120000)
        return fv_no_date();
    months = (int64_t)d.year * 12 + (d.month - 1) + n.value;
    if (months < 12)
        return fv_no_date();
    year = months / 12;
    month = (int)(months % 12) + 1;
    last = fv_days_in_month(year, month);
    return fv_date_make(year, month, d.day < last ? d.day : last);
}

/* Whole months from a to b: the largest n for which a and n months is not after b. Below zero
 * when b comes first. */
static inline fv_number fv_months_between(fv_date a, fv_date b)
{
    fv_date from = a, to = b;
    fv_number n;
    bool back = fv_compare_dates(b, FV_LT, a) == FV_TRUE;
    if (!fv_date_known(a) || !fv_date_known(b))
        return fv_no_number();
    if (back) {
        from = b;
        to = a;
    }
    n = fv_number_of(((int64_t)to.year - from.year) * 12 + to.month - from.month);
    if (fv_compare_dates(fv_add_months(from, n), FV_GT, to) == FV_TRUE)
        n.value--;
    if (back)
        n.value = -n.value;
    return n;
}

static inline fv_date fv_add_days(fv_date d, fv_number n)
{
    if (!fv_date_known(d) || !n.known || n.value > 4000000 || n.value < -4000000)
        return fv_no_date();
    return fv_date_of_day_number(fv_day_number(d) + n.value);
}

/* The first and the last of many days, seen one by one. Begin with all zero. */
typedef struct fv_dates {
    fv_date first, last;
    bool unclear; /* one of them cannot be read, so neither is known */
} fv_dates;

static inline fv_dates fv_no_dates(void)
{
    fv_dates all;
    all.first = all.last = fv_no_date();
    all.unclear = false;
    return all;
}

/* One more day; answered: there is an answer, so that a day which is not known is one that
 * cannot be read. */
static inline void fv_see_date(fv_dates *all, fv_date d, bool answered)
{
    if (!fv_date_known(d)) {
        all->unclear = all->unclear || answered;
        return;
    }
    if (!fv_date_known(all->first) || fv_compare_dates(d, FV_LT, all->first) == FV_TRUE)
        all->first = d;
    if (!fv_date_known(all->last) || fv_compare_dates(d, FV_GT, all->last) == FV_TRUE)
        all->last = d;
}

static inline fv_date fv_earliest(fv_dates all)
{
    return all.unclear ? fv_no_date() : all.first;
}

static inline fv_date fv_latest(fv_dates all)
{
    return all.unclear ? fv_no_date() : all.last;
}

/* Reads up to `most` digits; 0 digits gives -1. */
static inline int64_t fv_scan_digits(const char *s, size_t *at, size_t most)
{
    int64_t v = -1;
    for (size_t i = 0; i < most && fv_is_digit(s[*at]); i++)
        v = (v < 0 ? 0 : v * 10) + (s[(*at)++] - '0');
    return v;
}

/* Moves behind what stands between the parts of a date and gives its kind: '/', '-', '.', or
 * ' ' for spaces alone; ',' for anything with a comma; 0 for none or a mixture. */
static inline char fv_scan_between(const char *s, size_t *at)
{
    char kind = 0;
    for (; s[*at] == ' ' || s[*at] == '/' || s[*at] == '-' || s[*at] == '.' || s[*at] == ',';
         (*at)++) {
        char c = s[*at];
        if (kind == 0 || kind == ' ')
            kind = c;
        else if (c != ' ')
            return 0;
    }
    return kind;
}

/* The month whose English name begins with the letters at *at (three at least, "sept" too),
 * moving behind them; 0 when there is none. */
static inline int fv_scan_month(const char *s, size_t *at)
{
    static const char *const names[12] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
    size_t n = 0;
    while (fv_is_letter(s[*at + n]))
        n++;
    if (n < 3)
        return 0;
    for (int m = 0; m < 12; m++) {
        size_t i = 0;
        while (i < n && names[m][i] == s[*at + i])
            i++;
        if (i == n) {
            *at += n;
            return m + 1;
        }
    }
    return 0;
}

/* 2026-01-31, and what people type: 31/1/2026, 31-01-2026, 31.1.2026, 31 1 2026, 31 January
 * 2026, 31st Jan 2026. The day comes first; the year has four digits. */
static inline fv_date fv_date_read(fv_text t)
{
    fv_plain s = fv_make_plain(t);
    size_t at = 0;
    int64_t first, second, third;
    char between;
    if (s.too_long)
        return fv_no_date();
    first = fv_scan_digits(s.c, &at, 4);
    if (first < 0)
        return fv_no_date();
    if (at == 4) { /* only the ISO order begins with a year */
        if (s.n != 10 || s.c[4] != '-' || s.c[7] != '-')
            return fv_no_date();
        at = 5;
        second = fv_scan_digits(s.c, &at, 2);
        if (at != 7)
            return fv_no_date();
        at = 8;
        third = fv_scan_digits(s.c, &at, 2);
        return at == 10 ? fv_date_make(first, second, third) : fv_no_date();
    }
    if (at > 2)
        return fv_no_date();
    if (fv_is_letter(s.c[at])) { /* 1st, 2nd, 3rd, 4th; or 6aug2018 */
        const char *e = s.c + at;
        if (((e[0] == 's' && e[1] == 't') || (e[0] == 'n' && e[1] == 'd') ||
             (e[0] == 'r' && e[1] == 'd') || (e[0] == 't' && e[1] == 'h')) &&
            e[2] == ' ')
            at += 2;
    }
    between = fv_scan_between(s.c, &at);
    if (between == ',')
        return fv_no_date();
    if (fv_is_letter(s.c[at])) {
        second = fv_scan_month(s.c, &at);
        if (second == 0)
            return fv_no_date();
        fv_scan_between(s.c, &at);
    } else {
        size_t digits = at;
        second = fv_scan_digits(s.c, &at, 2);
        if (second < 0 || at == digits || between == 0 || fv_scan_between(s.c, &at) != between)
            return fv_no_date();
    }
    if (s.n - at != 4)
        return fv_no_date();
    third = fv_scan_digits(s.c, &at, 4);
    return at == s.n && third >= 1000 ? fv_date_make(third, second, first) : fv_no_date();
}

/* YYYY-MM-DD and NUL; "" for no date. */
static inline void fv_date_write(fv_date d, char out[11])
{
    int32_t y = d.year;
    out[0] = '\0';
    if (!fv_date_known(d))
        return;
    for (int i = 3; i >= 0; i--, y /= 10)
        out[i] = (char)('0' + y % 10);
    out[4] = out[7] = '-';
    out[5] = (char)('0' + d.month / 10);
    out[6] = (char)('0' + d.month % 10);
    out[8] = (char)('0' + d.day / 10);
    out[9] = (char)('0' + d.day % 10);
    out[10] = '\0';
}

/* ---- Dates of which the day, or the day and the month, may be unknown ----------------- */

/* A year, a month of a year, or a day: the first and the last day that it can be. */
typedef struct fv_part_date {
    fv_date first, last;
} fv_part_date;

static inline fv_part_date fv_part_date_of(fv_date d)
{
    fv_part_date p;
    p.first = d;
    p.last = d;
    return p;
}

static inline bool fv_part_date_known(fv_part_date p)
{
    return fv_date_known(p.first);
}

/* A whole month; a whole year for month 0. Not known when there is none, or before the year
 * 1000: two or three digits are no year that people mean. */
static inline fv_part_date fv_part_date_make(int64_t year, int64_t month)
{
    fv_part_date p = fv_part_date_of(fv_no_date());
    if (year < 1000 || year > 9999 || month < 0 || month > 12)
        return p;
    p.first = fv_date_make(year, month > 0 ? month : 1, 1);
    p.last = month > 0 ? fv_date_make(year, month, fv_days_in_month(year, (int)month))
                       : fv_date_make(year, 12, 31);
    return p;
}

/* What a date is read from; and 1987-05, 5/1987, 05-1987, 5.1987, 5 1987, May 1987; and 1987.
 */
static inline fv_part_date fv_part_date_read(fv_text t)
{
    fv_date day = fv_date_read(t);
    fv_plain s = fv_make_plain(t);
    size_t at = 0;
    int64_t year, month;
    bool iso;
    if (fv_date_known(day) || s.too_long)
        return fv_part_date_of(day);
    if (fv_is_letter(s.c[0])) {
        month = fv_scan_month(s.c, &at);
        fv_scan_between(s.c, &at);
    } else {
        month = fv_scan_digits(s.c, &at, 4);
        if (at == 4 && s.n == 4)
            return fv_part_date_make(month, 0);
        iso = at == 4 && s.n == 7 && s.c[4] == '-'; /* only the ISO order begins with a year */
        if (iso) {
            year = month;
            at = 5;
            month = fv_scan_digits(s.c, &at, 2);
            return at == 7 && month > 0 ? fv_part_date_make(year, month) : fv_part_date_of(day);
        }
        char between = at <= 2 ? fv_scan_between(s.c, &at) : '\0';
        if (between == '\0' || between == ',')
            return fv_part_date_of(day);
    }
    if (month < 1 || s.n - at != 4)
        return fv_part_date_of(day);
    year = fv_scan_digits(s.c, &at, 4);
    return at == s.n ? fv_part_date_make(year, month) : fv_part_date_of(day);
}

/* YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601) and NUL; "" when it is not known. */
static inline void fv_part_date_write(fv_part_date p, char out[11])
{
    fv_date_write(p.first, out);
    if (fv_part_date_known(p) && p.first.month != p.last.month)
        out[4] = '\0';
    else if (fv_part_date_known(p) && p.first.day != p.last.day)
        out[7] = '\0';
}

/* Known only where it is the same for every day that the two can be: 1987 lt 1988-01-01 is
 * true, 1987 lt 1987-06-01 is unknown, 1987 eq 1987 is unknown. */
static inline fv_truth fv_compare_part_dates(fv_part_date a, fv_op op, fv_part_date b)
{
    if (!fv_part_date_known(a) || !fv_part_date_known(b))
        return FV_UNKNOWN;
    return fv_compare_ranges(fv_day_number(a.first), fv_day_number(a.last), op,
                             fv_day_number(b.first), fv_day_number(b.last));
}

/* ---- Lengths of time ---------------------------------------------------------------- */

typedef enum fv_unit { FV_DAYS, FV_WEEKS, FV_MONTHS, FV_YEARS } fv_unit;

/* n of a unit. */
typedef struct fv_interval {
    int64_t n;
    fv_unit unit;
    bool known;
} fv_interval;

#define FV_INTERVAL_MAX 100000 /* more days, weeks, months or years than any rule counts */

static inline fv_interval fv_no_interval(void)
{
    fv_interval v;
    v.n = 0;
    v.unit = FV_DAYS;
    v.known = false;
    return v;
}

/* Not known when n is negative or beyond FV_INTERVAL_MAX. */
static inline fv_interval fv_interval_make(int64_t n, fv_unit unit)
{
    fv_interval v = fv_no_interval();
    if (n < 0 || n > FV_INTERVAL_MAX)
        return v;
    v.n = n;
    v.unit = unit;
    v.known = true;
    return v;
}

/* The fewest and the most days that it can last: a month has 28 to 31. */
static inline void fv_interval_days(fv_interval v, int64_t *least, int64_t *most)
{
    static const int16_t fewest[12] = {0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334};
    static const int16_t longest[12] = {0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337};
    int64_t months = v.unit == FV_YEARS ? v.n * 12 : v.n;
    int64_t years = months / 12, leap = years / 4 - years / 100 - 1;
    if (v.unit == FV_DAYS || v.unit == FV_WEEKS) {
        *least = *most = v.unit == FV_WEEKS ? v.n * 7 : v.n;
        return;
    }
    *least = years * 365 + (leap > 0 ? leap : 0) + fewest[months % 12];
    *most = years * 365 + (years + 3) / 4 + longest[months % 12];
}

/* Days and weeks compare exactly, months and years compare exactly; between the two it is
 * unknown where it depends on which months they are: 30 days lt months(1) is unknown, 27 days
 * lt months(1) is true. */
static inline fv_truth fv_compare_intervals(fv_interval a, fv_op op, fv_interval b)
{
    int64_t a_least, a_most, b_least, b_most;
    bool a_days = a.unit == FV_DAYS || a.unit == FV_WEEKS;
    bool b_days = b.unit == FV_DAYS || b.unit == FV_WEEKS;
    if (!a.known || !b.known)
        return FV_UNKNOWN;
    if (a_days == b_days) {
        int64_t x = a.unit == FV_WEEKS ? a.n * 7 : a.unit == FV_YEARS ? a.n * 12 : a.n;
        int64_t y = b.unit == FV_WEEKS ? b.n * 7 : b.unit == FV_YEARS ? b.n * 12 : b.n;
        return fv_holds(x < y ? -1 : x > y, op);
    }
    fv_interval_days(a, &a_least, &a_most);
    fv_interval_days(b, &b_least, &b_most);
    return fv_compare_ranges(a_least, a_most, op, b_least, b_most);
}

/* True, moving on, when the text at *at begins with word and the word ends there. */
static inline bool fv_scan_word(const char *s, size_t *at, const char *word)
{
    size_t i = 0;
    while (word[i] != '\0' && s[*at + i] == word[i])
        i++;
    if (word[i] != '\0' || fv_is_letter(s[*at + i]))
        return false;
    *at += i;
    while (s[*at] == ' ' || s[*at] == '-')
        (*at)++;
    return true;
}

/* P4W, P12M, P1Y, P30D: one part only. */
static inline fv_interval fv_iso_interval_read(const char *s)
{
    size_t at = 1;
    int64_t n = fv_scan_digits(s, &at, 6);
    fv_unit unit = s[at] == 'd'   ? FV_DAYS
                   : s[at] == 'w' ? FV_WEEKS
                   : s[at] == 'm' ? FV_MONTHS
                                  : FV_YEARS;
    if (n < 1 || (unit == FV_YEARS && s[at] != 'y') || s[at + 1] != '\0')
        return fv_no_interval();
    return fv_interval_make(n, unit);
}

/* 12 months, every 4 weeks, every two weeks, every other week, every year, once a month,
 * 6 monthly, six-monthly, daily, weekly, fortnightly, monthly, quarterly, annually, yearly, and
 * ISO 8601 with one part (P12M). The number is at least 1. */
static inline fv_interval fv_interval_read(fv_text t)
{
    static const char *const counts[] = {"one",   "two",   "three", "four", "five",   "six",
                                         "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    static const struct {
        const char *word;
        unsigned char n, unit;
        bool after_number; /* "4 weeks", "6 monthly"; not "4 quarterly" */
    } words[] = {{"day", 1, FV_DAYS, true},           {"days", 1, FV_DAYS, true},
                 {"week", 1, FV_WEEKS, true},         {"weeks", 1, FV_WEEKS, true},
                 {"fortnight", 2, FV_WEEKS, false},   {"month", 1, FV_MONTHS, true},
                 {"months", 1, FV_MONTHS, true},      {"quarter", 3, FV_MONTHS, false},
                 {"year", 1, FV_YEARS, true},         {"years", 1, FV_YEARS, true},
                 {"daily", 1, FV_DAYS, false},        {"weekly", 1, FV_WEEKS, true},
                 {"fortnightly", 2, FV_WEEKS, false}, {"monthly", 1, FV_MONTHS, true},
                 {"quarterly", 3, FV_MONTHS, false},  {"yearly", 1, FV_YEARS, true},
                 {"annually", 1, FV_YEARS, false},    {"annual", 1, FV_YEARS, false}};
    fv_plain plain = fv_make_plain(t);
    const char *s = plain.c;
    size_t at = 0;
    int64_t n;
    bool every;
    if (plain.too_long || plain.n == 0)
        return fv_no_interval();
    if (s[0] == 'p' && fv_is_digit(s[1]))
        return fv_iso_interval_read(s);
    every = fv_scan_word(s, &at, "every") || fv_scan_word(s, &at, "each") ||
            fv_scan_word(s, &at, "once a") || fv_scan_word(s, &at, "once every");
    n = fv_scan_digits(s, &at, 6);
    if (n >= 0) {
        while (s[at] == ' ' || s[at] == '-')
            at++;
    } else if (every && fv_scan_word(s, &at, "other")) {
        n = 2;
    }
    for (size_t i = 0; i < sizeof counts / sizeof *counts && n < 0; i++)
        if (fv_scan_word(s, &at, counts[i]))
            n = (int64_t)i + 1;
    if (n == 0)
        return fv_no_interval();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = at;
        if (!fv_scan_word(s, &end, words[i].word))
            continue;
        if (end != plain.n || (n > 0 && !words[i].after_number))
            return fv_no_interval();
        return fv_interval_make((n > 0 ? n : 1) * words[i].n, (fv_unit)words[i].unit);
    }
    return fv_no_interval();
}

/* ---- Amounts of money --------------------------------------------------------------- */

/* Pounds and pence (sterling). Never a floating number: an amount is a whole number of pence.
 */
typedef struct fv_money {
    int64_t pence;
    bool known;
} fv_money;

#define FV_POUNDS_DIGITS 12 /* up to 999,999,999,999.99: more than any budget */
#define FV_PENCE_MAX 99999999999999
#define FV_MONEY_ROOM 18 /* "-999999999999.99", NUL and one more */

static inline fv_money fv_no_money(void)
{
    fv_money m;
    m.pence = 0;
    m.known = false;
    return m;
}

static inline fv_money fv_money_of(int64_t pence)
{
    fv_money m;
    m.pence = pence;
    m.known = true;
    return m;
}

/* 1234, 1234.5, 1234.50, 1,234.50, with a pound sign before it or without, and a minus sign for
 * what is owed. Commas part thousands and nothing else, so that 1,23 and 1.234, which are
 * amounts in other countries, are not read as something else here. */
static inline fv_money fv_money_read(fv_text t)
{
    fv_plain s = fv_make_plain(t);
    size_t at = 0, digits = 0, group = 0;
    int64_t pounds = 0, pence = 0;
    bool below = false, grouped = false, pound = false;
    for (;; at++) { /* "-£", "£-", "£ " */
        if (s.c[at] == '-' && !below)
            below = true;
        else if (s.c[at] == FV_POUND && !pound)
            pound = true;
        else if (s.c[at] != ' ')
            break;
    }
    for (; fv_is_digit(s.c[at]) || s.c[at] == ','; at++) {
        if (s.c[at] == ',') {
            if (group == 0 || group > 3 || (grouped && group != 3))
                return fv_no_money();
            grouped = true;
            group = 0;
            continue;
        }
        if (++digits > FV_POUNDS_DIGITS)
            return fv_no_money();
        group++;
        pounds = pounds * 10 + (s.c[at] - '0');
    }
    if (s.too_long || digits == 0 || (grouped && group != 3))
        return fv_no_money();
    if (s.c[at] == '.') {
        if (!fv_is_digit(s.c[++at]))
            return fv_no_money();
        pence = 10 * (s.c[at++] - '0');
        if (fv_is_digit(s.c[at]))
            pence += s.c[at++] - '0';
    }
    if (at != s.n)
        return fv_no_money();
    return fv_money_of(below ? -(100 * pounds + pence) : 100 * pounds + pence);
}

/* Pounds, ".", two digits of pence, and NUL: "-1234.50"; "" when it is not known. */
static inline void fv_money_write(fv_money m, char out[FV_MONEY_ROOM])
{
    int64_t rest = m.pence < 0 ? -m.pence : m.pence;
    char digits[FV_MONEY_ROOM];
    size_t n = 0, k = 0;
    out[0] = '\0';
    if (!m.known || rest > FV_PENCE_MAX)
        return;
    for (; n < 3 || rest > 0; rest /= 10, n++)
        digits[n] = (char)('0' + rest % 10);
    if (m.pence < 0)
        out[k++] = '-';
    while (n > 0) {
        if (n == 2)
            out[k++] = '.';
        out[k++] = digits[--n];
    }
    out[k] = '\0';
}

static inline fv_truth fv_compare_money(fv_money a, fv_op op, fv_money b)
{
    if (!a.known || !b.known)
        return FV_UNKNOWN;
    return fv_holds(a.pence < b.pence ? -1 : a.pence > b.pence, op);
}

/* ---- NHS numbers -------------------------------------------------------------------- */

/* Why there is no answer, or why it cannot be read. */
typedef enum fv_why {
    FV_NO_REASON, /* no answer and nothing said about it; or nothing wrong */
    /* the reasons for having no answer, as plans have them */
    FV_NOT_ASKED,
    FV_ASKED_UNKNOWN,
    FV_ASKED_DECLINED,
    FV_NOT_APPLICABLE,
    FV_REASON_UNKNOWN,
    FV_MASKED,
    /* what is wrong with an answer that cannot be read */
    FV_WRONG_KIND,        /* not a date, a number, yes or no, ... */
    FV_WRONG_LENGTH,      /* an NHS number that has not ten digits */
    FV_WRONG_CHARACTER,   /* an NHS number with something else than digits */
    FV_WRONG_CHECK_DIGIT, /* an NHS number that was mistyped */
    FV_NOT_IN_LIST,       /* not one of the choices */
    FV_WRONG_SHAPE,       /* does not fit the type's pattern */
    FV_TOO_LONG,          /* more characters than the question takes */
    /* and why there is one that nobody gave */
    FV_WORKED_OUT /* it follows from other answers */
} fv_why;

/* Ten digits, spaces and dashes apart; weights 10 to 2 on the first nine; 11 less the rest of
 * the sum by 11 is the tenth, where 11 counts as 0 and 10 cannot be (modulus 11, NHS Data
 * Dictionary). digits gets the ten digits and NUL, or "". FV_NO_REASON when it is one. */
static inline fv_why fv_nhs_number_read(fv_text t, char digits[11])
{
    fv_plain s = fv_make_plain(t);
    size_t n = 0;
    int sum = 0, check;
    digits[0] = '\0';
    for (size_t i = 0; i < s.n; i++) {
        if (fv_is_digit(s.c[i])) {
            if (n < 10)
                digits[n] = s.c[i];
            n++;
        } else if (s.c[i] != ' ' && s.c[i] != '-') {
            digits[0] = '\0';
            return FV_WRONG_CHARACTER;
        }
    }
    if (n != 10 || s.too_long) {
        digits[0] = '\0';
        return FV_WRONG_LENGTH;
    }
    for (int i = 0; i < 9; i++)
        sum += (10 - i) * (digits[i] - '0');
    check = (11 - sum % 11) % 11; /* 10 is no digit, so it never fits */
    if (check != digits[9] - '0') {
        digits[0] = '\0';
        return FV_WRONG_CHECK_DIGIT;
    }
    digits[10] = '\0';
    return FV_NO_REASON;
}

/* ---- Patterns ----------------------------------------------------------------------- */

/* A pattern stands for the whole text. It is made of characters; `.` (any but a line break);
 * classes [A-Z0-9/\-] and [^...]; \d \w \s and \D \W \S (ASCII); \ before any sign; groups and
 * alternatives (A|B); and ? * + {m} {m,} {m,n} behind one of them. Time is the length of the
 * text times the size of the pattern, whatever they say: the steps below are followed all at
 * once, as a set. */
#define FV_PATTERN_STEPS                                                                       \
    512 /* steps of a pattern; {m,n} repeats those of what it stands behind */
#define FV_PATTERN_DEPTH 16 /* groups in groups */

typedef struct fv_step {
    char op;       /* c: character, class or '.'; |: goes on at both; j: goes on elsewhere */
    uint16_t from; /* c: where it begins in the pattern */
    int16_t to[2]; /* | and j: how many steps on */
} fv_step;

typedef struct fv_pattern {
    fv_text text;
    size_t at;
    uint16_t n;
    bool wrong;
    fv_step step[FV_PATTERN_STEPS];
} fv_pattern;

static inline void fv_pattern_put(fv_pattern *p, size_t where, char op, int to, int other)
{
    if (p->wrong || p->n >= FV_PATTERN_STEPS) {
        p->wrong = true;
        return;
    }
    for (size_t i = p->n; i > where; i--)
        p->step[i] = p->step[i - 1];
    p->n++;
    p->step[where].op = op;
    p->step[where].from = 0;
    p->step[where].to[0] = (int16_t)to;
    p->step[where].to[1] = (int16_t)other;
}

/* What `\x` means for character c. */
static inline bool fv_escape_takes(uint32_t x, uint32_t c)
{
    bool digit = c >= '0' && c <= '9';
    bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    bool word = digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    switch (x) {
    case 'd':
        return digit;
    case 'D':
        return !digit;
    case 's':
        return space;
    case 'S':
        return !space;
    case 'w':
        return word;
    case 'W':
        return !word;
    case 'n':
        return c == '\n';
    case 't':
        return c == '\t';
    default:
        return c == x;
    }
}

/* The escape behind a backslash: one of those above, or a sign that is not a letter or digit.
 */
static inline bool fv_escape_exists(uint32_t x)
{
    return x == 'd' || x == 'D' || x == 's' || x == 'S' || x == 'w' || x == 'W' || x == 'n' ||
           x == 't' || (x > 0x20 && x < 0x7F && !fv_escape_takes('w', x)) || x == '_';
}

/* Does the class at *at (behind its '[') take c? Moves *at behind its ']'. *wrong when it is
 * not a class. */
static inline bool fv_class_takes(fv_text t, size_t *at, uint32_t c, bool *wrong)
{
    bool takes = false, none = false, any = false;
    if (*at < t.n && t.p[*at] == '^') {
        none = true;
        (*at)++;
    }
    while (*at < t.n && t.p[*at] != ']') {
        uint32_t low = fv_char_at(t, at), high;
        bool escaped = low == '\\';
        any = true;
        if (low == '[' || (escaped && *at == t.n)) {
            *wrong = true;
            return false;
        }
        if (escaped) {
            low = fv_char_at(t, at);
            if (!fv_escape_exists(low))
                *wrong = true;
            if (fv_escape_takes('w', low)) { /* a letter: not a sign that stands for itself */
                takes = takes || fv_escape_takes(low, c);
                continue;
            }
        }
        high = low;
        if (*at + 1 < t.n && t.p[*at] == '-' && t.p[*at + 1] != ']') {
            (*at)++;
            high = fv_char_at(t, at);
            if (high == '\\' && *at < t.n) {
                high = fv_char_at(t, at);
                if (!fv_escape_exists(high) || fv_escape_takes('w', high))
                    *wrong = true;
            }
            if (high < low || high == '[')
                *wrong = true;
        }
        takes = takes || (c >= low && c <= high);
    }
    if (*at == t.n || !any) {
        *wrong = true;
        return false;
    }
    (*at)++;
    return takes != none;
}

/* Does the character, class or '.' at `at` take c? */
static inline bool fv_step_takes(fv_text t, size_t at, uint32_t c)
{
    bool wrong = false;
    uint32_t x = fv_char_at(t, &at);
    if (x == '.')
        return c != '\n' && c != '\r';
    if (x == '[')
        return fv_class_takes(t, &at, c, &wrong);
    if (x == '\\')
        return fv_escape_takes(fv_char_at(t, &at), c);
    return x == c;
}

/* {m,n} behind the steps from `begin` on: m times, then up to n times or for ever. */
static inline void fv_pattern_repeat(fv_pattern *p, uint16_t begin)
{
    uint16_t size = (uint16_t)(p->n - begin), copied = size;
    char quantifier = p->text.p[p->at++];
    int64_t least = quantifier == '+' ? 1 : 0, most = quantifier == '?' ? 1 : -1;
    if (quantifier == '{') {
        size_t n = 0; /* digits and the signs around them */
        char s[16];
        while (p->at + n < p->text.n && n < sizeof s - 1 && p->text.p[p->at + n] != '}') {
            s[n] = p->text.p[p->at + n];
            n++;
        }
        s[n] = '\0';
        if (p->at + n >= p->text.n || p->text.p[p->at + n] != '}') {
            p->wrong = true;
            return;
        }
        p->at += n + 1;
        n = 0;
        least = fv_scan_digits(s, &n, 4);
        most = least;
        if (s[n] == ',') {
            n++;
            most = fv_scan_digits(s, &n, 4); /* -1: no upper end */
        }
        if (least < 0 || s[n] != '\0' || (most >= 0 && most < least) || most == 0) {
            p->wrong = true;
            return;
        }
    }
    /* One copy stands there. Behind it come the others; each optional one is stepped over. */
    for (int64_t i = 1; i < (least > 0 ? least : 1); i++)
        for (uint16_t k = 0; k < copied; k++) {
            fv_pattern_put(p, p->n, 'c', 0, 0);
            if (!p->wrong)
                p->step[p->n - 1] = p->step[begin + k];
        }
    if (p->wrong)
        return;
    if (most < 0 && least > 0) { /* the last one again and again */
        fv_pattern_put(p, p->n, '|', -(int)size, 1);
    } else if (most < 0) {
        fv_pattern_put(p, begin, '|', 1, size + 2);
        fv_pattern_put(p, p->n, 'j', -(int)size - 1, 0);
    } else {
        if (least == 0)
            fv_pattern_put(p, begin, '|', 1, size + 1);
        for (int64_t i = least > 0 ? least : 1; i < most && !p->wrong; i++) {
            uint16_t from = (uint16_t)(p->n - size);
            fv_pattern_put(p, p->n, '|', 1, size + 1);
            for (uint16_t k = 0; k < size; k++) {
                fv_pattern_put(p, p->n, 'c', 0, 0);
                if (!p->wrong)
                    p->step[p->n - 1] = p->step[from + k];
            }
        }
    }
}

static inline void fv_pattern_alternatives(fv_pattern *p, int depth);

/* Characters, classes and groups, each with what says how often. */
static inline void fv_pattern_sequence(fv_pattern *p, int depth)
{
    while (!p->wrong && p->at < p->text.n && p->text.p[p->at] != '|' &&
           p->text.p[p->at] != ')') {
        uint16_t begin = p->n;
        size_t from = p->at;
        uint32_t c = fv_char_at(p->text, &p->at);
        if (c == '(') {
            fv_pattern_alternatives(p, depth + 1);
            if (p->at >= p->text.n || p->text.p[p->at] != ')')
                p->wrong = true;
            p->at++;
        } else {
            if (c == '\\' && p->at == p->text.n)
                p->wrong = true;
            else if (c == '\\')
                p->wrong = p->wrong || !fv_escape_exists(fv_char_at(p->text, &p->at));
            else if (c == '[')
                fv_class_takes(p->text, &p->at, 0, &p->wrong);
            else if (c == '?' || c == '*' || c == '+' || c == '{' || c == '}' || c == ']' ||
                     c == '^' || c == '$')
                p->wrong = true;
            fv_pattern_put(p, p->n, 'c', 0, 0);
            if (!p->wrong)
                p->step[begin].from = (uint16_t)from;
        }
        if (!p->wrong && p->at < p->text.n) {
            char q = p->text.p[p->at];
            if (q == '?' || q == '*' || q == '+' || q == '{')
                fv_pattern_repeat(p, begin);
        }
    }
}

static inline void fv_pattern_alternatives(fv_pattern *p, int depth)
{
    uint16_t begin = p->n;
    if (depth > FV_PATTERN_DEPTH) {
        p->wrong = true;
        return;
    }
    fv_pattern_sequence(p, depth);
    if (!p->wrong && p->at < p->text.n && p->text.p[p->at] == '|') {
        uint16_t jump;
        p->at++;
        fv_pattern_put(p, begin, '|', 1, p->n - begin + 2);
        jump = p->n;
        fv_pattern_put(p, jump, 'j', 0, 0);
        fv_pattern_alternatives(p, depth);
        if (!p->wrong)
            p->step[jump].to[0] = (int16_t)(p->n - jump);
    }
}

/* Reads a pattern; false when it is not one. Its text is borrowed. */
static inline bool fv_pattern_make(fv_pattern *p, fv_text text)
{
    p->text = text;
    p->at = 0;
    p->n = 0;
    p->wrong = text.n > 0xFFFF;
    fv_pattern_alternatives(p, 0);
    return !p->wrong && p->at == text.n;
}

/* Steps that are alive before a character. `mark` says which are in the list. */
typedef struct fv_alive {
    uint16_t n;
    uint16_t at[FV_PATTERN_STEPS + 1];
    uint8_t mark[FV_PATTERN_STEPS + 1];
} fv_alive;

static inline void fv_alive_clear(fv_alive *a)
{
    a->n = 0;
    for (size_t i = 0; i <= FV_PATTERN_STEPS; i++)
        a->mark[i] = 0;
}

static inline void fv_alive_add(fv_alive *a, int at)
{
    if (!a->mark[at]) {
        a->mark[at] = 1;
        a->at[a->n++] = (uint16_t)at;
    }
}

/* Does the text as a whole fit the pattern? A pattern that is none fits nothing. */
static inline bool fv_pattern_fits(fv_text pattern, fv_text text)
{
    fv_pattern p;
    fv_alive lists[2];
    int now = 0;
    if (!fv_pattern_make(&p, pattern))
        return false;
    fv_alive_clear(&lists[0]);
    fv_alive_add(&lists[0], 0);
    for (size_t at = 0;;) {
        fv_alive *alive = &lists[now], *next = &lists[1 - now];
        uint32_t c;
        for (size_t i = 0; i < alive->n; i++) { /* grows while it is walked */
            int k = alive->at[i];
            if (k == p.n || p.step[k].op == 'c')
                continue;
            fv_alive_add(alive, k + p.step[k].to[0]);
            if (p.step[k].op == '|')
                fv_alive_add(alive, k + p.step[k].to[1]);
        }
        if (at >= text.n)
            return alive->mark[p.n] != 0;
        if (alive->n == 0)
            return false;
        c = fv_char_at(text, &at);
        fv_alive_clear(next);
        for (size_t i = 0; i < alive->n; i++) {
            int k = alive->at[i];
            if (k < p.n && p.step[k].op == 'c' && fv_step_takes(pattern, p.step[k].from, c))
                fv_alive_add(next, k + 1);
        }
        now = 1 - now;
    }
}

/* ---- Answers ------------------------------------------------------------------------ */

typedef enum fv_state {
    FV_ABSENT,     /* no answer; `why` may say why */
    FV_UNREADABLE, /* there is text, but not what the question asks for; `why` says what */
    FV_PRESENT
} fv_state;

/* Every answer begins with the text as typed (empty when absent or worked out), its state, and
 * why. The value
 * is unknown unless the answer is present. An answer of zero bytes is a blank one. */
typedef struct fv_text_answer {
    fv_text text;
    fv_state state;
    fv_why why;
} fv_text_answer;

typedef struct fv_nhs_number_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    char value[11]; /* ten digits, or "" */
} fv_nhs_number_answer;

typedef struct fv_date_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    fv_date value;
} fv_date_answer;

typedef struct fv_part_date_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    fv_part_date value;
} fv_part_date_answer;

typedef struct fv_interval_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    fv_interval value; /* not known for free wording, where that is allowed */
} fv_interval_answer;

typedef struct fv_number_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    fv_number value;
} fv_number_answer;

typedef struct fv_money_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    fv_money value;
} fv_money_answer;

typedef struct fv_yes_no_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    fv_truth value; /* yes is FV_TRUE */
} fv_yes_no_answer;

typedef struct fv_choice_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    int value; /* when present: a constant of the list's enum, or FV_SOMETHING_ELSE */
} fv_choice_answer;

#define FV_SOMETHING_ELSE (-1)

/* Several choices of one list. */
typedef struct fv_choices_answer {
    fv_text text;
    fv_state state;
    fv_why why;
    uint64_t value; /* bit i: the constant i of the list's enum is chosen */
} fv_choices_answer;

#define FV_CHOICES_MAX                                                                         \
    64 /* choices of a list of which several can be chosen: bits of a set                      \
        */

typedef enum fv_kind {
    FV_KIND_TEXT,
    FV_KIND_NHS_NUMBER,
    FV_KIND_DATE,
    FV_KIND_PART_DATE, /* a year, a month of a year, or a day */
    FV_KIND_INTERVAL,
    FV_KIND_INTERVAL_TEXT, /* an interval that may also be free wording */
    FV_KIND_NUMBER,
    FV_KIND_MONEY, /* pounds and pence */
    FV_KIND_YES_NO,
    FV_KIND_CHOICE,
    FV_KIND_CHOICES
} fv_kind;

typedef struct fv_choice {
    const char *id;
    const char *label;
} fv_choice;

/* What a choice, or yes or no, is called in another language of the form. */
typedef struct fv_label {
    const char *label;
    const char *id;
} fv_label;

/* A question, for programs that want to list, show or fill the fields without knowing them. */
typedef struct fv_field {
    const char *path; /* ids joined by "/" */
    const char *label;
    const char *type;        /* as definitions name it: "date" */
    const char *owners;      /* parties who complete it, separated by spaces */
    const char *sensitivity; /* why it needs care in copies: a word of the form, or "" */
    fv_kind kind;
    int repeat;               /* which repeat it belongs to; -1: the plan itself */
    size_t offset;            /* of its answer in the plan's struct, or in the row's */
    const fv_choice *choices; /* of the two kinds of choices; else NULL */
    size_t n_choices;
    bool open;              /* text that is none of the choices is an answer too */
    const char *pattern;    /* NULL for none */
    size_t max_length;      /* in characters; 0 for none */
    const fv_label *labels; /* of its choices, or of yes and no, in other languages */
    size_t n_labels;
} fv_field;

/* Is there anything but white space? */
static inline bool fv_is_text(fv_text t)
{
    return fv_trim(t).n > 0;
}

/* Reads "yes" or "no", in any case of letters. */
static inline fv_truth fv_yes_no_read(fv_text t)
{
    fv_plain s = fv_make_plain(t);
    if (fv_same(fv_text_make(s.c, s.n), fv_text_of("yes")))
        return FV_TRUE;
    return fv_same(fv_text_make(s.c, s.n), fv_text_of("no")) ? FV_FALSE : FV_UNKNOWN;
}

/* Reads ids with white space between them as a set: bit i is the list's choice i. Their order
 * does not matter, nor that one stands there twice. find gives the place of an id in the list,
 * or -1; a word that is no choice makes the whole answer unreadable, so that none is lost. */
static inline fv_why fv_choices_read(fv_text t, int (*find)(const void *list, fv_text id),
                                     const void *list, uint64_t *set)
{
    *set = 0;
    for (size_t at = 0; at < t.n; at++) {
        size_t from = at;
        int i;
        while (at < t.n && !fv_is_space(t.p[at]))
            at++;
        if (at == from)
            continue;
        i = find(list, fv_text_make(t.p + from, at - from));
        if (i < 0 || i >= FV_CHOICES_MAX) {
            *set = 0;
            return FV_NOT_IN_LIST;
        }
        *set |= (uint64_t)1 << i;
    }
    return FV_NO_REASON;
}

/* For fv_choices_read: the place of an id among the choices of an fv_field. */
static inline int fv_find_choice(const void *field, fv_text id)
{
    const fv_field *f = (const fv_field *)field;
    for (size_t i = 0; i < f->n_choices; i++)
        if (fv_same(id, fv_text_of(f->choices[i].id)))
            return (int)i;
    return -1;
}

/* What is wrong with a text: too long, or not of the pattern's shape (an empty pattern takes
 * all). */
static inline fv_why fv_text_check(fv_text t, fv_text pattern, size_t max_length)
{
    if (max_length > 0 && fv_length(t) > max_length)
        return FV_TOO_LONG;
    if (pattern.n > 0 && !fv_pattern_fits(pattern, fv_trim(t)))
        return FV_WRONG_SHAPE;
    return FV_NO_REASON;
}

/* The reason for an absence, as plans spell it; FV_NO_REASON for "", FV_REASON_UNKNOWN for what
 * is none of them. */
static inline fv_why fv_absence_read(fv_text code)
{
    static const char *const codes[] = {
        "",        "not-asked", "asked-unknown", "asked-declined", "not-applicable",
        "unknown", "masked"};
    for (int i = 0; i <= (int)FV_MASKED; i++)
        if (fv_same(code, fv_text_of(codes[i])))
            return (fv_why)i;
    return FV_REASON_UNKNOWN;
}

/* The text as the question knows it: the id, when it is a label of another language. */
static inline fv_text fv_in_own_words(const fv_field *f, fv_text text)
{
    for (size_t i = 0; i < f->n_labels; i++)
        if (fv_same_folded(text, fv_text_of(f->labels[i].label)))
            return fv_text_of(f->labels[i].id);
    return text;
}

/* Fills an answer (the struct that belongs to f->kind) from its text. Text of nothing but
 * white space is no answer; `absent` is then the reason. The text is borrowed. */
static inline void fv_answer_read(void *answer, const fv_field *f, fv_text text, fv_why absent)
{
    bool some = fv_is_text(text);
    fv_state state = some ? FV_PRESENT : FV_ABSENT;
    fv_why why = some ? fv_text_check(text, fv_text_of(f->pattern), f->max_length) : absent;
    if (!some)
        text.n = 0;
    switch (f->kind) {
    case FV_KIND_TEXT: {
        fv_text_answer *a = (fv_text_answer *)answer;
        a->text = text;
        a->why = why;
        a->state = some && why != FV_NO_REASON ? FV_UNREADABLE : state;
        break;
    }
    case FV_KIND_NHS_NUMBER: {
        fv_nhs_number_answer *a = (fv_nhs_number_answer *)answer;
        fv_why wrong = fv_nhs_number_read(text, a->value);
        a->text = text;
        a->why = some && wrong != FV_NO_REASON ? wrong : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        if (a->state != FV_PRESENT)
            a->value[0] = '\0';
        break;
    }
    case FV_KIND_DATE: {
        fv_date_answer *a = (fv_date_answer *)answer;
        a->value = fv_date_read(text);
        a->text = text;
        a->why = some && !fv_date_known(a->value) ? FV_WRONG_KIND : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        if (a->state != FV_PRESENT)
            a->value = fv_no_date();
        break;
    }
    case FV_KIND_PART_DATE: {
        fv_part_date_answer *a = (fv_part_date_answer *)answer;
        a->value = fv_part_date_read(text);
        a->text = text;
        a->why = some && !fv_part_date_known(a->value) ? FV_WRONG_KIND : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        if (a->state != FV_PRESENT)
            a->value = fv_part_date_of(fv_no_date());
        break;
    }
    case FV_KIND_INTERVAL:
    case FV_KIND_INTERVAL_TEXT: {
        fv_interval_answer *a = (fv_interval_answer *)answer;
        a->value = fv_interval_read(text);
        a->text = text;
        a->why = some && !a->value.known && f->kind == FV_KIND_INTERVAL ? FV_WRONG_KIND : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        if (a->state != FV_PRESENT)
            a->value = fv_no_interval();
        break;
    }
    case FV_KIND_NUMBER: {
        fv_number_answer *a = (fv_number_answer *)answer;
        a->value = fv_number_read(text);
        a->text = text;
        a->why = some && !a->value.known ? FV_WRONG_KIND : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        if (a->state != FV_PRESENT)
            a->value = fv_no_number();
        break;
    }
    case FV_KIND_MONEY: {
        fv_money_answer *a = (fv_money_answer *)answer;
        a->value = fv_money_read(text);
        a->text = text;
        a->why = some && !a->value.known ? FV_WRONG_KIND : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        if (a->state != FV_PRESENT)
            a->value = fv_no_money();
        break;
    }
    case FV_KIND_YES_NO: {
        fv_yes_no_answer *a = (fv_yes_no_answer *)answer;
        a->value = fv_yes_no_read(fv_in_own_words(f, text));
        a->text = text;
        a->why = some && a->value == FV_UNKNOWN ? FV_WRONG_KIND : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        if (a->state != FV_PRESENT)
            a->value = FV_UNKNOWN;
        break;
    }
    case FV_KIND_CHOICE: {
        fv_choice_answer *a = (fv_choice_answer *)answer;
        fv_text own = fv_in_own_words(f, text);
        bool found = !some;
        a->value = FV_SOMETHING_ELSE;
        for (size_t i = 0; i < f->n_choices && !found; i++)
            if (fv_same_folded(own, fv_text_of(f->choices[i].id))) {
                a->value = (int)i;
                found = true;
            }
        for (size_t i = 0; i < f->n_choices && !found; i++)
            if (fv_same_folded(own, fv_text_of(f->choices[i].label))) {
                a->value = (int)i;
                found = true;
            }
        a->text = text;
        a->why = some && !found && !f->open ? FV_NOT_IN_LIST : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        break;
    }
    case FV_KIND_CHOICES: {
        fv_choices_answer *a = (fv_choices_answer *)answer;
        fv_why wrong = fv_choices_read(text, fv_find_choice, f, &a->value);
        a->text = text;
        a->why = wrong != FV_NO_REASON ? wrong : why;
        a->state = some && a->why != FV_NO_REASON ? FV_UNREADABLE : state;
        break;
    }
    }
}

/* An answer that follows from others may be worked out where there is none: not over one that
 * was given, nor over a reason for having none. True when it may be; the state and the reason
 * are then set: present when what it follows from is known and the question is asked. */
static inline bool fv_works_out(fv_state *state, fv_why *why, fv_truth asked, bool known)
{
    if (*why != FV_WORKED_OUT && (*state != FV_ABSENT || *why != FV_NO_REASON))
        return false;
    known = known && asked == FV_TRUE;
    *state = known ? FV_PRESENT : FV_ABSENT;
    *why = known ? FV_WORKED_OUT : FV_NO_REASON;
    return true;
}

static inline void fv_work_out_date(fv_date_answer *a, fv_truth asked, fv_date v)
{
    if (fv_works_out(&a->state, &a->why, asked, fv_date_known(v)))
        a->value = a->state == FV_PRESENT ? v : fv_no_date();
}

static inline void fv_work_out_part_date(fv_part_date_answer *a, fv_truth asked, fv_part_date v)
{
    if (fv_works_out(&a->state, &a->why, asked, fv_part_date_known(v)))
        a->value = a->state == FV_PRESENT ? v : fv_part_date_of(fv_no_date());
}

static inline void fv_work_out_number(fv_number_answer *a, fv_truth asked, fv_number v)
{
    if (fv_works_out(&a->state, &a->why, asked, v.known))
        a->value = a->state == FV_PRESENT ? v : fv_no_number();
}

static inline void fv_work_out_money(fv_money_answer *a, fv_truth asked, fv_money v)
{
    if (fv_works_out(&a->state, &a->why, asked, v.known))
        a->value = a->state == FV_PRESENT ? v : fv_no_money();
}

static inline void fv_work_out_interval(fv_interval_answer *a, fv_truth asked, fv_interval v)
{
    if (fv_works_out(&a->state, &a->why, asked, v.known))
        a->value = a->state == FV_PRESENT ? v : fv_no_interval();
}

static inline void fv_work_out_yes_no(fv_yes_no_answer *a, fv_truth asked, fv_truth v)
{
    if (fv_works_out(&a->state, &a->why, asked, v != FV_UNKNOWN))
        a->value = a->state == FV_PRESENT ? v : FV_UNKNOWN;
}

/* The same choice as another question's, with its words when it is something else. */
static inline void fv_work_out_choice(fv_choice_answer *a, fv_truth asked, fv_choice_answer v)
{
    if (fv_works_out(&a->state, &a->why, asked, v.state == FV_PRESENT)) {
        a->value = a->state == FV_PRESENT ? v.value : FV_SOMETHING_ELSE;
        a->text = a->state == FV_PRESENT ? v.text : fv_text_make(NULL, 0);
    }
}

/* What a plan says about itself. Texts are empty when it does not say. */
typedef struct fv_pins {
    fv_text id;      /* "urn:uuid:..." */
    fv_text version; /* of the form */
    fv_text digest;  /* of the definition: "sha256:..." */
    fv_text stage;   /* a stage's id */
    fv_text revision;
    bool synthetic; /* invented people, for tests and examples */
} fv_pins;

/* What reading a plan came to. */
typedef enum fv_read {
    FV_READ_OK,
    FV_READ_FAILED, /* the file could not be read */
    FV_READ_NO_MEMORY,
    FV_READ_TOO_LARGE, /* beyond a limit: bytes, length of a tag, depth, rows */
    FV_READ_NOT_XML,
    FV_READ_DOCTYPE,           /* document type declarations are refused */
    FV_READ_OTHER_FORM,        /* not a plan of this form */
    FV_READ_OTHER_VERSION,     /* a plan of another version of the form */
    FV_READ_UNKNOWN_NAME,      /* an element that is no question of the form */
    FV_READ_TWICE,             /* two answers to one question, or two rows with one id */
    FV_READ_STRAY_TEXT,        /* text outside any answer */
    FV_READ_BAD_REASON,        /* an absence: unknown reason, with an answer, of no question */
    FV_READ_UNKNOWN_ATTRIBUTE, /* an attribute that a plan does not have there */
    FV_READ_BAD_ROW            /* a row's id of other signs than letters, digits and - _ . */
} fv_read;

static inline const char *fv_read_words(fv_read r)
{
    static const char *const words[] = {
        "read",
        "the file cannot be read",
        "there is not enough memory",
        "this is larger or deeper than a plan may be",
        "this is not well-formed XML",
        "document type declarations are not allowed",
        "this is not a plan of this form",
        "this plan was made with another version of the form",
        "there is no question of this name here",
        "this answer or row stands here twice",
        "there is text outside any answer",
        "an absence has an answer too, a reason that is not known, or no question",
        "there is an attribute here that a plan does not have",
        "this row has an id that no row can have"};
    return words[(int)r];
}

/* ---- Rules and findings ------------------------------------------------------------- */

typedef enum fv_outcome {
    FV_PASSED,
    FV_FAILED,
    FV_EXCUSED /* required, and there is a reason why there is no answer */
} fv_outcome;

typedef struct fv_verdict {
    fv_outcome outcome;
    fv_why why;
} fv_verdict;

static inline fv_verdict fv_verdict_make(fv_outcome outcome, fv_why why)
{
    fv_verdict v;
    v.outcome = outcome;
    v.why = why;
    return v;
}

/* A check fails only when it is known to be false. */
static inline fv_verdict fv_must(fv_truth t)
{
    return fv_verdict_make(t == FV_FALSE ? FV_FAILED : FV_PASSED, FV_NO_REASON);
}

/* An answer that is there, readable or not, satisfies `required`; so does a reason that was
 * given by or for the person. "not-asked", "unknown" and "masked" do not. */
static inline fv_verdict fv_required(fv_truth when, fv_state state, fv_why why)
{
    if (when != FV_TRUE || state != FV_ABSENT)
        return fv_verdict_make(FV_PASSED, FV_NO_REASON);
    if (why == FV_ASKED_UNKNOWN || why == FV_ASKED_DECLINED || why == FV_NOT_APPLICABLE)
        return fv_verdict_make(FV_EXCUSED, why);
    return fv_verdict_make(FV_FAILED, why);
}

/* An answer that stands where nothing is asked (or where that is not known) is kept, and told.
 */
static inline fv_verdict fv_asked(fv_truth when, fv_state state)
{
    return fv_verdict_make(when != FV_TRUE && state != FV_ABSENT ? FV_FAILED : FV_PASSED,
                           FV_NO_REASON);
}

/* A question that only a person may answer is put, or not. Nothing is decided. */
static inline fv_verdict fv_for_people(fv_truth when)
{
    return fv_verdict_make(when == FV_TRUE ? FV_FAILED : FV_PASSED, FV_NO_REASON);
}

static inline fv_verdict fv_readable(fv_state state, fv_why why)
{
    return fv_verdict_make(state == FV_UNREADABLE ? FV_FAILED : FV_PASSED,
                           state == FV_UNREADABLE ? why : FV_NO_REASON);
}

static inline fv_truth fv_answered(fv_state state)
{
    return fv_truth_of(state != FV_ABSENT);
}

/* A choice compared with one of its list (FV_EQ, FV_NE). */
static inline fv_truth fv_compare_choice(fv_choice_answer a, fv_op op, int value)
{
    return a.state == FV_PRESENT ? fv_holds(a.value == value ? 0 : 1, op) : FV_UNKNOWN;
}

/* Is this one of the list among the choices? */
static inline fv_truth fv_chosen(fv_choices_answer a, int value)
{
    return a.state == FV_PRESENT ? fv_truth_of((a.value >> value & 1u) != 0) : FV_UNKNOWN;
}

/* Two choices of one list (FV_EQ, FV_NE). */
static inline fv_truth fv_compare_choices(fv_choice_answer a, fv_op op, fv_choice_answer b)
{
    bool same =
        a.value == b.value && (a.value != FV_SOMETHING_ELSE || fv_same_folded(a.text, b.text));
    return a.state == FV_PRESENT && b.state == FV_PRESENT ? fv_holds(same ? 0 : 1, op)
                                                          : FV_UNKNOWN;
}

/* Texts (FV_EQ, FV_NE), white space folded; an empty one is a blank answer. */
static inline fv_truth fv_compare_texts(fv_text a, fv_op op, fv_text b)
{
    if (!fv_is_text(a) || !fv_is_text(b))
        return FV_UNKNOWN;
    return fv_holds(fv_same_folded(a, b) ? 0 : 1, op);
}

/* The text of an answer for a comparison: empty unless it can be read. */
static inline fv_text fv_text_if(fv_state state, fv_text t)
{
    return state == FV_PRESENT ? t : fv_text_make(NULL, 0);
}

/* Words: what stands between white space. Of a blank answer it is not known how many. */
static inline fv_number fv_words(fv_text t)
{
    fv_number n = fv_number_of(0);
    bool inside = false;
    if (!fv_is_text(t))
        return fv_no_number();
    for (size_t at = 0; at < t.n;) {
        bool space = fv_is_wide_space(fv_char_at(t, &at));
        n.value += !space && !inside;
        inside = !space;
    }
    return n;
}

typedef enum fv_severity {
    FV_ERROR,
    FV_WARNING,
    FV_ADVICE,
    FV_FOR_PEOPLE /* no finding: a question that a person answers, and no program */
} fv_severity;

/* The row of an expanded rule. */
typedef struct fv_rule {
    const char *id;      /* "detention/discharged-on.required" */
    const char *path;    /* of the answer it is about */
    size_t row_at;       /* where "[row]" goes in path; 0: not in a repeat */
    const char *message; /* what is wrong, then what to do */
    fv_severity severity;
    unsigned stage; /* holds from this stage on */
} fv_rule;

/* A question for people, and where they look. */
typedef struct fv_human_rule {
    const char *id;       /* as in a finding with FV_FOR_PEOPLE */
    const char *question; /* the same as its message */
    const char *places;   /* paths of answers and sections, separated by spaces */
    const char *from;     /* the sources it rests on: "good:recovery tmpl:L45" */
} fv_human_rule;

#define FV_PATH_MAX 512  /* six ids of forty characters, a row and the signs between */
#define FV_ROW_ID_MAX 64 /* a longer row id is counted instead */

typedef struct fv_finding {
    char path[FV_PATH_MAX]; /* "health/medication/action[icb-1]/review" */
    const char *rule;
    fv_severity severity;
    const char *message; /* holds no answer */
    fv_why why;          /* of an answer that cannot be read, or of an absence */
} fv_finding;

/* Where findings go: into `at` while there is room, and to `each`. Begin with fv_report_make.
 */
/* What is said about a required answer that has a reason for being absent, in the language that
 * the code was made in. */
typedef struct fv_said {
    const char *asked_unknown, *asked_declined, *not_applicable;
} fv_said;

typedef struct fv_report {
    fv_finding *at;
    size_t room; /* elements of at */
    size_t n;    /* findings made; may be more than room */
    void (*each)(void *user, const fv_finding *f);
    void *user;
    const fv_said *said; /* set by the code that checks; NULL: English */
} fv_report;

static inline fv_report fv_report_make(fv_finding *at, size_t room,
                                       void (*each)(void *user, const fv_finding *f),
                                       void *user)
{
    fv_report r;
    r.at = at;
    r.room = room;
    r.n = 0;
    r.each = each;
    r.user = user;
    r.said = NULL;
    return r;
}

static inline const char *fv_excuse(const fv_said *said, fv_why why)
{
    static const fv_said english = {
        "There is no answer, because it was asked and is not known. Check that this is still "
        "so.",
        "There is no answer, because it was asked and declined. Check that this is still so.",
        "There is no answer, because the question does not apply. Check that this is still "
        "so."};
    if (said == NULL)
        said = &english;
    return why == FV_ASKED_UNKNOWN    ? said->asked_unknown
           : why == FV_ASKED_DECLINED ? said->asked_declined
                                      : said->not_applicable;
}

/* More about an answer that cannot be read, for a program to add to the message; "" when there
 * is nothing to add. */
static inline const char *fv_why_words(fv_why why)
{
    switch (why) {
    case FV_WRONG_LENGTH:
        return "it must have 10 digits";
    case FV_WRONG_CHARACTER:
        return "it must only have digits, spaces and dashes";
    case FV_WRONG_CHECK_DIGIT:
        return "a digit is wrong or two are swapped";
    case FV_NOT_IN_LIST:
        return "it is not one of the choices";
    case FV_WRONG_SHAPE:
        return "it does not have the expected shape";
    case FV_TOO_LONG:
        return "it has too many characters";
    default:
        return "";
    }
}

static inline bool fv_row_id_fits(fv_text id)
{
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !fv_is_digit(c) && c != '-' && c != '_' && c != '.')
            return false;
    }
    return id.n > 0 && id.n <= FV_ROW_ID_MAX;
}

/* path with "[id]" put in at row_at; a row without a usable id is counted from 1. */
static inline void fv_path_write(char out[FV_PATH_MAX], const char *path, size_t row_at,
                                 fv_text row_id, size_t row)
{
    char number[24];
    size_t n = 0;
    if (!fv_row_id_fits(row_id)) {
        size_t digits = sizeof number;
        for (row++; row > 0; row /= 10)
            number[--digits] = (char)('0' + row % 10);
        row_id = fv_text_make(number + digits, sizeof number - digits);
    }
    for (size_t i = 0; n < FV_PATH_MAX - 1; i++) {
        if (i == row_at && row_at > 0) {
            out[n++] = '[';
            for (size_t k = 0; k < row_id.n && n < FV_PATH_MAX - 2; k++)
                out[n++] = row_id.p[k];
            out[n++] = ']';
        }
        if (path[i] == '\0' || n >= FV_PATH_MAX - 1)
            break;
        out[n++] = path[i];
    }
    out[n] = '\0';
}

/* Reports a verdict that is not FV_PASSED, when the rule holds at this stage. row_id and row
 * (counted from 0) are those of the rule's row. */
static inline void fv_say_row(fv_report *r, unsigned stage, const fv_rule *rule, fv_verdict v,
                              fv_text row_id, size_t row)
{
    fv_finding own, *f = r->n < r->room ? &r->at[r->n] : &own;
    if (v.outcome == FV_PASSED || stage < rule->stage)
        return;
    fv_path_write(f->path, rule->path, rule->row_at, row_id, row);
    f->rule = rule->id;
    f->severity = v.outcome == FV_EXCUSED ? FV_ADVICE : rule->severity;
    f->message = v.outcome == FV_EXCUSED ? fv_excuse(r->said, v.why) : rule->message;
    f->why = v.why;
    r->n++;
    if (r->each != NULL)
        r->each(r->user, f);
}

/* The same for a rule that is not about a row. */
static inline void fv_say(fv_report *r, unsigned stage, const fv_rule *rule, fv_verdict v)
{
    fv_say_row(r, stage, rule, v, fv_text_make(NULL, 0), 0);
}

#ifdef __cplusplus
}
#endif

#endif
