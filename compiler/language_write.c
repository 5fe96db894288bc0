/* A language file brought up to date with its form: everything that can be translated, in the
 * form's order, and no translation lost. A translation is taken for the text that it was made
 * from, wherever that stands now; failing that, for the text at its place, with a note of what
 * that was. What is left over is kept at the end. */
#include "compiler/front.h"
#include "runtime/base/xmlwrite.h"

#include <stdlib.h>
#include <string.h>

typedef struct updating {
    fc_front *form;
    fc_str lang;
    fc_language_file *old;              /* NULL: a new file */
    FC_ARRAY(const fc_entry *) entries; /* of texts and obsolete, in the file's order */
    bool *taken;                        /* by index in entries */
    const fc_entry **of;                /* by index of wordings: what is taken for it */
    fc_xml_writer w;
    fc_translation_count *count;
} updating;

/* ---- what belongs to what -----------------------------------------------------------------
 */

typedef struct keyed {
    fc_str words, key;
    size_t index;
} keyed;

static int by_words(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int r = fc_str_cmp(x->words, y->words);
    if (r == 0)
        r = fc_str_cmp(x->key, y->key);
    return r ? r : (x->index > y->index) - (x->index < y->index);
}

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int r = fc_str_cmp(x->key, y->key);
    return r ? r : (x->index > y->index) - (x->index < y->index);
}

/* The words that the translation is of. */
static fc_str translated_from(const fc_entry *e)
{
    return e->was ? e->was_words : e->original_words;
}

/* What can be put off: the first of list (sorted) that does not come before `like`. */
static size_t first_at(const keyed *list, size_t n, const keyed *like,
                       int (*compare)(const void *, const void *))
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&list[middle], like) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void take(updating *u, size_t text, size_t entry)
{
    u->of[text] = u->entries.at[entry];
    u->taken[entry] = true;
}

/* Entries for texts: at the same place and of the same words; of the same words, elsewhere; at
 * the same place, of other words. */
static void match(updating *u)
{
    fc_front *c = u->form;
    size_t n = u->entries.n, m = c->wordings.n;
    u->taken = FC_NEW_N(c->a, bool, n + 1);
    u->of = FC_NEW_N(c->a, const fc_entry *, m + 1);
    if (fc_str_eq(u->lang, c->f->lang))
        return; /* the form's own texts are not translated: what is there is left over */
    keyed *words = FC_NEW_N(c->a, keyed, n + 1), *keys = FC_NEW_N(c->a, keyed, n + 1);
    for (size_t i = 0; i < n; i++)
        words[i] = keys[i] =
            (keyed){translated_from(u->entries.at[i]), u->entries.at[i]->key, i};
    if (n) {
        qsort(words, n, sizeof *words, by_words);
        qsort(keys, n, sizeof *keys, by_key);
    }
    size_t *next = FC_NEW_N(c->a, size_t, n + 1); /* of words: where one not taken may be */
    for (int pass = 0; pass < 3; pass++)
        for (size_t t = 0; t < m; t++) {
            const fc_wording *w = &c->wordings.at[t];
            keyed like = {w->words, pass == 1 ? (fc_str){0} : w->key, 0};
            if (u->of[t])
                continue;
            if (pass == 2) {
                size_t i = first_at(keys, n, &like, by_key);
                while (i < n && fc_str_eq(keys[i].key, w->key) && u->taken[keys[i].index])
                    i++;
                if (i < n && fc_str_eq(keys[i].key, w->key))
                    take(u, t, keys[i].index);
                continue;
            }
            size_t from = first_at(words, n, &like, by_words), i = from + next[from];
            while (i < n && fc_str_eq(words[i].words, w->words) &&
                   (pass == 1 || fc_str_eq(words[i].key, w->key)) &&
                   (u->taken[words[i].index] || !fc_entry_says(u->entries.at[words[i].index])))
                i++;
            next[from] = i - from;
            if (i < n && fc_str_eq(words[i].words, w->words) &&
                (pass == 1 || fc_str_eq(words[i].key, w->key)))
                take(u, t, words[i].index);
        }
}

/* ---- writing ------------------------------------------------------------------------------
 */

static bool next_tag(fc_str s, size_t pos, const char *tag)
{
    return fc_str_starts(fc_str_slice(s, pos, s.n), tag);
}

static size_t find(fc_str s, size_t pos, const char *tag)
{
    while (pos < s.n && !next_tag(s, pos, tag))
        pos++;
    return pos;
}

/* Words of a language file, paragraphs and items on lines of their own. */
static void put_words(fc_xml_writer *w, fc_str s)
{
    static const struct {
        const char *name, *begin, *end;
    } blocks[] = {{"p", "<p>", "</p>"}, {"item", "<item>", "</item>"}};
    if (!next_tag(s, 0, "<p>") && !next_tag(s, 0, "<list>")) {
        fc_xml_raw(w, s);
        return;
    }
    for (size_t pos = 0; pos < s.n;) {
        size_t k = next_tag(s, pos, "<p>") ? 0 : next_tag(s, pos, "<item>") ? 1 : 2;
        if (k < 2) {
            size_t from = pos + strlen(blocks[k].begin), to = find(s, from, blocks[k].end);
            fc_xml_open(w, blocks[k].name);
            fc_xml_raw(w, fc_str_slice(s, from, to));
            fc_xml_close(w);
            pos = to + strlen(blocks[k].end);
        } else if (next_tag(s, pos, "<list>")) {
            fc_xml_open(w, "list");
            pos += strlen("<list>");
        } else { /* </list> */
            fc_xml_close(w);
            pos += strlen("</list>");
        }
    }
}

static void put_part(fc_xml_writer *w, const char *name, fc_str words)
{
    fc_xml_open(w, name);
    put_words(w, words);
    fc_xml_close(w);
}

/* What a comment says, as it was typed. */
static fc_str comment_of(fc_front *c, const fc_entry *e)
{
    fc_str all = {0};
    for (size_t i = 0; e && e->comment && i < e->comment->kids.n; i++)
        if (!e->comment->kids.at[i].elem)
            all =
                fc_str_fmt(c->a, "%.*s%.*s", FC_ARG(all), FC_ARG(e->comment->kids.at[i].text));
    return fc_str_trim(all);
}

/* original: the words now; e: its translation, or NULL. obsolete: nothing is compared. */
static void put_entry(updating *u, const char *name, const char *key_name, fc_str key,
                      fc_str original, const fc_entry *e, bool obsolete)
{
    fc_xml_writer *w = &u->w;
    fc_str comment = comment_of(u->form, e), words = e ? e->words : (fc_str){0};
    fc_str was = e && fc_entry_says(e) ? translated_from(e) : (fc_str){0};
    bool stale = was.n && !fc_str_eq(was, original);
    fc_xml_open(w, name);
    fc_xml_attr(w, key_name, key);
    if (stale)
        put_part(w, "was", was);
    put_part(w, "original", original);
    fc_xml_open(w, "translation");
    if (e && e->translation)
        fc_xml_attr_opt(w, "short",
                        fc_words_of(u->form, fc_attr_value(e->translation, "short")));
    put_words(w, words);
    fc_xml_close(w);
    if (e && e->picture) {
        fc_xml_open(w, "picture");
        fc_xml_attr(w, "file", fc_attr_value(e->picture, "file"));
        fc_xml_attr(w, "alt", fc_words_of(u->form, fc_attr_value(e->picture, "alt")));
        fc_xml_close(w);
    }
    if (comment.n) {
        fc_xml_open(w, "comment");
        fc_xml_put(w, comment);
        fc_xml_close(w);
    }
    fc_xml_close(w);
    if (obsolete)
        return;
    u->count->texts++;
    u->count->missing += !words.n;
    u->count->stale += stale;
}

static const fc_entry *find_word(const updating *u, const char *id)
{
    for (size_t i = 0; u->old && i < u->old->words.n; i++)
        if (fc_str_eq_z(u->old->words.at[i].key, id))
            return &u->old->words.at[i];
    return NULL;
}

static void put_all_words(updating *u, bool english, bool partial)
{
    fc_xml_open(&u->w, "words");
    for (int i = 0; i < FC_WORD_COUNT; i++) {
        const fc_entry *e = find_word(u, fc_word_ids[i]);
        fc_buf b;
        if (!e && (partial || (!english && fc_word_is_english_only((fc_word)i))))
            continue;
        fc_buf_init(&b, FC_BUF_MAX);
        fc_xml_text(&b, fc_str_of(fc_word_english[i]));
        put_entry(u, "word", "id", fc_str_of(fc_word_ids[i]), fc_buf_view(&b), e, false);
        fc_buf_release(&b);
    }
    fc_xml_close(&u->w);
}

/* Something that was left over: a translation, or somebody's comment. */
static bool is_kept(updating *u, const fc_entry *e)
{
    return fc_entry_says(e) || comment_of(u->form, e).n;
}

static void put_obsolete_entry(updating *u, const char *name, const char *key_name,
                               const fc_entry *e)
{
    if (!is_kept(u, e))
        return;
    if (u->count->obsolete++ == 0)
        fc_xml_open(&u->w, "obsolete");
    put_entry(u, name, key_name, e->key, translated_from(e), e, true);
}

static void put_obsolete(updating *u)
{
    for (size_t i = 0; i < u->entries.n; i++)
        if (!u->taken[i])
            put_obsolete_entry(u, "text", "of", u->entries.at[i]);
    for (size_t i = 0; u->old && i < u->old->words.n; i++) {
        const fc_entry *e = &u->old->words.at[i];
        if (fc_word_find(e->key) < 0 || find_word(u, fc_str_copy(u->form->a, e->key).p) != e)
            put_obsolete_entry(u, "word", "id", e);
    }
    for (size_t i = 0; u->old && i < u->old->obsolete_words.n; i++)
        put_obsolete_entry(u, "word", "id", &u->old->obsolete_words.at[i]);
    if (u->count->obsolete)
        fc_xml_close(&u->w);
}

static void put_file(updating *u, fc_buf *out)
{
    fc_str lang = u->lang;
    fc_xml_writer *w = &u->w;
    const fc_xelem *old = u->old ? u->old->c->root : NULL;
    bool own = fc_str_eq(lang, u->form->f->lang), partial = u->old && u->old->partial;
    fc_xml_begin(w, out);
    fc_xml_open(w, "language");
    fc_xml_attr_z(w, "xmlns", FC_LANGUAGE_NS);
    fc_xml_attr(w, "form", u->form->f->id);
    fc_xml_attr(w, "xml:lang", lang);
    if (old) {
        fc_xml_attr_opt(w, "dir", fc_attr_value(old, "dir"));
        fc_xml_attr_opt(w, "partial", fc_attr_value(old, "partial"));
    }
    if (!own) {
        fc_xml_open(w, "texts");
        for (size_t t = 0; t < u->form->wordings.n; t++) {
            const fc_wording *text = &u->form->wordings.at[t];
            if (!u->of[t] && partial)
                continue; /* it is meant to have few */
            put_entry(u, "text", "of", text->key, text->words, u->of[t], false);
        }
        fc_xml_close(w);
    }
    if (!partial || u->old->words.n)
        put_all_words(u, fc_lang_is_english(lang), partial);
    put_obsolete(u);
    fc_xml_close(w);
}

/* A comment of XML is not part of the tree, and would be gone. */
static bool keeps_comments(fc_front *c, fc_str bytes)
{
    static const char *const marks[] = {"<!--", "<?"};
    for (size_t i = 1; i < bytes.n; i++)
        for (size_t k = 0; k < 2; k++) {
            if (bytes.p[i] != '<' || !next_tag(bytes, i, marks[k]))
                continue;
            fc_diag *g = fc_wrong(c, FC_C_LOST_COMMENT,
                                  (fc_span){c->source, (uint32_t)i, (uint32_t)(i + 2)},
                                  "this would be lost when the file is written anew");
            fc_diag_help(c->d, g,
                         "write it as <comment>...</comment> behind a translation, or delete "
                         "it");
            return false;
        }
    return true;
}

fc_status fc_language_update(fc_arena *a, const fc_definition *def, fc_str lang, fc_diags *d,
                             fc_buf *out, fc_translation_count *count)
{
    fc_definition alone = *def;
    fc_front *c = FC_NEW(a, fc_front);
    updating u = {.form = c, .lang = lang, .count = count};
    *count = (fc_translation_count){0};
    alone.n_languages = 0;
    c->translating = true;
    fc_status status = fc_compile_own(c, a, &alone, d);
    if (status != FC_OK)
        return status;
    if (!fc_is_language(lang))
        return FC_USAGE;
    fc_languages_find(c);
    for (size_t i = 0; i < def->n_languages; i++) {
        if (!fc_str_eq(def->languages[i].tag, lang))
            continue;
        u.old = fc_language_read(c, &def->languages[i]);
        if (!u.old)
            return FC_FOUND;
        if (!keeps_comments(u.old->c, u.old->c->text))
            return FC_REFUSED;
    }
    for (size_t i = 0; u.old && i < u.old->texts.n; i++)
        FC_PUSH(a, &u.entries, &u.old->texts.at[i]);
    for (size_t i = 0; u.old && i < u.old->obsolete.n; i++)
        FC_PUSH(a, &u.entries, &u.old->obsolete.at[i]);
    match(&u);
    put_file(&u, out);
    return out->failed ? FC_INTERNAL : FC_OK;
}
