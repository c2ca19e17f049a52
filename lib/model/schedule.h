#ifndef MODEL_SCHEDULE_H
#define MODEL_SCHEDULE_H

/*
 * What broadcasts do when their time comes, by enqueue: a scheduled one is
 * sent, the unanswered are asked again, one whose time is over closes.  Each
 * is one transaction that moves its own clock, so that work which was killed
 * is done once, by whoever comes next.  Source: D2a, D2b, DESIGN 7.
 */
#include <stdint.h>

#include "model/broadcast.h"

struct audit;
struct db;

/* Confirms the scheduled broadcasts whose time has come; those of rules that
 * have said otherwise since (inform.h) are cancelled.  Returns how many were
 * confirmed, or -1 on failure. */
int64_t schedule_release(struct db *db);

/*
 * Asks again, once for the one that is due longest: those of its people who
 * have not answered, at their next address (enqueue.h).  In quiet hours it is
 * put off to their end; while the asking before it is still leaving, or was a
 * moment ago, by a minute; closed, cancelled or answered by all, it ends.
 * Returns 1 if one was due, 0 if none is, -1 on failure.
 */
int schedule_reask(struct db *db);

/* Closes the next one whose closes_at has passed: *id is it.  Returns 1, 0 if
 * there is none, -1 on failure. */
int schedule_close(struct db *db, int64_t *id);

/* How a broadcast is asked again. */
struct schedule {
	struct reask reask;
	int done;
	int64_t next_at; /* 0: ended */
};

/* Returns 1 and fills *out, 0 if it is not asked again by itself, -1. */
int schedule_find(struct db *db, int64_t broadcast, struct schedule *out);

/* Ends asking again.  Returns 1, 0 if there is nothing to end or a limited
 * account did not make the broadcast, -1 on failure. */
int schedule_stop(struct db *db, int64_t account, const struct audit *audit,
		  int64_t broadcast);

#endif
