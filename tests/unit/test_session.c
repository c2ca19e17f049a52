#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/session.h"

static const int64_t now = 1735689600LL * TIME_SECOND; /* 2025-01-01 */
static const struct session_limits limits = {
	.idle = 30LL * TIME_MINUTE,
	.absolute = 720LL * TIME_MINUTE,
};

static int64_t add_account(struct db *db, const char *login)
{
	struct account acc = {
		.login = login,
		.name = "x",
		.role = ROLE_AUDITOR,
		.password_hash = "",
	};

	return account_add(db, &acc);
}

static void test_life(void **state)
{
	/* Looked at in this order; each look keeps the session alive. */
	static const struct {
		const char *name;
		int64_t minutes;
		int want;
	} rows[] = {
		{ "at once", 0, 1 },
		{ "within the idle time", 29, 1 },
		{ "again within it", 58, 1 },
		{ "within a minute of that", 58, 1 },
		{ "idle for too long", 89, 0 },
		{ "it stays dead", 90, 0 },
	};
	struct db *db = *state;
	unsigned char id[SESSION_ID_LEN], other[SESSION_ID_LEN];
	struct session s;
	int64_t account = add_account(db, "life");

	check_int("added", session_add(db, account, false, now, id), 0);
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  session_find(db, id, &limits,
				       now + rows[i].minutes * TIME_MINUTE, &s),
			  rows[i].want);
	check_int("role", s.account.role, ROLE_AUDITOR);
	check_str("login", s.account.login, "life");
	session_add(db, account, false, now, other);
	check_int("ids differ", memcmp(id, other, sizeof(id)) != 0, 1);
	other[0] ^= 1;
	check_int("a guess", session_find(db, other, &limits, now, &s), 0);
}

static void test_absolute(void **state)
{
	struct db *db = *state;
	unsigned char id[SESSION_ID_LEN];
	struct session s;

	session_add(db, add_account(db, "old"), false, now, id);
	for (int64_t minutes = 20; minutes < 720; minutes += 20)
		check_int("kept in use",
			  session_find(db, id, &limits,
				       now + minutes * TIME_MINUTE, &s),
			  1);
	check_int("too old all the same",
		  session_find(db, id, &limits, now + 720LL * TIME_MINUTE, &s),
		  0);
}

static void test_end(void **state)
{
	struct db *db = *state;
	unsigned char a[SESSION_ID_LEN], b[SESSION_ID_LEN], c[SESSION_ID_LEN];
	int64_t account = add_account(db, "end");
	struct session s;

	session_add(db, account, false, now, a);
	session_add(db, account, false, now, b);
	session_add(db, account, false, now, c);
	check_int("logout", session_end(db, a), 0);
	check_int("that one is dead", session_find(db, a, &limits, now, &s), 0);
	check_int("the other lives", session_find(db, b, &limits, now, &s), 1);
	check_int("all", session_end_all(db, account), 0);
	check_int("dead", session_find(db, b, &limits, now, &s), 0);
	check_int("dead", session_find(db, c, &limits, now, &s), 0);
}

static void test_disabled(void **state)
{
	struct db *db = *state;
	unsigned char id[SESSION_ID_LEN];
	struct session s;

	session_add(db, add_account(db, "shut"), false, now, id);
	database_do(db, "UPDATE account SET state = 'disabled'"
			" WHERE login = 'shut'");
	check_int("account is shut", session_find(db, id, &limits, now, &s), 0);
}

static void test_purge(void **state)
{
	struct db *db = *state;
	unsigned char id[SESSION_ID_LEN];
	int64_t account = add_account(db, "purge");

	session_add(db, account, false, now - 31LL * TIME_MINUTE, id);
	session_add(db, account, false, now - 29LL * TIME_MINUTE, id);
	check_int("one is over", session_purge(db, &limits, now), 1);
	check_int("one is left",
		  database_int(db, "SELECT COUNT(*) FROM session s"
				   " JOIN account a ON a.id = s.account"
				   " WHERE a.login = 'purge'"),
		  1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_life, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_absolute, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_end, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_disabled, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_purge, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
