/* The one way from a definition to its model. */
#include "compiler/front.h"

#include "runtime/base/digest.h"

static void digest(fc_arena *a, fc_form *f)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_model_write(f, false, &b);
    fc_str bytes = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    f->digest = fc_str_fmt(a, "sha256:%.*s", FC_ARG(fc_sha256_hex(a, bytes)));
}

fc_status fc_compile(fc_arena *a, fc_str name, fc_str file, fc_str bytes, fc_diags *d,
                     const fc_form **form)
{
    *form = NULL;
    size_t before = d->errors;
    fc_front *c = FC_NEW(a, fc_front);
    c->a = a;
    c->d = d;
    fc_xelem *root;
    fc_status status = fc_source_read(a, name, bytes, d, &root, &c->source, &c->text);
    if (status != FC_OK)
        return status;
    c->root = root;
    if (!fc_str_eq_z(root->name, "form") || !fc_str_eq_z(root->ns, FC_FORM_NS)) {
        bool ours = fc_str_eq_z(root->name, "form"); /* but not its namespace */
        fc_diag *g =
            fc_wrong(c, FC_C_NOT_A_FORM, root->name_at,
                     ours ? "this <%.*s> does not say that it is a definition for formc"
                          : "this is not a form definition: it begins with <%.*s>",
                     FC_ARG(root->name));
        fc_diag_help(d, g, "a definition begins with <form xmlns=\"" FC_FORM_NS "\" ...>");
        return FC_REFUSED;
    }
    fc_grammar_check(c, root);
    fc_form *f = c->f = FC_NEW(a, fc_form);
    f->diags = d;
    f->file = file;
    fc_build_form(c);
    fc_resolve_form(c);
    fc_check_rules(c);
    fc_check_migrations(c);
    fc_check_reach(c);
    fc_check_examples(c);
    if (d->errors != before)
        return FC_FOUND;
    digest(a, f);
    *form = f;
    return FC_OK;
}
