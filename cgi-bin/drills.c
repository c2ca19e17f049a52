/*
 * drills - training mail by schedule, and what full drills taught
 *
 *   GET  /drills?runs=1&page=1   schedules, runs, drills
 *   GET  /drills/new             POST /drills/new       a schedule
 *   GET  /drills/{id}            POST /drills/{id}
 *   GET  /drills/runs/{id}       who confirmed receipt of a training mail
 *   GET  /drills/reports/{id}    a full drill by bureau, beside the last
 *   GET  /drills/reports/{id}.csv
 *
 * Counts are for system admins and operators; schedules, and who received what,
 * for system admins.  Source: M3, B8.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/drill.h"
#include "model/drill_report.h"
#include "web/chart.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PAGE = 20,
	PAGES_MAX = 10000,
	MEMBERS_MOST = 200,
	CLOCK_LEN = 5,
	MONTH_DAYS = 28, /* that every month has */
};

static const char *const weekdays[] = {
	"日", "月", "火", "水", "木", "金", "土"
};

static void set_page(struct request *req, const char *name, int64_t page)
{
	page_set(req, name, arena_fmt(req->arena, "%" PRId64, page));
}

/* The list ------------------------------------------------------------------*/

static const struct field list_fields[] = {
	{ "runs", FIELD_INT, 0, PAGES_MAX },
	{ "page", FIELD_INT, 0, PAGES_MAX },
	{ "done", FIELD_CHOICE("save"), 0, 1 },
};

static const char *when_of(struct arena *a, const struct drill *d)
{
	if (str_eq(d->every, "once"))
		return "1回だけ";
	if (str_eq(d->every, "week"))
		return arena_fmt(a, "毎週%s曜日 %s", weekdays[d->day % 7],
				 d->clock);
	if (d->day == DRILL_MONTH_END)
		return arena_fmt(a, "毎月の末日 %s", d->clock);
	return arena_fmt(a, "毎月%d日 %s", d->day, d->clock);
}

/* System admins whom no mail reaches, since nobody says who they are. */
static int set_nobodies(struct request *req)
{
	struct drill_admin *list;
	int64_t all = 0, nobodies = 0;

	if (drill_admins(req->db, 0, &list) < 0)
		return -1;
	for (const struct drill_admin *m = list; m != NULL; m = m->next, all++)
		if (!m->is_person) {
			row_set(page_row(req, "Nobodies"), "login", m->login);
			nobodies++;
		}
	page_set_count(req, "Admins", all);
	page_set_count(req, "NobodyCount", nobodies);
	return 0;
}

static int set_drills(struct request *req)
{
	struct drill *list;

	if (drill_list(req->db, &list) < 0)
		return -1;
	for (const struct drill *d = list; d != NULL; d = d->next) {
		struct row *row = page_row(req, "Drills");

		row_set_int(row, "id", d->id);
		row_set(row, "name", d->name);
		row_set(row, "when", when_of(req->arena, d));
		row_set_count(row, "members", d->members);
		row_set_int(row, "active", d->active);
		row_set(row, "next", time_show(req->arena, d->next_at));
	}
	return 0;
}

static void set_run(struct request *req, struct row *row,
		    const struct drill_run *n)
{
	bool all = n->received >= n->people;
	bool over = n->checked_at != 0;

	row_set_int(row, "id", n->broadcast);
	row_set(row, "name", n->name);
	row_set(row, "at", time_show(req->arena, n->at));
	row_set(row, "due", time_show_short(req->arena, n->due_at));
	row_set_count(row, "people", n->people);
	row_set_count(row, "received", n->received);
	row_set_count(row, "missing", all ? 0 : n->people - n->received);
	row_set(row, "mark", all ? "good" : over ? "bad" : "warn");
	row_set(row, "word",
		all    ? "全員が受け取り"
		: over ? "受け取り未確認"
		       : "確認中");
	if (over && n->missing > 0)
		row_set(row, "alarm",
			n->alarm != 0 ? "システム管理者に知らせました"
				      : "知らせるメールを送れる相手がいません");
}

static int set_runs(struct request *req, int64_t page)
{
	struct drill_run *list;
	int64_t count = drill_run_count(req->db, 0), shown = 0;

	if (count < 0 ||
	    drill_runs(req->db, 0, (int)page * PAGE, PAGE, &list) < 0)
		return -1;
	for (const struct drill_run *n = list; n != NULL; n = n->next, shown++)
		set_run(req, page_row(req, "Runs"), n);
	page_set_count(req, "RunCount", count);
	page_set_count(req, "RunShown", shown);
	if (page * PAGE + shown < count)
		set_page(req, "RunNext", page + 1);
	if (page > 0)
		set_page(req, "RunBefore", page - 1);
	return 0;
}

static int set_reports(struct request *req, int64_t page)
{
	struct drill_report *list;
	int64_t count = drill_report_count(req->db), shown = 0;

	if (count < 0 ||
	    drill_report_list(req->db, (int)page * PAGE, PAGE, &list) < 0)
		return -1;
	for (const struct drill_report *r = list; r; r = r->next, shown++) {
		struct row *row = page_row(req, "Reports");

		row_set_int(row, "id", r->broadcast);
		row_set(row, "subject", r->subject);
		row_set(row, "at", time_show(req->arena, r->began));
		row_set_count(row, "asked", r->asked);
		row_set_count(row, "answered", r->answered);
		row_set(row, "share",
			chart_share(req->arena, r->answered, r->asked));
	}
	page_set_count(req, "ReportCount", count);
	page_set_count(req, "ReportShown", shown);
	if (page * PAGE + shown < count)
		set_page(req, "ReportNext", page + 1);
	if (page > 0)
		set_page(req, "ReportBefore", page - 1);
	return 0;
}

static int show_list(struct request *req)
{
	form_read(req, list_fields, LEN(list_fields));
	set_page(req, "RunPage", form_int(req, "runs"));
	set_page(req, "ReportPage", form_int(req, "page"));
	if (set_nobodies(req) < 0 || set_drills(req) < 0 ||
	    set_runs(req, form_int(req, "runs")) < 0 ||
	    set_reports(req, form_int(req, "page")) < 0)
		return 500;
	return page_show(req, "drills.cs");
}

/* A schedule --------------------------------------------------------------- */

static const struct field drill_fields[] = {
	{ "name", FIELD_TEXT, 1, DRILL_NAME_MAX },
	{ "body", FIELD_LINES, 1, DRILL_BODY_MAX },
	{ "every", FIELD_CHOICE("week month once"), 1, 1 },
	{ "weekday", FIELD_CHOICE("0 1 2 3 4 5 6"), 0, 1 },
	{ "day", FIELD_INT, 0, DRILL_MONTH_END },
	{ "clock", FIELD_TEXT, 0, CLOCK_LEN },
	{ "at", FIELD_TIME, 0, 1 },
	{ "within", FIELD_INT, DRILL_WITHIN_LEAST, DRILL_WITHIN_MOST },
	{ "members", FIELD_IDS, 1, MEMBERS_MOST },
	{ "active", FIELD_CHOICE("yes no"), 1, 1 },
	{ "version", FIELD_INT, 0, UINT32_MAX },
};

static void add_choice(struct request *req, const char *list, const char *value,
		       const char *text)
{
	struct row *row = page_row(req, list);

	row_set(row, "value", value);
	row_set(row, "text", text);
}

static void set_choices(struct request *req)
{
	struct arena *a = req->arena;

	add_choice(req, "Every", "week", "毎週");
	add_choice(req, "Every", "month", "毎月");
	add_choice(req, "Every", "once", "1回だけ");
	add_choice(req, "Active", "yes", "送る");
	add_choice(req, "Active", "no", "止める");
	for (size_t i = 0; i < LEN(weekdays); i++)
		add_choice(req, "Weekdays", arena_fmt(a, "%zu", i),
			   arena_fmt(a, "%s曜日", weekdays[i]));
	for (int i = 1; i <= MONTH_DAYS; i++)
		add_choice(req, "Days", arena_fmt(a, "%d", i),
			   arena_fmt(a, "%d日", i));
	add_choice(req, "Days", "31", "末日");
}

/* What was refused keeps its ticks. */
static int set_members(struct request *req, int64_t drill)
{
	bool fresh = str_eq(req->method, "GET");
	struct drill_admin *list;

	if (drill_admins(req->db, drill, &list) < 0)
		return -1;
	for (const struct drill_admin *m = list; m != NULL; m = m->next) {
		struct row *row;

		if (!m->is_person)
			continue;
		row = page_row(req, "Members");
		row_set_int(row, "id", m->account);
		row_set(row, "text", m->name);
		if (fresh && m->member)
			page_set(req,
				 arena_fmt(req->arena, "Form.members.%" PRId64,
					   m->account),
				 "1");
	}
	return 0;
}

static int show_form(struct request *req)
{
	page_set_int(req, "Drill.id", req->id);
	set_choices(req);
	if (set_members(req, req->id) < 0 || set_nobodies(req) < 0)
		return 500;
	return page_show(req, "drill.cs");
}

static int show_new(struct request *req)
{
	page_default(req, "Form.within", "30");
	page_default(req, "Form.clock", "09:30");
	page_default(req, "Form.active", "yes");
	page_default(req, "Form.name", "受信確認訓練");
	page_default(req, "Form.body",
		     "災害通知メールの受信を確認する訓練です。\n"
		     "下のページを開き、「受け取りました」を選んで送信してくだ"
		     "さい。");
	return show_form(req);
}

static void default_int(struct request *req, const char *key, int64_t value)
{
	page_default(req, key, arena_fmt(req->arena, "%" PRId64, value));
}

/* "2026-11-27T21:00" of Japan, as a field takes it. */
static const char *field_time_of(struct arena *a, int64_t at)
{
	enum { LEN_TO_MINUTE = 16 };

	return at == 0 ? "" : arena_strndup(a, time_iso(a, at), LEN_TO_MINUTE);
}

/* The stored values behind those just refused. */
static int show_drill(struct request *req)
{
	struct drill d;
	int found = drill_find(req->db, req->id, &d);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	page_set(req, "Drill.name", d.name);
	page_default(req, "Form.name", d.name);
	page_default(req, "Form.body", d.body);
	page_default(req, "Form.every", d.every);
	if (str_eq(d.every, "week"))
		default_int(req, "Form.weekday", d.day);
	if (str_eq(d.every, "month"))
		default_int(req, "Form.day", d.day);
	if (str_eq(d.every, "once"))
		page_default(req, "Form.at",
			     field_time_of(req->arena, d.next_at));
	else
		page_default(req, "Form.clock", d.clock);
	default_int(req, "Form.within", d.within);
	page_default(req, "Form.active", d.active ? "yes" : "no");
	default_int(req, "Form.version", d.version);
	return show_form(req);
}

static int show_again(struct request *req)
{
	return req->id == 0 ? show_form(req) : show_drill(req);
}

/* When it is sent first; what is missing becomes a fault of its field. */
static void read_when(struct request *req, struct drill *d)
{
	bool once = str_eq(d->every, "once");

	if (once) {
		d->clock = "00:00";
		d->next_at = form_time(req, "at");
		if (d->active && d->next_at <= req->now)
			form_error(req, "at",
				   "これから先の日時を入力してください。");
		return;
	}
	if (str_eq(d->every, "week")) {
		d->day = *form_text(req, "weekday") - '0';
		if (*form_text(req, "weekday") == '\0')
			form_error(req, "weekday", "曜日を選んでください。");
	} else {
		d->day = (int)form_int(req, "day");
		if (d->day < 1 ||
		    (d->day > MONTH_DAYS && d->day != DRILL_MONTH_END))
			form_error(req, "day", "日を選んでください。");
	}
	if (!drill_next(d->every, d->day, d->clock, req->now, &d->next_at))
		form_error(req, "clock", "09:30 のように入力してください。");
}

static int refuse_save(struct request *req, int saved)
{
	if (saved == DRILL_NOT_FOUND)
		return 404;
	if (saved == DRILL_NO_MEMBER)
		form_error(req, "members",
			   "宛先にできない人がいます。選び直してください。");
	else
		form_error(req, "version",
			   "ほかの人がこの予定を変えました。いまの内容は"
			   "「いまの内容を開く」で見られます。入力した内容は"
			   "まだ保存していません。");
	return show_again(req);
}

static int save(struct request *req)
{
	struct audit audit = request_audit(req);
	struct drill d = { .id = req->id };
	const int64_t *members;
	size_t count;
	int64_t id;
	int saved;

	if (form_read(req, drill_fields, LEN(drill_fields))) {
		d.every = form_text(req, "every");
		d.clock = form_text(req, "clock");
		d.active = str_eq(form_text(req, "active"), "yes");
		read_when(req, &d);
	}
	if (form_failed(req))
		return show_again(req);
	d.name = form_text(req, "name");
	d.body = form_text(req, "body");
	d.within = (int)form_int(req, "within");
	d.version = form_int(req, "version");
	members = form_ids(req, "members", &count);
	saved = drill_save(req->db, &audit, &d, members, count, &id);
	if (saved < 0)
		return 500;
	if (saved != DRILL_SAVED)
		return refuse_save(req, saved);
	return page_redirect(req, "/drills?done=save", 0);
}

/* A run -------------------------------------------------------------------- */

static const struct {
	const char *mail, *word;
} mails[] = {
	{ "accepted", "相手のサーバーが受け取り" },
	{ "bounced", "届かない" },
	{ "deferred", "相手のサーバーが待たせている" },
	{ "handed", "送信済み" },
	{ "refused", "送れない" },
	{ "waiting", "送信待ち" },
	{ "none", "メールなし（アドレスがない）" },
};

static const char *mail_words(const char *mail)
{
	for (size_t i = 0; i < LEN(mails); i++)
		if (str_eq(mails[i].mail, mail))
			return mails[i].word;
	return mail;
}

static int note_read(struct request *req, int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = "drill receipts shown";
	audit.object = arena_fmt(req->arena, "broadcast %" PRId64, req->id);
	audit.people = people;
	return audit_add(req->db, &audit);
}

static int show_run(struct request *req)
{
	struct drill_receipt *list;
	struct drill_run run;
	int found = drill_run_find(req->db, req->id, &run);
	int64_t people = 0;

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (drill_receipts(req->db, req->id, &list) < 0)
		return 500;
	set_run(req, page_row(req, "Run"), &run);
	page_set_int(req, "Drill.id", run.drill);
	for (const struct drill_receipt *p = list; p; p = p->next, people++) {
		struct row *row = page_row(req, "People");

		row_set(row, "name", p->name);
		row_set(row, "login", p->login);
		row_set(row, "at", time_show(req->arena, p->at));
		row_set_int(row, "late", p->at > run.due_at);
		row_set(row, "mail", mail_words(p->mail));
	}
	if (note_read(req, people) < 0)
		return 500;
	return page_show(req, "drill_run.cs");
}

/* A report ----------------------------------------------------------------- */

static const char *minutes_show(struct arena *a, int minutes)
{
	return minutes < 0 ? "まだ" : arena_fmt(a, "%d分", minutes);
}

/* "3分早い" than the last time. */
static const char *against(struct arena *a, int minutes, int last)
{
	if (minutes < 0 || last < 0)
		return "";
	if (minutes == last)
		return "前回と同じ";
	return minutes < last ? arena_fmt(a, "%d分早い", last - minutes)
			      : arena_fmt(a, "%d分遅い", minutes - last);
}

static void set_shares(struct request *req, struct row *row,
		       const struct drill_row *r)
{
	struct arena *a = req->arena;

	for (int i = 0; i < DRILL_SHARES; i++) {
		struct row *share = row_row(row, "shares");

		row_set_int(share, "share", drill_shares[i]);
		row_set(share, "minutes", minutes_show(a, r->minutes[i]));
		if (r->last_asked > 0)
			row_set(share, "last",
				minutes_show(a, r->last_minutes[i]));
		row_set(share, "against",
			r->last_asked > 0
				? against(a, r->minutes[i], r->last_minutes[i])
				: "");
	}
}

static void set_row(struct request *req, struct row *row,
		    const struct drill_row *r)
{
	row_set_int(row, "id", r->grp);
	row_set(row, "name", r->name);
	row_set_count(row, "asked", r->asked);
	row_set_count(row, "answered", r->answered);
	row_set(row, "share", chart_share(req->arena, r->answered, r->asked));
	row_set_count(row, "unanswered", r->asked - r->answered);
	set_shares(req, row, r);
	if (r->last_asked > 0)
		row_set(row, "last_share",
			chart_share(req->arena, r->last_answered,
				    r->last_asked));
	row_set_int(row, "counted", r->counted);
	row_set_count(row, "missed", r->no_address + r->bounced + r->waiting);
	row_set_count(row, "no_address", r->no_address);
	row_set_count(row, "bounced", r->bounced);
	row_set_count(row, "waiting", r->waiting);
}

static int find_report(struct request *req, struct drill_report *report,
		       struct drill_row **rows)
{
	int found = drill_report_find(req->db, req->id, report);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	return drill_report_rows(req->db, report, rows) < 0 ? 500 : 200;
}

static int show_report(struct request *req)
{
	struct drill_report report;
	struct drill_row *rows;
	int status = find_report(req, &report, &rows);

	if (status != 200)
		return status;
	page_set_int(req, "Report.id", report.broadcast);
	page_set(req, "Report.subject", report.subject);
	page_set(req, "Report.at", time_show(req->arena, report.began));
	page_set_int(req, "Report.open", !str_eq(report.state, "closed"));
	page_set_int(req, "Report.heard", report.accepted > 0);
	page_set(req, "Report.counted",
		 time_show_clock(req->arena, report.counted_at));
	if (report.last != 0) {
		page_set_int(req, "Last.id", report.last);
		page_set(req, "Last.subject", report.last_subject);
		page_set(req, "Last.at",
			 time_show(req->arena, report.last_began));
	}
	for (int i = 0; i < DRILL_SHARES; i++)
		row_set_int(page_row(req, "Shares"), "share", drill_shares[i]);
	for (const struct drill_row *r = rows; r != NULL; r = r->next)
		set_row(req, page_row(req, r->grp == 0 ? "All" : "Rows"), r);
	return page_show(req, "drill_report.cs");
}

static void add_minutes(struct str *s, int minutes)
{
	if (minutes < 0)
		csv_text(s, "");
	else
		csv_int(s, minutes);
}

static void add_line(struct str *s, const struct drill_row *r)
{
	csv_text(s, r->name);
	csv_int(s, r->asked);
	csv_int(s, r->answered);
	csv_int(s, chart_percent(r->answered, r->asked));
	for (int i = 0; i < DRILL_SHARES; i++)
		add_minutes(s, r->minutes[i]);
	csv_int(s, r->asked - r->answered);
	csv_int(s, r->no_address);
	csv_int(s, r->bounced);
	csv_int(s, r->waiting);
	csv_int(s, r->last_asked);
	csv_int(s, r->last_answered);
	for (int i = 0; i < DRILL_SHARES; i++)
		add_minutes(s, r->last_asked > 0 ? r->last_minutes[i] : -1);
	csv_line(s);
}

static int save_report(struct request *req)
{
	static const char *const heads[] = { "部署",
					     "対象",
					     "回答",
					     "回答率（％）",
					     "25％まで（分）",
					     "50％まで（分）",
					     "75％まで（分）",
					     "95％まで（分）",
					     "未回答",
					     "アドレスなし",
					     "届かない",
					     "受け付け未確認",
					     "前回の対象",
					     "前回の回答",
					     "前回の25％まで（分）",
					     "前回の50％まで（分）",
					     "前回の75％まで（分）",
					     "前回の95％まで（分）" };
	struct str s = { .arena = req->arena };
	struct drill_report report;
	struct drill_row *rows;
	int status = find_report(req, &report, &rows);

	if (status != 200)
		return status;
	csv_open(&s);
	for (size_t i = 0; i < LEN(heads); i++)
		csv_text(&s, heads[i]);
	csv_line(&s);
	for (const struct drill_row *r = rows; r != NULL; r = r->next)
		add_line(&s, r);
	return page_file(req, "text/csv; charset=UTF-8",
			 arena_fmt(req->arena, "anpi-drill-%" PRId64 ".csv",
				   report.broadcast),
			 str_text(&s), s.len);
}

static const struct route routes[] = {
	{ "GET", "/drills", GUARD_OPERATOR, show_list },
	{ "GET", "/drills/new", GUARD_SYSTEM_ADMIN, show_new },
	{ "POST", "/drills/new", GUARD_SYSTEM_ADMIN, save },
	{ "GET", "/drills/{id}", GUARD_SYSTEM_ADMIN, show_drill },
	{ "POST", "/drills/{id}", GUARD_SYSTEM_ADMIN, save },
	{ "GET", "/drills/runs/{id}", GUARD_SYSTEM_ADMIN, show_run },
	{ "GET", "/drills/reports/{id}", GUARD_OPERATOR, show_report },
	{ "GET", "/drills/reports/{id}.csv", GUARD_OPERATOR, save_report },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
