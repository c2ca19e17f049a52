#include "test.h"

#include "base/csv.h"

static void test_text_is_quoted_and_never_a_formula(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "plain", "総務課", "\"総務課\"" },
		{ "empty", "", "\"\"" },
		{ "quote", "a\"b", "\"a\"\"b\"" },
		{ "comma and line", "a,b\nc", "\"a,b\nc\"" },
		{ "formula", "=1+1", "\"'=1+1\"" },
		{ "plus", "+81", "\"'+81\"" },
		{ "minus", "-1", "\"'-1\"" },
		{ "at", "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "tab", "\t=1", "\"'\t=1\"" },
		{ "full-width", "＝1", "\"'＝1\"" },
		{ "later is harmless", "a=1", "\"a=1\"" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str s = { .arena = a };

		csv_open(&s);
		csv_text(&s, rows[i].text);
		check_str(rows[i].name, str_text(&s) + 3, rows[i].want);
	}
	arena_free(a);
}

static void test_lines(void **state)
{
	struct arena *a = arena_new();
	struct str s = { .arena = a };

	(void)state;
	csv_open(&s);
	csv_text(&s, "課");
	csv_text(&s, "人");
	csv_line(&s);
	csv_int(&s, -3);
	csv_text(&s, "x\n");
	csv_text(&s, "y");
	csv_line(&s);
	check_str("whole", str_text(&s),
		  "\xEF\xBB\xBF\"課\",\"人\"\r\n-3,\"x\n\",\"y\"\r\n");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_quoted_and_never_a_formula),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
