/* What plans keep: read(write(p)) = p over the whole value space, conflicts, marks, history. */
#include "tests/plans/generate.h"

#include "runtime/plan/eval.h"

#define FORM "tests/plans/form.xml"
#define PLANS 3000 /* five seconds under the sanitizers */
#define ROOT                                                                                   \
    "<loan xmlns='urn:formc:data:loan' xmlns:p='urn:formc:plan:1'><who><name>x</name></who>"   \
    "<what><tool p:row='a'/></what>"
#define DIGEST "sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

typedef struct tally {
    unsigned stale, conflicts, worked_out;
} tally;

/* Nothing that was given is touched, neither in the plan nor in what is made of it; working out
 * again changes nothing. */
static void work_out(fc_arena *a, const fc_plan *p, fc_str bytes, unsigned n, tally *t)
{
    const fc_plan *once = fc_plan_worked_out(a, p), *twice = fc_plan_worked_out(a, once);
    assert_ptr_not_equal(once, p);
    same_str(bytes, fc_plan_written(a, p), n);
    for (size_t c = 0; c < p->form->containers.n; c++)
        for (size_t r = 0; r < p->rows[c].list.n; r++)
            for (size_t i = 0; i < p->form->containers.at[c]->fields.n; i++) {
                const fc_answer *was = &p->rows[c].list.at[r].answers[i];
                const fc_answer *is = &once->rows[c].list.at[r].answers[i];
                same_answer(is, &twice->rows[c].list.at[r].answers[i], n);
                assert_int_equal(is->worked_out,
                                 twice->rows[c].list.at[r].answers[i].worked_out);
                if (!is->worked_out)
                    same_answer(was, is, n);
                else if (was->text.n || was->absent.n ||
                         !p->form->containers.at[c]->fields.at[i]->calc)
                    fail_msg("plan %u: something was overwritten", n);
                t->worked_out += is->worked_out;
            }
}

static void write_and_read(fc_arena *a, unsigned n, dice *d, tally *t)
{
    const fc_form *f = compile_file(a, FORM);
    fc_plan *p = some_plan(a, f, d), *q = NULL;
    fc_str bytes = fc_plan_written(a, p);
    fc_diags *found = fc_diags_new(a);
    fc_status s = fc_plan_read(a, f, bytes, FC_S("p.xml"), found, &q);
    if (s != FC_OK || found->list.n)
        fail_msg("plan %u: %d, %s\n%.*s", n, s, found->list.n ? found->list.at[0].code : "",
                 FC_ARG(bytes));
    same_plan(p, q, n);
    work_out(a, p, bytes, n, t);
    same_str(bytes, fc_plan_written(a, q), n);
    for (size_t i = 0; i < q->marks.n; i++)
        t->stale += q->marks.at[i].state == FC_MARK_STALE;
    t->conflicts += q->conflicts.n > 0;
}

/* Each plan in memory of its own, which is released. */
static void in_an_arena(unsigned n, dice *d, tally *t)
{
    fc_arena *a = fc_arena_new((size_t)64 << 20);
    assert_non_null(a);
    if (!FC_BOUNDARY(a))
        fail_msg("plan %u: memory ran out", n);
    write_and_read(a, n, d, t);
    fc_arena_drop(a);
}

static void what_is_written_is_read_back_the_same(void **state)
{
    dice d = {20261123};
    tally t = {0};
    (void)state;
    for (unsigned n = 0; n < PLANS; n++)
        in_an_arena(n, &d, &t);
    /* The plans that were made are not all alike. */
    assert_true(t.stale > PLANS / 50 && t.stale < PLANS / 2);
    assert_true(t.conflicts > PLANS / 10 && t.conflicts < PLANS);
    assert_true(t.worked_out > PLANS / 10 && t.worked_out < 2 * PLANS);
}

static void what_is_kept_is_checked(void **state)
{
    static const struct {
        const char *text, *code;
    } rows[] = {
        {"<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='store/a' via='x' did='set' "
         "path='who/name'/></p:history>",
         ""},
        {"<p:history><p:entry n='2' at='2026-02-01T10:04:00Z' by='store' via='x' did='set'/>"
         "</p:history>",
         "P138"},
        {"<p:history><p:entry n='1' at='2026-02-30T10:04:00Z' by='store' via='x' did='set'/>"
         "</p:history>",
         "P132"},
        {"<p:history><p:entry n='1' at='2026-02-01T24:04:00Z' by='store' via='x' did='set'/>"
         "</p:history>",
         "P132"},
        {"<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='secret' via='x' did='set'/>"
         "</p:history>",
         "P133"},
        {"<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='store/' via='x' did='set'/>"
         "</p:history>",
         "P133"},
        {"<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='store' via='x' "
         "did='secret'/></p:history>",
         "P137"},
        {"<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='store' via='x' did='set' "
         "file='secret'/></p:history>",
         "P134"},
        {"<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='store' via='x' did='set' "
         "value='secret'/></p:history>",
         "P131"},
        {"<p:history>secret</p:history>", "P103"},
        {"<p:history><p:secret/></p:history>", "P103"},
        {"<p:history/><p:history/>", "P103"},
        {"<p:conflicts><p:conflict path='who/name'><p:stored>x</p:stored><p:visible/>"
         "</p:conflict></p:conflicts>",
         ""},
        {"<p:conflicts><p:conflict path='who/name'><p:stored>secret</p:stored>"
         "</p:conflict></p:conflicts>",
         "P136"},
        {"<p:conflicts><p:conflict path='who/secret'><p:stored/><p:visible/></p:conflict>"
         "</p:conflicts>",
         "P135"},
        {"<p:conflicts><p:conflict path='what/tool[secret]/item'><p:stored/><p:visible/>"
         "</p:conflict></p:conflicts>",
         "P135"},
        {"<p:conflicts><p:conflict path='what/tool[a]/item'><p:stored/><p:visible>y<b/>"
         "</p:visible></p:conflict></p:conflicts>",
         "P111"},
        {"<p:conflicts><p:conflict path='who/name'><p:stored absent='secret'/><p:visible/>"
         "</p:conflict></p:conflicts>",
         "P112"},
        {"<p:conflicts><p:conflict path='who/name'><p:stored/><p:visible/></p:conflict>"
         "<p:conflict path='who/name'><p:stored/><p:visible/></p:conflict></p:conflicts>",
         "P110"},
        {"<p:marks><p:mark path='signatures/member/mark' at='2026-02-01T10:04:00Z' by='member' "
         "own='" DIGEST "' covers='" DIGEST "'/></p:marks>",
         ""},
        {"<p:marks><p:mark path='signatures/member/mark' at='2026-02-01T10:04:00Z' by='member' "
         "own='" DIGEST "' covers='" DIGEST "0'/></p:marks>",
         "P134"},
        {"<p:marks><p:mark path='who/name' at='2026-02-01T10:04:00Z' by='member' own='" DIGEST
         "' covers='" DIGEST "'/></p:marks>",
         "P135"},
    };
    const fc_form *f = compile_file(*state, FORM);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_plan *p;
        fc_diags *d = fc_diags_new(*state);
        fc_str text = fc_str_fmt(*state, ROOT "%s</loan>", rows[i].text);
        fc_status s = fc_plan_read(*state, f, text, FC_S("p.xml"), d, &p);
        fc_buf b;
        fc_buf_init(&b, 1 << 20);
        fc_diags_print(d, &b);
        if (s != (rows[i].code[0] ? FC_FOUND : FC_OK) ||
            (rows[i].code[0] && !strstr(b.p, rows[i].code)) || (b.n && strstr(b.p, "secret")))
            fail_msg("row %zu: %d %s", i, s, b.n ? b.p : "");
        fc_buf_release(&b);
    }
}

static void a_path_names_a_place(void **state)
{
    static const struct {
        const char *path;
        bool found;
    } rows[] = {{"who/name", true},
                {"what/tool[a]/item", true},
                {"who", false},
                {"what/tool/item", false},
                {"what/tool[b]/item", false},
                {"what/tool[a]", false},
                {"what/tool[a]/none", false},
                {"what/tool[a/item", false},
                {"what[a]/tool/item", false},
                {"", false},
                {"[", false}};
    const fc_form *f = compile_file(*state, FORM);
    fc_plan *p;
    fc_diags *d = fc_diags_new(*state);
    assert_int_equal(fc_plan_read(*state, f, FC_S(ROOT "</loan>"), FC_S("p"), d, &p), FC_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_place at;
        if (fc_plan_find(p, fc_str_of(rows[i].path), &at) != rows[i].found)
            fail_msg("%s", rows[i].path);
        if (rows[i].found)
            assert_str(fc_plan_path(*state, at.field,
                                    at.field->container->repeat ? FC_S("a") : FC_S("")),
                       rows[i].path);
    }
}

/* Sets the answer at a path and says in which state the mark then is. */
static fc_mark_state after(fc_plan *p, const char *path, const char *text)
{
    fc_place at;
    assert_true(fc_plan_find(p, fc_str_of(path), &at));
    fc_plan_answer_at(p, at)->text = fc_str_of(text);
    fc_plan_look_at_marks(p);
    assert_int_equal(p->marks.n, 1);
    return p->marks.at[0].state;
}

static void a_mark_knows_when_what_it_covers_changes(void **state)
{
    const fc_form *f = compile_file(*state, FORM);
    fc_plan *p;
    fc_diags *d = fc_diags_new(*state);
    fc_str at = FC_S("2026-02-01T10:04:00Z"), by = FC_S("member"), via = FC_S("set");
    assert_int_equal(fc_plan_read(*state, f, FC_S(ROOT "</loan>"), FC_S("p"), d, &p), FC_OK);
    fc_plan_note_marks(p, at, by, via);
    assert_int_equal(p->marks.n, 0); /* nobody has signed */
    fc_place mark;
    assert_true(fc_plan_find(p, FC_S("signatures/member/mark"), &mark));
    fc_plan_answer_at(p, mark)->text = FC_S("Q");
    fc_plan_note_marks(p, at, by, via);
    assert_int_equal(p->history.n, 1);
    assert_str(p->history.at[0].did, "mark");
    assert_int_equal(after(p, "notes/condition", "scratched"), FC_MARK_FRESH); /* not covered */
    assert_int_equal(after(p, "what/tool[a]/item", "Saw"), FC_MARK_STALE);
    assert_true(fc_plan_mark_is_stale(p, mark.field));
    fc_plan_note_marks(p, at, by, via); /* looking does not make it fresh */
    assert_int_equal(p->history.n, 1);
    assert_int_equal(after(p, "what/tool[a]/item", ""), FC_MARK_FRESH); /* as it was */
    assert_int_equal(after(p, "who/name", "x "), FC_MARK_STALE);
    assert_int_equal(after(p, "signatures/member/signed-on", "2026-02-02"), FC_MARK_OTHER);
    fc_plan_note_marks(p, at, by, via); /* signed again */
    assert_int_equal(p->history.n, 2);
    assert_int_equal(p->marks.at[0].state, FC_MARK_FRESH);
    fc_plan_answer_at(p, mark)->text = (fc_str){0};
    fc_plan_note_marks(p, at, by, via);
    assert_int_equal(p->marks.n, 0);
}

static void the_digest_is_that_of_the_lines_in_the_plan(void **state)
{
    const fc_form *f = compile_file(*state, FORM);
    fc_plan *p;
    fc_diags *d = fc_diags_new(*state);
    assert_int_equal(fc_plan_read(*state, f, FC_S(ROOT "</loan>"), FC_S("p"), d, &p), FC_OK);
    const fc_node *nodes[] = {fc_form_find(f, FC_S("what")), fc_form_find(f, FC_S("who"))};
    /* printf '  <who>\n    <name>x</name>\n  </who>\n  <what>\n    <tool p:row="a"/>\n
     * </what>\n' | sha256sum */
    assert_str(fc_plan_digest_of(*state, p, nodes, 2),
               "sha256:8409bb3d64cd3aad2bb5d137039f034e97f2b9cabeff05c6904356df23dff734");
    assert_str(fc_plan_digest_of(*state, p, nodes, 0),
               "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_conflict_ends_with_the_side_that_was_chosen(void **state)
{
    for (int visible = 0; visible < 2; visible++) {
        const fc_form *f = compile_file(*state, FORM);
        fc_plan *p;
        fc_diags *d = fc_diags_new(*state);
        fc_str text = FC_S(
            ROOT "<p:conflicts>"
                 "<p:conflict path='what/tool[a]/item'><p:stored/><p:visible/></p:conflict>"
                 "<p:conflict path='who/name'><p:stored>x</p:stored>"
                 "<p:visible xml:lang='cy'>y</p:visible></p:conflict></p:conflicts></loan>");
        assert_int_equal(fc_plan_read(*state, f, text, FC_S("p"), d, &p), FC_OK);
        assert_int_equal(p->conflicts.n, 2);
        assert_str(p->conflicts.at[0].field->path, "who/name"); /* the order of the form */
        fc_place at;
        assert_true(fc_plan_find(p, FC_S("who/name"), &at));
        fc_plan_settle(p, at, visible);
        assert_str(fc_plan_answer(p, at.field, 0)->text, visible ? "y" : "x");
        assert_str(fc_plan_answer(p, at.field, 0)->lang, visible ? "cy" : "");
        assert_int_equal(p->conflicts.n, 1);
        assert_null(fc_plan_conflict(p, at));
        fc_plan_settle(p, at, !visible); /* there is none: nothing happens */
        assert_str(fc_plan_answer(p, at.field, 0)->text, visible ? "y" : "x");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read_back_the_same),
        TEST(what_is_kept_is_checked),
        TEST(a_path_names_a_place),
        TEST(a_mark_knows_when_what_it_covers_changes),
        TEST(the_digest_is_that_of_the_lines_in_the_plan),
        TEST(a_conflict_ends_with_the_side_that_was_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
