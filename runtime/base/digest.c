/* SHA-256 by nettle. */
#include "runtime/base/digest.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>

static void sha256(fc_str bytes, uint8_t out[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    sha256_update(&ctx, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&ctx, SHA256_DIGEST_SIZE, out);
}

static void put_hex(char *out, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
}

fc_str fc_sha256_hex(fc_arena *a, fc_str bytes)
{
    uint8_t d[SHA256_DIGEST_SIZE];
    sha256(bytes, d);
    char *out = fc_arena_alloc(a, 2 * sizeof d + 1);
    put_hex(out, d, sizeof d);
    return (fc_str){out, 2 * sizeof d};
}

fc_str fc_sha256_base64(fc_arena *a, fc_str bytes)
{
    uint8_t d[SHA256_DIGEST_SIZE];
    sha256(bytes, d);
    char *out = fc_arena_alloc(a, BASE64_ENCODE_RAW_LENGTH(sizeof d) + 1);
    base64_encode_raw(out, sizeof d, d);
    return (fc_str){out, BASE64_ENCODE_RAW_LENGTH(sizeof d)};
}

fc_str fc_base64(fc_arena *a, fc_str bytes)
{
    size_t n = BASE64_ENCODE_RAW_LENGTH(bytes.n);
    char *out = fc_arena_alloc(a, n + 1);
    base64_encode_raw(out, bytes.n, (const uint8_t *)bytes.p);
    out[n] = '\0';
    return (fc_str){out, n};
}

fc_str fc_uuid_from(fc_arena *a, fc_str name)
{
    uint8_t d[SHA256_DIGEST_SIZE];
    sha256(name, d);
    d[6] = (uint8_t)((d[6] & 0x0F) | 0x80); /* version 8 */
    d[8] = (uint8_t)((d[8] & 0x3F) | 0x80); /* the RFC's variant */
    char hex[32];
    put_hex(hex, d, 16);
    return fc_str_fmt(a, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
                      hex + 20);
}
