#include "test.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_add, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
