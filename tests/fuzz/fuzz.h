/* What the harnesses share. A harness is LLVMFuzzerTestOneInput: it reads any bytes at all with
 * one reader of formc and checks what has to be true of the result. libFuzzer calls it with
 * inputs of its own making (the preset `fuzz`), replay.c with those that are kept in corpus/.
 */
#ifndef FC_TESTS_FUZZ_H
#define FC_TESTS_FUZZ_H

#include "compiler/compile.h"
#include "runtime/plan/review.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Ends the program with a word about the property unless it holds. */
#define HOLDS(what)                                                                            \
    do {                                                                                       \
        if (!(what))                                                                           \
            fuzz_broken(__FILE__, __LINE__, #what);                                            \
    } while (0)
FC_NORETURN void fuzz_broken(const char *file, int line, const char *what);

/* Runs work(arena, with) with a new arena and drops it. Running out of memory is a broken
 * property, and so is a run that takes more than FUZZ_SECONDS of processor time: no input is
 * large. */
void fuzz_run(void (*work)(fc_arena *a, void *with), void *with);

#define FUZZ_MEMORY ((size_t)512 << 20) /* of one arena */
#define FUZZ_SECONDS 2

/* Everything that people or programs are told of the diagnostics, in all three forms, behind
 * what is in b. Checks that it is text without control characters, and the places. */
void fuzz_tell(fc_diags *d, fc_buf *b);

/* A copy of the XML in which the letters and digits of all text between tags have become
 * others. What is told of a plan must not depend on them. */
fc_str fuzz_other_words(fc_arena *a, fc_str xml);

/* The form of a file, for as long as the program runs. */
const fc_form *fuzz_form(const char *path);

/* What an input is made of, for mutate.c. */
typedef enum fuzz_kind {
    FUZZ_WORDS, /* words and signs */
    FUZZ_XML,   /* tags and text */
    FUZZ_PDF    /* objects, dictionaries, arrays and values */
} fuzz_kind;

typedef struct fuzz_language {
    fuzz_kind kind;
    const char *const *words;  /* names, values and texts, ended by NULL */
    const char *const *pieces; /* whole elements, or parts of expressions; ended by NULL */
} fuzz_language;
extern const fuzz_language fuzz_language_here; /* of the harness */

#endif
