/* CAP: every file of the folder, and what its frame becomes. */
#include "hazard_file.h"

#include "base/time.h"

static void test_files(void **state)
{
	static const struct hazard_row rows[] = {
		{ "cap/ack.cap", "not read" },
		{ "cap/bad_namespace.cap", "refused: no format that is known" },
		{ "cap/bad_no_time.cap", "refused: no time of issue" },
		{ "cap/bad_truncated.cap", "refused: not well-formed" },
		{ "cap/bad_xxe.cap", "refused: a DOCTYPE" },
		{ "cap/draft.cap", "weather JP-260610-1 3 大雨警報; "
				   "札幌市[01100] 3 大雨警報 (01)" },
		{ "cap/latin1.cap", "overseas UY-1 4 Inundación; "
				    "Maldonado, Usulután[] 4 Inundación" },
		{ "cap/missile.cap", "missile JP-260610-1 5 弾道ミサイル; "
				     "青森県[02] 5 弾道ミサイル (02)" },
		{ "cap/no_info.cap", "overseas JP-260610-1 1" },
		{ "cap/polygon_only.cap", "flood JP-260610-1 4 洪水; "
					  "流域[] 4 洪水; "
					  "unknown 都道府県の分からない 区域" },
		{ "cap/rain_cancel.cap", "overseas JP-260610-1 0 cancelled" },
		{ "cap/rain_clear.cap",
		  "weather JP-260610-1 0 大雨警報 lifted; "
		  "札幌市[01100] 0 大雨警報 (01)" },
		{ "cap/rain_two_languages.cap",
		  "weather JP-260610-1 5 大雨特別警報; "
		  "札幌市[01100] 5 大雨特別警報 (01); "
		  "石狩市[01235] 5 大雨特別警報 (01)" },
		{ "cap/rain_update.cap", "weather JP-260610-1 3 大雨警報; "
					 "北海道石狩地方[] 3 大雨警報 (01)" },
		{ "cap/system_test.cap", "weather JP-260610-1 3 大雨警報; "
					 "札幌市[01100] 3 大雨警報 (01)" },
		{ "cap/tsunami_exercise.cap",
		  "tsunami JP-260610-1 5 大津波警報; "
		  "岩手県[03] 5 大津波警報 (03)" },
	};

	(void)state;
	hazard_check(rows, LEN(rows));
}

static void test_frames(void **state)
{
	static const struct {
		const char *path;
		enum jma_status status;
		enum jma_info_type type;
		const char *title, *text;
	} rows[] = {
		{ "cap/rain_two_languages.cap", JMA_NORMAL, JMA_ISSUED,
		  "大雨特別警報", "説明\n行動" },
		{ "cap/rain_update.cap", JMA_NORMAL, JMA_ISSUED, "大雨警報",
		  "説明\n行動" },
		{ "cap/rain_cancel.cap", JMA_NORMAL, JMA_CANCELLED,
		  "防災情報（CAP）", "" },
		{ "cap/tsunami_exercise.cap", JMA_DRILL, JMA_ISSUED,
		  "大津波警報", "説明\n行動" },
		{ "cap/system_test.cap", JMA_TEST, JMA_ISSUED, "大雨警報",
		  "説明\n行動" },
		{ "cap/draft.cap", JMA_STATUS_UNKNOWN, JMA_ISSUED, "大雨警報",
		  "説明\n行動" },
		{ "cap/latin1.cap", JMA_NORMAL, JMA_ISSUED, "Inundación", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct hazard h;

		hazard_file(a, rows[i].path, &h);
		check_int(rows[i].path, h.telegram.status, rows[i].status);
		check_int(rows[i].path, h.telegram.info_type, rows[i].type);
		check_str(rows[i].path, h.title, rows[i].title);
		check_str(rows[i].path, h.text, rows[i].text);
		check_str(rows[i].path, h.telegram.event_key, h.key);
	}
	arena_free(a);
}

static void test_details(void **state)
{
	struct arena *a = arena_new();
	struct hazard h;

	(void)state;
	hazard_file(a, "cap/rain_two_languages.cap", &h);
	check_str("until", time_iso(a, h.valid_until),
		  "2026-06-10T18:00:00+09:00");
	check_str("onset", time_iso(a, h.areas->at),
		  "2026-06-10T11:50:00+09:00");
	check_str("office", h.telegram.office, "見本気象台");
	hazard_file(a, "cap/rain_cancel.cap", &h);
	check_str("note", h.telegram.cancel_text, "誤りでした。");
	arena_free(a);
}

/* An alert with one field replaced. */
static const char *alert(struct arena *a, const char *severity,
			 const char *event, const char *more)
{
	return arena_fmt(
		a,
		"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>"
		"<identifier>1</identifier><sender>s</sender><sent>"
		"2026-06-10T12:00:00+09:00</sent><status>Actual</status>"
		"<msgType>Alert</msgType>%s<info><language>ja</language>"
		"<category>Met</category><event>%s</event><severity>%s"
		"</severity><area><areaDesc>東京都</areaDesc></area></info>"
		"</alert>",
		more, event, severity);
}

static void test_ranks_and_kinds(void **state)
{
	static const struct {
		const char *severity, *event, *want;
	} rows[] = {
		{ "Extreme", "竜巻", "weather 1 5 竜巻; 東京都[] 5 竜巻 (13)" },
		{ "Severe", "竜巻", "weather 1 4 竜巻; 東京都[] 4 竜巻 (13)" },
		{ "Moderate", "竜巻",
		  "weather 1 3 竜巻; 東京都[] 3 竜巻 (13)" },
		{ "Minor", "竜巻", "weather 1 2 竜巻; 東京都[] 2 竜巻 (13)" },
		{ "Unknown", "竜巻", "weather 1 1 竜巻; 東京都[] 1 竜巻 (13)" },
		{ "Minor", "土砂災害警戒情報",
		  "landslide 1 4 土砂災害警戒情報; 東京都[] 4 土砂災害警戒情報"
		  " (13)" },
		{ "Severe", "噴火速報",
		  "volcano 1 4 噴火速報; 東京都[] 4 噴火速報 (13)" },
		{ "Severe", "Typhoon",
		  "typhoon 1 4 Typhoon; 東京都[] 4 Typhoon (13)" },
		{ "Severe", "大雨警報解除",
		  "weather 1 0 大雨警報解除 lifted; 東京都[] 0 大雨警報解除"
		  " (13)" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *xml = alert(a, rows[i].severity, rows[i].event, "");
		struct hazard h;

		check_str(rows[i].event, hazard_line(a, xml, strlen(xml), &h),
			  rows[i].want);
	}
	arena_free(a);
}

/* The key holds an alert and its updates together. */
static void test_keys(void **state)
{
	static const struct {
		const char *more, *want;
	} rows[] = {
		{ "", "1" },
		{ "<incidents>storm-7</incidents>", "storm-7" },
		{ "<references/>", "1" },
		{ "<references>s,B,2026-06-10T11:00:00+09:00\n"
		  "s,A,2026-06-10T10:00:00+09:00</references>",
		  "A" },
		{ "<references>no commas here</references>", "1" },
		{ "<references>s,B,yesterday</references>", "1" },
	};
	struct arena *a = arena_new();
	const char *why, *xml;
	struct str s = { .arena = a };
	struct hazard h;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		xml = alert(a, "Minor", "x", rows[i].more);
		check_int(rows[i].more,
			  hazard_parse(a, xml, strlen(xml), &h, &why), 1);
		check_str(rows[i].more, h.key, rows[i].want);
	}
	str_add(&s, "<incidents>");
	for (int i = 0; i < 200; i++)
		str_add(&s, "x");
	str_add(&s, "</incidents>");
	xml = alert(a, "Minor", "x", str_text(&s));
	check_int("long", hazard_parse(a, xml, strlen(xml), &h, &why), 1);
	check_int("long", (long long)strlen(h.key), 32);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_details),
		cmocka_unit_test(test_ranks_and_kinds),
		cmocka_unit_test(test_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
