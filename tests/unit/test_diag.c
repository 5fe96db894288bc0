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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(place_caret_help_and_note),
        TEST(sorted_by_place_then_by_order),
        TEST(a_plan_is_never_shown),
        TEST(a_long_line_is_cut_around_the_place),
        TEST(control_characters_do_not_reach_the_terminal),
        TEST(more_than_fifty_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
