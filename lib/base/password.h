#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

/*
 * Passwords at rest: Argon2id with its salt and cost in one text
 * (crypto_pwhash_str).  Source: DESIGN 9, S3, V6.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What one guess costs. */
struct password_cost {
	unsigned long long passes;
	size_t memory; /* bytes */
};

/* The cost of this product: about 0.1 s and 64 MB. */
extern const struct password_cost password_cost_usual;

/* Hashes a password.  Returns NULL on failure (not enough memory), logged. */
char *password_hash(struct arena *a, const char *password,
		    const struct password_cost *cost);

/* True if the password is the one that made the hash.  Takes its full time for
 * a wrong password too; hash NULL (nobody of that name) is false after the
 * time of the usual cost, so that the clock tells nothing. */
bool password_verify(const char *hash, const char *password);

/* True if the hash was made with another cost and should be made anew at the
 * next login. */
bool password_is_outdated(const char *hash, const struct password_cost *cost);

#endif
