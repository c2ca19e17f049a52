#include "hazard_test.h"

#include "feed/hazard_text.h"

static void test_words(void **state)
{
	static const struct {
		const char *file, *subject, *body;
	} rows[] = {
		{ "sanriku_VTSE41", "【津波】大津波警報 岩手県、宮城県",
		  "大津波警報・津波警報・津波注意報・津波予報\n"
		  "大津波警報・津波警報を発表しました。\n"
		  "ただちに避難してください。\n"
		  "\n"
		  "■ 大津波警報（岩手県、宮城県）\n"
		  "・岩手県　巨大　津波到達中と推測\n"
		  "・宮城県　１０ｍ超　5月10日 04:50ごろ\n"
		  "\n"
		  "■ 津波特別警報\n"
		  "・何処か新沿岸\n"
		  "\n"
		  "■ 津波警報（千葉県、東京都、神奈川県）\n"
		  "・東京湾内湾　３ｍ　5月10日 05:40ごろ\n"
		  "\n"
		  "■ 津波注意報（北海道、鹿児島県）\n"
		  "・北海道日本海沿岸南部　１ｍ　5月10日 05:30ごろ\n"
		  "・鹿児島県新沿岸　１ｍ\n"
		  "\n"
		  "ほかに 津波予報（若干の海面変動） 1 か所\n"
		  "\n"
		  "地震: 5月10日 04:21 三陸沖 Ｍ８を超える巨大地震\n"
		  "いつまで: 解除されるまで\n"
		  "発表: 気象庁 5月10日 04:24\n" },
		{ "sanriku_VTSE41_lifted",
		  "【解除】【津波】津波警報・津波注意報を解除しました",
		  "津波予報\n"
		  "津波警報・津波注意報を解除しました。\n"
		  "\n"
		  "■ 津波予報（若干の海面変動）（千葉県、東京都、神奈川県）\n"
		  "・東京湾内湾\n"
		  "\n"
		  "■ 警報解除（岩手県）\n"
		  "・岩手県\n"
		  "\n"
		  "■ 津波注意報解除（北海道）\n"
		  "・北海道日本海沿岸南部\n"
		  "\n"
		  "地震: 5月10日 04:21 三陸沖 Ｍ８．４\n"
		  "発表: 気象庁 5月11日 08:00\n" },
		{ "sanriku_VTSE41_cancel",
		  "【取消】【津波】大津波警報・津波警報・津波注意報・津波予報",
		  "先にお知らせした内容は取り消されました。\n"
		  "先ほどの、津波警報・注意報・予報を取り消します。\n"
		  "\n"
		  "発表: 気象庁 5月10日 04:30\n" },
		{ "drill_VTSE41", "【訓練】【津波】津波注意報 富山県",
		  "これは訓練です。\n"
		  "津波注意報\n"
		  "＊＊＊これは訓練です＊＊＊\n"
		  "\n"
		  "■ 津波注意報（富山県）\n"
		  "・富山県　１ｍ　5月10日 04:30ごろ\n"
		  "\n"
		  "いつまで: 解除されるまで\n"
		  "発表: 気象庁 5月10日 04:24\n" },
		{ "corrected_VTSE41", "【訂正】【津波】津波注意報 富山県",
		  "先にお知らせした内容が訂正されました。\n"
		  "津波注意報\n"
		  "\n"
		  "■ 津波注意報（富山県）\n"
		  "・富山県　１ｍ　5月10日 04:30ごろ\n"
		  "\n"
		  "いつまで: 解除されるまで\n"
		  "発表: 気象庁 5月10日 04:25\n" },
		{ "late_VTSE41", "【遅延】【津波】津波注意報 富山県",
		  "遅れて届いた情報です。\n"
		  "津波注意報\n"
		  "\n"
		  "■ 津波注意報（富山県）\n"
		  "・富山県　１ｍ　5月10日 04:30ごろ\n"
		  "\n"
		  "いつまで: 解除されるまで\n"
		  "発表: 気象庁 5月10日 04:25\n" },
		{ "forecast_VTSE41",
		  "【津波】津波予報（若干の海面変動） 高知県",
		  "津波予報\n"
		  "\n"
		  "■ 津波予報（若干の海面変動）（高知県）\n"
		  "・高知県　０．２ｍ未満\n"
		  "\n"
		  "地震: 6月1日 12:00 南太平洋 Ｍ７．７\n"
		  "いつまで: 6月2日 02:00\n"
		  "発表: 気象庁 6月1日 14:00\n" },
		{ "two_VTSE51", "【津波】大津波警報 岩手県",
		  "津波観測に関する情報\n"
		  "１０日０４時５５分現在の、津波の観測値をお知らせします。\n"
		  "\n"
		  "■ 大津波警報（岩手県）\n"
		  "・岩手県　１０ｍ　第１波の到達を確認\n"
		  "\n"
		  "■ 到達予想（岩手県）\n"
		  "・宮古　5月10日 04:40ごろ\n"
		  "\n"
		  "■ 観測（岩手県）\n"
		  "・釜石　３．２ｍ以上（上昇中）　5月10日 04:55ごろ　第１波 "
		  "04:38 引き\n"
		  "・大船渡　第１波識別不能\n"
		  "・久慈港　観測中\n"
		  "\n"
		  "地震: 5月10日 04:21 三陸沖 Ｍ８．４、茨城県沖 Ｍ７．１\n"
		  "発表: 気象庁 5月10日 04:56\n" },
		{ "offshore_VTSE52", "【津波】沖合観測 岩手県",
		  "沖合の津波観測に関する情報\n"
		  "高い津波を沖合で観測しました。\n"
		  "\n"
		  "■ 沖合観測（岩手県）\n"
		  "・岩手宮古沖　４．１ｍ　5月10日 04:37ごろ　第１波 04:30 "
		  "押し\n"
		  "\n"
		  "■ 推定（岩手県）\n"
		  "・岩手県　推定中　5月10日 "
		  "04:36ごろ　早いところでは既に津波到達と推定\n"
		  "\n"
		  "発表: 気象庁 5月10日 04:38\n" },
		{ "asama_VFVO50",
		  "【火山】浅間山 噴火警報（火口周辺） レベル３（入山規制） "
		  "群馬県、長野県",
		  "浅間山 噴火警報（火口周辺）\n"
		  "＜浅間山に火口周辺警報（噴火警戒レベル３、入山規制）を発表＞"
		  "\n"
		  "\n"
		  "■ レベル３（入山規制）（群馬県、長野県）\n"
		  "・浅間山\n"
		  "\n"
		  "■ 火口周辺警報（群馬県、長野県）\n"
		  "・群馬県嬬恋村\n"
		  "・長野県小諸市\n"
		  "・新しい村\n"
		  "\n"
		  "発生など: 7月1日 11:30\n"
		  "いつまで: 解除されるまで\n"
		  "発表: 気象庁 7月1日 11:30\n" },
		{ "asama_VFVO50_lifted",
		  "【解除】【火山】＜浅間山の火口周辺警報を解除＞",
		  "浅間山 噴火予報\n"
		  "＜浅間山の火口周辺警報を解除＞\n"
		  "\n"
		  "■ レベル１（活火山であることに留意）（群馬県、長野県）\n"
		  "・浅間山\n"
		  "\n"
		  "■ 噴火予報：警報解除（群馬県）\n"
		  "・群馬県嬬恋村\n"
		  "\n"
		  "発生など: 7月20日 11:00\n"
		  "発表: 気象庁 7月20日 11:00\n" },
		{ "sakurajima_VFVO54",
		  "【火山】桜島 降灰予報（速報） 多量の降灰 鹿児島県",
		  "桜島 降灰予報（速報）\n"
		  "\n"
		  "■ 多量の降灰（鹿児島県）\n"
		  "・鹿児島県鹿児島市\n"
		  "\n"
		  "■ 降灰予報（速報）（鹿児島県）\n"
		  "・桜島\n"
		  "\n"
		  "■ 少量の降灰（宮崎県）\n"
		  "・宮崎県都城市\n"
		  "\n"
		  "発生など: 7月4日 13:01\n"
		  "いつまで: 7月4日 14:01\n"
		  "発表: 気象庁 7月4日 13:10\n" },
		{ "ontake_VFVO56",
		  "【火山】御嶽山 噴火速報 噴火 長野県、岐阜県",
		  "御嶽山 噴火速報\n"
		  "＜御嶽山で噴火が発生＞\n"
		  "\n"
		  "■ 噴火（長野県、岐阜県）\n"
		  "・御嶽山　9月27日 11:53ごろ\n"
		  "・長野県王滝村\n"
		  "・岐阜県下呂市\n"
		  "\n"
		  "発生など: 9月27日 11:53\n"
		  "発表: 気象庁 9月27日 11:58\n" },
		{ "sakurajima_VFVO52_cancel",
		  "【取消】【火山】火山名　桜島　噴火に関する火山観測報",
		  "先にお知らせした内容は取り消されました。\n"
		  "4日13時05分発表の噴火に関する火山観測報を取り消します。\n"
		  "\n"
		  "発表: 気象庁 7月4日 13:20\n" },
		{ "nankai_guard_VYSE50",
		  "南海トラフ地震臨時情報（巨大地震警戒）",
		  "南海トラフ地震臨時情報（巨大地震警戒）\n"
		  "見出しです。\n"
		  "\n"
		  "対象: 全国\n"
		  "\n"
		  "本文です。\n"
		  "\n"
		  "次は２０時に発表します。\n"
		  "\n"
		  "発生など: 8月8日 19:15\n"
		  "いつまで: 解除されるまで\n"
		  "発表: 気象庁 8月8日 19:15\n" },
		{ "nankai_end_VYSE50",
		  "【解除】南海トラフ地震臨時情報（調査終了）",
		  "南海トラフ地震臨時情報（調査終了）\n"
		  "見出しです。\n"
		  "\n"
		  "対象: 全国\n"
		  "\n"
		  "本文です。\n"
		  "\n"
		  "次は２０時に発表します。\n"
		  "\n"
		  "発生など: 8月15日 17:00\n"
		  "発表: 気象庁 8月15日 17:00\n" },
		{ "hokkaido_VYSE60", "北海道・三陸沖後発地震注意情報",
		  "北海道・三陸沖後発地震注意情報\n"
		  "\n"
		  "対象: 全国\n"
		  "\n"
		  "備えを再確認してください。\n"
		  "\n"
		  "発生など: 8月9日 17:00\n"
		  "発表: 気象庁 8月9日 17:00\n" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct hazard_words words;
		struct hazard h;

		check_int(name, hazard_fixture(a, name, &h, &why), 1);
		hazard_text(a, &h, &words);
		check_str(name, words.subject, rows[i].subject);
		check_str(name, words.body, rows[i].body);
	}
	arena_free(a);
}

/* Of a hazard with very many places a mail stays short, and a word with line
 * feeds stays one line of a subject. */
static void test_many(void **state)
{
	struct arena *a = arena_new();
	struct hazard h = { .telegram = { .status = JMA_NORMAL,
					  .office = "気象庁",
					  .cancel_text = "",
					  .head_title = "" },
			    .kind = HAZARD_WEATHER,
			    .title = "大雨\nの情報",
			    .headline = "",
			    .text = "",
			    .cause = "",
			    .level = "大雨特別警報\nX",
			    .rank = 5,
			    .standing = true };
	struct hazard_words words;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct hazard_area *p = hazard_add_area(a, &h);

		p->name = "町";
		p->level = i % 100 == 0 ? arena_fmt(a, "警報%d", i)
					: "大雨特別警報";
		p->rank = i % 100 == 0 ? 3 : 5;
		p->prefectures = i % 2 == 0 ? "13" : "14,19,22,47";
	}
	hazard_text(a, &h, &words);
	check_str("subject", words.subject,
		  "【気象】大雨特別警報 X 東京都、神奈川県、山梨県ほか");
	assert_non_null(strstr(words.body, "・ほか 2950 か所\n"));
	assert_true(strlen(words.body) < 4000);
	arena_free(a);
}

/* A hazard as readers give one, with nothing in it. */
static const struct hazard bare = {
	.telegram = { .status = JMA_NORMAL,
		      .info_type = JMA_ISSUED,
		      .title = "地震・津波に関するお知らせ",
		      .head_title = "",
		      .office = "気象庁",
		      .cancel_text = "" },
	.kind = HAZARD_OTHER,
	.title = "",
	.headline = "",
	.text = "",
	.cause = "",
	.level = "",
};

/* A subject says what it is of, whatever the telegram leaves out. */
static void test_bare(void **state)
{
	static const struct {
		const char *name;
		enum jma_info_type type;
		enum hazard_kind kind;
		bool lifted;
		const char *headline, *level, *subject;
	} rows[] = {
		{ "no title", JMA_ISSUED, HAZARD_OTHER, false, "", "",
		  "地震・津波に関するお知らせ" },
		{ "no title, cancelled", JMA_CANCELLED, HAZARD_OTHER, false, "",
		  "", "【取消】地震・津波に関するお知らせ" },
		{ "no title of a volcano", JMA_ISSUED, HAZARD_VOLCANO, false,
		  "", "噴火", "【火山】地震・津波に関するお知らせ 噴火" },
		{ "lifted", JMA_ISSUED, HAZARD_TSUNAMI, true, "", "",
		  "【解除】【津波】地震・津波に関するお知らせ" },
		{ "lifted, late", JMA_DELAYED, HAZARD_TSUNAMI, true, "", "",
		  "【遅延】【解除】【津波】地震・津波に関するお知らせ" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct hazard h = bare;
		struct hazard_words words;

		h.telegram.info_type = rows[i].type;
		h.kind = rows[i].kind;
		h.lifted = rows[i].lifted;
		h.headline = rows[i].headline;
		h.level = rows[i].level;
		hazard_text(a, &h, &words);
		check_str(rows[i].name, words.subject, rows[i].subject);
	}
	arena_free(a);
}

/* Of more words than a mail tells apart the gravest are told, wherever they
 * stand. */
static void test_gravest(void **state)
{
	struct arena *a = arena_new();
	struct hazard h = bare;
	struct hazard_words words;

	(void)state;
	h.kind = HAZARD_WEATHER;
	h.level = "特別警報";
	h.rank = 5;
	for (int i = 0; i < 20; i++) {
		struct hazard_area *p = hazard_add_area(a, &h);

		p->rank = i == 19 ? 5 : 2 + i % 2;
		p->level = i == 19 ? h.level : arena_fmt(a, "語%02d", i);
		p->prefectures = i == 19 ? "13" : "47";
	}
	hazard_text(a, &h, &words);
	check_str("subject", words.subject, "【気象】特別警報 東京都");
	assert_non_null(strstr(words.body, "\n■ 特別警報（東京都）\n・\n\n"
					   "■ 語01（沖縄県）\n"));
	assert_non_null(strstr(words.body, "■ 語17"));
	assert_non_null(strstr(words.body, "■ 語02"));
	assert_null(strstr(words.body, "語04"));
	assert_non_null(
		strstr(words.body, "\n\nほかにも発表されています。\n\n発表"));
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_bare),
		cmocka_unit_test(test_gravest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
