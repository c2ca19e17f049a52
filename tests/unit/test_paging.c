#include "test.h"

#include "base/time.h"
#include "model/audit.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/paging.h"
#include "people.h"

static const struct audit operator= { .account = 905, .actor = "op5" };
static const int64_t hour = INT64_C(60) * TIME_MINUTE;

enum { EVENT = 77 };

/* A check that waits; op5 is called first, then t900. */
static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	database_do(
		*state,
		"UPDATE account SET user = 9001 WHERE id = 900;"
		"INSERT INTO account (id, login, user, name, role,"
		"                     password_hash) VALUES"
		" (905, 'op5', 9002, '当直 五', 'operator', '');"
		"INSERT INTO duty (account, step) VALUES (905, 1), (900, 4);"
		"INSERT INTO event (id, kind, event_key, state, title,"
		"                   occurred_at, max_level, rank, made_at)"
		" VALUES (77, 'quake', '20260101000000', 'prepared',"
		"         '石川県 M7 最大震度7', UTC_TIMESTAMP(6), '7', 9,"
		"         UTC_TIMESTAMP(6) - INTERVAL 1 HOUR);"
		"INSERT INTO event_region (event, region, name, level, rank)"
		" VALUES (77, '13', '東京都', '7', 9)");
	return 0;
}

static int64_t mails(struct db *db)
{
	return database_int(db, "SELECT COUNT(*) FROM broadcast");
}

static const char *text_of(struct db *db, const char *sql)
{
	struct stmt *s = db_prepare(db, sql);
	const char *text;

	assert_int_equal(db_step(s), 1);
	text = db_text(s, 0);
	while (db_step(s) == 1)
		;
	return text;
}

static void test_up_the_list(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();
	struct paging p;

	check_int("not begun", paging_find(db, EVENT, &p), 0);
	assert_false(p.is_there);
	check_int("begin", paging_begin(db, EVENT, now, now), 0);
	check_int("again", paging_begin(db, EVENT, now, now + 1), 0);
	check_int("one mail", mails(db), 1);
	check_str("what it says", text_of(db, "SELECT subject FROM broadcast"),
		  "【判断待ち】石川県 M7 最大震度7");
	check_int("to the first alone",
		  database_int(db, "SELECT COUNT(*) FROM target"
				   " WHERE kind = 'user' AND item = '9002'"),
		  1);
	check_int("no check of the event",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"
				   " WHERE event IS NOT NULL"),
		  0);
	assert_non_null(strstr(text_of(db, "SELECT body FROM broadcast"),
			       "/events/77"));
	check_int("not due", paging_next(db, now + 4 * TIME_MINUTE), 0);
	check_int("due", paging_next(db, now + 5 * TIME_MINUTE), 1);
	check_int("once", paging_next(db, now + 5 * TIME_MINUTE), 0);
	check_int("the next one", mails(db), 2);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	assert_true(p.is_there);
	assert_true(p.goes_on);
	check_str("who first", p.paged->name, "当直 五");
	check_str("who then", p.paged->next->name, "全省");
	check_int("of step", p.paged->next->step, 4);
	check_str("for how long",
		  text_of(db, "SELECT subject FROM broadcast"
			      " ORDER BY id DESC LIMIT 1"),
		  "【判断待ち】（5 分経過）石川県 M7 最大震度7");
	check_int("goes on", p.next_at, now + 10 * TIME_MINUTE);
}

static int64_t paged_of(struct db *db, int64_t account)
{
	struct stmt *s = db_prepare(db, "SELECT COUNT(*) FROM paged"
					" WHERE account = ?");
	int64_t n = 0;

	db_bind_int(s, account);
	assert_int_equal(db_number(s, &n), 0);
	return n;
}

/* The list ends, the calling does not: its last step again and again. */
static void test_until_decided(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();
	struct paging p;

	assert_int_equal(paging_begin(db, EVENT, now, now), 0);
	for (int i = 1; i <= 4; i++)
		check_int("due", paging_next(db, now + i * 5 * TIME_MINUTE), 1);
	check_int("five mails", mails(db), 5);
	check_int("the first one once", paged_of(db, 905), 1);
	check_int("the last one on and on", paged_of(db, 900), 4);
	check_int("rejected", decision_reject(db, &operator, EVENT, "誤報"), 1);
	check_int("looked at", paging_next(db, now + hour), 1);
	check_int("no more", mails(db), 5);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	check_int("ended", p.next_at, 0);
}

/* An empty list: all operators, as often, until it is withdrawn. */
static void test_empty_list(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();

	database_do(db, "DELETE FROM duty");
	assert_int_equal(paging_begin(db, EVENT, now, now), 0);
	for (int i = 1; i <= 3; i++)
		check_int("due", paging_next(db, now + i * 5 * TIME_MINUTE), 1);
	check_int("mails", mails(db), 4);
	check_int("to the operator", paged_of(db, 905), 4);
	database_do(db, "UPDATE event SET state = 'cancelled'");
	check_int("looked at", paging_next(db, now + hour), 1);
	check_int("withdrawn", mails(db), 4);
	check_int("and ended", paging_next(db, now + 2 * hour), 0);
}

static void test_decided(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();
	struct paging p;

	assert_int_equal(paging_begin(db, EVENT, now, now), 0);
	check_int("rejected", decision_reject(db, &operator, EVENT, "誤報"), 1);
	check_int("looked at once more", paging_next(db, now + hour), 1);
	check_int("ends", paging_next(db, now + hour), 0);
	check_int("no second mail", mails(db), 1);
	check_int("the same again", paging_begin(db, EVENT, now, now + hour),
		  0);
	check_int("does not wait", mails(db), 1);
	/* A prefecture is raised after the decision. */
	database_do(db, "INSERT INTO event_region (event, region, name, level,"
			" rank) VALUES (77, '14', '神奈川県', '6+', 8)");
	check_int("raised", paging_begin(db, EVENT, now + hour, now + hour), 0);
	check_int("is paged anew", mails(db), 2);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	assert_true(p.goes_on);
	check_int("once", paging_begin(db, EVENT, now + hour, now + hour + 1),
		  0);
	check_int("once", mails(db), 2);
}

static void test_taken_up_again(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();
	struct paging p;

	assert_int_equal(paging_begin(db, EVENT, now, now), 0);
	check_int("rejected", decision_reject(db, &operator, EVENT, "誤報"), 1);
	check_int("ends", paging_next(db, now + hour), 1);
	check_int("again", decision_reopen(db, &operator, EVENT), 1);
	check_int("not at once", paging_next(db, now), 0);
	check_int("when nobody decides", paging_next(db, now + 2 * hour), 1);
	check_int("is paged", mails(db), 2);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	assert_true(p.goes_on);
	check_str("the first first", p.paged->next->name, "当直 五");
	check_int("the next is due", paging_next(db, now + 3 * hour), 1);
	check_int("and so on", mails(db), 3);
}

static void test_closed(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();

	assert_int_equal(paging_begin(db, EVENT, now, now), 0);
	check_int("closed", event_close(db, &operator, EVENT), 1);
	check_int("ends", paging_next(db, now + hour), 1);
	check_int("no mail", mails(db), 1);
}

static void test_not(void **state)
{
	static const struct {
		const char *name, *sql;
		int64_t age_h;
		int64_t want;
	} rows[] = {
		{ "a drill", "UPDATE event SET drill = TRUE", 0, 0 },
		{ "recorded", "UPDATE event SET state = 'recorded'", 0, 0 },
		{ "cancelled", "UPDATE event SET state = 'cancelled'", 0, 0 },
		{ "too old", "DO 0", PAGING_LATE_H + 1, 0 },
		{ "late", "DO 0", 2, 1 },
		{ "nobody", "DELETE FROM duty", 0, 1 },
	};
	struct db *db = *state;
	int64_t now = time_now();

	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db, "DELETE FROM paging; DELETE FROM paged;"
				"DELETE FROM target; DELETE FROM delivery;"
				"DELETE FROM broadcast;"
				"UPDATE event SET drill = FALSE,"
				" state = 'prepared'");
		database_do(db, rows[i].sql);
		check_int(rows[i].name,
			  paging_begin(db, EVENT, now - rows[i].age_h * hour,
				       now),
			  0);
		check_int(rows[i].name, mails(db), rows[i].want);
		if (rows[i].age_h == 2)
			assert_true(str_begins(
				text_of(db, "SELECT subject FROM broadcast"),
				"【遅延】【判断待ち】"));
	}
}

/* Everybody of the list is gone: that is noted, and shown; who is put on it
 * meanwhile is paged. */
static void test_nobody(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();
	struct paging p;

	database_do(db, "UPDATE account SET state = 'disabled'");
	check_int("begin", paging_begin(db, EVENT, now, now), 0);
	check_int("no mail", mails(db), 0);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	assert_true(p.is_there);
	assert_null(p.paged);
	check_int("looked at again", p.next_at, now + 5 * TIME_MINUTE);
	check_int("due", paging_next(db, p.next_at), 1);
	check_int("still nobody", mails(db), 0);
	database_do(db, "UPDATE account SET state = 'active' WHERE id = 900");
	check_int("somebody", paging_next(db, now + 10 * TIME_MINUTE), 1);
	check_int("is paged", mails(db), 1);
}

static void test_by_rule(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();
	struct paging p;

	database_do(db, "UPDATE event SET state = 'recorded'");
	check_int("a rule paged", paging_by_rule(db, EVENT, 1, now), 0);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	assert_true(p.goes_on);
	assert_true(p.by_rule);
	check_int("the next", paging_next(db, now + 5 * TIME_MINUTE), 1);
	check_int("is mailed", mails(db), 1);
	check_int("and again", paging_next(db, now + 10 * TIME_MINUTE), 1);
	check_int("is mailed", mails(db), 2);
	database_do(db, "SAVEPOINT lifted; UPDATE event"
			" SET ends_at = UTC_TIMESTAMP(6)");
	paging_next(db, now + 15 * TIME_MINUTE);
	check_int("not when the warning is over", mails(db), 2);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	assert_false(p.goes_on);
	database_do(db, "ROLLBACK TO lifted");
	check_int("heard", paging_hear(db, &operator, EVENT), 1);
	check_int("twice", paging_hear(db, &operator, EVENT), 0);
	assert_int_equal(paging_find(db, EVENT, &p), 0);
	assert_false(p.goes_on);
	check_str("by whom", p.heard_by, "当直 五");
	/* A check is decided, not heard. */
	database_do(db, "UPDATE event SET state = 'prepared';"
			"UPDATE paging SET heard_at = NULL");
	check_int("a check", paging_hear(db, &operator, EVENT), 0);
	check_int("is paged by the rule", paging_begin(db, EVENT, now, now), 0);
	check_int("not twice", mails(db), 2);
}

static void test_tell(void **state)
{
	struct db *db = *state;

	check_int("told", paging_tell(db, "【異常】x", "y"), 0);
	check_int("one mail", mails(db), 1);
	database_do(db, "UPDATE account SET state = 'disabled'");
	check_int("nobody", paging_tell(db, "【異常】x", "y"), 0);
	check_int("none", mails(db), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_up_the_list),	  TEST(test_decided),
		TEST(test_closed),	  TEST(test_not),
		TEST(test_nobody),	  TEST(test_by_rule),
		TEST(test_tell),	  TEST(test_taken_up_again),
		TEST(test_until_decided), TEST(test_empty_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
