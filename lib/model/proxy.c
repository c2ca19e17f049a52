#include "model/proxy.h"

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/reach.h"

struct storing {
	const struct proxy *proxy;
	int64_t account, at;
	const struct audit *audit;
	int64_t root;
	int64_t own_at; /* of his newest own answer, 0: none */
};

/* What this press has stored already: a proxy_stored, or PROXY_NEW. */
enum { PROXY_NEW = PROXY_PRESS_USED + 1 };

static int find_press(struct db *db, const struct storing *w)
{
	static const char sql[] =
		"SELECT x.broadcast = ? AND x.user = ?"
		"       AND a.choices = ? AND BINARY a.comment = ?"
		"       AND BINARY a.texts = ? AND x.source = ?"
		"       AND x.means = ? AND x.certainty = ?"
		"  FROM proxy x"
		"  JOIN answer a ON a.broadcast = x.broadcast"
		"   AND a.user = x.user AND a.at = x.at"
		" WHERE x.press = ? LOCK IN SHARE MODE";
	const struct proxy *p = w->proxy;
	struct stmt *s = db_prepare(db, sql);
	int rc, found = PROXY_NEW;

	db_bind_int(s, w->root);
	db_bind_int(s, p->user);
	db_bind_text(s, p->choices);
	db_bind_text(s, p->comment);
	db_bind_text(s, p->texts == NULL ? "" : p->texts);
	db_bind_text(s, p->source);
	db_bind_text(s, p->means);
	db_bind_text(s, p->certainty);
	db_bind_blob(s, p->press, PROXY_PRESS_LEN);
	while ((rc = db_step(s)) > 0)
		found = db_int(s, 0) != 0 ? PROXY_STORED : PROXY_PRESS_USED;
	return rc < 0 ? -1 : found;
}

/* Locks the person's line, so that two who press at the same instant come one
 * after the other.  1, 0 if there is none within reach, -1. */
static int lock_recipient(struct db *db, struct storing *w)
{
	static const char sql[] =
		"SELECT q.broadcast,"
		"       (SELECT MAX(a.at) FROM answer a"
		"         WHERE a.broadcast = q.broadcast AND a.user = q.user"
		"           AND a.channel <> 'proxy')"
		"  FROM broadcast b"
		"  JOIN recipient q ON q.broadcast = COALESCE(b.retry_of, b.id)"
		" WHERE b.id = ? AND q.user = ?"
		"   AND " REACH_OF("q.user") "   FOR UPDATE";
	struct reach reach;
	struct stmt *s;
	int rc, found = 0;

	if (reach_find(db, w->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, w->proxy->broadcast);
	db_bind_int(s, w->proxy->user);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		w->root = db_int(s, 0);
		w->own_at = db_time(s, 1);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

static int insert_answer(struct db *db, const struct storing *w)
{
	static const char sql[] =
		"INSERT INTO answer (broadcast, user, at, channel, choices,"
		"                    comment, texts)"
		" VALUES (?, ?, ?, 'proxy', ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, w->root);
	db_bind_int(s, w->proxy->user);
	db_bind_time(s, w->at);
	db_bind_text(s, w->proxy->choices);
	db_bind_text(s, w->proxy->comment);
	db_bind_text(s, w->proxy->texts == NULL ? "" : w->proxy->texts);
	return db_run(s) < 0 ? -1 : 0;
}

static int insert_proxy(struct db *db, const struct storing *w)
{
	static const char sql[] =
		"INSERT INTO proxy (broadcast, user, at, source, means,"
		"                   certainty, account, press)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, w->root);
	db_bind_int(s, w->proxy->user);
	db_bind_time(s, w->at);
	db_bind_text(s, w->proxy->source);
	db_bind_text(s, w->proxy->means);
	db_bind_text(s, w->proxy->certainty);
	db_bind_int(s, w->account);
	db_bind_blob(s, w->proxy->press, PROXY_PRESS_LEN);
	return db_run(s) < 0 ? -1 : 0;
}

static int add_audit(struct db *db, const struct audit *who, const char *action,
		     int64_t broadcast, int64_t user, const char *detail)
{
	struct audit line = *who;

	line.action = action;
	line.object = arena_fmt(db->arena, "broadcast %lld user %lld",
				(long long)broadcast, (long long)user);
	line.people = 1;
	line.detail = detail;
	return audit_add(db, &line);
}

static int store(struct db *db, void *arg)
{
	struct storing *w = arg;
	const struct proxy *p = w->proxy;
	int rc = lock_recipient(db, w);

	if (rc <= 0)
		return rc < 0 ? -1 : PROXY_NOT_FOUND;
	rc = find_press(db, w);
	if (rc != PROXY_NEW)
		return rc;
	if (w->own_at > p->seen)
		return PROXY_UNSEEN;
	w->at = time_now();
	if (insert_answer(db, w) < 0 || insert_proxy(db, w) < 0 ||
	    add_audit(db, w->audit, "proxy answer", w->root, p->user,
		      arena_fmt(db->arena,
				"choices=%s source=%s means=%s certainty=%s",
				p->choices, p->source, p->means,
				p->certainty)) < 0)
		return -1;
	return PROXY_STORED;
}

int proxy_store(struct db *db, int64_t account, const struct audit *audit,
		const struct proxy *proxy)
{
	struct storing w = { .proxy = proxy,
			     .account = account,
			     .audit = audit };

	return db_transaction(db, store, &w);
}

/* Conflicts ---------------------------------------------------------------- */

struct settling {
	int64_t account, broadcast, user;
	const struct audit *audit;
};

static int settle(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE broadcast b"
		"  JOIN recipient q ON q.broadcast = COALESCE(b.retry_of, b.id)"
		"   SET q.conflict = FALSE"
		" WHERE b.id = ? AND q.user = ? AND q.conflict"
		"   AND " REACH_OF("q.user");
	const struct settling *w = arg;
	struct reach reach;
	struct stmt *s;
	int64_t n;

	if (reach_find(db, w->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, w->broadcast);
	db_bind_int(s, w->user);
	reach_bind(s, &reach);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	return add_audit(db, w->audit, "proxy settle", w->broadcast, w->user,
			 "") < 0
		       ? -1
		       : 1;
}

int proxy_settle(struct db *db, int64_t account, const struct audit *audit,
		 int64_t broadcast, int64_t user)
{
	struct settling w = { account, broadcast, user, audit };

	return db_transaction(db, settle, &w);
}

/* Of the broadcasts `b`; from the few proxies to the people, not the other way
 * round. */
#define CONFLICTS(broadcasts)                                                  \
	"SELECT b.id, COUNT(DISTINCT x.user)"                                  \
	"  FROM " broadcasts                                                   \
	"  STRAIGHT_JOIN proxy x ON x.broadcast = COALESCE(b.retry_of, b.id)"  \
	"  STRAIGHT_JOIN recipient q ON q.broadcast = x.broadcast"             \
	"   AND q.user = x.user"                                               \
	" WHERE q.conflict"                                                    \
	"   AND (? = 0 OR EXISTS (SELECT 1 FROM grp_member e"                  \
	"          JOIN grp_path p ON p.ancestor = ?"                          \
	"           AND p.descendant = e.grp"                                  \
	"         WHERE e.user = x.user))"                                     \
	"   AND " REACH_OF("x.user") " GROUP BY b.id"

/* What the statement counts, its broadcasts being bound. */
static int read_counts(struct db *db, struct stmt *s, int64_t group,
		       const struct reach *reach, struct proxy_count **out)
{
	int rc;

	db_bind_int(s, group);
	db_bind_int(s, group);
	reach_bind(s, reach);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->broadcast = db_int(s, 0);
		(*out)->people = db_int(s, 1);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int proxy_count(struct db *db, int64_t account, const char *broadcasts,
		int64_t group, struct proxy_count **out)
{
	static const char sql[] =
		CONFLICTS("JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"
			  "  STRAIGHT_JOIN broadcast b ON b.id = j.id");
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_text(s, broadcasts);
	return read_counts(db, s, group, &reach, out);
}

int64_t proxy_conflicts(struct db *db, int64_t account, int64_t broadcast,
			int64_t group)
{
	static const char sql[] = CONFLICTS(
		"(SELECT id, retry_of FROM broadcast WHERE id = ?) b");
	struct proxy_count *found;
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, broadcast);
	if (read_counts(db, s, group, &reach, &found) < 0)
		return -1;
	return found == NULL ? 0 : found->people;
}

/* History ------------------------------------------------------------------ */

#define ITS_CHOICES(list)                                                      \
	"(SELECT GROUP_CONCAT(" list ")"                                       \
	"   FROM question k JOIN choice o ON o.question = k.id"                \
	"  WHERE k.broadcast = a.broadcast"                                    \
	"    AND FIND_IN_SET(o.id, a.choices))"

int proxy_list(struct db *db, int64_t account, int64_t broadcast, int64_t user,
	       struct proxy_answer **out)
{
	/* clang-format off */
	static const char sql[] =
		"SELECT a.at, a.channel, a.choices, "
		ITS_CHOICES("o.text ORDER BY o.id SEPARATOR '、'") ", "
		ITS_CHOICES("o.mark ORDER BY o.id") ","
		/* As the fold counts it, which may come a moment later. */
		"       a.comment, a.at = COALESCE("
		"         (SELECT MAX(o.at) FROM answer o"
		"           WHERE o.broadcast = a.broadcast AND o.user = a.user"
		"             AND o.channel <> 'proxy'),"
		"         (SELECT MAX(o.at) FROM answer o"
		"           WHERE o.broadcast = a.broadcast"
		"             AND o.user = a.user)),"
		"       x.source, x.means, x.certainty, c.name, a.texts"
		"  FROM broadcast b"
		"  JOIN answer a ON a.broadcast = COALESCE(b.retry_of, b.id)"
		"  LEFT JOIN proxy x ON x.broadcast = a.broadcast"
		"   AND x.user = a.user AND x.at = a.at"
		"  LEFT JOIN account c ON c.id = x.account"
		" WHERE b.id = ? AND a.user = ?"
		"   AND " REACH_OF("a.user")
		" ORDER BY a.at DESC";
	/* clang-format on */
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		struct proxy_answer *a = arena_alloc(db->arena, sizeof(*a));

		a->at = db_time(s, 0);
		a->channel = db_text(s, 1);
		a->choices = db_text(s, 2);
		a->text = db_text(s, 3);
		a->marks = db_text(s, 4);
		a->comment = db_text(s, 5);
		a->counts = db_int(s, 6) != 0;
		a->source = db_text(s, 7);
		a->means = db_text(s, 8);
		a->certainty = db_text(s, 9);
		a->account = db_text(s, 10);
		a->texts = db_text(s, 11);
		*out = a;
		out = &a->next;
	}
	*out = NULL;
	return rc;
}
