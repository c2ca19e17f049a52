#ifndef MODEL_OPEN_KEY_H
#define MODEL_OPEN_KEY_H

/*
 * How a telegram finds its event: by its kind and one of its keys, among the
 * events that are open.  An event that is closed has given its keys up, so
 * that the same volcano or weather office makes another one years later.
 *
 * Whoever holds an event has its row locked until the transaction ends: what
 * several telegrams say of it at once is taken one after the other.
 * Source: D1k; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

struct open_key {
	const char *kind; /* as event.kind; open_key_hold may change it */
	const char *key;
	const char *others; /* by spaces: further keys of the same; "" */
	bool any_kind;	    /* the key alone finds it, whatever its kind */
	bool drill;
};

/* Finds the open event of these keys and holds it; kind is then that of the
 * event.  Returns its id, 0 if there is none, -1 on failure. */
int64_t open_key_hold(struct db *db, struct open_key *keys);

/* After that found none: makes the event's row, recorded and without a title,
 * and holds it; or the one that another made meanwhile.  now: when.  Returns
 * its id, or -1. */
int64_t open_key_make(struct db *db, struct open_key *keys, int64_t now);

/* Gives an event that is open such of the keys as no other one has.  0 or
 * -1. */
int open_key_add(struct db *db, const struct open_key *keys, int64_t event);

/* Takes an event's keys off it.  0 or -1. */
int open_key_give_up(struct db *db, int64_t event);

#endif
