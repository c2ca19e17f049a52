#include "model/role.h"

#include <stddef.h>

#include "base/str.h"

#define MAY(right) (1U << (right))

/* An operator and an overseas admin count everybody, since a check goes to
 * whoever works where the ground shook; who these are stays closed to them by
 * their rights. */
static const struct {
	const char *name;
	enum scope scope;
	unsigned rights;
	const char *home;
} roles[] = {
	[ROLE_NONE] = { "none", SCOPE_NOBODY, 0, "/login" },
	[ROLE_SYSTEM_ADMIN] = { "system_admin", SCOPE_EVERYBODY,
				MAY(RIGHT_SIGNED_IN) | MAY(RIGHT_COUNTS) |
					MAY(RIGHT_PEOPLE) | MAY(RIGHT_SYSTEM) |
					MAY(RIGHT_OVERSEAS) |
					MAY(RIGHT_DECIDE) | MAY(RIGHT_AUDIT) |
					MAY(RIGHT_STATUS),
				"/" },
	[ROLE_GROUP_ADMIN] = { "group_admin", SCOPE_OWN_GROUPS,
			       MAY(RIGHT_SIGNED_IN) | MAY(RIGHT_COUNTS) |
				       MAY(RIGHT_PEOPLE),
			       "/" },
	[ROLE_OVERSEAS_ADMIN] = { "overseas_admin", SCOPE_EVERYBODY,
				  MAY(RIGHT_SIGNED_IN) | MAY(RIGHT_COUNTS) |
					  MAY(RIGHT_OVERSEAS),
				  "/" },
	[ROLE_OPERATOR] = { "operator", SCOPE_EVERYBODY,
			    MAY(RIGHT_SIGNED_IN) | MAY(RIGHT_COUNTS) |
				    MAY(RIGHT_DECIDE) | MAY(RIGHT_STATUS),
			    "/events" },
	[ROLE_AUDITOR] = { "auditor", SCOPE_NOBODY,
			   MAY(RIGHT_SIGNED_IN) | MAY(RIGHT_AUDIT) |
				   MAY(RIGHT_STATUS),
			   "/audit" },
};

const char *role_name(enum role role)
{
	return roles[role].name;
}

enum role role_parse(const char *name)
{
	for (size_t i = 0; i < LEN(roles); i++)
		if (str_eq(roles[i].name, name))
			return (enum role)i;
	return ROLE_NONE;
}

bool role_may(enum role role, enum right right)
{
	return (roles[role].rights & MAY(right)) != 0;
}

enum scope role_scope(enum role role)
{
	return roles[role].scope;
}

const char *role_home(enum role role)
{
	return roles[role].home;
}
