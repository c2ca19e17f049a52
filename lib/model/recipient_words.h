#ifndef MODEL_RECIPIENT_WORDS_H
#define MODEL_RECIPIENT_WORDS_H

/*
 * What a person answered, in the words of screens and files: the list of a
 * broadcast and both of its CSV files say the same.  Source: D1j, D2m, B5.
 */
#include <stddef.h>

struct arena;
struct question;
struct recipient;
struct str;

/* The words of a code; a list ends with { NULL, NULL }. */
struct word {
	const char *code, *text;
};

extern const struct word recipient_sources[];	   /* who told */
extern const struct word recipient_certainties[];  /* of what he told */
extern const struct word recipient_safeties[];	   /* of a self-report */
extern const struct word recipient_safety_marks[]; /* good, warn, bad */
extern const struct word recipient_comings[];	   /* likewise */

/* The text of a code, "" if it is none of them. */
const char *word_text(const struct word *list, const char *code);

/* What became of the mail. */
const char *recipient_delivery_words(const struct recipient *r);

/* "無事、できる、到着時刻：09:30": the choices in words, then what was
 * written. */
const char *recipient_whole_answer(struct arena *a, const char *choices,
				   const char *texts,
				   const struct question *questions);

/* The columns of a file: their heads, and a person's cells.  Each adds to a
 * line and does not end it (base/csv.h). */
void recipient_heads(struct str *s, const struct question *questions);
void recipient_cells(struct arena *a, struct str *s, const struct recipient *r,
		     const struct question *questions);

#endif
