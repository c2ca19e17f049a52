/* Typhoons: where they are, and how likely their winds come. */
#include "hazard_file.h"

static void test_files(void **state)
{
	static const struct hazard_row rows[] = {
		{ "jma/bad_empty_VPTW60.xml", "refused: no storm" },
		{ "jma/kita_VPTA50.xml",
		  "typhoon TC2603 1 暴風域に入る可能性 beside; "
		  "宮古島地方[473000] 1 暴風域に入る可能性 (47) "
		  "72％（120時間先）; "
		  "鹿児島・日置[460011] 1 暴風域に入る可能性 (46) "
		  "3％（120時間先）" },
		{ "jma/kita_VPTA50_low.xml",
		  "typhoon TC2603 1 暴風域に入る可能性は低い beside" },
		{ "jma/kita_VPTI50.xml", "typhoon TC2603 1 台風情報 beside" },
		{ "jma/kita_VPTW60.xml",
		  "typhoon TC2603 1 大型で非常に強い台風; "
		  "宮古島の北約80km[] 1 大型で非常に強い台風 "
		  "中心気圧950hPa、最大風速45m/s" },
		{ "jma/kita_VPTW60_born.xml", "typhoon TC2603 1 熱帯低気圧; "
					      "フィリピンの東[] 1 熱帯低気圧 "
					      "中心気圧950hPa、最大風速45m/s" },
		{ "jma/kita_VPTW60_correction.xml",
		  "typhoon TC2603 1 大型の台風; "
		  "宮古島の北約80km[] 1 大型の台風 "
		  "中心気圧950hPa、最大風速45m/s" },
		{ "jma/kita_VPTW60_over.xml",
		  "typhoon TC2603 0 温帯低気圧 lifted; "
		  "日本海[] 0 温帯低気圧 中心気圧950hPa、最大風速45m/s" },
	};

	(void)state;
	hazard_check(rows, LEN(rows));
}

static void test_texts(void **state)
{
	static const struct {
		const char *path, *title, *headline, *text;
	} rows[] = {
		{ "jma/kita_VPTW60.xml", "台風第3号（キタ）",
		  "台風第3号（キタ） 宮古島の北約80km",
		  "実況 6月10日 12:00 宮古島の北約80km "
		  "中心気圧950hPa、最大風速45m/s\n"
		  "予報 24時間後 6月11日 12:00 九州の南 "
		  "中心気圧950hPa、最大風速45m/s" },
		{ "jma/kita_VPTW60_over.xml", "台風第3号（キタ）",
		  "台風第3号（キタ） 日本海 台風消滅（温帯低気圧化）", NULL },
		{ "jma/kita_VPTW60_born.xml", "熱帯低気圧",
		  "熱帯低気圧 フィリピンの東 台風発生予想", NULL },
		{ "jma/kita_VPTA50.xml", "台風第3号（キタ） 暴風域に入る確率",
		  "", "" },
		{ "jma/kita_VPTI50.xml", "台風第３号に関する情報",
		  "台風第３号が発生しました。", "台風は北へ進んでいます。" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct hazard h;

		hazard_file(a, rows[i].path, &h);
		check_str(rows[i].path, h.title, rows[i].title);
		check_str(rows[i].path, h.headline, rows[i].headline);
		if (rows[i].text != NULL)
			check_str(rows[i].path, h.text, rows[i].text);
	}
	arena_free(a);
}

/* The year's two digits and the storm's, of which none has the number 0. */
static void test_numbers(void **state)
{
	static const struct {
		const char *number, *title;
	} rows[] = {
		{ "2603", "台風第3号（キタ）" },
		{ "2617", "台風第17号（キタ）" },
		{ "0001", "台風第1号（キタ）" },
		{ "2600", "台風" },
		{ "26 3", "台風" },
		{ "0000", "台風" },
	};
	static const char mark[] = "<Number>";
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		size_t len;
		char *doc = arena_strdup(
			a,
			file_read(a, "tests/data/jma/kita_VPTW60.xml", &len));
		char *number = strstr(doc, mark);
		const char *why;
		struct hazard h;

		memcpy(number + strlen(mark), rows[i].number,
		       strlen(rows[i].number));
		check_int(rows[i].number, hazard_parse(a, doc, len, &h, &why),
			  1);
		check_str(rows[i].number, h.title, rows[i].title);
	}
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
