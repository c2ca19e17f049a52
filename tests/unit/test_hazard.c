/* The registry, and the readers of notices. */
#include "hazard_test.h"

#include "feed/jma_area.h"
#include "feed/xml.h"

static void test_notices(void **state)
{
	static const struct {
		const char *file, *whole, *unknown;
	} rows[] = {
		{ "nankai_study_VYSE50",
		  "other nankai 調査中 1 standing everywhere", "" },
		{ "nankai_guard_VYSE50",
		  "other nankai 巨大地震警戒 3 standing everywhere", "" },
		{ "nankai_care_VYSE50",
		  "other nankai 巨大地震注意 2 standing everywhere", "" },
		{ "nankai_end_VYSE50",
		  "other nankai 調査終了 0 standing lifted everywhere", "" },
		{ "nankai_new_VYSE50",
		  "other nankai 新しい段階 1 standing everywhere",
		  "地震関連情報番号 140 新しい段階" },
		{ "hokkaido_VYSE60", "other 20260809170000 - 2 everywhere",
		  "" },
		{ "counts_VXSE60", "other 20260810090000 - 1 everywhere", "" },
		{ "notice_VZSE40", "other 20260811100000 - 1 everywhere", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct hazard h;

		check_int(name, hazard_fixture(a, name, &h, &why), 1);
		check_str(name, hazard_whole(a, &h), rows[i].whole);
		check_str(name, h.unknown, rows[i].unknown);
	}
	arena_free(a);
}

static void test_text(void **state)
{
	static const struct {
		const char *file, *title, *headline, *text;
	} rows[] = {
		{ "nankai_study_VYSE50", "南海トラフ地震臨時情報（調査中）",
		  "見出しです。", "本文です。\n\n次は２０時に発表します。" },
		{ "counts_VXSE60", "地震回数に関する情報",
		  "地震回数に関する情報をお知らせします。",
		  "8月10日 09:00 から 8月10日 10:00 まで 35回（有感 2回）\n"
		  "\n\n震度２以下はまとめて発表します。" },
		{ "notice_VZSE40", "地震・津波に関するお知らせ",
		  "入電停止のお知らせ",
		  "一部の震度データが入電していません。" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct hazard h;

		check_int(name, hazard_fixture(a, name, &h, &why), 1);
		check_str(name, h.title, rows[i].title);
		check_str(name, h.headline, rows[i].headline);
		check_str(name, h.text, rows[i].text);
	}
	arena_free(a);
}

/* Kept and listed by their frame: no reader takes them here. */
static void test_not_read(void **state)
{
	static const struct {
		const char *file, *type;
	} rows[] = {
		{ "unknown_VXSE99", "" },
		{ "quake7_VXSE53", "VXSE53" },
		{ "sanriku_VXSE52", "VXSE52" },
		{ "sanriku_VXSE43_cancel", "VXSE43" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct hazard h;

		check_int(name, hazard_fixture(a, name, &h, &why), 0);
		check_str(name, h.telegram.type, rows[i].type);
		check_int(name, h.telegram.published_at != 0, 1);
		check_str(name, h.key, "");
	}
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *why;
	} rows[] = {
		{ "bad_truncated", "not well-formed" },
		{ "bad_doctype", "a DOCTYPE" },
		{ "bad_entities", "a DOCTYPE" },
		{ "bad_html", "an HTML page" },
		{ "bad_namespace", "no format that is known" },
		{ "bad_no_time", "no time of issue" },
		{ "../atom/eqvol", "no format that is known" },
	};
	struct arena *a = arena_new();
	char *large = arena_alloc(a, XML_BYTES_MAX + 1);
	const char *why = NULL;
	struct hazard h;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		why = NULL;
		check_int(rows[i].file,
			  hazard_fixture(a, rows[i].file, &h, &why), -1);
		check_str(rows[i].file, why, rows[i].why);
		assert_non_null(h.telegram.type);
		assert_non_null(h.title);
	}
	memset(large, ' ', XML_BYTES_MAX + 1);
	check_int("oversized",
		  hazard_parse(a, large, XML_BYTES_MAX + 1, &h, &why), -1);
	check_int("nothing", hazard_parse(a, "", 0, &h, &why), -1);
	arena_free(a);
}

/* Each byte cut off: never a crash, never half a hazard. */
static void test_truncated(void **state)
{
	struct arena *a = arena_new(), *step = arena_new();
	const char *buf, *why, *last;
	struct hazard h;
	size_t len;

	(void)state;
	buf = file_read(a, "tests/data/jma/two_VTSE51.xml", &len);
	assert_non_null(buf);
	last = strstr(buf, "</Report>");
	assert_non_null(last);
	for (size_t n = 0; n < (size_t)(last - buf) + 9; n += 7) {
		check_int("cut", hazard_parse(step, buf, n, &h, &why), -1);
		arena_reset(step);
	}
	arena_free(step);
	arena_free(a);
}

static void test_unknown_is_short(void **state)
{
	struct arena *a = arena_new();
	struct hazard h = { .unknown = "" };

	(void)state;
	hazard_add_unknown(a, &h, "火山", "1", "");
	hazard_add_unknown(a, &h, "火山", "1", "");
	check_str("once", h.unknown, "火山 1");
	for (int i = 0; i < 1000; i++)
		hazard_add_unknown(a, &h, "津波予報区", arena_fmt(a, "%d", i),
				   "新しい沿岸");
	assert_true(strlen(h.unknown) < 500);
	arena_free(a);
}

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
			  jma_coast_prefectures(a, coasts[i].code,
						coasts[i].name, &out),
			  coasts[i].known);
		check_str(coasts[i].name, out, coasts[i].prefectures);
	}
	for (size_t i = 0; i < LEN(volcanoes); i++) {
		check_int(volcanoes[i].code,
			  jma_volcano_prefectures(volcanoes[i].code, &out),
			  volcanoes[i].known);
		check_str(volcanoes[i].code, out, volcanoes[i].prefectures);
	}
	check_str("first", jma_prefecture_name("01"), "北海道");
	check_str("last", jma_prefecture_name("47"), "沖縄県");
	check_str("none", jma_prefecture_name("48"), "");
	check_str("one digit", jma_prefecture_name("1"), "");
	check_str("city", jma_prefecture_of_city(a, "1720400"), "17");
	check_str("no city", jma_prefecture_of_city(a, "9920400"), "");
	check_str("six digits", jma_prefecture_of_city(a, "172040"), "");
	check_str("eew", jma_prefecture_of_eew(a, "9012"), "01");
	check_str("eew islands", jma_prefecture_of_eew(a, "9132"), "13");
	check_str("region", jma_prefecture_of_eew(a, "9910"), "");
	check_str("placeholder", jma_prefecture_of_city(a, "26xxxxx"), "26");
	arena_free(a);
}

static void test_kinds(void **state)
{
	(void)state;
	check_str("first", hazard_kind_name(HAZARD_TSUNAMI), "tsunami");
	check_str("last", hazard_kind_show(HAZARD_OTHER), "その他");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notices),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_not_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_unknown_is_short),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
