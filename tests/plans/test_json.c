/* Plans as JSON: the same plan as in XML, both ways, byte for byte; and whatever would not be
 * written back the same is reported. */
#include "tests/plans/generate.h"

#include "runtime/base/json.h"
#include "runtime/base/jsonwrite.h"

#define FORM "tests/plans/form.xml"
#define PLANS 3000 /* under the sanitizers ten seconds */
#define ROOT                                                                                   \
    "<loan xmlns='urn:formc:data:loan' xmlns:p='urn:formc:plan:1'><who><name>x</name></who>"   \
    "<what><tool p:row='a'/></what>"
#define JSON_ROOT                                                                              \
    "{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": \"x\"}, "                          \
    "\"what\": {\"tool\": [{\"_row\": \"a\"}]}}"
#define DIGEST "sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* Reads a plan in which nothing is wrong. A damaged pin is an advice. */
static fc_plan *read_fine(fc_arena *a, const fc_form *f, fc_str bytes, unsigned n)
{
    fc_plan *p = NULL;
    fc_diags *d = fc_diags_new(a);
    fc_status s = fc_plan_read(a, f, bytes, FC_S("p"), d, &p);
    if (s != FC_OK || d->list.n > 1 || (d->list.n && strcmp(d->list.at[0].code, "P005") != 0))
        fail_msg("plan %u: %d, %s\n%.*s", n, s, d->list.n ? d->list.at[0].code : "",
                 FC_ARG(bytes));
    return p;
}

/* ---- Both ways ----------------------------------------------------------------------- */

static void there_and_back(fc_arena *a, const fc_form *f, const fc_plan *p, unsigned n)
{
    fc_str xml = fc_plan_written(a, p), json = plan_json(a, p);
    const fc_plan *from_xml = read_fine(a, f, xml, n), *from_json = read_fine(a, f, json, n);
    same_plan(p, from_json, n);
    same_str(xml, fc_plan_written(a, from_json), n); /* JSON to XML */
    same_str(json, plan_json(a, from_xml), n);       /* XML to JSON */
    same_str(json, plan_json(a, from_json), n);      /* JSON to JSON */
}

typedef void each(fc_arena *a, const fc_form *f, const fc_plan *p, unsigned n);

/* Each plan in memory of its own, which is released. */
static void in_an_arena(each *check, dice *d, unsigned n)
{
    fc_arena *a = fc_arena_new((size_t)64 << 20);
    assert_non_null(a);
    if (!FC_BOUNDARY(a))
        fail_msg("plan %u: memory ran out", n);
    const fc_form *f = compile_file(a, FORM);
    check(a, f, some_plan(a, f, d), n);
    fc_arena_drop(a);
}

static void each_plan(each *check, unsigned plans, uint64_t seed)
{
    dice d = {seed};
    for (unsigned n = 0; n < plans; n++)
        in_an_arena(check, &d, n);
}

static void json_and_xml_hold_the_same(void **state)
{
    (void)state;
    each_plan(there_and_back, PLANS, 20261125);
}

static void plans_at_the_edge_too(void **state)
{
    static const char *const rows[] = {
        "<loan xmlns='urn:formc:data:loan'/>",
        "<loan xmlns='urn:formc:data:loan'><who/><what><tool/><tool/></what></loan>",
        ROOT "</loan>",
        "<loan xmlns='urn:formc:data:loan' xmlns:p='urn:formc:plan:1'><who>"
        "<name p:absent='masked' xml:lang='cy'/><from>end of January</from>"
        "<trained p:absent='not-asked'/><training> \n a \t</training></who></loan>",
        "<loan xmlns='urn:formc:data:loan' xmlns:p='urn:formc:plan:1' "
        "p:revision='&#9;&#13;&#10; \"\\'><what><tool p:row='A-_.9'><item>&#13;</item>"
        "<due p:absent='unknown'/></tool><tool p:row='b'><item xml:lang='ar'>\xD8\xA7</item>"
        "</tool></what></loan>",
        ROOT "<p:conflicts><p:conflict path='what/tool[a]/item'><p:stored xml:lang='cy'/>"
             "<p:visible absent='masked' xml:lang='cy'/></p:conflict></p:conflicts>"
             "<p:history><p:entry n='1' at='2026-02-01T10:04:00Z' by='store' via='&#13;\"' "
             "did='set' to='&#10;\\'/></p:history></loan>",
        ROOT "<p:marks><p:mark path='signatures/member/mark' at='2026-02-01T10:04:00Z' "
             "by='member' own='" DIGEST "' covers='" DIGEST "'/></p:marks></loan>",
    };
    const fc_form *f = compile_file(*state, FORM);
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
        there_and_back(*state, f, read_fine(*state, f, fc_str_of(rows[i]), i), i);
}

static void the_shape_is_the_documented_one(void **state)
{
    const fc_form *f = compile_file(*state, FORM);
    const fc_plan *p = read_fine(
        *state, f,
        FC_S("<loan xmlns='urn:formc:data:loan' xmlns:p='urn:formc:plan:1' p:id='urn:uuid:1' "
             "p:stage='draft' p:synthetic='yes'><who><name xml:lang='cy'>\"A\"&#10;\\</name>"
             "<trained p:absent='not-asked'/></who><what><tool p:row='s-1'>"
             "<item>\xC3\xA9\xE2\x80\xAE</item><due p:absent='masked'/></tool></what>"
             "<p:conflicts><p:conflict path='who/from'><p:stored/>"
             "<p:visible>x</p:visible></p:conflict></p:conflicts></loan>"),
        0);
    assert_str(plan_json(*state, p), "{\n"
                                     "  \"form\": \"loan\",\n"
                                     "  \"version\": \"1.0.0\",\n"
                                     "  \"plan\": \"urn:uuid:1\",\n"
                                     "  \"stage\": \"draft\",\n"
                                     "  \"synthetic\": \"yes\",\n"
                                     "  \"answers\": {\n"
                                     "    \"who\": {\n"
                                     "      \"name\": \"\\\"A\\\"\\n\\\\\"\n"
                                     "    },\n"
                                     "    \"what\": {\n"
                                     "      \"tool\": [\n"
                                     "        {\n"
                                     "          \"_row\": \"s-1\",\n"
                                     "          \"item\": \"\xC3\xA9\\u202e\",\n"
                                     "          \"_absent\": {\n"
                                     "            \"due\": \"masked\"\n"
                                     "          }\n"
                                     "        }\n"
                                     "      ]\n"
                                     "    }\n"
                                     "  },\n"
                                     "  \"absent\": {\n"
                                     "    \"who/trained\": \"not-asked\"\n"
                                     "  },\n"
                                     "  \"languages\": {\n"
                                     "    \"who/name\": \"cy\"\n"
                                     "  },\n"
                                     "  \"conflicts\": [\n"
                                     "    {\n"
                                     "      \"path\": \"who/from\",\n"
                                     "      \"stored\": {},\n"
                                     "      \"visible\": {\n"
                                     "        \"text\": \"x\"\n"
                                     "      }\n"
                                     "    }\n"
                                     "  ]\n"
                                     "}\n");
}

/* ---- What is wrong is told ----------------------------------------------------------- */

static void what_is_wrong_is_told_with_its_place(void **state)
{
    static const struct {
        const char *text, *code; /* code "": nothing is wrong */
        fc_status status;
        unsigned line, column;
    } rows[] = {
        {JSON_ROOT "}", "", FC_OK, 0, 0},
        {"\xEF\xBB\xBF \r\n" JSON_ROOT "}\n", "", FC_OK, 0, 0},
        {"{\"f\\u006frm\": \"l\\u006Fan\", \"answers\": {}}", "", FC_OK, 0, 0},
        /* not JSON, or more than is read */
        {JSON_ROOT "} x", "P002", FC_REFUSED, 1, 89},
        {JSON_ROOT "}{}", "P002", FC_REFUSED, 1, 88},
        {JSON_ROOT, "P002", FC_REFUSED, 1, 86},
        {JSON_ROOT ",}", "P002", FC_REFUSED, 1, 88},
        {JSON_ROOT "} // secret", "P002", FC_REFUSED, 1, 0},
        {"{\n\"form\": 'loan'}", "P002", FC_REFUSED, 2, 0},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": \"\\uD800\"}}}", "P002",
         FC_REFUSED, 1, 0},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": \"\\uDC00 \\uD800\"}}}",
         "P002", FC_REFUSED, 1, 0},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": \"a\nsecret\"}}}", "P002",
         FC_REFUSED, 0, 0},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"na\\u0000me\": \"x\"}}}", "P002",
         FC_REFUSED, 1, 0},
        {"{\"form\": \"loan\", \"answers\": 1e999}", "P002", FC_REFUSED, 1, 0},
        {"{\"form\": \"loan\", \"answers\": 99999999999999999999}", "P002", FC_REFUSED, 1, 0},
        {"{\"form\": \"loan\", \"answers\": NaN}", "P002", FC_REFUSED, 1, 0},
        {"{\"form\": \"\xFF\"}", "P001", FC_REFUSED, 1, 11},
        {"{\"form\": \"\xED\xA0\x80\"}", "P001", FC_REFUSED, 1, 11},
        {"{\"form\": \"\xC0\x80\"}", "P001", FC_REFUSED, 1, 11},
        {"{\"form\": \"loan\",\n \"form\": \"loan\", \"answers\": {}}", "P001", FC_REFUSED, 2,
         0},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": \"x\", \"n\\u0061me\": "
         "\"secret\"}}}",
         "P001", FC_REFUSED, 1, 0},
        /* not a plan of this form */
        {"{}", "P003", FC_REFUSED, 1, 1},
        {"{\"form\": \"boat\", \"answers\": {}}", "P003", FC_REFUSED, 1, 1},
        {"{\"form\": \"loan\", \"version\": \"9\", \"answers\": {}}", "P004", FC_REFUSED, 1, 1},
        {"[]", "P001", FC_REFUSED, 0, 0},
        {"\"form\"", "P001", FC_REFUSED, 0, 0},
        /* the top */
        {"{\"form\": \"loan\"}", "P142", FC_FOUND, 1, 1},
        {"{\"form\": \"loan\", \"answers\": {}, \"stage\": \"secret\"}", "P006", FC_FOUND, 1,
         1},
        {"{\"form\": \"loan\", \"answers\": {}, \"synthetic\": \"secret\"}", "P007", FC_FOUND,
         1, 1},
        {"{\"form\": \"loan\", \"answers\": {}, \"synthetic\": true}", "P140", FC_FOUND, 1, 33},
        {"{\"form\": \"loan\", \"answers\": {},\n  \"secret\": \"secret\"}", "P141", FC_FOUND,
         2, 3},
        {"{\"form\": \"loan\", \"answers\": []}", "P140", FC_FOUND, 1, 18},
        {"{\"form\": \"loan\", \"answers\": {}, \"revision\": \"\\u0001\"}", "P143", FC_FOUND,
         1, 33},
        {"{\"form\": \"loan\", \"answers\": {}, \"absent\": []}", "P140", FC_FOUND, 1, 33},
        {"{\"form\": \"loan\", \"answers\": {}, \"history\": {}}", "P140", FC_FOUND, 1, 33},
        {"{\"form\": \"loan\", \"answers\": {}, \"history\": [\n[]]}", "P140", FC_FOUND, 2, 1},
        /* answers */
        {"{\"form\": \"loan\", \"answers\": {\n    \"secret\": {}}}", "P102", FC_FOUND, 2, 5},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\":\n\"x\", \"nmae\": "
         "\"secret\"}}}",
         "P102", FC_FOUND, 2, 6},
        {"{\"form\": \"loan\", \"answers\": {\"who\": \"secret\"}}", "P140", FC_FOUND, 1, 30},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": 7}}}", "P140", FC_FOUND, 1,
         38},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": null}}}", "P140", FC_FOUND, 1,
         38},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"name\": [\"secret\"]}}}", "P140",
         FC_FOUND, 1, 38},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"trained\": true}}}", "P140", FC_FOUND,
         1, 38},
        {"{\"form\": \"loan\", \"answers\": {\"who\": {\"_row\": \"x\"}}}", "P102", FC_FOUND, 1,
         38},
        /* rows */
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": {}}}}", "P140", FC_FOUND, 1,
         39},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [\n \"secret\"]}}}", "P140",
         FC_FOUND, 2, 2},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [{\"_row\": 1}]}}}", "P140",
         FC_FOUND, 1, 49},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [{\"_row\": \"a]\"}]}}}",
         "P122", FC_FOUND, 1, 48},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [{\"_row\": \"a\"},\n"
         "{\"_row\": \"a\"}]}}}",
         "P121", FC_FOUND, 2, 1},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [{\"secret\": \"a\"}]}}}",
         "P102", FC_FOUND, 1, 49},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [{\"_absent\": {\"due\": "
         "\"secret\"}}]}}}",
         "P112", FC_FOUND, 0, 0},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [{\"_absent\": "
         "{\"what/tool/due\": \"masked\"}}]}}}",
         "P135", FC_FOUND, 0, 0},
        {"{\"form\": \"loan\", \"answers\": {\"what\": {\"tool\": [{\"_languages\": {\"due\": "
         "\"cy\"}}]}}}",
         "P116", FC_FOUND, 0, 0},
        /* beside the answers */
        {JSON_ROOT ", \"absent\": {\"who/name\": \"masked\"}}", "P113", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"absent\": {\"who/from\": \"secret\"}}", "P112", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"absent\": {\"who/from\": {}}}", "P140", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"absent\": {\"who\": \"masked\"}}", "P135", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"absent\": {\"what/tool[a]/due\": \"masked\"}}", "P135", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"absent\": {\"what/tool/due\": \"masked\"}}", "P135", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"languages\": {\"who/from\": \"cy\"}}", "P116", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"languages\": {\"who/name\": 1}}", "P140", FC_FOUND, 1, 0},
        /* what a plan keeps about itself */
        {JSON_ROOT ", \"conflicts\": [{\"path\": \"who/name\", \"stored\": {\"text\": "
                   "\"secret\"}}]}",
         "P136", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"conflicts\": [{\"path\": \"who/name\", \"stored\": {\"text\": "
                   "\"secret\", \"absent\": \"masked\"}, \"visible\": {}}]}",
         "P112", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"conflicts\": [{\"path\": \"who/name\", \"stored\": \"secret\", "
                   "\"visible\": {}}]}",
         "P140", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"conflicts\": [{\"path\": \"who/name\", \"stored\": {\"lang\": \"cy\"}, "
                   "\"visible\": {}}]}",
         "P141", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"conflicts\": [{\"path\": \"who/secret\", \"stored\": {}, "
                   "\"visible\": {}}]}",
         "P135", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"marks\": [{\"path\": \"who/name\", \"at\": \"2026-02-01T10:04:00Z\", "
                   "\"by\": \"member\", \"own\": \"" DIGEST "\", \"covers\": \"" DIGEST "\"}]}",
         "P135", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"history\": [{\"n\": 1, \"at\": \"2026-02-01T10:04:00Z\", \"by\": "
                   "\"member\", \"via\": \"set\", \"did\": \"set\"}]}",
         "P140", FC_FOUND, 1, 0},
        {JSON_ROOT ", \"history\": [{\"n\": \"1\", \"at\": \"2026-02-01T10:04:00Z\", \"by\": "
                   "\"member\", \"did\": \"set\"}]}",
         "P137", FC_FOUND, 1, 0},
    };
    const fc_form *f = compile_file(*state, FORM);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_plan *p;
        fc_diags *d = fc_diags_new(*state);
        fc_status s = fc_plan_read(*state, f, fc_str_of(rows[i].text), FC_S("p.json"), d, &p);
        unsigned line = 0, column = 0;
        fc_buf b;
        fc_buf_init(&b, 1 << 20);
        fc_diags_print(d, &b);
        if (d->list.n)
            fc_source_place(d, d->list.at[0].at.source, d->list.at[0].at.begin, &line, &column);
        if (s != rows[i].status || (rows[i].code[0] && !strstr(b.n ? b.p : "", rows[i].code)) ||
            (!rows[i].code[0] && d->list.n) || (b.n && strstr(b.p, "secret")) ||
            (rows[i].line && line != rows[i].line) ||
            (rows[i].column && column != rows[i].column))
            fail_msg("row %zu: %s: %d, %u:%u %s", i, rows[i].text, s, line, column,
                     b.n ? b.p : "");
        fc_buf_release(&b);
    }
}

static void text_comes_into_the_value_space(void **state)
{
    static const struct {
        const char *json, *text;
        bool told;
    } rows[] = {
        {"a\\r\\nb\\rc\\n\\r", "a\nb\nc\n\n", false},
        {" \\t\\r\\n", "", false},
        {"", "", false},
        {" a\\u00a0", " a\xC2\xA0", false},
        {"\\u0000", "\xEF\xBF\xBD", true},
        {"a\\u0000b\\u001fc",
         "a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD"
         "c",
         true},
        {"\\uFFFE\\uffff", "\xEF\xBF\xBD\xEF\xBF\xBD", true},
        {"\\uFFFD", "\xEF\xBF\xBD", false},
        {"\\ud83c\\udff4\\/\\b", "\xF0\x9F\x8F\xB4/\xEF\xBF\xBD", true},
        {"e\\u0301 \\u2028", "e\xCC\x81 \xE2\x80\xA8", false},
    };
    const fc_form *f = compile_file(*state, FORM);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fc_plan *p;
        fc_diags *d = fc_diags_new(*state);
        fc_str text = fc_str_fmt(
            *state, "{\"form\": \"loan\", \"answers\": {\"notes\": {\"condition\": \"%s\"}}}",
            rows[i].json);
        assert_int_equal(fc_plan_read(*state, f, text, FC_S("p"), d, &p), FC_OK);
        const fc_node *field = fc_form_find_field(f, FC_S("notes/condition"));
        assert_str(fc_plan_answer(p, field, 0)->text, rows[i].text);
        assert_int_equal(d->list.n, rows[i].told);
        if (rows[i].told) {
            assert_string_equal(d->list.at[0].code, "P115");
            assert_int_equal(d->list.at[0].severity, FC_WARNING);
        }
    }
}

static fc_str repeated(fc_arena *a, const char *head, const char *piece, size_t n,
                       const char *tail)
{
    fc_buf b;
    fc_buf_init(&b, (size_t)64 << 20);
    fc_buf_z(&b, head);
    for (size_t i = 0; i < n; i++)
        fc_buf_z(&b, piece);
    fc_buf_z(&b, tail);
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

typedef struct too_much {
    const char *head, *piece;
    size_t n;
    const char *tail, *words;
} too_much;

/* noinline: nothing of it may live in the frame that setjmp comes back to. */
static __attribute__((noinline)) void read_too_much(fc_arena *a, const too_much *t)
{
    fc_plan *p;
    fc_diags *d = fc_diags_new(a);
    const fc_form *f = compile_file(a, FORM);
    fc_str text = repeated(a, t->head, t->piece, t->n, t->tail);
    assert_int_equal(fc_plan_read(a, f, text, FC_S("p"), d, &p), FC_REFUSED);
    assert_int_equal(d->list.n, 1);
    if (!strstr(d->list.at[0].text.p, t->words))
        fail_msg("%s: %.*s", t->words, FC_ARG(d->list.at[0].text));
}

static void in_a_large_arena(const too_much *t)
{
    fc_arena *a = fc_arena_new((size_t)1 << 30);
    assert_non_null(a);
    if (!FC_BOUNDARY(a))
        fail_msg("%s: memory ran out", t->words);
    read_too_much(a, t);
    fc_arena_drop(a);
}

#define HEAD "{\"form\": \"loan\", \"answers\": "

static void what_is_too_much_is_refused(void **state)
{
    static const too_much rows[] = {
        {HEAD, "[", 32, "", "deeper"},
        {HEAD, "{\"who\":", 100000, "1}", "deeper"},
        {HEAD, "[", 31, "x", "well-formed"},
        {"{\"x\": [", "1,", 1000000, "1]}", "more values"},
        {"{\"x\": [", "1,", 999997, "1]}", "not a plan of the form"},
        {"{\"form\": \"", "xxxxxxxx", 4 << 20, "\"}", "larger"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        in_a_large_arena(&rows[i]);
}

/* ---- Damage, everywhere -------------------------------------------------------------- */

typedef enum damage { NONE, DROP, RENAME, TWICE, NUMBER, NOTHING, TRUTH, LIST, OBJECT } damage;
#define DAMAGES 8

typedef struct printer {
    fc_json_writer w;
    size_t at, target; /* values are counted in the order of the text; 0 is the whole */
    damage how;
    const fc_json *hit; /* the value that was damaged */
} printer;

static bool is_hollow(const fc_json *v)
{
    return (v->kind == FC_JSON_OBJECT || v->kind == FC_JSON_ARRAY) && !v->kids;
}

static void put_value(printer *x, fc_str name, const fc_json *v);

static void put_kids(printer *x, const fc_json *v)
{
    for (const fc_json *k = v->kids; k; k = k->next)
        put_value(x, k->key, k);
    fc_json_end(&x->w);
}

static void put_whole(printer *x, fc_str name, const fc_json *v)
{
    if (v->kind == FC_JSON_STRING) {
        fc_json_put(&x->w, name, v->text);
        return;
    }
    (v->kind == FC_JSON_OBJECT ? fc_json_object : fc_json_array)(&x->w, name);
    put_kids(x, v);
}

static void put_value(printer *x, fc_str name, const fc_json *v)
{
    char longer[256];
    damage how = ++x->at == x->target ? x->how : NONE;
    if (how != NONE)
        x->hit = v;
    switch (how) {
    case DROP:
        return;
    case RENAME:
        if (!name.p)
            break;
        snprintf(longer, sizeof longer, "%.*sx", FC_ARG(name));
        name = fc_str_of(longer);
        break;
    case TWICE:
        put_whole(x, name, v);
        break;
    case NUMBER:
        fc_json_put_int(&x->w, name, 1);
        return;
    case TRUTH:
        fc_json_put_bool(&x->w, name, true);
        return;
    case NOTHING: /* a string in the place of a list, a list in the place of a string */
        if (v->kind == FC_JSON_STRING) {
            fc_json_array(&x->w, name);
            fc_json_end(&x->w);
        } else {
            fc_json_put(&x->w, name, FC_S("secret"));
        }
        return;
    case LIST:
        fc_json_array(&x->w, name);
        put_whole(x, (fc_str){0}, v);
        fc_json_end(&x->w);
        return;
    case OBJECT:
        fc_json_object(&x->w, name);
        put_whole(x, FC_S("secret"), v);
        fc_json_end(&x->w);
        return;
    case NONE:
        break;
    }
    put_whole(x, name, v);
}

/* The plan's JSON with one value damaged; *hit is NULL when there are fewer values. */
static fc_str damaged(fc_arena *a, const fc_json *root, size_t target, damage how,
                      const fc_json **hit)
{
    fc_buf b;
    printer x = {.target = target, .how = how};
    fc_buf_init(&b, 1 << 24);
    fc_json_begin(&x.w, &b);
    put_kids(&x, root);
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    *hit = x.hit;
    return s;
}

/* Writes without objects and lists that have nothing in them: a section without answers is
 * none.
 */
static void put_pruned(printer *x, fc_str name, const fc_json *v)
{
    bool kept = fc_str_eq_z(name, "answers") || fc_str_eq_z(name, "stored") ||
                fc_str_eq_z(name, "visible");
    if (is_hollow(v) && !kept)
        return;
    if (v->kind == FC_JSON_STRING) {
        fc_json_put(&x->w, name, v->text);
        return;
    }
    (v->kind == FC_JSON_OBJECT ? fc_json_object : fc_json_array)(&x->w, name);
    for (const fc_json *k = v->kids; k; k = k->next)
        put_pruned(x, k->key, k);
    fc_json_end(&x->w);
}

static fc_str pruned(fc_arena *a, fc_str text)
{
    const fc_json *root;
    uint32_t at;
    for (int i = 0; i < 4; i++) { /* a section in which nothing is left goes, too */
        fc_buf b;
        printer x = {0};
        assert_int_equal(fc_json_read(a, text, &root, &at), FC_JSON_PASSES);
        fc_buf_init(&b, 1 << 24);
        fc_json_begin(&x.w, &b);
        for (const fc_json *k = root->kids; k; k = k->next)
            put_pruned(&x, k->key, k);
        fc_json_end(&x.w);
        text = fc_buf_keep(&b, a);
        fc_buf_release(&b);
    }
    return text;
}

static size_t taken[DAMAGES + 1], told[DAMAGES + 1];

static void damage_once(fc_arena *a, const fc_form *f, const fc_json *hit, damage how,
                        fc_str text, unsigned n)
{
    fc_plan *p;
    fc_diags *d = fc_diags_new(a);
    fc_status s = fc_plan_read(a, f, text, FC_S("p"), d, &p);
    if (s == FC_OK) {
        taken[how]++;
        /* The two that are made up when they are not there. */
        if (how == DROP && (fc_str_eq_z(hit->key, "version") || fc_str_eq_z(hit->key, "_row")))
            return;
        same_str(pruned(a, text), plan_json(a, p), n);
        return;
    }
    told[how]++;
    assert_true(d->errors > 0);
    for (size_t i = 0; i < d->list.n; i++) {
        unsigned line = 0, column = 0;
        fc_source_place(d, d->list.at[i].at.source, d->list.at[i].at.begin, &line, &column);
        if (!line || !column || strstr(d->list.at[i].text.p, "secret"))
            fail_msg("plan %u: %.*s", n, FC_ARG(d->list.at[i].text));
    }
}

static void damage_everywhere(fc_arena *a, const fc_form *f, const fc_plan *p, unsigned n)
{
    const fc_json *root, *hit;
    uint32_t at;
    fc_str json = plan_json(a, p);
    assert_int_equal(fc_json_read(a, json, &root, &at), FC_JSON_PASSES);
    same_str(json, damaged(a, root, 0, NONE, &hit), n);
    for (damage how = DROP; how <= OBJECT; how++)
        for (size_t target = 1;; target++) {
            fc_str text = damaged(a, root, target, how, &hit);
            if (!hit)
                break;
            if (how == RENAME && !hit->key.n)
                continue; /* an item of a list has no name */
            damage_once(a, f, hit, how, text, n);
        }
}

static void damage_is_told_or_kept(void **state)
{
    (void)state;
    memset(taken, 0, sizeof taken);
    memset(told, 0, sizeof told);
    each_plan(damage_everywhere, 60, 7);
    for (damage how = DROP; how <= OBJECT; how++) {
        print_message("damage %d: told %zu, kept %zu\n", how, told[how], taken[how]);
        assert_true(told[how] > 100);
    }
    assert_int_equal(taken[RENAME], 0);
    assert_int_equal(taken[NUMBER], 0);
    assert_int_equal(taken[TRUTH], 0);
    assert_int_equal(taken[OBJECT], 0);
    assert_int_equal(taken[TWICE], 0);
    assert_int_equal(taken[LIST], 0);
    assert_int_equal(taken[NOTHING], 0);
}

/* ---- Damage, anywhere ---------------------------------------------------------------- */

/* Bytes changed, put in and taken out by chance. Whatever is read as a plan can be written, and
 * comes back the same. */
static void damage_by_chance(fc_arena *a, const fc_form *f, const fc_plan *p, unsigned n)
{
    static const char signs[] = "{}[]\",:\\u0dD8\x00\n\xEF\xBB\xBF\xFF tfn-1e";
    dice d = {n};
    fc_str json = plan_json(a, p);
    for (unsigned i = 0; i < 100; i++) {
        fc_buf b;
        fc_buf_init(&b, 1 << 24);
        fc_buf_str(&b, json);
        for (unsigned k = 1 + roll(&d, 3); k > 0; k--) {
            size_t at = roll(&d, (unsigned)b.n);
            unsigned how = roll(&d, 3);
            char sign = signs[roll(&d, sizeof signs - 1)];
            if (how == 0) {
                b.p[at] = sign;
            } else if (how == 1) {
                memmove(b.p + at, b.p + at + 1, b.n - at - 1);
                b.n--;
            } else {
                fc_buf_char(&b, 0);
                memmove(b.p + at + 1, b.p + at, b.n - at - 1);
                b.p[at] = sign;
            }
        }
        fc_plan *q = NULL;
        fc_status s = fc_plan_read(a, f, fc_buf_keep(&b, a), FC_S("p"), fc_diags_new(a), &q);
        assert_true(s == FC_OK || s == FC_FOUND || s == FC_REFUSED);
        assert_true((q != NULL) == (s != FC_REFUSED));
        if (s == FC_OK)
            there_and_back(a, f, q, n);
        fc_buf_release(&b);
    }
}

static void damage_by_chance_does_no_harm(void **state)
{
    (void)state;
    each_plan(damage_by_chance, 60, 11);
}

/* ---- Strings ------------------------------------------------------------------------- */

static void strings_come_back_as_they_were(void **state)
{
    for (uint32_t from = 0; from < 0x110000; from += 0x400) {
        char c[4];
        fc_buf text, json;
        const fc_json *root;
        uint32_t at;
        fc_buf_init(&text, 1 << 20);
        fc_buf_init(&json, 1 << 20);
        for (uint32_t u = from; u < from + 0x400; u++)
            if (u < 0xD800 || u > 0xDFFF)
                fc_buf_add(&text, c, fc_utf8_put(c, u));
        fc_buf_z(&json, "{\"x\": ");
        fc_json_string(&json, fc_buf_view(&text));
        fc_buf_z(&json, "}");
        assert_int_equal(fc_json_read(*state, fc_buf_view(&json), &root, &at), FC_JSON_PASSES);
        same_str(fc_buf_view(&text), root->kids->text, from);
        for (size_t i = 0; i < json.n; i++)
            assert_true((unsigned char)json.p[i] >= 0x20 && json.p[i] != 0x7F);
        fc_buf_release(&text);
        fc_buf_release(&json);
    }
    fc_buf b;
    fc_buf_init(&b, 1 << 20);
    fc_json_string(&b, FC_S("a\xFF\"\\\x1B\n\t\xC2\x9B\xE2\x80\xA9\xE2\x81\xA6z"));
    assert_str(fc_buf_view(&b), "\"a\\ufffd\\\"\\\\\\u001b\\n\\t\\u009b\\u2029\\u2066z\"");
    fc_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(json_and_xml_hold_the_same),      TEST(plans_at_the_edge_too),
        TEST(the_shape_is_the_documented_one), TEST(what_is_wrong_is_told_with_its_place),
        TEST(text_comes_into_the_value_space), TEST(what_is_too_much_is_refused),
        TEST(damage_is_told_or_kept),          TEST(damage_by_chance_does_no_harm),
        TEST(strings_come_back_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
