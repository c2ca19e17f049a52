#include "test.h"

#include "base/charset.h"

static int setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_utf8(void **state)
{
	static const struct {
		const char *name, *text;
		int want;
	} rows[] = {
		{ "empty", "", 1 },
		{ "ASCII", "abc", 1 },
		{ "two bytes", "é", 1 },
		{ "three bytes", "髙", 1 },
		{ "four bytes", "𠮷", 1 },
		{ "last", "\xf4\x8f\xbf\xbf", 1 },
		{ "beyond the last", "\xf4\x90\x80\x80", 0 },
		{ "surrogate", "\xed\xa0\x80", 0 },
		{ "below surrogates", "\xed\x9f\xbf", 1 },
		{ "overlong two", "\xc0\xaf", 0 },
		{ "overlong three", "\xe0\x80\xaf", 0 },
		{ "overlong four", "\xf0\x80\x80\xaf", 0 },
		{ "five bytes", "\xf8\x88\x80\x80\x80", 0 },
		{ "cut", "\xe9\xab", 0 },
		{ "alone", "\x80", 0 },
		{ "no follower", "\xe9z\x99", 0 },
		{ "Shift_JIS", "\x88\xc0\x94\xdb", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  charset_is_utf8(rows[i].text, strlen(rows[i].text)),
			  rows[i].want);
	check_int("NUL", charset_is_utf8("a\0b", 3), 1);
}

static void test_narrow(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "ASCII", "a-1@b", "a-1@b" },
		{ "full width", "Ａｚ０９＠．～！", "Az09@.~!" },
		{ "ideographic blank", "a　b", "a b" },
		{ "others stay", "髙𠮷ﾊﾝｶｸ①－", "髙𠮷ﾊﾝｶｸ①-" },
		{ "cut", "a\xef\xbc", "a\xef\xbc" },
		{ "nothing", "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, charset_narrow(a, rows[i].text),
			  rows[i].want);
	arena_free(a);
}

static void test_cp932(void **state)
{
	static const struct {
		const char *name, *text, *bytes;
	} rows[] = {
		{ "empty", "", "" },
		{ "ASCII", "a\\~", "a\\~" },
		{ "kanji", "安否", "\x88\xc0\x94\xdb" },
		{ "trail byte 5c", "表", "\x95\x5c" },
		{ "rare", "髙﨑①㈱", "\xfb\xfc\xfa\xb1\x87\x40\x87\x8a" },
		{ "half-width", "ｱ", "\xb1" },
		{ "Windows pair", "～－", "\x81\x60\x81\x7c" },
		{ "not in it", "𠮷野", "&#134071;\x96\xec" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		size_t len;
		char *got = charset_to_cp932(*state, rows[i].text, &len);

		check_str(rows[i].name, got, rows[i].bytes);
		check_int(rows[i].name, (long long)len,
			  (long long)strlen(rows[i].bytes));
		if (strchr(rows[i].bytes, '&') == NULL)
			check_str(rows[i].name,
				  charset_from_cp932(*state, got, len),
				  rows[i].text);
	}
}

static void test_from_cp932_refuses(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t len;
	} rows[] = {
		{ "cut", "\x88", 1 },
		{ "no such", "\xff\xff", 2 },
		{ "wrong follower", "\x88\x20", 2 },
		{ "NUL", "a\0b", 3 },
		{ "UTF-8", "\xe5\xae\x89\xe5\x90\xa6", 5 },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		check_str(
			rows[i].name,
			charset_from_cp932(*state, rows[i].bytes, rows[i].len),
			NULL);
}

static void test_long(void **state)
{
	struct str s = { .arena = *state };
	size_t len;
	char *bytes;

	for (int i = 0; i < 5000; i++)
		str_add(&s, "安𠮷");
	bytes = charset_to_cp932(*state, s.s, &len);
	check_int("length", (long long)len, 5000 * 11);
	check_int("end", strncmp(bytes + len - 11, "\x88\xc0&#134071;", 11), 0);
}

static void test_iso2022jp(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "empty", "", "" },
		{ "ASCII", "abc", "abc" },
		{ "ends in ASCII", "安否", "\x1b$B0BH]\x1b(B" },
		{ "ASCII at line end", "安\r\n否",
		  "\x1b$B0B\x1b(B\r\n\x1b$BH]\x1b(B" },
		{ "Windows pair", "～－", "\x1b$B!A!]\x1b(B" },
		{ "JIS pair", "〜−", "\x1b$B!A!]\x1b(B" },
		{ "other pairs", "∥￠￡￢", "\x1b$B!B!q!r\"L\x1b(B" },
		{ "髙", "髙", NULL },
		{ "﨑", "﨑", NULL },
		{ "①", "①", NULL },
		{ "㈱", "㈱", NULL },
		{ "𠮷", "𠮷", NULL },
		{ "half-width", "ｱ", NULL },
		{ "euro", "€", NULL },
		{ "rare after much else", "安否確認 髙", NULL },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		size_t len;
		char *got = charset_to_iso2022jp(*state, rows[i].text, &len);

		check_str(rows[i].name, got, rows[i].want);
		if (got != NULL)
			check_int(rows[i].name, (long long)len,
				  (long long)strlen(got));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_cp932),
		cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_from_cp932_refuses),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_iso2022jp),
	};

	return cmocka_run_group_tests_name("charset", tests, setup, teardown);
}
