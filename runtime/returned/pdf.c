/* A PDF as a file: whether it opens, what it was issued with, what it says of itself, and what
 * it is when there are no fields in it. Nothing in it is run, fetched or drawn. */
#include "runtime/returned/pdf.h"
#include "runtime/base/memory.h"
#include "runtime/returned/xml.h"

#include <string.h>

#define PLAN_NS "urn:formc:plan:1"
#define FILES_MAX 100                 /* that are attached */
#define ISSUED_MAX ((size_t)32 << 20) /* bytes of a plan */
#define TREE_DEPTH_MAX 8              /* of the names of attached files */
#define TREE_NODES_MAX 1000           /* in which they are */
#define PAGES_LOOKED_AT 5             /* for what a file without fields is */

typedef struct looker {
    fc_arena *a;
    fc_pdf_file *f;
    fc_returned *out;
    FC_ARRAY(long) files; /* objects of attached files that have been looked at */
    size_t nodes;         /* of the tree of their names */
    bool record;          /* the plan in it is that of a record */
} looker;

/* ---- what it was issued with ----------------------------------------------------------- */

#define SAID_MAX 200 /* bytes of an id, version or digest; longer ones are none of ours */

typedef enum { SAYS_FORM, SAYS_VERSION, SAYS_DIGEST, SAYS_PLAN, SAYS_COUNT } says;

typedef struct root {
    unsigned depth;
    bool plan;
    char of[SAYS_COUNT][SAID_MAX + 1];
} root;

static void on_start(void *data, const char *local, const char *uri, const fc_walk_attrs *attrs)
{
    static const char *const names[SAYS_COUNT] = {"form", "version", "definition", "id"};
    root *r = data;
    (void)local, (void)uri;
    if (r->depth++)
        return;
    for (size_t i = 0; i < attrs->n; i++) {
        const char *ns = (const char *)attrs->at[5 * i + 2];
        r->plan |= ns && strcmp(ns, PLAN_NS) == 0;
    }
    for (int i = 0; i < SAYS_COUNT; i++) {
        fc_str value = fc_walk_attr(attrs, names[i]);
        if (value.n > SAID_MAX)
            continue;
        memcpy(r->of[i], value.p ? value.p : "", value.n);
        r->of[i][value.n] = '\0';
    }
}

static void on_end(void *data)
{
    root *r = data;
    r->depth--;
}

static void on_text(void *data, const char *p, size_t n)
{
    (void)data, (void)p, (void)n;
}

/* Takes an attached file when it is a plan. A second plan that says something else is told. */
static fc_refusal take_plan(looker *l, fc_str bytes, bool *is_plan)
{
    static const fc_walk walk = {on_start, on_end, on_text};
    fc_str *const into[SAYS_COUNT] = {&l->out->form, &l->out->version, &l->out->digest,
                                      &l->out->plan};
    root r = {0};
    if (bytes.n > ISSUED_MAX)
        return FC_TOO_LARGE;
    fc_walk_verdict v = fc_xml_walk(l->a, bytes, &walk, &r);
    *is_plan = r.plan;
    if (v == FC_WALK_REFUSED)
        return FC_DOCTYPE;
    if (!r.plan)
        return FC_READS;
    if (l->out->issued.n) {
        if (!fc_str_eq(l->out->issued, bytes))
            l->out->about |= FC_FILE_TWO_PLANS;
        return FC_READS;
    }
    l->out->issued = bytes;
    for (int i = 0; i < SAYS_COUNT; i++)
        *into[i] = fc_str_copy_z(l->a, r.of[i]);
    return FC_READS;
}

static fc_str text_of_key(looker *l, fc_pdf_at at, const char *key)
{
    fc_str text;
    fc_pdf_at value = fc_pdf_key(l->f, at, key);
    bool fine = fc_pdf_text(l->f, value, &text);
    fc_pdf_drop(l->f, value);
    return fine ? text : (fc_str){0};
}

/* A file specification (7.11.3). Only what is called XML is unpacked. */
static fc_refusal look_at_file(looker *l, fc_pdf_at spec)
{
    fc_pdf_at files = fc_pdf_key(l->f, spec, "/EF"), file = fc_pdf_key(l->f, files, "/F");
    fc_str name = text_of_key(l, spec, "/UF"), bytes;
    fc_refusal why = FC_READS;
    bool plan = false, seen = false;
    long number = fc_pdf_number_of(l->f, file);
    if (!name.n)
        name = text_of_key(l, spec, "/F");
    for (size_t i = 0; i < l->files.n; i++)
        seen |= l->files.at[i] == number;
    if (file && !seen && l->files.n < FILES_MAX) {
        FC_PUSH(l->a, &l->files, number);
        if (fc_str_ends(name, ".xml") && fc_pdf_bytes(l->f, file, &bytes))
            why = take_plan(l, bytes, &plan);
        if (plan && fc_str_eq_z(text_of_key(l, spec, "/Desc"), FC_PDF_RECORD_DATA))
            l->record = true;
        if (!plan)
            l->out->about |= FC_FILE_EMBEDDED;
    }
    fc_pdf_drop(l->f, file);
    fc_pdf_drop(l->f, files);
    return why;
}

/* A tree of names (7.9.6), or an array of specifications when step is 1. */
static fc_refusal look_at_files(looker *l, fc_pdf_at array, size_t step)
{
    fc_refusal why = FC_READS;
    size_t n = fc_pdf_count(l->f, array);
    for (size_t i = step - 1; i < n && i < FILES_MAX * step && why == FC_READS; i += step) {
        fc_pdf_at spec = fc_pdf_item(l->f, array, i);
        why = look_at_file(l, spec);
        fc_pdf_drop(l->f, spec);
    }
    return why;
}

static fc_refusal look_at_tree(looker *l, fc_pdf_at tree, unsigned depth)
{
    if (++l->nodes > TREE_NODES_MAX)
        return FC_TOO_LARGE;
    fc_pdf_at names = fc_pdf_key(l->f, tree, "/Names"), kids = fc_pdf_key(l->f, tree, "/Kids");
    fc_refusal why = look_at_files(l, names, 2);
    size_t n = fc_pdf_count(l->f, kids);
    for (size_t i = 0; i < n && i < FILES_MAX && depth < TREE_DEPTH_MAX && why == FC_READS;
         i++) {
        fc_pdf_at kid = fc_pdf_item(l->f, kids, i);
        if (l->files.n < FILES_MAX)
            why = look_at_tree(l, kid, depth + 1);
        fc_pdf_drop(l->f, kid);
    }
    fc_pdf_drop(l->f, kids);
    fc_pdf_drop(l->f, names);
    return why;
}

static fc_refusal look_at_attached(looker *l)
{
    fc_pdf_at catalog = fc_pdf_root(l->f), names = fc_pdf_key(l->f, catalog, "/Names");
    fc_pdf_at tree = fc_pdf_key(l->f, names, "/EmbeddedFiles");
    fc_pdf_at associated = fc_pdf_key(l->f, catalog, "/AF");
    fc_refusal why = look_at_tree(l, tree, 0);
    if (why == FC_READS)
        why = look_at_files(l, associated, 1);
    if (!l->out->issued.n)
        l->out->about |= FC_FILE_NO_BASE;
    return why;
}

/* ---- what it says of itself ------------------------------------------------------------- */

static bool is_ours(looker *l, fc_str *subject)
{
    fc_pdf_at trailer = fc_pdf_trailer(l->f), info = fc_pdf_key(l->f, trailer, "/Info");
    bool ours = fc_str_eq_z(text_of_key(l, info, "/Producer"), "formc");
    *subject = text_of_key(l, info, "/Subject");
    fc_pdf_drop(l->f, info);
    fc_pdf_drop(l->f, trailer);
    return ours;
}

/* Where the plan is gone, the document's subject still says "form version". */
static void take_subject(looker *l, fc_str subject)
{
    size_t space = subject.n;
    while (space > 0 && subject.p[space - 1] != ' ')
        space--;
    if (l->out->form.n || space < 2 || subject.n > SAID_MAX)
        return;
    l->out->form = fc_str_slice(subject, 0, space - 1);
    l->out->version = fc_str_slice(subject, space, subject.n);
}

/* ---- a file without fields --------------------------------------------------------------- */

/* Of the resources of a page, or of those above it (7.7.3.4). */
static fc_pdf_at resources_of(looker *l, fc_pdf_at page)
{
    fc_pdf_at up, found = fc_pdf_key(l->f, page, "/Resources");
    for (unsigned i = 0; !found && i < 16; i++) {
        up = fc_pdf_key(l->f, page, "/Parent");
        found = fc_pdf_key(l->f, up, "/Resources");
        page = up;
    }
    return found;
}

/* Pages that have a picture and nothing to write with. */
static bool is_pictures(looker *l)
{
    bool pictures = false;
    fc_pdf_at page;
    for (size_t i = 0; i < PAGES_LOOKED_AT && (page = fc_pdf_nth_page(l->f, i)) != 0; i++) {
        fc_pdf_at resources = resources_of(l, page);
        fc_pdf_at fonts = fc_pdf_key(l->f, resources, "/Font");
        fc_pdf_at objects = fc_pdf_key(l->f, resources, "/XObject");
        fc_pdf_keys names;
        fc_pdf_keys_of(l->f, fonts, &names);
        if (names.n)
            return false;
        fc_pdf_keys_of(l->f, objects, &names);
        for (size_t k = 0; k < names.n; k++) {
            fc_pdf_at object =
                fc_pdf_key(l->f, objects, fc_str_fmt(l->a, "/%.*s", FC_ARG(names.at[k])).p);
            fc_pdf_at kind = fc_pdf_key(l->f, object, "/Subtype");
            if (!fc_str_eq_z(fc_pdf_name(l->f, kind), "Image"))
                return false;
            pictures = true;
        }
    }
    return pictures;
}

/* Without one nothing can be said about what the file has or has not (7.7.2). */
static bool has_catalog(looker *l)
{
    fc_pdf_at catalog = fc_pdf_root(l->f), pages = fc_pdf_key(l->f, catalog, "/Pages");
    bool has = fc_pdf_kind_of(l->f, pages) == FC_PDF_DICT;
    fc_pdf_drop(l->f, pages);
    fc_pdf_drop(l->f, catalog);
    return has;
}

/* Flattened: the plan is still attached, so it is known whose answers are gone. */
static fc_refusal without_fields(looker *l, bool ours)
{
    if (l->record || (ours && !l->out->issued.n))
        return FC_PDF_RECORD;
    if (l->out->about & FC_FILE_XFA)
        return FC_PDF_XFA;
    if (l->out->issued.n) {
        l->out->about |= FC_FILE_FLATTENED;
        return FC_READS;
    }
    return is_pictures(l) ? FC_PDF_SCANNED : FC_PDF_PRINTED;
}

/* ---- all of it --------------------------------------------------------------------------- */

fc_refusal fc_pdf_look(fc_arena *a, fc_str bytes, fc_returned *out)
{
    looker l = {.a = a, .out = out};
    unsigned long short_before = fc_memory_shortages();
    out->via = FC_S("pdf");
    out->about = FC_FILE_FIELDS;
    switch (fc_pdf_open(a, bytes, &l.f)) {
    case FC_PDF_LOCKED:
        return FC_LOCKED;
    case FC_PDF_BROKEN:
        return FC_BROKEN;
    case FC_PDF_OPENS:
        break;
    }
    size_t fields = 0;
    fc_str subject;
    bool ours = is_ours(&l, &subject);
    fc_refusal why = look_at_attached(&l);
    if (why == FC_READS)
        why = fc_pdf_fields(a, l.f, bytes.n, out, &fields);
    if (why == FC_READS && !fields)
        why = has_catalog(&l) ? without_fields(&l, ours) : FC_BROKEN;
    if (fc_pdf_has_earlier(l.f))
        out->about |= FC_FILE_EARLIER;
    if (fc_pdf_was_damaged(l.f))
        out->about |= FC_FILE_REPAIRED;
    take_subject(&l, subject);
    return fc_memory_shortages() != short_before ? FC_TOO_LARGE : why;
}
