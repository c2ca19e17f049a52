#ifndef MODEL_SETTING_H
#define MODEL_SETTING_H

/*
 * What a system admin may set while the product runs: names of senders, when
 * broadcasts close, quiet hours, how the unanswered are asked again, whether
 * system admins need a second factor.  Each has a value of the product's own
 * until somebody sets it; each change is audited with the value before and
 * after.  Source: D2e, S6.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct audit;
struct db;

enum { SETTING_VALUE_MAX = 200 }; /* characters */

/* Whether a system admin must have a second factor. */
#define SETTING_LOGIN_CODE "login.code"

struct setting {
	const char *name;    /* "sender.safety" */
	const char *section; /* of the screen, in Japanese */
	const char *words;   /* what it is, in Japanese */
	enum setting_kind {
		SETTING_NAME,	/* a text of one line, may be "" */
		SETTING_HOURS,	/* 0 to 8760; 0: never */
		SETTING_CLOCK,	/* "22:00", "": not at all */
		SETTING_TIMES,	/* 0 to 10 */
		SETTING_GAP,	/* minutes, 5 to 10080 */
		SETTING_EVERY,	/* minutes, 1 to 1440 */
		SETTING_WAIT,	/* minutes, 0 to 10080; 0: not at all */
		SETTING_SWITCH, /* 0 off, 1 on */
		SETTING_DAILY,	/* a day, 0 to 10000; 0: none */
		SETTING_PEOPLE, /* 0 to 1000000; 0: not at all */
	} kind;
	const char *value;
};

/* All of them, in the order of the screen; the array is the arena's.  Returns
 * 0, or -1 on failure. */
int setting_list(struct db *db, struct setting **out, size_t *count);

/* The value of one of such a list; "" if there is no such one. */
const char *setting_of(const struct setting *list, size_t count,
		       const char *name);

/* The value of one; "" if there is no such one.  NULL on failure. */
const char *setting_text(struct db *db, const char *name);

/* Likewise as a number, 0 if it is none; -1 on failure. */
int64_t setting_int(struct db *db, const char *name);

/* True if its value is a number that somebody types. */
bool setting_is_number(const struct setting *setting);

/* True if the value is one of the setting's kind. */
bool setting_is_valid(const struct setting *setting, const char *value);

/*
 * Stores the value of each setting of the array that differs from what is
 * stored, and audits it with before and after, all or nothing.  Returns how
 * many changed, or -1 on failure.
 */
int setting_change(struct db *db, const struct audit *who,
		   const struct setting *settings, size_t count);

/*
 * The end of the quiet hours, "22:00" to "07:00" Japan time, if now lies
 * within them; else now.  Without both there are none.
 */
int64_t setting_quiet_end(const char *from, const char *to, int64_t now);

#endif
