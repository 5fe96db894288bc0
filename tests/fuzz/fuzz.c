/* What the harnesses share. */
#include "tests/fuzz/fuzz.h"

#include "compiler/codes.h"
#include "runtime/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void fuzz_broken(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, what);
    abort();
}

void fuzz_run(void (*work)(fc_arena *a, void *with), void *with)
{
    clock_t begin = clock();
    fc_arena *a = fc_arena_new(FUZZ_MEMORY);
    HOLDS(a != NULL);
    if (FC_BOUNDARY(a))
        work(a, with);
    else
        fuzz_broken(__FILE__, __LINE__, "the memory is enough");
    fc_arena_drop(a);
    HOLDS((clock() - begin) / CLOCKS_PER_SEC < FUZZ_SECONDS);
}

/* Text that may be shown on a terminal. */
static void check_told(fc_str told, bool lines)
{
    HOLDS(fc_utf8_valid(told) == told.n);
    for (size_t i = 0; i < told.n;) {
        uint32_t c = fc_utf8_next(told, &i);
        HOLDS(c >= 0x20 || (lines && c == '\n'));
        HOLDS(!(c >= 0x7F && c < 0xA0) && !(c >= 0x2028 && c <= 0x202E));
    }
}

static void check_place(const fc_diags *d, fc_span at)
{
    HOLDS(at.source < d->sources.n);
    HOLDS(at.begin <= at.end);
    const fc_source *s = fc_diags_source_of(d, at);
    HOLDS(!s || at.begin <= s->bytes.n);
}

void fuzz_tell(fc_diags *d, fc_buf *b)
{
    size_t before = b->n;
    for (size_t i = 0; i < d->list.n; i++) {
        const fc_diag *g = &d->list.at[i];
        check_place(d, g->at);
        check_told(g->text, false);
        check_told(g->help, false);
        for (size_t k = 0; k < g->n_notes; k++) {
            check_place(d, g->notes[k].at);
            check_told(g->notes[k].text, false);
        }
    }
    fc_diags_print(d, b);
    fc_diags_json(d, b);
    fc_diags_sarif(d, "0", fc_code_title, b);
    HOLDS(!b->failed);
    check_told((fc_str){b->p + before, b->n - before}, true);
}

static bool stands_at(fc_str s, size_t i, const char *z)
{
    return s.n - i >= strlen(z) && memcmp(s.p + i, z, strlen(z)) == 0;
}

/* The offset behind the next z at or behind i, or the end. */
static size_t behind(fc_str s, size_t i, const char *z)
{
    while (i < s.n && !stands_at(s, i, z))
        i++;
    return i < s.n ? i + strlen(z) : s.n;
}

static size_t behind_tag(fc_str s, size_t i)
{
    char quote = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return s.n;
}

fc_str fuzz_other_words(fc_arena *a, fc_str xml)
{
    static const char cdata[] = "<![CDATA[";
    fc_str copy = fc_str_copy(a, xml);
    char *out = fc_arena_alloc(a, xml.n + 1);
    memcpy(out, copy.p, xml.n);
    bool in_cdata = false;
    for (size_t i = 0; i < xml.n;) {
        if (in_cdata ? stands_at(xml, i, "]]>") : stands_at(xml, i, cdata)) {
            i += in_cdata ? 3 : sizeof cdata - 1;
            in_cdata = !in_cdata;
        } else if (!in_cdata && xml.p[i] == '<') {
            i = stands_at(xml, i, "<!--") ? behind(xml, i + 4, "-->")
                : stands_at(xml, i, "<?") ? behind(xml, i, "?>")
                                          : behind_tag(xml, i);
        } else if (!in_cdata && xml.p[i] == '&') {
            i = behind(xml, i, ";");
        } else {
            char c = xml.p[i];
            if ((c >= 'a' && c < 'z') || (c >= 'A' && c < 'Z') || (c >= '0' && c < '9'))
                out[i]++;
            i++;
        }
    }
    return (fc_str){out, xml.n};
}

static const fc_form *compile(fc_arena *a, const char *path)
{
    const fc_form *f = NULL;
    fc_str bytes;
    const char *why = "";
    HOLDS(fc_file_read(a, path, 1 << 20, &bytes, &why) == FC_OK);
    HOLDS(fc_compile(a, fc_str_of(path), FC_S("form.xml"), bytes, fc_diags_new(a), &f) ==
          FC_OK);
    return f;
}

const fc_form *fuzz_form(const char *path)
{
    static fc_arena *a; /* reachable until the end, so that it is no leak */
    a = fc_arena_new(FUZZ_MEMORY);
    HOLDS(a != NULL);
    if (!FC_BOUNDARY(a))
        fuzz_broken(__FILE__, __LINE__, "the memory is enough");
    return compile(a, path);
}
