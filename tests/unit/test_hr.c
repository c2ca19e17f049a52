#include "test.h"

#include "model/layout.h"
#include "tool/hr.h"

/* What is done with a file is in tests/system/sync_hr.test. */
static void test_names(void **state)
{
	static const struct {
		const char *name;
		int ok, kind, whole;
		const char *stamp;
	} rows[] = {
		{ "people-whole-202704010200.csv", 1, LAYOUT_PEOPLE, 1,
		  "202704010200" },
		{ "addresses-part-202704010200.csv", 1, LAYOUT_ADDRESSES, 0,
		  "202704010200" },
		{ "people-202704010200.csv", 0, 0, 0, "" },
		{ "people-whole-20270401.csv", 0, 0, 0, "" },
		{ "people-whole-2027040102000.csv", 0, 0, 0, "" },
		{ "people-whole-202704010200.csv.tmp", 0, 0, 0, "" },
		{ "trips-whole-202704010200.csv", 0, 0, 0, "" },
		{ "people-other-202704010200.csv", 0, 0, 0, "" },
		{ "people", 0, 0, 0, "" },
		{ "", 0, 0, 0, "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *stamp = "";
		bool whole = false;
		int kind = 0;
		bool ok = hr_name(a, rows[i].name, &kind, &whole, &stamp);

		check_int(rows[i].name, ok, rows[i].ok);
		if (!ok)
			continue;
		check_int(rows[i].name, kind, rows[i].kind);
		check_int(rows[i].name, whole, rows[i].whole);
		check_str(rows[i].name, stamp, rows[i].stamp);
	}
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
