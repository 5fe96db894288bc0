/* Elements -> nodes. Blocks are expanded where they are used, owners are inherited. What needs
 * another node (paths, names in expressions, labels to refer to) is left to resolve.c. */
#include "compiler/front.h"

const fc_built *fc_built_of(const fc_node *n)
{
    return (const fc_built *)n;
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
    n->lang = fc_lang_of(c, x);
    n->party = -1;
    n->sensitivity = -1;
    if (p->parent) {
        n->owners = p->parent->owners;
        n->with = p->parent->with;
        n->jointly = p->parent->jointly;
        n->sensitivity = p->parent->sensitivity;
    }
    return b;
}

/* The word for how sensitive x and what is inside is; an outer one holds where there is none.
 */
static void sensitivity(fc_front *c, fc_node *n, const fc_xelem *x)
{
    const fc_xattr *at = fc_attr(x, "sensitivity");
    fc_str word = at ? fc_str_trim(at->value) : (fc_str){0};
    if (!word.n) {
        if (at)
            fc_empty(c, at->name_at, "\"sensitivity\" is empty");
        return;
    }
    n->sensitivity = fc_form_sensitivity(c->f, word);
    if (n->sensitivity >= 0)
        return;
    fc_names names = {.c = c};
    for (size_t i = 0; i < c->f->sensitivities.n; i++)
        fc_names_add(&names, c->f->sensitivities.at[i].id);
    fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_SENSITIVITY, at->value_at,
                          "there is no sensitivity \"%.*s\"", FC_ARG(word));
    if (names.list.n)
        fc_help_names(c, g, &names, word, "the sensitivities are:");
    else
        fc_diag_help(c->d, g, "add it to <sensitivities>: <sensitivity id=\"...\">");
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
    n->id = fc_id_of(c, x, true);
    n->path = p->parent && p->parent->path.n
                  ? fc_str_fmt(c->a, "%.*s/%.*s", FC_ARG(p->parent->path), FC_ARG(n->id))
                  : n->id;
    n->number = fc_attr_words(c, x, "number");
    n->label = fc_attr_words(c, x, label);
    sensitivity(c, n, x);
    FC_PUSH(c->a, &c->nodes, b);
    return b;
}

/* A label that is too long for the title of an answer place needs a short one beside it. */
static void short_label(fc_front *c, fc_node *n, const fc_xelem *x)
{
    const fc_xattr *at = fc_attr(x, "short-label");
    if (at) {
        n->short_label = fc_words_of(c, at->value);
        size_t chars = fc_utf8_count(n->short_label);
        if (chars > FC_LABEL_MAX) {
            fc_diag *g = fc_wrong(c, FC_C_LONG_LABEL, at->value_at,
                                  "the short label has %zu characters; it may have %d", chars,
                                  FC_LABEL_MAX);
            fc_diag_help(c->d, g, "say it in fewer words; the label above it may be longer");
        }
        if (!n->short_label.n)
            fc_empty(c, at->name_at, "\"short-label\" is empty");
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

/* Several can be chosen of a list that says all there is to choose, and is no longer than a set
 * of bits. */
static void several(fc_front *c, fc_built *b, fc_span at)
{
    const fc_choices *list = b->node.choices;
    if (list->open) {
        fc_diag *g =
            fc_wrong(c, FC_C_CHOICES_MISUSE, at,
                     "several of \"%.*s\" cannot be chosen, because it is open to other "
                     "text",
                     FC_ARG(list->id));
        fc_diag_note_at(c->d, g, list->at, "the list is open");
        fc_diag_help(
            c->d, g,
            "take open=\"yes\" away, add a choice like \"Something else\", and a field of "
            "type \"line\" that asks what else");
        b->broken = true;
    } else if (list->list.n > FC_CHOICES_MAX) {
        fc_diag *g =
            fc_wrong(c, FC_C_TOO_MUCH, at,
                     "\"%.*s\" has %zu choices, more than can be ticked in one question",
                     FC_ARG(list->id), list->list.n);
        fc_diag_help(c->d, g, "make two questions of it, with %u choices each at most",
                     FC_CHOICES_MAX);
        b->broken = true;
    }
}

/* The list of prompts to tick, made where the element is first met. Its id names it in
 * generated code and messages: the ids that lead there, joined by dashes; those of a block
 * begin with it. */
static const fc_choices *list_of_ticks(fc_front *c, const place *p, const fc_node *n,
                                       const fc_xelem *x)
{
    for (size_t i = 0; i < c->ticks.n; i++)
        if (c->ticks.at[i].x == x)
            return c->ticks.at[i].list;
    fc_choices *list = FC_NEW(c->a, fc_choices);
    bool of_block = p->of && fc_child(p->use, FC_EL_TICKS) != x;
    fc_str path =
        of_block ? fc_str_fmt(c->a, "%.*s/%.*s", FC_ARG(p->of->id), FC_ARG(n->id)) : n->path;
    char *id = fc_arena_alloc(c->a, path.n + 1);
    for (size_t i = 0; i < path.n; i++)
        id[i] = path.p[i] == '/' ? '-' : path.p[i];
    list->at = x->at;
    list->id = (fc_str){id, path.n};
    unsigned more = 1;
    for (size_t i = 0; i < c->f->choices.n; i++)
        if (fc_str_eq(c->f->choices.at[i]->id, list->id)) {
            list->id = fc_str_fmt(c->a, "%.*s-%u", (int)path.n, id, ++more);
            i = (size_t)-1; /* from the beginning */
        }
    fc_read_choices(c, x, FC_EL_TICK, list);
    if (!list->list.n)
        fc_no_child(c, x, FC_S("p"));
    FC_PUSH(c->a, &c->f->choices, list);
    FC_PUSH(c->a, &c->ticks, ((struct fc_ticks){x, list}));
    return list;
}

/* Type, choices and limits of a field. */
static void field_type(fc_front *c, fc_built *b, const place *p, const fc_xelem *x)
{
    fc_node *n = &b->node;
    if (x->kind == FC_EL_TICKS) {
        n->type = FC_CHOICES;
        n->type_name = fc_str_of(fc_types[n->type].name);
        n->choices = list_of_ticks(c, p, n, x);
        n->lines = 1;
        several(c, b, x->name_at);
        return;
    }
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
        int builtin = fc_builtin_type(name);
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
    bool listed = n->type == FC_CHOICE || n->type == FC_CHOICES;
    if (choices && !b->broken && !listed) {
        fc_diag *g = fc_wrong(c, FC_C_CHOICES_MISUSE, choices->name_at,
                              "only a field of type \"choice\" or \"choices\" has choices");
        fc_diag_help(c->d, g,
                     "write type=\"choice\" for one of them, type=\"choices\" for several");
        for (size_t i = 0; i < c->n_lists; i++) /* it is meant to be used */
            c->choices_used[i] |=
                fc_str_eq(c->f->choices.at[i]->id, fc_str_trim(choices->value));
    } else if (!choices && listed) {
        fc_diag *g = fc_wrong(c, FC_C_CHOICES_MISUSE, at ? at->value_at : x->at,
                              "this choice does not say which choices there are");
        fc_diag_help(c->d, g, "add choices=\"...\" with the id of a <choices> list");
        b->broken = true;
    } else if (choices && !b->broken) {
        fc_str id = fc_str_trim(choices->value);
        fc_names names = {.c = c};
        for (size_t i = 0; i < c->n_lists; i++) {
            fc_names_add(&names, c->f->choices.at[i]->id);
            if (fc_str_eq(c->f->choices.at[i]->id, id)) {
                n->choices = c->f->choices.at[i];
                c->choices_used[i] = true;
            }
        }
        if (!n->choices) {
            fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_CHOICES, choices->value_at,
                                  "there is no list of choices \"%.*s\"", FC_ARG(id));
            if (names.list.n)
                fc_help_names(c, g, &names, id, "the lists are:");
            else
                fc_diag_help(c->d, g,
                             "add <choices id=\"%.*s\">...</choices> before the first section",
                             FC_ARG(id));
            b->broken = true;
        } else if (n->type == FC_CHOICES) {
            several(c, b, choices->value_at);
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
                         "id=\"no\">...</choice></choices>, or a file lang/%.*s.xml with the "
                         "words",
                         FC_ARG(c->f->lang));
        }
    }

    n->lines = fc_number(c, x, "lines", 1, FC_LINES_MAX, fc_types[n->type].multiline ? 3 : 1);
    n->max_length = fc_number(c, x, "max-length", 1, FC_LENGTH_MAX, 0);
    static const char *const text_only[] = {"lines", "max-length"};
    for (size_t i = 0; i < 2 && !b->broken; i++) {
        const fc_xattr *limit = fc_attr(x, text_only[i]);
        bool fits = i == 0 ? fc_types[n->type].multiline : fc_is_text_type(n->type);
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
    if (details_of && !fc_attr(x, "sensitivity"))
        n->sensitivity = details_of->sensitivity;
    short_label(c, n, x);
    n->picture = x->picture;
    n->picture_alt = x->picture_alt;
    field_type(c, b, p, x);

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
    const fc_xattr *required = fc_attr(x, "required");
    n->min_rows = fc_number(c, x, "min", 0, FC_ROWS_MAX, required ? 1 : 0);
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
    } else if (required && !n->min_rows) {
        fc_diag *g =
            fc_wrong(c, FC_C_MIN_MAX, fc_attr_at(x, "min"), "rows are required, but min is 0");
        fc_diag_help(c->d, g, "say how many with min, or leave \"required\" out");
    }
    const fc_xelem *hint = fc_child(x, FC_EL_HINT);
    if (hint)
        n->hint = fc_build_text(c, hint, n->parent, b->block);
    add_kid(c, p, n);
    place inside = *p;
    inside.parent = n;
    build_kids(c, &inside, x);
    if (!n->kids.n)
        fc_no_child(c, x, FC_S("field"));
    for (size_t i = 0; n->layout == FC_TABLE && i < n->kids.n; i++) {
        FC_PUSH(c->a, &n->columns, n->kids.at[i]->label);
        FC_PUSH(c->a, &n->column_langs, n->kids.at[i]->lang);
    }
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

/* Prompts, or the question that they are when they can be ticked. */
static void build_prompts(fc_front *c, const place *p, const fc_xelem *x)
{
    if (x->kind == FC_EL_TICKS) {
        build_field(c, p, x, NULL);
        return;
    }
    fc_one_of(c, x, "tickable", yes_only, 0);
    fc_built *b = new_node(c, FC_PROMPTS, p, x);
    if (!b)
        return;
    b->node.text = fc_build_prompts(c, x, p->parent, p->block);
    if (!b->node.text->paras.n)
        fc_no_child(c, x, FC_S("p"));
    add_kid(c, p, &b->node);
}

/* ---- blocks -------------------------------------------------------------------------------
 */

static const fc_xelem *find_param(const fc_xelem *block, fc_str id)
{
    FC_EACH(block, k, FC_EL_PARAM)
    if (fc_str_eq(fc_attr_value(k, "id"), id))
        return k;
    return NULL;
}

static void help_params(fc_front *c, fc_diag *g, const fc_xelem *block, fc_str given)
{
    fc_names n = {.c = c};
    FC_EACH(block, k, FC_EL_PARAM)
    fc_names_add(&n, fc_attr_value(k, "id"));
    if (n.list.n)
        fc_help_names(c, g, &n, given, "its parameters are:");
    else
        fc_diag_help(c->d, g, "the block has no <param>");
}

/* The prompts of a use, to tick or not; NULL when it has none. */
static const fc_xelem *prompts_of(const fc_xelem *use)
{
    const fc_xelem *ticks = fc_child(use, FC_EL_TICKS);
    return ticks ? ticks : fc_child(use, FC_EL_PROMPTS);
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
        const fc_xelem *own = prompts_of(p->use);
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
    FC_EACH(p->use, k, FC_EL_SET)
    if (fc_str_eq(fc_attr_value(k, "param"), id))
        set = k;
    fc_str words = fc_attr_words(c, decl, "default");
    if (!set && !words.n)
        return;
    fc_built *b = new_node(c, FC_NOTE, p, set ? set : decl);
    if (!b)
        return;
    b->node.note_kind = FC_S("scope");
    b->node.text = set ? fc_build_text(c, set, p->parent, p->block)
                       : fc_plain_text(c, fc_attr_at(decl, "default"), words);
    b->node.text->lang = b->node.lang;
    add_kid(c, p, &b->node);
}

/* What a use says must fit what its block asks for. */
static void check_params(fc_front *c, const fc_xelem *use, const fc_xelem *block)
{
    FC_EACH(block, k, FC_EL_PARAM)
    {
        fc_str id = fc_id_of(c, k, false);
        bool set = fc_attr(k, "default") != NULL;
        FC_EACH(use, s, FC_EL_SET)
        set = set || fc_str_eq(fc_attr_value(s, "param"), id);
        if (!set && id.n) {
            fc_diag *g = fc_wrong(c, FC_C_PARAM, use->name_at,
                                  "this use does not set the parameter \"%.*s\"", FC_ARG(id));
            fc_diag_note_at(c->d, g, k->at, "the block has no default for it");
            fc_diag_help(c->d, g, "add <set param=\"%.*s\">...</set>", FC_ARG(id));
        }
    }
    FC_EACH(use, s, FC_EL_SET)
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
    const fc_xelem *prompts = prompts_of(x);
    bool slot = false;
    FC_EACH(of->x, k, FC_EL_SLOT)
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
        FC_EACH(columns, k, FC_EL_COLUMN)
        {
            FC_PUSH(c->a, &n->columns, fc_text_words(c, k));
            FC_PUSH(c->a, &n->column_langs, fc_lang_of(c, k));
        }
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
        case FC_EL_TICKS:
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

void fc_build_form(fc_front *c)
{
    fc_head_read(c);
    place top = {0};
    build_kids(c, &top, c->root);
    fc_head_warn_unused(c);
}
