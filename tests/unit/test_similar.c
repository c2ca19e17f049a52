#include "test.h"

#include "model/event.h"
#include "model/similar.h"
#include "people.h"

/*
 *   1  this one: 7 in 13, 6弱 in 14
 *   2  7 in 13, sent            the same
 *   3  6強 in 13 and 14, rejected
 *   4  4 in 13, folded          too weak
 *   5  7 in 01, sent            elsewhere
 *   6  7 in 13, a drill
 *   7  7 in 13, under it
 *   8  7 in 13, not decided
 *   9  a tsunami in 13, sent
 *  10  7 in 13, taken up again
 */
static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	database_do(
		*state,
		"INSERT INTO event (id, kind, event_key, state, title, rank,"
		" max_level, decided_at, drill, parent, made_at)"
		" SELECT seq, IF(seq = 9, 'tsunami', 'quake'),"
		"        CONCAT('k', seq),"
		"        IF(seq IN (1, 8, 10), 'prepared', 'sent'),"
		"        CONCAT('事象', seq),"
		"        CASE seq WHEN 3 THEN 8 WHEN 4 THEN 4 ELSE 9 END, '7',"
		"        IF(seq IN (1, 8), NULL, '2025-01-01'), seq = 6,"
		"        IF(seq = 7, 1, NULL), '2025-01-01'"
		"   FROM seq_1_to_10;"
		"INSERT INTO event_region (event, region, name, level, rank)"
		" SELECT seq, IF(seq = 5, '01', '13'), '', '',"
		"        CASE seq WHEN 3 THEN 8 WHEN 4 THEN 4 ELSE 9 END"
		"   FROM seq_1_to_10;"
		"INSERT INTO event_region (event, region, name, level, rank)"
		" VALUES (1, '14', '', '', 8), (3, '14', '', '', 8);"
		"INSERT INTO decision (event, at, act, account, reason, people)"
		" SELECT seq, '2025-01-01',"
		"        CASE seq WHEN 3 THEN 'rejected' WHEN 4 THEN 'folded'"
		"                 ELSE 'sent' END, 900,"
		"        IF(seq = 3, '誤報', ''), seq * 100"
		"   FROM seq_2_to_10 WHERE seq <> 8;"
		"INSERT INTO decision (event, at, act) VALUES"
		" (10, '2025-01-02', 'reopened')");
	return 0;
}

static void test_list(void **state)
{
	struct db *db = *state;
	struct similar *list;
	struct event e;

	assert_int_equal(event_find(db, 1, &e), 1);
	check_int("list", similar_list(db, &e, &list), 0);
	assert_non_null(list);
	check_int("the same", list->event, 2);
	check_str("what was decided", list->act, "sent");
	check_str("by whom", list->by, "全省");
	check_int("for how many", list->people, 200);
	check_int("where both were", list->shared, 1);
	assert_non_null(list->next);
	check_int("then the next in level", list->next->event, 3);
	check_str("and why not", list->next->reason, "誤報");
	check_int("where both were", list->next->shared, 2);
	assert_null(list->next->next);
}

static void test_without_places(void **state)
{
	struct db *db = *state;
	struct similar *list;
	struct event e;

	database_do(db, "DELETE FROM event_region WHERE event = 1");
	assert_int_equal(event_find(db, 1, &e), 1);
	check_int("list", similar_list(db, &e, &list), 0);
	check_int("the newest of its level", list->event, 5);
	assert_int_equal(event_find(db, 9, &e), 1);
	check_int("of its kind", similar_list(db, &e, &list), 0);
	assert_null(list);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_list),
		TEST(test_without_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
