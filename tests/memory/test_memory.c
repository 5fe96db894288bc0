/* What happens when memory runs out: each allocation of a run fails in turn, once by itself and
 * once with all that follow. The run then either gives up or comes to the same bytes as ever,
 * and gives everything back. Our own allocations come here through the linker's --wrap, those
 * of libxml2 through xmlMemSetup; arena.c is built so that each of its requests is one. */
#include "tests/unit/unit.h"

#include "compiler/compile.h"
#include "runtime/base/file.h"
#include "runtime/plan/pin.h"
#include "runtime/plan/review.h"

#include "form_default.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- Allocations that fail --------------------------------------------------------------- */

void *__real_malloc(size_t n);
void *__real_calloc(size_t count, size_t n);
void *__real_realloc(void *p, size_t n);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t count, size_t n);
void *__wrap_realloc(void *p, size_t n);
void __wrap_free(void *p);

static struct {
    size_t n;     /* allocations so far */
    size_t fails; /* the number of the one that fails; 0 for none */
    bool and_all_that_follow;
    long live;   /* what has not been given back */
    long theirs; /* the same of libxml2 */
} memory;

static bool refused(void)
{
    memory.n++;
    return memory.fails && (memory.n == memory.fails ||
                            (memory.and_all_that_follow && memory.n > memory.fails));
}

static void *given(void *p)
{
    memory.live += p != NULL;
    return p;
}

void *__wrap_malloc(size_t n)
{
    return refused() ? NULL : given(__real_malloc(n));
}

void *__wrap_calloc(size_t count, size_t n)
{
    return refused() ? NULL : given(__real_calloc(count, n));
}

void *__wrap_realloc(void *p, size_t n)
{
    if (refused())
        return NULL;
    void *q = __real_realloc(p, n);
    memory.live += !p && q;
    return q;
}

void __wrap_free(void *p)
{
    memory.live -= p != NULL;
    __real_free(p);
}

static void *xml_malloc(size_t n)
{
    void *p = refused() ? NULL : __real_malloc(n);
    memory.theirs += p != NULL;
    return p;
}

static void *xml_realloc(void *p, size_t n)
{
    if (refused())
        return NULL;
    void *q = __real_realloc(p, n);
    memory.theirs += !p && q;
    return q;
}

static void xml_free(void *p)
{
    memory.theirs -= p != NULL;
    __real_free(p);
}

static char *xml_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *p = xml_malloc(n);
    return p ? memcpy(p, s, n) : NULL;
}

/* ---- Runs -------------------------------------------------------------------------------- */

#define LIMIT ((size_t)256 << 20)

/* The result of a run, in memory that is not counted. */
typedef struct result {
    bool gave_up;
    char bytes[1 << 18];
    size_t n;
} result;

static void keep(result *r, fc_str s)
{
    assert_true(s.n <= sizeof r->bytes - r->n);
    if (s.n)
        memcpy(r->bytes + r->n, s.p, s.n);
    r->n += s.n;
}

typedef struct inputs {
    fc_str form, plan;
} inputs;

static void keep_told(fc_arena *a, fc_diags *d, result *r)
{
    for (size_t i = 0; i < d->list.n; i++)
        keep(r, fc_str_fmt(a, "%s %.*s %.*s\n", d->list.at[i].code, FC_ARG(d->list.at[i].text),
                           FC_ARG(d->list.at[i].help)));
}

static void compile_and_read(fc_arena *a, const inputs *in, result *r)
{
    fc_diags *d = fc_diags_new(a);
    const fc_form *f = NULL;
    fc_plan *p = NULL;
    fc_status s = fc_compile(a, FC_S("form.xml"), FC_S("form.xml"), in->form, d, &f);
    keep(r, fc_str_fmt(a, "%d\n", (int)s));
    if (f) {
        keep(r, f->digest);
        keep(r, fc_plan_pin(a, in->plan));
        s = fc_plan_read(a, f, in->plan, FC_S("plan.xml"), d, &p);
        keep(r, fc_str_fmt(a, " %d\n", (int)s));
    }
    keep_told(a, d, r);
    for (unsigned stage = 0; p && stage < f->stages.n; stage++) {
        fc_review review = {0};
        fc_buf b;
        fc_buf_init_in(&b, a, FC_BUF_MAX);
        fc_plan_review(a, p, stage, fv_date_make(2026, 6, 30), &review);
        fc_review_text(p, &review, &b);
        fc_review_json(p, &review, stage, FC_S("2026-06-30"), &b);
        fc_plan_note_marks(p, FC_S("2026-06-30T00:00:00Z"), FC_S("int"), FC_S("set"));
        fc_plan_write(p, &b);
        keep(r, fc_buf_keep(&b, a));
        fc_buf_release(&b);
    }
}

static void run_formc(const inputs *in, result *r)
{
    fc_arena *a = fc_arena_new(LIMIT);
    r->n = 0;
    r->gave_up = true;
    if (!a)
        return;
    if (FC_BOUNDARY(a)) {
        compile_and_read(a, in, r);
        r->gave_up = false;
    }
    fc_arena_drop(a);
}

static void run_generated(const inputs *in, result *r)
{
    struct form_default *p = NULL;
    unsigned long line = 0;
    fv_read read = form_default_read(&p, in->plan.p, in->plan.n, &line);
    assert_int_equal(read == FV_READ_OK, p != NULL);
    r->n = 0;
    r->gave_up = read == FV_READ_NO_MEMORY;
    if (p) {
        keep(r, (fc_str){p->class_.auto_.text.p, p->class_.auto_.text.n});
        keep(r, (fc_str){p->class_.bool_.text.p, p->class_.bool_.text.n});
        for (size_t i = 0; i < p->struct_.union_.n; i++)
            keep(r, (fc_str){p->struct_.union_.at[i].row_.p, p->struct_.union_.at[i].row_.n});
    }
    form_default_release(p);
    if (!r->gave_up && read != FV_READ_OK)
        keep(r, fc_str_of(fv_read_words(read)));
}

typedef void run(const inputs *in, result *r);

/* libxml2 keeps what it said last. */
static void run_and_forget(run *work, const inputs *in, result *r)
{
    work(in, r);
    xmlResetLastError();
}

/* Where this program's standard error goes meanwhile: nothing may come there. */
static FILE *said;
static int terminal;

static void listen_to_stderr(void)
{
    said = tmpfile();
    assert_non_null(said);
    fflush(stderr);
    terminal = dup(2);
    dup2(fileno(said), 2);
}

static long stop_listening(void)
{
    fflush(stderr);
    dup2(terminal, 2);
    close(terminal);
    fseek(said, 0, SEEK_END);
    long n = ftell(said);
    fclose(said);
    return n;
}

/* libxml2 2.9 forgets a buffer of its own when there is no room for a file of more than a few
 * pages, so with a large input only ours is counted. */
static void each_allocation_fails(run *work, const inputs *in)
{
    static result whole, now;
    memset(&memory, 0, sizeof memory);
    run_and_forget(work, in, &whole); /* what libraries keep for ever is made now */
    assert_false(whole.gave_up);
    memory.n = 0;
    long live = memory.live, theirs = memory.theirs;
    bool large = in->form.n > 4000;
    run_and_forget(work, in, &now);
    assert_int_equal(memory.live, live);
    assert_int_equal(memory.theirs, theirs);
    size_t n = memory.n, gave_up = 0;
    assert_true(n > 20);
    listen_to_stderr();
    for (size_t i = 1; i <= n; i++)
        for (int all = 0; all < 2; all++) {
            memory.n = 0;
            memory.fails = i;
            memory.and_all_that_follow = all;
            run_and_forget(work, in, &now);
            memory.fails = 0;
            const char *wrong = NULL;
            if (memory.live != live || (!large && memory.theirs != theirs))
                wrong = "is not given back";
            else if (!now.gave_up &&
                     (now.n != whole.n || memcmp(now.bytes, whole.bytes, now.n)))
                wrong = "changes the result";
            else if (!now.gave_up && all && memory.n >= i)
                wrong = "is not noticed";
            if (wrong) {
                stop_listening();
                if (getenv("DBG")) {
                    printf("%.*s\n-----\n%.*s\n", (int)now.n, now.bytes, (int)whole.n,
                           whole.bytes);
                    fflush(stdout);
                }
                fail_msg("allocation %zu of %zu%s %s", i, n, all ? " and all that follow" : "",
                         wrong);
            }
            gave_up += now.gave_up;
        }
    assert_int_equal(stop_listening(), 0);
    assert_true(gave_up > n);
    print_message("%zu allocations; %zu of %zu runs gave up\n", n, gave_up, 2 * n);
}

static fc_str file(fc_arena *a, const char *path)
{
    fc_str bytes;
    const char *why = "";
    if (fc_file_read(a, path, 1 << 20, &bytes, &why) != FC_OK)
        fail_msg("%s: %s", path, why);
    return bytes;
}

static const char small[] =
    "<form xmlns='urn:formc:form:1' id='f' version='1.0.0' status='draft' xml:lang='en-GB' "
    "data-ns='urn:x:f'><title>T</title><parties><party id='int' "
    "kind='person'>I</party></parties>"
    "<choices id='c'><choice id='x'>X</choice></choices>"
    "<block id='b'><field id='t' label='T' type='line'/></block>"
    "<section id='s' title='S'><field id='a' label='A' type='date' must='a le as-of()'>"
    "<message>Later.</message></field><field id='c' label='C' type='choice' choices='c'/>"
    "<use id='u' block='b' title='U'/>"
    "<repeat id='r' label='R'><field id='w' label='W' type='line' required='yes'/></repeat>"
    "</section><section id='t' title='T'><signature id='g' label='G' party='int' covers='s'>"
    "<field id='name' label='N' type='person-name'/><field id='mark' label='M' type='mark'/>"
    "<field id='on' label='O' type='date'/></signature></section>"
    "<rules id='x'><rule id='y' must='any(s/r, w eq &apos;a&apos;)'><message>None.</message>"
    "</rule></rules><examples><example id='e' title='E' as-of='2026-01-01'>"
    "<set path='s/r[1]/w'>a</set><expect-clean/></example></examples></form>";

static const char small_plan[] =
    "<f xmlns='urn:x:f' xmlns:p='urn:formc:plan:1' p:version='1.0.0'>\n<s><a>2026-01-31</a>"
    "<c xml:lang='cy'>y &amp; z\n</c><u><t p:absent='masked'/></u><r p:row='k'><w>one</w></r>"
    "<r><w>two</w></r></s><t><g><name>N</name><mark>M</mark></g></t>"
    "<p:conflicts><p:conflict "
    "path='s/r[k]/w'><p:stored>one</p:stored><p:visible>uno</p:visible>"
    "</p:conflict></p:conflicts>"
    "<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='int' via='set' did='set'/>"
    "</p:history></f>";

static void a_small_form(void **state)
{
    (void)state;
    each_allocation_fails(run_formc, &(inputs){fc_str_of(small), fc_str_of(small_plan)});
}

static void a_form_with_mistakes(void **state)
{
    static const char bad[] = "<form xmlns='urn:formc:form:1' id='F'><section id='s'>"
                              "<field id='a' type='lin' must='b &lt;'/><q/></section></form>";
    (void)state;
    each_allocation_fails(run_formc, &(inputs){fc_str_of(bad), FC_S("")});
}

static void a_plan_that_is_not_xml(void **state)
{
    (void)state;
    each_allocation_fails(run_formc,
                          &(inputs){fc_str_of(small), FC_S("<f xmlns='urn:x:f'><s>secret")});
}

/* The same for the generated reader. */
static void generated_code(void **state)
{
    static const char plan[] =
        "<default xmlns='urn:formc:data:default' xmlns:p='urn:formc:plan:1' p:form='default'>"
        "<class><auto>one</auto><bool>two\n</bool></class><struct><union><if>x</if></union>"
        "<union p:row='k'/></struct></default>";
    (void)state;
    each_allocation_fails(run_generated, &(inputs){.plan = fc_str_of(plan)});
}

/* The forms of this repository: too long for every day. */
static void whole_forms(void **state)
{
    static const char *const paths[][2] = {
        {"forms/s117-aftercare/form.xml", "forms/s117-aftercare/examples/faulty.xml"}};
    fc_arena *a = fc_arena_new(LIMIT);
    (void)state;
    assert_non_null(a);
    if (!FC_BOUNDARY(a))
        fail_msg("memory ran out");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        inputs in = {file(a, paths[i][0]), file(a, paths[i][1])};
        each_allocation_fails(run_formc, &in);
    }
    fc_arena_drop(a);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest every_day[] = {
        cmocka_unit_test(a_small_form),
        cmocka_unit_test(a_form_with_mistakes),
        cmocka_unit_test(a_plan_that_is_not_xml),
        cmocka_unit_test(generated_code),
    };
    const struct CMUnitTest nightly[] = {cmocka_unit_test(whole_forms)};
    xmlMemSetup(xml_free, xml_malloc, xml_realloc, xml_strdup);
    xmlInitParser();
    if (argc > 1 && strcmp(argv[1], "whole") == 0)
        return cmocka_run_group_tests(nightly, NULL, NULL);
    return cmocka_run_group_tests(every_day, NULL, NULL);
}
