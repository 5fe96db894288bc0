/* Conditions: when a question is asked. A field, section, repeat or use of a block may say so;
 * what is inside waits for what is around it, and details wait for their question. Questions
 * that wait for each other are reported: nobody could ever begin. */
#include "compiler/front.h"
#include "runtime/form/expr.h"

static const fc_xattr *condition_of(const fc_built *b)
{
    return fc_attr(b->x, b->x->kind == FC_EL_DETAILS ? "when" : "ask-when");
}

static void read_condition(fc_front *c, fc_built *b)
{
    fc_node *n = &b->node;
    const fc_xattr *at = condition_of(b), *calc = fc_attr(b->x, "calc");
    fc_scope scope = fc_scope_of(n);
    if (calc && n->kind == FC_FIELD && !b->broken)
        n->calc = fc_calc_parse(c, calc, &scope, n);
    if (n->kind == FC_REPEAT)
        scope.rows = NULL; /* it is asked as a whole: no row is looked at */
    if (at)
        n->asked = fc_expr_parse(c, at, &scope);
}

/* ---- circles ------------------------------------------------------------------------------
 */

typedef FC_ARRAY(size_t) waits; /* by index in the front end's nodes */

static void add_mentioned(fc_front *c, waits *w, const fc_expr *x)
{
    if (!x)
        return;
    if (x->field)
        FC_PUSH(c->a, w, fc_built_of(x->field)->index);
    add_mentioned(c, w, x->arg[0]);
    add_mentioned(c, w, x->arg[1]);
}

/* What has to be asked or answered before b is asked. */
static waits waits_of(fc_front *c, fc_built *b)
{
    waits w = {0};
    add_mentioned(c, &w, b->node.asked);
    add_mentioned(c, &w, b->node.calc);
    if (b->node.details_of)
        FC_PUSH(c->a, &w, fc_built_of(b->node.details_of)->index);
    else if (b->node.parent)
        FC_PUSH(c->a, &w, fc_built_of(b->node.parent)->index);
    return w;
}

/* A place on the way of the search, and how far its own waits were looked at. */
typedef struct step {
    fc_built *b;
    waits waits;
    size_t next;
} step;
typedef FC_ARRAY(step) way;

/* The path as people see it: a block's mistake reads the same in every use. */
static fc_str name_in(const fc_built *b)
{
    fc_str path = b->node.path;
    return b->block ? fc_str_slice(path, b->block->path.n + 1, path.n) : path;
}

#define SHOWN_MAX 8u /* of a longer circle nobody reads all; it may be as long as the form */

static bool mentions(const fc_expr *x, const fc_node *n)
{
    return x && (x->field == n || mentions(x->arg[0], n) || mentions(x->arg[1], n));
}

/* Where it says what b waits for. */
static fc_span wait_at(const fc_built *b)
{
    return (b->node.asked ? condition_of(b) : fc_attr(b->x, "calc"))->value_at;
}

/* The steps from `begin` on wait for each other. Sections, repeats and uses that only hand on a
 * condition from around them are left out. */
static void report_circle(fc_front *c, const way *w, size_t begin)
{
    const fc_built *first = NULL, *start = NULL;
    fc_str names = {0};
    size_t shown = 0;
    bool calc = false; /* an answer of the circle is worked out from the next one */
    for (size_t i = begin; i < w->n; i++) {
        const fc_built *b = w->at[i].b;
        if (!b->node.asked && b->node.kind != FC_FIELD)
            continue;
        const fc_node *next = &w->at[i + 1 < w->n ? i + 1 : begin].b->node;
        calc = calc || mentions(b->node.calc, next);
        if (!first && (b->node.asked || b->node.calc))
            first = b;
        if (!start)
            start = b;
        if (++shown <= SHOWN_MAX)
            names = names.n
                        ? fc_str_fmt(c->a, "%.*s -> %.*s", FC_ARG(names), FC_ARG(name_in(b)))
                        : name_in(b);
    }
    if (!first)
        return;
    fc_diag *g = fc_wrong(c, FC_C_CIRCLE, wait_at(first),
                          "these wait for each other, so none can ever be %s: %.*s%s -> %.*s",
                          calc ? "worked out" : "asked", FC_ARG(names),
                          shown > SHOWN_MAX ? " -> ..." : "", FC_ARG(name_in(start)));
    for (size_t i = begin, notes = 0; i < w->n && notes < SHOWN_MAX; i++) {
        const fc_built *b = w->at[i].b;
        const fc_container *rows = fc_scope_of(&b->node).rows;
        notes += b->node.asked || b->node.calc;
        if (b->node.asked)
            fc_diag_note_at(c->d, g, condition_of(b)->value_at, "\"%.*s\" is asked when %.*s",
                            FC_ARG(name_in(b)),
                            FC_ARG(fc_expr_print(c->a, b->node.asked, rows)));
        if (b->node.calc)
            fc_diag_note_at(c->d, g, fc_attr(b->x, "calc")->value_at,
                            "\"%.*s\" is worked out from %.*s", FC_ARG(name_in(b)),
                            FC_ARG(fc_expr_print(c->a, b->node.calc, rows)));
    }
    fc_diag_help(c->d, g,
                 calc ? "let one of them be an answer that people give"
                      : "remove one of the conditions, or ask for something else");
}

enum { UNSEEN, ON_THE_WAY, DONE };

/* Depth first, without recursion: a chain of conditions may be as long as the form. What a node
 * waits for is done before it is, which is the order to work answers out in. */
static void find_circles(fc_front *c, fc_built *from)
{
    way w = {0};
    from->walk = ON_THE_WAY;
    FC_PUSH(c->a, &w, ((step){from, waits_of(c, from), 0}));
    while (w.n) {
        step *s = &w.at[w.n - 1];
        if (s->next == s->waits.n) {
            s->b->walk = DONE;
            if (s->b->node.calc)
                FC_PUSH(c->a, &c->f->calcs, &s->b->node);
            w.n--;
            continue;
        }
        fc_built *to = c->nodes.at[s->waits.at[s->next++]];
        if (to->walk == UNSEEN) {
            to->walk = ON_THE_WAY;
            FC_PUSH(c->a, &w, ((step){to, waits_of(c, to), 0}));
        } else if (to->walk == ON_THE_WAY) {
            if (fc_enough(c))
                return;
            size_t begin = w.n - 1;
            while (w.at[begin].b != to)
                begin--;
            report_circle(c, &w, begin);
        }
    }
}

static void check_calc(fc_front *c, fc_built *b)
{
    fc_node *n = &b->node;
    if (!n->calc)
        return;
    n->calc_when = fc_asked_when(c, n);
    if (fc_expr_uses_day(n->calc_when)) {
        fc_diag *g = fc_wrong(c, FC_C_CALC, fc_attr(b->x, "calc")->value_at,
                              "whether this is asked depends on the day, so it cannot be "
                              "worked out");
        fc_diag_help(c->d, g,
                     "the same plan gives the same document for ever; as-of() is for checks");
    }
}

void fc_read_conditions(fc_front *c)
{
    bool any = false;
    for (size_t i = 0; i < c->nodes.n; i++) {
        c->nodes.at[i]->index = i;
        read_condition(c, c->nodes.at[i]);
        any = any || c->nodes.at[i]->node.asked || c->nodes.at[i]->node.calc;
    }
    for (size_t i = 0; any && i < c->nodes.n; i++)
        if (c->nodes.at[i]->walk == UNSEEN &&
            (c->nodes.at[i]->node.asked || c->nodes.at[i]->node.calc))
            find_circles(c, c->nodes.at[i]);
    for (size_t i = 0; i < c->nodes.n; i++)
        check_calc(c, c->nodes.at[i]);
}

/* ---- use ----------------------------------------------------------------------------------
 */

const fc_expr *fc_expr_join(fc_front *c, fc_expr_op op, const fc_expr *a, const fc_expr *b)
{
    if (!a || !b)
        return a ? a : b;
    fc_expr *x = FC_NEW(c->a, fc_expr);
    x->op = op;
    x->type = FC_T_TRUTH;
    x->at = b->at;
    x->arg[0] = a;
    x->arg[1] = b;
    return x;
}

const fc_expr *fc_expr_not(fc_front *c, const fc_expr *a)
{
    if (!a)
        return NULL;
    fc_expr *x = FC_NEW(c->a, fc_expr);
    x->op = FC_X_NOT;
    x->type = FC_T_TRUTH;
    x->at = a->at;
    x->arg[0] = a;
    return x;
}

const fc_expr *fc_asked_when(fc_front *c, const fc_node *n)
{
    const fc_expr *all = NULL;
    while (n) {
        all = fc_expr_join(c, FC_X_AND, n->asked, all);
        n = n->details_of ? n->details_of : n->parent;
    }
    return all;
}
