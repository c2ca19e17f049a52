/*
 * addresses - how well people can be reached, and what bureaus lack
 *
 *   GET  /addresses              by state and by group, the worst first;
 * ?group= POST /addresses/ask          mails the unconfirmed the link that
 * confirms, if their number was typed GET  /addresses/people       who they
 * are: ?group= &state= &text= GET  /addresses/people.csv   the same as a file,
 * addresses by domain only GET  /readiness              by bureau: confirmed
 * addresses, second ones, regions, admins; each lack a link
 *
 * For system admins, and for group admins within their groups, by the queries
 * of model/coverage.  Source: D2h, D2i, B9, D3c.
 */
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "model/audit.h"
#include "model/address_check.h"
#include "model/coverage.h"
#include "web/chart.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PAGE = 100,	 /* people on a page */
	CSV_PAGE = 5000, /* people a query */
	SEARCH_LEN = 100,
	ADMINS_LEAST = 2, /* of a bureau (D3b) */
	GOOD_SHARE = 95,  /* per cent that is enough */
};

static const char csv_type[] = "text/csv; charset=utf-8";

/* The words of a filter, in the order of enum coverage_filter. */
static const struct {
	const char *word, *text, *mark;
} states[] = {
	[COVERAGE_ALL] = { "", "すべて", "" },
	[COVERAGE_GOOD] = { "good", "届く", "good" },
	[COVERAGE_UNCONFIRMED] = { "unconfirmed", "未確認", "warn" },
	[COVERAGE_FULL] = { "full", "受信箱が満杯", "bad" },
	[COVERAGE_FILTERED] = { "filtered", "受信拒否の設定", "bad" },
	[COVERAGE_DEAD] = { "dead", "宛先なし", "bad" },
	[COVERAGE_NONE] = { "none", "アドレスなし", "bad" },
	[COVERAGE_BROKEN] = { "broken", "届かない", "bad" },
	[COVERAGE_ONE] = { "one", "アドレスが1つだけ", "" },
	[COVERAGE_NO_REGION] = { "noregion", "地域が足りない", "" },
};

static const struct field group_field[] = {
	{ "group", FIELD_INT, 0, UINT32_MAX },
	{ "done", FIELD_INT, 0, UINT32_MAX },
};

/* Counts ------------------------------------------------------------------- */

static void set_row(struct request *req, struct row *row,
		    const struct coverage *c)
{
	int64_t broken = c->full + c->filtered + c->dead;
	struct chart_extent good =
		chart_extent(req->arena, 0, c->good, c->people);
	struct chart_extent open =
		chart_extent(req->arena, c->good, c->unconfirmed, c->people);

	row_set_int(row, "id", c->group);
	row_set(row, "name", c->name);
	row_set(row, "below", c->below > 0 ? "1" : NULL);
	row_set_count(row, "people", c->people);
	row_set_count(row, "good", c->good);
	row_set_count(row, "unconfirmed", c->unconfirmed);
	row_set_count(row, "broken", broken);
	row_set_count(row, "none", c->none);
	row_set(row, "share", chart_share(req->arena, c->good, c->people));
	row_set(row, "good_width", good.width);
	row_set(row, "open_x", open.x);
	row_set(row, "open_width", open.width);
}

static void set_total(struct request *req, const struct coverage *c)
{
	const struct {
		const char *name;
		int64_t count;
	} rows[] = {
		{ "people", c->people },
		{ "good", c->good },
		{ "unconfirmed", c->unconfirmed },
		{ "broken", c->full + c->filtered + c->dead },
		{ "full", c->full },
		{ "filtered", c->filtered },
		{ "dead", c->dead },
		{ "none", c->none },
		{ "one", c->one },
		{ "more", c->more },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		page_set_count(req,
			       arena_fmt(req->arena, "Total.%s", rows[i].name),
			       rows[i].count);
	page_set(req, "Total.share",
		 chart_share(req->arena, c->good, c->people));
}

static void set_group(struct request *req, const struct coverage *c)
{
	if (c->group == 0)
		return;
	page_set_int(req, "Group.id", c->group);
	page_set(req, "Group.name", c->name);
}

/* What is asked without anybody's press. */
static int set_daily(struct request *req)
{
	struct address_check daily;

	if (address_check_find(req->db, req->now, &daily) < 0)
		return -1;
	page_set_count(req, "Daily.most", daily.most);
	if (daily.at == 0)
		return 0;
	page_set(req, "Daily.at", time_show_short(req->arena, daily.at));
	page_set_count(req, "Daily.addresses", daily.addresses);
	page_set_count(req, "Daily.people", daily.people);
	page_set_count(req, "Daily.shown", daily.shown);
	return 0;
}

static int show_group(struct request *req, int64_t group)
{
	struct coverage total, *list;
	int found = coverage_find(req->db, req->account, group, &total);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (coverage_below(req->db, req->account, group, &list) < 0 ||
	    set_daily(req) < 0)
		return 500;
	set_group(req, &total);
	set_total(req, &total);
	page_set_count(req, "Ask.people", total.askable);
	page_set(req, "Total.at",
		 time_show_clock(req->arena, total.counted_at));
	for (const struct coverage *c = list; c != NULL; c = c->next)
		set_row(req, page_row(req, "Groups"), c);
	return page_show(req, "addresses.cs");
}

static int show(struct request *req)
{
	form_read(req, group_field, LEN(group_field));
	if (form_int(req, "done") != 0)
		page_set_count(req, "Done", form_int(req, "done"));
	return show_group(req, form_int(req, "group"));
}

/* Asking ------------------------------------------------------------------- */

static const struct field ask_fields[] = {
	{ "group", FIELD_INT, 0, UINT32_MAX },
	{ "expected", FIELD_INT, 0, UINT32_MAX },
};

static int ask(struct request *req)
{
	struct audit audit = request_audit(req);
	struct coverage group;
	int64_t people;
	bool good = form_read(req, ask_fields, LEN(ask_fields));
	int found = coverage_find(req->db, req->account, form_int(req, "group"),
				  &group);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (!good)
		return show_group(req, group.group);
	switch (coverage_ask(req->db, req->account, &audit, group.group,
			     form_int(req, "expected"), &people)) {
	case COVERAGE_ASKED:
		return page_redirect(
			req,
			arena_fmt(req->arena, "/addresses?group=%lld&done=%lld",
				  (long long)group.group, (long long)people),
			0);
	case COVERAGE_OTHER_COUNT:
		form_error(
			req, "expected",
			people == 0
				? "いま確認を頼む人はいません（7日以内に送っ"
				  "た人には送りません）。"
				: arena_fmt(req->arena,
					    "人数が違います。いま頼む相手は "
					    "%lld 人です。同じ数を入力してくだ"
					    "さい。",
					    (long long)people));
		return show_group(req, group.group);
	default:
		return 500;
	}
}

/* People ------------------------------------------------------------------- */

static const struct field people_fields[] = {
	{ "group", FIELD_INT, 0, UINT32_MAX },
	{ "state",
	  FIELD_CHOICE("good unconfirmed full filtered dead none broken one "
		       "noregion"),
	  0, 1 },
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "after", FIELD_INT, 0, UINT32_MAX },
};

static void read_query(struct request *req, struct coverage_query *q)
{
	form_read(req, people_fields, LEN(people_fields));
	*q = (struct coverage_query){
		.group = form_int(req, "group"),
		.text = form_text(req, "text"),
		.after = form_int(req, "after"),
	};
	if (*q->text == '\0')
		q->text = NULL;
	for (size_t i = 1; i < LEN(states); i++)
		if (str_eq(form_text(req, "state"), states[i].word))
			q->filter = (enum coverage_filter)i;
}

static int note_read(struct request *req, const char *action, int64_t group,
		     int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = action;
	audit.object = arena_fmt(req->arena, "group %lld", (long long)group);
	audit.people = people;
	return audit_add(req->db, &audit);
}

static const char *date_of(struct arena *a, int64_t at)
{
	return arena_strndup(a, time_iso(a, at), strlen("2024-01-01"));
}

static int64_t set_people(struct request *req,
			  const struct coverage_person *list)
{
	int64_t shown = 0;

	for (const struct coverage_person *p = list; p != NULL; p = p->next) {
		struct row *row = page_row(req, "People");

		row_set(row, "staff_no", p->staff_no);
		row_set(row, "name", p->name);
		row_set(row, "group", p->group);
		row_set(row, "mark", states[p->state].mark);
		row_set(row, "state", states[p->state].text);
		row_set_int(row, "addresses", p->addresses);
		row_set(row, "domains", p->domains);
		row_set(row, "at", date_of(req->arena, p->checked_at));
		row_set(row, "regions", p->regions ? "1" : NULL);
		shown++;
		if (shown == PAGE)
			page_set_int(req, "After", p->user);
	}
	page_set_count(req, "Shown", shown);
	return shown;
}

static int show_people(struct request *req)
{
	struct coverage_person *list;
	struct coverage_query query;
	struct coverage group;
	int64_t count;
	int found;

	read_query(req, &query);
	query.most = PAGE;
	found = coverage_find(req->db, req->account, query.group, &group);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	count = coverage_count(req->db, req->account, &query);
	if (count < 0 ||
	    coverage_list(req->db, req->account, &query, &list) < 0)
		return 500;
	for (size_t i = 0; i < LEN(states); i++) {
		struct row *row = page_row(req, "States");

		row_set(row, "word", states[i].word);
		row_set(row, "text", states[i].text);
	}
	page_set(req, "State.text", states[query.filter].text);
	set_group(req, &group);
	page_set_count(req, "Count", count);
	if (note_read(req, "address list", query.group, set_people(req, list)) <
	    0)
		return 500;
	return page_show(req, "addresses_people.cs");
}

static void add_line(struct request *req, struct str *s,
		     const struct coverage_person *p)
{
	csv_text(s, p->staff_no);
	csv_text(s, p->name);
	csv_text(s, p->group);
	csv_text(s, states[p->state].text);
	csv_int(s, p->addresses);
	csv_text(s, p->domains);
	csv_text(s, date_of(req->arena, p->checked_at));
	csv_text(s, p->regions ? "登録済み" : "足りない");
	csv_line(s);
}

static int export(struct request *req)
{
	static const char *const heads[] = {
		"職員番号",	"氏名",	    "所属",	  "状態",
		"アドレスの数", "ドメイン", "最後の確認", "地域",
	};
	struct str s = { .arena = req->arena };
	struct coverage_person *list;
	struct coverage_query query;
	struct coverage group;
	int64_t people = 0;
	int found;

	read_query(req, &query);
	query.after = 0;
	query.most = CSV_PAGE;
	found = coverage_find(req->db, req->account, query.group, &group);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	csv_open(&s);
	for (size_t i = 0; i < LEN(heads); i++)
		csv_text(&s, heads[i]);
	csv_line(&s);
	do {
		if (coverage_list(req->db, req->account, &query, &list) < 0)
			return 500;
		for (const struct coverage_person *p = list; p; p = p->next) {
			add_line(req, &s, p);
			query.after = p->user;
			people++;
		}
	} while (list != NULL);
	if (note_read(req, "address export", query.group, people) < 0)
		return 500;
	return page_file(req, csv_type, "addresses.csv", s.s, s.len);
}

/* Readiness ---------------------------------------------------------------- */

/* A share as figure and mark: enough or not. */
static void set_share(struct request *req, struct row *row, const char *name,
		      int64_t part, int64_t whole)
{
	struct arena *a = req->arena;

	row_set(row, name, chart_share(a, part, whole));
	row_set(row, arena_fmt(a, "%s_mark", name),
		chart_percent(part, whole) >= GOOD_SHARE ? "good" : "warn");
	row_set_count(row, arena_fmt(a, "%s_lack", name), whole - part);
}

static int show_readiness(struct request *req)
{
	struct coverage total, *list;
	int found;

	form_read(req, group_field, LEN(group_field));
	found = coverage_find(req->db, req->account, form_int(req, "group"),
			      &total);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (coverage_below(req->db, req->account, total.group, &list) < 0)
		return 500;
	set_group(req, &total);
	for (const struct coverage *c = list; c != NULL; c = c->next) {
		struct row *row = page_row(req, "Groups");

		row_set_int(row, "id", c->group);
		row_set(row, "name", c->name);
		row_set(row, "below", c->below > 0 ? "1" : NULL);
		row_set_count(row, "people", c->people);
		set_share(req, row, "good", c->good, c->people);
		set_share(req, row, "second", c->more, c->people);
		set_share(req, row, "regions", c->regions, c->people);
		row_set_int(row, "admins", c->admins);
		row_set(row, "admins_mark",
			c->admins >= ADMINS_LEAST ? "good" : "bad");
	}
	return page_show(req, "readiness.cs");
}

static const struct route routes[] = {
	{ "GET", "/addresses", GUARD_GROUP_ADMIN, show },
	{ "POST", "/addresses/ask", GUARD_GROUP_ADMIN, ask },
	{ "GET", "/addresses/people", GUARD_GROUP_ADMIN, show_people },
	{ "GET", "/addresses/people.csv", GUARD_GROUP_ADMIN, export },
	{ "GET", "/readiness", GUARD_GROUP_ADMIN, show_readiness },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
