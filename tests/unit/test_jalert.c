/* The plain form of a civil-protection gateway. */
#include "hazard_file.h"

#include "base/time.h"
#include "feed/jalert.h"

static void test_files(void **state)
{
	static const struct hazard_row rows[] = {
		{ "jalert/cancel.txt", "missile 20260609 0 cancelled" },
		{ "jalert/drill_cp932.txt",
		  "missile 20260609 5 ミサイル落下 partial everywhere; "
		  "東京都府中市[] 5 ミサイル落下 (13) 落下・通過の場所" },
		{ "jalert/evacuate.txt",
		  "missile 20260609 5 ミサイル落下のおそれ（直ちに避難） "
		  "partial; "
		  "北海道[01] 5 ミサイル落下のおそれ（直ちに避難） (01); "
		  "北海道[] 5 ミサイル落下のおそれ（直ちに避難） (01) "
		  "落下・通過の場所" },
		{ "jalert/launch.txt",
		  "missile 20260609 5 ミサイル発射 partial; "
		  "北海道[01] 5 ミサイル発射 (01); "
		  "青森県[02] 5 ミサイル発射 (02)" },
		{ "jalert/not_coming.txt",
		  "missile 20260609 0 飛来せず lifted; "
		  "北海道[01] 0 飛来せず (01)" },
		{ "jalert/passed.txt",
		  "missile 20260609 1 ミサイル通過 partial; "
		  "北海道[01] 1 ミサイル通過 (01); "
		  "青森県[02] 1 ミサイル通過 (02); "
		  "太平洋[] 1 ミサイル通過 落下・通過の場所" },
		{ "jalert/sea.txt",
		  "missile 20260609 1 ミサイル海上に落下 partial; "
		  "北海道[01] 1 ミサイル海上に落下 (01); "
		  "日本海[] 1 ミサイル海上に落下 落下・通過の場所" },
	};

	(void)state;
	hazard_check(rows, LEN(rows));
}

static const char *message(struct arena *a, const char *lines, const char *text)
{
	return arena_fmt(a,
			 "jalert: 1\nid: 7\nmode: live\n"
			 "sent: 2026-06-10T07:27:00+09:00\n%s\n%s",
			 lines, text);
}

/* By the standard texts, by word and by code of the library. */
static void test_kinds(void **state)
{
	static const struct {
		const char *lines, *text, *level;
		int rank;
		bool lifted;
	} rows[] = {
		{ "", "ミサイル発射。ミサイル発射。", "ミサイル発射", 5,
		  false },
		{ "", "直ちに避難。直ちに避難。",
		  "ミサイル落下のおそれ（直ちに避難）", 5, false },
		{ "", "ミサイル落下。ミサイル落下。", "ミサイル落下", 5,
		  false },
		{ "", "先程のミサイルは、迎撃により破壊されました。",
		  "ミサイル迎撃", 5, false },
		{ "", "ミサイル通過。先程のミサイルは通過しました。",
		  "ミサイル通過", 1, false },
		{ "", "ミサイル通過。避難の呼びかけを解除します。",
		  "ミサイル通過", 0, true },
		{ "", "先程のミサイルは、日本海に落下したものとみられます。",
		  "ミサイル海上に落下", 1, false },
		{ "",
		  "日本海に落下したものとみられます。避難の呼びかけを解除"
		  "します。",
		  "ミサイル海上に落下", 0, true },
		{ "", "我が国の領海内の日本海に落下したものとみられます。",
		  "ミサイル海上に落下", 5, false },
		{ "", "我が国の領海外の日本海に落下したものとみられます。",
		  "ミサイル海上に落下", 1, false },
		{ "", "我が国には飛来しないものとみられます。", "飛来せず", 0,
		  true },
		{ "", "我が国には落下しないものとみられます。", "落下せず", 0,
		  true },
		{ "", "避難の呼びかけを解除します。", "避難の呼びかけ解除", 0,
		  true },
		{ "", "ゲリラ攻撃情報。", "ゲリラ・特殊部隊攻撃", 5, false },
		{ "kind: launch\n", "", "ミサイル発射", 5, false },
		{ "kind: release\n", "", "避難の呼びかけ解除", 0, true },
		{ "code: 128\n", "", "ミサイル発射", 5, false },
		{ "code: 129\n", "", "ミサイル通過", 0, true },
		{ "code: 130\n", "", "ミサイル海上に落下", 0, true },
		{ "code: 134\n", "", "ミサイル落下", 5, false },
		{ "kind: laser\n", "", "国民保護情報", 5, false },
		{ "", "文面が変わりました。", "国民保護情報", 5, false },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *row =
			arena_fmt(a, "%s%s", rows[i].lines, rows[i].text);
		const char *m = message(a, rows[i].lines, rows[i].text), *why;
		struct hazard h;

		check_int(row, hazard_parse(a, m, strlen(m), &h, &why), 1);
		check_str(row, h.level, rows[i].level);
		check_int(row, h.rank, rows[i].rank);
		check_int(row, h.lifted, rows[i].lifted);
		check_int(row, h.telegram.status, JMA_NORMAL);
		check_int(row, *h.unknown != '\0',
			  strcmp(h.level, "国民保護情報") == 0);
	}
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *name, *bytes, *want;
	} rows[] = {
		{ "empty", "jalert:", "refused: a form that is not known" },
		{ "form", "jalert: 2\nid: 1\n",
		  "refused: a form that is not known" },
		{ "no id", "jalert: 1\nmode: live\n",
		  "refused: no id, or one too long" },
		{ "no time", "jalert: 1\nid: 1\n",
		  "refused: no time of issue" },
		{ "twice", "jalert: 1\nid: 1\nid: 2\n",
		  "refused: a line twice" },
		{ "no name", "jalert: 1\nid\n",
		  "refused: a line without a name" },
		{ "revision",
		  "jalert: 1\nid: 1\nsent: 2026-06-10T07:27:00+09:00\n"
		  "revision: -1\nkind: launch\n",
		  "refused: revision is no number" },
		{ "nothing said",
		  "jalert: 1\nid: 1\nsent: 2026-06-10T07:27:00+09:00\n",
		  "refused: neither kind nor text" },
		{ "not text", "jalert: 1\nid: \xff\xff\n",
		  "refused: not text" },
	};
	struct arena *a = arena_new();
	char *large = arena_alloc(a, JALERT_BYTES_MAX + 2);
	struct hazard h;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name,
			  hazard_line(a, rows[i].bytes, strlen(rows[i].bytes),
				      &h),
			  rows[i].want);
	memset(large, 'x', JALERT_BYTES_MAX + 1);
	memcpy(large, "jalert: 1\n", 10);
	check_str("large", hazard_line(a, large, JALERT_BYTES_MAX + 1, &h),
		  "refused: too large");
	arena_free(a);
}

/* Mode, clock and key. */
static void test_frames(void **state)
{
	static const struct {
		const char *path;
		enum jma_status status;
		enum jma_info_type type;
		const char *occurred, *at; /* at: of the last area */
	} rows[] = {
		{ "jalert/launch.txt", JMA_NORMAL, JMA_ISSUED,
		  "2026-06-10T07:27:00+09:00", "" },
		{ "jalert/evacuate.txt", JMA_NORMAL, JMA_ISSUED,
		  "2026-06-10T07:55:00+09:00", "2026-06-10T08:01:00+09:00" },
		{ "jalert/passed.txt", JMA_NORMAL, JMA_ISSUED,
		  "2026-06-10T07:29:00+09:00", "2026-06-10T07:29:00+09:00" },
		{ "jalert/cancel.txt", JMA_NORMAL, JMA_CANCELLED, "", "" },
		{ "jalert/drill_cp932.txt", JMA_DRILL, JMA_ISSUED,
		  "2026-06-10T10:00:00+09:00", "2026-06-10T10:00:00+09:00" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct hazard h;

		hazard_file(a, rows[i].path, &h);
		check_int(rows[i].path, h.telegram.status, rows[i].status);
		check_int(rows[i].path, h.telegram.info_type, rows[i].type);
		check_str(rows[i].path, time_iso(a, h.occurred_at),
			  rows[i].occurred);
		check_str(rows[i].path,
			  h.last == NULL ? "" : time_iso(a, h.last->at),
			  rows[i].at);
	}
	arena_free(a);
}

/* A day begins at noon; an event line goes before it; a test text is a test
 * whatever the mode; an unknown mode mails nobody. */
static void test_keys_and_modes(void **state)
{
	static const struct {
		const char *bytes, *key;
		enum jma_status status;
	} rows[] = {
		{ "jalert: 1\nid: 1\nmode: live\nkind: launch\n"
		  "sent: 2023-11-21T22:46:00+09:00\n",
		  "20231121", JMA_NORMAL },
		{ "jalert: 1\nid: 2\nmode: live\nkind: release\n"
		  "sent: 2023-11-22T00:15:00+09:00\n",
		  "20231121", JMA_NORMAL },
		{ "jalert: 1\nid: 3\nmode: live\nkind: launch\n"
		  "sent: 2023-11-22T12:00:00+09:00\n",
		  "20231122", JMA_NORMAL },
		{ "jalert: 1\nid: 4\nevent: E-9\nmode: drill\nkind: launch\n"
		  "sent: 2023-11-22T12:00:00+09:00\n",
		  "E-9", JMA_DRILL },
		{ "jalert: 1\nid: 5\nmode: live\n"
		  "sent: 2023-11-22T12:00:00+09:00\n\n"
		  "これは、Ｊアラートのテストです。",
		  "20231122", JMA_TEST },
		{ "jalert: 1\nid: 6\nmode: maybe\nkind: launch\n"
		  "sent: 2023-11-22T12:00:00+09:00\n",
		  "20231122", JMA_STATUS_UNKNOWN },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why;
		struct hazard h;

		check_int(rows[i].bytes,
			  hazard_parse(a, rows[i].bytes, strlen(rows[i].bytes),
				       &h, &why),
			  1);
		check_str(rows[i].bytes, h.key, rows[i].key);
		check_int(rows[i].bytes, h.telegram.status, rows[i].status);
	}
	arena_free(a);
}

/* Places by code and name; what no table knows is said. */
static void test_places(void **state)
{
	static const struct {
		const char *lines, *want;
	} rows[] = {
		{ "prefectures: 47\ncities: 4720100\n",
		  "missile 20260609 5 ミサイル発射 partial; 沖縄県[47] 5 "
		  "ミサイル発射 (47); 4720100[4720100] 5 ミサイル発射 (47)" },
		{ "prefectures: 48 火星県\n",
		  "missile 20260609 5 ミサイル発射 partial; 48[] 5 "
		  "ミサイル発射; 火星県[] 5 ミサイル発射; unknown 地域 48、"
		  "地域 火星県" },
		{ "cities: 0199900\n",
		  "missile 20260609 5 ミサイル発射 partial; 0199900[0199900] 5 "
		  "ミサイル発射 (01); unknown 市町村 0199900" },
		{ "weather: fine\nprefectures: all\n",
		  "missile 20260609 5 ミサイル発射 partial everywhere; "
		  "unknown 項目 weather" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *m = message(a, rows[i].lines, "ミサイル発射。");
		struct hazard h;

		check_str(rows[i].lines, hazard_line(a, m, strlen(m), &h),
			  rows[i].want);
	}
	arena_free(a);
}

/* In a text of either encoding; line ends stay. */
static void test_controls(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "an ESC", "ミサイル\x1b$B発射。\n\t1",
		  "ミサイル $B発射。\n\t1" },
		{ "of CP932", "\x83\x7e\x1b\x7f\x83\x7e", "ミ  ミ" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *m = message(a, "", rows[i].text), *why;
		struct hazard h;

		check_int(rows[i].name, hazard_parse(a, m, strlen(m), &h, &why),
			  1);
		check_str(rows[i].name, h.text, rows[i].want);
	}
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_keys_and_modes),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_controls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
