/* Files: read whole and bounded, written whole or not at all. */
#include "runtime/base/file.h"
#include "runtime/base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_CHUNK ((size_t)64 << 10)

static const char is_there[] = "it is there already; --force overwrites it";

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

static void fail(fc_writing *w, fc_status status, const char *why)
{
    if (w->status == FC_OK) {
        w->status = status;
        w->why = why;
    }
}

static void fail_by_system(fc_writing *w)
{
    fail(w, FC_IO, strerror(errno));
}

/* May something of this name be made here? */
static void look_at_place(fc_writing *w)
{
    struct stat st;
    if (lstat(w->path, &st) != 0)
        return;
    if (S_ISLNK(st.st_mode))
        fail(w, FC_REFUSED, "it is a symbolic link; formc does not write through those");
    else if (!S_ISREG(st.st_mode))
        fail(w, FC_REFUSED, "it is not a regular file");
    else if (!w->force)
        fail(w, FC_REFUSED, is_there);
}

void fc_writing_begin(fc_writing *w, const char *path, bool force)
{
    *w = (fc_writing){.path = path, .fd = -1, .force = force};
    look_at_place(w);
    if (w->status != FC_OK)
        return;
    w->temp = temporary_name(path);
    if (!w->temp) {
        fail(w, FC_INTERNAL, "memory ran out");
        return;
    }
    unlink(w->temp); /* left by a run with our process id that was killed */
    w->fd = open(w->temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (w->fd < 0)
        fail_by_system(w);
}

void fc_writing_add(fc_writing *w, fc_str bytes)
{
    if (w->status == FC_OK && !fc_write_all(w->fd, bytes))
        fail_by_system(w);
}

/* All of it on the disk, and closed. */
static void flush(fc_writing *w)
{
    mode_t mask = umask(0);
    umask(mask);
    if (w->status == FC_OK && (fchmod(w->fd, 0666 & ~mask) != 0 || fsync(w->fd) != 0))
        fail_by_system(w);
    if (w->fd >= 0 && close(w->fd) != 0)
        fail_by_system(w);
}

/* Under its own name. */
static void put_in_place(fc_writing *w)
{
    if (w->force ? rename(w->temp, w->path) != 0 : link(w->temp, w->path) != 0) {
        /* link() fails when path is there: nothing that came in between is overwritten. */
        if (!w->force && errno == EEXIST)
            fail(w, FC_REFUSED, is_there);
        else
            fail_by_system(w);
        unlink(w->temp);
        return;
    }
    if (!w->force)
        unlink(w->temp);
    if (!sync_folder(w->path))
        fail(w, FC_IO, "the folder could not be flushed to disk");
}

fc_status fc_writing_end(fc_writing *w, bool keep, const char **why)
{
    bool made = w->fd >= 0;
    if (keep)
        flush(w);
    else if (made)
        close(w->fd);
    if (keep && w->status == FC_OK)
        put_in_place(w);
    else if (made)
        unlink(w->temp);
    free(w->temp);
    if (w->status != FC_OK)
        *why = w->why;
    return keep ? w->status : FC_OK;
}

fc_status fc_file_write(const char *path, fc_str bytes, bool force, const char **why)
{
    if (strcmp(path, "-") == 0) {
        if (fc_write_all(STDOUT_FILENO, bytes))
            return FC_OK;
        *why = strerror(errno);
        return FC_IO;
    }
    fc_writing w;
    fc_writing_begin(&w, path, force);
    fc_writing_add(&w, bytes);
    return fc_writing_end(&w, true, why);
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
