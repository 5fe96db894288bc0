/* A process of its own, with limits. The child gets a copy of our memory by fork, so that what
 * it works on needs no copying; what comes back is bytes through a pipe. */
#include "runtime/base/apart.h"
#include "runtime/base/system.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The sanitizers reserve terabytes of address space. */
#if defined(__SANITIZE_ADDRESS__)
#define LIMIT_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LIMIT_MEMORY 0
#endif
#endif
#ifndef LIMIT_MEMORY
#define LIMIT_MEMORY 1
#endif

#define WALL_SECONDS (8 * FC_APART_SECONDS) /* on a machine that has other things to do */

static const char whole[] = "formc-whole"; /* behind a result that is all there */

/* A lower limit that is there already stays: nobody but root may raise it. */
static bool limit(int what, rlim_t most)
{
    struct rlimit r;
    if (getrlimit(what, &r) != 0)
        return false;
    most = r.rlim_cur < most ? r.rlim_cur : most;
    r = (struct rlimit){most, most};
    return setrlimit(what, &r) == 0;
}

/* ---- system calls ---------------------------------------------------------------------- */

/* What is left to the child: memory, the pipe, and its end. Anything else is refused, such as
 * libzip's look at the time zone. Where the kernel or the machine is another one the limits
 * alone have to do. */
#if defined(__linux__) && defined(__x86_64__) && LIMIT_MEMORY
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define ALLOW(call)                                                                            \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1),                                         \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static void close_doors(void)
{
    static struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        ALLOW(SYS_write),
        ALLOW(SYS_brk),
        ALLOW(SYS_mmap),
        ALLOW(SYS_munmap),
        ALLOW(SYS_mremap),
        ALLOW(SYS_madvise),
        ALLOW(SYS_mprotect),
        ALLOW(SYS_futex),
        ALLOW(SYS_getrandom),
        ALLOW(SYS_rt_sigreturn),
        ALLOW(SYS_rt_sigprocmask),
        ALLOW(SYS_clock_gettime),
        ALLOW(SYS_exit),
        ALLOW(SYS_exit_group),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
    };
    const struct sock_fprog program = {.len = sizeof rules / sizeof *rules, .filter = rules};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        (void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
#else
static void close_doors(void) {}
#endif

/* ---- the child ------------------------------------------------------------------------- */

static void be_child(int fd, bool (*work)(void *, fc_buf *), void *data)
{
    fc_buf result;
    bool limited = limit(RLIMIT_CPU, FC_APART_SECONDS) && limit(RLIMIT_CORE, 0) &&
                   limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0);
    if (LIMIT_MEMORY)
        limited = limited && limit(RLIMIT_AS, FC_APART_MEMORY);
    fc_buf_init(&result, FC_APART_RESULT_MAX);
    fc_end_with_parent();
    close_doors();
    /* A pipe has no size that RLIMIT_FSIZE counts. */
    if (limited && work(data, &result) && !result.failed &&
        fc_write_all(fd, fc_buf_view(&result)))
        (void)fc_write_all(fd, (fc_str){whole, sizeof whole});
    _exit(0); /* nothing of the parent's is flushed or run */
}

/* ---- the parent ------------------------------------------------------------------------ */

/* Everything up to the end of the pipe; false when it takes too long or is too much. */
static bool take(int fd, fc_buf *in)
{
    char piece[65536];
    int64_t end = fc_milliseconds() + WALL_SECONDS * 1000;
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int64_t left = end - fc_milliseconds();
        int ready = left > 0 ? poll(&p, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return false;
        ssize_t n = read(fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0 && !in->failed;
        fc_buf_add(in, piece, (size_t)n);
        if (in->failed)
            return false;
    }
}

bool fc_apart(bool (*work)(void *data, fc_buf *result), void *data, fc_buf *out)
{
    int ends[2];
    fc_buf in;
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child < 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    if (child == 0) {
        close(ends[0]);
        be_child(ends[1], work, data);
    }
    close(ends[1]);
    fc_buf_init(&in, FC_APART_RESULT_MAX + sizeof whole);
    bool fine = take(ends[0], &in);
    close(ends[0]);
    if (!fine)
        kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    fine = fine && WIFEXITED(status) && WEXITSTATUS(status) == 0 && in.n >= sizeof whole &&
           fc_str_eq(fc_str_slice(fc_buf_view(&in), in.n - sizeof whole, in.n),
                     (fc_str){whole, sizeof whole});
    if (fine)
        fc_buf_add(out, in.p, in.n - sizeof whole);
    fc_buf_release(&in);
    return fine && !out->failed;
}
