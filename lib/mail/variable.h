#ifndef MAIL_VARIABLE_H
#define MAIL_VARIABLE_H

/*
 * Variables that a person may write in the text of a broadcast:
 *
 *   {name}    the name of who reads it; not in a subject, which others see on
 *             the screen of a phone
 *   {closes}  until when answers are taken
 *   {site}    who asks
 *
 * A value is never looked into for further variables.  Source: D1d, S1.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;

enum variable {
	VARIABLE_NAME,
	VARIABLE_CLOSES,
	VARIABLE_SITE,
	VARIABLES /* how many */
};

/*
 * What stands in braces first and is none of these, with its braces: "{foo}";
 * NULL if there is nothing of the kind.  In a subject {name} is none.
 */
const char *variable_unknown(struct arena *a, const char *text, bool subject);

/* The text with values, by enum variable, in place of the variables; one whose
 * value is NULL stays as it is. */
const char *variable_fill(struct arena *a, const char *text,
			  const char *const values[VARIABLES]);

/* The value of {closes}; 0 is "not fixed". */
const char *variable_closes(struct arena *a, const char *lang, int64_t at);

#endif
