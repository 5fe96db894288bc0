/* What readable answers look like, as patterns. */
#include "output/schema/schema.h"

/* One row a type. A type without a row takes any text: a name has no shape, and a length of
 * time can be worded in too many ways. */
static const char *const patterns[FC_TYPE_COUNT] = {
    [FC_NHS_NUMBER] = "[ \\-]*([0-9][ \\-]*){10}",
    [FC_DATE] = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    [FC_PART_DATE] = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
    [FC_INTEGER] = "\\s*[+\\-]?[0-9]+\\s*",
    [FC_MONEY] = "-?[0-9]+\\.[0-9]{2}",
    [FC_YES_NO] = "yes|no",
};

const char *fc_shape_pattern(fc_type type)
{
    return patterns[type];
}

fc_shape fc_shape_of(const fc_node *n)
{
    fc_shape s = {.pattern = n->pattern, .max_length = n->max_length};
    if (n->type == FC_CHOICE || n->type == FC_CHOICES) {
        s.kind = n->type == FC_CHOICE ? FC_SHAPE_ONE : FC_SHAPE_MANY;
        s.open = n->choices->open;
    } else if (n->pattern.n || n->max_length) {
        s.kind = FC_SHAPE_OWN;
    } else if (patterns[n->type]) {
        s.kind = FC_SHAPE_TYPE;
        s.pattern = fc_str_of(patterns[n->type]);
    }
    return s;
}

fc_str fc_shape_place(fc_arena *a, const fc_form *f)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    for (size_t i = 0; i < f->containers.n; i++) {
        const fc_container *c = f->containers.at[i];
        size_t above = c->repeat ? c->repeat->path.n : 0;
        if (!c->fields.n)
            continue;
        if (c->repeat)
            fc_buf_fmt(&b, "%s%.*s\\[" FC_SHAPE_ROW "\\](", b.n ? "|" : "",
                       FC_ARG(c->repeat->path));
        for (size_t k = 0; k < c->fields.n; k++) {
            fc_str path = c->fields.at[k]->path;
            fc_buf_fmt(&b, "%s%.*s", k ? "|" : "", FC_ARG(fc_str_slice(path, above, path.n)));
        }
        if (c->repeat)
            fc_buf_char(&b, ')');
    }
    fc_str all = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return all;
}

fc_str fc_shape_author(fc_arena *a, const fc_form *f)
{
    fc_str all = FC_S("(");
    for (size_t i = 0; i < f->parties.n; i++)
        all =
            fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(all), i ? "|" : "", FC_ARG(f->parties.at[i].id));
    return fc_str_fmt(a, "%.*s)(/[a-z0-9_.\\-]{1,64})?", FC_ARG(all));
}

bool fc_has_answers(const fc_node *n)
{
    for (size_t i = 0; i < n->kids.n; i++)
        if (fc_has_answers(n->kids.at[i]))
            return true;
    return n->kind == FC_FIELD;
}
