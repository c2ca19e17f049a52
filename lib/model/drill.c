#include "model/drill.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/target.h"

enum { JAPAN_S = 9 * 3600 };

/* The clock ---------------------------------------------------------------- */

/* "09:30" as minutes, -1 if it is no time of day. */
static int minutes_of(const char *clock)
{
	if (strlen(clock) != strlen("00:00") || clock[2] != ':')
		return -1;
	for (int i = 0; i < 5; i++)
		if (i != 2 && (clock[i] < '0' || clock[i] > '9'))
			return -1;
	if (clock[0] > '2' || (clock[0] == '2' && clock[1] > '3') ||
	    clock[3] > '5')
		return -1;
	return ((clock[0] - '0') * 10 + clock[1] - '0') * 60 +
	       (clock[3] - '0') * 10 + clock[4] - '0';
}

static int64_t from_japan(struct tm tm)
{
	return ((int64_t)timegm(&tm) - JAPAN_S) * TIME_SECOND;
}

/* The time of day in the month of tm, some months on; day 31 is the last. */
static int64_t in_month(struct tm tm, int months, int day)
{
	struct tm t = tm;

	t.tm_mon += months;
	t.tm_mday = day;
	if (day == DRILL_MONTH_END) {
		t.tm_mon++;
		t.tm_mday = 0;
	}
	return from_japan(t);
}

bool drill_next(const char *every, int day, const char *clock, int64_t now,
		int64_t *next_at)
{
	enum { WEEK = 7 };
	time_t local = (time_t)(now / TIME_SECOND + JAPAN_S);
	int minutes = minutes_of(clock);
	struct tm tm;

	*next_at = 0;
	if (minutes < 0)
		return false;
	if (str_eq(every, "once"))
		return true;
	gmtime_r(&local, &tm);
	tm.tm_hour = minutes / 60;
	tm.tm_min = minutes % 60;
	tm.tm_sec = 0;
	if (str_eq(every, "month")) {
		*next_at = in_month(tm, 0, day);
		if (*next_at <= now)
			*next_at = in_month(tm, 1, day);
		return true;
	}
	tm.tm_mday += (day - tm.tm_wday + WEEK) % WEEK;
	*next_at = from_japan(tm);
	if (*next_at <= now) {
		tm.tm_mday += WEEK;
		*next_at = from_japan(tm);
	}
	return true;
}

/* Schedules ---------------------------------------------------------------- */

#define DRILLS                                                                 \
	"SELECT d.id, d.name, d.every, d.day, d.clock, d.within, d.body,"      \
	"       d.active, d.next_at, d.version,"                               \
	"       (SELECT COUNT(*) FROM drill_member m WHERE m.drill = d.id)"    \
	"  FROM drill d"

static void read_drill(struct stmt *s, struct drill *d)
{
	*d = (struct drill){
		.id = db_int(s, 0),
		.name = db_text(s, 1),
		.every = db_text(s, 2),
		.day = (int)db_int(s, 3),
		.clock = db_text(s, 4),
		.within = (int)db_int(s, 5),
		.body = db_text(s, 6),
		.active = db_int(s, 7) != 0,
		.next_at = db_time(s, 8),
		.version = db_int(s, 9),
		.members = db_int(s, 10),
	};
}

int drill_list(struct db *db, struct drill **out)
{
	static const char sql[] =
		DRILLS " ORDER BY d.active DESC, d.name, d.id LIMIT 200";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_drill(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int drill_find(struct db *db, int64_t id, struct drill *out)
{
	static const char sql[] = DRILLS " WHERE d.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		read_drill(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int drill_admins(struct db *db, int64_t drill, struct drill_admin **out)
{
	static const char sql[] =
		"SELECT a.id, a.login, a.name, a.user IS NOT NULL,"
		"       m.account IS NOT NULL"
		"  FROM account a"
		"  LEFT JOIN drill_member m ON m.drill = ? AND m.account = a.id"
		" WHERE a.role = 'system_admin' AND a.state = 'active'"
		" ORDER BY NATURAL_SORT_KEY(a.name), a.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, drill);
	while ((rc = db_step(s)) > 0) {
		struct drill_admin *a = arena_alloc(db->arena, sizeof(*a));

		a->account = db_int(s, 0);
		a->login = db_text(s, 1);
		a->name = db_text(s, 2);
		a->is_person = db_int(s, 3) != 0;
		a->member = db_int(s, 4) != 0;
		*out = a;
		out = &a->next;
	}
	*out = NULL;
	return rc;
}

struct saving {
	const struct audit *audit;
	const struct drill *drill;
	const char *members; /* JSON */
	size_t count;
	int64_t id;
};

static int lock_version(struct db *db, const struct saving *w)
{
	static const char sql[] =
		"SELECT version FROM drill WHERE id = ? FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = DRILL_NOT_FOUND;

	db_bind_int(s, w->id);
	while ((rc = db_step(s)) > 0)
		found = db_int(s, 0) == w->drill->version ? DRILL_SAVED
							  : DRILL_CHANGED;
	return rc < 0 ? -1 : found;
}

static int write_drill(struct db *db, struct saving *w)
{
	static const char make[] =
		"INSERT INTO drill (name, every, day, clock, within, body,"
		"       active, next_at, changed_at, changed_by)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	static const char change[] =
		"UPDATE drill"
		"   SET name = ?, every = ?, day = ?, clock = ?, within = ?,"
		"       body = ?, active = ?, next_at = ?, changed_at = ?,"
		"       changed_by = ?, version = version + 1"
		" WHERE id = ?";
	const struct drill *d = w->drill;
	struct stmt *s = db_prepare(db, w->id == 0 ? make : change);

	db_bind_text(s, d->name);
	db_bind_text(s, d->every);
	db_bind_int(s, d->day);
	db_bind_text(s, d->clock);
	db_bind_int(s, d->within);
	db_bind_text(s, d->body);
	db_bind_int(s, d->active);
	db_bind_time(s, d->active ? d->next_at : 0);
	db_bind_time(s, time_now());
	db_bind_int(s, w->audit->account);
	if (w->id != 0)
		db_bind_int(s, w->id);
	if (db_run(s) < 0)
		return -1;
	if (w->id == 0)
		w->id = db_last_id(db);
	return 0;
}

/* Whether all who are named may be: a page may be older than an account. */
static int check_members(struct db *db, const struct saving *w)
{
	static const char sql[] =
		"SELECT COUNT(*)"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) t"
		" WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = t.id"
		"                      AND a.role = 'system_admin'"
		"                      AND a.state = 'active'"
		"                      AND a.user IS NOT NULL)";
	struct stmt *s = db_prepare(db, sql);
	int64_t others;

	db_bind_text(s, w->members);
	if (db_number(s, &others) < 0)
		return -1;
	return others == 0 ? DRILL_SAVED : DRILL_NO_MEMBER;
}

/* Returns how many were named. */
static int64_t write_members(struct db *db, const struct saving *w)
{
	static const char gone[] = "DELETE FROM drill_member WHERE drill = ?";
	static const char come[] =
		"INSERT INTO drill_member (drill, account)"
		" SELECT DISTINCT ?, t.id"
		"   FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) t";
	struct stmt *s = db_prepare(db, gone);

	db_bind_int(s, w->id);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, come);
	db_bind_int(s, w->id);
	db_bind_text(s, w->members);
	return db_run(s);
}

static int save(struct db *db, void *arg)
{
	struct saving *w = arg;
	const struct drill *d = w->drill;
	struct audit line = *w->audit;
	int64_t named;
	int rc = DRILL_SAVED;

	w->id = d->id;
	if (w->id != 0)
		rc = lock_version(db, w);
	if (rc == DRILL_SAVED)
		rc = check_members(db, w);
	if (rc != DRILL_SAVED)
		return rc;
	if (write_drill(db, w) < 0)
		return -1;
	named = write_members(db, w);
	if (named < 0)
		return -1;
	line.action = d->id == 0 ? "drill added" : "drill changed";
	line.object = arena_fmt(db->arena, "drill %lld", (long long)w->id);
	line.people = named;
	line.detail = arena_fmt(db->arena,
				"every=%s day=%d clock=%s within=%d active=%d"
				" members=%.300s",
				d->every, d->day, d->clock, d->within,
				d->active, w->members);
	return audit_add(db, &line) < 0 ? -1 : DRILL_SAVED;
}

int drill_save(struct db *db, const struct audit *audit,
	       const struct drill *drill, const int64_t *members, size_t count,
	       int64_t *id)
{
	struct saving w = { .audit = audit, .drill = drill, .count = count };
	struct str json = { .arena = db->arena };
	int rc;

	for (size_t i = 0; i < count; i++)
		str_fmt(&json, "%c%lld", i == 0 ? '[' : ',',
			(long long)members[i]);
	str_add(&json, count == 0 ? "[]" : "]");
	w.members = str_text(&json);
	rc = db_transaction(db, save, &w);
	*id = w.id;
	return rc;
}

/* Runs --------------------------------------------------------------------- */

/* Answers are asked, not what is folded of them: nobody is alarmed about a
 * receipt of this second. */
#define RECEIVED                                                               \
	"EXISTS (SELECT 1 FROM answer x"                                       \
	"         WHERE x.broadcast = r.broadcast AND x.user = r.user)"
#define RUNS                                                                   \
	"SELECT n.broadcast, n.drill, d.name, n.at, n.due_at, n.checked_at,"   \
	"       n.missing, COALESCE(n.alarm, 0),"                              \
	"       (SELECT b.expected FROM broadcast b"                           \
	"         WHERE b.id = n.broadcast),"                                  \
	"       (SELECT COUNT(*) FROM recipient r"                             \
	"         WHERE r.broadcast = n.broadcast AND " RECEIVED ")"           \
	"  FROM drill_run n"                                                   \
	"  JOIN drill d ON d.id = n.drill"

static void read_run(struct stmt *s, struct drill_run *n)
{
	*n = (struct drill_run){
		.broadcast = db_int(s, 0),
		.drill = db_int(s, 1),
		.name = db_text(s, 2),
		.at = db_time(s, 3),
		.due_at = db_time(s, 4),
		.checked_at = db_time(s, 5),
		.missing = db_int(s, 6),
		.alarm = db_int(s, 7),
		.people = db_int(s, 8),
		.received = db_int(s, 9),
	};
}

int drill_runs(struct db *db, int64_t drill, int skip, int most,
	       struct drill_run **out)
{
	static const char all[] = RUNS " ORDER BY n.at DESC, n.broadcast DESC"
				       " LIMIT ? OFFSET ?";
	static const char of_one[] = RUNS " WHERE n.drill = ?"
					  " ORDER BY n.at DESC"
					  " LIMIT ? OFFSET ?";
	struct stmt *s = db_prepare(db, drill == 0 ? all : of_one);
	int rc;

	if (drill != 0)
		db_bind_int(s, drill);
	db_bind_int(s, most);
	db_bind_int(s, skip);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_run(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int64_t drill_run_count(struct db *db, int64_t drill)
{
	static const char sql[] = "SELECT COUNT(*) FROM drill_run"
				  " WHERE ? = 0 OR drill = ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	db_bind_int(s, drill);
	db_bind_int(s, drill);
	return db_number(s, &n) < 0 ? -1 : n;
}

int drill_run_find(struct db *db, int64_t broadcast, struct drill_run *out)
{
	static const char sql[] = RUNS " WHERE n.broadcast = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		read_run(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int drill_receipts(struct db *db, int64_t broadcast, struct drill_receipt **out)
{
	static const char sql[] =
		"SELECT COALESCE(MIN(c.login), ''), COALESCE(MIN(c.name), ''),"
		"       (SELECT MIN(x.at) FROM answer x"
		"         WHERE x.broadcast = r.broadcast AND x.user = r.user)"
		"       AS received,"
		"       (SELECT CASE WHEN m.fate <> '' THEN m.fate"
		"                    WHEN m.state = 'handed' THEN 'handed'"
		"                    WHEN m.state = 'refused' THEN 'refused'"
		"                    ELSE 'waiting' END"
		"          FROM message m"
		"         WHERE m.broadcast = r.broadcast AND m.user = r.user"
		"         ORDER BY m.fate = 'accepted' DESC"
		"         LIMIT 1)"
		"  FROM recipient r"
		"  LEFT JOIN account c ON c.user = r.user"
		"   AND c.role = 'system_admin'"
		" WHERE r.broadcast = ?"
		" GROUP BY r.broadcast, r.user"
		" ORDER BY received IS NOT NULL, received, 2";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		struct drill_receipt *p = arena_alloc(db->arena, sizeof(*p));

		p->login = db_text(s, 0);
		p->name = db_text(s, 1);
		p->at = db_time(s, 2);
		p->mail = db_is_null(s, 3) ? "none" : db_text(s, 3);
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc;
}

/* What is due -------------------------------------------------------------- */

static int find_members(struct db *db, int64_t drill, struct target **out)
{
	static const char sql[] =
		"SELECT DISTINCT a.user"
		"  FROM drill_member m"
		"  JOIN account a ON a.id = m.account"
		"   AND a.role = 'system_admin' AND a.state = 'active'"
		"   AND a.user IS NOT NULL"
		" WHERE m.drill = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, drill);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->kind = "user";
		(*out)->item = db_text(s, 0);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

static int lock_due(struct db *db, int64_t now, struct drill *d)
{
	static const char sql[] = DRILLS " WHERE d.active AND d.next_at <= ?"
					 " ORDER BY d.next_at"
					 " LIMIT 1 FOR UPDATE SKIP LOCKED";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_time(s, now);
	while ((rc = db_step(s)) > 0) {
		read_drill(s, d);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

static int move_clock(struct db *db, const struct drill *d, int64_t now)
{
	static const char sql[] = "UPDATE drill SET next_at = ? WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t next;

	if (!drill_next(d->every, d->day, d->clock, now, &next))
		return log_error("drill has no time drill=%lld",
				 (long long)d->id);
	db_bind_time(s, next);
	db_bind_int(s, d->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int store_run(struct db *db, const struct drill *d, int64_t broadcast,
		     int64_t now)
{
	static const char sql[] =
		"INSERT INTO drill_run (broadcast, drill, at, due_at)"
		" VALUES (?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, broadcast);
	db_bind_int(s, d->id);
	db_bind_time(s, now);
	db_bind_time(s, now + (int64_t)d->within * TIME_MINUTE);
	return db_run(s) < 0 ? -1 : 0;
}

static struct choice received = { .mark = "good",
				  .text = "受け取りました",
				  .text_en = "I have received it" };
static struct question receipt = { .kind = "single",
				   .required = true,
				   .text = "この訓練メールを受け取りましたか",
				   .text_en = "Have you received this mail?",
				   .choices = &received };

struct due {
	const char *url;
	int64_t now;
};

static int send_one(struct db *db, void *arg)
{
	/* A late receipt is told from none. */
	const int64_t week = INT64_C(7) * 24 * 60 * TIME_MINUTE;
	const struct due *due = arg;
	struct broadcast_draft draft = { .kind = "drill",
					 .expected = -1,
					 .questions = &receipt,
					 .why = "訓練メールの宛先です" };
	int made = BROADCAST_NOBODY, rc;
	struct drill d;
	int64_t id;

	rc = lock_due(db, due->now, &d);
	if (rc <= 0)
		return rc;
	if (move_clock(db, &d, due->now) < 0 ||
	    find_members(db, d.id, &draft.targets) < 0)
		return -1;
	draft.subject = d.name;
	draft.body = d.body;
	draft.closes_at = due->now + (int64_t)d.within * TIME_MINUTE + week;
	if (draft.targets != NULL)
		made = broadcast_make(db, &draft, &id, NULL);
	if (made == BROADCAST_NOBODY) {
		log_warn("drill has nobody to mail drill=%lld",
			 (long long)d.id);
		return 1;
	}
	if (made != BROADCAST_MADE || store_run(db, &d, id, due->now) < 0)
		return -1;
	return 1;
}

int drill_send(struct db *db, int64_t now)
{
	struct due due = { .now = now };

	return db_transaction(db, send_one, &due);
}

static int lock_unchecked(struct db *db, int64_t now, struct drill_run *n)
{
	static const char sql[] =
		RUNS " WHERE n.checked_at IS NULL AND n.due_at <= ?"
		     " ORDER BY n.due_at"
		     " LIMIT 1 FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_time(s, now);
	while ((rc = db_step(s)) > 0) {
		read_run(s, n);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

static int store_check(struct db *db, const struct drill_run *n, int64_t now)
{
	static const char sql[] =
		"UPDATE drill_run"
		"   SET checked_at = ?, missing = ?, alarm = ?"
		" WHERE broadcast = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now);
	db_bind_int(s, n->missing);
	db_bind_int(s, n->alarm);
	db_bind_int(s, n->broadcast);
	return db_run(s) < 0 ? -1 : 0;
}

/* Names stay on the page, behind the login. */
static const char *alarm_of(struct arena *a, const struct drill_run *n,
			    const char *url)
{
	return arena_fmt(a,
			 "訓練メール「%s」（%s 送信）の受け取りを、"
			 "%s までに確認できなかった人がいます。\n"
			 "受け取りを確認できない人：%lld人（%lld人中）\n\n"
			 "だれが受け取っていないか：\n%s/drills/runs/%lld\n",
			 n->name, time_show(a, n->at), time_show(a, n->due_at),
			 (long long)n->missing, (long long)n->people, url,
			 (long long)n->broadcast);
}

static int alarm_missing(struct db *db, const struct due *due,
			 struct drill_run *n)
{
	struct broadcast_draft draft = {
		.kind = "notice",
		.expected = -1,
		.why = "システム管理者への知らせです"
	};
	int made = BROADCAST_NOBODY;

	if (target_admins(db, &draft.targets) < 0)
		return -1;
	draft.subject =
		arena_fmt(db->arena, "【訓練メール】受け取り未確認 %lld人",
			  (long long)n->missing);
	draft.body = alarm_of(db->arena, n, due->url);
	if (draft.targets != NULL)
		made = broadcast_make(db, &draft, &n->alarm, NULL);
	if (made == BROADCAST_NOBODY)
		log_warn("receipts are missing and nobody to alarm "
			 "broadcast=%lld",
			 (long long)n->broadcast);
	return made == BROADCAST_MADE || made == BROADCAST_NOBODY ? 0 : -1;
}

static int check_one(struct db *db, void *arg)
{
	const struct due *due = arg;
	struct drill_run n;
	int rc = lock_unchecked(db, due->now, &n);

	if (rc <= 0)
		return rc;
	n.missing = n.people - n.received;
	if (n.missing > 0 && alarm_missing(db, due, &n) < 0)
		return -1;
	return store_check(db, &n, due->now) < 0 ? -1 : 1;
}

int drill_check(struct db *db, const char *url, int64_t now)
{
	struct due due = { .url = url, .now = now };

	return db_transaction(db, check_one, &due);
}
