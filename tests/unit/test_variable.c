#include "test.h"

#include "base/time.h"
#include "mail/variable.h"

static void test_unknown(void **state)
{
	static const struct {
		const char *text;
		bool subject;
		const char *want; /* NULL: nothing unknown */
	} rows[] = {
		{ "", false, NULL },
		{ "{name}さん、{closes}まで。{site}", false, NULL },
		{ "{name}", true, "{name}" },
		{ "{closes} {site}", true, NULL },
		{ "{foo}", false, "{foo}" },
		{ "{氏名}様", false, "{氏名}" },
		{ "{name} {names}", false, "{names}" },
		{ "{{link}}", false, "{link}" },
		{ "{", false, NULL },
		{ "{}", false, NULL },
		{ "if {\n}", false, NULL },
		{ "{never closed", false, NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *got =
			variable_unknown(a, rows[i].text, rows[i].subject);

		check_str(rows[i].text, got == NULL ? "(none)" : got,
			  rows[i].want == NULL ? "(none)" : rows[i].want);
	}
	arena_free(a);
}

static void test_fill(void **state)
{
	const char *const values[VARIABLES] = {
		[VARIABLE_NAME] = "𠮷田 {site}",
		[VARIABLE_CLOSES] = "正午",
	};
	struct arena *a = arena_new();

	(void)state;
	check_str("values are not looked into",
		  variable_fill(a, "{name}さん {closes}", values),
		  "𠮷田 {site}さん 正午");
	check_str("without a value it stays",
		  variable_fill(a, "{site}{x}{", values), "{site}{x}{");
	check_str("none", variable_fill(a, "本文", values), "本文");
	check_str("closes", variable_closes(a, "ja", 0), "定めなし");
	check_str("closes", variable_closes(a, "en", TIME_MINUTE),
		  "1970-01-01 09:01 (JST)");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_fill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
