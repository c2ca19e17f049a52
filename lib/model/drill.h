#ifndef MODEL_DRILL_H
#define MODEL_DRILL_H

/*
 * Training mail to named system admins by schedule (M3).
 *
 * A run is a broadcast of kind drill with one question of one choice: receipt
 * is an answer, so each has a link of his own, a mail scanner that opens it
 * confirms nothing, and it works while the database is away.  When the time is
 * over, those who have not confirmed are counted and all system admins are
 * mailed how many.  What is due is one transaction that moves its own clock:
 * killed at any instant, each run is sent and checked once.
 * Source: M3; DESIGN 10.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct audit;
struct db;

enum {
	DRILL_NAME_MAX = 100, /* characters */
	DRILL_BODY_MAX = 2000,
	DRILL_WITHIN_LEAST = 5,	   /* minutes */
	DRILL_WITHIN_MOST = 10080, /* a week */
	DRILL_MONTH_END = 31,	   /* of day: the last of the month */
};

struct drill {
	struct drill *next;
	int64_t id; /* 0: a new one */
	const char *name;
	const char *every; /* once, week or month */
	int day; /* week: 0 Sunday to 6; month: 1 to 28, or 31; once: 0 */
	const char *clock; /* "09:30", Japan time; of once that of next_at */
	int within;	   /* minutes until receipt is missed */
	const char *body;
	bool active;
	int64_t next_at; /* 0: none */
	int64_t version;
	int64_t members;
};

/* A system admin; one who is no staff member cannot be mailed, nor named. */
struct drill_admin {
	struct drill_admin *next;
	int64_t account;
	const char *login, *name;
	bool is_person;
	bool member; /* of the drill asked for */
};

/* A training mail that went out. */
struct drill_run {
	struct drill_run *next;
	int64_t broadcast, drill;
	const char *name; /* of the drill */
	int64_t at, due_at;
	int64_t checked_at; /* 0: not yet */
	int64_t people, received;
	int64_t missing; /* when it was checked */
	int64_t alarm;	 /* the broadcast that alarmed; 0: none */
};

struct drill_receipt {
	struct drill_receipt *next;
	const char *login, *name;
	int64_t at;	  /* 0: not confirmed */
	const char *mail; /* "accepted", "bounced", "deferred", "handed",
			     "waiting", "refused" or "none" */
};

enum drill_saved {
	DRILL_SAVED = 0,
	DRILL_CHANGED = 1, /* by somebody else, since the version */
	DRILL_NOT_FOUND = 2,
	DRILL_NO_MEMBER = 3, /* one is named who is no system admin, or no
				person, any more */
};

/* The first time after now that a schedule names; 0 if there is none (once).
 * False if clock is no time of day. */
bool drill_next(const char *every, int day, const char *clock, int64_t now,
		int64_t *next_at);

/* Lists the schedules: active ones first, by name.  0 and *out, or -1. */
int drill_list(struct db *db, struct drill **out);

/* Returns 1 and fills *out, 0 if there is none, -1. */
int drill_find(struct db *db, int64_t id, struct drill *out);

/* The system admins, by name; `member` by the drill (0: none).  0 or -1. */
int drill_admins(struct db *db, int64_t drill, struct drill_admin **out);

/* Makes or changes one with its members (ids of accounts), audited.  Returns a
 * drill_saved, or -1; *id is it. */
int drill_save(struct db *db, const struct audit *audit,
	       const struct drill *drill, const int64_t *members, size_t count,
	       int64_t *id);

/* Runs, newest first, paging; drill 0: of all.  0 and *out, or -1. */
int drill_runs(struct db *db, int64_t drill, int skip, int most,
	       struct drill_run **out);
int64_t drill_run_count(struct db *db, int64_t drill);

/* Returns 1 and fills *out, 0 if there is none, -1. */
int drill_run_find(struct db *db, int64_t broadcast, struct drill_run *out);

/* Who confirmed, those who did not first.  Audited by the page.  0 or -1. */
int drill_receipts(struct db *db, int64_t broadcast,
		   struct drill_receipt **out);

/* Sends the training mail that is due longest.  Returns 1, 0 if none is due,
 * -1 on failure. */
int drill_send(struct db *db, int64_t now);

/* Counts the receipts of a run whose time is over, and alarms if some are
 * missing; url is that of the site.  Returns 1, 0 if none is due, -1. */
int drill_check(struct db *db, const char *url, int64_t now);

#endif
