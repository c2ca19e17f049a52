#ifndef MODEL_QUESTIONS_H
#define MODEL_QUESTIONS_H

/*
 * The questions of a broadcast as a file has them:
 *
 *   [{"text", "text_en", "kind", "required", "choices":
 *     [{"text", "text_en", "mark"}]}]
 *
 * text is needed, the others are not; kind is single (so it is without one) or
 * multiple, required true without one, mark "", good, warn or bad.
 * Source: D2f, DESIGN 10.
 */
#include <stddef.h>

struct arena;
struct question;

/*
 * Reads len bytes.  Returns the questions, which live in the arena; NULL if
 * the bytes are anything else, or more or longer than a broadcast may have
 * (model/broadcast.h), and then sets *why.  No database, nothing logged.
 */
struct question *questions_parse(struct arena *a, const char *bytes, size_t len,
				 const char **why);

#endif
