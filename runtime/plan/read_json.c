/* Reading a plan's JSON: the same parts as in XML, walked beside the model. docs/plans.md has
 * the shape. */
#include "runtime/plan/reading.h"
#include "runtime/base/json.h"

static fc_span place(fc_reading *r, const fc_json *v)
{
    return (fc_span){r->source, v->key_at, v->key_at + 1};
}

/* True when the value is of this kind; else that is reported. */
static bool is_a(fc_reading *r, const fc_json *v, fc_json_kind kind)
{
    static const char *const words[] = {[FC_JSON_OBJECT] = "an object in { }",
                                        [FC_JSON_ARRAY] = "a list in [ ]",
                                        [FC_JSON_STRING] = "text in quotation marks"};
    if (v->kind == kind)
        return true;
    fc_report(r->d, FC_ERROR, "P140", place(r, v), "there has to be %s here", words[kind]);
    return false;
}

/* A member of an object, "" when there is none. Text that is no answer is kept as it is, so
 * what XML could not hold is refused. */
static fc_str word(fc_reading *r, const fc_json *object, const char *name)
{
    const fc_json *v = fc_json_member(object, name);
    if (!v || !is_a(r, v, FC_JSON_STRING))
        return (fc_str){0};
    if (fc_xml_chars(v->text) == v->text.n)
        return v->text;
    fc_report(r->d, FC_ERROR, "P143", place(r, v),
              "this holds a character that a plan cannot keep");
    return (fc_str){0};
}

/* Reports members that are not among these: formc would not write them back. */
static void only(fc_reading *r, const fc_json *object, const char *const *names)
{
    for (const fc_json *m = object->kids; m; m = m->next)
        if (!fc_in_list(names, m->key))
            fc_report(r->d, FC_ERROR, "P141", place(r, m),
                      "there is nothing of this name in this part of a plan");
}

/* ---- Answers ------------------------------------------------------------------------- */

static fc_str answer_text(fc_reading *r, const fc_json *v, fc_str path)
{
    bool replaced = false;
    fc_str text = fc_take_text(r, v->text, &replaced);
    if (replaced)
        fc_report(r->d, FC_WARNING, "P115", place(r, v),
                  "\"%.*s\" holds a character that a plan cannot keep; U+FFFD stands in its "
                  "place now",
                  FC_ARG(path));
    return text;
}

/* The question that a path names, counted from the repeat of a row (NULL: from the form). */
static const fc_node *field_below(const fc_form *f, const fc_node *repeat, fc_str path)
{
    if (!repeat) {
        const fc_node *field = fc_form_find_field(f, path);
        return field && !field->container->repeat ? field : NULL;
    }
    for (size_t i = 0; i < repeat->container->fields.n; i++) {
        const fc_node *field = repeat->container->fields.at[i];
        if (fc_str_eq(fc_str_slice(field->path, repeat->path.n + 1, field->path.n), path))
            return field;
    }
    return NULL;
}

static void take_language(fc_reading *r, const fc_node *field, size_t row, const fc_json *m)
{
    fc_answer *answer = fc_plan_answer_at(r->plan, (fc_place){field, row});
    if (!answer->text.n && !answer->absent.n)
        fc_report(r->d, FC_ERROR, "P116", place(r, m), "\"%.*s\" has a language but no answer",
                  FC_ARG(field->path));
    else if (!fc_str_eq(m->text, r->form->lang))
        answer->lang = m->text;
}

/* The two lists beside the answers of a plan or row: why there is none, and in which language
 * they are. */
static void read_list(fc_reading *r, const fc_json *object, const char *name,
                      const fc_node *repeat, size_t row, bool languages)
{
    const fc_json *list = fc_json_member(object, name);
    if (!list || !is_a(r, list, FC_JSON_OBJECT))
        return;
    for (const fc_json *m = list->kids; m; m = m->next) {
        const fc_node *field = field_below(r->form, repeat, m->key);
        if (!field)
            fc_report(r->d, FC_ERROR, "P135", place(r, m),
                      "this names no question of this part of the plan");
        else if (is_a(r, m, FC_JSON_STRING) && !languages)
            fc_take_reason(r, field, row, m->text, place(r, m));
        else if (m->kind == FC_JSON_STRING)
            take_language(r, field, row, m);
    }
}

static void read_kids(fc_reading *r, const fc_json *object, const fc_node *node, size_t row);

static void read_row(fc_reading *r, const fc_json *v, const fc_node *repeat)
{
    if (!is_a(r, v, FC_JSON_OBJECT) || !fc_take_row(r, repeat, word(r, v, "_row"), place(r, v)))
        return;
    size_t row = fc_plan_row_count(r->plan, repeat->container) - 1;
    read_kids(r, v, repeat, row);
    read_list(r, v, "_absent", repeat, row, false);
    read_list(r, v, "_languages", repeat, row, true);
}

static void read_kids(fc_reading *r, const fc_json *object, const fc_node *node, size_t row)
{
    static const char *const of_a_row[] = {"_row", "_absent", "_languages", NULL};
    for (const fc_json *m = object->kids; m; m = m->next) {
        if (node && node->kind == FC_REPEAT && fc_in_list(of_a_row, m->key))
            continue;
        const fc_node *k = fc_find_kid(node, r->form, m->key);
        if (!k) {
            fc_report_no_question(r, node, place(r, m));
        } else if (k->kind == FC_FIELD) {
            fc_answer given = {0};
            if (!is_a(r, m, FC_JSON_STRING))
                continue;
            given.text = answer_text(r, m, k->path);
            fc_take_answer(r, k, row, given, place(r, m));
        } else if (k->kind != FC_REPEAT) {
            if (is_a(r, m, FC_JSON_OBJECT))
                read_kids(r, m, k, row);
        } else if (is_a(r, m, FC_JSON_ARRAY)) {
            for (const fc_json *v = m->kids; v; v = v->next)
                read_row(r, v, k);
        }
    }
}

/* ---- What a plan keeps about itself -------------------------------------------------- */

static fc_answer read_side(fc_reading *r, const fc_json *conflict, const char *name,
                           unsigned *sides)
{
    static const char *const names[] = {"text", "absent", "language", NULL};
    const fc_json *v = fc_json_member(conflict, name), *text;
    fc_answer side = {0};
    if (!v || !is_a(r, v, FC_JSON_OBJECT))
        return side;
    *sides = 1;
    only(r, v, names);
    text = fc_json_member(v, "text");
    if (text && is_a(r, text, FC_JSON_STRING))
        side.text = answer_text(r, text, FC_S("a side of this conflict"));
    side.absent = word(r, v, "absent");
    side.lang = word(r, v, "language");
    fc_take_side(r, &side, place(r, v));
    return side;
}

static void read_conflict(fc_reading *r, const fc_json *v)
{
    static const char *const names[] = {"path", "stored", "visible", NULL};
    unsigned sides[2] = {0};
    only(r, v, names);
    fc_answer stored = read_side(r, v, "stored", &sides[0]);
    fc_answer visible = read_side(r, v, "visible", &sides[1]);
    fc_take_conflict(r, word(r, v, "path"), stored, visible, sides, place(r, v));
}

static void read_mark(fc_reading *r, const fc_json *v)
{
    static const char *const names[] = {"path", "at", "by", "own", "covers", NULL};
    only(r, v, names);
    fc_mark m = {.at = word(r, v, "at"),
                 .by = word(r, v, "by"),
                 .own = word(r, v, "own"),
                 .covers = word(r, v, "covers")};
    fc_take_mark(r, word(r, v, "path"), m, place(r, v));
}

static void read_entry(fc_reading *r, const fc_json *v)
{
    static const char *const names[] = {"n",   "at",   "by", "via", "file",
                                        "did", "path", "to", NULL};
    only(r, v, names);
    fc_change e = {.at = word(r, v, "at"),
                   .by = word(r, v, "by"),
                   .via = word(r, v, "via"),
                   .file = word(r, v, "file"),
                   .did = word(r, v, "did"),
                   .path = word(r, v, "path"),
                   .to = word(r, v, "to")};
    fc_take_entry(r, word(r, v, "n"), e, place(r, v));
}

static void read_part(fc_reading *r, const fc_json *root, const char *name,
                      void (*read)(fc_reading *r, const fc_json *v))
{
    const fc_json *list = fc_json_member(root, name);
    if (!list || !is_a(r, list, FC_JSON_ARRAY))
        return;
    for (const fc_json *v = list->kids; v; v = v->next)
        if (is_a(r, v, FC_JSON_OBJECT))
            read(r, v);
}

/* ---- All of it ----------------------------------------------------------------------- */

fc_status fc_read_plan_json(fc_reading *r)
{
    static const char *const names[] = {
        "form",    "version", "definition", "plan",      "revision", "stage",   "synthetic",
        "answers", "absent",  "languages",  "conflicts", "marks",    "history", NULL};
    const fc_json *root, *answers;
    uint32_t at = 0;
    fc_json_verdict v = fc_json_read(r->a, r->bytes, &root, &at);
    if (v != FC_JSON_PASSES) {
        fc_report(r->d, FC_ERROR, v == FC_JSON_BROKEN ? "P002" : "P001",
                  (fc_span){r->source, at, at}, "%s", fc_json_verdict_words(v));
        return FC_REFUSED;
    }
    fc_head h = {.form = word(r, root, "form"),
                 .version = word(r, root, "version"),
                 .digest = word(r, root, "definition"),
                 .id = word(r, root, "plan"),
                 .revision = word(r, root, "revision"),
                 .stage = word(r, root, "stage"),
                 .synthetic = word(r, root, "synthetic")};
    if (!h.form.n) {
        fc_report_other_form(r, place(r, root));
        return FC_REFUSED;
    }
    if (!fc_take_head(r, &h, place(r, root)))
        return FC_REFUSED;
    only(r, root, names);
    answers = fc_json_member(root, "answers");
    if (!answers)
        fc_report(r->d, FC_ERROR, "P142", place(r, root), "this plan has no \"answers\"");
    else if (is_a(r, answers, FC_JSON_OBJECT))
        read_kids(r, answers, NULL, 0);
    read_list(r, root, "absent", NULL, 0, false);
    read_list(r, root, "languages", NULL, 0, true);
    read_part(r, root, "conflicts", read_conflict);
    read_part(r, root, "marks", read_mark);
    read_part(r, root, "history", read_entry);
    return FC_OK;
}
