/* Workers: processes that do jobs side by side. Each is a copy of this process by fork, made
 * when all that the jobs have in common is ready; so nothing of it is done twice. A worker that
 * dies or does not end takes one job with it, and another takes its place. */
#ifndef FC_BASE_CREW_H
#define FC_BASE_CREW_H

#include "runtime/base/buf.h"

#define FC_CREW_MAX 64 /* workers */

typedef struct fc_crew {
    unsigned workers; /* 1 to FC_CREW_MAX */
    size_t jobs;      /* numbered from 0 */
    unsigned seconds; /* what one job may take, by the clock on the wall */
    /* In a worker: does a job and writes what came of it. False: it could not; the worker ends
     * as if it had died. It must not print. */
    bool (*work)(void *data, size_t job, fc_buf *result);
    /* In this process, in the order in which jobs end. NULL: the worker died or was stopped.
     * False: nothing more is to be done. */
    bool (*done)(void *data, size_t job, const fc_str *result);
    void *data;
} fc_crew;

/* Does all jobs. Workers end when this process does, however it ends. FC_OK; FC_IO: done said
 * that it is enough; FC_INTERNAL: no process could be started. */
FC_NODISCARD fc_status fc_crew_run(const fc_crew *crew);

#endif
