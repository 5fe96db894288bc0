/* PDF files in memory, looked at object by object (ISO 32000-1, 7.3). Nothing is written, run,
 * fetched or drawn. */
#ifndef FC_BASE_PDFFILE_H
#define FC_BASE_PDFFILE_H

#include "runtime/base/buf.h"

typedef struct fc_pdf_file fc_pdf_file; /* closed with its arena */

typedef enum fc_pdf_verdict {
    FC_PDF_OPENS,
    FC_PDF_BROKEN, /* not a PDF, or damaged beyond repair */
    FC_PDF_LOCKED  /* a password is needed, or a key that is not in it */
} fc_pdf_verdict;

typedef enum fc_pdf_kind {
    FC_PDF_NOTHING, /* null; what a reference leads to that is not there */
    FC_PDF_NAME,
    FC_PDF_STRING,
    FC_PDF_NUMBER,
    FC_PDF_ARRAY,
    FC_PDF_DICT, /* a stream has one, too */
    FC_PDF_STREAM,
    FC_PDF_OTHER
} fc_pdf_kind;

/* An object of a file; 0 stands for nothing, and may be given to all functions. References are
 * followed without being asked. */
typedef unsigned fc_pdf_at;

/* Opens a file; bytes are borrowed as long as the arena lives. A file that is encrypted and
 * opens without a password is one that opens. A damaged table of objects is made anew from what
 * is there, as viewers do. */
FC_NODISCARD fc_pdf_verdict fc_pdf_open(fc_arena *a, fc_str bytes, fc_pdf_file **file);
fc_pdf_at fc_pdf_root(fc_pdf_file *f);
fc_pdf_at fc_pdf_trailer(fc_pdf_file *f);
/* Something was damaged in what has been looked at so far. */
bool fc_pdf_was_damaged(fc_pdf_file *f);
/* The file was saved by appending to it, and what it was before is still in it (7.5.6). Those
 * that are made to be shown before they are all there (annex F) look alike and do not count. */
bool fc_pdf_has_earlier(fc_pdf_file *f);
/* The object of a page, from 0; 0 behind the last one and when the pages are damaged. */
fc_pdf_at fc_pdf_nth_page(fc_pdf_file *f, size_t i);

fc_pdf_kind fc_pdf_kind_of(fc_pdf_file *f, fc_pdf_at at);
/* The number of an object that others can refer to; 0 for one that stands in another. */
long fc_pdf_number_of(fc_pdf_file *f, fc_pdf_at at);
/* Of a dictionary or stream; key with its slash. 0 when there is none. */
fc_pdf_at fc_pdf_key(fc_pdf_file *f, fc_pdf_at at, const char *key);
/* The keys of a dictionary without their slashes, in the arena, as far as they are UTF-8. */
typedef FC_ARRAY(fc_str) fc_pdf_keys;
void fc_pdf_keys_of(fc_pdf_file *f, fc_pdf_at at, fc_pdf_keys *out);
size_t fc_pdf_count(fc_pdf_file *f, fc_pdf_at at); /* of an array; 0 for anything else */
fc_pdf_at fc_pdf_item(fc_pdf_file *f, fc_pdf_at at, size_t i);
/* A name without its slash, in the arena; empty for anything else and what is not UTF-8. */
fc_str fc_pdf_name(fc_pdf_file *f, fc_pdf_at at);
/* A text string (7.9.2.2) as UTF-8, in the arena: it is UTF-16 or UTF-8 where its first bytes
 * say so, otherwise PDFDocEncoding. What is none becomes U+0000. A stream is read as a string
 * is. False when it is neither, or the stream cannot be unpacked. */
FC_NODISCARD bool fc_pdf_text(fc_pdf_file *f, fc_pdf_at at, fc_str *text);
/* A whole number; 0 for anything else. */
long long fc_pdf_integer(fc_pdf_file *f, fc_pdf_at at);
/* What a stream holds, unpacked, in the arena. False: it is no stream, or packed in a way that
 * is for pictures, or damaged. */
FC_NODISCARD bool fc_pdf_bytes(fc_pdf_file *f, fc_pdf_at at, fc_str *bytes);
/* Lets go of an object: a file may have more of them than memory. */
void fc_pdf_drop(fc_pdf_file *f, fc_pdf_at at);

#endif
