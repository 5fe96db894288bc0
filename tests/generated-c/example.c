/* example PLAN.xml DATE: prints what is found in a plan, one finding a line. */
#include "s117_aftercare.h"

#include <stdio.h>

static void print(void *user, const fv_finding *f)
{
    static const char *const severities[] = {"error", "warning", "advice", "question"};
    (void)user;
    printf("%s %s %s: %s\n", severities[f->severity], f->path, f->rule, f->message);
}

int main(int argc, char **argv)
{
    struct s117_aftercare *plan;
    unsigned long line;
    if (argc != 3) {
        fprintf(stderr, "usage: example PLAN.xml DATE\n");
        return 2;
    }
    fv_read result = s117_aftercare_read_file(&plan, argv[1], &line);
    if (result != FV_READ_OK) {
        fprintf(stderr, "%s:%lu: %s\n", argv[1], line, fv_read_words(result));
        return 3;
    }
    int stage = s117_aftercare_stage_of(plan->pins_.stage);
    fv_report report = fv_report_make(NULL, 0, print, NULL);
    int findings = s117_aftercare_validate(plan, stage < 0 ? 0 : (unsigned)stage,
                                           fv_date_read(fv_text_of(argv[2])), &report);
    s117_aftercare_release(plan);
    return findings > 0;
}
