#ifndef MODEL_FEED_ALARM_H
#define MODEL_FEED_ALARM_H

/*
 * Telling those on duty that a feed is silent: no answer that could be used for
 * feed.silent minutes, or no entry not seen before for feed.quiet minutes (0:
 * not told).  Told once for each silence, and once when it is over.  Long forms
 * are read after a gap only, so their silence means nothing.
 * Source: M1; DESIGN 8.
 */
#include <stdint.h>

struct db;

/* Looks at the feeds of the settings and mails what changed, all or nothing:
 * two that look at once mail once.  Returns how many mails it made, or -1. */
int feed_alarm(struct db *db, const char *const *urls, int count, int64_t now);

#endif
