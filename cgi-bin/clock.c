/*
 * clock - what was mailed of events against its promise
 *
 *   GET /clock?month=2026-11&show=late&page=1   a month
 *   GET /clock.csv?month=2026-11                the same, by class of receiver
 *   GET /clock/{id}                             an event
 *
 * For system admins and operators: counts and times, nobody's name.
 * Source: P2 to P6.
 */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/clock.h"
#include "model/event.h"
#include "model/stage.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PAGE = 50,
	MONTHS = 24,	 /* that can be chosen */
	CSV_MOST = 5000, /* clocks in a file */
	OF_EVENT_MOST = 100,
	MONTH_LEN = 7, /* "2026-11" */
	YEAR_LEAST = 1990,
	YEAR_MOST = 2200,
	JAPAN_S = 9 * 3600,
};

static const struct field fields[] = {
	{ "month", FIELD_CODE, 0, MONTH_LEN },
	{ "show", FIELD_CHOICE("late"), 0, 1 },
	{ "page", FIELD_INT, 0, 1000 },
};

/* Months ------------------------------------------------------------------- */

static struct tm japan(int64_t at)
{
	time_t t = (time_t)(at / TIME_SECOND + JAPAN_S);
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm;
}

/* The instant in which a month begins in Japan; months beyond the year are of
 * the next, or the last, one. */
static int64_t month_begin(int year, int month)
{
	struct tm tm = { .tm_year = year - 1900,
			 .tm_mon = month - 1,
			 .tm_mday = 1 };

	return ((int64_t)timegm(&tm) - JAPAN_S) * TIME_SECOND;
}

static const char *month_text(struct arena *a, int64_t at)
{
	struct tm tm = japan(at);

	return arena_fmt(a, "%04d-%02d", tm.tm_year + 1900, tm.tm_mon + 1);
}

/* Reads "2026-11" into the filter; "" is the present month. */
static bool read_month(struct request *req, struct clock_filter *out)
{
	const char *text = form_text(req, "month");
	struct tm tm = japan(req->now);
	long long year = tm.tm_year + 1900, month = tm.tm_mon + 1;

	if (*text != '\0' &&
	    (strlen(text) != MONTH_LEN || text[4] != '-' ||
	     !str_to_int(arena_strndup(req->arena, text, 4), YEAR_LEAST,
			 YEAR_MOST, &year) ||
	     !str_to_int(text[5] == '0' ? text + 6 : text + 5, 1, 12, &month)))
		return false;
	out->from = month_begin((int)year, (int)month);
	out->until = month_begin((int)year, (int)month + 1);
	return true;
}

static void set_months(struct request *req)
{
	struct tm tm = japan(req->now);

	for (int i = 0; i < MONTHS; i++) {
		int64_t at = month_begin(tm.tm_year + 1900, tm.tm_mon + 1 - i);
		struct tm of = japan(at);
		struct row *row = page_row(req, "Months");

		row_set(row, "value", month_text(req->arena, at));
		row_set(row, "text",
			arena_fmt(req->arena, "%d年%d月", of.tm_year + 1900,
				  of.tm_mon + 1));
	}
}

/* A clock ------------------------------------------------------------------ */

static const struct {
	const char *word, *mark;
} verdicts[] = {
	[CLOCK_OPEN] = { "配信中", "" },
	[CLOCK_KEPT] = { "約束どおり", "good" },
	[CLOCK_LATE] = { "遅れ", "bad" },
};

static const char *took(struct arena *a, const struct clock *c)
{
	return clock_span(a, c->starts_at, clock_end(c));
}

static void set_clock(struct request *req, struct row *row,
		      const struct clock *c)
{
	row_set_int(row, "id", c->broadcast);
	row_set_int(row, "event", c->event);
	row_set(row, "subject", c->subject);
	row_set(row, "title", c->title);
	row_set(row, "kind", event_kind_show(c->kind));
	row_set(row, "promise", clock_promise_show(c->promise));
	row_set(row, "bar", clock_bar_show(c->promise));
	row_set(row, "word", verdicts[c->verdict].word);
	row_set(row, "mark", verdicts[c->verdict].mark);
	row_set(row, "took", took(req->arena, c));
	row_set(row, "at", time_show_short(req->arena, c->starts_at));
	row_set(row, "due", time_show_clock(req->arena, c->due_at));
	if (c->verdict == CLOCK_LATE) {
		row_set(row, "late", clock_stage_show(c->late));
		row_set(row, "over",
			clock_span(req->arena, c->due_at,
				   clock_end(c) > c->due_at ? clock_end(c)
							    : req->now));
		row_set_int(row, "ended", clock_end(c) > c->due_at);
	}
}

/* Each stage with its time, what it took, and the promise's begin and end. */
static void set_stages(struct request *req, struct row *row,
		       const struct clock *c)
{
	int64_t before = 0;

	for (int i = 0; i < CLOCK_STAGES; i++) {
		int64_t at = c->at[i];
		struct row *stage;

		if (at == 0)
			continue;
		stage = row_row(row, "stages");
		row_set(stage, "word", clock_stage_show(i));
		row_set(stage, "at", time_show_clock(req->arena, at));
		row_set(stage, "day", time_show_short(req->arena, at));
		row_set(stage, "since",
			clock_span(req->arena, c->starts_at, at));
		row_set(stage, "took", clock_span(req->arena, before, at));
		row_set_int(stage, "begins", at == c->starts_at);
		row_set_int(stage, "late",
			    c->verdict == CLOCK_LATE &&
				    c->late == (enum clock_stage)i);
		before = at;
	}
	if (c->verdict == CLOCK_LATE && c->at[c->late] == 0) {
		struct row *stage = row_row(row, "stages");

		row_set(stage, "word", clock_stage_show(c->late));
		row_set_int(stage, "late", 1);
		row_set_int(stage, "waits", 1);
	}
}

static void set_receivers(struct request *req, struct row *row,
			  const struct clock *c)
{
	for (int i = 0; i < CLOCK_CLASSES; i++) {
		const struct clock_receiver *v = &c->receivers[i];
		struct row *class;

		if (!v->any)
			continue;
		class = row_row(row, "receivers");
		row_set(class, "word", clock_class_show(i));
		row_set_count(class, "messages", v->messages);
		row_set_count(class, "handed", v->handed);
		row_set_count(class, "accepted", v->accepted);
		row_set_count(class, "put_off", v->put_off);
		row_set_count(class, "bounced", v->bounced);
		row_set(class, "first_handed",
			time_show_clock(req->arena, v->first_handed));
		row_set(class, "last_handed",
			time_show_clock(req->arena, v->last_handed));
		row_set(class, "first_accepted",
			time_show_clock(req->arena, v->first_accepted));
		row_set(class, "last_accepted",
			time_show_clock(req->arena, v->last_accepted));
		row_set(class, "took",
			clock_span(req->arena, c->starts_at,
				   v->last_accepted > v->last_handed
					   ? v->last_accepted
					   : v->last_handed));
	}
}

/* Pages -------------------------------------------------------------------- */

static void set_paging(struct request *req, int64_t page, int64_t shown,
		       int64_t count)
{
	page_set_count(req, "Shown", shown);
	page_set_count(req, "Count", count);
	if (page * PAGE + shown < count)
		page_set_int(req, "Next", page + 1);
	if (page > 0)
		page_set(req, "Before",
			 arena_fmt(req->arena, "%" PRId64, page - 1));
}

static int show_month(struct request *req)
{
	struct clock_filter filter = { .most = PAGE };
	struct clock_count count = { 0 };
	struct clock *list = NULL;
	int64_t page, shown = 0;

	form_read(req, fields, LEN(fields));
	page = form_int(req, "page");
	set_months(req);
	if (!read_month(req, &filter)) {
		form_error(req, "month", "年月を選び直してください。");
		return page_show(req, "clock.cs");
	}
	page_set(req, "Form.month", month_text(req->arena, filter.from));
	filter.late = *form_text(req, "show") != '\0';
	filter.skip = (int)page * PAGE;
	if (clock_count(req->db, &filter, &count) < 0 ||
	    clock_list(req->db, &filter, &list) < 0)
		return 500;
	for (const struct clock *c = list; c != NULL; c = c->next, shown++)
		set_clock(req, page_row(req, "Clocks"), c);
	page_set_count(req, "All", count.all);
	page_set_count(req, "Late", count.late);
	page_set_count(req, "Open", count.open);
	set_paging(req, page, shown, filter.late ? count.late : count.all);
	return page_show(req, "clock.cs");
}

static void set_event_stages(struct request *req, const struct stage *list)
{
	for (const struct stage *s = list; s != NULL; s = s->next) {
		struct row *row;

		/* Both begin alike. */
		if (s->broadcast != 0 || s->name > STAGE_DECIDED)
			continue;
		row = page_row(req, "Stages");
		row_set(row, "word",
			clock_stage_show((enum clock_stage)s->name));
		row_set(row, "at", time_show(req->arena, s->at));
		row_set(row, "clock", time_show_clock(req->arena, s->at));
	}
}

static int show_event(struct request *req)
{
	const struct clock_filter filter = { .event = req->id,
					     .most = OF_EVENT_MOST };
	struct event event;
	struct clock *list;
	struct stage *stages;
	int found = event_find(req->db, req->id, &event), late = 0, open = 0;

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (clock_list(req->db, &filter, &list) < 0 ||
	    clock_receivers(req->db, list) < 0 ||
	    stage_list(req->db, req->id, &stages) < 0)
		return 500;
	page_set_int(req, "Event.id", event.id);
	page_set(req, "Event.title", event.title);
	page_set(req, "Event.kind", event_kind_show(event.kind));
	page_set_int(req, "Event.drill", event.drill);
	page_set(req, "Event.occurred",
		 time_show(req->arena, event.occurred_at));
	set_event_stages(req, stages);
	for (const struct clock *c = list; c != NULL; c = c->next) {
		struct row *row = page_row(req, "Clocks");

		set_clock(req, row, c);
		set_stages(req, row, c);
		set_receivers(req, row, c);
		late += c->verdict == CLOCK_LATE;
		open += c->verdict == CLOCK_OPEN;
	}
	page_set_int(req, "Late", late);
	page_set_int(req, "Open", open);
	page_set(req, "Now", time_show_clock(req->arena, req->now));
	return page_show(req, "clock_event.cs");
}

/* The file ----------------------------------------------------------------- */

static const char *const heads[] = {
	"事象番号",	  "種類",	"事象",	      "配信番号",
	"件名",		  "配信の種類", "約束",	      "起点",
	"期限",		  "発生",	"発表",	      "受信",
	"準備",		  "判断",	"配信開始",   "対象",
	"メール",	  "送信",	"受け付け",   "受け取り側が待たせた",
	"届かない",	  "最初の送信", "最後の送信", "最初の受け付け",
	"最後の受け付け", "所要（秒）", "結果",	      "遅れた段階",
};

static void add_time(struct str *s, int64_t at)
{
	csv_text(s, time_iso(s->arena, at));
}

static void add_line(struct str *s, const struct clock *c, int class)
{
	const struct clock_receiver *v = &c->receivers[class];
	int64_t end = v->last_accepted > v->last_handed ? v->last_accepted
							: v->last_handed;

	csv_int(s, c->event);
	csv_text(s, event_kind_show(c->kind));
	csv_text(s, c->title);
	csv_int(s, c->broadcast);
	csv_text(s, c->subject);
	csv_text(s, clock_promise_show(c->promise));
	csv_text(s, clock_bar_show(c->promise));
	add_time(s, c->starts_at);
	add_time(s, c->due_at);
	for (int i = CLOCK_OCCURRED; i <= CLOCK_ENQUEUED; i++)
		add_time(s, c->at[i]);
	csv_text(s, clock_class_show(class));
	csv_int(s, v->messages);
	csv_int(s, v->handed);
	csv_int(s, v->accepted);
	csv_int(s, v->put_off);
	csv_int(s, v->bounced);
	add_time(s, v->first_handed);
	add_time(s, v->last_handed);
	add_time(s, v->first_accepted);
	add_time(s, v->last_accepted);
	if (end > 0)
		csv_int(s, (end - c->starts_at) / TIME_SECOND);
	else
		csv_text(s, "");
	csv_text(s, verdicts[c->verdict].word);
	csv_text(s, c->verdict == CLOCK_LATE ? clock_stage_show(c->late) : "");
	csv_line(s);
}

static int save_month(struct request *req)
{
	struct clock_filter filter = { .most = CSV_MOST };
	struct str s = { .arena = req->arena };
	struct clock *list;

	if (!form_read(req, fields, LEN(fields)) || !read_month(req, &filter))
		return 404;
	if (clock_list(req->db, &filter, &list) < 0 ||
	    clock_receivers(req->db, list) < 0)
		return 500;
	csv_open(&s);
	for (size_t i = 0; i < LEN(heads); i++)
		csv_text(&s, heads[i]);
	csv_line(&s);
	for (const struct clock *c = list; c != NULL; c = c->next)
		for (int class = 0; class < CLOCK_CLASSES; class ++)
			if (c->receivers[class].any)
				add_line(&s, c, class);
	return page_file(req, "text/csv; charset=UTF-8",
			 arena_fmt(req->arena, "anpi-clock-%s.csv",
				   month_text(req->arena, filter.from)),
			 str_text(&s), s.len);
}

static const struct route routes[] = {
	{ "GET", "/clock", GUARD_OPERATOR, show_month },
	{ "GET", "/clock.csv", GUARD_OPERATOR, save_month },
	{ "GET", "/clock/{id}", GUARD_OPERATOR, show_event },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
