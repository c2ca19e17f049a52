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
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
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

/* What can be searched for: the beginning of actions, and its word. */
static const struct {
	const char *begin, *text;
} kinds[] = {
	{ "login", "ログイン" },       { "access refused", "拒否された操作" },
	{ "broadcast", "一斉配信" },   { "recipient", "配信の対象者" },
	{ "check", "安否確認の判断" }, { "user", "利用者" },
	{ "group", "グループ" },       { "account", "アカウント" },
	{ "audit", "監査記録" },
};

/* Sentences for actions; one that is not here is shown as it stands in the
 * log. */
static const struct {
	const char *action, *text;
} sentences[] = {
	{ "login", "ログインした" },
	{ "login failed", "ログインに失敗した" },
	{ "login delayed", "ログインを待たされた" },
	{ "logout", "ログアウトした" },
	{ "access refused", "操作を拒否された" },
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
	{ "recipient list", "配信の対象者を見た" },
	{ "recipient export", "配信の対象者を保存した" },
	{ "account added", "アカウントを作った" },
	{ "account unlocked", "アカウントの停止を解いた" },
	{ "password changed", "パスワードを変えた" },
	{ "broadcast send", "一斉配信を送った" },
	{ "broadcast cancel", "一斉配信を取り消した" },
	{ "broadcast close", "一斉配信を締め切った" },
	{ "check rejected", "安否確認を却下した" },
	{ "check taken up again", "却下した安否確認を戻した" },
	{ "drill added", "訓練メールの予定を作った" },
	{ "drill changed", "訓練メールの予定を変えた" },
	{ "drill receipts shown", "訓練メールの受け取りを見た" },
	{ "audit shown", "監査記録を見た" },
	{ "audit entry shown", "監査記録の1件を見た" },
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
		query.object = text_or_null(req, "object");
		query.from = form_time(req, "from");
		query.until = form_time(req, "until");
		query.before = form_int(req, "before");
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
