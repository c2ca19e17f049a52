#ifndef MODEL_TARGET_H
#define MODEL_TARGET_H

/*
 * Whom a broadcast goes to: the union of a list of targets without those that
 * are to be left out, each person once, people who left never.  Counting,
 * preview and enqueue share one SQL shape, so that the number a person typed
 * is the number asked.  Source: D2f, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

struct target {
	struct target *next; /* in a list, else NULL */
	const char *kind;    /* all, group, region, user, answered, unanswered
				or chose */
	const char *item;    /* "" for all; id of a group (those below it
				included), user, broadcast or choice; code of a
				prefecture (its municipalities included), for
				those who work or live there; "13:home,family"
				for those who have it for these purposes */
	bool minus;	     /* these are left out, whatever names them */
};

/*
 * Reads a target as people write it: "all", "group:CODE", "region:13",
 * "user:NUMBER" (of staff).  Returns 1 and fills *out; 0 if there is no such
 * one within the account's reach; -1 on failure.
 */
int target_parse(struct db *db, int64_t account, const char *text,
		 struct target *out);

struct prefecture {
	struct prefecture *next;
	const char *code, *name;
};

/* The prefectures, by code.  Returns 0 and sets *out, or -1. */
int target_prefectures(struct db *db, struct prefecture **out);

/* A person of the selection, for the preview. */
struct target_person {
	struct target_person *next;
	int64_t user;
	const char *staff_no, *name;
	const char *why; /* "work:13", "home:13", "group:7", "user", "all" */
};

/*
 * Counts the people of the union whom the account can reach (user.h); account
 * 0 is the product itself and reaches everyone.  Returns 0 and sets *people,
 * -1 on failure.
 */
int target_count(struct db *db, int64_t account, const struct target *list,
		 int64_t *people);

/* The first `most` of them by user id.  Returns 0 and sets *out, or -1. */
int target_preview(struct db *db, int64_t account, const struct target *list,
		   int most, struct target_person **out);

/* The targets of a broadcast.  Returns 0 and sets *out, or -1. */
int target_list(struct db *db, int64_t broadcast, struct target **out);

/* The system admins who are staff members, each once: whom alarms are mailed
 * to.  Returns 0 and sets *out, which is NULL if there is none, or -1. */
int target_admins(struct db *db, struct target **out);

/* A target as people read it. */
struct target_word {
	struct target_word *next;
	const char *kind, *name;	/* name of what is named; "" for all */
	const char *subject, *question; /* of a choice, else "" */
	bool minus;
};

/* The targets of a broadcast in words, at most a hundred of them.  Returns 0
 * and sets *out, or -1. */
int target_words(struct db *db, int64_t broadcast, struct target_word **out);

/*
 * Makes recipients of those with first <= user id <= last, why they were asked
 * with each.  In the caller's transaction.  Returns how many, or -1.
 */
int64_t target_enqueue(struct db *db, int64_t broadcast, int64_t account,
		       const struct target *list, int64_t first, int64_t last);

#endif
