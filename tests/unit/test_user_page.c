#include "test.h"

#include "people.h"

#include "model/user.h"

static void test_page(void **state)
{
	struct db *db = *state;
	struct user_group *groups;
	struct user_region *regions;
	struct user_address *addresses;
	struct user_answer *answers;
	struct user_account *accounts;
	int64_t others;

	people_make(db);
	assert_int_equal(user_groups(db, 902, 9005, &groups, &others), 0);
	check_str("his own group", groups->name, "局二");
	check_str("above it", groups->path, "省");
	check_int("others", others, 1);
	assert_null(groups->next);
	assert_int_equal(user_regions(db, 9003, &regions), 0);
	check_str("work", regions->prefecture, "東京都");
	check_str("home", regions->next->name, "神奈川県");
	assert_int_equal(user_addresses(db, 9001, &addresses), 0);
	check_str("domain", addresses->domain, "docomo.example");
	assert_int_equal(user_answers(db, 9001, 5, &answers), 0);
	assert_null(answers);
	database_do(db, "UPDATE account SET user = 9001 WHERE id = 901");
	assert_int_equal(user_accounts(db, 9001, &accounts), 0);
	check_str("login", accounts->login, "t901");
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
