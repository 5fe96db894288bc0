/* Packaging: the only file that knows libzip.
 *
 * Everything happens in memory. Names and order come from the caller, the time of every entry
 * is the first that DOS could write (1 January 1980), and the attributes are those of DOS, so
 * the bytes depend on nothing but the entries. */
#include "output/docx/package.h"

#include <zip.h>

/* 1980-01-01 as DOS writes dates: year since 1980 << 9 | month << 5 | day. */
#define DOS_DATE ((zip_uint16_t)((0 << 9) | (1 << 5) | 1))

/* Entries that are kept are compressed once and copied often. The others are compressed for
 * each plan: level 6 makes a form of 12 pages a tenth smaller than level 3 and takes twice the
 * time. */
#define LEVEL_ONCE 9
#define LEVEL_EACH 3

/* In a base, an entry that is not kept stands uncompressed: libzip forgets the level when an
 * entry is replaced and its method stays the same. */
static bool put_entry(zip_t *z, zip_uint64_t i, const fc_entry *e, bool replace)
{
    zip_int32_t method = replace || e->keep ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    unsigned level = e->keep ? LEVEL_ONCE : LEVEL_EACH;
    zip_source_t *s = zip_source_buffer(z, e->bytes.p ? e->bytes.p : "", e->bytes.n, 0);
    if (!s)
        return false;
    bool taken = replace ? zip_file_replace(z, i, s, 0) == 0
                         : zip_file_add(z, e->name, s, ZIP_FL_ENC_UTF_8) == (zip_int64_t)i;
    if (!taken) {
        zip_source_free(s);
        return false;
    }
    return zip_set_file_compression(z, i, method, level) == 0 &&
           zip_file_set_dostime(z, i, 0, DOS_DATE, 0) == 0 &&
           zip_file_set_external_attributes(z, i, 0, ZIP_OPSYS_DOS, 0) == 0;
}

/* Appends what zip_close left in the source. */
static bool take_bytes(zip_source_t *s, fc_buf *out)
{
    char piece[16384];
    zip_int64_t n = -1;
    if (zip_source_open(s) != 0)
        return false;
    while ((n = zip_source_read(s, piece, sizeof piece)) > 0)
        fc_buf_add(out, piece, (size_t)n);
    zip_source_close(s);
    return n == 0 && !out->failed;
}

fc_status fc_package_write(fc_str base, const fc_entry *entries, size_t n, fc_buf *out)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *s = zip_source_buffer_create(base.n ? base.p : NULL, base.n, 0, &error);
    zip_t *z =
        s ? zip_open_from_source(s, base.n ? 0 : ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
    zip_error_fini(&error);
    if (!z) {
        zip_source_free(s);
        return FC_INTERNAL;
    }
    zip_source_keep(s); /* outlives z: the archive is read back from it */
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        if (!base.n || !entries[i].keep)
            ok = put_entry(z, i, &entries[i], base.n > 0);
    if (!ok || zip_close(z) != 0) {
        zip_discard(z);
        ok = false;
    }
    ok = ok && take_bytes(s, out);
    zip_source_free(s);
    return ok ? FC_OK : FC_INTERNAL;
}
