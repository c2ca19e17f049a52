#include "test.h"

#include "asked.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/enqueue.h"
#include "model/message.h"
#include "model/reply.h"

static const char name[] = "anpi_test_reply";
static const struct audit who = { .account = 1, .actor = "test" };

static int setup(void **state)
{
	*state = database_own(name);
	return 0;
}

static int teardown(void **state)
{
	database_own_end(*state, name);
	return 0;
}

static void test_reply(void **state)
{
	static const struct {
		const char *name;
		struct recipient_query to;
		int64_t account, expected;
		unsigned char press;
		const char *content;
		int want;
		int64_t people, replies;
	} rows[] = {
		{ "other count",
		  { .broadcast = 7 },
		  1,
		  4,
		  1,
		  "a",
		  REPLY_OTHER_COUNT,
		  3,
		  0 },
		{ "nobody",
		  { .broadcast = 7, .choice = 22 },
		  1,
		  0,
		  1,
		  "a",
		  REPLY_NOBODY,
		  0,
		  0 },
		{ "out of reach",
		  { .broadcast = 7, .user = 3 },
		  2,
		  1,
		  1,
		  "a",
		  REPLY_NOBODY,
		  0,
		  0 },
		{ "same answer",
		  { .broadcast = 7, .choice = 11 },
		  1,
		  1,
		  1,
		  "a",
		  REPLY_MADE,
		  1,
		  1 },
		{ "pressed twice",
		  { .broadcast = 7, .choice = 11 },
		  1,
		  1,
		  1,
		  "a",
		  REPLY_MADE,
		  0,
		  1 },
		{ "another of that press",
		  { .broadcast = 7, .choice = 11 },
		  1,
		  1,
		  1,
		  "b",
		  REPLY_PRESS_USED,
		  0,
		  1 },
		{ "his own only",
		  { .broadcast = 7 },
		  2,
		  2,
		  2,
		  "a",
		  REPLY_MADE,
		  2,
		  2 },
		{ "all but who left",
		  { .broadcast = 7 },
		  1,
		  3,
		  3,
		  "a",
		  REPLY_MADE,
		  3,
		  3 },
		{ "by a retry",
		  { .broadcast = 8 },
		  1,
		  1,
		  4,
		  "a",
		  REPLY_MADE,
		  1,
		  4 },
	};
	struct answer_person person;
	struct reply *list;
	struct db *db = *state;

	asked_begin(db);
	asked_answer(db, 1, "11", 0);
	asked_fold(db);
	check_int("person", answer_person(db, 7, 1, &person), 1);
	check_int("no reply", person.replied, 0);
	for (size_t i = 0; i < LEN(rows); i++) {
		const unsigned char press[REPLY_PRESS_LEN] = { rows[i].press };
		const struct reply_draft d = {
			.to = &rows[i].to,
			.body = rows[i].name,
			.content = rows[i].content,
			.account = rows[i].account,
			.audit = &who,
			.expected = rows[i].expected,
			.press = press,
		};
		int64_t n;

		check_int(rows[i].name, reply_make(db, &d, &n), rows[i].want);
		check_int(rows[i].name, n, rows[i].people);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM broadcast"
					   " WHERE reply_of = 7"
					   " AND kind = 'notice'"
					   " AND state = 'confirmed'"),
			  rows[i].replies);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM audit"
					   " WHERE action = 'reply send'"),
			  rows[i].replies);
	}
	check_int("list", reply_list(db, 7, 1, 10, &list), 0);
	check_str("newest first", list->body, "all but who left");
	check_str("by", list->next->account, "局長");
	check_str("first", list->next->next->body, "same answer");
	check_int("person", answer_person(db, 7, 1, &person), 1);
	check_int("replied", person.replied, 1);
	check_int("nobody else's", reply_list(db, 7, 4, 10, &list), 0);
	assert_null(list);
}

/* Of a drill it is a drill. */
static void test_reply_of_drill(void **state)
{
	const unsigned char press[REPLY_PRESS_LEN] = "drill";
	const struct recipient_query to = { .broadcast = 7, .user = 1 };
	const struct reply_draft d = {
		.to = &to,
		.body = "",
		.account = 1,
		.audit = &who,
		.expected = 1,
		.press = press,
	};
	struct db *db = *state;
	int64_t n;

	asked_begin(db);
	database_do(db, "UPDATE broadcast SET kind = 'drill' WHERE id = 7");
	check_int("made", reply_make(db, &d, &n), REPLY_MADE);
	check_int("drill",
		  database_int(db, "SELECT COUNT(*) FROM broadcast WHERE"
				   " reply_of = 7 AND kind = 'drill'"),
		  1);
}

static int64_t reply(struct db *db, int64_t user, unsigned char key)
{
	const unsigned char press[REPLY_PRESS_LEN] = { key };
	const struct recipient_query to = { .broadcast = 7, .user = user };
	const struct reply_draft d = {
		.to = &to,
		.body = "了解しました",
		.account = 1,
		.audit = &who,
		.expected = 1,
		.press = press,
	};
	int64_t n;

	check_int("made", reply_make(db, &d, &n), REPLY_MADE);
	return database_int(db, "SELECT MAX(id) FROM broadcast"
				" WHERE reply_of = 7");
}

/* As many as asked for, and none that was cancelled. */
static void test_list(void **state)
{
	struct db *db = *state;
	struct reply *list;
	int64_t id;

	asked_begin(db);
	reply(db, 1, 1);
	reply(db, 1, 2);
	id = reply(db, 1, 3);
	check_int("two", reply_list(db, 7, 1, 2, &list), 0);
	assert_non_null(list->next);
	assert_null(list->next->next);
	database_do(db, arena_fmt(db->arena,
				  "UPDATE broadcast SET state = 'cancelled'"
				  " WHERE id = %lld",
				  (long long)id));
	check_int("all", reply_list(db, 7, 1, 9, &list), 0);
	assert_non_null(list->next);
	assert_null(list->next->next);
	check_int("of another", reply_list(db, 7, 2, 9, &list), 0);
	assert_null(list);
}

/* It goes to him alone, with the link of what it replies to. */
static void test_mail(void **state)
{
	struct db *db = *state;
	struct message_text text;
	int64_t id;

	asked_begin(db);
	database_do(db, "INSERT INTO address (id, user, place, sealed, digest,"
			"  domain) VALUES (1, 1, 1, 'x', UNHEX(SHA2(1, 256)),"
			"  'a.example'), (3, 3, 1, 'x', UNHEX(SHA2(3, 256)),"
			"  'a.example')");
	id = reply(db, 1, 1);
	while (enqueue_slice(db, id) > 0)
		;
	check_int("one", database_int(db, "SELECT COUNT(*) FROM message"), 1);
	check_int("his", database_int(db, "SELECT user FROM message"), 1);
	check_int("text", message_text(db, id, &text), 1);
	check_int("link", text.root, 7);
	check_int("a reply", text.replies, 1);
	check_int("asks nothing itself", text.asks, 0);
	check_str("subject", text.subject, "返信：確認");
	check_str("why", text.why, "あなたの回答への返信です");
	check_int("others", message_text(db, 8, &text), 1);
	check_str("a retry has the root's questions", text.questions->text,
		  "安否");
	check_int("others", message_text(db, 7, &text), 1);
	check_int("no reply", text.replies, 0);
	database_do(db, "DELETE FROM message; DELETE FROM address");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reply),
		cmocka_unit_test(test_reply_of_drill),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_mail),
	};

	return cmocka_run_group_tests_name("reply", tests, setup, teardown);
}
