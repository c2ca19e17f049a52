#include "model/account.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/network.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/session.h"

enum {
	FAILURES_A_ROUND = 5,
	CODE_FAILURES_MAX = 10,
	WAIT_MOST_MIN = 15,    /* minutes */
	FAILURES_MOST = 60000, /* the end of a round, where counting stops */
	NETWORK_FAILURES_MAX = 30, /* within NETWORK_WINDOW_MIN minutes */
	NETWORK_WINDOW_MIN = 10,
	KNOWN_DAYS = 30,   /* since an account was used from a network */
	TIDY_MOST = 10000, /* rows of a table at a time */
};

static const int64_t failures_count = (int64_t)NETWORK_WINDOW_MIN * TIME_MINUTE;
static const int64_t network_counts =
	(int64_t)KNOWN_DAYS * 24 * 60 * TIME_MINUTE;

int account_find(struct db *db, const char *login, struct account *out)
{
	static const char sql[] =
		"SELECT id, login, name, role, password_hash, state, failures,"
		"       locked_until, code_failures"
		"  FROM account"
		" WHERE login = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, login);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	*out = (struct account){
		.id = db_int(s, 0),
		.login = db_text(s, 1),
		.name = db_text(s, 2),
		.role = role_parse(db_text(s, 3)),
		.password_hash = db_text(s, 4),
		.disabled = !str_eq(db_text(s, 5), "active"),
		.failures = (int)db_int(s, 6),
		.locked_until = db_time(s, 7),
		.code_failures = (int)db_int(s, 8),
	};
	return db_step(s) < 0 ? -1 : 1;
}

/* Throttling -----------------------------------------------------------------
 */

static int64_t network_wait(struct db *db, const char *network, int64_t now)
{
	/* The oldest of the last 30 failures: when it is older than the
	 * window there were fewer. */
	static const char sql[] = "SELECT at FROM login_failure"
				  " WHERE network = ? AND at > ?"
				  " ORDER BY at DESC"
				  " LIMIT 1 OFFSET ?";
	unsigned char bytes[NETWORK_LEN];
	size_t len = network_bytes(network, bytes);
	struct stmt *s = db_prepare(db, sql);
	int64_t wait = 0;
	int rc;

	db_bind_blob(s, bytes, len);
	db_bind_time(s, now - failures_count);
	db_bind_int(s, NETWORK_FAILURES_MAX - 1);
	while ((rc = db_step(s)) > 0)
		wait = db_time(s, 0) + failures_count - now;
	return rc < 0 ? -1 : wait;
}

/* True (1) if the account was used from there lately. */
static int is_known(struct db *db, const struct account *acc,
		    const char *network, int64_t now)
{
	static const char sql[] = "SELECT COUNT(*) FROM login_network"
				  " WHERE account = ? AND network = ?"
				  "   AND last_at > ?";
	unsigned char bytes[NETWORK_LEN];
	size_t len = network_bytes(network, bytes);
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	db_bind_int(s, acc->id);
	db_bind_blob(s, bytes, len);
	db_bind_time(s, now - network_counts);
	return db_number(s, &n) < 0 ? -1 : n > 0;
}

int64_t account_wait(struct db *db, const struct account *acc,
		     const char *network, int64_t now)
{
	int64_t wait = network_wait(db, network, now);
	int known;

	if (wait < 0 || acc == NULL || acc->locked_until - now <= wait)
		return wait;
	if (acc->code_failures >= CODE_FAILURES_MAX)
		return acc->locked_until - now;
	known = is_known(db, acc, network, now);
	if (known != 0)
		return known < 0 ? -1 : wait;
	return acc->locked_until - now;
}

/* Counts and locks in one statement: tries that run side by side are all
 * counted, and whichever completes a round locks.  The lock is computed first,
 * since a column that was set is read as set. */
static int count_on_account(struct db *db, const struct account *acc,
			    int64_t now)
{
	static const char sql[] =
		"UPDATE account"
		"   SET locked_until = IF((failures + 1) % ? = 0,"
		"         ? + INTERVAL LEAST(? , 1 <<"
		"           LEAST((failures + 1) DIV ? - 1, ?)) MINUTE,"
		"         locked_until),"
		"       failures = LEAST(failures + 1, ?)"
		" WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, FAILURES_A_ROUND);
	db_bind_time(s, now);
	db_bind_int(s, WAIT_MOST_MIN);
	db_bind_int(s, FAILURES_A_ROUND);
	db_bind_int(s, WAIT_MOST_MIN); /* as a power of two more than enough */
	db_bind_int(s, FAILURES_MOST - 1);
	db_bind_int(s, acc->id);
	return db_run(s) < 0 ? -1 : 0;
}

int account_fail(struct db *db, const struct account *acc, const char *network,
		 int64_t now)
{
	static const char sql[] =
		"INSERT IGNORE INTO login_failure (network, at) VALUES (?, ?)";
	unsigned char bytes[NETWORK_LEN];
	size_t len = network_bytes(network, bytes);
	struct stmt *s;

	if (acc != NULL && count_on_account(db, acc, now) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_blob(s, bytes, len);
	db_bind_time(s, now);
	return db_run(s) < 0 ? -1 : 0;
}

int account_fail_code(struct db *db, const struct account *acc,
		      const char *network, int64_t now)
{
	static const char sql[] =
		"UPDATE account SET code_failures = LEAST(code_failures + 1, ?)"
		" WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, FAILURES_MOST);
	db_bind_int(s, acc->id);
	return db_run(s) < 0 ? -1 : account_fail(db, acc, network, now);
}

static int know_network(struct db *db, const struct account *acc,
			const char *network, int64_t now)
{
	static const char sql[] =
		"INSERT INTO login_network (account, network, last_at)"
		" VALUES (?, ?, ?)"
		" ON DUPLICATE KEY UPDATE last_at = VALUES(last_at)";
	unsigned char bytes[NETWORK_LEN];
	size_t len = network_bytes(network, bytes);
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, acc->id);
	db_bind_blob(s, bytes, len);
	db_bind_time(s, now);
	return db_run(s) < 0 ? -1 : 0;
}

int account_succeed(struct db *db, const struct account *acc,
		    const char *network, int64_t now)
{
	static const char sql[] = "UPDATE account"
				  "   SET failures = 0, locked_until = NULL,"
				  "       code_failures = 0, last_login_at = ?"
				  " WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now);
	db_bind_int(s, acc->id);
	return db_run(s) < 0 ? -1 : know_network(db, acc, network, now);
}

int account_tidy(struct db *db, int64_t now)
{
	static const char failures[] = "DELETE FROM login_failure"
				       " WHERE at <= ?"
				       " LIMIT ?";
	static const char networks[] = "DELETE FROM login_network"
				       " WHERE last_at <= ?"
				       " LIMIT ?";
	struct stmt *s = db_prepare(db, failures);

	db_bind_time(s, now - failures_count);
	db_bind_int(s, TIDY_MOST);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, networks);
	db_bind_time(s, now - network_counts);
	db_bind_int(s, TIDY_MOST);
	return db_run(s) < 0 ? -1 : 0;
}

/* Administration -------------------------------------------------------------
 */

int account_set_password(struct db *db, int64_t id, const char *hash)
{
	static const char sql[] =
		"UPDATE account SET password_hash = ? WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, hash);
	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

int64_t account_add(struct db *db, const struct account *acc)
{
	static const char sql[] =
		"INSERT IGNORE INTO account (login, name, role, password_hash)"
		" VALUES (?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t rows;

	db_bind_text(s, acc->login);
	db_bind_text(s, acc->name);
	db_bind_text(s, role_name(acc->role));
	db_bind_text(s, acc->password_hash);
	rows = db_run(s);
	return rows <= 0 ? rows : db_last_id(db);
}

static int set_state(struct db *db, int64_t id, const char *state)
{
	static const char sql[] = "UPDATE account SET state = ? WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, state);
	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

struct disabling {
	const char *login;
	bool disabled;
};

static int shut(struct db *db, int64_t id)
{
	return set_state(db, id, "disabled") < 0 || session_end_all(db, id) < 0
		       ? -1
		       : 0;
}

static int disable(struct db *db, void *arg)
{
	const struct disabling *d = arg;
	struct account acc;
	int found = account_find(db, d->login, &acc);

	if (found <= 0)
		return found;
	if (d->disabled)
		return shut(db, acc.id) < 0 ? -1 : 1;
	return set_state(db, acc.id, "active") < 0 ? -1 : 1;
}

int account_set_disabled(struct db *db, const char *login, bool disabled)
{
	struct disabling d = { login, disabled };

	return db_transaction(db, disable, &d);
}

struct leaver {
	struct leaver *next;
	int64_t account, user;
	const char *login;
};

static int list_leavers(struct db *db, int64_t user, struct leaver **out)
{
	static const char sql[] = "SELECT a.id, a.login, u.id"
				  "  FROM account a"
				  "  JOIN user u ON u.id = a.user"
				  " WHERE (? = 0 OR u.id = ?)"
				  "   AND u.state = 'left'"
				  "   AND a.state = 'active'"
				  " ORDER BY a.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, user);
	db_bind_int(s, user);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->account = db_int(s, 0);
		(*out)->login = db_text(s, 1);
		(*out)->user = db_int(s, 2);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

/* One by one, since each has a line of its own in the audit: they are few. */
int account_shut_leavers(struct db *db, const struct audit *who, int64_t user)
{
	struct audit line = *who;
	struct leaver *list;
	int n = 0;

	if (list_leavers(db, user, &list) < 0)
		return -1;
	line.action = "account disabled";
	line.people = 1;
	for (const struct leaver *l = list; l != NULL; l = l->next, n++) {
		line.object = arena_fmt(db->arena, "account %s", l->login);
		line.detail = arena_fmt(db->arena, "user %lld left",
					(long long)l->user);
		if (shut(db, l->account) < 0 || audit_add(db, &line) < 0)
			return -1;
	}
	return n;
}

int account_unlock(struct db *db, const char *login)
{
	static const char sql[] =
		"UPDATE account SET failures = 0, code_failures = 0,"
		"       locked_until = NULL"
		" WHERE login = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, login);
	return (int)db_run(s);
}

int account_user(struct db *db, int64_t id, int64_t *user)
{
	static const char sql[] = "SELECT u.id"
				  "  FROM account a"
				  "  JOIN user u ON u.id = a.user"
				  " WHERE a.id = ? AND u.state = 'active'";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		*user = db_int(s, 0);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int account_set_user(struct db *db, int64_t id, int64_t user)
{
	static const char sql[] =
		"UPDATE account SET user = NULLIF(?, 0) WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, user);
	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}
