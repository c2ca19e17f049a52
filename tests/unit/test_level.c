#include "test.h"

#include "feed/level.h"

static void test_level_rank(void **state)
{
	static const struct {
		const char *word;
		int want;
	} rows[] = {
		{ "大雨特別警報", 5 },
		{ "レベル５氾濫特別警報（氾濫水の予報）", 5 },
		{ "氾濫発生情報", 5 },
		{ "大津波警報", 5 },
		{ "レベル４大雨危険警報", 4 },
		{ "氾濫危険情報", 4 },
		{ "土砂災害警戒情報", 4 },
		{ "レベル３高潮警報", 3 },
		{ "津波警報", 3 },
		{ "氾濫警戒情報", 3 },
		{ "レベル2大雨注意報", 2 },
		{ "氾濫注意情報（警戒情報解除）", 2 },
		{ "大雨警報解除", 0 },
		{ "解除", 0 },
		{ "氾濫注意情報解除", 0 },
		{ "地震", LEVEL_UNKNOWN },
		{ "", LEVEL_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].word, level_rank(rows[i].word), rows[i].want);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_level_rank),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
