#ifndef MODEL_CLOCK_H
#define MODEL_CLOCK_H

/*
 * The clock of what was mailed of an event against its promise, by class of
 * receiver.  keep-clock reads it from stages, messages and the mail log
 * (model/fate.h) whenever a counter has moved; screens read two small tables.
 *
 *   quick    震度速報 to its readers       3 min from the quake          (P2)
 *   full     震源・震度に関する情報        10 min from its publication   (P3)
 *   other    any other information         10 min from the disaster      (P4)
 *   missile  whatever is mailed of one     3 min from publication        (P5)
 *   check    a safety check                10 min from the decision
 *   page     to those on duty              3 min from fetching
 *
 * The first two figures are the customer's, as is the fourth's "at once"; the
 * last two are our own bar.  What is mailed again of the same event by the same
 * rule counts from the telegram that called for it, and what waited for the
 * morning from then.  Kept means that the last mail was handed over, and taken
 * by its receiver, in time; what a receiver put off by himself is counted
 * apart. Source: P2 to P6; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

enum clock_promise {
	CLOCK_QUICK,
	CLOCK_FULL,
	CLOCK_OTHER,
	CLOCK_MISSILE,
	CLOCK_CHECK,
	CLOCK_PAGE,
};

/* In their order. */
enum clock_stage {
	CLOCK_OCCURRED,
	CLOCK_PUBLISHED,
	CLOCK_FETCHED,
	CLOCK_PREPARED,
	CLOCK_DECIDED, /* by a person; information needs none */
	CLOCK_ENQUEUED,
	CLOCK_FIRST_HANDED,
	CLOCK_LAST_HANDED,
	CLOCK_FIRST_ACCEPTED,
	CLOCK_LAST_ACCEPTED, /* of those that were not put off */
	CLOCK_STAGES
};

enum clock_verdict { CLOCK_OPEN, CLOCK_KEPT, CLOCK_LATE };

/* Who they are: a person of several is counted with the first. */
enum clock_class {
	CLOCK_OPERATORS,
	CLOCK_SYSTEM_ADMINS,
	CLOCK_GROUP_ADMINS,
	CLOCK_READERS, /* chosen for the information */
	CLOCK_STAFF,
	CLOCK_CLASSES
};

struct clock_receiver {
	bool any; /* there are mails to them */
	int64_t messages, handed, accepted;
	int64_t put_off; /* by the receiver, at least once */
	int64_t bounced; /* or refused by the relay */
	int64_t first_handed, last_handed, first_accepted, last_accepted;
};

/* The clock of one broadcast. */
struct clock {
	struct clock *next;
	int64_t broadcast, event;
	const char *subject;	  /* of the broadcast */
	const char *title, *kind; /* of the event */
	enum clock_promise promise;
	int64_t at[CLOCK_STAGES]; /* 0: not reached, or there is none */
	int64_t starts_at, due_at;
	enum clock_verdict verdict;
	enum clock_stage late; /* the stage that was late; CLOCK_OCCURRED: none;
				  CLOCK_LAST_HANDED and CLOCK_LAST_ACCEPTED
				  stand for both of their kind */
	struct clock_receiver receivers[CLOCK_CLASSES];
};

/* Japanese words: 地震速報, 発生, 遅れ, システム管理者. */
const char *clock_promise_show(enum clock_promise promise);
const char *clock_stage_show(enum clock_stage stage);
const char *clock_class_show(enum clock_class class);

/* "3分以内（地震発生から）" */
const char *clock_bar_show(enum clock_promise promise);

/* The stage from which a promise counts, if that is known. */
enum clock_stage clock_begins(enum clock_promise promise);

/* "1分42秒", "2時間5分", "3日"; "" for less than nothing. */
const char *clock_span(struct arena *a, int64_t from, int64_t to);

/* When the last mail was handed over and taken; 0: not yet. */
int64_t clock_end(const struct clock *c);

/*
 * The stage that was late: of those from the start of the promise on the one
 * that took longest beyond what is usual for it.  One that is not reached by
 * now counts until now.
 */
enum clock_stage clock_late_stage(const struct clock *c, int64_t now);

/* For keep-clock ----------------------------------------------------------- */

/* Reads those clocks anew that have moved, or whose time is over, one
 * transaction each.  Returns how many, or -1. */
int clock_read(struct db *db, int64_t now);

/* Mails system admins what is late and was not told, once; url is that of the
 * site.  Returns how many clocks, or -1. */
int clock_tell(struct db *db, const char *url, int64_t now);

/* For screens -------------------------------------------------------------- */

struct clock_filter {
	int64_t from, until; /* starts_at; until is not included */
	bool late;	     /* only those */
	int64_t event;	     /* 0: any */
	int skip, most;
};

/* Clocks, newest first, without receivers.  0 and *out, or -1. */
int clock_list(struct db *db, const struct clock_filter *filter,
	       struct clock **out);

struct clock_count {
	int64_t all, late, open;
};

/* How many; skip and most are left out, as is `late`.  0 or -1. */
int clock_count(struct db *db, const struct clock_filter *filter,
		struct clock_count *out);

/* Fills in the receivers of a list.  0 or -1. */
int clock_receivers(struct db *db, struct clock *list);

#endif
