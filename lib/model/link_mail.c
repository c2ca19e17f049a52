#include "model/link_mail.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/network.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/message.h"
#include "model/outcome.h"

enum {
	MAKE_MOST = 500,  /* requests a transaction */
	TIDY_MOST = 5000, /* rows a statement */
};

static const int64_t hour = INT64_C(60) * TIME_MINUTE;
static const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;

int64_t link_mail_end(int64_t made_at)
{
	return made_at + LINK_MY_PAGE_MIN * (int64_t)TIME_MINUTE;
}

static int64_t one_int(struct stmt *s)
{
	int64_t n = 0;

	return db_number(s, &n) < 0 ? -1 : n;
}

/* Ids as a JSON list; NULL if there are none. */
static int read_ids(struct db *db, struct stmt *s, const char **ids, int *count)
{
	struct str list = { .arena = db->arena };
	int rc;

	*count = 0;
	while ((rc = db_step(s)) > 0)
		str_fmt(&list, "%c%lld", (*count)++ == 0 ? '[' : ',',
			(long long)db_int(s, 0));
	str_add_char(&list, ']');
	*ids = str_text(&list);
	return rc;
}

/* Asking ------------------------------------------------------------------- */

static int64_t asked_from(struct db *db, const unsigned char *network,
			  size_t len, int64_t since)
{
	static const char sql[] = "SELECT COUNT(*) FROM my_page_request"
				  " WHERE network = ? AND at > ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_blob(s, network, len);
	db_bind_time(s, since);
	return one_int(s);
}

int link_mail_ask(struct db *db, const char *staff_no, const char *network,
		  int64_t now, int most)
{
	static const char sql[] =
		"INSERT INTO my_page_request (staff_no, network, at)"
		" VALUES (?, ?, ?)";
	unsigned char bytes[NETWORK_LEN];
	size_t len = network_bytes(network, bytes);
	int64_t before = asked_from(
		db, bytes, len, now - LINK_NETWORK_MIN * (int64_t)TIME_MINUTE);
	struct stmt *s;

	if (before < 0 || before >= most)
		return before < 0 ? -1 : 0;
	s = db_prepare(db, sql);
	db_bind_text(s, staff_no);
	db_bind_blob(s, bytes, len);
	db_bind_time(s, now);
	return db_run(s) < 0 ? -1 : 1;
}

/* Making ------------------------------------------------------------------- */

static int64_t insert_my_page(struct db *db, const char *ids, int64_t now)
{
	/* made_at is one instant for all the mails of one asking: that is
	 * what is counted. */
	static const char sql[] =
		"INSERT INTO link_mail (kind, user, address, made_at, due_at)"
		" SELECT 'my_page', u.id, a.id, ?, ?"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) t"
		"  JOIN my_page_request q ON q.id = t.id"
		"  JOIN user u ON u.staff_no = q.staff_no"
		"   AND u.state = 'active'"
		"  JOIN address a ON a.user = u.id"
		"   AND (a.state <> 'dead' OR NOT EXISTS"
		"        (SELECT 1 FROM address o"
		"          WHERE o.user = u.id AND o.state <> 'dead'))"
		" WHERE (SELECT COUNT(DISTINCT l.made_at) FROM link_mail l"
		"         WHERE l.user = u.id AND l.kind = 'my_page'"
		"           AND l.made_at > ?) < ?"
		" GROUP BY u.id, a.id";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now);
	db_bind_time(s, now);
	db_bind_text(s, ids);
	db_bind_time(s, now - hour);
	db_bind_int(s, LINK_ASK_MOST);
	return db_run(s);
}

static int make(struct db *db, void *arg)
{
	static const char waiting[] = "SELECT id FROM my_page_request"
				      " WHERE NOT done"
				      " ORDER BY id"
				      " LIMIT ? FOR UPDATE SKIP LOCKED";
	static const char done[] =
		"UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) t"
		" STRAIGHT_JOIN my_page_request q ON q.id = t.id"
		"   SET q.done = TRUE, q.staff_no = ''";
	struct audit line = { .actor = "enqueue",
			      .action = "my page link mailed" };
	int *count = arg;
	int64_t mails;
	const char *ids;
	struct stmt *s = db_prepare(db, waiting);

	db_bind_int(s, MAKE_MOST);
	if (read_ids(db, s, &ids, count) < 0)
		return -1;
	if (*count == 0)
		return 0;
	mails = insert_my_page(db, ids, time_now());
	s = db_prepare(db, done);
	db_bind_text(s, ids);
	if (mails < 0 || db_run(s) < 0)
		return -1;
	line.people = mails;
	line.detail = arena_fmt(db->arena, "requests=%d mails=%lld", *count,
				(long long)mails);
	return audit_add(db, &line);
}

int link_mail_make(struct db *db)
{
	int count = 0;

	if (db_transaction(db, make, &count) < 0)
		return log_error("links asked for not mailed");
	if (count > 0)
		log_info("links asked for requests=%d", count);
	return count;
}

static int add(struct stmt *s, int64_t user, int64_t item, int64_t now)
{
	db_bind_int(s, user);
	db_bind_int(s, item);
	db_bind_time(s, now);
	db_bind_time(s, now);
	return db_run(s) < 0 ? -1 : 0;
}

int link_mail_add_new(struct db *db, int64_t user, int64_t new_address,
		      int64_t now)
{
	static const char sql[] =
		"INSERT INTO link_mail (kind, user, new_address, made_at,"
		"                       due_at)"
		" VALUES ('new_address', ?, ?, ?, ?)";

	return add(db_prepare(db, sql), user, new_address, now);
}

int link_mail_add_check(struct db *db, int64_t user, int64_t address,
			int64_t now)
{
	static const char sql[] =
		"INSERT INTO link_mail (kind, user, address, made_at, due_at)"
		" VALUES ('check_address', ?, ?, ?, ?)";

	return add(db_prepare(db, sql), user, address, now);
}

int64_t link_mail_count(struct db *db, int64_t user, const char *kind,
			int64_t since)
{
	static const char sql[] = "SELECT COUNT(*) FROM link_mail"
				  " WHERE user = ? AND kind = ?"
				  "   AND made_at > ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, user);
	db_bind_text(s, kind);
	db_bind_time(s, since);
	return one_int(s);
}

int link_mail_tidy(struct db *db)
{
	static const char requests[] = "DELETE FROM my_page_request"
				       " WHERE done AND at < ?"
				       " LIMIT ?";
	static const char typed[] = "DELETE FROM new_address"
				    " WHERE made_at < ?"
				    " LIMIT ?";
	int64_t now = time_now();
	struct stmt *s = db_prepare(db, requests);

	db_bind_time(s, now - hour);
	db_bind_int(s, TIDY_MOST);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, typed);
	db_bind_time(s, now - LINK_NEW_DAYS * day);
	db_bind_int(s, TIDY_MOST);
	return db_run(s) < 0 ? -1 : 0;
}

/* Sending ------------------------------------------------------------------ */

struct claim {
	uint32_t holder;
	int lease_s, most;
	int64_t now;
	const char *ids; /* JSON */
	int count;
};

static int claim(struct db *db, void *arg)
{
	static const char due[] = "SELECT id FROM link_mail FORCE INDEX (state)"
				  " WHERE state = 'queued' AND due_at <= ?"
				  " ORDER BY due_at, id"
				  " LIMIT ? FOR UPDATE SKIP LOCKED";
	static const char mark[] =
		"UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) t"
		" STRAIGHT_JOIN link_mail m ON m.id = t.id"
		"   SET m.state = 'sending', m.attempts = m.attempts + 1,"
		"       m.lease_until = ?, m.holder = ?";
	struct claim *c = arg;
	struct stmt *s = db_prepare(db, due);

	db_bind_time(s, c->now);
	db_bind_int(s, c->most);
	if (read_ids(db, s, &c->ids, &c->count) < 0)
		return -1;
	if (c->count == 0)
		return 0;
	s = db_prepare(db, mark);
	db_bind_text(s, c->ids);
	db_bind_time(s, c->now + (int64_t)c->lease_s * TIME_SECOND);
	db_bind_int(s, c->holder);
	return db_run(s) < 0 ? -1 : 0;
}

static void read_row(struct stmt *s, struct message *m, int64_t now)
{
	m->id = db_int(s, 0);
	m->link = db_text(s, 1);
	m->user = db_int(s, 2);
	m->item = db_int(s, 3);
	m->attempts = (int)db_int(s, 4);
	m->made_at = db_time(s, 5);
	m->sealed = db_blob(s, 6, &m->sealed_len);
	m->class = db_text(s, 7);
	m->lang = db_text(s, 8);
	m->generation = (uint8_t)db_int(s, 9);
	m->why = "";
	/* Nobody is helped by a link that counts no more. */
	m->stopped = db_is_null(s, 6) || (str_eq(m->link, "my_page") &&
					  link_mail_end(m->made_at) <= now);
}

static int read_claimed(struct db *db, const struct claim *c,
			struct message **out)
{
	static const char sql[] =
		"SELECT STRAIGHT_JOIN m.id, m.kind, m.user,"
		"       COALESCE(n.id, a.id, 0), m.attempts, m.made_at,"
		"       COALESCE(n.sealed, a.sealed),"
		"       COALESCE(n.class, a.class, ''), u.lang,"
		"       u.link_generation"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) t"
		"  JOIN link_mail m ON m.id = t.id"
		"  JOIN user u ON u.id = m.user"
		"  LEFT JOIN address a ON a.id = m.address"
		"  LEFT JOIN new_address n ON n.id = m.new_address";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, c->ids);
	while ((rc = db_step(s)) > 0) {
		struct message *m = arena_alloc(db->arena, sizeof(*m));

		read_row(s, m, c->now);
		*out = m;
		out = &m->next;
	}
	*out = NULL;
	return rc;
}

int link_mail_claim(struct db *db, uint32_t holder, int lease_s, int most,
		    struct message **out)
{
	struct claim c = { .holder = holder,
			   .lease_s = lease_s,
			   .most = most,
			   .now = time_now() };

	*out = NULL;
	if (db_transaction(db, claim, &c) < 0)
		return log_error("mails of links not claimed");
	if (c.count > 0 && read_claimed(db, &c, out) < 0)
		return -1;
	return c.count;
}

int link_mail_settle(struct db *db, const struct message *list)
{
	static const char sql[] =
		"UPDATE " OUTCOMES " STRAIGHT_JOIN link_mail m ON m.id = t.id"
		"   AND m.attempts = t.attempts AND m.state = 'sending'"
		"   SET m.handed_at = IF(t.state = 'handed', ?, NULL),"
		"       m.due_at = IF(t.state = 'queued',"
		"                     ? + INTERVAL t.later_s SECOND, m.due_at),"
		"       m.state = t.state, m.status = t.status,"
		"       m.lease_until = NULL, m.holder = NULL";
	int64_t now = time_now();
	struct stmt *s;

	if (list == NULL)
		return 0;
	s = db_prepare(db, sql);
	db_bind_text(s, outcomes_json(db->arena, list));
	db_bind_time(s, now);
	db_bind_time(s, now);
	if (db_run(s) < 0)
		return log_error("results of links not stored first=%lld",
				 (long long)list->id);
	return 0;
}

int64_t link_mail_take_back(struct db *db, uint32_t holder)
{
	static const char sql[] =
		"UPDATE link_mail FORCE INDEX (state)"
		"   SET state = 'queued', lease_until = NULL, holder = NULL"
		" WHERE state = 'sending' AND (holder = ? OR lease_until < ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, holder);
	db_bind_time(s, time_now());
	return db_run(s);
}

int link_mail_due(struct db *db, int most)
{
	static const char sql[] =
		"SELECT COUNT(*)"
		"  FROM (SELECT 1 FROM link_mail FORCE INDEX (state)"
		"         WHERE state = 'queued' AND due_at <= ?"
		"         ORDER BY due_at"
		"         LIMIT ?) m";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, time_now());
	db_bind_int(s, most);
	return (int)one_int(s);
}
