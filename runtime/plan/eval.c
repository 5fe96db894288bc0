/* The interpreter of expressions and rules. A value is read from its answer when an expression
 * mentions it; nothing is kept, since an expression is a few nodes and a plan is read once. */
#include "runtime/plan/eval.h"
#include "runtime/form/words.h"

/* What an expression is evaluated against. */
typedef struct place {
    const fc_plan *plan;
    const fc_container *scope;
    size_t row;
    fv_date as_of;
    const fc_container *each; /* inside any() and all(): the repeat whose rows are looked at */
    size_t each_row;
} place;

typedef struct value {
    fv_truth truth; /* FC_T_TRUTH, FC_T_YES_NO */
    fv_date date;
    fv_part_date part_date;
    fv_interval interval;
    fv_number number;
    fv_money money;
    fv_text text; /* FC_T_TEXT; of a choice: its id, or the words of something else */
} value;

static fv_text fv(fc_str s)
{
    return fv_text_make(s.p, s.n);
}

/* The choice that a text names, by id or by label in any language; NULL for something else. */
static const fc_choice *find_choice(const fc_choices *list, fv_text t)
{
    for (size_t i = 0; i < list->list.n; i++)
        if (fv_same_folded(t, fv(list->list.at[i].id)))
            return &list->list.at[i];
    for (size_t i = 0; i < list->list.n; i++)
        if (fv_same_folded(t, fv(list->list.at[i].label)))
            return &list->list.at[i];
    for (size_t i = 0; i < list->list.n; i++)
        for (size_t k = 0; k < list->list.at[i].others.n; k++)
            if (fv_same_folded(t, fv(list->list.at[i].others.at[k])))
                return &list->list.at[i];
    return NULL;
}

/* Yes and no, also by their words in the languages of the form. */
static fv_truth yes_no(const fc_node *f, fv_text t)
{
    fv_truth truth = fv_yes_no_read(t);
    const fc_choice *c = f->choices && truth == FV_UNKNOWN ? find_choice(f->choices, t) : NULL;
    return c ? fv_truth_of(c == &f->choices->list.at[0]) : truth;
}

/* What is said about a required answer that has a reason for being absent. */
static fc_str excuse(const fc_form *f, fv_why why)
{
    return fc_words(f, why == FV_ASKED_UNKNOWN    ? FC_WORD_SAID_UNKNOWN
                       : why == FV_ASKED_DECLINED ? FC_WORD_SAID_DECLINED
                                                  : FC_WORD_SAID_NOT_APPLICABLE);
}

static int place_of(const void *list, fv_text id)
{
    return fc_choices_index(list, (fc_str){id.p, id.n});
}

uint64_t fc_answer_set(const fc_node *field, fc_str stored)
{
    uint64_t set = 0;
    if (field->type == FC_CHOICES)
        (void)fv_choices_read(fv(stored), place_of, field->choices, &set);
    return set;
}

/* What is wrong with the text as an answer of the field's type. */
static fv_why misread(const fc_node *f, fv_text t)
{
    char digits[11];
    fv_why why = fv_text_check(t, fv(f->pattern), f->max_length);
    bool fits = true;
    switch (f->type) {
    case FC_NHS_NUMBER: {
        fv_why wrong = fv_nhs_number_read(t, digits);
        return wrong != FV_NO_REASON ? wrong : why;
    }
    case FC_CHOICE:
        return f->choices->open || find_choice(f->choices, t) ? why : FV_NOT_IN_LIST;
    case FC_CHOICES: {
        uint64_t set;
        fv_why wrong = fv_choices_read(t, place_of, f->choices, &set);
        return wrong != FV_NO_REASON ? wrong : why;
    }
    case FC_DATE:
        fits = fv_date_known(fv_date_read(t));
        break;
    case FC_PART_DATE:
        fits = fv_part_date_known(fv_part_date_read(t));
        break;
    case FC_INTERVAL:
        fits = fv_interval_read(t).known;
        break;
    case FC_INTEGER:
        fits = fv_number_read(t).known;
        break;
    case FC_MONEY:
        fits = fv_money_read(t).known;
        break;
    case FC_YES_NO:
        fits = yes_no(f, t) != FV_UNKNOWN;
        break;
    default:
        break;
    }
    return fits ? why : FV_WRONG_KIND;
}

fv_state fc_answer_state(const fc_node *field, const fc_answer *answer, fv_why *why)
{
    fv_text t = fv(answer->text);
    if (!fv_is_text(t)) {
        *why = fv_absence_read(fv(answer->absent));
        return FV_ABSENT;
    }
    *why = misread(field, t);
    return *why == FV_NO_REASON ? FV_PRESENT : FV_UNREADABLE;
}

static const fc_answer *answer_of(const place *at, const fc_node *field)
{
    size_t row = field->container == at->each    ? at->each_row
                 : field->container == at->scope ? at->row
                                                 : 0;
    return fc_plan_answer(at->plan, field, row);
}

/* The value of a field; unknown unless it is there and can be read. */
static value field_value(const place *at, const fc_node *f)
{
    value v = {.interval = fv_no_interval()};
    fv_why why;
    const fc_answer *answer = answer_of(at, f);
    fv_text t = fv(answer->text);
    if (fc_answer_state(f, answer, &why) != FV_PRESENT)
        return v;
    switch (f->type) {
    case FC_DATE:
        v.date = fv_date_read(t);
        break;
    case FC_PART_DATE:
        v.part_date = fv_part_date_read(t);
        break;
    case FC_INTERVAL:
    case FC_INTERVAL_TEXT:
        v.interval = fv_interval_read(t);
        break;
    case FC_INTEGER:
        v.number = fv_number_read(t);
        break;
    case FC_MONEY:
        v.money = fv_money_read(t);
        break;
    case FC_YES_NO:
        v.truth = yes_no(f, t);
        break;
    case FC_CHOICE: {
        const fc_choice *c = find_choice(f->choices, t);
        v.text = c ? fv(c->id) : t;
        break;
    }
    default:
        v.text = t;
        break;
    }
    return v;
}

/* Has nobody begun the row? What is worked out in it does not count. */
static bool row_is_blank(const fc_plan *p, const fc_container *c, size_t row)
{
    for (size_t i = 0; i < c->fields.n; i++) {
        const fc_answer *answer = fc_plan_answer(p, c->fields.at[i], row);
        if (fv_is_text(fv(answer->text)) && !answer->worked_out)
            return false;
    }
    return true;
}

static const fv_op ops[] = {[FC_X_EQ] = FV_EQ, [FC_X_NE] = FV_NE, [FC_X_LT] = FV_LT,
                            [FC_X_LE] = FV_LE, [FC_X_GT] = FV_GT, [FC_X_GE] = FV_GE};

static value evaluate(const place *at, const fc_expr *x);

static fv_truth compare(const place *at, const fc_expr *x)
{
    value a = evaluate(at, x->arg[0]), b = evaluate(at, x->arg[1]);
    fv_op op = ops[x->op];
    switch (x->arg[0]->type) {
    case FC_T_DATE:
        return fv_compare_dates(a.date, op, b.date);
    case FC_T_PART_DATE:
        return fv_compare_part_dates(a.part_date, op, b.part_date);
    case FC_T_INTERVAL:
        return fv_compare_intervals(a.interval, op, b.interval);
    case FC_T_NUMBER:
        return fv_compare_numbers(a.number, op, b.number);
    case FC_T_MONEY:
        return fv_compare_money(a.money, op, b.money);
    case FC_T_TRUTH:
    case FC_T_YES_NO:
        return fv_compare_truths(a.truth, op, b.truth);
    case FC_T_TEXT:
    case FC_T_CHOICE:
        return fv_compare_texts(a.text, op, b.text);
    case FC_T_CHOICES: /* nothing compares them */
        break;
    }
    return FV_UNKNOWN;
}

/* The functions that look at all rows of a repeat, or of that repeat in each use of a block;
 * rows without any answer do not count. */
static value over_rows(const place *at, const fc_expr *x)
{
    value v = {.interval = fv_no_interval()};
    place in_row = *at;
    fv_dates dates = fv_no_dates();
    fv_why why;
    v.truth = fv_truth_of(x->op == FC_X_ALL);
    v.number = fv_number_of(0);
    for (const fc_expr *use = x; use; use = use->arg[1]) {
        const fc_container *rows = in_row.each = use->field->container;
        for (size_t i = 0; i < fc_plan_row_count(at->plan, rows); i++) {
            if (row_is_blank(at->plan, rows, i))
                continue;
            in_row.each_row = i;
            v.number.value++;
            if (x->op == FC_X_ANY)
                v.truth = fv_or(v.truth, evaluate(&in_row, use->arg[0]).truth);
            else if (x->op == FC_X_ALL)
                v.truth = fv_and(v.truth, evaluate(&in_row, use->arg[0]).truth);
            else if (x->op != FC_X_COUNT)
                fv_see_date(&dates, field_value(&in_row, use->field).date,
                            fc_answer_state(use->field, answer_of(&in_row, use->field), &why) !=
                                FV_ABSENT);
        }
    }
    v.date = x->op == FC_X_EARLIEST ? fv_earliest(dates) : fv_latest(dates);
    return v;
}

static value evaluate(const place *at, const fc_expr *x)
{
    value v = {.interval = fv_no_interval()};
    fv_why why;
    switch (x->op) {
    case FC_X_FIELD:
        return field_value(at, x->field);
    case FC_X_YES_NO:
        v.truth = fv_truth_of(x->number != 0);
        break;
    case FC_X_CHOICE:
        v.text = fv(x->text);
        break;
    case FC_X_DATE:
        v.date = fv_date_of_number(x->number);
        break;
    case FC_X_NUMBER:
        v.number = fv_number_of(x->number);
        break;
    case FC_X_MONEY:
        v.money = fv_money_of(x->number);
        break;
    case FC_X_INTERVAL:
        v.interval = fv_interval_make(x->number, (fv_unit)x->unit);
        break;
    case FC_X_AS_OF:
        v.date = at->as_of;
        break;
    case FC_X_ADD_MONTHS:
        v.date = fv_add_months(evaluate(at, x->arg[0]).date, evaluate(at, x->arg[1]).number);
        break;
    case FC_X_ADD_DAYS:
        v.date = fv_add_days(evaluate(at, x->arg[0]).date, evaluate(at, x->arg[1]).number);
        break;
    case FC_X_PART_DATE:
        v.part_date = fv_part_date_of(evaluate(at, x->arg[0]).date);
        break;
    case FC_X_MONTHS_BETWEEN:
        v.number =
            fv_months_between(evaluate(at, x->arg[0]).date, evaluate(at, x->arg[1]).date);
        break;
    case FC_X_WORDS:
        v.number = fv_words(evaluate(at, x->arg[0]).text);
        break;
    case FC_X_ANSWERED:
        v.truth = fv_answered(fc_answer_state(x->field, answer_of(at, x->field), &why));
        break;
    case FC_X_CHOSEN: {
        const fc_answer *answer = answer_of(at, x->field);
        if (fc_answer_state(x->field, answer, &why) == FV_PRESENT)
            v.truth = fv_truth_of(fc_answer_set(x->field, answer->text) >> x->number & 1u);
        break;
    }
    case FC_X_EQ:
    case FC_X_NE:
    case FC_X_LT:
    case FC_X_LE:
    case FC_X_GT:
    case FC_X_GE:
        v.truth = compare(at, x);
        break;
    case FC_X_AND:
        v.truth = fv_and(evaluate(at, x->arg[0]).truth, evaluate(at, x->arg[1]).truth);
        break;
    case FC_X_OR:
        v.truth = fv_or(evaluate(at, x->arg[0]).truth, evaluate(at, x->arg[1]).truth);
        break;
    case FC_X_NOT:
        v.truth = fv_not(evaluate(at, x->arg[0]).truth);
        break;
    case FC_X_COUNT:
    case FC_X_ANY:
    case FC_X_ALL:
    case FC_X_EARLIEST:
    case FC_X_LATEST:
        v = over_rows(at, x);
        break;
    }
    return v;
}

fv_truth fc_expr_truth(const fc_expr *x, const fc_plan *p, const fc_container *scope,
                       size_t row, fv_date as_of)
{
    place at = {p, scope, row, as_of, NULL, 0};
    return evaluate(&at, x).truth;
}

/* ---- answers that follow from others ---- */

/* The stored form of what an expression comes to, for an answer of the field; empty when that
 * is not known. */
static fc_str worked_out_text(fc_arena *a, const place *at, const fc_node *field)
{
    const fc_expr *x = field->calc;
    value v = evaluate(at, x);
    char room[FV_MONEY_ROOM];
    room[0] = '\0';
    switch (x->type) {
    case FC_T_DATE:
        fv_date_write(v.date, room);
        break;
    case FC_T_PART_DATE:
        fv_part_date_write(v.part_date, room);
        break;
    case FC_T_MONEY:
        fv_money_write(v.money, room);
        break;
    case FC_T_NUMBER:
        return v.number.known ? fc_str_fmt(a, "%lld", (long long)v.number.value) : (fc_str){0};
    case FC_T_TRUTH:
    case FC_T_YES_NO:
        return v.truth == FV_UNKNOWN ? (fc_str){0}
               : v.truth == FV_TRUE  ? FC_S("yes")
                                     : FC_S("no");
    case FC_T_INTERVAL: /* the words of the answer that it is the same as */
        return v.interval.known ? answer_of(at, x->field)->text : (fc_str){0};
    case FC_T_CHOICE:
        return (fc_str){v.text.p, v.text.n};
    case FC_T_CHOICES:
    case FC_T_TEXT: /* not worked out */
        break;
    }
    return fc_str_copy_z(a, room);
}

static void work_out(fc_arena *a, const place *at, const fc_node *f)
{
    fc_answer *answer = &at->plan->rows[f->container->index].list.at[at->row].answers[f->slot];
    if (!answer->worked_out && (fv_is_text(fv(answer->text)) || answer->absent.n))
        return;
    bool asked = !f->calc_when || evaluate(at, f->calc_when).truth == FV_TRUE;
    answer->text = asked ? worked_out_text(a, at, f) : (fc_str){0};
    answer->worked_out = answer->text.n > 0;
}

const fc_plan *fc_plan_worked_out(fc_arena *a, const fc_plan *p)
{
    const fc_form *f = p->form;
    if (!f->calcs.n)
        return p;
    fc_plan *out = FC_NEW(a, fc_plan);
    *out = *p;
    out->rows = FC_NEW_N(a, fc_rows, f->containers.n);
    for (size_t c = 0; c < f->containers.n; c++) {
        size_t fields = f->containers.at[c]->fields.n;
        for (size_t i = 0; i < p->rows[c].list.n; i++) {
            fc_row row = p->rows[c].list.at[i];
            fc_answer *own = FC_NEW_N(a, fc_answer, fields + 1);
            for (size_t k = 0; k < fields; k++)
                own[k] = row.answers[k];
            row.answers = own;
            FC_PUSH(a, &out->rows[c].list, row);
        }
    }
    for (size_t i = 0; i < f->calcs.n; i++) {
        const fc_container *c = f->calcs.at[i]->container;
        for (size_t row = 0; row < out->rows[c->index].list.n; row++) {
            place at = {out, c, row, fv_no_date(), NULL, 0};
            if (!c->repeat || !row_is_blank(out, c, row))
                work_out(a, &at, f->calcs.at[i]);
        }
    }
    return out;
}

const fc_plan *fc_plan_shown(fc_arena *a, const fc_plan *p)
{
    return fc_plan_is_blank(p) ? p : fc_plan_worked_out(a, p);
}

static fv_verdict verdict(const place *at, const fc_rule *r)
{
    fv_why why = FV_NO_REASON;
    switch (r->kind) {
    case FC_RULE_TYPE: {
        fv_state state = fc_answer_state(r->where, answer_of(at, r->where), &why);
        return fv_readable(state, why);
    }
    case FC_RULE_REQUIRED: {
        fv_state state = fc_answer_state(r->where, answer_of(at, r->where), &why);
        return fv_required(r->when ? evaluate(at, r->when).truth : FV_TRUE, state, why);
    }
    case FC_RULE_ASKED: {
        fv_state state = fc_answer_state(r->where, answer_of(at, r->where), &why);
        return fv_asked(evaluate(at, r->when).truth, state);
    }
    case FC_RULE_MUST:
        return fv_must(evaluate(at, r->must).truth);
    case FC_RULE_HUMAN:
        return fv_for_people(r->when ? evaluate(at, r->when).truth : FV_TRUE);
    }
    return fv_must(FV_UNKNOWN);
}

static bool in_repeat(const fc_node *n, const fc_container *scope)
{
    while (n && n != scope->repeat)
        n = n->parent;
    return n != NULL;
}

static void check(fc_arena *a, const place *at, const fc_rule *r, unsigned stage,
                  fc_findings *findings)
{
    if (stage < r->stage)
        return;
    fv_verdict v = verdict(at, r);
    if (v.outcome == FV_PASSED)
        return;
    char path[FV_PATH_MAX];
    bool in_row = r->scope->repeat && in_repeat(r->where, r->scope);
    fv_text id = {0};
    if (in_row)
        id = fv(at->plan->rows[r->scope->index].list.at[at->row].id);
    fv_path_write(path, fc_str_copy(a, r->where->path).p, in_row ? r->scope->repeat->path.n : 0,
                  id, at->row);
    fc_finding f = {fc_str_copy_z(a, path), r, r->severity, r->message_text, v.why, at->row};
    if (v.outcome == FV_EXCUSED) {
        f.severity = FC_ADVICE;
        f.message = excuse(at->plan->form, v.why);
    }
    FC_PUSH(a, findings, f);
}

/* The rules [from, to) of the form. */
static void check_some(fc_arena *a, const fc_plan *p, size_t from, size_t to, unsigned stage,
                       fv_date as_of, fc_findings *findings)
{
    const fc_form *f = p->form;
    p = fc_plan_worked_out(a, p);
    for (size_t i = from; i < to;) {
        const fc_container *scope = f->rules.at[i]->scope;
        size_t end = i + 1;
        if (!scope->repeat) {
            place at = {p, scope, 0, as_of, NULL, 0};
            check(a, &at, f->rules.at[i], stage, findings);
        } else { /* the rules of one repeat stand together: row by row */
            while (end < to && f->rules.at[end]->scope == scope)
                end++;
            for (size_t row = 0; row < fc_plan_row_count(p, scope); row++) {
                place at = {p, scope, row, as_of, NULL, 0};
                for (size_t k = i; k < end && !row_is_blank(p, scope, row); k++)
                    check(a, &at, f->rules.at[k], stage, findings);
            }
        }
        i = end;
    }
}

void fc_plan_check(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of,
                   fc_findings *findings)
{
    check_some(a, p, 0, p->form->n_checks, stage, as_of, findings);
}

void fc_plan_audit(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of,
                   fc_findings *findings)
{
    check_some(a, p, p->form->n_checks, p->form->rules.n, stage, as_of, findings);
}
