/* check PLAN.xml DATE: prints what is found in a plan of the street party, and ends with 1 when
 * there is an error in it. */
#include <stdio.h>

#include "street_party.h"

static void print(void *errors, const fv_finding *f)
{
    if (f->severity == FV_ERROR)
        ++*(int *)errors;
    printf("%s: %s\n", f->path, f->message);
}

int main(int argc, char **argv)
{
    struct street_party *plan;
    unsigned long line;
    int errors = 0;
    if (argc != 3) {
        fputs("usage: check PLAN.xml DATE\n", stderr);
        return 2;
    }
    fv_date day = fv_date_read(fv_text_of(argv[2]));
    fv_read result = street_party_read_file(&plan, argv[1], &line);
    if (result != FV_READ_OK || !fv_date_known(day)) {
        fprintf(stderr, "%s:%lu: %s\n", argv[1], line,
                result == FV_READ_OK ? "the date is none" : fv_read_words(result));
        return 3;
    }
    int stage = street_party_stage_of(plan->pins_.stage);
    fv_report report = fv_report_make(NULL, 0, print, &errors);
    street_party_validate(plan, stage < 0 ? 0 : (unsigned)stage, day, &report);
    street_party_release(plan);
    return errors > 0;
}
