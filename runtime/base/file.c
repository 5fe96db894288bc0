/* Files: read whole and bounded, written whole or not at all. */
#include "runtime/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_CHUNK ((size_t)64 << 10)

static fc_status read_all(int fd, size_t max, fc_buf *b, const char **why)
{
    char chunk[READ_CHUNK];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            *why = strerror(errno);
            return FC_IO;
        }
        if (n == 0)
            return FC_OK;
        if ((size_t)n > max - b->n) {
            *why = "the file is larger than formc reads";
            return FC_REFUSED;
        }
        fc_buf_add(b, chunk, (size_t)n);
        if (b->failed) {
            *why = "memory ran out";
            return FC_INTERNAL;
        }
    }
}

fc_status fc_file_read(fc_arena *a, const char *path, size_t max, fc_str *bytes,
                       const char **why)
{
    int fd = STDIN_FILENO;
    if (strcmp(path, "-") != 0) {
        /* O_NONBLOCK: opening a FIFO that nobody writes to must not hang. */
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0) {
            *why = strerror(errno);
            return FC_IO;
        }
        struct stat st;
        if (fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
            *why = "it is a folder";
            close(fd);
            return FC_IO;
        }
    }
    fc_buf b;
    fc_buf_init(&b, max);
    fc_status s = read_all(fd, max, &b, why);
    if (fd != STDIN_FILENO)
        close(fd);
    if (s == FC_OK) {
        /* The copy may jump to the boundary and leave b behind: memory has run out then. */
        *bytes = fc_buf_keep(&b, a);
    }
    fc_buf_release(&b);
    return s;
}

static bool write_all(int fd, fc_str bytes)
{
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

/* Flushes the folder's entry for path, so that the new name outlives a power cut. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    if (!folder)
        return false;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0 || errno == EINVAL; /* EINVAL: a file system without it */
    close(fd);
    return ok;
}

/* The temporary file beside path; the caller frees it. The process id keeps two runs apart. */
static char *temporary_name(const char *path)
{
    size_t n = strlen(path) + 32;
    char *name = malloc(n);
    if (!name)
        return NULL;
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path + 1) : 0;
    snprintf(name, n, "%.*s.%s.%ld.part", folder, path, path + folder, (long)getpid());
    return name;
}

static fc_status write_to(const char *temp, const char *path, fc_str bytes, bool force,
                          const char **why)
{
    unlink(temp); /* left by a run with our process id that was killed */
    int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        *why = strerror(errno);
        return FC_IO;
    }
    mode_t mask = umask(0);
    umask(mask);
    bool ok = write_all(fd, bytes) && fchmod(fd, 0666 & ~mask) == 0 && fsync(fd) == 0;
    if (!ok)
        *why = strerror(errno);
    if (close(fd) != 0 && ok) {
        *why = strerror(errno);
        ok = false;
    }
    /* link() fails when path is there: nothing that came in between is overwritten. */
    if (ok && !force && link(temp, path) != 0) {
        fc_status s = errno == EEXIST ? FC_REFUSED : FC_IO;
        *why = s == FC_REFUSED ? "it is there already; --force overwrites it" : strerror(errno);
        unlink(temp);
        return s;
    }
    if (ok && force && rename(temp, path) != 0) {
        *why = strerror(errno);
        ok = false;
    }
    if (!ok || !force)
        unlink(temp);
    if (ok && !sync_folder(path)) {
        *why = "the folder could not be flushed to disk";
        ok = false;
    }
    return ok ? FC_OK : FC_IO;
}

fc_status fc_file_write(const char *path, fc_str bytes, bool force, const char **why)
{
    if (strcmp(path, "-") == 0) {
        if (write_all(STDOUT_FILENO, bytes))
            return FC_OK;
        *why = strerror(errno);
        return FC_IO;
    }
    struct stat st;
    if (lstat(path, &st) == 0) {
        if (S_ISLNK(st.st_mode)) {
            *why = "it is a symbolic link; formc does not write through those";
            return FC_REFUSED;
        }
        if (!S_ISREG(st.st_mode)) {
            *why = "it is not a regular file";
            return FC_REFUSED;
        }
        if (!force) {
            *why = "it is there already; --force overwrites it";
            return FC_REFUSED;
        }
    }
    char *temp = temporary_name(path);
    if (!temp) {
        *why = "memory ran out";
        return FC_INTERNAL;
    }
    fc_status s = write_to(temp, path, bytes, force, why);
    free(temp);
    return s;
}

fc_status fc_dir_make(const char *path, const char **why)
{
    char *p = strdup(path);
    if (!p) {
        *why = "memory ran out";
        return FC_INTERNAL;
    }
    for (char *c = p + (p[0] == '/');; c++) {
        if (*c && *c != '/')
            continue;
        char was = *c;
        *c = 0;
        if (*p && mkdir(p, 0777) != 0 && errno != EEXIST) {
            *why = strerror(errno);
            free(p);
            return FC_IO;
        }
        *c = was;
        if (!was)
            break;
    }
    struct stat st;
    fc_status s = stat(p, &st) == 0 && S_ISDIR(st.st_mode) ? FC_OK : FC_IO;
    if (s != FC_OK)
        *why = "there is a file of this name";
    free(p);
    return s;
}
