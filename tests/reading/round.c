/* round-trip WAY FORM FIRST COUNT
 *
 * Makes COUNT plans of the form from the numbers FIRST and on, and sends each out and back:
 *   docx, pdf  It becomes a document, which is read again:
 *              1. with what it was issued with: nothing has changed, not a byte;
 *              2. as if all of it had been typed into a blank, in each channel alone and in
 *                 both: every answer comes back, as it was or, where it can be read as its
 * type, in its stored form;
 *              3. read into the plan that 2 gave: nothing has changed.
 *   data       It becomes XML, JSON and the page for browsers: what stands in each is the plan,
 *              byte for byte, and read into the plan changes nothing.
 *   chain      A Word document, a PDF and a page, each made of the plan that was read from the
 *              one before: with what each was issued with it is the same plan at the end; and
 *              the answers are the same when each is typed into a blank. */
#include "tests/reading/round.h"

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

static void fail_taken(fc_arena *a, const char *what, const char *how, const fc_taken *t)
{
    for (size_t i = 0; t->plan && i < t->plan->conflicts.n; i++)
        fprintf(stderr, "  [%.*s] beside [%.*s]\n",
                FC_ARG(t->plan->conflicts.at[i].stored.text),
                FC_ARG(t->plan->conflicts.at[i].visible.text));
    for (size_t i = 0; i < t->told.n; i++)
        if (fc_told_row(t->told.at[i].kind)->severity == FC_ERROR)
            round_fail(
                fc_str_fmt(a, "%s, %s: %s", what, how, fc_told_row(t->told.at[i].kind)->words)
                    .p,
                t->told.at[i].path);
    round_fail(fc_str_fmt(a, "%s, %s", what, how).p, t->told.n ? t->told.at[0].path : FC_S(""));
}

static fc_str made(trip *t, const format *with, const fc_plan *plan)
{
    fc_output_files files = {0};
    if (with->target->make(t->build, with->prepared, plan, t->a, &files) != FC_OK)
        round_fail("no document", fc_str_of(with->target->name));
    return files.at[0].bytes;
}

static fc_returned seen_in(trip *t, const format *with, const fc_plan *plan)
{
    fc_returned r;
    fc_refusal why = fc_returned_look(t->a, made(t, with, plan), &r);
    if (why != FC_READS)
        round_fail(fc_refusal_row(why)->words, fc_str_of(with->target->name));
    return r;
}

/* ---- documents ---- */

/* The document as if it had been typed into a blank, in these channels only. */
static fc_returned typed(trip *t, const fc_returned *r, bool stored, bool shown)
{
    fc_returned typed = *r;
    typed.plan = (fc_str){0};
    typed.issued = t->blank;
    memset(&typed.seen, 0, sizeof typed.seen);
    for (size_t i = 0; i < r->seen.n; i++) {
        fc_seen s = r->seen.at[i];
        if (s.channel == FC_STORED ? !stored : !shown) {
            s.text = (fc_str){0};
            s.tick = s.tick == FC_TICKED ? FC_UNTICKED : s.tick;
            s.placeholder = s.channel != FC_STORED;
            s.date = (fc_str){0};
        }
        FC_PUSH(t->a, &typed.seen, s);
    }
    return typed;
}

/* The plan of a document that was typed into a blank. */
static fc_plan *plan_of_typed(trip *t, const fc_returned *r, const char *how)
{
    fc_taken taken;
    fc_status s = fc_returned_take(t->a, t->f, r, NULL, &t->as, &taken);
    if (s != FC_OK || taken.conflicts || taken.not_found)
        fail_taken(t->a, "typed into a blank", how, &taken);
    return taken.plan;
}

/* Read into the plan that it was made of, a document changes nothing. */
static void read_unchanged(trip *t, const fc_returned *r, fc_plan *into, const char *what)
{
    fc_taken taken;
    fc_str before = fc_plan_written(t->a, into);
    if (fc_returned_take(t->a, t->f, r, into, &t->as, &taken) != FC_OK || taken.changed ||
        !fc_str_eq(before, fc_plan_written(t->a, into)))
        fail_taken(t->a, what,
                   taken.told.n ? fc_told_row(taken.told.at[0].kind)->code : "untold", &taken);
}

static void there_and_back(trip *t, fc_plan *plan)
{
    static const struct {
        bool stored, shown;
        const char *how;
    } ways[] = {
        {true, true, "both"}, {true, false, "the store"}, {false, true, "what is seen"}};
    fc_returned r = seen_in(t, t->formats, plan);
    read_unchanged(t, &r, plan, "an unchanged document changed its plan");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        fc_returned again = typed(t, &r, ways[i].stored, ways[i].shown);
        fc_plan *came = plan_of_typed(t, &again, ways[i].how);
        round_compare(t->a, fc_plan_shown(t->a, plan), came, ways[i].how);
        fc_plan *second = round_read(t->a, t->f, fc_plan_written(t->a, came));
        read_unchanged(t, &again, second, "read a second time");
    }
}

/* ---- data ---- */

/* The plan that stands in a page for browsers, as JSON. */
static fc_str plan_in_page(fc_str page)
{
    static const char begin[] = "<script type=\"application/json\" id=\"formc-plan\">",
                      end[] = "</script>";
    for (size_t i = page.n; i-- > 0;)
        if (fc_str_starts(fc_str_slice(page, i, page.n), begin)) {
            size_t from = i + sizeof begin - 1, to = from;
            while (to < page.n && !fc_str_starts(fc_str_slice(page, to, page.n), end))
                to++;
            return fc_str_slice(page, from, to);
        }
    round_fail("no plan in the page", FC_S("html"));
}

static fc_plan *same_plan(trip *t, fc_str before, fc_str bytes, const char *how)
{
    fc_plan *plan = round_read(t->a, t->f, bytes);
    if (!plan || !fc_str_eq(before, fc_plan_written(t->a, plan)))
        round_fail("another plan", fc_str_of(how));
    return plan;
}

static void as_data(trip *t, fc_plan *plan)
{
    fc_str before = fc_plan_written(t->a, plan);
    fc_buf json;
    fc_buf_init_in(&json, t->a, FC_BUF_MAX);
    fc_plan_write_json(plan, &json);
    const struct {
        const char *how;
        fc_str bytes;
    } ways[] = {{"xml", before},
                {"json", fc_buf_keep(&json, t->a)},
                {"html", plan_in_page(made(t, t->formats, plan))}};
    fc_buf_release(&json);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        fc_taken taken;
        fc_plan *given = same_plan(t, before, ways[i].bytes, ways[i].how);
        if (!fc_is_plan_file(ways[i].bytes))
            round_fail("not known as a plan", fc_str_of(ways[i].how));
        if (fc_plan_take(t->a, given, plan, &t->as, &taken) != FC_OK || taken.changed ||
            !fc_str_eq(before, fc_plan_written(t->a, plan)))
            fail_taken(t->a, "a plan read into itself changed", ways[i].how, &taken);
    }
}

/* ---- chains ---- */

/* What follows from answers is compared from the first link on: reasons for having none, and
 * rows without answers, which it may follow from, are not typed. */
static void chain(trip *t, fc_plan *plan)
{
    const fc_plan *kept = plan, *typed_in = plan, *first = NULL;
    fc_str before = fc_plan_written(t->a, plan);
    for (const format *with = t->formats; with->target; with++) {
        const char *name = with->target->name;
        if (strcmp(name, "html") == 0) {
            kept = same_plan(t, before, plan_in_page(made(t, with, kept)), name);
            typed_in = same_plan(t, fc_plan_written(t->a, typed_in),
                                 plan_in_page(made(t, with, typed_in)), name);
            continue;
        }
        fc_taken taken;
        fc_returned r = seen_in(t, with, kept);
        if (fc_returned_take(t->a, t->f, &r, NULL, &t->as, &taken) != FC_OK || taken.told.n)
            fail_taken(t->a, "a link of the chain", name, &taken);
        kept = same_plan(t, before, fc_plan_written(t->a, taken.plan), name);
        r = seen_in(t, with, typed_in);
        r = typed(t, &r, true, true);
        fc_plan *came = plan_of_typed(t, &r, name);
        round_compare(t->a, fc_plan_shown(t->a, typed_in), came, name);
        typed_in = came;
        first = first ? first : came;
    }
    round_compare(t->a, fc_plan_shown(t->a, first), typed_in, "the chain");
}

/* ---- the program ---- */

#define FORMATS_MAX 3

static const struct way {
    const char *name;
    void (*go)(trip *t, fc_plan *plan);
    const char *formats[FORMATS_MAX + 1];
} ways[] = {{"docx", there_and_back, {"docx"}},
            {"pdf", there_and_back, {"pdf"}},
            {"data", as_data, {"html"}},
            {"chain", chain, {"docx", "pdf", "html"}}};

static const struct way *find_way(const char *name)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0)
            return &ways[i];
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    fc_loaded l = {.arena = fc_arena_new(ARENA_MAX)};
    fc_build b;
    const char *const none[] = {NULL};
    const struct way *way = find_way(argv[1]);
    if (!way || !l.arena || !FC_BOUNDARY(l.arena))
        return 2;
    if (fc_load_form(&l, argv[2]) != FC_OK || fc_build_open(&b, &l, none, NULL, NULL) != FC_OK)
        return 2;
    format formats[FORMATS_MAX + 1] = {0};
    for (size_t i = 0; way->formats[i]; i++) {
        formats[i].target = fc_target_find(way->formats[i]);
        if (formats[i].target->prepare(&b, &formats[i].prepared) != FC_OK)
            return 2;
    }
    const pools *p = pools_of(l.arena, l.form);
    trip t = {.f = l.form,
              .build = &b,
              .formats = formats,
              .blank = fc_plan_written(l.arena, fc_plan_new(l.arena, l.form)),
              .as = {.at = FC_S("2026-01-31T10:00:00Z"),
                     .by = l.form->parties.at[0].id,
                     .file = FC_S("sha256:0000000000000000000000000000000000000000000000000000"
                                  "000000000000")}};
    unsigned long first = strtoul(argv[3], NULL, 10), n = strtoul(argv[4], NULL, 10);
    for (round_number = first; round_number < first + n; round_number++) {
        t.a = fc_arena_new(ARENA_MAX);
        if (!t.a || !FC_BOUNDARY(t.a))
            return 2;
        way->go(&t, round_plan(t.a, l.form, p, round_number));
        fc_arena_drop(t.a);
    }
    printf("%lu plans there and back\n", n);
    fc_arena_drop(l.arena);
    return 0;
}
