/* The generated code of one form. PREFIX is what its names begin with, HEADER its header. */
#include "tests/agreement/agree.h"

#include HEADER

#include <stdio.h>
#include <stdlib.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define CALL(name) JOIN(PREFIX, name)
#define ROOM 20000

static fv_finding all[ROOM];

fv_read generated_check(fc_str xml, unsigned stage, fv_date as_of, const fv_finding **found,
                        size_t *n)
{
    struct PREFIX *plan = NULL;
    fv_report report = fv_report_make(all, ROOM, NULL, NULL);
    fv_read result = CALL(_read)(&plan, xml.p, xml.n, NULL);
    *found = all;
    *n = 0;
    if (result != FV_READ_OK)
        return result;
    CALL(_validate)(plan, stage, as_of, &report);
    CALL(_audit)(plan, stage, as_of, &report);
    CALL(_release)(plan);
    if (report.n > ROOM) {
        fprintf(stderr, "more findings than there is room for\n");
        exit(2);
    }
    *n = report.n;
    return result;
}
