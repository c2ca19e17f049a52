#include "hazard_test.h"

static void test_whole(void **state)
{
	static const struct {
		const char *file, *whole, *cause, *unknown;
	} rows[] = {
		{ "sanriku_VTSE41",
		  "tsunami 20260510042133 大津波警報 5 standing",
		  "三陸沖 Ｍ８を超える巨大地震",
		  "津波予報区 779 鹿児島県新沿岸、"
		  "津波予報区 999 何処か新沿岸、"
		  "津波警報等の種類 59 津波特別警報" },
		{ "sanriku_VTSE41_lifted",
		  "tsunami 20260510042133 津波予報（若干の海面変動） 1"
		  " standing lifted",
		  "三陸沖 Ｍ８．４", "" },
		{ "sanriku_VTSE41_cancel", "tsunami 20260510042133 - 0", "",
		  "" },
		/* A forecast was never more: it runs out at its time. */
		{ "forecast_VTSE41",
		  "tsunami 20260601120000 津波予報（若干の海面変動） 1"
		  " standing",
		  "南太平洋 Ｍ７．７", "" },
		{ "none_VTSE41",
		  "tsunami 20260601120001 津波なし 0 standing lifted", "", "" },
		{ "two_VTSE51",
		  "tsunami 20260510042133+20260510044951 大津波警報 5",
		  "三陸沖 Ｍ８．４、茨城県沖 Ｍ７．１", "" },
		{ "offshore_VTSE52", "tsunami 20260510042133 沖合観測 1", "",
		  "" },
		{ "drill_VTSE41",
		  "tsunami 20260510042134 津波注意報 2 standing", "", "" },
		{ "corrected_VTSE41",
		  "tsunami 20260510042135 津波注意報 2 standing", "", "" },
		{ "late_VTSE41", "tsunami 20260510042136 津波注意報 2 standing",
		  "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct hazard h;

		check_int(name, hazard_fixture(a, name, &h, &why), 1);
		check_str(name, hazard_whole(a, &h), rows[i].whole);
		check_str(name, h.cause, rows[i].cause);
		check_str(name, h.unknown, rows[i].unknown);
	}
	arena_free(a);
}

static void test_areas(void **state)
{
	static const struct {
		const char *file, *areas;
	} rows[] = {
		{ "sanriku_VTSE41",
		  "210 岩手県|大津波警報 5|<津波なし|巨大||津波到達中と推測|"
		  "03\n"
		  "220 宮城県|大津波警報 5|<津波警報|１０ｍ超|04:50||04\n"
		  "312 東京湾内湾|津波警報 3|<津波なし|３ｍ|05:40||12,13,14\n"
		  "111 北海道日本海沿岸南部|津波注意報 2|<津波なし|１ｍ|05:30|"
		  "|01\n"
		  /* Newer than the table: by its name, or not at all. */
		  "779 鹿児島県新沿岸|津波注意報 2|<津波なし|１ｍ|||46\n"
		  "999 何処か新沿岸|津波特別警報 5|<津波なし||||\n"
		  "510 大阪府|津波予報（若干の海面変動） 1|<津波なし|"
		  "０．２ｍ未満|||27\n" },
		{ "sanriku_VTSE41_lifted",
		  "210 岩手県|警報解除 0|<大津波警報||||03\n"
		  "312 東京湾内湾|津波予報（若干の海面変動） 1|<津波警報||||"
		  "12,13,14\n"
		  "111 北海道日本海沿岸南部|津波注意報解除 0|<津波注意報||||"
		  "01\n" },
		{ "two_VTSE51",
		  "210 岩手県|大津波警報 5|<大津波警報|１０ｍ||"
		  "第１波の到達を確認|03\n"
		  "21001 宮古|到達予想 1|<||04:40||03\n"
		  "21002 釜石|観測 1|<|３．２ｍ以上（上昇中）|04:55|"
		  "第１波 04:38 引き|03\n"
		  "21003 大船渡|観測 1|<|||第１波識別不能|03\n"
		  "21020 久慈港|観測 1|<|観測中|||03\n" },
		{ "offshore_VTSE52",
		  "21091 岩手宮古沖|沖合観測 1|<|４．１ｍ|04:37|"
		  "第１波 04:30 押し|03\n"
		  "210 岩手県|推定 1|<|推定中|04:36|"
		  "早いところでは既に津波到達と推定|03\n" },
		{ "sanriku_VTSE41_cancel", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		hazard_areas_are(a, rows[i].file, rows[i].areas);
	arena_free(a);
}

/* What is the frame's, and the texts. */
static void test_frame(void **state)
{
	struct arena *a = arena_new();
	const char *why = "";
	struct hazard h;

	(void)state;
	hazard_fixture(a, "sanriku_VTSE41", &h, &why);
	check_str("type", h.telegram.type, "VTSE41");
	check_int("occurred", h.occurred_at / TIME_SECOND, 1778354460);
	check_int("until", h.valid_until, 0);
	check_str("title", h.title,
		  "大津波警報・津波警報・津波注意報・津波予報");
	check_str("headline", h.headline,
		  "大津波警報・津波警報を発表しました。\n"
		  "ただちに避難してください。");
	check_str("text", h.text,
		  "ただちに避難してください。\n\n"
		  "［予想される津波の高さの解説］");

	hazard_fixture(a, "forecast_VTSE41", &h, &why);
	check_int("until", h.valid_until / TIME_SECOND, 1780333200);

	hazard_fixture(a, "drill_VTSE41", &h, &why);
	check_int("drill", h.telegram.status, JMA_DRILL);
	hazard_fixture(a, "corrected_VTSE41", &h, &why);
	check_int("corrected", h.telegram.info_type, JMA_CORRECTED);
	hazard_fixture(a, "late_VTSE41", &h, &why);
	check_int("late", h.telegram.info_type, JMA_DELAYED);

	hazard_fixture(a, "sanriku_VTSE41_cancel", &h, &why);
	check_int("cancel", h.telegram.info_type, JMA_CANCELLED);
	check_str("cancel", h.telegram.cancel_text,
		  "先ほどの、津波警報・注意報・予報を取り消します。");
	check_str("cancelled title", h.title, "");
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *why;
	} rows[] = {
		{ "bad_body_VTSE41", "body not of seismology" },
		{ "bad_empty_VTSE41", "no area" },
		{ "bad_no_event_VTSE41", "no event key" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		hazard_refused(a, rows[i].file, rows[i].why, "VTSE41");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_frame),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
