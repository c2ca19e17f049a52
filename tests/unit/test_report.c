#include "test.h"

#include "base/str.h"
#include "base/time.h"
#include "model/report.h"
#include "people.h"

/* 9001 and 9002 of bureau 910, 9004 of 920; 9001 is in an open check, 9002 in
 * one that is closed and in a drill. */
static void tell(struct db *db)
{
	people_make(db);
	database_do(
		db,
		"UPDATE user SET kana = 'しけんはなこ' WHERE id = 9002;"
		"INSERT INTO self_report (user, at, safety, coming, comment)"
		" VALUES"
		" (9001, UTC_TIMESTAMP(6) - INTERVAL 5 HOUR, 'serious', 'no',"
		"  '先'),"
		" (9001, UTC_TIMESTAMP(6) - INTERVAL 4 HOUR, 'slight', 'no',"
		"  '後'),"
		" (9002, UTC_TIMESTAMP(6) - INTERVAL 3 HOUR, 'serious',"
		"  'unknown', ''),"
		" (9004, UTC_TIMESTAMP(6) - INTERVAL 2 HOUR, 'safe', 'now',"
		"  ''),"
		" (9005, UTC_TIMESTAMP(6) - INTERVAL 3 DAY, 'slight', 'now',"
		"  '');"
		"INSERT INTO broadcast (id, kind, subject, body, state,"
		"       made_at, closes_at) VALUES"
		" (9500, 'safety', 'x', 'x', 'sent', UTC_TIMESTAMP(6), NULL),"
		" (9501, 'safety', 'x', 'x', 'sent', UTC_TIMESTAMP(6),"
		"  UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE),"
		" (9502, 'drill', 'x', 'x', 'sent', UTC_TIMESTAMP(6), NULL);"
		"INSERT INTO recipient (broadcast, user) VALUES (9500, 9001),"
		" (9501, 9002), (9502, 9002)");
}

/* "9004 9002": whom a list names, in its order. */
static const char *people(struct db *db, const struct report *list)
{
	struct str out = { .arena = db->arena };

	for (; list != NULL; list = list->next)
		str_fmt(&out, "%s%lld", out.len == 0 ? "" : " ",
			(long long)list->user);
	return str_text(&out);
}

static void test_list(void **state)
{
	static const struct {
		const char *name;
		int64_t account;
		int days;
		struct report_query query;
		const char *want;
		int64_t count;
	} rows[] = {
		{ "the last of each, newest first",
		  900,
		  1,
		  { .most = 9 },
		  "9004 9002 9001",
		  3 },
		{ "of more days",
		  900,
		  7,
		  { .most = 9 },
		  "9004 9002 9001 9005",
		  4 },
		{ "a page", 900, 7, { .most = 2 }, "9004 9002", 4 },
		{ "by what counts now",
		  900,
		  1,
		  { .safety = "serious", .most = 9 },
		  "9002",
		  1 },
		{ "of whom no open check asks",
		  900,
		  1,
		  { .unasked = true, .most = 9 },
		  "9004 9002",
		  2 },
		{ "by name in half width",
		  900,
		  1,
		  { .text = "ﾊﾅｺ", .most = 9 },
		  "9002",
		  1 },
		{ "by number",
		  900,
		  1,
		  { .text = "T9004", .most = 9 },
		  "9004",
		  1 },
		{ "nobody of that name",
		  900,
		  1,
		  { .text = "x", .most = 9 },
		  "",
		  0 },
		{ "his own people",
		  901,
		  7,
		  { .most = 9 },
		  "9002 9001 9005",
		  3 },
		{ "another's", 902, 7, { .most = 9 }, "9004 9005", 2 },
		{ "an account that is shut", 903, 7, { .most = 9 }, "", 0 },
	};
	struct db *db = *state;

	tell(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct report_query q = rows[i].query;
		struct report *list;

		q.since = time_now() -
			  (int64_t)rows[i].days * 24 * 60 * TIME_MINUTE;
		assert_int_equal(report_list(db, rows[i].account, &q, &list),
				 0);
		check_str(rows[i].name, people(db, list), rows[i].want);
		check_int(rows[i].name, report_count(db, rows[i].account, &q),
			  rows[i].count);
	}
}

static void test_row_and_paging(void **state)
{
	struct db *db = *state;
	struct report_query q = { .since = 1, .most = 1 };
	struct report *list;

	tell(db);
	assert_int_equal(report_list(db, 900, &q, &list), 0);
	check_str("number", list->staff_no, "T9004");
	check_str("group", list->group, "局二");
	check_str("coming", list->coming, "now");
	check_int("asked by none", list->asked, 0);
	for (int i = 0; i < 2; i++) {
		q.before_at = list->at;
		q.before_user = list->user;
		assert_int_equal(report_list(db, 900, &q, &list), 0);
	}
	check_int("the third", list->user, 9001);
	check_str("his last word", list->comment, "後");
	check_int("asked", list->asked, 1);
	/* At the same instant: by person. */
	database_do(db, "UPDATE self_report SET at = '2026-01-01'"
			" WHERE user <> 9001 AND user <> 9005;"
			"DELETE FROM self_report"
			" WHERE user IN (9001, 9005)");
	q = (struct report_query){ .since = 1, .most = 1 };
	assert_int_equal(report_list(db, 900, &q, &list), 0);
	check_int("the higher first", list->user, 9004);
	q.before_at = list->at;
	q.before_user = list->user;
	assert_int_equal(report_list(db, 900, &q, &list), 0);
	check_int("then the other", list->user, 9002);
}

static void test_summary_and_one(void **state)
{
	struct db *db = *state;
	int64_t day_ago = time_now() - (int64_t)24 * 60 * TIME_MINUTE;
	struct report_counts c;
	struct report *list;

	tell(db);
	assert_int_equal(report_summary(db, 900, day_ago, &c), 0);
	check_int("people", c.people, 3);
	check_int("slight", c.slight, 1);
	check_int("serious", c.serious, 1);
	assert_int_equal(report_summary(db, 902, day_ago, &c), 0);
	check_int("of his", c.people, 1);
	check_int("safe", c.slight + c.serious, 0);
	assert_int_equal(report_of(db, 901, 9001, 5, &list), 0);
	check_str("the last", list->comment, "後");
	check_str("the first", list->next->comment, "先");
	assert_null(list->next->next);
	assert_int_equal(report_of(db, 902, 9001, 5, &list), 0);
	assert_null(list);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_list),
		TEST(test_row_and_paging),
		TEST(test_summary_and_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
