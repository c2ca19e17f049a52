#ifndef MODEL_IMPORT_H
#define MODEL_IMPORT_H

/*
 * An import: a file of people, groups, memberships, regions or addresses
 * (layout.h), read, compared, shown, and then applied as a whole or not at all.
 *
 *   reading -> read        the file is in import_row; addresses were sealed
 *                          while it was read, and their text is kept nowhere
 *           -> refused     no file of the layout, or too many faults
 *   read    -> compared    the difference stands in import_change; a file with
 *                          refused lines stays here and cannot be confirmed
 *   compared -> confirmed  a person pressed "apply"
 *   confirmed -> applied   in one transaction
 *             -> read      what is stored has changed since it was compared:
 *                          nothing is done, it is compared anew
 *   reading, read, compared -> cancelled
 *
 * A whole file takes away what it does not name: people leave (they are kept),
 * groups that a file once named go if they are empty, memberships go where a
 * file governs the group, regions and addresses go unless the person registered
 * them.  Any other file changes what it names and takes away only where a row
 * says so.
 *
 * Source: D2j, D2k, D2l; DESIGN 4, 9.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/layout.h"

struct audit;
struct db;
struct digest_key;
struct seal_public;

enum {
	IMPORT_FAULTS_MAX = 10000, /* lines; then reading stops */
	IMPORT_FILE_MAX = 200,	   /* characters of a file's name */
};

struct import {
	struct import *next;
	int64_t id;
	enum layout_kind kind;
	bool whole;
	const char *source; /* screen, command or hr */
	const char *file, *stamp, *encoding, *state, *reason;
	int64_t bytes, rows;
	int64_t added, changed, removed, refused, warned;
	const char *actor, *confirmed_by;
	int64_t made_at, moved_at, ended_at;
};

/* What an import begins with. */
struct import_draft {
	enum layout_kind kind;
	bool whole;
	const char *source, *file;
	const char *stamp;	   /* of hr, else NULL */
	bool needs_end;		   /* the file must close with "#END,rows" */
	const struct audit *audit; /* who */
};

/* Keys that seal and compare; the same for every import. */
struct import_keys {
	const struct seal_public *seal;
	const struct digest_key *digest;
};

/* Loads both from the folder Path.Keys; ends the process on failure. */
struct import_keys import_keys_configured(void);

/* Reading ----------------------------------------------------------------- */

struct import_reader;

/* Begins an import in state "reading".  The reader lives until db->arena is
 * reset.  NULL on failure. */
struct import_reader *import_open(struct db *db,
				  const struct import_draft *draft,
				  const struct import_keys *keys);

/* Reads on.  0 to go on, 1 if the rest need not be read (the import is
 * refused: import_close says so), -1 on failure. */
int import_feed(struct import_reader *r, const char *bytes, size_t len);

/* Ends reading.  whole false: the file broke off.  *id gets the import, whose
 * state is now read or refused.  0, or -1 on failure. */
int import_close(struct import_reader *r, bool whole, int64_t *id);

/* Working --------------------------------------------------------------------
 */

/* Takes an import in state read and compares it.  0, or -1 on failure. */
int import_compare(struct db *db, int64_t id);

/* Lets a compared one be applied: taken is the number of removed that a person
 * typed, or -1.  What it answers: */
enum import_confirm {
	IMPORT_CONFIRMED = 0,
	IMPORT_GONE = 1,	/* it is not in state compared */
	IMPORT_FAULTY = 2,	/* it has refused lines */
	IMPORT_UNCHANGING = 3,	/* there is nothing to do */
	IMPORT_OTHER_COUNT = 4, /* the number must be typed, and is another */
};
int import_confirm(struct db *db, int64_t id, int64_t typed,
		   const struct audit *audit);

/* True if so many are removed that the number is asked for. */
bool import_must_type(const struct import *i);

/*
 * Applies a confirmed one.  Returns 1 if it is applied, 0 if what is stored is
 * no more what it was compared with: then nothing is changed, the import is in
 * state read, and what moved is in its faults; -1 on failure.
 */
int import_apply(struct db *db, int64_t id);

/* Stops one that is not confirmed.  1 done, 0 too late, -1 on failure. */
int import_cancel(struct db *db, int64_t id, const struct audit *audit);

/* Refuses one that is not applied for a reason (the brake of sync-hr holds it
 * instead, in state compared).  0 or -1. */
int import_refuse(struct db *db, int64_t id, const char *reason);
int import_hold(struct db *db, int64_t id, const char *reason);

/* The next that waits to be compared or applied.  1 and *id, *confirmed; 0
 * none; -1. */
int import_next(struct db *db, int64_t *id, bool *confirmed);

/* Ends what was left in the middle of reading, deletes rows of ended imports
 * (some at a time) and what is older than Import.KeepDays.  How much it did,
 * or -1. */
int64_t import_tidy(struct db *db);

/* How many there are now of what a whole file would name: what the brake of
 * sync-hr measures by.  -1 on failure. */
int64_t import_stored(struct db *db, enum layout_kind kind);

/* Looking ----------------------------------------------------------------- */

/* 1 and *out, 0 none, -1. */
int import_find(struct db *db, int64_t id, struct import *out);

/* Newest first, those with an id below `before` (0: all). */
int import_list(struct db *db, int64_t before, int most, struct import **out);

/* The newest stamp of an hr file of this kind that was applied, or changed
 * nothing; "" if none.
 * 0 or -1. */
int import_last_stamp(struct db *db, enum layout_kind kind, const char **out);

struct import_change {
	struct import_change *next;
	int64_t line; /* 0: not in the file */
	const char *item;
	const char *name; /* of the person or group, as stored; "" if new */
	const char *was[LAYOUT_FIELDS], *now[LAYOUT_FIELDS]; /* "" beyond */
};

/* The differences of an act (added, changed, removed) by line and item, those
 * after the place given (first: 0 and ""). */
int import_changes(struct db *db, const struct import *i, const char *act,
		   int64_t line, const char *item, int most,
		   struct import_change **out);

struct import_fault {
	struct import_fault *next;
	int64_t id;
	int64_t line; /* 0: the file */
	const char *field, *reason, *mend;
};

/* Faults of a kind (refused, warned, moved) by line and id, those after the
 * place given (first: 0 and 0). */
int import_faults(struct db *db, int64_t id, const char *kind, int64_t line,
		  int64_t after, int most, struct import_fault **out);

#endif
