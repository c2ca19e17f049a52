#include "model/paging.h"

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/duty.h"
#include "model/event.h"
#include "model/setting.h"

enum {
	DUE_MOST = 50,	   /* events a step */
	PAGED_MOST = 2000, /* calls that are shown of an event */
};

static const int64_t hour = INT64_C(60) * TIME_MINUTE;

/* How far an event has gone. */
struct state {
	bool is_there, by_rule, heard;
	int step;
	int64_t begun_at, next_at;
};

static int find(struct db *db, int64_t event, struct state *out)
{
	static const char sql[] =
		"SELECT step, begun_at, next_at, by_rule, heard_at IS NOT NULL"
		"  FROM paging"
		" WHERE event = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = (struct state){ 0 };
	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		out->is_there = true;
		out->step = (int)db_int(s, 0);
		out->begun_at = db_time(s, 1);
		out->next_at = db_time(s, 2);
		out->by_rule = db_int(s, 3) != 0;
		out->heard = db_int(s, 4) != 0;
	}
	return rc;
}

/* Whether the event still calls for somebody: 1, 0 or -1.  Where no check waits
 * a page by a rule ends with the warning. */
static int goes_on(struct db *db, int64_t event, const struct state *p,
		   int64_t now)
{
	struct event e;
	int rc = event_waits(db, event);

	if (rc != 0 || !p->by_rule || p->heard)
		return rc;
	rc = event_find(db, event, &e);
	if (rc <= 0)
		return rc;
	return str_eq(e.state, "recorded") && e.closed_at == 0 &&
	       (e.ends_at == 0 || e.ends_at > now);
}

/* When the next page is due. */
static int next_time(struct db *db, int64_t now, int64_t *out)
{
	int64_t minutes = setting_int(db, "duty.every");

	*out = now + minutes * TIME_MINUTE;
	return minutes < 0 ? -1 : 0;
}

static int store(struct db *db, int64_t event, const struct state *p)
{
	static const char sql[] =
		"INSERT INTO paging (event, step, begun_at, next_at, by_rule)"
		" VALUES (?, ?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE step = VALUE(step),"
		"       begun_at = VALUE(begun_at), next_at = VALUE(next_at),"
		"       by_rule = VALUE(by_rule), heard_at = NULL,"
		"       heard_by = NULL";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	db_bind_int(s, p->step);
	db_bind_time(s, p->begun_at);
	db_bind_time(s, p->next_at);
	db_bind_int(s, p->by_rule);
	return db_run(s) < 0 ? -1 : 0;
}

static int note_paged(struct db *db, int64_t event, int64_t broadcast, int step,
		      int64_t now)
{
	static const char sql[] =
		"INSERT INTO paged (event, broadcast, account, step, at)"
		" SELECT ?, ?, l.id, l.step, ? FROM " DUTY_EFFECTIVE
		" WHERE l.step = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	db_bind_int(s, broadcast);
	db_bind_time(s, now);
	db_bind_int(s, step);
	return db_run(s) < 0 ? -1 : 0;
}

/* Mails the people of a step.  Returns the broadcast, 0 if there is nobody,
 * -1. */
static int64_t mail(struct db *db, int step, const char *subject,
		    const char *body)
{
	struct broadcast_draft draft = {
		.kind = "info",
		.subject = subject,
		.body = body,
		.why = "当番表に登録されているため、呼び出しています",
		.expected = -1,
	};
	int64_t id, people;

	if (duty_targets(db, step, &draft.targets) < 0)
		return -1;
	if (draft.targets == NULL)
		return 0;
	switch (broadcast_make(db, &draft, &id, &people)) {
	case BROADCAST_MADE:
		return id;
	case BROADCAST_NOBODY:
		return 0;
	default:
		return -1;
	}
}

static int64_t mail_event(struct db *db, const struct event *e,
			  const struct state *p, bool late, int64_t now)
{
	struct arena *a = db->arena;
	long long waits = (now - p->begun_at) / TIME_MINUTE;
	const char *waited =
		waits <= 0 ? ""
			   : arena_fmt(a, "%lld 分たっても判断がありません。\n",
				       waits);
	const char *subject = arena_fmt(
		a, "%s【判断待ち】%s%s", late ? "【遅延】" : "",
		waits <= 0 ? "" : arena_fmt(a, "（%lld 分経過）", waits),
		e->title);
	const char *body = arena_fmt(
		a,
		"安否確認の判断を待っています。\n%s%s\n%s\n%s%s"
		"次のページを開いて、送るか送らないかを決めてください。\n"
		"%s/events/%lld\n",
		waited, e->title,
		str_fit(a, e->headline, BROADCAST_BODY_MAX / 2, false),
		e->occurred_at == 0 ? ""
				    : arena_fmt(a, "発生 %s ごろ\n",
						time_show(a, e->occurred_at)),
		*e->tsunami == '\0' ? "\n"
				    : arena_fmt(a, "津波 %s\n\n", e->tsunami),
		config_text("Site.Url", ""), (long long)e->id);

	return mail(db, p->step,
		    str_fit(a, subject, BROADCAST_SUBJECT_MAX, true), body);
}

/* Pages the step that p names, and stores how far it has gone. */
static int page_step(struct db *db, int64_t event, struct state *p, bool late,
		     int64_t now)
{
	struct event e;
	int64_t broadcast;

	if (event_find(db, event, &e) <= 0)
		return log_error("event lost event=%lld", (long long)event);
	broadcast = p->step == 0 ? 0 : mail_event(db, &e, p, late, now);
	if (broadcast < 0 || next_time(db, now, &p->next_at) < 0 ||
	    store(db, event, p) < 0)
		return -1;
	if (broadcast == 0) {
		log_warn("nobody to page event=%lld step=%d", (long long)event,
			 p->step);
		return 0;
	}
	log_info("paged event=%lld step=%d broadcast=%lld", (long long)event,
		 p->step, (long long)broadcast);
	return note_paged(db, event, broadcast, p->step, now);
}

/* What waits now waits since the last decision at the earliest. */
static int64_t since(const struct event *e)
{
	return e->decided_at > e->closed_at ? e->decided_at : e->closed_at;
}

/* Whether it was paged for that. */
static bool is_begun(const struct state *p, const struct event *e)
{
	return p->is_there && p->begun_at >= since(e);
}

/* A telegram may have been fetched just before a decision, and count after it.
 */
static int64_t begin_time(const struct event *e, int64_t now)
{
	return now > since(e) ? now : since(e);
}

int paging_begin(struct db *db, int64_t event, int64_t issued_at, int64_t now)
{
	struct state p;
	struct event e;
	int64_t late_min;
	int rc = event_waits(db, event);

	if (rc <= 0)
		return rc;
	if (event_find(db, event, &e) <= 0 || find(db, event, &p) < 0)
		return -1;
	if (e.drill || is_begun(&p, &e))
		return 0;
	if (issued_at != 0 && now - issued_at > PAGING_LATE_H * hour) {
		log_warn("too old to page event=%lld", (long long)event);
		return 0;
	}
	late_min = setting_int(db, "inform.late");
	p = (struct state){ .begun_at = begin_time(&e, now) };
	p.step = duty_next_step(db, 0);
	if (late_min < 0 || p.step < 0)
		return -1;
	return page_step(db, event, &p,
			 issued_at != 0 && late_min > 0 &&
				 now - issued_at > late_min * TIME_MINUTE,
			 now);
}

int paging_by_rule(struct db *db, int64_t event, int64_t broadcast, int64_t now)
{
	struct state p;
	struct event e;
	int first = duty_next_step(db, 0);

	if (first < 0 || event_find(db, event, &e) <= 0 ||
	    find(db, event, &p) < 0 ||
	    note_paged(db, event, broadcast, first, now) < 0)
		return -1;
	if (is_begun(&p, &e) && !p.heard)
		return 0; /* it rose meanwhile: the steps go on as they do */
	p = (struct state){ .by_rule = true,
			    .step = first,
			    .begun_at = begin_time(&e, now) };
	if (next_time(db, now, &p.next_at) < 0)
		return -1;
	return store(db, event, &p);
}

int paging_again(struct db *db, int64_t event, int64_t now)
{
	static const char sql[] = "UPDATE paging"
				  "   SET step = 0, begun_at = ?, next_at = ?"
				  " WHERE event = ?";
	int64_t next_at;
	struct stmt *s;

	if (next_time(db, now, &next_at) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_time(s, now);
	db_bind_time(s, next_at);
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

/* Later -------------------------------------------------------------------- */

static int list_due(struct db *db, int64_t now, int64_t **ids)
{
	static const char sql[] = "SELECT event FROM paging"
				  " WHERE next_at <= ?"
				  " ORDER BY next_at"
				  " LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int n = 0, rc;

	*ids = arena_array(db->arena, DUE_MOST, sizeof(**ids));
	db_bind_time(s, now);
	db_bind_int(s, DUE_MOST);
	while ((rc = db_step(s)) > 0)
		(*ids)[n++] = db_int(s, 0);
	return rc < 0 ? -1 : n;
}

static int end(struct db *db, int64_t event)
{
	static const char sql[] = "UPDATE paging SET next_at = NULL"
				  " WHERE event = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

struct stepping {
	int64_t event, now;
};

/* The event first, as a telegram holds it first; another run that was quicker
 * has moved the time on by then. */
static int step_on(struct db *db, void *arg)
{
	const struct stepping *v = arg;
	struct state p;
	int rc;

	if (event_hold(db, v->event) < 0 || find(db, v->event, &p) < 0)
		return -1;
	if (p.next_at == 0 || p.next_at > v->now)
		return 0;
	rc = goes_on(db, v->event, &p, v->now);
	if (rc <= 0)
		return rc < 0 ? -1 : end(db, v->event);
	p.step = duty_next_step(db, p.step);
	if (p.step < 0)
		return -1;
	return page_step(db, v->event, &p, false, v->now);
}

int paging_next(struct db *db, int64_t now)
{
	int64_t *ids;
	int n = list_due(db, now, &ids), failed = n < 0;

	for (int i = 0; i < n; i++) {
		struct stepping v = { ids[i], now };

		/* The others must not wait for one that fails. */
		failed |= db_transaction(db, step_on, &v) < 0;
	}
	return failed ? -1 : n;
}

struct hearing {
	const struct audit *who;
	int64_t event;
};

static int hear(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE paging"
		"   SET heard_at = ?, heard_by = NULLIF(?, 0), next_at = NULL"
		" WHERE event = ?"
		"   AND by_rule"
		"   AND heard_at IS NULL";
	const struct hearing *h = arg;
	struct audit line = *h->who;
	struct event e;
	struct stmt *s;
	int64_t n;
	int rc = event_find(db, h->event, &e);

	if (rc <= 0)
		return rc;
	/* The next step holds it too, and would forget who heard. */
	if (event_hold(db, h->event) < 0)
		return -1;
	rc = event_waits(db, h->event);
	if (rc != 0)
		return rc < 0 ? -1 : 0; /* a check is decided, not heard */
	s = db_prepare(db, sql);
	db_bind_time(s, time_now());
	db_bind_int(s, h->who->account);
	db_bind_int(s, h->event);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	line.action = "page heard";
	line.object = arena_fmt(db->arena, "event %lld", (long long)h->event);
	return audit_add(db, &line) < 0 ? -1 : 1;
}

int paging_hear(struct db *db, const struct audit *who, int64_t event)
{
	struct hearing h = { who, event };

	return db_transaction(db, hear, &h);
}

int paging_tell(struct db *db, const char *subject, const char *body)
{
	int step = duty_next_step(db, 0);
	int64_t id = step <= 0 ? step : mail(db, step, subject, body);

	if (id == 0)
		log_warn("nobody on duty to be told");
	return id < 0 ? -1 : 0;
}

/* Showing ------------------------------------------------------------------ */

static int list_paged(struct db *db, int64_t event, struct paged **out)
{
	/* The newest, in their order. */
	static const char sql[] = "SELECT name, step, at FROM ("
				  "SELECT a.name, p.step, p.at"
				  "  FROM paged p"
				  "  JOIN account a ON a.id = p.account"
				  " WHERE p.event = ?"
				  " ORDER BY p.at DESC"
				  " LIMIT ?) x"
				  " ORDER BY at, step, name";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
	db_bind_int(s, PAGED_MOST);
	while ((rc = db_step(s)) > 0) {
		struct paged *p = arena_alloc(db->arena, sizeof(*p));

		p->name = db_text(s, 0);
		p->step = (int)db_int(s, 1);
		p->at = db_time(s, 2);
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc;
}

static int find_hearer(struct db *db, int64_t event, const char **out)
{
	static const char sql[] = "SELECT a.name FROM paging p"
				  "  JOIN account a ON a.id = p.heard_by"
				  " WHERE p.event = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = "";
	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0)
		*out = db_text(s, 0);
	return rc;
}

int paging_find(struct db *db, int64_t event, struct paging *out)
{
	struct state p;
	int rc;

	*out = (struct paging){ .heard_by = "" };
	if (find(db, event, &p) < 0)
		return -1;
	if (!p.is_there)
		return 0;
	rc = goes_on(db, event, &p, time_now());
	if (rc < 0)
		return -1;
	out->is_there = true;
	out->goes_on = rc > 0;
	out->by_rule = p.by_rule;
	out->next_at = p.next_at;
	if (find_hearer(db, event, &out->heard_by) < 0)
		return -1;
	return list_paged(db, event, &out->paged);
}
