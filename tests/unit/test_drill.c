#include "test.h"

#include "base/time.h"
#include "model/audit.h"
#include "model/drill.h"
#include "people.h"

/* 2026-11-27T12:00:00Z, a Friday, 21:00 in Japan. */
static const int64_t now = INT64_C(1795780800) * TIME_SECOND;

static void test_next(void **state)
{
	static const struct {
		const char *name, *every;
		int day;
		const char *clock, *want; /* "": none, NULL: no clock */
	} rows[] = {
		{ "once", "once", 0, "09:30", "" },
		{ "later today", "week", 5, "21:01",
		  "2026-11-27T21:01:00+09:00" },
		{ "now is past", "week", 5, "21:00",
		  "2026-12-04T21:00:00+09:00" },
		{ "tomorrow", "week", 6, "00:00", "2026-11-28T00:00:00+09:00" },
		{ "Monday", "week", 1, "09:30", "2026-11-30T09:30:00+09:00" },
		{ "Thursday", "week", 4, "23:59", "2026-12-03T23:59:00+09:00" },
		{ "this month", "month", 28, "09:30",
		  "2026-11-28T09:30:00+09:00" },
		{ "next month", "month", 1, "09:30",
		  "2026-12-01T09:30:00+09:00" },
		{ "the last day", "month", 31, "09:30",
		  "2026-11-30T09:30:00+09:00" },
		{ "no clock", "week", 1, "24:00", NULL },
		{ "no minute", "week", 1, "09:60", NULL },
		{ "no form", "week", 1, "9:30", NULL },
		{ "empty", "week", 1, "", NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t at;
		bool good = drill_next(rows[i].every, rows[i].day,
				       rows[i].clock, now, &at);

		check_int(rows[i].name, good, rows[i].want != NULL);
		if (good)
			check_str(rows[i].name, time_iso(a, at), rows[i].want);
	}
	arena_free(a);
}

/* The end of a year, and of a short month. */
static void test_next_month(void **state)
{
	struct arena *a = arena_new();
	int64_t at, from;

	(void)state;
	assert_int_equal(time_parse("2026-12-31T10:00:00+09:00", &from), 0);
	assert_true(drill_next("month", 31, "09:00", from, &at));
	check_str("January", time_iso(a, at), "2027-01-31T09:00:00+09:00");
	assert_int_equal(time_parse("2027-01-31T10:00:00+09:00", &from), 0);
	assert_true(drill_next("month", 31, "09:00", from, &at));
	check_str("February", time_iso(a, at), "2027-02-28T09:00:00+09:00");
	arena_free(a);
}

static const struct audit who = { .account = 900, .actor = "t900" };

static struct drill a_drill(void)
{
	return (struct drill){
		.name = "毎週の訓練",
		.every = "week",
		.day = 5,
		.clock = "21:00",
		.within = 30,
		.body = "押してください",
		.active = true,
		.next_at = now,
	};
}

/* 900 is person 9001, 906 is 9002; 905 has no person. */
static int64_t make(struct db *db)
{
	static const int64_t members[] = { 900, 906 };
	struct drill d = a_drill();
	int64_t id;

	people_make(db);
	database_do(db,
		    "UPDATE account SET user = 9001 WHERE id = 900;"
		    "INSERT INTO account (id, login, name, role, password_hash,"
		    "       user) VALUES"
		    " (905, 't905', '人なし', 'system_admin', '', NULL),"
		    " (906, 't906', '𠮷田', 'system_admin', '', 9002);");
	assert_int_equal(drill_save(db, &who, &d, members, LEN(members), &id),
			 DRILL_SAVED);
	return id;
}

static void test_save(void **state)
{
	struct db *db = *state;
	int64_t id = make(db), same;
	static const int64_t one[] = { 906 };
	static const int64_t nobody[] = { 906, 905 }, admin[] = { 906, 901 };
	struct drill d, *list;
	struct drill_admin *admins;

	assert_int_equal(drill_find(db, id, &d), 1);
	check_str("name", d.name, "毎週の訓練");
	check_int("members", d.members, 2);
	assert_int_equal(drill_save(db, &who, &d, nobody, 2, &same),
			 DRILL_NO_MEMBER);
	assert_int_equal(drill_save(db, &who, &d, admin, 2, &same),
			 DRILL_NO_MEMBER);
	assert_int_equal(drill_find(db, id, &d), 1);
	check_int("the members that were", d.members, 2);
	assert_int_equal(drill_admins(db, id, &admins), 0);
	for (; admins != NULL; admins = admins->next) {
		check_int(admins->login, admins->member,
			  admins->account != 905);
		check_int(admins->login, admins->is_person,
			  admins->account != 905);
	}
	d.within = 60;
	assert_int_equal(drill_save(db, &who, &d, one, 1, &same), DRILL_SAVED);
	check_int("same", same, id);
	assert_int_equal(drill_save(db, &who, &d, one, 1, &same),
			 DRILL_CHANGED);
	assert_int_equal(drill_find(db, id, &d), 1);
	check_int("changed", d.within, 60);
	check_int("one left", d.members, 1);
	d.active = false;
	assert_int_equal(drill_save(db, &who, &d, one, 1, &same), DRILL_SAVED);
	assert_int_equal(drill_find(db, id, &d), 1);
	check_int("stopped", d.next_at, 0);
	assert_int_equal(drill_list(db, &list), 0);
	assert_null(list->next);
	d.id = 999999;
	assert_int_equal(drill_save(db, &who, &d, one, 1, &same),
			 DRILL_NOT_FOUND);
	assert_int_equal(drill_find(db, 999999, &d), 0);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action LIKE 'drill %'"),
		  3);
}

/* What enqueue does. */
static void enqueue(struct db *db)
{
	database_do(db, "INSERT INTO recipient (broadcast, user, why)"
			" SELECT t.broadcast, t.item, 'user' FROM target t"
			"  JOIN broadcast b ON b.id = t.broadcast"
			"   AND b.kind = 'drill'"
			" WHERE t.kind = 'user';");
}

static void test_run(void **state)
{
	struct db *db = *state;
	int64_t id = make(db);
	struct drill_receipt *receipts;
	struct drill_run run, *runs;
	struct drill d;

	check_int("not yet", drill_send(db, now - 1), 0);
	check_int("due", drill_send(db, now), 1);
	check_int("once", drill_send(db, now), 0);
	assert_int_equal(drill_find(db, id, &d), 1);
	check_int("a week on", d.next_at,
		  now + INT64_C(7) * 86400 * TIME_SECOND);
	assert_int_equal(drill_runs(db, id, 0, 10, &runs), 0);
	run = *runs;
	assert_null(runs->next);
	check_int("two", run.people, 2);
	check_int("none yet", run.received, 0);
	check_int("count", drill_run_count(db, 0), 1);
	check_int("a drill with one choice",
		  database_int(db, "SELECT COUNT(*) FROM broadcast b"
				   "  JOIN question q ON q.broadcast = b.id"
				   "  JOIN choice c ON c.question = q.id"
				   " WHERE b.kind = 'drill'"
				   "   AND b.subject = '毎週の訓練'"),
		  1);
	enqueue(db);
	database_do(db, "INSERT INTO answer (broadcast, user, at, channel,"
			"       choices)"
			" SELECT broadcast, 9001, '2026-11-27 12:10:00',"
			"        'link', '1' FROM drill_run;");
	check_int("not over", drill_check(db, "https://x", now), 0);
	check_int("over", drill_check(db, "https://x", run.due_at), 1);
	check_int("checked once", drill_check(db, "https://x", run.due_at), 0);
	assert_int_equal(drill_run_find(db, run.broadcast, &run), 1);
	check_int("missing", run.missing, 1);
	check_int("received", run.received, 1);
	check_int("alarm",
		  database_int(db, "SELECT COUNT(*) FROM target t"
				   "  JOIN drill_run n ON n.alarm = t.broadcast"
				   "  JOIN broadcast b ON b.id = n.alarm"
				   " WHERE b.kind = 'notice'"
				   "   AND b.body LIKE '%/drills/runs/%'"
				   "   AND b.body NOT LIKE '%𠮷田%'"),
		  2);
	assert_int_equal(drill_receipts(db, run.broadcast, &receipts), 0);
	check_str("missing first", receipts->name, "𠮷田");
	check_int("no time", receipts->at, 0);
	check_str("no mail", receipts->mail, "none");
	assert_true(receipts->next->at > 0);
	assert_null(receipts->next->next);
	assert_int_equal(drill_run_find(db, 999999, &run), 0);
}

/* All received, nobody to mail, and enqueue down. */
static void test_edges(void **state)
{
	struct db *db = *state;
	struct drill_run *runs;

	make(db);
	check_int("sent", drill_send(db, now), 1);
	assert_int_equal(drill_runs(db, 0, 0, 10, &runs), 0);
	check_int("over", drill_check(db, "https://x", runs->due_at), 1);
	assert_int_equal(drill_runs(db, 0, 0, 10, &runs), 0);
	check_int("what was not even enqueued is missing", runs->missing, 2);
	database_do(db,
		    "UPDATE drill_run SET checked_at = NULL, alarm = NULL;");
	enqueue(db);
	database_do(db, "INSERT INTO answer (broadcast, user, at, channel,"
			"       choices)"
			" SELECT broadcast, user, '2026-11-27 12:10:00',"
			"        'link', '1' FROM recipient WHERE broadcast IN"
			"        (SELECT broadcast FROM drill_run);");
	check_int("again", drill_check(db, "https://x", runs->due_at), 1);
	assert_int_equal(drill_runs(db, 0, 0, 10, &runs), 0);
	check_int("none missing", runs->missing, 0);
	check_int("no alarm", runs->alarm, 0);
	database_do(db, "DELETE FROM drill_member;"
			"UPDATE drill SET next_at = '2026-11-27 12:00:00';");
	check_int("nobody", drill_send(db, now), 1);
	check_int("no run", drill_run_count(db, 0), 1);
	check_int("moved on", drill_send(db, now), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_next_month),
		cmocka_unit_test_setup_teardown(test_save, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_run, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_edges, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
