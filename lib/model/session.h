#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

/*
 * Sessions of those who are logged in.  The cookie is 32 random bytes; the
 * table holds its SHA-256 only, so that a reader of the table opens no
 * session.  A session ends when it was idle too long, when it is too old, at
 * logout, and when its account is shut.  Source: S3, V7.
 */
#include <stdbool.h>
#include <stdint.h>

#include "model/account.h"

struct db;

enum {
	SESSION_ID_LEN = 32,   /* bytes */
	SESSION_CSRF_LEN = 16, /* bytes */
};

struct session {
	struct account account; /* without hash, failures and lock */
	unsigned char csrf[SESSION_CSRF_LEN];
	bool confined; /* opens the pages of the own account only */
	int64_t made_at, seen_at;
};

/* How long a session lives, in microseconds. */
struct session_limits {
	int64_t idle, absolute;
};

/* How long it is set to live: Session.IdleMinutes, Session.Hours. */
struct session_limits session_limits_configured(void);

/* Makes a session of an account: fills id and csrf by chance and stores it.
 * 0 or -1. */
int session_add(struct db *db, int64_t account, bool confined, int64_t now,
		unsigned char id[SESSION_ID_LEN]);

/* Finds the session of a cookie that still lives and whose account is open,
 * and notes that it was seen (once a minute, so that reading a page rarely
 * writes).  1 and *out, 0 none, -1 on failure. */
int session_find(struct db *db, const unsigned char id[SESSION_ID_LEN],
		 const struct session_limits *limits, int64_t now,
		 struct session *out);

/* Ends one session; ends all of an account.  0 or -1. */
int session_end(struct db *db, const unsigned char id[SESSION_ID_LEN]);
int session_end_all(struct db *db, int64_t account);

/* Removes what has ended by time.  How many, or -1. */
int64_t session_purge(struct db *db, const struct session_limits *limits,
		      int64_t now);

#endif
