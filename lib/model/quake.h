#ifndef MODEL_QUAKE_H
#define MODEL_QUAKE_H

/*
 * What the telegrams of one earthquake say together.  An event is made anew
 * from the newest stored telegram of each of its two streams, 震度速報 and
 * 震源・震度に関する情報; so order of arrival, repetition, correction and
 * cancelling need no rules of their own:
 *
 *   - a newer telegram, or a correction, replaces the older of its stream;
 *   - a cancel empties its own stream only; if both are empty, the event is
 *     cancelled;
 *   - a prefecture's intensity is the stronger of the two streams.
 *
 * A check is prepared if a prefecture reaches the level of the rule, also by a
 * late upward revision; for a drill and a distant quake never.  What a person
 * decided stays decided: prefectures that reach the level later show by
 * event_region.decided_rank.  Source: D1k; feeds.md 2, 9.
 */
#include <stdbool.h>
#include <stdint.h>

#include "feed/jma.h"

struct db;

/*
 * Makes or changes the event that a stored telegram belongs to, in the
 * caller's transaction, and locks it until that ends.  fetched_at: when the
 * telegram came in.  Returns the event's id, or -1 on failure.
 */
int64_t quake_refresh(struct db *db, const struct jma_telegram *telegram,
		      int64_t fetched_at);

/* Makes the event's row if it is not there, and locks it.  Returns its id. */
int64_t quake_lock(struct db *db, const struct jma_telegram *telegram,
		   int64_t now);

#endif
