#ifndef BASE_SECRET_H
#define BASE_SECRET_H

/*
 * Short texts that only the holder of a key file can read or make: what stands
 * in the database and must not be known from a copy of it, and what a form
 * carries from one step to the next.  XChaCha20-Poly1305, bound to a purpose,
 * so that a text of one row or step is none of another.  As text: base64url of
 * key id (1), nonce (24), the text encrypted, tag (16).
 * Source: DESIGN 9, S3, S8, V11.3.
 */
struct arena;
struct secret_keys;

enum { SECRET_TEXT_MAX = 200 }; /* characters of what secret_close makes */

/* Loads a key file (base/key.h): the highest id closes, every key opens.  Once
 * per process; the keys live as long as it does.  NULL on failure. */
const struct secret_keys *secret_keys_load(const char *path);

/* Likewise a file of the folder Path.Keys; ends the process on failure. */
const struct secret_keys *secret_keys_configured(const char *name);

/* Closes a text, at most 100 bytes, for a purpose: fixed words and whose it
 * is.  The result lives in the arena. */
char *secret_close(struct arena *a, const struct secret_keys *keys,
		   const char *purpose, const char *text);

/* Opens what secret_close made for the same purpose.  NULL (nothing logged) if
 * it is anything else. */
char *secret_open(struct arena *a, const struct secret_keys *keys,
		  const char *purpose, const char *closed);

#endif
