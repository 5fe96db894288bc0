/* plan.schema.json: a plan's JSON as JSON Schema 2020-12. */
#include "output/schema/schema.h"
#include "runtime/base/jsonwrite.h"

typedef struct writer {
    fc_arena *a;
    const fc_form *form;
    fc_json_writer w;
} writer;

static const fc_str item = {0}; /* in a list there is no name */

static void put_ref(writer *x, const char *to)
{
    fc_json_put(&x->w, FC_S("$ref"), fc_str_fmt(x->a, "#/$defs/%s", to));
}

static void put_regex(writer *x, fc_str pattern)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_buf_z(&b, "^(?:");
    fc_put_pattern(&b, pattern, FC_ECMA);
    fc_buf_z(&b, ")$");
    fc_json_put(&x->w, FC_S("pattern"), fc_buf_keep(&b, x->a));
    fc_buf_release(&b);
}

static void put_string_type(writer *x)
{
    fc_json_put(&x->w, FC_S("type"), FC_S("string"));
}

/* A member that is text of a pattern. */
static void put_text_like(writer *x, fc_str name, fc_str pattern)
{
    fc_json_object(&x->w, name);
    put_string_type(x);
    put_regex(x, pattern);
    fc_json_end(&x->w);
}

static void put_ref_member(writer *x, fc_str name, const char *to)
{
    fc_json_object(&x->w, name);
    put_ref(x, to);
    fc_json_end(&x->w);
}

static void put_strict(writer *x)
{
    fc_json_put_bool(&x->w, FC_S("additionalProperties"), false);
}

static void put_words(writer *x, fc_str name, const char *const *words)
{
    fc_json_array(&x->w, name);
    for (; *words; words++)
        fc_json_put(&x->w, item, fc_str_of(*words));
    fc_json_end(&x->w);
}

static void open_object(writer *x, fc_str name)
{
    fc_json_object(&x->w, name);
    fc_json_put(&x->w, FC_S("type"), FC_S("object"));
}

/* ---- Answers ------------------------------------------------------------------------- */

static void put_shape(writer *x, const fc_node *n, fc_shape s)
{
    fc_json_object(&x->w, item);
    if (s.kind == FC_SHAPE_ONE) {
        put_ref(x, fc_str_fmt(x->a, "choices.%.*s", FC_ARG(n->choices->id)).p);
    } else if (s.kind == FC_SHAPE_MANY) {
        put_ref(x, fc_str_fmt(x->a, "several.%.*s", FC_ARG(n->choices->id)).p);
    } else if (s.kind == FC_SHAPE_TYPE) {
        put_ref(x, fc_str_fmt(x->a, "type.%s", fc_types[n->type].name).p);
    } else {
        put_string_type(x);
        if (s.pattern.n)
            put_regex(x, s.pattern);
        if (s.max_length)
            fc_json_put_int(&x->w, FC_S("maxLength"), (long)s.max_length);
    }
    fc_json_end(&x->w);
}

static void put_field(writer *x, const fc_node *n)
{
    fc_shape s = fc_shape_of(n);
    fc_json_object(&x->w, n->id);
    fc_json_put(&x->w, FC_S("title"), n->label);
    if (n->hint)
        fc_json_put_opt(&x->w, FC_S("description"), fc_text_plain(x->a, n->hint));
    fc_json_put(&x->w, FC_S("x-formc-path"), n->path);
    fc_json_put(&x->w, FC_S("x-formc-type"), fc_str_of(fc_types[n->type].name));
    if (s.kind == FC_SHAPE_TEXT) {
        put_ref(x, "text");
    } else {
        fc_json_array(&x->w, FC_S("anyOf"));
        put_shape(x, n, s);
        put_ref_member(x, item, s.open ? "text" : "as-typed");
        fc_json_end(&x->w);
    }
    fc_json_end(&x->w);
    if (n->details)
        put_field(x, n->details);
}

/* One of the lists beside the answers of a container: a member for each of its questions. */
static void put_list(writer *x, const char *name, const fc_container *c, const char *to)
{
    size_t above = c->repeat ? c->repeat->path.n + 1 : 0;
    open_object(x, fc_str_of(name));
    fc_json_object(&x->w, FC_S("properties"));
    for (size_t i = 0; i < c->fields.n; i++) {
        fc_str path = c->fields.at[i]->path;
        fc_str below = fc_str_copy(x->a, fc_str_slice(path, above, path.n));
        put_ref_member(x, below, to);
    }
    fc_json_end(&x->w);
    put_strict(x);
    fc_json_end(&x->w);
}

static void put_node(writer *x, const fc_node *n);

static void put_kids(writer *x, fc_node *const *kids, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_node(x, kids[i]);
}

static void put_head(writer *x, const fc_node *n, const char *type)
{
    fc_json_object(&x->w, n->id);
    fc_json_put_opt(&x->w, FC_S("title"), n->label);
    fc_json_put(&x->w, FC_S("x-formc-path"), n->path);
    fc_json_put(&x->w, FC_S("type"), fc_str_of(type));
}

static void put_rows(writer *x, const fc_node *n)
{
    put_head(x, n, "array");
    fc_json_put_int(&x->w, FC_S("x-formc-min-rows"), (long)n->min_rows);
    fc_json_put_int(&x->w, FC_S("maxItems"), (long)n->max_rows);
    open_object(x, FC_S("items"));
    fc_json_object(&x->w, FC_S("properties"));
    put_ref_member(x, FC_S("_row"), "row");
    put_kids(x, n->kids.at, n->kids.n);
    put_list(x, "_absent", n->container, "reason");
    put_list(x, "_languages", n->container, "language");
    fc_json_end(&x->w);
    put_strict(x);
    fc_json_end(&x->w);
    fc_json_end(&x->w);
}

static void put_node(writer *x, const fc_node *n)
{
    if (!fc_has_answers(n))
        return;
    if (n->kind == FC_FIELD) {
        put_field(x, n);
    } else if (n->kind == FC_REPEAT) {
        put_rows(x, n);
    } else {
        put_head(x, n, "object");
        fc_json_object(&x->w, FC_S("properties"));
        put_kids(x, n->kids.at, n->kids.n);
        fc_json_end(&x->w);
        put_strict(x);
        fc_json_end(&x->w);
    }
}

/* ---- What is named ------------------------------------------------------------------- */

static void put_types(writer *x)
{
    bool used[FC_TYPE_COUNT] = {0};
    for (size_t i = 0; i < x->form->fields.n; i++)
        used[x->form->fields.at[i]->type] |=
            fc_shape_of(x->form->fields.at[i]).kind == FC_SHAPE_TYPE;
    for (int t = 0; t < FC_TYPE_COUNT; t++) {
        if (!used[t])
            continue;
        fc_json_object(&x->w, fc_str_fmt(x->a, "type.%s", fc_types[t].name));
        fc_json_put(&x->w, FC_S("description"), fc_str_of(fc_types[t].in_words));
        put_string_type(x);
        put_regex(x, fc_str_of(fc_shape_pattern((fc_type)t)));
        fc_json_end(&x->w);
    }
}

static void put_choices(writer *x)
{
    for (size_t i = 0; i < x->form->choices.n; i++) {
        const fc_choices *c = x->form->choices.at[i];
        fc_json_object(&x->w, fc_str_fmt(x->a, "choices.%.*s", FC_ARG(c->id)));
        fc_json_array(&x->w, FC_S("enum"));
        for (size_t k = 0; k < c->list.n; k++)
            fc_json_put(&x->w, item, c->list.at[k].id);
        fc_json_end(&x->w);
        fc_json_array(&x->w, FC_S("x-formc-labels"));
        for (size_t k = 0; k < c->list.n; k++)
            fc_json_put(&x->w, item, c->list.at[k].label);
        fc_json_end(&x->w);
        fc_json_end(&x->w);
    }
}

/* Several choices of a list in one answer. */
static void put_several(writer *x)
{
    for (size_t i = 0; i < x->form->choices.n; i++) {
        const fc_choices *c = x->form->choices.at[i];
        fc_str one = FC_S("(");
        bool used = false;
        for (size_t k = 0; k < x->form->fields.n; k++)
            used |= x->form->fields.at[k]->choices == c &&
                    fc_shape_of(x->form->fields.at[k]).kind == FC_SHAPE_MANY;
        if (!used)
            continue;
        for (size_t k = 0; k < c->list.n; k++)
            one = fc_str_fmt(x->a, "%.*s%s%.*s", FC_ARG(one), k ? "|" : "",
                             FC_ARG(c->list.at[k].id));
        put_text_like(x, fc_str_fmt(x->a, "several.%.*s", FC_ARG(c->id)),
                      fc_str_fmt(x->a, "%.*s)( %.*s))*", FC_ARG(one), FC_ARG(one)));
    }
}

static void put_side(writer *x)
{
    open_object(x, FC_S("side"));
    fc_json_object(&x->w, FC_S("properties"));
    put_ref_member(x, FC_S("text"), "text");
    put_ref_member(x, FC_S("absent"), "reason");
    put_ref_member(x, FC_S("language"), "language");
    fc_json_end(&x->w);
    put_strict(x);
    fc_json_object(&x->w, FC_S("dependentSchemas")); /* no reason beside an answer */
    fc_json_object(&x->w, FC_S("absent"));
    fc_json_object(&x->w, FC_S("properties"));
    fc_json_put_bool(&x->w, FC_S("text"), false);
    fc_json_end(&x->w);
    fc_json_end(&x->w);
    fc_json_end(&x->w);
    fc_json_end(&x->w);
}

static void put_defs(writer *x)
{
    fc_json_object(&x->w, FC_S("$defs"));
    fc_json_object(&x->w, FC_S("text"));
    put_string_type(x);
    fc_json_end(&x->w);
    fc_json_object(&x->w, FC_S("as-typed"));
    fc_json_put(&x->w, FC_S("description"),
                FC_S("What cannot be read is kept as it was typed, and is a finding when the "
                     "plan is checked. Put false here to take readable answers only."));
    put_string_type(x);
    fc_json_end(&x->w);
    put_types(x);
    put_choices(x);
    put_several(x);
    fc_json_object(&x->w, FC_S("reason"));
    fc_json_put(&x->w, FC_S("description"), FC_S("Why there is no answer."));
    put_words(x, FC_S("enum"), fc_absence_reasons);
    fc_json_end(&x->w);
    fc_json_object(&x->w, FC_S("language"));
    fc_json_put(&x->w, FC_S("description"),
                FC_S("The language of an answer that is not in the form's."));
    put_string_type(x);
    fc_json_end(&x->w);
    put_text_like(x, FC_S("row"), FC_S(FC_SHAPE_ROW));
    put_text_like(x, FC_S("moment"), FC_S(FC_SHAPE_MOMENT));
    put_text_like(x, FC_S("author"), fc_shape_author(x->a, x->form));
    put_text_like(x, FC_S("digest"), FC_S(FC_SHAPE_DIGEST));
    put_text_like(x, FC_S("place"), fc_shape_place(x->a, x->form));
    put_side(x);
    fc_json_end(&x->w);
}

/* ---- What a plan keeps about itself -------------------------------------------------- */

typedef struct member {
    const char *name, *ref; /* ref NULL: done by the caller */
    bool required;
} member;

static void put_required(writer *x, const member *m, size_t n)
{
    fc_json_array(&x->w, FC_S("required"));
    for (size_t i = 0; i < n; i++)
        if (m[i].required)
            fc_json_put(&x->w, item, fc_str_of(m[i].name));
    fc_json_end(&x->w);
}

static void put_part(writer *x, const char *name, const member *m, size_t n)
{
    fc_json_object(&x->w, fc_str_of(name));
    fc_json_put(&x->w, FC_S("type"), FC_S("array"));
    open_object(x, FC_S("items"));
    fc_json_object(&x->w, FC_S("properties"));
    for (size_t i = 0; i < n; i++)
        if (m[i].ref)
            put_ref_member(x, fc_str_of(m[i].name), m[i].ref);
    if (fc_str_eq_z(fc_str_of(name), "history")) {
        put_text_like(x, FC_S("n"), FC_S(FC_SHAPE_COUNT));
        fc_json_object(&x->w, FC_S("did"));
        put_words(x, FC_S("enum"), fc_plan_deeds);
        fc_json_end(&x->w);
    }
    fc_json_end(&x->w);
    put_required(x, m, n);
    put_strict(x);
    fc_json_end(&x->w);
    fc_json_end(&x->w);
}

static void put_parts(writer *x)
{
    static const member conflict[] = {
        {"path", "place", true}, {"stored", "side", true}, {"visible", "side", true}};
    static const member mark[] = {{"path", "place", true},
                                  {"at", "moment", true},
                                  {"by", "author", true},
                                  {"own", "digest", true},
                                  {"covers", "digest", true}};
    static const member entry[] = {{"n", NULL, true},         {"at", "moment", true},
                                   {"by", "author", true},    {"via", "text", true},
                                   {"file", "digest", false}, {"did", NULL, true},
                                   {"path", "text", false},   {"to", "text", false}};
    put_part(x, "conflicts", conflict, sizeof conflict / sizeof *conflict);
    put_part(x, "marks", mark, sizeof mark / sizeof *mark);
    put_part(x, "history", entry, sizeof entry / sizeof *entry);
}

static void put_const(writer *x, const char *name, fc_str value)
{
    fc_json_object(&x->w, fc_str_of(name));
    fc_json_put(&x->w, FC_S("const"), value);
    fc_json_end(&x->w);
}

static void put_schema(writer *x)
{
    const fc_form *f = x->form;
    fc_json_put(&x->w, FC_S("$schema"), FC_S("https://json-schema.org/draft/2020-12/schema"));
    fc_json_put(
        &x->w, FC_S("$id"),
        fc_str_fmt(x->a, "urn:formc:plan-schema:%.*s:%.*s", FC_ARG(f->id), FC_ARG(f->version)));
    fc_json_put(&x->w, FC_S("title"), f->title);
    fc_json_put(&x->w, FC_S("description"),
                FC_S("The parts that a plan of this form may have, and what a readable answer "
                     "looks like. Conditions and rules are checked by formc validate."));
    fc_json_put(&x->w, FC_S("type"), FC_S("object"));
    fc_json_object(&x->w, FC_S("properties"));
    put_const(x, "form", f->id);
    put_const(x, "version", f->version);
    put_ref_member(x, FC_S("definition"), "digest");
    put_text_like(x, FC_S("plan"), FC_S(FC_SHAPE_ID));
    put_ref_member(x, FC_S("revision"), "text");
    if (f->stages.n) {
        fc_json_object(&x->w, FC_S("stage"));
        fc_json_array(&x->w, FC_S("enum"));
        for (size_t i = 0; i < f->stages.n; i++)
            fc_json_put(&x->w, item, f->stages.at[i].id);
        fc_json_end(&x->w);
        fc_json_end(&x->w);
    }
    put_const(x, "synthetic", FC_S("yes"));
    open_object(x, FC_S("answers"));
    fc_json_object(&x->w, FC_S("properties"));
    put_kids(x, f->top.at, f->top.n);
    fc_json_end(&x->w);
    put_strict(x);
    fc_json_end(&x->w);
    put_list(x, "absent", f->containers.at[0], "reason");
    put_list(x, "languages", f->containers.at[0], "language");
    put_parts(x);
    fc_json_end(&x->w);
    fc_json_array(&x->w, FC_S("required"));
    fc_json_put(&x->w, item, FC_S("form"));
    fc_json_put(&x->w, item, FC_S("answers"));
    fc_json_end(&x->w);
    put_strict(x);
    put_defs(x);
}

static fc_status make(fc_build *b, void *prepared, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files)
{
    (void)prepared, (void)plan;
    fc_buf out;
    writer x = {.a = a, .form = b->form};
    fc_buf_init(&out, FC_BUF_MAX);
    fc_json_begin(&x.w, &out);
    put_schema(&x);
    fc_json_end(&x.w);
    fc_output_file file = {FC_S("plan.schema.json"), fc_buf_keep(&out, a),
                           "the shape of a plan as JSON"};
    fc_buf_release(&out);
    FC_PUSH(a, files, file);
    return FC_OK;
}

const fc_target fc_target_schema = {
    .name = "schema",
    .summary = "the shape of a plan's JSON, as JSON Schema 2020-12",
    .make = make,
};
