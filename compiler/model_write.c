/* The model as XML (docs/model.md): what stylesheets see and what the digest covers. */
#include "compiler/compile.h"

#include "runtime/base/digest.h"
#include "runtime/base/xmlwrite.h"

#define MODEL_NS "urn:formc:model:1"

typedef struct writing {
    fc_xml_writer w;
    const fc_form *f;
    size_t rule;   /* the first rule of the fields that are still to come */
    fc_str around; /* the language of what is around, when it is not the form's */
} writing;

static void attr_path(writing *m, const char *name, const fc_node *n)
{
    fc_xml_attr_opt(&m->w, name, n->path);
}

/* The language of the element, when it or what is around it is in another than the form. */
static void attr_lang(writing *m, fc_str lang)
{
    if (!lang.n && !m->around.n)
        return;
    fc_str tag = lang.n ? lang : m->f->lang;
    fc_xml_attr(&m->w, "lang", tag);
    fc_xml_attr_z(&m->w, "dir", (lang.n ? fc_lang_is_rtl(tag) : m->f->rtl) ? "rtl" : "ltr");
}

/* The value, made in b, which is released. What did not fit in memory is missing in the output,
 * and the output says so. */
static void attr_made(writing *m, const char *name, fc_buf *b)
{
    fc_xml_attr_opt(&m->w, name, fc_buf_view(b));
    m->w.out->failed = m->w.out->failed || b->failed;
    fc_buf_release(b);
}

static void attr_paths(writing *m, const char *name, const fc_node *const *list, size_t n)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        if (i)
            fc_buf_char(&b, ' ');
        fc_buf_str(&b, list[i]->path);
    }
    attr_made(m, name, &b);
}

/* No white space may be added in the element just opened, even when it begins with another. */
static void holds_text(writing *m)
{
    m->w.texts[m->w.depth - 1] = true;
}

static void write_runs(writing *m, const fc_para *p)
{
    static const char *const names[] = {NULL, "em", "strong", "ref"};
    for (size_t i = 0; i < p->runs.n; i++) {
        const fc_run *r = &p->runs.at[i];
        if (r->kind == FC_RUN_PLAIN) {
            fc_xml_put(&m->w, r->text);
            continue;
        }
        fc_xml_open(&m->w, names[r->kind]);
        if (r->ref)
            attr_path(m, "path", r->ref);
        fc_xml_put(&m->w, r->text);
        fc_xml_close(&m->w);
    }
}

static void write_paras(writing *m, const fc_text *t)
{
    for (size_t i = 0; i < t->paras.n; i++) {
        fc_xml_open(&m->w, t->paras.at[i].item ? "item" : "p");
        if (t->paras.at[i].lang.n)
            attr_lang(m, t->paras.at[i].lang);
        holds_text(m);
        write_runs(m, &t->paras.at[i]);
        fc_xml_close(&m->w);
    }
}

static void write_text(writing *m, const char *name, const fc_text *t)
{
    if (!t)
        return;
    fc_xml_open(&m->w, name);
    attr_lang(m, t->lang);
    write_paras(m, t);
    fc_xml_close(&m->w);
}

static void attr_parties(writing *m, const char *name, fc_party_set set)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    for (size_t i = 0; i < m->f->parties.n; i++)
        if (set >> i & 1) {
            if (b.n)
                fc_buf_char(&b, ' ');
            fc_buf_str(&b, m->f->parties.at[i].id);
        }
    attr_made(m, name, &b);
}

static void attr_sensitivity(writing *m, const fc_node *n)
{
    fc_xml_attr_opt(&m->w, "sensitivity", fc_sensitivity_of(m->f, n));
}

static const char *const layouts[] = {"stacked", "table", "blocks"};

static void attr_level(writing *m, const fc_node *n)
{
    if (n->level)
        fc_xml_attr_int(&m->w, "level", (long)n->level);
}

static void attr_stage(writing *m, const char *name, unsigned stage)
{
    if (stage < m->f->stages.n)
        fc_xml_attr(&m->w, name, m->f->stages.at[stage].id);
}

/* The stage from which a field is required, and when. The rules of fields stand in the order of
 * the fields, and fields are written in that order. */
static void attr_required(writing *m, const fc_node *n)
{
    for (; m->rule < m->f->rules.n; m->rule++) {
        const fc_rule *r = m->f->rules.at[m->rule];
        if (r->kind != FC_RULE_REQUIRED)
            continue;
        if (r->where->ordinal > n->ordinal)
            return;
        if (r->where != n)
            continue;
        if (m->f->stages.n)
            attr_stage(m, "required", r->stage);
        else
            fc_xml_attr_z(&m->w, "required", "yes");
        if (r->when)
            fc_xml_attr(&m->w, "required-when",
                        fc_expr_print(m->f->diags->arena, r->when, r->scope));
    }
}

static void attr_asked(writing *m, const fc_node *n)
{
    const fc_container *rows = n->kind == FC_FIELD ? n->container : NULL;
    if (n->asked)
        fc_xml_attr(&m->w, "ask-when", fc_expr_print(m->f->diags->arena, n->asked, rows));
}

static void write_columns(writing *m, const fc_node *n)
{
    for (size_t i = 0; i < n->columns.n; i++) {
        fc_xml_open(&m->w, "column");
        attr_lang(m, n->column_langs.at[i]);
        fc_xml_put(&m->w, n->columns.at[i]);
        fc_xml_close(&m->w);
    }
}

static void write_choices(writing *m, const fc_choices *list)
{
    fc_xml_open(&m->w, "choices");
    if (list->open)
        fc_xml_attr_z(&m->w, "open", "yes");
    for (size_t i = 0; i < list->list.n; i++) {
        fc_xml_open(&m->w, "choice");
        fc_xml_attr(&m->w, "id", list->list.at[i].id);
        fc_xml_put(&m->w, list->list.at[i].label);
        fc_xml_close(&m->w);
    }
    fc_xml_close(&m->w);
}

static void write_kids(writing *m, const fc_node *n);

static void write_field(writing *m, const fc_node *n)
{
    fc_xml_writer *w = &m->w;
    fc_str outside = m->around;
    fc_xml_open(w, "field");
    fc_xml_attr_int(w, "n", (long)n->ordinal);
    fc_xml_attr(w, "id", n->id);
    fc_xml_attr(w, "path", n->path);
    fc_xml_attr_z(w, "type", fc_types[n->type].name);
    if (!fc_str_eq_z(n->type_name, fc_types[n->type].name))
        fc_xml_attr(w, "local-type", n->type_name);
    fc_xml_attr_opt(w, "number", n->number);
    fc_xml_attr(w, "label", n->label);
    fc_xml_attr(w, "short", n->short_label);
    fc_xml_attr(w, "full", n->full_label);
    attr_lang(m, n->lang);
    attr_level(m, n);
    fc_xml_attr_int(w, "lines", (long)n->lines);
    if (n->max_length)
        fc_xml_attr_int(w, "max-length", (long)n->max_length);
    fc_xml_attr_opt(w, "pattern", n->pattern);
    if (fc_types[n->type].multiline)
        fc_xml_attr_z(w, "multiline", "yes");
    if (n->wide)
        fc_xml_attr_z(w, "wide", "yes");
    attr_asked(m, n);
    if (n->calc)
        fc_xml_attr(w, "calc", fc_expr_print(m->f->diags->arena, n->calc, n->container));
    attr_required(m, n);
    attr_parties(m, "owners", n->owners);
    attr_sensitivity(m, n);
    if (n->container && n->container->repeat)
        attr_path(m, "container", n->container->repeat);
    fc_xml_attr_opt(w, "from", n->from);
    m->around = n->lang;
    if (n->picture) {
        fc_xml_open(w, "picture");
        fc_xml_attr_int(w, "n", (long)n->picture);
        fc_xml_attr(w, "alt", n->picture_alt);
        fc_xml_close(w);
    }
    write_text(m, "hint", n->hint);
    if (n->choices)
        write_choices(m, n->choices);
    if (n->details) {
        fc_xml_open(w, "details");
        write_field(m, n->details);
        fc_xml_close(w);
    }
    fc_xml_close(w);
    m->around = outside;
}

static void write_node(writing *m, const fc_node *n)
{
    fc_xml_writer *w = &m->w;
    fc_str outside = m->around;
    switch (n->kind) {
    case FC_FIELD:
        write_field(m, n);
        return;
    case FC_NOTE:
        fc_xml_open(w, "note");
        fc_xml_attr(w, "kind", n->note_kind);
        attr_lang(m, n->text->lang);
        fc_xml_attr_opt(w, "from", n->from);
        write_paras(m, n->text);
        break;
    case FC_HEADING:
        fc_xml_open(w, "heading");
        attr_level(m, n);
        attr_lang(m, n->text->lang);
        fc_xml_attr_opt(w, "from", n->from);
        holds_text(m);
        for (size_t i = 0; i < n->text->paras.n; i++)
            write_runs(m, &n->text->paras.at[i]);
        break;
    case FC_PROMPTS:
        fc_xml_open(w, "prompts");
        attr_lang(m, n->text->lang);
        fc_xml_attr_opt(w, "from", n->from);
        write_paras(m, n->text);
        break;
    case FC_SECTION:
    case FC_GROUP:
        fc_xml_open(w, n->kind == FC_SECTION ? "section" : "group");
        fc_xml_attr(w, "id", n->id);
        fc_xml_attr(w, "path", n->path);
        if (n->kind == FC_GROUP)
            fc_xml_attr(w, "block", n->block);
        fc_xml_attr_opt(w, "number", n->number);
        fc_xml_attr(w, "title", n->label);
        attr_lang(m, n->lang);
        attr_asked(m, n);
        attr_level(m, n);
        fc_xml_attr_z(w, "layout", layouts[n->layout]);
        attr_parties(m, "owners", n->owners);
        attr_parties(m, "with", n->with);
        if (n->jointly)
            fc_xml_attr_z(w, "jointly", "yes");
        attr_sensitivity(m, n);
        fc_xml_attr_opt(w, "from", n->from);
        m->around = n->lang;
        if (n->columns.n) {
            fc_xml_open(w, "columns");
            write_columns(m, n);
            fc_xml_close(w);
        }
        write_kids(m, n);
        break;
    case FC_REPEAT:
        fc_xml_open(w, "repeat");
        fc_xml_attr(w, "id", n->id);
        fc_xml_attr(w, "path", n->path);
        fc_xml_attr_opt(w, "number", n->number);
        fc_xml_attr_opt(w, "label", n->label);
        fc_xml_attr_opt(w, "short", n->short_label);
        attr_lang(m, n->lang);
        attr_level(m, n);
        fc_xml_attr_z(w, "layout", layouts[n->layout]);
        fc_xml_attr_int(w, "min", (long)n->min_rows);
        fc_xml_attr_int(w, "max", (long)n->max_rows);
        fc_xml_attr_int(w, "blank-rows", (long)n->blank_rows);
        attr_asked(m, n);
        attr_sensitivity(m, n);
        fc_xml_attr_opt(w, "from", n->from);
        m->around = n->lang;
        write_text(m, "hint", n->hint);
        write_columns(m, n);
        write_kids(m, n);
        break;
    case FC_SIGNATURE:
        fc_xml_open(w, "signature");
        fc_xml_attr(w, "id", n->id);
        fc_xml_attr(w, "path", n->path);
        fc_xml_attr_opt(w, "number", n->number);
        fc_xml_attr(w, "label", n->label);
        fc_xml_attr(w, "short", n->short_label);
        attr_lang(m, n->lang);
        attr_level(m, n);
        if (n->party >= 0)
            fc_xml_attr(w, "party", m->f->parties.at[n->party].id);
        if (n->covers.n)
            attr_paths(m, "covers", n->covers.at, n->covers.n);
        attr_sensitivity(m, n);
        fc_xml_attr_opt(w, "from", n->from);
        m->around = n->lang;
        write_text(m, "hint", n->hint);
        write_kids(m, n);
        break;
    }
    fc_xml_close(w);
    m->around = outside;
}

static void write_kids(writing *m, const fc_node *n)
{
    for (size_t i = 0; i < n->kids.n; i++)
        write_node(m, n->kids.at[i]);
}

static void write_rule(writing *m, const fc_rule *r)
{
    static const char *const kinds[] = {"type", "required", "must", "asked", "human"};
    static const char *const severities[] = {"error", "warning", "advice"};
    fc_xml_writer *w = &m->w;
    fc_arena *a = m->f->diags->arena;
    fc_xml_open(w, "rule");
    fc_xml_attr(w, "id", r->id);
    fc_xml_attr_z(w, "kind", kinds[r->kind]);
    attr_path(m, "where", r->where);
    if (r->places.n)
        attr_paths(m, "places", r->places.at, r->places.n);
    if (r->scope->repeat)
        attr_path(m, "scope", r->scope->repeat);
    if (r->kind != FC_RULE_HUMAN)
        fc_xml_attr_z(w, "severity", severities[r->severity]);
    if (r->topic && r->topic->audit)
        fc_xml_attr_z(w, "audit", "yes");
    if (r->stage)
        attr_stage(m, "stage", r->stage);
    fc_xml_attr_opt(w, "from", r->from);
    if (r->must)
        fc_xml_leaf(w, "must", fc_expr_print(a, r->must, r->scope));
    if (r->when)
        fc_xml_leaf(w, "when", fc_expr_print(a, r->when, r->scope));
    write_text(m, "message", r->message);
    write_text(m, "why", r->why);
    fc_xml_close(w);
}

static void write_topics(writing *m)
{
    fc_xml_writer *w = &m->w;
    for (size_t i = 0; i < m->f->topics.n; i++) {
        const fc_topic *t = m->f->topics.at[i];
        fc_xml_open(w, "topic");
        fc_xml_attr(w, "id", t->id);
        if (t->audit)
            fc_xml_attr_z(w, "audit", "yes");
        fc_xml_attr_opt(w, "title", t->title);
        fc_xml_attr_opt(w, "from", t->from);
        fc_xml_close(w);
    }
}

static void write_head(writing *m)
{
    fc_xml_writer *w = &m->w;
    const fc_form *f = m->f;
    static const char *const kinds[] = {"person", "organisation", "professional"};
    fc_xml_open(w, "sources");
    for (size_t i = 0; i < f->sources.n; i++) {
        fc_xml_open(w, "source");
        fc_xml_attr(w, "id", f->sources.at[i].id);
        fc_xml_attr_opt(w, "kind", f->sources.at[i].kind);
        fc_xml_put(w, f->sources.at[i].text);
        fc_xml_close(w);
    }
    fc_xml_close(w);
    fc_xml_open(w, "stages");
    for (size_t i = 0; i < f->stages.n; i++) {
        fc_xml_open(w, "stage");
        fc_xml_attr(w, "id", f->stages.at[i].id);
        fc_xml_put(w, f->stages.at[i].label);
        fc_xml_close(w);
    }
    fc_xml_close(w);
    fc_xml_open(w, "parties");
    for (size_t i = 0; i < f->parties.n; i++) {
        fc_xml_open(w, "party");
        fc_xml_attr(w, "id", f->parties.at[i].id);
        fc_xml_attr_z(w, "kind", kinds[f->parties.at[i].kind]);
        fc_xml_put(w, f->parties.at[i].label);
        fc_xml_close(w);
    }
    fc_xml_close(w);
    if (f->sensitivities.n) {
        fc_xml_open(w, "sensitivities");
        for (size_t i = 0; i < f->sensitivities.n; i++) {
            fc_xml_open(w, "sensitivity");
            fc_xml_attr(w, "id", f->sensitivities.at[i].id);
            fc_xml_put(w, f->sensitivities.at[i].label);
            fc_xml_close(w);
        }
        fc_xml_close(w);
    }
}

/* Each once, however many questions have it. */
static void write_pictures(writing *m)
{
    fc_xml_writer *w = &m->w;
    if (!m->f->pictures.n)
        return;
    fc_xml_open(w, "pictures");
    for (size_t i = 0; i < m->f->pictures.n; i++) {
        const fc_form_picture *p = &m->f->pictures.at[i];
        fc_xml_open(w, "picture");
        fc_xml_attr_int(w, "n", (long)i + 1);
        fc_xml_attr(w, "file", p->file);
        fc_xml_attr_int(w, "width", (long)p->picture.width);
        fc_xml_attr_int(w, "height", (long)p->picture.height);
        fc_xml_attr(w, "png", fc_base64(m->f->diags->arena, p->picture.png));
        fc_xml_close(w);
    }
    fc_xml_close(w);
}

void fc_model_write(const fc_form *f, bool with_digest, fc_buf *out)
{
    writing m = {.f = f};
    fc_xml_writer *w = &m.w;
    fc_xml_begin(w, out);
    fc_xml_open(w, "form");
    fc_xml_attr_z(w, "xmlns", MODEL_NS);
    fc_xml_attr(w, "id", f->id);
    fc_xml_attr(w, "version", f->version);
    fc_xml_attr(w, "status", f->status);
    fc_xml_attr(w, "lang", f->lang);
    fc_xml_attr_z(w, "dir", f->rtl ? "rtl" : "ltr");
    fc_xml_attr(w, "data-ns", f->data_ns);
    if (with_digest)
        fc_xml_attr(w, "digest", f->digest);
    fc_xml_attr(w, "title", f->title);
    if (f->title_lang.n) {
        fc_xml_attr(w, "title-lang", f->title_lang);
        fc_xml_attr_z(w, "title-dir", fc_lang_is_rtl(f->title_lang) ? "rtl" : "ltr");
    }
    write_head(&m);
    write_pictures(&m);
    fc_xml_open(w, "body");
    for (size_t i = 0; i < f->top.n; i++)
        write_node(&m, f->top.at[i]);
    fc_xml_close(w);
    fc_xml_open(w, "rules");
    write_topics(&m);
    for (size_t i = 0; i < f->rules.n; i++)
        write_rule(&m, f->rules.at[i]);
    fc_xml_close(w);
    fc_xml_close(w);
}
