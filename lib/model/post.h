#ifndef MODEL_POST_H
#define MODEL_POST_H

/*
 * A post: a duty of a group that needs so many people within so many hours
 * after a disaster, with the people named for it and their substitutes
 * (model/coming.h says who of them comes).  Everything here is within the
 * reach of an account (reach.h); people named by somebody who reaches more
 * stay as they are.  Source: B7, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct audit;
struct db;

enum {
	POST_NAME_MAX = 100, /* characters */
	POST_NEEDED_MAX = 1000,
	POST_WITHIN_MAX = 72,  /* hours */
	POST_PEOPLE_MAX = 200, /* of one kind */
};

struct post {
	struct post *next;
	int64_t id, grp;
	const char *group; /* its name */
	const char *name;
	int64_t needed, within;
	int64_t version;
	int64_t people, substitutes; /* how many are named */
};

struct post_query {
	const char *text; /* in its name or its group's; NULL: any */
	int64_t group;	  /* of the group or below it; 0: any */
	int64_t skip;	  /* of the order by group and name, for paging */
	int most;
};

/* Lists posts by group and name.  Returns 0 and sets *out, or -1. */
int post_list(struct db *db, int64_t account, const struct post_query *query,
	      struct post **out);

/* How many the query names, paging left out.  Returns -1 on failure. */
int64_t post_count(struct db *db, int64_t account,
		   const struct post_query *query);

/* Returns 1 and fills *out, 0 if there is none or it is out of reach, -1. */
int post_find(struct db *db, int64_t account, int64_t id, struct post *out);

struct post_person {
	struct post_person *next;
	int64_t user;
	const char *staff_no, *name;
	bool substitute;
};

/* Those named whom the account reaches, the first ones first.  Returns 0 and
 * sets *out, or -1. */
int post_people(struct db *db, int64_t account, int64_t id,
		struct post_person **out);

enum post_saved {
	POST_NOT_FOUND, /* it or its group is out of reach */
	POST_SAVED,
	POST_CHANGED, /* somebody changed it since this version */
	POST_TAKEN,   /* the group has one of this name */
};

/* Makes (id 0) or changes a post with its people, with an audit entry of
 * before and after, all or nothing.  Returns a post_saved and sets *id, or
 * -1. */
int post_save(struct db *db, int64_t account, const struct audit *audit,
	      const struct post *post, const struct post_person *people,
	      int64_t *id);

/* Removes it.  Returns 1, 0 if there is none within reach, -1. */
int post_remove(struct db *db, int64_t account, const struct audit *audit,
		int64_t id);

#endif
