/* The head of a definition: what the form is called and in which language, and the lists that
 * its body refers to. The shape of ids and languages is decided here. */
#include "compiler/front.h"
#include "runtime/fv.h"

#include <string.h>

/* ---- ids ----------------------------------------------------------------------------------
 */

/* Words of the expression language: an id that is one of them could not be named there. */
static const char *const reserved[] = {"and", "or", "not", "eq", "ne",   "lt",    "le",
                                       "gt",  "ge", "yes", "no", "true", "false", NULL};

/* The id of x, its shape checked. A bad shape is reported and the id used all the same. */
fc_str fc_id_of(fc_front *c, const fc_xelem *x, bool in_expressions)
{
    const fc_xattr *at = fc_attr(x, "id");
    if (!at)
        return (fc_str){0};
    fc_str id = fc_str_trim(at->value);
    bool good = id.n > 0, start = true;
    for (size_t i = 0; i < id.n; i++) {
        char ch = id.p[i];
        bool letter = ch >= 'a' && ch <= 'z', digit = ch >= '0' && ch <= '9';
        if (ch == '-') {
            good = good && !start && i + 1 < id.n;
            start = true;
        } else {
            good = good && (letter || (digit && i > 0));
            start = false;
        }
    }
    if (!good && id.n) {
        fc_diag *g =
            fc_wrong(c, FC_C_BAD_ID, at->value_at, "\"%.*s\" is not the shape of an id",
                     FC_ARG(fc_str_slice(id, 0, id.n < 80 ? id.n : 80)));
        fc_diag_help(c->d, g,
                     "use small letters and digits, words joined by \"-\", a letter first: "
                     "\"date-of-birth\"");
    } else if (id.n > FC_ID_MAX) {
        fc_diag_help(c->d,
                     fc_wrong(c, FC_C_BAD_ID, at->value_at,
                              "this id has more than %d characters", FC_ID_MAX),
                     "nobody sees it: a short word will do");
    }
    for (size_t i = 0; in_expressions && reserved[i]; i++)
        if (fc_str_eq_z(id, reserved[i])) {
            fc_diag *g = fc_wrong(c, FC_C_BAD_ID, at->value_at,
                                  "\"%.*s\" is a word of the expression language", FC_ARG(id));
            fc_diag_help(c->d, g, "choose another id");
        }
    return id;
}

/* Reports an id that stands in a list already. */
static bool taken(fc_front *c, const fc_xelem *x, fc_str id, fc_str other, fc_span other_at,
                  const char *what)
{
    if (!id.n || !fc_str_eq(id, other))
        return false;
    fc_diag *g = fc_wrong(c, FC_C_DUPLICATE_ID, fc_attr_at(x, "id"),
                          "the id \"%.*s\" is already used for another %s", FC_ARG(id), what);
    fc_diag_note_at(c->d, g, other_at, "first used here");
    fc_diag_help(c->d, g, "give this one another id");
    return true;
}

/* ---- the head -----------------------------------------------------------------------------
 */

static const char *const open_words[] = {"no", "yes", NULL};

void fc_read_choices(fc_front *c, const fc_xelem *x, fc_el el, fc_choices *list)
{
    FC_EACH(x, k, el)
    {
        fc_choice ch = {.at = k->at, .id = fc_id_of(c, k, false), .label = fc_text_words(c, k)};
        bool twice = false;
        for (size_t i = 0; i < list->list.n && !twice; i++)
            twice = taken(c, k, ch.id, list->list.at[i].id, list->list.at[i].at, "choice");
        if (!twice)
            FC_PUSH(c->a, &list->list, ch);
    }
}

static void build_choices(fc_front *c, const fc_xelem *x)
{
    fc_choices *list = FC_NEW(c->a, fc_choices);
    list->at = fc_attr_at(x, "id");
    list->id = fc_id_of(c, x, false);
    list->open = fc_one_of(c, x, "open", open_words, 0) == 1;
    fc_read_choices(c, x, FC_EL_CHOICE, list);
    if (!list->list.n)
        fc_no_child(c, x, FC_S("choice"));
    for (size_t i = 0; i < c->f->choices.n; i++)
        if (taken(c, x, list->id, c->f->choices.at[i]->id, c->f->choices.at[i]->at,
                  "list of choices"))
            return;
    if (fc_str_eq_z(list->id, "yes-no")) {
        if (list->list.n != 2 || !fc_str_eq_z(list->list.at[0].id, "yes") ||
            !fc_str_eq_z(list->list.at[1].id, "no") || list->open) {
            fc_diag *g = fc_wrong(c, FC_C_YES_NO_WORDS, list->at,
                                  "the choices \"yes-no\" must be \"yes\" and \"no\"");
            fc_diag_help(c->d, g,
                         "they give the words for yes and no in the form's language: <choice "
                         "id=\"yes\">...</choice><choice id=\"no\">...</choice>");
        }
        c->yes_no = list;
    }
    FC_PUSH(c->a, &c->f->choices, list);
}

int fc_builtin_type(fc_str name)
{
    for (int i = 0; i < FC_TYPE_COUNT; i++)
        if (fc_str_eq_z(name, fc_types[i].name))
            return i;
    return -1;
}

bool fc_is_text_type(fc_type t)
{
    switch (t) {
    case FC_NHS_NUMBER:
    case FC_DATE:
    case FC_PART_DATE:
    case FC_INTERVAL:
    case FC_INTERVAL_TEXT:
    case FC_INTEGER:
    case FC_MONEY:
    case FC_YES_NO:
    case FC_CHOICE:
    case FC_CHOICES:
    case FC_TYPE_COUNT:
        return false;
    default:
        return true;
    }
}

/* Patterns are read by the code that will match them. */
static bool pattern_fits(fc_front *c, const fc_xattr *at)
{
    fv_pattern p;
    fv_text text = {at->value.p, at->value.n};
    if (at->value.n && fv_pattern_make(&p, text))
        return true;
    size_t from = at->value.n && p.at > 0 ? p.at - 1 : 0;
    fc_diag *g =
        fc_wrong(c, FC_C_BAD_PATTERN, fc_source_in_attr(c->text, at, from, from + 1),
                 at->value.n && p.n >= FV_PATTERN_STEPS ? "this pattern is too long"
                                                        : "this pattern cannot be read");
    fc_diag_help(
        c->d, g,
        "a pattern is made of characters, classes like [A-Z0-9], \\d for a digit, "
        "groups (A|B), and ? * + {3} {3,20} behind one of them; it stands for the whole "
        "answer");
    return false;
}

static void build_type(fc_front *c, const fc_xelem *x)
{
    fc_local_type t = {.id = fc_id_of(c, x, false), .x = x};
    if (fc_builtin_type(t.id) >= 0) {
        fc_diag *g =
            fc_wrong(c, FC_C_DUPLICATE_ID, fc_attr_at(x, "id"),
                     "the type \"%.*s\" is built in and cannot be made again", FC_ARG(t.id));
        fc_diag_help(c->d, g, "give this one another id");
        return;
    }
    for (size_t i = 0; i < c->types.n; i++)
        if (taken(c, x, t.id, c->types.at[i].id, fc_attr_at(c->types.at[i].x, "id"), "type"))
            return;
    fc_str base = fc_attr_value(x, "base");
    int b = fc_builtin_type(base);
    fc_names n = {.c = c};
    for (int i = 0; i < FC_TYPE_COUNT; i++)
        if (fc_is_text_type((fc_type)i) && i != FC_MARK)
            fc_names_add(&n, fc_str_of(fc_types[i].name));
    if (base.n && b < 0) {
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_TYPE, fc_attr_at(x, "base"),
                              "there is no built-in type \"%.*s\"", FC_ARG(base));
        fc_help_names(c, g, &n, base, "the types of text are:");
    } else if (b >= 0 && (!fc_is_text_type((fc_type)b) || b == FC_MARK)) {
        fc_diag *g = fc_wrong(c, FC_C_NOT_TEXT, fc_attr_at(x, "base"),
                              "a type cannot be made from \"%.*s\"", FC_ARG(base));
        fc_help_names(c, g, &n, (fc_str){0}, "it can be made from:");
        b = -1;
    }
    t.base = b < 0 ? FC_LINE : (fc_type)b;
    t.max_length = fc_number(c, x, "max-length", 1, FC_LENGTH_MAX, 0);
    const fc_xattr *pattern = fc_attr(x, "pattern");
    if (pattern && pattern_fits(c, pattern))
        t.pattern = pattern->value;
    FC_PUSH(c->a, &c->types, t);
}

static void build_title(fc_front *c, const fc_xelem *x)
{
    c->f->title = fc_text_words(c, x);
    c->f->title_lang = fc_lang_of(c, x);
}

static void build_block(fc_front *c, const fc_xelem *x)
{
    fc_block b = {.id = fc_id_of(c, x, false), .x = x};
    for (size_t i = 0; i < c->blocks.n; i++)
        if (taken(c, x, b.id, c->blocks.at[i].id, fc_attr_at(c->blocks.at[i].x, "id"), "block"))
            return;
    FC_PUSH(c->a, &c->blocks, b);
}

static void build_parties(fc_front *c, const fc_xelem *x)
{
    static const char *const kinds[] = {"person", "organisation", "professional", NULL};
    FC_EACH(x, k, FC_EL_PARTY)
    {
        fc_party p = {.at = k->at, .id = fc_id_of(c, k, false), .label = fc_text_words(c, k)};
        p.kind = (fc_party_kind)fc_one_of(c, k, "kind", kinds, 0);
        bool twice = false;
        for (size_t i = 0; i < c->f->parties.n && !twice; i++)
            twice = taken(c, k, p.id, c->f->parties.at[i].id, c->f->parties.at[i].at, "party");
        if (twice)
            continue;
        if (c->f->parties.n == FC_PARTY_MAX) {
            fc_wrong(c, FC_C_TOO_MUCH, k->at, "there are more than %d parties", FC_PARTY_MAX);
            return;
        }
        FC_PUSH(c->a, &c->f->parties, p);
    }
}

static void build_stages(fc_front *c, const fc_xelem *x)
{
    FC_EACH(x, k, FC_EL_STAGE)
    {
        fc_stage s = {.at = k->at, .id = fc_id_of(c, k, true), .label = fc_text_words(c, k)};
        bool twice = false;
        for (size_t i = 0; i < c->f->stages.n && !twice; i++)
            twice = taken(c, k, s.id, c->f->stages.at[i].id, c->f->stages.at[i].at, "stage");
        if (!twice)
            FC_PUSH(c->a, &c->f->stages, s);
    }
}

static void build_sensitivities(fc_front *c, const fc_xelem *x)
{
    FC_EACH(x, k, FC_EL_SENSITIVITY)
    {
        fc_sensitivity s = {
            .at = k->at, .id = fc_id_of(c, k, false), .label = fc_text_words(c, k)};
        bool twice = false;
        for (size_t i = 0; i < c->f->sensitivities.n && !twice; i++)
            twice = taken(c, k, s.id, c->f->sensitivities.at[i].id,
                          c->f->sensitivities.at[i].at, "sensitivity");
        if (!twice)
            FC_PUSH(c->a, &c->f->sensitivities, s);
    }
}

static void build_sources(fc_front *c, const fc_xelem *x)
{
    FC_EACH(x, k, FC_EL_SOURCE)
    {
        fc_source_ref s = {.at = k->at,
                           .id = fc_id_of(c, k, false),
                           .kind = fc_attr_value(k, "kind"),
                           .text = fc_text_words(c, k)};
        bool twice = false;
        for (size_t i = 0; i < c->f->sources.n && !twice; i++)
            twice = taken(c, k, s.id, c->f->sources.at[i].id, c->f->sources.at[i].at, "source");
        if (!twice)
            FC_PUSH(c->a, &c->f->sources, s);
    }
}

static bool is_version(fc_str v)
{
    unsigned dots = 0;
    bool digit = false;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] >= '0' && v.p[i] <= '9') {
            digit = true;
        } else if (v.p[i] == '.' && digit && dots < 2) {
            dots++;
            digit = false;
        } else {
            return false;
        }
    }
    return digit && v.n <= 20;
}

static bool letter_or_digit(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

bool fc_is_language(fc_str v)
{
    size_t part = 0, parts = 0;
    for (size_t i = 0; i <= v.n; i++) {
        if (i == v.n || v.p[i] == '-') {
            if (part == 0 || part > 8 || (parts == 0 && part < 2))
                return false;
            parts++;
            part = 0;
        } else if (letter_or_digit(v.p[i])) {
            if (parts == 0 && v.p[i] >= '0' && v.p[i] <= '9')
                return false;
            part++;
        } else {
            return false;
        }
    }
    return v.n > 0;
}

static void check_languages(fc_front *c, const fc_xelem *x)
{
    const fc_xattr *at = fc_attr(x, "xml:lang");
    if (at && !fc_is_language(fc_str_trim(at->value))) {
        fc_diag *g = fc_wrong(c, FC_C_BAD_LANGUAGE, at->value_at,
                              "\"%.*s\" is not the shape of a language", FC_ARG(at->value));
        fc_diag_help(c->d, g, "write a tag like \"en-GB\" or \"cy\"");
        if (x == c->root)
            c->f->lang = FC_S("en"); /* what follows from another language stays quiet */
    }
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem && x->kids.at[i].elem->kind >= 0)
            check_languages(c, x->kids.at[i].elem);
}

/* `from` on any element names sources: "tmpl:L53 act". */
static void check_sources(fc_front *c, const fc_xelem *x)
{
    const fc_xattr *at = fc_attr(x, "from");
    fc_str word;
    fc_span where;
    if (x->kind == FC_EL_RENAME)
        return; /* its "from" is a path */
    for (size_t pos = 0; at && fc_next_word(c, at, &pos, &word, &where);) {
        const char *colon = memchr(word.p, ':', word.n);
        fc_str id = colon ? fc_str_slice(word, 0, (size_t)(colon - word.p)) : word;
        fc_names n = {.c = c};
        bool found = false;
        for (size_t i = 0; i < c->f->sources.n && !found; i++) {
            found = fc_str_eq(c->f->sources.at[i].id, id);
            fc_names_add(&n, c->f->sources.at[i].id);
        }
        if (found)
            continue;
        where.end = where.begin + (uint32_t)id.n;
        fc_diag *g =
            fc_wrong(c, FC_C_NO_SUCH_SOURCE, where, "there is no source \"%.*s\"", FC_ARG(id));
        if (n.list.n)
            fc_help_names(c, g, &n, id, "the sources are:");
        else
            fc_diag_help(c->d, g, "add it to <sources>: <source id=\"%.*s\">...</source>",
                         FC_ARG(id));
    }
    for (size_t i = 0; i < x->kids.n; i++)
        if (x->kids.at[i].elem && x->kids.at[i].elem->kind >= 0)
            check_sources(c, x->kids.at[i].elem);
}

/* ---- all of it -----------------------------------------------------------------------------
 */

static void form_attributes(fc_front *c)
{
    const fc_xelem *x = c->root;
    fc_form *f = c->f;
    static const char *const statuses[] = {"draft", "published", NULL};
    static const char *const dirs[] = {"ltr", "rtl", NULL};
    f->at = x->at;
    f->id = fc_id_of(c, x, false);
    f->version = fc_attr_value(x, "version");
    if (f->version.n && !is_version(f->version)) {
        fc_diag *g = fc_wrong(c, FC_C_BAD_VERSION, fc_attr_at(x, "version"),
                              "\"%.*s\" is not the shape of a version", FC_ARG(f->version));
        fc_diag_help(c->d, g, "write numbers with dots, like \"1.0.0\"");
    }
    f->status = fc_str_of(statuses[fc_one_of(c, x, "status", statuses, 0)]);
    const fc_xattr *ns = fc_attr(x, "data-ns");
    f->data_ns = fc_attr_value(x, "data-ns");
    bool good = fc_str_starts(f->data_ns, "urn:") || fc_str_starts(f->data_ns, "http://") ||
                fc_str_starts(f->data_ns, "https://");
    for (size_t i = 0; i < f->data_ns.n; i++) {
        char ch = f->data_ns.p[i];
        good = good && (letter_or_digit(ch) || strchr("-._~:/?#[]@!$&()*+,;=%", ch) != NULL);
    }
    static const char *const ours[] = {
        "urn:formc:form:",    "urn:formc:plan:",  "urn:formc:model:",
        "urn:formc:program:", "urn:formc:theme:", "urn:formc:language:"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        good = good && !fc_str_starts(f->data_ns, ours[i]);
    if (ns && f->data_ns.n && !good) {
        fc_diag *g = fc_wrong(
            c, FC_C_BAD_NAMESPACE, ns->value_at,
            "\"%.*s\" cannot be the namespace of the answers",
            FC_ARG(fc_str_slice(f->data_ns, 0, f->data_ns.n < 80 ? f->data_ns.n : 80)));
        fc_diag_help(c->d, g, "write something like \"urn:formc:data:%.*s\"", FC_ARG(f->id));
    }
    const fc_xattr *lang = fc_attr(x, "xml:lang");
    f->lang = fc_attr_value(x, "xml:lang");
    if (!lang) {
        fc_diag *g = fc_wrong(c, FC_C_NO_ATTR, x->name_at, "<form> has no \"xml:lang\"");
        fc_diag_help(c->d, g, "add xml:lang=\"en-GB\": screen readers need the language");
        f->lang = FC_S("en");
    }
    f->rtl = fc_one_of(c, x, "dir", dirs, fc_lang_is_rtl(f->lang) ? 1 : 0) == 1;
    if (c->translated) {
        f->lang = c->translated->tag;
        f->rtl = c->translated->rtl;
    }
}

/* The words for yes and no, where the form does not give them itself. */
static void yes_no_words(fc_front *c)
{
    static const fc_word words[] = {FC_WORD_YES, FC_WORD_NO};
    const fc_form *f = c->f;
    bool known = fc_lang_is_english(f->lang) || c->translated || c->translating ||
                 (f->words && f->words[FC_WORD_YES].n && f->words[FC_WORD_NO].n);
    if (c->yes_no || !known)
        return;
    c->yes_no = FC_NEW(c->a, fc_choices);
    c->yes_no->id = FC_S("yes-no");
    for (size_t i = 0; i < 2; i++)
        FC_PUSH(c->a, &c->yes_no->list,
                ((fc_choice){.id = fc_str_of(fc_word_ids[words[i]]),
                             .label = fc_words(f, words[i])}));
}

void fc_head_read(fc_front *c)
{
    const fc_xelem *x = c->root;
    form_attributes(c);
    static const struct {
        fc_el el;
        void (*read)(fc_front *, const fc_xelem *);
    } parts[] = {{FC_EL_TITLE, build_title},
                 {FC_EL_SOURCES, build_sources},
                 {FC_EL_STAGES, build_stages},
                 {FC_EL_PARTIES, build_parties},
                 {FC_EL_SENSITIVITIES, build_sensitivities},
                 {FC_EL_CHOICES, build_choices},
                 {FC_EL_TYPE, build_type},
                 {FC_EL_BLOCK, build_block}};
    for (size_t i = 0; i < x->kids.n; i++)
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
            if (x->kids.at[i].elem && x->kids.at[i].elem->kind == (int)parts[p].el)
                parts[p].read(c, x->kids.at[i].elem);

    yes_no_words(c);
    c->n_lists = c->f->choices.n;
    c->choices_used = FC_NEW_N(c->a, bool, c->n_lists + 1);
    check_sources(c, x);
    check_languages(c, x);
}

void fc_head_warn_unused(fc_front *c)
{
    for (size_t i = 0; i < c->blocks.n; i++)
        if (!c->blocks.at[i].used) {
            fc_diag *g =
                fc_warn(c, FC_C_UNUSED, fc_attr_at(c->blocks.at[i].x, "id"),
                        "the block \"%.*s\" is never used", FC_ARG(c->blocks.at[i].id));
            fc_diag_help(c->d, g, "its questions and rules were not checked");
        }
    for (size_t i = 0; i < c->types.n; i++)
        if (!c->types.at[i].used) {
            fc_diag *g = fc_warn(c, FC_C_UNUSED, fc_attr_at(c->types.at[i].x, "id"),
                                 "the type \"%.*s\" is never used", FC_ARG(c->types.at[i].id));
            fc_diag_help(c->d, g, "write type=\"%.*s\" on a question, or delete it",
                         FC_ARG(c->types.at[i].id));
        }
    for (size_t i = 0; i < c->n_lists; i++)
        if (!c->choices_used[i] && c->f->choices.at[i] != c->yes_no) {
            fc_diag *g = fc_warn(c, FC_C_UNUSED, c->f->choices.at[i]->at,
                                 "the list of choices \"%.*s\" is never used",
                                 FC_ARG(c->f->choices.at[i]->id));
            fc_diag_help(c->d, g, "write choices=\"%.*s\" on a question, or delete it",
                         FC_ARG(c->f->choices.at[i]->id));
        }
}
