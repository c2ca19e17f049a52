#include "model/fate.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "base/token.h"
#include "db/db.h"
#include "mail/mail_log.h"
#include "model/stage.h"

enum {
	KEEP_DAYS = 8, /* longer than any queue tries */
	TIDY_MOST = 5000,
};

/* A mail of the queue, as far as the log has told. */
struct mail {
	struct mail *next;	 /* of all, in the order they came */
	struct mail *beside;	 /* in the same slot of the table */
	struct mail *beside_too; /* likewise by message */
	const char *queue_id;
	int64_t message, broadcast, user; /* 0: not known */
	bool fresh;			  /* it began in this batch */
	bool gone;
	bool told; /* what follows was said in this batch */
	enum mail_log_fate fate;
	enum mail_log_cause cause;
	int64_t at;
	int deferrals;
	const char *words;
};

struct fates {
	struct arena *arena;
	const struct fate_site *site;
	struct mail *list, **end;
	size_t slots; /* a power of two */
	struct mail **by_queue_id, **by_message;
	const struct fate_place *place;
	int count;
};

struct fates *fate_begin(struct arena *a, const struct fate_site *site,
			 int64_t lines)
{
	struct fates *f = arena_alloc(a, sizeof(*f));

	f->arena = a;
	f->site = site;
	f->end = &f->list;
	f->slots = 64;
	while ((int64_t)f->slots < lines)
		f->slots *= 2;
	f->by_queue_id = arena_array(a, f->slots, sizeof(struct mail *));
	f->by_message = arena_array(a, f->slots, sizeof(struct mail *));
	return f;
}

/* FNV-1a. */
static struct mail **slot_of(struct fates *f, const char *queue_id)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (const char *p = queue_id; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return &f->by_queue_id[(h ^ h >> 32) & (f->slots - 1)];
}

/* The newest of that queue id, which Postfix uses again. */
static struct mail *find_mail(struct fates *f, const char *queue_id)
{
	struct mail *m = *slot_of(f, queue_id);

	while (m != NULL && !str_eq(m->queue_id, queue_id))
		m = m->beside;
	return m;
}

static struct mail *add_mail(struct fates *f, const char *queue_id)
{
	struct mail **slot = slot_of(f, queue_id);
	struct mail *m = arena_alloc(f->arena, sizeof(*m));

	m->queue_id = queue_id;
	m->words = "";
	m->beside = *slot;
	*slot = m;
	*f->end = m;
	f->end = &m->next;
	return m;
}

/* "b-TOKEN@bounce.domain": whose mail it is. */
static void read_sender(const struct fate_site *site, const char *sender,
			struct mail *m)
{
	char local[TOKEN_LOCAL_LEN + 1];
	struct token token;

	if (!str_begins(sender, "b-") ||
	    strlen(sender) <= strlen("b-") + TOKEN_LOCAL_LEN ||
	    sender[2 + TOKEN_LOCAL_LEN] != '@' ||
	    !str_eq(sender + 2 + TOKEN_LOCAL_LEN + 1, site->bounce_domain))
		return;
	memcpy(local, sender + 2, TOKEN_LOCAL_LEN);
	local[TOKEN_LOCAL_LEN] = '\0';
	if (token_parse_local(site->links, local, TOKEN_BOUNCE, &token) != 1)
		return;
	m->broadcast = token.broadcast;
	m->user = token.user;
}

static void take_fate(struct mail *m, const struct mail_log_line *line)
{
	if (line->fate == MAIL_DEFERRED)
		m->deferrals++;
	/* Given up after many a "later": why stands with the last of them. */
	if (m->told && line->fate == MAIL_BOUNCED &&
	    str_eq(line->words, "expired")) {
		m->fate = MAIL_BOUNCED;
		m->at = line->at;
		return;
	}
	m->told = true;
	m->fate = line->fate;
	m->cause = line->cause;
	m->at = line->at;
	m->words = line->words;
}

void fate_line(struct fates *f, const struct mail_log_line *line)
{
	struct mail *m = find_mail(f, line->queue_id);

	if (m == NULL || line->kind == MAIL_LOG_ID)
		m = add_mail(f, line->queue_id);
	switch (line->kind) {
	case MAIL_LOG_ID:
		m->fresh = true;
		m->message = mail_log_message(line->text, f->site->domain);
		break;
	case MAIL_LOG_FROM:
		read_sender(f->site, line->text, m);
		break;
	case MAIL_LOG_FATE:
		take_fate(m, line);
		break;
	case MAIL_LOG_GONE:
		m->gone = true;
		break;
	}
}

/* What was kept ------------------------------------------------------------ */

/* The oldest of a queue id goes on where the last batch ended, unless it began
 * in this one. */
static const char *queue_ids(const struct fates *f)
{
	struct str out = { .arena = f->arena };

	for (const struct mail *m = f->list; m != NULL; m = m->next)
		str_fmt(&out, "%s\"%s\"", out.len == 0 ? "[" : ",",
			m->queue_id);
	str_add(&out, out.len == 0 ? "[]" : "]");
	return str_text(&out);
}

static struct mail *first_of(const struct fates *f, const char *queue_id)
{
	struct mail *m, *found = NULL;

	for (m = find_mail((struct fates *)(uintptr_t)f, queue_id); m != NULL;
	     m = m->beside)
		if (str_eq(m->queue_id, queue_id))
			found = m;
	return found;
}

static int load(struct db *db, struct fates *f)
{
	static const char sql[] =
		"SELECT q.queue_id, q.message, q.broadcast, q.user"
		"  FROM (SELECT DISTINCT id"
		"          FROM JSON_TABLE(?, '$[*]' COLUMNS (id VARCHAR(20)"
		"               CHARACTER SET ascii COLLATE ascii_bin"
		"               PATH '$')) j) t"
		"  JOIN mail_queue q ON q.name = ? AND q.queue_id = t.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, queue_ids(f));
	db_bind_text(s, f->site->name);
	while ((rc = db_step(s)) > 0) {
		struct mail *m = first_of(f, db_text(s, 0));

		if (m == NULL || m->fresh)
			continue;
		m->message = db_int(s, 1);
		if (m->broadcast == 0) {
			m->broadcast = db_int(s, 2);
			m->user = db_int(s, 3);
		}
	}
	return rc;
}

/* What is known now -------------------------------------------------------- */

/* Of two mails of a message the accepted one counts, else the later. */
static bool counts_before(const struct mail *a, const struct mail *b)
{
	if (a->fate == MAIL_ACCEPTED || b->fate == MAIL_ACCEPTED)
		return a->fate == MAIL_ACCEPTED;
	return a->at > b->at;
}

/* One of each message; the others are no longer `told`. */
static void pick_one_each(struct fates *f)
{
	for (struct mail *m = f->list; m != NULL; m = m->next) {
		struct mail **slot, *o;

		if (!m->told || m->message == 0 || m->broadcast == 0) {
			m->told = false;
			continue;
		}
		slot = &f->by_message[(size_t)m->message & (f->slots - 1)];
		for (o = *slot; o != NULL; o = o->beside_too)
			if (o->told && o->message == m->message)
				break;
		if (o != NULL && counts_before(o, m)) {
			m->told = false;
			continue;
		}
		if (o != NULL)
			o->told = false;
		m->beside_too = *slot;
		*slot = m;
	}
}

/* Words of the parser are printable ASCII. */
static void add_text(struct str *out, const char *text)
{
	str_add_char(out, '"');
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			str_add_char(out, '\\');
		str_add_char(out, *p);
	}
	str_add_char(out, '"');
}

static const char *told_json(struct fates *f)
{
	struct str out = { .arena = f->arena };

	f->count = 0;
	for (const struct mail *m = f->list; m != NULL; m = m->next) {
		if (!m->told)
			continue;
		str_fmt(&out, "%c[%lld,%lld,%lld,\"%s\",%lld,\"%s\",%d,",
			f->count++ == 0 ? '[' : ',', (long long)m->message,
			(long long)m->broadcast, (long long)m->user,
			mail_log_fate_name(m->fate), (long long)m->at,
			mail_log_cause_name(m->cause), m->deferrals);
		add_text(&out, m->words);
		str_add_char(&out, ']');
	}
	str_add(&out, f->count == 0 ? "[]" : "]");
	return str_text(&out);
}

/* What is told: one value.  Of what a row says only what goes on counts. */
#define TOLD                                                                   \
	"JSON_TABLE(?, '$[*]' COLUMNS ("                                       \
	"  id BIGINT PATH '$[0]', broadcast BIGINT PATH '$[1]',"               \
	"  user BIGINT PATH '$[2]',"                                           \
	"  fate VARCHAR(10) CHARACTER SET ascii PATH '$[3]',"                  \
	"  at BIGINT PATH '$[4]',"                                             \
	"  cause VARCHAR(16) CHARACTER SET ascii PATH '$[5]',"                 \
	"  deferrals INT PATH '$[6]', words VARCHAR(200) PATH '$[7]')) t"
#define OF_MESSAGE                                                             \
	" STRAIGHT_JOIN message m ON m.id = t.id"                              \
	"   AND m.broadcast = t.broadcast AND m.user = t.user"                 \
	"   AND m.fate <> 'accepted'"                                          \
	"   AND (m.fate <> 'bounced' OR t.fate = 'accepted')"
/* The log knows seconds only: what it tells of the second of a hand-over came
 * after that, and where deliver has not said yet when that was, no earlier than
 * in the end of the second. */
#define LOGGED "(TIMESTAMP('1970-01-01') + INTERVAL t.at MICROSECOND)"
#define AT                                                                     \
	"GREATEST(" LOGGED ", COALESCE(m.handed_at,"                           \
	"         LEAST(" LOGGED " + INTERVAL 999999 MICROSECOND,"             \
	"               UTC_TIMESTAMP(6))))"

struct sum {
	struct sum *next;
	int64_t broadcast, event, accepted, deferred, bounced;
	int64_t first, last; /* accepted; 0: none */
};

static int add_up(struct db *db, const char *told, struct sum **out)
{
	static const char sql[] =
		"SELECT m.broadcast,"
		"       (SELECT COALESCE(b.event, 0) FROM broadcast b"
		"         WHERE b.id = m.broadcast),"
		"       SUM(t.fate = 'accepted'),"
		"       SUM((t.fate = 'deferred') - (m.fate = 'deferred')),"
		"       SUM((t.fate = 'bounced') - (m.fate = 'bounced')),"
		"       MIN(IF(t.fate = 'accepted', " AT ", NULL)),"
		"       MAX(IF(t.fate = 'accepted', " AT ", NULL))"
		"  FROM " TOLD OF_MESSAGE " GROUP BY m.broadcast"
		" ORDER BY m.broadcast"
		"   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, told);
	while ((rc = db_step(s)) > 0) {
		struct sum *sum = arena_alloc(db->arena, sizeof(*sum));

		sum->broadcast = db_int(s, 0);
		sum->event = db_int(s, 1);
		sum->accepted = db_int(s, 2);
		sum->deferred = db_int(s, 3);
		sum->bounced = db_int(s, 4);
		sum->first = db_time(s, 5);
		sum->last = db_time(s, 6);
		*out = sum;
		out = &sum->next;
	}
	*out = NULL;
	return rc;
}

static int store_told(struct db *db, const char *told)
{
	static const char sql[] =
		"UPDATE " TOLD OF_MESSAGE
		"   SET m.fate = t.fate, m.fate_at = " AT ","
		"       m.deferrals = m.deferrals + t.deferrals,"
		"       m.cause = t.cause, m.fate_status = t.words";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, told);
	return db_run(s) < 0 ? -1 : 0;
}

static int move_counters(struct db *db, const struct sum *sum)
{
	static const char sql[] = "UPDATE delivery"
				  "   SET accepted = accepted + ?,"
				  "       deferred = deferred + ?,"
				  "       bounced = bounced + ?"
				  " WHERE broadcast = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, sum->accepted);
	db_bind_int(s, sum->deferred);
	db_bind_int(s, sum->bounced);
	db_bind_int(s, sum->broadcast);
	if (db_run(s) < 0)
		return -1;
	if (sum->accepted == 0)
		return 0;
	return stage_set_first(db, sum->event, sum->broadcast,
			       STAGE_FIRST_ACCEPTED, sum->first) < 0 ||
			       stage_set_last(db, sum->event, sum->broadcast,
					      STAGE_LAST_ACCEPTED,
					      sum->last) < 0
		       ? -1
		       : 0;
}

/* The newest of each queue id, if it is or may be ours and is not over. */
static const char *waiting_json(struct fates *f)
{
	struct str out = { .arena = f->arena };

	for (const struct mail *m = f->list; m != NULL; m = m->next) {
		if (m->gone || find_mail(f, m->queue_id) != m ||
		    (m->message == 0 && m->broadcast == 0))
			continue;
		str_fmt(&out, "%s[\"%s\",%lld,%lld,%lld]",
			out.len == 0 ? "[" : ",", m->queue_id,
			(long long)m->message, (long long)m->broadcast,
			(long long)m->user);
	}
	str_add(&out, out.len == 0 ? "[]" : "]");
	return str_text(&out);
}

static int store_queue(struct db *db, struct fates *f)
{
	static const char gone[] =
		"DELETE q FROM mail_queue q"
		"  JOIN (SELECT DISTINCT id"
		"          FROM JSON_TABLE(?, '$[*]' COLUMNS (id VARCHAR(20)"
		"               CHARACTER SET ascii COLLATE ascii_bin"
		"               PATH '$')) j) t"
		"    ON q.name = ? AND q.queue_id = t.id";
	static const char come[] =
		"INSERT INTO mail_queue (name, queue_id, message, broadcast,"
		"       user, at)"
		" SELECT ?, t.id, t.message, t.broadcast, t.user, ?"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS ("
		"       id VARCHAR(20) CHARACTER SET ascii PATH '$[0]',"
		"       message BIGINT PATH '$[1]',"
		"       broadcast BIGINT PATH '$[2]',"
		"       user BIGINT PATH '$[3]')) t";
	struct stmt *s = db_prepare(db, gone);

	db_bind_text(s, queue_ids(f));
	db_bind_text(s, f->site->name);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, come);
	db_bind_text(s, f->site->name);
	db_bind_time(s, time_now());
	db_bind_text(s, waiting_json(f));
	return db_run(s) < 0 ? -1 : 0;
}

static int store_place(struct db *db, const struct fates *f)
{
	static const char sql[] =
		"INSERT INTO log_place (name, inode, place, read_at)"
		" VALUES (?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE inode = VALUE(inode),"
		"       place = VALUE(place), read_at = VALUE(read_at)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, f->site->name);
	db_bind_int(s, (int64_t)f->place->inode);
	db_bind_int(s, f->place->place);
	db_bind_time(s, time_now());
	return db_run(s) < 0 ? -1 : 0;
}

static int store(struct db *db, void *arg)
{
	struct fates *f = arg;
	const char *told = told_json(f);
	struct sum *sums = NULL;

	if (f->count > 0 &&
	    (add_up(db, told, &sums) < 0 || store_told(db, told) < 0))
		return -1;
	for (const struct sum *sum = sums; sum != NULL; sum = sum->next)
		if (move_counters(db, sum) < 0)
			return -1;
	if (f->list != NULL && store_queue(db, f) < 0)
		return -1;
	return store_place(db, f);
}

int fate_store(struct db *db, struct fates *f, const struct fate_place *place)
{
	f->place = place;
	if (f->list != NULL && load(db, f) < 0)
		return -1;
	pick_one_each(f);
	if (db_transaction(db, store, f) < 0)
		return log_error("mail log not stored place=%lld",
				 (long long)place->place);
	return f->count;
}

int fate_place_find(struct db *db, const char *name, struct fate_place *out)
{
	static const char sql[] = "SELECT inode, place FROM log_place"
				  " WHERE name = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_text(s, name);
	while ((rc = db_step(s)) > 0) {
		out->inode = (uint64_t)db_int(s, 0);
		out->place = db_int(s, 1);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int fate_tidy(struct db *db)
{
	static const char sql[] = "DELETE FROM mail_queue"
				  " WHERE at < ?"
				  " LIMIT ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s,
		     time_now() - INT64_C(24) * 60 * KEEP_DAYS * TIME_MINUTE);
	db_bind_int(s, TIDY_MOST);
	return db_run(s) < 0 ? -1 : 0;
}
