#ifndef MODEL_BROADCAST_H
#define MODEL_BROADCAST_H

/*
 * A broadcast: one text with its questions to the people of its targets.
 *
 *   draft -> confirmed   a person pressed "send", or an event's check was
 *                        confirmed; enqueue takes it
 *         -> sending     all recipients and messages stand
 *         -> sent        no message waits any more
 *         -> closed      its links answer no more
 *   confirmed, sending -> cancelled   what has not left does not leave; who
 *                        has the mail already answers until it is closed
 *   scheduled -> confirmed   its time has come (model/schedule.h)
 *             -> cancelled   before that
 *
 * A retry is a broadcast of its own with retry_of = the first of its chain (the
 * root).  Links and answers are always those of the root, so that a person
 * answers once, whichever mail he opens.  Source: D1d, D2a-f, P1; DESIGN 4, 7.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/target.h"

struct arena;
struct audit;
struct db;
struct stmt;

enum {
	BROADCAST_PRESS_LEN = 16,    /* bytes */
	BROADCAST_SUBJECT_MAX = 200, /* characters */
	BROADCAST_BODY_MAX = 5000,
	BROADCAST_QUESTIONS_MAX = 20,
	BROADCAST_CHOICES_MAX = 20, /* of one question */
	QUESTION_TEXT_MAX = 200,
	CHOICE_TEXT_MAX = 100,
	BROADCAST_RETRY_MIN = 5, /* minutes between two retries of the same */
};

struct choice {
	struct choice *next;
	int64_t id;	  /* 0 in a draft */
	const char *mark; /* "", good, warn or bad */
	const char *text, *text_en;
	int64_t people; /* who chose it, by broadcast_answers */
};

struct question {
	struct question *next;
	int64_t id;	  /* 0 in a draft */
	const char *kind; /* single, multiple, text, number or time */
	bool required;
	const char *text, *text_en;
	struct choice *choices; /* NULL if it is answered in words */

	/* Of one answered in words, by broadcast_answers. */
	int64_t people;		  /* who wrote something */
	const char *least, *most; /* of a number or time, "" if none */
	const char *sum, *mean;	  /* of a number */
};

/* Asking the unanswered again by itself. */
struct reask {
	int times;   /* 0: not at all */
	int gap_min; /* minutes between two */
	bool quiet;  /* not in the quiet hours of the settings */
};

struct broadcast_draft {
	int64_t event;	  /* 0: none */
	const char *kind; /* safety, info, notice or drill */
	const char *subject, *body;
	const char *why;  /* for those a target does not explain; may be NULL */
	int64_t retry_of; /* the root, or any retry of it; 0: none */
	int64_t call_of;  /* whose answers make it needed (coming.h); 0: none */
	struct target *targets;
	struct question *questions; /* of a retry: none, the root's are asked */
	int64_t account;	    /* who sends; 0: the product itself */
	const struct audit *audit;  /* actor and network of the audit entry;
				       NULL: the product */
	int64_t expected;	    /* the number typed; -1: do not compare */
	const unsigned char *press; /* BROADCAST_PRESS_LEN bytes or NULL */
	const char *content;	    /* what the form of the press held; NULL:
				       whatever it is, a press is one broadcast */
	int64_t closes_at;	    /* 0: open until closed */
	int64_t send_at;	    /* 0: now */
	bool test;		    /* to its writer alone, not counted */
	struct reask reask;
	int64_t rule; /* that mails it by itself; 0: none */
};

/* What broadcast_make answers. */
enum broadcast_made {
	BROADCAST_MADE = 0,
	BROADCAST_MADE_BEFORE = 1,  /* this press: *id is the one it made */
	BROADCAST_NOBODY = 2,	    /* the targets name nobody */
	BROADCAST_OTHER_COUNT = 3,  /* they name another number than expected */
	BROADCAST_NOT_ALLOWED = 4,  /* retry of what is closed or unknown */
	BROADCAST_ASKED_LATELY = 5, /* the same people were asked again a
				       moment ago: *id is that retry */
	BROADCAST_PRESS_USED = 6,   /* with another content: *id is what it
				       made; nothing is made of this one */
};

enum {
	REASK_TIMES_MAX = 10,
	REASK_GAP_LEAST = 5,	/* minutes */
	REASK_GAP_MOST = 10080, /* a week */
};

/*
 * Makes a confirmed broadcast, or a scheduled one, with its targets, questions
 * and choices, and the audit entry, all or nothing; part of a transaction that
 * the caller has begun.  Returns a broadcast_made, with *id set where one was
 * made, now or before, or -1 on failure.  *people, if not NULL, gets the number
 * the targets name now.
 *
 * Retries of one broadcast are made one after the other, and a retry puts off
 * what its schedule does by itself (schedule.h) to a gap from now.
 */
int broadcast_make(struct db *db, const struct broadcast_draft *draft,
		   int64_t *id, int64_t *people);

/* Whether a press made a broadcast already, of this content: BROADCAST_MADE_
 * BEFORE or BROADCAST_PRESS_USED with *id, BROADCAST_MADE if not, -1 on
 * failure.  For those who make broadcasts by other ways. */
int broadcast_find_press(struct db *db, const unsigned char *press,
			 const char *content, int64_t *id);

/* Binds what is stored of a content, for the column of that name. */
void broadcast_bind_content(struct db *db, struct stmt *s, const char *content);

/* The questions of a safety check (無事・軽傷・重傷; 登庁), in Japanese and
 * English: 安否 first, 登庁 second.  Never changed by callers. */
struct question *broadcast_safety_questions(struct arena *a);

/* A condition of statements: broadcast b is one that people hold mails of and
 * may answer.  Where states are many, b.state IN (...) beside it lets an index
 * find them. */
#define BROADCAST_IS_OPEN                                                      \
	"(b.state IN ('sending', 'sent')"                                      \
	" OR (b.state = 'cancelled' AND EXISTS"                                \
	"     (SELECT 1 FROM delivery h"                                       \
	"       WHERE h.broadcast = b.id AND h.handed > 0)))"

/* A broadcast as screens and tools show it. */
struct broadcast {
	struct broadcast *next;
	int64_t id, root; /* root: itself unless it is a retry */
	int64_t event;	  /* 0: none */
	const char *kind, *subject, *body, *why, *state;
	const char *made_by; /* name of the account, "" if the product */
	int64_t made_at, confirmed_at, closes_at;
	int64_t send_at; /* of a scheduled one */
	bool test;
	bool open; /* answers are taken */
	bool own;  /* the account may stop and close it: it made it, or
		      reaches everybody */
	int64_t expected, recipients;
	int64_t answered; /* of its recipients, by answers to the root */
	int64_t messages, queued, sending, handed, refused, cancelled;
	int64_t accepted, deferred, bounced;	 /* by receivers (fate.h) */
	int64_t first_handed_at, last_handed_at; /* 0: not yet */
};

/* Which broadcasts: NULL and 0 mean any. */
struct broadcast_filter {
	const char *text; /* in subject or body */
	const char *kind, *state;
	int64_t event;
	int64_t before; /* id: only older ones, for paging */
	int most;
};

/*
 * Finds one that the account may see: one it made, or one that asked people
 * of its reach (user.h); account 0 sees all.  Returns 1 and fills *out, 0 if
 * there is none, -1 on failure.  Source: D3c.
 */
int broadcast_find(struct db *db, int64_t account, int64_t id,
		   struct broadcast *out);

/* Lists such broadcasts, newest first.  Returns 0 and sets *out, or -1. */
int broadcast_list(struct db *db, int64_t account,
		   const struct broadcast_filter *filter,
		   struct broadcast **out);

/* How many the filter names, paging left out.  Returns -1 on failure. */
int64_t broadcast_count(struct db *db, int64_t account,
			const struct broadcast_filter *filter);

/* The questions of a broadcast, the root's if it is a retry, in order.
 * Returns 0 and sets *out, or -1. */
int broadcast_questions(struct db *db, int64_t id, struct question **out);

/* Counts who chose and wrote what, of the people the account can reach.
 * Returns 0, or -1 on failure. */
int broadcast_answers(struct db *db, int64_t account, const struct broadcast *b,
		      struct question *questions);

/* Stops what has not left; what it asks already stays open.  Returns 1 if
 * done, 0 if there is nothing to stop or a limited account did not make it, -1
 * on failure.  audit: who asks, or NULL for the product. */
int broadcast_cancel(struct db *db, int64_t account, const struct audit *audit,
		     int64_t id);

/* The product itself cancels one that still waits for its time.  Returns 1, 0
 * if it does not wait (any more), -1 on failure. */
int broadcast_withdraw(struct db *db, int64_t id);

/* Mails that left and did not come back, as every screen tells them. */
int64_t broadcast_sent(int64_t handed, int64_t bounced);

/* How long the last mail to so many people will take, in seconds from the
 * press, by the last real run that sent enough to tell; -1 if there was none.
 * Returns 0, or -1 on failure.  Source: B2. */
int broadcast_estimate(struct db *db, int64_t people, int64_t *seconds);

/* Closes it: its links answer no more.  Returns as broadcast_cancel. */
int broadcast_close(struct db *db, int64_t account, const struct audit *audit,
		    int64_t id);

#endif
