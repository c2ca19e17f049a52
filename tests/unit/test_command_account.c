#include "command_test.h"

#include "base/password.h"
#include "model/account.h"
#include "people.h"

static const char stored[] = "CHECKSUM TABLE account, session, audit";

static void test_add(void **state)
{
	static const struct {
		struct command_row row;
		const char *password;
	} rows[] = {
		{ { "no login", "account add --name 名 --role operator", 2,
		    NULL, NULL },
		  "long enough" },
		{ { "no name", "account add new --role operator", 2, NULL,
		    NULL },
		  "long enough" },
		{ { "no role", "account add new --name 名", 2, NULL, NULL },
		  "long enough" },
		{ { "an option that it has not",
		    "account add new --name 名 --role operator --x", 2, NULL,
		    NULL },
		  "long enough" },
		{ { "a role that is none",
		    "account add new --name 名 --role none", 1, NULL,
		    "there is no role none" },
		  "long enough" },
		{ { "a name that is no text",
		    "account add new --name \xff --role operator", 1, NULL,
		    "1 to 100 characters" },
		  "long enough" },
		{ { "seven characters",
		    "account add new --name 名 --role operator", 1, NULL,
		    "8 to 128 characters" },
		  "七文字では短い\n" },
		{ { "a password that is no text",
		    "account add new --name 名 --role operator", 1, NULL,
		    "8 to 128 characters" },
		  "12345678\xff\n" },
		{ { "no password", "account add new --name 名 --role operator",
		    1, NULL, "8 to 128 characters" },
		  "" },
		{ { "a login that is taken",
		    "account add T900 --name 名 --role operator", 1, NULL,
		    "login T900 is taken" },
		  "long enough\n" },
		{ { "eight characters",
		    "account add new --name 名 --role operator", 0, NULL,
		    NULL },
		  "八文字なら長さ十\r\nand no second line\n" },
	};
	struct db *db = *state;
	struct account acc;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *was = command_state(db->arena, db, stored);

		check_command(db, commands_account, &rows[i].row,
			      rows[i].password);
		if (rows[i].row.status != COMMAND_DONE)
			check_str(rows[i].row.name,
				  command_state(db->arena, db, stored), was);
	}
	check_int("found", account_find(db, "new", &acc), 1);
	check_str("name", acc.name, "名");
	check_int("role", acc.role, ROLE_OPERATOR);
	check_int("of the first line",
		  password_verify(acc.password_hash, "八文字なら長さ十"), 1);
}

/* Its length is that of its characters, whatever bytes they have. */
static void test_long_password(void **state)
{
	static const struct command_row fits = { "fits", "account passwd t900",
						 0, NULL, NULL };
	static const struct command_row longer = { "one more",
						   "account passwd t900", 1,
						   NULL,
						   "8 to 128 characters" };
	struct db *db = *state;

	people_make(db);
	check_command(db, commands_account, &fits,
		      command_times(db->arena, "𠮷", ACCOUNT_PASSWORD_MAX));
	check_command(db, commands_account, &longer,
		      command_times(db->arena, "a", ACCOUNT_PASSWORD_MAX + 1));
}

/* What the database would not take is refused with a reason. */
static void test_login_and_name(void **state)
{
	static const struct {
		const char *name, *part;
		int times;
		bool is_login;
		int status;
	} rows[] = {
		{ "no login", "''", 1, true, 1 },
		{ "a login that is not ASCII", "当番", 1, true, 1 },
		{ "a login of two words", "a\tb", 1, true, 1 },
		{ "a login too long", "a", 65, true, 1 },
		{ "a long login", "a", 64, true, 0 },
		{ "no name", "", 1, false, 1 },
		{ "a name too long", "a", 101, false, 1 },
		{ "a long name", "𠮷", 100, false, 0 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		const char *t =
			command_times(db->arena, rows[i].part, rows[i].times);
		const struct command_row row = {
			.name = rows[i].name,
			.line = rows[i].is_login
					? arena_fmt(db->arena,
						    "account add %s"
						    " --name=名 --role auditor",
						    t)
					: arena_fmt(db->arena,
						    "account add n%d"
						    " --name=%s --role auditor",
						    (int)i, t),
			.status = rows[i].status,
			.err = rows[i].status == 0 ? NULL
			       : rows[i].is_login  ? "a login has 1 to 64"
						   : "a name has 1 to 100",
		};

		check_command(db, commands_account, &row, "long enough\n");
	}
	check_int("two",
		  database_int(db, "SELECT COUNT(*) FROM account"
				   " WHERE role = 'auditor'"),
		  2);
}

static void test_passwd(void **state)
{
	static const struct command_row refused[] = {
		{ "usage", "account passwd", 2, NULL, NULL },
		{ "nobody", "account passwd nobody", 1, NULL,
		  "there is no account nobody" },
		{ "no password", "account passwd t900", 1, NULL,
		  "8 to 128 characters" },
	};
	static const struct command_row done = { "done", "account passwd t900",
						 0, NULL, NULL };
	struct db *db = *state;
	struct account acc;

	people_make(db);
	database_do(db, "INSERT INTO session (digest, account, csrf, made_at,"
			"       seen_at) VALUES"
			" (REPEAT('a', 32), 900, REPEAT('c', 16), NOW(),"
			"  NOW()),"
			" (REPEAT('b', 32), 901, REPEAT('c', 16), NOW(),"
			"  NOW())");
	check_commands(db, commands_account, stored, refused, LEN(refused));
	check_command(db, commands_account, &done, "another secret\n");
	assert_int_equal(account_find(db, "t900", &acc), 1);
	check_int("it is the one",
		  password_verify(acc.password_hash, "another secret"), 1);
	check_int("his sessions end, and nobody else's",
		  database_int(db, "SELECT SUM(account) FROM session"), 901);
}

static void test_person(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "account person t901", 2, NULL, NULL },
		{ "nobody", "account person nobody T9001", 1, NULL,
		  "there is no account nobody" },
		{ "no such person", "account person t901 T8", 1, NULL,
		  "there is no staff member T8" },
		{ "who has left", "account person t901 T9007", 1, NULL,
		  "there is no staff member T9007" },
		{ "tied", "account person t901 T9001", 0, NULL, NULL },
		{ "tied", "account person t902 T9002", 0, NULL, NULL },
		{ "to nobody again", "account person t902 none", 0, NULL,
		  NULL },
	};
	struct db *db = *state;

	people_make(db);
	check_commands(db, commands_account, stored, rows, LEN(rows));
	check_int("whose",
		  database_int(db, "SELECT account.id * 10000 + user"
				   "  FROM account WHERE user IS NOT NULL"),
		  9019001);
}

static void test_unlock(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "account unlock t901 t902", 2, NULL, NULL },
		{ "nobody", "account unlock nobody", 1, NULL,
		  "there is no account nobody" },
		{ "done", "account unlock t901", 0, NULL, NULL },
	};
	struct db *db = *state;

	people_make(db);
	database_do(db, "UPDATE account SET failures = 5,"
			"       locked_until = NOW() + INTERVAL 1 DAY");
	check_commands(db, commands_account, stored, rows, LEN(rows));
	check_int("nobody else",
		  database_int(db, "SELECT SUM(id) FROM account"
				   " WHERE failures = 0"
				   "   AND locked_until IS NULL"),
		  901);
}

/* Each that was done, and by whom. */
static void test_audit(void **state)
{
	static const struct {
		const char *line, *action;
	} rows[] = {
		{ "account add new --name 名 --role auditor", "account added" },
		{ "account passwd new", "password changed" },
		{ "account unlock new", "account unlocked" },
		{ "account person new T9001", "account tied" },
		{ "account person new none", "account untied" },
	};
	struct db *db = *state;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct command_row row = { rows[i].action, rows[i].line,
						 0, NULL, NULL };

		database_do(db, "DELETE FROM audit");
		check_command(db, commands_account, &row, "long enough\n");
		check_str(rows[i].action,
			  command_state(db->arena, db,
					"SELECT CONCAT(actor, ': ', action),"
					" object FROM audit"),
			  arena_fmt(db->arena, "anpictl: %s account new\n",
				    rows[i].action));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		COMMAND_TEST(test_add),
		COMMAND_TEST(test_long_password),
		COMMAND_TEST(test_login_and_name),
		COMMAND_TEST(test_passwd),
		COMMAND_TEST(test_person),
		COMMAND_TEST(test_unlock),
		COMMAND_TEST(test_audit),
	};

	return cmocka_run_group_tests(tests, command_setup, command_teardown);
}
