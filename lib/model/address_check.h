#ifndef MODEL_ADDRESS_CHECK_H
#define MODEL_ADDRESS_CHECK_H

/*
 * Asking people by itself whether their addresses still reach them: every day,
 * outside of the quiet hours of the settings, as many addresses as the setting
 * address.check says are mailed the link that confirms (link_mail.h).  Those
 * that nobody has confirmed for OWN_FRESH_DAYS, or ever, and that were not
 * asked about for ADDRESS_CHECK_GAP_DAYS; the one first that has been silent
 * for longest, so that those who never press the button keep no other waiting.
 * Each address counts, also that of a person whom another one reaches.  What
 * people asked by hand (coverage.h) counts as asked.  Source: D2i, B9.
 */
#include <stdint.h>

struct db;

enum {
	ADDRESS_CHECK_GAP_DAYS = 30,
	ADDRESS_CHECK_SHOWN_DAYS = 30, /* that are summed up */
};

/* Asks, if it is day and nobody was asked today; audited.  Two that do so at
 * once ask once.  Returns how many mails it made, or -1. */
int address_check_daily(struct db *db, int64_t now);

/* How it goes, for people. */
struct address_check {
	int64_t most;		   /* addresses a day; 0: it is off */
	int64_t at;		   /* last time that somebody was asked; 0 */
	int64_t addresses, people; /* then */
	int64_t shown;		   /* addresses in ADDRESS_CHECK_SHOWN_DAYS */
};

/* Returns 0 and fills *out, or -1. */
int address_check_find(struct db *db, int64_t now, struct address_check *out);

#endif
