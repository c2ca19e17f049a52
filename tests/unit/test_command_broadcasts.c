#include "command_test.h"

#include "base/time.h"
#include "base/token.h"
#include "model/broadcast.h"
#include "people.h"

static const char stored[] =
	"CHECKSUM TABLE broadcast, target, question, choice, recipient, audit";

/* 907 asks 9001 to 9003, of whom 9001 said 無事; 908 asks 9002 again; 909 was
 * made by an event; 910 is closed. */
static const char asked[] =
	"INSERT INTO event (id, kind, event_key, state, title, made_at) VALUES"
	" (930, 'quake', 'k', 'sent', '地震', NOW());"
	"INSERT INTO broadcast (id, event, retry_of, kind, subject, body,"
	"  state, made_at, recipients, enqueued_to) VALUES"
	" (907, NULL, NULL, 'safety', '確認', '', 'sent', NOW(), 3, 9003),"
	" (908, NULL, 907, 'safety', '再送', '', 'sent',"
	"  NOW() - INTERVAL 1 HOUR, 1, 9002),"
	" (909, 930, NULL, 'info', '地震情報', '', 'sending', NOW(), 0, 0),"
	" (910, NULL, NULL, 'notice', '終了', '', 'closed', NOW(), 0, 0);"
	"INSERT INTO question (id, broadcast, place, text) VALUES"
	" (901, 907, 1, '安否');"
	"INSERT INTO choice (id, question, place, mark, text) VALUES"
	" (911, 901, 1, 'good', '無事'), (912, 901, 2, 'bad', '重傷');"
	"INSERT INTO recipient (broadcast, user) VALUES (907, 9001),"
	" (907, 9002), (907, 9003), (908, 9002);"
	"UPDATE recipient SET answered_at = NOW() WHERE user = 9001;"
	"INSERT INTO tally_state (broadcast, asked_to, folded_at) VALUES"
	" (907, 9003, UTC_TIMESTAMP(6));"
	"INSERT INTO tally (broadcast, grp, kind, item, people) VALUES"
	" (907, 0, 'asked', 0, 3), (907, 0, 'answered', 0, 1),"
	" (907, 0, 'choice', 911, 1);"
	"INSERT INTO delivery (broadcast, messages, handed, refused,"
	"  cancelled, accepted, deferred, bounced) VALUES"
	" (907, 30, 20, 4, 3, 9, 6, 5), (908, 1, 1, 0, 0, 0, 0, 0),"
	" (909, 0, 0, 0, 0, 0, 0, 0), (910, 0, 0, 0, 0, 0, 0, 0);"
	"INSERT INTO message (broadcast, user, address, urgency, state,"
	"  due_at) VALUES"
	" (907, 9001, 90011, 1, 'sending', NOW()),"
	" (907, 9002, 90021, 1, 'queued', UTC_TIMESTAMP(6) - INTERVAL 1 DAY),"
	" (907, 9003, 90031, 1, 'queued', UTC_TIMESTAMP(6))";

static int setup(void **state)
{
	if (database_setup(state) < 0)
		return -1;
	database_do(*state, "DELETE FROM broadcast");
	people_make(*state);
	database_do(*state, asked);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

static void test_broadcasts(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "broadcasts 907", 2, NULL, NULL },
		{ "usage", "broadcasts --state sent", 2, NULL, NULL },
		{ "as text", "broadcasts", 0,
		  "907 safety sent 3 asked, 1 answered, 20 of 30 mails"
		  " handed, 4 refused: 確認\n",
		  NULL },
		{ "as JSON, newest first", "broadcasts --json", 0,
		  "[{\"id\": 910}, {\"id\": 909, \"event\": 930, \"kind\": "
		  "\"info\","
		  "  \"subject\": \"地震情報\", \"state\": \"sending\","
		  "  \"retry_of\": null},"
		  " {\"id\": 908, \"retry_of\": 907, \"answered\": 0},"
		  " {\"id\": 907, \"event\": null, \"kind\": \"safety\","
		  "  \"state\": \"sent\", \"retry_of\": null,"
		  "  \"recipients\": 3, \"answered\": 1,"
		  "  \"messages\": {\"queued\": 2, \"sending\": 1,"
		  "   \"handed\": 20, \"accepted\": 9, \"deferred\": 6,"
		  "   \"bounced\": 5, \"refused\": 4, \"cancelled\": 3}}]",
		  NULL },
	};

	check_commands(*state, commands_broadcasts, stored, rows, LEN(rows));
}

/* One page of the database after another, none left out and none twice. */
static void test_many(void **state)
{
	static const struct {
		const char *line;
		long long want;
	} rows[] = {
		{ "broadcasts --json", 2005 },
		{ "links 909 --json", 1001 },
	};
	struct db *db = *state;

	database_do(db, "INSERT INTO broadcast (id, kind, subject, body,"
			"       state, made_at)"
			" SELECT seq, 'notice', '', '', 'sent', NOW()"
			"   FROM seq_100001_to_102001;"
			"INSERT INTO delivery (broadcast)"
			" SELECT seq FROM seq_100001_to_102001;"
			"INSERT INTO user (id, staff_no, name, state)"
			" SELECT seq, seq, '人', 'active'"
			"   FROM seq_100001_to_101001;"
			"INSERT INTO recipient (broadcast, user)"
			" SELECT 909, seq FROM seq_100001_to_101001");
	for (size_t i = 0; i < LEN(rows); i++) {
		struct command_said said = command_call(
			db->arena, db, commands_broadcasts, rows[i].line, "");
		json_t *list = json_loads(said.out, 0, NULL);

		check_int(rows[i].line, (long long)json_array_size(list),
			  rows[i].want);
		json_decref(list);
	}
}

static void test_tally(void **state)
{
#define QUESTIONS                                                              \
	"\"questions\": [{\"id\": 901, \"text\": \"安否\", \"choices\": ["   \
	"{\"id\": 911, \"text\": \"無事\", \"count\": 1},"                   \
	"{\"id\": 912, \"text\": \"重傷\", \"count\": 0}]}]"
	static const struct command_row rows[] = {
		{ "usage", "tally", 2, NULL, NULL },
		{ "usage", "tally 907 908", 2, NULL, NULL },
		{ "no id", "tally x", 2, NULL, "not an id: x" },
		{ "unknown", "tally 99", 1, NULL, "no such broadcast: 99" },
		{ "as text", "tally 907", 0,
		  "broadcast 907: 3 asked, 1 answered, 2 not\n"
		  "安否\n  1 無事\n  0 重傷\n",
		  NULL },
		{ "as JSON", "tally 907 --json", 0,
		  "{\"broadcast\": 907, \"recipients\": 3, \"answered\": 1,"
		  " \"unanswered\": 2, " QUESTIONS "}",
		  NULL },
		{ "of a retry: of the first", "tally --json 908", 0,
		  "{\"broadcast\": 907, \"recipients\": 3, " QUESTIONS "}",
		  NULL },
		{ "without questions", "tally 909 --json", 0,
		  "{\"broadcast\": 909, \"answered\": 0, \"questions\": []}",
		  NULL },
	};

	check_commands(*state, commands_broadcasts, stored, rows, LEN(rows));
}

static const char *url(struct arena *a, uint32_t user)
{
	const struct token_keys *keys =
		token_keys_load(command_path(a, "link.keys"));

	return arena_fmt(a, "https://anpi.example/r/%s",
			 token_make(a, keys, TOKEN_ANSWER, 907, user, 0));
}

static void test_links(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "links", 2, NULL, NULL },
		{ "no id", "links 0", 2, NULL, "not an id: 0" },
		{ "unknown", "links 99 --json", 1, NULL,
		  "no such broadcast: 99" },
		{ "to nobody", "links 909 --json", 0, "[]", NULL },
	};
	struct db *db = *state;
	struct arena *a = db->arena;
	const struct command_row text = { "as text", "links 907", 0,
					  arena_fmt(a, "T9001 %s\nT9002 %s\n",
						    url(a, 9001), url(a, 9002)),
					  NULL };
	const struct command_row again = {
		"a retry has the link of the first", "links 908 --json", 0,
		arena_fmt(a, "[{\"staff_no\": \"T9002\", \"url\": \"%s\"}]",
			  url(a, 9002)),
		NULL
	};

	check_commands(db, commands_broadcasts, stored, rows, LEN(rows));
	check_command(db, commands_broadcasts, &text, "");
	check_command(db, commands_broadcasts, &again, "");
}

static void test_queue(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "queue 1", 2, NULL, NULL },
		{ "as text", "queue", 0, "2 queued, 1 sending, the oldest for ",
		  NULL },
		{ "as JSON", "queue --json", 0,
		  "{\"queued\": 2, \"sending\": 1, \"oldest_seconds\": \"*\"}",
		  NULL },
	};
	struct db *db = *state;
	struct command_said said;
	json_t *q;

	check_commands(db, commands_broadcasts, stored, rows, LEN(rows));
	said = command_call(db->arena, db, commands_broadcasts, "queue --json",
			    "");
	q = json_loads(said.out, 0, NULL);
	assert_in_range(
		json_integer_value(json_object_get(q, "oldest_seconds")), 86400,
		86400 + 600);
	json_decref(q);
}

#define SEND "send --subject 件名 --body @body "

static void test_send_refuses(void **state)
{
	static const struct command_row rows[] = {
		{ "no target", "send --subject 件名 --body @body", 2, NULL,
		  NULL },
		{ "no subject", "send --to all --body @body", 2, NULL, NULL },
		{ "no body", "send --to all --subject 件名", 2, NULL, NULL },
		{ "a kind that is none", SEND "--to all --kind alarm", 2, NULL,
		  NULL },
		{ "no number", SEND "--to all --expect many", 2, NULL, NULL },
		{ "more", SEND "--to all x", 2, NULL, NULL },
		{ "nobody of that number", SEND "--to user:T8", 1, NULL,
		  "no such target: user:T8" },
		{ "one of two", SEND "--to all --to group:NO", 1, NULL,
		  "no such target: group:NO" },
		{ "no file", "send --to all --subject 件名 --body @none", 1,
		  NULL, "none: No such file" },
		{ "a body that is no text",
		  "send --to all --subject 件名 --body @bytes", 1, NULL,
		  "not UTF-8" },
		{ "a subject that is no text",
		  "send --to all --subject \xff --body @body", 1, NULL,
		  "subject or body too long or not a text" },
		{ "a subject of two lines",
		  "send --to all --subject a\nb --body @body", 1, NULL,
		  "subject or body too long or not a text" },
		{ "no file of questions", SEND "--to all --questions @none", 1,
		  NULL, "none: No such file" },
		{ "questions that are none", SEND "--to all --questions @body",
		  1, NULL, "body\n" },
		{ "who has left", SEND "--to user:T9007", 1, NULL,
		  "there is nobody to send to" },
		{ "another number", SEND "--to group:T1 --expect 3", 1, NULL,
		  "it would go to 4 people" },
	};

	command_file("body", "本文\n");
	command_file("bytes", "\xff\n");
	check_commands(*state, commands_broadcasts, stored, rows, LEN(rows));
}

/* What was made last: its kind and how much it asks. */
static const char *made(struct db *db)
{
	return command_state(db->arena, db,
			     "SELECT CONCAT(kind, ' ', subject, ' ', state),"
			     "       (SELECT COUNT(*) FROM question q"
			     "         WHERE q.broadcast = b.id)"
			     "  FROM broadcast b ORDER BY id DESC LIMIT 1");
}

static void test_send(void **state)
{
	static const struct {
		struct command_row row;
		const char *made;
	} rows[] = {
		{ { "a notice", SEND "--to group:T1 --json --expect 4", 0,
		    "{\"broadcast\": \"*\", \"people\": 4}", NULL },
		  "notice 件名 confirmed 0\n" },
		{ { "as text", SEND "--to user:T9001 --kind info", 0,
		    " to 1 people\n", NULL },
		  "info 件名 confirmed 0\n" },
		{ { "of several targets",
		    SEND "--to user:T9001 --to user:T9004 --to=user:T9001"
			 " --json",
		    0, "{\"people\": 2}", NULL },
		  "notice 件名 confirmed 0\n" },
		{ { "whether they are safe",
		    SEND "--to user:T9001 --questions safety", 0, "to 1",
		    NULL },
		  "safety 件名 confirmed 2\n" },
		{ { "as a drill",
		    SEND "--to user:T9001 --questions safety --kind drill", 0,
		    "to 1", NULL },
		  "drill 件名 confirmed 2\n" },
		{ { "questions of a file",
		    SEND "--to user:T9001 --questions @questions", 0, "to 1",
		    NULL },
		  "notice 件名 confirmed 1\n" },
		{ { "a body from stdin",
		    "send --to user:T9001 --subject 題 --body -", 0, "to 1",
		    NULL },
		  "notice 題 confirmed 0\n" },
	};
	struct db *db = *state;

	command_file("body", "本文\n");
	command_file("questions", "[{\"text\": \"出られますか\", \"choices\":"
				  " [{\"text\": \"はい\"}]}]");
	for (size_t i = 0; i < LEN(rows); i++) {
		check_command(db, commands_broadcasts, &rows[i].row, "本文\n");
		check_str(rows[i].row.name, made(db), rows[i].made);
	}
}

/* Lengths are in characters, as on the screen. */
static void test_lengths(void **state)
{
	static const struct {
		const char *name, *part;
		int subject, body, status;
	} rows[] = {
		{ "both fit", "字", BROADCAST_SUBJECT_MAX, BROADCAST_BODY_MAX,
		  0 },
		{ "a long subject", "a", BROADCAST_SUBJECT_MAX + 1, 1, 1 },
		{ "a long body", "a", 1, BROADCAST_BODY_MAX + 1, 1 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct command_row row = { rows[i].name, NULL, rows[i].status,
					   "to 1", NULL };

		if (row.status != COMMAND_DONE) {
			row.out = NULL;
			row.err = "subject or body too long";
		}
		row.line = arena_fmt(db->arena,
				     "send --to user:T9001 --body @long"
				     " --subject %s",
				     command_times(db->arena, rows[i].part,
						   rows[i].subject));
		command_file("long", command_times(db->arena, rows[i].part,
						   rows[i].body));
		check_commands(db, commands_broadcasts, stored, &row, 1);
	}
}

static void test_retry(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "retry", 2, NULL, NULL },
		{ "no id", "retry x", 2, NULL, "not an id: x" },
		{ "no number", "retry 907 --expect 0", 2, NULL, NULL },
		{ "unknown", "retry 99", 1, NULL,
		  "not a broadcast that can be sent again" },
		{ "closed", "retry 910", 1, NULL,
		  "not a broadcast that can be sent again" },
		{ "another number", "retry 907 --expect 3", 1, NULL,
		  "it would go to 2 people" },
		{ "done", "retry 907 --expect 2 --json", 0,
		  "{\"broadcast\": \"*\", \"people\": 2}", NULL },
		{ "again at once", "retry 907", 1, NULL,
		  "sent again less than 5 minutes ago" },
	};
	struct db *db = *state;

	check_commands(db, commands_broadcasts, stored, rows, LEN(rows));
	check_int("of the first",
		  database_int(db, "SELECT retry_of FROM broadcast"
				   " ORDER BY id DESC LIMIT 1"),
		  907);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_broadcasts), TEST(test_many),
		TEST(test_tally),      TEST(test_links),
		TEST(test_queue),      TEST(test_send_refuses),
		TEST(test_send),       TEST(test_retry),
		TEST(test_lengths),
	};

	return cmocka_run_group_tests(tests, command_setup, command_teardown);
}
