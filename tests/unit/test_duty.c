#include "test.h"

#include "model/audit.h"
#include "model/duty.h"
#include "model/target.h"
#include "people.h"

static const struct audit admin = { .account = 900, .actor = "t900" };

/* 900 and 905 to 907 may decide; 906 is of nobody, 907's person has left. */
static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	database_do(*state, "UPDATE account SET user = 9001 WHERE id = 900;"
			    "INSERT INTO account (id, login, user, name, role,"
			    "                     password_hash) VALUES"
			    " (905, 'op5', 9002, '当直 五', 'operator', ''),"
			    " (906, 'op6', NULL, '当直 六', 'operator', ''),"
			    " (907, 'op7', 9007, '当直 七', 'operator', ''),"
			    " (908, 'op8', 9006, '当直 𠮷', 'operator', '')");
	return 0;
}

static struct duty *find(struct duty *list, int64_t account)
{
	while (list != NULL && list->account != account)
		list = list->next;
	assert_non_null(list);
	return list;
}

static void test_list(void **state)
{
	static const struct {
		const char *name;
		int64_t account;
		bool is_person, reachable;
	} rows[] = {
		{ "a system admin", 900, true, true },
		{ "an operator", 905, true, true },
		{ "of nobody", 906, false, false },
		{ "who has left", 907, false, false },
		{ "without an address", 908, true, false },
	};
	struct db *db = *state;
	struct duty *list;
	size_t n = 0;

	check_int("list", duty_list(db, &list), 0);
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct duty *d = find(list, rows[i].account);

		check_int(rows[i].name, d->is_person, rows[i].is_person);
		check_int(rows[i].name, d->reachable, rows[i].reachable);
		check_int(rows[i].name, d->step, 0);
	}
	for (const struct duty *d = list; d != NULL; d = d->next)
		n++;
	check_int("no group admin, nobody shut", (long long)n, LEN(rows));
}

static void test_empty_is_all_operators(void **state)
{
	struct db *db = *state;
	struct target *t;

	check_int("one step", duty_next_step(db, 0), 1);
	check_int("again and again", duty_next_step(db, 1), 1);
	check_int("who", duty_targets(db, 1, &t), 0);
	check_str("an operator", t->item, "9002");
	check_str("and another", t->next->item, "9006");
	assert_null(t->next->next);
}

static void test_save(void **state)
{
	struct db *db = *state;
	struct duty *list;
	struct target *t;
	const char *seen;

	assert_int_equal(duty_list(db, &list), 0);
	seen = duty_seen(db, list);
	check_str("empty", seen, "");
	check_int("nothing new", duty_save(db, &admin, list, seen), DUTY_SAME);
	find(list, 905)->step = 1;
	find(list, 900)->step = 3;
	find(list, 907)->step = 2; /* nobody to be paged */
	check_int("saved", duty_save(db, &admin, list, seen), DUTY_SAVED);
	check_int("from an older page", duty_save(db, &admin, list, seen),
		  DUTY_MOVED);
	check_int("first", duty_next_step(db, 0), 1);
	check_int("who cannot be paged is passed over", duty_next_step(db, 1),
		  3);
	check_int("the last one has none above", duty_next_step(db, 3), 3);
	check_int("targets", duty_targets(db, 3, &t), 0);
	check_str("the admin", t->item, "9001");
	assert_null(t->next);
	check_int("nobody", duty_targets(db, 9, &t), 0);
	assert_null(t);
	check_int("audited with before and after",
		  database_int(
			  db,
			  "SELECT COUNT(*) FROM audit"
			  " WHERE action = 'duty list change'"
			  "   AND detail ="
			  "       'before=\"\" after=\"op5=1 op7=2 t900=3\"'"),
		  1);
	assert_int_equal(duty_list(db, &list), 0);
	check_int("in its order", list->account, 905);
	check_str("as seen", duty_seen(db, list), "905=1 907=2 900=3");
	find(list, 905)->step = find(list, 900)->step = 0;
	check_int("taken off", duty_save(db, &admin, list, "905=1 907=2 900=3"),
		  DUTY_SAVED);
	check_int("a list of nobody who can be paged", duty_next_step(db, 0),
		  0);
}

/* What is too long for a line of the audit takes several. */
static void test_long_list(void **state)
{
	struct db *db = *state;
	struct duty *list;
	const char *seen;

	database_do(db, "INSERT INTO account (id, login, name, role,"
			"       password_hash)"
			" SELECT 5000 + seq, CONCAT('operator-of-night-', seq),"
			"        'x', 'operator', ''"
			"   FROM seq_1_to_100");
	assert_int_equal(duty_list(db, &list), 0);
	seen = duty_seen(db, list);
	for (struct duty *d = list; d != NULL; d = d->next)
		d->step = 1;
	check_int("saved", duty_save(db, &admin, list, seen), DUTY_SAVED);
	check_int("every one is in the audit",
		  database_int(db, "SELECT COUNT(*) FROM account a"
				   " WHERE a.id > 5000 AND EXISTS ("
				   "SELECT 1 FROM audit l"
				   " WHERE l.action = 'duty list change'"
				   "   AND l.detail LIKE"
				   "       CONCAT('% ', a.login, '=1%'))"),
		  100);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_list),
		TEST(test_empty_is_all_operators),
		TEST(test_save),
		TEST(test_long_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
