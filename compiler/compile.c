/* The one way from a definition to its model. */
#include "compiler/front.h"

#include "runtime/base/digest.h"

/* Of the model in the form's own language, and of its translations: one for all languages. */
static void digest(fc_arena *a, fc_form *f)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    fc_model_write(f, false, &b);
    fc_languages_put(f, &b);
    fc_str bytes = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    f->digest = fc_str_fmt(a, "sha256:%.*s", FC_ARG(fc_sha256_hex(a, bytes)));
}

static void build(fc_front *c, fc_str file)
{
    c->f->file = file;
    fc_build_form(c);
    fc_resolve_form(c);
    fc_check_rules(c);
}

/* Reads the tree of a definition. */
static fc_status read_tree(fc_front *c, fc_arena *a, const fc_definition *def, fc_diags *d)
{
    c->a = a;
    c->d = d;
    c->def = def;
    fc_xelem *root;
    fc_status status = fc_source_read(a, def->name, def->bytes, d, &root, &c->source, &c->text);
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
    c->f = FC_NEW(a, fc_form);
    c->f->diags = d;
    return FC_OK;
}

fc_status fc_compile_own(fc_front *c, fc_arena *a, const fc_definition *def, fc_diags *d)
{
    size_t before = d->errors;
    fc_status status = read_tree(c, a, def, d);
    if (status != FC_OK)
        return status;
    size_t found = d->errors;
    fc_languages_read(c, def);
    size_t in_languages = d->errors - found;
    build(c, def->file);
    fc_check_migrations(c);
    fc_check_reach(c);
    fc_check_examples(c);
    if (d->errors == before + in_languages)
        fc_languages_check(c);
    if (d->errors != before)
        return FC_FOUND;
    digest(a, c->f);
    return FC_OK;
}

/* Labels of choices in other languages than this one. */
static void take_labels(fc_arena *a, fc_choices *list, const fc_choices *own)
{
    for (size_t i = 0; i < list->list.n && own && i < own->list.n; i++) {
        fc_choice *to = &list->list.at[i];
        const fc_choice *from = &own->list.at[i];
        FC_PUSH(a, &to->others, from->label);
        for (size_t k = 0; k < from->others.n; k++)
            FC_PUSH(a, &to->others, from->others.at[k]);
    }
}

/* The same definition in another language. What is wrong in it has been told already, so that
 * nothing new can be found. */
static fc_form *compile_in(fc_front *own, const fc_language_file *l)
{
    fc_arena *a = own->a;
    fc_language_apply(own, l);
    fc_front *c = FC_NEW(a, fc_front);
    c->a = a;
    c->d = fc_diags_new(a);
    c->source = own->source;
    c->text = own->text;
    c->root = own->root;
    c->translated = l;
    c->f = FC_NEW(a, fc_form);
    c->f->words = l->said;
    build(c, own->f->file);
    fc_form *f = c->f;
    for (size_t i = 0; i < f->choices.n; i++)
        take_labels(a, f->choices.at[i], own->f->choices.at[i]);
    bool listed = false;
    for (size_t i = 0; i < f->choices.n; i++)
        listed = listed || f->choices.at[i] == c->yes_no;
    if (c->yes_no && !listed)
        take_labels(a, c->yes_no, own->yes_no);
    f->diags = own->f->diags;
    f->digest = own->f->digest;
    f->own_lang = own->f->lang;
    f->languages = own->f->languages;
    for (size_t i = 0; i < l->pictures.n; i++)
        FC_PUSH(a, &f->pictures, l->pictures.at[i]);
    return c->d->errors ? NULL : f;
}

fc_status fc_compile_definition(fc_arena *a, const fc_definition *def, fc_diags *d,
                                const fc_form **form)
{
    *form = NULL;
    fc_front *c = FC_NEW(a, fc_front);
    fc_status status = fc_compile_own(c, a, def, d);
    if (status != FC_OK)
        return status;
    *form = c->f;
    if (!def->lang.n || fc_str_eq(def->lang, c->f->lang))
        return FC_OK;
    for (size_t i = 0; i < c->languages.n; i++)
        if (fc_str_eq(c->languages.at[i]->tag, def->lang)) {
            *form = compile_in(c, c->languages.at[i]);
            return *form ? FC_OK : FC_INTERNAL;
        }
    return FC_USAGE;
}

fc_status fc_compile(fc_arena *a, fc_str name, fc_str file, fc_str bytes, fc_diags *d,
                     const fc_form **form)
{
    const fc_definition def = {.name = name, .file = file, .bytes = bytes};
    return fc_compile_definition(a, &def, d, form);
}
