#ifndef MODEL_PAGING_H
#define MODEL_PAGING_H

/*
 * Paging those on duty when an event waits for a decision: step 1 of the duty
 * list in the transaction that makes it wait, so exactly once, whatever is
 * killed when; the next steps every duty.every minutes, and after the last step
 * that one again and again, until somebody decides or the event is closed or
 * withdrawn: a list that ends must not end the calling.  Where nobody can be
 * paged the list is looked at as often, since somebody may be put on it.  A
 * decision that is overtaken (a prefecture raised since) begins anew at step 1.
 *
 * A page is a mail of its own, of no broadcast list of the event, so that it is
 * never taken for a check; a page that a rule writes (model/inform.h) is step
 * 1 in its own words.  Drills page nobody.  What was issued more than
 * PAGING_LATE_H hours ago pages nobody either: it is shown as late.
 * Source: D1k, M1; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

struct audit;
struct db;

enum { PAGING_LATE_H = 24 };

/* Begins, if the event waits and was not paged for that.  The caller holds the
 * event.  issued_at: of the telegram; 0: made by hand.  0 or -1. */
int paging_begin(struct db *db, int64_t event, int64_t issued_at, int64_t now);

/* Notes that a rule for those on duty has just paged step 1 by a broadcast of
 * its own.  Likewise. */
int paging_by_rule(struct db *db, int64_t event, int64_t broadcast,
		   int64_t now);

/* A person takes up again what he had decided: if nobody decides within
 * duty.every minutes, those of step 1 are paged, and so on.  The caller holds
 * the event.  0 or -1. */
int paging_again(struct db *db, int64_t event, int64_t now);

/* Pages the next step of each event that is due, each in a transaction of its
 * own.  Returns how many were due, or -1 if one failed. */
int paging_next(struct db *db, int64_t now);

/* Ends what a rule began for an event without a check: somebody has heard it.
 * Returns 1 if done, 0 if there is nothing to end, -1. */
int paging_hear(struct db *db, const struct audit *who, int64_t event);

/* Mails step 1 of the duty list about the product itself, part of the caller's
 * transaction.  0, also if there is nobody, or -1. */
int paging_tell(struct db *db, const char *subject, const char *body);

/* How it went, for people. */
struct paged {
	struct paged *next;
	const char *name; /* of the account */
	int step;
	int64_t at;
};

struct paging {
	bool is_there; /* it was begun */
	bool goes_on;  /* the event still waits */
	bool by_rule;
	int64_t next_at;      /* of the next page; 0: ended */
	const char *heard_by; /* "" if nobody */
	struct paged *paged;  /* by time */
};

/* Returns 0 and fills *out, or -1. */
int paging_find(struct db *db, int64_t event, struct paging *out);

#endif
