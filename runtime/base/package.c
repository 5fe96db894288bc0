/* Packaging: the only file that knows libzip.
 *
 * Writing: everything happens in memory. Names and order come from the caller, the time of
 * every entry is the first that DOS could write (1 January 1980), and the attributes are those
 * of DOS, so the bytes depend on nothing but the entries. */
#include "runtime/base/package.h"

#include <stdlib.h>
#include <string.h>
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
    if (out->arena)
        fc_arena_check(out->arena);
    return ok ? FC_OK : FC_INTERNAL;
}

/* ---- reading ------------------------------------------------------------------------- */

typedef struct entry {
    fc_str name;
    uint64_t index;
} entry;

struct fc_package {
    fc_arena *arena;
    zip_t *zip;
    entry *entries; /* by name without case */
    size_t n;
    size_t unpacked; /* bytes of all parts so far */
};

static void close_package(void *zip)
{
    zip_discard(zip);
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static int name_order(fc_str a, fc_str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return lower(a.p[i]) < lower(b.p[i]) ? -1 : 1;
    return (a.n > b.n) - (a.n < b.n);
}

static int by_name(const void *a, const void *b)
{
    return name_order(((const entry *)a)->name, ((const entry *)b)->name);
}

/* No part of a package is called like this: "/x", "a\\b", "../x", "a//b", "C:x". Nothing is
 * ever written under such a name; who makes one means harm. A folder's name ends in "/". */
static bool leads_out(fc_str name)
{
    size_t begin = 0;
    for (size_t i = 0; i <= name.n; i++) {
        if (i < name.n && name.p[i] != '/') {
            if (name.p[i] == '\\' || name.p[i] == ':' || (unsigned char)name.p[i] < 0x20)
                return true;
            continue;
        }
        fc_str step = fc_str_slice(name, begin, i);
        if ((!step.n && i < name.n) || fc_str_eq_z(step, ".") || fc_str_eq_z(step, ".."))
            return true;
        begin = i + 1;
    }
    return false;
}

static fc_package_verdict list_entries(fc_package *p)
{
    zip_int64_t n = zip_get_num_entries(p->zip, 0);
    if (n < 0)
        return FC_PACKAGE_BROKEN;
    if (n > FC_PACKAGE_ENTRIES_MAX)
        return FC_PACKAGE_LARGE;
    p->entries = FC_NEW_N(p->arena, entry, (size_t)n);
    for (uint64_t i = 0; i < (uint64_t)n; i++) {
        zip_stat_t st;
        const char *z = zip_get_name(p->zip, i, ZIP_FL_ENC_GUESS);
        if (!z || zip_stat_index(p->zip, i, 0, &st) != 0)
            return FC_PACKAGE_BROKEN;
        if (strlen(z) > FC_PACKAGE_NAME_MAX)
            return FC_PACKAGE_LARGE;
        fc_str name = fc_str_copy_z(p->arena, z);
        if (!name.n || leads_out(name))
            return FC_PACKAGE_NAMES;
        if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
            return FC_PACKAGE_ENCRYPTED;
        p->entries[p->n++] = (entry){name, i};
    }
    if (p->n)
        qsort(p->entries, p->n, sizeof *p->entries, by_name);
    for (size_t i = 1; i < p->n; i++)
        if (by_name(&p->entries[i - 1], &p->entries[i]) == 0)
            return FC_PACKAGE_NAMES;
    return FC_PACKAGE_OPENS;
}

fc_package_verdict fc_package_open(fc_arena *a, fc_str bytes, fc_package **package)
{
    zip_error_t error;
    *package = NULL;
    if (bytes.n > FC_PACKAGE_BYTES_MAX)
        return FC_PACKAGE_LARGE;
    fc_package *p = FC_NEW(a, fc_package);
    p->arena = a;
    zip_error_init(&error);
    zip_source_t *s = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    p->zip = s ? zip_open_from_source(s, ZIP_RDONLY, &error) : NULL;
    int why = zip_error_code_zip(&error);
    zip_error_fini(&error);
    if (!p->zip) {
        zip_source_free(s);
        if (why == ZIP_ER_MEMORY)
            fc_arena_give_up(a);
        return FC_PACKAGE_BROKEN;
    }
    fc_arena_defer(a, close_package, p->zip);
    fc_package_verdict v = list_entries(p);
    if (v == FC_PACKAGE_OPENS)
        *package = p;
    return v;
}

size_t fc_package_count(const fc_package *p)
{
    return p->n;
}

fc_str fc_package_name(const fc_package *p, size_t i)
{
    return p->entries[i].name;
}

/* The bytes of one part. */
static fc_package_verdict unpack(fc_package *p, zip_file_t *f, fc_buf *out)
{
    char piece[16384];
    zip_int64_t n;
    while ((n = zip_fread(f, piece, sizeof piece)) > 0) {
        p->unpacked += (size_t)n;
        if (p->unpacked > FC_PACKAGE_TOTAL_MAX || out->n + (size_t)n > FC_PACKAGE_PART_MAX)
            return FC_PACKAGE_LARGE;
        fc_buf_add(out, piece, (size_t)n);
    }
    return n == 0 ? FC_PACKAGE_OPENS : FC_PACKAGE_BROKEN; /* also a checksum that is wrong */
}

fc_package_verdict fc_package_read(fc_package *p, fc_str name, fc_str *bytes)
{
    const entry key = {.name = name};
    *bytes = (fc_str){0};
    const entry *e = p->n ? bsearch(&key, p->entries, p->n, sizeof *p->entries, by_name) : NULL;
    if (!e)
        return FC_PACKAGE_ABSENT;
    zip_file_t *f = zip_fopen_index(p->zip, e->index, 0);
    if (!f)
        return FC_PACKAGE_BROKEN;
    fc_buf out;
    fc_buf_init_in(&out, p->arena, FC_PACKAGE_PART_MAX);
    fc_package_verdict v = unpack(p, f, &out);
    zip_fclose(f);
    if (v == FC_PACKAGE_OPENS)
        *bytes = fc_buf_keep_all(&out);
    else
        fc_buf_release(&out);
    return v;
}
