/* replay FILE...: gives each file to the harness, as libFuzzer does. A broken property, a
 * sanitizer or a signal ends it; the last name printed is the file's. */
#include "tests/fuzz/fuzz.h"

#include "runtime/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void replay(fc_arena *a, const char *path)
{
    fc_str bytes;
    const char *why = "";
    HOLDS(fc_file_read(a, path, (size_t)16 << 20, &bytes, &why) == FC_OK);
    /* Exactly as long as the input, so that reading behind it is noticed. */
    uint8_t *data = malloc(bytes.n ? bytes.n : 1);
    HOLDS(data != NULL);
    if (bytes.n)
        memcpy(data, bytes.p, bytes.n);
    LLVMFuzzerTestOneInput(data, bytes.n);
    free(data);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        printf("%s\n", argv[i]);
        fflush(stdout);
        fc_arena *a = fc_arena_new((size_t)64 << 20);
        HOLDS(a != NULL);
        if (!FC_BOUNDARY(a))
            fuzz_broken(__FILE__, __LINE__, "the memory is enough");
        replay(a, argv[i]);
        fc_arena_drop(a);
    }
    printf("%d inputs\n", argc - 1);
    return argc < 2;
}
