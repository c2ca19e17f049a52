#include "model/feed.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/time.h"
#include "db/db.h"

enum { LATE_MIN = 5 }; /* without an answer: worth a look */

int feed_find(struct db *db, const char *url, struct feed *out)
{
	static const char sql[] =
		"SELECT etag, modified, next_at, good_at, failures, status,"
		"       long_form, behind"
		"  FROM feed"
		" WHERE url = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = (struct feed){
		.url = url, .etag = "", .modified = "", .status = ""
	};
	db_bind_text(s, url);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	out->etag = db_text(s, 0);
	out->modified = db_text(s, 1);
	out->next_at = db_time(s, 2);
	out->good_at = db_time(s, 3);
	out->failures = (int)db_int(s, 4);
	out->status = db_text(s, 5);
	out->long_form = db_int(s, 6) != 0;
	out->behind = db_int(s, 7) != 0;
	return db_step(s) < 0 ? -1 : 0;
}

struct storing {
	const struct feed *feed;
	const struct feed_entry *entries;
	int64_t now, added;
};

static int store_feed(struct db *db, const struct feed *f, bool has_new,
		      int64_t now)
{
	/* What people were told of it (feed_alarm.h) stays. */
	static const char sql[] =
		"INSERT INTO feed (url, etag, modified, asked_at, next_at,"
		"                  good_at, failures, status, long_form, "
		"behind,"
		"                  entry_at)"
		" VALUES (?, ?, LEFT(?, 100), ?, ?, ?, ?, LEFT(?, 200), ?, ?, "
		"?)"
		" ON DUPLICATE KEY UPDATE etag = VALUE(etag),"
		"       modified = VALUE(modified), asked_at = VALUE(asked_at),"
		"       next_at = VALUE(next_at), good_at = VALUE(good_at),"
		"       failures = VALUE(failures), status = VALUE(status),"
		"       long_form = VALUE(long_form), behind = VALUE(behind),"
		"       entry_at = COALESCE(VALUE(entry_at), entry_at)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, f->url);
	db_bind_text(s, f->etag);
	db_bind_text(s, f->modified);
	db_bind_time(s, now);
	db_bind_time(s, f->next_at);
	db_bind_time(s, f->good_at);
	db_bind_int(s, f->failures);
	db_bind_text(s, f->status);
	db_bind_int(s, f->long_form);
	db_bind_int(s, f->behind);
	db_bind_time(s, has_new ? now : 0);
	return db_run(s) < 0 ? -1 : 0;
}

static int64_t add_entry(struct db *db, const struct feed_entry *e, int64_t now)
{
	static const char sql[] =
		"INSERT IGNORE INTO feed_entry (digest, id, href, urgent,"
		"                               seen_at, due_at)"
		" VALUES (?, ?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);
	unsigned char digest[SHA256_LEN];

	bytes_sha256(e->id, strlen(e->id), digest);
	db_bind_blob(s, digest, SHA256_LEN);
	db_bind_text(s, e->id);
	db_bind_text(s, e->href);
	db_bind_int(s, e->urgent);
	db_bind_time(s, now);
	db_bind_time(s, now);
	return db_run(s);
}

static int store(struct db *db, void *arg)
{
	struct storing *st = arg;

	st->added = 0;
	for (const struct feed_entry *e = st->entries; e != NULL; e = e->next) {
		int64_t n = add_entry(db, e, st->now);

		if (n < 0)
			return -1;
		st->added += n;
	}
	return store_feed(db, st->feed, st->added > 0, st->now);
}

int64_t feed_store(struct db *db, const struct feed *feed,
		   const struct feed_entry *entries, int64_t now)
{
	struct storing st = { .feed = feed, .entries = entries, .now = now };

	return db_transaction(db, store, &st) < 0 ? -1 : st.added;
}

int feed_pending(struct db *db, int64_t now, int most, struct feed_entry **out)
{
	static const char sql[] = "SELECT id, href, urgent, attempts"
				  "  FROM feed_entry"
				  " WHERE due_at <= ?"
				  " ORDER BY urgent DESC, seen_at DESC, id DESC"
				  " LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_time(s, now);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		struct feed_entry *e = arena_alloc(db->arena, sizeof(*e));

		e->id = db_text(s, 0);
		e->href = db_text(s, 1);
		e->urgent = db_int(s, 2) != 0;
		e->attempts = (int)db_int(s, 3);
		*out = e;
		out = &e->next;
	}
	*out = NULL;
	return rc;
}

static int settle(struct db *db, const char *sql, const char *id, int64_t at)
{
	struct stmt *s = db_prepare(db, sql);
	unsigned char digest[SHA256_LEN];

	bytes_sha256(id, strlen(id), digest);
	db_bind_time(s, at);
	db_bind_blob(s, digest, SHA256_LEN);
	return db_run(s) < 0 ? -1 : 0;
}

int feed_entry_done(struct db *db, const char *id)
{
	static const char sql[] = "UPDATE feed_entry"
				  "   SET due_at = ?"
				  " WHERE digest = ?";

	return settle(db, sql, id, 0);
}

int feed_entry_failed(struct db *db, const char *id, int64_t due_at)
{
	static const char sql[] = "UPDATE feed_entry"
				  "   SET due_at = ?, attempts = attempts + 1"
				  " WHERE digest = ?";

	return settle(db, sql, id, due_at);
}

int feed_caught_up(struct db *db, const char *url)
{
	static const char sql[] = "UPDATE feed SET behind = FALSE"
				  " WHERE url = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, url);
	return db_run(s) < 0 ? -1 : 0;
}

const char *feed_url_show(struct arena *a, const char *url)
{
	const char *host = strstr(url, "://"), *at;
	size_t len = strcspn(url, "?#");

	if (host == NULL || host >= url + len)
		return arena_strndup(a, url, len);
	host += strlen("://");
	at = memchr(host, '@', strcspn(host, "/?#"));
	if (at == NULL)
		return arena_strndup(a, url, len);
	return arena_fmt(a, "%.*s%.*s", (int)(host - url), url,
			 (int)(url + len - at - 1), at + 1);
}

int feed_purge(struct db *db, int64_t before)
{
	static const char sql[] = "DELETE FROM feed_entry"
				  " WHERE seen_at < ?"
				  " LIMIT 1000";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, before);
	return db_run(s) < 0 ? -1 : 0;
}

static int read_backlog(struct db *db, struct feed_backlog *out)
{
	static const char sql[] =
		"SELECT COALESCE(SUM(due_at IS NOT NULL), 0),"
		"       COALESCE(SUM(due_at IS NULL AND attempts >= ?), 0),"
		"       MAX(seen_at)"
		"  FROM feed_entry";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, FEED_ATTEMPTS_MAX);
	if (db_step(s) <= 0)
		return -1;
	out->waiting = db_int(s, 0);
	out->given_up = db_int(s, 1);
	out->newest_at = db_time(s, 2);
	return db_step(s);
}

int feed_list(struct db *db, struct feed_health **out,
	      struct feed_backlog *backlog)
{
	static const char sql[] =
		"SELECT url, etag, modified, next_at, good_at, failures,"
		"       status, asked_at, long_form, behind, entry_at,"
		"       silent_at, quiet_at, known_at"
		"  FROM feed"
		" ORDER BY long_form, silent_at IS NULL, quiet_at IS NULL,"
		"       failures DESC, good_at, url";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct feed_health *h = arena_alloc(db->arena, sizeof(*h));

		h->feed.url = db_text(s, 0);
		h->feed.etag = db_text(s, 1);
		h->feed.modified = db_text(s, 2);
		h->feed.next_at = db_time(s, 3);
		h->feed.good_at = db_time(s, 4);
		h->feed.failures = (int)db_int(s, 5);
		h->feed.status = db_text(s, 6);
		h->asked_at = db_time(s, 7);
		h->feed.long_form = db_int(s, 8) != 0;
		h->feed.behind = db_int(s, 9) != 0;
		h->entry_at = db_time(s, 10);
		h->silent_at = db_time(s, 11);
		h->quiet_at = db_time(s, 12);
		h->known_at = db_time(s, 13);
		*out = h;
		out = &h->next;
	}
	*out = NULL;
	if (rc < 0 || backlog == NULL)
		return rc;
	return read_backlog(db, backlog);
}

enum feed_state feed_state(const struct feed_health *h, int64_t now,
			   int64_t silent_min)
{
	int64_t good_at =
		h->feed.good_at > h->known_at ? h->feed.good_at : h->known_at;
	int64_t minutes = (now - good_at) / TIME_MINUTE;

	if (h->asked_at == 0)
		return FEED_GOOD;
	if (h->feed.long_form)
		return h->feed.failures > 0 ? FEED_TROUBLED : FEED_GOOD;
	if (minutes >= silent_min)
		return FEED_SILENT;
	return minutes >= LATE_MIN || h->feed.failures > 0 ||
			       h->quiet_at != 0 || h->feed.behind
		       ? FEED_TROUBLED
		       : FEED_GOOD;
}
