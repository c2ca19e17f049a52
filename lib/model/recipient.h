#ifndef MODEL_RECIPIENT_H
#define MODEL_RECIPIENT_H

/*
 * The people a broadcast asked: what each answered, and whether the mail
 * reached him.  Answers are those to the root, mails those of it and of all
 * its retries.  Within the reach of an account (reach.h).  Source: D1j, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

enum recipient_filter {
	RECIPIENT_ALL,
	RECIPIENT_ANSWERED,
	RECIPIENT_UNANSWERED,
	RECIPIENT_UNDELIVERED, /* not answered, and no mail that was handed
				  over to a usable address and did not
				  bounce: to be phoned */
	RECIPIENT_REPORTED,    /* not answered, but reported unasked */
	RECIPIENT_PROXY,       /* others told what counts */
	RECIPIENT_CONFLICT,    /* he and others told different things */
};

/* Which people; 0 and NULL mean any. */
struct recipient_query {
	int64_t broadcast;
	enum recipient_filter filter;
	int64_t choice;	     /* who chose it */
	int64_t group;	     /* of the group or below it */
	const char *region;  /* code of a prefecture: works or lives there */
	bool work;	     /* with region: works there */
	const char *text;    /* words of user_word.h */
	const char *comment; /* in the comment of the answer that counts */
	int64_t user;	     /* he alone */
	bool active;	     /* without those who left */
	int64_t after;	     /* user id: only higher ones, for paging */
	int most;
};

struct recipient {
	struct recipient *next;
	int64_t user;
	const char *staff_no, *name;
	const char *group; /* "" if in none */
	const char *why;
	int64_t answered_at; /* 0: not answered */
	const char *answer;  /* "無事、できる" */
	const char *marks;   /* mark of each choice, "good,good" */
	const char *comment;
	const char *texts;    /* what was written (questions.h) */
	const char *delivery; /* of the message that reached him, or of the
				 newest: its fate (fate.h), or its state
				 while none is known; "" if there is none */
	const char *address;  /* state of that message's address */
	bool proxy;	      /* others told the answer that counts */
	const char *source;   /* of the newest proxy: family, ..., else "" */
	const char *certainty;
	bool conflict;
	const char *other;   /* if so: what the newest proxy says */
	int64_t reported_at; /* own report of one who has not answered, since
				the day before he was asked; 0: none */
	const char *safety, *coming; /* of it, words of self_report */
	int64_t replied_at;	     /* 0: no reply to him */
};

/* Lists people by user id.  Returns 0 and sets *out, or -1. */
int recipient_list(struct db *db, int64_t account,
		   const struct recipient_query *query, struct recipient **out);

/* How many the query names, paging left out.  Returns -1 on failure. */
int64_t recipient_count(struct db *db, int64_t account,
			const struct recipient_query *query);

/* Makes them the targets of another broadcast, each by himself, in the
 * caller's transaction.  Returns how many, or -1. */
int64_t recipient_target(struct db *db, int64_t account,
			 const struct recipient_query *query,
			 int64_t broadcast);

/* What a link is made from. */
struct recipient_link {
	struct recipient_link *next;
	int64_t root, user;
	const char *staff_no;
	uint8_t generation;
};

/* Those of a broadcast with a user id above after, at most `most`, by user id.
 * For tools: everybody.  Returns 0 and sets *out, or -1. */
int recipient_links(struct db *db, int64_t broadcast, int64_t after, int most,
		    struct recipient_link **out);

#endif
