/* SHA-256 (FIPS 180-4) and base64, by nettle. The only file behind this header includes it. */
#ifndef FC_BASE_DIGEST_H
#define FC_BASE_DIGEST_H

#include "runtime/base/str.h"

/* 64 lower-case hexadecimal digits, in the arena. */
fc_str fc_sha256_hex(fc_arena *a, fc_str bytes);
/* The same as 44 signs of base64 (RFC 4648, section 4), as policies of HTML pages have it. */
fc_str fc_sha256_base64(fc_arena *a, fc_str bytes);
/* Bytes as base64 (RFC 4648, section 4), in the arena. */
fc_str fc_base64(fc_arena *a, fc_str bytes);
/* An RFC 4122 name-based id in the shape of a UUID, made from SHA-256 (version 8 of RFC 9562):
 * the same name gives the same id for ever. In the arena, lower case, without braces. */
fc_str fc_uuid_from(fc_arena *a, fc_str name);

#endif
