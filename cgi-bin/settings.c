/*
 * settings - what a system admin may set about broadcasts
 *
 *   GET  /settings   names of senders, closing times, quiet hours, re-asking
 *   POST /settings   changes them
 *
 * For system admins; each change is audited with the value before and after.
 * Source: D2e, S6.
 */
#include "base/arena.h"
#include "base/str.h"
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
	switch (s->kind) {
	case SETTING_NAME:
		return "空欄なら、いつもの送信者名";
	case SETTING_HOURS:
		return "送ってからの時間。0 なら締め切らない";
	case SETTING_CLOCK:
		return "22:00 のように。空欄なら夜間なし";
	case SETTING_TIMES:
		return "新しい配信のはじめの値。0 なら再送しない";
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
		row_set(row, "text", list[i].words);
		row_set(row, "note", note_of(&list[i]));
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

static const struct route routes[] = {
	{ "GET", "/settings", GUARD_SYSTEM_ADMIN, show },
	{ "POST", "/settings", GUARD_SYSTEM_ADMIN, change },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
