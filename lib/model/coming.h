#ifndef MODEL_COMING_H
#define MODEL_COMING_H

/*
 * Coming in: who can be at the office when, by what was answered to a
 * broadcast and to the calls of substitutes that followed it (call_of), beside
 * what each post needs (model/post.h).
 *
 * A question is known by its words: one that begins with 登庁 asks whether a
 * person can come, 登庁までの時間 after how many hours, 登庁の手段 by what way.
 * "できる" without a time means half an hour from the answer; "時間がかかる"
 * without one is coming, nobody knows when.  What a person answered last
 * counts.  Everything here is within the reach of an account (reach.h).
 * Source: B7, D3c.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;
struct question;

enum { COMING_STEPS = 5 };

/* Hours from now of each step. */
extern const int coming_steps[COMING_STEPS];

/* The questions of a call, in Japanese and English. */
struct question *coming_questions(struct arena *a);

/* What a choice tells of coming in; kept with it in choice.coming and
 * choice.minutes when its broadcast is made. */
struct coming_choice {
	const char *tells; /* "yes", "no", "unknown": whether; "time", "way";
			      "": a choice of another question */
	int minutes;	   /* until he is there, 0: not said */
};

/* Reads the words of a question and a choice of it: the one place that knows
 * what they mean. */
struct coming_choice coming_read(const char *question, const char *mark,
				 const char *choice);

/* What a person said, newest answer first. */
enum coming_state {
	COMING_NOTHING,
	COMING_UNKNOWN,
	COMING_NO,
	COMING_YES,
};

/*
 * The same as one number, which recipient.coming keeps and the counters of
 * tally add up (TALLY_COMING): one of coming_state, or, of who comes at a time
 * that is known, the minutes since 1970 when he is there, in steps of five: a
 * bureau then has few counters, and who says "within three hours" is no more
 * exact.
 *
 * In SQL, over a group of rows of choice `o`: COMING_SAID is the state, NULL if
 * nothing was said, COMING_MINUTES after how many minutes, NULL if no time was
 * said.  COMING_NUMBER is the number of both; at: when it was answered.
 */
#define COMING_SAID                                                            \
	"CASE WHEN SUM(o.coming = 'yes') > 0 THEN 3"                           \
	" WHEN SUM(o.coming = 'no') > 0 THEN 2"                                \
	" WHEN SUM(o.coming = 'unknown') > 0 THEN 1 END"
#define COMING_MINUTES                                                         \
	"COALESCE(MIN(IF(o.coming = 'time', NULLIF(o.minutes, 0), NULL)),"     \
	"         MIN(IF(o.coming = 'yes', NULLIF(o.minutes, 0), NULL)))"
#define COMING_NUMBER(said, minutes, at)                                       \
	"IF(" said " = 3, COALESCE("                                           \
	"  5 * FLOOR((UNIX_TIMESTAMP(" at ") / 60 + " minutes ") / 5), 3),"    \
	"  " said ")"

/* Minutes of "3時間以内", "30分", "2日"; 0 if the text begins otherwise. */
int coming_minutes(const char *text);

/* Whether anything was asked that tells who comes.  1, 0, or -1. */
int coming_is_asked(struct db *db, int64_t broadcast);

/* A group: people below it included. */
struct coming_bureau {
	struct coming_bureau *next;
	int64_t id;
	const char *name;
	bool below;		      /* there are groups below it */
	int64_t by[COMING_STEPS];     /* people there by then */
	int64_t needed[COMING_STEPS]; /* what its posts need by then */
	int64_t coming; /* all who come, also those nobody knows when */
	int64_t no, unknown, unanswered;
	int64_t needed_in_all;
};

/* Those directly below a group; 0: at the top of what the account sees.  now:
 * what the steps are counted from.  Returns 0 and sets *out, or -1. */
int coming_bureaus(struct db *db, int64_t account, int64_t broadcast,
		   int64_t group, int64_t now, struct coming_bureau **out);

/* A person named for a post. */
struct coming_person {
	struct coming_person *next;
	int64_t user;
	const char *name; /* "" if out of reach */
	bool substitute;
	enum coming_state state;
	int64_t arrives; /* 0: not known */
};

struct coming_post {
	struct coming_post *next;
	int64_t id, grp;
	const char *group, *name;
	int64_t needed, within;
	int64_t coming;	 /* of those named for it */
	int64_t in_time; /* of them, there within the hours of being asked */
	struct coming_person *people;
};

/* Posts of a group and below it (0: all in reach), those without anyone first,
 * then those short of people.  Returns 0 and sets *out, or -1. */
int coming_posts(struct db *db, int64_t account, int64_t broadcast,
		 int64_t group, struct coming_post **out);

struct broadcast_draft;
struct target;

/*
 * Asks the substitutes of a broadcast, those within reach, below a group (0:
 * any): the draft's targets and call_of are set here.  Two who press at the
 * same instant come one after the other, and the second finds those already
 * asked left out.  Returns as broadcast_make does.
 */
int coming_call(struct db *db, int64_t broadcast, int64_t group,
		struct broadcast_draft *draft, int64_t *id, int64_t *people);

/* Of such posts: the substitutes of those short of people who have neither
 * said no nor been called: targets, each by himself, and how many in *people.
 * Returns 0, or -1 on failure. */
int coming_substitutes(struct db *db, int64_t broadcast,
		       const struct coming_post *posts, struct target **out,
		       int64_t *people);

/* People by the way they come. */
struct coming_way {
	struct coming_way *next;
	const char *text;
	int64_t people;
};

/* Returns 0 and sets *out, or -1. */
int coming_ways(struct db *db, int64_t account, int64_t broadcast,
		struct coming_way **out);

#endif
