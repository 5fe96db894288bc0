/* A Word document as a package: which part is which, what each says about the file, and what in
 * it is never followed. Parts are looked up by name in memory; nothing is ever unpacked to a
 * disk, fetched or run. */
#include "runtime/returned/docx.h"
#include "runtime/base/package.h"
#include "runtime/returned/xml.h"

#include <string.h>

#define STORE_NS "urn:formc:store:1"
#define PLAN_NS "urn:formc:plan:1"

static fc_refusal refusal_of(fc_package_verdict v)
{
    static const fc_refusal of[] = {
        [FC_PACKAGE_OPENS] = FC_READS,      [FC_PACKAGE_BROKEN] = FC_BROKEN,
        [FC_PACKAGE_LARGE] = FC_TOO_LARGE,  [FC_PACKAGE_NAMES] = FC_BAD_NAMES,
        [FC_PACKAGE_ENCRYPTED] = FC_LOCKED, [FC_PACKAGE_ABSENT] = FC_BROKEN};
    return of[v];
}

static fc_refusal refusal_of_walk(fc_walk_verdict v)
{
    return v == FC_WALKED ? FC_READS : v == FC_WALK_REFUSED ? FC_DOCTYPE : FC_BROKEN;
}

static void no_end(void *data)
{
    (void)data;
}

static void no_text(void *data, const char *p, size_t n)
{
    (void)data, (void)p, (void)n;
}

static bool contains(fc_str s, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(s.p + i, what, n) == 0)
            return true;
    return false;
}

/* ---- content types and relationships ------------------------------------------------- */

typedef struct types {
    unsigned about;
    bool word; /* there is a main part of a word processor */
} types;

static void on_type(void *data, const char *local, const char *uri, const fc_walk_attrs *attrs)
{
    types *t = data;
    fc_str type = fc_walk_attr(attrs, "ContentType");
    (void)local, (void)uri;
    if (contains(type, "macroEnabled") || contains(type, "vbaProject") ||
        contains(type, "activeX"))
        t->about |= FC_FILE_MACROS;
    if (fc_str_ends(type, ".template.main+xml") ||
        contains(type, "macroEnabledTemplate.main+xml"))
        t->about |= FC_FILE_TEMPLATE;
    if (contains(type, "oleObject"))
        t->about |= FC_FILE_EMBEDDED;
    if (contains(type, "word") && fc_str_ends(type, "main+xml"))
        t->word = true;
}

typedef struct rels {
    unsigned about;
    char main[FC_PACKAGE_NAME_MAX + 1];
} rels;

static void on_rel(void *data, const char *local, const char *uri, const fc_walk_attrs *attrs)
{
    rels *r = data;
    fc_str type = fc_walk_attr(attrs, "Type"), target = fc_walk_attr(attrs, "Target");
    (void)local, (void)uri;
    if (fc_str_eq_z(fc_walk_attr(attrs, "TargetMode"), "External") &&
        !fc_str_ends(type, "/hyperlink"))
        r->about |= FC_FILE_REMOTE;
    if (fc_str_ends(type, "/oleObject") || fc_str_ends(type, "/package") ||
        fc_str_ends(type, "/aFChunk") || fc_str_ends(type, "/subDocument"))
        r->about |= FC_FILE_EMBEDDED;
    if (fc_str_ends(type, "/vbaProject") || fc_str_ends(type, "/control"))
        r->about |= FC_FILE_MACROS;
    if (fc_str_ends(type, "/officeDocument") && target.n < sizeof r->main) {
        if (fc_str_starts(target, "/"))
            target = fc_str_slice(target, 1, target.n);
        memcpy(r->main, target.p ? target.p : "", target.n);
        r->main[target.n] = '\0';
    }
}

static fc_refusal walk_part(fc_arena *a, fc_package *p, fc_str name, const fc_walk *walk,
                            void *data)
{
    fc_str bytes;
    fc_package_verdict v = fc_package_read(p, name, &bytes);
    return v == FC_PACKAGE_OPENS ? refusal_of_walk(fc_xml_walk(a, bytes, walk, data))
                                 : refusal_of(v);
}

static fc_refusal look_at_relationships(fc_arena *a, fc_package *p, rels *r)
{
    static const fc_walk walk = {on_rel, no_end, no_text};
    for (size_t i = 0; i < fc_package_count(p); i++) {
        fc_str name = fc_package_name(p, i);
        rels of_part = {0};
        if (!fc_str_ends(name, ".rels"))
            continue;
        fc_refusal why = walk_part(a, p, name, &walk, &of_part);
        if (why != FC_READS)
            return why;
        r->about |= of_part.about;
        if (fc_str_eq_z(name, "_rels/.rels"))
            memcpy(r->main, of_part.main, sizeof r->main);
    }
    return FC_READS;
}

/* ---- what it says of itself ---------------------------------------------------------- */

#define SAID_MAX 200 /* bytes of an id, version or digest; longer ones are none of ours */

typedef enum { SAYS_FORM, SAYS_VERSION, SAYS_DIGEST, SAYS_PLAN, SAYS_COUNT } says;

typedef struct said {
    char of[SAYS_COUNT][SAID_MAX + 1];
} said;

static void say(said *s, says what, fc_str value)
{
    if (value.n > SAID_MAX || s->of[what][0])
        return;
    memcpy(s->of[what], value.p ? value.p : "", value.n);
    s->of[what][value.n] = '\0';
}

typedef struct props {
    said said;
    int now; /* which property we are in, or -1 */
    char value[SAID_MAX + 1];
    size_t n;
} props;

static void on_property(void *data, const char *local, const char *uri,
                        const fc_walk_attrs *attrs)
{
    static const char *const names[SAYS_COUNT] = {"FormId", "FormVersion", "FormDigest",
                                                  "FormInstance"};
    props *p = data;
    (void)uri;
    if (strcmp(local, "property") != 0)
        return;
    p->now = -1;
    p->n = 0;
    for (int i = 0; i < SAYS_COUNT; i++)
        if (fc_str_eq_z(fc_walk_attr(attrs, "name"), names[i]))
            p->now = i;
}

static void on_property_text(void *data, const char *text, size_t n)
{
    props *p = data;
    if (p->now < 0 || p->n + n > SAID_MAX)
        return;
    memcpy(p->value + p->n, text, n);
    p->n += n;
}

static void on_property_end(void *data)
{
    props *p = data;
    if (p->now >= 0 && p->n)
        say(&p->said, (says)p->now, (fc_str){p->value, p->n});
    p->now = -1;
}

/* Takes what one part says; what two parts say differently is told. A plan may have been made
 * with an earlier draft of the form than the document. */
static void take_said(fc_arena *a, const said *s, bool is_plan, fc_returned *out)
{
    fc_str *const into[SAYS_COUNT] = {&out->form, &out->version, &out->digest, &out->plan};
    bool first = !out->form.n;
    for (int i = 0; i < SAYS_COUNT; i++) {
        fc_str value = fc_str_of(s->of[i]);
        bool differs = i == SAYS_PLAN ? !first : value.n && into[i]->n;
        if (differs && !fc_str_eq(value, *into[i]) && !(is_plan && i == SAYS_DIGEST))
            out->about |= FC_FILE_TWO_PLANS;
        if (value.n && !into[i]->n)
            *into[i] = fc_str_copy(a, value);
    }
}

/* Properties that are damaged or gone say nothing; what was built to hurt is refused. */
static fc_refusal look_at_properties(fc_arena *a, fc_package *p, fc_returned *out)
{
    static const fc_walk walk = {on_property, on_property_end, on_property_text};
    props found = {.now = -1};
    fc_refusal why = walk_part(a, p, FC_S("docProps/custom.xml"), &walk, &found);
    if (why == FC_READS)
        take_said(a, &found.said, false, out);
    return why == FC_BROKEN ? FC_READS : why;
}

/* Which program saved it (22.2.2.1, Application). */
typedef struct program {
    bool now, libreoffice;
} program;

static void on_program(void *data, const char *local, const char *uri,
                       const fc_walk_attrs *attrs)
{
    program *p = data;
    (void)uri, (void)attrs;
    p->now = strcmp(local, "Application") == 0;
}

static void on_program_text(void *data, const char *text, size_t n)
{
    program *p = data;
    if (p->now && contains((fc_str){text, n}, "LibreOffice"))
        p->libreoffice = true;
}

static void on_program_end(void *data)
{
    program *p = data;
    p->now = false;
}

static fc_refusal look_at_program(fc_arena *a, fc_package *p, fc_returned *out)
{
    static const fc_walk walk = {on_program, on_program_end, on_program_text};
    program found = {0};
    fc_refusal why = walk_part(a, p, FC_S("docProps/app.xml"), &walk, &found);
    if (found.libreoffice)
        out->about |= FC_FILE_LIBREOFFICE;
    return why == FC_BROKEN ? FC_READS : why;
}

/* ---- the data parts: the store, and the plan it was issued with ----------------------- */

typedef enum data_kind { DATA_OTHER, DATA_STORE, DATA_ISSUED } data_kind;

typedef struct leaf {
    size_t key, key_n, text, text_n;
} leaf;

typedef struct data_part {
    data_kind kind;
    unsigned depth;
    said said;
    fc_buf words, leaves;
    leaf now;
} data_part;

static void on_data_start(void *data, const char *local, const char *uri,
                          const fc_walk_attrs *attrs)
{
    data_part *d = data;
    if (d->depth++ == 0) {
        bool store = strcmp(uri, STORE_NS) == 0 && strcmp(local, "answers") == 0;
        fc_str form = fc_walk_attr(attrs, "form");
        if (store)
            d->kind = DATA_STORE;
        for (size_t i = 0; !store && i < attrs->n; i++) {
            const char *ns = (const char *)attrs->at[5 * i + 2];
            if (ns && strcmp(ns, PLAN_NS) == 0)
                d->kind = DATA_ISSUED;
        }
        if (d->kind == DATA_OTHER)
            return;
        say(&d->said, SAYS_FORM, form);
        say(&d->said, SAYS_VERSION, fc_walk_attr(attrs, "version"));
        say(&d->said, SAYS_DIGEST, fc_walk_attr(attrs, store ? "digest" : "definition"));
        say(&d->said, SAYS_PLAN, fc_walk_attr(attrs, store ? "plan" : "id"));
    } else if (d->depth == 2 && d->kind == DATA_STORE) {
        d->now = (leaf){.key = d->words.n, .key_n = strlen(local)};
        fc_buf_z(&d->words, strcmp(uri, STORE_NS) == 0 ? local : "");
        d->now.key_n = d->words.n - d->now.key;
        d->now.text = d->words.n;
    }
}

static void on_data_text(void *data, const char *p, size_t n)
{
    data_part *d = data;
    if (d->kind == DATA_STORE && d->depth >= 2)
        fc_buf_add(&d->words, p, n);
}

static void on_data_end(void *data)
{
    data_part *d = data;
    if (d->depth-- == 2 && d->kind == DATA_STORE) {
        d->now.text_n = d->words.n - d->now.text;
        fc_buf_add(&d->leaves, &d->now, sizeof d->now);
    }
}

static void take_store(fc_arena *a, const data_part *d, fc_returned *out)
{
    const leaf *l = (const leaf *)(const void *)d->leaves.p;
    for (size_t i = 0; i < d->leaves.n / sizeof *l; i++, l++) {
        fc_seen s = {.channel = FC_STORED,
                     .key = fc_str_copy(a, (fc_str){d->words.p + l->key, l->key_n}),
                     .text = fc_str_copy(a, (fc_str){d->words.p + l->text, l->text_n})};
        fc_str t = fc_str_trim(s.text);
        if (fc_str_eq_z(t, "true") || fc_str_eq_z(t, "1"))
            s.tick = FC_TICKED;
        else if (fc_str_eq_z(t, "false") || fc_str_eq_z(t, "0"))
            s.tick = FC_UNTICKED;
        FC_PUSH(a, &out->seen, s);
    }
}

/* Editors rename these parts and forget their ids: what a part is, its root says. A damaged one
 * is a lost one. */
static fc_refusal look_at_data(fc_arena *a, fc_package *p, fc_returned *out)
{
    static const fc_walk walk = {on_data_start, on_data_end, on_data_text};
    unsigned found[3] = {0};
    for (size_t i = 0; i < fc_package_count(p); i++) {
        fc_str name = fc_package_name(p, i), bytes;
        data_part d = {0};
        if (!fc_str_starts(name, "customXml/") || !fc_str_ends(name, ".xml"))
            continue;
        fc_package_verdict v = fc_package_read(p, name, &bytes);
        if (v != FC_PACKAGE_OPENS)
            return refusal_of(v);
        fc_buf_init_in(&d.words, a, FC_BUF_MAX);
        fc_buf_init_in(&d.leaves, a, FC_BUF_MAX);
        fc_walk_verdict w = fc_xml_walk(a, bytes, &walk, &d);
        if (d.words.failed || d.leaves.failed)
            fc_arena_give_up(a);
        if (w == FC_WALK_REFUSED)
            return FC_DOCTYPE;
        if (d.words.n > FC_RETURNED_TEXT_MAX)
            return FC_TOO_LARGE;
        if (w == FC_WALKED && d.kind != DATA_OTHER && found[d.kind]++) {
            out->about |= FC_FILE_TWO_PLANS; /* which one is ours? */
        } else if (w == FC_WALKED && d.kind != DATA_OTHER) {
            take_said(a, &d.said, d.kind == DATA_ISSUED, out);
            if (d.kind == DATA_STORE)
                take_store(a, &d, out);
            else
                out->issued = bytes;
        }
        fc_buf_release(&d.words);
        fc_buf_release(&d.leaves);
    }
    out->about |= found[DATA_STORE] ? 0u : (unsigned)FC_FILE_NO_STORE;
    out->about |= found[DATA_ISSUED] ? 0u : (unsigned)FC_FILE_NO_BASE;
    return FC_READS;
}

/* ---- all of it ----------------------------------------------------------------------- */

/* A package that is none of Word's: which one is it? */
static fc_refusal which_other(fc_arena *a, fc_package *p)
{
    fc_str bytes;
    (void)a;
    if (fc_package_read(p, FC_S("mimetype"), &bytes) == FC_PACKAGE_OPENS)
        return fc_str_starts(bytes, "application/vnd.oasis.opendocument.text")
                   ? FC_OPEN_TEXT
                   : FC_OTHER_OFFICE;
    return fc_package_read(p, FC_S("[Content_Types].xml"), &bytes) == FC_PACKAGE_OPENS
               ? FC_OTHER_OFFICE
               : FC_NO_FORMAT;
}

fc_refusal fc_docx_look(fc_arena *a, fc_str bytes, fc_returned *out)
{
    static const fc_walk type_walk = {on_type, no_end, no_text};
    fc_package *p = NULL;
    types t = {0};
    rels r = {0};
    fc_str body;
    fc_refusal why = refusal_of(fc_package_open(a, bytes, &p));
    if (why != FC_READS)
        return why;
    out->via = FC_S("docx");
    why = walk_part(a, p, FC_S("[Content_Types].xml"), &type_walk, &t);
    if (why != FC_READS || !t.word)
        return why == FC_READS || why == FC_BROKEN ? which_other(a, p) : why;
    if ((why = look_at_relationships(a, p, &r)) != FC_READS)
        return why;
    if ((why = look_at_properties(a, p, out)) != FC_READS)
        return why;
    if ((why = look_at_program(a, p, out)) != FC_READS)
        return why;
    if ((why = look_at_data(a, p, out)) != FC_READS)
        return why;
    fc_str main = r.main[0] ? fc_str_of(r.main) : FC_S("word/document.xml");
    if ((why = refusal_of(fc_package_read(p, main, &body))) != FC_READS)
        return why;
    out->about |= t.about | r.about;
    return fc_docx_body(a, body, out);
}
