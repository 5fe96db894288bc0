/* formc regenerate: a pile of files that came back; each is read, checked and issued afresh.
 *
 * Nothing that came in is looked into by this process: it finds the files, prepares the form
 * and keeps the ledger. Workers (runtime/base/crew.h) do one file or plan after the other, and
 * each document is taken apart in a process of its own below the worker, as formc read does it,
 * since limits on time and memory hold for a process, not for a file, and since nothing that a
 * file may do to the process that reads it must reach the next person's answers. */
#include "cli/making.h"
#include "cli/regenerate.h"
#include "runtime/base/crew.h"
#include "runtime/base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define JOB_SECONDS 120   /* for a file or a plan; usual are 0.05 */
#define LOCK_TRIES 50     /* a fifth of a second apart */
#define PROGRESS_LINES 10 /* where there is no terminal */

typedef struct request {
    const char **operand; /* FORM, FILES, NULL */
    const char *out, *by, *as_of, *at, *only, *as, *lang, *theme, *format, *jobs;
    unsigned workers;
    bool json, force;
    fc_purpose purpose;
    fv_date day;
    const fc_target *target[FC_PILE_TARGETS];
    size_t targets;
} request;

/* ---- the form ---------------------------------------------------------------------------- */

static void add_text(fc_buf *b, fc_str s)
{
    fc_buf_fmt(b, "%zu:%.*s\n", s.n, FC_ARG(s));
}

/* Two runs with the same settings make the same of the same files. */
static fc_str settings_of(const fc_pile *p, const request *r, const fc_ready *ready)
{
    fc_buf b;
    fc_buf_init_in(&b, p->arena, FC_BUF_MAX);
    add_text(&b, FC_S(FORMC_VERSION));
    add_text(&b, ready->form->digest);
    add_text(&b, ready->build.form->digest);
    add_text(&b, ready->build.theme.xml);
    if (ready->build.theme.logo)
        add_text(&b, ready->build.theme.logo->png);
    add_text(&b, fc_str_of(r->lang));
    add_text(&b, fc_str_of(r->by));
    add_text(&b, fc_str_of(r->as_of));
    add_text(&b, fc_str_of(r->at));
    add_text(&b, fc_str_of(r->purpose == FC_TO_KEEP ? "record" : "form"));
    for (size_t i = 0; i < r->targets; i++)
        add_text(&b, fc_str_of(r->target[i]->name));
    fc_str digest = fc_sha256_hex(p->arena, fc_buf_view(&b));
    fc_buf_release(&b);
    return digest;
}

/* A definition, and everything that is done once: the model, stylesheets, fonts. */
static fc_status make_ready(fc_loaded *l, fc_pile *p, const request *r, fc_str path)
{
    static const char *const no_rows[] = {NULL};
    fc_ready ready = {.path = path};
    fc_loaded own = {.arena = l->arena, .diags = l->diags};
    fc_loaded spoken = own;
    const char *form = path.n ? path.p : r->operand[0];
    fc_status s = fc_load_form(&own, form);
    if (s != FC_OK)
        return s;
    ready.form = own.form;
    if (!fc_is_author(own.form, p->by)) {
        fc_complain("--by is a party of the form, or that, \"/\" and a short name");
        return FC_USAGE;
    }
    spoken.lang = r->lang;
    if (r->lang && (s = fc_load_form(&spoken, form)) != FC_OK)
        return s;
    s = fc_build_open(&ready.build, r->lang ? &spoken : &own, no_rows, NULL, r->theme);
    ready.build.options.purpose = r->purpose;
    for (size_t i = 0; s == FC_OK && i < r->targets; i++)
        if (r->target[i]->prepare)
            s = r->target[i]->prepare(&ready.build, &ready.prepared[i]);
    if (s != FC_OK)
        return s;
    ready.settings = settings_of(p, r, &ready);
    FC_PUSH(p->arena, &p->ready, ready);
    return FC_OK;
}

/* The versions of the form that the plans are of: the published one where there is one beside
 * FORM. A file of another version is refused when it is read, by FORM itself. */
static fc_status make_all_ready(fc_loaded *l, fc_pile *p, const request *r)
{
    fc_status s = make_ready(l, p, r, (fc_str){0});
    for (size_t i = 0; s == FC_OK && i < p->plans.n; i++) {
        fc_pile_plan *g = &p->plans.at[i];
        fc_str version = p->inputs.at[g->inputs.at[0]].version;
        fc_str path = g->outputs ? fc_published(p->arena, r->operand[0], version) : (fc_str){0};
        for (g->ready = 0; g->ready < p->ready.n; g->ready++)
            if (fc_str_eq(p->ready.at[g->ready].path, path))
                break;
        if (g->ready == p->ready.n)
            s = make_ready(l, p, r, path);
    }
    return s;
}

/* ---- work, and how far it is ------------------------------------------------------------- */

typedef struct crew_data {
    fc_pile *p;
    const char *what;    /* "files looked at" */
    const size_t *input; /* the files to look at, by job */
    size_t done, jobs;
    bool terminal;
    fc_status status;
} crew_data;

#define BAR 32

static void show_progress(const crew_data *d)
{
    char bar[BAR + 1];
    if (!d->terminal) {
        size_t step = d->jobs / PROGRESS_LINES ? d->jobs / PROGRESS_LINES : 1;
        if (d->done == d->jobs || d->done % step == 0)
            fprintf(stderr, "%zu of %zu %s\n", d->done, d->jobs, d->what);
        return;
    }
    memset(bar, ' ', BAR);
    memset(bar, '#', d->jobs ? d->done * BAR / d->jobs : BAR);
    bar[BAR] = 0;
    fprintf(stderr, "\r[%s] %zu of %zu %s%s", bar, d->done, d->jobs, d->what,
            d->done == d->jobs ? "\n" : "");
    fflush(stderr);
}

static fc_status run(const request *r, crew_data *d, bool (*work)(void *, size_t, fc_buf *),
                     bool (*done)(void *, size_t, const fc_str *))
{
    const fc_crew crew = {.workers = r->workers,
                          .jobs = d->jobs,
                          .seconds = JOB_SECONDS,
                          .work = work,
                          .done = done,
                          .data = d};
    if (!d->jobs)
        return FC_OK;
    d->terminal = isatty(STDERR_FILENO);
    fflush(stdout);
    fflush(stderr);
    fc_status s = fc_crew_run(&crew);
    if (s == FC_INTERNAL)
        fc_complain("no process could be started");
    return s == FC_IO ? d->status : s;
}

static bool look(void *data, size_t job, fc_buf *result)
{
    crew_data *d = data;
    return fc_input_look(d->p, d->input[job], result);
}

static bool looked(void *data, size_t job, const fc_str *result)
{
    crew_data *d = data;
    fc_input *in = &d->p->inputs.at[d->input[job]];
    if (!result || !fc_input_take(d->p, d->input[job], *result)) {
        in->look = FC_LOOK_FAULT;
        in->why = FC_PILE_STOPPED;
    }
    d->done++;
    show_progress(d);
    return true;
}

/* Looks at all files; at those that were not to be seen because a worker was stopped, once
 * more: which files belong together, and what they are called, depends on each. */
static fc_status look_at_all(const request *r, fc_pile *p)
{
    size_t *input = FC_NEW_N(p->arena, size_t, p->inputs.n);
    crew_data d = {.p = p, .what = "files looked at", .input = input, .jobs = p->inputs.n};
    for (size_t i = 0; i < d.jobs; i++)
        input[i] = i;
    fc_status s = run(r, &d, look, looked);
    size_t again = 0;
    for (size_t i = 0; i < p->inputs.n; i++) {
        const fc_input *in = &p->inputs.at[i];
        if (in->look == FC_LOOK_FAULT && in->why == FC_PILE_STOPPED)
            input[again++] = i;
    }
    if (s != FC_OK || !again)
        return s;
    d = (crew_data){.p = p, .what = "files looked at again", .input = input, .jobs = again};
    return run(r, &d, look, looked);
}

static bool reissue(void *data, size_t job, fc_buf *result)
{
    crew_data *d = data;
    return fc_plan_reissue(d->p, job, result);
}

static bool reissued(void *data, size_t job, const fc_str *result)
{
    crew_data *d = data;
    fc_pile_plan *g = &d->p->plans.at[job];
    d->done++;
    show_progress(d);
    if (result && !result->n) { /* all is as it was left */
        g->now = *g->old;
        return true;
    }
    fc_buf line;
    fc_buf_init(&line, FC_BUF_MAX);
    if (result)
        fc_buf_str(&line, *result);
    else if (!fc_plan_fault(d->p, job, FC_PILE_STOPPED, &line))
        line.failed = true;
    d->status = line.failed ? FC_INTERNAL : fc_ledger_add(d->p, fc_buf_view(&line), &g->now);
    fc_buf_release(&line);
    return d->status == FC_OK;
}

/* ---- the folder -------------------------------------------------------------------------- */

/* Only one run at a time works in a folder. The workers of a run that was killed may take a
 * moment to end; the lock is theirs, too. -1 after a complaint. */
static int lock(const char *folder)
{
    const struct timespec moment = {.tv_nsec = 200000000};
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
        if (errno == EWOULDBLOCK && i < LOCK_TRIES) {
            nanosleep(&moment, NULL);
            continue;
        }
        if (errno != EWOULDBLOCK)
            break; /* a file system without locks */
        fc_complain("%s: another formc regenerate is at work in this folder", folder);
        close(fd);
        return -1;
    }
    if (fd < 0)
        fc_complain("%s: %s", folder, strerror(errno));
    return fd;
}

/* The report of an earlier run may be overwritten, a file of the same name by nobody knows whom
 * not. */
static fc_status look_at_reports(const fc_pile *p)
{
    static const char *const names[] = {"report.txt", "report.json"};
    fc_status s = FC_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stat st;
        fc_str path = fc_str_fmt(p->arena, "%s/%s", p->out, names[i]);
        if (lstat(path.p, &st) != 0 || (S_ISREG(st.st_mode) && (p->force || p->ledger.found)))
            continue;
        fc_complain("%s: it is there already; --force overwrites a file", path.p);
        s = FC_REFUSED;
    }
    return s;
}

static fc_status regenerate_in(fc_loaded *l, fc_pile *p, const request *r)
{
    bool found = false, failed = false;
    fc_status s = fc_ledger_open(p);
    if (s == FC_OK)
        s = look_at_reports(p);
    if (s != FC_OK)
        return s;
    /* A run that goes on with another has its time, too. */
    p->at = !r->at && p->ledger.at.n ? p->ledger.at : fc_moment(p->arena, r->at);
    if (!p->at.n) {
        fc_complain("the system does not say what time it is; say --at");
        return FC_IO;
    }
    s = look_at_all(r, p);
    if (s != FC_OK)
        return s;
    fc_pile_sort(p);
    fc_pile_name(p);
    s = make_all_ready(l, p, r);
    if (s == FC_OK) {
        fc_pile_sweep(p);
        s = fc_ledger_begin(p);
    }
    crew_data plans = {.p = p, .what = "plans done", .jobs = p->plans.n};
    if (s == FC_OK)
        s = run(r, &plans, reissue, reissued);
    if (s == FC_OK)
        s = fc_pile_report(p, r->json, &found, &failed);
    if (s == FC_OK)
        s = fc_ledger_end(p);
    if (s != FC_OK)
        return s;
    return failed ? FC_IO : found ? FC_FOUND : FC_OK;
}

static fc_status regenerate(fc_loaded *l, const void *asked)
{
    const request *r = asked;
    const char *why = "";
    fc_pile p = {.arena = l->arena,
                 .out = r->out,
                 .by = fc_str_of(r->by),
                 .as_of = fc_str_of(r->as_of),
                 .day = r->day,
                 .targets = r->targets,
                 .force = r->force};
    memcpy(p.target, r->target, sizeof p.target);
    fc_status s = fc_pile_find(&p, r->operand + 1);
    if (s != FC_OK)
        return s;
    s = fc_dir_make(r->out, &why);
    if (s != FC_OK) {
        fc_complain("%s: %s", r->out, why);
        return s;
    }
    int locked = lock(r->out);
    if (locked < 0)
        return FC_IO;
    s = regenerate_in(l, &p, r);
    fc_ledger_close(&p.ledger);
    close(locked);
    return s;
}

/* ---- the command line -------------------------------------------------------------------- */

static bool add_target(request *r, const fc_target *t)
{
    for (size_t i = 0; i < r->targets; i++)
        if (r->target[i] == t)
            return true;
    if (r->targets == FC_PILE_TARGETS)
        return false;
    r->target[r->targets++] = t;
    return true;
}

/* The targets of --only, or all that can be filled in (for records: that make them). */
static bool choose_targets(request *r)
{
    fc_str all = fc_str_of(r->only);
    for (size_t i = 0; !r->only && fc_targets[i]; i++)
        if (fc_targets[i]->suffix && (r->purpose == FC_TO_FILL_IN || fc_targets[i]->records) &&
            !add_target(r, fc_targets[i]))
            return false;
    while (all.n) {
        size_t n = 0;
        while (n < all.n && all.p[n] != ',')
            n++;
        char name[16] = "";
        if (n < sizeof name)
            memcpy(name, all.p, n);
        const fc_target *t = fc_target_find(name);
        if (!t || !t->suffix || (r->purpose == FC_TO_KEEP && !t->records) ||
            !add_target(r, t)) {
            fc_complain(r->purpose == FC_TO_KEEP
                            ? "--only is docx, pdf or both with a comma between, for records"
                            : "--only is docx, pdf, html or some of them with commas between");
            return false;
        }
        all = fc_str_slice(all, n + (n < all.n), all.n);
    }
    return true;
}

static bool read_workers(request *r)
{
    char *end = NULL;
    long n = r->jobs ? strtol(r->jobs, &end, 10) : 1;
    r->workers = n > 0 && n <= FC_CREW_MAX ? (unsigned)n : 0;
    if (r->workers && (!r->jobs || (*r->jobs && !*end)))
        return true;
    fc_complain("-j is how many workers there are, from 1 to %d", FC_CREW_MAX);
    return false;
}

static bool is_complete(request *r)
{
    if (!r->out || !*r->out || strcmp(r->out, "-") == 0)
        fc_complain("say which folder to write to: -o DIR");
    else if (!r->by)
        fc_complain("say who returned the files: --by PARTY");
    else if (r->at && !fc_is_moment(fc_str_of(r->at)))
        fc_complain("--at is a time in UTC like 2026-01-31T10:04:00Z");
    else
        return fc_read_as(r->as, &r->purpose) && choose_targets(r) && read_workers(r) &&
               fc_read_asked(r->as_of, r->format, &r->day, &r->json);
    return false;
}

int fc_cmd_regenerate(int argc, char **argv)
{
    const char **operand = calloc((size_t)argc + 1, sizeof *operand);
    request r = {.operand = operand};
    const fc_option options[] = {
        {.name = "-o", .value = &r.out},        {.name = "--by", .value = &r.by},
        {.name = "--as-of", .value = &r.as_of}, {.name = "-j", .value = &r.jobs},
        {.name = "--at", .value = &r.at},       {.name = "--only", .value = &r.only},
        {.name = "--as", .value = &r.as},       {.name = "--lang", .value = &r.lang},
        {.name = "--theme", .value = &r.theme}, {.name = "--format", .value = &r.format},
        {.name = "--force", .flag = &r.force},
    };
    int code = FC_USAGE;
    if (!operand)
        code = FC_INTERNAL;
    else if (fc_args_read_some(argc, argv, options, sizeof options / sizeof *options, operand,
                               2, (size_t)argc) &&
             is_complete(&r))
        code = fc_run_verb(NULL, regenerate, &r);
    free(operand);
    return code;
}
