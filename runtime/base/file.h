/* Files: read whole and bounded, written whole or not at all. */
#ifndef FC_BASE_FILE_H
#define FC_BASE_FILE_H

#include "runtime/base/buf.h"

/* Reads a file ("-" is standard input) of at most max bytes into the arena.
 * FC_IO: cannot be read (*why says so); FC_REFUSED: larger than max. */
FC_NODISCARD fc_status fc_file_read(fc_arena *a, const char *path, size_t max, fc_str *bytes,
                                    const char **why);
/* Writes bytes to path ("-" is standard output) through a temporary file beside it (mode 0600
 * until renamed), flushed to disk and renamed: afterwards path is the whole new file or what it
 * was. With force false an existing path is refused (FC_REFUSED). A symbolic link as path is
 * refused always. */
FC_NODISCARD fc_status fc_file_write(const char *path, fc_str bytes, bool force,
                                     const char **why);
/* The same in pieces, for what is too large to be held in memory. */
typedef struct fc_writing {
    const char *path; /* borrowed */
    char *temp;
    int fd;
    bool force;
    fc_status status; /* the first failure */
    const char *why;
} fc_writing;

/* Begins; fc_writing_end has to follow, also when it fails. */
void fc_writing_begin(fc_writing *w, const char *path, bool force);
void fc_writing_add(fc_writing *w, fc_str bytes);
/* Puts the file in its place, or, after a failure or with keep false, leaves nothing behind. */
FC_NODISCARD fc_status fc_writing_end(fc_writing *w, bool keep, const char **why);

/* Makes a folder and its parents; fine when it is there. */
FC_NODISCARD fc_status fc_dir_make(const char *path, const char **why);

#endif
