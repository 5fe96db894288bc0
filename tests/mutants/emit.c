/* emit FORM TOP OUT: the generated C of a form, by what is linked in, with the header and the
 * reader of the folder TOP. */
#include "output/target.h"
#include "runtime/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static fc_arena *all;
static const char *top;

static fc_str read_file(const char *path)
{
    fc_str bytes;
    const char *why = "";
    if (fc_file_read(all, path, (size_t)16 << 20, &bytes, &why) != FC_OK) {
        fprintf(stderr, "%s: %s\n", path, why);
        exit(2);
    }
    return bytes;
}

/* Instead of the files that are built in. */
fc_str fc_asset(const char *path)
{
    bool header = strcmp(path, "c/fv.h") == 0;
    return read_file(
        fc_str_fmt(all, "%s/%s", top, header ? "runtime/fv.h" : "output/c/reader.c.in").p);
}

static int emit(char **argv)
{
    fc_diags *d = fc_diags_new(all);
    const fc_form *form = NULL;
    fc_output_files files = {0};
    top = argv[2];
    if (fc_compile(all, fc_str_of(argv[1]), FC_S("form.xml"), read_file(argv[1]), d, &form) !=
        FC_OK)
        return 1;
    fc_build b = {.arena = all, .diags = d, .form = form};
    if (fc_target_c.make(&b, NULL, NULL, all, &files) != FC_OK)
        return 1;
    for (size_t i = 0; i < files.n; i++) {
        const char *name = strrchr(files.at[i].name.p, '/') + 1;
        FILE *f = fopen(fc_str_fmt(all, "%s/%s", argv[3], name).p, "wb");
        if (!f ||
            fwrite(files.at[i].bytes.p, 1, files.at[i].bytes.n, f) != files.at[i].bytes.n ||
            fclose(f) != 0)
            return 2;
    }
    return 0;
}

int main(int argc, char **argv)
{
    int result = 2;
    all = fc_arena_new((size_t)1 << 30);
    if (argc == 4 && all && FC_BOUNDARY(all))
        result = emit(argv);
    fc_arena_drop(all);
    return result;
}
