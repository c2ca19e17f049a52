#include "test.h"

#include <stdio.h>

#include "base/str.h"
#include "base/time.h"
#include "model/enqueue.h"
#include "model/schedule.h"
#include "people.h"

static int64_t make(struct db *db, int64_t send_at, int times, bool quiet)
{
	static struct target all = { .kind = "all", .item = "" };
	struct broadcast_draft d = {
		.kind = "safety",
		.subject = "安否確認",
		.body = "",
		.targets = &all,
		.questions = broadcast_safety_questions(db->arena),
		.account = 900,
		.expected = -1,
		.send_at = send_at,
		.reask = { times, 30, quiet },
	};
	int64_t id;

	assert_int_equal(broadcast_make(db, &d, &id, NULL), BROADCAST_MADE);
	return id;
}

static void check_state(struct db *db, int64_t id, const char *want)
{
	struct broadcast b;

	assert_int_equal(broadcast_find(db, 900, id, &b), 1);
	check_str("state", b.state, want);
}

static void enqueue(struct db *db, int64_t id)
{
	int rc;

	while ((rc = enqueue_slice(db, id)) > 0)
		;
	assert_int_equal(rc, 0);
}

static int64_t retries(struct db *db)
{
	return database_int(db, "SELECT COUNT(*) FROM broadcast"
				" WHERE retry_of IS NOT NULL");
}

static void test_release(void **state)
{
	struct db *db = *state;
	int64_t later, past, cancelled, *ids;

	people_make(db);
	later = make(db, time_now() + TIME_MINUTE, 0, false);
	past = make(db, time_now() - 1, 0, false);
	cancelled = make(db, time_now() - 1, 0, false);
	check_state(db, past, "scheduled");
	check_int("cancelled until then",
		  broadcast_cancel(db, 900, NULL, cancelled), 1);
	check_int("nothing for enqueue yet", enqueue_list(db, &ids), 0);
	check_int("one is due", schedule_release(db), 1);
	check_int("once", schedule_release(db), 0);
	check_state(db, past, "confirmed");
	check_state(db, later, "scheduled");
	check_state(db, cancelled, "cancelled");
	check_int("decided now",
		  database_int(db, "SELECT COUNT(*) FROM stage s"
				   " JOIN broadcast b ON b.id = s.broadcast"
				   " WHERE s.name = 'decided'"
				   " AND s.at = b.confirmed_at"),
		  1);
}

/* What a rule told of an event last, when the time of a mail of it comes. */
static void test_release_overtaken(void **state)
{
	static const struct {
		const char *name, *told; /* broadcast and ended of rule_told */
		const char *want;
	} rows[] = {
		{ "it was told last", "b.id, FALSE", "confirmed" },
		{ "another was told since", "b.id + 1, FALSE", "cancelled" },
		{ "it was taken back since", "b.id, TRUE", "cancelled" },
	};
	struct db *db = *state;

	people_make(db);
	database_do(db, "INSERT INTO event (id, kind, event_key, state, title,"
			"       made_at)"
			" VALUES (77, 'other', 'k', 'recorded', 't', NOW(6))");
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t id = make(db, time_now() - 1, 0, false);

		database_do(db, arena_fmt(db->arena,
					  "UPDATE broadcast SET event = 77,"
					  "       rule = (SELECT MIN(id)"
					  "                 FROM rule)"
					  " WHERE id = %lld;"
					  "REPLACE INTO rule_told (event, rule,"
					  "       ranks, broadcast, ended, at)"
					  " SELECT b.event, b.rule, '5', %s,"
					  "       NOW(6)"
					  "  FROM broadcast b"
					  " WHERE b.id = %lld",
					  (long long)id, rows[i].told,
					  (long long)id));
		check_int(rows[i].name, schedule_release(db),
			  str_eq(rows[i].want, "confirmed"));
		check_state(db, id, rows[i].want);
	}
	check_int("as the audit says",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'broadcast cancel'"
				   "   AND actor = 'anpi'"),
		  2);
}

static void due(struct db *db)
{
	database_do(db, "UPDATE reask SET next_at = NOW(6) - INTERVAL 1 SECOND"
			" WHERE next_at IS NOT NULL");
}

static void test_reask(void **state)
{
	struct db *db = *state;
	struct schedule s;
	int64_t id;

	people_make(db);
	id = make(db, 0, 2, false);
	check_int("not yet", schedule_reask(db), 0);
	due(db);
	check_int("still leaving: put off", schedule_reask(db), 1);
	check_int("no retry", retries(db), 0);
	enqueue(db, id);
	database_do(db, "UPDATE broadcast SET state = 'sent'");
	database_do(db, "UPDATE recipient SET answered_at = NOW(6)"
			" WHERE user <> 9001");
	due(db);
	check_int("due", schedule_reask(db), 1);
	check_int("a retry", retries(db), 1);
	check_int("to those who have not answered",
		  database_int(db, "SELECT expected FROM broadcast"
				   " WHERE retry_of IS NOT NULL"),
		  1);
	assert_int_equal(schedule_find(db, id, &s), 1);
	check_int("done", s.done, 1);
	assert_true(s.next_at > time_now());
	database_do(db, "UPDATE broadcast SET state = 'sent'");
	due(db);
	check_int("a moment after it: put off", schedule_reask(db), 1);
	check_int("still one", retries(db), 1);
	database_do(db, "UPDATE broadcast"
			"   SET made_at = made_at - INTERVAL 5 MINUTE");
	due(db);
	check_int("the second", schedule_reask(db), 1);
	assert_int_equal(schedule_find(db, id, &s), 1);
	check_int("is the last", s.next_at, 0);
	check_int("none is due", schedule_reask(db), 0);
	check_int("two", retries(db), 2);
}

/* Asked again by hand: the next by itself is a gap from then. */
static void test_by_hand(void **state)
{
	static const struct {
		const char *name;
		int account;
		int minutes, want; /* next_at, from now */
	} rows[] = {
		{ "soon", 900, 2, 30 },
		{ "later than that", 900, 45, 45 },
		{ "of a part only", 901, 2, 5 },
	};
	struct db *db = *state;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct broadcast_draft again = { .account = rows[i].account,
						 .expected = -1 };
		struct schedule s;
		int64_t id;

		again.retry_of = make(db, 0, 2, false);
		enqueue(db, again.retry_of);
		database_do(db,
			    arena_fmt(db->arena,
				      "UPDATE broadcast SET state = 'sent';"
				      "UPDATE reask SET next_at = "
				      "UTC_TIMESTAMP(6) + INTERVAL %d MINUTE",
				      rows[i].minutes));
		assert_int_equal(broadcast_make(db, &again, &id, NULL),
				 BROADCAST_MADE);
		assert_int_equal(schedule_find(db, again.retry_of, &s), 1);
		check_int(rows[i].name,
			  (s.next_at - time_now() + TIME_MINUTE / 2) /
				  TIME_MINUTE,
			  rows[i].want);
		check_int("not counted", s.done, 0);
	}
}

static void test_reask_ends(void **state)
{
	struct db *db = *state;
	struct schedule s;
	int64_t id;

	people_make(db);
	id = make(db, 0, 5, false);
	enqueue(db, id);
	database_do(db, "UPDATE broadcast SET state = 'sent'");
	database_do(db, "UPDATE recipient SET answered_at = NOW(6)");
	due(db);
	check_int("all have answered", schedule_reask(db), 1);
	check_int("no retry", retries(db), 0);
	assert_int_equal(schedule_find(db, id, &s), 1);
	check_int("ended", s.next_at, 0);

	id = make(db, 0, 5, false);
	check_int("another admin's", schedule_stop(db, 901, NULL, id), 0);
	check_int("by hand", schedule_stop(db, 900, NULL, id), 1);
	check_int("again", schedule_stop(db, 900, NULL, id), 0);
}

static void test_reask_at_night(void **state)
{
	struct db *db = *state;
	struct schedule s;
	int64_t id;

	people_make(db);
	id = make(db, 0, 5, true);
	enqueue(db, id);
	database_do(db, "UPDATE broadcast SET state = 'sent'");
	database_do(db, "INSERT INTO setting VALUES"
			" ('quiet.from', '00:00'), ('quiet.to', '23:59')");
	due(db);
	/* But for the last minute of a day it is night. */
	check_int("due", schedule_reask(db), 1);
	assert_int_equal(schedule_find(db, id, &s), 1);
	check_int("put off or done, never both", s.done, retries(db));
	database_do(db, "DELETE FROM setting");
}

static void test_close(void **state)
{
	struct db *db = *state;
	int64_t id, closed;

	people_make(db);
	id = make(db, 0, 0, false);
	enqueue(db, id);
	check_int("open without a time", schedule_close(db, &closed), 0);
	database_do(db, "UPDATE broadcast SET closes_at = NOW(6)");
	check_int("over", schedule_close(db, &closed), 1);
	check_int("it", closed, id);
	check_state(db, id, "closed");
	check_int("once", schedule_close(db, &closed), 0);
	database_do(db, "UPDATE broadcast SET state = 'cancelled'");
	check_int("cancelled, nobody has it", schedule_close(db, &closed), 0);
	database_do(db, "UPDATE delivery SET handed = 1");
	check_int("cancelled half-way", schedule_close(db, &closed), 1);
	check_state(db, id, "closed");
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action ="
				   " 'broadcast close'"),
		  2);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_release),    TEST(test_release_overtaken),
		TEST(test_reask),      TEST(test_by_hand),
		TEST(test_reask_ends), TEST(test_reask_at_night),
		TEST(test_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
