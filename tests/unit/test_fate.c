#include "test.h"

#include "base/time.h"
#include "base/token.h"
#include "key_file.h"
#include "mail/mail_log.h"
#include "model/fate.h"
#include "people.h"

static struct fate_site site = { .name = "mx1",
				 .domain = "a.example",
				 .bounce_domain = "b.example" };

static const int64_t now = INT64_C(1795780800) * TIME_SECOND;

static void make(struct db *db)
{
	const char *path = key_file("1 " KEY_ONE "\n", 0600);

	if (site.links == NULL)
		site.links = token_keys_load(path);
	unlink(path);
	assert_non_null(site.links);
	people_make(db);
	database_do(
		db,
		"INSERT INTO event (id, kind, event_key, state, title, made_at)"
		" VALUES (77, 'quake', 'x', 'sent', 'x', UTC_TIMESTAMP(6));"
		"INSERT INTO broadcast (id, event, kind, subject, body, state,"
		"       made_at) VALUES"
		" (901, 77, 'safety', 's', 'b', 'sent', UTC_TIMESTAMP(6)),"
		" (902, NULL, 'notice', 's', 'b', 'sent', UTC_TIMESTAMP(6));"
		"INSERT INTO delivery (broadcast, messages, handed) VALUES"
		" (901, 3, 3), (902, 1, 1);"
		"INSERT INTO message (id, broadcast, user, urgency, state,"
		"       due_at) VALUES"
		" (1, 901, 9001, 1, 'handed', UTC_TIMESTAMP(6)),"
		" (2, 901, 9002, 1, 'handed', UTC_TIMESTAMP(6)),"
		" (3, 901, 9003, 1, 'sending', UTC_TIMESTAMP(6)),"
		" (4, 902, 9001, 1, 'handed', UTC_TIMESTAMP(6));");
}

/* Lines of a log, each with %m for nothing but its own text. */
static int take(struct db *db, const char *const lines[], size_t count,
		int64_t place)
{
	struct fates *f = fate_begin(db->arena, &site, (int64_t)count);
	const struct fate_place at = { .inode = 5, .place = place };
	struct mail_log_line line;

	for (size_t i = 0; i < count; i++) {
		const char *text =
			arena_fmt(db->arena, "Nov 27 11:37:%02d h postfix/%s",
				  (int)(i + place) % 60, lines[i]);

		if (mail_log_parse(db->arena, text, strlen(text), now, 0,
				   &line) == 1)
			fate_line(f, &line);
	}
	return fate_store(db, f, &at);
}

static const char *id_line(struct db *db, const char *queue, int message)
{
	return arena_fmt(db->arena,
			 "cleanup[1]: %s: message-id=<%d.6f@a.example>", queue,
			 message);
}

static const char *from_line(struct db *db, const char *queue, int broadcast,
			     int user)
{
	return arena_fmt(
		db->arena, "qmgr[1]: %s: from=<b-%s@b.example>, x", queue,
		token_make_local(db->arena, site.links, TOKEN_BOUNCE,
				 (uint32_t)broadcast, (uint32_t)user, 0));
}

static const char *fate_line_of(struct db *db, const char *queue,
				const char *dsn, const char *status)
{
	return arena_fmt(db->arena,
			 "docomo[1]: %s: to=<taro@d.example>, relay=r, dsn=%s, "
			 "status=%s",
			 queue, dsn, status);
}

static void check_message(struct db *db, int id, const char *want)
{
	struct stmt *s = db_prepare(
		db, "SELECT CONCAT_WS(' ', fate, deferrals, cause, fate_status)"
		    " FROM message WHERE id = ?");

	db_bind_int(s, id);
	assert_int_equal(db_step(s), 1);
	check_str("message", db_text(s, 0), want);
	db_step(s);
}

static void check_counts(struct db *db, int broadcast, const char *want)
{
	struct stmt *s = db_prepare(
		db, "SELECT CONCAT_WS(' ', accepted, deferred, bounced)"
		    " FROM delivery WHERE broadcast = ?");

	db_bind_int(s, broadcast);
	assert_int_equal(db_step(s), 1);
	check_str("counts", db_text(s, 0), want);
	db_step(s);
}

static void test_whole(void **state)
{
	struct db *db = *state;
	struct fate_place place;
	const char *lines[8];

	make(db);
	assert_int_equal(fate_place_find(db, "mx1", &place), 0);
	lines[0] = id_line(db, "AAAAA1", 1);
	lines[1] = from_line(db, "AAAAA1", 901, 9001);
	lines[2] = fate_line_of(db, "AAAAA1", "2.0.0", "sent (250 ok)");
	lines[3] = "qmgr[1]: AAAAA1: removed";
	lines[4] = id_line(db, "AAAAA2", 2);
	lines[5] = from_line(db, "AAAAA2", 901, 9002);
	lines[6] = fate_line_of(db, "AAAAA2", "4.2.2", "deferred (452 full)");
	/* The sender of one has not been written yet. */
	lines[7] = id_line(db, "AAAAA3", 3);
	assert_int_equal(take(db, lines, 8, 1), 2);
	check_message(db, 1, "accepted 0  r 250 ok");
	check_message(db, 2, "deferred 1 full r 452 full");
	check_message(db, 3, " 0  ");
	check_counts(db, 901, "1 1 0");
	check_int("waiting",
		  database_int(db, "SELECT COUNT(*) FROM mail_queue"), 2);
	check_int("clock",
		  database_int(db, "SELECT COUNT(*) FROM stage"
				   " WHERE event = 77"
				   "   AND broadcast = 901"),
		  2);
	assert_int_equal(fate_place_find(db, "mx1", &place), 1);
	check_int("place", place.place, 1);

	/* The same lines again change nothing but what is counted by line. */
	assert_int_equal(take(db, lines, 4, 2), 1);
	check_counts(db, 901, "1 1 0");

	lines[0] = from_line(db, "AAAAA3", 901, 9003);
	lines[1] = fate_line_of(db, "AAAAA3", "5.1.1", "bounced (550 no)");
	lines[2] = "qmgr[1]: AAAAA3: removed";
	lines[3] = fate_line_of(db, "AAAAA2", "4.2.2", "deferred (452 full)");
	lines[4] = fate_line_of(db, "AAAAA2", "2.0.0", "sent (250 ok)");
	lines[5] = "qmgr[1]: AAAAA2: removed";
	assert_int_equal(take(db, lines, 6, 3), 2);
	check_message(db, 3, "bounced 0 unknown r 550 no");
	check_message(db, 2, "accepted 2  r 250 ok");
	check_counts(db, 901, "2 0 1");
	check_int("none waits",
		  database_int(db, "SELECT COUNT(*)"
				   "  FROM mail_queue"),
		  0);
}

/* What is not ours, or not whose it says. */
static void test_forged(void **state)
{
	struct db *db = *state;
	const char *lines[16];
	size_t n = 0;

	make(db);
	/* Another person's token. */
	lines[n++] = id_line(db, "AAAAA1", 1);
	lines[n++] = from_line(db, "AAAAA1", 901, 9002);
	lines[n++] = fate_line_of(db, "AAAAA1", "2.0.0", "sent (ok)");
	/* No token. */
	lines[n++] = id_line(db, "AAAAA2", 2);
	lines[n++] = "qmgr[1]: AAAAA2: from=<x@b.example>, size=1";
	lines[n++] = fate_line_of(db, "AAAAA2", "2.0.0", "sent (ok)");
	/* A token of another domain. */
	lines[n++] = id_line(db, "AAAAA3", 3);
	lines[n++] = arena_fmt(db->arena,
			       "qmgr[1]: AAAAA3: from=<b-%s@evil.example>, x",
			       token_make_local(db->arena, site.links,
						TOKEN_BOUNCE, 901, 9003, 0));
	lines[n++] = fate_line_of(db, "AAAAA3", "2.0.0", "sent (ok)");
	/* A Message-ID of nobody. */
	lines[n++] = "cleanup[1]: AAAAA4: message-id=<xyz@a.example>";
	lines[n++] = from_line(db, "AAAAA4", 902, 9001);
	lines[n++] = fate_line_of(db, "AAAAA4", "2.0.0", "sent (ok)");
	/* A fate of a queue id that nothing is known of. */
	lines[n++] = fate_line_of(db, "AAAAA5", "2.0.0", "sent (ok)");
	assert_true(take(db, lines, n, 1) >= 0);
	check_int("none",
		  database_int(db, "SELECT COUNT(*) FROM message"
				   " WHERE fate <> ''"),
		  0);
	check_counts(db, 901, "0 0 0");
}

/* A queue id is used again, and a message may have two. */
static void test_again(void **state)
{
	struct db *db = *state;
	const char *lines[16];
	size_t n = 0;

	make(db);
	lines[n++] = id_line(db, "AAAAA1", 1);
	lines[n++] = from_line(db, "AAAAA1", 901, 9001);
	lines[n++] = fate_line_of(db, "AAAAA1", "5.0.0", "bounced (no)");
	lines[n++] = "qmgr[1]: AAAAA1: removed";
	lines[n++] = id_line(db, "AAAAA1", 4);
	lines[n++] = from_line(db, "AAAAA1", 902, 9001);
	lines[n++] = fate_line_of(db, "AAAAA1", "2.0.0", "sent (ok)");
	lines[n++] = "qmgr[1]: AAAAA1: removed";
	lines[n++] = id_line(db, "AAAAA2", 1);
	lines[n++] = from_line(db, "AAAAA2", 901, 9001);
	lines[n++] = fate_line_of(db, "AAAAA2", "2.0.0", "sent (ok)");
	assert_int_equal(take(db, lines, n, 1), 2);
	check_message(db, 1, "accepted 0  r ok");
	check_message(db, 4, "accepted 0  r ok");
	check_counts(db, 901, "1 0 0");
	check_counts(db, 902, "1 0 0");
	/* Given up after many a "later". */
	n = 0;
	lines[n++] = id_line(db, "AAAAA3", 2);
	lines[n++] = from_line(db, "AAAAA3", 901, 9002);
	lines[n++] = fate_line_of(db, "AAAAA3", "4.4.1", "deferred (none)");
	lines[n++] = "qmgr[1]: AAAAA3: from=<x@b.example>, status=expired, "
		     "returned to sender";
	lines[n++] = "qmgr[1]: AAAAA3: removed";
	assert_int_equal(take(db, lines, n, 2), 1);
	check_message(db, 2, "bounced 1 unreachable r none");
	check_counts(db, 901, "1 0 1");
	/* A stranger's mail under the queue id of one whose end was not read.
	 */
	database_do(db, "INSERT INTO mail_queue VALUES"
			" ('mx1', 'AAAAA4', 3, 901, 9003, UTC_TIMESTAMP(6));");
	n = 0;
	lines[n++] = "cleanup[1]: AAAAA4: message-id=<x@c.example>";
	lines[n++] = "qmgr[1]: AAAAA4: from=<x@c.example>, x";
	lines[n++] = fate_line_of(db, "AAAAA4", "2.0.0", "sent (ok)");
	assert_int_equal(take(db, lines, n, 3), 0);
	check_message(db, 3, " 0  ");
	check_int("forgotten",
		  database_int(db, "SELECT COUNT(*) FROM mail_queue"
				   " WHERE queue_id = 'AAAAA4'"),
		  0);
	/* Long ones differ by case. */
	n = 0;
	lines[n++] = id_line(db, "4Pt2mN2VXxznjll", 1);
	lines[n++] = id_line(db, "4Pt2mN2VXxznjLL", 2);
	assert_int_equal(take(db, lines, n, 4), 0);
	lines[0] = "qmgr[1]: 4Pt2mN2VXxznjll: removed";
	assert_int_equal(take(db, lines, 1, 5), 0);
	check_int("the other stays",
		  database_int(db, "SELECT message FROM mail_queue"
				   " WHERE queue_id LIKE '4Pt%'"),
		  2);
	assert_int_equal(fate_tidy(db), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_whole, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_forged, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_again, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
