#ifndef MODEL_GROUP_H
#define MODEL_GROUP_H

/*
 * The organisation: a tree of groups, any depth.  Everything here is within
 * the reach of an account (reach.h).  Source: D1e, D3c.
 */
#include <stdint.h>

struct db;

struct group {
	struct group *next;
	int64_t id, parent; /* parent 0: at the top */
	const char *code, *name;
	int depth;	 /* 0: at the top of what the account sees */
	int64_t members; /* active people, those of groups below included */
};

/* Finds a group by id or by code.  Returns 1 and fills *out (depth 0); 0 if
 * there is none or it is out of reach, which looks the same on purpose; -1 on
 * failure. */
int group_find(struct db *db, int64_t account, int64_t id, struct group *out);
int group_find_code(struct db *db, int64_t account, const char *code,
		    struct group *out);

/* All groups within reach as a tree is read: each before those below it,
 * neighbours by code.  Returns 0 and sets *out, or -1. */
int group_tree(struct db *db, int64_t account, struct group **out);

/* Those directly below a group, by code; id 0: those at the top of what the
 * account sees.  Returns 0 and sets *out, or -1. */
int group_list_below(struct db *db, int64_t account, int64_t id,
		     struct group **out);

#endif
