#include "test.h"
#include "key_file.h"

#include "base/str.h"
#include "base/time.h"
#include "database.h"
#include "model/evidence.h"

static const struct sign_private *key;

static const char rows[] =
	"INSERT INTO account (id, login, name, role, password_hash) VALUES"
	" (1, 'duty', '当番', 'operator', '');"
	"INSERT INTO user (id, staff_no, name, state) VALUES"
	" (1, 'A1', '一', 'active'), (2, 'A2', '𠮷', 'active');"
	"INSERT INTO event (id, kind, event_key, state, title, made_at) VALUES"
	" (7, 'quake', 'k', 'sent', '石川県能登地方 M7.6',"
	"  UTC_TIMESTAMP(6));"
	"INSERT INTO decision (event, at, act, account, reason, people) VALUES"
	" (7, '2026-02-02 02:00:00', 'sent', 1, '', 2);"
	"INSERT INTO telegram (id, source, type, fetched_at, outcome, event,"
	"  sha256, body) VALUES"
	" (3, 'feed', '震度速報', UTC_TIMESTAMP(6), 'applied', 7,"
	"  UNHEX(SHA2('x', 256)), 'x');"
	"INSERT INTO broadcast (id, event, kind, subject, body, state, made_by,"
	"  made_at, confirmed_at, recipients, enqueued_to) VALUES"
	" (5, 7, 'safety', '【安否確認】', '本文', 'sending', 1,"
	"  UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 2, 2),"
	" (6, NULL, 'notice', '未送信', '本文', 'confirmed', 1,"
	"  UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 0, 0);"
	"INSERT INTO target (broadcast, kind, item) VALUES (5, 'region', '17');"
	"INSERT INTO recipient (broadcast, user) VALUES (5, 1), (5, 2);"
	"INSERT INTO tally_state (broadcast, asked_to, folded_at) VALUES"
	" (5, 2, UTC_TIMESTAMP(6));"
	"INSERT INTO tally (broadcast, grp, kind, item, people) VALUES"
	" (5, 0, 'asked', 0, 2), (5, 0, 'answered', 0, 1);"
	"INSERT INTO audit (seq, at, actor, action, object, detail) VALUES"
	" (1, UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, 'duty', 'login', '', ''),"
	" (2, UTC_TIMESTAMP(6) - INTERVAL 30 MINUTE, 'duty', 'check sent',"
	"  'event 7', 'a\tb'),"
	" (3, UTC_TIMESTAMP(6), 'duty', 'logout', '', '')";

static int setup(void **state)
{
	const char *path = key_file("1 " KEY_ONE "\n", 0600);

	if (key == NULL)
		key = sign_private_load(path);
	unlink(path);
	assert_int_equal(database_setup(state), 0);
	database_do(*state, rows);
	return 0;
}

static int seal(struct db *db, int64_t later_min)
{
	const struct evidence_rules rules = {
		.key = key,
		.now = time_now() + later_min * TIME_MINUTE,
		.delay = (int64_t)10 * TIME_MINUTE,
		.every = TIME_MINUTE,
	};

	return evidence_seal(db, &rules);
}

/* "broadcast 5, counts 5, audit 2": all records, with what differs. */
static const char *line_of(struct db *db)
{
	struct str s = { .arena = db->arena };
	struct evidence *list;

	assert_int_equal(evidence_list(db, 0, 100, &list), 0);
	for (; list != NULL; list = list->next) {
		const char *difference;

		assert_int_equal(evidence_compare(db, list, &difference), 0);
		str_fmt(&s, "%s%s %lld%s%s", s.len == 0 ? "" : ", ",
			list->record.kind, (long long)list->record.object,
			difference == NULL ? "" : ": ",
			difference == NULL ? "" : difference);
	}
	return str_text(&s);
}

static const char *document(struct db *db, int n)
{
	struct evidence *list;

	assert_int_equal(evidence_list(db, n - 1, 1, &list), 0);
	assert_non_null(list);
	return list->document;
}

static void test_what_is_due(void **state)
{
	struct db *db = *state;

	check_int("first", seal(db, 0), 3);
	check_str("records", line_of(db), "broadcast 5, counts 5, audit 2");
	check_int("nothing new", seal(db, 0), 0);
	check_int("the young line, later", seal(db, 11), 1);
	check_str("records", line_of(db),
		  "broadcast 5, counts 5, audit 2, audit 3");
	database_do(db, "UPDATE tally SET people = 2 WHERE kind = 'answered';"
			"UPDATE tally_state SET folded_at = folded_at"
			"       + INTERVAL 5 SECOND");
	check_int("counts are not sealed on and on", seal(db, 5), 0);
	check_int("but after a while", seal(db, 12), 1);
	assert_non_null(strstr(document(db, 5), "\"answered\":2"));
	database_do(db, "UPDATE broadcast SET state = 'closed' WHERE id = 5;"
			"UPDATE tally_state SET folded_at = folded_at"
			"       + INTERVAL 20 MINUTE");
	check_int("and at the end", seal(db, 13), 1);
}

static void test_documents(void **state)
{
	static const char *const parts[] = {
		"\"by\":\"duty\"",
		"\"people\":[\"A1\",\"A2\"]",
		"\"subject\":\"【安否確認】\"",
		"\"body\":\"本文\"",
		"\"targets\":[{\"item\":\"17\",\"kind\":\"region\",\"without\":"
		"0}]",
		"\"act\":\"sent\"",
		"\"title\":\"石川県能登地方 M7.6\"",
		"\"type\":\"震度速報\"",
	};
	struct db *db = *state;

	assert_int_equal(seal(db, 0), 3);
	for (size_t i = 0; i < LEN(parts); i++)
		if (strstr(document(db, 1), parts[i]) == NULL)
			fail_msg("not in the document: %s", parts[i]);
	check_str("counts", document(db, 2),
		  "{\"answered\":1,\"asked\":2,\"broadcast\":5,"
		  "\"choices\":[]}");
}

static void test_differences(void **state)
{
	static const struct {
		const char *name, *sql, *want;
	} changes[] = {
		{ "names may change",
		  "UPDATE user SET staff_no = 'B1'"
		  " WHERE id = 1",
		  "broadcast 5, counts 5, audit 2" },
		{ "mail text",
		  "UPDATE broadcast SET body = '別の本文' WHERE id = 5",
		  "broadcast 5: the text of its mail is another, counts 5,"
		  " audit 2" },
		{ "people", "DELETE FROM recipient WHERE user = 2",
		  "broadcast 5: its people are others, counts 5, audit 2" },
		{ "targets", "DELETE FROM target",
		  "broadcast 5: its targets are others, counts 5, audit 2" },
		{ "a line changed",
		  "UPDATE audit SET actor = 'other' WHERE action = 'login'",
		  "broadcast 5, counts 5, audit 2: lines of the audit were"
		  " changed, taken out or put in" },
		{ "a line taken out", "DELETE FROM audit WHERE seq = 1",
		  "broadcast 5, counts 5, audit 2: lines of the audit were"
		  " changed, taken out or put in" },
		{ "the document itself",
		  "UPDATE evidence SET document = REPLACE(document, 'A2', "
		  "'A9')",
		  "broadcast 5: its document is not the one that was sealed,"
		  " counts 5, audit 2" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(changes); i++) {
		check_int(changes[i].name, seal(db, 0), i == 0 ? 3 : 0);
		database_do(db, "CREATE TEMPORARY TABLE kept_audit"
				" SELECT * FROM audit");
		database_do(db, changes[i].sql);
		check_str(changes[i].name, line_of(db), changes[i].want);
		database_do(db,
			    "UPDATE broadcast SET body = '本文' WHERE id = 5;"
			    "INSERT IGNORE INTO recipient (broadcast, user)"
			    " VALUES (5, 2);"
			    "INSERT IGNORE INTO target (broadcast, kind, item)"
			    " VALUES (5, 'region', '17');"
			    "DELETE FROM audit;"
			    "INSERT INTO audit SELECT * FROM kept_audit;"
			    "DROP TEMPORARY TABLE kept_audit");
	}
}

static void test_gone(void **state)
{
	struct db *db = *state;

	assert_int_equal(seal(db, 0), 3);
	database_do(db, "DELETE FROM target; DELETE FROM recipient;"
			"DELETE FROM tally_state; DELETE FROM tally;"
			"DELETE FROM broadcast WHERE id = 5");
	check_str("said", line_of(db),
		  "broadcast 5: it is not in the database any more, counts 5,"
		  " audit 2");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_what_is_due),
		TEST(test_documents),
		TEST(test_differences),
		TEST(test_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
