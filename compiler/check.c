/* Rules: for every field that its answer can be read, that it is there, that its `must` holds;
 * then the rules between fields. Each has a message; where the author gives none, one is made
 * from the label in the manner of the GOV.UK Design System: what to do, never "invalid". */
#include "compiler/front.h"

#include <stdlib.h>
#include <string.h>

/* ---- words --------------------------------------------------------------------------------
 */

static bool capital(char ch)
{
    return ch >= 'A' && ch <= 'Z';
}

/* The label as it can stand in a sentence: short enough, without the colon of the page. */
static fc_str name_of(const fc_node *n)
{
    fc_str s = fc_utf8_count(n->label) > FC_LABEL_MAX ? n->short_label : n->label;
    while (s.n && (s.p[s.n - 1] == ':' || s.p[s.n - 1] == ' '))
        s.n--;
    return s;
}

/* A label that reads as a noun inside a sentence: "Date of birth", "NHS number". Questions,
 * titles In Capitals and sentences ("My goals", "If not, ...") are quoted instead. */
static bool reads_as_noun(fc_str s)
{
    static const char *const first[] = {
        "My ",  "Your ",  "Our ",  "How ",    "What ", "Who ",     "When ", "Where ",
        "Why ", "Which ", "Does ", "Do ",     "Is ",   "Are ",     "Has ",  "Have ",
        "Can ", "If ",    "Any ",  "Please ", "I ",    "Specify ", "Tell ", "Say "};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (fc_str_starts(s, first[i]))
            return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '?' || s.p[i] == ',' || s.p[i] == '.' || s.p[i] == '&')
            return false;
        bool begins = i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == '/' || s.p[i - 1] == '-');
        if (begins && capital(s.p[i]) && i + 1 < s.n && s.p[i + 1] >= 'a' && s.p[i + 1] <= 'z')
            return false;
    }
    return s.n > 0;
}

static fc_str quoted(fc_front *c, fc_str s)
{
    return fc_words_with(c->a, fc_words(c->f, FC_WORD_QUOTED), "label", s);
}

/* The name as the object of a sentence: "date of birth"; an abbreviation keeps its capitals. */
static fc_str in_sentence(fc_front *c, fc_str s)
{
    if (s.n < 2 || !capital(s.p[0]) || capital(s.p[1]))
        return s;
    return fc_str_fmt(c->a, "%c%.*s", s.p[0] + ('a' - 'A'), FC_ARG(fc_str_slice(s, 1, s.n)));
}

/* A message made of formc's words, which are English when the form's language has none. number
 * stands where they have {n}. */
static fc_text *made_message(fc_front *c, const fc_node *n, fc_word w, fc_str label,
                             unsigned number)
{
    const fc_str pairs[] = {
        FC_S("label"), label, FC_S("n"), fc_str_fmt(c->a, "%u", number), {0}};
    const fc_form *f = c->f;
    fc_text *t = fc_plain_text(c, n->at, fc_words_fill(c->a, fc_words(f, w), pairs));
    if (!fc_lang_is_english(f->lang) && !(f->words && f->words[w].n))
        t->lang = FC_S("en");
    return t;
}

static fc_text *message(fc_front *c, const fc_node *n, fc_word w, fc_str label)
{
    return made_message(c, n, w, label, n->max_length);
}

/* English labels can stand in a sentence; in other languages they are always quoted. */
static bool in_sentences(const fc_front *c, fc_str name)
{
    return fc_lang_is_english(c->f->lang) && reads_as_noun(name);
}

/* A field of a signature: whose. */
static fc_str of_signature(fc_front *c, const fc_node *n, fc_str label)
{
    if (!n->parent || n->parent->kind != FC_SIGNATURE)
        return label;
    const fc_str pairs[] = {
        FC_S("label"), label, FC_S("signature"), quoted(c, name_of(n->parent)), {0}};
    return fc_words_fill(c->a, fc_words(c->f, FC_WORD_OF_SIGNATURE), pairs);
}

static fc_text *required_message(fc_front *c, const fc_node *n)
{
    static const fc_word words[FC_TYPE_COUNT] = {
        [FC_PERSON_NAME] = FC_WORD_ENTER_PERSON_NAME,
        [FC_ADDRESS] = FC_WORD_ENTER_ADDRESS,
        [FC_POSTCODE] = FC_WORD_ENTER_POSTCODE,
        [FC_EMAIL] = FC_WORD_ENTER_EMAIL,
        [FC_PHONE] = FC_WORD_ENTER_PHONE,
        [FC_ORGANISATION] = FC_WORD_ENTER_ORGANISATION,
        [FC_NHS_NUMBER] = FC_WORD_ENTER_NHS_NUMBER,
        [FC_DATE] = FC_WORD_ENTER_A_DATE,
        [FC_PART_DATE] = FC_WORD_ENTER_PART_DATE,
        [FC_INTERVAL] = FC_WORD_ENTER_INTERVAL,
        [FC_INTEGER] = FC_WORD_ENTER_INTEGER,
        [FC_MONEY] = FC_WORD_ENTER_MONEY,
        [FC_YES_NO] = FC_WORD_SELECT_YES_NO,
        [FC_CHOICE] = FC_WORD_SELECT_CHOICE,
        [FC_CHOICES] = FC_WORD_SELECT_CHOICES,
    };
    fc_str name = name_of(n);
    if (n->type == FC_MARK && n->parent && n->parent->kind == FC_SIGNATURE)
        return message(c, n, FC_WORD_ENTER_MARK, quoted(c, name_of(n->parent)));
    if (n->type != FC_YES_NO && in_sentences(c, name))
        return message(c, n,
                       n->type == FC_CHOICE || n->type == FC_CHOICES ? FC_WORD_SELECT
                                                                     : FC_WORD_ENTER,
                       of_signature(c, n, in_sentence(c, name)));
    return message(c, n, words[n->type] ? words[n->type] : FC_WORD_ENTER_ANSWER,
                   of_signature(c, n, quoted(c, name)));
}

static fc_text *type_message(fc_front *c, const fc_node *n)
{
    static const struct {
        fc_type type;
        fc_word word;
    } words[] = {{FC_NHS_NUMBER, FC_WORD_BE_NHS_NUMBER}, {FC_DATE, FC_WORD_BE_DATE},
                 {FC_INTERVAL, FC_WORD_BE_INTERVAL},     {FC_INTEGER, FC_WORD_BE_INTEGER},
                 {FC_PART_DATE, FC_WORD_BE_PART_DATE},   {FC_MONEY, FC_WORD_BE_MONEY},
                 {FC_YES_NO, FC_WORD_BE_YES_NO},         {FC_CHOICE, FC_WORD_BE_CHOICE},
                 {FC_CHOICES, FC_WORD_BE_CHOICES}};
    fc_str name = name_of(n);
    bool question = name.n && name.p[name.n - 1] == '?';
    fc_str label = of_signature(c, n, in_sentences(c, name) ? name : quoted(c, name));
    if (question)
        label = fc_words_with(c->a, fc_words(c->f, FC_WORD_ANSWER_TO), "label", label);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].type == n->type)
            return message(c, n, words[i].word, label);
    if (!n->pattern.n)
        return message(c, n, FC_WORD_BE_SHORT, label);
    fc_text *t =
        message(c, n, n->max_length ? FC_WORD_BE_SHAPED_SHORT : FC_WORD_BE_SHAPED, label);
    if (n->hint) {
        fc_run *run = &t->paras.at[0].runs.at[0];
        run->text = fc_str_fmt(c->a, "%.*s. %.*s", FC_ARG(run->text),
                               FC_ARG(fc_text_plain(c->a, n->hint)));
    }
    return t;
}

/* Words that blame people or say nothing (GOV.UK Design System, error messages). */
static void check_wording(fc_front *c, const fc_xelem *x, fc_str text)
{
    static const char *const words[] = {"please", "invalid", "sorry", "forbidden", "illegal"};
    for (size_t i = 0; i < text.n; i++) {
        size_t end = i;
        while (end < text.n && ((text.p[end] | 0x20) >= 'a' && (text.p[end] | 0x20) <= 'z'))
            end++;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            bool same = end - i == strlen(words[k]);
            for (size_t j = 0; same && j < end - i; j++)
                same = (text.p[i + j] | 0x20) == words[k][j];
            if (!same)
                continue;
            fc_diag *g =
                fc_warn(c, FC_C_WORDING, x->name_at,
                        "the word \"%s\" in this message does not help people", words[k]);
            fc_diag_help(c->d, g, "say what is wrong, then what to do: \"Enter a date\"");
        }
        if (end > i)
            i = end;
    }
}

/* ---- making rules -------------------------------------------------------------------------
 */

static bool has_type_rule(const fc_node *n)
{
    switch (n->type) {
    case FC_NHS_NUMBER:
    case FC_DATE:
    case FC_PART_DATE:
    case FC_INTERVAL:
    case FC_INTEGER:
    case FC_MONEY:
    case FC_YES_NO:
    case FC_CHOICES:
        return true;
    case FC_CHOICE:
        return n->choices && !n->choices->open;
    default:
        return n->pattern.n || n->max_length;
    }
}

static const char *const severities[] = {"error", "warning", "advice", NULL};

static fc_rule *new_rule(fc_front *c, fc_rule_kind kind, fc_span at, const fc_node *where,
                         const char *suffix)
{
    fc_rule *r = FC_NEW(c->a, fc_rule);
    r->kind = kind;
    r->at = at;
    r->where = where;
    r->severity = FC_ERROR;
    if (where) {
        r->scope = where->container;
        r->from = where->from;
        r->id = fc_str_fmt(c->a, "%.*s.%s", FC_ARG(where->path), suffix);
    }
    FC_PUSH(c->a, &c->f->rules, r);
    return r;
}

enum { FOR_TYPE, FOR_REQUIRED, FOR_MUST, FOR_CALC, FOR_ASKED, FOR_COUNT };

/* The messages an element gives, by the kind of rule they are for. */
static void own_messages(fc_front *c, const fc_xelem *x, const bool has[FOR_COUNT],
                         const fc_xelem *found[FOR_COUNT])
{
    static const char *const kinds[] = {"type", "required", "must", "calc", "asked", NULL};
    int otherwise = has[FOR_MUST]       ? FOR_MUST
                    : has[FOR_REQUIRED] ? FOR_REQUIRED
                    : has[FOR_CALC]     ? FOR_CALC
                                        : FOR_TYPE;
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *m = x->kids.at[i].elem;
        if (!m || m->kind != FC_EL_MESSAGE)
            continue;
        int kind = fc_one_of(c, m, "for", kinds, otherwise);
        if (!has[kind]) {
            fc_diag *g = fc_wrong(c, FC_C_NO_RULE, m->name_at,
                                  "there is no rule that this message could be for");
            fc_diag_help(c->d, g,
                         kind == FOR_MUST       ? "add must=\"...\" or delete the message"
                         : kind == FOR_REQUIRED ? "add required=\"...\" or delete the message"
                         : kind == FOR_CALC ? "nothing is worked out here; delete the message"
                         : kind == FOR_ASKED
                             ? "the question is always asked; delete the message"
                             : "add must or required, or delete the message");
        } else if (found[kind]) {
            fc_diag *g =
                fc_wrong(c, FC_C_ONCE, m->name_at, "there is already a message for this rule");
            fc_diag_note_at(c->d, g, found[kind]->name_at, "the first one stands here");
            fc_diag_help(c->d, g, "say which rule it is for: <message for=\"required\">");
        } else {
            found[kind] = m;
        }
    }
}

static void set_message(fc_front *c, fc_rule *r, const fc_xelem *own, fc_text *made,
                        const fc_scope *scope)
{
    r->message = own ? fc_build_text(c, own, scope->inner, scope->block) : made;
}

/* The stage that `required` or `stage` names. "yes" is from the first stage on. */
static unsigned stage_of(fc_front *c, const fc_xattr *at)
{
    if (!at || fc_str_eq_z(fc_str_trim(at->value), "yes"))
        return 0;
    int i = fc_find_stage(c, at);
    return i > 0 ? (unsigned)i : 0;
}

/* Another answer than the one that follows from others is kept, and told. */
static void calc_rule(fc_front *c, const fc_built *b, const fc_expr *asked, const fc_xelem *own,
                      const fc_xelem *why, fc_severity level, unsigned stage)
{
    const fc_node *n = &b->node;
    fc_scope scope = fc_scope_of(n);
    if (!n->calc)
        return;
    fc_expr *answer = FC_NEW(c->a, fc_expr), *same = FC_NEW(c->a, fc_expr);
    *answer = (fc_expr){
        .op = FC_X_FIELD, .type = fc_type_in_expr(n->type), .at = n->calc->at, .field = n};
    *same = (fc_expr){
        .op = FC_X_EQ, .type = FC_T_TRUTH, .at = n->calc->at, .arg = {answer, n->calc}};
    fc_rule *r = new_rule(c, FC_RULE_MUST, fc_attr(b->x, "calc")->value_at, n, "calc");
    r->must = fc_expr_join(c, FC_X_OR, fc_expr_not(c, asked), same);
    r->severity = level;
    r->stage = stage;
    fc_str name = name_of(n);
    name = of_signature(c, n, in_sentences(c, name) ? name : quoted(c, name));
    set_message(c, r, own, message(c, n, FC_WORD_NOT_WORKED_OUT, name), &scope);
    r->why = why ? fc_build_text(c, why, scope.inner, scope.block) : NULL;
}

static void field_rules(fc_front *c, fc_built *b)
{
    fc_node *n = &b->node;
    const fc_xelem *x = b->x;
    fc_scope scope = fc_scope_of(n);
    const fc_xattr *must = fc_attr(x, "must");
    const fc_xattr *required = fc_attr(x, "required"), *req_when = fc_attr(x, "required-when");
    const fc_xattr *stage = fc_attr(x, "stage"), *severity = fc_attr(x, "severity");

    /* What makes a signature complete is asked of the signature. */
    const fc_node *sign = n->parent && n->parent->kind == FC_SIGNATURE ? n->parent : NULL;
    fc_scope req_scope = scope;
    if (sign && !required && !req_when &&
        (n->type == FC_MARK || n->type == FC_PERSON_NAME || n->type == FC_DATE)) {
        const fc_xelem *sx = fc_built_of(sign)->x;
        required = fc_attr(sx, "required");
        req_when = fc_attr(sx, "required-when");
        req_scope.inner = sign;
    }
    const fc_expr *asked = fc_asked_when(c, n);
    const fc_xattr *calc = fc_attr(x, "calc");
    bool has[FOR_COUNT] = {has_type_rule(n), required || req_when, must != NULL, calc != NULL,
                           asked != NULL};
    const fc_xelem *own[FOR_COUNT] = {0};
    own_messages(c, x, has, own);
    unsigned from_stage = stage_of(c, stage);
    fc_severity level = (fc_severity)fc_one_of(c, x, "severity", severities, FC_ERROR);
    const fc_xattr *asks_for = fc_attr(x, "required") ? required : fc_attr(x, "required-when");
    if (calc && asks_for) {
        fc_diag *g = fc_wrong(c, FC_C_CALC, asks_for->name_at,
                              "an answer that is worked out is not asked for");
        fc_diag_help(c->d, g, "require the answers that it follows from");
    }
    const fc_xelem *why = fc_child(x, FC_EL_WHY);
    if ((stage || severity || why) && !must && !required && !req_when && !calc) {
        const fc_xattr *idle = stage ? stage : severity;
        fc_diag *g = fc_wrong(c, FC_C_NO_RULE, idle ? idle->name_at : why->name_at,
                              idle ? "\"%.*s\" says something about a rule, but there is none"
                                   : "<%.*s> gives the reason of a rule, but there is none",
                              FC_ARG(idle ? idle->name : why->name));
        fc_diag_help(c->d, g, "add must=\"...\" or required=\"...\", or delete it");
    }

    if (has[FOR_TYPE] && !b->broken) {
        const fc_xattr *type = fc_attr(x, "type");
        fc_rule *r = new_rule(c, FC_RULE_TYPE, type ? type->value_at : x->at, n, "type");
        const fc_xelem *of_type = NULL;
        for (size_t i = 0; i < c->types.n; i++)
            if (fc_str_eq(c->types.at[i].id, n->type_name))
                of_type = fc_child(c->types.at[i].x, FC_EL_MESSAGE);
        set_message(c, r, own[FOR_TYPE] ? own[FOR_TYPE] : of_type, type_message(c, n), &scope);
    }
    if (has[FOR_REQUIRED]) {
        const fc_xattr *asks = required ? required : req_when;
        const fc_expr *only = req_when ? fc_expr_parse(c, req_when, &req_scope) : NULL;
        fc_rule *r = new_rule(c, FC_RULE_REQUIRED, asks->value_at, n, "required");
        r->when = fc_expr_join(c, FC_X_AND, asked, only);
        r->stage = required ? stage_of(c, required) : must ? 0 : from_stage;
        r->severity = must ? FC_ERROR : level;
        set_message(c, r, own[FOR_REQUIRED], required_message(c, n), &scope);
        r->why = !must && why ? fc_build_text(c, why, scope.inner, scope.block) : NULL;
    }
    if (must) {
        fc_rule *r = new_rule(c, FC_RULE_MUST, must->value_at, n, "must");
        r->must = fc_expr_parse(c, must, &scope);
        if (r->must) /* it holds for a question that is asked */
            r->must = fc_expr_join(c, FC_X_OR, fc_expr_not(c, asked), r->must);
        r->severity = level;
        r->stage = from_stage;
        if (!own[FOR_MUST]) {
            fc_diag *g =
                fc_wrong(c, FC_C_NO_MESSAGE, must->name_at,
                         "this check has no message, so people would not know what to do");
            fc_diag_help(c->d, g,
                         "add <message>...</message> inside <%.*s id=\"%.*s\">: first what is "
                         "wrong, then what to do",
                         FC_ARG(x->name), FC_ARG(n->id));
        }
        set_message(c, r, own[FOR_MUST], fc_plain_text(c, n->at, FC_S("")), &scope);
        r->why = why ? fc_build_text(c, why, scope.inner, scope.block) : NULL;
    }
    calc_rule(c, b, asked, own[FOR_CALC], must ? NULL : why,
              must ? FC_WARNING
                   : (fc_severity)fc_one_of(c, x, "severity", severities, FC_WARNING),
              must ? 0 : from_stage);
}

/* ---- how many rows ------------------------------------------------------------------------
 */

/* About the number of rows of a repeat: "2 warning signs", "one row for “Sign”". One without a
 * label is called by what it stands in. words: with a noun, for several rows, for one. */
static fc_text *rows_message(fc_front *c, const fc_node *n, const fc_word words[3],
                             unsigned rows)
{
    fc_str name = name_of(n);
    if (rows > 1 && in_sentences(c, name) && fc_str_ends(name, "s"))
        return made_message(c, n, words[0], in_sentence(c, name), rows);
    for (const fc_node *in = n->parent; !name.n && in; in = in->parent)
        name = name_of(in);
    return made_message(c, n, words[rows == 1 ? 2 : 1], quoted(c, name), rows);
}

/* "id.<suffix>": count(n) op rows. */
static fc_rule *count_rule(fc_front *c, const fc_node *n, fc_span at, const char *suffix,
                           fc_expr_op op, unsigned rows)
{
    fc_expr *count = FC_NEW(c->a, fc_expr), *number = FC_NEW(c->a, fc_expr);
    *count = (fc_expr){.op = FC_X_COUNT, .type = FC_T_NUMBER, .at = at, .field = n};
    *number = (fc_expr){.op = FC_X_NUMBER, .type = FC_T_NUMBER, .at = at, .number = rows};
    fc_expr *x = FC_NEW(c->a, fc_expr);
    *x = (fc_expr){.op = op, .type = FC_T_TRUTH, .at = at, .arg = {count, number}};
    fc_rule *r = new_rule(c, FC_RULE_MUST, at, n, suffix);
    r->scope = c->f->containers.at[0]; /* of all rows together */
    r->must = x;
    return r;
}

/* Rows with an answer: as many as are asked for, and no more than there can be. */
static void repeat_rules(fc_front *c, const fc_node *n)
{
    enum { ROWS, MAX };
    static const char *const kinds[] = {"rows", "max", NULL};
    static const fc_word words[2][3] = {
        [ROWS] = {FC_WORD_ENTER_ROWS, FC_WORD_ENTER_ROWS_FOR, FC_WORD_ENTER_ROW_FOR},
        [MAX] = {FC_WORD_MORE_ROWS, FC_WORD_MORE_ROWS_FOR, FC_WORD_MORE_ROW_FOR}};
    const fc_xelem *x = fc_built_of(n)->x, *own[2] = {0}, *why = fc_child(x, FC_EL_WHY);
    const fc_xattr *required = fc_attr(x, "required"), *severity = fc_attr(x, "severity");
    fc_scope scope = fc_scope_of(n);
    FC_EACH(x, m, FC_EL_MESSAGE)
    {
        int kind = fc_one_of(c, m, "for", kinds, n->min_rows ? ROWS : MAX);
        if (own[kind]) {
            fc_diag *g =
                fc_wrong(c, FC_C_ONCE, m->name_at, "there is already a message for this rule");
            fc_diag_note_at(c->d, g, own[kind]->name_at, "the first one stands here");
            fc_diag_help(c->d, g, "say which rule it is for: <message for=\"rows\">");
        } else {
            own[kind] = m;
        }
    }
    if (n->min_rows) {
        fc_rule *r = count_rule(c, n, fc_attr_at(x, required ? "required" : "min"), "rows",
                                FC_X_GE, n->min_rows);
        r->must = fc_expr_join(c, FC_X_OR, fc_expr_not(c, fc_asked_when(c, n)), r->must);
        r->stage = stage_of(c, required);
        r->severity = (fc_severity)fc_one_of(c, x, "severity", severities, FC_ERROR);
        set_message(c, r, own[ROWS], rows_message(c, n, words[ROWS], n->min_rows), &scope);
        r->why = why ? fc_build_text(c, why, scope.inner, scope.block) : NULL;
    } else if (own[ROWS] || severity || why) {
        fc_span at = own[ROWS]  ? own[ROWS]->name_at
                     : severity ? severity->name_at
                                : why->name_at;
        fc_diag *g = fc_wrong(c, FC_C_NO_RULE, at,
                              "this says something about a rule, but no rows are required");
        fc_diag_help(c->d, g, "add min=\"...\" or required=\"...\", or delete it");
    }
    fc_rule *r = count_rule(c, n, fc_attr_at(x, "max"), "max", FC_X_LE, n->max_rows);
    r->made = true;
    set_message(c, r, own[MAX], rows_message(c, n, words[MAX], n->max_rows), &scope);
}

static void asked_rule(fc_front *c, const fc_built *b)
{
    const fc_node *n = &b->node;
    const fc_expr *asked = fc_asked_when(c, n);
    if (!asked)
        return;
    fc_rule *r = new_rule(c, FC_RULE_ASKED, asked->at, n, "asked");
    const fc_xelem *own = NULL;
    for (size_t i = 0; i < b->x->kids.n; i++) {
        const fc_xelem *m = b->x->kids.at[i].elem;
        if (m && m->kind == FC_EL_MESSAGE && fc_str_eq_z(fc_attr_value(m, "for"), "asked"))
            own = m;
    }
    fc_scope scope = fc_scope_of(n);
    r->when = asked;
    r->severity = FC_ADVICE;
    set_message(c, r, own, message(c, n, FC_WORD_NOT_ASKED, (fc_str){0}), &scope);
}

/* ---- rules between fields of the form -----------------------------------------------------
 */

/* The first field that is an answer of these rows. */
static const fc_node *first_in_rows(const fc_expr *x, const fc_container *rows)
{
    if (!x || x->op == FC_X_ANY || x->op == FC_X_ALL)
        return NULL; /* those two look at other rows */
    if (x->field && x->field->kind == FC_FIELD && x->field->container == rows)
        return x->field;
    const fc_node *f = first_in_rows(x->arg[0], rows);
    return f ? f : first_in_rows(x->arg[1], rows);
}

/* What the findings of a rule point to, when it does not say. */
static const fc_node *place_of(const fc_expr *must, const fc_node *each)
{
    if (each) {
        const fc_node *f = first_in_rows(must, each->container);
        return f ? f : each;
    }
    const fc_node *f = fc_expr_first_field(must);
    /* of a field in rows that are looked at together: all of them */
    return f && f->container->repeat ? f->container->repeat : f;
}

/* Is it a question for a person? */
static bool is_human(fc_front *c, const fc_xelem *rule)
{
    static const char *const words[] = {"no", "yes", NULL};
    return fc_one_of(c, rule, "human", words, 0) == 1;
}

/* What a rule of <rules> looks at, and the rows it goes through one by one. */
typedef struct looked_at {
    const fc_topic *topic;
    const fc_xelem *x;   /* the <rule> */
    const fc_node *each; /* the repeat that for-each names; NULL for the plan itself */
    fc_scope scope;
} looked_at;

/* A rule of the topic, without what it asks. The place of at is that of its findings. */
static fc_rule *new_form_rule(fc_front *c, const looked_at *l, fc_rule_kind kind, fc_span at)
{
    const fc_xelem *own = fc_child(l->x, FC_EL_MESSAGE), *why = fc_child(l->x, FC_EL_WHY);
    fc_rule *r = new_rule(c, kind, at, NULL, "");
    r->topic = l->topic;
    r->id =
        fc_str_fmt(c->a, "%.*s/%.*s", FC_ARG(l->topic->id), FC_ARG(fc_attr_value(l->x, "id")));
    r->scope = l->each ? l->each->container : c->f->containers.at[0];
    r->from = fc_attr(l->x, "from") ? fc_attr_value(l->x, "from") : l->topic->from;
    r->stage = stage_of(c, fc_attr(l->x, "stage"));
    if (own && fc_attr(own, "for"))
        fc_wrong(c, FC_C_NO_SUCH_ATTR, fc_attr(own, "for")->name_at,
                 "a rule has one message; it needs no \"for\"");
    r->message =
        own ? fc_build_text(c, own, l->each, NULL) : fc_plain_text(c, l->x->at, FC_S(""));
    r->why = why ? fc_build_text(c, why, l->each, NULL) : NULL;
    return r;
}

/* What the findings of l's rows point at must be in the rows. */
static void check_in_rows(fc_front *c, const looked_at *l, const fc_node *n, fc_str path,
                          fc_span at)
{
    if (!n || !l->each || n->container == l->each->container)
        return;
    fc_diag *g = fc_wrong(c, FC_C_NO_PLACE, at,
                          "\"%.*s\" is outside the rows that this rule looks at", FC_ARG(path));
    fc_diag_help(c->d, g, "name a field of \"%.*s\"%s", FC_ARG(l->each->path),
                 fc_attr(l->x, "human") ? " first" : ", or leave \"at\" out");
}

/* A check: something that has to be true. */
static void must_rule(fc_front *c, const looked_at *l)
{
    const fc_xattr *must = fc_attr(l->x, "must"), *at = fc_attr(l->x, "at");
    const fc_xattr *severity = fc_attr(l->x, "severity"), *when = fc_attr(l->x, "when");
    fc_rule *r = new_form_rule(c, l, FC_RULE_MUST, must->value_at);
    r->must = fc_expr_parse(c, must, &l->scope);
    r->severity = l->topic->audit
                      ? FC_ADVICE
                      : (fc_severity)fc_one_of(c, l->x, "severity", severities, FC_ERROR);
    if (when) {
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_ATTR, when->name_at,
                              "only a rule with human=\"yes\" has \"when\"");
        fc_diag_help(c->d, g, "say it in the check: must=\"not (...) or ...\"");
    }
    if (l->topic->audit && severity) {
        fc_diag *g = fc_wrong(c, FC_C_AUDIT, severity->name_at,
                              "good practice has no severity: what it finds is always advice");
        fc_diag_help(c->d, g,
                     "a reviewer reads it, and it stops nothing. What a plan has to keep to "
                     "belongs in <rules> without kind=\"audit\"");
    }
    if (at && fc_str_trim(at->value).n) {
        fc_str path = fc_str_trim(at->value);
        const fc_node *n = fc_resolve(c, &l->scope, path, at->value_at);
        r->where = n;
        if (n && n->kind != FC_FIELD && n->kind != FC_SECTION && n->kind != FC_REPEAT)
            fc_wrong(c, FC_C_NOT_A_FIELD, at->value_at,
                     "a finding points at a field, a section or a repeat");
        else
            check_in_rows(c, l, n, path, at->value_at);
    } else if (r->must) {
        r->where = place_of(r->must, l->each);
        if (!r->where) {
            fc_diag *g = fc_wrong(c, FC_C_NO_PLACE, must->value_at,
                                  "this rule names no field, so there is nothing to point at");
            fc_diag_help(c->d, g, "a rule is about answers; name one, or add at=\"...\"");
        }
    }
}

/* A question for a person. Whether somebody has capacity, what is in their best interests,
 * whether a need comes from an illness: no program decides that (Mental Capacity Act 2005,
 * sections 1 to 4), so such a rule cannot have a check, and nothing counts what is answered. */
static void human_rule(fc_front *c, const looked_at *l)
{
    static const char *const refused[] = {"must", "severity"};
    const fc_xattr *when = fc_attr(l->x, "when"), *at = fc_attr(l->x, "at");
    fc_rule *r = new_form_rule(c, l, FC_RULE_HUMAN, fc_attr(l->x, "human")->value_at);
    r->severity = FC_ADVICE;
    r->when = when ? fc_expr_parse(c, when, &l->scope) : NULL;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const fc_xattr *no = fc_attr(l->x, refused[i]);
        if (!no)
            continue;
        fc_diag *g = fc_wrong(c, FC_C_HUMAN, no->name_at,
                              "a person decides this, so it cannot have \"%s\"", refused[i]);
        if (i == 0)
            fc_diag_help(
                c->d, g,
                "say in \"when\" of which plans it is asked. If a program can check it "
                "and may, leave human=\"yes\" out");
        else
            fc_diag_help(c->d, g, "a question is neither an error nor a warning; delete it");
    }
    fc_str word;
    fc_span where;
    for (size_t pos = 0; at && fc_next_word(c, at, &pos, &word, &where);) {
        const fc_node *n = fc_resolve(c, &l->scope, word, where);
        if (n && !r->places.n)
            check_in_rows(c, l, n, word, where);
        if (n)
            FC_PUSH(c->a, &r->places, n);
    }
    r->where = r->places.n ? r->places.at[0] : NULL;
    if (!at || !fc_str_trim(at->value).n) {
        fc_diag *g = fc_wrong(c, FC_C_NO_PLACE, fc_attr(l->x, "human")->value_at,
                              "this question does not say where to look");
        fc_diag_help(c->d, g,
                     "add at=\"...\" with the answers or sections to read side by side");
    }
}

static void form_rule(fc_front *c, const fc_topic *topic, const fc_xelem *x,
                      const fc_node *each)
{
    looked_at l = {topic, x, each, {.inner = each, .rows = each ? each->container : NULL}};
    if (is_human(c, x))
        human_rule(c, &l);
    else
        must_rule(c, &l);
}

/* A rule for each row of a repeat; of every repeat, when it is one in a block. */
static void row_rules(fc_front *c, const fc_topic *topic, const fc_xelem *x,
                      const fc_xattr *for_each)
{
    fc_str path = fc_str_trim(for_each->value);
    const fc_node *found = fc_form_find(c->f, path);
    size_t n = 0;
    if (found && found->kind == FC_REPEAT) {
        form_rule(c, topic, x, found);
        return;
    }
    for (size_t i = 0; !found && i < c->nodes.n; i++) {
        const fc_node *node = &c->nodes.at[i]->node;
        if (node->kind != FC_REPEAT || !fc_in_use_of(node, path))
            continue;
        form_rule(c, topic, x, node);
        n++;
    }
    if (n || !path.n)
        return;
    if (found) {
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_PATH, for_each->value_at,
                              "\"%.*s\" is not a repeat", FC_ARG(path));
        fc_diag_help(c->d, g, "only a repeat has rows; leave \"for-each\" out");
        return;
    }
    fc_names names = {.c = c};
    for (size_t i = 0; i < c->f->containers.n; i++)
        if (c->f->containers.at[i]->repeat)
            fc_names_add(&names, c->f->containers.at[i]->repeat->path);
    fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_PATH, for_each->value_at,
                          "there is no repeat \"%.*s\"", FC_ARG(path));
    fc_help_names(c, g, &names, path, "the repeats are:");
}

static void read_topics(fc_front *c)
{
    static const char *const kinds[] = {"check", "audit", NULL};
    FC_EACH(c->root, x, FC_EL_RULES)
    {
        fc_topic *t = FC_NEW(c->a, fc_topic);
        *t = (fc_topic){.at = x->at,
                        .id_at = fc_attr_at(x, "id"),
                        .id = fc_id_of(c, x, false),
                        .title = fc_attr_words(c, x, "title"),
                        .from = fc_attr_value(x, "from"),
                        .audit = fc_one_of(c, x, "kind", kinds, 0) == 1};
        for (size_t i = 0; t->id.n && i < c->f->topics.n; i++) {
            if (!fc_str_eq(c->f->topics.at[i]->id, t->id))
                continue;
            fc_diag *g =
                fc_wrong(c, FC_C_DUPLICATE_ID, fc_attr_at(x, "id"),
                         "the id \"%.*s\" is already used for other rules", FC_ARG(t->id));
            fc_diag_note_at(c->d, g, c->f->topics.at[i]->id_at, "first used here");
            fc_diag_help(c->d, g, "give this one another id");
            break;
        }
        FC_PUSH(c->a, &c->f->topics, t);
    }
}

/* The rules that validate checks, or those that audit tells. */
static void form_rules(fc_front *c, bool audit)
{
    size_t n = 0;
    FC_EACH(c->root, group, FC_EL_RULES)
    {
        const fc_topic *topic = c->f->topics.at[n++];
        FC_EACH(group, x, FC_EL_RULE)
        {
            fc_str id = fc_id_of(c, x, false);
            const fc_xattr *for_each = fc_attr(x, "for-each");
            bool human = is_human(c, x);
            if (!human && !fc_attr(x, "must")) {
                fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<rule> has no \"must\"");
                fc_diag_help(c->d, g,
                             "add must=\"...\", or human=\"yes\" when only a person can tell");
            } else if (id.n && audit == (topic->audit || human)) {
                if (for_each)
                    row_rules(c, topic, x, for_each);
                else
                    form_rule(c, topic, x, NULL);
            }
        }
    }
}

/* ---- names --------------------------------------------------------------------------------
 */

typedef struct named {
    fc_str key;
    size_t order;
} named;

static int by_key(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int r = fc_str_cmp(x->key, y->key);
    return r ? r : (x->order > y->order) - (x->order < y->order);
}

/* Rule ids differ, but "a-b/c" and "a/b-c" give one identifier: later ones get their number in
 * the form, until all differ. Ids that are used twice are reported. */
static void name_rules(fc_front *c)
{
    size_t n = c->f->rules.n;
    named *list = FC_NEW_N(c->a, named, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = (named){c->f->rules.at[i]->id, i};
    qsort(list, n, sizeof *list, by_key);
    for (size_t i = 1; i < n; i++) {
        const fc_rule *r = c->f->rules.at[list[i].order];
        if (!r->topic || !fc_str_eq(list[i].key, list[i - 1].key))
            continue; /* of a field: it follows from its id */
        if (r->at.begin == c->f->rules.at[list[i - 1].order]->at.begin)
            continue; /* one rule, in several uses of a block */
        fc_diag *g =
            fc_wrong(c, FC_C_DUPLICATE_ID, r->at, "the id of this rule is already used");
        fc_diag_note_at(c->d, g, c->f->rules.at[list[i - 1].order]->at, "for this rule");
        fc_diag_help(c->d, g, "give this one another id");
    }
    for (size_t i = 0; i < n; i++) {
        fc_rule *r = c->f->rules.at[i];
        char *p = fc_arena_alloc(c->a, r->id.n + 1);
        for (size_t k = 0; k < r->id.n; k++) {
            char ch = r->id.p[k];
            bool plain = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');
            p[k] = plain ? ch : '_';
        }
        r->name = (fc_str){p, r->id.n};
    }
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < n; i++)
            list[i] = (named){c->f->rules.at[i]->name, i};
        qsort(list, n, sizeof *list, by_key);
        for (size_t i = 1; i < n; i++)
            if (fc_str_eq(list[i].key, list[i - 1].key)) {
                fc_rule *r = c->f->rules.at[list[i].order];
                r->name = fc_str_fmt(c->a, "%.*s_%zu", FC_ARG(r->name), list[i].order + 1);
                again = true;
            }
    }
}

static void warn_english(fc_front *c)
{
    size_t made = 0;
    if (fc_lang_is_english(c->f->lang) || c->translating)
        return;
    for (size_t i = 0; i < c->f->rules.n; i++) {
        const fc_rule *r = c->f->rules.at[i];
        made += r->where && r->message->at.begin == r->where->at.begin &&
                fc_str_eq_z(r->message->lang, "en");
    }
    if (!made)
        return;
    fc_diag *g = fc_warn(c, FC_C_ENGLISH, fc_attr_at(c->root, "xml:lang"),
                         "formc makes %zu of the messages, and it makes them in English", made);
    fc_diag_help(c->d, g,
                 "give formc words in this language: formc translate FORM --lang %.*s makes a "
                 "file for them; or give fields messages of their own",
                 FC_ARG(c->f->lang));
}

static void check_messages(fc_front *c, const fc_xelem *x)
{
    if (x->kind == FC_EL_MESSAGE)
        check_wording(c, x, fc_text_plain(c->a, fc_build_text(c, x, NULL, NULL)));
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem && x->kids.at[i].elem->kind >= 0)
            check_messages(c, x->kids.at[i].elem);
}

void fc_check_rules(fc_front *c)
{
    fc_read_conditions(c);
    for (size_t i = 0; i < c->f->fields.n; i++) {
        const fc_container *rows = c->f->fields.at[i]->container;
        if (rows->repeat && rows->fields.at[0] == c->f->fields.at[i])
            repeat_rules(c, rows->repeat);
        field_rules(c, (fc_built *)c->f->fields.at[i]);
        asked_rule(c, fc_built_of(c->f->fields.at[i]));
    }
    read_topics(c);
    form_rules(c, false);
    c->f->n_checks = c->f->rules.n;
    form_rules(c, true);
    name_rules(c);
    size_t refs = c->refs.n;
    check_messages(c, c->root);
    c->refs.n = refs; /* those of the copies just looked at are of no use */
    fc_resolve_refs(c);
    for (size_t i = 0; i < c->f->rules.n; i++)
        c->f->rules.at[i]->message_text = fc_text_plain(c->a, c->f->rules.at[i]->message);
    warn_english(c);
}
