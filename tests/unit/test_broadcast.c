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
	second = made(db, &again);
	assert_int_equal(broadcast_find(db, 900, second, &b), 1);
	check_int("of the root, never of a retry", b.root, root);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_make_refuses),
		TEST(test_make_twice_by_one_press),
		TEST(test_find_and_questions),
		TEST(test_list_filters_and_pages),
		TEST(test_cancel_and_close),
		TEST(test_retry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
