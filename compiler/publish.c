/* What a published version of a form consists of. */
#include "compiler/publish.h"

bool fc_version_good(fc_str version)
{
    bool digit = false;
    for (size_t i = 0; i < version.n; i++) {
        bool dot = version.p[i] == '.';
        if (dot ? !digit : version.p[i] < '0' || version.p[i] > '9')
            return false;
        digit = !dot;
    }
    return digit && version.n <= FC_VERSION_MAX;
}

/* The number that begins at *at, without leading zeros, and the place behind its dot. */
static fc_str next_number(fc_str v, size_t *at)
{
    size_t begin = *at, end;
    while (begin < v.n && v.p[begin] == '0')
        begin++;
    for (end = begin; end < v.n && v.p[end] != '.'; end++)
        ;
    *at = end < v.n ? end + 1 : end;
    return fc_str_slice(v, begin, end);
}

int fc_version_cmp(fc_str a, fc_str b)
{
    for (size_t i = 0, k = 0; i < a.n || k < b.n;) {
        fc_str x = next_number(a, &i), y = next_number(b, &k);
        int r = x.n != y.n ? (x.n < y.n ? -1 : 1) : fc_str_cmp(x, y);
        if (r)
            return r;
    }
    return 0;
}

void fc_publish_fields(const fc_form *f, fc_buf *out)
{
    fc_buf_z(out, "number\tpath\ttype\tlabel\tsensitivity\n");
    for (size_t i = 0; i < f->fields.n; i++) {
        const fc_node *n = f->fields.at[i];
        fc_buf_fmt(out, "%u\t%.*s\t%s\t%.*s\t%.*s\n", n->ordinal, FC_ARG(n->path),
                   fc_types[n->type].name, FC_ARG(n->full_label),
                   FC_ARG(fc_sensitivity_of(f, n)));
    }
    for (size_t i = 0; i < f->fields.n; i++) {
        const fc_node *n = f->fields.at[i];
        for (size_t k = 0; n->type == FC_CHOICES && k < n->choices->list.n; k++)
            fc_buf_fmt(out, "%zu\t%.*s/%.*s\tbox\t%.*s: %.*s\t%.*s\n", n->first_box + k,
                       FC_ARG(n->path), FC_ARG(n->choices->list.at[k].id),
                       FC_ARG(n->full_label), FC_ARG(n->choices->list.at[k].label),
                       FC_ARG(fc_sensitivity_of(f, n)));
    }
}

static void add_id(fc_buf *out, const char *kind, fc_str id)
{
    fc_buf_fmt(out, "%s\t%.*s\n", kind, FC_ARG(id));
}

void fc_publish_ids(const fc_form *f, fc_buf *out)
{
    static const char *const kinds[] = {
        [FC_SECTION] = "section",     [FC_GROUP] = "use",      [FC_REPEAT] = "repeat",
        [FC_SIGNATURE] = "signature", [FC_FIELD] = "field",    [FC_NOTE] = "note",
        [FC_HEADING] = "heading",     [FC_PROMPTS] = "prompts"};
    fc_buf_z(out, "kind\tid\n");
    for (size_t i = 0; i < f->stages.n; i++)
        add_id(out, "stage", f->stages.at[i].id);
    for (size_t i = 0; i < f->parties.n; i++)
        add_id(out, "party", f->parties.at[i].id);
    for (size_t i = 0; i < f->sensitivities.n; i++)
        add_id(out, "sensitivity", f->sensitivities.at[i].id);
    for (size_t i = 0; i < f->choices.n; i++)
        for (size_t k = 0; k < f->choices.at[i]->list.n; k++)
            fc_buf_fmt(out, "choice\t%.*s/%.*s\n", FC_ARG(f->choices.at[i]->id),
                       FC_ARG(f->choices.at[i]->list.at[k].id));
    for (size_t i = 0; i < f->by_path.n; i++)
        add_id(out, kinds[f->by_path.at[i]->kind], f->by_path.at[i]->path);
    for (size_t i = 0; i < f->rules.n; i++)
        if (i == 0 || !fc_str_eq(f->rules.at[i]->id, f->rules.at[i - 1]->id))
            add_id(out, "rule", f->rules.at[i]->id);
}
