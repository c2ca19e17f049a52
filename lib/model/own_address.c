#include "model/own_address.h"

#include "base/arena.h"
#include "base/seal.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/link_mail.h"
#include "model/my_page.h"

static const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;

/* What one change needs. */
struct change {
	const struct audit *audit;
	int64_t user, id, now;
	const struct sealed_address *address;
	bool last_too;
};

/* The number that a statement gives; 0 if no row, -1 on failure. */
static int64_t one_int(struct stmt *s)
{
	int64_t n = 0;

	return db_number(s, &n) < 0 ? -1 : n;
}

static int note(struct db *db, const struct change *c, const char *action)
{
	return my_page_note(
		db, c->audit, c->user, action,
		arena_fmt(db->arena, "address=%lld", (long long)c->id));
}

/* The place of an address, 0 if it is none of his, -1 on failure; *count gets
 * how many he has. */
static int64_t find_place(struct db *db, const struct change *c, int64_t *count)
{
	static const char sql[] =
		"SELECT COUNT(*), COALESCE(MAX(IF(id = ?, place, 0)), 0)"
		"  FROM address"
		" WHERE user = ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t place = 0;
	int rc;

	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	while ((rc = db_step(s)) > 0) {
		*count = db_int(s, 0);
		place = db_int(s, 1);
	}
	return rc < 0 ? -1 : place;
}

/* Lists -------------------------------------------------------------------- */

int own_address_list(struct db *db, int64_t user, struct own_address **out)
{
	static const char sql[] =
		"SELECT id, place, domain, class, state, checked_at, origin"
		"  FROM address"
		" WHERE user = ?"
		" ORDER BY place";
	int64_t old = time_now() - OWN_FRESH_DAYS * day;
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, user);
	while ((rc = db_step(s)) > 0) {
		struct own_address *a = arena_alloc(db->arena, sizeof(*a));

		a->id = db_int(s, 0);
		a->place = (int)db_int(s, 1);
		a->domain = db_text(s, 2);
		a->class = db_text(s, 3);
		a->state = db_text(s, 4);
		a->checked_at = db_time(s, 5);
		a->fresh = str_eq(a->state, "confirmed") && a->checked_at > old;
		a->origin = db_text(s, 6);
		*out = a;
		out = &a->next;
	}
	*out = NULL;
	return rc;
}

int own_address_waiting(struct db *db, int64_t user,
			struct waiting_address **out)
{
	static const char sql[] = "SELECT id, domain, made_at"
				  "  FROM new_address"
				  " WHERE user = ? AND made_at > ?"
				  " ORDER BY id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, user);
	db_bind_time(s, time_now() - LINK_NEW_DAYS * day);
	while ((rc = db_step(s)) > 0) {
		struct waiting_address *w = arena_alloc(db->arena, sizeof(*w));

		w->id = db_int(s, 0);
		w->domain = db_text(s, 1);
		w->made_at = db_time(s, 2);
		*out = w;
		out = &w->next;
	}
	*out = NULL;
	return rc;
}

/* Adding ------------------------------------------------------------------- */

static int64_t find_known(struct db *db, const struct change *c)
{
	static const char sql[] = "SELECT id FROM address"
				  " WHERE user = ? AND digest = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, c->user);
	db_bind_blob(s, c->address->digest, ADDRESS_DIGEST_LEN);
	return one_int(s);
}

/* True, -1 on failure, if this one would be one too many. */
static int is_too_many(struct db *db, const struct change *c)
{
	static const char waiting[] = "SELECT COUNT(*) FROM new_address"
				      " WHERE user = ? AND digest <> ?"
				      "   AND made_at > ?";
	static const char all[] = "SELECT COUNT(*) FROM address WHERE user = ?";
	struct stmt *s = db_prepare(db, waiting);
	int64_t waits, mailed, has;

	db_bind_int(s, c->user);
	db_bind_blob(s, c->address->digest, ADDRESS_DIGEST_LEN);
	db_bind_time(s, c->now - LINK_NEW_DAYS * day);
	waits = one_int(s);
	mailed = link_mail_count(db, c->user, "new_address", c->now - day);
	s = db_prepare(db, all);
	db_bind_int(s, c->user);
	has = one_int(s);
	if (waits < 0 || mailed < 0 || has < 0)
		return -1;
	return waits >= OWN_WAITING_MOST || mailed >= LINK_NEW_MOST ||
	       has >= OWN_ADDRESS_MOST;
}

/* The row is new, or begins to wait anew.  Sets the id. */
static int store_new(struct db *db, struct change *c)
{
	static const char find[] = "SELECT id FROM new_address"
				   " WHERE user = ? AND digest = ?";
	static const char again[] =
		"UPDATE new_address SET made_at = ? WHERE id = ?";
	static const char sql[] =
		"INSERT INTO new_address (made_at, user, sealed, digest,"
		"                         domain, class)"
		" VALUES (?, ?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, find);

	db_bind_int(s, c->user);
	db_bind_blob(s, c->address->digest, ADDRESS_DIGEST_LEN);
	c->id = one_int(s);
	if (c->id < 0)
		return -1;
	s = db_prepare(db, c->id == 0 ? sql : again);
	db_bind_time(s, c->now);
	if (c->id != 0) {
		db_bind_int(s, c->id);
		return db_run(s) < 0 ? -1 : 0;
	}
	db_bind_int(s, c->user);
	db_bind_blob(s, c->address->sealed, c->address->sealed_len);
	db_bind_blob(s, c->address->digest, ADDRESS_DIGEST_LEN);
	db_bind_text(s, c->address->domain);
	db_bind_text(s, c->address->class);
	if (db_run(s) < 0)
		return -1;
	c->id = db_last_id(db);
	return 0;
}

static int add(struct db *db, void *arg)
{
	struct change *c = arg;
	int64_t known;
	int many;

	if (my_page_lock(db, c->user) < 0)
		return -1;
	known = find_known(db, c);
	if (known != 0)
		return known < 0 ? -1 : OWN_KNOWN;
	many = is_too_many(db, c);
	if (many != 0)
		return many < 0 ? -1 : OWN_TOO_MANY;
	if (store_new(db, c) < 0 ||
	    link_mail_add_new(db, c->user, c->id, c->now) < 0 ||
	    note(db, c, "address asked for") < 0)
		return -1;
	return OWN_ADDED;
}

int own_address_add(struct db *db, const struct audit *audit, int64_t user,
		    const struct sealed_address *address, int64_t now)
{
	struct change c = {
		.audit = audit, .user = user, .address = address, .now = now
	};

	return db_transaction(db, add, &c);
}

static int ask(struct db *db, void *arg)
{
	const struct change *c = arg;
	int64_t count, place, mailed;

	if (my_page_lock(db, c->user) < 0)
		return -1;
	place = find_place(db, c, &count);
	if (place <= 0)
		return place < 0 ? -1 : OWN_UNKNOWN;
	mailed = link_mail_count(db, c->user, "check_address", c->now - day);
	if (mailed < 0 || mailed >= LINK_CHECK_MOST)
		return mailed < 0 ? -1 : OWN_TOO_MANY;
	if (link_mail_add_check(db, c->user, c->id, c->now) < 0 ||
	    note(db, c, "address check asked for") < 0)
		return -1;
	return OWN_ADDED;
}

int own_address_ask(struct db *db, const struct audit *audit, int64_t user,
		    int64_t id, int64_t now)
{
	struct change c = {
		.audit = audit, .user = user, .id = id, .now = now
	};

	return db_transaction(db, ask, &c);
}

static int drop(struct db *db, void *arg)
{
	static const char sql[] =
		"DELETE FROM new_address WHERE id = ? AND user = ?";
	const struct change *c = arg;
	struct stmt *s = db_prepare(db, sql);
	int64_t rows;

	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	rows = db_run(s);
	if (rows <= 0)
		return (int)rows;
	return note(db, c, "address not added") < 0 ? -1 : 1;
}

int own_address_drop(struct db *db, const struct audit *audit, int64_t user,
		     int64_t id)
{
	struct change c = { .audit = audit, .user = user, .id = id };

	return db_transaction(db, drop, &c);
}

/* Confirming --------------------------------------------------------------- */

static int find_domain(struct stmt *s, const char **domain)
{
	int rc, found = 0;

	while ((rc = db_step(s)) > 0) {
		found = (int)db_int(s, 0);
		*domain = db_text(s, 1);
	}
	return rc < 0 ? -1 : found;
}

int own_address_find_new(struct db *db, int64_t user, int64_t id, int64_t now,
			 const char **domain)
{
	static const char sql[] = "SELECT 1, domain FROM new_address"
				  " WHERE id = ? AND user = ? AND made_at > ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	db_bind_int(s, user);
	db_bind_time(s, now - LINK_NEW_DAYS * day);
	return find_domain(s, domain);
}

int own_address_find_checked(struct db *db, int64_t user, int64_t id,
			     int64_t now, const char **domain)
{
	static const char sql[] =
		"SELECT IF(a.state = 'confirmed' AND a.checked_at >= l.made_at,"
		"          2, 1), a.domain"
		"  FROM address a"
		"  JOIN link_mail l ON l.address = a.id"
		"   AND l.kind = 'check_address' AND l.made_at > ?"
		" WHERE a.id = ? AND a.user = ?"
		" ORDER BY l.made_at DESC"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now - LINK_CHECK_DAYS * day);
	db_bind_int(s, id);
	db_bind_int(s, user);
	return find_domain(s, domain);
}

/* One that came by another way meanwhile is confirmed. */
static int64_t confirm_known(struct db *db, const struct change *c)
{
	static const char sql[] =
		"UPDATE new_address n"
		"  JOIN address a ON a.user = n.user AND a.digest = n.digest"
		"   SET a.state = 'confirmed', a.checked_at = ?,"
		"       a.origin = 'self'"
		" WHERE n.id = ? AND n.user = ? AND n.made_at > ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, c->now);
	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	db_bind_time(s, c->now - LINK_NEW_DAYS * day);
	return db_run(s);
}

/* The sealed bytes go from table to table; nobody here can open them. */
static int64_t insert_confirmed(struct db *db, const struct change *c)
{
	static const char sql[] =
		"INSERT INTO address (user, place, sealed, digest, domain,"
		"                     class, state, checked_at, origin)"
		" SELECT n.user, COALESCE((SELECT MAX(a.place) FROM address a"
		"                           WHERE a.user = n.user), 0) + 1,"
		"        n.sealed, n.digest, n.domain, n.class, 'confirmed', ?,"
		"        'self'"
		"   FROM new_address n"
		"  WHERE n.id = ? AND n.user = ? AND n.made_at > ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, c->now);
	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	db_bind_time(s, c->now - LINK_NEW_DAYS * day);
	return db_run(s);
}

/* What he removed before and wants again is no longer removed. */
static int forget_removal(struct db *db, const struct change *c)
{
	static const char sql[] = "DELETE r"
				  "  FROM removed_address r"
				  "  JOIN new_address n ON n.user = r.user"
				  "   AND n.digest = r.digest"
				  " WHERE n.id = ? AND n.user = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	return db_run(s) < 0 ? -1 : 0;
}

static int confirm_new(struct db *db, void *arg)
{
	const struct change *c = arg;
	int64_t rows;

	if (my_page_lock(db, c->user) < 0)
		return -1;
	rows = confirm_known(db, c);
	if (rows == 0)
		rows = insert_confirmed(db, c);
	if (rows <= 0)
		return (int)rows;
	if (forget_removal(db, c) < 0 || note(db, c, "address added") < 0)
		return -1;
	return drop(db, arg) < 0 ? -1 : 1;
}

int own_address_confirm_new(struct db *db, const struct audit *audit,
			    int64_t user, int64_t id, int64_t now)
{
	struct change c = {
		.audit = audit, .user = user, .id = id, .now = now
	};

	return db_transaction(db, confirm_new, &c);
}

static int confirm(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE address"
		"   SET state = 'confirmed', checked_at = ?, last_status = ''"
		" WHERE id = ? AND user = ?";
	const struct change *c = arg;
	struct stmt *s;
	int64_t rows;
	const char *domain;
	int found =
		own_address_find_checked(db, c->user, c->id, c->now, &domain);

	if (found <= 0)
		return found;
	s = db_prepare(db, sql);
	db_bind_time(s, c->now);
	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	rows = db_run(s);
	if (rows <= 0)
		return (int)rows;
	return note(db, c, "address confirmed") < 0 ? -1 : 1;
}

int own_address_confirm(struct db *db, const struct audit *audit, int64_t user,
			int64_t id, int64_t now)
{
	struct change c = {
		.audit = audit, .user = user, .id = id, .now = now
	};

	return db_transaction(db, confirm, &c);
}

/* Removing and ordering ---------------------------------------------------- */

static int remember_removal(struct db *db, const struct change *c)
{
	static const char sql[] =
		"INSERT IGNORE INTO removed_address (user, digest, at)"
		" SELECT user, digest, ? FROM address"
		"  WHERE id = ? AND user = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, c->now);
	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	return db_run(s) < 0 ? -1 : 0;
}

static int delete_one(struct db *db, const struct change *c)
{
	static const char sql[] =
		"DELETE FROM address WHERE id = ? AND user = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, c->id);
	db_bind_int(s, c->user);
	return db_run(s) < 0 ? -1 : 0;
}

/* Places have no gaps: they are one byte. */
static int close_gap(struct db *db, const struct change *c, int64_t place)
{
	static const char sql[] = "UPDATE address SET place = place - 1"
				  " WHERE user = ? AND place > ?"
				  " ORDER BY place";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, c->user);
	db_bind_int(s, place);
	return db_run(s) < 0 ? -1 : 0;
}

static int remove_one(struct db *db, void *arg)
{
	const struct change *c = arg;
	int64_t count = 0, place;

	if (my_page_lock(db, c->user) < 0)
		return -1;
	place = find_place(db, c, &count);
	if (place <= 0)
		return place < 0 ? -1 : OWN_GONE;
	if (count == 1 && !c->last_too)
		return OWN_LAST;
	if (remember_removal(db, c) < 0 || delete_one(db, c) < 0 ||
	    close_gap(db, c, place) < 0 || note(db, c, "address removed") < 0)
		return -1;
	return OWN_REMOVED;
}

int own_address_remove(struct db *db, const struct audit *audit, int64_t user,
		       int64_t id, bool last_too, int64_t now)
{
	struct change c = { .audit = audit,
			    .user = user,
			    .id = id,
			    .last_too = last_too,
			    .now = now };

	return db_transaction(db, remove_one, &c);
}

static int64_t find_before(struct db *db, const struct change *c, int64_t place)
{
	static const char sql[] = "SELECT place FROM address"
				  " WHERE user = ? AND place < ?"
				  " ORDER BY place DESC"
				  " LIMIT 1";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, c->user);
	db_bind_int(s, place);
	return one_int(s);
}

static int move(struct db *db, const struct change *c, int64_t from, int64_t to)
{
	static const char sql[] = "UPDATE address SET place = ?"
				  " WHERE user = ? AND place = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, to);
	db_bind_int(s, c->user);
	db_bind_int(s, from);
	return db_run(s) < 0 ? -1 : 0;
}

/* Place 0 is free: where one waits while the two change places. */
static int raise_one(struct db *db, void *arg)
{
	const struct change *c = arg;
	int64_t count, place, before;

	if (my_page_lock(db, c->user) < 0)
		return -1;
	place = find_place(db, c, &count);
	if (place <= 0)
		return (int)place;
	before = find_before(db, c, place);
	if (before <= 0)
		return (int)before;
	if (move(db, c, before, 0) < 0 || move(db, c, place, before) < 0 ||
	    move(db, c, 0, place) < 0 || note(db, c, "address put forward") < 0)
		return -1;
	return 1;
}

int own_address_raise(struct db *db, const struct audit *audit, int64_t user,
		      int64_t id)
{
	struct change c = { .audit = audit, .user = user, .id = id };

	return db_transaction(db, raise_one, &c);
}
