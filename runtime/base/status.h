/* What a call can come to when the world, not the author, is at fault. The values are the
 * exit codes of the command, so that nothing has to be translated on the way out. */
#ifndef FC_BASE_STATUS_H
#define FC_BASE_STATUS_H

#if defined(__GNUC__)
#define FC_NODISCARD __attribute__((warn_unused_result))
#define FC_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define FC_NORETURN __attribute__((noreturn))
#else
#define FC_NODISCARD
#define FC_PRINTF(fmt, args)
#define FC_NORETURN
#endif

typedef enum fc_status {
    FC_OK = 0,      /* done */
    FC_FOUND = 1,   /* errors, conflicts or differences were found and are in the diagnostics */
    FC_USAGE = 2,   /* the command line was not understood */
    FC_REFUSED = 3, /* not readable as this kind of file, or beyond a limit */
    FC_IO = 4,      /* reading or writing failed */
    FC_INTERNAL = 5, /* our own fault, or memory ran out */
} fc_status;

#endif
