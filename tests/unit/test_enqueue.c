#include "test.h"

#include <stdio.h>

#include "model/broadcast.h"
#include "model/enqueue.h"
#include "people.h"

static int64_t make(struct db *db, int64_t retry_of)
{
	static struct target all = { .kind = "all", .item = "" };
	struct broadcast_draft d = {
		.kind = "safety",
		.subject = "安否確認",
		.body = "",
		.targets = &all,
		.retry_of = retry_of,
		.account = 900,
		.expected = -1,
	};
	int64_t id;

	/* Retries of one broadcast are minutes apart. */
	database_do(db, "UPDATE broadcast SET made_at = made_at"
			" - INTERVAL 5 MINUTE");
	assert_int_equal(broadcast_make(db, &d, &id, NULL), BROADCAST_MADE);
	return id;
}

static void check_count(struct db *db, const char *name, const char *what,
			int64_t id, long long want)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "%s %lld", what, (long long)id);
	check_int(name, database_int(db, arena_strdup(db->arena, sql)), want);
}

static void check_enqueued(struct db *db, int64_t id)
{
	struct broadcast b;

	assert_int_equal(broadcast_find(db, 900, id, &b), 1);
	check_str("state", b.state, "sending");
	check_int("recipients", b.recipients, 6);
	check_int("messages", b.messages, 5);
	check_int("queued", b.queued, 5);
	check_count(db, "recipient rows",
		    "SELECT COUNT(*) FROM recipient WHERE broadcast =", id, 6);
	check_count(db, "to the first place",
		    "SELECT SUM(address % 10 = 1) FROM message"
		    " WHERE broadcast =",
		    id, 5);
	check_count(db, "stage",
		    "SELECT COUNT(*) FROM stage WHERE name = 'enqueued'"
		    " AND broadcast =",
		    id, 1);
}

static void test_at_once_and_in_slices(void **state)
{
	struct db *db = *state;
	static const int sizes[] = { 25000, 1, 2, 3, 6, 7 };

	people_make(db);
	for (size_t i = 0; i < LEN(sizes); i++) {
		int64_t id = make(db, 0), *ids;
		int rc, slices = 0;

		enqueue_slice_people = sizes[i];
		assert_true(enqueue_list(db, &ids) == 1 && ids[0] == id);
		while ((rc = enqueue_slice(db, id)) > 0)
			assert_true(slices++ < 9);
		check_int("done", rc, 0);
		check_int("done again", enqueue_slice(db, id), 0);
		check_enqueued(db, id);
	}
	enqueue_slice_people = 25000;
}

static void test_dead_addresses(void **state)
{
	struct db *db = *state;
	int64_t id;

	people_make(db);
	database_do(db, "UPDATE address SET state = 'dead'"
			" WHERE id IN (90011, 90021, 90022)");
	id = make(db, 0);
	check_int("done", enqueue_slice(db, id), 0);
	check_count(db, "the next one",
		    "SELECT address FROM message WHERE user = 9001 AND"
		    " broadcast =",
		    id, 90012);
	check_count(db, "all dead: the first",
		    "SELECT address FROM message WHERE user = 9002 AND"
		    " broadcast =",
		    id, 90021);
}

static void test_retry_goes_to_the_next_address(void **state)
{
	struct db *db = *state;
	static const int want[] = { 90012, 90011 };
	int64_t root;

	people_make(db);
	root = make(db, 0);
	check_int("done", enqueue_slice(db, root), 0);
	database_do(db, "UPDATE recipient SET answered_at = NOW(6)"
			" WHERE user = 9003");
	for (size_t i = 0; i < LEN(want); i++) {
		int64_t id = make(db, root);

		check_int("done", enqueue_slice(db, id), 0);
		check_count(db, "place",
			    "SELECT address FROM message WHERE user = 9001"
			    " AND broadcast =",
			    id, want[i]);
		check_count(db, "who answered is left alone",
			    "SELECT COUNT(*) FROM message WHERE user = 9003"
			    " AND broadcast =",
			    id, 0);
	}
}

static void test_cancelled_is_not_enqueued(void **state)
{
	struct db *db = *state;
	int64_t id;

	people_make(db);
	id = make(db, 0);
	check_int("cancel", broadcast_cancel(db, 900, NULL, id), 1);
	check_int("nothing to do", enqueue_slice(db, id), 0);
	check_count(db, "no message",
		    "SELECT COUNT(*) FROM message WHERE broadcast =", id, 0);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_at_once_and_in_slices),
		TEST(test_dead_addresses),
		TEST(test_retry_goes_to_the_next_address),
		TEST(test_cancelled_is_not_enqueued),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
