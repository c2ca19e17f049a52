#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

/*
 * Counters of a broadcast for every group: people asked and answered, each
 * choice, first answers by minute, both by prefecture of work, and who comes in
 * when (model/coming.h).  A person
 * is counted once in each group above him, however many of his groups lie
 * below it; group 0 is everybody.  A correction moves, never adds.  A person's
 * own newest answer counts, without one the newest proxy; where both tell of a
 * question and differ, recipient.conflict says so (B5).
 *
 * Answers are single rows (model/answer.h); folding takes those not yet
 * counted and brings recipient, answer_choice and tally up to date in one
 * transaction.  Whoever folds holds the row of tally_state, so any number of
 * programs may try.  Source: D1j, DESIGN 4.
 */
#include <stddef.h>
#include <stdint.h>

struct db;

enum tally_kind {
	TALLY_ASKED,
	TALLY_ANSWERED,
	TALLY_CHOICE,	       /* item: choice id */
	TALLY_MINUTE,	       /* item: minutes since 1970; first answers */
	TALLY_REGION_ASKED,    /* item: prefecture 1 to 47 */
	TALLY_REGION_ANSWERED, /* likewise */
	TALLY_COMING,	       /* item: COMING_NUMBER (model/coming.h) */
};

struct tally {
	struct tally *next;
	int64_t grp; /* 0: everybody */
	enum tally_kind kind;
	int64_t item, people; /* people is never 0 */
};

/*
 * Counts what is new in a broadcast: at most 20,000 answers and 50,000
 * recipients a call.  Counts all anew if tally_state says that groups changed.
 * Returns how many answers and recipients it took, 0 if there are none or
 * another program is folding, -1 on failure.
 */
int tally_fold(struct db *db, int64_t broadcast);

/* Folds every broadcast that has something new.  Returns the sum, or -1. */
int tally_fold_all(struct db *db);

/* Counts all anew from recipient and answer_choice, 50,000 people a step of
 * one transaction.  Returns 0, also if another program is folding, or -1. */
int tally_rebuild(struct db *db, int64_t broadcast);

/*
 * Says, within the transaction that changes it, that the tree or who is in it
 * is not as it was counted: open broadcasts are counted anew by the next fold.
 * The second names the people concerned, a JSON array of their ids, and leaves
 * alone the broadcasts that asked none of them.  0 or -1.
 */
int tally_groups_changed(struct db *db);
int tally_people_changed(struct db *db, const char *ids);

/* For a page of these broadcasts, a JSON array of their ids: folds those whose
 * counters are older than a second and whose answers wait.  Returns 0, or -1 on
 * failure (logged; what was counted can still be read). */
int tally_fresh(struct db *db, const char *broadcasts);

/* True if answers of any broadcast have waited for more than two seconds: the
 * fold is not running.  1 or 0, -1 on failure. */
int tally_is_late(struct db *db);

/* Reads the counters of some groups, in the order of grp, kind and item.
 * Returns 0, or -1 on failure. */
int tally_read(struct db *db, int64_t broadcast, const int64_t *groups,
	       size_t count, struct tally **out);

#endif
