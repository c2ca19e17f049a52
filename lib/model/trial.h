#ifndef MODEL_TRIAL_H
#define MODEL_TRIAL_H

/*
 * Rules tried against history: telegrams of the past go the way on which they
 * come in (telegram_take: reader, event, rules, mail, check), and what would
 * have gone out is listed.  Nobody is mailed and nothing stored changes, since
 * all this writes goes into temporary tables of a connection of its own (see
 * trial.c).
 *
 * Each telegram is taken as if it had come in the second in which it was
 * issued; whom a rule names are the people of today; no person decides, so a
 * check that was prepared waits.  Source: B10.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct rule;
struct target;
struct trial;

enum {
	TRIAL_TELEGRAMS_MAX = 10000,
	TRIAL_DAYS_MAX = 7,
	TRIAL_SECONDS = 20, /* a trial that takes longer stops there */
	TRIAL_ACTS_MAX = 1000,
};

/* How the rules differ from those that are stored. */
struct trial_draft {
	struct rule *rule; /* as it is written, not saved; id 0: another one;
			      NULL: none */
	const struct target *readers; /* of it */
	bool switched; /* else those are on that are stored as on */
	const int64_t *on;
	size_t on_count; /* on are these, and the rule as it says itself */
};

enum trial_kind {
	TRIAL_INFORM,
	TRIAL_PAGE,
	TRIAL_PREPARE,	/* a check waits for a person */
	TRIAL_MORE,	/* the check that waits asks others too, or fewer */
	TRIAL_WITHDRAW, /* it waits no more: taken back */
};

/* Something that would have happened. */
struct trial_act {
	struct trial_act *next;
	int64_t at;
	enum trial_kind kind;
	int64_t rule;
	const char *rule_name;
	const char *mark;    /* 訂正, 解除, 取消, else "" */
	const char *subject; /* of the mail; places of a check */
	int64_t people;
	int64_t broadcast; /* of the trial; 0: a check */
	int64_t send_at;   /* waits for the morning until then; 0: at once */
	bool overtaken;	   /* before that: it does not leave */
	int64_t event; /* of the trial: the same for what belongs together */
	const char *event_kind, *title;
	bool aftershock; /* its event is shown under a main shock */
};

/* A rule, and what it did. */
struct trial_rule {
	struct trial_rule *next;
	int64_t id;
	const char *name, *kind, *action;
	bool active;
	bool nobody; /* it names no reader, so it never mails */
	int64_t acts;
	int64_t people; /* all acts together */
	int64_t most;	/* of one act */
};

/* A telegram, or a file, that could not be read. */
struct trial_fault {
	struct trial_fault *next;
	const char *name, *reason;
};

struct trial_result {
	int64_t telegrams; /* taken, those before the span left out */
	int64_t applied;
	int64_t events;
	int64_t act_count; /* of which `acts` lists the first ones */
	struct trial_act *acts;
	struct trial_rule *rules;
	struct trial_fault *faults;
	int64_t fault_count;
	int64_t stopped_at; /* time was over: issued then; 0: all were taken */
	int64_t took;	    /* microseconds */
};

enum trial_opened {
	TRIAL_OPENED = 1,
	TRIAL_GONE = 0, /* the rule that is written was changed meanwhile */
};

/*
 * Begins a trial.  db: where history and people are read, and whose arena the
 * result lives in; own: a connection for the trial alone, that the caller
 * closes (db_beside) and uses for nothing else.  Returns a trial_opened, with
 * *out, or -1.
 */
int trial_open(struct db *db, struct db *own, const struct trial_draft *draft,
	       struct trial **out);

/* Takes one telegram, in the order in which they were issued.  Returns 1, 0
 * if the time is over, -1 on failure. */
int trial_take(struct trial *t, const char *name, const char *bytes, size_t len,
	       int64_t issued_at);

/* Notes what could not be taken. */
void trial_fault(struct trial *t, const char *name, const char *reason);

/*
 * Takes what is stored of a span, after what is stored of the three days
 * before it of the same events, which is not counted.  Returns 1; 0 if these
 * are more than TRIAL_TELEGRAMS_MAX, and nothing is taken; -1.
 */
int trial_stored(struct trial *t, int64_t from, int64_t to);

/* What came of it.  Returns 0 or -1. */
int trial_end(struct trial *t, struct trial_result *out);

/* A day of which telegrams are stored, for a person to choose. */
struct trial_day {
	struct trial_day *next;
	const char *day; /* 2024-01-01, in Japan */
	int64_t telegrams;
};

/* The days of the last two weeks, and those before on which a check was
 * prepared, newest first, at most 20.  Returns 0 and sets *out, or -1. */
int trial_days(struct db *db, int64_t now, struct trial_day **out);

/* The first instant of a day in Japan, "2024-01-01"; 0 if it is none. */
int64_t trial_day_begin(struct arena *a, const char *day);

/* "情報", "呼び出し", "安否確認を準備" and so on. */
const char *trial_kind_show(enum trial_kind kind);

#endif
