/* Layout XML (docs/layout.md) to PDF, without a form: for tests of the layout itself.
 *
 *     layout-to-pdf LAYOUT.xml OUT.pdf
 *
 * What the writer says goes to standard error. Ends with the status of the writer. */
#include "output/pdf/pdf.h"
#include "runtime/base/file.h"

#include <stdio.h>

#define MEMORY_MAX ((size_t)2 << 30)

static fc_status lay(fc_arena *a, const char *in, const char *out, fc_diags *d)
{
    fc_str xml, pdf = {0};
    const char *why = "";
    const fc_pdf_faces *faces = fc_pdf_faces_open(a);
    fc_status s = faces == NULL ? FC_INTERNAL : fc_file_read(a, in, FC_BUF_MAX, &xml, &why);
    if (s == FC_OK)
        s = fc_pdf_make(a, faces, xml, (fc_str){0}, FC_S("layout"), NULL, d, &pdf);
    if (s == FC_OK)
        s = fc_file_write(out, pdf, true, &why);
    if (*why != 0)
        fprintf(stderr, "%s\n", why);
    return s;
}

int main(int argc, char **argv)
{
    fc_arena *a = fc_arena_new(MEMORY_MAX);
    if (argc != 3 || a == NULL)
        return FC_USAGE;
    volatile fc_status s = FC_INTERNAL;
    if (FC_BOUNDARY(a)) {
        fc_diags *d = fc_diags_new(a);
        fc_buf said;
        s = lay(a, argv[1], argv[2], d);
        fc_buf_init(&said, FC_BUF_MAX);
        fc_diags_print(d, &said);
        fprintf(stderr, "%.*s", (int)said.n, said.n != 0 ? said.p : "");
        fc_buf_release(&said);
    } else {
        fprintf(stderr, "memory ran out\n");
    }
    fc_arena_drop(a);
    return (int)s;
}
