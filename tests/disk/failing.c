/* Loaded before the C library: the FAIL_AT-th call that changes something on disk fails as on a
 * full one, or, when FAIL_HOW is set, never returns: the process is killed there. A write
 * writes half of its bytes first. Or the disk is full, and stays so, after FAIL_BYTES bytes.
 * Calls and bytes of processes that the program starts count with its own. FAIL_LOG names a
 * file that gets the number of calls, the name of the one that failed, and the bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FILES_MAX 1024

static struct counts {
    unsigned long calls, bytes;
    char failed[16];
} alone, *counts = &alone;
static enum { OTHER, A_FILE, A_FOLDER } ours[FILES_MAX]; /* descriptors opened for a change */

static void die_if_told(void)
{
    if (getenv("FAIL_HOW"))
        kill(getpid(), SIGKILL);
}

__attribute__((constructor)) static void share(void)
{
    void *p =
        mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        abort();
    counts = p;
}

static unsigned long number(const char *name)
{
    const char *s = getenv(name);
    return s ? strtoul(s, NULL, 10) : 0;
}

/* Whether the call that begins fails. One that writes has more to do before the end. */
static int fails(const char *name)
{
    if (__atomic_add_fetch(&counts->calls, 1, __ATOMIC_SEQ_CST) != number("FAIL_AT"))
        return 0;
    snprintf(counts->failed, sizeof counts->failed, "%s", name);
    if (strcmp(name, "write") != 0)
        die_if_told();
    errno = ENOSPC;
    return 1;
}

static int is_ours(int fd)
{
    return fd >= 0 && fd < FILES_MAX && ours[fd];
}

__attribute__((destructor)) static void tell(void)
{
    const char *log = getenv("FAIL_LOG");
    int fd = log ? REAL(open)(log, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (fd < 0)
        return;
    char line[64];
    int n = snprintf(line, sizeof line, "%lu %s %lu\n", counts->calls,
                     counts->failed[0] ? counts->failed : "-", counts->bytes);
    if (REAL(write)(fd, line, (size_t)n) != n)
        abort();
}

int open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    const int mode = flags & O_CREAT ? va_arg(ap, int) : 0;
    va_end(ap);
    const int kind = flags & O_CREAT ? A_FILE : flags & O_DIRECTORY ? A_FOLDER : OTHER;
    if (kind != OTHER && fails("open"))
        return -1;
    const int fd = REAL(open)(path, flags, mode);
    if (fd >= 0 && fd < FILES_MAX)
        ours[fd] = kind;
    return fd;
}

ssize_t write(int fd, const void *p, size_t n)
{
    if (is_ours(fd) && fails("write")) {
        if (REAL(write)(fd, p, n / 2) < 0)
            abort();
        die_if_told();
        errno = ENOSPC;
        return -1;
    }
    if (is_ours(fd) && getenv("FAIL_BYTES")) {
        unsigned long most = number("FAIL_BYTES");
        size_t room = most > counts->bytes ? most - counts->bytes : 0;
        n = n < room ? n : room;
        if (!n) {
            snprintf(counts->failed, sizeof counts->failed, "full");
            errno = ENOSPC;
            return -1;
        }
    }
    const ssize_t done = REAL(write)(fd, p, n);
    if (is_ours(fd) && done > 0)
        __atomic_add_fetch(&counts->bytes, (unsigned long)done, __ATOMIC_SEQ_CST);
    return done;
}

int ftruncate(int fd, off_t n)
{
    return is_ours(fd) && fails("ftruncate") ? -1 : REAL(ftruncate)(fd, n);
}

int fsync(int fd)
{
    return is_ours(fd) && fails("fsync") ? -1 : REAL(fsync)(fd);
}

int fchmod(int fd, mode_t mode)
{
    return is_ours(fd) && fails("fchmod") ? -1 : REAL(fchmod)(fd, mode);
}

int close(int fd)
{
    /* Closing a folder that has been flushed loses nothing. */
    const int fail = is_ours(fd) && ours[fd] == A_FILE && fails("close");
    if (fd >= 0 && fd < FILES_MAX)
        ours[fd] = OTHER;
    const int result = REAL(close)(fd); /* the descriptor is gone in any case */
    if (!fail)
        return result;
    errno = ENOSPC;
    return -1;
}

int rename(const char *from, const char *to)
{
    return fails("rename") ? -1 : REAL(rename)(from, to);
}

int link(const char *from, const char *to)
{
    return fails("link") ? -1 : REAL(link)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return fails("mkdir") ? -1 : REAL(mkdir)(path, mode);
}
