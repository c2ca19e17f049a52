#ifndef MODEL_HEALTH_H
#define MODEL_HEALTH_H

/*
 * How the product itself does: a list of checks, each with its level, a number
 * and the one sentence that says what to do.  /status shows it to people,
 * /metrics and /healthz to programs.  Nothing in it is personal.
 * Source: M1; SCREENS, status; DESIGN 10.
 *
 * What a check is called, from which number on it is worth a look, and what to
 * do then is a row of the table in health.c.  A new tool of the crontab needs a
 * row there, too.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

enum health_level { HEALTH_GOOD, HEALTH_WARN, HEALTH_BAD, HEALTH_LEVELS };

enum health_kind {
	HEALTH_DATABASE,
	HEALTH_FEED,	  /* each; age: since it was last fetched */
	HEALTH_TELEGRAM,  /* age: since the newest was taken */
	HEALTH_DECISION,  /* events that wait for a person; no drills */
	HEALTH_PAGE,	  /* mails to those on duty that are due */
	HEALTH_MESSAGE,	  /* all other mails of broadcasts that are due */
	HEALTH_LINK,	  /* mails of single links that are due */
	HEALTH_BROADCAST, /* confirmed, or past their time, and not enqueued */
	HEALTH_ANSWER,	  /* stored and not counted yet */
	HEALTH_JOURNAL,	  /* files of answers that the database lacks */
	HEALTH_REFUSED_FILE, /* those of them that wait for a person */
	HEALTH_UNDELIVERED,  /* percent of the mails of the last hour */
	HEALTH_IMPORT,	     /* files that do not move on */
	HEALTH_TOOL, /* each; age: since its last step that did not fail */
	HEALTH_DISK, /* percent free */
	HEALTH_CERTIFICATE, /* days left, of the one that ends first */
	HEALTH_KINDS
};

enum { HEALTH_NONE = -1 }; /* there is no such number */

/* A kind of check.  The words are Japanese, the names for programs. */
struct health_kind_words {
	const char *name, *words;
	const char *unit;   /* of the amount, "" without one */
	const char *since;  /* what the age is of */
	const char *advice; /* what to do */
	/* Names of the metrics without "anpi_", and what they are; NULL: there
	 * is none. */
	const char *amount_metric, *amount_help;
	const char *age_metric, *age_help;
	const char *of; /* label that tells those of the kind apart */
};

const struct health_kind_words *health_words(enum health_kind kind);

struct health_check {
	struct health_check *next;
	enum health_kind kind;
	const char *of;	      /* which feed or tool; "" where there is one */
	const char *of_words; /* the same for people */
	enum health_level level;
	int64_t amount, age_s; /* or HEALTH_NONE */
};

/* What is looked at of this machine, besides the database. */
struct health_site {
	const char *machine; /* its name (config_machine) */
	const char *run;     /* folder of the tools' locks (tool/run.h) */
	const char *journal; /* folder of model/journal.h */
	const char *const *certificates; /* files, PEM */
	int certificate_count;
	const char *const *feeds; /* urls of the settings: others are old */
	int feed_count;
	int64_t since; /* a tool that runs less often than every minute is not
			  late before its first turn after this */
};

/* The site as the settings have it, from now on; lives in the arena. */
void health_site_configured(struct arena *a, struct health_site *out);

struct health {
	struct health_check *checks; /* those of a kind together */
	int counts[HEALTH_LEVELS];
	bool journal_hidden; /* this program may not look into its folder */
};

/*
 * Looks at everything, in a few statements.  Returns 0; -1 if the database did
 * not answer: then HEALTH_DATABASE is bad, and what needs it is left out.
 */
int health_look(struct db *db, const struct health_site *site, int64_t now,
		struct health *out);

/* The level of a number: of the amount or of the age, as the kind has it. */
enum health_level health_level(enum health_kind kind, int64_t amount,
			       int64_t age_s);

/* "12 通", "3 %", or "" where only the age tells. */
const char *health_amount_show(struct arena *a, const struct health_check *c);

/* "最も古いもの：6分前", or "" where there is none. */
const char *health_age_show(struct arena *a, const struct health_check *c,
			    int64_t now);

/* The names of what is bad, a line each; "ok" and a line end if nothing is. */
const char *health_bad(struct arena *a, const struct health *h);

/* Everything as text for Prometheus, format 0.0.4. */
const char *health_metrics(struct arena *a, const struct health *h);

#endif
