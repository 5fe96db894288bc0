/* The Word document: which parts it has, what each is made from and how they hang together.
 *
 * One table says it all. The content types and every relationship are derived from it, so they
 * cannot disagree with the parts (ECMA-376 part 2, clauses 9.3 and 10.1.2). What does not
 * depend on a plan is made and compressed once; per plan there are the document, the footers,
 * the properties and the two data parts:
 *
 *   customXml/item1.xml   the store: one leaf element for each field and row, bound to the
 *                         controls. Editors rewrite it; attributes and children would be lost.
 *   customXml/item2.xml   what the file was issued with: the canonical plan, bound to nothing.
 *
 * A record has no controls, so it has neither the store nor the texts of empty controls, and
 * the plan only when that is asked for: records travel further than plans. */
#include "runtime/base/package.h"
#include "output/target.h"
#include "runtime/base/digest.h"
#include "runtime/base/xmlwrite.h"
#include "runtime/plan/answer.h"
#include "runtime/plan/eval.h"

#include <string.h>

#define STORE_NS "urn:formc:store:1"

#define OFFICE "application/vnd.openxmlformats-officedocument."
#define WORD OFFICE "wordprocessingml."
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE_REL "http://schemas.openxmlformats.org/package/2006/relationships/"

typedef enum part_kind {
    PART_SHEET,   /* by the stylesheet `source`, the same for every plan */
    PART_PLACES,  /* by the stylesheet `source`, run for each plan */
    PART_ANSWERS, /* the same, and every field must have a place in it */
    PART_ASSET,   /* the bytes of styles/<source> */
    PART_LOGO,    /* the theme's */
    PART_STORE,   /* the answers as leaf elements */
    PART_BASE,    /* the plan that the file is issued with */
    PART_PROPS    /* the id and the namespace of the data part that `from` names */
} part_kind;

/* Which documents a part is in. */
enum {
    A_FORM = 1 << FC_TO_FILL_IN,
    A_RECORD = 1 << FC_TO_KEEP,
    MISSING = 1 << FC_TO_COMPLETE,
    DATA = 8,  /* a record with data */
    HEAD = 16, /* only where the theme has words for the top of each page */
    LOGO = 32, /* only where the theme has one */
    ANY = A_FORM | A_RECORD | MISSING
};

typedef struct part {
    const char *name;
    const char *type; /* content type; NULL: the default of .xml or .png */
    const char *from; /* the part that points to this one; "" is the package */
    const char *rel;  /* type of that relationship */
    const char *id; /* its id; styles/base/docx-document.xsl uses those of header and footers */
    part_kind kind;
    const char *source;
    unsigned in;
} part;

#define DOCUMENT "word/document.xml"
#define GLOSSARY "word/glossary/document.xml"

static const part parts[] = {
    {DOCUMENT, WORD "document.main+xml", "", REL "officeDocument", "rIdDocument", PART_ANSWERS,
     "docx-document.xsl", A_FORM},
    {DOCUMENT, WORD "document.main+xml", "", REL "officeDocument", "rIdDocument", PART_ANSWERS,
     "docx-record.xsl", A_RECORD},
    {DOCUMENT, WORD "document.main+xml", "", REL "officeDocument", "rIdDocument", PART_PLACES,
     "docx-missing.xsl", MISSING},
    {"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", "",
     PACKAGE_REL "metadata/core-properties", "rIdCore", PART_SHEET, "docx-core.xsl", ANY},
    {"docProps/custom.xml", OFFICE "custom-properties+xml", "", REL "custom-properties",
     "rIdCustom", PART_PLACES, "docx-custom.xsl", ANY},
    {"word/styles.xml", WORD "styles+xml", DOCUMENT, REL "styles", "rIdStyles", PART_SHEET,
     "docx-styles.xsl", ANY},
    {"word/numbering.xml", WORD "numbering+xml", DOCUMENT, REL "numbering", "rIdNumbering",
     PART_ASSET, "base/docx/numbering.xml", ANY},
    {"word/settings.xml", WORD "settings+xml", DOCUMENT, REL "settings", "rIdSettings",
     PART_ASSET, "base/docx/settings.xml", ANY},
    {"word/fontTable.xml", WORD "fontTable+xml", DOCUMENT, REL "fontTable", "rIdFonts",
     PART_SHEET, "docx-fonts.xsl", ANY},
    {"word/header1.xml", WORD "header+xml", DOCUMENT, REL "header", "rIdHeader", PART_SHEET,
     "docx-header.xsl", ANY},
    {"word/header2.xml", WORD "header+xml", DOCUMENT, REL "header", "rIdHeaderFirst",
     PART_SHEET, "docx-header-first.xsl", ANY | HEAD},
    {"word/media/logo.png", NULL, DOCUMENT, REL "image", "rIdLogo", PART_LOGO, NULL,
     ANY | LOGO},
    {"word/footer1.xml", WORD "footer+xml", DOCUMENT, REL "footer", "rIdFooter", PART_PLACES,
     "docx-footer.xsl", ANY},
    {"word/footer2.xml", WORD "footer+xml", DOCUMENT, REL "footer", "rIdFooterFirst",
     PART_PLACES, "docx-footer.xsl", ANY},
    {GLOSSARY, WORD "document.glossary+xml", DOCUMENT, REL "glossaryDocument", "rIdGlossary",
     PART_SHEET, "docx-glossary.xsl", A_FORM},
    {"word/glossary/styles.xml", WORD "styles+xml", GLOSSARY, REL "styles", "rIdStyles",
     PART_SHEET, "docx-styles.xsl", A_FORM},
    {"word/glossary/settings.xml", WORD "settings+xml", GLOSSARY, REL "settings", "rIdSettings",
     PART_ASSET, "base/docx/settings.xml", A_FORM},
    {"word/glossary/fontTable.xml", WORD "fontTable+xml", GLOSSARY, REL "fontTable", "rIdFonts",
     PART_SHEET, "docx-fonts.xsl", A_FORM},
    {"customXml/item1.xml", NULL, DOCUMENT, REL "customXml", "rIdStore", PART_STORE, NULL,
     A_FORM},
    {"customXml/itemProps1.xml", OFFICE "customXmlProperties+xml", "customXml/item1.xml",
     REL "customXmlProps", "rIdProps", PART_PROPS, "store", A_FORM},
    {"customXml/item2.xml", NULL, DOCUMENT, REL "customXml", "rIdIssued", PART_BASE, NULL,
     A_FORM | DATA},
    {"customXml/itemProps2.xml", OFFICE "customXmlProperties+xml", "customXml/item2.xml",
     REL "customXmlProps", "rIdProps", PART_PROPS, "issued", A_FORM | DATA},
};
#define PARTS (sizeof parts / sizeof *parts)

static bool is_in(const fc_build *b, const part *t)
{
    const fc_options *o = &b->options;
    unsigned what = 1u << o->purpose | (o->with_data ? DATA : 0);
    return (t->in & what) && (!(t->in & HEAD) || b->theme.header) &&
           (!(t->in & LOGO) || b->theme.logo);
}

/* The parts, as many relationship parts at most, and [Content_Types].xml; the pictures of the
 * form follow. */
#define ENTRIES_MAX (2 * PARTS + 2)

typedef struct prepared_docx {
    const fc_program *programs[PARTS]; /* of the parts that are run for each plan */
    fc_entry *entries;
    size_t n;
    size_t of_part[PARTS]; /* where each part stands in entries */
    fc_str base;           /* the archive with everything that is the same for every plan */
} prepared_docx;

/* "{...}" in upper case, as ST_Guid wants (ECMA-376 part 1, 22.9.2.4); the same for a form's
 * version for ever. */
static const char *guid(const fc_build *b, const char *what)
{
    fc_str name = fc_str_fmt(b->arena, "formc %.*s %.*s %s", FC_ARG(b->form->id),
                             FC_ARG(b->form->version), what);
    fc_str id = fc_uuid_from(b->arena, name);
    char *p = FC_NEW_N(b->arena, char, id.n + 3);
    p[0] = '{';
    for (size_t i = 0; i < id.n; i++)
        p[i + 1] = id.p[i] >= 'a' && id.p[i] <= 'f' ? (char)(id.p[i] - 'a' + 'A') : id.p[i];
    p[id.n + 1] = '}';
    return p;
}

/* ---- what is derived from the table ---- */

static fc_str content_types(const fc_build *b)
{
    fc_arena *a = b->arena;
    fc_buf out;
    fc_xml_writer w;
    fc_buf_init_in(&out, a, FC_BUF_MAX);
    fc_xml_begin(&w, &out);
    fc_xml_open(&w, "Types");
    fc_xml_attr_z(&w, "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
    static const char *const defaults[][2] = {
        {"rels", "application/vnd.openxmlformats-package.relationships+xml"},
        {"xml", "application/xml"},
        {"png", "image/png"}};
    bool png = b->theme.logo || (b->form->pictures.n && b->options.purpose != FC_TO_COMPLETE);
    size_t n = sizeof defaults / sizeof *defaults - !png;
    for (size_t i = 0; i < n; i++) {
        fc_xml_open(&w, "Default");
        fc_xml_attr_z(&w, "Extension", defaults[i][0]);
        fc_xml_attr_z(&w, "ContentType", defaults[i][1]);
        fc_xml_close(&w);
    }
    for (size_t i = 0; i < PARTS; i++) {
        if (!parts[i].type || !is_in(b, &parts[i]))
            continue;
        fc_xml_open(&w, "Override");
        fc_xml_attr(&w, "PartName", fc_str_fmt(a, "/%s", parts[i].name));
        fc_xml_attr_z(&w, "ContentType", parts[i].type);
        fc_xml_close(&w);
    }
    fc_xml_close(&w);
    fc_str s = fc_buf_keep(&out, a);
    fc_buf_release(&out);
    return s;
}

/* Length of the folder of a part's name, with its slash. */
static size_t folder(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? (size_t)(slash + 1 - name) : 0;
}

/* The name `to` as seen from the folder of `from`: "../customXml/item1.xml". */
static fc_str relative(fc_arena *a, const char *from, const char *to)
{
    size_t same = 0; /* both begin with these folders */
    for (size_t i = 0; i < folder(from) && from[i] == to[i]; i++)
        if (from[i] == '/')
            same = i + 1;
    fc_str up = {0};
    for (const char *p = from + same; (p = strchr(p, '/')) != NULL; p++)
        up = fc_str_fmt(a, "%.*s../", FC_ARG(up));
    return fc_str_fmt(a, "%.*s%s", FC_ARG(up), to + same);
}

static bool points_to(const fc_build *b, const char *from, const part *t)
{
    return is_in(b, t) && strcmp(t->from, from) == 0;
}

/* Pictures beside questions stand in the document. */
static bool shows_pictures(const fc_build *b, const char *from)
{
    return strcmp(from, DOCUMENT) == 0 && b->options.purpose != FC_TO_COMPLETE;
}

static const char *picture_name(fc_arena *a, size_t number)
{
    return fc_str_fmt(a, "word/media/picture%zu.png", number).p;
}

static void put_relationship(fc_xml_writer *w, fc_arena *a, const char *id, const char *type,
                             const char *from, const char *to)
{
    fc_xml_open(w, "Relationship");
    fc_xml_attr_z(w, "Id", id);
    fc_xml_attr_z(w, "Type", type);
    fc_xml_attr(w, "Target", relative(a, from, to));
    fc_xml_close(w);
}

static fc_str relationships(const fc_build *b, const char *from)
{
    fc_arena *a = b->arena;
    fc_buf out;
    fc_xml_writer w;
    fc_buf_init_in(&out, a, FC_BUF_MAX);
    fc_xml_begin(&w, &out);
    fc_xml_open(&w, "Relationships");
    fc_xml_attr_z(&w, "xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
    for (size_t i = 0; i < PARTS; i++)
        if (points_to(b, from, &parts[i]))
            put_relationship(&w, a, parts[i].id, parts[i].rel, from, parts[i].name);
    for (size_t i = 1; shows_pictures(b, from) && i <= b->form->pictures.n; i++)
        put_relationship(&w, a, fc_str_fmt(a, "rIdPicture%zu", i).p, REL "image", from,
                         picture_name(a, i));
    fc_xml_close(&w);
    fc_str s = fc_buf_keep(&out, a);
    fc_buf_release(&out);
    return s;
}

static bool has_relationships(const fc_build *b, const char *from)
{
    for (size_t i = 0; i < PARTS; i++)
        if (points_to(b, from, &parts[i]))
            return true;
    return false;
}

static void add_relationships(prepared_docx *p, const fc_build *b, const char *from)
{
    if (!has_relationships(b, from))
        return;
    size_t n = folder(from);
    fc_str name = fc_str_fmt(b->arena, "%.*s_rels/%s.rels", (int)n, from, from + n);
    p->entries[p->n++] =
        (fc_entry){.name = name.p, .bytes = relationships(b, from), .keep = true};
}

/* ---- the data parts ---- */

static size_t rows_shown(const fc_build *b, const fc_plan *plan, const fc_container *c)
{
    size_t rows = fc_plan_row_count(plan, c);
    size_t least =
        b->options.blank_rows ? b->options.blank_rows[c->index] : c->repeat->blank_rows;
    return rows > least ? rows : least;
}

/* What the store holds of an answer: the stored form, but for types whose control is plain text
 * and shows something else. There it is what people read, which can be read again: Word shows
 * in a control of plain text what its store holds. */
static fc_str to_store(const fc_node *f, fc_str answer, char room[FC_SHOWN_MAX])
{
    return f->type == FC_PART_DATE || f->type == FC_MONEY ? fc_answer_shown(f, answer, room)
                                                          : answer;
}

static void put_store_row(fc_xml_writer *w, fc_arena *a, const fc_plan *plan,
                          const fc_container *c, size_t row)
{
    for (size_t i = 0; i < c->fields.n; i++) {
        const fc_node *f = c->fields.at[i];
        fc_str answer = fc_plan_answer(plan, f, row)->text;
        if (f->type != FC_CHOICES) {
            char room[FC_SHOWN_MAX];
            fc_xml_leaf(w, fc_field_key(a, f, row + 1, -1).p, to_store(f, answer, room));
            continue;
        }
        uint64_t set = fc_answer_set(f, answer);
        for (size_t k = 0; k < f->choices->list.n; k++)
            fc_xml_leaf(w, fc_field_key(a, f, row + 1, (int)k).p,
                        set >> k & 1u ? FC_S("true") : FC_S("false"));
    }
}

static fc_str store(const fc_build *b, const fc_plan *plan, fc_arena *a)
{
    const fc_form *f = b->form;
    fc_buf out;
    fc_xml_writer w;
    fc_buf_init_in(&out, a, FC_BUF_MAX);
    fc_xml_begin(&w, &out);
    fc_xml_open(&w, "answers");
    fc_xml_attr_z(&w, "xmlns", STORE_NS);
    fc_xml_attr(&w, "form", f->id);
    fc_xml_attr(&w, "version", f->version);
    fc_xml_attr(&w, "digest", f->digest);
    fc_xml_attr_opt(&w, "plan", plan->id);
    put_store_row(&w, a, plan, f->containers.at[0], 0);
    for (size_t i = 1; i < f->containers.n; i++) {
        const fc_container *c = f->containers.at[i];
        size_t rows = rows_shown(b, plan, c);
        for (size_t row = 0; row < rows; row++)
            put_store_row(&w, a, plan, c, row);
    }
    fc_xml_close(&w);
    fc_str s = fc_buf_keep(&out, a);
    fc_buf_release(&out);
    return s;
}

static fc_str properties(const fc_build *b, const char *which)
{
    fc_buf out;
    fc_xml_writer w;
    fc_buf_init_in(&out, b->arena, FC_BUF_MAX);
    fc_xml_begin(&w, &out);
    fc_xml_open(&w, "ds:datastoreItem");
    fc_xml_attr_z(&w, "xmlns:ds",
                  "http://schemas.openxmlformats.org/officeDocument/2006/customXml");
    fc_xml_attr_z(&w, "ds:itemID", guid(b, which));
    fc_xml_open(&w, "ds:schemaRefs");
    fc_xml_open(&w, "ds:schemaRef");
    fc_xml_attr(&w, "ds:uri",
                strcmp(which, "store") == 0 ? fc_str_of(STORE_NS) : b->form->data_ns);
    fc_xml_close(&w);
    fc_xml_close(&w);
    fc_xml_close(&w);
    fc_str s = fc_buf_keep(&out, b->arena);
    fc_buf_release(&out);
    return s;
}

/* ---- the target ---- */

static fc_str run(const fc_build *b, const fc_program *g, const fc_plan *plan, fc_arena *a)
{
    fc_buf out;
    fc_buf_init_in(&out, a, FC_BUF_MAX);
    const unsigned *rows = b->options.blank_rows;
    if (b->options.purpose == FC_TO_KEEP) /* the rows that are there */
        rows = FC_NEW_N(a, unsigned, b->form->containers.n);
    fc_program_run(g, plan, rows, &out);
    fc_str s = fc_buf_keep(&out, a);
    fc_buf_release(&out);
    return s;
}

static bool same_for_every_plan(part_kind k)
{
    return k == PART_SHEET || k == PART_ASSET || k == PART_PROPS || k == PART_LOGO;
}

static bool is_styled(part_kind k)
{
    return k == PART_SHEET || k == PART_PLACES || k == PART_ANSWERS;
}

/* The program of part i: that of an earlier part when both come from the same stylesheet. */
static fc_status style_part(fc_build *b, prepared_docx *p, size_t i, const char *const *params)
{
    for (size_t j = 0; j < i; j++) {
        if (p->programs[j] && strcmp(parts[j].source, parts[i].source) == 0) {
            p->programs[i] = p->programs[j];
            return FC_OK;
        }
    }
    return fc_style_program(b, parts[i].source, params, parts[i].kind == PART_ANSWERS,
                            &p->programs[i]);
}

static fc_status prepare(fc_build *b, void **prepared)
{
    prepared_docx *p = FC_NEW(b->arena, prepared_docx);
    const fc_options *o = &b->options;
    bool word_rows = o->word_rows && o->purpose == FC_TO_FILL_IN;
    const char *const params[] = {"record",
                                  o->purpose == FC_TO_KEEP ? "yes" : "no",
                                  "missing",
                                  o->purpose == FC_TO_COMPLETE ? "yes" : "no",
                                  "repeat",
                                  word_rows ? "word" : "fixed",
                                  "binding",
                                  o->binding ? o->binding : "w15",
                                  "store-id",
                                  guid(b, "store"),
                                  "text-id",
                                  guid(b, "text"),
                                  "date-id",
                                  guid(b, "date"),
                                  "choice-id",
                                  guid(b, "choice"),
                                  "mark-id",
                                  guid(b, "mark"),
                                  "part-date-id",
                                  guid(b, "part-date"),
                                  NULL};
    const fc_plan *blank = fc_plan_new(b->arena, b->form);
    const size_t n_pictures = shows_pictures(b, DOCUMENT) ? b->form->pictures.n : 0;
    p->entries = FC_NEW_N(b->arena, fc_entry, ENTRIES_MAX + n_pictures);
    p->entries[p->n++] =
        (fc_entry){.name = "[Content_Types].xml", .bytes = content_types(b), .keep = true};
    add_relationships(p, b, "");
    fc_status status = FC_OK;
    for (size_t i = 0; i < PARTS; i++) {
        const part *t = &parts[i];
        if (!is_in(b, t))
            continue;
        fc_entry e = {.name = t->name, .keep = same_for_every_plan(t->kind)};
        if (is_styled(t->kind)) {
            fc_status s = style_part(b, p, i, params);
            if (s > status)
                status = s;
        }
        if (t->kind == PART_SHEET && p->programs[i])
            e.bytes = run(b, p->programs[i], blank, b->arena);
        else if (t->kind == PART_ASSET)
            e.bytes = fc_asset(t->source);
        else if (t->kind == PART_LOGO)
            e.bytes = b->theme.logo->png;
        else if (t->kind == PART_PROPS)
            e.bytes = properties(b, t->source);
        p->of_part[i] = p->n;
        p->entries[p->n++] = e;
        add_relationships(p, b, t->name);
    }
    if (status != FC_OK)
        return status;
    for (size_t i = 0; i < n_pictures; i++)
        p->entries[p->n++] = (fc_entry){.name = picture_name(b->arena, i + 1),
                                        .bytes = b->form->pictures.at[i].picture.png,
                                        .keep = true};
    fc_buf base;
    fc_buf_init_in(&base, b->arena, FC_BUF_MAX);
    status = fc_package_write((fc_str){0}, p->entries, p->n, &base);
    if (status == FC_OK)
        p->base = fc_buf_keep(&base, b->arena);
    fc_buf_release(&base);
    *prepared = p;
    return status;
}

static fc_status make(fc_build *b, void *prepared, const fc_plan *plan, fc_arena *a,
                      fc_output_files *files)
{
    const prepared_docx *p = prepared;
    const fc_plan *answers = fc_plan_shown(a, plan); /* the store says what is seen */
    fc_entry *entries = FC_NEW_N(a, fc_entry, p->n);
    memcpy(entries, p->entries, p->n * sizeof *entries);
    for (size_t i = 0; i < PARTS; i++) {
        if (!is_in(b, &parts[i]))
            continue;
        fc_entry *e = &entries[p->of_part[i]];
        if (parts[i].kind == PART_STORE)
            e->bytes = store(b, answers, a);
        else if (parts[i].kind == PART_BASE)
            e->bytes = fc_plan_written(a, plan);
        else if (!e->keep)
            e->bytes = run(b, p->programs[i], answers, a);
    }
    fc_buf out;
    fc_buf_init_in(&out, a, FC_BUF_MAX);
    fc_status status = fc_package_write(p->base, entries, p->n, &out);
    if (status == FC_OK) {
        static const char *const what[FC_PURPOSES] = {[FC_TO_FILL_IN] = "the form for Word",
                                                      [FC_TO_KEEP] = "the record for Word",
                                                      [FC_TO_COMPLETE] =
                                                          "what is still missing, for Word"};
        fc_output_file file = {.name = fc_output_name(b, a, b->form->id, ".docx"),
                               .bytes = fc_buf_keep(&out, a),
                               .what = what[b->options.purpose]};
        FC_PUSH(a, files, file);
    }
    fc_buf_release(&out);
    return status;
}

const fc_target fc_target_docx = {.name = "docx",
                                  .suffix = ".docx",
                                  .summary = "a fillable Word document",
                                  .records = true,
                                  .prepare = prepare,
                                  .make = make};
