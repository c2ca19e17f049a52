#include "model/trial.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/inform.h"
#include "model/rule.h"
#include "model/setting.h"
#include "model/target.h"
#include "model/telegram.h"

enum {
	RUN_IN_H = 72, /* before the span, of its events */
	FAULTS_MAX = 200,
	DAYS_SHOWN = 20,
	DAYS_RECENT = 14,
};

/* What is known of an event of the trial. */
struct seen {
	struct seen *next;
	int64_t event;
	bool prepared;
	const char *places;
	const char *rule_name;
};

struct trial {
	struct db *db, *own;
	struct arena *step; /* of one telegram */
	struct trial_result result;
	struct trial_act **acts_end;
	struct trial_fault **faults_end;
	struct seen *seen;
	int64_t last_mail; /* broadcast of the trial, seen by now */
	int64_t close_at, close_hours;
	int64_t begun_at; /* monotonic */
	bool counts;	  /* not before the span */
};

/*
 * Why temporary tables: the statements of the real way run as they are, and
 * find these in place of the tables that they would write, since in a session
 * a temporary table hides the one of its name.  So the trial cannot disagree
 * with the real way, and
 *
 *   - takes no lock that poll-feeds or a person waits for, leaves no gap in
 *     ids and nothing in the binary log, however long it runs.  A transaction
 *     that is rolled back would hold keys and events all the while, and would
 *     find the telegrams of history stored before, and their events open;
 *   - needs no right to write: the screen of rules can make no event or mail;
 *   - is forgotten with its connection, whatever is killed when.  No other
 *     program sees its mails;
 *   - the session is read only otherwise: a table that is written one day and
 *     is missing here makes the trial fail, and changes nothing.
 *
 * Rules are copied, and a draft is saved as every rule is, into the copy.  The
 * audit's columns stand here, since a screen may not read it.
 */
static const char *const hidden[] = {
	"telegram",  "event",	  "event_region", "open_key", "stream", "stage",
	"rule_told", "broadcast", "target",	  "delivery", "paging", "paged",
};

static const char *const copied[] = { "rule", "rule_target" };

static const char audit_table[] =
	"CREATE TEMPORARY TABLE audit ("
	"  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,"
	"  at DATETIME(6) NOT NULL, account INT UNSIGNED NULL,"
	"  actor VARCHAR(64) NOT NULL,"
	"  network VARCHAR(45) NOT NULL DEFAULT '',"
	"  action VARCHAR(64) NOT NULL,"
	"  object VARCHAR(100) NOT NULL DEFAULT '',"
	"  people INT UNSIGNED NOT NULL DEFAULT 0,"
	"  detail VARCHAR(1000) NOT NULL DEFAULT '');";

/* An empty table of the same form in front of one.  MariaDB makes none like a
 * table of its own name, so there is one between. */
static void add_hidden(struct str *s, const char *table)
{
	str_fmt(s,
		"CREATE TEMPORARY TABLE form_of_%s LIKE %s;"
		"CREATE TEMPORARY TABLE %s LIKE form_of_%s;"
		"DROP TEMPORARY TABLE form_of_%s;",
		table, table, table, table, table);
}

/* Likewise, with what the stored one holds. */
static void add_copied(struct str *s, const char *table)
{
	str_fmt(s, "CREATE TEMPORARY TABLE stored_%s SELECT * FROM %s;", table,
		table);
	add_hidden(s, table);
	str_fmt(s, "INSERT INTO %s SELECT * FROM stored_%s;", table, table);
}

static int make_tables(struct db *own)
{
	struct str s = { .arena = own->arena };

	for (size_t i = 0; i < LEN(hidden); i++)
		add_hidden(&s, hidden[i]);
	for (size_t i = 0; i < LEN(copied); i++)
		add_copied(&s, copied[i]);
	str_add(&s, audit_table);
	str_add(&s, "SET SESSION TRANSACTION READ ONLY");
	return db_script(own, str_text(&s));
}

/* Drafts --------------------------------------------------------------------*/

static const struct audit nobody = { .actor = "trial" };

static int switch_all(struct db *own, const struct trial_draft *d)
{
	const struct rule_filter filter = { 0 };
	struct rule *list;

	if (!d->switched)
		return 0;
	if (rule_list(own, &filter, &list) < 0)
		return -1;
	for (; list != NULL; list = list->next) {
		bool on = false;

		for (size_t i = 0; i < d->on_count; i++)
			on |= d->on[i] == list->id;
		if (on != list->active &&
		    rule_switch(own, &nobody, list->id, on) < 0)
			return -1;
	}
	return 0;
}

static int save_draft(struct db *own, const struct trial_draft *d)
{
	struct rule rule;

	if (d->rule == NULL)
		return RULE_SAVED;
	rule = *d->rule;
	return rule_save(own, &nobody, &rule, d->readers);
}

static void free_step(void *arg)
{
	arena_free(arg);
}

static int list_rules(struct trial *t)
{
	const struct rule_filter filter = { 0 };
	struct trial_rule **end = &t->result.rules;
	struct rule *list;

	if (rule_list(t->own, &filter, &list) < 0)
		return -1;
	for (; list != NULL; list = list->next) {
		struct trial_rule *r = arena_alloc(t->db->arena, sizeof(*r));

		*r = (struct trial_rule){
			.id = list->id,
			.name = arena_strdup(t->db->arena, list->name),
			.kind = arena_strdup(t->db->arena, list->kind),
			.action = arena_strdup(t->db->arena, list->action),
			.active = list->active,
			.nobody = str_eq(list->audience, "chosen") &&
				  list->readers == 0,
		};
		*end = r;
		end = &r->next;
	}
	return 0;
}

static int begin(struct trial *t, const struct trial_draft *draft)
{
	int saved;

	if (make_tables(t->own) < 0)
		return -1;
	saved = save_draft(t->own, draft);
	if (saved != RULE_SAVED)
		return saved < 0 ? -1 : TRIAL_GONE;
	if (switch_all(t->own, draft) < 0 || list_rules(t) < 0)
		return -1;
	t->close_hours = setting_int(t->own, "event.close");
	return t->close_hours < 0 ? -1 : TRIAL_OPENED;
}

int trial_open(struct db *db, struct db *own, const struct trial_draft *draft,
	       struct trial **out)
{
	struct trial *t = arena_alloc(db->arena, sizeof(*t));
	int rc;

	t->db = db;
	t->own = own;
	t->step = arena_new();
	t->own->arena = t->step;
	t->acts_end = &t->result.acts;
	t->faults_end = &t->result.faults;
	t->begun_at = time_monotonic();
	t->counts = true;
	arena_defer(db->arena, free_step, t->step);
	*out = t;
	log_hush(true);
	rc = begin(t, draft);
	log_hush(false);
	return rc;
}

/* What happened -------------------------------------------------------------*/

static struct trial_rule *rule_of(const struct trial *t, int64_t id)
{
	struct trial_rule *r = t->result.rules;

	while (r != NULL && r->id != id)
		r = r->next;
	return r;
}

/* A check names its rule. */
static struct trial_rule *rule_named(const struct trial *t, const char *kind,
				     const char *name)
{
	struct trial_rule *r = t->result.rules;

	while (r != NULL && !(str_eq(r->action, "prepare") && r->active &&
			      str_eq(r->kind, kind) && str_eq(r->name, name)))
		r = r->next;
	return r;
}

/* Its texts may be those of the step. */
static void add_act(struct trial *t, struct trial_rule *rule,
		    const struct trial_act *act)
{
	struct arena *a = t->db->arena;
	struct trial_act *kept;

	if (!t->counts)
		return;
	if (rule != NULL) {
		rule->acts++;
		rule->people += act->people;
		if (act->people > rule->most)
			rule->most = act->people;
	}
	if (t->result.act_count++ >= TRIAL_ACTS_MAX)
		return;
	kept = arena_memdup(a, act, sizeof(*act));
	kept->next = NULL;
	kept->rule = rule == NULL ? 0 : rule->id;
	kept->rule_name = rule != NULL		    ? rule->name
			  : act->kind == TRIAL_PAGE ? "当番表"
						    : "";
	kept->mark = arena_strdup(a, act->mark);
	kept->subject = arena_strdup(a, act->subject);
	kept->event_kind = arena_strdup(a, act->event_kind);
	kept->title = arena_strdup(a, act->title);
	*t->acts_end = kept;
	t->acts_end = &kept->next;
}

/* The mails that the telegram made. */
static int add_mails(struct trial *t, int64_t at)
{
	/* What pages the duty list belongs to no event itself. */
	static const char sql[] =
		"SELECT b.id, b.rule, b.subject, b.expected, b.send_at,"
		"       e.id, e.kind, e.title, e.parent, b.event IS NULL"
		"  FROM broadcast b"
		"  JOIN event e ON e.id = COALESCE(b.event,"
		"       (SELECT MIN(p.event) FROM paged p"
		"         WHERE p.broadcast = b.id))"
		" WHERE b.id > ?"
		" ORDER BY b.id";
	struct stmt *s = db_prepare(t->own, sql);
	int rc;

	db_bind_int(s, t->last_mail);
	while ((rc = db_step(s)) > 0) {
		struct trial_rule *rule = rule_of(t, db_int(s, 1));
		const char *subject = db_text(s, 2);
		struct trial_act act = {
			.at = at,
			.kind = db_int(s, 9) != 0 ||
						(rule != NULL &&
						 str_eq(rule->action, "page"))
					? TRIAL_PAGE
					: TRIAL_INFORM,
			.mark = inform_mark(subject),
			.subject = subject,
			.people = db_int(s, 3),
			.broadcast = db_int(s, 0),
			.send_at = db_time(s, 4),
			.event = db_int(s, 5),
			.event_kind = db_text(s, 6),
			.title = db_text(s, 7),
			.aftershock = db_int(s, 8) != 0,
		};

		t->last_mail = db_int(s, 0);
		add_act(t, rule, &act);
	}
	return rc;
}

/* What waited for the morning and was taken back by this telegram. */
static int mark_overtaken(struct trial *t)
{
	static const char sql[] = "SELECT id FROM broadcast"
				  " WHERE state = 'cancelled'";
	struct stmt *s = db_prepare(t->own, sql);
	int rc;

	while ((rc = db_step(s)) > 0)
		for (struct trial_act *act = t->result.acts; act != NULL;
		     act = act->next)
			act->overtaken |= act->broadcast == db_int(s, 0);
	return rc;
}

static struct seen *see(struct trial *t, int64_t event)
{
	struct seen *s = t->seen;

	while (s != NULL && s->event != event)
		s = s->next;
	if (s == NULL) {
		s = arena_alloc(t->db->arena, sizeof(*s));
		*s = (struct seen){ .next = t->seen,
				    .event = event,
				    .places = "",
				    .rule_name = "" };
		t->seen = s;
		t->result.events += t->counts;
	}
	return s;
}

static int add_check(struct trial *t, int64_t at, const struct event *e,
		     struct seen *seen)
{
	struct trial_act act = {
		.at = at,
		.kind = seen->prepared ? TRIAL_MORE : TRIAL_PREPARE,
		.mark = "",
		.event = e->id,
		.event_kind = e->kind,
		.title = e->title,
		.aftershock = e->parent != 0,
	};
	struct event_region *regions;
	struct check check;

	if (event_regions(t->own, e->id, &regions) < 0 ||
	    decision_check(t->own, e, regions, &check) < 0)
		return -1;
	act.subject = check.places;
	act.people = check.people;
	if (!seen->prepared || !str_eq(check.places, seen->places))
		add_act(t, rule_named(t, e->kind, check.rule), &act);
	seen->prepared = true;
	seen->places = arena_strdup(t->db->arena, check.places);
	seen->rule_name = arena_strdup(t->db->arena, check.rule);
	return 0;
}

/* The check that waits, or waits no more. */
static int look_at_check(struct trial *t, int64_t at, int64_t event)
{
	struct seen *seen = see(t, event);
	struct trial_act act = {
		.at = at, .kind = TRIAL_WITHDRAW, .mark = "", .event = event
	};
	struct event e;

	if (event_find(t->own, event, &e) <= 0)
		return -1;
	if (str_eq(e.state, "prepared"))
		return add_check(t, at, &e, seen);
	if (!seen->prepared)
		return 0;
	seen->prepared = false;
	act.subject = seen->places;
	act.event_kind = e.kind;
	act.title = e.title;
	act.aftershock = e.parent != 0;
	add_act(t, rule_named(t, e.kind, seen->rule_name), &act);
	return 0;
}

/* Taking --------------------------------------------------------------------*/

void trial_fault(struct trial *t, const char *name, const char *reason)
{
	struct arena *a = t->db->arena;
	struct trial_fault *f;

	if (t->result.fault_count++ >= FAULTS_MAX)
		return;
	f = arena_alloc(a, sizeof(*f));
	f->name = arena_strdup(a, name);
	f->reason = arena_strdup(a, reason);
	*t->faults_end = f;
	t->faults_end = &f->next;
}

/* As poll-feeds does once an hour. */
static int close_events(struct trial *t, int64_t now)
{
	const int64_t hour = INT64_C(60) * TIME_MINUTE;

	if (now < t->close_at)
		return 0;
	t->close_at = now + hour;
	return event_close_old(t->own, now, t->close_hours) < 0 ? -1 : 0;
}

/* As enqueue does, so that what has left is not taken back. */
static int release(struct trial *t, int64_t now)
{
	static const char sql[] =
		"UPDATE broadcast"
		"   SET state = 'confirmed', confirmed_at = send_at"
		" WHERE state = 'scheduled' AND send_at <= ?";
	struct stmt *s = db_prepare(t->own, sql);

	db_bind_time(s, now);
	return db_run(s) < 0 ? -1 : 0;
}

static int take(struct trial *t, const char *name, const char *bytes,
		size_t len, int64_t at)
{
	struct telegram_taken taken;

	if (close_events(t, at) < 0 || release(t, at) < 0 ||
	    telegram_take(t->own, "command", name, bytes, len, at, &taken) < 0)
		return -1;
	if (t->counts) {
		t->result.telegrams++;
		t->result.applied += taken.outcome == TELEGRAM_APPLIED;
		if (taken.outcome == TELEGRAM_REFUSED)
			trial_fault(t, name, taken.reason);
	}
	if (taken.outcome != TELEGRAM_APPLIED)
		return 0;
	return add_mails(t, at) < 0 || mark_overtaken(t) < 0 ||
			       look_at_check(t, at, taken.event) < 0
		       ? -1
		       : 0;
}

static bool is_over(const struct trial *t)
{
	return time_monotonic() - t->begun_at >
	       (int64_t)TRIAL_SECONDS * TIME_SECOND;
}

/* What is done on trial is not logged as done. */
int trial_take(struct trial *t, const char *name, const char *bytes, size_t len,
	       int64_t issued_at)
{
	int rc;

	if (is_over(t)) {
		if (t->result.stopped_at == 0)
			t->result.stopped_at = issued_at;
		return 0;
	}
	log_hush(true);
	rc = take(t, name, bytes, len, issued_at);
	log_hush(false);
	arena_reset(t->step);
	return rc < 0 ? -1 : 1;
}

/* History -------------------------------------------------------------------*/

struct past {
	struct past *next;
	int64_t telegram, at;
};

static int read_past(struct db *db, struct stmt *s, struct past **out)
{
	int rc, n = 0;

	while ((rc = db_step(s)) > 0) {
		struct past *p = arena_alloc(db->arena, sizeof(*p));

		p->telegram = db_int(s, 0);
		p->at = db_time(s, 1);
		*out = p;
		out = &p->next;
		n++;
	}
	*out = NULL;
	return rc < 0 ? -1 : n;
}

static int find_span(struct db *db, int64_t from, int64_t to, struct past **out)
{
	static const char sql[] = "SELECT id, issued_at"
				  "  FROM telegram"
				  " WHERE issued_at >= ?"
				  "   AND issued_at < ?"
				  " ORDER BY issued_at, id"
				  " LIMIT ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, from);
	db_bind_time(s, to);
	db_bind_int(s, TRIAL_TELEGRAMS_MAX + 1);
	return read_past(db, s, out);
}

/* What the events of the span, and their main shocks, said before it. */
static int find_run_in(struct db *db, int64_t from, int64_t to,
		       struct past **out)
{
	static const char sql[] =
		"SELECT t.id, t.issued_at"
		"  FROM (SELECT d.event AS id"
		"          FROM telegram d"
		"         WHERE d.issued_at >= ? AND d.issued_at < ?"
		"           AND d.event IS NOT NULL"
		"         UNION"
		"        SELECT e.parent"
		"          FROM telegram d"
		"          JOIN event e ON e.id = d.event"
		"         WHERE d.issued_at >= ? AND d.issued_at < ?"
		"           AND e.parent IS NOT NULL) x"
		"  JOIN telegram t ON t.event = x.id"
		" WHERE t.issued_at >= ? - INTERVAL ? HOUR"
		"   AND t.issued_at < ?"
		" ORDER BY t.issued_at, t.id"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);

	for (int i = 0; i < 2; i++) {
		db_bind_time(s, from);
		db_bind_time(s, to);
	}
	db_bind_time(s, from);
	db_bind_int(s, RUN_IN_H);
	db_bind_time(s, from);
	db_bind_int(s, TRIAL_TELEGRAMS_MAX + 1);
	return read_past(db, s, out);
}

/* One body at a time: a day of them is many megabytes. */
static int take_past(struct trial *t, const struct past *list)
{
	struct arena *kept = t->db->arena;

	for (; list != NULL; list = list->next) {
		const char *bytes = "";
		int64_t event;
		size_t len = 0;
		int rc;

		t->db->arena = t->step;
		rc = telegram_body(t->db, list->telegram, &bytes, &len, &event);
		t->db->arena = kept;
		if (rc < 0)
			return -1;
		if (rc == 0)
			continue; /* removed just now */
		rc = trial_take(t,
				arena_fmt(t->step, "telegram %lld",
					  (long long)list->telegram),
				bytes, len, list->at);
		if (rc <= 0)
			return rc;
	}
	return 0;
}

int trial_stored(struct trial *t, int64_t from, int64_t to)
{
	struct past *span, *run_in;
	int n = find_span(t->db, from, to, &span), before;

	if (n < 0)
		return -1;
	before = n == 0 ? 0 : find_run_in(t->db, from, to, &run_in);
	if (before < 0)
		return -1;
	if (n + before > TRIAL_TELEGRAMS_MAX)
		return 0;
	if (before > 0) {
		t->counts = false;
		if (take_past(t, run_in) < 0)
			return -1;
		t->counts = true;
	}
	return take_past(t, span) < 0 ? -1 : 1;
}

int trial_end(struct trial *t, struct trial_result *out)
{
	t->result.took = time_monotonic() - t->begun_at;
	*out = t->result;
	log_info("rules tried telegrams=%lld acts=%lld ms=%lld",
		 (long long)out->telegrams, (long long)out->act_count,
		 (long long)(out->took / 1000));
	return 0;
}

/* Days ----------------------------------------------------------------------*/

/* The first instant of a day in Japan, some days ago. */
static int64_t begin_of_day(int64_t now, int days)
{
	const int64_t hour = INT64_C(60) * TIME_MINUTE, day = 24 * hour;

	return now - (now + 9 * hour) % day - days * day;
}

int trial_days(struct db *db, int64_t now, struct trial_day **out)
{
	static const char sql[] =
		"SELECT d.day, COUNT(*)"
		"  FROM (SELECT DATE(t.issued_at + INTERVAL 9 HOUR) AS day"
		"          FROM telegram t"
		"         WHERE t.issued_at >= ?"
		"           AND t.issued_at < ?"
		"         UNION ALL"
		"        SELECT DATE(t.issued_at + INTERVAL 9 HOUR)"
		"          FROM (SELECT DISTINCT DATE(g.at + INTERVAL 9 HOUR)"
		"                         - INTERVAL 9 HOUR AS day"
		"                  FROM event e"
		"                  JOIN stage g ON g.event = e.id"
		"                   AND g.broadcast = 0 AND g.name = "
		"'published'"
		"                 WHERE e.state IN ('prepared', 'sent',"
		"                       'rejected', 'folded')"
		"                   AND g.at < ?"
		"                 ORDER BY day DESC"
		"                 LIMIT ?) p"
		"          JOIN telegram t ON t.issued_at >= p.day"
		"           AND t.issued_at < p.day + INTERVAL 1 DAY) d"
		" GROUP BY d.day"
		" ORDER BY d.day DESC"
		" LIMIT ?";
	const int64_t recent = begin_of_day(now, DAYS_RECENT);
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_time(s, recent);
	db_bind_time(s, now);
	db_bind_time(s, recent);
	db_bind_int(s, DAYS_SHOWN);
	db_bind_int(s, DAYS_SHOWN);
	while ((rc = db_step(s)) > 0) {
		struct trial_day *d = arena_alloc(db->arena, sizeof(*d));

		d->day = db_text(s, 0);
		d->telegrams = db_int(s, 1);
		*out = d;
		out = &d->next;
	}
	*out = NULL;
	return rc;
}

int64_t trial_day_begin(struct arena *a, const char *day)
{
	int64_t at;

	if (strlen(day) != strlen("2024-01-01") ||
	    time_parse(arena_fmt(a, "%sT00:00:00+09:00", day), &at) < 0)
		return 0;
	return at;
}

const char *trial_kind_show(enum trial_kind kind)
{
	static const char *const words[] = {
		[TRIAL_INFORM] = "情報を配信",
		[TRIAL_PAGE] = "当番を呼び出し",
		[TRIAL_PREPARE] = "安否確認を準備",
		[TRIAL_MORE] = "準備した対象が変わる",
		[TRIAL_WITHDRAW] = "準備を取りやめ",
	};

	return words[kind];
}
