#include "test.h"

#include "base/str.h"
#include "base/time.h"
#include "database.h"
#include "model/event_region.h"

enum { EVENT = 7 };

static int setup(void **state)
{
	assert_int_equal(database_setup(state), 0);
	database_do(*state,
		    "INSERT INTO event (id, kind, event_key, state,"
		    "  title, made_at) VALUES (7, 'quake', 'k',"
		    "  'recorded', '', UTC_TIMESTAMP(6)),"
		    " (8, 'quake', 'l', 'recorded', '',"
		    "  UTC_TIMESTAMP(6));"
		    "INSERT INTO event_region (event, region, name,"
		    "  level, rank) VALUES (8, '13', '東京都', '4', 4)");
	return 0;
}

/* What stands of a prefecture: "rank level top decided", "" if no row. */
static const char *row(struct db *db, const char *code)
{
	static const char sql[] =
		"SELECT CONCAT_WS(' ', rank, level, top_rank, decided_rank)"
		"  FROM event_region"
		" WHERE event = ? AND region = ?";
	struct stmt *s = db_prepare(db, sql);
	const char *out = "";
	int rc;

	db_bind_int(s, EVENT);
	db_bind_text(s, code);
	while ((rc = db_step(s)) > 0)
		out = db_text(s, 0);
	assert_int_equal(rc, 0);
	return out;
}

static void store(struct db *db, int tokyo, const char *level, bool keeps_top,
		  bool taken_back)
{
	struct event_ranks new = { .keeps_top = keeps_top,
				   .taken_back = taken_back };

	new.ranks[13] = tokyo;
	new.levels[13] = level;
	assert_int_equal(event_region_store(db, EVENT, &new), 0);
	check_int("another event's stay",
		  database_int(db, "SELECT rank FROM event_region"
				   " WHERE event = 8"),
		  4);
}

static void test_quake(void **state)
{
	struct db *db = *state;

	store(db, 6, "5+", false, false);
	check_str("new", row(db, "13"), "6 5+ 0 0");
	store(db, 8, "6+", false, false);
	check_str("raised", row(db, "13"), "8 6+ 0 0");
	store(db, 0, "", false, false);
	check_str("gone", row(db, "13"), "");
}

static void test_decided_stays(void **state)
{
	struct db *db = *state;

	store(db, 6, "5+", false, false);
	database_do(db, "UPDATE event_region SET decided_rank = 6"
			" WHERE event = 7");
	store(db, 0, "", false, false);
	check_str("with rank 0", row(db, "13"), "0  0 6");
}

static void test_what_was_reached(void **state)
{
	struct db *db = *state;

	store(db, 5, "大津波警報", true, false);
	store(db, 3, "津波注意報", true, false);
	check_str("lowered", row(db, "13"), "3 津波注意報 5 0");
	store(db, 0, "", true, false);
	check_str("lifted", row(db, "13"), "0  5 0");
	store(db, 0, "", true, true);
	check_str("taken back", row(db, "13"), "");
}

/* A level is a telegram's word: whatever is in it. */
static void test_words(void **state)
{
	struct db *db = *state;

	store(db, 2, "a\"b\\c\nd", true, false);
	check_str("nothing that breaks the set", row(db, "13"), "2 abcd 2 0");
	store(db, 2,
	      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
	      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十終",
	      true, false);
	check_int("as long as the column",
		  database_int(db, "SELECT CHAR_LENGTH(level)"
				   "  FROM event_region WHERE event = 7"),
		  60);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_quake),
		TEST(test_decided_stays),
		TEST(test_what_was_reached),
		TEST(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
