#include "test.h"

#include "web/chart.h"

static void test_percent(void **state)
{
	static const struct {
		const char *name;
		int64_t part, whole;
		int want;
	} rows[] = {
		{ "none", 0, 10, 0 },
		{ "all", 10, 10, 100 },
		{ "of nothing", 0, 0, 0 },
		{ "half", 1, 2, 50 },
		{ "rounded up", 2, 3, 67 },
		{ "rounded down", 1, 3, 33 },
		{ "one in many is not none", 1, 1150000, 1 },
		{ "all but one is not all", 1149999, 1150000, 99 },
		{ "more than all", 11, 10, 100 },
		{ "less than none", -1, 10, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  chart_percent(rows[i].part, rows[i].whole),
			  rows[i].want);
}

static void test_extent(void **state)
{
	struct arena *a = arena_new();
	struct chart_extent e = chart_extent(a, 1, 2, 8);

	(void)state;
	check_str("begins", e.x, "12.50%");
	check_str("is wide", e.width, "25.00%");
	check_str("of nothing", chart_extent(a, 1, 2, 0).width, "0.00%");
	check_str("share", chart_share(a, 2, 8), "25%");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_percent),
		cmocka_unit_test(test_extent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
