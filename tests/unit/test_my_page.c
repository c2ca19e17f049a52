#include "test.h"

#include "base/time.h"
#include "model/audit.h"
#include "model/my_page.h"
#include "people.h"

static const struct audit audit = { .actor = "x", .network = "192.0.2.1" };

static void test_find(void **state)
{
	struct db *db = *state;
	struct my_person p;

	people_make(db);
	assert_int_equal(my_page_find(db, 9002, &p), 1);
	check_str("name", p.name, "試験9002");
	check_str("group", p.group, "課一");
	check_int("language", p.english, 0);
	check_int("not closed", p.closed_at, 0);
	check_int("who left", my_page_find(db, 9007, &p), 0);
	check_int("nobody", my_page_find(db, 1, &p), 0);
}

static void test_change(void **state)
{
	struct db *db = *state;
	struct my_person p;
	int64_t now = time_now();

	people_make(db);
	assert_int_equal(my_page_set_language(db, &audit, 9001, true), 0);
	assert_int_equal(my_page_close(db, &audit, 9001, now), 0);
	assert_int_equal(my_page_find(db, 9001, &p), 1);
	check_int("English", p.english, 1);
	check_int("closed", p.closed_at, now);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit WHERE object ="
				   " 'user 9001' AND people = 1 AND actor ="
				   " 'my page' AND network = '192.0.2.1'"),
		  2);
	assert_int_equal(my_page_set_language(db, &audit, 9001, false), 0);
	assert_int_equal(my_page_find(db, 9001, &p), 1);
	check_int("Japanese", p.english, 0);
	assert_int_equal(my_page_set_language(db, &audit, 9001, false), 0);
	check_int("an admin's open form is told of each change",
		  database_int(db, "SELECT version FROM user"
				   " WHERE id = 9001 AND changed_by IS NULL"
				   "   AND changed_at IS NOT NULL"),
		  2);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_find),
		TEST(test_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
