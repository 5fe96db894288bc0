/* The rules of a form as XSLT. One expression becomes a row of variables, one for each node of
 * its typed tree; semantics.xsl says what they mean. */
#include "tests/agreement/agree.h"

#include "runtime/base/xmlwrite.h"

#include <inttypes.h>

typedef struct sheet {
    fc_arena *a;
    const fc_form *form;
    fc_buf *b;
    const fc_container *row;  /* the rule's rows, or NULL */
    const fc_container *each; /* those that any() or all() looks at, or NULL */
    unsigned n;               /* variables made */
} sheet;

/* Does the value of a field depend on a pattern? */
static bool is_beyond(const fc_node *f)
{
    return f->pattern.n > 0;
}

static bool expr_is_beyond(const fc_expr *x)
{
    if (!x)
        return false;
    if (x->op == FC_X_FIELD && is_beyond(x->field))
        return true;
    return expr_is_beyond(x->arg[0]) || expr_is_beyond(x->arg[1]);
}

static bool rule_is_beyond(const fc_rule *r)
{
    return (r->kind == FC_RULE_TYPE && is_beyond(r->where)) || expr_is_beyond(r->when) ||
           expr_is_beyond(r->must);
}

/* ---- places ---- */

/* "/d:form/d:section/d:field"; from a row's element on when below is its repeat. */
static void print_path(sheet *s, const fc_node *n, const fc_node *below)
{
    if (n->parent && n->parent != below) {
        print_path(s, n->parent, below);
        fc_buf_char(s->b, '/');
    } else if (!below) {
        fc_buf_fmt(s->b, "/d:%.*s/", FC_ARG(s->form->id));
    }
    fc_buf_fmt(s->b, "d:%.*s", FC_ARG(n->id));
}

/* The rows of a repeat that somebody has begun. */
static void print_rows(sheet *s, const fc_container *c)
{
    print_path(s, c->repeat, NULL);
    fc_buf_char(s->b, '[');
    for (size_t i = 0; i < c->fields.n; i++) {
        if (i)
            fc_buf_z(s->b, " or ");
        print_path(s, c->fields.at[i], c->repeat);
        fc_buf_z(s->b, "[normalize-space(.) != '']");
    }
    fc_buf_char(s->b, ']');
}

/* The choice that a text names: a template for each list. */
static void print_list(sheet *s, const fc_choices *c)
{
    fc_buf_fmt(s->b,
               "<xsl:template name=\"list-%.*s\"><xsl:param name=\"t\"/>\n"
               "  <xsl:variable name=\"typed\" select=\"normalize-space($t)\"/>\n",
               FC_ARG(c->id));
    for (size_t i = 0; i < c->list.n; i++) {
        fc_buf_fmt(s->b, "  <xsl:variable name=\"label%zu\">", i);
        fc_xml_text(s->b, c->list.at[i].label);
        fc_buf_z(s->b, "</xsl:variable>\n");
        for (size_t k = 0; k < c->list.at[i].others.n; k++) { /* in other languages */
            fc_buf_fmt(s->b, "  <xsl:variable name=\"label%zu-%zu\">", i, k);
            fc_xml_text(s->b, c->list.at[i].others.at[k]);
            fc_buf_z(s->b, "</xsl:variable>\n");
        }
    }
    fc_buf_z(s->b, "  <xsl:choose>\n");
    for (size_t i = 0; i < c->list.n; i++)
        fc_buf_fmt(s->b, "    <xsl:when test=\"$typed = '%.*s'\">=%.*s</xsl:when>\n",
                   FC_ARG(c->list.at[i].id), FC_ARG(c->list.at[i].id));
    for (size_t i = 0; i < c->list.n; i++)
        fc_buf_fmt(s->b,
                   "    <xsl:when test=\"$typed = normalize-space($label%zu)\">=%.*s"
                   "</xsl:when>\n",
                   i, FC_ARG(c->list.at[i].id));
    for (size_t i = 0; i < c->list.n; i++)
        for (size_t k = 0; k < c->list.at[i].others.n; k++)
            fc_buf_fmt(s->b,
                       "    <xsl:when test=\"$typed = normalize-space($label%zu-%zu)\">=%.*s"
                       "</xsl:when>\n",
                       i, k, FC_ARG(c->list.at[i].id));
    fc_buf_z(s->b, "    <xsl:otherwise/>\n  </xsl:choose>\n</xsl:template>\n");
}

/* One variable with the answer of a field: $p of the plan, $r of the rule's row, $e of a row
 * that any() or all() looks at. */
static void print_answer(sheet *s, const fc_node *f, char kind)
{
    const fc_node *below = kind == 'p' ? NULL : f->container->repeat;
    fc_buf *b = s->b;
    fc_buf_fmt(b, "<xsl:variable name=\"%c%u\"><xsl:call-template name=\"answer\">", kind,
               f->ordinal);
    fc_buf_fmt(b, "<xsl:with-param name=\"kind\" select=\"'%s'\"/>", fc_types[f->type].name);
    fc_buf_z(b, "<xsl:with-param name=\"typed\" select=\"string(");
    print_path(s, f, below);
    fc_buf_z(b, ")\"/><xsl:with-param name=\"absent\" select=\"string(");
    print_path(s, f, below);
    fc_buf_z(b, "/@p:absent)\"/>");
    if (f->type == FC_CHOICE || (f->type == FC_YES_NO && f->choices)) {
        fc_buf_fmt(b,
                   "<xsl:with-param name=\"choice\"><xsl:call-template name=\"list-%.*s\">"
                   "<xsl:with-param name=\"t\" select=\"string(",
                   FC_ARG(f->choices->id));
        print_path(s, f, below);
        fc_buf_fmt(b,
                   ")\"/></xsl:call-template></xsl:with-param>"
                   "<xsl:with-param name=\"open\" select=\"%s\"/>",
                   f->choices->open ? "true()" : "false()");
    }
    if (f->type == FC_CHOICES) {
        fc_buf_z(b, "<xsl:with-param name=\"list\" select=\"' ");
        for (size_t i = 0; i < f->choices->list.n; i++)
            fc_buf_fmt(b, "%.*s ", FC_ARG(f->choices->list.at[i].id));
        fc_buf_z(b, "'\"/>");
    }
    if (is_beyond(f))
        fc_buf_z(b, "<xsl:with-param name=\"pattern\" select=\"true()\"/>");
    if (f->max_length)
        fc_buf_fmt(b, "<xsl:with-param name=\"max\" select=\"%u\"/>", f->max_length);
    fc_buf_z(b, "</xsl:call-template></xsl:variable>\n");
}

static void print_answers(sheet *s, const fc_container *c, char kind)
{
    for (size_t i = 0; i < c->fields.n; i++)
        print_answer(s, c->fields.at[i], kind);
}

static fc_str answer_name(sheet *s, const fc_node *f)
{
    char kind = f->container == s->each && s->each ? 'e'
                : f->container == s->row && s->row ? 'r'
                                                   : 'p';
    return fc_str_fmt(s->a, "$%c%u", kind, f->ordinal);
}

/* ---- expressions: each function prints variables and returns the number of the last ---- */

static unsigned print_expr(sheet *s, const fc_expr *x);

static unsigned print_call(sheet *s, const char *name, const char *op, unsigned a, unsigned b)
{
    fc_buf_fmt(s->b,
               "<xsl:variable name=\"v%u\"><xsl:call-template name=\"%s\">"
               "<xsl:with-param name=\"a\" select=\"string($v%u)\"/>",
               ++s->n, name, a);
    if (op)
        fc_buf_fmt(s->b, "<xsl:with-param name=\"op\" select=\"'%s'\"/>", op);
    fc_buf_fmt(s->b,
               "<xsl:with-param name=\"b\" select=\"string($v%u)\"/></xsl:call-template>"
               "</xsl:variable>\n",
               b);
    return s->n;
}

static unsigned print_two(sheet *s, const char *name, const char *op, const fc_expr *x)
{
    unsigned a = print_expr(s, x->arg[0]);
    return print_call(s, name, op, a, print_expr(s, x->arg[1]));
}

/* A variable with a text of the sheet's own. */
static unsigned print_literal(sheet *s, fc_str text)
{
    fc_buf_fmt(s->b, "<xsl:variable name=\"v%u\">", ++s->n);
    fc_xml_text(s->b, text);
    fc_buf_z(s->b, "</xsl:variable>\n");
    return s->n;
}

static unsigned print_value(sheet *s, const fc_node *f)
{
    fc_str answer = answer_name(s, f);
    unsigned n = ++s->n;
    fc_buf_fmt(s->b,
               "<xsl:variable name=\"v%u\"><xsl:if test=\"starts-with(%.*s, 'P')\">"
               "<xsl:value-of select=\"substring(%.*s, 4)\"/></xsl:if>",
               n, FC_ARG(answer), FC_ARG(answer));
    if (f->type == FC_YES_NO) /* as truth */
        fc_buf_fmt(s->b, "<xsl:if test=\"not(starts-with(%.*s, 'P'))\">U</xsl:if>",
                   FC_ARG(answer));
    fc_buf_z(s->b, "</xsl:variable>\n");
    return n;
}

/* any and all: the verdicts of the rows, a letter each, then what they come to. */
static unsigned print_any_all(sheet *s, const fc_expr *x)
{
    const char *wins = x->op == FC_X_ANY ? "T" : "F", *loses = x->op == FC_X_ANY ? "F" : "T";
    const fc_container *outer = s->each;
    unsigned verdicts = ++s->n;
    fc_buf_fmt(s->b, "<xsl:variable name=\"v%u\">", verdicts);
    for (const fc_expr *use = x; use; use = use->arg[1]) { /* of a block */
        const fc_container *c = use->field->container;
        fc_buf_z(s->b, "<xsl:for-each select=\"");
        print_rows(s, c);
        fc_buf_z(s->b, "\">\n");
        print_answers(s, c, 'e');
        s->each = c;
        unsigned one = print_expr(s, use->arg[0]);
        s->each = outer;
        fc_buf_fmt(s->b, "<xsl:value-of select=\"$v%u\"/></xsl:for-each>", one);
    }
    fc_buf_z(s->b, "</xsl:variable>\n");
    fc_buf_fmt(s->b,
               "<xsl:variable name=\"v%u\"><xsl:choose>"
               "<xsl:when test=\"contains($v%u, '%s')\">%s</xsl:when>"
               "<xsl:when test=\"contains($v%u, 'U')\">U</xsl:when>"
               "<xsl:otherwise>%s</xsl:otherwise></xsl:choose></xsl:variable>\n",
               ++s->n, verdicts, wins, wins, verdicts, loses);
    return s->n;
}

static unsigned print_first_last(sheet *s, const fc_expr *x)
{
    unsigned days = ++s->n;
    fc_buf_fmt(s->b, "<xsl:variable name=\"v%u\">", days);
    for (const fc_expr *use = x; use; use = use->arg[1]) { /* of a block */
        unsigned e = use->field->ordinal;
        fc_buf_z(s->b, "<xsl:for-each select=\"");
        print_rows(s, use->field->container);
        fc_buf_z(s->b, "\">\n");
        print_answer(s, use->field, 'e');
        fc_buf_fmt(s->b,
                   "<xsl:choose><xsl:when test=\"starts-with($e%u, 'A')\"/>"
                   "<xsl:when test=\"starts-with($e%u, 'P')\">"
                   "<xsl:value-of select=\"concat(substring($e%u, 4), ' ')\"/></xsl:when>"
                   "<xsl:otherwise>?</xsl:otherwise></xsl:choose></xsl:for-each>",
                   e, e, e);
    }
    fc_buf_z(s->b, "</xsl:variable>\n");
    fc_buf_fmt(s->b,
               "<xsl:variable name=\"v%u\"><xsl:call-template name=\"first-day\">"
               "<xsl:with-param name=\"days\" select=\"string($v%u)\"/>"
               "<xsl:with-param name=\"sign\" select=\"%d\"/></xsl:call-template>"
               "</xsl:variable>\n",
               ++s->n, days, x->op == FC_X_EARLIEST ? 1 : -1);
    return s->n;
}

static unsigned print_compare(sheet *s, const fc_expr *x, const char *op)
{
    switch (x->arg[0]->type) {
    case FC_T_DATE:
        return print_two(s, "compare-dates", op, x);
    case FC_T_PART_DATE:
        return print_two(s, "compare-part-dates", op, x);
    case FC_T_INTERVAL:
        return print_two(s, "compare-intervals", op, x);
    case FC_T_NUMBER:
    case FC_T_MONEY: /* pence */
        return print_two(s, "compare-numbers", op, x);
    case FC_T_TRUTH:
    case FC_T_YES_NO:
        return print_two(s, "compare-truths", op, x);
    case FC_T_TEXT:
    case FC_T_CHOICE:
    case FC_T_CHOICES: /* nothing compares them */
        break;
    }
    return print_two(s, "compare-texts", op, x);
}

static unsigned print_expr(sheet *s, const fc_expr *x)
{
    switch (x->op) {
    case FC_X_FIELD:
        return print_value(s, x->field);
    case FC_X_YES_NO:
        return print_literal(s, x->number ? FC_S("T") : FC_S("F"));
    case FC_X_CHOICE: /* beside a choice it is one of the list, beside text it is text */
        return print_literal(s, x->type == FC_T_CHOICE
                                    ? fc_str_fmt(s->a, "=%.*s", FC_ARG(x->text))
                                    : fc_str_collapse(s->a, x->text));
    case FC_X_DATE:
        return print_literal(s, fc_str_fmt(s->a, "%08" PRId64, x->number));
    case FC_X_NUMBER:
    case FC_X_MONEY:
        return print_literal(s, fc_str_fmt(s->a, "%" PRId64, x->number));
    case FC_X_INTERVAL:
        return print_literal(s, fc_str_fmt(s->a, "%" PRId64 " %c", x->number, "dwmy"[x->unit]));
    case FC_X_PART_DATE: {
        unsigned day = print_expr(s, x->arg[0]);
        fc_buf_fmt(s->b,
                   "<xsl:variable name=\"v%u\"><xsl:if test=\"$v%u != ''\"><xsl:value-of "
                   "select=\"concat($v%u, ' ', $v%u)\"/></xsl:if></xsl:variable>\n",
                   ++s->n, day, day, day);
        return s->n;
    }
    case FC_X_AS_OF:
        fc_buf_fmt(s->b, "<xsl:variable name=\"v%u\" select=\"$as-of\"/>\n", ++s->n);
        return s->n;
    case FC_X_ADD_MONTHS:
        return print_two(s, "add-months", NULL, x);
    case FC_X_ADD_DAYS:
        return print_two(s, "add-days", NULL, x);
    case FC_X_MONTHS_BETWEEN:
        return print_two(s, "months-between", NULL, x);
    case FC_X_ANSWERED: {
        fc_str answer = answer_name(s, x->field);
        fc_buf_fmt(s->b,
                   "<xsl:variable name=\"v%u\" select=\"substring('TF', 1 + "
                   "starts-with(%.*s, 'A'), 1)\"/>\n",
                   ++s->n, FC_ARG(answer));
        return s->n;
    }
    case FC_X_CHOSEN: {
        fc_str answer = answer_name(s, x->field);
        fc_buf_fmt(s->b,
                   "<xsl:variable name=\"v%u\"><xsl:choose>"
                   "<xsl:when test=\"not(starts-with(%.*s, 'P'))\">U</xsl:when>"
                   "<xsl:when test=\"contains(substring(%.*s, 4), ' %.*s ')\">T</xsl:when>"
                   "<xsl:otherwise>F</xsl:otherwise></xsl:choose></xsl:variable>\n",
                   ++s->n, FC_ARG(answer), FC_ARG(answer), FC_ARG(x->text));
        return s->n;
    }
    case FC_X_WORDS: {
        unsigned text = print_expr(s, x->arg[0]);
        fc_buf_fmt(s->b,
                   "<xsl:variable name=\"v%u\"><xsl:call-template name=\"words\">"
                   "<xsl:with-param name=\"t\" select=\"string($v%u)\"/></xsl:call-template>"
                   "</xsl:variable>\n",
                   ++s->n, text);
        return s->n;
    }
    case FC_X_COUNT:
        fc_buf_fmt(s->b, "<xsl:variable name=\"v%u\" select=\"", ++s->n);
        for (const fc_expr *use = x; use; use = use->arg[1]) {
            fc_buf_z(s->b, use == x ? "count(" : " + count(");
            print_rows(s, use->field->container);
            fc_buf_char(s->b, ')');
        }
        fc_buf_z(s->b, "\"/>\n");
        return s->n;
    case FC_X_ANY:
    case FC_X_ALL:
        return print_any_all(s, x);
    case FC_X_EARLIEST:
    case FC_X_LATEST:
        return print_first_last(s, x);
    case FC_X_EQ:
        return print_compare(s, x, "eq");
    case FC_X_NE:
        return print_compare(s, x, "ne");
    case FC_X_LT:
        return print_compare(s, x, "lt");
    case FC_X_LE:
        return print_compare(s, x, "le");
    case FC_X_GT:
        return print_compare(s, x, "gt");
    case FC_X_GE:
        return print_compare(s, x, "ge");
    case FC_X_AND:
        return print_two(s, "and", NULL, x);
    case FC_X_OR:
        return print_two(s, "or", NULL, x);
    case FC_X_NOT: {
        unsigned n = print_expr(s, x->arg[0]);
        fc_buf_fmt(s->b,
                   "<xsl:variable name=\"v%u\" select=\"translate($v%u, 'TF', 'FT')\"/>\n",
                   ++s->n, n);
        return s->n;
    }
    }
    return 0;
}

/* ---- rules ---- */

static bool inside(const fc_node *n, const fc_node *outer)
{
    while (n && n != outer)
        n = n->parent;
    return n != NULL;
}

static void print_rule(sheet *s, const fc_rule *r)
{
    static const char *const kinds[] = {[FC_RULE_TYPE] = "type",
                                        [FC_RULE_REQUIRED] = "required",
                                        [FC_RULE_MUST] = "must",
                                        [FC_RULE_ASKED] = "asked",
                                        [FC_RULE_HUMAN] = "human"};
    static const char *const severities[] = {"error", "warning", "advice"};
    const fc_expr *x = r->kind == FC_RULE_MUST ? r->must : r->when;
    fc_str path = r->where->path;
    unsigned truth = 0;
    fc_buf_fmt(s->b, "<xsl:if test=\"$stage &gt;= %u\">\n", r->stage);
    if (x)
        truth = print_expr(s, x);
    fc_buf_fmt(s->b, "<xsl:call-template name=\"%s\"><xsl:with-param name=\"path\" select=\"",
               kinds[r->kind]);
    if (s->row && inside(r->where, s->row->repeat)) {
        size_t at = s->row->repeat->path.n;
        fc_buf_fmt(s->b, "concat('%.*s[', $row, ']%.*s')", FC_ARG(fc_str_slice(path, 0, at)),
                   FC_ARG(fc_str_slice(path, at, path.n)));
    } else {
        fc_buf_fmt(s->b, "'%.*s'", FC_ARG(path));
    }
    fc_buf_fmt(s->b,
               "\"/><xsl:with-param name=\"rule\" select=\"'%.*s'\"/>"
               "<xsl:with-param name=\"severity\" select=\"'%s'\"/>",
               FC_ARG(r->id), r->kind == FC_RULE_HUMAN ? "question" : severities[r->severity]);
    if (truth)
        fc_buf_fmt(s->b, "<xsl:with-param name=\"truth\" select=\"string($v%u)\"/>", truth);
    else
        fc_buf_z(s->b, "<xsl:with-param name=\"truth\" select=\"'T'\"/>");
    if (r->where->kind == FC_FIELD)
        fc_buf_fmt(s->b, "<xsl:with-param name=\"answer\" select=\"string(%.*s)\"/>",
                   FC_ARG(answer_name(s, r->where)));
    fc_buf_z(s->b, "</xsl:call-template></xsl:if>\n");
}

/* How a row is named: by its id; a row without one is row-1, row-2 and so on; one whose id does
 * not fit into a path is counted. */
static const char row_name[] =
    "<xsl:variable name=\"row\"><xsl:variable name=\"place\" select=\"1 + count("
    "preceding-sibling::*[name() = name(current())])\"/><xsl:choose>"
    "<xsl:when test=\"string(@p:row) = ''\"><xsl:value-of select=\"concat('row-', $place)\"/>"
    "</xsl:when>"
    "<xsl:when test=\"string-length(@p:row) &gt; 64 or translate(@p:row, concat($letters, "
    "$capitals, $digits, '-_.'), '') != ''\"><xsl:value-of select=\"$place\"/></xsl:when>"
    "<xsl:otherwise><xsl:value-of select=\"@p:row\"/></xsl:otherwise>"
    "</xsl:choose></xsl:variable>\n";

bool is_in(const strings *list, fc_str s)
{
    for (size_t i = 0; i < list->n; i++)
        if (fc_str_eq(list->at[i], s))
            return true;
    return false;
}

static void mark_used(const fc_expr *x, bool *used)
{
    if (!x)
        return;
    if (x->field && x->field->kind == FC_FIELD)
        used[x->field->ordinal] = true;
    mark_used(x->arg[0], used);
    mark_used(x->arg[1], used);
}

/* The answers of the plan that these rules mention. */
static void print_mentioned(sheet *s, const strings *only)
{
    const fc_form *f = s->form;
    bool *used = FC_NEW_N(s->a, bool, f->fields.n + 1);
    for (size_t i = 0; i < f->rules.n; i++) {
        const fc_rule *r = f->rules.at[i];
        if (only && !is_in(only, r->id))
            continue;
        mark_used(r->when, used);
        mark_used(r->must, used);
        if (r->where->kind == FC_FIELD)
            used[r->where->ordinal] = true;
    }
    for (size_t i = 0; i < f->containers.at[0]->fields.n; i++)
        if (used[f->containers.at[0]->fields.at[i]->ordinal])
            print_answer(s, f->containers.at[0]->fields.at[i], 'p');
}

void sheet_print(fc_arena *a, const fc_form *f, const strings *only, fc_buf *out,
                 strings *beyond)
{
    sheet s = {.a = a, .form = f, .b = out};
    fc_buf_fmt(out,
               "<xsl:stylesheet version=\"1.0\" "
               "xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" xmlns:p=\"%s\" xmlns:d=\"",
               FC_PLAN_NS);
    fc_xml_attr_value(out, f->data_ns);
    fc_buf_z(out, "\">\n<xsl:include href=\"semantics.xsl\"/>\n<xsl:output method=\"text\"/>\n"
                  "<xsl:param name=\"stage\"/>\n<xsl:param name=\"as-of\"/>\n");
    FC_ARRAY(fc_str) printed = {0}; /* yes-no is there without being declared */
    for (size_t i = 0; i < f->fields.n; i++) {
        const fc_choices *c = f->fields.at[i]->choices;
        bool known = !c;
        for (size_t k = 0; k < printed.n && !known; k++)
            known = fc_str_eq(printed.at[k], c->id);
        if (known)
            continue;
        FC_PUSH(a, &printed, c->id);
        print_list(&s, c);
    }
    fc_buf_z(out, "<xsl:template match=\"/\">\n");
    print_mentioned(&s, only);
    for (size_t i = 0; i < f->rules.n;) {
        const fc_container *scope = f->rules.at[i]->scope;
        s.row = scope->repeat ? scope : NULL;
        if (s.row) {
            fc_buf_z(out, "<xsl:for-each select=\"");
            print_rows(&s, scope);
            fc_buf_z(out, "\">\n");
            fc_buf_z(out, row_name);
            print_answers(&s, scope, 'r');
        }
        do {
            if (rule_is_beyond(f->rules.at[i]))
                FC_PUSH(a, beyond, f->rules.at[i]->id);
            else if (!only || is_in(only, f->rules.at[i]->id))
                print_rule(&s, f->rules.at[i]);
            i++;
        } while (s.row && i < f->rules.n && i != f->n_checks && f->rules.at[i]->scope == scope);
        if (s.row)
            fc_buf_z(out, "</xsl:for-each>\n");
    }
    fc_buf_z(out, "</xsl:template>\n</xsl:stylesheet>\n");
}
