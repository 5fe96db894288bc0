/* Files: whole or absent. */
#include "tests/unit/unit.h"

#include "runtime/base/file.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct fixture {
    fc_arena *a;
    char dir[64];
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    f->a = fc_arena_new(1 << 20);
    strcpy(f->dir, "/tmp/formc-test-XXXXXX");
    *state = f;
    return f->a && mkdtemp(f->dir) && FC_BOUNDARY(f->a) ? 0 : -1;
}

static int teardown(void **state)
{
    fixture *f = *state;
    DIR *d = opendir(f->dir);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.' || strlen(e->d_name) > 2) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s", f->dir, e->d_name);
            remove(path);
        }
    if (d)
        closedir(d);
    rmdir(f->dir);
    fc_arena_drop(f->a);
    free(f);
    return 0;
}

static const char *path_in(fixture *f, const char *name)
{
    return fc_str_fmt(f->a, "%s/%s", f->dir, name).p;
}

static size_t files_in(fixture *f)
{
    size_t n = 0;
    DIR *d = opendir(f->dir);
    assert_non_null(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n - 2;
}

static void assert_holds(fixture *f, const char *path, const char *text)
{
    const char *why = "";
    fc_str bytes;
    assert_int_equal(fc_file_read(f->a, path, 1000, &bytes, &why), FC_OK);
    assert_str(bytes, text);
}

static void a_file_is_written_and_read(void **state)
{
    fixture *f = *state;
    const char *why = "", *p = path_in(f, "x");
    assert_int_equal(fc_file_write(p, FC_S("one"), false, &why), FC_OK);
    assert_holds(f, p, "one");
    assert_int_equal(files_in(f), 1);
    struct stat st;
    mode_t mask = umask(0);
    umask(mask);
    assert_int_equal(stat(p, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0666 & ~mask);
}

static void an_existing_file_is_kept_without_force(void **state)
{
    fixture *f = *state;
    const char *why = "", *p = path_in(f, "x");
    assert_int_equal(fc_file_write(p, FC_S("one"), false, &why), FC_OK);
    assert_int_equal(fc_file_write(p, FC_S("two"), false, &why), FC_REFUSED);
    assert_holds(f, p, "one");
    assert_int_equal(fc_file_write(p, FC_S("two"), true, &why), FC_OK);
    assert_holds(f, p, "two");
    assert_int_equal(files_in(f), 1);
}

static void a_symbolic_link_is_refused_even_with_force(void **state)
{
    fixture *f = *state;
    const char *why = "", *p = path_in(f, "x"), *l = path_in(f, "link");
    assert_int_equal(fc_file_write(p, FC_S("one"), false, &why), FC_OK);
    assert_int_equal(symlink(p, l), 0);
    assert_int_equal(fc_file_write(l, FC_S("two"), true, &why), FC_REFUSED);
    assert_holds(f, p, "one");
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    fixture *f = *state;
    const char *why = "", *p = path_in(f, "x");
    assert_int_equal(fc_file_write(p, FC_S("one"), false, &why), FC_OK);
    char *big = fc_arena_alloc(f->a, 100000);
    struct rlimit was, small = {4096, RLIM_INFINITY};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small.rlim_max = was.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    fc_status s = fc_file_write(p, (fc_str){big, 100000}, true, &why);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_int_equal(s, FC_IO);
    assert_holds(f, p, "one");
    assert_int_equal(files_in(f), 1);
}

static void reading_is_bounded(void **state)
{
    fixture *f = *state;
    const char *why = "", *p = path_in(f, "x");
    fc_str bytes;
    assert_int_equal(fc_file_write(p, FC_S("12345"), false, &why), FC_OK);
    assert_int_equal(fc_file_read(f->a, p, 5, &bytes, &why), FC_OK);
    assert_int_equal(fc_file_read(f->a, p, 4, &bytes, &why), FC_REFUSED);
    assert_int_equal(fc_file_read(f->a, path_in(f, "none"), 4, &bytes, &why), FC_IO);
    assert_int_equal(fc_file_read(f->a, f->dir, 4, &bytes, &why), FC_IO);
}

static void folders_are_made_with_their_parents(void **state)
{
    fixture *f = *state;
    const char *why = "", *p = path_in(f, "a/b");
    assert_int_equal(fc_dir_make(p, &why), FC_OK);
    assert_int_equal(fc_dir_make(p, &why), FC_OK);
    rmdir(p);
    rmdir(path_in(f, "a"));
    assert_int_equal(fc_file_write(path_in(f, "a"), FC_S("x"), false, &why), FC_OK);
    assert_int_equal(fc_dir_make(p, &why), FC_IO);
}

#define FILE_TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
    signal(SIGXFSZ, SIG_IGN); /* a file beyond the limit is a failed write, as on a full disk */
    const struct CMUnitTest tests[] = {
        FILE_TEST(a_file_is_written_and_read),
        FILE_TEST(an_existing_file_is_kept_without_force),
        FILE_TEST(a_symbolic_link_is_refused_even_with_force),
        FILE_TEST(a_failed_write_leaves_the_old_file),
        FILE_TEST(reading_is_bounded),
        FILE_TEST(folders_are_made_with_their_parents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
