/* What one document of a form costs when many are made in one process, and whether memory stays
 * where it is.
 *
 *     bench-documents [FORM PLAN]        milliseconds a document, warm, beside docxtemplater,
 *                                        mammoth and pdf-lib
 *     bench-documents flat N [FORM PLAN] N and then 10 N documents of each kind: fails when the
 *                                        second has a higher peak of memory than the first by
 *                                        more than FLAT_KIB */
#include "cli/making.h"
#include "runtime/base/digest.h"
#include "runtime/base/file.h"
#include "runtime/returned/take.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* BENCH_FORM, BENCH_XML and BENCH_PEERS come from the build. */

#define LIMIT ((size_t)256 << 20)
#define ROUNDS 41
#define FLAT_KIB                                                                               \
    1024 /* caches are full after some documents; the heap is cut otherwise each time */

typedef struct kind {
    const char *name, *target;
    bool filled;
    fc_purpose purpose;
    bool back; /* the document that is made is read again: that is what is measured */
} kind;

static const kind kinds[] = {
    {.name = "a blank into DOCX", .target = "docx"},
    {.name = "a plan into DOCX", .target = "docx", .filled = true},
    {.name = "DOCX into a plan", .target = "docx", .filled = true, .back = true},
    {.name = "a blank into PDF", .target = "pdf"},
    {.name = "a plan into PDF", .target = "pdf", .filled = true},
    {.name = "a plan into a record PDF",
     .target = "pdf",
     .filled = true,
     .purpose = FC_TO_KEEP},
};
#define KINDS (sizeof kinds / sizeof *kinds)

typedef struct line {
    fc_build build;
    const fc_target *target;
    void *prepared;
    fc_str plan; /* bytes; empty: a blank */
    double prepare_ms;
    size_t bytes;    /* of the last document */
    fc_str returned; /* a document to be read; empty: one is to be made */
} line;

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

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
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

/* From the document's bytes to a plan: looked through in a process of its own, as the command
 * does, and compared with what it was issued with. */
static void read_in(fc_arena *a, const line *l)
{
    const fc_take_as as = {
        .at = FC_S("2026-01-31T10:00:00Z"),
        .by = FC_S("bench"),
        .file = fc_str_fmt(a, "sha256:%.*s", FC_ARG(fc_sha256_hex(a, l->returned)))};
    fc_returned found;
    fc_taken taken;
    if (fc_returned_look_apart(a, l->returned, &found) != FC_READS ||
        fc_returned_take(a, l->build.form, &found, NULL, &as, &taken) != FC_OK || !taken.plan ||
        taken.changed)
        fail("the document that was made is not read as it was issued");
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

static void make_one(line *l)
{
    fc_arena *a = fc_arena_new(LIMIT);
    if (!a || !FC_BOUNDARY(a))
        fail("memory ran out");
    if (l->returned.n)
        read_in(a, l);
    else
        (void)make_in(a, l);
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
        make_one(l);
        if (i < 0)
            first = now_ms() - start;
        else
            ms[i] = now_ms() - start;
    }
    qsort(ms, ROUNDS, sizeof *ms, by_size);
    printf("%-26s %9.2f %9.2f %9.1f %9.1f %9.0f\n", k->name, ms[0], ms[ROUNDS / 2], first,
           l->prepare_ms, (double)l->bytes / 1000);
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
        make_one(l);
    const long before = peak_kib();
    for (unsigned long i = 0; i < 9 * n; i++)
        make_one(l);
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
    if (k->back)
        l.returned = make_in(a, &l);
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
        printf("%-26s %9s %9s %9s %9s %9s\n", "warm, ms a document", "min", "median", "first",
               "prepare", "kB");
    fflush(stdout);
    for (size_t i = 0; ok && i < KINDS; i++)
        ok = in_a_child(&kinds[i], form, plan, n);
    if (ok && !flat)
        ok = system(BENCH_PEERS) == 0;
    return ok ? 0 : 1;
}
