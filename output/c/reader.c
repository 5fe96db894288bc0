/* <ident>_read.c: tables made from the form, then the reader itself, which is the same for all
 * forms and stands in reader.c.in. */
#include "output/c/c.h"

#include <string.h>

/* One element that a plan may have, by its place in the tree. */
typedef struct element {
    const fc_node *node; /* NULL for the root */
    size_t first, next;  /* index of the first child and of the next sibling; 0 for none */
} element;

typedef FC_ARRAY(element) elements;

static bool is_element(const fc_node *n)
{
    return n->id.n && (n->kind == FC_SECTION || n->kind == FC_GROUP || n->kind == FC_REPEAT ||
                       n->kind == FC_SIGNATURE || n->kind == FC_FIELD);
}

static size_t add(fc_c_unit *u, elements *all, const fc_node *n);

static void add_sibling(fc_c_unit *u, elements *all, size_t parent, size_t *last,
                        const fc_node *n)
{
    size_t made = add(u, all, n);
    if (*last)
        all->at[*last].next = made;
    else
        all->at[parent].first = made;
    *last = made;
}

static size_t add(fc_c_unit *u, elements *all, const fc_node *n)
{
    size_t own = all->n, last = 0;
    FC_PUSH(u->arena, all, ((element){.node = n}));
    if (n && n->kind == FC_FIELD)
        return own;
    size_t count = n ? n->kids.n : u->form->top.n;
    for (size_t i = 0; i < count; i++) {
        const fc_node *k = n ? n->kids.at[i] : u->form->top.at[i];
        if (!is_element(k) || k->details_of)
            continue;
        for (const fc_node *f = k; f; f = f->details) /* the follow-up stands beside it */
            add_sibling(u, all, own, &last, f);
    }
    return own;
}

/* "add_<tag>": appends a row. Uses of a block share it. */
static void print_add_rows(fc_c_unit *u, fc_buf *b)
{
    fc_c_map done = {.arena = u->arena};
    for (size_t i = 1; i < u->form->containers.n; i++) {
        fc_str tag = fc_c_tag(u, u->form->containers.at[i]->repeat);
        if (fc_c_map_find(&done, tag))
            continue;
        fc_c_map_put(&done, tag, tag);
        fc_buf_fmt(b,
                   "static void *add_%.*s(memory *m, void *to)\n"
                   "{\n"
                   "    struct %.*s_rows *rows = (struct %.*s_rows *)to;\n"
                   "    if (has_no_room(rows->n)) {\n"
                   "        struct %.*s *at = (struct %.*s *)take_many(m, 2 * rows->n + 1, "
                   "sizeof *at);\n"
                   "        if (at == NULL)\n"
                   "            return NULL;\n"
                   "        if (rows->n > 0)\n"
                   "            memcpy(at, rows->at, rows->n * sizeof *at);\n"
                   "        rows->at = at;\n"
                   "    }\n"
                   "    return &rows->at[rows->n++];\n"
                   "}\n\n",
                   FC_ARG(tag), FC_ARG(tag), FC_ARG(tag), FC_ARG(tag), FC_ARG(tag));
    }
}

static void print_repeats(fc_c_unit *u, fc_buf *b)
{
    if (u->form->containers.n < 2) {
        fc_buf_z(b, "static const repeat repeats[] = {{0, 0, NULL}};\n\n");
        return;
    }
    fc_buf_z(b, "static const repeat repeats[] = {\n");
    for (size_t i = 1; i < u->form->containers.n; i++) {
        const fc_node *n = u->form->containers.at[i]->repeat;
        fc_str tag = fc_c_tag(u, n);
        fc_buf_fmt(b,
                   "    {offsetof(struct %.*s, %.*s), sizeof(struct %.*s),\n     add_%.*s},\n",
                   FC_ARG(u->ident), FC_ARG(fc_c_member(u, n, NULL)), FC_ARG(tag), FC_ARG(tag));
    }
    fc_buf_z(b, "};\n\n");
}

static void print_elements(fc_c_unit *u, fc_buf *b)
{
    elements all = {0};
    add(u, &all, NULL);
    fc_buf_z(b, "static const element elements[] = {\n");
    for (size_t i = 0; i < all.n; i++) {
        const element *e = &all.at[i];
        const char *kind = "PART";
        unsigned index = 0;
        if (e->node && e->node->kind == FC_FIELD) {
            kind = "ANSWER";
            index = e->node->ordinal - 1;
        } else if (e->node && e->node->kind == FC_REPEAT) {
            kind = "ROW";
            index = e->node->container->index - 1;
        }
        fc_buf_z(b, "    {");
        fc_c_literal(b, e->node ? e->node->id : u->form->id);
        fc_buf_fmt(b, ", %s, %u, %zu, %zu},\n", kind, index, e->first, e->next);
    }
    fc_buf_z(b, "};\n\n");
}

/* The fixed text, in which @name@ stands for what depends on the form. */
static void print_fixed(fc_c_unit *u, fc_buf *b)
{
    fc_str text = fc_asset("c/reader.c");
    for (size_t i = 0; i < text.n;) {
        fc_str rest = fc_str_slice(text, i, text.n);
        if (fc_str_starts(rest, "@ident@")) {
            fc_buf_str(b, u->ident);
            i += strlen("@ident@");
        } else if (fc_str_starts(rest, "@tables@")) {
            print_add_rows(u, b);
            print_repeats(u, b);
            print_elements(u, b);
            i += strlen("@tables@\n");
        } else if (fc_str_starts(rest, "@work-out@")) {
            i += strlen("@work-out@\n");
            if (u->form->calcs.n)
                fc_buf_fmt(b, "    %.*s_work_out(r.plan);\n", FC_ARG(u->ident));
        } else if (fc_str_starts(rest, "@rows@")) { /* only a form with repeats has them */
            i += strlen("@rows@\n");
            if (u->form->containers.n < 2)
                i = (size_t)(strstr(text.p + i, "@end-rows@") - text.p);
        } else if (fc_str_starts(rest, "@end-rows@")) {
            i += strlen("@end-rows@\n");
        } else if (fc_str_starts(rest, "@data-ns@")) {
            fc_c_literal(b, u->form->data_ns);
            i += strlen("@data-ns@");
        } else if (fc_str_starts(rest, "@form@")) {
            fc_c_literal(b, u->form->id);
            i += strlen("@form@");
        } else if (fc_str_starts(rest, "@version@")) {
            fc_c_literal(b, u->form->version);
            i += strlen("@version@");
        } else {
            fc_buf_char(b, text.p[i++]);
        }
    }
}

void fc_c_reader(fc_c_unit *u, fc_buf *b)
{
    print_fixed(u, b);
}
