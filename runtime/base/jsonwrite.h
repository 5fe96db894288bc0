/* The one place that prints JSON (RFC 8259). Text is UTF-8 and comes out as it stands, except
 * what JSON needs escaped and what could steer a terminal or end a line in a script. */
#ifndef FC_BASE_JSONWRITE_H
#define FC_BASE_JSONWRITE_H

#include "runtime/base/buf.h"

/* A string in its quotation marks. A damaged byte comes out as U+FFFD. */
void fc_json_string(fc_buf *b, fc_str s);

/* A small writer for documents of our own: one member or item a line, indented by two spaces.
 * The name of what stands in an array is (fc_str){0}. */
typedef struct fc_json_writer {
    fc_buf *out;
    unsigned depth;
    char close[32];    /* by depth: the bracket that ends what is open */
    bool has_some[32]; /* by depth: something stands in it already */
} fc_json_writer;

void fc_json_begin(fc_json_writer *w, fc_buf *out); /* opens the outermost object */
void fc_json_object(fc_json_writer *w, fc_str name);
void fc_json_array(fc_json_writer *w, fc_str name);
void fc_json_put(fc_json_writer *w, fc_str name, fc_str value);
/* As fc_json_put, but writes nothing when value is empty. */
void fc_json_put_opt(fc_json_writer *w, fc_str name, fc_str value);
void fc_json_put_int(fc_json_writer *w, fc_str name, long value);
void fc_json_put_bool(fc_json_writer *w, fc_str name, bool value);
/* A value that one of these writers made: an object with its line feed at the end, or without.
 */
void fc_json_put_made(fc_json_writer *w, fc_str name, fc_str object);
/* Ends the innermost object or array; a line feed follows the outermost one. */
void fc_json_end(fc_json_writer *w);

#endif
