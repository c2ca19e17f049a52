#ifndef MODEL_LINK_MAIL_H
#define MODEL_LINK_MAIL_H

/*
 * Mail of no broadcast: one link for one person, in a text of its own
 * (templates/mail/KIND.LANG.txt).
 *
 *   my_page        /m/TOKEN, asked for by staff number; to all his addresses
 *   new_address    /a/TOKEN, to an address he typed: it becomes his by a press
 *   check_address  /a/TOKEN, to an address of his: a press confirms it
 *
 * A queue like that of message.h, with the same states, lease and fence, and
 * deliver takes it first.  The claimed ones are struct message with link set.
 * Source: D2h, D2i; DESIGN 7.
 */
#include <stdint.h>

struct audit;
struct db;
struct message;

enum {
	LINK_MY_PAGE_MIN = 120, /* minutes that a link to /m/ counts */
	LINK_CHECK_DAYS = 30,	/* that a link of a check counts */
	LINK_NEW_DAYS = 3,	/* likewise of a new address */
	LINK_ASK_MOST = 3,	/* links to /m/ mailed to a person an hour */
	LINK_NEW_MOST = 10,	/* mails to new addresses of a person a day */
	LINK_CHECK_MOST = 10,	/* checks that a person may ask for a day */
	LINK_CHECK_GAP_DAYS =
		7, /* between two checks of an address by admins */
	/* People ask from one network (IPv4 address, IPv6 /64) so often within
	 * LINK_NETWORK_MIN minutes, unless set: offices share one. */
	LINK_NETWORK_MOST = 60,
	LINK_NETWORK_MIN = 10,
};

/* When a link to /m/ ends that was asked for then. */
int64_t link_mail_end(int64_t made_at);

/*
 * Notes that somebody asked for the link of a staff number, as typed.  Nothing
 * is looked up here, so that no page can tell whether there is such a person.
 * Returns 1; 0 if the network asked too often, most times within
 * LINK_NETWORK_MIN minutes; -1 on failure.
 */
int link_mail_ask(struct db *db, const char *staff_no, const char *network,
		  int64_t now, int most);

/*
 * Makes the mails of what was asked for, in one transaction with the audit
 * line: to every address that is not dead, to all if every one is.  Numbers of
 * nobody, and of those who had LINK_ASK_MOST, make none.  Returns how many
 * requests it took, or -1.
 */
int link_mail_make(struct db *db);

/* Makes a mail that confirms an address typed now: new_address.id.  Part of
 * the caller's transaction.  Returns 0 or -1. */
int link_mail_add_new(struct db *db, int64_t user, int64_t new_address,
		      int64_t now);

/* Likewise one that confirms an address he has: address.id. */
int link_mail_add_check(struct db *db, int64_t user, int64_t address,
			int64_t now);

/* How many mails of that kind a person was sent since then.  -1 on failure. */
int64_t link_mail_count(struct db *db, int64_t user, const char *kind,
			int64_t since);

/* Forgets what no longer counts: requests, addresses never confirmed.
 * Returns 0, or -1 on failure. */
int link_mail_tidy(struct db *db);

/* As their like of message.h. */
int link_mail_claim(struct db *db, uint32_t holder, int lease_s, int most,
		    struct message **out);
int link_mail_settle(struct db *db, const struct message *list);
int64_t link_mail_take_back(struct db *db, uint32_t holder);
int link_mail_due(struct db *db, int most);

#endif
