#include "model/post.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/reach.h"

/* Reading ------------------------------------------------------------------ */

#define POST_COLUMNS                                                           \
	"SELECT p.id, p.grp, g.name, p.name, p.needed, p.within, p.version,"   \
	"       (SELECT COUNT(*) FROM post_person e"                           \
	"         WHERE e.post = p.id AND NOT e.substitute),"                  \
	"       (SELECT COUNT(*) FROM post_person e"                           \
	"         WHERE e.post = p.id AND e.substitute)"

/* Values: text (3 times), group (2 times), reach. */
#define POSTS                                                                  \
	"  FROM post p"                                                        \
	"  JOIN grp g ON g.id = p.grp"                                         \
	" WHERE (? IS NULL OR INSTR(p.name, ?) > 0 OR INSTR(g.name, ?) > 0)"   \
	"   AND (? = 0 OR EXISTS (SELECT 1 FROM grp_path x"                    \
	"         WHERE x.ancestor = ? AND x.descendant = p.grp))"             \
	"   AND " REACH_OF_GROUP("p.grp")

static void read_row(struct stmt *s, struct post *p)
{
	*p = (struct post){
		.id = db_int(s, 0),
		.grp = db_int(s, 1),
		.group = db_text(s, 2),
		.name = db_text(s, 3),
		.needed = db_int(s, 4),
		.within = db_int(s, 5),
		.version = db_int(s, 6),
		.people = db_int(s, 7),
		.substitutes = db_int(s, 8),
	};
}

static void bind_posts(struct stmt *s, const struct post_query *query,
		       const struct reach *reach)
{
	for (int i = 0; i < 3; i++)
		db_bind_text(s, query->text);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, query->group);
	reach_bind(s, reach);
}

int post_list(struct db *db, int64_t account, const struct post_query *query,
	      struct post **out)
{
	static const char sql[] =
		POST_COLUMNS POSTS " ORDER BY g.code, p.name, p.id"
				   " LIMIT ? OFFSET ?";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_posts(s, query, &reach);
	db_bind_int(s, query->most);
	db_bind_int(s, query->skip);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int64_t post_count(struct db *db, int64_t account,
		   const struct post_query *query)
{
	static const char sql[] = "SELECT COUNT(*)" POSTS;
	struct reach reach;
	struct stmt *s;
	int64_t n = 0;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_posts(s, query, &reach);
	return db_number(s, &n) < 0 ? -1 : n;
}

int post_find(struct db *db, int64_t account, int64_t id, struct post *out)
{
	static const char sql[] =
		POST_COLUMNS "  FROM post p"
			     "  JOIN grp g ON g.id = p.grp"
			     " WHERE p.id = ? AND " REACH_OF_GROUP("p.grp");
	struct reach reach;
	struct stmt *s;
	int rc, found = 0;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		read_row(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int post_people(struct db *db, int64_t account, int64_t id,
		struct post_person **out)
{
	static const char sql[] =
		"SELECT u.id, u.staff_no, u.name, e.substitute"
		"  FROM post_person e"
		"  JOIN post p ON p.id = e.post"
		"  JOIN user u ON u.id = e.user"
		" WHERE e.post = ? AND " REACH_OF_GROUP(
			"p.grp") "   AND " REACH_OF("u.id") " ORDER BY "
							    "e.substitute, "
							    "u.staff_no";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		struct post_person *p = arena_alloc(db->arena, sizeof(*p));

		p->user = db_int(s, 0);
		p->staff_no = db_text(s, 1);
		p->name = db_text(s, 2);
		p->substitute = db_int(s, 3) != 0;
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc;
}

/* Changing ----------------------------------------------------------------- */

struct saving {
	int64_t account, id;
	const struct audit *audit;
	const struct post *post;
	const char *people; /* as JSON */
	struct reach reach;
	const char *before; /* of the audit entry */
};

/* Locks it.  Returns a post_saved, POST_SAVED if it may be changed, or -1. */
static int lock_post(struct db *db, struct saving *w)
{
	static const char sql[] =
		"SELECT p.version, p.grp, p.needed, p.within,"
		"       (SELECT GROUP_CONCAT(CONCAT(IF(e.substitute, 's', ''),"
		"                            e.user) ORDER BY e.user)"
		"          FROM post_person e WHERE e.post = p.id)"
		"  FROM post p"
		" WHERE p.id = ? AND " REACH_OF_GROUP("p.grp") "   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = POST_NOT_FOUND;

	db_bind_int(s, w->id);
	reach_bind(s, &w->reach);
	while ((rc = db_step(s)) > 0) {
		found = w->post != NULL && db_int(s, 0) != w->post->version
				? POST_CHANGED
				: POST_SAVED;
		w->before = arena_fmt(db->arena,
				      "group=%lld needed=%lld within=%lld "
				      "people=%.300s",
				      (long long)db_int(s, 1),
				      (long long)db_int(s, 2),
				      (long long)db_int(s, 3), db_text(s, 4));
	}
	return rc < 0 ? -1 : found;
}

static int64_t write_post(struct db *db, struct saving *w)
{
	static const char make[] =
		"INSERT INTO post (name, needed, within, grp)"
		" SELECT ?, ?, ?, g.id"
		"   FROM grp g"
		"  WHERE g.id = ? AND " REACH_OF_GROUP("g.id");
	static const char change[] =
		"UPDATE post"
		"   SET name = ?, needed = ?, within = ?, version = version + "
		"1,"
		"       grp = ?"
		" WHERE " REACH_OF_GROUP("?") "   AND id = ?";
	const struct post *p = w->post;
	struct stmt *s = db_prepare(db, w->id == 0 ? make : change);
	int64_t n;

	db_expect(s, DB_DUPLICATE);
	db_bind_text(s, p->name);
	db_bind_int(s, p->needed);
	db_bind_int(s, p->within);
	db_bind_int(s, p->grp);
	if (w->id == 0) {
		reach_bind(s, &w->reach);
	} else {
		db_bind_int(s, w->reach.everybody);
		db_bind_int(s, p->grp);
		db_bind_int(s, w->reach.account);
		db_bind_int(s, w->id);
	}
	n = db_run(s);
	if (n > 0 && w->id == 0)
		w->id = db_last_id(db);
	return n;
}

static int write_people(struct db *db, const struct saving *w)
{
	static const char gone[] = "DELETE FROM post_person"
				   " WHERE post = ?"
				   "   AND " REACH_OF("user");
	static const char come[] =
		"INSERT IGNORE INTO post_person (post, user, substitute)"
		" SELECT ?, t.user, t.substitute"
		"   FROM JSON_TABLE(?, '$[*]' COLUMNS ("
		"        user INT UNSIGNED PATH '$[0]',"
		"        substitute INT PATH '$[1]')) t"
		"  WHERE " REACH_OF("t.user");
	struct stmt *s = db_prepare(db, gone);

	db_bind_int(s, w->id);
	reach_bind(s, &w->reach);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, come);
	db_bind_int(s, w->id);
	db_bind_text(s, w->people);
	reach_bind(s, &w->reach);
	return db_run(s) < 0 ? -1 : 0;
}

static int add_audit(struct db *db, const struct saving *w, const char *action)
{
	struct audit line = *w->audit;
	const struct post *p = w->post;

	line.action = action;
	line.object = arena_fmt(db->arena, "post %lld", (long long)w->id);
	line.detail = arena_fmt(db->arena, "before: %s", w->before);
	if (p != NULL)
		line.detail = arena_fmt(
			db->arena,
			"%s; after: group=%lld needed=%lld within=%lld "
			"people=%.300s",
			line.detail, (long long)p->grp, (long long)p->needed,
			(long long)p->within, w->people);
	return audit_add(db, &line);
}

static int save(struct db *db, void *arg)
{
	struct saving *w = arg;
	int rc;
	int64_t n;

	if (reach_find(db, w->account, &w->reach) < 0)
		return -1;
	w->id = w->post->id;
	w->before = "none";
	if (w->id != 0) {
		rc = lock_post(db, w);
		if (rc != POST_SAVED)
			return rc;
	}
	n = write_post(db, w);
	if (n < 0)
		return db_errno(db) == DB_DUPLICATE ? POST_TAKEN : -1;
	if (n == 0)
		return POST_NOT_FOUND;
	if (write_people(db, w) < 0 || add_audit(db, w, "post save") < 0)
		return -1;
	return POST_SAVED;
}

static const char *people_json(struct arena *a, const struct post_person *list)
{
	struct str s = { .arena = a };

	for (const struct post_person *p = list; p != NULL; p = p->next)
		str_fmt(&s, "%s[%lld,%d]", p == list ? "[" : ",",
			(long long)p->user, p->substitute);
	str_add(&s, list == NULL ? "[]" : "]");
	return str_text(&s);
}

int post_save(struct db *db, int64_t account, const struct audit *audit,
	      const struct post *post, const struct post_person *people,
	      int64_t *id)
{
	struct saving w = { .account = account, .audit = audit, .post = post };
	int rc;

	w.people = people_json(db->arena, people);
	rc = db_transaction(db, save, &w);
	*id = w.id;
	return rc;
}

static int remove_it(struct db *db, void *arg)
{
	static const char sql[] = "DELETE FROM post WHERE id = ?";
	struct saving *w = arg;
	struct stmt *s;
	int rc;

	if (reach_find(db, w->account, &w->reach) < 0)
		return -1;
	rc = lock_post(db, w);
	if (rc != POST_SAVED)
		return rc < 0 ? -1 : 0;
	s = db_prepare(db, sql);
	db_bind_int(s, w->id);
	if (db_run(s) < 0 || add_audit(db, w, "post remove") < 0)
		return -1;
	return 1;
}

int post_remove(struct db *db, int64_t account, const struct audit *audit,
		int64_t id)
{
	struct saving w = { .account = account, .id = id, .audit = audit };

	return db_transaction(db, remove_it, &w);
}
