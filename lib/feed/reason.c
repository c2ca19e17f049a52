#include "feed/reason.h"

#include "base/str.h"

const char *reason_show(const char *phrase)
{
	static const struct {
		const char *phrase, *show;
	} rows[] = {
		/* of model/telegram */
		{ "dated more than a day in the future",
		  "発表時刻が 1 日以上先です。発表元か、このシステムの時計を"
		  "確かめてください。" },
		{ "status or kind of issue unknown",
		  "通常・訓練・試験の別か、発表・訂正・取消の別がわかりません"
		  "。" },
		{ "type not read", "この種類の電文は使いません。" },
		{ "older than one applied",
		  "より新しい電文を先に受け取っています。" },
		{ "taken before", "同じ電文を受け取り済みです。" },
		{ "no event key", "どの災害のことかを示す番号がありません。" },
		/* the document */
		{ "empty", "中身がありません。" },
		{ "too large", "大きすぎます（10 MB まで）。" },
		{ "not well-formed",
		  "XML として壊れています（途中で切れた可能性があります）。" },
		{ "a DOCTYPE", "使ってはいけない宣言（DOCTYPE）があります。" },
		{ "an HTML page",
		  "電文ではなくウェブページです（配信元のエラー画面など）。" },
		{ "too many elements", "要素が多すぎます。" },
		{ "nested too deep", "入れ子が深すぎます。" },
		{ "not text", "文字として読めません。" },
		{ "no format that is known",
		  "知っている電文の形ではありません。" },
		{ "not an Atom feed", "フィード（Atom）ではありません。" },
		/* the frame */
		{ "not a JMA telegram", "気象庁の電文の形ではありません。" },
		{ "no title", "電文の種類が書かれていません。" },
		{ "no time of issue", "発表時刻がないか、読めません。" },
		{ "event key too long", "災害の番号が長すぎます。" },
		{ "no identifier or sender", "番号か発信者がありません。" },
		{ "no id, or one too long", "番号がないか、長すぎます。" },
		{ "a form that is not known", "知らない書き方の版です。" },
		{ "a line without a name", "項目名のない行があります。" },
		{ "a line twice", "同じ項目が 2 回あります。" },
		{ "revision is no number", "版の番号が数ではありません。" },
		{ "neither kind nor text", "種類も本文もありません。" },
		/* the body */
		{ "not an earthquake telegram", "地震の電文ではありません。" },
		{ "body not of seismology", "地震・津波の本文がありません。" },
		{ "body not of volcanology", "火山の本文がありません。" },
		{ "neither hypocentre nor intensity",
		  "震源も震度もありません。" },
		{ "no body", "本文がありません。" },
		{ "no area", "区域がありません。" },
		{ "no areas", "区域がありません。" },
		{ "no river", "河川がありません。" },
		{ "no storm", "台風の情報がありません。" },
		{ "no probabilities", "確率の情報がありません。" },
		{ "too many areas", "区域が多すぎます。" },
		{ "too many places", "地名が多すぎます。" },
	};

	if (*phrase == '\0')
		return "";
	for (size_t i = 0; i < LEN(rows); i++)
		if (str_eq(rows[i].phrase, phrase))
			return rows[i].show;
	return "読み取れませんでした。記録（ログ）を見てください。";
}
