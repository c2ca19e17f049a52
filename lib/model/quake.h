#ifndef MODEL_QUAKE_H
#define MODEL_QUAKE_H

/*
 * What the telegrams of one earthquake say together.  An event is made anew
 * from the newest stored telegram of each of its streams, 震度速報 and
 * 震源・震度に関する情報, and for the hypocentre VXSE52 and VXSE61; so order of
 * arrival, repetition, correction and cancelling need no rules of their own
 * (緊急地震速報 and 長周期地震動 make an event, and no intensity of it):
 *
 *   - a newer telegram, or a correction, replaces the older of its stream;
 *   - a cancel empties its own stream only; if all are empty, the event is
 *     cancelled;
 *   - a prefecture's intensity is the stronger of the two streams.
 *
 * A check is prepared if a prefecture reaches the level of a rule, also by a
 * late upward revision; for a drill and a distant quake never.  What a person
 * decided stays decided: prefectures that reach the level later show by
 * event_region.decided_rank.  Source: D1k; feeds.md 2, 9.
 */
#include <stdbool.h>
#include <stdint.h>

#include "feed/jma_quake.h"

struct db;

/*
 * Makes anew an event that the caller holds (model/open_key.h), after one of
 * its telegrams was stored, and mails what rules say of it (model/inform.h).
 * quake: what that says, as it was read; fetched_at: when it came in.  0 or
 * -1.
 */
int quake_refresh(struct db *db, int64_t event, int64_t telegram_id,
		  const struct jma_quake *quake, int64_t fetched_at);

#endif
