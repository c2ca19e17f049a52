#include "test.h"

#include "base/time.h"
#include "model/watch.h"
#include "people.h"

/* Noon and three at night, Japan time. */
static const int64_t noon = INT64_C(1795834800) * TIME_SECOND;
static const int64_t night = INT64_C(1795802400) * TIME_SECOND;

/* account, minutes before, action, people */
static void read_some(struct db *db, int64_t now, int account, int minutes,
		      const char *action, int people)
{
	database_do(db,
		    arena_fmt(db->arena,
			      "INSERT INTO audit (at, account, actor, network,"
			      "       action, people) VALUES"
			      " (FROM_UNIXTIME(%lld), NULLIF(%d, 0), 't%d',"
			      "  '192.0.2.7', '%s', %d)",
			      (long long)(now / TIME_SECOND - minutes * 60),
			      account, account, action, people));
}

static const char *body(struct db *db)
{
	struct stmt *s = db_prepare(
		db, "SELECT COALESCE(MAX(body), '') FROM broadcast"
		    " WHERE kind = 'notice' AND subject LIKE '【閲覧%'");

	return db_step(s) > 0 ? db_text(s, 0) : "";
}

static void make(struct db *db)
{
	people_make(db);
	database_do(db, "DELETE FROM audit; DELETE FROM setting"
			" WHERE name LIKE 'watch.%';"
			"UPDATE account SET user = 9001, role = 'system_admin'"
			" WHERE id = 900");
}

static void test_much(void **state)
{
	struct db *db = *state;

	make(db);
	read_some(db, noon, 901, 10, "users shown", 2000);
	read_some(db, noon, 901, 50, "recipient list", 500);
	read_some(db, noon, 901, 40, "recipient export", 500);
	check_int("no more than is usual", watch_reads(db, "u", noon), 0);
	read_some(db, noon, 901, 70, "users shown", 5000);
	read_some(db, noon, 901, 1, "import applied", 5000);
	read_some(db, noon, 0, 1, "users shown", 5000);
	check_int("too old, no reading, a program", watch_reads(db, "u", noon),
		  0);
	check_str("nobody is mailed", body(db), "");
	read_some(db, noon, 901, 1, "export", 1);
	check_int("one too many", watch_reads(db, "u", noon), 1);
	assert_non_null(strstr(body(db), "t901"));
	assert_non_null(strstr(body(db), "3001 人"));
	assert_non_null(strstr(body(db), "192.0.2.7"));
	check_int("it is audited",
		  database_int(db, "SELECT people FROM audit"
				   " WHERE action = 'reading alarm'"),
		  3001);
	check_int("once a day", watch_reads(db, "u", noon + TIME_MINUTE), 0);
}

/* Few are much at night, unless there is a reason. */
static void test_untimely(void **state)
{
	struct db *db = *state;

	make(db);
	read_some(db, night, 901, 10, "user shown", 301);
	read_some(db, noon, 902, 10, "user shown", 301);
	check_int("by day", watch_reads(db, "u", noon), 0);
	database_do(db, "INSERT INTO broadcast (id, kind, subject, body,"
			"       state, made_at) VALUES (901, 'safety', 's',"
			"       'b', 'sent', FROM_UNIXTIME(1795800000));"
			"INSERT INTO event (id, kind, event_key, state, title,"
			"       made_at) VALUES (77, 'quake', 'x', 'sent', 'x',"
			"       UTC_TIMESTAMP(6));"
			"SAVEPOINT calm; UPDATE broadcast SET event = 77"
			" WHERE id = 901");
	check_int("after a disaster", watch_reads(db, "u", night), 0);
	database_do(db, "ROLLBACK TO calm");
	check_int("at night", watch_reads(db, "u", night), 1);
	assert_non_null(strstr(body(db), "夜間"));
}

static void test_off(void **state)
{
	struct db *db = *state;

	make(db);
	database_do(db, "INSERT INTO setting (name, value) VALUES"
			" ('watch.people', '0'), ('watch.night', '0')");
	read_some(db, night, 901, 10, "users shown", 9000);
	check_int("not wanted", watch_reads(db, "u", night), 0);
}

/* Without an admin to mail it is still on record. */
static void test_nobody_to_mail(void **state)
{
	struct db *db = *state;

	make(db);
	database_do(db, "UPDATE account SET user = NULL");
	read_some(db, noon, 901, 10, "users shown", 9000);
	check_int("told of", watch_reads(db, "u", noon), 1);
	check_int("on record",
		  database_int(db, "SELECT COUNT(*) FROM reading_alarm"), 1);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_much),
		TEST(test_untimely),
		TEST(test_off),
		TEST(test_nobody_to_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
