/* Language files. A text of the form is known by where it stands in the definition (a block
 * once, however often it is used) and a translation by the words that it was made from: when
 * those change, the translation is stale and the form's own words are used until somebody has
 * looked at it, because a translation of other words may say what is no longer true.
 *
 * A form in another language is the definition compiled again with the translations in the
 * place of the words, so ids, rules and the order of questions cannot differ. */
#include "compiler/front.h"
#include "runtime/base/xmlwrite.h"
#include "runtime/fv.h"

#include <stdlib.h>
#include <string.h>

/* ---- words as a language file has them ----------------------------------------------------
 */

/* Appends text with white space folded; *space: white space here would be a second one. */
static void put_folded(fc_buf *b, fc_str s, bool *space)
{
    for (size_t i = 0; i < s.n;) {
        size_t begin = i;
        while (i < s.n &&
               !(s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r'))
            i++;
        if (i > begin) {
            fc_xml_text(b, fc_str_slice(s, begin, i));
            *space = false;
            continue;
        }
        if (!*space)
            fc_buf_char(b, ' ');
        *space = true;
        i++;
    }
}

static void put_runs(fc_buf *b, const fc_xelem *x)
{
    bool space = true;
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k) {
            put_folded(b, x->kids.at[i].text, &space);
        } else if (k->kind == FC_EL_REF) {
            fc_buf_z(b, "<ref to=\"");
            fc_xml_attr_value(b, fc_attr_value(k, "to"));
            fc_buf_z(b, "\"/>");
            space = false;
        } else if (k->kind == FC_EL_EM || k->kind == FC_EL_STRONG) {
            fc_buf_fmt(b, "<%s>", fc_el_name((fc_el)k->kind));
            for (size_t j = 0; j < k->kids.n; j++)
                if (!k->kids.at[j].elem)
                    put_folded(b, k->kids.at[j].text, &space);
            fc_buf_fmt(b, "</%s>", fc_el_name((fc_el)k->kind));
        }
    }
    if (b->n && b->p[b->n - 1] == ' ')
        b->n--;
}

static void put_content(fc_buf *b, const fc_xelem *x)
{
    bool paras = false;
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k || (k->kind != FC_EL_P && k->kind != FC_EL_LIST && k->kind != FC_EL_ITEM))
            continue;
        paras = true;
        fc_buf_fmt(b, "<%s>", fc_el_name((fc_el)k->kind));
        if (k->kind == FC_EL_LIST)
            put_content(b, k);
        else
            put_runs(b, k);
        fc_buf_fmt(b, "</%s>", fc_el_name((fc_el)k->kind));
    }
    if (!paras)
        put_runs(b, x);
}

fc_str fc_wording_of(fc_front *c, const fc_xelem *x, const fc_xattr *attr)
{
    fc_buf b;
    fc_buf_init_in(&b, c->a, FC_BUF_MAX);
    if (attr)
        fc_xml_text(&b, fc_words_of(c, attr->value));
    else
        put_content(&b, x);
    fc_str s = fc_buf_keep(&b, c->a);
    fc_buf_release(&b);
    return s;
}

/* ---- the texts of a form ------------------------------------------------------------------
 */

/* Counts of what has no id, in one section, block, field or the like. */
typedef struct counts {
    unsigned note, heading, prompt, column;
} counts;

static bool in_another_language(const fc_front *c, const fc_xelem *x)
{
    return fc_lang_of(c, x).n > 0;
}

static void add_text(fc_front *c, fc_str key, fc_xelem *x, const char *attr,
                     fc_wording_kind kind)
{
    fc_wording w = {.key = key, .x = x, .kind = kind, .at = x->at};
    for (size_t i = 0; attr && i < x->n_attrs; i++)
        if (fc_str_eq_z(x->attrs[i].name, attr))
            w.attr = &x->attrs[i];
    if (in_another_language(c, x) || (attr && !w.attr))
        return; /* it stays as it is; or there is none */
    w.words = fc_wording_of(c, x, w.attr);
    w.at = w.attr ? w.attr->value_at : x->at;
    w.names = attr && strcmp(attr, "label") == 0 && !fc_attr(x, "short-label");
    if (w.words.n)
        FC_PUSH(c->a, &c->wordings, w);
}

static fc_str key_of(fc_front *c, fc_str path, const char *what)
{
    return path.n ? fc_str_fmt(c->a, "%.*s %s", FC_ARG(path), what) : fc_str_of(what);
}

static fc_str numbered_key(fc_front *c, fc_str path, const char *what, unsigned n)
{
    return fc_str_fmt(c->a, "%.*s%s%s %u", FC_ARG(path), path.n ? " " : "", what, n);
}

static void add_messages(fc_front *c, fc_str path, const fc_xelem *x)
{
    for (size_t i = 0; i < x->kids.n; i++) {
        fc_xelem *k = x->kids.at[i].elem;
        if (!k || k->kind != FC_EL_MESSAGE)
            continue;
        fc_str of = fc_attr_value(k, "for");
        fc_str key = key_of(c, path, "message");
        if (of.n)
            key = fc_str_fmt(c->a, "%.*s %.*s", FC_ARG(key), FC_ARG(of));
        add_text(c, key, k, NULL, FC_WORDS_RICH);
    }
}

static void add_body(fc_front *c, fc_str path, const fc_xelem *x, counts *n);

/* The element has an id: its path, and what it says about itself. */
static void add_named(fc_front *c, fc_str outside, fc_xelem *x)
{
    fc_str id = fc_attr_value(x, "id");
    fc_str path = outside.n && outside.p[outside.n - 1] != ':'
                      ? fc_str_fmt(c->a, "%.*s/%.*s", FC_ARG(outside), FC_ARG(id))
                      : fc_str_fmt(c->a, "%.*s%.*s", FC_ARG(outside), FC_ARG(id));
    static const char *const own[] = {"title", "label", "short-label"};
    counts n = {0};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        add_text(c, key_of(c, path, own[i]), x, own[i], FC_WORDS_PLAIN);
    add_messages(c, path, x);
    add_body(c, path, x, &n);
}

static void add_body(fc_front *c, fc_str path, const fc_xelem *x, counts *n)
{
    /* Details stand beside their question, and so does their path. */
    size_t slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/')
        slash--;
    for (size_t i = 0; i < x->kids.n; i++) {
        fc_xelem *k = x->kids.at[i].elem;
        if (!k)
            continue;
        switch (k->kind) {
        case FC_EL_NOTE:
            add_text(c, numbered_key(c, path, "note", ++n->note), k, NULL, FC_WORDS_RICH);
            break;
        case FC_EL_HEADING:
            add_text(c, numbered_key(c, path, "heading", ++n->heading), k, NULL, FC_WORDS_RUNS);
            break;
        case FC_EL_PROMPTS:
        case FC_EL_COLUMNS:
            add_body(c, path, k, n);
            break;
        case FC_EL_TICK:
            add_text(c,
                     fc_str_fmt(c->a, "%.*s choice %.*s", FC_ARG(path),
                                FC_ARG(fc_attr_value(k, "id"))),
                     k, NULL, FC_WORDS_PLAIN);
            break;
        case FC_EL_P:
            add_text(c, numbered_key(c, path, "prompt", ++n->prompt), k, NULL, FC_WORDS_RUNS);
            break;
        case FC_EL_COLUMN:
            add_text(c, numbered_key(c, path, "column", ++n->column), k, NULL, FC_WORDS_PLAIN);
            break;
        case FC_EL_HINT:
            add_text(c, key_of(c, path, "hint"), k, NULL, FC_WORDS_RICH);
            break;
        case FC_EL_PARAM:
            add_text(c,
                     fc_str_fmt(c->a, "%.*s param %.*s", FC_ARG(path),
                                FC_ARG(fc_attr_value(k, "id"))),
                     k, "default", FC_WORDS_PLAIN);
            break;
        case FC_EL_SET:
            add_text(c,
                     fc_str_fmt(c->a, "%.*s set %.*s", FC_ARG(path),
                                FC_ARG(fc_attr_value(k, "param"))),
                     k, NULL, FC_WORDS_RICH);
            break;
        case FC_EL_FIELD:
        case FC_EL_REPEAT:
        case FC_EL_SIGNATURE:
        case FC_EL_USE:
        case FC_EL_TICKS:
            add_named(c, path, k);
            break;
        case FC_EL_DETAILS:
            add_named(c, fc_str_slice(path, 0, slash ? slash - 1 : 0), k);
            break;
        default:
            break;
        }
    }
}

/* What a list in the head holds: "stage:agreed", "choice:colours/red". */
static void add_list(fc_front *c, const char *kind, fc_str of, const fc_xelem *x)
{
    for (size_t i = 0; i < x->kids.n; i++) {
        fc_xelem *k = x->kids.at[i].elem;
        if (k && k->kind >= 0)
            add_text(c,
                     fc_str_fmt(c->a, "%s:%.*s%s%.*s", kind, FC_ARG(of), of.n ? "/" : "",
                                FC_ARG(fc_attr_value(k, "id"))),
                     k, NULL, FC_WORDS_PLAIN);
    }
}

void fc_languages_find(fc_front *c)
{
    counts n = {0};
    const fc_xelem *x = c->root;
    for (size_t i = 0; i < x->kids.n; i++) {
        fc_xelem *k = x->kids.at[i].elem;
        fc_str id = k ? fc_attr_value(k, "id") : (fc_str){0};
        if (!k)
            continue;
        switch (k->kind) {
        case FC_EL_TITLE:
            add_text(c, FC_S("title"), k, NULL, FC_WORDS_PLAIN);
            break;
        case FC_EL_STAGES:
            add_list(c, "stage", (fc_str){0}, k);
            break;
        case FC_EL_PARTIES:
            add_list(c, "party", (fc_str){0}, k);
            break;
        case FC_EL_SENSITIVITIES:
            add_list(c, "sensitivity", (fc_str){0}, k);
            break;
        case FC_EL_CHOICES:
            add_list(c, "choice", id, k);
            break;
        case FC_EL_TYPE:
            add_named(c, FC_S("type:"), k);
            break;
        case FC_EL_BLOCK:
            add_named(c, FC_S("block:"), k);
            break;
        case FC_EL_SECTION:
            add_named(c, (fc_str){0}, k);
            break;
        case FC_EL_NOTE:
            add_text(c, numbered_key(c, (fc_str){0}, "note", ++n.note), k, NULL, FC_WORDS_RICH);
            break;
        case FC_EL_HEADING:
            add_text(c, numbered_key(c, (fc_str){0}, "heading", ++n.heading), k, NULL,
                     FC_WORDS_RUNS);
            break;
        case FC_EL_RULES:
            add_text(c, fc_str_fmt(c->a, "rule:%.*s title", FC_ARG(id)), k, "title",
                     FC_WORDS_PLAIN);
            for (size_t r = 0; r < k->kids.n; r++)
                if (k->kids.at[r].elem && k->kids.at[r].elem->kind == FC_EL_RULE)
                    add_messages(c,
                                 fc_str_fmt(c->a, "rule:%.*s/%.*s", FC_ARG(id),
                                            FC_ARG(fc_attr_value(k->kids.at[r].elem, "id"))),
                                 k->kids.at[r].elem);
            break;
        default:
            break;
        }
    }
}

/* ---- reading ------------------------------------------------------------------------------
 */

static fc_str words_in(fc_front *c, const fc_xelem *x)
{
    return x ? fc_wording_of(c, x, NULL) : (fc_str){0};
}

static void read_entries(fc_front *c, const fc_xelem *list, fc_el el, fc_entries *out)
{
    const char *key = el == FC_EL_TEXT ? "of" : "id";
    for (size_t i = 0; list && i < list->kids.n; i++) {
        const fc_xelem *k = list->kids.at[i].elem;
        if (!k || k->kind != (int)el)
            continue;
        fc_entry e = {.x = k,
                      .key = fc_words_of(c, fc_attr_value(k, key)),
                      .was = fc_child(k, FC_EL_WAS),
                      .original = fc_child(k, FC_EL_ORIGINAL),
                      .translation = fc_child(k, FC_EL_TRANSLATION),
                      .picture = fc_child(k, FC_EL_PICTURE),
                      .comment = fc_child(k, FC_EL_COMMENT)};
        e.was_words = words_in(c, e.was);
        e.original_words = words_in(c, e.original);
        e.words = words_in(c, e.translation);
        FC_PUSH(c->a, out, e);
    }
}

bool fc_entry_says(const fc_entry *e)
{
    return e->words.n || e->picture;
}

static bool has_places(fc_str words, fc_str name, unsigned *n)
{
    fc_str found;
    size_t pos = 0, begin;
    *n = 0;
    while (fc_word_next_place(words, &pos, &begin, &found))
        *n += fc_str_eq(found, name);
    return *n > 0;
}

/* Each place of the English words stands in the translation as often, and no other. */
static bool places_fit(fc_front *c, const fc_entry *e, fc_str english)
{
    fc_str name;
    size_t begin;
    for (int side = 0; side < 2; side++) {
        fc_str from = side ? e->words : english, in = side ? english : e->words;
        for (size_t pos = 0; fc_word_next_place(from, &pos, &begin, &name);) {
            unsigned here, there;
            has_places(from, name, &here);
            has_places(in, name, &there);
            if (here == there)
                continue;
            fc_diag *g = fc_wrong(c, FC_C_MARKUP, e->translation->name_at,
                                  side ? "the place {%.*s} is not in the original"
                                       : "the translation has lost the place {%.*s}",
                                  FC_ARG(name));
            fc_diag_help(c->d, g, "something is put in there; write it as it stands in: %.*s",
                         FC_ARG(english));
            return false;
        }
    }
    return true;
}

/* What formc says, in the file's language. */
static void read_words(fc_language_file *l)
{
    fc_front *c = l->c;
    fc_str *said = FC_NEW_N(c->a, fc_str, FC_WORD_COUNT);
    const fc_entry *first[FC_WORD_COUNT] = {0};
    for (size_t i = 0; i < l->words.n; i++) {
        const fc_entry *e = &l->words.at[i];
        int w = fc_word_find(e->key);
        if (w < 0) {
            fc_names n = {.c = c};
            for (int k = 0; k < FC_WORD_COUNT; k++)
                fc_names_add(&n, fc_str_of(fc_word_ids[k]));
            fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_WORD, fc_attr_at(e->x, "id"),
                                  "formc has no words \"%.*s\"", FC_ARG(e->key));
            fc_help_names(c, g, &n, e->key, "");
            continue;
        }
        if (first[w]) {
            fc_diag *g = fc_wrong(c, FC_C_TRANSLATED_TWICE, fc_attr_at(e->x, "id"),
                                  "the words \"%.*s\" are translated twice", FC_ARG(e->key));
            fc_diag_note_at(c->d, g, first[w]->x->name_at, "the first time is here");
            continue;
        }
        first[w] = e;
        for (size_t k = 0; e->translation && k < e->translation->kids.n; k++)
            if (e->translation->kids.at[k].elem)
                fc_wrong(c, FC_C_MARKUP, e->translation->kids.at[k].elem->name_at,
                         "this translation holds words only");
        fc_buf b; /* the English as XML, to compare it */
        fc_buf_init_in(&b, c->a, 4096);
        fc_xml_text(&b, fc_str_of(fc_word_english[w]));
        if (e->words.n && (e->was || !fc_str_eq(e->original_words, fc_buf_view(&b)))) {
            fc_diag *g =
                fc_warn(c, FC_C_STALE, e->was ? e->was->name_at : e->original->name_at,
                        "formc says \"%.*s\" in other words since they were translated",
                        FC_ARG(e->key));
            fc_diag_help(c->d, g, "look at the translation again; until then it is used");
        }
        fc_buf_release(&b);
        /* fc_text_words: these words are not XML any more */
        if (e->words.n && places_fit(c, e, fc_str_of(fc_word_english[w])))
            said[w] = fc_text_words(c, e->translation);
    }
    l->said = said;
}

static bool head_fits(fc_front *form, fc_language_file *l, fc_str file_tag)
{
    static const char *const dirs[] = {"ltr", "rtl", NULL};
    static const char *const partial[] = {"no", "yes", NULL};
    fc_front *c = l->c;
    const fc_xelem *x = c->root;
    fc_str id = fc_attr_value(x, "form"), form_id = fc_attr_value(form->root, "id");
    l->tag = fc_attr_value(x, "xml:lang");
    l->rtl = fc_one_of(c, x, "dir", dirs, fc_lang_is_rtl(l->tag)) == 1;
    l->partial = fc_one_of(c, x, "partial", partial, 0) == 1;
    l->own = fc_str_eq(l->tag, fc_attr_value(form->root, "xml:lang"));
    if (!id.n || !l->tag.n)
        return false; /* reported */
    if (!fc_str_eq(id, form_id)) {
        fc_wrong(c, FC_C_LANGUAGE_FILE, fc_attr_at(x, "form"),
                 "this is a language file of the form \"%.*s\", and the form here is \"%.*s\"",
                 FC_ARG(id), FC_ARG(form_id));
        return false;
    }
    if (!fc_is_language(l->tag)) {
        fc_diag *g = fc_wrong(c, FC_C_BAD_LANGUAGE, fc_attr_at(x, "xml:lang"),
                              "\"%.*s\" is not the shape of a language", FC_ARG(l->tag));
        fc_diag_help(c->d, g, "write a tag like \"cy\" or \"en-GB\"");
        return false;
    }
    if (!fc_str_eq(l->tag, file_tag)) {
        fc_diag *g = fc_wrong(c, FC_C_LANGUAGE_FILE, fc_attr_at(x, "xml:lang"),
                              "the language is \"%.*s\", but the file is named \"%.*s.xml\"",
                              FC_ARG(l->tag), FC_ARG(file_tag));
        fc_diag_help(c->d, g, "name the file %.*s.xml", FC_ARG(l->tag));
        return false;
    }
    return true;
}

fc_language_file *fc_language_read(fc_front *form, const fc_language_source *s)
{
    fc_arena *a = form->a;
    fc_language_file *l = FC_NEW(a, fc_language_file);
    fc_front *c = l->c = FC_NEW(a, fc_front);
    fc_xelem *root;
    size_t before = form->d->errors;
    l->source = s;
    c->a = a;
    c->d = form->d;
    c->f = form->f;
    if (fc_source_read(a, s->name, s->bytes, form->d, &root, &c->source, &c->text) != FC_OK)
        return NULL;
    c->root = root;
    if (!fc_str_eq_z(root->name, "language") || !fc_str_eq_z(root->ns, FC_LANGUAGE_NS)) {
        fc_diag *g =
            fc_wrong(c, FC_C_LANGUAGE_FILE, root->name_at,
                     "this is not a language file: it begins with <%.*s>", FC_ARG(root->name));
        fc_diag_help(c->d, g,
                     "a language file begins with <language xmlns=\"" FC_LANGUAGE_NS
                     "\" form=\"...\" xml:lang=\"...\">");
        return NULL;
    }
    fc_grammar_check(c, root);
    if (!head_fits(form, l, s->tag) || form->d->errors != before)
        return NULL;
    const fc_xelem *obsolete = fc_child(root, FC_EL_OBSOLETE);
    read_entries(c, fc_child(root, FC_EL_TEXTS), FC_EL_TEXT, &l->texts);
    read_entries(c, obsolete, FC_EL_TEXT, &l->obsolete);
    read_entries(c, fc_child(root, FC_EL_ALL_WORDS), FC_EL_WORD, &l->words);
    read_entries(c, obsolete, FC_EL_WORD, &l->obsolete_words);
    if (l->own && l->texts.n) {
        fc_diag *g = fc_wrong(c, FC_C_LANGUAGE_FILE, l->texts.at[0].x->name_at,
                              "the form is written in this language; its texts stand in it");
        fc_diag_help(c->d, g, "only <words>, which formc says, belong in this file");
    }
    read_words(l);
    return l;
}

void fc_languages_read(fc_front *c, const fc_definition *def)
{
    for (size_t i = 0; i < def->n_languages; i++) {
        fc_language_file *l = fc_language_read(c, &def->languages[i]);
        if (!l)
            continue;
        FC_PUSH(c->a, &c->languages, l);
        if (l->own)
            c->f->words = l->said;
    }
}

/* ---- holding them against the form --------------------------------------------------------
 */

typedef struct keyed {
    fc_str key;
    size_t index;
} keyed;

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int r = fc_str_cmp(x->key, y->key);
    return r ? r : (x->index > y->index) - (x->index < y->index);
}

static keyed *index_texts(fc_front *c)
{
    keyed *list = FC_NEW_N(c->a, keyed, c->wordings.n + 1);
    for (size_t i = 0; i < c->wordings.n; i++)
        list[i] = (keyed){c->wordings.at[i].key, i};
    qsort(list, c->wordings.n, sizeof *list, by_key);
    return list;
}

/* The index of the text with this key, or the number of texts. */
static size_t find_text(const fc_front *c, const keyed *list, fc_str key)
{
    size_t low = 0, high = c->wordings.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int r = fc_str_cmp(list[middle].key, key);
        if (r == 0)
            return list[middle].index;
        if (r < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return c->wordings.n;
}

typedef FC_ARRAY(const fc_xelem *) elements;

static void find_refs(fc_front *c, const fc_xelem *x, elements *out)
{
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (k && k->kind == FC_EL_REF)
            FC_PUSH(c->a, out, k);
        else if (k)
            find_refs(c, k, out);
    }
}

static int by_target(const void *a, const void *b)
{
    const fc_xelem *x = *(const fc_xelem *const *)a, *y = *(const fc_xelem *const *)b;
    int r = fc_str_cmp(fc_attr_value(x, "to"), fc_attr_value(y, "to"));
    return r ? r : (x->at.begin > y->at.begin) - (x->at.begin < y->at.begin);
}

static void sort_refs(elements *e)
{
    if (e->n)
        qsort(e->at, e->n, sizeof *e->at, by_target);
}

/* References are where the form puts something in: the translation has the same. */
static bool refs_fit(fc_front *c, const fc_xelem *original, const fc_xelem *translation)
{
    elements was = {0}, is = {0};
    find_refs(c, original, &was);
    find_refs(c, translation, &is);
    sort_refs(&was);
    sort_refs(&is);
    size_t i = 0;
    int r = 0;
    for (; i < was.n && i < is.n && r == 0; i++)
        r = fc_str_cmp(fc_attr_value(was.at[i], "to"), fc_attr_value(is.at[i], "to"));
    if (r == 0 && was.n == is.n)
        return true;
    i -= r != 0; /* the first two that differ, or the end of one side */
    bool lost = r ? r < 0 : was.n > is.n;
    const fc_xelem *ref = lost ? was.at[i] : is.at[i];
    fc_diag *g = fc_wrong(c, FC_C_MARKUP, lost ? translation->name_at : ref->name_at,
                          lost ? "the translation has lost <ref to=\"%.*s\"/>"
                               : "the original does not have this <ref to=\"%.*s\"/>",
                          FC_ARG(fc_attr_value(ref, "to")));
    fc_diag_help(c->d, g,
                 "the label of another question is put in there; keep each <ref> of the "
                 "original as it is");
    return false;
}

/* The markup that a text of this kind cannot have; NULL for none. */
static const fc_xelem *surplus_markup(const fc_xelem *x, fc_wording_kind kind)
{
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        bool block = k && (k->kind == FC_EL_P || k->kind == FC_EL_LIST);
        if (k && (kind == FC_WORDS_PLAIN || (kind == FC_WORDS_RUNS && block)))
            return k;
    }
    return NULL;
}

/* Can the translation stand in the place of the text? Reports when it cannot. */
static bool translation_fits(fc_language_file *l, const fc_wording *w, const fc_entry *e)
{
    fc_front *c = l->c;
    const fc_xelem *bad = surplus_markup(e->translation, w->kind);
    const fc_xattr *brief = fc_attr(e->translation, "short");
    size_t before = c->d->errors;
    if (bad) {
        fc_diag *g = fc_wrong(c, FC_C_MARKUP, bad->name_at,
                              "<%.*s> may not stand in this translation", FC_ARG(bad->name));
        fc_diag_help(c->d, g, "the original is one line of words");
        return false;
    }
    if (!w->attr && !refs_fit(c, w->x, e->translation))
        return false;
    if (w->kind == FC_WORDS_RICH)
        fc_build_text(c, e->translation, NULL, NULL); /* text beside paragraphs is reported */
    if (brief && !w->names) {
        fc_diag *g = fc_wrong(c, FC_C_NO_SUCH_ATTR, brief->name_at,
                              "this text has no short form in its translation");
        fc_diag_help(c->d, g, "\"short\" belongs to a label that has no short-label");
    }
    size_t chars = w->attr ? fc_utf8_count(fc_text_words(c, e->translation)) : 0;
    bool is_short = w->attr && fc_str_eq_z(w->attr->name, "short-label");
    if (brief && fc_utf8_count(fc_words_of(c, brief->value)) > FC_LABEL_MAX) {
        fc_wrong(c, FC_C_LONG_LABEL, brief->value_at,
                 "the short label has %zu characters; it may have %d",
                 fc_utf8_count(fc_words_of(c, brief->value)), FC_LABEL_MAX);
    } else if (is_short && chars > FC_LABEL_MAX) {
        fc_wrong(c, FC_C_LONG_LABEL, e->translation->name_at,
                 "the short label has %zu characters; it may have %d", chars, FC_LABEL_MAX);
    } else if (w->names && chars > FC_LABEL_MAX && !brief) {
        fc_diag *g =
            fc_wrong(c, FC_C_LONG_LABEL, e->translation->name_at,
                     "the label has %zu characters and no short label beside it", chars);
        fc_diag_help(c->d, g,
                     "write <translation short=\"...\"> with at most %d characters; it names "
                     "the answer place in a document",
                     FC_LABEL_MAX);
    }
    return c->d->errors == before;
}

static void report_stale(fc_front *form, fc_language_file *l, const fc_wording *w,
                         const fc_entry *e)
{
    fc_front *c = l->c;
    fc_diag *g = fc_warn(c, FC_C_STALE, e->was ? e->was->name_at : e->original->name_at,
                         "the words of \"%.*s\" have changed since %s", FC_ARG(e->key),
                         !e->picture  ? "they were translated"
                         : e->words.n ? "they were translated and had this picture"
                                      : "they had this picture");
    const char *until = e->picture
                            ? "the form's own words are used, and no picture is beside them"
                            : "the form's own words are used";
    fc_diag_note_at(form->d, g, w->at, "these are the words now");
    if (e->was)
        fc_diag_help(c->d, g, "look at the %s again, then delete <was>; until then %s",
                     e->words.n ? "translation" : "picture", until);
    else
        fc_diag_help(c->d, g,
                     "formc translate FORM --lang %.*s puts the new words in; until then %s",
                     FC_ARG(l->tag), until);
}

#define GUESSES 20 /* times that a name is held against all of the form's: it takes time */

static void report_unknown(fc_front *form, fc_language_file *l, const fc_entry *e)
{
    fc_names n = {.c = l->c};
    bool guess = l->guessed++ < GUESSES;
    for (size_t i = 0; i < form->wordings.n && guess; i++)
        fc_names_add(&n, form->wordings.at[i].key);
    fc_diag *g = fc_warn(l->c, FC_C_NO_SUCH_TEXT, fc_attr_at(e->x, "of"),
                         "the form has no text \"%.*s\"", FC_ARG(e->key));
    fc_str near = fc_names_nearest(&n, e->key);
    if (near.n)
        fc_diag_help(l->c->d, g, "did you mean \"%.*s\"?", FC_ARG(near));
    else
        fc_diag_help(l->c->d, g, "formc translate FORM --lang %.*s keeps it among <obsolete>",
                     FC_ARG(l->tag));
}

static void match_texts(fc_front *form, fc_language_file *l, const keyed *index)
{
    fc_front *c = l->c;
    const fc_entry **seen = FC_NEW_N(c->a, const fc_entry *, form->wordings.n + 1);
    l->used = FC_NEW_N(c->a, const fc_entry *, form->wordings.n + 1);
    l->pictured = FC_NEW_N(c->a, const fc_entry *, form->wordings.n + 1);
    for (size_t i = 0; i < l->texts.n; i++) {
        const fc_entry *e = &l->texts.at[i];
        size_t t = find_text(form, index, e->key);
        if (t == form->wordings.n) {
            report_unknown(form, l, e);
            continue;
        }
        const fc_wording *w = &form->wordings.at[t];
        if (seen[t]) {
            fc_diag *g = fc_wrong(c, FC_C_TRANSLATED_TWICE, fc_attr_at(e->x, "of"),
                                  "\"%.*s\" is translated twice", FC_ARG(e->key));
            fc_diag_note_at(c->d, g, seen[t]->x->name_at, "the first time is here");
            continue;
        }
        seen[t] = e;
        if (!fc_entry_says(e))
            continue;
        if (e->was || !fc_str_eq(e->original_words, w->words)) {
            report_stale(form, l, w, e);
            continue;
        }
        if (e->words.n && translation_fits(l, w, e))
            l->used[t] = e;
        if (e->picture && fc_picture_fits(form, l, t, e))
            l->pictured[t] = e;
    }
    /* A stale one is told by itself; what is missing, once. */
    fc_str names = {0};
    size_t missing = 0, all = form->wordings.n;
    for (size_t t = 0; t < form->wordings.n; t++)
        if (!seen[t] || !seen[t]->words.n) {
            if (missing++ < 3)
                names = fc_str_fmt(c->a, "%.*s%s%.*s", FC_ARG(names), missing > 1 ? ", " : "",
                                   FC_ARG(form->wordings.at[t].key));
        }
    for (int w = 0; w < FC_WORD_COUNT && !fc_lang_is_english(l->tag); w++) {
        if (fc_word_is_english_only((fc_word)w))
            continue;
        all++;
        if (!l->said[w].n && missing++ < 3)
            names = fc_str_fmt(c->a, "%.*s%sthe words \"%s\"", FC_ARG(names),
                               missing > 1 ? ", " : "", fc_word_ids[w]);
    }
    if (!missing || l->partial)
        return;
    fc_diag *g = fc_warn(c, FC_C_UNTRANSLATED, c->root->name_at,
                         "%zu of %zu texts have no translation: %.*s%s", missing, all,
                         FC_ARG(names), missing > 3 ? " and others" : "");
    fc_diag_help(
        c->d, g,
        "formc translate FORM --lang %.*s adds them to the file; until then the form's "
        "own words are used. A file that is meant to have few says partial=\"yes\"",
        FC_ARG(l->tag));
}

static void match_own(fc_language_file *l)
{
    size_t missing = 0;
    for (int w = 0; w < FC_WORD_COUNT; w++)
        missing += !l->said[w].n && !fc_word_is_english_only((fc_word)w);
    if (!missing || l->partial || fc_lang_is_english(l->tag))
        return;
    fc_diag *g = fc_warn(l->c, FC_C_UNTRANSLATED, l->c->root->name_at,
                         "%zu of the words that formc says have no translation", missing);
    fc_diag_help(l->c->d, g, "formc translate FORM --lang %.*s adds them to the file",
                 FC_ARG(l->tag));
}

/* ---- what people may answer in any language -----------------------------------------------
 */

static bool same_label(fc_str a, fc_str b)
{
    return fv_same_folded(fv_text_make(a.p, a.n), fv_text_make(b.p, b.n));
}

/* A choice can be answered by its label in any language; no label may mean two choices. */
static void add_label(fc_language_file *l, fc_choices *list, size_t which, fc_str label,
                      const fc_xelem *at)
{
    fc_choice *own = &list->list.at[which];
    if (!label.n)
        return;
    for (size_t i = 0; i < list->list.n; i++) {
        const fc_choice *other = &list->list.at[i];
        bool same = same_label(other->label, label) || same_label(other->id, label);
        for (size_t k = 0; k < other->others.n; k++)
            same = same || same_label(other->others.at[k], label);
        if (!same || i == which)
            continue;
        fc_diag *g = fc_wrong(l->c, FC_C_SAME_LABEL, at->name_at,
                              "\"%.*s\" is already a label of the choice \"%.*s\"",
                              FC_ARG(label), FC_ARG(other->id));
        fc_diag_help(l->c->d, g,
                     "a label is read in every language of the form, so it may mean only one "
                     "choice");
        return;
    }
    FC_PUSH(l->c->a, &own->others, label);
}

static void add_labels(fc_front *form, fc_language_file *l, const keyed *index)
{
    for (size_t i = 0; i < form->f->choices.n; i++)
        for (size_t k = 0; k < form->f->choices.at[i]->list.n; k++) {
            fc_choices *list = form->f->choices.at[i];
            fc_str key = fc_str_fmt(form->a, "choice:%.*s/%.*s", FC_ARG(list->id),
                                    FC_ARG(list->list.at[k].id));
            size_t t = find_text(form, index, key);
            const fc_entry *e = t < form->wordings.n ? l->used[t] : NULL;
            if (e)
                add_label(l, list, k, fc_text_words(l->c, e->translation), e->translation);
        }
    for (size_t t = 0; t < form->wordings.n;
         t++) { /* prompts to tick have lists of their own */
        const fc_xelem *x = form->wordings.at[t].x;
        for (size_t i = 0; i < form->ticks.n && x->kind == FC_EL_TICK && l->used[t]; i++)
            if (form->ticks.at[i].x == x->parent)
                add_label(
                    l, form->ticks.at[i].list,
                    (size_t)fc_choices_index(form->ticks.at[i].list, fc_attr_value(x, "id")),
                    fc_text_words(l->c, l->used[t]->translation), l->used[t]->translation);
    }
    bool listed = false;
    for (size_t i = 0; i < form->f->choices.n; i++)
        listed = listed || form->f->choices.at[i] == form->yes_no;
    for (size_t i = 0; i < l->words.n && form->yes_no && !listed; i++) {
        int w = fc_word_find(l->words.at[i].key);
        if (w == FC_WORD_YES || w == FC_WORD_NO)
            add_label(l, form->yes_no, w == FC_WORD_NO, l->said[w], l->words.at[i].translation);
    }
}

/* ---- all of it ----------------------------------------------------------------------------
 */

static void list_language(fc_front *form, const fc_language_file *l)
{
    fc_language out = {.tag = l->tag, .rtl = l->rtl, .texts = form->wordings.n};
    for (size_t t = 0; t < form->wordings.n && l->used; t++) {
        const fc_entry *e = l->used[t];
        if (!e)
            continue;
        fc_str brief = fc_words_of(form, fc_attr_value(e->translation, "short"));
        fc_str words = e->words;
        if (brief.n)
            words = fc_str_fmt(form->a, "%.*s (%.*s)", FC_ARG(words), FC_ARG(brief));
        FC_PUSH(form->a, &out.list, ((fc_translated){e->key, words}));
        out.used++;
    }
    fc_pictures_list(form, l, &out);
    for (int w = 0; w < FC_WORD_COUNT; w++)
        if (l->said[w].n)
            FC_PUSH(
                form->a, &out.list,
                ((fc_translated){fc_str_fmt(form->a, "word:%s", fc_word_ids[w]), l->said[w]}));
    FC_PUSH(form->a, &form->f->languages, out);
}

void fc_languages_check(fc_front *c)
{
    if (!c->languages.n)
        return;
    fc_languages_find(c);
    const keyed *index = index_texts(c);
    for (size_t i = 0; i < c->languages.n; i++) {
        fc_language_file *l = c->languages.at[i];
        if (l->own) {
            match_own(l);
        } else {
            match_texts(c, l, index);
            add_labels(c, l, index);
        }
        list_language(c, l);
    }
}

void fc_languages_put(const fc_form *f, fc_buf *out)
{
    for (size_t i = 0; i < f->languages.n; i++) {
        const fc_language *l = &f->languages.at[i];
        fc_buf_fmt(out, "\nlanguage\t%.*s\t%s\n", FC_ARG(l->tag), l->rtl ? "rtl" : "ltr");
        for (size_t k = 0; k < l->list.n; k++)
            fc_buf_fmt(out, "%.*s\t%.*s\n", FC_ARG(l->list.at[k].key),
                       FC_ARG(l->list.at[k].words));
    }
}

/* Gives x an attribute more. */
static void add_attr(fc_front *c, fc_xelem *x, const char *name, const fc_xattr *value)
{
    fc_xattr *attrs = FC_NEW_N(c->a, fc_xattr, x->n_attrs + 1);
    for (size_t i = 0; i < x->n_attrs; i++)
        attrs[i] = x->attrs[i];
    attrs[x->n_attrs] = *value;
    attrs[x->n_attrs++].name = fc_str_of(name);
    x->attrs = attrs;
}

void fc_language_apply(fc_front *c, const fc_language_file *l)
{
    for (size_t t = 0; t < c->wordings.n; t++) {
        const fc_wording *w = &c->wordings.at[t];
        const fc_entry *e = l->used[t];
        if (!e)
            continue;
        if (w->attr)
            w->attr->value = fc_text_words(c, e->translation);
        else
            w->x->kids = e->translation->kids;
        if (!w->attr || !fc_str_eq_z(w->attr->name, "short-label"))
            w->x->lang = l->tag;
    }
    for (size_t t = 0; t < c->wordings.n; t++) { /* attributes move: not before all are set */
        const fc_entry *e = l->used[t];
        if (e && fc_attr(e->translation, "short"))
            add_attr(c, c->wordings.at[t].x, "short-label", fc_attr(e->translation, "short"));
    }
    fc_pictures_apply(c, l);
}
