/* A ZIP archive in memory, the same bytes for the same entries. */
#ifndef FC_OUTPUT_DOCX_PACKAGE_H
#define FC_OUTPUT_DOCX_PACKAGE_H

#include "runtime/base/buf.h"

typedef struct fc_entry {
    const char *name; /* with forward slashes, unique in the archive */
    fc_str bytes;     /* borrowed until the call is over */
    bool keep;        /* take this entry from the base as it is, compressed already */
} fc_entry;

/* Appends the archive of n entries to out, in their order: no clock, no extra fields, no
 * comments. With an empty base it makes one: a complete archive whose entries that are not kept
 * stand uncompressed. With a base that was made from entries of the same names in the same
 * order, the entries that are kept are copied from it as they are. FC_INTERNAL: memory ran out
 * or libzip failed. */
FC_NODISCARD fc_status fc_package_write(fc_str base, const fc_entry *entries, size_t n,
                                        fc_buf *out);

#endif
