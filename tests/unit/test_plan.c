/* Plans: reading, writing, and what is refused. */
#include "tests/unit/small_form.h"

#include "runtime/plan/answer.h"
#include "runtime/plan/plan.h"

#define HEAD                                                                                   \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                             \
    "<tool-loan xmlns=\"urn:formc:data:tool-loan\" xmlns:p=\"urn:formc:plan:1\" "              \
    "p:form=\"tool-loan\" p:version=\"0.1.0\" p:id=\"urn:uuid:1\" p:stage=\"draft\" "          \
    "p:synthetic=\"yes\">\n"

static const char full[] =
    HEAD "  <who>\n"
         "    <name xml:lang=\"cy\"> \xC5\xB4yn &amp; &lt;co&gt; </name>\n"
         "    <from>2026-02-28</from>\n"
         "    <kind p:absent=\"asked-declined\"/>\n"
         "    <trained>yes</trained>\n"
         "    <training>]]&gt; {x}</training>\n"
         "  </who>\n"
         "  <what>\n"
         "    <tool p:row=\"m-7\">\n"
         "      <item>Saw</item>\n"
         "      <note>one\n\n  three\t</note>\n"
         "    </tool>\n"
         "    <tool p:row=\"m-2\"/>\n"
         "  </what>\n"
         "  <p:history>\n"
         "    <p:entry n=\"1\" at=\"2026-02-01T10:04:00Z\" by=\"member/a\" via=\"docx\" "
         "did=\"set\" path=\"who/name\"/>\n"
         "  </p:history>\n"
         "</tool-loan>\n";

static fc_status read_plan(fc_arena *a, const char *text, fc_plan **p, fc_diags **d)
{
    *d = fc_diags_new(a);
    return fc_plan_read(a, compile_small_form(a), fc_str_of(text), FC_S("plan.xml"), *d, p);
}

static const char *written(fc_arena *a, const fc_plan *p)
{
    return fc_plan_written(a, p).p;
}

static void what_is_read_is_written_byte_for_byte(void **state)
{
    fc_plan *p;
    fc_diags *d;
    assert_int_equal(read_plan(*state, full, &p, &d), FC_OK);
    assert_int_equal(d->list.n, 0);
    assert_string_equal(written(*state, p), full);
}

static void answers_are_where_the_form_says(void **state)
{
    fc_plan *p;
    fc_diags *d;
    assert_int_equal(read_plan(*state, full, &p, &d), FC_OK);
    const fc_form *f = p->form;
    assert_str(fc_plan_answer(p, field_at(f, "who/name"), 0)->text, " \xC5\xB4yn & <co> ");
    assert_str(fc_plan_answer(p, field_at(f, "who/name"), 0)->lang, "cy");
    assert_str(fc_plan_answer(p, field_at(f, "who/kind"), 0)->absent, "asked-declined");
    assert_str(fc_plan_answer(p, field_at(f, "who/training"), 0)->text, "]]> {x}");
    assert_str(fc_plan_answer(p, field_at(f, "what/tool/note"), 0)->text, "one\n\n  three\t");
    assert_str(fc_plan_answer(p, field_at(f, "what/tool/item"), 1)->text, "");
    assert_str(fc_plan_answer(p, field_at(f, "what/tool/item"), 99)->text, "");
    assert_int_equal(fc_plan_row_count(p, field_at(f, "what/tool/item")->container), 2);
    assert_false(fc_plan_is_blank(p));
    assert_true(p->synthetic);
}

static void text_comes_into_the_value_space(void **state)
{
    fc_plan *p;
    fc_diags *d;
    const char *text =
        HEAD "<who><name>a&#13;&#10;b&#13;c</name><training> \n\t </training></who>"
             "</tool-loan>";
    assert_int_equal(read_plan(*state, text, &p, &d), FC_OK);
    assert_str(fc_plan_answer(p, field_at(p->form, "who/name"), 0)->text, "a\nb\nc");
    assert_str(fc_plan_answer(p, field_at(p->form, "who/training"), 0)->text, "");
}

static void a_blank_plan_has_no_answers(void **state)
{
    fc_plan *p = fc_plan_new(*state, compile_small_form(*state));
    assert_true(fc_plan_is_blank(p));
    fc_row *one =
        fc_plan_add_row(p, field_at(p->form, "what/tool/item")->container, (fc_str){0});
    assert_str(one->id, "row-1");
    fc_row *two =
        fc_plan_add_row(p, field_at(p->form, "what/tool/item")->container, (fc_str){0});
    assert_str(two->id, "row-2");
}

static void faults_are_named_by_place_and_never_quoted(void **state)
{
    static const struct {
        const char *text, *code, *line;
    } rows[] = {
        {HEAD "<who><nam>secret</nam></who></tool-loan>", "P102", ":3:"},
        {HEAD "<who><name>secret</name>\n<name>secret</name></who></tool-loan>", "P110", ":4:"},
        {HEAD "<who><name>secret<b/></name></who></tool-loan>", "P111", ":3:"},
        {HEAD "<who><name p:absent='secret'/></who></tool-loan>", "P112", ":3:"},
        {HEAD "<who><name p:absent='unknown'>secret</name></who></tool-loan>", "P113", ":3:"},
        {HEAD "<who p:absent='masked'/></tool-loan>", "P114", ":3:"},
        {HEAD "<what><tool p:row='1' p:absent='secret'/></what></tool-loan>", "P114", ":3:"},
        {HEAD "<who>secret</who></tool-loan>", "P101", ":3:"},
        {HEAD "<what><tool p:row='1'/><tool p:row='1'/></what></tool-loan>", "P121", ":3:"},
        {HEAD "<p:secret/></tool-loan>", "P103", ":3:"},
        {HEAD "<who><name absent='secret'/></who></tool-loan>", "P131", ":3:"},
        {HEAD "<who><name q:absent='secret'/></who></tool-loan>", "P131", ":3:"},
        {HEAD "<who secret='1'/></tool-loan>", "P131", ":3:"},
        {HEAD "<who p:row='secret'/></tool-loan>", "P131", ":3:"},
        {HEAD "<what><tool p:row='secret secret'/></what></tool-loan>", "P122", ":3:"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_plan *p;
        fc_diags *d;
        assert_int_equal(read_plan(*state, rows[i].text, &p, &d), FC_FOUND);
        fc_buf b;
        fc_buf_init(&b, 1 << 20);
        fc_diags_print(d, &b);
        if (!strstr(b.p, rows[i].code) || !strstr(b.p, rows[i].line) || strstr(b.p, "secret"))
            fail_msg("row %zu: %s", i, b.p);
        fc_buf_release(&b);
    }
}

static void other_files_are_refused(void **state)
{
    static const struct {
        const char *text, *code;
    } rows[] = {
        {"<tool-loan/>", "P003"},
        {"<x xmlns='urn:formc:data:tool-loan'/>", "P003"},
        {"<tool-loan xmlns='urn:formc:data:tool-loan' xmlns:p='urn:formc:plan:1' p:form='x'/>",
         "P003"},
        {"<tool-loan xmlns='urn:formc:data:tool-loan' xmlns:p='urn:formc:plan:1' "
         "p:version='9'/>",
         "P004"},
        {"<!DOCTYPE x><tool-loan xmlns='urn:formc:data:tool-loan'/>", "P001"},
        {"<tool-loan xmlns='urn:formc:data:tool-loan'>", "P002"},
        {"\xFF\xFE<", "P001"},
        {"", "P002"},
        {"PK\3\4", "P001"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_plan *p;
        fc_diags *d;
        assert_int_equal(read_plan(*state, rows[i].text, &p, &d), FC_REFUSED);
        assert_null(p);
        assert_int_equal(d->list.n, 1);
        assert_string_equal(d->list.at[0].code, rows[i].code);
    }
}

static void answers_are_shown_as_people_read_them(void **state)
{
    const fc_form *f = compile_small_form(*state);
    static const struct {
        const char *path, *stored, *shown, *date;
        bool readable;
    } rows[] = {
        {"who/from", "2026-02-28", "28/02/2026", "2026-02-28", true},
        {"who/from", "2026-02-30", "2026-02-30", "", false},
        {"who/from", "3/2/2026", "3/2/2026", "2026-02-03", true},
        {"who/from", "soon", "soon", "", false},
        {"who/from", "", "", "", true},
        {"who/kind", "power", "Power tool", "", true},
        {"who/kind", "Power tool", "Power tool", "", true},
        {"who/kind", "Steam tool", "Steam tool", "", false},
        {"who/trained", "yes", "Yes", "", true},
        {"who/trained", "maybe", "maybe", "", false},
        {"who/name", "2026-02-28", "2026-02-28", "", true},
        {"what/care", "power hand", "power hand", "", true},
        {"what/care", "power tool", "power tool", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char room[FC_SHOWN_MAX];
        const fc_node *n = field_at(f, rows[i].path);
        fc_str stored = fc_str_of(rows[i].stored);
        assert_str(fc_answer_shown(n, stored, room), rows[i].shown);
        assert_str(fc_answer_date(n, stored, room), rows[i].date);
        assert_int_equal(fc_answer_readable(n, stored), rows[i].readable);
    }
}

static void parts_of_dates_are_shown_as_far_as_they_go(void **state)
{
    (void)state;
    static const fc_node n = {.kind = FC_FIELD, .type = FC_PART_DATE};
    static const struct {
        const char *stored, *shown;
        bool readable;
    } rows[] = {
        {"1987-05-17", "17/05/1987", true},
        {"1987-05", "05/1987", true},
        {"1987", "1987", true},
        {"May 1987", "May 1987", true},
        {"1987-13", "1987-13", false},
        {"", "", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char room[FC_SHOWN_MAX];
        fc_str stored = fc_str_of(rows[i].stored);
        assert_str(fc_answer_shown(&n, stored, room), rows[i].shown);
        assert_int_equal(fc_answer_readable(&n, stored), rows[i].readable);
    }
}

static void money_is_shown_with_its_sign_and_thousands(void **state)
{
    (void)state;
    static const fc_node n = {.kind = FC_FIELD, .type = FC_MONEY};
    static const struct {
        const char *stored, *shown;
        bool readable;
    } rows[] = {
        {"1234.50",
         "\xC2\xA3"
         "1,234.50",
         true},
        {"0.05",
         "\xC2\xA3"
         "0.05",
         true},
        {"12.00",
         "\xC2\xA3"
         "12.00",
         true},
        {"123.00",
         "\xC2\xA3"
         "123.00",
         true},
        {"123456.00",
         "\xC2\xA3"
         "123,456.00",
         true},
        {"-1234567.89",
         "-\xC2\xA3"
         "1,234,567.89",
         true},
        {"-999999999999.99",
         "-\xC2\xA3"
         "999,999,999,999.99",
         true},
        {"1234.5", "1234.5", true}, /* as typed */
        {"12 pounds", "12 pounds", false},
        {"", "", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char room[FC_SHOWN_MAX];
        fc_str stored = fc_str_of(rows[i].stored);
        assert_str(fc_answer_shown(&n, stored, room), rows[i].shown);
        assert_int_equal(fc_answer_readable(&n, stored), rows[i].readable);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_read_is_written_byte_for_byte),
        TEST(answers_are_where_the_form_says),
        TEST(text_comes_into_the_value_space),
        TEST(a_blank_plan_has_no_answers),
        TEST(faults_are_named_by_place_and_never_quoted),
        TEST(other_files_are_refused),
        TEST(answers_are_shown_as_people_read_them),
        TEST(parts_of_dates_are_shown_as_far_as_they_go),
        TEST(money_is_shown_with_its_sign_and_thousands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
