/*
 * audit - who did or read what
 *
 *   GET /audit        the log, newest first: by who, what, whose, when
 *   GET /audit/{id}   one entry
 *
 * For auditors and system admins.  Reading the log is an entry of it.
 * Source: S6, S7; SCREENS, audit.
 */
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/user.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PAGE = 50,
	WORD_LEN = 64,
	OBJECT_LEN = 100,
	COUNT_MAX = 10000, /* beyond it "more than" is said */
};

static const struct field fields[] = {
	{ "actor", FIELD_CODE, 0, WORD_LEN },
	{ "action", FIELD_TEXT, 0, WORD_LEN },
	{ "object", FIELD_TEXT, 0, OBJECT_LEN },
	{ "from", FIELD_TIME, 0, 1 },
	{ "until", FIELD_TIME, 0, 1 },
	{ "before", FIELD_INT, 0, INT64_MAX },
};

/* What can be searched for: the beginning of actions, and its word.  Every
 * action begins with one of these, and has a sentence below: audit.test holds
 * both against the sources. */
static const struct {
	const char *begin, *text;
} kinds[] = {
	{ "login", "ログイン" },
	{ "logout", "ログアウト" },
	{ "access refused", "拒否された操作" },
	{ "password", "パスワード" },
	{ "second factor", "ログインの確認コード" },
	{ "account", "アカウント" },
	{ "event", "災害事象" },
	{ "check", "安否確認の判断" },
	{ "page", "当番の呼び出し" },
	{ "duty", "当番表" },
	{ "rule", "配信条件" },
	{ "broadcast", "一斉配信" },
	{ "recipient", "配信の対象者" },
	{ "target", "宛先の下見" },
	{ "reply", "回答への返信" },
	{ "proxy", "代理の回答" },
	{ "coming", "登庁できる人" },
	{ "post", "持ち場" },
	{ "drill", "訓練" },
	{ "template", "ひな形" },
	{ "setting", "設定" },
	{ "user", "利用者" },
	{ "group", "グループ" },
	{ "address", "メールアドレス" },
	{ "reports", "自主報告" },
	{ "my page", "本人のページ" },
	{ "region", "本人が登録した地域" },
	{ "language", "本人が選んだ言語" },
	{ "card", "自主報告のカード" },
	{ "import", "取り込み" },
	{ "export", "書き出し" },
	{ "audit", "監査記録" },
	{ "reading", "閲覧の知らせ" },
};

static const struct {
	const char *action, *text;
} sentences[] = {
	{ "login", "ログインした" },
	{ "login failed", "ログインに失敗した" },
	{ "login delayed", "ログインを待たされた" },
	{ "logout", "ログアウトした" },
	{ "access refused", "操作を拒否された" },
	{ "password changed", "パスワードを変えた" },
	{ "password refused", "パスワードの確認に失敗した" },
	{ "second factor on", "ログインの確認コードを設定した" },
	{ "second factor off", "ログインの確認コードをやめた" },
	{ "account added", "アカウントを作った" },
	{ "account disabled", "アカウントを停止した" },
	{ "account enabled", "停止したアカウントを使えるようにした" },
	{ "account unlocked", "ログインの待ち時間を解いた" },
	{ "account tied", "アカウントを職員に結び付けた" },
	{ "account untied", "アカウントを職員から切り離した" },
	{ "event made", "災害事象を手で作った" },
	{ "event close", "災害事象を終了にした" },
	{ "check folded", "安否確認をまとめた（送らない）" },
	{ "check rejected", "安否確認を却下した" },
	{ "check taken up again", "却下した安否確認を戻した" },
	{ "page heard", "当番の呼び出しに応じた" },
	{ "duty list change", "当番表を変えた" },
	{ "rule change", "配信条件を変えた" },
	{ "broadcast send", "一斉配信を送った" },
	{ "broadcast schedule", "一斉配信を予約した" },
	{ "broadcast test", "一斉配信を自分あてに試した" },
	{ "broadcast cancel", "一斉配信を取り消した" },
	{ "broadcast close", "一斉配信を締め切った" },
	{ "broadcast reask stop", "自動の再送を止めた" },
	{ "recipient list", "配信の対象者を見た" },
	{ "recipient show", "配信の対象者の一人を見た" },
	{ "recipient export", "配信の対象者を保存した" },
	{ "target preview", "宛先の人の名前を見た" },
	{ "reply send", "回答に返信した" },
	{ "proxy answer", "代理の回答を入れた" },
	{ "proxy settle", "代理の回答との食い違いを確かめた" },
	{ "coming list", "登庁できる人を見た" },
	{ "post save", "持ち場を保存した" },
	{ "post remove", "持ち場をなくした" },
	{ "drill added", "訓練メールの予定を作った" },
	{ "drill changed", "訓練メールの予定を変えた" },
	{ "drill receipts shown", "訓練メールの受け取りを見た" },
	{ "template change", "ひな形を変えた" },
	{ "template delete", "ひな形を削除した" },
	{ "setting change", "設定を変えた" },
	{ "user shown", "利用者の画面を見た" },
	{ "users shown", "利用者の一覧を見た" },
	{ "user added", "利用者を加えた" },
	{ "user changed", "利用者を変更した" },
	{ "user left", "利用者を退職とした" },
	{ "user returned", "利用者を在籍に戻した" },
	{ "user links revoked", "利用者のリンクを無効にした" },
	{ "user region added", "利用者の地域を加えた" },
	{ "user region removed", "利用者の地域を外した" },
	{ "group members shown", "グループの人を見た" },
	{ "group added", "グループを作った" },
	{ "group renamed", "グループの名前を変えた" },
	{ "group moved", "グループを移した" },
	{ "group deleted", "グループを削除した" },
	{ "group members added", "グループに人を入れた" },
	{ "group members removed", "グループから人を外した" },
	{ "group admin named", "グループの管理者を決めた" },
	{ "group admin removed", "グループの管理者を外した" },
	{ "address list", "アドレスの状況の一覧を見た" },
	{ "address export", "アドレスの状況の一覧を保存した" },
	{ "address checks mailed", "アドレスの確認を依頼した" },
	{ "address asked for", "アドレスの追加を申し込んだ" },
	{ "address check asked for", "アドレスの確認メールを求めた" },
	{ "address added", "アドレスを加えた" },
	{ "address not added", "アドレスを加えなかった" },
	{ "address confirmed", "アドレスを確認した" },
	{ "address put forward", "アドレスの順番を上げた" },
	{ "address removed", "アドレスを外した" },
	{ "reports shown", "自主報告の一覧を見た" },
	{ "my page link mailed", "本人のページのリンクを送った" },
	{ "my page shown", "本人のページを見た" },
	{ "my page closed", "本人のページを閉じた" },
	{ "region added", "本人が地域を加えた" },
	{ "region removed", "本人が地域を外した" },
	{ "language set", "本人が言語を選んだ" },
	{ "card made", "自主報告のカードを作った" },
	{ "card made anew", "自主報告のカードを作り直した" },
	{ "import begun", "取り込みを始めた" },
	{ "import shown", "取り込みの内容を見た" },
	{ "import list export", "取り込みの一覧を保存した" },
	{ "import confirmed", "取り込みの反映を決めた" },
	{ "import cancelled", "取り込みをやめた" },
	{ "import applied", "取り込みを反映した" },
	{ "export", "登録内容を書き出した" },
	{ "audit shown", "監査記録を見た" },
	{ "audit entry shown", "監査記録の1件を見た" },
	{ "reading alarm", "ふだんより多い閲覧を知らせた" },
};

static void set_kinds(struct request *req)
{
	for (size_t i = 0; i < LEN(kinds); i++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", kinds[i].begin);
		row_set(row, "text", kinds[i].text);
	}
}

static const char *sentence_of(const char *action)
{
	for (size_t i = 0; i < LEN(sentences); i++)
		if (str_eq(action, sentences[i].action))
			return sentences[i].text;
	return action;
}

/* "2026年1月15日 10:15:32" */
static const char *exact_time(struct arena *a, int64_t at)
{
	const char *day = time_show(a, at);

	return arena_fmt(a, "%.*s %s", (int)strcspn(day, " "), day,
			 time_show_clock(a, at));
}

static const char *text_or_null(struct request *req, const char *name)
{
	const char *text = form_text(req, name);

	return *text == '\0' ? NULL : text;
}

/* The page that an object has, "" if none: "user 12" is /users/12. */
static const char *page_of(struct arena *a, const char *object)
{
	static const char *const nouns[] = { "user", "group", "broadcast",
					     "event" };

	for (size_t i = 0; i < LEN(nouns); i++) {
		const char *prefix = arena_fmt(a, "%s ", nouns[i]);
		long long id;

		if (str_begins(object, prefix) &&
		    str_to_int(object + strlen(prefix), 1, INT64_MAX, &id))
			return arena_fmt(a, "/%ss/%lld", nouns[i], id);
	}
	return "";
}

static int note_read(struct request *req, const char *action,
		     const char *object, int64_t lines)
{
	struct audit audit = request_audit(req);

	audit.action = action;
	audit.object = object;
	audit.detail = arena_fmt(req->arena, "lines %lld", (long long)lines);
	return audit_add(req->db, &audit);
}

/* "user 12", or a staff number, is a person; all else is an object, whole. */
static int set_object(struct request *req, struct audit_query *query)
{
	static const char user[] = "user ";
	const char *text = charset_narrow(req->arena, form_text(req, "object"));
	int64_t id;
	int found;

	if (*text == '\0')
		return 0;
	query->object = text;
	if (str_begins(text, user)) {
		query->object = NULL;
		query->whose = text + strlen(user);
		return 0;
	}
	if (strchr(text, ' ') != NULL)
		return 0;
	found = user_of_number(req->db, text, &id);
	if (found > 0) {
		query->object = NULL;
		query->whose = arena_fmt(req->arena, "%lld", (long long)id);
	}
	return found < 0 ? -1 : 0;
}

static int64_t set_lines(struct request *req, const struct audit_line *list)
{
	int64_t shown = 0;

	for (const struct audit_line *l = list; l != NULL; l = l->next) {
		struct row *row = page_row(req, "Lines");

		row_set_int(row, "id", l->seq);
		row_set(row, "at", exact_time(req->arena, l->at));
		row_set(row, "actor", l->actor);
		row_set(row, "action", sentence_of(l->action));
		row_set(row, "object", l->object);
		row_set_count(row, "people", l->people);
		if (++shown == PAGE)
			page_set_int(req, "Before", l->seq);
	}
	page_set_count(req, "Shown", shown);
	return shown;
}

static int show_all(struct request *req)
{
	struct audit_query query = { .most = PAGE };
	struct audit_line *list = NULL;
	int64_t count = 0;

	if (form_read(req, fields, LEN(fields))) {
		query.actor = text_or_null(req, "actor");
		query.action = text_or_null(req, "action");
		query.from = form_time(req, "from");
		query.until = form_time(req, "until");
		query.before = form_int(req, "before");
		if (set_object(req, &query) < 0)
			return 500;
		count = audit_count(req->db, &query, COUNT_MAX);
		if (count < 0 || audit_list(req->db, &query, &list) < 0)
			return 500;
	}
	if (note_read(req, "audit shown", "", set_lines(req, list)) < 0)
		return 500;
	set_kinds(req);
	page_set_count(req, "Count", count);
	page_set_int(req, "More", count == COUNT_MAX);
	return page_show(req, "audit.cs");
}

static int show(struct request *req)
{
	struct audit_line line;
	int found = audit_find(req->db, req->id, &line);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (note_read(req, "audit entry shown",
		      arena_fmt(req->arena, "audit %lld", (long long)line.seq),
		      1) < 0)
		return 500;
	page_set_int(req, "Line.id", line.seq);
	page_set(req, "Line.at", exact_time(req->arena, line.at));
	page_set(req, "Line.actor", line.actor);
	page_set(req, "Line.network", line.network);
	page_set(req, "Line.sentence", sentence_of(line.action));
	page_set(req, "Line.action", line.action);
	page_set(req, "Line.object", line.object);
	page_set_count(req, "Line.people", line.people);
	page_set(req, "Line.detail", line.detail);
	if (req->role == ROLE_SYSTEM_ADMIN)
		page_set(req, "Line.page", page_of(req->arena, line.object));
	return page_show(req, "audit_entry.cs");
}

static const struct route routes[] = {
	{ "GET", "/audit", GUARD_AUDITOR, show_all },
	{ "GET", "/audit/{id}", GUARD_AUDITOR, show },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
