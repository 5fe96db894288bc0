/* Work on what may come from anywhere, in a process of its own: when it dies or does not end,
 * only that process does. It has limits on time, memory, files and their size, and on Linux
 * (amd64) no system calls but those for memory and its end. */
#ifndef FC_BASE_APART_H
#define FC_BASE_APART_H

#include "runtime/base/buf.h"

#define FC_APART_SECONDS 5 /* of processor time; a form of 12 pages takes 0.02 */
#define FC_APART_MEMORY ((size_t)512 << 20) /* of address space */
#define FC_APART_RESULT_MAX ((size_t)128 << 20)

/* Runs work in a child that cannot write files, open more of them or start programs, and
 * appends what it wrote into its buffer to out. False: it died, ran out of time or memory, or
 * said that it could not (work returned false); out is then as it was. work must not print. */
FC_NODISCARD bool fc_apart(bool (*work)(void *data, fc_buf *result), void *data, fc_buf *out);

#endif
