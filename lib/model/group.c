#include "model/group.h"

#include "base/arena.h"
#include "db/db.h"
#include "model/reach.h"

/* Active people of g and below it.  Who left is looked up apart: asking each
 * person takes three times as long. */
#define PEOPLE                                                                 \
	"(SELECT COUNT(DISTINCT m.user)"                                       \
	"   FROM grp_path p"                                                   \
	"   JOIN grp_member m ON m.grp = p.descendant"                         \
	"  WHERE p.ancestor = g.id)"                                           \
	" - (SELECT COUNT(*) FROM user u"                                      \
	"     WHERE u.state = 'left' AND EXISTS"                               \
	"           (SELECT 1 FROM grp_member m"                               \
	"              JOIN grp_path p ON p.descendant = m.grp"                \
	"             WHERE m.user = u.id AND p.ancestor = g.id))"

#define GROUP_COLUMNS                                                          \
	"SELECT g.id, COALESCE(g.parent, 0), g.code, g.name, " PEOPLE          \
	"  FROM grp g"

static void read_row(struct stmt *s, struct group *g)
{
	*g = (struct group){
		.id = db_int(s, 0),
		.parent = db_int(s, 1),
		.code = db_text(s, 2),
		.name = db_text(s, 3),
		.members = db_int(s, 4),
	};
}

static int find(struct stmt *s, struct group *out)
{
	int rc, found = 0;

	while ((rc = db_step(s)) > 0) {
		read_row(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

static int list(struct db *db, struct stmt *s, struct group **out)
{
	int rc;

	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int group_find(struct db *db, int64_t account, int64_t id, struct group *out)
{
	static const char sql[] =
		GROUP_COLUMNS " WHERE g.id = ?"
			      "   AND " REACH_OF_GROUP("g.id");
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	return find(s, out);
}

int group_find_code(struct db *db, int64_t account, const char *code,
		    struct group *out)
{
	static const char sql[] =
		GROUP_COLUMNS " WHERE g.code = ?"
			      "   AND " REACH_OF_GROUP("g.id");
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_text(s, code);
	reach_bind(s, &reach);
	return find(s, out);
}

int group_is_in_reach(struct db *db, int64_t account, int64_t id)
{
	static const char sql[] = "SELECT g.id FROM grp g"
				  " WHERE g.id = ?"
				  "   AND " REACH_OF_GROUP("g.id");
	struct reach reach;
	struct stmt *s;
	int rc, found = 0;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0)
		found = 1;
	return rc < 0 ? -1 : found;
}

/* A group whose parent is not in the list begins a tree of its own: that is
 * where the reach of a group admin begins. */
static struct group *parent_of(struct group *all, const struct group *g)
{
	for (struct group *p = all; p != NULL; p = p->next)
		if (p->id == g->parent)
			return p;
	return NULL;
}

struct tree {
	struct db *db;
	struct group *all; /* by code */
	struct group **end;
};

/* Appends copies of the groups below a parent (NULL: the tops) in order.  As
 * deep as the organisation, which grp_path holds to 255. */
static void append_below(struct tree *t, const struct group *parent, int depth)
{
	for (struct group *g = t->all; g != NULL; g = g->next) {
		struct group *copy;

		if (parent != NULL ? g->parent != parent->id
				   : parent_of(t->all, g) != NULL)
			continue;
		copy = arena_memdup(t->db->arena, g, sizeof(*g));
		copy->depth = depth;
		copy->next = NULL;
		*t->end = copy;
		t->end = &copy->next;
		append_below(t, g, depth + 1);
	}
}

static int read_tree(struct db *db, int64_t account, const char *sql,
		     struct group **out)
{
	struct tree t = { .db = db, .end = out };
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	reach_bind(s, &reach);
	if (list(db, s, &t.all) < 0)
		return -1;
	*out = NULL;
	append_below(&t, NULL, 0);
	return 0;
}

int group_tree(struct db *db, int64_t account, struct group **out)
{
	static const char sql[] =
		"SELECT g.id, COALESCE(g.parent, 0), g.code, g.name,"
		"       COALESCE(c.people, 0)"
		"  FROM grp g"
		"  LEFT JOIN coverage_group c ON c.grp = g.id"
		" WHERE " REACH_OF_GROUP("g.id") " ORDER BY g.code";

	return read_tree(db, account, sql, out);
}

int group_names(struct db *db, int64_t account, struct group **out)
{
	static const char sql[] =
		"SELECT g.id, COALESCE(g.parent, 0), g.code, g.name, 0"
		"  FROM grp g"
		" WHERE " REACH_OF_GROUP("g.id") " ORDER BY g.code";

	return read_tree(db, account, sql, out);
}

int group_list_below(struct db *db, int64_t account, int64_t id,
		     struct group **out)
{
	static const char below[] = GROUP_COLUMNS
		" WHERE g.parent = ?"
		"   AND " REACH_OF_GROUP("g.id") " ORDER BY g.code";
	static const char tops[] = GROUP_COLUMNS
		" WHERE (? AND g.parent IS NULL)"
		"    OR g.id IN (SELECT grp FROM grp_admin WHERE account = ?)"
		" ORDER BY g.code";
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, id == 0 ? tops : below);
	if (id != 0)
		db_bind_int(s, id);
	reach_bind(s, &reach);
	return list(db, s, out);
}

/* Searching ------------------------------------------------------------------
 */

#define MATCHES                                                                \
	"  FROM grp g"                                                         \
	" WHERE (INSTR(CONVERT(g.code USING utf8mb4), ?) > 0"                  \
	"        OR INSTR(g.name, ?) > 0)"                                     \
	"   AND " REACH_OF_GROUP("g.id")

static int count_matches(struct db *db, const struct reach *reach,
			 const char *text, int64_t *count)
{
	static const char sql[] = "SELECT COUNT(*)" MATCHES;
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, text);
	db_bind_text(s, text);
	reach_bind(s, reach);
	return db_number(s, count);
}

int group_search(struct db *db, int64_t account, const char *text,
		 const char *after, int most, struct group **out,
		 int64_t *count)
{
	/* Only what is shown is counted. */
	static const char sql[] =
		"SELECT g.id, COALESCE(g.parent, 0), g.code, g.name," PEOPLE ","
		"       COALESCE((SELECT GROUP_CONCAT(b.name"
		"                        ORDER BY p.depth DESC SEPARATOR ' / ')"
		"                   FROM grp_path p"
		"                   JOIN grp b ON b.id = p.ancestor"
		"                  WHERE p.descendant = g.id"
		"                    AND p.depth > 0), '')" MATCHES
		"   AND g.code > ?"
		" ORDER BY g.code"
		" LIMIT ?";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0 ||
	    count_matches(db, &reach, text, count) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_text(s, text);
	db_bind_text(s, text);
	reach_bind(s, &reach);
	db_bind_text(s, after);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		(*out)->path = db_text(s, 5);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int group_path(struct db *db, int64_t account, int64_t id, struct group **out)
{
	static const char sql[] =
		"SELECT g.id, COALESCE(g.parent, 0), g.code, g.name, 0"
		"  FROM grp_path q JOIN grp g ON g.id = q.ancestor"
		" WHERE q.descendant = ?"
		"   AND " REACH_OF_GROUP("g.id") " ORDER BY q.depth DESC";
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	return list(db, s, out);
}

int group_admins(struct db *db, int64_t id, struct group_admin **out)
{
	static const char sql[] = "SELECT c.id, c.login, c.name, a.kind,"
				  "       c.state = 'disabled'"
				  "  FROM grp_admin a"
				  "  JOIN account c ON c.id = a.account"
				  " WHERE a.grp = ?"
				  " ORDER BY a.kind, c.login";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		struct group_admin *a = arena_alloc(db->arena, sizeof(*a));

		a->account = db_int(s, 0);
		a->login = db_text(s, 1);
		a->name = db_text(s, 2);
		a->kind = db_text(s, 3);
		a->disabled = db_int(s, 4) != 0;
		*out = a;
		out = &a->next;
	}
	*out = NULL;
	return rc;
}
