/* The C target: a typed struct for the plans of a form, one function a rule, a function that
 * validates, and a reader of plan XML. Files c/<ident>.h, c/<ident>.c, c/<ident>_read.c and the
 * header that they all need, c/fv.h.
 *
 * The definition's own text reaches the files only as checked ids and as escaped bytes in
 * literals. */
#include "output/c/c.h"
#include "runtime/fv.h"

#include <string.h>

static void print_banner(const fc_c_unit *u, fc_buf *b)
{
    fc_buf_z(b, "/* Made by formc from ");
    fc_c_comment(b, u->form->file);
    fc_buf_z(b, ": the form ");
    fc_c_comment(b, u->form->id);
    fc_buf_z(b, ", version ");
    fc_c_comment(b, u->form->version);
    fc_buf_z(b, ",\n * ");
    fc_c_comment(b, u->form->digest);
    fc_buf_z(b, ".\n * Do not edit: change the form and build it again. */\n");
}

static void print_abi_check(fc_buf *b)
{
    fc_buf_z(b,
             "#if FV_ABI != 2\n"
             "#error \"fv.h does not fit: use the one that came with this file, or build the "
             "form again\"\n"
             "#endif\n\n");
}

/* Names one constant of an enum after its words. */
static fc_str constant(fc_c_unit *u, const char *list, fc_str id)
{
    fc_str name =
        fc_str_fmt(u->arena, "%.*s_%s_%.*s", FC_ARG(fc_c_constant(u->arena, u->ident)), list,
                   FC_ARG(fc_c_constant(u->arena, id)));
    return fc_c_unique(&u->names, name);
}

static void print_enums(fc_c_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    if (f->stages.n) {
        fc_buf_fmt(b, "/* The stages of a plan, in order. */\nenum %.*s_stage {\n",
                   FC_ARG(u->ident)); /* its name is among the own ones */
        for (size_t i = 0; i < f->stages.n; i++) {
            fc_str name = constant(u, "STAGE", f->stages.at[i].id);
            fc_buf_fmt(b, "    %.*s = %zu,\n", FC_ARG(name), i);
        }
        fc_buf_z(b, "};\n\n");
    }
    for (size_t i = 0; i < f->choices.n; i++) {
        const fc_choices *c = f->choices.at[i];
        if (!c->list.n)
            continue;
        fc_str list = fc_c_constant(u->arena, c->id);
        fc_str tag = fc_str_fmt(u->arena, "%.*s_list_%.*s", FC_ARG(u->ident),
                                FC_ARG(fc_c_piece(u->arena, c->id)));
        tag = fc_c_unique(&u->names, tag);
        fc_buf_fmt(b, "enum %.*s {\n", FC_ARG(tag));
        for (size_t k = 0; k < c->list.n; k++) {
            fc_str name = constant(u, list.p, c->list.at[k].id);
            fc_buf_fmt(b, "    %.*s = %zu,\n", FC_ARG(name), k);
            fc_c_map_put(
                &u->choices,
                fc_str_fmt(u->arena, "%.*s/%.*s", FC_ARG(c->id), FC_ARG(c->list.at[k].id)),
                name);
        }
        fc_buf_z(b, "};\n\n");
    }
}

static void print_header(fc_c_unit *u, fc_buf *b)
{
    fc_str upper = fc_c_constant(u->arena, u->ident);
    print_banner(u, b);
    fc_buf_fmt(b, "#ifndef %.*s_H\n#define %.*s_H\n\n#include \"fv.h\"\n\n", FC_ARG(upper),
               FC_ARG(upper));
    print_abi_check(b);
    fc_buf_fmt(b, "#define %.*s_VERSION ", FC_ARG(upper));
    fc_c_literal(b, u->form->version);
    fc_buf_fmt(b, "\n#define %.*s_DIGEST ", FC_ARG(upper));
    fc_c_literal(b, u->form->digest);
    fc_buf_z(b, "\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    print_enums(u, b);
    fc_c_structs(u, b);
    if (u->form->calcs.n)
        fc_buf_fmt(
            b,
            "/* Works out the answers that follow from others, where there is none. Reading "
            "a plan has\n * done so; a plan that was filled by hand needs it once, and "
            "again when it was changed,\n * before it is checked. */\n"
            "void %.*s_work_out(struct %.*s *plan);\n\n",
            FC_ARG(u->ident), FC_ARG(u->ident));
    fc_buf_z(
        b, "/* Checks a plan at a stage and on a day; what is found goes to the report. Rules "
           "of later\n * stages are left out. Returns the number of findings. */\n");
    size_t begin = b->n;
    fc_buf_fmt(b,
               "int %.*s_validate(const struct %.*s *plan, unsigned stage, fv_date as_of, "
               "fv_report *report);\n",
               FC_ARG(u->ident), FC_ARG(u->ident));
    fc_c_wrap(u, b, begin);
    fc_buf_z(
        b, "\n/* Good practice, told in the same way: what its rules find, as advice, and the "
           "questions that a\n * person has to answer, as FV_FOR_PEOPLE. */\n");
    begin = b->n;
    fc_buf_fmt(b,
               "int %.*s_audit(const struct %.*s *plan, unsigned stage, fv_date as_of, "
               "fv_report *report);\n",
               FC_ARG(u->ident), FC_ARG(u->ident));
    fc_c_wrap(u, b, begin);
    fc_buf_fmt(b,
               "\n/* The questions for people, and where each is to look. */\n"
               "const fv_human_rule *%.*s_human_rules(size_t *n);\n",
               FC_ARG(u->ident));
    fc_buf_fmt(b,
               "\n/* The stage with this id, or -1. */\nint %.*s_stage_of(fv_text id);\n\n"
               "/* All questions, in the order of the form. */\n"
               "const fv_field *%.*s_fields(size_t *n);\n\n"
               "/* Reads a plan (XML, UTF-8) from memory or from a file. *plan is then the "
               "caller's, to be\n * released; it is NULL unless the result is FV_READ_OK. line "
               "may be NULL; it gets the line\n * where reading stopped, or 0. */\n",
               FC_ARG(u->ident), FC_ARG(u->ident));
    begin = b->n;
    fc_buf_fmt(
        b,
        "fv_read %.*s_read(struct %.*s **plan, const char *bytes, size_t n, unsigned long "
        "*line);\n",
        FC_ARG(u->ident), FC_ARG(u->ident));
    fc_c_wrap(u, b, begin);
    begin = b->n;
    fc_buf_fmt(b,
               "fv_read %.*s_read_file(struct %.*s **plan, const char *path, unsigned long "
               "*line);\n",
               FC_ARG(u->ident), FC_ARG(u->ident));
    fc_c_wrap(u, b, begin);
    fc_buf_fmt(
        b,
        "/* Releases a plan that was read, with all its texts and rows; NULL is fine. */\n"
        "void %.*s_release(struct %.*s *plan);\n\n"
        "#ifdef __cplusplus\n}\n#endif\n\n#endif\n",
        FC_ARG(u->ident), FC_ARG(u->ident));
}

static const char *const kinds[FC_TYPE_COUNT] = {
    [FC_LINE] = "FV_KIND_TEXT",         [FC_PROSE] = "FV_KIND_TEXT",
    [FC_PERSON_NAME] = "FV_KIND_TEXT",  [FC_PERSON_REF] = "FV_KIND_TEXT",
    [FC_ADDRESS] = "FV_KIND_TEXT",      [FC_POSTCODE] = "FV_KIND_TEXT",
    [FC_EMAIL] = "FV_KIND_TEXT",        [FC_PHONE] = "FV_KIND_TEXT",
    [FC_ORGANISATION] = "FV_KIND_TEXT", [FC_NHS_NUMBER] = "FV_KIND_NHS_NUMBER",
    [FC_DATE] = "FV_KIND_DATE",         [FC_PART_DATE] = "FV_KIND_PART_DATE",
    [FC_INTERVAL] = "FV_KIND_INTERVAL", [FC_INTERVAL_TEXT] = "FV_KIND_INTERVAL_TEXT",
    [FC_INTEGER] = "FV_KIND_NUMBER",    [FC_MONEY] = "FV_KIND_MONEY",
    [FC_YES_NO] = "FV_KIND_YES_NO",     [FC_CHOICE] = "FV_KIND_CHOICE",
    [FC_CHOICES] = "FV_KIND_CHOICES",   [FC_MARK] = "FV_KIND_TEXT",
};

/* "choices_mha_sections", the same name wherever a list is mentioned. */
static fc_str choices_name(fc_c_unit *u, const fc_choices *c)
{
    return fc_str_fmt(u->arena, "choices_%.*s", FC_ARG(fc_c_piece(u->arena, c->id)));
}

/* Is the list of its choices in the table of questions? Yes and no are not. */
static bool has_list(const fc_node *f)
{
    return f->type == FC_CHOICE || f->type == FC_CHOICES;
}

static void print_choices(fc_c_unit *u, fc_buf *b)
{
    fc_c_map done = {.arena = u->arena};
    for (size_t i = 0; i < u->form->fields.n; i++) {
        const fc_choices *c = u->form->fields.at[i]->choices;
        if (!has_list(u->form->fields.at[i]) || fc_c_map_find(&done, c->id))
            continue;
        fc_c_map_put(&done, c->id, c->id);
        fc_buf_fmt(b, "static const fv_choice %.*s[] = {\n", FC_ARG(choices_name(u, c)));
        for (size_t k = 0; k < c->list.n; k++) {
            fc_buf_z(b, "    {");
            fc_c_text(u, b, c->list.at[k].id);
            fc_buf_z(b, ", ");
            fc_c_text(u, b, c->list.at[k].label);
            fc_buf_z(b, "},\n");
        }
        fc_buf_z(b, "};\n\n");
    }
}

/* "labels_mha_sections" */
static fc_str labels_name(fc_c_unit *u, const fc_choices *c)
{
    return fc_str_fmt(u->arena, "labels_%.*s", FC_ARG(fc_c_piece(u->arena, c->id)));
}

/* Labels by which an answer is read besides those of the choices themselves: those of the
 * form's other languages; of yes and no, whatever fv_yes_no_read does not know. */
static size_t print_label_rows(fc_c_unit *u, const fc_node *field, fc_buf *b)
{
    /* several choices are read by their ids alone, as they are stored */
    const fc_choices *c = field->type == FC_CHOICES ? NULL : field->choices;
    size_t n = 0;
    for (size_t i = 0; c && i < c->list.n; i++) {
        const fc_choice *choice = &c->list.at[i];
        for (size_t k = 0; k <= choice->others.n; k++) {
            fc_str label = k ? choice->others.at[k - 1] : choice->label;
            bool known = field->type == FC_YES_NO
                             ? fv_yes_no_read(fv_text_make(label.p, label.n)) != FV_UNKNOWN
                             : k == 0;
            if (known)
                continue;
            fc_buf_z(b, "    {");
            fc_c_text(u, b, label);
            fc_buf_z(b, ", ");
            fc_c_text(u, b, choice->id);
            fc_buf_z(b, "},\n");
            n++;
        }
    }
    return n;
}

static void print_labels(fc_c_unit *u, fc_buf *b)
{
    fc_c_map done = {.arena = u->arena};
    for (size_t i = 0; i < u->form->fields.n; i++) {
        const fc_node *f = u->form->fields.at[i];
        if (!f->choices || f->type == FC_CHOICES || fc_c_map_find(&done, f->choices->id))
            continue;
        fc_c_map_put(&done, f->choices->id, f->choices->id);
        fc_buf *rows = fc_c_buf(u->arena);
        if (print_label_rows(u, f, rows))
            fc_buf_fmt(b, "static const fv_label %.*s[] = {\n%.*s};\n\n",
                       FC_ARG(labels_name(u, f->choices)), FC_ARG(fc_buf_view(rows)));
        if (rows->failed)
            fc_arena_give_up(u->arena);
        fc_buf_release(rows);
    }
}

static size_t count_labels(fc_c_unit *u, const fc_node *f)
{
    fc_buf *rows = fc_c_buf(u->arena);
    size_t n = print_label_rows(u, f, rows);
    fc_buf_release(rows);
    return n;
}

static fc_str owners_of(const fc_c_unit *u, const fc_node *n)
{
    fc_str s = {0};
    for (size_t i = 0; i < u->form->parties.n && i < FC_PARTY_MAX; i++)
        if (n->owners & (1u << i))
            s = fc_str_fmt(u->arena, "%.*s%s%.*s", FC_ARG(s), s.n ? " " : "",
                           FC_ARG(u->form->parties.at[i].id));
    return s;
}

static void print_field(fc_c_unit *u, const fc_node *f, fc_buf *b)
{
    const fc_node *repeat = f->container->repeat;
    fc_buf_z(b, "    {");
    fc_c_text(u, b, f->path);
    fc_buf_z(b, ", ");
    fc_c_text(u, b, f->label);
    fc_buf_z(b, ", ");
    fc_c_text(u, b, f->type_name.n ? f->type_name : fc_str_of(fc_types[f->type].name));
    fc_buf_z(b, ", ");
    fc_c_text(u, b, owners_of(u, f));
    fc_buf_z(b, ", ");
    fc_c_text(u, b, fc_sensitivity_of(u->form, f));
    fc_buf_fmt(b, ", %s, %d,\n     offsetof(struct %.*s, %.*s), ", kinds[f->type],
               repeat ? (int)f->container->index - 1 : -1, FC_ARG(fc_c_tag(u, repeat)),
               FC_ARG(fc_c_member(u, f, repeat)));
    if (has_list(f))
        fc_buf_fmt(b, "%.*s, %zu, %s, ", FC_ARG(choices_name(u, f->choices)),
                   f->choices->list.n, f->choices->open ? "true" : "false");
    else
        fc_buf_z(b, "NULL, 0, false, ");
    if (f->pattern.n)
        fc_c_text(u, b, f->pattern);
    else
        fc_buf_z(b, "NULL");
    size_t labels = count_labels(u, f);
    if (labels)
        fc_buf_fmt(b, ", %u, %.*s, %zu},\n", f->max_length, FC_ARG(labels_name(u, f->choices)),
                   labels);
    else
        fc_buf_fmt(b, ", %u, NULL, 0},\n", f->max_length);
}

static void print_fields(fc_c_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    fc_buf *table = fc_c_buf(u->arena);
    print_choices(u, table);
    print_labels(u, table);
    if (f->fields.n) {
        fc_buf_z(table, "static const fv_field fields[] = {\n");
        for (size_t i = 0; i < f->fields.n; i++)
            print_field(u, f->fields.at[i], table);
        fc_buf_z(table, "};\n\n");
    }
    fc_buf_str(b, fc_buf_view(u->long_texts));
    fc_buf_clear(u->long_texts);
    fc_buf_str(b, fc_buf_view(table));
    fc_buf_fmt(
        b, "const fv_field *%.*s_fields(size_t *n)\n{\n    *n = %zu;\n    return %s;\n}\n\n",
        FC_ARG(u->ident), f->fields.n, f->fields.n ? "fields" : "NULL");
    if (table->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(table);
}

static void print_stage_of(fc_c_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    fc_buf_fmt(b, "int %.*s_stage_of(fv_text id)\n{\n", FC_ARG(u->ident));
    for (size_t i = 0; i < f->stages.n; i++) {
        fc_buf_z(b, "    if (fv_same(id, fv_text_of(");
        fc_c_literal(b, f->stages.at[i].id);
        fc_buf_fmt(b, ")))\n        return %zu;\n", i);
    }
    if (!f->stages.n)
        fc_buf_z(b, "    (void)id;\n");
    fc_buf_z(b, "    return -1;\n}\n\n");
}

static void print_preamble(const fc_c_unit *u, fc_buf *b)
{
    print_banner(u, b);
    fc_buf_fmt(b, "#include \"%.*s.h\"\n\n", FC_ARG(u->ident));
    print_abi_check(b);
}

static void print_source(fc_c_unit *u, fc_buf *b)
{
    print_preamble(u, b);
    print_fields(u, b);
    print_stage_of(u, b);
    fc_c_calcs(u, b);
    fc_c_rules(u, b);
}

/* Puts the #line directives back to the file itself where FC_C_LINE_BACK stands: only now every
 * line has its number. */
static fc_str with_line_numbers(fc_c_unit *u, const fc_buf *b, const char *suffix)
{
    fc_buf *out = fc_c_buf(u->arena);
    unsigned long line = 1;
    for (size_t i = 0, begin = 0; i < b->n; i++) {
        if (b->p[i] == FC_C_LINE_BACK[0]) {
            fc_buf_add(out, b->p + begin, i - begin);
            fc_buf_fmt(out, "#line %lu \"%.*s%s\"", line + 1, FC_ARG(u->ident), suffix);
            begin = i + 1;
        } else if (b->p[i] == '\n') {
            line++;
            fc_buf_add(out, b->p + begin, i + 1 - begin);
            begin = i + 1;
        }
    }
    if (b->failed)
        fc_arena_give_up(u->arena);
    return fc_buf_keep(out, u->arena);
}

static void add_file(fc_c_unit *u, fc_output_files *files, fc_str name, fc_str bytes,
                     const char *what)
{
    FC_PUSH(u->arena, files, ((fc_output_file){name, bytes, what}));
}

static fc_status make(fc_build *build, void *prepared, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files)
{
    (void)prepared;
    (void)plan; /* the code is that of the form, whatever a plan holds */
    fc_c_unit *u = FC_NEW(a, fc_c_unit);
    *u = (fc_c_unit){.arena = a, .form = build->form};
    u->names.arena = u->tags.arena = u->choices.arena = u->blank.arena = a;
    u->ident = fc_c_name(a, u->form->id);
    if (fc_str_ends(u->ident, "_")) /* a word of C, or the name of a header */
        u->ident = fc_str_fmt(a, "form_%.*s", FC_ARG(fc_c_piece(a, u->form->id)));
    u->long_texts = fc_c_buf(a);
    /* what the header has besides the form's own structs and constants */
    static const char *const macros[] = {"H", "VERSION", "DIGEST"};
    static const char *const own[] = {"stage",     "validate", "audit",  "human_rules",
                                      "work_out",  "stage_of", "fields", "read",
                                      "read_file", "release"};
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        fc_c_unique(&u->names,
                    fc_str_fmt(a, "%.*s_%s", FC_ARG(fc_c_constant(a, u->ident)), macros[i]));
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        fc_c_unique(&u->names, fc_str_fmt(a, "%.*s_%s", FC_ARG(u->ident), own[i]));

    fc_buf *header = fc_c_buf(a), *source = fc_c_buf(a), *reader = fc_c_buf(a);
    print_header(u, header);
    print_source(u, source);
    print_banner(u, reader);
    fc_c_reader(u, reader);
    add_file(u, files, fc_str_fmt(a, "c/%.*s.h", FC_ARG(u->ident)), fc_buf_keep(header, a),
             "the plan as a C struct");
    add_file(u, files, fc_str_fmt(a, "c/%.*s.c", FC_ARG(u->ident)),
             with_line_numbers(u, source, ".c"), "the rules and the validator");
    for (size_t i = 0; i < u->parts.n; i++) {
        fc_buf *part = fc_c_buf(a);
        print_preamble(u, part);
        fc_buf_str(part, fc_buf_view(u->parts.at[i].declared));
        fc_buf_char(part, '\n');
        fc_buf_str(part, fc_buf_view(u->parts.at[i].source));
        fc_str suffix = fc_str_fmt(a, "_%zu.c", i + 1);
        add_file(u, files, fc_str_fmt(a, "c/%.*s%.*s", FC_ARG(u->ident), FC_ARG(suffix)),
                 with_line_numbers(u, part, suffix.p), "some of the rules");
    }
    add_file(u, files, fc_str_fmt(a, "c/%.*s_read.c", FC_ARG(u->ident)), fc_buf_keep(reader, a),
             "reads a plan's XML, over libxml2");
    add_file(u, files, FC_S("c/fv.h"), fc_asset("c/fv.h"), "what the generated C needs");
    return FC_OK;
}

const fc_target fc_target_c = {
    .name = "c",
    .summary = "a validator in C",
    .make = make,
};
