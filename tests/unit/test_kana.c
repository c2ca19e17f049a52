#include "test.h"

#include "base/kana.h"

static void test_key(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "nothing", "", "" },
		{ "half-width", "ﾊﾝｶｸ", "はんかく" },
		{ "katakana", "ハンカク", "はんかく" },
		{ "hiragana", "はんかく", "はんかく" },
		{ "half-width with voice marks", "ｱﾝﾀﾞｰｿﾝ ﾊﾟｳﾛ",
		  "あんだーそん ぱうろ" },
		{ "combining voice marks", "か\u3099は\u309aう\u3099",
		  "がぱ\u3094" },
		{ "vu", "ヴ", "\u3094" },
		{ "a mark that belongs to nothing", "あ\u3099", "あ\u3099" },
		{ "a mark after a voiced one", "が\uff9e", "が\uff9e" },
		{ "small and odd kana", "ｬｯヵヶ", "ゃっ\u3095\u3096" },
		{ "full-width letters", "ＡｂＣ１２３－", "abc123-" },
		{ "blanks", "　佐藤　 花子\t", "佐藤 花子" },
		{ "the dot of names", "ジョン・スミス", "じょん すみす" },
		{ "old forms", "髙橋 山﨑 渡邊 齋藤 德永 濵田",
		  "高橋 山崎 渡辺 斎藤 徳永 浜田" },
		{ "beyond 16 bits", "𠮷田", "吉田" },
		{ "a selector of variants", "葛\U000e0100城", "葛城" },
		{ "compatibility forms", "\ufa19\ufa1b", "神福" },
		{ "other letters stay", "Ǆéλ①", "Ǆéλ①" },
		{ "no character", "a\xff", "a\ufffd" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		char *key = kana_key(a, rows[i].text);

		check_str(rows[i].name, key, rows[i].want);
		check_str(rows[i].name, kana_key(a, key), key);
	}
	check_str("joined", kana_key_joined(a, " 佐藤　花子 "), "佐藤花子");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
