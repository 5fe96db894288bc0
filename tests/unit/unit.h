/* What every unit test includes: cmocka in the order it asks for, and a fresh arena a test. */
#ifndef FC_TESTS_UNIT_H
#define FC_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/base/arena.h"
#include "runtime/base/str.h"

static inline int arena_setup(void **state)
{
    fc_arena *a = fc_arena_new((size_t)256 << 20);
    *state = a;
    if (!a)
        return -1;
    /* A test whose memory runs out ends the program: that is a failure, too. */
    if (!FC_BOUNDARY(a)) {
        fprintf(stderr, "memory ran out\n");
        return -1;
    }
    return 0;
}

static inline int arena_teardown(void **state)
{
    fc_arena_drop(*state);
    return 0;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, arena_setup, arena_teardown)

static inline void assert_str(fc_str s, const char *expected)
{
    if (!fc_str_eq(s, fc_str_of(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", FC_ARG(s), expected);
}

#endif
