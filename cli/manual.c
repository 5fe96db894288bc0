/* The manual page formc(1), from the table of verbs. */
#include "cli/takes.h"

#include <ctype.h>

/* Text in the language of man(7): what a minus and a backslash are, and no line that begins
 * like a request. */
static void text(fc_buf *b, fc_str s)
{
    if (s.n && (s.p[0] == '.' || s.p[0] == '\''))
        fc_buf_z(b, "\\&");
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '-')
            fc_buf_z(b, "\\-");
        else if (s.p[i] == '\\')
            fc_buf_z(b, "\\e");
        else
            fc_buf_char(b, s.p[i]);
}

/* A sentence, in lines of less than 80 bytes: mandoc asks for that. */
static void sentence(fc_buf *b, const char *z)
{
    fc_str all = fc_str_of(z), word;
    size_t at = 0, begin = b->n;
    while (fc_str_next_word(all, &at, &word)) {
        if (b->n > begin && b->n - begin + word.n > 70) {
            fc_buf_char(b, '\n');
            begin = b->n;
        }
        fc_buf_z(b, b->n > begin ? " " : "");
        text(b, word);
    }
    fc_buf_z(b, ".\n");
}

/* A piece of a command line. In upper case is what people put something in for. */
static void piece(fc_buf *b, fc_str s)
{
    size_t capitals = 0;
    while (capitals < s.n && isupper((unsigned char)s.p[capitals]))
        capitals++;
    bool stands_for = capitals && (capitals == s.n || s.p[capitals] == '=');
    fc_buf_z(b, stands_for ? "\\fI" : "\\fB");
    text(b, s);
    fc_buf_z(b, "\\fR");
}

/* A shape, its white space made one space each. */
static void shape(fc_buf *b, const char *z)
{
    fc_str all = fc_str_of(z), word;
    size_t at = 0;
    for (bool first = true; fc_str_next_word(all, &at, &word); first = false) {
        size_t from = 0, to = word.n;
        fc_buf_z(b, first ? "" : " ");
        for (; from < to && (word.p[from] == '[' || word.p[from] == '|'); from++)
            fc_buf_char(b, word.p[from]);
        while (to > from && word.p[to - 1] == ']')
            to--;
        if (to > from)
            piece(b, fc_str_slice(word, from, to));
        text(b, fc_str_slice(word, to, word.n));
    }
    fc_buf_char(b, '\n');
}

/* A paragraph behind what it explains. */
static void paragraph(fc_buf *b, fc_str option, fc_str value, const char *says)
{
    fc_buf_z(b, ".TP\n");
    if (option.n)
        piece(b, option);
    if (option.n && value.n)
        fc_buf_char(b, ' ');
    if (value.n)
        piece(b, value);
    fc_buf_char(b, '\n');
    sentence(b, says);
}

static fc_status verb(fc_buf *b, const fc_verb *v)
{
    fc_taken taken[FC_TAKEN_MAX];
    size_t n = fc_verb_takes(v, taken);
    fc_buf_fmt(b, ".SS %s\n", v->name);
    shape(b, v->shape);
    fc_buf_z(b, ".PP\n");
    sentence(b, v->summary);
    for (size_t i = 0; i < n; i++) {
        const char *says = fc_option_says(v, taken[i].option);
        if (!taken[i].option.n)
            continue;
        if (!says) {
            fc_complain("nothing explains the option %.*s of %s: cli/takes.c has no row for it",
                        FC_ARG(taken[i].option), v->name);
            return FC_INTERNAL;
        }
        paragraph(b, taken[i].option, taken[i].value, says);
    }
    return FC_OK;
}

static const char beginning[] =
    ".SH NAME\n"
    "formc \\- make a form's documents and checks from one definition\n"
    ".SH SYNOPSIS\n"
    "\\fBformc\\fR \\fIVERB\\fR [\\fIARGUMENT\\fR ...]\n"
    ".PP\n"
    "\\fBformc help\\fR [\\fIVERB\\fR]\n"
    ".PP\n"
    "\\fBformc \\-\\-version\\fR\n"
    ".SH DESCRIPTION\n"
    "formc is a form compiler.\n"
    "From one definition of a form it makes a Word document, a PDF and a page for\n"
    "browsers to fill in, and C code that checks completed forms.\n"
    "It reads back what people filled in, keeps it as a plan, says what is missing\n"
    "or wrong in it, and prints the record.\n"
    ".PP\n"
    "Data goes to standard output, talk to standard error.\n"
    "No message holds an answer unless \\fB\\-\\-show\\-answers\\fR asks for it.\n"
    "Files that are there are left alone unless \\fB\\-\\-force\\fR is given.\n"
    "Each output is whole or absent.\n"
    ".SH VERBS\n"
    "An option's value stands behind it, or behind an equals sign: \\fB\\-\\-lang cy\\fR,\n"
    "\\fB\\-\\-lang=cy\\fR.\n"
    "\\fB\\-\\-\\fR ends the options.\n";

static const char ending[] =
    ".SH EXIT STATUS\n"
    ".TP\n\\fB0\\fR\nFine.\n"
    ".TP\n\\fB1\\fR\nMistakes or conflicts were found.\n"
    ".TP\n\\fB2\\fR\nThe command line is wrong.\n"
    ".TP\n\\fB3\\fR\nA file is not readable as this kind of file, or was refused.\n"
    ".TP\n\\fB4\\fR\nReading or writing failed.\n"
    ".TP\n\\fB5\\fR\nA fault of formc.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n\\fBSOURCE_DATE_EPOCH\\fR\n"
    "The date for the properties of PDFs, in seconds since 1970.\n"
    "Without it they have none.\n"
    "Nothing else in the environment changes an output.\n"
    ".SH EXAMPLES\n"
    "The outputs of a form, and one of a plan:\n"
    ".PP\n"
    ".nf\n"
    ".RS\n"
    "formc build forms/street\\-party \\-o out\n"
    "formc fill forms/street\\-party plan.xml \\-o plan.pdf\n"
    ".RE\n"
    ".fi\n"
    ".PP\n"
    "A Word document that came back, and what is missing in it:\n"
    ".PP\n"
    ".nf\n"
    ".RS\n"
    "formc read forms/street\\-party back.docx \\-\\-by council \\-o back.xml\n"
    "formc validate forms/street\\-party back.xml \\-\\-as\\-of 2026\\-06\\-01\n"
    ".RE\n"
    ".fi\n"
    ".SH SEE ALSO\n"
    "The folder\n"
    ".I doc/formc\n"
    "in the folder for documentation: how forms are written, restyled, translated,\n"
    "read back and built into other programs.\n";

fc_status fc_manual_write(fc_buf *b)
{
    fc_status s = FC_OK;
    fc_buf_z(b, ".\\\" Made by formc help --manual\n");
    fc_buf_fmt(b, ".TH FORMC 1 \"%s\" \"formc %s\" \"User Commands\"\n", FORMC_DATE,
               FORMC_VERSION);
    fc_buf_z(b, beginning);
    for (const fc_verb *v = fc_verbs; v->name && s == FC_OK; v++)
        s = verb(b, v);
    fc_buf_z(b, ".SH ARGUMENTS\n");
    for (const fc_value_name *v = fc_value_names; v->name; v++)
        paragraph(b, (fc_str){0}, fc_str_of(v->name), v->says);
    fc_buf_z(b, ".SH TARGETS\n");
    for (size_t i = 0; fc_targets[i]; i++)
        paragraph(b, fc_str_of(fc_targets[i]->name), (fc_str){0}, fc_targets[i]->summary);
    fc_buf_z(b, ".SH THEMES\n");
    for (size_t i = 0; fc_theme_name(i).n; i++)
        fc_buf_fmt(b, "%s\\fB%.*s\\fR", i ? ",\n" : "", FC_ARG(fc_theme_name(i)));
    fc_buf_z(b, ".\nOthers are files of your own.\n");
    fc_buf_z(b, ending);
    return s;
}
