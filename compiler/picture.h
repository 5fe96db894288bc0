/* Pictures that themes bring: a PNG file, taken apart within limits and made anew. */
#ifndef FC_COMPILER_PICTURE_H
#define FC_COMPILER_PICTURE_H

#include "runtime/base/str.h"

#define FC_PICTURE_BYTES_MAX ((size_t)1 << 20)
#define FC_PICTURE_SIDE_MAX 2000      /* pixels: four inches at 500 an inch */
#define FC_PICTURE_PIXELS_MAX 1000000 /* what it takes in memory is four times as much */

typedef struct fc_picture {
    unsigned width, height; /* pixels */
    fc_str rgb;             /* three bytes a pixel (sRGB), from the top left, on white */
    fc_str png;             /* the same as a file in which nothing else is */
} fc_picture;

/* Reads a PNG file (W3C PNG, third edition, or ISO/IEC 15948). Only what makes up the picture
 * is looked at: comments, profiles and the like are left behind, and so is what stands behind
 * its end. FC_OK, the picture is in a; else FC_REFUSED, and *why says what is against it, *help
 * what to do about it. */
FC_NODISCARD fc_status fc_picture_read(fc_arena *a, fc_str bytes, fc_picture *out,
                                       const char **why, const char **help);

#endif
