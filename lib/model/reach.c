#include "model/reach.h"

#include "base/str.h"
#include "model/role.h"

int reach_find(struct db *db, int64_t account, struct reach *out)
{
	static const char sql[] = "SELECT role"
				  "  FROM account"
				  " WHERE id = ? AND state = 'active'";
	enum scope scope;
	struct stmt *s;
	int rc;

	/* No group has an admin 0: nobody, until the account is found. */
	*out = (struct reach){ .account = 0, .everybody = account == 0 };
	if (account == 0)
		return 0;
	s = db_prepare(db, sql);
	db_bind_int(s, account);
	while ((rc = db_step(s)) > 0) {
		scope = role_scope(role_parse(db_text(s, 0)));
		out->account = scope == SCOPE_NOBODY ? 0 : account;
		out->everybody = scope == SCOPE_EVERYBODY;
	}
	return rc;
}

void reach_bind(struct stmt *s, const struct reach *reach)
{
	db_bind_int(s, reach->everybody);
	db_bind_int(s, reach->account);
}
