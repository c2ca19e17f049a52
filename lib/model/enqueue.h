#ifndef MODEL_ENQUEUE_H
#define MODEL_ENQUEUE_H

/*
 * From a confirmed broadcast to its recipients and messages, set-based, in
 * slices of user ids: a slice is one transaction, which moves
 * broadcast.enqueued_to and the counters with its rows.  So work that was
 * killed goes on where it stood, and nothing is lost or made twice.
 *
 * A person's message goes to the first address that is not dead, to the first
 * of all if every one is; that of a retry to the one after those that were
 * used for this question already, else the first again.  Who has no address
 * is a recipient without a message.  Source: D1a, D2a, P1; DESIGN 4, 7.
 */
#include <stddef.h>
#include <stdint.h>

struct db;

/* Ids of the confirmed broadcasts, the most urgent first.  Returns how many,
 * or -1 on failure. */
int enqueue_list(struct db *db, int64_t **ids);

/*
 * Does the next slice of a broadcast.  Returns 1 if there is more to do; 0 if
 * it is done (its state is then sending), was cancelled, or another enqueue
 * is at it; -1 on failure.
 */
int enqueue_slice(struct db *db, int64_t broadcast);

/* How many user ids a slice takes; tests lower it. */
extern int enqueue_slice_people;

#endif
