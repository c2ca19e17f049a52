#include "base/password.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

enum { HASH_LEN = 32 }; /* bytes, as crypto_pwhash_str makes */

const struct password_cost password_cost_usual = {
	.passes = crypto_pwhash_OPSLIMIT_INTERACTIVE,
	.memory = crypto_pwhash_MEMLIMIT_INTERACTIVE,
};

char *password_hash(struct arena *a, const char *password,
		    const struct password_cost *cost)
{
	char *hash = arena_alloc(a, crypto_pwhash_STRBYTES);

	if (sodium_init() < 0 ||
	    crypto_pwhash_str_alg(hash, password, strlen(password),
				  cost->passes, cost->memory,
				  crypto_pwhash_ALG_ARGON2ID13) != 0) {
		log_error("password not hashed");
		return NULL;
	}
	return hash;
}

bool password_verify(const char *hash, const char *password)
{
	unsigned char key[HASH_LEN];
	static const unsigned char salt[crypto_pwhash_SALTBYTES];

	if (sodium_init() < 0)
		log_fatal("libsodium does not start");
	if (hash != NULL)
		return crypto_pwhash_str_verify(hash, password,
						strlen(password)) == 0;
	if (crypto_pwhash(key, sizeof(key), password, strlen(password), salt,
			  password_cost_usual.passes,
			  password_cost_usual.memory,
			  crypto_pwhash_ALG_ARGON2ID13) != 0)
		log_warn("password compared without its cost");
	return false;
}

bool password_is_outdated(const char *hash, const struct password_cost *cost)
{
	return crypto_pwhash_str_needs_rehash(hash, cost->passes,
					      cost->memory) != 0;
}
