#ifndef MODEL_GROUP_H
#define MODEL_GROUP_H

/*
 * The organisation: a tree of groups, any depth.  Everything here is within
 * the reach of an account (reach.h).  Source: D1e, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

struct group {
	struct group *next;
	int64_t id, parent; /* parent 0: at the top */
	const char *code, *name;
	int depth;	 /* 0: at the top of what the account sees */
	int64_t members; /* active people, those of groups below included */
	const char
		*path; /* "経済政策省 / 大臣官房" above it; of group_search */
};

/* 1 if the group is one that the account may manage, 0 if not, or -1. */
int group_is_in_reach(struct db *db, int64_t account, int64_t id);

/* Finds a group by id or by code.  Returns 1 and fills *out (depth 0); 0 if
 * there is none or it is out of reach, which looks the same on purpose; -1 on
 * failure. */
int group_find(struct db *db, int64_t account, int64_t id, struct group *out);
int group_find_code(struct db *db, int64_t account, const char *code,
		    struct group *out);

/* All groups within reach as a tree is read: each before those below it,
 * neighbours by code.  Members are those that count-addresses found last, a
 * minute ago at most, 0 if it has not come by: counting them here would read
 * everybody.  Returns 0 and sets *out, or -1. */
int group_tree(struct db *db, int64_t account, struct group **out);

/* The same without members, for lists to choose from. */
int group_names(struct db *db, int64_t account, struct group **out);

/* Those directly below a group, by code; id 0: those at the top of what the
 * account sees.  Returns 0 and sets *out, or -1. */
int group_list_below(struct db *db, int64_t account, int64_t id,
		     struct group **out);

/* Groups whose code or name holds the text, by code, with their paths: those
 * after the code `after`, at most `most`.  *count gets how many there are.
 * Returns 0 and sets *out, or -1. */
int group_search(struct db *db, int64_t account, const char *text,
		 const char *after, int most, struct group **out,
		 int64_t *count);

/* Those above a group and itself, from the top of what the account sees;
 * members are not counted.  Returns 0 and sets *out, or -1. */
int group_path(struct db *db, int64_t account, int64_t id, struct group **out);

/* Who manages a group: named for it, not for one above it. */
struct group_admin {
	struct group_admin *next;
	int64_t account;
	const char *login, *name;
	const char *kind; /* admin or deputy */
	bool disabled;
};

/* By login.  Returns 0 and sets *out, or -1. */
int group_admins(struct db *db, int64_t id, struct group_admin **out);

#endif
