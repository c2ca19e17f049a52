#include "model/my_page.h"

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"

int my_page_find(struct db *db, int64_t user, struct my_person *out)
{
	static const char sql[] =
		"SELECT u.id, u.name, u.lang = 'en', u.link_generation,"
		"       u.my_page_closed_at,"
		"       COALESCE((SELECT g.name"
		"                   FROM grp_member m"
		"                   JOIN grp g ON g.id = m.grp"
		"                  WHERE m.user = u.id"
		"                  ORDER BY g.id LIMIT 1), '')"
		"  FROM user u"
		" WHERE u.id = ? AND u.state = 'active'";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, user);
	while ((rc = db_step(s)) > 0) {
		*out = (struct my_person){
			.id = db_int(s, 0),
			.name = db_text(s, 1),
			.english = db_int(s, 2) != 0,
			.generation = (uint8_t)db_int(s, 3),
			.closed_at = db_time(s, 4),
			.group = db_text(s, 5),
		};
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int my_page_lock(struct db *db, int64_t user)
{
	static const char sql[] = "SELECT id FROM user WHERE id = ? FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, user);
	while ((rc = db_step(s)) > 0)
		;
	return rc;
}

int my_page_note(struct db *db, const struct audit *audit, int64_t user,
		 const char *action, const char *detail)
{
	struct audit line = *audit;

	line.actor = "my page";
	line.action = action;
	line.object = arena_fmt(db->arena, "user %lld", (long long)user);
	line.people = 1;
	line.detail = detail;
	return audit_add(db, &line);
}

struct change {
	const struct audit *audit;
	int64_t user, at;
	bool english;
};

static int set_language(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE user"
		"   SET lang = ?, version = version + 1, changed_at = ?,"
		"       changed_by = NULL"
		" WHERE id = ? AND lang <> ?";
	const struct change *c = arg;
	const char *lang = c->english ? "en" : "ja";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, lang);
	db_bind_time(s, time_now());
	db_bind_int(s, c->user);
	db_bind_text(s, lang);
	if (db_run(s) < 0)
		return -1;
	return my_page_note(db, c->audit, c->user, "language set", lang);
}

int my_page_set_language(struct db *db, const struct audit *audit, int64_t user,
			 bool english)
{
	struct change c = { .audit = audit, .user = user, .english = english };

	return db_transaction(db, set_language, &c);
}

static int close_links(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE user SET my_page_closed_at = ? WHERE id = ?";
	const struct change *c = arg;
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, c->at);
	db_bind_int(s, c->user);
	if (db_run(s) < 0)
		return -1;
	return my_page_note(db, c->audit, c->user, "my page closed", "");
}

int my_page_close(struct db *db, const struct audit *audit, int64_t user,
		  int64_t now)
{
	struct change c = { .audit = audit, .user = user, .at = now };

	return db_transaction(db, close_links, &c);
}
