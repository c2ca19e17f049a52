#include "test.h"

#include "model/role.h"

static void test_table(void **state)
{
	static const struct {
		const char *name;
		enum scope scope;
		bool counts, people, everything, overseas, decide, audit;
		bool status;
	} rows[] = {
		{ "none", SCOPE_NOBODY, 0, 0, 0, 0, 0, 0, 0 },
		{ "system_admin", SCOPE_EVERYBODY, 1, 1, 1, 1, 1, 1, 1 },
		{ "group_admin", SCOPE_OWN_GROUPS, 1, 1, 0, 0, 0, 0, 0 },
		{ "overseas_admin", SCOPE_EVERYBODY, 1, 0, 0, 1, 0, 0, 0 },
		{ "operator", SCOPE_EVERYBODY, 1, 0, 0, 0, 1, 0, 1 },
		{ "auditor", SCOPE_NOBODY, 0, 0, 0, 0, 0, 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].name;
		enum role role = role_parse(name);

		check_str(name, role_name(role), name);
		check_int(name, role_scope(role), rows[i].scope);
		check_int(name, role_may(role, RIGHT_SIGNED_IN), i > 0);
		check_int(name, role_may(role, RIGHT_COUNTS), rows[i].counts);
		check_int(name, role_may(role, RIGHT_PEOPLE), rows[i].people);
		check_int(name, role_may(role, RIGHT_SYSTEM),
			  rows[i].everything);
		check_int(name, role_may(role, RIGHT_OVERSEAS),
			  rows[i].overseas);
		check_int(name, role_may(role, RIGHT_DECIDE), rows[i].decide);
		check_int(name, role_may(role, RIGHT_AUDIT), rows[i].audit);
		check_int(name, role_may(role, RIGHT_STATUS), rows[i].status);
	}
	check_int("no such role", role_parse("root"), ROLE_NONE);
	check_str("home", role_home(ROLE_AUDITOR), "/audit");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
