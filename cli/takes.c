/* Reading shapes, and the tables of what options and values mean. */
#include "cli/takes.h"

#include <string.h>

#include "compiler/codes.h"
#include "runtime/plan/codes.h"
#include "runtime/plan/plan.h"
#include "runtime/returned/codes.h"
#include "styles/assets.h"

/* ---- options --------------------------------------------------------------------------- */

static const struct {
    const char *verb; /* NULL: in every verb without a row of its own */
    const char *option, *says;
} options[] = {
    {"build", "-o", "the folder for the outputs; it is made when there is none"},
    {"fill", "-o", "the file to make; what it ends in says what it becomes"},
    {"translate", "-o", "the language file; without it that in the folder lang/ of the form"},
    {"regenerate", "-o", "the folder for plans, documents and the report"},
    {"validate", "-o", "the page to make; what it ends in says what it becomes"},
    {NULL, "-o", "where the plan goes"},
    {NULL, "--only", "make these outputs and no others"},
    {NULL, "--to", "what to make, when the file's name does not say it"},
    {NULL, "--as", "a form to fill in further (the default), or the record to read and keep"},
    {NULL, "--with-data", "put the plan into the record"},
    {"translate", "--lang", "the language to translate into"},
    {NULL, "--lang", "speak this language of the form"},
    {NULL, "--theme", "how documents look: a theme of formc, a file, or its folder"},
    {NULL, "--rows", "print N blank rows of the repeat at PATH; may be given several times"},
    {NULL, "--font",
     "a font for letters that the built-in ones lack, for PDFs; may be given "
     "several times"},
    {NULL, "--binding", "how places in a Word form are tied to its data"},
    {NULL, "--repeat", "rows of a Word form: as printed, or added with Word's own plus sign"},
    {NULL, "--sign-fields", "places for digital signatures in the PDF"},
    {"validate", "--format", "how to tell what is found"},
    {"audit", "--format", "how to print the page"},
    {"regenerate", "--format", "how to print the report"},
    {NULL, "--format", "how to tell mistakes: for people, or for programs"},
    {"regenerate", "--force",
     "write over files of others, and make plans from fewer files than before"},
    {NULL, "--force", "write over files that are there"},
    {NULL, "--watch", "build again whenever the definition is saved"},
    {"read", "--id",
     "the id of the plan that a blank becomes, instead of one made from the file"},
    {NULL, "--id", "the plan's id, instead of a random one"},
    {NULL, "--into", "the plan that the file was made from; nothing in it is lost"},
    {"read", "--by", "who returned the file"},
    {"regenerate", "--by", "who returned the files"},
    {NULL, "--by", "who decided"},
    {NULL, "--at", "the time for the plan's history, instead of now"},
    {NULL, "--absent", "there is no answer, for this reason; none takes a reason back"},
    {NULL, "--keep", "the side of a conflict that becomes the answer"},
    {"set", "--stage", "move the plan to this stage, unless errors stand at it"},
    {NULL, "--stage", "look at the plan as at this stage, instead of its own"},
    {NULL, "-j", "how many workers there are; one without it"},
    {NULL, "--as-of", "the day that counts as today"},
    {"test", "--strict", "rules that no example tries are a failure"},
    {NULL, "--strict", "end with 1 for warnings, too"},
    {NULL, "--party", "only what is for this party, or nobody's in particular"},
    {NULL, "--show-answers", "print the answers below the places; guard such a page"},
    {NULL, "--manual", "print this manual page's source, for man"},
    {NULL, "--completion", "print what makes a shell complete formc's command line"},
};

const char *fc_option_says(const fc_verb *v, fc_str option)
{
    const char *general = NULL;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!fc_str_eq_z(option, options[i].option))
            continue;
        if (!options[i].verb)
            general = options[i].says;
        else if (strcmp(options[i].verb, v->name) == 0)
            return options[i].says;
    }
    return general;
}

/* ---- values ---------------------------------------------------------------------------- */

static void word(fc_buf *words, const char *z)
{
    fc_buf_fmt(words, "%s%s", words->n ? " " : "", z);
}

static void target_words(fc_buf *words)
{
    for (size_t i = 0; fc_targets[i]; i++)
        word(words, fc_targets[i]->name);
}

static void product_words(fc_buf *words)
{
    for (size_t i = 0; fc_targets[i]; i++)
        if (fc_targets[i]->suffix)
            word(words, fc_targets[i]->name);
    word(words, "xml");
    word(words, "json");
}

static void theme_words(fc_buf *words)
{
    for (size_t i = 0; fc_theme_name(i).n; i++)
        fc_buf_fmt(words, "%s%.*s", i ? " " : "", FC_ARG(fc_theme_name(i)));
}

static void reason_words(fc_buf *words)
{
    for (size_t i = 0; fc_absence_reasons[i]; i++)
        word(words, fc_absence_reasons[i]);
    word(words, "none");
}

static void code_words(fc_buf *words)
{
    const char *code, *title;
    for (size_t i = 0; i < FC_CODE_COUNT; i++)
        word(words, fc_codes[i].code);
    for (const fc_plan_code *c = fc_plan_codes; c->code; c++)
        word(words, c->code);
    for (size_t i = 0; fc_returned_code(i, &code, &title); i++)
        word(words, code);
}

static void verb_words(fc_buf *words)
{
    for (const fc_verb *v = fc_verbs; v->name; v++)
        word(words, v->name);
}

const fc_value_name fc_value_names[] = {
    {"FORM", "a form: a folder with form.xml, a definition, or - for standard input",
     FC_VALUE_FILE, NULL},
    {"PLAN", "a plan, as XML or JSON, or -", FC_VALUE_FILE, NULL},
    {"FILE", "a file", FC_VALUE_FILE, NULL},
    {"FILES", "files, or folders of them", FC_VALUE_FILE, NULL},
    {"DIR", "a folder", FC_VALUE_FOLDER, NULL},
    {"TARGETS", "outputs, with commas between: docx,pdf", FC_VALUE_LIST, target_words},
    {"TARGET", "a document, or xml or json for the plan itself", FC_VALUE_WORD, product_words},
    {"T", "a theme's name, its file, or a folder with theme.xml", FC_VALUE_WORD_FILE,
     theme_words},
    {"TAG", "a language, like cy or en-GB", FC_VALUE_FREE, NULL},
    {"PATH=N", "a repeat of the form and a number of rows", FC_VALUE_FREE, NULL},
    {"PATH", "a question of the plan, with the row in brackets: person/name", FC_VALUE_FREE,
     NULL},
    {"PARTY", "a party of the form, or a party, / and a short name: icb/nurse-a", FC_VALUE_FREE,
     NULL},
    {"P", "a party of the form", FC_VALUE_FREE, NULL},
    {"TIME", "a time in UTC: 2026-01-31T10:04:00Z", FC_VALUE_FREE, NULL},
    {"DATE", "a day: 2026-01-31", FC_VALUE_FREE, NULL},
    {"REASON", "why there is no answer", FC_VALUE_WORD, reason_words},
    {"S", "a stage of the form", FC_VALUE_FREE, NULL},
    {"N", "a number", FC_VALUE_FREE, NULL},
    {"CODE", "the code of a message: E201", FC_VALUE_WORD, code_words},
    {"VERB", "a verb of formc", FC_VALUE_WORD, verb_words},
    {"urn:uuid:...", "an id: urn:uuid: and a UUID in lower case", FC_VALUE_FREE, NULL},
    {0},
};

const fc_value_name *fc_value_name_find(fc_str value)
{
    for (const fc_value_name *v = fc_value_names; v->name; v++)
        if (fc_str_eq_z(value, v->name))
            return v;
    return NULL;
}

fc_value_kind fc_value_kind_of(fc_str value, fc_buf *words)
{
    const fc_value_name *v = fc_value_name_find(value);
    if (v && v->words && words)
        v->words(words);
    if (v)
        return v->kind;
    for (size_t i = 0; words && i < value.n; i++)
        fc_buf_char(words, value.p[i] == '|' ? ' ' : value.p[i]);
    return value.n ? FC_VALUE_WORD : FC_VALUE_FREE;
}

fc_str fc_theme_name(size_t i)
{
    fc_str begin = FC_S("themes/"), end = FC_S("/theme.xml");
    const char *path;
    for (size_t k = 0; (path = fc_asset_path(k)); k++) {
        fc_str s = fc_str_of(path);
        if (fc_str_starts(s, begin.p) && fc_str_ends(s, end.p) && i-- == 0)
            return fc_str_slice(s, begin.n, s.n - end.n);
    }
    return (fc_str){0};
}

/* ---- shapes ---------------------------------------------------------------------------- */

/* Adds it unless it is there; a verb's shape may name a path twice. */
static void take(fc_taken *taken, size_t *n, fc_taken t)
{
    for (size_t i = 0; i < *n; i++)
        if (fc_str_eq(taken[i].option, t.option) &&
            (t.option.n || fc_str_eq(taken[i].value, t.value)))
            return;
    if (*n < FC_TAKEN_MAX)
        taken[(*n)++] = t;
}

/* The word at p: up to white space or the end of an option that may be left out. */
static fc_str word_at(const char *p)
{
    fc_str s = {p, strcspn(p, " \n]")};
    if (s.n > 3 && fc_str_ends(s, "...") && memchr(s.p, ':', s.n) == NULL)
        s.n -= 3; /* FILES...: several of them */
    return s;
}

size_t fc_verb_takes(const fc_verb *v, fc_taken taken[FC_TAKEN_MAX])
{
    size_t n = 0;
    const char *p = v->shape + strlen("formc ") + strlen(v->name);
    while (*(p += strspn(p, " \n[]|."))) {
        fc_taken t = {0};
        if (*p == '-') {
            t.option = word_at(p);
            p += t.option.n;
            if (*p != ' ' || !p[1] || strchr("-[|", p[1])) {
                take(taken, &n, t);
                continue;
            }
            p++;
        }
        t.value = word_at(p);
        p += t.value.n;
        take(taken, &n, t);
    }
    return n;
}
