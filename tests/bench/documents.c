/* What one document of a form costs when many are made in one process, and whether memory stays
 * where it is.
 *
 *     bench-documents [FORM PLAN]        the processor's milliseconds a document, warm, beside
 * docxtemplater, mammoth and pdf-lib; the ratio is to the first row bench-documents flat N
 * [FORM PLAN] N and then 10 N documents of each kind: fails when the second has a higher peak
 * of memory than the first by more than FLAT_KIB */
#include "cli/making.h"
#include "runtime/base/digest.h"
#include "runtime/base/file.h"
#include "runtime/plan/review.h"
#include "runtime/returned/together.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* BENCH_FORM, BENCH_XML and BENCH_PEERS come from the build. */

#define LIMIT ((size_t)256 << 20)
#define ROUNDS 41
#define FLAT_KIB                                                                               \
    1024 /* caches are full after some documents; the heap is cut otherwise each time */

typedef struct line {
    fc_build build;
    const fc_target *target;
    void *prepared;
    fc_str plan; /* bytes; empty: a blank */
    double prepare_ms;
    size_t bytes;    /* of the last document */
    fc_str returned; /* what is read, of the steps that read */
    fc_returned found;
} line;

typedef struct kind {
    const char *name, *target;
    bool filled;
    fc_purpose purpose;
    void (*step)(fc_arena *a, line *l);   /* what is measured */
    void (*before)(fc_arena *a, line *l); /* what it needs; NULL: nothing */
} kind;

static void make_one(fc_arena *a, line *l);
static void read_document(fc_arena *a, line *l);
static void read_plan(fc_arena *a, line *l);
static void review(fc_arena *a, line *l);
static void join(fc_arena *a, line *l);
static void have_document(fc_arena *a, line *l);
static void have_found(fc_arena *a, line *l);
static void have_xml(fc_arena *a, line *l);
static void have_json(fc_arena *a, line *l);

#define OUT(what, into, ...)                                                                   \
    {                                                                                          \
        .name = what, .target = into, .step = make_one, __VA_ARGS__                            \
    }
#define BACK(what, from, does, needs)                                                          \
    {                                                                                          \
        .name = what, .target = from, .filled = true, .step = does, .before = needs            \
    }
static const kind kinds[] = {
    OUT("a plan into DOCX", "docx", .filled = true), /* ratios are to this one */
    OUT("a blank into DOCX", "docx", .filled = false),
    OUT("a record as DOCX", "docx", .filled = true, .purpose = FC_TO_KEEP),
    OUT("a blank into PDF", "pdf", .filled = false),
    OUT("a plan into PDF", "pdf", .filled = true),
    OUT("a plan into a record PDF", "pdf", .filled = true, .purpose = FC_TO_KEEP),
    OUT("a plan into HTML", "html", .filled = true),
    BACK("DOCX into a plan", "docx", read_document, have_document),
    BACK("PDF into a plan", "pdf", read_document, have_document),
    BACK("XML into a plan", "docx", read_plan, have_xml),
    BACK("JSON into a plan", "docx", read_plan, have_json),
    BACK("a plan checked", "docx", review, have_xml),
    BACK("two files of a plan joined", "docx", join, have_found),
};
#define KINDS (sizeof kinds / sizeof *kinds)

static double *first_ms; /* least of the first kind, which ratios are to; all children see it */

void fc_complain(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}

static void fail(const char *what)
{
    fprintf(stderr, "bench-documents: %s\n", what);
    exit(1);
}

static double ms_of(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* The processor's time that this process took, and those that it started: on a machine that
 * has other things to do the clock on the wall says little. */
static double now_ms(void)
{
    struct rusage own, others;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &others);
    return ms_of(own.ru_utime) + ms_of(own.ru_stime) + ms_of(others.ru_utime) +
           ms_of(others.ru_stime);
}

static void prepare(fc_arena *a, const kind *k, const char *form, const char *plan, line *l)
{
    static const char *const no_rows[] = {NULL};
    fc_loaded f = {.arena = a};
    const char *why = "";
    *l = (line){.target = fc_target_find(k->target)};
    if (fc_load_form(&f, form) != FC_OK ||
        fc_build_open(&l->build, &f, no_rows, NULL, NULL) != FC_OK)
        fail("the form cannot be read");
    if (k->filled && fc_file_read(a, plan, LIMIT, &l->plan, &why) != FC_OK)
        fail("the plan cannot be read");
    l->build.options.purpose = k->purpose;
    const double start = now_ms();
    if (l->target->prepare(&l->build, &l->prepared) != FC_OK)
        fail("the form cannot be made into this");
    l->prepare_ms = now_ms() - start;
}

/* From the plan's bytes to the document's. */
static fc_str make_in(fc_arena *a, line *l)
{
    fc_output_files files = {0};
    fc_plan *plan = NULL;
    if (l->plan.n == 0)
        plan = fc_plan_new(a, l->build.form);
    else if (fc_plan_read(a, l->build.form, l->plan, FC_S("plan.xml"), fc_diags_new(a),
                          &plan) != FC_OK)
        fail("the plan cannot be read");
    l->build.diags = fc_diags_new(a); /* what is told of one document goes with it */
    if (l->target->make(&l->build, l->prepared, plan, a, &files) != FC_OK || files.n != 1)
        fail("the document cannot be made");
    l->bytes = files.at[0].bytes.n;
    return fc_str_copy(a, files.at[0].bytes);
}

static void make_one(fc_arena *a, line *l)
{
    (void)make_in(a, l);
}

static fc_plan *plan_of(fc_arena *a, const line *l)
{
    fc_plan *plan = NULL;
    if (fc_plan_read(a, l->build.form, l->returned, FC_S("plan"), fc_diags_new(a), &plan) !=
        FC_OK)
        fail("the plan cannot be read");
    return plan;
}

static fc_take_as read_as(fc_str file)
{
    return (fc_take_as){.at = FC_S("2026-01-31T10:00:00Z"), .by = FC_S("bench"), .file = file};
}

static fc_take_as read_as_file(fc_arena *a, const line *l)
{
    return read_as(fc_str_fmt(a, "sha256:%.*s", FC_ARG(fc_sha256_hex(a, l->returned))));
}

/* From the document's bytes to a plan: looked through in a process of its own, as the command
 * does, and compared with what it was issued with. */
static void read_document(fc_arena *a, line *l)
{
    const fc_take_as as = read_as_file(a, l);
    fc_returned found;
    fc_taken taken;
    if (fc_returned_look_apart(a, l->returned, &found) != FC_READS ||
        fc_returned_take(a, l->build.form, &found, NULL, &as, &taken) != FC_OK || !taken.plan ||
        taken.changed)
        fail("the document that was made is not read as it was issued");
}

static void read_plan(fc_arena *a, line *l)
{
    const fc_take_as as = read_as_file(a, l);
    fc_taken taken;
    if (fc_plan_take(a, plan_of(a, l), NULL, &as, &taken) != FC_OK || !taken.plan)
        fail("the plan is not taken");
}

/* From its bytes to everything that there is to say. */
static void review(fc_arena *a, line *l)
{
    const fc_plan *plan = plan_of(a, l);
    const int stage = fc_form_stage(plan->form, plan->stage);
    const fv_date day = {2026, 8, 1};
    fc_review r;
    fc_plan_review(a, plan, stage < 0 ? 0 : (unsigned)stage, day, &r);
    if (r.count[FC_ERROR])
        fail("the plan is not complete");
}

/* A document that has been looked through, and the plan as XML that it was made of. */
static void join(fc_arena *a, line *l)
{
    fc_came_back files[] = {{.file = FC_S("sha256:1"), .document = &l->found},
                            {.file = FC_S("sha256:2"), .plan = l->plan}};
    const fc_take_as as = read_as((fc_str){0});
    fc_plan *plan = NULL;
    if (fc_take_together(a, l->build.form, files, 2, &as, fc_diags_new(a), &plan) != FC_OK ||
        !plan)
        fail("two files of a plan do not go together");
}

static void have_document(fc_arena *a, line *l)
{
    l->returned = make_in(a, l);
}

static void have_found(fc_arena *a, line *l)
{
    have_document(a, l);
    if (fc_returned_look(a, l->returned, &l->found) != FC_READS)
        fail("the document that was made is not read");
}

static void have_xml(fc_arena *a, line *l)
{
    (void)a;
    l->returned = l->plan;
}

static void have_json(fc_arena *a, line *l)
{
    fc_buf b;
    fc_buf_init_in(&b, a, LIMIT);
    l->returned = l->plan;
    fc_plan_write_json(plan_of(a, l), &b);
    l->returned = fc_buf_keep(&b, a);
    fc_buf_release(&b);
}

static void do_one(const kind *k, line *l)
{
    fc_arena *a = fc_arena_new(LIMIT);
    if (!a || !FC_BOUNDARY(a))
        fail("memory ran out");
    k->step(a, l);
    fc_arena_drop(a);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const kind *k, line *l)
{
    double ms[ROUNDS], first = 0;
    for (int i = -1; i < ROUNDS; i++) {
        const double start = now_ms();
        do_one(k, l);
        if (i < 0)
            first = now_ms() - start;
        else
            ms[i] = now_ms() - start;
    }
    qsort(ms, ROUNDS, sizeof *ms, by_size);
    if (*first_ms == 0)
        *first_ms = ms[0];
    printf("%-26s %9.2f %9.2f %9.2f %9.1f %9.1f %9.0f\n", k->name, ms[0], ms[ROUNDS / 2],
           ms[0] / *first_ms, first, l->prepare_ms,
           (double)(l->returned.n ? l->returned.n : l->bytes) / 1000);
    fflush(stdout);
}

static long peak_kib(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

static bool stays_flat(const kind *k, line *l, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++)
        do_one(k, l);
    const long before = peak_kib();
    for (unsigned long i = 0; i < 9 * n; i++)
        do_one(k, l);
    const long after = peak_kib();
    printf("%-26s %lu documents %ld KiB, %lu documents %ld KiB\n", k->name, n, before, 10 * n,
           after);
    fflush(stdout);
    return after - before <= FLAT_KIB;
}

/* n: documents to look at memory with; 0: measure time. */
static bool run(const kind *k, const char *form, const char *plan, unsigned long n)
{
    static line l;
    fc_arena *a = fc_arena_new(LIMIT);
    if (!a || !FC_BOUNDARY(a))
        fail("memory ran out");
    prepare(a, k, form, plan, &l);
    if (k->before)
        k->before(a, &l);
    bool ok = true;
    if (n)
        ok = stays_flat(k, &l, n);
    else
        measure(k, &l);
    fc_arena_drop(a);
    return ok;
}

/* In a process of its own, whose peak of memory is of this kind only. */
static bool in_a_child(const kind *k, const char *form, const char *plan, unsigned long n)
{
    int status = 1;
    const pid_t child = fork();
    if (child == 0)
        _exit(run(k, form, plan, n) ? 0 : 1);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int main(int argc, char **argv)
{
    const bool flat = argc > 2 && strcmp(argv[1], "flat") == 0;
    const int rest = flat ? 3 : 1;
    const char *form = argc > rest + 1 ? argv[rest] : BENCH_FORM;
    const char *plan = argc > rest + 1 ? argv[rest + 1] : BENCH_XML;
    const unsigned long n = flat ? strtoul(argv[2], NULL, 10) : 0;
    bool ok = !flat || n > 0;
    if (!flat)
        printf("%-26s %9s %9s %9s %9s %9s %9s\n", "warm, ms a document", "min", "median",
               "ratio", "first", "prepare", "kB");
    fflush(stdout);
    first_ms =
        mmap(NULL, sizeof *first_ms, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (first_ms == MAP_FAILED)
        fail("memory ran out");
    for (size_t i = 0; ok && i < KINDS; i++)
        ok = in_a_child(&kinds[i], form, plan, n);
    char peers[sizeof BENCH_PEERS + 32];
    snprintf(peers, sizeof peers, "%s %f", BENCH_PEERS, *first_ms);
    if (ok && !flat)
        ok = system(peers) == 0;
    return ok ? 0 : 1;
}
