#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

/*
 * An account: who may log in, as what.  Failures are counted by account and
 * by network; both throttle.  Source: S3, V6.
 */
#include <stdbool.h>
#include <stdint.h>

#include "model/role.h"

struct audit;
struct db;

enum {
	ACCOUNT_LOGIN_MAX = 64,	    /* characters */
	ACCOUNT_PASSWORD_MIN = 8,   /* characters, V6.2.1 */
	ACCOUNT_PASSWORD_MAX = 128, /* characters, V6.2.9 */
};

struct account {
	int64_t id;
	const char *login, *name;
	enum role role;
	const char *password_hash;
	bool disabled;
	int failures; /* since the last login that succeeded */
	int64_t locked_until;
	int code_failures; /* since the last login; needs the password */
};

/* Finds an account by its login.  1 and *out, 0 none, -1 on failure. */
int account_find(struct db *db, const char *login, struct account *out);

/* The staff member that an account is: 1 and *user, 0 if it is none who can be
 * asked, -1 on failure. */
int account_user(struct db *db, int64_t id, int64_t *user);

/* Ties an account to a staff member, whose addresses get what is told to it;
 * user 0: to none.  0 or -1. */
int account_set_user(struct db *db, int64_t id, int64_t user);

/*
 * How long, from `now`, a try from this network or for this account has to
 * wait: microseconds, 0 if it may be made, -1 on failure.  acc NULL: nobody of
 * that name, who is throttled by network only.
 *
 * An account waits longer after each five failures, 1 minute, then twice as
 * long up to 15 minutes; so it can be slowed by others and never shut for
 * good.  A network (IPv4 address, IPv6 /64) may fail 30 times in 10 minutes.
 * Where an account logged in within 30 days it does not wait for failures of
 * its own, only for those of that network: nobody elsewhere can keep an officer
 * from his desk.  After ten wrong codes of the second factor it does: whoever
 * types codes knows the password already.
 */
int64_t account_wait(struct db *db, const struct account *acc,
		     const char *network, int64_t now);

/* Counts a failed try.  0 or -1. */
int account_fail(struct db *db, const struct account *acc, const char *network,
		 int64_t now);

/* Likewise a wrong code after the right password. */
int account_fail_code(struct db *db, const struct account *acc,
		      const char *network, int64_t now);

/* Notes a login that succeeded and from where, and forgets the account's
 * failures. */
int account_succeed(struct db *db, const struct account *acc,
		    const char *network, int64_t now);

/* Forgets failures and networks that are too old to count.  0 or -1. */
int account_tidy(struct db *db, int64_t now);

/* Stores another hash.  Ends no session: see session_end_all. */
int account_set_password(struct db *db, int64_t id, const char *hash);

/* Makes an account.  Its id; 0 if the login is taken; -1 on failure. */
int64_t account_add(struct db *db, const struct account *acc);

/* Shuts or opens an account; shutting ends its sessions in the same
 * transaction (V7.4.2).  1, 0 if there is none, -1 on failure. */
int account_set_disabled(struct db *db, const char *login, bool disabled);

/*
 * Shuts the accounts of people who have left, and ends their sessions, within
 * the transaction in which they leave; each is audited as an act of `who`.
 * user 0: of all who have left.  Who comes back is not let in by that: an
 * account is opened by account_set_disabled.  How many, or -1.
 */
int account_shut_leavers(struct db *db, const struct audit *who, int64_t user);

/* Forgets failures and waiting time.  1, 0 if there is none, -1. */
int account_unlock(struct db *db, const char *login);

#endif
