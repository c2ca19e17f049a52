#include "model/second_factor.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/totp.h"
#include "db/db.h"
#include "model/setting.h"

static const char *purpose_of(struct arena *a, int64_t account)
{
	return arena_fmt(a, "second factor of %lld", (long long)account);
}

int second_factor_find(struct db *db, int64_t account,
		       struct second_factor *out)
{
	static const char sql[] = "SELECT totp_secret, totp_step, totp_at"
				  "  FROM account"
				  " WHERE id = ? AND totp_secret IS NOT NULL";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, account);
	while ((rc = db_step(s)) > 0) {
		*out = (struct second_factor){
			.closed = db_text(s, 0),
			.step = db_int(s, 1),
			.since = db_time(s, 2),
		};
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int64_t second_factor_check(struct db *db, const struct secret_keys *keys,
			    int64_t account, const struct second_factor *factor,
			    const char *code, int64_t now)
{
	const char *secret =
		secret_open(db->arena, keys, purpose_of(db->arena, account),
			    factor->closed);

	if (secret == NULL)
		return log_error("second factor not opened account=%lld",
				 (long long)account);
	return totp_check(secret, code, now, factor->step);
}

int second_factor_use(struct db *db, int64_t account, int64_t step)
{
	static const char sql[] = "UPDATE account SET totp_step = ?"
				  " WHERE id = ? AND totp_step < ?"
				  "   AND totp_secret IS NOT NULL";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, step);
	db_bind_int(s, account);
	db_bind_int(s, step);
	return (int)db_run(s);
}

int second_factor_set(struct db *db, const struct secret_keys *keys,
		      int64_t account, const char *secret, int64_t step,
		      int64_t now)
{
	static const char sql[] =
		"UPDATE account"
		"   SET totp_secret = ?, totp_step = ?, totp_at = ?"
		" WHERE id = ? AND totp_secret IS NULL";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, secret_close(db->arena, keys,
				     purpose_of(db->arena, account), secret));
	db_bind_int(s, step);
	db_bind_time(s, now);
	db_bind_int(s, account);
	return (int)db_run(s);
}

int second_factor_off(struct db *db, int64_t account)
{
	static const char sql[] =
		"UPDATE account"
		"   SET totp_secret = NULL, totp_step = 0, totp_at = NULL"
		" WHERE id = ? AND totp_secret IS NOT NULL";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, account);
	return (int)db_run(s);
}

int second_factor_is_due(struct db *db, enum role role)
{
	int64_t on = 0;

	if (role == ROLE_SYSTEM_ADMIN)
		on = setting_int(db, SETTING_LOGIN_CODE);
	return on < 0 ? -1 : on > 0;
}
