#include "model/group_change.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/group.h"
#include "model/reach.h"
#include "model/tally.h"
#include "model/user.h"

/* One act on a group. */
struct act {
	const struct audit *audit;
	int64_t id, parent;
	const char *code, *name;
	const char *users; /* JSON array of ids */
	const char *login, *kind;
	bool add;
	int64_t done;
};

static int run(struct db *db, const char *sql, size_t count,
	       const int64_t *values)
{
	struct stmt *s = db_prepare(db, sql);

	for (size_t i = 0; i < count; i++)
		db_bind_int(s, values[i]);
	return db_run(s) < 0 ? -1 : 0;
}

/* The one number of a query with up to three values, or -1. */
static int64_t ask(struct db *db, const char *sql, size_t count,
		   const int64_t *values)
{
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	for (size_t i = 0; i < count; i++)
		db_bind_int(s, values[i]);
	return db_number(s, &n) < 0 ? -1 : n;
}

static int note(struct db *db, const struct act *act, const char *action,
		int64_t people, const char *detail)
{
	struct audit line = *act->audit;

	line.action = action;
	line.object = arena_fmt(db->arena, "group %lld", (long long)act->id);
	line.people = people;
	line.detail = detail;
	return audit_add(db, &line);
}

/* The tree ------------------------------------------------------------------*/

/* It writes, since that is what keeps two nodes of Galera apart. */
int group_lock_tree(struct db *db)
{
	static const char sql[] = "UPDATE grp_tree"
				  "   SET changes = (changes + 1) MOD 1000000"
				  " WHERE id = 1";

	return run(db, sql, 0, NULL);
}

/* May the account put something below this parent?  1, 0, or -1. */
static int parent_in_reach(struct db *db, const struct act *act, int64_t parent)
{
	struct reach reach;

	if (parent != 0)
		return group_is_in_reach(db, act->audit->account, parent);
	if (reach_find(db, act->audit->account, &reach) < 0)
		return -1;
	return reach.everybody;
}

/* The group and its parent are in reach: so it is not the top of what a group
 * admin manages.  GROUP_DONE, GROUP_NOT_FOUND, GROUP_OWN_TOP, or -1. */
static int check_below_own(struct db *db, const struct act *act,
			   int64_t *parent)
{
	static const char sql[] = "SELECT COALESCE(parent, 0) FROM grp"
				  " WHERE id = ?";
	int rc = group_is_in_reach(db, act->audit->account, act->id);

	if (rc <= 0)
		return rc < 0 ? -1 : GROUP_NOT_FOUND;
	*parent = ask(db, sql, 1, &act->id);
	rc = *parent < 0 ? -1 : parent_in_reach(db, act, *parent);
	if (rc < 0)
		return -1;
	return rc > 0 ? GROUP_DONE : GROUP_OWN_TOP;
}

static int64_t depth_of(struct db *db, int64_t id)
{
	static const char sql[] = "SELECT COALESCE(MAX(depth), -1) + 1"
				  "  FROM grp_path"
				  " WHERE descendant = ?";

	return id == 0 ? 0 : ask(db, sql, 1, &id);
}

/* Joins all above the parent with the group and all below it. */
static int add_paths(struct db *db, int64_t id, int64_t parent)
{
	static const char sql[] =
		"INSERT INTO grp_path (ancestor, descendant, depth)"
		" SELECT a.ancestor, d.descendant, a.depth + d.depth + 1"
		"   FROM grp_path a"
		"   JOIN grp_path d ON d.ancestor = ?"
		"  WHERE a.descendant = ?";
	const int64_t values[] = { id, parent };

	return run(db, sql, LEN(values), values);
}

static int insert_group(struct db *db, struct act *act)
{
	static const char sql[] = "INSERT INTO grp (parent, code, name)"
				  " VALUES (NULLIF(?, 0), ?, ?)";
	static const char self[] =
		"INSERT INTO grp_path (ancestor, descendant, depth)"
		" VALUES (?, ?, 0)";
	struct stmt *s = db_prepare(db, sql);
	int64_t both[2];

	db_bind_int(s, act->parent);
	db_bind_text(s, act->code);
	db_bind_text(s, act->name);
	db_expect(s, DB_DUPLICATE);
	if (db_run(s) < 0)
		return db_errno(db) == DB_DUPLICATE ? GROUP_CODE_TAKEN : -1;
	act->id = both[0] = both[1] = db_last_id(db);
	if (run(db, self, LEN(both), both) < 0 ||
	    add_paths(db, act->id, act->parent) < 0)
		return -1;
	return GROUP_DONE;
}

static int add_step(struct db *db, void *arg)
{
	struct act *act = arg;
	int rc = group_lock_tree(db) < 0
			 ? -1
			 : parent_in_reach(db, act, act->parent);

	if (rc <= 0)
		return rc < 0 ? -1 : GROUP_NOT_FOUND;
	if (depth_of(db, act->parent) >= GROUP_DEPTH_MAX)
		return GROUP_TOO_DEEP;
	rc = insert_group(db, act);
	if (rc != GROUP_DONE)
		return rc;
	if (note(db, act, "group added", 0,
		 arena_fmt(db->arena, "parent %lld code %s name %s",
			   (long long)act->parent, act->code, act->name)) < 0)
		return -1;
	return GROUP_DONE;
}

int group_add(struct db *db, const struct audit *audit, int64_t parent,
	      const char *code, const char *name, int64_t *id)
{
	struct act act = {
		.audit = audit,
		.parent = parent,
		.code = code,
		.name = name,
	};
	int rc = db_transaction(db, add_step, &act);

	*id = act.id;
	return rc;
}

static int rename_step(struct db *db, void *arg)
{
	static const char sql[] = "UPDATE grp SET code = ?, name = ?"
				  " WHERE id = ?";
	struct act *act = arg;
	struct group before;
	struct stmt *s;
	int rc = group_find(db, act->audit->account, act->id, &before);

	if (rc <= 0)
		return rc < 0 ? -1 : GROUP_NOT_FOUND;
	s = db_prepare(db, sql);
	db_bind_text(s, act->code);
	db_bind_text(s, act->name);
	db_bind_int(s, act->id);
	db_expect(s, DB_DUPLICATE);
	if (db_run(s) < 0)
		return db_errno(db) == DB_DUPLICATE ? GROUP_CODE_TAKEN : -1;
	if (note(db, act, "group renamed", 0,
		 arena_fmt(db->arena, "%s %s -> %s %s", before.code,
			   before.name, act->code, act->name)) < 0)
		return -1;
	return GROUP_DONE;
}

int group_rename(struct db *db, const struct audit *audit, int64_t id,
		 const char *code, const char *name)
{
	struct act act = {
		.audit = audit,
		.id = id,
		.code = code,
		.name = name,
	};

	return db_transaction(db, rename_step, &act);
}

/* GROUP_DONE if the move makes no circle and no tree too deep. */
static int check_move(struct db *db, const struct act *act)
{
	static const char below[] = "SELECT COUNT(*) FROM grp_path"
				    " WHERE ancestor = ? AND descendant = ?";
	static const char height[] = "SELECT MAX(depth) + 1 FROM grp_path"
				     " WHERE ancestor = ?";
	const int64_t both[] = { act->id, act->parent };
	int64_t circle = ask(db, below, LEN(both), both);
	int64_t above = depth_of(db, act->parent);
	int64_t own = ask(db, height, 1, &act->id);

	if (circle < 0 || above < 0 || own < 0)
		return -1;
	if (circle > 0)
		return GROUP_BELOW_SELF;
	return above + own > GROUP_DEPTH_MAX ? GROUP_TOO_DEEP : GROUP_DONE;
}

static int hang_elsewhere(struct db *db, const struct act *act)
{
	static const char cut[] =
		"DELETE p"
		"  FROM grp_path a"
		"  JOIN grp_path d ON d.ancestor = ?"
		"  JOIN grp_path p"
		"    ON p.ancestor = a.ancestor AND p.descendant = d.descendant"
		" WHERE a.descendant = ? AND a.depth > 0";
	static const char parent[] = "UPDATE grp SET parent = NULLIF(?, 0)"
				     " WHERE id = ?";
	const int64_t twice[] = { act->id, act->id };
	const int64_t both[] = { act->parent, act->id };

	if (run(db, cut, LEN(twice), twice) < 0 ||
	    run(db, parent, LEN(both), both) < 0)
		return -1;
	return add_paths(db, act->id, act->parent);
}

static int move_step(struct db *db, void *arg)
{
	struct act *act = arg;
	int64_t before = 0;
	int rc = group_lock_tree(db) < 0 ? -1
					 : check_below_own(db, act, &before);

	if (rc != GROUP_DONE)
		return rc;
	rc = parent_in_reach(db, act, act->parent);
	if (rc <= 0)
		return rc < 0 ? -1 : GROUP_NOT_FOUND;
	if (before == act->parent)
		return GROUP_DONE;
	rc = check_move(db, act);
	if (rc != GROUP_DONE)
		return rc;
	if (hang_elsewhere(db, act) < 0 || tally_groups_changed(db) < 0 ||
	    note(db, act, "group moved", 0,
		 arena_fmt(db->arena, "parent %lld -> %lld", (long long)before,
			   (long long)act->parent)) < 0)
		return -1;
	return GROUP_DONE;
}

int group_move(struct db *db, const struct audit *audit, int64_t id,
	       int64_t parent)
{
	struct act act = { .audit = audit, .id = id, .parent = parent };

	return db_transaction(db, move_step, &act);
}

static int delete_rows(struct db *db, int64_t id)
{
	static const char admins[] = "DELETE FROM grp_admin WHERE grp = ?";
	static const char paths[] = "DELETE FROM grp_path WHERE descendant = ?";
	static const char self[] = "DELETE FROM grp WHERE id = ?";

	if (run(db, admins, 1, &id) < 0 || run(db, paths, 1, &id) < 0)
		return -1;
	return run(db, self, 1, &id);
}

static int delete_step(struct db *db, void *arg)
{
	static const char inside[] =
		"SELECT EXISTS (SELECT 1 FROM grp WHERE parent = ?)"
		"    OR EXISTS (SELECT 1 FROM grp_member WHERE grp = ?)";
	struct act *act = arg;
	const int64_t twice[] = { act->id, act->id };
	struct group g;
	int64_t parent = 0, full;
	int rc = group_lock_tree(db) < 0 ? -1
					 : check_below_own(db, act, &parent);

	if (rc != GROUP_DONE)
		return rc;
	if (group_find(db, act->audit->account, act->id, &g) < 0)
		return -1;
	full = ask(db, inside, LEN(twice), twice);
	if (full != 0)
		return full < 0 ? -1 : GROUP_NOT_EMPTY;
	if (delete_rows(db, act->id) < 0 ||
	    note(db, act, "group deleted", 0,
		 arena_fmt(db->arena, "parent %lld code %s name %s",
			   (long long)parent, g.code, g.name)) < 0)
		return -1;
	return GROUP_DONE;
}

int group_delete(struct db *db, const struct audit *audit, int64_t id)
{
	struct act act = { .audit = audit, .id = id };

	return db_transaction(db, delete_step, &act);
}

/* Members -------------------------------------------------------------------*/

static const char *ids_json(struct arena *a, const int64_t *ids, size_t count)
{
	struct str s = { .arena = a };

	str_add_char(&s, '[');
	for (size_t i = 0; i < count; i++)
		str_fmt(&s, "%s%lld", i > 0 ? "," : "", (long long)ids[i]);
	str_add_char(&s, ']');
	return str_text(&s);
}

#define PEOPLE_OF_JSON                                                         \
	"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"             \
	"  JOIN user u ON u.id = j.id"

static int64_t write_members(struct db *db, const struct act *act)
{
	static const char add[] =
		"INSERT INTO grp_member (grp, user)"
		" SELECT DISTINCT ?, u.id" PEOPLE_OF_JSON
		" WHERE u.state = 'active'"
		"   AND NOT EXISTS (SELECT 1 FROM grp_member x"
		"                    WHERE x.grp = ? AND x.user = u.id)"
		"   AND " REACH_OF(
			"u.id") " ON DUPLICATE KEY UPDATE grp = VALUES(grp)";
	static const char take[] =
		"DELETE m"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"
		"  JOIN grp_member m ON m.grp = ? AND m.user = j.id";
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, act->audit->account, &reach) < 0)
		return -1;
	s = db_prepare(db, act->add ? add : take);
	if (act->add)
		db_bind_int(s, act->id);
	db_bind_text(s, act->users);
	db_bind_int(s, act->id);
	if (act->add)
		reach_bind(s, &reach);
	return db_run(s);
}

static int members_step(struct db *db, void *arg)
{
	struct act *act = arg;
	int rc = group_is_in_reach(db, act->audit->account, act->id);

	if (rc <= 0)
		return rc < 0 ? -1 : GROUP_NOT_FOUND;
	act->done = write_members(db, act);
	if (act->done <= 0)
		return act->done < 0 ? -1 : GROUP_DONE;
	if (tally_people_changed(db, act->users) < 0 ||
	    note(db, act,
		 act->add ? "group members added" : "group members removed",
		 act->done,
		 arena_fmt(db->arena, "users %.900s", act->users)) < 0)
		return -1;
	return GROUP_DONE;
}

static int change_members(struct db *db, struct act *act, const int64_t *users,
			  size_t count, int64_t *done)
{
	int rc;

	act->users = ids_json(db->arena, users, count);
	rc = db_transaction(db, members_step, act);
	*done = act->done;
	return rc;
}

int group_add_members(struct db *db, const struct audit *audit, int64_t id,
		      const int64_t *users, size_t count, int64_t *done)
{
	struct act act = { .audit = audit, .id = id, .add = true };

	return change_members(db, &act, users, count, done);
}

int group_remove_members(struct db *db, const struct audit *audit, int64_t id,
			 const int64_t *users, size_t count, int64_t *done)
{
	struct act act = { .audit = audit, .id = id };

	return change_members(db, &act, users, count, done);
}

/* Bytes that JSON takes as they are, and as many as the column holds. */
static bool is_plain(const char *staff_no)
{
	const char *p = staff_no;

	while (*p > ' ' && *p < 0x7f && *p != '"' && *p != '\\')
		p++;
	return *p == '\0' && p - staff_no <= USER_NO_MAX;
}

/* Numbers as a JSON array; what could not be one is left out of it and so is
 * nobody's. */
static const char *numbers_json(struct arena *a, const struct group_number *n)
{
	struct str s = { .arena = a };

	str_add_char(&s, '[');
	for (; n != NULL; n = n->next)
		str_fmt(&s, "%s\"%s\"", s.len > 1 ? "," : "",
			is_plain(n->staff_no) ? n->staff_no : "");
	str_add_char(&s, ']');
	return str_text(&s);
}

static struct group_number *split_numbers(struct arena *a, const char *text)
{
	static const char between[] = " \t\r\n,;";
	static const char wide[] = "\xe3\x80\x80"; /* ideographic space */
	struct group_number *list = NULL, **end = &list;
	char *copy = arena_strdup(a, text);

	for (char *p = strstr(copy, wide); p != NULL; p = strstr(p, wide))
		memset(p, ' ', strlen(wide));
	text = copy;
	for (text += strspn(text, between); *text != '\0';
	     text += strspn(text, between)) {
		size_t len = strcspn(text, between);

		*end = arena_alloc(a, sizeof(**end));
		(*end)->staff_no = arena_strndup(a, text, len);
		end = &(*end)->next;
		text += len;
	}
	return list;
}

int group_find_numbers(struct db *db, int64_t account, struct group_number *n)
{
	static const char sql[] =
		"SELECT u.id, u.state = 'left'"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY,"
		"        staff_no VARCHAR(100) PATH '$')) j"
		"  LEFT JOIN user u"
		"    ON u.staff_no = CONVERT(j.staff_no USING ascii)"
		"   AND " REACH_OF("u.id") " ORDER BY j.place";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_text(s, numbers_json(db->arena, n));
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0 && n != NULL) {
		n->user = db_int(s, 0);
		n->left = db_int(s, 1) != 0;
		n = n->next;
	}
	return rc < 0 ? -1 : 0;
}

int group_read_numbers(struct db *db, int64_t account, const char *text,
		       struct group_number **out)
{
	*out = split_numbers(db->arena, text);
	return group_find_numbers(db, account, *out);
}

/* Admins --------------------------------------------------------------------*/

static int may_name_admins(struct db *db, const struct act *act)
{
	static const char sql[] =
		"SELECT COUNT(*) FROM grp_path p"
		"  JOIN grp_admin a ON a.grp = p.ancestor AND a.kind = 'admin'"
		" WHERE p.descendant = ? AND a.account = ?";
	const int64_t values[] = { act->id, act->audit->account };
	struct reach reach;

	if (reach_find(db, act->audit->account, &reach) < 0)
		return -1;
	return reach.everybody ? 1 : (int)ask(db, sql, LEN(values), values);
}

static int64_t account_of(struct db *db, const struct act *act)
{
	static const char sql[] = "SELECT id FROM account"
				  " WHERE login = ? AND role = 'group_admin'"
				  "   AND (state = 'active' OR ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t id = 0;

	db_bind_text(s, act->login);
	db_bind_int(s, act->kind == NULL);
	return db_number(s, &id) < 0 ? -1 : id;
}

static int64_t write_admin(struct db *db, const struct act *act,
			   int64_t account)
{
	static const char name[] =
		"INSERT INTO grp_admin (account, grp, kind) VALUES (?, ?, ?)"
		" ON DUPLICATE KEY UPDATE kind = VALUES(kind)";
	static const char take[] = "DELETE FROM grp_admin"
				   " WHERE account = ? AND grp = ?";
	struct stmt *s = db_prepare(db, act->kind != NULL ? name : take);

	db_bind_int(s, account);
	db_bind_int(s, act->id);
	if (act->kind != NULL)
		db_bind_text(s, act->kind);
	return db_run(s);
}

static int admin_step(struct db *db, void *arg)
{
	struct act *act = arg;
	int64_t account;
	int rc = group_is_in_reach(db, act->audit->account, act->id);

	if (rc <= 0)
		return rc < 0 ? -1 : GROUP_NOT_FOUND;
	rc = may_name_admins(db, act);
	if (rc <= 0)
		return rc < 0 ? -1 : GROUP_NOT_ALLOWED;
	account = account_of(db, act);
	if (account <= 0)
		return account < 0 ? -1 : GROUP_NO_ACCOUNT;
	if (write_admin(db, act, account) < 0 ||
	    note(db, act,
		 act->kind != NULL ? "group admin named"
				   : "group admin removed",
		 1,
		 arena_fmt(db->arena, "account %lld kind %s",
			   (long long)account,
			   act->kind != NULL ? act->kind : "none")) < 0)
		return -1;
	return GROUP_DONE;
}

int group_set_admin(struct db *db, const struct audit *audit, int64_t id,
		    const char *login, const char *kind)
{
	struct act act = {
		.audit = audit,
		.id = id,
		.login = login,
		.kind = kind,
	};

	return db_transaction(db, admin_step, &act);
}
