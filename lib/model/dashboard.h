#ifndef MODEL_DASHBOARD_H
#define MODEL_DASHBOARD_H

/*
 * What the dashboard shows: counts of people, by choice, group, prefecture and
 * minute.  Only counters are read (table tally, kept by model/tally), never
 * recipients or answers, so the time does not grow with the people asked.
 *
 * Every query holds the account's reach: system admins and operators see all,
 * anyone else the subtrees of the groups he administers.  What is out of reach
 * looks as if it were not there.  Lists and strings live in the arena of db.
 * Source: D2a-f, D3c, issue 2 item 8.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

enum {
	DASHBOARD_BROADCASTS = 10, /* shown at once on the front page */
	DASHBOARD_POINTS = 120,	   /* most points of the curve */
	DASHBOARD_PREFECTURES = 47,
};

struct dashboard_choice {
	struct dashboard_choice *next;
	int64_t id;
	const char *text, *mark; /* mark: "good", "warn", "bad" or "" */
	unsigned column;	 /* from 0, over all questions */
	int64_t people;
};

struct dashboard_question {
	struct dashboard_question *next;
	int64_t id;
	const char *text;
	bool multiple; /* choices may add up to more than the answered */
	struct dashboard_choice *choices;
};

/* Mails, as table delivery counts them. */
struct dashboard_mails {
	int64_t messages, handed, refused, cancelled;
	int64_t accepted, deferred, bounced; /* of those handed (fate.h) */
};

/* A first asking; what is asked again counts to it. */
struct dashboard_broadcast {
	struct dashboard_broadcast *next;
	int64_t id;
	int64_t event; /* 0: none */
	const char *event_title;
	const char *subject, *kind, *state;
	bool drill;
	bool open; /* answers are taken */
	int64_t confirmed_at, closes_at;
	int64_t asked, answered;	      /* of those in reach */
	int64_t conflicts;		      /* by the function of them */
	struct dashboard_mails mails;	      /* re-askings included */
	bool delivery;			      /* false: not known for a part */
	unsigned columns;		      /* choices of all questions */
	struct dashboard_question *questions; /* in order */
};

/* What is open now. */
struct dashboard_list {
	struct dashboard_broadcast
		*broadcasts; /* DASHBOARD_BROADCASTS at most */
	int64_t more;	     /* open ones that are left over */
	int64_t groups; /* in reach; 0: nothing will ever be listed; several:
			   who is in two of them counts twice */
};

/* A group on the way down, topmost first, the shown one last. */
struct dashboard_crumb {
	struct dashboard_crumb *next;
	int64_t id;
	const char *name;
};

/* How many had answered by the end of a minute. */
struct dashboard_point {
	struct dashboard_point *next;
	int64_t at;
	int64_t answered;
};

/* A prefecture with anybody asked; a person counts in each that is his. */
struct dashboard_region {
	struct dashboard_region *next;
	int64_t prefecture; /* 1..47 */
	const char *name;
	int64_t asked, answered;
};

/* One broadcast as the account sees it from one group. */
struct dashboard {
	int64_t account;
	int64_t group; /* shown; 0: all in reach */
	int64_t above; /* whose groups the table lists; 0: the topmost ones */
	bool all;      /* the account sees every group */
	bool people;   /* the account may see persons, not only counts */
	bool gross;    /* several own groups: who is in two counts twice */
	struct dashboard_crumb *crumbs; /* none if group is 0 */
	struct dashboard_broadcast broadcast;
	struct dashboard_point *points;	  /* the curve, rising, in at most
					     DASHBOARD_POINTS points */
	struct dashboard_region *regions; /* by number */
};

struct dashboard_group {
	struct dashboard_group *next;
	int64_t id;
	const char *code, *name;
	bool below; /* there are groups below it */
	int64_t asked, answered;
	int64_t *choices; /* people, by column */
};

/* One asking: the broadcast itself, or asking its unanswered again. */
struct dashboard_asking {
	struct dashboard_asking *next;
	int64_t id;
	const char *state;
	int64_t confirmed_at;
	int64_t recipients;	      /* 0 unless the account sees all */
	struct dashboard_mails mails; /* likewise */
};

/*
 * Lists the first askings with questions that take answers, newest first,
 * counted for what the account may see; those that asked nobody in his reach
 * are left out.  0 or -1.
 */
int dashboard_list(struct db *db, int64_t account, struct dashboard_list *out);

/* Counts the conflicts (model/proxy.h) of what was listed or found.  0 or
 * -1. */
int dashboard_conflicts(struct db *db, int64_t account,
			struct dashboard_list *list);
int dashboard_own_conflicts(struct db *db, struct dashboard *d);

/*
 * Finds a broadcast as seen from a group (0: all in reach).  A re-asking's id
 * gives the first asking.  Returns 1 and fills *out; 0 if there is none or it
 * or the group is out of reach; -1 on failure.
 */
int dashboard_find(struct db *db, int64_t account, int64_t broadcast,
		   int64_t group, struct dashboard *out);

/* Lists the groups of the table that have anybody asked, most unanswered
 * first.  0 or -1. */
int dashboard_groups(struct db *db, const struct dashboard *d,
		     struct dashboard_group **out);

/* Lists the askings in order.  0 or -1. */
int dashboard_askings(struct db *db, const struct dashboard *d,
		      struct dashboard_asking **out);

#endif
