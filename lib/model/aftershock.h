#ifndef MODEL_AFTERSHOCK_H
#define MODEL_AFTERSHOCK_H

/*
 * Quakes under their main shock: one within the hours of the setting
 * aftershock.hours after a quake that a check was prepared or sent for, if the
 * prefecture it shakes most was shaken at 4 or more by that.  By itself it
 * mails nobody.  If it reaches the level of a rule, a person decides what it
 * means: fold it in, ask the prefectures that were not asked, or ask all anew
 * (model/decision.h).  Source: D1k; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

/* What a quake is to its main shock. */
struct aftershock {
	int64_t parent; /* 0: it is a main shock itself */
	bool stronger;	/* somewhere more than that was at its most */
};

/* Finds the main shock of a quake that has none yet, and whose row and
 * prefectures are stored, and notes it.  Returns 0 and fills *out, or -1. */
int aftershock_find(struct db *db, int64_t event, struct aftershock *out);

/* What a person sees and decides by. */
struct aftershock_view {
	const char *title; /* of the main shock */
	int64_t occurred_at;
	int64_t asked_at;     /* when its people were asked, 0: never */
	int64_t asked;	      /* how many */
	const char *fresh;    /* prefectures of `codes` that were not asked,
				 "13,14" */
	const char *stronger; /* names of those shaken more than when they
				 were asked, 東京都、埼玉県 */
};

/* codes: prefectures that a check of this event would ask, "13,14", from this
 * rank on.  Returns 0 and fills *out, or -1. */
int aftershock_view(struct db *db, int64_t event, int64_t parent,
		    const char *codes, int rank, struct aftershock_view *out);

/* What an aftershock changed when it came: against those before it. */
struct aftershock_change {
	struct aftershock_change *next;
	int64_t event;
	const char *fresh;    /* names of prefectures that reached the level
				 and were not asked before, 東京都、埼玉県 */
	const char *stronger; /* shaken more than when they were asked */
};

/* Of all under a main shock that changed something; the level is that of the
 * check, as event.rank.  Returns 0 and sets *out, or -1. */
int aftershock_changes(struct db *db, int64_t parent, int rank,
		       struct aftershock_change **out);

#endif
