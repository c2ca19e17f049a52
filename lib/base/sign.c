#include "base/sign.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/key.h"
#include "base/log.h"

enum { PATH_LEN = 4096 };

_Static_assert(KEY_LEN == crypto_sign_SEEDBYTES, "what a pair is made from");
_Static_assert(KEY_LEN == crypto_sign_PUBLICKEYBYTES, "a public key's length");
_Static_assert(SIGNATURE_LEN == crypto_sign_BYTES, "a signature's length");

struct sign_private {
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
};

struct sign_public {
	struct keys keys;
};

const struct sign_private *sign_private_load(const char *path)
{
	struct sign_private *priv;
	unsigned char pub[KEY_LEN];
	struct keys keys;

	key_guard_process();
	if (sodium_init() < 0 || keys_load(path, KEY_SECRET, &keys) < 0)
		return NULL;
	priv = key_room(sizeof(*priv));
	crypto_sign_seed_keypair(pub, priv->secret, keys.list[0].bytes);
	sodium_memzero(&keys, sizeof(keys));
	return priv;
}

const struct sign_public *sign_public_load(const char *path)
{
	struct sign_public *pub = key_room(sizeof(*pub));

	if (sodium_init() >= 0 && keys_load(path, KEY_PUBLIC, &pub->keys) == 0)
		return pub;
	free(pub);
	return NULL;
}

void sign_make(const struct sign_private *priv, const void *bytes, size_t len,
	       unsigned char out[SIGNATURE_LEN])
{
	crypto_sign_detached(out, NULL, bytes, len, priv->secret);
}

bool sign_is_ours(const struct sign_public *pub, const void *bytes, size_t len,
		  const unsigned char signature[SIGNATURE_LEN])
{
	for (size_t i = 0; i < pub->keys.count; i++)
		if (crypto_sign_verify_detached(signature, bytes, len,
						pub->keys.list[i].bytes) == 0)
			return true;
	return false;
}

int sign_keys_new(const char *dir)
{
	unsigned char pub[KEY_LEN], seed[KEY_LEN];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	char pub_path[PATH_LEN], priv_path[PATH_LEN];
	int rc;

	if (sodium_init() < 0)
		return log_error("libsodium does not start");
	snprintf(pub_path, sizeof(pub_path), "%s/evidence.public", dir);
	snprintf(priv_path, sizeof(priv_path), "%s/evidence.private", dir);
	randombytes_buf(seed, sizeof(seed));
	crypto_sign_seed_keypair(pub, secret, seed);
	rc = key_write(priv_path, KEY_SECRET, seed);
	if (rc == 0)
		rc = key_write(pub_path, KEY_PUBLIC, pub);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
	return rc;
}
