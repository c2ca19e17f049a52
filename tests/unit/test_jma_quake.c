#include "test.h"

#include "feed/jma_quake.h"
#include "file.h"

enum { MICRO = 1000000 };

static void test_intensity(void **state)
{
	static const struct {
		const char *name, *text;
		int want;
	} rows[] = {
		{ "none", "", 0 },
		{ "NULL", NULL, 0 },
		{ "lowest", "1", 1 },
		{ "four", "4", 4 },
		{ "five lower", "5-", 5 },
		{ "five upper", "5+", 6 },
		{ "six lower", "6-", 7 },
		{ "six upper", "6+", 8 },
		{ "highest", "7", 9 },
		{ "headline", "震度５弱", 5 },
		{ "headline, upper", "震度６強", 8 },
		{ "headline, plain", "震度７", 9 },
		{ "screen", "5弱", 5 },
		{ "full width", "３", 3 },
		{ "full-width sign", "６－", 7 },
		{ "full-width plus", "6＋", 8 },
		{ "not come in", "震度５弱以上未入電", 5 },
		{ "five alone is not on the scale", "5", -1 },
		{ "nor is eight", "8", -1 },
		{ "nor zero", "0", -1 },
		{ "nor four with a sign", "4-", -1 },
		{ "nor seven with a sign", "7+", -1 },
		{ "word alone", "震度", -1 },
		{ "cut character", "\xef\xbc", -1 },
		{ "other full width", "Ａ", -1 },
		{ "untrimmed", "4 ", -1 },
		{ "two digits", "12", -1 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name, jma_intensity(rows[i].text),
			  rows[i].want);
}

static void test_show(void **state)
{
	static const struct {
		int intensity;
		const char *text, *show;
	} rows[] = {
		{ 0, "", "" },	    { 1, "1", "1" },	{ 4, "4", "4" },
		{ 5, "5-", "5弱" }, { 6, "5+", "5強" }, { 7, "6-", "6弱" },
		{ 8, "6+", "6強" }, { 9, "7", "7" },	{ 10, "", "" },
		{ -1, "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		check_str("text", jma_intensity_text(rows[i].intensity),
			  rows[i].text);
		check_str("show", jma_intensity_show(rows[i].intensity),
			  rows[i].show);
	}
	check_str("depth", jma_depth_show(a, 10), "約10km");
	check_str("shallow", jma_depth_show(a, 0), "ごく浅い");
	check_str("unknown", jma_depth_show(a, JMA_DEPTH_UNKNOWN), "不明");
	arena_free(a);
}

static void test_comment_has(void **state)
{
	static const struct {
		const char *codes, *code;
		int want;
	} rows[] = {
		{ "0211 0241", "0211", 1 },  { "0211 0241", "0241", 1 },
		{ "0211 0241", "024", 0 },   { "", "0241", 0 },
		{ "0211  0241", "0241", 1 }, { "02110241", "0211", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].codes,
			  jma_comment_has(rows[i].codes, rows[i].code),
			  rows[i].want);
}

/* Reads tests/data/jma/NAME.xml. */
static int parse(struct arena *a, const char *name, struct jma_quake *q,
		 const char **why)
{
	size_t len;
	const char *buf =
		file_read(a, arena_fmt(a, "tests/data/jma/%s.xml", name), &len);

	assert_non_null(buf);
	return jma_quake_parse(a, buf, len, q, why);
}

/* "13:7 14:6+ ...", to compare with a row of a table. */
static const char *levels(struct arena *a, const struct jma_place *list)
{
	struct str s = { .arena = a };

	for (; list != NULL; list = list->next)
		str_fmt(&s, "%s%s:%s%s", s.len == 0 ? "" : " ", list->code,
			jma_intensity_text(list->intensity),
			list->unreported ? "?" : "");
	return str_text(&s);
}

static void test_summary(void **state)
{
	static const struct {
		const char *file;
		int distant;
		int64_t origin_at; /* seconds */
		const char *epicentre, *epicentre_code;
		int located, depth_km;
		const char *magnitude_text;
		int known;
		const char *max, *tsunami;
	} rows[] = {
		{ "quake7_VXSE51", 0, 1768439700, "", "", 0, -1, "", 0, "7",
		  "" },
		{ "quake7_VXSE53", 0, 1768439700, "東京湾", "477", 1, 30, "7.3",
		  1, "7", "若干の海面変動（被害の心配なし）" },
		{ "quake7_VXSE53_s2", 0, 1768439700, "東京湾", "477", 1, 40,
		  "7.3", 1, "7", "若干の海面変動（被害の心配なし）" },
		{ "ishikawa_VXSE51", 0, 1772388660, "", "", 0, -1, "", 0, "5-",
		  "" },
		{ "ishikawa_VXSE53", 0, 1772388660, "石川県能登地方", "390", 1,
		  10, "5.4", 1, "5-", "津波の心配なし" },
		{ "ishikawa_VXSE53_correction", 0, 1772388660, "石川県能登地方",
		  "390", 1, 10, "5.4", 1, "5+", "津波の心配なし" },
		{ "ishikawa_VXSE53_cancel", 0, 0, "", "", 0, -1, "", 0, "",
		  "" },
		{ "cancel_VXSE51", 0, 0, "", "", 0, -1, "", 0, "", "" },
		{ "distant_VXSE53", 1, 1775678520, "南米西部", "946", 1, -1,
		  "7.8", 1, "", "日本への津波の有無を調査中" },
		{ "nan_VXSE53", 0, 1772388660, "石川県能登地方", "390", 1, 0,
		  "Ｍ８を超える巨大地震", 0, "7", "津波の心配なし" },
		{ "unreported_VXSE53", 0, 1772388660, "石川県能登地方", "390",
		  0, -1, "5.1", 1, "5-", "津波の心配なし" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = NULL;
		struct jma_quake q;

		check_int(name, parse(a, name, &q, &why), 0);
		check_int(name, q.distant, rows[i].distant);
		check_int(name, q.origin_at / MICRO, rows[i].origin_at);
		check_str(name, q.epicentre, rows[i].epicentre);
		check_str(name, q.epicentre_code, rows[i].epicentre_code);
		check_int(name, q.located, rows[i].located);
		check_int(name, q.depth_km, rows[i].depth_km);
		check_str(name, q.magnitude_text, rows[i].magnitude_text);
		check_int(name, q.magnitude_known, rows[i].known);
		check_str(name, jma_intensity_text(q.max_intensity),
			  rows[i].max);
		check_str(name, q.tsunami, rows[i].tsunami);
	}
	arena_free(a);
}

static void test_prefs(void **state)
{
	static const struct {
		const char *file, *want;
	} rows[] = {
		{ "quake7_VXSE51",
		  "13:7 14:6+ 11:6- 12:6- 08:5+ 19:5+ 22:5- 10:5- 09:4 07:4 "
		  "20:4 15:3 23:3 04:3 21:3" },
		{ "quake7_VXSE53",
		  "13:7? 14:6+ 11:6- 12:6- 08:5+ 19:5+? 22:5- 10:5- 09:4 07:4 "
		  "20:4 15:3 23:3 04:3 21:3 06:2 16:2 24:2 25:2 26:2 27:2 28:1 "
		  "29:1 30:1 03:1 05:1 17:1 18:1 33:1" },
		{ "quake7_VXSE53_s2",
		  "13:7 14:6+ 11:6- 12:6- 08:5+ 19:5+ 22:5- 10:5- 09:4 07:4 "
		  "20:4 15:3 23:3 04:3 21:3 06:2 16:2 24:2 25:2 26:2 27:2 28:1 "
		  "29:1 30:1 03:1 05:1 17:1 18:1 33:1" },
		{ "ishikawa_VXSE53", "17:5- 16:4 18:3 15:2 20:1" },
		{ "ishikawa_VXSE53_correction", "17:5+ 16:5- 18:3 15:2 20:1" },
		{ "ishikawa_VXSE53_cancel", "" },
		{ "distant_VXSE53", "" },
		/* 4 by the telegram, at least 5- by the silent town; nothing
		 * by the telegram; an intensity that does not exist. */
		{ "unreported_VXSE53", "17:5-? 16:5-? 15:" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL;
		struct jma_quake q;

		check_int(rows[i].file, parse(a, rows[i].file, &q, &why), 0);
		check_str(rows[i].file, levels(a, q.prefs), rows[i].want);
	}
	arena_free(a);
}

static void test_below(void **state)
{
	struct arena *a = arena_new();
	const struct jma_place *tokyo, *wards;
	const char *why = NULL;
	struct jma_quake q;

	(void)state;
	check_int("read", parse(a, "quake7_VXSE53", &q, &why), 0);
	tokyo = q.prefs;
	check_str("prefecture", tokyo->name, "東京都");
	check_str("areas", levels(a, tokyo->below),
		  "350:7? 351:6+ 352:5+ 355:4 354:3 356:3 357:2 358:1 359:1");
	wards = tokyo->below;
	check_str("area", wards->name, "東京都２３区");
	check_str("cities", levels(a, wards->below),
		  "1310100:7 1310200:7 1310300:6+ 1310400:6+ 1310500:5-? "
		  "1310600:6- 1310700:6- 1310800:6- 1310900:5+ 1311000:5+ "
		  "1311100:5+ 1311200:5-");
	check_str("city", wards->below->name, "東京千代田区");
	check_int("latitude", (long long)(q.latitude * 10 + 0.5), 355);
	check_int("longitude", (long long)(q.longitude * 10 + 0.5), 1398);
	check_int("magnitude", (long long)(q.magnitude * 10 + 0.5), 73);
	check_str("codes", q.forecast_codes, "0212 0241");
	check_str("codes", q.var_codes, "0262");
	check_int("read", parse(a, "distant_VXSE53", &q, &why), 0);
	check_int("south", (long long)(q.latitude * 10 - 0.5), -203);
	check_int("west", (long long)(q.longitude * 10 - 0.5), -706);
	check_str("detail", q.epicentre_detail, "チリ北部沿岸");
	check_str("source", q.source, "ＰＴＷＣ");
	check_str("free", q.free_text, "震源の近傍で津波が観測されています。");
	check_int("read", parse(a, "ishikawa_VXSE53", &q, &why), 0);
	check_str("mark", q.mark, "輪島の東南東１０ｋｍ付近");
	arena_free(a);
}

/* A telegram with this coordinate and this magnitude. */
static struct jma_quake parse_with(struct arena *a, const char *coordinate,
				   const char *magnitude)
{
	static const char text[] =
		"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"
		"<Title>震源・震度に関する情報</Title>"
		"<DateTime>2026-01-15T01:20:21Z</DateTime></Control>"
		"<Head><EventID>20260115101532</EventID></Head><Body xmlns="
		"'http://xml.kishou.go.jp/jmaxml1/body/seismology1/'>"
		"<Earthquake><Hypocenter><Area>"
		"<Coordinate type='震源位置（度分）'>+1+2/</Coordinate>"
		"<Coordinate>%s</Coordinate></Area></Hypocenter>"
		"<Magnitude%s</Magnitude></Earthquake></Body></Report>";
	const char *why = NULL,
		   *buf = arena_fmt(a, text, coordinate, magnitude);
	struct jma_quake q;

	check_int(buf, jma_quake_parse(a, buf, strlen(buf), &q, &why), 0);
	check_int("safe default", q.telegram.status, JMA_STATUS_UNKNOWN);
	return q;
}

static void test_coordinate(void **state)
{
	static const struct {
		const char *text;
		int located, depth_km;
	} rows[] = {
		{ "+37.5+137.2-10000/", 1, 10 },
		{ " +37.5+137.2+0/ ", 1, 0 },
		{ "+37.5+137.2-0/", 1, 0 },
		{ "+56.7+161.4/", 1, JMA_DEPTH_UNKNOWN },
		{ "-36.1-072.6-570000/", 1, 570 },
		{ "+37.5+137.2-10000000000/", 1, JMA_DEPTH_UNKNOWN },
		{ "+37.5+137.2+500/", 1, JMA_DEPTH_UNKNOWN },
		{ "", 0, JMA_DEPTH_UNKNOWN },
		{ "/", 0, JMA_DEPTH_UNKNOWN },
		{ "+37.5/", 0, JMA_DEPTH_UNKNOWN },
		{ "+3710.3+13638.7-5000/", 0, JMA_DEPTH_UNKNOWN },
		{ "nan+137.2/", 0, JMA_DEPTH_UNKNOWN },
		{ "+37.+137.2/", 0, JMA_DEPTH_UNKNOWN },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct jma_quake q = parse_with(a, rows[i].text, ">1");

		check_int(rows[i].text, q.located, rows[i].located);
		check_int(rows[i].text, q.depth_km, rows[i].depth_km);
	}
	arena_free(a);
}

static void test_magnitude(void **state)
{
	static const struct {
		const char *xml, *text;
		int known, tenths;
	} rows[] = {
		{ ">7.6", "7.6", 1, 76 },
		{ "> ７．６ ", "7.6", 1, 76 },
		{ ">6", "6", 1, 60 },
		{ ">-0.1", "-0.1", 1, -1 },
		{ " description='Ｍ不明'>NaN", "Ｍ不明", 0, 0 },
		{ " description='Ｍ８を超える巨大地震'>NaN",
		  "Ｍ８を超える巨大地震", 0, 0 },
		{ ">NaN", "Ｍ不明", 0, 0 },
		{ ">", "Ｍ不明", 0, 0 },
		{ ">7.6e9", "Ｍ不明", 0, 0 },
		{ ">0x7", "Ｍ不明", 0, 0 },
		{ ">40", "Ｍ不明", 0, 0 },
		{ ">-40", "Ｍ不明", 0, 0 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct jma_quake q = parse_with(a, "", rows[i].xml);
		double tenths = q.magnitude * 10;

		check_str(rows[i].xml, q.magnitude_text, rows[i].text);
		check_int(rows[i].xml, q.magnitude_known, rows[i].known);
		check_int(rows[i].xml,
			  (long long)(tenths < 0 ? tenths - 0.5 : tenths + 0.5),
			  rows[i].tenths);
	}
	arena_free(a);
}

/* "03:6+/3> 210:6+/3!> 212:5+/1> ": prefectures and their areas, each with its
 * class of long-period shaking; ! arrived, > warned, ~ or more. */
static const char *forecast(struct arena *a, const struct jma_place *list)
{
	struct str s = { .arena = a };

	for (; list != NULL; list = list->next)
		str_fmt(&s, "%s:%s/%d%s%s%s %s", list->code,
			jma_intensity_text(list->intensity), list->long_period,
			list->arrived ? "!" : "", list->warned ? ">" : "",
			list->or_more ? "~" : "", forecast(a, list->below));
	return str_text(&s);
}

/* The types beside VXSE51 and VXSE53. */
static void test_family(void **state)
{
	static const struct {
		const char *file;
		int64_t origin_at; /* seconds */
		const char *epicentre, *magnitude;
		int depth_km;
		const char *max;
		int long_period, expected, warned, assumed;
		const char *places, *tsunami, *text;
	} rows[] = {
		{ "sanriku_VXSE52", 1778354460, "三陸沖", "7.4", 10, "", 0, 0,
		  0, 0, "", "津波警報等を発表中", "" },
		/* The position in degrees and minutes is not taken. */
		{ "sanriku_VXSE61", 1778354460, "三陸沖", "7.6", 20, "", 0, 0,
		  0, 0, "", "", "震源要素を更新しました。" },
		/* A class that is not on the scale counts as none. */
		{ "sanriku_VXSE62", 1778354460, "三陸沖", "7.4", 10, "6+", 4, 0,
		  0, 0, "03:6+/4 210:6+/4 13:3/2 350:3/2 27:1/0 520:1/0 ", "",
		  "" },
		/* 北海道道南 and 道央 are one, an area comes with each. */
		{ "sanriku_VXSE43", 1778354460, "三陸沖", "7.4", 10, "6+", 3, 1,
		  1, 0,
		  "03:6+/3> 210:6+/3!> 212:5+/1> "
		  "01:5-/0> 106:5-/0> 146:4/0 ",
		  "", "強い揺れに警戒してください。" },
		{ "sanriku_VXSE43_cancel", 0, "", "", -1, "", 0, 1, 0, 0, "",
		  "", "" },
		{ "small_VXSE44", 1778354460, "三陸沖", "7.4", 10, "3", 0, 1, 0,
		  0, "", "", "" },
		/* No upper end: at least that; an area nowhere is left out. */
		{ "plum_VXSE45", 1778354460, "三陸沖", "1.0", 10, "5-", 0, 1, 1,
		  1, "03:5-/0> 210:5-/0>~ ", "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct jma_quake q;

		check_int(name, parse(a, name, &q, &why), 0);
		check_int(name, q.origin_at / 1000000, rows[i].origin_at);
		check_str(name, q.epicentre, rows[i].epicentre);
		check_str(name, q.magnitude_text, rows[i].magnitude);
		check_int(name, q.depth_km, rows[i].depth_km);
		check_str(name, jma_intensity_text(q.max_intensity),
			  rows[i].max);
		check_int(name, q.max_long_period, rows[i].long_period);
		check_int(name, q.forecast, rows[i].expected);
		check_int(name, q.warned, rows[i].warned);
		check_int(name, q.assumed, rows[i].assumed);
		check_str(name, forecast(a, q.prefs), rows[i].places);
		check_str(name, q.tsunami, rows[i].tsunami);
		check_str(name, q.forecast ? q.warning_text : q.free_text,
			  rows[i].text);
		check_int(name, jma_quake_is_type(q.telegram.type), 0);
		check_int(name, jma_quake_reads(q.telegram.type), 1);
	}
	arena_free(a);
}

/* When the shaking reaches an area, and how a prefecture is called. */
static void test_arrival(void **state)
{
	struct arena *a = arena_new();
	const char *why = "";
	struct jma_quake q;

	(void)state;
	check_int("read", parse(a, "sanriku_VXSE43", &q, &why), 0);
	check_str("name", q.prefs->name, "岩手県");
	check_int("there", q.prefs->below->arrives_at, 0);
	check_int("in a while", q.prefs->below->next->arrives_at / 1000000,
		  1778354521);
	check_str("name", q.prefs->next->name, "北海道");
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *why;
	} rows[] = {
		{ "bad_truncated", "not well-formed" },
		{ "bad_doctype", "a DOCTYPE" },
		{ "bad_body_namespace", "body not of seismology" },
		{ "bad_no_event", "no event key" },
		{ "unknown_VXSE99", "not an earthquake telegram" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL;
		struct jma_quake q;

		check_int(rows[i].file, parse(a, rows[i].file, &q, &why), -1);
		check_str(rows[i].file, why, rows[i].why);
	}
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_intensity),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_comment_has),
		cmocka_unit_test(test_summary),
		cmocka_unit_test(test_prefs),
		cmocka_unit_test(test_below),
		cmocka_unit_test(test_coordinate),
		cmocka_unit_test(test_magnitude),
		cmocka_unit_test(test_family),
		cmocka_unit_test(test_arrival),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
