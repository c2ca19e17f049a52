#include "test.h"

static void test_grow(void **state)
{
	struct arena *a = arena_new();
	struct str s = { .arena = a };

	(void)state;
	check_str("empty", str_text(&s), "");
	for (int i = 0; i < 1000; i++)
		str_fmt(&s, "%03d,", i);
	check_int("length", (long long)s.len, 4000);
	assert_true(str_begins(s.s, "000,001,"));
	str_add_len(&s, "a\0b", 3);
	check_int("bytes", (long long)s.len, 4003);
	arena_free(a);
}

static void test_trimmed(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ " 　\t\n", "" },
		{ "a", "a" },
		{ "　 山田　太郎\r\n　", "山田　太郎" },
		{ "\x80\x80", "\x80\x80" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].want, str_trimmed(a, rows[i].text),
			  rows[i].want);
	arena_free(a);
}

static void test_to_int(void **state)
{
	static const struct {
		const char *name, *text;
		int ok;
		long long want;
	} rows[] = {
		{ "zero", "0", 1, 0 },
		{ "leading zeros", "007", 1, 7 },
		{ "negative", "-5", 1, -5 },
		{ "most", "100", 1, 100 },
		{ "above", "101", 0, 0 },
		{ "below", "-11", 0, 0 },
		{ "nothing", "", 0, 0 },
		{ "sign alone", "-", 0, 0 },
		{ "plus", "+1", 0, 0 },
		{ "letters behind", "12abc", 0, 0 },
		{ "exponent", "1e3", 0, 0 },
		{ "arabic digit", "٣", 0, 0 },
		{ "overflow", "99999999999999999999", 0, 0 },
		{ "space", " 1", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		long long n = 0;

		check_int(rows[i].name, str_to_int(rows[i].text, -10, 100, &n),
			  rows[i].ok);
		check_int(rows[i].name, n, rows[i].want);
	}
}

static void test_to_int_extremes(void **state)
{
	long long n;

	(void)state;
	assert_true(
		str_to_int("-9223372036854775808", INT64_MIN, INT64_MAX, &n));
	assert_true(n == INT64_MIN);
	assert_true(
		str_to_int("9223372036854775807", INT64_MIN, INT64_MAX, &n));
	assert_true(n == INT64_MAX);
	assert_false(
		str_to_int("9223372036854775808", INT64_MIN, INT64_MAX, &n));
}

static void test_fit(void **state)
{
	static const struct {
		const char *name, *text, *want;
		size_t most;
		bool one_line;
	} rows[] = {
		{ "none", "", "", 3, true },
		{ "shorter", "震度", "震度", 3, true },
		{ "as long", "震度7", "震度7", 3, true },
		{ "longer", "𠮷野家", "𠮷野", 2, true },
		{ "nothing fits", "a", "", 0, false },
		{ "a line", "a\r\nb", "a  b", 9, true },
		{ "lines", "a\nb", "a\nb", 9, false },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name,
			  str_fit(a, rows[i].text, rows[i].most,
				  rows[i].one_line),
			  rows[i].want);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_trimmed),
		cmocka_unit_test(test_to_int),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_to_int_extremes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
