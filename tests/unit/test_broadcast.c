#include "test.h"

#include <stdio.h>

#include "base/time.h"
#include "model/broadcast.h"
#include "people.h"

static struct target group = { .kind = "group", .item = "910" };

static struct broadcast_draft draft(struct db *db)
{
	return (struct broadcast_draft){
		.kind = "safety",
		.subject = "安否確認",
		.body = "回答してください。",
		.targets = &group,
		.questions = broadcast_safety_questions(db->arena),
		.account = 901,
		.expected = 4,
	};
}

static int64_t made(struct db *db, struct broadcast_draft *d)
{
	int64_t id = 0;

	assert_int_equal(broadcast_make(db, d, &id, NULL), BROADCAST_MADE);
	return id;
}

static void test_make_refuses(void **state)
{
	struct db *db = *state;
	static struct target nobody = { .kind = "user", .item = "9007" };
	static const struct {
		const char *name;
		struct target *targets;
		int64_t expected;
		int want;
		long long people;
	} rows[] = {
		{ "nobody", &nobody, 0, BROADCAST_NOBODY, 0 },
		{ "no target", NULL, 0, BROADCAST_NOBODY, 0 },
		{ "too few typed", &group, 3, BROADCAST_OTHER_COUNT, 4 },
		{ "too many typed", &group, 40, BROADCAST_OTHER_COUNT, 4 },
		{ "nothing typed", &group, 0, BROADCAST_OTHER_COUNT, 4 },
	};

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct broadcast_draft d = draft(db);
		int64_t id, people = -1;

		d.targets = rows[i].targets;
		d.expected = rows[i].expected;
		check_int(rows[i].name, broadcast_make(db, &d, &id, &people),
			  rows[i].want);
		check_int(rows[i].name, people, rows[i].people);
	}
	check_int("nothing is left",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"
				   " WHERE made_by = 901"),
		  0);
}

static void test_make_twice_by_one_press(void **state)
{
	struct db *db = *state;
	static const unsigned char press[BROADCAST_PRESS_LEN] = "once";
	struct broadcast_draft d = draft(db);
	int64_t first, again = 0;

	people_make(db);
	d.press = press;
	first = made(db, &d);
	d.expected = 99;
	check_int("again", broadcast_make(db, &d, &again, NULL),
		  BROADCAST_MADE_BEFORE);
	check_int("same", again, first);
}

/* NULL: by a form whose content is not kept. */
static void test_press_of_another_content(void **state)
{
	static const struct {
		const char *name, *first, *second;
		int want;
	} rows[] = {
		{ "the same", "body=a", "body=a", BROADCAST_MADE_BEFORE },
		{ "another", "body=a", "body=b", BROADCAST_PRESS_USED },
		{ "in capitals", "body=a", "body=A", BROADCAST_PRESS_USED },
		{ "unknown before", NULL, "body=b", BROADCAST_MADE_BEFORE },
		{ "unknown now", "body=a", NULL, BROADCAST_MADE_BEFORE },
	};
	struct db *db = *state;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		unsigned char press[BROADCAST_PRESS_LEN] = { (unsigned char)i };
		struct broadcast_draft d = draft(db);
		int64_t first, again = 0;

		d.press = press;
		d.content = rows[i].first;
		first = made(db, &d);
		d.content = rows[i].second;
		check_int(rows[i].name, broadcast_make(db, &d, &again, NULL),
			  rows[i].want);
		check_int(rows[i].name, again, first);
	}
}

static void test_find_and_questions(void **state)
{
	struct db *db = *state;
	struct broadcast_draft d = draft(db);
	struct broadcast b;
	struct question *q;
	int64_t id;

	people_make(db);
	id = made(db, &d);
	assert_int_equal(broadcast_find(db, 901, id, &b), 1);
	check_str("state", b.state, "confirmed");
	check_str("by", b.made_by, "局一");
	check_int("expected", b.expected, 4);
	check_int("root", b.root, id);
	check_int("of another bureau", broadcast_find(db, 902, id, &b), 0);
	check_int("all see it", broadcast_find(db, 900, id, &b), 1);
	assert_int_equal(broadcast_questions(db, id, &q), 0);
	check_str("first", q->text, "安否");
	check_str("good", q->choices->mark, "good");
	check_str("third", q->choices->next->next->text, "重傷");
	check_str("second", q->next->text, "登庁");
	check_str("last", q->next->choices->next->next->next->text_en,
		  "Not known");
	assert_null(q->next->next);
	check_int("audited",
		  database_int(db, "SELECT MAX(people) FROM audit"
				   " WHERE action = 'broadcast send'"),
		  4);
}

static void test_list_filters_and_pages(void **state)
{
	struct db *db = *state;
	struct broadcast_filter f = { .most = 2 };
	struct broadcast_draft d = draft(db);
	struct broadcast *list;
	int64_t last;

	people_make(db);
	made(db, &d);
	d.kind = "notice";
	d.subject = "停電の";
	made(db, &d);
	last = made(db, &d);
	f.text = "停電";
	check_int("count", broadcast_count(db, 901, &f), 2);
	check_int("not theirs", broadcast_count(db, 902, &f), 0);
	f.text = NULL;
	assert_int_equal(broadcast_list(db, 901, &f, &list), 0);
	check_int("newest first", list->id, last);
	assert_null(list->next->next);
	f.before = list->next->id;
	assert_int_equal(broadcast_list(db, 901, &f, &list), 0);
	check_str("the rest", list->kind, "safety");
	assert_null(list->next);
	f = (struct broadcast_filter){ .kind = "safety", .most = 9 };
	check_int("by kind", broadcast_count(db, 901, &f), 1);
}

/* Whoever sees it does not yet decide about it. */
static void test_own(void **state)
{
	static const struct {
		const char *name;
		int64_t account;
		int own;
	} rows[] = {
		{ "reaches everybody", 900, 1 },
		{ "made it", 901, 1 },
		{ "has people among those asked", 902, 0 },
	};
	struct db *db = *state;
	struct broadcast_draft d = draft(db);
	struct broadcast b;
	int64_t id;

	people_make(db);
	id = made(db, &d);
	database_do(db, arena_fmt(db->arena,
				  "INSERT INTO recipient (broadcast, user)"
				  " VALUES (%lld, 9005)",
				  (long long)id));
	for (size_t i = 0; i < LEN(rows); i++) {
		assert_int_equal(broadcast_find(db, rows[i].account, id, &b),
				 1);
		check_int(rows[i].name, b.own, rows[i].own);
	}
}

static void test_cancel_and_close(void **state)
{
	struct db *db = *state;
	struct broadcast_draft d = draft(db);
	int64_t id;

	people_make(db);
	id = made(db, &d);
	check_int("not his", broadcast_cancel(db, 902, NULL, id), 0);
	check_int("too early", broadcast_close(db, 901, NULL, id), 0);
	check_int("his", broadcast_cancel(db, 901, NULL, id), 1);
	check_int("once", broadcast_cancel(db, 901, NULL, id), 0);
	check_int("nobody has it", broadcast_close(db, 901, NULL, id), 0);
	database_do(db, "UPDATE delivery SET handed = 1");
	check_int("not theirs", broadcast_close(db, 902, NULL, id), 0);
	check_int("who has it answers", broadcast_close(db, 901, NULL, id), 1);
	id = made(db, &d);
	database_do(db, "UPDATE broadcast SET state = 'sent'");
	check_int("sent", broadcast_cancel(db, 900, NULL, id), 0);
	check_int("closed", broadcast_close(db, 900, NULL, id), 1);
	check_int("unknown", broadcast_close(db, 900, NULL, 4000000000), 0);
}

static void test_retry(void **state)
{
	struct db *db = *state;
	struct broadcast_draft d = draft(db), again = { .account = 901 };
	struct broadcast b;
	struct question *q;
	int64_t root, first, second;
	char sql[500];

	people_make(db);
	root = made(db, &d);
	again.retry_of = root;
	check_int("not yet", broadcast_make(db, &again, &first, NULL),
		  BROADCAST_NOT_ALLOWED);
	snprintf(sql, sizeof(sql),
		 "UPDATE broadcast SET state = 'sent' WHERE id = %lld;"
		 "INSERT INTO recipient (broadcast, user) VALUES"
		 " (%lld, 9001), (%lld, 9002), (%lld, 9003), (%lld, 9004);"
		 "INSERT INTO answer (broadcast, user, at, channel, choices)"
		 " VALUES (%lld, 9001, NOW(6), 'link', '1');"
		 "UPDATE recipient SET answered_at = NOW(6) WHERE user = 9002",
		 (long long)root, (long long)root, (long long)root,
		 (long long)root, (long long)root, (long long)root);
	database_do(db, sql);
	again.expected = 1; /* 9003: 9004 is another's */
	first = made(db, &again);
	assert_int_equal(broadcast_find(db, 900, first, &b), 1);
	check_int("root", b.root, root);
	check_str("subject", b.subject, "安否確認");
	assert_int_equal(broadcast_questions(db, first, &q), 0);
	check_str("the root's questions", q->text, "安否");
	again.retry_of = first;
	again.account = 900;
	again.expected = 2;
	second = made(db, &again); /* another's people too */
	assert_int_equal(broadcast_find(db, 900, second, &b), 1);
	check_int("of the root, never of a retry", b.root, root);
}

/* Who asks after whom, of the same unanswered people. */
static void test_retry_lately(void **state)
{
	static const struct {
		const char *name;
		int64_t first, second;
		int minutes; /* between them */
		int want;
	} rows[] = {
		{ "the same", 901, 901, 0, BROADCAST_ASKED_LATELY },
		{ "later", 901, 901, BROADCAST_RETRY_MIN, BROADCAST_MADE },
		{ "all were asked", 900, 901, 1, BROADCAST_ASKED_LATELY },
		{ "by the product", 0, 900, 4, BROADCAST_ASKED_LATELY },
		{ "the product after a person", 900, 0, 4,
		  BROADCAST_ASKED_LATELY },
		{ "only a part was asked", 901, 900, 0, BROADCAST_MADE },
		{ "others were asked", 901, 902, 0, BROADCAST_MADE },
		{ "a group above", 901, 905, 0, BROADCAST_ASKED_LATELY },
		{ "a group below", 905, 901, 0, BROADCAST_MADE },
		{ "cancelled", 900, 0, -1, BROADCAST_MADE },
	};
	struct db *db = *state;
	struct broadcast_draft d = draft(db);
	int64_t root, id, second;

	people_make(db);
	database_do(db,
		    "INSERT INTO account (id, login, name, role, password_hash)"
		    " VALUES (905, 't905', '課一', 'group_admin', '');"
		    "INSERT INTO grp_admin (account, grp) VALUES (905, 911)");
	d.account = 900;
	d.expected = -1;
	root = made(db, &d);
	database_do(db, "UPDATE broadcast SET state = 'sent';"
			"INSERT INTO recipient (broadcast, user)"
			" SELECT id, seq FROM broadcast, seq_9001_to_9005");
	for (size_t i = 0; i < LEN(rows); i++) {
		struct broadcast_draft again = { .retry_of = root,
						 .expected = -1 };

		again.account = rows[i].first;
		id = made(db, &again);
		database_do(db,
			    arena_fmt(db->arena,
				      "UPDATE broadcast SET made_at = made_at"
				      " - INTERVAL %d MINUTE, state = '%s'"
				      " WHERE id = %lld",
				      rows[i].minutes,
				      rows[i].minutes < 0 ? "cancelled"
							  : "confirmed",
				      (long long)id));
		again.account = rows[i].second;
		check_int(rows[i].name,
			  broadcast_make(db, &again, &second, NULL),
			  rows[i].want);
		if (rows[i].want == BROADCAST_ASKED_LATELY)
			check_int(rows[i].name, second, id);
		database_do(db, "UPDATE broadcast SET made_at = '2026-01-01'");
	}
}

static void test_written(void **state)
{
	struct db *db = *state;
	struct question *q;
	struct broadcast b;

	people_make(db);
	database_do(
		db,
		"INSERT INTO broadcast (id, kind, subject, body, state, "
		"made_at)"
		" VALUES (90, 'notice', 's', 'b', 'sent', NOW());"
		"INSERT INTO delivery (broadcast) VALUES (90);"
		"INSERT INTO question (id, broadcast, place, kind, text) VALUES"
		" (91, 90, 1, 'number', 'n'), (92, 90, 2, 'time', 't'),"
		" (93, 90, 3, 'text', 'x');"
		"INSERT INTO recipient (broadcast, user, answered_at) VALUES"
		" (90, 9001, '2026-01-01'), (90, 9002, '2026-01-02'),"
		" (90, 9004, '2026-01-01');"
		"INSERT INTO answer (broadcast, user, at, channel, choices,"
		"  texts) VALUES"
		" (90, 9001, '2026-01-01', 'link', '',"
		"  '{\"91\":\"10\",\"92\":\"09:30\"}'),"
		" (90, 9002, '2026-01-01', 'link', '', '{\"91\":\"999\"}'),"
		" (90, 9002, '2026-01-02', 'link', '', '{\"91\":\"2.5\"}'),"
		" (90, 9004, '2026-01-01', 'link', '',"
		"  '{\"91\":\"-1\",\"93\":\"a\"}')");
	assert_int_equal(broadcast_find(db, 900, 90, &b), 1);
	assert_int_equal(broadcast_questions(db, 90, &q), 0);
	assert_int_equal(broadcast_answers(db, 900, &b, q), 0);
	check_int("numbers", q->people, 3);
	check_str("least", q->least, "-1");
	check_str("most", q->most, "10");
	check_str("sum, the newest answer alone", q->sum, "11.5");
	check_str("mean", q->mean, "3.8");
	check_int("times", q->next->people, 1);
	check_str("earliest", q->next->least, "09:30");
	check_int("texts", q->next->next->people, 1);
	assert_int_equal(broadcast_questions(db, 90, &q), 0);
	assert_int_equal(broadcast_answers(db, 901, &b, q), 0);
	check_int("of one's own", q->people, 2);
}

static void run_of(struct db *db, int64_t handed)
{
	struct stmt *s = db_prepare(db, "UPDATE delivery SET handed = ?"
					" WHERE broadcast = 90");

	db_bind_int(s, handed);
	assert_true(db_run(s) >= 0);
}

static void test_estimate(void **state)
{
	struct db *db = *state;
	int64_t seconds;

	people_make(db);
	assert_int_equal(broadcast_estimate(db, 10, &seconds), 0);
	check_int("no run yet", seconds, -1);
	database_do(db,
		    "INSERT INTO broadcast (id, kind, subject, body, state, "
		    "made_at,"
		    "  confirmed_at) VALUES (90, 'notice', 's', 'b', 'sent',"
		    "  '2026-01-01', '2026-01-01 00:00:00');"
		    "INSERT INTO delivery (broadcast) VALUES (90);"
		    "INSERT INTO stage (event, broadcast, name, at) VALUES"
		    " (0, 90, 'first_handed', '2026-01-01 00:00:02'),"
		    " (0, 90, 'last_handed', '2026-01-01 00:00:12')");
	run_of(db, 19);
	assert_int_equal(broadcast_estimate(db, 10, &seconds), 0);
	check_int("too few to tell", seconds, -1);
	run_of(db, 1000);
	assert_int_equal(broadcast_estimate(db, 2000, &seconds), 0);
	check_int("two seconds, and twice ten", seconds, 22);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_make_refuses),
		TEST(test_make_twice_by_one_press),
		TEST(test_press_of_another_content),
		TEST(test_find_and_questions),
		TEST(test_list_filters_and_pages),
		TEST(test_own),
		TEST(test_cancel_and_close),
		TEST(test_written),
		TEST(test_estimate),
		TEST(test_retry),
		TEST(test_retry_lately),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
