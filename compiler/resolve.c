/* What needs the whole form: paths, answers in rows, labels that must differ, and every
 * reference from one place to another. */
#include "compiler/front.h"

#include <stdlib.h>
#include <string.h>

/* ---- paths --------------------------------------------------------------------------------
 */

/* A node and its place in document order, so that sorting keeps the first of two in front. */
typedef struct keyed {
    fc_str key;
    size_t order;
    fc_node *node;
} keyed;

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int r = fc_str_cmp(x->key, y->key);
    return r ? r : (x->order > y->order) - (x->order < y->order);
}

static void index_paths(fc_front *c)
{
    size_t n = c->nodes.n;
    keyed *list = FC_NEW_N(c->a, keyed, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = (keyed){c->nodes.at[i]->node.path, i, &c->nodes.at[i]->node};
    qsort(list, n, sizeof *list, by_key);
    for (size_t i = 0; i < n; i++) {
        fc_node *node = list[i].node;
        if (!node->id.n)
            continue;
        const fc_node *last = c->f->by_path.n ? c->f->by_path.at[c->f->by_path.n - 1] : NULL;
        if (!last || !fc_str_eq(last->path, node->path)) {
            FC_PUSH(c->a, &c->f->by_path, node);
            continue;
        }
        static const char *const in[] = {[FC_SECTION] = "this section",
                                         [FC_GROUP] = "this block",
                                         [FC_REPEAT] = "this repeat",
                                         [FC_SIGNATURE] = "this signature"};
        const char *where = node->parent ? in[node->parent->kind] : "this form";
        fc_diag *g = fc_wrong(c, FC_C_DUPLICATE_ID, node->id_at,
                              "the id \"%.*s\" is already used in %s", FC_ARG(node->id), where);
        fc_diag_note_at(c->d, g, last->id_at, "first used for \"%.*s\"", FC_ARG(last->label));
        fc_diag_help(c->d, g,
                     "give this one a different id; an id stays with its question for ever, a "
                     "label may change");
    }
}

/* ---- rows and ordinals --------------------------------------------------------------------
 */

static void number_node(fc_front *c, fc_node *n, fc_container *rows)
{
    n->container = rows;
    if (n->kind == FC_REPEAT) {
        fc_container *own = FC_NEW(c->a, fc_container);
        own->index = (unsigned)c->f->containers.n;
        own->repeat = n;
        FC_PUSH(c->a, &c->f->containers, own);
        n->container = rows = own;
    } else if (n->kind == FC_FIELD) {
        n->slot = (unsigned)rows->fields.n;
        FC_PUSH(c->a, &rows->fields, n);
        FC_PUSH(c->a, &c->f->fields, n);
        n->ordinal = (unsigned)c->f->fields.n;
        if (n->details)
            number_node(c, n->details, rows);
    }
    for (size_t i = 0; i < n->kids.n; i++)
        number_node(c, n->kids.at[i], rows);
}

static void number_form(fc_front *c)
{
    fc_container *plan = FC_NEW(c->a, fc_container);
    FC_PUSH(c->a, &c->f->containers, plan);
    for (size_t i = 0; i < c->f->top.n; i++)
        number_node(c, c->f->top.at[i], plan);

    /* What stands for a choice of several is a place of its own in documents. */
    size_t next = c->f->fields.n + 1;
    for (size_t i = 0; i < c->f->fields.n; i++) {
        fc_node *n = c->f->fields.at[i];
        if (n->type != FC_CHOICES || !n->choices)
            continue;
        n->first_box = (unsigned)next;
        next += n->choices->list.n;
        if (next > FC_PLACES_MAX) {
            fc_wrong(c, FC_C_TOO_MUCH, n->at,
                     "the form has more than %u questions and check boxes", FC_PLACES_MAX);
            return;
        }
    }
}

/* ---- labels for screen readers ------------------------------------------------------------
 */

static const fc_node *titled(const fc_node *n)
{
    while (n && !n->label.n)
        n = n->parent;
    return n;
}

/* "1. Title" */
static fc_str numbered(fc_front *c, const fc_node *n)
{
    return n->number.n ? fc_str_fmt(c->a, "%.*s. %.*s", FC_ARG(n->number), FC_ARG(n->label))
                       : n->label;
}

/* Puts the nearest `depth` titled ancestors before the label. */
static fc_str full_label(fc_front *c, const fc_node *n, unsigned depth)
{
    fc_str before = {0};
    const fc_node *up = titled(n->parent);
    for (unsigned i = 0; up && i < depth; i++, up = titled(up->parent))
        before = before.n
                     ? fc_str_fmt(c->a, "%.*s, %.*s", FC_ARG(numbered(c, up)), FC_ARG(before))
                     : numbered(c, up);
    fc_str label = n->label; /* may end with the colon that the page shows */
    while (label.n && label.p[label.n - 1] == ':')
        label.n--;
    return before.n ? fc_str_fmt(c->a, "%.*s: %.*s", FC_ARG(before), FC_ARG(label)) : label;
}

/* Each round makes those that are not yet different longer: one ancestor, all of them, and at
 * last the path, which differs always. */
static void full_labels(fc_front *c)
{
    size_t n = c->f->fields.n;
    keyed *list = FC_NEW_N(c->a, keyed, n + 1);
    for (size_t i = 0; i < n; i++) {
        fc_node *f = c->f->fields.at[i];
        f->full_label = full_label(c, f, 1);
    }
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < n; i++)
            list[i] = (keyed){c->f->fields.at[i]->full_label, i, c->f->fields.at[i]};
        qsort(list, n, sizeof *list, by_key);
        bool any = false;
        for (size_t i = 0; i < n; i++) {
            bool same = (i > 0 && fc_str_eq(list[i].key, list[i - 1].key)) ||
                        (i + 1 < n && fc_str_eq(list[i].key, list[i + 1].key));
            if (!same)
                continue;
            any = true;
            fc_node *f = list[i].node;
            f->full_label = round == 0 ? full_label(c, f, FC_DEPTH_MAX)
                                       : fc_str_fmt(c->a, "%.*s (%.*s)", FC_ARG(f->full_label),
                                                    FC_ARG(f->path));
        }
        if (!any)
            return;
    }
}

/* ---- names --------------------------------------------------------------------------------
 */

fc_scope fc_scope_of(const fc_node *n)
{
    const fc_built *b = fc_built_of(n);
    return (fc_scope){.inner = n->parent,
                      .block = b->block,
                      .rows = n->container && n->container->repeat ? n->container : NULL};
}

static fc_str joined(fc_front *c, const fc_node *in, fc_str path)
{
    return in ? fc_str_fmt(c->a, "%.*s/%.*s", FC_ARG(in->path), FC_ARG(path)) : path;
}

/* Something on the way to this path was reported already. */
static bool excused(fc_front *c, fc_str path)
{
    for (size_t end = 0; end <= path.n; end++) {
        if (end < path.n && path.p[end] != '/')
            continue;
        const fc_node *n = fc_form_find(c->f, fc_str_slice(path, 0, end));
        if (n && fc_built_of(n)->broken)
            return true;
    }
    return false;
}

static bool lost_word(const fc_front *c, fc_str path)
{
    size_t begin = 0;
    for (size_t end = 0; end <= path.n; end++) {
        if (end < path.n && path.p[end] != '/')
            continue;
        fc_str word = fc_str_slice(path, begin, end);
        for (size_t i = 0; i < c->lost.n; i++)
            if (fc_str_eq(c->lost.at[i], word))
                return true;
        begin = end + 1;
    }
    return false;
}

/* The end of `path` below `in`, or the whole path when it is not below. */
static fc_str below(const fc_node *in, fc_str path)
{
    if (in && path.n > in->path.n && memcmp(path.p, in->path.p, in->path.n) == 0 &&
        path.p[in->path.n] == '/')
        return fc_str_slice(path, in->path.n + 1, path.n);
    return path;
}

static fc_str last_word(fc_str path)
{
    size_t i = path.n;
    while (i > 0 && path.p[i - 1] != '/')
        i--;
    return fc_str_slice(path, i, path.n);
}

/* The nearest name that could have been meant. Fields only: nothing else has an answer. */
static fc_str nearest_name(fc_front *c, const fc_scope *scope, fc_str path)
{
    fc_names near = {.c = c};
    for (size_t i = 0; scope->each && i < scope->each->kids.n; i++)
        fc_names_add(&near, scope->each->kids.at[i]->id);
    for (const fc_node *in = scope->inner; in; in = in->parent) {
        for (size_t i = 0; i < in->kids.n; i++) {
            const fc_node *k = in->kids.at[i];
            if (k->kind == FC_FIELD)
                fc_names_add(&near, k->id);
            if (k->details)
                fc_names_add(&near, k->details->id);
        }
        if (in == scope->block)
            break;
    }
    fc_str best = fc_names_nearest(&near, path);
    if (best.n)
        return best;
    fc_names all = {.c = c};
    fc_str only = {0}; /* the one field elsewhere that has this id */
    size_t alike = 0;
    for (size_t i = 0; i < c->f->fields.n; i++) {
        const fc_node *f = c->f->fields.at[i];
        if (f->container->repeat && f->container != scope->rows && !scope->all_rows &&
            !(scope->each && f->container == scope->each->container))
            continue;
        if (scope->block && fc_built_of(f)->block != scope->block)
            continue;
        fc_names_add(&all, below(scope->block, f->path));
        if (fc_str_eq(f->id, last_word(path))) {
            only = below(scope->block, f->path);
            alike++;
        }
    }
    best = fc_names_nearest(&all, path);
    return best.n ? best : alike == 1 ? only : (fc_str){0};
}

static const char *place_word(const fc_scope *scope)
{
    if (scope->block)
        return "this block";
    if (!scope->inner)
        return "this form";
    switch (scope->inner->kind) {
    case FC_REPEAT:
        return "this repeat or around it";
    case FC_SIGNATURE:
        return "this signature or around it";
    default:
        return "this section or in the form";
    }
}

bool fc_in_use_of(const fc_node *n, fc_str path)
{
    const fc_node *use = fc_built_of(n)->block;
    return use && path.n > use->block.n &&
           fc_str_eq(fc_str_slice(path, 0, use->block.n), use->block) &&
           fc_str_eq(fc_str_slice(path, use->block.n, path.n),
                     fc_str_slice(n->path, use->path.n, n->path.n));
}

fc_nodes fc_resolve_uses(fc_front *c, const fc_scope *scope, fc_str path, fc_node_kind kind)
{
    fc_nodes found = {0};
    bool block = false;
    for (size_t i = 0; i < c->blocks.n; i++) {
        fc_str id = c->blocks.at[i].id;
        block = block || (path.n > id.n && path.p[id.n] == '/' &&
                          fc_str_eq(fc_str_slice(path, 0, id.n), id));
    }
    if (!block || scope->block ||
        (scope->each && fc_form_find(c->f, joined(c, scope->each, path))))
        return found;
    for (const fc_node *in = scope->inner;; in = in->parent) {
        if (fc_form_find(c->f, joined(c, in, path)))
            return found;
        if (!in)
            break;
    }
    for (size_t i = 0; i < c->nodes.n; i++) {
        const fc_built *b = c->nodes.at[i];
        if (b->node.kind == kind && !b->broken && fc_in_use_of(&b->node, path))
            FC_PUSH(c->a, &found, &b->node);
    }
    return found;
}

const fc_node *fc_resolve(fc_front *c, const fc_scope *scope, fc_str path, fc_span at)
{
    const fc_node *in = scope->inner, *found = NULL;
    fc_str rest = path;
    bool up = fc_str_starts(rest, "../"), out = false;
    while (fc_str_starts(rest, "../")) {
        rest = fc_str_slice(rest, 3, rest.n);
        if (!in || in == scope->block)
            out = true;
        in = in ? in->parent : NULL;
    }
    if (up && !out) {
        found = fc_form_find(c->f, joined(c, in, rest));
    } else if (!up && scope->each) {
        found = fc_form_find(c->f, joined(c, scope->each, rest));
        for (in = scope->each->parent; !found && scope->use && in; in = in->parent) {
            found = fc_form_find(c->f, joined(c, in, rest));
            if (in == scope->use)
                break;
        }
        in = scope->inner;
    }
    if (!up && !found) {
        for (;; in = in->parent) {
            found = fc_form_find(c->f, joined(c, in, rest));
            if (found || !in || in == scope->block)
                break;
        }
    }
    if (!found) {
        for (in = scope->inner; in; in = in->parent)
            if (excused(c, joined(c, in, rest)))
                return NULL;
        if (excused(c, rest) || lost_word(c, rest))
            return NULL;
        if (fc_enough(c)) {
            fc_wrong(c, FC_C_NO_SUCH_NAME, at, "and more");
            return NULL;
        }
        if (scope->block && (out || fc_form_find(c->f, rest))) {
            fc_diag *g =
                fc_wrong(c, FC_C_IN_BLOCK, at, "\"%.*s\" is outside this block", FC_ARG(path));
            fc_diag_help(c->d, g,
                         "a block is used in many places, so it may only name fields inside "
                         "itself; a rule between fields of the form belongs in <rules>");
            return NULL;
        }
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_NAME, at, "there is no field \"%.*s\" in %s",
                              FC_ARG(path), place_word(scope));
        fc_str near = nearest_name(c, scope, rest);
        if (near.n)
            fc_diag_help(c->d, g, "did you mean \"%.*s\"?", FC_ARG(near));
        else
            fc_diag_help(c->d, g,
                         "name a field by its id, or by its whole path: section/field");
        return NULL;
    }
    if (fc_built_of(found)->broken)
        return NULL;
    if (found->kind == FC_FIELD && found->container->repeat &&
        found->container != scope->rows && !scope->all_rows &&
        !(scope->each && found->container == scope->each->container)) {
        const fc_node *repeat = found->container->repeat;
        fc_diag *g = fc_wrong(c, FC_C_IN_REPEAT, at,
                              "\"%.*s\" is inside the repeat \"%.*s\", so it has many answers",
                              FC_ARG(path), FC_ARG(repeat->path));
        if (found->type == FC_DATE)
            fc_diag_help(c->d, g, "name one of them: earliest(%.*s) or latest(%.*s)",
                         FC_ARG(path), FC_ARG(path));
        fc_str id = found->id;
        fc_diag_help(c->d, g,
                     "ask of all rows: any(%.*s, ...) or all(%.*s, ...), and write \"%.*s\" "
                     "inside",
                     FC_ARG(repeat->path), FC_ARG(repeat->path), FC_ARG(id));
        fc_diag_help(c->d, g,
                     "or check every row: write it on a field inside the repeat, or in a "
                     "<rule for-each=\"%.*s\">",
                     FC_ARG(repeat->path));
        return NULL;
    }
    return found;
}

int fc_find_stage(fc_front *c, const fc_xattr *attr)
{
    fc_str id = fc_str_trim(attr->value);
    int i = fc_form_stage(c->f, id);
    if (i >= 0 || !id.n)
        return i;
    fc_names n = {.c = c};
    for (size_t k = 0; k < c->f->stages.n; k++)
        fc_names_add(&n, c->f->stages.at[k].id);
    fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_STAGE, attr->value_at, "there is no stage \"%.*s\"",
                          FC_ARG(id));
    if (n.list.n)
        fc_help_names(c, g, &n, id, "the stages are:");
    else
        fc_diag_help(c->d, g,
                     "add it to <stages>; where a form has no stages, write "
                     "required=\"yes\"");
    return -1;
}

/* ---- references ---------------------------------------------------------------------------
 */

static void no_such_path(fc_front *c, fc_span at, fc_str path, const fc_names *n,
                         const char *what, const char *list)
{
    fc_diag *g =
        fc_wrong(c, FC_C_NO_SUCH_PATH, at, "there is no %s \"%.*s\"", what, FC_ARG(path));
    fc_help_names(c, g, n, path, list);
}

void fc_resolve_refs(fc_front *c)
{
    for (size_t i = 0; i < c->refs.n; i++) {
        const fc_pending_ref *r = &c->refs.at[i];
        const fc_xattr *to = fc_attr(r->x, "to");
        if (!to || !to->value.n)
            continue;
        fc_str path = fc_str_trim(to->value);
        const fc_node *found = NULL;
        for (const fc_node *in = r->inner;; in = in->parent) {
            found = fc_form_find(c->f, joined(c, in, path));
            if (found || !in || in == r->block)
                break;
        }
        if (!found) {
            if (excused(c, path) || lost_word(c, path))
                continue;
            fc_names n = {.c = c};
            for (size_t k = 0; !fc_enough(c) && k < c->f->by_path.n; k++)
                fc_names_add(&n, c->f->by_path.at[k]->path);
            no_such_path(c, to->value_at, path, &n, "question or section", "there are:");
            continue;
        }
        fc_run *run = &r->text->paras.at[r->para].runs.at[r->run];
        run->ref = found;
        run->text = found->label;
    }
}

static void resolve_covers(fc_front *c, fc_built *b)
{
    const fc_xattr *at = fc_attr(b->x, "covers");
    fc_str word;
    fc_span where;
    for (size_t pos = 0; at && fc_next_word(c, at, &pos, &word, &where);) {
        const fc_node *found = fc_form_find(c->f, word);
        if (found && found->kind == FC_SECTION) {
            FC_PUSH(c->a, &b->node.covers, found);
            continue;
        }
        if (lost_word(c, word))
            continue;
        fc_names n = {.c = c};
        for (size_t i = 0; i < c->f->top.n; i++)
            if (c->f->top.at[i]->kind == FC_SECTION)
                fc_names_add(&n, c->f->top.at[i]->id);
        no_such_path(c, where, word, &n, "section", "the sections are:");
    }
}

void fc_resolve_form(fc_front *c)
{
    index_paths(c);
    number_form(c);
    full_labels(c);
    for (size_t i = 0; i < c->nodes.n; i++)
        if (c->nodes.at[i]->node.kind == FC_SIGNATURE)
            resolve_covers(c, c->nodes.at[i]);
}
