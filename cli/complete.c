/* Completions for bash, zsh and fish, from the table of verbs. Each is a file that a shell
 * reads by itself: completing runs no formc. */
#include "cli/takes.h"

#include <string.h>

/* z between single quotes, as all three shells read it; `more` are characters that get a
 * backslash besides. */
static void quoted(fc_buf *b, const char *z, const char *more)
{
    for (; *z; z++)
        if (*z == '\'')
            fc_buf_z(b, "'\\''");
        else
            fc_buf_fmt(b, "%s%c", strchr(more, *z) ? "\\" : "", *z);
}

/* The words of the operands that are none but words (VERB, CODE); false: they are files. */
static bool operand_words(const fc_taken *taken, size_t n, fc_buf *words)
{
    for (size_t i = 0; i < n; i++)
        if (!taken[i].option.n && fc_value_kind_of(taken[i].value, NULL) == FC_VALUE_WORD) {
            fc_value_kind_of(taken[i].value, words);
            return true;
        }
    return false;
}

static void verb_names(fc_buf *b)
{
    for (const fc_verb *v = fc_verbs; v->name; v++)
        fc_buf_fmt(b, "%s ", v->name);
}

/* ---- bash ------------------------------------------------------------------------------ */

static const char bash_begin[] =
    "# bash completion for formc. Made by formc help --completion bash\n"
    "_formc_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
    "}\n"
    "_formc_list() {\n"
    "    local done=\n"
    "    [[ $cur == *,* ]] && done=${cur%,*},\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -P \"$done\" -- \"${cur##*,}\")\n"
    "    compopt -o nospace 2>/dev/null\n"
    "}\n"
    "_formc_files() {\n"
    "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
    "    compopt -o filenames 2>/dev/null\n"
    "}\n"
    "_formc_words_files() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\"; compgen -f -- \"$cur\")\n"
    "    compopt -o filenames 2>/dev/null\n"
    "}\n"
    "_formc() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    COMPREPLY=()\n"
    "    if [[ $before == = ]]; then # --option=value is three words for bash\n"
    "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    elif [[ $cur == = ]]; then\n"
    "        cur=\n"
    "    fi\n"
    "    if (( COMP_CWORD == 1 )); then\n"
    "        _formc_words '";

static void bash_value(fc_buf *b, fc_str value)
{
    static const char *const calls[] = {
        [FC_VALUE_FREE] = ":",
        [FC_VALUE_FILE] = "_formc_files -f",
        [FC_VALUE_FOLDER] = "_formc_files -d",
        [FC_VALUE_WORD] = "_formc_words '",
        [FC_VALUE_LIST] = "_formc_list '",
        [FC_VALUE_WORD_FILE] = "_formc_words_files '",
    };
    fc_buf words;
    fc_buf_init(&words, FC_BUF_MAX);
    fc_value_kind kind = fc_value_kind_of(value, &words);
    fc_buf_fmt(b, "%s%.*s%s ;;\n", calls[kind], FC_ARG(fc_buf_view(&words)),
               words.n ? "'" : "");
    fc_buf_release(&words);
}

static void bash(fc_buf *b)
{
    fc_taken taken[FC_TAKEN_MAX];
    fc_buf_z(b, bash_begin);
    verb_names(b);
    fc_buf_z(b,
             "--version'\n        return\n    fi\n    case \"${COMP_WORDS[1]} $before\" in\n");
    for (const fc_verb *v = fc_verbs; v->name; v++) {
        size_t n = fc_verb_takes(v, taken);
        for (size_t i = 0; i < n; i++) {
            if (!taken[i].option.n || !taken[i].value.n)
                continue;
            fc_buf_fmt(b, "    '%s %.*s') ", v->name, FC_ARG(taken[i].option));
            bash_value(b, taken[i].value);
        }
    }
    fc_buf_z(b, "    *) case \"${COMP_WORDS[1]} $cur\" in\n");
    for (const fc_verb *v = fc_verbs; v->name; v++) {
        size_t n = fc_verb_takes(v, taken);
        fc_buf words;
        fc_buf_init(&words, FC_BUF_MAX);
        fc_buf_fmt(b, "        '%s -'*) _formc_words '", v->name);
        for (size_t i = 0; i < n; i++)
            fc_buf_fmt(b, "%.*s%s", FC_ARG(taken[i].option), taken[i].option.n ? " " : "");
        fc_buf_z(b, "' ;;\n");
        if (operand_words(taken, n, &words))
            fc_buf_fmt(b, "        '%s '*) _formc_words '%.*s' ;;\n", v->name,
                       FC_ARG(fc_buf_view(&words)));
        fc_buf_release(&words);
    }
    fc_buf_z(b, "        *) _formc_files -f ;;\n"
                "        esac ;;\n"
                "    esac\n"
                "}\n"
                "complete -F _formc formc\n");
}

/* ---- zsh ------------------------------------------------------------------------------- */

static void zsh_value(fc_buf *b, fc_str value)
{
    fc_buf words;
    fc_buf_init(&words, FC_BUF_MAX);
    fc_value_kind kind = fc_value_kind_of(value, &words);
    fc_str w = fc_buf_view(&words);
    if (kind == FC_VALUE_FILE)
        fc_buf_z(b, "_files");
    else if (kind == FC_VALUE_FOLDER)
        fc_buf_z(b, "_files -/");
    else if (kind == FC_VALUE_WORD)
        fc_buf_fmt(b, "(%.*s)", FC_ARG(w));
    else if (kind == FC_VALUE_LIST)
        fc_buf_fmt(b, "_sequence compadd - %.*s", FC_ARG(w));
    else if (kind == FC_VALUE_WORD_FILE)
        fc_buf_fmt(b, "{compadd %.*s; _files}", FC_ARG(w));
    else
        fc_buf_char(b, ' ');
    fc_buf_release(&words);
}

/* The name of a value, as a message above its completions. */
static void zsh_name(fc_buf *b, fc_str value)
{
    bool stands_for = fc_value_name_find(value) != NULL;
    for (size_t i = 0; stands_for && i < value.n; i++)
        fc_buf_fmt(b, "%s%c", value.p[i] == ':' ? "\\" : "", value.p[i]);
    fc_buf_z(b, stands_for ? ":" : "one of:");
}

static void zsh_verb(fc_buf *b, const fc_verb *v)
{
    fc_taken taken[FC_TAKEN_MAX];
    size_t n = fc_verb_takes(v, taken);
    fc_buf words;
    fc_buf_init(&words, FC_BUF_MAX);
    fc_buf_fmt(b, "    %s) _arguments", v->name);
    for (size_t i = 0; i < n; i++) {
        const fc_taken *t = &taken[i];
        const char *says = fc_option_says(v, t->option);
        if (!t->option.n)
            continue;
        fc_buf_fmt(b, " \\\n        '*%.*s%s[", FC_ARG(t->option),
                   !t->value.n                      ? ""
                   : fc_str_starts(t->option, "--") ? "="
                                                    : "+");
        quoted(b, says ? says : "", "[]:");
        fc_buf_char(b, ']');
        if (t->value.n) {
            fc_buf_char(b, ':');
            zsh_name(b, t->value);
            zsh_value(b, t->value);
        }
        fc_buf_char(b, '\'');
    }
    if (operand_words(taken, n, &words))
        fc_buf_fmt(b, " \\\n        '1:what:(%.*s)' ;;\n", FC_ARG(fc_buf_view(&words)));
    else
        fc_buf_z(b, " \\\n        '*:file:_files' ;;\n");
    fc_buf_release(&words);
}

static void zsh(fc_buf *b)
{
    fc_buf_z(b, "#compdef formc\n"
                "# zsh completion for formc. Made by formc help --completion zsh\n"
                "_formc() {\n"
                "    local -a verbs\n"
                "    verbs=(\n");
    for (const fc_verb *v = fc_verbs; v->name; v++) {
        fc_buf_fmt(b, "        '%s:", v->name);
        quoted(b, v->summary, ":");
        fc_buf_z(b, "'\n");
    }
    fc_buf_z(b, "    )\n"
                "    if (( CURRENT == 2 )); then\n"
                "        _describe verb verbs\n"
                "        return\n"
                "    fi\n"
                "    local verb=$words[2]\n"
                "    shift words\n"
                "    (( CURRENT-- ))\n"
                "    case $verb in\n");
    for (const fc_verb *v = fc_verbs; v->name; v++)
        zsh_verb(b, v);
    fc_buf_z(b, "    esac\n"
                "}\n"
                "if [[ $funcstack[1] == _formc ]]; then\n"
                "    _formc \"$@\"\n"
                "else\n"
                "    compdef _formc formc\n"
                "fi\n");
}

/* ---- fish ------------------------------------------------------------------------------ */

static void fish_value(fc_buf *b, fc_str value)
{
    fc_buf words;
    fc_buf_init(&words, FC_BUF_MAX);
    fc_value_kind kind = fc_value_kind_of(value, &words);
    fc_str w = fc_buf_view(&words);
    if (kind == FC_VALUE_FREE)
        fc_buf_z(b, " -x");
    else if (kind == FC_VALUE_FOLDER)
        fc_buf_z(b, " -x -a '(__fish_complete_directories)'");
    else if (kind == FC_VALUE_FILE)
        fc_buf_z(b, " -r -F");
    else if (kind == FC_VALUE_WORD_FILE)
        fc_buf_fmt(b, " -r -F -a '%.*s'", FC_ARG(w));
    else if (kind == FC_VALUE_LIST)
        fc_buf_fmt(b, " -x -a '(__fish_append , %.*s)'", FC_ARG(w));
    else
        fc_buf_fmt(b, " -x -a '%.*s'", FC_ARG(w));
    fc_buf_release(&words);
}

static void fish(fc_buf *b)
{
    fc_taken taken[FC_TAKEN_MAX];
    fc_buf_z(b, "# fish completion for formc. Made by formc help --completion fish\n"
                "complete -c formc -n __fish_use_subcommand -f\n"
                "complete -c formc -n __fish_use_subcommand -l version -d 'say the version'\n");
    for (const fc_verb *v = fc_verbs; v->name; v++) {
        size_t n = fc_verb_takes(v, taken);
        fc_buf words;
        fc_buf_init(&words, FC_BUF_MAX);
        fc_buf_fmt(b, "complete -c formc -n __fish_use_subcommand -a %s -d '", v->name);
        quoted(b, v->summary, "");
        fc_buf_z(b, "'\n");
        if (operand_words(taken, n, &words))
            fc_buf_fmt(b,
                       "complete -c formc -n '__fish_seen_subcommand_from %s' -f -a '%.*s'\n",
                       v->name, FC_ARG(fc_buf_view(&words)));
        fc_buf_release(&words);
        for (size_t i = 0; i < n; i++) {
            fc_str o = taken[i].option;
            const char *says = fc_option_says(v, o);
            if (!o.n)
                continue;
            bool is_long = fc_str_starts(o, "--");
            fc_buf_fmt(b, "complete -c formc -n '__fish_seen_subcommand_from %s' -%c %.*s",
                       v->name, is_long ? 'l' : 's',
                       FC_ARG(fc_str_slice(o, is_long ? 2 : 1, o.n)));
            if (taken[i].value.n)
                fish_value(b, taken[i].value);
            fc_buf_z(b, " -d '");
            quoted(b, says ? says : "", "");
            fc_buf_z(b, "'\n");
        }
    }
}

bool fc_completion_write(const char *shell, fc_buf *out)
{
    static const struct {
        const char *name;
        void (*write)(fc_buf *b);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].write(out);
            return true;
        }
    return false;
}
