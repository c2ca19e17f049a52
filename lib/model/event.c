#include "model/event.h"

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"

/* Those that wait for a person: a check prepared, or a prefecture that reached
 * the level after the decision.  Values: waiting, as a truth. */
#define EVENT_WAITS                                                            \
	"(NOT ? OR e.state = 'prepared' OR (e.state IN ('sent', 'rejected')"   \
	"   AND EXISTS (SELECT 1 FROM event_region r"                          \
	"      JOIN (SELECT kind, MIN(rank) AS least FROM rule"                \
	"             WHERE active GROUP BY kind) l ON l.kind = e.kind"        \
	"     WHERE r.event = e.id AND r.rank >= l.least"                      \
	"       AND r.decided_rank < l.least)))"

/* The columns that read_event reads, in its order. */
#define EVENT_COLUMNS                                                          \
	"e.id, e.kind, e.event_key, e.state, e.drill, e.parent, e.title,"      \
	" e.headline, e.tsunami, e.occurred_at, e.epicentre, e.depth_km,"      \
	" e.magnitude, e.max_level, e.issued_quick, e.issued_full,"            \
	" d.name, e.decided_at, e.reason, e.made_at"                           \
	"  FROM event e"                                                       \
	"  LEFT JOIN account d ON d.id = e.decided_by"

static void read_event(struct stmt *s, struct event *out)
{
	*out = (struct event){
		.id = db_int(s, 0),
		.kind = db_text(s, 1),
		.key = db_text(s, 2),
		.state = db_text(s, 3),
		.drill = db_int(s, 4) != 0,
		.parent = db_int(s, 5),
		.title = db_text(s, 6),
		.headline = db_text(s, 7),
		.tsunami = db_text(s, 8),
		.occurred_at = db_time(s, 9),
		.epicentre = db_text(s, 10),
		.depth_km = db_is_null(s, 11) ? -1 : (int)db_int(s, 11),
		.magnitude = db_text(s, 12),
		.max_level = db_text(s, 13),
		.issued_quick = db_time(s, 14),
		.issued_full = db_time(s, 15),
		.decided_by = db_text(s, 16),
		.decided_at = db_time(s, 17),
		.reason = db_text(s, 18),
		.made_at = db_time(s, 19),
	};
}

int event_find(struct db *db, int64_t id, struct event *out)
{
	static const char sql[] = "SELECT " EVENT_COLUMNS " WHERE e.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	read_event(s, out);
	return db_step(s) < 0 ? -1 : 1;
}

int event_list(struct db *db, const struct event_filter *filter,
	       struct event **out)
{
	static const char sql[] =
		"SELECT " EVENT_COLUMNS " WHERE (? IS NULL OR e.state = ?)"
		"   AND " EVENT_WAITS "   AND (? = 0 OR e.id < ?)"
		" ORDER BY e.id DESC"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, filter->state);
	db_bind_text(s, filter->state);
	db_bind_int(s, filter->waiting);
	db_bind_int(s, filter->before);
	db_bind_int(s, filter->before);
	db_bind_int(s, filter->most == 0 ? INT32_MAX : filter->most);
	while ((rc = db_step(s)) > 0) {
		struct event *e = arena_alloc(db->arena, sizeof(*e));

		read_event(s, e);
		*out = e;
		out = &e->next;
	}
	*out = NULL;
	return rc;
}

int64_t event_count(struct db *db, const struct event_filter *filter)
{
	static const char sql[] = "SELECT COUNT(*)"
				  "  FROM event e"
				  " WHERE (? IS NULL OR e.state = ?)"
				  "   AND " EVENT_WAITS;
	struct stmt *s = db_prepare(db, sql);
	int64_t n;

	db_bind_text(s, filter->state);
	db_bind_text(s, filter->state);
	db_bind_int(s, filter->waiting);
	if (db_step(s) <= 0)
		return -1;
	n = db_int(s, 0);
	return db_step(s) < 0 ? -1 : n;
}

int event_regions(struct db *db, int64_t event, struct event_region **out)
{
	static const char sql[] =
		"SELECT region, name, level, rank, decided_rank"
		"  FROM event_region"
		" WHERE event = ?"
		"   AND rank > 0"
		" ORDER BY rank DESC, region";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		struct event_region *r = arena_alloc(db->arena, sizeof(*r));

		r->code = db_text(s, 0);
		r->name = db_text(s, 1);
		r->level = db_text(s, 2);
		r->rank = (int)db_int(s, 3);
		r->decided_rank = (int)db_int(s, 4);
		*out = r;
		out = &r->next;
	}
	*out = NULL;
	return rc;
}

int event_look(struct db *db, int64_t id, int64_t account, int64_t now)
{
	static const char sql[] = "UPDATE session"
				  "   SET looks_at = ?, looked_at = ?"
				  " WHERE account = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	db_bind_time(s, now);
	db_bind_int(s, account);
	return db_run(s) < 0 ? -1 : 0;
}

int event_watchers(struct db *db, int64_t id, int64_t account, int64_t now,
		   const char **names)
{
	static const char sql[] = "SELECT COALESCE(GROUP_CONCAT(DISTINCT a.name"
				  "                             ORDER BY a.id "
				  "SEPARATOR '、'), '')"
				  "  FROM session s"
				  "  JOIN account a ON a.id = s.account"
				  " WHERE s.looks_at = ?"
				  "   AND s.looked_at > ?"
				  "   AND s.account <> ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	db_bind_time(s, now - (int64_t)EVENT_LOOK_S * TIME_SECOND);
	db_bind_int(s, account);
	if (db_step(s) <= 0)
		return -1;
	*names = db_text(s, 0);
	return db_step(s);
}
