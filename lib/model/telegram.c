#include "model/telegram.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/charset.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "feed/jma_quake.h"
#include "model/quake.h"

static const char *const outcomes[] = {
	[TELEGRAM_APPLIED] = "applied",
	[TELEGRAM_STORED] = "stored",
	[TELEGRAM_REFUSED] = "refused",
	[TELEGRAM_DUPLICATE] = "duplicate",
};

/* A telegram on its way in. */
struct taking {
	const char *source, *name, *bytes;
	size_t len;
	int64_t now;
	unsigned char sha256[SHA256_LEN];
	struct jma_telegram telegram; /* as far as it could be read */
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

/* What can be said from the bytes alone. */
static void read_telegram(struct arena *a, struct taking *t)
{
	const char *why = "";
	struct jma_quake quake;
	struct xml *root = jma_open(a, t->bytes, t->len, &t->telegram, &why);

	if (root == NULL) {
		decide(t, TELEGRAM_REFUSED, why);
	} else if (t->telegram.status == JMA_STATUS_UNKNOWN ||
		   t->telegram.info_type == JMA_INFO_UNKNOWN) {
		decide(t, TELEGRAM_STORED, "status or kind of issue unknown");
	} else if (!jma_quake_is_type(t->telegram.type)) {
		decide(t, TELEGRAM_STORED, "type not read");
	} else if (jma_quake_read(a, root, &t->telegram, &quake, &why) < 0) {
		decide(t, TELEGRAM_REFUSED, why);
	} else if (*t->telegram.event_key == '\0') {
		decide(t, TELEGRAM_REFUSED, "no event key");
	} else {
		decide(t, TELEGRAM_APPLIED, "");
	}
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

/* Whether a newer telegram of the stream is there already: 1, 0 or -1. */
static int is_late(struct db *db, const struct jma_telegram *of)
{
	static const char sql[] = "SELECT 1"
				  "  FROM telegram"
				  " WHERE type = ?"
				  "   AND event_key = ?"
				  "   AND status = ?"
				  "   AND outcome = 'applied'"
				  "   AND (issued_at > ?"
				  "     OR (issued_at = ? AND serial > ?))"
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
	return rc > 0 && db_step(s) < 0 ? -1 : rc;
}

/* A file's name may be any bytes; a column takes text only. */
static const char *printable(const char *name)
{
	return charset_is_utf8(name, strlen(name)) ? name : "(name not UTF-8)";
}

static int store(struct db *db, const struct taking *t)
{
	static const char sql[] =
		"INSERT INTO telegram (source, name, type, event_key, serial,"
		"  info_type, status, issued_at, reported_at, fetched_at,"
		"  outcome, reason, event, sha256, body)"
		" VALUES (?, LEFT(?, 200), LEFT(?, 100), LEFT(?, 100), ?, ?, ?,"
		"  ?, ?, ?, ?, LEFT(?, 200), NULLIF(?, 0), ?, ?)";
	const struct jma_telegram *head = &t->telegram;
	struct stmt *s = db_prepare(db, sql);

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
	return db_run(s) < 0 ? -1 : 0;
}

/* The event is locked before anything is looked up, so that two telegrams of
 * one event, taken at the same time, are taken one after the other. */
static int take(struct db *db, void *arg)
{
	struct taking *t = arg;
	bool applies;
	int same, late;

	t->out->event = 0;
	read_telegram(db->arena, t);
	applies = t->out->outcome == TELEGRAM_APPLIED;
	if (applies) {
		t->out->event = quake_lock(db, &t->telegram, t->now);
		if (t->out->event < 0)
			return -1;
	}
	same = find_same(db, t);
	if (same != 0)
		return same < 0 ? -1 : 0;
	if (applies) {
		late = is_late(db, &t->telegram);
		if (late < 0)
			return -1;
		if (late > 0)
			decide(t, TELEGRAM_STORED, "older than one applied");
	}
	if (store(db, t) < 0)
		return -1;
	t->out->telegram = db_last_id(db);
	if (t->out->outcome == TELEGRAM_APPLIED &&
	    quake_refresh(db, &t->telegram, t->now) < 0)
		return -1;
	return 0;
}

int telegram_take(struct db *db, const char *source, const char *name,
		  const char *bytes, size_t len, int64_t now,
		  struct telegram_taken *out)
{
	struct taking t = {
		.source = source,
		.name = name,
		.bytes = bytes,
		.len = len,
		.now = now,
		.out = out,
	};

	*out = (struct telegram_taken){ .reason = "" };
	bytes_sha256(bytes, len, t.sha256);
	if (db_transaction(db, take, &t) < 0)
		return -1;
	log_info("telegram taken telegram=%lld type=%s outcome=%s event=%lld "
		 "reason=\"%s\"",
		 (long long)out->telegram, t.telegram.type,
		 outcomes[out->outcome], (long long)out->event, out->reason);
	return 0;
}

int telegram_list(struct db *db, int64_t event, struct telegram **out)
{
	static const char sql[] =
		"SELECT id, type, info_type, status, outcome, reason, serial,"
		"       issued_at, fetched_at"
		"  FROM telegram"
		" WHERE event = ?"
		" ORDER BY issued_at DESC, id DESC";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
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
		*out = t;
		out = &t->next;
	}
	*out = NULL;
	return rc;
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
