#ifndef BASE_BYTES_H
#define BASE_BYTES_H

/*
 * Bytes as text and back, chance, and SHA-256.  Reading is strict: one text
 * for one value, anything else is refused.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { SHA256_LEN = 32 }; /* bytes */

/* Fills out with bytes nobody can guess (getrandom). */
void bytes_random(void *out, size_t len);

/* Lower-case hexadecimal, two characters a byte. */
char *bytes_to_hex(struct arena *a, const void *bytes, size_t len);

/* Reads exactly len bytes from 2 * len hexadecimal digits, either case.
 * Returns false, with out undefined, if text is anything else. */
bool bytes_from_hex(const char *text, void *out, size_t len);

/* Base64 of RFC 4648, section 5 (no padding): safe in a URL. */
char *bytes_to_base64url(struct arena *a, const void *bytes, size_t len);

/* Reads exactly len bytes; false if text is longer, shorter, padded, or not
 * the one text that stands for these bytes. */
bool bytes_from_base64url(const char *text, void *out, size_t len);

/* Base32 of RFC 4648, section 6, in lower case without padding: survives
 * programs that change the case of a mail address. */
char *bytes_to_base32(struct arena *a, const void *bytes, size_t len);

/* Reads exactly len bytes, either case; else as above. */
bool bytes_from_base32(const char *text, void *out, size_t len);

void bytes_sha256(const void *bytes, size_t len, unsigned char out[SHA256_LEN]);

#endif
