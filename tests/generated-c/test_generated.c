/* The generated validator of forms/kitchen-sink.xml and the interpreter: the same findings on
 * plans made by chance, both as a table written by hand says, and differences found when the
 * definition is changed. */
#include "compiler/compile.h"
#include "form_default.h"
#include "runtime/base/file.h"
#include "runtime/plan/eval.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FORM "tests/generated-c/forms/kitchen-sink.xml"
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define FINDINGS_MAX 400

static const fc_form *compile(fc_arena *a, fc_str bytes)
{
    fc_diags *d = fc_diags_new(a);
    const fc_form *form = NULL;
    if (fc_compile(a, FC_S(FORM), FC_S("form.xml"), bytes, d, &form) != FC_OK) {
        fc_buf out;
        fc_buf_init(&out, FC_BUF_MAX);
        fc_diags_print(d, &out);
        fail_msg("%.*s", FC_ARG(fc_buf_view(&out)));
    }
    return form;
}

static fc_str definition(fc_arena *a)
{
    fc_str bytes;
    const char *why;
    assert_int_equal(fc_file_read(a, FORM, (size_t)1 << 20, &bytes, &why), FC_OK);
    return bytes;
}

/* ---- What both say about one plan ---------------------------------------------------- */

typedef struct verdicts {
    fv_finding by_c[FINDINGS_MAX];
    size_t n_by_c;
    fc_findings by_interpreter;
} verdicts;

static verdicts both;

/* Goes the way of a file: written as XML, read back by the generated reader. */
static struct form_default *through_xml(const fc_plan *p)
{
    fc_buf xml;
    struct form_default *plan = NULL;
    unsigned long line = 0;
    fc_buf_init(&xml, FC_BUF_MAX);
    fc_plan_write(p, &xml);
    fv_read result = form_default_read(&plan, xml.p, xml.n, &line);
    if (result != FV_READ_OK)
        fail_msg("line %lu: %s\n%.*s", line, fv_read_words(result), FC_ARG(fc_buf_view(&xml)));
    fc_buf_release(&xml);
    return plan;
}

enum { CHECKS = 1, PRACTICE = 2 };

/* what: which of them. Good practice comes last. */
static void check_both(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of, int what)
{
    struct form_default *plan = through_xml(p);
    fv_report report = fv_report_make(both.by_c, FINDINGS_MAX, NULL, NULL);
    int n = what & CHECKS ? form_default_validate(plan, stage, as_of, &report) : 0;
    if (what & PRACTICE)
        n += form_default_audit(plan, stage, as_of, &report);
    assert_int_equal(n, report.n);
    assert_true(report.n <= FINDINGS_MAX);
    both.n_by_c = report.n;
    form_default_release(plan);
    both.by_interpreter.n = 0;
    both.by_interpreter.cap = 0;
    if (what & CHECKS)
        fc_plan_check(a, p, stage, as_of, &both.by_interpreter);
    if (what & PRACTICE)
        fc_plan_audit(a, p, stage, as_of, &both.by_interpreter);
}

/* The index of the first finding that differs, or -1. */
static int first_difference(void)
{
    size_t n = both.by_interpreter.n;
    for (size_t i = 0; i < n && i < both.n_by_c; i++) {
        const fc_finding *x = &both.by_interpreter.at[i];
        const fv_finding *y = &both.by_c[i];
        int severity = x->rule->kind == FC_RULE_HUMAN ? FV_FOR_PEOPLE : (int)x->severity;
        if (!fc_str_eq_z(x->path, y->path) || !fc_str_eq_z(x->rule->id, y->rule) ||
            !fc_str_eq_z(x->message, y->message) || severity != (int)y->severity ||
            x->why != y->why)
            return (int)i;
    }
    return n == both.n_by_c ? -1 : (int)(n < both.n_by_c ? n : both.n_by_c);
}

/* ---- Plans made by chance ------------------------------------------------------------ */

static uint32_t chance(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Few values, so that they are often equal, and those beside the limits of the rules. */
static const char *const dates[] = {
    "2026-01-31", "31/1/2026",  "2026-04-30", "2026-05-01", "2026-02-28", "2026-03-31",
    "2000-02-28", "2000-02-29", "2027-03-07", "2027-03-08", "2026-12-31", "soon",
    "30/2/2026",  "2100-01-01", "2026-06-30", "2026-07-01", "2025-11-02", "2025-11-02"};
static const char *const parts[] = {"1999",    "1 Jan 2000", "2000",     "2000-02",
                                    "2/2000",  "2000-02-29", "Feb 2000", "2026",
                                    "2026-06", "30/6/2026",  "2/2026",   "once"};
static const char *const lengths[] = {"monthly", "12 months", "13 months",     "every week",
                                      "6 days",  "7 days",    "every 2 weeks", "14 days",
                                      "28 days", "30 days",   "32 days",       "when needed",
                                      "P1Y",     "1 month",   "3 weeks"};
static const char *const numbers[] = {
    "1", "2", "3", "4", "9", "10", "11", "999999999999", "1000000000000", "many", "-1"};
static const char *const amounts[] = {"500",   "500.00", "\302\243500.01", "499.99", "0",
                                      "-0.01", "-0.02",  "12.50",          "1,000",  "1,00",
                                      "free"};
static const char *const truths[] = {"yes", "no", "Yes", "perhaps"};
static const char *const closed[] = {"if", "else", "x86-64", "Else what", "neither"};
static const char *const open_[] = {"s3", "s37", "Section  3", "Section 48", " Section 48"};
static const char *const several[] = {"for",        "while x1", "x1 for", "for for",
                                      " x1\nwhile", "x1, for",  "While",  "for while x1"};
static const char *const words[] = {
    "a",   "b",      "a b", "a b c", " a\nb ", "AB12-x",
    "AB1", "AB1234", "ab1", "12345", "123456", "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"};
static const char *const nhs[] = {"9990000018", "999 000 0018", "9990000019", "943", "9x"};
static const char *const reasons[] = {"not-asked",      "asked-unknown", "asked-declined",
                                      "not-applicable", "unknown",       "masked"};

#define PICK(list) (fc_str_of((list)[chance(seed, COUNT(list))]))

static fc_answer random_answer(const fc_node *f, uint32_t *seed)
{
    fc_answer answer = {0};
    uint32_t kind = chance(seed, 20);
    if (kind < 6)
        return answer;
    if (kind < 8) {
        answer.absent = PICK(reasons);
        return answer;
    }
    if (kind < 9) { /* of some other type */
        answer.text = PICK(words);
        return answer;
    }
    switch (f->type) {
    case FC_DATE:
        answer.text = PICK(dates);
        break;
    case FC_PART_DATE:
        answer.text = PICK(parts);
        break;
    case FC_INTERVAL:
    case FC_INTERVAL_TEXT:
        answer.text = PICK(lengths);
        break;
    case FC_INTEGER:
        answer.text = PICK(numbers);
        break;
    case FC_MONEY:
        answer.text = PICK(amounts);
        break;
    case FC_YES_NO:
        answer.text = PICK(truths);
        break;
    case FC_CHOICE:
        answer.text = f->choices->open ? PICK(open_) : PICK(closed);
        break;
    case FC_CHOICES:
        answer.text = PICK(several);
        break;
    case FC_NHS_NUMBER:
        answer.text = PICK(nhs);
        break;
    default:
        answer.text = PICK(words);
        break;
    }
    return answer;
}

static fc_plan *random_plan(fc_arena *a, const fc_form *form, uint32_t *seed)
{
    fc_plan *p = fc_plan_new(a, form);
    for (size_t c = 0; c < form->containers.n; c++) {
        const fc_container *k = form->containers.at[c];
        size_t n = k->repeat ? chance(seed, 4) : 1;
        for (size_t row = 0; row < n; row++) {
            bool blank = k->repeat && chance(seed, 5) == 0;
            fc_row *r = k->repeat ? fc_plan_add_row(p, k, (fc_str){0}) : &p->rows[0].list.at[0];
            for (size_t i = 0; i < k->fields.n && !blank; i++)
                r->answers[i] = random_answer(k->fields.at[i], seed);
        }
    }
    return p;
}

static fv_date random_day(uint32_t *seed)
{
    return fv_date_read(fv_text_of(dates[chance(seed, COUNT(dates))]));
}

static void plans_made_by_chance_get_equal_findings(void **state)
{
    (void)state;
    fc_arena *all = fc_arena_new((size_t)64 << 20);
    assert_true(FC_BOUNDARY(all));
    const fc_form *form = compile(all, definition(all));
    volatile size_t found = 0;
    for (volatile uint32_t n = 0; n < 20000; n++) {
        fc_arena *a = fc_arena_new((size_t)64 << 20);
        assert_true(FC_BOUNDARY(a));
        uint32_t seed = n + 1;
        fc_plan *p = random_plan(a, form, &seed);
        check_both(a, p, chance(&seed, 3), random_day(&seed), CHECKS | PRACTICE);
        int at = first_difference();
        if (at >= 0)
            fail_msg("seed %u: finding %d differs", n + 1, at);
        found += both.n_by_c;
        fc_arena_drop(a);
    }
    assert_true(found > 100000); /* the plans were not all fine */
    fc_arena_drop(all);
}

/* Do the plans made by chance tell the generated code from another definition? */
static bool is_noticed(const char *from, const char *to)
{
    volatile bool differ = false;
    fc_arena *all = fc_arena_new((size_t)64 << 20);
    assert_true(FC_BOUNDARY(all));
    fc_str own = definition(all);
    const char *at = strstr(own.p, from);
    if (!at || strstr(at + 1, from))
        fail_msg("\"%s\" does not stand in the definition once", from);
    fc_str changed =
        fc_str_fmt(all, "%.*s%s%s", (int)(at - own.p), own.p, to, at + strlen(from));
    const fc_form *form = compile(all, changed);
    for (uint32_t n = 0; n < 1500 && !differ; n++) {
        fc_arena *a = fc_arena_new((size_t)64 << 20);
        assert_true(FC_BOUNDARY(a));
        uint32_t seed = n + 1;
        fc_plan *p = random_plan(a, form, &seed);
        check_both(a, p, chance(&seed, 3), random_day(&seed), CHECKS | PRACTICE);
        differ = first_difference() >= 0;
        fc_arena_drop(a);
    }
    fc_arena_drop(all);
    return differ;
}

static void a_changed_rule_is_noticed(void **state)
{
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"end ge start", "end gt start"},
        {"add-days(start, 400)", "add-days(start, 399)"},
        {"since ge 2000-01-01", "since gt 2000-01-01"},
        {"since lt moved", "since le moved"},
        {"moved le class/date", "moved lt class/date"},
        {"pounds(500)", "pence(50001)"},
        {"gt pence(1249)", "gt pence(1250)"},
        {"parts/cost ge parts/paid", "parts/cost gt parts/paid"},
        {"calc=\"add-days(signed, 7)\"", "calc=\"add-days(signed, 8)\""},
        {"volatile ne 2026-02-09", "volatile ne 2026-02-10"},
        {"calc=\"add-months(class/date, 3)\"", "calc=\"add-months(class/date, 4)\""},
        {"ask-when=\"class/typedef ne yes\"", "ask-when=\"class/typedef ne no\""},
        {"calc=\"signed\"", "calc=\"volatile\""},
        {"ask-when=\"not answered(moved)\"", "ask-when=\"answered(moved)\""},
        {"calc=\"count(struct/union) ge 2", "calc=\"count(struct/union) ge 1"},
        {"left gt 2", "left gt 3"},
        {"calc=\"months-between(class/date, class/again)\"",
         "calc=\"months-between(class/again, class/date)\""},
        {"calc=\"cost\"", "calc=\"paid\""},
        {"ask-when=\"not answered(paid)\"", "ask-when=\"answered(paid)\""},
        {"calc=\"class/often\"", "calc=\"class/words\""},
        {"calc=\"class/other\"", "calc=\"class/union\""},
        {"calc=\"latest(struct/new/for/reminder)\"", "calc=\"latest(struct/x2/for/reminder)\""},
        {"calc=\"months-between(class/date, when)\"",
         "calc=\"months-between(when, class/date)\""},
        {"calc=\"add-days(end, 14)\" ask-when=\"this eq no\"", "calc=\"add-days(end, 14)\""},
        {"severity=\"error\"\n           ask-when",
         "severity=\"warning\"\n           ask-when"},
        {"The rows say something else", "The rows say otherwise"},
        {"count(while/for) le 3", "count(while/for) le 4"},
        {"any(while/for, start gt class/again", "any(while/for, start ge class/again"},
        {"class/again and this eq no)", "class/again and this eq yes)"},
        {"all(while/for, ", "any(while/for, "},
        {"earliest(while/for/start)", "earliest(struct/x2/for/start)"},
        {"latest(while/for/start)", "latest(struct/delete/for/start)"},
        {"every le months(1)", "every lt months(1)"},
        {"date le as-of()", "date lt as-of()"},
        {"add-months(date, 3)", "add-months(date, 2)"},
        {"days(7)", "days(8)"},
        {"and not often lt", "and often lt"},
        {"words ne weeks(2)", "words ne weeks(3)"},
        {"long ge 3 and", "long gt 3 and"},
        {"lt 1000000000000\"", "le 1000000000000\""},
        {"char gt long or", "char gt long and"},
        {"not long lt 10", "long lt 10"},
        {"enum ne 'x86-64'", "enum ne 'else'"},
        {"union eq 's3' or", "union eq 's37' or"},
        {"other ne union", "other eq union"},
        {"same eq auto", "same ne auto"},
        {"when ge class/date", "when gt class/date"},
        {"done ne yes or", "done ne no or"},
        {"answered(class/nhs) or", "answered(class/nhs) and"},
        {"class/typedef eq struct/new/this", "class/typedef eq struct/x2/this"},
        {"2000-02-29", "2000-03-01"},
        {"ne 2026-12-31", "ne 2026-12-30"},
        {"lt 2100-01-01", "le 2100-01-01"},
        {"type=\"code\" required=\"signed\"", "type=\"code\" required=\"new\""},
        {"required-when=\"answered(do)\" stage=\"new\"", "required-when=\"answered(do)\""},
        {"when=\"typedef eq yes\" required-when=\"typedef eq yes\"",
         "when=\"typedef eq yes\" required-when=\"typedef eq no\""},
        {"count(struct/union) le 2", "count(struct/union) le 1"},
        {"done eq yes and class/date le when", "done eq yes"},
        {"any(struct/union, done eq yes and", "all(struct/union, done eq yes and"},
        {"all(struct/new/for, answered(start)", "any(struct/new/for, answered(start)"},
        {"earliest(struct/new/for/start)", "latest(struct/new/for/start)"},
        {"latest(struct/new/for/end)", "earliest(struct/new/for/end)"},
        {"until ge latest(for/end)", "until ge latest(for/start)"},
        {"count(union) eq 3", "count(union) eq 2"},
        {"answered(if) or class/date lt when", "answered(if) or class/date le when"},
        {"for-each=\"struct/union\" must=\"class", "for-each=\"struct/new/for\" must=\"class"},
        {"this eq no\" at=\"end\"", "this eq yes\" at=\"end\""},
        {"end ne start", "end eq start"},
        {"again) lt 3 or words", "again) le 3 or words"},
        {"words(class/bool) eq 1", "words(class/bool) eq 2"},
        {"words(class/auto) le 2", "words(class/auto) le 1"},
        {"class/date) lt 1", "class/date) le 1"},
        {"ask-when=\"class/enum eq 'if'\"", "ask-when=\"class/enum eq 'else'\""},
        {"ask-when=\"class/union eq 's3'\"", "ask-when=\"class/union eq 's37'\""},
        {"ask-when=\"answered(static)\"", "ask-when=\"not answered(static)\""},
        {"ask-when=\"volatile eq 'a'\"", "ask-when=\"volatile eq 'b'\""},
        {"ask-when=\"class/typedef eq yes\"", "ask-when=\"class/typedef eq no\""},
        {" ask-when=\"volatile eq 'a'\"", ""},
        {"min=\"2\" max=\"2\" required", "min=\"1\" max=\"2\" required"},
        {"min=\"2\" max=\"2\" required", "min=\"2\" max=\"3\" required"},
        {"required=\"new\" severity=\"warning\" ask-when=\"answered",
         "required=\"draft\" severity=\"warning\" ask-when=\"answered"},
        {"required=\"new\" severity=\"warning\" ask-when=\"answered",
         "required=\"new\" severity=\"advice\" ask-when=\"answered"},
        {"words(class/bool) ge 3\" stage=\"new\"", "words(class/bool) ge 2\" stage=\"new\""},
        {"words(class/bool) ge 3\" stage=\"new\"", "words(class/bool) ge 3\" stage=\"signed\""},
        {"register\" when=\"class/typedef eq yes\"",
         "register\" when=\"class/typedef ne yes\""},
        {" when=\"count(struct/union) ge 2\"", " when=\"count(struct/union) ge 3\""},
        {" when=\"count(struct/union) ge 2\"", ""},
        {"at=\"struct\" stage=\"signed\"", "at=\"struct\""},
        {"at=\"struct\" stage=\"signed\"", "at=\"sign\" stage=\"signed\""},
        {"answered(every) or this eq no", "answered(every) or this eq yes"},
        {"answered(do) and start le as-of()", "answered(do) and start lt as-of()"},
        {"at=\"do class/nhs\"", "at=\"every class/nhs\""},
        {"Was it needed", "Was it wanted"},
        {"<rules id=\"goto\" kind=\"audit\"", "<rules id=\"goto\""},
        {"[0-9]{1,3}", "[0-9]{1,4}"},
        {"max-length=\"5\"", "max-length=\"6\""},
        {"long or char eq 1\" severity=\"advice\"", "long or char eq 1\" severity=\"warning\""},
        {"chosen(switch, 'x1') and chosen", "chosen(switch, 'x1') or chosen"},
        {"chosen(switch, 'for')", "chosen(switch, 'while')"},
        {"chosen(class/switch, 'while')", "not chosen(class/switch, 'while')"},
        {"chosen(case, 'for')) or not", "chosen(case, 'x1')) or not"},
        {"Choose a shorter time", "Choose a short time"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++)
        if (!is_noticed(changes[i].from, changes[i].to))
            fail_msg("\"%s\" instead of \"%s\" goes unnoticed", changes[i].to, changes[i].from);
}

/* ---- Verdicts written by hand -------------------------------------------------------- */

/* "path=answer", "path!reason"; a row of a repeat is named by its number from 0. */
static void set(fc_arena *a, fc_plan *p, const char *what)
{
    size_t n = strcspn(what, "=!");
    fc_str path = {0};
    size_t row = 0;
    for (size_t i = 0; i < n; i++) {
        if (what[i] != '[') {
            path = fc_str_fmt(a, "%.*s%c", FC_ARG(path), what[i]);
            continue;
        }
        row = (size_t)strtoul(what + i + 1, NULL, 10);
        i += strcspn(what + i, "]");
    }
    const fc_node *f = fc_form_find_field(p->form, path);
    if (!f)
        fail_msg("no field %.*s", FC_ARG(path));
    while (f->container->repeat && fc_plan_row_count(p, f->container) <= row)
        fc_plan_add_row(p, f->container,
                        fc_str_fmt(a, "r-%zu", fc_plan_row_count(p, f->container)));
    fc_answer *answer = &p->rows[f->container->index].list.at[row].answers[f->slot];
    *answer = (fc_answer){0};
    if (what[n] == '!')
        answer->absent = fc_str_of(what + n + 1);
    else
        answer->text = fc_str_of(what + n + 1);
}

typedef struct by_hand {
    unsigned stage;
    const char *answers[10];
    const char *expected[7]; /* "path rule", in order */
} by_hand;

static const by_hand table[] = {
    /* Nothing but what is always asked for. The day of checking is 2026-06-30. */
    {0, {0}, {0}},
    {0, {"class/auto="}, {"class/auto class/auto.required"}},
    {0, {"class/auto!not-asked"}, {"class/auto class/auto.required"}},
    {0, {"class/auto!asked-declined"}, {"class/auto class/auto.required"}}, /* as advice */
    {0, {"class/code="}, {"class/code rules/one-of"}},
    /* whether the number is below 10 is unknown, so nothing is required */
    {0, {"class/code=", "class/nhs=9990000018"}, {0}},
    {0,
     {"class/code=", "class/nhs=9990000018", "class/long=10"},
     {"class/typedef class/typedef.required"}},
    {0, {"class/code=", "class/nhs=9990000018", "class/long=9"}, {0}},
    {0, {"class/nhs=9990000019"}, {"class/nhs class/nhs.type"}},
    /* from the second stage on */
    {1,
     {"struct/x2/this=no"},
     {"class/bool class/bool.required", "struct/new/this struct/new/this.required",
      "struct/delete/this struct/delete/this.required"}},
    {2,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "class/code=", "class/nhs!asked-unknown"},
     {"class/code class/code.required", "class/code rules/one-of"}},
    /* dates: today is not in the future; three months are a corresponding day */
    {0, {"class/date=30/6/2026"}, {0}},
    {0, {"class/date=1/7/2026"}, {"class/date class/date.must"}},
    {0, {"class/date=31 1 2026", "class/again=30 April 2026"}, {0}},
    {0, {"class/date=31 1 2026", "class/again=1 May 2026"}, {"class/again class/again.must"}},
    {0, {"class/date=30/2/2026", "class/again=1 May 2026"}, {"class/date class/date.type"}},
    {2,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "class/date=28/2/2000"},
     {"class/date rules/fixed"}},
    {2,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "class/date=29/2/2000"},
     {0}},
    /* a year or a month: only what holds for each of its days is found */
    {0, {"parts/since=1999"}, {"parts/since parts/since.must"}},
    {0, {"parts/since=2000"}, {0}},
    {0, {"parts/since=December 1999"}, {"parts/since parts/since.must"}},
    {0, {"parts/since=12/1999/"}, {"parts/since parts/since.type"}},
    {0, {"parts/since=2003", "parts/moved=2004"}, {0}},
    {0, {"parts/since=2003", "parts/moved=2003"}, {0}}, /* unknown */
    {0, {"parts/since=2003", "parts/moved=5/2003"}, {0}},
    {0, {"parts/since=2003-06", "parts/moved=5/2003"}, {"parts/since parts/since.must"}},
    {0,
     {"parts/since=2003-05-17", "parts/moved=17 May 2003"},
     {"parts/since parts/since.must"}},
    {0, {"class/date=2003-05-31", "parts/moved=May 2003"}, {0}},
    {0, {"class/date=2003-05-01", "parts/moved=May 2003"}, {0}}, /* unknown */
    {0, {"class/date=2003-04-30", "parts/moved=May 2003"}, {"parts/moved rules/moved-in-time"}},
    /* money: pence count, and a number is not money */
    {0,
     {"parts/cost=\xC2\xA3"
      "500"},
     {0}},
    {0, {"parts/cost=500.01"}, {"parts/cost parts/cost.must"}},
    {0, {"parts/cost=5 00"}, {"parts/cost parts/cost.type"}},
    {0, {"parts/paid=12.5"}, {0}},
    {0, {"parts/paid=12.49"}, {"parts/paid parts/paid.must"}},
    {0, {"parts/paid=-1"}, {"parts/paid parts/paid.must"}},
    {0, {"parts/paid=13", "parts/cost=12.99"}, {"parts/cost rules/not-overpaid"}},
    {0, {"parts/paid=13", "parts/cost=13.00"}, {0}},
    {0, {"parts/paid=13", "parts/cost=thirteen"}, {"parts/cost parts/cost.type"}},
    /* what follows from other answers: seen by rules where nothing was answered */
    {0,
     {"class/typedef=no", "class/date=2025-11-02"},
     {"parts/volatile parts/volatile.must"}}, /* 9 February 2026 */
    {0, {"class/typedef=no", "class/date=2025-11-03"}, {0}},
    {0,
     {"class/typedef=no", "class/date=2025-11-02", "parts/signed!asked-unknown"},
     {0}}, /* nothing over a reason */
    {0, {"class/typedef=no", "class/date=2025-11-02", "parts/volatile!masked"}, {0}},
    {0,
     {"class/typedef=no", "class/date=2025-11-02", "parts/signed=2026-02-02"},
     {"parts/volatile parts/volatile.must"}},
    /* another answer is kept: what follows from it is worked out from it */
    {0,
     {"class/typedef=no", "class/date=2025-11-02", "parts/signed=2026-02-03"},
     {"parts/signed parts/signed.calc"}},
    {0,
     {"class/typedef=no", "class/date=2025-11-03", "parts/signed=2/2/2026"},
     {"parts/volatile parts/volatile.must", "parts/signed parts/signed.calc"}},
    {0,
     {"class/typedef=no", "class/date=2025-11-03", "parts/signed=soon"},
     {"parts/signed parts/signed.type"}}, /* what cannot be read stays, and nothing follows */
    {0,
     {"class/typedef=no", "parts/signed=2026-02-03"},
     {0}}, /* what it follows from is not known */
    {0,
     {"class/typedef=no", "class/date=2025-11-03", "parts/volatile=2026-02-11"},
     {"parts/volatile parts/volatile.calc"}},
    {0,
     {"class/typedef=no", "class/date=2025-11-03", "parts/roughly=2026"},
     {0}}, /* could be that day */
    {0,
     {"class/typedef=no", "class/date=2025-11-03", "parts/roughly=January 2026"},
     {"parts/roughly parts/roughly.calc"}},
    /* not where it is not asked */
    {0,
     {"class/date=2025-11-02", "class/typedef=yes", "struct/new/this=yes", "class/void=x"},
     {0}},
    {0,
     {"class/typedef=no", "class/date=2025-11-03", "parts/moved=2024", "parts/roughly=2024"},
     {"parts/roughly parts/roughly.asked"}},
    /* rows: one that nobody has begun stays blank; the others each have their own */
    {0, {"class/date=2026-01-31", "struct/union[0]/if=", "struct/union[1]/if="}, {0}},
    {0,
     {"class/date=2026-01-31", "struct/union[0]/if=x", "struct/union[0]/else=x",
      "struct/union[0]/when=2026-04-29", "parts/many=yes"},
     {"parts/many parts/many.calc"}}, /* one row */
    {0,
     {"class/date=2026-01-31", "struct/union[0]/done=no", "struct/union[1]/when=2026-04-30",
      "parts/many=no"},
     {"struct/union[r-0]/if struct/union/if.required",
      "struct/union[r-1]/if struct/union/if.required", "parts/many parts/many.calc"}},
    {0,
     {"class/date=2026-01-31", "struct/union[0]/if=x", "struct/union[0]/else=x",
      "struct/union[0]/when=2026-04-29", "struct/union[0]/left=3"},
     {"struct/union[r-0]/left struct/union/left.calc"}},
    /* copies */
    {0, {"class/other=s3"}, {"parts/open rules/open-usual"}},
    {0,
     {"class/other=s37", "parts/open=Section 3"},
     {"parts/open parts/open.calc", "parts/open rules/open-usual"}},
    {0, {"class/often=6 months", "parts/rhythm=26 weeks"}, {0}}, /* may be the same */
    {0, {"class/often=6 months", "parts/rhythm=monthly"}, {"parts/rhythm parts/rhythm.calc"}},
    {0, {"parts/cost=12.50", "parts/owed=12.51"}, {"parts/owed parts/owed.calc"}},
    {0, {"parts/cost=12.50", "parts/owed=12.5"}, {0}},
    {0,
     {"struct/new/this=no", "class/typedef=no", "struct/new/for[0]/end=2027-02-22"},
     {"parts/open rules/open-usual"}},
    {0,
     {"struct/new/this=yes", "class/typedef=yes", "class/void=x",
      "struct/new/for[0]/end=2027-02-22"},
     {0}},
    /* a repeat in all uses of a block: its rows are looked at together */
    {0,
     {"struct/new/for[0]/do=x", "struct/new/for[1]/do=x", "struct/delete/for[0]/do=x",
      "struct/x2/for[1]/do=", "struct/x2/for[2]/do=x"},
     {"struct rules/few-in-all"}},
    {0,
     {"struct/new/for[0]/do=x", "struct/new/for[1]/do=x", "struct/delete/for[0]/do=x",
      "struct/x2/for[1]/do="},
     {0}},
    {0,
     {"class/again=2026-01-31", "struct/x2/this=no", "struct/x2/for[0]/start=2026-02-01"},
     {"struct rules/none-late"}},
    {0,
     {"class/again=2026-01-31", "struct/delete/this=no", "struct/x2/for[0]/start=2026-02-01",
      "struct/x2/this=yes"},
     {0}}, /* the names in the condition are those of the row's own use */
    {1,
     {"class/bool=x", "struct/new/this=yes", "struct/delete/this=yes", "struct/x2/this=yes",
      "struct/new/for[0]/start=2026-01-31", "struct/x2/for[0]/start=2026-06-30"},
     {"struct rules/all-end"}},
    {1,
     {"class/bool=x", "struct/new/this=yes", "struct/delete/this=yes", "struct/x2/this=yes",
      "struct/new/for[0]/start=soon", "struct/x2/for[0]/start=2026-06-30"},
     {"struct/new/for[r-0]/start struct/new/for/start.type"}}, /* it could be any day */
    /* lengths of time: 6 days is shorter than a week, 365 days may be a year */
    {0, {"class/often=every 6 days"}, {"class/often class/often.must"}},
    {0, {"class/often=weekly"}, {0}},
    {0, {"class/often=365 days"}, {0}},
    {0, {"class/often=367 days"}, {"class/often class/often.must"}},
    {0, {"class/often=13 months"}, {"class/often class/often.must"}},
    {0, {"class/often=now and then"}, {"class/often class/often.type"}},
    {0, {"class/words=now and then"}, {0}},
    {0, {"class/words=fortnightly"}, {"class/words class/words.must"}},
    /* numbers */
    {0, {"class/long=2"}, {"class/long class/long.must"}},
    {0, {"class/long=1000000000000"}, {"class/long class/long.must"}},
    {0, {"class/long=three"}, {"class/long class/long.type"}},
    {0, {"class/long=3", "class/char=3"}, {"class/char class/char.must"}},
    {0, {"class/long=3", "class/char=1"}, {0}},
    {0, {"class/char=7"}, {0}}, /* unknown, so it passes */
    /* yes, no and what follows */
    {0, {"class/typedef=yes", "struct/new/this=yes"}, {"class/void class/void.required"}},
    {0,
     {"class/typedef=yes", "struct/new/this=no", "class/void=x"},
     {"class/typedef rules/truths"}},
    {0, {"class/typedef=no", "struct/new/this=no"}, {0}},
    {0, {"class/typedef=maybe", "struct/new/this=no"}, {"class/typedef class/typedef.type"}},
    /* choices */
    {0, {"class/enum=x86-64"}, {"class/enum class/enum.must"}},
    {0, {"class/enum=A number"}, {"class/enum class/enum.must"}},
    {0, {"class/enum=neither"}, {"class/enum class/enum.type"}},
    {0, {"class/union=Section 48"}, {"class/union class/union.must"}},
    {0, {"class/union=s3", "class/other=s37"}, {0}},
    {0,
     {"class/union=s3", "class/other=Section 3"},
     {"class/other class/other.must", "parts/open rules/open-usual"}},
    /* several choices: a set; a word that is not in the list makes all of it unreadable */
    {0, {"class/switch=for while for"}, {0}},
    {0, {"class/switch=x1"}, {"struct/union rules/several-rows"}},
    {0,
     {"class/switch= x1\n for"},
     {"class/switch class/switch.must", "struct/union rules/several-rows"}},
    {0, {"class/switch=x1 for One"}, {"class/switch class/switch.type"}},
    {0, {"class/switch=X1"}, {"class/switch class/switch.type"}},
    {0,
     {"class/switch=while", "struct/union[0]/if=a", "struct/union[0]/else=a"},
     {"struct/union[r-0]/case struct/union/case.required"}},
    {0, {"class/switch=for", "struct/union[0]/if=a", "struct/union[0]/else=a"}, {0}},
    {0,
     {"class/switch=x1", "struct/union[0]/if=a", "struct/union[0]/else=a",
      "struct/union[0]/case=while for"},
     {0}},
    {0,
     {"class/switch=x1", "struct/union[0]/if=a", "struct/union[0]/else=a",
      "struct/union[0]/case=while"},
     {"struct/union rules/several-rows"}},
    {0, /* which ones are chosen in the row is unknown */
     {"class/switch=x1", "struct/union[0]/if=a", "struct/union[0]/else=a",
      "struct/union[0]/case=while or for"},
     {"struct/union[r-0]/case struct/union/case.type"}},
    /* text */
    {0, {"class/code=AB123-x9"}, {0}},
    {0, {"class/code=AB1234"}, {"class/code class/code.type"}},
    {0,
     {"class/short=123456"},
     {"class/short class/short.type", "struct/union rules/one-done"}},
    {0, {"class/auto=one  two", "class/same= one two"}, {0}},
    {0, {"class/auto=one two", "class/same=onetwo"}, {"class/same class/same.must"}},
    /* rows: one without any answer is not looked at */
    {0,
     {"struct/union[0]/if=", "struct/union[1]/else=x"},
     {"struct/union[r-1]/if struct/union/if.required"}},
    {0, {"struct/union[0]/if=x"}, {"struct/union[r-0]/else struct/union/else.required"}},
    {0,
     {"class/date=2026-01-31", "struct/union[0]/if=x", "struct/union[0]/else=x",
      "struct/union[0]/when=2026-01-30"},
     {"struct/union[r-0]/when struct/union/when.must"}},
    {0,
     {"struct/union[0]/if=x", "struct/union[0]/else=x", "struct/union[0]/done=yes",
      "struct/union[0]/when=2026-07-01"},
     {"struct/union[r-0]/done struct/union/done.must"}},
    /* conditions: unknown is not asked; what is around has to be asked too; an answer that is
       not asked for is told and nothing else is said of it */
    {0, {"register/static=b"}, {"register/static register/static.asked"}},
    {0, {"class/enum=if"}, {0}},
    {0, {"class/union=s3"}, {0}},
    {0, {"class/enum=if", "class/union=s3"}, {"register/static register/static.required"}},
    {0,
     {"class/enum=if", "class/union=s3", "register/static=a"},
     {"register/static register/static.must"}},
    {0,
     {"class/enum=else", "class/union=s3", "register/static=a"},
     {"register/static register/static.asked"}},
    {0,
     {"class/enum=if", "class/union=s3", "register/static!asked-declined"},
     {"register/static register/static.required"}},
    {0, {"class/enum=if", "class/union=s37", "register/static!asked-declined"}, {0}},
    {0,
     {"class/enum=if", "class/union=s3", "register/static=b", "register/inline[0]/volatile=a",
      "class/long=5"},
     {"register/inline[r-0]/restrict register/inline/restrict.required"}},
    {0,
     {"class/enum=if", "class/union=s3", "register/static=b", "register/inline[0]/volatile=b",
      "register/inline[0]/restrict=5", "class/long=5"},
     {"register/inline[r-0]/restrict register/inline/restrict.asked"}},
    {0,
     {"class/enum=if", "class/union=s37", "register/inline[1]/volatile=a"},
     {"register/inline[r-1]/volatile register/inline/volatile.asked"}},
    {1,
     {"class/bool=x", "struct/new/this=yes", "struct/delete/this=no", "struct/x2/this=no",
      "class/typedef=yes", "class/enum=if"},
     {"class/void class/void.required", "register/extern/this register/extern/this.required"}},
    {0,
     {"class/typedef=no", "struct/new/this=no", "class/enum=if", "register/extern/for[0]/do=x"},
     {"register/extern/for[r-0]/do register/extern/for/do.asked"}},
    {0,
     {"class/typedef=no", "struct/new/this=no", "class/void=x"},
     {"class/void class/void.asked"}},
    /* all rows of a repeat, from outside: blank ones are not counted; "or" and "and" have
       three values */
    {0,
     {"struct/union[0]/if=a", "struct/union[1]/if=", "struct/union[3]/if=a",
      "struct/union[0]/else=a", "struct/union[3]/else=a"},
     {0}},
    {0,
     {"class/long=5", "struct/union[0]/done=no", "struct/union[1]/done=no",
      "struct/union[2]/done=no"},
     {"struct/union[r-0]/if struct/union/if.required",
      "struct/union[r-1]/if struct/union/if.required",
      "struct/union[r-2]/if struct/union/if.required", "struct/union rules/some-rows"}},
    {0, {"class/short=x"}, {"struct/union rules/one-done"}}, /* of no rows none is done */
    {0, {"class/short=x", "struct/union[0]/if=a", "struct/union[0]/else=a"}, {0}},
    {0,
     {"class/short=x", "struct/union[0]/if=a", "struct/union[0]/else=a",
      "struct/union[0]/done=no"},
     {"struct/union rules/one-done"}},
    {0,
     {"class/short=x", "struct/union[0]/if=a", "struct/union[0]/else=a",
      "struct/union[0]/done=yes", "class/date=2026-01-31"},
     {0}},
    {1,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "struct/new/for[1]/every=monthly"},
     {"struct/new/for rules/all-begun"}},
    {1,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "struct/new/for[1]/start=soon"},
     {"struct/new/for[r-1]/start struct/new/for/start.type"}}, /* answered; the day unknown */
    {0,
     {"class/date=2026-01-31", "struct/new/for[0]/start=2026-02-01",
      "struct/new/for[1]/start=2026-01-30", "struct/new/for[2]/do=x"},
     {"struct/new/for rules/in-order"}},
    {0, /* a day that cannot be read could be any day */
     {"class/date=2026-01-31", "struct/new/for[0]/start=soon",
      "struct/new/for[1]/start=2026-01-30"},
     {"struct/new/for[r-0]/start struct/new/for/start.type"}},
    {0,
     {"struct/x2/until=2026-03-01", "struct/x2/for[0]/end=2026-02-28",
      "struct/x2/for[1]/end=2026-03-02"},
     {"struct/x2/until struct/x2/until.must"}},
    {0, {"struct/x2/until=2026-03-01"}, {0}},
    {0,
     {"struct/x2/until=2026-03-01", "struct/x2/for[0]/do=b", "struct/x2/for[1]/do=a",
      "struct/x2/for[1]/start=2026-03-01"},
     {"struct/x2/until struct/x2/until.must"}},
    /* words and months: the same rule of months as in adding them */
    {0, {"class/bool=no word", "class/date=31 1 2026", "class/again=29 April 2026"}, {0}},
    {0,
     {"class/bool=no word", "class/date=31 1 2026", "class/again=30 April 2026"},
     {"class/date rules/months"}},
    {0, {"class/bool= one\n", "class/date=31 1 2026", "class/again=30 April 2026"}, {0}},
    {0, {"class/date=31 1 2026", "class/again=30 April 2026"}, {0}}, /* words unknown */
    {0, {"class/auto=one two\nthree"}, {"class/auto rules/few-words"}},
    {0, {"class/auto=one\xC2\xA0 two\xE3\x80\x80"}, {0}},
    {0, {"class/again=28 2 2026", "class/date=27 3 2026"}, {0}},
    {0, {"class/again=28 2 2026", "class/date=28 3 2026"}, {"class/auto rules/few-words"}},
    /* a rule for each row, found at the row; one with a path into a block holds in all uses */
    {1,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "struct/union[0]/if=a", "struct/union[2]/else=x"},
     {"struct/union[r-0]/else struct/union/else.required",
      "struct/union[r-2]/if struct/union/if.required"}}, /* the day is unknown */
    {1,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "class/date=2026-01-31", "struct/union[2]/when=2026-01-31"},
     {"struct/union[r-2]/if struct/union/if.required",
      "struct/union[r-2]/if rules/each-known"}},
    {0,
     {"class/typedef=no", "class/nhs=9990000018", "struct/union[0]/if=a",
      "struct/union[0]/else=a", "struct/union[0]/done=no", "struct/union[2]/if=a"},
     {"struct/union[r-2]/else struct/union/else.required"}}, /* unknown in row 2 */
    {0,
     {"class/typedef=no", "class/nhs=9990000018", "struct/union[0]/if=a",
      "struct/union[0]/else=a", "struct/union[0]/done=no"},
     {"struct/union[r-0] rules/each-late"}},
    {0,
     {"class/again=2026-02-01", "struct/new/for[0]/start=2026-01-31",
      "struct/delete/for[1]/start=2026-02-01", "struct/x2/for[0]/start=2026-01-31"},
     {0}}, /* whether there is a need is unknown */
    {0,
     {"class/again=2026-02-01", "struct/new/for[0]/start=2026-01-31",
      "struct/delete/for[1]/start=2026-01-31", "struct/delete/this=yes",
      "struct/delete/for[0]/start=2026-02-01", "struct/new/this=no"},
     {"struct/delete/for[r-1]/end rules/each-use"}},
    {0,
     {"struct/x2/for[0]/start=2026-02-01", "struct/x2/for[0]/end=2026-02-01"},
     {"struct/x2/for[r-0]/end rules/each-alone"}},
    /* how many rows: those with an answer, where they are asked for and at the stage */
    {1,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "class/enum=if", "class/union=s3", "register/static=b", "register/inline[0]/volatile=b",
      "register/inline[1]/volatile="},
     {"register/inline register/inline.rows"}},
    {1,
     {"class/bool=x", "struct/new/this=no", "struct/delete/this=no", "struct/x2/this=no",
      "class/enum=if", "class/union=s3", "register/static=b"},
     {"register/inline register/inline.rows"}},
    {0, {"class/enum=if", "class/union=s3", "register/static=b"}, {0}}, /* not yet */
    {0,
     {"class/enum=if", "class/union=s3", "register/static=b", "register/inline[0]/volatile=b",
      "register/inline[2]/volatile=b"},
     {0}}, /* two of three have an answer */
    {0,
     {"class/enum=if", "class/union=s3", "register/static=b", "register/inline[0]/volatile=b",
      "register/inline[1]/volatile=b", "register/inline[2]/volatile=b"},
     {"register/inline register/inline.max"}},
    /* a block: each use has its own rows */
    {0,
     {"struct/new/for[0]/start=2026-02-01", "struct/new/for[0]/end=2026-01-31",
      "struct/x2/for[0]/do=x"},
     {"struct/new/for[r-0]/end struct/new/for/end.must"}},
    {0, {"struct/delete/for[1]/start=2026-01-31", "struct/delete/for[1]/end=2027-03-07"}, {0}},
    {0,
     {"struct/delete/for[1]/start=2026-01-31", "struct/delete/for[1]/end=2027-03-08"},
     {"struct/delete/for[r-1]/end struct/delete/for/end.must"}},
};

/* Good practice: findings and questions in the order of the definition, and none of what
 * validate finds; a question whose condition is unknown is not put. */
static const by_hand practice[] = {
    {0, {"class/bool=x", "class/date=2027-01-01"}, {0}},
    {1, {"class/bool=x y"}, {"class/bool goto/said"}},
    {1, {"class/bool=x y z"}, {0}},
    {2, {"class/bool=x"}, {"class/bool goto/said", "struct goto/last"}},
    {0, {"class/typedef=yes"}, {"class/bool goto/judged"}},
    {0, {"class/typedef=no"}, {0}},
    {0,
     {"struct/union[0]/if=a", "struct/union[1]/else=", "struct/union[2]/else=a"},
     {"struct/union rules/for-people"}},
    {0,
     {"struct/new/this=no", "struct/new/for[0]/do=a", "struct/new/for[0]/start=2026-06-30",
      "struct/x2/this=yes", "struct/x2/for[1]/do=a", "struct/x2/for[1]/start=2026-07-01"},
     {"struct/x2/for[r-1]/every goto/each-said", "struct/new/for[r-0]/do goto/each-judged"}},
    {0, {"struct/x2/for[0]/do=a"}, {0}}, /* whether there is a need is unknown */
};

static void both_agree_with(const by_hand *rows, size_t n_rows, int what)
{
    for (volatile size_t i = 0; i < n_rows; i++) {
        fc_arena *a = fc_arena_new((size_t)64 << 20);
        assert_true(FC_BOUNDARY(a));
        fc_plan *p = fc_plan_new(a, compile(a, definition(a)));
        set(a, p, "class/auto=a");
        set(a, p, "class/code=AB1");
        for (size_t k = 0; k < COUNT(rows[i].answers) && rows[i].answers[k]; k++)
            set(a, p, rows[i].answers[k]);
        check_both(a, p, rows[i].stage, fv_date_make(2026, 6, 30), what);
        if (first_difference() >= 0)
            fail_msg("row %zu: the two differ", i);
        size_t n = 0;
        for (; n < both.n_by_c && rows[i].expected[n]; n++) {
            fc_str found = fc_str_fmt(a, "%s %s", both.by_c[n].path, both.by_c[n].rule);
            if (!fc_str_eq_z(found, rows[i].expected[n]))
                fail_msg("row %zu: %.*s, not %s", i, FC_ARG(found), rows[i].expected[n]);
        }
        if (n < both.n_by_c || rows[i].expected[n])
            fail_msg("row %zu: %s", i,
                     rows[i].expected[n] ? rows[i].expected[n] : both.by_c[n].rule);
        fc_arena_drop(a);
    }
}

static void both_agree_with_the_table(void **state)
{
    (void)state;
    both_agree_with(table, COUNT(table), CHECKS);
    both_agree_with(practice, COUNT(practice), PRACTICE);
}

static void questions_for_people_are_listed(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "rules/for-people", "goto/judged",      "goto/last",       "goto/each-judged",
        "goto/each-judged", "goto/each-judged", "goto/each-judged"};
    size_t n;
    const fv_human_rule *h = form_default_human_rules(&n);
    assert_int_equal(n, COUNT(ids));
    for (size_t i = 0; i < n; i++)
        assert_string_equal(h[i].id, ids[i]);
    assert_string_equal(h[1].question, "Does the prose say the same as the line?");
    assert_string_equal(h[1].places, "class/bool class/auto register");
    assert_string_equal(h[1].from, "law"); /* its own, not that of its topic */
    assert_string_equal(h[2].from, "goto:1");
    assert_string_equal(h[4].places, "struct/delete/for/do class/nhs");
}

/* ---- The struct and the table of fields ---------------------------------------------- */

static const char sample[] =
    "<default xmlns='urn:formc:data:default' xmlns:p='urn:formc:plan:1' p:form='default'"
    " p:version='2.1.0' p:stage='new' p:synthetic='yes' p:id='urn:uuid:1'>"
    "<class><auto>one &lt;&amp;</auto><nhs>999 000 0018</nhs><date>3/2/2026</date>"
    "<again>soon</again><often>every 4 weeks</often><long>12</long><typedef>no</typedef>"
    "<enum>else</enum><union>Section 48</union><code p:absent='asked-declined'/>"
    "<bool>two&#13;\nlines</bool><switch>x1  for</switch></class>"
    "<struct><union p:row='a-1'><if>x</if></union><union p:row='a-2'/>"
    "<delete><for p:row='b-7'><do>y</do></for></delete></struct>"
    "<p:history><p:entry>not an answer</p:entry></p:history></default>";

static void the_struct_holds_what_was_typed(void **state)
{
    struct form_default *p = NULL;
    (void)state;
    assert_int_equal(form_default_read(&p, sample, sizeof sample - 1, NULL), FV_READ_OK);
    assert_true(fv_same(p->class_.auto_.text, fv_text_of("one <&")));
    assert_true(fv_same(p->class_.bool_.text, fv_text_of("two\nlines")));
    assert_string_equal(p->class_.nhs.value, "9990000018");
    assert_true(fv_same(p->class_.nhs.text, fv_text_of("999 000 0018")));
    assert_int_equal(p->class_.date.state, FV_PRESENT);
    assert_int_equal(p->class_.date.value.month, 2);
    assert_int_equal(p->class_.again.state, FV_UNREADABLE);
    assert_true(fv_same(p->class_.again.text, fv_text_of("soon")));
    assert_int_equal(p->class_.often.value.n, 4);
    assert_int_equal(p->class_.often.value.unit, FV_WEEKS);
    assert_int_equal(p->class_.long_.value.value, 12);
    assert_int_equal(p->class_.typedef_.value, FV_FALSE);
    assert_int_equal(p->class_.enum_.value, FORM_DEFAULT_ENUM_ELSE);
    assert_int_equal(p->class_.union_.value, FV_SOMETHING_ELSE);
    assert_int_equal(p->class_.switch_.value,
                     1u << FORM_DEFAULT_CASE_FOR | 1u << FORM_DEFAULT_CASE_X1);
    assert_int_equal(fv_chosen(p->class_.switch_, FORM_DEFAULT_CASE_WHILE), FV_FALSE);
    assert_true(fv_same(p->class_.switch_.text, fv_text_of("x1  for")));
    assert_int_equal(p->class_.code.state, FV_ABSENT);
    assert_int_equal(p->class_.code.why, FV_ASKED_DECLINED);
    assert_int_equal(p->class_.same.state, FV_ABSENT);
    assert_int_equal(p->class_.same.why, FV_NO_REASON);
    assert_int_equal(p->struct_.union_.n, 2);
    assert_true(fv_same(p->struct_.union_.at[1].row_, fv_text_of("a-2")));
    assert_int_equal(p->struct_.new_.for_.n, 0);
    assert_true(fv_same(p->struct_.delete_.for_.at[0].do_.text, fv_text_of("y")));
    assert_true(p->pins_.synthetic);
    assert_int_equal(form_default_stage_of(p->pins_.stage), FORM_DEFAULT_STAGE_NEW);
    assert_int_equal(form_default_stage_of(fv_text_of("later")), -1);
    form_default_release(p);
    form_default_release(NULL);
}

static void the_fields_are_listed(void **state)
{
    size_t n = 0;
    const fv_field *f = form_default_fields(&n);
    (void)state;
    fc_arena *a = fc_arena_new((size_t)64 << 20);
    assert_true(FC_BOUNDARY(a));
    const fc_form *form = compile(a, definition(a));
    assert_int_equal(n, form->fields.n);
    for (size_t i = 0; i < n; i++) {
        assert_true(fc_str_eq_z(form->fields.at[i]->path, f[i].path));
        assert_true(fc_str_eq_z(form->fields.at[i]->label, f[i].label));
    }
    assert_string_equal(f[14].path, "class/code");
    assert_string_equal(f[14].type, "code");
    assert_string_equal(f[14].owners, "int");
    assert_string_equal(f[0].sensitivity, "private");
    assert_string_equal(f[2].sensitivity, "short"); /* its own, not that of its section */
    assert_string_equal(f[18].sensitivity, "");
    assert_string_equal(f[17].path, "class/switch");
    assert_int_equal(f[17].kind, FV_KIND_CHOICES);
    assert_int_equal(f[17].n_choices, 3);
    assert_string_equal(f[17].choices[2].label, "One more");
    assert_string_equal(f[18].path, "struct/union/if");
    assert_string_equal(f[18].owners, "int char");
    assert_int_equal(f[18].offset, offsetof(struct form_default_struct_union, if_));
    fc_arena_drop(a);
}

/* A program that has answers but no XML fills the struct by the table. */
static void a_struct_can_be_filled_by_hand(void **state)
{
    static const char *const typed[] = {"a", "9990000018", "31/1/2026", "2026-05-01"};
    static const size_t which[] = {0, 2, 3, 4};
    struct form_default plan;
    fv_finding at[4];
    fv_report report = fv_report_make(at, 4, NULL, NULL);
    size_t n;
    (void)state;
    memset(&plan, 0, sizeof plan);
    const fv_field *fields = form_default_fields(&n);
    for (size_t i = 0; i < COUNT(which); i++)
        fv_answer_read((char *)&plan + fields[which[i]].offset, &fields[which[i]],
                       fv_text_of(typed[i]), FV_NO_REASON);
    assert_int_equal(form_default_validate(&plan, 0, fv_date_make(2026, 6, 30), &report), 1);
    assert_string_equal(at[0].rule, "class/again.must");
    assert_int_equal(at[0].severity, FV_WARNING);
    /* what follows from others, and follows when they change */
    plan.class_.typedef_.state = FV_PRESENT;
    plan.class_.typedef_.value = FV_FALSE;
    form_default_work_out(&plan);
    assert_int_equal(plan.parts.signed_.state, FV_PRESENT);
    assert_int_equal(plan.parts.signed_.why, FV_WORKED_OUT);
    assert_int_equal(plan.parts.signed_.text.n, 0);
    assert_int_equal(plan.parts.signed_.value.month, 4);
    assert_int_equal(plan.parts.volatile_.value.month, 5);
    plan.class_.date.value = fv_date_make(2026, 3, 31);
    form_default_work_out(&plan);
    assert_int_equal(plan.parts.signed_.value.month, 6);
    assert_int_equal(plan.parts.volatile_.value.month, 7);
    plan.class_.typedef_.value = FV_TRUE; /* no longer asked */
    form_default_work_out(&plan);
    assert_int_equal(plan.parts.signed_.state, FV_ABSENT);
    assert_int_equal(plan.parts.signed_.why, FV_NO_REASON);
    assert_int_equal(plan.parts.volatile_.state, FV_ABSENT);
}

/* ---- What the reader refuses --------------------------------------------------------- */

#define OPEN "<default xmlns='urn:formc:data:default' xmlns:p='urn:formc:plan:1'"

static void bad_plans_are_refused(void **state)
{
    static const struct {
        const char *xml;
        fv_read result;
    } plans[] = {
        {OPEN "/>", FV_READ_OK},
        {OPEN "><class/><class><auto>x</auto></class></default>", FV_READ_OK},
        {"\xEF\xBB\xBF" OPEN "/>", FV_READ_OK},
        {OPEN "><class><code p:absent='unknown'/></class></default>", FV_READ_OK},
        {OPEN "><class><bool><![CDATA[<]]>&#x3E;</bool></class></default>", FV_READ_OK},
        {"", FV_READ_NOT_XML},
        {"words", FV_READ_NOT_XML},
        {OPEN ">", FV_READ_NOT_XML},
        {OPEN "/><more/>", FV_READ_NOT_XML},
        {OPEN "><class>&what;</class></default>", FV_READ_NOT_XML},
        {OPEN "><class><auto>\xFF</auto></class></default>", FV_READ_NOT_XML},
        {OPEN "><class><auto>&#1;</auto></class></default>", FV_READ_NOT_XML},
        {"<!DOCTYPE default>" OPEN "/>", FV_READ_DOCTYPE},
        {"<!DOCTYPE default [<!ENTITY a 'b'>]>" OPEN ">&a;</default>", FV_READ_DOCTYPE},
        {"<!DOCTYPE default SYSTEM 'file:///etc/passwd'>" OPEN "/>", FV_READ_DOCTYPE},
        {"<default/>", FV_READ_OTHER_FORM},
        {"<other xmlns='urn:formc:data:default'/>", FV_READ_OTHER_FORM},
        {OPEN " p:form='other'/>", FV_READ_OTHER_FORM},
        {OPEN " p:version='1.0.0'/>", FV_READ_OTHER_VERSION},
        {OPEN "><none/></default>", FV_READ_UNKNOWN_NAME},
        {OPEN "><class><auto><b/></auto></class></default>", FV_READ_UNKNOWN_NAME},
        {OPEN "><class xmlns=''/></default>", FV_READ_UNKNOWN_NAME},
        {OPEN "><auto/></default>", FV_READ_UNKNOWN_NAME},
        {OPEN "><class><auto>x</auto><auto>y</auto></class></default>", FV_READ_TWICE},
        {OPEN "><struct><union p:row='a'/><union p:row='a'/></struct></default>",
         FV_READ_TWICE},
        {OPEN "><struct><union p:row='a]'/></struct></default>", FV_READ_BAD_ROW},
        {OPEN "><struct><union p:row='A-_.9'/><union p:row=''/></struct></default>",
         FV_READ_OK},
        {OPEN ">words</default>", FV_READ_STRAY_TEXT},
        {OPEN "><class>words<auto/></class></default>", FV_READ_STRAY_TEXT},
        {OPEN "><class><auto p:absent='lost'/></class></default>", FV_READ_BAD_REASON},
        {OPEN "><class><auto p:absent='masked'>x</auto></class></default>", FV_READ_BAD_REASON},
        {OPEN "><class p:absent='masked'/></default>", FV_READ_BAD_REASON},
        {OPEN "><struct><union p:row='a' p:absent='masked'/></struct></default>",
         FV_READ_BAD_REASON},
        {OPEN " p:absent='masked'/>", FV_READ_BAD_REASON},
        {OPEN "><class><auto absent='masked'/></class></default>", FV_READ_UNKNOWN_ATTRIBUTE},
        {OPEN "><class><auto p:row='1'>x</auto></class></default>", FV_READ_UNKNOWN_ATTRIBUTE},
        {OPEN "><class p:row='1'/></default>", FV_READ_UNKNOWN_ATTRIBUTE},
        {OPEN " stage='new'/>", FV_READ_UNKNOWN_ATTRIBUTE},
        {OPEN " xml:lang='cy'><class xml:lang='cy'/></default>", FV_READ_OK},
        {OPEN "><struct><union p:row='a]b'/></struct></default>", FV_READ_BAD_ROW},
        {OPEN "><struct><union p:row='row-2'/><union/><union/></struct></default>", FV_READ_OK},
        /* what is refused has attributes that are looked at afterwards, or would be */
        {OPEN " p:absent='masked' p:absent='masked'/>", FV_READ_NOT_XML},
        {OPEN "><class><auto>x</auto><auto p:absent='masked'/></class></default>",
         FV_READ_TWICE},
        {OPEN "><class><auto p:absent='lost' xml:lang='cy'/><auto>x</auto></class></default>",
         FV_READ_BAD_REASON},
        {OPEN " p:absent='masked' p:id='urn:uuid:1' p:stage='draft'><class/></default>",
         FV_READ_BAD_REASON},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(plans); i++) {
        struct form_default *p = NULL;
        fv_read result = form_default_read(&p, plans[i].xml, strlen(plans[i].xml), NULL);
        if (result != plans[i].result)
            fail_msg("row %zu: %s", i, fv_read_words(result));
        assert_true((p != NULL) == (result == FV_READ_OK));
        form_default_release(p);
    }
}

/* repeat(OPEN ">", "<a", n, "/></default>") and the like, in memory of the caller. */
static char *repeat_text(const char *before, const char *again, size_t times, const char *after,
                         size_t *n)
{
    size_t one = strlen(again);
    *n = strlen(before) + times * one + strlen(after);
    char *s = malloc(*n + 1), *to = s;
    assert_non_null(s);
    to = stpcpy(to, before);
    for (size_t i = 0; i < times; i++)
        to = stpcpy(to, again);
    stpcpy(to, after);
    return s;
}

static void large_plans_are_bounded(void **state)
{
    static const struct {
        const char *before, *again, *after;
        size_t times;
        fv_read result;
    } plans[] = {
        {OPEN "><struct>", "<union><if>x</if></union>", "</struct></default>", 9999,
         FV_READ_OK},
        {OPEN "><struct>", "<union/>", "</struct></default>", 10000, FV_READ_TOO_LARGE},
        {OPEN "><p:history>", "<p:a>", "", 100, FV_READ_TOO_LARGE},
        {OPEN, " a=''", "/>", 60000, FV_READ_TOO_LARGE},
        {OPEN "><class><bool>", "0123456789", "</bool></class></default>", 1000000, FV_READ_OK},
        {OPEN "><class><bool>", "0123456789", "</bool></class></default>", 3400000,
         FV_READ_TOO_LARGE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(plans); i++) {
        size_t n;
        char *xml =
            repeat_text(plans[i].before, plans[i].again, plans[i].times, plans[i].after, &n);
        struct form_default *p = NULL;
        fv_read result = form_default_read(&p, xml, n, NULL);
        if (result != plans[i].result)
            fail_msg("row %zu: %s", i, fv_read_words(result));
        form_default_release(p);
        free(xml);
    }
}

/* A plan cut off anywhere is refused, and no memory is lost. */
static void cut_plans_are_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof sample - 1; n++) {
        struct form_default *p = NULL;
        assert_int_not_equal(form_default_read(&p, sample, n, NULL), FV_READ_OK);
        assert_null(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_made_by_chance_get_equal_findings),
        cmocka_unit_test(a_changed_rule_is_noticed),
        cmocka_unit_test(both_agree_with_the_table),
        cmocka_unit_test(questions_for_people_are_listed),
        cmocka_unit_test(the_struct_holds_what_was_typed),
        cmocka_unit_test(the_fields_are_listed),
        cmocka_unit_test(a_struct_can_be_filled_by_hand),
        cmocka_unit_test(bad_plans_are_refused),
        cmocka_unit_test(large_plans_are_bounded),
        cmocka_unit_test(cut_plans_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
