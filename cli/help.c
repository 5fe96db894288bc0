/* formc help: the verbs and what they take, for people, for man and for shells. */
#include "cli/takes.h"

#include <stdio.h>
#include <string.h>

#define COLUMN 20 /* where explanations begin */

static void all(fc_buf *b)
{
    fc_buf_z(b, "formc: one definition of a form becomes C, Word and PDF\n\n");
    for (const fc_verb *v = fc_verbs; v->name; v++)
        fc_buf_fmt(b, "  %s\n      %s\n", v->shape, v->summary);
    fc_buf_z(
        b,
        "\nFORM is a folder with form.xml, a file, or - for standard input. PLAN is XML or\n"
        "JSON: it is read as what it is, and written as JSON when its name ends in .json, as\n"
        "XML otherwise; fill --to json or --to xml says it for -. Targets are:\n");
    for (size_t i = 0; fc_targets[i]; i++)
        fc_buf_fmt(b, "  %-6s %s\n", fc_targets[i]->name, fc_targets[i]->summary);
    fc_buf_z(b,
             "\nExit codes: 0 fine; 1 mistakes found; 2 command line; 3 not readable as this "
             "kind of\n"
             "file, or refused; 4 reading or writing failed; 5 our own fault.\n");
}

/* One thing that a verb takes: what it is in one column, what it means in the other. */
static void one(fc_buf *b, const fc_verb *v, const fc_taken *t)
{
    const fc_value_name *name = fc_value_name_find(t->value);
    const char *says = t->option.n ? fc_option_says(v, t->option) : name ? name->says : NULL;
    size_t from = b->n;
    fc_buf_fmt(b, "  %.*s%s%.*s", FC_ARG(t->option), t->option.n && t->value.n ? " " : "",
               FC_ARG(t->value));
    size_t width = b->n - from;
    if (width >= COLUMN)
        fc_buf_char(b, '\n');
    fc_buf_fmt(b, "%*s  %s\n", width >= COLUMN ? COLUMN : (int)(COLUMN - width), "",
               says ? says : "");
}

static void of_verb(const fc_verb *v, fc_buf *b)
{
    fc_taken taken[FC_TAKEN_MAX];
    size_t n = fc_verb_takes(v, taken);
    fc_buf_fmt(b, "%s\n    %s\n%s", v->shape, v->summary, n ? "\n" : "");
    for (size_t i = 0; i < n; i++)
        one(b, v, &taken[i]);
}

void fc_print_help(FILE *to)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    all(&b);
    fwrite(b.n ? b.p : "", 1, b.n, to);
    fc_buf_release(&b);
}

int fc_cmd_help(int argc, char **argv)
{
    const char *verb = NULL, *shell = NULL;
    bool manual = false;
    const fc_option options[] = {{.name = "--manual", .flag = &manual},
                                 {.name = "--completion", .value = &shell}};
    if (!fc_args_read_some(argc, argv, options, sizeof options / sizeof *options, &verb, 0, 1))
        return FC_USAGE;
    if (!!verb + !!shell + manual > 1) {
        fc_complain("help: one of VERB, --manual and --completion");
        return FC_USAGE;
    }
    const fc_verb *v = verb ? fc_verb_find(verb) : NULL;
    if (verb && !v) {
        fc_complain("there is no verb \"%s\"", verb);
        return FC_USAGE;
    }
    fc_buf b;
    fc_status s = FC_OK;
    fc_buf_init(&b, FC_BUF_MAX);
    if (manual) {
        s = fc_manual_write(&b);
    } else if (shell && !fc_completion_write(shell, &b)) {
        fc_complain("--completion is bash, zsh or fish");
        s = FC_USAGE;
    } else if (v) {
        of_verb(v, &b);
    } else if (!shell) {
        all(&b);
    }
    if (s == FC_OK)
        s = fc_print(&b);
    fc_buf_release(&b);
    return (int)s;
}
