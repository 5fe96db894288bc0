/* Any bytes as a definition. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

/* What one reading of the bytes comes to, as bytes. */
typedef struct reading {
    fc_str bytes;
    fc_buf told; /* status, diagnostics, and the model when there is one */
} reading;

/* A blank plan of any form can be written, read, checked and written again. */
static void blank_plan_holds(fc_arena *a, const fc_form *f, fc_diags *d, fc_buf *b)
{
    fc_plan *again = NULL;
    fc_buf first, second;
    fc_buf_init(&first, FC_BUF_MAX);
    fc_buf_init(&second, FC_BUF_MAX);
    fc_plan_write(fc_plan_new(a, f), &first);
    size_t before = d->list.n;
    HOLDS(fc_plan_read(a, f, fc_buf_view(&first), FC_S("plan.xml"), d, &again) == FC_OK);
    HOLDS(d->list.n == before);
    fc_plan_write(again, &second);
    HOLDS(fc_str_eq(fc_buf_view(&first), fc_buf_view(&second)));
    fc_buf_release(&first);
    fc_buf_release(&second);
    for (unsigned stage = 0; stage < 3; stage++) {
        fc_findings found = {0};
        fc_plan_check(a, again, stage, fv_date_make(2026, 6, 30), &found);
        for (size_t i = 0; i < found.n; i++)
            fc_buf_fmt(b, "%.*s %.*s\n", FC_ARG(found.at[i].path), FC_ARG(found.at[i].message));
    }
}

static void read_once(fc_arena *a, void *with)
{
    reading *r = with;
    fc_diags *d = fc_diags_new(a);
    const fc_form *f = NULL;
    fc_status s = fc_compile(a, FC_S("form.xml"), FC_S("form.xml"), r->bytes, d, &f);
    HOLDS(s == FC_OK || s == FC_FOUND || s == FC_REFUSED);
    HOLDS((s == FC_OK) == (f != NULL));
    HOLDS((s == FC_OK) == (d->errors == 0));
    fc_buf_fmt(&r->told, "%d\n", (int)s);
    fuzz_tell(d, &r->told);
    if (s != FC_OK)
        return;
    fc_model_write(f, true, &r->told);
    blank_plan_holds(a, f, d, &r->told);
    HOLDS(!r->told.failed);
}

#define MARK "Qvzkjx" /* a word that no message, code or name has */

/* The definition with every text inside a <set> of the examples replaced by the mark; empty
 * when there is none. */
static fc_str with_marked_answers(fc_arena *a, fc_str xml)
{
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    bool any = false, in_examples = false;
    for (size_t i = 0; i < xml.n;) {
        const char *set = memchr(xml.p + i, '<', xml.n - i);
        size_t at = set ? (size_t)(set - xml.p) : xml.n;
        fc_buf_add(&b, xml.p + i, at - i);
        i = at;
        if (i == xml.n)
            break;
        const char *close = memchr(xml.p + i, '>', xml.n - i);
        const char *next = memchr(xml.p + i + 1, '<', xml.n - i - 1);
        if (xml.n - i > 10 && memcmp(xml.p + i, "<example", 8) == 0)
            in_examples = true;
        else if (xml.n - i > 10 && memcmp(xml.p + i, "</examples", 10) == 0)
            in_examples = false;
        bool is_set = in_examples && xml.n - i > 5 && memcmp(xml.p + i, "<set ", 5) == 0 &&
                      close && next && close < next && close[-1] != '/';
        size_t end = is_set ? (size_t)(close + 1 - xml.p) : i + 1;
        fc_buf_add(&b, xml.p + i, end - i);
        i = end;
        if (is_set) {
            fc_buf_z(&b, MARK);
            i = (size_t)(next - xml.p);
            any = true;
        }
    }
    fc_str marked = any ? fc_buf_keep(&b, a) : (fc_str){0};
    fc_buf_release(&b);
    return marked;
}

static bool holds_mark(fc_str s)
{
    for (size_t i = 0; i + sizeof MARK - 1 <= s.n; i++)
        if (memcmp(s.p + i, MARK, sizeof MARK - 1) == 0)
            return true;
    return false;
}

static void read_marked(fc_arena *a, void *with)
{
    reading *r = with;
    reading marked = {.bytes = with_marked_answers(a, r->bytes)};
    if (!marked.bytes.n || holds_mark(r->bytes))
        return;
    fc_buf_init(&marked.told, FC_BUF_MAX);
    fuzz_run(read_once, &marked);
    HOLDS(!holds_mark(fc_buf_view(&marked.told)));
    fc_buf_release(&marked.told);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    reading r = {.bytes = {(const char *)data, n}}, again = r;
    fc_buf_init(&r.told, FC_BUF_MAX);
    fc_buf_init(&again.told, FC_BUF_MAX);
    fuzz_run(read_once, &r);
    fuzz_run(read_once, &again);
    HOLDS(fc_str_eq(fc_buf_view(&r.told), fc_buf_view(&again.told)));
    fuzz_run(read_marked, &r);
    fc_buf_release(&r.told);
    fc_buf_release(&again.told);
    return 0;
}

static const char *const words[] = {"form",
                                    "title",
                                    "sources",
                                    "source",
                                    "stages",
                                    "stage",
                                    "parties",
                                    "party",
                                    "choices",
                                    "choice",
                                    "type",
                                    "hint",
                                    "message",
                                    "block",
                                    "param",
                                    "slot",
                                    "use",
                                    "set",
                                    "prompts",
                                    "p",
                                    "note",
                                    "em",
                                    "strong",
                                    "ref",
                                    "list",
                                    "item",
                                    "heading",
                                    "section",
                                    "columns",
                                    "column",
                                    "field",
                                    "why",
                                    "details",
                                    "repeat",
                                    "signature",
                                    "rules",
                                    "rule",
                                    "migrations",
                                    "rename",
                                    "retire",
                                    "retype",
                                    "examples",
                                    "example",
                                    "expect",
                                    "expect-clean",
                                    "id",
                                    "version",
                                    "status",
                                    "data-ns",
                                    "xml:lang",
                                    "dir",
                                    "from",
                                    "kind",
                                    "open",
                                    "base",
                                    "pattern",
                                    "max-length",
                                    "layout",
                                    "default",
                                    "number",
                                    "completed-by",
                                    "with",
                                    "jointly",
                                    "label",
                                    "short-label",
                                    "lines",
                                    "required",
                                    "required-when",
                                    "must",
                                    "severity",
                                    "ask-when",
                                    "when",
                                    "for",
                                    "min",
                                    "max",
                                    "blank-rows",
                                    "party",
                                    "covers",
                                    "at",
                                    "for-each",
                                    "to",
                                    "because",
                                    "as-of",
                                    "plan",
                                    "path",
                                    "absent",
                                    "xmlns",
                                    "xmlns:x",
                                    "draft",
                                    "published",
                                    "agreed",
                                    "person",
                                    "organisation",
                                    "professional",
                                    "yes",
                                    "no",
                                    "line",
                                    "prose",
                                    "person-name",
                                    "person-ref",
                                    "address",
                                    "postcode",
                                    "email",
                                    "phone",
                                    "nhs-number",
                                    "date",
                                    "interval",
                                    "interval-text",
                                    "integer",
                                    "yes-no",
                                    "mark",
                                    "stacked",
                                    "table",
                                    "blocks",
                                    "wide",
                                    "error",
                                    "warning",
                                    "advice",
                                    "purpose",
                                    "scope",
                                    "instruction",
                                    "legal",
                                    "rtl",
                                    "ltr",
                                    "en-GB",
                                    "cy",
                                    "urn:formc:form:1",
                                    "1.0.0",
                                    "2026-01-31",
                                    "0",
                                    "1",
                                    "999",
                                    "1000",
                                    "-1",
                                    "99999999999999999999",
                                    "a",
                                    "b",
                                    "s",
                                    "s/a",
                                    "s/r/a",
                                    "s/r[1]/a",
                                    "../a",
                                    "r",
                                    "member",
                                    "kinds",
                                    "a eq yes",
                                    "a le as-of()",
                                    "answered(s/a)",
                                    "count(r) ge 1",
                                    "any(r, a eq 'x')",
                                    "[A-Z]{2}\\d{4,6}(/[0-9]+)?",
                                    "(a|b)*",
                                    "x{9}{9}{9}",
                                    "9990000018",
                                    "asked-declined",
                                    "s/a.must",
                                    "s/a.required",
                                    "&#13;",
                                    "&amp;",
                                    "&#x10FFFF;",
                                    "\xC3\xA9",
                                    "\xF0\x9F\x8F\xB4",
                                    "e\xCC\x81",
                                    "\xE2\x80\xAE",
                                    "%s%n",
                                    "*/",
                                    NULL};

static const char *const pieces[] = {
    "<field id=\"a\" label=\"A\" type=\"line\"/>",
    "<field id=\"b\" label=\"B\" type=\"yes-no\"><details id=\"c\" label=\"C\" when=\"b eq "
    "yes\"/></field>",
    "<field id=\"d\" label=\"D\" type=\"date\" must=\"d le "
    "as-of()\"><message>Later.</message></field>",
    "<field id=\"e\" label=\"E\" type=\"choice\" choices=\"kinds\"/>",
    "<section id=\"s\" title=\"S\"><field id=\"a\" label=\"A\" type=\"line\"/></section>",
    "<repeat id=\"r\" label=\"R\"><field id=\"a\" label=\"A\" type=\"date\"/></repeat>",
    "<signature id=\"m\" label=\"M\" party=\"member\" covers=\"s\"><field id=\"name\" "
    "label=\"N\" type=\"person-name\"/>"
    "<field id=\"mark\" label=\"M\" type=\"mark\"/><field id=\"on\" label=\"O\" "
    "type=\"date\"/></signature>",
    "<choices id=\"kinds\" open=\"yes\"><choice id=\"x\">X</choice></choices>",
    "<type id=\"t\" base=\"line\" pattern=\"a*\" max-length=\"9\"/>",
    "<stages><stage id=\"draft\">D</stage><stage id=\"agreed\">A</stage></stages>",
    "<parties><party id=\"member\" kind=\"person\">M</party></parties>",
    "<sources><source id=\"law\" kind=\"statute\">L</source></sources>",
    "<block id=\"k\"><param id=\"q\" default=\"\"/><slot param=\"q\"/><slot prompts=\"yes\"/>"
    "<field id=\"a\" label=\"A\" type=\"line\"/></block>",
    "<use id=\"u\" block=\"k\" title=\"U\"><set "
    "param=\"q\">Q</set><prompts><p>P</p></prompts></use>",
    "<note kind=\"help\"><p>One <em>two</em> <ref "
    "to=\"s/a\"/></p><list><item>I</item></list></note>",
    "<heading>H</heading>",
    "<hint>H</hint>",
    "<message for=\"type\">M</message>",
    "<why>W</why>",
    "<columns><column>C</column><column>D</column></columns>",
    "<rules id=\"x\"><rule id=\"y\" must=\"answered(s/a)\" "
    "at=\"s/a\"><message>M</message></rule></rules>",
    "<rule id=\"z\" for-each=\"s/r\" must=\"a ge 2026-01-31\"><message>M</message></rule>",
    "<migrations><rename from=\"s/o\" to=\"s/a\"/><retire field=\"s/p\" "
    "because=\"B\"/></migrations>",
    "<examples><example id=\"e\" title=\"E\" as-of=\"2026-03-02\"><set path=\"s/a\">x</set>"
    "<expect rule=\"s/a.must\" at=\"s/a\"/><expect-clean/></example></examples>",
    "<!-- -->",
    "<?x y?>",
    "<![CDATA[x]]>",
    "<!DOCTYPE x>",
    " ",
    "text",
    NULL};

const fuzz_language fuzz_language_here = {FUZZ_XML, words, pieces};
