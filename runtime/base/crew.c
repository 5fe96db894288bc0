/* Workers. Each has a pipe that brings the numbers of jobs and one that takes away what came of
 * them: eight bytes that say how many, then those. */
#include "runtime/base/crew.h"
#include "runtime/base/system.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RESULT_MAX ((size_t)128 << 20)

typedef struct worker {
    pid_t pid; /* 0: there is none */
    int to, from;
    bool busy;
    size_t job;
    int64_t until; /* when its job has taken too long */
    fc_buf in;
} worker;

typedef struct crew {
    const fc_crew *c;
    worker worker[FC_CREW_MAX];
    size_t next; /* the next job to hand out */
} crew;

/* ---- in a worker ------------------------------------------------------------------------ */

FC_NORETURN static void be_worker(const fc_crew *c, int jobs, int results)
{
    size_t job;
    while (fc_read_all(jobs, &job, sizeof job)) {
        fc_buf b;
        fc_buf_init(&b, RESULT_MAX);
        bool fine = c->work(c->data, job, &b) && !b.failed;
        uint64_t n = b.n;
        fine = fine && fc_write_all(results, (fc_str){(const char *)&n, sizeof n}) &&
               fc_write_all(results, fc_buf_view(&b));
        fc_buf_release(&b);
        if (!fine)
            _exit(1);
    }
    _exit(0); /* nothing of the parent's is flushed or run */
}

/* ---- in the parent ---------------------------------------------------------------------- */

static void close_ends(const worker *w)
{
    close(w->to);
    close(w->from);
}

static bool start(crew *r, worker *w)
{
    int jobs[2], results[2];
    if (pipe(jobs) != 0)
        return false;
    if (pipe(results) != 0) {
        close(jobs[0]);
        close(jobs[1]);
        return false;
    }
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        fc_end_with_parent();
        if (getppid() != parent)
            _exit(1); /* it ended before we could ask */
        /* The others' ends: they are to see when this process's parent ends. */
        for (size_t i = 0; i < r->c->workers; i++)
            if (r->worker[i].pid)
                close_ends(&r->worker[i]);
        close(jobs[1]);
        close(results[0]);
        be_worker(r->c, jobs[0], results[1]);
    }
    close(jobs[0]);
    close(results[1]);
    if (pid < 0) {
        close(jobs[1]);
        close(results[0]);
        return false;
    }
    *w = (worker){.pid = pid, .to = jobs[1], .from = results[0]};
    fc_buf_init(&w->in, RESULT_MAX + sizeof(uint64_t));
    return true;
}

static void stop(worker *w)
{
    if (!w->pid)
        return;
    close_ends(w);
    kill(w->pid, SIGKILL);
    while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    fc_buf_release(&w->in);
    w->pid = 0;
}

/* Hands out jobs; a worker is started when it gets its first. False: there is nobody to do
 * them.
 */
static bool hand_out(crew *r)
{
    bool anybody = false;
    for (size_t i = 0; i < r->c->workers; i++) {
        worker *w = &r->worker[i];
        if (!w->busy && r->next < r->c->jobs && (w->pid || start(r, w))) {
            w->busy = true;
            w->job = r->next++;
            w->until = fc_milliseconds() + (int64_t)r->c->seconds * 1000;
            /* One that has died meanwhile is noticed by its other pipe. */
            (void)fc_write_all(w->to, (fc_str){(const char *)&w->job, sizeof w->job});
        }
        anybody |= w->busy;
    }
    return anybody;
}

/* What came of a job, or that nothing did. */
static bool finish(crew *r, worker *w, const fc_str *result)
{
    bool go_on = r->c->done(r->c->data, w->job, result);
    w->busy = false;
    fc_buf_clear(&w->in);
    if (!result)
        stop(w);
    return go_on;
}

/* Takes what has come; false when nothing more is to be done. */
static bool take(crew *r, worker *w)
{
    char piece[65536];
    uint64_t n = 0;
    ssize_t got = read(w->from, piece, sizeof piece);
    if (got < 0 && errno == EINTR)
        return true;
    if (got <= 0)
        return finish(r, w, NULL);
    fc_buf_add(&w->in, piece, (size_t)got);
    if (w->in.failed)
        return finish(r, w, NULL);
    if (w->in.n < sizeof n)
        return true;
    memcpy(&n, w->in.p, sizeof n);
    if (w->in.n - sizeof n < n)
        return true;
    const fc_str result = fc_str_slice(fc_buf_view(&w->in), sizeof n, w->in.n);
    return finish(r, w, result.n == n ? &result : NULL);
}

/* Waits until a worker says something or has taken too long. */
static bool wait_for_some(crew *r)
{
    struct pollfd at[FC_CREW_MAX];
    worker *of[FC_CREW_MAX];
    nfds_t n = 0;
    int64_t now = fc_milliseconds(), least = INT64_MAX;
    for (size_t i = 0; i < r->c->workers; i++) {
        worker *w = &r->worker[i];
        if (!w->busy)
            continue;
        least = w->until < least ? w->until : least;
        of[n] = w;
        at[n++] = (struct pollfd){.fd = w->from, .events = POLLIN};
    }
    int ready = poll(at, n, least > now ? (int)(least - now) : 0);
    if (ready < 0)
        return errno == EINTR;
    now = fc_milliseconds();
    for (nfds_t i = 0; i < n; i++) {
        if (at[i].revents ? !take(r, of[i]) : now >= of[i]->until && !finish(r, of[i], NULL))
            return false;
    }
    return true;
}

fc_status fc_crew_run(const fc_crew *c)
{
    crew r = {.c = c};
    fc_status s = FC_OK;
    for (;;) {
        bool anybody = hand_out(&r);
        if (!anybody) {
            s = r.next < c->jobs ? FC_INTERNAL : FC_OK;
            break;
        }
        if (!wait_for_some(&r)) {
            s = FC_IO;
            break;
        }
    }
    for (size_t i = 0; i < c->workers; i++)
        stop(&r.worker[i]);
    return s;
}
