/* Prints the words of a form from its generated code, each with a NUL behind it: labels, labels
 * of choices, messages of the findings of the plan that standard input has. */
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
    static char bytes[1 << 16];
    struct hostile *plan;
    size_t got = fread(bytes, 1, sizeof bytes, stdin);
    fv_report report = fv_report_make(NULL, 0, print_message, NULL);
    size_t n;
    const fv_field *fields = hostile_fields(&n);
    if (hostile_read(&plan, bytes, got, NULL) != FV_READ_OK)
        return 1;
    for (size_t i = 0; i < n; i++)
        print(fields[i].label);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < fields[i].n_choices; k++)
            print(fields[i].choices[k].label);
    hostile_validate(plan, 0, fv_date_make(2026, 11, 23), &report);
    hostile_release(plan);
    return 0;
}
