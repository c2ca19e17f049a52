#ifndef MODEL_INFORM_H
#define MODEL_INFORM_H

/*
 * What rules mail of an event by themselves: information to its readers and
 * pages to those on duty.  It is done in the transaction that makes the event
 * anew, and what was told is noted (rule_told), so that a telegram mails
 * exactly once, whatever is killed when:
 *
 *   - once for an event, and where the rule says so again when the level rises
 *     or another prefecture reaches it; of what comes and goes while an event
 *     stands (record rain, tornados) once in a spell;
 *   - whoever was told is told of a correction and of cancelling; of lifting
 *     where the rule says so;
 *   - what waits for the end of the quiet hours and is overtaken there does not
 *     leave: a newer state takes its place, and what nobody was told of is
 *     taken back without a mail;
 *   - an aftershock is no news unless it is stronger than its main shock;
 *   - a drill mails nobody, and what was issued longer ago than the setting
 *     inform.late is no news any more.
 *
 * The mail is a broadcast of kind info without questions, enqueued and
 * delivered as every other.  Source: D1l, D1m, D1n, P2 to P4.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/rule.h"

struct arena;
struct db;
struct hazard_area;
struct jma_telegram;

/* What is known of an event now, and by which telegram. */
struct news {
	int64_t event;
	const struct rule *rules; /* the active ones of the event's kind */
	const char *part; /* of a quake quick or full; rain or tornado, of
			     which the rest tells; else any */
	int64_t spell;	  /* after so long the same is news again; 0: never */
	const struct jma_telegram *telegram;
	int64_t now;
	int rank;   /* of the whole */
	int before; /* the same before this telegram; 0: nothing falls */
	int ranks[RULE_PREFECTURES + 1];	  /* by prefecture code */
	const char *levels[RULE_PREFECTURES + 1]; /* their words; NULL: none */
	const struct hazard_area *areas;	  /* for rules that name some */
	bool cancelled;	 /* nothing of this part is true any more */
	bool gone;	 /* nothing of the event is */
	bool lifted;	 /* nothing stands any more */
	bool aftershock; /* not stronger than its main shock: no news */
	/* Values of the texts; regions, prefectures, office and published are
	 * added. */
	const struct rule_value *values;
	size_t count;
};

/* Mails what the rules say.  The caller holds the event.  0 or -1. */
int inform(struct db *db, const struct news *news);

/* "訂正", "解除" or "取消" of a subject that rules wrote, else "". */
const char *inform_mark(const char *subject);

/* "石川県、富山県ほか": where the rank is highest; "" if nowhere. */
const char *inform_places(struct arena *a, const int *ranks);

/* "震度6強　石川県\n震度5強　富山県、新潟県": by level, the highest first. */
const char *inform_regions(struct arena *a, const int *ranks,
			   const char *const *levels);

#endif
