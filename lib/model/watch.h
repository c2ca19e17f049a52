#ifndef MODEL_WATCH_H
#define MODEL_WATCH_H

/*
 * Telling system admins of accounts that read unusually many people's data, or
 * at an unusual time.  The audit says how many persons each page, list and file
 * showed to whom; looked at is what an account read within an hour.
 *
 *   much      more than setting watch.people, at any time
 *   untimely  more than setting watch.night within the quiet hours, when no
 *             check of an event was sent within a day: in a disaster nights are
 *             for reading, and nobody makes one for himself by a broadcast
 *
 * An account is told of once in a day and kind.  0 in a setting: not at all.
 * Source: S7; DESIGN 9.
 */
#include <stdint.h>

struct db;

/* Looks at the hour before now; url is that of the site.  Each alarm is audited
 * as well.  Returns how many were new, or -1. */
int watch_reads(struct db *db, const char *url, int64_t now);

#endif
