/* Sections of twenty fields each: text of one line and of many, dates with a rule, choices,
 * yes/no with details, required answers, and a table of four columns. Every label is different,
 * as labels are in a real form, so that nothing can be saved by seeing the same text twice. */
#include "tests/bench/grow.h"

#define SECTION_FIELDS 20

static const char *const words[] = {"support", "review",  "housing", "family",   "travel",
                                    "meals",   "contact", "work",    "learning", "money",
                                    "health",  "home",    "friends", "exercise", "sleep"};
#define WORDS (sizeof words / sizeof *words)

static const char *word(unsigned i)
{
    return words[i % WORDS];
}

/* Writes one question (a yes/no with its details counts as two) and returns how many fields. */
static unsigned question(FILE *out, unsigned i, unsigned room)
{
    const char *a = word(i), *b = word(i / 7 + 3);
    switch (i % 10) {
    case 0:
        fprintf(
            out,
            "    <field id=\"q%u\" label=\"Describe %s and %s (%u)\" type=\"prose\" "
            "lines=\"3\"><hint>What helps with %s, and what gets in the way.</hint></field>\n",
            i, a, b, i, b);
        return 1;
    case 2:
        fprintf(
            out,
            "    <field id=\"q%u\" label=\"Date of the %s meeting (%u)\" type=\"date\" "
            "must=\"q%u le as-of()\"><message>The date of meeting %u is in the future. Check "
            "the date.</message></field>\n",
            i, a, i, i, i);
        return 1;
    case 4:
        if (room < 2)
            break;
        fprintf(
            out,
            "    <field id=\"q%u\" label=\"Is there a plan for %s and %s? (%u)\" "
            "type=\"yes-no\" required=\"agreed\"><details id=\"q%u-more\" label=\"If yes, say "
            "more about %s (%u)\" required=\"agreed\" required-when=\"q%u eq yes\"/></field>\n",
            i, a, b, i, i, b, i, i);
        return 2;
    case 6:
        fprintf(
            out,
            "    <field id=\"q%u\" label=\"How often is %s looked at? (%u)\" type=\"choice\" "
            "choices=\"how-often\"/>\n",
            i, a, i);
        return 1;
    case 8:
        fprintf(out,
                "    <field id=\"q%u\" label=\"Who leads on %s (%u)\" type=\"person-name\" "
                "required=\"agreed\"/>\n",
                i, a, i);
        return 1;
    default:
        break;
    }
    fprintf(out, "    <field id=\"q%u\" label=\"Notes on %s and %s (%u)\" type=\"line\"/>\n", i,
            a, b, i);
    return 1;
}

static unsigned table(FILE *out, unsigned i)
{
    fprintf(out,
            "    <repeat id=\"rows%u\" label=\"Steps for %s (%u)\" min=\"0\" max=\"20\" "
            "blank-rows=\"2\" layout=\"table\">\n",
            i, word(i), i);
    for (unsigned c = 0; c < 4; c++)
        fprintf(out, "      <field id=\"c%u\" label=\"%s (column %u of %u)\" type=\"%s\"/>\n",
                c, word(i + c), c + 1, i, c == 3 ? "date" : "line");
    fputs("    </repeat>\n", out);
    return 4;
}

bool grow_form(FILE *out, unsigned n)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<form xmlns=\"urn:formc:form:1\" id=\"grown\" version=\"1.0.0\" status=\"draft\" "
          "xml:lang=\"en-GB\" data-ns=\"urn:formc:data:grown\">\n"
          "  <title>A form that was grown for measuring</title>\n"
          "  <stages><stage id=\"draft\">Being written</stage>"
          "<stage id=\"agreed\">Agreed</stage></stages>\n"
          "  <parties><party id=\"office\" kind=\"organisation\">The office</party></parties>\n"
          "  <choices id=\"how-often\"><choice id=\"week\">Every week</choice>"
          "<choice id=\"month\">Every month</choice><choice id=\"year\">Every year</choice>"
          "</choices>\n",
          out);
    for (unsigned done = 0; done < n;) {
        const unsigned end = n - done < SECTION_FIELDS ? n : done + SECTION_FIELDS;
        fprintf(out,
                "  <section id=\"s%u\" title=\"Part %u: %s\" completed-by=\"office\" "
                "layout=\"table\">\n",
                done, done / SECTION_FIELDS + 1, word(done / SECTION_FIELDS));
        while (done < end)
            done += done % 100 == 16 && end - done >= 4 ? table(out, done)
                                                        : question(out, done, end - done);
        fputs("  </section>\n", out);
    }
    fputs("</form>\n", out);
    return fflush(out) == 0 && !ferror(out);
}
