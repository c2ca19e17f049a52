#include "test.h"

#include <string.h>

#include "base/time.h"
#include "database.h"
#include "file.h"
#include "model/aftershock.h"
#include "model/audit.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/telegram.h"

/* Ishikawa is 17, Toyama 16. */
static const char people[] =
	"INSERT INTO user (id, staff_no, name, state) VALUES"
	" (1, 'A1', '一', 'active'), (2, 'A2', '二', 'active'),"
	" (5, 'A5', '五', 'active');"
	"INSERT INTO user_region (user, region, purpose) VALUES"
	" (1, '17', 'work'), (2, '17201', 'home'), (5, '16', 'work')";

static const struct audit duty = { .actor = "test" };

static int setup(void **state)
{
	database_setup(state);
	database_do(*state, people);
	return 0;
}

/* The quake of Ishikawa, 5強, as of another key and so many hours later. */
static int64_t take(struct db *db, const char *key, int hours)
{
	const char *path = "tests/data/jma/ishikawa_VXSE53_correction.xml";
	struct telegram_taken out;
	const char *text, *origin, *event;
	int64_t at;
	size_t len;

	text = file_read(db->arena, path, &len);
	assert_non_null(text);
	event = strstr(text, "<EventID>") + strlen("<EventID>");
	origin = strstr(text, "<OriginTime>") + strlen("<OriginTime>");
	assert_int_equal(time_parse(arena_strndup(db->arena, origin,
						  strcspn(origin, "<")),
				    &at),
			 0);
	at += (int64_t)hours * 60 * TIME_MINUTE;
	text = arena_fmt(db->arena, "%.*s%s%.*s%s%s", (int)(event - text), text,
			 key, (int)(origin - event) - (int)strcspn(event, "<"),
			 event + strcspn(event, "<"), time_iso(db->arena, at),
			 strchr(origin, '<'));
	assert_int_equal(telegram_take(db, "command", key, text, strlen(text),
				       time_now(), &out),
			 0);
	check_int("applied", out.outcome, TELEGRAM_APPLIED);
	return out.event;
}

static struct check check_of(struct db *db, int64_t id, struct event *e)
{
	struct event_region *regions;
	struct check out;

	assert_int_equal(event_find(db, id, e), 1);
	assert_int_equal(event_regions(db, id, &regions), 0);
	assert_int_equal(decision_check(db, e, regions, &out), 0);
	return out;
}

static void send(struct db *db, int64_t event, int64_t number, bool fresh)
{
	const struct confirm c = {
		.who = &duty, .event = event, .number = number, .fresh = fresh
	};
	int64_t broadcast;

	check_int("sent", decision_confirm(db, &c, &broadcast, NULL),
		  DECISION_DONE);
}

static void test_which(void **state)
{
	static const struct {
		const char *name;
		int hours;
		bool under;
	} rows[] = {
		{ "an hour later", 1, true },
		{ "three days later", 72, true },
		{ "much later", 73, false },
		{ "earlier", -1, false },
		{ "the same moment", 0, false },
	};
	struct db *db = *state;
	int64_t first = take(db, "20260302000001", 0);

	for (size_t i = 0; i < LEN(rows); i++) {
		struct event e;
		int64_t id =
			take(db, arena_fmt(db->arena, "2026030200001%zu", i),
			     rows[i].hours);

		assert_int_equal(event_find(db, id, &e), 1);
		check_int(rows[i].name, e.parent, rows[i].under ? first : 0);
		database_do(db, arena_fmt(db->arena,
					  "UPDATE event SET closed_at = NOW(),"
					  " parent = NULL WHERE id = %lld",
					  (long long)id));
	}
}

static void test_not_under(void **state)
{
	static const char *const changes[] = {
		"UPDATE event SET state = 'rejected'",
		"UPDATE event SET closed_at = NOW()",
		"UPDATE event SET drill = TRUE",
		"UPDATE event_region SET rank = 3",
		"INSERT INTO setting VALUES ('aftershock.hours', '0')",
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(changes); i++) {
		struct event e;
		int64_t id;

		take(db, "20260302000001", 0);
		database_do(db, changes[i]);
		id = take(db, "20260302000002", 1);
		assert_int_equal(event_find(db, id, &e), 1);
		check_int(changes[i], e.parent, 0);
		database_do(db,
			    "DELETE FROM telegram; DELETE FROM event_region;"
			    "DELETE FROM event; DELETE FROM stage;"
			    "DELETE FROM setting");
	}
}

static void test_fold(void **state)
{
	struct db *db = *state;
	int64_t first = take(db, "20260302000001", 0), second;
	struct event *list, e;
	struct check c;

	send(db, first, 2, false);
	second = take(db, "20260302000002", 1);
	c = check_of(db, second, &e);
	check_str("waits", e.state, "prepared");
	check_int("under", c.parent, first);
	check_int("asked then", c.parent_asked, 2);
	check_int("all again", c.people, 2);
	check_int("nobody new", c.fresh_people, 0);
	check_str("nowhere stronger", c.stronger, "");
	check_int("a main shock is not folded",
		  decision_fold(db, &duty, first, "x"), 0);
	check_int("folded", decision_fold(db, &duty, second, "x"), 1);
	check_int("once", decision_fold(db, &duty, second, "x"), 0);
	check_of(db, second, &e);
	check_str("state", e.state, "folded");
	check_str("why", e.reason, "x");
	check_int("nobody asked",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"), 1);
	assert_int_equal(event_children(db, first, &list), 0);
	check_int("listed", list->id, second);
	assert_null(list->next);
	check_int("taken up again", decision_reopen(db, &duty, second), 1);
}

static void test_new_regions(void **state)
{
	struct db *db = *state;
	int64_t first = take(db, "20260302000001", 0), second;
	struct event e;
	struct check c;

	send(db, first, 2, false);
	second = take(db, "20260302000002", 1);
	database_do(db, arena_fmt(db->arena,
				  "UPDATE event_region SET rank = 6"
				  " WHERE region = '16' AND event = %lld",
				  (long long)second));
	c = check_of(db, second, &e);
	check_str("new", c.fresh_places, "富山県");
	check_int("its people", c.fresh_people, 1);
	check_int("all", c.people, 3);
	send(db, second, 1, true);
	check_of(db, second, &e);
	check_str("sent", e.state, "sent");
	check_int("targets",
		  database_int(db, "SELECT COUNT(*) FROM target t"
				   "  JOIN broadcast b ON b.id = t.broadcast"
				   " WHERE t.item = '16'"),
		  1);
}

/* Whom the main shock's check never reached is asked first by this one. */
static void test_cancelled_main_shock(void **state)
{
	struct db *db = *state;
	int64_t first = take(db, "20260302000001", 0), second;
	struct event e;
	struct check c;

	send(db, first, 2, false);
	second = take(db, "20260302000002", 1);
	check_int("all were asked", check_of(db, second, &e).fresh_people, 0);
	database_do(db, "UPDATE broadcast SET state = 'cancelled'");
	c = check_of(db, second, &e);
	check_int("none was", c.parent_asked, 0);
	check_int("never", c.parent_asked_at, 0);
	check_int("all are new", c.fresh_people, 2);
	database_do(db, "UPDATE delivery SET handed = 1");
	check_int("some were", check_of(db, second, &e).fresh_people, 0);
}

static void test_stronger(void **state)
{
	struct db *db = *state;
	int64_t first = take(db, "20260302000001", 0), second;
	struct aftershock under;
	struct event e;
	struct check c;

	send(db, first, 2, false);
	database_do(db, "UPDATE event SET rank = 5;"
			"UPDATE event_region SET decided_rank = 6");
	second = take(db, "20260302000002", 1);
	database_do(db, arena_fmt(db->arena,
				  "UPDATE event_region SET rank = 8"
				  " WHERE region = '17' AND event = %lld",
				  (long long)second));
	database_do(db, arena_fmt(db->arena,
				  "UPDATE event SET parent = NULL, rank = 8"
				  " WHERE id = %lld",
				  (long long)second));
	assert_int_equal(aftershock_find(db, second, &under), 0);
	check_int("under", under.parent, first);
	assert_true(under.stronger);
	c = check_of(db, second, &e);
	check_str("stands out", c.stronger, "石川県");
}

/* The table of a main shock: each against those before it. */
static void test_changes(void **state)
{
	struct db *db = *state;
	int64_t first = take(db, "20260302000001", 0);
	int64_t second, third, fourth;
	struct aftershock_change *c;

	send(db, first, 2, false);
	second = take(db, "20260302000002", 1);
	third = take(db, "20260302000003", 2);
	fourth = take(db, "20260302000004", 3);
	database_do(db, arena_fmt(db->arena,
				  "UPDATE event_region SET rank = 6"
				  " WHERE region = '16' AND event IN (%lld,"
				  " %lld)",
				  (long long)second, (long long)fourth));
	database_do(db, arena_fmt(db->arena,
				  "UPDATE event_region SET rank = 8"
				  " WHERE region = '17' AND event = %lld",
				  (long long)third));
	send(db, second, 1, true);
	assert_int_equal(aftershock_changes(db, first, 6, &c), 0);
	check_int("the second", c->event, second);
	check_str("asked there first", c->fresh, "富山県");
	check_str("nowhere stronger", c->stronger, "");
	check_int("the third", c->next->event, third);
	check_str("nowhere new", c->next->fresh, "");
	check_str("stronger", c->next->stronger, "石川県");
	if (c->next->next != NULL)
		fail_msg("the fourth changed nothing: the second had asked");
	database_do(db, "UPDATE broadcast SET state = 'cancelled'");
	assert_int_equal(aftershock_changes(db, first, 6, &c), 0);
	check_str("nobody was asked", c->fresh, "富山県、石川県");
	check_int("by the fourth", c->next->next->event, fourth);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_which),
		TEST(test_not_under),
		TEST(test_fold),
		TEST(test_new_regions),
		TEST(test_cancelled_main_shock),
		TEST(test_stronger),
		TEST(test_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
