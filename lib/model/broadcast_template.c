#include "model/broadcast_template.h"

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"

#define COLUMNS                                                                \
	"SELECT t.id, t.version, t.kind, t.name, t.form,"                      \
	"       COALESCE(a.name, ''), t.changed_at"                            \
	"  FROM broadcast_template t"                                          \
	"  LEFT JOIN account a ON a.id = t.changed_by"

static void read_row(struct stmt *s, struct broadcast_template *t)
{
	*t = (struct broadcast_template){
		.id = db_int(s, 0),
		.version = db_int(s, 1),
		.kind = db_text(s, 2),
		.name = db_text(s, 3),
		.form = db_text(s, 4),
		.changed_by = db_text(s, 5),
		.changed_at = db_time(s, 6),
	};
}

int broadcast_template_list(struct db *db, struct broadcast_template **out)
{
	static const char sql[] = COLUMNS " ORDER BY t.kind, t.name";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int broadcast_template_find(struct db *db, int64_t id,
			    struct broadcast_template *out)
{
	static const char sql[] = COLUMNS " WHERE t.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		read_row(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

struct saving {
	const struct audit *who;
	struct broadcast_template *template;
};

static int add_audit(struct db *db, const struct audit *who, const char *action,
		     int64_t id)
{
	struct audit line = *who;

	line.action = action;
	line.object = arena_fmt(db->arena, "template %lld", (long long)id);
	return audit_add(db, &line);
}

static struct stmt *prepare_save(struct db *db, int64_t account,
				 const struct broadcast_template *t)
{
	static const char insert[] =
		"INSERT INTO broadcast_template (name, form, changed_at,"
		"       changed_by, kind)"
		" VALUES (?, ?, ?, NULLIF(?, 0), ?)";
	static const char update[] =
		"UPDATE broadcast_template"
		"   SET name = ?, form = ?, changed_at = ?,"
		"       changed_by = NULLIF(?, 0), kind = ?,"
		"       version = version + 1"
		" WHERE id = ? AND version = ?";
	struct stmt *s = db_prepare(db, t->id == 0 ? insert : update);

	db_expect(s, DB_DUPLICATE);
	db_bind_text(s, t->name);
	db_bind_text(s, t->form);
	db_bind_time(s, time_now());
	db_bind_int(s, account);
	db_bind_text(s, t->kind);
	if (t->id != 0) {
		db_bind_int(s, t->id);
		db_bind_int(s, t->version);
	}
	return s;
}

static int save(struct db *db, void *arg)
{
	const struct saving *w = arg;
	struct broadcast_template *t = w->template;
	int64_t n = db_run(prepare_save(db, w->who->account, t));
	int64_t id = t->id;

	if (n < 0 && db_errno(db) == DB_DUPLICATE)
		return BROADCAST_TEMPLATE_TAKEN;
	if (n <= 0)
		return (int)n;
	if (id == 0)
		id = db_last_id(db);
	if (add_audit(db, w->who, "template change", id) < 0)
		return -1;
	t->id = id;
	return BROADCAST_TEMPLATE_SAVED;
}

int broadcast_template_save(struct db *db, const struct audit *who,
			    struct broadcast_template *t)
{
	struct saving w = { who, t };

	return db_transaction(db, save, &w);
}

struct deleting {
	const struct audit *who;
	int64_t id;
};

static int delete_it(struct db *db, void *arg)
{
	static const char sql[] = "DELETE FROM broadcast_template WHERE id = ?";
	const struct deleting *w = arg;
	struct stmt *s = db_prepare(db, sql);
	int64_t n;

	db_bind_int(s, w->id);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	return add_audit(db, w->who, "template delete", w->id) < 0 ? -1 : 1;
}

int broadcast_template_delete(struct db *db, const struct audit *who,
			      int64_t id)
{
	struct deleting w = { who, id };

	return db_transaction(db, delete_it, &w);
}
