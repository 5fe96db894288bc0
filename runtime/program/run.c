/* Running a program: literal pieces are copied, places are filled from the plan. */
#include "runtime/program/program.h"
#include "runtime/base/xmlwrite.h"
#include "runtime/plan/answer.h"
#include "runtime/plan/review.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

const char *const fc_as_names[FC_AS_COUNT] = {
    "text",    "stored",  "date",    "day",         "month",         "year",
    "path",    "key",     "name",    "id",          "row",           "line",
    "plan-id", "stage",   "visible", "checked-day", "checked-stage", "checked-party",
    "owners",  "finding", "why",     "question",    "part"};

/* The row of FC_OP_NEW_ROW: behind all that a plan can have, and the number before 1. */
#define NEW_ROW SIZE_MAX

typedef struct runner {
    const fc_program *g;
    const fc_plan *plan;
    const unsigned *blank_rows;
    fc_buf *out;
    size_t row;     /* index of the current row, 0 outside repeats */
    fc_str line;    /* inside lines */
    size_t line_no; /* from 0 */
    bool behind_tab;
    const fc_owners *owners;  /* inside owners */
    const fc_remark *finding; /* inside findings */
} runner;

/* field->path with a piece put in behind the repeat's own path; slashes become `join`. */
static void put_path(fc_buf *b, const fc_node *field, size_t row, int choice, char join,
                     const char *open, const char *close)
{
    const fc_node *repeat = field->container->repeat;
    size_t split = repeat ? repeat->path.n : field->path.n;
    for (size_t i = 0; i < field->path.n; i++) {
        if (i == split)
            fc_buf_fmt(b, "%s%zu%s", open, row, close);
        fc_buf_char(b, field->path.p[i] == '/' ? join : field->path.p[i]);
    }
    if (choice >= 0) {
        fc_buf_char(b, join);
        fc_buf_str(b, field->choices->list.at[choice].id);
    }
}

/* What the place is known by in documents: a field's ordinal, or a number behind all of them.
 */
static size_t number_of(const fc_node *field, int choice)
{
    return choice < 0 ? field->ordinal : field->first_box + (size_t)choice;
}

static void put_name(fc_buf *b, const fc_node *field, size_t row, int choice)
{
    fc_buf_fmt(b, "f%zu", number_of(field, choice));
    if (field->container->repeat)
        fc_buf_fmt(b, "_%zu", row);
}

typedef enum place_name { NAME_PATH, NAME_KEY, NAME_NAME } place_name;

static void put_place_name(fc_buf *b, place_name how, const fc_node *field, size_t row,
                           int choice)
{
    if (how == NAME_PATH)
        put_path(b, field, row, choice, '/', "[", "]");
    else if (how == NAME_KEY)
        put_path(b, field, row, choice, '.', ".", "");
    else
        put_name(b, field, row, choice);
}

static fc_str keep_place_name(fc_arena *a, place_name how, const fc_node *field, size_t row,
                              int choice)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    put_place_name(&b, how, field, row, choice);
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

fc_str fc_field_path(fc_arena *a, const fc_node *field, size_t row_from_1, int choice)
{
    return keep_place_name(a, NAME_PATH, field, row_from_1, choice);
}

fc_str fc_field_key(fc_arena *a, const fc_node *field, size_t row_from_1, int choice)
{
    return keep_place_name(a, NAME_KEY, field, row_from_1, choice);
}

fc_str fc_field_name(fc_arena *a, const fc_node *field, size_t row_from_1, int choice)
{
    return keep_place_name(a, NAME_NAME, field, row_from_1, choice);
}

/* The answer as people read it: several choices as their labels, one a line, which are put into
 * labels; anything else as fc_answer_shown has it. The result borrows from all of them. */
static fc_str shown(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX],
                    fc_buf *labels)
{
    uint64_t set = fc_answer_set(field, stored);
    if (!set)
        return fc_answer_shown(field, stored, room);
    for (size_t i = 0; i < field->choices->list.n; i++)
        if (set >> i & 1u)
            fc_buf_fmt(labels, "%s%.*s", labels->n ? "\n" : "",
                       FC_ARG(field->choices->list.at[i].label));
    return fc_buf_view(labels);
}

static void put(runner *r, const fc_op *op, fc_str s)
{
    if (op->in_attr)
        fc_xml_attr_value(r->out, s);
    else if (op->html)
        fc_html_text(r->plan->arena, r->out, s);
    else
        fc_xml_text(r->out, s);
}

static const fc_conflict *conflict(const runner *r, const fc_node *field)
{
    size_t row = field->container->repeat ? r->row : 0;
    if (row >= fc_plan_row_count(r->plan, field->container))
        return NULL;
    return fc_plan_conflict(r->plan, (fc_place){field, row});
}

/* Of a conflict: the answer that a document showed; empty when there is none. */
static fc_str visible(const runner *r, const fc_node *field)
{
    const fc_conflict *c = conflict(r, field);
    return c ? c->visible.text : (fc_str){0};
}

/* The answer as people read it, for where it stands. */
static void put_shown(runner *r, const fc_op *op, fc_str stored)
{
    char room[FC_SHOWN_MAX];
    fc_buf labels;
    fc_buf_init(&labels, FC_BUF_MAX);
    put(r, op, shown(op->field, stored, room, &labels));
    r->out->failed |= labels.failed;
    fc_buf_release(&labels);
}

/* A part of YYYY-MM-DD without zeros in front of it. */
static void put_date_part(runner *r, const fc_op *op, fc_str date)
{
    static const struct {
        size_t from, to;
    } parts[] = {[FC_AS_DAY] = {8, 10}, [FC_AS_MONTH] = {5, 7}, [FC_AS_YEAR] = {0, 4}};
    if (!date.n)
        return;
    fc_str part = fc_str_slice(date, parts[op->as].from, parts[op->as].to);
    while (part.n > 1 && part.p[0] == '0')
        part = fc_str_slice(part, 1, part.n);
    put(r, op, part);
}

static void put_day(runner *r, const fc_op *op, fv_date day)
{
    char text[FC_SHOWN_MAX];
    snprintf(text, sizeof text, "%02d/%02d/%04d", day.day, day.month, day.year);
    put(r, op, fc_str_of(text));
}

static void put_value(runner *r, const fc_op *op)
{
    char room[FC_SHOWN_MAX];
    const fc_answer *answer = op->field ? fc_plan_answer(r->plan, op->field, r->row) : NULL;
    switch (op->as) {
    case FC_AS_TEXT:
        put_shown(r, op, answer->text);
        break;
    case FC_AS_STORED:
        put(r, op, answer->text);
        break;
    case FC_AS_DATE:
        put(r, op, fc_answer_date(op->field, answer->text, room));
        break;
    case FC_AS_DAY:
    case FC_AS_MONTH:
    case FC_AS_YEAR:
        put_date_part(r, op, fc_answer_date(op->field, answer->text, room));
        break;
    case FC_AS_PATH:
        put_place_name(r->out, NAME_PATH, op->field, r->row + 1, op->choice);
        break;
    case FC_AS_KEY:
        put_place_name(r->out, NAME_KEY, op->field, r->row + 1, op->choice);
        break;
    case FC_AS_NAME:
        put_place_name(r->out, NAME_NAME, op->field, r->row + 1, op->choice);
        break;
    case FC_AS_ID:
        fc_buf_fmt(r->out, "%zu",
                   number_of(op->field, op->choice) * 10000 +
                       (op->field->container->repeat ? r->row + 1 : 0));
        break;
    case FC_AS_ROW:
        fc_buf_fmt(r->out, "%zu", r->row + 1);
        break;
    case FC_AS_LINE:
        put(r, op, r->line);
        break;
    case FC_AS_PLAN_ID:
        put(r, op, r->plan->id);
        break;
    case FC_AS_STAGE: {
        int stage = fc_form_stage(r->g->form, r->plan->stage);
        if (stage >= 0)
            put(r, op, r->g->form->stages.at[stage].label);
        break;
    }
    case FC_AS_VISIBLE:
        put_shown(r, op, visible(r, op->field));
        break;
    case FC_AS_CHECKED_DAY:
        if (r->plan->review)
            put_day(r, op, r->plan->review->as_of);
        break;
    case FC_AS_CHECKED_STAGE:
        if (r->plan->review)
            put(r, op, r->plan->review->stage);
        break;
    case FC_AS_CHECKED_PARTY:
        if (r->plan->review && r->plan->review->party)
            put(r, op, r->plan->review->party->label);
        break;
    case FC_AS_OWNERS:
        put(r, op, r->owners->words);
        break;
    case FC_AS_FINDING:
        put(r, op, r->finding->message);
        break;
    case FC_AS_WHY:
        put(r, op, r->finding->why);
        break;
    case FC_AS_QUESTION:
        put(r, op, fc_remark_question(r->plan->arena, r->g->form, r->finding));
        break;
    case FC_AS_PART:
        put(r, op, fc_remark_part(r->plan->arena, r->finding));
        break;
    case FC_AS_COUNT:
        assert(0 && "no such format");
    }
}

/* Whether the answer, as people read it, runs this way. */
static bool runs(const fc_node *field, fc_str stored, fc_direction way)
{
    char room[FC_SHOWN_MAX];
    fc_buf labels;
    fc_buf_init(&labels, FC_BUF_MAX);
    bool it_does = fc_utf8_direction(shown(field, stored, room, &labels)) == way;
    fc_buf_release(&labels);
    return it_does;
}

/* How many rows of a repeat are printed where it stands. */
static size_t rows_shown(const runner *r, const fc_container *c)
{
    size_t rows = fc_plan_row_count(r->plan, c);
    size_t least = r->blank_rows ? r->blank_rows[c->index] : c->repeat->blank_rows;
    return rows > least ? rows : least;
}

static bool has_further(const runner *r, const fc_container *c)
{
    return rows_shown(r, c) < c->repeat->max_rows;
}

static bool any_has_further(const runner *r)
{
    for (size_t i = 0; i < r->g->form->containers.n; i++) {
        const fc_container *c = r->g->form->containers.at[i];
        if (c->repeat && has_further(r, c))
            return true;
    }
    return false;
}

static bool holds(const runner *r, const fc_op *op)
{
    const fc_answer *answer = op->field ? fc_plan_answer(r->plan, op->field, r->row) : NULL;
    switch (op->test) {
    case FC_WHEN_ANSWERED:
        return answer->text.n > 0;
    case FC_WHEN_BLANK:
        return answer->text.n == 0;
    case FC_WHEN_ABSENT:
        return answer->absent.n > 0;
    case FC_WHEN_REASON:
        return fc_str_eq(answer->absent, op->text);
    case FC_WHEN_UNTOUCHED:
        return answer->text.n == 0 && answer->absent.n == 0;
    case FC_WHEN_CONFLICT:
        return conflict(r, op->field) != NULL;
    case FC_WHEN_CONFLICT_BLANK: {
        const fc_conflict *c = conflict(r, op->field);
        return c && c->visible.text.n == 0;
    }
    case FC_WHEN_ROWS:
        return fc_plan_row_count(r->plan, op->container) > 0;
    case FC_WHEN_NO_ROWS:
        return fc_plan_row_count(r->plan, op->container) == 0;
    case FC_WHEN_FURTHER:
        return has_further(r, op->container);
    case FC_WHEN_ANY_FURTHER:
        return any_has_further(r);
    case FC_WHEN_CHOSEN:
        if (op->choice >= 0)
            return fc_answer_set(op->field, answer->text) >> op->choice & 1u;
        return fc_str_eq(answer->text, op->text);
    case FC_WHEN_UNCHOSEN:
        return !(fc_answer_set(op->field, answer->text) >> op->choice & 1u);
    case FC_WHEN_UNLISTED:
        return answer->text.n > 0 && fc_choices_index(op->field->choices, answer->text) < 0;
    case FC_WHEN_UNREADABLE:
        return !fc_answer_readable(op->field, answer->text);
    case FC_WHEN_READABLE:
        return answer->text.n > 0 && fc_answer_readable(op->field, answer->text);
    case FC_WHEN_STALE:
        return fc_plan_mark_is_stale(r->plan, op->field);
    case FC_WHEN_LTR:
        return answer->text.n > 0 && !runs(op->field, answer->text, FC_RIGHT_TO_LEFT);
    case FC_WHEN_RTL:
        return runs(op->field, answer->text, FC_RIGHT_TO_LEFT);
    case FC_WHEN_VISIBLE_LTR:
        return visible(r, op->field).n > 0 &&
               !runs(op->field, visible(r, op->field), FC_RIGHT_TO_LEFT);
    case FC_WHEN_VISIBLE_RTL:
        return runs(op->field, visible(r, op->field), FC_RIGHT_TO_LEFT);
    case FC_WHEN_MANY_LINES:
        return memchr(answer->text.p ? answer->text.p : "", '\n', answer->text.n) != NULL;
    case FC_WHEN_FIRST_LINE:
        return r->line_no == 0;
    case FC_WHEN_LATER_LINE:
        return r->line_no > 0 && !r->behind_tab;
    case FC_WHEN_TAB:
        return r->behind_tab;
    case FC_WHEN_FIRST_ROW:
        return r->row == 0;
    case FC_WHEN_LATER_ROW:
        return r->row > 0;
    case FC_WHEN_PLAN:
        return r->plan->id.n > 0;
    case FC_WHEN_NO_PLAN:
        return r->plan->id.n == 0;
    case FC_WHEN_FINDINGS:
        return r->plan->review && r->plan->review->list.n > 0;
    case FC_WHEN_NO_FINDINGS:
        return !r->plan->review || r->plan->review->list.n == 0;
    case FC_WHEN_ERROR:
        return r->finding->severity == FC_ERROR;
    case FC_WHEN_WARNING:
        return r->finding->severity == FC_WARNING;
    case FC_WHEN_ADVICE:
        return r->finding->severity == FC_ADVICE;
    case FC_WHEN_WHY:
        return r->finding->why.n > 0;
    case FC_WHEN_PART:
        return fc_remark_part(r->plan->arena, r->finding).n > 0;
    case FC_WHEN_STAGE_CHECKED:
        return r->plan->review && r->plan->review->stage.n > 0;
    case FC_WHEN_NO_STAGE_CHECKED:
        return !r->plan->review || r->plan->review->stage.n == 0;
    case FC_WHEN_ONE_PARTY:
        return r->plan->review && r->plan->review->party;
    case FC_WHEN_ALL_PARTIES:
        return !r->plan->review || !r->plan->review->party;
    case FC_WHEN_COUNT:
        break;
    }
    assert(0 && "no such test");
    return false;
}

static void run(runner *r, size_t from, size_t to);

/* Rows [from, to), numbered from 0. */
static void run_rows(runner *r, const fc_op *op, size_t body, size_t from, size_t to)
{
    for (r->row = from; r->row < to; r->row++)
        run(r, body, op->to);
    r->row = 0;
}

static void run_further(runner *r, const fc_op *op, size_t body)
{
    const fc_node *repeat = op->container->repeat;
    size_t shown = rows_shown(r, op->container), end = shown;
    end += op->least > repeat->blank_rows ? op->least : repeat->blank_rows;
    run_rows(r, op, body, shown, end < repeat->max_rows ? end : repeat->max_rows);
}

static void run_lines(runner *r, const fc_op *op, size_t body)
{
    char room[FC_SHOWN_MAX];
    fc_buf labels;
    fc_buf_init(&labels, FC_BUF_MAX);
    fc_str stored = op->as == FC_AS_VISIBLE ? visible(r, op->field)
                                            : fc_plan_answer(r->plan, op->field, r->row)->text;
    fc_str s = shown(op->field, stored, room, &labels);
    runner inner = *r;
    inner.line_no = 0;
    for (size_t at = 0; s.n && at <= s.n; inner.line_no++) {
        size_t end = at;
        while (end < s.n && s.p[end] != '\n' && !(op->tabs && s.p[end] == '\t'))
            end++;
        inner.line = fc_str_slice(s, at, end);
        inner.behind_tab = at > 0 && s.p[at - 1] == '\t';
        run(&inner, body, op->to);
        at = end + 1;
    }
    r->out->failed |= labels.failed;
    fc_buf_release(&labels);
}

static void run_owners(runner *r, const fc_op *op, size_t body)
{
    const fc_review *review = r->plan->review;
    runner inner = *r;
    for (size_t i = 0; review && i < review->owners.n; i++) {
        inner.owners = &review->owners.at[i];
        run(&inner, body, op->to);
    }
}

static void run_findings(runner *r, const fc_op *op, size_t body)
{
    const fc_review *review = r->plan->review;
    runner inner = *r;
    for (size_t i = 0; i < review->list.n; i++) {
        inner.finding = &review->list.at[i];
        if (fc_remark_is_for(inner.finding, r->owners))
            run(&inner, body, op->to);
    }
}

static void run(runner *r, size_t from, size_t to)
{
    const fc_program *g = r->g;
    for (size_t pc = from; pc < to && !r->out->failed;) {
        const fc_op *op = &g->ops.at[pc++];
        switch (op->code) {
        case FC_OP_LITERAL:
            fc_buf_add(r->out, g->text.p + op->from, op->to - op->from);
            break;
        case FC_OP_VALUE:
            put_value(r, op);
            break;
        case FC_OP_ROWS:
            run_rows(r, op, pc, 0, rows_shown(r, op->container));
            pc = op->to;
            break;
        case FC_OP_FURTHER:
            run_further(r, op, pc);
            pc = op->to;
            break;
        case FC_OP_NEW_ROW:
            r->row = NEW_ROW;
            run(r, pc, op->to);
            r->row = 0;
            pc = op->to;
            break;
        case FC_OP_LINES:
            run_lines(r, op, pc);
            pc = op->to;
            break;
        case FC_OP_OWNERS:
            run_owners(r, op, pc);
            pc = op->to;
            break;
        case FC_OP_FINDINGS:
            run_findings(r, op, pc);
            pc = op->to;
            break;
        case FC_OP_WHEN:
            if (!holds(r, op))
                pc = op->to;
            break;
        }
    }
}

void fc_program_run(const fc_program *g, const fc_plan *plan, const unsigned *blank_rows,
                    fc_buf *out)
{
    runner r = {.g = g, .plan = plan, .blank_rows = blank_rows, .out = out};
    run(&r, 0, g->ops.n);
}
