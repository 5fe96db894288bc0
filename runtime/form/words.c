/* The words that formc itself says, and the places in them. */
#include "runtime/form/words.h"

#include <string.h>

const char *const fc_word_ids[FC_WORD_COUNT] = {
#define FC_WORD_ID(name, id, english) id,
    FC_WORDS(FC_WORD_ID)
#undef FC_WORD_ID
};

const char *const fc_word_english[FC_WORD_COUNT] = {
#define FC_WORD_TEXT(name, id, english) english,
    FC_WORDS(FC_WORD_TEXT)
#undef FC_WORD_TEXT
};

fc_str fc_words(const fc_form *f, fc_word w)
{
    return f->words && f->words[w].n ? f->words[w] : fc_str_of(fc_word_english[w]);
}

int fc_word_find(fc_str id)
{
    for (int i = 0; i < FC_WORD_COUNT; i++)
        if (fc_str_eq_z(id, fc_word_ids[i]))
            return i;
    return -1;
}

bool fc_word_is_english_only(fc_word w)
{
    return w == FC_WORD_ENTER || w == FC_WORD_SELECT || w == FC_WORD_ENTER_ROWS ||
           w == FC_WORD_MORE_ROWS;
}

bool fc_word_next_place(fc_str words, size_t *pos, size_t *begin, fc_str *name)
{
    for (size_t i = *pos; i < words.n; i++) {
        if (words.p[i] != '{')
            continue;
        size_t end = i + 1;
        while (end < words.n && words.p[end] >= 'a' && words.p[end] <= 'z')
            end++;
        if (end == i + 1 || end >= words.n || words.p[end] != '}')
            continue;
        *begin = i;
        *name = fc_str_slice(words, i + 1, end);
        *pos = end + 1;
        return true;
    }
    return false;
}

fc_str fc_words_fill(fc_arena *a, fc_str words, const fc_str *pairs)
{
    fc_buf b;
    fc_str name;
    size_t pos = 0, done = 0, begin;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    while (fc_word_next_place(words, &pos, &begin, &name)) {
        fc_buf_str(&b, fc_str_slice(words, done, begin));
        for (const fc_str *p = pairs; p->n; p += 2)
            if (fc_str_eq(p[0], name))
                fc_buf_str(&b, p[1]);
        done = pos;
    }
    fc_buf_str(&b, fc_str_slice(words, done, words.n));
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

fc_str fc_words_with(fc_arena *a, fc_str words, const char *place, fc_str value)
{
    const fc_str pairs[] = {fc_str_of(place), value, {0}};
    return fc_words_fill(a, words, pairs);
}

fc_str fc_words_for(fc_arena *a, const fc_form *f, fc_party_set owners, bool jointly)
{
    fc_str all = {0};
    for (size_t i = 0; i < f->parties.n; i++) {
        if (!(owners & ((fc_party_set)1 << i)))
            continue;
        fc_str label = f->parties.at[i].label;
        const fc_str pairs[] = {FC_S("first"), all, FC_S("second"), label, {0}};
        all = !all.n    ? label
              : jointly ? fc_words_fill(a, fc_words(f, FC_WORD_AND), pairs)
                        : fc_str_fmt(a, "%.*s, %.*s", FC_ARG(all), FC_ARG(label));
    }
    return all.n ? fc_words_with(a, fc_words(f, jointly ? FC_WORD_FOR_JOINTLY : FC_WORD_FOR),
                                 "parties", all)
                 : all;
}
