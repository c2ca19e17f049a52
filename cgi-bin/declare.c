/*
 * declare - an event made by hand: a missile, or what has no feed
 *
 *   GET  /events/new        what happened, and where
 *   POST /events/new        shows what would be prepared, and for how many
 *   POST /events/new/make   makes it; its check waits on its page
 *
 * For operators and system admins.  Source: D1o, P5.
 */
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/str.h"
#include "base/time.h"
#include "model/audit.h"
#include "model/hand_event.h"
#include "model/inform.h"
#include "model/rule.h"
#include "model/target.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PRESS_TEXT_LEN = 2 * HAND_EVENT_PRESS_LEN,
	FUTURE_MAX_MIN = 10, /* a clock may be wrong by less */
};

static const struct field fields[] = {
	{ "kind", FIELD_CHOICE("missile other"), 1, 1 },
	{ "title", FIELD_TEXT, 0, HAND_EVENT_TITLE_MAX },
	{ "text", FIELD_LINES, 0, HAND_EVENT_TEXT_MAX },
	{ "occurred", FIELD_TIME, 0, 1 },
	{ "sea", FIELD_TEXT, 0, 20 },
	{ "prefectures", FIELD_IDS, 0, RULE_PREFECTURES },
	{ "drill", FIELD_CHOICE("yes"), 0, 1 },
	{ "press", FIELD_CODE, 0, PRESS_TEXT_LEN },
};

static int show(struct request *req)
{
	struct prefecture *p;

	if (target_prefectures(req->db, &p) < 0)
		return 500;
	for (; p != NULL; p = p->next) {
		struct row *row = page_row(req, "Prefectures");
		long long number = 0;

		str_to_int(p->code, 1, RULE_PREFECTURES, &number);
		row_set_int(row, "value", number);
		row_set(row, "text", p->name);
	}
	for (size_t i = 0; i < hand_event_seas_count; i++) {
		struct row *row = page_row(req, "Seas");

		row_set(row, "value", hand_event_seas[i].code);
		row_set(row, "text", hand_event_seas[i].name);
	}
	return page_show(req, "declare.cs");
}

static const char *places_of(struct arena *a, const bool *prefectures)
{
	int ranks[RULE_PREFECTURES + 1];

	for (int p = 0; p <= RULE_PREFECTURES; p++)
		ranks[p] = prefectures[p];
	return inform_places(a, ranks);
}

/* What is wrong beyond single fields. */
static void check_form(struct request *req, struct hand_event *e,
		       bool *prefectures)
{
	const char *sea = form_text(req, "sea");
	const int64_t latest = req->now + (int64_t)FUTURE_MAX_MIN * TIME_MINUTE;
	size_t count;
	const int64_t *ids = form_ids(req, "prefectures", &count);
	bool any = *sea != '\0';

	for (size_t i = 0; i < count; i++) {
		if (ids[i] < 1 || ids[i] > RULE_PREFECTURES)
			continue;
		prefectures[ids[i]] = true;
		any = true;
	}
	if (*sea != '\0' && !hand_event_add_sea(sea, prefectures))
		form_error(req, "sea", "一覧から選んでください。");
	else if (!any)
		form_error(req, "prefectures",
			   "都道府県か海を、一つ以上選んでください。");
	e->kind = form_text(req, "kind");
	e->title = form_text(req, "title");
	e->text = form_text(req, "text");
	e->drill = str_eq(form_text(req, "drill"), "yes");
	e->prefectures = prefectures;
	e->occurred_at = form_time(req, "occurred");
	if (e->occurred_at == 0)
		e->occurred_at = req->now;
	if (e->occurred_at > latest)
		form_error(req, "occurred", "これから先の時刻です。");
	if (*e->title == '\0' && str_eq(e->kind, "missile"))
		e->title = arena_fmt(req->arena, "ミサイル %s",
				     places_of(req->arena, prefectures));
	if (*e->title == '\0' && *e->kind != '\0')
		form_error(req, "title", "何が起きたかを入力してください。");
	if (*e->text == '\0' && str_eq(e->kind, "other"))
		e->text = e->title;
}

static int review(struct request *req)
{
	bool prefectures[RULE_PREFECTURES + 1] = { false };
	unsigned char press[HAND_EVENT_PRESS_LEN];
	struct hand_event e = { 0 };
	struct check check;

	form_read(req, fields, LEN(fields));
	check_form(req, &e, prefectures);
	if (form_failed(req))
		return show(req);
	if (hand_event_check(req->db, &e, &check) < 0)
		return 500;
	bytes_random(press, sizeof(press));
	page_set(req, "Form.press",
		 bytes_to_hex(req->arena, press, sizeof(press)));
	page_set(req, "Check.title", e.title);
	page_set(req, "Check.occurred", time_show(req->arena, e.occurred_at));
	page_set(req, "Form.occurred",
		 arena_strndup(req->arena, time_iso(req->arena, e.occurred_at),
			       strlen("2026-01-01T00:00")));
	page_set(req, "Check.places", check.places);
	page_set(req, "Check.subject", check.subject);
	page_set(req, "Check.body", check.body);
	page_set(req, "Check.level", check.level);
	page_set_count(req, "Check.people", check.people);
	page_set_int(req, "Check.ruled", *check.level != '\0');
	for (int i = 1; i <= RULE_PREFECTURES; i++) {
		if (prefectures[i])
			row_set_int(page_row(req, "Chosen"), "value", i);
	}
	if (e.drill)
		page_set(req, "Page.drill", "1");
	return page_show(req, "declare_check.cs");
}

static int make(struct request *req)
{
	bool prefectures[RULE_PREFECTURES + 1] = { false };
	unsigned char press[HAND_EVENT_PRESS_LEN];
	struct audit who = request_audit(req);
	struct hand_event e = { 0 };
	int64_t id;

	form_read(req, fields, LEN(fields));
	check_form(req, &e, prefectures);
	if (form_failed(req))
		return show(req);
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	id = hand_event_make(req->db, &who, &e, press);
	return id < 0 ? 500 : page_redirect(req, "/events", id);
}

static const struct route routes[] = {
	{ "GET", "/events/new", GUARD_OPERATOR, show },
	{ "POST", "/events/new", GUARD_OPERATOR, review },
	{ "POST", "/events/new/make", GUARD_OPERATOR, make },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
