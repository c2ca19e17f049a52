#include "model/coverage.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/link_mail.h"
#include "model/own_address.h"
#include "model/reach.h"
#include "model/user_word.h"

static const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;

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

/* What coverage_group keeps; `of` is c, its row, or a sum over rows. */
#define COUNTS(of)                                                                                       \
	of("people") ", " of("good") ", " of("unconfirmed") ", " of("full") ", " of("filtered") ", " of( \
		"dead") ", " of("none") ", " of("one") ", " of("more") ","                               \
								       " " of("placed") ", " of(         \
									       "askable")
#define ONE(name) "COALESCE(c." name ", 0)"
#define SUM(name) "COALESCE(SUM(c." name "), 0)"

static void read_counts(struct stmt *s, unsigned at, struct coverage *c)
{
	int64_t *const fields[] = { &c->people,	 &c->good,     &c->unconfirmed,
				    &c->full,	 &c->filtered, &c->dead,
				    &c->none,	 &c->one,      &c->more,
				    &c->regions, &c->askable };

	for (size_t i = 0; i < LEN(fields); i++)
		*fields[i] = db_int(s, at + (unsigned)i);
	c->counted_at = db_time(s, at + (unsigned)LEN(fields));
}

/* One group ---------------------------------------------------------------- */

static int find_group(struct db *db, const struct reach *reach,
		      struct coverage *out)
{
	static const char sql[] =
		"SELECT g.name, " BELOW ", " ADMINS
		", " COUNTS(ONE) ","
				 "       c.counted_at"
				 "  FROM grp g"
				 "  LEFT JOIN coverage_group c ON c.grp = g.id"
				 " WHERE g.id = ? AND " REACH_OF_GROUP("g.id");
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, out->group);
	reach_bind(s, reach);
	while ((rc = db_step(s)) > 0) {
		out->name = db_text(s, 0);
		out->below = db_int(s, 1);
		out->admins = db_int(s, 2);
		read_counts(s, 3, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* The groups of an account that are not below another of his. */
#define OWN_TOPS                                                               \
	"(SELECT a.grp FROM grp_admin a"                                       \
	"  WHERE a.account = ? AND NOT EXISTS"                                 \
	"        (SELECT 1 FROM grp_admin b"                                   \
	"           JOIN grp_path p ON p.ancestor = b.grp"                     \
	"          WHERE b.account = a.account AND p.descendant = a.grp"       \
	"            AND p.depth > 0))"

static int find_all(struct db *db, const struct reach *reach,
		    struct coverage *out)
{
	static const char sql[] =
		"SELECT " COUNTS(SUM) ", MIN(c.counted_at)"
				      "  FROM coverage_group c"
				      " WHERE (? AND c.grp = 0)"
				      "    OR (NOT ? AND c.grp IN " OWN_TOPS
				      ")";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, reach->everybody);
	db_bind_int(s, reach->everybody);
	db_bind_int(s, reach->account);
	while ((rc = db_step(s)) > 0)
		read_counts(s, 0, out);
	return rc < 0 ? -1 : 1;
}

int coverage_find(struct db *db, int64_t account, int64_t group,
		  struct coverage *out)
{
	struct reach reach;

	*out = (struct coverage){ .group = group, .name = "" };
	if (reach_find(db, account, &reach) < 0)
		return -1;
	return group == 0 ? find_all(db, &reach, out)
			  : find_group(db, &reach, out);
}

/* Those below -------------------------------------------------------------- */

#define LIST_BELOW(chosen)                                                     \
	"SELECT g.id, g.name, " BELOW ", " ADMINS                              \
	", " COUNTS(ONE) ","                                                   \
			 "       c.counted_at"                                 \
			 "  FROM grp g"                                        \
			 "  JOIN coverage_group c ON c.grp = g.id"             \
			 " WHERE " chosen                                      \
			 " ORDER BY c.good / c.people, g.code"

static int list_below(struct db *db, const char *sql, int64_t first,
		      const struct reach *reach, struct coverage **out)
{
	struct stmt *s = db_prepare(db, sql);
	int rc;

	if (first != 0)
		db_bind_int(s, first);
	reach_bind(s, reach);
	while ((rc = db_step(s)) > 0) {
		struct coverage *c = arena_alloc(db->arena, sizeof(*c));

		c->group = db_int(s, 0);
		c->name = db_text(s, 1);
		c->below = db_int(s, 2);
		c->admins = db_int(s, 3);
		read_counts(s, 4, c);
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
		" WHERE (? AND g.parent IS NULL) OR g.id IN " OWN_TOPS;
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
	static const char tops[] = LIST_BELOW(
		"((? AND g.parent IS NULL) OR g.id IN " OWN_TOPS ")");
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
	"  FROM coverage_person s"                                             \
	"  JOIN user u ON u.id = s.user AND u.state = 'active'"                \
	" WHERE s.user > ?" USER_HAS_WORDS("u.id") "   AND " IN_GROUP          \
						   "   AND " REACH_OF("u.id")

/* Each filter has a statement of its own, so that its index serves. */
#define FILTERS(statement)                                                     \
	{                                                                      \
		[COVERAGE_ALL] = statement(""),                                \
		[COVERAGE_GOOD] = statement(" AND s.best = 1"),                \
		[COVERAGE_UNCONFIRMED] = statement(" AND s.best = 2"),         \
		[COVERAGE_FULL] = statement(" AND s.best = 3"),                \
		[COVERAGE_FILTERED] = statement(" AND s.best = 4"),            \
		[COVERAGE_DEAD] = statement(" AND s.best = 5"),                \
		[COVERAGE_NONE] = statement(" AND s.best = 6"),                \
		[COVERAGE_BROKEN] = statement(" AND s.best IN (3, 4, 5)"),     \
		[COVERAGE_ONE] = statement(" AND s.addresses = 1"),            \
		[COVERAGE_NO_REGION] = statement(" AND s.placed = 0"),         \
	}

static void bind_people(struct stmt *s, const struct coverage_query *q,
			int64_t after, const struct user_words *words,
			const struct reach *reach)
{
	db_bind_int(s, after);
	user_words_bind(s, words);
	db_bind_int(s, q->group);
	db_bind_int(s, q->group);
	reach_bind(s, reach);
}

static int64_t counted_of(const struct coverage *c, enum coverage_filter filter)
{
	switch (filter) {
	case COVERAGE_GOOD:
		return c->good;
	case COVERAGE_UNCONFIRMED:
		return c->unconfirmed;
	case COVERAGE_FULL:
		return c->full;
	case COVERAGE_FILTERED:
		return c->filtered;
	case COVERAGE_DEAD:
		return c->dead;
	case COVERAGE_NONE:
		return c->none;
	case COVERAGE_BROKEN:
		return c->full + c->filtered + c->dead;
	case COVERAGE_ONE:
		return c->one;
	case COVERAGE_NO_REGION:
		return c->people - c->regions;
	default:
		return c->people;
	}
}

int64_t coverage_count(struct db *db, int64_t account,
		       const struct coverage_query *query)
{
#define COUNT(filter) "SELECT COUNT(*)" PEOPLE filter
	static const char *const sql[] = FILTERS(COUNT);
	struct coverage counted;
	struct user_words words;
	struct reach reach;
	struct stmt *s;
	int64_t n = 0;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	/* Whom the count by group has counted once. */
	if (query->text == NULL && (query->group != 0 || reach.everybody)) {
		rc = coverage_find(db, account, query->group, &counted);
		return rc <= 0 ? rc : counted_of(&counted, query->filter);
	}
	if (user_words_read(db, query->text, &words) < 0)
		return -1;
	s = db_prepare(db, sql[query->filter]);
	bind_people(s, query, 0, &words, &reach);
	return db_number(s, &n) < 0 ? -1 : n;
}

/* The page's people first, then what is shown of them. */
#define LIST(filter)                                                           \
	"SELECT x.id, x.staff_no, x.name,"                                     \
	"       COALESCE((SELECT g.name"                                       \
	"                   FROM grp_member m JOIN grp g ON g.id = m.grp"      \
	"                  WHERE m.user = x.id"                                \
	"                  ORDER BY g.id LIMIT 1), ''),"                       \
	"       x.best, x.addresses,"                                          \
	"       COALESCE((SELECT GROUP_CONCAT('***@', d.domain"                \
	"                        ORDER BY d.place SEPARATOR ', ')"             \
	"                   FROM address d WHERE d.user = x.id), ''),"         \
	"       (SELECT MAX(d.checked_at) FROM address d"                      \
	"         WHERE d.user = x.id),"                                       \
	"       x.placed"                                                      \
	"  FROM (SELECT u.id, u.staff_no, u.name, s.best, s.addresses,"        \
	"               s.placed" PEOPLE filter                                \
	"         ORDER BY s.user LIMIT ?) x"                                  \
	" ORDER BY x.id"

int coverage_list(struct db *db, int64_t account,
		  const struct coverage_query *query,
		  struct coverage_person **out)
{
	static const char *const sql[] = FILTERS(LIST);
	struct user_words words;
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0 ||
	    user_words_read(db, query->text, &words) < 0)
		return -1;
	s = db_prepare(db, sql[query->filter]);
	bind_people(s, query, query->after, &words, &reach);
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

	if (reach_find(db, w->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_askable(s, w, &reach);
	return db_number(s, &w->people);
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

/* The pages say so before the next count: nobody is left in the group, or in
 * all that the account reaches, and fewer above it. */
static int lower_counts(struct db *db, const struct asking *w,
			const struct reach *reach)
{
	static const char below[] =
		"UPDATE coverage_group c SET c.askable = 0"
		" WHERE (? = 0 OR c.grp IN (SELECT p.descendant FROM grp_path p"
		"                            WHERE p.ancestor = ?))"
		"   AND " REACH_OF_GROUP("c.grp");
	static const char above[] =
		"UPDATE coverage_group c"
		"   SET c.askable = IF(c.askable > ?, c.askable - ?, 0)"
		" WHERE c.grp = 0"
		"    OR c.grp IN (SELECT p.ancestor FROM grp_path p"
		"                  WHERE p.descendant = ? AND p.depth > 0)";
	struct stmt *s = db_prepare(db, below);

	db_bind_int(s, w->group);
	db_bind_int(s, w->group);
	reach_bind(s, reach);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, above);
	db_bind_int(s, w->people);
	db_bind_int(s, w->people);
	db_bind_int(s, w->group);
	return db_run(s) < 0 ? -1 : 0;
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
	if (mails < 0 || lower_counts(db, w, &reach) < 0 ||
	    audit_add(db, &line) < 0)
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

/* Counting ----------------------------------------------------------------- */

int coverage_slice_people = 25000;

enum {
	REST_LEAST_MS = 2000,
	REST_TIMES = 100, /* what the last count took */
};

static bool is_time(struct db *db, int *failed)
{
	static const char sql[] = "SELECT counted_at, took_ms"
				  "  FROM coverage_group"
				  " WHERE grp = 0";
	struct stmt *s = db_prepare(db, sql);
	int64_t rest = 0, at = 0;
	int rc;

	while ((rc = db_step(s)) > 0) {
		at = db_time(s, 0);
		rest = db_int(s, 1) * REST_TIMES;
	}
	*failed = rc < 0;
	if (rest < REST_LEAST_MS)
		rest = REST_LEAST_MS;
	return time_now() - at >= rest * (TIME_SECOND / 1000);
}

struct slice {
	int64_t first, last; /* user ids */
	int64_t now;
};

/* The last user id of a slice; 0 if there is nobody any more. */
static int find_last(struct db *db, struct slice *w)
{
	static const char sql[] = "SELECT MAX(id) FROM (SELECT id FROM user"
				  "  WHERE id >= ? ORDER BY id LIMIT ?) x";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, w->first);
	db_bind_int(s, coverage_slice_people);
	return db_number(s, &w->last);
}

/* One pass over the addresses of the slice and one over its regions, by the
 * order of their keys. */
static int store_people(struct db *db, const struct slice *w)
{
	static const char sql[] =
		"INSERT INTO coverage_person (user, best, addresses, placed,"
		"                             askable)"
		" SELECT u.id, COALESCE(s.best, 6), COALESCE(s.n, 0),"
		"        l.user IS NOT NULL, s.best <=> 2 AND s.lately <=> 0"
		"   FROM user u"
		"   LEFT JOIN (SELECT a.user, MIN(" RANK ") AS best,"
		"                     COUNT(*) AS n, MIN(a.state NOT IN"
		"                      ('confirmed', 'unknown') OR EXISTS"
		"                      (SELECT 1 FROM link_mail k"
		"                        WHERE k.address = a.id"
		"                          AND k.kind = 'check_address'"
		"                          AND k.made_at > ?)) AS lately"
		"                FROM address a"
		"               WHERE a.user BETWEEN ? AND ?"
		"               GROUP BY a.user) s ON s.user = u.id"
		"   LEFT JOIN (SELECT w.user FROM user_region w"
		"               WHERE w.purpose IN ('work', 'home')"
		"                 AND w.user BETWEEN ? AND ?"
		"               GROUP BY w.user"
		"              HAVING COUNT(DISTINCT w.purpose) = 2) l"
		"     ON l.user = u.id"
		"  WHERE u.state = 'active' AND u.id BETWEEN ? AND ?"
		" ON DUPLICATE KEY UPDATE best = VALUES(best),"
		"  addresses = VALUES(addresses), placed = VALUES(placed),"
		"  askable = VALUES(askable)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, w->now - OWN_FRESH_DAYS * day);
	db_bind_time(s, w->now - LINK_CHECK_GAP_DAYS * day);
	for (int i = 0; i < 3; i++) {
		db_bind_int(s, w->first);
		db_bind_int(s, w->last);
	}
	return db_run(s) < 0 ? -1 : 0;
}

static int forget_left(struct db *db, const struct slice *w)
{
	static const char sql[] =
		"DELETE s FROM coverage_person s"
		"  JOIN user u ON u.id = s.user AND u.state <> 'active'"
		" WHERE s.user BETWEEN ? AND ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, w->first);
	db_bind_int(s, w->last);
	return db_run(s) < 0 ? -1 : 0;
}

/* Returns 1 if there may be more people, 0 if there are none, -1. */
static int count_slice(struct db *db, void *arg)
{
	struct slice *w = arg;

	if (find_last(db, w) < 0)
		return -1;
	if (w->last == 0)
		return 0;
	if (store_people(db, w) < 0 || forget_left(db, w) < 0)
		return -1;
	return 1;
}

#define SUMS                                                                   \
	"COUNT(*) AS people, SUM(s.best = 1) AS good,"                         \
	" SUM(s.best = 2) AS unconfirmed, SUM(s.best = 3) AS full,"            \
	" SUM(s.best = 4) AS filtered, SUM(s.best = 5) AS dead,"               \
	" SUM(s.best = 6) AS none, SUM(s.addresses = 1) AS one,"               \
	" SUM(s.addresses > 1) AS more, SUM(s.placed) AS placed,"              \
	" SUM(s.askable) AS askable"

#define STORE_COUNTS(counts)                                                   \
	"INSERT INTO coverage_group (grp, people, good, unconfirmed, full,"    \
	"        filtered, dead, none, one, more, placed, askable,"            \
	"        counted_at, took_ms) " counts                                 \
	" ON DUPLICATE KEY UPDATE people = VALUES(people),"                    \
	"  good = VALUES(good), unconfirmed = VALUES(unconfirmed),"            \
	"  full = VALUES(full), filtered = VALUES(filtered),"                  \
	"  dead = VALUES(dead), none = VALUES(none), one = VALUES(one),"       \
	"  more = VALUES(more), placed = VALUES(placed),"                      \
	"  askable = VALUES(askable), counted_at = VALUES(counted_at),"        \
	"  took_ms = VALUES(took_ms)"

struct counting {
	int64_t now, began; /* began: monotonic */
};

static int count_groups(struct db *db, void *arg)
{
	static const char groups[] = STORE_COUNTS(
		"SELECT x.ancestor, " SUMS ", ?, 0"
		"  FROM (SELECT DISTINCT p.ancestor, m.user"
		"          FROM grp_member m"
		"          JOIN grp_path p ON p.descendant = m.grp) x"
		"  JOIN coverage_person s ON s.user = x.user"
		" GROUP BY x.ancestor");
	static const char all[] = STORE_COUNTS("SELECT 0, t.*, ?, ?"
					       "  FROM (SELECT " SUMS
					       "  FROM coverage_person s) t"
					       " WHERE t.people > 0");
	static const char empty[] =
		"DELETE FROM coverage_group WHERE counted_at < ?";
	const struct counting *w = arg;
	struct stmt *s = db_prepare(db, groups);

	db_bind_time(s, w->now);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, all);
	db_bind_time(s, w->now);
	db_bind_int(s, (time_monotonic() - w->began) / (TIME_SECOND / 1000));
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, empty);
	db_bind_time(s, w->now);
	return db_run(s) < 0 ? -1 : 0;
}

int coverage_update(struct db *db)
{
	struct counting w = { .now = time_now(), .began = time_monotonic() };
	struct slice slice = { .first = 1, .now = w.now };
	int failed, rc;

	if (!is_time(db, &failed) || failed)
		return failed ? -1 : 0;
	do {
		rc = db_transaction(db, count_slice, &slice);
		slice.first = slice.last + 1;
		slice.last = 0;
	} while (rc > 0);
	if (rc < 0 || db_transaction(db, count_groups, &w) < 0)
		return log_error("addresses not counted");
	return 1;
}
