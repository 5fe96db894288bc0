/* Prints the words of a form from its generated code, each with a NUL behind it: labels, labels
 * of choices, messages of the findings of a blank plan. */
#include "hostile.h"

#include <stdio.h>
#include <string.h>

static void print(const char *words)
{
    fwrite(words, 1, strlen(words) + 1, stdout);
}

static void print_message(void *user, const fv_finding *f)
{
    (void)user;
    print(f->message);
}

int main(void)
{
    struct hostile plan;
    fv_report report = fv_report_make(NULL, 0, print_message, NULL);
    size_t n;
    const fv_field *fields = hostile_fields(&n);
    memset(&plan, 0, sizeof plan);
    for (size_t i = 0; i < n; i++)
        print(fields[i].label);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < fields[i].n_choices; k++)
            print(fields[i].choices[k].label);
    hostile_validate(&plan, 0, fv_date_make(2026, 11, 23), &report);
    return 0;
}
