/* Words: attributes and characters with white space folded, and texts of paragraphs and list
 * items. Labels that a text refers to are filled in by resolve.c. */
#include "compiler/front.h"

fc_str fc_words_of(fc_front *c, fc_str s)
{
    return fc_str_collapse(c->a, s);
}

fc_str fc_attr_words(fc_front *c, const fc_xelem *x, const char *name)
{
    const fc_xattr *at = fc_attr(x, name);
    return at ? fc_words_of(c, at->value) : (fc_str){0};
}

/* All characters directly in x, white space collapsed. */
fc_str fc_text_words(fc_front *c, const fc_xelem *x)
{
    fc_str all = {0};
    for (size_t i = 0; i < x->kids.n; i++)
        if (!x->kids.at[i].elem)
            all = all.n ? fc_str_fmt(c->a, "%.*s%.*s", FC_ARG(all), FC_ARG(x->kids.at[i].text))
                        : x->kids.at[i].text;
    return fc_words_of(c, all);
}

/* ---- text ---------------------------------------------------------------------------------
 */

typedef struct texting {
    fc_front *c;
    fc_text *text;
    const fc_node *inner, *block;
    bool after_space; /* white space here would be a second one */
} texting;

static fc_para *last_para(texting *t)
{
    return &t->text->paras.at[t->text->paras.n - 1];
}

static void add_run(texting *t, fc_run_kind kind, fc_str raw)
{
    fc_arena *a = t->c->a;
    char *p = fc_arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char ch = raw.p[i];
        bool space = ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
        if (space && t->after_space)
            continue;
        p[n++] = space ? ' ' : ch;
        t->after_space = space;
    }
    if (n == 0)
        return;
    fc_str s = {p, n};
    fc_para *para = last_para(t);
    fc_run *last = para->runs.n ? &para->runs.at[para->runs.n - 1] : NULL;
    if (last && last->kind == kind && kind == FC_RUN_PLAIN)
        last->text = fc_str_fmt(a, "%.*s%.*s", FC_ARG(last->text), FC_ARG(s));
    else
        FC_PUSH(a, &para->runs, ((fc_run){.kind = kind, .text = s}));
}

static void begin_para(texting *t, bool item)
{
    FC_PUSH(t->c->a, &t->text->paras, ((fc_para){.item = item}));
    t->after_space = true;
}

/* Takes the space at the end away; a paragraph without words goes. */
static void end_para(texting *t, const fc_xelem *x)
{
    fc_para *para = last_para(t);
    while (para->runs.n) {
        fc_run *last = &para->runs.at[para->runs.n - 1];
        if (last->kind == FC_RUN_REF)
            return;
        while (last->text.n && last->text.p[last->text.n - 1] == ' ')
            last->text.n--;
        if (last->text.n)
            return;
        para->runs.n--;
    }
    t->text->paras.n--;
    if (x->kind == FC_EL_P || x->kind == FC_EL_ITEM)
        fc_empty(t->c, x->name_at, "<%.*s> holds no words", FC_ARG(x->name));
}

static void runs_of(texting *t, const fc_xelem *x, bool item)
{
    begin_para(t, item);
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k) {
            add_run(t, FC_RUN_PLAIN, x->kids.at[i].text);
        } else if (k->kind == FC_EL_EM || k->kind == FC_EL_STRONG) {
            for (size_t j = 0; j < k->kids.n; j++)
                if (!k->kids.at[j].elem)
                    add_run(t, k->kind == FC_EL_EM ? FC_RUN_EM : FC_RUN_STRONG,
                            k->kids.at[j].text);
        } else if (k->kind == FC_EL_REF) {
            fc_para *para = last_para(t);
            FC_PUSH(t->c->a, &para->runs, ((fc_run){.kind = FC_RUN_REF}));
            FC_PUSH(t->c->a, &t->c->refs,
                    ((fc_pending_ref){t->text, t->text->paras.n - 1, para->runs.n - 1, k,
                                      t->inner, t->block}));
            t->after_space = false;
        }
    }
    end_para(t, x);
}

fc_str fc_lang_of(const fc_front *c, const fc_xelem *x)
{
    fc_str lang = x->lang;
    for (; x && !lang.n; x = x->parent)
        lang = fc_attr_value(x, "xml:lang");
    return c->f && fc_str_eq(lang, c->f->lang) ? (fc_str){0} : lang;
}

fc_text *fc_build_text(fc_front *c, const fc_xelem *x, const fc_node *inner,
                       const fc_node *block)
{
    texting t = {.c = c, .text = FC_NEW(c->a, fc_text), .inner = inner, .block = block};
    t.text->at = x->at;
    t.text->lang = fc_lang_of(c, x);
    bool paras = fc_child(x, FC_EL_P) || fc_child(x, FC_EL_LIST);
    if (!paras) {
        runs_of(&t, x, false);
        return t.text;
    }
    for (size_t i = 0; i < x->kids.n; i++) {
        const fc_xelem *k = x->kids.at[i].elem;
        if (!k ? fc_str_trim(x->kids.at[i].text).n > 0
               : k->kind == FC_EL_EM || k->kind == FC_EL_STRONG || k->kind == FC_EL_REF) {
            fc_diag *g =
                fc_wrong(c, FC_C_STRAY_TEXT, k ? k->name_at : fc_source_of_text(c->text, x, i),
                         "text may not stand beside paragraphs in <%.*s>", FC_ARG(x->name));
            fc_diag_help(c->d, g, "put it in a <p> too");
        } else if (k && k->kind == FC_EL_P) {
            runs_of(&t, k, false);
        } else if (k && k->kind == FC_EL_LIST) {
            for (size_t j = 0; j < k->kids.n; j++)
                if (k->kids.at[j].elem && k->kids.at[j].elem->kind == FC_EL_ITEM)
                    runs_of(&t, k->kids.at[j].elem, true);
        }
    }
    return t.text;
}

fc_text *fc_plain_text(fc_front *c, fc_span at, fc_str words)
{
    fc_text *t = FC_NEW(c->a, fc_text);
    t->at = at;
    fc_para para = {0};
    FC_PUSH(c->a, &para.runs, ((fc_run){.kind = FC_RUN_PLAIN, .text = words}));
    FC_PUSH(c->a, &t->paras, para);
    return t;
}

/* Paragraphs that are all in one language: it is that of the text. */
static void settle_languages(const fc_front *c, fc_text *t)
{
    bool one = true;
    for (size_t i = 1; i < t->paras.n; i++)
        one = one && fc_str_eq(t->paras.at[i].lang, t->paras.at[0].lang);
    fc_str lang = one && t->paras.n ? t->paras.at[0].lang : c->f->lang;
    t->lang = fc_str_eq(lang, c->f->lang) ? (fc_str){0} : lang;
    for (size_t i = 0; i < t->paras.n; i++)
        if (fc_str_eq(t->paras.at[i].lang, lang))
            t->paras.at[i].lang = (fc_str){0};
}

fc_text *fc_build_prompts(fc_front *c, const fc_xelem *x, const fc_node *inner,
                          const fc_node *block)
{
    texting t = {.c = c, .text = FC_NEW(c->a, fc_text), .inner = inner, .block = block};
    t.text->at = x->at;
    t.text->lang = fc_lang_of(c, x);
    FC_EACH(x, k, FC_EL_P)
    {
        fc_str lang = fc_lang_of(c, k);
        size_t before = t.text->paras.n;
        runs_of(&t, k, false);
        if (t.text->paras.n > before)
            t.text->paras.at[before].lang = lang.n ? lang : c->f->lang;
    }
    settle_languages(c, t.text);
    return t.text;
}
