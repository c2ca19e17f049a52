#include "test.h"

#include "base/time.h"
#include "model/broadcast.h"
#include "model/questions.h"
#include "model/recipient.h"
#include "model/recipient_words.h"

static struct question arrival = { .id = 3,
				   .kind = "time",
				   .text = "到着時刻" };
static struct question safety = {
	.id = 2, .next = &arrival, .kind = "single", .text = "安否"
};

static void test_words(void **state)
{
	static const struct {
		const struct word *list;
		const char *code, *want;
	} rows[] = {
		{ recipient_sources, "family", "家族" },
		{ recipient_sources, "other", "その他" },
		{ recipient_sources, "", "" },
		{ recipient_sources, NULL, "" },
		{ recipient_certainties, "unsure", "不確か" },
		{ recipient_safeties, "serious", "重傷" },
		{ recipient_comings, "unknown", "登庁はまだ分からない" },
		{ recipient_comings, "family", "" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].want, word_text(rows[i].list, rows[i].code),
			  rows[i].want);
}

static void test_delivery(void **state)
{
	static const struct {
		const char *address, *delivery, *want;
	} rows[] = {
		{ "confirmed", "handed", "送信済み" },
		{ "confirmed", "queued", "送信待ち" },
		{ "confirmed", "accepted",
		  "送信済み（受け取り側が受け付けました）" },
		{ "confirmed", "deferred",
		  "送信済み（受け取り側が待たせています）" },
		{ "unknown", "bounced",
		  "届きません（受け取り側が断りました）" },
		{ "filtered", "bounced", "届きません（受信拒否の設定）" },
		{ "", "", "メールアドレスなし" },
		{ "dead", "handed", "届きません（宛先なし）" },
		{ "full", "refused", "届きません（受信箱が満杯）" },
		{ "confirmed", "new word", "new word" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct recipient r = { .address = rows[i].address,
					     .delivery = rows[i].delivery };

		check_str(rows[i].want, recipient_delivery_words(&r),
			  rows[i].want);
	}
}

static void test_answer(void **state)
{
	struct arena *a = arena_new();
	struct written at = { .question = 3, .value = "09:30" };
	struct written lost = { .question = 9, .value = "x" };
	const struct {
		const char *choices, *texts, *want;
	} rows[] = {
		{ "", "", "" },
		{ "無事、できる", "", "無事、できる" },
		{ "無事", questions_texts(a, &at), "無事、到着時刻：09:30" },
		{ "", questions_texts(a, &at), "到着時刻：09:30" },
		{ "無事", questions_texts(a, &lost), "無事" },
		{ "無事", "no list of ours", "無事" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].want,
			  recipient_whole_answer(a, rows[i].choices,
						 rows[i].texts, &safety),
			  rows[i].want);
	arena_free(a);
}

/* Both files of answers have these columns; a number of one letter is one. */
static void test_cells(void **state)
{
	struct arena *a = arena_new();
	struct str heads = { .arena = a }, cells = { .arena = a };
	struct written at = { .question = 3, .value = "09:30" };
	struct recipient r = { .staff_no = "7",
			       .name = "𠮷田 ﾊﾅｺ",
			       .group = "局",
			       .answer = "無事",
			       .comment = "=1+1",
			       .texts = questions_texts(a, &at),
			       .delivery = "handed",
			       .address = "confirmed",
			       .proxy = true,
			       .source = "family",
			       .certainty = "likely",
			       .other = "重傷",
			       .safety = "safe",
			       .coming = "later" };

	(void)state;
	assert_int_equal(
		time_parse("2026-11-27T21:05:00+09:00", &r.answered_at), 0);
	recipient_heads(&heads, &safety);
	check_str(
		"heads", str_text(&heads),
		"\"職員番号\",\"氏名\",\"所属\",\"状態\",\"回答\",\"回答時刻\","
		"\"コメント\",\"メール\",\"回答者\",\"情報源\",\"確からしさ\","
		"\"食い違う代理回答\",\"自主報告\",\"到着時刻\"");
	recipient_cells(a, &cells, &r, &safety);
	check_str("answered", str_text(&cells),
		  arena_fmt(a,
			    "\"7\",\"𠮷田 ﾊﾅｺ\",\"局\",\"回答済み\","
			    "\"無事、到着時刻：09:30\",\"%s\",\"'=1+1\","
			    "\"送信済み\",\"代理\",\"家族\",\"おそらく\",\"\","
			    "\"\",\"09:30\"",
			    time_show(a, r.answered_at)));
	r.reported_at = r.answered_at;
	r.answered_at = 0;
	r.answer = r.texts = r.comment = r.source = r.certainty = "";
	r.conflict = true;
	cells.len = 0;
	recipient_cells(a, &cells, &r, &safety);
	check_str("not answered", str_text(&cells),
		  "\"7\",\"𠮷田 ﾊﾅｺ\",\"局\",\"未回答\",\"\",\"\",\"\","
		  "\"送信済み\",\"\",\"\",\"\",\"重傷\","
		  "\"11月27日 21:05 無事、時間がかかるが登庁できる\",\"\"");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_delivery),
		cmocka_unit_test(test_answer),
		cmocka_unit_test(test_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
