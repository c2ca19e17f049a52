#include "test.h"

#include "model/audit.h"
#include "model/coverage.h"
#include "people.h"

static const struct audit audit = { .actor = "test" };

/*
 * 9001 good by his second address, 9002 unconfirmed (confirmed long ago),
 * 9003 full (the mildest of two), 9004 dead, 9005 unknown and filtered, 9006
 * has none.
 */
static void make(struct db *db)
{
	people_make(db);
	database_do(
		db,
		"UPDATE address SET state = 'dead';"
		"UPDATE address SET state = 'confirmed', checked_at = NOW() -"
		" INTERVAL 10 DAY WHERE id = 90012;"
		"UPDATE address SET state = 'confirmed', checked_at = NOW() -"
		" INTERVAL 190 DAY WHERE id = 90021;"
		"UPDATE address SET state = 'full' WHERE id = 90032;"
		"UPDATE address SET state = 'unknown' WHERE id = 90051;"
		"UPDATE address SET state = 'filtered' WHERE id = 90052;"
		"DELETE FROM address WHERE id = 90022");
	coverage_slice_people = 2;
	assert_int_equal(coverage_update(db), 1);
}

static void test_find(void **state)
{
	static const struct {
		const char *name;
		int64_t account, group, want, people, good, unconfirmed, full,
			filtered, dead, none, one, more;
	} rows[] = {
		{ "everybody", 900, 0, 1, 6, 1, 2, 1, 0, 1, 1, 1, 4 },
		{ "the top, whom 9006 is not in", 900, 900, 1, 5, 1, 2, 1, 0, 1,
		  0, 1, 4 },
		{ "with those below", 900, 910, 1, 4, 1, 2, 1, 0, 0, 0, 1, 3 },
		{ "his own", 902, 0, 1, 2, 0, 1, 0, 0, 1, 0, 0, 2 },
		{ "another's", 902, 910, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
		{ "below his", 901, 911, 1, 3, 0, 2, 1, 0, 0, 0, 1, 2 },
		{ "none such", 900, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
		{ "a shut account", 904, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
	};
	struct db *db = *state;

	make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].name;
		struct coverage c;

		check_int(name,
			  coverage_find(db, rows[i].account, rows[i].group, &c),
			  rows[i].want);
		check_int(name, c.people, rows[i].people);
		check_int(name, c.good, rows[i].good);
		check_int(name, c.unconfirmed, rows[i].unconfirmed);
		check_int(name, c.full, rows[i].full);
		check_int(name, c.filtered, rows[i].filtered);
		check_int(name, c.dead, rows[i].dead);
		check_int(name, c.none, rows[i].none);
		check_int(name, c.one, rows[i].one);
		check_int(name, c.more, rows[i].more);
	}
}

static void test_below(void **state)
{
	struct db *db = *state;
	struct coverage *list;

	make(db);
	assert_int_equal(coverage_below(db, 900, 900, &list), 0);
	check_int("the worst first", list->group, 920);
	check_int("its admins", list->admins, 1);
	check_int("then", list->next->group, 910);
	check_int("who is shut does not count", list->next->admins, 1);
	check_int("groups below it", list->next->below, 1);
	check_int("who has both regions", list->regions, 1);
	assert_null(list->next->next);
	assert_int_equal(coverage_below(db, 901, 0, &list), 0);
	check_int("a bureau's divisions", list->group, 911);
	assert_int_equal(coverage_below(db, 902, 0, &list), 0);
	check_int("one without any: itself", list->group, 920);
	assert_int_equal(coverage_below(db, 902, 910, &list), 0);
	assert_null(list);
}

static void test_people(void **state)
{
	static const struct {
		const char *name;
		int64_t account, group;
		enum coverage_filter filter;
		const char *text;
		int want;
	} rows[] = {
		{ "all", 900, 0, COVERAGE_ALL, NULL, 6 },
		{ "good", 900, 0, COVERAGE_GOOD, NULL, 1 },
		{ "unconfirmed", 900, 0, COVERAGE_UNCONFIRMED, NULL, 2 },
		{ "full", 900, 0, COVERAGE_FULL, NULL, 1 },
		{ "filtered", 900, 0, COVERAGE_FILTERED, NULL, 0 },
		{ "dead", 900, 0, COVERAGE_DEAD, NULL, 1 },
		{ "none", 900, 0, COVERAGE_NONE, NULL, 1 },
		{ "broken", 900, 0, COVERAGE_BROKEN, NULL, 2 },
		{ "one", 900, 0, COVERAGE_ONE, NULL, 1 },
		{ "no region", 900, 0, COVERAGE_NO_REGION, NULL, 4 },
		{ "of a group", 900, 911, COVERAGE_ALL, NULL, 3 },
		{ "by name", 900, 0, COVERAGE_ALL, "試験9003", 1 },
		{ "in full width", 900, 0, COVERAGE_ALL, "ｔ９００３", 1 },
		{ "by kana in hiragana", 900, 0, COVERAGE_ALL, "たろう", 1 },
		{ "in half width", 900, 0, COVERAGE_ALL, "ﾀﾛｳ", 1 },
		{ "by number and state", 900, 0, COVERAGE_DEAD, "T900", 1 },
		{ "his own", 902, 0, COVERAGE_ALL, NULL, 2 },
		{ "his group", 902, 920, COVERAGE_ALL, NULL, 2 },
	};
	struct db *db = *state;

	make(db);
	database_do(db, "UPDATE user SET kana = 'シケンタロウ'"
			" WHERE id = 9002");
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct coverage_query query = {
			.group = rows[i].group,
			.filter = rows[i].filter,
			.text = rows[i].text,
			.most = 100,
		};
		struct coverage_person *list;
		int n = 0;

		assert_int_equal(
			coverage_list(db, rows[i].account, &query, &list), 0);
		for (; list != NULL; list = list->next)
			n++;
		check_int(rows[i].name, n, rows[i].want);
		check_int(rows[i].name,
			  coverage_count(db, rows[i].account, &query),
			  rows[i].want);
	}
}

static void test_paging(void **state)
{
	struct db *db = *state;
	struct coverage_query query = { .most = 4 };
	struct coverage_person *list;
	int n = 0, pages = 0;

	make(db);
	do {
		assert_int_equal(coverage_list(db, 900, &query, &list), 0);
		for (; list != NULL; list = list->next, n++)
			query.after = list->user;
	} while (++pages < 2);
	check_int("all, each once", n, 6);
	query.after = 9000;
	assert_int_equal(coverage_list(db, 900, &query, &list), 0);
	check_str("by domain", list->domains,
		  "***@docomo.example, ***@au.example");
	check_int("state", list->state, COVERAGE_GOOD);
}

static void test_ask(void **state)
{
	struct db *db = *state;
	struct coverage c;
	int64_t people;

	make(db);
	assert_int_equal(coverage_find(db, 900, 0, &c), 1);
	check_int("can be asked", c.askable, 2);
	check_int("another number",
		  coverage_ask(db, 900, &audit, 0, 3, &people),
		  COVERAGE_OTHER_COUNT);
	check_int("how many", people, 2);
	check_int("a group's", coverage_ask(db, 902, &audit, 0, 1, &people),
		  COVERAGE_ASKED);
	check_int("to the unknown address alone",
		  database_int(db, "SELECT MIN(address) = 90051 AND COUNT(*)"
				   " = 1 FROM link_mail"),
		  1);
	assert_int_equal(coverage_find(db, 902, 0, &c), 1);
	check_int("nobody is left", c.askable, 0);
	assert_int_equal(coverage_find(db, 900, 0, &c), 1);
	check_int("fewer above", c.askable, 1);
	check_int("the rest", coverage_ask(db, 900, &audit, 0, 1, &people),
		  COVERAGE_ASKED);
	check_int("again", coverage_ask(db, 900, &audit, 0, 1, &people),
		  COVERAGE_OTHER_COUNT);
	check_int("nobody", people, 0);
	check_int("audited",
		  database_int(db, "SELECT SUM(people) FROM audit WHERE"
				   " action = 'address checks mailed'"),
		  2);
	database_do(db, "UPDATE coverage_group SET counted_at = '2000-01-01'");
	assert_int_equal(coverage_update(db), 1);
	assert_int_equal(coverage_find(db, 900, 0, &c), 1);
	check_int("the next count finds the same", c.askable, 0);
}

static void test_update(void **state)
{
	struct db *db = *state;
	struct coverage c;

	make(db);
	check_int("not yet time", coverage_update(db), 0);
	database_do(db, "UPDATE coverage_group SET counted_at = '2000-01-01';"
			"UPDATE user SET state = 'left' WHERE id = 9004;"
			"DELETE FROM grp_member WHERE grp = 920;"
			"UPDATE address SET state = 'confirmed', checked_at ="
			" NOW() WHERE user = 9003");
	check_int("then", coverage_update(db), 1);
	assert_int_equal(coverage_find(db, 900, 0, &c), 1);
	check_int("who left is gone", c.people, 5);
	check_int("what was confirmed counts", c.good, 2);
	check_int("an empty group is gone",
		  database_int(db, "SELECT COUNT(*) FROM coverage_group"
				   " WHERE grp = 920"),
		  0);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_find),   TEST(test_below), TEST(test_people),
		TEST(test_paging), TEST(test_ask),   TEST(test_update),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
