/* Any bytes as a plan of the kitchen-sink form. */
#include "tests/fuzz/fuzz.h"

#include "runtime/base/json.h"
#include "runtime/fv.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

static const fc_form *form;

/* What one reading of the bytes comes to, as bytes. */
typedef struct reading {
    fc_str bytes;
    fc_status status;
    fc_buf told;    /* status and diagnostics: nothing that depends on an answer */
    fc_buf written; /* the plan as formc writes it */
    fc_buf json;    /* the same as JSON */
    fc_buf found;   /* what the rules have to say at every stage */
} reading;

static void open_reading(reading *r, fc_str bytes)
{
    *r = (reading){.bytes = bytes};
    fc_buf_init(&r->told, FC_BUF_MAX);
    fc_buf_init(&r->written, FC_BUF_MAX);
    fc_buf_init(&r->json, FC_BUF_MAX);
    fc_buf_init(&r->found, FC_BUF_MAX);
}

static void close_reading(reading *r)
{
    fc_buf_release(&r->told);
    fc_buf_release(&r->written);
    fc_buf_release(&r->json);
    fc_buf_release(&r->found);
}

/* The value space of docs/plans.md. */
static void check_answer(const fc_answer *x)
{
    HOLDS(fc_utf8_valid(x->text) == x->text.n);
    HOLDS(!x->text.n || fc_str_trim(x->text).n);
    HOLDS(!x->text.n || !memchr(x->text.p, '\r', x->text.n));
    HOLDS(!x->absent.n || (!x->text.n && fc_in_list(fc_absence_reasons, x->absent)));
}

static void check_answers(const fc_plan *p)
{
    for (size_t c = 0; c < form->containers.n; c++)
        for (size_t row = 0; row < p->rows[c].list.n; row++)
            for (size_t i = 0; i < form->containers.at[c]->fields.n; i++)
                check_answer(&p->rows[c].list.at[row].answers[i]);
    for (size_t i = 0; i < p->conflicts.n; i++) {
        check_answer(&p->conflicts.at[i].stored);
        check_answer(&p->conflicts.at[i].visible);
    }
}

/* A finding's words are the form's own, or one of the fixed sentences: never made of answers.
 */
static void check_findings(fc_arena *a, const fc_plan *p, fc_buf *out)
{
    fv_date day = fv_date_make(2026, 6, 30);
    for (unsigned stage = 0; stage < form->stages.n; stage++) {
        fc_findings found = {0};
        fc_review review = {0};
        fc_plan_check(a, p, stage, day, &found);
        for (size_t i = 0; i < found.n; i++) {
            const fc_finding *f = &found.at[i];
            HOLDS(f->message.p == f->rule->message_text.p ||
                  fc_str_eq_z(f->message, fv_excuse(NULL, f->why)));
        }
        fc_plan_review(a, p, stage, day, &review);
        HOLDS(review.list.n >= found.n);
        fc_review_text(p, &review, out);
        fc_review_json(p, &review, stage, FC_S("2026-06-30"), out);
    }
}

static void read_once(fc_arena *a, void *with)
{
    reading *r = with;
    fc_diags *d = fc_diags_new(a);
    fc_plan *p = NULL;
    r->status = fc_plan_read(a, form, r->bytes, FC_S("plan.xml"), d, &p);
    HOLDS(r->status == FC_OK || r->status == FC_FOUND || r->status == FC_REFUSED);
    HOLDS((r->status == FC_REFUSED) == (p == NULL));
    HOLDS((r->status == FC_OK) == (d->errors == 0));
    fc_buf_fmt(&r->told, "%d\n", (int)r->status);
    fuzz_tell(d, &r->told);
    if (!p)
        return;
    check_answers(p);
    fc_plan_write(p, &r->written);
    fc_plan_write_json(p, &r->json);
    check_findings(a, p, &r->found);
    HOLDS(!r->told.failed && !r->written.failed && !r->json.failed && !r->found.failed);
}

static void same(const fc_buf *a, const fc_buf *b)
{
    HOLDS(fc_str_eq(fc_buf_view(a), fc_buf_view(b)));
}

/* ---- Nothing is lost --------------------------------------------------------------------- */

typedef FC_ARRAY(fc_str) texts;

/* The text of every element that holds no other, line ends folded; by libxml2, not by us. */
static void collect(fc_arena *a, const xmlNode *n, texts *out)
{
    for (; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        const xmlNode *k = n->children;
        while (k && k->type != XML_ELEMENT_NODE)
            k = k->next;
        if (k) {
            collect(a, n->children, out);
            continue;
        }
        xmlChar *content = xmlNodeGetContent(n);
        fc_str s = fc_str_copy_z(a, (const char *)content);
        xmlFree(content);
        char *fold = fc_arena_alloc(a, s.n + 1);
        size_t m = 0;
        for (size_t i = 0; i < s.n; i++)
            if (s.p[i] != '\r' || i + 1 == s.n || s.p[i + 1] != '\n')
                fold[m++] = s.p[i] == '\r' ? '\n' : s.p[i];
        s = (fc_str){fold, m};
        if (fc_str_trim(s).n)
            FC_PUSH(a, out, s);
    }
}

static int by_bytes(const void *a, const void *b)
{
    return fc_str_cmp(*(const fc_str *)a, *(const fc_str *)b);
}

static texts texts_of(fc_arena *a, fc_str xml)
{
    texts all = {0};
    xmlDoc *doc = xmlReadMemory(xml.p, (int)xml.n, NULL, "UTF-8",
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    HOLDS(doc != NULL);
    collect(a, xmlDocGetRootElement(doc), &all);
    xmlFreeDoc(doc);
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, by_bytes);
    return all;
}

static void nothing_is_lost(fc_arena *a, void *with)
{
    const reading *r = with;
    texts in = texts_of(a, r->bytes), out = texts_of(a, fc_buf_view(&r->written));
    HOLDS(in.n == out.n);
    for (size_t i = 0; i < in.n; i++)
        HOLDS(fc_str_eq(in.at[i], out.at[i]));
}

static void other_words(fc_arena *a, void *with)
{
    const reading *r = with;
    reading other;
    open_reading(&other, fuzz_other_words(a, r->bytes));
    fuzz_run(read_once, &other);
    same(&r->told, &other.told);
    close_reading(&other);
}

/* What was written is read back the same. */
static void comes_back(const reading *first, const fc_buf *written)
{
    reading back;
    open_reading(&back, fc_buf_view(written));
    fuzz_run(read_once, &back);
    HOLDS(first->status == FC_OK ? back.status == FC_OK : back.status != FC_REFUSED);
    same(&first->written, &back.written);
    same(&first->json, &back.json);
    same(&first->found, &back.found);
    close_reading(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    reading first, again;
    if (!form)
        form = fuzz_form(FUZZ_FORM);
    open_reading(&first, (fc_str){(const char *)data, n});
    open_reading(&again, first.bytes);
    fuzz_run(read_once, &first);
    fuzz_run(read_once, &again);
    same(&first.told, &again.told);
    same(&first.written, &again.written);
    same(&first.found, &again.found);
    if (first.status != FC_REFUSED) {
        comes_back(&first, &first.written);
        comes_back(&first, &first.json);
    }
    if (first.status != FC_REFUSED && !fc_json_begins(first.bytes)) {
        fuzz_run(other_words, &first);
        if (first.status == FC_OK)
            fuzz_run(nothing_is_lost, &first);
    }
    close_reading(&first);
    close_reading(&again);
    return 0;
}
