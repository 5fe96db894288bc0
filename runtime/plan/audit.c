/* The good-practice page. */
#include "runtime/plan/audit.h"

#include "runtime/base/jsonwrite.h"
#include "runtime/form/words.h"
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

static citations cite(fc_arena *a, const fc_form *f, fc_str from)
{
    citations list = {0};
    fc_str word;
    for (size_t at = 0; fc_str_next_word(from, &at, &word);) {
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
    fc_str look_at, beside; /* before the first place, equally wide */
    fc_str under;           /* before the others, and answers: as wide */
    size_t shown;           /* answers of the place */
    const fc_look *place;   /* whose answers are shown */
} printing;

static fc_str words(const printing *w, fc_word which)
{
    return fc_words(w->p->form, which);
}

static void print_line(const printing *w, const char *indent, fc_str line)
{
    fc_buf_fmt(w->out, "%s%.*s\n", indent, FC_ARG(line));
}

/* Words in front of places: indented, and filled up to so many characters. */
static fc_str before_places(const printing *w, fc_str said, size_t wide)
{
    return fc_str_fmt(w->a, "      %.*s%*s ", FC_ARG(said), (int)(wide - fc_utf8_count(said)),
                      "");
}

static void settle_widths(printing *w)
{
    fc_str look_at = words(w, FC_WORD_LOOK_AT), beside = words(w, FC_WORD_BESIDE);
    size_t wide = fc_utf8_count(look_at), other = fc_utf8_count(beside);
    if (wide < other)
        wide = other;
    w->look_at = before_places(w, look_at, wide);
    w->beside = before_places(w, beside, wide);
    w->under = before_places(w, (fc_str){0}, wide);
}

static void print_sources(const printing *w, const char *indent, fc_str from)
{
    citations list = cite(w->a, w->p->form, from);
    fc_str all = {0};
    for (size_t i = 0; i < list.n; i++) {
        all = fc_str_fmt(w->a, "%.*s%s%.*s", FC_ARG(all), i ? "; " : "",
                         FC_ARG(list.at[i].source->text));
        if (list.at[i].places.n)
            all = fc_str_fmt(w->a, "%.*s (%.*s)", FC_ARG(all), FC_ARG(list.at[i].places));
    }
    if (list.n)
        print_line(w, indent, fc_words_with(w->a, words(w, FC_WORD_SOURCE), "source", all));
}

/* That there is no answer, and why: one of fc_absence_reasons, or empty. */
static void print_no_answer(const printing *w, fc_str reason)
{
    fc_str no_answer = words(w, FC_WORD_NO_ANSWER);
    int why = fc_word_find(fc_str_fmt(w->a, "why-%.*s", FC_ARG(reason)));
    fc_str because = why < 0 ? reason : words(w, (fc_word)why);
    fc_buf_fmt(w->out, "%.*s| (%.*s%s%.*s)\n", FC_ARG(w->under), FC_ARG(no_answer),
               reason.n ? ": " : "", FC_ARG(because));
}

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
        fc_buf_fmt(w->out, "%.*s%.*s (%.*s)\n", FC_ARG(w->under), FC_ARG(label_of(w->a, field)),
                   FC_ARG(at.path));
    }
    if (!answer->text.n) {
        print_no_answer(w, answer->absent);
        return;
    }
    fc_str shown = fc_answer_shown(field, answer->text, room);
    for (size_t begin = 0; begin <= shown.n;) {
        const char *feed =
            begin < shown.n ? memchr(shown.p + begin, '\n', shown.n - begin) : NULL;
        size_t end = feed ? (size_t)(feed - shown.p) : shown.n;
        fc_buf_fmt(w->out, "%.*s| %.*s\n", FC_ARG(w->under),
                   FC_ARG(fc_str_slice(shown, begin, end)));
        begin = end + 1;
    }
}

static bool in_rows(const fc_rule *r, const fc_node *n)
{
    return r->scope->repeat && n->container == r->scope;
}

/* The places of a case: those in the rows that its rule goes through, or the others. */
static void print_places(printing *w, const fc_rule *r, const fc_audit_case *c, bool rows,
                         fc_str before)
{
    for (size_t i = 0; i < c->places.n; i++) {
        const fc_look *at = &c->places.at[i];
        if (in_rows(r, at->node) != rows)
            continue;
        fc_buf_fmt(w->out, "%.*s%.*s (%.*s)\n", FC_ARG(before),
                   FC_ARG(label_of(w->a, at->node)), FC_ARG(at->path));
        before = w->under;
        if (!w->show_answers)
            continue;
        w->place = at;
        w->shown = 0;
        each_field(w->p, at->node, at->row, print_answer, w);
        if (!w->shown)
            print_no_answer(w, (fc_str){0});
    }
}

static void print_items(printing *w, const fc_audit_topic *t, const fc_audit_items *items,
                        fc_word heading)
{
    if (items->n) {
        fc_buf_char(w->out, '\n');
        print_line(w, "  ", words(w, heading));
    }
    for (size_t i = 0; i < items->n; i++) {
        const fc_audit_item *item = &items->at[i];
        const fc_rule *r = item->rule;
        print_line(w, "    - ", r->message_text);
        for (size_t k = 0; k < item->cases.n; k++) {
            const fc_audit_case *c = &item->cases.at[k];
            print_places(w, c->rule, c, r->scope->repeat != NULL, w->look_at);
        }
        if (r->scope->repeat) /* what stands beside every row is named once */
            print_places(w, item->cases.at[0].rule, &item->cases.at[0], false, w->beside);
        fc_str owners = fc_words_for(w->a, w->p->form, owners_of(item), false);
        if (owners.n)
            print_line(w, "      ", owners);
        if (!fc_str_eq(r->from, t->topic->from))
            print_sources(w, "      ", r->from);
    }
}

/* Which plan, at which stage, on which day. */
static fc_str about(const printing *w, unsigned stage, fc_str as_of)
{
    const fc_form *f = w->p->form;
    bool at_stage = stage < f->stages.n;
    fc_str plan = w->p->id.n ? fc_words_with(w->a, words(w, FC_WORD_PLAN), "plan", w->p->id)
                             : words(w, FC_WORD_PLAN_WITHOUT_ID);
    fc_str label = at_stage ? f->stages.at[stage].label : (fc_str){0};
    const fc_str pairs[] = {FC_S("plan"),
                            plan,
                            FC_S("stage"),
                            fc_words_with(w->a, words(w, FC_WORD_QUOTED), "label", label),
                            FC_S("day"),
                            as_of,
                            {0}};
    return fc_words_fill(
        w->a, words(w, at_stage ? FC_WORD_PRACTICE_AT_STAGE : FC_WORD_PRACTICE_AT), pairs);
}

void fc_audit_text(const fc_plan *p, const fc_audit *audit, unsigned stage, fc_str as_of,
                   bool show_answers, fc_buf *out)
{
    printing w = {.a = p->arena, .p = p, .out = out, .show_answers = show_answers};
    settle_widths(&w);
    print_line(&w, "",
               fc_words_with(w.a, words(&w, FC_WORD_PRACTICE), "title", p->form->title));
    print_line(&w, "", about(&w, stage, as_of));
    print_line(&w, "\n", words(&w, FC_WORD_ONLY_ADVICE));
    print_line(&w, "", words(&w, FC_WORD_PEOPLE_DECIDE));
    for (size_t i = 0; i < audit->topics.n; i++) {
        const fc_audit_topic *t = &audit->topics.at[i];
        print_line(&w, "\n", title_of(t->topic));
        print_sources(&w, "  ", t->topic->from);
        print_items(&w, t, &t->found, FC_WORD_FOUND);
        print_items(&w, t, &t->questions, FC_WORD_TO_JUDGE);
    }
    fc_str quiet = {0};
    for (size_t i = 0; i < audit->quiet.n; i++)
        quiet = fc_str_fmt(w.a, "%.*s%s%.*s", FC_ARG(quiet), i ? "; " : "",
                           FC_ARG(title_of(audit->quiet.at[i])));
    if (quiet.n)
        print_line(&w, "\n",
                   fc_words_with(w.a, words(&w, FC_WORD_NOTHING_TO_SAY), "topics", quiet));
    if (!audit->topics.n && !audit->quiet.n)
        print_line(&w, "\n", words(&w, FC_WORD_NO_PRACTICE));
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
