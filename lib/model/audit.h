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

#endif
