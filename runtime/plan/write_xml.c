/* A plan as canonical XML: answers in the order of the definition, then what formc keeps about
 * it: conflicts, marks, history. */
#include "runtime/plan/plan.h"
#include "runtime/base/digest.h"
#include "runtime/base/xmlwrite.h"

typedef struct writer {
    const fc_plan *plan;
    fc_xml_writer w;
} writer;

static const char *name_of(writer *x, fc_str id)
{
    return fc_str_copy(x->plan->arena, id).p;
}

static void write_answer(writer *x, const fc_node *field, size_t row)
{
    const fc_answer *a = fc_plan_answer(x->plan, field, row);
    if (!a->text.n && !a->absent.n)
        return;
    fc_xml_open(&x->w, name_of(x, field->id));
    fc_xml_attr_opt(&x->w, "p:absent", a->absent);
    fc_xml_attr_opt(&x->w, "xml:lang", a->lang);
    fc_xml_put(&x->w, a->text);
    fc_xml_close(&x->w);
}

/* True when anything below this node has to be written. */
static bool has_content(writer *x, const fc_node *n)
{
    if (n->kind == FC_FIELD) {
        const fc_answer *a = fc_plan_answer(x->plan, n, 0);
        return a->text.n || a->absent.n || (n->details && has_content(x, n->details));
    }
    if (n->kind == FC_REPEAT)
        return fc_plan_row_count(x->plan, n->container) > 0;
    for (size_t i = 0; i < n->kids.n; i++)
        if (has_content(x, n->kids.at[i]))
            return true;
    return false;
}

static void write_node(writer *x, const fc_node *n, size_t row)
{
    switch (n->kind) {
    case FC_FIELD:
        write_answer(x, n, row);
        if (n->details)
            write_answer(x, n->details, row);
        break;
    case FC_REPEAT:
        for (size_t r = 0; r < fc_plan_row_count(x->plan, n->container); r++) {
            fc_xml_open(&x->w, name_of(x, n->id));
            fc_xml_attr(&x->w, "p:row", x->plan->rows[n->container->index].list.at[r].id);
            for (size_t i = 0; i < n->kids.n; i++)
                write_node(x, n->kids.at[i], r);
            fc_xml_close(&x->w);
        }
        break;
    case FC_SECTION:
    case FC_GROUP:
    case FC_SIGNATURE:
        if (!has_content(x, n))
            return;
        fc_xml_open(&x->w, name_of(x, n->id));
        for (size_t i = 0; i < n->kids.n; i++)
            write_node(x, n->kids.at[i], row);
        fc_xml_close(&x->w);
        break;
    case FC_NOTE:
    case FC_HEADING:
    case FC_PROMPTS:
        break;
    }
}

static bool is_among(const fc_node *n, const fc_node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i] == n)
            return true;
    return false;
}

/* Writes those of the nodes that are below kids, in the order of the form. */
static void write_chosen(writer *x, fc_node *const *kids, size_t n, const fc_node *const *nodes,
                         size_t count)
{
    for (size_t i = 0; i < n; i++) {
        if (is_among(kids[i], nodes, count))
            write_node(x, kids[i], 0);
        else if (kids[i]->kind != FC_REPEAT)
            write_chosen(x, kids[i]->kids.at, kids[i]->kids.n, nodes, count);
    }
}

fc_str fc_plan_digest_of(fc_arena *a, const fc_plan *p, const fc_node *const *nodes, size_t n)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    writer x = {.plan = p};
    /* As inside the root: the writer starts every element on a line of its own. */
    x.w = (fc_xml_writer){.out = &b, .depth = 1, .names = {""}};
    write_chosen(&x, p->form->top.at, p->form->top.n, nodes, n);
    if (b.n)
        fc_buf_char(&b, '\n');
    fc_str all = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    fc_str lines = all.n ? fc_str_slice(all, 1, all.n) : all;
    return fc_str_fmt(a, "sha256:%.*s", FC_ARG(fc_sha256_hex(a, lines)));
}

static void write_side(writer *x, const char *name, const fc_answer *a)
{
    fc_xml_open(&x->w, name);
    fc_xml_attr_opt(&x->w, "absent", a->absent);
    fc_xml_attr_opt(&x->w, "xml:lang", a->lang);
    fc_xml_put(&x->w, a->text);
    fc_xml_close(&x->w);
}

static void write_conflicts(writer *x)
{
    const fc_plan *p = x->plan;
    if (!p->conflicts.n)
        return;
    fc_xml_open(&x->w, "p:conflicts");
    for (size_t i = 0; i < p->conflicts.n; i++) {
        const fc_conflict *c = &p->conflicts.at[i];
        fc_xml_open(&x->w, "p:conflict");
        fc_xml_attr(&x->w, "path", fc_plan_path(p->arena, c->field, c->row));
        write_side(x, "p:stored", &c->stored);
        write_side(x, "p:visible", &c->visible);
        fc_xml_close(&x->w);
    }
    fc_xml_close(&x->w);
}

static void write_marks(writer *x)
{
    const fc_plan *p = x->plan;
    if (!p->marks.n)
        return;
    fc_xml_open(&x->w, "p:marks");
    for (size_t i = 0; i < p->marks.n; i++) {
        const fc_mark *m = &p->marks.at[i];
        fc_xml_open(&x->w, "p:mark");
        fc_xml_attr(&x->w, "path", m->field->path);
        fc_xml_attr(&x->w, "at", m->at);
        fc_xml_attr(&x->w, "by", m->by);
        fc_xml_attr(&x->w, "own", m->own);
        fc_xml_attr(&x->w, "covers", m->covers);
        fc_xml_close(&x->w);
    }
    fc_xml_close(&x->w);
}

static void write_history(writer *x)
{
    const fc_plan *p = x->plan;
    if (!p->history.n)
        return;
    fc_xml_open(&x->w, "p:history");
    for (size_t i = 0; i < p->history.n; i++) {
        const fc_change *e = &p->history.at[i];
        fc_xml_open(&x->w, "p:entry");
        fc_xml_attr_int(&x->w, "n", (long)i + 1);
        fc_xml_attr(&x->w, "at", e->at);
        fc_xml_attr(&x->w, "by", e->by);
        fc_xml_attr(&x->w, "via", e->via);
        fc_xml_attr_opt(&x->w, "file", e->file);
        fc_xml_attr(&x->w, "did", e->did);
        fc_xml_attr_opt(&x->w, "path", e->path);
        fc_xml_attr_opt(&x->w, "to", e->to);
        fc_xml_close(&x->w);
    }
    fc_xml_close(&x->w);
}

void fc_plan_write(const fc_plan *p, fc_buf *out)
{
    const fc_form *f = p->form;
    writer x = {.plan = p};
    fc_xml_begin(&x.w, out);
    fc_xml_open(&x.w, name_of(&x, f->id));
    fc_xml_attr(&x.w, "xmlns", f->data_ns);
    fc_xml_attr_z(&x.w, "xmlns:p", FC_PLAN_NS);
    fc_xml_attr(&x.w, "p:form", f->id);
    fc_xml_attr_opt(&x.w, "p:version", p->version);
    fc_xml_attr_opt(&x.w, "p:definition", p->digest);
    fc_xml_attr_opt(&x.w, "p:id", p->id);
    fc_xml_attr_opt(&x.w, "p:revision", p->revision);
    fc_xml_attr_opt(&x.w, "p:stage", p->stage);
    if (p->synthetic)
        fc_xml_attr_z(&x.w, "p:synthetic", "yes");
    for (size_t i = 0; i < f->top.n; i++)
        write_node(&x, f->top.at[i], 0);
    write_conflicts(&x);
    write_marks(&x);
    write_history(&x);
    fc_xml_close(&x.w);
}

fc_str fc_plan_written(fc_arena *a, const fc_plan *p)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    fc_plan_write(p, &b);
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}
