#include "model/session.h"

#include <stddef.h>
#include <string.h>

#include "base/bytes.h"
#include "base/config.h"
#include "base/time.h"
#include "db/db.h"

enum { SEEN_EVERY = TIME_MINUTE }; /* how exactly `seen_at` is kept */

enum {
	IDLE_MIN = 30, /* minutes */
	ABSOLUTE_H = 12,
	MINUTES_AN_HOUR = 60,
};

struct session_limits session_limits_configured(void)
{
	long long idle = config_int("Session.IdleMinutes", IDLE_MIN, 1, 1440);
	long long hours = config_int("Session.Hours", ABSOLUTE_H, 1, 24);

	return (struct session_limits){
		.idle = idle * TIME_MINUTE,
		.absolute = hours * MINUTES_AN_HOUR * TIME_MINUTE,
	};
}

int session_add(struct db *db, int64_t account, bool confined, int64_t now,
		unsigned char id[SESSION_ID_LEN])
{
	static const char sql[] =
		"INSERT INTO session (digest, account, csrf, confined, made_at,"
		"                     seen_at)"
		" VALUES (?, ?, ?, ?, ?, ?)";
	unsigned char digest[SHA256_LEN], csrf[SESSION_CSRF_LEN];
	struct stmt *s = db_prepare(db, sql);

	bytes_random(id, SESSION_ID_LEN);
	bytes_random(csrf, sizeof(csrf));
	bytes_sha256(id, SESSION_ID_LEN, digest);
	db_bind_blob(s, digest, sizeof(digest));
	db_bind_int(s, account);
	db_bind_blob(s, csrf, sizeof(csrf));
	db_bind_int(s, confined);
	db_bind_time(s, now);
	db_bind_time(s, now);
	return db_run(s) < 0 ? -1 : 0;
}

static int note_seen(struct db *db, const unsigned char digest[SHA256_LEN],
		     int64_t now)
{
	static const char sql[] = "UPDATE session SET seen_at = ?"
				  " WHERE digest = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now);
	db_bind_blob(s, digest, SHA256_LEN);
	return db_run(s) < 0 ? -1 : 0;
}

static void fill(struct stmt *s, struct session *out)
{
	const void *csrf;
	size_t len;

	*out = (struct session){
		.account = {
			.id = db_int(s, 0),
			.login = db_text(s, 1),
			.name = db_text(s, 2),
			.role = role_parse(db_text(s, 3)),
		},
		.made_at = db_time(s, 5),
		.seen_at = db_time(s, 6),
		.confined = db_int(s, 7) != 0,
	};
	csrf = db_blob(s, 4, &len);
	if (len == sizeof(out->csrf))
		memcpy(out->csrf, csrf, len);
}

int session_find(struct db *db, const unsigned char id[SESSION_ID_LEN],
		 const struct session_limits *limits, int64_t now,
		 struct session *out)
{
	static const char sql[] =
		"SELECT a.id, a.login, a.name, a.role, s.csrf,"
		"       s.made_at, s.seen_at, s.confined"
		"  FROM session s"
		"  JOIN account a ON a.id = s.account"
		" WHERE s.digest = ? AND a.state = 'active'"
		"   AND s.seen_at > ? AND s.made_at > ?";
	unsigned char digest[SHA256_LEN];
	struct stmt *s = db_prepare(db, sql);
	int rc;

	bytes_sha256(id, SESSION_ID_LEN, digest);
	db_bind_blob(s, digest, sizeof(digest));
	db_bind_time(s, now - limits->idle);
	db_bind_time(s, now - limits->absolute);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	fill(s, out);
	if (db_step(s) < 0)
		return -1;
	if (now - out->seen_at >= SEEN_EVERY && note_seen(db, digest, now) < 0)
		return -1;
	return 1;
}

int session_end(struct db *db, const unsigned char id[SESSION_ID_LEN])
{
	static const char sql[] = "DELETE FROM session WHERE digest = ?";
	unsigned char digest[SHA256_LEN];
	struct stmt *s = db_prepare(db, sql);

	bytes_sha256(id, SESSION_ID_LEN, digest);
	db_bind_blob(s, digest, sizeof(digest));
	return db_run(s) < 0 ? -1 : 0;
}

int session_end_all(struct db *db, int64_t account)
{
	static const char sql[] = "DELETE FROM session WHERE account = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, account);
	return db_run(s) < 0 ? -1 : 0;
}

int64_t session_purge(struct db *db, const struct session_limits *limits,
		      int64_t now)
{
	/* By the index, so that it locks only what goes.  One that is too old
	 * is seen no more, so it is idle soon. */
	static const char sql[] = "DELETE FROM session WHERE seen_at <= ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now - limits->idle);
	return db_run(s);
}
