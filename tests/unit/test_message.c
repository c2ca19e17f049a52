#include "test.h"

#include "base/str.h"
#include "mail/letter.h"
#include "model/broadcast.h"
#include "model/enqueue.h"
#include "model/message.h"
#include "people.h"

enum { HOLDER = 7, LEASE_S = 300 };

static int64_t make(struct db *db, const char *kind)
{
	static struct target all = { .kind = "all", .item = "" };
	struct broadcast_draft d = {
		.kind = kind,
		.subject = "件名",
		.body = "本文",
		.targets = &all,
		.account = 900,
		.expected = -1,
	};
	int64_t id;

	assert_int_equal(broadcast_make(db, &d, &id, NULL), BROADCAST_MADE);
	assert_int_equal(enqueue_slice(db, id), 0);
	return id;
}

static int claim(struct db *db, int most, struct message **list)
{
	return message_claim(db, HOLDER, LEASE_S, most, list);
}

static int64_t count_state(struct db *db, const char *state)
{
	return database_int(db, arena_fmt(db->arena,
					  "SELECT COUNT(*) FROM message"
					  " WHERE state = '%s'",
					  state));
}

static void test_claim_takes_each_once_urgent_first(void **state)
{
	struct db *db = *state;
	struct message *list;
	int64_t notice, safety;

	people_make(db);
	notice = make(db, "notice");
	safety = make(db, "safety");
	check_int("due", message_due(db, 100), 10);
	check_int("due, no more than asked", message_due(db, 4), 4);
	check_int("first", claim(db, 5, &list), 5);
	for (struct message *m = list; m != NULL; m = m->next) {
		check_int("urgent", m->broadcast, safety);
		check_int("attempts", m->attempts, 1);
		check_str("why", m->why, "all");
		check_int("sealed", (long long)m->sealed_len, 1);
		assert_false(m->stopped);
	}
	check_int("the rest", claim(db, 100, &list), 5);
	check_int("notice", list->broadcast, notice);
	check_int("none left", claim(db, 100, &list), 0);
	assert_null(list);
}

static void test_settle_every_result(void **state)
{
	struct db *db = *state;
	struct message *list, *m;
	struct broadcast b;
	int64_t id;

	people_make(db);
	id = make(db, "safety");
	assert_int_equal(claim(db, 100, &list), 5);
	m = list;
	m->result = MESSAGE_HANDED;
	m = m->next;
	m->result = MESSAGE_REFUSED;
	m->status = "rcpt 550 no \"such\" \\ user\xe3\x81";
	m = m->next;
	m->result = MESSAGE_LATER;
	m->later_s = 60;
	m = m->next;
	m->result = MESSAGE_CANCELLED;
	m = m->next;
	m->result = MESSAGE_LATER;
	m->later_s = 0;
	assert_int_equal(message_settle(db, list), 0);
	assert_int_equal(broadcast_find(db, 0, id, &b), 1);
	check_int("handed", b.handed, 1);
	check_int("refused", b.refused, 1);
	check_int("cancelled", b.cancelled, 1);
	check_int("queued", b.queued, 2);
	assert_true(b.first_handed_at != 0 && b.last_handed_at != 0);
	check_int("words kept",
		  database_int(db, "SELECT COUNT(*) FROM message WHERE status"
				   " = 'rcpt 550 no \"such\" \\\\ user?"
				   "?'"),
		  1);
	check_int("only one is due", message_due(db, 9), 1);
	assert_int_equal(message_settle(db, list), 0);
	assert_int_equal(broadcast_find(db, 0, id, &b), 1);
	check_int("settling again changes nothing", b.handed, 1);
	check_int("not all are done", message_finish(db), 0);
}

static void test_who_comes_late_changes_nothing(void **state)
{
	struct db *db = *state;
	struct message *late, *list;
	struct broadcast b;
	int64_t id;

	people_make(db);
	id = make(db, "safety");
	assert_int_equal(claim(db, 100, &late), 5);
	check_int("not yet", message_take_expired(db), 0);
	database_do(db, "UPDATE message SET lease_until = NOW() - INTERVAL 1"
			" SECOND");
	check_int("run out", message_take_expired(db), 5);
	assert_int_equal(claim(db, 100, &list), 5);
	check_int("second attempt", list->attempts, 2);
	assert_int_equal(message_settle(db, late), 0);
	check_int("still on their way", count_state(db, "sending"), 5);
	assert_int_equal(message_settle(db, list), 0);
	assert_int_equal(broadcast_find(db, 0, id, &b), 1);
	check_int("counted once", b.handed, 5);
	check_int("sent", message_finish(db), 1);
	assert_int_equal(broadcast_find(db, 0, id, &b), 1);
	check_str("sent", b.state, "sent");
}

static void test_take_back_after_a_crash(void **state)
{
	struct db *db = *state;
	struct message *list;

	people_make(db);
	make(db, "safety");
	assert_int_equal(claim(db, 3, &list), 3);
	check_int("of another machine", message_take_back(db, HOLDER + 1), 0);
	check_int("ours", message_take_back(db, HOLDER), 3);
	check_int("again", claim(db, 9, &list), 5);
}

static void test_cancelled_is_told(void **state)
{
	struct db *db = *state;
	struct message *list;
	int64_t id;

	people_make(db);
	id = make(db, "safety");
	assert_int_equal(broadcast_cancel(db, 900, NULL, id), 1);
	assert_int_equal(claim(db, 9, &list), 5);
	assert_true(list->stopped);
}

static void test_too_often_later_is_refused(void **state)
{
	struct db *db = *state;
	struct message *list;

	people_make(db);
	make(db, "safety");
	database_do(db, "UPDATE message SET attempts = 199");
	assert_int_equal(claim(db, 1, &list), 1);
	list->result = MESSAGE_LATER;
	assert_int_equal(message_settle(db, list), 0);
	check_int("refused", count_state(db, "refused"), 1);
}

static void test_text_and_why(void **state)
{
	struct db *db = *state;
	struct message_text text;
	const char *name, *level;
	int64_t id;

	people_make(db);
	id = make(db, "drill");
	assert_int_equal(message_text(db, id, &text), 1);
	check_int("root", text.root, id);
	assert_true(text.drill && !text.asks);
	check_str("body", text.body, "本文");
	check_int("none", message_text(db, 4000000000, &text), 0);
	assert_int_equal(message_why(db, 0, "work:13", &name, &level), 0);
	check_str("region", name, "東京都");
	check_str("no event, no level", level, "");
	assert_int_equal(message_why(db, 0, "group:911", &name, &level), 0);
	check_str("group", name, "課一");
	assert_int_equal(message_why(db, 0, "all", &name, &level), 0);
	check_str("all", name, "");
}

static void test_offer(void **state)
{
	static struct choice four[4] = {
		{ .next = &four[1],
		  .id = 1,
		  .text = "無事",
		  .text_en = "Safe" },
		{ .next = &four[2], .id = 2, .text = "軽傷", .text_en = "" },
		{ .next = &four[3], .id = 3, .text = "重傷", .text_en = "" },
		{ .id = 4, .text = "不明", .text_en = "" },
	};
	static struct choice five = { .next = four, .id = 9, .text = "他" };
	static struct question second = {
		.kind = "single", .text = "登庁", .text_en = "", .choices = four
	};
	static const struct {
		const char *name, *kind, *lang;
		struct choice *choices;
		int want;
		const char *first, *next;
	} rows[] = {
		{ "four", "single", "ja", four, 4, "無事", "軽傷" },
		{ "in English as far as there is", "single", "en", four, 4,
		  "Safe", "軽傷" },
		{ "one", "single", "ja", &four[3], 1, "不明", NULL },
		{ "too many", "single", "ja", &five, 0, NULL, NULL },
		{ "several may be chosen", "multiple", "ja", four, 0, NULL,
		  NULL },
		{ "written", "text", "ja", NULL, 0, NULL, NULL },
	};
	struct letter_text text = { .lang = "ja", .choices_count = 3 };

	(void)state;
	message_offer(NULL, &text);
	check_int("no question", text.choices_count, 0);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct question q = { .next = &second,
				      .kind = rows[i].kind,
				      .text = "安否",
				      .text_en = "Are you safe?",
				      .choices = rows[i].choices };

		text.lang = rows[i].lang;
		message_offer(&q, &text);
		check_int(rows[i].name, text.choices_count, rows[i].want);
		if (rows[i].first != NULL)
			check_str(rows[i].name, text.choices[0].text,
				  rows[i].first);
		if (rows[i].next != NULL)
			check_str(rows[i].name, text.choices[1].text,
				  rows[i].next);
		if (rows[i].want > 0)
			check_str(rows[i].name, text.question,
				  str_eq(rows[i].lang, "en") ? "Are you safe?"
							     : "安否");
	}
}

static void test_queue(void **state)
{
	struct db *db = *state;
	struct message_queue q = { 0 };
	struct message *list;

	people_make(db);
	make(db, "safety");
	database_do(db, "UPDATE message SET due_at = NOW() - INTERVAL 90"
			" SECOND");
	assert_int_equal(claim(db, 2, &list), 2);
	assert_int_equal(message_queue(db, &q), 0);
	check_int("queued", q.queued, 3);
	check_int("sending", q.sending, 2);
	assert_true(q.oldest_seconds >= 90 && q.oldest_seconds < 120);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_claim_takes_each_once_urgent_first),
		TEST(test_settle_every_result),
		TEST(test_who_comes_late_changes_nothing),
		TEST(test_take_back_after_a_crash),
		TEST(test_cancelled_is_told),
		TEST(test_too_often_later_is_refused),
		TEST(test_text_and_why),
		TEST(test_offer),
		TEST(test_queue),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
