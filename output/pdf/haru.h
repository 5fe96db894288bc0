/* The object store of a PDF: dictionaries, arrays and streams, written out at the end. A wall
 * around libharu, of which only this part is used: fonts, content, tags, form fields and the
 * file that all is written to are ours.
 *
 * Errors stick: after the first one the calls do nothing, and fc_haru_save reports it. So no
 * call has to be looked at. A direct object may be put into one container only; an indirect one
 * (object, stream, page) into any number, where a reference stands for it. */
#ifndef FC_PDF_HARU_H
#define FC_PDF_HARU_H

#include "runtime/base/buf.h"

typedef struct fc_haru fc_haru;
typedef struct fc_pdf_obj fc_pdf_obj; /* a dictionary, stream or array; lives in the store */

/* An empty document, version 1.7, released with the arena. */
fc_haru *fc_haru_new(fc_arena *a);
/* True when memory ran out or a limit of the format was reached. */
bool fc_haru_failed(const fc_haru *h);
/* The file's bytes in the arena. FC_OK, or FC_REFUSED when a limit of the format or memory
 * ended it. */
FC_NODISCARD fc_status fc_haru_save(fc_haru *h, fc_str *bytes);

fc_pdf_obj *fc_haru_catalog(fc_haru *h);
fc_pdf_obj *fc_haru_info(fc_haru *h);

fc_pdf_obj *fc_pdf_dict(fc_haru *h);   /* direct */
fc_pdf_obj *fc_pdf_array(fc_haru *h);  /* direct */
fc_pdf_obj *fc_pdf_object(fc_haru *h); /* an indirect dictionary */
/* An indirect stream; compressed when that pays. */
fc_pdf_obj *fc_pdf_stream(fc_haru *h, fc_str bytes, bool deflate);
/* The same of bytes that are compressed already; they are borrowed until the file is saved. */
fc_pdf_obj *fc_pdf_deflated(fc_haru *h, fc_str bytes);
/* An indirect object whose value follows, as text: for what there is very much of, because
 * libharu takes some 300 bytes for an entry of a dictionary. It can be referred to at once. */
fc_pdf_obj *fc_pdf_place(fc_haru *h);
void fc_pdf_say(fc_haru *h, fc_pdf_obj *place, fc_str value);
/* Compresses; the result lives until the next stream is made. */
fc_str fc_pdf_deflate(fc_haru *h, fc_str bytes);
/* A picture (ISO 32000-1, 8.9.5) of 8 bits a colour in sRGB, which is what the document's
 * output intent says of DeviceRGB. data: one zlib stream of lines, filtered as PNG does
 * (7.4.4.4); borrowed until the file is saved. */
fc_pdf_obj *fc_pdf_image(fc_haru *h, fc_str data, unsigned width, unsigned height);
/* A page at the end of the document: size in points, content and resources (pictures NULL: it
 * has none). */
fc_pdf_obj *fc_pdf_page(fc_haru *h, double width, double height);
void fc_pdf_page_content(fc_haru *h, fc_pdf_obj *page, fc_str content, fc_pdf_obj *fonts,
                         fc_pdf_obj *pictures);

/* Entries of a dictionary. Keys and names are literals or short ASCII. */
void fc_pdf_put(fc_haru *h, fc_pdf_obj *dict, const char *key, fc_pdf_obj *value);
void fc_pdf_put_name(fc_haru *h, fc_pdf_obj *dict, const char *key, const char *name);
void fc_pdf_put_int(fc_haru *h, fc_pdf_obj *dict, const char *key, long value);
void fc_pdf_put_real(fc_haru *h, fc_pdf_obj *dict, const char *key, double value);
void fc_pdf_put_bool(fc_haru *h, fc_pdf_obj *dict, const char *key, bool value);
/* A text string (ISO 32000-1, 7.9.2.2) from UTF-8; at most FC_PDF_TEXT_UNITS UTF-16 units. */
void fc_pdf_put_text(fc_haru *h, fc_pdf_obj *dict, const char *key, fc_str utf8);
#define FC_PDF_TEXT_UNITS 32000 /* libharu keeps strings of at most 65,535 bytes */

/* Elements of an array. */
void fc_pdf_add(fc_haru *h, fc_pdf_obj *array, fc_pdf_obj *value);
void fc_pdf_add_name(fc_haru *h, fc_pdf_obj *array, const char *name);
void fc_pdf_add_int(fc_haru *h, fc_pdf_obj *array, long value);
void fc_pdf_add_real(fc_haru *h, fc_pdf_obj *array, double value);
void fc_pdf_add_null(fc_haru *h, fc_pdf_obj *array);
void fc_pdf_add_text(fc_haru *h, fc_pdf_obj *array, fc_str utf8);
/* [x0 y0 x1 y1] */
fc_pdf_obj *fc_pdf_rect(fc_haru *h, double x0, double y0, double x1, double y1);

/* Append values in PDF's syntax, apart from what stands before: for fc_pdf_say. */
void fc_pdf_write_number(fc_buf *b, double value);
void fc_pdf_write_name(fc_buf *b, const char *name);
void fc_pdf_write_ref(fc_buf *b, const fc_pdf_obj *object); /* to an indirect object */
void fc_pdf_write_text(fc_haru *h, fc_buf *b, fc_str utf8); /* a text string */

/* Appends a number rounded to a hundredth, without trailing zeros: for content streams. */
void fc_pdf_number(fc_buf *b, double value);
/* Appends the four hexadecimal digits of a value below 65,536. */
void fc_pdf_hex(fc_buf *b, uint32_t v);

#endif
