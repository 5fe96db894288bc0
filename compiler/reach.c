/* Conditions that can never be true and checks that can never fail: constants, and answers that
 * would have to be two things at once on one path. What is told is certain; much that is
 * impossible is not seen, since nothing is searched for.
 *
 * While an expression is assumed to be true (or false), each field that it names keeps the set
 * of what its answer can still be. A field without any is the contradiction. */
#include "compiler/front.h"
#include "runtime/plan/eval.h"

/* What an answer can be: bits of a set. SOMETHING is what is none of the choices, and whatever
 * an answer of another type holds. */
#define BLANK 1u
#define SOMETHING 2u
#define FIRST_CHOICE 2u
#define CHOICES_MAX 60u /* a longer list is not followed */
/* Facts looked at in one form; beyond, nothing is told. A form of a hundred pages takes a few
 * thousand; one that is made to be slow ends after some tens of milliseconds. */
#define FACTS_MAX ((size_t)4 << 20)

typedef struct fact {
    const fc_node *field;
    uint64_t can_be;
} fact;

typedef struct facts {
    fc_front *c;
    FC_ARRAY(fact) list;
} facts;

static bool followed(const fc_node *f)
{
    return (f->type == FC_CHOICE || f->type == FC_YES_NO) && f->choices &&
           f->choices->list.n <= CHOICES_MAX;
}

static uint64_t all_choices(const fc_node *f)
{
    return followed(f) ? (((uint64_t)1 << f->choices->list.n) - 1) << FIRST_CHOICE : 0;
}

static facts copy_of(const facts *k)
{
    facts copy = {.c = k->c};
    k->c->n_assumed += k->list.n;
    for (size_t i = 0; i < k->list.n; i++)
        FC_PUSH(k->c->a, &copy.list, k->list.at[i]);
    return copy;
}

/* False when nothing is left that the answer can be. */
static bool keep_only(facts *k, const fc_node *f, uint64_t set)
{
    k->c->n_assumed += k->list.n + 1;
    for (size_t i = 0; i < k->list.n; i++)
        if (k->list.at[i].field == f)
            return (k->list.at[i].can_be &= set) != 0;
    uint64_t can_be = (BLANK | SOMETHING | all_choices(f)) & set;
    FC_PUSH(k->c->a, &k->list, ((fact){f, can_be}));
    return can_be != 0;
}

/* The choice that a literal beside f names, or -1. */
static int choice_of(const fc_node *f, const fc_expr *x)
{
    if (!followed(f))
        return -1;
    fc_str id = x->op == FC_X_CHOICE   ? x->text
                : x->op != FC_X_YES_NO ? (fc_str){0}
                : x->number            ? FC_S("yes")
                                       : FC_S("no");
    for (size_t i = 0; i < f->choices->list.n; i++)
        if (fc_str_eq(f->choices->list.at[i].id, id))
            return (int)i;
    return -1;
}

static bool is_constant(const fc_expr *x)
{
    if (!x)
        return true;
    return !x->field && x->op != FC_X_AS_OF && is_constant(x->arg[0]) && is_constant(x->arg[1]);
}

/* A comparison is true or false only for answers that are there. */
static bool compared(facts *k, const fc_expr *x, bool want)
{
    for (int i = 0; i < 2; i++)
        if (x->arg[i]->op == FC_X_FIELD && !keep_only(k, x->arg[i]->field, ~(uint64_t)BLANK))
            return false;
    if (x->op != FC_X_EQ && x->op != FC_X_NE)
        return true;
    const fc_expr *field = x->arg[0], *literal = x->arg[1];
    if (field->op != FC_X_FIELD) {
        field = x->arg[1];
        literal = x->arg[0];
    }
    if (field->op != FC_X_FIELD)
        return true;
    int i = choice_of(field->field, literal);
    if (i < 0)
        return true;
    uint64_t it = (uint64_t)1 << (FIRST_CHOICE + (unsigned)i);
    uint64_t other = all_choices(field->field) & ~it;
    if (field->field->type == FC_CHOICE && field->field->choices->open)
        other |= SOMETHING;
    return keep_only(k, field->field, (x->op == FC_X_EQ) == want ? it : other);
}

static bool assume(facts *k, const fc_expr *x, bool want);

/* One of two has to be `want`; when only one can be, it is. */
static bool either(facts *k, const fc_expr *x, bool want)
{
    facts left = copy_of(k), right = copy_of(k);
    bool can_left = assume(&left, x->arg[0], want), can_right = assume(&right, x->arg[1], want);
    if (can_left != can_right)
        *k = can_left ? left : right;
    return can_left || can_right;
}

/* Can x be true (or false), with what is assumed so far? Adds what follows from it. */
static bool assume(facts *k, const fc_expr *x, bool want)
{
    if (k->c->n_assumed > FACTS_MAX)
        return true;
    if (is_constant(x))
        return fc_expr_truth(x, NULL, NULL, 0, fv_no_date()) == fv_truth_of(want);
    switch (x->op) {
    case FC_X_NOT:
        return assume(k, x->arg[0], !want);
    case FC_X_AND:
    case FC_X_OR:
        if ((x->op == FC_X_AND) != want)
            return either(k, x, want);
        return assume(k, x->arg[0], want) && assume(k, x->arg[1], want);
    case FC_X_ANSWERED:
        return keep_only(k, x->field, want ? ~(uint64_t)BLANK : BLANK);
    case FC_X_CHOSEN: /* any number of them can be chosen at once; none is no answer */
        return keep_only(k, x->field, ~(uint64_t)BLANK);
    case FC_X_EQ:
    case FC_X_NE:
    case FC_X_LT:
    case FC_X_LE:
    case FC_X_GT:
    case FC_X_GE:
        return compared(k, x, want);
    case FC_X_ANY:
    case FC_X_ALL: {
        if ((x->op == FC_X_ANY) != want || x->arg[1])
            return true; /* so it is when there are no rows; or in another use of a block */
        facts row = {.c = k->c}; /* of some row, which need not be the one assumed about */
        for (size_t i = 0; i < k->list.n; i++)
            if (k->list.at[i].field->container != x->field->container)
                FC_PUSH(k->c->a, &row.list, k->list.at[i]);
        return assume(&row, x->arg[0], want);
    }
    default:
        return true;
    }
}

static bool can_be(fc_front *c, const fc_expr *x, bool want)
{
    facts k = {.c = c};
    return !x || assume(&k, x, want);
}

/* The nearest condition around n. */
static const fc_node *around(const fc_node *n)
{
    do
        n = n->details_of ? n->details_of : n->parent;
    while (n && !n->asked);
    return n;
}

static void note_condition(fc_front *c, fc_diag *g, const fc_node *n)
{
    if (n && n->asked)
        fc_diag_note_at(c->d, g, n->asked->at, "this has to be true too");
}

static void check_asked(fc_front *c, const fc_node *n)
{
    const fc_node *outer = around(n);
    if (!n->asked || can_be(c, fc_asked_when(c, n), true))
        return;
    if (outer && !can_be(c, fc_asked_when(c, outer), true))
        return; /* told there */
    fc_diag *g =
        fc_warn(c, FC_C_NEVER, n->asked->at, "this can never be true, so it is never asked");
    note_condition(c, g, outer);
    fc_diag_help(c->d, g, "change the condition, or take out what is never asked");
}

static void check_rule(fc_front *c, const fc_rule *r)
{
    bool of_part = r->where && (r->where->kind == FC_FIELD || r->where->kind == FC_REPEAT);
    if (of_part && r->kind != FC_RULE_ASKED && !can_be(c, fc_asked_when(c, r->where), true))
        return; /* told there */
    if (r->kind == FC_RULE_REQUIRED && !can_be(c, r->when, true)) {
        const fc_node *n = r->where;
        const fc_xattr *at = fc_attr(fc_built_of(n)->x, "required-when");
        if (!at && n->parent)
            at = fc_attr(fc_built_of(n->parent)->x, "required-when");
        fc_diag *g = fc_warn(c, FC_C_NEVER, at ? at->value_at : r->at,
                             "this can never be true, so nothing is ever required");
        note_condition(c, g, n->asked ? n : around(n));
        fc_diag_help(c->d, g, "change the condition, or take it out");
    } else if (r->kind == FC_RULE_HUMAN && !can_be(c, r->when, true)) {
        fc_diag *g =
            fc_warn(c, FC_C_NEVER, r->when->at, "this can never be true, so it is never asked");
        fc_diag_help(c->d, g, "change the condition, or take it out");
    } else if (r->kind == FC_RULE_MUST && r->must && !can_be(c, r->must, false)) {
        fc_diag *g =
            fc_warn(c, FC_C_NEVER, r->at, "this can never be untrue, so nothing is ever found");
        fc_diag_help(c->d, g, "change the check, or take it out");
    }
}

void fc_check_reach(fc_front *c)
{
    for (size_t i = 0; i < c->nodes.n; i++)
        check_asked(c, &c->nodes.at[i]->node);
    for (size_t i = 0; i < c->f->rules.n; i++)
        check_rule(c, c->f->rules.at[i]);
}
