/* The file around a PDF's objects: object streams, which keep objects compressed, and a
 * cross-reference stream, which says where each of them is (ISO 32000-1, 7.5.7 and 7.5.8;
 * PDF/A-3 allows both). It knows nothing of what objects say.
 *
 * Objects are numbered from 1, and each is written once, in the order of the numbers. */
#ifndef FC_PDF_PACK_H
#define FC_PDF_PACK_H

#include "output/pdf/deflate.h"
#include "runtime/base/buf.h"

typedef struct fc_pack fc_pack;

/* A file of so many objects, which has only its header. In the arena, as all that it needs;
 * the deflater is used until the end. */
fc_pack *fc_pack_new(fc_arena *a, fc_deflater *d, uint32_t objects);
/* The next object: what follows in the buffer, up to the next call, is its value. */
fc_buf *fc_pack_value(fc_pack *p);
/* The next object, which is a stream: what follows in the buffer are the entries of its
 * dictionary, without Length and Filter. Then its bytes; deflated says what they are. */
fc_buf *fc_pack_stream(fc_pack *p);
void fc_pack_bytes(fc_pack *p, fc_str bytes, bool deflated);
/* The whole file, when all objects are written. root and info: numbers of the catalog and the
 * information dictionary. Gives up when memory ran out or the file is larger than a buffer
 * holds. */
fc_str fc_pack_end(fc_pack *p, uint32_t root, uint32_t info);

#endif
