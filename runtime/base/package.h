/* ZIP archives in memory: written, the same bytes for the same entries, and read, bounded. */
#ifndef FC_BASE_PACKAGE_H
#define FC_BASE_PACKAGE_H

#include "runtime/base/buf.h"

typedef struct fc_entry {
    const char *name; /* with forward slashes, unique in the archive */
    fc_str bytes;     /* borrowed until the call is over */
    bool keep;        /* take this entry from the base as it is, compressed already */
} fc_entry;

/* Appends the archive of n entries to out, in their order: no clock, no extra fields, no
 * comments. With an empty base it makes one: a complete archive whose entries that are not kept
 * stand uncompressed. With a base that was made from entries of the same names in the same
 * order, the entries that are kept are copied from it as they are. Gives up when
 * memory ran out and out is an arena's; FC_INTERNAL: the same for other buffers, or libzip
 * failed. */
FC_NODISCARD fc_status fc_package_write(fc_str base, const fc_entry *entries, size_t n,
                                        fc_buf *out);

/* ---- reading an archive that may come from anywhere ---- */

#define FC_PACKAGE_BYTES_MAX ((size_t)50 << 20) /* a returned form has some 50 kB */
#define FC_PACKAGE_ENTRIES_MAX 1000 /* the largest real document seen has 291 parts */
#define FC_PACKAGE_NAME_MAX 256     /* bytes of a part's name */
#define FC_PACKAGE_PART_MAX ((size_t)32 << 20)   /* unpacked; the largest seen has 12.6 MB */
#define FC_PACKAGE_TOTAL_MAX ((size_t)128 << 20) /* of all parts that are unpacked */

typedef enum fc_package_verdict {
    FC_PACKAGE_OPENS,
    FC_PACKAGE_BROKEN, /* not a ZIP archive, or damaged */
    FC_PACKAGE_LARGE,  /* beyond a limit above */
    FC_PACKAGE_NAMES,  /* two parts of one name, whatever the case, or a name that leads out */
    FC_PACKAGE_ENCRYPTED, /* a password is needed */
    FC_PACKAGE_ABSENT     /* of a part: there is none of this name */
} fc_package_verdict;

typedef struct fc_package fc_package; /* closed with its arena */

/* Opens the archive and looks at the names of its parts; nothing is unpacked. bytes are
 * borrowed as long as the arena lives. */
FC_NODISCARD fc_package_verdict fc_package_open(fc_arena *a, fc_str bytes,
                                                fc_package **package);
size_t fc_package_count(const fc_package *p);
/* The name of part i, with forward slashes. */
fc_str fc_package_name(const fc_package *p, size_t i);
/* Unpacks a part into the arena. Names are compared without case, as OPC has it (ECMA-376 part
 * 2, 6.2.2.3). Bytes are counted as they come out, whatever the archive says of them. */
FC_NODISCARD fc_package_verdict fc_package_read(fc_package *p, fc_str name, fc_str *bytes);

#endif
