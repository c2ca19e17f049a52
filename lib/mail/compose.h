#ifndef MAIL_COMPOSE_H
#define MAIL_COMPOSE_H

/*
 * The bytes of one message to one address.  What a broadcast's messages have
 * in common is prepared once (compose_open), so that each costs a few
 * microseconds (compose_message).
 *
 * A body is text with variables, "{{link}}"; a name nobody declared stays as
 * it stands, and a value is never looked into for further variables.  The
 * charset is ISO-2022-JP where the receiver wants it and it carries every
 * character, ASCII where that is enough, else UTF-8 in base64; so no line is
 * longer than 998 bytes, and nobody's name loses a character.
 *
 * Whatever the texts hold, they cannot end a header field: line ends in names
 * and subjects become blanks, addresses must be in their stored form
 * (mail/address.h), ids of [A-Za-z0-9._-].
 * Source: D1a, D2a, S1, B6; IPA 8-(i); reference "The message".
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct compose;

enum { COMPOSE_BODY_MAX = 64 * 1024 }; /* bytes of UTF-8, values included */

/* What all messages of a broadcast share. */
struct compose_text {
	const char *from_name;	  /* may be "" */
	const char *from_address; /* its domain is that of Message-ID too */
	const char *subject;
	const char *body; /* any line ends */
};

/* What is this message's own. */
struct compose_to {
	const char *address;
	const char *id; /* of Message-ID, before the @: never used twice */
	const char *reply_to;	   /* NULL: replies go to From */
	int64_t at;		   /* Date */
	bool iso2022jp;		   /* the receiver wants it, if it can be */
	const char *const *values; /* of the variables, in their order */
};

/*
 * Prepares a text.  names are the variables' names, without braces.  What
 * comes back lives in the arena; texts and names may go.  Returns NULL on
 * failure: an address that is none, text that is not UTF-8 or too long.
 */
struct compose *compose_open(struct arena *a, const struct compose_text *text,
			     const char *const *names, size_t count);

/*
 * Makes a message: header, empty line, body, lines ending in CRLF, not yet
 * dot-stuffed.  Returns it in the arena a, its length in *len; NULL on failure,
 * as above.
 */
char *compose_message(struct compose *c, struct arena *a,
		      const struct compose_to *to, size_t *len);

/* The body of that message as it is read, and in *charset the name of its
 * charset; NULL on failure. */
const char *compose_body(struct compose *c, struct arena *a,
			 const struct compose_to *to, const char **charset);

#endif
