/* Reading the command line: a verb's options are rows. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const fc_option *find_option(const fc_option *options, size_t n, const char *arg)
{
    size_t len = strcspn(arg, "=");
    for (size_t i = 0; i < n; i++)
        if (strlen(options[i].name) == len && strncmp(options[i].name, arg, len) == 0)
            return &options[i];
    return NULL;
}

/* An option of one letter with its value behind it: "-j4". */
static const fc_option *find_letter(const fc_option *options, size_t n, const char *arg)
{
    for (size_t i = 0; i < n; i++)
        if (options[i].name[1] == arg[1] && arg[1] != '-' && !options[i].name[2] &&
            options[i].value && arg[2] && arg[2] != '=')
            return &options[i];
    return NULL;
}

/* Gives option o its argument; false after a complaint. */
static bool take_value(const fc_option *o, const char *value)
{
    if (o->value) {
        if (*o->value) {
            fc_complain("%s is given twice", o->name);
            return false;
        }
        *o->value = value;
        return true;
    }
    size_t n = 0;
    while (o->list[n])
        n++;
    if (n + 1 >= o->list_max) {
        fc_complain("%s is given too often", o->name);
        return false;
    }
    o->list[n] = value;
    return true;
}

bool fc_args_read(int argc, char **argv, const fc_option *options, size_t n_options,
                  const char **operand, size_t operands)
{
    return fc_args_read_some(argc, argv, options, n_options, operand, operands, operands);
}

bool fc_args_read_some(int argc, char **argv, const fc_option *options, size_t n_options,
                       const char **operand, size_t least, size_t most)
{
    size_t got = 0;
    bool only_operands = false;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (!only_operands && strcmp(arg, "--") == 0) {
            only_operands = true;
            continue;
        }
        if (only_operands || arg[0] != '-' || strcmp(arg, "-") == 0) {
            if (got == most) {
                fc_complain("\"%s\" is one too many; see formc help %s", arg, argv[0]);
                return false;
            }
            operand[got++] = arg;
            continue;
        }
        const fc_option *o = find_option(options, n_options, arg);
        const char *glued = NULL;
        if (!o && (o = find_letter(options, n_options, arg)))
            glued = arg + 2;
        if (!o) {
            fc_complain("%s has no option %s; see formc help %s", argv[0], arg, argv[0]);
            return false;
        }
        const char *equals = glued ? NULL : strchr(arg, '=');
        if (o->flag) {
            if (equals) {
                fc_complain("%s takes no value", o->name);
                return false;
            }
            *o->flag = true;
            continue;
        }
        if (!glued && !equals && i + 1 == argc) {
            fc_complain("%s needs a value", o->name);
            return false;
        }
        if (!take_value(o, glued ? glued : equals ? equals + 1 : argv[++i]))
            return false;
    }
    if (got < least) {
        fc_complain("something is missing; see formc help %s", argv[0]);
        return false;
    }
    return true;
}
