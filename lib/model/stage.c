#include "model/stage.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"

static const char *const names[] = {
	[STAGE_OCCURRED] = "occurred",
	[STAGE_PUBLISHED] = "published",
	[STAGE_FETCHED] = "fetched",
	[STAGE_PREPARED] = "prepared",
	[STAGE_DECIDED] = "decided",
	[STAGE_ENQUEUED] = "enqueued",
	[STAGE_FIRST_HANDED] = "first_handed",
	[STAGE_LAST_HANDED] = "last_handed",
	[STAGE_FIRST_ACCEPTED] = "first_accepted",
	[STAGE_LAST_ACCEPTED] = "last_accepted",
};

const char *stage_text(enum stage_name name)
{
	return names[name];
}

static int set(struct db *db, const char *sql, int64_t event, int64_t broadcast,
	       enum stage_name name, int64_t at)
{
	struct stmt *s;

	if (at == 0)
		return 0; /* not known */
	s = db_prepare(db, sql);
	db_bind_int(s, event);
	db_bind_int(s, broadcast);
	db_bind_text(s, names[name]);
	db_bind_time(s, at);
	return db_run(s) < 0 ? -1 : 0;
}

int stage_set(struct db *db, int64_t event, int64_t broadcast,
	      enum stage_name name, int64_t at)
{
	static const char sql[] =
		"INSERT INTO stage (event, broadcast, name, at)"
		" VALUES (?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE at = VALUE(at)";

	return set(db, sql, event, broadcast, name, at);
}

int stage_set_once(struct db *db, int64_t event, int64_t broadcast,
		   enum stage_name name, int64_t at)
{
	static const char sql[] =
		"INSERT INTO stage (event, broadcast, name, at)"
		" VALUES (?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE at = at";

	return set(db, sql, event, broadcast, name, at);
}

int stage_set_first(struct db *db, int64_t event, int64_t broadcast,
		    enum stage_name name, int64_t at)
{
	static const char sql[] =
		"INSERT INTO stage (event, broadcast, name, at)"
		" VALUES (?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE at = LEAST(at, VALUE(at))";

	return set(db, sql, event, broadcast, name, at);
}

int stage_set_last(struct db *db, int64_t event, int64_t broadcast,
		   enum stage_name name, int64_t at)
{
	static const char sql[] =
		"INSERT INTO stage (event, broadcast, name, at)"
		" VALUES (?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE at = GREATEST(at, VALUE(at))";

	return set(db, sql, event, broadcast, name, at);
}

static enum stage_name parse(const char *text)
{
	size_t i = 0;

	while (i < LEN(names) - 1 && strcmp(names[i], text) != 0)
		i++;
	return (enum stage_name)i;
}

int stage_set_telegram(struct db *db, int64_t event,
		       const struct stage_telegram *t)
{
	static const char sql[] =
		"INSERT INTO stage (event, broadcast, name, at)"
		" SELECT ?, 0, t.name, t.at"
		"  FROM (SELECT 'occurred' AS name,"
		"               CAST(? AS DATETIME(6)) AS at, TRUE AS anew"
		"        UNION ALL SELECT 'published', ?, ?"
		"        UNION ALL SELECT 'fetched', ?, ?"
		"        UNION ALL SELECT 'prepared', ?, TRUE) t"
		" WHERE t.at IS NOT NULL"
		" ON DUPLICATE KEY UPDATE at = IF(t.anew, t.at, stage.at)";
	struct stmt *s = db_prepare(db, sql);
	bool anew = t->prepared_at != 0;

	db_bind_int(s, event);
	db_bind_time(s, t->occurred_at);
	db_bind_time(s, t->published_at);
	db_bind_int(s, anew);
	db_bind_time(s, t->fetched_at);
	db_bind_int(s, anew);
	db_bind_time(s, t->prepared_at);
	return db_run(s) < 0 ? -1 : 0;
}

int stage_list(struct db *db, int64_t event, struct stage **out)
{
	/* The names are an ENUM: they sort as they are reached. */
	static const char sql[] = "SELECT broadcast, name, at"
				  "  FROM stage"
				  " WHERE event = ?"
				  " ORDER BY broadcast, name";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		struct stage *stage = arena_alloc(db->arena, sizeof(*stage));

		stage->broadcast = db_int(s, 0);
		stage->name = parse(db_text(s, 1));
		stage->at = db_time(s, 2);
		*out = stage;
		out = &stage->next;
	}
	*out = NULL;
	return rc;
}
