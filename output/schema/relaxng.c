/* plan.rng: a plan's XML as RELAX NG (ISO/IEC 19757-2), in the order in which formc writes it.
 */
#include "output/schema/schema.h"
#include "runtime/base/xmlwrite.h"

typedef struct writer {
    fc_arena *a;
    const fc_form *form;
    fc_xml_writer w;
} writer;

static void open(writer *x, const char *element)
{
    fc_xml_open(&x->w, element);
}

static void close(writer *x)
{
    fc_xml_close(&x->w);
}

/* <element name="..."> or <attribute name="...">, with what people call it. */
static void open_named(writer *x, const char *what, fc_str name, fc_str label)
{
    open(x, what);
    fc_xml_attr(&x->w, "name", name);
    if (label.n)
        fc_xml_leaf(&x->w, "a:documentation", label);
}

static void put_ref(writer *x, const char *name)
{
    open(x, "ref");
    fc_xml_attr_z(&x->w, "name", name);
    close(x);
}

static void put_pattern(writer *x, fc_str pattern, unsigned max_length)
{
    open(x, "data");
    fc_xml_attr_z(&x->w, "type", "string");
    if (pattern.n) {
        fc_buf b;
        fc_buf_init(&b, FC_BUF_MAX);
        fc_put_pattern(&b, pattern, FC_XSD);
        open(x, "param");
        fc_xml_attr_z(&x->w, "name", "pattern");
        fc_xml_put(&x->w, fc_buf_keep(&b, x->a));
        close(x);
        fc_buf_release(&b);
    }
    if (max_length) {
        open(x, "param");
        fc_xml_attr_z(&x->w, "name", "maxLength");
        fc_xml_put(&x->w, fc_str_fmt(x->a, "%u", max_length));
        close(x);
    }
    close(x);
}

static void put_value(writer *x, fc_str word)
{
    open(x, "value");
    fc_xml_attr_z(&x->w, "type", "string");
    fc_xml_put(&x->w, word);
    close(x);
}

static void put_words(writer *x, const char *const *words)
{
    open(x, "choice");
    for (; *words; words++)
        put_value(x, fc_str_of(*words));
    close(x);
}

/* ---- Answers ------------------------------------------------------------------------- */

/* Several choices of a list, with white space between. */
static void put_several(writer *x, const fc_choices *c)
{
    open(x, "list");
    open(x, "oneOrMore");
    put_ref(x, fc_str_fmt(x->a, "choices.%.*s", FC_ARG(c->id)).p);
    close(x);
    close(x);
}

/* A question: nothing, a reason, or an answer. */
static void put_field(writer *x, const fc_node *n)
{
    fc_shape s = fc_shape_of(n);
    open(x, "optional");
    open_named(x, "element", n->id, n->label);
    put_ref(x, "language");
    open(x, "choice");
    put_ref(x, "absent");
    if (s.kind == FC_SHAPE_ONE)
        put_ref(x, fc_str_fmt(x->a, "choices.%.*s", FC_ARG(n->choices->id)).p);
    else if (s.kind == FC_SHAPE_MANY)
        put_several(x, n->choices);
    else if (s.kind == FC_SHAPE_TYPE)
        put_ref(x, fc_str_fmt(x->a, "type.%s", fc_types[n->type].name).p);
    else if (s.kind == FC_SHAPE_OWN)
        put_pattern(x, s.pattern, s.max_length);
    put_ref(x, s.kind == FC_SHAPE_TEXT || s.open ? "any-text" : "as-typed");
    close(x);
    close(x);
    close(x);
    if (n->details)
        put_field(x, n->details);
}

static void put_node(writer *x, const fc_node *n)
{
    if (!fc_has_answers(n))
        return;
    if (n->kind == FC_FIELD) {
        put_field(x, n);
        return;
    }
    open(x, n->kind == FC_REPEAT ? "zeroOrMore" : "optional");
    open_named(x, "element", n->id, n->label);
    if (n->kind == FC_REPEAT) {
        open(x, "optional");
        open_named(x, "attribute", FC_S("p:row"), (fc_str){0});
        put_pattern(x, FC_S(FC_SHAPE_ROW), 0);
        close(x);
        close(x);
    }
    for (size_t i = 0; i < n->kids.n; i++)
        put_node(x, n->kids.at[i]);
    close(x);
    close(x);
}

/* ---- What is named ------------------------------------------------------------------- */

static void open_define(writer *x, const char *name)
{
    open(x, "define");
    fc_xml_attr_z(&x->w, "name", name);
}

static void put_types(writer *x)
{
    for (int t = 0; t < FC_TYPE_COUNT; t++) {
        const char *pattern = fc_shape_pattern((fc_type)t);
        if (!pattern)
            continue;
        open_define(x, fc_str_fmt(x->a, "type.%s", fc_types[t].name).p);
        put_pattern(x, fc_str_of(pattern), 0);
        close(x);
    }
}

static void put_choices(writer *x)
{
    for (size_t i = 0; i < x->form->choices.n; i++) {
        const fc_choices *c = x->form->choices.at[i];
        open_define(x, fc_str_fmt(x->a, "choices.%.*s", FC_ARG(c->id)).p);
        open(x, "choice");
        for (size_t k = 0; k < c->list.n; k++)
            put_value(x, c->list.at[k].id);
        close(x);
        close(x);
    }
}

static void put_defines(writer *x)
{
    open_define(x, "any-text");
    open(x, "text");
    close(x);
    close(x);
    open_define(x, "as-typed");
    fc_xml_leaf(
        &x->w, "a:documentation",
        FC_S("What cannot be read is kept as it was typed, and is a finding when the "
             "plan is checked. A grammar that includes this one and defines as-typed as "
             "notAllowed takes readable answers only."));
    open(x, "text");
    close(x);
    close(x);
    put_types(x);
    put_choices(x);
    open_define(x, "place");
    put_pattern(x, fc_shape_place(x->a, x->form), 0);
    close(x);
    open_define(x, "absent");
    open_named(x, "attribute", FC_S("p:absent"), (fc_str){0});
    put_words(x, fc_absence_reasons);
    close(x);
    close(x);
    open_define(x, "language");
    open(x, "optional");
    open_named(x, "attribute", FC_S("xml:lang"), (fc_str){0});
    close(x);
    close(x);
    close(x);
}

/* ---- The root and what a plan keeps about itself ------------------------------------- */

typedef struct attribute {
    const char *name;
    const char *pattern;      /* NULL: any text */
    const char *const *words; /* or one of these */
    bool optional;
} attribute;

static void put_attributes(writer *x, const attribute *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (at[i].optional)
            open(x, "optional");
        open_named(x, "attribute", fc_str_of(at[i].name), (fc_str){0});
        if (at[i].words)
            put_words(x, at[i].words);
        else if (at[i].pattern)
            put_pattern(x, fc_str_of(at[i].pattern), 0);
        close(x);
        if (at[i].optional)
            close(x);
    }
}

/* An element of the plan's own, holding any number of others. */
static void open_part(writer *x, const char *name, const char *of)
{
    open(x, "optional");
    open_named(x, "element", fc_str_of(name), (fc_str){0});
    open(x, "zeroOrMore");
    open_named(x, "element", fc_str_of(of), (fc_str){0});
}

static void close_part(writer *x)
{
    for (int i = 0; i < 4; i++)
        close(x);
}

static void put_side(writer *x, const char *name)
{
    open_named(x, "element", fc_str_of(name), (fc_str){0});
    put_ref(x, "language");
    open(x, "choice");
    open_named(x, "attribute", FC_S("absent"), (fc_str){0});
    put_words(x, fc_absence_reasons);
    close(x);
    put_ref(x, "any-text");
    close(x);
    close(x);
}

static void put_parts(writer *x)
{
    const char *author = fc_shape_author(x->a, x->form).p;
    const char *place = fc_shape_place(x->a, x->form).p;
    const attribute mark[] = {{.name = "path", .pattern = place},
                              {.name = "at", .pattern = FC_SHAPE_MOMENT},
                              {.name = "by", .pattern = author},
                              {.name = "own", .pattern = FC_SHAPE_DIGEST},
                              {.name = "covers", .pattern = FC_SHAPE_DIGEST}};
    const attribute entry[] = {{.name = "n", .pattern = FC_SHAPE_COUNT},
                               {.name = "at", .pattern = FC_SHAPE_MOMENT},
                               {.name = "by", .pattern = author},
                               {.name = "via"},
                               {.name = "file", .pattern = FC_SHAPE_DIGEST, .optional = true},
                               {.name = "did", .words = fc_plan_deeds},
                               {.name = "path", .optional = true},
                               {.name = "to", .optional = true}};
    open_part(x, "p:conflicts", "p:conflict");
    open_named(x, "attribute", FC_S("path"), (fc_str){0});
    put_ref(x, "place");
    close(x);
    put_side(x, "p:stored");
    put_side(x, "p:visible");
    close_part(x);
    open_part(x, "p:marks", "p:mark");
    put_attributes(x, mark, sizeof mark / sizeof *mark);
    close_part(x);
    open_part(x, "p:history", "p:entry");
    put_attributes(x, entry, sizeof entry / sizeof *entry);
    close_part(x);
}

static void put_root(writer *x)
{
    const fc_form *f = x->form;
    const char *const form[] = {fc_str_copy(x->a, f->id).p, NULL},
                      *const version[] = {fc_str_copy(x->a, f->version).p, NULL},
                      *const yes[] = {"yes", NULL};
    const char **stages = FC_NEW_N(x->a, const char *, f->stages.n + 1);
    for (size_t i = 0; i < f->stages.n; i++)
        stages[i] = fc_str_copy(x->a, f->stages.at[i].id).p;
    const attribute head[] = {
        {.name = "p:form", .words = form, .optional = true},
        {.name = "p:version", .words = version, .optional = true},
        {.name = "p:definition", .pattern = FC_SHAPE_DIGEST, .optional = true},
        {.name = "p:id", .pattern = FC_SHAPE_ID, .optional = true},
        {.name = "p:revision", .optional = true},
        {.name = "p:synthetic", .words = yes, .optional = true},
        {.name = "p:stage", .words = stages, .optional = true},
    };
    size_t n = sizeof head / sizeof *head;
    open(x, "start");
    open_named(x, "element", f->id, f->title);
    put_attributes(x, head, f->stages.n ? n : n - 1);
    for (size_t i = 0; i < f->top.n; i++)
        put_node(x, f->top.at[i]);
    put_parts(x);
    close(x);
    close(x);
}

static fc_status make(fc_build *b, void *prepared, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files)
{
    (void)prepared, (void)plan;
    fc_buf out;
    writer x = {.a = a, .form = b->form};
    fc_buf_init(&out, FC_BUF_MAX);
    fc_xml_begin(&x.w, &out);
    open(&x, "grammar");
    fc_xml_attr_z(&x.w, "xmlns", "http://relaxng.org/ns/structure/1.0");
    fc_xml_attr_z(&x.w, "xmlns:a", "http://relaxng.org/ns/compatibility/annotations/1.0");
    fc_xml_attr_z(&x.w, "xmlns:p", FC_PLAN_NS);
    fc_xml_attr(&x.w, "ns", b->form->data_ns);
    fc_xml_attr_z(&x.w, "datatypeLibrary", "http://www.w3.org/2001/XMLSchema-datatypes");
    put_root(&x);
    put_defines(&x);
    close(&x);
    fc_output_file file = {FC_S("plan.rng"), fc_buf_keep(&out, a),
                           "the shape of a plan as XML"};
    fc_buf_release(&out);
    FC_PUSH(a, files, file);
    return FC_OK;
}

const fc_target fc_target_rng = {
    .name = "rng",
    .summary = "the shape of a plan's XML, as RELAX NG",
    .make = make,
};
