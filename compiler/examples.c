/* Examples of a definition: paths, rules, answers and what is expected, held against the form.
 * An example is for tests and for readers, so it must be about nobody: NHS numbers are those of
 * the range 999, which is set aside for that. No message quotes an answer of an example. */
#include "compiler/front.h"
#include "runtime/plan/eval.h"

#include <string.h>

#define EXAMPLES_MAX                                                                           \
    2000u /* more are better kept in several forms; bounds the search for twins */

/* ---- real people --------------------------------------------------------------------------
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* An NHS number that could be somebody's begins at s[i]: ten digits, together or as 3 3 4, the
 * check digit right, not in the range 999. */
static bool real_number_at(fc_str s, size_t i)
{
    char digits[10], read[11];
    size_t n = 0;
    if (i > 0 && is_word(s.p[i - 1]))
        return false;
    while (n < 10 && i < s.n) {
        if (is_digit(s.p[i]))
            digits[n++] = s.p[i++];
        else if ((n == 3 || n == 6) && (s.p[i] == ' ' || s.p[i] == '-') && i + 1 < s.n &&
                 is_digit(s.p[i + 1]))
            i++;
        else
            return false;
    }
    if (n < 10 || (i < s.n && is_word(s.p[i])) || memcmp(digits, "999", 3) == 0)
        return false;
    return fv_nhs_number_read(fv_text_make(digits, 10), read) == FV_NO_REASON;
}

static bool holds_real_number(fc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i]) && real_number_at(s, i))
            return true;
    return false;
}

bool fc_example_real_person(const fc_node *field, fc_str answer)
{
    /* A field for NHS numbers takes more ways of writing one than are looked for in text. */
    char digits[11];
    if (field->type == FC_NHS_NUMBER &&
        fv_nhs_number_read(fv_text_make(answer.p, answer.n), digits) == FV_NO_REASON)
        return memcmp(digits, "999", 3) != 0;
    return holds_real_number(answer);
}

/* ---- paths --------------------------------------------------------------------------------
 */

/* "crisis/sign[1]/warning" taken apart: plain is the path without the row. */
typedef struct row_path {
    fc_str plain, repeat, row;
    bool good;
} row_path;

static row_path take_apart(fc_front *c, fc_str path)
{
    row_path p = {.plain = path, .good = true};
    const char *open = path.n ? memchr(path.p, '[', path.n) : NULL;
    if (!open)
        return p;
    size_t i = (size_t)(open - path.p);
    const char *close = memchr(open, ']', path.n - i);
    size_t k = close ? (size_t)(close - path.p) : path.n;
    p.repeat = fc_str_slice(path, 0, i);
    p.row = k > i ? fc_str_slice(path, i + 1, k) : (fc_str){0};
    fc_str rest = fc_str_slice(path, k < path.n ? k + 1 : path.n, path.n);
    p.good = close && p.row.n && fc_str_starts(rest, "/") && !memchr(rest.p, '[', rest.n);
    p.plain = fc_str_fmt(c->a, "%.*s%.*s", FC_ARG(p.repeat), FC_ARG(rest));
    return p;
}

static bool row_number(fc_str row, unsigned *number)
{
    *number = 0;
    for (size_t i = 0; i < row.n; i++) {
        if (!is_digit(row.p[i]) || row.n > 4 || (i == 0 && row.p[i] == '0'))
            return false;
        *number = *number * 10 + (unsigned)(row.p[i] - '0');
    }
    return row.n > 0;
}

/* The field of a path. With a plan beside the form, rows may have the ids they have there. */
static const fc_node *find_field(fc_front *c, const fc_xattr *at, bool with_plan, fc_str *row)
{
    fc_str path = fc_str_trim(at->value);
    row_path p = take_apart(c, path);
    const fc_node *f = fc_form_find_field(c->f, p.plain);
    unsigned number;
    *row = p.row;
    if (!f) {
        fc_names n = {.c = c};
        for (size_t i = 0; !fc_enough(c) && i < c->f->fields.n; i++)
            fc_names_add(&n, c->f->fields.at[i]->path);
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_PATH, at->value_at,
                              "there is no question \"%.*s\"", FC_ARG(p.plain));
        fc_help_names(c, g, &n, p.plain, "the questions are:");
        return NULL;
    }
    const fc_node *repeat = f->container->repeat;
    if (!repeat && path.n != p.plain.n) {
        fc_diag *g =
            fc_wrong(c, FC_C_EXAMPLE_PATH, at->value_at,
                     "\"%.*s\" is not in a repeat, so it has no rows", FC_ARG(f->path));
        fc_diag_help(c->d, g, "write \"%.*s\"", FC_ARG(f->path));
        return NULL;
    }
    if (!repeat)
        return f;
    if (!p.good || !fc_str_eq(p.repeat, repeat->path)) {
        fc_diag *g = fc_wrong(c, FC_C_EXAMPLE_PATH, at->value_at,
                              "\"%.*s\" is in the repeat \"%.*s\": say in which row",
                              FC_ARG(f->path), FC_ARG(repeat->path));
        fc_diag_help(c->d, g, "write \"%.*s[1]%.*s\"", FC_ARG(repeat->path),
                     FC_ARG(fc_str_slice(f->path, repeat->path.n, f->path.n)));
        return NULL;
    }
    bool counted = row_number(p.row, &number);
    if ((!counted && !with_plan) ||
        (counted && repeat->max_rows && number > repeat->max_rows)) {
        fc_diag *g = fc_wrong(c, FC_C_EXAMPLE_PATH, at->value_at,
                              "\"%.*s\" cannot have the row \"%.*s\"", FC_ARG(repeat->path),
                              FC_ARG(p.row));
        fc_diag_help(c->d, g, "rows are numbers from 1 to %u", repeat->max_rows);
        return NULL;
    }
    return f;
}

/* ---- rules --------------------------------------------------------------------------------
 */

/* The end of the id behind the group: "first-review-due" of "dates/first-review-due". */
static fc_str short_id(fc_str id)
{
    size_t i = id.n;
    while (i > 0 && id.p[i - 1] != '/')
        i--;
    return fc_str_slice(id, i, id.n);
}

static const fc_rule *find_rule(fc_front *c, const fc_xattr *at)
{
    fc_str id = fc_str_trim(at->value);
    const fc_rule *found = NULL;
    size_t alike = 0;
    for (size_t i = 0; i < c->f->rules.n; i++) {
        const fc_rule *r = c->f->rules.at[i];
        if (fc_str_eq(r->id, id))
            return r;
        if (fc_str_eq(short_id(r->id), id)) {
            /* A rule for each row has one id in every use of a block. */
            alike += !found || !fc_str_eq(found->id, r->id);
            found = r;
        }
    }
    if (alike == 1)
        return found;
    fc_diag *g = fc_wrong(
        c, FC_C_NO_SUCH_RULE, at->value_at,
        alike ? "there are several rules \"%.*s\"" : "there is no rule \"%.*s\"", FC_ARG(id));
    if (alike) {
        fc_diag_help(c->d, g, "write the whole id, like \"%.*s\"", FC_ARG(found->id));
        return NULL;
    }
    fc_names n = {.c = c};
    for (size_t i = 0; !fc_enough(c) && i < c->f->rules.n; i++) {
        fc_names_add(&n, c->f->rules.at[i]->id);
        if (!memchr(c->f->rules.at[i]->id.p, '.', c->f->rules.at[i]->id.n))
            fc_names_add(&n, short_id(c->f->rules.at[i]->id));
    }
    fc_str near = fc_names_nearest(&n, id);
    if (near.n)
        fc_diag_help(c->d, g, "did you mean \"%.*s\"?", FC_ARG(near));
    else
        fc_diag_help(c->d, g,
                     "a rule of <rules> is named by its id; one of a question by its path and "
                     "what it is: \"section/question.must\", \".required\" or \".type\"");
    return NULL;
}

/* ---- one example --------------------------------------------------------------------------
 */

static bool points_at(const fc_form *f, fc_str id, const fc_node *where)
{
    for (size_t i = 0; i < f->rules.n; i++)
        if (f->rules.at[i]->where == where && fc_str_eq(f->rules.at[i]->id, id))
            return true;
    return false;
}

static void read_expected(fc_front *c, const fc_xelem *x, fc_example *e)
{
    const fc_xattr *rule = fc_attr(x, "rule"), *at = fc_attr(x, "at");
    fc_expectation wanted = {.at = x->at, .clean = x->kind == FC_EL_EXPECT_CLEAN};
    if (rule && fc_str_trim(rule->value).n) {
        wanted.at = rule->value_at;
        wanted.rule = find_rule(c, rule);
        if (!wanted.rule)
            return;
    }
    if (!wanted.rule && !wanted.clean)
        return; /* the attribute is missing: reported */
    if (at && fc_str_trim(at->value).n) {
        wanted.path = fc_str_trim(at->value);
        /* A rule of the form may point at a section or a repeat, all others at a field. */
        const fc_node *node = fc_form_find(c->f, wanted.path);
        fc_str row;
        bool whole = node && (node->kind == FC_SECTION || node->kind == FC_REPEAT);
        const fc_node *where = whole ? node : find_field(c, at, e->plan.n > 0, &row);
        if (where && wanted.rule && !points_at(c->f, wanted.rule->id, where)) {
            fc_diag *g = fc_wrong(c, FC_C_EXAMPLE_PATH, at->value_at,
                                  "the rule \"%.*s\" never points at \"%.*s\"",
                                  FC_ARG(wanted.rule->id), FC_ARG(where->path));
            if (wanted.rule->where)
                fc_diag_help(c->d, g, "it points at \"%.*s\"",
                             FC_ARG(wanted.rule->where->path));
            return;
        }
    }
    FC_PUSH(c->a, &e->expected, wanted);
}

static bool is_reason(fc_str s)
{
    fv_why why = fv_absence_read(fv_text_make(s.p, s.n));
    return why != FV_NO_REASON && (why != FV_REASON_UNKNOWN || fc_str_eq_z(s, "unknown"));
}

static bool expects_type(const fc_example *e, const fc_node *field)
{
    for (size_t i = 0; i < e->expected.n; i++) {
        const fc_expectation *x = &e->expected.at[i];
        if (!x->clean && x->rule->kind == FC_RULE_TYPE && x->rule->where == field)
            return true;
    }
    return false;
}

static void read_answer(fc_front *c, const fc_xelem *x, fc_example *e)
{
    const fc_xattr *path = fc_attr(x, "path"), *absent = fc_attr(x, "absent");
    if (!path || !fc_str_trim(path->value).n)
        return;
    fc_example_answer a = {.at = path->value_at};
    for (size_t i = 0; i < x->kids.n; i++)
        if (!x->kids.at[i].elem)
            a.text = fc_str_fmt(c->a, "%.*s%.*s", FC_ARG(a.text), FC_ARG(x->kids.at[i].text));
    a.text = fc_str_trim(a.text);
    a.field = find_field(c, path, e->plan.n > 0, &a.row);
    if (!a.field)
        return;
    for (size_t i = 0; i < e->answers.n; i++)
        if (e->answers.at[i].field == a.field && fc_str_eq(e->answers.at[i].row, a.row)) {
            fc_diag *g = fc_wrong(c, FC_C_EXAMPLE_PATH, a.at, "this answer is set twice");
            fc_diag_note_at(c->d, g, e->answers.at[i].at, "the first time");
            fc_diag_help(c->d, g, "delete one of the two");
            return;
        }
    if (absent) {
        a.absent = fc_str_trim(absent->value);
        if (!is_reason(a.absent)) {
            fc_diag *g = fc_wrong(c, FC_C_BAD_VALUE, absent->value_at,
                                  "absent cannot be \"%.*s\"", FC_ARG(a.absent));
            fc_diag_help(c->d, g,
                         "the reasons are: not-asked, asked-unknown, asked-declined, "
                         "not-applicable, unknown, masked");
        } else if (a.text.n) {
            fc_wrong(c, FC_C_EXAMPLE_VALUE, a.at,
                     "there is both an answer and a reason for having none");
        }
    }
    fc_answer answer = {.text = a.text};
    fv_why why;
    if (fc_example_real_person(a.field, a.text)) {
        fc_diag *g = fc_wrong(c, FC_C_REAL_PERSON, a.at,
                              "this answer has an NHS number that may be somebody's");
        fc_diag_help(c->d, g, "use one that begins with 999, like 9990000018");
    } else if (!a.field->choices &&
               (a.field->type == FC_CHOICE || a.field->type == FC_CHOICES)) {
        /* its list was reported as missing */
    } else if (a.text.n && fc_answer_state(a.field, &answer, &why) == FV_UNREADABLE &&
               !expects_type(e, a.field)) {
        fc_diag *g = fc_wrong(c, FC_C_EXAMPLE_VALUE, a.at, "this answer cannot be read as %s",
                              fc_types[a.field->type].in_words);
        fc_diag_help(c->d, g,
                     "where that is the point of the example, add <expect "
                     "rule=\"%.*s.type\"/>",
                     FC_ARG(a.field->path));
    }
    FC_PUSH(c->a, &e->answers, a);
}

/* A name below the form's folder: no way up, none from the root. */
static bool is_below(fc_str path)
{
    if (!path.n || path.p[0] == '/' || memchr(path.p, '\\', path.n))
        return false;
    for (size_t i = 0; i + 1 < path.n; i++)
        if (path.p[i] == '.' && path.p[i + 1] == '.')
            return false;
    return true;
}

static void read_head(fc_front *c, const fc_xelem *x, fc_example *e)
{
    const fc_xattr *plan = fc_attr(x, "plan"), *stage = fc_attr(x, "stage");
    const fc_xattr *as_of = fc_attr(x, "as-of");
    e->at = fc_attr_at(x, "id");
    e->id = fc_id_of(c, x, false);
    e->title = fc_str_collapse(c->a, fc_attr_value(x, "title"));
    if (plan) {
        e->plan = fc_str_copy(c->a, fc_str_trim(plan->value));
        e->plan_at = plan->value_at;
        if (!is_below(e->plan)) {
            fc_diag *g = fc_wrong(c, FC_C_BAD_VALUE, plan->value_at,
                                  "this is not the name of a plan beside the form");
            fc_diag_help(c->d, g, "a name below the form's folder, like \"examples/full.xml\"");
        }
    }
    int at = stage ? fc_find_stage(c, stage) : 0;
    e->stage = at < 0 ? 0 : (unsigned)at;
    if (!as_of || !fc_str_trim(as_of->value).n)
        return;
    char back[11];
    e->as_of = fc_str_trim(as_of->value);
    fv_date_write(fv_date_read(fv_text_make(e->as_of.p, e->as_of.n)), back);
    if (!fc_str_eq_z(e->as_of, back)) {
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_DAY, as_of->value_at, "there is no day \"%.*s\"",
                              FC_ARG(e->as_of));
        fc_diag_help(c->d, g, "write year, month, day: 2026-01-31");
    }
}

static void read_example(fc_front *c, const fc_xelem *x)
{
    fc_example e = {0};
    read_head(c, x, &e);
    for (size_t i = 0; i < c->f->examples.n; i++)
        if (e.id.n && fc_str_eq(c->f->examples.at[i].id, e.id)) {
            fc_diag *g =
                fc_wrong(c, FC_C_DUPLICATE_ID, e.at,
                         "the id \"%.*s\" is already used for another example", FC_ARG(e.id));
            fc_diag_note_at(c->d, g, c->f->examples.at[i].at, "first used here");
            fc_diag_help(c->d, g, "give this one another id");
            break;
        }
    bool any = false;
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (k && (k->kind == FC_EL_EXPECT || k->kind == FC_EL_EXPECT_CLEAN)) {
            any = true;
            read_expected(c, k, &e);
        }
    }
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem && x->kids.at[i].elem->kind == FC_EL_ANSWER)
            read_answer(c, x->kids.at[i].elem, &e);
    if (!any) {
        fc_diag *g = fc_wrong(c, FC_C_EXAMPLE_EMPTY, x->name_at,
                              "this example expects nothing, so it shows nothing");
        fc_diag_help(c->d, g, "add <expect rule=\"...\"/> or <expect-clean/>");
    }
    FC_PUSH(c->a, &c->f->examples, e);
}

void fc_check_examples(fc_front *c)
{
    for (size_t i = 0; i < c->root->kids.n; i++) {
        const fc_xelem *list = c->root->kids.at[i].elem;
        if (!list || list->kind != FC_EL_EXAMPLES)
            continue;
        for (size_t k = 0; k < list->kids.n; k++) {
            const fc_xelem *x = list->kids.at[k].elem;
            if (!x || x->kind != FC_EL_EXAMPLE)
                continue;
            if (c->f->examples.n == EXAMPLES_MAX) {
                fc_wrong(c, FC_C_TOO_MUCH, x->name_at, "there are more than %u examples",
                         EXAMPLES_MAX);
                return;
            }
            read_example(c, x);
        }
    }
}
