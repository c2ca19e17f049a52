/*
 * Warnings: every file of the folder as a whole, every code on the ladder, and
 * what a frame does.
 */
#include "hazard_file.h"

#include "base/time.h"

static void test_files(void **state)
{
	static const struct hazard_row rows[] = {
		{ "jma/amami_VPWW61.xml", "weather 460040 2 雷注意報 partial; "
					  "奄美市[4622200] 2 雷注意報 (46)" },
		{ "jma/bad_empty_VPWW53.xml", "refused: no areas" },
		{ "jma/bad_office_VPWW53.xml", "refused: no event key" },
		{ "jma/bad_office_VPWW53.xml", "refused: no event key" },
		{ "jma/chiba_VPBS50.xml",
		  "weather 120000 4 線状降水帯発生 partial; "
		  "北西部[120010] 4 線状降水帯発生 (12); "
		  "北西部[120010] 4 記録雨 (12)" },
		{ "jma/chiba_VPBS50_new.xml",
		  "weather 120000 3 新しい現象 partial; "
		  "北西部[120010] 3 新しい現象 (12); "
		  "unknown 防災速報 新しい現象" },
		{ "jma/chiba_VPBS50_snow.xml",
		  "weather 120000 3 短時間大雪 partial; "
		  "北西部[120010] 3 短時間大雪 (12)" },
		{ "jma/chiba_VPBS50_soon.xml",
		  "weather 120000 3 線状降水帯直前 partial; "
		  "北西部[120010] 3 線状降水帯直前 (12)" },
		{ "jma/fukuoka_VPFJ50.xml", "not read" },
		{ "jma/hyogo_VPWW53.xml",
		  "weather 280000 4 レベル４大雨危険警報 partial; "
		  "姫路市[2820100] 3 大雨警報 (28); "
		  "姫路市[2820100] 2 雷注意報 (28); "
		  "相生市[2820800] 2 大雨注意報 (28); "
		  "相生市[2820800] 0 濃霧注意報解除 (28); "
		  "未来市[2899900] 3 砂嵐警報 (28); "
		  "姫路市[2820100] 4 レベル４大雨危険警報 (28); "
		  "新しい町[] 4 レベル４大雨危険警報 (28); "
		  "unknown 警報・注意報 44 砂嵐警報、市町村等 2899900 未来市" },
		{ "jma/hyogo_VPWW53_cancel.xml", "weather 280000 0 cancelled" },
		{ "jma/hyogo_VPWW53_lifted.xml",
		  "weather 280000 0 大雨警報解除 lifted partial; "
		  "姫路市[2820100] 0 大雨警報解除 (28)" },
		{ "jma/hyogo_VPWW53_none.xml",
		  "weather 280000 0 lifted partial" },
		{ "jma/hyogo_VPWW54_special.xml",
		  "weather 280000 5 大雨特別警報 partial; "
		  "姫路市[2820100] 5 大雨特別警報 (28); "
		  "姫路市[2820100] 3 洪水警報 (28); "
		  "相生市[2820800] 3 大雨警報 (28)" },
		{ "jma/ishikari_VPWW55.xml",
		  "weather 016000 5 レベル５大雨特別警報 partial; "
		  "札幌市[0110000] 5 レベル５大雨特別警報 (01); "
		  "石狩市[0123500] 4 レベル４大雨危険警報 (01)" },
		{ "jma/ishikari_VPWW55_drill.xml",
		  "weather 016000 5 レベル５大雨特別警報 partial; "
		  "札幌市[0110000] 5 レベル５大雨特別警報 (01)" },
		{ "jma/kanagawa_VXWW50.xml",
		  "landslide 140000 4 レベル４土砂災害危険警報 partial; "
		  "小田原市[1420600] 4 レベル４土砂災害危険警報 (14)" },
		{ "jma/nagasaki_VPHW51.xml",
		  "weather 420000 3 竜巻目撃情報 partial; "
		  "長崎市[4220100] 2 竜巻注意情報 (42); "
		  "南部[420010] 3 竜巻目撃情報 (42)" },
		{ "jma/nara_VPNO50.xml",
		  "weather 290000 5 大雨特別警報 partial; "
		  "奈良市[2920100] 5 大雨特別警報 (29); "
		  "天理市[2920400] 5 大雨特別警報 (29); "
		  "天理市[2920400] 5 暴風特別警報 (29)" },
		{ "jma/nara_VPNO50_lifted.xml",
		  "weather 290000 0 解除 lifted partial; "
		  "奈良県[290000] 0 解除 (29)" },
		{ "jma/oshima_VXWW50.xml",
		  "landslide 017000 4 土砂災害警戒情報 partial; "
		  "松前町[0133100] 4 土砂災害警戒情報 (01); "
		  "福島町[0133200] 0 土砂災害警戒情報解除 (01)" },
		{ "jma/oshima_VXWW50_lifted.xml",
		  "landslide 017000 0 土砂災害警戒情報解除 lifted partial; "
		  "松前町[0133100] 0 土砂災害警戒情報解除 (01)" },
		{ "jma/saitama_VPHW50.xml",
		  "weather 110000 2 竜巻注意情報 partial; "
		  "埼玉県[110000] 2 竜巻注意情報 (11)" },
		{ "jma/shimane_VPWW56.xml",
		  "landslide 320000 4 レベル４土砂災害危険警報 partial; "
		  "雲南市[3220900] 4 レベル４土砂災害危険警報 (32); "
		  "松江市[3220100] 2 レベル２土砂災害注意報 (32)" },
		{ "jma/sorachi_VPOA50.xml",
		  "weather 016000 4 記録的短時間大雨情報 partial; "
		  "石狩地方[016010] 4 記録的短時間大雨情報 (01)" },
		{ "jma/sorachi_VPOA50_correction.xml",
		  "weather 016000 4 記録的短時間大雨情報 partial; "
		  "空知地方[016020] 4 記録的短時間大雨情報 (01)" },
	};

	(void)state;
	hazard_check(rows, LEN(rows));
}

/* A telegram of one municipality with one Kind. */
static const char *telegram(struct arena *a, const char *title,
			    const char *name, const char *code,
			    const char *status)
{
	return arena_fmt(
		a,
		"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"
		"<Title>%s</Title><DateTime>2026-06-10T03:00:20Z</DateTime>"
		"<Status>通常</Status></Control><Head><Title>x</Title>"
		"<InfoType>発表</InfoType></Head><Body><Warning "
		"type='気象警報・注意報（市町村等）'><Item><Kind><Name>%s</"
		"Name>"
		"<Code>%s</Code><Status>%s</Status></Kind><Area><Name>姫路市"
		"</Name><Code>2820100</Code></Area></Item></Warning></Body>"
		"</Report>",
		title, name, code, status);
}

static void test_ladder(void **state)
{
	static const struct {
		const char *codes, *status; /* codes by spaces */
		int want;
	} rows[] = {
		{ "32 33 35 36 37 38 39", "発表", 5 },
		{ "43 48 49", "発表", 4 },
		{ "49", "特別警報から危険警報", 4 },
		{ "02 03 04 05 06 07 08 09", "発表", 3 },
		{ "03", "特別警報から警報", 3 },
		{ "08", "危険警報から警報", 3 },
		{ "10 12 13 14 15 16 17 18 19", "継続", 2 },
		{ "20 21 22 23 24 25 26 27 29", "継続", 2 },
		{ "10", "警報から注意報", 2 },
		{ "33 49 03 10", "解除", 0 },
		{ "00", "発表", 0 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		for (const char *p = rows[i].codes; *p != '\0';
		     p += 2 + (p[2] != '\0')) {
			const char *code = arena_strndup(a, p, 2), *why;
			const char *xml =
				telegram(a, "気象特別警報・警報・注意報", "名",
					 code, rows[i].status);
			struct hazard h;

			check_int(code,
				  hazard_parse(a, xml, strlen(xml), &h, &why),
				  1);
			check_int(code, h.rank, rows[i].want);
			check_int(code, h.areas->rank, rows[i].want);
			check_int(code, h.lifted, rows[i].want == 0);
			check_str(code, h.unknown, "");
		}
	}
	arena_free(a);
}

/* A code that no table has ranks by its name, and is named. */
static void test_new_codes(void **state)
{
	static const struct {
		const char *name, *code;
		int rank;
		const char *unknown;
	} rows[] = {
		{ "レベル５砂嵐特別警報", "93", 5,
		  "警報・注意報 93 レベル５砂嵐特別警報" },
		{ "砂嵐危険警報", "83", 4, "警報・注意報 83 砂嵐危険警報" },
		{ "砂嵐注意報", "90", 2, "警報・注意報 90 砂嵐注意報" },
		{ "砂嵐", "91", 1, "警報・注意報 91 砂嵐" },
		{ "大雨警報", "", 3, "" },
		{ "", "33", 5, "" },
		{ "大雨特別警報", "３３", 5, "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why;
		const char *xml = telegram(a, "気象警報・注意報（Ｈ２７）",
					   rows[i].name, rows[i].code, "発表");
		struct hazard h;

		check_int(rows[i].name,
			  hazard_parse(a, xml, strlen(xml), &h, &why), 1);
		check_int(rows[i].name, h.rank, rows[i].rank);
		check_str(rows[i].name, h.unknown, rows[i].unknown);
	}
	arena_free(a);
}

static void test_frames(void **state)
{
	static const struct {
		const char *path;
		enum jma_status status;
		enum jma_info_type type;
		const char *valid_until;
	} rows[] = {
		{ "jma/ishikari_VPWW55.xml", JMA_NORMAL, JMA_ISSUED, "" },
		{ "jma/ishikari_VPWW55_drill.xml", JMA_DRILL, JMA_ISSUED, "" },
		{ "jma/hyogo_VPWW53_cancel.xml", JMA_NORMAL, JMA_CANCELLED,
		  "" },
		{ "jma/sorachi_VPOA50_correction.xml", JMA_NORMAL,
		  JMA_CORRECTED, "2026-06-10T15:02:00+09:00" },
		{ "jma/chiba_VPBS50.xml", JMA_NORMAL, JMA_ISSUED,
		  "2026-06-10T15:00:20+09:00" },
		{ "jma/nagasaki_VPHW51.xml", JMA_NORMAL, JMA_ISSUED,
		  "2026-06-10T13:10:00+09:00" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct hazard h;

		hazard_file(a, rows[i].path, &h);
		check_int(rows[i].path, h.telegram.status, rows[i].status);
		check_int(rows[i].path, h.telegram.info_type, rows[i].type);
		check_str(rows[i].path, time_iso(a, h.valid_until),
			  rows[i].valid_until);
	}
	arena_free(a);
}

/* The headline says that level 4 stands; the Notice does not say where. */
static void test_level4_nowhere(void **state)
{
	static const char xml[] =
		"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"
		"<Title>気象警報・注意報（Ｈ２７）</Title><DateTime>"
		"2026-06-10T03:00:20Z</DateTime></Control><Head><Title>"
		"兵庫県</Title><Headline><Text>〈危険警報（大雨、氾濫）〉"
		"</Text></Headline></Head><Body><Warning type='（市町村等）'>"
		"<Item><Kind><Name>大雨警報</Name><Code>03</Code></Kind><Area>"
		"<Name>姫路市</Name><Code>2820100</Code></Area></Item>"
		"</Warning></Body></Report>";
	struct arena *a = arena_new();
	struct hazard h;

	(void)state;
	check_str(
		"text", hazard_line(a, xml, strlen(xml), &h),
		"weather 280000 4 危険警報 partial; 姫路市[2820100] 3 大雨警報"
		" (28); unknown 危険警報の 地域");
	arena_free(a);
}

/* Kinds and areas beyond every limit are refused, at once. */
static void test_too_many(void **state)
{
	static const char head[] =
		"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"
		"<Title>気象警報・注意報（Ｈ２７）</Title><DateTime>"
		"2026-06-10T03:00:20Z</DateTime></Control><Head><Title>"
		"兵庫県</Title></Head><Body><Warning "
		"type='（市町村等）'><Item>";
	struct arena *a = arena_new();
	int64_t began = time_monotonic();
	struct hazard h;

	(void)state;
	for (int kinds = 0; kinds < 2; kinds++) {
		struct str s = { .arena = a };

		str_add(&s, head);
		if (kinds == 0)
			str_add(&s, "<Kind><Code>03</Code></Kind>");
		for (int i = 0; i < 30000; i++)
			str_add(&s,
				kinds ? "<Kind><Code>03</Code></Kind>"
				      : "<Area><Code>2820100</Code></Area>");
		str_add(&s, "</Item></Warning></Body></Report>");
		check_str("too many", hazard_line(a, str_text(&s), s.len, &h),
			  "refused: too many areas");
	}
	assert_true(time_monotonic() - began < 2 * TIME_SECOND);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_ladder),
		cmocka_unit_test(test_new_codes),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_level4_nowhere),
		cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
