/* formc: the table of verbs and what they share. Only here and in the other files of cli/ is
 * anything printed, and only here does the program end. */
#include "cli/cli.h"

#include <libxml/parser.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "compiler/codes.h"

const fc_verb fc_verbs[] = {
    {"check", "formc check FORM [--format text|json|sarif]", "find mistakes in a definition",
     fc_cmd_check},
    {"build",
     "formc build FORM -o DIR [--only TARGETS] [--lang TAG] [--theme T]\n"
     "             [--rows PATH=N] [--font FILE] [--binding w15|w|none]\n"
     "             [--repeat fixed|word] [--sign-fields]\n"
     "             [--format text|json|sarif] [--force] [--watch]",
     "make the outputs of a form", fc_cmd_build},
    {"fill",
     "formc fill FORM PLAN -o FILE [--to TARGET] [--as form|record] [--with-data]\n"
     "             [--lang TAG] [--theme T] [--rows PATH=N] [--font FILE]\n"
     "             [--binding w15|w|none] [--repeat fixed|word] [--sign-fields]\n"
     "             [--force]",
     "make a document from a plan, or write the plan as XML or JSON", fc_cmd_fill},
    {"new", "formc new FORM -o PLAN [--id urn:uuid:...] [--force]",
     "make an empty plan with an id of its own", fc_cmd_new},
    {"read",
     "formc read FORM FILE [--into PLAN] --by PARTY -o PLAN [--at TIME] [--id urn:uuid:...]\n"
     "             [--format text|json] [--force]",
     "make a plan from a file that came back, or read it into its plan", fc_cmd_read},
    {"regenerate",
     "formc regenerate FORM FILES... -o DIR --by PARTY --as-of DATE [-j N] [--at TIME]\n"
     "             [--only TARGETS] [--as form|record] [--lang TAG] [--theme T]\n"
     "             [--format text|json] [--force]",
     "read files and folders of files that came back, check them and issue all of it afresh",
     fc_cmd_regenerate},
    {"set",
     "formc set FORM PLAN PATH --absent REASON | PATH --keep stored|visible | --stage S\n"
     "             --by PARTY [--at TIME] -o PLAN [--force]",
     "decide about a plan: why there is no answer, a conflict, the stage", fc_cmd_set},
    {"validate",
     "formc validate FORM PLAN --as-of DATE [--stage S] [--party P] [--lang TAG]\n"
     "             [--strict] [--format text|json|sarif | -o FILE [--to TARGET] [--theme T] "
     "[--force]]",
     "say what is missing or wrong in a plan, and whose it is, also as a page",
     fc_cmd_validate},
    {"audit",
     "formc audit FORM PLAN --as-of DATE [--stage S] [--lang TAG] [--format text|json]\n"
     "             [--show-answers]",
     "the page on good practice: what a reviewer should look at, and decide", fc_cmd_audit},
    {"publish", "formc publish FORM", "freeze a version, and say what it changes",
     fc_cmd_publish},
    {"translate", "formc translate FORM --lang TAG [-o FILE] [--force]",
     "begin a language file, or bring it up to date", fc_cmd_translate},
    {"test", "formc test FORM [--format text|json|sarif] [--strict]",
     "run the examples of a form, and say which rules none of them tries", fc_cmd_test},
    {"explain", "formc explain [CODE]",
     "what a diagnostic means, with a wrong and a right example", fc_cmd_explain},
    {"help", "formc help [VERB] [--manual] [--completion bash|zsh|fish]",
     "all verbs, or what one takes; the manual page; completions for a shell", fc_cmd_help},
    {0},
};

void fc_complain(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("formc: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}

const char *fc_ending(size_t n)
{
    return n == 1 ? "" : "s";
}

fc_status fc_print(const fc_buf *b)
{
    if (b->failed)
        return FC_INTERNAL;
    if (fwrite(b->n ? b->p : "", 1, b->n, stdout) == b->n && fflush(stdout) == 0)
        return FC_OK;
    fc_complain("standard output: it cannot be written");
    return FC_IO;
}

bool fc_format_read(const char *word, fc_format *format)
{
    static const char *const words[] = {"text", "json", "sarif"};
    *format = FC_TELL_TEXT;
    for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *format = (fc_format)i;
            return true;
        }
    if (word)
        fc_complain("--format is text, json or sarif");
    return !word;
}

void fc_print_diags_as(fc_diags *d, fc_format format)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    if (format == FC_TELL_JSON)
        fc_diags_json(d, &b);
    else if (format == FC_TELL_SARIF)
        fc_diags_sarif(d, FORMC_VERSION, fc_code_title, &b);
    else
        fc_diags_print(d, &b);
    fwrite(b.p ? b.p : "", 1, b.n, format == FC_TELL_TEXT ? stderr : stdout);
    fc_buf_release(&b);
}

const fc_verb *fc_verb_find(const char *name)
{
    for (const fc_verb *v = fc_verbs; v->name; v++)
        if (strcmp(v->name, name) == 0)
            return v;
    return NULL;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, reported like any other */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that grows beyond what the system allows */
    if (argc < 2) {
        fc_print_help(stderr);
        return FC_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("formc " FORMC_VERSION);
        return FC_OK;
    }
    const fc_verb *v = fc_verb_find(strcmp(argv[1], "--help") == 0 ? "help" : argv[1]);
    if (!v) {
        fc_complain("there is no verb \"%s\"; see formc help", argv[1]);
        return FC_USAGE;
    }
    xmlInitParser();
    int code = v->run(argc - 1, argv + 1);
    xmlCleanupParser();
    return code;
}
