/* Expressions: recursive descent over the decoded value of one attribute, with types.
 *
 *   or := and ("or" and)*      and := test ("and" test)*      test := "not" test | comparison
 *   comparison := term (op term)?
 *   term := path | yes | no | 'choice' | date | number | function "(" args ")" | "(" or ")"
 *
 * The first thing that cannot be read ends an expression; type mistakes go on to the next
 * operand, so that one expression can tell of two. */
#include "compiler/front.h"
#include "runtime/fv.h"

#include <string.h>

typedef enum token_kind {
    T_END,
    T_NAME,
    T_NUMBER,
    T_DATE,
    T_TEXT,
    T_OPEN,
    T_CLOSE,
    T_COMMA
} token_kind;

typedef struct token {
    token_kind kind;
    size_t from, to; /* bytes of the decoded value */
    fc_str text;     /* T_TEXT: between the quotes */
    int64_t number;  /* T_NUMBER; T_DATE: yyyymmdd */
} token;

typedef struct parser {
    fc_front *c;
    const fc_xattr *attr;
    const fc_scope *scope;
    fc_str s;
    size_t pos;
    token t; /* the next token */
    unsigned depth;
    bool stop;  /* the rest cannot be read */
    bool wrong; /* something was reported, or is quiet because of an earlier report */
} parser;

static fc_span place(const parser *p, size_t from, size_t to)
{
    return fc_source_in_attr(p->c->text, p->attr, from, to);
}

#define WRONG(p, what, from, to, ...)                                                          \
    ((p)->wrong = true, fc_wrong((p)->c, FC_C_##what, place((p), (from), (to)), __VA_ARGS__))
#define HELP(p, g, ...) fc_diag_help((p)->c->d, (g), __VA_ARGS__)
#define SPLIT "make two rules of it: each is easier to understand, and has its own message"

/* ---- tokens -------------------------------------------------------------------------------
 */

static bool lower(char ch)
{
    return ch >= 'a' && ch <= 'z';
}

static bool digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

/* A real day of the Gregorian calendar, years 1 to 9999. */
static bool real_day(int64_t y, int64_t m, int64_t d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1 || m < 1 || m > 12 || d < 1)
        return false;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return d <= days[m - 1] + (m == 2 && leap);
}

static void next_number(parser *p, token *t)
{
    size_t i = p->pos, begin = i;
    while (i < p->s.n &&
           (digit(p->s.p[i]) || (p->s.p[i] == '-' && i + 1 < p->s.n && digit(p->s.p[i + 1]))))
        i++;
    const char *z = p->s.p + begin;
    size_t n = i - begin;
    t->to = p->pos = i;
    if (n == 10 && z[4] == '-' && z[7] == '-' && !memchr(z, '-', 4) && !memchr(z + 5, '-', 2) &&
        !memchr(z + 8, '-', 2)) {
        t->kind = T_DATE;
        for (size_t k = 0; k < 10; k++)
            if (z[k] != '-')
                t->number = t->number * 10 + (z[k] - '0');
        if (!real_day(t->number / 10000, t->number / 100 % 100, t->number % 100))
            HELP(p, WRONG(p, NO_SUCH_DAY, t->from, t->to, "there is no day %.*s", (int)n, z),
                 "write year, month and day of a day that exists: 2026-01-31");
        return;
    }
    t->kind = T_NUMBER;
    if (memchr(z, '-', n)) {
        fc_diag *g = WRONG(p, EXPR, t->from, t->to, "this is neither a number nor a date");
        HELP(p, g, "write a date as year-month-day with all its digits: 2026-01-31");
        p->stop = true;
        return;
    }
    for (size_t k = 0; k < n; k++) {
        if (t->number > (INT64_MAX - 9) / 10) {
            HELP(p, WRONG(p, BIG_NUMBER, t->from, t->to, "this number is too large"),
                 "check whether a digit was typed twice");
            p->stop = true;
            return;
        }
        t->number = t->number * 10 + (z[k] - '0');
    }
}

/* What people write who know other languages, longest first. */
static const struct {
    const char *sign, *help;
} foreign_signs[] = {
    {"&&", "write \"and\""},
    {"||", "write \"or\""},
    {"==", "write \"eq\" (equals)"},
    {"!=", "write \"ne\" (does not equal)"},
    {"<>", "write \"ne\" (does not equal)"},
    {"<=", "write \"le\" (less or equal)"},
    {">=", "write \"ge\" (greater or equal)"},
    {"=", "write \"eq\" (equals)"},
    {"<", "write \"lt\" (less than)"},
    {">", "write \"gt\" (greater than)"},
    {"!", "write \"not\""},
    {"\"", "write a choice in single quotes: 'choice'"},
    {"\xe2\x80\x98", "write a choice in straight quotes: 'choice'"},
    {"\xe2\x80\x99", "write a choice in straight quotes: 'choice'"},
    {"\xe2\x80\x9c", "write a choice in straight quotes: 'choice'"},
    {"\xe2\x80\x9d", "write a choice in straight quotes: 'choice'"},
    {"+", "add to a date with add-months(date, 3) or add-days(date, 7)"},
    {"$", "name a field by its id alone"},
    {"/", "a path begins with an id: section/field"},
    {"-", "there are no negative numbers and no subtraction"},
};

static void next(parser *p)
{
    token *t = &p->t;
    while (p->pos < p->s.n && (p->s.p[p->pos] == ' ' || p->s.p[p->pos] == '\t' ||
                               p->s.p[p->pos] == '\n' || p->s.p[p->pos] == '\r'))
        p->pos++;
    *t = (token){.from = p->pos, .to = p->pos};
    if (p->pos >= p->s.n || p->stop)
        return;
    char ch = p->s.p[p->pos];
    if (ch == '(' || ch == ')' || ch == ',') {
        t->kind = ch == '(' ? T_OPEN : ch == ')' ? T_CLOSE : T_COMMA;
        t->to = ++p->pos;
    } else if (ch == '\'') {
        const char *end = memchr(p->s.p + p->pos + 1, '\'', p->s.n - p->pos - 1);
        if (!end) {
            WRONG(p, EXPR, p->pos, p->s.n, "the quote at the end of this choice is missing");
            p->stop = true;
            return;
        }
        t->kind = T_TEXT;
        t->to = (size_t)(end - p->s.p) + 1;
        t->text = fc_str_slice(p->s, p->pos + 1, t->to - 1);
        p->pos = t->to;
    } else if (digit(ch)) {
        next_number(p, t);
    } else if (lower(ch) || (ch == '.' && p->pos + 2 < p->s.n && p->s.p[p->pos + 1] == '.' &&
                             p->s.p[p->pos + 2] == '/')) {
        size_t i = p->pos;
        while (i < p->s.n && (lower(p->s.p[i]) || digit(p->s.p[i]) || p->s.p[i] == '-' ||
                              p->s.p[i] == '/' || p->s.p[i] == '.'))
            i++;
        t->kind = T_NAME;
        t->to = p->pos = i;
        t->text = fc_str_slice(p->s, t->from, i);
    } else {
        size_t behind = p->pos;
        fc_utf8_next(p->s, &behind);
        const char *help = NULL;
        for (size_t i = 0; i < sizeof foreign_signs / sizeof *foreign_signs && !help; i++) {
            size_t n = strlen(foreign_signs[i].sign);
            if (p->s.n - p->pos >= n &&
                memcmp(p->s.p + p->pos, foreign_signs[i].sign, n) == 0) {
                help = foreign_signs[i].help;
                behind = p->pos + n;
            }
        }
        fc_diag *g = WRONG(p, EXPR, p->pos, behind, "\"%.*s\" means nothing in an expression",
                           FC_ARG(fc_str_slice(p->s, p->pos, behind)));
        if (help)
            HELP(p, g, "%s", help);
        else if (ch >= 'A' && ch <= 'Z')
            HELP(p, g, "ids and words are written in small letters");
        p->stop = true;
    }
}

static bool is_word(const parser *p, const char *word)
{
    return p->t.kind == T_NAME && fc_str_eq_z(p->t.text, word);
}

/* The next token does not fit. */
static void unexpected(parser *p, const char *wanted)
{
    if (p->stop)
        return;
    if (p->t.kind == T_END)
        HELP(p,
             WRONG(p, EXPR, p->s.n ? p->s.n - 1 : 0, p->s.n,
                   "the expression ends here, but %s should follow", wanted),
             "add it, or delete what asks for it");
    else
        HELP(p, WRONG(p, EXPR, p->t.from, p->t.to, "%s should stand here", wanted),
             "look for a word that is missing before this place, or one too many");
    p->stop = true;
}

/* ---- trees --------------------------------------------------------------------------------
 */

static fc_expr *make(parser *p, fc_expr_op op, fc_expr_type type, size_t from, size_t to)
{
    fc_expr *x = FC_NEW(p->c->a, fc_expr);
    x->op = op;
    x->type = type;
    x->at = place(p, from, to);
    return x;
}

/* Words for "cannot compare A with B". */
static const char *type_words(const fc_expr *x)
{
    switch (x->type) {
    case FC_T_TRUTH:
        return "a condition";
    case FC_T_TEXT:
        return "text";
    case FC_T_DATE:
        return "a date";
    case FC_T_PART_DATE:
        return "a year, a month or a date";
    case FC_T_INTERVAL:
        return "a length of time";
    case FC_T_NUMBER:
        return "a number";
    case FC_T_MONEY:
        return "an amount of money";
    case FC_T_YES_NO:
        return "yes or no";
    case FC_T_CHOICE:
        return "a choice";
    case FC_T_CHOICES:
        return "several choices";
    }
    return "";
}

static const fc_expr *parse_or(parser *p);

/* What a path means; NULL: reported. */
static const fc_node *node_at(parser *p, const token *t)
{
    const fc_node *n = fc_resolve(p->c, p->scope, t->text, place(p, t->from, t->to));
    p->wrong = p->wrong || !n;
    return n;
}

/* A path to a field; NULL: reported. */
static const fc_node *field_at(parser *p, const token *t)
{
    const fc_node *n = node_at(p, t);
    if (!n)
        return NULL;
    if (n->kind == FC_FIELD)
        return n;
    static const char *const kinds[] = {[FC_SECTION] = "a section",
                                        [FC_GROUP] = "the use of a block",
                                        [FC_REPEAT] = "a repeat",
                                        [FC_SIGNATURE] = "a signature"};
    fc_diag *g =
        WRONG(p, NOT_A_FIELD, t->from, t->to, "\"%.*s\" is %s and has no answer of its own",
              FC_ARG(t->text), kinds[n->kind]);
    if (n->kind == FC_REPEAT)
        HELP(p, g,
             "it has many: write count(%.*s) for the number of its rows, or any(%.*s, ...) or "
             "all(%.*s, ...) with a condition for its rows",
             FC_ARG(t->text), FC_ARG(t->text), FC_ARG(t->text));
    if (n->kind == FC_SECTION || n->kind == FC_GROUP)
        HELP(p, g, "name a question in it: %.*s/...", FC_ARG(t->text));
    if (n->kind == FC_SIGNATURE)
        for (size_t i = 0; i < n->kids.n; i++)
            if (n->kids.at[i]->type == FC_MARK)
                HELP(p, g, "name its mark: %.*s/%.*s", FC_ARG(t->text),
                     FC_ARG(n->kids.at[i]->id));
    return NULL;
}

typedef struct function {
    const char *name;
    const char *shape;
    fc_expr_op op;
    fc_unit unit;
} function;

static const function functions[] = {
    {"answered", "answered(field)", FC_X_ANSWERED, FC_DAYS},
    {"chosen", "chosen(field, 'choice')", FC_X_CHOSEN, FC_DAYS},
    {"count", "count(repeat)", FC_X_COUNT, FC_DAYS},
    {"any", "any(repeat, condition)", FC_X_ANY, FC_DAYS},
    {"all", "all(repeat, condition)", FC_X_ALL, FC_DAYS},
    {"earliest", "earliest(date in a repeat)", FC_X_EARLIEST, FC_DAYS},
    {"latest", "latest(date in a repeat)", FC_X_LATEST, FC_DAYS},
    {"as-of", "as-of()", FC_X_AS_OF, FC_DAYS},
    {"add-months", "add-months(date, 3)", FC_X_ADD_MONTHS, FC_DAYS},
    {"add-days", "add-days(date, 7)", FC_X_ADD_DAYS, FC_DAYS},
    {"months-between", "months-between(date, date)", FC_X_MONTHS_BETWEEN, FC_DAYS},
    {"words", "words(text field)", FC_X_WORDS, FC_DAYS},
    {"days", "days(7)", FC_X_INTERVAL, FC_DAYS},
    {"weeks", "weeks(4)", FC_X_INTERVAL, FC_WEEKS},
    {"months", "months(12)", FC_X_INTERVAL, FC_MONTHS},
    {"years", "years(1)", FC_X_INTERVAL, FC_YEARS},
    {"pounds", "pounds(500)", FC_X_MONEY, FC_DAYS},
    {"pence", "pence(1250)", FC_X_MONEY, FC_DAYS},
};

static void misused(parser *p, const function *f, size_t from, size_t to)
{
    fc_diag *g =
        WRONG(p, ARGUMENTS, from, to, "what is in the brackets of %s does not fit", f->name);
    HELP(p, g, "it is written %s", f->shape);
}

static bool names_first(const function *f)
{
    return f->op == FC_X_ANSWERED || f->op == FC_X_CHOSEN ||
           (f->op >= FC_X_COUNT && f->op <= FC_X_LATEST);
}

static const fc_expr *truth(parser *p, const fc_expr *x, size_t from, size_t to);

typedef FC_ARRAY(fc_expr *) exprs;

/* Many answers of one repeat, or (block/repeat) of the repeat in every use of a block: then *x
 * is followed by one expression for each further use. False: reported. */
static bool parse_rows(parser *p, const function *f, const token *t, fc_expr *x, exprs *all)
{
    bool date = f->op == FC_X_EARLIEST || f->op == FC_X_LATEST;
    fc_nodes uses = fc_resolve_uses(p->c, p->scope, t->text, date ? FC_FIELD : FC_REPEAT);
    const fc_node *n = uses.n ? uses.at[0] : NULL;
    if (!n) {
        fc_scope many = *p->scope;
        const fc_scope *before = p->scope;
        many.all_rows = date;
        p->scope = &many;
        n = node_at(p, t);
        p->scope = before;
    }
    if (!n)
        return false;
    bool fits = date ? n->kind == FC_FIELD && n->container->repeat && n->type == FC_DATE
                     : n->kind == FC_REPEAT;
    if (!fits) {
        fc_diag *g = WRONG(p, ARGUMENTS, t->from, t->to, "\"%.*s\" is not %s", FC_ARG(t->text),
                           date ? "a date in a repeat" : "a repeat");
        HELP(p, g, "it is written %s", f->shape);
        return false;
    }
    x->field = n;
    p->c->n_in_uses += uses.n;
    if (p->c->n_in_uses > FC_NODES_MAX) {
        fc_diag *g = WRONG(p, TOO_MUCH, t->from, t->to,
                           "the rules name more than %u repeats in all", FC_NODES_MAX);
        HELP(p, g, "a rule with for-each looks at one row at a time");
        return false;
    }
    FC_PUSH(p->c->a, all, x);
    if (uses.n)
        x->text = t->text;
    for (size_t i = 1; i < uses.n; i++) {
        fc_expr *next = FC_NEW(p->c->a, fc_expr);
        *next = *x;
        next->field = uses.at[i];
        x->arg[1] = next;
        x = next;
        FC_PUSH(p->c->a, all, x);
    }
    return true;
}

/* 'id' must be one of the list's choices. */
static bool in_list(parser *p, const fc_choices *list, fc_str id, size_t from, size_t to)
{
    if (fc_choices_find(list, id))
        return true;
    fc_names n = {.c = p->c};
    for (size_t i = 0; i < list->list.n; i++)
        fc_names_add(&n, list->list.at[i].id);
    fc_diag *g =
        WRONG(p, NO_SUCH_CHOICE, from, to, "'%.*s' is not one of the choices in \"%.*s\"",
              FC_ARG(id), FC_ARG(list->id));
    fc_help_names(p->c, g, &n, id, "the choices are:");
    return false;
}

/* The path that a function begins with; *x gets what it means. False: reported. */
static bool parse_named(parser *p, const function *f, const token *t, fc_expr *x, exprs *uses)
{
    if (f->op != FC_X_ANSWERED && f->op != FC_X_CHOSEN)
        return parse_rows(p, f, t, x, uses);
    x->field = field_at(p, t);
    if (!x->field || f->op == FC_X_ANSWERED)
        return x->field != NULL;
    if (fc_built_of(x->field)->broken) {
        p->wrong = true;
        return false;
    }
    if (x->field->type == FC_CHOICES)
        return true;
    fc_diag *g = WRONG(p, ARGUMENTS, t->from, t->to,
                       "\"%.*s\" is not a question with several choices", FC_ARG(t->text));
    if (x->field->type == FC_CHOICE)
        HELP(p, g, "of one choice, write %.*s eq 'choice'", FC_ARG(t->text));
    else
        HELP(p, g, "chosen takes a field of type \"choices\"");
    return false;
}

/* The condition of any() and all(), in a row of their repeat; for each use of a block, its
 * names are those of the use. False: reported. */
static bool parse_each(parser *p, const exprs *uses, const token *name)
{
    if (p->scope->each) {
        fc_diag *g = WRONG(p, ARGUMENTS, name->from, name->to,
                           "any and all may not stand inside each other");
        HELP(p, g, "a condition looks at the rows of one repeat at a time");
    }
    const fc_scope *before = p->scope;
    parser begin = *p;
    for (size_t i = 0; i < uses->n; i++) {
        fc_expr *x = uses->at[i];
        fc_scope row = *before;
        row.each = x->field;
        row.use = x->text.n ? fc_built_of(x->field)->block : NULL;
        p->scope = &row;
        p->pos = begin.pos;
        p->t = begin.t;
        const fc_expr *inside = parse_or(p);
        p->scope = before;
        x->arg[0] = p->stop ? NULL : truth(p, inside, begin.t.from, p->t.from);
        if (!x->arg[0])
            return false;
    }
    return true;
}

/* More than a date can be moved: beyond the calendar of four-digit years. */
#define SHIFT_MAX 100000

static const fc_expr *parse_call(parser *p, const token *name)
{
    const function *f = NULL;
    fc_names all = {.c = p->c};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        fc_names_add(&all, fc_str_of(functions[i].name));
        if (fc_str_eq_z(name->text, functions[i].name))
            f = &functions[i];
    }
    if (!f) {
        fc_diag *g = WRONG(p, NO_SUCH_FUNCTION, name->from, name->to,
                           "there is no function \"%.*s\"", FC_ARG(name->text));
        fc_help_names(p->c, g, &all, name->text, "the functions are:");
        p->stop = true;
        return NULL;
    }
    next(p); /* "(" */
    fc_expr *x = make(p, f->op, FC_T_TRUTH, name->from, name->to);
    x->unit = f->unit;
    size_t n = 0, first = p->t.from;
    bool poisoned = false;
    exprs uses = {0}; /* x, and the same of further uses of a block */
    if (names_first(f)) {
        if (p->t.kind == T_NAME) {
            token t = p->t;
            next(p);
            poisoned = !parse_named(p, f, &t, x, &uses);
            n = 1;
        }
        if (n && (f->op == FC_X_ANY || f->op == FC_X_ALL) && p->t.kind == T_COMMA) {
            next(p);
            if (poisoned) { /* nothing is known about names in there */
                p->stop = true;
                return NULL;
            }
            poisoned = !parse_each(p, &uses, name);
            n = 2;
        }
        if (n && f->op == FC_X_CHOSEN && p->t.kind == T_COMMA) {
            next(p);
            if (p->t.kind == T_TEXT) {
                token t = p->t;
                next(p);
                poisoned = poisoned || !in_list(p, x->field->choices, t.text, t.from, t.to);
                x->text = t.text;
                x->number = poisoned ? 0 : fc_choices_index(x->field->choices, t.text);
                n = 2;
            }
        }
    } else {
        while (p->t.kind != T_CLOSE && p->t.kind != T_END && !p->stop) {
            const fc_expr *arg = parse_or(p);
            poisoned = poisoned || !arg;
            if (n < 2)
                x->arg[n] = arg;
            n++;
            if (p->t.kind != T_COMMA)
                break;
            next(p);
        }
    }
    if (p->stop)
        return NULL;
    if (p->t.kind != T_CLOSE) {
        if (p->t.kind == T_END) {
            unexpected(p, "\")\"");
        } else {
            misused(p, f, p->t.from, p->t.to);
            p->stop = true;
        }
        return NULL;
    }
    size_t end = p->t.to, last = p->t.from;
    x->at = place(p, name->from, end);
    next(p);
    if (poisoned)
        return NULL;
    bool good = false;
    switch (f->op) {
    case FC_X_ANSWERED:
        good = n == 1;
        break;
    case FC_X_CHOSEN:
    case FC_X_ANY:
    case FC_X_ALL:
        good = n == 2;
        break;
    case FC_X_COUNT:
        x->type = FC_T_NUMBER;
        good = n == 1;
        break;
    case FC_X_EARLIEST:
    case FC_X_LATEST:
        x->type = FC_T_DATE;
        good = n == 1;
        break;
    case FC_X_AS_OF:
        x->type = FC_T_DATE;
        good = n == 0;
        break;
    case FC_X_MONTHS_BETWEEN:
        x->type = FC_T_NUMBER;
        good = n == 2 && x->arg[0]->type == FC_T_DATE && x->arg[1]->type == FC_T_DATE;
        break;
    case FC_X_WORDS:
        x->type = FC_T_NUMBER;
        good = n == 1 && x->arg[0]->op == FC_X_FIELD && x->arg[0]->type == FC_T_TEXT;
        break;
    case FC_X_MONEY:
        x->type = FC_T_MONEY;
        good = n == 1 && x->arg[0]->op == FC_X_NUMBER;
        break;
    case FC_X_INTERVAL:
        x->type = FC_T_INTERVAL;
        good = n == 1 && x->arg[0]->op == FC_X_NUMBER;
        break;
    default:
        x->type = FC_T_DATE;
        good = n == 2 && x->arg[0]->type == FC_T_DATE && x->arg[1]->type == FC_T_NUMBER;
        break;
    }
    if (!good) {
        misused(p, f, n ? first : name->from, n ? last : end);
        return NULL;
    }
    if (names_first(f))
        return x;
    bool literal = f->op == FC_X_INTERVAL || f->op == FC_X_MONEY;
    const fc_expr *number = literal ? x->arg[0] : x->arg[1];
    int64_t one = fc_str_eq_z(name->text, "pounds") ? 100 : 1; /* in pence */
    int64_t most = f->op == FC_X_MONEY ? FV_PENCE_MAX / one : SHIFT_MAX;
    if (number && number->op == FC_X_NUMBER && number->number > most) {
        HELP(p, WRONG(p, BIG_NUMBER, first, last, "this number is too large"),
             "check whether a digit was typed twice");
        return NULL;
    }
    if (literal) {
        x->number = x->arg[0]->number * one;
        x->arg[0] = NULL;
    }
    return x;
}

static const fc_expr *parse_term(parser *p)
{
    token t = p->t;
    fc_expr *x;
    switch (t.kind) {
    case T_OPEN: {
        if (++p->depth > FC_EXPR_DEPTH) {
            HELP(p,
                 WRONG(p, LONG_EXPR, t.from, t.to, "brackets nest more than %u deep",
                       FC_EXPR_DEPTH),
                 SPLIT);
            p->stop = true;
            return NULL;
        }
        next(p);
        const fc_expr *inside = parse_or(p);
        p->depth--;
        if (p->stop)
            return NULL;
        if (p->t.kind != T_CLOSE) {
            unexpected(p, "\")\"");
            return NULL;
        }
        next(p);
        return inside;
    }
    case T_NUMBER:
    case T_DATE:
        x = make(p, t.kind == T_DATE ? FC_X_DATE : FC_X_NUMBER,
                 t.kind == T_DATE ? FC_T_DATE : FC_T_NUMBER, t.from, t.to);
        x->number = t.number;
        next(p);
        return x;
    case T_TEXT:
        x = make(p, FC_X_CHOICE, FC_T_CHOICE, t.from, t.to);
        x->text = t.text;
        next(p);
        return x;
    case T_NAME:
        break;
    default:
        unexpected(p, "a field, a value or a function");
        return NULL;
    }
    static const char *const words[] = {"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(p, words[i])) {
            unexpected(p, "a field, a value or a function");
            return NULL;
        }
    next(p);
    if (fc_str_eq_z(t.text, "yes") || fc_str_eq_z(t.text, "no")) {
        x = make(p, FC_X_YES_NO, FC_T_YES_NO, t.from, t.to);
        x->number = t.text.n == 3;
        return x;
    }
    if (p->t.kind == T_OPEN) {
        if (++p->depth > FC_EXPR_DEPTH) {
            HELP(p,
                 WRONG(p, LONG_EXPR, t.from, t.to, "brackets nest more than %u deep",
                       FC_EXPR_DEPTH),
                 SPLIT);
            p->stop = true;
            return NULL;
        }
        const fc_expr *call = parse_call(p, &t);
        p->depth--;
        return call;
    }
    if (fc_str_eq_z(t.text, "true") || fc_str_eq_z(t.text, "false")) {
        fc_diag *g = WRONG(p, EXPR, t.from, t.to, "there is no value \"%.*s\"", FC_ARG(t.text));
        HELP(p, g, "compare with yes or no: field eq yes");
        return NULL;
    }
    const fc_node *f = field_at(p, &t);
    if (!f)
        return NULL;
    x = make(p, FC_X_FIELD, fc_type_in_expr(f->type), t.from, t.to);
    x->field = f;
    return x;
}

/* 's3' beside a choice must be one of its choices; beside text it is text. */
static bool fit_choice(parser *p, const fc_expr *literal, const fc_expr *other, size_t from,
                       size_t to, const fc_expr **fitted)
{
    if (other->type == FC_T_TEXT) {
        fc_expr *text = FC_NEW(p->c->a, fc_expr);
        *text = *literal;
        text->type = FC_T_TEXT;
        *fitted = text;
        return true;
    }
    if (other->op != FC_X_FIELD || !other->field->choices)
        return true;
    const fc_choices *list = other->field->choices;
    if (other->type == FC_T_YES_NO) {
        fc_diag *g = WRONG(p, NO_SUCH_CHOICE, from, to, "\"%.*s\" is answered with yes or no",
                           FC_ARG(other->field->id));
        HELP(p, g, "write yes or no without quotes");
        return false;
    }
    return other->type != FC_T_CHOICE || in_list(p, list, literal->text, from, to);
}

/* Several choices at once: one asks for each of them. */
static void no_comparison(parser *p, fc_expr_op op, const fc_expr *a, size_t a_from,
                          size_t a_to, const fc_expr *b, size_t b_from, size_t b_to)
{
    bool left = a->type == FC_T_CHOICES;
    const fc_expr *set = left ? a : b, *other = left ? b : a;
    fc_diag *g = WRONG(p, COMPARE, left ? a_from : b_from, left ? a_to : b_to,
                       "\"%.*s\" can have several choices at once, so it cannot be compared",
                       FC_ARG(set->field->id));
    HELP(p, g, "ask for one of them: %schosen(%.*s, '%.*s')", op == FC_X_NE ? "not " : "",
         FC_ARG(set->field->id),
         FC_ARG(other->op == FC_X_CHOICE ? other->text : FC_S("choice")));
}

/* A date beside a part-date is one of which all is known. */
static const fc_expr *beside(parser *p, const fc_expr *x, const fc_expr *other)
{
    if (x->type != FC_T_DATE || other->type != FC_T_PART_DATE)
        return x;
    fc_expr *part = FC_NEW(p->c->a, fc_expr);
    *part = (fc_expr){.op = FC_X_PART_DATE, .type = FC_T_PART_DATE, .at = x->at, .arg = {x}};
    return part;
}

static const fc_expr *compare(parser *p, fc_expr_op op, const fc_expr *a, size_t a_from,
                              size_t a_to, const fc_expr *b, size_t b_from, size_t b_to)
{
    if (!a || !b)
        return NULL;
    if (a->type == FC_T_CHOICES || b->type == FC_T_CHOICES) {
        no_comparison(p, op, a, a_from, a_to, b, b_from, b_to);
        return NULL;
    }
    if (b->op == FC_X_CHOICE && !fit_choice(p, b, a, b_from, b_to, &b))
        return NULL;
    if (a->op == FC_X_CHOICE && !fit_choice(p, a, b, a_from, a_to, &a))
        return NULL;
    if (a->type == FC_T_TRUTH || b->type == FC_T_TRUTH) {
        bool left = a->type == FC_T_TRUTH;
        fc_diag *g = WRONG(p, COMPARE, left ? a_from : b_from, left ? a_to : b_to,
                           "a condition cannot be compared");
        HELP(p, g, "it is true or false by itself; join conditions with \"and\" and \"or\"");
        return NULL;
    }
    a = beside(p, a, b);
    b = beside(p, b, a);
    if (a->type != b->type) {
        fc_diag *g = WRONG(p, COMPARE, b_from, b_to, "cannot compare %s with %s", type_words(a),
                           type_words(b));
        const fc_expr *number = a->op == FC_X_NUMBER ? a : b->op == FC_X_NUMBER ? b : NULL;
        bool time = a->type == FC_T_INTERVAL || b->type == FC_T_INTERVAL;
        if (time && number)
            HELP(p, g, "say which unit: months(%lld) or years(%lld)", (long long)number->number,
                 (long long)number->number);
        else if ((a->type == FC_T_MONEY || b->type == FC_T_MONEY) && number)
            HELP(p, g, "say that it is money: pounds(%lld), or pence(%lld)",
                 (long long)number->number, (long long)number->number);
        else if ((a->type == FC_T_DATE || a->type == FC_T_PART_DATE) &&
                 (b->type == FC_T_INTERVAL || b->type == FC_T_NUMBER))
            HELP(p, g, "compare with a date: 2026-01-31, as-of() or add-months(date, 3)");
        else if (a->type == FC_T_YES_NO)
            HELP(p, g, "write yes or no, without quotes");
        else if (a->type == FC_T_CHOICE)
            HELP(p, g, "write the id of a choice in quotes: 'choice'");
        else if (a->type == FC_T_TEXT || b->type == FC_T_TEXT)
            HELP(p, g,
                 "text is compared with text only; answered(field) says whether there is "
                 "any");
        else
            HELP(p, g, "compare two things of one kind");
        return NULL;
    }
    if (a->type == FC_T_CHOICE && a->op == FC_X_FIELD && b->op == FC_X_FIELD &&
        a->field->choices != b->field->choices) {
        WRONG(p, COMPARE, b_from, b_to, "these two choices are from different lists");
        return NULL;
    }
    bool ordered = op != FC_X_EQ && op != FC_X_NE;
    if (ordered && (a->type == FC_T_TEXT || a->type == FC_T_YES_NO || a->type == FC_T_CHOICE)) {
        fc_diag *g = WRONG(p, NO_ORDER, a_from, b_to, "%s cannot be more or less than another",
                           type_words(a));
        HELP(p, g, "use \"eq\" or \"ne\"");
        return NULL;
    }
    fc_expr *x = make(p, op, FC_T_TRUTH, a_from, b_to);
    x->arg[0] = a;
    x->arg[1] = b;
    return x;
}

static const fc_expr *parse_comparison(parser *p)
{
    static const struct {
        const char *word;
        fc_expr_op op;
    } ops[] = {{"eq", FC_X_EQ}, {"ne", FC_X_NE}, {"lt", FC_X_LT},
               {"le", FC_X_LE}, {"gt", FC_X_GT}, {"ge", FC_X_GE}};
    size_t from = p->t.from;
    const fc_expr *a = parse_term(p);
    if (p->stop)
        return NULL;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (!is_word(p, ops[i].word))
            continue;
        size_t to = p->t.from;
        while (to > from && p->s.p[to - 1] == ' ')
            to--;
        next(p);
        size_t b_from = p->t.from;
        const fc_expr *b = parse_term(p);
        if (p->stop)
            return NULL;
        size_t b_to = p->t.from;
        while (b_to > b_from && p->s.p[b_to - 1] == ' ')
            b_to--;
        return compare(p, ops[i].op, a, from, to, b, b_from, b_to);
    }
    return a;
}

/* What stands beside and, or and not, and the whole, must be true or false. */
static const fc_expr *truth(parser *p, const fc_expr *x, size_t from, size_t to)
{
    if (!x || x->type == FC_T_TRUTH)
        return x;
    while (to > from && (p->s.p[to - 1] == ' ' || p->s.p[to - 1] == ')'))
        to--;
    fc_diag *g = WRONG(p, NOT_TRUTH, from, to, "this is %s, not a condition", type_words(x));
    if (x->op != FC_X_FIELD)
        HELP(p, g, "compare it with something: eq, ne, lt, le, gt, ge");
    else if (x->type == FC_T_YES_NO)
        HELP(p, g, "write \"%.*s eq yes\"", FC_ARG(x->field->id));
    else if (x->type == FC_T_CHOICES)
        HELP(p, g, "ask for one of them with chosen(%.*s, 'choice'), or write answered(%.*s)",
             FC_ARG(x->field->id), FC_ARG(x->field->id));
    else
        HELP(p, g, "compare it with something, or write answered(%.*s)", FC_ARG(x->field->id));
    return NULL;
}

static const fc_expr *parse_test(parser *p)
{
    if (!is_word(p, "not"))
        return parse_comparison(p);
    size_t from = p->t.from;
    if (++p->depth > FC_EXPR_DEPTH) {
        HELP(p,
             WRONG(p, LONG_EXPR, from, p->t.to, "\"not\" nests more than %u deep",
                   FC_EXPR_DEPTH),
             "two of them say nothing: delete both");
        p->stop = true;
        return NULL;
    }
    next(p);
    size_t inside = p->t.from;
    const fc_expr *arg = parse_test(p);
    p->depth--;
    if (p->stop)
        return NULL;
    arg = truth(p, arg, inside, p->t.from);
    if (!arg)
        return NULL;
    fc_expr *x = make(p, FC_X_NOT, FC_T_TRUTH, from, p->t.from);
    x->arg[0] = arg;
    return x;
}

/* A row of operands joined by one word, read from the left. */
static const fc_expr *parse_row(parser *p, const char *word, fc_expr_op op,
                                const fc_expr *(*operand)(parser *))
{
    size_t from = p->t.from;
    const fc_expr *a = operand(p);
    if (p->stop || !is_word(p, word))
        return p->stop ? NULL : a;
    a = truth(p, a, from, p->t.from);
    while (!p->stop && is_word(p, word)) {
        next(p);
        size_t right = p->t.from;
        const fc_expr *b = operand(p);
        if (p->stop)
            return NULL;
        b = truth(p, b, right, p->t.from);
        fc_expr *x = a && b ? make(p, op, FC_T_TRUTH, from, p->t.from) : NULL;
        if (x) {
            x->arg[0] = a;
            x->arg[1] = b;
        }
        a = x;
    }
    return p->stop ? NULL : a;
}

static const fc_expr *parse_and(parser *p)
{
    return parse_row(p, "and", FC_X_AND, parse_test);
}

static const fc_expr *parse_or(parser *p)
{
    return parse_row(p, "or", FC_X_OR, parse_and);
}

/* The whole value of the attribute, of any type. NULL: reported. */
static const fc_expr *parse_whole(parser *p)
{
    fc_front *c = p->c;
    const fc_xattr *attr = p->attr;
    if (!fc_str_trim(p->s).n) {
        fc_empty(c, attr->name_at, "\"%.*s\" is empty", FC_ARG(attr->name));
        return NULL;
    }
    if (p->s.n > FC_EXPR_MAX) {
        fc_diag *g = fc_wrong(c, FC_C_LONG_EXPR, attr->name_at,
                              "the expression is longer than %u bytes", FC_EXPR_MAX);
        fc_diag_help(c->d, g, SPLIT);
        return NULL;
    }
    next(p);
    const fc_expr *x = parse_or(p);
    if (p->stop)
        return NULL;
    if (p->t.kind != T_END) {
        unexpected(p, "\"and\", \"or\" or the end");
        return NULL;
    }
    return x;
}

const fc_expr *fc_expr_parse(fc_front *c, const fc_xattr *attr, const fc_scope *scope)
{
    parser p = {.c = c, .attr = attr, .scope = scope, .s = attr->value};
    const fc_expr *x = parse_whole(&p);
    x = truth(&p, x, 0, p.s.n);
    return p.wrong ? NULL : x;
}

bool fc_expr_uses_day(const fc_expr *x)
{
    return x &&
           (x->op == FC_X_AS_OF || fc_expr_uses_day(x->arg[0]) || fc_expr_uses_day(x->arg[1]));
}

/* What the answer of a field with calc has to come to; NULL for a type that cannot. */
static const char *calc_words(fc_type t)
{
    switch (t) {
    case FC_DATE:
        return "a date";
    case FC_PART_DATE:
        return "a year, a month or a date";
    case FC_INTERVAL:
        return "a length of time";
    case FC_INTEGER:
        return "a number";
    case FC_MONEY:
        return "an amount of money";
    case FC_YES_NO:
        return "yes or no, or a condition";
    case FC_CHOICE:
        return "a choice";
    default:
        return NULL;
    }
}

const fc_expr *fc_calc_parse(fc_front *c, const fc_xattr *attr, const fc_scope *scope,
                             const fc_node *field)
{
    parser p = {.c = c, .attr = attr, .scope = scope, .s = attr->value};
    fc_diag *g;
    if (!calc_words(field->type)) {
        g = fc_wrong(c, FC_C_CALC, attr->name_at,
                     "an answer of type \"%.*s\" cannot be worked out",
                     FC_ARG(field->type_name));
        fc_diag_help(
            c->d, g,
            "dates, lengths of time, numbers, money, yes or no, and a choice of a list "
            "can be");
        return NULL;
    }
    const fc_expr *x = parse_whole(&p);
    if (p.wrong || !x)
        return NULL;
    if (field->type == FC_PART_DATE) { /* a date is one of which all is known */
        const fc_expr part = {.type = FC_T_PART_DATE};
        x = beside(&p, x, &part);
    }
    fc_expr_type wanted = fc_type_in_expr(field->type);
    bool fits = x->type == wanted || (wanted == FC_T_YES_NO && x->type == FC_T_TRUTH);
    if (!fits) {
        g = fc_wrong(c, FC_C_CALC, attr->value_at, "this is %s, but the answer has to be %s",
                     type_words(x), calc_words(field->type));
        fc_diag_help(c->d, g, "change the expression, or the type of the question");
        return NULL;
    }
    if (fc_expr_uses_day(x)) {
        g = fc_wrong(c, FC_C_CALC, attr->value_at,
                     "what is worked out may not depend on the day");
        fc_diag_help(c->d, g,
                     "the same plan gives the same document for ever; as-of() is for checks");
        return NULL;
    }
    if (!fc_expr_first_field(x)) {
        g = fc_wrong(c, FC_C_CALC, attr->value_at,
                     "this names no other answer, so there is nothing to work out");
        fc_diag_help(c->d, g, "what is always the same is no question: write it in a note");
        return NULL;
    }
    if (x->type == FC_T_CHOICE && x->field->choices != field->choices) {
        g = fc_wrong(c, FC_C_CALC, attr->value_at,
                     "these two choices are from different lists");
        fc_diag_help(c->d, g, "give both questions the same choices");
        return NULL;
    }
    return x;
}

const fc_node *fc_expr_first_field(const fc_expr *x)
{
    if (!x)
        return NULL;
    if (x->field)
        return x->field;
    const fc_node *f = fc_expr_first_field(x->arg[0]);
    return f ? f : fc_expr_first_field(x->arg[1]);
}
