#include "test.h"

#include "model/group.h"
#include "people.h"

static void test_find(void **state)
{
	struct db *db = *state;
	struct group g;

	people_make(db);
	assert_int_equal(group_find(db, 900, 910, &g), 1);
	check_str("name", g.name, "局一");
	check_int("those below count, who left does not", g.members, 4);
	check_int("parent", g.parent, 900);
	check_int("his own", group_find(db, 901, 911, &g), 1);
	check_int("above him", group_find(db, 901, 900, &g), 0);
	check_int("beside him", group_find(db, 901, 920, &g), 0);
	check_int("by code", group_find_code(db, 901, "T11", &g), 1);
	check_int("unknown", group_find_code(db, 0, "T99", &g), 0);
}

static const char *shown(struct db *db, const struct group *g)
{
	struct str s = { .arena = db->arena };

	for (; g != NULL; g = g->next)
		str_fmt(&s, "%d%s ", g->depth, g->code);
	return str_text(&s);
}

static void test_tree(void **state)
{
	struct db *db = *state;
	static const struct {
		int64_t account;
		const char *want;
	} rows[] = {
		{ 900, "0T 1T1 2T11 1T2 " },
		{ 901, "0T1 1T11 " },
		{ 902, "0T2 " },
		{ 903, "" },
	};
	struct group *list;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		assert_int_equal(group_tree(db, rows[i].account, &list), 0);
		check_str("tree", shown(db, list), rows[i].want);
	}
	database_do(db, "INSERT INTO coverage_group VALUES (900, 7, 0, 0, 0, 0,"
			"       0, 0, 0, 0, 0, 0, UTC_TIMESTAMP(6), 0)");
	assert_int_equal(group_tree(db, 900, &list), 0);
	check_int("as counted last", list->members, 7);
	check_int("not counted yet", list->next->members, 0);
	assert_int_equal(group_list_below(db, 900, 900, &list), 0);
	check_str("below", shown(db, list), "0T1 0T2 ");
	assert_int_equal(group_list_below(db, 901, 0, &list), 0);
	check_str("top of a group admin", shown(db, list), "0T1 ");
	assert_int_equal(group_list_below(db, 901, 900, &list), 0);
	check_str("his part only", shown(db, list), "0T1 ");
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_find),
		TEST(test_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
