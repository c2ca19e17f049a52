#include "test.h"

#include "base/time.h"

static void test_parse(void **state)
{
	static const struct {
		const char *name, *text;
		int want;
		const char *iso;
	} rows[] = {
		{ "japan", "2024-01-01T16:10:00+09:00", 0,
		  "2024-01-01T16:10:00+09:00" },
		{ "utc", "2024-01-01T07:10:09Z", 0,
		  "2024-01-01T16:10:09+09:00" },
		{ "fraction", "2024-01-01T07:10:09.9999999Z", 0,
		  "2024-01-01T16:10:09+09:00" },
		{ "leap day", "2024-02-29T00:00:00Z", 0,
		  "2024-02-29T09:00:00+09:00" },
		{ "no leap day", "2023-02-29T00:00:00Z", -1, "" },
		{ "before all", "1970-01-01T08:59:59.5+09:00", -1, "" },
		{ "after all", "9999-12-31T23:59:59-12:00", -1, "" },
		{ "no zone", "2024-01-01T16:10:00", -1, "" },
		{ "13th month", "2024-13-01T16:10:00Z", -1, "" },
		{ "cut short", "2024-01-01T16:1", -1, "" },
		{ "more behind", "2024-01-01T16:10:00Zx", -1, "" },
		{ "empty", "", -1, "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t at = 0;

		check_int(rows[i].name, time_parse(rows[i].text, &at),
			  rows[i].want);
		check_str(rows[i].name, time_iso(a, at), rows[i].iso);
	}
	arena_free(a);
}

static void test_show(void **state)
{
	struct arena *a = arena_new();
	int64_t at;

	(void)state;
	assert_int_equal(time_parse("2023-12-31T15:05:09Z", &at), 0);
	check_str("full", time_show(a, at), "2024年1月1日 00:05");
	check_str("clock", time_show_clock(a, at), "00:05:09");
	check_str("short", time_show_short(a, at), "1月1日 00:05");
	check_str("unknown", time_show(a, 0), "");
	check_str("not known", time_show_about(a, -1), NULL);
	check_str("seconds", time_show_about(a, 89), "約 89 秒");
	check_str("minutes", time_show_about(a, 90), "約 2 分");
	check_str("hours", time_show_about(a, 5400), "約 2 時間");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
