#ifndef MAIL_MAIL_LOG_H
#define MAIL_MAIL_LOG_H

/*
 * Lines of Postfix's log: what it says of one mail, by its queue id.
 *
 *   cleanup: QID: message-id=<98299.66141536b4d78@anpi.example>
 *   qmgr:    QID: from=<b-TOKEN@bounce.anpi.example>, size=1056, ...
 *   smtp:    QID: to=<...>, relay=..., dsn=2.0.0, status=sent (250 Ok)
 *   qmgr:    QID: removed
 *
 * The words in brackets are the receiver's and mean nothing to the parser but
 * a cause.  Bytes in, a struct out; no clock and no file.
 * Source: B1, B3, DESIGN 7; reference "What refusals mean".
 */
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	MAIL_LOG_QUEUE_ID_MAX = 20, /* characters */
	MAIL_LOG_LINE_MAX = 8192,   /* bytes: Postfix writes shorter ones */
	MAIL_LOG_WORDS_MAX = 200,   /* of the receiver, that are kept */
};

enum mail_log_kind {
	MAIL_LOG_ID,   /* text: what stands between the <> of Message-ID */
	MAIL_LOG_FROM, /* text: the envelope sender, "" if none */
	MAIL_LOG_FATE, /* fate, cause, words */
	MAIL_LOG_GONE, /* it left the queue */
};

/* By words that the database knows: see mail_log_fate_name. */
enum mail_log_fate { MAIL_ACCEPTED, MAIL_DEFERRED, MAIL_BOUNCED };

enum mail_log_cause {
	MAIL_CAUSE_NONE,	/* accepted */
	MAIL_CAUSE_UNKNOWN,	/* no such user or domain */
	MAIL_CAUSE_FULL,	/* the mailbox is */
	MAIL_CAUSE_FILTERED,	/* by the owner's phone */
	MAIL_CAUSE_THROTTLED,	/* too much, too fast, busy */
	MAIL_CAUSE_UNREACHABLE, /* no connection, no answer */
	MAIL_CAUSE_OURS,	/* authentication, our settings, our form */
	MAIL_CAUSE_OTHER,
};

struct mail_log_line {
	enum mail_log_kind kind;
	const char *queue_id;
	int64_t at; /* by the second, as a rule */
	const char *text;
	enum mail_log_fate fate;
	enum mail_log_cause cause;
	const char *words; /* "mfs.example[192.0.2.1] 550 Unknown user", of
			      which addresses are hidden */
};

/*
 * Reads a line without its end.  now says which year is meant, since the usual
 * form has none; zone_s is how far the machine's clock is before UTC.  Returns
 * 1 and fills *out (strings in the arena), 0 with *out undefined if the line
 * says nothing of the above.
 */
int mail_log_parse(struct arena *a, const char *line, size_t len, int64_t now,
		   int zone_s, struct mail_log_line *out);

/* "accepted", "full": as the database writes them. */
const char *mail_log_fate_name(enum mail_log_fate fate);
const char *mail_log_cause_name(enum mail_log_cause cause);

/* What a refusal means: dsn is "5.1.1" or "", words what was said. */
enum mail_log_cause mail_log_cause(const char *dsn, const char *words);

/* The message of a Message-ID that deliver made, "98299.66141536b4d78@domain"
 * under our domain; 0 if it is another one. */
int64_t mail_log_message(const char *message_id, const char *domain);

#endif
