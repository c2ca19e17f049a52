#include "model/clock.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/target.h"

enum {
	READ_MOST = 50,	 /* clocks a step */
	WATCH_DAYS = 14, /* so long after it was made one may still move */
	TELL_MOST = 20,	 /* clocks in one mail */
	TELL_HOURS = 24, /* what was late longer ago is no news */
};

/* Promises ----------------------------------------------------------------- */

static const struct {
	const char *name; /* as the database has it */
	const char *words, *bar;
	int seconds;
	enum clock_stage begins;
} promises[] = {
	[CLOCK_QUICK] = { "quick", "地震速報", "3分以内（地震の発生から）", 180,
			  CLOCK_OCCURRED },
	[CLOCK_FULL] = { "full", "地震確定情報", "10分以内（気象庁の発表から）",
			 600, CLOCK_PUBLISHED },
	[CLOCK_OTHER] = { "other", "その他の災害情報",
			  "10分以内（災害の発生から）", 600, CLOCK_OCCURRED },
	[CLOCK_MISSILE] = { "missile", "弾道ミサイル", "3分以内（発表から）",
			    180, CLOCK_PUBLISHED },
	[CLOCK_CHECK] = { "check", "安否確認", "10分以内（判断から）", 600,
			  CLOCK_DECIDED },
	[CLOCK_PAGE] = { "page", "当番への呼び出し", "3分以内（受信から）", 180,
			 CLOCK_FETCHED },
};

/* What is usual, in seconds since the stage before. */
static const struct {
	const char *words;
	const char *name; /* as clock.stage has it, "" if it cannot be late */
	int usual_s;
} stages[] = {
	[CLOCK_OCCURRED] = { "発生", "", 0 },
	[CLOCK_PUBLISHED] = { "発表", "published", 90 },
	[CLOCK_FETCHED] = { "受信", "fetched", 30 },
	[CLOCK_PREPARED] = { "準備", "prepared", 5 },
	[CLOCK_DECIDED] = { "判断", "decided", 60 },
	[CLOCK_ENQUEUED] = { "配信開始", "enqueued", 5 },
	[CLOCK_FIRST_HANDED] = { "最初の1通の送信", "", 0 },
	[CLOCK_LAST_HANDED] = { "最後の1通の送信", "handed", 30 },
	[CLOCK_FIRST_ACCEPTED] = { "最初の1通の受け付け", "", 0 },
	[CLOCK_LAST_ACCEPTED] = { "最後の1通の受け付け", "accepted", 30 },
};

static const struct {
	const char *name, *words;
} classes[] = {
	[CLOCK_OPERATORS] = { "operator", "運用者（当番）" },
	[CLOCK_SYSTEM_ADMINS] = { "system_admin", "システム管理者" },
	[CLOCK_GROUP_ADMINS] = { "group_admin", "グループ管理者" },
	[CLOCK_READERS] = { "reader", "情報の指定読者" },
	[CLOCK_STAFF] = { "staff", "職員" },
};

static const char *const verdicts[] = {
	[CLOCK_OPEN] = "open",
	[CLOCK_KEPT] = "kept",
	[CLOCK_LATE] = "late",
};

const char *clock_promise_show(enum clock_promise promise)
{
	return promises[promise].words;
}

const char *clock_bar_show(enum clock_promise promise)
{
	return promises[promise].bar;
}

enum clock_stage clock_begins(enum clock_promise promise)
{
	return promises[promise].begins;
}

const char *clock_stage_show(enum clock_stage stage)
{
	return stages[stage].words;
}

const char *clock_class_show(enum clock_class class)
{
	return classes[class].words;
}

const char *clock_span(struct arena *a, int64_t from, int64_t to)
{
	enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };
	long long s = (to - from) / TIME_SECOND;

	if (from == 0 || to == 0 || to < from)
		return "";
	if (s < MINUTE_S)
		return arena_fmt(a, "%lld秒", s);
	if (s < HOUR_S)
		return arena_fmt(a, "%lld分%02lld秒", s / MINUTE_S,
				 s % MINUTE_S);
	if (s < DAY_S)
		return arena_fmt(a, "%lld時間%02lld分", s / HOUR_S,
				 s % HOUR_S / MINUTE_S);
	return arena_fmt(a, "%lld日", s / DAY_S);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t clock_end(const struct clock *c)
{
	if (c->at[CLOCK_LAST_HANDED] == 0)
		return 0;
	return later(c->at[CLOCK_LAST_HANDED], c->at[CLOCK_LAST_ACCEPTED]);
}

/* A stage that this kind of mail does not have, if it has no time. */
static bool may_lack(const struct clock *c, enum clock_stage stage)
{
	if (stage == CLOCK_DECIDED)
		return c->promise != CLOCK_CHECK;
	/* An event made by hand has no telegram. */
	return stage == CLOCK_PUBLISHED || stage == CLOCK_FETCHED;
}

enum clock_stage clock_late_stage(const struct clock *c, int64_t now)
{
	enum clock_stage worst = CLOCK_OCCURRED;
	int64_t before = c->starts_at, most = INT64_MIN;

	for (int i = CLOCK_PUBLISHED; i < CLOCK_STAGES; i++) {
		int64_t at = c->at[i], over;

		if (*stages[i].name == '\0' || (at == 0 && may_lack(c, i)) ||
		    (at != 0 && at <= c->starts_at))
			continue;
		over = (at != 0 ? at : now) - before -
		       (int64_t)stages[i].usual_s * TIME_SECOND;
		if (over > most) {
			most = over;
			worst = (enum clock_stage)i;
		}
		if (at == 0)
			break; /* it has not come further */
		before = later(before, at);
	}
	return worst;
}

/* Reading ------------------------------------------------------------------ */

struct reading {
	int64_t now;
	int64_t broadcast;
	struct clock clock;
	int64_t made_at, send_at;
	bool first;    /* of its rule for this event */
	bool enqueued; /* all its mails stand */
	const char *kind, *part, *action, *audience;
	int64_t messages, handed, refused, cancelled;
	int64_t accepted, deferred, bounced;
};

#define COUNTED                                                                \
	"d.messages + d.handed + d.refused + d.cancelled + d.accepted"         \
	" + d.deferred + d.bounced"

static int list_moved(struct db *db, int64_t now, int64_t **out)
{
	static const char sql[] =
		"SELECT b.id"
		"  FROM broadcast b"
		"  JOIN event e ON e.id = b.event AND NOT e.drill"
		"  JOIN delivery d ON d.broadcast = b.id"
		"  LEFT JOIN clock c ON c.broadcast = b.id"
		" WHERE b.made_at > ?"
		"   AND b.kind IN ('safety', 'info')"
		"   AND (b.state IN ('confirmed', 'sending', 'sent', 'closed')"
		"        OR (b.state = 'cancelled' AND c.verdict = 'open'))"
		"   AND b.retry_of IS NULL AND b.reply_of IS NULL"
		"   AND b.call_of IS NULL AND NOT b.test"
		"   AND (c.broadcast IS NULL OR c.verdict = 'open'"
		"        OR c.counted <> " COUNTED ")"
		" ORDER BY b.id DESC"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int n = 0, rc;

	*out = arena_array(db->arena, READ_MOST, sizeof(**out));
	db_bind_time(s, now - INT64_C(24) * 60 * WATCH_DAYS * TIME_MINUTE);
	db_bind_int(s, READ_MOST);
	while ((rc = db_step(s)) > 0 && n < READ_MOST)
		(*out)[n++] = db_int(s, 0);
	return rc < 0 ? -1 : n;
}

static int read_broadcast(struct db *db, struct reading *r)
{
	static const char sql[] =
		"SELECT b.event, e.kind, b.kind, COALESCE(u.part, ''),"
		"       COALESCE(u.action, ''), COALESCE(u.audience, ''),"
		"       b.made_at, b.send_at, b.state <> 'confirmed',"
		"       NOT EXISTS (SELECT 1 FROM broadcast o"
		"                    WHERE o.event = b.event"
		"                      AND o.rule = b.rule AND o.id < b.id),"
		"       d.messages, d.handed, d.refused, d.cancelled,"
		"       d.accepted, d.deferred, d.bounced"
		"  FROM broadcast b"
		"  JOIN event e ON e.id = b.event"
		"  JOIN delivery d ON d.broadcast = b.id"
		"  LEFT JOIN rule u ON u.id = b.rule"
		" WHERE b.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, r->broadcast);
	while ((rc = db_step(s)) > 0) {
		r->clock.event = db_int(s, 0);
		r->clock.kind = db_text(s, 1);
		r->kind = db_text(s, 2);
		r->part = db_text(s, 3);
		r->action = db_text(s, 4);
		r->audience = db_text(s, 5);
		r->made_at = db_time(s, 6);
		r->send_at = db_time(s, 7);
		r->enqueued = db_int(s, 8) != 0;
		r->first = db_int(s, 9) != 0;
		r->messages = db_int(s, 10);
		r->handed = db_int(s, 11);
		r->refused = db_int(s, 12);
		r->cancelled = db_int(s, 13);
		r->accepted = db_int(s, 14);
		r->deferred = db_int(s, 15);
		r->bounced = db_int(s, 16);
	}
	return rc;
}

/* The stages of a check are its event's; those of information are of the
 * telegram that it is about: the newest that had come by then. */
static int read_stages(struct db *db, struct reading *r)
{
	static const char sql[] =
		"SELECT MAX(IF(s.name = 'occurred', s.at, NULL)),"
		"       MAX(IF(s.name = 'published', s.at, NULL)),"
		"       MAX(IF(s.name = 'fetched', s.at, NULL)),"
		"       MAX(IF(s.name = 'prepared', s.at, NULL)),"
		"       COALESCE(MAX(IF(s.name = 'decided' AND s.broadcast = ?,"
		"                       s.at, NULL)),"
		"                MAX(IF(s.name = 'decided', s.at, NULL))),"
		"       MAX(IF(s.name = 'enqueued', s.at, NULL))"
		"  FROM stage s"
		" WHERE s.event = ? AND s.broadcast IN (0, ?)";
	static const char telegram[] =
		"SELECT COALESCE(issued_at, reported_at), fetched_at"
		"  FROM telegram"
		" WHERE event = ? AND outcome = 'applied' AND fetched_at <= ?"
		" ORDER BY fetched_at DESC, id DESC"
		" LIMIT 1";
	struct clock *c = &r->clock;
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, r->broadcast);
	db_bind_int(s, c->event);
	db_bind_int(s, r->broadcast);
	while ((rc = db_step(s)) > 0)
		for (unsigned i = CLOCK_OCCURRED; i <= CLOCK_ENQUEUED; i++)
			c->at[i] = db_time(s, i);
	if (rc < 0 || str_eq(r->kind, "safety"))
		return rc;
	c->at[CLOCK_PUBLISHED] = c->at[CLOCK_FETCHED] = 0;
	c->at[CLOCK_PREPARED] = r->made_at;
	c->at[CLOCK_DECIDED] = 0;
	s = db_prepare(db, telegram);
	db_bind_int(s, c->event);
	db_bind_time(s, r->made_at);
	while ((rc = db_step(s)) > 0) {
		c->at[CLOCK_PUBLISHED] = db_time(s, 0);
		c->at[CLOCK_FETCHED] = db_time(s, 1);
	}
	return rc;
}

static enum clock_class class_of(const char *name)
{
	int i = 0;

	while (i < CLOCK_CLASSES - 1 && !str_eq(classes[i].name, name))
		i++;
	return (enum clock_class)i;
}

static void read_receiver(struct stmt *s, struct clock_receiver *v)
{
	*v = (struct clock_receiver){
		.any = true,
		.messages = db_int(s, 1),
		.handed = db_int(s, 2),
		.accepted = db_int(s, 3),
		.put_off = db_int(s, 4),
		.bounced = db_int(s, 5),
		.first_handed = db_time(s, 6),
		.last_handed = db_time(s, 7),
		.first_accepted = db_time(s, 8),
		.last_accepted = db_time(s, 9),
	};
}

/* The log knows seconds only: what was taken in the second of its hand-over
 * was not taken before it. */
static int count_receivers(struct db *db, struct reading *r)
{
	static const char sql[] =
		"SELECT m.class, COUNT(*), SUM(m.state = 'handed'),"
		"       SUM(m.fate = 'accepted'), SUM(m.deferrals > 0),"
		"       SUM(m.fate = 'bounced' OR m.state = 'refused'),"
		"       MIN(m.handed_at), MAX(m.handed_at), MIN(m.taken),"
		"       MAX(IF(m.deferrals = 0, m.taken, NULL))"
		"  FROM (SELECT m.state, m.fate, m.deferrals, m.handed_at,"
		"               IF(m.fate = 'accepted', GREATEST(m.fate_at,"
		"                  COALESCE(m.handed_at, m.fate_at)), NULL)"
		"               AS taken,"
		"               COALESCE(ELT(a.rank, 'operator',"
		"                            'system_admin', 'group_admin'),"
		"                 IF(? = 'info' AND (r.why = 'user'"
		"                    OR r.why LIKE 'group:%'), 'reader',"
		"                    'staff')) AS class"
		"          FROM message m"
		"          JOIN recipient r ON r.broadcast = m.broadcast"
		"           AND r.user = m.user"
		"          LEFT JOIN (SELECT user, MIN(FIELD(role, 'operator',"
		"                            'system_admin', 'group_admin'))"
		"                            AS rank"
		"                       FROM account"
		"                      WHERE state = 'active'"
		"                        AND user IS NOT NULL"
		"                        AND role IN ('operator',"
		"                            'system_admin', 'group_admin')"
		"                      GROUP BY user) a ON a.user = m.user"
		"         WHERE m.broadcast = ?) m"
		" GROUP BY m.class";
	struct clock *c = &r->clock;
	struct stmt *s = db_prepare(db, sql);
	int rc;

	memset(c->receivers, 0, sizeof(c->receivers));
	db_bind_text(s, r->kind);
	db_bind_int(s, r->broadcast);
	while ((rc = db_step(s)) > 0)
		read_receiver(s, &c->receivers[class_of(db_text(s, 0))]);
	return rc;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

static void add_up(struct reading *r)
{
	struct clock *c = &r->clock;
	int64_t last = 0;

	for (int i = 0; i < CLOCK_CLASSES; i++) {
		const struct clock_receiver *v = &c->receivers[i];

		c->at[CLOCK_FIRST_HANDED] =
			earlier(c->at[CLOCK_FIRST_HANDED], v->first_handed);
		last = later(last, v->last_handed);
		c->at[CLOCK_FIRST_ACCEPTED] =
			earlier(c->at[CLOCK_FIRST_ACCEPTED], v->first_accepted);
		c->at[CLOCK_LAST_ACCEPTED] =
			later(c->at[CLOCK_LAST_ACCEPTED], v->last_accepted);
	}
	if (r->enqueued && r->handed + r->refused + r->cancelled >= r->messages)
		c->at[CLOCK_LAST_HANDED] = last;
}

static enum clock_promise promise_of(const struct reading *r)
{
	if (str_eq(r->action, "page") || str_eq(r->audience, "operators"))
		return CLOCK_PAGE;
	if (str_eq(r->clock.kind, "missile"))
		return CLOCK_MISSILE;
	if (str_eq(r->kind, "safety"))
		return CLOCK_CHECK;
	if (!str_eq(r->clock.kind, "quake"))
		return CLOCK_OTHER;
	return str_eq(r->part, "quick") ? CLOCK_QUICK : CLOCK_FULL;
}

static int64_t start_of(const struct reading *r)
{
	const struct clock *c = &r->clock;
	enum clock_stage begins = promises[c->promise].begins;

	if (r->send_at != 0)
		return r->send_at; /* held for the morning */
	if (begins == CLOCK_OCCURRED && !r->first)
		begins = CLOCK_PUBLISHED;
	for (int i = begins; i <= CLOCK_PREPARED; i++)
		if (c->at[i] != 0 && c->at[i] <= r->now)
			return c->at[i];
	return c->at[CLOCK_DECIDED] != 0 ? c->at[CLOCK_DECIDED] : r->made_at;
}

static enum clock_verdict judge(const struct reading *r)
{
	const struct clock *c = &r->clock;
	bool over = r->now > c->due_at;
	bool done = r->enqueued &&
		    r->handed + r->refused + r->cancelled >= r->messages;
	/* Of these the log has said nothing, though it is being read. */
	int64_t unheard = r->accepted == 0 ? 0
					   : r->handed - r->accepted -
						     r->deferred - r->bounced;

	if (clock_end(c) > c->due_at)
		return CLOCK_LATE;
	if (!done || unheard > 0)
		return over ? CLOCK_LATE : CLOCK_OPEN;
	/* Nothing was heard of any: the log has its time, too. */
	return r->accepted == 0 && r->handed > 0 && !over ? CLOCK_OPEN
							  : CLOCK_KEPT;
}

static int store_clock(struct db *db, const struct reading *r)
{
	static const char sql[] =
		"INSERT INTO clock (broadcast, event, promise, occurred,"
		"       published, fetched, prepared, decided, enqueued,"
		"       first_handed, last_handed, first_accepted,"
		"       last_accepted, starts_at, due_at, verdict, stage,"
		"       counted)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE occurred = VALUE(occurred),"
		"       published = VALUE(published), fetched = VALUE(fetched),"
		"       prepared = VALUE(prepared), decided = VALUE(decided),"
		"       enqueued = VALUE(enqueued),"
		"       first_handed = VALUE(first_handed),"
		"       last_handed = VALUE(last_handed),"
		"       first_accepted = VALUE(first_accepted),"
		"       last_accepted = VALUE(last_accepted),"
		"       starts_at = VALUE(starts_at), due_at = VALUE(due_at),"
		"       verdict = VALUE(verdict), stage = VALUE(stage),"
		"       counted = VALUE(counted)";
	const struct clock *c = &r->clock;
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, r->broadcast);
	db_bind_int(s, c->event);
	db_bind_text(s, promises[c->promise].name);
	for (int i = 0; i < CLOCK_STAGES; i++)
		db_bind_time(s, c->at[i]);
	db_bind_time(s, c->starts_at);
	db_bind_time(s, c->due_at);
	db_bind_text(s, verdicts[c->verdict]);
	db_bind_text(s, c->verdict == CLOCK_LATE ? stages[c->late].name : "");
	db_bind_int(s, r->messages + r->handed + r->refused + r->cancelled +
			       r->accepted + r->deferred + r->bounced);
	return db_run(s) < 0 ? -1 : 0;
}

static int store_receivers(struct db *db, const struct reading *r)
{
	static const char gone[] =
		"DELETE FROM clock_receiver WHERE broadcast = ?";
	static const char come[] =
		"INSERT INTO clock_receiver (broadcast, receiver, messages,"
		"       handed, accepted, put_off, bounced, first_handed,"
		"       last_handed, first_accepted, last_accepted)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, gone);

	db_bind_int(s, r->broadcast);
	if (db_run(s) < 0)
		return -1;
	for (int i = 0; i < CLOCK_CLASSES; i++) {
		const struct clock_receiver *v = &r->clock.receivers[i];

		if (!v->any)
			continue;
		s = db_prepare(db, come);
		db_bind_int(s, r->broadcast);
		db_bind_text(s, classes[i].name);
		db_bind_int(s, v->messages);
		db_bind_int(s, v->handed);
		db_bind_int(s, v->accepted);
		db_bind_int(s, v->put_off);
		db_bind_int(s, v->bounced);
		db_bind_time(s, v->first_handed);
		db_bind_time(s, v->last_handed);
		db_bind_time(s, v->first_accepted);
		db_bind_time(s, v->last_accepted);
		if (db_run(s) < 0)
			return -1;
	}
	return 0;
}

static int read_one(struct db *db, void *arg)
{
	struct reading *r = arg;
	struct clock *c = &r->clock;

	*c = (struct clock){ .kind = "" };
	if (read_broadcast(db, r) < 0 || read_stages(db, r) < 0 ||
	    count_receivers(db, r) < 0)
		return -1;
	add_up(r);
	c->promise = promise_of(r);
	c->starts_at = start_of(r);
	c->due_at = c->starts_at +
		    (int64_t)promises[c->promise].seconds * TIME_SECOND;
	c->verdict = judge(r);
	if (c->verdict == CLOCK_LATE)
		c->late = clock_late_stage(c, r->now);
	return store_clock(db, r) < 0 || store_receivers(db, r) < 0 ? -1 : 0;
}

int clock_read(struct db *db, int64_t now)
{
	int64_t *ids;
	int n = list_moved(db, now, &ids);

	for (int i = 0; i < n; i++) {
		struct reading r = { .now = now, .broadcast = ids[i] };

		if (db_transaction(db, read_one, &r) < 0)
			return log_error("clock not read broadcast=%lld",
					 (long long)ids[i]);
	}
	return n;
}

/* Showing ------------------------------------------------------------------ */

#define CLOCKS                                                                 \
	"  FROM clock c"                                                       \
	"  JOIN event e ON e.id = c.event"                                     \
	"  JOIN broadcast b ON b.id = c.broadcast"
#define CLOCK_COLUMNS                                                          \
	"SELECT c.broadcast, c.event, b.subject, e.title, e.kind, c.promise,"  \
	"       c.verdict, c.stage, c.starts_at, c.due_at, c.occurred,"        \
	"       c.published, c.fetched, c.prepared, c.decided, c.enqueued,"    \
	"       c.first_handed, c.last_handed, c.first_accepted,"              \
	"       c.last_accepted"

static enum clock_stage stage_of(const char *name)
{
	for (int i = 0; i < CLOCK_STAGES; i++)
		if (*name != '\0' && str_eq(stages[i].name, name))
			return (enum clock_stage)i;
	return CLOCK_OCCURRED;
}

static void read_row(struct stmt *s, struct clock *c)
{
	enum { FIRST_TIME = 10 };
	const char *promise = db_text(s, 5), *verdict = db_text(s, 6);

	c->broadcast = db_int(s, 0);
	c->event = db_int(s, 1);
	c->subject = db_text(s, 2);
	c->title = db_text(s, 3);
	c->kind = db_text(s, 4);
	for (size_t i = 0; i < LEN(promises); i++)
		if (str_eq(promises[i].name, promise))
			c->promise = (enum clock_promise)i;
	for (size_t i = 0; i < LEN(verdicts); i++)
		if (str_eq(verdicts[i], verdict))
			c->verdict = (enum clock_verdict)i;
	c->late = stage_of(db_text(s, 7));
	c->starts_at = db_time(s, 8);
	c->due_at = db_time(s, 9);
	for (unsigned i = 0; i < CLOCK_STAGES; i++)
		c->at[i] = db_time(s, FIRST_TIME + i);
}

static int read_rows(struct db *db, struct stmt *s, struct clock **out)
{
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct clock *c = arena_alloc(db->arena, sizeof(*c));

		read_row(s, c);
		*out = c;
		out = &c->next;
	}
	*out = NULL;
	return rc;
}

int clock_list(struct db *db, const struct clock_filter *filter,
	       struct clock **out)
{
	static const char of_event[] =
		CLOCK_COLUMNS CLOCKS " WHERE c.event = ?"
				     " ORDER BY c.starts_at DESC, c.broadcast"
				     " LIMIT ? OFFSET ?";
	static const char of_time[] =
		CLOCK_COLUMNS CLOCKS " WHERE c.starts_at >= ?"
				     "   AND c.starts_at < ?"
				     "   AND (NOT ? OR c.verdict = 'late')"
				     " ORDER BY c.starts_at DESC, c.broadcast"
				     " LIMIT ? OFFSET ?";
	struct stmt *s =
		db_prepare(db, filter->event != 0 ? of_event : of_time);

	if (filter->event != 0) {
		db_bind_int(s, filter->event);
	} else {
		db_bind_time(s, filter->from);
		db_bind_time(s, filter->until);
		db_bind_int(s, filter->late);
	}
	db_bind_int(s, filter->most);
	db_bind_int(s, filter->skip);
	return read_rows(db, s, out);
}

int clock_count(struct db *db, const struct clock_filter *filter,
		struct clock_count *out)
{
	static const char sql[] =
		"SELECT COUNT(*), COALESCE(SUM(verdict = 'late'), 0),"
		"       COALESCE(SUM(verdict = 'open'), 0)"
		"  FROM clock"
		" WHERE starts_at >= ? AND starts_at < ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_time(s, filter->from);
	db_bind_time(s, filter->until);
	while ((rc = db_step(s)) > 0)
		*out = (struct clock_count){ db_int(s, 0), db_int(s, 1),
					     db_int(s, 2) };
	return rc;
}

static const char *ids_of(struct arena *a, const struct clock *list)
{
	struct str s = { .arena = a };

	for (const struct clock *c = list; c != NULL; c = c->next)
		str_fmt(&s, "%c%lld", s.len == 0 ? '[' : ',',
			(long long)c->broadcast);
	str_add(&s, s.len == 0 ? "[]" : "]");
	return str_text(&s);
}

/* Rows come in the order of the list, so that one pass fills it. */
int clock_receivers(struct db *db, struct clock *list)
{
	static const char sql[] =
		"SELECT r.receiver, r.messages, r.handed, r.accepted,"
		"       r.put_off, r.bounced, r.first_handed, r.last_handed,"
		"       r.first_accepted, r.last_accepted, r.broadcast"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY,"
		"       id BIGINT PATH '$')) t"
		"  JOIN clock_receiver r ON r.broadcast = t.id"
		" ORDER BY t.place, r.receiver";
	struct clock *c = list;
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, ids_of(db->arena, list));
	while ((rc = db_step(s)) > 0) {
		while (c != NULL && c->broadcast != db_int(s, 10))
			c = c->next;
		if (c == NULL)
			c = list;
		else
			read_receiver(s,
				      &c->receivers[class_of(db_text(s, 0))]);
	}
	return rc;
}

/* Telling ------------------------------------------------------------------ */

struct telling {
	const char *url;
	int64_t now;
	int count;
};

static int lock_late(struct db *db, struct clock **out)
{
	static const char sql[] =
		CLOCK_COLUMNS CLOCKS " WHERE c.verdict = 'late'"
				     "   AND c.told IS NULL"
				     " ORDER BY c.starts_at, c.broadcast"
				     " LIMIT ? FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, TELL_MOST);
	return read_rows(db, s, out);
}

static const char *letter_of(struct arena *a, const struct telling *t,
			     const struct clock *list)
{
	struct str s = { .arena = a };

	str_add(&s, "約束の時間までに終わらなかった配信があります。\n");
	for (const struct clock *c = list; c != NULL; c = c->next) {
		int64_t end = clock_end(c);

		str_fmt(&s, "\n%s「%s」\n約束：%s\n",
			clock_promise_show(c->promise), c->title,
			clock_bar_show(c->promise));
		if (end > c->due_at)
			str_fmt(&s, "最後の1通まで：%s\n",
				clock_span(a, c->starts_at, end));
		else
			str_fmt(&s, "%s の時点で終わっていません。\n",
				time_show_clock(a, t->now));
		str_fmt(&s, "遅れた段階：%s\n%s/clock/%lld\n",
			clock_stage_show(c->late), t->url, (long long)c->event);
	}
	return str_text(&s);
}

static int store_told(struct db *db, const struct clock *list, int64_t told)
{
	static const char sql[] =
		"UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) t"
		" STRAIGHT_JOIN clock c ON c.broadcast = t.id"
		"   SET c.told = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, ids_of(db->arena, list));
	db_bind_int(s, told);
	return db_run(s) < 0 ? -1 : 0;
}

/* Those that are news; the others are only marked. */
static struct clock *drop_old(struct clock *list, int64_t since, int *count)
{
	struct clock **p = &list;

	*count = 0;
	while (*p != NULL) {
		if ((*p)->due_at < since) {
			*p = (*p)->next;
			continue;
		}
		(*count)++;
		p = &(*p)->next;
	}
	return list;
}

static int tell(struct db *db, void *arg)
{
	struct telling *t = arg;
	struct broadcast_draft draft = { .kind = "notice", .expected = -1 };
	struct clock *list, *all;
	int64_t id = 0;
	int made = BROADCAST_NOBODY;

	if (lock_late(db, &all) < 0)
		return -1;
	t->count = 0;
	if (all == NULL)
		return 0;
	if (store_told(db, all, 0) < 0)
		return -1;
	list = drop_old(all, t->now - INT64_C(60) * TELL_HOURS * TIME_MINUTE,
			&t->count);
	if (list == NULL)
		return 0;
	if (target_admins(db, &draft.targets) < 0)
		return -1;
	draft.subject = arena_fmt(db->arena, "【配信の遅れ】%d件", t->count);
	draft.body = letter_of(db->arena, t, list);
	draft.why = "システム管理者への知らせです";
	if (draft.targets != NULL)
		made = broadcast_make(db, &draft, &id, NULL);
	if (made == BROADCAST_NOBODY) {
		log_warn("late clocks and no system admin to mail count=%d",
			 t->count);
		return t->count;
	}
	if (made != BROADCAST_MADE || store_told(db, list, id) < 0)
		return -1;
	return t->count;
}

int clock_tell(struct db *db, const char *url, int64_t now)
{
	struct telling t = { .url = url, .now = now };

	return db_transaction(db, tell, &t);
}
