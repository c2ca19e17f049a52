#ifndef WEB_FORM_H
#define WEB_FORM_H

/*
 * Fields of a form, checked by a table.  A POST reads its body, a GET its
 * query.  Only declared fields are read.  Everything read is kept as Form.NAME
 * for the page; a fault is a text in Japanese at Error.NAME, and the page goes
 * out with status 422.  Source: IPA 5-(vi), V2, V15.3.7.
 *
 *   static const struct field fields[] = {
 *	{ "subject", FIELD_TEXT, 1, SUBJECT_MAX },
 *	{ "body", FIELD_LINES, 0, BODY_MAX },
 *	{ "kind", FIELD_CHOICE("safety info notice drill"), 1, 1 },
 *	{ "group", FIELD_IDS, 0, 500 },
 *   };
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/request.h"

enum form_type {
	TYPE_TEXT,
	TYPE_SECRET,
	TYPE_LINES,
	TYPE_CODE,
	TYPE_INT,
	TYPE_TIME,
	TYPE_CHOICE,
	TYPE_IDS,
};

struct field_kind {
	enum form_type type;
	const char *words; /* of TYPE_CHOICE */
};

struct field {
	const char *name;
	const struct field_kind *kind;
	long long least, most; /* of what, see below */
};

extern const struct field_kind field_text, field_secret, field_lines,
	field_code, field_int, field_time, field_ids;

/* One line; white space at its ends is dropped.  least and most characters;
 * least 0: may be left out, then "". */
#define FIELD_TEXT (&field_text)
/* Taken exactly and never shown again: passwords. */
#define FIELD_SECRET (&field_secret)
/* Several lines, ended by "\n". */
#define FIELD_LINES (&field_lines)
/* Letters, digits, "-", "_", ".": codes, staff numbers, logins. */
#define FIELD_CODE (&field_code)
/* A number from least to most; full-width digits and "," are understood.  If
 * left out and 0 is in range it is 0 (form_has tells). */
#define FIELD_INT (&field_int)
/* Japan time as datetime-local sends it; least 1: must be there. */
#define FIELD_TIME (&field_time)
/* One of the words; least 1: one must be chosen.  Else "".  Only in a table
 * outside of functions: within one it would end with the block. */
#define FIELD_CHOICE(w) (&(const struct field_kind){ TYPE_CHOICE, w })
/* Positive numbers, as often as the field is sent: least to most of them.
 * Form.NAME.ID is set for each. */
#define FIELD_IDS (&field_ids)

/* Reads and checks; true if nothing is wrong. */
bool form_read(struct request *req, const struct field *fields, size_t count);

/* Values after form_read; the name must be one of the table. */
const char *form_text(const struct request *req, const char *name);
int64_t form_int(const struct request *req, const char *name);
int64_t form_time(const struct request *req, const char *name);
/* *count values, in the order they came, doubles left out. */
const int64_t *form_ids(const struct request *req, const char *name,
			size_t *count);
/* True if something was sent in the field. */
bool form_has(const struct request *req, const char *name);

/*
 * A form that is kept and comes back, as a draft.  form_keep gives what was
 * sent in the fields of a table, right or wrong, urlencoded; secrets never.
 * form_fill puts such a text in place of what was sent in these fields, for
 * form_read, and on the page; false (nothing changed) if it is no such text.
 */
const char *form_keep(struct request *req, const struct field *fields,
		      size_t count);
bool form_fill(struct request *req, const char *kept,
	       const struct field *fields, size_t count);

/* Adds a fault that only the handler can see, as "その番号は使われています。"
 */
void form_error(struct request *req, const char *name, const char *text);

/* True if the form just read had a fault. */
bool form_failed(const struct request *req);

#endif
