#ifndef MODEL_USER_WORD_H
#define MODEL_USER_WORD_H

/*
 * How people are found by what somebody types: the number from its beginning,
 * name and kana by any part, however they are written (base/kana.h).  Every
 * list of people searches by this.  A statement says
 *
 *	" WHERE ..." USER_HAS_WORDS("r.user")
 *
 * and binds user_words_bind in that place.  For the modules of model/ only.
 * Source: D1i, issue 3, 1.
 */
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct stmt;

enum { USER_WORDS = 4 }; /* of a search */

/* The patterns of a text; NULL: no more. */
struct user_words {
	const char *like[USER_WORDS];
};

#define USER_HAS_WORD(user)                                                    \
	"   AND (? IS NULL OR EXISTS (SELECT 1 FROM user_word w"               \
	"         WHERE w.user = " user " AND w.word LIKE ?))"
/* The condition on a column with a user's id: he has each of the words. */
#define USER_HAS_WORDS(user)                                                   \
	USER_HAS_WORD(user)                                                    \
	USER_HAS_WORD(user) USER_HAS_WORD(user) USER_HAS_WORD(user)

/* Takes a text apart (NULL: there is none) and sees that all can be found.
 * Returns 0, or -1 on failure. */
int user_words_read(struct db *db, const char *text, struct user_words *out);

/* Binds the values of one condition. */
void user_words_bind(struct stmt *s, const struct user_words *words);

/* The pattern of LIKE for what begins with the text. */
const char *user_word_like(struct arena *a, const char *text, size_t len);

/*
 * Brings user_word up to date for those whose number, name or kana is new
 * since; a search calls it by itself, so that it finds people however they
 * came into the table.  Whoever writes many of them calls it in the same
 * transaction.  Returns how many people it took, or -1.
 */
int64_t user_index(struct db *db);

#endif
