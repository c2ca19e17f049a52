#include "model/user_change.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/account.h"
#include "model/group.h"
#include "model/link.h"
#include "model/reach.h"
#include "model/tally.h"
#include "model/user.h"
#include "model/user_word.h"

/* One act on a person. */
struct act {
	const struct audit *audit;
	int64_t id, group;
	const struct user_draft *draft;
	const char *state;
	const char *purpose, *region;
	bool add;
};

static int note(struct db *db, const struct act *act, const char *action,
		const char *detail)
{
	struct audit line = *act->audit;

	line.action = action;
	line.object = arena_fmt(db->arena, "user %lld", (long long)act->id);
	line.people = 1;
	line.detail = detail;
	return audit_add(db, &line);
}

/* Locks the row.  1 and *out, 0 if it is not in reach, or -1. */
static int lock(struct db *db, const struct act *act, struct user *out)
{
	static const char sql[] =
		"SELECT u.staff_no, u.name, u.kana, u.lang, u.state, u.version"
		"  FROM user u"
		" WHERE u.id = ?"
		"   AND " REACH_OF("u.id") "   FOR UPDATE";
	struct reach reach;
	struct stmt *s;
	int rc, found = 0;

	if (reach_find(db, act->audit->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, act->id);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		*out = (struct user){
			.staff_no = db_text(s, 0),
			.name = db_text(s, 1),
			.kana = db_text(s, 2),
			.lang = db_text(s, 3),
			.state = db_text(s, 4),
			.version = db_int(s, 5),
		};
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* Adding ---------------------------------------------------------------------
 */

static int insert_user(struct db *db, struct act *act)
{
	static const char sql[] =
		"INSERT INTO user (staff_no, name, kana, lang, changed_at,"
		"                  changed_by)"
		" VALUES (?, ?, ?, ?, ?, NULLIF(?, 0))";
	const struct user_draft *d = act->draft;
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, d->staff_no);
	db_bind_text(s, d->name);
	db_bind_text(s, d->kana);
	db_bind_text(s, d->lang);
	db_bind_time(s, time_now());
	db_bind_int(s, act->audit->account);
	db_expect(s, DB_DUPLICATE);
	if (db_run(s) < 0)
		return db_errno(db) == DB_DUPLICATE ? USER_NUMBER_TAKEN : -1;
	act->id = db_last_id(db);
	return USER_DONE;
}

static int insert_member(struct db *db, const struct act *act)
{
	static const char sql[] = "INSERT INTO grp_member (grp, user)"
				  " VALUES (?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, act->group);
	db_bind_int(s, act->id);
	return db_run(s) < 0 ? -1 : 0;
}

/* The group must be in reach; no group at all only for who reaches all. */
static int may_stand_in(struct db *db, const struct act *act)
{
	struct reach reach;

	if (act->group != 0)
		return group_is_in_reach(db, act->audit->account, act->group);
	if (reach_find(db, act->audit->account, &reach) < 0)
		return -1;
	return reach.everybody;
}

static int add_step(struct db *db, void *arg)
{
	struct act *act = arg;
	int rc = may_stand_in(db, act);

	if (rc <= 0)
		return rc < 0 ? -1 : USER_NOT_FOUND;
	rc = insert_user(db, act);
	if (rc != USER_DONE)
		return rc;
	if ((act->group != 0 && insert_member(db, act) < 0) ||
	    user_index(db) < 0)
		return -1;
	if (note(db, act, "user added",
		 arena_fmt(db->arena, "group %lld", (long long)act->group)) < 0)
		return -1;
	return USER_DONE;
}

int user_add(struct db *db, const struct user_draft *d, int64_t group,
	     int64_t *id)
{
	struct act act = { .audit = d->audit, .draft = d, .group = group };
	int rc = db_transaction(db, add_step, &act);

	*id = act.id;
	return rc;
}

/* Changing -------------------------------------------------------------------
 */

static int update_user(struct db *db, const struct act *act)
{
	static const char sql[] =
		"UPDATE user"
		"   SET staff_no = ?, name = ?, kana = ?, lang = ?,"
		"       version = version + 1, changed_at = ?,"
		"       changed_by = NULLIF(?, 0)"
		" WHERE id = ?";
	const struct user_draft *d = act->draft;
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, d->staff_no);
	db_bind_text(s, d->name);
	db_bind_text(s, d->kana);
	db_bind_text(s, d->lang);
	db_bind_time(s, time_now());
	db_bind_int(s, act->audit->account);
	db_bind_int(s, act->id);
	db_expect(s, DB_DUPLICATE);
	if (db_run(s) < 0)
		return db_errno(db) == DB_DUPLICATE ? USER_NUMBER_TAKEN : -1;
	return USER_DONE;
}

/* Names of what is not as before: the audit holds no personal data. */
static const char *differences(struct arena *a, const struct user *u,
			       const struct user_draft *d)
{
	const struct {
		const char *name, *before, *after;
	} fields[] = {
		{ "staff_no", u->staff_no, d->staff_no },
		{ "name", u->name, d->name },
		{ "kana", u->kana, d->kana },
		{ "lang", u->lang, d->lang },
	};
	struct str s = { .arena = a };

	for (size_t i = 0; i < LEN(fields); i++)
		if (!str_eq(fields[i].before, fields[i].after))
			str_fmt(&s, "%s%s", s.len > 0 ? " " : "changed ",
				fields[i].name);
	return str_text(&s);
}

static int change_step(struct db *db, void *arg)
{
	struct act *act = arg;
	const char *detail;
	struct user u;
	int rc = lock(db, act, &u);

	if (rc <= 0)
		return rc < 0 ? -1 : USER_NOT_FOUND;
	detail = differences(db->arena, &u, act->draft);
	if (*detail == '\0')
		return USER_DONE;
	if (u.version != act->draft->version)
		return USER_CHANGED_MEANWHILE;
	rc = update_user(db, act);
	if (rc != USER_DONE)
		return rc;
	if (user_index(db) < 0 || note(db, act, "user changed", detail) < 0)
		return -1;
	return USER_DONE;
}

int user_change(struct db *db, const struct user_draft *d, int64_t id)
{
	struct act act = { .audit = d->audit, .draft = d, .id = id };

	return db_transaction(db, change_step, &act);
}

/* Leaving and returning ------------------------------------------------------
 */

static int state_step(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE user"
		"   SET state = ?, left_at = IF(? = 'left', ?, NULL),"
		"       version = version + 1, changed_at = ?,"
		"       changed_by = NULLIF(?, 0)"
		" WHERE id = ?";
	struct act *act = arg;
	struct stmt *s;
	struct user u;
	int rc = lock(db, act, &u);

	if (rc <= 0)
		return rc < 0 ? -1 : USER_NOT_FOUND;
	if (str_eq(u.state, act->state))
		return USER_DONE;
	s = db_prepare(db, sql);
	db_bind_text(s, act->state);
	db_bind_text(s, act->state);
	db_bind_time(s, time_now());
	db_bind_time(s, time_now());
	db_bind_int(s, act->audit->account);
	db_bind_int(s, act->id);
	if (db_run(s) < 0)
		return -1;
	if (note(db, act,
		 str_eq(act->state, "left") ? "user left" : "user returned",
		 arena_fmt(db->arena, "%s -> %s", u.state, act->state)) < 0 ||
	    account_shut_leavers(db, act->audit, act->id) < 0)
		return -1;
	return USER_DONE;
}

static int set_state(struct db *db, const struct audit *audit, int64_t id,
		     const char *state)
{
	struct act act = { .audit = audit, .id = id, .state = state };

	return db_transaction(db, state_step, &act);
}

int user_leave(struct db *db, const struct audit *audit, int64_t id)
{
	return set_state(db, audit, id, "left");
}

int user_return(struct db *db, const struct audit *audit, int64_t id)
{
	return set_state(db, audit, id, "active");
}

/* Links and regions ----------------------------------------------------------
 */

static int revoke_step(struct db *db, void *arg)
{
	struct act *act = arg;
	struct user u;
	int rc = lock(db, act, &u);

	if (rc <= 0)
		return rc < 0 ? -1 : USER_NOT_FOUND;
	if (link_revoke(db, act->id) < 0 ||
	    note(db, act, "user links revoked", "") < 0)
		return -1;
	return USER_DONE;
}

int user_revoke_links(struct db *db, const struct audit *audit, int64_t id)
{
	struct act act = { .audit = audit, .id = id };

	return db_transaction(db, revoke_step, &act);
}

static int64_t write_region(struct db *db, const struct act *act)
{
	static const char add[] =
		"INSERT INTO user_region (user, purpose, region)"
		" SELECT ?, ?, r.code FROM region r"
		"  WHERE r.code = ? AND NOT EXISTS"
		"        (SELECT 1 FROM user_region x WHERE x.user = ?"
		"            AND x.purpose = ? AND x.region = r.code)"
		" ON DUPLICATE KEY UPDATE region = VALUES(region)";
	static const char take[] = "DELETE FROM user_region"
				   " WHERE user = ? AND purpose = ?"
				   "   AND region = ?";
	struct stmt *s = db_prepare(db, act->add ? add : take);

	db_bind_int(s, act->id);
	db_bind_text(s, act->purpose);
	db_bind_text(s, act->region);
	if (act->add) {
		db_bind_int(s, act->id);
		db_bind_text(s, act->purpose);
	}
	return db_run(s);
}

static int region_step(struct db *db, void *arg)
{
	struct act *act = arg;
	struct user u;
	int64_t rows;
	int rc = lock(db, act, &u);

	if (rc <= 0)
		return rc < 0 ? -1 : USER_NOT_FOUND;
	rows = write_region(db, act);
	if (rows <= 0)
		return rows < 0 ? -1 : USER_DONE;
	if (str_eq(act->purpose, "work") &&
	    tally_people_changed(
		    db, arena_fmt(db->arena, "[%lld]", (long long)act->id)) < 0)
		return -1;
	if (note(db, act,
		 act->add ? "user region added" : "user region removed",
		 arena_fmt(db->arena, "purpose %s", act->purpose)) < 0)
		return -1;
	return USER_DONE;
}

int user_set_region(struct db *db, const struct audit *audit, int64_t id,
		    const char *purpose, const char *region, bool add)
{
	struct act act = {
		.audit = audit,
		.id = id,
		.purpose = purpose,
		.region = region,
		.add = add,
	};

	return db_transaction(db, region_step, &act);
}
