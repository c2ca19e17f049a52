/*
 * templates - what a broadcast can begin from
 *
 *   GET  /templates              the list
 *   GET  /templates/new          an empty one; ?draft=ID begins from a draft of
 *                                one's own
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
#include "model/draft.h"
#include "web/broadcast_form.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pick.h"
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
	BROADCAST_FORM_WHOM,
	BROADCAST_FORM_CLOSES,
	BROADCAST_FORM_AGAIN,
};
enum { CONTROLS = 3, FILLED = LEN(fields) - CONTROLS };

static const struct field question_fields[] = { QUESTIONS_FORM_FIELDS };

static const struct field query_fields[] = {
	{ "draft", FIELD_INT, 0, UINT32_MAX },
};

/* When a draft is sent and closes. */
static const struct field time_fields[] = {
	{ "when", FIELD_CHOICE("now later"), 0, 1 },
	{ "send_at", FIELD_TIME, 0, 1 },
	{ "closes_at", FIELD_TIME, 0, 1 },
};

static const char *filled_words(struct arena *a,
				const struct broadcast_template *t)
{
	struct broadcast_form_parts parts = broadcast_form_parts(a, t->form);

	if (str_eq(t->kind, "questions"))
		return "設問";
	return arena_fmt(a, "文と設問%s%s%s", parts.whom ? "、送る相手" : "",
			 parts.closes ? "、締め切り" : "",
			 parts.again ? "、自動の再送" : "");
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
		row_set(row, "kind", filled_words(req->arena, list));
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
	} fills[] = {
		{ "text", "種類・件名・本文・設問と、下に入れた送る相手・締め切"
			  "り・再送" },
		{ "questions", "設問だけ" },
	};

	for (size_t i = 0; i < LEN(fills); i++) {
		struct row *row = page_row(req, "Fills");

		row_set(row, "value", fills[i].value);
		row_set(row, "text", fills[i].text);
	}
	pick_kinds(req);
	questions_form_set(req);
	broadcast_form_set(req);
	if (pick_groups(req) < 0 || pick_prefectures(req) < 0)
		return 500;
	page_set_int(req, "Template.id", req->id);
	return status == 0 ? page_show(req, "template.cs")
			   : page_show_status(req, status, "template.cs");
}

/* The closing time of the draft as hours from its sending, begun ones whole. */
static void fill_hours(struct request *req, const struct draft *d)
{
	static const int64_t hour = INT64_C(60) * TIME_MINUTE;
	int64_t closes, begins = d->saved_at;

	form_fill(req, d->form, time_fields, LEN(time_fields));
	form_read(req, time_fields, LEN(time_fields));
	page_forget(req, "Error"); /* is for who sends it */
	closes = form_time(req, "closes_at");
	if (str_eq(form_text(req, "when"), "later") &&
	    form_time(req, "send_at") != 0)
		begins = form_time(req, "send_at");
	if (closes > begins && closes - begins <= BROADCAST_FORM_HOURS * hour)
		page_set_int(req, "Form.closes_hours",
			     (closes - begins + hour - 1) / hour);
}

/* Whom the draft names that a template does not keep. */
static bool names_others(struct arena *a, const struct draft *d)
{
	static const char *const names[] = { "people", "not_people", "earlier",
					     "not_earlier" };
	struct param *list;

	if (request_parse(a, d->form, strlen(d->form), CHARSET_UTF8, &list) < 0)
		return false;
	for (; list != NULL; list = list->next)
		for (size_t i = 0; i < LEN(names); i++)
			if (str_eq(list->name, names[i]) &&
			    *list->text != '\0' && !str_eq(list->text, "0"))
				return true;
	return false;
}

/* Puts a draft into the form.  1, 0 there is none, -1. */
static int fill_draft(struct request *req, int64_t id)
{
	struct draft d;
	int found = draft_find(req->db, req->account, id, &d);

	if (found <= 0)
		return found;
	form_fill(req, d.form, fields + CONTROLS, FILLED);
	fill_hours(req, &d);
	page_set(req, "Form.name", d.subject);
	page_set_int(req, "Draft.id", d.id);
	page_set(req, "Draft.others",
		 names_others(req->arena, &d) ? "1" : NULL);
	return 1;
}

static int show_new(struct request *req)
{
	int64_t draft;
	int found;

	form_read(req, query_fields, LEN(query_fields));
	draft = form_int(req, "draft");
	found = draft == 0 ? 1 : fill_draft(req, draft);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	page_set(req, "Form.fills", "text");
	return show_form(req, 200);
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

/* All that was sent in a field. */
static const char *value_of(struct arena *a, const struct param *list,
			    const char *name)
{
	struct str s = { .arena = a };

	for (; list != NULL; list = list->next)
		if (str_eq(list->name, name))
			str_fmt(&s, "%s%s", s.len > 0 ? "," : "", list->text);
	return str_text(&s);
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
		add_change(&s, fields[i].name,
			   value_of(req->arena, before, fields[i].name),
			   value_of(req->arena, after, fields[i].name));
	return cut(req->arena, str_text(&s), DETAIL_LEN);
}

static void check(struct request *req, bool text)
{
	static const char *const names[] = { "subject", "body" };

	questions_form_read(req);
	if (text && *form_text(req, "kind") == '\0')
		form_error(req, "kind", "選んでください。");
	if (text && form_int(req, "again_times") > 0 &&
	    form_int(req, "again_gap") < REASK_GAP_LEAST)
		form_error(req, "again_gap", "間隔を選んでください。");
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
		      : form_keep(req, question_fields, LEN(question_fields));
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
