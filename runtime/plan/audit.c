/* The good-practice page. */
#include "runtime/plan/audit.h"

#include "runtime/base/jsonwrite.h"
#include "runtime/plan/answer.h"

#include <string.h>

/* ---- the page as data ---------------------------------------------------------------------
 */

static fc_look look_at(fc_arena *a, const fc_plan *p, const fc_node *n, size_t row)
{
    fc_look at = {.node = n, .path = n->path};
    if (n->kind == FC_FIELD && n->container->repeat) {
        at.row = row;
        at.path = fc_plan_path(a, n, p->rows[n->container->index].list.at[row].id);
    }
    return at;
}

static fc_audit_topic *topic_of(fc_arena *a, fc_audit *audit, const fc_topic *topic)
{
    for (size_t i = 0; i < audit->topics.n; i++)
        if (audit->topics.at[i].topic == topic)
            return &audit->topics.at[i];
    FC_PUSH(a, &audit->topics, ((fc_audit_topic){.topic = topic}));
    return &audit->topics.at[audit->topics.n - 1];
}

/* Rules of a block share their id, and stand together on the page. */
static fc_audit_item *item_of(fc_arena *a, fc_audit_items *items, const fc_rule *r)
{
    for (size_t i = 0; i < items->n; i++)
        if (fc_str_eq(items->at[i].rule->id, r->id))
            return &items->at[i];
    FC_PUSH(a, items, ((fc_audit_item){.rule = r}));
    return &items->at[items->n - 1];
}

void fc_audit_make(fc_arena *a, const fc_plan *p, unsigned stage, fv_date as_of, fc_audit *out)
{
    const fc_form *f = p->form;
    fc_findings found = {0};
    fc_audit all = {0}; /* topics in the order of the form, some of them empty */
    fc_plan_audit(a, p, stage, as_of, &found);
    for (size_t i = f->n_checks; i < f->rules.n; i++)
        topic_of(a, &all, f->rules.at[i]->topic);
    for (size_t i = 0; i < found.n; i++) {
        const fc_rule *r = found.at[i].rule;
        fc_audit_topic *t = topic_of(a, &all, r->topic);
        bool human = r->kind == FC_RULE_HUMAN;
        fc_audit_item *item = item_of(a, human ? &t->questions : &t->found, r);
        fc_audit_case c = {.rule = r};
        if (!human)
            FC_PUSH(a, &c.places, look_at(a, p, r->where, found.at[i].row));
        for (size_t k = 0; k < r->places.n; k++)
            FC_PUSH(a, &c.places, look_at(a, p, r->places.at[k], found.at[i].row));
        FC_PUSH(a, &item->cases, c);
    }
    *out = (fc_audit){0};
    for (size_t i = 0; i < all.topics.n; i++) {
        const fc_audit_topic *t = &all.topics.at[i];
        if (t->found.n || t->questions.n)
            FC_PUSH(a, &out->topics, *t);
        else
            FC_PUSH(a, &out->quiet, t->topic);
        out->n_found += t->found.n;
        out->n_questions += t->questions.n;
    }
}

/* ---- what both forms of the page say ------------------------------------------------------
 */

static fc_str title_of(const fc_topic *t)
{
    return t->title.n ? t->title : t->id;
}

/* "Medication: Intervention", "B. Health needs": short, since the path stands beside it. */
static fc_str label_of(fc_arena *a, const fc_node *n)
{
    const fc_node *in = n->parent;
    fc_str label = n->short_label.n ? n->short_label : n->label;
    if (n->kind == FC_SECTION && n->number.n)
        return fc_str_fmt(a, "%.*s. %.*s", FC_ARG(n->number), FC_ARG(n->label));
    while (in && in->kind != FC_GROUP && in->kind != FC_SIGNATURE)
        in = in->parent;
    if (!in || !label.n)
        return in ? in->label : label;
    return fc_str_fmt(a, "%.*s: %.*s", FC_ARG(in->label), FC_ARG(label));
}

/* A source that `from` names, and where in it: "L45, L103". */
typedef struct cited {
    const fc_source_ref *source;
    fc_str places; /* empty for the whole of it */
} cited;
typedef FC_ARRAY(cited) citations;

static bool next_word(fc_str s, size_t *at, fc_str *word)
{
    size_t begin = *at, end;
    while (begin < s.n && (s.p[begin] == ' ' || s.p[begin] == '\n' || s.p[begin] == '\t'))
        begin++;
    for (end = begin; end < s.n && s.p[end] != ' ' && s.p[end] != '\n' && s.p[end] != '\t';)
        end++;
    *at = end;
    *word = fc_str_slice(s, begin, end);
    return word->n > 0;
}

static citations cite(fc_arena *a, const fc_form *f, fc_str from)
{
    citations list = {0};
    fc_str word;
    for (size_t at = 0; next_word(from, &at, &word);) {
        const char *colon = memchr(word.p, ':', word.n);
        size_t n = colon ? (size_t)(colon - word.p) : word.n;
        fc_str id = fc_str_slice(word, 0, n);
        fc_str place = fc_str_slice(word, colon ? n + 1 : n, word.n);
        cited *c = NULL;
        for (size_t i = 0; i < list.n && !c; i++)
            if (fc_str_eq(list.at[i].source->id, id))
                c = &list.at[i];
        for (size_t i = 0; i < f->sources.n && !c; i++)
            if (fc_str_eq(f->sources.at[i].id, id)) {
                FC_PUSH(a, &list, ((cited){.source = &f->sources.at[i]}));
                c = &list.at[list.n - 1];
            }
        if (c && place.n)
            c->places = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(c->places), c->places.n ? ", " : "",
                                   FC_ARG(place));
    }
    return list;
}

/* Who owns what is to be looked at. */
static fc_party_set owners_of(const fc_audit_item *item)
{
    fc_party_set owners = 0;
    for (size_t i = 0; i < item->cases.n; i++)
        for (size_t k = 0; k < item->cases.at[i].places.n; k++)
            owners |= item->cases.at[i].places.at[k].node->owners;
    return owners;
}

/* Calls `each` for the fields that a place shows: itself, or those below it. */
static void each_field(const fc_plan *p, const fc_node *n, size_t row,
                       void (*each)(void *, const fc_node *, size_t), void *user)
{
    if (n->kind == FC_FIELD)
        each(user, n, row);
    size_t rows = n->kind == FC_REPEAT ? fc_plan_row_count(p, n->container) : 1;
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < n->kids.n; i++) {
            const fc_node *kid = n->kids.at[i];
            each_field(p, kid, n->kind == FC_REPEAT ? r : row, each, user);
            if (kid->details)
                each_field(p, kid->details, n->kind == FC_REPEAT ? r : row, each, user);
        }
}

/* ---- for people ---------------------------------------------------------------------------
 */

typedef struct printing {
    fc_arena *a;
    const fc_plan *p;
    fc_buf *out;
    bool show_answers;
    size_t shown;         /* answers of the place */
    const fc_look *place; /* whose answers are shown */
} printing;

static void print_sources(const printing *w, const char *indent, fc_str from)
{
    citations list = cite(w->a, w->p->form, from);
    if (!list.n)
        return;
    fc_buf_fmt(w->out, "%sSource: ", indent);
    for (size_t i = 0; i < list.n; i++) {
        fc_buf_fmt(w->out, "%s%.*s", i ? "; " : "", FC_ARG(list.at[i].source->text));
        if (list.at[i].places.n)
            fc_buf_fmt(w->out, " (%.*s)", FC_ARG(list.at[i].places));
    }
    fc_buf_char(w->out, '\n');
}

#define UNDER "               " /* as wide as the words before a place */

/* An answer, its lines below each other behind a bar. */
static void print_answer(void *user, const fc_node *field, size_t row)
{
    printing *w = user;
    const fc_answer *answer = fc_plan_answer(w->p, field, row);
    char room[FC_SHOWN_MAX];
    bool itself = field == w->place->node;
    w->shown += answer->text.n || answer->absent.n || itself;
    if (!itself && !answer->text.n && !answer->absent.n)
        return; /* of a section, only what is there */
    if (!itself) {
        fc_look at = look_at(w->a, w->p, field, row);
        fc_buf_fmt(w->out, UNDER "%.*s (%.*s)\n", FC_ARG(label_of(w->a, field)),
                   FC_ARG(at.path));
    }
    if (!answer->text.n) {
        fc_buf_fmt(w->out, UNDER "| (no answer%s%.*s)\n", answer->absent.n ? ": " : "",
                   FC_ARG(answer->absent));
        return;
    }
    fc_str shown = fc_answer_shown(field, answer->text, room);
    for (size_t begin = 0; begin <= shown.n;) {
        const char *feed =
            begin < shown.n ? memchr(shown.p + begin, '\n', shown.n - begin) : NULL;
        size_t end = feed ? (size_t)(feed - shown.p) : shown.n;
        fc_buf_fmt(w->out, UNDER "| %.*s\n", FC_ARG(fc_str_slice(shown, begin, end)));
        begin = end + 1;
    }
}

static bool in_rows(const fc_rule *r, const fc_node *n)
{
    return r->scope->repeat && n->container == r->scope;
}

/* The places of a case: those in the rows that its rule goes through, or the others. */
static void print_places(printing *w, const fc_rule *r, const fc_audit_case *c, bool rows,
                         const char *before)
{
    for (size_t i = 0; i < c->places.n; i++) {
        const fc_look *at = &c->places.at[i];
        if (in_rows(r, at->node) != rows)
            continue;
        fc_buf_fmt(w->out, "%s%.*s (%.*s)\n", before, FC_ARG(label_of(w->a, at->node)),
                   FC_ARG(at->path));
        before = UNDER;
        if (!w->show_answers)
            continue;
        w->place = at;
        w->shown = 0;
        each_field(w->p, at->node, at->row, print_answer, w);
        if (!w->shown)
            fc_buf_z(w->out, UNDER "| (no answer)\n");
    }
}

static void print_items(printing *w, const fc_audit_topic *t, const fc_audit_items *items,
                        const char *heading)
{
    const fc_form *f = w->p->form;
    if (items->n)
        fc_buf_fmt(w->out, "\n  %s\n", heading);
    for (size_t i = 0; i < items->n; i++) {
        const fc_audit_item *item = &items->at[i];
        const fc_rule *r = item->rule;
        fc_buf_fmt(w->out, "    - %.*s\n", FC_ARG(r->message_text));
        for (size_t k = 0; k < item->cases.n; k++) {
            const fc_audit_case *c = &item->cases.at[k];
            print_places(w, c->rule, c, r->scope->repeat != NULL, "      Look at: ");
        }
        if (r->scope->repeat) /* what stands beside every row is named once */
            print_places(w, item->cases.at[0].rule, &item->cases.at[0], false,
                         "      Beside:  ");
        fc_party_set owners = owners_of(item);
        bool any = false;
        for (size_t k = 0; k < f->parties.n; k++)
            if (owners >> k & 1) {
                fc_buf_fmt(w->out, "%s%.*s",
                           any ? ", " : "      For: ", FC_ARG(f->parties.at[k].label));
                any = true;
            }
        if (any)
            fc_buf_char(w->out, '\n');
        if (!fc_str_eq(r->from, t->topic->from))
            print_sources(w, "      ", r->from);
    }
}

void fc_audit_text(const fc_plan *p, const fc_audit *audit, unsigned stage, fc_str as_of,
                   bool show_answers, fc_buf *out)
{
    const fc_form *f = p->form;
    printing w = {.a = p->arena, .p = p, .out = out, .show_answers = show_answers};
    fc_buf_fmt(out, "Good practice: %.*s\n", FC_ARG(f->title));
    if (p->id.n)
        fc_buf_fmt(out, "Plan %.*s", FC_ARG(p->id));
    else
        fc_buf_z(out, "A plan without an id");
    if (stage < f->stages.n)
        fc_buf_fmt(out, ", at the stage \"%.*s\"", FC_ARG(f->stages.at[stage].label));
    fc_buf_fmt(out, ", on %.*s\n\n", FC_ARG(as_of));
    fc_buf_z(out,
             "This is advice for a reviewer. None of it stands in the way of the plan, and "
             "nothing is scored.\nWhat is for a person to judge, only a person may decide.\n");
    for (size_t i = 0; i < audit->topics.n; i++) {
        const fc_audit_topic *t = &audit->topics.at[i];
        fc_buf_fmt(out, "\n%.*s\n", FC_ARG(title_of(t->topic)));
        print_sources(&w, "  ", t->topic->from);
        print_items(&w, t, &t->found, "Found");
        print_items(&w, t, &t->questions, "For a person to judge");
    }
    for (size_t i = 0; i < audit->quiet.n; i++)
        fc_buf_fmt(out, "%s%.*s",
                   i ? "; " : "\nNothing to say about: ", FC_ARG(title_of(audit->quiet.at[i])));
    if (audit->quiet.n)
        fc_buf_char(out, '\n');
    if (!audit->topics.n && !audit->quiet.n)
        fc_buf_z(out, "\nThis form has no rules of good practice.\n");
}

/* ---- as data ------------------------------------------------------------------------------
 */

static void json_sources(fc_json_writer *w, const printing *to, fc_str from)
{
    citations list = cite(to->a, to->p->form, from);
    fc_json_array(w, FC_S("sources"));
    for (size_t i = 0; i < list.n; i++) {
        fc_json_object(w, (fc_str){0});
        fc_json_put(w, FC_S("id"), list.at[i].source->id);
        fc_json_put_opt(w, FC_S("kind"), list.at[i].source->kind);
        fc_json_put(w, FC_S("text"), list.at[i].source->text);
        fc_json_put_opt(w, FC_S("places"), list.at[i].places);
        fc_json_end(w);
    }
    fc_json_end(w);
}

typedef struct json_answers {
    const printing *to;
    fc_json_writer *w;
} json_answers;

static void json_answer(void *user, const fc_node *field, size_t row)
{
    const json_answers *j = user;
    const fc_answer *answer = fc_plan_answer(j->to->p, field, row);
    if (!answer->text.n && !answer->absent.n)
        return;
    fc_json_object(j->w, (fc_str){0});
    fc_json_put(j->w, FC_S("path"), look_at(j->to->a, j->to->p, field, row).path);
    fc_json_put(j->w, FC_S("label"), label_of(j->to->a, field));
    fc_json_put_opt(j->w, FC_S("answer"), answer->text);
    fc_json_put_opt(j->w, FC_S("absent"), answer->absent);
    fc_json_end(j->w);
}

static void json_items(fc_json_writer *w, const printing *to, fc_str name,
                       const fc_audit_items *items, bool show_answers)
{
    const fc_form *f = to->p->form;
    fc_json_array(w, name);
    for (size_t i = 0; i < items->n; i++) {
        const fc_audit_item *item = &items->at[i];
        fc_json_object(w, (fc_str){0});
        fc_json_put(w, FC_S("rule"), item->rule->id);
        fc_json_put(w, FC_S("message"), item->rule->message_text);
        json_sources(w, to, item->rule->from);
        fc_party_set owners = owners_of(item);
        fc_json_array(w, FC_S("owners"));
        for (size_t k = 0; k < f->parties.n; k++)
            if (owners >> k & 1)
                fc_json_put(w, (fc_str){0}, f->parties.at[k].id);
        fc_json_end(w);
        fc_json_array(w, FC_S("cases"));
        for (size_t k = 0; k < item->cases.n; k++) {
            fc_json_array(w, (fc_str){0});
            for (size_t n = 0; n < item->cases.at[k].places.n; n++) {
                const fc_look *at = &item->cases.at[k].places.at[n];
                fc_json_object(w, (fc_str){0});
                fc_json_put(w, FC_S("path"), at->path);
                fc_json_put(w, FC_S("label"), label_of(to->a, at->node));
                if (show_answers) {
                    json_answers j = {to, w};
                    fc_json_array(w, FC_S("answers"));
                    each_field(to->p, at->node, at->row, json_answer, &j);
                    fc_json_end(w);
                }
                fc_json_end(w);
            }
            fc_json_end(w);
        }
        fc_json_end(w);
        fc_json_end(w);
    }
    fc_json_end(w);
}

void fc_audit_json(const fc_plan *p, const fc_audit *audit, unsigned stage, fc_str as_of,
                   bool show_answers, fc_buf *out)
{
    const fc_form *f = p->form;
    printing to = {.a = p->arena, .p = p};
    fc_json_writer w;
    fc_json_begin(&w, out);
    fc_json_put(&w, FC_S("form"), f->id);
    fc_json_put(&w, FC_S("version"), f->version);
    fc_json_put(&w, FC_S("definition"), f->digest);
    fc_json_put(&w, FC_S("plan"), p->id);
    fc_json_put(&w, FC_S("stage"), stage < f->stages.n ? f->stages.at[stage].id : (fc_str){0});
    fc_json_put(&w, FC_S("as-of"), as_of);
    fc_json_array(&w, FC_S("topics"));
    for (size_t i = 0; i < audit->topics.n; i++) {
        const fc_audit_topic *t = &audit->topics.at[i];
        fc_json_object(&w, (fc_str){0});
        fc_json_put(&w, FC_S("id"), t->topic->id);
        fc_json_put(&w, FC_S("title"), title_of(t->topic));
        json_sources(&w, &to, t->topic->from);
        json_items(&w, &to, FC_S("found"), &t->found, show_answers);
        json_items(&w, &to, FC_S("questions"), &t->questions, show_answers);
        fc_json_end(&w);
    }
    fc_json_end(&w);
    fc_json_array(&w, FC_S("nothing-to-say"));
    for (size_t i = 0; i < audit->quiet.n; i++)
        fc_json_put(&w, (fc_str){0}, audit->quiet.at[i]->id);
    fc_json_end(&w);
    fc_json_end(&w);
}
