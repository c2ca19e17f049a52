/*
 * users - people: found, shown, made, changed, left and returned
 *
 *   GET  /users                 the list, with search and filters
 *   GET  /users/new             a form for a new person
 *   POST /users/new             makes him
 *   GET  /users/{id}            his page
 *   POST /users/{id}            changes number, name, kana, language
 *   POST /users/{id}/leave      left: kept, asked no more
 *   POST /users/{id}/return     is back
 *   POST /users/{id}/revoke     makes all his links invalid
 *   POST /users/{id}/regions    adds or takes away a region
 *   POST /users/{id}/groups     puts him into a group or takes him out
 *
 * For admins; a group admin sees and changes his own people only, by the
 * queries of model/.  Of an address nobody sees more than domain and state.
 * Source: issue 3, 1; D1f-i, D2g, D3c, S7.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/group.h"
#include "model/group_change.h"
#include "model/recipient_words.h"
#include "model/report.h"
#include "model/target.h"
#include "model/user.h"
#include "model/user_change.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pick.h"
#include "web/run.h"

enum {
	PAGE = 50, /* people on a page */
	ANSWERS = 10,
	REPORTS = 5,
	SEARCH_LEN = 100,
	REGION_LEN = 50,
};

#define DONE_WORDS                                                             \
	"added changed left returned revoked region_added region_removed"      \
	" group_added group_removed"

/* Words ---------------------------------------------------------------------*/

struct label {
	const char *value, *text, *mark;
};

static const struct label mails[] = {
	[USER_MAIL_NONE] = { "none", "メールアドレスなし", "bad" },
	[USER_MAIL_UNUSABLE] = { "unusable", "どれにも届かない", "bad" },
	[USER_MAIL_UNCONFIRMED] = { "unconfirmed", "未確認", "warn" },
	[USER_MAIL_CONFIRMED] = { "confirmed", "確認済み", "good" },
};

static const struct label address_states[] = {
	{ "unknown", "未確認", "warn" },
	{ "confirmed", "確認済み", "good" },
	{ "full", "受信箱が満杯", "bad" },
	{ "filtered", "受信拒否の設定", "bad" },
	{ "dead", "宛先なし", "bad" },
};

static const struct label purposes[] = {
	{ "work", "勤務地", "" },
	{ "home", "自宅", "" },
	{ "family", "家族の住まい", "" },
};

static const struct label langs[] = {
	{ "ja", "日本語", "" },
	{ "en", "英語（English）", "" },
};

static const struct label roles[] = {
	{ "system_admin", "システム管理者", "" },
	{ "group_admin", "グループ管理者", "" },
	{ "overseas_admin", "海外管理者", "" },
	{ "operator", "運用者", "" },
	{ "auditor", "監査者", "" },
};

static const struct label *word_of(const struct label *words, size_t count,
				   const char *value)
{
	static const struct label none = { "", "", "" };

	for (size_t i = 0; i < count; i++)
		if (str_eq(words[i].value, value))
			return &words[i];
	return &none;
}

static void set_words(struct request *req, const char *list,
		      const struct label *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct row *row;

		if (words[i].value == NULL)
			continue;
		row = page_row(req, list);
		row_set(row, "value", words[i].value);
		row_set(row, "text", words[i].text);
	}
}

/* Personal data is read: how much, and by whom.  0 or -1. */
static int note_read(struct request *req, const char *action,
		     const char *object, int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = action;
	audit.object = object;
	audit.people = people;
	return audit_add(req->db, &audit);
}

/* The list ------------------------------------------------------------------*/

static const struct field list_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "group", FIELD_INT, 0, UINT32_MAX },
	{ "region", FIELD_CODE, 0, 2 },
	{ "mail", FIELD_CHOICE("none unusable unconfirmed confirmed"), 0, 1 },
	{ "state", FIELD_CHOICE("active left"), 0, 1 },
	{ "after", FIELD_CODE, 0, USER_NO_MAX },
};

static const char *text_or_null(struct request *req, const char *name)
{
	const char *text = form_text(req, name);

	return *text == '\0' ? NULL : text;
}

static void read_query(struct request *req, struct user_query *q)
{
	form_read(req, list_fields, LEN(list_fields));
	*q = (struct user_query){
		.text = text_or_null(req, "text"),
		.group = form_int(req, "group"),
		.region = text_or_null(req, "region"),
		.state = text_or_null(req, "state"),
		.after = text_or_null(req, "after"),
		.most = PAGE,
	};
	for (size_t i = USER_MAIL_NONE; i < LEN(mails); i++)
		if (str_eq(form_text(req, "mail"), mails[i].value))
			q->mail = (enum user_mail)i;
}

static int64_t set_list(struct request *req, const struct user *list)
{
	const char *last = "";
	int64_t shown = 0;

	for (const struct user *u = list; u != NULL; u = u->next, shown++) {
		struct row *row = page_row(req, "People");

		row_set_int(row, "id", u->id);
		row_set(row, "staff_no", u->staff_no);
		row_set(row, "name", u->name);
		row_set(row, "kana", u->kana);
		row_set(row, "group", u->group);
		row_set_int(row, "addresses", u->addresses);
		row_set_int(row, "usable", u->usable);
		row_set_int(row, "left", str_eq(u->state, "left"));
		last = u->staff_no;
	}
	page_set_count(req, "Shown", shown);
	if (shown == PAGE)
		page_set(req, "After", last);
	return shown;
}

/* A group that is not in reach is as one that is not there. */
static int check_group(struct request *req, int64_t group)
{
	return group == 0 ? 1 : group_is_in_reach(req->db, req->account, group);
}

static int list_all(struct request *req)
{
	struct user_query query;
	struct user *list = NULL;
	int64_t count, shown;
	int found;

	read_query(req, &query);
	found = check_group(req, query.group);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	count = user_count(req->db, req->account, &query);
	if (count < 0 ||
	    (count > 0 &&
	     user_list(req->db, req->account, &query, &list) < 0) ||
	    pick_groups(req) < 0 || pick_prefectures(req) < 0)
		return 500;
	shown = set_list(req, list);
	if (note_read(req, "users shown", "", shown) < 0)
		return 500;
	set_words(req, "Mails", mails, LEN(mails));
	page_set_count(req, "Count", count);
	page_set_int(req, "Filtered",
		     query.text != NULL || query.group != 0 ||
			     query.region != NULL || query.mail != 0 ||
			     query.state != NULL);
	return page_show(req, "users.cs");
}

/* A new one -----------------------------------------------------------------*/

static const struct field new_fields[] = {
	{ "staff_no", FIELD_CODE, 1, USER_NO_MAX },
	{ "name", FIELD_TEXT, 1, USER_NAME_MAX },
	{ "kana", FIELD_TEXT, 0, USER_KANA_MAX },
	{ "lang", FIELD_CHOICE("ja en"), 1, 1 },
	{ "group", FIELD_INT, 0, UINT32_MAX },
};

static const char number_taken[] =
	"その職員番号は使われています。番号をたしかめてください。";

static int show_new(struct request *req)
{
	if (pick_groups(req) < 0)
		return 500;
	page_default(req, "Form.lang", "ja");
	set_words(req, "Langs", langs, LEN(langs));
	page_set_int(req, "May.ungrouped", req->role == ROLE_SYSTEM_ADMIN);
	return page_show(req, "user_new.cs");
}

static struct user_draft read_draft(struct request *req,
				    const struct audit *audit)
{
	return (struct user_draft){
		.audit = audit,
		.staff_no = form_text(req, "staff_no"),
		.name = form_text(req, "name"),
		.kana = form_text(req, "kana"),
		.lang = form_text(req, "lang"),
	};
}

static int go_to(struct request *req, int64_t id, const char *done)
{
	return page_redirect(req,
			     arena_fmt(req->arena, "/users/%lld?done=%s",
				       (long long)id, done),
			     0);
}

static int add(struct request *req)
{
	struct audit audit = request_audit(req);
	struct user_draft draft;
	int64_t id;

	if (!form_read(req, new_fields, LEN(new_fields)))
		return show_new(req);
	draft = read_draft(req, &audit);
	switch (user_add(req->db, &draft, form_int(req, "group"), &id)) {
	case USER_DONE:
		return go_to(req, id, "added");
	case USER_NUMBER_TAKEN:
		form_error(req, "staff_no", number_taken);
		return show_new(req);
	case USER_NOT_FOUND:
		form_error(req, "group", "所属グループを選んでください。");
		return show_new(req);
	default:
		return 500;
	}
}

/* One person ----------------------------------------------------------------*/

static const struct field show_fields[] = {
	{ "done", FIELD_CHOICE(DONE_WORDS), 0, 1 },
};

static int set_his_groups(struct request *req)
{
	struct user_group *list;
	int64_t others = 0;

	if (user_groups(req->db, req->account, req->id, &list, &others) < 0)
		return -1;
	for (const struct user_group *g = list; g != NULL; g = g->next) {
		struct row *row = page_row(req, "His.groups");

		row_set_int(row, "id", g->id);
		row_set(row, "name", g->name);
		row_set(row, "path", g->path);
	}
	page_set_int(req, "His.others", others);
	return 0;
}

static int set_his_regions(struct request *req)
{
	struct user_region *list;

	if (user_regions(req->db, req->id, &list) < 0)
		return -1;
	for (const struct user_region *r = list; r != NULL; r = r->next) {
		struct row *row = page_row(req, "His.regions");

		row_set(row, "purpose", r->purpose);
		row_set(row, "word",
			word_of(purposes, LEN(purposes), r->purpose)->text);
		row_set(row, "code", r->code);
		row_set(row, "name", r->name);
		row_set(row, "prefecture", r->prefecture);
	}
	return 0;
}

static int set_his_addresses(struct request *req)
{
	struct user_address *list;

	if (user_addresses(req->db, req->id, &list) < 0)
		return -1;
	for (const struct user_address *a = list; a != NULL; a = a->next) {
		struct row *row = page_row(req, "His.addresses");
		const struct label *w =
			word_of(address_states, LEN(address_states), a->state);

		row_set_int(row, "place", a->place);
		row_set(row, "domain", a->domain);
		row_set(row, "word", w->text);
		row_set(row, "mark", w->mark);
		row_set(row, "checked", time_show(req->arena, a->checked_at));
	}
	return 0;
}

static int set_his_answers(struct request *req)
{
	struct user_answer *list;

	if (user_answers(req->db, req->id, ANSWERS, &list) < 0)
		return -1;
	for (const struct user_answer *w = list; w != NULL; w = w->next) {
		struct row *row = page_row(req, "His.answers");

		row_set_int(row, "broadcast", w->broadcast);
		row_set(row, "subject", w->subject);
		row_set_int(row, "drill", str_eq(w->kind, "drill"));
		row_set(row, "asked", time_show_short(req->arena, w->asked_at));
		row_set(row, "at", time_show_short(req->arena, w->answered_at));
		row_set(row, "answer", w->answer);
		row_set(row, "comment", w->comment);
	}
	return 0;
}

static int set_his_reports(struct request *req)
{
	struct report *list;

	if (report_of(req->db, req->account, req->id, REPORTS, &list) < 0)
		return -1;
	for (const struct report *r = list; r != NULL; r = r->next) {
		struct row *row = page_row(req, "His.reports");

		row_set(row, "at", time_show_short(req->arena, r->at));
		row_set(row, "mark",
			word_text(recipient_safety_marks, r->safety));
		row_set(row, "safety",
			word_text(recipient_safeties, r->safety));
		row_set(row, "coming", word_text(recipient_comings, r->coming));
		row_set(row, "comment", r->comment);
	}
	return 0;
}

static int set_his_accounts(struct request *req)
{
	struct user_account *list;

	if (user_accounts(req->db, req->id, &list) < 0)
		return -1;
	for (const struct user_account *c = list; c != NULL; c = c->next) {
		struct row *row = page_row(req, "His.accounts");

		row_set(row, "login", c->login);
		row_set(row, "role", word_of(roles, LEN(roles), c->role)->text);
		row_set_int(row, "disabled", str_eq(c->state, "disabled"));
	}
	return 0;
}

static void set_person(struct request *req, const struct user *u)
{
	struct arena *a = req->arena;

	page_set_int(req, "User.id", u->id);
	page_set(req, "User.staff_no", u->staff_no);
	page_set(req, "User.name", u->name);
	page_set(req, "User.kana", u->kana);
	page_set_int(req, "User.left", str_eq(u->state, "left"));
	page_set(req, "User.left_at", time_show(a, u->left_at));
	page_set(req, "User.changed_at", time_show(a, u->changed_at));
	page_set(req, "User.changed_by", u->changed_by);
	page_default(req, "Form.staff_no", u->staff_no);
	page_default(req, "Form.name", u->name);
	page_default(req, "Form.kana", u->kana);
	page_default(req, "Form.lang", u->lang);
	page_set_int(req, "User.version", u->version);
}

/* All of the page; what a form was refused for is set before. */
static int show_person(struct request *req)
{
	struct user u;
	int found = user_find(req->db, req->account, req->id, &u);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	set_person(req, &u);
	if (set_his_groups(req) < 0 || set_his_regions(req) < 0 ||
	    set_his_addresses(req) < 0 || set_his_answers(req) < 0 ||
	    set_his_reports(req) < 0 || set_his_accounts(req) < 0 ||
	    pick_groups(req) < 0)
		return 500;
	set_words(req, "Langs", langs, LEN(langs));
	set_words(req, "Purposes", purposes, LEN(purposes));
	if (note_read(req, "user shown",
		      arena_fmt(req->arena, "user %lld", (long long)u.id),
		      1) < 0)
		return 500;
	return page_show(req, "user.cs");
}

static int show(struct request *req)
{
	form_read(req, show_fields, LEN(show_fields));
	return show_person(req);
}

static const struct field change_fields[] = {
	{ "staff_no", FIELD_CODE, 1, USER_NO_MAX },
	{ "name", FIELD_TEXT, 1, USER_NAME_MAX },
	{ "kana", FIELD_TEXT, 0, USER_KANA_MAX },
	{ "lang", FIELD_CHOICE("ja en"), 1, 1 },
	{ "version", FIELD_INT, 0, UINT32_MAX },
};

static void set_difference(struct request *req, const char *label,
			   const char *now, const char *own)
{
	struct row *row;

	if (str_eq(now, own))
		return;
	row = page_row(req, "Conflict.fields");
	row_set(row, "label", label);
	row_set(row, "now", now);
	row_set(row, "own", own);
}

/* Somebody was quicker: what stands there now beside what was typed; pressing
 * again puts the typed in its place, knowing it. */
static int show_conflict(struct request *req, const struct user_draft *d)
{
	struct user u;
	int found = user_find(req->db, req->account, req->id, &u);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	set_difference(req, "職員番号", u.staff_no, d->staff_no);
	set_difference(req, "氏名", u.name, d->name);
	set_difference(req, "かな", u.kana, d->kana);
	set_difference(req, "メールと画面の言語",
		       word_of(langs, LEN(langs), u.lang)->text,
		       word_of(langs, LEN(langs), d->lang)->text);
	page_set_int(req, "Conflict.found", 1);
	form_error(
		req, "version",
		"ほかの人が先に変更しました。下の違いを見て決めてください。");
	return show_person(req);
}

static int change(struct request *req)
{
	struct audit audit = request_audit(req);
	struct user_draft draft;

	if (!form_read(req, change_fields, LEN(change_fields)))
		return show_person(req);
	draft = read_draft(req, &audit);
	draft.version = form_int(req, "version");
	switch (user_change(req->db, &draft, req->id)) {
	case USER_DONE:
		return go_to(req, req->id, "changed");
	case USER_NOT_FOUND:
		return 404;
	case USER_NUMBER_TAKEN:
		form_error(req, "staff_no", number_taken);
		return show_person(req);
	case USER_CHANGED_MEANWHILE:
		return show_conflict(req, &draft);
	default:
		return 500;
	}
}

static int end(struct request *req, int result, const char *done)
{
	if (result == USER_DONE)
		return go_to(req, req->id, done);
	return result < 0 ? 500 : 404;
}

static int leave(struct request *req)
{
	struct audit audit = request_audit(req);

	return end(req, user_leave(req->db, &audit, req->id), "left");
}

static int come_back(struct request *req)
{
	struct audit audit = request_audit(req);

	return end(req, user_return(req->db, &audit, req->id), "returned");
}

static int revoke(struct request *req)
{
	struct audit audit = request_audit(req);

	return end(req, user_revoke_links(req->db, &audit, req->id), "revoked");
}

static const struct field region_fields[] = {
	{ "purpose", FIELD_CHOICE("work home family"), 1, 1 },
	{ "region", FIELD_TEXT, 1, REGION_LEN },
	{ "act", FIELD_CHOICE("add remove"), 1, 1 },
};

/* True if there is one such region; else the field has a fault. */
static int read_region(struct request *req, const char **code)
{
	int found = region_find(req->db, form_text(req, "region"), code);

	if (found == REGION_SEVERAL)
		form_error(req, "region",
			   arena_fmt(req->arena,
				     "同じ名前の地域があります。コードで入力し"
				     "てください：%s",
				     *code));
	else if (found == REGION_NONE)
		form_error(req, "region",
			   "地域が見つかりません。「東京都」「札幌市中央区」の"
			   "ように入力してください。");
	return found < 0 ? -1 : found == REGION_FOUND;
}

static int change_regions(struct request *req)
{
	struct audit audit = request_audit(req);
	const char *code;
	bool adding;
	int rc;

	if (!form_read(req, region_fields, LEN(region_fields)))
		return show_person(req);
	rc = read_region(req, &code);
	if (rc <= 0)
		return rc < 0 ? 500 : show_person(req);
	adding = str_eq(form_text(req, "act"), "add");
	return end(req,
		   user_set_region(req->db, &audit, req->id,
				   form_text(req, "purpose"), code, adding),
		   adding ? "region_added" : "region_removed");
}

static const struct field group_fields[] = {
	{ "group", FIELD_INT, 0, UINT32_MAX },
	{ "act", FIELD_CHOICE("add remove"), 1, 1 },
};

/* The person must be in reach here; the group is, by the query. */
static int change_groups(struct request *req)
{
	struct audit audit = request_audit(req);
	int64_t group, done;
	struct user u;
	bool adding;
	int rc = user_find(req->db, req->account, req->id, &u);

	if (rc <= 0)
		return rc < 0 ? 500 : 404;
	if (!form_read(req, group_fields, LEN(group_fields)))
		return show_person(req);
	group = form_int(req, "group");
	if (group == 0) {
		form_error(req, "group", "グループを選んでください。");
		return show_person(req);
	}
	adding = str_eq(form_text(req, "act"), "add");
	rc = (adding ? group_add_members : group_remove_members)(
		req->db, &audit, group, &req->id, 1, &done);
	if (rc != GROUP_DONE)
		return rc < 0 ? 500 : 404;
	/* Taken out of the last group that was in reach, he is so no more. */
	rc = user_find(req->db, req->account, req->id, &u);
	if (rc < 0)
		return 500;
	return rc == 0 ? page_redirect(req, "/users", 0)
		       : go_to(req, req->id,
			       adding ? "group_added" : "group_removed");
}

static const struct route routes[] = {
	{ "GET", "/users", GUARD_GROUP_ADMIN, list_all },
	{ "GET", "/users/new", GUARD_GROUP_ADMIN, show_new },
	{ "POST", "/users/new", GUARD_GROUP_ADMIN, add },
	{ "GET", "/users/{id}", GUARD_GROUP_ADMIN, show },
	{ "POST", "/users/{id}", GUARD_GROUP_ADMIN, change },
	{ "POST", "/users/{id}/leave", GUARD_GROUP_ADMIN, leave },
	{ "POST", "/users/{id}/return", GUARD_GROUP_ADMIN, come_back },
	{ "POST", "/users/{id}/revoke", GUARD_GROUP_ADMIN, revoke },
	{ "POST", "/users/{id}/regions", GUARD_GROUP_ADMIN, change_regions },
	{ "POST", "/users/{id}/groups", GUARD_GROUP_ADMIN, change_groups },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
