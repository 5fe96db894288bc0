/* Documents when memory runs out: the allocations of a run fail in turn, whoever makes them,
 * ours, libxslt's, HarfBuzz's, ICU's, libharu's or libzip's; once by themselves and once with
 * all that follow. Every run either gives up or makes the same document as ever, gives
 * everything back, and dies in no library.
 *
 *     memory-documents FORM PLAN [EVERY EVERY_PREPARED EVERY_COLD]
 *
 * In each of the three kinds of run every so-manieth point fails (0: none does):
 *   EVERY           stylesheets, fonts and the document; the reserve is tried by itself, too
 *   EVERY_PREPARED  only what is done for each document
 *   EVERY_COLD      everything, in a process in which no library has done anything yet
 * The program's own malloc (runtime/base/memory.c) is built again on top of the one here. */
#include "cli/making.h"
#include "runtime/base/file.h"
#include "runtime/base/memory.h"

#include <libxml/xmlerror.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Allocations that fail --------------------------------------------------------------- */

/* The next malloc below: the sanitizer's when there is one. */
#ifdef __SANITIZE_ADDRESS__
#define BELOW(name) __interceptor_##name
#else
#define BELOW(name) __libc_##name
#endif
void *BELOW(malloc)(size_t n);
void *BELOW(calloc)(size_t count, size_t n);
void *BELOW(realloc)(void *p, size_t n);
void BELOW(free)(void *p);
void *test_malloc(size_t n);
void *test_calloc(size_t count, size_t n);
void *test_realloc(void *p, size_t n);
void test_free(void *p);

static struct {
    size_t n;     /* allocations so far */
    size_t fails; /* the number of the one that fails; 0 for none */
    bool and_all_that_follow;
    long live; /* what has not been given back */
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

void *test_malloc(size_t n)
{
    return refused() ? NULL : given(BELOW(malloc)(n));
}

void *test_calloc(size_t count, size_t n)
{
    return refused() ? NULL : given(BELOW(calloc)(count, n));
}

void *test_realloc(void *p, size_t n)
{
    if (refused())
        return NULL;
    void *q = BELOW(realloc)(p, n);
    memory.live += !p && q;
    return q;
}

void test_free(void *p)
{
    memory.live -= p != NULL;
    BELOW(free)(p);
}

/* ---- Runs -------------------------------------------------------------------------------- */

#define LIMIT ((size_t)256 << 20)
#define BYTES_MAX ((size_t)4 << 20)

typedef struct kind {
    const char *name, *target;
    bool filled;
    fc_purpose purpose;
} kind;

static const kind kinds[] = {
    {"Word, blank", "docx", false, FC_TO_FILL_IN},
    {"Word, filled", "docx", true, FC_TO_FILL_IN},
    {"Word, record", "docx", true, FC_TO_KEEP},
    {"PDF, blank", "pdf", false, FC_TO_FILL_IN},
    {"PDF, filled", "pdf", true, FC_TO_FILL_IN},
    {"PDF, record", "pdf", true, FC_TO_KEEP},
};
#define KINDS (sizeof kinds / sizeof *kinds)

/* What stays: the form, the plan, and in prepared runs what is made once. */
typedef struct setting {
    fc_build build;
    fc_str plan; /* its bytes; empty: a blank */
    const kind *kind;
    const fc_target *target;
    bool is_prepared;
    void *prepared;
} setting;

/* The result of a run, in memory that is not counted. */
typedef struct result {
    bool gave_up;
    size_t n;
    char bytes[BYTES_MAX];
} result;

void fc_complain(const char *fmt, ...)
{
    (void)fmt; /* what cannot be read is told below */
}

static void fail(const char *what)
{
    fprintf(stderr, "memory-documents: %s\n", what);
    exit(1);
}

static void make_document(const setting *s, fc_arena *a, result *r)
{
    fc_build own = s->build, *b = &own;
    fc_output_files files = {0};
    void *prepared = s->prepared;
    fc_status status = FC_OK;
    b->options.purpose = s->kind->purpose;
    if (!s->is_prepared) {
        b->arena = a;
        b->style_input = NULL;
        b->diags = fc_diags_new(a);
        if (s->target->prepare)
            status = s->target->prepare(b, &prepared);
    }
    fc_plan *plan = NULL;
    if (s->plan.n == 0)
        plan = fc_plan_new(a, b->form);
    else if (status == FC_OK)
        status = fc_plan_read(a, b->form, s->plan, FC_S("plan.xml"), fc_diags_new(a), &plan);
    if (status == FC_OK)
        status = s->target->make(b, prepared, plan, a, &files);
    if (status != FC_OK || files.n != 1 || files.at[0].bytes.n > BYTES_MAX)
        return; /* as if it had been given up; without a shortage that is noticed */
    r->n = files.at[0].bytes.n;
    memcpy(r->bytes, files.at[0].bytes.p, r->n);
    r->gave_up = false;
}

static void run(const setting *s, result *r)
{
    r->n = 0;
    r->gave_up = true;
    fc_arena *a = fc_arena_new(LIMIT);
    if (!a)
        return;
    if ((!s->is_prepared || FC_BOUNDARY(s->build.arena)) && FC_BOUNDARY(a))
        make_document(s, a, r);
    fc_arena_drop(a);
    xmlResetLastError(); /* libxml2 keeps what it said last */
}

static void arm(size_t fails, bool all)
{
    memory.n = 0;
    memory.fails = fails;
    memory.and_all_that_follow = all;
}

/* Pieces that have not been given back, the reserve's too: what a library keeps for ever can
 * come to lie there. */
static long live_pieces(void)
{
    return memory.live + (long)fc_memory_reserved();
}

static const char *wrong_in(const result *whole, const result *now, long live)
{
    if (live_pieces() != live)
        return "leaves memory behind";
    if (!now->gave_up &&
        (now->n != whole->n || memcmp(now->bytes, whole->bytes, whole->n) != 0))
        return "changes the document";
    return NULL;
}

static size_t gave_up_in(const setting *s, const result *whole, size_t n, size_t every,
                         size_t *runs)
{
    static result now;
    size_t gave_up = 0;
    for (int all = 0; all < 2; all++)
        for (size_t i = 1 + (size_t)all * (every / 2); i <= n; i += every) {
            const long live = live_pieces();
            arm(i, all);
            run(s, &now);
            arm(0, false);
            const char *wrong = wrong_in(whole, &now, live);
            if (wrong) {
                fprintf(stderr, "%s: allocation %zu of %zu%s %s (%ld pieces)\n", s->kind->name,
                        i, n, all ? " and all that follow" : "", wrong, live_pieces() - live);
                exit(1);
            }
            gave_up += now.gave_up;
            ++*runs;
        }
    return gave_up;
}

static void each_fails(const setting *s, size_t every)
{
    static result whole, again;
    size_t runs = 0;
    arm(0, false);
    run(s, &whole); /* what libraries keep for ever is made now */
    run(s, &whole);
    arm(0, false);
    run(s, &again);
    const size_t n = memory.n;
    if (whole.gave_up || again.gave_up || whole.n != again.n ||
        memcmp(whole.bytes, again.bytes, whole.n) != 0)
        fail("the document cannot be made, or not twice");
    const size_t gave_up = gave_up_in(s, &whole, n, every, &runs);
    run(s, &again);
    if (again.gave_up || again.n != whole.n || memcmp(again.bytes, whole.bytes, whole.n) != 0)
        fail("after all that the document is another one");
    if (gave_up < runs / 2)
        fail("hardly any run gave up: do the failures come through?");
    printf("%-14s%s: %zu allocations, every %zu. fails: %zu of %zu runs gave up\n",
           s->kind->name, s->is_prepared ? ", prepared" : "", n, every, gave_up, runs);
    fflush(stdout);
}

/* In children, so that nothing has been made before and a death is seen. The parent must not
 * have run anything. */
static bool child_fails(const setting *s, size_t at, bool all, size_t *n)
{
    int status = 0, ends[2];
    if (pipe(ends) != 0)
        fail("no pipe");
    const pid_t child = fork();
    if (child == 0) {
        static result now;
        arm(at, all);
        run(s, &now);
        const size_t count = memory.n;
        arm(0, false);
        if (write(ends[1], &count, sizeof count) != sizeof count ||
            write(ends[1], &now, offsetof(result, bytes) + now.n) < 0)
            _exit(9);
        _exit(0);
    }
    close(ends[1]);
    static result r;
    size_t got = 0;
    memset(&r, 0, offsetof(result, bytes));
    if (read(ends[0], n, sizeof *n) != sizeof *n)
        *n = 0;
    for (ssize_t k;
         got < sizeof r && (k = read(ends[0], (char *)&r + got, sizeof r - got)) > 0;)
        got += (size_t)k;
    close(ends[0]);
    waitpid(child, &status, 0);
    static result whole;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s: allocation %zu%s: the program ended with %d\n", s->kind->name, at,
                all ? " and all that follow" : "", status);
        exit(1);
    }
    if (at == 0)
        whole = r;
    if (r.gave_up)
        return true;
    if (r.n != whole.n || memcmp(r.bytes, whole.bytes, r.n) != 0)
        fail("a cold run changes the document");
    return false;
}

static void each_fails_cold(const setting *s, size_t every)
{
    size_t n = 0, ignored = 0, runs = 0, gave_up = 0;
    if (child_fails(s, 0, false, &n))
        fail("the document cannot be made");
    for (int all = 0; all < 2; all++)
        for (size_t i = 1 + (size_t)all * (every / 2); i <= n; i += every) {
            gave_up += child_fails(s, i, all, &ignored);
            runs++;
        }
    printf("%-14s, cold: %zu allocations, every %zu. fails: %zu of %zu runs gave up\n",
           s->kind->name, n, every, gave_up, runs);
    fflush(stdout);
}

static void load(fc_arena *a, const char *form, const char *plan, setting *s)
{
    static const char *const no_rows[] = {NULL};
    fc_loaded l = {.arena = a};
    const char *why = "";
    if (fc_load_form(&l, form) != FC_OK ||
        fc_build_open(&s->build, &l, no_rows, NULL, NULL) != FC_OK)
        fail("the form cannot be read");
    if (plan && fc_file_read(a, plan, BYTES_MAX, &s->plan, &why) != FC_OK)
        fail("the plan cannot be read");
}

static void test_kind(const kind *k, const char *form, const char *plan, bool prepared,
                      void (*test)(const setting *, size_t), size_t every)
{
    setting s = {.kind = k, .target = fc_target_find(k->target), .is_prepared = prepared};
    fc_arena *a = fc_arena_new(LIMIT);
    if (!a || !FC_BOUNDARY(a))
        fail("no memory to begin with");
    load(a, form, k->filled ? plan : NULL, &s);
    if (prepared) {
        s.build.options.purpose = k->purpose;
        if (s.target->prepare && s.target->prepare(&s.build, &s.prepared) != FC_OK)
            fail("the form cannot be made into this");
    }
    test(&s, every);
    fc_arena_drop(a);
}

/* The reserve by itself: pieces keep what is in them, and are given back in any order. */
static void try_reserve(void)
{
    const size_t before = fc_memory_reserved();
    const unsigned long shortages = fc_memory_shortages();
    const volatile size_t too_many = SIZE_MAX / 2; /* or the compiler warns of it */
    char *heap = malloc(5);
    if (!heap)
        fail("no memory to begin with");
    memcpy(heap, "heap", 5);
    arm(1, true);
    char *a = malloc(3), *b = calloc(4, 25), *c = malloc(0);
    char *moved = realloc(heap, 4000), *huge = malloc(too_many / 2);
    bool right = a && b && c && moved && !huge && strcmp(moved, "heap") == 0 &&
                 calloc(too_many, 4) == NULL && fc_memory_reserved() == before + 4;
    for (size_t i = 0; right && i < 100; i++)
        right = b[i] == 0;
    free(b); /* from the middle: its place is not free yet */
    char *more = realloc(a, 4);
    right = right && more && fc_memory_reserved() == before + 3;
    arm(0, false);
    moved = realloc(moved, 8000); /* back to where memory comes from otherwise */
    right = right && moved && strcmp(moved, "heap") == 0;
    free(c);
    free(more);
    free(moved);
    if (!right || fc_memory_reserved() != before || fc_memory_shortages() != shortages + 7)
        fail("the reserve does not work");
}

static size_t number(int argc, char **argv, int i)
{
    return argc > i ? (size_t)strtoul(argv[i], NULL, 10) : 1;
}

int main(int argc, char **argv)
{
    if (argc < 3 || !fc_memory_is_ours())
        fail("usage: memory-documents FORM PLAN [EVERY EVERY_PREPARED EVERY_COLD]");
    const size_t every = number(argc, argv, 3), every_prepared = number(argc, argv, 4),
                 every_cold = number(argc, argv, 5);
    if (every)
        try_reserve();
    for (size_t i = 0; every_cold && i < KINDS; i++)
        test_kind(&kinds[i], argv[1], argv[2], false, each_fails_cold, every_cold);
    for (size_t i = 0; every && i < KINDS; i++)
        test_kind(&kinds[i], argv[1], argv[2], false, each_fails, every);
    for (size_t i = 0; every_prepared && i < KINDS; i++)
        test_kind(&kinds[i], argv[1], argv[2], true, each_fails, every_prepared);
    return 0;
}
