/* Questions that everybody asks a model: find a node, a party, a choice; the words of a text.
 */
#include "runtime/form/form.h"

#include <string.h>

const fc_type_info fc_types[FC_TYPE_COUNT] = {
    [FC_LINE] = {"line", "a line of text", false},
    [FC_PROSE] = {"prose", "text", true},
    [FC_PERSON_NAME] = {"person-name", "a name", false},
    [FC_PERSON_REF] = {"person-ref", "a person: name, relationship, contact", true},
    [FC_ADDRESS] = {"address", "an address", true},
    [FC_POSTCODE] = {"postcode", "a postcode", false},
    [FC_EMAIL] = {"email", "an email address", false},
    [FC_PHONE] = {"phone", "a phone number", false},
    [FC_ORGANISATION] = {"organisation", "the name of an organisation", false},
    [FC_NHS_NUMBER] = {"nhs-number", "an NHS number", false},
    [FC_DATE] = {"date", "a date", false},
    [FC_PART_DATE] = {"part-date", "a year, a month or a date", false},
    [FC_INTERVAL] = {"interval", "a length of time", false},
    [FC_INTERVAL_TEXT] = {"interval-text", "a length of time or other words", false},
    [FC_INTEGER] = {"integer", "a whole number", false},
    [FC_MONEY] = {"money", "an amount of money", false},
    [FC_YES_NO] = {"yes-no", "yes or no", false},
    [FC_CHOICE] = {"choice", "one of a list", false},
    [FC_CHOICES] = {"choices", "several of a list", false},
    [FC_MARK] = {"mark", "a signature's mark", false},
};

static const fc_node *find_below(fc_node *const *kids, size_t n, fc_str path)
{
    for (size_t i = 0; i < n; i++) {
        const fc_node *k = kids[i];
        if (k->path.n && fc_str_eq(k->path, path))
            return k;
        if (k->details && fc_str_eq(k->details->path, path))
            return k->details;
        const fc_node *found = find_below(k->kids.at, k->kids.n, path);
        if (found)
            return found;
    }
    return NULL;
}

const fc_node *fc_form_find(const fc_form *f, fc_str path)
{
    if (!f->by_path.n) /* a form that no compiler made */
        return find_below(f->top.at, f->top.n, path);
    size_t low = 0, high = f->by_path.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int r = fc_str_cmp(f->by_path.at[middle]->path, path);
        if (r == 0)
            return f->by_path.at[middle];
        if (r < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const fc_node *fc_form_find_field(const fc_form *f, fc_str path)
{
    const fc_node *n = fc_form_find(f, path);
    return n && n->kind == FC_FIELD ? n : NULL;
}

int fc_form_party(const fc_form *f, fc_str id)
{
    for (size_t i = 0; i < f->parties.n; i++)
        if (fc_str_eq(f->parties.at[i].id, id))
            return (int)i;
    return -1;
}

int fc_form_stage(const fc_form *f, fc_str id)
{
    for (size_t i = 0; i < f->stages.n; i++)
        if (fc_str_eq(f->stages.at[i].id, id))
            return (int)i;
    return -1;
}

int fc_form_sensitivity(const fc_form *f, fc_str id)
{
    for (size_t i = 0; i < f->sensitivities.n; i++)
        if (fc_str_eq(f->sensitivities.at[i].id, id))
            return (int)i;
    return -1;
}

fc_str fc_sensitivity_of(const fc_form *f, const fc_node *n)
{
    return n->sensitivity < 0 ? (fc_str){0} : f->sensitivities.at[n->sensitivity].id;
}

int fc_choices_index(const fc_choices *c, fc_str id)
{
    for (size_t i = 0; i < c->list.n; i++)
        if (fc_str_eq(c->list.at[i].id, id))
            return (int)i;
    return -1;
}

const fc_choice *fc_choices_find(const fc_choices *c, fc_str id)
{
    int i = fc_choices_index(c, id);
    return i < 0 ? NULL : &c->list.at[i];
}

static bool is_space(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

/* Equal when runs of white space count as one space and those at the ends as none. */
static bool eq_folded(fc_str a, fc_str b)
{
    a = fc_str_trim(a);
    b = fc_str_trim(b);
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n) {
        if (is_space(a.p[i]) && is_space(b.p[k])) {
            while (i < a.n && is_space(a.p[i]))
                i++;
            while (k < b.n && is_space(b.p[k]))
                k++;
        } else if (a.p[i++] != b.p[k++]) {
            return false;
        }
    }
    return i == a.n && k == b.n;
}

const fc_choice *fc_choices_find_label(const fc_choices *c, fc_str label)
{
    for (size_t i = 0; i < c->list.n; i++)
        if (eq_folded(c->list.at[i].label, label))
            return &c->list.at[i];
    for (size_t i = 0; i < c->list.n; i++)
        for (size_t k = 0; k < c->list.at[i].others.n; k++)
            if (eq_folded(c->list.at[i].others.at[k], label))
                return &c->list.at[i];
    return NULL;
}

/* Is this subtag, of letters in either case, one of the list? */
static bool is_subtag(fc_str s, const char *const *list)
{
    for (; *list; list++) {
        bool same = strlen(*list) == s.n;
        for (size_t i = 0; same && i < s.n; i++)
            same = (s.p[i] | 0x20) == (*list)[i];
        if (same)
            return true;
    }
    return false;
}

/* The subtag that begins at *pos, which moves to the next one; empty at the end. */
static fc_str next_subtag(fc_str tag, size_t *pos)
{
    size_t begin = *pos, end = begin;
    while (end < tag.n && tag.p[end] != '-')
        end++;
    *pos = end < tag.n ? end + 1 : end;
    return fc_str_slice(tag, begin, end);
}

bool fc_lang_is_rtl(fc_str tag)
{
    static const char *const languages[] = {"ar", "arc", "ckb", "dv", "fa", "he", "ks",
                                            "ps", "sd",  "syr", "ug", "ur", "yi", NULL};
    static const char *const scripts[] = {"arab", "hebr", "syrc", "thaa",
                                          "nkoo", "adlm", "rohg", NULL};
    size_t pos = 0;
    bool rtl = is_subtag(next_subtag(tag, &pos), languages);
    for (fc_str s = next_subtag(tag, &pos); s.n > 1; s = next_subtag(tag, &pos))
        if (s.n == 4 && !(s.p[0] >= '0' && s.p[0] <= '9'))
            rtl = is_subtag(s, scripts); /* the script says more than the language */
    return rtl;
}

bool fc_lang_is_english(fc_str tag)
{
    static const char *const english[] = {"en", NULL};
    size_t pos = 0;
    return is_subtag(next_subtag(tag, &pos), english);
}

fc_str fc_text_plain(fc_arena *a, const fc_text *t)
{
    fc_str all = {0};
    for (size_t i = 0; t && i < t->paras.n; i++)
        for (size_t k = 0; k < t->paras.at[i].runs.n; k++)
            all = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(all), i > 0 && k == 0 ? " " : "",
                             FC_ARG(t->paras.at[i].runs.at[k].text));
    return all;
}
