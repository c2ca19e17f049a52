#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"

static const char *text_or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

int audit_add(struct db *db, const struct audit *line)
{
	static const char sql[] =
		"INSERT INTO audit (at, account, actor, network, action,"
		"                   object, people, detail)"
		" VALUES (?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, time_now());
	db_bind_int(s, line->account);
	db_bind_text(s, text_or_empty(line->actor));
	db_bind_text(s, text_or_empty(line->network));
	db_bind_text(s, text_or_empty(line->action));
	db_bind_text(s, text_or_empty(line->object));
	db_bind_int(s, line->people);
	db_bind_text(s, text_or_empty(line->detail));
	return db_run(s) < 0 ? -1 : 0;
}

/* Searching ------------------------------------------------------------------
 *
 * The smallest set that is named leads, in the order of an index that ends in
 * the time or the number: a person, an object, an actor, an action, a span of
 * time.
 */
#define LINE "SELECT seq, at, actor, network, action, object, people, detail"

/* Values, twice each: actor, object, whose, action, from, until. */
#define CONDITIONS                                                             \
	"   AND (? IS NULL OR l.actor = ?)"                                    \
	"   AND (? IS NULL OR l.object = ?)"                                   \
	"   AND (? IS NULL OR l.whose = ?)"                                    \
	"   AND (? IS NULL OR l.action LIKE ?)"                                \
	"   AND (? IS NULL OR l.at >= ?)"                                      \
	"   AND (? IS NULL OR l.at < ?)"

#define BY_ACTOR  "  FROM audit l WHERE l.actor = ?"
#define BY_OBJECT "  FROM audit l WHERE l.object = ?"
#define BY_WHOSE  "  FROM audit l WHERE l.whose = ?"
#define BY_ACTION "  FROM audit l WHERE l.action LIKE ?"
#define BY_TIME	  "  FROM audit l WHERE l.at >= ? AND l.at < ?"

#define LIST(set)                                                              \
	LINE set CONDITIONS " AND l.seq < ? ORDER BY l.seq DESC LIMIT ?"
#define COUNT(set) "SELECT COUNT(*) FROM (SELECT 1" set CONDITIONS " LIMIT ?) c"

static const char list_actor[] = LIST(BY_ACTOR);
static const char list_object[] = LIST(BY_OBJECT);
static const char list_whose[] = LIST(BY_WHOSE);
static const char list_action[] = LIST(BY_ACTION);
static const char list_time[] = LIST(BY_TIME);
static const char list_all[] = LIST("  FROM audit l WHERE TRUE");
static const char count_actor[] = COUNT(BY_ACTOR);
static const char count_object[] = COUNT(BY_OBJECT);
static const char count_whose[] = COUNT(BY_WHOSE);
static const char count_action[] = COUNT(BY_ACTION);
static const char count_time[] = COUNT(BY_TIME);
static const char count_all[] = COUNT("  FROM audit l WHERE TRUE");

static const int64_t end_of_time = 4102444800 * INT64_C(1000000); /* 2100 */

/* Actions are words of ours: nothing in them is special to LIKE. */
static const char *beginning(struct db *db, const char *action)
{
	return action == NULL ? NULL : arena_fmt(db->arena, "%s%%", action);
}

static struct stmt *prepare(struct db *db, const struct audit_query *q,
			    bool count)
{
	struct stmt *s;

	if (q->whose != NULL) {
		s = db_prepare(db, count ? count_whose : list_whose);
		db_bind_text(s, q->whose);
	} else if (q->object != NULL) {
		s = db_prepare(db, count ? count_object : list_object);
		db_bind_text(s, q->object);
	} else if (q->actor != NULL) {
		s = db_prepare(db, count ? count_actor : list_actor);
		db_bind_text(s, q->actor);
	} else if (q->action != NULL) {
		s = db_prepare(db, count ? count_action : list_action);
		db_bind_text(s, beginning(db, q->action));
	} else if (q->from != 0 || q->until != 0) {
		s = db_prepare(db, count ? count_time : list_time);
		db_bind_time(s, q->from == 0 ? TIME_SECOND : q->from);
		db_bind_time(s, q->until == 0 ? end_of_time : q->until);
	} else {
		s = db_prepare(db, count ? count_all : list_all);
	}
	for (int i = 0; i < 2; i++)
		db_bind_text(s, q->actor);
	for (int i = 0; i < 2; i++)
		db_bind_text(s, q->object);
	for (int i = 0; i < 2; i++)
		db_bind_text(s, q->whose);
	for (int i = 0; i < 2; i++)
		db_bind_text(s, beginning(db, q->action));
	for (int i = 0; i < 2; i++)
		db_bind_time(s, q->from);
	for (int i = 0; i < 2; i++)
		db_bind_time(s, q->until);
	return s;
}

static void read_line(struct stmt *s, struct audit_line *line)
{
	*line = (struct audit_line){
		.seq = db_int(s, 0),
		.at = db_time(s, 1),
		.actor = db_text(s, 2),
		.network = db_text(s, 3),
		.action = db_text(s, 4),
		.object = db_text(s, 5),
		.people = db_int(s, 6),
		.detail = db_text(s, 7),
	};
}

int audit_list(struct db *db, const struct audit_query *query,
	       struct audit_line **out)
{
	struct stmt *s = prepare(db, query, false);
	int rc;

	db_bind_int(s, query->before == 0 ? INT64_MAX : query->before);
	db_bind_int(s, query->most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_line(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int64_t audit_count(struct db *db, const struct audit_query *query,
		    int64_t limit)
{
	struct stmt *s = prepare(db, query, true);
	int64_t n = 0;

	db_bind_int(s, limit);
	return db_number(s, &n) < 0 ? -1 : n;
}

int audit_find(struct db *db, int64_t seq, struct audit_line *out)
{
	static const char sql[] = LINE "  FROM audit WHERE seq = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, seq);
	while ((rc = db_step(s)) > 0) {
		read_line(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}
