#ifndef MODEL_QUESTIONS_H
#define MODEL_QUESTIONS_H

/*
 * The questions of a broadcast as a file has them:
 *
 *   [{"text", "text_en", "kind", "required", "choices":
 *     [{"text", "text_en", "mark"}]}]
 *
 * text is needed, the others are not; kind is single (so it is without one),
 * multiple, text, number or time, the last three without choices; required true
 * without one, mark "", good, warn or bad.  Source: D2c, D2f, DESIGN 10.
 *
 * What a person wrote to those three is kept as one JSON object by question id,
 * {"12":"09:30"}, "" if he wrote nothing (answer.texts).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct question;

enum {
	QUESTIONS_VALUE_MAX = 200,  /* characters written to one question */
	QUESTIONS_TEXTS_MAX = 4000, /* characters of all, as kept */
};

/* True if it is answered in words, not by a choice. */
bool questions_is_written(const char *kind);

/*
 * What a person wrote, as it is kept: a number with plain digits, "-3" or
 * "1.5"; a time of day "09:30" (also from "9：30" and "9時30分"); a text as it
 * is.  NULL if it is none of that kind or too long.
 */
const char *questions_value(struct arena *a, const char *kind,
			    const char *text);

/* A value written to a question. */
struct written {
	struct written *next;
	int64_t question;
	const char *value;
};

/* The list as it is kept; "" for none.  And back: NULL for what is nothing of
 * ours. */
const char *questions_texts(struct arena *a, const struct written *list);
struct written *questions_written(struct arena *a, const char *texts);

/* The value of a question, "" if there is none. */
const char *questions_find(const struct written *list, int64_t question);

/*
 * Reads len bytes.  Returns the questions, which live in the arena; NULL if
 * the bytes are anything else, or more or longer than a broadcast may have
 * (model/broadcast.h), and then sets *why.  No database, nothing logged.
 */
struct question *questions_parse(struct arena *a, const char *bytes, size_t len,
				 const char **why);

#endif
