#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/terms.h"

static void test_of_the_settings(void **state)
{
	static const struct {
		const char *kind;
		int64_t hours;
	} rows[] = {
		{ "safety", 48 },
		{ "drill", 72 },
		{ "info", 0 },
		{ "x", 0 },
	};
	struct db *db = *state;
	struct terms t;

	assert_int_equal(terms_find(db, "safety", &t), 0);
	check_int("the product's own: never closes", t.hours, 0);
	check_int("nor asks again", t.reask.times, 0);
	database_do(db, "REPLACE INTO setting VALUES ('closes.safety', '48'),"
			" ('reask.times', '3'), ('reask.gap', '30')");
	for (size_t i = 0; i < LEN(rows); i++) {
		assert_int_equal(terms_find(db, rows[i].kind, &t), 0);
		check_int(rows[i].kind, t.hours, rows[i].hours);
	}
	check_int("times", t.reask.times, 3);
	check_int("gap", t.reask.gap_min, 30);
	assert_false(t.reask.quiet);
}

static void test_close(void **state)
{
	const struct terms never = { 0 }, two = { .hours = 2 };

	(void)state;
	check_int("never", terms_close(&never, 5), 0);
	check_int("two hours", terms_close(&two, 5),
		  5 + (int64_t)120 * TIME_MINUTE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_of_the_settings,
						database_setup,
						database_teardown),
		cmocka_unit_test(test_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
