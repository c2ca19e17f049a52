/* Floods of rivers, in old words and new. */
#include "hazard_file.h"

static void test_files(void **state)
{
	static const struct hazard_row rows[] = {
		{ "jma/bad_empty_VXKO.xml", "refused: no river" },
		{ "jma/tone_VXKO.xml",
		  "flood 830303000101 3 氾濫警戒情報; "
		  "利根川上流部[830303000101] 3 氾濫警戒情報 (08,11,12); "
		  "古河市[0820400] 3 氾濫警戒情報 (08); "
		  "野田市[1220800] 3 氾濫警戒情報 (12)" },
		{ "jma/tone_VXKO_down.xml",
		  "flood 830303000101 2 氾濫注意情報（警戒情報解除）; "
		  "利根川上流部[830303000101] 2 氾濫注意情報（警戒情報解除） "
		  "(08,11)" },
		{ "jma/tone_VXKO_level5.xml",
		  "flood 830303000101 5 レベル５氾濫特別警報（氾濫水の予報）; "
		  "利根川上流部[830303000101] 5 "
		  "レベル５氾濫特別警報（氾濫水の予報） (08,11,12); "
		  "古河市[0820400] 5 レベル５氾濫特別警報（氾濫水の予報） "
		  "(08); "
		  "野田市[1220800] 5 レベル５氾濫特別警報（氾濫水の予報） "
		  "(12)" },
		{ "jma/tone_VXKO_lifted.xml",
		  "flood 830303000101 0 氾濫注意情報解除 lifted; "
		  "利根川上流部[830303000101] 0 氾濫注意情報解除 (08,11)" },
		{ "jma/tone_VXKO_new.xml",
		  "flood 830303000101 4 レベル４氾濫新種危険警報; "
		  "利根川上流部[830303000101] 4 レベル４氾濫新種危険警報 "
		  "(08,11); "
		  "unknown 洪水予報の種類 44 レベル４氾濫新種危険警報" },
		{ "jma/yoshi_VXSU.xml",
		  "flood 8201813100 2 レベル２氾濫注意報; "
		  "利根川上流部[8201813100] 2 レベル２氾濫注意報 (04)" },
	};

	(void)state;
	hazard_check(rows, LEN(rows));
}

static void test_codes(void **state)
{
	static const struct {
		const char *code;
		int want;
	} rows[] = {
		{ "10", 0 }, { "20", 2 }, { "21", 2 }, { "22", 2 }, { "30", 3 },
		{ "31", 3 }, { "40", 4 }, { "41", 4 }, { "51", 5 }, { "53", 5 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *xml = arena_fmt(
			a,
			"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'>"
			"<Control><Title>指定河川洪水予報</Title><DateTime>"
			"2026-06-10T03:00:20Z</DateTime></"
			"Control><Head><Title>x"
			"</Title><EventID>1</EventID><Headline><Information "
			"type='指定河川洪水予報（予報区域）'><Item><Kind><Name>"
			"名"
			"</Name><Code>%s</Code></Kind><Areas><Area><Name>川"
			"</Name><Code>1</Code></Area></Areas></Item>"
			"</Information></Headline></Head><Body/></Report>",
			rows[i].code);
		const char *why;
		struct hazard h;

		check_int(rows[i].code,
			  hazard_parse(a, xml, strlen(xml), &h, &why), 1);
		check_int(rows[i].code, h.rank, rows[i].want);
		check_int(rows[i].code, h.lifted, rows[i].want == 0);
		check_str(rows[i].code, h.unknown, "");
	}
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
