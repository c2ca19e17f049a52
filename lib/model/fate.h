#ifndef MODEL_FATE_H
#define MODEL_FATE_H

/*
 * What became of messages after the relay had them, from the mail log:
 *
 *   accepted   the receiver's server took it; final
 *   deferred   it said later, or was not there
 *   bounced    it said no, or the time was over; only "accepted" goes before
 *              (a mail that a crash sent twice)
 *
 * A mail is ours if its Message-ID names a message of ours and its envelope
 * sender carries our token for that message's broadcast and person: neither
 * alone, since anybody may send a mail with a Message-ID of his choice through
 * the same server.  What the log says of a mail may stand far apart, so what is
 * not over is kept (mail_queue) until it is.
 *
 * Everything of a batch, counters, clock and the place in the log included, is
 * one transaction: killed at any instant, the next run reads on from there, and
 * a line that is read twice changes nothing.  Source: P6, B1, B3; DESIGN 7.
 */
#include <stdint.h>

struct arena;
struct db;
struct mail_log_line;
struct token_keys;
struct fates;

struct fate_site {
	const char *name; /* of the machine whose log it is */
	const struct token_keys *links;
	const char *domain;	   /* of Message-IDs */
	const char *bounce_domain; /* of envelope senders */
};

/* How far a log is read. */
struct fate_place {
	uint64_t inode;
	int64_t place; /* bytes */
};

/* Returns 1 and fills *out, 0 if it was never read, -1 on failure. */
int fate_place_find(struct db *db, const char *name, struct fate_place *out);

/* Begins a batch of at most so many lines; lives in the arena. */
struct fates *fate_begin(struct arena *a, const struct fate_site *site,
			 int64_t lines);

/* Takes a line in, whose strings must live as long. */
void fate_line(struct fates *f, const struct mail_log_line *line);

/* Stores a batch.  Returns how many messages it was about, or -1. */
int fate_store(struct db *db, struct fates *f, const struct fate_place *place);

/* Forgets mails that no log will say anything of any more.  0 or -1. */
int fate_tidy(struct db *db);

#endif
