/* What has to be true of any file that came back, whatever is in it. */
#ifndef FC_TESTS_FUZZ_RETURNED_H
#define FC_TESTS_FUZZ_RETURNED_H

#include "runtime/returned/take.h"
#include "tests/fuzz/fuzz.h"

typedef struct returned_input {
    const fc_form *form;
    fc_str bytes;
    fc_refusal (*look)(fc_arena *a, fc_str bytes, fc_returned *out);
} returned_input;

/* Reads the input into a blank and into the plan that comes of it, and checks: what was found
 * is the same again behind pack and unpack; the plan is written, read and written again without
 * a difference; read a second time nothing more comes in; what is told are words of ours; a
 * question that nothing in the file names is told. */
void returned_check(returned_input *in);

#endif
