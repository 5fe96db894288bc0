/* formc explain: the page of a diagnostic's code. The pages are docs/diagnostics.md, built into
 * the program: what stands there and what is printed cannot differ. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "compiler/codes.h"
#include "runtime/plan/codes.h"
#include "runtime/returned/codes.h"
#include "styles/assets.h"

#define CODE_MAX 7 /* "E201": letters and digits of a code, generously */

static fc_str next_line(fc_str *rest)
{
    const char *nl = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
    size_t n = nl ? (size_t)(nl - rest->p) : rest->n;
    fc_str line = {rest->p, n};
    *rest = fc_str_slice(*rest, nl ? n + 1 : n, rest->n);
    return line;
}

/* One line of a page: no marks of Markdown; examples stand four columns in. */
static void print_line(fc_str line, bool *example)
{
    if (fc_str_starts(line, "```")) {
        *example = !*example;
        return;
    }
    if (*example) {
        printf("    %.*s\n", FC_ARG(line));
        return;
    }
    for (size_t i = 0; i < line.n; i++) {
        if (fc_str_starts(fc_str_slice(line, i, line.n), " <!-- "))
            break; /* how the tests read the example */
        if (line.p[i] != '`')
            putchar(line.p[i]);
    }
    putchar('\n');
}

static bool print_page(const char *code)
{
    char head[CODE_MAX + 8];
    fc_str rest = fc_asset("docs/diagnostics.md");
    bool found = false, example = false;
    snprintf(head, sizeof head, "## %s: ", code);
    while (rest.n) {
        fc_str line = next_line(&rest);
        if (!example && fc_str_starts(line, "## ")) {
            if (found)
                break;
            found = fc_str_starts(line, head);
        } else if (found) {
            print_line(line, &example);
        }
    }
    return found;
}

static const char *title_of(const char *code)
{
    const char *title = fc_code_title(code), *own;
    if (!title)
        title = fc_plan_code_title(code);
    for (size_t i = 0; !title && fc_returned_code(i, &own, &title); i++)
        if (strcmp(own, code) != 0)
            title = NULL;
    return title;
}

static int explain(const char *word)
{
    char code[CODE_MAX + 1];
    size_t n = strlen(word);
    for (size_t i = 0; i < n && i < CODE_MAX; i++)
        code[i] = (char)(word[i] >= 'a' && word[i] <= 'z' ? word[i] - 'a' + 'A' : word[i]);
    code[n < CODE_MAX ? n : CODE_MAX] = 0;
    const char *title = n > CODE_MAX ? NULL : title_of(code);
    if (!title) {
        fc_complain("there is no code \"%s\"; formc explain lists them", word);
        return FC_USAGE;
    }
    printf("%s: %s\n", code, title);
    return print_page(code) ? FC_OK : FC_INTERNAL;
}

int fc_cmd_explain(int argc, char **argv)
{
    const char *code = NULL;
    if (argc > 1) {
        if (!fc_args_read(argc, argv, NULL, 0, &code, 1))
            return FC_USAGE;
        return explain(code);
    }
    for (size_t i = 0; i < FC_CODE_COUNT; i++)
        printf("%s  %s\n", fc_codes[i].code, fc_codes[i].title);
    for (const fc_plan_code *c = fc_plan_codes; c->code; c++)
        printf("%s  %s\n", c->code, c->title);
    const char *own, *title;
    for (size_t i = 0; fc_returned_code(i, &own, &title); i++)
        printf("%s  %s\n", own, title);
    return FC_OK;
}
