#include "base/mac.h"

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
	MAC_LEN = crypto_auth_hmacsha256_BYTES,
	PATH_LEN = 4096,
};

/* Of a purpose before it is a key: keeps it from being a token's mac. */
static const char prefix[] = "anpi mac 1 ";

/* A key is hashed first of all: once, and not for every mac. */
struct mac_keys {
	struct keys keys; /* made for the purpose */
	crypto_auth_hmacsha256_state begun[KEYS_MAX];
};

static void hmac(const crypto_auth_hmacsha256_state *begun, const void *bytes,
		 size_t len, unsigned char out[MAC_LEN])
{
	crypto_auth_hmacsha256_state state = *begun;

	crypto_auth_hmacsha256_update(&state, bytes, len);
	crypto_auth_hmacsha256_final(&state, out);
}

static void derive(struct key *key, const char *purpose)
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key->bytes, KEY_LEN);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)prefix,
				      sizeof(prefix));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose,
				      strlen(purpose));
	crypto_auth_hmacsha256_final(&state, key->bytes);
}

const struct mac_keys *mac_keys_load(const char *path, const char *purpose)
{
	struct mac_keys *keys = key_room(sizeof(*keys));

	if (keys_load(path, KEY_SECRET, &keys->keys) < 0) {
		free(keys);
		return NULL;
	}
	for (size_t i = 0; i < keys->keys.count; i++) {
		struct key *key = &keys->keys.list[i];

		derive(key, purpose);
		crypto_auth_hmacsha256_init(&keys->begun[i], key->bytes,
					    KEY_LEN);
	}
	return keys;
}

const struct mac_keys *mac_keys_configured(const char *purpose)
{
	const struct mac_keys *keys;
	char path[PATH_LEN];

	snprintf(path, sizeof(path), "%s/link.keys", config_must("Path.Keys"));
	keys = mac_keys_load(path, purpose);
	if (keys == NULL)
		log_fatal("keys not loaded purpose=%s", purpose);
	return keys;
}

char *mac_make(struct arena *a, const struct mac_keys *keys, const void *bytes,
	       size_t len)
{
	unsigned char mac[MAC_LEN];

	hmac(&keys->begun[0], bytes, len, mac);
	return arena_fmt(a, "%u-%s", keys->keys.list[0].id,
			 bytes_to_hex(a, mac, sizeof(mac)));
}

static void write_text(const struct mac_keys *keys, size_t place,
		       const void *bytes, size_t len,
		       char out[MAC_TEXT_MAX + 1])
{
	unsigned char mac[MAC_LEN];
	int id_len;

	hmac(&keys->begun[place], bytes, len, mac);
	id_len = snprintf(out, MAC_TEXT_MAX + 1, "%u-",
			  keys->keys.list[place].id);
	sodium_bin2hex(out + id_len, (size_t)(MAC_TEXT_MAX + 1 - id_len), mac,
		       sizeof(mac));
}

bool mac_is_ours(const struct mac_keys *keys, const char *text, size_t text_len,
		 const void *bytes, size_t len)
{
	char want[MAC_TEXT_MAX + 1];

	for (size_t i = 0; i < keys->keys.count; i++) {
		unsigned id = keys->keys.list[i].id;
		size_t id_len = id < 10 ? 1 : id < 100 ? 2 : 3;

		/* Only the key that the text names is tried. */
		if (text_len != id_len + 1 + 2 * MAC_LEN)
			continue;
		snprintf(want, sizeof(want), "%u-", id);
		if (memcmp(text, want, id_len + 1) != 0)
			continue;
		write_text(keys, i, bytes, len, want);
		return sodium_memcmp(text, want, text_len) == 0;
	}
	return false;
}
