#include "test.h"

#include "model/user.h"
#include "people.h"

static void test_find(void **state)
{
	struct db *db = *state;
	struct user u;

	people_make(db);
	assert_int_equal(user_find(db, 900, 9002, &u), 1);
	check_str("number", u.staff_no, "T9002");
	check_str("group", u.group, "課一");
	check_int("of another bureau", user_find(db, 902, 9002, &u), 0);
	check_int("by number", user_find_staff_no(db, 901, "T9001", &u), 1);
	check_int("id", u.id, 9001);
	check_int("unknown", user_find_staff_no(db, 0, "T0", &u), 0);
}

static void test_search(void **state)
{
	struct db *db = *state;
	static const struct {
		const char *name;
		int64_t account;
		const char *text;
		int want;
	} rows[] = {
		{ "by the begin of the number", 900, "T900", 6 },
		{ "a number within a name", 900, "9001", 1 }, /* in the name */
		{ "by name", 900, "試験9003", 1 },
		{ "within reach", 902, "T900", 2 },
		{ "nobody", 900, "％", 0 },
		{ "not who left", 900, "T9007", 0 },
	};

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct user *list;
		int n = 0;

		assert_int_equal(user_search(db, rows[i].account, rows[i].text,
					     100, &list),
				 0);
		for (; list != NULL; list = list->next)
			n++;
		check_int(rows[i].name, n, rows[i].want);
	}
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_find),
		TEST(test_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
