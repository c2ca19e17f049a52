#ifndef MODEL_STAGE_H
#define MODEL_STAGE_H

/*
 * The clock of an event and of its broadcasts: when each stage was reached, so
 * that a late mail can be traced to the stage that was late.  Source: P6.
 */
#include <stdint.h>

struct db;

/* In the order in which they are reached. */
enum stage_name {
	STAGE_OCCURRED,	 /* as the newest telegram says */
	STAGE_PUBLISHED, /* of the telegram that called for a check, or else
			    of the first one */
	STAGE_FETCHED,	 /* that telegram, by us */
	STAGE_PREPARED,	 /* a person can decide */
	STAGE_DECIDED,
	STAGE_ENQUEUED, /* of a broadcast, as are those below */
	STAGE_FIRST_HANDED,
	STAGE_LAST_HANDED,
	STAGE_FIRST_ACCEPTED, /* by a receiver, as the mail log says */
	STAGE_LAST_ACCEPTED,
};

struct stage {
	struct stage *next;
	int64_t broadcast; /* 0: of the event itself */
	enum stage_name name;
	int64_t at;
};

/* "first_handed", as the database and anpictl write it. */
const char *stage_text(enum stage_name name);

/* Notes the time of a stage, in place of one noted before.  broadcast 0: of
 * the event itself; event 0: a broadcast without event.  0 or -1. */
int stage_set(struct db *db, int64_t event, int64_t broadcast,
	      enum stage_name name, int64_t at);

/* Likewise, but the first time noted stays. */
int stage_set_once(struct db *db, int64_t event, int64_t broadcast,
		   enum stage_name name, int64_t at);

/* Likewise, but the earlier, or the later, of both stays. */
int stage_set_first(struct db *db, int64_t event, int64_t broadcast,
		    enum stage_name name, int64_t at);
int stage_set_last(struct db *db, int64_t event, int64_t broadcast,
		   enum stage_name name, int64_t at);

/* What a telegram says of an event's own stages; a time of 0 is not known. */
struct stage_telegram {
	int64_t occurred_at, published_at, fetched_at;
	int64_t prepared_at; /* now, if it calls for a check; else 0 */
};

/* Notes them at once: when it occurred is what the newest telegram says, the
 * rest is of the one that called for a check, else of the first.  0 or -1. */
int stage_set_telegram(struct db *db, int64_t event,
		       const struct stage_telegram *t);

/* Lists the stages of an event and of its broadcasts, by broadcast and in
 * their order.  Returns 0 and sets *out, or -1. */
int stage_list(struct db *db, int64_t event, struct stage **out);

#endif
