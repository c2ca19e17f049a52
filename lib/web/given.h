#ifndef WEB_GIVEN_H
#define WEB_GIVEN_H

/*
 * What a form gives to the questions of a broadcast, by the person himself or
 * by an admin for him: a field "q" and the question's id each.  Faults are
 * those of the field (form.h).  Source: D1c, D2f, B5.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/form.h"
#include "web/request.h"

enum { GIVEN_CHOICES_MAX = 500 }; /* of one answer */

/* A question, as far as a form needs it. */
struct given {
	struct given *next;
	int64_t id;
	const char *kind; /* single, multiple, text, number, time */
	bool required;
	const int64_t *choices; /* their ids */
	size_t count;
};

/* The name of a question's field. */
const char *given_field(struct request *req, int64_t question);

/* Fills the fields of the questions, most of them at most.  Returns how
 * many. */
size_t given_fields(struct request *req, const struct given *list,
		    struct field *fields, size_t most);

/* The choices made, ascending, joined by commas; a choice that is none of its
 * question's is a fault. */
const char *given_choices(struct request *req, const struct given *list);

/* What was written, as it is kept (model/questions.h); what is none of its kind
 * is a fault. */
const char *given_texts(struct request *req, const struct given *list);

#endif
