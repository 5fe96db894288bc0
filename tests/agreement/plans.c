/* Plans made from a number, for any form. The values are those at the borders: of every type,
 * of the form's own limits, and of what its rules compare with. */
#include "tests/agreement/agree.h"

#include "runtime/base/xmlwrite.h"

#include <inttypes.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* SplitMix64 (Steele, Lea, Flood 2014). */
unsigned roll(dice *d, unsigned below)
{
    uint64_t z = (d->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (unsigned)((z ^ (z >> 31)) % below);
}

/* ---- borders of types ---- */

static const char *const dates[] = {
    "0001-01-01",
    "0001-01-31",
    "0999-12-31",
    "1000-01-01",
    "9999-12-31",
    "9999-11-30",
    "1899-12-31",
    "1900-02-28",
    "1900-02-29",
    "1900-03-01",
    "2000-02-28",
    "2000-02-29",
    "2000-03-01",
    "2023-02-29",
    "2024-02-29",
    "2024-02-30",
    "2025-02-28",
    "2026-01-29",
    "2026-01-30",
    "2026-01-31",
    "2026-02-28",
    "2026-03-30",
    "2026-03-31",
    "2026-04-30",
    "2026-04-31",
    "2026-05-31",
    "2026-06-30",
    "2026-07-01",
    "2026-08-31",
    "2026-11-30",
    "2026-12-31",
    "2027-01-01",
    "2100-02-28",
    "2100-02-29",
    "0000-01-01",
    "2026-00-10",
    "2026-13-01",
    "2026-01-00",
    "2026-1-31",
    "31/1/2026",
    "1/7/2026",
    "30.6.2026",
    "30-6-2026",
    "30 6 2026",
    "30/6-2026",
    "31 Jan 2026",
    "1st March 2026",
    "29 FEBRUARY 2024",
    "29 feb 2023",
    "1st of May 2026",
    "6aug2026",
    "31,1,2026",
    "31 January, 2026",
    "1/7/26",
    "end of January",
    "2026-01-31T00:00",
    "\342\200\2162026-06-30",
    " 2026-06-30\n",
    "30\302\240June\302\2402026",
    "30\342\200\2236\342\200\2232026",
    "##/#/2026",
    "3 sept 2026",
    "12 ju 2026",
    "31/1/0999",
    "1 1 1000",
};
static const char *const parts[] = {
    "1987",         "1987-05",           "5/1987",    "05-1987",      "5.1987",      "5 1987",
    "May 1987",     "may1987",           "May, 1987", "5,1987",       "sept 2026",   "ma 1987",
    "2024-02",      "2023-02",           "02/2024",   "0999",         "1000",        "9999",
    "9999-12",      "1000-01",           "2026-00",   "2026-13",      "13/2026",     "0/2026",
    "2026-6",       "2026/06",           "87",        "198",          "19870",       "5/87",
    "5 / - 1987",   "5/-1987",           "June 2026", "2026",         "2026-06",     "1999-12",
    "\302\2402026", "5\342\200\2231987", "2000",      "31 June 2026", "May the 1987"};
static const char *const amounts[] = {"0",
                                      "-0",
                                      "1",
                                      "12.50",
                                      "12.5",
                                      "\302\24312.50",
                                      "-\302\24312.50",
                                      "\302\243-12.49",
                                      "- \302\243 1,234",
                                      "1,234.50",
                                      "1,23",
                                      "1.234",
                                      "1,234,567",
                                      "1234,567",
                                      "12,34,567",
                                      ",123",
                                      "123,",
                                      "1.",
                                      ".50",
                                      "999,999,999,999.99",
                                      "999999999999.99",
                                      "1000000000000",
                                      "0000000000001",
                                      "--1",
                                      "\302\243\302\2431",
                                      "1 000",
                                      "500",
                                      "500.01",
                                      "499.99",
                                      "12.49",
                                      "\342\210\2225",
                                      "1e3",
                                      "\342\202\2545",
                                      "GBP 5",
                                      "five pounds",
                                      "000,001.00"};
static const char *const lengths[] = {
    "every day",
    "daily",
    "1 day",
    "6 days",
    "7 days",
    "weekly",
    "every week",
    "27 days",
    "28 days",
    "29 days",
    "30 days",
    "31 days",
    "32 days",
    "4 weeks",
    "every 5 weeks",
    "monthly",
    "once a month",
    "one month",
    "6 monthly",
    "six-monthly",
    "quarterly",
    "4 quarterly",
    "every quarter",
    "11 months",
    "12 months",
    "13 months",
    "364 days",
    "365 days",
    "366 days",
    "367 days",
    "52 weeks",
    "53 weeks",
    "every year",
    "annually",
    "1 year",
    "2 years",
    "every other week",
    "other week",
    "fortnightly",
    "2 fortnights",
    "P1Y",
    "P12M",
    "p4w",
    "P1Y6M",
    "P0D",
    "0 weeks",
    "00004 weeks",
    "100000 days",
    "100001 days",
    "1000000 days",
    "99999 years",
    "when needed",
    "as agreed",
    "12",
    "weeks",
    "every",
    "Every  4\nWeeks",
    "4weeks",
    "each month-",
    "once every two weeks",
    "28 days later",
    "months 12",
    "1460 days",
    "1461 days",
    "48 months",
};
static const char *const numbers[] = {
    "0",
    "1",
    "2",
    "3",
    "-1",
    "+1",
    "-0",
    "007",
    " 12 ",
    "9",
    "10",
    "11",
    "999999999",
    "1000000000",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "999999999999",
    "1000000000000",
    "9223372036854775806",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775807",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "+9223372036854775807",
    "00000000000000000000000000000000000000000000000000000000000000012",
    "1.5",
    "1,000",
    "1e3",
    "--1",
    "- 1",
    "\342\210\2225",
    "\xD9\xA3",
    "many",
    "-",
    "+",
    "1 2",
    "#1",
    "0000000000000000000000000000000000000000000000000000000000000001",
    "00000000000000000000000000000000000000000000000000000000000000001",
};
static const char *const truths[] = {"yes", "no",   "YES",  " No ", "yes\xC2\xA0",
                                     "y",   "true", "yes.", "ja",   "n\302\255o"};
static const char *const nhs[] = {
    "9990000018",
    "999 000 0018",
    "999-000-0018",
    "9990000026",
    "9990000034",
    "9990000019",
    "999000001",
    "99900000181",
    "9990000000",
    "0000000000",
    "999000001x",
    "999 000 OO18",
    "\357\273\2779990000018",
    "999\342\200\221000\302\2400018",
    "9x",
    "9990000180",
    "9990000107",
    "1234567890123456789012345678901234567890123456789012345678901234567890x",
    "-",
    "9434765919"};
static const char *const words[] = {"a",
                                    "b",
                                    "a b",
                                    "a  b",
                                    " a\nb ",
                                    "A b",
                                    "ab",
                                    "none",
                                    "a b c",
                                    "one two three four five",
                                    "five six seven eight nine ten",
                                    "&<>\"'",
                                    "]]>",
                                    "%s",
                                    "\xC3\xA9",
                                    "e\xCC\x81",
                                    "x\r\ny",
                                    "x\ry",
                                    "\xF0\x9F\x8F\xB4",
                                    "a\302\240b",
                                    "a\343\200\200b",
                                    "\xE2\x80\xA8",
                                    "AB1",
                                    "AB12-x",
                                    "AB1234",
                                    "ab1",
                                    "XY99",
                                    "XY9999",
                                    "AB123-9",
                                    "AB1-",
                                    "yes",
                                    "2026-01-31",
                                    "12"};
/* Nothing but white space is no answer; other spaces are one, of no words. */
static const char *const blanks[] = {"",      "",     "",         " ",
                                     "\n\t ", "\r\n", "\xC2\xA0", "\xE2\x80\x8B"};

struct pools {
    strings dates, numbers, lengths, amounts, texts; /* of the form's rules */
};

#define PICK(d, list) fc_str_of((list)[roll((d), COUNT(list))])

static fc_str date_text(fc_arena *a, fv_date day)
{
    char z[11];
    fv_date_write(day, z);
    return fc_str_copy_z(a, z);
}

/* What stands in an expression, and its neighbours. */
static void collect(fc_arena *a, const fc_expr *x, pools *p)
{
    static const char *const units[] = {"days", "weeks", "months", "years"};
    if (!x)
        return;
    for (int by = -1; by <= 1; by++)
        switch (x->op) {
        case FC_X_DATE:
            FC_PUSH(a, &p->dates,
                    date_text(a, fv_add_days(fv_date_of_number(x->number), fv_number_of(by))));
            break;
        case FC_X_NUMBER:
            FC_PUSH(a, &p->numbers, fc_str_fmt(a, "%" PRId64, x->number + by));
            break;
        case FC_X_MONEY:
            FC_PUSH(a, &p->amounts,
                    fc_str_fmt(a, "%" PRId64 ".%02" PRId64, (x->number + by) / 100,
                               (x->number + by) % 100));
            break;
        case FC_X_INTERVAL:
            FC_PUSH(a, &p->lengths,
                    fc_str_fmt(a, "%" PRId64 " %s", x->number + by, units[x->unit]));
            break;
        case FC_X_CHOICE:
            FC_PUSH(a, &p->texts,
                    fc_str_fmt(a,
                               by < 0 ? "%.*s"
                               : by   ? " %.*s\n"
                                      : "%.*sx",
                               FC_ARG(x->text)));
            break;
        default:
            break;
        }
    collect(a, x->arg[0], p);
    collect(a, x->arg[1], p);
}

const pools *pools_of(fc_arena *a, const fc_form *f)
{
    pools *p = FC_NEW(a, pools);
    for (size_t i = 0; i < f->rules.n; i++) {
        collect(a, f->rules.at[i]->when, p);
        collect(a, f->rules.at[i]->must, p);
    }
    return p;
}

static fc_str of_pool(const strings *own, dice *d, fc_str other)
{
    return own->n && roll(d, 3) == 0 ? own->at[roll(d, (unsigned)own->n)] : other;
}

/* A day near another: months are added and counted at their ends. */
static fc_str some_date(fc_arena *a, const pools *p, dice *d)
{
    if (roll(d, 4))
        return of_pool(&p->dates, d, PICK(d, dates));
    fv_date day = fv_date_make(2023 + roll(d, 5), 1 + roll(d, 12), 28 + roll(d, 4));
    return date_text(a, fv_date_known(day) ? day : fv_date_make(2026, 2, 28));
}

fv_date day_made_of(const pools *p, dice *d)
{
    for (;;) {
        fc_str s = of_pool(&p->dates, d, PICK(d, dates));
        fv_date day = fv_date_read(fv_text_make(s.p, s.n));
        if (fv_date_known(day) && roll(d, 2))
            return day;
        if (fv_date_known(day))
            return fv_date_make(2026, 6, 30);
    }
}

static fc_str some_choice(fc_arena *a, const fc_choices *list, dice *d)
{
    const fc_choice *c = &list->list.at[roll(d, (unsigned)list->list.n)];
    if (c->others.n && roll(d, 3) == 0) { /* in another language of the form */
        fc_str other = c->others.at[roll(d, (unsigned)c->others.n)];
        return fc_str_fmt(a, roll(d, 3) ? "%.*s" : " %.*s\n", FC_ARG(other));
    }
    switch (roll(d, 8)) {
    case 0:
        return c->label;
    case 1:
        return fc_str_fmt(a, "  %.*s\n", FC_ARG(c->label));
    case 2:
        return fc_str_fmt(a, " %.*s", FC_ARG(c->id));
    case 3:
        return fc_str_fmt(a, "%.*s %.*s", FC_ARG(c->id), FC_ARG(c->label));
    case 4:
        return PICK(d, words);
    default:
        return c->id;
    }
}

/* None to some of the list, in any order and more than once, between white space of any kind;
 * at times with a word that is not in it. */
static fc_str some_choices(fc_arena *a, const fc_choices *list, dice *d)
{
    static const char *const between[] = {" ",    " ",    " ",  "\n",
                                          "  \t", "\r\n", ", ", "\xC2\xA0"};
    fc_str s = {0};
    for (unsigned n = 1 + roll(d, 4); n > 0; n--) {
        const fc_choice *c = &list->list.at[roll(d, (unsigned)list->list.n)];
        fc_str word = roll(d, 12) ? c->id : roll(d, 2) ? c->label : PICK(d, words);
        s = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(s),
                       s.n ? between[roll(d, roll(d, 6) ? 3 : COUNT(between))] : "",
                       FC_ARG(word));
    }
    return s;
}

/* As long as the question takes, or a character longer. */
static fc_str long_text(fc_arena *a, unsigned n, dice *d)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_buf_char(&b, 'x');
    for (unsigned i = 1; i + 1 < n + roll(d, 2); i++)
        fc_buf_z(&b, i % 7 ? "\xC3\xA9" : " ");
    fc_buf_char(&b, 'x');
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

static fc_str some_typed(fc_arena *a, const pools *p, const fc_node *f, fc_type type, dice *d)
{
    if (f->max_length && f->max_length < 10000 && roll(d, 4) == 0)
        return long_text(a, f->max_length, d);
    switch (type) {
    case FC_DATE:
        return some_date(a, p, d);
    case FC_PART_DATE:
        return roll(d, 3) ? PICK(d, parts) : some_date(a, p, d);
    case FC_MONEY:
        return of_pool(&p->amounts, d, PICK(d, amounts));
    case FC_INTERVAL:
    case FC_INTERVAL_TEXT:
        return of_pool(&p->lengths, d, PICK(d, lengths));
    case FC_INTEGER:
        return of_pool(&p->numbers, d, PICK(d, numbers));
    case FC_YES_NO:
        if (f->choices && f->choices->list.n && roll(d, 3) == 0)
            return some_choice(a, f->choices, d);
        return roll(d, 4) ? PICK(d, ((const char *const[]){"yes", "no"})) : PICK(d, truths);
    case FC_CHOICE:
        return f->choices ? some_choice(a, f->choices, d) : PICK(d, words);
    case FC_CHOICES:
        return f->choices ? some_choices(a, f->choices, d) : PICK(d, words);
    case FC_NHS_NUMBER:
        return PICK(d, nhs);
    default:
        return of_pool(&p->texts, d, PICK(d, words));
    }
}

/* ---- the XML of it ---- */

typedef struct making {
    fc_arena *a;
    const fc_form *form;
    const pools *p;
    dice *d;
    fc_buf *b;
    fc_str last[FC_TYPE_COUNT]; /* of each type, to be typed again */
} making;

/* Text in one of the ways that mean the same. */
static void put_text(making *m, fc_str s)
{
    switch (roll(m->d, 6)) {
    case 0: {
        bool plain = true;
        for (size_t i = 0; i < s.n; i++)
            plain = plain && s.p[i] != '\r' && s.p[i] != ']';
        if (!plain)
            break;
        fc_buf_fmt(m->b, "<![CDATA[%.*s]]>", FC_ARG(s));
        return;
    }
    case 1:
        for (size_t at = 0; at < s.n;)
            fc_buf_fmt(m->b, "&#x%X;", (unsigned)fc_utf8_next(s, &at));
        return;
    case 2:
        fc_xml_text(m->b, fc_str_slice(s, 0, 1 < s.n && (s.p[1] & 0xC0) != 0x80 ? 1 : 0));
        fc_buf_z(m->b, "<!-- said by nobody --><?nor so?>");
        fc_xml_text(m->b, fc_str_slice(s, 1 < s.n && (s.p[1] & 0xC0) != 0x80 ? 1 : 0, s.n));
        return;
    default:
        break;
    }
    fc_xml_text(m->b, s);
}

static void put_answer(making *m, const fc_node *f)
{
    static const char *const space = " \t\r\n";
    unsigned kind = roll(m->d, 20), reasons = 0;
    fc_str text = {0}, absent = {0};
    while (fc_absence_reasons[reasons])
        reasons++;
    if (kind < 4)
        return;
    if (kind == 4)
        text = PICK(m->d, blanks);
    else if (kind < 8)
        absent = fc_str_of(fc_absence_reasons[roll(m->d, reasons)]);
    else if (kind == 8) /* what is right for another question */
        text = some_typed(m->a, m->p, f, (fc_type)roll(m->d, FC_TYPE_COUNT), m->d);
    else if (kind < 11 && m->last[f->type].n)
        text = m->last[f->type];
    else
        text = m->last[f->type] = some_typed(m->a, m->p, f, f->type, m->d);
    fc_buf_fmt(m->b, "<%.*s", FC_ARG(f->id));
    if (absent.n)
        fc_buf_fmt(m->b, " p:absent=\"%.*s\"", FC_ARG(absent));
    fc_buf_char(m->b, '>');
    bool white = true;
    for (size_t i = 0; i < text.n; i++)
        white = white && strchr(space, text.p[i]);
    if (white)
        fc_xml_text(m->b, text);
    else
        put_text(m, text);
    fc_buf_fmt(m->b, "</%.*s>\n", FC_ARG(f->id));
}

static void put_nodes(making *m, fc_node *const *kids, size_t n);

static void put_rows(making *m, const fc_node *repeat)
{
    static const unsigned counts[] = {0, 1, 1, 2, 2, 3, 4, 7};
    unsigned ids = roll(m->d, 4), n = counts[roll(m->d, COUNT(counts))];
    if (roll(m->d, 60) == 0) /* more than there may be, even without the blank ones */
        n = 2 * repeat->max_rows;
    for (unsigned i = 1; i <= n; i++) {
        fc_buf_fmt(m->b, "<%.*s", FC_ARG(repeat->id));
        if (ids == 1)
            fc_buf_fmt(m->b, " p:row=\"icb-%u.A_z\"", 100 - i);
        else if (ids == 2)
            fc_buf_fmt(m->b, " p:row=\"_.-%u\"", i);
        else if (ids == 3 && i % 2)
            fc_buf_fmt(m->b, " p:row=\"%064u\"", i);
        else if (ids == 3)
            fc_buf_fmt(m->b, " p:row=\"%063u\"", i);
        fc_buf_z(m->b, ">");
        if (roll(m->d, 5))
            put_nodes(m, repeat->kids.at, repeat->kids.n);
        fc_buf_fmt(m->b, "</%.*s>\n", FC_ARG(repeat->id));
    }
}

static void put_nodes(making *m, fc_node *const *kids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const fc_node *k = kids[i];
        if (k->kind == FC_FIELD) {
            put_answer(m, k);
            if (k->details)
                put_answer(m, k->details);
        } else if (k->kind == FC_REPEAT) {
            put_rows(m, k);
        } else if (k->kids.n && k->id.n && roll(m->d, 12)) {
            fc_buf_fmt(m->b, "<%.*s>\n", FC_ARG(k->id));
            put_nodes(m, k->kids.at, k->kids.n);
            fc_buf_fmt(m->b, "</%.*s>\n", FC_ARG(k->id));
        }
    }
}

fc_str plan_made_of(fc_arena *a, const fc_form *f, const pools *p, dice *d)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 26);
    making m = {.a = a, .form = f, .p = p, .d = d, .b = &b};
    if (roll(d, 2)) /* plans are UTF-8, whatever they say */
        fc_buf_fmt(&b, "<?xml version=\"1.0\" encoding=\"%s\"?>\n",
                   roll(d, 4) ? "UTF-8" : "ISO-8859-1");
    fc_buf_fmt(&b, "<%.*s xmlns=\"", FC_ARG(f->id));
    fc_xml_attr_value(&b, f->data_ns);
    fc_buf_fmt(&b, "\" xmlns:p=\"" FC_PLAN_NS "\" p:form=\"%.*s\" p:version=\"%.*s\">\n",
               FC_ARG(f->id), FC_ARG(f->version));
    put_nodes(&m, f->top.at, f->top.n);
    fc_buf_fmt(&b, "</%.*s>\n", FC_ARG(f->id));
    fc_str xml = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return xml;
}
