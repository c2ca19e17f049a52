#ifndef MAIL_ADDRESS_H
#define MAIL_ADDRESS_H

/*
 * Mail addresses: is it one, how is it stored and compared, and which mail
 * system receives it.  Stored form: local part unquoted, domain in lower case,
 * and the local part too where the receiver is one we list (they ignore case).
 *
 * docomo and au once let their users have `a..b`, `a.`, `.a` and `-a` before
 * the @, against RFC 5321, and such addresses still live: they are accepted
 * for the domains of these two and for no others.
 *
 * The one list of domains and classes is in address.c: import (hints),
 * deliver (order, charset) and Postfix's transport table all come from it.
 * Source: D2h, D2j; DESIGN 7.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The mail system that receives, not the network: addresses are portable. */
enum address_class {
	ADDRESS_OTHER,
	ADDRESS_DOCOMO,
	ADDRESS_AU,
	ADDRESS_SOFTBANK,
	ADDRESS_YMOBILE,
	ADDRESS_RAKUTEN,
	ADDRESS_GMAIL,
	ADDRESS_MICROSOFT,
	ADDRESS_YAHOOJP,
	ADDRESS_CLASSES /* how many */
};

struct address_row {
	const char *domain; /* with a dot before it: every domain below it */
	enum address_class class;
};

enum { ADDRESS_MAX = 254 }; /* bytes, RFC 5321, 4.5.3.1.3 */

/*
 * Returns the stored form of what a person or a file gave, or NULL (nothing
 * logged) if it is not an address we can mail.  Blanks around it are left
 * out, a quoted local part is unquoted.  ASCII only: no comment, no address
 * literal, no name before it.
 */
char *address_normalise(struct arena *a, const char *text);

/* The part after the @ of a stored form. */
const char *address_domain(const char *address);

/* The form for the wire and for header fields: the local part quoted if RFC
 * 5321 wants that (`"a..b."@docomo.ne.jp`), else the address itself. */
const char *address_quoted(struct arena *a, const char *address);

/* The class of a domain in lower case: ADDRESS_OTHER if it is not listed. */
enum address_class address_class(const char *domain);

/* "docomo", "au", ..., "other": the word of tables, settings and screens. */
const char *address_class_name(enum address_class class);

/* The class of that name, -1 (nothing logged) if there is none. */
int address_class_named(const char *name);

/* The domain that was probably meant ("docomo.ne.jp" for "docomo.co.jp"), or
 * NULL: a question to ask at registration, never a correction to make. */
const char *address_domain_hint(const char *domain);

/* The whole list: for Postfix's transport table. */
const struct address_row *address_rows(size_t *count);

#endif
