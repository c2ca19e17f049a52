#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

/*
 * The queue of mail: one message to one address each.
 *
 *   queued -> sending    claimed by a deliver, under a lease
 *          -> handed     the relay has it
 *          -> refused    the relay said no for good, or too often "later"
 *          -> queued     the relay said "later": due after a growing pause
 *          -> cancelled  its broadcast was cancelled or closed, or the address
 *                        removed
 *
 * A lease that a crash left runs out, and the message is taken again: mail may
 * come twice, none is lost.  The number of attempts is the fence: who comes
 * back after his lease ran out changes nothing.  Counters of delivery move
 * with the rows.  Source: D1a, P7; DESIGN 7.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct letter_text;
struct question;

enum {
	MESSAGE_STATUS_MAX = 200, /* characters of a reply that are kept */
	MESSAGE_ATTEMPTS_MAX = 200,
};

enum message_result {
	MESSAGE_HANDED,
	MESSAGE_REFUSED,
	MESSAGE_LATER,
	MESSAGE_CANCELLED,
};

/* A claimed message, with what deliver needs to send it. */
struct message {
	struct message *next;
	int64_t id, broadcast, user;
	int attempts;		     /* this one included */
	const unsigned char *sealed; /* the address */
	size_t sealed_len;
	const char *class; /* of receiver: docomo, au, ... */
	const char *lang, *name;
	uint8_t generation; /* of the person's links */
	const char *why;    /* recipient.why */
	bool stopped; /* its broadcast was cancelled or closed, its address
			 removed, or it comes too late: not to be sent */

	/* Of a mail of no broadcast (model/link_mail.h), else link NULL. */
	const char *link; /* kind: "my_page", "new_address", ... */
	int64_t item;	  /* id of the address the link is about, or 0 */
	int64_t made_at;

	/* Set before message_settle. */
	enum message_result result;
	int later_s;	    /* MESSAGE_LATER: pause in seconds */
	const char *status; /* words of the relay, or NULL */
};

/* What the messages of a broadcast have in common. */
struct message_text {
	int64_t broadcast, root; /* whose id the links carry */
	int64_t event;		 /* 0: none */
	const char *kind;	 /* safety, info, notice or drill */
	bool drill;
	bool asks;    /* it has questions: the mail carries a link */
	bool replies; /* to answers: the mail carries their link */
	const char *subject, *body, *why;
	const char *sender; /* name set for its kind, "" if none is */
	int64_t confirmed_at, closes_at;
	const struct question *questions; /* the root's, if it is a retry */
};

/*
 * Claims due messages, the most urgent first, for lease_s seconds.  Returns
 * how many, 0 if none is due, -1 on failure.
 */
int message_claim(struct db *db, uint32_t holder, int lease_s, int most,
		  struct message **out);

/* Stores the results of claimed messages and moves the counters and clocks of
 * their broadcasts, in one transaction.  Returns 0, or -1 on failure. */
int message_settle(struct db *db, const struct message *list);

/* Puts back what was claimed and not settled: of this holder, which must have
 * no deliver running, and whatever lease has run out.  Returns how many, or
 * -1 on failure. */
int64_t message_take_back(struct db *db, uint32_t holder);

/* Likewise only what has run out. */
int64_t message_take_expired(struct db *db);

/* How many are due, counted up to most.  Returns the number, or -1. */
int message_due(struct db *db, int most);

/* Broadcasts of which no message waits any more become sent.  Returns how
 * many, or -1 on failure. */
int64_t message_finish(struct db *db);

/* What a broadcast's messages say.  Returns 1, 0 if there is none, -1. */
int message_text(struct db *db, int64_t broadcast, struct message_text *out);

/* The choices of the first question, in the language of the text, if one of
 * them is to be chosen and a mail has room for all; else none.  Source: D1a. */
void message_offer(const struct question *questions, struct letter_text *text);

/* The name of the region or group of a recipient.why, "" if it names none, and
 * the intensity that the event has there as telegrams write it, else "".
 * Returns 0, or -1 on failure. */
int message_why(struct db *db, int64_t event, const char *why,
		const char **name, const char **level);

/* What waits now, and for how long the oldest that is due. */
struct message_queue {
	int64_t queued, sending, oldest_seconds;
};

/* Returns 0, or -1 on failure. */
int message_queue(struct db *db, struct message_queue *out);

#endif
