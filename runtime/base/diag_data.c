/* Diagnostics as data: JSON and SARIF 2.1.0 (OASIS, Static Analysis Results Interchange
 * Format). Neither holds a line of a source, so nothing has to be left out for a source with
 * answers. */
#include "runtime/base/diag.h"
#include "runtime/base/jsonwrite.h"

#include <string.h>

static const char *const names[] = {"error", "warning", "advice"};
static const char *const levels[] = {"error", "warning", "note"}; /* SARIF 3.27.10 */

/* "key": "value", with the comma that separates it from what stands before. */
static void add_member(fc_buf *out, const char *key, fc_str value)
{
    fc_buf_fmt(out, ", \"%s\": ", key);
    fc_json_string(out, value);
}

typedef struct place {
    unsigned line, col; /* in characters */
    unsigned wide;      /* column in UTF-16 units */
} place;

static place find_place(fc_diags *d, uint32_t source, uint32_t offset)
{
    place p;
    const fc_source *s = d->sources.at[source];
    if (offset > s->bytes.n)
        offset = (uint32_t)s->bytes.n;
    fc_source_place(d, source, offset, &p.line, &p.col);
    fc_str before = fc_str_slice(s->bytes, s->lines.at[p.line - 1], offset);
    p.wide = (unsigned)fc_utf8_utf16_units(before) + 1;
    return p;
}

static void add_json_place(fc_diags *d, fc_buf *out, fc_span at)
{
    const fc_source *s = fc_diags_source_of(d, at);
    if (!s)
        return;
    place from = find_place(d, at.source, at.begin);
    place to = find_place(d, at.source, at.end < at.begin ? at.begin : at.end);
    add_member(out, "file", s->name);
    fc_buf_fmt(out, ", \"line\": %u, \"column\": %u, \"end-line\": %u, \"end-column\": %u",
               from.line, from.col, to.line, to.col);
}

void fc_diags_json(fc_diags *d, fc_buf *out)
{
    fc_diags_sort(d);
    fc_buf_fmt(out,
               "{\"errors\": %zu, \"warnings\": %zu, \"not-shown\": %zu,\n \"diagnostics\": [",
               d->errors, d->warnings, d->suppressed);
    for (size_t i = 0; i < d->list.n; i++) {
        const fc_diag *g = &d->list.at[i];
        fc_buf_fmt(out, "%s\n  {\"code\": \"%s\", \"severity\": \"%s\"", i ? "," : "", g->code,
                   names[g->severity]);
        add_json_place(d, out, g->at);
        add_member(out, "message", g->text);
        if (g->help.n)
            add_member(out, "help", g->help);
        for (size_t k = 0; k < g->n_notes; k++) {
            fc_buf_z(out, k ? ",\n    {" : ",\n   \"notes\": [\n    {");
            fc_buf_z(out, "\"message\": ");
            fc_json_string(out, g->notes[k].text);
            add_json_place(d, out, g->notes[k].at);
            fc_buf_char(out, '}');
        }
        fc_buf_z(out, g->n_notes ? "]}" : "}");
    }
    fc_buf_z(out, d->list.n ? "\n ]}\n" : "]}\n");
}

void fc_sarif_begin(fc_buf *out, const char *version)
{
    fc_buf_fmt(out,
               "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
               " \"version\": \"2.1.0\",\n"
               " \"runs\": [{\n"
               "   \"tool\": {\"driver\": {\"name\": \"formc\", \"version\": \"%s\", "
               "\"rules\": [",
               version);
}

void fc_sarif_uri(fc_buf *out, fc_str path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._~/";
    fc_buf_z(out, fc_str_starts(path, "/") ? "\"file://" : "\"");
    for (size_t i = 0; i < path.n; i++)
        if (memchr(plain, path.p[i], sizeof plain - 1))
            fc_buf_char(out, path.p[i]);
        else
            fc_buf_fmt(out, "%%%02X", (unsigned)(unsigned char)path.p[i]);
    fc_buf_char(out, '"');
}

static void add_physical(fc_diags *d, fc_buf *out, fc_span at)
{
    const fc_source *s = fc_diags_source_of(d, at);
    if (!s)
        return;
    place from = find_place(d, at.source, at.begin);
    place to = find_place(d, at.source, at.end < at.begin ? at.begin : at.end);
    fc_buf_z(out, "\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    fc_sarif_uri(out, s->name);
    fc_buf_fmt(out,
               "}, \"region\": {\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, "
               "\"endColumn\": %u}}",
               from.line, from.wide, to.line, to.wide);
}

/* The rules of a run are the codes that occur, in the order of their first occurrence; their
 * numbers go to rule_of. */
static void add_rules(fc_diags *d, const char *(*title_of)(const char *), fc_buf *out,
                      size_t *rule_of)
{
    size_t n = 0;
    for (size_t i = 0; i < d->list.n; i++) {
        const char *code = d->list.at[i].code;
        size_t k = 0;
        while (k < i && strcmp(d->list.at[k].code, code) != 0)
            k++;
        rule_of[i] = k < i ? rule_of[k] : n++;
        if (k < i)
            continue;
        const char *title = title_of(code);
        fc_buf_fmt(out, "%s\n     {\"id\": \"%s\"", n > 1 ? "," : "", code);
        if (title) {
            fc_buf_z(out, ", \"shortDescription\": {\"text\": ");
            fc_json_string(out, fc_str_of(title));
            fc_buf_char(out, '}');
        }
        fc_buf_char(out, '}');
    }
}

static void add_result(fc_diags *d, fc_buf *out, const fc_diag *g, size_t rule)
{
    fc_buf_fmt(out,
               "\n    {\"ruleId\": \"%s\", \"ruleIndex\": %zu, \"level\": \"%s\", \"message\": "
               "{\"text\": ",
               g->code, rule, levels[g->severity]);
    /* SARIF has no place for advice about one result; it is a second paragraph of the message
     * (3.11.2: the first sentence is what a short display shows). */
    fc_str text = fc_str_fmt(d->arena, "%.*s.%s%.*s", FC_ARG(g->text), g->help.n ? "\n\n" : "",
                             FC_ARG(g->help));
    fc_json_string(out, text);
    fc_buf_char(out, '}');
    if (fc_diags_source_of(d, g->at)) {
        fc_buf_z(out, ",\n     \"locations\": [{");
        add_physical(d, out, g->at);
        fc_buf_z(out, "}]");
    }
    for (size_t k = 0; k < g->n_notes; k++) {
        fc_buf_z(out, k ? ",\n      {" : ",\n     \"relatedLocations\": [\n      {");
        add_physical(d, out, g->notes[k].at);
        fc_buf_fmt(out, "%s\"message\": {\"text\": ",
                   fc_diags_source_of(d, g->notes[k].at) ? ", " : "");
        fc_json_string(out, g->notes[k].text);
        fc_buf_z(out, "}}");
    }
    fc_buf_z(out, g->n_notes ? "]}" : "}");
}

void fc_diags_sarif(fc_diags *d, const char *version, const char *(*title_of)(const char *code),
                    fc_buf *out)
{
    fc_diags_sort(d);
    size_t *rule_of = FC_NEW_N(d->arena, size_t, d->list.n + 1);
    fc_sarif_begin(out, version);
    add_rules(d, title_of, out, rule_of);
    fc_buf_fmt(out,
               "]}},\n   \"columnKind\": \"utf16CodeUnits\",\n"
               "   \"properties\": {\"errorsNotShown\": %zu},\n   \"results\": [",
               d->suppressed);
    for (size_t i = 0; i < d->list.n; i++) {
        if (i)
            fc_buf_char(out, ',');
        add_result(d, out, &d->list.at[i], rule_of[i]);
    }
    fc_buf_z(out, "]\n }]}\n");
}
