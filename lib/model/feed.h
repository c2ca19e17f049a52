#ifndef MODEL_FEED_H
#define MODEL_FEED_H

/*
 * Feeds as poll-feeds last met them, and the telegrams they announced.  A
 * reading of a feed and its new entries are stored together, so that after a
 * crash nothing is lost and nothing is fetched twice.
 * Source: feeds.md 1.2 to 1.4; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

enum {
	FEED_URL_MAX = 300,	/* bytes */
	FEED_ATTEMPTS_MAX = 10, /* of an entry, then it is given up */
};

struct feed {
	const char *url;
	const char *etag, *modified; /* to be given back; "" if none */
	int64_t next_at;    /* not to be asked before; 0: never asked */
	int64_t good_at;    /* last answer that could be used; 0: none */
	int failures;	    /* in a row */
	const char *status; /* of the last answer, for people */
	bool long_form;	    /* read after a gap only */
	bool behind; /* there was a gap, and its long form is to be read */
};

struct feed_entry {
	struct feed_entry *next;
	const char *id, *href;
	bool urgent; /* goes first */
	int attempts;
};

/* Reads what is known of a feed: *out has zeros if nothing is.  0 or -1. */
int feed_find(struct db *db, const char *url, struct feed *out);

/* Stores a feed and such of the entries as are new, together.  Returns how
 * many were, or -1. */
int64_t feed_store(struct db *db, const struct feed *feed,
		   const struct feed_entry *entries, int64_t now);

/* Entries to be fetched now, urgent ones first, then the newest.  Returns 0
 * and sets *out, or -1. */
int feed_pending(struct db *db, int64_t now, int most, struct feed_entry **out);

/* Notes that an entry was taken; or that it was not and is due at a later
 * time, 0: never, after FEED_ATTEMPTS_MAX tries.  0 or -1. */
int feed_entry_done(struct db *db, const char *id);
int feed_entry_failed(struct db *db, const char *id, int64_t due_at);

/* How a feed does, for people. */
struct feed_health {
	struct feed_health *next;
	struct feed feed;
	int64_t known_at;	     /* first seen in the settings */
	int64_t asked_at;	     /* last asked; 0: never */
	int64_t entry_at;	     /* last entry not seen before; 0: none */
	int64_t silent_at, quiet_at; /* people were told; 0: they were not */
};

/* What is still to be fetched, and what was given up, of the last days. */
struct feed_backlog {
	int64_t waiting, given_up;
	int64_t newest_at; /* when an entry was seen last; 0: never */
};

/* All feeds as they were met last, those in trouble first, and what is left to
 * do, unless backlog is NULL.  Returns 0 and sets both, or -1.  Source: M1. */
int feed_list(struct db *db, struct feed_health **out,
	      struct feed_backlog *backlog);

/* Whether one does what it should: not if it gave no answer that could be used
 * for silent_min minutes.  One that was never asked is not at fault, and a long
 * form is read after a gap only. */
enum feed_state { FEED_GOOD, FEED_TROUBLED, FEED_SILENT };
enum feed_state feed_state(const struct feed_health *h, int64_t now,
			   int64_t silent_min);

/* Notes that what was missed in a gap has been read.  0 or -1. */
int feed_caught_up(struct db *db, const char *url);

/* An address without what may be secret in it, for people. */
const char *feed_url_show(struct arena *a, const char *url);

/* Forgets entries seen before a time.  0 or -1. */
int feed_purge(struct db *db, int64_t before);

#endif
