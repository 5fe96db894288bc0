/* Plans made up from a number: every part of the value space, the same for the same number. */
#ifndef FC_TESTS_PLANS_GENERATE_H
#define FC_TESTS_PLANS_GENERATE_H

#include "runtime/base/file.h"
#include "tests/unit/unit.h"

#include "compiler/compile.h"
#include "runtime/plan/plan.h"

static inline const fc_form *compile_file(fc_arena *a, const char *path)
{
    const fc_form *f = NULL;
    const char *why = "";
    fc_str bytes;
    if (fc_file_read(a, path, 1 << 20, &bytes, &why) != FC_OK)
        fail_msg("%s: %s", path, why);
    if (fc_compile(a, fc_str_of(path), FC_S("form.xml"), bytes, fc_diags_new(a), &f) != FC_OK)
        fail_msg("%s does not compile", path);
    return f;
}

typedef struct dice {
    uint64_t state;
} dice;

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline unsigned roll(dice *d, unsigned below)
{
    uint64_t z = (d->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (unsigned)((z ^ (z >> 31)) % below);
}

/* Text of the value space: what XML, JSON and people find hard. Never CR, never only white. */
static inline fc_str some_text(fc_arena *a, dice *d)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         " ",
                                         "\n",
                                         "\t",
                                         "  \n\n ",
                                         "&",
                                         "<",
                                         ">",
                                         "\"",
                                         "'",
                                         "]]>",
                                         "&amp;",
                                         "<!--",
                                         "\\",
                                         "\\u0041",
                                         "{",
                                         "}",
                                         "[1]",
                                         "%s",
                                         "\x7F",
                                         "0",
                                         "1e999",
                                         "null",
                                         "\xC2\x85",
                                         "\xC2\xA0",
                                         "e\xCC\x81",
                                         "\xC3\xA9",
                                         "\xE2\x80\xA8",
                                         "\xE2\x80\xAE",
                                         "\xEF\xBF\xBD",
                                         "\xEF\xBB\xBF",
                                         "\xF0\x9F\x8F\xB4",
                                         "\xD7\xA9\xD7\x9C",
                                         "\xF4\x8F\xBF\xBD",
                                         "2026-02-28",
                                         "1987-05",
                                         "\302\2431,234.50",
                                         "12",
                                         "yes"};
    fc_str s = {0};
    for (unsigned n = 1 + roll(d, 6); n > 0; n--)
        s = fc_str_fmt(a, "%.*s%s", FC_ARG(s), pieces[roll(d, sizeof pieces / sizeof *pieces)]);
    if (roll(d, 3) == 0) { /* any character at all */
        char c[4];
        uint32_t u = roll(d, 0x110000);
        if (u == '\r' || !fc_xml_char(u))
            u = 'x';
        s = fc_str_fmt(a, "%.*s%.*s", FC_ARG(s), (int)fc_utf8_put(c, u), c);
    }
    return fc_str_trim(s).n ? s : FC_S("x");
}

static inline fc_answer some_answer(fc_arena *a, dice *d)
{
    fc_answer x = {0};
    unsigned kind = roll(d, 4), reasons = 0;
    while (fc_absence_reasons[reasons])
        reasons++;
    if (kind == 0)
        x.absent = fc_str_of(fc_absence_reasons[roll(d, reasons)]);
    else if (kind < 3)
        x.text = some_text(a, d);
    if (kind < 3 && roll(d, 5) == 0)
        x.lang = roll(d, 2) ? FC_S("cy") : FC_S("ur-Arab");
    return x;
}

static inline fc_plan *some_plan(fc_arena *a, const fc_form *f, dice *d)
{
    fc_str party = f->parties.at[roll(d, (unsigned)f->parties.n)].id;
    fc_str who[] = {party, fc_str_fmt(a, "%.*s/desk-2", FC_ARG(party))};
    fc_str at = FC_S("2026-02-01T10:04:00Z");
    fc_plan *p = fc_plan_new(a, f);
    unsigned deeds = 0;
    p->id = FC_S("urn:uuid:00000000-0000-4000-8000-000000000001");
    p->stage = f->stages.n ? f->stages.at[roll(d, (unsigned)f->stages.n)].id : FC_S("");
    p->synthetic = roll(d, 2);
    p->revision = roll(d, 2) ? FC_S("7") : FC_S("");
    for (size_t c = 0; c < f->containers.n; c++) {
        const fc_container *k = f->containers.at[c];
        unsigned most = !k->repeat ? 0 : k->repeat->max_rows < 3 ? k->repeat->max_rows : 3;
        for (unsigned n = roll(d, most + 1); n > 0; n--)
            fc_plan_add_row(p, k, fc_str_fmt(a, "s-%u.%u", n, roll(d, 99)));
        for (size_t r = 0; r < p->rows[c].list.n; r++)
            for (size_t i = 0; i < k->fields.n; i++) {
                fc_place place = {k->fields.at[i], r};
                *fc_plan_answer_at(p, place) = some_answer(a, d);
                if (roll(d, 12) == 0) {
                    fc_conflict x = {place.field, p->rows[c].list.at[r].id, some_answer(a, d),
                                     some_answer(a, d)};
                    assert_true(fc_plan_add_conflict(p, x));
                }
            }
    }
    while (fc_plan_deeds[deeds])
        deeds++;
    for (unsigned n = roll(d, 3); n > 0; n--) {
        fc_change e = {.at = at,
                       .by = who[roll(d, 2)],
                       .via = FC_S("docx"),
                       .did = fc_str_of(fc_plan_deeds[roll(d, deeds)]),
                       .path = roll(d, 2) ? f->fields.at[0]->path : FC_S("")};
        fc_plan_log(p, e);
    }
    if (roll(d, 2)) {
        fc_plan_note_marks(p, at, party, FC_S("set"));
        if (roll(d, 2)) {
            fc_plan_answer_at(p, (fc_place){f->fields.at[0], 0})->text = some_text(a, d);
            fc_plan_answer_at(p, (fc_place){f->fields.at[0], 0})->absent = (fc_str){0};
        }
        fc_plan_look_at_marks(p);
    }
    return p;
}

static inline fc_str plan_json(fc_arena *a, const fc_plan *p)
{
    fc_buf b;
    fc_buf_init(&b, 1 << 24);
    fc_plan_write_json(p, &b);
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

static inline void same_str(fc_str a, fc_str b, unsigned n)
{
    if (!fc_str_eq(a, b))
        fail_msg("plan %u: \"%.*s\" became \"%.*s\"", n, FC_ARG(a), FC_ARG(b));
}

static inline void same_answer(const fc_answer *a, const fc_answer *b, unsigned n)
{
    same_str(a->text, b->text, n);
    same_str(a->absent, b->absent, n);
    same_str(a->lang, b->lang, n);
}

/* Fails unless the two plans are the same in everything that a plan holds. */
static inline void same_plan(const fc_plan *a, const fc_plan *b, unsigned n)
{
    same_str(a->id, b->id, n);
    same_str(a->version, b->version, n);
    same_str(a->digest, b->digest, n);
    same_str(a->stage, b->stage, n);
    same_str(a->revision, b->revision, n);
    assert_int_equal(a->synthetic, b->synthetic);
    for (size_t c = 0; c < a->form->containers.n; c++) {
        const fc_container *k = a->form->containers.at[c];
        assert_int_equal(a->rows[c].list.n, b->rows[c].list.n);
        for (size_t r = 0; r < a->rows[c].list.n; r++) {
            same_str(a->rows[c].list.at[r].id, b->rows[c].list.at[r].id, n);
            for (size_t i = 0; i < k->fields.n; i++)
                same_answer(&a->rows[c].list.at[r].answers[i],
                            &b->rows[c].list.at[r].answers[i], n);
        }
    }
    assert_int_equal(a->conflicts.n, b->conflicts.n);
    for (size_t i = 0; i < a->conflicts.n; i++) {
        assert_ptr_equal(a->conflicts.at[i].field, b->conflicts.at[i].field);
        same_str(a->conflicts.at[i].row, b->conflicts.at[i].row, n);
        same_answer(&a->conflicts.at[i].stored, &b->conflicts.at[i].stored, n);
        same_answer(&a->conflicts.at[i].visible, &b->conflicts.at[i].visible, n);
    }
    assert_int_equal(a->marks.n, b->marks.n);
    for (size_t i = 0; i < a->marks.n; i++) {
        assert_ptr_equal(a->marks.at[i].field, b->marks.at[i].field);
        same_str(a->marks.at[i].at, b->marks.at[i].at, n);
        same_str(a->marks.at[i].by, b->marks.at[i].by, n);
        same_str(a->marks.at[i].own, b->marks.at[i].own, n);
        same_str(a->marks.at[i].covers, b->marks.at[i].covers, n);
        assert_int_equal(a->marks.at[i].state, b->marks.at[i].state);
    }
    assert_int_equal(a->history.n, b->history.n);
    for (size_t i = 0; i < a->history.n; i++) {
        const fc_change *x = &a->history.at[i], *y = &b->history.at[i];
        same_str(x->at, y->at, n);
        same_str(x->by, y->by, n);
        same_str(x->via, y->via, n);
        same_str(x->file, y->file, n);
        same_str(x->did, y->did, n);
        same_str(x->path, y->path, n);
        same_str(x->to, y->to, n);
    }
}

#endif
