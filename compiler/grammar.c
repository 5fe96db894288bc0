/* Which element may stand where, with which attributes and which text: one table, and the walk
 * that holds a definition against it. Unknown or misplaced elements are reported, their ids are
 * remembered as lost, and they are passed over. The helpers for reporting and for reading
 * attributes live here too. */
#include "compiler/front.h"

#include <string.h>

typedef enum text_kind {
    TEXT_NONE,  /* elements only */
    TEXT_WORDS, /* characters only */
    TEXT_MAYBE, /* characters, or nothing */
    TEXT_RUNS,  /* characters, em, strong, ref */
    TEXT_RICH,  /* runs, or paragraphs and lists */
    TEXT_ANY    /* the same, or nothing */
} text_kind;

#define RUNS "em* strong* ref*"
#define RICH RUNS " p* list*"
#define BODY "note* heading* prompts* field* repeat*"
#define ANSWER                                                                                 \
    "id! label! short-label type choices lines max-length required required-when "             \
    "must calc severity stage sensitivity"

/* attrs and kids are lists of names: "!" behind a name means it must be there, "*" that an
 * element may stand more than once. Every element also takes `from` and xml:lang. */
typedef struct row {
    const char *name;
    const char *attrs;
    const char *kids;
    text_kind text;
} row;

static const row table[FC_EL_COUNT] = {
    {"form", "id! version! status data-ns! dir",
     "title! sources stages parties sensitivities choices* type* block* note* heading* "
     "section* rules* "
     "migrations examples",
     TEXT_NONE},
    {"title", "", "", TEXT_WORDS},
    {"sources", "", "source*", TEXT_NONE},
    {"source", "id! kind", "", TEXT_WORDS},
    {"stages", "", "stage*", TEXT_NONE},
    {"stage", "id!", "", TEXT_WORDS},
    {"parties", "", "party*", TEXT_NONE},
    {"party", "id! kind!", "", TEXT_WORDS},
    {"sensitivities", "", "sensitivity*", TEXT_NONE},
    {"sensitivity", "id!", "", TEXT_WORDS},
    {"choices", "id! open", "choice*", TEXT_NONE},
    {"choice", "id!", "", TEXT_WORDS},
    {"type", "id! base! pattern max-length", "hint message", TEXT_NONE},
    {"block", "id! layout", "param* slot* " BODY, TEXT_NONE},
    {"param", "id! default", "", TEXT_NONE},
    {"slot", "param prompts", "", TEXT_NONE},
    {"use", "id! block! number title! ask-when sensitivity", "set* prompts", TEXT_NONE},
    {"set", "param!", RICH, TEXT_RICH},
    {"prompts", "tickable", "p*", TEXT_NONE},
    {"p", "", RUNS, TEXT_RUNS},
    {"prompts", "id! label! short-label number tickable layout ask-when", "p*", TEXT_NONE},
    {"p", "id!", "", TEXT_WORDS},
    {"section", "id! number title! completed-by with jointly layout ask-when sensitivity",
     "columns signature* use* " BODY, TEXT_NONE},
    {"columns", "", "column*", TEXT_NONE},
    {"column", "", "", TEXT_WORDS},
    {"note", "kind!", RICH, TEXT_RICH},
    {"heading", "", RUNS, TEXT_RUNS},
    {"field", ANSWER " number layout ask-when", "hint message* why details", TEXT_NONE},
    {"details", ANSWER " when", "hint message* why", TEXT_NONE},
    {"repeat",
     "id! label number short-label min max blank-rows required severity layout ask-when "
     "sensitivity",
     "hint message* why field*", TEXT_NONE},
    {"signature",
     "id! label! short-label number party! covers required required-when "
     "sensitivity",
     "hint field*", TEXT_NONE},
    {"rules", "id! kind title", "rule*", TEXT_NONE},
    {"rule", "id! must human when for-each severity stage at", "message! why", TEXT_NONE},
    {"migrations", "", "rename* retire* retype*", TEXT_NONE},
    {"rename", "from! to!", "", TEXT_NONE},
    {"retire", "field! because!", "", TEXT_NONE},
    {"retype", "field! because!", "", TEXT_NONE},
    {"examples", "", "example*", TEXT_NONE},
    {"example", "id! title! stage as-of! plan", "set* expect* expect-clean*", TEXT_NONE},
    {"set", "path! absent", "", TEXT_MAYBE},
    {"expect", "rule! at", "", TEXT_NONE},
    {"expect-clean", "rule at", "", TEXT_NONE},
    {"hint", "", RICH, TEXT_RICH},
    {"why", "", RICH, TEXT_RICH},
    {"message", "for", RICH, TEXT_RICH},
    {"list", "", "item*", TEXT_NONE},
    {"item", "", RUNS, TEXT_RUNS},
    {"em", "", "", TEXT_WORDS},
    {"strong", "", "", TEXT_WORDS},
    {"ref", "to!", "", TEXT_NONE},
};

#define EVERYWHERE "from xml:lang"

/* Language files, which borrow runs, paragraphs and lists from the table above. */
static const row language_table[FC_EL_ALL - FC_EL_COUNT] = {
    {"language", "form! xml:lang! dir partial", "texts words obsolete", TEXT_NONE},
    {"texts", "", "text*", TEXT_NONE},
    {"words", "", "word*", TEXT_NONE},
    {"obsolete", "", "text* word*", TEXT_NONE},
    {"text", "of!", "was original! translation! picture comment", TEXT_NONE},
    {"word", "id!", "was original! translation! comment", TEXT_NONE},
    {"was", "", RICH, TEXT_ANY},
    {"original", "", RICH, TEXT_ANY},
    {"translation", "short", RICH, TEXT_ANY},
    {"picture", "file! alt", "", TEXT_NONE},
    {"comment", "", "", TEXT_MAYBE},
};

static const row *row_of(int kind)
{
    return kind < FC_EL_COUNT ? &table[kind] : &language_table[kind - FC_EL_COUNT];
}

static bool is_language_file(const fc_front *c)
{
    return c->root->kind == FC_EL_LANGUAGE;
}

static const char *namespace_of(const fc_front *c)
{
    return is_language_file(c) ? FC_LANGUAGE_NS : FC_FORM_NS;
}

/* The attributes that any element may have. */
static const char *everywhere(const fc_front *c)
{
    return is_language_file(c) ? "" : EVERYWHERE;
}

const char *fc_el_name(fc_el el)
{
    return row_of((int)el)->name;
}

/* ---- reporting ----------------------------------------------------------------------------
 */

bool fc_enough(const fc_front *c)
{
    return fc_diags_full(c->d, FC_ERROR);
}

FC_PRINTF(5, 0)
static fc_diag *report(fc_front *c, fc_severity severity, fc_code code, fc_span at,
                       const char *fmt, va_list ap)
{
    if (fc_diags_full(c->d, severity))
        return fc_report(c->d, severity, fc_codes[code].code, at, "and more");
    fc_str text = fc_str_vfmt(c->a, fmt, ap);
    for (size_t i = 0; i < c->seen.n; i++) {
        const struct fc_seen *s = &c->seen.at[i];
        if (s->code == code && s->at.begin == at.begin && s->at.end == at.end &&
            fc_str_eq(s->text, text))
            return FC_NEW(c->a, fc_diag);
    }
    FC_PUSH(c->a, &c->seen, ((struct fc_seen){code, at, text}));
    return fc_report(c->d, severity, fc_codes[code].code, at, "%.*s", FC_ARG(text));
}

fc_diag *fc_wrong(fc_front *c, fc_code code, fc_span at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fc_diag *g = report(c, FC_ERROR, code, at, fmt, ap);
    va_end(ap);
    return g;
}

fc_diag *fc_warn(fc_front *c, fc_code code, fc_span at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fc_diag *g = report(c, FC_WARNING, code, at, fmt, ap);
    va_end(ap);
    return g;
}

void fc_empty(fc_front *c, fc_span at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fc_diag *g = report(c, FC_ERROR, FC_C_EMPTY, at, fmt, ap);
    va_end(ap);
    fc_diag_help(c->d, g, "write something there, or delete it");
}

void fc_no_child(fc_front *c, const fc_xelem *x, fc_str name)
{
    fc_diag *g = fc_wrong(c, FC_C_NO_CHILD, x->name_at, "<%.*s> has no <%.*s>", FC_ARG(x->name),
                          FC_ARG(name));
    fc_diag_help(c->d, g, "add <%.*s> inside <%.*s>", FC_ARG(name), FC_ARG(x->name));
}

void fc_names_add(fc_names *n, fc_str name)
{
    if (!fc_enough(n->c))
        FC_PUSH(n->c->a, &n->list, name);
}

fc_str fc_names_nearest(const fc_names *n, fc_str to)
{
    /* A third of the letters may be wrong, and at least one of two. */
    size_t best = to.n / 3 ? to.n / 3 : to.n > 1;
    fc_str nearest = {0};
    if (best > 4)
        best = 4;
    for (size_t i = 0; i < n->list.n; i++) {
        fc_str name = n->list.at[i];
        size_t apart = name.n > to.n ? name.n - to.n : to.n - name.n;
        if (apart > best)
            continue;
        size_t far = fc_str_distance(name, to, best);
        if (far < best || (far == best && !nearest.n)) {
            best = far;
            nearest = name;
        }
    }
    return nearest;
}

#define NAMES_SHOWN 24u /* more names in one line help nobody */

void fc_help_names(fc_front *c, fc_diag *g, const fc_names *n, fc_str given, const char *what)
{
    fc_str nearest = fc_names_nearest(n, given);
    if (nearest.n) {
        fc_diag_help(c->d, g, "did you mean \"%.*s\"?", FC_ARG(nearest));
        return;
    }
    if (n->list.n == 0 || n->list.n > NAMES_SHOWN)
        return;
    fc_str all = {0};
    for (size_t i = 0; i < n->list.n; i++)
        all = fc_str_fmt(c->a, "%.*s%s%.*s", FC_ARG(all), i ? ", " : "", FC_ARG(n->list.at[i]));
    fc_diag_help(c->d, g, "%s %.*s", what, FC_ARG(all));
}

/* ---- lists of names in the table ----------------------------------------------------------
 */

typedef struct listed {
    fc_str name;
    bool must, many;
} listed;

static bool next_listed(const char **list, listed *out)
{
    const char *p = *list;
    while (*p == ' ')
        p++;
    if (!*p)
        return false;
    const char *begin = p;
    while (*p && *p != ' ' && *p != '!' && *p != '*')
        p++;
    out->name = (fc_str){begin, (size_t)(p - begin)};
    out->must = *p == '!';
    out->many = *p == '*';
    *list = *p == '!' || *p == '*' ? p + 1 : p;
    return true;
}

static bool in_list(const char *list, fc_str name, listed *out)
{
    while (next_listed(&list, out))
        if (fc_str_eq(out->name, name))
            return true;
    return false;
}

static void add_listed(fc_names *n, const char *list)
{
    listed l;
    while (next_listed(&list, &l))
        fc_names_add(n, l.name);
}

/* ---- the walk -----------------------------------------------------------------------------
 */

static int kind_of(const fc_front *c, const fc_xelem *x, const fc_xelem *in)
{
    if (!fc_str_eq_z(x->ns, namespace_of(c)))
        return -1;
    if (in->kind == FC_EL_EXAMPLE && fc_str_eq_z(x->name, table[FC_EL_ANSWER].name))
        return FC_EL_ANSWER; /* <set> of a use is another row */
    if (in->kind == FC_EL_TICKS && fc_str_eq_z(x->name, table[FC_EL_TICK].name))
        return FC_EL_TICK;
    if (fc_str_eq_z(x->name, table[FC_EL_TICKS].name) &&
        fc_str_eq_z(fc_attr_value(x, "tickable"), "yes"))
        return FC_EL_TICKS;
    int end = is_language_file(c) ? FC_EL_ALL : FC_EL_COUNT;
    for (int i = is_language_file(c) ? FC_EL_P : 0; i < end; i++)
        if (fc_str_eq_z(x->name, row_of(i)->name))
            return i;
    return -1;
}

/* Remembers the ids inside an element that is passed over: names that lead there are no second
 * mistake. */
static void lose(fc_front *c, const fc_xelem *x)
{
    fc_str id = fc_attr_value(x, "id");
    if (id.n)
        FC_PUSH(c->a, &c->lost, id);
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem)
            lose(c, x->kids.at[i].elem);
}

static void check_attrs(fc_front *c, const fc_xelem *x)
{
    const char *allowed = row_of(x->kind)->attrs;
    listed l;
    for (size_t i = 0; i < x->n_attrs; i++) {
        const fc_xattr *at = &x->attrs[i];
        if (in_list(allowed, at->name, &l) || in_list(everywhere(c), at->name, &l))
            continue;
        fc_diag *g =
            fc_wrong(c, FC_C_NO_SUCH_ATTR, at->name_at, "<%.*s> has no attribute \"%.*s\"",
                     FC_ARG(x->name), FC_ARG(at->name));
        if (fc_str_eq_z(at->name, "dir") && !is_language_file(c)) {
            fc_diag_help(c->d, g, "only <form> has it; elsewhere xml:lang says enough");
            continue;
        }
        if (x->kind == FC_EL_PROMPTS && in_list(table[FC_EL_TICKS].attrs, at->name, &l)) {
            fc_diag_help(c->d, g,
                         "prompts have it when they can be ticked: add tickable=\"yes\"");
            continue;
        }
        fc_names n = {.c = c};
        add_listed(&n, allowed);
        add_listed(&n, everywhere(c));
        fc_help_names(c, g, &n, at->name, "its attributes are:");
    }
    const char *list = allowed;
    while (next_listed(&list, &l)) {
        if (!l.must)
            continue;
        char name[32];
        memcpy(name, l.name.p, l.name.n);
        name[l.name.n] = 0;
        const fc_xattr *at = fc_attr(x, name);
        if (!at) {
            fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<%.*s> has no \"%s\"",
                                  FC_ARG(x->name), name);
            fc_diag_help(c->d, g, "add %s=\"...\"", name);
            if (fc_str_eq_z(l.name, "id"))
                fc_diag_help(c->d, g,
                             "add id=\"...\": a short lower-case name that never changes");
        } else if (!fc_str_trim(at->value).n) {
            fc_empty(c, at->name_at, "\"%s\" is empty", name);
        }
    }
}

/* Head, body, rules, the rest: the parts of a form in this order. */
static int part_of_form(int kind)
{
    switch (kind) {
    case FC_EL_NOTE:
    case FC_EL_HEADING:
    case FC_EL_SECTION:
        return 1;
    case FC_EL_RULES:
        return 2;
    case FC_EL_MIGRATIONS:
    case FC_EL_EXAMPLES:
        return 3;
    default:
        return 0;
    }
}

static void misplaced(fc_front *c, fc_xelem *k, const fc_xelem *in)
{
    int kind = kind_of(c, k, in);
    fc_names n = {.c = c};
    add_listed(&n, row_of(in->kind)->kids);
    fc_diag *g;
    if (k->ns.n && !fc_str_eq_z(k->ns, namespace_of(c))) {
        g = fc_wrong(c, FC_C_NO_SUCH_ELEMENT, k->name_at, "<%.*s> belongs to another namespace",
                     FC_ARG(k->name));
        fc_diag_help(c->d, g, "elements of this file are in \"%s\"", namespace_of(c));
    } else if (kind >= 0 && kind == FC_EL_REPEAT && in->kind == FC_EL_REPEAT) {
        g = fc_wrong(c, FC_C_MISPLACED, k->name_at, "a repeat may not stand inside a repeat");
        fc_diag_help(c->d, g, "write two repeats beside each other");
    } else if (kind >= 0 && kind == FC_EL_SECTION) {
        g = fc_wrong(c, FC_C_MISPLACED, k->name_at, "<section> may not stand inside <%.*s>",
                     FC_ARG(in->name));
        fc_diag_help(c->d, g, "sections stand one behind the other, directly in <form>");
    } else if (kind >= 0) {
        g = fc_wrong(c, FC_C_MISPLACED, k->name_at, "<%.*s> may not stand inside <%.*s>",
                     FC_ARG(k->name), FC_ARG(in->name));
        if (n.list.n)
            fc_help_names(c, g, &n, (fc_str){0}, "what may stand there:");
        else
            fc_diag_help(c->d, g, "<%.*s> holds %s", FC_ARG(in->name),
                         row_of(in->kind)->text == TEXT_NONE ? "nothing" : "words only");
    } else {
        g = fc_wrong(c, FC_C_NO_SUCH_ELEMENT, k->name_at, "there is no element <%.*s>",
                     FC_ARG(k->name));
        fc_str near = fc_names_nearest(&n, k->name);
        if (!near.n) { /* perhaps one that belongs elsewhere */
            fc_names all = {.c = c};
            for (int i = 0; i < FC_EL_COUNT && !is_language_file(c); i++)
                fc_names_add(&all, fc_str_of(row_of(i)->name));
            near = fc_names_nearest(&all, k->name);
        }
        if (near.n)
            fc_diag_help(c->d, g, "did you mean <%.*s>?", FC_ARG(near));
        else
            fc_help_names(c, g, &n, k->name, "what may stand here:");
    }
    lose(c, k);
}

static bool blank(fc_str s)
{
    return fc_str_trim(s).n == 0;
}

/* The first element of this name among those of each kind; NULL when there is none. */
static const fc_xelem *first_named(const fc_xelem *const first[FC_EL_ALL], fc_str name)
{
    for (int i = 0; i < FC_EL_ALL; i++)
        if (first[i] && fc_str_eq_z(name, row_of(i)->name))
            return first[i];
    return NULL;
}

static void walk(fc_front *c, fc_xelem *x)
{
    check_attrs(c, x);
    const fc_xelem *first[FC_EL_ALL] = {0};
    int part = 0;
    bool words = false, unknown = false;
    text_kind text = row_of(x->kind)->text;
    for (size_t i = 0; i < x->kids.n; i++) {
        fc_xelem *k = x->kids.at[i].elem;
        if (!k) {
            if (blank(x->kids.at[i].text))
                continue;
            words = true;
            if (text == TEXT_NONE) {
                fc_diag *g = fc_wrong(c, FC_C_STRAY_TEXT, fc_source_of_text(c->text, x, i),
                                      "text may not stand directly in <%.*s>", FC_ARG(x->name));
                listed l;
                if (in_list(row_of(x->kind)->kids, FC_S("note"), &l))
                    fc_diag_help(c->d, g, "put it in <note kind=\"instruction\">...</note>");
                else if (in_list(row_of(x->kind)->kids, FC_S("hint"), &l))
                    fc_diag_help(c->d, g, "put it in <hint>...</hint>");
                else
                    fc_diag_help(c->d, g, "delete it, or put it in an element");
            }
            continue;
        }
        listed l;
        int kind = kind_of(c, k, x);
        if (kind < 0 || !in_list(row_of(x->kind)->kids, k->name, &l)) {
            misplaced(c, k, x);
            unknown = true;
            continue;
        }
        const fc_xelem *before = first_named(first, k->name);
        if (before && !l.many) {
            fc_diag *g = fc_wrong(c, FC_C_ONCE, k->name_at, "<%.*s> may hold only one <%.*s>",
                                  FC_ARG(x->name), FC_ARG(k->name));
            fc_diag_note_at(c->d, g, before->name_at, "the first one stands here");
            fc_diag_help(c->d, g, "put what both say into one, or delete one");
            lose(c, k);
            continue;
        }
        if (!first[kind])
            first[kind] = k;
        if (x->kind == FC_EL_FORM) {
            static const char *const names[] = {
                "the title, sources, stages, parties, sensitivities, choices, types and blocks",
                "the notes, headings and sections", "the rules", "the migrations and examples"};
            int of = part_of_form(kind);
            if (of < part) {
                fc_diag *g = fc_wrong(c, FC_C_MISPLACED, k->name_at,
                                      "<%.*s> stands too late in the form", FC_ARG(k->name));
                fc_diag_help(c->d, g, "move it before %s", names[of + 1]);
            } else {
                part = of;
            }
        }
        k->kind = kind;
        walk(c, k);
    }
    const char *list = row_of(x->kind)->kids;
    listed l;
    while (next_listed(&list, &l)) {
        if (!l.must || unknown)
            continue;
        if (first_named(first, l.name))
            continue;
        if (x->kind == FC_EL_RULE) {
            fc_diag *g =
                fc_wrong(c, FC_C_NO_MESSAGE, fc_attr_at(x, "must"),
                         "this rule has no message, so people would not know what to do");
            fc_diag_help(c->d, g, "add <message>...</message>: %s",
                         fc_attr(x, "human") ? "the question for the reviewer"
                                             : "first what is wrong, then what to do");
        } else {
            fc_no_child(c, x, l.name);
        }
    }
    bool needs_words = text == TEXT_WORDS || text == TEXT_RUNS || text == TEXT_RICH;
    if (needs_words && !words && !unknown) {
        bool any = false;
        for (int i = 0; i < FC_EL_ALL && !any; i++)
            any = first[i] != NULL;
        if (!any)
            fc_empty(c, x->name_at, "<%.*s> holds no words", FC_ARG(x->name));
    }
}

void fc_grammar_check(fc_front *c, fc_xelem *root)
{
    root->kind = fc_str_eq_z(root->ns, FC_LANGUAGE_NS) ? FC_EL_LANGUAGE : FC_EL_FORM;
    walk(c, root);
}

/* ---- attributes ---------------------------------------------------------------------------
 */

const fc_xattr *fc_attr(const fc_xelem *x, const char *name)
{
    for (size_t i = 0; i < x->n_attrs; i++)
        if (fc_str_eq_z(x->attrs[i].name, name))
            return &x->attrs[i];
    return NULL;
}

fc_str fc_attr_value(const fc_xelem *x, const char *name)
{
    const fc_xattr *at = fc_attr(x, name);
    return at ? fc_str_trim(at->value) : (fc_str){0};
}

fc_span fc_attr_at(const fc_xelem *x, const char *name)
{
    const fc_xattr *at = fc_attr(x, name);
    return at ? at->value_at : x->at;
}

const fc_xelem *fc_child(const fc_xelem *x, fc_el el)
{
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem && x->kids.at[i].elem->kind == (int)el)
            return x->kids.at[i].elem;
    return NULL;
}

bool fc_next_word(fc_front *c, const fc_xattr *attr, size_t *pos, fc_str *word, fc_span *at)
{
    if (!fc_str_next_word(attr->value, pos, word))
        return false;
    *at = fc_source_in_attr(c->text, attr, *pos - word->n, *pos);
    return true;
}

int fc_one_of(fc_front *c, const fc_xelem *x, const char *attr, const char *const *words,
              int or_else)
{
    const fc_xattr *at = fc_attr(x, attr);
    if (!at)
        return or_else;
    fc_str v = fc_str_trim(at->value);
    fc_names n = {.c = c};
    for (int i = 0; words[i]; i++) {
        if (fc_str_eq_z(v, words[i]))
            return i;
        fc_names_add(&n, fc_str_of(words[i]));
    }
    fc_diag *g =
        fc_wrong(c, FC_C_BAD_VALUE, at->value_at, "%s cannot be \"%.*s\"", attr, FC_ARG(v));
    fc_help_names(c, g, &n, v, "it may be:");
    return or_else;
}

unsigned fc_number(fc_front *c, const fc_xelem *x, const char *attr, unsigned min, unsigned max,
                   unsigned or_else)
{
    const fc_xattr *at = fc_attr(x, attr);
    if (!at)
        return or_else;
    fc_str v = fc_str_trim(at->value);
    unsigned long value = 0;
    bool good = v.n > 0 && v.n <= 7;
    for (size_t i = 0; good && i < v.n; i++) {
        good = v.p[i] >= '0' && v.p[i] <= '9';
        value = value * 10 + (unsigned long)(v.p[i] - '0');
    }
    if (good && value >= min && value <= max)
        return (unsigned)value;
    fc_diag *g =
        fc_wrong(c, FC_C_BAD_NUMBER, at->value_at, "%s cannot be \"%.*s\"", attr, FC_ARG(v));
    fc_diag_help(c->d, g, "write a whole number from %u to %u", min, max);
    return or_else;
}
