/* What there is to say about a plan, as data: JSON and SARIF 2.1.0. Neither holds an answer. */
#include "runtime/base/jsonwrite.h"
#include "runtime/plan/review.h"

static void put_member(fc_buf *out, const char *before, const char *name, fc_str value)
{
    fc_buf_fmt(out, "%s\"%s\": ", before, name);
    fc_json_string(out, value);
}

void fc_review_json(const fc_plan *p, const fc_review *r, unsigned stage, fc_str as_of,
                    fc_buf *out)
{
    const fc_form *f = p->form;
    put_member(out, "{\n  ", "form", f->id);
    put_member(out, ",\n  ", "version", f->version);
    put_member(out, ",\n  ", "definition", f->digest);
    put_member(out, ",\n  ", "plan", p->id);
    put_member(out, ",\n  ", "stage", stage < f->stages.n ? f->stages.at[stage].id : FC_S(""));
    put_member(out, ",\n  ", "as-of", as_of);
    if (r->party)
        put_member(out, ",\n  ", "party", r->party->id);
    fc_buf_fmt(out, ",\n  \"errors\": %zu,\n  \"warnings\": %zu,\n  \"advice\": %zu",
               r->count[FC_ERROR], r->count[FC_WARNING], r->count[FC_ADVICE]);
    fc_buf_z(out, ",\n  \"findings\": [");
    for (size_t i = 0; i < r->list.n; i++) {
        const fc_remark *m = &r->list.at[i];
        put_member(out, i ? ",\n    {" : "\n    {", "severity",
                   fc_str_of(fc_severity_words[m->severity]));
        put_member(out, ", ", "path", m->path);
        put_member(out, ", ", "label", fc_remark_label(m));
        put_member(out, ", ", "rule", m->rule);
        put_member(out, ", ", "message", m->message);
        if (m->why.n)
            put_member(out, ", ", "why", m->why);
        fc_buf_z(out, ", \"owners\": [");
        bool any = false;
        for (size_t k = 0; k < f->parties.n; k++)
            if (m->where->owners & ((fc_party_set)1 << k)) {
                fc_buf_z(out, any ? ", " : "");
                fc_json_string(out, f->parties.at[k].id);
                any = true;
            }
        fc_buf_fmt(out, "], \"jointly\": %s}", m->where->jointly ? "true" : "false");
    }
    fc_buf_z(out, r->list.n ? "\n  ]\n}\n" : "]\n}\n");
}

/* The rules are those that found something, in the order of their first findings; their numbers
 * go to rule_of. */
static void put_rules(fc_arena *a, const fc_review *r, fc_buf *out, size_t *rule_of)
{
    FC_ARRAY(fc_str) rules = {0};
    for (size_t i = 0; i < r->list.n; i++) {
        fc_str id = r->list.at[i].rule;
        size_t k = 0;
        while (k < rules.n && !fc_str_eq(rules.at[k], id))
            k++;
        rule_of[i] = k;
        if (k < rules.n)
            continue;
        put_member(out, k ? ",\n     {" : "\n     {", "id", id);
        fc_buf_char(out, '}');
        FC_PUSH(a, &rules, id);
    }
}

/* A finding has a place in the plan's own words, its path, and none in lines of the file: the
 * plan may have been JSON (SARIF 3.33). */
static void put_result(fc_buf *out, const fc_remark *m, size_t rule, fc_str name)
{
    static const char *const levels[] = {"error", "warning", "note"}; /* 3.27.10 */
    put_member(out, "\n    {", "ruleId", m->rule);
    fc_buf_fmt(out, ", \"ruleIndex\": %zu", rule);
    put_member(out, ", ", "level", fc_str_of(levels[m->severity]));
    put_member(out, ", \"message\": {", "text", m->message);
    fc_buf_z(
        out,
        "},\n     \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    fc_sarif_uri(out, name);
    put_member(out, "}}, \"logicalLocations\": [{", "fullyQualifiedName", m->path);
    if (fc_remark_label(m).n)
        put_member(out, ", ", "name", fc_remark_label(m));
    fc_buf_z(out, "}]}]}");
}

void fc_review_sarif(const fc_plan *p, const fc_review *r, const char *version, fc_str name,
                     fc_buf *out)
{
    size_t *rule_of = FC_NEW_N(p->arena, size_t, r->list.n + 1);
    fc_sarif_begin(out, version);
    put_rules(p->arena, r, out, rule_of);
    fc_buf_z(out, "]}},\n   \"results\": [");
    for (size_t i = 0; i < r->list.n; i++) {
        if (i)
            fc_buf_char(out, ',');
        put_result(out, &r->list.at[i], rule_of[i], name);
    }
    fc_buf_z(out, "]\n }]}\n");
}
