#ifndef MAIL_SMTP_REPLY_H
#define MAIL_SMTP_REPLY_H

/* Replies of a mail server: RFC 5321, 4.2.  No network here. */
#include <stdbool.h>
#include <stddef.h>

enum { SMTP_REPLY_MAX = 16 * 1024 }; /* bytes of all lines */

/* One reply; its lines stay in the bytes it was read from. */
struct smtp_reply {
	int code; /* 200 to 599 */
	const char *lines;
	size_t len;
};

/*
 * Reads the reply that begins at bytes.  Returns how many bytes it takes; 0 if
 * its end has not come yet; -1 (nothing logged) if it is none: a code that is
 * not a number of 200 to 599, lines of differing codes, or no end within
 * SMTP_REPLY_MAX.  A line may end in LF alone.
 */
int smtp_reply_parse(const char *bytes, size_t len, struct smtp_reply *out);

/* True if a line after the first begins with the keyword: what EHLO offers. */
bool smtp_reply_offers(const struct smtp_reply *reply, const char *keyword);

/* Writes "550 5.1.1 Unknown user; second line" in printable ASCII, cut to cap
 * bytes with its NUL. */
void smtp_reply_text(const struct smtp_reply *reply, char *out, size_t cap);

#endif
