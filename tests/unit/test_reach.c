#include "test.h"

#include "database.h"
#include "model/reach.h"

/* Group 901 with 902 below it, 903 apart; a person in each. */
static void make_people(struct db *db)
{
	database_do(db,
		    "INSERT INTO user (id, staff_no, name) VALUES"
		    " (911, 'R911', 'a'), (912, 'R912', 'b'),"
		    " (913, 'R913', 'c');"
		    "INSERT INTO grp (id, parent, code, name) VALUES"
		    " (901, NULL, 'R901', 'x'), (902, 901, 'R902', 'y'),"
		    " (903, NULL, 'R903', 'z');"
		    "INSERT INTO grp_path (ancestor, descendant, depth) VALUES"
		    " (901, 901, 0), (901, 902, 1), (902, 902, 0),"
		    " (903, 903, 0);"
		    "INSERT INTO grp_member (grp, user) VALUES"
		    " (901, 911), (902, 912), (903, 913);"
		    "INSERT INTO account (id, login, name, role,"
		    "                     password_hash, state) VALUES"
		    " (921, 'r921', 'x', 'group_admin', '', 'active'),"
		    " (922, 'r922', 'x', 'group_admin', '', 'active'),"
		    " (923, 'r923', 'x', 'group_admin', '', 'active'),"
		    " (924, 'r924', 'x', 'group_admin', '', 'disabled'),"
		    " (925, 'r925', 'x', 'system_admin', '', 'active'),"
		    " (926, 'r926', 'x', 'system_admin', '', 'disabled'),"
		    " (927, 'r927', 'x', 'operator', '', 'active'),"
		    " (928, 'r928', 'x', 'auditor', '', 'active');"
		    "INSERT INTO grp_admin (account, grp) VALUES"
		    " (921, 901), (922, 902), (924, 901);");
}

static int64_t count(struct db *db, const char *sql, int64_t account)
{
	struct reach reach;
	struct stmt *s;
	int64_t n;

	assert_int_equal(reach_find(db, account, &reach), 0);
	s = db_prepare(db, sql);
	reach_bind(s, &reach);
	assert_int_equal(db_step(s), 1);
	n = db_int(s, 0);
	assert_int_equal(db_step(s), 0);
	return n;
}

static void test_reach(void **state)
{
	static const char people[] =
		"SELECT COUNT(*) FROM user u"
		" WHERE u.id BETWEEN 911 AND 913 AND " REACH_OF("u.id");
	static const char groups[] =
		"SELECT COUNT(*) FROM grp g"
		" WHERE g.id BETWEEN 901 AND 903 AND " REACH_OF_GROUP("g.id");
	static const struct {
		const char *name;
		int64_t account, people, groups;
	} rows[] = {
		{ "the product itself", 0, 3, 3 },
		{ "admin of the upper group", 921, 2, 2 },
		{ "admin of the lower group", 922, 1, 1 },
		{ "group admin without a group", 923, 0, 0 },
		{ "shut group admin", 924, 0, 0 },
		{ "system admin", 925, 3, 3 },
		{ "shut system admin", 926, 0, 0 },
		{ "operator", 927, 3, 3 },
		{ "auditor", 928, 0, 0 },
		{ "no such account", 999, 0, 0 },
	};
	struct db *db = *state;

	make_people(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		check_int(rows[i].name, count(db, people, rows[i].account),
			  rows[i].people);
		check_int(rows[i].name, count(db, groups, rows[i].account),
			  rows[i].groups);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reach, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
