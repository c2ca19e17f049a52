/*
 * settings - what a system admin may set about broadcasts and logins
 *
 *   GET  /settings   names of senders, closing times, quiet hours, re-asking
 *   POST /settings   changes them
 *   GET  /settings/duty   who is called when a check waits, in which order
 *   POST /settings/duty   changes that
 *
 * For system admins; each change is audited with the value before and after.
 * Source: D1k, D2e, S6.
 */
#include "base/arena.h"
#include "base/str.h"
#include "model/duty.h"
#include "model/setting.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum { SETTINGS_MAX = 50 };

/* A field's name must hold no dot: it would be a level of the page's data. */
static const char *field_name(struct arena *a, const struct setting *s)
{
	char *name = arena_strdup(a, s->name);

	for (char *p = name; *p != '\0'; p++)
		if (*p == '.')
			*p = '_';
	return name;
}

static const char *note_of(const struct setting *s)
{
	/* What is not about one broadcast. */
	if (str_eq(s->name, "event.close"))
		return "時間。0 なら、自動では終了にしない";
	if (str_eq(s->name, "aftershock.hours"))
		return "時間。0 なら、まとめない";
	if (str_eq(s->name, "decide.self"))
		return "分。0 なら、自動送信はしない（人が判断する）。訓練・"
		       "試験、余震、手で作った事象、遅れて届いた電文、解除され"
		       "た事象、だれかが判断した事象は、自動では送らない";
	if (str_eq(s->name, "feed.quiet"))
		return "分。0 なら知らせない。取れていても、配信元が止まって"
		       "いることがある";
	switch (s->kind) {
	case SETTING_NAME:
		return "空欄なら、いつもの送信者名";
	case SETTING_HOURS:
		return "送ってからの時間。0 なら締め切らない";
	case SETTING_CLOCK:
		return "22:00 のように。空欄なら夜間なし";
	case SETTING_TIMES:
		return "新しい配信のはじめの値。0 なら再送しない";
	case SETTING_EVERY:
		return "分。1 から 1440 まで";
	case SETTING_WAIT:
		return "分。0 なら、しない";
	case SETTING_SWITCH:
		return "まだ設定していないシステム管理者には、次のログインのあ"
		       "と、はじめに確認コードの設定を求める";
	case SETTING_DAILY:
		return "180日以上確認のないアドレスに、古いものから、夜間を"
		       "除いて毎日送る。同じアドレスには30日以内に2度送らない。"
		       "0 なら送らない";
	case SETTING_PEOPLE:
		return "人。システム管理者にメールで知らせる。同じ人については"
		       "1日に1度まで。0 なら知らせない";
	default:
		return "分。5 から 10080 まで";
	}
}

static int show(struct request *req)
{
	struct setting *list;
	size_t count;

	if (setting_list(req->db, &list, &count) < 0)
		return 500;
	for (size_t i = 0; i < count; i++) {
		const char *name = field_name(req->arena, &list[i]);
		struct row *row = page_row(req, "Settings");

		row_set(row, "name", name);
		if (i == 0 || !str_eq(list[i].section, list[i - 1].section))
			row_set(row, "section", list[i].section);
		row_set(row, "text", list[i].words);
		row_set(row, "note", note_of(&list[i]));
		row_set_int(row, "switch", list[i].kind == SETTING_SWITCH);
		row_set_int(row, "number", setting_is_number(&list[i]));
		page_default(req, arena_fmt(req->arena, "Form.%s", name),
			     list[i].value);
		page_set(req, arena_fmt(req->arena, "Label.%s", name),
			 list[i].words);
	}
	return page_show(req, "settings.cs");
}

static const char *fault_of(const struct setting *s)
{
	switch (s->kind) {
	case SETTING_NAME:
		return "< > \" は使えません。";
	case SETTING_HOURS:
		return "0 から 8760 までの数で入力してください。";
	case SETTING_CLOCK:
		return "22:00 のように入力するか、空欄にしてください。";
	case SETTING_TIMES:
		return "0 から 10 までの数で入力してください。";
	case SETTING_EVERY:
		return "1 から 1440 までの数で入力してください。";
	case SETTING_WAIT:
		return "0 から 10080 までの数で入力してください。";
	case SETTING_SWITCH:
		return "どちらかを選んでください。";
	case SETTING_DAILY:
		return "0 から 10000 までの数で入力してください。";
	case SETTING_PEOPLE:
		return "0 から 1000000 までの数で入力してください。";
	default:
		return "5 から 10080 までの数で入力してください。";
	}
}

static int change(struct request *req)
{
	struct audit audit = request_audit(req);
	struct field fields[SETTINGS_MAX];
	struct setting *list;
	size_t count;
	int changed;

	if (setting_list(req->db, &list, &count) < 0)
		return 500;
	for (size_t i = 0; i < count; i++)
		fields[i] = (struct field){ field_name(req->arena, &list[i]),
					    FIELD_TEXT, 0, SETTING_VALUE_MAX };
	form_read(req, fields, count);
	for (size_t i = 0; i < count; i++) {
		list[i].value = form_text(req, fields[i].name);
		if (!setting_is_valid(&list[i], list[i].value))
			form_error(req, fields[i].name, fault_of(&list[i]));
	}
	if (form_failed(req))
		return show(req);
	changed = setting_change(req->db, &audit, list, count);
	if (changed < 0)
		return 500;
	page_set_int(req, "Changed", changed);
	page_set_int(req, "Saved", 1);
	return show(req);
}

/* Duty ----------------------------------------------------------------------*/

/* The field of an account's step. */
static const char *step_field(struct arena *a, const struct duty *d)
{
	return arena_fmt(a, "s%lld", (long long)d->account);
}

static void set_person(struct request *req, const struct duty *d)
{
	const char *field = step_field(req->arena, d);
	struct row *row = page_row(req, "Duty");

	row_set(row, "field", field);
	row_set(row, "name", d->name);
	row_set(row, "login", d->login);
	row_set_int(row, "admin", str_eq(d->role, "system_admin"));
	row_set_int(row, "is_person", d->is_person);
	row_set_int(row, "shown", d->is_person || d->step > 0);
	row_set_int(row, "reachable", d->reachable);
	if (d->step > 0)
		page_default(req, arena_fmt(req->arena, "Form.%s", field),
			     arena_fmt(req->arena, "%d", d->step));
	page_set(req, arena_fmt(req->arena, "Label.%s", field), d->name);
}

/* The list as it stands; what was typed stays in the form. */
static int show_duty(struct request *req, int status)
{
	const char *every = setting_text(req->db, "duty.every");
	const char *self = setting_text(req->db, "decide.self");
	struct duty *list;
	int first = duty_next_step(req->db, 0), listed = 0, all = 0, hidden = 0;

	if (every == NULL || self == NULL || first < 0 ||
	    duty_list(req->db, &list) < 0)
		return 500;
	page_default(req, "Form.seen", duty_seen(req->db, list));
	for (const struct duty *d = list; d != NULL; d = d->next, all++) {
		set_person(req, d);
		listed += d->step > 0;
		hidden += !d->is_person && d->step == 0;
	}
	page_set(req, "Every", every);
	page_set(req, "Self", self);
	page_set_int(req, "Listed", listed);
	page_set_int(req, "All", all);
	page_set_int(req, "Hidden", hidden);
	page_set_int(req, "Nobody", first == 0);
	return status == 200 ? page_show(req, "duty.cs")
			     : page_show_status(req, status, "duty.cs");
}

static int duty(struct request *req)
{
	return show_duty(req, 200);
}

/* The fields of the list's accounts, and what was seen of it. */
static size_t duty_fields(struct request *req, const struct duty *list,
			  struct field *fields)
{
	size_t n = 0;

	fields[n++] = (struct field){ "seen", FIELD_TEXT, 0, DUTY_SEEN_MAX };
	for (; list != NULL && n <= DUTY_ACCOUNTS_MAX; list = list->next)
		fields[n++] = (struct field){ step_field(req->arena, list),
					      FIELD_INT, 0, DUTY_STEPS_MAX };
	return n;
}

static int change_duty(struct request *req)
{
	struct audit audit = request_audit(req);
	struct field fields[DUTY_ACCOUNTS_MAX + 1];
	struct duty *list;

	if (duty_list(req->db, &list) < 0)
		return 500;
	if (!form_read(req, fields, duty_fields(req, list, fields)))
		return show_duty(req, 200);
	for (struct duty *d = list; d != NULL; d = d->next)
		d->step = (int)form_int(req, step_field(req->arena, d));
	switch (duty_save(req->db, &audit, list, form_text(req, "seen"))) {
	case DUTY_SAVED:
		page_set_int(req, "Saved", 1);
		break;
	case DUTY_SAME:
		page_set_int(req, "Same", 1);
		break;
	case DUTY_MOVED:
		page_set_int(req, "Moved", 1);
		page_forget(req, "Form");
		return show_duty(req, 409);
	default:
		return 500;
	}
	page_forget(req, "Form");
	return show_duty(req, 200);
}

static const struct route routes[] = {
	{ "GET", "/settings", GUARD_SYSTEM_ADMIN, show },
	{ "POST", "/settings", GUARD_SYSTEM_ADMIN, change },
	{ "GET", "/settings/duty", GUARD_SYSTEM_ADMIN, duty },
	{ "POST", "/settings/duty", GUARD_SYSTEM_ADMIN, change_duty },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
