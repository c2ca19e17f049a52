#include "test.h"

#include "model/audit.h"
#include "model/own_region.h"
#include "people.h"

static const struct audit audit = { .actor = "test" };

static void test_list(void **state)
{
	struct db *db = *state;
	struct own_region *list;

	people_make(db);
	assert_int_equal(own_region_list(db, 9003, &list), 0);
	check_str("work first", list->purpose, "work");
	check_str("a municipality", list->prefecture, "東京都");
	check_str("a prefecture", list->next->name, "神奈川県");
	check_str("is in none", list->next->prefecture, "");
	assert_null(list->next->next);
}

static void test_places(void **state)
{
	struct db *db = *state;
	struct place *list;
	int n = 0;

	assert_int_equal(own_region_places(db, NULL, &list), 0);
	for (struct place *p = list; p != NULL; p = p->next)
		n++;
	check_int("prefectures", n, 47);
	assert_int_equal(own_region_places(db, "17", &list), 0);
	check_str("municipalities", list->code, "17201");
	assert_int_equal(own_region_places(db, "99", &list), 0);
	assert_null(list);
}

static void test_change(void **state)
{
	static const struct {
		const char *name;
		bool add;
		const char *purpose, *code;
		int want;
	} rows[] = {
		{ "of HR, none of his own", false, "work", "13101",
		  OWN_REGION_HR },
		{ "his own", true, "work", "17204", OWN_REGION_DONE },
		{ "again", true, "work", "17204", OWN_REGION_DONE },
		{ "now that of HR goes", false, "work", "13101",
		  OWN_REGION_DONE },
		{ "gone", false, "work", "13101", OWN_REGION_NONE },
		{ "his own goes", false, "work", "17204", OWN_REGION_DONE },
		{ "an area of JMA", true, "home", "a122", OWN_REGION_NONE },
		{ "unknown", true, "home", "99", OWN_REGION_NONE },
		{ "another purpose", true, "other", "01", OWN_REGION_DONE },
		{ "one of HR becomes his", true, "home", "14",
		  OWN_REGION_DONE },
		{ "and can go", false, "home", "14", OWN_REGION_DONE },
	};
	struct db *db = *state;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  (rows[i].add ? own_region_add : own_region_remove)(
				  db, &audit, 9003, rows[i].purpose,
				  rows[i].code),
			  rows[i].want);
	check_int("left",
		  database_int(db, "SELECT COUNT(*) FROM user_region WHERE"
				   " user = 9003 AND origin = 'self'"),
		  1);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit WHERE object ="
				   " 'user 9003'"),
		  7);
}

static void test_many(void **state)
{
	struct db *db = *state;

	people_make(db);
	database_do(db, "INSERT IGNORE INTO user_region (user, region,"
			" purpose) SELECT 9001, code, 'other' FROM region"
			" WHERE kind = 'municipality' LIMIT 99");
	check_int("too many", own_region_add(db, &audit, 9001, "home", "13"),
		  OWN_REGION_MANY);
}

/* Counters by prefecture go by where people work. */
static void test_counters(void **state)
{
	static const struct {
		const char *name;
		bool add;
		const char *purpose, *code;
		int stale;
	} rows[] = {
		{ "home", true, "home", "17204", 0 },
		{ "work", true, "work", "17204", 1 },
		{ "work, again", true, "work", "17204", 0 },
		{ "no more home", false, "home", "17204", 0 },
		{ "no more work", false, "work", "17204", 1 },
		{ "that of HR stays", false, "work", "13101", 0 },
	};
	struct db *db = *state;

	people_make(db);
	database_do(db, "INSERT INTO broadcast (id, kind, subject, body, state,"
			"       made_at)"
			" VALUES (9500, 'safety', 'x', 'x', 'sent', NOW(6));"
			"INSERT INTO recipient (broadcast, user)"
			" VALUES (9500, 9003);"
			"INSERT INTO tally_state (broadcast, folded_at)"
			" VALUES (9500, NOW(6))");
	for (size_t i = 0; i < LEN(rows); i++) {
		(rows[i].add ? own_region_add : own_region_remove)(
			db, &audit, 9003, rows[i].purpose, rows[i].code);
		check_int(rows[i].name,
			  database_int(db, "SELECT stale FROM tally_state"
					   " WHERE broadcast = 9500"),
			  rows[i].stale);
		database_do(db, "UPDATE tally_state SET stale = FALSE");
	}
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_list), TEST(test_places),   TEST(test_change),
		TEST(test_many), TEST(test_counters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
