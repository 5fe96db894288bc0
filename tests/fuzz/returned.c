/* Any bytes as a file that came back. */
#include "tests/fuzz/returned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const fc_form *form;
    if (!form)
        form = fuzz_form(FUZZ_FORM);
    returned_input in = {
        .form = form, .bytes = {(const char *)data, n}, .look = fc_returned_look};
    returned_check(&in);
    return 0;
}

static const char *const words[] = {"PK", "mimetype", "word/document.xml", NULL};
static const char *const pieces[] = {"PK\x03\x04", "PK\x01\x02", "PK\x05\x06", NULL};
const fuzz_language fuzz_language_here = {FUZZ_WORDS, words, pieces};
