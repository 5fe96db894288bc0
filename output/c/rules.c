/* The rules of a form as C: a pure function each, and the functions that call them in the order
 * of the definition. A rule that stands in a block becomes one function for all its uses. */
#include "output/c/c.h"
#include "runtime/form/words.h"

typedef struct rule_c {
    const fc_rule *rule;
    const fc_node *group; /* the use of a block that it belongs to; NULL for none */
    size_t same;          /* index of the rule whose function it calls; its own when first */
    fc_c_scope scope;     /* what that function needs */
    unsigned uses;        /* how many rules call it */
} rule_c;

typedef FC_ARRAY(rule_c) rules_c;

static bool expr_inside(const fc_expr *x, const fc_node *group)
{
    if (!x)
        return true;
    return (!x->field || fc_c_inside(x->field, group)) && expr_inside(x->arg[0], group) &&
           expr_inside(x->arg[1], group);
}

/* The same question of two uses of a block? */
static bool same_field(const fc_node *a, const fc_node *in_a, const fc_node *b,
                       const fc_node *in_b)
{
    if (!a || !b)
        return a == b;
    return fc_str_eq(fc_str_slice(a->path, in_a->path.n, a->path.n),
                     fc_str_slice(b->path, in_b->path.n, b->path.n));
}

static bool same_expr(const fc_expr *a, const fc_node *in_a, const fc_expr *b,
                      const fc_node *in_b)
{
    if (!a || !b)
        return a == b;
    return a->op == b->op && a->type == b->type && a->number == b->number &&
           a->unit == b->unit && fc_str_eq(a->text, b->text) &&
           same_field(a->field, in_a, b->field, in_b) &&
           same_expr(a->arg[0], in_a, b->arg[0], in_b) &&
           same_expr(a->arg[1], in_a, b->arg[1], in_b);
}

static bool same_rule(const fc_c_unit *u, const rule_c *a, const rule_c *b)
{
    return a->rule->kind == b->rule->kind &&
           fc_str_eq(fc_c_tag(u, a->group), fc_c_tag(u, b->group)) &&
           same_field(a->rule->where, a->group, b->rule->where, b->group) &&
           same_expr(a->rule->when, a->group, b->rule->when, b->group) &&
           same_expr(a->rule->must, a->group, b->rule->must, b->group);
}

/* Finds the rules that share a function: those that come from one place of the definition. */
static void share(fc_c_unit *u, rules_c *rules)
{
    fc_c_map first = {.arena = u->arena};
    for (size_t i = 0; i < rules->n; i++) {
        rule_c *c = &rules->at[i];
        const fc_node *group = fc_c_shared_group(u, c->rule->where);
        c->same = i;
        if (!group || !expr_inside(c->rule->when, group) || !expr_inside(c->rule->must, group))
            continue;
        c->group = group;
        fc_str key = fc_str_fmt(u->arena, "%d:%u:%u:%u", (int)c->rule->kind,
                                (unsigned)c->rule->at.source, (unsigned)c->rule->at.begin,
                                (unsigned)c->rule->at.end);
        key = fc_str_fmt(u->arena, "%.*s:%.*s", FC_ARG(key), FC_ARG(c->rule->where->id));
        const fc_str *known = fc_c_map_find(&first, key);
        if (!known) { /* the value is the index, as bytes */
            size_t *index = FC_NEW(u->arena, size_t);
            *index = i;
            fc_c_map_put(&first, key, (fc_str){(const char *)index, sizeof *index});
            continue;
        }
        size_t index = *(const size_t *)(const void *)known->p;
        if (same_rule(u, &rules->at[index], c))
            c->same = index;
    }
    for (size_t i = 0; i < rules->n; i++)
        rules->at[rules->at[i].same].uses++;
}

/* rule_name(plan, row, as_of); group is what stands for the group's pointer. */
static void print_call(const rules_c *rules, const rule_c *c, fc_str group, fc_buf *b)
{
    const rule_c *f = &rules->at[c->same];
    const char *sep = "";
    fc_buf_fmt(b, "rule_%.*s(", FC_ARG(f->rule->name));
    if (f->scope.uses_plan) {
        fc_buf_z(b, "plan");
        sep = ", ";
    }
    if (f->scope.uses_group) {
        fc_buf_fmt(b, "%s%.*s", sep, FC_ARG(group));
        sep = ", ";
    }
    if (f->scope.uses_row) {
        fc_buf_fmt(b, "%srow", sep);
        sep = ", ";
    }
    if (f->scope.uses_as_of)
        fc_buf_fmt(b, "%sas_of", sep);
    fc_buf_char(b, ')');
}

static void print_body(fc_c_unit *u, rule_c *c, fc_buf *b)
{
    const fc_rule *r = c->rule;
    switch (r->kind) {
    case FC_RULE_TYPE: {
        fc_str answer = fc_c_access(u, &c->scope, r->where);
        fc_buf_fmt(b, "fv_readable(%.*s.state, %.*s.why)", FC_ARG(answer), FC_ARG(answer));
        break;
    }
    case FC_RULE_REQUIRED: {
        fc_str answer = fc_c_access(u, &c->scope, r->where);
        fc_buf_z(b, "fv_required(");
        if (r->when)
            fc_c_expr(u, &c->scope, r->when, b);
        else
            fc_buf_z(b, "FV_TRUE");
        fc_buf_fmt(b, ", %.*s.state, %.*s.why)", FC_ARG(answer), FC_ARG(answer));
        break;
    }
    case FC_RULE_ASKED:
        fc_buf_z(b, "fv_asked(");
        fc_c_expr(u, &c->scope, r->when, b);
        fc_buf_fmt(b, ", %.*s.state)", FC_ARG(fc_c_access(u, &c->scope, r->where)));
        break;
    case FC_RULE_HUMAN:
        fc_buf_z(b, "fv_for_people(");
        if (r->when)
            fc_c_expr(u, &c->scope, r->when, b);
        else
            fc_buf_z(b, "FV_TRUE");
        fc_buf_char(b, ')');
        break;
    case FC_RULE_MUST:
        fc_buf_z(b, "fv_must(");
        fc_c_expr(u, &c->scope, r->must, b);
        fc_buf_char(b, ')');
        break;
    }
}

/* What is asked, for the comment above a rule. */
static void print_meaning(fc_c_unit *u, const rule_c *c, fc_buf *b)
{
    const fc_rule *r = c->rule;
    switch (r->kind) {
    case FC_RULE_TYPE:
        fc_buf_fmt(b, "what is there can be read as %s", fc_types[r->where->type].name);
        break;
    case FC_RULE_REQUIRED:
        fc_buf_z(b, "required");
        if (r->when) {
            fc_buf_z(b, " when ");
            fc_c_comment(b, fc_expr_print(u->arena, r->when, r->scope));
        }
        break;
    case FC_RULE_ASKED:
        fc_buf_z(b, "answered only when ");
        fc_c_comment(b, fc_expr_print(u->arena, r->when, r->scope));
        break;
    case FC_RULE_HUMAN:
        fc_buf_z(b, "a question for people");
        if (r->when) {
            fc_buf_z(b, ", when ");
            fc_c_comment(b, fc_expr_print(u->arena, r->when, r->scope));
        }
        break;
    case FC_RULE_MUST:
        fc_c_comment(b, fc_expr_print(u->arena, r->must, r->scope));
        break;
    }
    if (r->stage > 0) {
        fc_buf_z(b, "; from the stage ");
        fc_c_comment(b, u->form->stages.at[r->stage].id);
    }
}

/* The function of a rule. Its one statement carries the place of the rule in the definition, so
 * that coverage, warnings and debuggers point there. */
static void print_rule(fc_c_unit *u, rule_c *c, fc_buf *b)
{
    const fc_rule *r = c->rule;
    unsigned line = 1, col = 1;
    if (r->at.source)
        fc_source_place(u->form->diags, r->at.source, r->at.begin, &line, &col);
    c->scope.row = r->scope && r->scope->repeat ? r->scope : NULL;
    c->scope.group = c->group;
    fc_buf *body = fc_c_buf(u->arena), *before = fc_c_buf(u->arena);
    c->scope.stem = r->name;
    c->scope.before = before;
    print_body(u, c, body);
    fc_buf_str(b, fc_buf_view(before));
    fc_buf_z(b, "/* ");
    fc_c_comment(b, r->id);
    fc_buf_z(b, ":\n *     ");
    print_meaning(u, c, b);
    fc_buf_z(b, "\n * ");
    fc_c_comment(b, u->form->file);
    fc_buf_fmt(b, ":%u:%u", line, col);
    if (c->uses > 1) {
        fc_buf_fmt(b, ", for all %u uses of the block ", c->uses);
        fc_c_comment(b, c->group->block);
    }
    fc_buf_z(b, " */\n");
    size_t begin = b->n;
    fc_buf_fmt(b, "static fv_verdict rule_%.*s(", FC_ARG(r->name));
    fc_c_params(u, &c->scope, b);
    fc_buf_char(b, ')');
    fc_c_wrap(u, b, begin);
    fc_buf_fmt(b, "\n{\n#line %u ", line);
    fc_c_literal(b, u->form->file);
    fc_buf_z(b, "\n    return ");
    fc_buf_str(b, fc_buf_view(body));
    fc_buf_z(b, ";\n" FC_C_LINE_BACK "\n}\n\n");
    if (body->failed || before->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(before);
    fc_buf_release(body);
}

static void print_table(fc_c_unit *u, const rules_c *rules, fc_buf *b)
{
    static const char *const severities[] = {
        [FC_ERROR] = "FV_ERROR", [FC_WARNING] = "FV_WARNING", [FC_ADVICE] = "FV_ADVICE"};
    fc_buf *table = fc_c_buf(u->arena);
    for (size_t i = 0; i < rules->n; i++) {
        const fc_rule *r = rules->at[i].rule;
        const fc_node *repeat = r->scope ? r->scope->repeat : NULL;
        bool in_row = repeat && fc_c_inside(r->where, repeat);
        fc_buf_z(table, "    {");
        fc_c_text(u, table, r->id);
        fc_buf_z(table, ", ");
        fc_c_text(u, table, r->where->path);
        fc_buf_fmt(table, ", %zu,\n     ", in_row ? repeat->path.n : (size_t)0);
        fc_c_text(u, table, r->message_text);
        fc_buf_fmt(table, ",\n     %s, %u},\n",
                   r->kind == FC_RULE_HUMAN ? "FV_FOR_PEOPLE" : severities[r->severity],
                   r->stage);
    }
    fc_buf_str(b, fc_buf_view(u->long_texts));
    fc_buf_clear(u->long_texts);
    if (rules->n) {
        fc_buf_z(b, "static const fv_rule rules[] = {\n");
        fc_buf_str(b, fc_buf_view(table));
        fc_buf_z(b, "};\n\n");
    }
    if (table->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(table);
}

/* What the rules [from, to) need together; group is that of a rule which has one. */
static fc_c_scope needs_of(const rules_c *rules, size_t from, size_t to)
{
    fc_c_scope all = {0};
    for (size_t i = from; i < to; i++) {
        const fc_c_scope *s = &rules->at[rules->at[i].same].scope;
        all.uses_plan |= s->uses_plan;
        all.uses_group |= s->uses_group;
        all.uses_as_of |= s->uses_as_of;
        if (rules->at[i].group)
            all.group = rules->at[i].group;
    }
    return all;
}

/* Rules [from, to) are those of the rows of one repeat. Their function looks at all rows; uses
 * of a block whose rules are the same share it. Returns its name. */
static fc_str print_row_check(fc_c_unit *u, const rules_c *rules, size_t from, size_t to,
                              fc_c_map *made, fc_buf *b)
{
    const fc_container *c = rules->at[from].rule->scope;
    const rule_c *first = &rules->at[rules->at[from].same];
    fc_buf *numbers = fc_c_buf(u->arena);
    fc_buf_str(numbers, fc_c_tag(u, c->repeat));
    for (size_t i = from; i < to; i++)
        fc_buf_fmt(numbers, " %zu", rules->at[i].same);
    fc_str key = fc_buf_keep(numbers, u->arena);
    fc_buf_release(numbers);
    const fc_str *known = fc_c_map_find(made, key);
    if (known)
        return *known;
    fc_str tag = fc_c_tag(u, c->repeat);
    fc_str name = fc_str_fmt(u->arena, "rows_%.*s", FC_ARG(first->rule->name));
    fc_c_map_put(made, key, name);
    fc_c_blank_row(u, c, b);
    fc_c_scope needs = needs_of(rules, from, to);
    size_t begin = b->n;
    fc_buf_fmt(b, "static void %.*s(fv_report *report, unsigned stage, const fv_rule *at, ",
               FC_ARG(name));
    if (needs.uses_plan)
        fc_buf_fmt(b, "const struct %.*s *plan, ", FC_ARG(u->ident));
    if (needs.uses_group)
        fc_buf_fmt(b, "const struct %.*s *group, ", FC_ARG(fc_c_tag(u, needs.group)));
    fc_buf_fmt(b, "const struct %.*s_rows *rows%s)", FC_ARG(tag),
               needs.uses_as_of ? ", fv_date as_of" : "");
    fc_c_wrap(u, b, begin);
    fc_buf_z(b, "\n{\n");
    fc_buf_fmt(b,
               "    for (size_t i = 0; i < rows->n; i++) {\n"
               "        const struct %.*s *row = &rows->at[i];\n"
               "        if (blank_%.*s(row))\n            continue;\n",
               FC_ARG(tag), FC_ARG(tag));
    for (size_t i = from; i < to; i++) {
        fc_buf_fmt(b, "        fv_say_row(report, stage, &at[%zu], ", i - from);
        print_call(rules, &rules->at[i], FC_S("group"), b);
        fc_buf_z(b, ", row->row_, i);\n");
    }
    fc_buf_z(b, "    }\n}\n\n");
    return name;
}

static const fc_node *top_of(const fc_node *n)
{
    while (n->parent)
        n = n->parent;
    return n;
}

/* One function for the rules [from, to), which are about one section; of this file alone, or
 * declared in the main one. */
static void print_section(fc_c_unit *u, const rules_c *rules, size_t from, size_t to,
                          fc_str name, bool alone, fc_c_map *made, fc_buf *b)
{
    fc_buf *body = fc_c_buf(u->arena);
    fc_c_scope all = needs_of(rules, from, to);
    bool plan_used = all.uses_plan || all.uses_group;
    for (size_t i = from; i < to;) {
        const rule_c *c = &rules->at[i];
        const fc_container *scope = c->rule->scope;
        fc_str group = {0};
        if (c->group)
            group = fc_str_fmt(u->arena, "&plan->%.*s", FC_ARG(fc_c_member(u, c->group, NULL)));
        if (!scope || !scope->repeat) {
            fc_buf_fmt(body, "    fv_say(report, stage, &rules[%zu], ", i);
            print_call(rules, c, group, body);
            fc_buf_z(body, ");\n");
            i++;
            continue;
        }
        size_t end = i + 1;
        while (end < to && rules->at[end].rule->scope == scope)
            end++;
        fc_str rows = print_row_check(u, rules, i, end, made, b);
        fc_c_scope needs = needs_of(rules, i, end);
        fc_buf_fmt(body, "    %.*s(report, stage, &rules[%zu], ", FC_ARG(rows), i);
        if (needs.uses_plan)
            fc_buf_z(body, "plan, ");
        if (needs.uses_group)
            fc_buf_fmt(body, "&plan->%.*s, ", FC_ARG(fc_c_member(u, needs.group, NULL)));
        fc_buf_fmt(body, "&plan->%.*s%s);\n", FC_ARG(fc_c_member(u, scope->repeat, NULL)),
                   needs.uses_as_of ? ", as_of" : "");
        plan_used = true;
        i = end;
    }
    size_t begin = b->n;
    fc_buf_fmt(b,
               "%svoid %.*s(fv_report *report, unsigned stage, const struct %.*s *plan, "
               "fv_date as_of)",
               alone ? "static " : "", FC_ARG(name), FC_ARG(u->ident));
    fc_c_wrap(u, b, begin);
    if (!alone) {
        fc_buf_str(u->part->declared, fc_str_slice(fc_buf_view(b), begin, b->n));
        fc_buf_z(u->part->declared, ";\n");
    }
    fc_buf_fmt(b, "\n{\n%s%s", plan_used ? "" : "    (void)plan;\n",
               all.uses_as_of ? "" : "    (void)as_of;\n");
    fc_buf_str(b, fc_buf_view(body));
    fc_buf_z(b, "}\n\n");
    if (body->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(body);
}

/* What fv.h says in English, in the form's language. */
static void print_said(fc_c_unit *u, fc_buf *b)
{
    static const fc_word words[] = {FC_WORD_SAID_UNKNOWN, FC_WORD_SAID_DECLINED,
                                    FC_WORD_SAID_NOT_APPLICABLE};
    fc_buf_z(b, "static const fv_said said = {\n");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        fc_buf_z(b, "    ");
        fc_c_text(u, b, fc_words(u->form, words[i]));
        fc_buf_z(b, ",\n");
    }
    fc_buf_z(b, "};\n\n");
}

/* The rules [from, to) of the form: a function each, their table, and the functions that look
 * at them, whose calls go to `calls`: first those of validate, then those of audit. Those
 * functions are static, or begin with `prefix`. */
static void print_part(fc_c_unit *u, size_t from, size_t to, fc_str prefix, fc_c_map *names,
                       fc_buf *const calls[2], fc_buf *b)
{
    rules_c rules = {0};
    for (size_t i = from; i < to; i++)
        FC_PUSH(u->arena, &rules, ((rule_c){.rule = u->form->rules.at[i]}));
    share(u, &rules);
    for (size_t i = 0; i < rules.n; i++)
        if (rules.at[i].same == i)
            print_rule(u, &rules.at[i], b);
    print_table(u, &rules, b);

    fc_c_map made = {.arena = u->arena};
    for (size_t i = 0; i < rules.n;) {
        const fc_node *top = top_of(rules.at[i].rule->where);
        bool audit = from + i >= u->form->n_checks;
        size_t end = i + 1;
        while (end < rules.n && top_of(rules.at[end].rule->where) == top &&
               (from + end >= u->form->n_checks) == audit)
            end++;
        fc_str name = fc_str_fmt(u->arena, "%s_%.*s", audit ? "look" : "check",
                                 FC_ARG(fc_c_piece(u->arena, top->id)));
        name =
            fc_str_fmt(u->arena, "%.*s%.*s", FC_ARG(prefix), FC_ARG(fc_c_unique(names, name)));
        if (prefix.n)
            name = fc_c_unique(&u->names, name);
        print_section(u, &rules, i, end, name, prefix.n == 0, &made, b);
        fc_buf_fmt(calls[audit], "    %.*s(report, stage, plan, as_of);\n", FC_ARG(name));
        i = end;
    }
}

/* A compiler's time, and the patience of an editor, grow with a file. So many rules are some
 * 700 kB. */
#define PART_RULES 1000

/* Where the part ends that begins with the rule `from`. The rules of the rows of one repeat
 * stay together: their function goes row by row. */
static size_t part_end(const fc_form *f, size_t from)
{
    size_t to = from + PART_RULES;
    if (to >= f->rules.n)
        return f->rules.n;
    while (to < f->rules.n && f->rules.at[to]->scope->repeat &&
           f->rules.at[to]->scope == f->rules.at[to - 1]->scope)
        to++;
    return to;
}

/* <ident>_<verb>: calls what print_part made. */
static void print_entry(fc_c_unit *u, const char *verb, const fc_buf *calls, fc_buf *b)
{
    size_t begin = b->n;
    fc_buf_fmt(b,
               "int %.*s_%s(const struct %.*s *plan, unsigned stage, fv_date as_of, "
               "fv_report *report)",
               FC_ARG(u->ident), verb, FC_ARG(u->ident));
    fc_c_wrap(u, b, begin);
    fc_buf_z(b, "\n{\n    size_t before = report->n;\n");
    if (u->form->words)
        fc_buf_z(b, "    report->said = &said;\n");
    fc_buf_str(b, fc_buf_view(calls));
    if (!calls->n)
        fc_buf_z(b, "    (void)plan;\n    (void)stage;\n    (void)as_of;\n");
    fc_buf_z(b, "    return (int)(report->n - before);\n}\n");
    if (calls->failed)
        fc_arena_give_up(u->arena);
}

/* The table of questions for people. */
static void print_human(fc_c_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    fc_buf *table = fc_c_buf(u->arena);
    size_t n = 0;
    for (size_t i = f->n_checks; i < f->rules.n; i++) {
        const fc_rule *r = f->rules.at[i];
        if (r->kind != FC_RULE_HUMAN)
            continue;
        fc_str places = {0};
        for (size_t k = 0; k < r->places.n; k++)
            places = fc_str_fmt(u->arena, "%.*s%s%.*s", FC_ARG(places), k ? " " : "",
                                FC_ARG(r->places.at[k]->path));
        const fc_str texts[] = {r->id, r->message_text, places,
                                fc_str_collapse(u->arena, r->from)};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            fc_buf_z(table, k == 0 ? "    {" : k == 1 ? ", " : ",\n     ");
            fc_c_text(u, table, texts[k]);
        }
        fc_buf_z(table, "},\n");
        n++;
    }
    fc_buf_char(b, '\n');
    fc_buf_str(b, fc_buf_view(u->long_texts));
    fc_buf_clear(u->long_texts);
    if (n) {
        fc_buf_z(b, "static const fv_human_rule human_rules[] = {\n");
        fc_buf_str(b, fc_buf_view(table));
        fc_buf_z(b, "};\n\n");
    }
    fc_buf_fmt(b,
               "const fv_human_rule *%.*s_human_rules(size_t *n)\n{\n    *n = %zu;\n    return "
               "%s;\n}\n",
               FC_ARG(u->ident), n, n ? "human_rules" : "NULL");
    if (table->failed)
        fc_arena_give_up(u->arena);
    fc_buf_release(table);
}

void fc_c_rules(fc_c_unit *u, fc_buf *b)
{
    const fc_form *f = u->form;
    fc_c_map names = {.arena = u->arena};
    fc_buf *const calls[2] = {fc_c_buf(u->arena), fc_c_buf(u->arena)};
    size_t own = part_end(f, 0);
    if (own == f->rules.n) {
        print_part(u, 0, own, (fc_str){0}, &names, calls, b);
    } else {
        fc_str prefix = fc_str_fmt(u->arena, "%.*s_", FC_ARG(u->ident));
        fc_buf_z(b, "/* The rules stand in the files beside this one. */\n");
        for (size_t from = 0; from < f->rules.n;) {
            fc_c_part part = {.source = fc_c_buf(u->arena), .declared = fc_c_buf(u->arena)};
            size_t to = part_end(f, from), n = calls[0]->n + calls[1]->n;
            u->blank = (fc_c_map){.arena = u->arena};
            u->part = &part;
            print_part(u, from, to, prefix, &names, calls, part.source);
            u->part = NULL;
            fc_buf_str(b, fc_buf_view(part.declared));
            if (n == calls[0]->n + calls[1]->n || part.declared->failed)
                fc_arena_give_up(u->arena);
            FC_PUSH(u->arena, &u->parts, part);
            from = to;
        }
        fc_buf_char(b, '\n');
    }
    if (f->words)
        print_said(u, b);
    print_entry(u, "validate", calls[0], b);
    fc_buf_char(b, '\n');
    print_entry(u, "audit", calls[1], b);
    print_human(u, b);
    fc_buf_release(calls[0]);
    fc_buf_release(calls[1]);
}
