#include "model/drill_report.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"

enum { WATCH_DAYS = 30 /* so long its mails may still move */ };

const int drill_shares[DRILL_SHARES] = { 25, 50, 75, 95 };

/* Drills ------------------------------------------------------------------- */

#define DRILLS                                                                 \
	"  FROM broadcast b"                                                   \
	" WHERE b.kind = 'drill' AND b.retry_of IS NULL"                       \
	"   AND b.reply_of IS NULL AND b.call_of IS NULL AND NOT b.test"       \
	"   AND b.state IN ('confirmed', 'sending', 'sent', 'closed')"         \
	"   AND NOT EXISTS (SELECT 1 FROM drill_run n"                         \
	"                    WHERE n.broadcast = b.id)"
#define PEOPLE(kind)                                                           \
	"       COALESCE((SELECT t.people FROM tally t"                        \
	"         WHERE t.broadcast = b.id AND t.grp = 0"                      \
	"           AND t.kind = '" kind "' AND t.item = 0), 0)"
#define BEGAN                                                                  \
	"       COALESCE((SELECT g.at FROM stage g"                            \
	"         WHERE g.event = COALESCE(b.event, 0) AND g.broadcast = b.id" \
	"           AND g.name = 'first_handed'),"                             \
	"                b.confirmed_at, b.made_at)"
#define COLUMNS                                                                \
	"SELECT b.id, b.subject, b.state," BEGAN                               \
	"," PEOPLE("asked") "," PEOPLE(                                        \
		"answered") ","                                                \
			    "       d.messages, d.handed, d.accepted,"         \
			    "       (SELECT s.counted_at FROM "                \
			    "drill_reach_state s"                              \
			    "         WHERE s.broadcast = b.id)"

static void read_report(struct stmt *s, struct drill_report *r)
{
	*r = (struct drill_report){
		.broadcast = db_int(s, 0),
		.subject = db_text(s, 1),
		.state = db_text(s, 2),
		.began = db_time(s, 3),
		.asked = db_int(s, 4),
		.answered = db_int(s, 5),
		.messages = db_int(s, 6),
		.handed = db_int(s, 7),
		.accepted = db_int(s, 8),
		.counted_at = db_time(s, 9),
		.last_subject = "",
	};
}

int drill_report_list(struct db *db, int skip, int most,
		      struct drill_report **out)
{
	static const char sql[] =
		COLUMNS "  FROM (SELECT b.*" DRILLS
			"         ORDER BY b.id DESC LIMIT ? OFFSET ?) b"
			"  JOIN delivery d ON d.broadcast = b.id"
			" ORDER BY b.id DESC";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, most);
	db_bind_int(s, skip);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_report(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int64_t drill_report_count(struct db *db)
{
	static const char sql[] = "SELECT COUNT(*)" DRILLS;
	int64_t n = 0;

	return db_number(db_prepare(db, sql), &n) < 0 ? -1 : n;
}

/* The newest before it that anybody was to answer. */
static int find_last(struct db *db, struct drill_report *r)
{
	static const char sql[] =
		"SELECT b.id, b.subject," BEGAN DRILLS "   AND b.id < ?"
		"   AND EXISTS (SELECT 1 FROM tally t"
		"                WHERE t.broadcast = b.id AND t.grp = 0"
		"                  AND t.kind = 'asked')"
		" ORDER BY b.id DESC"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, r->broadcast);
	while ((rc = db_step(s)) > 0) {
		r->last = db_int(s, 0);
		r->last_subject = db_text(s, 1);
		r->last_began = db_time(s, 2);
	}
	return rc;
}

int drill_report_find(struct db *db, int64_t broadcast,
		      struct drill_report *out)
{
	static const char sql[] =
		COLUMNS "  FROM (SELECT b.*" DRILLS " AND b.id = ?) b"
			"  JOIN delivery d ON d.broadcast = b.id";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		read_report(s, out);
		found = 1;
	}
	if (rc < 0 || !found)
		return rc < 0 ? -1 : 0;
	return find_last(db, out) < 0 ? -1 : 1;
}

/* Rows --------------------------------------------------------------------- */

/* The groups of the table: one value, which is NULL if several are above all.
 */
static int find_top(struct db *db, int64_t *top)
{
	static const char sql[] = "SELECT IF(COUNT(*) = 1, MIN(g.id), 0)"
				  "  FROM grp g"
				  " WHERE g.parent IS NULL";

	*top = 0;
	return db_number(db_prepare(db, sql), top);
}

static int list_rows(struct db *db, int64_t top, struct drill_row **out)
{
	static const char sql[] = "SELECT g.id, g.name"
				  "  FROM grp g"
				  " WHERE g.parent <=> NULLIF(?, 0)"
				  " ORDER BY g.code, g.id";
	struct stmt *s = db_prepare(db, sql);
	struct drill_row *row = arena_alloc(db->arena, sizeof(*row));
	int rc;

	row->name = "全体";
	*out = row;
	out = &row->next;
	db_bind_int(s, top);
	while ((rc = db_step(s)) > 0) {
		row = arena_alloc(db->arena, sizeof(*row));
		row->grp = db_int(s, 0);
		row->name = db_text(s, 1);
		*out = row;
		out = &row->next;
	}
	*out = NULL;
	return rc;
}

static struct drill_row *row_of(struct drill_row *list, int64_t grp)
{
	while (list != NULL && list->grp != grp)
		list = list->next;
	return list;
}

/* Of the drill itself, or of the one before. */
struct counting {
	int64_t broadcast, began, top;
	bool last;
};

#define OF_TABLE                                                               \
	"(t.grp = 0 OR t.grp IN"                                               \
	" (SELECT g.id FROM grp g WHERE g.parent <=> NULLIF(?, 0)))"

static int add_people(struct db *db, const struct counting *c,
		      struct drill_row *list)
{
	static const char sql[] =
		"SELECT t.grp, t.kind = 'asked', t.people"
		"  FROM tally t"
		" WHERE t.broadcast = ? AND t.kind IN ('asked', 'answered')"
		"   AND t.item = 0 AND " OF_TABLE;
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, c->broadcast);
	db_bind_int(s, c->top);
	while ((rc = db_step(s)) > 0) {
		struct drill_row *row = row_of(list, db_int(s, 0));
		int64_t people = db_int(s, 2);

		if (row == NULL)
			continue;
		if (db_int(s, 1) != 0)
			*(c->last ? &row->last_asked : &row->asked) = people;
		else
			*(c->last ? &row->last_answered : &row->answered) =
				people;
	}
	return rc;
}

/* Whole minutes until the end of a minute since 1970. */
static int minutes_until(int64_t began, int64_t minute)
{
	int64_t us = (minute + 1) * (int64_t)TIME_MINUTE - began;

	return us <= 0 ? 0 : (int)((us + TIME_MINUTE - 1) / TIME_MINUTE);
}

/* After the minutes of a group up to one: the shares that are reached. */
static void reach_shares(const struct counting *c, struct drill_row *row,
			 int64_t so_far, int64_t minute)
{
	int64_t asked = c->last ? row->last_asked : row->asked;
	int *minutes = c->last ? row->last_minutes : row->minutes;

	for (int i = 0; i < DRILL_SHARES; i++)
		if (minutes[i] < 0 && asked > 0 &&
		    so_far * 100 >= asked * drill_shares[i])
			minutes[i] = minutes_until(c->began, minute);
}

static int add_minutes(struct db *db, const struct counting *c,
		       struct drill_row *list)
{
	static const char sql[] =
		"SELECT t.grp, t.item, t.people"
		"  FROM tally t"
		" WHERE t.broadcast = ? AND t.kind = 'minute' AND " OF_TABLE
		" ORDER BY t.grp, t.item";
	struct stmt *s = db_prepare(db, sql);
	struct drill_row *row = NULL;
	int64_t so_far = 0;
	int rc;

	for (row = list; row != NULL; row = row->next)
		for (int i = 0; i < DRILL_SHARES; i++)
			*(c->last ? &row->last_minutes[i] : &row->minutes[i]) =
				-1;
	db_bind_int(s, c->broadcast);
	db_bind_int(s, c->top);
	while ((rc = db_step(s)) > 0) {
		if (row == NULL || row->grp != db_int(s, 0)) {
			row = row_of(list, db_int(s, 0));
			so_far = 0;
		}
		so_far += db_int(s, 2);
		if (row != NULL)
			reach_shares(c, row, so_far, db_int(s, 1));
	}
	return rc;
}

static int add_reach(struct db *db, int64_t broadcast, struct drill_row *list)
{
	static const char sql[] =
		"SELECT grp, accepted, no_address, bounced, waiting"
		"  FROM drill_reach"
		" WHERE broadcast = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		struct drill_row *row = row_of(list, db_int(s, 0));

		if (row == NULL)
			continue;
		row->counted = true;
		row->accepted = db_int(s, 1);
		row->no_address = db_int(s, 2);
		row->bounced = db_int(s, 3);
		row->waiting = db_int(s, 4);
	}
	return rc;
}

/* Bureaus in which nobody was asked say nothing. */
static void drop_empty(struct drill_row *list)
{
	struct drill_row *row = list;

	while (row != NULL && row->next != NULL)
		if (row->next->asked == 0)
			row->next = row->next->next;
		else
			row = row->next;
}

int drill_report_rows(struct db *db, const struct drill_report *report,
		      struct drill_row **out)
{
	struct counting now = { .broadcast = report->broadcast,
				.began = report->began };
	struct counting last = { .broadcast = report->last,
				 .began = report->last_began,
				 .last = true };

	if (find_top(db, &now.top) < 0)
		return -1;
	last.top = now.top;
	if (list_rows(db, now.top, out) < 0 || add_people(db, &now, *out) < 0 ||
	    add_minutes(db, &now, *out) < 0 ||
	    add_people(db, &last, *out) < 0 ||
	    add_minutes(db, &last, *out) < 0 ||
	    add_reach(db, report->broadcast, *out) < 0)
		return -1;
	drop_empty(*out);
	return 0;
}

/* Counting ----------------------------------------------------------------- */

struct reach {
	int64_t broadcast, counted, now;
};

static int find_moved(struct db *db, struct reach *r)
{
	static const char sql[] =
		"SELECT m.id, m.counted"
		"  FROM (SELECT b.id, SUM(d.messages + d.handed + d.refused"
		"               + d.cancelled + 2 * d.accepted + 3 * d.bounced"
		"               + c.recipients) AS counted"
		"          FROM (SELECT b.id" DRILLS "   AND b.made_at > ?"
		"                   AND b.state <> 'confirmed') b"
		"          JOIN broadcast c"
		"            ON c.id = b.id OR c.retry_of = b.id"
		"          JOIN delivery d ON d.broadcast = c.id"
		"         GROUP BY b.id) m"
		"  LEFT JOIN drill_reach_state s ON s.broadcast = m.id"
		" WHERE s.broadcast IS NULL OR s.counted <> m.counted"
		" ORDER BY m.id"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_time(s, r->now - INT64_C(24) * 60 * WATCH_DAYS * TIME_MINUTE);
	while ((rc = db_step(s)) > 0) {
		r->broadcast = db_int(s, 0);
		r->counted = db_int(s, 1);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* One mail that came through is enough; without a mail there was no address
 * to use. */
#define PEOPLE_REACHED                                                         \
	"(SELECT r.user,"                                                      \
	"        CASE WHEN COALESCE(MAX(m.fate = 'accepted'), 0) THEN 1"       \
	"             WHEN COUNT(m.id) = 0 THEN 2"                             \
	"             WHEN SUM(m.fate = 'bounced'"                             \
	"                  OR m.state IN ('refused', 'cancelled'))"            \
	"                  = COUNT(m.id) THEN 3"                               \
	"             ELSE 4 END AS fate"                                      \
	"   FROM recipient r"                                                  \
	"   JOIN broadcast c ON c.id = ? OR c.retry_of = ?"                    \
	"   LEFT JOIN message m ON m.broadcast = c.id AND m.user = r.user"     \
	"  WHERE r.broadcast = ?"                                              \
	"  GROUP BY r.user) p"
#define SUMS                                                                   \
	"SUM(p.fate = 1), SUM(p.fate = 2), SUM(p.fate = 3), SUM(p.fate = 4)"

static int run_for(struct db *db, const char *sql, int64_t broadcast, int times)
{
	struct stmt *s = db_prepare(db, sql);

	for (int i = 0; i < times; i++)
		db_bind_int(s, broadcast);
	return db_run(s) < 0 ? -1 : 0;
}

static int count_reach(struct db *db, void *arg)
{
	static const char gone[] =
		"DELETE FROM drill_reach WHERE broadcast = ?";
	static const char all[] =
		"INSERT INTO drill_reach (broadcast, grp, accepted,"
		"       no_address, bounced, waiting)"
		" SELECT ?, 0, s.*"
		"   FROM (SELECT " SUMS "  FROM " PEOPLE_REACHED
		"         HAVING COUNT(*) > 0) s";
	/* Those of the table: above all, and right below. */
	static const char groups[] =
		"INSERT INTO drill_reach (broadcast, grp, accepted,"
		"       no_address, bounced, waiting)"
		" SELECT ?, s.*"
		"   FROM (SELECT g.grp, " SUMS "  FROM " PEOPLE_REACHED
		"  JOIN (SELECT DISTINCT m.user, x.ancestor AS grp"
		"          FROM grp t"
		"          LEFT JOIN grp o ON o.id = t.parent"
		"          JOIN grp_path x ON x.ancestor = t.id"
		"          JOIN grp_member m ON m.grp = x.descendant"
		"         WHERE t.parent IS NULL OR o.parent IS NULL) g"
		"    ON g.user = p.user"
		" GROUP BY g.grp) s";
	static const char state[] =
		"INSERT INTO drill_reach_state (broadcast, counted, counted_at)"
		" VALUES (?, ?, ?)"
		" ON DUPLICATE KEY UPDATE counted = VALUE(counted),"
		"       counted_at = VALUE(counted_at)";
	const struct reach *r = arg;
	struct stmt *s;

	if (run_for(db, gone, r->broadcast, 1) < 0 ||
	    run_for(db, all, r->broadcast, 4) < 0 ||
	    run_for(db, groups, r->broadcast, 4) < 0)
		return -1;
	s = db_prepare(db, state);
	db_bind_int(s, r->broadcast);
	db_bind_int(s, r->counted);
	db_bind_time(s, r->now);
	return db_run(s) < 0 ? -1 : 1;
}

int drill_report_reach(struct db *db, int64_t now)
{
	struct reach r = { .now = now };
	int rc = find_moved(db, &r);

	if (rc <= 0)
		return rc;
	if (db_transaction(db, count_reach, &r) < 0)
		return log_error("reach of a drill not counted broadcast=%lld",
				 (long long)r.broadcast);
	return 1;
}
