#include "model/event.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/open_key.h"

/*
 * Those that wait for a person: a check prepared, or a prefecture that reached
 * the level after the decision, of a closed event by a telegram since.  Each
 * branch is a range of an index, however many events there were.  Value: from
 * when on closed ones are looked at.
 */
#define RAISED                                                                 \
	" AND EXISTS (SELECT 1 FROM event_region r"                            \
	"   JOIN rule l ON l.kind = x.kind AND l.active"                       \
	"    AND l.action = 'prepare'"                                         \
	"  WHERE r.event = x.id AND GREATEST(r.rank, r.top_rank) >= l.rank"    \
	"    AND r.decided_rank < l.rank"                                      \
	"    AND (l.regions = '' OR FIND_IN_SET(r.region, l.regions)))"
#define WAITING                                                                \
	"(SELECT x.id FROM event x WHERE x.state = 'prepared'"                 \
	" UNION SELECT x.id FROM event x"                                      \
	"  WHERE x.state IN ('sent', 'rejected', 'folded')" RAISED             \
	" UNION SELECT x.id FROM event x"                                      \
	"  WHERE x.state = 'closed' AND x.closed_at > ?"                       \
	"    AND x.told_at > x.closed_at" RAISED ") w"

enum { CLOSED_LOOK_H = 24 * 7 };

static void bind_waiting(struct stmt *s)
{
	const int64_t hour = (int64_t)60 * TIME_MINUTE;

	db_bind_time(s, time_now() - CLOSED_LOOK_H * hour);
}

/* The columns that read_event reads, in its order. */
#define EVENT_COLUMNS                                                          \
	"e.id, e.kind, e.event_key, e.state, e.drill, e.parent, e.title,"      \
	" e.headline, e.tsunami, e.occurred_at, e.epicentre, e.depth_km,"      \
	" e.magnitude, e.max_level, e.issued_quick, e.issued_full,"            \
	" d.name, e.decided_at, e.reason, e.made_at, e.rank, e.told_at,"       \
	" e.ends_at, e.closed_at, c.name, m.name, e.unknown"                   \
	"  FROM event e"                                                       \
	"  LEFT JOIN account d ON d.id = e.decided_by"                         \
	"  LEFT JOIN account c ON c.id = e.closed_by"                          \
	"  LEFT JOIN account m ON m.id = e.made_by"

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
		.rank = (int)db_int(s, 20),
		.told_at = db_time(s, 21),
		.ends_at = db_time(s, 22),
		.closed_at = db_time(s, 23),
		.closed_by = db_text(s, 24),
		.made_by = db_text(s, 25),
		.unknown = db_text(s, 26),
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

static void bind_filter(struct stmt *s, const struct event_filter *filter)
{
	db_bind_text(s, filter->state);
	db_bind_text(s, filter->state);
	db_bind_text(s, filter->kind);
	db_bind_text(s, filter->kind);
}

#define FILTER                                                                 \
	" WHERE (? IS NULL OR e.state = ?)"                                    \
	"   AND (? IS NULL OR e.kind = ?)"

int event_list(struct db *db, const struct event_filter *filter,
	       struct event **out)
{
	static const char all[] =
		"SELECT " EVENT_COLUMNS FILTER "   AND (? = 0 OR e.id < ?)"
		" ORDER BY e.id DESC"
		" LIMIT ?";
	/* A missile before all others. */
	static const char waiting[] =
		"SELECT " EVENT_COLUMNS "  JOIN " WAITING
		" ON w.id = e.id" FILTER "   AND (? = 0 OR e.id < ?)"
		" ORDER BY e.kind = 'missile' DESC, e.id DESC"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, filter->waiting ? waiting : all);
	int rc;

	if (filter->waiting)
		bind_waiting(s);
	bind_filter(s, filter);
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
	static const char all[] = "SELECT COUNT(*) FROM event e" FILTER;
	static const char waiting[] =
		"SELECT COUNT(*) FROM event e"
		"  JOIN " WAITING " ON w.id = e.id" FILTER;
	struct stmt *s = db_prepare(db, filter->waiting ? waiting : all);
	int64_t n;

	if (filter->waiting)
		bind_waiting(s);
	bind_filter(s, filter);
	if (db_step(s) <= 0)
		return -1;
	n = db_int(s, 0);
	return db_step(s) < 0 ? -1 : n;
}

int event_waits(struct db *db, int64_t id)
{
	static const char sql[] =
		"SELECT COUNT(*) FROM event x"
		" WHERE x.id = ?"
		"   AND (x.state = 'prepared'"
		"     OR ((x.state IN ('sent', 'rejected', 'folded')"
		"       OR (x.state = 'closed' AND x.closed_at > ?"
		"           AND x.told_at > x.closed_at))" RAISED "))";
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	db_bind_int(s, id);
	bind_waiting(s);
	return db_number(s, &n) < 0 ? -1 : n > 0;
}

static int read_regions(struct db *db, struct stmt *s,
			struct event_region **out)
{
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct event_region *r = arena_alloc(db->arena, sizeof(*r));

		r->code = db_text(s, 0);
		r->name = db_text(s, 1);
		r->level = db_text(s, 2);
		r->rank = (int)db_int(s, 3);
		r->decided_rank = (int)db_int(s, 4);
		r->top_rank = (int)db_int(s, 5);
		*out = r;
		out = &r->next;
	}
	*out = NULL;
	return rc;
}

#define REGIONS                                                                \
	"SELECT region, name, level, rank, decided_rank, top_rank"             \
	"  FROM event_region"                                                  \
	" WHERE event = ?"

int event_regions(struct db *db, int64_t event, struct event_region **out)
{
	static const char sql[] = REGIONS "   AND (rank > 0 OR top_rank > 0)"
					  " ORDER BY rank DESC, region";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	return read_regions(db, s, out);
}

int event_revised(struct db *db, int64_t event, struct event_region **out)
{
	static const char sql[] =
		REGIONS "   AND rank <> decided_rank"
			" ORDER BY GREATEST(rank, decided_rank) DESC,"
			"          rank DESC, decided_rank, region";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	return read_regions(db, s, out);
}

const char *event_kind_show(const char *kind)
{
	static const struct {
		const char *kind, *show;
	} rows[] = {
		{ "quake", "地震" },	     { "tsunami", "津波" },
		{ "typhoon", "台風" },	     { "weather", "気象" },
		{ "volcano", "火山" },	     { "flood", "洪水" },
		{ "landslide", "土砂災害" }, { "missile", "ミサイル" },
		{ "overseas", "海外" },	     { "other", "その他" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		if (str_eq(rows[i].kind, kind))
			return rows[i].show;
	return "";
}

int event_mails(struct db *db, int64_t event, struct event_mail **out)
{
	static const char sql[] = "SELECT id, rule IS NOT NULL"
				  "  FROM broadcast"
				  " WHERE event = ?"
				  " ORDER BY id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->broadcast = db_int(s, 0);
		(*out)->by_rule = db_int(s, 1) != 0;
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int64_t event_first_check(struct db *db, int64_t event)
{
	static const char sql[] = "SELECT COALESCE(MIN(b.id), 0)"
				  "  FROM broadcast b"
				  " WHERE b.event = ?"
				  "   AND b.kind IN ('safety', 'drill')"
				  "   AND " EVENT_CHECK_STANDS;
	struct stmt *s = db_prepare(db, sql);
	int64_t id = 0;

	db_bind_int(s, event);
	return db_number(s, &id) < 0 ? -1 : id;
}

int event_asked(struct db *db, int64_t event)
{
	int64_t check = event_first_check(db, event);

	return check < 0 ? -1 : check > 0;
}

int event_children(struct db *db, int64_t id, struct event **out)
{
	static const char sql[] = "SELECT " EVENT_COLUMNS " WHERE e.parent = ?"
				  " ORDER BY e.occurred_at DESC, e.id DESC"
				  " LIMIT 200";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_event(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int event_tsunami(struct db *db, int64_t now, struct event_warned **out)
{
	/* Few events are open: those have keys. */
	static const char sql[] =
		"SELECT x.level, GROUP_CONCAT(x.name ORDER BY x.region"
		"         SEPARATOR '、')"
		"  FROM (SELECT r.region, MAX(r.name) AS name, r.level, r.rank"
		"          FROM event e"
		"          JOIN event_region r ON r.event = e.id"
		"           AND r.rank > 0"
		"         WHERE e.kind = 'tsunami'"
		"           AND NOT e.drill"
		"           AND e.state <> 'cancelled'"
		"           AND (e.ends_at IS NULL OR e.ends_at > ?)"
		"           AND EXISTS (SELECT 1 FROM open_key k"
		"                        WHERE k.event = e.id)"
		"         GROUP BY r.region, r.level, r.rank) x"
		" GROUP BY x.rank, x.level"
		" ORDER BY x.rank DESC, x.level";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_time(s, now);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->level = db_text(s, 0);
		(*out)->places = db_text(s, 1);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int event_region_rank(const struct event_region *region)
{
	return region->rank > region->top_rank ? region->rank
					       : region->top_rank;
}

/* Closing -------------------------------------------------------------------*/

int event_hold(struct db *db, int64_t id)
{
	static const char sql[] =
		"SELECT id FROM event WHERE id = ? FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	return db_step(s) <= 0 ? -1 : db_step(s);
}

int event_state(struct db *db, int64_t id, struct event_state *out)
{
	static const char sql[] =
		"SELECT e.state, e.kind, e.rank,"
		"       EXISTS (SELECT 1 FROM broadcast b WHERE b.event = e.id"
		"                  AND " EVENT_CHECK_STANDS "),"
		"       m.id, m.rank"
		"  FROM event e"
		"  LEFT JOIN event m ON m.id = e.parent"
		" WHERE e.id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	if (db_step(s) <= 0)
		return log_error("event lost event=%lld", (long long)id);
	*out = (struct event_state){
		.state = db_text(s, 0),
		.kind = db_text(s, 1),
		.rank = (int)db_int(s, 2),
		.sent = db_int(s, 3) != 0,
		.parent = db_int(s, 4),
		.parent_rank = (int)db_int(s, 5),
	};
	return db_step(s);
}

bool event_may_wait(const char *state)
{
	return !str_eq(state, "recorded") && !str_eq(state, "cancelled");
}

int event_ended(struct db *db, int64_t id, int64_t now, int64_t *at,
		int64_t *told_at)
{
	static const char sql[] =
		"SELECT ends_at, told_at FROM event WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	if (db_step(s) <= 0)
		return -1;
	*at = db_time(s, 0);
	*told_at = db_time(s, 1);
	if (*at > now)
		*at = 0;
	return db_step(s);
}

/* A check that waits goes on waiting, until a person decides. */
int event_end(struct db *db, int64_t id, int64_t now)
{
	static const char sql[] =
		"UPDATE event"
		"   SET closed_at = ?,"
		"       state = IF(state = 'recorded', 'closed', state)"
		" WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now);
	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : open_key_give_up(db, id);
}

struct closing {
	const struct audit *who;
	int64_t id;
};

static int close_event(struct db *db, void *arg)
{
	static const char sql[] = "UPDATE event"
				  "   SET state = 'closed', closed_at = ?,"
				  "       closed_by = NULLIF(?, 0)"
				  " WHERE id = ?"
				  "   AND state <> 'closed'";
	static const char regions[] =
		"UPDATE event_region"
		"   SET decided_rank = GREATEST(rank, top_rank)"
		" WHERE event = ?";
	const struct closing *c = arg;
	struct audit line = *c->who;
	struct stmt *s = db_prepare(db, sql);
	int64_t n;

	db_bind_time(s, time_now());
	db_bind_int(s, c->who->account);
	db_bind_int(s, c->id);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	s = db_prepare(db, regions);
	db_bind_int(s, c->id);
	line.action = "event close";
	line.object = arena_fmt(db->arena, "event %lld", (long long)c->id);
	if (db_run(s) < 0 || open_key_give_up(db, c->id) < 0 ||
	    audit_add(db, &line) < 0)
		return -1;
	return 1;
}

int event_close(struct db *db, const struct audit *who, int64_t id)
{
	struct closing c = { who, id };

	return db_transaction(db, close_event, &c);
}

struct aging {
	int64_t now, hours;
};

/* Few are open, so both statements read few rows. */
static int close_old(struct db *db, void *arg)
{
	static const char events[] =
		"UPDATE event e"
		"  JOIN open_key k ON k.event = e.id"
		"   SET e.state = IF(e.state = 'recorded', 'closed', e.state),"
		"       e.closed_at = ?"
		" WHERE e.state <> 'prepared'"
		"   AND e.made_at < ?"
		"   AND (e.ends_at < ? OR ? > 0 AND"
		"        COALESCE(GREATEST(e.told_at, e.made_at), e.made_at) < "
		"?)";
	static const char keys[] = "DELETE k FROM open_key k"
				   "  JOIN event e ON e.id = k.event"
				   " WHERE e.closed_at IS NOT NULL";
	const struct aging *age = arg;
	const int64_t hour = (int64_t)60 * TIME_MINUTE;
	struct stmt *s = db_prepare(db, events);
	int64_t n;

	db_bind_time(s, age->now);
	db_bind_time(s, age->now - 24 * hour);
	db_bind_time(s, age->now - 24 * hour);
	db_bind_int(s, age->hours);
	db_bind_time(s, age->now - age->hours * hour);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	s = db_prepare(db, keys);
	return db_run(s) < 0 ? -1 : (int)n;
}

int64_t event_close_old(struct db *db, int64_t now, int64_t hours)
{
	struct aging age = { now, hours };

	return db_transaction(db, close_old, &age);
}

/* Looking -------------------------------------------------------------------*/

int event_look(struct db *db, int64_t id, int64_t account, int64_t now)
{
	/* Assigned from left to right: the first still sees what stood. */
	static const char sql[] =
		"UPDATE session"
		"   SET looks_since = IF(looks_at = ? AND looked_at > ?,"
		"                        COALESCE(looks_since, ?), ?),"
		"       looks_at = ?, looked_at = ?"
		" WHERE account = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	db_bind_time(s, now - (int64_t)EVENT_LOOK_S * TIME_SECOND);
	db_bind_time(s, now);
	db_bind_time(s, now);
	db_bind_int(s, id);
	db_bind_time(s, now);
	db_bind_int(s, account);
	return db_run(s) < 0 ? -1 : 0;
}

int event_watchers(struct db *db, int64_t id, int64_t account, int64_t now,
		   const char **names)
{
	static const char sql[] = "SELECT a.name, MIN(s.looks_since)"
				  "  FROM session s"
				  "  JOIN account a ON a.id = s.account"
				  " WHERE s.looks_at = ?"
				  "   AND s.looked_at > ?"
				  "   AND s.account <> ?"
				  " GROUP BY a.id, a.name"
				  " ORDER BY 2, a.id"
				  " LIMIT 20";
	struct str out = { .arena = db->arena };
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	db_bind_time(s, now - (int64_t)EVENT_LOOK_S * TIME_SECOND);
	db_bind_int(s, account);
	while ((rc = db_step(s)) > 0)
		str_fmt(&out, "%s%sさん（%s から）", out.len == 0 ? "" : "、",
			db_text(s, 0),
			time_show_clock(db->arena, db_time(s, 1)));
	*names = arena_strdup(db->arena, str_text(&out));
	return rc;
}
