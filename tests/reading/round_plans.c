/* The plans that go there and back. */
#include "tests/reading/round.h"

#include <stdlib.h>

fc_plan *round_read(fc_arena *a, const fc_form *f, fc_str bytes)
{
    fc_plan *p = NULL;
    fc_diags *d = fc_diags_new(a);
    fc_status s = fc_plan_read(a, f, bytes, FC_S("plan"), d, &p);
    return s == FC_OK || s == FC_FOUND ? p : NULL;
}

/* ---- any text ---- */

/* Characters of one kind stand together, as in the Unicode charts; each row is as likely as any
 * other. Unassigned and private ones are texts, too. */
static const struct {
    uint32_t from, to;
} ranges[] = {{0x20, 0x7E},       {0x61, 0x7A},       {0x30, 0x39},        {0xA0, 0xFF},
              {0x100, 0x17F},     {0x300, 0x36F},     {0x370, 0x3FF},      {0x400, 0x4FF},
              {0x591, 0x5F4},     {0x600, 0x6FF},     {0x900, 0x97F},      {0x980, 0x9FF},
              {0xE00, 0xE7F},     {0x1100, 0x11FF},   {0x1E00, 0x1EFF},    {0x2000, 0x206F},
              {0x20A0, 0x20C0},   {0x2190, 0x22FF},   {0x2610, 0x2612},    {0x2700, 0x27BF},
              {0x3000, 0x30FF},   {0x4E00, 0x4EFF},   {0xAC00, 0xACFF},    {0xE000, 0xE0FF},
              {0xF000, 0xF0FF},   {0xFB00, 0xFB4F},   {0xFE00, 0xFE0F},    {0xFF00, 0xFFFD},
              {0x10300, 0x1034A}, {0x1D400, 0x1D4FF}, {0x1F300, 0x1F6FF},  {0x20000, 0x200FF},
              {0xE0020, 0xE007F}, {0xFFF00, 0xFFFFD}, {0x10FF00, 0x10FFFD}};

static const char *const pieces[] = {"\n",
                                     "\n\n",
                                     "\t",
                                     " ",
                                     "   ",
                                     "]]>",
                                     "<![CDATA[",
                                     "&amp;",
                                     "<w:t>",
                                     "</script>",
                                     "{{x}}",
                                     "%s",
                                     "\\",
                                     "\\n",
                                     "(",
                                     ")",
                                     "((",
                                     "\"",
                                     "'",
                                     "--",
                                     "_x000D_",
                                     "e\xCC\x81",
                                     "\xE2\x80\xAE",
                                     "\xEF\xBB\xBF",
                                     "\xE2\x80\x8D",
                                     "\xE2\x80\xA8",
                                     "\xC2\x85",
                                     "\x7F",
                                     "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9"};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static fc_str any_text(fc_arena *a, dice *d)
{
    char room[4];
    fc_buf b;
    fc_buf_init_in(&b, a, FC_BUF_MAX);
    for (unsigned n = 1 + roll(d, roll(d, 16) ? 12 : 400); n > 0; n--) {
        unsigned r = roll(d, COUNT(ranges));
        uint32_t c = ranges[r].from + roll(d, ranges[r].to - ranges[r].from + 1);
        if (roll(d, 3) == 0)
            fc_buf_z(&b, pieces[roll(d, COUNT(pieces))]);
        else
            fc_buf_add(&b, room, fc_utf8_put(room, c));
    }
    fc_str s = fc_buf_keep(&b, a);
    fc_buf_release(&b);
    return s;
}

/* Several choices stay what they are: in words they have no box. */
static void put_any_texts(fc_arena *a, fc_plan *p, dice *d)
{
    for (size_t i = 0; i < p->form->containers.n; i++) {
        const fc_container *c = p->form->containers.at[i];
        size_t rows = c->repeat ? fc_plan_row_count(p, c) : 1;
        for (size_t row = 0; row < rows; row++)
            for (size_t k = 0; k < c->fields.n; k++)
                if (c->fields.at[k]->type != FC_CHOICES && roll(d, 8) == 0)
                    *fc_plan_answer_at(p, (fc_place){c->fields.at[k], row}) =
                        (fc_answer){.text = any_text(a, d)};
    }
}

fc_plan *round_plan(fc_arena *a, const fc_form *f, const pools *p, unsigned long number)
{
    dice d = {number};
    fc_plan *plan = round_read(a, f, plan_made_of(a, f, p, &d));
    if (!plan)
        round_fail("it is no plan", f->id);
    put_any_texts(a, plan, &d);
    if (f->stages.n)
        plan->stage = f->stages.at[roll(&d, (unsigned)f->stages.n)].id;
    plan->id = FC_S("urn:uuid:00000000-0000-4000-8000-000000000001");
    plan = round_read(a, f, fc_plan_written(a, plan));
    if (!plan)
        round_fail("it is no plan any more", f->id);
    return plan;
}
