#include "test.h"

#include "feed/jma_area.h"

static void test_areas(void **state)
{
	static const struct {
		const char *code, *name, *prefectures;
		int known;
	} coasts[] = {
		{ "100", "北海道太平洋沿岸東部", "01", 1 },
		{ "312", "東京湾内湾", "12,13,14", 1 },
		{ "391", "伊勢・三河湾", "23,24", 1 },
		{ "712", "有明・八代海", "40,41,42,43", 1 },
		{ "802", "宮古島・八重山地方", "47", 1 },
		{ "099", "沖縄県何処か", "47", 0 },
		{ "", "", "", 0 },
	};
	static const struct {
		const char *code, *prefectures;
		int known;
	} volcanoes[] = {
		{ "101", "01", 1 },    { "210", "03,04,05", 1 },
		{ "314", "19,22", 1 }, { "602", "47", 1 },
		{ "900", "", 1 },      { "999", "", 0 },
		{ "", "", 0 },
	};
	struct arena *a = arena_new();
	const char *out;

	(void)state;
	for (size_t i = 0; i < LEN(coasts); i++) {
		check_int(coasts[i].name,
			  jma_coast_prefectures(coasts[i].code, coasts[i].name,
						&out),
			  coasts[i].known);
		check_str(coasts[i].name, out, coasts[i].prefectures);
	}
	for (size_t i = 0; i < LEN(volcanoes); i++) {
		check_int(volcanoes[i].code,
			  jma_volcano_prefectures(volcanoes[i].code, &out),
			  volcanoes[i].known);
		check_str(volcanoes[i].code, out, volcanoes[i].prefectures);
	}
	check_str("city", jma_city_prefecture(a, "1720400"), "17");
	check_str("no city", jma_city_prefecture(a, "9920400"), "");
	check_str("six digits", jma_city_prefecture(a, "172040"), "");
	check_str("eew", jma_eew_prefecture(a, "9012"), "01");
	check_str("eew islands", jma_eew_prefecture(a, "9132"), "13");
	check_str("region", jma_eew_prefecture(a, "9910"), "");
	check_str("placeholder", jma_city_prefecture(a, "26xxxxx"), "26");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_areas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
