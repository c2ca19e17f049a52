#include "base/seal.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/key.h"
#include "base/log.h"

enum { PATH_LEN = 4096 };

_Static_assert(KEY_LEN == crypto_box_PUBLICKEYBYTES, "a public key's length");
_Static_assert(KEY_LEN == crypto_box_SECRETKEYBYTES, "a private key's length");

struct seal_public {
	struct keys keys;
};

struct seal_private {
	struct keys keys;
	unsigned char public[KEYS_MAX][KEY_LEN]; /* of the key beside it */
};

struct digest_key {
	struct keys keys;
};

const struct seal_public *seal_public_load(const char *path)
{
	struct seal_public *pub = key_room(sizeof(*pub));

	if (keys_load(path, KEY_PUBLIC, &pub->keys) == 0)
		return pub;
	free(pub);
	return NULL;
}

const struct seal_private *seal_private_load(const char *path)
{
	struct seal_private *priv = key_room(sizeof(*priv));

	key_guard_process();
	if (keys_load(path, KEY_SECRET, &priv->keys) < 0) {
		free(priv);
		return NULL;
	}
	for (size_t i = 0; i < priv->keys.count; i++)
		crypto_scalarmult_base(priv->public[i],
				       priv -> keys.list[i].bytes);
	return priv;
}

const struct digest_key *digest_key_load(const char *path)
{
	struct digest_key *key = key_room(sizeof(*key));

	if (keys_load(path, KEY_SECRET, &key->keys) == 0)
		return key;
	free(key);
	return NULL;
}

unsigned char *seal_close(struct arena *a, const struct seal_public *pub,
			  const char *text, size_t *len)
{
	size_t text_len = strlen(text);
	unsigned char *out = arena_alloc(a, text_len + crypto_box_SEALBYTES);

	if (crypto_box_seal(out, (const unsigned char *)text, text_len,
			    pub->keys.list[0].bytes) != 0)
		log_fatal("public key for sealing is not a key");
	*len = text_len + crypto_box_SEALBYTES;
	return out;
}

char *seal_open(struct arena *a, const struct seal_private *priv,
		const unsigned char *bytes, size_t len)
{
	size_t text_len;
	char *text;

	if (len < crypto_box_SEALBYTES)
		return NULL;
	text_len = len - crypto_box_SEALBYTES;
	text = arena_alloc(a, text_len + 1);
	for (size_t i = 0; i < priv->keys.count; i++)
		if (crypto_box_seal_open((unsigned char *)text, bytes, len,
					 priv->public[i],
					 priv -> keys.list[i].bytes) == 0)
			return strlen(text) == text_len ? text : NULL;
	return NULL;
}

void address_digest(const struct digest_key *key, const char *address,
		    unsigned char out[ADDRESS_DIGEST_LEN])
{
	crypto_generichash(out, ADDRESS_DIGEST_LEN,
			   (const unsigned char *)address, strlen(address),
			   key->keys.list[0].bytes, KEY_LEN);
}

int seal_keys_new(const char *dir)
{
	unsigned char pub[KEY_LEN], priv[KEY_LEN];
	char pub_path[PATH_LEN], priv_path[PATH_LEN];
	int rc;

	if (sodium_init() < 0)
		return log_error("libsodium does not start");
	snprintf(pub_path, sizeof(pub_path), "%s/seal.public", dir);
	snprintf(priv_path, sizeof(priv_path), "%s/seal.private", dir);
	crypto_box_keypair(pub, priv);
	/* The private one first: a public key that nothing opens would eat
	 * every address given to it. */
	rc = key_write(priv_path, KEY_SECRET, priv);
	if (rc == 0)
		rc = key_write(pub_path, KEY_PUBLIC, pub);
	sodium_memzero(priv, sizeof(priv));
	return rc;
}
