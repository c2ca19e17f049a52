#ifndef MODEL_REPORT_H
#define MODEL_REPORT_H

/*
 * Self-reports: what people told of themselves without being asked (/s/), for
 * those in charge of them.  A person's latest report is what counts.  Storing
 * one: answer.h.  Everything here is within the reach of an account (reach.h).
 * Source: D1b, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

struct report {
	struct report *next;
	int64_t user, at;
	const char *staff_no, *name;
	const char *group;  /* name of one group, "" if in none */
	const char *safety; /* safe, slight or serious */
	const char *coming; /* now, later, no or unknown */
	const char *comment;
	bool asked; /* a safety check asks him at the moment */
};

/* Which reports; NULL and false mean any. */
struct report_query {
	int64_t since;
	const char *text; /* words of user_word.h */
	const char *safety;
	bool unasked; /* of whom no open safety check asks */
	/* Only those older than this one, for paging; 0: from the newest. */
	int64_t before_at, before_user;
	int most;
};

/* Lists the latest report of each person who made one since then, newest
 * first.  Returns 0 and sets *out, or -1. */
int report_list(struct db *db, int64_t account,
		const struct report_query *query, struct report **out);

/* How many people the query names, paging left out.  -1 on failure. */
int64_t report_count(struct db *db, int64_t account,
		     const struct report_query *query);

struct report_counts {
	int64_t people, slight, serious; /* the last two: of the people */
};

/* Counts people by their latest report since then.  Returns 0, or -1. */
int report_summary(struct db *db, int64_t account, int64_t since,
		   struct report_counts *out);

/* The reports of a person, newest first, `most` at most.  Returns 0 and sets
 * *out (without the columns of the person), or -1. */
int report_of(struct db *db, int64_t account, int64_t user, int most,
	      struct report **out);

#endif
