#include "model/coverage.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/link_mail.h"
#include "model/own_address.h"
#include "model/reach.h"

static const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;

/* How good an address is: the numbers of enum coverage_filter.  Takes the time
 * from which a confirmation counts. */
#define RANK                                                                   \
	"CASE WHEN a.state = 'confirmed' AND a.checked_at > ? THEN 1"          \
	"     WHEN a.state IN ('confirmed', 'unknown') THEN 2"                 \
	"     WHEN a.state = 'full' THEN 3"                                    \
	"     WHEN a.state = 'filtered' THEN 4 ELSE 5 END"

/* A line a person who has addresses, from the index `reach` alone. */
#define BEST                                                                   \
	"(SELECT a.user, MIN(" RANK ") AS best, COUNT(*) AS n"                 \
	"   FROM address a GROUP BY a.user)"

/* A line a person whose work and home are both registered. */
#define PLACED                                                                 \
	"(SELECT w.user FROM user_region w"                                    \
	"  WHERE w.purpose IN ('work', 'home')"                                \
	"  GROUP BY w.user HAVING COUNT(DISTINCT w.purpose) = 2)"

#define SUMS                                                                   \
	"COUNT(*) AS people, COALESCE(SUM(s.best <=> 1), 0) AS good,"          \
	" SUM(s.best <=> 2) AS unconfirmed, SUM(s.best <=> 3) AS full,"        \
	" SUM(s.best <=> 4) AS filtered, SUM(s.best <=> 5) AS dead,"           \
	" SUM(s.best IS NULL) AS none, SUM(s.n <=> 1) AS one,"                 \
	" SUM(s.n > 1) AS more, COUNT(l.user) AS placed"

/* Who can act for a group. */
#define ADMINS                                                                 \
	"(SELECT COUNT(*)"                                                     \
	"   FROM grp_admin ga"                                                 \
	"   JOIN account ac ON ac.id = ga.account AND ac.state = 'active'"     \
	"   LEFT JOIN user au ON au.id = ac.user"                              \
	"  WHERE ga.grp = g.id AND (au.id IS NULL OR au.state = 'active'))"

#define BELOW "(SELECT COUNT(*) FROM grp c WHERE c.parent = g.id)"

/* In a group or below it; 0: anybody.  Takes the group twice. */
#define IN_GROUP                                                               \
	"(? = 0 OR u.id IN (SELECT m.user FROM grp_path p"                     \
	"                     JOIN grp_member m ON m.grp = p.descendant"       \
	"                    WHERE p.ancestor = ?))"

static int64_t fresh_from(void)
{
	return time_now() - OWN_FRESH_DAYS * day;
}

static void read_sums(struct stmt *s, unsigned at, struct coverage *c)
{
	int64_t *const fields[] = { &c->people, &c->good,     &c->unconfirmed,
				    &c->full,	&c->filtered, &c->dead,
				    &c->none,	&c->one,      &c->more,
				    &c->regions };

	for (size_t i = 0; i < LEN(fields); i++)
		*fields[i] = db_int(s, at + (unsigned)i);
}

/* One group ---------------------------------------------------------------- */

static int find_group(struct db *db, const struct reach *reach,
		      struct coverage *out)
{
	static const char sql[] =
		"SELECT g.name, " BELOW ", " ADMINS "  FROM grp g"
		" WHERE g.id = ? AND " REACH_OF_GROUP("g.id");
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, out->group);
	reach_bind(s, reach);
	while ((rc = db_step(s)) > 0) {
		out->name = db_text(s, 0);
		out->below = db_int(s, 1);
		out->admins = db_int(s, 2);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int coverage_find(struct db *db, int64_t account, int64_t group,
		  struct coverage *out)
{
	static const char sql[] = "SELECT " SUMS "  FROM user u"
				  "  LEFT JOIN " BEST " s ON s.user = u.id"
				  "  LEFT JOIN " PLACED " l ON l.user = u.id"
				  " WHERE u.state = 'active' AND " IN_GROUP
				  "   AND " REACH_OF("u.id");
	struct reach reach;
	struct stmt *s;
	int rc, found;

	*out = (struct coverage){ .group = group, .name = "" };
	if (reach_find(db, account, &reach) < 0)
		return -1;
	found = group == 0 ? 1 : find_group(db, &reach, out);
	if (found <= 0)
		return found;
	s = db_prepare(db, sql);
	db_bind_time(s, fresh_from());
	db_bind_int(s, group);
	db_bind_int(s, group);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0)
		read_sums(s, 0, out);
	return rc < 0 ? -1 : 1;
}

/* Those below -------------------------------------------------------------- */

/* The groups g that are chosen, with the people of each and of those below. */
#define LIST_BELOW(chosen)                                                     \
	"SELECT g.id, g.name, " BELOW ", " ADMINS ", t.people, t.good,"        \
	"       t.unconfirmed, t.full, t.filtered, t.dead, t.none, t.one,"     \
	"       t.more, t.placed"                                              \
	"  FROM (SELECT x.ancestor, " SUMS                                     \
	"          FROM (SELECT DISTINCT p.ancestor, m.user"                   \
	"                  FROM grp g"                                         \
	"                  JOIN grp_path p ON p.ancestor = g.id"               \
	"                  JOIN grp_member m ON m.grp = p.descendant"          \
	"                 WHERE " chosen ") x"                                 \
	"          JOIN user u ON u.id = x.user AND u.state = 'active'"        \
	"          LEFT JOIN " BEST " s ON s.user = u.id"                      \
	"          LEFT JOIN " PLACED " l ON l.user = u.id"                    \
	"         GROUP BY x.ancestor) t"                                      \
	"  JOIN grp g ON g.id = t.ancestor"                                    \
	" ORDER BY t.good / t.people, g.code"

static int list_below(struct db *db, const char *sql, int64_t first,
		      const struct reach *reach, struct coverage **out)
{
	struct stmt *s = db_prepare(db, sql);
	int rc;

	if (first != 0)
		db_bind_int(s, first);
	reach_bind(s, reach);
	db_bind_time(s, fresh_from());
	while ((rc = db_step(s)) > 0) {
		struct coverage *c = arena_alloc(db->arena, sizeof(*c));

		c->group = db_int(s, 0);
		c->name = db_text(s, 1);
		c->below = db_int(s, 2);
		c->admins = db_int(s, 3);
		read_sums(s, 4, c);
		*out = c;
		out = &c->next;
	}
	*out = NULL;
	return rc;
}

/* The only group at the top of what an account sees, 0 if there are several or
 * it has none below. */
static int64_t only_top(struct db *db, const struct reach *reach)
{
	static const char sql[] =
		"SELECT COUNT(*), MAX(g.id), MAX(" BELOW ")"
		"  FROM grp g"
		" WHERE (? AND g.parent IS NULL)"
		"    OR g.id IN (SELECT grp FROM grp_admin WHERE account = ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t top = 0;
	int rc;

	reach_bind(s, reach);
	while ((rc = db_step(s)) > 0)
		if (db_int(s, 0) == 1 && db_int(s, 2) > 0)
			top = db_int(s, 1);
	return rc < 0 ? -1 : top;
}

int coverage_below(struct db *db, int64_t account, int64_t group,
		   struct coverage **out)
{
	static const char below[] =
		LIST_BELOW("g.parent = ? AND " REACH_OF_GROUP("g.id"));
	static const char tops[] =
		LIST_BELOW("(? AND g.parent IS NULL) OR g.id IN"
			   " (SELECT grp FROM grp_admin WHERE account = ?)");
	struct reach reach;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	/* One ministry above all bureaus says nothing of them. */
	if (group == 0)
		group = only_top(db, &reach);
	if (group < 0)
		return -1;
	return list_below(db, group == 0 ? tops : below, group, &reach, out);
}

/* People ------------------------------------------------------------------- */

#define PEOPLE                                                                 \
	"  FROM user u"                                                        \
	"  LEFT JOIN " BEST " s ON s.user = u.id"                              \
	" WHERE u.state = 'active' AND u.id > ?"                               \
	"   AND (? = 0 OR COALESCE(s.best, 6) = ?)"                            \
	"   AND (NOT ? OR s.best IN (3, 4, 5))"                                \
	"   AND (NOT ? OR s.n = 1)"                                            \
	"   AND (NOT ? OR (SELECT COUNT(DISTINCT w.purpose)"                   \
	"                    FROM user_region w"                               \
	"                   WHERE w.user = u.id"                               \
	"                     AND w.purpose IN ('work', 'home')) < 2)"         \
	"   AND (? IS NULL OR INSTR(CONVERT(u.staff_no USING utf8mb4), ?) > 0" \
	"        OR INSTR(u.name, ?) > 0 OR INSTR(u.kana, ?) > 0)"             \
	"   AND " IN_GROUP "   AND " REACH_OF("u.id")

static void bind_people(struct stmt *s, const struct coverage_query *q,
			int64_t after, const struct reach *reach)
{
	int state = q->filter <= COVERAGE_NONE ? (int)q->filter : 0;

	db_bind_time(s, fresh_from());
	db_bind_int(s, after);
	db_bind_int(s, state);
	db_bind_int(s, state);
	db_bind_int(s, q->filter == COVERAGE_BROKEN);
	db_bind_int(s, q->filter == COVERAGE_ONE);
	db_bind_int(s, q->filter == COVERAGE_NO_REGION);
	for (int i = 0; i < 4; i++)
		db_bind_text(s, q->text);
	db_bind_int(s, q->group);
	db_bind_int(s, q->group);
	reach_bind(s, reach);
}

int64_t coverage_count(struct db *db, int64_t account,
		       const struct coverage_query *query)
{
	static const char sql[] = "SELECT COUNT(*)" PEOPLE;
	struct reach reach;
	struct stmt *s;
	int64_t n = 0;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_people(s, query, 0, &reach);
	while ((rc = db_step(s)) > 0)
		n = db_int(s, 0);
	return rc < 0 ? -1 : n;
}

int coverage_list(struct db *db, int64_t account,
		  const struct coverage_query *query,
		  struct coverage_person **out)
{
	/* The page's people first, then what is shown of them. */
	static const char sql[] =
		"SELECT x.id, x.staff_no, x.name,"
		"       COALESCE((SELECT g.name"
		"                   FROM grp_member m"
		"                   JOIN grp g ON g.id = m.grp"
		"                  WHERE m.user = x.id"
		"                  ORDER BY g.id LIMIT 1), ''),"
		"       x.best, x.n,"
		"       COALESCE((SELECT GROUP_CONCAT('***@', d.domain"
		"                        ORDER BY d.place SEPARATOR ', ')"
		"                   FROM address d WHERE d.user = x.id), ''),"
		"       (SELECT MAX(d.checked_at) FROM address d"
		"         WHERE d.user = x.id),"
		"       (SELECT COUNT(DISTINCT w.purpose) FROM user_region w"
		"         WHERE w.user = x.id"
		"           AND w.purpose IN ('work', 'home')) = 2"
		"  FROM (SELECT u.id, u.staff_no, u.name,"
		"               COALESCE(s.best, 6) AS best,"
		"               COALESCE(s.n, 0) AS n" PEOPLE
		"         ORDER BY u.id LIMIT ?) x"
		" ORDER BY x.id";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_people(s, query, query->after, &reach);
	db_bind_int(s, query->most);
	while ((rc = db_step(s)) > 0) {
		struct coverage_person *p = arena_alloc(db->arena, sizeof(*p));

		p->user = db_int(s, 0);
		p->staff_no = db_text(s, 1);
		p->name = db_text(s, 2);
		p->group = db_text(s, 3);
		p->state = (enum coverage_filter)db_int(s, 4);
		p->addresses = db_int(s, 5);
		p->domains = db_text(s, 6);
		p->checked_at = db_time(s, 7);
		p->regions = db_int(s, 8) != 0;
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc;
}

/* Asking ------------------------------------------------------------------- */

/* Addresses of unconfirmed people that were not asked about lately. */
#define ASKABLE                                                                \
	"  FROM user u"                                                        \
	"  JOIN " BEST " s ON s.user = u.id AND s.best = 2"                    \
	"  JOIN address d ON d.user = u.id"                                    \
	"   AND d.state IN ('confirmed', 'unknown')"                           \
	" WHERE u.state = 'active'"                                            \
	"   AND NOT EXISTS (SELECT 1 FROM link_mail k"                         \
	"        WHERE k.address = d.id AND k.kind = 'check_address'"          \
	"          AND k.made_at > ?)"                                         \
	"   AND " IN_GROUP "   AND " REACH_OF("u.id")

struct asking {
	const struct audit *audit;
	int64_t account, group, expected, people, now;
};

static void bind_askable(struct stmt *s, const struct asking *w,
			 const struct reach *reach)
{
	db_bind_time(s, w->now - OWN_FRESH_DAYS * day);
	db_bind_time(s, w->now - LINK_CHECK_GAP_DAYS * day);
	db_bind_int(s, w->group);
	db_bind_int(s, w->group);
	reach_bind(s, reach);
}

static int count_askable(struct db *db, struct asking *w)
{
	static const char sql[] = "SELECT COUNT(DISTINCT u.id)" ASKABLE;
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, w->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_askable(s, w, &reach);
	while ((rc = db_step(s)) > 0)
		w->people = db_int(s, 0);
	return rc;
}

int64_t coverage_askable(struct db *db, int64_t account, int64_t group)
{
	struct asking w = { .account = account,
			    .group = group,
			    .now = time_now() };

	return count_askable(db, &w) < 0 ? -1 : w.people;
}

/* Two who press at once wait for each other at the top of the tree, so that
 * nobody is mailed twice. */
static int take_turn(struct db *db)
{
	static const char sql[] = "SELECT id FROM grp ORDER BY id LIMIT 1"
				  "   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0)
		;
	return rc;
}

static int ask(struct db *db, void *arg)
{
	static const char sql[] =
		"INSERT INTO link_mail (kind, user, address, made_at, due_at)"
		" SELECT 'check_address', u.id, d.id, ?, ?" ASKABLE;
	struct asking *w = arg;
	struct audit line = *w->audit;
	struct reach reach;
	struct stmt *s;
	int64_t mails;

	if (take_turn(db) < 0 || count_askable(db, w) < 0)
		return -1;
	if (w->people != w->expected || w->people == 0)
		return COVERAGE_OTHER_COUNT;
	if (reach_find(db, w->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_time(s, w->now);
	db_bind_time(s, w->now);
	bind_askable(s, w, &reach);
	mails = db_run(s);
	line.action = "address checks mailed";
	line.object = arena_fmt(db->arena, "group %lld", (long long)w->group);
	line.people = w->people;
	line.detail = arena_fmt(db->arena, "mails=%lld", (long long)mails);
	if (mails < 0 || audit_add(db, &line) < 0)
		return -1;
	return COVERAGE_ASKED;
}

int coverage_ask(struct db *db, int64_t account, const struct audit *audit,
		 int64_t group, int64_t expected, int64_t *people)
{
	struct asking w = { .audit = audit,
			    .account = account,
			    .group = group,
			    .expected = expected,
			    .now = time_now() };
	int rc = db_transaction(db, ask, &w);

	*people = w.people;
	return rc;
}
