/* agree FORM FIRST COUNT ORACLE [BEYOND]
 *
 * Makes COUNT plans of the form from the numbers FIRST and on, and compares what the generated
 * code of the form (linked in) and the interpreter find in each: path, rule, severity, message,
 * why, in this order. Of each it then makes one with a fault: the readers of the two refuse it
 * both, or find the same in it. On every ORACLE-th of them it asks the stylesheet, too (0:
 * never). BEYOND names the file that lists the rules which XPath 1.0 cannot express; the list
 * has to be exact. With --sheet FORM it prints the stylesheet; with --plan FORM N a plan. */
#include "tests/agreement/agree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENOUGH 10000 /* so many plans break every rule of a form */
#define ARENA_MAX ((size_t)256 << 20)

static const char *const severities[] = {"error", "warning", "advice", "question"};
static const char *const reasons[] = {
    [FV_NO_REASON] = "",
    [FV_NOT_ASKED] = "not-asked",
    [FV_ASKED_UNKNOWN] = "asked-unknown",
    [FV_ASKED_DECLINED] = "asked-declined",
    [FV_NOT_APPLICABLE] = "not-applicable",
    [FV_REASON_UNKNOWN] = "unknown",
    [FV_MASKED] = "masked",
    [FV_WRONG_KIND] = "wrong-kind",
    [FV_WRONG_LENGTH] = "wrong-length",
    [FV_WRONG_CHARACTER] = "wrong-character",
    [FV_WRONG_CHECK_DIGIT] = "wrong-check-digit",
    [FV_NOT_IN_LIST] = "not-in-list",
    [FV_WRONG_SHAPE] = "wrong-shape",
    [FV_TOO_LONG] = "too-long",
};

static fv_severity severity_of(const fc_finding *f)
{
    return f->rule->kind == FC_RULE_HUMAN ? FV_FOR_PEOPLE : (fv_severity)f->severity;
}

/* One finding as a line of the stylesheet. */
static fc_str line_of(fc_arena *a, const fc_finding *f)
{
    return fc_str_fmt(a, "%.*s\t%.*s\t%s\t%s\n", FC_ARG(f->path), FC_ARG(f->rule->id),
                      severities[severity_of(f)], reasons[f->why]);
}

static int differ(unsigned n, const char *who, size_t at, fc_str plan)
{
    printf("plan %u: %s, at finding %zu, in\n%.*s\n", n, who, at, FC_ARG(plan));
    return 1;
}

/* Counts the findings of each rule, by its place in the form. */
static size_t *seen;

static int compare_plan(fc_arena *a, const fc_form *f, const pools *p, unsigned n, oracle *o,
                        const strings *beyond)
{
    dice d = {n};
    fc_str xml = plan_made_of(a, f, p, &d);
    unsigned stage = f->stages.n ? roll(&d, (unsigned)f->stages.n) : 0;
    fv_date as_of = day_made_of(p, &d);
    fc_diags *diags = fc_diags_new(a);
    fc_plan *plan = NULL;
    const fv_finding *c = NULL;
    size_t n_c = 0;
    fc_findings i = {0};
    fc_status read = fc_plan_read(a, f, xml, FC_S("plan.xml"), diags, &plan);
    fv_read other = generated_check(xml, stage, as_of, &c, &n_c);
    if (read != FC_OK || other != FV_READ_OK) {
        print_diags(diags);
        printf("the generated reader: %s\n", fv_read_words(other));
        return differ(n, "it is not read", 0, xml);
    }
    fc_plan_check(a, plan, stage, as_of, &i);
    fc_plan_audit(a, plan, stage, as_of, &i);
    for (size_t k = 0; k < i.n || k < n_c; k++) {
        if (k >= i.n || k >= n_c)
            return differ(n, k < n_c ? c[k].rule : i.at[k].rule->id.p, k, xml);
        const fc_finding *x = &i.at[k];
        const fv_finding *y = &c[k];
        if (!fc_str_eq_z(x->path, y->path) || !fc_str_eq_z(x->rule->id, y->rule) ||
            !fc_str_eq_z(x->message, y->message) || severity_of(x) != y->severity ||
            x->why != y->why) {
            printf("the interpreter: %.*s the generated code: %s %s\n", FC_ARG(line_of(a, x)),
                   y->path, y->rule);
            return differ(n, "the generated code and the interpreter", k, xml);
        }
    }
    for (size_t k = 0; k < i.n; k++)
        for (size_t r = 0; r < f->rules.n; r++)
            seen[r] += f->rules.at[r] == i.at[k].rule;
    if (!o)
        return 0;
    /* What follows from other answers (calc) is worked out for the stylesheet; the first two
     * have each done it for themselves. */
    fc_str worked_out = f->calcs.n ? fc_plan_written(a, fc_plan_worked_out(a, plan)) : xml;
    fc_str said = oracle_findings(o, a, worked_out, stage, as_of);
    size_t at = 0;
    for (size_t k = 0; k <= i.n; k++) {
        if (k < i.n && is_in(beyond, i.at[k].rule->id))
            continue;
        fc_str want = {0};
        if (k < i.n)
            want = line_of(a, &i.at[k]);
        size_t end = at;
        while (end < said.n && said.p[end] != '\n')
            end++;
        end += end < said.n;
        if (!fc_str_eq(fc_str_slice(said, at, end), want)) {
            printf(
                "at stage %u on %04d-%02d-%02d\nthe interpreter: %.*s\nthe stylesheet:  %.*s\n",
                stage, (int)as_of.year, as_of.month, as_of.day, FC_ARG(want),
                FC_ARG(fc_str_slice(said, at, end)));
            return differ(n, "the stylesheet", k, xml);
        }
        at = end;
    }
    return 0;
}

/* The file names one rule a line, in the order of the form; "#" begins a comment. */
static int compare_beyond(fc_arena *a, const strings *beyond, const char *path)
{
    fc_buf text;
    fc_buf_init(&text, 1 << 20);
    for (size_t i = 0; i < beyond->n; i++) {
        fc_buf_fmt(&text, "%.*s\n", FC_ARG(beyond->at[i]));
        printf("beyond XPath 1.0: %.*s\n", FC_ARG(beyond->at[i]));
    }
    fc_str file = path ? test_file(a, path) : (fc_str){0};
    while (file.n && file.p[0] == '#') {
        const char *end = memchr(file.p, '\n', file.n);
        file = end ? fc_str_slice(file, (size_t)(end - file.p) + 1, file.n) : (fc_str){0};
    }
    bool same = fc_str_eq(file, fc_buf_view(&text));
    if (!same)
        printf("%s does not list them: if they cannot be expressed indeed, change it\n",
               path ? path : "no file");
    fc_buf_release(&text);
    return !same;
}

/* A plan with one thing wrong in it, or with nothing wrong after all: a byte changed, left out
 * or put in, a piece left out, doubled or put elsewhere. */
static fc_str damage(fc_arena *a, fc_str s, dice *d)
{
    static const char signs[] = "<>&/=\"' x;\n]p:-!?\r\t\x01\xC3";
    size_t at = roll(d, (unsigned)s.n), n = 1 + roll(d, 40), to = roll(d, (unsigned)s.n);
    n = n < s.n - at ? n : s.n - at;
    char sign = signs[roll(d, sizeof signs - 1)];
    fc_str before = fc_str_slice(s, 0, at), piece = fc_str_slice(s, at, at + n);
    fc_str behind = fc_str_slice(s, at + n, s.n);
    switch (roll(d, 6)) {
    case 0:
        return fc_str_fmt(a, "%.*s%c%.*s", FC_ARG(before), sign,
                          FC_ARG(fc_str_slice(s, at, s.n)));
    case 1:
        return fc_str_fmt(a, "%.*s%c%.*s", FC_ARG(before), sign,
                          FC_ARG(fc_str_slice(s, at + 1, s.n)));
    case 2:
        return fc_str_fmt(a, "%.*s%.*s", FC_ARG(before), FC_ARG(behind));
    case 3:
        return fc_str_fmt(a, "%.*s%.*s%.*s%.*s", FC_ARG(before), FC_ARG(piece), FC_ARG(piece),
                          FC_ARG(behind));
    default: { /* whole lines: mostly whole answers */
        while (at > 0 && s.p[at - 1] != '\n')
            at--;
        size_t end = at;
        while (end < s.n && s.p[end] != '\n')
            end++;
        while (to > 0 && s.p[to - 1] != '\n')
            to--;
        return fc_str_fmt(a, "%.*s%.*s\n%.*s", FC_ARG(fc_str_slice(s, 0, to)),
                          FC_ARG(fc_str_slice(s, at, end)), FC_ARG(fc_str_slice(s, to, s.n)));
    }
    }
}

static size_t refused;

/* The two readers take the same files, and what they take they find the same in. */
static int compare_damaged(fc_arena *a, const fc_form *f, const pools *p, unsigned n)
{
    dice d = {n};
    fc_str xml = damage(a, plan_made_of(a, f, p, &d), &d);
    fc_diags *diags = fc_diags_new(a);
    fc_plan *plan = NULL;
    const fv_finding *c = NULL;
    size_t n_c = 0;
    fc_findings i = {0};
    fc_status read = fc_plan_read(a, f, xml, FC_S("plan.xml"), diags, &plan);
    fv_read other = generated_check(xml, 0, fv_date_make(2026, 6, 30), &c, &n_c);
    if ((read == FC_OK) != (other == FV_READ_OK)) {
        print_diags(diags);
        printf("the generated reader: %s\n", fv_read_words(other));
        return differ(n, "one reads it, damaged", 0, xml);
    }
    refused += read != FC_OK;
    if (read != FC_OK)
        return 0;
    fc_plan_check(a, plan, 0, fv_date_make(2026, 6, 30), &i);
    fc_plan_audit(a, plan, 0, fv_date_make(2026, 6, 30), &i);
    for (size_t k = 0; k < i.n || k < n_c; k++)
        if (k >= i.n || k >= n_c || !fc_str_eq_z(i.at[k].path, c[k].path) ||
            !fc_str_eq_z(i.at[k].rule->id, c[k].rule) || i.at[k].why != c[k].why)
            return differ(n, "damaged, it is found to be different", k, xml);
    return 0;
}

static int run(fc_arena *a, int argc, char **argv)
{
    strings beyond = {0};
    fc_buf text;
    const fc_form *f = test_form(a, argv[argc > 1 && argv[1][0] == '-' ? 2 : 1]);
    const pools *p = pools_of(a, f);
    fc_buf_init(&text, FC_BUF_MAX);
    sheet_print(a, f, NULL, &text, &beyond);
    fc_str sheet = fc_buf_keep(&text, a);
    fc_buf_release(&text);
    if (strcmp(argv[1], "--sheet") == 0) {
        printf("%.*s", FC_ARG(sheet));
        return 0;
    }
    if (strcmp(argv[1], "--plan") == 0) {
        dice d = {(uint64_t)strtoul(argv[3], NULL, 10)};
        printf("%.*s", FC_ARG(plan_made_of(a, f, p, &d)));
        return 0;
    }
    unsigned first = (unsigned)strtoul(argv[2], NULL, 10);
    unsigned count = (unsigned)strtoul(argv[3], NULL, 10);
    unsigned ask = (unsigned)strtoul(argv[4], NULL, 10);
    oracle *o = ask ? oracle_new(sheet) : NULL;
    if (ask && !o)
        return 2;
    int bad = ask ? compare_beyond(a, &beyond, argc > 5 ? argv[5] : NULL) : 0;
    size_t asked = 0, found = 0, rules = 0;
    seen = FC_NEW_N(a, size_t, f->rules.n + 1);
    for (unsigned i = 0; i < count && !bad; i++) {
        fc_arena *one = fc_arena_new(ARENA_MAX);
        if (!one || !FC_BOUNDARY(one))
            return 2;
        oracle *third = ask && i % ask == 0 ? o : NULL;
        bad = compare_plan(one, f, p, first + i, third, &beyond);
        if (!bad)
            bad = compare_damaged(one, f, p, first + i);
        asked += third != NULL;
        fc_arena_drop(one);
    }
    for (size_t r = 0; r < f->rules.n; r++) {
        found += seen[r];
        rules += seen[r] > 0;
        if (!bad && !seen[r]) {
            printf("no plan breaks the rule %.*s\n", FC_ARG(f->rules.at[r]->id));
            bad = count >= ENOUGH;
        }
    }
    printf("%u plans, %zu findings of %zu of %zu rules; %zu plans also by XPath\n", count,
           found, rules, f->rules.n, asked);
    printf("%u damaged ones, of which both readers refuse %zu\n", count, refused);
    oracle_drop(o);
    return bad;
}

int main(int argc, char **argv)
{
    if (argc < 3 || (argv[1][0] != '-' && argc < 5)) {
        fprintf(stderr, "usage: agree FORM FIRST COUNT ORACLE [BEYOND]\n");
        return 2;
    }
    fc_arena *a = fc_arena_new(ARENA_MAX);
    int result = 2;
    if (a && FC_BOUNDARY(a))
        result = run(a, argc, argv);
    fc_arena_drop(a);
    return result;
}
