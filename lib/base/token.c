#include "base/token.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/key.h"
#include "base/log.h"

/* Where each part begins, in bytes. */
enum {
	AT_KEY = 0,
	AT_KIND = 1,
	AT_BROADCAST = 2,
	AT_USER = 6,
	AT_GENERATION = 10,
	AT_MAC = 11,
	MAC_LEN = 16,
	TOKEN_LEN = AT_MAC + MAC_LEN,
};

/* Keeps a mac of anything else under the same key from being one of ours. */
static const unsigned char prefix[] = "anpi token 1";

/* A key and the prefix are hashed first of all: once, and not for every mac. */
struct token_keys {
	struct keys keys;
	crypto_auth_hmacsha256_state begun[KEYS_MAX];
};

const struct token_keys *token_keys_load(const char *path)
{
	struct token_keys *keys = key_room(sizeof(*keys));

	if (keys_load(path, KEY_SECRET, &keys->keys) < 0) {
		free(keys);
		return NULL;
	}
	for (size_t i = 0; i < keys->keys.count; i++) {
		crypto_auth_hmacsha256_init(&keys->begun[i],
					    keys->keys.list[i].bytes, KEY_LEN);
		crypto_auth_hmacsha256_update(&keys->begun[i], prefix,
					      sizeof(prefix));
	}
	return keys;
}

static void put32(unsigned char *to, uint32_t n)
{
	for (int i = 3; i >= 0; i--, n >>= 8)
		to[i] = (unsigned char)n;
}

static uint32_t get32(const unsigned char *from)
{
	return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 |
	       (uint32_t)from[2] << 8 | from[3];
}

static void mac(const crypto_auth_hmacsha256_state *begun,
		const unsigned char *token,
		unsigned char out[crypto_auth_hmacsha256_BYTES])
{
	crypto_auth_hmacsha256_state state = *begun;

	crypto_auth_hmacsha256_update(&state, token, AT_MAC);
	crypto_auth_hmacsha256_final(&state, out);
}

static void sign(const struct token_keys *keys, const struct token *t,
		 unsigned char out[TOKEN_LEN])
{
	unsigned char full[crypto_auth_hmacsha256_BYTES];

	out[AT_KEY] = keys->keys.list[0].id;
	out[AT_KIND] = (unsigned char)t->kind;
	put32(out + AT_BROADCAST, t->broadcast);
	put32(out + AT_USER, t->user);
	out[AT_GENERATION] = t->generation;
	mac(&keys->begun[0], out, full);
	memcpy(out + AT_MAC, full, MAC_LEN);
}

static int check(const struct token_keys *keys,
		 const unsigned char bytes[TOKEN_LEN], enum token_kind kind,
		 struct token *out)
{
	unsigned char full[crypto_auth_hmacsha256_BYTES];
	size_t i = 0;

	while (i < keys->keys.count && keys->keys.list[i].id != bytes[AT_KEY])
		i++;
	if (i == keys->keys.count || bytes[AT_KIND] != (unsigned char)kind)
		return 0;
	mac(&keys->begun[i], bytes, full);
	if (sodium_memcmp(full, bytes + AT_MAC, MAC_LEN) != 0)
		return 0;
	out->kind = kind;
	out->broadcast = get32(bytes + AT_BROADCAST);
	out->user = get32(bytes + AT_USER);
	out->generation = bytes[AT_GENERATION];
	return 1;
}

char *token_make(struct arena *a, const struct token_keys *keys,
		 enum token_kind kind, uint32_t broadcast, uint32_t user,
		 uint8_t generation)
{
	const struct token t = { kind, broadcast, user, generation };
	unsigned char bytes[TOKEN_LEN];

	sign(keys, &t, bytes);
	return bytes_to_base64url(a, bytes, sizeof(bytes));
}

char *token_make_local(struct arena *a, const struct token_keys *keys,
		       enum token_kind kind, uint32_t broadcast, uint32_t user,
		       uint8_t generation)
{
	const struct token t = { kind, broadcast, user, generation };
	unsigned char bytes[TOKEN_LEN];

	sign(keys, &t, bytes);
	return bytes_to_base32(a, bytes, sizeof(bytes));
}

int token_parse(const struct token_keys *keys, const char *text,
		enum token_kind kind, struct token *out)
{
	unsigned char bytes[TOKEN_LEN];

	if (!bytes_from_base64url(text, bytes, sizeof(bytes)))
		return 0;
	return check(keys, bytes, kind, out);
}

int token_parse_local(const struct token_keys *keys, const char *text,
		      enum token_kind kind, struct token *out)
{
	unsigned char bytes[TOKEN_LEN];

	if (!bytes_from_base32(text, bytes, sizeof(bytes)))
		return 0;
	return check(keys, bytes, kind, out);
}
