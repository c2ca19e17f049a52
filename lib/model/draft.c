#include "model/draft.h"

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"

static int insert(struct db *db, int64_t account, struct draft *d)
{
	static const char sql[] =
		"INSERT INTO draft (account, subject, form, made_at, saved_at)"
		" VALUES (?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, account);
	db_bind_text(s, d->subject);
	db_bind_text(s, d->form);
	db_bind_time(s, d->saved_at);
	db_bind_time(s, d->saved_at);
	if (db_run(s) < 0)
		return -1;
	d->id = db_last_id(db);
	d->version = 1;
	return 1;
}

int draft_save(struct db *db, int64_t account, struct draft *d)
{
	static const char sql[] =
		"UPDATE draft"
		"   SET subject = ?, form = ?, saved_at = ?,"
		"       version = version + 1"
		" WHERE id = ? AND account = ? AND version = ?";
	struct stmt *s;
	int64_t n;

	d->saved_at = time_now();
	if (d->id == 0)
		return insert(db, account, d);
	s = db_prepare(db, sql);
	db_bind_text(s, d->subject);
	db_bind_text(s, d->form);
	db_bind_time(s, d->saved_at);
	db_bind_int(s, d->id);
	db_bind_int(s, account);
	db_bind_int(s, d->version);
	n = db_run(s);
	if (n > 0)
		d->version++;
	return (int)n;
}

int draft_find(struct db *db, int64_t account, int64_t id, struct draft *out)
{
	static const char sql[] = "SELECT id, version, subject, form, saved_at"
				  "  FROM draft"
				  " WHERE id = ? AND account = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, id);
	db_bind_int(s, account);
	while ((rc = db_step(s)) > 0) {
		*out = (struct draft){
			.id = db_int(s, 0),
			.version = db_int(s, 1),
			.subject = db_text(s, 2),
			.form = db_text(s, 3),
			.saved_at = db_time(s, 4),
		};
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

#define OF_TEXT "   AND (? IS NULL OR INSTR(subject, ?) > 0)"

int draft_list(struct db *db, int64_t account, const char *text, int most,
	       struct draft **out)
{
	static const char sql[] =
		"SELECT id, version, subject, saved_at"
		"  FROM draft"
		" WHERE account = ?" OF_TEXT " ORDER BY saved_at DESC, id DESC"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, account);
	db_bind_text(s, text);
	db_bind_text(s, text);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		struct draft *d = arena_alloc(db->arena, sizeof(*d));

		d->id = db_int(s, 0);
		d->version = db_int(s, 1);
		d->subject = db_text(s, 2);
		d->form = "";
		d->saved_at = db_time(s, 3);
		*out = d;
		out = &d->next;
	}
	*out = NULL;
	return rc;
}

int64_t draft_count(struct db *db, int64_t account, const char *text)
{
	static const char sql[] = "SELECT COUNT(*) FROM draft"
				  " WHERE account = ?" OF_TEXT;
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	db_bind_int(s, account);
	db_bind_text(s, text);
	db_bind_text(s, text);
	return db_number(s, &n) < 0 ? -1 : n;
}

int draft_delete(struct db *db, int64_t account, int64_t id)
{
	static const char sql[] = "DELETE FROM draft"
				  " WHERE id = ? AND account = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	db_bind_int(s, account);
	return (int)db_run(s);
}

struct sending {
	int64_t id;
	const struct broadcast_draft *what;
	int64_t broadcast, people;
};

static int send_it(struct db *db, void *arg)
{
	struct sending *s = arg;
	int made = broadcast_make(db, s->what, &s->broadcast, &s->people);

	if (made == BROADCAST_MADE && s->id != 0 &&
	    draft_delete(db, s->what->account, s->id) < 0)
		return -1;
	return made;
}

int draft_send(struct db *db, int64_t id, const struct broadcast_draft *what,
	       int64_t *broadcast, int64_t *people)
{
	struct sending s = { .id = id, .what = what };
	int made = db_transaction(db, send_it, &s);

	*broadcast = s.broadcast;
	*people = s.people;
	return made;
}
