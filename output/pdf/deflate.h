/* Compressing a PDF's streams: zlib's format (ISO 32000-1, 7.4.4). */
#ifndef FC_PDF_DEFLATE_H
#define FC_PDF_DEFLATE_H

#include "runtime/base/str.h"

typedef struct fc_deflater fc_deflater;

/* One for many streams: making one costs as much as compressing a page. Released with the
 * arena. */
fc_deflater *fc_deflater_new(fc_arena *a);
/* The compressed bytes, which live until the next call. */
fc_str fc_deflate(fc_deflater *d, fc_str bytes);

#endif
