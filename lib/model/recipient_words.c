#include "model/recipient_words.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "model/broadcast.h"
#include "model/questions.h"
#include "model/recipient.h"

const struct word recipient_sources[] = {
	{ "self", "本人" },	{ "family", "家族" },  { "colleague", "同僚" },
	{ "superior", "上司" }, { "other", "その他" }, { NULL, NULL },
};

const struct word recipient_certainties[] = {
	{ "sure", "確か" },
	{ "likely", "おそらく" },
	{ "unsure", "不確か" },
	{ NULL, NULL },
};

const struct word recipient_safeties[] = {
	{ "safe", "無事" },
	{ "slight", "軽傷" },
	{ "serious", "重傷" },
	{ NULL, NULL },
};

const struct word recipient_safety_marks[] = {
	{ "safe", "good" },
	{ "slight", "warn" },
	{ "serious", "bad" },
	{ NULL, NULL },
};

const struct word recipient_comings[] = {
	{ "now", "すぐ登庁できる" },
	{ "later", "時間がかかるが登庁できる" },
	{ "no", "登庁できない" },
	{ "unknown", "登庁はまだ分からない" },
	{ NULL, NULL },
};

static const struct word deliveries[] = {
	{ "", "メールアドレスなし" },
	{ "queued", "送信待ち" },
	{ "sending", "送信中" },
	{ "handed", "送信済み" },
	{ "accepted", "送信済み（受け取り側が受け付けました）" },
	{ "deferred", "送信済み（受け取り側が待たせています）" },
	{ "bounced", "届きません（受け取り側が断りました）" },
	{ "refused", "送れません" },
	{ "cancelled", "取り消し" },
	{ NULL, NULL },
};

static const struct word addresses[] = {
	{ "dead", "届きません（宛先なし）" },
	{ "full", "届きません（受信箱が満杯）" },
	{ "filtered", "届きません（受信拒否の設定）" },
	{ NULL, NULL },
};

const char *word_text(const struct word *list, const char *code)
{
	while (list->code != NULL && !str_eq(list->code, code))
		list++;
	return list->code == NULL ? "" : list->text;
}

const char *recipient_delivery_words(const struct recipient *r)
{
	const char *text = word_text(addresses, r->address);

	if (*text == '\0')
		text = word_text(deliveries, r->delivery);
	return *text == '\0' ? r->delivery : text;
}

const char *recipient_whole_answer(struct arena *a, const char *choices,
				   const char *texts,
				   const struct question *questions)
{
	const struct written *list = questions_written(a, texts);
	struct str s = { .arena = a };

	str_add(&s, choices);
	for (const struct question *q = questions; q != NULL; q = q->next)
		if (*questions_find(list, q->id) != '\0')
			str_fmt(&s, "%s%s：%s", s.len > 0 ? "、" : "", q->text,
				questions_find(list, q->id));
	return str_text(&s);
}

void recipient_heads(struct str *s, const struct question *questions)
{
	static const char *const heads[] = {
		"職員番号", "氏名",	"所属",	      "状態",
		"回答",	    "回答時刻", "コメント",   "メール",
		"回答者",   "情報源",	"確からしさ", "食い違う代理回答",
		"自主報告",
	};

	for (size_t i = 0; i < LEN(heads); i++)
		csv_text(s, heads[i]);
	for (const struct question *q = questions; q != NULL; q = q->next)
		if (questions_is_written(q->kind))
			csv_text(s, q->text);
}

static const char *report(struct arena *a, const struct recipient *r)
{
	if (r->reported_at == 0)
		return "";
	return arena_fmt(a, "%s %s、%s", time_show_short(a, r->reported_at),
			 word_text(recipient_safeties, r->safety),
			 word_text(recipient_comings, r->coming));
}

/* What was written, a column for each question that asks for it. */
static void add_written(struct arena *a, struct str *s,
			const struct recipient *r,
			const struct question *questions)
{
	const struct written *list = questions_written(a, r->texts);

	for (const struct question *q = questions; q != NULL; q = q->next)
		if (questions_is_written(q->kind))
			csv_text(s, questions_find(list, q->id));
}

void recipient_cells(struct arena *a, struct str *s, const struct recipient *r,
		     const struct question *questions)
{
	csv_text(s, r->staff_no);
	csv_text(s, r->name);
	csv_text(s, r->group);
	csv_text(s, r->answered_at != 0 ? "回答済み" : "未回答");
	csv_text(s, recipient_whole_answer(a, r->answer, r->texts, questions));
	csv_text(s, time_show(a, r->answered_at));
	csv_text(s, r->comment);
	csv_text(s, recipient_delivery_words(r));
	csv_text(s, r->answered_at == 0 ? "" : r->proxy ? "代理" : "本人");
	csv_text(s, word_text(recipient_sources, r->source));
	csv_text(s, word_text(recipient_certainties, r->certainty));
	csv_text(s, r->conflict ? r->other : "");
	csv_text(s, report(a, r));
	add_written(a, s, r, questions);
}
