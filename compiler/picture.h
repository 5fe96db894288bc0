/* Pictures that themes and language files bring: a PNG file, taken apart within limits and made
 * anew. */
#ifndef FC_COMPILER_PICTURE_H
#define FC_COMPILER_PICTURE_H

#include "runtime/form/form.h"

#define FC_PICTURE_BYTES_MAX ((size_t)1 << 20)
#define FC_PICTURE_SIDE_MAX 2000      /* pixels: four inches at 500 an inch */
#define FC_PICTURE_PIXELS_MAX 1000000 /* what it takes in memory is four times as much */

/* Reads a PNG file (W3C PNG, third edition, or ISO/IEC 15948). Only what makes up the picture
 * is looked at: comments, profiles and the like are left behind, and so is what stands behind
 * its end. Where it is transparent it is put on white. FC_OK, the picture is in a; else
 * FC_REFUSED, and *why says what is against it, *help what to do about it. */
FC_NODISCARD fc_status fc_picture_read(fc_arena *a, fc_str bytes, fc_picture *out,
                                       const char **why, const char **help);

/* The pixels of a picture that fc_picture_read made, as its file has them (W3C PNG, 9 and 10):
 * one zlib stream of lines, each behind a byte that says how it is filtered. */
fc_str fc_picture_data(fc_arena *a, const fc_picture *p);

#endif
