/* Work in a process of its own: what comes back, and what happens when it goes wrong. */
#include "runtime/base/apart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static bool echo(void *data, fc_buf *result)
{
    fc_buf_z(result, data);
    return true;
}

static bool much(void *data, fc_buf *result)
{
    (void)data;
    for (int i = 0; i < 3000000; i++)
        fc_buf_z(result, "abc\n");
    return true;
}

static bool gives_up(void *data, fc_buf *result)
{
    fc_buf_z(result, data);
    return false;
}

static bool dies(void *data, fc_buf *result)
{
    fc_buf_z(result, data);
    abort();
}

static bool never_ends(void *data, fc_buf *result)
{
    for (volatile unsigned long i = 0;; i++)
        if (data == result)
            return true;
}

static bool writes_a_file(void *data, fc_buf *result)
{
    int fd = open(data, O_CREAT | O_WRONLY, 0600);
    fc_buf_z(result, fd < 0 ? "refused" : "written");
    return true;
}

static bool takes_memory(void *data, fc_buf *result)
{
    (void)data;
    for (int i = 0; i < 64; i++) { /* 4 GiB */
        char *p = malloc((size_t)64 << 20);
        if (!p) {
            fc_buf_z(result, "none left");
            return true;
        }
        memset(p, i + 1, (size_t)64 << 20);
    }
    fc_buf_z(result, "all of it");
    return true;
}

/* How many pieces of 32 MiB there are. */
static bool counts_memory(void *data, fc_buf *result)
{
    int n = 0;
    (void)data;
    for (char *p; n < 64 && (p = malloc((size_t)32 << 20)); n++)
        memset(p, n + 1, (size_t)32 << 20);
    fc_buf_fmt(result, "%d", n);
    return true;
}

static fc_buf run(bool (*work)(void *, fc_buf *), const char *data, bool fine)
{
    static char word[200];
    fc_buf out;
    fc_buf_init(&out, FC_BUF_MAX);
    strcpy(word, data);
    assert_int_equal(fc_apart(work, word, &out), fine);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
    if (!fine)
        assert_int_equal(out.n, 0);
    return out;
}

static void test_what_comes_back(void **state)
{
    (void)state;
    fc_buf out = run(echo, "a result", true);
    assert_true(fc_str_eq_z(fc_buf_view(&out), "a result"));
    fc_buf_release(&out);
    out = run(much, "", true);
    assert_int_equal(out.n, 12000000);
    fc_buf_release(&out);
    out = run(echo, "", true);
    assert_int_equal(out.n, 0);
    fc_buf_release(&out);
}

static void test_what_goes_wrong(void **state)
{
    (void)state;
    run(gives_up, "not this", false);
    run(dies, "nor this", false);
}

static void test_no_end(void **state)
{
    (void)state;
    run(never_ends, "", false);
}

static void test_no_file(void **state)
{
    const char *path = "apart-was-here";
    fc_buf out;
    (void)state;
    unlink(path);
    fc_buf_init(&out, FC_BUF_MAX);
    char word[32];
    strcpy(word, path);
    assert_true(fc_apart(writes_a_file, word, &out));
    assert_true(fc_str_eq_z(fc_buf_view(&out), "refused"));
    assert_int_equal(access(path, F_OK), -1);
    fc_buf_release(&out);
}

static void test_no_more_memory(void **state)
{
    (void)state;
#if !defined(__SANITIZE_ADDRESS__)
    fc_buf out = run(takes_memory, "", true);
    assert_true(fc_str_eq_z(fc_buf_view(&out), "none left"));
    fc_buf_release(&out);
#else
    (void)takes_memory;
#endif
}

/* Where memory is limited already, by ulimit or for a service, the limit holds and files are
 * read all the same. */
static void test_a_limit_that_is_there(void **state)
{
    (void)state;
#if !defined(__SANITIZE_ADDRESS__)
    const struct rlimit little = {(rlim_t)256 << 20, (rlim_t)256 << 20};
    int status = 0;
    const pid_t child = fork();
    if (child == 0) {
        fc_buf out;
        fc_buf_init(&out, FC_BUF_MAX);
        const bool fine = setrlimit(RLIMIT_AS, &little) == 0 && (geteuid() || !setuid(65534)) &&
                          fc_apart(counts_memory, NULL, &out);
        fc_buf_char(&out, '\0');
        const unsigned long n = fine ? strtoul(out.p, NULL, 10) : 0;
        _exit(n > 0 && n < 8 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
#else
    (void)counts_memory;
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_comes_back), cmocka_unit_test(test_what_goes_wrong),
        cmocka_unit_test(test_no_end),          cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_no_more_memory),  cmocka_unit_test(test_a_limit_that_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
