#ifndef MODEL_REACH_H
#define MODEL_REACH_H

/*
 * Whom an account can reach, by the scope of its role (role.h): a group admin
 * the people of his groups and of those below.  It is a condition of the
 * query, never a choice of the page.  For the modules of model/ only.  Source:
 *D3c, V8.
 *
 *	" WHERE " REACH_OF("r.user")
 *	...
 *	reach_bind(s, &reach);
 */
#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"

struct reach {
	int64_t account;
	bool everybody;
};

/* The condition on a column with a user's id; takes two values. */
#define REACH_OF(user)                                                         \
	"(? OR " user " IN (SELECT rm.user"                                    \
	"  FROM grp_admin ra"                                                  \
	"  JOIN grp_path rp ON rp.ancestor = ra.grp"                           \
	"  JOIN grp_member rm ON rm.grp = rp.descendant"                       \
	" WHERE ra.account = ?))"

/* The condition on a column with a group's id; takes two values. */
#define REACH_OF_GROUP(grp)                                                    \
	"(? OR " grp " IN (SELECT rp.descendant"                               \
	"  FROM grp_admin ra"                                                  \
	"  JOIN grp_path rp ON rp.ancestor = ra.grp"                           \
	" WHERE ra.account = ?))"

/* The reach of an account; 0, the product itself, reaches everybody.  An
 * unknown or shut account reaches nobody.
 * Returns 0, or -1 on failure. */
int reach_find(struct db *db, int64_t account, struct reach *out);

/* Binds the two values of one condition. */
void reach_bind(struct stmt *s, const struct reach *reach);

#endif
