/* A form from its file. */
#include "tests/agreement/agree.h"

#include "runtime/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

fc_str test_file(fc_arena *a, const char *path)
{
    fc_str bytes;
    const char *why = "";
    if (fc_file_read(a, path, (size_t)64 << 20, &bytes, &why) != FC_OK) {
        fprintf(stderr, "%s: %s\n", path, why);
        exit(2);
    }
    return bytes;
}

void print_diags(fc_diags *d)
{
    fc_buf out;
    fc_buf_init(&out, FC_BUF_MAX);
    fc_diags_print(d, &out);
    fprintf(stderr, "%.*s", FC_ARG(fc_buf_view(&out)));
    fc_buf_release(&out);
}

const fc_form *test_form(fc_arena *a, const char *path)
{
    const fc_form *form = NULL;
    fc_diags *d = fc_diags_new(a);
    const char *slash = strrchr(path, '/');
    FC_ARRAY(fc_language_source) languages = {0};
    for (char tag[3] = "aa"; tag[0] <= 'z';
         tag[1] < 'z' ? tag[1]++ : (tag[1] = 'a', tag[0]++)) {
        fc_str file =
            fc_str_fmt(a, "%.*slang/%s.xml", slash ? (int)(slash - path) + 1 : 0, path, tag);
        FILE *f = fopen(file.p, "rb");
        if (!f)
            continue;
        fclose(f);
        FC_PUSH(a, &languages,
                ((fc_language_source){.name = file,
                                      .tag = fc_str_copy_z(a, tag),
                                      .bytes = test_file(a, file.p)}));
    }
    fc_definition def = {.name = fc_str_of(path),
                         .file = FC_S("form.xml"),
                         .bytes = test_file(a, path),
                         .languages = languages.at,
                         .n_languages = languages.n};
    if (fc_compile_definition(a, &def, d, &form) != FC_OK) {
        print_diags(d);
        exit(2);
    }
    return form;
}
