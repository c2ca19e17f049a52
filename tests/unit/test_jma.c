#include "test.h"

#include "feed/jma.h"
#include "file.h"

static void test_frame(void **state)
{
	static const struct {
		const char *file, *type, *title, *head_title, *event_key;
		int serial;
		enum jma_status status;
		enum jma_info_type info_type;
		int64_t published_at, target_at; /* seconds */
		const char *cancel_text;
	} rows[] = {
		{ "quake7_VXSE51", "VXSE51", "震度速報", "震度速報",
		  "20260115101532", 0, JMA_NORMAL, JMA_ISSUED, 1768439824,
		  1768439700, "" },
		{ "quake7_VXSE53_s2", "VXSE53", "震源・震度に関する情報",
		  "震源・震度情報", "20260115101532", 2, JMA_NORMAL, JMA_ISSUED,
		  1768440708, 1768440660, "" },
		{ "ishikawa_VXSE53_cancel", "VXSE53", "震源・震度に関する情報",
		  "震源・震度情報", "20260302031107", 1, JMA_NORMAL,
		  JMA_CANCELLED, 1772390402, 1772390400,
		  "先ほどの、震源・震度情報を取り消します。" },
		{ "ishikawa_VXSE53_correction", "VXSE53",
		  "震源・震度に関する情報", "震源・震度情報", "20260302031107",
		  1, JMA_NORMAL, JMA_CORRECTED, 1772389570, 1772389560, "" },
		{ "drill_VXSE53", "VXSE53", "震源・震度に関する情報",
		  "震源・震度情報", "20260302031108", 1, JMA_DRILL, JMA_ISSUED,
		  1772388895, 1772388840, "" },
		{ "test_VXSE53", "VXSE53", "震源・震度に関する情報",
		  "震源・震度情報", "20260302031109", 1, JMA_TEST, JMA_ISSUED,
		  1772388895, 1772388840, "" },
		{ "unknown_VXSE99", "", "宇宙地震に関する情報", "宇宙地震",
		  "20260302031112", 3, JMA_NORMAL, JMA_ISSUED, 1772388895,
		  1772388840, "" },
		{ "unreported_VXSE53", "VXSE53", "震源・震度に関する情報",
		  "震源・震度情報", "20260302031111", 1, JMA_NORMAL, JMA_ISSUED,
		  1772388895, 1772388840, "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = NULL, *buf;
		struct jma_telegram t;
		size_t len;

		buf = file_read(a, arena_fmt(a, "tests/data/jma/%s.xml", name),
				&len);
		check_int(name, jma_telegram_parse(a, buf, len, &t, &why), 0);
		check_str(name, t.type, rows[i].type);
		check_str(name, t.title, rows[i].title);
		check_str(name, t.head_title, rows[i].head_title);
		check_str(name, t.event_key, rows[i].event_key);
		check_str(name, t.cancel_text, rows[i].cancel_text);
		check_str(name, t.office, "気象庁");
		check_int(name, t.serial, rows[i].serial);
		check_int(name, t.status, rows[i].status);
		check_int(name, t.info_type, rows[i].info_type);
		check_int(name, t.published_at / 1000000, rows[i].published_at);
		check_int(name, t.target_at / 1000000, rows[i].target_at);
		check_int(name, t.valid_until, 0);
	}
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *why;
	} rows[] = {
		{ "bad_truncated", "not well-formed" },
		{ "bad_namespace", "not a JMA telegram" },
		{ "bad_doctype", "a DOCTYPE" },
		{ "bad_entities", "a DOCTYPE" },
		{ "bad_html", "an HTML page" },
		{ "bad_no_time", "no time of issue" },
		{ "../atom/eqvol", "not a JMA telegram" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL, *buf;
		struct jma_telegram t;
		size_t len;

		buf = file_read(
			a, arena_fmt(a, "tests/data/jma/%s.xml", rows[i].file),
			&len);
		check_int(rows[i].file,
			  jma_telegram_parse(a, buf, len, &t, &why), -1);
		check_str(rows[i].file, why, rows[i].why);
		assert_non_null(t.type);
	}
	arena_free(a);
}

static void test_type_of_address(void **state)
{
	static const struct {
		const char *name, *href, *want;
	} rows[] = {
		{ "quick", "https://a.jp/20240101071341_0_VXSE51_010000.xml",
		  "VXSE51" },
		{ "river", "https://a.jp/20240101071341_0_VXKO51_270000.xml",
		  "VXKO51" },
		{ "name alone", "20240101071341_12_VXSE51.xml", "VXSE51" },
		{ "old", "http://a.jp/0341a170-82bb-32bd-88a9-a8d18596752c.xml",
		  "" },
		{ "small letters", "20240101071341_0_vxse51_010000.xml", "" },
		{ "cut off", "20240101071341_0_VXSE5", "" },
		{ "longer", "20240101071341_0_VXSE511_010000.xml", "" },
		{ "no type", "20240101071341_0", "" },
		{ "nothing", "", "" },
		{ "folder", "https://a.jp/", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, jma_type_of_address(a, rows[i].href),
			  rows[i].want);
	arena_free(a);
}

static void test_plain(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "digits", "０１２３４５６７８９", "0123456789" },
		{ "letters", "ＡＺａｚ", "AZaz" },
		{ "marks", "！～＋－．（）", "!~+-.()" },
		{ "space", "１\xe3\x80\x80２", "1 2" },
		{ "others stay", "震度５弱、ﾊﾝｶｸ", "震度5弱、ﾊﾝｶｸ" },
		{ "ASCII", "abc", "abc" },
		{ "nothing", "", "" },
		{ "cut character", "\xef\xbc", "\xef\xbc" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, jma_plain(a, rows[i].text),
			  rows[i].want);
	arena_free(a);
}

static void test_show(void **state)
{
	(void)state;
	check_str("drill", jma_status_show(JMA_DRILL), "訓練");
	check_str("unknown", jma_status_show(JMA_STATUS_UNKNOWN), "不明");
	check_str("cancel", jma_info_type_show(JMA_CANCELLED), "取消");
	check_str("type", jma_type("震度速報"), "VXSE51");
	check_str("unknown type", jma_type("震度"), "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frame),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_type_of_address),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
