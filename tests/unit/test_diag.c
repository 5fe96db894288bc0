/* Diagnostics: order, carets, cuts, limits. */
#include "tests/unit/unit.h"

#include "runtime/base/diag.h"

static void assert_printed(fc_diags *d, const char *expected)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_print(d, &b);
    assert_str(fc_buf_view(&b), expected);
    fc_buf_release(&b);
}

static void place_caret_help_and_note(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    uint32_t s = fc_diags_source(d, FC_S("f.xml"), FC_S("<a>\n\t\xC5\xB5 = strat\n</a>\n"));
    fc_diag *g = fc_report(d, FC_ERROR, "E201", (fc_span){s, 10, 15},
                           "there is no field \"%s\"", "strat");
    fc_diag_note_at(d, g, (fc_span){s, 0, 1}, "in this block");
    fc_diag_help(d, g, "did you mean \"%s\"?", "start");
    assert_int_equal(d->errors, 1);
    assert_printed(d, "f.xml:2:6: error[E201]: there is no field \"strat\"\n"
                      "    2 |  \xC5\xB5 = strat\n"
                      "      |      ^^^^^\n"
                      "      = note: line 1: in this block\n"
                      "      = help: did you mean \"start\"?\n");
}

static void sorted_by_place_then_by_order(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    uint32_t s = fc_diags_source(d, FC_S("f"), FC_S("ab"));
    fc_report(d, FC_WARNING, "W2", (fc_span){s, 1, 2}, "second");
    fc_report(d, FC_ERROR, "E1", (fc_span){s, 0, 1}, "first");
    fc_report(d, FC_ADVICE, "A3", (fc_span){s, 1, 2}, "third");
    fc_report(d, FC_ERROR, "E0", (fc_span){0, 0, 0}, "nowhere");
    assert_printed(d, "error[E0]: nowhere\n"
                      "f:1:1: error[E1]: first\n    1 | ab\n      | ^\n"
                      "f:1:2: warning[W2]: second\n    1 | ab\n      |  ^\n"
                      "f:1:2: advice[A3]: third\n    1 | ab\n      |  ^\n");
}

static void a_plan_is_never_shown(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    uint32_t s = fc_diags_source(d, FC_S("plan.xml"), FC_S("secret\n"));
    d->sources.at[s]->private_ = true;
    fc_report(d, FC_ERROR, "P1", (fc_span){s, 0, 6}, "wrong");
    assert_printed(d, "plan.xml:1:1: error[P1]: wrong\n");
}

static void a_long_line_is_cut_around_the_place(void **state)
{
    char line[1001];
    memset(line, '.', 1000);
    memcpy(line + 500, "HERE", 4);
    line[1000] = 0;
    fc_diags *d = fc_diags_new(*state);
    uint32_t s = fc_diags_source(d, FC_S("f"), fc_str_of(line));
    fc_report(d, FC_ERROR, "E1", (fc_span){s, 500, 504}, "x");
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_print(d, &b);
    assert_true(b.n < 400);
    const char *here = strstr(b.p, "HERE"), *caret = strstr(b.p, "^^^^");
    assert_non_null(here);
    assert_non_null(caret);
    const char *nl = strchr(here, '\n');
    assert_int_equal(here - strstr(b.p, "    1 | "), caret - (nl + 1));
    fc_buf_release(&b);
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    uint32_t s = fc_diags_source(d, FC_S("f"),
                                 FC_S("a\x1B[31m\xE2\x80\xAE"
                                      "b"));
    fc_report(d, FC_ERROR, "E1", (fc_span){s, 0, 1}, "x");
    assert_printed(d, "f:1:1: error[E1]: x\n    1 | a [31m b\n      | ^\n");
}

static void more_than_fifty_are_counted(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    for (int i = 0; i < 60; i++) {
        fc_diag *g = fc_report(d, FC_ERROR, "E1", (fc_span){0}, "x");
        fc_diag_help(d, g, "y");
    }
    assert_int_equal(d->errors, 60);
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_print(d, &b);
    assert_non_null(strstr(b.p, "and 10 more; mend these first\n"));
    fc_buf_release(&b);
}

static void warnings_never_take_the_place_of_an_error(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    for (int i = 0; i < 60; i++)
        fc_report(d, FC_WARNING, "W1", (fc_span){0}, "w");
    fc_report(d, FC_ERROR, "E1", (fc_span){0}, "the one that counts");
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_print(d, &b);
    assert_non_null(strstr(b.p, "the one that counts"));
    assert_null(strstr(b.p, "more;"));
    fc_buf_release(&b);
    for (int i = 0; i < FC_DIAG_OTHERS_LIMIT + 5; i++)
        fc_report(d, FC_ADVICE, "W2", (fc_span){0}, "a");
    assert_int_equal(d->list.n, FC_DIAG_OTHERS_LIMIT + 1);
}

/* "x" after a character outside the BMP: column 3 in characters, 4 in UTF-16 units. */
static fc_diags *two_lines(fc_arena *a)
{
    fc_diags *d = fc_diags_new(a);
    uint32_t s =
        fc_diags_source(d, FC_S("a b/\xC3\xBC.xml"), FC_S("one\n\xF0\x9F\x98\x80=x\n"));
    fc_diag *g = fc_report(d, FC_ERROR, "E201", (fc_span){s, 9, 10}, "no \"%s\"", "x");
    fc_diag_note_at(d, g, (fc_span){s, 0, 3}, "first");
    fc_diag_note_at(d, g, (fc_span){0}, "nowhere");
    fc_diag_help(d, g, "a\ttab");
    fc_report(d, FC_ADVICE, "W9", (fc_span){0}, "no place");
    return d;
}

static const char *title_of(const char *code)
{
    return strcmp(code, "E201") == 0 ? "a title" : NULL;
}

static void as_json(void **state)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_json(two_lines(*state), &b);
    assert_str(
        fc_buf_view(&b),
        "{\"errors\": 1, \"warnings\": 0, \"not-shown\": 0,\n \"diagnostics\": [\n"
        "  {\"code\": \"W9\", \"severity\": \"advice\", \"message\": \"no place\"},\n"
        "  {\"code\": \"E201\", \"severity\": \"error\", \"file\": \"a b/\xC3\xBC.xml\", "
        "\"line\": 2, \"column\": 3, \"end-line\": 2, \"end-column\": 4, "
        "\"message\": \"no \\\"x\\\"\", \"help\": \"a tab\",\n   \"notes\": [\n"
        "    {\"message\": \"first\", \"file\": \"a b/\xC3\xBC.xml\", \"line\": 1, "
        "\"column\": 1, \"end-line\": 1, \"end-column\": 4},\n"
        "    {\"message\": \"nowhere\"}]}\n ]}\n");
    fc_buf_clear(&b);
    fc_diags_json(fc_diags_new(*state), &b);
    assert_str(fc_buf_view(&b), "{\"errors\": 0, \"warnings\": 0, \"not-shown\": 0,\n "
                                "\"diagnostics\": []}\n");
    fc_buf_release(&b);
}

static void sarif_counts_columns_in_utf16_and_encodes_names(void **state)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_sarif(two_lines(*state), "1.2.3", title_of, &b);
    assert_non_null(strstr(b.p,
                           "\"uri\": \"a%20b/%C3%BC.xml\"}, \"region\": {\"startLine\": 2, "
                           "\"startColumn\": 4, \"endLine\": 2, \"endColumn\": 5}"));
    assert_non_null(strstr(b.p, "{\"id\": \"W9\"},\n     {\"id\": \"E201\", "
                                "\"shortDescription\": {\"text\": \"a title\"}}"));
    assert_non_null(strstr(b.p, "\"no \\\"x\\\".\\n\\na tab\""));
    fc_buf_release(&b);
}

/* A name that was quoted cannot begin a new line, move the cursor or turn the text around. */
static void a_text_is_one_line_that_steers_nothing(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    fc_diag *g =
        fc_report(d, FC_ERROR, "E1", (fc_span){0}, "no \"%s\"", "a\nb\x1B[2Jc\xE2\x80\xAE");
    fc_diag_help(d, g, "%s",
                 "\x9B"
                 "damaged");
    fc_diag_note_at(d, g, (fc_span){0}, "%s", "\xC2\x9Bplain \xC3\xA9");
    assert_str(d->list.at[0].text, "no \"a b [2Jc \"");
    assert_str(d->list.at[0].help, "\xEF\xBF\xBD"
                                   "damaged");
    assert_str(d->list.at[0].notes[0].text, " plain \xC3\xA9");
}

static void an_excerpt_is_text_even_of_a_file_that_is_none(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    uint32_t s = fc_diags_source(d, FC_S("f.xml"), FC_S("a\x9B[1m\xFF z"));
    fc_report(d, FC_ERROR, "E1", (fc_span){s, 1, 2}, "here");
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_print(d, &b);
    assert_non_null(strstr(b.p, "| a\xEF\xBF\xBD[1m\xEF\xBF\xBD z\n"));
    fc_buf_release(&b);
}

static void data_holds_no_line_of_a_source(void **state)
{
    fc_diags *d = fc_diags_new(*state);
    uint32_t s = fc_diags_source(d, FC_S("plan.xml"), FC_S("secret\n"));
    d->sources.at[s]->private_ = true;
    fc_report(d, FC_ERROR, "P1", (fc_span){s, 0, 60}, "wrong");
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_diags_json(d, &b);
    fc_diags_sarif(d, "1", title_of, &b);
    assert_null(strstr(b.p, "secret"));
    fc_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(place_caret_help_and_note),
        TEST(sorted_by_place_then_by_order),
        TEST(a_plan_is_never_shown),
        TEST(a_long_line_is_cut_around_the_place),
        TEST(control_characters_do_not_reach_the_terminal),
        TEST(more_than_fifty_are_counted),
        TEST(warnings_never_take_the_place_of_an_error),
        TEST(as_json),
        TEST(sarif_counts_columns_in_utf16_and_encodes_names),
        TEST(a_text_is_one_line_that_steers_nothing),
        TEST(an_excerpt_is_text_even_of_a_file_that_is_none),
        TEST(data_holds_no_line_of_a_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
