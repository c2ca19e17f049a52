#ifndef MODEL_CARRIER_H
#define MODEL_CARRIER_H

/*
 * How far the mails of a broadcast are, by the mail system that receives them
 * (mail/address.h): so that a carrier that puts everybody off is seen while it
 * does.  keep-clock counts some seconds after a counter of the broadcast moved;
 * screens read the small table.  Source: B2.
 */
#include <stdint.h>

#include "mail/address.h"

struct db;

struct carrier {
	struct carrier *next;
	enum address_class class; /* of a removed address: ADDRESS_OTHER */
	int64_t messages; /* all; those below add up to it, but for cancelled */
	int64_t waiting;  /* for us */
	int64_t handed;	  /* to the relay: not yet said what became of them */
	int64_t accepted, deferred; /* by the receiver; deferred: now */
	int64_t bounced;	    /* or refused by the relay */
	int64_t first_handed, last_handed, last_accepted; /* 0: none yet */
};

/* "docomo", "楽天モバイル", "その他" */
const char *carrier_show(enum address_class class);

/* Counts the broadcasts of the last week whose counters moved.  Returns how
 * many, or -1. */
int carrier_count(struct db *db, int64_t now);

/* Those of a broadcast, the most mails first.  0 and *out, or -1. */
int carrier_list(struct db *db, int64_t broadcast, struct carrier **out);

#endif
