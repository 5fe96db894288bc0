/* round-trip TARGET FORM FIRST COUNT
 *
 * Makes COUNT plans of the form from the numbers FIRST and on. Each becomes a document (docx or
 * pdf), which is read again:
 *   1. with what it was issued with: nothing has changed, not a byte;
 *   2. as if all of it had been typed into a blank, in each channel alone and in both: every
 *      answer comes back, as it was or, where it can be read as its type, in its stored form;
 *   3. read into the plan that 2 gave: nothing has changed. */
#include "cli/making.h"
#include "runtime/plan/answer.h"
#include "runtime/returned/take.h"
#include "tests/agreement/agree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)

void fc_complain(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}

static unsigned long number;

static void fail(const char *what, fc_str where)
{
    fprintf(stderr, "plan %lu: %s: %.*s\n", number, what, FC_ARG(where));
    exit(1);
}

static void fail_taken(fc_arena *a, const char *what, const char *how, const fc_taken *t)
{
    for (size_t i = 0; t->plan && i < t->plan->conflicts.n; i++)
        fprintf(stderr, "  [%.*s] beside [%.*s]\n",
                FC_ARG(t->plan->conflicts.at[i].stored.text),
                FC_ARG(t->plan->conflicts.at[i].visible.text));
    for (size_t i = 0; i < t->told.n; i++)
        if (fc_told_row(t->told.at[i].kind)->severity == FC_ERROR)
            fail(fc_str_fmt(a, "%s, %s: %s", what, how, fc_told_row(t->told.at[i].kind)->words)
                     .p,
                 t->told.at[i].path);
    fail(fc_str_fmt(a, "%s, %s", what, how).p, t->told.n ? t->told.at[0].path : FC_S(""));
}

static fc_str written(fc_arena *a, const fc_plan *p)
{
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    fc_plan_write(p, &b);
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

static fc_plan *read_plan(fc_arena *a, const fc_form *f, fc_str xml)
{
    fc_plan *p = NULL;
    fc_diags *d = fc_diags_new(a);
    fc_status s = fc_plan_read(a, f, xml, FC_S("plan"), d, &p);
    return s == FC_OK || s == FC_FOUND ? p : NULL;
}

/* In its stored form when it can be read; worked out here a second time. */
static fc_str expected(fc_arena *a, const fc_node *f, fc_str text)
{
    char room[32] = "";
    fv_text t = fv_text_make(text.p, text.n);
    if (f->type == FC_DATE)
        fv_date_write(fv_date_read(t), room);
    else if (f->type == FC_PART_DATE)
        fv_part_date_write(fv_part_date_read(t), room);
    else if (f->type == FC_MONEY)
        fv_money_write(fv_money_read(t), room);
    else if (f->type == FC_CHOICES) {
        uint64_t set = fc_answer_set(f, text);
        fc_str s = {0};
        for (size_t i = 0; i < f->choices->list.n; i++)
            if (set >> i & 1u)
                s = fc_str_fmt(a, "%.*s%s%.*s", FC_ARG(s), s.n ? " " : "",
                               FC_ARG(f->choices->list.at[i].id));
        return s; /* one in words has no box */
    }
    return room[0] ? fc_str_copy_z(a, room) : text;
}

/* The answer that came back is the one that went out. */
static bool came_back(fc_arena *a, const fc_node *f, fc_str went, fc_str came)
{
    if (fc_str_eq(came, expected(a, f, went)))
        return true;
    if (!f->choices || f->type == FC_CHOICES)
        return false;
    /* A choice in words or with other white space is the same choice. */
    const fc_choice *c = fc_choices_find(f->choices, came);
    const fc_answer one = {.text = came}, other = {.text = went};
    fv_why why;
    return c && fc_answer_state(f, &one, &why) == FV_PRESENT &&
           fc_answer_state(f, &other, &why) == FV_PRESENT;
}

static bool row_is_blank(const fc_container *c, const fc_plan *p, size_t row, fc_arena *a)
{
    for (size_t k = 0; k < c->fields.n; k++)
        if (expected(a, c->fields.at[k], fc_plan_answer(p, c->fields.at[k], row)->text).n)
            return false;
    return true;
}

static void compare(fc_arena *a, const fc_plan *went, const fc_plan *came, const char *how)
{
    const fc_form *f = went->form;
    for (size_t i = 0; i < f->containers.n; i++) {
        const fc_container *c = f->containers.at[i];
        size_t rows = c->repeat ? fc_plan_row_count(went, c) : 1, at = 0;
        for (size_t row = 0; row < rows; row++) {
            if (c->repeat && row_is_blank(c, went, row, a))
                continue;
            for (size_t k = 0; k < c->fields.n; k++) {
                const fc_node *n = c->fields.at[k];
                if (!came_back(a, n, fc_plan_answer(went, n, row)->text,
                               fc_plan_answer(came, n, at)->text))
                    fail(fc_str_fmt(a, "%s: [%.*s] came back as [%.*s]", how,
                                    FC_ARG(fc_plan_answer(went, n, row)->text),
                                    FC_ARG(fc_plan_answer(came, n, at)->text))
                             .p,
                         n->path);
            }
            at++;
        }
        if (c->repeat && at != fc_plan_row_count(came, c))
            fail("the number of rows", c->repeat->path);
    }
}

static const fc_take_as as = {
    .at = {"2026-01-31T10:00:00Z", 20},
    .file = {"sha256:0000000000000000000000000000000000000000000000000000000000000000", 71}};

/* The document as if it had been typed into a blank, in these channels only. */
static fc_returned typed(fc_arena *a, const fc_returned *r, fc_str blank, bool stored,
                         bool shown)
{
    fc_returned t = *r;
    t.plan = (fc_str){0};
    t.issued = blank;
    memset(&t.seen, 0, sizeof t.seen);
    for (size_t i = 0; i < r->seen.n; i++) {
        fc_seen s = r->seen.at[i];
        if (s.channel == FC_STORED ? !stored : !shown) {
            s.text = (fc_str){0};
            s.tick = s.tick == FC_TICKED ? FC_UNTICKED : s.tick;
            s.placeholder = s.channel != FC_STORED;
            s.date = (fc_str){0};
        }
        FC_PUSH(a, &t.seen, s);
    }
    return t;
}

static void one(fc_arena *a, const fc_form *f, const fc_target *target, fc_build *b,
                void *prepared, const pools *p, fc_str blank, fc_str by)
{
    static const struct {
        bool stored, shown;
        const char *how;
    } ways[] = {
        {true, true, "both"}, {true, false, "the store"}, {false, true, "what is seen"}};
    dice d = {number};
    fc_take_as who = as;
    fc_output_files files = {0};
    fc_returned r;
    fc_taken t;
    who.by = by;
    fc_plan *plan = read_plan(a, f, plan_made_of(a, f, p, &d));
    if (!plan)
        return;
    plan->id = FC_S("urn:uuid:00000000-0000-4000-8000-000000000001");
    fc_str before = written(a, plan);
    plan = read_plan(a, f, before);
    if (target->make(b, prepared, plan, a, &files) != FC_OK)
        fail("no document", f->id);
    fc_refusal why = fc_returned_look(a, files.at[0].bytes, &r);
    if (why != FC_READS)
        fail(fc_refusal_row(why)->words, f->id);
    if (fc_returned_take(a, f, &r, plan, &who, &t) != FC_OK || t.changed || t.told.n ||
        !fc_str_eq(before, written(a, plan)))
        fail_taken(a, "an unchanged document changed its plan",
                   t.told.n ? fc_told_row(t.told.at[0].kind)->code : "untold", &t);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        fc_returned again = typed(a, &r, blank, ways[i].stored, ways[i].shown);
        fc_status s = fc_returned_take(a, f, &again, NULL, &who, &t);
        if (s != FC_OK || t.conflicts || t.not_found)
            fail_taken(a, "typed into a blank", ways[i].how, &t);
        compare(a, fc_plan_shown(a, plan), t.plan, ways[i].how);
        fc_plan *second = read_plan(a, f, written(a, t.plan));
        fc_str once = written(a, second);
        if (fc_returned_take(a, f, &again, second, &who, &t) != FC_OK || t.changed ||
            !fc_str_eq(once, written(a, second)))
            fail("read a second time", t.told.n ? t.told.at[0].path : f->id);
    }
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    fc_loaded l = {.arena = fc_arena_new(ARENA_MAX)};
    fc_build b;
    void *prepared = NULL;
    const char *const none[] = {NULL};
    const fc_target *target = fc_target_find(argv[1]);
    if (!target || !l.arena || !FC_BOUNDARY(l.arena))
        return 2;
    if (fc_load_form(&l, argv[2]) != FC_OK ||
        fc_build_open(&b, &l, none, NULL, NULL) != FC_OK ||
        target->prepare(&b, &prepared) != FC_OK)
        return 2;
    const pools *p = pools_of(l.arena, l.form);
    fc_str blank = written(l.arena, fc_plan_new(l.arena, l.form));
    unsigned long first = strtoul(argv[3], NULL, 10), n = strtoul(argv[4], NULL, 10);
    for (number = first; number < first + n; number++) {
        fc_arena *a = fc_arena_new(ARENA_MAX);
        if (!a || !FC_BOUNDARY(a))
            return 2;
        one(a, l.form, target, &b, prepared, p, blank, l.form->parties.at[0].id);
        fc_arena_drop(a);
    }
    printf("%lu plans there and back\n", n);
    fc_arena_drop(l.arena);
    return 0;
}
