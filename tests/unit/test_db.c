#include "test.h"

#include "base/time.h"
#include "database.h"

static void test_values_go_in_and_out(void **state)
{
	struct db *db = *state;
	static const char sql[] = "SELECT ?, ?, ?, ?, ?, ?";
	struct stmt *s = db_prepare(db, sql);
	size_t len;
	int64_t at;

	assert_int_equal(time_parse("2024-01-01T07:10:09.123456Z", &at), 0);
	db_bind_int(s, -7);
	db_bind_text(s, "吉野家の𠮷 ' \" \\ --");
	db_bind_blob(s, "a\0b", 3);
	db_bind_time(s, at);
	db_bind_null(s);
	db_bind_double(s, 1.5);
	assert_int_equal(db_step(s), 1);
	check_int("int", db_int(s, 0), -7);
	check_str("text", db_text(s, 1), "吉野家の𠮷 ' \" \\ --");
	assert_memory_equal(db_blob(s, 2, &len), "a\0b", 3);
	check_int("blob", (long long)len, 3);
	check_int("time", db_time(s, 3), at);
	assert_true(db_is_null(s, 4));
	check_str("null", db_text(s, 4), "");
	assert_true(db_double(s, 5) > 1.4 && db_double(s, 5) < 1.6);
	assert_int_equal(db_step(s), 0);
}

static void test_same_statement_twice_at_once(void **state)
{
	struct db *db = *state;
	static const char sql[] = "SELECT seq FROM seq_1_to_3";
	struct stmt *a = db_prepare(db, sql);
	struct stmt *b;

	assert_int_equal(db_step(a), 1);
	b = db_prepare(db, sql);
	assert_ptr_not_equal(a, b);
	assert_int_equal(db_step(b), 1);
	assert_int_equal(db_step(a), 1);
	check_int("first goes on", db_int(a, 0), 2);
	check_int("second is its own", db_int(b, 0), 1);
}

static void test_failure_is_reported_once_at_the_end(void **state)
{
	struct db *db = *state;
	struct stmt *s = db_prepare(db, "SELECT nonsense FROM nowhere");

	db_bind_int(s, 1);
	assert_int_equal(db_step(s), -1);
	assert_int_equal(db_run(db_prepare(db, "ALSO nonsense")), -1);
}

static void test_duplicate_key_is_told(void **state)
{
	struct db *db = *state;
	static const char sql[] = "INSERT INTO region (code, kind, name)"
				  " VALUES ('zz', 'country', 'x')";

	assert_int_equal(db_run(db_prepare(db, sql)), 1);
	assert_int_equal(db_run(db_prepare(db, sql)), -1);
	check_int("code", db_errno(db), 1062);
}

static int add_and_fail(struct db *db, void *arg)
{
	static const char sql[] = "INSERT INTO region (code, kind, name)"
				  " VALUES ('zy', 'country', 'x')";

	(*(int *)arg)++;
	return db_run(db_prepare(db, sql)) == 1 ? -1 : 0;
}

static void test_transaction_rolls_back(void **state)
{
	struct db *db = *state;
	int times = 0;

	db_rollback(db);
	assert_int_equal(db_transaction(db, add_and_fail, &times), -1);
	check_int("not repeated", times, 1);
	check_int("nothing left",
		  database_int(db, "SELECT COUNT(*) FROM region"
				   " WHERE code = 'zy'"),
		  0);
}

static void test_rows_at_once(void **state)
{
	struct db *db = *state;
	static const char sql[] = "INSERT INTO region (code, kind, name,"
				  " parent) VALUES (?, 'country', ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	for (int i = 0; i < 3000; i++) {
		db_bind_text(s, arena_fmt(db->arena, "x%d", i));
		db_bind_text(s, arena_fmt(db->arena, "試国%d", i));
		if (i % 2 == 0)
			db_bind_null(s);
		else
			db_bind_text(s, "x0");
		db_row(s);
	}
	check_int("rows", db_run(s), 3000);
	check_int("there",
		  database_int(db, "SELECT COUNT(*) FROM region"
				   " WHERE name LIKE '試国%'"),
		  3000);
	check_int("NULL",
		  database_int(db, "SELECT COUNT(*) FROM region"
				   " WHERE name LIKE '試国%'"
				   "   AND parent IS NULL"),
		  1500);
	s = db_prepare(db, sql);
	db_bind_text(s, "y1");
	db_bind_text(s, "一つ");
	db_bind_null(s);
	check_int("one as ever", db_run(s), 1);
}

static void test_number(void **state)
{
	struct db *db = *state;
	int64_t n = -5;

	check_int("a count",
		  db_number(db_prepare(db, "SELECT COUNT(*) FROM region"
					   " WHERE kind = 'prefecture'"),
			    &n),
		  0);
	check_int("is it", n, 47);
	check_int("no row",
		  db_number(db_prepare(db, "SELECT 1 FROM region"
					   " WHERE code = 'none'"),
			    &n),
		  0);
	check_int("stays", n, 47);
	check_int("a failure",
		  db_number(db_prepare(db, "SELECT nothing FROM region"), &n),
		  -1);
}

/* Who stores a file in batches has an arena for each; the rows must not pile
 * up in another that lives as long as the file. */
static void test_rows_wait_where_prepared(void **state)
{
	struct db *db = *state;
	struct arena *kept = db->arena, *batch = arena_new();
	struct stmt *s;
	size_t before;

	db->arena = batch;
	s = db_prepare(db, "INSERT INTO region (code, kind, name, parent)"
			   " VALUES (?, 'country', ?, NULL)");
	db->arena = kept;
	before = arena_used(kept);
	for (int i = 0; i < 100; i++) {
		db_bind_text(s, arena_fmt(batch, "w%d", i));
		db_bind_text(s, "待つ国");
		db_row(s);
	}
	check_int("nothing elsewhere", (long long)(arena_used(kept) - before),
		  0);
	check_int("all are stored", db_run(s), 100);
	arena_free(batch);
}

static void test_killed_connection_comes_back(void **state)
{
	struct db *db = *state;
	static const char kill[] = "KILL CONNECTION_ID()";
	static const char one[] = "SELECT 1";
	struct stmt *s;

	db_rollback(db);
	assert_int_equal(db_run(db_prepare(db, kill)), -1);
	s = db_prepare(db, one);
	assert_int_equal(db_step(s), 1);
	check_int("again", db_int(s, 0), 1);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_values_go_in_and_out),
		TEST(test_same_statement_twice_at_once),
		TEST(test_failure_is_reported_once_at_the_end),
		TEST(test_duplicate_key_is_told),
		TEST(test_transaction_rolls_back),
		TEST(test_number),
		TEST(test_rows_at_once),
		TEST(test_rows_wait_where_prepared),
		TEST(test_killed_connection_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
