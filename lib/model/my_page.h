#ifndef MODEL_MY_PAGE_H
#define MODEL_MY_PAGE_H

/*
 * The person behind a link to /m/, and what holds for the page as a whole.
 * His addresses: own_address.h, regions: own_region.h, card: card.h.
 *
 * A link to /m/ carries the second in which it ends (base/token.h), so one
 * that is too old costs no work of the database; it ends earlier when the
 * person closes the page or his generation is raised.  Source: B6, DESIGN 5.
 */
#include <stdbool.h>
#include <stdint.h>

struct audit;
struct db;

struct my_person {
	int64_t id;
	const char *name;
	bool english;
	uint8_t generation;
	int64_t closed_at; /* links mailed before count no more; 0: none */
	const char *group; /* name of one group, "" if in none */
};

/* Finds an active person.  Returns 1 and fills *out, 0 if there is none or he
 * has left, -1 on failure. */
int my_page_find(struct db *db, int64_t user, struct my_person *out);

/* Lets one change of a person's things wait for the other.  Within a
 * transaction.  Returns 0, or -1 on failure. */
int my_page_lock(struct db *db, int64_t user);

/* Adds an audit line about a person; part of the caller's transaction. */
int my_page_note(struct db *db, const struct audit *audit, int64_t user,
		 const char *action, const char *detail);

/* Sets the language of pages and mail.  Audited.  Returns 0 or -1. */
int my_page_set_language(struct db *db, const struct audit *audit, int64_t user,
			 bool english);

/* Ends all links to /m/ that are out.  Audited.  Returns 0 or -1. */
int my_page_close(struct db *db, const struct audit *audit, int64_t user,
		  int64_t now);

#endif
