#include "model/aftershock.h"

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "model/event.h"
#include "model/setting.h"

enum {
	FELT_RANK = 4, /* intensity 4: strong enough to be the same place */
	HOUR_MIN = 60,
};

/* The newest one that it can be under; one that has aftershocks itself is a
 * main shock.  The event itself is held. */
static int find_parent(struct db *db, int64_t event, int64_t hours,
		       struct aftershock *out)
{
	static const char sql[] =
		"SELECT m.id, e.rank > m.rank"
		"  FROM event e"
		"  JOIN event m ON m.occurred_at < e.occurred_at"
		"   AND m.occurred_at >= e.occurred_at - INTERVAL ? HOUR"
		"   AND m.kind = 'quake' AND m.drill = e.drill"
		"   AND m.parent IS NULL AND m.closed_at IS NULL"
		"   AND m.state IN ('prepared', 'sent')"
		" WHERE e.id = ?"
		"   AND e.kind = 'quake' AND e.rank > 0"
		"   AND NOT EXISTS (SELECT 1 FROM event c"
		"                    WHERE c.parent = e.id)"
		"   AND EXISTS (SELECT 1 FROM event_region r"
		"                 JOIN event_region s ON s.event = m.id"
		"                  AND s.region = r.region AND s.rank >= ?"
		"                WHERE r.event = e.id AND r.rank = e.rank)"
		" ORDER BY m.occurred_at DESC"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, hours);
	db_bind_int(s, event);
	db_bind_int(s, FELT_RANK);
	while ((rc = db_step(s)) > 0) {
		out->parent = db_int(s, 0);
		out->stronger = db_int(s, 1) != 0;
	}
	return rc;
}

static int note(struct db *db, int64_t event, int64_t parent)
{
	static const char sql[] = "UPDATE event SET parent = ? WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, parent);
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

int aftershock_find(struct db *db, int64_t event, struct aftershock *out)
{
	int64_t hours = setting_int(db, "aftershock.hours");

	*out = (struct aftershock){ 0 };
	if (hours <= 0)
		return (int)hours;
	if (find_parent(db, event, hours, out) < 0)
		return -1;
	return out->parent == 0 ? 0 : note(db, event, out->parent);
}

static int read_parent(struct db *db, int64_t parent,
		       struct aftershock_view *out)
{
	static const char sql[] =
		"SELECT MAX(e.title), MAX(e.occurred_at), MIN(b.confirmed_at),"
		"       COALESCE(SUM(b.expected), 0)"
		"  FROM event e"
		"  LEFT JOIN broadcast b ON b.event = e.id"
		"   AND b.retry_of IS NULL"
		"   AND b.kind IN ('safety', 'drill')"
		"   AND " EVENT_CHECK_STANDS " WHERE e.id = ?"
		" GROUP BY e.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = (struct aftershock_view){ .title = "" };
	db_bind_int(s, parent);
	while ((rc = db_step(s)) > 0) {
		out->title = db_text(s, 0);
		out->occurred_at = db_time(s, 1);
		out->asked_at = db_time(s, 2);
		out->asked = db_int(s, 3);
	}
	return rc;
}

int aftershock_view(struct db *db, int64_t event, int64_t parent,
		    const char *codes, int rank, struct aftershock_view *out)
{
	/* Asked was where the level was reached when a person sent: by the
	 * main shock, or by another of its aftershocks. */
	static const char sql[] =
		"SELECT COALESCE(GROUP_CONCAT(IF(x.asked = 0, x.region, NULL)"
		"         ORDER BY x.region), ''),"
		"       COALESCE(GROUP_CONCAT(IF(x.asked > 0"
		"         AND x.rank > x.asked, x.name, NULL)"
		"         ORDER BY x.region SEPARATOR '、'), '')"
		"  FROM (SELECT r.region, MAX(r.name) AS name,"
		"               MAX(r.rank) AS rank,"
		"               COALESCE(MAX(IF(s.decided_rank >= ?,"
		"                 s.decided_rank, 0)), 0) AS asked"
		"          FROM event_region r"
		"          LEFT JOIN event f ON f.id <> r.event"
		"           AND (f.id = ? OR f.parent = ?)"
		"           AND EXISTS (SELECT 1 FROM broadcast b"
		"                        WHERE b.event = f.id"
		"                          AND " EVENT_CHECK_STANDS ")"
		"          LEFT JOIN event_region s ON s.event = f.id"
		"           AND s.region = r.region"
		"         WHERE r.event = ? AND FIND_IN_SET(r.region, ?)"
		"         GROUP BY r.region) x";
	struct stmt *s;
	int rc;

	if (read_parent(db, parent, out) < 0)
		return -1;
	out->fresh = out->stronger = "";
	s = db_prepare(db, sql);
	db_bind_int(s, rank);
	db_bind_int(s, parent);
	db_bind_int(s, parent);
	db_bind_int(s, event);
	db_bind_text(s, codes);
	while ((rc = db_step(s)) > 0) {
		out->fresh = db_text(s, 0);
		out->stronger = db_text(s, 1);
	}
	return rc;
}

int aftershock_changes(struct db *db, int64_t parent, int rank,
		       struct aftershock_change **out)
{
	/* One row for each aftershock and prefecture at the level, with the
	 * most that was known when one before it asked there. */
	static const char sql[] =
		"SELECT x.event,"
		"       COALESCE(GROUP_CONCAT(IF(x.asked = 0, x.name, NULL)"
		"         ORDER BY x.region SEPARATOR '、'), ''),"
		"       COALESCE(GROUP_CONCAT(IF(x.asked > 0"
		"         AND x.rank > x.asked, x.name, NULL)"
		"         ORDER BY x.region SEPARATOR '、'), '')"
		"  FROM (SELECT c.id AS event, r.region, r.name, r.rank,"
		"               COALESCE(MAX(IF(s.decided_rank >= ?,"
		"                 s.decided_rank, 0)), 0) AS asked"
		"          FROM event c"
		"          JOIN event_region r ON r.event = c.id"
		"           AND r.rank >= ?"
		"          LEFT JOIN event f ON f.occurred_at < c.occurred_at"
		"           AND (f.id = ? OR f.parent = ?)"
		"           AND EXISTS (SELECT 1 FROM broadcast b"
		"                        WHERE b.event = f.id"
		"                          AND " EVENT_CHECK_STANDS ")"
		"          LEFT JOIN event_region s ON s.event = f.id"
		"           AND s.region = r.region"
		"         WHERE c.parent = ?"
		"         GROUP BY c.id, r.region, r.name, r.rank) x"
		" WHERE x.asked < x.rank"
		" GROUP BY x.event";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, rank);
	db_bind_int(s, rank);
	for (int i = 0; i < 3; i++)
		db_bind_int(s, parent);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->event = db_int(s, 0);
		(*out)->fresh = db_text(s, 1);
		(*out)->stronger = db_text(s, 2);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}
