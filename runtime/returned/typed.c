/* From what people type, and editors keep, to what a plan keeps. */
#include "runtime/plan/answer.h"
#include "runtime/fv.h"
#include "runtime/form/words.h"
#include "runtime/returned/places.h"

#include <string.h>

static const fc_word empty_words[] = {FC_WORD_ENTER_TEXT, FC_WORD_ENTER_DATE,
                                      FC_WORD_ENTER_SOME_DATE, FC_WORD_CHOOSE, FC_WORD_SIGN};

/* What Word itself puts into a control whose text of ours is lost (English only). */
static const char *const words_of_word[] = {
    "Click or tap here to enter text.", "Click here to enter text.",
    "Click or tap to enter a date.", "Click here to enter a date.", "Choose an item."};

/* A word in every language of the form. */
static void add_word(fc_arena *a, const fc_form *f, fc_word w, fc_empty_words *out)
{
    FC_PUSH(a, &out->list, fc_words(f, w));
    FC_PUSH(a, &out->list, fc_str_of(fc_word_english[w]));
    fc_str key = fc_str_fmt(a, "word:%s", fc_word_ids[w]);
    for (size_t k = 0; k < f->languages.n; k++)
        for (size_t j = 0; j < f->languages.at[k].list.n; j++)
            if (fc_str_eq(f->languages.at[k].list.at[j].key, key))
                FC_PUSH(a, &out->list, f->languages.at[k].list.at[j].words);
}

void fc_empty_words_of(fc_arena *a, const fc_form *f, fc_empty_words *out)
{
    *out = (fc_empty_words){0};
    for (size_t i = 0; i < sizeof words_of_word / sizeof *words_of_word; i++)
        FC_PUSH(a, &out->list, fc_str_of(words_of_word[i]));
    for (size_t i = 0; i < sizeof empty_words / sizeof *empty_words; i++)
        add_word(a, f, empty_words[i], out);
}

void fc_held_words_of(fc_arena *a, const fc_form *f, fc_empty_words *out)
{
    *out = (fc_empty_words){0};
    add_word(a, f, FC_WORD_HELD, out);
}

static fv_text fv(fc_str s)
{
    return fv_text_make(s.p, s.n);
}

bool fc_is_empty_word(const fc_empty_words *w, fc_str text)
{
    for (size_t i = 0; i < w->list.n; i++)
        if (fv_same_folded(fv(w->list.at[i]), fv(text)))
            return true;
    return false;
}

fc_str fc_clean_text(fc_arena *a, fc_str s)
{
    if (!fc_str_trim(s).n)
        return (fc_str){0};
    if (!memchr(s.p, '\r', s.n))
        return s;
    char *out = fc_arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\r')
            out[n++] = s.p[i];
        else if (i + 1 == s.n || s.p[i + 1] != '\n')
            out[n++] = '\n';
    }
    return (fc_str){out, n};
}

typedef struct date_text {
    char z[11];
} date_text;

static fc_str choice_form(const fc_node *field, fc_str text, fc_channel channel)
{
    const fc_choice *by_label = fc_choices_find_label(field->choices, text);
    const fc_choice *by_id = fc_choices_find(field->choices, fc_str_trim(text));
    const fc_choice *c = channel == FC_STORED ? by_id ? by_id : by_label
                         : by_label           ? by_label
                                              : by_id;
    if (c)
        return c->id;
    if (field->type == FC_YES_NO) { /* "YES": as the rules read it, whatever the case */
        fv_plain p = fv_make_plain(fv(text));
        c = fc_choices_find(field->choices, (fc_str){p.c, p.n});
        if (c)
            return c->id;
    }
    return text;
}

/* "31/12/0999" as documents show 0999-12-31. What people type has a year from 1000 on. */
static date_text as_shown(fc_str s)
{
    static const char shape[] = "dd/dd/dddd";
    static const unsigned char from[] = {6, 7, 8, 9, 0, 3, 4, 0, 0, 1};
    date_text iso = {"0000-00-00"};
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (s.n != sizeof shape - 1 ||
            (shape[i] == 'd' ? !fv_is_digit(s.p[i]) : s.p[i] != shape[i]))
            return (date_text){""};
    for (size_t i = 0; i < sizeof from; i++)
        if (iso.z[i] != '-')
            iso.z[i] = s.p[from[i]];
    return iso;
}

fc_str fc_stored_form(fc_arena *a, const fc_node *field, fc_str text, fc_str date,
                      fc_channel channel)
{
    char room[FV_MONEY_ROOM > 11 ? FV_MONEY_ROOM : 11] = "";
    if (!text.n)
        return text;
    switch (field->type) {
    case FC_DATE:
        fv_date_write(fv_date_read(fv(text)), room);
        if (!room[0])
            fv_date_write(fv_date_read(fv_text_of(as_shown(text).z)), room);
        if (!room[0]) /* words that only the editor could read */
            fv_date_write(fv_date_read(fv(date)), room);
        break;
    case FC_PART_DATE:
        fv_part_date_write(fv_part_date_read(fv(text)), room);
        if (!room[0])
            fv_date_write(fv_date_read(fv_text_of(as_shown(text).z)), room);
        break;
    case FC_MONEY:
        fv_money_write(fv_money_read(fv(text)), room);
        break;
    case FC_YES_NO:
    case FC_CHOICE:
        return field->choices ? choice_form(field, text, channel) : text;
    default:
        break;
    }
    return room[0] ? fc_str_copy_z(a, room) : text;
}

fc_str fc_set_text(fc_arena *a, const fc_node *field, uint64_t set)
{
    fc_str s = {0};
    for (size_t i = 0; i < field->choices->list.n; i++)
        if (set >> i & 1u)
            s = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(s), s.n ? " " : "",
                           FC_ARG(field->choices->list.at[i].id));
    return s;
}

/* Moves behind white space: that of ASCII and what editors make of it. */
static void skip_space(fc_str s, size_t *i)
{
    while (*i < s.n) {
        size_t next = *i;
        if (!fv_is_wide_space(fc_utf8_next(s, &next)))
            return;
        *i = next;
    }
}

bool fc_same_but_space(fc_str a, fc_str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        skip_space(a, &i);
        skip_space(b, &k);
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        if (a.p[i++] != b.p[k++])
            return false;
    }
}
