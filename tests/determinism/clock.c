/* Loaded before the C library: every clock says THAT_DAY, seconds since 1970, and random bytes
 * are zero. A program whose output depends on neither does not notice. */
#include <stddef.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>

static time_t that_day(void)
{
    const char *seconds = getenv("THAT_DAY");
    return seconds ? (time_t)strtoll(seconds, NULL, 10) : 0;
}

time_t time(time_t *t)
{
    if (t)
        *t = that_day();
    return that_day();
}

int gettimeofday(struct timeval *restrict tv, void *restrict tz)
{
    (void)tz;
    *tv = (struct timeval){that_day(), 0};
    return 0;
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    (void)id;
    *t = (struct timespec){that_day(), 0};
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
