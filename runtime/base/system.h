/* What the files that talk to the system share. */
#ifndef FC_BASE_SYSTEM_H
#define FC_BASE_SYSTEM_H

#include "runtime/base/str.h"

/* Writes all of it, however often that has to be tried. False: errno says why. */
bool fc_write_all(int fd, fc_str bytes);
/* Reads n bytes from where fd stands. False: there are not so many, or it failed. */
bool fc_read_all(int fd, void *bytes, size_t n);
/* Of a clock that nobody sets; for measuring how long something takes. */
int64_t fc_milliseconds(void);
/* Ends this process when the one that made it does; where the system has no such thing,
 * nothing. */
void fc_end_with_parent(void);

#endif
