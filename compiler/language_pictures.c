/* Pictures in language files. They stand beside questions, as pages in easy words have them,
 * and belong to the words that the question had when they were chosen: when those change, a
 * picture is stale like a translation (language.c).
 *
 * A digest covers the bytes of their files. They are taken apart for the language that is
 * spoken only, since that takes time; `check` looks into all. */
#include "compiler/front.h"
#include "compiler/picture.h"
#include "runtime/base/digest.h"

#include <string.h>

#define SIDE_MAX 1000    /* pixels: at 3 cm that is 850 an inch */
#define PICTURES_MAX 200 /* different ones in a form */

static fc_str file_of(const fc_entry *e)
{
    return fc_attr_value(e->picture, "file");
}

static const fc_picture_source *find_file(const fc_language_file *l, fc_str file)
{
    for (size_t i = 0; i < l->source->pictures.n; i++)
        if (fc_str_eq(l->source->pictures.at[i].file, file))
            return &l->source->pictures.at[i];
    return NULL;
}

/* The number of a picture that was looked into, from 1; 0 when it was not. */
static unsigned number_of(const fc_language_file *l, fc_str file)
{
    for (size_t i = 0; i < l->pictures.n; i++)
        if (fc_str_eq(l->pictures.at[i].file, file))
            return (unsigned)i + 1;
    return 0;
}

static bool cannot_show(fc_language_file *l, const fc_entry *e, const char *why,
                        const char *help)
{
    fc_diag *g = fc_wrong(l->c, FC_C_PICTURE, fc_attr_at(e->picture, "file"),
                          "%.*s cannot be shown: %s", FC_ARG(file_of(e)), why);
    fc_diag_help(l->c->d, g, "%s", help);
    return false;
}

/* Takes the picture apart and keeps it. */
static bool look_into(fc_language_file *l, const fc_entry *e, const fc_picture_source *s)
{
    const char *why = "", *help = "";
    fc_form_picture p = {.file = s->file};
    if (number_of(l, s->file))
        return true;
    if (l->pictures.n == PICTURES_MAX)
        return cannot_show(l, e, "the form has too many pictures",
                           "show the same picture beside several questions");
    if (fc_picture_read(l->c->a, s->bytes, &p.picture, &why, &help) != FC_OK)
        return cannot_show(l, e, why, help);
    if (p.picture.width > SIDE_MAX || p.picture.height > SIDE_MAX)
        return cannot_show(l, e, "it has too many pixels",
                           "save it smaller: 400 pixels wide are sharp on paper");
    FC_PUSH(l->c->a, &l->pictures, p);
    return true;
}

static bool is_question(const fc_wording *w)
{
    int kind = w->x->kind;
    return (kind == FC_EL_FIELD || kind == FC_EL_DETAILS || kind == FC_EL_TICKS) && w->attr &&
           fc_str_eq_z(w->attr->name, "label");
}

bool fc_picture_fits(fc_front *form, fc_language_file *l, size_t t, const fc_entry *e)
{
    fc_front *c = l->c;
    const fc_definition *def = form->def;
    size_t before = c->d->errors;
    if (!is_question(&form->wordings.at[t])) {
        fc_diag *g = fc_wrong(c, FC_C_PICTURE_PLACE, e->picture->name_at,
                              "\"%.*s\" is not the label of a question", FC_ARG(e->key));
        fc_diag_help(c->d, g,
                     "a picture stands beside a question: put <picture> into the <text> of its "
                     "label");
    }
    if (!fc_words_of(c, fc_attr_value(e->picture, "alt")).n) {
        fc_diag *g = fc_wrong(c, FC_C_PICTURE_WORDS, e->picture->name_at,
                              "the picture has no words for people who do not see it");
        fc_diag_help(c->d, g, "add alt=\"...\": what it shows, in the words of this language");
    }
    const fc_picture_source *s = find_file(l, file_of(e));
    if (!s || s->why) {
        fc_str help =
            fc_str_fmt(c->a, "put a PNG file of at most 1 MiB into lang/%.*s", FC_ARG(l->tag));
        return cannot_show(l, e, s ? s->why : "it is not there", help.p);
    }
    if (def->every_picture || fc_str_eq(def->lang, l->tag))
        look_into(l, e, s);
    return c->d->errors == before;
}

void fc_pictures_list(fc_front *form, const fc_language_file *l, fc_language *out)
{
    fc_arena *a = form->a;
    for (size_t t = 0; t < form->wordings.n && l->pictured; t++) {
        const fc_entry *e = l->pictured[t];
        if (!e)
            continue;
        fc_str path = fc_str_slice(e->key, 0, e->key.n - strlen(" label"));
        fc_translated p = {
            .key = fc_str_fmt(a, "%.*s picture", FC_ARG(path)),
            .words = fc_str_fmt(a, "%.*s %.*s",
                                FC_ARG(fc_sha256_hex(a, find_file(l, file_of(e))->bytes)),
                                FC_ARG(fc_words_of(form, fc_attr_value(e->picture, "alt"))))};
        FC_PUSH(a, &out->list, p);
    }
}

void fc_pictures_apply(fc_front *c, const fc_language_file *l)
{
    for (size_t t = 0; t < c->wordings.n; t++) {
        const fc_entry *e = l->pictured[t];
        if (!e)
            continue;
        fc_xelem *x = c->wordings.at[t].x;
        x->picture = number_of(l, file_of(e));
        x->picture_alt = fc_words_of(c, fc_attr_value(e->picture, "alt"));
    }
}
