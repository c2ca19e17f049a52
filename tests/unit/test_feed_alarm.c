#include "test.h"

#include "base/time.h"
#include "model/feed.h"
#include "model/feed_alarm.h"
#include "people.h"

static const char *const urls[] = {
	"https://user:secret@feed.example/eqvol.xml?key=1",
	"https://feed.example/extra.xml",
};
static const int64_t hour = INT64_C(60) * TIME_MINUTE;

/* 2026-01-01T00:00:00Z */
static const int64_t now = INT64_C(1767225600) * TIME_SECOND;

static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	database_do(*state, "UPDATE account SET user = 9001, role = 'operator'"
			    " WHERE id = 900");
	return 0;
}

static void answers(struct db *db, int i, bool has_new, int64_t at)
{
	const struct feed f = { .url = urls[i],
				.etag = "",
				.modified = "",
				.status = "HTTP 200",
				.good_at = at };
	const struct feed_entry e = {
		.id = arena_fmt(db->arena, "urn:%d:%lld", i, (long long)at),
		.href = "https://feed.example/x",
	};

	assert_int_equal(feed_store(db, &f, has_new ? &e : NULL, at), has_new);
}

static int look(struct db *db, int64_t at)
{
	return feed_alarm(db, urls, LEN(urls), at);
}

static int64_t mails(struct db *db, const char *like)
{
	return database_int(db, arena_fmt(db->arena,
					  "SELECT COUNT(*) FROM broadcast"
					  " WHERE subject LIKE '%%%s%%'",
					  like));
}

static void test_silent(void **state)
{
	struct db *db = *state;

	check_int("first seen", look(db, now), 0);
	check_int("not yet", look(db, now + 14 * TIME_MINUTE), 0);
	answers(db, 1, true, now + 14 * TIME_MINUTE);
	check_int("never fetched", look(db, now + 15 * TIME_MINUTE), 1);
	check_int("told", mails(db, "【異常】"), 1);
	check_int("of one",
		  database_int(db, "SELECT body LIKE '%eqvol.xml%' AND"
				   " body NOT LIKE '%extra.xml%'"
				   " FROM broadcast"),
		  1);
	check_int("nothing secret in it",
		  database_int(db, "SELECT body LIKE '%secret%' OR"
				   " body LIKE '%key=%' FROM broadcast"),
		  0);
	answers(db, 1, false, now + 16 * TIME_MINUTE);
	check_int("once", look(db, now + 16 * TIME_MINUTE), 0);
	check_int("the other as well", look(db, now + hour), 1);
	check_int("each once", look(db, now + hour + TIME_MINUTE), 0);
	answers(db, 0, true, now + 2 * hour);
	check_int("back", look(db, now + 2 * hour), 1);
	check_int("told", mails(db, "【復旧】"), 1);
	check_int("once", look(db, now + 2 * hour + TIME_MINUTE), 0);
	check_int("silent again", look(db, now + 3 * hour), 1);
	check_int("is told again", mails(db, "【異常】"), 3);
}

static void test_quiet(void **state)
{
	struct db *db = *state;

	look(db, now);
	for (int i = 0; i < 2; i++)
		answers(db, i, true, now);
	for (int h = 1; h < 24; h++) {
		for (int i = 0; i < 2; i++)
			answers(db, i, false, now + h * hour);
		check_int("a quiet day", look(db, now + h * hour), 0);
	}
	for (int i = 0; i < 2; i++)
		answers(db, i, i == 1, now + 24 * hour);
	check_int("no entry for a day", look(db, now + 24 * hour), 1);
	check_int("told", mails(db, "【注意】"), 1);
	answers(db, 0, true, now + 24 * hour + TIME_MINUTE);
	check_int("an entry", look(db, now + 24 * hour + 2 * TIME_MINUTE), 1);
	check_int("told", mails(db, "【復旧】"), 1);
	database_do(db, "INSERT INTO setting VALUES ('feed.quiet', '0')");
	for (int i = 0; i < 2; i++)
		answers(db, i, false, now + 99 * hour);
	check_int("switched off", look(db, now + 99 * hour), 0);
}

static void test_nobody(void **state)
{
	struct db *db = *state;

	database_do(db, "UPDATE account SET state = 'disabled'");
	look(db, now);
	check_int("noted", look(db, now + hour), 1);
	check_int("without mail", mails(db, ""), 0);
	check_int("and shown",
		  database_int(db, "SELECT COUNT(*) FROM feed"
				   " WHERE silent_at IS NOT NULL"),
		  2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_silent),
		TEST(test_quiet),
		TEST(test_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
