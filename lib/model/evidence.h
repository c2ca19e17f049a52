#ifndef MODEL_EVIDENCE_H
#define MODEL_EVIDENCE_H

/*
 * What can be proven later: a chain of signed records (base/chain.h) in the
 * table evidence, which one program can add to and none can change.
 *
 *   audit      lines of the audit, by the hash of a run of them; object: the
 *              last one's number
 *   broadcast  the decision, the telegrams it stood on, the mail's text, the
 *              questions, the targets and the people asked; object: its id
 *   counts     who had answered what by then, and how many mails had gone
 *              where; object: the broadcast
 *
 * A record's document is JSON with sorted keys, kept beside it: it stays what
 * it was when names, groups and answers change.  Source: B11, S6; DESIGN 9.
 */
#include <stdint.h>

#include "base/chain.h"

struct db;
struct sign_private;

/* More people than that are not named but by their hash. */
enum { EVIDENCE_PEOPLE_MOST = 100000 };

/* How to seal; times in microseconds. */
struct evidence_rules {
	const struct sign_private *key;
	int64_t now;
	int64_t delay; /* before an audit line is sealed: one before it may
			  still be on its way in another transaction */
	int64_t every; /* between two runs of audit lines; counts of an open
			  broadcast are sealed a tenth as often */
};

/* Seals what is due.  Returns how many records were made, or -1. */
int evidence_seal(struct db *db, const struct evidence_rules *rules);

struct evidence {
	struct evidence *next;
	struct chain_record record;
	const char *document;
};

/* Lists records after number `after`, in order.  Returns 0 and sets *out, or
 * -1. */
int evidence_list(struct db *db, int64_t after, int most,
		  struct evidence **out);

/* Compares a record's document with its hash, and with what the database says
 * now.  Returns 0 with *difference a phrase, NULL if there is none, or -1. */
int evidence_compare(struct db *db, const struct evidence *e,
		     const char **difference);

#endif
