#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/answer.h"

/* 2026-01-01T00:00:00Z */
static const int64_t noon = INT64_C(1767225600) * TIME_SECOND;

static void make_people(struct db *db)
{
	database_do(
		db,
		"INSERT IGNORE INTO region (code, kind, name) VALUES"
		" ('13', 'prefecture', '東京都');"
		"INSERT INTO user (id, staff_no, name, lang, link_generation,"
		"                  links_revoked_at)"
		" VALUES (901, 'A901', '髙橋 一郎', 'en', 3, NOW()),"
		"        (902, 'A902', '山﨑 花子', 'ja', 0, NULL);"
		"INSERT INTO address (user, place, sealed, digest, domain, "
		"state)"
		" VALUES (901, 1, '', REPEAT('x', 32), 'a', 'full');"
		"INSERT INTO broadcast (id, kind, subject, body, state, "
		"made_at)"
		" VALUES (900, 'safety', '', '', 'sent', NOW());"
		"INSERT INTO recipient (broadcast, user, why)"
		" VALUES (900, 901, 'work:13')");
}

static void test_store(void **state)
{
	struct db *db = *state;
	static const struct {
		const char *name;
		int64_t broadcast, user;
		unsigned generation;
		const char *choices, *comment;
		int rows;
	} rows[] = {
		{ "first", 900, 901, 3, "1,5", "", 1 },
		{ "pressed twice", 900, 901, 3, "1,5", "", 2 },
		{ "another comment", 900, 901, 3, "1,5", "今から", 3 },
		{ "other choices", 900, 901, 3, "2", "今から", 4 },
	};

	make_people(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct answer a = {
			rows[i].broadcast, rows[i].user, rows[i].generation,
			noon + (int64_t)i, "link",	 rows[i].choices,
			rows[i].comment,   NULL,
		};

		check_int(rows[i].name, answer_store(db, &a), ANSWER_STORED);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM answer"
					   " WHERE broadcast = 900"),
			  rows[i].rows);
	}
}

static void test_replay_is_exactly_once(void **state)
{
	struct db *db = *state;
	struct answer a = { 900, 901, 3, noon, "link", "1", "", NULL };

	make_people(db);
	check_int("stored, then journalled", answer_store(db, &a),
		  ANSWER_STORED);
	check_int("replayed", answer_replay(db, &a), ANSWER_STORED);
	check_int("again", answer_replay(db, &a), ANSWER_STORED);
	check_int("once",
		  database_int(db, "SELECT COUNT(*) FROM answer"
				   " WHERE broadcast = 900"),
		  1);
	a.at--;
	check_int("an earlier one with the same words", answer_replay(db, &a),
		  ANSWER_STORED);
	check_int("is kept too",
		  database_int(db, "SELECT COUNT(*) FROM answer"
				   " WHERE broadcast = 900"),
		  2);
}

/* He was told that his answer is kept: a link that is revoked before the
 * journal is read takes nothing back. */
static void test_replay_after_revoking(void **state)
{
	static const struct {
		const char *name;
		int64_t user, at; /* minutes after the revocation */
		unsigned generation;
		int want;
	} rows[] = {
		{ "by the link that counts", 901, 9, 3, ANSWER_STORED },
		{ "given before", 901, -9, 2, ANSWER_STORED },
		{ "read twice", 901, -9, 2, ANSWER_STORED },
		{ "given after", 901, 9, 2, ANSWER_REVOKED },
		{ "never revoked, of no generation", 902, -9, 2,
		  ANSWER_REVOKED },
		{ "never revoked", 902, -9, 0, ANSWER_STORED },
		{ "of nobody", 999, -9, 0, ANSWER_NOT_ASKED },
	};
	struct db *db = *state;

	make_people(db);
	database_do(db, "INSERT INTO recipient (broadcast, user, why)"
			" VALUES (900, 902, 'work:13');"
			"UPDATE user SET links_revoked_at ="
			" '2026-01-01 00:00:00' WHERE id = 901");
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t at = noon + rows[i].at * TIME_MINUTE;
		const struct answer a = { 900, rows[i].user, rows[i].generation,
					  at,  "link",	     "1",
					  "",  NULL };
		const struct self_report r = { rows[i].user, rows[i].generation,
					       at,	     "safe",
					       "now",	     "" };

		check_int(rows[i].name, answer_replay(db, &a), rows[i].want);
		check_int(rows[i].name, self_report_replay(db, &r),
			  rows[i].want == ANSWER_NOT_ASKED ? ANSWER_REVOKED
							   : rows[i].want);
	}
	check_int("answers",
		  database_int(db, "SELECT COUNT(*) FROM answer"
				   " WHERE broadcast = 900"),
		  3);
	check_int("reports",
		  database_int(db, "SELECT COUNT(*)"
				   "  FROM self_report"),
		  3);
}

static void test_latest(void **state)
{
	struct db *db = *state;
	struct answer a = { 900,    901, 3,    noon,
			    "link", "1", "一", "{\"5\":\"09:30\"}" };
	struct answer_person p;
	struct answer_latest l;

	make_people(db);
	check_int("nobody", answer_person(db, 900, 999, &p), 0);
	check_int("not asked", answer_person(db, 900, 902, &p), 0);
	check_int("asked", answer_person(db, 900, 901, &p), 1);
	check_str("name", p.name, "髙橋 一郎");
	check_int("english", p.english, 1);
	check_int("generation", p.generation, 3);
	check_str("region", p.region, "東京都");
	check_int("not counted", p.counted_at, 0);
	check_int("visit, not asked", answer_visit(db, 900, 902, &p, &l), 0);
	check_int("visit", answer_visit(db, 900, 901, &p, &l), 1);
	check_str("the same name", p.name, "髙橋 一郎");
	check_str("the same region", p.region, "東京都");
	check_int("mail does not reach him", p.trouble, 1);
	database_do(db,
		    "UPDATE address SET state = 'confirmed' WHERE user = 901");
	answer_visit(db, 900, 901, &p, &l);
	check_int("mail reaches him", p.trouble, 0);
	check_int("not answered", l.at, 0);
	answer_store(db, &a);
	a.at += 5;
	a.choices = "2,4";
	answer_store(db, &a);
	check_int("visit", answer_visit(db, 900, 901, &p, &l), 1);
	check_int("at", l.at, a.at);
	check_str("choices", l.choices, "2,4");
	check_str("comment", l.comment, "一");
	check_str("what was written", l.texts, a.texts);
}

/* What others told is shown until he says something, however old that is. */
static void test_told(void **state)
{
	struct db *db = *state;
	struct answer own = { 900, 901, 3, noon, "link", "1", "自分", "" };
	struct answer told = own;
	struct answer_person p;
	struct answer_latest l;

	make_people(db);
	told.channel = "proxy";
	told.choices = "2";
	told.comment = "家族";
	told.at += TIME_MINUTE;
	check_int("told", answer_store(db, &told), ANSWER_STORED);
	check_int("visit", answer_visit(db, 900, 901, &p, &l), 1);
	check_int("by others", l.proxy, 1);
	check_str("what they said", l.choices, "2");
	check_int("no reply", p.replied, 0);
	check_int("earlier", answer_store(db, &own), ANSWER_STORED);
	database_do(db, "UPDATE recipient SET replied_at = NOW()"
			" WHERE broadcast = 900 AND user = 901");
	check_int("visit", answer_visit(db, 900, 901, &p, &l), 1);
	check_int("by himself", l.proxy, 0);
	check_int("at", l.at, own.at);
	check_str("what he said", l.choices, "1");
	check_str("his words", l.comment, "自分");
	check_int("a reply", p.replied, 1);
}

static void test_self_report(void **state)
{
	struct db *db = *state;
	struct self_report r = { 901, 3, noon, "safe", "now", "" };
	struct self_report_latest l;

	make_people(db);
	check_int("none", self_report_latest(db, 901, &l), 1);
	check_int("none", l.at, 0);
	check_int("first", self_report_store(db, &r), ANSWER_STORED);
	check_int("replayed", self_report_replay(db, &r), ANSWER_STORED);
	r.at += TIME_MINUTE;
	check_int("twice", self_report_store(db, &r), ANSWER_SAME);
	r.safety = "slight";
	check_int("changed", self_report_store(db, &r), ANSWER_STORED);
	r.at += INT64_C(120) * TIME_MINUTE;
	check_int("the same, much later", self_report_store(db, &r),
		  ANSWER_STORED);
	r.generation = 1;
	database_do(db, "UPDATE user SET links_revoked_at ="
			" '2026-01-01 00:00:00' WHERE id = 901");
	check_int("revoked", self_report_store(db, &r), ANSWER_REVOKED);
	check_int("revoked", self_report_replay(db, &r), ANSWER_REVOKED);
	check_int("latest", self_report_latest(db, 901, &l), 1);
	check_str("safety", l.safety, "slight");
	check_int("at", l.at, r.at);
	check_int("three", database_int(db, "SELECT COUNT(*) FROM self_report"),
		  3);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_store),	TEST(test_replay_is_exactly_once),
		TEST(test_latest),	TEST(test_told),
		TEST(test_self_report), TEST(test_replay_after_revoking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
