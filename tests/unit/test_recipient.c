#include "test.h"

#include "model/broadcast.h"
#include "model/enqueue.h"
#include "model/recipient.h"
#include "model/tally.h"
#include "people.h"

/* A check to all, of which 9001 is safe, 9002 hurt and said more; the mails of
 * 9003 and 9004 were handed, to 9004's dead address. */
static int64_t make(struct db *db)
{
	static struct target all = { .kind = "all", .item = "" };
	struct broadcast_draft d = {
		.kind = "safety",
		.subject = "安否確認",
		.body = "本文",
		.targets = &all,
		.questions = broadcast_safety_questions(db->arena),
		.account = 900,
		.expected = 6,
	};
	struct question *q;
	int64_t id;

	people_make(db);
	assert_int_equal(broadcast_make(db, &d, &id, NULL), BROADCAST_MADE);
	assert_int_equal(enqueue_slice(db, id), 0);
	assert_int_equal(broadcast_questions(db, id, &q), 0);
	database_do(
		db,
		arena_fmt(
			db->arena,
			"INSERT INTO answer (broadcast, user, at, channel,"
			"        choices, comment) VALUES"
			" (%lld, 9002, '2026-01-01', 'link', '', '足を打った');"
			"INSERT INTO answer_choice VALUES"
			" (%lld, 9001, %lld), (%lld, 9002, %lld);"
			"UPDATE recipient SET answered_at = '2026-01-01',"
			"  first_at = '2026-01-01'"
			" WHERE user IN (9001, 9002);"
			"UPDATE message SET state = 'handed'"
			" WHERE user IN (9003, 9004);"
			"UPDATE address SET state = 'dead'"
			" WHERE user = 9004",
			(long long)id, (long long)id, (long long)q->choices->id,
			(long long)id, (long long)q->choices->next->id));
	return id;
}

static void test_filters(void **state)
{
	struct db *db = *state;
	int64_t id = make(db);
	int64_t choice = database_int(db, "SELECT MIN(choice)"
					  "  FROM answer_choice"
					  " WHERE user = 9001");
	const struct {
		const char *name;
		int64_t account;
		struct recipient_query query;
		long long want;
	} rows[] = {
		{ "all", 900, { .broadcast = id }, 6 },
		{ "answered",
		  900,
		  { .broadcast = id, .filter = RECIPIENT_ANSWERED },
		  2 },
		{ "unanswered",
		  900,
		  { .broadcast = id, .filter = RECIPIENT_UNANSWERED },
		  4 },
		{ "to be phoned",
		  900,
		  { .broadcast = id, .filter = RECIPIENT_UNDELIVERED },
		  3 },
		{ "his own", 901, { .broadcast = id }, 4 },
		{ "his own, unanswered",
		  901,
		  { .broadcast = id, .filter = RECIPIENT_UNANSWERED },
		  2 },
		{ "a group", 900, { .broadcast = id, .group = 911 }, 3 },
		{ "a group and below",
		  900,
		  { .broadcast = id, .group = 910 },
		  4 },
		{ "works or lives there",
		  900,
		  { .broadcast = id, .region = "14" },
		  2 },
		{ "works there",
		  900,
		  { .broadcast = id, .region = "14", .work = true },
		  1 },
		{ "works there, in a town of it",
		  901,
		  { .broadcast = id,
		    .region = "13",
		    .work = true,
		    .filter = RECIPIENT_UNANSWERED },
		  1 },
		{ "by number", 900, { .broadcast = id, .text = "T9005" }, 1 },
		{ "by name", 900, { .broadcast = id, .text = "試験900" }, 6 },
		{ "a group that answered",
		  900,
		  { .broadcast = id,
		    .group = 911,
		    .filter = RECIPIENT_ANSWERED },
		  1 },
		{ "a choice", 900, { .broadcast = id, .choice = choice }, 1 },
		{ "a choice of who did not answer",
		  900,
		  { .broadcast = id,
		    .choice = choice,
		    .filter = RECIPIENT_UNANSWERED },
		  0 },
		{ "a group out of reach",
		  901,
		  { .broadcast = id, .group = 920 },
		  1 },
		{ "another broadcast", 900, { .broadcast = id + 1 }, 0 },
	};

	/* One by one, then by the counters. */
	for (int counted = 0; counted <= 1; counted++) {
		if (counted) {
			assert_true(tally_fold(db, id) > 0);
			assert_int_equal(tally_rebuild(db, id), 0);
		}
		for (size_t i = 0; i < LEN(rows); i++)
			check_int(rows[i].name,
				  recipient_count(db, rows[i].account,
						  &rows[i].query),
				  rows[i].want);
	}
	database_do(db, "UPDATE tally SET people = 77"
			" WHERE grp = 0 AND kind = 'asked'");
	check_int("the counter is read",
		  recipient_count(db, 900, &rows[0].query), 77);
	database_do(db, "UPDATE tally_state SET stale = TRUE");
	check_int("not while it is stale",
		  recipient_count(db, 900, &rows[0].query), 6);
}

static void test_rows(void **state)
{
	struct db *db = *state;
	struct recipient_query q = { .broadcast = make(db), .most = 4 };
	struct recipient *r;

	assert_int_equal(recipient_list(db, 900, &q, &r), 0);
	check_str("number", r->staff_no, "T9001");
	check_str("group", r->group, "局一");
	check_str("answer", r->answer, "無事");
	check_str("mark", r->marks, "good");
	check_str("not handed", r->delivery, "queued");
	r = r->next;
	check_str("comment", r->comment, "足を打った");
	r = r->next->next;
	check_int("fourth", r->user, 9004);
	check_str("handed", r->delivery, "handed");
	check_str("address", r->address, "dead");
	assert_true(r->answered_at == 0 && r->next == NULL);
	q.after = 9004;
	assert_int_equal(recipient_list(db, 900, &q, &r), 0);
	check_int("next page", r->user, 9005);
	check_str("without address", r->next->delivery, "");
	assert_null(r->next->next);
}

static void add_message(struct db *db, int64_t broadcast, int address,
			const char *state_and_fate)
{
	database_do(db,
		    arena_fmt(db->arena,
			      "INSERT INTO message (broadcast, user,"
			      "  address, urgency, due_at, state, fate)"
			      " VALUES (%lld, 9003, %d, 1, NOW(), %s)",
			      (long long)broadcast, address, state_and_fate));
}

/* What the receiver did with the mails of 9003, who has not answered. */
static void test_fates(void **state)
{
	static const struct {
		const char *name, *message, *second, *delivery;
		int phoned;
	} rows[] = {
		{ "handed", "'handed', ''", NULL, "handed", 0 },
		{ "accepted", "'handed', 'accepted'", NULL, "accepted", 0 },
		{ "put off", "'handed', 'deferred'", NULL, "deferred", 0 },
		{ "bounced", "'handed', 'bounced'", NULL, "bounced", 1 },
		{ "refused by the relay", "'refused', ''", NULL, "refused", 1 },
		{ "another mail arrived", "'handed', 'bounced'",
		  "'handed', 'accepted'", "accepted", 0 },
		{ "the newer bounced", "'handed', 'accepted'",
		  "'handed', 'bounced'", "accepted", 0 },
		{ "both bounced", "'handed', 'bounced'", "'handed', 'bounced'",
		  "bounced", 1 },
		{ "and one is to go", "'handed', 'bounced'", "'queued', ''",
		  "bounced", 1 },
	};
	struct db *db = *state;
	struct recipient_query q = { .broadcast = make(db),
				     .filter = RECIPIENT_UNDELIVERED,
				     .most = 1 },
			       one = { .broadcast = q.broadcast, .most = 1 };
	struct recipient *r;

	q.user = one.user = 9003;
	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db, "DELETE FROM message WHERE user = 9003");
		add_message(db, q.broadcast, 90031, rows[i].message);
		if (rows[i].second != NULL)
			add_message(db, q.broadcast, 90032, rows[i].second);
		check_int(rows[i].name, recipient_count(db, 900, &q),
			  rows[i].phoned);
		assert_int_equal(recipient_list(db, 900, &one, &r), 0);
		check_str(rows[i].name, r->delivery, rows[i].delivery);
	}
}

static void test_links(void **state)
{
	struct db *db = *state;
	int64_t id = make(db);
	struct recipient_link *l;

	assert_int_equal(recipient_links(db, id, 9004, 10, &l), 0);
	check_int("root", l->root, id);
	check_str("number", l->staff_no, "T9005");
	assert_null(l->next->next);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_filters),
		TEST(test_rows),
		TEST(test_fates),
		TEST(test_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
