/* Running the examples of a form. */
#include "runtime/plan/example.h"

#include <stdlib.h>

#define EXPECTATION "E320" /* compiler/codes.h */
#define UNEXERCISED "W323"
#define PATHS_SHOWN 3 /* where there were findings that nobody expected; more help nobody */

fc_coverage fc_coverage_new(fc_arena *a, const fc_form *f)
{
    return (fc_coverage){FC_NEW_N(a, bool, f->rules.n + 1), FC_NEW_N(a, bool, f->rules.n + 1)};
}

static bool is_number(fc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static fc_row *find_row(fc_plan *p, const fc_container *c, fc_str id)
{
    fc_rows *rows = &p->rows[c->index];
    for (size_t i = 0; i < rows->list.n; i++)
        if (fc_str_eq(rows->list.at[i].id, id))
            return &rows->list.at[i];
    return NULL;
}

void fc_example_apply(fc_plan *p, const fc_example *e, fc_diags *d)
{
    for (size_t i = 0; i < e->answers.n; i++) {
        const fc_example_answer *a = &e->answers.at[i];
        const fc_container *c = a->field->container;
        fc_row *row = &p->rows[c->index].list.at[0];
        if (c->repeat) {
            row = find_row(p, c, a->row);
            if (!row && is_number(a->row))
                row = fc_plan_add_row(p, c, a->row);
        }
        if (!row) {
            fc_diag *g = fc_report(d, FC_ERROR, EXPECTATION, a->at,
                                   "the plan has no row \"%.*s\" in \"%.*s\"", FC_ARG(a->row),
                                   FC_ARG(c->repeat->path));
            fc_diag_help(d, g, "a number makes a new row");
            continue;
        }
        row->answers[a->field->slot] = (fc_answer){.text = a->text, .absent = a->absent};
    }
}

/* The check looks at no row without an answer (eval.c). */
static bool is_looked_at(const fc_plan *p, const fc_container *c, size_t row)
{
    bool any = !c->repeat;
    for (size_t i = 0; i < c->fields.n; i++)
        any |= fc_plan_answer(p, c->fields.at[i], row)->text.n > 0;
    return any;
}

/* The rule was tried on some row and is definitely satisfied there. */
static bool held(const fc_rule *r, const fc_plan *p, const fc_example *e, fv_date as_of)
{
    if (e->stage < r->stage)
        return false;
    for (size_t row = 0; row < fc_plan_row_count(p, r->scope); row++) {
        fv_why why;
        if (!is_looked_at(p, r->scope, row))
            continue;
        if (r->when && fc_expr_truth(r->when, p, r->scope, row, as_of) != FV_TRUE)
            continue;
        if (r->kind == FC_RULE_MUST && r->must &&
            fc_expr_truth(r->must, p, r->scope, row, as_of) == FV_TRUE)
            return true;
        if (r->kind == FC_RULE_MUST || r->kind == FC_RULE_HUMAN)
            continue;
        fv_state state = fc_answer_state(r->where, fc_plan_answer(p, r->where, row), &why);
        if (state == FV_PRESENT || (state == FV_UNREADABLE && r->kind == FC_RULE_REQUIRED))
            return true;
    }
    return false;
}

/* Rules for each row of a block's repeat share their id: one rule to those who wrote it. */
static bool is_of(const fc_rule *r, const fc_expectation *x)
{
    return !x->rule || fc_str_eq(r->id, x->rule->id);
}

static bool is_about(const fc_finding *f, const fc_expectation *x)
{
    return is_of(f->rule, x) && (!x->path.n || fc_str_eq(f->path, x->path));
}

/* A finding that an expectation of none rules out. Advice is no fault, unless it is asked
 * about. */
static bool is_unwanted(const fc_finding *f, const fc_expectation *x)
{
    return is_about(f, x) && (x->rule || f->severity != FC_ADVICE);
}

static void report_unmet(fc_diags *d, const fc_example *e, const fc_expectation *x,
                         const fc_findings *found)
{
    fc_str rule = x->rule ? x->rule->id : (fc_str){0};
    fc_diag *g;
    if (!x->clean) {
        g = fc_report(
            d, FC_ERROR, EXPECTATION, x->at,
            "the example \"%.*s\" expects a finding of \"%.*s\"%s%.*s%s, but there is "
            "none",
            FC_ARG(e->id), FC_ARG(rule), x->path.n ? " at \"" : "", FC_ARG(x->path),
            x->path.n ? "\"" : "");
        for (size_t i = 0; i < found->n; i++)
            if (is_of(found->at[i].rule, x))
                fc_diag_note_at(d, g, (fc_span){0}, "there is one at \"%.*s\"",
                                FC_ARG(found->at[i].path));
        if (x->rule->stage > e->stage)
            fc_diag_help(d, g, "the rule holds from a later stage than that of the example");
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < found->n; i++)
        n += is_unwanted(&found->at[i], x);
    g = fc_report(d, FC_ERROR, EXPECTATION, x->at,
                  "the example \"%.*s\" expects no finding%s%.*s%s, but there %s %zu",
                  FC_ARG(e->id), rule.n ? " of \"" : "", FC_ARG(rule), rule.n ? "\"" : "",
                  n == 1 ? "is" : "are", n);
    for (size_t i = 0, shown = 0; i < found->n && shown < PATHS_SHOWN; i++)
        if (is_unwanted(&found->at[i], x)) {
            fc_diag_note_at(d, g, (fc_span){0}, "\"%.*s\" at \"%.*s\"",
                            FC_ARG(found->at[i].rule->id), FC_ARG(found->at[i].path));
            shown++;
        }
}

/* Among the findings that an expectation is about is one that is not excused by a reason for
 * having no answer: the rule itself was broken. */
static bool breaks(const fc_expectation *x, const fc_findings *found)
{
    for (size_t i = 0; i < found->n; i++)
        if (is_about(&found->at[i], x) && found->at[i].severity == x->rule->severity)
            return true;
    return false;
}

static bool is_met(const fc_expectation *x, const fc_findings *found)
{
    for (size_t i = 0; i < found->n; i++)
        if (x->clean ? is_unwanted(&found->at[i], x) : is_about(&found->at[i], x))
            return !x->clean;
    return x->clean;
}

static size_t index_of(const fc_form *f, const fc_rule *r)
{
    size_t i = 0;
    while (f->rules.at[i] != r)
        i++;
    return i;
}

bool fc_example_run(fc_arena *a, const fc_plan *p, const fc_example *e, fc_coverage *coverage,
                    fc_diags *d)
{
    const fc_form *f = p->form;
    fv_date as_of = fv_date_read(fv_text_make(e->as_of.p, e->as_of.n));
    fc_findings found = {0};
    bool all = true;
    p = fc_plan_worked_out(a, p);
    fc_plan_check(a, p, e->stage, as_of, &found);
    fc_plan_audit(a, p, e->stage, as_of, &found);
    for (size_t i = 0; i < e->expected.n; i++) {
        const fc_expectation *x = &e->expected.at[i];
        if (!is_met(x, &found)) {
            report_unmet(d, e, x, &found);
            all = false;
        } else if (!x->clean) {
            coverage->broken[index_of(f, x->rule)] |= breaks(x, &found);
        } else {
            for (size_t k = 0; k < f->rules.n; k++)
                if (is_of(f->rules.at[k], x))
                    coverage->held[k] |= held(f->rules.at[k], p, e, as_of);
        }
    }
    return all;
}

/* ---- coverage -----------------------------------------------------------------------------
 */

/* Rules that stand at one place of the definition are one rule to its author: a block's. */
typedef struct written {
    const fc_rule *rule;
    size_t index;
} written;

static int by_place(const void *a, const void *b)
{
    const written *x = a, *y = b;
    if (x->rule->at.begin != y->rule->at.begin)
        return x->rule->at.begin < y->rule->at.begin ? -1 : 1;
    if (x->rule->kind != y->rule->kind)
        return x->rule->kind < y->rule->kind ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

static bool is_written(const fc_rule *r)
{
    if (r->kind == FC_RULE_MUST)
        return r->must && !r->made;
    if (r->kind == FC_RULE_HUMAN)
        return true;
    return r->kind == FC_RULE_REQUIRED || (r->where && r->where->pattern.n);
}

fc_coverage_count fc_coverage_report(const fc_form *f, const fc_coverage *coverage, fc_diags *d)
{
    fc_coverage_count count = {0};
    written *list = FC_NEW_N(d->arena, written, f->rules.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f->rules.n; i++)
        if (is_written(f->rules.at[i]))
            list[n++] = (written){f->rules.at[i], i};
    if (n)
        qsort(list, n, sizeof *list, by_place);
    for (size_t i = 0; i < n;) {
        const fc_rule *r = list[i].rule;
        bool broken = false, satisfied = false;
        size_t places = 0;
        for (; i < n && list[i].rule->at.begin == r->at.begin && list[i].rule->kind == r->kind;
             i++, places++) {
            broken |= coverage->broken[list[i].index];
            satisfied |= coverage->held[list[i].index];
        }
        if (r->kind == FC_RULE_HUMAN) {
            count.people++;
            continue;
        }
        count.rules++;
        count.broken += broken;
        count.held += satisfied;
        if ((broken && satisfied) || d->errors)
            continue;
        fc_str more =
            places > 1 ? fc_str_fmt(d->arena, " (and %zu like it)", places - 1) : (fc_str){0};
        fc_diag *g =
            fc_report(d, FC_WARNING, UNEXERCISED, r->at, "no example %s the rule \"%.*s\"%.*s",
                      broken      ? "satisfies"
                      : satisfied ? "breaks"
                                  : "tries",
                      FC_ARG(r->id), FC_ARG(more));
        fc_diag_help(d, g,
                     broken ? "add one with <expect-clean rule=\"%.*s\"/>"
                            : "add one with <expect rule=\"%.*s\"/>",
                     FC_ARG(r->id));
    }
    return count;
}
