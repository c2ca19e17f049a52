#ifndef BASE_CSV_H
#define BASE_CSV_H

/*
 * Writing CSV that people open in a spreadsheet: UTF-8 with a byte order mark,
 * lines end in CRLF, text quoted (RFC 4180), and no text can become a formula:
 * what begins like one gets an apostrophe before it.  Source: D2c, V1.2.10.
 *
 *	csv_open(&s);
 *	csv_text(&s, name), csv_int(&s, people), csv_line(&s);
 */
#include <stdint.h>

struct str;

/* Writes the byte order mark; s must be empty. */
void csv_open(struct str *s);

/* Add a field to the line. */
void csv_text(struct str *s, const char *text);
void csv_int(struct str *s, int64_t value);

/* Ends the line. */
void csv_line(struct str *s);

#endif
