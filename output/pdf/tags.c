/* The structure tree and the parent tree. */
#include "output/pdf/tags.h"

#include <string.h>

typedef struct kid {
    fc_tag *tag; /* an element, or NULL: content or an annotation on a page */
    fc_pdf_obj *annotation;
    unsigned mcid;
    size_t page;
} kid;

struct fc_tag {
    const char *type;
    fc_tag *parent;
    fc_str lang;
    const char *scope;
    unsigned columns;
    bool bullets;
    fc_str alt;
    double box[4]; /* of a figure */
    FC_ARRAY(kid) kids;
    fc_pdf_obj *object;
};

typedef struct marked { /* what is marked on a page, by MCID */
    FC_ARRAY(fc_tag *) owners;
} marked;

typedef struct owned { /* an annotation and its element */
    fc_pdf_obj *annotation;
    fc_tag *tag;
} owned;

struct fc_tags {
    fc_arena *arena;
    fc_tag *document;
    FC_ARRAY(marked) pages;
    FC_ARRAY(owned) annotations;
};

fc_tags *fc_tags_new(fc_arena *a)
{
    fc_tags *t = FC_NEW(a, fc_tags);
    t->arena = a;
    t->document = FC_NEW(a, fc_tag);
    t->document->type = "Document";
    return t;
}

fc_tag *fc_tags_document(fc_tags *t)
{
    return t->document;
}

fc_tag *fc_tag_new(fc_tags *t, fc_tag *parent, const char *type)
{
    fc_tag *g = FC_NEW(t->arena, fc_tag);
    g->type = type;
    g->parent = parent;
    FC_PUSH(t->arena, &parent->kids, ((kid){.tag = g}));
    return g;
}

void fc_tag_set_lang(fc_tag *g, fc_str lang)
{
    g->lang = lang;
}
void fc_tag_set_scope(fc_tag *g, const char *scope)
{
    g->scope = scope;
}
void fc_tag_set_columns(fc_tag *g, unsigned span)
{
    g->columns = span;
}
void fc_tag_set_bullets(fc_tag *g)
{
    g->bullets = true;
}
void fc_tag_set_figure(fc_tag *g, fc_str alt, double x0, double y0, double x1, double y1)
{
    g->alt = alt;
    g->box[0] = x0;
    g->box[1] = y0;
    g->box[2] = x1;
    g->box[3] = y1;
}
fc_pdf_obj *fc_tag_object(const fc_tag *g)
{
    return g->object;
}

unsigned fc_tag_content(fc_tags *t, fc_tag *g, size_t page)
{
    while (t->pages.n <= page)
        FC_PUSH(t->arena, &t->pages, (marked){0});
    marked *m = &t->pages.at[page];
    unsigned mcid = (unsigned)m->owners.n;
    FC_PUSH(t->arena, &m->owners, g);
    FC_PUSH(t->arena, &g->kids, ((kid){.mcid = mcid, .page = page}));
    return mcid;
}

void fc_tag_annotation(fc_tags *t, fc_tag *g, size_t page, fc_pdf_obj *annotation)
{
    FC_PUSH(t->arena, &g->kids, ((kid){.annotation = annotation, .page = page}));
    FC_PUSH(t->arena, &t->annotations, ((owned){annotation, g}));
}

static void write_figure(const fc_tag *g, fc_haru *h)
{
    fc_pdf_put_text(h, g->object, "Alt", g->alt);
    fc_pdf_obj *a = fc_pdf_dict(h);
    fc_pdf_put_name(h, a, "O", "Layout");
    fc_pdf_put_name(h, a, "Placement", "Block");
    fc_pdf_put(h, a, "BBox", fc_pdf_rect(h, g->box[0], g->box[1], g->box[2], g->box[3]));
    fc_pdf_put(h, g->object, "A", a);
}

static void write_attributes(const fc_tag *g, fc_haru *h)
{
    if (g->alt.n != 0)
        write_figure(g, h);
    bool table = g->scope != NULL || g->columns > 1;
    if (!table && !g->bullets)
        return;
    fc_pdf_obj *a = fc_pdf_dict(h);
    fc_pdf_put_name(h, a, "O", table ? "Table" : "List");
    if (g->scope != NULL)
        fc_pdf_put_name(h, a, "Scope", g->scope);
    if (g->columns > 1)
        fc_pdf_put_int(h, a, "ColSpan", (long)g->columns);
    if (g->bullets)
        fc_pdf_put_name(h, a, "ListNumbering", "Disc");
    fc_pdf_put(h, g->object, "A", a);
}

#define KIDS_MAX 30000   /* libharu's arrays end at 32,767 elements */
#define GROUP_KIDS 10000 /* of each group in an element that has more */

/* Puts the elements below g in groups, when they are too many for one array: bodies of a table
 * (ISO 32000-1, 14.8.4.3.4: one or more), else groups that mean nothing (NonStruct, Table 333).
 * What is marked on pages stays with its own element: the parent tree leads there. */
static void group_kids(fc_tags *t, fc_tag *g)
{
    if (g->kids.n <= KIDS_MAX)
        return;
    FC_ARRAY(kid) all = {0};
    for (size_t i = 0; i < g->kids.n; i++)
        FC_PUSH(t->arena, &all, g->kids.at[i]);
    g->kids.n = 0;
    fc_tag *group = NULL;
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].tag == NULL) {
            FC_PUSH(t->arena, &g->kids, all.at[i]);
            group = NULL;
            continue;
        }
        if (group == NULL || group->kids.n == GROUP_KIDS)
            group = fc_tag_new(t, g, strcmp(g->type, "Table") == 0 ? "TBody" : "NonStruct");
        all.at[i].tag->parent = group;
        FC_PUSH(t->arena, &group->kids, all.at[i]);
    }
}

/* An element and what is below it. Depth is bounded by the layout's vocabulary. */
static void write_tag(fc_tags *t, fc_tag *g, fc_haru *h, fc_pdf_obj *parent,
                      fc_pdf_obj *const *pages)
{
    group_kids(t, g);
    g->object = fc_pdf_object(h);
    fc_pdf_put_name(h, g->object, "Type", "StructElem");
    fc_pdf_put_name(h, g->object, "S", g->type);
    fc_pdf_put(h, g->object, "P", parent);
    if (g->lang.n != 0)
        fc_pdf_put_text(h, g->object, "Lang", g->lang);
    write_attributes(g, h);
    fc_pdf_obj *list = fc_pdf_array(h);
    fc_pdf_put(h, g->object, "K", list);
    size_t page = SIZE_MAX; /* the element's own page: the first that it has content on */
    for (size_t i = 0; i < g->kids.n; i++) {
        const kid *k = &g->kids.at[i];
        if (k->tag != NULL) {
            write_tag(t, k->tag, h, g->object, pages);
            fc_pdf_add(h, list, k->tag->object);
            continue;
        }
        if (page == SIZE_MAX) {
            page = k->page;
            fc_pdf_put(h, g->object, "Pg", pages[page]);
        }
        if (k->annotation == NULL && k->page == page) {
            fc_pdf_add_int(h, list, (long)k->mcid);
            continue;
        }
        fc_pdf_obj *ref = fc_pdf_dict(h);
        fc_pdf_put_name(h, ref, "Type", k->annotation != NULL ? "OBJR" : "MCR");
        fc_pdf_put(h, ref, "Pg", pages[k->page]);
        if (k->annotation != NULL)
            fc_pdf_put(h, ref, "Obj", k->annotation);
        else
            fc_pdf_put_int(h, ref, "MCID", (long)k->mcid);
        fc_pdf_add(h, list, ref);
    }
}

/* The parent tree in leaves of this many keys: libharu's arrays end at 32,767 elements. */
#define LEAF_KEYS 1000

typedef struct number_tree {
    fc_haru *h;
    fc_pdf_obj *kids, *leaf, *nums;
    long first, n;
} number_tree;

static void close_leaf(number_tree *t, long next)
{
    if (t->leaf == NULL)
        return;
    fc_pdf_obj *limits = fc_pdf_array(t->h);
    fc_pdf_add_int(t->h, limits, t->first);
    fc_pdf_add_int(t->h, limits, next - 1);
    fc_pdf_put(t->h, t->leaf, "Limits", limits);
    t->leaf = NULL;
}

static void put_number(number_tree *t, long key, fc_pdf_obj *value)
{
    if (t->leaf != NULL && key - t->first >= LEAF_KEYS)
        close_leaf(t, key);
    if (t->leaf == NULL) {
        t->leaf = fc_pdf_object(t->h);
        t->nums = fc_pdf_array(t->h);
        t->first = key;
        fc_pdf_put(t->h, t->leaf, "Nums", t->nums);
        fc_pdf_add(t->h, t->kids, t->leaf);
    }
    fc_pdf_add_int(t->h, t->nums, key);
    fc_pdf_add(t->h, t->nums, value);
}

void fc_tags_write(fc_tags *t, fc_haru *h, fc_pdf_obj *const *pages, size_t n_pages)
{
    fc_pdf_obj *root = fc_pdf_object(h);
    fc_pdf_put_name(h, root, "Type", "StructTreeRoot");
    write_tag(t, t->document, h, root, pages);
    fc_pdf_obj *top = fc_pdf_array(h);
    fc_pdf_add(h, top, t->document->object);
    fc_pdf_put(h, root, "K", top);

    fc_pdf_obj *parents = fc_pdf_object(h);
    number_tree tree = {.h = h, .kids = fc_pdf_array(h)};
    fc_pdf_put(h, parents, "Kids", tree.kids);
    long key = 0;
    for (size_t p = 0; p < n_pages; p++) {
        fc_pdf_obj *owners = fc_pdf_array(h);
        for (size_t i = 0; p < t->pages.n && i < t->pages.at[p].owners.n; i++)
            fc_pdf_add(h, owners, t->pages.at[p].owners.at[i]->object);
        fc_pdf_put_int(h, pages[p], "StructParents", key);
        put_number(&tree, key++, owners);
    }
    for (size_t i = 0; i < t->annotations.n; i++) {
        fc_pdf_put_int(h, t->annotations.at[i].annotation, "StructParent", key);
        put_number(&tree, key++, t->annotations.at[i].tag->object);
    }
    close_leaf(&tree, key);
    fc_pdf_put(h, root, "ParentTree", parents);
    fc_pdf_put_int(h, root, "ParentTreeNextKey", key);
    fc_pdf_put(h, fc_haru_catalog(h), "StructTreeRoot", root);
}
