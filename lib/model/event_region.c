#include "model/event_region.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"

/* "[["03","大津波警報",5]]": a set is stored by one statement. */
static const char *regions_json(struct arena *a, const struct event_ranks *new)
{
	struct str json = { .arena = a };
	const char *comma = "";

	str_add_char(&json, '[');
	for (int code = 1; code <= RULE_PREFECTURES; code++) {
		if (new->ranks[code] == 0)
			continue;
		str_fmt(&json, "%s[\"%02d\",\"", comma, code);
		for (const char *p = new->levels[code]; *p != '\0'; p++)
			if ((unsigned char)*p >= ' ' && *p != '"' && *p != '\\')
				str_add_char(&json, *p);
		str_fmt(&json, "\",%d]", new->ranks[code]);
		comma = ",";
	}
	str_add_char(&json, ']');
	return str_text(&json);
}

static int64_t forget(struct db *db, int64_t event,
		      const struct event_ranks *new)
{
	static const char sql[] =
		"UPDATE event_region"
		"   SET rank = 0, level = '', top_rank = IF(?, 0, top_rank)"
		" WHERE event = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, new->taken_back);
	db_bind_int(s, event);
	return db_run(s);
}

static int add(struct db *db, int64_t event, const struct event_ranks *new)
{
	static const char sql[] =
		"INSERT INTO event_region (event, region, name, level, rank,"
		"       top_rank)"
		" SELECT ?, r.code, r.name, LEFT(j.level, 60), j.rank,"
		"        IF(?, j.rank, 0)"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS ("
		"         code VARCHAR(2) CHARACTER SET ascii PATH '$[0]',"
		"         level VARCHAR(200) PATH '$[1]',"
		"         rank INT PATH '$[2]')) j"
		"  STRAIGHT_JOIN region r ON r.code = j.code"
		" ON DUPLICATE KEY UPDATE level = LEFT(j.level, 60),"
		"       rank = j.rank,"
		"       top_rank = GREATEST(top_rank, IF(?, j.rank, 0))";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	db_bind_int(s, new->keeps_top);
	db_bind_text(s, regions_json(db->arena, new));
	db_bind_int(s, new->keeps_top);
	return db_run(s) < 0 ? -1 : 0;
}

static int clean(struct db *db, int64_t event)
{
	static const char sql[] = "DELETE FROM event_region"
				  " WHERE event = ?"
				  "   AND rank = 0"
				  "   AND top_rank = 0"
				  "   AND decided_rank = 0";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

int event_region_store(struct db *db, int64_t event,
		       const struct event_ranks *new)
{
	int64_t before = forget(db, event, new);

	if (before < 0 || add(db, event, new) < 0)
		return -1;
	return before == 0 ? 0 : clean(db, event);
}
