/* A plan as canonical JSON: the same parts, in the same order, as in its XML. */
#include "runtime/plan/plan.h"
#include "runtime/base/jsonwrite.h"

typedef struct writer {
    const fc_plan *plan;
    fc_json_writer w;
} writer;

static bool has_text(const writer *x, const fc_node *n)
{
    if (n->kind == FC_FIELD)
        return fc_plan_answer(x->plan, n, 0)->text.n || (n->details && has_text(x, n->details));
    if (n->kind == FC_REPEAT)
        return fc_plan_row_count(x->plan, n->container) > 0;
    for (size_t i = 0; i < n->kids.n; i++)
        if (has_text(x, n->kids.at[i]))
            return true;
    return false;
}

/* What stands beside the answers of one row, by path below `above`. */
static void write_list(writer *x, fc_str name, const fc_container *c, size_t row,
                       bool languages)
{
    size_t above = c->repeat ? c->repeat->path.n + 1 : 0;
    bool open = false;
    for (size_t i = 0; i < c->fields.n; i++) {
        const fc_node *field = c->fields.at[i];
        const fc_answer *a = fc_plan_answer(x->plan, field, row);
        fc_str what = !languages ? a->absent : a->text.n || a->absent.n ? a->lang : FC_S("");
        if (!what.n)
            continue;
        if (!open)
            fc_json_object(&x->w, name);
        open = true;
        fc_json_put(&x->w, fc_str_slice(field->path, above, field->path.n), what);
    }
    if (open)
        fc_json_end(&x->w);
}

static void write_node(writer *x, const fc_node *n, size_t row)
{
    const fc_container *c = n->container;
    switch (n->kind) {
    case FC_FIELD:
        fc_json_put_opt(&x->w, n->id, fc_plan_answer(x->plan, n, row)->text);
        if (n->details)
            write_node(x, n->details, row);
        break;
    case FC_REPEAT:
        if (!fc_plan_row_count(x->plan, c))
            return;
        fc_json_array(&x->w, n->id);
        for (size_t r = 0; r < fc_plan_row_count(x->plan, c); r++) {
            fc_json_object(&x->w, (fc_str){0});
            fc_json_put(&x->w, FC_S("_row"), x->plan->rows[c->index].list.at[r].id);
            for (size_t i = 0; i < n->kids.n; i++)
                write_node(x, n->kids.at[i], r);
            write_list(x, FC_S("_absent"), c, r, false);
            write_list(x, FC_S("_languages"), c, r, true);
            fc_json_end(&x->w);
        }
        fc_json_end(&x->w);
        break;
    case FC_SECTION:
    case FC_GROUP:
    case FC_SIGNATURE:
        if (!has_text(x, n))
            return;
        fc_json_object(&x->w, n->id);
        for (size_t i = 0; i < n->kids.n; i++)
            write_node(x, n->kids.at[i], row);
        fc_json_end(&x->w);
        break;
    case FC_NOTE:
    case FC_HEADING:
    case FC_PROMPTS:
        break;
    }
}

static void write_side(writer *x, fc_str name, const fc_answer *a)
{
    fc_json_object(&x->w, name);
    fc_json_put_opt(&x->w, FC_S("text"), a->text);
    fc_json_put_opt(&x->w, FC_S("absent"), a->absent);
    fc_json_put_opt(&x->w, FC_S("language"), a->lang);
    fc_json_end(&x->w);
}

static void write_conflicts(writer *x)
{
    const fc_plan *p = x->plan;
    if (!p->conflicts.n)
        return;
    fc_json_array(&x->w, FC_S("conflicts"));
    for (size_t i = 0; i < p->conflicts.n; i++) {
        const fc_conflict *c = &p->conflicts.at[i];
        fc_json_object(&x->w, (fc_str){0});
        fc_json_put(&x->w, FC_S("path"), fc_plan_path(p->arena, c->field, c->row));
        write_side(x, FC_S("stored"), &c->stored);
        write_side(x, FC_S("visible"), &c->visible);
        fc_json_end(&x->w);
    }
    fc_json_end(&x->w);
}

static void write_marks(writer *x)
{
    const fc_plan *p = x->plan;
    if (!p->marks.n)
        return;
    fc_json_array(&x->w, FC_S("marks"));
    for (size_t i = 0; i < p->marks.n; i++) {
        const fc_mark *m = &p->marks.at[i];
        fc_json_object(&x->w, (fc_str){0});
        fc_json_put(&x->w, FC_S("path"), m->field->path);
        fc_json_put(&x->w, FC_S("at"), m->at);
        fc_json_put(&x->w, FC_S("by"), m->by);
        fc_json_put(&x->w, FC_S("own"), m->own);
        fc_json_put(&x->w, FC_S("covers"), m->covers);
        fc_json_end(&x->w);
    }
    fc_json_end(&x->w);
}

static void write_history(writer *x)
{
    const fc_plan *p = x->plan;
    if (!p->history.n)
        return;
    fc_json_array(&x->w, FC_S("history"));
    for (size_t i = 0; i < p->history.n; i++) {
        const fc_change *e = &p->history.at[i];
        fc_json_object(&x->w, (fc_str){0});
        fc_json_put(&x->w, FC_S("n"), fc_str_fmt(p->arena, "%zu", i + 1));
        fc_json_put(&x->w, FC_S("at"), e->at);
        fc_json_put(&x->w, FC_S("by"), e->by);
        fc_json_put(&x->w, FC_S("via"), e->via);
        fc_json_put_opt(&x->w, FC_S("file"), e->file);
        fc_json_put(&x->w, FC_S("did"), e->did);
        fc_json_put_opt(&x->w, FC_S("path"), e->path);
        fc_json_put_opt(&x->w, FC_S("to"), e->to);
        fc_json_end(&x->w);
    }
    fc_json_end(&x->w);
}

void fc_plan_write_json(const fc_plan *p, fc_buf *out)
{
    const fc_form *f = p->form;
    writer x = {.plan = p};
    fc_json_begin(&x.w, out);
    fc_json_put(&x.w, FC_S("form"), f->id);
    fc_json_put_opt(&x.w, FC_S("version"), p->version);
    fc_json_put_opt(&x.w, FC_S("definition"), p->digest);
    fc_json_put_opt(&x.w, FC_S("plan"), p->id);
    fc_json_put_opt(&x.w, FC_S("revision"), p->revision);
    fc_json_put_opt(&x.w, FC_S("stage"), p->stage);
    if (p->synthetic)
        fc_json_put(&x.w, FC_S("synthetic"), FC_S("yes"));
    fc_json_object(&x.w, FC_S("answers"));
    for (size_t i = 0; i < f->top.n; i++)
        write_node(&x, f->top.at[i], 0);
    fc_json_end(&x.w);
    write_list(&x, FC_S("absent"), f->containers.at[0], 0, false);
    write_list(&x, FC_S("languages"), f->containers.at[0], 0, true);
    write_conflicts(&x);
    write_marks(&x);
    write_history(&x);
    fc_json_end(&x.w);
}
