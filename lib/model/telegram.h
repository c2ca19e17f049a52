#ifndef MODEL_TELEGRAM_H
#define MODEL_TELEGRAM_H

/*
 * The one way in for telegrams of every form (JMA, CAP, the plain form of a
 * gateway), from a feed, the inbox or a command.  Each is stored raw, once (by
 * its hash), whatever becomes of it; then it makes or changes an event, or is
 * kept with the reason why not: so is one dated more than a day ahead, which
 * would make all later ones old.  Storing and applying
 * are one transaction: after a crash it was taken whole or not at all, and may
 * be taken again.  Source: D1k to D1m; DESIGN 8; feeds.md 2, 13.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/xml.h"

struct db;

/* Of a larger one this much is kept, and it is refused. */
enum { TELEGRAM_BYTES_MAX = XML_BYTES_MAX };

enum telegram_outcome {
	TELEGRAM_APPLIED,   /* it counts for its event */
	TELEGRAM_STORED,    /* kept only: older than one applied, or of a
			       type or status that nobody reads */
	TELEGRAM_REFUSED,   /* kept, but not readable as a telegram */
	TELEGRAM_DUPLICATE, /* the same bytes were taken before */
};

/* What became of a telegram. */
struct telegram_taken {
	int64_t telegram; /* id; of a duplicate the first one's */
	int64_t event;	  /* 0: none */
	enum telegram_outcome outcome;
	const char *reason; /* a phrase, "" for an applied one */
	const char *type;   /* VXSE53, or "" */
};

/* One of several telegrams, and what became of it. */
struct telegram_given {
	struct telegram_given *next;
	const char *name, *bytes;
	size_t len;
	struct telegram_taken taken;
	bool failed; /* not stored: it can be tried again */
};

/*
 * Takes a telegram.  source: "feed", "inbox" or "command"; name: the entry's
 * id or the file's name.  Begins and ends its own transaction.  Returns 0 and
 * fills *out, or -1 on failure: then nothing is stored and it can be tried
 * again.
 */
int telegram_take(struct db *db, const char *source, const char *name,
		  const char *bytes, size_t len, int64_t now,
		  struct telegram_taken *out);

/*
 * Takes several, in their order, in one transaction, so that they wait for the
 * disk once; a few dozen at most, since their events are held meanwhile.  What
 * became of them is known when all are committed: after a crash before that
 * none was taken.  If that fails each is taken by itself.  Returns how many
 * could not be stored.
 */
int telegram_take_all(struct db *db, const char *source,
		      struct telegram_given *list, int64_t now);

/* When the bytes say that they were issued; 0 if they do not.  Nothing is
 * stored or logged. */
struct arena;
int64_t telegram_issued_at(struct arena *a, const char *bytes, size_t len);

/* "applied", as the database writes it. */
const char *telegram_outcome_text(enum telegram_outcome outcome);

/* A telegram as the event's page lists it. */
struct telegram {
	struct telegram *next;
	int64_t id;
	const char *type, *info_type, *status, *outcome, *reason;
	const char *source, *name;
	int serial; /* 0: none */
	int64_t issued_at, fetched_at;
};

/* The newest telegrams of an event, so many at most, newest first.  Returns 0
 * and sets *out, or -1. */
int telegram_list(struct db *db, int64_t event, int most,
		  struct telegram **out);

/*
 * How many of a quake's telegrams came more than once as the same one (type,
 * serial, kind of issue and second) in other bytes: two sources disagree.  The
 * last to come counts; a person is told to compare.  -1 on failure.
 */
int64_t telegram_twins(struct db *db, int64_t event);

/* True if the two are such. */
bool telegram_is_twin(const struct telegram *a, const struct telegram *b);

/* Which telegrams of no event; NULL means any. */
struct telegram_query {
	const char *text;    /* in type or name */
	const char *outcome; /* stored or refused */
	int64_t before;	     /* id: only older ones, for paging; 0: any */
	int most;
};

/* Telegrams that are of no event (of a type nobody reads, or refused), newest
 * first.  Returns 0 and sets *out, or -1. */
int telegram_list_without_event(struct db *db,
				const struct telegram_query *query,
				struct telegram **out);

/* How many the query names, paging left out.  -1 on failure. */
int64_t telegram_count_without_event(struct db *db,
				     const struct telegram_query *query);

/* The stored bytes of one.  Returns 1 with *bytes, *len and *event, 0 if there
 * is none, -1 on failure. */
int telegram_body(struct db *db, int64_t id, const char **bytes, size_t *len,
		  int64_t *event);

#endif
