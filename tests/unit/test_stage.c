#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/stage.h"

static void test_clock(void **state)
{
	struct db *db = *state;
	struct stage *s;

	assert_int_equal(stage_set(db, 901, 5, STAGE_ENQUEUED, 9000000), 0);
	assert_int_equal(stage_set(db, 901, 0, STAGE_DECIDED, 3000000), 0);
	assert_int_equal(stage_set(db, 901, 0, STAGE_OCCURRED, 1000000), 0);
	assert_int_equal(stage_set(db, 901, 0, STAGE_OCCURRED, 2000000), 0);
	assert_int_equal(stage_set_once(db, 901, 0, STAGE_DECIDED, 8000000), 0);
	/* Not known: nothing is noted. */
	assert_int_equal(stage_set(db, 901, 0, STAGE_FETCHED, 0), 0);
	assert_int_equal(stage_list(db, 901, &s), 0);
	check_str("first", stage_text(s->name), "occurred");
	check_int("replaced", s->at, 2000000);
	s = s->next;
	check_str("second", stage_text(s->name), "decided");
	check_int("the first stays", s->at, 3000000);
	s = s->next;
	check_str("then the broadcast", stage_text(s->name), "enqueued");
	check_int("whose", s->broadcast, 5);
	assert_null(s->next);
	assert_int_equal(stage_list(db, 999, &s), 0);
	assert_null(s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_clock, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
