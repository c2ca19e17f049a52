#include "model/open_key.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/event.h"

/* The keys one after the other, at most as long as the column. */
static const char *next_key(struct arena *a, const char **rest)
{
	enum { KEY_MAX = 100 }; /* bytes, of which all are ASCII in telegrams */
	const char *p = *rest + strspn(*rest, " ");
	size_t len = strcspn(p, " ");

	*rest = p + len;
	return arena_strndup(a, p, len < KEY_MAX ? len : KEY_MAX);
}

/* The id of the event that has the key, 0 or -1. */
static int64_t find(struct db *db, struct open_key *keys, const char *key)
{
	static const char sql[] = "SELECT event, kind"
				  "  FROM open_key"
				  " WHERE item = ?"
				  "   AND drill = ?"
				  "   AND (? OR kind = ?)"
				  "   AND event IS NOT NULL"
				  " ORDER BY kind = ? DESC, event"
				  " LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int64_t event;
	int rc;

	db_bind_text(s, key);
	db_bind_int(s, keys->drill);
	db_bind_int(s, keys->any_kind);
	db_bind_text(s, keys->kind);
	db_bind_text(s, keys->kind);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	event = db_int(s, 0);
	keys->kind = db_text(s, 1);
	return db_step(s) < 0 ? -1 : event;
}

static int64_t find_any(struct db *db, struct open_key *keys)
{
	const char *rest = keys->others;
	int64_t event = find(db, keys, keys->key);

	while (event == 0) {
		const char *key = next_key(db->arena, &rest);

		if (*key == '\0')
			break;
		event = find(db, keys, key);
	}
	return event;
}

/* The event may be closed between being found and being held: then it has no
 * key any more, and the next look finds another one, or none. */
int64_t open_key_hold(struct db *db, struct open_key *keys)
{
	int64_t event = find_any(db, keys), again;

	while (event > 0) {
		if (event_hold(db, event) < 0)
			return -1;
		again = find_any(db, keys);
		if (again == event)
			break;
		event = again;
	}
	return event;
}

/* Whoever makes an event writes its key first, and others wait there. */
static int claim(struct db *db, const struct open_key *keys, const char *key)
{
	static const char sql[] =
		"INSERT INTO open_key (item, drill, kind) VALUES (?, ?, ?)"
		" ON DUPLICATE KEY UPDATE event = event";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, key);
	db_bind_int(s, keys->drill);
	db_bind_text(s, keys->kind);
	return db_run(s) < 0 ? -1 : 0;
}

static int give(struct db *db, const struct open_key *keys, const char *key,
		int64_t event)
{
	static const char sql[] =
		"INSERT INTO open_key (item, drill, kind, event)"
		" VALUES (?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE event = COALESCE(event, "
		"VALUE(event))";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, key);
	db_bind_int(s, keys->drill);
	db_bind_text(s, keys->kind);
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

static int64_t insert_event(struct db *db, const struct open_key *keys,
			    int64_t now)
{
	static const char sql[] =
		"INSERT INTO event (kind, event_key, drill, state, title,"
		"                   made_at)"
		" VALUES (?, LEFT(?, 100), ?, 'recorded', '', ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, keys->kind);
	db_bind_text(s, keys->key);
	db_bind_int(s, keys->drill);
	db_bind_time(s, now);
	return db_run(s) < 0 ? -1 : db_last_id(db);
}

int open_key_add(struct db *db, const struct open_key *keys, int64_t event)
{
	const char *rest = keys->others, *key;

	if (give(db, keys, keys->key, event) < 0)
		return -1;
	while (*(key = next_key(db->arena, &rest)) != '\0')
		if (give(db, keys, key, event) < 0)
			return -1;
	return 0;
}

int64_t open_key_make(struct db *db, struct open_key *keys, int64_t now)
{
	int64_t event;

	if (claim(db, keys, keys->key) < 0)
		return -1;
	event = open_key_hold(db, keys);
	if (event == 0)
		event = insert_event(db, keys, now);
	return event < 0 || open_key_add(db, keys, event) < 0 ? -1 : event;
}

int open_key_give_up(struct db *db, int64_t event)
{
	static const char sql[] = "DELETE FROM open_key WHERE event = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}
