/* What stands on one person's page beside his own row. */
#include "model/user.h"

#include "base/arena.h"
#include "db/db.h"
#include "model/reach.h"

static int count_others(struct db *db, const struct reach *reach, int64_t id,
			int64_t *others)
{
	static const char sql[] =
		"SELECT COUNT(*) FROM grp_member m"
		" WHERE m.user = ? AND NOT " REACH_OF_GROUP("m.grp");
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	reach_bind(s, reach);
	return db_number(s, others);
}

int user_groups(struct db *db, int64_t account, int64_t id,
		struct user_group **out, int64_t *others)
{
	static const char sql[] =
		"SELECT g.id, g.name,"
		"       COALESCE((SELECT GROUP_CONCAT(b.name"
		"                        ORDER BY p.depth DESC SEPARATOR ' / ')"
		"                   FROM grp_path p JOIN grp b"
		"                     ON b.id = p.ancestor"
		"                  WHERE p.descendant = g.id"
		"                    AND p.depth > 0), '')"
		"  FROM grp_member m"
		"  JOIN grp g ON g.id = m.grp"
		" WHERE m.user = ?"
		"   AND " REACH_OF_GROUP("m.grp") " ORDER BY g.id";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0 ||
	    count_others(db, &reach, id, others) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		struct user_group *g = arena_alloc(db->arena, sizeof(*g));

		g->id = db_int(s, 0);
		g->name = db_text(s, 1);
		g->path = db_text(s, 2);
		*out = g;
		out = &g->next;
	}
	*out = NULL;
	return rc;
}

int user_regions(struct db *db, int64_t id, struct user_region **out)
{
	static const char sql[] =
		"SELECT r.purpose, r.region, COALESCE(g.name, r.region),"
		"       COALESCE(p.name, '')"
		"  FROM user_region r"
		"  LEFT JOIN region g ON g.code = r.region"
		"  LEFT JOIN region p ON p.code = g.parent"
		" WHERE r.user = ?"
		" ORDER BY r.purpose, r.region";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		struct user_region *r = arena_alloc(db->arena, sizeof(*r));

		r->purpose = db_text(s, 0);
		r->code = db_text(s, 1);
		r->name = db_text(s, 2);
		r->prefecture = db_text(s, 3);
		*out = r;
		out = &r->next;
	}
	*out = NULL;
	return rc;
}

int user_addresses(struct db *db, int64_t id, struct user_address **out)
{
	static const char sql[] =
		"SELECT place, domain, class, state, checked_at"
		"  FROM address"
		" WHERE user = ?"
		" ORDER BY place";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		struct user_address *a = arena_alloc(db->arena, sizeof(*a));

		a->place = db_int(s, 0);
		a->domain = db_text(s, 1);
		a->class = db_text(s, 2);
		a->state = db_text(s, 3);
		a->checked_at = db_time(s, 4);
		*out = a;
		out = &a->next;
	}
	*out = NULL;
	return rc;
}

int user_answers(struct db *db, int64_t id, int most, struct user_answer **out)
{
	static const char sql[] =
		"SELECT b.id, b.subject, b.kind, b.confirmed_at, r.answered_at,"
		"       COALESCE((SELECT GROUP_CONCAT(o.text ORDER BY o.id"
		"                                     SEPARATOR '、')"
		"                   FROM answer_choice c"
		"                   JOIN choice o ON o.id = c.choice"
		"                  WHERE c.broadcast = r.broadcast"
		"                    AND c.user = r.user), ''),"
		"       COALESCE((SELECT w.comment FROM answer w"
		"                  WHERE w.broadcast = r.broadcast"
		"                    AND w.user = r.user"
		"                    AND w.at = r.answered_at), '')"
		"  FROM recipient r"
		"  JOIN broadcast b ON b.id = r.broadcast"
		" WHERE r.user = ? AND b.retry_of IS NULL"
		"   AND EXISTS (SELECT 1 FROM question q"
		"                WHERE q.broadcast = b.id)"
		" ORDER BY r.broadcast DESC"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		struct user_answer *w = arena_alloc(db->arena, sizeof(*w));

		w->broadcast = db_int(s, 0);
		w->subject = db_text(s, 1);
		w->kind = db_text(s, 2);
		w->asked_at = db_time(s, 3);
		w->answered_at = db_time(s, 4);
		w->answer = db_text(s, 5);
		w->comment = db_text(s, 6);
		*out = w;
		out = &w->next;
	}
	*out = NULL;
	return rc;
}

int user_accounts(struct db *db, int64_t id, struct user_account **out)
{
	static const char sql[] = "SELECT login, role, state"
				  "  FROM account"
				  " WHERE user = ?"
				  " ORDER BY login";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		struct user_account *c = arena_alloc(db->arena, sizeof(*c));

		c->login = db_text(s, 0);
		c->role = db_text(s, 1);
		c->state = db_text(s, 2);
		*out = c;
		out = &c->next;
	}
	*out = NULL;
	return rc;
}

/* JMA writes the wards of a city without 市: 札幌中央区. */
int region_find(struct db *db, const char *text, const char **code)
{
	static const char sql[] =
		"SELECT COUNT(*), MIN(r.code),"
		"       GROUP_CONCAT(r.code, '（', COALESCE(p.name, ''),"
		"                    r.name, '）' ORDER BY r.code"
		"                    SEPARATOR '、')"
		"  FROM region r"
		"  LEFT JOIN region p ON p.code = r.parent"
		" WHERE r.kind IN ('prefecture', 'municipality')"
		"   AND (CONVERT(r.code USING utf8mb4) = ? OR r.name = ?"
		"        OR CONCAT(p.name, r.name) = ?"
		"        OR (r.name LIKE '%区' AND REPLACE(?, '市', '')"
		"            IN (r.name, CONCAT(p.name, r.name))))";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = REGION_NONE;

	for (int i = 0; i < 4; i++)
		db_bind_text(s, text);
	while ((rc = db_step(s)) > 0) {
		int64_t n = db_int(s, 0);

		found = n == 0	 ? REGION_NONE
			: n == 1 ? REGION_FOUND
				 : REGION_SEVERAL;
		*code = db_text(s, n == 1 ? 1 : 2);
	}
	return rc < 0 ? -1 : found;
}
