#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/account.h"
#include "model/session.h"

static const int64_t now = 1735689600LL * TIME_SECOND; /* 2025-01-01 */

static void add(struct db *db, const char *login, struct account *out)
{
	struct account acc = {
		.login = login,
		.name = "試験 太郎",
		.role = ROLE_OPERATOR,
		.password_hash = "hash",
	};

	if (account_add(db, &acc) <= 0)
		fail_msg("account %s not added", login);
	check_int(login, account_find(db, login, out), 1);
}

static void test_roles(void **state)
{
	(void)state;
	for (int role = ROLE_NONE; role <= ROLE_AUDITOR; role++)
		check_int(role_name((enum role)role),
			  role_parse(role_name((enum role)role)), role);
	check_int("no such role", role_parse("root"), ROLE_NONE);
}

static void test_find(void **state)
{
	struct db *db = *state;
	struct account acc;

	add(db, "find1", &acc);
	check_str("name", acc.name, "試験 太郎");
	check_int("role", acc.role, ROLE_OPERATOR);
	check_int("open", acc.disabled, 0);
	check_int("case is not told apart", account_find(db, "FIND1", &acc), 1);
	check_int("none", account_find(db, "find2", &acc), 0);
	check_int("taken", account_add(db, &acc), 0);
}

/* After how many failures an account waits how many minutes. */
static void test_account_waits(void **state)
{
	static const struct {
		int failures;
		int64_t minutes;
	} rows[] = {
		{ 1, 0 },   { 4, 0 },  { 5, 1 },    { 6, 0 },
		{ 10, 2 },  { 15, 4 }, { 20, 8 },   { 25, 15 },
		{ 30, 15 }, { 31, 0 }, { 500, 15 },
	};
	struct db *db = *state;
	struct account acc;
	int failures = 0;

	add(db, "waits", &acc);
	for (size_t i = 0; i < LEN(rows); i++) {
		for (; failures < rows[i].failures; failures++) {
			database_do(db, "DELETE FROM login_failure");
			database_do(db, "UPDATE account SET locked_until = NULL"
					" WHERE login = 'waits'");
			account_find(db, "waits", &acc);
			check_int("counted",
				  account_fail(db, &acc, "192.0.2.1", now), 0);
		}
		account_find(db, "waits", &acc);
		check_int("failures", acc.failures, failures);
		check_int(arena_fmt(db->arena, "after %d", failures),
			  account_wait(db, &acc, "192.0.2.2", now),
			  rows[i].minutes * TIME_MINUTE);
	}
	account_succeed(db, &acc, "192.0.2.1", now);
	account_find(db, "waits", &acc);
	check_int("forgotten", acc.failures, 0);
	check_int("no wait", account_wait(db, &acc, "192.0.2.2", now), 0);
}

/* Tries that run side by side have read the same count. */
static void test_side_by_side(void **state)
{
	static const struct {
		const char *name;
		int before, tries;
		bool locked;
	} rows[] = {
		{ "one short of it", 3, 1, false },
		{ "over it", 3, 2, true },
		{ "far over it", 3, 4, true },
		{ "where counting stops", 59999, 1, true },
	};
	struct db *db = *state;
	struct account acc;

	add(db, "beside", &acc);
	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db, arena_fmt(db->arena,
					  "UPDATE account SET failures = %d,"
					  " locked_until = NULL"
					  " WHERE login = 'beside'",
					  rows[i].before));
		account_find(db, "beside", &acc);
		for (int k = 0; k < rows[i].tries; k++)
			account_fail(db, &acc, "192.0.2.1", now + k);
		account_find(db, "beside", &acc);
		check_int(rows[i].name, acc.locked_until > now, rows[i].locked);
	}
}

/* Whoever types codes knows the password: a desk he shares does not help. */
static void test_codes(void **state)
{
	struct db *db = *state;
	struct account acc;

	add(db, "codes", &acc);
	account_succeed(db, &acc, "192.0.2.1", now);
	for (int k = 1; k <= 10; k++) {
		account_find(db, "codes", &acc);
		check_int("from where it is used",
			  account_wait(db, &acc, "192.0.2.1", now + k), 0);
		account_fail_code(db, &acc, "192.0.2.1", now + k);
	}
	account_find(db, "codes", &acc);
	check_int("both are counted", acc.failures, acc.code_failures);
	assert_true(account_wait(db, &acc, "192.0.2.1", now + 11) > 0);
	account_succeed(db, &acc, "192.0.2.1", now + 11);
	account_find(db, "codes", &acc);
	check_int("forgotten", acc.code_failures, 0);
}

static void test_known_network(void **state)
{
	static const struct {
		const char *name, *from;
		int64_t days;
		int waits;
	} rows[] = {
		{ "where it is used", "192.0.2.1", 0, 0 },
		{ "its /64", "2001:db8::2", 0, 0 },
		{ "elsewhere", "192.0.2.2", 0, 1 },
		{ "another /64", "2001:db8:0:1::1", 0, 1 },
		{ "after 29 days", "192.0.2.1", 29, 0 },
		{ "after 30 days", "192.0.2.1", 30, 1 },
	};
	struct db *db = *state;
	struct account acc, other;

	add(db, "known", &acc);
	add(db, "other", &other);
	account_succeed(db, &acc, "192.0.2.1", now);
	account_succeed(db, &acc, "2001:db8::1", now);
	account_succeed(db, &other, "192.0.2.2", now);
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t at = now + rows[i].days * 24 * 60 * TIME_MINUTE;

		database_do(db, "UPDATE account SET failures = 4,"
				" locked_until = NULL WHERE login = 'known'");
		account_fail(db, &acc, "198.51.100.1", at);
		account_find(db, "known", &acc);
		check_int("locked", acc.locked_until > at, 1);
		check_int(rows[i].name,
			  account_wait(db, &acc, rows[i].from, at) > 0,
			  rows[i].waits);
	}
	for (int k = 0; k < 30; k++)
		account_fail(db, NULL, "192.0.2.1", now + k);
	check_int("its network waits all the same",
		  account_wait(db, &acc, "192.0.2.1", now + 30) > 0, 1);
}

static void test_network_waits(void **state)
{
	static const struct {
		const char *name, *from, *asks;
		int waits;
	} rows[] = {
		{ "itself", "192.0.2.1", "192.0.2.1", 1 },
		{ "its neighbour does not", "192.0.2.1", "192.0.2.2", 0 },
		{ "the same /64", "2001:db8::1", "2001:db8::2", 1 },
		{ "another /64", "2001:db8::1", "2001:db8:0:1::1", 0 },
		{ "no address", "", "", 1 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db, "DELETE FROM login_failure");
		for (int k = 0; k < 29; k++)
			account_fail(db, NULL, rows[i].from, now + k);
		check_int(rows[i].name,
			  account_wait(db, NULL, rows[i].asks, now + 30), 0);
		account_fail(db, NULL, rows[i].from, now + 29);
		check_int(rows[i].name,
			  account_wait(db, NULL, rows[i].asks, now + 30) > 0,
			  rows[i].waits);
		check_int("and later no more",
			  account_wait(db, NULL, rows[i].asks,
				       now + 11LL * TIME_MINUTE),
			  0);
	}
}

static void test_tidy(void **state)
{
	struct db *db = *state;
	struct account acc;

	database_do(db, "DELETE FROM login_failure");
	add(db, "tidy", &acc);
	account_fail(db, NULL, "192.0.2.1", now - 10LL * TIME_MINUTE);
	account_fail(db, NULL, "192.0.2.1", now - 9LL * TIME_MINUTE);
	account_succeed(db, &acc, "192.0.2.1", now - 43200LL * TIME_MINUTE);
	account_succeed(db, &acc, "192.0.2.2", now - 43199LL * TIME_MINUTE);
	check_int("tidied", account_tidy(db, now), 0);
	check_int("failures that count",
		  database_int(db, "SELECT COUNT(*) FROM login_failure"), 1);
	check_int("networks that count",
		  database_int(db, "SELECT COUNT(*) FROM login_network n"
				   " JOIN account a ON a.id = n.account"
				   " WHERE a.login = 'tidy'"),
		  1);
}

static void test_administration(void **state)
{
	struct db *db = *state;
	struct account acc;

	add(db, "admin", &acc);
	check_int("password", account_set_password(db, acc.id, "other"), 0);
	account_find(db, "admin", &acc);
	check_str("password", acc.password_hash, "other");
	for (int i = 0; i < 5; i++) {
		account_find(db, "admin", &acc);
		account_fail(db, &acc, "192.0.2.1", now + i);
	}
	account_find(db, "admin", &acc);
	check_int("locked", acc.locked_until > now, 1);
	check_int("unlock", account_unlock(db, "admin"), 1);
	check_int("unlock nobody", account_unlock(db, "nobody"), 0);
	account_find(db, "admin", &acc);
	check_int("unlocked", acc.locked_until, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test_setup_teardown(test_find, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(
			test_account_waits, database_setup, database_teardown),
		cmocka_unit_test_setup_teardown(
			test_side_by_side, database_setup, database_teardown),
		cmocka_unit_test_setup_teardown(test_codes, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(
			test_known_network, database_setup, database_teardown),
		cmocka_unit_test_setup_teardown(
			test_network_waits, database_setup, database_teardown),
		cmocka_unit_test_setup_teardown(test_tidy, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(
			test_administration, database_setup, database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
