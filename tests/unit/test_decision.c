#include "test.h"

#include "base/time.h"
#include "database.h"
#include "file.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/decision.h"
#include "model/rule.h"
#include "model/telegram.h"

/* Ishikawa is 17: Toyama 16 joins it, Tokyo 13 never does. */
static const char people[] =
	"INSERT INTO user (id, staff_no, name, state) VALUES"
	" (1, 'A1', '一', 'active'), (2, 'A2', '二', 'active'),"
	" (3, 'A3', '三', 'active'), (4, 'A4', '四', 'left'),"
	" (5, 'A5', '五', 'active');"
	"INSERT INTO user_region (user, region, purpose) VALUES"
	" (1, '17', 'work'), (1, '13', 'home'), (2, '17201', 'home'),"
	" (3, '13', 'work'), (3, '17', 'family'), (4, '17', 'work'),"
	" (5, '16', 'work')";

static const struct audit duty = { .actor = "test" };

static int64_t take(struct db *db, const char *name)
{
	struct telegram_taken out;
	size_t len;
	const char *bytes = file_read(
		db->arena, arena_fmt(db->arena, "tests/data/jma/%s.xml", name),
		&len);

	assert_non_null(bytes);
	assert_int_equal(telegram_take(db, "command", name, bytes, len,
				       time_now(), &out),
			 0);
	return out.event;
}

static struct check check_of(struct db *db, int64_t id)
{
	struct event_region *regions;
	struct event event;
	struct check out;

	assert_int_equal(event_find(db, id, &event), 1);
	assert_int_equal(event_regions(db, id, &regions), 0);
	assert_int_equal(decision_check(db, &event, regions, &out), 0);
	return out;
}

static const char *state_of(struct db *db, int64_t id)
{
	struct event event;

	assert_int_equal(event_find(db, id, &event), 1);
	return event.state;
}

static int confirm(struct db *db, int64_t event, int64_t number,
		   const unsigned char *press, int64_t *broadcast)
{
	const struct confirm c = {
		.who = &duty, .event = event, .number = number, .press = press
	};

	return decision_confirm(db, &c, broadcast, NULL);
}

static int prepared(void **state)
{
	database_setup(state);
	database_do(*state, people);
	return 0;
}

static void test_check_is_complete(void **state)
{
	struct db *db = *state;
	struct check c = check_of(db, take(db, "ishikawa_VXSE53_correction"));

	assert_true(c.open);
	assert_false(c.more);
	check_str("kind", c.kind, "safety");
	check_str("places", c.places, "石川県");
	check_str("by which rule", c.rule, "震度5強以上の安否確認");
	check_str("subject", c.subject,
		  "【安否確認】石川県能登地方 最大震度5強");
	assert_non_null(strstr(c.body, "石川県能登地方で地震があり"));
	assert_null(strchr(c.body, '{'));
	check_int("work or home, active", c.people, 2);
}

static void test_below_the_level_is_not_open(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53"), broadcast;

	assert_false(check_of(db, event).open);
	check_int("confirm", confirm(db, event, 0, NULL, &broadcast),
		  DECISION_NOT_OPEN);
	check_int("none", database_int(db, "SELECT COUNT(*) FROM broadcast"),
		  0);
}

static void test_confirm(void **state)
{
	static const unsigned char press[BROADCAST_PRESS_LEN] = { 1 };
	static const unsigned char other[BROADCAST_PRESS_LEN] = { 2 };
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction");
	int64_t first, again;

	check_int("unknown", confirm(db, event + 1, 2, press, &first),
		  DECISION_UNKNOWN);
	check_int("wrong number", confirm(db, event, 3, press, &first),
		  DECISION_OTHER_COUNT);
	check_str("untouched", state_of(db, event), "prepared");
	check_int("right", confirm(db, event, 2, press, &first), DECISION_DONE);
	check_str("sent", state_of(db, event), "sent");
	check_int("second press", confirm(db, event, 2, press, &again),
		  DECISION_BEFORE);
	check_int("same broadcast", again, first);
	check_int("another press", confirm(db, event, 2, other, &again),
		  DECISION_NOT_OPEN);
	check_int("one", database_int(db, "SELECT COUNT(*) FROM broadcast"), 1);
	check_int("questions",
		  database_int(db, "SELECT COUNT(*) FROM question"), 2);
	check_int("decided",
		  database_int(db, "SELECT COUNT(*) FROM stage"
				   " WHERE name = 'decided'"),
		  1);
}

/* It closes and asks again as the settings say. */
static void test_terms(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;

	database_do(db, "REPLACE INTO setting VALUES ('closes.safety', '48'),"
			" ('reask.times', '3'), ('reask.gap', '30')");
	assert_int_equal(confirm(db, event, 2, NULL, &broadcast), 0);
	check_int("closes",
		  database_int(db, "SELECT TIMESTAMPDIFF(HOUR, confirmed_at,"
				   " closes_at + INTERVAL 1 SECOND)"
				   "  FROM broadcast"),
		  48);
	check_int("asks again",
		  database_int(db, "SELECT times = 3 AND gap_min = 30"
				   "   AND NOT quiet AND next_at IS NOT NULL"
				   "  FROM reask"),
		  1);
}

/* Typed over the text that stands, over one that has gone, and not at all. */
static void test_words(void **state)
{
	static const struct {
		const char *name, *over; /* NULL: the subject that stands */
		int want;
	} rows[] = {
		{ "over another", "x", DECISION_OTHER_TEXT },
		{ "over this one", NULL, DECISION_DONE },
	};
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;
	struct check check = check_of(db, event);

	for (size_t i = 0; i < LEN(rows); i++) {
		struct confirm c = { .who = &duty,
				     .event = event,
				     .number = 2,
				     .subject = "件名",
				     .body = "本文" };

		c.mark = decision_mark(db->arena,
				       rows[i].over == NULL ? check.subject
							    : rows[i].over,
				       check.body);
		check_int(rows[i].name,
			  decision_confirm(db, &c, &broadcast, NULL),
			  rows[i].want);
	}
	check_int("as typed",
		  database_int(db, "SELECT subject = '件名' AND body = '本文'"
				   "  FROM broadcast"),
		  1);
	check_int("the decision says so",
		  database_int(db, "SELECT reason = '文面を直して送信'"
				   "  FROM decision"),
		  1);
}

/* Typed words of a drill cannot hide that it is one. */
static void test_words_of_a_drill(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "drill_VXSE53"), broadcast;
	struct confirm c = {
		.who = &duty, .event = event, .subject = "件名", .body = "本文"
	};
	struct check check;

	database_do(db, "UPDATE rule SET rank = 5");
	check = check_of(db, event);
	c.number = check.people;
	c.mark = decision_mark(db->arena, check.subject, check.body);
	check_int("sent", decision_confirm(db, &c, &broadcast, NULL),
		  DECISION_DONE);
	check_int("marked",
		  database_int(db, "SELECT subject = '【訓練】件名'"
				   "  FROM broadcast"),
		  1);
}

static void test_nobody_there(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;

	database_do(db, "UPDATE user SET state = 'left'");
	check_int("nobody", confirm(db, event, 0, NULL, &broadcast),
		  DECISION_NOBODY);
	check_str("still waits", state_of(db, event), "prepared");
}

static void test_cancelled_cannot_be_sent(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;

	take(db, "ishikawa_VXSE53_cancel");
	check_int("confirm", confirm(db, event, 2, NULL, &broadcast),
		  DECISION_NOT_OPEN);
	check_int("reject", decision_reject(db, &duty, event, "x"), 0);
}

static void test_reject_and_take_up_again(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;
	struct event e;

	check_int("reject", decision_reject(db, &duty, event, "誤報"), 1);
	check_int("once", decision_reject(db, &duty, event, "誤報"), 0);
	assert_int_equal(event_find(db, event, &e), 1);
	check_str("state", e.state, "rejected");
	check_str("reason", e.reason, "誤報");
	check_int("confirm", confirm(db, event, 2, NULL, &broadcast),
		  DECISION_NOT_OPEN);
	check_int("reopen", decision_reopen(db, &duty, event), 1);
	check_int("confirm now", confirm(db, event, 2, NULL, &broadcast),
		  DECISION_DONE);
	check_int("too late", decision_reopen(db, &duty, event), 0);
	check_int("audit", database_int(db, "SELECT COUNT(*) FROM audit"), 3);
}

static void test_list(void **state)
{
	struct db *db = *state;
	int64_t first = take(db, "ishikawa_VXSE53");
	int64_t second = take(db, "quake7_VXSE53");
	struct event *e;

	assert_int_equal(
		event_list(db, &(struct event_filter){ .most = 5 }, &e), 0);
	check_int("newest first", e->id, second);
	check_int("then", e->next->id, first);
	assert_null(e->next->next);
	assert_int_equal(
		event_list(db, &(struct event_filter){ .before = second }, &e),
		0);
	check_int("older", e->id, first);
	assert_int_equal(
		event_list(db, &(struct event_filter){ .waiting = true }, &e),
		0);
	check_int("waits", e->id, second);
	assert_null(e->next);
	assert_int_equal(
		event_list(db, &(struct event_filter){ .state = "recorded" },
			   &e),
		0);
	check_int("state", e->id, first);
	check_int("count", event_count(db, &(struct event_filter){ .most = 1 }),
		  2);
}

/* A check goes out; then a prefecture reaches the level. */
static void test_raised_after_sending(void **state)
{
	struct db *db = *state;
	static const struct event_filter waiting = { .waiting = true };
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;
	struct check c;

	assert_int_equal(confirm(db, event, 2, NULL, &broadcast), 0);
	assert_false(check_of(db, event).open);
	check_int("none waits", event_count(db, &waiting), 0);
	database_do(db, "UPDATE event_region SET rank = 6, level = '5+'"
			" WHERE region = '16'");
	check_int("waits again", event_count(db, &waiting), 1);
	c = check_of(db, event);
	assert_true(c.open && c.more && c.raised);
	check_str("only the new one", c.places, "富山県");
	check_int("its people", c.people, 1);
	check_int("sent too", confirm(db, event, 1, NULL, &broadcast),
		  DECISION_DONE);
	assert_false(check_of(db, event).open);
}

static void test_raised_and_not_asked(void **state)
{
	static const struct event_filter waiting = { .waiting = true };
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;

	assert_int_equal(confirm(db, event, 2, NULL, &broadcast), 0);
	check_int("nothing new", decision_reject(db, &duty, event, "x"), 0);
	database_do(db, "UPDATE event_region SET rank = 6, level = '5+'"
			" WHERE region = '16'");
	check_int("raised", decision_reject(db, &duty, event, "x"), 1);
	check_str("stays sent", state_of(db, event), "sent");
	check_int("none waits", event_count(db, &waiting), 0);
}

/* Closed with its check sent; then a prefecture reaches the level. */
static void test_raised_after_closing(void **state)
{
	static const struct event_filter waiting = { .waiting = true };
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;
	struct event e;
	struct check c;

	assert_int_equal(confirm(db, event, 2, NULL, &broadcast), 0);
	assert_int_equal(event_close(db, &duty, event), 1);
	assert_false(check_of(db, event).again);
	check_int("nothing is new", decision_reopen(db, &duty, event), 0);
	database_do(db, "UPDATE event_region SET rank = 6, level = '5+'"
			" WHERE region = '16';"
			"UPDATE event SET told_at = closed_at"
			"  + INTERVAL 1 SECOND");
	check_int("waits", event_count(db, &waiting), 1);
	c = check_of(db, event);
	assert_true(c.again && c.raised);
	assert_false(c.open);
	check_int("taken up again", decision_reopen(db, &duty, event), 1);
	assert_int_equal(event_find(db, event, &e), 1);
	check_str("those asked stay asked", e.state, "sent");
	check_int("it is open", e.closed_at, 0);
	c = check_of(db, event);
	assert_true(c.open && c.more);
	check_str("only the new one", c.places, "富山県");
	check_int("sent", confirm(db, event, 1, NULL, &broadcast),
		  DECISION_DONE);
	check_int("none waits", event_count(db, &waiting), 0);
}

/* Closed while its check waited: then all of its people are to be asked. */
static void test_raised_and_never_sent(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction");

	assert_int_equal(event_close(db, &duty, event), 1);
	database_do(db, "UPDATE event_region SET rank = 6, level = '5+'"
			" WHERE region = '16'");
	check_int("taken up again", decision_reopen(db, &duty, event), 1);
	check_str("state", state_of(db, event), "prepared");
	check_int("all", check_of(db, event).people, 3);
}

/* A check that was stopped before any of it left asked nobody. */
static void test_cancelled_before_it_left(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "ishikawa_VXSE53_correction"), broadcast;
	struct event_state stands;

	assert_int_equal(confirm(db, event, 2, NULL, &broadcast), 0);
	check_int("asked", event_asked(db, event), 1);
	check_int("it stands", decision_reopen(db, &duty, event), 0);
	check_int("stopped", broadcast_cancel(db, 0, &duty, broadcast), 1);
	database_do(db, "UPDATE delivery SET handed = 1");
	check_int("one has left", event_asked(db, event), 1);
	assert_false(check_of(db, event).again);
	database_do(db, "UPDATE delivery SET handed = 0");
	check_int("none has left", event_asked(db, event), 0);
	assert_int_equal(event_state(db, event, &stands), 0);
	assert_false(stands.sent);
	assert_true(check_of(db, event).again);
	assert_false(check_of(db, event).open);
	check_int("taken up again", decision_reopen(db, &duty, event), 1);
	check_int("all of them", check_of(db, event).people, 2);
	check_int("sent", confirm(db, event, 2, NULL, &broadcast),
		  DECISION_DONE);
	check_int("it stands now", decision_reopen(db, &duty, event), 0);
	check_int("it is the first", event_first_check(db, event), broadcast);
}

static void test_drill_is_marked(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "drill_VXSE53"), broadcast;
	struct check c;

	database_do(db, "UPDATE rule SET rank = 5");
	c = check_of(db, event);
	assert_true(c.open);
	check_str("kind", c.kind, "drill");
	assert_true(str_begins(c.subject, "【訓練】"));
	check_str("waits for nobody", state_of(db, event), "recorded");
	check_int("by hand", confirm(db, event, c.people, NULL, &broadcast),
		  DECISION_DONE);
	check_int("a drill",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"
				   " WHERE kind = 'drill'"),
		  1);
}

static void test_fill(void **state)
{
	static const struct rule_value values[] = { { "a", "{b}" },
						    { "b", "2" } };
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },	  { "plain", "plain" },
		{ "{b}", "2" },	  { "x{a}y{b}z", "x{b}y2z" },
		{ "{c}", "{c}" }, { "{", "{" },
		{ "{b", "{b" },	  { "{{b}}", "{2}" },
		{ "{}", "{}" },	  { "安{b}否", "安2否" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].text,
			  rule_fill(a, rows[i].text, values, LEN(values)),
			  rows[i].want);
	arena_free(a);
}

/* Sending by itself --------------------------------------------------------*/

/* An event whose check has waited for ten minutes, its telegram on time. */
static int64_t waiting(struct db *db)
{
	int64_t event = take(db, "ishikawa_VXSE53_correction");

	database_do(db, "UPDATE stage SET at = CASE name"
			" WHEN 'published' THEN UTC_TIMESTAMP(6)"
			"   - INTERVAL 12 MINUTE"
			" WHEN 'fetched' THEN UTC_TIMESTAMP(6)"
			"   - INTERVAL 11 MINUTE"
			" ELSE UTC_TIMESTAMP(6) - INTERVAL 10 MINUTE END");
	return event;
}

static void set_minutes(struct db *db, const char *minutes)
{
	database_do(db, arena_fmt(db->arena,
				  "REPLACE INTO setting"
				  " VALUES ('decide.self', '%s')",
				  minutes));
}

static struct self_send when(struct db *db, int64_t id)
{
	struct self_send out;
	struct event event;

	assert_int_equal(event_find(db, id, &event), 1);
	assert_int_equal(decision_self_when(db, &event, &out), 0);
	return out;
}

static void test_self_is_off(void **state)
{
	struct db *db = *state;
	int64_t event = waiting(db);

	check_int("off", when(db, event).minutes, 0);
	check_int("never", when(db, event).at, 0);
	check_int("nothing", decision_self(db, time_now()), 0);
	check_str("waits", state_of(db, event), "prepared");
}

static void test_self_sends_once(void **state)
{
	struct db *db = *state;
	int64_t event = waiting(db);
	struct decision_made *list;

	set_minutes(db, "11");
	check_int("a minute early", decision_self(db, time_now()), 0);
	set_minutes(db, "10");
	check_int("it says when", when(db, event).minutes, 10);
	assert_true(when(db, event).at != 0);
	check_int("sent", decision_self(db, time_now()), 1);
	check_int("once", decision_self(db, time_now()), 0);
	check_str("state", state_of(db, event), "sent");
	check_int("one check",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"
				   " WHERE kind = 'safety'"),
		  1);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE actor = '自動'"
				   "   AND action = 'broadcast send'"),
		  1);
	check_int("kept", decision_list(db, event, &list), 0);
	check_str("by whom", list->by, "自動");
	check_str("why", list->reason,
		  "10 分のあいだ判断がなかったため、自動で送信");
	check_int("to whom", list->people, 2);
	check_str("what was known", list->max_level, "5+");
	assert_null(list->next);
}

static void test_self_never(void **state)
{
	static const struct {
		const char *name, *sql;
		bool says_why;
	} rows[] = {
		{ "a drill", "UPDATE event SET drill = TRUE", true },
		{ "rejected", "UPDATE event SET state = 'rejected'", true },
		{ "cancelled", "UPDATE event SET state = 'cancelled'", true },
		{ "an aftershock",
		  "INSERT INTO event (id, kind, event_key, state, title,"
		  " made_at) VALUES (1, 'quake', 'x', 'recorded', '',"
		  " UTC_TIMESTAMP(6));"
		  "UPDATE event SET parent = 1 WHERE id <> 1",
		  true },
		{ "by hand",
		  "INSERT INTO account (id, login, name, role, password_hash)"
		  " VALUES (1, 'a', 'a', 'operator', '');"
		  "UPDATE event SET made_by = 1",
		  true },
		{ "late",
		  "UPDATE stage SET at = at - INTERVAL 61 MINUTE"
		  " WHERE name = 'published'",
		  true },
		{ "lifted", "UPDATE event SET ends_at = told_at", true },
		{ "ended", "UPDATE event SET closed_at = told_at", true },
		{ "nobody there", "DELETE FROM user_region", false },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t event;

		db_rollback(db);
		assert_int_equal(db_begin(db), 0);
		database_do(db, people);
		event = waiting(db);
		set_minutes(db, "10");
		database_do(db, rows[i].sql);
		check_int(rows[i].name, decision_self(db, time_now()), 0);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM broadcast"
					   " WHERE kind <> 'info'"),
			  0);
		check_int(rows[i].name, *when(db, event).why != '\0',
			  rows[i].says_why);
	}
}

static void test_self_not_after_a_person(void **state)
{
	struct db *db = *state;
	int64_t event = waiting(db);
	struct decision_made *list;

	set_minutes(db, "10");
	assert_int_equal(decision_reject(db, &duty, event, "誤報"), 1);
	assert_int_equal(decision_reopen(db, &duty, event), 1);
	check_str("waits again", state_of(db, event), "prepared");
	check_int("for a person", decision_self(db, time_now()), 0);
	check_int("it says so", when(db, event).at, 0);
	assert_int_equal(decision_list(db, event, &list), 0);
	check_str("first", list->act, "rejected");
	check_str("why", list->reason, "誤報");
	check_str("then", list->next->act, "reopened");
	check_str("in words", decision_act_show(list->next->act),
		  "判断待ちに戻す");
	check_str("none", decision_act_show("x"), "");
}

#define ON_DATABASE(test)                                                      \
	cmocka_unit_test_setup_teardown(test, prepared, database_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DATABASE(test_check_is_complete),
		ON_DATABASE(test_below_the_level_is_not_open),
		ON_DATABASE(test_confirm),
		ON_DATABASE(test_terms),
		ON_DATABASE(test_words),
		ON_DATABASE(test_words_of_a_drill),
		ON_DATABASE(test_nobody_there),
		ON_DATABASE(test_cancelled_cannot_be_sent),
		ON_DATABASE(test_reject_and_take_up_again),
		ON_DATABASE(test_list),
		ON_DATABASE(test_raised_after_sending),
		ON_DATABASE(test_raised_and_not_asked),
		ON_DATABASE(test_raised_after_closing),
		ON_DATABASE(test_raised_and_never_sent),
		ON_DATABASE(test_cancelled_before_it_left),
		ON_DATABASE(test_drill_is_marked),
		ON_DATABASE(test_self_is_off),
		ON_DATABASE(test_self_sends_once),
		ON_DATABASE(test_self_never),
		ON_DATABASE(test_self_not_after_a_person),
		cmocka_unit_test(test_fill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
