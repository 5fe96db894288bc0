/* Measurements of formc from outside and of a generated validator from inside.
 *
 *     bench build [FORM]    the whole build as a process, and each output alone
 *     bench fill [FORM PLAN]  one plan into DOCX and PDF, each as a process
 *     bench growth          instructions (valgrind's callgrind) of a build with 500 and with
 * 5,000 fields; exit 1 when the ratio is above 12 bench form N          writes the form of N
 * fields that growth uses bench                 build, fill, and what validate-bench measures
 *
 * Wall times on a shared machine are noisy: of several runs the minimum and the median are
 * printed, and ratios of one run say more than times of two. */
#include "tests/bench/grow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS 21
#define MAX_ARGS 16
#define GROWTH_SMALL 500
#define GROWTH_LARGE 5000
#define GROWTH_LIMIT                                                                           \
    12.0 /* ten times the fields; the rest is room for sorting and page counts */

static const char *const default_form = "forms/s117-aftercare";
static const char *const default_plan = "forms/s117-aftercare/examples/complete.xml";

typedef struct {
    double wall_ms, user_ms;
    long peak_kib; /* resident memory */
    int status;    /* exit code, or 128 + signal */
} run_cost;

static double ms_between(struct timespec a, struct timespec b)
{
    return (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
}

/* Runs argv with its output thrown away; what it says on error goes to log (NULL: away too). */
static run_cost run(const char *const argv[], const char *log)
{
    struct timespec before, after;
    struct rusage use = {0};
    run_cost cost = {.status = 127};
    int status = 0;
    clock_gettime(CLOCK_MONOTONIC, &before);
    const pid_t child = fork();
    if (child == 0) {
        const int away = open("/dev/null", O_WRONLY);
        const int err = log ? open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600) : away;
        if (away < 0 || err < 0 || dup2(away, STDOUT_FILENO) < 0 ||
            dup2(err, STDERR_FILENO) < 0)
            _exit(126);
        char *args[MAX_ARGS] = {NULL}; /* exec wants to be allowed to write in them */
        for (int i = 0; argv[i] && i < MAX_ARGS - 1; i++)
            args[i] = strdup(argv[i]);
        execvp(args[0], args);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &use) != child)
        return cost;
    clock_gettime(CLOCK_MONOTONIC, &after);
    cost.wall_ms = ms_between(before, after);
    cost.user_ms = (double)use.ru_utime.tv_sec * 1e3 + (double)use.ru_utime.tv_usec / 1e3;
    cost.peak_kib = use.ru_maxrss;
    cost.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return cost;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Runs argv RUNS times and prints one line. False when a run fails. */
static bool measure(const char *what, const char *const argv[])
{
    double wall[RUNS], user[RUNS];
    long peak = 0;
    for (int i = 0; i < RUNS; i++) {
        const run_cost cost = run(argv, NULL);
        if (cost.status != 0) {
            fprintf(stderr, "bench: %s ended with %d\n", what, cost.status);
            return false;
        }
        wall[i] = cost.wall_ms;
        user[i] = cost.user_ms;
        peak = cost.peak_kib > peak ? cost.peak_kib : peak;
    }
    qsort(wall, RUNS, sizeof *wall, by_size);
    qsort(user, RUNS, sizeof *user, by_size);
    printf("%-34s %8.1f %8.1f %8.1f %8.1f\n", what, wall[0], wall[RUNS / 2], user[RUNS / 2],
           (double)peak / 1024);
    return true;
}

static void head(void)
{
    printf("%-34s %8s %8s %8s %8s   (%d runs)\n", "as a process", "min ms", "med ms", "user ms",
           "peak MiB", RUNS);
}

/* A folder for what the measured programs write; *path is filled in. */
static bool scratch(char path[64])
{
    strcpy(path, "/tmp/formc-bench-XXXXXX");
    return mkdtemp(path) != NULL;
}

static void clean(const char *path)
{
    const char *const argv[] = {"rm", "-rf", path, NULL};
    run(argv, NULL);
}

static bool bench_build(const char *formc, const char *form)
{
    char out[64];
    if (!scratch(out))
        return false;
    const char *const nothing[] = {formc, "--version", NULL};
    const char *const check[] = {formc, "check", form, NULL};
    const char *const all[] = {formc, "build", form, "-o", out, "--force", NULL};
    bool ok = measure("start and end (--version)", nothing) && measure("check", check) &&
              measure("build: C, DOCX and PDF", all);
    static const char *const only[] = {"c", "docx", "pdf"};
    for (size_t i = 0; ok && i < sizeof only / sizeof *only; i++) {
        char what[32];
        snprintf(what, sizeof what, "build --only %s", only[i]);
        const char *const one[] = {formc,    "build", form,      "-o", out,
                                   "--only", only[i], "--force", NULL};
        ok = measure(what, one);
    }
    clean(out);
    return ok;
}

static bool bench_fill(const char *formc, const char *form, const char *plan)
{
    char out[64], file[96];
    if (!scratch(out))
        return false;
    bool ok = true;
    static const char *const kinds[] = {"docx", "pdf"};
    for (size_t i = 0; ok && i < sizeof kinds / sizeof *kinds; i++) {
        char what[32];
        snprintf(what, sizeof what, "fill one plan into %s", kinds[i]);
        snprintf(file, sizeof file, "%s/plan.%s", out, kinds[i]);
        const char *const argv[] = {formc, "fill", form, plan, "-o", file, "--force", NULL};
        ok = measure(what, argv);
    }
    clean(out);
    return ok;
}

/* Instructions of one build of a form of n fields, or 0 when that could not be found out. */
static uint64_t instructions(const char *formc, const char *folder, unsigned n)
{
    char form[96], out[96], log[96], line[256];
    snprintf(form, sizeof form, "%s/%u", folder, n);
    snprintf(out, sizeof out, "%s/%u-out", folder, n);
    snprintf(log, sizeof log, "%s/%u.log", folder, n);
    if (mkdir(form, 0700) != 0)
        return 0;
    snprintf(line, sizeof line, "%s/form.xml", form);
    FILE *f = fopen(line, "w");
    if (!f)
        return 0;
    const bool written = grow_form(f, n);
    if (fclose(f) != 0 || !written)
        return 0;
    const char *const argv[] = {"valgrind",
                                "--tool=callgrind",
                                "--callgrind-out-file=/dev/null",
                                formc,
                                "build",
                                form,
                                "-o",
                                out,
                                NULL};
    const run_cost cost = run(argv, log);
    uint64_t count = 0;
    f = fopen(log, "r");
    while (f && fgets(line, sizeof line, f)) {
        const char *at = strstr(line, "Collected :");
        if (at)
            count = strtoull(at + strlen("Collected :"), NULL, 10);
        if (cost.status != 0)
            fputs(line, stderr);
    }
    if (f)
        fclose(f);
    if (cost.status != 0) {
        fprintf(stderr, "bench: the build of %u fields under valgrind ended with %d\n", n,
                cost.status);
        return 0;
    }
    return count;
}

static bool bench_growth(const char *formc)
{
    char folder[64];
    if (!scratch(folder))
        return false;
    const uint64_t small = instructions(formc, folder, GROWTH_SMALL);
    const uint64_t large = small ? instructions(formc, folder, GROWTH_LARGE) : 0;
    clean(folder);
    if (!small || !large)
        return false;
    const double ratio = (double)large / (double)small;
    printf("growth: %u fields %.1f million instructions, %u fields %.1f million: %.2f times "
           "(at most %.0f)\n",
           GROWTH_SMALL, (double)small / 1e6, GROWTH_LARGE, (double)large / 1e6, ratio,
           GROWTH_LIMIT);
    return ratio <= GROWTH_LIMIT;
}

/* The program `name` in the folder of this one. */
static char *beside(const char *self, const char *name)
{
    const char *slash = strrchr(self, '/');
    const size_t folder = slash ? (size_t)(slash - self) + 1 : 0;
    char *path = malloc(folder + strlen(name) + 1);
    if (!path)
        exit(5);
    memcpy(path, self, folder);
    strcpy(path + folder, name);
    return path;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "all";
    const bool all = strcmp(what, "all") == 0;
    char *formc = beside(argv[0], "formc"), *validate = beside(argv[0], "bench-validate");
    const char *form = argc > 2 ? argv[2] : default_form;
    const char *plan = argc > 3 ? argv[3] : default_plan;
    bool ok = false;
    if (strcmp(what, "form") == 0 && argc == 3) {
        ok = grow_form(stdout, (unsigned)strtoul(argv[2], NULL, 10));
    } else if (strcmp(what, "growth") == 0) {
        ok = bench_growth(formc);
    } else if (all || strcmp(what, "build") == 0 || strcmp(what, "fill") == 0) {
        head();
        ok = (strcmp(what, "fill") == 0 || bench_build(formc, form)) &&
             (strcmp(what, "build") == 0 || bench_fill(formc, form, plan));
        if (ok && all) {
            fflush(stdout);
            execl(validate, validate, (char *)NULL);
            fprintf(stderr, "bench: %s: %s\n", validate, strerror(errno));
            ok = false;
        }
    } else {
        fputs("usage: bench [build [FORM] | fill [FORM PLAN] | growth | form N]\n", stderr);
        return 2;
    }
    free(formc);
    free(validate);
    return ok ? 0 : 1;
}
