#include "model/coming.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/reach.h"
#include "model/target.h"

const int coming_steps[COMING_STEPS] = { 1, 3, 6, 12, 24 };

enum {
	NUMBER_MOST = 999,	   /* of hours, minutes or days in a choice */
	MINUTES_MOST = UINT16_MAX, /* that choice.minutes holds: 45 days */
	GRANTED = 30,		   /* minutes that "できる" takes */
};

/* Words -------------------------------------------------------------------- */

struct question *coming_questions(struct arena *a)
{
	static const struct choice coming[] = {
		{ .mark = "good", .text = "できる", .text_en = "Yes" },
		{ .mark = "warn",
		  .text = "時間がかかる",
		  .text_en = "Yes, but it takes time" },
		{ .mark = "bad", .text = "できない", .text_en = "No" },
		{ .mark = "", .text = "わからない", .text_en = "Not known" },
	};
	static const struct choice hours[] = {
		{ .mark = "", .text = "1時間以内", .text_en = "Within 1 hour" },
		{ .mark = "",
		  .text = "3時間以内",
		  .text_en = "Within 3 hours" },
		{ .mark = "",
		  .text = "6時間以内",
		  .text_en = "Within 6 hours" },
		{ .mark = "",
		  .text = "12時間以内",
		  .text_en = "Within 12 hours" },
		{ .mark = "",
		  .text = "24時間以内",
		  .text_en = "Within 24 hours" },
		{ .mark = "", .text = "それより後", .text_en = "Later" },
	};
	static const struct choice way[] = {
		{ .mark = "", .text = "徒歩", .text_en = "On foot" },
		{ .mark = "", .text = "自転車", .text_en = "By bicycle" },
		{ .mark = "",
		  .text = "鉄道・バス",
		  .text_en = "By train or bus" },
		{ .mark = "", .text = "自動車", .text_en = "By car" },
	};
	static const struct {
		const char *text, *text_en;
		bool required;
		const struct choice *choices;
		size_t count;
	} rows[] = {
		{ "登庁", "Can you come to the office?", true, coming,
		  LEN(coming) },
		{ "登庁までの時間", "How long will it take?", false, hours,
		  LEN(hours) },
		{ "登庁の手段", "How will you come?", false, way, LEN(way) },
	};
	struct question *list = NULL, **end = &list;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct question *q = arena_alloc(a, sizeof(*q));
		struct choice **c = &q->choices;

		q->kind = "single";
		q->required = rows[i].required;
		q->text = rows[i].text;
		q->text_en = rows[i].text_en;
		for (size_t k = 0; k < rows[i].count; k++) {
			*c = arena_memdup(a, &rows[i].choices[k], sizeof(**c));
			c = &(*c)->next;
		}
		*end = q;
		end = &q->next;
	}
	return list;
}

int coming_minutes(const char *text)
{
	char *unit;
	long n = strtol(text, &unit, 10);

	if (unit == text || n <= 0 || n > NUMBER_MOST)
		return 0;
	if (str_begins(unit, "時間"))
		return (int)n * 60;
	if (str_begins(unit, "分"))
		return (int)n;
	if (!str_begins(unit, "日"))
		return 0;
	return n * 24 * 60 < MINUTES_MOST ? (int)n * 24 * 60 : MINUTES_MOST;
}

/* By its words, which say more than the mark; the first that is in it. */
static struct coming_choice read_answer(const char *mark, const char *text)
{
	static const struct {
		const char *word;
		struct coming_choice means;
	} words[] = {
		{ "できない", { "no", 0 } },
		{ "できません", { "no", 0 } },
		{ "わから", { "unknown", 0 } },
		{ "分から", { "unknown", 0 } },
		{ "時間がかか", { "yes", 0 } },
		{ "できる", { "yes", GRANTED } },
		{ "できます", { "yes", GRANTED } },
	}, marks[] = {
		{ "good", { "yes", GRANTED } },
		{ "warn", { "yes", 0 } },
		{ "bad", { "no", 0 } },
	};

	for (size_t i = 0; i < LEN(words); i++)
		if (strstr(text, words[i].word) != NULL)
			return words[i].means;
	for (size_t i = 0; i < LEN(marks); i++)
		if (strcmp(mark, marks[i].word) == 0)
			return marks[i].means;
	return (struct coming_choice){ "unknown", 0 };
}

struct coming_choice coming_read(const char *question, const char *mark,
				 const char *choice)
{
	if (!str_begins(question, "登庁"))
		return (struct coming_choice){ "", 0 };
	if (strstr(question, "手段") != NULL)
		return (struct coming_choice){ "way", 0 };
	if (str_begins(question, "登庁までの時間"))
		return (struct coming_choice){ "time", coming_minutes(choice) };
	return read_answer(mark, choice);
}

/* What was asked ----------------------------------------------------------- */

/* A broadcast and the calls that followed it.  Values: the first, twice. */
#define ASKINGS                                                                \
	"(SELECT id FROM broadcast WHERE id = ?"                               \
	" UNION ALL"                                                           \
	" SELECT id FROM broadcast WHERE call_of = ?)"

/* Who was called answered the call as well as what came before it: what he had
 * said until then, of which only the last still counts.  From the few who were
 * called, not from all who were asked.  Values: the first broadcast, three
 * times. */
#define OUTDATED                                                               \
	"(SELECT z.user, z.broadcast, z.coming"                                \
	"   FROM (SELECT q.user, q.broadcast, q.coming,"                       \
	"                ROW_NUMBER() OVER (PARTITION BY q.user"               \
	"                  ORDER BY q.answered_at DESC, q.broadcast DESC)"     \
	"                  AS turn"                                            \
	"           FROM (SELECT DISTINCT e.user FROM broadcast k"             \
	"                   STRAIGHT_JOIN recipient e ON e.broadcast = k.id"   \
	"                  WHERE k.call_of = ?) c"                             \
	"           STRAIGHT_JOIN " ASKINGS " k"                               \
	"           STRAIGHT_JOIN recipient q FORCE INDEX (PRIMARY)"           \
	"             ON q.broadcast = k.id AND q.user = c.user"               \
	"          WHERE q.coming IS NOT NULL) z"                              \
	"  WHERE z.turn > 1)"

struct asked {
	int64_t root;
	int64_t at; /* when it was asked */
	bool any;   /* something that tells who comes */
};

static int read_asked(struct db *db, int64_t broadcast, struct asked *out)
{
	static const char sql[] =
		"SELECT r.id, COALESCE(r.confirmed_at, r.made_at),"
		"       EXISTS (SELECT 1 FROM broadcast k"
		"                 JOIN question q ON q.broadcast = k.id"
		"                 JOIN choice o ON o.question = q.id"
		"                WHERE (k.id = r.id OR k.call_of = r.id)"
		"                  AND o.coming IN ('yes', 'no', 'unknown'))"
		"  FROM broadcast b"
		"  JOIN broadcast r ON r.id = COALESCE(b.retry_of, b.id)"
		" WHERE b.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = (struct asked){ .root = broadcast };
	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		out->root = db_int(s, 0);
		out->at = db_time(s, 1);
		out->any = db_int(s, 2) != 0;
	}
	return rc;
}

static void bind_root(struct stmt *s, const struct asked *asked, int times)
{
	for (int i = 0; i < times; i++)
		db_bind_int(s, asked->root);
}

int coming_is_asked(struct db *db, int64_t broadcast)
{
	struct asked asked;

	return read_asked(db, broadcast, &asked) < 0 ? -1 : asked.any;
}

/* By bureau ---------------------------------------------------------------- */

/* The groups of the table.  Values: group, group, group, everybody, account;
 * reach. */
#define BUREAUS                                                                \
	"((? <> 0 AND g.parent = ?)"                                           \
	" OR (? = 0 AND ((? AND g.parent IS NULL)"                             \
	"     OR g.id IN (SELECT grp FROM grp_admin WHERE account = ?))))"     \
	" AND " REACH_OF_GROUP("g.id")

static void bind_bureaus(struct stmt *s, int64_t group,
			 const struct reach *reach)
{
	for (int i = 0; i < 3; i++)
		db_bind_int(s, group);
	reach_bind(s, reach);
	reach_bind(s, reach);
}

#define NEEDED(hours)                                                          \
	"CAST(COALESCE(SUM(IF(o.within <= " hours ", o.needed, 0)), 0)"        \
	"     AS SIGNED)"

#define THERE(hours)                                                           \
	"SUM(IF(t.item > 3 AND t.item <= ? + 60 * " hours ", t.people, 0))"

/*
 * Values: the first broadcast (twice), now in minutes (for each step), the
 * first (twice), those of BUREAUS, the first (three times), those of BUREAUS,
 * twice.  The order is forced: from the few groups of the table to their
 * counters, by the primary key.  A tally that was filled a moment ago has no
 * statistics yet, and the optimizer then reads all of a broadcast.
 */
/* clang-format off */
static const char bureaus_sql[] =
	"SELECT g.id, g.name,"
	"       EXISTS (SELECT 1 FROM grp h WHERE h.parent = g.id),"
	"       n.h1, n.h3, n.h6, n.h12, n.h24, n.coming, n.no,"
	"       n.unknown,"
	"       (SELECT a.people FROM tally a WHERE a.broadcast = ?"
	"           AND a.grp = g.id AND a.kind = 'asked'"
	"           AND a.item = 0)"
	"       - COALESCE((SELECT a.people FROM tally a"
	"         WHERE a.broadcast = ? AND a.grp = g.id"
	"           AND a.kind = 'answered' AND a.item = 0), 0),"
	"       p.h1, p.h3, p.h6, p.h12, p.h24, p.total"
	"  FROM grp g"
	"  LEFT JOIN (SELECT t.grp, "
	THERE("1") " AS h1, " THERE("3") " AS h3, "
	THERE("6") " AS h6, " THERE("12") " AS h12, "
	THERE("24") " AS h24,"
	"              SUM(IF(t.item >= 3, t.people, 0)) AS coming,"
	"              SUM(IF(t.item = 2, t.people, 0)) AS no,"
	"              SUM(IF(t.item = 1, t.people, 0)) AS unknown"
	"         FROM (SELECT y.grp, y.item, y.people"
	"                 FROM grp g"
	"                 STRAIGHT_JOIN " ASKINGS " k"
	"                 STRAIGHT_JOIN tally y FORCE INDEX (PRIMARY)"
	"                   ON y.broadcast = k.id"
	"                  AND y.grp = g.id AND y.kind = 'coming'"
	"                WHERE " BUREAUS
	"               UNION ALL"
	"               SELECT d.grp, d.coming, -1"
	"                 FROM (SELECT DISTINCT x.ancestor AS grp, z.user,"
	"                              z.broadcast, z.coming"
	"                         FROM " OUTDATED " z"
	"                         STRAIGHT_JOIN grp_member m"
	"                           ON m.user = z.user"
	"                         STRAIGHT_JOIN grp_path x"
	"                           ON x.descendant = m.grp"
	"                         STRAIGHT_JOIN grp g ON g.id = x.ancestor"
	"                        WHERE " BUREAUS ") d) t"
	"        GROUP BY t.grp) n ON n.grp = g.id"
	"  LEFT JOIN (SELECT x.ancestor AS grp, "
	NEEDED("1") " AS h1, " NEEDED("3") " AS h3, "
	NEEDED("6") " AS h6, " NEEDED("12") " AS h12, "
	NEEDED("24") " AS h24,"
	"              CAST(SUM(o.needed) AS SIGNED) AS total"
	"         FROM post o"
	"         JOIN grp_path x ON x.descendant = o.grp"
	"        GROUP BY x.ancestor) p ON p.grp = g.id"
	" WHERE " BUREAUS
	" ORDER BY g.code";
/* clang-format on */

static void take_bureau(struct stmt *s, struct coming_bureau *b)
{
	unsigned column = 3;

	b->id = db_int(s, 0);
	b->name = db_text(s, 1);
	b->below = db_int(s, 2) != 0;
	for (int i = 0; i < COMING_STEPS; i++)
		b->by[i] = db_int(s, column++);
	b->coming = db_int(s, column++);
	b->no = db_int(s, column++);
	b->unknown = db_int(s, column++);
	b->unanswered = db_int(s, column++);
	for (int i = 0; i < COMING_STEPS; i++)
		b->needed[i] = db_int(s, column++);
	b->needed_in_all = db_int(s, column);
}

int coming_bureaus(struct db *db, int64_t account, int64_t broadcast,
		   int64_t group, int64_t now, struct coming_bureau **out)
{
	struct asked asked;
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0 ||
	    read_asked(db, broadcast, &asked) < 0)
		return -1;
	s = db_prepare(db, bureaus_sql);
	bind_root(s, &asked, 2);
	for (int i = 0; i < COMING_STEPS; i++)
		db_bind_int(s, now / TIME_MINUTE);
	bind_root(s, &asked, 2);
	bind_bureaus(s, group, &reach);
	bind_root(s, &asked, 3);
	bind_bureaus(s, group, &reach);
	bind_bureaus(s, group, &reach);
	while ((rc = db_step(s)) > 0) {
		struct coming_bureau *b = arena_alloc(db->arena, sizeof(*b));

		take_bureau(s, b);
		*out = b;
		out = &b->next;
	}
	*out = NULL;
	return rc;
}

/* By post ------------------------------------------------------------------ */

/* Values: group, group, reach. */
#define POSTS_OF                                                               \
	"(? = 0 OR EXISTS (SELECT 1 FROM grp_path x"                           \
	"   WHERE x.ancestor = ? AND x.descendant = p.grp))"                   \
	" AND " REACH_OF_GROUP("p.grp")

static struct coming_post *read_post(struct db *db, struct stmt *s)
{
	struct coming_post *p = arena_alloc(db->arena, sizeof(*p));

	p->id = db_int(s, 0);
	p->grp = db_int(s, 1);
	p->group = db_text(s, 2);
	p->name = db_text(s, 3);
	p->needed = db_int(s, 4);
	p->within = db_int(s, 5);
	return p;
}

static struct coming_person *read_person(struct db *db, struct stmt *s)
{
	struct coming_person *p = arena_alloc(db->arena, sizeof(*p));
	int64_t said = db_int(s, 9);

	p->user = db_int(s, 6);
	p->name = db_text(s, 7);
	p->substitute = db_int(s, 8) != 0;
	p->state = said < COMING_YES ? (enum coming_state)said : COMING_YES;
	p->arrives = said > COMING_YES ? said * TIME_MINUTE : 0;
	return p;
}

static void count_person(struct coming_post *post,
			 const struct coming_person *p, int64_t asked_at)
{
	const int64_t hour = INT64_C(60) * TIME_MINUTE;

	if (p->state != COMING_YES)
		return;
	post->coming++;
	if (p->arrives != 0 && p->arrives <= asked_at + post->within * hour)
		post->in_time++;
}

/* 0: nobody comes; 1: too few; 2: too few in time; 3: enough. */
static int rank(const struct coming_post *p)
{
	if (p->coming == 0)
		return 0;
	if (p->coming < p->needed)
		return 1;
	return p->in_time < p->needed ? 2 : 3;
}

/* The worst first, else in the order they have. */
static struct coming_post *by_rank(struct coming_post *list)
{
	struct coming_post *heads[4] = { NULL }, **ends[4], *next;
	struct coming_post *all = NULL;

	for (int i = 0; i < 4; i++)
		ends[i] = &heads[i];
	for (struct coming_post *p = list; p != NULL; p = next) {
		int i = rank(p);

		next = p->next;
		p->next = NULL;
		*ends[i] = p;
		ends[i] = &p->next;
	}
	for (int i = 3; i >= 0; i--) {
		*ends[i] = all;
		all = heads[i];
	}
	return all;
}

static int read_posts(struct db *db, int64_t account, const struct asked *asked,
		      int64_t group, struct coming_post **out)
{
	/* clang-format off */
	static const char sql[] =
		"SELECT p.id, p.grp, g.name, p.name, p.needed, p.within,"
		"       u.id, IF(" REACH_OF("u.id") ", u.name, ''),"
		"       e.substitute,"
		"       (SELECT q.coming FROM " ASKINGS " k"
		"          JOIN recipient q"
		"            ON q.broadcast = k.id AND q.user = u.id"
		"         WHERE q.coming IS NOT NULL"
		"         ORDER BY q.answered_at DESC, q.broadcast DESC"
		"         LIMIT 1)"
		"  FROM post p"
		"  JOIN grp g ON g.id = p.grp"
		"  LEFT JOIN (post_person e"
		"       JOIN user u ON u.id = e.user AND u.state = 'active')"
		"    ON e.post = p.id"
		" WHERE " POSTS_OF
		" ORDER BY g.code, p.name, p.id, e.substitute, u.staff_no";
	/* clang-format on */
	struct coming_post *post = NULL, *list = NULL, **end = &list;
	struct coming_person **person = NULL;
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	reach_bind(s, &reach);
	bind_root(s, asked, 2);
	db_bind_int(s, group);
	db_bind_int(s, group);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		if (post == NULL || post->id != db_int(s, 0)) {
			post = read_post(db, s);
			*end = post;
			end = &post->next;
			person = &post->people;
		}
		if (db_is_null(s, 6))
			continue;
		*person = read_person(db, s);
		count_person(post, *person, asked->at);
		person = &(*person)->next;
	}
	*out = by_rank(list);
	return rc;
}

int coming_posts(struct db *db, int64_t account, int64_t broadcast,
		 int64_t group, struct coming_post **out)
{
	struct asked asked;

	if (read_asked(db, broadcast, &asked) < 0)
		return -1;
	return read_posts(db, account, &asked, group, out);
}

/* Substitutes -------------------------------------------------------------- */

/* Ids of those who were called already. */
static int read_called(struct db *db, int64_t root, struct str *out)
{
	static const char sql[] = "SELECT t.item"
				  "  FROM broadcast b"
				  "  JOIN target t ON t.broadcast = b.id"
				  "   AND t.kind = 'user'"
				  " WHERE b.call_of = ?"
				  "   AND b.state <> 'cancelled'";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	str_add_char(out, ',');
	db_bind_int(s, root);
	while ((rc = db_step(s)) > 0)
		str_fmt(out, "%s,", db_text(s, 0));
	return rc;
}

static bool is_listed(struct arena *a, const char *list, int64_t user)
{
	return strstr(list, arena_fmt(a, ",%lld,", (long long)user)) != NULL;
}

int coming_substitutes(struct db *db, int64_t broadcast,
		       const struct coming_post *posts, struct target **out,
		       int64_t *people)
{
	struct str done = { .arena = db->arena };
	struct asked asked;

	*out = NULL;
	*people = 0;
	if (read_asked(db, broadcast, &asked) < 0 ||
	    read_called(db, asked.root, &done) < 0)
		return -1;
	for (const struct coming_post *p = posts; p != NULL; p = p->next) {
		if (p->coming >= p->needed)
			continue;
		for (struct coming_person *e = p->people; e; e = e->next) {
			struct target *t;

			/* Out of reach: for somebody else to call. */
			if (!e->substitute || *e->name == '\0' ||
			    e->state == COMING_YES || e->state == COMING_NO ||
			    is_listed(db->arena, str_text(&done), e->user))
				continue;
			str_fmt(&done, "%lld,", (long long)e->user);
			t = arena_alloc(db->arena, sizeof(*t));
			t->kind = "user";
			t->item = arena_fmt(db->arena, "%lld",
					    (long long)e->user);
			*out = t;
			out = &t->next;
			(*people)++;
		}
	}
	return 0;
}

struct calling {
	int64_t broadcast, group;
	struct broadcast_draft *draft;
	int64_t id, people; /* what became of it */
};

static int hold(struct db *db, int64_t broadcast)
{
	static const char sql[] =
		"SELECT id FROM broadcast WHERE id = ? FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, broadcast);
	return db_step(s) <= 0 ? -1 : db_step(s);
}

static int call(struct db *db, void *arg)
{
	struct calling *c = arg;
	struct broadcast_draft *d = c->draft;
	struct coming_post *posts;
	struct asked asked;

	if (read_asked(db, c->broadcast, &asked) < 0 ||
	    hold(db, asked.root) < 0 ||
	    coming_posts(db, d->account, c->broadcast, c->group, &posts) < 0 ||
	    coming_substitutes(db, c->broadcast, posts, &d->targets,
			       &c->people) < 0)
		return -1;
	d->call_of = asked.root;
	return broadcast_make(db, d, &c->id, &c->people);
}

int coming_call(struct db *db, int64_t broadcast, int64_t group,
		struct broadcast_draft *draft, int64_t *id, int64_t *people)
{
	struct calling c = { .broadcast = broadcast,
			     .group = group,
			     .draft = draft };
	int rc = db_transaction(db, call, &c);

	*id = c.id;
	*people = c.people;
	return rc;
}

/* Ways --------------------------------------------------------------------- */

/* The topmost groups an account reaches: who is in two of them is counted in
 * both.  Values: everybody, account; everybody, account. */
#define TOPS                                                                   \
	"(SELECT 0 AS id FROM DUAL WHERE ?"                                    \
	" UNION ALL"                                                           \
	" SELECT a.grp FROM grp_admin a"                                       \
	"  WHERE NOT ? AND a.account = ?"                                      \
	"    AND NOT EXISTS (SELECT 1 FROM grp_admin o"                        \
	"          JOIN grp_path p ON p.ancestor = o.grp"                      \
	"         WHERE o.account = a.account"                                 \
	"           AND p.descendant = a.grp AND p.depth > 0))"

int coming_ways(struct db *db, int64_t account, int64_t broadcast,
		struct coming_way **out)
{
	/* clang-format off */
	static const char sql[] =
		"SELECT o.text, CAST(SUM(w.people) AS SIGNED) AS many"
		"  FROM (SELECT y.item AS choice, y.people"
		"          FROM " ASKINGS " k"
		"          JOIN " TOPS " g"
		"          JOIN tally y ON y.broadcast = k.id"
		"           AND y.grp = g.id AND y.kind = 'choice'"
		"        UNION ALL"
		"        SELECT c.choice, -1"
		"          FROM " OUTDATED " z"
		"          JOIN answer_choice c ON c.broadcast = z.broadcast"
		"           AND c.user = z.user"
		"         WHERE " REACH_OF("z.user") ") w"
		"  JOIN choice o ON o.id = w.choice"
		" WHERE o.coming = 'way'"
		" GROUP BY o.text"
		" HAVING many > 0"
		" ORDER BY many DESC, o.text";
	/* clang-format on */
	struct asked asked;
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0 ||
	    read_asked(db, broadcast, &asked) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_root(s, &asked, 2);
	db_bind_int(s, reach.everybody);
	reach_bind(s, &reach);
	bind_root(s, &asked, 3);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		struct coming_way *w = arena_alloc(db->arena, sizeof(*w));

		w->text = db_text(s, 0);
		w->people = db_int(s, 1);
		*out = w;
		out = &w->next;
	}
	*out = NULL;
	return rc;
}
