#include "model/message.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "mail/letter.h"
#include "model/broadcast.h"
#include "model/outcome.h"
#include "model/stage.h"

/* Claiming ----------------------------------------------------------------- */

struct claim {
	uint32_t holder;
	int lease_s, most;
	int64_t now;
	const char *ids; /* JSON */
	int count;
};

/* In the order of the index, so that it reads no more than it takes. */
static int lock_due(struct db *db, struct claim *c)
{
	static const char sql[] = "SELECT id FROM message FORCE INDEX (state)"
				  " WHERE state = 'queued' AND due_at <= ?"
				  " ORDER BY urgency, due_at, id"
				  " LIMIT ? FOR UPDATE SKIP LOCKED";
	struct stmt *s = db_prepare(db, sql);
	struct str ids = { .arena = db->arena };
	int rc;

	c->count = 0;
	db_bind_time(s, c->now);
	db_bind_int(s, c->most);
	while ((rc = db_step(s)) > 0)
		str_fmt(&ids, "%c%lld", c->count++ == 0 ? '[' : ',',
			(long long)db_int(s, 0));
	str_add_char(&ids, ']');
	c->ids = str_text(&ids);
	return rc;
}

static int claim(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) t"
		" STRAIGHT_JOIN message m ON m.id = t.id"
		"   SET m.state = 'sending', m.attempts = m.attempts + 1,"
		"       m.lease_until = ?, m.holder = ?";
	struct claim *c = arg;
	struct stmt *s;

	if (lock_due(db, c) < 0)
		return -1;
	if (c->count == 0)
		return 0;
	s = db_prepare(db, sql);
	db_bind_text(s, c->ids);
	db_bind_time(s, c->now + (int64_t)c->lease_s * TIME_SECOND);
	db_bind_int(s, c->holder);
	return db_run(s) < 0 ? -1 : 0;
}

static int read_claimed(struct db *db, const struct claim *c,
			struct message **out)
{
	static const char sql[] =
		"SELECT STRAIGHT_JOIN m.id, m.broadcast, m.user, m.attempts,"
		"       a.sealed, COALESCE(a.class, ''), u.lang,"
		"       u.link_generation, r.why,"
		"       a.id IS NULL OR b.state IN ('cancelled', 'closed')"
		"       OR COALESCE(o.state IN ('cancelled', 'closed'), 0),"
		"       u.name"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) t"
		"  JOIN message m ON m.id = t.id"
		"  LEFT JOIN address a ON a.id = m.address"
		"  JOIN user u ON u.id = m.user"
		"  JOIN recipient r ON r.broadcast = m.broadcast"
		"   AND r.user = m.user"
		"  JOIN broadcast b ON b.id = m.broadcast"
		"  LEFT JOIN broadcast o ON o.id = b.retry_of";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, c->ids);
	while ((rc = db_step(s)) > 0) {
		struct message *m = arena_alloc(db->arena, sizeof(*m));

		m->id = db_int(s, 0);
		m->broadcast = db_int(s, 1);
		m->user = db_int(s, 2);
		m->attempts = (int)db_int(s, 3);
		m->sealed = db_blob(s, 4, &m->sealed_len);
		m->class = db_text(s, 5);
		m->lang = db_text(s, 6);
		m->generation = (uint8_t)db_int(s, 7);
		m->why = db_text(s, 8);
		m->stopped = db_int(s, 9) != 0;
		m->name = db_text(s, 10);
		*out = m;
		out = &m->next;
	}
	*out = NULL;
	return rc;
}

int message_claim(struct db *db, uint32_t holder, int lease_s, int most,
		  struct message **out)
{
	struct claim c = { .holder = holder,
			   .lease_s = lease_s,
			   .most = most,
			   .now = time_now() };

	*out = NULL;
	if (db_transaction(db, claim, &c) < 0)
		return log_error("messages not claimed");
	/* Outside of the transaction: nobody else touches them now, and rows
	 * of people and broadcasts need no lock. */
	if (c.count > 0 && read_claimed(db, &c, out) < 0)
		return -1;
	return c.count;
}

/* Settling ----------------------------------------------------------------- */

/* Results of one broadcast that still count. */
struct sum {
	struct sum *next;
	int64_t broadcast, handed, refused, cancelled;
};

static int add_up(struct db *db, const char *results, struct sum **out)
{
	static const char sql[] =
		"SELECT m.broadcast, SUM(t.state = 'handed'),"
		"       SUM(t.state = 'refused'), SUM(t.state = 'cancelled')"
		"  FROM " OUTCOMES " STRAIGHT_JOIN message m ON m.id = t.id"
		"   AND m.attempts = t.attempts AND m.state = 'sending'"
		" GROUP BY m.broadcast"
		" ORDER BY m.broadcast"
		"   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, results);
	while ((rc = db_step(s)) > 0) {
		struct sum *sum = arena_alloc(db->arena, sizeof(*sum));

		sum->broadcast = db_int(s, 0);
		sum->handed = db_int(s, 1);
		sum->refused = db_int(s, 2);
		sum->cancelled = db_int(s, 3);
		*out = sum;
		out = &sum->next;
	}
	*out = NULL;
	return rc;
}

static int64_t store(struct db *db, const char *results, int64_t now)
{
	static const char sql[] =
		"UPDATE " OUTCOMES " STRAIGHT_JOIN message m ON m.id = t.id"
		"   AND m.attempts = t.attempts AND m.state = 'sending'"
		"   SET m.handed_at = IF(t.state = 'handed', ?, NULL),"
		"       m.due_at = IF(t.state = 'queued',"
		"                     ? + INTERVAL t.later_s SECOND, m.due_at),"
		"       m.state = t.state, m.status = t.status,"
		"       m.lease_until = NULL, m.holder = NULL";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, results);
	db_bind_time(s, now);
	db_bind_time(s, now);
	return db_run(s);
}

static int note_handed(struct db *db, int64_t broadcast, int64_t now)
{
	static const char sql[] = "SELECT COALESCE(event, 0)"
				  "  FROM broadcast"
				  " WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t event = 0;
	int rc;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0)
		event = db_int(s, 0);
	if (rc < 0 ||
	    stage_set_once(db, event, broadcast, STAGE_FIRST_HANDED, now) < 0)
		return -1;
	return stage_set(db, event, broadcast, STAGE_LAST_HANDED, now);
}

static int move_counters(struct db *db, const struct sum *sum, int64_t now)
{
	static const char sql[] = "UPDATE delivery"
				  "   SET handed = handed + ?,"
				  "       refused = refused + ?,"
				  "       cancelled = cancelled + ?"
				  " WHERE broadcast = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, sum->handed);
	db_bind_int(s, sum->refused);
	db_bind_int(s, sum->cancelled);
	db_bind_int(s, sum->broadcast);
	if (db_run(s) < 0)
		return -1;
	return sum->handed > 0 ? note_handed(db, sum->broadcast, now) : 0;
}

struct settling {
	const char *results;
	int64_t now;
};

static int settle(struct db *db, void *arg)
{
	struct settling *w = arg;
	struct sum *sums;

	if (add_up(db, w->results, &sums) < 0 ||
	    store(db, w->results, w->now) < 0)
		return -1;
	for (const struct sum *sum = sums; sum != NULL; sum = sum->next)
		if (move_counters(db, sum, w->now) < 0)
			return -1;
	return 0;
}

int message_settle(struct db *db, const struct message *list)
{
	struct settling w = { .now = time_now() };

	if (list == NULL)
		return 0;
	w.results = outcomes_json(db->arena, list);
	if (db_transaction(db, settle, &w) < 0)
		return log_error("results of messages not stored first=%lld",
				 (long long)list->id);
	return 0;
}

/* Putting back and finishing ----------------------------------------------- */

enum { TAKE_BACK_MOST = 10000 }; /* rows a statement */

int64_t message_take_expired(struct db *db)
{
	static const char sql[] =
		"UPDATE message FORCE INDEX (state)"
		"   SET state = 'queued', lease_until = NULL, holder = NULL"
		" WHERE state = 'sending' AND lease_until < ?"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, time_now());
	db_bind_int(s, TAKE_BACK_MOST);
	return db_run(s);
}

int64_t message_take_back(struct db *db, uint32_t holder)
{
	static const char sql[] =
		"UPDATE message FORCE INDEX (state)"
		"   SET state = 'queued', lease_until = NULL, holder = NULL"
		" WHERE state = 'sending' AND holder = ?"
		" LIMIT ?";
	int64_t all = 0, n;

	do {
		struct stmt *s = db_prepare(db, sql);

		db_bind_int(s, holder);
		db_bind_int(s, TAKE_BACK_MOST);
		n = db_run(s);
		all += n;
	} while (n == TAKE_BACK_MOST);
	if (n < 0)
		return log_error("messages not taken back");
	if (all > 0)
		log_warn("messages of a crash taken back count=%lld",
			 (long long)all);
	n = message_take_expired(db);
	return n < 0 ? -1 : all + n;
}

int message_due(struct db *db, int most)
{
	static const char sql[] =
		"SELECT COUNT(*)"
		"  FROM (SELECT 1 FROM message FORCE INDEX (state)"
		"         WHERE state = 'queued' AND due_at <= ?"
		"         ORDER BY urgency, due_at"
		"         LIMIT ?) m";
	struct stmt *s = db_prepare(db, sql);
	int n = 0, rc;

	db_bind_time(s, time_now());
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0)
		n = (int)db_int(s, 0);
	return rc < 0 ? -1 : n;
}

int64_t message_finish(struct db *db)
{
	static const char sql[] =
		"UPDATE broadcast b"
		"  JOIN delivery d ON d.broadcast = b.id"
		"   SET b.state = 'sent'"
		" WHERE b.state = 'sending'"
		"   AND d.handed + d.refused + d.cancelled >= d.messages";

	return db_run(db_prepare(db, sql));
}

/* What a message says ------------------------------------------------------ */

int message_text(struct db *db, int64_t broadcast, struct message_text *out)
{
	static const char sql[] =
		"SELECT b.id, COALESCE(b.retry_of, b.reply_of, b.id),"
		"       COALESCE(b.event, 0),"
		"       b.kind, b.kind = 'drill' OR COALESCE(e.drill, 0),"
		"       EXISTS (SELECT 1 FROM question q WHERE"
		"               q.broadcast = COALESCE(b.retry_of, b.id)),"
		"       b.subject, b.body, b.why, b.confirmed_at,"
		"       COALESCE(o.closes_at, b.closes_at),"
		"       COALESCE(n.value, ''), b.reply_of IS NOT NULL"
		"  FROM broadcast b"
		"  LEFT JOIN event e ON e.id = b.event"
		"  LEFT JOIN broadcast o ON o.id = b.retry_of"
		"  LEFT JOIN setting n ON n.name = CONCAT('sender.', b.kind)"
		" WHERE b.id = ?";
	struct stmt *s = db_prepare(db, sql);
	struct question *questions;
	int rc, found = 0;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		*out = (struct message_text){
			.broadcast = db_int(s, 0),
			.root = db_int(s, 1),
			.event = db_int(s, 2),
			.kind = db_text(s, 3),
			.drill = db_int(s, 4) != 0,
			.asks = db_int(s, 5) != 0,
			.subject = db_text(s, 6),
			.body = db_text(s, 7),
			.why = db_text(s, 8),
			.confirmed_at = db_time(s, 9),
			.closes_at = db_time(s, 10),
			.sender = db_text(s, 11),
			.replies = db_int(s, 12) != 0,
		};
		found = 1;
	}
	if (rc < 0 || !found)
		return rc;
	if (broadcast_questions(db, broadcast, &questions) < 0)
		return -1;
	out->questions = questions;
	return 1;
}

void message_offer(const struct question *questions, struct letter_text *text)
{
	const struct question *q = questions;
	bool english = str_eq(text->lang, "en");

	text->choices_count = 0;
	if (q == NULL || !str_eq(q->kind, "single"))
		return;
	text->question = english && *q->text_en != '\0' ? q->text_en : q->text;
	for (const struct choice *c = q->choices; c != NULL; c = c->next) {
		if (text->choices_count == LETTER_CHOICES_MAX) {
			text->choices_count = 0;
			return;
		}
		text->choices[text->choices_count++] = (struct letter_choice){
			.id = c->id,
			.text = english && *c->text_en != '\0' ? c->text_en
							       : c->text,
		};
	}
}

int message_why(struct db *db, int64_t event, const char *why,
		const char **name, const char **level)
{
	static const char region[] =
		"SELECT g.name, COALESCE(x.level, '')"
		"  FROM region g"
		"  LEFT JOIN event_region x ON x.region = g.code"
		"   AND x.event = ?"
		" WHERE g.code = ?";
	static const char group[] = "SELECT name, '' FROM grp"
				    " WHERE ? IS NOT NULL AND id = ?";
	const char *item = strchr(why, ':');
	struct stmt *s;
	int rc;

	*name = "";
	*level = "";
	if (item == NULL)
		return 0;
	s = db_prepare(db, str_begins(why, "group:") ? group : region);
	db_bind_int(s, event);
	db_bind_text(s, item + 1);
	while ((rc = db_step(s)) > 0) {
		*name = db_text(s, 0);
		*level = db_text(s, 1);
	}
	return rc;
}

int message_queue(struct db *db, struct message_queue *out)
{
	static const char sql[] =
		"SELECT (SELECT COUNT(*) FROM message FORCE INDEX (state)"
		"         WHERE state = 'queued'),"
		"       (SELECT COUNT(*) FROM message FORCE INDEX (state)"
		"         WHERE state = 'sending'),"
		"       (SELECT MIN(due_at) FROM message FORCE INDEX (state)"
		"         WHERE state = 'queued')";
	struct stmt *s = db_prepare(db, sql);
	int64_t oldest;
	int rc;

	while ((rc = db_step(s)) > 0) {
		out->queued = db_int(s, 0);
		out->sending = db_int(s, 1);
		oldest = db_time(s, 2);
		out->oldest_seconds = 0;
		if (oldest != 0 && oldest < time_now())
			out->oldest_seconds =
				(time_now() - oldest) / TIME_SECOND;
	}
	return rc;
}
