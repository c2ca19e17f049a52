/*
 * reports - what people told of themselves without being asked
 *
 *   GET  /reports   the latest self-report of each person who made one in the
 *                   last days, newest first, with filters
 *
 * A report is no answer to a check: here it is seen where no check asks.  For
 * admins; a group admin sees his own people only, by the queries of model/.
 * Source: D1b, D3c.
 */
#include "model/report.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/recipient_words.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PAGE = 100, /* people on a page */
	SEARCH_LEN = 100,
	DAYS = 7, /* unless others are asked for */
	DAY_MIN = 24 * 60,
};

static const struct field fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "safety", FIELD_CHOICE("safe slight serious"), 0, 1 },
	{ "check", FIELD_CHOICE("none"), 0, 1 },
	{ "days", FIELD_CHOICE("1 3 7 30"), 0, 1 },
	{ "at", FIELD_INT, 0, INT64_MAX },
	{ "user", FIELD_INT, 0, UINT32_MAX },
};

static const char *text_or_null(struct request *req, const char *name)
{
	const char *text = form_text(req, name);

	return *text == '\0' ? NULL : text;
}

static void read_query(struct request *req, struct report_query *q)
{
	long long days = DAYS;

	form_read(req, fields, LEN(fields));
	str_to_int(form_text(req, "days"), 1, DAY_MIN, &days);
	*q = (struct report_query){
		.since = req->now - (int64_t)days * DAY_MIN * TIME_MINUTE,
		.text = text_or_null(req, "text"),
		.safety = text_or_null(req, "safety"),
		.unasked = text_or_null(req, "check") != NULL,
		.before_at = form_int(req, "at"),
		.before_user = form_int(req, "user"),
		.most = PAGE + 1,
	};
	page_default(req, "Form.days",
		     arena_fmt(req->arena, "%lld", (long long)days));
}

static void set_words(struct request *req, const char *key,
		      const struct word *list)
{
	for (; list->code != NULL; list++) {
		struct row *row = page_row(req, key);

		row_set(row, "value", list->code);
		row_set(row, "text", list->text);
	}
}

static const struct word spans[] = {
	{ "1", "24時間" }, { "3", "3日" }, { "7", "7日" },
	{ "30", "30日" },  { NULL, NULL },
};

/* Returns how many are shown. */
static int64_t set_list(struct request *req, const struct report *list)
{
	const struct report *last = NULL;
	int64_t shown = 0;

	for (const struct report *r = list; r != NULL; r = r->next) {
		struct row *row;

		if (shown == PAGE) { /* there is a next page */
			page_set(req, "Next.at",
				 arena_fmt(req->arena, "%lld",
					   (long long)last->at));
			page_set_int(req, "Next.user", last->user);
			break;
		}
		row = page_row(req, "Reports");
		row_set_int(row, "user", r->user);
		row_set(row, "staff_no", r->staff_no);
		row_set(row, "name", r->name);
		row_set(row, "group", r->group);
		row_set(row, "at", time_show_short(req->arena, r->at));
		row_set(row, "mark",
			word_text(recipient_safety_marks, r->safety));
		row_set(row, "safety",
			word_text(recipient_safeties, r->safety));
		row_set(row, "coming", word_text(recipient_comings, r->coming));
		row_set(row, "comment", r->comment);
		row_set_int(row, "asked", r->asked);
		last = r;
		shown++;
	}
	page_set_count(req, "Shown", shown);
	return shown;
}

/* Personal data is read: how much, and by whom. */
static int note_read(struct request *req, int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = "reports shown";
	audit.people = people;
	return audit_add(req->db, &audit);
}

static int show(struct request *req)
{
	struct report_query query;
	struct report *list;
	int64_t count;

	read_query(req, &query);
	count = report_count(req->db, req->account, &query);
	if (count < 0 ||
	    report_list(req->db, req->account, &query, &list) < 0 ||
	    note_read(req, set_list(req, list)) < 0)
		return 500;
	page_set_count(req, "Count", count);
	page_set_int(req, "Filtered",
		     query.text != NULL || query.safety != NULL ||
			     query.unasked);
	set_words(req, "Safeties", recipient_safeties);
	set_words(req, "Spans", spans);
	return page_show(req, "reports.cs");
}

static const struct route routes[] = {
	{ "GET", "/reports", GUARD_GROUP_ADMIN, show },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
