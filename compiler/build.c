/* Elements -> nodes. Blocks are expanded where they are used, words and numbers are read,
 * owners are inherited. What needs another node (paths, names in expressions, labels to refer
 * to) is left to resolve.c. */
#include "compiler/front.h"
#include "runtime/fv.h"

#include <string.h>

const fc_built *fc_built_of(const fc_node *n)
{
    return (const fc_built *)n;
}

static fc_str words_of(fc_front *c, fc_str s)
{
    return fc_str_collapse(c->a, s);
}

static fc_str attr_words(fc_front *c, const fc_xelem *x, const char *name)
{
    const fc_xattr *at = fc_attr(x, name);
    return at ? words_of(c, at->value) : (fc_str){0};
}

/* All characters directly in x, white space collapsed. */
static fc_str text_words(fc_front *c, const fc_xelem *x)
{
    fc_str all = {0};
    for (size_t i = 0; i < x->kids.n; i++)
        if (!x->kids.at[i].elem)
            all = all.n ? fc_str_fmt(c->a, "%.*s%.*s", FC_ARG(all), FC_ARG(x->kids.at[i].text))
                        : x->kids.at[i].text;
    return words_of(c, all);
}

/* ---- text ---------------------------------------------------------------------------------
 */

typedef struct texting {
    fc_front *c;
    fc_text *text;
    const fc_node *inner, *block;
    bool after_space; /* white space here would be a second one */
} texting;

static fc_para *last_para(texting *t)
{
    return &t->text->paras.at[t->text->paras.n - 1];
}

static void add_run(texting *t, fc_run_kind kind, fc_str raw)
{
    fc_arena *a = t->c->a;
    char *p = fc_arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char ch = raw.p[i];
        bool space = ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
        if (space && t->after_space)
            continue;
        p[n++] = space ? ' ' : ch;
        t->after_space = space;
    }
    if (n == 0)
        return;
    fc_str s = {p, n};
    fc_para *para = last_para(t);
    fc_run *last = para->runs.n ? &para->runs.at[para->runs.n - 1] : NULL;
    if (last && last->kind == kind && kind == FC_RUN_PLAIN)
        last->text = fc_str_fmt(a, "%.*s%.*s", FC_ARG(last->text), FC_ARG(s));
    else
        FC_PUSH(a, &para->runs, ((fc_run){.kind = kind, .text = s}));
}

static void begin_para(texting *t, bool item)
{
    FC_PUSH(t->c->a, &t->text->paras, ((fc_para){.item = item}));
    t->after_space = true;
}

/* Takes the space at the end away; a paragraph without words goes. */
static void end_para(texting *t, const fc_xelem *x)
{
    fc_para *para = last_para(t);
    while (para->runs.n) {
        fc_run *last = &para->runs.at[para->runs.n - 1];
        if (last->kind == FC_RUN_REF)
            return;
        while (last->text.n && last->text.p[last->text.n - 1] == ' ')
            last->text.n--;
        if (last->text.n)
            return;
        para->runs.n--;
    }
    t->text->paras.n--;
    if (x->kind == FC_EL_P || x->kind == FC_EL_ITEM)
        fc_wrong(t->c, FC_C_EMPTY, x->name_at, "<%.*s> holds no words", FC_ARG(x->name));
}

static void runs_of(texting *t, const fc_xelem *x, bool item)
{
    begin_para(t, item);
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k) {
            add_run(t, FC_RUN_PLAIN, x->kids.at[i].text);
        } else if (k->kind == FC_EL_EM || k->kind == FC_EL_STRONG) {
            for (size_t j = 0; j < k->kids.n; j++)
                if (!k->kids.at[j].elem)
                    add_run(t, k->kind == FC_EL_EM ? FC_RUN_EM : FC_RUN_STRONG,
                            k->kids.at[j].text);
        } else if (k->kind == FC_EL_REF) {
            fc_para *para = last_para(t);
            FC_PUSH(t->c->a, &para->runs, ((fc_run){.kind = FC_RUN_REF}));
            FC_PUSH(t->c->a, &t->c->refs,
                    ((fc_pending_ref){t->text, t->text->paras.n - 1, para->runs.n - 1, k,
                                      t->inner, t->block}));
            t->after_space = false;
        }
    }
    end_para(t, x);
}

static fc_str lang_of(const fc_front *c, const fc_xelem *x)
{
    for (; x && x != c->root; x = x->parent) {
        fc_str lang = fc_attr_value(x, "xml:lang");
        if (lang.n)
            return lang;
    }
    return (fc_str){0};
}

fc_text *fc_build_text(fc_front *c, const fc_xelem *x, const fc_node *inner,
                       const fc_node *block)
{
    texting t = {.c = c, .text = FC_NEW(c->a, fc_text), .inner = inner, .block = block};
    t.text->at = x->at;
    t.text->lang = lang_of(c, x);
    bool paras = fc_child(x, FC_EL_P) || fc_child(x, FC_EL_LIST);
    if (!paras) {
        runs_of(&t, x, false);
        return t.text;
    }
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k ? fc_str_trim(x->kids.at[i].text).n > 0
               : k->kind == FC_EL_EM || k->kind == FC_EL_STRONG || k->kind == FC_EL_REF) {
            fc_diag *g =
                fc_wrong(c, FC_C_STRAY_TEXT, k ? k->name_at : fc_source_of_text(c->text, x, i),
                         "text may not stand beside paragraphs in <%.*s>", FC_ARG(x->name));
            fc_diag_help(c->d, g, "put it in a <p> too");
        } else if (k && k->kind == FC_EL_P) {
            runs_of(&t, k, false);
        } else if (k && k->kind == FC_EL_LIST) {
            for (size_t j = 0; j < k->kids.n; j++)
                if (k->kids.at[j].elem && k->kids.at[j].elem->kind == FC_EL_ITEM)
                    runs_of(&t, k->kids.at[j].elem, true);
        }
    }
    return t.text;
}

fc_text *fc_plain_text(fc_front *c, fc_span at, fc_str words)
{
    fc_text *t = FC_NEW(c->a, fc_text);
    t->at = at;
    fc_para para = {0};
    FC_PUSH(c->a, &para.runs, ((fc_run){.kind = FC_RUN_PLAIN, .text = words}));
    FC_PUSH(c->a, &t->paras, para);
    return t;
}

/* ---- ids ----------------------------------------------------------------------------------
 */

/* Words of the expression language: an id that is one of them could not be named there. */
static const char *const reserved[] = {"and", "or", "not", "eq", "ne",   "lt",    "le",
                                       "gt",  "ge", "yes", "no", "true", "false", NULL};

/* The id of x, its shape checked. A bad shape is reported and the id used all the same. */
static fc_str id_of(fc_front *c, const fc_xelem *x, bool in_expressions)
{
    const fc_xattr *at = fc_attr(x, "id");
    if (!at)
        return (fc_str){0};
    fc_str id = fc_str_trim(at->value);
    bool good = id.n > 0, start = true;
    for (size_t i = 0; i < id.n; i++) {
        char ch = id.p[i];
        bool letter = ch >= 'a' && ch <= 'z', digit = ch >= '0' && ch <= '9';
        if (ch == '-') {
            good = good && !start && i + 1 < id.n;
            start = true;
        } else {
            good = good && (letter || (digit && i > 0));
            start = false;
        }
    }
    if (!good && id.n) {
        fc_diag *g =
            fc_wrong(c, FC_C_BAD_ID, at->value_at, "\"%.*s\" is not the shape of an id",
                     FC_ARG(fc_str_slice(id, 0, id.n < 80 ? id.n : 80)));
        fc_diag_help(c->d, g,
                     "use small letters and digits, words joined by \"-\", a letter first: "
                     "\"date-of-birth\"");
    } else if (id.n > FC_ID_MAX) {
        fc_wrong(c, FC_C_BAD_ID, at->value_at, "this id has more than %d characters",
                 FC_ID_MAX);
    }
    for (size_t i = 0; in_expressions && reserved[i]; i++)
        if (fc_str_eq_z(id, reserved[i])) {
            fc_diag *g = fc_wrong(c, FC_C_BAD_ID, at->value_at,
                                  "\"%.*s\" is a word of the expression language", FC_ARG(id));
            fc_diag_help(c->d, g, "choose another id");
        }
    return id;
}

fc_str fc_build_id(fc_front *c, const fc_xelem *x)
{
    return id_of(c, x, false);
}

/* Reports an id that stands in a list already. */
static bool taken(fc_front *c, const fc_xelem *x, fc_str id, fc_str other, fc_span other_at,
                  const char *what)
{
    if (!id.n || !fc_str_eq(id, other))
        return false;
    fc_diag *g = fc_wrong(c, FC_C_DUPLICATE_ID, fc_attr_at(x, "id"),
                          "the id \"%.*s\" is already used for another %s", FC_ARG(id), what);
    fc_diag_note_at(c->d, g, other_at, "first used here");
    return true;
}

/* ---- the head -----------------------------------------------------------------------------
 */

static const char *const open_words[] = {"no", "yes", NULL};

/* Calls of this walk over the kids of one kind. */
#define EACH(x, k, el)                                                                         \
    for (size_t i_##k = 0; i_##k < (x)->kids.n; i_##k++)                                       \
        for (const fc_xelem *k = (x)->kids.at[i_##k].elem; k && k->kind == (int)(el); k = NULL)

static void build_choices(fc_front *c, const fc_xelem *x)
{
    fc_choices *list = FC_NEW(c->a, fc_choices);
    list->at = fc_attr_at(x, "id");
    list->id = id_of(c, x, false);
    list->open = fc_one_of(c, x, "open", open_words, 0) == 1;
    EACH(x, k, FC_EL_CHOICE)
    {
        fc_choice ch = {.at = k->at, .id = id_of(c, k, false), .label = text_words(c, k)};
        bool twice = false;
        for (size_t i = 0; i < list->list.n && !twice; i++)
            twice = taken(c, k, ch.id, list->list.at[i].id, list->list.at[i].at, "choice");
        if (!twice)
            FC_PUSH(c->a, &list->list, ch);
    }
    if (!list->list.n)
        fc_wrong(c, FC_C_NO_CHILD, x->name_at, "<choices> has no <choice>");
    for (size_t i = 0; i < c->f->choices.n; i++)
        if (taken(c, x, list->id, c->f->choices.at[i]->id, c->f->choices.at[i]->at,
                  "list of choices"))
            return;
    if (fc_str_eq_z(list->id, "yes-no")) {
        if (list->list.n != 2 || !fc_str_eq_z(list->list.at[0].id, "yes") ||
            !fc_str_eq_z(list->list.at[1].id, "no") || list->open) {
            fc_diag *g = fc_wrong(c, FC_C_YES_NO_WORDS, list->at,
                                  "the choices \"yes-no\" must be \"yes\" and \"no\"");
            fc_diag_help(c->d, g,
                         "they give the words for yes and no in the form's language: <choice "
                         "id=\"yes\">...</choice><choice id=\"no\">...</choice>");
        }
        c->yes_no = list;
    }
    FC_PUSH(c->a, &c->f->choices, list);
}

static int builtin_type(fc_str name)
{
    for (int i = 0; i < FC_TYPE_COUNT; i++)
        if (fc_str_eq_z(name, fc_types[i].name))
            return i;
    return -1;
}

static bool is_text_type(fc_type t)
{
    switch (t) {
    case FC_NHS_NUMBER:
    case FC_DATE:
    case FC_INTERVAL:
    case FC_INTERVAL_TEXT:
    case FC_INTEGER:
    case FC_YES_NO:
    case FC_CHOICE:
    case FC_TYPE_COUNT:
        return false;
    default:
        return true;
    }
}

/* Patterns are read by the code that will match them. */
static bool pattern_fits(fc_front *c, const fc_xattr *at)
{
    fv_pattern p;
    fv_text text = {at->value.p, at->value.n};
    if (at->value.n && fv_pattern_make(&p, text))
        return true;
    size_t from = at->value.n && p.at > 0 ? p.at - 1 : 0;
    fc_diag *g =
        fc_wrong(c, FC_C_BAD_PATTERN, fc_source_in_attr(c->text, at, from, from + 1),
                 at->value.n && p.n >= FV_PATTERN_STEPS ? "this pattern is too long"
                                                        : "this pattern cannot be read");
    fc_diag_help(
        c->d, g,
        "a pattern is made of characters, classes like [A-Z0-9], \\d for a digit, "
        "groups (A|B), and ? * + {3} {3,20} behind one of them; it stands for the whole "
        "answer");
    return false;
}

static void build_type(fc_front *c, const fc_xelem *x)
{
    fc_local_type t = {.id = id_of(c, x, false), .x = x};
    if (builtin_type(t.id) >= 0) {
        fc_wrong(c, FC_C_DUPLICATE_ID, fc_attr_at(x, "id"),
                 "the type \"%.*s\" is built in and cannot be made again", FC_ARG(t.id));
        return;
    }
    for (size_t i = 0; i < c->types.n; i++)
        if (taken(c, x, t.id, c->types.at[i].id, fc_attr_at(c->types.at[i].x, "id"), "type"))
            return;
    fc_str base = fc_attr_value(x, "base");
    int b = builtin_type(base);
    fc_names n = {.c = c};
    for (int i = 0; i < FC_TYPE_COUNT; i++)
        if (is_text_type((fc_type)i) && i != FC_MARK)
            fc_names_add(&n, fc_str_of(fc_types[i].name));
    if (base.n && b < 0) {
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_TYPE, fc_attr_at(x, "base"),
                              "there is no built-in type \"%.*s\"", FC_ARG(base));
        fc_help_names(c, g, &n, base, "the types of text are:");
    } else if (b >= 0 && (!is_text_type((fc_type)b) || b == FC_MARK)) {
        fc_diag *g = fc_wrong(c, FC_C_NOT_TEXT, fc_attr_at(x, "base"),
                              "a type cannot be made from \"%.*s\"", FC_ARG(base));
        fc_help_names(c, g, &n, (fc_str){0}, "it can be made from:");
        b = -1;
    }
    t.base = b < 0 ? FC_LINE : (fc_type)b;
    t.max_length = fc_number(c, x, "max-length", 1, FC_LENGTH_MAX, 0);
    const fc_xattr *pattern = fc_attr(x, "pattern");
    if (pattern && pattern_fits(c, pattern))
        t.pattern = pattern->value;
    FC_PUSH(c->a, &c->types, t);
}

static void build_block(fc_front *c, const fc_xelem *x)
{
    fc_block b = {.id = id_of(c, x, false), .x = x};
    for (size_t i = 0; i < c->blocks.n; i++)
        if (taken(c, x, b.id, c->blocks.at[i].id, fc_attr_at(c->blocks.at[i].x, "id"), "block"))
            return;
    FC_PUSH(c->a, &c->blocks, b);
}

static void build_parties(fc_front *c, const fc_xelem *x)
{
    static const char *const kinds[] = {"person", "organisation", "professional", NULL};
    EACH(x, k, FC_EL_PARTY)
    {
        fc_party p = {.at = k->at, .id = id_of(c, k, false), .label = text_words(c, k)};
        p.kind = (fc_party_kind)fc_one_of(c, k, "kind", kinds, 0);
        bool twice = false;
        for (size_t i = 0; i < c->f->parties.n && !twice; i++)
            twice = taken(c, k, p.id, c->f->parties.at[i].id, c->f->parties.at[i].at, "party");
        if (twice)
            continue;
        if (c->f->parties.n == FC_PARTY_MAX) {
            fc_wrong(c, FC_C_TOO_MUCH, k->at, "there are more than %d parties", FC_PARTY_MAX);
            return;
        }
        FC_PUSH(c->a, &c->f->parties, p);
    }
}

static void build_stages(fc_front *c, const fc_xelem *x)
{
    EACH(x, k, FC_EL_STAGE)
    {
        fc_stage s = {.at = k->at, .id = id_of(c, k, true), .label = text_words(c, k)};
        bool twice = false;
        for (size_t i = 0; i < c->f->stages.n && !twice; i++)
            twice = taken(c, k, s.id, c->f->stages.at[i].id, c->f->stages.at[i].at, "stage");
        if (!twice)
            FC_PUSH(c->a, &c->f->stages, s);
    }
}

static void build_sources(fc_front *c, const fc_xelem *x)
{
    EACH(x, k, FC_EL_SOURCE)
    {
        fc_source_ref s = {.at = k->at,
                           .id = id_of(c, k, false),
                           .kind = fc_attr_value(k, "kind"),
                           .text = text_words(c, k)};
        bool twice = false;
        for (size_t i = 0; i < c->f->sources.n && !twice; i++)
            twice = taken(c, k, s.id, c->f->sources.at[i].id, c->f->sources.at[i].at, "source");
        if (!twice)
            FC_PUSH(c->a, &c->f->sources, s);
    }
}

static bool is_version(fc_str v)
{
    unsigned dots = 0;
    bool digit = false;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] >= '0' && v.p[i] <= '9') {
            digit = true;
        } else if (v.p[i] == '.' && digit && dots < 2) {
            dots++;
            digit = false;
        } else {
            return false;
        }
    }
    return digit && v.n <= 20;
}

static bool letter_or_digit(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

/* The shape of a language tag (RFC 5646, 2.1), without looking into the registry. */
static bool is_language(fc_str v)
{
    size_t part = 0, parts = 0;
    for (size_t i = 0; i <= v.n; i++) {
        if (i == v.n || v.p[i] == '-') {
            if (part == 0 || part > 8 || (parts == 0 && part < 2))
                return false;
            parts++;
            part = 0;
        } else if (letter_or_digit(v.p[i])) {
            if (parts == 0 && v.p[i] >= '0' && v.p[i] <= '9')
                return false;
            part++;
        } else {
            return false;
        }
    }
    return v.n > 0;
}

/* Languages that are written from right to left. */
static bool is_rtl(fc_str lang)
{
    static const char *const rtl[] = {"ar", "arc", "ckb", "dv", "fa", "he",
                                      "ps", "sd",  "ug",  "ur", "yi"};
    const char *dash = lang.n ? memchr(lang.p, '-', lang.n) : NULL;
    fc_str first = dash ? fc_str_slice(lang, 0, (size_t)(dash - lang.p)) : lang;
    for (size_t i = 0; i < sizeof rtl / sizeof *rtl; i++)
        if (fc_str_eq_z(first, rtl[i]))
            return true;
    return false;
}

static void check_languages(fc_front *c, const fc_xelem *x)
{
    const fc_xattr *at = fc_attr(x, "xml:lang");
    if (at && !is_language(fc_str_trim(at->value))) {
        fc_diag *g = fc_wrong(c, FC_C_BAD_LANGUAGE, at->value_at,
                              "\"%.*s\" is not the shape of a language", FC_ARG(at->value));
        fc_diag_help(c->d, g, "write a tag like \"en-GB\" or \"cy\"");
        if (x == c->root)
            c->f->lang = FC_S("en"); /* what follows from another language stays quiet */
    }
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem && x->kids.at[i].elem->kind >= 0)
            check_languages(c, x->kids.at[i].elem);
}

/* `from` on any element names sources: "tmpl:L53 act". */
static void check_sources(fc_front *c, const fc_xelem *x)
{
    const fc_xattr *at = fc_attr(x, "from");
    fc_str word;
    fc_span where;
    if (x->kind == FC_EL_RENAME)
        return; /* its "from" is a path */
    for (size_t pos = 0; at && fc_next_word(c, at, &pos, &word, &where);) {
        const char *colon = memchr(word.p, ':', word.n);
        fc_str id = colon ? fc_str_slice(word, 0, (size_t)(colon - word.p)) : word;
        fc_names n = {.c = c};
        bool found = false;
        for (size_t i = 0; i < c->f->sources.n && !found; i++) {
            found = fc_str_eq(c->f->sources.at[i].id, id);
            fc_names_add(&n, c->f->sources.at[i].id);
        }
        if (found)
            continue;
        where.end = where.begin + (uint32_t)id.n;
        fc_diag *g =
            fc_wrong(c, FC_C_NO_SUCH_SOURCE, where, "there is no source \"%.*s\"", FC_ARG(id));
        if (n.list.n)
            fc_help_names(c, g, &n, id, "the sources are:");
        else
            fc_diag_help(c->d, g, "add it to <sources>: <source id=\"%.*s\">...</source>",
                         FC_ARG(id));
    }
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem && x->kids.at[i].elem->kind >= 0)
            check_sources(c, x->kids.at[i].elem);
}

/* ---- nodes --------------------------------------------------------------------------------
 */

typedef struct place { /* where elements become nodes */
    fc_node *parent;
    const fc_node *block; /* the group, inside a block */
    const fc_xelem *use;  /* its <use> */
    const fc_block *of;   /* its block */
} place;

static unsigned depth_of(const fc_node *n)
{
    unsigned depth = 0;
    for (; n; n = n->parent)
        depth += n->kind == FC_SECTION || n->kind == FC_GROUP ||
                 ((n->kind == FC_REPEAT || n->kind == FC_SIGNATURE) && n->label.n);
    return depth;
}

static fc_built *new_node(fc_front *c, fc_node_kind kind, const place *p, const fc_xelem *x)
{
    if (++c->n_nodes > FC_NODES_MAX) {
        fc_wrong(c, FC_C_TOO_MUCH, c->root->name_at,
                 "the form has more than %u parts once its blocks are put in", FC_NODES_MAX);
        return NULL;
    }
    fc_built *b = FC_NEW(c->a, fc_built);
    fc_node *n = &b->node;
    b->x = x;
    b->block = p->block;
    n->kind = kind;
    n->at = x->at;
    n->id_at = fc_attr_at(x, "id");
    n->parent = p->parent;
    n->from = fc_attr_value(x, "from");
    n->lang = lang_of(c, x);
    n->party = -1;
    if (p->parent) {
        n->owners = p->parent->owners;
        n->with = p->parent->with;
        n->jointly = p->parent->jointly;
    }
    return b;
}

static void add_kid(fc_front *c, const place *p, fc_node *n)
{
    if (p->parent)
        FC_PUSH(c->a, &p->parent->kids, n);
    else
        FC_PUSH(c->a, &c->f->top, n);
}

static fc_built *new_named(fc_front *c, fc_node_kind kind, const place *p, const fc_xelem *x,
                           const char *label)
{
    fc_built *b = new_node(c, kind, p, x);
    if (!b)
        return NULL;
    fc_node *n = &b->node;
    n->id = id_of(c, x, true);
    n->path = p->parent && p->parent->path.n
                  ? fc_str_fmt(c->a, "%.*s/%.*s", FC_ARG(p->parent->path), FC_ARG(n->id))
                  : n->id;
    n->number = attr_words(c, x, "number");
    n->label = attr_words(c, x, label);
    FC_PUSH(c->a, &c->nodes, b);
    return b;
}

/* A label that is too long for the title of an answer place needs a short one beside it. */
static void short_label(fc_front *c, fc_node *n, const fc_xelem *x)
{
    const fc_xattr *at = fc_attr(x, "short-label");
    if (at) {
        n->short_label = words_of(c, at->value);
        size_t chars = fc_utf8_count(n->short_label);
        if (chars > FC_LABEL_MAX)
            fc_wrong(c, FC_C_LONG_LABEL, at->value_at,
                     "the short label has %zu characters; it may have %d", chars, FC_LABEL_MAX);
        if (!n->short_label.n)
            fc_wrong(c, FC_C_EMPTY, at->name_at, "\"short-label\" is empty");
        return;
    }
    n->short_label = n->label;
    size_t chars = fc_utf8_count(n->label);
    if (chars > FC_LABEL_MAX) {
        fc_diag *g =
            fc_wrong(c, FC_C_LONG_LABEL, fc_attr_at(x, "label"),
                     "the label has %zu characters and no short label beside it", chars);
        fc_diag_help(c->d, g,
                     "add short-label=\"...\" with at most %d characters; it names the answer "
                     "place in a document",
                     FC_LABEL_MAX);
    }
}

static const char *const section_layouts[] = {"stacked", "table", NULL};
static const char *const repeat_layouts[] = {"stacked", "table", "blocks", NULL};
static const char *const yes_only[] = {"no", "yes", NULL};

static fc_party_set party_set(fc_front *c, const fc_xelem *x, const char *attr)
{
    fc_party_set set = 0;
    const fc_xattr *at = fc_attr(x, attr);
    fc_str word;
    fc_span where;
    for (size_t pos = 0; at && fc_next_word(c, at, &pos, &word, &where);) {
        int i = fc_form_party(c->f, word);
        if (i >= 0) {
            set |= (fc_party_set)1 << i;
            continue;
        }
        fc_names n = {.c = c};
        for (size_t k = 0; k < c->f->parties.n; k++)
            fc_names_add(&n, c->f->parties.at[k].id);
        fc_diag *g =
            fc_wrong(c, FC_C_NO_SUCH_PARTY, where, "there is no party \"%.*s\"", FC_ARG(word));
        if (n.list.n)
            fc_help_names(c, g, &n, word, "the parties are:");
        else
            fc_diag_help(c->d, g, "add it to <parties>");
    }
    return set;
}

static void build_kids(fc_front *c, const place *p, const fc_xelem *x);

/* Type, choices and limits of a field. */
static void field_type(fc_front *c, fc_built *b, const fc_xelem *x)
{
    fc_node *n = &b->node;
    const fc_xattr *at = fc_attr(x, "type");
    n->type = x->kind == FC_EL_DETAILS ? FC_PROSE : FC_LINE;
    n->type_name = fc_str_of(fc_types[n->type].name);
    if (!at && x->kind == FC_EL_FIELD) {
        fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<field> has no \"type\"");
        fc_diag_help(c->d, g,
                     "add type=\"line\" for a line of text, \"prose\" for more, or "
                     "another type");
        b->broken = true;
    }
    fc_local_type *local = NULL;
    if (at) {
        fc_str name = fc_str_trim(at->value);
        int builtin = builtin_type(name);
        for (size_t i = 0; builtin < 0 && i < c->types.n && !local; i++)
            if (fc_str_eq(c->types.at[i].id, name))
                local = &c->types.at[i];
        if (builtin >= 0) {
            n->type = (fc_type)builtin;
        } else if (local) {
            n->type = local->base;
            local->used = true;
        } else if (name.n) {
            fc_names names = {.c = c};
            for (int i = 0; i < FC_TYPE_COUNT; i++)
                fc_names_add(&names, fc_str_of(fc_types[i].name));
            for (size_t i = 0; i < c->types.n; i++)
                fc_names_add(&names, c->types.at[i].id);
            fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_TYPE, at->value_at,
                                  "there is no type \"%.*s\"", FC_ARG(name));
            fc_help_names(c, g, &names, name, "the types are:");
            b->broken = true;
        }
        n->type_name = name;
    }

    const fc_xattr *choices = fc_attr(x, "choices");
    if (choices && !b->broken && n->type != FC_CHOICE) {
        fc_diag *g = fc_wrong(c, FC_C_CHOICES_MISUSE, choices->name_at,
                              "only a field of type \"choice\" has choices");
        fc_diag_help(c->d, g, "write type=\"choice\"");
        for (size_t i = 0; i < c->f->choices.n; i++) /* it is meant to be used */
            c->choices_used[i] |=
                fc_str_eq(c->f->choices.at[i]->id, fc_str_trim(choices->value));
    } else if (!choices && n->type == FC_CHOICE) {
        fc_diag *g = fc_wrong(c, FC_C_CHOICES_MISUSE, at ? at->value_at : x->at,
                              "this choice does not say which choices there are");
        fc_diag_help(c->d, g, "add choices=\"...\" with the id of a <choices> list");
        b->broken = true;
    } else if (choices && !b->broken) {
        fc_str id = fc_str_trim(choices->value);
        fc_names names = {.c = c};
        for (size_t i = 0; i < c->f->choices.n; i++) {
            fc_names_add(&names, c->f->choices.at[i]->id);
            if (fc_str_eq(c->f->choices.at[i]->id, id)) {
                n->choices = c->f->choices.at[i];
                c->choices_used[i] = true;
            }
        }
        if (!n->choices) {
            fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_CHOICES, choices->value_at,
                                  "there is no list of choices \"%.*s\"", FC_ARG(id));
            fc_help_names(c, g, &names, id, "the lists are:");
            b->broken = true;
        }
    }
    if (n->type == FC_YES_NO && !b->broken) {
        n->choices = c->yes_no;
        if (!c->yes_no) {
            fc_diag *g = fc_wrong(c, FC_C_YES_NO_WORDS, fc_attr_at(c->root, "xml:lang"),
                                  "the words for yes and no in the language \"%.*s\" are not "
                                  "known",
                                  FC_ARG(c->f->lang));
            fc_diag_help(c->d, g,
                         "add <choices id=\"yes-no\"><choice id=\"yes\">...</choice><choice "
                         "id=\"no\">...</choice></choices>");
        }
    }

    n->lines = fc_number(c, x, "lines", 1, FC_LINES_MAX, fc_types[n->type].multiline ? 3 : 1);
    n->max_length = fc_number(c, x, "max-length", 1, FC_LENGTH_MAX, 0);
    static const char *const text_only[] = {"lines", "max-length"};
    for (size_t i = 0; i < 2 && !b->broken; i++) {
        const fc_xattr *limit = fc_attr(x, text_only[i]);
        bool fits = i == 0 ? fc_types[n->type].multiline : is_text_type(n->type);
        if (!limit || fits)
            continue;
        fc_diag *g =
            fc_wrong(c, FC_C_NOT_TEXT, limit->name_at, "a field of type \"%.*s\" has no \"%s\"",
                     FC_ARG(n->type_name), text_only[i]);
        fc_diag_help(c->d, g,
                     i == 0 ? "only prose, address and person-ref have more than one line"
                            : "only text can be limited in length");
    }
    if (local) {
        n->pattern = local->pattern;
        if (!n->max_length)
            n->max_length = local->max_length;
    }
    const fc_xelem *hint = fc_child(x, FC_EL_HINT);
    if (!hint && local)
        hint = fc_child(local->x, FC_EL_HINT);
    if (hint)
        n->hint = fc_build_text(c, hint, n->parent, b->block);
}

/* A field, or the details below a yes/no. */
static fc_built *build_field(fc_front *c, const place *p, const fc_xelem *x,
                             fc_node *details_of)
{
    fc_built *b = new_named(c, FC_FIELD, p, x, "label");
    if (!b)
        return NULL;
    fc_node *n = &b->node;
    n->details_of = details_of;
    short_label(c, n, x);
    field_type(c, b, x);

    fc_node_kind in = p->parent ? p->parent->kind : FC_SECTION;
    bool stacked =
        (in == FC_SECTION || in == FC_GROUP) && p->parent && p->parent->layout == FC_STACKED;
    n->heading = stacked && !details_of;
    n->level = n->heading ? depth_of(p->parent) + 1 : 0;

    static const char *const layouts[] = {"wide", NULL};
    n->wide = fc_one_of(c, x, "layout", layouts, -1) == 0;
    bool rows = p->parent && ((in != FC_REPEAT && in != FC_SIGNATURE && !stacked) ||
                              (in == FC_REPEAT && p->parent->layout == FC_BLOCKS));
    if (n->wide && !rows) {
        fc_diag *g = fc_wrong(c, FC_C_LAYOUT, fc_attr_at(x, "layout"),
                              "only a field in a table can be wide");
        fc_diag_help(c->d, g,
                     "the %s stands in has no rows of label and answer; leave layout=\"wide\" "
                     "out",
                     in == FC_REPEAT ? "repeat it" : "part of the form it");
    }
    if (n->type == FC_MARK && in != FC_SIGNATURE && !b->broken) {
        fc_diag *g = fc_wrong(c, FC_C_LONE_MARK, fc_attr_at(x, "type"),
                              "a mark may stand only in a signature");
        fc_diag_help(c->d, g, "put it in <signature>, with the name and the date");
    }
    if (!details_of)
        add_kid(c, p, n);

    const fc_xelem *details = fc_child(x, FC_EL_DETAILS);
    if (details) {
        if (n->type != FC_YES_NO && !b->broken) {
            fc_diag *g = fc_wrong(c, FC_C_DETAILS, details->name_at,
                                  "details stand only under a field of type \"yes-no\"");
            fc_diag_help(c->d, g, "make it a <field> of its own");
        }
        fc_built *d = build_field(c, p, details, n);
        n->details = d ? &d->node : NULL;
    }
    return b;
}

static void build_repeat(fc_front *c, const place *p, const fc_xelem *x)
{
    fc_built *b = new_named(c, FC_REPEAT, p, x, "label");
    if (!b)
        return;
    fc_node *n = &b->node;
    short_label(c, n, x);
    n->level = n->label.n ? depth_of(n) : 0;
    n->layout = (fc_layout)fc_one_of(c, x, "layout", repeat_layouts, FC_TABLE);
    if (n->layout == FC_STACKED && fc_attr(x, "layout")) {
        fc_diag *g = fc_wrong(c, FC_C_BAD_VALUE, fc_attr_at(x, "layout"),
                              "the layout of a repeat cannot be \"stacked\"");
        fc_diag_help(c->d, g, "it may be: table, blocks");
    }
    n->min_rows = fc_number(c, x, "min", 0, FC_ROWS_MAX, 0);
    n->max_rows = fc_number(c, x, "max", 1, FC_ROWS_MAX, FC_ROWS_DEFAULT);
    n->blank_rows =
        fc_number(c, x, "blank-rows", 0, FC_ROWS_MAX, n->min_rows ? n->min_rows : 1);
    const char *which = n->min_rows > n->max_rows     ? "min"
                        : n->blank_rows > n->max_rows ? "blank-rows"
                                                      : NULL;
    if (which) {
        fc_diag *g = fc_wrong(c, FC_C_MIN_MAX, fc_attr_at(x, which),
                              "%s is more than max, which is %u", which, n->max_rows);
        fc_diag_help(c->d, g, "make max larger or %s smaller", which);
    }
    const fc_xelem *hint = fc_child(x, FC_EL_HINT);
    if (hint)
        n->hint = fc_build_text(c, hint, n->parent, b->block);
    add_kid(c, p, n);
    place inside = *p;
    inside.parent = n;
    build_kids(c, &inside, x);
    if (!n->kids.n)
        fc_wrong(c, FC_C_NO_CHILD, x->name_at, "<repeat> has no <field>");
    for (size_t i = 0; n->layout == FC_TABLE && i < n->kids.n; i++)
        FC_PUSH(c->a, &n->columns, n->kids.at[i]->label);
}

static void build_signature(fc_front *c, const place *p, const fc_xelem *x)
{
    fc_built *b = new_named(c, FC_SIGNATURE, p, x, "label");
    if (!b)
        return;
    fc_node *n = &b->node;
    short_label(c, n, x);
    n->level = depth_of(n);
    fc_party_set party = party_set(c, x, "party");
    for (int i = 0; i < FC_PARTY_MAX && n->party < 0; i++)
        if (party >> i & 1)
            n->party = i;
    if (party && party != (fc_party_set)1 << n->party)
        fc_wrong(c, FC_C_SIGNATURE, fc_attr_at(x, "party"), "a signature is of one party");
    if (party)
        n->owners = party; /* whoever signs owns the fields of the signature */
    const fc_xelem *hint = fc_child(x, FC_EL_HINT);
    if (hint)
        n->hint = fc_build_text(c, hint, n->parent, b->block);
    add_kid(c, p, n);
    place inside = *p;
    inside.parent = n;
    build_kids(c, &inside, x);
    static const struct {
        fc_type type;
        const char *what;
    } parts[] = {{FC_MARK, "mark"}, {FC_PERSON_NAME, "person-name"}, {FC_DATE, "date"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        unsigned count = 0;
        bool broken = false;
        for (size_t k = 0; k < n->kids.n; k++) {
            count += n->kids.at[k]->type == parts[i].type;
            broken = broken || fc_built_of(n->kids.at[k])->broken;
        }
        if (count == 1 || broken)
            continue;
        fc_diag *g = fc_wrong(c, FC_C_SIGNATURE, x->name_at,
                              count ? "a signature has only one field of type \"%s\""
                                    : "this signature has no field of type \"%s\"",
                              parts[i].what);
        fc_diag_help(c->d, g,
                     "a signature is a name (person-name), a mark and a date, each once");
    }
}

static void build_note(fc_front *c, const place *p, const fc_xelem *x)
{
    static const char *const kinds[] = {"purpose", "scope", "instruction",
                                        "legal",   "help",  NULL};
    fc_built *b = new_node(c, FC_NOTE, p, x);
    if (!b)
        return;
    b->node.note_kind = fc_str_of(kinds[fc_one_of(c, x, "kind", kinds, 2)]);
    b->node.text = fc_build_text(c, x, p->parent, p->block);
    add_kid(c, p, &b->node);
}

static void build_heading(fc_front *c, const place *p, const fc_xelem *x)
{
    fc_built *b = new_node(c, FC_HEADING, p, x);
    if (!b)
        return;
    b->node.text = fc_build_text(c, x, p->parent, p->block);
    b->node.level = depth_of(p->parent) + 1;
    add_kid(c, p, &b->node);
}

static void build_prompts(fc_front *c, const place *p, const fc_xelem *x)
{
    fc_built *b = new_node(c, FC_PROMPTS, p, x);
    if (!b)
        return;
    texting t = {.c = c, .text = FC_NEW(c->a, fc_text), .inner = p->parent, .block = p->block};
    t.text->at = x->at;
    t.text->lang = lang_of(c, x);
    EACH(x, k, FC_EL_P)
    runs_of(&t, k, false);
    if (!t.text->paras.n)
        fc_wrong(c, FC_C_NO_CHILD, x->name_at, "<prompts> has no <p>");
    b->node.text = t.text;
    add_kid(c, p, &b->node);
}

/* ---- blocks -------------------------------------------------------------------------------
 */

static const fc_xelem *find_param(const fc_xelem *block, fc_str id)
{
    EACH(block, k, FC_EL_PARAM)
    if (fc_str_eq(fc_attr_value(k, "id"), id))
        return k;
    return NULL;
}

static void help_params(fc_front *c, fc_diag *g, const fc_xelem *block, fc_str given)
{
    fc_names n = {.c = c};
    EACH(block, k, FC_EL_PARAM)
    fc_names_add(&n, fc_attr_value(k, "id"));
    if (n.list.n)
        fc_help_names(c, g, &n, given, "its parameters are:");
    else
        fc_diag_help(c->d, g, "the block has no <param>");
}

/* <slot>: the text of a parameter as a note, or the prompts of the use. */
static void build_slot(fc_front *c, const place *p, const fc_xelem *x)
{
    const fc_xattr *param = fc_attr(x, "param"), *prompts = fc_attr(x, "prompts");
    if (!p->use || !param == !prompts) {
        fc_diag *g =
            fc_wrong(c, FC_C_PARAM, x->at, "a slot has either \"param\" or \"prompts\"");
        fc_diag_help(c->d, g, "write <slot param=\"...\"/> or <slot prompts=\"yes\"/>");
        return;
    }
    if (prompts) {
        const fc_xelem *own = fc_child(p->use, FC_EL_PROMPTS);
        if (fc_one_of(c, x, "prompts", yes_only, 1) == 1 && own)
            build_prompts(c, p, own);
        return;
    }
    fc_str id = fc_str_trim(param->value);
    const fc_xelem *decl = find_param(p->of->x, id);
    if (!decl) {
        fc_diag *g = fc_wrong(c, FC_C_PARAM, param->value_at,
                              "the block has no parameter \"%.*s\"", FC_ARG(id));
        help_params(c, g, p->of->x, id);
        return;
    }
    const fc_xelem *set = NULL;
    EACH(p->use, k, FC_EL_SET)
    if (fc_str_eq(fc_attr_value(k, "param"), id))
        set = k;
    fc_str words = attr_words(c, decl, "default");
    if (!set && !words.n)
        return;
    fc_built *b = new_node(c, FC_NOTE, p, set ? set : decl);
    if (!b)
        return;
    b->node.note_kind = FC_S("scope");
    b->node.text = set ? fc_build_text(c, set, p->parent, p->block)
                       : fc_plain_text(c, fc_attr_at(decl, "default"), words);
    add_kid(c, p, &b->node);
}

/* What a use says must fit what its block asks for. */
static void check_params(fc_front *c, const fc_xelem *use, const fc_xelem *block)
{
    EACH(block, k, FC_EL_PARAM)
    {
        fc_str id = id_of(c, k, false);
        bool set = fc_attr(k, "default") != NULL;
        EACH(use, s, FC_EL_SET)
        set = set || fc_str_eq(fc_attr_value(s, "param"), id);
        if (!set && id.n) {
            fc_diag *g = fc_wrong(c, FC_C_PARAM, use->name_at,
                                  "this use does not set the parameter \"%.*s\"", FC_ARG(id));
            fc_diag_note_at(c->d, g, k->at, "the block has no default for it");
            fc_diag_help(c->d, g, "add <set param=\"%.*s\">...</set>", FC_ARG(id));
        }
    }
    EACH(use, s, FC_EL_SET)
    {
        const fc_xattr *at = fc_attr(s, "param");
        if (!at || find_param(block, fc_str_trim(at->value)))
            continue;
        fc_diag *g = fc_wrong(c, FC_C_PARAM, at->value_at,
                              "the block has no parameter \"%.*s\"", FC_ARG(at->value));
        help_params(c, g, block, fc_str_trim(at->value));
    }
}

static void build_use(fc_front *c, const place *p, const fc_xelem *x)
{
    fc_built *b = new_named(c, FC_GROUP, p, x, "title");
    if (!b)
        return;
    fc_node *n = &b->node;
    n->short_label = n->label;
    n->level = depth_of(n);
    n->block = fc_attr_value(x, "block");
    add_kid(c, p, n);
    fc_block *of = NULL;
    fc_names names = {.c = c};
    for (size_t i = 0; i < c->blocks.n; i++) {
        fc_names_add(&names, c->blocks.at[i].id);
        if (fc_str_eq(c->blocks.at[i].id, n->block))
            of = &c->blocks.at[i];
    }
    if (!of) {
        b->broken = true;
        if (!n->block.n)
            return;
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_BLOCK, fc_attr_at(x, "block"),
                              "there is no block \"%.*s\"", FC_ARG(n->block));
        if (names.list.n)
            fc_help_names(c, g, &names, n->block, "the blocks are:");
        else
            fc_diag_help(c->d, g, "add <block id=\"%.*s\">...</block> before the first section",
                         FC_ARG(n->block));
        return;
    }
    of->used = true;
    n->layout = (fc_layout)fc_one_of(c, of->x, "layout", section_layouts, FC_STACKED);
    check_params(c, x, of->x);
    place inside = {.parent = n, .block = n, .use = x, .of = of};
    const fc_xelem *prompts = fc_child(x, FC_EL_PROMPTS);
    bool slot = false;
    EACH(of->x, k, FC_EL_SLOT)
    slot = slot || fc_attr(k, "prompts");
    if (prompts && !slot)
        build_prompts(c, &inside, prompts);
    build_kids(c, &inside, of->x);
}

static void build_section(fc_front *c, const place *p, const fc_xelem *x)
{
    fc_built *b = new_named(c, FC_SECTION, p, x, "title");
    if (!b)
        return;
    fc_node *n = &b->node;
    n->short_label = n->label;
    n->level = 1;
    n->layout = (fc_layout)fc_one_of(c, x, "layout", section_layouts, FC_STACKED);
    n->owners = party_set(c, x, "completed-by");
    n->with = party_set(c, x, "with");
    n->jointly = fc_one_of(c, x, "jointly", yes_only, 0) == 1;
    const fc_xelem *columns = fc_child(x, FC_EL_COLUMNS);
    if (columns && n->layout != FC_TABLE) {
        fc_diag *g = fc_wrong(c, FC_C_LAYOUT, columns->name_at, "only a table has columns");
        fc_diag_help(c->d, g, "add layout=\"table\" to the section");
    }
    if (columns)
        EACH(columns, k, FC_EL_COLUMN)
    FC_PUSH(c->a, &n->columns, text_words(c, k));
    if (columns && (n->columns.n < 2 || n->columns.n > 3)) {
        fc_diag *g = fc_wrong(c, FC_C_LAYOUT, columns->name_at,
                              "a table of questions has two or three columns");
        fc_diag_help(c->d, g, "question, answer, and a third one when there are details");
    }
    add_kid(c, p, n);
    place inside = {.parent = n};
    build_kids(c, &inside, x);
}

static void build_kids(fc_front *c, const place *p, const fc_xelem *x)
{
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k)
            continue;
        switch (k->kind) {
        case FC_EL_SECTION:
            build_section(c, p, k);
            break;
        case FC_EL_NOTE:
            build_note(c, p, k);
            break;
        case FC_EL_HEADING:
            build_heading(c, p, k);
            break;
        case FC_EL_PROMPTS:
            if (x->kind != FC_EL_USE)
                build_prompts(c, p, k);
            break;
        case FC_EL_FIELD:
            build_field(c, p, k, NULL);
            break;
        case FC_EL_REPEAT:
            build_repeat(c, p, k);
            break;
        case FC_EL_SIGNATURE:
            build_signature(c, p, k);
            break;
        case FC_EL_USE:
            build_use(c, p, k);
            break;
        case FC_EL_SLOT:
            build_slot(c, p, k);
            break;
        default:
            break;
        }
    }
}

/* ---- the form -----------------------------------------------------------------------------
 */

static void form_attributes(fc_front *c)
{
    const fc_xelem *x = c->root;
    fc_form *f = c->f;
    static const char *const statuses[] = {"draft", "published", NULL};
    static const char *const dirs[] = {"ltr", "rtl", NULL};
    f->at = x->at;
    f->id = id_of(c, x, false);
    f->version = fc_attr_value(x, "version");
    if (f->version.n && !is_version(f->version)) {
        fc_diag *g = fc_wrong(c, FC_C_BAD_VERSION, fc_attr_at(x, "version"),
                              "\"%.*s\" is not the shape of a version", FC_ARG(f->version));
        fc_diag_help(c->d, g, "write numbers with dots, like \"1.0.0\"");
    }
    f->status = fc_str_of(statuses[fc_one_of(c, x, "status", statuses, 0)]);
    const fc_xattr *ns = fc_attr(x, "data-ns");
    f->data_ns = fc_attr_value(x, "data-ns");
    bool good = fc_str_starts(f->data_ns, "urn:") || fc_str_starts(f->data_ns, "http://") ||
                fc_str_starts(f->data_ns, "https://");
    for (size_t i = 0; i < f->data_ns.n; i++) {
        char ch = f->data_ns.p[i];
        good = good && (letter_or_digit(ch) || strchr("-._~:/?#[]@!$&()*+,;=%", ch) != NULL);
    }
    static const char *const ours[] = {"urn:formc:form:", "urn:formc:plan:", "urn:formc:model:",
                                       "urn:formc:program:", "urn:formc:theme:"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        good = good && !fc_str_starts(f->data_ns, ours[i]);
    if (ns && f->data_ns.n && !good) {
        fc_diag *g = fc_wrong(
            c, FC_C_BAD_NAMESPACE, ns->value_at,
            "\"%.*s\" cannot be the namespace of the answers",
            FC_ARG(fc_str_slice(f->data_ns, 0, f->data_ns.n < 80 ? f->data_ns.n : 80)));
        fc_diag_help(c->d, g, "write something like \"urn:formc:data:%.*s\"", FC_ARG(f->id));
    }
    const fc_xattr *lang = fc_attr(x, "xml:lang");
    f->lang = fc_attr_value(x, "xml:lang");
    if (!lang) {
        fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<form> has no \"xml:lang\"");
        fc_diag_help(c->d, g, "add xml:lang=\"en-GB\": screen readers need the language");
        f->lang = FC_S("en");
    }
    f->rtl = fc_one_of(c, x, "dir", dirs, is_rtl(f->lang) ? 1 : 0) == 1;
}

/* The words for yes and no, by language. */
static void yes_no_words(fc_front *c)
{
    static const struct {
        const char *lang, *yes, *no;
    } words[] = {{"en", "Yes", "No"}};
    if (c->yes_no)
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].lang);
        if (!fc_str_starts(c->f->lang, words[i].lang) ||
            (c->f->lang.n > n && c->f->lang.p[n] != '-'))
            continue;
        c->yes_no = FC_NEW(c->a, fc_choices);
        c->yes_no->id = FC_S("yes-no");
        FC_PUSH(c->a, &c->yes_no->list,
                ((fc_choice){.id = FC_S("yes"), .label = fc_str_of(words[i].yes)}));
        FC_PUSH(c->a, &c->yes_no->list,
                ((fc_choice){.id = FC_S("no"), .label = fc_str_of(words[i].no)}));
    }
}

static void warn_unused(fc_front *c)
{
    for (size_t i = 0; i < c->blocks.n; i++)
        if (!c->blocks.at[i].used) {
            fc_diag *g =
                fc_warn(c, FC_C_UNUSED, fc_attr_at(c->blocks.at[i].x, "id"),
                        "the block \"%.*s\" is never used", FC_ARG(c->blocks.at[i].id));
            fc_diag_help(c->d, g, "its questions and rules were not checked");
        }
    for (size_t i = 0; i < c->types.n; i++)
        if (!c->types.at[i].used)
            fc_warn(c, FC_C_UNUSED, fc_attr_at(c->types.at[i].x, "id"),
                    "the type \"%.*s\" is never used", FC_ARG(c->types.at[i].id));
    for (size_t i = 0; i < c->f->choices.n; i++)
        if (!c->choices_used[i] && c->f->choices.at[i] != c->yes_no)
            fc_warn(c, FC_C_UNUSED, c->f->choices.at[i]->at,
                    "the list of choices \"%.*s\" is never used",
                    FC_ARG(c->f->choices.at[i]->id));
}

void fc_build_form(fc_front *c)
{
    form_attributes(c);
    const fc_xelem *x = c->root;
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k)
            continue;
        switch (k->kind) {
        case FC_EL_TITLE:
            c->f->title = text_words(c, k);
            break;
        case FC_EL_SOURCES:
            build_sources(c, k);
            break;
        case FC_EL_STAGES:
            build_stages(c, k);
            break;
        case FC_EL_PARTIES:
            build_parties(c, k);
            break;
        case FC_EL_CHOICES:
            build_choices(c, k);
            break;
        case FC_EL_TYPE:
            build_type(c, k);
            break;
        case FC_EL_BLOCK:
            build_block(c, k);
            break;
        default:
            break;
        }
    }
    yes_no_words(c);
    c->choices_used = FC_NEW_N(c->a, bool, c->f->choices.n + 1);
    check_sources(c, x);
    check_languages(c, x);
    place top = {0};
    build_kids(c, &top, x);
    warn_unused(c);
}
