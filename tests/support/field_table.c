/* Prints what a generated validator knows and says: its questions, its rules, and the findings
 * on the plans named on the command line. GENERATED is the generated source; it is included, so
 * that its table of rules can be seen. Names of functions begin with PREFIX.
 *
 *   usage: field_table STAGE YYYY-MM-DD PLAN.xml ... */
#include GENERATED

#include <stdio.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define CALL(name) JOIN(PREFIX, name)

static const char *const severities[] = {"error", "warning", "advice"};

static void print_field(const fv_field *f)
{
    printf("field %s | %s | %s | %s | kind %d | repeat %d | open %d | pattern %s | max %zu | ",
           f->path, f->label, f->type, f->owners, (int)f->kind, f->repeat, f->open,
           f->pattern != NULL ? f->pattern : "", f->max_length);
    for (size_t i = 0; i < f->n_choices; i++)
        printf("%s=%s;", f->choices[i].id, f->choices[i].label);
    putchar('\n');
}

static void print_finding(void *user, const fv_finding *f)
{
    printf("finding %s: %s | %s | %s | %s\n", (const char *)user, f->path, f->rule,
           severities[f->severity], f->message);
}

int main(int argc, char **argv)
{
    size_t n = 0;
    const fv_field *fields = CALL(_fields)(&n);
    for (size_t i = 0; i < n; i++)
        print_field(&fields[i]);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        printf("rule %s | %s | %s | from stage %u | %s\n", rules[i].id, rules[i].path,
               severities[rules[i].severity], rules[i].stage, rules[i].message);
    if (argc < 3)
        return 2;
    int stage = CALL(_stage_of)(fv_text_of(argv[1]));
    fv_date as_of = fv_date_read(fv_text_of(argv[2]));
    if (stage < 0 || !fv_date_known(as_of))
        return 2;
    for (int i = 3; i < argc; i++) {
        struct PREFIX *plan = NULL;
        unsigned long line = 0;
        if (CALL(_read_file)(&plan, argv[i], &line) != FV_READ_OK) {
            fprintf(stderr, "%s: cannot be read, line %lu\n", argv[i], line);
            return 1;
        }
        const char *name = argv[i];
        for (const char *p = name; *p; p++)
            if (*p == '/')
                name = p + 1;
        fv_report report = fv_report_make(NULL, 0, print_finding, (void *)(uintptr_t)name);
        CALL(_validate)(plan, (unsigned)stage, as_of, &report);
        CALL(_release)(plan);
    }
    return 0;
}
