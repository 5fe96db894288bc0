/* The structs of a form: one for each section, group, signature and row of a repeat, with a
 * member for every answer. All uses of a block share one. */
#include "output/c/c.h"

static const char *const answer_types[FC_TYPE_COUNT] = {
    [FC_LINE] = "fv_text_answer",         [FC_PROSE] = "fv_text_answer",
    [FC_PERSON_NAME] = "fv_text_answer",  [FC_PERSON_REF] = "fv_text_answer",
    [FC_ADDRESS] = "fv_text_answer",      [FC_POSTCODE] = "fv_text_answer",
    [FC_EMAIL] = "fv_text_answer",        [FC_PHONE] = "fv_text_answer",
    [FC_ORGANISATION] = "fv_text_answer", [FC_NHS_NUMBER] = "fv_nhs_number_answer",
    [FC_DATE] = "fv_date_answer",         [FC_PART_DATE] = "fv_part_date_answer",
    [FC_INTERVAL] = "fv_interval_answer", [FC_INTERVAL_TEXT] = "fv_interval_answer",
    [FC_INTEGER] = "fv_number_answer",    [FC_MONEY] = "fv_money_answer",
    [FC_YES_NO] = "fv_yes_no_answer",     [FC_CHOICE] = "fv_choice_answer",
    [FC_CHOICES] = "fv_choices_answer",   [FC_MARK] = "fv_text_answer",
};

bool fc_c_inside(const fc_node *n, const fc_node *ancestor)
{
    while (n && n != ancestor)
        n = n->parent;
    return n != NULL;
}

static bool has_struct(const fc_node *n)
{
    return n->kind == FC_SECTION || n->kind == FC_GROUP || n->kind == FC_SIGNATURE ||
           n->kind == FC_REPEAT;
}

fc_str fc_c_tag(const fc_c_unit *u, const fc_node *n)
{
    const fc_str *tag = n ? fc_c_map_find(&u->tags, n->path) : NULL;
    return tag ? *tag : u->ident;
}

fc_str fc_c_member(const fc_c_unit *u, const fc_node *n, const fc_node *top)
{
    fc_str path = {0};
    for (const fc_node *k = n; k && k != top; k = k->parent) {
        if (!k->id.n || (k != n && k->kind == FC_FIELD))
            continue; /* the follow-up of a yes/no stands beside it */
        fc_str name = fc_c_name(u->arena, k->id);
        path = path.n ? fc_str_fmt(u->arena, "%.*s.%.*s", FC_ARG(name), FC_ARG(path)) : name;
    }
    return path;
}

const fc_node *fc_c_shared_group(const fc_c_unit *u, const fc_node *n)
{
    while (n && (n->kind != FC_GROUP || !n->block.n))
        n = n->parent;
    if (n)
        for (size_t i = 0; i < u->blocks.n; i++)
            if (fc_str_eq(u->blocks.at[i].first->block, n->block) &&
                fc_str_eq(u->blocks.at[i].tag, fc_c_tag(u, n)))
                return n;
    return NULL;
}

/* The next child, from *i on, that holds answers; NULL when there is none. */
static const fc_node *next_part(const fc_node *n, size_t *i)
{
    while (*i < n->kids.n) {
        const fc_node *k = n->kids.at[(*i)++];
        if (k->kind == FC_FIELD || has_struct(k))
            return k;
    }
    return NULL;
}

/* Do two uses of a block have the same answers? Their notes may differ. */
static bool same_shape(const fc_node *a, const fc_node *b)
{
    if (a->kind != b->kind || (a->kind == FC_FIELD && a->type != b->type) ||
        a->choices != b->choices || !a->details != !b->details ||
        (a->kind != FC_GROUP && !fc_str_eq(a->id, b->id)))
        return false;
    if (a->details && !same_shape(a->details, b->details))
        return false;
    for (size_t i = 0, k = 0;;) {
        const fc_node *x = next_part(a, &i), *y = next_part(b, &k);
        if (!x || !y)
            return x == y;
        if (!same_shape(x, y))
            return false;
    }
}

/* The tags of one use of a block are those of the first. */
static void copy_tags(fc_c_unit *u, const fc_node *from, const fc_node *to)
{
    if (has_struct(to))
        fc_c_map_put(&u->tags, to->path, fc_c_tag(u, from));
    const fc_node *x, *y;
    for (size_t i = 0, k = 0; (x = next_part(from, &i)) && (y = next_part(to, &k));)
        copy_tags(u, x, y);
}

static void print_struct(fc_c_unit *u, fc_buf *b, const fc_node *n, fc_str tag);

static void print_field(fc_c_unit *u, fc_buf *members, const fc_node *f)
{
    fc_buf_fmt(members, "    %s %.*s;", answer_types[f->type],
               FC_ARG(fc_c_name(u->arena, f->id)));
    if (f->type == FC_CHOICE || f->type == FC_CHOICES) {
        fc_buf_z(members, " /* of the list ");
        fc_c_comment(members, f->choices->id);
        fc_buf_z(members, " */");
    }
    fc_buf_char(members, '\n');
    if (f->details)
        print_field(u, members, f->details);
}

/* Prints the struct of n, unless it shares one, and returns its tag. */
static fc_str tag_of(fc_c_unit *u, fc_buf *b, const fc_node *n, fc_str around)
{
    fc_str tag =
        fc_str_fmt(u->arena, "%.*s_%.*s", FC_ARG(around), FC_ARG(fc_c_piece(u->arena, n->id)));
    bool block = n->kind == FC_GROUP && n->block.n > 0;
    if (block) {
        for (size_t i = 0; i < u->blocks.n; i++)
            if (fc_str_eq(u->blocks.at[i].first->block, n->block) &&
                same_shape(u->blocks.at[i].first, n)) {
                copy_tags(u, u->blocks.at[i].first, n);
                return u->blocks.at[i].tag;
            }
        tag = fc_str_fmt(u->arena, "%.*s_%.*s", FC_ARG(u->ident),
                         FC_ARG(fc_c_piece(u->arena, n->block)));
    }
    tag = fc_c_unique(&u->names, tag);
    if (n->kind == FC_REPEAT) { /* the struct of its rows needs a name too */
        while (fc_c_map_find(&u->names, fc_str_fmt(u->arena, "%.*s_rows", FC_ARG(tag))))
            tag = fc_c_unique(&u->names, tag);
        fc_c_unique(&u->names, fc_str_fmt(u->arena, "%.*s_rows", FC_ARG(tag)));
    }
    fc_c_map_put(&u->tags, n->path, tag);
    if (block)
        FC_PUSH(u->arena, &u->blocks, ((struct fc_c_block){n, tag}));
    print_struct(u, b, n, tag);
    return tag;
}

static void print_struct(fc_c_unit *u, fc_buf *b, const fc_node *n, fc_str tag)
{
    fc_buf *members = fc_c_buf(u->arena);
    size_t count = n ? n->kids.n : u->form->top.n;
    bool some = false;
    for (size_t i = 0; i < count; i++) {
        const fc_node *k = n ? n->kids.at[i] : u->form->top.at[i];
        if (k->kind == FC_FIELD && !k->details_of) {
            print_field(u, members, k);
            some = true;
        } else if (has_struct(k)) {
            fc_str inner = tag_of(u, b, k, tag);
            fc_buf_fmt(members, "    struct %.*s%s %.*s;\n", FC_ARG(inner),
                       k->kind == FC_REPEAT ? "_rows" : "", FC_ARG(fc_c_name(u->arena, k->id)));
            some = true;
        }
    }
    fc_buf_fmt(b, "struct %.*s {\n", FC_ARG(tag));
    if (!n)
        fc_buf_z(b, "    fv_pins pins_;\n    void *memory_; /* of the reader; NULL for a plan "
                    "that was filled by hand */\n");
    else if (n->kind == FC_REPEAT)
        fc_buf_z(b, "    fv_text row_; /* the row's id */\n");
    else if (!some) /* C has no empty structs */
        fc_buf_z(b, "    char empty_;\n");
    fc_buf_str(b, fc_buf_view(members));
    fc_buf_z(b, "};\n");
    if (n && n->kind == FC_REPEAT)
        fc_buf_fmt(b, "struct %.*s_rows {\n    struct %.*s *at;\n    size_t n;\n};\n",
                   FC_ARG(tag), FC_ARG(tag));
    fc_buf_char(b, '\n');
    if (members->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(members);
}

void fc_c_structs(fc_c_unit *u, fc_buf *b)
{
    print_struct(u, b, NULL, u->ident);
}
