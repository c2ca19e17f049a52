#include "model/broadcast.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/coming.h"
#include "model/questions.h"
#include "model/reach.h"
#include "model/stage.h"

/* The questions of a safety check ------------------------------------------ */

struct question *broadcast_safety_questions(struct arena *a)
{
	static const struct choice safety[] = {
		{ .mark = "good", .text = "無事", .text_en = "Safe" },
		{ .mark = "warn",
		  .text = "軽傷",
		  .text_en = "Slightly injured" },
		{ .mark = "bad",
		  .text = "重傷",
		  .text_en = "Seriously injured" },
	};
	static const struct choice coming[] = {
		{ .mark = "good", .text = "できる", .text_en = "Yes" },
		{ .mark = "warn",
		  .text = "時間がかかる",
		  .text_en = "Yes, but it takes time" },
		{ .mark = "bad", .text = "できない", .text_en = "No" },
		{ .mark = "", .text = "わからない", .text_en = "Not known" },
	};
	static const struct {
		const char *text, *text_en;
		const struct choice *choices;
		size_t count;
	} rows[] = {
		{ "安否", "Are you safe?", safety, LEN(safety) },
		{ "登庁", "Can you come to the office?", coming, LEN(coming) },
	};
	struct question *list = NULL, **end = &list;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct question *q = arena_alloc(a, sizeof(*q));
		struct choice **c = &q->choices;

		q->kind = "single";
		q->required = true;
		q->text = rows[i].text;
		q->text_en = rows[i].text_en;
		for (size_t k = 0; k < rows[i].count; k++) {
			*c = arena_memdup(a, &rows[i].choices[k], sizeof(**c));
			c = &(*c)->next;
		}
		*end = q;
		end = &q->next;
	}
	return list;
}

/* Making one --------------------------------------------------------------- */

struct making {
	const struct broadcast_draft *draft;
	struct target again;	/* whom a retry goes to */
	struct target *targets; /* the draft's, or `again` */
	int64_t root;		/* of a retry, else 0 */
	int64_t event;		/* the draft's, or the root's */
	const char *kind, *subject, *body;
	int64_t now, id, people;
};

void broadcast_bind_content(struct db *db, struct stmt *s, const char *content)
{
	unsigned char *hash;

	if (content == NULL) {
		db_bind_null(s);
		return;
	}
	hash = arena_alloc(db->arena, SHA256_LEN);
	bytes_sha256(content, strlen(content), hash);
	db_bind_blob(s, hash, SHA256_LEN);
}

/* A locking read, since the one before may have been committed after our
 * transaction began. */
int broadcast_find_press(struct db *db, const unsigned char *press,
			 const char *content, int64_t *id)
{
	static const char sql[] = "SELECT id, COALESCE(content <> ?, FALSE)"
				  "  FROM broadcast"
				  " WHERE press = ? LOCK IN SHARE MODE";
	struct stmt *s;
	int rc, found = BROADCAST_MADE;

	if (press == NULL)
		return BROADCAST_MADE;
	s = db_prepare(db, sql);
	broadcast_bind_content(db, s, content);
	db_bind_blob(s, press, BROADCAST_PRESS_LEN);
	while ((rc = db_step(s)) > 0) {
		*id = db_int(s, 0);
		found = db_int(s, 1) != 0 ? BROADCAST_PRESS_USED
					  : BROADCAST_MADE_BEFORE;
	}
	return rc < 0 ? -1 : found;
}

/* What a retry takes from the first broadcast of its chain, which is locked:
 * who makes another one at the same time sees this one.  Returns 1, 0 if that
 * cannot be asked again, -1. */
static int take_root(struct db *db, struct making *m)
{
	static const char sql[] =
		"SELECT r.id, COALESCE(r.event, 0), r.kind, r.subject, r.body"
		"  FROM broadcast b"
		"  JOIN broadcast r ON r.id = COALESCE(b.retry_of, b.id)"
		" WHERE b.id = ?"
		"   AND r.state IN ('sending', 'sent')"
		"   AND (r.closes_at IS NULL OR r.closes_at > ?)"
		"   FOR UPDATE";
	const struct broadcast_draft *d = m->draft;
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, d->retry_of);
	db_bind_time(s, m->now);
	while ((rc = db_step(s)) > 0) {
		m->root = db_int(s, 0);
		m->event = db_int(s, 1);
		m->kind = db_text(s, 2);
		m->subject = d->subject != NULL ? d->subject : db_text(s, 3);
		m->body = d->body != NULL ? d->body : db_text(s, 4);
	}
	m->again.kind = "unanswered";
	m->again.item = arena_fmt(db->arena, "%lld", (long long)m->root);
	m->targets = &m->again;
	return rc < 0 ? -1 : m->root != 0;
}

/* The roles that reach everybody (role.h). */
#define REACHES_ALL " IN ('system_admin', 'operator')"

/* Whether everybody whom this retry would ask was asked again a moment ago:
 * by the product, or by somebody whose reach holds all of ours.  Who asks a
 * part of them only keeps nobody from asking the others.  1 and m->id, 0, -1.
 */
static int find_lately(struct db *db, struct making *m)
{
	static const char sql[] =
		"SELECT a.id"
		"  FROM broadcast a"
		"  LEFT JOIN account c ON c.id = a.made_by"
		" WHERE a.retry_of = ? AND a.state <> 'cancelled'"
		"   AND a.made_at > ?"
		"   AND (a.made_by IS NULL OR a.made_by = ?"
		"        OR c.role" REACHES_ALL
		"        OR (NOT ? AND NOT EXISTS"
		"            (SELECT 1 FROM grp_admin y"
		"              WHERE y.account = ? AND y.grp NOT IN"
		"                    (SELECT p.descendant FROM grp_admin x"
		"                       JOIN grp_path p ON p.ancestor = x.grp"
		"                      WHERE x.account = a.made_by))))"
		" ORDER BY a.id DESC"
		" LIMIT 1";
	struct reach reach;
	struct stmt *s;
	int rc, found = 0;

	if (reach_find(db, m->draft->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, m->root);
	db_bind_time(s, m->now - BROADCAST_RETRY_MIN * TIME_MINUTE);
	db_bind_int(s, reach.account);
	db_bind_int(s, reach.everybody);
	db_bind_int(s, reach.account);
	while ((rc = db_step(s)) > 0) {
		m->id = db_int(s, 0);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* Returns BROADCAST_MADE if the retry may go on, why not, or -1. */
static int begin_retry(struct db *db, struct making *m)
{
	int rc = take_root(db, m);

	if (rc <= 0)
		return rc < 0 ? -1 : BROADCAST_NOT_ALLOWED;
	rc = find_lately(db, m);
	if (rc != 0)
		return rc < 0 ? -1 : BROADCAST_ASKED_LATELY;
	return BROADCAST_MADE;
}

/* What is asked again by hand is not asked again by itself right after: the
 * schedule waits a gap if everybody was asked, and else only for so long as
 * between two retries, since the others wait for it. */
static int put_off_reask(struct db *db, const struct making *m)
{
	static const char sql[] =
		"UPDATE reask"
		"   SET next_at = GREATEST(next_at,"
		"                          ? + INTERVAL IF(?, gap_min, ?)"
		"                          MINUTE)"
		" WHERE broadcast = ? AND next_at IS NOT NULL";
	struct reach reach;
	struct stmt *s;

	if (m->root == 0)
		return 0;
	if (reach_find(db, m->draft->account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_time(s, m->now);
	db_bind_int(s, reach.everybody);
	db_bind_int(s, BROADCAST_RETRY_MIN);
	db_bind_int(s, m->root);
	return db_run(s) < 0 ? -1 : 0;
}

static int insert_broadcast(struct db *db, struct making *m)
{
	static const char sql[] =
		"INSERT INTO broadcast (event, kind, subject, body, why, state,"
		"       retry_of, call_of, expected, press, content, made_by,"
		"       made_at, confirmed_at, closes_at, send_at, test, rule)"
		" VALUES (NULLIF(?, 0), ?, ?, ?, ?, ?,"
		"       NULLIF(?, 0), NULLIF(?, 0), ?, ?, ?, NULLIF(?, 0),"
		"       ?, ?, ?, ?, ?, NULLIF(?, 0))";
	const struct broadcast_draft *d = m->draft;
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, m->event);
	db_bind_text(s, m->kind);
	db_bind_text(s, m->subject);
	db_bind_text(s, m->body);
	db_bind_text(s, d->why != NULL ? d->why : "");
	db_bind_text(s, d->send_at != 0 ? "scheduled" : "confirmed");
	db_bind_int(s, m->root);
	db_bind_int(s, d->call_of);
	db_bind_int(s, m->people);
	if (d->press != NULL)
		db_bind_blob(s, d->press, BROADCAST_PRESS_LEN);
	else
		db_bind_null(s);
	broadcast_bind_content(db, s, d->content);
	db_bind_int(s, d->account);
	db_bind_time(s, m->now);
	db_bind_time(s, d->send_at != 0 ? 0 : m->now);
	db_bind_time(s, d->closes_at);
	db_bind_time(s, d->send_at);
	db_bind_int(s, d->test);
	db_bind_int(s, d->rule);
	if (db_run(s) < 0)
		return -1;
	m->id = db_last_id(db);
	return 0;
}

static int insert_targets(struct db *db, const struct making *m)
{
	static const char sql[] =
		"INSERT IGNORE INTO target (broadcast, kind, item, minus)"
		" VALUES (?, ?, ?, ?)";

	for (const struct target *t = m->targets; t != NULL; t = t->next) {
		struct stmt *s = db_prepare(db, sql);

		db_bind_int(s, m->id);
		db_bind_text(s, t->kind);
		db_bind_text(s, t->item);
		db_bind_int(s, t->minus);
		if (db_run(s) < 0)
			return -1;
	}
	return 0;
}

static int insert_choices(struct db *db, int64_t id, const struct question *q)
{
	static const char sql[] =
		"INSERT INTO choice (question, place, mark, text, text_en,"
		"       coming, minutes)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)";
	int place = 0;

	for (const struct choice *c = q->choices; c != NULL; c = c->next) {
		struct coming_choice coming =
			coming_read(q->text, c->mark, c->text);
		struct stmt *s = db_prepare(db, sql);

		db_bind_int(s, id);
		db_bind_int(s, ++place);
		db_bind_text(s, c->mark);
		db_bind_text(s, c->text);
		db_bind_text(s, c->text_en);
		db_bind_text(s, coming.tells);
		db_bind_int(s, coming.minutes);
		if (db_run(s) < 0)
			return -1;
	}
	return 0;
}

static int insert_questions(struct db *db, const struct making *m)
{
	static const char sql[] =
		"INSERT INTO question (broadcast, place, kind, required, text,"
		"       text_en)"
		" VALUES (?, ?, ?, ?, ?, ?)";
	int place = 0;

	if (m->root != 0)
		return 0; /* the root's are asked */
	for (const struct question *q = m->draft->questions; q != NULL;
	     q = q->next) {
		struct stmt *s = db_prepare(db, sql);

		db_bind_int(s, m->id);
		db_bind_int(s, ++place);
		db_bind_text(s, q->kind);
		db_bind_int(s, q->required);
		db_bind_text(s, q->text);
		db_bind_text(s, q->text_en);
		if (db_run(s) < 0 || insert_choices(db, db_last_id(db), q) < 0)
			return -1;
	}
	return 0;
}

static int insert_delivery(struct db *db, int64_t id)
{
	static const char sql[] = "INSERT INTO delivery (broadcast) VALUES (?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

static int insert_reask(struct db *db, const struct making *m)
{
	static const char sql[] =
		"INSERT INTO reask (broadcast, times, gap_min, quiet, next_at)"
		" VALUES (?, ?, ?, ?, ?)";
	const struct broadcast_draft *d = m->draft;
	const struct reask *r = &d->reask;
	int64_t begins = d->send_at != 0 ? d->send_at : m->now;
	struct stmt *s;

	if (r->times == 0 || m->root != 0)
		return 0;
	s = db_prepare(db, sql);
	db_bind_int(s, m->id);
	db_bind_int(s, r->times);
	db_bind_int(s, r->gap_min);
	db_bind_int(s, r->quiet);
	db_bind_time(s, begins + (int64_t)r->gap_min * TIME_MINUTE);
	return db_run(s) < 0 ? -1 : 0;
}

static int add_audit(struct db *db, const struct audit *who, int64_t account,
		     const char *action, int64_t id, int64_t people)
{
	struct audit line = { .account = account, .actor = "anpi" };

	if (who != NULL)
		line = *who;
	line.action = action;
	line.object = arena_fmt(db->arena, "broadcast %lld", (long long)id);
	line.people = people;
	return audit_add(db, &line);
}

/* The clock of a broadcast without event begins with the press. */
static int note_decision(struct db *db, const struct making *m)
{
	if (m->event != 0 && m->root == 0)
		return 0; /* the event's own */
	if (m->draft->send_at != 0)
		return 0; /* with its time */
	return stage_set(db, m->event, m->id, STAGE_DECIDED, m->now);
}

static const char *act_of(const struct broadcast_draft *d)
{
	if (d->test)
		return "broadcast test";
	return d->send_at != 0 ? "broadcast schedule" : "broadcast send";
}

static int make(struct db *db, void *arg)
{
	struct making *m = arg;
	const struct broadcast_draft *d = m->draft;
	int rc = broadcast_find_press(db, d->press, d->content, &m->id);

	if (rc != BROADCAST_MADE)
		return rc;
	if (d->retry_of != 0) {
		rc = begin_retry(db, m);
		if (rc != BROADCAST_MADE)
			return rc;
	}
	/* A test reaches its writer, who may be in none of his groups. */
	if (target_count(db, d->test ? 0 : d->account, m->targets, &m->people) <
	    0)
		return -1;
	if (m->people == 0)
		return BROADCAST_NOBODY;
	if (d->expected >= 0 && m->people != d->expected)
		return BROADCAST_OTHER_COUNT;
	if (insert_broadcast(db, m) < 0) {
		/* Pressed twice at the same instant. */
		rc = db_errno(db) != DB_DUPLICATE
			     ? BROADCAST_MADE
			     : broadcast_find_press(db, d->press, d->content,
						    &m->id);
		return rc == BROADCAST_MADE ? -1 : rc;
	}
	if (insert_targets(db, m) < 0 || insert_questions(db, m) < 0 ||
	    insert_reask(db, m) < 0 || put_off_reask(db, m) < 0 ||
	    insert_delivery(db, m->id) < 0 || note_decision(db, m) < 0 ||
	    add_audit(db, d->audit, d->account, act_of(d), m->id, m->people) <
		    0)
		return -1;
	return BROADCAST_MADE;
}

int broadcast_make(struct db *db, const struct broadcast_draft *draft,
		   int64_t *id, int64_t *people)
{
	struct making m = {
		.draft = draft,
		.targets = draft->targets,
		.event = draft->event,
		.kind = draft->kind,
		.subject = draft->subject,
		.body = draft->body,
		.now = time_now(),
	};
	int rc = db_transaction(db, make, &m);

	*id = m.id;
	if (people != NULL)
		*people = m.people;
	if (rc == BROADCAST_MADE)
		log_info("broadcast made broadcast=%lld people=%lld",
			 (long long)m.id, (long long)m.people);
	return rc;
}

/* Finding ------------------------------------------------------------------ */

/* One who is limited sees what he made, and what asked his people.  Values:
 * everybody, account, and those of REACH_OF. */
#define VISIBLE                                                                \
	"(? OR b.made_by = ? OR EXISTS (SELECT 1 FROM recipient v"             \
	" WHERE v.broadcast = b.id AND " REACH_OF("v.user") "))"

static void bind_visible(struct stmt *s, const struct reach *reach)
{
	db_bind_int(s, reach->everybody);
	db_bind_int(s, reach->account);
	reach_bind(s, reach);
}

/* What is counted is kept in tally and delivery, so that a list costs the same
 * at any size; a retry's answers stand with its root and are counted here. */
#define BROADCAST_COLUMNS                                                      \
	"SELECT b.id, COALESCE(b.retry_of, b.id), COALESCE(b.event, 0),"       \
	"       b.kind, b.subject, b.body, b.why, b.state,"                    \
	"       COALESCE(c.name, ''), b.made_at, b.confirmed_at, b.closes_at," \
	"       b.expected, b.recipients,"                                     \
	"       CASE WHEN b.retry_of IS NULL THEN COALESCE("                   \
	"         (SELECT t.people FROM tally t"                               \
	"           WHERE t.broadcast = b.id AND t.grp = 0"                    \
	"             AND t.kind = 'answered' AND t.item = 0), 0)"             \
	"       ELSE (SELECT COUNT(*) FROM recipient r"                        \
	"               JOIN recipient q ON q.broadcast = b.retry_of"          \
	"                AND q.user = r.user"                                  \
	"              WHERE r.broadcast = b.id"                               \
	"                AND q.answered_at IS NOT NULL) END,"                  \
	"       d.messages, d.handed, d.refused, d.cancelled,"                 \
	"       (SELECT COUNT(*) FROM message m FORCE INDEX (state)"           \
	"         WHERE m.broadcast = b.id AND m.state = 'sending'),"          \
	"       (SELECT MIN(g.at) FROM stage g"                                \
	"         WHERE g.broadcast = b.id AND g.name = 'first_handed'),"      \
	"       (SELECT MAX(g.at) FROM stage g"                                \
	"         WHERE g.broadcast = b.id AND g.name = 'last_handed'),"       \
	"       b.send_at, b.test, d.accepted, d.deferred, d.bounced,"         \
	"       COALESCE(b.made_by, 0), " BROADCAST_IS_OPEN                    \
	"  FROM broadcast b"                                                   \
	"  JOIN delivery d ON d.broadcast = b.id"                              \
	"  LEFT JOIN account c ON c.id = b.made_by"

static void read_row(struct stmt *s, const struct reach *reach,
		     struct broadcast *b)
{
	*b = (struct broadcast){
		.id = db_int(s, 0),
		.root = db_int(s, 1),
		.event = db_int(s, 2),
		.kind = db_text(s, 3),
		.subject = db_text(s, 4),
		.body = db_text(s, 5),
		.why = db_text(s, 6),
		.state = db_text(s, 7),
		.made_by = db_text(s, 8),
		.made_at = db_time(s, 9),
		.confirmed_at = db_time(s, 10),
		.closes_at = db_time(s, 11),
		.expected = db_int(s, 12),
		.recipients = db_int(s, 13),
		.answered = db_int(s, 14),
		.messages = db_int(s, 15),
		.handed = db_int(s, 16),
		.refused = db_int(s, 17),
		.cancelled = db_int(s, 18),
		.sending = db_int(s, 19),
		.first_handed_at = db_time(s, 20),
		.last_handed_at = db_time(s, 21),
		.send_at = db_time(s, 22),
		.test = db_int(s, 23) != 0,
		.accepted = db_int(s, 24),
		.deferred = db_int(s, 25),
		.bounced = db_int(s, 26),
		.own = reach->everybody || db_int(s, 27) == reach->account,
		.open = db_int(s, 28) != 0,
	};
}

static void set_queued(struct broadcast *b)
{
	b->queued = b->messages - b->sending - b->handed - b->refused -
		    b->cancelled;
	if (b->queued < 0)
		b->queued = 0; /* counters and claims move apart for a moment */
}

/* Puts the counts of the account's own people in place of those of all. */
static int count_within(struct db *db, const struct reach *reach,
			struct broadcast *b)
{
	static const char sql[] =
		"SELECT COUNT(*),"
		"       COALESCE(SUM(q.answered_at IS NOT NULL), 0),"
		"       COUNT(m.id), COALESCE(SUM(m.state = 'handed'), 0),"
		"       COALESCE(SUM(m.state = 'refused'), 0),"
		"       COALESCE(SUM(m.state = 'cancelled'), 0),"
		"       COALESCE(SUM(m.state = 'sending'), 0),"
		"       COALESCE(SUM(m.fate = 'accepted'), 0),"
		"       COALESCE(SUM(m.fate = 'deferred'), 0),"
		"       COALESCE(SUM(m.fate = 'bounced'), 0)"
		"  FROM recipient r"
		"  JOIN recipient q ON q.broadcast = ? AND q.user = r.user"
		"  LEFT JOIN message m ON m.broadcast = r.broadcast"
		"   AND m.user = r.user"
		" WHERE r.broadcast = ?"
		"   AND " REACH_OF("r.user");
	struct stmt *s;
	int rc;

	if (reach->everybody)
		return 0;
	s = db_prepare(db, sql);
	db_bind_int(s, b->root);
	db_bind_int(s, b->id);
	reach_bind(s, reach);
	while ((rc = db_step(s)) > 0) {
		b->recipients = db_int(s, 0);
		b->answered = db_int(s, 1);
		b->messages = db_int(s, 2);
		b->handed = db_int(s, 3);
		b->refused = db_int(s, 4);
		b->cancelled = db_int(s, 5);
		b->sending = db_int(s, 6);
		b->accepted = db_int(s, 7);
		b->deferred = db_int(s, 8);
		b->bounced = db_int(s, 9);
	}
	return rc;
}

int broadcast_find(struct db *db, int64_t account, int64_t id,
		   struct broadcast *out)
{
	static const char sql[] =
		BROADCAST_COLUMNS " WHERE b.id = ? AND " VISIBLE;
	struct reach reach;
	struct stmt *s;
	int rc, found = 0;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	bind_visible(s, &reach);
	while ((rc = db_step(s)) > 0) {
		read_row(s, &reach, out);
		found = 1;
	}
	if (rc < 0 || !found)
		return rc;
	if (count_within(db, &reach, out) < 0)
		return -1;
	set_queued(out);
	return 1;
}

/* Replies stand with the person they are to (model/reply.h). */
#define FILTER                                                                 \
	" WHERE b.reply_of IS NULL"                                            \
	"   AND (? IS NULL OR INSTR(b.subject, ?) > 0"                         \
	"        OR INSTR(b.body, ?) > 0)"                                     \
	"   AND (? IS NULL OR b.kind = ?)"                                     \
	"   AND (? IS NULL OR b.state = ?)"                                    \
	"   AND (? = 0 OR b.event = ?)"                                        \
	"   AND " VISIBLE

static void bind_filter(struct stmt *s, const struct broadcast_filter *f,
			const struct reach *reach)
{
	for (int i = 0; i < 3; i++)
		db_bind_text(s, f->text);
	for (int i = 0; i < 2; i++)
		db_bind_text(s, f->kind);
	for (int i = 0; i < 2; i++)
		db_bind_text(s, f->state);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, f->event);
	bind_visible(s, reach);
}

int broadcast_list(struct db *db, int64_t account,
		   const struct broadcast_filter *filter,
		   struct broadcast **out)
{
	static const char sql[] =
		BROADCAST_COLUMNS FILTER "   AND (? = 0 OR b.id < ?)"
					 " ORDER BY b.id DESC"
					 " LIMIT ?";
	struct broadcast *list = NULL, **end = &list;
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_filter(s, filter, &reach);
	db_bind_int(s, filter->before);
	db_bind_int(s, filter->before);
	db_bind_int(s, filter->most);
	while ((rc = db_step(s)) > 0) {
		*end = arena_alloc(db->arena, sizeof(**end));
		read_row(s, &reach, *end);
		end = &(*end)->next;
	}
	for (struct broadcast *b = list; rc == 0 && b != NULL; b = b->next) {
		rc = count_within(db, &reach, b);
		set_queued(b);
	}
	*out = list;
	return rc;
}

int64_t broadcast_count(struct db *db, int64_t account,
			const struct broadcast_filter *filter)
{
	static const char sql[] = "SELECT COUNT(*) FROM broadcast b" FILTER;
	struct reach reach;
	struct stmt *s;
	int64_t n = 0;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_filter(s, filter, &reach);
	return db_number(s, &n) < 0 ? -1 : n;
}

int broadcast_questions(struct db *db, int64_t id, struct question **out)
{
	static const char sql[] =
		"SELECT q.id, q.kind, q.required, q.text, q.text_en,"
		"       c.id, c.mark, c.text, c.text_en"
		"  FROM broadcast b"
		"  JOIN question q ON q.broadcast = COALESCE(b.retry_of, b.id)"
		"  LEFT JOIN choice c ON c.question = q.id"
		" WHERE b.id = ?"
		" ORDER BY q.place, c.place";
	struct stmt *s = db_prepare(db, sql);
	struct question *q = NULL;
	struct choice **end = NULL;
	int rc;

	*out = NULL;
	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		if (q == NULL || q->id != db_int(s, 0)) {
			q = arena_alloc(db->arena, sizeof(*q));
			q->id = db_int(s, 0);
			q->kind = db_text(s, 1);
			q->required = db_int(s, 2) != 0;
			q->text = db_text(s, 3);
			q->text_en = db_text(s, 4);
			end = &q->choices;
			*out = q;
			out = &q->next;
		}
		if (db_is_null(s, 5))
			continue;
		*end = arena_alloc(db->arena, sizeof(**end));
		(*end)->id = db_int(s, 5);
		(*end)->mark = db_text(s, 6);
		(*end)->text = db_text(s, 7);
		(*end)->text_en = db_text(s, 8);
		end = &(*end)->next;
	}
	return rc;
}

static void set_people(struct question *questions, int64_t choice,
		       int64_t people)
{
	for (struct question *q = questions; q != NULL; q = q->next)
		for (struct choice *c = q->choices; c != NULL; c = c->next)
			if (c->id == choice)
				c->people = people;
}

/* What was written to a question; its value is the path of the question. */
#define VALUE  "JSON_VALUE(a.texts, ?)"
#define NUMBER "CAST(" VALUE " AS DECIMAL(18, 3))"

/* Of the answers that count.  Values: root, broadcast, path, and those of
 * REACH_OF. */
#define WRITTEN                                                                \
	"  FROM recipient r"                                                   \
	"  JOIN recipient o ON o.broadcast = ? AND o.user = r.user"            \
	"  JOIN answer a ON a.broadcast = o.broadcast"                         \
	"   AND a.user = o.user AND a.at = o.answered_at"                      \
	" WHERE r.broadcast = ? AND a.texts <> ''"                             \
	"   AND " VALUE " IS NOT NULL"                                         \
	"   AND " REACH_OF("r.user")

static int count_written(struct db *db, const struct reach *reach,
			 const struct broadcast *b, struct question *q)
{
	static const char text[] = "SELECT COUNT(*)" WRITTEN;
	static const char time[] =
		"SELECT COUNT(*), MIN(" VALUE "), MAX(" VALUE ")" WRITTEN;
	/* + 0e0 drops the zeros behind a fraction. */
	static const char number[] =
		"SELECT COUNT(*), CONCAT(MIN(" NUMBER ") + 0e0),"
		"       CONCAT(MAX(" NUMBER ") + 0e0),"
		"       CONCAT(SUM(" NUMBER ") + 0e0),"
		"       CONCAT(ROUND(AVG(" NUMBER "), 1) + 0e0)" WRITTEN;
	const char *path = arena_fmt(db->arena, "$.\"%lld\"", (long long)q->id);
	int columns = str_eq(q->kind, "number") ? 4
		      : str_eq(q->kind, "time") ? 2
						: 0;
	struct stmt *s = db_prepare(db, columns == 4   ? number
					: columns == 2 ? time
						       : text);
	int rc;

	for (int i = 0; i < columns; i++)
		db_bind_text(s, path);
	db_bind_int(s, b->root);
	db_bind_int(s, b->id);
	db_bind_text(s, path);
	reach_bind(s, reach);
	while ((rc = db_step(s)) > 0) {
		q->people = db_int(s, 0);
		q->least = columns > 0 ? db_text(s, 1) : "";
		q->most = columns > 0 ? db_text(s, 2) : "";
		q->sum = columns > 2 ? db_text(s, 3) : "";
		q->mean = columns > 2 ? db_text(s, 4) : "";
	}
	return rc;
}

int broadcast_answers(struct db *db, int64_t account, const struct broadcast *b,
		      struct question *questions)
{
	/* Counted already, for everybody. */
	static const char tally[] = "SELECT item, people"
				    "  FROM tally"
				    " WHERE broadcast = ? AND grp = 0"
				    "   AND kind = 'choice'";
	static const char rows[] =
		"SELECT c.choice, COUNT(*)"
		"  FROM answer_choice c"
		"  JOIN recipient r ON r.broadcast = ?"
		"   AND r.user = c.user"
		" WHERE c.broadcast = ?"
		"   AND " REACH_OF("c.user") " GROUP BY c.choice";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	if (reach.everybody && b->root == b->id) {
		s = db_prepare(db, tally);
		db_bind_int(s, b->id);
	} else {
		s = db_prepare(db, rows);
		db_bind_int(s, b->id);
		db_bind_int(s, b->root);
		reach_bind(s, &reach);
	}
	while ((rc = db_step(s)) > 0)
		set_people(questions, db_int(s, 0), db_int(s, 1));
	for (struct question *q = questions; rc == 0 && q != NULL; q = q->next)
		if (questions_is_written(q->kind))
			rc = count_written(db, &reach, b, q);
	return rc;
}

int64_t broadcast_sent(int64_t handed, int64_t bounced)
{
	return handed > bounced ? handed - bounced : 0;
}

int broadcast_estimate(struct db *db, int64_t people, int64_t *seconds)
{
	/* From the press to the first mail, and between the first and the
	 * last, of so many. */
	static const char sql[] =
		"SELECT TIMESTAMPDIFF(MICROSECOND, b.confirmed_at, f.at),"
		"       TIMESTAMPDIFF(MICROSECOND, f.at, l.at), d.handed"
		"  FROM broadcast b FORCE INDEX (PRIMARY)"
		"  JOIN delivery d ON d.broadcast = b.id AND d.handed >= ?"
		"  JOIN stage f ON f.broadcast = b.id"
		"   AND f.name = 'first_handed'"
		"  JOIN stage l ON l.broadcast = b.id"
		"   AND l.name = 'last_handed'"
		" WHERE b.state IN ('sent', 'closed') AND NOT b.test"
		" ORDER BY b.id DESC"
		" LIMIT 1";
	enum { ENOUGH = 20 };
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*seconds = -1;
	db_bind_int(s, ENOUGH);
	while ((rc = db_step(s)) > 0) {
		int64_t us =
			db_int(s, 0) + db_int(s, 1) * people / db_int(s, 2);

		*seconds = us <= TIME_SECOND ? 1 : us / TIME_SECOND;
	}
	return rc;
}

/* Stopping and closing ----------------------------------------------------- */

struct ending {
	int64_t account, id;
	const struct audit *audit;
	const char *action;
	const char *sql; /* values: id, everybody, account */
};

static int end_it(struct db *db, void *arg)
{
	struct ending *e = arg;
	struct reach reach;
	struct stmt *s;
	int64_t n;

	if (reach_find(db, e->account, &reach) < 0)
		return -1;
	s = db_prepare(db, e->sql);
	db_bind_int(s, e->id);
	db_bind_int(s, reach.everybody);
	db_bind_int(s, e->account);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	if (add_audit(db, e->audit, e->account, e->action, e->id, 0) < 0)
		return -1;
	return 1;
}

/* deliver sees the state when it takes a message, and lets it go as cancelled:
 * so one row is written here, however many wait. */
int broadcast_cancel(struct db *db, int64_t account, const struct audit *audit,
		     int64_t id)
{
	static const char sql[] = "UPDATE broadcast"
				  "   SET state = 'cancelled'"
				  " WHERE id = ?"
				  "   AND state IN ('confirmed', 'sending',"
				  "       'scheduled')"
				  "   AND (? OR made_by = ?)";
	struct ending e = { account, id, audit, "broadcast cancel", sql };

	return db_transaction(db, end_it, &e);
}

int broadcast_withdraw(struct db *db, int64_t id)
{
	static const char sql[] = "UPDATE broadcast"
				  "   SET state = 'cancelled'"
				  " WHERE id = ? AND state = 'scheduled'"
				  "   AND (? OR made_by = ?)";
	struct ending e = { 0, id, NULL, "broadcast cancel", sql };

	return db_transaction(db, end_it, &e);
}

int broadcast_close(struct db *db, int64_t account, const struct audit *audit,
		    int64_t id)
{
	static const char sql[] =
		"UPDATE broadcast b"
		"   SET b.state = 'closed'"
		" WHERE b.id = ?"
		"   AND " BROADCAST_IS_OPEN "   AND (? OR b.made_by = ?)";
	struct ending e = { account, id, audit, "broadcast close", sql };

	return db_transaction(db, end_it, &e);
}
