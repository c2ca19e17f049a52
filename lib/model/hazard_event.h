#ifndef MODEL_HAZARD_EVENT_H
#define MODEL_HAZARD_EVENT_H

/*
 * What the telegrams of one event say together, of every kind but quakes
 * (model/quake.h).  As there, the event is made anew from the newest stored
 * telegram of each of its streams, so that order of arrival, repetition,
 * correction, delay and cancelling need no rules of their own:
 *
 *   - a telegram that is all that stands (VTSE41) takes the place of those
 *     before it; a partial one (the warnings of one office) stands beside the
 *     other streams until it is lifted or its time is over;
 *   - what only tells more (heights that were observed) may begin an event and
 *     raises nothing that stands;
 *   - when nothing stands any more the event has ended.  What is issued later
 *     for the same key is another event;
 *   - a check that waits still waits when the warning is lifted: it asks where
 *     the level was reached (event_region.top_rank).
 *
 * Source: D1k, D1n, D1o; feed/hazard.h; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

#include "feed/hazard.h"

struct db;

/* The newest telegram of a stream. */
struct hazard_part {
	struct hazard_part *next; /* in the order in which they were issued */
	int64_t telegram;
	bool stands; /* it counts now; else it tells more, or is over */
	struct hazard hazard;
};

/* Lists the newest telegrams of an event's streams, cancelling ones left out.
 * Returns 0 and sets *out, or -1. */
int hazard_event_parts(struct db *db, int64_t event, struct hazard_part **out);

/*
 * Makes an event that the caller holds anew after one of its telegrams was
 * stored and applied, and mails what rules say of it.  fetched_at: when that
 * came in.  0 or -1.
 */
int hazard_event_refresh(struct db *db, int64_t event, int64_t telegram,
			 const struct hazard *hazard, int64_t fetched_at);

/* True if a telegram begins another event when the one of its key ended at
 * that time (0: it has not). */
bool hazard_event_begins(const struct hazard *hazard, int64_t ended_at);

/* The stream of a telegram within its event: its key there.  NULL on
 * failure. */
const char *hazard_event_stream(struct db *db, int64_t event,
				const struct hazard *hazard);

#endif
