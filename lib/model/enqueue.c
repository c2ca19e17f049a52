#include "model/enqueue.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "model/stage.h"
#include "model/target.h"

/* Two rows each: below the 100,000 that a transaction may touch (DESIGN 4). */
int enqueue_slice_people = 25000;

int enqueue_list(struct db *db, int64_t **ids)
{
	static const char sql[] = "SELECT id FROM broadcast"
				  " WHERE state = 'confirmed'"
				  " ORDER BY kind, id" /* safety is first */
				  " LIMIT 100";
	struct stmt *s = db_prepare(db, sql);
	int n = 0, rc;

	*ids = arena_array(db->arena, 100, sizeof(**ids));
	while ((rc = db_step(s)) > 0)
		(*ids)[n++] = db_int(s, 0);
	return rc < 0 ? -1 : n;
}

struct slice {
	int64_t id, event, root, account;
	int64_t first, last; /* user ids of this slice */
	bool is_last;
	int urgency;
	int64_t recipients, messages;
};

/* Locks the broadcast.  1, 0 if it is no longer ours to do, -1. */
static int take(struct db *db, struct slice *w)
{
	static const char sql[] =
		"SELECT COALESCE(event, 0), COALESCE(retry_of, 0),"
		"       IF(test, 0, COALESCE(made_by, 0)), enqueued_to + 1,"
		"       CASE WHEN EXISTS (SELECT 1 FROM paged p"
		"                          WHERE p.broadcast = broadcast.id)"
		"            THEN 0 WHEN kind = 'safety' THEN 1"
		"            WHEN kind = 'info' THEN 2 ELSE 3 END"
		"  FROM broadcast"
		" WHERE id = ? AND state = 'confirmed'"
		"   FOR UPDATE SKIP LOCKED";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, w->id);
	while ((rc = db_step(s)) > 0) {
		w->event = db_int(s, 0);
		w->root = db_int(s, 1);
		w->account = db_int(s, 2);
		w->first = db_int(s, 3);
		w->urgency = (int)db_int(s, 4);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

static int find_last(struct db *db, struct slice *w)
{
	static const char sql[] = "SELECT id FROM user"
				  " WHERE id >= ?"
				  " ORDER BY id"
				  " LIMIT 1 OFFSET ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	w->last = UINT32_MAX;
	w->is_last = true;
	db_bind_int(s, w->first);
	db_bind_int(s, enqueue_slice_people - 1);
	while ((rc = db_step(s)) > 0) {
		w->last = db_int(s, 0);
		w->is_last = false;
	}
	return rc;
}

static int64_t insert_messages(struct db *db, const struct slice *w)
{
	/* `pick` is the least of place, raised for an address already used
	 * for this question and raised more for a dead one. */
	static const char sql[] =
		"INSERT INTO message (broadcast, user, address, urgency, "
		"due_at)"
		" SELECT ?, p.user, a.id, ?, ?"
		"  FROM (SELECT r.user, MIN(IF(n.state = 'dead', 65536, 0)"
		"               + IF(n.place <= COALESCE(o.place, 0), 256, 0)"
		"               + n.place) AS pick"
		"          FROM recipient r"
		"          JOIN address n ON n.user = r.user"
		"          LEFT JOIN (SELECT m.user, MAX(l.place) AS place"
		"                       FROM broadcast b"
		"                       JOIN message m ON m.broadcast = b.id"
		"                       JOIN address l ON l.id = m.address"
		"                      WHERE (b.id = ? OR b.retry_of = ?)"
		"                        AND m.user BETWEEN ? AND ?"
		"                      GROUP BY m.user) o ON o.user = r.user"
		"         WHERE r.broadcast = ? AND r.user BETWEEN ? AND ?"
		"         GROUP BY r.user) p"
		"  JOIN address a ON a.user = p.user AND a.place = p.pick & "
		"255";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, w->id);
	db_bind_int(s, w->urgency);
	db_bind_time(s, time_now());
	db_bind_int(s, w->root);
	db_bind_int(s, w->root);
	db_bind_int(s, w->first);
	db_bind_int(s, w->last);
	db_bind_int(s, w->id);
	db_bind_int(s, w->first);
	db_bind_int(s, w->last);
	return db_run(s);
}

static int move_counters(struct db *db, const struct slice *w)
{
	static const char to[] = "UPDATE broadcast"
				 "   SET enqueued_to = ?,"
				 "       recipients = recipients + ?"
				 " WHERE id = ?";
	static const char made[] = "UPDATE delivery"
				   "   SET messages = messages + ?"
				   " WHERE broadcast = ?";
	struct stmt *s = db_prepare(db, to);

	db_bind_int(s, w->last);
	db_bind_int(s, w->recipients);
	db_bind_int(s, w->id);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, made);
	db_bind_int(s, w->messages);
	db_bind_int(s, w->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int finish(struct db *db, const struct slice *w)
{
	static const char sql[] = "UPDATE broadcast"
				  "   SET state = 'sending'"
				  " WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, w->id);
	if (db_run(s) < 0)
		return -1;
	return stage_set(db, w->event, w->id, STAGE_ENQUEUED, time_now());
}

static int do_slice(struct db *db, void *arg)
{
	struct slice *w = arg;
	struct target *targets;
	int rc = take(db, w);

	if (rc <= 0)
		return rc;
	if (find_last(db, w) < 0 || target_list(db, w->id, &targets) < 0)
		return -1;
	w->recipients = target_enqueue(db, w->id, w->account, targets, w->first,
				       w->last);
	if (w->recipients < 0)
		return -1;
	w->messages = insert_messages(db, w);
	if (w->messages < 0 || move_counters(db, w) < 0)
		return -1;
	if (w->is_last)
		return finish(db, w);
	return 1;
}

int enqueue_slice(struct db *db, int64_t broadcast)
{
	struct slice w = { .id = broadcast };
	int rc = db_transaction(db, do_slice, &w);

	if (rc < 0)
		return log_error("not enqueued broadcast=%lld",
				 (long long)broadcast);
	if (w.last != 0)
		log_info("enqueued broadcast=%lld to=%lld recipients=%lld "
			 "messages=%lld",
			 (long long)broadcast, (long long)w.last,
			 (long long)w.recipients, (long long)w.messages);
	return rc;
}
