#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/audit.h"

static void test_add(void **state)
{
	struct db *db = *state;
	struct audit line = {
		.account = 0,
		.actor = "enqueue",
		.action = "broadcast enqueued",
		.object = "broadcast 12",
		.people = 11500,
	};

	check_int("added", audit_add(db, &line), 0);
	check_int("as given",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE account IS NULL"
				   "   AND actor = 'enqueue' AND network = ''"
				   "   AND object = 'broadcast 12'"
				   "   AND people = 11500 AND detail = ''"
				   "   AND at > UTC_TIMESTAMP() - INTERVAL 1"
				   " MINUTE"),
		  1);
}

/* Ten lines, a minute each from 2001-09-09T01:46:40Z on. */
static void make_lines(struct db *db)
{
	database_do(db, "INSERT INTO audit (at, actor, action, object, people)"
			" SELECT FROM_UNIXTIME(1000000000 + 60 * seq),"
			"        IF(seq <= 6, 'unit-a', 'unit-b'),"
			"        IF(seq MOD 2, 'user shown', 'unit moved'),"
			"        CONCAT('unit ', seq MOD 3), seq"
			"   FROM seq_1_to_10");
}

/* The people of each line, which number them. */
static const char *found(struct db *db, const struct audit_query *query)
{
	struct str s = { .arena = db->arena };
	struct audit_line *list;
	int64_t n = 0;

	assert_int_equal(audit_list(db, query, &list), 0);
	for (; list != NULL; list = list->next, n++)
		str_fmt(&s, "%d ", (int)list->people);
	check_int(str_text(&s), audit_count(db, query, 100), n);
	return str_text(&s);
}

static void test_list(void **state)
{
	static const int64_t start = 1000000000 * INT64_C(1000000);
	const int64_t third = start + 3 * (int64_t)TIME_MINUTE;
	const struct {
		const char *name;
		struct audit_query query;
		const char *want;
	} rows[] = {
		{ "who", { .actor = "unit-a" }, "6 5 4 3 2 1 " },
		{ "nobody", { .actor = "unit-" }, "" },
		{ "what", { .action = "unit" }, "10 8 6 4 2 " },
		{ "of what", { .object = "unit 1" }, "10 7 4 1 " },
		{ "when",
		  { .from = third, .until = third + 2 * TIME_MINUTE },
		  "4 3 " },
		{ "until", { .actor = "unit-a", .until = third }, "2 1 " },
		{ "all of it",
		  { .actor = "unit-b",
		    .action = "user",
		    .object = "unit 1",
		    .from = third },
		  "7 " },
	};
	struct db *db = *state;

	make_lines(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct audit_query query = rows[i].query;

		query.most = 100;
		check_str(rows[i].name, found(db, &query), rows[i].want);
	}
}

static void test_whose(void **state)
{
	struct db *db = *state;
	const struct audit_query query = { .actor = "unit-c",
					   .whose = "12",
					   .most = 100 };

	database_do(db,
		    "INSERT INTO audit (at, actor, action, object, people)"
		    " VALUES (UTC_TIMESTAMP(6), 'unit-c', 'x', 'user 12', 1),"
		    " (UTC_TIMESTAMP(6), 'unit-c', 'x', 'user 123', 2),"
		    " (UTC_TIMESTAMP(6), 'unit-c', 'x', 'broadcast 12', 3),"
		    " (UTC_TIMESTAMP(6), 'unit-c', 'x',"
		    "  'broadcast 3 user 12', 4),"
		    " (UTC_TIMESTAMP(6), 'unit-c', 'x', 'user', 5),"
		    " (UTC_TIMESTAMP(6), 'unit-c', 'x', '', 6)");
	check_str("his own, and of his", found(db, &query), "4 1 ");
}

static void test_paging(void **state)
{
	struct db *db = *state;
	struct audit_query query = { .actor = "unit-a", .most = 4 };
	struct audit_line *list, line;

	make_lines(db);
	assert_int_equal(audit_list(db, &query, &list), 0);
	for (; list != NULL; list = list->next)
		query.before = list->seq;
	assert_int_equal(audit_list(db, &query, &list), 0);
	check_int("goes on", list->people, 2);
	check_int("counted up to a limit", audit_count(db, &query, 5), 5);
	check_int("one", audit_find(db, list->seq, &line), 1);
	check_str("action", line.action, "unit moved");
	check_int("none", audit_find(db, INT64_MAX, &line), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_add, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_list, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_whose, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_paging, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
