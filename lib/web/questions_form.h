#ifndef WEB_QUESTIONS_FORM_H
#define WEB_QUESTIONS_FORM_H

/*
 * The part of a form in which questions are written (templates/_questions.cs):
 *
 *   questions   none, safety (those of a safety check) or own
 *   q1 .. q10   the text of a question
 *   k1 .. k10   single, multiple, text, number or time
 *   o1 .. o10   yes: it may be left out
 *   c1 .. c10   its choices, a line each: "○無事 / Safe"
 *
 * Source: D2c.
 */
#include <stdint.h>

#include "model/broadcast.h"
#include "web/form.h"

enum {
	QUESTIONS_FORM_PLACES = 10,
	QUESTIONS_FORM_CHOICES_LEN = 2000, /* characters, all lines of one */
};

#define QUESTIONS_FORM_PLACE(n)                                                \
	{ "q" n, FIELD_TEXT, 0, QUESTION_TEXT_MAX },                           \
		{ "k" n, FIELD_CHOICE("single multiple text number time"), 0,  \
		  1 },                                                         \
		{ "o" n, FIELD_CHOICE("yes"), 0, 1 },                          \
	{                                                                      \
		"c" n, FIELD_LINES, 0, QUESTIONS_FORM_CHOICES_LEN              \
	}

/* The fields, for a table. */
#define QUESTIONS_FORM_FIELDS                                                  \
	{ "questions", FIELD_CHOICE("none safety own"), 1, 1 },                \
		QUESTIONS_FORM_PLACE("1"), QUESTIONS_FORM_PLACE("2"),          \
		QUESTIONS_FORM_PLACE("3"), QUESTIONS_FORM_PLACE("4"),          \
		QUESTIONS_FORM_PLACE("5"), QUESTIONS_FORM_PLACE("6"),          \
		QUESTIONS_FORM_PLACE("7"), QUESTIONS_FORM_PLACE("8"),          \
		QUESTIONS_FORM_PLACE("9"), QUESTIONS_FORM_PLACE("10")

/* Sets what the part needs to be shown: its places and kinds. */
void questions_form_set(struct request *req);

/* Reads it, after form_read; what is wrong becomes a fault of its field. */
struct question *questions_form_read(struct request *req);

#endif
