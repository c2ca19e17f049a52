#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

/*
 * An event: what the telegrams of one happening say together, and what a
 * person decided about it.
 *
 *   recorded   below every rule; a drill or a distant quake is always this
 *   prepared   a safety check waits for a person
 *   sent       a person sent it
 *   rejected   a person decided not to; may be taken up again
 *   cancelled  every telegram was taken back
 *   closed     a person closed it, or it is old: it holds its keys no more
 *
 * Telegrams move an event between recorded, prepared and cancelled
 * (model/quake.h), persons to sent and rejected (model/decision.h).
 * Source: D1k to D1m; DESIGN 8.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;

struct event {
	struct event *next; /* in a list, else NULL */
	int64_t id;
	const char *kind, *key, *state;
	bool drill; /* Status 訓練 or 試験: never asks anyone by itself */
	int64_t parent; /* main shock; 0: none */
	const char *title, *headline;
	const char *tsunami; /* "" if nothing was said */
	int64_t occurred_at; /* 0: not known, as in the times below */
	const char *epicentre;
	int depth_km;	       /* 0 very shallow, -1 not known */
	const char *magnitude; /* "7.6", or words, or "" */
	const char *max_level; /* "6+", 大津波警報 as in telegrams, or "" */
	int rank;	       /* of it: quakes 1 to 9, others 0 to 5 */
	int64_t issued_quick;  /* newest telegram of each kind */
	int64_t issued_full;
	const char *decided_by; /* name of the account, "" if none */
	int64_t decided_at;
	const char *reason; /* of a rejection */
	int64_t made_at;
	int64_t told_at; /* newest telegram */
	int64_t ends_at; /* lifted then, or valid until; 0: until lifted */
	int64_t closed_at;
	const char *closed_by; /* name of the account, "" by age */
	const char *made_by;   /* of one made by hand, else "" */
	const char *unknown;   /* codes newer than the tables, "" if none */
};

/* A prefecture of an event.  A check asks by the highest of both ranks: where
 * a warning was lifted it is still to be asked. */
struct event_region {
	struct event_region *next;
	const char *code, *name;
	const char *level; /* "5+" */
	int rank;	   /* as event.rank; 0: lifted since */
	int top_rank;	   /* highest so far, of all kinds but quakes */
	int decided_rank;  /* what was known at the last decision; 0: nothing */
};

/* Which events. */
struct event_filter {
	const char *state; /* NULL: any */
	const char *kind;  /* NULL: any */
	bool waiting;	   /* only those for a person: prepared, or decided and
			      raised in a prefecture since */
	int64_t before;	   /* id: only older ones, for paging; 0: all */
	int most;	   /* 0: all */
};

/* Finds one.  Returns 1 and fills *out, 0 if there is none, -1. */
int event_find(struct db *db, int64_t id, struct event *out);

/* Lists events, newest first.  Returns 0 and sets *out, or -1. */
int event_list(struct db *db, const struct event_filter *filter,
	       struct event **out);

/* Kinds as people read them: 地震, 津波, その他の災害; "" for none. */
const char *event_kind_show(const char *kind);

/* A broadcast made for an event: a check that a person sent, or what a rule
 * mailed by itself. */
struct event_mail {
	struct event_mail *next;
	int64_t broadcast;
	bool by_rule;
};

/* All of them, by id.  Returns 0 and sets *out, or -1. */
int event_mails(struct db *db, int64_t event, struct event_mail **out);

/* The first check of it that stands, a drill's too: its broadcast, 0 if there
 * is none, -1. */
int64_t event_first_check(struct db *db, int64_t event);

/*
 * In a WHERE, of a broadcast b: a check that stands.  A person sent it, no
 * rule; and it was not cancelled before any of it left, since then nobody was
 * asked.
 */
#define EVENT_CHECK_STANDS                                                     \
	"b.rule IS NULL AND (b.state <> 'cancelled' OR NOT EXISTS"             \
	" (SELECT 1 FROM delivery v WHERE v.broadcast = b.id"                  \
	"     AND v.handed = 0))"

/* Whether people were asked of it: one of its checks stands.  1, 0 or -1. */
int event_asked(struct db *db, int64_t event);

/* How many, paging left out; -1 on failure. */
int64_t event_count(struct db *db, const struct event_filter *filter);

/* The prefectures of an event, strongest first, then by code; those where it
 * was lifted last.  0 or -1. */
int event_regions(struct db *db, int64_t event, struct event_region **out);

/* The prefectures whose rank is another than at the last decision, strongest
 * first, those that went the same way together: rank 0 was taken back,
 * decided_rank 0 is new.  0 or -1. */
int event_revised(struct db *db, int64_t event, struct event_region **out);

/* The aftershocks under an event, newest first, at most 200.  0 or -1. */
int event_children(struct db *db, int64_t id, struct event **out);

/* A word of warning and where it stands now: 津波警報, 石川県、新潟県. */
struct event_warned {
	struct event_warned *next;
	const char *level, *places;
};

/* What tsunami are warned of now, of all open events together, highest first.
 * 0 or -1. */
int event_tsunami(struct db *db, int64_t now, struct event_warned **out);

/* The rank by which a check asks there. */
int event_region_rank(const struct event_region *region);

/*
 * Closing.  event_close is a person's act: 1 if done, 0 if there is no such
 * event or it is closed, -1.  A check that waits is decided by it: it is not
 * sent.  event_close_old closes those that ended a day ago or were told nothing
 * of for so many hours, as long as none waits; returns how many, or -1.
 */
struct audit;
int event_close(struct db *db, const struct audit *who, int64_t id);
int64_t event_close_old(struct db *db, int64_t now, int64_t hours);

/* An event as a telegram finds it. */
struct event_state {
	const char *state, *kind;
	int rank;
	bool sent; /* people were asked, once: what a cancel was taken back for
		      is not asked again by itself */
	int64_t parent;	 /* 0: it is under none */
	int parent_rank; /* of that main shock */
};

/* Returns 0 and fills *out, or -1. */
int event_state(struct db *db, int64_t id, struct event_state *out);

/* True if an event of this state may wait for a person. */
bool event_may_wait(const char *state);

/* Whether an event waits for a person, as the filter `waiting` lists them: 1, 0
 * or -1. */
int event_waits(struct db *db, int64_t id);

/* For telegrams: holds an event's row until the transaction ends; when it
 * ended, 0 if it has not by then, and when it was told of last; ends it for
 * another of its key.  0 or -1. */
int event_hold(struct db *db, int64_t id);
int event_ended(struct db *db, int64_t id, int64_t now, int64_t *at,
		int64_t *told_at);
int event_end(struct db *db, int64_t id, int64_t now);

enum { EVENT_LOOK_S = 90 }; /* so long one counts as looking */

/* Notes that an account looks at the event.  It stands with the account's
 * sessions: reading changes no event.  0 or -1.  Source: SCREENS, operator. */
int event_look(struct db *db, int64_t id, int64_t account, int64_t now);

/* The others who look at it now and since when, for people: 運用者
 * 2さん（03:12:41 から）; "" if nobody does.  Returns 0 and sets *names, or -1.
 */
int event_watchers(struct db *db, int64_t id, int64_t account, int64_t now,
		   const char **names);

#endif
