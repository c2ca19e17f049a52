#ifndef MODEL_DRILL_REPORT_H
#define MODEL_DRILL_REPORT_H

/*
 * What a full drill (a broadcast of kind drill to many) taught, by bureau: how
 * long until so many had answered, whom no mail reached and why, who never
 * answered, beside the drill before it.  Counts only, for whoever may see
 * counts; who they are is on the pages of answers.
 *
 * A page reads counters only: tally, kept by model/tally, and drill_reach,
 * counted by `drill` when mails have moved.  Source: B8, DESIGN 10.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

enum { DRILL_SHARES = 4 };
extern const int drill_shares[DRILL_SHARES]; /* 25, 50, 75, 95 per cent */

struct drill_report {
	struct drill_report *next;
	int64_t broadcast;
	const char *subject, *state;
	int64_t began; /* first mail handed over, else the press */
	int64_t asked, answered;
	int64_t messages, handed, accepted;
	int64_t counted_at; /* drill_reach; 0: not yet */
	int64_t last;	    /* broadcast of the drill before; 0: none */
	int64_t last_began;
	const char *last_subject;
};

/* A bureau, or all of them. */
struct drill_row {
	struct drill_row *next;
	int64_t grp; /* 0: everybody */
	const char *name;
	int64_t asked, answered;
	int minutes[DRILL_SHARES]; /* until that share had answered; -1: not
				      reached */
	int64_t accepted, no_address, bounced, waiting; /* people */
	bool counted;			   /* the four above are known */
	int64_t last_asked, last_answered; /* of the drill before; 0: was not
					      asked */
	int last_minutes[DRILL_SHARES];
};

/* Drills that were sent, newest first; of training mail none.  0 and *out, or
 * -1. */
int drill_report_list(struct db *db, int skip, int most,
		      struct drill_report **out);
int64_t drill_report_count(struct db *db);

/* Returns 1 and fills *out, 0 if there is none such, -1. */
int drill_report_find(struct db *db, int64_t broadcast,
		      struct drill_report *out);

/* Everybody first, then the bureaus by code: the groups below the one that is
 * above all, or those above all.  0 and *out, or -1. */
int drill_report_rows(struct db *db, const struct drill_report *report,
		      struct drill_row **out);

/* For the tool: counts whom a drill reached, of one whose mails have moved.
 * Returns 1, 0 if none has, -1. */
int drill_report_reach(struct db *db, int64_t now);

#endif
