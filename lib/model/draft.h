#ifndef MODEL_DRAFT_H
#define MODEL_DRAFT_H

/*
 * A broadcast that is being written: the form as its page sends it, so that
 * leaving the page loses nothing.  A draft is its writer's alone.  Each save
 * raises its version, and one that was made from an older version is refused:
 * the second of two browsers is told.  Source: D1d, D2a.
 */
#include <stdint.h>

#include "model/broadcast.h"

struct db;

enum { DRAFT_FORM_MAX = 256 * 1024 }; /* bytes */

struct draft {
	struct draft *next;
	int64_t id, version; /* id 0: not saved yet */
	const char *subject; /* to find it again, may be "" */
	const char *form;    /* urlencoded (web/form.h), "" in a list */
	int64_t saved_at;
};

/*
 * Saves it, as a new one if it has no id.  Returns 1 with id, version and
 * saved_at set; 0 if there is none of that id and version any more: saved from
 * elsewhere meanwhile, sent, or deleted; -1 on failure.
 */
int draft_save(struct db *db, int64_t account, struct draft *draft);

/* Finds one of the account.  Returns 1 and fills *out, 0, or -1. */
int draft_find(struct db *db, int64_t account, int64_t id, struct draft *out);

/* Lists those of the account with a text in their subject (NULL: any), last
 * saved first, at most `most`.  Returns 0 and sets *out, or -1. */
int draft_list(struct db *db, int64_t account, const char *text, int most,
	       struct draft **out);

/* How many such it has.  Returns -1 on failure. */
int64_t draft_count(struct db *db, int64_t account, const char *text);

/* Returns 1, 0 if there is none, -1 on failure. */
int draft_delete(struct db *db, int64_t account, int64_t id);

/* Makes the broadcast (broadcast_make) and, if that was done, deletes the
 * draft, in one transaction; id 0: there is none. */
int draft_send(struct db *db, int64_t id, const struct broadcast_draft *what,
	       int64_t *broadcast, int64_t *people);

#endif
