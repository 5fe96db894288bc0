/* What was found in a file, as bytes between two processes of one program: numbers as they
 * stand in memory, texts with their length before them. */
#include "runtime/returned/returned.h"

#include <string.h>

static void put_number(fc_buf *b, uint32_t n)
{
    fc_buf_add(b, &n, sizeof n);
}

static void put_text(fc_buf *b, fc_str s)
{
    put_number(b, (uint32_t)s.n);
    fc_buf_add(b, s.p, s.n);
}

void fc_returned_pack(const fc_returned *r, fc_buf *b)
{
    const fc_str head[] = {r->via, r->form, r->version, r->digest, r->plan, r->issued};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_text(b, head[i]);
    put_number(b, r->about);
    put_number(b, (uint32_t)r->paras.n);
    for (size_t i = 0; i < r->paras.n; i++) {
        put_number(b, r->paras.at[i].row);
        put_number(b, r->paras.at[i].cell);
        put_number(b, r->paras.at[i].place);
        put_text(b, r->paras.at[i].text);
    }
    for (size_t i = 0; i < r->seen.n; i++) {
        const fc_seen *s = &r->seen.at[i];
        const fc_str texts[] = {s->path, s->key, s->name, s->text, s->date};
        put_number(b, (uint32_t)s->channel);
        put_number(b, (uint32_t)s->tick);
        put_number(b, s->placeholder);
        put_number(b, s->with);
        put_number(b, s->row);
        put_number(b, s->para);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            put_text(b, texts[k]);
    }
}

typedef struct unpacker {
    fc_str rest;
    bool broken;
} unpacker;

static uint32_t get_number(unpacker *u)
{
    uint32_t n = 0;
    if (u->rest.n < sizeof n) {
        u->broken = true;
        return 0;
    }
    memcpy(&n, u->rest.p, sizeof n);
    u->rest = fc_str_slice(u->rest, sizeof n, u->rest.n);
    return n;
}

/* What is not UTF-8 cannot have come from there. */
static fc_str get_text(unpacker *u)
{
    uint32_t n = get_number(u);
    if (n > u->rest.n) {
        u->broken = true;
        return (fc_str){0};
    }
    fc_str s = {u->rest.p, n};
    u->rest = fc_str_slice(u->rest, n, u->rest.n);
    return s;
}

bool fc_returned_unpack(fc_arena *a, fc_str bytes, fc_returned *r)
{
    unpacker u = {.rest = bytes};
    *r = (fc_returned){0};
    fc_str *const head[] = {&r->via, &r->form, &r->version, &r->digest, &r->plan, &r->issued};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        *head[i] = get_text(&u);
    r->about = get_number(&u);
    for (uint32_t n = get_number(&u); n > 0 && !u.broken; n--) {
        fc_para_seen p = {.row = get_number(&u)};
        p.cell = get_number(&u);
        p.place = get_number(&u) != 0;
        p.text = get_text(&u);
        u.broken |= fc_utf8_valid(p.text) != p.text.n;
        if (!u.broken)
            FC_PUSH(a, &r->paras, p);
    }
    while (u.rest.n && !u.broken) {
        fc_seen s = {0};
        fc_str *const texts[] = {&s.path, &s.key, &s.name, &s.text, &s.date};
        uint32_t channel = get_number(&u), tick = get_number(&u);
        s.channel = (fc_channel)channel;
        s.tick = (fc_tick)tick;
        s.placeholder = get_number(&u) != 0;
        s.with = get_number(&u);
        s.row = get_number(&u);
        s.para = get_number(&u);
        u.broken |= s.para > r->paras.n;
        u.broken |= channel >= FC_CHANNELS || tick > FC_TICKED;
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            *texts[k] = get_text(&u);
            u.broken |= fc_utf8_valid(*texts[k]) != texts[k]->n;
        }
        if (!u.broken)
            FC_PUSH(a, &r->seen, s);
    }
    return !u.broken;
}
