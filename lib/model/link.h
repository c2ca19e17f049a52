#ifndef MODEL_LINK_H
#define MODEL_LINK_H

/*
 * Which links count no more.  A token proves itself, and carries the
 * generation of its person's links; raising that revokes them all.  Hardly
 * anybody's is ever raised, so a program that takes answers keeps in memory
 * whose was, and no answer waits for a look at the table of people.  A
 * revocation is known everywhere within a second, and also while the database
 * is away.  Source: DESIGN 5, S3.
 */
#include <stdbool.h>
#include <stdint.h>

struct db;
struct links;

/* An empty set, which lives as long as the program. */
struct links *links_open(void);

/* Looks for revocations since the last look, if that was a second ago.
 * Returns 0, or -1 on failure: then what was known before still holds. */
int links_refresh(struct links *set, struct db *db);

/* True if this is the generation of the person's links, as far as known. */
bool links_is_current(const struct links *set, int64_t user,
		      unsigned generation);

/* Revokes all links of a person; the caller audits it.  A token has one byte
 * for the generation, so the 256th time the first ones would count again: they
 * have closed long since.  Returns 1, 0 if there is no such person, -1 on
 * failure. */
int link_revoke(struct db *db, int64_t user);

#endif
