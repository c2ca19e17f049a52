#include "model/user.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/reach.h"

#define USER_COLUMNS                                                           \
	"SELECT u.id, u.staff_no, u.name, u.kana, u.lang, u.state,"            \
	"       COALESCE((SELECT g.name"                                       \
	"                   FROM grp_member m JOIN grp g ON g.id = m.grp"      \
	"                  WHERE m.user = u.id"                                \
	"                  ORDER BY g.id LIMIT 1), '')"                        \
	"  FROM user u"

static void read_row(struct stmt *s, struct user *u)
{
	*u = (struct user){
		.id = db_int(s, 0),
		.staff_no = db_text(s, 1),
		.name = db_text(s, 2),
		.kana = db_text(s, 3),
		.lang = db_text(s, 4),
		.state = db_text(s, 5),
		.group = db_text(s, 6),
	};
}

static int find(struct stmt *s, struct user *out)
{
	int rc, found = 0;

	while ((rc = db_step(s)) > 0) {
		read_row(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int user_find(struct db *db, int64_t account, int64_t id, struct user *out)
{
	static const char sql[] = USER_COLUMNS " WHERE u.id = ?"
					       "   AND " REACH_OF("u.id");
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	return find(s, out);
}

int user_find_staff_no(struct db *db, int64_t account, const char *staff_no,
		       struct user *out)
{
	static const char sql[] = USER_COLUMNS " WHERE u.staff_no = ?"
					       "   AND " REACH_OF("u.id");
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_text(s, staff_no);
	reach_bind(s, &reach);
	return find(s, out);
}

int user_search(struct db *db, int64_t account, const char *text, int most,
		struct user **out)
{
	static const char sql[] = USER_COLUMNS
		" WHERE u.state = 'active'"
		"   AND (INSTR(CONVERT(u.staff_no USING utf8mb4), ?) = 1"
		"        OR INSTR(u.name, ?) > 0 OR INSTR(u.kana, ?) > 0)"
		"   AND " REACH_OF("u.id") " ORDER BY u.staff_no"
					   " LIMIT ?";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	for (int i = 0; i < 3; i++)
		db_bind_text(s, text);
	reach_bind(s, &reach);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}
