/* Any text as the objects of a PDF that came back, of the kitchen-sink form: "1 0 obj ...
 * endobj" and so on. Their table, the trailer and the plan that the file was issued with are
 * made here, so that what is changed is what formc looks at, not what libqpdf makes of damage:
 * object 1 is the catalog, 2 the information about the document, 901 names the attached plan.
 */
#include "tests/fuzz/returned.h"

#include "runtime/returned/pdf.h"

#include <string.h>

#define NUMBERS 1000 /* of objects, from 0; others are in no table */
#define PLAN 900     /* the attached plan, and behind it what names it */

static const fc_form *form;

static void add_plan(fc_arena *a, fc_buf *out)
{
    fc_str plan = fc_plan_written(a, fc_plan_new(a, form));
    fc_buf_fmt(
        out, "%d 0 obj << /Type /EmbeddedFile /Length %zu >> stream\n%.*s\nendstream endobj\n",
        PLAN, plan.n, FC_ARG(plan));
    fc_buf_fmt(out,
               "%d 0 obj << /Type /Filespec /UF (plan.xml) /EF << /F %d 0 R >> >> endobj\n",
               PLAN + 1, PLAN);
}

/* The number in front of " 0 obj" at i, or -1. *at: where it begins. */
static int number_before(fc_str s, size_t i, size_t *at)
{
    int number = 0, place = 1;
    *at = i;
    while (*at > 0 && s.p[*at - 1] >= '0' && s.p[*at - 1] <= '9' && place < NUMBERS) {
        number += place * (s.p[--*at] - '0');
        place *= 10;
    }
    return *at < i ? number : -1;
}

/* The table of objects (ISO 32000-1, 7.5.4): of two with one number the last. */
static void add_table(fc_buf *out)
{
    static const char begins[] = " 0 obj";
    size_t where[NUMBERS] = {0}, at, end = out->n;
    fc_str s = fc_buf_view(out);
    for (size_t i = 0; i + sizeof begins <= s.n; i++) {
        int number =
            memcmp(s.p + i, begins, sizeof begins - 1) == 0 ? number_before(s, i, &at) : -1;
        if (number >= 0)
            where[number] = at;
    }
    fc_buf_fmt(out, "xref\n0 %d\n0000000000 65535 f \n", NUMBERS);
    for (int i = 1; i < NUMBERS; i++)
        fc_buf_fmt(out, "%010zu 00000 %c \n", where[i], where[i] ? 'n' : 'f');
    fc_buf_fmt(out, "trailer << /Size %d /Root 1 0 R /Info 2 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
               NUMBERS, end);
}

static fc_refusal look(fc_arena *a, fc_str objects, fc_returned *out)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    fc_buf_z(&b, "%PDF-1.7\n");
    add_plan(a, &b);
    fc_buf_add(&b, objects.p, objects.n);
    fc_buf_char(&b, '\n');
    add_table(&b);
    HOLDS(!b.failed);
    fc_str file = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return fc_pdf_look(a, file, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (!form)
        form = fuzz_form(FUZZ_FORM);
    returned_input in = {.form = form, .bytes = {(const char *)data, n}, .look = look};
    returned_check(&in);
    return 0;
}

static const char *const words[] = {"1 0 R",
                                    "4 0 R",
                                    "5 0 R",
                                    "6 0 R",
                                    "7 0 R",
                                    "8 0 R",
                                    "901 0 R",
                                    "/FT",
                                    "/Tx",
                                    "/Ch",
                                    "/Btn",
                                    "/Sig",
                                    "/T",
                                    "/V",
                                    "/RV",
                                    "/AS",
                                    "/Ff",
                                    "/Off",
                                    "/Opt",
                                    "/Kids",
                                    "/Parent",
                                    "/Subtype",
                                    "/Widget",
                                    "/Names",
                                    "(class.auto)",
                                    "(struct.union.1.if)",
                                    "(struct.union.99.if)",
                                    "(1)",
                                    "(2026-02-30)",
                                    "(31/1/2026)",
                                    "(Yes)",
                                    "(yes)",
                                    "(a\\033en\\033b)",
                                    "(\\000\\200\\377)",
                                    "<FEFF00410000D83D>",
                                    "<FFFE41004200>",
                                    "<EFBBBF41C3>",
                                    "()",
                                    "( )",
                                    "null",
                                    "true",
                                    "65536",
                                    "-1",
                                    "99999999999999999999",
                                    NULL};
static const char *const pieces[] = {
    "/V (x) ",
    "/V /for ",
    "/V [ (a) (b) ] ",
    "/V 8 0 R ",
    "/RV (<body xmlns=\"http://www.w3.org/1999/xhtml\"><p>x</p></body>) ",
    "/Opt [ [ (yes) (Yes) ] (no) ] ",
    "/AP << /N << /for 9 0 R /Off 9 0 R >> >> ",
    "/Kids [ 8 0 R 8 0 R ] ",
    "/A << /S /JavaScript >> ",
    "/AA << >> ",
    "/XFA [ ] ",
    "/FT /Sig /V << /ByteRange [ 0 1 2 3 ] >> ",
    "<< /FT /Tx /T (class.auto) /V (x) >> ",
    "<< /Subtype /FreeText >> ",
    "8 0 obj << /FT /Tx /T (auto) /V (x) /Parent 4 0 R /Subtype /Widget >> endobj ",
    "8 0 obj << /Length 3 >> stream\nabc\nendstream endobj ",
    "900 0 obj << /Length 3 >> stream\n<x/>\nendstream endobj ",
    NULL};
const fuzz_language fuzz_language_here = {FUZZ_PDF, words, pieces};
