#include "test.h"

#include <stdio.h>

#include "base/time.h"
#include "database_own.h"
#include "model/answer.h"
#include "model/tally.h"

enum { PEOPLE = 300 };

static const char name[] = "anpi_test_tally";

/* Forty groups, each below one with a lower number; people in one to three of
 * them; a broadcast with one question of five choices. */
static const char people[] =
	"INSERT INTO region (code, kind, name) VALUES"
	" ('13', 'prefecture', '東京都'), ('17', 'prefecture', '石川県'),"
	" ('13101', 'municipality', '千代田区');"
	"INSERT INTO grp (id, parent, code, name)"
	" SELECT seq, IF(seq = 1, NULL, GREATEST(1, FLOOR(seq / 3))),"
	"        seq, seq FROM seq_1_to_40;"
	"INSERT INTO grp_path (ancestor, descendant, depth)"
	" WITH RECURSIVE up (ancestor, descendant, depth) AS ("
	"  SELECT id, id, 0 FROM grp UNION ALL"
	"  SELECT g.parent, u.descendant, u.depth + 1"
	"    FROM up u JOIN grp g ON g.id = u.ancestor"
	"   WHERE g.parent IS NOT NULL) SELECT * FROM up;"
	"INSERT INTO user (id, staff_no, name)"
	" SELECT seq, seq, seq FROM seq_1_to_300;"
	"INSERT INTO grp_member (user, grp)"
	" SELECT id, 1 + id % 40 FROM user WHERE id % 17 <> 0 UNION"
	" SELECT id, 1 + id % 13 FROM user WHERE id % 5 = 0 UNION"
	" SELECT id, 1 + id % 7 FROM user WHERE id % 9 = 0;"
	"INSERT INTO user_region (user, region, purpose)"
	" SELECT id, '13', 'work' FROM user WHERE id % 2 = 0 UNION"
	" SELECT id, '13101', 'work' FROM user WHERE id % 6 = 0 UNION"
	" SELECT id, '17', 'work' FROM user WHERE id % 3 = 0 UNION"
	" SELECT id, '17', 'home' FROM user;"
	"INSERT INTO broadcast (id, kind, subject, body, state, made_at)"
	" VALUES (7, 'safety', '', '', 'sent', NOW());"
	"INSERT INTO question (id, broadcast, place, text)"
	" VALUES (1, 7, 1, '');"
	"INSERT INTO choice (id, question, place, text)"
	" SELECT seq, 1, seq, '' FROM seq_1_to_5;";

static int setup(void **state)
{
	struct db *db = database_own(name);

	database_do(db, people);
	*state = db;
	return 0;
}

static int teardown(void **state)
{
	database_own_end(*state, name);
	return 0;
}

/* As enqueue does: people and enqueued_to together. */
static void enqueue_to(struct db *db, int64_t user)
{
	char sql[512];

	snprintf(sql, sizeof(sql),
		 "START TRANSACTION;"
		 "INSERT IGNORE INTO recipient (broadcast, user)"
		 " SELECT 7, id FROM user WHERE id <= %lld;"
		 "UPDATE broadcast SET enqueued_to = %lld WHERE id = 7;"
		 "COMMIT",
		 (long long)user, (long long)user);
	database_do(db, sql);
}

/* Chance that is the same in every run. */
static unsigned chance(unsigned below)
{
	static uint32_t seed = 1;

	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static void answer(struct db *db, int64_t user, int64_t at)
{
	static const char *const choices[] = { "1", "2",   "3",	 "4",
					       "5", "1,4", "2,5" };
	const struct answer a = {
		.broadcast = 7,
		.user = user,
		.at = at,
		.channel = "link",
		.choices = choices[chance(LEN(choices))],
		.comment = "",
	};

	check_int("stored", answer_replay(db, &a), ANSWER_STORED);
}

/* What a reader with patience would count, person by person. */
static const char patient[] =
	"WITH latest AS (SELECT a.* FROM answer a WHERE a.broadcast = 7"
	"  AND a.at = (SELECT MAX(m.at) FROM answer m"
	"               WHERE m.broadcast = 7 AND m.user = a.user)),"
	" above AS (SELECT m.user, p.ancestor AS grp FROM grp_member m"
	"  JOIN grp_path p ON p.descendant = m.grp"
	"  UNION SELECT id, 0 FROM user),"
	" facts AS ("
	"  SELECT user, 'asked' AS kind, 0 AS item FROM recipient"
	"   WHERE broadcast = 7"
	"  UNION SELECT user, 'answered', 0 FROM latest"
	"  UNION SELECT l.user, 'choice', c.id FROM latest l"
	"   JOIN choice c ON FIND_IN_SET(c.id, l.choices)"
	"  UNION SELECT user, 'minute',"
	"    FLOOR(UNIX_TIMESTAMP(MIN(at)) / 60)"
	"    FROM answer WHERE broadcast = 7 GROUP BY user"
	"  UNION SELECT r.user, 'region_asked', LEFT(w.region, 2) + 0"
	"   FROM recipient r JOIN user_region w"
	"     ON w.user = r.user AND w.purpose = 'work'"
	"   WHERE r.broadcast = 7"
	"  UNION SELECT l.user, 'region_answered', LEFT(w.region, 2) + 0"
	"   FROM latest l JOIN user_region w"
	"     ON w.user = l.user AND w.purpose = 'work')"
	" SELECT a.grp, f.kind, f.item, COUNT(DISTINCT f.user) AS people"
	"   FROM facts f JOIN above a ON a.user = f.user"
	"  GROUP BY a.grp, f.kind, f.item";

/* The counters and the patient reader's differ in so many rows. */
static int64_t differences(struct db *db)
{
	char sql[4096];

	snprintf(sql, sizeof(sql),
		 "DROP TABLE IF EXISTS want; CREATE TABLE want %s;", patient);
	database_do(db, sql);
	return database_int(
		db,
		"SELECT (SELECT COUNT(*) FROM"
		" (SELECT grp, kind + 0 AS kind, item, people FROM tally"
		"   WHERE broadcast = 7 AND people <> 0 EXCEPT"
		"  SELECT grp, FIELD(kind, 'asked', 'answered', 'choice',"
		"   'minute', 'region_asked', 'region_answered'), item, people"
		"   FROM want) a)"
		" + (SELECT ABS(COUNT(*) - (SELECT COUNT(*) FROM tally"
		"   WHERE broadcast = 7 AND people <> 0)) FROM want)");
}

static int64_t wrong_people(struct db *db)
{
	return database_int(
		db, "SELECT COUNT(*) FROM recipient r WHERE"
		    " NOT r.answered_at <=> (SELECT MAX(at) FROM answer a"
		    "  WHERE a.broadcast = 7 AND a.user = r.user)"
		    " OR NOT r.first_at <=> (SELECT MIN(at) FROM answer a"
		    "  WHERE a.broadcast = 7 AND a.user = r.user)");
}

static void fold_all(struct db *db)
{
	int n;

	while ((n = tally_fold(db, 7)) > 0)
		;
	check_int("fold", n, 0);
}

static void test_same_as_counted_by_hand(void **state)
{
	struct db *db = *state;
	int64_t at = 0;

	assert_int_equal(time_parse("2026-01-01T00:00:00Z", &at), 0);
	for (int64_t round = 1; round <= 6; round++) {
		enqueue_to(db, round * PEOPLE / 6);
		for (int i = 0; i < 120; i++) {
			/* Also backwards: out of a journal. */
			int64_t when = at + (int64_t)chance(600) * TIME_SECOND +
				       i + round * 1000;

			answer(db, 1 + chance((unsigned)round * PEOPLE / 6),
			       when);
			if (chance(25) == 0)
				assert_true(tally_fold(db, 7) >= 0);
		}
		fold_all(db);
		check_int("counters", differences(db), 0);
		check_int("people", wrong_people(db), 0);
		arena_reset(db->arena);
	}
	assert_int_equal(tally_rebuild(db, 7), 0);
	check_int("rebuilt", differences(db), 0);
	check_int("all folded",
		  database_int(db, "SELECT COUNT(*) FROM answer WHERE"
				   " folded = FALSE"),
		  0);
}

static void test_moved_groups(void **state)
{
	struct db *db = *state;

	database_do(db, "UPDATE IGNORE grp_member SET grp = 40"
			" WHERE user % 11 = 0;"
			"UPDATE tally_state SET stale = TRUE");
	assert_true(differences(db) > 0);
	assert_true(tally_fold_all(db) >= 0);
	check_int("counted anew", differences(db), 0);
}

/* What takes answers is counted anew when groups change. */
static void test_marked(void **state)
{
	static const struct {
		const char *state;
		int groups, asked, others; /* whose change marks it */
	} rows[] = {
		{ "sending", 1, 1, 1 },	  { "sent", 1, 1, 0 },
		{ "cancelled", 1, 1, 0 }, { "closed", 0, 0, 0 },
		{ "sent", 1, 1, 0 },
	};
	static const char stale[] = "SELECT stale FROM tally_state"
				    " WHERE broadcast = 7";
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db,
			    arena_fmt(db->arena,
				      "UPDATE broadcast SET state = '%s'"
				      " WHERE id = 7;"
				      "UPDATE tally_state SET stale = FALSE",
				      rows[i].state));
		assert_int_equal(tally_people_changed(db, "[4000000000]"), 0);
		check_int(rows[i].state, database_int(db, stale),
			  rows[i].others);
		assert_int_equal(tally_people_changed(db, "[1]"), 0);
		check_int(rows[i].state, database_int(db, stale),
			  rows[i].asked);
		database_do(db, "UPDATE tally_state SET stale = FALSE");
		assert_int_equal(tally_groups_changed(db), 0);
		check_int(rows[i].state, database_int(db, stale),
			  rows[i].groups);
	}
	assert_true(tally_fold_all(db) >= 0);
}

static void test_read(void **state)
{
	struct db *db = *state;
	static const int64_t groups[] = { 0, 3 };
	struct tally *list;
	int64_t asked = 0, seen = 0;

	assert_int_equal(tally_read(db, 7, groups, LEN(groups), &list), 0);
	for (struct tally *t = list; t != NULL; t = t->next) {
		assert_true(t->grp == 0 || t->grp == 3);
		if (t->grp == 0 && t->kind == TALLY_ASKED)
			asked = t->people;
		seen |= 1 << t->kind;
	}
	check_int("asked", asked, PEOPLE);
	check_int("kinds", seen, 63);
	assert_int_equal(tally_read(db, 7, groups, 0, &list), 0);
	assert_null(list);
}

static void test_fresh(void **state)
{
	struct db *db = *state;

	answer(db, 12, time_now());
	assert_int_equal(tally_fresh(db, "[7, 8]"), 0);
	check_int("just folded: waits",
		  database_int(db, "SELECT COUNT(*) FROM answer WHERE"
				   " folded = FALSE"),
		  1);
	database_do(db, "UPDATE tally_state SET folded_at ="
			" folded_at - INTERVAL 2 SECOND");
	assert_int_equal(tally_fresh(db, "[7, 8]"), 0);
	check_int("folds itself", differences(db), 0);
	check_int("unknown", tally_fold(db, 999), 0);
	check_int("not late", tally_is_late(db), 0);
	answer(db, 13, time_now() - INT64_C(3) * TIME_SECOND);
	check_int("late", tally_is_late(db), 1);
}

/* A doubled press: both stay in the history, and count as one. */
static void test_repeats(void **state)
{
	struct db *db = *state;
	struct answer a = {
		.broadcast = 7,
		.user = 21,
		.at = time_now(),
		.channel = "link",
		.choices = "1,4",
		.comment = "",
	};

	for (int i = 0; i < 4; i++, a.at++) {
		check_int("stored", answer_replay(db, &a), ANSWER_STORED);
		if (i == 2) /* three at once, then one more */
			fold_all(db);
	}
	fold_all(db);
	check_int("history",
		  database_int(db, "SELECT COUNT(*) >= 4 FROM answer"
				   " WHERE user = 21 AND folded"),
		  1);
	check_int("counters", differences(db), 0);
	check_int("people", wrong_people(db), 0);
}

/* An answer of somebody who was not asked counts nowhere and waits no more. */
static void test_not_asked(void **state)
{
	struct db *db = *state;
	const struct answer a = {
		.broadcast = 7,
		.user = 9999,
		.at = time_now() - TIME_MINUTE,
		.channel = "link",
		.choices = "1",
		.comment = "",
	};

	check_int("stored", answer_store(db, &a), ANSWER_STORED);
	check_int("waits", tally_is_late(db), 1);
	fold_all(db);
	check_int("waits no more", tally_is_late(db), 0);
	check_int("counters", differences(db), 0);
}

/* When all are enqueued nothing waits, however few they are. */
static void test_nothing_waits(void **state)
{
	struct db *db = *state;

	database_do(db, "UPDATE broadcast SET enqueued_to = 4294967295");
	fold_all(db);
	database_do(db, "UPDATE tally_state SET folded_at = '2026-01-01'");
	check_int("folded", tally_fold_all(db), 0);
	check_int("left alone",
		  database_int(db, "SELECT COUNT(*) FROM tally_state"
				   " WHERE folded_at = '2026-01-01'"),
		  1);
	check_int("counters", differences(db), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_as_counted_by_hand),
		cmocka_unit_test(test_moved_groups),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_fresh),
		cmocka_unit_test(test_repeats),
		cmocka_unit_test(test_not_asked),
		cmocka_unit_test(test_nothing_waits),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
