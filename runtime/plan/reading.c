/* What the readers of a plan's XML and of its JSON share. */
#include "runtime/plan/reading.h"
#include "runtime/base/json.h"
#include "runtime/fv.h"

#include <stdlib.h>

#include <string.h>

#define PLAN_BYTES_MAX ((size_t)32 << 20) /* a full plan of 150 questions has about 20 kB */
#define PLAN_ROWS_MAX 9999      /* a document's control ids leave four digits for rows */
#define PLAN_CONFLICTS_MAX 9999 /* the row of each is looked for among the rows */

#define VERSION_SHOWN 40 /* characters of a version that is not ours */

/* ---- The top ------------------------------------------------------------------------- */

void fc_report_other_form(fc_reading *r, fc_span at)
{
    fc_report(r->d, FC_ERROR, "P003", at, "this is not a plan of the form \"%.*s\"",
              FC_ARG(r->form->id));
}

bool fc_take_head(fc_reading *r, const fc_head *h, fc_span at)
{
    const fc_form *f = r->form;
    fc_plan *p = r->plan;
    if (h->form.n && !fc_str_eq(h->form, f->id)) {
        fc_report_other_form(r, at);
        return false;
    }
    if (h->version.n && !fc_str_eq(h->version, f->version)) {
        fc_diag *g =
            fc_report(r->d, FC_ERROR, "P004", at,
                      "this plan was made with version \"%.*s\" of the form, and this "
                      "is version \"%.*s\"",
                      FC_ARG(fc_str_slice(h->version, 0, VERSION_SHOWN)), FC_ARG(f->version));
        fc_diag_help(r->d, g, "use the definition of that version");
        return false;
    }
    if (h->digest.n && !fc_str_eq(h->digest, f->digest))
        fc_report(r->d, fc_str_eq_z(f->status, "draft") ? FC_ADVICE : FC_ERROR, "P005", at,
                  "the form's definition has changed since this plan was made");
    p->digest = h->digest;
    p->id = h->id;
    p->revision = h->revision;
    p->stage = h->stage;
    if (p->stage.n && fc_form_stage(f, p->stage) < 0) {
        fc_report(r->d, FC_ERROR, "P006", at,
                  "the stage of this plan is not one of the form's stages");
        p->stage = (fc_str){0};
    }
    p->synthetic = fc_str_eq_z(h->synthetic, "yes");
    if (h->synthetic.n && !p->synthetic)
        fc_report(r->d, FC_ERROR, "P007", at,
                  "synthetic says \"yes\" about an invented person, or is not there");
    return true;
}

/* ---- Answers ------------------------------------------------------------------------- */

fc_str fc_take_text(fc_reading *r, fc_str s, bool *replaced)
{
    if (!fc_str_trim(s).n)
        return (fc_str){0};
    if (!memchr(s.p, '\r', s.n) && fc_xml_chars(s) == s.n)
        return fc_str_copy(r->a, s);
    /* U+FFFD has three bytes; what it stands for has at least one. */
    size_t k = 0, forbidden = 0;
    for (size_t i = 0; i < s.n;)
        forbidden += !fc_xml_char(fc_utf8_next(s, &i));
    char *out = fc_arena_alloc(r->a, s.n + 2 * forbidden + 1);
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = fc_utf8_next(s, &i);
        if (c == '\r') {
            if (i >= s.n || s.p[i] != '\n')
                out[k++] = '\n';
        } else if (!fc_xml_char(c)) {
            k += fc_utf8_put(out + k, 0xFFFD);
            *replaced = true;
        } else {
            while (at < i)
                out[k++] = s.p[at++];
        }
    }
    return (fc_str){out, k};
}

static fc_answer *answer_at(fc_reading *r, const fc_node *field, size_t row)
{
    fc_rows *rows = &r->plan->rows[field->container->index];
    return &rows->list.at[field->container->repeat ? row : 0].answers[field->slot];
}

void fc_take_reason(fc_reading *r, const fc_node *field, size_t row, fc_str reason, fc_span at)
{
    fc_answer *answer = answer_at(r, field, row);
    if (!fc_in_list(fc_absence_reasons, reason)) {
        fc_diag *g =
            fc_report(r->d, FC_ERROR, "P112", at,
                      "\"%.*s\" is absent for a reason that is not known", FC_ARG(field->path));
        fc_diag_help(r->d, g,
                     "the reasons are: not-asked, asked-unknown, asked-declined, "
                     "not-applicable, unknown, masked");
    } else if (answer->text.n) {
        fc_report(r->d, FC_ERROR, "P113", at,
                  "\"%.*s\" has both an answer and a reason for having none",
                  FC_ARG(field->path));
    } else {
        answer->absent = reason;
    }
}

void fc_take_answer(fc_reading *r, const fc_node *field, size_t row, fc_answer given,
                    fc_span at)
{
    fc_answer *answer = answer_at(r, field, row);
    if (answer->text.n || answer->absent.n) {
        fc_report(r->d, FC_ERROR, "P110", at, "the answer to \"%.*s\" stands here twice",
                  FC_ARG(field->path));
        return;
    }
    answer->text = given.text;
    answer->lang = fc_str_eq(given.lang, r->form->lang) ? (fc_str){0} : given.lang;
    if (given.absent.n)
        fc_take_reason(r, field, row, given.absent, at);
}

fc_row *fc_take_row(fc_reading *r, const fc_node *repeat, fc_str id, fc_span at)
{
    fc_rows *rows = &r->plan->rows[repeat->container->index];
    if (rows->list.n >= PLAN_ROWS_MAX) {
        fc_report(r->d, FC_ERROR, "P120", at, "\"%.*s\" has more than %d rows",
                  FC_ARG(repeat->path), PLAN_ROWS_MAX);
        return NULL;
    }
    for (size_t i = 0; id.n && i < rows->list.n; i++)
        if (fc_str_eq(rows->list.at[i].id, id)) {
            fc_report(r->d, FC_ERROR, "P121", at, "two rows of \"%.*s\" have the same id",
                      FC_ARG(repeat->path));
            return NULL;
        }
    if (id.n && !fv_row_id_fits(fv_text_make(id.p, id.n))) {
        fc_diag *g = fc_report(r->d, FC_ERROR, "P122", at,
                               "this row of \"%.*s\" has an id that no row can have",
                               FC_ARG(repeat->path));
        fc_diag_help(r->d, g, "an id has letters, digits and - _ . and at most %d of them",
                     FV_ROW_ID_MAX);
        id = (fc_str){0};
    }
    return fc_plan_add_row(r->plan, repeat->container, id);
}

const fc_node *fc_find_kid(const fc_node *node, const fc_form *f, fc_str id)
{
    size_t n = node ? node->kids.n : f->top.n;
    for (size_t i = 0; i < n; i++) {
        const fc_node *k = node ? node->kids.at[i] : f->top.at[i];
        if (k->id.n && fc_str_eq(k->id, id))
            return k;
        if (k->details && fc_str_eq(k->details->id, id))
            return k->details;
    }
    return NULL;
}

void fc_report_no_question(fc_reading *r, const fc_node *in, fc_span at)
{
    fc_str path = in ? in->path : r->form->id;
    fc_report(r->d, FC_ERROR, "P102", at, "there is no question of this name in \"%.*s\"",
              FC_ARG(path));
}

/* ---- What a plan keeps about itself -------------------------------------------------- */

static void check_moment(fc_reading *r, fc_str moment, fc_span at)
{
    if (!fc_is_moment(moment))
        fc_report(r->d, FC_ERROR, "P132", at,
                  "this has no time in UTC, like 2026-01-31T10:04:00Z");
}

static void check_author(fc_reading *r, fc_str by, fc_span at)
{
    if (!fc_is_author(r->form, by))
        fc_report(r->d, FC_ERROR, "P133", at,
                  "this was done by nobody who is a party of the form");
}

static bool is_digest(fc_str s)
{
    if (s.n != 7 + 64 || !fc_str_starts(s, "sha256:"))
        return false;
    for (size_t i = 7; i < s.n; i++)
        if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
            return false;
    return true;
}

static void check_digest(fc_reading *r, fc_str digest, fc_span at)
{
    if (!is_digest(digest))
        fc_report(r->d, FC_ERROR, "P134", at,
                  "this has no digest, which is sha256: and 64 digits");
}

void fc_take_side(fc_reading *r, fc_answer *side, fc_span at)
{
    if (!side->absent.n || (!side->text.n && fc_in_list(fc_absence_reasons, side->absent)))
        return;
    fc_report(r->d, FC_ERROR, "P112", at,
              "a side of this conflict is absent for a reason that is not known");
    side->absent = (fc_str){0};
}

void fc_take_conflict(fc_reading *r, fc_str path, fc_answer stored, fc_answer visible,
                      const unsigned sides[2], fc_span at)
{
    fc_place place;
    fc_conflict c = {.stored = stored, .visible = visible};
    if (r->conflicts.n >= PLAN_CONFLICTS_MAX) {
        fc_report(r->d, FC_ERROR, "P120", at, "there are more than %d conflicts",
                  PLAN_CONFLICTS_MAX);
        return;
    }
    if (!fc_plan_find(r->plan, path, &place)) {
        fc_report(r->d, FC_ERROR, "P135", at,
                  "this names an answer or row that is not in the plan");
        return;
    }
    c.field = place.field;
    if (place.field->container->repeat)
        c.row = r->plan->rows[place.field->container->index].list.at[place.row].id;
    if (fc_str_eq(c.stored.lang, r->form->lang))
        c.stored.lang = (fc_str){0};
    if (fc_str_eq(c.visible.lang, r->form->lang))
        c.visible.lang = (fc_str){0};
    if (sides[0] != 1 || sides[1] != 1)
        fc_report(r->d, FC_ERROR, "P136", at,
                  "a conflict has one stored and one visible answer");
    else
        FC_PUSH(r->a, &r->conflicts, ((fc_met_conflict){place, at, r->conflicts.n, c}));
}

static int by_place(const void *a, const void *b)
{
    const fc_met_conflict *x = a, *y = b;
    int order = fc_place_order(&x->place, &y->place);
    return order ? order : x->order < y->order ? -1 : 1;
}

/* The conflicts in the order of the form, each once. */
static void keep_conflicts(fc_reading *r)
{
    if (r->conflicts.n)
        qsort(r->conflicts.at, r->conflicts.n, sizeof *r->conflicts.at, by_place);
    for (size_t i = 0; i < r->conflicts.n; i++) {
        const fc_met_conflict *m = &r->conflicts.at[i];
        if (i && fc_place_order(&m->place, &m[-1].place) == 0)
            fc_report(r->d, FC_ERROR, "P110", m->at,
                      "the conflict about \"%.*s\" stands here twice",
                      FC_ARG(m->conflict.field->path));
        else
            FC_PUSH(r->a, &r->plan->conflicts, m->conflict);
    }
}

void fc_take_mark(fc_reading *r, fc_str path, fc_mark m, fc_span at)
{
    fc_place place;
    if (!fc_plan_find(r->plan, path, &place) || place.field->type != FC_MARK) {
        fc_report(r->d, FC_ERROR, "P135", at, "this names no mark of the form's signatures");
        return;
    }
    m.field = place.field;
    check_moment(r, m.at, at);
    check_author(r, m.by, at);
    check_digest(r, m.own, at);
    check_digest(r, m.covers, at);
    if (fc_plan_mark(r->plan, m.field)) {
        fc_report(r->d, FC_ERROR, "P110", at, "what \"%.*s\" covers stands here twice",
                  FC_ARG(m.field->path));
        return;
    }
    FC_PUSH(r->a, &r->plan->marks, m);
    for (size_t i = r->plan->marks.n - 1; i > 0; i--) {
        fc_mark before = r->plan->marks.at[i - 1];
        if (before.field->ordinal < m.field->ordinal)
            break;
        r->plan->marks.at[i - 1] = m;
        r->plan->marks.at[i] = before;
    }
}

void fc_take_entry(fc_reading *r, fc_str n, fc_change e, fc_span at)
{
    check_moment(r, e.at, at);
    check_author(r, e.by, at);
    if (e.file.n)
        check_digest(r, e.file, at);
    if (!e.via.n || !fc_in_list(fc_plan_deeds, e.did))
        fc_report(r->d, FC_ERROR, "P137", at,
                  "this entry of the history does not say what was done, or by which way it "
                  "came");
    if (!fc_str_eq(n, fc_str_fmt(r->a, "%zu", r->plan->history.n + 1)))
        fc_report(r->d, FC_ERROR, "P138", at,
                  "the entries of the history are not counted 1, 2, 3 and so on: one is "
                  "missing or was moved");
    FC_PUSH(r->a, &r->plan->history, e);
}

/* Neither XML nor JSON, which may have a byte order mark before them. An empty file is a
 * damaged one. */
static bool is_something_else(fc_str bytes)
{
    if (fc_str_starts(bytes, "\xEF\xBB\xBF"))
        bytes = fc_str_slice(bytes, 3, bytes.n);
    bytes = fc_str_trim(bytes);
    return bytes.n && !fc_json_begins(bytes) && bytes.p[0] != '<';
}

/* ---- All of it ----------------------------------------------------------------------- */

fc_status fc_plan_read(fc_arena *a, const fc_form *f, fc_str bytes, fc_str name, fc_diags *d,
                       fc_plan **plan)
{
    size_t errors_before = d->errors;
    fc_reading r = {.a = a, .d = d, .form = f, .bytes = bytes};
    *plan = NULL;
    r.source = fc_diags_source(d, name, bytes);
    d->sources.at[r.source]->private_ = true;
    if (bytes.n > PLAN_BYTES_MAX) {
        fc_report(d, FC_ERROR, "P001", (fc_span){r.source, 0, 0},
                  "this file is larger than formc reads as a plan");
        return FC_REFUSED;
    }
    if (is_something_else(bytes)) {
        fc_diag *g = fc_report(d, FC_ERROR, "P001", (fc_span){r.source, 0, 0},
                               "this is not a plan: a plan is XML or JSON");
        fc_diag_help(d, g,
                     "formc read makes a plan from a Word document or a PDF that came back");
        return FC_REFUSED;
    }
    r.plan = fc_plan_new(a, f);
    fc_status s = fc_json_begins(bytes) ? fc_read_plan_json(&r) : fc_read_plan_xml(&r);
    if (s != FC_OK)
        return s;
    keep_conflicts(&r);
    fc_plan_look_at_marks(r.plan);
    *plan = r.plan;
    return d->errors > errors_before ? FC_FOUND : FC_OK;
}
