#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

/*
 * Who did or read what.  Lines are only ever added.  An act that cannot be
 * logged does not happen: call audit_add inside the transaction of the act,
 * and before showing what was read.  Source: S6, S7.
 */
#include <stdint.h>

struct db;

struct audit {
	int64_t account;     /* 0: none, as for a program */
	const char *actor;   /* login, or name of the program */
	const char *network; /* address it came from, "" if local */
	const char *action;  /* noun and verb: "login failed" */
	const char *object;  /* "broadcast 12", "" if none */
	int64_t people;	     /* persons touched or shown */
	const char *detail;  /* ids and counts, no personal data */
};

/* Adds a line.  NULL texts count as "".  0 or -1. */
int audit_add(struct db *db, const struct audit *line);

/* Searching it: for auditors, whose program may read it and of people only
 * numbers.  Reading
 * is logged as well, by the page. */

struct audit_line {
	struct audit_line *next;
	int64_t seq, at;
	const char *actor, *network, *action, *object;
	int64_t people;
	const char *detail;
};

/* Which lines; 0 and NULL mean any. */
struct audit_query {
	const char *actor;   /* the login or program, whole */
	const char *action;  /* its beginning: "user", "login failed" */
	const char *object;  /* whole: "group 12" */
	const char *whose;   /* id of a person, as text: whatever the object is
				of his, "user 12" or "broadcast 3 user 12" */
	int64_t from, until; /* until is not included */
	int64_t before;	     /* seq: only lower ones, for paging */
	int most;
};

/* Lines, newest first.  Returns 0 and sets *out, or -1. */
int audit_list(struct db *db, const struct audit_query *query,
	       struct audit_line **out);

/* How many the query names, paging left out, counted up to `limit`; -1 on
 * failure. */
int64_t audit_count(struct db *db, const struct audit_query *query,
		    int64_t limit);

/* 1 and *out, 0 if there is none, or -1. */
int audit_find(struct db *db, int64_t seq, struct audit_line *out);

#endif
