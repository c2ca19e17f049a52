#ifndef MODEL_HAND_EVENT_H
#define MODEL_HAND_EVENT_H

/*
 * An event made by hand, for a missile that no gateway announced or whatever
 * else has no feed.  Its check is prepared like every other, for the people of
 * the prefectures, and waits for a person.  Source: D1o, P5.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/decision.h"

struct audit;
struct db;

enum {
	HAND_EVENT_TITLE_MAX = 60, /* characters */
	HAND_EVENT_TEXT_MAX = 1000,
	HAND_EVENT_PRESS_LEN = 16, /* bytes */
};

struct hand_event {
	const char *kind; /* missile or other */
	const char *title, *text;
	int64_t occurred_at;
	bool drill;
	const bool *prefectures; /* by code 1 to 47 */
};

/* Seas around Japan, and the prefectures on them. */
struct sea {
	const char *code, *name, *prefectures;
};
extern const struct sea hand_event_seas[];
extern const size_t hand_event_seas_count;

/* Marks the prefectures on a sea; false if there is none of this code. */
bool hand_event_add_sea(const char *code, bool *prefectures);

/* The check that would be prepared.  Returns 0 and fills *out, or -1. */
int hand_event_check(struct db *db, const struct hand_event *event,
		     struct check *out);

/* Makes it, audited, in a transaction of its own.  press: of the form, so that
 * a doubled press makes one.  Returns the event's id, or -1. */
int64_t hand_event_make(struct db *db, const struct audit *who,
			const struct hand_event *event,
			const unsigned char *press);

#endif
