#include "model/dashboard.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/proxy.h"
#include "model/region.h"
#include "model/tally.h"

/* Roles that see every group. */
#define SEES_ALL " IN ('system_admin', 'operator')"

/*
 * The restriction in every query: a table `shown` of the groups whose counters
 * add up to what is shown.  That is the group asked for if it is in reach; for
 * 0, everybody (the counters of group 0) to those who see all, else the
 * account's groups, without those that lie below another of them.  It is empty
 * if the group is out of reach.
 */
#define SHOWN                                                                  \
	"(SELECT ? AS id FROM account WHERE id = ? AND role" SEES_ALL          \
	" UNION "                                                              \
	"SELECT p.descendant FROM grp_admin a"                                 \
	"  JOIN grp_path p ON p.ancestor = a.grp"                              \
	" WHERE a.account = ? AND p.descendant = ?"                            \
	" UNION "                                                              \
	"SELECT a.grp FROM account x"                                          \
	"  JOIN grp_admin a ON a.account = x.id"                               \
	" WHERE x.id = ? AND 0 = ? AND NOT x.role" SEES_ALL                    \
	"   AND NOT EXISTS"                                                    \
	"       (SELECT 1 FROM grp_admin o"                                    \
	"          JOIN grp_path p ON p.ancestor = o.grp"                      \
	"         WHERE o.account = a.account"                                 \
	"           AND p.descendant = a.grp AND p.depth > 0)) shown"

/*
 * The counters of those groups, by their key.  The order is forced: a tally
 * that was filled a moment ago has no statistics yet, and the optimizer then
 * reads all counters of a broadcast instead of a few (measured: 80,000 rows
 * for a page instead of 1,000).
 */
#define COUNTERS                                                               \
	" STRAIGHT_JOIN tally t FORCE INDEX (PRIMARY) ON t.grp = shown.id"

/* Broadcasts `b` that the account `me` may see: those that asked somebody in
 * his reach. */
#define SEEN                                                                   \
	"(me.role" SEES_ALL " OR EXISTS"                                       \
	" (SELECT 1 FROM grp_admin a"                                          \
	"    JOIN tally t ON t.grp = a.grp"                                    \
	"   WHERE a.account = me.id AND t.broadcast = b.id"                    \
	"     AND t.kind = 'asked' AND t.people > 0))"

static void bind_shown(struct stmt *s, int64_t account, int64_t group)
{
	db_bind_int(s, group);
	db_bind_int(s, account);
	db_bind_int(s, account);
	db_bind_int(s, group);
	db_bind_int(s, account);
	db_bind_int(s, group);
}

/* Reads the columns that dashboard_list and dashboard_find have in common. */
static void read_broadcast(struct stmt *s, struct dashboard_broadcast *b)
{
	b->id = db_int(s, 0);
	b->event = db_int(s, 1);
	b->event_title = db_text(s, 2);
	b->subject = db_text(s, 3);
	b->kind = db_text(s, 4);
	b->state = db_text(s, 5);
	b->drill = db_int(s, 6) != 0;
	b->confirmed_at = db_time(s, 7);
	b->closes_at = db_time(s, 8);
	b->open = db_int(s, 9) != 0;
}

/* The broadcasts of a statement: a derived table `j` of a JSON array. */
#define LISTED "JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"

static const char *ids_of(struct arena *a,
			  const struct dashboard_broadcast *list)
{
	struct str ids = { .arena = a };

	for (; list != NULL; list = list->next)
		str_fmt(&ids, "%s%lld", ids.len == 0 ? "[" : ",",
			(long long)list->id);
	str_add(&ids, ids.len == 0 ? "[]" : "]");
	return str_text(&ids);
}

static struct dashboard_broadcast *find_in(struct dashboard_broadcast *list,
					   int64_t id)
{
	while (list != NULL && list->id != id)
		list = list->next;
	return list;
}

static void read_choice(struct db *db, struct stmt *s,
			struct dashboard_broadcast *b)
{
	struct dashboard_question **q = &b->questions;
	struct dashboard_choice *c = arena_alloc(db->arena, sizeof(*c)), **end;

	while (*q != NULL && (*q)->id != db_int(s, 1))
		q = &(*q)->next;
	if (*q == NULL) {
		*q = arena_alloc(db->arena, sizeof(**q));
		(*q)->id = db_int(s, 1);
		(*q)->text = db_text(s, 2);
		(*q)->multiple = db_int(s, 3) != 0;
	}
	c->id = db_int(s, 4);
	c->text = db_text(s, 5);
	c->mark = db_text(s, 6);
	c->column = b->columns++;
	for (end = &(*q)->choices; *end != NULL;)
		end = &(*end)->next;
	*end = c;
}

static int read_questions(struct db *db, const char *ids,
			  struct dashboard_broadcast *list)
{
	static const char sql[] =
		"SELECT q.broadcast, q.id, q.text, q.kind = 'multiple',"
		"       c.id, c.text, c.mark"
		"  FROM " LISTED "  STRAIGHT_JOIN question q"
		"    ON q.broadcast = j.id"
		"  STRAIGHT_JOIN choice c ON c.question = q.id"
		" ORDER BY q.broadcast, q.place, c.place";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, ids);
	while ((rc = db_step(s)) > 0)
		read_choice(db, s, find_in(list, db_int(s, 0)));
	return rc;
}

static struct dashboard_choice *choice_find(const struct dashboard_broadcast *b,
					    int64_t id)
{
	for (struct dashboard_question *q = b->questions; q; q = q->next)
		for (struct dashboard_choice *c = q->choices; c; c = c->next)
			if (c->id == id)
				return c;
	return NULL;
}

/* Sums of the counters shown, in the order of the kinds and their items. */
#define COUNTS(kinds)                                                          \
	"SELECT t.broadcast, t.kind, t.item, CAST(SUM(t.people) AS SIGNED)"    \
	"  FROM " LISTED "  STRAIGHT_JOIN " SHOWN COUNTERS                     \
	"   AND t.broadcast = j.id" kinds                                      \
	" GROUP BY t.broadcast, t.kind, t.item"                                \
	" ORDER BY t.broadcast, t.kind, t.item"

static struct dashboard_region *region_of(struct db *db, struct dashboard *d,
					  int64_t prefecture)
{
	struct dashboard_region *r, **next = &d->regions;

	while (*next != NULL && (*next)->prefecture != prefecture)
		next = &(*next)->next;
	if (*next != NULL)
		return *next;
	*next = r = arena_alloc(db->arena, sizeof(*r));
	r->prefecture = prefecture;
	return r;
}

/* What the page of one broadcast has beyond the counts. */
struct details {
	struct dashboard *d;
	struct dashboard_point **next; /* end of its curve */
	int64_t answered;	       /* so far */
};

static void take_minute(struct db *db, struct details *x, int64_t minute,
			int64_t people)
{
	struct dashboard_point *p = arena_alloc(db->arena, sizeof(*p));

	x->answered += people;
	p->at = (minute + 1) * TIME_MINUTE;
	p->answered = x->answered;
	*x->next = p;
	x->next = &p->next;
}

static void take_detail(struct db *db, struct details *x, const char *kind,
			int64_t item, int64_t people)
{
	if (str_eq(kind, "minute"))
		take_minute(db, x, item, people);
	else if (str_eq(kind, "region_asked"))
		region_of(db, x->d, item)->asked = people;
	else if (str_eq(kind, "region_answered"))
		region_of(db, x->d, item)->answered = people;
}

/* Keeps every so many points, and the last. */
static void thin(struct dashboard_point **list)
{
	int count = 0;
	int step, i = 0;

	for (const struct dashboard_point *p = *list; p != NULL; p = p->next)
		count++;
	step = (count + DASHBOARD_POINTS - 1) / DASHBOARD_POINTS;
	while (*list != NULL) {
		i++;
		if (i % step == 0 || (*list)->next == NULL)
			list = &(*list)->next;
		else
			*list = (*list)->next;
	}
}

/* Without those where nobody was asked, or whose number is none. */
static void name_regions(struct db *db, struct dashboard_region **list)
{
	while (*list != NULL) {
		struct dashboard_region *r = *list;

		if (r->prefecture < 1 ||
		    r->prefecture > DASHBOARD_PREFECTURES || r->asked <= 0) {
			*list = r->next;
			continue;
		}
		r->name = region_name(db, arena_fmt(db->arena, "%02lld",
						    (long long)r->prefecture));
		list = &r->next;
	}
}

static void take_count(struct db *db, struct stmt *s,
		       struct dashboard_broadcast *b, struct details *x)
{
	const char *kind = db_text(s, 1);
	struct dashboard_choice *c;

	if (str_eq(kind, "asked"))
		b->asked = db_int(s, 3);
	else if (str_eq(kind, "answered"))
		b->answered = db_int(s, 3);
	else if (!str_eq(kind, "choice"))
		take_detail(db, x, kind, db_int(s, 2), db_int(s, 3));
	else if ((c = choice_find(b, db_int(s, 2))) != NULL)
		c->people = db_int(s, 3);
}

/* Fills the counts of a list, and with d (whose broadcast is the only one) the
 * curve and the regions: one look at the counters for the whole page. */
static int read_counts(struct db *db, int64_t account, int64_t group,
		       const char *ids, struct dashboard_broadcast *list,
		       struct dashboard *d)
{
	static const char some[] =
		COUNTS(" AND t.kind IN ('asked', 'answered', 'choice')");
	static const char all[] = COUNTS("");
	struct stmt *s = db_prepare(db, d == NULL ? some : all);
	struct details x = { .d = d, .next = d == NULL ? NULL : &d->points };
	int rc;

	db_bind_text(s, ids);
	bind_shown(s, account, group);
	while ((rc = db_step(s)) > 0)
		take_count(db, s, find_in(list, db_int(s, 0)), &x);
	if (rc == 0 && d != NULL) {
		thin(&d->points);
		name_regions(db, &d->regions);
	}
	return rc;
}

/* The columns that read_mails reads. */
#define MAILS                                                                  \
	"d.messages, d.handed, d.refused, d.cancelled, d.accepted,"            \
	" d.deferred, d.bounced"

/* Adds them: what is asked again counts to the first asking. */
static void read_mails(struct stmt *s, unsigned column,
		       struct dashboard_mails *out)
{
	out->messages += db_int(s, column);
	out->handed += db_int(s, column + 1);
	out->refused += db_int(s, column + 2);
	out->cancelled += db_int(s, column + 3);
	out->accepted += db_int(s, column + 4);
	out->deferred += db_int(s, column + 5);
	out->bounced += db_int(s, column + 6);
}

/* Mails are counted for the whole broadcast only, so only who sees all of it
 * is told of them. */
static int read_delivery(struct db *db, int64_t account, int64_t group,
			 const char *ids, struct dashboard_broadcast *list)
{
	static const char sql[] =
		"SELECT b.root, " MAILS
		"  FROM (SELECT id AS root, id FROM " LISTED "        UNION"
		"        SELECT j.id, r.id FROM " LISTED
		"          STRAIGHT_JOIN broadcast r ON r.retry_of = j.id) b"
		"  JOIN account me ON me.id = ? AND me.role" SEES_ALL
		"  LEFT JOIN delivery d ON d.broadcast = b.id";
	struct stmt *s;
	int rc;

	if (group != 0)
		return 0;
	s = db_prepare(db, sql);
	db_bind_text(s, ids);
	db_bind_text(s, ids);
	db_bind_int(s, account);
	while ((rc = db_step(s)) > 0) {
		struct dashboard_broadcast *b = find_in(list, db_int(s, 0));

		read_mails(s, 1, &b->mails);
		b->delivery = true;
	}
	return rc;
}

/* One statement of each kind, however many broadcasts are listed. */
static int read_all(struct db *db, int64_t account, int64_t group,
		    struct dashboard_broadcast *list, struct dashboard *d)
{
	const char *ids = ids_of(db->arena, list);

	if (list == NULL)
		return 0;
	/* What cannot be counted anew is shown as it was counted last. */
	tally_fresh(db, ids);
	if (read_questions(db, ids, list) < 0)
		return -1;
	if (read_counts(db, account, group, ids, list, d) < 0)
		return -1;
	return read_delivery(db, account, group, ids, list);
}

static int read_conflicts(struct db *db, int64_t account, int64_t group,
			  struct dashboard_broadcast *list)
{
	struct proxy_count *counts;

	if (list == NULL)
		return 0;
	if (proxy_count(db, account, ids_of(db->arena, list), group, &counts) <
	    0)
		return -1;
	for (; counts != NULL; counts = counts->next)
		find_in(list, counts->broadcast)->conflicts = counts->people;
	return 0;
}

int dashboard_conflicts(struct db *db, int64_t account,
			struct dashboard_list *list)
{
	return read_conflicts(db, account, 0, list->broadcasts);
}

int dashboard_own_conflicts(struct db *db, struct dashboard *d)
{
	return read_conflicts(db, d->account, d->group, &d->broadcast);
}

static int count_shown(struct db *db, int64_t account, int64_t *groups)
{
	static const char sql[] = "SELECT COUNT(*) FROM " SHOWN;
	struct stmt *s = db_prepare(db, sql);

	bind_shown(s, account, 0);
	return db_number(s, groups);
}

int dashboard_list(struct db *db, int64_t account, struct dashboard_list *out)
{
	static const char sql[] =
		"SELECT b.id, b.event, IFNULL(e.title, ''), b.subject, b.kind,"
		"       b.state, b.kind = 'drill' OR IFNULL(e.drill, FALSE),"
		"       b.confirmed_at, b.closes_at, " BROADCAST_IS_OPEN ","
		"       COUNT(*) OVER ()"
		"  FROM account me"
		"  JOIN broadcast b"
		"  LEFT JOIN event e ON e.id = b.event"
		" WHERE me.id = ?"
		"   AND b.state IN ('sending', 'sent', 'cancelled')"
		"   AND " BROADCAST_IS_OPEN
		"   AND b.retry_of IS NULL AND NOT b.test"
		"   AND EXISTS (SELECT 1 FROM question WHERE broadcast = b.id)"
		"   AND " SEEN " ORDER BY b.id DESC"
		" LIMIT ?";
	struct dashboard_broadcast **next = &out->broadcasts;
	struct stmt *s = db_prepare(db, sql);
	int64_t open = 0, shown = 0;
	int rc;

	*out = (struct dashboard_list){ 0 };
	db_bind_int(s, account);
	db_bind_int(s, DASHBOARD_BROADCASTS);
	for (; (rc = db_step(s)) > 0; next = &(*next)->next, shown++) {
		*next = arena_alloc(db->arena, sizeof(**next));
		read_broadcast(s, *next);
		open = db_int(s, 10);
	}
	out->more = open - shown;
	if (rc < 0 || read_all(db, account, 0, out->broadcasts, NULL) < 0)
		return -1;
	return count_shown(db, account, &out->groups);
}

/* The topmost groups: how many, and the id of one. */
static int read_tops(struct db *db, const struct dashboard *d, int64_t *tops,
		     int64_t *top)
{
	static const char roots[] = "SELECT COUNT(*), MIN(id) FROM grp"
				    " WHERE parent IS NULL";
	static const char own[] = "SELECT COUNT(*), MIN(id) FROM " SHOWN;
	struct stmt *s = db_prepare(db, d->all ? roots : own);
	int rc;

	if (!d->all)
		bind_shown(s, d->account, 0);
	while ((rc = db_step(s)) > 0) {
		*tops = db_int(s, 0);
		*top = db_int(s, 1);
	}
	return rc;
}

/* With one group in reach there is nothing to choose between: who administers
 * it stands in it, who sees all finds those below it in the table. */
static int settle_group(struct db *db, struct dashboard *d)
{
	int64_t tops = 0, top = 0;

	if (d->group == 0 && read_tops(db, d, &tops, &top) < 0)
		return -1;
	if (tops == 1 && !d->all)
		d->group = top;
	d->above = tops == 1 ? top : d->group;
	d->gross = tops > 1 && !d->all;
	return 0;
}

static int read_crumbs(struct db *db, struct dashboard *d)
{
	static const char sql[] =
		"SELECT g.id, g.name"
		"  FROM grp_path p"
		"  JOIN grp g ON g.id = p.ancestor"
		"  JOIN account me ON me.id = ?"
		" WHERE p.descendant = ?"
		"   AND (me.role" SEES_ALL " OR EXISTS"
		"        (SELECT 1 FROM grp_admin a"
		"           JOIN grp_path o ON o.ancestor = a.grp"
		"          WHERE a.account = me.id"
		"            AND o.descendant = p.ancestor))"
		" ORDER BY p.depth DESC";
	struct dashboard_crumb **next = &d->crumbs;
	struct stmt *s;
	int rc;

	if (d->group == 0)
		return 0;
	s = db_prepare(db, sql);
	db_bind_int(s, d->account);
	db_bind_int(s, d->group);
	while ((rc = db_step(s)) > 0) {
		*next = arena_alloc(db->arena, sizeof(**next));
		(*next)->id = db_int(s, 0);
		(*next)->name = db_text(s, 1);
		next = &(*next)->next;
	}
	return rc;
}

int dashboard_find(struct db *db, int64_t account, int64_t broadcast,
		   int64_t group, struct dashboard *out)
{
	static const char sql[] =
		"SELECT b.id, b.event, IFNULL(e.title, ''), b.subject, b.kind,"
		"       b.state, b.kind = 'drill' OR IFNULL(e.drill, FALSE),"
		"       b.confirmed_at, b.closes_at, " BROADCAST_IS_OPEN ","
		"       me.role" SEES_ALL ", me.role <> 'operator'"
		"  FROM account me"
		"  JOIN broadcast a ON a.id = ?"
		"  JOIN broadcast b ON b.id = IFNULL(a.retry_of, a.id)"
		"  LEFT JOIN event e ON e.id = b.event"
		" WHERE me.id = ?"
		"   AND b.state IN ('confirmed', 'sending', 'sent', 'closed',"
		"                   'cancelled')"
		"   AND (? = 0 OR EXISTS (SELECT 1 FROM grp WHERE id = ?))"
		"   AND (me.role" SEES_ALL
		"        OR EXISTS (SELECT 1 FROM " SHOWN "))"
		"   AND " SEEN;
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	*out = (struct dashboard){ .account = account, .group = group };
	db_bind_int(s, broadcast);
	db_bind_int(s, account);
	db_bind_int(s, group);
	db_bind_int(s, group);
	bind_shown(s, account, group);
	for (; (rc = db_step(s)) > 0; found = 1) {
		read_broadcast(s, &out->broadcast);
		out->all = db_int(s, 10) != 0;
		out->people = db_int(s, 11) != 0;
	}
	if (rc < 0 || !found)
		return rc;
	if (settle_group(db, out) < 0 || read_crumbs(db, out) < 0)
		return -1;
	if (read_all(db, account, out->group, &out->broadcast, out) < 0)
		return -1;
	return 1;
}

/* A row for each group and choice; which groups `g`, says the condition. */
#define GROUPS(condition)                                                      \
	"SELECT g.id, g.code, g.name,"                                         \
	"       EXISTS (SELECT 1 FROM grp b WHERE b.parent = g.id),"           \
	"       a.people, IFNULL(n.people, 0), c.item, c.people"               \
	"  FROM " SHOWN "  STRAIGHT_JOIN grp g ON " condition                  \
	"  STRAIGHT_JOIN tally a FORCE INDEX (PRIMARY)"                        \
	"    ON a.broadcast = ? AND a.grp = g.id"                              \
	"   AND a.kind = 'asked' AND a.item = 0 AND a.people > 0"              \
	"  LEFT JOIN tally n FORCE INDEX (PRIMARY)"                            \
	"    ON n.broadcast = a.broadcast"                                     \
	"   AND n.grp = a.grp AND n.kind = 'answered' AND n.item = 0"          \
	"  LEFT JOIN tally c FORCE INDEX (PRIMARY)"                            \
	"    ON c.broadcast = a.broadcast"                                     \
	"   AND c.grp = a.grp AND c.kind = 'choice'"                           \
	" ORDER BY a.people - IFNULL(n.people, 0) DESC, g.code, g.id"

static struct stmt *prepare_groups(struct db *db, const struct dashboard *d)
{
	static const char below[] = GROUPS("g.parent = shown.id");
	static const char roots[] = GROUPS("g.parent IS NULL");
	static const char own[] = GROUPS("g.id = shown.id");
	struct stmt *s;

	if (d->above != 0)
		s = db_prepare(db, below);
	else
		s = db_prepare(db, d->all ? roots : own);
	bind_shown(s, d->account, d->above);
	db_bind_int(s, d->broadcast.id);
	return s;
}

int dashboard_groups(struct db *db, const struct dashboard *d,
		     struct dashboard_group **out)
{
	struct stmt *s = prepare_groups(db, d);
	struct dashboard_group *g = NULL, **next = out;
	const struct dashboard_choice *c;
	int rc;

	while ((rc = db_step(s)) > 0) {
		if (g == NULL || g->id != db_int(s, 0)) {
			g = arena_alloc(db->arena, sizeof(*g));
			g->id = db_int(s, 0);
			g->code = db_text(s, 1);
			g->name = db_text(s, 2);
			g->below = db_int(s, 3) != 0;
			g->asked = db_int(s, 4);
			g->answered = db_int(s, 5);
			g->choices =
				arena_array(db->arena, d->broadcast.columns,
					    sizeof(*g->choices));
			*next = g;
			next = &g->next;
		}
		if ((c = choice_find(&d->broadcast, db_int(s, 6))) != NULL)
			g->choices[c->column] = db_int(s, 7);
	}
	*next = NULL;
	return rc;
}

int dashboard_askings(struct db *db, const struct dashboard *d,
		      struct dashboard_asking **out)
{
	static const char sql[] =
		"SELECT b.id, b.state, b.confirmed_at,"
		"       b.recipients, " MAILS "  FROM (SELECT ? AS id UNION"
		"        SELECT id FROM broadcast WHERE retry_of = ?) i"
		"  JOIN broadcast b ON b.id = i.id"
		"  LEFT JOIN delivery d ON d.broadcast = b.id"
		" WHERE b.confirmed_at IS NOT NULL"
		" ORDER BY b.confirmed_at, b.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, d->broadcast.id);
	db_bind_int(s, d->broadcast.id);
	while ((rc = db_step(s)) > 0) {
		struct dashboard_asking *a = arena_alloc(db->arena, sizeof(*a));

		a->id = db_int(s, 0);
		a->state = db_text(s, 1);
		a->confirmed_at = db_time(s, 2);
		*out = a;
		out = &a->next;
		if (!d->all)
			continue;
		a->recipients = db_int(s, 3);
		read_mails(s, 4, &a->mails);
	}
	*out = NULL;
	return rc;
}
