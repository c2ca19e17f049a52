#include "model/duty.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/target.h"

int duty_list(struct db *db, struct duty **out)
{
	static const char sql[] =
		"SELECT a.id, a.login, a.name, a.role, COALESCE(d.step, 0),"
		"       u.id IS NOT NULL,"
		"       EXISTS (SELECT 1 FROM address x"
		"                WHERE x.user = u.id AND x.state <> 'dead')"
		"  FROM account a"
		"  LEFT JOIN duty d ON d.account = a.id"
		"  LEFT JOIN user u ON u.id = a.user AND u.state = 'active'"
		" WHERE a.state = 'active'"
		"   AND a.role IN ('operator', 'system_admin')"
		" ORDER BY COALESCE(d.step, 255), a.role DESC, a.login"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, DUTY_ACCOUNTS_MAX);
	while ((rc = db_step(s)) > 0) {
		struct duty *d = arena_alloc(db->arena, sizeof(*d));

		d->account = db_int(s, 0);
		d->login = db_text(s, 1);
		d->name = db_text(s, 2);
		d->role = db_text(s, 3);
		d->step = (int)db_int(s, 4);
		d->is_person = db_int(s, 5) != 0;
		d->reachable = db_int(s, 6) != 0;
		*out = d;
		out = &d->next;
	}
	*out = NULL;
	return rc;
}

const char *duty_seen(struct db *db, const struct duty *list)
{
	struct str out = { .arena = db->arena };

	for (; list != NULL; list = list->next)
		if (list->step > 0)
			str_fmt(&out, "%s%lld=%d", out.len == 0 ? "" : " ",
				(long long)list->account, list->step);
	return arena_strdup(db->arena, str_text(&out));
}

struct saving {
	const struct audit *who;
	const struct duty *list;
	const char *seen;
};

/* "operator01=1 admin02=2", for the audit. */
static const char *words_of(struct db *db, const struct duty *list)
{
	struct str out = { .arena = db->arena };

	for (int step = 1; step <= DUTY_STEPS_MAX; step++)
		for (const struct duty *d = list; d != NULL; d = d->next)
			if (d->step == step)
				str_fmt(&out, "%s%s=%d",
					out.len == 0 ? "" : " ", d->login,
					step);
	return arena_strdup(db->arena, str_text(&out));
}

static int insert(struct db *db, const struct duty *list)
{
	static const char sql[] =
		"INSERT INTO duty (account, step) VALUES (?, ?)";

	for (; list != NULL; list = list->next) {
		struct stmt *s;

		if (list->step == 0)
			continue;
		s = db_prepare(db, sql);
		db_bind_int(s, list->account);
		db_bind_int(s, list->step);
		if (db_run(s) < 0)
			return -1;
	}
	return 0;
}

static int step_of(const struct duty *list, int64_t account)
{
	for (; list != NULL; list = list->next)
		if (list->account == account)
			return list->step;
	return 0;
}

static bool differs(const struct duty *a, const struct duty *b)
{
	for (const struct duty *d = a; d != NULL; d = d->next)
		if (d->step != step_of(b, d->account))
			return true;
	return false;
}

/* A long list takes several lines of the audit. */
static int add_audit(struct db *db, const struct audit *who,
		     const struct duty *before, const struct duty *after)
{
	enum { DETAIL_LEN = 950 };
	const char *rest = arena_fmt(db->arena, "before=\"%s\" after=\"%s\"",
				     words_of(db, before), words_of(db, after));
	struct audit line = *who;

	line.action = "duty list change";
	line.object = "duty";
	while (*rest != '\0') {
		size_t len = strlen(rest);

		if (len > DETAIL_LEN)
			for (len = DETAIL_LEN; len > 1 && rest[len] != ' ';)
				len--;
		line.detail = arena_strndup(db->arena, rest, len);
		if (audit_add(db, &line) < 0)
			return -1;
		rest += len;
	}
	return 0;
}

static int save(struct db *db, void *arg)
{
	/* The rows of the accounts: two who save the first list at once have
	 * no row of the list to meet at. */
	static const char lock[] = "SELECT id FROM account"
				   " WHERE role IN ('operator', 'system_admin')"
				   " ORDER BY id FOR UPDATE";
	static const char clear[] = "DELETE FROM duty";
	const struct saving *v = arg;
	struct stmt *s = db_prepare(db, lock);
	struct duty *old;
	int rc;

	while ((rc = db_step(s)) > 0)
		;
	if (rc < 0 || duty_list(db, &old) < 0)
		return -1;
	if (!str_eq(duty_seen(db, old), v->seen))
		return DUTY_MOVED;
	if (!differs(old, v->list) && !differs(v->list, old))
		return DUTY_SAME;
	s = db_prepare(db, clear);
	if (db_run(s) < 0 || insert(db, v->list) < 0 ||
	    add_audit(db, v->who, old, v->list) < 0)
		return -1;
	return DUTY_SAVED;
}

int duty_save(struct db *db, const struct audit *who, const struct duty *list,
	      const char *seen)
{
	struct saving v = { who, list, seen };

	return db_transaction(db, save, &v);
}

int duty_next_step(struct db *db, int above)
{
	static const char sql[] =
		"SELECT l.step FROM " DUTY_EFFECTIVE
		" ORDER BY l.step <= ?, ABS(CAST(l.step AS SIGNED) - ?)"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int64_t step = 0;

	db_bind_int(s, above);
	db_bind_int(s, above);
	return db_number(s, &step) < 0 ? -1 : (int)step;
}

int duty_targets(struct db *db, int step, struct target **out)
{
	static const char sql[] = "SELECT DISTINCT l.user FROM " DUTY_EFFECTIVE
				  " WHERE l.step = ? ORDER BY l.user";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, step);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->kind = "user";
		(*out)->item =
			arena_fmt(db->arena, "%lld", (long long)db_int(s, 0));
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}
