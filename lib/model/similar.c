#include "model/similar.h"

#include "base/arena.h"
#include "db/db.h"
#include "model/event.h"

static void read_similar(struct stmt *s, struct similar *out)
{
	out->event = db_int(s, 0);
	out->title = db_text(s, 1);
	out->level = db_text(s, 2);
	out->occurred_at = db_time(s, 3);
	out->act = db_text(s, 4);
	out->by = db_text(s, 5);
	out->reason = db_text(s, 6);
	out->decided_at = db_time(s, 7);
	out->people = db_int(s, 8);
	out->shared = db_int(s, 9);
}

int similar_list(struct db *db, const struct event *event, struct similar **out)
{
	/* Few events of a kind were ever decided: those are looked at.  Where
	 * this one was within a step of its strongest, they were within two of
	 * that. */
	static const char sql[] =
		"SELECT e.id, e.title, e.max_level, e.occurred_at, d.act,"
		"       IF(d.self, '自動', COALESCE(a.name, '')), d.reason,"
		"       d.at, d.people, COALESCE(r.shared, 0) AS shared"
		"  FROM event e"
		"  JOIN decision d ON d.id = (SELECT MAX(x.id) FROM decision x"
		"                              WHERE x.event = e.id)"
		"  LEFT JOIN account a ON a.id = d.account"
		"  LEFT JOIN (SELECT o.event, COUNT(*) AS shared"
		"               FROM event_region m"
		"               JOIN event_region o ON o.region = m.region"
		"               JOIN event x ON x.id = o.event"
		"                AND x.kind = ?"
		"                AND x.decided_at IS NOT NULL"
		"              WHERE m.event = ?"
		"                AND o.event <> m.event"
		"                AND GREATEST(m.rank, m.top_rank) >= ? - 1"
		"                AND GREATEST(o.rank, o.top_rank) >= ? - 2"
		"              GROUP BY o.event) r ON r.event = e.id"
		" WHERE e.kind = ?"
		"   AND e.decided_at IS NOT NULL"
		"   AND e.id <> ?"
		"   AND NOT e.drill"
		"   AND COALESCE(e.parent, 0) <> ?"
		"   AND e.id <> ?"
		"   AND d.act <> 'reopened'"
		"   AND (r.shared IS NOT NULL"
		"     OR NOT EXISTS (SELECT 1 FROM event_region n"
		"                     WHERE n.event = ?))"
		" ORDER BY ABS(e.rank - ?), shared DESC, e.id DESC"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, event->kind);
	db_bind_int(s, event->id);
	db_bind_int(s, event->rank);
	db_bind_int(s, event->rank);
	db_bind_text(s, event->kind);
	db_bind_int(s, event->id);
	db_bind_int(s, event->id);
	db_bind_int(s, event->parent);
	db_bind_int(s, event->id);
	db_bind_int(s, event->rank);
	db_bind_int(s, SIMILAR_MOST);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_similar(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}
