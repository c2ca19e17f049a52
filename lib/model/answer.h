#ifndef MODEL_ANSWER_H
#define MODEL_ANSWER_H

/*
 * What a person answered, or reported unasked.  An answer is one row written
 * by one statement: one durable commit is all he waits for.  Its key holds the
 * time that respond made before it tried the database, so an answer that went
 * to the journal as well is stored once.  Counting comes later
 * (model/tally.h).  Source: D1a, D1b, DESIGN 5.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

enum {
	ANSWER_COMMENT_MAX = 500, /* characters */
	ANSWER_CHOICES_MAX = 500, /* characters of the list */
};

struct answer {
	int64_t broadcast, user;
	unsigned generation; /* of the link it came by */
	int64_t at;	     /* when received: part of the key */
	const char *channel; /* link, mail, ... as the table has it */
	const char *choices; /* ids, ascending, joined by commas */
	const char *comment;
	const char *texts; /* what was written (questions.h); NULL is "" */
};

enum answer_stored {
	ANSWER_STORED,
	ANSWER_SAME,	  /* as the latest report: nothing to store */
	ANSWER_NOT_ASKED, /* he is no recipient */
	ANSWER_REVOKED,	  /* the link counts no more */
};

/*
 * Stores an answer, also one that says the same as the last: the doubled press
 * is counted once, and history shows both.  That he was asked and that the link
 * still counts is for the caller to know (token.h, link.h).  Returns
 * ANSWER_STORED, or -1 if that could not be done or is not known: then the
 * answer belongs into the journal.
 */
int answer_store(struct db *db, const struct answer *answer);

/* Likewise from the journal: an answer is stored once however often this is
 * called, and also if a later one says the same.  Looks at the link and at who
 * was asked, too: ANSWER_REVOKED, ANSWER_NOT_ASKED.  A link that was revoked
 * after the answer was given counted then. */
int answer_replay(struct db *db, const struct answer *answer);

/* What GET /r/ shows of a person: first who he is, then his answer. */
struct answer_person {
	const char *name;
	bool english;
	unsigned generation; /* at present */
	const char *region;  /* whose people were asked, "" if not by region */
	int64_t counted_at;  /* of the answer that is counted, 0: none yet */
	bool replied;	     /* there is a reply to him (model/reply.h) */
	bool trouble; /* answer_visit: mail does not reach an address of his */
};

struct answer_latest {
	int64_t at; /* 0: not answered yet */
	const char *choices, *comment, *texts;
	bool proxy; /* others told it: he has not answered himself */
};

/*
 * Reads who was asked: by keys alone, since every opening of a link does it.
 * Returns 1, 0 if he was not asked, -1 on failure.  An answer is counted
 * within a second; answer_visit reads it at once, in the same round trip: his
 * own latest, without one the latest proxy.
 */
int answer_person(struct db *db, int64_t broadcast, int64_t user,
		  struct answer_person *out);
int answer_visit(struct db *db, int64_t broadcast, int64_t user,
		 struct answer_person *person, struct answer_latest *latest);

/* What a person reports without being asked. */
struct self_report {
	int64_t user;
	unsigned generation;
	int64_t at;
	const char *safety; /* safe, slight, serious */
	const char *coming; /* now, later, no, unknown */
	const char *comment;
};

/* Stores a report.  Returns ANSWER_STORED (also if it is there already),
 * ANSWER_SAME or ANSWER_REVOKED, or -1 as answer_store does; from the journal
 * as answer_replay does. */
int self_report_store(struct db *db, const struct self_report *report);
int self_report_replay(struct db *db, const struct self_report *report);

struct self_report_latest {
	const char *name;
	bool english;
	unsigned generation;
	int64_t at; /* 0: none yet */
	const char *safety, *coming, *comment;
};

/* As answer_visit, for GET /s/. */
int self_report_latest(struct db *db, int64_t user,
		       struct self_report_latest *out);

#endif
