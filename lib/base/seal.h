#ifndef BASE_SEAL_H
#define BASE_SEAL_H

/*
 * Mail addresses at rest: sealed with a public key (libsodium sealed box), so
 * that a program without the private key can store one and never read it;
 * and a keyed digest, so that it can compare.  Only deliver and
 * verify-addresses hold the private key.  Keys rotate: the highest id of the
 * public file seals, every key of the private file opens.  Source: DESIGN 9.
 *
 * Keys live as long as the process.
 */
#include <stddef.h>

struct arena;
struct seal_public;
struct seal_private;
struct digest_key;

enum { ADDRESS_DIGEST_LEN = 32 }; /* bytes */

/* Loads a key file (base/key.h).  Returns NULL on failure.  From the private
 * key on the process leaves no core file, and no other of the same Unix user
 * may look into it: it will hold opened addresses. */
const struct seal_public *seal_public_load(const char *path);
const struct seal_private *seal_private_load(const char *path);
const struct digest_key *digest_key_load(const char *path);

/* Seals a text; *len gets its length in bytes, 48 more than the text's. */
unsigned char *seal_close(struct arena *a, const struct seal_public *pub,
			  const char *text, size_t *len);

/* Opens what seal_close made.  Returns NULL (nothing logged) if no key opens
 * it, or if it holds a NUL.  About 90 microseconds of one core. */
char *seal_open(struct arena *a, const struct seal_private *priv,
		const unsigned char *bytes, size_t len);

/* The digest of a normalised address (mail/address.h) under the site's key:
 * equal addresses, equal digests, and no way back. */
void address_digest(const struct digest_key *key, const char *address,
		    unsigned char out[ADDRESS_DIGEST_LEN]);

/* Makes the pair dir/seal.public (0644) and dir/seal.private (0600).  Existing
 * files are never overwritten.  Returns 0, or -1 on failure. */
int seal_keys_new(const char *dir);

#endif
