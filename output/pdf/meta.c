/* What the document says about itself: language and title, metadata (XMP), the colours'
 * meaning, the bookmarks and the attached data. Written so that the file can be PDF/UA-1 and
 * PDF/A-3a. */
#include "output/pdf/document.h"

#include "runtime/base/xmlwrite.h"
#include "styles/assets.h"

#include <stdlib.h>
#include <time.h>

#define PRODUCER "formc"

/* SOURCE_DATE_EPOCH as YYYY-MM-DDThh:mm:ssZ; empty when it is not set: no clock is read. */
static fc_str fixed_date(fc_arena *a)
{
    const char *z = getenv("SOURCE_DATE_EPOCH");
    if (z == NULL || *z == 0)
        return (fc_str){0};
    char *end = NULL;
    long long seconds = strtoll(z, &end, 10);
    time_t t = (time_t)seconds;
    struct tm tm;
    if (*end != 0 || seconds < 0 || seconds > 253402300799 || gmtime_r(&t, &tm) == NULL)
        return (fc_str){0};
    return fc_str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
                      tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void schema_property(fc_xml_writer *w, const char *name, const char *type,
                            const char *description)
{
    fc_xml_open(w, "rdf:li");
    fc_xml_attr_z(w, "rdf:parseType", "Resource");
    fc_xml_leaf(w, "pdfaProperty:name", fc_str_of(name));
    fc_xml_leaf(w, "pdfaProperty:valueType", fc_str_of(type));
    fc_xml_leaf(w, "pdfaProperty:category", FC_S("internal"));
    fc_xml_leaf(w, "pdfaProperty:description", fc_str_of(description));
    fc_xml_close(w);
}

/* PDF/A knows only some schemas; that of PDF/UA must be described (ISO 19005-3, 6.6.2.3). */
static void extension_schema(fc_xml_writer *w)
{
    fc_xml_open(w, "pdfaExtension:schemas");
    fc_xml_open(w, "rdf:Bag");
    fc_xml_open(w, "rdf:li");
    fc_xml_attr_z(w, "rdf:parseType", "Resource");
    fc_xml_leaf(w, "pdfaSchema:schema", FC_S("PDF/UA identification"));
    fc_xml_leaf(w, "pdfaSchema:namespaceURI", FC_S("http://www.aiim.org/pdfua/ns/id/"));
    fc_xml_leaf(w, "pdfaSchema:prefix", FC_S("pdfuaid"));
    fc_xml_open(w, "pdfaSchema:property");
    fc_xml_open(w, "rdf:Seq");
    schema_property(w, "part", "Integer", "part of ISO 14289 that the file follows");
    fc_xml_close(w);
    fc_xml_close(w);
    fc_xml_close(w);
    fc_xml_close(w);
    fc_xml_close(w);
}

static void alternative(fc_xml_writer *w, const char *name, fc_str text)
{
    fc_xml_open(w, name);
    fc_xml_open(w, "rdf:Alt");
    fc_xml_open(w, "rdf:li");
    fc_xml_attr_z(w, "xml:lang", "x-default");
    fc_xml_put(w, text);
    fc_xml_close(w);
    fc_xml_close(w);
    fc_xml_close(w);
}

static void write_xmp(fc_pdf *d, const fc_pdf_meta *m)
{
    static const char *const spaces[][2] = {
        {"xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
        {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
        {"xmlns:xmp", "http://ns.adobe.com/xap/1.0/"},
        {"xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"},
        {"xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/"},
        {"xmlns:pdfuaid", "http://www.aiim.org/pdfua/ns/id/"},
        {"xmlns:pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"},
        {"xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"},
        {"xmlns:pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"},
    };
    fc_buf b, body;
    fc_buf_init(&b, FC_BUF_MAX);
    fc_buf_init(&body, FC_BUF_MAX);
    fc_xml_writer w;
    fc_xml_begin(&w, &body);
    fc_buf_clear(&body); /* a packet has no declaration of its own */
    fc_xml_open(&w, "x:xmpmeta");
    fc_xml_attr_z(&w, "xmlns:x", "adobe:ns:meta/");
    fc_xml_open(&w, "rdf:RDF");
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        fc_xml_attr_z(&w, spaces[i][0], spaces[i][1]);
    fc_xml_open(&w, "rdf:Description");
    fc_xml_attr_z(&w, "rdf:about", "");
    alternative(&w, "dc:title", m->title);
    if (m->subject.n != 0)
        alternative(&w, "dc:description", m->subject);
    fc_xml_open(&w, "dc:language");
    fc_xml_open(&w, "rdf:Bag");
    fc_xml_leaf(&w, "rdf:li", m->lang);
    fc_xml_close(&w);
    fc_xml_close(&w);
    fc_xml_leaf(&w, "pdf:Producer", FC_S(PRODUCER));
    fc_str date = fixed_date(d->arena);
    if (date.n != 0) {
        fc_xml_leaf(&w, "xmp:CreateDate", date);
        fc_xml_leaf(&w, "xmp:ModifyDate", date);
    }
    fc_xml_leaf(&w, "pdfuaid:part", FC_S("1"));
    fc_xml_leaf(&w, "pdfaid:part", FC_S("3"));
    fc_xml_leaf(&w, "pdfaid:conformance", FC_S("A"));
    extension_schema(&w);
    fc_xml_close(&w);
    fc_xml_close(&w);
    fc_xml_close(&w);
    fc_buf_z(&b, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    fc_buf_str(&b, fc_buf_view(&body));
    fc_buf_z(&b, "\n<?xpacket end=\"r\"?>\n");
    bool failed = b.failed || body.failed;
    fc_pdf_obj *x = failed ? NULL : fc_pdf_stream(d->haru, fc_buf_view(&b), false);
    fc_buf_release(&b);
    fc_buf_release(&body);
    if (failed)
        fc_arena_give_up(d->arena);
    fc_pdf_put_name(d->haru, x, "Type", "Metadata");
    fc_pdf_put_name(d->haru, x, "Subtype", "XML");
    fc_pdf_put(d->haru, fc_haru_catalog(d->haru), "Metadata", x);
}

static void write_info(fc_pdf *d, const fc_pdf_meta *m)
{
    fc_haru *h = d->haru;
    fc_pdf_obj *info = fc_haru_info(h);
    fc_pdf_put_text(h, info, "Title", m->title);
    if (m->subject.n != 0)
        fc_pdf_put_text(h, info, "Subject", m->subject);
    fc_pdf_put_text(h, info, "Producer", FC_S(PRODUCER));
    fc_str date = fixed_date(d->arena);
    if (date.n != 0) {
        const char *z = date.p; /* YYYY-MM-DDThh:mm:ssZ */
        fc_str s = fc_str_fmt(d->arena, "D:%.4s%.2s%.2s%.2s%.2s%.2sZ", z, z + 5, z + 8, z + 11,
                              z + 14, z + 17);
        fc_pdf_put_text(h, info, "CreationDate", s);
        fc_pdf_put_text(h, info, "ModDate", s);
    }
}

/* Colours are sRGB (ISO 19005-3, 6.2.3). */
static void write_output_intent(fc_pdf *d, const char *asset)
{
    fc_haru *h = d->haru;
    fc_str icc = fc_asset(asset);
    if (icc.n == 0)
        return;
    fc_pdf_obj *profile = fc_pdf_stream(h, icc, true);
    fc_pdf_put_int(h, profile, "N", 3);
    fc_pdf_obj *intent = fc_pdf_object(h), *list = fc_pdf_array(h);
    fc_pdf_put_name(h, intent, "Type", "OutputIntent");
    fc_pdf_put_name(h, intent, "S", "GTS_PDFA1");
    fc_pdf_put_text(h, intent, "OutputConditionIdentifier", FC_S("sRGB"));
    fc_pdf_put_text(h, intent, "Info", FC_S("sRGB IEC61966-2.1"));
    fc_pdf_put(h, intent, "DestOutputProfile", profile);
    fc_pdf_add(h, list, intent);
    fc_pdf_put(h, fc_haru_catalog(h), "OutputIntents", list);
}

/* The plan that the document was issued with, for whoever reads it back (ISO 19005-3, 6.8). */
static void write_attachment(fc_pdf *d, fc_str xml, bool record)
{
    static const fc_str name = {"plan.xml", 8};
    fc_haru *h = d->haru;
    fc_pdf_obj *stream = fc_pdf_stream(h, xml, true);
    fc_pdf_put_name(h, stream, "Type", "EmbeddedFile");
    fc_pdf_put_name(h, stream, "Subtype", "application/xml");
    fc_pdf_obj *params = fc_pdf_dict(h);
    fc_pdf_put_int(h, params, "Size", (long)xml.n);
    fc_pdf_put(h, stream, "Params", params);
    fc_pdf_obj *spec = fc_pdf_object(h), *files = fc_pdf_dict(h);
    fc_pdf_put_name(h, spec, "Type", "Filespec");
    fc_pdf_put_text(h, spec, "F", name);
    fc_pdf_put_text(h, spec, "UF", name);
    fc_pdf_put_text(h, spec, "Desc",
                    record ? FC_S("The plan that this record was made from")
                           : FC_S("The answers that this form was issued with"));
    fc_pdf_put_name(h, spec, "AFRelationship", "Data");
    fc_pdf_put(h, files, "F", stream);
    fc_pdf_put(h, files, "UF", stream);
    fc_pdf_put(h, spec, "EF", files);
    fc_pdf_obj *catalog = fc_haru_catalog(h);
    fc_pdf_obj *associated = fc_pdf_array(h), *names = fc_pdf_dict(h), *tree = fc_pdf_dict(h),
               *list = fc_pdf_array(h);
    fc_pdf_add(h, associated, spec);
    fc_pdf_put(h, catalog, "AF", associated);
    fc_pdf_add_text(h, list, name);
    fc_pdf_add(h, list, spec);
    fc_pdf_put(h, tree, "Names", list);
    fc_pdf_put(h, names, "EmbeddedFiles", tree);
    fc_pdf_put(h, catalog, "Names", names);
}

void fc_meta_write(fc_pdf *d, const fc_pdf_meta *m)
{
    fc_haru *h = d->haru;
    fc_pdf_obj *catalog = fc_haru_catalog(h);
    fc_pdf_put_text(h, catalog, "Lang", m->lang);
    fc_pdf_obj *mark = fc_pdf_dict(h), *view = fc_pdf_dict(h);
    fc_pdf_put_bool(h, mark, "Marked", true);
    fc_pdf_put(h, catalog, "MarkInfo", mark);
    fc_pdf_put_bool(h, view, "DisplayDocTitle", true);
    if (d->layout->rtl)
        fc_pdf_put_name(h, view, "Direction", "R2L");
    fc_pdf_put(h, catalog, "ViewerPreferences", view);
    write_info(d, m);
    write_xmp(d, m);
    write_output_intent(d, m->profile);
    if (m->plan_xml.n != 0)
        write_attachment(d, m->plan_xml, d->fields.n == 0);
}

/* --- bookmarks: the headings as a tree (ISO 32000-1, 12.3.3) --- */

typedef struct mark mark;
struct mark {
    const fc_placed_heading *heading;
    fc_pdf_obj *object;
    mark *parent;
    FC_ARRAY(mark *) kids;
};

static fc_str heading_text(fc_pdf *d, const fc_box *b)
{
    fc_str s = {0};
    for (size_t i = 0; i < b->spans.n; i++)
        s = fc_str_fmt(d->arena, "%.*s%.*s", FC_ARG(s), FC_ARG(b->spans.at[i].text));
    return s;
}

static void write_marks(fc_pdf *d, mark *m)
{
    fc_haru *h = d->haru;
    for (size_t i = 0; i < m->kids.n; i++)
        m->kids.at[i]->object = fc_pdf_object(h);
    for (size_t i = 0; i < m->kids.n; i++) {
        mark *k = m->kids.at[i];
        const fc_placed_heading *p = k->heading;
        fc_pdf_put_text(h, k->object, "Title", heading_text(d, p->box));
        fc_pdf_put(h, k->object, "Parent", m->object);
        if (i > 0)
            fc_pdf_put(h, k->object, "Prev", m->kids.at[i - 1]->object);
        if (i + 1 < m->kids.n)
            fc_pdf_put(h, k->object, "Next", m->kids.at[i + 1]->object);
        fc_pdf_put(h, k->object, "Dest", fc_destination(d, p->page, p->y));
        if (fc_tag_object(p->box->tag) != NULL)
            fc_pdf_put(h, k->object, "SE", fc_tag_object(p->box->tag));
        write_marks(d, k);
    }
    if (m->kids.n != 0) {
        fc_pdf_put(h, m->object, "First", m->kids.at[0]->object);
        fc_pdf_put(h, m->object, "Last", m->kids.at[m->kids.n - 1]->object);
        /* The sections are open, what is below them is closed. */
        long n = (long)m->kids.n;
        fc_pdf_put_int(h, m->object, "Count", m->parent == NULL ? n : -n);
    }
}

void fc_outline_write(fc_pdf *d)
{
    mark root = {0}, *last = &root;
    for (size_t i = 0; i < d->headings.n; i++) {
        const fc_placed_heading *p = &d->headings.at[i];
        if (!p->box->outline)
            continue;
        while (last->heading != NULL && last->heading->box->level >= p->box->level)
            last = last->parent;
        mark *k = FC_NEW(d->arena, mark);
        k->heading = p;
        k->parent = last;
        FC_PUSH(d->arena, &last->kids, k);
        last = k;
    }
    if (root.kids.n == 0)
        return;
    root.object = fc_pdf_object(d->haru);
    fc_pdf_put_name(d->haru, root.object, "Type", "Outlines");
    write_marks(d, &root);
    fc_pdf_put(d->haru, fc_haru_catalog(d->haru), "Outlines", root.object);
    fc_pdf_put_name(d->haru, fc_haru_catalog(d->haru), "PageMode", "UseOutlines");
}
