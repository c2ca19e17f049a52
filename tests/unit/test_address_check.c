#include "test.h"

#include "base/time.h"
#include "model/address_check.h"
#include "people.h"

/* 2026-06-01 in Japan, 12:00; the quiet hours end at 7:00. */
static const int64_t noon = INT64_C(1780282800) * TIME_SECOND;
static const int64_t hour = INT64_C(60) * TIME_MINUTE;
static const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;

/* 90011 was never confirmed, 90012 a year ago, 90021 200 days ago, 90031
 * lately; 90032 and 90051 cannot be asked, 90041 is of one who left. */
static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	database_do(*state,
		    "UPDATE address SET state = 'dead';"
		    "UPDATE address SET state = 'unknown' WHERE id = 90011;"
		    "UPDATE address SET state = 'confirmed', checked_at ="
		    " '2025-06-01' WHERE id = 90012;"
		    "UPDATE address SET state = 'confirmed', checked_at ="
		    " '2025-11-10' WHERE id = 90021;"
		    "UPDATE address SET state = 'confirmed', checked_at ="
		    " '2026-05-01' WHERE id = 90031;"
		    "UPDATE address SET state = 'full' WHERE id = 90032;"
		    "UPDATE address SET state = 'filtered' WHERE id = 90051;"
		    "UPDATE address SET state = 'unknown' WHERE id = 90041;"
		    "UPDATE user SET state = 'left' WHERE id = 9004");
	return 0;
}

static void set(struct db *db, const char *name, const char *value)
{
	database_do(db, arena_fmt(db->arena,
				  "REPLACE INTO setting VALUES"
				  " ('%s', '%s')",
				  name, value));
}

static const char *asked(struct db *db)
{
	struct stmt *s =
		db_prepare(db, "SELECT COALESCE(GROUP_CONCAT(address ORDER BY"
			       " id), '') FROM link_mail"
			       " WHERE kind = 'check_address'");
	const char *text = "";

	while (db_step(s) > 0)
		text = db_text(s, 0);
	return text;
}

static void test_oldest_first(void **state)
{
	struct db *db = *state;
	struct address_check c;

	set(db, "address.check", "2");
	check_int("none yet", address_check_find(db, noon, &c), 0);
	check_int("never", c.at, 0);
	check_int("two a day", address_check_daily(db, noon), 2);
	check_str("never confirmed, then the oldest", asked(db), "90011,90012");
	check_int("once a day", address_check_daily(db, noon + 9 * hour), 0);
	check_int("the next", address_check_daily(db, noon + day), 1);
	check_str("the other that is old", asked(db), "90011,90012,90021");
	check_int("nobody is left", address_check_daily(db, noon + 2 * day), 0);
	assert_int_equal(address_check_find(db, noon + 2 * day, &c), 0);
	check_int("as many a day", c.most, 2);
	check_int("the last time", c.at, noon + day);
	check_int("one", c.addresses, 1);
	check_int("of one person", c.people, 1);
	check_int("lately", c.shown, 3);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit WHERE"
				   " action = 'address checks mailed'"
				   " AND actor = '自動' AND object = 'daily'"
				   " AND (people, detail) IN ((1, 'mails=2'),"
				   "                          (1, 'mails=1'))"),
		  2);
}

static void test_not_within_a_month(void **state)
{
	struct db *db = *state;

	set(db, "address.check", "1");
	check_int("one", address_check_daily(db, noon), 1);
	for (int i = 1; i <= 2; i++)
		check_int("another", address_check_daily(db, noon + i * day),
			  1);
	for (int i = 3; i < 30; i++)
		check_int("nobody", address_check_daily(db, noon + i * day), 0);
	/* 90031 has become old meanwhile?  Not for 180 days. */
	check_int("a month later", address_check_daily(db, noon + 30 * day), 1);
	check_str("the first again", asked(db), "90011,90012,90021,90011");
}

/* What was asked by hand is asked. */
static void test_by_hand(void **state)
{
	struct db *db = *state;

	database_do(db, "INSERT INTO link_mail (kind, user, address, made_at,"
			" due_at) VALUES ('check_address', 9001, 90011,"
			" '2026-05-20', '2026-05-20')");
	check_int("the others", address_check_daily(db, noon), 2);
	check_str("not this one", asked(db), "90011,90012,90021");
}

static void test_never_at_night(void **state)
{
	static const struct {
		const char *name;
		int64_t at;
		const char *from;
		int want;
	} rows[] = {
		{ "before midnight", 11 * 60, "22:00", 0 },
		{ "after midnight", 15 * 60, "22:00", 0 },
		{ "just before the end", 19 * 60 - 1, "22:00", 0 },
		{ "in the morning", 19 * 60, "22:00", 3 },
		{ "the evening", 9 * 60, "22:00", 3 },
		{ "without quiet hours", 11 * 60, "", 3 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db, "SAVEPOINT row");
		set(db, "quiet.from", rows[i].from);
		check_int(rows[i].name,
			  address_check_daily(db,
					      noon + rows[i].at * TIME_MINUTE),
			  rows[i].want);
		database_do(db, "ROLLBACK TO row");
	}
}

static void test_off(void **state)
{
	struct db *db = *state;

	set(db, "address.check", "0");
	check_int("off", address_check_daily(db, noon), 0);
	check_str("nobody", asked(db), "");
	set(db, "address.check", "100");
	check_int("on again the same day", address_check_daily(db, noon), 3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_oldest_first), TEST(test_not_within_a_month),
		TEST(test_by_hand),	 TEST(test_never_at_night),
		TEST(test_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
