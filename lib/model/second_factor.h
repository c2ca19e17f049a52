#ifndef MODEL_SECOND_FACTOR_H
#define MODEL_SECOND_FACTOR_H

/*
 * The second factor of an account: a secret that an app on the owner's phone
 * shares with us, and whose codes (base/totp.h) a login asks for after the
 * password.  Each code opens once.  The secret stands in the database closed
 * under totp.key and bound to its account, so that neither a copy of the
 * database nor a row moved to another account gives it away.
 * Source: S3, V6.3.3, V6.5.
 */
#include <stdint.h>

#include "model/role.h"

struct db;
struct secret_keys;

struct second_factor {
	const char *closed; /* the secret */
	int64_t step;	    /* of the last code taken */
	int64_t since;
};

/* The second factor of an account: 1 and *out, 0 if it has none, -1. */
int second_factor_find(struct db *db, int64_t account,
		       struct second_factor *out);

/* The step of a code that opens the account now; 0 if it is wrong or was
 * taken, -1 on failure (a secret that no key opens too). */
int64_t second_factor_check(struct db *db, const struct secret_keys *keys,
			    int64_t account, const struct second_factor *factor,
			    const char *code, int64_t now);

/* Takes the code of a step: 1, 0 if somebody else was quicker, -1. */
int second_factor_use(struct db *db, int64_t account, int64_t step);

/* Sets up a second factor, the code of `step` taken.  1, 0 if the account has
 * one already, -1. */
int second_factor_set(struct db *db, const struct secret_keys *keys,
		      int64_t account, const char *secret, int64_t step,
		      int64_t now);

/* Gives it up.  1, 0 if there was none, -1. */
int second_factor_off(struct db *db, int64_t account);

/* Whether an account of a role that has none must set one up before anything
 * else, by the setting: 1, 0, -1. */
int second_factor_is_due(struct db *db, enum role role);

#endif
