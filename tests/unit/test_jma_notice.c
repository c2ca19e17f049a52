#include "hazard_test.h"

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notices),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
