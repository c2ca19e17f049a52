#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "model/health.h"
#include "model/health_alarm.h"
#include "people.h"

/* A machine whose tools have all just been at work. */
static char dir[32];
static struct health_site site;
static int64_t now;

static const char *path_of(struct db *db, const char *tool)
{
	return arena_fmt(db->arena, "%s/%s.lock", dir, tool);
}

/* The tool did its work then. */
static void ran(struct db *db, const char *tool, int64_t at)
{
	struct timespec times[2] = { { .tv_sec = at / TIME_SECOND } };
	int fd = open(path_of(db, tool), O_WRONLY | O_CREAT, 0600);

	times[1] = times[0];
	assert_true(fd >= 0);
	assert_int_equal(futimens(fd, times), 0);
	close(fd);
}

static void all_ran(struct db *db, int64_t at)
{
	struct health h;

	assert_int_equal(health_look(db, &site, at, &h), 0);
	for (const struct health_check *c = h.checks; c != NULL; c = c->next)
		if (c->kind == HEALTH_TOOL)
			ran(db, c->of, at);
}

static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	database_do(*state, "UPDATE account SET user = 9001, role = 'operator'"
			    " WHERE id = 900");
	snprintf(dir, sizeof(dir), "/tmp/anpi-test-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	now = time_now();
	site = (struct health_site){
		.machine = "server1", .run = dir, .journal = dir, .since = now
	};
	all_ran(*state, now);
	return 0;
}

static int teardown(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -r %s", dir);
	return database_teardown(state) + system(command);
}

static int64_t mails(struct db *db, const char *like)
{
	return database_int(db, arena_fmt(db->arena,
					  "SELECT COUNT(*) FROM broadcast"
					  " WHERE subject LIKE '%%%s%%'",
					  like));
}

/* Looks at a minute, at which everything but deliver is at work: deliver was
 * so many minutes ago. */
static int look(struct db *db, int64_t minute, int64_t deliver_ago)
{
	int64_t at = now + minute * TIME_MINUTE;

	all_ran(db, at);
	ran(db, "deliver", at - deliver_ago * TIME_MINUTE);
	/* The mails of the alarm itself have gone. */
	database_do(db, "UPDATE broadcast SET state = 'sent'"
			" WHERE state = 'confirmed'");
	return health_alarm(db, &site, at);
}

static void test_once(void **state)
{
	struct db *db = *state;

	check_int("all is well", look(db, 0, 0), 0);
	check_int("bad", look(db, 10, 6), 0);
	check_int("for a minute", look(db, 11, 7), 0);
	check_int("for two", look(db, 12, 8), 1);
	check_int("told", mails(db, "【異常】自動の仕事：メールの送信"), 1);
	check_int("with what to do, where and the page",
		  database_int(db, "SELECT body LIKE '%cronが動いているか%'"
				   "   AND body LIKE '%サーバー：server1%'"
				   "   AND body LIKE '%/status%'"
				   "  FROM broadcast"),
		  1);
	check_int("to step 1",
		  database_int(db, "SELECT COUNT(*) FROM target"
				   " WHERE kind = 'user' AND item = '9001'"),
		  1);
	for (int minute = 13; minute < 200; minute += 5)
		check_int("once", look(db, minute, minute), 0);
	check_int("good", look(db, 200, 0), 0);
	check_int("not for long", look(db, 209, 0), 0);
	check_int("for ten minutes", look(db, 210, 0), 1);
	check_int("told", mails(db, "【復旧】自動の仕事：メールの送信"), 1);
	check_int("once", look(db, 230, 0), 0);
	check_int("bad again", look(db, 231, 9), 0);
	check_int("is new", look(db, 233, 11), 1);
	check_int("mails", mails(db, "【"), 3);
}

/* A look that finds it well, or only worth a look, begins anew. */
static void test_short(void **state)
{
	struct db *db = *state;

	for (int minute = 0; minute < 60; minute++)
		check_int("up and down", look(db, minute, minute % 2 * 9), 0);
	check_int("nobody was told", mails(db, ""), 0);
	for (int minute = 60; minute < 70; minute++)
		check_int("only warned of", look(db, minute, 4), 0);
}

/* Bad for three minutes, good for twelve, all day. */
static void test_flapping(void **state)
{
	enum { HOURS = 12 };
	struct db *db = *state;

	for (int minute = 0; minute < HOURS * 60; minute++)
		look(db, minute, minute % 15 < 3 ? 9 : 0);
	assert_true(mails(db, "【異常】") >= 2);
	check_int("at most one an hour", mails(db, "【異常】") <= HOURS, 1);
	check_int("and as many that it is over", mails(db, "【復旧】") <= HOURS,
		  1);
}

static void test_several(void **state)
{
	struct db *db = *state;

	for (int minute = 0; minute <= 2; minute++) {
		int64_t at = now + minute * TIME_MINUTE;

		all_ran(db, at);
		ran(db, "deliver", at - 9 * TIME_MINUTE);
		ran(db, "enqueue", at - 9 * TIME_MINUTE);
		health_alarm(db, &site, at);
	}
	check_int("in one mail", mails(db, ""), 1);
	check_int("that counts them", mails(db, " ほか 1 件"), 1);
	/* Another machine has tools of its own. */
	site.machine = "server2";
	check_int("the other one", look(db, 3, 9), 0);
	check_int("tells of itself", look(db, 5, 9), 1);
	check_int("by its name",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"
				   " WHERE body LIKE '%サーバー：server2%'"),
		  1);
}

/* What the database says is one thing for all machines. */
static void test_of_all(void **state)
{
	struct db *db = *state;

	database_do(db,
		    "INSERT INTO broadcast (id, kind, subject, body, made_at,"
		    " state) VALUES (9000, 'notice', '', '', NOW(6),"
		    " 'sending');"
		    "INSERT INTO message (broadcast, user, address, urgency,"
		    " due_at, state) VALUES (9000, 9001, 90011, 1,"
		    " UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, 'queued')");
	check_int("bad", look(db, 0, 0), 0);
	site.machine = "server2";
	check_int("told by who comes first", look(db, 2, 0), 1);
	site.machine = "server1";
	check_int("not by the other", look(db, 3, 0), 0);
	check_int("told", mails(db, "【異常】送信を待つメール"), 1);
}

/* Feeds and decisions have their own mails. */
static void test_not(void **state)
{
	static const char *const feeds[] = { "https://feed.example/x.xml" };
	struct db *db = *state;
	struct health h;

	site.feeds = feeds;
	site.feed_count = 1;
	database_do(
		db,
		"INSERT INTO feed (url, known_at, asked_at, failures) VALUES"
		" ('https://feed.example/x.xml', UTC_TIMESTAMP() -"
		" INTERVAL 1 DAY, UTC_TIMESTAMP(), 9);"
		"INSERT INTO event (kind, event_key, title, made_at, state)"
		" VALUES ('other', 'h', 'x', UTC_TIMESTAMP() -"
		" INTERVAL 1 HOUR, 'prepared')");
	assert_int_equal(health_look(db, &site, now, &h), 0);
	check_int("both are bad", h.counts[HEALTH_BAD], 2);
	check_int("bad", look(db, 0, 0), 0);
	check_int("for long", look(db, 9, 0), 0);
	check_int("no mail of these", mails(db, ""), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_once),    TEST(test_short),  TEST(test_flapping),
		TEST(test_several), TEST(test_of_all), TEST(test_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
