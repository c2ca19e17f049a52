#ifndef BASE_MAC_H
#define BASE_MAC_H

/*
 * Proof that bytes outside the database are our own: snapshot files, journal
 * records, what a redirect carries.  HMAC-SHA256 under a key made from the key
 * of the links for one purpose, so that a mac of one purpose is none of
 * another, and never a link.  As text: key id, a dash, 64 hexadecimal digits.
 * Source: DESIGN 5, V9.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;
struct mac_keys;

enum { MAC_TEXT_MAX = 3 + 1 + 64 }; /* characters */

/*
 * Loads a key file (base/key.h) for one purpose, a short fixed word: the
 * highest id signs, all verify.  Once per process; the keys live as long as it
 * does.  Returns NULL on failure.
 */
const struct mac_keys *mac_keys_load(const char *path, const char *purpose);

/* Likewise from link.keys in the folder Path.Keys; ends the process on failure,
 * since it could neither trust nor be trusted. */
const struct mac_keys *mac_keys_configured(const char *purpose);

/* Signs bytes; the text lives in the arena. */
char *mac_make(struct arena *a, const struct mac_keys *keys, const void *bytes,
	       size_t len);

/* True if text (text_len characters, no NUL needed) is the mac of bytes. */
bool mac_is_ours(const struct mac_keys *keys, const char *text, size_t text_len,
		 const void *bytes, size_t len);

#endif
