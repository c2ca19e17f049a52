#ifndef MODEL_REPLY_H
#define MODEL_REPLY_H

/*
 * A reply of an admin to answers: to one person, or to all that a query of
 * recipients names.  It stands on top of each one's own link and is mailed: it
 * is a broadcast of its own (reply_of), a notice, or a drill if what was asked
 * is one, so that it goes through the queue like any other.
 * Source: D3d, D3c.
 */
#include <stdint.h>

#include "model/recipient.h"

struct audit;
struct db;

enum {
	REPLY_PRESS_LEN = 16,  /* bytes */
	REPLY_BODY_MAX = 1000, /* characters */
};

struct reply_draft {
	const struct recipient_query *to; /* within the account's reach */
	const char *body;
	int64_t account;
	const struct audit *audit;
	int64_t expected; /* the number that the admin was shown or typed */
	const unsigned char *press; /* REPLY_PRESS_LEN bytes */
	const char *content; /* what its form held, to tell two of one press */
};

enum reply_made {
	REPLY_MADE,	   /* also if this press made it before */
	REPLY_NOBODY,	   /* the query names nobody */
	REPLY_OTHER_COUNT, /* it names another number than expected */
	REPLY_PRESS_USED,  /* this press made another one; nothing is made */
};

/* Makes it, with its audit entry, all or nothing.  Returns a reply_made and
 * sets *people to the number named now, or -1 on failure. */
int reply_make(struct db *db, const struct reply_draft *draft, int64_t *people);

struct reply {
	struct reply *next;
	int64_t at;
	const char *body;
	const char *account; /* name of who replied */
};

/* The replies to a person's answers to a first broadcast, newest first, `most`
 * at most: for his own page, and for those who reach him.  Returns 0 and sets
 * *out, or -1. */
int reply_list(struct db *db, int64_t broadcast, int64_t user, int most,
	       struct reply **out);

#endif
