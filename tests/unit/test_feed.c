#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/feed.h"

static const char url[] = "https://feed.example/eqvol.xml";

/* 2026-01-01T00:00:00Z */
static const int64_t now = INT64_C(1767225600) * TIME_SECOND;

static struct feed_entry old = { NULL, "urn:1", "https://feed.example/1", false,
				 0 };
static struct feed_entry urgent = { &old, "urn:2", "https://feed.example/2",
				    true, 0 };
static struct feed_entry fresh = { &urgent, "urn:3", "https://feed.example/3",
				   false, 0 };

static void store(struct db *db, const struct feed_entry *entries, int want)
{
	const struct feed f = {
		.url = url,
		.etag = "\"a\"",
		.modified = "Thu, 01 Jan 2026 00:00:00 GMT",
		.next_at = now + TIME_MINUTE,
		.good_at = now,
		.failures = 2,
		.status = "200",
	};

	check_int("new entries", feed_store(db, &f, entries, now), want);
}

static void test_store(void **state)
{
	struct db *db = *state;
	struct feed f;

	check_int("unknown", feed_find(db, url, &f), 0);
	check_int("never asked", f.next_at, 0);
	check_int("never good", f.good_at, 0);
	store(db, &fresh, 3);
	check_int("known", feed_find(db, url, &f), 0);
	check_str("etag", f.etag, "\"a\"");
	check_int("next", f.next_at, now + TIME_MINUTE);
	check_int("good", f.good_at, now);
	check_int("failures", f.failures, 2);
	check_str("status", f.status, "200");
	store(db, &fresh, 0);
	store(db, NULL, 0);
}

static void test_pending(void **state)
{
	struct db *db = *state;
	struct feed_entry *list;

	store(db, &fresh, 3);
	check_int("some", feed_pending(db, now, 10, &list), 0);
	check_str("what is urgent first", list->id, "urn:2");
	check_str("where it is", list->href, "https://feed.example/2");
	assert_non_null(list->next);
	assert_non_null(list->next->next);
	assert_null(list->next->next->next);
	check_int("one", feed_pending(db, now, 1, &list), 0);
	assert_null(list->next);
	check_int("done", feed_entry_done(db, "urn:2"), 0);
	check_int("failed", feed_entry_failed(db, "urn:1", now + TIME_MINUTE),
		  0);
	check_int("the third", feed_pending(db, now, 10, &list), 0);
	check_str("is left", list->id, "urn:3");
	assert_null(list->next);
	check_int("a minute later",
		  feed_pending(db, now + TIME_MINUTE, 10, &list), 0);
	assert_non_null(list->next);
	/* Nothing that was fetched is fetched again. */
	store(db, &fresh, 0);
	check_int("as before", feed_pending(db, now, 10, &list), 0);
	assert_null(list->next);
}

static void test_given_up(void **state)
{
	struct db *db = *state;
	struct feed_backlog backlog;
	struct feed_health *health;
	struct feed_entry *list;

	store(db, &old, 1);
	assert_int_equal(feed_list(db, &health, &backlog), 0);
	assert_non_null(health);
	assert_null(health->next);
	check_int("waits", backlog.waiting, 1);
	for (int i = 0; i < FEED_ATTEMPTS_MAX; i++) {
		check_int("due", feed_pending(db, now, 10, &list), 0);
		assert_non_null(list);
		check_int("attempts", list->attempts, i);
		check_int(
			"failed",
			feed_entry_failed(db, "urn:1",
					  i + 1 < FEED_ATTEMPTS_MAX ? now : 0),
			0);
	}
	check_int("no more", feed_pending(db, now, 10, &list), 0);
	assert_null(list);
	assert_int_equal(feed_list(db, &health, &backlog), 0);
	check_int("waits no more", backlog.waiting, 0);
	check_int("given up", backlog.given_up, 1);
	assert_true(backlog.newest_at != 0);
	check_int("forgotten", feed_purge(db, now + TIME_SECOND), 0);
	store(db, &old, 1);
}

static void test_behind(void **state)
{
	struct db *db = *state;
	struct feed_health *health;
	struct feed_backlog backlog;
	struct feed f = { .url = url,
			  .etag = "",
			  .modified = "",
			  .status = "",
			  .good_at = now,
			  .behind = true };

	check_int("stored", feed_store(db, &f, &old, now), 1);
	assert_int_equal(feed_find(db, url, &f), 0);
	assert_true(f.behind);
	check_int("caught up", feed_caught_up(db, url), 0);
	database_do(db, "UPDATE feed SET silent_at = '2026-01-01'");
	f.behind = false;
	check_int("nothing new", feed_store(db, &f, &old, now + TIME_MINUTE),
		  0);
	assert_int_equal(feed_list(db, &health, &backlog), 0);
	assert_false(health->feed.behind);
	check_int("last new entry", health->entry_at, now);
	check_int("what was told stays", health->silent_at, now);
	f.url = "https://feed.example/eqvol_l.xml";
	f.long_form = true;
	check_int("a long one", feed_store(db, &f, NULL, now), 0);
	assert_int_equal(feed_list(db, &health, &backlog), 0);
	assert_true(health->next->feed.long_form);
}

static void test_url_show(void **state)
{
	static const struct {
		const char *name, *url, *want;
	} rows[] = {
		{ "plain", "https://a.example/b.xml",
		  "https://a.example/b.xml" },
		{ "a key", "https://a.example/b?key=1", "https://a.example/b" },
		{ "a password", "https://u:p@a.example/b",
		  "https://a.example/b" },
		{ "both", "https://u:p@a.example/b?x", "https://a.example/b" },
		{ "an @ further on", "https://a.example/b@c",
		  "https://a.example/b@c" },
		{ "no scheme", "a.example?x", "a.example" },
		{ "empty", "", "" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, feed_url_show(db->arena, rows[i].url),
			  rows[i].want);
}

/* As long as the reader takes it; in one transaction. */
static void test_many(void **state)
{
	enum { MANY = 20000 };
	struct db *db = *state;
	struct feed_entry *list = NULL;

	for (int i = 0; i < MANY; i++) {
		struct feed_entry *e = arena_alloc(db->arena, sizeof(*e));

		e->id = arena_fmt(db->arena, "urn:many:%d", i);
		e->href = "https://feed.example/x";
		e->next = list;
		list = e;
	}
	store(db, list, MANY);
	store(db, list, 0);
}

static void test_state(void **state)
{
	const int64_t t = INT64_C(1767225600) * TIME_SECOND;
	const int64_t m = TIME_MINUTE;
	const struct {
		const char *name;
		struct feed_health h;
		enum feed_state want;
	} rows[] = {
		{ "never asked", { .known_at = t - 99 * m }, FEED_GOOD },
		{ "fetched",
		  { .asked_at = t, .feed = { .good_at = t - 4 * m } },
		  FEED_GOOD },
		{ "late",
		  { .asked_at = t, .feed = { .good_at = t - 5 * m } },
		  FEED_TROUBLED },
		{ "failed",
		  { .asked_at = t, .feed = { .good_at = t, .failures = 1 } },
		  FEED_TROUBLED },
		{ "behind",
		  { .asked_at = t, .feed = { .good_at = t, .behind = true } },
		  FEED_TROUBLED },
		{ "quiet",
		  { .asked_at = t, .quiet_at = t, .feed = { .good_at = t } },
		  FEED_TROUBLED },
		{ "silent",
		  { .asked_at = t, .feed = { .good_at = t - 15 * m } },
		  FEED_SILENT },
		{ "new",
		  { .asked_at = t, .known_at = t - 14 * m },
		  FEED_TROUBLED },
		{ "never fetched",
		  { .asked_at = t, .known_at = t - 15 * m },
		  FEED_SILENT },
		{ "a long form may be old",
		  { .asked_at = t,
		    .feed = { .good_at = t - 999 * m, .long_form = true } },
		  FEED_GOOD },
		{ "but not fail",
		  { .asked_at = t,
		    .feed = { .failures = 1, .long_form = true } },
		  FEED_TROUBLED },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name, feed_state(&rows[i].h, t, 15),
			  rows[i].want);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_state),
		TEST(test_store),
		TEST(test_pending),
		TEST(test_given_up),
		TEST(test_behind),
		TEST(test_url_show),
		TEST(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
