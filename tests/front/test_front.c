/* The front end from outside: a definition goes in, a model comes out. What is wrong with a
 * definition is told by the cases in tests/diagnostics; here is what a good one becomes. */
#include "compiler/compile.h"
#include "compiler/source.h"
#include "runtime/base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                   \
    "<form xmlns=\"urn:formc:form:1\" id=\"f\" version=\"1.0.0\" status=\"draft\" "            \
    "xml:lang=\"en-GB\" data-ns=\"urn:x:f\"><title>A  form</title>"

static fc_arena *arena;
static fc_diags *diags;

static int setup(void **state)
{
    (void)state;
    arena = fc_arena_new((size_t)256 << 20);
    if (!arena)
        return -1;
    if (!FC_BOUNDARY(arena))
        fail_msg("the arena gave up");
    diags = fc_diags_new(arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fc_arena_drop(arena);
    return 0;
}

/* Compiles; when it is refused the diagnostics are printed and the test fails. */
static const fc_form *compile(const char *text)
{
    const fc_form *f = NULL;
    fc_status status = fc_compile(arena, fc_str_of("test.xml"), fc_str_of("form.xml"),
                                  fc_str_of(text), diags, &f);
    if (status != FC_OK) {
        fc_buf b;
        fc_buf_init(&b, FC_BUF_MAX);
        fc_diags_print(diags, &b);
        print_error("%s\n", b.n ? b.p : "");
        fc_buf_release(&b);
        fail_msg("status %d", status);
    }
    return f;
}

static fc_str join(const char *a, const char *b, const char *c)
{
    return fc_str_fmt(arena, "%s%s%s", a, b, c);
}

static const fc_form *compile_section(const char *body)
{
    return compile(join(HEAD "<section id=\"s\" number=\"A\" title=\"Section\">", body,
                        "</section></form>")
                       .p);
}

static const fc_node *field(const fc_form *f, const char *path)
{
    const fc_node *n = fc_form_find_field(f, fc_str_of(path));
    if (!n)
        fail_msg("there is no field %s", path);
    return n;
}

static void same(fc_str s, const char *z)
{
    fc_str copy = fc_str_copy(arena, s);
    assert_string_equal(copy.p, z);
}

static const fc_rule *rule(const fc_form *f, const char *id)
{
    for (size_t i = 0; i < f->rules.n; i++)
        if (fc_str_eq_z(f->rules.at[i]->id, id))
            return f->rules.at[i];
    fail_msg("there is no rule %s", id);
    return NULL;
}

/* ---- the tree -----------------------------------------------------------------------------
 */

static void paths_ordinals_and_slots(void **state)
{
    (void)state;
    const fc_form *f = compile_section(
        "<field id=\"a\" label=\"A\" type=\"line\"/>"
        "<field id=\"b\" label=\"B\" type=\"yes-no\"><details id=\"c\" label=\"C\"/></field>"
        "<repeat id=\"r\" label=\"R\"><field id=\"a\" label=\"RA\" type=\"line\"/>"
        "<field id=\"d\" label=\"RD\" type=\"date\"/></repeat>"
        "<field id=\"e\" label=\"E\" type=\"line\"/>");
    static const struct {
        const char *path;
        unsigned slot, container;
    } rows[] = {{"s/a", 0, 0},   {"s/b", 1, 0},   {"s/c", 2, 0},
                {"s/r/a", 0, 1}, {"s/r/d", 1, 1}, {"s/e", 3, 0}};
    assert_int_equal(f->fields.n, 6);
    for (size_t i = 0; i < 6; i++) {
        const fc_node *n = f->fields.at[i];
        same(n->path, rows[i].path);
        assert_int_equal(n->ordinal, i + 1);
        assert_int_equal(n->slot, rows[i].slot);
        assert_int_equal(n->container->index, rows[i].container);
        assert_ptr_equal(n->container->fields.at[n->slot], n);
        assert_ptr_equal(fc_form_find(f, n->path), n);
    }
    const fc_node *b = field(f, "s/b");
    assert_ptr_equal(b->details, field(f, "s/c"));
    assert_ptr_equal(b->details->details_of, b);
    assert_int_equal(f->top.at[0]->kids.n, 4); /* the details hang on their question */
    same(b->choices->list.at[0].label, "Yes");
    assert_null(fc_form_find(f, fc_str_of("s/nowhere")));
    assert_null(fc_form_find_field(f, fc_str_of("s")));
    same(f->title, "A form");
}

static void a_block_is_put_in_for_each_use(void **state)
{
    (void)state;
    const fc_form *f = compile(
        HEAD "<block id=\"b\" layout=\"table\"><param id=\"limit\" default=\"\"/>"
             "<slot param=\"limit\"/><slot prompts=\"yes\"/>"
             "<field id=\"x\" label=\"X\" type=\"line\"/></block>"
             "<section id=\"s\" title=\"S\">"
             "<use id=\"one\" block=\"b\" number=\"1\" title=\"One\"><set param=\"limit\">Only "
             "<em>sometimes</em></set><prompts><p>Think</p><p>Again</p></prompts></use>"
             "<use id=\"two\" block=\"b\" number=\"2\" title=\"Two\"/></section></form>");
    assert_int_equal(f->fields.n, 2);
    const fc_node *one = fc_form_find(f, fc_str_of("s/one"));
    const fc_node *two = fc_form_find(f, fc_str_of("s/two"));
    assert_int_equal(one->kids.n, 3);
    assert_int_equal(one->kids.at[0]->kind, FC_NOTE);
    same(fc_text_plain(arena, one->kids.at[0]->text), "Only sometimes");
    same(one->kids.at[0]->note_kind, "scope");
    assert_int_equal(one->kids.at[1]->kind, FC_PROMPTS);
    assert_int_equal(one->kids.at[1]->text->paras.n, 2);
    assert_int_equal(two->kids.n, 1);
    assert_int_equal(two->layout, FC_TABLE);
    same(field(f, "s/one/x")->full_label, "1. One: X");
    same(field(f, "s/two/x")->full_label, "2. Two: X");
    assert_false(field(f, "s/one/x")->heading);
}

static void owners_come_from_above(void **state)
{
    (void)state;
    const fc_form *f = compile(
        HEAD "<parties><party id=\"p\" kind=\"person\">P</party>"
             "<party id=\"o\" kind=\"organisation\">O</party></parties>"
             "<section id=\"s\" title=\"S\" completed-by=\"o p\" with=\"p\" jointly=\"yes\">"
             "<repeat id=\"r\" label=\"R\"><field id=\"x\" label=\"X\" type=\"line\"/></repeat>"
             "<signature id=\"g\" label=\"G\" party=\"p\" covers=\"s\" required=\"yes\">"
             "<field id=\"name\" label=\"Name:\" type=\"person-name\"/>"
             "<field id=\"mark\" label=\"Signature\" type=\"mark\"/>"
             "<field id=\"on\" label=\"Date\" type=\"date\" required-when=\"answered(mark)\"/>"
             "</signature></section></form>");
    assert_int_equal(field(f, "s/r/x")->owners, 3);
    assert_int_equal(field(f, "s/r/x")->with, 1);
    assert_true(field(f, "s/r/x")->jointly);
    const fc_node *g = fc_form_find(f, fc_str_of("s/g"));
    assert_int_equal(g->party, 0);
    assert_int_equal(field(f, "s/g/name")->owners, 1);
    assert_ptr_equal(g->covers.at[0], fc_form_find(f, fc_str_of("s")));
    /* Asked of the signature, so asked of its mark and name; the date has its own condition. */
    assert_null(rule(f, "s/g/mark.required")->when);
    same(rule(f, "s/g/mark.required")->message_text, "Enter a signature for “G”");
    same(rule(f, "s/g/name.required")->message_text, "Enter name for “G”");
    assert_non_null(rule(f, "s/g/on.required")->when);
}

static void words_keep_their_spaces(void **state)
{
    (void)state;
    const fc_form *f = compile_section(
        "<note kind=\"help\">  Completed <strong> with </strong>\n   the <!-- a comment "
        "-->person"
        "<em>!</em> See <ref to=\"s/a\"/>. </note>"
        "<note kind=\"legal\"><p>One &amp; two</p><list><item>Three</item></list></note>"
        "<field id=\"a\" label=\"Label  A\" type=\"line\"/>");
    const fc_text *t = f->top.at[0]->kids.at[0]->text;
    same(fc_text_plain(arena, t), "Completed with the person! See Label A.");
    assert_int_equal(t->paras.at[0].runs.n, 7);
    assert_int_equal(t->paras.at[0].runs.at[1].kind, FC_RUN_STRONG);
    assert_ptr_equal(t->paras.at[0].runs.at[5].ref, field(f, "s/a"));
    t = f->top.at[0]->kids.at[1]->text;
    assert_int_equal(t->paras.n, 2);
    assert_true(t->paras.at[1].item);
}

static void full_labels_are_all_different(void **state)
{
    (void)state;
    const fc_form *f =
        compile(HEAD "<block id=\"b\"><field id=\"x\" label=\"X\" type=\"line\"/>"
                     "<field id=\"y\" label=\"X\" type=\"line\"/></block>"
                     "<section id=\"s\" title=\"S\"><use id=\"u\" block=\"b\" title=\"Same\"/>"
                     "<use id=\"v\" block=\"b\" title=\"Same\"/></section>"
                     "<section id=\"t\" title=\"T\"><use id=\"u\" block=\"b\" title=\"Same\"/>"
                     "<field id=\"z\" label=\"X (t/u/x)\" type=\"line\"/></section></form>");
    for (size_t i = 0; i < f->fields.n; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(fc_str_eq(f->fields.at[i]->full_label, f->fields.at[k]->full_label));
}

static void rule_names_are_identifiers_and_all_different(void **state)
{
    (void)state;
    const fc_form *f = compile(
        HEAD "<section id=\"a-b\" title=\"S\"><field id=\"c\" label=\"C\" type=\"date\"/>"
             "<field id=\"c-type\" label=\"C\" type=\"date\"/></section>"
             "<section id=\"a\" title=\"T\"><field id=\"b-c\" label=\"C\" type=\"date\"/>"
             "</section>"
             "<rules id=\"a\"><rule id=\"b-c-type\" must=\"a/b-c le as-of()\">"
             "<message>Check.</message></rule></rules></form>");
    assert_int_equal(f->rules.n, 4);
    for (size_t i = 0; i < f->rules.n; i++) {
        fc_str name = f->rules.at[i]->name;
        for (size_t k = 0; k < name.n; k++)
            assert_true((name.p[k] >= 'a' && name.p[k] <= 'z') || name.p[k] == '_' ||
                        (name.p[k] >= '0' && name.p[k] <= '9'));
        for (size_t k = 0; k < i; k++)
            assert_false(fc_str_eq(name, f->rules.at[k]->name));
    }
}

/* ---- rules --------------------------------------------------------------------------------
 */

static void rules_stand_in_order(void **state)
{
    (void)state;
    const fc_form *f = compile(
        HEAD "<stages><stage id=\"draft\">D</stage><stage id=\"agreed\">A</stage></stages>"
             "<section id=\"s\" title=\"S\">"
             "<field id=\"a\" label=\"Date of birth\" type=\"date\" required=\"agreed\" "
             "must=\"a le as-of()\" severity=\"warning\"><message>Check it.</message>"
             "<message for=\"required\">Tell us.</message></field>"
             "<field id=\"b\" label=\"Agreed?\" type=\"yes-no\" required=\"yes\">"
             "<details id=\"c\" label=\"Reason\" when=\"b eq no\" required=\"agreed\" "
             "required-when=\"answered(a)\"/></field></section>"
             "<rules id=\"r\"><rule id=\"x\" must=\"s/a ge 2026-01-01\" stage=\"agreed\" "
             "severity=\"advice\"><message>Later.</message><why>Because.</why></rule></rules>"
             "</form>");
    static const struct {
        const char *id;
        fc_severity severity;
        unsigned stage;
        const char *message;
    } rows[] = {{"s/a.type", FC_ERROR, 0, "Date of birth must be a real date, like 27/3/2026"},
                {"s/a.required", FC_ERROR, 1, "Tell us."},
                {"s/a.must", FC_WARNING, 0, "Check it."},
                {"s/b.type", FC_ERROR, 0, "The answer to “Agreed?” must be yes or no"},
                {"s/b.required", FC_ERROR, 0, "Select yes or no for “Agreed?”"},
                {"s/c.required", FC_ERROR, 1, "Enter reason"},
                {"s/c.asked", FC_ADVICE, 0,
                 "This is answered but not asked. Check the answers before it, or delete this "
                 "one."},
                {"r/x", FC_ADVICE, 1, "Later."}};
    assert_int_equal(f->rules.n, sizeof rows / sizeof *rows);
    for (size_t i = 0; i < f->rules.n; i++) {
        const fc_rule *r = f->rules.at[i];
        same(r->id, rows[i].id);
        assert_int_equal(r->severity, rows[i].severity);
        assert_int_equal(r->stage, rows[i].stage);
        same(r->message_text, rows[i].message);
    }
    same(fc_expr_print(arena, rule(f, "s/c.required")->when, f->containers.at[0]),
         "s/b eq no and answered(s/a)");
    assert_ptr_equal(rule(f, "r/x")->where, field(f, "s/a"));
    same(fc_text_plain(arena, rule(f, "r/x")->why), "Because.");
}

static void messages_are_made_from_labels(void **state)
{
    (void)state;
    static const struct {
        const char *label, *type, *required;
    } rows[] = {
        {"Full name", "person-name", "Enter full name"},
        {"NHS number", "line", "Enter NHS number"},
        {"Local authority ID/LAS number", "line", "Enter local authority ID/LAS number"},
        {"Start Date", "date", "Enter a date for “Start Date”"},
        {"My goals", "prose", "Enter an answer for “My goals”"},
        {"Where do you live?", "address", "Enter an address for “Where do you live?”"},
        {"Qualifying section", "choice\" choices=\"c", "Select qualifying section"},
        {"Help needed", "choices\" choices=\"c", "Select help needed"},
        {"What helps?", "choices\" choices=\"c",
         "Select one or more answers for “What helps?”"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const fc_form *f = compile(
            fc_str_fmt(arena,
                       HEAD "<choices id=\"c\"><choice id=\"x\">X</choice></choices>"
                            "<section id=\"s\" title=\"S\"><field id=\"a\" label=\"%s\" "
                            "type=\"%s\" required=\"yes\"/></section></form>",
                       rows[i].label, rows[i].type)
                .p);
        same(rule(f, "s/a.required")->message_text, rows[i].required);
    }
}

/* ---- expressions --------------------------------------------------------------------------
 */

/* Printing puts brackets only where they are needed, and what is printed reads the same. */
static void expressions_print_as_they_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *written, *printed;
    } rows[] = {
        {"a le b", "s/a le s/b"},
        {"((a le b))", "s/a le s/b"},
        {"not (a le b)", "not s/a le s/b"},
        {"not (a le b and a ge b)", "not (s/a le s/b and s/a ge s/b)"},
        {"a le b or a ge b and a eq b", "s/a le s/b or s/a ge s/b and s/a eq s/b"},
        {"(a le b or a ge b) and a eq b", "(s/a le s/b or s/a ge s/b) and s/a eq s/b"},
        {"a le b and (a ge b and a eq b)", "s/a le s/b and (s/a ge s/b and s/a eq s/b)"},
        {"(a le b and a ge b) and a eq b", "s/a le s/b and s/a ge s/b and s/a eq s/b"},
        {"not not answered(a)", "not not answered(s/a)"},
        {"a lt add-months(add-days(b, 7), 3)", "s/a lt add-months(add-days(s/b, 7), 3)"},
        {"a ne 2024-02-29", "s/a ne 2024-02-29"},
        {"i le months( 12 )", "s/i le months(12)"},
        {"i le days(1) or i ge weeks(2) or i eq years(3)",
         "s/i le days(1) or s/i ge weeks(2) or s/i eq years(3)"},
        {"n gt 9223372036854775799", "s/n gt 9223372036854775799"},
        {"c eq 'x' or 'y' ne c", "s/c eq 'x' or 'y' ne s/c"},
        {"chosen( m ,'x') or not chosen(../s/m, 'y')",
         "chosen(s/m, 'x') or not chosen(s/m, 'y')"},
        {"y eq yes and no ne y", "s/y eq yes and no ne s/y"},
        {"t eq 'any words'", "s/t eq 'any words'"},
        {"as-of() ge ../s/a", "as-of() ge s/a"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = rows[i].written;
        for (int round = 0; round < 2; round++) {
            const fc_form *f = compile(
                fc_str_fmt(arena,
                           HEAD "<choices id=\"c\"><choice id=\"x\">X</choice><choice "
                                "id=\"y\">Y</choice></choices><section id=\"s\" title=\"S\">"
                                "<field id=\"a\" label=\"A\" type=\"date\"/>"
                                "<field id=\"b\" label=\"B\" type=\"date\"/>"
                                "<field id=\"i\" label=\"I\" type=\"interval\"/>"
                                "<field id=\"n\" label=\"N\" type=\"integer\"/>"
                                "<field id=\"c\" label=\"C\" type=\"choice\" choices=\"c\"/>"
                                "<field id=\"m\" label=\"M\" type=\"choices\" choices=\"c\"/>"
                                "<field id=\"y\" label=\"Y\" type=\"yes-no\"/>"
                                "<field id=\"t\" label=\"T\" type=\"line\"/>"
                                "<field id=\"z\" label=\"Z\" type=\"line\" must=\"%s\">"
                                "<message>Check.</message></field></section></form>",
                           text)
                    .p);
            const fc_rule *r = rule(f, "s/z.must");
            fc_str printed = fc_expr_print(arena, r->must, r->scope);
            same(printed, rows[i].printed);
            text = fc_str_copy(arena, printed).p;
        }
    }
}

/* Prompts to tick are a field with a list of its own: one an element, whose name no other has.
 */
static void prompts_to_tick_are_choices(void **state)
{
    (void)state;
    const fc_form *f = compile(
        HEAD "<choices id=\"s-think\"><choice id=\"x\">X</choice></choices>"
             "<block id=\"b\"><prompts tickable=\"yes\" id=\"think\" label=\"Think\"><p "
             "id=\"y\">Y</p>"
             "</prompts><slot prompts=\"yes\"/></block>"
             "<section id=\"s\" title=\"S\"><field id=\"a\" label=\"A\" type=\"choices\" "
             "choices=\"s-think\"/><prompts tickable=\"yes\" id=\"think\" label=\"Think\">"
             "<p id=\"y\">Y &amp;\n more</p><p id=\"z\">Z</p></prompts>"
             "<use id=\"one\" block=\"b\" title=\"One\"><prompts><p>No</p></prompts></use>"
             "<use id=\"two\" block=\"b\" title=\"Two\"><prompts tickable=\"yes\" id=\"own\" "
             "label=\"Own\"><p id=\"y\">Y</p></prompts></use></section></form>");
    const fc_node *think = field(f, "s/think");
    assert_int_equal(think->type, FC_CHOICES);
    assert_int_equal(think->choices->list.n, 2);
    same(think->choices->list.at[0].label, "Y & more");
    same(think->choices->id, "s-think-2");
    same(field(f, "s/a")->choices->id, "s-think");
    assert_ptr_equal(field(f, "s/one/think")->choices, field(f, "s/two/think")->choices);
    same(field(f, "s/one/think")->choices->id, "b-think");
    same(field(f, "s/two/own")->choices->id, "s-two-own");
    assert_null(fc_form_find_field(f, FC_S("s/one/own")));
    /* the places of their boxes stand behind all questions */
    assert_int_equal(f->fields.n, 5);
    assert_int_equal(field(f, "s/a")->first_box, 6);
    assert_int_equal(think->first_box, 7);
    assert_int_equal(field(f, "s/one/think")->first_box, 9);
    assert_int_equal(field(f, "s/two/think")->first_box, 10);
    assert_int_equal(field(f, "s/two/own")->first_box, 11);
}

static void names_are_looked_up_from_inside_out(void **state)
{
    (void)state;
    const fc_form *f = compile(
        HEAD "<section id=\"s\" title=\"S\"><field id=\"day\" label=\"Day\" type=\"date\"/>"
             "<repeat id=\"r\" label=\"R\"><field id=\"day\" label=\"Day\" type=\"date\" "
             "must=\"day ge ../day and day le t/last\"><message>Check.</message></field>"
             "</repeat></section><section id=\"t\" title=\"T\">"
             "<field id=\"last\" label=\"Last\" type=\"date\"/></section></form>");
    const fc_rule *r = rule(f, "s/r/day.must");
    assert_int_equal(r->scope->index, 1);
    same(fc_expr_print(arena, r->must, r->scope), "day ge s/day and day le t/last");
}

/* ---- places -------------------------------------------------------------------------------
 */

static void places_in_attributes(void **state)
{
    (void)state;
    /* decoded: <ab é cd  : a reference, a character of two bytes, a line end of two bytes */
    static const char text[] = "<x a='&lt;&#x61;b \xc3\xa9\r\ncd&quot;'/>";
    fc_xelem *x;
    uint32_t source;
    fc_str all;
    assert_int_equal(
        fc_source_read(arena, fc_str_of("t"), fc_str_of(text), diags, &x, &source, &all),
        FC_OK);
    const fc_xattr *a = &x->attrs[0];
    same(a->value, "<ab \xc3\xa9 cd\"");
    static const struct {
        size_t from, to;
        const char *there;
    } rows[] = {
        {0, 1, "&lt;"},     {1, 2, "&#x61;"}, {1, 3, "&#x61;b"},
        {4, 6, "\xc3\xa9"}, {6, 7, "\r\n"},   {7, 9, "cd"},
        {9, 10, "&quot;"},  {10, 10, ""},     {0, 10, "&lt;&#x61;b \xc3\xa9\r\ncd&quot;"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_span at = fc_source_in_attr(all, a, rows[i].from, rows[i].to);
        same(fc_str_slice(all, at.begin, at.end), rows[i].there);
    }
    same(fc_str_slice(all, x->name_at.begin, x->name_at.end), "x");
    same(fc_str_slice(all, a->name_at.begin, a->name_at.end), "a");
}

/* Every element of the real form, as the scanner and the parser saw it. */
static void walk(const fc_xelem *x, fc_str all, size_t *count)
{
    ++*count;
    fc_str tag = fc_str_slice(all, x->at.begin, x->at.end);
    assert_true(tag.n > 2 && tag.p[0] == '<' && tag.p[tag.n - 1] == '>');
    assert_true(fc_str_ends(fc_str_slice(all, x->name_at.begin, x->name_at.end), x->name.p) ||
                fc_str_eq(fc_str_slice(all, x->name_at.begin, x->name_at.end), x->name));
    for (size_t i = 0; i < x->n_attrs; i++) {
        fc_span at = fc_source_in_attr(all, &x->attrs[i], 0, x->attrs[i].value.n);
        assert_int_equal(at.begin, x->attrs[i].value_at.begin);
        assert_int_equal(at.end, x->attrs[i].value_at.end);
        assert_int_equal(all.p[x->attrs[i].value_at.end],
                         all.p[x->attrs[i].value_at.begin - 1]);
    }
    assert_int_equal(all.p[x->end - 1], '>');
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem) {
            assert_true(x->kids.at[i].elem->at.begin >= x->at.end);
            assert_true(x->kids.at[i].elem->end <= x->end);
            walk(x->kids.at[i].elem, all, count);
        }
}

static void places_of_a_whole_form(void **state)
{
    (void)state;
    fc_str bytes;
    const char *why = "";
    assert_int_equal(
        fc_file_read(arena, FORMS "/s117-aftercare/form.xml", FC_DEFINITION_MAX, &bytes, &why),
        FC_OK);
    fc_xelem *x;
    uint32_t source;
    fc_str all;
    assert_int_equal(fc_source_read(arena, fc_str_of("t"), bytes, diags, &x, &source, &all),
                     FC_OK);
    size_t count = 0;
    walk(x, all, &count);
    assert_true(count > 200);
}

/* ---- model.xml ----------------------------------------------------------------------------
 */

static fc_str model(const fc_form *f, bool with_digest)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_model_write(f, with_digest, &b);
    fc_str s = fc_buf_keep(&b, arena);
    fc_buf_release(&b);
    return s;
}

static void the_digest_covers_the_model(void **state)
{
    (void)state;
    static const char one[] = "<field id=\"a\" label=\"A &lt; &quot;B&quot;\" type=\"line\"/>";
    const fc_form *f = compile_section(one), *g = compile_section(one);
    const fc_form *spaced = compile_section(
        "<!-- a comment -->\n  <field  type=\"line\" label=\" A &lt; 'B'\"  id=\"a\"></field>");
    const fc_form *again = compile_section("<field type='line' label='A &lt;  \"B\"' id='a'/>");
    const fc_form *other = compile_section("<field id=\"a\" label=\"B\" type=\"line\"/>");
    assert_true(fc_str_eq(f->digest, g->digest));
    assert_true(fc_str_eq(f->digest, again->digest)); /* how it is written does not count */
    assert_false(fc_str_eq(f->digest, spaced->digest));
    assert_false(fc_str_eq(f->digest, other->digest));
    assert_int_equal(f->digest.n, strlen("sha256:") + 64);
    assert_true(fc_str_eq(model(f, true), model(g, true)));
    assert_null(strstr(model(f, false).p, "digest="));
    assert_non_null(strstr(model(f, true).p, "label=\"A &lt; &quot;B&quot;\""));
}

static void the_model_as_xml(void **state)
{
    (void)state;
    const fc_form *f = compile_section(
        "<note kind=\"help\" xml:lang=\"cy\"><strong>Dyma</strong> ni</note>"
        "<repeat id=\"r\" label=\"Rows\" max=\"3\" blank-rows=\"2\">"
        "<field id=\"x\" label=\"X\" type=\"prose\" required-when=\"answered(y)\"/>"
        "<field id=\"y\" label=\"Y\" type=\"line\"/></repeat>");
    fc_str m = model(f, false);
    static const char note[] = "<note kind=\"help\" lang=\"cy\" dir=\"ltr\">\n        "
                               "<p><strong>Dyma</strong> ni</p>\n";
    static const char repeat[] = "<repeat id=\"r\" path=\"s/r\" label=\"Rows\" short=\"Rows\" "
                                 "level=\"2\" layout=\"table\" "
                                 "min=\"0\" max=\"3\" blank-rows=\"2\">";
    static const char columns[] = "<column>X</column>\n        <column>Y</column>";
    static const char required[] =
        "required=\"yes\" required-when=\"answered(y)\" container=\"s/r\"";
    static const char rule_of_x[] =
        "<rule id=\"s/r/x.required\" kind=\"required\" where=\"s/r/x\" scope=\"s/r\" "
        "severity=\"error\">";
    const char *const pieces[] = {note, repeat, columns, required, rule_of_x};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (!strstr(m.p, pieces[i]))
            fail_msg("not in the model: %s\n%s", pieces[i], m.p);
}

/* A right-to-left form knows its direction; another language brings its own yes and no. */
static void languages(void **state)
{
    (void)state;
    const fc_form *f = compile(
        "<form xmlns=\"urn:formc:form:1\" id=\"f\" version=\"1.0.0\" status=\"draft\" "
        "xml:lang=\"ar\" data-ns=\"urn:x:f\"><title>T</title>"
        "<choices id=\"yes-no\"><choice id=\"yes\">Y1</choice><choice id=\"no\">N1</choice>"
        "</choices><section id=\"s\" title=\"S\" xml:lang=\"en\">"
        "<field id=\"a\" label=\"A\" type=\"yes-no\"/></section></form>");
    assert_true(f->rtl);
    same(field(f, "s/a")->choices->list.at[1].label, "N1");
    same(field(f, "s/a")->lang, "en");
    assert_int_equal(diags->warnings, 1); /* the message that was made is in English */
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

/* Whatever is wrong with the tags: a line with an answer of an example is not shown. */
static void a_line_of_an_example_is_never_shown(void **state)
{
    static const char *const rows[] = {
        "<examples/><examples><example><set path='s/a'>secret</set> &",
        "<example id='e'><set path='s/a'>secret</set></example> &",
        "<x:examples><set path='s/a'>secret</set> &",
        "<examples><example></example><set path='s/a'>secret</set> </exampels>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const fc_form *f;
        fc_str text = join(HEAD, rows[i], "</form>");
        fc_diags *d = fc_diags_new(arena);
        assert_int_equal(fc_compile(arena, FC_S("f.xml"), FC_S("f.xml"), text, d, &f),
                         FC_REFUSED);
        fc_buf b;
        fc_buf_init(&b, FC_BUF_MAX);
        fc_diags_print(d, &b);
        if (!b.n || strstr(b.p, "secret"))
            fail_msg("row %zu: %s", i, b.p);
        fc_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(paths_ordinals_and_slots),
        TEST(a_block_is_put_in_for_each_use),
        TEST(owners_come_from_above),
        TEST(words_keep_their_spaces),
        TEST(full_labels_are_all_different),
        TEST(rule_names_are_identifiers_and_all_different),
        TEST(rules_stand_in_order),
        TEST(messages_are_made_from_labels),
        TEST(expressions_print_as_they_are_read),
        TEST(names_are_looked_up_from_inside_out),
        TEST(prompts_to_tick_are_choices),
        TEST(places_in_attributes),
        TEST(places_of_a_whole_form),
        TEST(the_digest_covers_the_model),
        TEST(the_model_as_xml),
        TEST(languages),
        TEST(a_line_of_an_example_is_never_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
