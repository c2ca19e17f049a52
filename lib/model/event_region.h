#ifndef MODEL_EVENT_REGION_H
#define MODEL_EVENT_REGION_H

/*
 * What a telegram says of an event's prefectures, stored (table event_region).
 * One that a person decided about stays, with rank 0, so that the page can tell
 * what was taken back.  Source: D1k; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

#include "model/rule.h"

struct db;

/* By prefecture code, from 1.  A rank of 0: nothing stands there. */
struct event_ranks {
	int ranks[RULE_PREFECTURES + 1];
	const char *levels[RULE_PREFECTURES + 1]; /* as table event_region */
	bool keeps_top;	 /* what was reached once still counts (top_rank) */
	bool taken_back; /* but this takes back what was reached */
};

/* Stores them in place of those before.  The caller holds the event.  0 or
 * -1. */
int event_region_store(struct db *db, int64_t event,
		       const struct event_ranks *new);

#endif
