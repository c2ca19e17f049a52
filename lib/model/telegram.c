#include "model/telegram.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/charset.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/hazard.h"
#include "feed/jma_quake.h"
#include "model/event.h"
#include "model/hazard_event.h"
#include "model/open_key.h"
#include "model/quake.h"

static const char *const outcomes[] = {
	[TELEGRAM_APPLIED] = "applied",
	[TELEGRAM_STORED] = "stored",
	[TELEGRAM_REFUSED] = "refused",
	[TELEGRAM_DUPLICATE] = "duplicate",
};

enum { FUTURE_MAX_H = 24 }; /* a clock may be wrong by less */

/* A telegram on its way in. */
struct taking {
	const char *source, *name, *bytes;
	size_t len;
	int64_t now;
	unsigned char sha256[SHA256_LEN];
	bool is_quake;
	struct hazard hazard; /* its frame is that of a quake, too */
	struct jma_quake quake;
	struct telegram_taken *out;
};

const char *telegram_outcome_text(enum telegram_outcome outcome)
{
	return outcomes[outcome];
}

static void decide(struct taking *t, enum telegram_outcome outcome,
		   const char *reason)
{
	t->out->outcome = outcome;
	t->out->reason = reason;
}

/* Reads a telegram with the reader of its type.  1, 0 if nobody reads it, -1
 * with *why. */
static int read_any(struct arena *a, struct taking *t, const char **why)
{
	const struct xml *root = xml_open(a, t->bytes, t->len, why);
	struct jma_telegram head;

	if (root == NULL || !xml_is(root, jma_report_uri, "Report"))
		return hazard_parse(a, t->bytes, t->len, &t->hazard, why);
	if (jma_frame(a, root, &head, why) < 0) {
		t->hazard.telegram = head;
		return -1;
	}
	if (!jma_quake_reads(head.type))
		return hazard_read(a, root, &head, &t->hazard, why);
	t->is_quake = true;
	t->hazard.telegram = head;
	return jma_quake_read(a, root, &head, &t->quake, why) < 0 ? -1 : 1;
}

/* What can be said from the bytes alone, and the clock. */
static void read_telegram(struct arena *a, struct taking *t)
{
	const struct jma_telegram *head = &t->hazard.telegram;
	const char *why = "";
	int rc = read_any(a, t, &why);

	if (rc < 0)
		decide(t, TELEGRAM_REFUSED, why);
	else if (head->published_at >
		 t->now + (int64_t)FUTURE_MAX_H * 60 * TIME_MINUTE)
		decide(t, TELEGRAM_REFUSED,
		       "dated more than a day in the future");
	else if (head->status == JMA_STATUS_UNKNOWN ||
		 head->info_type == JMA_INFO_UNKNOWN)
		decide(t, TELEGRAM_STORED, "status or kind of issue unknown");
	else if (rc == 0)
		decide(t, TELEGRAM_STORED, "type not read");
	else if (t->is_quake && *head->event_key == '\0')
		decide(t, TELEGRAM_REFUSED, "no event key");
	else
		decide(t, TELEGRAM_APPLIED, "");
	/* Weather has no key of its own: its stream is known by the office. */
	if (rc > 0 && *head->event_key == '\0')
		t->hazard.telegram.event_key = t->hazard.key;
}

int64_t telegram_issued_at(struct arena *a, const char *bytes, size_t len)
{
	struct taking t = { .bytes = bytes, .len = len };
	const char *why;

	log_hush(true);
	read_any(a, &t, &why);
	log_hush(false);
	return t.hazard.telegram.published_at;
}

/* Finds the same bytes.  Returns 1 if they were taken, 0, or -1. */
static int find_same(struct db *db, struct taking *t)
{
	static const char sql[] = "SELECT id, event"
				  "  FROM telegram"
				  " WHERE sha256 = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_blob(s, t->sha256, SHA256_LEN);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	t->out->telegram = db_int(s, 0);
	t->out->event = db_int(s, 1);
	decide(t, TELEGRAM_DUPLICATE, "taken before");
	return db_step(s) < 0 ? -1 : 1;
}

/* Whether a newer telegram of the stream is there already, whatever event it
 * was of: 1 and its event, 0 or -1. */
static int is_late(struct db *db, const struct jma_telegram *of, int64_t *event)
{
	static const char sql[] = "SELECT event"
				  "  FROM telegram"
				  " WHERE type = ?"
				  "   AND event_key = ?"
				  "   AND status = ?"
				  "   AND outcome = 'applied'"
				  "   AND issued_at >= ?"
				  "   AND (issued_at > ? OR serial > ?)"
				  " LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, of->title);
	db_bind_text(s, of->event_key);
	db_bind_text(s, jma_status_show(of->status));
	db_bind_time(s, of->published_at);
	db_bind_time(s, of->published_at);
	db_bind_int(s, of->serial);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	if (*event == 0)
		*event = db_int(s, 0);
	return db_step(s) < 0 ? -1 : 1;
}

/* Whether the event's stream has a newer one: of those whose telegrams have a
 * key each, one stream. */
static int is_behind(struct db *db, int64_t event, const struct hazard *h)
{
	static const char sql[] = "SELECT 1"
				  "  FROM stream s"
				  "  JOIN telegram t ON t.id = s.telegram"
				  " WHERE s.event = ?"
				  "   AND s.type = ?"
				  "   AND s.event_key = ?"
				  "   AND (t.issued_at > ?"
				  "     OR (t.issued_at = ? AND t.serial > ?))";
	const struct jma_telegram *of = &h->telegram;
	const char *stream = hazard_event_stream(db, event, h);
	struct stmt *s;
	int rc;

	if (stream == NULL)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, event);
	db_bind_text(s, of->title);
	db_bind_text(s, stream);
	db_bind_time(s, of->published_at);
	db_bind_time(s, of->published_at);
	db_bind_int(s, of->serial);
	rc = db_step(s);
	return rc > 0 && db_step(s) < 0 ? -1 : rc;
}

/* Finding its event ---------------------------------------------------------*/

/* The event that the last telegrams of a stream made, and which is closed: 0
 * if there is none, -1. */
static int64_t find_last(struct db *db, const struct jma_telegram *of)
{
	static const char sql[] = "SELECT event"
				  "  FROM telegram"
				  " WHERE type = ?"
				  "   AND event_key = ?"
				  "   AND status = ?"
				  "   AND outcome = 'applied'"
				  " ORDER BY issued_at DESC"
				  " LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int64_t event;
	int rc;

	db_bind_text(s, of->title);
	db_bind_text(s, of->event_key);
	db_bind_text(s, jma_status_show(of->status));
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	event = db_int(s, 0);
	return db_step(s) < 0 ? -1 : event;
}

/* No two quakes have the same key: it stays theirs. */
static int64_t find_quake(struct db *db, const struct jma_telegram *of)
{
	static const char sql[] = "SELECT id"
				  "  FROM event"
				  " WHERE kind = 'quake'"
				  "   AND event_key = ?"
				  "   AND drill = ?"
				  " ORDER BY id DESC"
				  " LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int64_t event;
	int rc;

	db_bind_text(s, of->event_key);
	db_bind_int(s, of->status != JMA_NORMAL);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	event = db_int(s, 0);
	return db_step(s) < 0 ? -1 : event;
}

static bool says_nothing(const struct hazard *h)
{
	return h->lifted || h->telegram.info_type == JMA_CANCELLED;
}

/*
 * The event that a telegram of no open one belongs to: a closed one, if it is
 * a quake's, if it comes late, or if it only takes back or lifts; else 0, and
 * it makes another.
 */
static int64_t find_closed(struct db *db, const struct taking *t)
{
	const struct jma_telegram *head = &t->hazard.telegram;
	int64_t event = 0;
	int late;

	if (t->is_quake)
		return find_quake(db, head);
	late = is_late(db, head, &event);
	if (late != 0)
		return late < 0 ? -1 : event;
	return says_nothing(&t->hazard) ? find_last(db, head) : 0;
}

/* Whether a telegram begins another event than the open one of its key: 1, 0
 * or -1. */
static int begins(struct db *db, const struct taking *t, int64_t event)
{
	const struct hazard *h = &t->hazard;
	int64_t ended_at, told_at;

	if (event_ended(db, event, t->now, &ended_at, &told_at) < 0)
		return -1;
	if (ended_at == 0 && h->pause_most != 0 &&
	    h->telegram.published_at - told_at > h->pause_most)
		ended_at = told_at;
	return hazard_event_begins(h, ended_at);
}

/* Finds and holds the event, or makes it.  Its id, or -1. */
static int64_t find_event(struct db *db, const struct taking *t)
{
	const struct hazard *h = &t->hazard;
	struct open_key keys = {
		.kind = t->is_quake ? "quake" : hazard_kind_name(h->kind),
		.key = t->is_quake ? h->telegram.event_key : h->key,
		.others = t->is_quake ? "" : h->other_keys,
		.any_kind = str_eq(h->telegram.type, "CAP"),
		.drill = h->telegram.status != JMA_NORMAL,
	};
	int64_t event = open_key_hold(db, &keys);
	int another;

	if (event > 0 && !t->is_quake) {
		another = begins(db, t, event);
		if (another < 0)
			return -1;
		if (another > 0) {
			if (event_end(db, event, t->now) < 0)
				return -1;
			event = 0;
		}
		if (event > 0 && *keys.others != '\0' &&
		    open_key_add(db, &keys, event) < 0)
			return -1;
	} else if (event == 0) {
		event = find_closed(db, t);
		if (event > 0 && event_hold(db, event) < 0)
			return -1;
	}
	return event != 0 ? event : open_key_make(db, &keys, t->now);
}

/* A file's name may be any bytes; a column takes text only. */
static const char *printable(const char *name)
{
	return charset_is_utf8(name, strlen(name)) ? name : "(name not UTF-8)";
}

/* Returns 1, 0 if another took the same bytes meanwhile, -1. */
static int store(struct db *db, const struct taking *t)
{
	static const char sql[] =
		"INSERT INTO telegram (source, name, type, event_key, serial,"
		"  info_type, status, issued_at, reported_at, fetched_at,"
		"  outcome, reason, event, sha256, body)"
		" VALUES (?, LEFT(?, 200), LEFT(?, 100), LEFT(?, 100), ?, ?, ?,"
		"  ?, ?, ?, ?, LEFT(?, 200), NULLIF(?, 0), ?, ?)";
	const struct jma_telegram *head = &t->hazard.telegram;
	struct stmt *s = db_prepare(db, sql);

	db_expect(s, DB_DUPLICATE);
	db_bind_text(s, t->source);
	db_bind_text(s, printable(t->name));
	db_bind_text(s, head->title);
	db_bind_text(s, head->event_key);
	db_bind_int(s, head->serial);
	db_bind_text(s, jma_info_type_show(head->info_type));
	db_bind_text(s, jma_status_show(head->status));
	db_bind_time(s, head->published_at);
	db_bind_time(s, head->reported_at);
	db_bind_time(s, t->now);
	db_bind_text(s, outcomes[t->out->outcome]);
	db_bind_text(s, t->out->reason);
	db_bind_int(s, t->out->event);
	db_bind_blob(s, t->sha256, SHA256_LEN);
	db_bind_blob(s, t->bytes,
		     t->len < TELEGRAM_BYTES_MAX ? t->len : TELEGRAM_BYTES_MAX);
	if (db_run(s) >= 0)
		return 1;
	return db_errno(db) == DB_DUPLICATE ? 0 : -1;
}

/* Whether it is older than what counts: 1, 0 or -1. */
static int is_old(struct db *db, const struct taking *t)
{
	int64_t event = t->out->event;
	int late = is_late(db, &t->hazard.telegram, &event);

	if (late != 0 || t->is_quake)
		return late;
	return is_behind(db, t->out->event, &t->hazard);
}

static int apply(struct db *db, const struct taking *t)
{
	const struct telegram_taken *out = t->out;

	return t->is_quake ? quake_refresh(db, out->event, out->telegram,
					   &t->quake, t->now)
			   : hazard_event_refresh(db, out->event, out->telegram,
						  &t->hazard, t->now);
}

/* The event is held before anything is looked up, so that two telegrams of
 * one event, taken at the same time, are taken one after the other; but what
 * was taken before makes no event. */
static int take(struct db *db, void *arg)
{
	struct taking *t = arg;
	bool applies;
	int rc;

	t->out->event = 0;
	t->is_quake = false;
	read_telegram(db->arena, t);
	applies = t->out->outcome == TELEGRAM_APPLIED;
	rc = find_same(db, t);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	if (applies) {
		t->out->event = find_event(db, t);
		if (t->out->event < 0)
			return -1;
		rc = is_old(db, t);
		if (rc < 0)
			return -1;
		if (rc > 0)
			decide(t, TELEGRAM_STORED, "older than one applied");
	}
	rc = store(db, t);
	if (rc <= 0)
		return rc < 0 || find_same(db, t) <= 0 ? -1 : 0;
	t->out->telegram = db_last_id(db);
	return t->out->outcome == TELEGRAM_APPLIED ? apply(db, t) : 0;
}

static int take_given(struct db *db, const char *source,
		      struct telegram_given *g, int64_t now)
{
	struct taking t = {
		.source = source,
		.name = g->name,
		.bytes = g->bytes,
		.len = g->len,
		.now = now,
		.out = &g->taken,
	};

	g->taken = (struct telegram_taken){ .reason = "" };
	bytes_sha256(g->bytes, g->len, t.sha256);
	if (db_transaction(db, take, &t) < 0)
		return -1;
	g->taken.type = t.hazard.telegram.type;
	return 0;
}

static void log_taken(const struct telegram_taken *taken)
{
	log_info("telegram taken telegram=%lld type=%s outcome=%s event=%lld "
		 "reason=\"%s\"",
		 (long long)taken->telegram, taken->type,
		 outcomes[taken->outcome], (long long)taken->event,
		 taken->reason);
}

int telegram_take(struct db *db, const char *source, const char *name,
		  const char *bytes, size_t len, int64_t now,
		  struct telegram_taken *out)
{
	struct telegram_given given = { .name = name,
					.bytes = bytes,
					.len = len };
	int rc = take_given(db, source, &given, now);

	*out = given.taken;
	if (rc == 0)
		log_taken(out);
	return rc;
}

struct taking_all {
	const char *source;
	struct telegram_given *list;
	int64_t now;
};

static int take_all(struct db *db, void *arg)
{
	const struct taking_all *all = arg;

	for (struct telegram_given *g = all->list; g != NULL; g = g->next)
		if (take_given(db, all->source, g, all->now) < 0)
			return -1;
	return 0;
}

/* Most of the time that a telegram takes is that of its commit. */
int telegram_take_all(struct db *db, const char *source,
		      struct telegram_given *list, int64_t now)
{
	struct taking_all all = { source, list, now };
	bool together = db_transaction(db, take_all, &all) == 0;
	int failed = 0;

	for (struct telegram_given *g = list; g != NULL; g = g->next) {
		g->failed = !together && take_given(db, source, g, now) < 0;
		failed += g->failed;
		if (!g->failed)
			log_taken(&g->taken);
	}
	return failed;
}

#define COLUMNS                                                                \
	"SELECT id, type, info_type, status, outcome, reason, serial,"         \
	"       issued_at, fetched_at, source, name"                           \
	"  FROM telegram"

static int read_list(struct db *db, struct stmt *s, struct telegram **out)
{
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct telegram *t = arena_alloc(db->arena, sizeof(*t));

		t->id = db_int(s, 0);
		t->type = db_text(s, 1);
		t->info_type = db_text(s, 2);
		t->status = db_text(s, 3);
		t->outcome = db_text(s, 4);
		t->reason = db_text(s, 5);
		t->serial = (int)db_int(s, 6);
		t->issued_at = db_time(s, 7);
		t->fetched_at = db_time(s, 8);
		t->source = db_text(s, 9);
		t->name = db_text(s, 10);
		*out = t;
		out = &t->next;
	}
	*out = NULL;
	return rc;
}

int telegram_list(struct db *db, int64_t event, int most, struct telegram **out)
{
	static const char sql[] = COLUMNS " WHERE event = ?"
					  " ORDER BY issued_at DESC, id DESC"
					  " LIMIT ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, event);
	db_bind_int(s, most);
	return read_list(db, s, out);
}

#define WITHOUT_EVENT                                                          \
	" WHERE event IS NULL"                                                 \
	"   AND (? IS NULL OR outcome = ?)"                                    \
	"   AND (? IS NULL OR INSTR(type, ?) > 0 OR INSTR(name, ?) > 0)"

static void bind_without_event(struct stmt *s, const struct telegram_query *q)
{
	for (int i = 0; i < 2; i++)
		db_bind_text(s, q->outcome);
	for (int i = 0; i < 3; i++)
		db_bind_text(s, q->text);
}

int telegram_list_without_event(struct db *db,
				const struct telegram_query *query,
				struct telegram **out)
{
	static const char sql[] = COLUMNS WITHOUT_EVENT "   AND id < ?"
							" ORDER BY id DESC"
							" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);

	bind_without_event(s, query);
	db_bind_int(s, query->before == 0 ? INT64_MAX : query->before);
	db_bind_int(s, query->most);
	return read_list(db, s, out);
}

int64_t telegram_count_without_event(struct db *db,
				     const struct telegram_query *query)
{
	static const char sql[] = "SELECT COUNT(*) FROM telegram" WITHOUT_EVENT;
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	bind_without_event(s, query);
	return db_number(s, &n) < 0 ? -1 : n;
}

int64_t telegram_twins(struct db *db, int64_t event)
{
	static const char sql[] =
		"SELECT COUNT(*)"
		"  FROM (SELECT 1 FROM telegram"
		"         WHERE event = ?"
		"           AND outcome <> 'refused'"
		"         GROUP BY type, event_key, serial, info_type, status,"
		"               issued_at"
		"        HAVING COUNT(*) > 1) t";
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;

	db_bind_int(s, event);
	return db_number(s, &n) < 0 ? -1 : n;
}

bool telegram_is_twin(const struct telegram *a, const struct telegram *b)
{
	return a->id != b->id && a->serial == b->serial &&
	       a->issued_at == b->issued_at && str_eq(a->type, b->type) &&
	       str_eq(a->info_type, b->info_type) &&
	       str_eq(a->status, b->status);
}

int telegram_body(struct db *db, int64_t id, const char **bytes, size_t *len,
		  int64_t *event)
{
	static const char sql[] = "SELECT body, event"
				  "  FROM telegram"
				  " WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	*bytes = db_blob(s, 0, len);
	*event = db_int(s, 1);
	return db_step(s) < 0 ? -1 : 1;
}
