#ifndef MODEL_CARD_H
#define MODEL_CARD_H

/*
 * The short code of a person's printed card: he reads it out on the phone, and
 * an officer on duty enters it (B4).  Seven characters by chance and a check
 * character, of 32 that cannot be mistaken for each other (no I, L, O, U),
 * shown as "7K3M-Q9XR".  The check finds every wrong character and every two
 * that changed places.  The code names a person and proves nothing: whoever
 * enters it is logged in and answers for it.  Source: B4, D1b.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct audit;
struct db;

enum { CARD_CODE_LEN = 8 }; /* characters, as stored */

/* Reads a code as people type it: either case, with or without blanks and
 * hyphens, full width, O for 0, I and L for 1.  True and the stored form if
 * it can be one. */
bool card_parse(struct arena *a, const char *text, char out[CARD_CODE_LEN + 1]);

/* "7K3MQ9XR" as "7K3M-Q9XR". */
const char *card_show(struct arena *a, const char *code);

/*
 * Finds the person of a code as typed.  Returns 1 and fills *user; 0 if it is
 * no code, nobody's, or of one who left; -1 on failure.  Whom the account may
 * act for is the caller's question (reach.h).
 */
int card_find(struct db *db, const char *text, int64_t *user);

/* The code of a person.  Returns 1 and sets *code; 0 if he has none; -1. */
int card_of(struct db *db, int64_t user, const char **code);

/*
 * Gives a person a card if he has none (again false), or a new code, with
 * which the old one and all links of the person that are out end (again true):
 * his generation is raised.  Audited.  Returns 0 or -1.
 */
int card_make(struct db *db, const struct audit *audit, int64_t user,
	      bool again);

#endif
