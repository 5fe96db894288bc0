/* A plan as canonical XML: answers in the order of the definition, then the history. */
#include "runtime/plan/plan.h"
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
    if (p->history.n) {
        /* Canonical already: it was written by the reader, indented for this depth. */
        if (x.w.tag_open)
            fc_buf_char(out, '>');
        x.w.tag_open = false;
        fc_buf_str(out, p->history);
    }
    fc_xml_close(&x.w);
}
