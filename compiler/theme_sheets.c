/* Sheets that a theme brings: what can be seen in them before they are run. */
#include "compiler/theme_parts.h"
#include "runtime/form/form.h"

#include <string.h>

#define XSLT_NS "http://www.w3.org/1999/XSL/Transform"
#define SCHEME "formc:"

/* formc's own that a theme may put one of its own in front of. */
static const char *const ours[] = {"pdf.xsl",         "pdf-record.xsl",  "docx-document.xsl",
                                   "docx-record.xsl", "docx-styles.xsl", "docx-header.xsl",
                                   "docx-footer.xsl", "html.xsl",        NULL};

static bool is_ours(fc_str name)
{
    for (size_t i = 0; ours[i]; i++)
        if (fc_str_eq_z(name, ours[i]))
            return true;
    return false;
}

/* Only formc's own sheets can be reached, by the name of one that a theme may have too. */
static void check_reach(fc_front *c, const fc_xelem *x)
{
    const fc_xattr *href = fc_attr(x, "href");
    fc_str name = href ? fc_str_slice(href->value, 0, href->value.n) : (fc_str){0};
    bool scheme = fc_str_starts(name, SCHEME);
    if (scheme && is_ours(fc_str_slice(name, strlen(SCHEME), name.n)))
        return;
    fc_diag *g = fc_wrong(c, FC_C_SHEET_REACH, href ? href->value_at : x->name_at,
                          "a sheet of a theme cannot take in \"%.*s\"", FC_ARG(name));
    fc_diag_help(c->d, g,
                 "it can take in one of formc's own, by <xsl:import href=\"formc:pdf.xsl\"/>; "
                 "write everything else into this file");
}

/* The next path that is compared with @path in a test or pattern: @path = 'person/born'. */
static bool next_path(fc_str s, size_t *pos, size_t *from, size_t *to)
{
    static const char sign[] = "@path";
    for (size_t i = *pos; i + sizeof sign - 1 <= s.n; i++) {
        if (memcmp(s.p + i, sign, sizeof sign - 1) != 0)
            continue;
        size_t k = i + sizeof sign - 1;
        while (k < s.n && (s.p[k] == ' ' || s.p[k] == '='))
            k++;
        *pos = k;
        if (k == i + sizeof sign - 1 || k >= s.n || (s.p[k] != '\'' && s.p[k] != '"'))
            continue;
        const char *end = memchr(s.p + k + 1, s.p[k], s.n - k - 1);
        if (!end)
            return false;
        *from = k + 1;
        *to = (size_t)(end - s.p);
        *pos = *to + 1;
        return true;
    }
    return false;
}

/* A template for a question that the form does not have would never do anything. */
static void check_paths(fc_front *c, const fc_form *f, const fc_xelem *x)
{
    for (size_t i = 0; i < x->n_attrs; i++) {
        const fc_xattr *at = &x->attrs[i];
        size_t pos = 0, from, to;
        while (next_path(at->value, &pos, &from, &to)) {
            fc_str path = fc_str_slice(at->value, from, to);
            if (fc_form_find(f, path))
                continue;
            fc_diag *g = fc_report(c->d, FC_WARNING, fc_codes[FC_C_SHEET_PATH].code,
                                   fc_source_in_attr(c->text, at, from, to),
                                   "this form has nothing at \"%.*s\"", FC_ARG(path));
            fc_diag_help(
                c->d, g,
                "look whether it is misspelt; what the sheet says of it has no effect");
        }
    }
}

/* Elements that write files, or run programs, are no part of XSLT 1.0. */
static void check_extensions(fc_front *c, const fc_xelem *x)
{
    for (size_t i = 0; i < x->n_attrs; i++) {
        if (!fc_str_ends(x->attrs[i].name, "extension-element-prefixes"))
            continue;
        fc_diag *g = fc_wrong(c, FC_C_SHEET_REACH, x->attrs[i].name_at,
                              "a sheet of a theme cannot use extensions of XSLT");
        fc_diag_help(c->d, g, "take it out, with the elements that it is for");
    }
}

static void check_tree(fc_front *c, const fc_form *f, const fc_xelem *x)
{
    if (fc_str_eq_z(x->ns, XSLT_NS) &&
        (fc_str_eq_z(x->name, "import") || fc_str_eq_z(x->name, "include")))
        check_reach(c, x);
    check_extensions(c, x);
    check_paths(c, f, x);
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem)
            check_tree(c, f, x->kids.at[i].elem);
}

static fc_status read_sheet(fc_arena *a, const fc_form *f, fc_diags *d, fc_theme_sheet *s)
{
    fc_front c = {.a = a, .d = d};
    size_t before = d->errors;
    fc_xelem *root;
    fc_status status = fc_source_read(a, s->path, s->bytes, d, &root, &c.source, &c.text);
    if (status != FC_OK)
        return status;
    if (!fc_str_eq_z(root->ns, XSLT_NS) ||
        !(fc_str_eq_z(root->name, "stylesheet") || fc_str_eq_z(root->name, "transform"))) {
        fc_diag *g =
            fc_wrong(&c, FC_C_SHEET, root->name_at,
                     "this is not a stylesheet: it begins with <%.*s>", FC_ARG(root->name));
        fc_diag_help(
            d, g, "begin it with <xsl:stylesheet version=\"1.0\" xmlns:xsl=\"" XSLT_NS "\">");
        return FC_FOUND;
    }
    check_tree(&c, f, root);
    s->root = root;
    s->source = c.source;
    s->bytes = c.text;
    return d->errors == before ? FC_OK : FC_FOUND;
}

/* A file whose name is nearly one of ours would have no effect. */
static void check_name(fc_arena *a, fc_str path, fc_str bytes, fc_diags *d)
{
    fc_front c = {.a = a, .d = d};
    fc_names known = {.c = &c};
    for (size_t i = 0; ours[i]; i++)
        fc_names_add(&known, fc_str_of(ours[i]));
    fc_span at = {fc_diags_source(d, path, bytes), 0, 0};
    fc_diag *g = fc_wrong(&c, FC_C_SHEET, at, "formc has no sheet of this name");
    fc_help_names(&c, g, &known, path, "a theme may have");
}

fc_status fc_theme_sheets(fc_arena *a, const fc_theme_folder *folder, const fc_form *f,
                          fc_diags *d, fc_theme *out)
{
    fc_theme_names names = {0};
    fc_status status = FC_OK;
    folder->sheets(folder->user, a, &names);
    for (size_t i = 0; i < names.n && status <= FC_REFUSED; i++) {
        const char *why = "";
        fc_theme_sheet s = {.name = names.at[i],
                            .path = folder->path(folder->user, a, names.at[i])};
        fc_status got =
            folder->read(folder->user, a, s.name, FC_SHEET_BYTES_MAX, &s.bytes, &why);
        if (got != FC_OK) {
            fc_diag *g = fc_report(d, FC_ERROR, fc_codes[FC_C_SHEET].code, (fc_span){0},
                                   "%.*s cannot be read: %s", FC_ARG(s.path), why);
            fc_diag_help(d, g, "give everybody leave to read it, or take it out of the folder");
            got = FC_FOUND;
        } else if (!is_ours(s.name)) {
            check_name(a, s.path, s.bytes, d);
            got = FC_FOUND;
        } else {
            got = read_sheet(a, f, d, &s);
            FC_PUSH(a, &out->sheets, s);
        }
        if (got > status)
            status = got;
    }
    return status;
}

const fc_theme_sheet *fc_theme_sheet_find(const fc_theme *t, fc_str name)
{
    for (size_t i = 0; i < t->sheets.n; i++)
        if (fc_str_eq(t->sheets.at[i].name, name))
            return &t->sheets.at[i];
    return NULL;
}

/* ---- places ---- */

static const fc_xattr *find_value(const fc_xelem *x, fc_str value)
{
    for (size_t i = 0; i < x->n_attrs; i++)
        if (fc_str_eq(x->attrs[i].value, value))
            return &x->attrs[i];
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        const fc_xattr *at = k ? find_value(k, value) : NULL;
        if (at)
            return at;
    }
    return NULL;
}

/* The part of a sheet's name that says for which target it is: "docx" of docx-styles.xsl. */
static fc_str target_of(fc_str name)
{
    size_t n = 0;
    while (n < name.n && name.p[n] != '-' && name.p[n] != '.')
        n++;
    return fc_str_slice(name, 0, n);
}

fc_span fc_theme_sheet_place(const fc_theme *t, fc_str sheet, fc_str value)
{
    fc_span at = {0};
    for (size_t i = 0; i < t->sheets.n; i++) {
        const fc_theme_sheet *s = &t->sheets.at[i];
        if (!s->root || !fc_str_eq(target_of(s->name), target_of(sheet)))
            continue;
        const fc_xattr *found = value.n ? find_value(s->root, value) : NULL;
        if (found)
            return found->value_at;
        if (!at.source || fc_str_eq(s->name, sheet))
            at = s->root->name_at;
    }
    return at;
}

fc_span fc_theme_sheet_line(const fc_theme_sheet *s, size_t line, fc_str element)
{
    size_t at = 0;
    for (size_t n = 1; n < line && at < s->bytes.n; at++)
        n += s->bytes.p[at] == '\n';
    while (at < s->bytes.n && (s->bytes.p[at] == ' ' || s->bytes.p[at] == '\t'))
        at++;
    size_t end = at;
    while (end < s->bytes.n && s->bytes.p[end] != '\n')
        end++;
    for (size_t i = at + 1; element.n && i + element.n <= end; i++)
        if (memcmp(s->bytes.p + i, element.p, element.n) == 0 &&
            (s->bytes.p[i - 1] == '<' || s->bytes.p[i - 1] == ':'))
            return (fc_span){s->source, (uint32_t)i, (uint32_t)(i + element.n)};
    return (fc_span){s->source, (uint32_t)at, (uint32_t)end};
}
