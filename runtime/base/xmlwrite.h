/* The one place that prints angle brackets. Every helper escapes what must be escaped; text is
 * UTF-8, and characters that XML 1.0 forbids come out as U+FFFD. */
#ifndef FC_BASE_XMLWRITE_H
#define FC_BASE_XMLWRITE_H

#include "runtime/base/buf.h"

/* Text between tags: & < > and CR are escaped. */
void fc_xml_text(fc_buf *b, fc_str s);
/* The inside of a double-quoted attribute: also " TAB LF CR. */
void fc_xml_attr_value(fc_buf *b, fc_str s);

/* Text of HTML that may run from right to left. A browser would set the groups of a telephone
 * or NHS number from right to left there: each gets an element of its own that runs from left
 * to right, whatever its digits (UAX 9, 4.3, HL3; HTML Standard, 15.3.5, bdo). */
void fc_html_text(fc_arena *a, fc_buf *b, fc_str s);

/* A small writer for documents of our own: indents by two spaces, one element a line unless it
 * holds text. Names are literals of ours or checked ids. */
typedef struct fc_xml_writer {
    fc_buf *out;
    unsigned depth;
    bool tag_open; /* "<name" is written, ">" is not */
    bool has_text; /* the open element has text: no white space may be added in it */
    const char *names[64];
    bool texts[64];
} fc_xml_writer;

void fc_xml_begin(fc_xml_writer *w, fc_buf *out);     /* writes the declaration */
void fc_xml_open(fc_xml_writer *w, const char *name); /* name is borrowed until close */
void fc_xml_attr(fc_xml_writer *w, const char *name, fc_str value);
void fc_xml_attr_z(fc_xml_writer *w, const char *name, const char *value);
void fc_xml_attr_int(fc_xml_writer *w, const char *name, long value);
/* As fc_xml_attr, but writes nothing when value is empty. */
void fc_xml_attr_opt(fc_xml_writer *w, const char *name, fc_str value);
void fc_xml_put(fc_xml_writer *w, fc_str text);
/* Content that is XML already. When it is empty there are two tags all the same. */
void fc_xml_raw(fc_xml_writer *w, fc_str xml);
void fc_xml_close(fc_xml_writer *w);
/* open + text + close */
void fc_xml_leaf(fc_xml_writer *w, const char *name, fc_str text);

#endif
