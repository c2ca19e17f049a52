#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H

/*
 * What a broadcast's mail says: its text between the standard lines of a
 * template (templates/mail/), the link alone on its line, the same link for
 * each choice of the first question if these are few, and in one line why it
 * came.  A drill says so first in the subject and in the body, and by its
 * sender's name.  Subject and body may hold variables (mail/variable.h).
 * Source: B6, B8, S1; reference "The message".
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct compose;

/* The variables of a template, in the order of compose_to.values. */
enum letter_value {
	LETTER_LINK,
	LETTER_SELF_REPORT,
	LETTER_WHY,
	LETTER_MY_PAGE, /* where a person mends what is registered (B6) */
	LETTER_NAME,	/* of the person, for {name} in the body */
	LETTER_VALUES	/* how many */
};

enum { LETTER_CHOICES_MAX = 4 }; /* more would drown the rest */

/* A link with it opens the page with that choice, which a press then sends:
 * opening it answers nothing. */
struct letter_choice {
	int64_t id;
	const char *text;
};

struct letter_text {
	const char *lang; /* ja or en */
	bool drill;
	const char *from_name, *from_address;
	const char *subject, *body;
	int64_t closes_at;    /* for {closes} */
	const char *site;     /* for {site}; NULL is "" */
	const char *frame;    /* text of the template; {{body}} is the body,
				 {{choices}} the choices with their links */
	const char *question; /* whose choices they are */
	struct letter_choice choices[LETTER_CHOICES_MAX];
	int choices_count; /* 0: none are offered */
};

/* Reads the template of a mail that asks, or of one that only tells, from the
 * folder Path.Templates.  NULL on failure. */
const char *letter_frame(struct arena *a, bool asks, const char *lang);

/* The same for a mail of another kind, mail/KIND.LANG.txt. */
const char *letter_template(struct arena *a, const char *kind,
			    const char *lang);

/* The subject and the sender's name as they go out. */
const char *letter_subject(struct arena *a, const struct letter_text *text);
const char *letter_sender(struct arena *a, const struct letter_text *text);

/* Prepares the mail of a broadcast in one language (mail/compose.h).  Returns
 * NULL on failure. */
struct compose *letter_open(struct arena *a, const struct letter_text *text);

/*
 * The line that says why: "勤務地: 東京都（震度6強）".  why is "work:13",
 * "home:13", "family:13", "other:13", "group:7", "user" or "all"; name that of
 * the region or group; level the intensity there as telegrams write it, or "";
 * given what the broadcast itself says, which stands for all but regions, or
 * "".
 */
const char *letter_why(struct arena *a, const char *lang, const char *why,
		       const char *name, const char *level, const char *given);

#endif
