#include "test.h"

#include "base/time.h"
#include "model/drill_report.h"
#include "people.h"

/* 2026-11-27T12:00:00Z; minutes since 1970 of it: 29929680. */
static const int64_t now = INT64_C(1795780800) * TIME_SECOND;

/* Drill 981 a month ago, 982 now with its retry 983; 984 is training mail, 985
 * no drill.  Bureaus 910 (9001, 9002, 9003, 9005) and 920 (9004, 9005). */
static void make(struct db *db)
{
	people_make(db);
	database_do(
		db,
		"SET @n = '2026-11-27 12:00:00';"
		"INSERT INTO broadcast (id, kind, subject, body, state,"
		"       retry_of, recipients, made_at, confirmed_at) VALUES"
		" (981, 'drill', '前回', '', 'closed', NULL, 5,"
		"  @n - INTERVAL 29 DAY, @n - INTERVAL 29 DAY),"
		" (982, 'drill', '今回', '', 'sent', NULL, 6, @n, @n),"
		" (983, 'drill', '今回', '', 'sent', 982, 2, @n, @n),"
		" (984, 'drill', '訓練メール', '', 'sent', NULL, 1, @n, @n),"
		" (985, 'safety', 'x', '', 'sent', NULL, 1, @n, @n);"
		"INSERT INTO broadcast (id, kind, subject, body, state,"
		"       call_of, made_at) VALUES"
		" (986, 'drill', '代わりの人', '', 'sent', 982, @n);"
		"INSERT INTO delivery (broadcast) VALUES (986);"
		"INSERT INTO delivery (broadcast, messages, handed, accepted,"
		"       bounced) VALUES (981, 5, 5, 5, 0), (982, 5, 5, 2, 2),"
		" (983, 1, 1, 1, 0), (984, 0, 0, 0, 0), (985, 0, 0, 0, 0);"
		"INSERT INTO drill (id, name, every, day, clock, within, body,"
		"       changed_at, changed_by)"
		" VALUES (1, 'x', 'once', 0, '09:30', 30, '', @n, 900);"
		"INSERT INTO drill_run (broadcast, drill, at, due_at)"
		" VALUES (984, 1, @n, @n);"
		"INSERT INTO stage (event, broadcast, name, at) VALUES"
		" (0, 982, 'first_handed', @n + INTERVAL 30 SECOND);"
		"INSERT INTO recipient (broadcast, user)"
		" SELECT 982, seq FROM seq_9001_to_9006;"
		"INSERT INTO message (broadcast, user, urgency, state, due_at,"
		"       fate) VALUES"
		" (982, 9001, 3, 'handed', @n, 'accepted'),"
		" (982, 9002, 3, 'handed', @n, 'bounced'),"
		" (982, 9003, 3, 'refused', @n, ''),"
		" (982, 9004, 3, 'handed', @n, 'deferred'),"
		" (982, 9005, 3, 'handed', @n, 'bounced'),"
		" (983, 9005, 3, 'handed', @n, 'accepted');"
		"INSERT INTO tally (broadcast, grp, kind, item, people) VALUES"
		" (982, 0, 'asked', 0, 6), (982, 0, 'answered', 0, 4),"
		" (982, 910, 'asked', 0, 4), (982, 910, 'answered', 0, 4),"
		" (982, 920, 'asked', 0, 2), (982, 920, 'answered', 0, 0),"
		" (982, 0, 'minute', 29929680, 2),"
		" (982, 0, 'minute', 29929683, 1),"
		" (982, 0, 'minute', 29929690, 1),"
		" (982, 910, 'minute', 29929680, 2),"
		" (982, 910, 'minute', 29929683, 1),"
		" (982, 910, 'minute', 29929690, 1),"
		" (981, 0, 'asked', 0, 5), (981, 0, 'answered', 0, 5),"
		" (981, 0, 'minute', 29887920, 5);");
}

static const struct drill_row *find(const struct drill_row *list, int64_t grp)
{
	while (list != NULL && list->grp != grp)
		list = list->next;
	assert_non_null(list);
	return list;
}

static void check_reach(const char *name, const struct drill_row *row,
			int accepted, int no_address, int bounced, int waiting)
{
	check_int(name, row->counted, 1);
	check_int(name, row->accepted, accepted);
	check_int(name, row->no_address, no_address);
	check_int(name, row->bounced, bounced);
	check_int(name, row->waiting, waiting);
}

static void test_report(void **state)
{
	struct db *db = *state;
	struct drill_report report, *list;
	const struct drill_row *row;
	struct drill_row *rows;

	make(db);
	check_int("the older first", drill_report_reach(db, now), 1);
	check_int("then the other", drill_report_reach(db, now), 1);
	check_int("none has moved", drill_report_reach(db, now), 0);
	assert_int_equal(drill_report_list(db, 0, 10, &list), 0);
	check_int("newest", list->broadcast, 982);
	check_int("older", list->next->broadcast, 981);
	assert_null(list->next->next);
	check_int("count", drill_report_count(db), 2);
	check_int("training mail is none", drill_report_find(db, 984, &report),
		  0);
	check_int("a retry is none", drill_report_find(db, 983, &report), 0);
	check_int("a call of substitutes is none",
		  drill_report_find(db, 986, &report), 0);
	check_int("no drill", drill_report_find(db, 985, &report), 0);
	check_int("found", drill_report_find(db, 982, &report), 1);
	check_int("before it", report.last, 981);
	check_int("counted", report.counted_at, now);
	assert_int_equal(drill_report_rows(db, &report, &rows), 0);
	row = find(rows, 0);
	check_int("asked", row->asked, 6);
	check_int("25", row->minutes[0], 1);
	check_int("50", row->minutes[1], 4);
	check_int("75", row->minutes[2], -1);
	check_int("last 95", row->last_minutes[3], 1);
	check_reach("all", row, 2, 1, 2, 1);
	row = find(rows, 910);
	check_int("50 of the bureau", row->minutes[1], 1);
	check_int("75 of the bureau", row->minutes[2], 4);
	check_int("95 of the bureau", row->minutes[3], 11);
	check_int("was not asked before", row->last_asked, 0);
	check_reach("bureau", row, 2, 0, 2, 0);
	row = find(rows, 920);
	check_int("nobody answered", row->minutes[0], -1);
	check_reach("the other", row, 1, 0, 0, 1);
	database_do(db, "UPDATE delivery SET accepted = 3"
			" WHERE broadcast = 982;"
			"UPDATE message SET fate = 'accepted'"
			" WHERE broadcast = 982 AND user = 9004;");
	check_int("moved", drill_report_reach(db, now), 1);
	assert_int_equal(drill_report_rows(db, &report, &rows), 0);
	check_reach("counted anew", find(rows, 0), 3, 1, 2, 0);
}

static void test_none(void **state)
{
	struct db *db = *state;
	struct drill_report report, *list;

	check_int("none", drill_report_find(db, 982, &report), 0);
	assert_int_equal(drill_report_list(db, 0, 10, &list), 0);
	assert_null(list);
	check_int("nothing to count", drill_report_reach(db, now), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_report, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_none, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
