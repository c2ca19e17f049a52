#ifndef MODEL_HEALTH_ALARM_H
#define MODEL_HEALTH_ALARM_H

/*
 * Telling those on duty that a check of model/health.h has turned bad, and that
 * it is good again: one mail for all that turned at a time.  A check has to
 * stay bad for HEALTH_ALARM_BAD_MIN before it is told, so that a restart tells
 * nothing, and good for HEALTH_ALARM_GOOD_MIN; and that it is good is told an
 * hour after the mail about its trouble at the earliest.  So one that goes up
 * and down makes one mail an hour, and a new trouble never waits for its turn.
 *
 * What has mails of its own is left out: feeds (model/feed_alarm.h) and checks
 * that wait for a decision (model/paging.h).  If the database, call-duty or the
 * mail itself is gone nobody is told from here: /healthz is for those who watch
 * from outside.  Source: M1; DESIGN 8.
 */
#include <stdint.h>

struct db;
struct health_site;

enum {
	HEALTH_ALARM_BAD_MIN = 2,
	HEALTH_ALARM_GOOD_MIN = 10,
	HEALTH_ALARM_AGAIN_MIN = 60,
};

/* Looks at every check and mails what has turned, all or nothing: two that look
 * at once mail once.  Returns how many mails it made, or -1. */
int health_alarm(struct db *db, const struct health_site *site, int64_t now);

#endif
