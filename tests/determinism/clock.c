/* Loaded before the C library: every clock says a day in 2038, and random bytes are zero. A
 * program whose output depends on neither does not notice. */
#include <stddef.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>

#define THAT_DAY ((time_t)2150000000)

time_t time(time_t *t)
{
    if (t)
        *t = THAT_DAY;
    return THAT_DAY;
}

int gettimeofday(struct timeval *restrict tv, void *restrict tz)
{
    (void)tz;
    *tv = (struct timeval){THAT_DAY, 0};
    return 0;
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    (void)id;
    *t = (struct timespec){THAT_DAY, 0};
    return 0;
}

long random(void)
{
    return 0;
}

int rand(void)
{
    return 0;
}

ssize_t getrandom(void *p, size_t n, unsigned flags)
{
    (void)flags;
    for (size_t i = 0; i < n; i++)
        ((unsigned char *)p)[i] = 0;
    return (ssize_t)n;
}
