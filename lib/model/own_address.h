#ifndef MODEL_OWN_ADDRESS_H
#define MODEL_OWN_ADDRESS_H

/*
 * The mail addresses that a person keeps himself.  What he types is sealed
 * before it comes here, and waits in new_address until a press on the page
 * that was mailed to it: so nobody can have our mail sent to somebody else.
 * Its origin is then "self", and sync-hr leaves it alone; what he removes is
 * remembered (removed_address), so that sync-hr does not bring it back.
 *
 * Changes of one person wait for each other.  Each is audited in its
 * transaction.  Source: D1g, D2h, DESIGN 9.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct audit;
struct db;

enum {
	OWN_WAITING_MOST = 5,	/* addresses not yet confirmed */
	OWN_ADDRESS_MOST = 250, /* place is one byte */
	OWN_FRESH_DAYS = 180,	/* that a confirmation counts (B9) */
};

struct own_address {
	struct own_address *next;
	int64_t id;
	int place; /* 1 first */
	const char *domain, *class;
	const char *state;  /* unknown, confirmed, full, filtered, dead */
	int64_t checked_at; /* 0: never */
	bool fresh;	    /* confirmed within OWN_FRESH_DAYS */
	const char *origin; /* hr, admin, self */
};

/* One that waits for its press. */
struct waiting_address {
	struct waiting_address *next;
	int64_t id;
	const char *domain;
	int64_t made_at;
};

/* An address as it may be stored (base/seal.h). */
struct sealed_address {
	const unsigned char *sealed;
	size_t sealed_len;
	const unsigned char *digest; /* ADDRESS_DIGEST_LEN bytes */
	const char *domain, *class;
};

/* Lists, in order of use or of asking.  0 and *out, or -1. */
int own_address_list(struct db *db, int64_t user, struct own_address **out);
int own_address_waiting(struct db *db, int64_t user,
			struct waiting_address **out);

enum own_added {
	OWN_ADDED,    /* mailed: waits for the press */
	OWN_KNOWN,    /* he has it already */
	OWN_TOO_MANY, /* too many wait, or were mailed today */
	OWN_UNKNOWN,
};

/* Takes a new address and mails it the link; one that waits already is mailed
 * again.  Returns enum own_added, or -1 on failure. */
int own_address_add(struct db *db, const struct audit *audit, int64_t user,
		    const struct sealed_address *address, int64_t now);

/* Mails one of his addresses the link that confirms it.  Returns OWN_ADDED,
 * OWN_TOO_MANY, OWN_UNKNOWN if it is none of his, or -1. */
int own_address_ask(struct db *db, const struct audit *audit, int64_t user,
		    int64_t id, int64_t now);

/* Drops one that waits.  1, 0 if there is none, -1. */
int own_address_drop(struct db *db, const struct audit *audit, int64_t user,
		     int64_t id);

/* The domain of what a link of /a/ is about: of new_address or of address.
 * Returns 1 and sets *domain; 2 if that was done already; 0 if it counts no
 * more; -1 on failure. */
int own_address_find_new(struct db *db, int64_t user, int64_t id, int64_t now,
			 const char **domain);
int own_address_find_checked(struct db *db, int64_t user, int64_t id,
			     int64_t now, const char **domain);

/* The press on /a/: the address becomes his last one, or is confirmed now.
 * 1, 0 if the link counts no more, -1 on failure. */
int own_address_confirm_new(struct db *db, const struct audit *audit,
			    int64_t user, int64_t id, int64_t now);
int own_address_confirm(struct db *db, const struct audit *audit, int64_t user,
			int64_t id, int64_t now);

enum own_removed { OWN_GONE, OWN_REMOVED, OWN_LAST };

/* Removes an address; its last one only if last_too.  Returns enum own_removed
 * (OWN_GONE: there is none such), or -1. */
int own_address_remove(struct db *db, const struct audit *audit, int64_t user,
		       int64_t id, bool last_too, int64_t now);

/* Puts an address one place forward.  1, 0 if it is none or the first, -1. */
int own_address_raise(struct db *db, const struct audit *audit, int64_t user,
		      int64_t id);

#endif
