#ifndef MODEL_GROUP_CHANGE_H
#define MODEL_GROUP_CHANGE_H

/*
 * Changing the tree, who is in it, and who manages it, within the reach of an
 * account.  Each act is one transaction with its audit line, whose object is
 * "group 12"; the caller fills in who acts.  grp_path is kept in the same
 * transaction, by sets, and open broadcasts are counted anew (model/tally.h).
 * Source: D1e, D2g, D3a, D3b, issue 3, 1.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/audit.h"

struct db;

enum {
	GROUP_CODE_MAX = 32, /* characters */
	GROUP_NAME_MAX = 100,
	GROUP_DEPTH_MAX = 100, /* levels */
};

enum group_result {
	GROUP_NOT_FOUND, /* or out of reach */
	GROUP_DONE,
	GROUP_CODE_TAKEN,
	GROUP_OWN_TOP,	  /* where the reach of the account begins */
	GROUP_BELOW_SELF, /* the new parent is the group or below it */
	GROUP_TOO_DEEP,
	GROUP_NOT_EMPTY,   /* people or groups are in it */
	GROUP_NO_ACCOUNT,  /* no open group admin of that login */
	GROUP_NOT_ALLOWED, /* a deputy names no admins */
};

/* What a transaction that changes the tree begins with, so that no two do at
 * once and make a circle.  0, or -1 on failure. */
int group_lock_tree(struct db *db);

/* Makes a group below a parent; parent 0: at the top, for who reaches
 * everybody only.  Returns a group_result, *id if done; -1 on failure. */
int group_add(struct db *db, const struct audit *audit, int64_t parent,
	      const char *code, const char *name, int64_t *id);

int group_rename(struct db *db, const struct audit *audit, int64_t id,
		 const char *code, const char *name);

/* Moves a group with all below it; parent 0: to the top. */
int group_move(struct db *db, const struct audit *audit, int64_t id,
	       int64_t parent);

/* Removes a group in which nobody is, also nobody who left, and below which
 * there is none; its admins lose it. */
int group_delete(struct db *db, const struct audit *audit, int64_t id);

/* Adds or takes out people, those of the account's reach; twice is once.  *done
 * gets how many that changed. */
int group_add_members(struct db *db, const struct audit *audit, int64_t id,
		      const int64_t *users, size_t count, int64_t *done);
int group_remove_members(struct db *db, const struct audit *audit, int64_t id,
			 const int64_t *users, size_t count, int64_t *done);

/* A number of a list, and whose it is. */
struct group_number {
	struct group_number *next;
	const char *staff_no;
	int64_t line; /* of the file it stands in, 0 if it was typed */
	int64_t user; /* 0: unknown, or out of reach */
	bool left;
};

/* Looks up the numbers of a list within the account's reach, and fills in whose
 * they are.  Returns 0, or -1. */
int group_find_numbers(struct db *db, int64_t account,
		       struct group_number *list);

/* Looks up numbers between blanks, commas and line ends, in their order.
 * Returns 0 and sets *out, or -1. */
int group_read_numbers(struct db *db, int64_t account, const char *text,
		       struct group_number **out);

/* Names a group admin for a group, or changes what he is; kind NULL: no more.
 * By system admins, and admins (not deputies) of the group or of one above. */
int group_set_admin(struct db *db, const struct audit *audit, int64_t id,
		    const char *login, const char *kind);

#endif
