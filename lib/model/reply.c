#include "model/reply.h"

#include <stdbool.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/stage.h"

struct making {
	const struct reply_draft *draft;
	int64_t now, id, people;
	bool other; /* not the number expected: undone */
};

/* What this press has done already: a reply_made, or REPLY_NEW. */
enum { REPLY_NEW = REPLY_PRESS_USED + 1 };

static int find_press(struct db *db, const struct reply_draft *d)
{
	int64_t id;

	switch (broadcast_find_press(db, d->press, d->content, &id)) {
	case BROADCAST_MADE:
		return REPLY_NEW;
	case BROADCAST_MADE_BEFORE:
		return REPLY_MADE;
	case BROADCAST_PRESS_USED:
		return REPLY_PRESS_USED;
	default:
		return -1;
	}
}

/* The subject tells what it replies to, and nothing of the answer. */
static int64_t insert_broadcast(struct db *db, const struct making *m)
{
	static const char sql[] =
		"INSERT INTO broadcast (kind, subject, body, why, state,"
		"       reply_of, expected, press, content, made_by, made_at,"
		"       confirmed_at)"
		" SELECT IF(r.kind = 'drill' OR COALESCE(e.drill, FALSE),"
		"           'drill', 'notice'),"
		"        LEFT(CONCAT('返信：', r.subject), 200), ?,"
		"        'あなたの回答への返信です', 'confirmed', r.id, ?, ?,"
		"        ?, NULLIF(?, 0), ?, ?"
		"   FROM broadcast b"
		"   JOIN broadcast r ON r.id = COALESCE(b.retry_of, b.id)"
		"   LEFT JOIN event e ON e.id = r.event"
		"  WHERE b.id = ?";
	const struct reply_draft *d = m->draft;
	struct stmt *s = db_prepare(db, sql);

	db_expect(s, DB_DUPLICATE);
	db_bind_text(s, d->body);
	db_bind_int(s, d->expected);
	db_bind_blob(s, d->press, REPLY_PRESS_LEN);
	broadcast_bind_content(db, s, d->content);
	db_bind_int(s, d->account);
	db_bind_time(s, m->now);
	db_bind_time(s, m->now);
	db_bind_int(s, d->to->broadcast);
	return db_run(s);
}

static int insert_delivery(struct db *db, int64_t id)
{
	static const char sql[] = "INSERT INTO delivery (broadcast) VALUES (?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

/* From now on the page of answers looks for replies to these people. */
static int mark_replied(struct db *db, const struct making *m)
{
	static const char sql[] =
		"UPDATE broadcast y"
		"  STRAIGHT_JOIN target t ON t.broadcast = y.id"
		"   AND t.kind = 'user'"
		"  STRAIGHT_JOIN recipient q ON q.broadcast = y.reply_of"
		"   AND q.user = CAST(t.item AS UNSIGNED)"
		"   SET q.replied_at = ?"
		" WHERE y.id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, m->now);
	db_bind_int(s, m->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int add_audit(struct db *db, const struct making *m)
{
	struct audit line = *m->draft->audit;

	line.action = "reply send";
	line.object = arena_fmt(db->arena, "broadcast %lld", (long long)m->id);
	line.people = m->people;
	line.detail = arena_fmt(db->arena, "reply_of=%lld",
				(long long)m->draft->to->broadcast);
	return audit_add(db, &line);
}

static int make(struct db *db, void *arg)
{
	struct making *m = arg;
	const struct reply_draft *d = m->draft;
	int rc = find_press(db, d);

	m->other = false;
	if (rc != REPLY_NEW)
		return rc;
	if (insert_broadcast(db, m) < 0) {
		/* Pressed twice at the same instant. */
		if (db_errno(db) == DB_DUPLICATE) {
			rc = find_press(db, d);
			if (rc != REPLY_NEW)
				return rc;
		}
		return log_error("reply not stored broadcast=%lld",
				 (long long)d->to->broadcast);
	}
	m->id = db_last_id(db);
	m->people = recipient_target(db, d->account, d->to, m->id);
	if (m->people < 0)
		return -1;
	m->other = m->people == 0 || m->people != d->expected;
	if (m->other)
		return -1; /* nothing of it stays */
	if (insert_delivery(db, m->id) < 0 || mark_replied(db, m) < 0 ||
	    stage_set(db, 0, m->id, STAGE_DECIDED, m->now) < 0 ||
	    add_audit(db, m) < 0)
		return -1;
	return REPLY_MADE;
}

int reply_make(struct db *db, const struct reply_draft *draft, int64_t *people)
{
	struct recipient_query to = *draft->to;
	struct reply_draft d = *draft;
	struct making m = { .draft = &d, .now = time_now() };
	int rc;

	to.active = true; /* who left gets no mail */
	d.to = &to;
	rc = db_transaction(db, make, &m);
	*people = m.people;
	if (m.other)
		return m.people == 0 ? REPLY_NOBODY : REPLY_OTHER_COUNT;
	if (rc == REPLY_MADE && m.id != 0)
		log_info("reply made broadcast=%lld people=%lld",
			 (long long)m.id, (long long)m.people);
	return rc;
}

int reply_list(struct db *db, int64_t broadcast, int64_t user, int most,
	       struct reply **out)
{
	static const char sql[] =
		"SELECT y.made_at, y.body, COALESCE(c.name, '')"
		"  FROM broadcast y"
		"  JOIN target t ON t.broadcast = y.id AND t.kind = 'user'"
		"   AND t.item = ?"
		"  LEFT JOIN account c ON c.id = y.made_by"
		" WHERE y.reply_of = ? AND y.state <> 'cancelled'"
		" ORDER BY y.id DESC"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, arena_fmt(db->arena, "%lld", (long long)user));
	db_bind_int(s, broadcast);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		struct reply *r = arena_alloc(db->arena, sizeof(*r));

		r->at = db_time(s, 0);
		r->body = db_text(s, 1);
		r->account = db_text(s, 2);
		*out = r;
		out = &r->next;
	}
	*out = NULL;
	return rc;
}
