/* The target "html": the form as one page, with its own rules, that works from disk. */
#include "output/html/html.h"
#include "runtime/base/digest.h"
#include "runtime/plan/eval.h"

#include <string.h>

typedef struct prepared {
    const fc_program *program;
} prepared;

/* In the stylesheet's policy these stand for the digests of what the page holds; they are as
 * long as one ('sha256-' and 44 signs of base64). */
#define HASH_LEN 51
static const struct {
    const char *element, *hash;
} hashed[] = {
    {"style", "sha256-style---------------------------------------"},
    {"script", "sha256-script--------------------------------------"},
};

/* The text of the first element of this name. */
static fc_str inside(fc_arena *a, fc_str page, const char *element)
{
    fc_str open = fc_str_fmt(a, "<%s>", element), close = fc_str_fmt(a, "</%s>", element);
    const char *from = strstr(page.p, open.p), *to = from ? strstr(from, close.p) : NULL;
    return to ? (fc_str){from + open.n, (size_t)(to - from) - open.n} : (fc_str){0};
}

/* Puts the digests into the content security policy: the page may use the script and the style
 * that stand in it and nothing else (CSP Level 3, 6.7.3.3). elements: how many of `hashed` it
 * has. False: the stylesheet did not write a policy for them. */
static bool put_hashes(fc_arena *a, fc_str *page, size_t elements)
{
    char *copy = fc_arena_alloc(a, page->n + 1);
    memcpy(copy, page->p, page->n);
    copy[page->n] = '\0';
    *page = (fc_str){copy, page->n};
    for (size_t i = 0; i < elements; i++) {
        fc_str text = inside(a, *page, hashed[i].element);
        char *place = strstr(copy, hashed[i].hash);
        if (!text.n || !place)
            return false;
        fc_str hash = fc_str_fmt(a, "sha256-%.*s", FC_ARG(fc_sha256_base64(a, text)));
        memcpy(place, hash.p, HASH_LEN);
    }
    return true;
}

#define PAGE_END "</body></html>"

static fc_status prepare(fc_build *b, void **out)
{
    prepared *p = FC_NEW(b->arena, prepared);
    const char *const params[] = {"css", fc_asset("base/html/page.css").p, "js",
                                  fc_html_script(b->arena, b->form).p, NULL};
    *out = p;
    const fc_program *sheet;
    bool missing = b->options.purpose == FC_TO_COMPLETE;
    const char *name = missing ? "html-missing.xsl" : "html.xsl";
    fc_status s = fc_style_program(b, name, params, !missing, &sheet);
    if (s != FC_OK)
        return s;
    fc_program *g = FC_NEW(b->arena, fc_program);
    *g = *sheet;
    p->program = g;
    size_t elements = missing ? 1 : sizeof hashed / sizeof *hashed;
    if (!put_hashes(b->arena, &g->text, elements) || !fc_str_ends(g->text, PAGE_END)) {
        fc_report(b->diags, FC_ERROR, "S101", (fc_span){0},
                  "the stylesheet %s does not produce a page with a policy, a style, a script "
                  "(where people fill it in) and nothing behind its body",
                  name);
        return FC_FOUND;
    }
    return FC_OK;
}

/* The plan that the page is issued with, as its last element: what people gave, and not what
 * was worked out. */
static void put_plan(const fc_plan *plan, fc_arena *a, fc_buf *page)
{
    fc_buf *json = fc_html_buf(a);
    fc_plan_write_json(plan, json);
    fc_buf_z(page, "<script type=\"application/json\" id=\"formc-plan\">");
    fc_html_json(page, fc_buf_view(json));
    fc_buf_z(page, "</script>");
    page->failed |= json->failed;
}

static fc_status make(fc_build *b, void *state, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files)
{
    const prepared *p = state;
    fc_buf *run = fc_html_buf(a), *page = fc_html_buf(a);
    fc_program_run(p->program, fc_plan_shown(a, plan), b->options.blank_rows, run);
    if (run->failed)
        fc_arena_give_up(a);
    fc_buf_add(page, run->p, run->n - (sizeof PAGE_END - 1));
    const bool missing = b->options.purpose == FC_TO_COMPLETE;
    if (!missing)
        put_plan(plan, a, page);
    fc_buf_z(page, PAGE_END "\n");
    fc_output_file f = {.name = fc_output_name(b, a, b->form->id, ".html"),
                        .bytes = fc_buf_keep(page, a),
                        .what = missing ? "what is still missing, as a page"
                                        : "the form as a page for browsers"};
    FC_PUSH(a, files, f);
    return FC_OK;
}

const fc_target fc_target_html = {
    .name = "html",
    .suffix = ".html",
    .summary = "an accessible page that works offline",
    .prepare = prepare,
    .make = make,
};
