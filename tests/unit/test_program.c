/* Programs: what a stylesheet's result is lowered to, and what running that prints. */
#include "tests/unit/small_form.h"

#include "output/lower.h"

#include <libxml/parser.h>

#define FX " xmlns:fx='urn:formc:program:1'"
#define DECL "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static fc_status lower(fc_arena *a, const char *xml, bool all, const fc_program **g,
                       fc_diags **d)
{
    fc_build *b = FC_NEW(a, fc_build);
    *b = (fc_build){.arena = a, .diags = fc_diags_new(a), .form = compile_small_form(a)};
    *d = b->diags;
    xmlDocPtr doc = xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, 0);
    assert_non_null(doc);
    fc_status s = fc_lower(b, "test.xsl", doc, all, g);
    xmlFreeDoc(doc);
    return s;
}

static fc_plan *sample_plan(fc_arena *a, const fc_form *f)
{
    fc_plan *p = fc_plan_new(a, f);
    const fc_container *rows = field_at(f, "what/tool/item")->container;
    p->rows[0].list.at[0].answers[field_at(f, "who/name")->slot].text = FC_S("A & \"B\" <C>");
    p->rows[0].list.at[0].answers[field_at(f, "who/from")->slot].text = FC_S("2026-01-31");
    p->rows[0].list.at[0].answers[field_at(f, "who/kind")->slot].text = FC_S("hand");
    p->rows[0].list.at[0].answers[field_at(f, "who/training")->slot].absent = FC_S("not-asked");
    p->rows[0].list.at[0].answers[field_at(f, "what/care")->slot].text = FC_S("power");
    const char *items[] = {"Saw", "Axe", "Drill"};
    for (int i = 0; i < 3; i++) {
        fc_row *r = fc_plan_add_row(p, rows, (fc_str){0});
        r->answers[field_at(f, "what/tool/item")->slot].text = fc_str_of(items[i]);
        if (i == 1)
            r->answers[field_at(f, "what/tool/note")->slot].text = FC_S("x\n\ny");
    }
    return p;
}

static void assert_runs(fc_arena *a, const char *xml, bool filled, const char *expected)
{
    const fc_program *g;
    fc_diags *d;
    fc_status s = lower(a, xml, false, &g, &d);
    if (s != FC_OK)
        fail_msg("%.*s", FC_ARG(d->list.at[0].text));
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_program_run(g, filled ? sample_plan(a, g->form) : fc_plan_new(a, g->form), NULL, &b);
    assert_true(fc_str_starts(fc_buf_view(&b), DECL));
    assert_string_equal(b.p + strlen(DECL), expected);
    fc_buf_release(&b);
}

/* A plan with this one answer gives this. */
static void assert_answers_run(fc_arena *a, const char *xml, const char *path,
                               const char *answer, const char *expected)
{
    const fc_program *g;
    fc_diags *d;
    fc_buf b;
    assert_int_equal(lower(a, xml, false, &g, &d), FC_OK);
    fc_plan *p = fc_plan_new(a, g->form);
    p->rows[0].list.at[0].answers[field_at(g->form, path)->slot].text = fc_str_of(answer);
    fc_buf_init(&b, 1 << 20);
    fc_program_run(g, p, NULL, &b);
    assert_string_equal(b.p + strlen(DECL), expected);
    fc_buf_release(&b);
}

static void literals_come_out_as_they_went_in(void **state)
{
    const char *xml = "<w:a xmlns:w='urn:w' xmlns:m='urn:formc:model:1'" FX
                      " w:x='1 &amp; &quot;2&quot;' y='&lt;&#10;'><b>t &lt; &amp; ]]&gt;</b>"
                      "<!-- gone --><c xml:space='preserve'> </c></w:a>";
    assert_runs(*state, xml, false,
                "<w:a xmlns:w=\"urn:w\" w:x=\"1 &amp; &quot;2&quot;\" y=\"&lt;&#10;\">"
                "<b>t &lt; &amp; ]]&gt;</b><c xml:space=\"preserve\"> </c></w:a>");
}

static void values_are_escaped_for_where_they_stand(void **state)
{
    const char *xml = "<a" FX "><fx:attr name='n'>[<fx:value field='who/name'/>]</fx:attr>"
                      "<fx:value field='who/name'/></a>";
    assert_runs(*state, xml, true,
                "<a n=\"[A &amp; &quot;B&quot; &lt;C&gt;]\">A &amp; \"B\" &lt;C&gt;</a>");
    assert_runs(*state, xml, false, "<a n=\"[]\"></a>");
}

static void formats_print_what_the_page_says(void **state)
{
    const char *xml = "<a" FX "><fx:value field='who/from'/>|<fx:value field='who/from' "
                      "as='stored'/>|<fx:value field='who/from' as='date'/>|<fx:value "
                      "field='who/kind'/>|<fx:value field='who/kind' as='stored'/>|<fx:value "
                      "field='who/kind' as='path'/>|<fx:value field='who/kind' as='key'/>|"
                      "<fx:value field='who/kind' as='name'/>|<fx:value field='who/kind' "
                      "as='id'/>|<fx:value as='plan-id'/></a>";
    assert_runs(*state, xml, true,
                "<a>31/01/2026|2026-01-31|2026-01-31|Hand tool|hand|who/kind|who.kind|f3|30000|"
                "</a>");
}

static void rows_are_as_many_as_the_plan_has_or_the_blank_shows(void **state)
{
    const char *xml = "<a" FX "><fx:rows repeat='what/tool'><r><fx:value as='row'/>:<fx:value "
                      "field='what/tool/item'/>:<fx:value field='what/tool/item' as='path'/>:"
                      "<fx:value field='what/tool/item' as='key'/>:<fx:value "
                      "field='what/tool/item' as='name'/>:<fx:value field='what/tool/item' "
                      "as='id'/><fx:when row='first'>!</fx:when></r></fx:rows></a>";
    assert_runs(*state, xml, true,
                "<a><r>1:Saw:what/tool[1]/item:what.tool.1.item:f6_1:60001!</r>"
                "<r>2:Axe:what/tool[2]/item:what.tool.2.item:f6_2:60002</r>"
                "<r>3:Drill:what/tool[3]/item:what.tool.3.item:f6_3:60003</r></a>");
    assert_runs(*state, xml, false,
                "<a><r>1::what/tool[1]/item:what.tool.1.item:f6_1:60001!</r>"
                "<r>2::what/tool[2]/item:what.tool.2.item:f6_2:60002</r></a>");
}

/* The repeat has 2 blank rows, and at most 5. */
static void further_rows_come_behind_those_that_are_shown(void **state)
{
    static const struct {
        const char *least;
        unsigned filled, shown;
        const char *made;
    } rows[] = {
        {"1", 0, 2, "<a more=\"1\">3:what.tool.3.item;4:what.tool.4.item;any</a>"},
        {"3", 0, 2,
         "<a more=\"1\">3:what.tool.3.item;4:what.tool.4.item;"
         "5:what.tool.5.item;any</a>"},
        {"3", 0, 0,
         "<a more=\"1\">1:what.tool.1.item;2:what.tool.2.item;"
         "3:what.tool.3.item;any</a>"},
        {"3", 3, 2, "<a more=\"1\">4:what.tool.4.item;5:what.tool.5.item;any</a>"},
        {"0", 1, 4, "<a more=\"1\">5:what.tool.5.item;any</a>"},
        {"3", 5, 2, "<a></a>"},
        {"3", 0, 5, "<a></a>"},
        {"3", 6, 2, "<a></a>"}, /* more than it may have: all are shown, and none follow */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_str xml = fc_str_fmt(
            *state,
            "<a" FX "><fx:when further='what/tool'><fx:attr name='more'>1</fx:attr></fx:when>"
            "<fx:rows repeat='what/tool' which='further' least='%s'><fx:value as='row'/>:"
            "<fx:value field='what/tool/item' as='key'/><fx:value field='what/tool/item'/>;"
            "</fx:rows><fx:when any-further='yes'>any</fx:when></a>",
            rows[i].least);
        const fc_program *g;
        fc_diags *d;
        fc_buf b;
        assert_int_equal(lower(*state, xml.p, false, &g, &d), FC_OK);
        const fc_container *tools = field_at(g->form, "what/tool/item")->container;
        unsigned blank_rows[8] = {0};
        assert_true(tools->index < 8);
        blank_rows[tools->index] = rows[i].shown;
        fc_plan *p = fc_plan_new(*state, g->form);
        for (unsigned k = 0; k < rows[i].filled; k++)
            fc_plan_add_row(p, tools, (fc_str){0})
                ->answers[field_at(g->form, "what/tool/item")->slot]
                .text = FC_S("not here");
        fc_buf_init(&b, 1 << 20);
        fc_program_run(g, p, blank_rows, &b);
        assert_string_equal(b.p + strlen(DECL), rows[i].made);
        fc_buf_release(&b);
    }
}

static void lines_are_split_at_line_feeds_only(void **state)
{
    const char *xml = "<a" FX "><fx:rows repeat='what/tool'>(<fx:lines field='what/tool/note'>"
                      "<fx:when line='later'><br/></fx:when><l><fx:value as='line'/></l>"
                      "</fx:lines>)</fx:rows></a>";
    assert_runs(*state, xml, true, "<a>()(<l>x</l><br/><l></l><br/><l>y</l>)()</a>");
}

static void pieces_of_a_line_are_parted_by_tabs(void **state)
{
    static const struct {
        const char *answer, *made;
    } rows[] = {{"a\tb\nc", "<a m=\"1\">(a)T(b)L(c)</a>"},
                {"\t\t", "<a>()T()T()</a>"},
                {"a\n", "<a m=\"1\">(a)L()</a>"},
                {"", "<a></a>"}};
    const char *xml = "<a" FX "><fx:when many-lines='who/name'><fx:attr name='m'>1</fx:attr>"
                      "</fx:when><fx:lines field='who/name' tabs='yes'>"
                      "<fx:when line='later'>L</fx:when><fx:when line='tab'>T</fx:when>"
                      "(<fx:value as='line'/>)</fx:lines></a>";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_answers_run(*state, xml, "who/name", rows[i].answer, rows[i].made);
}

static void direction_is_that_of_the_first_letter(void **state)
{
    static const struct {
        const char *answer, *made;
    } rows[] = {{"12 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d abc", "<a>R</a>"}, /* Hebrew */
                {"(\xd8\xb9) abc", "<a>R</a>"},                          /* Arabic */
                {"abc \xd7\xa9", "<a>L</a>"},
                {"\xc5\xb5 Cymru", "<a>L</a>"},
                {"12/05/2026", "<a>L</a>"}, /* a number has none: from left to right */
                {"", "<a></a>"},
                {"\xf0\x9f\x98\x80 \xd7\xa9", "<a>R</a>"}, /* a picture has none */
                {"\xd9\xa1\xd9\xa2 x", "<a>L</a>"}};       /* nor have Arabic digits */
    const char *xml = "<a" FX "><fx:when rtl='who/name'>R</fx:when>"
                      "<fx:when ltr='who/name'>L</fx:when></a>";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_answers_run(*state, xml, "who/name", rows[i].answer, rows[i].made);
}

static void the_other_answer_of_a_conflict_has_lines(void **state)
{
    const fc_program *g;
    fc_diags *d;
    fc_buf b;
    const char *xml = "<a" FX "><fx:lines field='who/name' of='visible'>"
                      "(<fx:value as='line'/>)</fx:lines>"
                      "<fx:when visible-rtl='who/name'>R</fx:when>"
                      "<fx:when visible-ltr='who/name'>L</fx:when></a>";
    assert_int_equal(lower(*state, xml, false, &g, &d), FC_OK);
    fc_plan *p = sample_plan(*state, g->form);
    fc_conflict c = {.field = field_at(g->form, "who/name")};
    c.visible.text = FC_S("one\ntwo");
    FC_PUSH((fc_arena *)*state, &p->conflicts, c);
    fc_buf_init(&b, 1 << 20);
    fc_program_run(g, p, NULL, &b);
    assert_string_equal(b.p + strlen(DECL), "<a>(one)(two)L</a>");
    fc_buf_release(&b);
}

static void tests_choose(void **state)
{
    const char *xml =
        "<a" FX "><fx:when answered='who/name'><fx:attr name='is'>1</fx:attr>"
        "</fx:when><fx:when blank='who/name'>none</fx:when><fx:when "
        "field='who/kind' chosen='hand'>hand</fx:when><fx:when field='who/kind' "
        "chosen='power'>power</fx:when><fx:when absent='who/training'>why</fx:when>"
        "<fx:when unreadable='who/from'>odd</fx:when><fx:when plan='no'>new"
        "</fx:when></a>";
    assert_runs(*state, xml, true, "<a is=\"1\">handwhynew</a>");
    assert_runs(*state, xml, false, "<a>nonenew</a>");
}

static void each_of_several_choices_has_a_place(void **state)
{
    const char *names = "<a" FX "><fx:value field='what/care' choice='power' as='path'/>|"
                        "<fx:value field='what/care' choice='power' as='key'/>|"
                        "<fx:value field='what/care' choice='power' as='name'/>|"
                        "<fx:value field='what/care' choice='hand' as='id'/>|"
                        "<fx:value field='what/care' as='id'/></a>";
    const char *ticks =
        "<a" FX "><fx:when field='what/care' chosen='hand'><fx:attr name='h'>1</fx:attr>"
        "</fx:when><fx:when field='what/care' unchosen='hand'><fx:attr name='h'>0</fx:attr>"
        "</fx:when><fx:when field='what/care' chosen='power'>p</fx:when></a>";
    const char *words = "<a" FX "><fx:value field='what/care'/>(<fx:lines field='what/care'>"
                        "<l><fx:value as='line'/></l></fx:lines>)</a>";
    assert_runs(*state, names, true, "<a>what/care/power|what.care.power|f10|90000|80000</a>");
    assert_runs(*state, ticks, true, "<a h=\"0\">p</a>");
    assert_runs(*state, ticks, false, "<a h=\"0\"></a>");
    assert_runs(*state, words, true, "<a>Power tool(<l>Power tool</l>)</a>");
    assert_runs(*state, words, false, "<a>()</a>");
}

/* The answer, and what a sheet with a box for each choice makes of it. */
static void a_set_is_read_in_any_order(void **state)
{
    static const struct {
        const char *answer, *made;
    } rows[] = {
        {"hand", "h;Hand tool"},
        {"power hand", "hp;Hand tool\nPower tool"},
        {"hand\n hand", "h;Hand tool"},
        {"hand steam", ";hand steam"}, /* not in the list: no box, and nothing lost */
        {"Hand tool", ";Hand tool"},
    };
    const char *xml = "<a" FX "><fx:when field='what/care' chosen='hand'>h</fx:when>"
                      "<fx:when field='what/care' chosen='power'>p</fx:when>;"
                      "<fx:value field='what/care'/></a>";
    const fc_program *g;
    fc_diags *d;
    assert_int_equal(lower(*state, xml, false, &g, &d), FC_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_buf b;
        fc_plan *p = fc_plan_new(*state, g->form);
        p->rows[0].list.at[0].answers[field_at(g->form, "what/care")->slot].text =
            fc_str_of(rows[i].answer);
        fc_buf_init(&b, 1 << 20);
        fc_program_run(g, p, NULL, &b);
        assert_string_equal(b.p + strlen(DECL),
                            fc_str_fmt(*state, "<a>%s</a>", rows[i].made).p);
        fc_buf_release(&b);
    }
}

static void what_a_stylesheet_gets_wrong_is_a_diagnostic(void **state)
{
    static const struct {
        const char *inside, *words;
    } rows[] = {
        {"<fx:value field='who/nam'/>", "\"who/nam\""},
        {"<fx:value field='who/name' as='shout'/>", "\"shout\""},
        {"<fx:value field='what/tool/item'/>", "outside the rows"},
        {"<fx:rows repeat='what/tools'/>", "\"what/tools\""},
        {"<fx:rows repeat='what/tool'><fx:rows repeat='what/tool'/></fx:rows>",
         "inside fx:rows"},
        {"<fx:rows repeat='what/tool' which='other'/>", "than \"further\""},
        {"<fx:rows repeat='what/tool' which='further' least='many'/>", "a number from 0"},
        {"<fx:rows repeat='what/tool' which='further' least='100'/>", "a number from 0"},
        {"<fx:rows repeat='what/tool' least='3'/>", "not one of further rows"},
        {"<fx:new-row repeat='what/tool' which='further'/>", "\"which\""},
        {"<fx:when further='what/tools'>x</fx:when>", "\"what/tools\""},
        {"<fx:when any-further='no'>x</fx:when>", "exactly one test"},
        {"<b/><fx:attr name='x'>1</fx:attr>", "after other content"},
        {"<fx:attr name='1'>1</fx:attr>", "proper name"},
        {"<fx:attr name='x'><b/></fx:attr>", "text and fx:value"},
        {"<fx:vlaue field='who/name'/>", "fx:vlaue"},
        {"<fx:value feild='who/name'/>", "\"feild\""},
        {"<fx:value as='row'/>", "outside fx:rows"},
        {"<fx:value as='line'/>", "outside fx:lines"},
        {"<fx:when/>", "exactly one test"},
        {"<fx:when plan='perhaps'>x</fx:when>", "exactly one test"},
        {"<fx:when blank='who/name' answered='who/name'>x</fx:when>", "exactly one test"},
        {"<fx:when line='first'>x</fx:when>", "outside fx:lines"},
        {"<fx:when line='tab'>x</fx:when>", "outside fx:lines"},
        {"<fx:lines field='who/name' of='stored'/>", "than \"visible\""},
        {"<fx:when stale='who/name'>x</fx:when>", "not a mark"},
        {"<fx:when stale='who/nam'>x</fx:when>", "\"who/nam\""},
        {"<fx:value field='what/care' choice='steam' as='id'/>", "is not in its list"},
        {"<fx:value field='who/kind' choice='hand' as='id'/>", "does not take several"},
        {"<fx:value field='what/care' choice='hand' as='stored'/>", "which only names have"},
        {"<fx:value field='what/care' choice='hand'/>", "which only names have"},
        {"<fx:when field='what/care' chosen='steam'>x</fx:when>", "is not in its list"},
        {"<fx:when field='what/care' unchosen='steam'>x</fx:when>", "is not in its list"},
        {"<fx:when field='who/kind' unchosen='hand'>x</fx:when>", "does not take several"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const fc_program *g;
        fc_diags *d;
        fc_str xml = fc_str_fmt(*state, "<a" FX ">%s</a>", rows[i].inside);
        assert_int_equal(lower(*state, xml.p, false, &g, &d), FC_FOUND);
        assert_int_equal(d->list.n, 1);
        if (!strstr(d->list.at[0].text.p, rows[i].words))
            fail_msg("%s: %s", rows[i].inside, d->list.at[0].text.p);
    }
}

static void every_field_must_have_a_place(void **state)
{
    const fc_program *g;
    fc_diags *d;
    assert_int_equal(
        lower(*state, "<a" FX "><fx:value field='who/name' as='stored'/></a>", true, &g, &d),
        FC_FOUND);
    assert_int_equal(d->list.n, 8);
}

static void every_choice_must_have_a_place(void **state)
{
#define ALL_BUT(last)                                                                          \
    "<a" FX "><fx:value field='who/name'/><fx:value field='who/from'/>"                        \
    "<fx:value field='who/kind'/><fx:value field='who/trained'/>"                              \
    "<fx:value field='who/training'/><fx:rows repeat='what/tool'>"                             \
    "<fx:value field='what/tool/item'/><fx:value field='what/tool/note'/></fx:rows>"           \
    "<fx:when field='what/care' chosen='hand'>h</fx:when>"                                     \
    "<fx:when field='what/care' " last "='power'>p</fx:when></a>"
    const fc_program *g;
    fc_diags *d;
    assert_int_equal(lower(*state, ALL_BUT("unchosen"), true, &g, &d), FC_FOUND);
    assert_int_equal(d->list.n, 1);
    assert_non_null(strstr(d->list.at[0].text.p, "no place for the choice \"power\""));
    assert_int_equal(lower(*state, ALL_BUT("chosen"), true, &g, &d), FC_OK);
}

/* Nobody's answers stand there. */
static void a_place_in_further_rows_does_not_count(void **state)
{
#define TOOLS(which)                                                                           \
    "<a" FX "><fx:value field='who/name'/><fx:value field='who/from'/>"                        \
    "<fx:value field='who/kind'/><fx:value field='who/trained'/>"                              \
    "<fx:value field='who/training'/><fx:value field='what/care'/>"                            \
    "<fx:rows repeat='what/tool'" which "><fx:value field='what/tool/item'/>"                  \
    "<fx:lines field='what/tool/note'><fx:value as='line'/></fx:lines></fx:rows></a>"
    const fc_program *g;
    fc_diags *d;
    assert_int_equal(lower(*state, TOOLS(""), true, &g, &d), FC_OK);
    assert_int_equal(lower(*state, TOOLS(" which='further'"), true, &g, &d), FC_FOUND);
    assert_int_equal(d->list.n, 2);
    assert_non_null(strstr(d->list.at[0].text.p, "\"what/tool/item\""));
    assert_non_null(strstr(d->list.at[1].text.p, "\"what/tool/note\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(literals_come_out_as_they_went_in),
        TEST(values_are_escaped_for_where_they_stand),
        TEST(formats_print_what_the_page_says),
        TEST(rows_are_as_many_as_the_plan_has_or_the_blank_shows),
        TEST(further_rows_come_behind_those_that_are_shown),
        TEST(lines_are_split_at_line_feeds_only),
        TEST(pieces_of_a_line_are_parted_by_tabs),
        TEST(direction_is_that_of_the_first_letter),
        TEST(the_other_answer_of_a_conflict_has_lines),
        TEST(tests_choose),
        TEST(what_a_stylesheet_gets_wrong_is_a_diagnostic),
        TEST(every_field_must_have_a_place),
        TEST(every_choice_must_have_a_place),
        TEST(a_place_in_further_rows_does_not_count),
        TEST(each_of_several_choices_has_a_place),
        TEST(a_set_is_read_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
