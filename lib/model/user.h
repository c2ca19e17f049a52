#ifndef MODEL_USER_H
#define MODEL_USER_H

/*
 * People: one number and one name each.  Everything here is within the reach
 * of an account (reach.h).  Source: D1i, D3c.
 */
#include <stdint.h>

struct db;

struct user {
	struct user *next;
	int64_t id;
	const char *staff_no, *name, *kana;
	const char *lang;  /* ja or en */
	const char *state; /* active or left */
	const char *group; /* name of one group, "" if in none */
};

/* Finds one by id or by number.  Returns 1 and fills *out, 0 if there is none
 * or it is out of reach, -1 on failure. */
int user_find(struct db *db, int64_t account, int64_t id, struct user *out);
int user_find_staff_no(struct db *db, int64_t account, const char *staff_no,
		       struct user *out);

/* Active people whose number begins with the text, or whose name or kana holds
 * it; by number, at most `most`.  Returns 0 and sets *out, or -1. */
int user_search(struct db *db, int64_t account, const char *text, int most,
		struct user **out);

#endif
