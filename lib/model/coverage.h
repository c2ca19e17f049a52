#ifndef MODEL_COVERAGE_H
#define MODEL_COVERAGE_H

/*
 * How well people can be reached before anything happens: by the best of each
 * person's addresses, by how many he has, and what else a bureau lacks.
 * Active people within the reach of an account (reach.h), a group with all
 * below it, each person counted once; of an admin of several groups that do
 * not hold each other the sum of these.
 *
 *   good         an address confirmed within OWN_FRESH_DAYS
 *   unconfirmed  else one that was never confirmed, or longer ago
 *   full, filtered, dead   else why none of his works, the mildest
 *   none         he has no address
 *
 * Counting takes a while, so pages show what count-addresses found last, a
 * minute ago at most; asking people looks again.
 *
 * Source: D2h, D2i, B9, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct audit;
struct db;

struct coverage {
	struct coverage *next;
	int64_t group; /* 0: all within reach */
	const char *name;
	int64_t below; /* groups directly below */
	int64_t people, good, unconfirmed, full, filtered, dead, none;
	int64_t one, more;  /* people with one address, with several */
	int64_t regions;    /* people whose work and home are registered */
	int64_t askable;    /* people whom coverage_ask would mail */
	int64_t admins;	    /* accounts that can act for the group now */
	int64_t counted_at; /* 0: never yet */
};

/* Of a group, or with 0 of all within reach.  1 and *out; 0 if there is no
 * such group within reach; -1 on failure. */
int coverage_find(struct db *db, int64_t account, int64_t group,
		  struct coverage *out);

/* Of each group directly below, the one with the least share of good first; 0:
 * those at the top of what the account sees.  0 and *out, or -1. */
int coverage_below(struct db *db, int64_t account, int64_t group,
		   struct coverage **out);

/* People to be listed. */
enum coverage_filter {
	COVERAGE_ALL,
	COVERAGE_GOOD, /* as above */
	COVERAGE_UNCONFIRMED,
	COVERAGE_FULL,
	COVERAGE_FILTERED,
	COVERAGE_DEAD,
	COVERAGE_NONE,
	COVERAGE_BROKEN,    /* full, filtered or dead */
	COVERAGE_ONE,	    /* have one address only */
	COVERAGE_NO_REGION, /* work or home is not registered */
};

struct coverage_query {
	int64_t group; /* 0: all within reach */
	enum coverage_filter filter;
	const char *text; /* words of user_word.h; NULL: any */
	int64_t after;	  /* id of the last one of the page before */
	int most;
};

struct coverage_person {
	struct coverage_person *next;
	int64_t user;
	const char *staff_no, *name, *group;
	enum coverage_filter state; /* COVERAGE_GOOD .. COVERAGE_NONE */
	int64_t addresses;
	const char *domains; /* "***@a.example, ***@b.example" */
	int64_t checked_at;  /* last confirmation of any, 0: never */
	bool regions;
};

/* How many there are, `after` and `most` left aside; -1 on failure. */
int64_t coverage_count(struct db *db, int64_t account,
		       const struct coverage_query *query);

/* Lists them by id.  0 and *out, or -1. */
int coverage_list(struct db *db, int64_t account,
		  const struct coverage_query *query,
		  struct coverage_person **out);

enum coverage_asked { COVERAGE_ASKED, COVERAGE_OTHER_COUNT };

/*
 * Mails the unconfirmed people of a group who were not asked in the last
 * LINK_CHECK_GAP_DAYS the links that confirm their addresses (link_mail.h),
 * audited, if they are as many as expected.  A second press finds nobody left.
 * *people gets their number.  Returns enum coverage_asked, or -1.
 */
int coverage_ask(struct db *db, int64_t account, const struct audit *audit,
		 int64_t group, int64_t expected, int64_t *people);

/*
 * Counts anew, if a hundred times as long has passed as the last count took: so
 * that it never costs more than a hundredth of a core.  A slice of people is a
 * transaction; whatever breaks off, the next count is right.  Returns 1 if it
 * counted, 0 if it is not time, -1 on failure.
 */
int coverage_update(struct db *db);

/* How many user ids a slice takes; tests lower it. */
extern int coverage_slice_people;

#endif
