#ifndef MODEL_USER_H
#define MODEL_USER_H

/*
 * People: one number and one name each.  Everything here is within the reach
 * of an account (reach.h).  Changing them: user_change.h.  Source: D1i, D3c,
 * issue 3, 1.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

enum {
	USER_NO_MAX = 32, /* characters */
	USER_NAME_MAX = 100,
	USER_KANA_MAX = 100,
};

struct user {
	struct user *next;
	int64_t id;
	const char *staff_no, *name, *kana;
	const char *lang;  /* ja or en */
	const char *state; /* active or left */
	const char *group; /* name of one group, "" if in none */
	int64_t addresses; /* how many, and how many of them may arrive */
	int64_t usable;
	int64_t version; /* raised by each change */
	int64_t changed_at, left_at;
	const char *changed_by; /* name of the account, "" if a program */
};

/* Finds one by id or by number.  Returns 1 and fills *out, 0 if there is none
 * or it is out of reach, -1 on failure. */
int user_find(struct db *db, int64_t account, int64_t id, struct user *out);
int user_find_staff_no(struct db *db, int64_t account, const char *staff_no,
		       struct user *out);

/* The id of whoever has a number, in reach or not, left or not: for auditors,
 * who search by numbers and see nobody.  1 and *id, 0 or -1. */
int user_of_number(struct db *db, const char *staff_no, int64_t *id);

/* By address state: whom mail can reach. */
enum user_mail {
	USER_MAIL_ANY,
	USER_MAIL_NONE,	    /* no address at all */
	USER_MAIL_UNUSABLE, /* addresses, and each is dead, full or filtered */
	USER_MAIL_UNCONFIRMED, /* a usable one, but none is confirmed */
	USER_MAIL_CONFIRMED,
};

/* Which people; 0 and NULL mean any. */
struct user_query {
	const char *text;   /* words of user_word.h */
	int64_t group;	    /* in the group or below it */
	int64_t member_of;  /* in the group itself */
	int64_t not_in;	    /* not in the group itself */
	const char *region; /* code of a prefecture, for any purpose */
	enum user_mail mail;
	const char *state; /* active or left */
	const char *after; /* number: only higher ones, for paging */
	int most;
};

/* Lists people by number.  Returns 0 and sets *out, or -1. */
int user_list(struct db *db, int64_t account, const struct user_query *query,
	      struct user **out);

/* How many the query names, paging left out.  Returns -1 on failure. */
int64_t user_count(struct db *db, int64_t account,
		   const struct user_query *query);

/* Parts of one person's page; ask user_find before.  Each returns 0 and sets
 * *out, or -1. */

struct user_group {
	struct user_group *next;
	int64_t id;
	const char *name, *path; /* "経済政策省 / 大臣官房" above it */
};

/* Groups within reach, by id. *others gets how many more there are. */
int user_groups(struct db *db, int64_t account, int64_t id,
		struct user_group **out, int64_t *others);

struct user_region {
	struct user_region *next;
	const char *purpose;		      /* work, home, family */
	const char *code, *name, *prefecture; /* "" if it is one itself */
};

int user_regions(struct db *db, int64_t id, struct user_region **out);

struct user_address {
	struct user_address *next;
	int64_t place;
	const char *domain, *class, *state;
	int64_t checked_at;
};

int user_addresses(struct db *db, int64_t id, struct user_address **out);

struct user_answer {
	struct user_answer *next;
	int64_t broadcast;
	const char *subject, *kind;
	int64_t asked_at, answered_at; /* answered_at 0: not yet */
	const char *answer, *comment;
};

/* What the person was asked and answered, newest first, at most `most`. */
int user_answers(struct db *db, int64_t id, int most, struct user_answer **out);

struct user_account {
	struct user_account *next;
	const char *login, *role, *state;
};

int user_accounts(struct db *db, int64_t id, struct user_account **out);

/* A region that people name by code, or by the name of a prefecture or of a
 * municipality ("札幌市中央区", "東京都"). */
enum { REGION_NONE, REGION_FOUND, REGION_SEVERAL };

/* REGION_FOUND and *code; REGION_SEVERAL and *code, the codes with their
 * prefectures; REGION_NONE; or -1. */
int region_find(struct db *db, const char *text, const char **code);

#endif
