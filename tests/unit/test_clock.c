#include "test.h"

#include "base/time.h"
#include "model/clock.h"
#include "people.h"

/* 2026-11-27T12:00:00Z, the second of the quake. */
static const int64_t quake = INT64_C(1795780800) * TIME_SECOND;

static int64_t after(int64_t seconds)
{
	return quake + seconds * TIME_SECOND;
}

static void test_words(void **state)
{
	static const struct {
		int64_t from, to; /* seconds */
		const char *want;
	} rows[] = {
		{ 10, 10, "0秒" },
		{ 10, 69, "59秒" },
		{ 10, 112, "1分42秒" },
		{ 10, 3609, "59分59秒" },
		{ 10, 7510, "2時間05分" },
		{ 10, 260000, "3日" },
		{ 10, 9, "" },
		{ 0, 10, "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str("span",
			  clock_span(a, rows[i].from * TIME_SECOND,
				     rows[i].to * TIME_SECOND),
			  rows[i].want);
	for (int i = 0; i <= CLOCK_PAGE; i++)
		assert_true(*clock_promise_show(i) != '\0' &&
			    *clock_bar_show(i) != '\0');
	for (int i = 0; i < CLOCK_STAGES; i++)
		assert_true(*clock_stage_show(i) != '\0');
	for (int i = 0; i < CLOCK_CLASSES; i++)
		assert_true(*clock_class_show(i) != '\0');
	arena_free(a);
}

/* Seconds after the quake; 0: not reached. */
static void test_late_stage(void **state)
{
	static const struct {
		const char *name;
		enum clock_promise promise;
		int at[CLOCK_STAGES];
		int start, now;
		enum clock_stage want;
	} rows[] = {
		{ "the agency",
		  CLOCK_QUICK,
		  { 0, 170, 175, 176, 0, 177, 178, 185, 179, 190 },
		  0,
		  300,
		  CLOCK_PUBLISHED },
		{ "the feed",
		  CLOCK_QUICK,
		  { 0, 60, 200, 201, 0, 202, 203, 205, 204, 206 },
		  0,
		  300,
		  CLOCK_FETCHED },
		{ "the last hand-over",
		  CLOCK_QUICK,
		  { 0, 60, 65, 66, 0, 67, 68, 300, 70, 301 },
		  0,
		  400,
		  CLOCK_LAST_HANDED },
		{ "the receivers",
		  CLOCK_QUICK,
		  { 0, 60, 65, 66, 0, 67, 68, 70, 70, 400 },
		  0,
		  500,
		  CLOCK_LAST_ACCEPTED },
		{ "enqueue is down",
		  CLOCK_QUICK,
		  { 0, 60, 65, 66 },
		  0,
		  300,
		  CLOCK_ENQUEUED },
		{ "deliver is down",
		  CLOCK_QUICK,
		  { 0, 60, 65, 66, 0, 67 },
		  0,
		  300,
		  CLOCK_LAST_HANDED },
		{ "before its start nothing counts",
		  CLOCK_FULL,
		  { 0, 500, 510, 511, 0, 512, 513, 1300, 514, 1301 },
		  500,
		  1400,
		  CLOCK_LAST_HANDED },
		{ "a check counts from its decision",
		  CLOCK_CHECK,
		  { 0, 60, 70, 71, 3000, 3400, 3401, 3410, 3402, 3411 },
		  3000,
		  4000,
		  CLOCK_ENQUEUED },
		{ "a person took long",
		  CLOCK_MISSILE,
		  { 0, 60, 70, 71, 400, 401, 402, 410, 403, 411 },
		  60,
		  500,
		  CLOCK_DECIDED },
		{ "made by hand",
		  CLOCK_MISSILE,
		  { 0, 0, 0, 71, 75, 300, 301, 310, 302, 311 },
		  71,
		  400,
		  CLOCK_ENQUEUED },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct clock c = { .promise = rows[i].promise,
				   .starts_at = after(rows[i].start) };

		for (int k = 1; k < CLOCK_STAGES; k++)
			c.at[k] = rows[i].at[k] == 0 ? 0 : after(rows[i].at[k]);
		c.at[CLOCK_OCCURRED] = quake;
		check_str(rows[i].name,
			  clock_stage_show(
				  clock_late_stage(&c, after(rows[i].now))),
			  clock_stage_show(rows[i].want));
	}
}

/* A quake of which a quick notice (961), a confirmed one (962), a page (963)
 * and a check (964) went out; 965 is of a drill. */
static void make(struct db *db)
{
	people_make(db);
	database_do(
		db,
		"SET @q = '2026-11-27 12:00:00';"
		"UPDATE account SET user = 9001 WHERE id = 900;"
		"UPDATE account SET user = 9002 WHERE id = 901;"
		"INSERT INTO account (id, login, name, role, password_hash,"
		"        user) VALUES (905, 't905', '当番', 'operator', '', "
		"9003);"
		"INSERT INTO event (id, kind, event_key, state, drill, title,"
		"       occurred_at, made_at) VALUES"
		" (77, 'quake', 'x', 'sent', 0, '石川の地震', @q, @q),"
		" (78, 'quake', 'y', 'sent', 1, '訓練', @q, @q);"
		"INSERT INTO rule (id, name, kind, part, rank, audience,"
		"       action, subject, body, purposes) VALUES"
		" (971, 'a', 'quake', 'quick', 1, 'chosen', 'inform', '', '',"
		"  ''),"
		" (972, 'b', 'quake', 'full', 1, 'chosen', 'inform', '', '',"
		"  ''),"
		" (973, 'c', 'quake', 'any', 1, 'operators', 'page', '', '',"
		"  '');"
		"INSERT INTO telegram (source, event, issued_at, fetched_at,"
		"       outcome, sha256, body) VALUES"
		" ('t', 77, @q + INTERVAL 60 SECOND, @q + INTERVAL 65 SECOND,"
		"  'applied', UNHEX(SHA2('a', 256)), ''),"
		" ('t', 77, @q + INTERVAL 300 SECOND, @q + INTERVAL 305 SECOND,"
		"  'applied', UNHEX(SHA2('b', 256)), '');"
		"INSERT INTO stage (event, broadcast, name, at) VALUES"
		" (77, 0, 'occurred', @q),"
		" (77, 0, 'published', @q + INTERVAL 60 SECOND),"
		" (77, 0, 'fetched', @q + INTERVAL 65 SECOND),"
		" (77, 0, 'prepared', @q + INTERVAL 66 SECOND),"
		" (77, 0, 'decided', @q + INTERVAL 200 SECOND),"
		" (77, 961, 'enqueued', @q + INTERVAL 67 SECOND),"
		" (77, 962, 'enqueued', @q + INTERVAL 307 SECOND),"
		" (77, 963, 'enqueued', @q + INTERVAL 68 SECOND),"
		" (77, 964, 'enqueued', @q + INTERVAL 201 SECOND);"
		"INSERT INTO broadcast (id, event, kind, subject, body, state,"
		"       rule, made_at, confirmed_at) VALUES"
		" (961, 77, 'info', '速報', '', 'sent', 971,"
		"  @q + INTERVAL 66 SECOND, @q),"
		" (962, 77, 'info', '確定', '', 'sent', 972,"
		"  @q + INTERVAL 306 SECOND, @q),"
		" (963, 77, 'info', '呼び出し', '', 'sending', 973,"
		"  @q + INTERVAL 66 SECOND, @q),"
		" (964, 77, 'safety', '確認', '', 'sent', NULL,"
		"  @q + INTERVAL 200 SECOND, @q),"
		" (965, 78, 'safety', '訓練', '', 'sent', NULL, @q, @q);"
		"INSERT INTO recipient (broadcast, user, why) VALUES"
		" (961, 9001, 'user'), (961, 9002, 'group:9'),"
		" (961, 9004, 'user'), (962, 9004, 'user'),"
		" (963, 9003, 'user'), (964, 9001, 'work:13'),"
		" (964, 9004, 'work:13');"
		"INSERT INTO delivery (broadcast, messages, handed, accepted)"
		" VALUES (961, 3, 3, 3), (962, 1, 1, 1), (963, 1, 0, 0),"
		" (964, 2, 2, 2), (965, 0, 0, 0);"
		"INSERT INTO message (broadcast, user, urgency, state, due_at,"
		"       handed_at, fate, fate_at, deferrals) VALUES"
		" (961, 9001, 1, 'handed', @q, @q + INTERVAL 70 SECOND,"
		"  'accepted', @q + INTERVAL 71 SECOND, 0),"
		" (961, 9002, 1, 'handed', @q, @q + INTERVAL 72.5 SECOND,"
		"  'accepted', @q + INTERVAL 72 SECOND, 0),"
		/* The receiver himself said later. */
		" (961, 9004, 1, 'handed', @q, @q + INTERVAL 73 SECOND,"
		"  'accepted', @q + INTERVAL 2000 SECOND, 2),"
		" (962, 9004, 1, 'handed', @q, @q + INTERVAL 1000 SECOND,"
		"  'accepted', @q + INTERVAL 1001 SECOND, 0),"
		" (963, 9003, 1, 'queued', @q, NULL, '', NULL, 0),"
		" (964, 9001, 1, 'handed', @q, @q + INTERVAL 202 SECOND,"
		"  'accepted', @q + INTERVAL 203 SECOND, 0),"
		" (964, 9004, 1, 'handed', @q, @q + INTERVAL 204 SECOND,"
		"  'accepted', @q + INTERVAL 205 SECOND, 0);");
}

static const struct clock *find(const struct clock *list, int64_t broadcast)
{
	for (; list != NULL; list = list->next)
		if (list->broadcast == broadcast)
			return list;
	fail_msg("no clock of %lld", (long long)broadcast);
	return NULL;
}

static void check_clock(const struct clock *list, int64_t broadcast,
			enum clock_promise promise, int starts, int end,
			enum clock_verdict verdict, enum clock_stage late)
{
	const struct clock *c = find(list, broadcast);

	check_int("promise", c->promise, promise);
	check_int("starts", (c->starts_at - quake) / TIME_SECOND, starts);
	check_int("end",
		  clock_end(c) == 0 ? 0 : (clock_end(c) - quake) / TIME_SECOND,
		  end);
	check_int("verdict", c->verdict, verdict);
	check_str("late", clock_stage_show(c->late), clock_stage_show(late));
}

static void test_read(void **state)
{
	struct db *db = *state;
	struct clock_filter filter = { .event = 77, .most = 20 };
	struct clock_count count;
	struct clock *list;

	make(db);
	check_int("moved", clock_read(db, after(2100)), 4);
	check_int("kept and late do not move", clock_read(db, after(2200)), 0);
	assert_int_equal(clock_list(db, &filter, &list), 0);
	assert_int_equal(clock_receivers(db, list), 0);
	check_clock(list, 961, CLOCK_QUICK, 0, 73, CLOCK_KEPT, CLOCK_OCCURRED);
	check_clock(list, 962, CLOCK_FULL, 300, 1001, CLOCK_LATE,
		    CLOCK_LAST_HANDED);
	check_clock(list, 963, CLOCK_PAGE, 65, 0, CLOCK_LATE,
		    CLOCK_LAST_HANDED);
	check_clock(list, 964, CLOCK_CHECK, 200, 205, CLOCK_KEPT,
		    CLOCK_OCCURRED);
	check_int("admin",
		  find(list, 961)->receivers[CLOCK_SYSTEM_ADMINS].messages, 1);
	check_int("group admin",
		  find(list, 961)->receivers[CLOCK_GROUP_ADMINS].accepted, 1);
	check_int("reader", find(list, 961)->receivers[CLOCK_READERS].put_off,
		  1);
	check_int("no staff", find(list, 961)->receivers[CLOCK_STAFF].any, 0);
	check_int("staff", find(list, 964)->receivers[CLOCK_STAFF].handed, 1);
	check_int("operator",
		  find(list, 963)->receivers[CLOCK_OPERATORS].messages, 1);
	/* Not before its hand-over, though the log knows seconds only. */
	check_int("second",
		  find(list, 961)->receivers[CLOCK_GROUP_ADMINS].first_accepted,
		  quake + INT64_C(72500000));

	filter = (struct clock_filter){
		.from = quake, .until = after(86400), .late = true, .most = 1
	};
	assert_int_equal(clock_list(db, &filter, &list), 0);
	check_int("newest first", list->broadcast, 962);
	assert_null(list->next);
	assert_int_equal(clock_count(db, &filter, &count), 0);
	check_int("all", count.all, 4);
	check_int("late", count.late, 2);
	filter.from = after(86400), filter.until = after(2 * 86400);
	assert_int_equal(clock_list(db, &filter, &list), 0);
	assert_null(list);
	assert_int_equal(clock_receivers(db, NULL), 0);
}

static void test_open(void **state)
{
	struct db *db = *state;
	const struct clock_filter filter = { .event = 77, .most = 20 };
	struct clock *list;

	make(db);
	assert_int_equal(clock_read(db, after(100)), 4);
	assert_int_equal(clock_list(db, &filter, &list), 0);
	check_int("runs", find(list, 963)->verdict, CLOCK_OPEN);
	database_do(db, "UPDATE delivery SET handed = 1 WHERE broadcast = 963;"
			"UPDATE message SET state = 'handed',"
			" handed_at = '2026-11-27 12:01:50'"
			" WHERE broadcast = 963;");
	assert_true(clock_read(db, after(120)) >= 1);
	assert_int_equal(clock_list(db, &filter, &list), 0);
	check_int("the log may yet speak", find(list, 963)->verdict,
		  CLOCK_OPEN);
	assert_true(clock_read(db, after(400)) >= 1);
	assert_int_equal(clock_list(db, &filter, &list), 0);
	check_int("handed over in time", find(list, 963)->verdict, CLOCK_KEPT);
}

/* What was called back is not open for ever; what never ran has no clock. */
static void test_cancelled(void **state)
{
	struct db *db = *state;
	const struct clock_filter filter = { .event = 77, .most = 20 };
	struct clock *list;

	make(db);
	database_do(db, "UPDATE broadcast SET state = 'cancelled'"
			" WHERE id = 962;");
	assert_int_equal(clock_read(db, after(100)), 3);
	database_do(db, "UPDATE broadcast SET state = 'cancelled'"
			" WHERE id = 963;"
			"UPDATE message SET state = 'cancelled'"
			" WHERE broadcast = 963;"
			"UPDATE delivery SET cancelled = 1"
			" WHERE broadcast = 963;");
	assert_true(clock_read(db, after(120)) >= 1);
	assert_int_equal(clock_list(db, &filter, &list), 0);
	check_int("over", find(list, 963)->verdict, CLOCK_KEPT);
	check_int("nothing was handed over", clock_end(find(list, 963)), 0);
	check_int("the others", clock_read(db, after(700)), 0);
}

static void test_tell(void **state)
{
	struct db *db = *state;

	make(db);
	assert_true(clock_read(db, after(2100)) > 0);
	check_int("two are late", clock_tell(db, "https://x", after(2100)), 2);
	check_int("once", clock_tell(db, "https://x", after(2200)), 0);
	check_int("one mail",
		  database_int(db, "SELECT COUNT(*) FROM broadcast b"
				   "  JOIN target t ON t.broadcast = b.id"
				   " WHERE b.kind = 'notice'"
				   "   AND t.kind = 'user' AND t.item = '9001'"
				   "   AND b.subject = '【配信の遅れ】2件'"
				   "   AND b.body LIKE '%最後の1通の送信%'"
				   "   AND b.body LIKE '%/clock/77%'"),
		  1);
	/* What was late long ago is no news; without admins nobody is told. */
	database_do(db, "UPDATE clock SET told = NULL");
	check_int("old", clock_tell(db, "https://x", after(200000)), 0);
	check_int("marked all the same",
		  database_int(db, "SELECT COUNT(*) FROM clock"
				   " WHERE verdict = 'late' AND told IS NULL"),
		  0);
	database_do(db, "UPDATE clock SET told = NULL;"
			"UPDATE account SET user = NULL WHERE id = 900;");
	check_int("nobody", clock_tell(db, "https://x", after(2100)), 2);
	check_int("no second mail",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"
				   " WHERE kind = 'notice'"),
		  1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_late_stage),
		cmocka_unit_test_setup_teardown(test_read, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_open, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_cancelled, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_tell, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
