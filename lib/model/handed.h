#ifndef MODEL_HANDED_H
#define MODEL_HANDED_H

/*
 * What a relay has taken and the database does not know yet: a small file of a
 * process that sends, in memory and shared with the disk's cache, so that
 * noting costs no system call and outlives the process however it ends.
 * Without it a killed process would send again what it handed over since it
 * last settled.  Source: DESIGN 1, 7.
 */
#include <stdint.h>

struct arena;
struct db;
struct handed;

enum { HANDED_MAX = 2048 }; /* messages between two settlings */

/* Opens or makes the file of a place (a number of one's own among the
 * processes of this machine).  Lives as long as the process; ends it if that
 * cannot be done.  What stands in it is kept. */
struct handed *handed_open(struct arena *a, const char *dir, int place);

/* Notes a message that the relay took, with its attempt. */
void handed_note(struct handed *h, int64_t message, int attempts);

/* Forgets all: it is settled. */
void handed_clear(struct handed *h);

/* Settles what is noted as handed over, if that is not known yet, and forgets
 * it.  Nobody may be noting there.  Returns how many were noted, or -1. */
int handed_settle(struct handed *h, struct db *db);

#endif
