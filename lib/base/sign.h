#ifndef BASE_SIGN_H
#define BASE_SIGN_H

/*
 * Signatures that anybody can check who has the public key, and nobody can make
 * who has not the private one: Ed25519 (RFC 8032) of libsodium.  Keys rotate:
 * the highest id of the private file signs, every key of the public file
 * checks.  Keys live as long as the process.  Source: S6, B11.
 */
#include <stdbool.h>
#include <stddef.h>

struct sign_private;
struct sign_public;

enum { SIGNATURE_LEN = 64 }; /* bytes */

/* Loads a key file (base/key.h).  Returns NULL on failure.  From the private
 * key on the process leaves no core file. */
const struct sign_private *sign_private_load(const char *path);
const struct sign_public *sign_public_load(const char *path);

void sign_make(const struct sign_private *priv, const void *bytes, size_t len,
	       unsigned char out[SIGNATURE_LEN]);

/* True if one of the keys made the signature of these bytes. */
bool sign_is_ours(const struct sign_public *pub, const void *bytes, size_t len,
		  const unsigned char signature[SIGNATURE_LEN]);

/* Makes the pair dir/evidence.private (0600) and dir/evidence.public (0644).
 * Existing files are never overwritten.  Returns 0, or -1 on failure. */
int sign_keys_new(const char *dir);

#endif
