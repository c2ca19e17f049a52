#include "base/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/config.h"
#include "base/key.h"
#include "base/log.h"

enum {
	NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	HEAD_LEN = 1 + NONCE_LEN, /* key id, nonce */
	PATH_LEN = 4096,
};

_Static_assert(KEY_LEN == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	       "a key's length");

struct secret_keys {
	struct keys keys;
};

const struct secret_keys *secret_keys_load(const char *path)
{
	struct secret_keys *keys = key_room(sizeof(*keys));

	if (keys_load(path, KEY_SECRET, &keys->keys) == 0)
		return keys;
	free(keys);
	return NULL;
}

const struct secret_keys *secret_keys_configured(const char *name)
{
	const struct secret_keys *keys;
	char path[PATH_LEN];

	snprintf(path, sizeof(path), "%s/%s", config_must("Path.Keys"), name);
	keys = secret_keys_load(path);
	if (keys == NULL)
		log_fatal("keys not loaded name=%s", name);
	return keys;
}

char *secret_close(struct arena *a, const struct secret_keys *keys,
		   const char *purpose, const char *text)
{
	const struct key *key = &keys->keys.list[0];
	size_t len = strlen(text);
	unsigned char *out = arena_alloc(a, HEAD_LEN + len + TAG_LEN);

	out[0] = key->id;
	bytes_random(out + 1, NONCE_LEN);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		out + HEAD_LEN, NULL, (const unsigned char *)text, len,
		(const unsigned char *)purpose, strlen(purpose), NULL, out + 1,
		key->bytes);
	return bytes_to_base64url(a, out, HEAD_LEN + len + TAG_LEN);
}

static const struct key *find(const struct secret_keys *keys, unsigned char id)
{
	for (size_t i = 0; i < keys->keys.count; i++)
		if (keys->keys.list[i].id == id)
			return &keys->keys.list[i];
	return NULL;
}

char *secret_open(struct arena *a, const struct secret_keys *keys,
		  const char *purpose, const char *closed)
{
	size_t characters = strlen(closed), len = characters * 3 / 4;
	const struct key *key;
	unsigned char *bytes;
	char *text;

	if (characters > SECRET_TEXT_MAX || len < HEAD_LEN + TAG_LEN)
		return NULL;
	bytes = arena_alloc(a, len);
	if (!bytes_from_base64url(closed, bytes, len))
		return NULL;
	key = find(keys, bytes[0]);
	text = arena_alloc(a, len - HEAD_LEN - TAG_LEN + 1);
	if (key == NULL ||
	    crypto_aead_xchacha20poly1305_ietf_decrypt(
		    (unsigned char *)text, NULL, NULL, bytes + HEAD_LEN,
		    len - HEAD_LEN, (const unsigned char *)purpose,
		    strlen(purpose), bytes + 1, key->bytes) != 0)
		return NULL;
	text[len - HEAD_LEN - TAG_LEN] = '\0';
	return text;
}
