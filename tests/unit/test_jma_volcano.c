#include "hazard_test.h"

static void test_whole(void **state)
{
	static const struct {
		const char *file, *whole, *title, *unknown;
		int64_t occurred_at; /* seconds */
	} rows[] = {
		{ "asama_VFVO50", "volcano 306 レベル３（入山規制） 3 standing",
		  "浅間山 噴火警報（火口周辺）", "市町村 9912300 新しい村",
		  1782873000 },
		{ "asama_VFVO50_lifted",
		  "volcano 306 レベル１（活火山であることに留意） 1 standing"
		  " lifted",
		  "浅間山 噴火予報", "", 1784512800 },
		{ "hakone_VFVO50", "volcano 315 レベル５（避難） 5 standing",
		  "箱根山 噴火警報（居住地域）", "", 1782959400 },
		/* A level that is not in the table counts by its words. */
		{ "new_VFVO50", "volcano 399 レベル６（広域避難） 5 standing",
		  "新しい山 噴火警報（居住地域）",
		  "火山現象の種類 16 レベル６（広域避難）、火山 399 新しい山",
		  1783045800 },
		/* A summary of what stands elsewhere raises nothing. */
		{ "all_VFVO51", "volcano 900 レベル５（避難） 1",
		  "全国の活火山 火山の状況に関する解説情報", "", 1783494000 },
		{ "sakurajima_VFVO52", "volcano 506 爆発 1",
		  "桜島 噴火に関する火山観測報", "", 1783137660 },
		{ "sakurajima_VFVO52_cancel", "volcano 506 - 0", "", "", 0 },
		{ "sakurajima_VFVO54", "volcano 506 多量の降灰 2",
		  "桜島 降灰予報（速報）", "", 1783137660 },
		{ "ontake_VFVO56", "volcano 312 噴火 4", "御嶽山 噴火速報", "",
		  1790477580 },
		{ "sea_VFSV50", "volcano 331 周辺海域警戒 3",
		  "福徳岡ノ場 噴火警報", "", 1783218600 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct hazard h;

		check_int(name, hazard_fixture(a, name, &h, &why), 1);
		check_str(name, hazard_whole(a, &h), rows[i].whole);
		check_str(name, h.title, rows[i].title);
		check_str(name, h.unknown, rows[i].unknown);
		check_int(name, h.occurred_at / TIME_SECOND,
			  rows[i].occurred_at);
	}
	arena_free(a);
}

static void test_areas(void **state)
{
	static const struct {
		const char *file, *areas;
	} rows[] = {
		{ "asama_VFVO50",
		  "306 浅間山|レベル３（入山規制） 3|"
		  "<レベル１（活火山であることに留意）||||10,20\n"
		  "1042500 群馬県嬬恋村|火口周辺警報 3|<噴火予報||||10\n"
		  "2020800 長野県小諸市|火口周辺警報 3|<噴火予報||||20\n"
		  "9912300 新しい村|火口周辺警報 3|<噴火予報||||\n" },
		{ "asama_VFVO50_lifted",
		  "306 浅間山|レベル１（活火山であることに留意） 1|"
		  "<レベル３（入山規制）||||10,20\n"
		  "1042500 群馬県嬬恋村|噴火予報：警報解除 0|"
		  "<火口周辺警報||||10\n" },
		{ "hakone_VFVO50",
		  "315 箱根山|レベル５（避難） 5|"
		  "<レベル１（活火山であることに留意）||||14,22\n"
		  "1438200 神奈川県箱根町|噴火警報 5|<噴火予報||||14\n"
		  "1438200 神奈川県箱根町|噴火警報：避難等 5|"
		  "<活火山であることに留意||||14\n" },
		{ "sakurajima_VFVO54",
		  "506 桜島|降灰予報（速報） 1|<||||46\n"
		  "4620100 鹿児島県鹿児島市|多量の降灰 2|<||||46\n"
		  "4520200 宮崎県都城市|少量の降灰 1|<||||45\n" },
		{ "ontake_VFVO56", "312 御嶽山|噴火 4|<||11:53||20,21\n"
				   "2042900 長野県王滝村|噴火 4|<||||20\n"
				   "2122000 岐阜県下呂市|噴火 4|<||||21\n" },
		{ "sea_VFSV50", "331 福徳岡ノ場|周辺海域警戒 3|"
				"<活火山であることに留意（海底火山）||||13\n"
				"3040 小笠原諸島海域|海上警報（噴火警報） 3|"
				"<海上予報（噴火予報）||||\n" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		hazard_areas_are(a, rows[i].file, rows[i].areas);
	arena_free(a);
}

static void test_text(void **state)
{
	struct arena *a = arena_new();
	const char *why = "";
	struct hazard h;

	(void)state;
	hazard_fixture(a, "asama_VFVO50", &h, &why);
	check_str("text", h.text,
		  "火山性地震が増えています。\n\n"
		  "山頂火口から概ね４ｋｍの範囲に立ち入らないでください。");
	check_str("table", h.areas->table, "PointVolcano");
	check_str("table", h.areas->next->table, "jis");
	hazard_fixture(a, "sakurajima_VFVO52", &h, &why);
	check_str("plume", h.text, "爆発音：なし\n\n噴煙 火口上2200m 南東");
	hazard_fixture(a, "sakurajima_VFVO54", &h, &why);
	check_int("until", h.valid_until / TIME_SECOND, 1783141260);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
