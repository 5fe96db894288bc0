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
    fc_buf text; /* of the element that is written */
};

fc_tags *fc_tags_new(fc_arena *a)
{
    fc_tags *t = FC_NEW(a, fc_tags);
    t->arena = a;
    t->document = FC_NEW(a, fc_tag);
    t->document->type = "Document";
    fc_buf_init_in(&t->text, a, FC_BUF_MAX);
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

static void write_word(fc_buf *b, const char *key, const char *name)
{
    fc_pdf_write_name(b, key);
    fc_pdf_write_name(b, name);
}

static void write_attributes(const fc_tag *g, fc_haru *h, fc_buf *b)
{
    if (g->alt.n != 0) { /* a figure */
        fc_buf_z(b, "/Alt");
        fc_pdf_write_text(h, b, g->alt);
        fc_buf_z(b, "/A<</O/Layout/Placement/Block/BBox[");
        for (size_t i = 0; i < 4; i++)
            fc_pdf_write_number(b, g->box[i]);
        fc_buf_z(b, "]>>");
    }
    bool table = g->scope != NULL || g->columns > 1;
    if (!table && !g->bullets)
        return;
    fc_buf_z(b, "/A<<");
    write_word(b, "O", table ? "Table" : "List");
    if (g->scope != NULL)
        write_word(b, "Scope", g->scope);
    if (g->columns > 1) {
        fc_buf_z(b, "/ColSpan");
        fc_pdf_write_number(b, g->columns);
    }
    if (g->bullets)
        write_word(b, "ListNumbering", "Disc");
    fc_buf_z(b, ">>");
}

#define KIDS_MAX 30000   /* readers have limits: libharu's own is 32,767 elements */
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

static void write_kid(fc_buf *b, const kid *k, size_t page, fc_pdf_obj *const *pages)
{
    if (k->tag != NULL) {
        fc_pdf_write_ref(b, k->tag->object);
        return;
    }
    if (k->annotation == NULL && k->page == page) {
        fc_pdf_write_number(b, k->mcid);
        return;
    }
    fc_buf_z(b, k->annotation != NULL ? "<</Type/OBJR/Pg" : "<</Type/MCR/Pg");
    fc_pdf_write_ref(b, pages[k->page]);
    fc_buf_z(b, k->annotation != NULL ? "/Obj" : "/MCID");
    if (k->annotation != NULL)
        fc_pdf_write_ref(b, k->annotation);
    else
        fc_pdf_write_number(b, k->mcid);
    fc_buf_z(b, ">>");
}

/* The element's own page: the first that it has content on. SIZE_MAX: it has none itself. */
static size_t own_page(const fc_tag *g)
{
    for (size_t i = 0; i < g->kids.n; i++)
        if (g->kids.at[i].tag == NULL)
            return g->kids.at[i].page;
    return SIZE_MAX;
}

/* An element and what is below it. Depth is bounded by the layout's vocabulary. */
static void write_tag(fc_tags *t, fc_tag *g, fc_haru *h, fc_pdf_obj *parent,
                      fc_pdf_obj *const *pages)
{
    group_kids(t, g);
    g->object = fc_pdf_place(h);
    for (size_t i = 0; i < g->kids.n; i++)
        if (g->kids.at[i].tag != NULL)
            write_tag(t, g->kids.at[i].tag, h, g->object, pages);
    fc_buf *b = &t->text;
    fc_buf_clear(b);
    fc_buf_z(b, "<</Type/StructElem");
    write_word(b, "S", g->type);
    fc_buf_z(b, "/P");
    fc_pdf_write_ref(b, parent);
    if (g->lang.n != 0) {
        fc_buf_z(b, "/Lang");
        fc_pdf_write_text(h, b, g->lang);
    }
    write_attributes(g, h, b);
    size_t page = own_page(g);
    if (page != SIZE_MAX) {
        fc_buf_z(b, "/Pg");
        fc_pdf_write_ref(b, pages[page]);
    }
    fc_buf_z(b, "/K[");
    for (size_t i = 0; i < g->kids.n; i++)
        write_kid(b, &g->kids.at[i], page, pages);
    fc_buf_z(b, "]>>");
    if (b->failed)
        fc_arena_give_up(t->arena);
    fc_pdf_say(h, g->object, fc_buf_view(b));
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
