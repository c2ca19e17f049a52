#ifndef MAIL_HEADER_H
#define MAIL_HEADER_H

/*
 * Values of header fields.  Text becomes RFC 2047 words of at most 75
 * characters in B encoding, one to a line, no character split over two, and
 * those of ISO-2022-JP end in ASCII.  (GMime 3.2 makes longer words, in Q for
 * ISO-2022-JP, so this is our own; the tests read it back with GMime.)
 *
 * No value holds a line end but those of folding: control characters in a
 * text become a blank.  Source: IPA 8-(i), V1.3.11; RFC 5322, 2047.
 */
#include <stddef.h>
#include <stdint.h>

struct arena;

enum header_charset { HEADER_UTF8, HEADER_ISO2022JP };

/*
 * An unstructured value (Subject).  name_len is the length of the field's name
 * with its colon, for the first line.  text is valid UTF-8.  Returns NULL
 * (nothing logged) if ISO-2022-JP cannot carry the text.
 */
char *header_text(struct arena *a, const char *text, size_t name_len,
		  enum header_charset charset);

/* A mailbox (From): name, which may be "", and an address in its stored form
 * (mail/address.h).  Else as above. */
char *header_mailbox(struct arena *a, const char *name, const char *address,
		     size_t name_len, enum header_charset charset);

/* A date: "Fri, 20 Nov 2026 21:05:10 +0900" (Japan time). */
char *header_date(struct arena *a, int64_t at);

#endif
