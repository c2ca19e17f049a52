/*
 * templates - what a broadcast can begin from
 *
 *   GET  /templates              the list
 *   GET  /templates/new          an empty one
 *   POST /templates/new          keeps it
 *   GET  /templates/{id}         one, to change
 *   POST /templates/{id}         keeps the change
 *   POST /templates/{id}/delete
 *
 * For system admins; each change is audited with before and after.  Whoever
 * writes a broadcast chooses among them (compose).  Source: D1d, D2c.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "mail/variable.h"
#include "model/broadcast.h"
#include "model/broadcast_template.h"
#include "web/form.h"
#include "web/page.h"
#include "web/questions_form.h"
#include "web/run.h"

enum {
	CHANGE_LEN = 300, /* bytes of a text in the audit line */
	DETAIL_LEN = 900, /* of all of them */
};

/* The first CONTROLS of them are the template's own, the others it fills. */
static const struct field fields[] = {
	{ "fills", FIELD_CHOICE("text questions"), 1, 1 },
	{ "name", FIELD_TEXT, 1, BROADCAST_TEMPLATE_NAME_MAX },
	{ "version", FIELD_INT, 0, UINT32_MAX },
	{ "kind", FIELD_CHOICE("safety info notice drill"), 0, 1 },
	{ "subject", FIELD_TEXT, 0, BROADCAST_SUBJECT_MAX },
	{ "body", FIELD_LINES, 0, BROADCAST_BODY_MAX },
	QUESTIONS_FORM_FIELDS,
};
enum { CONTROLS = 3, TEXT_FIELDS = 3, FILLED = LEN(fields) - CONTROLS };

static const char *kind_words(const char *kind)
{
	return str_eq(kind, "questions") ? "設問" : "文と設問";
}

static int list_all(struct request *req)
{
	struct broadcast_template *list;
	int64_t count = 0;

	if (broadcast_template_list(req->db, &list) < 0)
		return 500;
	for (; list != NULL; list = list->next, count++) {
		struct row *row = page_row(req, "Templates");

		row_set_int(row, "id", list->id);
		row_set(row, "name", list->name);
		row_set(row, "kind", kind_words(list->kind));
		row_set(row, "by", list->changed_by);
		row_set(row, "at",
			time_show_short(req->arena, list->changed_at));
	}
	page_set_count(req, "Count", count);
	return page_show(req, "templates.cs");
}

static int show_form(struct request *req, int status)
{
	static const struct {
		const char *value, *text;
	} kinds[] = {
		{ "notice", "連絡" },
		{ "safety", "安否確認" },
		{ "info", "情報" },
		{ "drill", "訓練" },
	};
	static const struct {
		const char *value, *text;
	} fills[] = {
		{ "text", "種類・件名・本文・設問のすべて" },
		{ "questions", "設問だけ" },
	};

	for (size_t i = 0; i < LEN(kinds); i++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", kinds[i].value);
		row_set(row, "text", kinds[i].text);
	}
	for (size_t i = 0; i < LEN(fills); i++) {
		struct row *row = page_row(req, "Fills");

		row_set(row, "value", fills[i].value);
		row_set(row, "text", fills[i].text);
	}
	questions_form_set(req);
	page_set_int(req, "Template.id", req->id);
	return status == 0 ? page_show(req, "template.cs")
			   : page_show_status(req, status, "template.cs");
}

static int show_new(struct request *req)
{
	page_set(req, "Form.fills", "text");
	return show_form(req, 0);
}

static int show(struct request *req)
{
	struct broadcast_template t;
	int found = broadcast_template_find(req->db, req->id, &t);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_fill(req, t.form, fields + CONTROLS, FILLED);
	page_set(req, "Form.name", t.name);
	page_set(req, "Form.fills", t.kind);
	page_set_int(req, "Form.version", t.version);
	return show_form(req, 0);
}

/* At most so many bytes, whole characters. */
static const char *cut(struct arena *a, const char *text, size_t most)
{
	size_t len = strlen(text);

	if (len <= most)
		return text;
	while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return arena_fmt(a, "%.*s…", (int)most, text);
}

static const char *value_of(const struct param *list, const char *name)
{
	for (; list != NULL; list = list->next)
		if (str_eq(list->name, name))
			return list->text;
	return "";
}

static void add_change(struct str *s, const char *name, const char *before,
		       const char *after)
{
	if (str_eq(before, after))
		return;
	str_fmt(s, "%s%s: \"%s\" -> \"%s\"", s->len > 0 ? "; " : "", name,
		cut(s->arena, before, CHANGE_LEN),
		cut(s->arena, after, CHANGE_LEN));
}

/* Before and after, field by field. */
static const char *changes(struct request *req,
			   const struct broadcast_template *old,
			   const struct broadcast_template *new)
{
	struct param *before = NULL, *after = NULL;
	struct str s = { .arena = req->arena };

	request_parse(req->arena, old->form, strlen(old->form), CHARSET_UTF8,
		      &before);
	request_parse(req->arena, new->form, strlen(new->form), CHARSET_UTF8,
		      &after);
	add_change(&s, "name", old->name, new->name);
	add_change(&s, "fills", old->kind, new->kind);
	for (size_t i = CONTROLS; i < LEN(fields); i++)
		add_change(&s, fields[i].name, value_of(before, fields[i].name),
			   value_of(after, fields[i].name));
	return cut(req->arena, str_text(&s), DETAIL_LEN);
}

static void check(struct request *req, bool text)
{
	static const char *const names[] = { "subject", "body" };

	questions_form_read(req);
	if (text && *form_text(req, "kind") == '\0')
		form_error(req, "kind", "選んでください。");
	if (!text && str_eq(form_text(req, "questions"), "none"))
		form_error(req, "questions", "設問を選ぶか、作ってください。");
	for (size_t i = 0; text && i < LEN(names); i++) {
		const char *unknown = variable_unknown(
			req->arena, form_text(req, names[i]), i == 0);

		if (unknown != NULL)
			form_error(req, names[i],
				   arena_fmt(req->arena,
					     "%s は使えません。使えるのは "
					     "%s{closes} {site} です。",
					     unknown, i == 0 ? "" : "{name} "));
	}
}

static int save(struct request *req)
{
	static const struct broadcast_template none = { .kind = "",
							.name = "",
							.form = "" };
	struct audit audit = request_audit(req);
	struct broadcast_template old = none, t = { .id = req->id };
	bool text;
	int found = req->id == 0
			    ? 1
			    : broadcast_template_find(req->db, req->id, &old);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_read(req, fields, LEN(fields));
	text = !str_eq(form_text(req, "fills"), "questions");
	check(req, text);
	if (form_failed(req))
		return show_form(req, 0);
	t.kind = form_text(req, "fills");
	t.name = form_text(req, "name");
	t.version = form_int(req, "version");
	t.form = text ? form_keep(req, fields + CONTROLS, FILLED)
		      : form_keep(req, fields + CONTROLS + TEXT_FIELDS,
				  FILLED - TEXT_FIELDS);
	audit.detail = changes(req, &old, &t);
	switch (broadcast_template_save(req->db, &audit, &t)) {
	case BROADCAST_TEMPLATE_SAVED:
		return page_redirect(req, "/templates", 0);
	case BROADCAST_TEMPLATE_TAKEN:
		form_error(req, "name", "この名前のひな形がもうあります。");
		return show_form(req, 0);
	case BROADCAST_TEMPLATE_GONE:
		page_set_int(req, "Conflict", 1);
		return show_form(req, 409);
	default:
		return 500;
	}
}

static int delete_it(struct request *req)
{
	struct audit audit = request_audit(req);
	struct broadcast_template t;
	int done = broadcast_template_find(req->db, req->id, &t);

	if (done <= 0)
		return done < 0 ? 500 : 404;
	audit.detail = arena_fmt(req->arena, "name: \"%s\" -> \"\"", t.name);
	done = broadcast_template_delete(req->db, &audit, req->id);
	if (done <= 0)
		return done < 0 ? 500 : 404;
	return page_redirect(req, "/templates", 0);
}

static const struct route routes[] = {
	{ "GET", "/templates", GUARD_SYSTEM_ADMIN, list_all },
	{ "GET", "/templates/new", GUARD_SYSTEM_ADMIN, show_new },
	{ "POST", "/templates/new", GUARD_SYSTEM_ADMIN, save },
	{ "GET", "/templates/{id}", GUARD_SYSTEM_ADMIN, show },
	{ "POST", "/templates/{id}", GUARD_SYSTEM_ADMIN, save },
	{ "POST", "/templates/{id}/delete", GUARD_SYSTEM_ADMIN, delete_it },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
