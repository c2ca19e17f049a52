#ifndef MODEL_USER_CHANGE_H
#define MODEL_USER_CHANGE_H

/*
 * Changing people, within the reach of an account.  Each act is one
 * transaction with its audit line, whose object is "user 12"; the caller fills
 * in who acts.  A person is never deleted here: who left is kept, asked no
 * more, and may return.  Source: D1i, D2g, S6, issue 3.
 */
#include <stdbool.h>
#include <stdint.h>

#include "model/audit.h"

struct db;

enum user_result {
	USER_NOT_FOUND, /* or out of reach */
	USER_DONE,
	USER_NUMBER_TAKEN,
	USER_CHANGED_MEANWHILE, /* the version is not the one that was seen */
};

struct user_draft {
	const struct audit *audit; /* who acts: account, actor, network */
	int64_t version;	   /* that was seen; of a change only */
	const char *staff_no, *name, *kana, *lang;
};

/* Makes a person, in a group of the account's reach (0: in none, for who
 * reaches everybody only).  Returns a user_result, *id if done; -1 on failure.
 */
int user_add(struct db *db, const struct user_draft *d, int64_t group,
	     int64_t *id);

/* Changes number, name, kana and language. */
int user_change(struct db *db, const struct user_draft *d, int64_t id);

/* Marks a person as having left, or as returned: also if he is so already. */
int user_leave(struct db *db, const struct audit *audit, int64_t id);
int user_return(struct db *db, const struct audit *audit, int64_t id);

/* Makes all links that the person was ever sent invalid. */
int user_revoke_links(struct db *db, const struct audit *audit, int64_t id);

/* Adds or takes away a region of a purpose; twice is once. */
int user_set_region(struct db *db, const struct audit *audit, int64_t id,
		    const char *purpose, const char *region, bool add);

#endif
