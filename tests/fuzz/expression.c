/* An expression at every place where one can stand. The first byte chooses the place; the rest
 * is the expression. What compiles is printed, compiled again as a rule of the form, and has to
 * be the same tree and of the same truth for some plans. */
#include "tests/fuzz/fuzz.h"

#include "runtime/base/xmlwrite.h"

#include <string.h>

typedef enum slot {
    MUST,
    REQUIRED_WHEN,
    ASK_WHEN,
    WHEN,
    SECTION,
    ROW,
    ROW_ASKED,
    BLOCK,
    SIGNATURE,
    RULE,
    EACH, /* a rule for each row of s/rows */
    EACH_IN_USE,
    SLOTS
} slot;

static const char head[] =
    "<form xmlns='urn:formc:form:1' id='f' version='1.0.0' status='draft' xml:lang='en-GB' "
    "data-ns='urn:x:f'><title>T</title>"
    "<parties><party id='p' kind='person'>P</party></parties>"
    "<choices id='colours'><choice id='red'>Red</choice><choice id='blue'>Blue</choice>"
    "</choices><choices id='open' open='yes'><choice id='one'>One</choice></choices>";

static const char fields[] =
    "<field id='day' label='Day' type='date'/><field id='end' label='End' type='date'/>"
    "<field id='often' label='Often' type='interval'/><field id='n' label='N' type='integer'/>"
    "<field id='ok' label='OK' type='yes-no'/><field id='text' label='Text' type='prose'/>"
    "<field id='colour' label='Colour' type='choice' choices='colours'/>"
    "<field id='other' label='Other' type='choice' choices='open'/>";

typedef struct place {
    fc_buf b;
    slot at;
    fc_str expression;
} place;

/* An element up to its attribute `name` with the expression, when it stands here. */
static void open(place *p, slot here, const char *element, const char *name)
{
    fc_buf_fmt(&p->b, "<%s", element);
    if (p->at == here) {
        fc_buf_fmt(&p->b, " %s=\"", name);
        fc_xml_attr_value(&p->b, p->expression);
        fc_buf_char(&p->b, '"');
    }
}

static void leaf(place *p, slot here, const char *element, const char *name)
{
    open(p, here, element, name);
    bool must = p->at == here && strcmp(name, "must") == 0;
    fc_buf_z(&p->b, must ? "><message>M</message></field>" : "/>");
}

static void rule(place *p, slot here, const char *element)
{
    if (p->at != here)
        return;
    open(p, here, element, "must");
    fc_buf_z(&p->b, "><message>M</message></rule>");
}

/* The whole definition. */
static void write_form(place *p)
{
    fc_buf *b = &p->b;
    fc_buf_z(b, head);
    fc_buf_z(b, "<block id='k'>");
    fc_buf_z(b, fields);
    leaf(p, BLOCK, "field id='line' label='L' type='line'", "must");
    fc_buf_z(b, "<repeat id='rows' label='R'><field id='day' label='D' type='date'/>"
                "<field id='ok' label='K' type='yes-no'/></repeat></block>");
    open(p, SECTION, "section id='s' title='S'", "ask-when");
    fc_buf_z(b, ">");
    fc_buf_z(b, fields);
    leaf(p, MUST, "field id='m' label='M' type='line'", "must");
    leaf(p, REQUIRED_WHEN, "field id='q' label='Q' type='line'", "required-when");
    leaf(p, ASK_WHEN, "field id='a' label='A' type='line'", "ask-when");
    fc_buf_z(b, "<field id='y' label='Y' type='yes-no'>");
    leaf(p, WHEN, "details id='d' label='D'", "when");
    fc_buf_z(b, "</field>");
    open(p, ROW_ASKED, "repeat id='rows' label='R'", "ask-when");
    fc_buf_z(b, ">");
    fc_buf_z(b, fields);
    leaf(p, ROW, "field id='line' label='L' type='line'", "must");
    fc_buf_z(b, "</repeat><use id='u' block='k' title='U'/><use id='v' block='k' title='V'/>"
                "</section><section id='t' title='T'>");
    open(p, SIGNATURE, "signature id='i' label='I' party='p' covers='s'", "required-when");
    fc_buf_z(b, "><field id='name' label='N' type='person-name'/>"
                "<field id='mark' label='M' type='mark'/><field id='on' label='O' type='date'/>"
                "</signature></section><rules id='x'>");
    rule(p, RULE, "rule id='r' at='s/m'");
    rule(p, EACH, "rule id='r' for-each='s/rows'");
    rule(p, EACH_IN_USE, "rule id='r' for-each='s/u/rows'");
    fc_buf_z(b, "</rules></form>");
}

/* The form with the expression there; NULL when it does not compile. What is told is tested. */
static const fc_form *compile(fc_arena *a, slot at, fc_str expression)
{
    place p = {.at = at, .expression = expression};
    const fc_form *f = NULL;
    fc_diags *d = fc_diags_new(a);
    fc_buf_init(&p.b, FC_BUF_MAX);
    write_form(&p);
    fc_str xml = fc_buf_keep(&p.b, a);
    fc_status s = fc_compile(a, FC_S("form.xml"), FC_S("form.xml"), xml, d, &f);
    HOLDS((s == FC_OK) == (f != NULL));
    fc_buf_clear(&p.b);
    fuzz_tell(d, &p.b);
    fc_buf_release(&p.b);
    return f;
}

static bool same_tree(const fc_expr *x, const fc_expr *y)
{
    if (!x || !y)
        return x == y;
    return x->op == y->op && x->type == y->type && x->number == y->number &&
           x->unit == y->unit && fc_str_eq(x->text, y->text) && !x->field == !y->field &&
           (!x->field || fc_str_eq(x->field->path, y->field->path)) &&
           same_tree(x->arg[0], y->arg[0]) && same_tree(x->arg[1], y->arg[1]);
}

/* Plan number n: answers by type and chance, the same for every form of ours. */
static fc_plan *make_plan(fc_arena *a, const fc_form *f, unsigned n)
{
    static const char *const days[] = {"2026-01-31", "2024-02-29", "30/11/2025", "soon", ""},
                             *const often[] = {"every 4 weeks", "12 months", "1 day", "?", ""},
                             *const numbers[] = {"0", "-3", "9223372036854775807", "x", ""},
                             *const truths[] = {"yes", "no", "yes", "perhaps", ""},
                             *const texts[] = {"red", "one two", "one", "\xC3\xA9", ""};
    fc_plan *p = fc_plan_new(a, f);
    for (size_t c = 0; c < f->containers.n; c++) {
        const fc_container *k = f->containers.at[c];
        for (unsigned i = 0; k->repeat && i < n % 3; i++)
            fc_plan_add_row(p, k, (fc_str){0});
        for (size_t row = 0; row < p->rows[c].list.n; row++)
            for (size_t i = 0; i < k->fields.n; i++) {
                const fc_node *field = k->fields.at[i];
                fc_expr_type t = fc_type_in_expr(field->type);
                const char *const *list = t == FC_T_DATE       ? days
                                          : t == FC_T_INTERVAL ? often
                                          : t == FC_T_NUMBER   ? numbers
                                          : t == FC_T_YES_NO   ? truths
                                                               : texts;
                size_t which = (n * 7 + i * 3 + row + n * i) % 5;
                fc_plan_answer_at(p, (fc_place){field, row})->text = fc_str_of(list[which]);
            }
    }
    return p;
}

#define PLANS 6

static void same_truth(fc_arena *a, const fc_form *f, const fc_expr *x, const fc_container *in,
                       const fc_form *g, const fc_expr *y)
{
    fv_date day = fv_date_make(2026, 1, 31);
    for (unsigned n = 0; n < PLANS; n++) {
        fc_plan *p = make_plan(a, f, n), *q = make_plan(a, g, n);
        const fc_container *there = g->containers.at[in->index];
        fc_findings found = {0};
        fc_plan_check(a, p, 0, day, &found);
        for (size_t row = 0; row < fc_plan_row_count(p, in); row++)
            HOLDS(fc_expr_truth(x, p, in, row, day) == fc_expr_truth(y, q, there, row, day));
    }
}

static void check(fc_arena *a, const fc_form *f, const fc_expr *x, const fc_container *scope)
{
    fc_str text = fc_expr_print(a, x, scope);
    if (text.n > 4096) /* full paths can be longer than what may be written */
        return;
    slot at = !scope->repeat                                 ? RULE
              : fc_str_eq_z(scope->repeat->path, "s/rows")   ? EACH
              : fc_str_eq_z(scope->repeat->path, "s/u/rows") ? EACH_IN_USE
                                                             : SLOTS;
    if (at == SLOTS)
        return;
    const fc_form *again = compile(a, at, text);
    HOLDS(again != NULL);
    const fc_rule *r = again->rules.at[again->rules.n - 1];
    HOLDS(r->kind == FC_RULE_MUST && same_tree(x, r->must));
    HOLDS(fc_str_eq(text, fc_expr_print(a, r->must, r->scope)));
    same_truth(a, f, x, scope, again, r->must);
}

static void read_expression(fc_arena *a, void *with)
{
    const fc_str *in = with;
    const fc_form *f =
        compile(a, (slot)((unsigned char)in->p[0] % SLOTS), fc_str_slice(*in, 1, in->n));
    for (size_t i = 0; f && i < f->rules.n; i++) {
        const fc_rule *r = f->rules.at[i];
        if (r->must)
            check(a, f, r->must, r->scope);
        if (r->when)
            check(a, f, r->when, r->scope);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    fc_str in = {(const char *)data, n};
    if (n)
        fuzz_run(read_expression, &in);
    return 0;
}

static const char *const words[] = {"day",
                                    "end",
                                    "often",
                                    "n",
                                    "ok",
                                    "text",
                                    "colour",
                                    "other",
                                    "line",
                                    "s/day",
                                    "s/end",
                                    "s/often",
                                    "s/n",
                                    "s/ok",
                                    "s/text",
                                    "s/colour",
                                    "s/other",
                                    "s/u/day",
                                    "s/u/ok",
                                    "s/rows",
                                    "rows",
                                    "s/u/rows",
                                    "u/rows",
                                    "s/rows/day",
                                    "rows/day",
                                    "../day",
                                    "../rows",
                                    "../../s/day",
                                    "t/i/mark",
                                    "t/i",
                                    "s",
                                    "m",
                                    "q",
                                    "a",
                                    "y",
                                    "d",
                                    "and",
                                    "or",
                                    "not",
                                    "eq",
                                    "ne",
                                    "lt",
                                    "le",
                                    "gt",
                                    "ge",
                                    "yes",
                                    "no",
                                    "true",
                                    "false",
                                    "'red'",
                                    "'blue'",
                                    "'one'",
                                    "'x'",
                                    "''",
                                    "2026-01-31",
                                    "2024-02-29",
                                    "2026-02-30",
                                    "0001-01-01",
                                    "9999-12-31",
                                    "2026-1-3",
                                    "0",
                                    "1",
                                    "3",
                                    "12",
                                    "100000",
                                    "100001",
                                    "9223372036854775807",
                                    "99999999999999999999",
                                    "answered",
                                    "count",
                                    "any",
                                    "all",
                                    "earliest",
                                    "latest",
                                    "as-of",
                                    "add-months",
                                    "add-days",
                                    "months-between",
                                    "words",
                                    "days",
                                    "weeks",
                                    "months",
                                    "years",
                                    "(",
                                    ")",
                                    ",",
                                    "&lt;",
                                    "=",
                                    "\xC3\xA9",
                                    "\xE2\x80\x98",
                                    "'\n'",
                                    NULL};

static const char *const pieces[] = {"answered(day)",
                                     "ok eq yes",
                                     "day le as-of()",
                                     "end ge add-months(day, 3)",
                                     "add-days(day, 7) ne end",
                                     "often le months(12)",
                                     "often gt weeks(4)",
                                     "n lt 3",
                                     "colour eq 'red'",
                                     "other ne 'one'",
                                     "text eq 'abc'",
                                     "text ne text",
                                     "words(text) ge 2",
                                     "months-between(day, end) le 3",
                                     "count(s/rows) ge 1",
                                     "any(s/rows, ok eq yes)",
                                     "all(s/rows, answered(day) and day le end)",
                                     "earliest(s/rows/day) le end",
                                     "latest(s/u/rows/day) lt 2026-01-31",
                                     "not (ok eq yes or n eq 1)",
                                     " and ",
                                     " or ",
                                     "not ",
                                     " eq ",
                                     " ne ",
                                     "((",
                                     "))",
                                     NULL};

const fuzz_language fuzz_language_here = {FUZZ_WORDS, words, pieces};
