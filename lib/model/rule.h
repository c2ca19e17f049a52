#ifndef MODEL_RULE_H
#define MODEL_RULE_H

/*
 * A rule says: from which level on an event of a kind, in which places, does
 * what, for whom, with which text.
 *
 *   prepare  a safety check, for a person to send (model/decision.h)
 *   inform   mails at once (model/inform.h)
 *   page     mails those on duty at once, that a decision waits
 *
 * Drills mail nobody by themselves, whatever the rules say.
 * Source: D1k to D1o; DESIGN 8; SCREENS, rules.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct audit;
struct db;
struct target;

enum {
	RULE_NAME_MAX = 100, /* characters, as those below */
	RULE_AREAS_MAX = 500,
	RULE_SUBJECT_MAX = 200,
	RULE_BODY_MAX = 4000,
	RULE_PREFECTURES = 47,
};

struct rule {
	struct rule *next; /* in a list, else NULL */
	int64_t id;
	const char *name;
	const char *kind;     /* as event.kind */
	const char *part;     /* any; of a quake also quick or full: by which of
				 its two streams it is told; of the weather
				 also rain or tornado: those telegrams alone */
	int rank;	      /* least: quakes 1 to 9, else 1 to 5 */
	const char *regions;  /* prefectures it is about, "13,14"; "": all */
	const char *areas;    /* names as telegrams write them, by 、 (coasts,
				 volcanoes, rivers); "": all */
	const char *purposes; /* "work,home": whose regions count */
	const char *audience; /* regions, chosen, all or operators */
	const char *action;   /* prepare, inform or page */
	bool again;	      /* again when it rises; else once for an event */
	bool lifting;	      /* also when it is lifted */
	bool quiet;	      /* inform: not in the quiet hours */
	const char *subject, *body; /* with {title} and the like */
	bool active;
	int64_t version;
	const char *changed_by; /* name of the account, "" if nobody did */
	int64_t changed_at;
	int64_t readers; /* groups and persons that are chosen */
};

/* A variable of a text. */
struct rule_value {
	const char *name, *text;
};

/* Which rules; NULL: any. */
struct rule_filter {
	const char *kind;
	const char *action;
	bool active; /* only those that are switched on */
};

/* Lists rules, the most watchful of a kind first.  Returns 0 and sets *out,
 * or -1. */
int rule_list(struct db *db, const struct rule_filter *filter,
	      struct rule **out);

/* Finds one by its id: 1 and *out, 0, or -1. */
int rule_get(struct db *db, int64_t id, struct rule *out);

/* Finds the rule that prepares a check for this kind of event ("quake"): of
 * several active ones the most watchful.  Returns 1 and fills *out, 0 if there
 * is none, -1 on failure. */
int rule_find(struct db *db, const char *kind, struct rule *out);

/*
 * Whether an event calls for a check: a prefecture, by its number, reaches the
 * level of one of these rules, the active ones of its kind, that prepares one
 * and is about it; or a missile as a whole, of which no place may be known.
 */
bool rule_prepares(struct arena *a, const struct rule *list, const char *kind,
		   const int *ranks, int rank);

/* True if the rule is about a prefecture, "13"; about an area of this name. */
bool rule_covers(const struct rule *rule, const char *prefecture);
bool rule_names(const struct rule *rule, const char *area);

/* Whom a rule of audience "chosen" or "operators" mails (those who are called
 * first, model/duty.h), or everybody.  NULL: nobody.  Returns 0 and sets *out,
 * or -1. */
int rule_targets(struct db *db, const struct rule *rule, struct target **out);

/* The chosen ones as a person types them, "group:910 user:A12" by lines. */
int rule_readers(struct db *db, int64_t rule, const char **out);

/* A target of a region, for the people who have it for these purposes. */
struct target *rule_region(struct arena *a, const struct rule *rule,
			   const char *prefecture);

enum rule_saved {
	RULE_SAVED = 1,
	RULE_GONE = 0, /* changed or gone meanwhile: nothing is stored */
};

/*
 * Stores a rule, a new one if its id is 0, with its chosen readers, and audits
 * it with before and after.  version is the one that was shown.  Returns a
 * rule_saved with rule->id set, or -1 on failure.
 */
int rule_save(struct db *db, const struct audit *who, struct rule *rule,
	      const struct target *readers);

/* Switches a rule on or off, audited.  1, 0 if there is none or it stands so
 * already, -1. */
int rule_switch(struct db *db, const struct audit *who, int64_t id, bool on);

/* A name that stands in {} and is none of those a text may use, or NULL. */
const char *rule_unknown(struct arena *a, const char *text);

/* The names that a text may use, by spaces, for people. */
const char *rule_names_shown(void);

/* A rank as a person reads it: 震度5強以上, 警報以上. */
const char *rule_rank_show(struct arena *a, const char *kind, int rank);

/* Puts values in place of {name}.  A name that is not among them stays as it
 * is written; values are not looked through again.  A line that has nothing
 * but an empty value is left out. */
char *rule_fill(struct arena *a, const char *text,
		const struct rule_value *values, size_t count);

#endif
