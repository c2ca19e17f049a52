#ifndef MODEL_DECISION_H
#define MODEL_DECISION_H

/*
 * What a person decides about an event: send the prepared check, reject it,
 * take it up again.  The check is made in full before the person looks, from
 * the rule and the newest telegrams: one press sends.
 * Source: D1k; DESIGN 7, 8; SCREENS, operator.
 */
#include <stdbool.h>
#include <stdint.h>

#include "model/event.h"

struct arena;
struct audit;
struct db;
struct target;

enum { DECISION_REASON_MAX = 500 }; /* characters */

/* A check as it would go out now. */
struct check {
	bool open;   /* a person may send it */
	bool raised; /* prefectures have reached the level since the decision */
	bool more;   /* people were asked before, and it asks those only */
	bool again;  /* it may be taken up again: what a person decided not to
			send; what was cancelled before any of it left; what
			was raised after the event was closed */
	int rank;    /* the level of the rule, as event.rank; 0: no rule */
	const char *level; /* in words: 震度5強以上 */
	const char *rule;  /* names of those that ask, by 、 */
	const char *kind;  /* safety, or drill for a drill's event */
	const char *subject, *body;
	const char *places;	/* 石川県、新潟県 */
	struct target *targets; /* NULL: nobody is to be asked */
	int64_t people;

	/* Of an aftershock, whose people a person may ask in part. */
	int64_t parent; /* the main shock, 0: none */
	const char *parent_title;
	int64_t parent_asked_at; /* 0: never */
	int64_t parent_asked;	 /* people */
	const char *stronger;	 /* prefectures shaken more than when asked */
	const char *fresh_places;
	struct target *fresh; /* of prefectures that were not asked */
	int64_t fresh_people;
};

/* Makes the check of an event.  Returns 0 and fills *out, or -1. */
int decision_check(struct db *db, const struct event *event,
		   const struct event_region *regions, struct check *out);

/* What comes of a press of "send". */
enum decision {
	DECISION_DONE = 0,
	DECISION_BEFORE = 1,	  /* this press was heard already */
	DECISION_NOT_OPEN = 2,	  /* cancelled, sent or rejected meanwhile */
	DECISION_NOBODY = 3,	  /* nobody lives or works there */
	DECISION_OTHER_COUNT = 4, /* the number typed is not the number */
	DECISION_UNKNOWN = 5,	  /* there is no such event */
	DECISION_OTHER_TEXT = 6,  /* typed over a text that is another now */
};

/* What a text is told by, in hexadecimal: another text has another mark. */
enum { DECISION_MARK_LEN = 64 }; /* characters */
const char *decision_mark(struct arena *a, const char *subject,
			  const char *body);

struct confirm {
	const struct audit *who; /* account 0: by anpictl */
	int64_t event;
	int64_t number;		    /* as typed */
	const unsigned char *press; /* BROADCAST_PRESS_LEN bytes, or NULL */
	bool fresh; /* of an aftershock: only prefectures not asked before */

	/* As typed, and the mark of the text that was there to be changed;
	 * NULL: the check's own.  What nobody changed goes out as it is now. */
	const char *subject, *body, *mark;
};

/*
 * Sends the check: makes its broadcast and notes the decision, all or nothing,
 * in a transaction of its own.  Returns a decision, with *broadcast set for
 * the first two, or -1 on failure.  *people, if not NULL, gets the number that
 * counts now.
 */
int decision_confirm(struct db *db, const struct confirm *confirm,
		     int64_t *broadcast, int64_t *people);

/*
 * Rejects a prepared check; of one sent before, asking the prefectures that
 * were raised since.  Or takes one up again, if check.again says that it may
 * be: the event is open from then on, and waits.  who: for the audit.
 * Returns 1 if done, 0 if the event is in another state, -1.
 */
int decision_reject(struct db *db, const struct audit *who, int64_t event,
		    const char *reason);
int decision_reopen(struct db *db, const struct audit *who, int64_t event);

/*
 * Sending by itself: a check that nobody has decided on for so many minutes
 * (setting decide.self; 0, as it is from the start: never) is sent as if
 * "自動" had pressed.  Never a drill's or a test's, an aftershock's, one made
 * by hand, one of a telegram that came late (inform.late), nor one on which
 * anybody has decided before.
 */
struct self_send {
	int64_t minutes; /* 0: it is off */
	int64_t at;	 /* when this check is sent; 0: never by itself */
	const char *why; /* why not, in Japanese; "" */
};

/* What would come of the event's check.  0 or -1. */
int decision_self_when(struct db *db, const struct event *event,
		       struct self_send *out);

/* Sends one that is due, in a transaction of its own.  Returns 1 if it did, 0
 * if none is due, -1. */
int decision_self(struct db *db, int64_t now);

/* A decision as it was made, with what was known then. */
struct decision_made {
	struct decision_made *next;
	int64_t at;
	const char *act; /* sent, rejected, folded or reopened */
	const char *by;	 /* name of the account, 自動, or "" for a command */
	const char *reason;
	int64_t people;
	const char *max_level, *magnitude, *epicentre, *tsunami;
	int depth_km;
};

/* All of an event, the oldest first.  0 or -1. */
int decision_list(struct db *db, int64_t event, struct decision_made **out);

/* 送信, 却下, まとめ, 判断待ちに戻す. */
const char *decision_act_show(const char *act);

/* Folds the prepared check of an aftershock into its main shock: nobody is
 * asked.  Returns likewise. */
int decision_fold(struct db *db, const struct audit *who, int64_t event,
		  const char *reason);

#endif
