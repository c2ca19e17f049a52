#include "model/schedule.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/reach.h"
#include "model/setting.h"
#include "model/stage.h"

static int add_audit(struct db *db, const struct audit *who, const char *action,
		     int64_t id)
{
	struct audit line = { .actor = "anpi" };

	if (who != NULL)
		line = *who;
	line.action = action;
	line.object = arena_fmt(db->arena, "broadcast %lld", (long long)id);
	return audit_add(db, &line);
}

/* The next broadcast that a statement finds due now, locked: 1 and *id, 0, -1.
 */
static int lock_due(struct db *db, const char *sql, int64_t *id)
{
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_time(s, time_now());
	while ((rc = db_step(s)) > 0) {
		*id = db_int(s, 0);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* Sending at a time -------------------------------------------------------- */

/* True if a rule made it and has said something else since, or nothing any
 * more: what waited for the morning must not be false by then.  1, 0 or -1. */
static int is_overtaken(struct db *db, int64_t id)
{
	static const char sql[] =
		"SELECT COUNT(*)"
		"  FROM broadcast b"
		"  JOIN rule_told t ON t.event = b.event AND t.rule = b.rule"
		" WHERE b.id = ?"
		"   AND (t.ended OR t.broadcast <> b.id)";
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	db_bind_int(s, id);
	return db_number(s, &n) < 0 ? -1 : n > 0;
}

static int drop(struct db *db, int64_t id)
{
	static const char sql[] = "UPDATE broadcast"
				  "   SET state = 'cancelled'"
				  " WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	if (db_run(s) < 0 || add_audit(db, NULL, "broadcast cancel", id) < 0)
		return -1;
	return 1;
}

struct release {
	int64_t id;
	bool overtaken;
};

static int release_one(struct db *db, void *arg)
{
	static const char due[] = "SELECT id FROM broadcast"
				  " WHERE state = 'scheduled' AND send_at <= ?"
				  " ORDER BY send_at"
				  " LIMIT 1 FOR UPDATE SKIP LOCKED";
	static const char sql[] = "UPDATE broadcast"
				  "   SET state = 'confirmed', confirmed_at = ?"
				  " WHERE id = ?";
	struct release *r = arg;
	int64_t now = time_now();
	int rc = lock_due(db, due, &r->id), overtaken;
	struct stmt *s;

	if (rc <= 0)
		return rc;
	overtaken = is_overtaken(db, r->id);
	r->overtaken = overtaken > 0;
	if (overtaken != 0)
		return overtaken < 0 ? -1 : drop(db, r->id);
	s = db_prepare(db, sql);
	db_bind_time(s, now);
	db_bind_int(s, r->id);
	if (db_run(s) < 0 || stage_set(db, 0, r->id, STAGE_DECIDED, now) < 0 ||
	    add_audit(db, NULL, "broadcast send", r->id) < 0)
		return -1;
	return 1;
}

int64_t schedule_release(struct db *db)
{
	struct release r;
	int64_t n = 0;
	int rc;

	while ((rc = db_transaction(db, release_one, &r)) > 0) {
		log_info("scheduled broadcast %s broadcast=%lld",
			 r.overtaken ? "overtaken" : "sent", (long long)r.id);
		n += !r.overtaken;
	}
	return rc < 0 ? -1 : n;
}

/* Asking again ------------------------------------------------------------- */

struct due {
	int64_t id;
	struct schedule schedule;
	bool open;  /* answers are taken */
	bool going; /* mails of it, or of its last retry, are still leaving */
};

static int lock_reask(struct db *db, int64_t now, struct due *d)
{
	static const char sql[] =
		"SELECT r.broadcast, r.times, r.done, r.gap_min, r.quiet,"
		"       b.state NOT IN ('closed', 'cancelled')"
		"       AND (b.closes_at IS NULL OR b.closes_at > ?),"
		"       b.state IN ('scheduled', 'confirmed', 'sending')"
		"       OR EXISTS (SELECT 1 FROM broadcast a"
		"                   WHERE a.retry_of = b.id"
		"                     AND a.state IN ('confirmed', 'sending'))"
		"  FROM reask r"
		"  JOIN broadcast b ON b.id = r.broadcast"
		" WHERE r.next_at <= ?"
		" ORDER BY r.next_at"
		" LIMIT 1 FOR UPDATE SKIP LOCKED";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_time(s, now);
	db_bind_time(s, now);
	while ((rc = db_step(s)) > 0) {
		d->id = db_int(s, 0);
		d->schedule.reask.times = (int)db_int(s, 1);
		d->schedule.done = (int)db_int(s, 2);
		d->schedule.reask.gap_min = (int)db_int(s, 3);
		d->schedule.reask.quiet = db_int(s, 4) != 0;
		d->open = db_int(s, 5) != 0;
		d->going = db_int(s, 6) != 0;
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* next_at 0: it ends. */
static int move_clock(struct db *db, const struct due *d, int done,
		      int64_t next_at)
{
	static const char sql[] = "UPDATE reask"
				  "   SET done = ?, next_at = ?"
				  " WHERE broadcast = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, done);
	db_bind_time(s, next_at);
	db_bind_int(s, d->id);
	return db_run(s) < 0 ? -1 : 1;
}

static int64_t quiet_end(struct db *db, int64_t now)
{
	const char *from = setting_text(db, "quiet.from");
	const char *to = setting_text(db, "quiet.to");

	if (from == NULL || to == NULL)
		return -1;
	return setting_quiet_end(from, to, now);
}

static int ask_again(struct db *db, const struct due *d, int64_t now)
{
	const struct broadcast_draft draft = {
		.retry_of = d->id,
		.expected = -1,
	};
	int done = d->schedule.done + 1;
	int64_t retry, next = 0;

	switch (broadcast_make(db, &draft, &retry, NULL)) {
	case BROADCAST_MADE:
		if (done < d->schedule.reask.times)
			next = now +
			       (int64_t)d->schedule.reask.gap_min * TIME_MINUTE;
		return move_clock(db, d, done, next);
	case BROADCAST_ASKED_LATELY:
		return move_clock(db, d, d->schedule.done, now + TIME_MINUTE);
	case BROADCAST_NOBODY:
	case BROADCAST_NOT_ALLOWED:
		return move_clock(db, d, d->schedule.done, 0);
	default:
		return -1;
	}
}

static int reask_one(struct db *db, void *arg)
{
	int64_t now = time_now(), quiet;
	struct due d = { .id = 0 };
	int rc = lock_reask(db, now, &d);

	(void)arg;
	if (rc <= 0)
		return rc;
	if (!d.open)
		return move_clock(db, &d, d.schedule.done, 0);
	if (d.going)
		return move_clock(db, &d, d.schedule.done, now + TIME_MINUTE);
	quiet = d.schedule.reask.quiet ? quiet_end(db, now) : now;
	if (quiet < 0)
		return -1;
	if (quiet > now)
		return move_clock(db, &d, d.schedule.done, quiet);
	return ask_again(db, &d, now);
}

int schedule_reask(struct db *db)
{
	return db_transaction(db, reask_one, NULL);
}

int schedule_find(struct db *db, int64_t broadcast, struct schedule *out)
{
	static const char sql[] = "SELECT times, gap_min, quiet, done, next_at"
				  "  FROM reask"
				  " WHERE broadcast = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		*out = (struct schedule){
			.reask.times = (int)db_int(s, 0),
			.reask.gap_min = (int)db_int(s, 1),
			.reask.quiet = db_int(s, 2) != 0,
			.done = (int)db_int(s, 3),
			.next_at = db_time(s, 4),
		};
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

struct stopping {
	int64_t account, id;
	const struct audit *audit;
};

static int stop(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE reask r"
		"  JOIN broadcast b ON b.id = r.broadcast"
		"   SET r.next_at = NULL"
		" WHERE r.broadcast = ? AND r.next_at IS NOT NULL"
		"   AND (? OR b.made_by = ?)";
	const struct stopping *e = arg;
	struct reach reach;
	struct stmt *s;
	int64_t n;

	if (reach_find(db, e->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, e->id);
	db_bind_int(s, reach.everybody);
	db_bind_int(s, e->account);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	return add_audit(db, e->audit, "broadcast reask stop", e->id) < 0 ? -1
									  : 1;
}

int schedule_stop(struct db *db, int64_t account, const struct audit *audit,
		  int64_t broadcast)
{
	struct stopping e = { account, broadcast, audit };

	return db_transaction(db, stop, &e);
}

/* Closing ------------------------------------------------------------------ */

static int close_one(struct db *db, void *arg)
{
	static const char due[] =
		"SELECT b.id FROM broadcast b"
		" WHERE b.state IN ('sending', 'sent', 'cancelled')"
		"   AND b.closes_at <= ?"
		"   AND " BROADCAST_IS_OPEN " LIMIT 1 FOR UPDATE SKIP LOCKED";
	static const char sql[] = "UPDATE broadcast"
				  "   SET state = 'closed'"
				  " WHERE id = ?";
	int64_t *id = arg;
	int rc = lock_due(db, due, id);
	struct stmt *s;

	if (rc <= 0)
		return rc;
	s = db_prepare(db, sql);
	db_bind_int(s, *id);
	if (db_run(s) < 0 || add_audit(db, NULL, "broadcast close", *id) < 0)
		return -1;
	return 1;
}

int schedule_close(struct db *db, int64_t *id)
{
	return db_transaction(db, close_one, id);
}
