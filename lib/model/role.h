#ifndef MODEL_ROLE_H
#define MODEL_ROLE_H

/*
 * What each role may: one table, which the guards of the routes (web/run.h)
 * and the reach of the queries (model/reach.h) both come from.  A new role or
 * right is a row or a column of it.  Source: D3c, S5, V8.
 */
#include <stdbool.h>

enum role {
	ROLE_NONE, /* nobody is logged in */
	ROLE_SYSTEM_ADMIN,
	ROLE_GROUP_ADMIN,
	ROLE_OVERSEAS_ADMIN,
	ROLE_OPERATOR,
	ROLE_AUDITOR,
};

/* What a page asks for. */
enum right {
	RIGHT_SIGNED_IN, /* any role */
	RIGHT_COUNTS,	 /* how many are safe, not who */
	RIGHT_PEOPLE,	 /* people, groups, answers, broadcasts */
	RIGHT_SYSTEM,	 /* what concerns everybody */
	RIGHT_OVERSEAS,	 /* travellers and risks abroad */
	RIGHT_DECIDE,	 /* events: send, reject, fold */
	RIGHT_AUDIT,	 /* the log of who did what */
	RIGHT_STATUS,	 /* how the product itself does */
};

/* Whose people and groups a query answers for. */
enum scope {
	SCOPE_NOBODY,
	SCOPE_OWN_GROUPS, /* those of grp_admin and all below them */
	SCOPE_EVERYBODY,
};

/* The word of a role as the database and the templates write it. */
const char *role_name(enum role role);

/* The role of a word; ROLE_NONE if there is none such. */
enum role role_parse(const char *name);

bool role_may(enum role role, enum right right);
enum scope role_scope(enum role role);

/* The page that a role begins with. */
const char *role_home(enum role role);

#endif
