#ifndef MODEL_PROXY_H
#define MODEL_PROXY_H

/*
 * What others tell of a person, entered by an admin: an answer of the channel
 * proxy, with who told it, how, and how sure that is.  It counts until the
 * person answers himself; what he says counts over it, whichever came first,
 * and if the two differ that shows until somebody has looked (model/tally.h,
 * recipient.conflict).  Everything here is within the reach of an account
 * (reach.h).  Source: B5, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct audit;
struct db;

enum { PROXY_PRESS_LEN = 16 }; /* bytes */

struct proxy {
	int64_t broadcast; /* or a retry of it */
	int64_t user;
	const char *choices; /* ids, ascending, joined by commas */
	const char *comment;
	const char *texts;     /* what was written (questions.h); NULL is "" */
	const char *source;    /* self, family, colleague, superior, other */
	const char *means;     /* phone, mail, met, card, other */
	const char *certainty; /* sure, likely, unsure */
	int64_t seen; /* time of the person's own newest answer that the admin
			 was shown; 0: he was shown none */
	const unsigned char *press; /* PROXY_PRESS_LEN bytes */
};

enum proxy_stored {
	PROXY_NOT_FOUND,  /* not asked, or out of reach */
	PROXY_STORED,	  /* also if this press stored it before */
	PROXY_UNSEEN,	  /* the person answered meanwhile: look first */
	PROXY_PRESS_USED, /* this press stored another one; nothing is done */
};

/* Stores it with its audit entry, all or nothing.  Returns a proxy_stored, or
 * -1 on failure. */
int proxy_store(struct db *db, int64_t account, const struct audit *audit,
		const struct proxy *proxy);

/* Notes that somebody looked at a conflict; the person's own answer goes on to
 * count.  Returns 1, 0 if there is none within reach, -1 on failure. */
int proxy_settle(struct db *db, int64_t account, const struct audit *audit,
		 int64_t broadcast, int64_t user);

/* How many conflicts of a broadcast nobody has looked at. */
struct proxy_count {
	struct proxy_count *next;
	int64_t broadcast, people;
};

/* Counts them of these broadcasts, a JSON array of their ids, and of people of
 * the group (0: any) and below it; those without any are left out.  Returns 0
 * and sets *out, or -1. */
int proxy_count(struct db *db, int64_t account, const char *broadcasts,
		int64_t group, struct proxy_count **out);

/* Likewise of one broadcast.  Returns -1 on failure. */
int64_t proxy_conflicts(struct db *db, int64_t account, int64_t broadcast,
			int64_t group);

/* An answer ever given by a person or for him. */
struct proxy_answer {
	struct proxy_answer *next;
	int64_t at;
	const char *channel; /* link, mail, proxy, ... */
	const char *choices; /* ids */
	const char *text;    /* "無事、できる" */
	const char *marks;   /* mark of each choice, "good,good" */
	const char *comment;
	const char *texts; /* what was written (questions.h) */
	bool counts;
	/* Of a proxy, else "". */
	const char *source, *means, *certainty, *account;
};

/* Lists them, newest first.  Returns 0 and sets *out, or -1. */
int proxy_list(struct db *db, int64_t account, int64_t broadcast, int64_t user,
	       struct proxy_answer **out);

#endif
