#include "test.h"

#include "feed/place.h"

static void test_codes(void **state)
{
	static const struct {
		const char *code, *prefecture, *office;
		bool municipality;
	} rows[] = {
		{ "01", "01", "", false },
		{ "28", "28", "", false },
		{ "48", "", "", false },
		{ "00", "", "", false },
		{ "280000", "28", "280000", false },
		{ "280012", "28", "280000", false },
		{ "2820100", "28", "280000", true },
		{ "28201", "28", "280000", true },
		{ "2899900", "28", "280000", false },
		{ "0110000", "01", "", true },
		{ "016010", "01", "016000", false },
		{ "016000", "01", "016000", false },
		{ "012020", "01", "012000", false },
		{ "014030", "01", "014030", false },
		{ "014020", "01", "014100", false },
		{ "014100", "01", "014100", false },
		{ "460040", "46", "460040", false },
		{ "460011", "46", "460100", false },
		{ "460100", "46", "460100", false },
		{ "474020", "47", "474000", false },
		{ "26xxxx", "", "", false },
		{ "990000", "", "", false },
		{ "280", "", "", false },
		{ "", "", "", false },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		check_str(rows[i].code, place_prefecture(rows[i].code),
			  rows[i].prefecture);
		check_str(rows[i].code, place_office(a, rows[i].code),
			  rows[i].office);
		check_int(rows[i].code, place_is_municipality(rows[i].code),
			  rows[i].municipality);
	}
	arena_free(a);
}

static void test_names(void **state)
{
	static const struct {
		const char *text, *begins, *within, *office;
	} rows[] = {
		{ "兵庫県気象警報・注意報", "28", "28", "280000" },
		{ "東京都府中市周辺", "13", "13", "130000" },
		{ "富山県と石川県", "16", "16,17", "160000" },
		{ "渡島・檜山地方土砂災害警戒情報", "", "", "017000" },
		{ "鹿児島県（奄美地方を除く）気象警報", "46", "46", "460100" },
		{ "奄美地方注意報", "", "", "460040" },
		{ "宮古島地方気象警報", "", "", "473000" },
		{ "日本海", "", "", "" },
		{ "", "", "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		check_str(rows[i].text, place_prefecture_named(rows[i].text),
			  rows[i].begins);
		check_str(rows[i].text, place_prefectures_in(a, rows[i].text),
			  rows[i].within);
		check_str(rows[i].text, place_office_named(a, rows[i].text),
			  rows[i].office);
	}
	check_str("show", place_prefecture_show("28"), "兵庫県");
	check_str("show first", place_prefecture_show("01"), "北海道");
	check_str("show last", place_prefecture_show("47"), "沖縄県");
	check_str("show one digit", place_prefecture_show("1"), "");
	check_str("show none", place_prefecture_show("48"), "");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
