#include "model/own_region.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/my_page.h"
#include "model/tally.h"

int own_region_list(struct db *db, int64_t user, struct own_region **out)
{
	static const char sql[] =
		"SELECT r.purpose, r.region, g.name, COALESCE(p.name, ''),"
		"       r.origin"
		"  FROM user_region r"
		"  JOIN region g ON g.code = r.region"
		"  LEFT JOIN region p ON p.code = g.parent"
		" WHERE r.user = ?"
		" ORDER BY r.purpose, r.region";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, user);
	while ((rc = db_step(s)) > 0) {
		struct own_region *r = arena_alloc(db->arena, sizeof(*r));

		r->purpose = db_text(s, 0);
		r->code = db_text(s, 1);
		r->name = db_text(s, 2);
		r->prefecture = db_text(s, 3);
		r->origin = db_text(s, 4);
		*out = r;
		out = &r->next;
	}
	*out = NULL;
	return rc;
}

int own_region_places(struct db *db, const char *parent, struct place **out)
{
	static const char prefectures[] = "SELECT code, name FROM region"
					  " WHERE kind = 'prefecture'"
					  " ORDER BY code";
	static const char municipalities[] =
		"SELECT code, name FROM region"
		" WHERE kind = 'municipality' AND parent = ?"
		" ORDER BY code";
	struct stmt *s =
		db_prepare(db, parent == NULL ? prefectures : municipalities);
	int rc;

	if (parent != NULL)
		db_bind_text(s, parent);
	while ((rc = db_step(s)) > 0) {
		struct place *p = arena_alloc(db->arena, sizeof(*p));

		p->code = db_text(s, 0);
		p->name = db_text(s, 1);
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc;
}

struct change {
	const struct audit *audit;
	int64_t user;
	const char *purpose, *code;
};

static int note(struct db *db, const struct change *c, const char *action)
{
	return my_page_note(db, c->audit, c->user, action,
			    arena_fmt(db->arena, "%s:%s", c->purpose, c->code));
}

static int64_t count_of(struct db *db, int64_t user)
{
	static const char sql[] =
		"SELECT COUNT(*) FROM user_region WHERE user = ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	db_bind_int(s, user);
	return db_number(s, &n) < 0 ? -1 : n;
}

/* How many rows a statement about one region of a person named, or -1. */
static int64_t run(struct stmt *s, const struct change *c)
{
	db_bind_int(s, c->user);
	db_bind_text(s, c->purpose);
	db_bind_text(s, c->code);
	return db_run(s);
}

/* Open broadcasts are counted by where people work. */
static int tell_tally(struct db *db, const struct change *c)
{
	if (!str_eq(c->purpose, "work"))
		return 0;
	return tally_people_changed(
		db, arena_fmt(db->arena, "[%lld]", (long long)c->user));
}

static int insert(struct db *db, const struct change *c)
{
	static const char sql[] =
		"INSERT INTO user_region (user, region, purpose, origin)"
		" SELECT ?, code, ?, 'self' FROM region"
		"  WHERE code = ? AND kind IN ('prefecture', 'municipality')";
	int64_t rows = run(db_prepare(db, sql), c);

	if (rows <= 0)
		return (int)rows;
	return tell_tally(db, c) < 0 ? -1 : 1;
}

static int add(struct db *db, void *arg)
{
	static const char known[] = "UPDATE user_region SET origin = 'self'"
				    " WHERE user = ? AND purpose = ?"
				    "   AND region = ?";
	const struct change *c = arg;
	int64_t count, rows;

	if (my_page_lock(db, c->user) < 0)
		return -1;
	count = count_of(db, c->user);
	if (count < 0 || count >= OWN_REGION_MOST)
		return count < 0 ? -1 : OWN_REGION_MANY;
	rows = run(db_prepare(db, known), c);
	if (rows == 0)
		rows = insert(db, c);
	if (rows <= 0)
		return rows < 0 ? -1 : OWN_REGION_NONE;
	return note(db, c, "region added") < 0 ? -1 : OWN_REGION_DONE;
}

int own_region_add(struct db *db, const struct audit *audit, int64_t user,
		   const char *purpose, const char *code)
{
	struct change c = { audit, user, purpose, code };

	return db_transaction(db, add, &c);
}

static int remove_one(struct db *db, void *arg)
{
	static const char find[] =
		"SELECT r.origin = 'hr' AND NOT EXISTS"
		"       (SELECT 1 FROM user_region o"
		"         WHERE o.user = r.user AND o.purpose = r.purpose"
		"           AND o.origin = 'self')"
		"  FROM user_region r"
		" WHERE r.user = ? AND r.purpose = ? AND r.region = ?";
	static const char sql[] = "DELETE FROM user_region"
				  " WHERE user = ? AND purpose = ?"
				  "   AND region = ?";
	const struct change *c = arg;
	int result = OWN_REGION_NONE, rc;
	struct stmt *s;

	if (my_page_lock(db, c->user) < 0)
		return -1;
	s = db_prepare(db, find);
	db_bind_int(s, c->user);
	db_bind_text(s, c->purpose);
	db_bind_text(s, c->code);
	while ((rc = db_step(s)) > 0)
		result = db_int(s, 0) != 0 ? OWN_REGION_HR : OWN_REGION_DONE;
	if (rc < 0 || result != OWN_REGION_DONE)
		return rc < 0 ? -1 : result;
	if (run(db_prepare(db, sql), c) < 0 || tell_tally(db, c) < 0 ||
	    note(db, c, "region removed") < 0)
		return -1;
	return OWN_REGION_DONE;
}

int own_region_remove(struct db *db, const struct audit *audit, int64_t user,
		      const char *purpose, const char *code)
{
	struct change c = { audit, user, purpose, code };

	return db_transaction(db, remove_one, &c);
}
